//! The judge: looks at a set of members as a person with a pencil would, and shares no code with the search.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::problem::{Problem, Rule, RuleKind};

/// Why a set of members is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Violation {
    /// Nobody is in.
    #[error("there are no members, at least one is needed")]
    Empty,
    /// A member number does not exist.
    #[error("there is no candidate {0}")]
    NoSuchCandidate(usize),
    /// A member is listed twice.
    #[error("candidate {0} is listed twice")]
    Repeated(usize),
    /// A rule is broken.
    #[error("{rule}: {text}")]
    Broken {
        /// Identifier of the rule.
        rule: String,
        /// What is wrong, with the numbers.
        text: String,
    },
}

/// The value of a set of members, if it is one and keeps every rule.
///
/// # Errors
/// The first thing that is wrong, rules in their order in the problem.
pub fn check(problem: &Problem, members: &[usize]) -> Result<i64, Violation> {
    if members.is_empty() {
        return Err(Violation::Empty);
    }
    let mut inside = BTreeSet::new();
    for &member in members {
        if member >= problem.candidates.len() {
            return Err(Violation::NoSuchCandidate(member));
        }
        if !inside.insert(member) {
            return Err(Violation::Repeated(member));
        }
    }
    for rule in &problem.rules {
        if let Some(text) = broken(problem, rule, &inside) {
            return Err(Violation::Broken { rule: rule.id.clone(), text });
        }
    }
    Ok(value(problem, &inside))
}

/// Every rule that a set of members breaks, with what is wrong.
#[must_use]
pub fn broken_rules(problem: &Problem, members: &[usize]) -> Vec<(String, String)> {
    let inside: BTreeSet<usize> = members.iter().copied().collect();
    problem.rules.iter().filter_map(|rule| broken(problem, rule, &inside).map(|text| (rule.id.clone(), text))).collect()
}

fn value(problem: &Problem, inside: &BTreeSet<usize>) -> i64 {
    let alone: i64 = inside.iter().map(|&i| problem.candidates[i].fit_ppm).sum();
    let together: i64 = problem
        .pairs
        .iter()
        .filter(|pair| inside.contains(&pair.first) && inside.contains(&pair.second))
        .map(|pair| pair.bonus_ppm)
        .sum();
    alone + together
}

fn broken(problem: &Problem, rule: &Rule, inside: &BTreeSet<usize>) -> Option<String> {
    let cost = |i: usize| problem.candidates[i].cost;
    let total: i64 = inside.iter().map(|&i| cost(i)).sum();
    let counted = |group: &[usize]| group.iter().filter(|i| inside.contains(i)).count();
    let spent = |group: &[usize]| group.iter().filter(|i| inside.contains(i)).map(|&i| cost(i)).sum::<i64>();
    let too_few = |have: usize, value: usize| (have < value).then(|| format!("{have}, at least {value} wanted"));
    let too_many = |have: usize, value: usize| (have > value).then(|| format!("{have}, at most {value} allowed"));
    match &rule.kind {
        RuleKind::SizeMin { value } => too_few(inside.len(), *value),
        RuleKind::SizeMax { value } => too_many(inside.len(), *value),
        RuleKind::CountMin { group, value } => too_few(counted(group), *value),
        RuleKind::CountMax { group, value } => too_many(counted(group), *value),
        RuleKind::DistinctMin { labels, value } => {
            let seen: BTreeSet<u32> = inside.iter().filter_map(|&i| labels[i]).collect();
            too_few(seen.len(), *value)
        }
        RuleKind::BudgetMax { value } => (total > *value).then(|| format!("cost {total}, at most {value} allowed")),
        RuleKind::BudgetMin { value } => (total < *value).then(|| format!("cost {total}, at least {value} wanted")),
        RuleKind::EntityShareMax { group, share } => group
            .iter()
            .find(|i| inside.contains(i) && i64::from(share.whole) * cost(**i) > i64::from(share.part) * total)
            .map(|&i| format!("candidate {i} has {} of {total}, more than {}/{}", cost(i), share.part, share.whole)),
        RuleKind::LabelShareMax { labels, share } => {
            let mut sums = BTreeMap::new();
            for &i in inside {
                if let Some(label) = labels[i] {
                    *sums.entry(label).or_insert(0) += cost(i);
                }
            }
            sums.into_iter().find(|(_, sum)| i64::from(share.whole) * sum > i64::from(share.part) * total).map(
                |(label, sum)| format!("label {label} has {sum} of {total}, more than {}/{}", share.part, share.whole),
            )
        }
        RuleKind::GroupShareMax { group, share } => {
            let sum = spent(group);
            (i64::from(share.whole) * sum > i64::from(share.part) * total)
                .then(|| format!("the group has {sum} of {total}, more than {}/{}", share.part, share.whole))
        }
        RuleKind::GroupShareMin { group, share } => {
            let sum = spent(group);
            (i64::from(share.whole) * sum < i64::from(share.part) * total)
                .then(|| format!("the group has {sum} of {total}, less than {}/{}", share.part, share.whole))
        }
        RuleKind::Require { candidate } => {
            (!inside.contains(candidate)).then(|| format!("candidate {candidate} is missing"))
        }
        RuleKind::Exclude { candidate } => inside.contains(candidate).then(|| format!("candidate {candidate} is in")),
        RuleKind::ForbidPair { first, second } => (inside.contains(first) && inside.contains(second))
            .then(|| format!("candidates {first} and {second} are both in")),
        RuleKind::WeightMax { weights, value } => {
            let sum: i64 = weights.iter().filter(|(i, _)| inside.contains(i)).map(|(_, weight)| weight).sum();
            (sum > *value).then(|| format!("weight {sum}, at most {value} allowed"))
        }
    }
}
