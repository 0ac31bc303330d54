//! What one decision leads to: a literal whose conclusions contradict each other is false («Inprocessing
//! Rules», IJCAR 2012, names this and more).
//!
//! All assumptions are decided first, so that little is open and much follows; what is learnt holds without them.

use std::cmp::Reverse;

use super::{Code, Reason, Sat};

/// Steps one call may take in any case.
const LEAST_STEPS: u64 = 10_000_000;
/// One in so many steps may be taken here.
const SHARE: u64 = 4;

impl Sat<'_> {
    /// Tries literals from which others follow until nothing more comes of it, or enough was tried.
    pub(super) fn probe(&mut self) {
        self.back_to(0);
        let phase = self.phase.clone();
        let before = self.steps;
        let until = before + (before / SHARE).saturating_sub(self.steps_probing).max(LEAST_STEPS);
        self.probing = true;
        if self.reach_assumptions() {
            while self.probe_roots(until) {}
        }
        self.probing = false;
        self.steps_probing += self.steps - before;
        self.phase = phase;
    }

    /// Decides all assumptions, learning on the way; false where they cannot hold together.
    fn reach_assumptions(&mut self) -> bool {
        loop {
            if let Some(conflict) = self.propagate() {
                self.conflicts += 1;
                if self.levels.is_empty() {
                    self.contradiction = true;
                    return false;
                }
                self.learn(conflict);
                continue;
            }
            let Some(&next) = self.assumed.get(self.levels.len()) else { return true };
            if self.value[next as usize] < 0 {
                return false;
            }
            self.levels.push(self.trail.len());
            if self.value[next as usize] == 0 {
                self.put(next, Reason::None);
            }
        }
    }

    /// Tries each literal that follows from no other one by a binary clause: those that do lead to less. Whether
    /// trying again may find more.
    fn probe_roots(&mut self, until: u64) -> bool {
        let begun = self.trail.len();
        for code in self.roots() {
            // what was concluded from another literal without conflict leads to none, as long as nothing was learnt
            while self.value[code as usize] == 0 && self.probed[code as usize] != self.trail.len() {
                if self.steps >= until || self.limits.over() {
                    return false;
                }
                let size = self.trail.len();
                self.levels.push(size);
                self.put(code, Reason::None);
                if let Some(conflict) = self.propagate() {
                    self.conflicts += 1;
                    self.learn(conflict);
                    if !self.reach_assumptions() {
                        return false;
                    }
                } else {
                    for &code in &self.trail[size..] {
                        self.probed[code as usize] = size;
                    }
                    self.back_to(self.assumed.len());
                }
            }
        }
        self.trail.len() > begun
    }

    /// Open literals that no other open literal leads to by a binary clause, those first that lead to most.
    fn roots(&self) -> Vec<Code> {
        let open = |code: Code| self.value[code as usize] == 0;
        let led_to = |code: Code| self.pairs[code as usize].iter().filter(|&&other| open(other)).count();
        let mut roots: Vec<(Reverse<usize>, Code)> = (0..self.value.len() as Code)
            .filter(|&code| open(code) && led_to(code ^ 1) == 0)
            .map(|code| (Reverse(led_to(code)), code))
            .filter(|&(led_to, _)| led_to.0 > 0)
            .collect();
        roots.sort_unstable();
        roots.into_iter().map(|(_, code)| code).collect()
    }
}
