//! The least cost of a level, from below: assumptions that cannot all hold (cores) raise the bound, and are
//! replaced by «all but one of them», «all but two» … («Core-guided MaxSAT with soft cardinality
//! constraints», CP 2014; core exhaustion as in «RC2: an efficient MaxSAT solver», JSAT 11, 2019). Cores
//! are first gathered until the rest can hold, which shows a timetable early.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::count::Totalizer;
use super::encode::Cost;
use super::sat::{Lit, Sat};

/// What came of one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The least cost. From now on the formula allows no more than it on this level.
    Least(u64),
    /// The clauses contradict each other.
    Contradiction,
    /// The limit came first; the cost is at least this.
    Stopped(u64),
}

/// What is told on the way.
pub enum News<'s, 'a> {
    /// The solver holds a model.
    Model(&'s Sat<'a>),
    /// The cost of this level is at least this.
    Bound(u64),
}

/// Calls of the solver with nothing but a core, to shrink it.
const TRIMS: u32 = 5;
/// Cores of more literals are not shrunk one by one.
const SHRUNK: usize = 40;
/// Conflicts one call may cost while a core is shrunk.
const SHRINK_CONFLICTS: u64 = 300;
/// Conflicts one call may cost to see whether a core's least can be raised.
const RAISE_CONFLICTS: u64 = 1000;

/// How many inputs of a relaxed core are true.
struct Sum {
    tree: Totalizer,
    /// At most this many less one cost nothing more.
    reached: usize,
}

struct Search<'s, 'a> {
    sat: &'s mut Sat<'a>,
    /// What is assumed, and the price of giving it up.
    assumed: BTreeMap<Lit, u64>,
    sums: Vec<Sum>,
    /// Which sum an assumption bounds.
    origin: BTreeMap<Lit, usize>,
    bound: u64,
}

/// Finds the least cost of a level.
pub fn least(sat: &mut Sat<'_>, costs: &[Cost], tell: &mut dyn FnMut(News<'_, '_>) -> ControlFlow<()>) -> Outcome {
    let mut assumed = BTreeMap::new();
    for cost in costs {
        *assumed.entry(-cost.lit).or_default() += cost.weight;
    }
    let mut search = Search { sat, assumed, sums: Vec::new(), origin: BTreeMap::new(), bound: 0 };
    // cores whose relaxation waits until the assumptions left can hold
    let mut waiting: Vec<(Vec<Lit>, u64)> = Vec::new();
    loop {
        let assumptions: Vec<Lit> = search.assumed.keys().copied().collect();
        match search.sat.solve(&assumptions, None) {
            None => return Outcome::Stopped(search.bound),
            Some(true) => {
                if tell(News::Model(search.sat)).is_break() {
                    return Outcome::Stopped(search.bound);
                }
                if waiting.is_empty() {
                    for lit in assumptions {
                        search.sat.clause(&[lit]);
                    }
                    return Outcome::Least(search.bound);
                }
                for (core, weight) in std::mem::take(&mut waiting) {
                    search.relax(&core, weight);
                }
            }
            Some(false) => {
                let core = search.shrink();
                if core.is_empty() {
                    return Outcome::Contradiction;
                }
                let weight = search.charge(&core);
                waiting.push((core, weight));
            }
        }
        if tell(News::Bound(search.bound)).is_break() {
            return Outcome::Stopped(search.bound);
        }
    }
}

impl Search<'_, '_> {
    /// The solver's core, made smaller while that is cheap.
    fn shrink(&mut self) -> Vec<Lit> {
        let mut core = self.sat.core().to_vec();
        for _ in 0..TRIMS {
            if core.len() < 2 || self.sat.solve(&core, Some(RAISE_CONFLICTS)) != Some(false) {
                break;
            }
            let before = core.len();
            core = self.sat.core().to_vec();
            if core.len() == before {
                break;
            }
        }
        let mut at = 0;
        while core.len() > 1 && core.len() <= SHRUNK && at < core.len() {
            let mut without = core.clone();
            without.remove(at);
            if self.sat.solve(&without, Some(SHRINK_CONFLICTS)) == Some(false) {
                // what was needed before is needed still
                core.retain(|lit| self.sat.core().contains(lit));
            } else {
                at += 1;
            }
        }
        core
    }

    /// Raises the bound by what the core costs at least.
    fn charge(&mut self, core: &[Lit]) -> u64 {
        let weight = core.iter().map(|lit| self.assumed[lit]).min().unwrap_or(0);
        self.bound += weight;
        for lit in core {
            if let Some(left) = self.assumed.get_mut(lit) {
                *left -= weight;
                if *left == 0 {
                    self.assumed.remove(lit);
                }
            }
        }
        if let [alone] = core {
            self.sat.clause(&[-alone]);
        }
        weight
    }

    fn assume(&mut self, lit: Lit, weight: u64, sum: usize) {
        *self.assumed.entry(lit).or_default() += weight;
        self.origin.insert(lit, sum);
    }

    /// One literal of the core costs nothing more; two do.
    fn relax(&mut self, core: &[Lit], weight: u64) {
        for lit in core {
            let Some(&at) = self.origin.get(lit) else { continue };
            let sum = &mut self.sums[at];
            if sum.tree.at_least(self.sat, sum.reached, false) == -lit && sum.reached < sum.tree.len() {
                sum.reached += 1;
                let next = -sum.tree.at_least(self.sat, sum.reached, false);
                self.assume(next, weight, at);
            }
        }
        if core.len() < 2 {
            return;
        }
        let given_up: Vec<Lit> = core.iter().map(|lit| -lit).collect();
        let mut sum = Sum { tree: Totalizer::new(&given_up), reached: 2 };
        loop {
            let next = -sum.tree.at_least(self.sat, sum.reached, false);
            if self.sat.solve(&[next], Some(RAISE_CONFLICTS)) != Some(false) {
                self.sums.push(sum);
                self.assume(next, weight, self.sums.len() - 1);
                return;
            }
            self.bound += weight;
            self.sat.clause(&[-next]);
            if sum.reached == sum.tree.len() {
                return;
            }
            sum.reached += 1;
        }
    }
}
