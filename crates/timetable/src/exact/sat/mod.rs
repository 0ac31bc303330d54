//! A SAT solver: clauses, assumptions, and which of them cannot hold together.
//!
//! Conflict-driven clause learning with two watched literals (binary clauses apart), activities, the
//! values of the longest trail so far tried first, rare restarts by Luby's sequence, learnt clauses kept
//! by the number of decision levels they join («Predicting Learnt Clauses Quality in Modern SAT Solvers»,
//! IJCAI 2009), and single literals probed in between. Deterministic: no clock, its own random numbers.

mod heap;
mod learn;
mod probe;
mod store;
#[cfg(test)]
mod tests;

use crate::solve::Limits;
use heap::Heap;
use store::{Clause, Store};

/// A literal as files write it: a variable counted from 1, negative when negated.
pub type Lit = i32;

/// A literal inside: twice the variable, one more when negated.
type Code = u32;

fn code(lit: Lit) -> Code {
    (lit.unsigned_abs() - 1) * 2 + u32::from(lit < 0)
}

fn lit(code: Code) -> Lit {
    let var = (code / 2 + 1) as Lit;
    if code & 1 == 1 { -var } else { var }
}

/// Why a literal became true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    /// Decided, assumed, or true from the start.
    None,
    /// A binary clause with this other literal, which is false.
    Pair(Code),
    /// A clause; the literal is its first.
    Clause(Clause),
}

#[derive(Clone, Copy, Debug)]
struct Watch {
    clause: Clause,
    /// Another literal of the clause: while it is true there is nothing to do.
    blocker: Code,
}

/// Conflicts between restarts, times Luby's sequence.
const RESTART: u64 = 512;
/// How fast old conflicts lose weight.
const DECAY: f64 = 0.9;
/// Conflicts between two looks at what of the learnt clauses is worth keeping.
const REDUCE_EVERY: u64 = 2000;
/// Conflicts before saved phases are replaced.
const REPHASE_EVERY: u64 = 1000;
/// Conflicts of one call before single literals are probed; the time between two rounds grows.
const PROBE_AFTER: u64 = 2000;
/// How many decisions or conflicts pass between two looks at the limits.
const LOOK_EVERY: u32 = 128;

/// A formula and its solver.
pub struct Sat<'a> {
    limits: Limits<'a>,
    store: Store,
    watches: Vec<Vec<Watch>>,
    /// By literal: what must be true when it is.
    pairs: Vec<Vec<Code>>,
    /// By literal: 1 true, -1 false, 0 open.
    value: Vec<i8>,
    level: Vec<u32>,
    reason: Vec<Reason>,
    trail: Vec<Code>,
    levels: Vec<usize>,
    ahead: usize,
    heap: Heap,
    phase: Vec<bool>,
    best: Vec<bool>,
    best_size: usize,
    model: Vec<bool>,
    core: Vec<Lit>,
    assumed: Vec<Code>,
    contradiction: bool,
    random: u64,
    conflicts: u64,
    restart_end: u64,
    restarts: u64,
    reduce_end: u64,
    reduce_step: u64,
    rephase_end: u64,
    rephases: u64,
    look: u32,
    /// Literals made true so far, and how many of them while probing.
    steps: u64,
    steps_probing: u64,
    probing: bool,
    probe_wait: u64,
    /// By literal: how long the trail was when it led to no conflict.
    probed: Vec<usize>,
    seen: Vec<bool>,
    /// Clauses written so far.
    pub clauses: usize,
}

impl<'a> Sat<'a> {
    /// An empty formula.
    pub fn new(limits: Limits<'a>) -> Sat<'a> {
        Sat {
            random: limits.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
            limits,
            store: Store::default(),
            watches: Vec::new(),
            pairs: Vec::new(),
            value: Vec::new(),
            level: Vec::new(),
            reason: Vec::new(),
            trail: Vec::new(),
            levels: Vec::new(),
            ahead: 0,
            heap: Heap::default(),
            phase: Vec::new(),
            best: Vec::new(),
            best_size: 0,
            model: Vec::new(),
            core: Vec::new(),
            assumed: Vec::new(),
            contradiction: false,
            conflicts: 0,
            restart_end: RESTART,
            restarts: 0,
            reduce_end: REDUCE_EVERY,
            reduce_step: REDUCE_EVERY,
            rephase_end: REPHASE_EVERY,
            rephases: 0,
            look: 0,
            steps: 0,
            steps_probing: 0,
            probing: false,
            probe_wait: PROBE_AFTER,
            probed: Vec::new(),
            seen: Vec::new(),
            clauses: 0,
        }
    }

    /// A new variable.
    pub fn var(&mut self) -> Lit {
        self.level.push(0);
        self.reason.push(Reason::None);
        self.phase.push(false);
        self.best.push(false);
        self.seen.push(false);
        for _ in 0..2 {
            self.value.push(0);
            self.watches.push(Vec::new());
            self.pairs.push(Vec::new());
            self.probed.push(usize::MAX);
        }
        let noise = (self.chance() % 1024) as f64 * 1e-6;
        self.heap.push(noise);
        self.level.len() as Lit
    }

    /// The next of its random numbers (xorshift).
    fn chance(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random >> 11
    }

    /// At least one of these must hold.
    pub fn clause(&mut self, lits: &[Lit]) {
        self.clauses += 1;
        self.back_to(0);
        let mut codes: Vec<Code> = lits.iter().map(|&lit| code(lit)).collect();
        codes.sort_unstable();
        codes.dedup();
        if codes.windows(2).any(|pair| pair[0] ^ 1 == pair[1]) || codes.iter().any(|&c| self.value[c as usize] > 0) {
            return;
        }
        codes.retain(|&c| self.value[c as usize] == 0);
        match codes[..] {
            [] => self.contradiction = true,
            [one] => {
                self.put(one, Reason::None);
                self.contradiction |= self.propagate().is_some();
            }
            [a, b] => self.pair(a, b),
            _ => {
                let clause = self.store.add(&codes, None);
                self.watch(clause);
            }
        }
    }

    fn pair(&mut self, a: Code, b: Code) {
        self.pairs[(a ^ 1) as usize].push(b);
        self.pairs[(b ^ 1) as usize].push(a);
    }

    fn watch(&mut self, clause: Clause) {
        let lits = self.store.lits(clause);
        let (a, b) = (lits[0], lits[1]);
        self.watches[(a ^ 1) as usize].push(Watch { clause, blocker: b });
        self.watches[(b ^ 1) as usize].push(Watch { clause, blocker: a });
    }

    /// Whether the literal is true in the last model.
    pub fn holds(&self, lit: Lit) -> bool {
        self.model.get(code(lit) as usize / 2).is_some_and(|&value| value == (lit > 0))
    }

    /// Assumptions of the last call that cannot hold together.
    pub fn core(&self) -> &[Lit] {
        &self.core
    }

    /// Whether all clauses and assumptions can hold; none when the limit or this many conflicts came first.
    pub fn solve(&mut self, assumptions: &[Lit], conflicts: Option<u64>) -> Option<bool> {
        self.core.clear();
        self.back_to(0);
        if self.contradiction {
            return Some(false);
        }
        // Who makes a core smaller asks some hundred times in a row.
        if self.limits.over() {
            return None;
        }
        self.assumed = assumptions.iter().map(|&lit| code(lit)).collect();
        self.best_size = 0;
        self.probed.fill(usize::MAX);
        let mut probe_step = self.probe_wait;
        let mut probe_end = self.conflicts + probe_step;
        let last = conflicts.map_or(u64::MAX, |more| self.conflicts + more).min(self.limits.conflicts);
        loop {
            if let Some(conflict) = self.propagate() {
                self.conflicts += 1;
                if self.levels.is_empty() {
                    self.contradiction = true;
                    return Some(false);
                }
                self.note_best();
                self.learn(conflict);
                self.heap.decay(DECAY);
                continue;
            }
            self.look += 1;
            if self.look >= LOOK_EVERY {
                self.look = 0;
                if self.limits.over() {
                    self.back_to(0);
                    return None;
                }
            }
            if self.conflicts >= last {
                self.back_to(0);
                return None;
            }
            if self.conflicts >= self.restart_end {
                self.restarts += 1;
                self.restart_end = self.conflicts + RESTART * luby(self.restarts);
                let keep = self.levels.len().min(self.assumed.len());
                self.back_to(keep);
            }
            if self.conflicts >= self.reduce_end {
                self.reduce_end = self.conflicts + self.reduce_step;
                self.reduce_step += 300;
                self.reduce();
            }
            if self.conflicts >= self.rephase_end {
                self.rephase();
            }
            if self.conflicts >= probe_end {
                self.probe();
                probe_step += 2 * self.probe_wait;
                probe_end = self.conflicts + probe_step;
                continue;
            }
            match self.next() {
                Next::Decide(code) => {
                    self.levels.push(self.trail.len());
                    self.put(code, Reason::None);
                }
                Next::Dummy => self.levels.push(self.trail.len()),
                Next::Refused(code) => {
                    self.blame(code);
                    self.back_to(0);
                    return Some(false);
                }
                Next::Complete => {
                    self.model = self.value.iter().step_by(2).map(|&value| value > 0).collect();
                    self.phase.clone_from(&self.model);
                    self.back_to(0);
                    return Some(true);
                }
            }
        }
    }

    /// What is to be decided next: assumptions first.
    fn next(&mut self) -> Next {
        if let Some(&code) = self.assumed.get(self.levels.len()) {
            return match self.value[code as usize] {
                0 => Next::Decide(code),
                1 => Next::Dummy,
                _ => Next::Refused(code),
            };
        }
        while let Some(var) = self.heap.pop() {
            if self.value[var as usize * 2] == 0 {
                let phase = if self.best_size > 0 { self.best[var as usize] } else { self.phase[var as usize] };
                return Next::Decide(var * 2 + u32::from(!phase));
            }
        }
        Next::Complete
    }

    fn put(&mut self, code: Code, reason: Reason) {
        let var = code as usize / 2;
        self.value[code as usize] = 1;
        self.value[code as usize ^ 1] = -1;
        self.level[var] = self.levels.len() as u32;
        self.reason[var] = reason;
        self.trail.push(code);
        self.steps += 1;
    }

    fn back_to(&mut self, level: usize) {
        let Some(&size) = self.levels.get(level) else { return };
        for &code in &self.trail[size..] {
            let var = code as usize / 2;
            self.value[code as usize] = 0;
            self.value[code as usize ^ 1] = 0;
            self.phase[var] = code & 1 == 0;
            self.heap.insert(var as u32);
        }
        self.trail.truncate(size);
        self.levels.truncate(level);
        self.ahead = size;
    }

    /// Draws all conclusions; the clause that became false, if one did.
    fn propagate(&mut self) -> Option<Conflict> {
        while let Some(&now) = self.trail.get(self.ahead) {
            self.ahead += 1;
            let pairs = std::mem::take(&mut self.pairs[now as usize]);
            for &other in &pairs {
                match self.value[other as usize] {
                    0 => self.put(other, Reason::Pair(now ^ 1)),
                    1 => {}
                    _ => {
                        self.pairs[now as usize] = pairs;
                        self.ahead = self.trail.len();
                        return Some(Conflict::Pair(other, now ^ 1));
                    }
                }
            }
            self.pairs[now as usize] = pairs;
            if let Some(clause) = self.propagate_clauses(now) {
                self.ahead = self.trail.len();
                return Some(Conflict::Clause(clause));
            }
        }
        None
    }

    fn propagate_clauses(&mut self, now: Code) -> Option<Clause> {
        let gone = now ^ 1;
        let mut watches = std::mem::take(&mut self.watches[now as usize]);
        let mut kept = 0;
        let mut at = 0;
        let mut conflict = None;
        'watches: while at < watches.len() {
            let watch = watches[at];
            at += 1;
            if self.value[watch.blocker as usize] > 0 {
                watches[kept] = watch;
                kept += 1;
                continue;
            }
            let lits = self.store.lits_mut(watch.clause);
            if lits[0] == gone {
                lits.swap(0, 1);
            }
            let first = lits[0];
            let watch = Watch { clause: watch.clause, blocker: first };
            if self.value[first as usize] > 0 {
                watches[kept] = watch;
                kept += 1;
                continue;
            }
            for k in 2..lits.len() {
                let other = lits[k];
                if self.value[other as usize] >= 0 {
                    lits[1] = other;
                    lits[k] = gone;
                    self.watches[(other ^ 1) as usize].push(watch);
                    continue 'watches;
                }
            }
            watches[kept] = watch;
            kept += 1;
            if self.value[first as usize] < 0 {
                conflict = Some(watch.clause);
                while at < watches.len() {
                    watches[kept] = watches[at];
                    kept += 1;
                    at += 1;
                }
                break;
            }
            self.put(first, Reason::Clause(watch.clause));
        }
        watches.truncate(kept);
        self.watches[now as usize] = watches;
        conflict
    }

    /// Remembers the longest trail without conflict since phases were last replaced.
    fn note_best(&mut self) {
        let size = self.levels.last().copied().unwrap_or(0);
        if size > self.best_size {
            self.best_size = size;
            for &code in &self.trail[..size] {
                self.best[code as usize / 2] = code & 1 == 0;
            }
        }
    }

    /// Replaces saved phases, so that the search does not stay in one corner.
    fn rephase(&mut self) {
        self.rephases += 1;
        self.rephase_end = self.conflicts + REPHASE_EVERY * self.rephases;
        match self.rephases % 4 {
            0 if !self.model.is_empty() => self.phase[..self.model.len()].copy_from_slice(&self.model),
            0 => self.phase.fill(false),
            2 => {
                for var in 0..self.phase.len() {
                    if self.chance().is_multiple_of(8) {
                        self.phase[var] = !self.phase[var];
                    }
                }
            }
            _ if self.best_size > 0 => self.phase.clone_from(&self.best),
            _ => {}
        }
        self.best_size = 0;
    }
}

enum Next {
    Decide(Code),
    /// An assumption that is true already still gets its level.
    Dummy,
    /// An assumption that is false.
    Refused(Code),
    Complete,
}

enum Conflict {
    Pair(Code, Code),
    Clause(Clause),
}

/// The n-th number of 1, 1, 2, 1, 1, 2, 4, … (n from 1).
fn luby(mut n: u64) -> u64 {
    loop {
        let bits = 64 - n.leading_zeros();
        if n + 1 == 1 << bits {
            return 1 << (bits - 1);
        }
        n -= (1 << (bits - 1)) - 1;
    }
}
