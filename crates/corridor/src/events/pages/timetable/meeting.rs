//! One meeting of a timetable: where it could be, and what stands against it; locked, moved, taken out.

use std::collections::BTreeSet;

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{moment, said};
use crate::{
    accounts::Acting,
    events::{
        EventId, RequestId,
        pages::head,
        timetables::{self, Moved, Placed, Refusal, Target, agenda},
    },
    foundation::{errors::Error, time::Timestamp},
};

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
    };
    let status = if broken.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("events/timetable/meeting.html", context).await?).into_response())
}

type Meeting = Path<(EventId, RequestId)>;

pub(in crate::events::pages) async fn meeting(acting: Acting, Path(both): Meeting) -> Result<Response, Error> {
    meeting_page(&acting, both, None, &[]).await
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
        Moved::Refused(broken) => meeting_page(&acting, both, Some(&wanted), &broken).await,
    }
}
