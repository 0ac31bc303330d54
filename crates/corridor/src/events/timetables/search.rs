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

use timetable::{Answer, Limits, Schedule, Score, Status};
use tokio::sync::mpsc;

use super::{Built, Findings, Placed, Reason, Refusal, Timetable, conflict::conflict, refusals, to_change, write};
use crate::{
    accounts::Actor,
    events::{EventId, RequestId},
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
        (None, false) if answer.status == Status::Infeasible => conflict(built, &|| told.is_closed()),
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
        // Somebody moved or locked a meeting meanwhile: the search becomes the version after theirs. What it broke of that
        // is said on its page; what was locked where the search put it as well stays locked.
        Err(Error::Clash(_)) => {
            let newer = to_change(app, actor, timetable.event.id, None).await?;
            let meetings = locked_as(newer.meetings(), meetings);
            write(app, actor, &newer, reason, meetings, findings).await.map(Step::Ended)
        }
        other => other.map(Step::Ended),
    }
}

/// Meetings with the locks that they have now, where they are held as they stand there.
fn locked_as(now: &[Placed], meetings: Vec<Placed>) -> Vec<Placed> {
    let locks: BTreeMap<RequestId, &Placed> = now.iter().map(|meeting| (meeting.request, meeting)).collect();
    let as_now = |meeting: Placed| match locks.get(&meeting.request) {
        Some(now) if now.same_as(&meeting) => Placed { locked: now.locked, ..meeting },
        _ => meeting,
    };
    meetings.into_iter().map(as_now).collect()
}

#[cfg(test)]
mod tests {
    use timetable::{Meeting, Participant, Person, Place, Problem, Slot, SlotSet};

    use super::*;

    #[test]
    fn a_lock_that_was_set_while_it_searched_stays_where_the_search_agrees() {
        let placed = crate::events::timetables::placed;
        let lock = |meeting: Placed| Placed { locked: true, ..meeting };
        let now = [lock(placed(1, 0)), lock(placed(2, 1)), placed(3, 2)];
        let found = locked_as(&now, vec![placed(1, 0), placed(2, 5), lock(placed(3, 2)), lock(placed(4, 3))]);
        assert_eq!(found.iter().map(|meeting| meeting.locked).collect::<Vec<_>>(), [true, false, false, true]);
    }

    #[test]
    fn a_search_that_nobody_listens_to_ends() {
        let (teller, listener) = mpsc::channel(1);
        drop(listener);
        let all = SlotSet::first(1);
        let built = Built::of(Problem {
            slots: vec![Slot { day: 0, session: 0, starts: 0, ends: 20 }],
            people: vec![Person { available: all, ..Person::default() }; 2],
            participants: (0..2).map(|at| Participant { people: vec![at], ..Participant::default() }).collect(),
            places: vec![Place { room: 0, available: all }],
            meetings: vec![Meeting::between(0, 1, all)],
            ..Problem::default()
        });
        let found = find(&built, Duration::from_secs(60), &AtomicBool::new(false), &teller);
        assert!(found.stopped && found.took < Duration::from_secs(30));
    }
}
