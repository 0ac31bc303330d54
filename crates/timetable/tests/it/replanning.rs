//! After a change of the day: every rule still kept, and as little changed as can be.

use std::ops::ControlFlow;

use proptest::prelude::*;
use proptest::test_runner::Config;
use timetable::{Limits, Problem, Schedule, SlotSet, Violation, Wish, local, replan, score, violations};

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
