//! Local search: what it finds keeps the rules, costs no less than the bound, and repeats with the seed.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use proptest::test_runner::Config;
use timetable::{Limits, Problem, Score, local, score, violations};

use crate::{brute, worlds};

fn found(problem: &Problem, steps: u64, seed: u64) -> local::Found {
    let limits = Limits::none().with_steps(steps).with_seed(seed);
    local::search(problem, &limits, None, &mut |_| ControlFlow::Continue(()))
}

/// What goes before the moves between tables, which are only searched quickly.
fn before_changes(score: Score) -> Score {
    Score { changes: 0, ..score }
}

/// Local search proves nothing, so a miss now and then is no mistake: but there must be few.
#[test]
fn the_search_finds_what_exhaustion_finds() {
    const PROBLEMS: usize = 300;
    let mut missed = Vec::new();
    let mut possible = 0;
    worlds::each(worlds::tiny(), PROBLEMS, |at, problem| {
        let least = brute::least(&problem);
        let found = found(&problem, 40_000, 1);
        possible += usize::from(least.is_some());
        match (least, &found.best) {
            (None, best) => assert!(best.is_none(), "problem {at}: there should be none"),
            (Some(least), best) => {
                assert!(found.bound <= least, "problem {at}: {:?} above {least:?}", found.bound);
                let cost = best.as_ref().map(|(schedule, cost)| {
                    assert_eq!((violations(&problem, schedule), score(&problem, schedule)), (vec![], *cost));
                    assert!(*cost >= least, "problem {at}");
                    before_changes(*cost)
                });
                if cost != Some(before_changes(least)) {
                    missed.push((at, cost, least));
                }
            }
        }
    });
    assert!(possible > PROBLEMS / 2, "{possible} problems have a timetable");
    assert!(missed.len() * 50 <= possible, "{missed:#?} of {possible}");
}

proptest! {
    #![proptest_config(Config::with_cases(150))]

    #[test]
    fn what_is_told_keeps_the_rules_and_gets_better(problem in worlds::problem(), seed in 0..5u64) {
        let mut told: Vec<Score> = Vec::new();
        let mut sound = true;
        let limits = Limits::none().with_steps(30_000).with_seed(seed);
        let found = local::search(&problem, &limits, None, &mut |news| {
            if let (Some(schedule), Some(cost)) = (news.schedule, news.score) {
                sound &= violations(&problem, schedule).is_empty() && score(&problem, schedule) == cost;
                sound &= news.bound <= cost && told.last().is_none_or(|last| before_changes(cost) <= before_changes(*last));
                told.push(cost);
            }
            ControlFlow::Continue(())
        });
        prop_assert!(sound, "{told:?}");
        prop_assert_eq!(found.best.as_ref().map(|(_, cost)| *cost), told.last().copied());
        prop_assert_eq!(found, self::found(&problem, 30_000, seed));
    }
}

/// Whenever time runs out, what has been found so far comes back with tables, and keeps the rules.
#[test]
fn time_may_run_out_at_any_moment() {
    let problem = worlds::hard(40, 14, 30, 10);
    let mut found_some = 0;
    for looks in [0, 1, 2, 3, 5, 8, 13, 40, 100, 400] {
        let asked = AtomicUsize::new(0);
        let expired = || asked.fetch_add(1, Ordering::Relaxed) >= looks;
        let found = local::search(&problem, &Limits::until(&expired), None, &mut |_| ControlFlow::Continue(()));
        if let Some((schedule, cost)) = &found.best {
            assert_eq!(violations(&problem, schedule), vec![], "after {looks} looks");
            assert_eq!(score(&problem, schedule), *cost);
            found_some += 1;
        }
        // once over, each slot is looked at once for its tables, and no second time to save moves
        let late = asked.load(Ordering::Relaxed).saturating_sub(looks);
        assert!(late <= problem.slots.len() + 8, "asked {late} times after the end");
    }
    assert!(found_some > 3, "{found_some}");
}

#[test]
fn nothing_is_placed_when_there_is_no_time() {
    let found = local::search(&worlds::hard(300, 12, 120, 8), &Limits::until(&|| true), None, &mut |_| {
        ControlFlow::Continue(())
    });
    assert!(found.best.is_none());
}
