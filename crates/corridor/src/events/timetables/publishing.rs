//! Publishing a version: what changes for whom, the time it keeps of everybody, and the letters that tell it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

pub(in crate::events) use super::letters::{Letters, Written};
use super::{Change, Placed, Refusal, Timetable, Version, by_participant, changes, letters, published, to_change};
use crate::{
    accounts::Actor,
    events::{AttendeeId, Event, EventId, EventState, ParticipantId, cells, hold, store, tell},
    foundation::{database::Transaction, errors::Error, instance::App, time::Timestamp},
};

/// What publishing a version would do.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The version.
    pub timetable: Timetable,
    /// The version that is published while it is looked at.
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

/// Makes a draft the timetable that everybody sees, and tells those whose agenda changed. All of it or nothing. `over` is the
/// version that was published when it was looked at; none: none was.
///
/// # Errors
/// [`Error::Worded`] for a version that breaks a rule, or books somebody who is booked at that time already;
/// [`Error::Clash`] where somebody published meanwhile: what the day was planned anew for is not undone unseen.
pub async fn publish(
    app: &App,
    actor: &Actor,
    id: EventId,
    (number, over): (i64, Option<i64>),
) -> Result<usize, Error> {
    let preview = preview(app, actor, id, number).await?;
    let (timetable, event) = (&preview.timetable, &preview.timetable.event);
    let published = preview.before.as_ref().map(|version| version.number);
    if published != over {
        return Err(clash(event));
    }
    if event.state == EventState::Cancelled {
        return Err(Error::Over { reason: "timetable-event-cancelled" });
    }
    if event.polled {
        return Err(Error::Over { reason: "polls-publish" });
    }
    if !preview.broken.is_empty() {
        return Err(Error::worded("timetable-publish-broken", &[("count", &preview.broken.len())]));
    }
    let now = app.clock.now();
    let readers = letters::readers(app, actor, timetable, &preview.touched, Letters::Agenda).await?;
    let letters = letters::Written::of(app, timetable, &readers, Letters::Agenda);
    let before = json!({ "version": published });
    let after = json!({ "version": number, "held": timetable.meetings().len(), "changed": preview.changes.len() });
    transact!(app.database, transaction => {
        still(transaction, event, published).await?;
        make_public(transaction, app, timetable, &letters, now).await?;
        store::day::mark(transaction, event.cluster, &timetable.ground.today.incidents, number).await?;
        tell(transaction, actor, now, event, "publish_timetable", (before.clone(), after.clone())).await
    })?;
    app.jobs.notify_one();
    Ok(readers.len())
}

fn clash(event: &Event) -> Error {
    Error::Clash(format!("the timetable of {}", event.setup.name))
}

/// Holds an event as it was read, with the version that was published then.
pub(in crate::events) async fn still(
    transaction: &mut Transaction,
    event: &Event,
    published: Option<i64>,
) -> Result<(), Error> {
    hold(transaction, event).await?;
    if store::timetables::published_number(transaction, event.place()).await? != published {
        return Err(clash(event));
    }
    Ok(())
}

/// Makes the version of a timetable, a draft in the database, the published one: books everybody's time and writes the
/// letters. The event is held.
pub(in crate::events) async fn make_public(
    transaction: &mut Transaction,
    app: &App,
    timetable: &Timetable,
    letters: &letters::Written<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let event = &timetable.event;
    let number = timetable.version.as_ref().map_or(0, |version| version.number);
    if !store::timetables::publish(transaction, event.place(), number, now).await? {
        return Err(clash(event));
    }
    // Whose address was corrected since the timetable was read is booked under the new one.
    let keys = store::people::keys(transaction, event.id).await?;
    let refused = store::timetables::book(transaction, event.place(), &bookings(timetable, &keys)).await?;
    if !refused.is_empty() {
        return Err(booked_twice(timetable, &keys, &refused));
    }
    letters.write(transaction, app, now).await
}

/// Who is told of changes of the day, to be worded once there is a version to tell of.
pub(in crate::events) async fn letters_of_the_day(
    app: &App,
    actor: &Actor,
    timetable: &Timetable,
    touched: &BTreeMap<ParticipantId, Vec<Change>>,
) -> Result<Vec<letters::Reader>, Error> {
    letters::readers(app, actor, timetable, touched, Letters::OfTheDay).await
}

/// What a version keeps of everybody's time.
fn bookings(timetable: &Timetable, keys: &BTreeMap<AttendeeId, String>) -> Vec<store::timetables::Booking> {
    let of = |meeting: &Placed| {
        let keys: Vec<String> = meeting.people.iter().filter_map(|person| keys.get(person)).cloned().collect();
        let request = meeting.request;
        cells(meeting.starts, meeting.ends)
            .flat_map(move |cell| keys.clone().into_iter().map(move |key| (key, cell, request)))
            .collect::<Vec<_>>()
    };
    timetable.meetings().iter().flat_map(of).collect()
}

/// Who is booked at that time already, and when. Not by whom: that may be a cluster of which this one knows nothing.
fn booked_twice(timetable: &Timetable, keys: &BTreeMap<AttendeeId, String>, refused: &[(String, i64)]) -> Error {
    let people = timetable.ground.participants.iter().flat_map(|(_, people)| people);
    let names: BTreeMap<AttendeeId, &str> = people.map(|person| (person.id, person.name.as_str())).collect();
    let zone = timetable.event.setup.zone();
    let taken: BTreeSet<(&str, i64)> = refused.iter().map(|(key, cell)| (key.as_str(), *cell)).collect();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for meeting in timetable.meetings() {
        for person in &meeting.people {
            let (Some(key), Some(name)) = (keys.get(person), names.get(person)) else { continue };
            if cells(meeting.starts, meeting.ends).any(|cell| taken.contains(&(key.as_str(), cell))) {
                let at = zone.at(meeting.starts).strftime("%Y-%m-%d %H:%M").to_string();
                told.insert(format!("{name} ({at})"));
            }
        }
    }
    let named: Vec<&str> = told.iter().take(5).map(String::as_str).collect();
    Error::worded("timetable-booked-twice", &[("who", &named.join(", ")), ("zone", &zone.name())])
}
