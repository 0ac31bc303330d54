//! Versions of a timetable: what changed for whom, and which one participants see.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{moment, names, said, why};
use crate::{
    accounts::Acting,
    events::{
        EventId, ParticipantId, Request, RequestId,
        pages::head,
        timetables::{self, Change, Placed, Timetable, agenda, by_participant, changes, publishing},
    },
    foundation::errors::Error,
};

/// What changed for whom.
fn changed(acting: &Acting, timetable: &Timetable, touched: &BTreeMap<ParticipantId, Vec<Change>>) -> Vec<Value> {
    let event = &timetable.event;
    let of: BTreeMap<ParticipantId, &str> =
        timetable.ground.participants.iter().map(|(one, _)| (one.id, one.name.as_str())).collect();
    let requests: BTreeMap<RequestId, &Request> =
        timetable.ground.requests.iter().map(|request| (request.id, request)).collect();
    let place = |meeting: &Placed| agenda::place_words(&acting.app, acting.language, event, meeting);
    let mut lines: Vec<(String, Value)> = touched
        .iter()
        .map(|(id, changes)| {
            let name = of.get(id).copied().unwrap_or_default();
            let changes: Vec<Value> = changes
                .iter()
                .map(|change| {
                    let meeting = change.shown();
                    let other = requests.get(&meeting.request).and_then(|request| of.get(&request.other(*id)));
                    let before = match change {
                        Change::Moved(before, _) => Some((moment(acting, event, before.starts), place(before))),
                        _ => None,
                    };
                    context! {
                        kind => change.key(),
                        with => other.copied().unwrap_or_default(),
                        when => moment(acting, event, meeting.starts),
                        place => place(meeting),
                        before => before.as_ref().map(|(when, _)| when.as_str()),
                        before_place => before.as_ref().map(|(_, place)| place.as_str()),
                    }
                })
                .collect();
            (name.to_lowercase(), context! { name, changes })
        })
        .collect();
    lines.sort_by(|one, other| one.0.cmp(&other.0));
    lines.into_iter().map(|(_, line)| line).collect()
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(in crate::events::pages) struct Between {
    from: Option<i64>,
    to: Option<i64>,
    page: usize,
}

/// How many versions stand on one page.
const ON_A_PAGE: usize = 25;

pub(in crate::events::pages) async fn versions(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(between): Query<Between>,
) -> Result<Response, Error> {
    let (app, actor) = (&acting.app, &acting.actor);
    let lines = timetables::versions(app, actor, id).await?;
    let timetable = timetables::open(app, actor, id, between.to).await?;
    let to = timetable.version.as_ref().map(|version| version.number);
    // Beside what participants see, unless that is what is looked at; then beside the version before.
    let before = || {
        let published = lines.iter().find(|line| line.published_at.is_some() && Some(line.number) != to);
        let earlier = lines.iter().find(|line| Some(line.number) < to);
        published.filter(|line| Some(line.number) < to).or(earlier).map(|line| line.number)
    };
    let from = between.from.or_else(before);
    let old = match from {
        Some(from) => timetables::open(app, actor, id, Some(from)).await?.version,
        None => None,
    };
    let found = changes(old.as_ref().map_or(&[], |version| &version.meetings), timetable.meetings());
    let touched = by_participant(&found, &timetable.ground.requests);
    let both = names(&timetable);
    let last = lines.len().div_ceil(ON_A_PAGE).max(1);
    // The page on which the version stands that is looked at, unless another one is asked for.
    let stands = lines.iter().position(|line| Some(line.number) == to).map_or(1, |at| at / ON_A_PAGE + 1);
    let current = if between.page == 0 { stands } else { between.page.min(last) };
    let asked = |name: &str, number: Option<i64>| number.map(|number| format!("{name}={number}&")).unwrap_or_default();
    let query = format!("{}{}", asked("to", between.to), asked("from", between.from));
    let all = lines.len();
    let lines: Vec<Value> = lines
        .iter()
        .skip((current - 1) * ON_A_PAGE)
        .take(ON_A_PAGE)
        .map(|line| {
            context! {
                number => line.number,
                state => line.state.key(),
                why => why(&acting, line.reason, &both),
                made_at => line.made_at.0,
                published_at => line.published_at.map(|at| at.0),
                breaks => line.findings.score.breaks,
                proved => line.findings.is_proved(),
            }
        })
        .collect();
    let context = context! {
        event => head(&acting, &timetable.event),
        tab => "timetable",
        lines, all,
        pages => last, current, href => format!("/events/{id}/timetable/versions?{query}page="),
        from, to,
        changes => found.len(),
        touched => changed(&acting, &timetable, &touched),
    };
    Ok(acting.page("events/timetable/versions.html", context).await?.into_response())
}

#[derive(serde::Deserialize)]
pub(in crate::events::pages) struct Which {
    version: i64,
    /// The version that was published when it was looked at; empty where none was.
    #[serde(default)]
    over: String,
}

pub(in crate::events::pages) async fn ask_publish(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let preview = publishing::preview(&acting.app, &acting.actor, id, which.version).await?;
    let event = &preview.timetable.event;
    let count = |kind: &str| preview.changes.iter().filter(|change| change.key() == kind).count();
    let context = context! {
        event => head(&acting, event),
        tab => "timetable",
        version => which.version,
        published => preview.before.as_ref().map(|version| version.number),
        is_draft => preview.timetable.version.as_ref().is_some_and(|version| version.state.key() == "draft"),
        new => count("new"), moved => count("moved"), gone => count("gone"),
        participants => preview.touched.len(),
        letters => preview.letters,
        demonstration => acting.actor.is_of_the_demonstration(),
        broken => said(&acting, event, &preview.broken),
        touched => changed(&acting, &preview.timetable, &preview.touched),
    };
    Ok(acting.page("events/timetable/publish.html", context).await?.into_response())
}

pub(in crate::events::pages) async fn publish(
    acting: Acting,
    Path(id): Path<EventId>,
    Form(which): Form<Which>,
) -> Result<Response, Error> {
    let over = match which.over.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| Error::input("`over` is no version: open the page again"))?),
    };
    publishing::publish(&acting.app, &acting.actor, id, (which.version, over)).await?;
    Ok(Redirect::to(&format!("/events/{id}/timetable?done=timetable-published")).into_response())
}
