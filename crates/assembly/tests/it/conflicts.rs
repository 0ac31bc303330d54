//! Conflicting rules are compared with all subsets of the rules.

use assembly::{Limits, Problem, Relaxation, RuleKind, conflict};
use proptest::prelude::*;

use crate::worlds::{every_answer, problem};

fn with_rules(problem: &Problem, keep: impl Fn(usize) -> bool) -> Problem {
    let mut part = problem.clone();
    part.rules = problem.rules.iter().enumerate().filter(|(k, _)| keep(*k)).map(|(_, r)| r.clone()).collect();
    part
}

fn possible(problem: &Problem) -> bool {
    !every_answer(problem).is_empty()
}

/// Size of the smallest set of rules that cannot hold together.
fn smallest(problem: &Problem) -> Option<usize> {
    (0_u32..1 << problem.rules.len())
        .filter(|bits| !possible(&with_rules(problem, |k| bits >> k & 1 == 1)))
        .map(|bits| bits.count_ones() as usize)
        .min()
}

/// The number of a rule moved by one towards what it asks now.
fn stricter(kind: &RuleKind, to: i64, from: i64) -> RuleKind {
    let number = to + (from - to).signum();
    let mut kind = kind.clone();
    match &mut kind {
        RuleKind::SizeMin { value }
        | RuleKind::SizeMax { value }
        | RuleKind::CountMin { value, .. }
        | RuleKind::CountMax { value, .. }
        | RuleKind::DistinctMin { value, .. } => *value = usize::try_from(number).expect("counts are not negative"),
        RuleKind::BudgetMax { value } | RuleKind::BudgetMin { value } | RuleKind::WeightMax { value, .. } => {
            *value = number;
        }
        RuleKind::EntityShareMax { share, .. }
        | RuleKind::LabelShareMax { share, .. }
        | RuleKind::GroupShareMax { share, .. }
        | RuleKind::GroupShareMin { share, .. } => share.part = u32::try_from(number).expect("shares are not negative"),
        other => panic!("{other:?} has no number"),
    }
    kind
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_smallest_conflict_and_the_least_relaxation(problem in problem(6, 7)) {
        let found = conflict(&problem, &Limits::none()).expect("the problem is sound");
        let Some(found) = found else {
            prop_assert!(possible(&problem));
            return Ok(());
        };
        prop_assert!(!possible(&problem));
        prop_assert!(found.minimal && found.smallest);
        prop_assert!(!possible(&with_rules(&problem, |k| found.rules.contains(&k))));
        for &without in &found.rules {
            prop_assert!(possible(&with_rules(&problem, |k| k != without && found.rules.contains(&k))));
        }
        prop_assert_eq!(Some(found.rules.len()), smallest(&problem));
        for (&rule, relaxation) in found.rules.iter().zip(found.relaxations(&problem, &Limits::none())) {
            match relaxation {
                Relaxation::NotEnough => prop_assert!(!possible(&with_rules(&problem, |k| k != rule))),
                Relaxation::Drop => prop_assert!(possible(&with_rules(&problem, |k| k != rule))),
                Relaxation::Value { from, to, least } => {
                    prop_assert!(least && from != to);
                    let mut changed = problem.clone();
                    // one step beyond what was found is as strict as one step back from one further
                    changed.rules[rule].kind = stricter(&problem.rules[rule].kind, to + (to - from).signum(), from);
                    prop_assert!(possible(&changed));
                    changed.rules[rule].kind = stricter(&problem.rules[rule].kind, to, from);
                    prop_assert!(!possible(&changed));
                }
                Relaxation::Unknown => prop_assert!(false, "nothing limits this"),
            }
        }
    }
}
