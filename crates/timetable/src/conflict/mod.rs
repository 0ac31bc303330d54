//! Why there is no timetable: few statements of the problem that cannot hold together, for a page to put into words.
//!
//! Most conflicts of real events are shortages that counting shows at once, before any search: more meetings than slots
//! or tables, orders that bite their tails, a lock where somebody is away. Where counting finds nothing, statements
//! are taken away one by one as long as the exact search still proves that nothing is possible.

mod counting;
mod shortage;
mod shrinking;

pub use shrinking::only;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::problem::{Problem, Wish};
use crate::slots::SlotSet;
use crate::solve::Limits;

/// Something that is asked for, and could be asked for less. Numbers are places in the lists of the problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "statement", rename_all = "kebab-case")]
pub enum Statement {
    /// A meeting must be held.
    #[error("meeting {meeting} must be held")]
    Held {
        /// The meeting.
        meeting: usize,
    },
    /// A meeting stays where it is locked.
    #[error("meeting {meeting} is locked")]
    Locked {
        /// The meeting.
        meeting: usize,
    },
    /// A meeting may be held in some slots only.
    #[error("meeting {meeting} is for some slots only")]
    Window {
        /// The meeting.
        meeting: usize,
    },
    /// A meeting comes after another.
    #[error("meeting {meeting} is to be held after meeting {earlier}")]
    Order {
        /// The meeting.
        meeting: usize,
        /// What has to come before.
        earlier: usize,
    },
    /// A person is there in some slots only.
    #[error("person {person} is available in some slots only")]
    Available {
        /// Who.
        person: usize,
    },
    /// A person has at most so many meetings in a row.
    #[error("person {person} can bear only so many meetings in a row")]
    LongestRun {
        /// Who.
        person: usize,
    },
    /// A participant has at most so many meetings.
    #[error("participant {participant} may have only so many meetings")]
    Maximum {
        /// Who.
        participant: usize,
    },
    /// A participant's meetings are held at its booth, and only its own.
    #[error("participant {participant} meets at its booth")]
    Booth {
        /// Whose booth.
        participant: usize,
    },
    /// There are only so many tables in this slot.
    #[error("there are only so many tables in slot {slot}")]
    Tables {
        /// When.
        slot: usize,
    },
    /// Breaks have to be shared out fairly.
    #[error("breaks are shared out fairly")]
    Fairness,
}

/// Statements that cannot hold together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// In order, none twice.
    pub statements: Vec<Statement>,
    /// Proved: without any one of them the others can hold.
    pub minimal: bool,
}

impl Conflict {
    fn new(statements: impl IntoIterator<Item = Statement>, minimal: bool) -> Conflict {
        let mut statements: Vec<Statement> = statements.into_iter().collect();
        statements.sort_unstable();
        statements.dedup();
        // what is locked is held
        let locked: HashSet<Statement> = statements.iter().copied().collect();
        statements.retain(|statement| match *statement {
            Statement::Held { meeting } => !locked.contains(&Statement::Locked { meeting }),
            _ => true,
        });
        Conflict { statements, minimal }
    }
}

/// The smallest conflict that counting or, within the limits, the exact search finds; none if neither does. The
/// problem must be without faults ([`Problem::faults`]).
#[must_use]
pub fn conflict(problem: &Problem, limits: &Limits<'_>) -> Option<Conflict> {
    match shown_by_counting(problem) {
        Some(conflict) if conflict.minimal => Some(conflict),
        Some(conflict) => shrinking::shrink(problem, conflict.statements.clone(), limits).or(Some(conflict)),
        None => shrinking::shrink(problem, shrinking::statements(problem), limits),
    }
}

/// The smallest conflict that counting shows: quick for events of any size.
#[must_use]
pub fn shown_by_counting(problem: &Problem) -> Option<Conflict> {
    let found = counting::all(problem);
    found.into_iter().min_by_key(|conflict| (conflict.statements.len(), !conflict.minimal))
}

/// Whether a meeting is held in every timetable.
fn is_sure(problem: &Problem, meeting: usize) -> bool {
    let asked = &problem.meetings[meeting];
    asked.wish == Wish::Must || asked.locked.is_some()
}

/// What says so.
fn sure(problem: &Problem, meeting: usize) -> Statement {
    match problem.meetings[meeting].wish {
        Wish::Must => Statement::Held { meeting },
        Wish::Weight(_) => Statement::Locked { meeting },
    }
}

/// The host of a meeting that is held at a booth.
fn host(problem: &Problem, meeting: usize) -> Option<usize> {
    let sides = problem.meetings[meeting].sides;
    sides.iter().map(|side| side.participant).find(|&participant| problem.participants[participant].booth.is_some())
}

/// Slots that are left to a meeting when some statements are dropped.
fn slots_left(problem: &Problem, meeting: usize, dropped: &HashSet<Statement>) -> SlotSet {
    let all = SlotSet::first(problem.slots.len());
    let asked = &problem.meetings[meeting];
    let mut left = all;
    if !dropped.contains(&Statement::Window { meeting }) {
        left = left.and(asked.slots);
    }
    if let Some(locked) = asked.locked.filter(|_| !dropped.contains(&Statement::Locked { meeting })) {
        left = left.and(SlotSet::one(locked.slot));
        if let Some(place) = locked.place {
            left = left.and(problem.places[place].available);
        }
    }
    if let Some(participant) =
        host(problem, meeting).filter(|&participant| !dropped.contains(&Statement::Booth { participant }))
    {
        let booth = problem.participants[participant].booth;
        left = left.and(booth.map_or(all, |booth| problem.places[booth].available));
    }
    for side in 0..2 {
        let there = problem.people_of(meeting, side).iter().map(|&person| person_left(problem, person, dropped));
        left = left.and(there.fold(SlotSet::NONE, SlotSet::or));
    }
    left
}

/// Slots in which a person is there when some statements are dropped.
fn person_left(problem: &Problem, person: usize, dropped: &HashSet<Statement>) -> SlotSet {
    let all = SlotSet::first(problem.slots.len());
    if dropped.contains(&Statement::Available { person }) { all } else { problem.people[person].available.and(all) }
}

/// What narrows the slots of a meeting.
fn narrowing(problem: &Problem, meeting: usize) -> Vec<Statement> {
    let mut reasons: Vec<Statement> = (0..2)
        .flat_map(|side| problem.people_of(meeting, side))
        .map(|&person| Statement::Available { person })
        .collect();
    reasons.extend(host(problem, meeting).map(|participant| Statement::Booth { participant }));
    reasons.push(Statement::Window { meeting });
    // where the lock alone says that it is held, it cannot be dropped
    let asked = &problem.meetings[meeting];
    reasons.extend(asked.locked.filter(|_| asked.wish == Wish::Must).map(|_| Statement::Locked { meeting }));
    reasons
}

/// Drops every reason without which the conflict still holds; what is left is needed.
fn needed(reasons: Vec<Statement>, mut holds: impl FnMut(&HashSet<Statement>) -> bool) -> Vec<Statement> {
    let mut dropped = HashSet::new();
    let mut kept = Vec::new();
    for reason in reasons {
        if !dropped.insert(reason) {
            continue;
        }
        if !holds(&dropped) {
            dropped.remove(&reason);
            kept.push(reason);
        }
    }
    kept.dedup();
    kept
}
