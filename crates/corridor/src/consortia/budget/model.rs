//! Costs of a draft by partner, work package and category, and what follows from them. Pure: no SQL, no clock.

use std::collections::BTreeMap;

use eligibility::{AidCategory, Percent};

use crate::consortia::model::{Content, Member, ProposalFacts, worded};

/// The most work packages a draft may have.
pub const MOST_PACKAGES: usize = 50;

/// The most person-months of a partner in a work package, in hundredths.
pub const MOST_MONTHS: i64 = 10_000_000;

/// The most that a person-month may cost, in cents.
pub const MOST_RATE: i64 = 10_000_000;

worded! {
    /// What money is spent on.
    Category {
        /// People employed.
        #[default]
        Personnel = "personnel",
        /// Tasks given to others.
        Subcontracting = "subcontracting",
        /// Travel and subsistence.
        Travel = "travel",
        /// Equipment, as far as the project uses it up.
        Equipment = "equipment",
        /// Other goods and services.
        Goods = "goods",
        /// Financial support to third parties.
        ThirdParties = "third_parties",
        /// Goods and services that the partner invoices itself.
        Internal = "internal",
        /// Indirect costs as calculated by the partner, where the instrument has no flat rate.
        Overheads = "overheads",
    }
}

impl Category {
    /// Whether a flat rate of indirect costs is paid on it.
    ///
    /// Not on what others do, nor on what is priced with its own overheads.
    pub fn carries_indirect(self) -> bool {
        matches!(self, Category::Personnel | Category::Travel | Category::Equipment | Category::Goods)
    }

    /// The categories that a draft uses: overheads only where they are not a flat rate.
    pub fn used(flat: Option<Percent>) -> impl Iterator<Item = Category> {
        Category::ALL.iter().copied().filter(move |category| flat.is_none() || *category != Category::Overheads)
    }
}

worded! {
    /// The category of research under which aid to a work package falls.
    Research {
        /// Fundamental research.
        #[default]
        Fundamental = "fundamental",
        /// Industrial research.
        Industrial = "industrial",
        /// Experimental development.
        Experimental = "experimental",
        /// Feasibility study.
        Feasibility = "feasibility",
    }
}

impl From<Research> for AidCategory {
    fn from(research: Research) -> Self {
        match research {
            Research::Fundamental => AidCategory::FundamentalResearch,
            Research::Industrial => AidCategory::IndustrialResearch,
            Research::Experimental => AidCategory::ExperimentalDevelopment,
            Research::Feasibility => AidCategory::FeasibilityStudy,
        }
    }
}

/// A work package.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct WorkPackage {
    /// Its title.
    pub name: String,
    /// The category of research, where the money is state aid.
    pub research: Option<Research>,
}

impl WorkPackage {
    /// Its title and its category of research as one text, for comparing.
    pub(in crate::consortia) fn told(&self) -> String {
        match self.research {
            Some(research) => format!("{} ({})", self.name, research.key()),
            None => self.name.clone(),
        }
    }
}

/// What one partner spends in one work package.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Line {
    /// Person-months, in hundredths.
    pub months: Option<i64>,
    /// Cents by category.
    pub amounts: BTreeMap<Category, i64>,
}

/// What one partner spends. Personnel is person-months times the monthly rate where there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Lines {
    /// What a person-month costs, in cents.
    pub monthly_rate_cents: Option<i64>,
    /// Other public aid for the same costs, in cents.
    pub other_aid_cents: Option<i64>,
    /// By the number of the work package.
    pub packages: BTreeMap<u16, Line>,
}

impl Lines {
    /// Whether nothing is said that costs could follow from.
    pub fn is_empty(&self) -> bool {
        self.packages.is_empty()
    }

    /// One amount; none where nobody has said.
    pub fn amount(&self, package: u16, category: Category) -> Option<i64> {
        self.packages.get(&package)?.amounts.get(&category).copied()
    }

    /// Takes in the lines of another record of the same organisation: amounts are added, what is open is filled.
    pub fn take_in(&mut self, other: Lines) {
        self.monthly_rate_cents = self.monthly_rate_cents.or(other.monthly_rate_cents);
        self.other_aid_cents = match (self.other_aid_cents, other.other_aid_cents) {
            (Some(own), Some(more)) => Some(own.saturating_add(more)),
            (own, more) => own.or(more),
        };
        for (package, line) in other.packages {
            let own = self.packages.entry(package).or_default();
            own.months = match (own.months, line.months) {
                (Some(own), Some(more)) => Some(own.saturating_add(more)),
                (own, more) => own.or(more),
            };
            for (category, cents) in line.amounts {
                let sum = own.amounts.entry(category).or_insert(0);
                *sum = sum.saturating_add(cents);
            }
        }
    }

    /// Drops what belongs to no work package, and computes personnel.
    fn settle(&mut self, packages: &BTreeMap<u16, WorkPackage>, flat: Option<Percent>) {
        let rate = self.monthly_rate_cents;
        for line in self.packages.values_mut() {
            if let (Some(rate), Some(months)) = (rate, line.months) {
                line.amounts.insert(Category::Personnel, personnel(rate, months));
            }
            if flat.is_some() {
                line.amounts.remove(&Category::Overheads);
            }
        }
        self.packages.retain(|number, line| {
            packages.contains_key(number) && (line.months.is_some() || !line.amounts.is_empty())
        });
    }

    /// What all work packages cost.
    pub fn totals(&self, flat: Option<Percent>) -> Totals {
        Totals::of(self.packages.values(), flat)
    }

    /// What the work packages of each category of research cost; together exactly what all work packages cost, those without a
    /// category left out.
    pub fn by_research(&self, packages: &BTreeMap<u16, WorkPackage>, flat: Option<Percent>) -> BTreeMap<Research, i64> {
        let of = |wanted: Option<Research>| {
            let lines = self
                .packages
                .iter()
                .filter(move |(number, _)| packages.get(number).and_then(|package| package.research) == wanted);
            Totals::of(lines.map(|(_, line)| line), None)
        };
        // Indirect costs are rounded once, on all of it: each category gets what is added when it joins.
        let base = |totals: &Totals| {
            let carrying = totals.by_category.iter().filter(|(category, _)| category.carries_indirect());
            carrying.fold(0_i64, |sum, (_, cents)| sum.saturating_add(*cents))
        };
        let mut carrying = base(&of(None));
        let mut found = BTreeMap::new();
        for research in Research::ALL.iter().copied() {
            let own = of(Some(research));
            let before = indirect(carrying, flat);
            carrying = carrying.saturating_add(base(&own));
            let cost = own.direct.saturating_add(indirect(carrying, flat).saturating_sub(before));
            if cost > 0 {
                found.insert(research, cost);
            }
        }
        found
    }
}

/// Person-months, in hundredths, times what one costs, rounded to the cent.
pub fn personnel(rate_cents: i64, months: i64) -> i64 {
    let cents = (i128::from(rate_cents) * i128::from(months) + 50).div_euclid(100);
    i64::try_from(cents).unwrap_or(i64::MAX)
}

fn indirect(base: i64, flat: Option<Percent>) -> i64 {
    flat.map_or(0, |percent| i64::try_from(percent.of(i128::from(base))).unwrap_or(i64::MAX))
}

/// Sums of costs, in cents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Person-months, in hundredths.
    pub months: i64,
    /// By category.
    pub by_category: BTreeMap<Category, i64>,
    /// All categories.
    pub direct: i64,
    /// The flat rate of indirect costs.
    pub indirect: i64,
    /// Direct and indirect.
    pub cost: i64,
}

impl Totals {
    /// The sums of lines; the flat rate is taken once, of all of them.
    pub fn of<'a>(lines: impl Iterator<Item = &'a Line>, flat: Option<Percent>) -> Self {
        let mut totals = Totals::default();
        for line in lines {
            totals.months = totals.months.saturating_add(line.months.unwrap_or(0));
            for (category, cents) in &line.amounts {
                let sum = totals.by_category.entry(*category).or_insert(0);
                *sum = sum.saturating_add(*cents);
            }
        }
        let carrying = totals.by_category.iter().filter(|(category, _)| category.carries_indirect());
        let base = carrying.fold(0_i64, |sum, (_, cents)| sum.saturating_add(*cents));
        totals.direct = totals.by_category.values().fold(0, |sum, cents| sum.saturating_add(*cents));
        totals.indirect = indirect(base, flat);
        totals.cost = totals.direct.saturating_add(totals.indirect);
        totals
    }

    /// Adds sums that stand for themselves.
    pub fn add(&mut self, other: &Totals) {
        self.months = self.months.saturating_add(other.months);
        for (category, cents) in &other.by_category {
            let sum = self.by_category.entry(*category).or_insert(0);
            *sum = sum.saturating_add(*cents);
        }
        self.direct = self.direct.saturating_add(other.direct);
        self.indirect = self.indirect.saturating_add(other.indirect);
        self.cost = self.cost.saturating_add(other.cost);
    }
}

/// Makes what follows from the budget follow: personnel from person-months, and costs and their subcontracted part from the
/// lines of each member that has any.
pub fn settle(content: &mut Content, flat: Option<Percent>) {
    let ProposalFacts { work_packages, .. } = &content.facts;
    for member in &mut content.members {
        member.budget.settle(work_packages, flat);
        if !member.budget.is_empty() {
            let totals = member.budget.totals(flat);
            member.cost_cents = Some(totals.cost);
            member.subcontracting_cents = Some(totals.by_category.get(&Category::Subcontracting).copied().unwrap_or(0));
        }
    }
}

/// A content whose work packages have numbers behind those that are taken, and its lines with them.
pub fn renumbered(content: &Content, taken: &BTreeMap<u16, WorkPackage>) -> Content {
    let behind = taken.keys().next_back().copied().unwrap_or(0);
    let mut content = content.clone();
    let packages = std::mem::take(&mut content.facts.work_packages);
    content.facts.work_packages =
        packages.into_iter().map(|(number, package)| (number.saturating_add(behind), package)).collect();
    for member in &mut content.members {
        let lines = std::mem::take(&mut member.budget.packages);
        member.budget.packages =
            lines.into_iter().map(|(number, line)| (number.saturating_add(behind), line)).collect();
    }
    content
}

/// What a partner is granted and bears itself, in cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Costs times rate.
    pub most: i64,
    /// What it asks for: all of it unless it asks for less.
    pub asked: i64,
    /// What is left to bear.
    pub own: i64,
    /// Whether more was typed than can be granted.
    pub too_much: bool,
}

/// The grant of a member of which costs times rate is known; what was asked for beyond that is not granted.
pub fn grant(member: &Member, most: i64) -> Grant {
    let typed = member.requested_cents.unwrap_or(most);
    let asked = typed.clamp(0, most.max(0));
    let cost = member.cost_cents.unwrap_or(0);
    Grant { most, asked, own: cost.saturating_sub(asked).max(0), too_much: typed > most }
}

/// An amount spread over categories of research as the costs are, to the cent; `whole` are all costs, and what falls to those
/// without a category is left out.
pub fn spread(amount: i64, costs: &BTreeMap<Research, i64>, whole: i64) -> BTreeMap<Research, i64> {
    let up_to = |cost: i64| match whole {
        0 => 0,
        whole => i64::try_from(i128::from(amount) * i128::from(cost) / i128::from(whole)).unwrap_or(i64::MAX),
    };
    let mut before = 0_i64;
    let mut found = BTreeMap::new();
    for (research, cost) in costs {
        let after = before.saturating_add(*cost);
        found.insert(*research, up_to(after) - up_to(before));
        before = after;
    }
    found
}

/// One cut of the costs: what it is called by, and what falls to it.
pub fn shares<K: Ord>(parts: impl Iterator<Item = (K, i64)>) -> Vec<(K, i64)> {
    let mut sums: BTreeMap<K, i64> = BTreeMap::new();
    for (key, cents) in parts {
        let sum = sums.entry(key).or_insert(0);
        *sum = sum.saturating_add(cents);
    }
    let mut sums: Vec<(K, i64)> = sums.into_iter().filter(|(_, cents)| *cents > 0).collect();
    sums.sort_by_key(|(_, cents)| std::cmp::Reverse(*cents));
    sums
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::directory::OrganisationId;

    const FLAT: Option<Percent> = Some(Percent::whole(25));

    fn lines(cells: &[(u16, usize, i64)]) -> Lines {
        let mut lines = Lines::default();
        for (package, category, cents) in cells {
            let category = Category::ALL[category % Category::ALL.len()];
            lines.packages.entry(*package).or_default().amounts.insert(category, *cents);
        }
        lines
    }

    fn packages() -> BTreeMap<u16, WorkPackage> {
        let of = |number: u16| Research::ALL.get(usize::from(number)).copied();
        (0..6).map(|number| (number, WorkPackage { name: String::new(), research: of(number) })).collect()
    }

    #[test]
    fn costs_follow_from_lines() {
        let mut content = Content::default();
        content.facts.work_packages = packages();
        let mut member = Member::new(OrganisationId::new());
        member.budget.monthly_rate_cents = Some(650_050);
        member.budget.packages.insert(1, Line { months: Some(1_250), ..Line::default() });
        for (category, cents) in
            [(Category::Travel, 100_000), (Category::Subcontracting, 50_000), (Category::Internal, 7)]
        {
            member.budget.packages.entry(2).or_default().amounts.insert(category, cents);
        }
        member.budget.packages.insert(9, Line { months: Some(100), ..Line::default() });
        member.budget.packages.insert(3, Line::default());
        let untouched = Member { cost_cents: Some(5), ..Member::new(OrganisationId::new()) };
        content.members = vec![member, untouched.clone()];
        settle(&mut content, FLAT);
        let settled = &content.members[0];
        assert_eq!(settled.budget.amount(1, Category::Personnel), Some(8_125_625), "12.5 months of 6,500.50");
        assert_eq!(settled.budget.packages.keys().copied().collect::<Vec<_>>(), [1, 2], "no lines without a package");
        let base = 8_125_625 + 100_000;
        assert_eq!(settled.cost_cents, Some(base + base / 4 + 50_007));
        assert_eq!(settled.subcontracting_cents, Some(50_000));
        assert_eq!(content.members[1], untouched, "costs typed on the sheet stay");
        let once = content.clone();
        settle(&mut content, FLAT);
        assert_eq!(content, once);
    }

    #[test]
    fn two_budgets_stand_beside_each_other() {
        let mut content = Content::default();
        content.facts.work_packages = packages();
        content.members.push(Member { budget: lines(&[(0, 2, 5), (3, 2, 7)]), ..Member::new(OrganisationId::new()) });
        let beside = renumbered(&content, &packages());
        assert_eq!(beside.facts.work_packages.keys().copied().collect::<Vec<_>>(), [5, 6, 7, 8, 9, 10]);
        assert_eq!(beside.members[0].budget.amount(8, Category::Travel), Some(7));
        assert_eq!(renumbered(&content, &BTreeMap::new()), content);
    }

    proptest! {
        #[test]
        fn totals_are_the_sum_of_their_parts(
            cells in proptest::collection::vec((0_u16..6, 0_usize..8, 0_i64..1_000_000_000), 0..40),
            flat in proptest::option::of(0_i64..100_000_000),
        ) {
            let flat = flat.map(Percent::from_millionths);
            let lines = lines(&cells);
            let totals = lines.totals(flat);
            let parts: i64 = lines.packages.values().flat_map(|line| line.amounts.values()).sum();
            prop_assert_eq!(totals.direct, parts);
            prop_assert_eq!(totals.by_category.values().sum::<i64>(), parts);
            prop_assert_eq!(totals.cost, totals.direct + totals.indirect);
            let mut all = packages();
            // With a category each, the categories make all of it.
            for package in all.values_mut() {
                package.research = package.research.or(Some(Research::Industrial));
            }
            prop_assert_eq!(lines.by_research(&all, flat).values().sum::<i64>(), totals.cost);
        }

        #[test]
        fn a_grant_is_never_above_costs_times_rate(
            cost in 0_i64..1_000_000_000_000, rate in 0_i64..=100_000_000, typed in proptest::option::of(0_i64..2_000_000_000_000),
        ) {
            let most = i64::try_from(Percent::from_millionths(rate).of(i128::from(cost))).unwrap();
            let member =
                Member { cost_cents: Some(cost), requested_cents: typed, ..Member::new(OrganisationId::new()) };
            let grant = grant(&member, most);
            prop_assert!(grant.asked <= most && grant.asked >= 0);
            prop_assert_eq!(grant.asked + grant.own, cost);
            prop_assert_eq!(grant.too_much, typed.is_some_and(|typed| typed > most));
        }

        #[test]
        fn aid_is_spread_to_the_cent(amount in 0_i64..1_000_000_000, parts in proptest::collection::vec(1_i64..1_000_000, 1..5)) {
            let costs: BTreeMap<Research, i64> = Research::ALL.iter().copied().zip(parts).collect();
            let whole: i64 = costs.values().sum();
            prop_assert_eq!(spread(amount, &costs, whole).values().sum::<i64>(), amount);
        }
    }
}
