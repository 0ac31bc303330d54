//! One meeting of a timetable: where it could be, and what stands against it; locked, moved, taken out.

use std::collections::BTreeSet;

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{moment, names, said};
use crate::{
    accounts::Acting,
    events::{
        EventId, Request, RequestId,
        pages::{head, messages},
        timetables::{self, Moved, Placed, Refusal, Target, Timetable, agenda},
    },
    foundation::{
        errors::{Error, FieldProblem},
        pages::by_field,
        time::Timestamp,
    },
};

/// Meetings offered to be ordered with one.
const MOST_OTHERS: usize = 300;

#[derive(serde::Deserialize)]
pub(in crate::events::pages) struct Act {
    version: i64,
    request: RequestId,
    #[serde(default)]
    locked: String,
}

pub(in crate::events::pages) async fn lock(
    acting: Acting,
    Path(id): Path<EventId>,
    Form(act): Form<Act>,
) -> Result<Response, Error> {
    let locked = act.locked == "yes";
    timetables::set_locked(&acting.app, &acting.actor, id, act.version, act.request, locked).await?;
    let done = if locked { "timetable-locked" } else { "timetable-unlocked" };
    Ok(Redirect::to(&format!("/events/{id}/timetable/meeting/{}?done={done}", act.request)).into_response())
}

pub(in crate::events::pages) async fn take_out(
    acting: Acting,
    Path(id): Path<EventId>,
    Form(act): Form<Act>,
) -> Result<Response, Error> {
    timetables::take_out(&acting.app, &acting.actor, id, act.version, act.request).await?;
    Ok(Redirect::to(&format!("/events/{id}/timetable?done=timetable-taken-out")).into_response())
}

async fn meeting_page(
    acting: &Acting,
    (id, request): (EventId, RequestId),
    typed: Option<&Move>,
    broken: &[Refusal],
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let found = timetables::movable(&acting.app, &acting.actor, id, request).await?;
    let (timetable, event) = (&found.timetable, &found.timetable.event);
    let [one, other] = timetable.built.names(found.at);
    let place = |meeting: &Placed| agenda::place_words(&acting.app, acting.language, event, meeting);
    let slots: Vec<Value> = timetable
        .built
        .slots
        .iter()
        .enumerate()
        .map(|(at, slot)| {
            let free = found
                .free
                .iter()
                .find(|(slot, _)| *slot == at)
                .map_or(0, |(_, tables)| tables.iter().map(|held| held.place).collect::<BTreeSet<_>>().len());
            let chosen = match typed {
                Some(typed) => typed.starts == slot.starts.0,
                None => found.now.is_some_and(|now| now.starts == slot.starts),
            };
            context! {
                starts => slot.starts.0,
                when => moment(acting, event, slot.starts),
                free,
                chosen,
                against => said(acting, event, &found.against(at)),
            }
        })
        .collect();
    let several = event.setup.rooms.len() > 1;
    let tables: Vec<Value> = timetable
        .built
        .places
        .iter()
        .map(|(room, table)| {
            let name = event.setup.rooms.get(*room).filter(|_| several).map_or("", |room| room.name.as_str());
            let label = if name.is_empty() { table.to_string() } else { format!("{name}, {table}") };
            context! { value => format!("{}/{table}", room + 1), label }
        })
        .collect();
    let context = context! {
        event => head(acting, event),
        tab => "timetable",
        version => timetable.newest,
        request => request.to_string(),
        one, other,
        now => found.now.map(|now| context! {
            when => moment(acting, event, now.starts), place => place(&now), locked => now.locked,
        }),
        slots,
        tables,
        table => typed.map_or("", |typed| typed.table.as_str()),
        broken => said(acting, event, broken),
        orders => orders_of(timetable, request),
        others => others(timetable, request),
        problems => by_field(messages(acting, problems)),
    };
    let status =
        if broken.is_empty() && problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("events/timetable/meeting.html", context).await?).into_response())
}

/// The orders that a meeting is in.
fn orders_of(timetable: &Timetable, request: RequestId) -> Vec<Value> {
    let both = names(timetable);
    let name = |id: &RequestId| both.get(id).map(|(one, other)| format!("{one} – {other}")).unwrap_or_default();
    let of = timetable.ground.orders.iter().filter(|(earlier, later)| *earlier == request || *later == request);
    of.map(|(earlier, later)| {
        let is_earlier = *earlier == request;
        let other = if is_earlier { later } else { earlier };
        context! { other => other.to_string(), name => name(other), how => if is_earlier { "before" } else { "after" } }
    })
    .collect()
}

/// The meetings that it could be ordered with: those of its own participants first, by name.
fn others(timetable: &Timetable, request: RequestId) -> Vec<Value> {
    let both = names(timetable);
    let sides = |one: &Request| [one.from, one.to];
    let own = timetable.ground.requests.iter().find(|one| one.id == request).map(sides);
    let shares = |one: &Request| own.is_some_and(|own| sides(one).iter().any(|side| own.contains(side)));
    let mut found: Vec<(bool, String, RequestId)> = timetable
        .ground
        .agreed()
        .filter(|one| one.id != request)
        .filter_map(|one| {
            let (first, second) = both.get(&one.id)?;
            Some((!shares(one), format!("{first} – {second}"), one.id))
        })
        .collect();
    found.sort();
    let shown = found.into_iter().take(MOST_OTHERS);
    shown.map(|(_, label, id)| context! { value => id.to_string(), label }).collect()
}

/// An order that a form asks for.
#[derive(serde::Deserialize)]
pub(in crate::events::pages) struct Order {
    other: RequestId,
    how: String,
}

impl Order {
    /// The earlier meeting and the later one.
    fn of(&self, request: RequestId) -> Result<(RequestId, RequestId), Error> {
        match self.how.as_str() {
            "before" => Ok((request, self.other)),
            "after" => Ok((self.other, request)),
            word => Err(Error::input(format!("`how` is `before` or `after`, not `{word}`"))),
        }
    }
}

pub(in crate::events::pages) async fn order(
    acting: Acting,
    Path(both): Meeting,
    Form(order): Form<Order>,
) -> Result<Response, Error> {
    let (id, request) = both;
    match timetables::orders::set(&acting.app, &acting.actor, id, order.of(request)?).await {
        Ok(()) => {
            let to = format!("/events/{id}/timetable/meeting/{request}?done=timetable-ordered#order");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Invalid(problems)) => meeting_page(&acting, both, None, &[], &problems).await,
        Err(error) => Err(error),
    }
}

pub(in crate::events::pages) async fn unorder(
    acting: Acting,
    Path((id, request)): Meeting,
    Form(order): Form<Order>,
) -> Result<Response, Error> {
    timetables::orders::remove(&acting.app, &acting.actor, id, order.of(request)?).await?;
    Ok(Redirect::to(&format!("/events/{id}/timetable/meeting/{request}?done=timetable-unordered#order"))
        .into_response())
}

type Meeting = Path<(EventId, RequestId)>;

pub(in crate::events::pages) async fn meeting(acting: Acting, Path(both): Meeting) -> Result<Response, Error> {
    meeting_page(&acting, both, None, &[], &[]).await
}

#[derive(serde::Deserialize)]
pub(in crate::events::pages) struct Move {
    version: i64,
    #[serde(default)]
    starts: i64,
    #[serde(default)]
    table: String,
}

pub(in crate::events::pages) async fn move_meeting(
    acting: Acting,
    Path(both): Meeting,
    Form(wanted): Form<Move>,
) -> Result<Response, Error> {
    let table = match wanted.table.trim() {
        "" => None,
        text => {
            let wrong = || Error::input(format!("`table`: `{text}` is no table; write room and table, such as 1/3"));
            let (room, table) = text.split_once('/').ok_or_else(wrong)?;
            let room = room.parse::<usize>().ok().and_then(|room| room.checked_sub(1)).ok_or_else(wrong)?;
            Some((room, table.parse().map_err(|_| wrong())?))
        }
    };
    let target = Target { starts: Timestamp(wanted.starts), table };
    let (id, request) = both;
    match timetables::move_meeting(&acting.app, &acting.actor, id, wanted.version, request, target).await? {
        Moved::Version(_) => {
            Ok(Redirect::to(&format!("/events/{id}/timetable/meeting/{request}?done=timetable-moved")).into_response())
        }
        Moved::Refused(broken) => meeting_page(&acting, both, Some(&wanted), &broken, &[]).await,
    }
}
