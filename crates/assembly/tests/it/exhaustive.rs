//! Every answer is compared with the best of all sets there are.

use std::ops::ControlFlow;

use assembly::{Limits, Problem, Share, Status, alternatives, check, irreplaceability, solve};
use proptest::prelude::*;

use crate::worlds::{every_answer, problem};

fn best_of(problem: &Problem) -> Option<i64> {
    every_answer(problem).into_iter().map(|(_, value)| value).max()
}

fn quiet(problem: &Problem, limits: &Limits<'_>) -> assembly::Answer {
    solve(problem, limits, &mut |_| ControlFlow::Continue(())).expect("the problem is sound")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn the_best_there_is(problem in problem(9, 7)) {
        let answer = quiet(&problem, &Limits::none());
        match best_of(&problem) {
            Some(best) => {
                prop_assert_eq!(answer.status, Status::Optimal);
                prop_assert_eq!(answer.value, best);
                prop_assert_eq!(answer.bound, best);
                prop_assert_eq!(check(&problem, &answer.members), Ok(best));
            }
            None => {
                prop_assert_eq!(answer.status, Status::Infeasible);
                prop_assert!(answer.members.is_empty());
            }
        }
    }

    #[test]
    fn cut_short_it_still_tells_the_truth(problem in problem(9, 6), nodes in 0_u64..3) {
        let answer = quiet(&problem, &Limits::nodes(nodes));
        let best = best_of(&problem);
        match answer.status {
            Status::Infeasible => prop_assert_eq!(best, None),
            Status::Unknown => prop_assert!(best.is_none_or(|best| best <= answer.bound)),
            Status::Optimal | Status::Feasible => {
                prop_assert_eq!(check(&problem, &answer.members), Ok(answer.value));
                prop_assert!(Some(answer.value) <= best);
                prop_assert!(best <= Some(answer.bound));
                prop_assert!(answer.status == Status::Feasible || Some(answer.value) == best);
            }
        }
    }

    #[test]
    fn same_seed_same_answer(problem in problem(9, 6), seed in any::<u64>()) {
        let limits = Limits::nodes(5).with_seed(seed);
        prop_assert_eq!(quiet(&problem, &limits), quiet(&problem, &limits));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_best_of_larger_pools(problem in problem(13, 9)) {
        let answer = quiet(&problem, &Limits::none());
        prop_assert_eq!((!answer.members.is_empty()).then_some(answer.value), best_of(&problem));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn alternatives_are_the_best_that_differ(
        problem in problem(8, 4), count in 1_usize..4, differ in 1_usize..3, percent in 0_u32..=100,
    ) {
        let every = every_answer(&problem);
        let best = quiet(&problem, &Limits::none());
        let found = alternatives(&problem, &best, count, differ, Share::percent(percent), &Limits::none())
            .expect("the problem is sound");
        let mut before = vec![best.members.clone()];
        for rank in 0..count {
            let wanted = every
                .iter()
                .filter(|(_, value)| best.value * i64::from(100 - percent) <= value * 100)
                .filter(|(members, _)| {
                    before.iter().all(|own| own.iter().filter(|i| !members.contains(i)).count() >= differ)
                })
                .map(|(_, value)| *value)
                .max();
            let given = found.get(rank);
            if best.members.is_empty() {
                prop_assert!(given.is_none());
                continue;
            }
            prop_assert_eq!(given.map(|answer| answer.value), wanted);
            let Some(given) = given else { break };
            prop_assert_eq!(check(&problem, &given.members), Ok(given.value));
            before.push(given.members.clone());
        }
    }

    #[test]
    fn losses_are_exact(problem in problem(8, 4)) {
        let every = every_answer(&problem);
        let best = quiet(&problem, &Limits::none());
        for loss in irreplaceability(&problem, &best, &Limits::none()).expect("the problem is sound") {
            let without =
                every.iter().filter(|(members, _)| !members.contains(&loss.member)).map(|(_, value)| *value).max();
            prop_assert_eq!(loss.lost, without.map(|value| best.value - value));
            prop_assert_eq!(loss.irreplaceable(), without.is_none());
        }
    }
}
