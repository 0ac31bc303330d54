//! Timetables of any size and with every feature, by local search: everything that must be held is got in first, then
//! what may be left out, then breaks go away by simulated annealing, and tables are given out last.
//!
//! The same seed and number of steps give the same answer. What is not found is not proved to be impossible.

mod anneal;
mod bound;
mod chain;
mod core;
mod inserter;
mod lost;
mod random;
mod repair;
mod state;
mod tables;

pub use bound::bound;
pub(crate) use repair::repair;

use std::ops::ControlFlow;

use crate::check;
use crate::problem::Problem;
use crate::schedule::{Held, Schedule, Score};
use crate::solve::{Limits, Progress};
use anneal::{Heat, Mood};
use core::Core;
use inserter::Inserter;
use random::Random;
use state::{OUT, State, Total};

/// Heat at the beginning of the first cycle, of later ones, and at the end of each.
const HOT: f64 = 0.6;
const WARM: f64 = 0.32;
const COLD: f64 = 0.08;
/// Steps of the first cycle for each meeting; each further cycle takes twice as many.
const STEPS_A_MEETING: u64 = 200;
/// Steps of the first cycle at least.
const FEWEST_STEPS: u64 = 4_000;
/// Meetings below which every cycle begins with nothing placed.
const SMALL: u64 = 100;
/// Stages of a cycle, each a little colder than the one before.
const STAGES: u64 = 100;
/// Most steps between two looks at the clock: a few milliseconds; more where it takes long to keep the best.
const STEPS_A_LOOK: u64 = 4_000;
const STEPS_A_LOOK_WHEN_LARGE: u64 = 20_000;
/// Meetings from which an event is large.
const LARGE: u64 = 10_000;

/// What a search came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The best timetable, with its score.
    pub best: Option<(Schedule, Score)>,
    /// No timetable that keeps every rule costs less.
    pub bound: Score,
}

/// Looks for a timetable that keeps every rule, beginning with `first` if there is one (its meetings stay as far
/// as the rules let them), and tells of each better one. The search ends when the limits say so, when `tell` does, or when
/// the bound is reached. The problem must be without faults ([`Problem::faults`]).
#[must_use]
pub fn search(
    problem: &Problem,
    limits: &Limits<'_>,
    first: Option<&Schedule>,
    tell: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
) -> Found {
    let core = Core::of(problem);
    let bound = bound::easy(&core);
    let mut search = Search {
        problem,
        limits,
        random: Random::new(limits.seed),
        inserter: Inserter::new(problem.meetings.len()),
        state: State::empty(&core),
        left: limits.steps,
        prices: bound::Prices::of(&core),
        bound,
        tell,
        best: None,
        told: None,
        untold: 0,
        stopped: false,
    };
    if let Some(first) = first {
        search.enter(first);
    }
    search.bound.breaks = search.prices.breaks();
    if search.place_all() {
        search.look();
        search.cycles(if first.is_some() { WARM } else { HOT });
    }
    search.finish()
}

struct Search<'a, 'b> {
    problem: &'a Problem,
    limits: &'a Limits<'a>,
    random: Random,
    inserter: Inserter,
    state: State<'b>,
    /// Steps that are left.
    left: u64,
    bound: Score,
    prices: bound::Prices,
    tell: &'a mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
    /// The best state that keeps every rule.
    best: Option<(Total, Vec<state::Seat>)>,
    /// The best timetable told.
    told: Option<(Schedule, Score)>,
    /// Steps since the last telling.
    untold: u64,
    stopped: bool,
}

impl Search<'_, '_> {
    /// Takes over what can be of a timetable.
    fn enter(&mut self, first: &Schedule) {
        for (meeting, held) in first.held.iter().enumerate().take(self.problem.meetings.len()) {
            let Some(Held { slot, people, place }) = *held else { continue };
            let sits = |side: usize| self.problem.people_of(meeting, side).contains(&people[side]);
            if slot >= self.problem.slots.len() || !sits(0) || !sits(1) || !self.state.may_have_more(meeting) {
                continue;
            }
            self.state.seat(meeting, people.map(|person| person as u32));
            let room = self.state.core.room_at(meeting, place);
            if let Some(room) = room.filter(|&room| inserter::fits(&self.state, meeting, slot, room)) {
                self.state.put(meeting, slot, room);
            }
        }
    }

    fn over(&mut self) -> bool {
        self.stopped = self.stopped || self.left == 0 || self.limits.over();
        self.stopped
    }

    /// Gets every meeting in that must be, and then of the others what fits; false if time runs out before.
    fn place_all(&mut self) -> bool {
        let mut out = self.hardest_first();
        let (mut tried, mut late) = (0usize, false);
        out.retain(|&meeting| {
            tried += 1;
            late = late || tried.is_multiple_of(1024) && self.limits.over();
            late || !self.inserter.direct(&mut self.state, meeting, &mut self.random)
        });
        if late {
            return false;
        }
        let (musts, others): (Vec<usize>, Vec<usize>) =
            out.into_iter().partition(|&meeting| self.state.core.weight[meeting].is_none());
        out = musts;
        let mut rounds = 0u64;
        while !out.is_empty() {
            let meeting = out.swap_remove(self.random.below(out.len()));
            if self.state.slot[meeting] != OUT {
                continue;
            }
            let in_at_last = self.inserter.direct(&mut self.state, meeting, &mut self.random)
                || self.inserter.by_exchange(&mut self.state, meeting, &mut self.random)
                || self.inserter.by_force(&mut self.state, meeting, &mut self.random, &mut out);
            if !in_at_last {
                out.push(meeting);
            }
            out.retain(|&meeting| self.state.core.weight[meeting].is_none());
            rounds += 1;
            self.left = self.left.saturating_sub(100);
            if rounds.is_multiple_of(16) && self.over() {
                return false;
            }
        }
        for (round, meeting) in others.into_iter().enumerate() {
            if self.state.slot[meeting] == OUT {
                let _ = self.inserter.direct(&mut self.state, meeting, &mut self.random)
                    || self.inserter.by_exchange(&mut self.state, meeting, &mut self.random);
            }
            self.left = self.left.saturating_sub(100);
            if round.is_multiple_of(256) && self.over() {
                break;
            }
        }
        true
    }

    /// Meetings that are out: locked ones, then those that must be held, each with the busiest and narrowest first.
    fn hardest_first(&mut self) -> Vec<usize> {
        let core = self.state.core;
        let tightness = |participant: usize| {
            let people = &core.problem.participants[participant].people;
            let slots: u32 = people.iter().map(|&person| core.available[person].count_ones()).sum();
            core.meetings_of[participant].len() as u64 * 1_000 / u64::from(slots.max(1))
        };
        let key = |meeting: usize| {
            let asked = &core.problem.meetings[meeting];
            let [one, other] = asked.sides.map(|side| tightness(side.participant));
            let narrow = 2_000 / u64::from(core.window[meeting].count_ones().max(1));
            let hard = one.max(other) + one.min(other) / 2 + narrow;
            let weight = core.weight[meeting].map_or(u64::MAX, u64::from);
            (asked.locked.is_none(), std::cmp::Reverse((weight, hard)), meeting)
        };
        let mut out: Vec<usize> = (0..core.window.len()).filter(|&meeting| self.state.slot[meeting] == OUT).collect();
        out.sort_by_cached_key(|&meeting| key(meeting));
        out
    }

    /// Cycles of annealing, each twice as long as the one before.
    fn cycles(&mut self, mut hottest: f64) {
        let meetings = self.problem.meetings.len() as u64;
        let mut steps = (STEPS_A_MEETING * meetings).max(FEWEST_STEPS);
        let a_look = if meetings < LARGE { STEPS_A_LOOK } else { STEPS_A_LOOK_WHEN_LARGE };
        let (mut unfair, mut strict) = (anneal::FIRST_UNFAIR, false);
        while !self.stopped && meetings > 0 {
            for stage in 0..STAGES {
                let part = stage as f64 / (STAGES - 1) as f64;
                let heat = Heat::at(hottest * (COLD / hottest).powf(part));
                let mood = Mood { heat, unfair, strict };
                if strict && stage >= STAGES / 2 && self.state.total.excess > 0 {
                    anneal::give_up(&mut self.state, &mut self.inserter);
                }
                let mut left = steps / STAGES;
                while left > 0 && !self.over() {
                    let some = left.min(a_look).min(self.left);
                    anneal::anneal(&mut self.state, &mut self.inserter, &mut self.random, &mood, some);
                    left -= some;
                    self.left -= some;
                    self.untold += some;
                    self.look();
                }
            }
            // what stays unfair when cold is too cheap
            if self.state.total.excess > 0 {
                unfair = (unfair * 2).min(1 << 20);
                strict = self.state.core.has_optional;
            }
            self.tell_best();
            self.raise_bound();
            hottest = WARM;
            steps = steps.saturating_mul(2);
            if meetings < SMALL && !self.stopped {
                // the way to something better may lead through what no rule allows: begin anew
                self.state = State::empty(self.state.core);
                self.stopped |= !self.place_all();
                hottest = HOT;
            }
        }
    }

    /// Proves a little more.
    fn raise_bound(&mut self) {
        let Some((best, _)) = &self.best else { return };
        let (best, stopped, limits) = (*best, self.stopped, self.limits);
        self.prices.improve(best.breaks, &mut || stopped || limits.over());
        let breaks = self.prices.breaks();
        if breaks > self.bound.breaks {
            self.bound.breaks = breaks;
            let (schedule, score) = self.told.as_ref().map(|(schedule, score)| (schedule, *score)).unzip();
            self.stopped |= (self.tell)(&Progress { schedule, score, bound: self.bound }).is_break();
        }
        self.stopped |= self.reached(best);
    }

    fn reached(&self, total: Total) -> bool {
        let bound = &self.bound;
        (total.shortfall, total.lost, total.breaks) <= (bound.shortfall, bound.lost, bound.breaks)
    }

    /// Remembers the state if it is the best so far.
    fn look(&mut self) {
        let total = self.state.total;
        let valid = total.missing == 0 && total.excess == 0;
        if !valid || self.best.as_ref().is_some_and(|(best, _)| *best <= total) {
            return;
        }
        let seats = (0..self.problem.meetings.len()).map(|meeting| self.state.seat_of(meeting)).collect();
        let is_first = self.best.is_none();
        self.best = Some((total, seats));
        let reached =
            (total.shortfall, total.lost, total.breaks) <= (self.bound.shortfall, self.bound.lost, self.bound.breaks);
        self.stopped |= reached;
        if is_first || self.untold > 50 * self.problem.meetings.len() as u64 {
            self.tell_best();
        }
    }

    /// Tells of the best timetable, if it was not yet.
    fn tell_best(&mut self) {
        self.untold = 0;
        let Some((total, seats)) = &self.best else { return };
        let levels = |score: &Score| (score.shortfall, score.lost, score.breaks);
        let new = (total.shortfall, total.lost, total.breaks);
        if self.told.as_ref().is_some_and(|(_, told)| levels(told) <= new) {
            return;
        }
        let Some((schedule, score)) = furnished(self.problem, self.state.core, seats, self.limits) else {
            self.best = None;
            return;
        };
        let news = Progress { schedule: Some(&schedule), score: Some(score), bound: self.bound };
        self.stopped |= (self.tell)(&news).is_break();
        self.told = Some((schedule, score));
    }

    fn finish(mut self) -> Found {
        self.tell_best();
        Found { best: self.told, bound: self.bound }
    }
}

/// The timetable with its tables; none if, against all expectation, it breaks a rule.
fn furnished(
    problem: &Problem,
    core: &Core<'_>,
    seats: &[state::Seat],
    limits: &Limits<'_>,
) -> Option<(Schedule, Score)> {
    let mut state = State::empty(core);
    for (meeting, seat) in seats.iter().enumerate().filter(|(_, seat)| seat.slot != OUT) {
        state.seat(meeting, [seat.has[0], seat.has[1]]);
        state.put(meeting, usize::from(seat.slot), usize::from(seat.room));
    }
    let places = tables::tables(&state, &|| limits.over());
    let held = (0..problem.meetings.len()).map(|meeting| {
        let [one, other, _] = state.has[meeting];
        let people = [one as usize, other as usize];
        (state.slot[meeting] != OUT)
            .then(|| Some(Held { slot: usize::from(state.slot[meeting]), people, place: places[meeting]? }))
            .flatten()
    });
    let schedule = Schedule { held: held.collect() };
    let score = check::score(problem, &schedule);
    check::violations(problem, &schedule).is_empty().then_some((schedule, score))
}
