//! Effective collaboration: the condition that Article 25 shares with several national calls.

use std::cmp::Ordering;

use super::CollaborationRule;
use crate::consortium::{Consortium, Kind};
use crate::fact::{Answer, Fact, Field};
use crate::ownership::Ownership;
use crate::size::is_sme_on;

/// Whether a consortium counts as effective collaboration: either firms work together, one of them an SME or from another
/// country, and no firm bears too much of the costs; or research organisations bear enough beside a firm.
/// That they keep the right to publish is not asked here.
pub fn collaborates(rule: &CollaborationRule, consortium: &Consortium) -> Answer {
    let entities = &consortium.entities;
    let bearing: Vec<usize> = (0..entities.len()).filter(|at| entities[*at].role().bears_costs()).collect();
    let firms: Vec<usize> = bearing.iter().filter(|at| entities[**at].kind.is_company()).copied().collect();
    if firms.is_empty() {
        return Answer::No;
    }
    let lacking: Vec<Fact> = bearing
        .iter()
        .filter(|at| entities[**at].cost_cents.is_none())
        .map(|at| Fact::of(&entities[*at], Field::CostCents))
        .collect();
    if !lacking.is_empty() {
        return Answer::Unknown(lacking);
    }
    let cost = |at: &usize| i128::from(entities[*at].cost_cents.unwrap_or(0));
    let total: i128 = bearing.iter().map(cost).sum();
    let research: i128 = bearing
        .iter()
        .filter(|at| matches!(entities[**at].kind, Kind::University | Kind::ResearchOrganisation | Kind::Hospital))
        .map(cost)
        .sum();
    let with_research = research > 0 && rule.research_at_least.compare_share(research, total) != Ordering::Less;
    let ownership = Ownership::of(entities);
    let together = firms.iter().any(|a| firms.iter().any(|b| a != b && !ownership.linked(*a, *b)));
    let balanced = firms.iter().all(|at| rule.firm_at_most.compare_share(cost(at), total) != Ordering::Greater);
    let abroad = firms.iter().any(|a| entities[*a].country != entities[firms[0]].country);
    let day = Some(consortium.date);
    let with_sme =
        firms.iter().map(|at| is_sme_on(entities, &ownership, *at, day)).fold(Answer::from(abroad), Answer::or);
    Answer::from(with_research).or(Answer::from(together && balanced).and(with_sme))
}
