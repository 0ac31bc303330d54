//! Submissions and answers for programs.

use axum::{Json, extract::Query};
use serde_json::Value;

use super::{json_of, list, model::Filter};
use crate::{
    accounts::{Acting, Action, Route},
    foundation::errors::Error,
};

/// The routes for programs.
pub fn routes() -> Vec<Route> {
    vec![Route::get("/api/submissions", Action::ReadDrafts, axum::routing::get(all))]
}

/// What the cluster that one acts for submitted and what was answered, newest first; points are hundredths.
#[utoipa::path(get, path = "/api/submissions", tag = "consortia", params(Filter), responses((status = 200, body = [Object])))]
pub async fn all(acting: Acting, Query(filter): Query<Filter>) -> Result<Json<Vec<Value>>, Error> {
    let lines = list(&acting.app, &acting.actor, &filter).await?;
    Ok(Json(lines.iter().map(json_of).collect()))
}
