//! Size of an enterprise by Recommendation 2003/361: raw figures and owners in, class out, with every term of the sum.
//!
//! Read in a source: the ceilings of the classes, and that holdings from 25 % make partners and above 50 % link. From general
//! knowledge alone: how the figures of others are added, the two years that a change of status takes, who may hold up to half
//! without ending autonomy, and the French mid-cap (ETI). [`SizeStatus`] therefore says `verified: false`.

mod status;
mod sums;

use serde::Serialize;

pub use status::{Autonomy, Relation, SizeStatus, SizeTerm, SizeTotal, SizeYear, size_status};

use crate::consortium::{Entity, Kind, SmeClaim};
use crate::date::Date;
use crate::fact::{Answer, Fact, Field};
use crate::ownership::Ownership;

/// Class of an enterprise by size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SizeClass {
    /// Fewer than 10 staff, and turnover or balance of at most 2 M€.
    Micro,
    /// Fewer than 50 staff, and turnover or balance of at most 10 M€.
    Small,
    /// Fewer than 250 staff, and turnover of at most 50 M€ or balance of at most 43 M€.
    Medium,
    /// No SME.
    Large,
}

/// The class of the entity at that place from its figures, those of its linked enterprises (all of them) and of its
/// partners (their part), with the two years that a change takes; `None` where the figures do not decide it.
pub fn computed_class(entities: &[Entity], ownership: &Ownership, at: usize) -> Option<SizeClass> {
    sums::Years::of(entities, ownership, at, None).class().ok()
}

/// Whether the entity at that place is an SME on that day: what is stated first, then the figures, then (unless the question
/// was expressly left open) its kind.
pub(crate) fn is_sme_on(entities: &[Entity], ownership: &Ownership, at: usize, day: Option<Date>) -> Answer {
    let Some(entity) = entities.get(at) else {
        return Answer::No;
    };
    match entity.sme {
        SmeClaim::Yes => return Answer::Yes,
        SmeClaim::No => return Answer::No,
        SmeClaim::FromKind | SmeClaim::FromFigures => {}
    }
    if !(entity.kind.is_company() || entity.kind == Kind::Other) {
        return Answer::No;
    }
    if sums::public_holding(entities, at) >= sums::PUBLIC_CONTROL {
        return Answer::No;
    }
    if let Ok(class) = sums::Years::of(entities, ownership, at, day).class() {
        return Answer::from(class != SizeClass::Large);
    }
    match entity.kind {
        Kind::MidCap | Kind::LargeCompany => Answer::No,
        Kind::Sme if entity.sme == SmeClaim::FromKind && !entity.has_figures() => Answer::Yes,
        _ => Answer::unknown(Fact::of(entity, missing_figure(entity))),
    }
}

/// Whether the entity at that place is an SME: what is stated first, then the figures, then (unless the question was
/// expressly left open) its kind.
pub fn is_sme(entities: &[Entity], ownership: &Ownership, at: usize) -> Answer {
    is_sme_on(entities, ownership, at, None)
}

/// Which figure to ask for first.
fn missing_figure(entity: &Entity) -> Field {
    let latest = entity.latest_figures(None);
    if !entity.has_figures() {
        Field::Sme
    } else if latest.headcount.is_none() {
        Field::Headcount
    } else if latest.turnover_cents.is_none() && latest.balance_cents.is_none() {
        Field::Turnover
    } else {
        Field::OwnersFigures
    }
}
