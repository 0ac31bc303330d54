//! Who meets whom, when and at which table: timetables of meetings between two participants, with a
//! bound that says how far from the best they can be.
//!
//! The published problem (Bofill, Coll, Garcia, Giráldez-Cru, Pesant, Suy, Villaret, «Constraint Solving
//! Approaches to the Business-to-Business Meeting Scheduling Problem», JAIR 74, 2022) is the special
//! case in which every meeting is a must, every participant is one person and tables are all alike.
//!
//! This crate knows no database, no web and no calendar: slots are numbered, times are minutes.

pub mod check;
pub mod conflict;
pub mod dzn;
pub mod exact;
pub mod local;
pub mod problem;
pub mod replan;
pub mod schedule;
pub mod slots;
pub mod solve;

pub use check::{Violation, breaks, free, score, violations, would_break};
pub use conflict::{Conflict, Statement, conflict};
pub use problem::{Fault, Locked, Meeting, Participant, Person, Place, Problem, Rules, Side, Slot, Wish};
pub use replan::{Replan, replan};
pub use schedule::{Held, Schedule, Score};
pub use slots::SlotSet;
pub use solve::{Answer, Limits, Progress, Status, solve};
