//! Publishing a version: what changes for whom, the time it keeps of everybody, and the letters that tell it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

pub(in crate::events) use super::letters::Letters;
use super::{Change, Placed, Refusal, Timetable, Version, by_participant, changes, letters, published, to_change};
use crate::{
    accounts::Actor,
    events::{AttendeeId, EventId, EventState, ParticipantId, cells, store, tell},
    foundation::{database::Transaction, errors::Error, instance::App, time::Timestamp},
};

/// What publishing a version would do.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The version.
    pub timetable: Timetable,
    /// The version that is published now.
    pub before: Option<Version>,
    /// What changes.
    pub changes: Vec<Change>,
    /// What changes for each participant.
    pub touched: BTreeMap<ParticipantId, Vec<Change>>,
    /// How many letters leave.
    pub letters: usize,
    /// Rules that the version breaks today: with one it cannot be published.
    pub broken: Vec<Refusal>,
}

/// Looks at what publishing would do.
///
/// # Errors
/// [`Error::NotFound`] where there is no such version.
pub async fn preview(app: &App, actor: &Actor, id: EventId, number: i64) -> Result<Preview, Error> {
    let timetable = to_change(app, actor, id, Some(number)).await?;
    if timetable.version.is_none() {
        return Err(Error::NotFound(format!("version {number} of the timetable")));
    }
    let before = published(app, &timetable.event).await?;
    let old = before.as_ref().map_or(&[][..], |version| &version.meetings);
    let changes = changes(old, timetable.meetings());
    let touched = by_participant(&changes, &timetable.ground.requests);
    let letters = letters::readers(app, actor, &timetable, &touched, Letters::Agenda).await?.len();
    let broken = timetable.broken();
    Ok(Preview { before, changes, touched, letters, broken, timetable })
}

/// Makes a draft the timetable that everybody sees, and tells those whose agenda changed. All of it or nothing.
///
/// # Errors
/// [`Error::Worded`] for a version that breaks a rule, or books somebody who is booked at that time already;
/// [`Error::Clash`] where somebody published meanwhile.
pub async fn publish(app: &App, actor: &Actor, id: EventId, number: i64) -> Result<usize, Error> {
    let preview = preview(app, actor, id, number).await?;
    let (timetable, event) = (&preview.timetable, &preview.timetable.event);
    if event.state == EventState::Cancelled {
        return Err(Error::Over { reason: "timetable-event-cancelled" });
    }
    if !preview.broken.is_empty() {
        return Err(Error::worded("timetable-publish-broken", &[("count", &preview.broken.len())]));
    }
    let now = app.clock.now();
    let readers = letters::readers(app, actor, timetable, &preview.touched, Letters::Agenda).await?;
    let before = json!({ "version": preview.before.as_ref().map(|version| version.number) });
    let after = json!({ "version": number, "held": timetable.meetings().len(), "changed": preview.changes.len() });
    transact!(app.database, transaction => {
        // A date poll that begins meanwhile holds the event too: one of the two comes first.
        store::inviting::hold_event(transaction, event.place()).await?;
        if store::polls::is_open(transaction, event.place()).await? {
            return Err(Error::Over { reason: "polls-publish" });
        }
        make_public(transaction, app, timetable, &readers, (now, Letters::Agenda)).await?;
        store::day::mark(transaction, event.cluster, &timetable.ground.today.incidents, number).await?;
        tell(transaction, actor, now, event, "publish_timetable", (before.clone(), after.clone())).await
    })?;
    app.jobs.notify_one();
    Ok(readers.len())
}

/// Makes the version of a timetable, a draft in the database, the published one: books everybody's time and writes the
/// letters.
pub(in crate::events) async fn make_public(
    transaction: &mut Transaction,
    app: &App,
    timetable: &Timetable,
    readers: &[letters::Reader],
    (now, letters): (Timestamp, Letters),
) -> Result<(), Error> {
    let event = &timetable.event;
    let number = timetable.version.as_ref().map_or(0, |version| version.number);
    if !store::timetables::publish(transaction, event.place(), number, now).await? {
        return Err(Error::Clash(format!("the timetable of {}", event.setup.name)));
    }
    let refused = store::timetables::book(transaction, event.place(), &bookings(timetable)).await?;
    if !refused.is_empty() {
        return Err(booked_twice(timetable, &refused));
    }
    letters::write(transaction, app, timetable, readers, (now, letters)).await
}

/// Who is told of changes of the day.
pub(in crate::events) async fn letters_of_the_day(
    app: &App,
    actor: &Actor,
    timetable: &Timetable,
    touched: &BTreeMap<ParticipantId, Vec<Change>>,
) -> Result<Vec<letters::Reader>, Error> {
    letters::readers(app, actor, timetable, touched, Letters::OfTheDay).await
}

/// What a version keeps of everybody's time.
fn bookings(timetable: &Timetable) -> Vec<store::timetables::Booking> {
    let people = timetable.ground.participants.iter().flat_map(|(_, people)| people);
    let keys: BTreeMap<AttendeeId, &str> = people.map(|person| (person.id, person.key.as_str())).collect();
    let of = |meeting: &Placed| {
        let keys: Vec<String> =
            meeting.people.iter().filter_map(|person| keys.get(person)).map(|key| (*key).to_owned()).collect();
        let request = meeting.request;
        cells(meeting.starts, meeting.ends)
            .flat_map(move |cell| keys.clone().into_iter().map(move |key| (key, cell, request)))
            .collect::<Vec<_>>()
    };
    timetable.meetings().iter().flat_map(of).collect()
}

/// Who is booked at that time already, and when. Not by whom: that may be a cluster of which this one knows nothing.
fn booked_twice(timetable: &Timetable, refused: &[(String, i64)]) -> Error {
    let people: Vec<_> = timetable.ground.participants.iter().flat_map(|(_, people)| people).collect();
    let zone = timetable.event.setup.zone();
    let taken: BTreeSet<(&str, i64)> = refused.iter().map(|(key, cell)| (key.as_str(), *cell)).collect();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for meeting in timetable.meetings() {
        for person in people.iter().filter(|person| meeting.people.contains(&person.id)) {
            let clash = cells(meeting.starts, meeting.ends).find(|cell| taken.contains(&(person.key.as_str(), *cell)));
            if clash.is_some() {
                let at = zone.at(meeting.starts).strftime("%Y-%m-%d %H:%M").to_string();
                told.insert(format!("{} ({at})", person.name));
            }
        }
    }
    let named: Vec<&str> = told.iter().take(5).map(String::as_str).collect();
    Error::worded("timetable-booked-twice", &[("who", &named.join(", ")), ("zone", &zone.name())])
}
