//! After a change of the day: every rule still kept, and as little changed as can be.

use std::ops::ControlFlow;

use proptest::prelude::*;
use proptest::test_runner::Config;
use timetable::{
    Limits, Locked, Meeting, Problem, Schedule, SlotSet, Violation, Wish, local, replan, score, violations,
};

use crate::{brute, worlds};

/// A change, by number.
fn change(problem: &mut Problem, kind: usize, which: usize) {
    match kind % 3 {
        0 => problem.cancel_participant(which % problem.participants.len()),
        1 => problem.cancel_place(which % problem.places.len()),
        _ => problem.cancel_slots(which % problem.people.len(), SlotSet::first(2)),
    }
}

fn published(problem: &Problem) -> Option<Schedule> {
    let limits = Limits::none().with_steps(8_000);
    local::search(problem, &limits, None, &mut |_| ControlFlow::Continue(())).best.map(|(schedule, _)| schedule)
}

fn only_left_out(problem: &Problem, schedule: &Schedule) -> bool {
    let left_out = |v: &Violation| matches!(v, Violation::LeftOut { .. } | Violation::LockedOut { .. });
    violations(problem, schedule).iter().all(left_out)
}

/// Published meetings left out, by weight with musts first; then those moved.
fn price(problem: &Problem, published: &Schedule, schedule: &Schedule) -> (usize, u64, usize) {
    let (mut musts, mut weight, mut moved) = (0, 0, 0);
    for ((asked, before), now) in problem.meetings.iter().zip(&published.held).zip(&schedule.held) {
        match (before, now) {
            (_, None) if asked.wish == Wish::Must || asked.locked.is_some() => musts += 1,
            (Some(_), None) => weight += u64::from(if let Wish::Weight(weight) = asked.wish { weight } else { 0 }),
            (Some(before), Some(now)) if (before.slot, before.people) != (now.slot, now.people) => moved += 1,
            _ => {}
        }
    }
    (musts, weight, moved)
}

proptest! {
    #![proptest_config(Config::with_cases(300))]

    #[test]
    fn what_stays_stays_and_the_lists_say_the_rest(
        (problem, kind, which) in (worlds::problem(), 0..3usize, 0..20usize),
    ) {
        let Some(before) = published(&problem) else { return Ok(()) };
        let mut changed = problem.clone();
        change(&mut changed, kind, which);
        let Some(plan) = replan(&changed, &before, &Limits::none()) else { return Ok(()) };
        prop_assert!(only_left_out(&changed, &plan.schedule), "{:?}", violations(&changed, &plan.schedule));
        prop_assert_eq!(score(&changed, &plan.schedule), plan.score);
        for (meeting, (old, new)) in before.held.iter().zip(&plan.schedule.held).enumerate() {
            let lists = [&plan.moved, &plan.other_table, &plan.dropped, &plan.added];
            let named = lists.iter().filter(|list| list.contains(&meeting)).count();
            prop_assert_eq!(named, usize::from(old != new), "meeting {}", meeting);
            let told = problem.meetings[meeting].sides.iter().all(|side| plan.touched.contains(&side.participant));
            prop_assert!(told || old == new, "meeting {} has changed and nobody is told", meeting);
        }
        prop_assert_eq!(replan(&changed, &before, &Limits::none()), Some(plan));
    }

    #[test]
    fn nothing_changes_where_nothing_has_to(problem in worlds::problem()) {
        let Some(before) = published(&problem) else { return Ok(()) };
        let plan = replan(&problem, &before, &Limits::none()).expect("it keeps every rule as it is");
        prop_assert_eq!((plan.moved, plan.other_table, plan.dropped), (vec![], vec![], vec![]));
    }
}

/// What happens on the day: a person away, or a place lost, from a slot on and for so many.
type Happening = (bool, usize, usize, usize);

fn happens(problem: &mut Problem, (person, which, from, span): Happening) -> SlotSet {
    let slots: SlotSet = (from..problem.slots.len().min(from + span)).collect();
    if person {
        problem.cancel_slots(which % problem.people.len(), slots);
    } else {
        problem.cancel_place_in(which % problem.places.len(), slots);
    }
    slots
}

proptest! {
    #![proptest_config(Config::with_cases(300))]

    #[test]
    fn what_has_begun_stays_whatever_happens_after_it(
        problem in worlds::problem(),
        begun in 0..6usize,
        happenings in proptest::collection::vec((any::<bool>(), 0..20usize, 0..6usize, 1..9usize), 0..5),
    ) {
        let Some(before) = published(&problem) else { return Ok(()) };
        let mut changed = problem.clone();
        // Nothing is asked of breaks on the day, as an absence leaves them.
        changed.rules.fairness = None;
        let mut gone = Vec::new();
        for (person, which, from, span) in happenings {
            let slots = happens(&mut changed, (person, which, from + begun, span));
            gone.push((person, which, slots));
        }
        let past = SlotSet::first(begun);
        changed.keep_begun(&before, past);
        prop_assert_eq!(changed.faults(), vec![]);
        let Some(plan) = replan(&changed, &before, &Limits::none()) else {
            return Err(TestCaseError::fail("what has begun cannot stand in its own way"));
        };
        prop_assert!(only_left_out(&changed, &plan.schedule), "{:?}", violations(&changed, &plan.schedule));
        for (meeting, (old, new)) in before.held.iter().zip(&plan.schedule.held).enumerate() {
            if let Some(held) = old.filter(|held| past.has(held.slot)) {
                // Where both have booths, a booth that is lost sends them to the other one: a meeting that is over cannot go.
                let elsewhere = changed.booth_of(meeting).is_some_and(|booth| booth != held.place);
                prop_assert!(elsewhere || old == new, "meeting {} had begun: {:?}", meeting, new);
            } else if let Some(new) = new {
                prop_assert!(!past.has(new.slot), "meeting {} is put into the past", meeting);
                for (person, which, slots) in gone.iter().filter(|(.., slots)| slots.has(new.slot)) {
                    if *person {
                        prop_assert!(!new.people.contains(&(which % problem.people.len())), "in {:?}", slots);
                    } else {
                        prop_assert_ne!(new.place, which % problem.places.len());
                    }
                }
            }
        }
    }
}

#[test]
fn a_place_that_is_lost_for_a_while_is_there_again() {
    let all = SlotSet::first(3);
    let mut problem = worlds::hard(4, 3, 1, 0);
    problem.meetings.push(Meeting { locked: Some(Locked { slot: 1, place: Some(0) }), ..Meeting::between(0, 1, all) });
    let whole = problem.clone();
    problem.cancel_place_in(0, SlotSet::one(0));
    assert_eq!(problem.places[0].available, all.without(0));
    assert_eq!(problem.meetings[0].locked, whole.meetings[0].locked, "it is locked to another slot");
    problem.cancel_place_in(0, SlotSet::one(1));
    assert_eq!(problem.meetings[0].locked.unwrap().place, None, "it keeps its slot only");
}

/// A quick search may move one meeting more than it has to, but seldom.
#[test]
fn seldom_is_more_moved_than_has_to_be() {
    let mut tried = 0;
    let mut worse = Vec::new();
    worlds::each(worlds::tiny(), 300, |at, problem| {
        let Some(before) = published(&problem) else { return };
        let mut changed = problem.clone();
        change(&mut changed, at, at / 3);
        let plan = replan(&changed, &before, &Limits::none());
        let mut free = changed.clone();
        // the least there is, with everything allowed to be left out
        for meeting in free.meetings.iter_mut() {
            if let (Wish::Must, None) = (meeting.wish, meeting.locked) {
                meeting.wish = Wish::Weight(0);
            }
        }
        let Some(least) = brute::least_by(&free, |schedule| price(&changed, &before, schedule)) else { return };
        tried += 1;
        let ours = plan.map(|plan| price(&changed, &before, &plan.schedule));
        assert!(ours.is_none_or(|ours| ours >= least), "problem {at}: {ours:?} below {least:?}");
        if ours != Some(least) {
            worse.push((at, ours, least));
        }
    });
    assert!(tried > 100, "{tried} problems");
    assert!(worse.len() * 50 <= tried, "{worse:?} of {tried}");
}
