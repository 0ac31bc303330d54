//! The size of an enterprise with the whole computation, for a page to show.

use serde::Serialize;

use super::SizeClass;
use super::sums::{How, Open, PUBLIC_CONTROL, SCALE, Sum, Year, Years, either, figures_in, public_holding};
use crate::amount::Percent;
use crate::consortium::Entity;
use crate::date::Date;
use crate::fact::{Fact, Field};
use crate::ownership::Ownership;

/// The size of an enterprise: the answer, how it was computed, and what is missing.
#[derive(Clone, Debug, Serialize)]
pub struct SizeStatus {
    /// Its class, with the rule of two years; absent where figures are missing.
    pub class: Option<SizeClass>,
    /// Whether it is an SME; absent where figures are missing. Public bodies that hold a quarter or more rule it out.
    pub sme: Option<bool>,
    /// No SME, but at most 499 staff.
    pub small_mid_cap: Option<bool>,
    /// French mid-cap (ETI): no SME, fewer than 5,000 staff, and turnover under €1.5 billion or balance under €2 billion.
    pub mid_cap: Option<bool>,
    /// Whether it stands alone.
    pub autonomy: Autonomy,
    /// What public bodies hold of it together.
    pub public_percent: Percent,
    /// The years computed, oldest first; one without a year where the figures carry none.
    pub years: Vec<SizeYear>,
    /// Whether the class differs from that of the latest year alone, because a change takes two years in a row.
    pub held_by_two_years: bool,
    /// What is missing, each once.
    pub missing: Vec<Fact>,
    /// Always false: parts of the method come from general knowledge, see the module.
    pub verified: bool,
}

/// Whether an enterprise stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Autonomy {
    /// No holding of 25 % or more in either direction, but for exempt investors.
    Autonomous,
    /// Holdings of 25 to 50 %.
    Partner,
    /// Under one control with another.
    Linked,
}

/// The computation of one year.
#[derive(Clone, Debug, Serialize)]
pub struct SizeYear {
    /// The year; absent where the figures carry none.
    pub year: Option<u16>,
    /// The class by this year alone; absent where figures are missing.
    pub class: Option<SizeClass>,
    /// Whose figures are counted, its own first.
    pub terms: Vec<SizeTerm>,
    /// Staff in all, in hundredths.
    pub staff_hundredths: SizeTotal,
    /// Turnover in all.
    pub turnover_cents: SizeTotal,
    /// Balance in all.
    pub balance_cents: SizeTotal,
}

/// One enterprise's figures in the sum, as stated and before its part is taken.
#[derive(Clone, Debug, Serialize)]
pub struct SizeTerm {
    /// Id of the entity; that of an owner outside.
    pub entity: String,
    /// Name to show.
    pub name: String,
    /// Why it is counted.
    pub relation: Relation,
    /// The part of its figures that counts.
    pub percent: Percent,
    /// Staff.
    pub headcount: Option<u32>,
    /// Turnover.
    pub turnover_cents: Option<i64>,
    /// Balance.
    pub balance_cents: Option<i64>,
}

/// Why the figures of an enterprise are counted, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The enterprise itself.
    Own,
    /// Under one control with it: counted whole.
    Linked,
    /// Partner: its part is counted.
    Partner,
    /// Under one control with a partner: the partner's part is counted.
    LinkedToPartner,
    /// Investor that may hold up to half: not counted.
    Exempt,
}

/// A total, rounded down, and whether every term was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SizeTotal {
    /// At least this much.
    pub at_least: i64,
    /// Exactly this much: no term is missing.
    pub complete: bool,
}

impl SizeTotal {
    fn of(sum: Sum, times: i128) -> Self {
        let at_least = i64::try_from((sum.at_least * times).div_euclid(SCALE)).unwrap_or(i64::MAX);
        Self { at_least, complete: !sum.incomplete }
    }
}

/// The size of the entity at that place on that day (years after it are left aside), with every term; `None` where there is no
/// such entity. What is *stated* about its SME status plays no part here: this is what the figures say.
pub fn size_status(entities: &[Entity], at: usize, day: Option<Date>) -> Option<SizeStatus> {
    entities.get(at)?;
    let ownership = Ownership::of(entities);
    let computed = Years::of(entities, &ownership, at, day);
    let latest = computed.years.last()?;
    let (class, gap) = match computed.class() {
        Ok(class) => (Some(class), false),
        Err(open) => (None, open == Open::Gap),
    };
    let public = public_holding(entities, at);
    let sme = if public >= PUBLIC_CONTROL { Some(false) } else { class.map(|class| class != SizeClass::Large) };
    let beyond_sme = sme.map(|sme| !sme);
    let both = |a: Option<bool>, b: Option<bool>| either(a.map(|a| !a), b.map(|b| !b)).map(|either| !either);
    let mid_cap_money =
        either(latest.turnover.within(150_000_000_000, false), latest.balance.within(200_000_000_000, false));
    let related = |how: How| computed.sources.iter().any(|source| source.how == how);
    let autonomy = if related(How::Linked) {
        Autonomy::Linked
    } else if related(How::Partner) {
        Autonomy::Partner
    } else {
        Autonomy::Autonomous
    };
    let years: Vec<SizeYear> =
        computed.years.iter().map(|year| shown(entities, &ownership, &computed, year, day)).collect();
    let mut missing = if class.is_none() { missing(entities, &years) } else { Vec::new() };
    if gap {
        missing.extend(entities.get(at).map(|entity| Fact::of(entity, Field::EarlierFigures)));
    }
    missing.sort();
    missing.dedup();
    Some(SizeStatus {
        class,
        sme,
        small_mid_cap: both(beyond_sme, latest.staff.within(500, false)),
        mid_cap: both(both(beyond_sme, latest.staff.within(5_000, false)), mid_cap_money),
        autonomy,
        public_percent: Percent::from_millionths(public),
        held_by_two_years: class.is_some() && latest.class() != class,
        years,
        missing,
        verified: false,
    })
}

/// One year with its terms.
fn shown(entities: &[Entity], ownership: &Ownership, computed: &Years, year: &Year, day: Option<Date>) -> SizeYear {
    let terms = computed.sources.iter().map(|source| {
        let figures = figures_in(entities, source.place, year.year, day);
        let entity = entities.get(source.place);
        let id = ownership.id_of(source.place).unwrap_or_default().to_owned();
        SizeTerm {
            name: entity.map_or_else(|| id.clone(), |entity| entity.shown().to_owned()),
            entity: id,
            relation: match source.how {
                How::Own => Relation::Own,
                How::Linked => Relation::Linked,
                How::Partner => Relation::Partner,
                How::LinkedToPartner => Relation::LinkedToPartner,
                How::Exempt => Relation::Exempt,
            },
            percent: source.percent,
            headcount: figures.headcount,
            turnover_cents: figures.turnover_cents,
            balance_cents: figures.balance_cents,
        }
    });
    SizeYear {
        year: year.year,
        class: year.class(),
        terms: terms.collect(),
        staff_hundredths: SizeTotal::of(year.staff, 100),
        turnover_cents: SizeTotal::of(year.turnover, 1),
        balance_cents: SizeTotal::of(year.balance, 1),
    }
}

/// The figures that the undecided years lack, of whom.
fn missing(entities: &[Entity], years: &[SizeYear]) -> Vec<Fact> {
    let mut facts = Vec::new();
    for term in years.iter().filter(|year| year.class.is_none()).flat_map(|year| &year.terms) {
        if term.relation == Relation::Exempt {
            continue;
        }
        let Some(entity) = entities.iter().find(|entity| entity.id == term.entity) else {
            facts.push(Fact::outside(&term.entity, Field::OwnersFigures));
            continue;
        };
        if term.headcount.is_none() {
            facts.push(Fact::of(entity, Field::Headcount));
        }
        if term.turnover_cents.is_none() || term.balance_cents.is_none() {
            facts.push(Fact::of(entity, Field::Turnover));
        }
    }
    facts
}
