//! The bound and the consequences it draws, against every completion of a partial decision.
//!
//! Through the public functions a wrong bound could hide behind a lucky first answer; here it cannot.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::bound::{Bounder, Effort};
use crate::domain::{Domain, Place};
use crate::improve::{Dice, Plan, improve};
use crate::model::Model;
use crate::worlds::{every_answer, problem};

/// The sets that agree with a decision.
fn completions(every: &[(Vec<usize>, i64)], domain: &Domain) -> Vec<(Vec<usize>, i64)> {
    every
        .iter()
        .filter(|(members, _)| {
            let inside: BTreeSet<usize> = members.iter().copied().collect();
            domain.place.iter().enumerate().all(|(i, place)| match place {
                Place::Open => true,
                Place::In => inside.contains(&i),
                Place::Out => !inside.contains(&i),
            })
        })
        .cloned()
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn no_completion_is_lost_or_beats_the_bound(
        problem in problem(9, 6),
        decisions in proptest::collection::vec((0_u32..9, any::<bool>()), 0..3),
        margin in 0_i64..60,
        rounds in 1_u32..4,
        iterations in 1_u32..40,
    ) {
        let every = every_answer(&problem);
        let model = Model::new(&problem, &|_| true, true);
        let Ok(mut domain) = Domain::new(&model) else {
            prop_assert!(every.is_empty());
            return Ok(());
        };
        for (i, inside) in decisions {
            if (i as usize) < model.len() && domain.is_open(i) {
                let decided = if inside { domain.put_in(i) } else { domain.take_out(i) };
                prop_assert!(decided.is_ok());
            }
        }
        let all = completions(&every, &domain);
        if domain.propagate(&model).is_err() {
            prop_assert!(all.is_empty());
            return Ok(());
        }
        prop_assert_eq!(completions(&every, &domain).len(), all.len(), "propagation loses nothing");
        let best = all.iter().map(|(_, value)| *value).max();
        let below = best.map_or(50, |best| best - margin);
        let mut bounder = Bounder::new(&model);
        let mut prices = bounder.start();
        let effort = Effort { rounds, iterations, step: 1.0, patience: 0.0 };
        let result = bounder.tighten(&mut domain, &mut prices, below, below, effort, &|| false);
        let wanted = all.iter().filter(|(_, value)| *value > below).count();
        match result {
            Err(_) => prop_assert_eq!(wanted, 0),
            Ok(bounded) => {
                prop_assert!(best.is_none_or(|best| best <= bounded.bound));
                let left = completions(&every, &domain).iter().filter(|(_, value)| *value > below).count();
                prop_assert_eq!(left, wanted, "nothing better is ruled out");
            }
        }
    }

    #[test]
    fn local_search_keeps_the_rules_and_knows_its_value(problem in problem(9, 6), seed in any::<u64>()) {
        let model = Model::new(&problem, &|_| true, true);
        let plan = Plan { steps: 25, first: false, expired: &|| false };
        let found = improve(&model, &[], -1, &plan, &mut Dice::new(seed), &mut 0);
        if let Some(found) = found {
            let members: Vec<usize> = found.members.iter().map(|&i| i as usize).collect();
            prop_assert_eq!(crate::check(&problem, &members), Ok(found.value));
        }
    }

    #[test]
    fn a_smaller_model_says_the_same(problem in problem(9, 6), kept in any::<u16>()) {
        let model = Model::new(&problem, &|_| true, true);
        let kept: Vec<u32> = (0..model.len() as u32).filter(|i| kept >> i & 1 == 1 || model.required[*i as usize]).collect();
        let small = model.restrict(&kept);
        for bits in 1_u32..1 << kept.len() {
            let members: Vec<u32> = (0..kept.len() as u32).filter(|k| bits >> k & 1 == 1).collect();
            let original: Vec<usize> = members.iter().map(|&k| kept[k as usize] as usize).collect();
            let judged = crate::check(&problem, &original);
            prop_assert_eq!(small.admits(&members), judged.is_ok());
            if let Ok(value) = judged {
                prop_assert_eq!(small.value(&members), value);
            }
        }
    }
}
