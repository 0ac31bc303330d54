//! Timetables: searched, moved by hand, published in versions, and what each person keeps of them.
//!
//! Every change makes a new version, so that what was can be looked at and published again. Nobody is booked twice: the
//! search knows what other events keep, and publishing writes it under a key that a second booking cannot have.

pub mod agenda;
mod conflict;
mod letters;
mod model;
pub mod orders;
mod problem;
pub mod publishing;
pub mod search;
pub mod what_if;
mod words;

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use timetable::{Held, Violation};

pub use model::{
    Change, Entry, Findings, Placed, Reason, Version, VersionState, by_participant, changes, entries, waits,
};
pub use problem::{Built, Ground, Refusal, build, refusals};
pub use words::broken;

#[cfg(test)]
pub(super) use model::tests::placed;

use super::{Event, EventId, RequestId, cells, day, editable, open as open_event, participants, slots, store, tell};
use crate::{
    accounts::Actor,
    foundation::{errors::Error, instance::App, time::Timestamp},
};

/// An event with a version of its timetable.
#[derive(Clone, Debug)]
pub struct Timetable {
    /// The event.
    pub event: Event,
    /// Who takes part, and what was agreed.
    pub ground: Ground,
    /// The problem that the version answers, with what the version locks.
    pub built: Built,
    /// The version looked at: the newest, unless another was asked for.
    pub version: Option<Version>,
    /// The number of the newest version; 0 where there is none.
    pub newest: i64,
}

impl Timetable {
    /// The meetings of the version.
    #[must_use]
    pub fn meetings(&self) -> &[Placed] {
        self.version.as_ref().map_or(&[], |version| &version.meetings)
    }

    /// Rules that the version breaks today: the event may have changed since it was made.
    #[must_use]
    pub fn broken(&self) -> Vec<Refusal> {
        let (schedule, mut lost) = self.built.schedule(self.meetings());
        let mut found: Vec<Refusal> = Vec::new();
        // What has begun was held as it was published, whatever became of the event since.
        lost.retain(|meeting| !self.built.carried.contains(meeting));
        if !lost.is_empty() {
            found.push(Refusal::new("timetable-rule-lost", true, &[("count", &lost.len())]));
        }
        let violations = timetable::violations(&self.built.problem, &schedule);
        // A meeting may be taken out by hand, and what that does to fairness is for whoever does it.
        let bears = |violation: &&Violation| matches!(violation, Violation::LeftOut { .. } | Violation::Unfair { .. });
        found.extend(violations.iter().filter(|one| !bears(one)).map(|violation| broken(&self.built, violation, None)));
        found
    }
}

/// Participants, requests and bookings elsewhere of an event.
pub(super) async fn ground(app: &App, event: &Event) -> Result<Ground, Error> {
    let times = slots(&event.setup);
    let span = times.first().zip(times.last()).map(|(first, last)| cells(first.starts, last.ends));
    let taken = match span {
        Some(span) => store::timetables::taken_elsewhere(&app.database, event.id, (span.start, span.end)).await?,
        None => Default::default(),
    };
    Ok(Ground {
        setup: event.setup.clone(),
        participants: participants::with_people(app, event.id).await?,
        requests: store::requests::of_event(&app.database, event.id, None).await?,
        orders: store::orders::of_event(&app.database, event.id).await?,
        taken,
        today: day::today(app, event).await?,
    })
}

async fn of_event(app: &App, event: Event, number: Option<i64>) -> Result<Timetable, Error> {
    let ground = ground(app, &event).await?;
    let newest = store::timetables::version(&app.database, event.id, None).await?;
    let number_of_newest = newest.as_ref().map_or(0, |version| version.number);
    let version = match number.filter(|number| *number != number_of_newest) {
        None => newest,
        Some(number) => {
            let found = store::timetables::version(&app.database, event.id, Some(number)).await?;
            Some(found.ok_or_else(|| Error::NotFound(format!("version {number} of the timetable")))?)
        }
    };
    let built = build(&ground, version.as_ref().map_or(&[], |version| &version.meetings));
    Ok(Timetable { event, ground, built, version, newest: number_of_newest })
}

/// The timetable of an event of the actor's cluster: its newest version, or another.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else, or a version that there is not.
pub async fn open(app: &App, actor: &Actor, id: EventId, number: Option<i64>) -> Result<Timetable, Error> {
    let event = open_event(app, actor, id).await?;
    of_event(app, event, number).await
}

/// The same, to be changed.
///
/// # Errors
/// As [`open`].
pub async fn to_change(app: &App, actor: &Actor, id: EventId, number: Option<i64>) -> Result<Timetable, Error> {
    let event = editable(app, actor, id).await?;
    of_event(app, event, number).await
}

/// The version that participants see.
///
/// # Errors
/// When the database fails.
pub async fn published(app: &App, event: &Event) -> Result<Option<Version>, Error> {
    store::timetables::published(&app.database, event.id).await
}

/// A version in the list of versions.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number.
    pub number: i64,
    /// What it is.
    pub state: VersionState,
    /// Why it was made.
    pub reason: Option<Reason>,
    /// What it is worth.
    pub findings: Findings,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was published.
    pub published_at: Option<Timestamp>,
}

/// The versions of an event's timetable, the newest first.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else.
pub async fn versions(app: &App, actor: &Actor, id: EventId) -> Result<Vec<Line>, Error> {
    open_event(app, actor, id).await?;
    let lines = store::timetables::lines(&app.database, id).await?;
    let read = lines.into_iter().map(|line| Line {
        number: line.version,
        state: VersionState::of(&line.state).unwrap_or(VersionState::Past),
        reason: Reason::of(&line.reason),
        findings: line.findings.0,
        made_at: line.made_at,
        published_at: line.published_at,
    });
    Ok(read.collect())
}

/// Writes a version after the newest one that was read, as a draft.
async fn write(
    app: &App,
    actor: &Actor,
    timetable: &Timetable,
    reason: Reason,
    meetings: Vec<Placed>,
    findings: Findings,
) -> Result<i64, Error> {
    let now = app.clock.now();
    let version = Version {
        number: timetable.newest + 1,
        state: VersionState::Draft,
        reason: Some(reason),
        meetings,
        findings,
        made_by: actor.person(),
        made_at: now,
        published_at: None,
    };
    let event = &timetable.event;
    let after = json!({
        "version": version.number, "reason": reason.key(), "held": version.meetings.len(), "asked": findings.asked,
        "score": findings.score,
    });
    transact!(app.database, transaction => {
        if !store::timetables::put(transaction, event.place(), &version).await? {
            return Err(Error::Clash(format!("the timetable of {}", event.setup.name)));
        }
        tell(transaction, actor, now, event, "timetable", (Json::Null, after.clone())).await
    })?;
    Ok(version.number)
}

/// What a version made by hand is worth: what was proved of the one before holds while the meetings asked for are the same.
fn counted(timetable: &Timetable, built: &Built, meetings: &[Placed]) -> Findings {
    let (schedule, _) = built.schedule(meetings);
    Findings {
        asked: built.meetings.len(),
        score: timetable::score(&built.problem, &schedule),
        bound: timetable
            .version
            .as_ref()
            .filter(|version| version.findings.asked == built.meetings.len())
            .and_then(|version| version.findings.bound),
        took_ms: 0,
    }
}

/// The version that an act by hand begins with: the one that was looked at must still be the newest.
async fn current(app: &App, actor: &Actor, id: EventId, number: i64) -> Result<Timetable, Error> {
    let timetable = to_change(app, actor, id, None).await?;
    if timetable.newest != number {
        return Err(Error::Clash(format!("the timetable of {}", timetable.event.setup.name)));
    }
    Ok(timetable)
}

fn no_such(request: RequestId) -> Error {
    Error::NotFound(format!("the meeting {request} in this timetable"))
}

/// Locks a meeting where it is, or unlocks it.
///
/// # Errors
/// [`Error::Clash`] when there is a newer version than the one looked at.
pub async fn set_locked(
    app: &App,
    actor: &Actor,
    id: EventId,
    number: i64,
    request: RequestId,
    locked: bool,
) -> Result<i64, Error> {
    let timetable = current(app, actor, id, number).await?;
    let mut meetings = timetable.meetings().to_vec();
    let meeting = meetings.iter_mut().find(|meeting| meeting.request == request).ok_or_else(|| no_such(request))?;
    if meeting.locked == locked {
        return Ok(number);
    }
    meeting.locked = locked;
    let reason = if locked { Reason::Locked(request) } else { Reason::Unlocked(request) };
    let findings = counted(&timetable, &timetable.built, &meetings);
    write(app, actor, &timetable, reason, meetings, findings).await
}

/// Takes a meeting out of the timetable; the request stays, and the next search may place it again.
///
/// # Errors
/// [`Error::Clash`] when there is a newer version than the one looked at.
pub async fn take_out(app: &App, actor: &Actor, id: EventId, number: i64, request: RequestId) -> Result<i64, Error> {
    let timetable = current(app, actor, id, number).await?;
    let meetings: Vec<Placed> =
        timetable.meetings().iter().filter(|meeting| meeting.request != request).copied().collect();
    if meetings.len() == timetable.meetings().len() {
        return Err(no_such(request));
    }
    let built = build(&timetable.ground, &meetings);
    let findings = counted(&timetable, &built, &meetings);
    write(app, actor, &timetable, Reason::TakenOut(request), meetings, findings).await
}

/// A meeting that is to be moved by hand, and where it could go without breaking a rule.
#[derive(Clone, Debug)]
pub struct Movable {
    /// The timetable without the lock of this meeting.
    pub timetable: Timetable,
    /// The request.
    pub request: RequestId,
    /// Its number in the problem.
    pub at: usize,
    /// Where it is held now.
    pub now: Option<Placed>,
    /// Slots in which it could be held, each with its tables: the people who would sit there stand with each.
    pub free: Vec<(usize, Vec<Held>)>,
}

/// Opens a meeting to be moved. Who moves a locked one by hand means it: its lock does not stand in the way, and goes along.
///
/// # Errors
/// [`Error::NotFound`] for a meeting that is not agreed.
pub async fn movable(app: &App, actor: &Actor, id: EventId, request: RequestId) -> Result<Movable, Error> {
    let mut timetable = to_change(app, actor, id, None).await?;
    let now = timetable.meetings().iter().find(|meeting| meeting.request == request).copied();
    timetable.built = without_lock(&timetable, request);
    let at = timetable.built.meeting(request).ok_or_else(|| no_such(request))?;
    let (schedule, _) = timetable.built.schedule(timetable.meetings());
    let mut free: Vec<(usize, Vec<Held>)> = Vec::new();
    for held in timetable::free(&timetable.built.problem, &schedule, at) {
        match free.last_mut() {
            Some((slot, tables)) if *slot == held.slot => tables.push(held),
            _ => free.push((held.slot, vec![held])),
        }
    }
    Ok(Movable { timetable, request, at, now, free })
}

impl Movable {
    /// Which rules stand against a slot; none where it is free.
    #[must_use]
    pub fn against(&self, slot: usize) -> Vec<Refusal> {
        if self.free.iter().any(|(at, _)| *at == slot) { Vec::new() } else { why_not(self, slot, None) }
    }
}

/// The problem of a timetable in which one meeting is not locked.
fn without_lock(timetable: &Timetable, request: RequestId) -> Built {
    let mut meetings = timetable.meetings().to_vec();
    for meeting in meetings.iter_mut().filter(|meeting| meeting.request == request) {
        meeting.locked = false;
    }
    build(&timetable.ground, &meetings)
}

/// Where somebody wants a meeting to be.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The beginning of the slot.
    pub starts: Timestamp,
    /// Room from 0 and table from 1; none: any free table.
    pub table: Option<(usize, u32)>,
}

/// What came of a move by hand.
#[derive(Debug)]
pub enum Moved {
    /// There is a new version.
    Version(i64),
    /// It would break these rules; nothing was written.
    Refused(Vec<Refusal>),
}

/// Puts a meeting there by hand, where that breaks no rule.
///
/// # Errors
/// [`Error::Clash`] when there is a newer version than the one looked at; [`Error::Input`] for a time or table that the event
/// does not have.
pub async fn move_meeting(
    app: &App,
    actor: &Actor,
    id: EventId,
    number: i64,
    request: RequestId,
    target: Target,
) -> Result<Moved, Error> {
    let found = movable(app, actor, id, request).await?;
    if found.timetable.newest != number {
        return Err(Error::Clash(format!("the timetable of {}", found.timetable.event.setup.name)));
    }
    let built = &found.timetable.built;
    let slot =
        built.slot(target.starts).ok_or_else(|| Error::input("`starts` is the beginning of no slot of the event"))?;
    let place = match target.table {
        None => None,
        Some((room, table)) => {
            let place = built.place(room, table);
            Some(place.ok_or_else(|| Error::input(format!("room {} has no table {table}", room + 1)))?)
        }
    };
    let free = found.free.iter().find(|(at, _)| *at == slot).map_or(&[][..], |(_, tables)| tables);
    let sits = |held: &&Held| place.is_none_or(|place| held.place == place);
    // Whoever sits there now stays, where that is possible.
    let now = found.now.map(|now| now.people);
    let stays = |held: &&Held| built.one(request, held).map(|one| one.people) == now;
    let chosen = free.iter().filter(sits).find(stays).or_else(|| free.iter().find(sits));
    let Some(held) = chosen else {
        return Ok(Moved::Refused(why_not(&found, slot, place)));
    };
    let locked = found.now.is_some_and(|now| now.locked);
    let put = Placed { locked, ..built.one(request, held).ok_or_else(|| no_such(request))? };
    let mut meetings: Vec<Placed> =
        found.timetable.meetings().iter().filter(|meeting| meeting.request != request).copied().collect();
    meetings.push(put);
    meetings.sort_by_key(|meeting| (meeting.starts, meeting.room, meeting.table));
    let findings = counted(&found.timetable, built, &meetings);
    let number = write(app, actor, &found.timetable, Reason::Moved(request), meetings, findings).await?;
    Ok(Moved::Version(number))
}

/// The rules that holding the meeting there would break, for the people and the table that break the fewest.
fn why_not(found: &Movable, slot: usize, place: Option<usize>) -> Vec<Refusal> {
    let built = &found.timetable.built;
    let (schedule, _) = built.schedule(found.timetable.meetings());
    let places: Vec<usize> = match place.or_else(|| built.problem.booth_of(found.at)) {
        Some(place) => vec![place],
        None => {
            let taken: BTreeSet<usize> =
                schedule.held.iter().flatten().filter(|held| held.slot == slot).map(|held| held.place).collect();
            let open = |place: &usize| built.problem.places[*place].available.has(slot) && !taken.contains(place);
            (0..built.places.len()).find(open).or(Some(0)).into_iter().collect()
        }
    };
    let mut best: Option<Vec<Violation>> = None;
    for place in places {
        for one in built.problem.people_of(found.at, 0) {
            for other in built.problem.people_of(found.at, 1) {
                let to = Held { slot, people: [*one, *other], place };
                let broken = timetable::would_break(&built.problem, &schedule, found.at, to);
                if best.as_ref().is_none_or(|best| broken.len() < best.len()) {
                    best = Some(broken);
                }
            }
        }
    }
    best.unwrap_or_default().iter().map(|violation| broken(built, violation, Some(found.at))).collect()
}
