//! What each instrument asks, in plain words.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Response},
};

use super::super::instruments;
use crate::{
    accounts::{Acting, Action, Resource},
    calls,
    foundation::{errors::Error, pages::Serde},
};

pub(super) async fn index(acting: Acting) -> Result<Response, Error> {
    acting.may(Action::ReadCalls, Resource::Instance)?;
    let context = minijinja::context! { instruments => Serde(&instruments::list(acting.language)) };
    Ok(acting.page("consortia/instruments.html", context).await?.into_response())
}

#[derive(serde::Deserialize)]
pub(super) struct Which {
    /// `all` shows the rules of other days too.
    when: Option<String>,
}

pub(super) async fn show(
    acting: Acting,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let ever = which.when.as_deref() == Some("all");
    let today = calls::today(&acting.app);
    let instrument = instruments::open(&acting.actor, &id, (!ever).then_some(today), acting.language)?;
    let context = minijinja::context! {
        instrument => Serde(&instrument),
        today => today.to_string(),
        ever,
    };
    Ok(acting.page("consortia/instrument.html", context).await?.into_response())
}
