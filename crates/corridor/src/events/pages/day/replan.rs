//! Planning anew: before and after beside each other, for whom, and accepting it.

use std::collections::BTreeSet;

use axum::{
    Form,
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use fluent_bundle::FluentValue;
use minijinja::{Value, context};

use super::{meeting, moment};
use crate::{
    accounts::Acting,
    events::{
        EventId, ParticipantId,
        day::{
            Because,
            replanning::{self, Accepted, Preview},
        },
        pages::head,
        timetables::{Change, Placed, agenda},
    },
    foundation::errors::Error,
};

/// Changes listed on the page; the letters and agendas have them all.
const MOST: usize = 300;

#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(in crate::events::pages) struct Asked {
    fill: String,
}

fn why(acting: &Acting, because: &Because) -> String {
    let who = if let Because::Away(who) = because { who.as_str() } else { "" };
    acting.app.texts.say(acting.language, &format!("day-because-{}", because.key()), &[("who", FluentValue::from(who))])
}

/// What a change is: moved in time, to another table only, fallen out, or held as well.
fn kind(change: &Change) -> &'static str {
    match change {
        Change::Moved(was, now) if was.starts == now.starts && was.people == now.people => "table",
        Change::Moved(..) => "moved",
        Change::Gone(_) => "gone",
        Change::New(_) => "new",
    }
}

fn lines(acting: &Acting, preview: &Preview) -> Vec<Value> {
    let event = &preview.timetable.event;
    let ground = &preview.timetable.ground;
    let names = ground.participants.iter().map(|(one, _)| (one.id, one.name.as_str())).collect();
    let requests = ground.requests.iter().map(|request| (request.id, request)).collect();
    let place = |held: &Placed| agenda::place_words(&acting.app, acting.language, event, held);
    let side = |held: &Placed| context! { when => moment(acting, event, held.starts), place => place(held) };
    preview
        .plan
        .changes
        .iter()
        .take(MOST)
        .map(|change| {
            let (was, now) = match change {
                Change::Moved(was, now) => (Some(was), Some(now)),
                Change::Gone(was) => (Some(was), None),
                Change::New(now) => (None, Some(now)),
            };
            let because = preview.plan.because.get(&change.shown().request);
            context! {
                kind => kind(change),
                was => was.map(side),
                now => now.map(side),
                why => because.map(|because| why(acting, because)).unwrap_or_default(),
                ..meeting(acting, event, change.shown(), &requests, &names)
            }
        })
        .collect()
}

pub(in crate::events::pages) async fn ask(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let fill = asked.fill == "yes";
    let preview = replanning::preview(&acting.app, &acting.actor, id, fill).await?;
    let count = |one: &str| preview.plan.changes.iter().filter(|change| kind(change) == one).count();
    let names: std::collections::BTreeMap<ParticipantId, &str> =
        preview.timetable.ground.participants.iter().map(|(one, _)| (one.id, one.name.as_str())).collect();
    let mut touched: Vec<String> =
        preview.touched.keys().filter_map(|id| names.get(id)).map(|name| (*name).to_owned()).collect();
    touched.sort_by_key(|name| name.to_lowercase());
    let people: BTreeSet<_> = preview
        .plan
        .changes
        .iter()
        .flat_map(|change| {
            let was = if let Change::Moved(was, _) = change { was.people } else { change.shown().people };
            was.into_iter().chain(change.shown().people)
        })
        .collect();
    let context = context! {
        event => head(&acting, &preview.timetable.event),
        tab => "day",
        version => preview.published.number,
        plan => preview.plan.mark(),
        fill,
        incidents => preview.timetable.ground.today.incidents.iter().filter(|one| one.version.is_none()).count(),
        changes => preview.plan.changes.len(),
        most => MOST,
        lines => lines(&acting, &preview),
        moved => count("moved"), table => count("table"), gone => count("gone"), new => count("new"),
        touched,
        people => people.len(),
        letters => preview.letters,
        waiting => preview.waiting,
        took => preview.took.as_secs_f64(),
        demonstration => acting.actor.is_of_the_demonstration(),
    };
    Ok(acting.page("events/day/replan.html", context).await?.into_response())
}

pub(in crate::events::pages) async fn accept(
    acting: Acting,
    Path(id): Path<EventId>,
    Form(accepted): Form<Accepted>,
) -> Result<Response, Error> {
    replanning::accept(&acting.app, &acting.actor, id, &accepted).await?;
    Ok(Redirect::to(&format!("/events/{id}/day/incidents?done=day-replanned")).into_response())
}
