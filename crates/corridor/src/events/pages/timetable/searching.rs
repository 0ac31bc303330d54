//! The search for a timetable, as the page hears of it.

use std::time::Duration;

use axum::{
    extract::{Path, Query},
    http::{HeaderMap, StatusCode, header},
    response::{
        IntoResponse, Redirect, Response,
        sse::{Event as Sent, KeepAlive, Sse},
    },
};
use minijinja::context;
use tokio_stream::{StreamExt, wrappers::ReceiverStream};

use super::{figures, said};
use crate::{
    accounts::Acting,
    events::{
        EventId,
        pages::head,
        timetables::{
            Refusal,
            search::{self, MOST_PATIENCE, Snapshot, Step, USUAL_PATIENCE},
        },
    },
    foundation::errors::Error,
};

/// How long a browser without script waits for a search.
const WITHOUT_SCRIPT: Duration = Duration::from_secs(10);

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(in crate::events::pages) struct Wanted {
    seconds: Option<u64>,
}

fn patience(wanted: &Wanted) -> Duration {
    wanted.seconds.map_or(USUAL_PATIENCE, Duration::from_secs).clamp(Duration::from_secs(1), MOST_PATIENCE)
}

/// Searches, and sends the figures whenever they became better. What was found becomes a draft, also when nobody listens
/// any more: so only a page of this site may begin it, and an address that somebody is led to does not.
pub(in crate::events::pages) async fn live(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    crate::events::editable(&acting.app, &acting.actor, id).await?;
    let accepts = headers.get(header::ACCEPT).and_then(|accepts| accepts.to_str().ok()).unwrap_or_default();
    if !accepts.contains("text/event-stream") {
        return Err(Error::input("a search is begun from the page of the timetable: ask for `text/event-stream`"));
    }
    let steps = search::begin(&acting.app, &acting.actor, id, patience(&wanted)).await?;
    let events = ReceiverStream::new(steps).then(move |step| {
        let acting = acting.clone();
        async move {
            let sent = match step {
                Ok(Step::Better(snapshot)) => better(&acting, &snapshot).await,
                Ok(Step::Ended(number)) => {
                    Ok(serde_json::json!({ "page": format!("/events/{id}/timetable?version={number}&done=timetable-made") }))
                }
                Ok(Step::Without(conflict)) => without(&acting, id, &conflict).await,
                Err(error) => Err(error),
            };
            let name = |sent: &serde_json::Value| if sent.get("better").is_some() { "better" } else { "ended" };
            sent.and_then(|sent| {
                Ok(Sent::default().event(name(&sent)).json_data(&sent).map_err(anyhow::Error::from)?)
            })
            .or_else(|error| {
                tracing::error!(%error, "a search for a timetable ended");
                Sent::default().event("trouble").json_data(acting.say("timetable-search-trouble"))
            })
        }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

async fn better(acting: &Acting, snapshot: &Snapshot) -> Result<serde_json::Value, Error> {
    let figures = figures(snapshot.held, snapshot.asked, snapshot.score, Some(snapshot.bound), snapshot.took);
    let answer = acting.page("events/timetable/figures.html", context! { figures }).await?.0;
    Ok(serde_json::json!({ "answer": answer, "better": true }))
}

async fn without(acting: &Acting, id: EventId, conflict: &[Refusal]) -> Result<serde_json::Value, Error> {
    let event = crate::events::editable(&acting.app, &acting.actor, id).await?;
    let context = context! { conflict => said(acting, &event, conflict) };
    let answer = acting.page("events/timetable/without.html", context).await?.0;
    Ok(serde_json::json!({ "answer": answer }))
}

/// The same for a browser without script: it waits a little, and is shown what was found.
pub(in crate::events::pages) async fn run(acting: Acting, Path(id): Path<EventId>) -> Result<Response, Error> {
    let mut steps = search::begin(&acting.app, &acting.actor, id, WITHOUT_SCRIPT).await?;
    while let Some(step) = steps.recv().await {
        match step? {
            Step::Better(_) => {}
            Step::Ended(number) => {
                let to = format!("/events/{id}/timetable?version={number}&done=timetable-made");
                return Ok(Redirect::to(&to).into_response());
            }
            Step::Without(conflict) => {
                let event = crate::events::editable(&acting.app, &acting.actor, id).await?;
                let context = context! {
                    event => head(&acting, &event),
                    tab => "timetable",
                    conflict => said(&acting, &event, &conflict),
                };
                let page = acting.page("events/timetable/none.html", context).await?;
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
            }
        }
    }
    Ok(Redirect::to(&format!("/events/{id}/timetable")).into_response())
}

pub(in crate::events::pages) async fn stop(acting: Acting, Path(id): Path<EventId>) -> Result<Response, Error> {
    search::stop(&acting.app, &acting.actor, id).await?;
    Ok(Redirect::to(&format!("/events/{id}/timetable")).into_response())
}
