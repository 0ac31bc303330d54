//! What more tables or more slots would bring.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Response},
};
use minijinja::context;

use crate::{
    accounts::Acting,
    events::{EventId, pages::head, timetables::what_if},
    foundation::errors::Error,
};

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(in crate::events::pages) struct More {
    tables: Option<u32>,
    slots: Option<u32>,
}

pub(in crate::events::pages) async fn ask_what_if(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(more): Query<More>,
) -> Result<Response, Error> {
    let event = crate::events::editable(&acting.app, &acting.actor, id).await?;
    let (tables, slots) = (more.tables.unwrap_or(0), more.slots.unwrap_or(0));
    let compared = if tables == 0 && slots == 0 {
        None
    } else {
        Some(what_if::compare(&acting.app, &acting.actor, id, tables, slots).await?)
    };
    let outcome = |outcome: &what_if::Outcome| {
        context! { held => outcome.held, breaks => outcome.score.breaks, shortfall => outcome.score.shortfall }
    };
    let context = context! {
        event => head(&acting, &event),
        tab => "timetable",
        tables => more.tables.map_or_else(|| "2".to_owned(), |tables| tables.to_string()),
        slots => more.slots.unwrap_or(0).to_string(),
        most_tables => what_if::MOST.0, most_slots => what_if::MOST.1,
        more_tables => tables, more_slots => slots,
        compared => compared.map(|compared| {
            let held = |outcome: &what_if::Outcome| outcome.held.unwrap_or(0) as i64;
            let breaks = |outcome: &what_if::Outcome| outcome.score.breaks as i64;
            context! {
                now => outcome(&compared.now), then => outcome(&compared.then), asked => compared.asked,
                more_held => held(&compared.then) - held(&compared.now),
                fewer_breaks => breaks(&compared.now) - breaks(&compared.then),
            }
        }),
    };
    Ok(acting.page("events/timetable/what_if.html", context).await?.into_response())
}
