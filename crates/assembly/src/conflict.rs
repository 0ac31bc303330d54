//! Why nothing is possible: the smallest set of rules that cannot hold together, and the least that would help.

use std::collections::BTreeSet;

use crate::answer::Limits;
use crate::check::broken_rules;
use crate::problem::{Problem, ProblemError, RuleKind};
use crate::search::{Verdict, feasible};

/// Node limit of one feasibility question.
const QUESTION_NODES: u64 = 20_000;
/// Node limit of one question on the way to a least relaxation: close to it, sums of odd amounts can take very long to refuse,
/// and a relaxation that is marked as maybe not the least is worth more than waiting.
const RELAXATION_NODES: u64 = 5_000;
/// Most feasibility questions asked to make a minimal set the smallest one.
const SMALLEST_QUESTIONS: usize = 400;

/// Rules that cannot hold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The rules, by place in [`Problem::rules`], rising.
    pub rules: Vec<usize>,
    /// Proved: without any one of them the others can hold.
    pub minimal: bool,
    /// Proved: no set of fewer rules is in conflict.
    pub smallest: bool,
}

/// The least change of one rule that makes the whole problem possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relaxation {
    /// Another number does: members, countries, money, or percent parts of the share, as the rule has it.
    Value {
        /// What the rule asks now.
        from: i64,
        /// What would be possible.
        to: i64,
        /// Proved that nothing closer to `from` is possible.
        least: bool,
    },
    /// The rule has no number; it has to go.
    Drop,
    /// Even without the rule the others cannot hold.
    NotEnough,
    /// The limit came first.
    Unknown,
}

impl Conflict {
    /// Identifiers of the rules.
    #[must_use]
    pub fn ids<'p>(&self, problem: &'p Problem) -> Vec<&'p str> {
        self.rules.iter().map(|&rule| problem.rules[rule].id.as_str()).collect()
    }

    /// For each rule of the conflict the least change of it alone that makes the whole problem possible.
    #[must_use]
    pub fn relaxations(&self, problem: &Problem, limits: &Limits<'_>) -> Vec<Relaxation> {
        self.rules.iter().map(|&rule| relaxation(problem, rule, limits)).collect()
    }
}

/// One question with its own node limit.
fn ask(problem: &Problem, rules: &BTreeSet<usize>, limits: &Limits<'_>) -> Result<Vec<usize>, Verdict> {
    let limits = Limits { nodes: limits.nodes.min(QUESTION_NODES), ..*limits };
    feasible(problem, &|rule| rules.contains(&rule), &limits)
}

/// The smallest set of rules that cannot hold together; `None` when all can, or when that is not known in time.
///
/// First a minimal set by leaving out one rule after another; then smaller ones are looked for with hitting sets:
/// every possible consortium breaks some rules, and a conflict must contain at least one of them.
///
/// # Errors
/// When the problem is not one (see [`Problem::validate`]).
pub fn conflict(problem: &Problem, limits: &Limits<'_>) -> Result<Option<Conflict>, ProblemError> {
    problem.validate()?;
    let mut rules: BTreeSet<usize> = (0..problem.rules.len()).collect();
    if ask(problem, &rules, limits) != Err(Verdict::Impossible) {
        return Ok(None);
    }
    let mut corrections: Vec<BTreeSet<usize>> = Vec::new();
    let mut minimal = true;
    for rule in 0..problem.rules.len() {
        // a rule that every known way out breaks alone is needed for sure
        if corrections.iter().any(|set| set.len() == 1 && set.contains(&rule)) {
            continue;
        }
        rules.remove(&rule);
        match ask(problem, &rules, limits) {
            Err(Verdict::Impossible) => {}
            Ok(members) => {
                rules.insert(rule);
                corrections.push(broken(problem, &members));
            }
            Err(Verdict::Unknown) => {
                rules.insert(rule);
                minimal = false;
            }
        }
    }
    let mut smallest = false;
    for _ in 0..SMALLEST_QUESTIONS {
        let Some(candidate) = hitting_set(&corrections, rules.len()) else {
            // whatever is in conflict has at least as many rules as this
            minimal = true;
            smallest = true;
            break;
        };
        if (limits.expired)() {
            break;
        }
        match ask(problem, &candidate, limits) {
            Ok(members) => corrections.push(widen(problem, &members, limits)),
            Err(Verdict::Impossible) => {
                // no smaller hitting set exists, so this one is smallest and therefore minimal
                rules = candidate;
                minimal = true;
                smallest = true;
                break;
            }
            Err(Verdict::Unknown) => break,
        }
    }
    Ok(Some(Conflict { rules: rules.into_iter().collect(), minimal, smallest }))
}

fn broken(problem: &Problem, members: &[usize]) -> BTreeSet<usize> {
    let names = broken_rules(problem, members);
    let names: BTreeSet<&str> = names.iter().map(|(id, _)| id.as_str()).collect();
    (0..problem.rules.len()).filter(|&rule| names.contains(problem.rules[rule].id.as_str())).collect()
}

/// The rules that a consortium breaks, after trying to keep more of them.
fn widen(problem: &Problem, members: &[usize], limits: &Limits<'_>) -> BTreeSet<usize> {
    let mut out = broken(problem, members);
    for rule in out.clone() {
        if out.len() == 1 {
            break;
        }
        if !out.contains(&rule) {
            continue;
        }
        let kept: BTreeSet<usize> =
            (0..problem.rules.len()).filter(|other| *other == rule || !out.contains(other)).collect();
        if let Ok(members) = ask(problem, &kept, limits) {
            out = broken(problem, &members);
        }
    }
    out
}

/// A smallest set with an element of each, if it has fewer than `below` elements.
fn hitting_set(sets: &[BTreeSet<usize>], below: usize) -> Option<BTreeSet<usize>> {
    (0..below).find_map(|size| {
        let mut chosen = BTreeSet::new();
        hit(sets, size, &mut chosen).then_some(chosen)
    })
}

fn hit(sets: &[BTreeSet<usize>], size: usize, chosen: &mut BTreeSet<usize>) -> bool {
    let open: Vec<&BTreeSet<usize>> = sets.iter().filter(|set| set.is_disjoint(chosen)).collect();
    let Some(shortest) = open.iter().min_by_key(|set| set.len()) else {
        return true;
    };
    // disjoint sets need an element each
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut apart = 0;
    for set in &open {
        if set.is_disjoint(&used) {
            used.extend(set.iter());
            apart += 1;
        }
    }
    if apart > size {
        return false;
    }
    for &element in *shortest {
        chosen.insert(element);
        if hit(sets, size - 1, chosen) {
            return true;
        }
        chosen.remove(&element);
    }
    false
}

/// What the members have, in the terms of a rule; `None` for a rule without a number.
fn measure(problem: &Problem, rule: usize, members: &[usize]) -> Option<i64> {
    let inside: BTreeSet<usize> = members.iter().copied().collect();
    let cost = |i: usize| problem.candidates[i].cost;
    let total: i64 = members.iter().map(|&i| cost(i)).sum();
    let count = |group: &[usize]| group.iter().filter(|i| inside.contains(i)).count() as i64;
    let spent = |group: &[usize]| group.iter().filter(|i| inside.contains(i)).map(|&i| cost(i)).sum::<i64>();
    let up = |sum: i64, whole: u32| {
        if total == 0 { i64::from(sum > 0) * i64::from(whole) } else { (sum * i64::from(whole) + total - 1) / total }
    };
    match &problem.rules[rule].kind {
        RuleKind::SizeMin { .. } | RuleKind::SizeMax { .. } => Some(members.len() as i64),
        RuleKind::CountMin { group, .. } | RuleKind::CountMax { group, .. } => Some(count(group)),
        RuleKind::DistinctMin { labels, .. } => {
            Some(members.iter().filter_map(|&i| labels[i]).collect::<BTreeSet<u32>>().len() as i64)
        }
        RuleKind::BudgetMax { .. } | RuleKind::BudgetMin { .. } => Some(total),
        RuleKind::EntityShareMax { group, share } => {
            group.iter().filter(|i| inside.contains(i)).map(|&i| up(cost(i), share.whole)).max().or(Some(0))
        }
        RuleKind::LabelShareMax { labels, share } => {
            let mut sums = std::collections::BTreeMap::new();
            for &i in members {
                if let Some(label) = labels[i] {
                    *sums.entry(label).or_insert(0) += cost(i);
                }
            }
            sums.values().map(|&sum| up(sum, share.whole)).max().or(Some(0))
        }
        RuleKind::GroupShareMax { group, share } => Some(up(spent(group), share.whole)),
        RuleKind::GroupShareMin { group, share } => {
            if total == 0 {
                Some(i64::from(share.whole))
            } else {
                Some(spent(group) * i64::from(share.whole) / total)
            }
        }
        RuleKind::Require { .. } | RuleKind::Exclude { .. } | RuleKind::ForbidPair { .. } => None,
        RuleKind::WeightMax { weights, .. } => {
            Some(weights.iter().filter(|(i, _)| inside.contains(i)).map(|(_, weight)| weight).sum())
        }
    }
}

/// The number of a rule, and whether a smaller one is the milder.
fn number(kind: &RuleKind) -> Option<(i64, bool)> {
    match kind {
        RuleKind::SizeMin { value } | RuleKind::CountMin { value, .. } | RuleKind::DistinctMin { value, .. } => {
            Some((i64::try_from(*value).unwrap_or(i64::MAX), true))
        }
        RuleKind::SizeMax { value } | RuleKind::CountMax { value, .. } => {
            Some((i64::try_from(*value).unwrap_or(i64::MAX), false))
        }
        RuleKind::BudgetMax { value } | RuleKind::WeightMax { value, .. } => Some((*value, false)),
        RuleKind::BudgetMin { value } => Some((*value, true)),
        RuleKind::EntityShareMax { share, .. }
        | RuleKind::LabelShareMax { share, .. }
        | RuleKind::GroupShareMax { share, .. } => Some((i64::from(share.part), false)),
        RuleKind::GroupShareMin { share, .. } => Some((i64::from(share.part), true)),
        RuleKind::Require { .. } | RuleKind::Exclude { .. } | RuleKind::ForbidPair { .. } => None,
    }
}

fn set_number(kind: &mut RuleKind, number: i64) {
    let count = usize::try_from(number).unwrap_or(0);
    let part = u32::try_from(number).unwrap_or(0);
    match kind {
        RuleKind::SizeMin { value }
        | RuleKind::SizeMax { value }
        | RuleKind::CountMin { value, .. }
        | RuleKind::CountMax { value, .. }
        | RuleKind::DistinctMin { value, .. } => *value = count,
        RuleKind::BudgetMax { value } | RuleKind::BudgetMin { value } | RuleKind::WeightMax { value, .. } => {
            *value = number;
        }
        RuleKind::EntityShareMax { share, .. }
        | RuleKind::LabelShareMax { share, .. }
        | RuleKind::GroupShareMax { share, .. }
        | RuleKind::GroupShareMin { share, .. } => share.part = part.min(share.whole),
        RuleKind::Require { .. } | RuleKind::Exclude { .. } | RuleKind::ForbidPair { .. } => {}
    }
}

fn relaxation(problem: &Problem, rule: usize, limits: &Limits<'_>) -> Relaxation {
    let limits = &Limits { nodes: limits.nodes.min(RELAXATION_NODES), ..*limits };
    let others: BTreeSet<usize> = (0..problem.rules.len()).filter(|&other| other != rule).collect();
    let members = match ask(problem, &others, limits) {
        Ok(members) => members,
        Err(Verdict::Impossible) => return Relaxation::NotEnough,
        Err(Verdict::Unknown) => return Relaxation::Unknown,
    };
    let (Some((from, falling)), Some(mut to)) = (number(&problem.rules[rule].kind), measure(problem, rule, &members))
    else {
        return Relaxation::Drop;
    };
    let every: BTreeSet<usize> = (0..problem.rules.len()).collect();
    let mut least = true;
    let mut changed = problem.clone();
    let mut refused = from;
    // between what is refused and what is possible
    while (to - refused).abs() > 1 {
        let middle = refused + (to - refused) / 2;
        set_number(&mut changed.rules[rule].kind, middle);
        match ask(&changed, &every, limits) {
            Ok(members) => {
                let measured = measure(problem, rule, &members).unwrap_or(middle);
                to = if falling { measured.max(middle).min(from) } else { measured.min(middle).max(from) };
            }
            Err(Verdict::Impossible) => refused = middle,
            Err(Verdict::Unknown) => {
                least = false;
                break;
            }
        }
    }
    Relaxation::Value { from, to, least }
}
