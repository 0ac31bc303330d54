//! What goes otherwise than published: the list, what one touches before it is noted, and its end.

use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{meeting, times, words};
use crate::{
    accounts::{Acting, Action, Resource},
    events::{
        EventId,
        day::{self, Day, IncidentId, Noted},
        pages::{head, messages},
    },
    foundation::{
        errors::{Error, FieldProblem},
        pages::{Serde, by_field},
    },
};

async fn page(acting: &Acting, id: EventId, noted: &Noted, problems: &[FieldProblem]) -> Result<Response, Error> {
    let day = day::look(&acting.app, &acting.actor, id).await?;
    let who = day::who(&acting.app, &day.incidents).await?;
    let now = acting.app.clock.now();
    let lines: Vec<Value> = day
        .incidents
        .iter()
        .map(|incident| {
            context! {
                id => incident.id.to_string(),
                words => words(acting, &day, incident),
                why => incident.why.as_str(),
                who => incident.noted_by.and_then(|id| who.get(&id)).map(String::as_str),
                noted_at => incident.noted_at.0,
                version => incident.version,
                ended_at => incident.ended_at.map(|at| at.0),
                touched => if incident.ended_at.is_none() { day.touched(incident, now).len() } else { 0 },
            }
        })
        .collect();
    let rooms: Vec<Value> = day
        .event
        .setup
        .rooms
        .iter()
        .enumerate()
        .map(|(at, room)| context! { value => (at + 1).to_string(), label => room.name.as_str() })
        .collect();
    let context = context! {
        event => head(acting, &day.event),
        tab => "day",
        lines,
        unplanned => day.unplanned(),
        rooms,
        times => times(acting, &day.event, now),
        published => day.published.is_some(),
        noted => Serde(noted),
        problems => by_field(messages(acting, problems)),
        may_edit => acting.may(Action::EditEvents, Resource::Cluster(day.event.cluster)).is_ok(),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("events/day/incidents.html", context).await?).into_response())
}

pub(in crate::events::pages) async fn index(acting: Acting, Path(id): Path<EventId>) -> Result<Response, Error> {
    page(&acting, id, &Noted::default(), &[]).await
}

/// What is shown before anything is noted: what it is in words, and which meetings it touches.
fn asked(acting: &Acting, day: &Day, noted: &Noted) -> Result<Value, Error> {
    let now = acting.app.clock.now();
    let incident = day::read(day, &acting.actor, now, noted)?;
    let (requests, names) = (day.by_request(), day.names());
    let touched: Vec<Value> =
        day.touched(&incident, now).iter().map(|held| meeting(acting, &day.event, held, &requests, &names)).collect();
    Ok(context! {
        event => head(acting, &day.event),
        tab => "day",
        words => words(acting, day, &incident),
        touched,
        noted => Serde(noted),
        published => day.published.is_some(),
    })
}

pub(in crate::events::pages) async fn ask(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(noted): Query<Noted>,
) -> Result<Response, Error> {
    let day = day::to_note(&acting.app, &acting.actor, id).await?;
    match asked(&acting, &day, &noted) {
        Ok(context) => Ok(acting.page("events/day/incident.html", context).await?.into_response()),
        Err(Error::Invalid(problems)) => page(&acting, id, &noted, &problems).await,
        Err(error) => Err(error),
    }
}

pub(in crate::events::pages) async fn note(
    acting: Acting,
    Path(id): Path<EventId>,
    Form(noted): Form<Noted>,
) -> Result<Response, Error> {
    match day::note(&acting.app, &acting.actor, id, &noted).await {
        Ok(_) => Ok(Redirect::to(&format!("/events/{id}/day/incidents?done=day-noted")).into_response()),
        Err(Error::Invalid(problems)) => page(&acting, id, &noted, &problems).await,
        Err(error) => Err(error),
    }
}

pub(in crate::events::pages) async fn end(
    acting: Acting,
    Path((id, incident)): Path<(EventId, IncidentId)>,
) -> Result<Response, Error> {
    day::end(&acting.app, &acting.actor, id, incident).await?;
    Ok(Redirect::to(&format!("/events/{id}/day/incidents?done=day-ended")).into_response())
}
