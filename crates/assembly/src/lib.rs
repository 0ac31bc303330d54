//! The best eligible consortium, proved: candidates and rules in, members, bound and alternatives out.
//!
//! ```
//! use std::ops::ControlFlow;
//!
//! use assembly::{Candidate, Limits, Pair, Problem, RuleKind, Status, check, solve};
//!
//! let candidate = |id: &str, country: &str, cost, fit_ppm| Candidate {
//!     id: id.into(),
//!     country: country.into(),
//!     kind: "university".into(),
//!     flags: Vec::new(),
//!     cost,
//!     fit_ppm,
//!     competences: Vec::new(),
//! };
//! let mut problem = Problem {
//!     name: "a small call".into(),
//!     candidates: vec![
//!         candidate("one", "FR", 400_000, 900_000),
//!         candidate("two", "FR", 300_000, 850_000),
//!         candidate("three", "DE", 300_000, 600_000),
//!         candidate("four", "IT", 500_000, 700_000),
//!     ],
//!     pairs: vec![Pair { first: 0, second: 2, bonus_ppm: 50_000 }],
//!     rules: Vec::new(),
//! };
//! let countries = problem.labels(|candidate| Some(candidate.country.as_str()));
//! problem.add("two countries", RuleKind::DistinctMin { labels: countries, value: 2 });
//! problem.add("budget", RuleKind::BudgetMax { value: 800_000 });
//!
//! let answer = solve(&problem, &Limits::none(), &mut |_| ControlFlow::Continue(()))?;
//! assert_eq!(answer.status, Status::Optimal);
//! assert_eq!(answer.members, [0, 2]);
//! assert_eq!(check(&problem, &answer.members), Ok(1_550_000));
//! # Ok::<(), assembly::ProblemError>(())
//! ```
//!
//! How it works, and how it compares with general solvers, is in the README of this crate.

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
