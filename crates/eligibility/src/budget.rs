//! From a budget to the grant: direct costs, flat indirect costs, rate and ceilings, each a term that a page can show.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::amount::Percent;
use crate::check::stage_of;
use crate::consortium::Consortium;
use crate::fact::{Answer, Fact, Field};
use crate::library::{IndirectCosts, Instrument, Library, Source};
use crate::lines::{self, LineError};
use crate::rules::{Scene, Scope, Words, grant_rate};
use crate::text::Text;

/// What a cost is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CostCategory {
    /// Personnel.
    Personnel,
    /// Travel and subsistence.
    Travel,
    /// Equipment.
    Equipment,
    /// Other goods, works and services.
    OtherGoods,
    /// Subcontracting: a direct cost that bears no indirect ones.
    Subcontracting,
    /// Indirect costs as they are planned, where the instrument knows no flat rate.
    Indirect,
}

/// An amount in the budget of a partner, such as one cell of a work package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetLine {
    /// Id of the entity.
    pub entity: String,
    /// What it is for.
    pub category: CostCategory,
    /// How much.
    pub cents: i64,
}

/// The grants that follow from a budget.
#[derive(Clone, Debug, Serialize)]
pub struct Budget {
    /// One for each partner that bears costs, in the order of the consortium.
    pub grants: Vec<Grant>,
    /// Eligible costs of all.
    pub cost_cents: i64,
    /// Grants of all whose grant is known.
    pub grant_cents: i64,
    /// Whether the grant of everybody is known.
    pub complete: bool,
    /// The most that the instrument grants a project, where a rule of that day says so.
    pub at_most_cents: Option<i64>,
    /// How much the grants are above that.
    pub excess_cents: i64,
}

/// The grant of one partner, step by step.
#[derive(Clone, Debug, Serialize)]
pub struct Grant {
    /// Id of the entity.
    pub entity: String,
    /// Direct costs, subcontracting included, and indirect ones.
    pub cost_cents: i64,
    /// Its subcontracting.
    pub subcontracting_cents: i64,
    /// Its indirect costs.
    pub indirect_cents: i64,
    /// Its rate, where it is known.
    pub percent: Option<Percent>,
    /// Whether the rate is a ceiling that calls may go below.
    pub ceiling: bool,
    /// Its grant, rounded down; absent where its rate is not known.
    pub grant_cents: Option<i64>,
    /// How it comes about, in order.
    pub terms: Vec<GrantTerm>,
    /// What is missing for the rate.
    pub missing: Vec<Fact>,
}

/// A step from costs to the grant.
#[derive(Clone, Debug, Serialize)]
pub struct GrantTerm {
    /// Which step.
    pub step: GrantStep,
    /// The amount after it: a cost, or the grant so far.
    pub cents: i64,
    /// The percentage that it applies.
    pub percent: Option<Percent>,
    /// What it is.
    pub text: Text,
    /// Where the percentage or the bound was read.
    pub source: Option<Source>,
    /// Whether the source was seen to say so; true where nothing was read.
    pub verified: bool,
}

/// Which step a term is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantStep {
    /// Direct costs that bear indirect ones.
    Direct,
    /// Subcontracting.
    Subcontracting,
    /// Indirect costs.
    Indirect,
    /// Eligible costs in all.
    Eligible,
    /// Costs times rate.
    Rate,
    /// The most for one participant.
    Bound,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    direct: i128,
    subcontracting: i128,
    indirect: i128,
}

/// The grants that follow from a budget: direct costs, plus the flat rate of the instrument for indirect ones (what is planned
/// as indirect counts only where there is no flat rate), times the rate of each partner on the day of the consortium.
/// The costs that the entities state themselves play no part.
pub fn grants(
    library: &Library,
    instrument: &Instrument,
    consortium: &Consortium,
    budget: &[BudgetLine],
) -> Result<Budget, LineError> {
    consortium.validate()?;
    let stage = stage_of(instrument, consortium)?;
    let sums = sums(consortium, budget)?;
    let words = Words { sets: library.sets(), groups: library.groups(instrument) };
    let scene = Scene::of(consortium, instrument, words);
    let flat = instrument.indirect_costs.first();
    let grants: Vec<Grant> = scene
        .in_scope(Scope::CostBearers)
        .into_iter()
        .filter_map(|at| grant(&scene, at, sums.get(&at).copied().unwrap_or_default(), flat))
        .collect();
    let total = |of: &dyn Fn(&Grant) -> i64| grants.iter().map(of).fold(0_i64, i64::saturating_add);
    let (cost_cents, grant_cents) = (total(&|grant| grant.cost_cents), total(&|grant| grant.grant_cents.unwrap_or(0)));
    let at_most_cents = instrument
        .rules_at(stage.map(|stage| stage.id.as_str()), consortium.date)
        .filter_map(|rule| rule.require.requested_at_most())
        .min();
    Ok(Budget {
        cost_cents,
        grant_cents,
        complete: grants.iter().all(|grant| grant.grant_cents.is_some()),
        at_most_cents,
        excess_cents: at_most_cents.map_or(0, |most| grant_cents.saturating_sub(most).max(0)),
        grants,
    })
}

fn sums(consortium: &Consortium, budget: &[BudgetLine]) -> Result<BTreeMap<usize, Sums>, LineError> {
    let mut sums: BTreeMap<usize, Sums> = BTreeMap::new();
    for (line, of) in budget.iter().enumerate() {
        let at = lines::place(consortium, line, &of.entity)?;
        let cents = lines::amount(line, "cents", of.cents)?;
        let sum = sums.entry(at).or_default();
        let part = match of.category {
            CostCategory::Subcontracting => &mut sum.subcontracting,
            CostCategory::Indirect => &mut sum.indirect,
            _ => &mut sum.direct,
        };
        *part += cents;
    }
    Ok(sums)
}

fn grant(scene: &Scene<'_>, at: usize, sums: Sums, flat: Option<&IndirectCosts>) -> Option<Grant> {
    let entity = scene.entities().get(at)?;
    let cents = |amount: i128| i64::try_from(amount).unwrap_or(i64::MAX);
    let plain = |step, amount: i128, text: Text| GrantTerm {
        step,
        cents: cents(amount),
        percent: None,
        text,
        source: None,
        verified: true,
    };
    let mut terms = vec![
        plain(GrantStep::Direct, sums.direct, Text::new("direct costs", "coûts directs")),
        plain(GrantStep::Subcontracting, sums.subcontracting, Text::new("subcontracting", "sous-traitance")),
    ];
    let indirect = flat.map_or(sums.indirect, |flat| flat.flat_percent.of(sums.direct));
    terms.push(match flat {
        Some(flat) => GrantTerm {
            percent: Some(flat.flat_percent),
            source: Some(Source { reference: flat.source.clone(), date: flat.source_date }),
            verified: flat.verified,
            ..plain(
                GrantStep::Indirect,
                indirect,
                Text::new(
                    format!("indirect costs, flat rate on {}", flat.base.en),
                    format!("coûts indirects, forfait sur les {}", flat.base.fr),
                ),
            )
        },
        None => plain(GrantStep::Indirect, indirect, Text::new("indirect costs as planned", "coûts indirects prévus")),
    });
    let cost = sums.direct + sums.subcontracting + indirect;
    terms.push(plain(GrantStep::Eligible, cost, Text::new("eligible costs", "coûts éligibles")));
    let rate = grant_rate(scene, at);
    let mut grant_cents = None;
    let mut missing = Vec::new();
    if let Some(rate) = rate {
        let source = Some(Source { reference: rate.source.clone(), date: rate.source_date });
        let granted = rate.percent.of(cost);
        terms.push(GrantTerm {
            percent: Some(rate.percent),
            source: source.clone(),
            verified: rate.verified,
            ..plain(
                GrantStep::Rate,
                granted,
                Text::new("costs times funding rate", "coûts multipliés par le taux d'aide"),
            )
        });
        let bounded = i128::from(rate.grant_of(cents(cost)));
        if bounded < granted {
            terms.push(GrantTerm {
                source,
                verified: rate.verified,
                ..plain(
                    GrantStep::Bound,
                    bounded,
                    Text::new("the most for one participant", "le maximum pour un participant"),
                )
            });
        }
        grant_cents = Some(cents(bounded));
    } else if let Some(Answer::Unknown(facts)) = scene.instrument.rates.iter().find_map(|rate| {
        Some(scene.belongs(rate.who.as_deref(), at, Scope::CostBearers))
            .filter(|answer| matches!(answer, Answer::Unknown(_)))
    }) {
        missing = facts;
    } else {
        missing.push(Fact::of(entity, Field::FundingRate));
    }
    for term in &mut terms {
        term.text = std::mem::take(&mut term.text).typeset();
    }
    Some(Grant {
        entity: entity.id.clone(),
        cost_cents: cents(cost),
        subcontracting_cents: cents(sums.subcontracting),
        indirect_cents: cents(indirect),
        percent: rate.map(|rate| rate.percent),
        ceiling: rate.is_some_and(|rate| rate.ceiling),
        grant_cents,
        terms,
        missing,
    })
}
