//! State aid: the ceilings of the General Block Exemption Regulation 651/2014 as dated data, and the aid that partners get
//! against them, category by category.
//!
//! The ceilings stand in `instruments/sets/state-aid.toml`; what was not seen in a source is marked there, and every
//! [`AidVerdict`] says whether all of its parts were.

mod collaboration;
mod verdicts;

use serde::{Deserialize, Serialize};

pub use collaboration::collaborates;
pub use verdicts::{AidFacts, AidLine, AidTerm, AidVerdict, PublicAid, aid_verdicts};

use crate::amount::Percent;
use crate::date::{Date, Period};
use crate::library::{Sets, Source};
use crate::size::SizeClass;
use crate::text::{Text, citation};

/// Category of costs that aid is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AidCategory {
    /// Fundamental research.
    FundamentalResearch,
    /// Industrial research.
    IndustrialResearch,
    /// Experimental development.
    ExperimentalDevelopment,
    /// Feasibility study.
    FeasibilityStudy,
    /// Investment of an innovation cluster (Article 27).
    ClusterInvestment,
    /// Operation of an innovation cluster (Article 27).
    ClusterOperation,
}

/// The ceiling of one category in one period.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AidRow {
    /// The category.
    pub category: AidCategory,
    /// Its name.
    pub name: Text,
    /// Article of the regulation.
    pub article: String,
    /// The part of eligible costs that anybody may get.
    pub base: Percent,
    /// The most with all additions.
    pub cap: Percent,
    /// What may be added to the base.
    #[serde(default)]
    pub additions: Vec<Addition>,
    /// For how many years aid may be given.
    #[serde(default)]
    pub years_at_most: Option<u32>,
    /// What else is asked, for a person to judge.
    #[serde(default)]
    pub note: Option<Text>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Date,
    /// Where it was read.
    #[serde(deserialize_with = "citation")]
    pub source: Text,
    /// When it was read.
    pub source_date: Date,
    /// Whether the source was seen to say so.
    pub verified: bool,
}

/// Something that may be added to the base of a ceiling.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addition {
    /// For what.
    pub when: AdditionReason,
    /// How much.
    pub percent: Percent,
    /// Whether a source was seen to say so.
    pub verified: bool,
}

/// For what something is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdditionReason {
    /// A medium-sized enterprise.
    Medium,
    /// A small or micro enterprise.
    Small,
    /// Effective collaboration.
    Collaboration,
    /// Results widely disseminated, or licensed at market price; not beside collaboration.
    Dissemination,
}

/// When a consortium counts as effective collaboration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollaborationRule {
    /// The most that one firm may bear.
    pub firm_at_most: Percent,
    /// The least that research organisations bear.
    pub research_at_least: Percent,
    /// Where it was read.
    #[serde(deserialize_with = "citation")]
    pub source: Text,
    /// When it was read.
    pub source_date: Date,
    /// Whether the source was seen to say so.
    pub verified: bool,
}

/// A ceiling of aid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Ceiling {
    /// The most aid, as a part of eligible costs.
    pub percent: Percent,
    /// Whether every part of it was read in a source.
    pub verified: bool,
}

impl AidRow {
    /// Where it was read, and when.
    pub fn source(&self) -> Source {
        Source { reference: self.source.clone(), date: self.source_date }
    }

    /// Whether it holds on that day.
    pub fn holds_on(&self, day: Date) -> bool {
        Period { from: Some(self.valid_from), to: Some(self.valid_to) }.holds_on(day)
    }

    /// The addition for this size.
    pub(crate) fn for_size(&self, size: SizeClass) -> Option<&Addition> {
        let reason = match size {
            SizeClass::Micro | SizeClass::Small => AdditionReason::Small,
            SizeClass::Medium => AdditionReason::Medium,
            SizeClass::Large => return None,
        };
        self.additions.iter().find(|addition| addition.when == reason)
    }

    /// The addition for collaboration or, where there is none, for dissemination: the two do not add up.
    pub(crate) fn for_conduct(&self, collaboration: bool, dissemination: bool) -> Option<&Addition> {
        let held = |addition: &&Addition| match addition.when {
            AdditionReason::Collaboration => collaboration,
            AdditionReason::Dissemination => dissemination,
            AdditionReason::Medium | AdditionReason::Small => false,
        };
        self.additions.iter().filter(held).max_by_key(|addition| (addition.percent, addition.verified))
    }

    /// The most aid to an enterprise of this size, with collaboration or with wide dissemination or licensing.
    pub fn ceiling(&self, size: SizeClass, collaboration: bool, dissemination: bool) -> Ceiling {
        let additions = [self.for_size(size), self.for_conduct(collaboration, dissemination)];
        let sum = additions.iter().flatten().map(|addition| addition.percent.millionths()).sum::<i64>();
        let percent = Percent::from_millionths(self.base.millionths().saturating_add(sum)).min(self.cap);
        Ceiling { percent, verified: self.verified && additions.iter().flatten().all(|addition| addition.verified) }
    }
}

/// The row of a category that holds on a day.
pub fn aid_row(sets: &Sets, category: AidCategory, day: Date) -> Option<&AidRow> {
    sets.aid().iter().find(|row| row.category == category && row.holds_on(day))
}
