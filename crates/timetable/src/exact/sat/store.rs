//! Clauses of three literals and more, one after the other in one list.

/// Where a clause begins.
pub type Clause = u32;

/// Words before the literals: their number, and what is known of a learnt clause.
const HEAD: usize = 2;
/// Marks a learnt clause in the second word.
const LEARNT: u32 = 1 << 31;
/// Marks a clause that was used since the last look.
const USED: u32 = 1 << 30;
const QUALITY: u32 = USED - 1;

/// All clauses.
#[derive(Default)]
pub struct Store {
    words: Vec<u32>,
}

impl Store {
    /// Adds a clause; `quality` of a learnt one is how many decision levels it joins.
    pub fn add(&mut self, lits: &[u32], quality: Option<u32>) -> Clause {
        let clause = self.words.len() as Clause;
        self.words.push(lits.len() as u32);
        self.words.push(quality.map_or(0, |quality| LEARNT | USED | quality.min(QUALITY)));
        self.words.extend_from_slice(lits);
        clause
    }

    /// Its literals.
    pub fn lits(&self, clause: Clause) -> &[u32] {
        let at = clause as usize;
        &self.words[at + HEAD..at + HEAD + self.words[at] as usize]
    }

    /// Its literals, to be put in another order.
    pub fn lits_mut(&mut self, clause: Clause) -> &mut [u32] {
        let at = clause as usize;
        let size = self.words[at] as usize;
        &mut self.words[at + HEAD..at + HEAD + size]
    }

    /// How many levels a learnt clause joins; none for a clause of the formula.
    pub fn quality(&self, clause: Clause) -> Option<u32> {
        let about = self.words[clause as usize + 1];
        (about & LEARNT != 0).then_some(about & QUALITY)
    }

    /// Notes that a learnt clause was used, and its quality if that is better now.
    pub fn used(&mut self, clause: Clause, quality: u32) {
        let about = &mut self.words[clause as usize + 1];
        *about = LEARNT | USED | (*about & QUALITY).min(quality);
    }

    /// Whether it was used since the last call of this.
    pub fn was_used(&mut self, clause: Clause) -> bool {
        let about = &mut self.words[clause as usize + 1];
        let used = *about & USED != 0;
        *about &= !USED;
        used
    }

    /// All clauses.
    pub fn all(&self) -> impl Iterator<Item = Clause> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let clause = at;
            at += HEAD + *self.words.get(at)? as usize;
            Some(clause as Clause)
        })
    }

    /// Keeps only some clauses (in the order of `all`), and tells where each has moved.
    pub fn keep(&mut self, kept: &[Clause], mut moved: impl FnMut(Clause, Clause)) {
        let mut words = Vec::with_capacity(self.words.len());
        for &clause in kept {
            let at = clause as usize;
            moved(clause, words.len() as Clause);
            words.extend_from_slice(&self.words[at..at + HEAD + self.words[at] as usize]);
        }
        self.words = words;
    }
}
