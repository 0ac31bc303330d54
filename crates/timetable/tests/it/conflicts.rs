//! Conflicts: impossible by themselves, and possible without any one of their statements.

use std::ops::ControlFlow;

use proptest::prelude::*;
use proptest::test_runner::Config;
use timetable::conflict::only;
use timetable::{Limits, Locked, Meeting, Problem, SlotSet, Statement, Status, conflict, exact};

use crate::worlds;

/// As the exact search says, which is held against exhaustion elsewhere.
fn possible(problem: &Problem) -> bool {
    let status = exact::solve(problem, &Limits::none(), None, &mut |_| ControlFlow::Continue(())).status;
    assert!(matches!(status, Status::Optimal | Status::Infeasible), "{status:?}");
    status == Status::Optimal
}

proptest! {
    #![proptest_config(Config::with_cases(80))]

    #[test]
    fn a_minimal_conflict_is_possible_without_any_of_its_statements(mut problem in worlds::problem()) {
        problem.travel.clear();
        let Some(conflict) = conflict(&problem, &Limits::none()) else {
            prop_assert!(possible(&problem), "impossible, and no conflict");
            return Ok(());
        };
        prop_assert!(conflict.minimal);
        prop_assert!(!possible(&problem), "possible, with {:?}", conflict);
        prop_assert!(!possible(&only(&problem, &conflict.statements)), "{:?} alone is possible", conflict);
        for at in 0..conflict.statements.len() {
            let mut fewer = conflict.statements.clone();
            let left = fewer.remove(at);
            prop_assert!(possible(&only(&problem, &fewer)), "{:?} is not needed in {:?}", left, conflict);
        }
    }
}

/// So many participants of one person each, slots and tables; no meetings yet.
fn event(participants: usize, slots: usize, tables: usize) -> Problem {
    worlds::hard(participants, slots, tables, 0)
}

fn said(problem: &Problem) -> String {
    let conflict = conflict(problem, &Limits::none()).expect("there is none");
    assert!(conflict.minimal);
    conflict.statements.iter().map(Statement::to_string).collect::<Vec<_>>().join("; ")
}

#[test]
fn more_locked_meetings_than_tables() {
    let mut problem = event(8, 3, 2);
    for at in 0..4 {
        let locked = Some(Locked { slot: 1, place: None });
        problem.meetings.push(Meeting { locked, ..Meeting::between(2 * at, 2 * at + 1, SlotSet::first(3)) });
    }
    let expected = "meeting 0 is locked; meeting 1 is locked; \
                    meeting 2 is locked; there are only so many tables in slot 1";
    assert_eq!(said(&problem), expected);
}

#[test]
fn orders_that_go_round_in_a_circle() {
    let mut problem = event(8, 4, 2);
    for at in 0..4 {
        problem.meetings.push(Meeting::between(2 * at, 2 * at + 1, SlotSet::first(4)));
    }
    for (meeting, earlier) in [(0, 1), (1, 2), (2, 0), (3, 1), (1, 3)] {
        problem.meetings[meeting].after.push(earlier);
    }
    let expected = "meeting 1 must be held; meeting 3 must be held; meeting 1 is to be held after meeting 3; \
                    meeting 3 is to be held after meeting 1";
    assert_eq!(said(&problem), expected);
    problem.meetings[2].after = vec![2];
    assert_eq!(said(&problem), "meeting 2 must be held; meeting 2 is to be held after meeting 2");
}

#[test]
fn a_chain_of_orders_longer_than_the_event() {
    let mut problem = event(8, 3, 2);
    for at in 0..4 {
        let after = if at == 0 { vec![] } else { vec![at - 1] };
        problem.meetings.push(Meeting { after, ..Meeting::between(2 * at, 2 * at + 1, SlotSet::first(3)) });
    }
    assert_eq!(conflict(&problem, &Limits::none()).map(|found| found.statements.len()), Some(7));
    problem.meetings[2].slots = SlotSet::first(2);
    let expected = "meeting 0 must be held; meeting 1 must be held; meeting 2 must be held; \
                    meeting 2 is for some slots only; meeting 1 is to be held after meeting 0; \
                    meeting 2 is to be held after meeting 1";
    assert_eq!(said(&problem), expected);
}

#[test]
fn a_participant_without_availability() {
    let mut problem = event(4, 3, 2);
    problem.people[2].available = SlotSet::NONE;
    problem.meetings = vec![Meeting::between(0, 1, SlotSet::first(3)), Meeting::between(1, 2, SlotSet::first(3))];
    assert_eq!(said(&problem), "meeting 1 must be held; person 2 is available in some slots only");
}

#[test]
fn more_meetings_than_slots() {
    let mut problem = event(6, 3, 3);
    problem.meetings = (1..6).map(|other| Meeting::between(0, other, SlotSet::first(3))).collect();
    let four = "meeting 0 must be held; meeting 1 must be held; meeting 2 must be held; meeting 3 must be held";
    assert_eq!(said(&problem), four);
    problem.meetings.truncate(3);
    problem.meetings[0].slots = SlotSet::one(1);
    problem.meetings[2].slots = SlotSet::one(1);
    let windows = "meeting 0 must be held; meeting 2 must be held; meeting 0 is for some slots only; \
                   meeting 2 is for some slots only";
    assert_eq!(said(&problem), windows);
}

#[test]
fn what_only_the_exact_search_sees() {
    // three people meet each other at one table in two slots: nobody has too many meetings, the table is too small
    let mut problem = event(3, 3, 1);
    problem.rules.fairness = Some(0);
    problem.meetings =
        [(0, 1), (1, 2), (2, 0)].map(|(one, other)| Meeting::between(one, other, SlotSet::first(3))).into();
    let fairness = said(&problem);
    assert!(fairness.ends_with("breaks are shared out fairly"), "{fairness}");
}
