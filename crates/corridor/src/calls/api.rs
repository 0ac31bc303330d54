//! Calls as JSON.

use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Response},
};
use axum_extra::extract::Query;

use super::{Changes, Concept, Filter, Line, List, Section, State, escaped, feeds::Site};
use crate::{
    accounts::{Acting, Action, Route},
    directory::{api::Typed, search::Suggestion},
    foundation::{errors::Error, time::Day},
};

/// The routes of the API of calls.
pub fn routes() -> Vec<Route> {
    use axum::routing::get;
    vec![
        Route::get("/api/calls", Action::ReadCalls, get(list)),
        Route::get("/api/calls/calendar", Action::ReadCalls, get(calendar)),
        Route::get("/api/calls/suggest", Action::ReadCalls, get(suggest)),
        Route::get("/api/calls/{identifier}", Action::ReadCalls, get(topic)),
        Route::get("/api/calls/{identifier}/calendar", Action::ReadCalls, get(topic_calendar)),
        Route::get("/api/calls/{identifier}/versions", Action::ReadCalls, get(versions)),
    ]
}

/// A topic of a list.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct TopicLine {
    /// What its source says.
    #[serde(flatten)]
    pub line: Line,
    /// Where it stands today.
    pub state: State,
    /// Days to the last date known; negative once it has passed.
    pub days_left: Option<i64>,
    /// Its page in Corridor.
    pub href: String,
}

impl TopicLine {
    /// A topic as the API shows it.
    pub fn new(line: &Line, today: Day) -> Self {
        TopicLine {
            state: line.state(&today.to_string()),
            days_left: line.days_left(today),
            href: line.href(),
            line: line.clone(),
        }
    }
}

/// The topics of a list.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct TopicList {
    /// The day states and days left are counted from.
    pub today: String,
    /// How many topics the filter keeps.
    pub count: usize,
    /// The topics, in order.
    pub topics: Vec<TopicLine>,
}

impl TopicList {
    /// A list as the API shows it.
    pub fn new(list: &List) -> Self {
        TopicList {
            today: list.today.to_string(),
            count: list.places.len(),
            topics: list.lines().map(|line| TopicLine::new(line, list.today)).collect(),
        }
    }
}

/// The topics of calls for proposals, filtered and sorted.
#[utoipa::path(get, path = "/api/calls", tag = "calls", params(Filter), responses((status = 200, body = TopicList)))]
pub async fn list(acting: Acting, Query(filter): Query<Filter>) -> Result<Response, Error> {
    let list = super::list(&acting.app, &acting.actor, &filter).await?;
    Ok(Json(TopicList::new(&list)).into_response())
}

/// A date of a topic.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct CutOff {
    /// The stage, from 1.
    pub stage: i64,
    /// The day.
    pub closes_on: String,
}

/// A topic in full.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct TopicFull {
    /// All but the texts.
    #[serde(flatten)]
    pub line: TopicLine,
    /// Stages and dates.
    pub cut_offs: Vec<CutOff>,
    /// The text, laid out.
    pub sections: Vec<Section>,
    /// The conditions, laid out.
    pub conditions: Vec<Section>,
    /// The keywords as published.
    pub keywords: Vec<String>,
    /// The concepts found in its text.
    pub concepts: Vec<Concept>,
    /// Topics about the same, nearest first.
    pub similar: Vec<TopicLine>,
    /// Where the facts are from.
    pub source: String,
    /// Under which licence.
    pub licence: String,
    /// The state of the data.
    pub dated: String,
}

/// One topic in full: texts, dates, concepts, and topics about the same.
#[utoipa::path(get, path = "/api/calls/{identifier}", tag = "calls",
    params(("identifier" = String, Path, description = "The topic's identifier on the portal.", example = "HORIZON-HLTH-2027-01-DISEASE-10")),
    responses((status = 200, body = TopicFull)))]
pub async fn topic(acting: Acting, Path(identifier): Path<String>) -> Result<Response, Error> {
    let topic = super::topic(&acting.app, &acting.actor, &identifier, acting.language).await?;
    let today = super::today(&acting.app);
    let (source, licence, dated) = topic.source;
    Ok(Json(TopicFull {
        line: TopicLine::new(&topic.line, today),
        cut_offs: topic.cut_offs.into_iter().map(|(stage, closes_on)| CutOff { stage, closes_on }).collect(),
        sections: topic.sections,
        conditions: topic.conditions,
        keywords: topic.keywords,
        concepts: topic.concepts,
        similar: topic.similar.iter().map(|(line, _)| TopicLine::new(line, today)).collect(),
        source,
        licence,
        dated,
    })
    .into_response())
}

/// Topics that fit what was typed, by their words or their identifier.
#[utoipa::path(get, path = "/api/calls/suggest", tag = "calls", params(Typed), responses((status = 200, body = [Suggestion])))]
pub async fn suggest(acting: Acting, Query(typed): Query<Typed>) -> Result<Response, Error> {
    let found = super::suggest(&acting.app, &acting.actor, &typed.q, acting.language, 8).await?;
    Ok(Json(found).into_response())
}

/// Two versions of a topic.
#[derive(Debug, serde::Deserialize, Default, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Pair {
    /// The older one; the one before the newest where it is not named.
    #[param(nullable = false)]
    pub from: Option<i64>,
    /// The newer one; the newest where it is not named.
    #[param(nullable = false)]
    pub to: Option<i64>,
}

/// What changed between two versions.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct VersionsCompared {
    /// All versions with the moment each was seen first (microseconds UTC), the newest first.
    pub versions: Vec<(i64, i64)>,
    /// The older of the two compared.
    pub from: i64,
    /// The newer of the two compared.
    pub to: i64,
    /// What changed.
    pub changes: Changes,
}

/// What changed between two versions of a topic.
#[utoipa::path(get, path = "/api/calls/{identifier}/versions", tag = "calls",
    params(("identifier" = String, Path, description = "The topic's identifier on the portal."), Pair),
    responses((status = 200, body = VersionsCompared)))]
pub async fn versions(
    acting: Acting,
    Path(identifier): Path<String>,
    Query(pair): Query<Pair>,
) -> Result<Response, Error> {
    let compared = super::versions(&acting.app, &acting.actor, &identifier, pair.from, pair.to).await?;
    Ok(Json(VersionsCompared {
        versions: compared.versions,
        from: compared.from,
        to: compared.to,
        changes: compared.changes,
    })
    .into_response())
}

/// Dates on one strip of time, as the browser draws them.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Strip {
    /// The day it is.
    pub today: String,
    /// One row a topic.
    pub rows: Vec<StripRow>,
}

/// The dates of one topic.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct StripRow {
    /// Its title.
    pub label: String,
    /// Its page.
    pub href: String,
    /// The first day proposals are accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening: Option<String>,
    /// Dates before the last one.
    pub cut_offs: Vec<String>,
    /// The last date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
}

fn row(line: &Line, cut_offs: Vec<String>) -> StripRow {
    let deadline = line.closes_on.clone();
    let cut_offs = cut_offs.into_iter().filter(|day| Some(day) != deadline.as_ref()).collect();
    StripRow { label: line.title.clone(), href: line.href(), opening: line.opens_on.clone(), cut_offs, deadline }
}

/// The next dates of the topics that a filter keeps, as the calendar strip draws them.
#[utoipa::path(get, path = "/api/calls/calendar", tag = "calls", params(Filter), responses((status = 200, body = Strip)))]
pub async fn calendar(acting: Acting, Query(filter): Query<Filter>) -> Result<Response, Error> {
    let list = super::list(&acting.app, &acting.actor, &filter).await?;
    let rows =
        list.lines().filter(|line| line.closes_on.is_some()).take(12).map(|line| row(line, Vec::new())).collect();
    Ok(Json(Strip { today: list.today.to_string(), rows }).into_response())
}

/// The dates of one topic, as the calendar strip draws them.
#[utoipa::path(get, path = "/api/calls/{identifier}/calendar", tag = "calls",
    params(("identifier" = String, Path, description = "The topic's identifier on the portal.")),
    responses((status = 200, body = Strip)))]
pub async fn topic_calendar(acting: Acting, Path(identifier): Path<String>) -> Result<Response, Error> {
    let topic = super::topic(&acting.app, &acting.actor, &identifier, acting.language).await?;
    let days = topic.cut_offs.into_iter().map(|(_, day)| day).collect();
    Ok(Json(Strip { today: super::today(&acting.app).to_string(), rows: vec![row(&topic.line, days)] }).into_response())
}

/// The address of this instance as the request knows it.
pub(super) fn site(headers: &axum::http::HeaderMap) -> Site {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = text("x-forwarded-proto").filter(|scheme| *scheme == "https").unwrap_or("http");
    Site(format!(
        "{scheme}://{}",
        text("host").map_or_else(
            || "localhost".to_owned(),
            |host| { host.chars().filter(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(*c)).collect() }
        )
    ))
}

/// The address of a topic in the API.
pub fn api_href(identifier: &str) -> String {
    format!("/api/calls/{}", escaped(identifier))
}
