//! Small random problems, and every set of members there is.

use assembly::{Candidate, Pair, Problem, RuleKind, Share, check};
use proptest::collection::vec;
use proptest::prelude::*;

/// A rule before it knows how many candidates there are: a kind and three free numbers.
type Seed = (u8, u64, u32, u32);

fn group(n: usize, bits: u64) -> Vec<usize> {
    (0..n).filter(|i| bits >> i & 1 == 1).collect()
}

fn labels(n: usize, bits: u64) -> Vec<Option<u32>> {
    (0..n).map(|i| (bits >> (2 * i) & 3) as u32).map(|label| (label < 3).then_some(label)).collect()
}

fn rule(n: usize, costs: i64, (kind, bits, a, b): Seed) -> RuleKind {
    let small = a as usize % 5;
    let share = Share::percent(b % 101);
    let one = a as usize % n;
    let other = (one + 1 + b as usize % n.max(2).saturating_sub(1)) % n;
    let money = costs * i64::from(b % 101) / 100;
    match kind % 17 {
        0 => RuleKind::SizeMin { value: small },
        1 => RuleKind::SizeMax { value: small + 1 },
        2 | 3 => RuleKind::CountMin { group: group(n, bits), value: small % 4 },
        4 => RuleKind::CountMax { group: group(n, bits), value: small },
        5 => RuleKind::DistinctMin { labels: labels(n, bits), value: small % 4 },
        6 | 7 => RuleKind::BudgetMax { value: money },
        8 => RuleKind::BudgetMin { value: money / 2 },
        9 => RuleKind::EntityShareMax { group: group(n, bits), share },
        10 => RuleKind::LabelShareMax { labels: labels(n, bits), share },
        11 => RuleKind::GroupShareMax { group: group(n, bits), share },
        12 => RuleKind::GroupShareMin { group: group(n, bits), share },
        13 => RuleKind::Require { candidate: one },
        14 => RuleKind::Exclude { candidate: one },
        15 if n > 1 && one != other => RuleKind::ForbidPair { first: one, second: other },
        _ => {
            let weights = group(n, bits).into_iter().map(|i| (i, (bits >> (i + 8) & 15) as i64 - 7)).collect();
            RuleKind::WeightMax { weights, value: i64::from(a % 15) - 5 }
        }
    }
}

/// A problem of at most `most` candidates and at most `rules` rules.
pub fn problem(most: usize, rules: usize) -> impl Strategy<Value = Problem> {
    let candidates = vec((0_i64..100, 0_i64..30), 1..=most);
    let pairs = vec((0_usize..most, 0_usize..most, 0_i64..80), 0..most * 3);
    let seeds = vec((any::<u8>(), any::<u64>(), any::<u32>(), any::<u32>()), 0..=rules);
    (candidates, pairs, seeds).prop_map(|(candidates, pairs, seeds)| {
        let n = candidates.len();
        let mut problem = Problem { name: "world".into(), ..Problem::default() };
        for (i, (fit_ppm, cost)) in candidates.into_iter().enumerate() {
            problem.candidates.push(Candidate {
                id: format!("c{i}"),
                country: String::new(),
                kind: String::new(),
                flags: Vec::new(),
                cost,
                fit_ppm,
                competences: Vec::new(),
            });
        }
        let mut seen = std::collections::BTreeSet::new();
        for (a, b, bonus_ppm) in pairs {
            let (first, second) = (a.min(b), a.max(b));
            if first < second && second < n && seen.insert((first, second)) {
                problem.pairs.push(Pair { first, second, bonus_ppm });
            }
        }
        let costs = problem.candidates.iter().map(|c| c.cost).sum();
        for (k, seed) in seeds.into_iter().enumerate() {
            let kind = rule(n, costs, seed);
            problem.add(format!("r{k}"), kind);
        }
        problem
    })
}

/// Every set of members that keeps every rule, with its value.
pub fn every_answer(problem: &Problem) -> Vec<(Vec<usize>, i64)> {
    let n = problem.candidates.len();
    (1_u64..1 << n)
        .filter_map(|bits| {
            let members = group(n, bits);
            check(problem, &members).ok().map(|value| (members, value))
        })
        .collect()
}
