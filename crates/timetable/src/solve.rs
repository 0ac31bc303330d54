//! The front door: what is asked of a search, what it tells on the way, what comes back.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

use crate::problem::{Fault, Problem, Wish};
use crate::schedule::{Schedule, Score};
use crate::{conflict, exact, local};

/// How sure an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// No timetable that keeps every rule has less shortfall, lost meetings or breaks (in this order). Changes
    /// of tables, which weigh least, are few but not proved fewest.
    Optimal,
    /// A timetable that keeps every rule; a lower score may be possible, down to the bound.
    Feasible,
    /// Proved that no timetable keeps every rule.
    Infeasible,
    /// The limit came before anything was found or proved.
    Nothing,
}

/// An answer to a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// How sure it is.
    pub status: Status,
    /// The best timetable found.
    pub schedule: Option<Schedule>,
    /// What it costs.
    pub score: Option<Score>,
    /// No timetable that keeps every rule costs less.
    pub bound: Score,
}

impl Answer {
    /// Proved that no timetable keeps every rule.
    #[must_use]
    pub fn infeasible() -> Answer {
        Answer { status: Status::Infeasible, schedule: None, score: None, bound: Score::default() }
    }

    /// A timetable with its score, or none, beside a bound: optimal where the two meet.
    #[must_use]
    pub fn within(found: Option<(Schedule, Score)>, bound: Score) -> Answer {
        match found {
            None => Answer { status: Status::Nothing, schedule: None, score: None, bound },
            Some((schedule, score)) => {
                let proved = score.but_changes() <= bound.but_changes();
                let status = if proved { Status::Optimal } else { Status::Feasible };
                Answer { status, schedule: Some(schedule), score: Some(score), bound: bound.min(score) }
            }
        }
    }
}

/// A better timetable or a better bound, while the search runs.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// The best timetable so far.
    pub schedule: Option<&'a Schedule>,
    /// What it costs.
    pub score: Option<Score>,
    /// No timetable that keeps every rule costs less.
    pub bound: Score,
}

/// Events of more meetings are left to local search: a proof would not come in an hour.
const MOST_TO_PROVE: usize = 600;

/// Conflicts after which a proof is given up where meetings may be left out.
const CONFLICTS_WITH_WISHES: u64 = 30_000;

/// Steps of local search before the proof begins.
const QUICK_STEPS: u64 = 1_000_000;

/// How long a search may take. The engine has no clock: the caller brings one.
#[derive(Clone, Copy)]
pub struct Limits<'a> {
    /// Asked often; the search ends soon after it says true.
    pub expired: &'a (dyn Fn() -> bool + Sync),
    /// Set by another thread to end the search.
    pub stop: Option<&'a AtomicBool>,
    /// Most steps of local search; the exact search has no part in it.
    pub steps: u64,
    /// Most conflicts of the exact search; local search has no part in it.
    pub conflicts: u64,
    /// Same seed, same steps, same answer, as long as neither of the two above ends the search.
    pub seed: u64,
}

impl std::fmt::Debug for Limits<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Limits").field("steps", &self.steps).field("seed", &self.seed).finish_non_exhaustive()
    }
}

impl Limits<'static> {
    /// No limit at all. A problem that the exact search does not cover, or gives up, may then be searched for ever.
    #[must_use]
    pub const fn none() -> Self {
        Self { expired: &|| false, stop: None, steps: u64::MAX, conflicts: u64::MAX, seed: 1 }
    }
}

impl<'a> Limits<'a> {
    /// Until the caller's clock says so.
    #[must_use]
    pub const fn until(expired: &'a (dyn Fn() -> bool + Sync)) -> Self {
        Self { expired, stop: None, steps: u64::MAX, conflicts: u64::MAX, seed: 1 }
    }

    /// The same limits, and a flag by which another thread ends the search.
    #[must_use]
    pub const fn or_stopped_by(mut self, stop: &'a AtomicBool) -> Self {
        self.stop = Some(stop);
        self
    }

    /// The same limits with at most so many steps of local search.
    #[must_use]
    pub const fn with_steps(mut self, steps: u64) -> Self {
        self.steps = steps;
        self
    }

    /// The same limits with at most so many conflicts of the exact search.
    #[must_use]
    pub const fn with_conflicts(mut self, conflicts: u64) -> Self {
        self.conflicts = conflicts;
        self
    }

    /// The same limits with another seed.
    #[must_use]
    pub const fn with_seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Whether the search is to end.
    #[must_use]
    pub fn over(&self) -> bool {
        self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) || (self.expired)()
    }
}

/// Searches for the best timetable until one is proved or the limits end the search. Every better timetable and
/// bound is told, and what is told to may end the search as well.
///
/// # Errors
/// What makes the problem meaningless, before anything is searched.
pub fn solve(
    problem: &Problem,
    limits: &Limits<'_>,
    tell: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
) -> Result<Answer, Vec<Fault>> {
    let faults = problem.faults();
    if !faults.is_empty() {
        return Err(faults);
    }
    if conflict::shown_by_counting(problem).is_some() {
        return Ok(Answer::infeasible());
    }
    if problem.meetings.len() <= MOST_TO_PROVE && exact::covers(problem) {
        let quick = limits.with_steps(limits.steps.min(QUICK_STEPS));
        let found = local::search(problem, &quick, None, tell);
        let found = Answer::within(found.best, found.bound);
        if found.status == Status::Optimal {
            return Ok(found);
        }
        return Ok(prove(problem, limits, found, tell));
    }
    let found = local::search(problem, limits, None, tell);
    Ok(Answer::within(found.best, found.bound))
}

/// The exact search from what local search has found. Where meetings may be left out it seldom comes to an end; then
/// local search goes on from what it has found.
fn prove(
    problem: &Problem,
    limits: &Limits<'_>,
    found: Answer,
    tell: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
) -> Answer {
    let optional = problem.meetings.iter().any(|meeting| meeting.wish != Wish::Must);
    let most = limits.conflicts.min(if optional { CONFLICTS_WITH_WISHES } else { u64::MAX });
    // what local search has proved stays proved while the exact search begins from nothing
    let proved = found.bound;
    let mut ended = false;
    let mut answer = exact::solve(problem, &limits.with_conflicts(most), found.schedule.as_ref(), &mut |news| {
        let go_on = tell(&Progress { bound: news.bound.max(proved), ..*news });
        ended |= go_on.is_break();
        go_on
    });
    if answer.status == Status::Infeasible {
        return answer;
    }
    let bound = answer.bound.max(proved);
    let best = answer.schedule.take().zip(answer.score);
    if !optional || ended || limits.over() || best.as_ref().is_some_and(|(_, score)| score.but_changes() <= bound) {
        return Answer::within(best, bound);
    }
    let (schedule, score) = best.as_ref().map(|(schedule, score)| (schedule, *score)).unzip();
    let later = local::search(problem, limits, schedule, &mut |news| {
        let better = news.score.is_some_and(|new| score.is_none_or(|old| new < old));
        let (schedule, score) = if better { (news.schedule, news.score) } else { (schedule, score) };
        tell(&Progress { schedule, score, bound: news.bound.max(bound) })
    });
    let bound = later.bound.max(bound);
    let better = [best, later.best].into_iter().flatten().min_by_key(|(_, score)| *score);
    Answer::within(better, bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_optimal_where_score_and_bound_meet() {
        let score = Score { breaks: 3, ..Score::default() };
        let at = |breaks| Answer::within(Some((Schedule::default(), score)), Score { breaks, ..Score::default() });
        assert_eq!((at(2).status, at(2).bound.breaks), (Status::Feasible, 2));
        assert_eq!((at(3).status, at(3).bound.breaks), (Status::Optimal, 3));
        assert_eq!(at(4).bound, score);
        assert_eq!(Answer::within(None, score).status, Status::Nothing);
    }

    #[test]
    fn either_the_clock_or_the_flag_ends_a_search() {
        let flag = AtomicBool::new(false);
        let limits = Limits::none().or_stopped_by(&flag);
        assert!(!limits.over());
        flag.store(true, Ordering::Relaxed);
        assert!(limits.over());
        assert!(Limits::until(&|| true).over());
    }
}
