//! A search for a timetable: it tells of better ones while it runs, can be stopped, and leaves a draft.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use timetable::{Answer, Limits, Problem, Schedule, Score, Status, Wish};
use tokio::sync::mpsc;

use super::{Built, Findings, Reason, Refusal, Timetable, refusals, to_change, write};
use crate::{
    accounts::Actor,
    events::EventId,
    foundation::{
        errors::Error,
        instance::{App, Part},
        turns::Turns,
    },
};

/// How long a search takes when nobody says.
pub const USUAL_PATIENCE: Duration = Duration::from_secs(60);
/// How long one may let it search.
pub const MOST_PATIENCE: Duration = Duration::from_secs(600);
/// How often at most a search tells of a better timetable.
const BETWEEN_STEPS: Duration = Duration::from_millis(300);
/// How long is looked for the smallest set of meetings and rules that cannot hold together.
const FOR_CONFLICT: Duration = Duration::from_secs(5);

/// How far a search is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Snapshot {
    /// Meetings that were asked for and agreed.
    pub asked: usize,
    /// Meetings that the best timetable so far holds; none where there is none yet.
    pub held: Option<usize>,
    /// What it costs.
    pub score: Option<Score>,
    /// No timetable costs less.
    pub bound: Score,
    /// For how long it has searched.
    pub took: Duration,
}

/// What a search tells.
#[derive(Debug)]
pub enum Step {
    /// A better timetable, or a better bound.
    Better(Snapshot),
    /// It ended, and its timetable is this version.
    Ended(i64),
    /// It ended without a timetable: what cannot hold together, or nothing where the time was too short to say.
    Without(Vec<Refusal>),
}

/// The searches that run, so that they can be stopped: one an event.
struct Running(Mutex<BTreeMap<EventId, Arc<AtomicBool>>>);

impl Part for Running {
    fn open(_: &App) -> Self {
        Running(Mutex::default())
    }
}

/// A search that runs; dropped, it runs no more.
struct Run {
    running: Arc<Running>,
    event: EventId,
    stop: Arc<AtomicBool>,
}

impl Run {
    fn begin(app: &App, event: EventId) -> Result<Self, Error> {
        let running = app.part::<Running>();
        let stop = Arc::new(AtomicBool::new(false));
        let mut all = running.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.contains_key(&event) {
            return Err(Error::worded("timetable-runs-already", &[]));
        }
        all.insert(event, stop.clone());
        drop(all);
        Ok(Run { running, event, stop })
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.running.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.event);
    }
}

/// Stops the search of an event, if one runs on this server; what it found becomes a draft.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else.
pub async fn stop(app: &App, actor: &Actor, id: EventId) -> Result<bool, Error> {
    crate::events::editable(app, actor, id).await?;
    let running = app.part::<Running>();
    let all = running.0.lock().unwrap_or_else(PoisonError::into_inner);
    let found = all.get(&id);
    if let Some(stop) = found {
        stop.store(true, Ordering::Relaxed);
    }
    Ok(found.is_some())
}

/// Whether a search of an event runs on this server.
#[must_use]
pub fn runs(app: &App, id: EventId) -> bool {
    app.part::<Running>().0.lock().unwrap_or_else(PoisonError::into_inner).contains_key(&id)
}

/// Searches for a timetable and tells of each better one; the last step is the version that it became. Whoever stops
/// listening ends the search, and what it found until then becomes a draft.
///
/// # Errors
/// [`Error::Worded`] where a search of the event runs already, or something stands in its way.
pub async fn begin(
    app: &Arc<App>,
    actor: &Actor,
    id: EventId,
    patience: Duration,
) -> Result<mpsc::Receiver<Result<Step, Error>>, Error> {
    let timetable = to_change(app, actor, id, None).await?;
    if timetable.built.meetings.is_empty() {
        return Err(Error::worded("timetable-nothing-agreed", &[]));
    }
    if refusals(&timetable.built).iter().any(|refusal| refusal.blocks) {
        return Err(Error::worded("timetable-refused", &[]));
    }
    let run = Run::begin(app, id)?;
    let turns = app.part::<Turns>();
    let (teller, listener) = mpsc::channel(1);
    let (app, actor) = (app.clone(), actor.clone());
    tokio::spawn(async move {
        let Some(turn) = turns.take(teller.closed()).await else { return };
        let (told, stop, built) = (teller.clone(), run.stop.clone(), timetable.built.clone());
        let ended = tokio::task::spawn_blocking(move || find(&built, patience, &stop, &told)).await;
        drop(turn);
        let step = match ended {
            Ok(found) => keep(&app, &actor, &timetable, found).await,
            Err(error) => Err(Error::Unexpected(error.into())),
        };
        drop(run);
        // Nobody listens any more: the version is there all the same.
        drop(teller.send(step).await);
    });
    Ok(listener)
}

/// What a search came to.
struct Found {
    answer: Answer,
    conflict: Vec<Refusal>,
    took: Duration,
    stopped: bool,
}

fn find(built: &Built, patience: Duration, stop: &AtomicBool, told: &mpsc::Sender<Result<Step, Error>>) -> Found {
    let started = Instant::now();
    let ended = || stop.load(Ordering::Relaxed) || told.is_closed();
    let expired = || ended() || started.elapsed() > patience;
    let mut last: Option<Instant> = None;
    let answer = timetable::solve(&built.problem, &Limits::until(&expired), &mut |news| {
        if last.is_none_or(|at| at.elapsed() >= BETWEEN_STEPS) {
            let step = Snapshot {
                asked: built.meetings.len(),
                held: news.schedule.map(held),
                score: news.score,
                bound: news.bound,
                took: started.elapsed(),
            };
            // Who has not taken the last step yet gets the next one.
            drop(told.try_send(Ok(Step::Better(step))));
            last = Some(Instant::now());
        }
        if ended() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let answer = answer.unwrap_or_else(|faults| {
        // Refusals name what a person can mend; a fault that is left is one of the building of the problem.
        tracing::error!(?faults, "a timetable problem has faults");
        Answer { status: Status::Nothing, schedule: None, score: None, bound: Score::default() }
    });
    let stopped = ended();
    let conflict = match (&answer.schedule, stopped) {
        (None, false) => conflict(built, answer.status, &|| told.is_closed()),
        _ => Vec::new(),
    };
    Found { answer, conflict, took: started.elapsed(), stopped }
}

/// How many meetings a timetable holds.
fn held(schedule: &Schedule) -> usize {
    schedule.held.iter().flatten().count()
}

async fn keep(app: &App, actor: &Actor, timetable: &Timetable, found: Found) -> Result<Step, Error> {
    let (Some(schedule), Some(score)) = (found.answer.schedule, found.answer.score) else {
        return Ok(Step::Without(found.conflict));
    };
    let findings = Findings {
        asked: timetable.built.meetings.len(),
        score,
        bound: Some(found.answer.bound),
        took_ms: u64::try_from(found.took.as_millis()).unwrap_or(u64::MAX),
    };
    let reason = if found.stopped { Reason::Stopped } else { Reason::Searched };
    let meetings = timetable.built.placed(&schedule, timetable.meetings());
    match write(app, actor, timetable, reason, meetings.clone(), findings).await {
        // Somebody moved a meeting meanwhile: the search becomes the version after theirs, if it still fits.
        Err(Error::Clash(_)) => {
            let newer = to_change(app, actor, timetable.event.id, None).await?;
            write(app, actor, &newer, reason, meetings, findings).await.map(Step::Ended)
        }
        other => other.map(Step::Ended),
    }
}

/// The smallest set of what must be held that cannot be held together, in words: taken away one by one, as long as there is
/// no timetable. What may be left out has no part in it.
fn conflict(built: &Built, status: Status, over: &(dyn Fn() -> bool + Sync)) -> Vec<Refusal> {
    let started = Instant::now();
    let expired = || over() || started.elapsed() > FOR_CONFLICT;
    let musts: Vec<usize> = (0..built.meetings.len())
        .filter(|at| built.problem.meetings[*at].wish == Wish::Must || built.problem.meetings[*at].locked.is_some())
        .collect();
    if status != Status::Infeasible || musts.is_empty() {
        return Vec::new();
    }
    let impossible = |meetings: &[usize], fair: bool, rows: bool| {
        let problem = only(&built.problem, meetings, fair, rows);
        let answer = timetable::solve(&problem, &Limits::until(&expired), &mut |news| {
            // One timetable is enough to know.
            if news.schedule.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        answer.is_ok_and(|answer| answer.status == Status::Infeasible)
    };
    let mut kept = musts;
    let (mut fair, mut rows) = (built.problem.rules.fairness.is_some(), true);
    if !impossible(&kept, fair, rows) {
        return Vec::new();
    }
    fair = fair && !impossible(&kept, false, rows);
    rows = rows && built.problem.people.iter().any(|person| person.longest_run.is_some());
    rows = rows && !impossible(&kept, fair, false);
    let mut at = 0;
    while at < kept.len() {
        let mut without = kept.clone();
        without.remove(at);
        if impossible(&without, fair, rows) {
            kept = without;
        } else {
            at += 1;
        }
    }
    let mut found: Vec<Refusal> = kept
        .iter()
        .map(|meeting| {
            let [one, other] = built.names(*meeting);
            let key = match built.problem.meetings[*meeting].locked {
                Some(_) => "timetable-conflict-locked",
                None => "timetable-conflict-set",
            };
            let slot = built.problem.meetings[*meeting].locked.and_then(|locked| built.slots.get(locked.slot));
            Refusal::new(key, true, &[("one", &one), ("other", &other)]).at(slot)
        })
        .collect();
    if let Some(limit) = built.problem.rules.fairness.filter(|_| fair) {
        found.push(Refusal::new("timetable-conflict-fairness", true, &[("limit", &limit)]));
    }
    if rows {
        found.push(Refusal::new("timetable-conflict-run", true, &[]));
    }
    if expired() {
        found.push(Refusal::new("timetable-conflict-not-smallest", true, &[]));
    }
    found
}

/// The problem with these meetings only, all of which must be held, and these rules.
fn only(problem: &Problem, meetings: &[usize], fair: bool, rows: bool) -> Problem {
    let mut less = problem.clone();
    less.meetings = meetings.iter().map(|at| problem.meetings[*at].clone()).collect();
    for meeting in &mut less.meetings {
        meeting.wish = Wish::Must;
        meeting.after.clear();
    }
    for participant in &mut less.participants {
        participant.minimum = 0;
    }
    for person in less.people.iter_mut().filter(|_| !rows) {
        person.longest_run = None;
    }
    if !fair {
        less.rules.fairness = None;
    }
    less
}

#[cfg(test)]
mod tests {
    use timetable::{Locked, Meeting, Participant, Person, Place, Slot, SlotSet};

    use super::*;
    use crate::events::{AttendeeId, ParticipantId, RequestId, SlotTime};
    use crate::foundation::time::Timestamp;

    /// Three participants of one person, two slots, one table: all three meetings must be held.
    fn crowded() -> Built {
        let all = SlotSet::first(2);
        let id = |number: usize| uuid::Uuid::from_u128(number as u128);
        let slot = |at: u32| Slot { day: 0, session: 0, starts: at * 20, ends: at * 20 + 20 };
        let time = |at: i64| SlotTime {
            starts: Timestamp(at * 1_200_000_000),
            ends: Timestamp((at + 1) * 1_200_000_000),
            day: 0,
            session: 0,
        };
        let problem = Problem {
            slots: vec![slot(0), slot(1)],
            people: vec![Person { available: all, ..Person::default() }; 4],
            participants: (0..4).map(|at| Participant { people: vec![at], ..Participant::default() }).collect(),
            places: vec![Place { room: 0, available: all }; 2],
            meetings: vec![
                Meeting::between(0, 1, all),
                Meeting::between(1, 2, all),
                Meeting { locked: Some(Locked { slot: 1, place: Some(0) }), ..Meeting::between(1, 3, all) },
                Meeting { wish: Wish::Weight(1), ..Meeting::between(0, 2, all) },
            ],
            ..Problem::default()
        };
        Built {
            slots: vec![time(0), time(1)],
            participants: (0..4).map(|at| (ParticipantId(id(at)), format!("P{at}"))).collect(),
            people: (0..4).map(|at| (AttendeeId(id(at)), format!("A{at}"))).collect(),
            places: vec![(0, 1), (0, 2)],
            meetings: (0..4).map(|at| RequestId(id(at))).collect(),
            ..Built::of(problem)
        }
    }

    #[test]
    fn what_cannot_hold_together_is_the_smallest_set() {
        let built = crowded();
        let limits = Limits::none().with_steps(100_000);
        let answer = timetable::solve(&built.problem, &limits, &mut |_| ControlFlow::Continue(())).unwrap();
        assert_eq!(answer.status, Status::Infeasible, "P1 has three meetings in two slots");
        let told: Vec<(&str, String)> = conflict(&built, answer.status, &|| false)
            .iter()
            .map(|one| (one.key, one.names.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("–")))
            .collect();
        let expected = [
            ("timetable-conflict-set", "P0–P1".to_owned()),
            ("timetable-conflict-set", "P1–P2".to_owned()),
            ("timetable-conflict-locked", "P1–P3".to_owned()),
        ];
        assert_eq!(told, expected);
        let mut possible = crowded();
        possible.problem.meetings.remove(0);
        possible.meetings.remove(0);
        assert_eq!(conflict(&possible, Status::Infeasible, &|| false), []);
    }

    #[test]
    fn a_search_that_nobody_listens_to_ends() {
        let (teller, listener) = mpsc::channel(1);
        drop(listener);
        let mut built = crowded();
        built.problem.meetings.truncate(2);
        built.meetings.truncate(2);
        let found = find(&built, Duration::from_secs(60), &AtomicBool::new(false), &teller);
        assert!(found.stopped && found.took < Duration::from_secs(30));
    }
}
