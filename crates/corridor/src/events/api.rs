//! Events for programs: what is planned, who takes part, who asked whom, and the timetable; participants invited and
//! meetings set.
//!
//! People are not in it: a program that plans a hall or fills a badge printer's list of organisations needs none, and what
//! leaves here could not be called back.

use axum::{
    Json,
    extract::{Path, Query},
};
use serde_json::{Value, json};

use super::{
    Event, EventId, Participant, RequestId, counts, list, open, participants, polls,
    requests::{self as asked, Filter},
    timetables::{self, Placed},
    today_at,
};
use crate::{
    accounts::{Acting, Action, Route},
    foundation::errors::{Error, ErrorBody},
};

/// The routes for programs.
pub fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    vec![
        Route::get("/api/events", Action::ReadEvents, get(all)),
        Route::get("/api/events/{id}", Action::ReadEvents, get(one)),
        Route::get("/api/events/{id}/participants", Action::ReadEvents, get(coming)),
        Route::post("/api/events/{id}/participants", Action::EditEvents, post(invite)),
        Route::get("/api/events/{id}/requests", Action::ReadEvents, get(requests)),
        Route::post("/api/events/{id}/requests", Action::EditEvents, post(set)),
        Route::get("/api/events/{id}/dates", Action::ReadEvents, get(dates)),
        Route::get("/api/events/{id}/timetable", Action::ReadEvents, get(timetable)),
    ]
}

/// An event in a list.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct EventLine {
    /// The event.
    #[schema(value_type = String, format = Uuid)]
    pub id: EventId,
    /// What it is called.
    pub name: String,
    /// `business` for meetings of companies and laboratories, `clusters` for those of clusters with their delegations; without
    /// meetings by request `conference`, `call-information`, `signing`, `committee` or `kickoff`.
    pub kind: String,
    /// `preparing`, `open` or `cancelled`.
    pub state: String,
    /// Whether its last day has passed.
    pub over: bool,
    /// Where it takes place.
    pub place: String,
    /// The time zone of its hours.
    pub zone: String,
    /// Its days.
    #[schema(value_type = Vec<String>)]
    pub days: Vec<String>,
}

fn line(acting: &Acting, event: &Event) -> EventLine {
    EventLine {
        id: event.id,
        name: event.setup.name.clone(),
        kind: event.setup.kind.key().to_owned(),
        state: event.state.key().to_owned(),
        over: event.is_over(today_at(&acting.app, event)),
        place: event.setup.place.clone(),
        zone: event.setup.zone.clone(),
        days: event.setup.days.iter().map(|day| day.on.clone()).collect(),
    }
}

/// The events of the cluster that one acts for, the one that ends last first.
#[utoipa::path(get, path = "/api/events", tag = "events", responses((status = 200, body = [EventLine])))]
pub async fn all(acting: Acting) -> Result<Json<Vec<EventLine>>, Error> {
    let events = list(&acting.app, &acting.actor).await?;
    Ok(Json(events.iter().map(|event| line(&acting, event)).collect()))
}

/// An event with its days, sessions, rooms, kinds of participation and rules, and what it counts.
#[utoipa::path(get, path = "/api/events/{id}", tag = "events", params(("id" = String, Path, format = Uuid, description = "The event.")),
    responses((status = 200, body = Object)))]
pub async fn one(acting: Acting, Path(id): Path<EventId>) -> Result<Json<Value>, Error> {
    let event = open(&acting.app, &acting.actor, id).await?;
    let counts = counts(&acting.app, &event).await?;
    let mut told = serde_json::to_value(line(&acting, &event)).map_err(anyhow::Error::from)?;
    told["setup"] = json!(event.setup);
    told["counts"] = json!({
        "confirmed": counts.confirmed, "invited": counts.invited, "registered": counts.registered,
        "requests": counts.requests, "accepted": counts.accepted, "waiting": counts.waiting,
    });
    Ok(Json(told))
}

fn side(one: &Participant, people: usize) -> Value {
    json!({
        "id": one.id, "name": one.name, "organisation": one.organisation, "country": one.country, "kind": one.kind,
        "delegation": one.delegation, "standing": one.standing, "offers": one.offers, "seeks": one.seeks,
        "minimum": one.minimum, "maximum": one.maximum, "booth": one.booth, "people": people,
    })
}

/// Who takes part or was asked to, by name: organisations with how many people they send, without the people.
#[utoipa::path(get, path = "/api/events/{id}/participants", tag = "events",
    params(("id" = String, Path, format = Uuid, description = "The event.")), responses((status = 200, body = [Object])))]
pub async fn coming(acting: Acting, Path(id): Path<EventId>) -> Result<Json<Vec<Value>>, Error> {
    let (_, found) = participants::list(&acting.app, &acting.actor, id).await?;
    Ok(Json(found.iter().map(|(one, people)| side(one, people.len())).collect()))
}

/// Somebody who is asked to come.
#[derive(Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ParticipantRequest {
    /// The organisation, by its id in Corridor; else it is known by `organisation`.
    pub organisation_id: String,
    /// The name of an organisation that has no record.
    #[schema(max_length = 200)]
    pub organisation: String,
    /// The country of an organisation without a record, as two letters.
    pub country: String,
    /// The key of its kind of participation, as the event's `setup.kinds` has it.
    #[schema(min_length = 1)]
    pub kind: String,
    /// With which cluster or network it comes.
    pub delegation: String,
    /// Somebody there: the name.
    pub name: String,
    /// Somebody there: the address, to which the invitation goes.
    pub email: String,
    /// The language of the letter, `en` or `fr`.
    pub language: String,
    /// Whether it takes part already: nobody is asked.
    pub confirmed: bool,
}

fn body<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::input(format!("the body is not what is expected: {error}")))
}

/// Asks an organisation to come, as the page does: the person named there gets the letter with its private link.
#[utoipa::path(post, path = "/api/events/{id}/participants", tag = "events",
    params(("id" = String, Path, format = Uuid, description = "The event.")),
    request_body(content = ParticipantRequest, example = json!({
        "organisation": "Example Diagnostics", "country": "FR", "kind": "participant", "confirmed": true
    })),
    responses((status = 200, body = Object), (status = 422, body = ErrorBody)))]
pub async fn invite(acting: Acting, Path(id): Path<EventId>, text: String) -> Result<Json<Value>, Error> {
    let asked: ParticipantRequest = body(&text)?;
    let asked = participants::Asked {
        organisation_id: asked.organisation_id,
        organisation: asked.organisation,
        country: asked.country,
        kind: asked.kind,
        delegation: asked.delegation,
        name: asked.name,
        email: asked.email,
        language: asked.language,
        confirmed: if asked.confirmed { "yes".to_owned() } else { String::new() },
    };
    let participant = participants::invite(&acting.app, &acting.actor, id, &asked).await?;
    Ok(Json(json!({ "id": participant })))
}

/// The requests to meet, in the order in which they were asked. What the two wrote to one another is theirs and not in it.
#[utoipa::path(get, path = "/api/events/{id}/requests", tag = "events",
    params(("id" = String, Path, format = Uuid, description = "The event."),
           ("state" = Option<String>, Query, pattern = "^(waiting|countered|unanswered|accepted|declined|withdrawn)?$",
            description = "Only those that are `waiting`, `countered`, `unanswered` (both of these), `accepted`, `declined` or `withdrawn`.")),
    responses((status = 200, body = [Object])))]
pub async fn requests(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(filter): Query<Filter>,
) -> Result<Json<Vec<Value>>, Error> {
    let (_, _, _, lines) = asked::list(&acting.app, &acting.actor, id, &filter).await?;
    Ok(Json(lines.iter().map(asked::json_of).collect()))
}

/// Two participants that are to meet.
#[derive(Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingRequest {
    /// The name of one.
    #[schema(min_length = 1)]
    pub one: String,
    /// The name of the other.
    #[schema(min_length = 1)]
    pub other: String,
}

/// Sets a meeting of two participants on behalf of the team: accepted at once, and both are told.
#[utoipa::path(post, path = "/api/events/{id}/requests", tag = "events",
    params(("id" = String, Path, format = Uuid, description = "The event.")),
    request_body(content = MeetingRequest, example = json!({ "one": "Example Diagnostics", "other": "Example Clinic" })),
    responses((status = 200, body = Object), (status = 422, body = ErrorBody)))]
pub async fn set(acting: Acting, Path(id): Path<EventId>, text: String) -> Result<Json<Value>, Error> {
    let asked: MeetingRequest = body(&text)?;
    let request: RequestId = asked::set(&acting.app, &acting.actor, id, &asked.one, &asked.other).await?;
    Ok(Json(json!({ "id": request })))
}

/// The date poll of an event: its days with what is said of each, the best first, and what each voice said.
#[utoipa::path(get, path = "/api/events/{id}/dates", tag = "events",
    params(("id" = String, Path, format = Uuid, description = "The event.")), responses((status = 200, body = Object)))]
pub async fn dates(acting: Acting, Path(id): Path<EventId>) -> Result<Json<Value>, Error> {
    let view = polls::of_event(&acting.app, &acting.actor, id).await?;
    let poll = view.poll.as_ref().ok_or_else(|| Error::NotFound("a date poll of this event".to_owned()))?;
    let voice = |line: &polls::Line| {
        json!({
            "name": line.name,
            "voice": if matches!(line.voter, polls::Voter::Delegation(_)) { "cluster" } else { "organisation" },
            "days": line.given.as_ref().map(|given| &given.answer),
        })
    };
    Ok(Json(json!({
        "state": poll.state.key(), "until": poll.until, "fixed": poll.fixed,
        "days": view.tallies.iter().map(|tally| json!({
            "day": tally.day, "yes": tally.yes, "if-need-be": tally.if_need_be, "no": tally.no, "silent": tally.silent,
        })).collect::<Vec<_>>(),
        "voices": view.lines.iter().map(voice).collect::<Vec<_>>(),
    })))
}

/// Which version of a timetable.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Which {
    version: Option<i64>,
}

/// The published timetable, or another version: each meeting with its participants, when (ISO 8601, in UTC) and at which table.
#[utoipa::path(get, path = "/api/events/{id}/timetable", tag = "events",
    params(("id" = String, Path, format = Uuid, description = "The event."),
           ("version" = Option<i64>, Query, minimum = 1, description = "A version by its number; else the one that participants see.")),
    responses((status = 200, body = Object)))]
pub async fn timetable(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(which): Query<Which>,
) -> Result<Json<Value>, Error> {
    let number = match which.version {
        Some(number) => number,
        None => {
            let event = open(&acting.app, &acting.actor, id).await?;
            let published = timetables::published(&acting.app, &event).await?;
            published.ok_or_else(|| Error::NotFound("a published timetable".to_owned()))?.number
        }
    };
    let found = timetables::open(&acting.app, &acting.actor, id, Some(number)).await?;
    let event = &found.event;
    let of: std::collections::BTreeMap<_, _> =
        found.ground.participants.iter().map(|(one, _)| (one.id, one.name.as_str())).collect();
    let sides: std::collections::BTreeMap<_, _> =
        found.ground.requests.iter().map(|request| (request.id, [request.from, request.to])).collect();
    let meeting = |placed: &Placed| {
        let sides = sides.get(&placed.request).map(|sides| {
            sides.map(|id| json!({ "id": id, "name": of.get(&id).copied().unwrap_or_default() })).to_vec()
        });
        json!({
            "request": placed.request, "participants": sides,
            "starts": placed.starts.to_jiff().to_string(), "ends": placed.ends.to_jiff().to_string(),
            "room": event.setup.rooms.get(placed.room).map(|room| room.name.as_str()), "table": placed.table,
            "locked": placed.locked,
        })
    };
    let version =
        found.version.as_ref().ok_or_else(|| Error::NotFound(format!("version {number} of the timetable")))?;
    Ok(Json(json!({
        "version": version.number, "state": version.state.key(),
        "made_at": version.made_at.to_jiff().to_string(),
        "published_at": version.published_at.map(|at| at.to_jiff().to_string()),
        "asked": version.findings.asked, "breaks": version.findings.score.breaks, "proved": version.findings.is_proved(),
        "meetings": version.meetings.iter().map(meeting).collect::<Vec<_>>(),
    })))
}
