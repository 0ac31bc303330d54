//! Size of an enterprise by Recommendation 2003/361: raw figures and owners in, class out.

use serde::Serialize;

use crate::amount::Percent;
use crate::consortium::{Entity, Kind, SmeClaim};
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

/// Staff, turnover and balance below which each class lies.
const LIMITS: [(SizeClass, i128, i128, i128); 3] = [
    (SizeClass::Micro, 10, 200_000_000, 200_000_000),
    (SizeClass::Small, 50, 1_000_000_000, 1_000_000_000),
    (SizeClass::Medium, 250, 5_000_000_000, 4_300_000_000),
];

/// Figures are kept in hundred-millionths, so that a partner's part is added without rounding.
const SCALE: i128 = 100_000_000;

/// A sum of which some terms may be missing: at least this much, and exactly this much when nothing is missing.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    at_least: i128,
    incomplete: bool,
}

impl Sum {
    fn add(&mut self, value: Option<i128>, percent: Percent) {
        match value {
            Some(value) => self.at_least += value * i128::from(percent.millionths()),
            None => self.incomplete = true,
        }
    }

    /// Whether the sum is under the limit (or at it, where the limit itself is allowed).
    fn within(self, limit: i128, at_limit: bool) -> Option<bool> {
        let limit = limit * SCALE;
        if self.at_least > limit || (self.at_least == limit && !at_limit) {
            Some(false)
        } else if self.incomplete {
            None
        } else {
            Some(true)
        }
    }
}

/// The class of the entity at that place from its figures, those of its linked enterprises (all of them) and of its
/// partners (their part); `None` where the figures do not decide it.
pub fn computed_class(entities: &[Entity], ownership: &Ownership, at: usize) -> Option<SizeClass> {
    let entity = entities.get(at)?;
    let (mut staff, mut turnover, mut balance) = (Sum::default(), Sum::default(), Sum::default());
    let mut add_group = |of: usize, percent: Percent| {
        for member in ownership.members_of_group(of) {
            let figures = entities.get(member);
            staff.add(figures.and_then(|member| member.headcount).map(i128::from), percent);
            turnover.add(figures.and_then(|member| member.turnover_cents).map(i128::from), percent);
            balance.add(figures.and_then(|member| member.balance_cents).map(i128::from), percent);
        }
    };
    add_group(at, Percent::HUNDRED);
    for (partner, percent) in ownership.partners_of(at) {
        // Universities and research organisations may hold up to half without the enterprise losing its autonomy.
        let exempt = entities.get(partner).is_some_and(|owner| {
            matches!(owner.kind, Kind::University | Kind::ResearchOrganisation)
                && entity.owned_by.iter().flatten().any(|holding| holding.owner == owner.id)
        });
        if !exempt {
            add_group(partner, percent);
        }
    }
    for (class, most_staff, most_turnover, most_balance) in LIMITS {
        let by_staff = staff.within(most_staff, false);
        let by_money = match (turnover.within(most_turnover, true), balance.within(most_balance, true)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        };
        match (by_staff, by_money) {
            (Some(true), Some(true)) => return Some(class),
            (Some(false), _) | (_, Some(false)) => {}
            _ => return None,
        }
    }
    Some(SizeClass::Large)
}

/// Whether the entity at that place is an SME: what is stated first, then the figures, then (unless the question was
/// expressly left open) its kind.
pub fn is_sme(entities: &[Entity], ownership: &Ownership, at: usize) -> Answer {
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
    if let Some(class) = computed_class(entities, ownership, at) {
        return Answer::from(class != SizeClass::Large);
    }
    match entity.kind {
        Kind::MidCap | Kind::LargeCompany => Answer::No,
        Kind::Sme if entity.sme == SmeClaim::FromKind && no_figures(entity) => Answer::Yes,
        _ => Answer::unknown(Fact::of(entity, missing_figure(entity))),
    }
}

fn no_figures(entity: &Entity) -> bool {
    entity.headcount.is_none() && entity.turnover_cents.is_none() && entity.balance_cents.is_none()
}

fn missing_figure(entity: &Entity) -> Field {
    if no_figures(entity) {
        Field::Sme
    } else if entity.headcount.is_none() {
        Field::Headcount
    } else if entity.turnover_cents.is_none() && entity.balance_cents.is_none() {
        Field::Turnover
    } else {
        Field::OwnersFigures
    }
}
