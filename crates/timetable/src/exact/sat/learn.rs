//! What a conflict teaches, and which of the lessons are kept.

use std::collections::HashMap;

use super::store::Clause;
use super::{Code, Conflict, Reason, Sat, lit};

/// Learnt clauses that join so few levels are kept for good.
const KEPT: u32 = 2;
/// And up to so many while they are used.
const KEPT_WHILE_USED: u32 = 6;

impl Sat<'_> {
    /// Learns the clause of the first unique implication point, goes back and draws its conclusion.
    pub(super) fn learn(&mut self, conflict: Conflict) {
        let mut learnt: Vec<Code> = vec![0];
        let mut marked: Vec<usize> = Vec::new();
        let now = self.levels.len() as u32;
        let mut open = 0;
        let mut at = self.trail.len();
        let mut because: Vec<Code> = match conflict {
            Conflict::Pair(a, b) => vec![a, b],
            Conflict::Clause(clause) => {
                self.use_clause(clause);
                self.store.lits(clause).to_vec()
            }
        };
        let implied = loop {
            for &code in &because {
                let var = code as usize / 2;
                if !self.seen[var] && self.level[var] > 0 {
                    self.seen[var] = true;
                    marked.push(var);
                    if !self.probing {
                        self.heap.bump(var as u32);
                    }
                    if self.level[var] == now {
                        open += 1;
                    } else {
                        learnt.push(code);
                    }
                }
            }
            let next = loop {
                at -= 1;
                if self.seen[self.trail[at] as usize / 2] {
                    break self.trail[at];
                }
            };
            open -= 1;
            if open == 0 {
                break next;
            }
            because.clear();
            match self.reason[next as usize / 2] {
                Reason::None => {}
                Reason::Pair(other) => because.push(other),
                Reason::Clause(clause) => {
                    self.use_clause(clause);
                    because.extend_from_slice(&self.store.lits(clause)[1..]);
                }
            }
        };
        learnt[0] = implied ^ 1;
        let mut kept = vec![learnt[0]];
        for &code in &learnt[1..] {
            if !self.redundant(code, &mut marked) {
                kept.push(code);
            }
        }
        for var in marked {
            self.seen[var] = false;
        }
        let quality = self.quality(&kept);
        self.adopt(kept, quality);
    }

    fn adopt(&mut self, mut lits: Vec<Code>, quality: u32) {
        match lits[..] {
            [one] => {
                self.back_to(0);
                self.put(one, Reason::None);
            }
            [one, other] => {
                self.back_to(self.level[other as usize / 2] as usize);
                self.pair(one, other);
                self.put(one, Reason::Pair(other));
            }
            _ => {
                let second = (1..lits.len()).max_by_key(|&at| self.level[lits[at] as usize / 2]).unwrap_or(1);
                lits.swap(1, second);
                self.back_to(self.level[lits[1] as usize / 2] as usize);
                let clause = self.store.add(&lits, Some(quality));
                self.watch(clause);
                self.put(lits[0], Reason::Clause(clause));
            }
        }
    }

    /// How many levels the literals are of; all levels of assumptions count as one.
    fn quality(&self, lits: &[Code]) -> u32 {
        let floor = self.assumed.len() as u32;
        let mut levels: Vec<u32> = lits.iter().map(|&code| self.level[code as usize / 2].max(floor)).collect();
        levels.sort_unstable();
        levels.dedup();
        levels.len() as u32
    }

    fn use_clause(&mut self, clause: Clause) {
        if let Some(before) = self.store.quality(clause) {
            let quality = if before > KEPT { self.quality(self.store.lits(clause)) } else { before };
            self.store.used(clause, quality);
        }
    }

    /// Whether the other literals of the learnt clause imply this one.
    fn redundant(&mut self, code: Code, marked: &mut Vec<usize>) -> bool {
        if self.reason[code as usize / 2] == Reason::None {
            return false;
        }
        let before = marked.len();
        let mut open = vec![code];
        let mut why: Vec<Code> = Vec::new();
        while let Some(code) = open.pop() {
            why.clear();
            match self.reason[code as usize / 2] {
                Reason::None => {}
                Reason::Pair(other) => why.push(other),
                Reason::Clause(clause) => why.extend_from_slice(&self.store.lits(clause)[1..]),
            }
            for &other in &why {
                let var = other as usize / 2;
                if self.seen[var] || self.level[var] == 0 {
                    continue;
                }
                if self.reason[var] == Reason::None {
                    for var in marked.drain(before..) {
                        self.seen[var] = false;
                    }
                    return false;
                }
                self.seen[var] = true;
                marked.push(var);
                open.push(other);
            }
        }
        true
    }

    /// Notes as the core which assumptions made this one false.
    pub(super) fn blame(&mut self, refused: Code) {
        self.core.push(lit(refused));
        if self.level[refused as usize / 2] == 0 {
            return;
        }
        let mut marked = vec![refused as usize / 2];
        self.seen[refused as usize / 2] = true;
        for at in (self.levels[0]..self.trail.len()).rev() {
            let code = self.trail[at];
            let var = code as usize / 2;
            if !self.seen[var] {
                continue;
            }
            let mut why: Vec<Code> = Vec::new();
            match self.reason[var] {
                Reason::None => {
                    // an assumption (nothing else is decided yet); the refused one may stand against itself
                    self.core.push(lit(code));
                }
                Reason::Pair(other) => why.push(other),
                Reason::Clause(clause) => why.extend_from_slice(&self.store.lits(clause)[1..]),
            }
            for other in why {
                let var = other as usize / 2;
                if !self.seen[var] && self.level[var] > 0 {
                    self.seen[var] = true;
                    marked.push(var);
                }
            }
        }
        for var in marked {
            self.seen[var] = false;
        }
    }

    /// Forgets the lesser half of the learnt clauses that were not of use lately.
    pub(super) fn reduce(&mut self) {
        let clauses: Vec<Clause> = self.store.all().collect();
        let locked = |sat: &Self, clause: Clause| {
            let first = sat.store.lits(clause)[0];
            sat.value[first as usize] > 0 && sat.reason[first as usize / 2] == Reason::Clause(clause)
        };
        let mut lesser: Vec<(u32, usize, Clause)> = Vec::new();
        for &clause in &clauses {
            let Some(quality) = self.store.quality(clause).filter(|&quality| quality > KEPT) else { continue };
            let used = self.store.was_used(clause);
            if !(locked(self, clause) || used && quality <= KEPT_WHILE_USED) {
                lesser.push((quality, self.store.lits(clause).len(), clause));
            }
        }
        lesser.sort_unstable();
        let mut gone: Vec<Clause> = lesser[lesser.len() / 2..].iter().map(|&(_, _, clause)| clause).collect();
        // what is satisfied for good
        let settled = |sat: &Self, clause: Clause| {
            sat.store.lits(clause).iter().any(|&code| sat.value[code as usize] > 0 && sat.level[code as usize / 2] == 0)
        };
        gone.extend(clauses.iter().copied().filter(|&clause| settled(self, clause) && !locked(self, clause)));
        gone.sort_unstable();
        gone.dedup();
        let kept: Vec<Clause> = clauses.into_iter().filter(|clause| gone.binary_search(clause).is_err()).collect();
        let mut places: HashMap<Clause, Clause> = HashMap::with_capacity(kept.len());
        self.store.keep(&kept, |from, to| {
            places.insert(from, to);
        });
        for &code in &self.trail {
            let reason = &mut self.reason[code as usize / 2];
            if let Reason::Clause(clause) = reason {
                *clause = places[clause];
            }
        }
        for watches in &mut self.watches {
            watches.retain_mut(|watch| match places.get(&watch.clause) {
                Some(&to) => {
                    watch.clause = to;
                    true
                }
                None => false,
            });
        }
    }
}
