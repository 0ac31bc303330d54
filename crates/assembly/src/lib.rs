//! The best eligible consortium, proved: candidates and rules in, members, bound and alternatives out.

mod alternatives;
mod answer;
mod bound;
mod check;
mod conflict;
mod domain;
mod improve;
pub mod instance;
mod model;
mod problem;
mod search;

pub use alternatives::{Loss, alternatives, irreplaceability};
pub use answer::{Answer, Limits, Progress, Statistics, Status};
pub use check::{Violation, broken_rules, check};
pub use conflict::{Conflict, Relaxation, conflict};
pub use problem::{
    CANDIDATE_LIMIT, COST_LIMIT, Candidate, Group, Pair, Problem, ProblemError, Rule, RuleKind, Share, WORTH_LIMIT,
};
pub use search::solve;

#[cfg(test)]
extern crate self as assembly;
#[cfg(test)]
mod soundness;
#[cfg(test)]
#[path = "../tests/it/worlds.rs"]
mod worlds;
