//! The figures of an enterprise with those of its linked and partner enterprises, year by year, exactly.

use std::cmp::Ordering;

use super::SizeClass;
use crate::amount::Percent;
use crate::consortium::{Entity, Figures, Kind};
use crate::date::Date;
use crate::ownership::Ownership;

/// Staff, turnover and balance below which each class lies.
const LIMITS: [(SizeClass, i128, i128, i128); 3] = [
    (SizeClass::Micro, 10, 200_000_000, 200_000_000),
    (SizeClass::Small, 50, 1_000_000_000, 1_000_000_000),
    (SizeClass::Medium, 250, 5_000_000_000, 4_300_000_000),
];

/// From this share of public bodies on, in one or several hands, an enterprise is no SME.
pub(super) const PUBLIC_CONTROL: i64 = Percent::whole(25).millionths();

/// Figures are kept in hundred-millionths, so that a partner's part is added without rounding.
pub(super) const SCALE: i128 = 100_000_000;

/// A sum of which some terms may be missing: at least this much, and exactly this much when nothing is missing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    pub(super) at_least: i128,
    pub(super) incomplete: bool,
}

impl Sum {
    fn add(&mut self, value: Option<i128>, percent: Percent) {
        match value {
            Some(value) => self.at_least += value * i128::from(percent.millionths()),
            None => self.incomplete = true,
        }
    }

    /// Whether the sum is under the limit (or at it, where the limit itself is allowed).
    pub(super) fn within(self, limit: i128, at_limit: bool) -> Option<bool> {
        match self.at_least.cmp(&(limit * SCALE)) {
            Ordering::Greater => Some(false),
            Ordering::Equal if !at_limit => Some(false),
            _ if self.incomplete => None,
            _ => Some(true),
        }
    }
}

/// Where a term of the sum comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// The entity, or from the count of entities on an owner outside.
    pub(super) place: usize,
    pub(super) percent: Percent,
    pub(super) how: How,
}

/// Why an enterprise's figures are counted, or are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Own,
    Linked,
    Partner,
    /// Linked to a partner: counted with the partner's part.
    LinkedToPartner,
    /// An investor that may hold up to half without being counted.
    Exempt,
}

/// Whose figures are added for the entity at that place.
pub(super) fn sources(entities: &[Entity], ownership: &Ownership, at: usize) -> Vec<Source> {
    let mut found: Vec<Source> = ownership
        .members_of_group(at)
        .into_iter()
        .map(|place| Source { place, percent: Percent::HUNDRED, how: if place == at { How::Own } else { How::Linked } })
        .collect();
    found.sort_by_key(|source| source.how != How::Own);
    for (partner, percent) in ownership.partners_of(at) {
        if is_exempt(entities, ownership, at, partner) {
            found.push(Source { place: partner, percent, how: How::Exempt });
            continue;
        }
        for place in ownership.members_of_group(partner) {
            let how = if place == partner { How::Partner } else { How::LinkedToPartner };
            found.push(Source { place, percent, how });
        }
    }
    found
}

/// Whether a partner is an investor that may hold up to half: stated with the holding, or a university or a research
/// organisation that pursues no profit. Only owners can be; what an enterprise owns itself is always counted.
fn is_exempt(entities: &[Entity], ownership: &Ownership, at: usize, partner: usize) -> bool {
    let group = ownership.members_of_group(at);
    let held = group.iter().filter_map(|place| entities.get(*place)).flat_map(|held| held.owned_by.iter().flatten());
    let mut of_partner = held.filter(|holding| ownership.place(&holding.owner) == Some(partner)).peekable();
    if of_partner.peek().is_none() {
        return false;
    }
    let by_kind = entities.get(partner).is_some_and(|owner| match owner.kind {
        Kind::University => true,
        Kind::ResearchOrganisation => owner.for_profit() != Some(true),
        _ => false,
    });
    by_kind || of_partner.all(|holding| holding.investor.is_some())
}

/// What public bodies that are not exempt hold of it together, in millionths of a percent.
pub(super) fn public_holding(entities: &[Entity], at: usize) -> i64 {
    let holdings = entities.get(at).into_iter().flat_map(|entity| entity.owned_by.iter().flatten());
    holdings
        .filter(|holding| holding.investor.is_none())
        .filter(|holding| {
            let owner = entities.iter().find(|entity| entity.id == holding.owner);
            owner.is_some_and(|owner| owner.kind == Kind::PublicAuthority)
        })
        .map(|holding| holding.percent.millionths())
        .sum()
}

/// The sums of one year; `None` where the figures carry no year.
#[derive(Clone, Debug)]
pub(super) struct Year {
    pub(super) year: Option<u16>,
    pub(super) staff: Sum,
    pub(super) turnover: Sum,
    pub(super) balance: Sum,
}

impl Year {
    /// The class by the figures of this year alone.
    pub(super) fn class(&self) -> Option<SizeClass> {
        for (class, staff, turnover, balance) in LIMITS {
            let by_staff = self.staff.within(staff, false);
            let by_money = either(self.turnover.within(turnover, true), self.balance.within(balance, true));
            match (by_staff, by_money) {
                (Some(true), Some(true)) => return Some(class),
                (Some(false), _) | (_, Some(false)) => {}
                _ => return None,
            }
        }
        Some(SizeClass::Large)
    }
}

/// One of two is enough.
pub(super) fn either(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// Why figures do not decide the class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// Figures of a year are missing.
    Figures,
    /// Nothing is known of a year between two that differ.
    Gap,
}

/// All years of which the entity states figures, oldest first.
pub(super) struct Years {
    pub(super) sources: Vec<Source>,
    pub(super) years: Vec<Year>,
}

impl Years {
    pub(super) fn of(entities: &[Entity], ownership: &Ownership, at: usize, day: Option<Date>) -> Self {
        let sources = sources(entities, ownership, at);
        let mut stated: Vec<Option<u16>> = entities.get(at).map(|entity| entity.years(day)).unwrap_or_default();
        if stated.is_empty() {
            stated.push(None);
        }
        let years = stated
            .into_iter()
            .map(|year| {
                let (mut staff, mut turnover, mut balance) = (Sum::default(), Sum::default(), Sum::default());
                for source in sources.iter().filter(|source| source.how != How::Exempt) {
                    let figures = figures_in(entities, source.place, year, day);
                    staff.add(figures.headcount.map(i128::from), source.percent);
                    turnover.add(figures.turnover_cents.map(i128::from), source.percent);
                    balance.add(figures.balance_cents.map(i128::from), source.percent);
                }
                Year { year, staff, turnover, balance }
            })
            .collect();
        Self { sources, years }
    }

    /// The class with the rule of two years: the first year gives it, and it changes only after two years in a row in which
    /// the figures say otherwise, to what both of them say at least.
    pub(super) fn class(&self) -> Result<SizeClass, Open> {
        let mut classes = Vec::with_capacity(self.years.len());
        for year in &self.years {
            classes.push((year.year, year.class().ok_or(Open::Figures)?));
        }
        let Some((_, mut status)) = classes.first().copied() else { return Err(Open::Figures) };
        for pair in classes.windows(2) {
            let [(before, first), (now, second)] = pair else { continue };
            let in_a_row = matches!((before, now), (Some(before), Some(now)) if before.checked_add(1) == Some(*now));
            if !in_a_row && *second != status {
                return Err(Open::Gap);
            }
            if in_a_row && *first > status && *second > status {
                status = *first.min(second);
            } else if in_a_row && *first < status && *second < status {
                status = *first.max(second);
            }
        }
        Ok(status)
    }
}

/// The figures of an entity in a year; those that carry no year stand for every year, and nothing is known of owners outside.
pub(super) fn figures_in(entities: &[Entity], place: usize, year: Option<u16>, day: Option<Date>) -> Figures {
    entities.get(place).map_or_else(Figures::default, |entity| match year {
        Some(year) => entity.figures_of(year),
        None => entity.latest_figures(day),
    })
}
