//! The whole search: a first answer, a bound that shrinks the pool, then branch and bound on what is left.

use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::answer::{Answer, Limits, Progress, Statistics, Status};
use crate::bound::{Bounded, Bounder, Effort, Prices};
use crate::domain::{Domain, Place};
use crate::improve::{Dice, Found, Plan, improve};
use crate::model::Model;
use crate::problem::{Problem, ProblemError};

/// Open nodes that may keep prices of their own; later ones use those of the root.
const PRICED_NODES: usize = 4000;
/// How far below zero the steps aim at least while nothing is found.
const FEASIBILITY_AIM: i64 = 2_000_000;

/// Find the best set of members that keeps every rule.
///
/// `progress` hears of every better answer and better bound and may end the search.
///
/// # Errors
/// When the problem is not one (see [`Problem::validate`]).
pub fn solve(
    problem: &Problem,
    limits: &Limits<'_>,
    progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<Answer, ProblemError> {
    problem.validate()?;
    let model = Model::new(problem, &|_| true, true);
    Ok(run(&model, &Request::default(), limits, progress))
}

/// What a search is asked besides the model.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    /// Members to start from, by place in the problem.
    pub hint: Vec<usize>,
    /// Only whether the rules can hold together.
    pub feasibility: bool,
    /// Nothing at most this value is wanted.
    pub above: Option<i64>,
}

/// Search a model.
pub(crate) fn run(
    model: &Model,
    request: &Request,
    limits: &Limits<'_>,
    progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Answer {
    let stop = Cell::new(false);
    let expired = || stop.get() || (limits.expired)();
    let above = request.above.unwrap_or(-1).max(-1);
    let mut search = Search {
        best: Vec::new(),
        value: above,
        bound: i64::MAX,
        statistics: Statistics { candidates_left: model.len(), ..Statistics::default() },
        dice: Dice::new(limits.seed),
        feasibility: request.feasibility,
        stop: &stop,
        expired: &expired,
        progress,
        node_limit: limits.nodes,
    };
    let proved = search.everything(model, request);
    let found = !search.best.is_empty();
    let mut members = std::mem::take(&mut search.best);
    members.sort_unstable();
    let status = match (proved, found) {
        (true, true) => Status::Optimal,
        (true, false) => Status::Infeasible,
        (false, true) => Status::Feasible,
        (false, false) => Status::Unknown,
    };
    let value = if found { search.value } else { 0 };
    let bound = if proved { search.value.max(0) } else { search.bound.max(value) };
    Answer { members, value, bound, status, statistics: search.statistics }
}

struct Search<'s> {
    /// Best members, by place in the problem.
    best: Vec<usize>,
    /// Their value, or what an answer must exceed.
    value: i64,
    bound: i64,
    statistics: Statistics,
    dice: Dice,
    feasibility: bool,
    stop: &'s Cell<bool>,
    expired: &'s dyn Fn() -> bool,
    progress: &'s mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
    node_limit: u64,
}

impl Search<'_> {
    fn tell(&mut self) {
        let value = (!self.best.is_empty()).then_some(self.value);
        let news = Progress { members: &self.best, value, bound: self.bound, nodes: self.statistics.nodes };
        if (self.progress)(news).is_break() {
            self.stop.set(true);
        }
    }

    fn accept(&mut self, model: &Model, members: &[u32], value: i64) {
        if value > self.value {
            self.value = value;
            self.best = members.iter().map(|&i| model.origin[i as usize]).collect();
            self.best.sort_unstable();
            self.bound = self.bound.max(value);
            self.tell();
        }
    }

    fn lower(&mut self, bound: i64) {
        let bound = bound.max(self.value);
        if bound < self.bound {
            self.bound = bound;
            self.tell();
        }
    }

    /// What the bound's steps aim at.
    fn target(&self) -> i64 {
        if self.best.is_empty() && self.value < 0 {
            // nothing found yet: aim far below zero, where only an impossible problem gets
            -FEASIBILITY_AIM.max(self.bound.min(i64::MAX / 8) / 2)
        } else {
            self.value
        }
    }

    fn done(&self) -> bool {
        self.feasibility && !self.best.is_empty()
    }

    fn climb(&mut self, model: &Model, start: &[u32], steps: u64, first: bool) {
        let plan = Plan { steps, first, expired: self.expired };
        let found = improve(model, start, self.value, &plan, &mut self.dice, &mut self.statistics.steps);
        if let Some(Found { members, value }) = found {
            debug_assert!(model.admits(&members) && model.value(&members) == value, "local search and model disagree");
            self.accept(model, &members, value);
        }
    }

    /// True when nothing better remains to be found.
    fn everything(&mut self, model: &Model, request: &Request) -> bool {
        let Ok(mut domain) = Domain::new(model) else {
            return true;
        };
        if domain.propagate(model).is_err() {
            return true;
        }
        let (kept, domain) = keep(&domain);
        let model = model.restrict(&kept);
        if !request.hint.is_empty() {
            let hint: Vec<u32> =
                (0..model.len() as u32).filter(|&i| request.hint.contains(&model.origin[i as usize])).collect();
            if model.admits(&hint) {
                let value = model.value(&hint);
                self.accept(&model, &hint, value);
            }
            self.climb(&model, &hint, 30, false);
        }
        self.climb(&model, &[], 60, true);
        if self.done() {
            return true;
        }
        if self.best.is_empty() && !self.feasibility {
            self.climb(&model, &[], 200, true);
            // Rather than steer by worth towards what may not exist, ask first whether anything does.
            if self.best.is_empty() && self.value < 0 {
                match self.possible(&model) {
                    Some(members) => self.climb(&model, &members, 40, false),
                    None => return !(self.expired)() && self.statistics.nodes < self.node_limit,
                }
            }
        }
        if !self.best.is_empty() {
            self.climb(&model, &[], 40, false);
        }
        let prices = Bounder::new(&model).start();
        let mut pool = Pool { model, domain, prices };
        // Shrink the pool by the root bound, looking for better answers in between.
        let mut step = 1.0;
        for pass in 0..24 {
            let before = self.bound;
            let old = self.value;
            let Some((guess, shrunk)) = self.shrink(&mut pool, step) else { return true };
            if (self.expired)() {
                return false;
            }
            self.climb(&pool.model, &guess, if pass < 6 { 30 } else { 15 }, false);
            if self.done() {
                return true;
            }
            let gap = (before.min(i64::MAX / 4) - self.value).max(1) as f64;
            let stalled = self.value == old && pass > 3 && ((before - self.bound) as f64) < 0.01 * gap;
            if stalled && !shrunk {
                break;
            }
            step = if stalled { step * 0.5 } else { (step * 0.8).max(0.2) };
        }
        for _ in 0..3 {
            let old = self.value;
            self.climb(&pool.model, &[], 300, false);
            if self.done() {
                return true;
            }
            if self.value == old {
                break;
            }
            // a better answer rules out more candidates
            if self.shrink(&mut pool, 0.3).is_none() {
                return true;
            }
        }
        self.statistics.candidates_left = pool.domain.open;
        self.branch(&pool.model, pool.domain, pool.prices)
    }

    /// Lower the bound of the whole pool and leave out who cannot be in a better answer. Gives the set the bound
    /// picked and whether the pool became smaller; `None` when nothing better than the present answer is possible.
    fn shrink(&mut self, pool: &mut Pool, step: f64) -> Option<(Vec<u32>, bool)> {
        let mut bounder = Bounder::new(&pool.model);
        let effort = Effort { rounds: 2, iterations: 40, step, patience: 0.0 };
        let target = self.target();
        let result = bounder.tighten(&mut pool.domain, &mut pool.prices, self.value, target, effort, self.expired);
        self.statistics.bounds += bounder.evaluations;
        let Bounded { bound, guess, .. } = result.ok()?;
        self.lower(bound);
        let (kept, domain) = keep(&pool.domain);
        if kept.len() == pool.model.len() {
            return Some((guess, false));
        }
        let model = pool.model.restrict(&kept);
        let prices = bounder.carry(&pool.prices, &kept, &Bounder::new(&model));
        let guess = (0..kept.len() as u32).filter(|&new| guess.contains(&kept[new as usize])).collect();
        *pool = Pool { model, domain, prices };
        Some((guess, true))
    }

    /// Some members that keep every rule of the model, whatever they are worth; `None` if there are none or the
    /// limit came.
    fn possible(&mut self, model: &Model) -> Option<Vec<u32>> {
        let mut bare = model.without_worth();
        bare.origin = (0..bare.len()).collect();
        let request = Request { feasibility: true, ..Request::default() };
        let limits = Limits {
            expired: self.expired,
            nodes: self.node_limit.saturating_sub(self.statistics.nodes),
            seed: self.dice.below(1 << 30) as u64,
        };
        let answer = run(&bare, &request, &limits, &mut |_| ControlFlow::Continue(()));
        self.statistics.nodes += answer.statistics.nodes;
        self.statistics.bounds += answer.statistics.bounds;
        self.statistics.steps += answer.statistics.steps;
        let members: Vec<u32> = answer.members.iter().map(|&i| i as u32).collect();
        if members.is_empty() {
            return None;
        }
        let value = model.value(&members);
        self.accept(model, &members, value);
        Some(members)
    }

    fn branch(&mut self, model: &Model, root: Domain, prices: Prices) -> bool {
        let mut bounder = Bounder::new(model);
        let root_prices = Rc::new(prices);
        let mut heap = BinaryHeap::new();
        heap.push(Node { bound: self.bound, depth: 0, order: 0, domain: root, prices: Rc::clone(&root_prices) });
        let mut order = 0;
        while let Some(node) = heap.pop() {
            if node.bound <= self.value {
                return true;
            }
            self.lower(node.bound);
            if (self.expired)() || self.statistics.nodes >= self.node_limit {
                return false;
            }
            self.statistics.nodes += 1;
            let Node { bound: inherited, depth, mut domain, prices, .. } = node;
            let mut own = (*prices).clone();
            drop(prices);
            let effort = Effort { rounds: 6, iterations: 20, step: 0.7, patience: 0.1 };
            let target = self.target();
            let before = bounder.evaluations;
            let result = bounder.tighten(&mut domain, &mut own, self.value, target, effort, self.expired);
            self.statistics.bounds += bounder.evaluations - before;
            let Ok(Bounded { bound, picked, guess }) = result else {
                continue;
            };
            let bound = bound.min(inherited);
            if domain.open == 0 {
                if model.admits(&domain.members) {
                    let value = model.value(&domain.members);
                    self.accept(model, &domain.members, value);
                    if self.done() {
                        return true;
                    }
                }
                continue;
            }
            if self.statistics.nodes % 16 == 1 {
                self.climb(model, &guess, 12, false);
                if self.done() {
                    return true;
                }
            }
            let Some(pivot) = choose(&picked) else {
                continue;
            };
            let own = if heap.len() > PRICED_NODES { Rc::clone(&root_prices) } else { Rc::new(own) };
            for inside in [true, false] {
                let mut child = domain.clone();
                let decided = if inside { child.put_in(pivot) } else { child.take_out(pivot) };
                if decided.and_then(|()| child.propagate(model)).is_err() {
                    continue;
                }
                order += 1;
                heap.push(Node { bound, depth: depth + 1, order, domain: child, prices: Rc::clone(&own) });
            }
        }
        true
    }
}

/// The candidate to decide next: the one the relaxation is least sure about.
fn choose(picked: &[(u32, i32)]) -> Option<u32> {
    picked.iter().min_by_key(|(i, average)| ((average - 600).abs(), *i)).map(|(i, _)| *i)
}

/// The candidates that are not out, and the decision over them alone.
fn keep(domain: &Domain) -> (Vec<u32>, Domain) {
    let kept: Vec<u32> = (0..domain.place.len() as u32).filter(|&i| domain.place[i as usize] != Place::Out).collect();
    let place: Vec<Place> = kept.iter().map(|&i| domain.place[i as usize]).collect();
    let members = (0..kept.len() as u32).filter(|&k| place[k as usize] == Place::In).collect();
    (kept, Domain { place, members, open: domain.open })
}

/// The candidates still in question, what is decided about them, and the prices of their bound.
struct Pool {
    model: Model,
    domain: Domain,
    prices: Prices,
}

struct Node {
    bound: i64,
    depth: u32,
    order: u64,
    domain: Domain,
    prices: Rc<Prices>,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Node {}

impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Node {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.bound, self.depth).cmp(&(other.bound, other.depth)).then(other.order.cmp(&self.order))
    }
}

/// Whether the rules that `active` lets through can hold together: members, proved impossible, or not known.
pub(crate) fn feasible(
    problem: &Problem,
    active: &dyn Fn(usize) -> bool,
    limits: &Limits<'_>,
) -> Result<Vec<usize>, Verdict> {
    let model = Model::new(problem, active, false);
    let request = Request { feasibility: true, ..Request::default() };
    let answer = run(&model, &request, limits, &mut |_| ControlFlow::Continue(()));
    match answer.status {
        Status::Optimal | Status::Feasible => Ok(answer.members),
        Status::Infeasible => Err(Verdict::Impossible),
        Status::Unknown => Err(Verdict::Unknown),
    }
}

/// Why no set of members came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Impossible,
    Unknown,
}
