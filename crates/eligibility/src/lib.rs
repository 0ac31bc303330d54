//! The rules of a funding instrument as data: check, explain and compile from one value.
//!
//! An [`Instrument`] is a TOML file of dated, sourced rules. Each rule is one value of a small language and has three
//! readings: [`check`](fn@check) says of a [`Consortium`] whether the rule is met, not met or unknown, with the quantity that is missing;
//! [`explain`](fn@explain) says the rule in English and French; [`compile`](fn@compile) turns it into linear constraints over candidates.
//!
//! Nothing here reads a clock, a file or the network, and nothing panics on what comes from outside. Money is whole euro
//! cents; shares are compared exactly.
//!
//! ```
//! use eligibility::{Consortium, Library, check};
//!
//! let text = r#"{
//!   "instrument": "horizon-europe-ria", "date": "2026-03-01", "stage": "single",
//!   "entities": [
//!     {"id": "a", "country": "FR", "kind": "university"},
//!     {"id": "b", "country": "DE", "kind": "sme"},
//!     {"id": "c", "country": "DE", "kind": "hospital"}
//!   ]
//! }"#;
//! let consortium = Consortium::from_json(text)?.consortium;
//! let report = check(Library::embedded(), &consortium)?;
//! assert_eq!(report.eligible, Some(false)); // two countries where three are needed
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod amount;
mod budget;
mod check;
mod compile;
mod consortium;
mod country;
mod date;
mod explain;
mod fact;
mod library;
mod lines;
mod ownership;
mod rules;
mod size;
mod state_aid;
mod text;
pub mod vectors;
mod verdict;

/// The examples of the README are compiled with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use amount::{Percent, euros_english, euros_french};
pub use budget::{Budget, BudgetLine, CostCategory, Grant, GrantStep, GrantTerm, grants};
pub use check::{CheckError, OPEN, check, check_with};
pub use compile::{Compilation, Constraint, Form, Undecided, compile, compile_pool};
pub use consortium::{
    Consortium, Contribution, ContributionKind, Document, Entity, Figures, Holding, InputError, Investor, Kind, Label,
    Prior, Reading, Role, Side, SmeClaim, YearFigures,
};
pub use country::{Country, UnknownCountry};
pub use date::{Date, DateError, MONTHS, Period};
pub use explain::{Explanation, RateExplanation, RuleExplanation, explain};
pub use fact::{Answer, Fact, Field};
pub use library::{
    Area, AreaMember, Award, AwardTotal, Change, CountrySet, Criterion, Cutoff, Group, Include, IndirectCosts,
    Instrument, Library, LibraryError, Membership, Milestone, Rate, Region, RegionClass, RegionList, Rule, Sets,
    Severity, SideDefinition, Source, Stage, When,
};
pub use lines::LineError;
pub use ownership::Ownership;
pub use rules::{Commitment, Declaration};
pub use size::{
    Autonomy, Relation, SizeClass, SizeStatus, SizeTerm, SizeTotal, SizeYear, computed_class, is_sme, size_status,
};
pub use state_aid::{
    Addition, AdditionReason, AidCategory, AidFacts, AidLine, AidRow, AidTerm, AidVerdict, Ceiling, CollaborationRule,
    PublicAid, aid_row, aid_verdicts, collaborates,
};
pub use text::{Noun, Text};
pub use verdict::{Action, Fix, Funding, Missing, Quantity, Report, Status, Unit, Verdict, Wanted};
