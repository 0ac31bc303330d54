//! The day of an event: who is there, what goes otherwise than published, and the timetable that reckons with it.
//!
//! What was noted holds for everything that makes a timetable from then on: a search, a move by hand, and planning anew, which
//! begins with the published version and changes as little of it as it can. What has begun is never touched.

mod model;
mod plan;
pub mod replanning;

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value as Json, json};
use uuid::Uuid;

pub use model::{Because, Incident, IncidentId, Presence, Shown, Today, What, because, found, of_day, presence};
pub use plan::{Plan, plan};

use super::{
    Attendee, AttendeeId, Event, EventId, Participant, ParticipantId, Request, RequestId, Standing, editable,
    model::booth,
    open, participants, slots, store, tell,
    timetables::{self, Change, Placed, Version},
    today_at,
};
use crate::{
    accounts::{self, Actor},
    foundation::{
        errors::{Error, FieldProblem},
        instance::App,
        time::Timestamp,
    },
};

/// The longest note of why.
pub const LONGEST_WHY: usize = 120;

/// What a timetable of an event has to reckon with now.
pub(super) async fn today(app: &App, event: &Event) -> Result<Today, Error> {
    let Some(published) = timetables::published(app, event).await? else { return Ok(Today::default()) };
    let incidents = store::day::incidents(&app.database, event.id).await?;
    Ok(Today::at(app.clock.now(), &published.meetings, incidents, &slots(&event.setup)))
}

/// Who comes to an event, and what was noted of it.
#[derive(Clone, Debug)]
pub struct Day {
    /// The event.
    pub event: Event,
    /// Participants with their people.
    pub all: Vec<(Participant, Vec<Attendee>)>,
    /// What was noted, the newest first.
    pub incidents: Vec<Incident>,
    /// The version that everybody sees.
    pub published: Option<Version>,
    /// Requests of the event.
    pub requests: Vec<Request>,
}

impl Day {
    async fn of(app: &App, event: Event) -> Result<Self, Error> {
        Ok(Day {
            all: participants::with_people(app, event.id).await?,
            incidents: store::day::incidents(&app.database, event.id).await?,
            published: timetables::published(app, &event).await?,
            requests: store::requests::of_event(&app.database, event.id, None).await?,
            event,
        })
    }

    /// The participant of an id.
    #[must_use]
    pub fn participant(&self, id: ParticipantId) -> Option<&(Participant, Vec<Attendee>)> {
        self.all.iter().find(|(one, _)| one.id == id)
    }

    /// What participants are called.
    #[must_use]
    pub fn names(&self) -> BTreeMap<ParticipantId, &str> {
        self.all.iter().map(|(one, _)| (one.id, one.name.as_str())).collect()
    }

    /// The requests by their ids.
    #[must_use]
    pub fn by_request(&self) -> BTreeMap<RequestId, &Request> {
        self.requests.iter().map(|request| (request.id, request)).collect()
    }

    /// The meetings that everybody sees.
    #[must_use]
    pub fn meetings(&self) -> &[Placed] {
        self.published.as_ref().map_or(&[], |version| &version.meetings)
    }

    /// What holds and no published version reckons with yet.
    #[must_use]
    pub fn unplanned(&self) -> usize {
        self.incidents.iter().filter(|one| one.ended_at.is_none() && one.version.is_none()).count()
    }

    /// The published meetings that have not begun and that an incident makes impossible.
    #[must_use]
    pub fn touched(&self, incident: &Incident, now: Timestamp) -> Vec<Placed> {
        let requests = self.by_request();
        let touches = |meeting: &&Placed| {
            meeting.starts > now && incident.touches(meeting, requests.get(&meeting.request).copied())
        };
        self.meetings().iter().filter(touches).copied().collect()
    }
}

/// The day of an event of the actor's cluster.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else.
pub async fn look(app: &App, actor: &Actor, id: EventId) -> Result<Day, Error> {
    let event = open(app, actor, id).await?;
    Day::of(app, event).await
}

/// The same, by somebody who may note what happens.
///
/// # Errors
/// As [`look`].
pub async fn to_note(app: &App, actor: &Actor, id: EventId) -> Result<Day, Error> {
    let event = editable(app, actor, id).await?;
    Day::of(app, event).await
}

/// What those are called who noted incidents.
///
/// # Errors
/// When the database fails.
pub async fn who(app: &App, incidents: &[Incident]) -> Result<HashMap<Uuid, String>, Error> {
    let ids: Vec<Uuid> = incidents.iter().filter_map(|incident| incident.noted_by).collect();
    accounts::names(&app.database, &ids).await
}

fn nobody(id: AttendeeId) -> Error {
    Error::NotFound(format!("the person {id} at this event"))
}

/// Notes that somebody came in, or takes that back. The team does: a private link says nothing about who stands at the door.
///
/// # Errors
/// [`Error::NotFound`] for somebody who does not take part in this event.
pub async fn check_in(app: &App, actor: &Actor, id: EventId, person: AttendeeId, here: bool) -> Result<(), Error> {
    let event = editable(app, actor, id).await?;
    let found = store::people::one(&app.database, person).await?.ok_or_else(|| nobody(person))?;
    let participant = store::participants::one(&app.database, Some(found.participant), None).await?;
    let participant = participant
        .filter(|one| one.event == id && one.standing == Standing::Confirmed)
        .ok_or_else(|| nobody(person))?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !store::day::check_in(transaction, event.place(), person, here.then_some(now)).await? {
            return Ok(());
        }
        // The trail is told whose people, not who: names stand in the record itself.
        let after = json!({ "participant": participant.name, "here": here });
        tell(transaction, actor, now, &event, "check_in", (Json::Null, after)).await
    })
}

/// What somebody of the team notes, as a form says it.
#[derive(Clone, Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(default)]
pub struct Noted {
    /// `away`, `table` or `called_off`.
    pub what: String,
    /// Whose people are away.
    pub participant: String,
    /// Which of them; empty for all.
    pub person: String,
    /// The room, from 1.
    pub room: String,
    /// The table, from 1.
    pub table: String,
    /// The meeting that is called off.
    pub request: String,
    /// The beginning of the first slot; empty for now.
    pub from: String,
    /// The beginning of the first slot for which it does not hold any more; empty for the end of the event.
    pub until: String,
    /// Why, in a few words.
    pub why: String,
}

fn wrong(field: &str, message: &str, value: &str) -> Error {
    Error::Invalid(vec![FieldProblem { field: field.to_owned(), message: message.to_owned(), value: value.to_owned() }])
}

/// What a form says, as it would be noted now.
///
/// # Errors
/// [`Error::Invalid`] for something that there is not at this event, or for times that hold for no slot to come.
pub fn read(day: &Day, actor: &Actor, now: Timestamp, noted: &Noted) -> Result<Incident, Error> {
    let what = match noted.what.as_str() {
        "table" => {
            // The form names no room where there is one only.
            let room = if noted.room.trim().is_empty() { "1" } else { noted.room.as_str() };
            let typed = booth(&format!("{room}/{}", noted.table));
            let there = |(room, table): &(usize, u32)| {
                day.event.setup.rooms.get(*room).is_some_and(|room| *table <= room.tables)
            };
            let (room, table) = typed.filter(there).ok_or_else(|| wrong("table", "day-wrong-table", &noted.table))?;
            What::Table { room, table }
        }
        "called_off" => {
            let held = |id: &RequestId| day.meetings().iter().any(|one| one.request == *id && one.starts > now);
            let request = noted.request.parse::<RequestId>().ok().filter(held);
            What::CalledOff { request: request.ok_or_else(|| wrong("request", "day-wrong-request", ""))? }
        }
        _ => {
            let (participant, people) = noted
                .participant
                .parse()
                .ok()
                .and_then(|id| day.participant(id))
                .filter(|(one, _)| one.standing == Standing::Confirmed)
                .ok_or_else(|| wrong("participant", "day-wrong-participant", ""))?;
            let person = match noted.person.trim() {
                "" => None,
                text => {
                    let known = |id: &AttendeeId| people.iter().any(|person| person.id == *id);
                    let person = text.parse::<AttendeeId>().ok().filter(known);
                    Some(person.ok_or_else(|| wrong("person", "day-wrong-person", text))?)
                }
            };
            What::Away { participant: participant.id, person }
        }
    };
    let times = slots(&day.event.setup);
    let moment = |field: &str, text: &str| match text.trim() {
        "" => Ok(None),
        text => {
            let at = text.parse::<i64>().ok().map(Timestamp);
            let slot = at.filter(|at| times.iter().any(|slot| slot.starts == *at));
            slot.map(Some).ok_or_else(|| wrong(field, "day-wrong-time", text))
        }
    };
    let whole = matches!(what, What::CalledOff { .. });
    let from = moment("from", if whole { "" } else { &noted.from })?.map_or(now, |from| from.max(now));
    let until = moment("until", if whole { "" } else { &noted.until })?;
    let holds = |starts: Timestamp| starts > now && starts >= from && until.is_none_or(|until| starts < until);
    if !times.iter().any(|slot| holds(slot.starts)) {
        return Err(wrong("until", "day-wrong-no-slot", &noted.until));
    }
    let why = noted.why.trim().chars().filter(|c| !c.is_control()).take(LONGEST_WHY).collect();
    let incident = Incident {
        id: IncidentId::new(),
        what,
        from,
        until,
        why,
        noted_by: actor.person(),
        noted_at: now,
        version: None,
        ended_at: None,
    };
    Ok(incident)
}

fn told(day: &Day, incident: &Incident) -> Json {
    let names = day.names();
    let of = match incident.what {
        What::Away { participant, person } => {
            json!({ "participant": names.get(&participant), "whole": person.is_none() })
        }
        What::Table { room, table } => json!({ "room": room + 1, "table": table }),
        What::CalledOff { request } => json!({ "request": request }),
    };
    json!({ "incident": incident.what.key(), "of": of, "from": incident.from.0, "until": incident.until.map(|at| at.0) })
}

/// Notes what goes otherwise. Nothing changes for anybody before a timetable that reckons with it is published.
///
/// # Errors
/// As [`read`]; [`Error::Worded`] where nothing is published that could go otherwise.
pub async fn note(app: &App, actor: &Actor, id: EventId, noted: &Noted) -> Result<IncidentId, Error> {
    let day = to_note(app, actor, id).await?;
    if day.published.is_none() {
        return Err(Error::worded("day-nothing-published", &[]));
    }
    let now = app.clock.now();
    let incident = read(&day, actor, now, noted)?;
    transact!(app.database, transaction => {
        store::day::put(transaction, day.event.place(), &incident).await?;
        tell(transaction, actor, now, &day.event, "note_incident", (Json::Null, told(&day, &incident))).await
    })?;
    Ok(incident.id)
}

/// Takes back what was noted, or says that it is over: who was away is here, the table can be used, the meeting is to be held.
///
/// # Errors
/// [`Error::NotFound`] for what was not noted at this event.
pub async fn end(app: &App, actor: &Actor, id: EventId, incident: IncidentId) -> Result<(), Error> {
    let day = to_note(app, actor, id).await?;
    let found = day.incidents.iter().find(|one| one.id == incident);
    let found = found.ok_or_else(|| Error::NotFound(format!("the incident {incident}")))?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !store::day::end(transaction, day.event.place(), incident, actor.person(), now).await? {
            return Ok(());
        }
        tell(transaction, actor, now, &day.event, "end_incident", (told(&day, found), Json::Null)).await
    })
}

/// What changed today of the meetings of today, beside what was published when the day began: nothing on a day without
/// slots.
///
/// # Errors
/// When the database fails.
pub async fn changed_today(app: &App, event: &Event) -> Result<Vec<Change>, Error> {
    let zone = event.setup.zone();
    let today = today_at(app, event);
    let is_today = |at: Timestamp| zone.at(at).date() == today.0;
    if !slots(&event.setup).iter().any(|slot| is_today(slot.starts)) {
        return Ok(Vec::new());
    }
    let Some(now) = timetables::published(app, event).await? else { return Ok(Vec::new()) };
    let midnight = zone.moment(today, jiff::civil::Time::midnight());
    let before = store::timetables::as_of(&app.database, event.id, midnight).await?;
    let Some(before) = before.filter(|before| before.number != now.number) else { return Ok(Vec::new()) };
    Ok(of_day(timetables::changes(&before.meetings, &now.meetings), is_today))
}
