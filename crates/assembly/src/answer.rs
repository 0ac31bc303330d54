//! What comes back: members, a proved bound, how far it got; and how long it may take.

use serde::{Deserialize, Serialize};

/// How sure an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing better exists.
    Optimal,
    /// A valid set; something better may exist, at most the bound.
    Feasible,
    /// Proved that no set keeps every rule.
    Infeasible,
    /// The limit came before anything was found or proved.
    Unknown,
}

/// What the search did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics {
    /// Nodes of the search tree that were bounded.
    pub nodes: u64,
    /// Times the bound was computed.
    pub bounds: u64,
    /// Steps of local search.
    pub steps: u64,
    /// Candidates left after those were removed that cannot be in a better answer.
    pub candidates_left: usize,
}

/// An answer to a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The members, by place in the problem, rising; empty when there is no answer.
    pub members: Vec<usize>,
    /// Their value in millionths (fit and pair bonus); 0 when there are none.
    pub value: i64,
    /// No set is worth more than this.
    pub bound: i64,
    /// How sure it is.
    pub status: Status,
    /// What the search did.
    pub statistics: Statistics,
}

impl Answer {
    /// Bound less value, in millionths; 0 means proved best.
    #[must_use]
    pub fn gap(&self) -> i64 {
        self.bound - self.value
    }

    /// The gap as a part of the value, for display; `None` without members or value.
    #[must_use]
    pub fn relative_gap(&self) -> Option<f64> {
        (!self.members.is_empty() && self.value > 0).then(|| self.gap() as f64 / self.value as f64)
    }
}

/// A better answer or a better bound, while the search runs.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// The best members so far, by place in the problem; empty if none yet.
    pub members: &'a [usize],
    /// Their value.
    pub value: Option<i64>,
    /// No set is worth more than this.
    pub bound: i64,
    /// Nodes of the search tree so far.
    pub nodes: u64,
}

/// How long a search may take. The engine has no clock: the caller brings one.
#[derive(Clone, Copy)]
pub struct Limits<'a> {
    /// Asked often; the search ends soon after it says true.
    pub expired: &'a dyn Fn() -> bool,
    /// Largest number of search-tree nodes.
    pub nodes: u64,
    /// Seed of the local search; the same seed and node limit give the same answer.
    pub seed: u64,
}

impl std::fmt::Debug for Limits<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Limits").field("nodes", &self.nodes).field("seed", &self.seed).finish_non_exhaustive()
    }
}

impl Limits<'static> {
    /// No limit at all: ends with a proof.
    #[must_use]
    pub const fn none() -> Self {
        Self { expired: &|| false, nodes: u64::MAX, seed: 1 }
    }

    /// At most so many nodes of the search tree.
    #[must_use]
    pub const fn nodes(nodes: u64) -> Self {
        Self { expired: &|| false, nodes, seed: 1 }
    }
}

impl<'a> Limits<'a> {
    /// Until the caller's clock says so.
    #[must_use]
    pub const fn until(expired: &'a dyn Fn() -> bool) -> Self {
        Self { expired, nodes: u64::MAX, seed: 1 }
    }

    /// The same limits with another seed.
    #[must_use]
    pub const fn with_seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }
}
