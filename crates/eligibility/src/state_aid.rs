//! Ceilings of aid to research and development: Article 25 of the General Block Exemption Regulation 651/2014.
//!
//! Base rates and the 80 % ceiling were read in a source; the additions for size and for wide dissemination were not, see
//! `verified` of [`ceiling`].

use std::cmp::Ordering;

use serde::Serialize;

use crate::amount::Percent;
use crate::consortium::{Consortium, Kind};
use crate::fact::{Answer, Fact, Field};
use crate::ownership::Ownership;
use crate::size::{SizeClass, is_sme};

/// Category of research that aid is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Research {
    /// Fundamental research.
    Fundamental,
    /// Industrial research.
    Industrial,
    /// Experimental development.
    ExperimentalDevelopment,
    /// Feasibility study.
    Feasibility,
}

/// A ceiling of aid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ceiling {
    /// The most aid, as a part of eligible costs.
    pub percent: Percent,
    /// Whether every part of it was read in a source.
    pub verified: bool,
}

/// The most aid to an enterprise of this size; `collaboration` as [`collaborates`] says, or wide dissemination or licensing.
pub fn ceiling(research: Research, size: SizeClass, collaboration: bool) -> Ceiling {
    let base: u16 = match research {
        Research::Fundamental => 100,
        Research::Industrial | Research::Feasibility => 50,
        Research::ExperimentalDevelopment => 25,
    };
    let by_size = match size {
        SizeClass::Micro | SizeClass::Small => 20,
        SizeClass::Medium => 10,
        SizeClass::Large => 0,
    };
    let together = if collaboration { 15 } else { 0 };
    let (percent, verified) = match research {
        Research::Fundamental => (base, true),
        Research::Feasibility => (base + by_size, by_size == 0),
        Research::Industrial | Research::ExperimentalDevelopment => ((base + by_size + together).min(80), by_size == 0),
    };
    Ceiling { percent: Percent::whole(percent), verified }
}

/// Whether a consortium counts as effective collaboration: either firms work together, one of them an SME or from another
/// country, and no firm bears more than 70 % of the costs; or research organisations bear at least 10 % beside a firm.
/// That they keep the right to publish is not asked here.
pub fn collaborates(consortium: &Consortium) -> Answer {
    let bearing: Vec<usize> =
        (0..consortium.entities.len()).filter(|at| consortium.entities[*at].role().bears_costs()).collect();
    let entities = &consortium.entities;
    let is_firm = |at: &&usize| entities[**at].kind.is_company();
    let firms: Vec<usize> = bearing.iter().filter(is_firm).copied().collect();
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
    let with_research = research > 0 && Percent::whole(10).compare_share(research, total) != Ordering::Less;
    let ownership = Ownership::of(entities);
    let together = firms.iter().any(|a| firms.iter().any(|b| a != b && !ownership.linked(*a, *b)));
    let balanced = firms.iter().all(|at| Percent::whole(70).compare_share(cost(at), total) != Ordering::Greater);
    let abroad = firms.iter().any(|a| entities[*a].country != entities[firms[0]].country);
    let with_sme = firms.iter().map(|at| is_sme(entities, &ownership, *at)).fold(Answer::from(abroad), Answer::or);
    Answer::from(with_research).or(Answer::from(together && balanced).and(with_sme))
}
