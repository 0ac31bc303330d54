//! The solver against every assignment there is.

use proptest::prelude::*;

use super::{Lit, Sat, luby};
use crate::exact::count::{Totalizer, at_most, exactly};
use crate::solve::Limits;

/// Whether an assignment (bit v: variable v + 1) makes a literal true.
fn holds(assignment: u32, lit: Lit) -> bool {
    (assignment >> (lit.unsigned_abs() - 1) & 1 == 1) == (lit > 0)
}

fn clauses(vars: i32, length: usize, most: usize) -> impl Strategy<Value = Vec<Vec<Lit>>> {
    let lit = (1..=vars, any::<bool>()).prop_map(|(var, sign)| if sign { var } else { -var });
    proptest::collection::vec(proptest::collection::vec(lit, 1..=length), 0..=most)
}

fn possible(vars: i32, clauses: &[Vec<Lit>], assumed: &[Lit]) -> bool {
    (0..1u32 << vars).any(|assignment| {
        let holds = |&lit: &Lit| holds(assignment, lit);
        assumed.iter().all(holds) && clauses.iter().all(|clause| clause.iter().any(holds))
    })
}

fn formula(vars: i32, clauses: &[Vec<Lit>], seed: u64) -> Sat<'static> {
    let mut sat = Sat::new(Limits::none().with_seed(seed));
    for _ in 0..vars {
        sat.var();
    }
    for clause in clauses {
        sat.clause(clause);
    }
    sat
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn small_formulas_are_decided_rightly(
        clauses in clauses(10, 4, 50),
        later in clauses(10, 3, 4),
        assumed in clauses(10, 6, 3),
        seed in 0u64..4,
    ) {
        let mut sat = formula(10, &clauses, seed);
        let mut all = clauses;
        for (assumed, more) in assumed.iter().zip(later.iter().map(Some).chain(std::iter::repeat(None))) {
            let answer = sat.solve(assumed, None);
            prop_assert_eq!(answer, Some(possible(10, &all, assumed)));
            if answer == Some(true) {
                prop_assert!(assumed.iter().all(|&lit| sat.holds(lit)));
                prop_assert!(all.iter().all(|clause| clause.iter().any(|&lit| sat.holds(lit))));
            } else {
                let core = sat.core().to_vec();
                prop_assert!(core.iter().all(|lit| assumed.contains(lit)));
                prop_assert!(!possible(10, &all, &core));
            }
            if let Some(more) = more {
                sat.clause(more);
                all.push(more.clone());
            }
        }
    }

    #[test]
    fn probing_and_forgetting_change_no_answer(
        clauses in clauses(14, 3, 70),
        assumed in clauses(14, 4, 4),
        wait in 1u64..4,
    ) {
        let mut sat = formula(14, &clauses, 1);
        for assumed in &assumed {
            sat.probe_wait = wait;
            // learnt clauses are looked through at every other conflict
            (sat.reduce_end, sat.reduce_step) = (sat.conflicts + 1, 2);
            let answer = sat.solve(assumed, None);
            prop_assert_eq!(answer, Some(possible(14, &clauses, assumed)));
            if answer == Some(true) {
                prop_assert!(assumed.iter().all(|&lit| sat.holds(lit)));
                prop_assert!(clauses.iter().all(|clause| clause.iter().any(|&lit| sat.holds(lit))));
            } else {
                let core = sat.core().to_vec();
                prop_assert!(core.iter().all(|lit| assumed.contains(lit)));
                prop_assert!(!possible(14, &clauses, &core));
            }
        }
    }

    #[test]
    fn counting_is_exact(inputs in 1usize..8, most in 0usize..9, bits in any::<u32>()) {
        let mut sat = formula(inputs as i32, &[], 1);
        let lits: Vec<Lit> = (1..=inputs as Lit).collect();
        let given: Vec<Lit> = lits.iter().map(|&lit| if holds(bits, lit) { lit } else { -lit }).collect();
        let count = given.iter().filter(|&&lit| lit > 0).count();
        let mut sum = Totalizer::new(&lits);
        // grown in two steps, as cores are relaxed
        sum.at_least(&mut sat, inputs.div_ceil(2), true);
        let outputs: Vec<Lit> = (1..=inputs).map(|k| sum.at_least(&mut sat, k, true)).collect();
        prop_assert_eq!(sat.solve(&given, None), Some(true));
        for (k, &output) in outputs.iter().enumerate() {
            prop_assert_eq!(sat.holds(output), count > k);
        }
        for (kind, keep) in [
            (at_most as fn(&mut Sat<'_>, &[Lit], usize), count <= most),
            (exactly, count == most),
        ] {
            let mut sat = formula(inputs as i32, &[], 1);
            kind(&mut sat, &lits, most);
            prop_assert_eq!(sat.solve(&given, None), Some(keep));
        }
    }
}

/// More pigeons than holes.
fn pigeons(holes: i32) -> Sat<'static> {
    let mut sat = formula((holes + 1) * holes, &[], 1);
    let sits = |pigeon: i32, hole: i32| 1 + pigeon * holes + hole;
    for pigeon in 0..=holes {
        sat.clause(&(0..holes).map(|hole| sits(pigeon, hole)).collect::<Vec<_>>());
        for other in 0..pigeon {
            for hole in 0..holes {
                sat.clause(&[-sits(pigeon, hole), -sits(other, hole)]);
            }
        }
    }
    sat
}

#[test]
fn long_searches_restart_and_forget() {
    let mut sat = pigeons(8);
    assert_eq!(sat.solve(&[], Some(100)), None, "a hundred conflicts are not enough");
    assert_eq!(sat.solve(&[], None), Some(false));
    assert!(sat.core().is_empty());
    assert_eq!(sat.solve(&[1], None), Some(false), "what is contradicted once stays so");
    let mut again = pigeons(8);
    let mut conflicts = [0; 2];
    for (sat, conflicts) in [&mut sat, &mut again].into_iter().zip(&mut conflicts) {
        *conflicts = sat.conflicts;
    }
    assert_eq!(again.solve(&[], Some(100)), None);
    assert_eq!(again.solve(&[], None), Some(false));
    assert_eq!(again.conflicts, conflicts[0], "the same work each time");
}

#[test]
fn probing_finds_what_is_false_under_the_assumptions() {
    // 1 and 2 together lead to 3 and to not 3, by way of 4 and 5; 2 leads to 4 and 5 straight
    let clauses: [&[Lit]; 4] = [&[-2, 4], &[-2, 5], &[-1, -4, 3], &[-1, -5, -3]];
    let mut sat = formula(5, &clauses.map(<[Lit]>::to_vec), 1);
    sat.assumed = vec![super::code(1)];
    sat.probe();
    assert_eq!(sat.value[super::code(2) as usize], -1);
    assert!(!sat.probing);
    sat.back_to(0);
    assert_eq!(sat.value[super::code(2) as usize], 0, "without the assumption nothing is known");
    assert_eq!(sat.solve(&[2], None), Some(true));
    assert_eq!(sat.solve(&[1, 2], None), Some(false));
}

#[test]
fn the_limits_end_a_search() {
    let mut sat = Sat::new(Limits::until(&|| true));
    let lits: Vec<Lit> = (0..4000).map(|_| sat.var()).collect();
    for pair in lits.chunks(2) {
        sat.clause(pair);
    }
    assert_eq!(sat.solve(&[], None), None);
}

#[test]
fn restarts_follow_lubys_sequence() {
    let first: Vec<u64> = (1..=15).map(luby).collect();
    assert_eq!(first, [1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8]);
}
