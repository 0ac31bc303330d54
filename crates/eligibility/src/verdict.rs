//! What a check answers.

use serde::Serialize;

use crate::amount::Percent;
use crate::consortium::Kind;
use crate::country::Country;
use crate::date::Date;
use crate::fact::Fact;
use crate::library::{Group, RegionClass, Severity, Source};
use crate::rules::Words;
use crate::text::Text;

/// Whether a rule is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Met.
    Met,
    /// Not met.
    NotMet,
    /// A fact is missing.
    Unknown,
}

/// The answer to one rule.
#[derive(Clone, Debug, Serialize)]
pub struct Verdict {
    /// Id of the rule.
    pub rule: String,
    /// Whether it is met.
    pub status: Status,
    /// How much hangs on it.
    pub severity: Severity,
    /// What is missing, where it is not met or unknown.
    pub missing: Option<Missing>,
    /// The answer as a sentence.
    pub text: Text,
    /// Where the rule was read.
    pub source: Source,
    /// Whether the source was seen to say so.
    pub verified: bool,
    /// Whether the whole does not wait for this unknown answer.
    pub presumed: bool,
    /// What would mend it.
    pub fixes: Vec<Fix>,
}

/// What is missing for a rule to be met or decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// How much.
    pub quantity: Option<Quantity>,
    /// Which facts.
    pub facts: Vec<Fact>,
    /// The same as a sentence.
    pub text: Text,
}

/// A whole number of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Quantity {
    /// How many.
    pub amount: i64,
    /// Of what.
    pub unit: Unit,
}

/// What a missing quantity counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Entities to add.
    Entities,
    /// Entities too many.
    EntitiesTooMany,
    /// Countries to add.
    Countries,
    /// Euro cents to add or to move to the group.
    Cents,
    /// Euro cents too many.
    CentsTooMany,
    /// Months to add.
    Months,
    /// Months too many.
    MonthsTooMany,
    /// Pages too many.
    PagesTooMany,
    /// Members of a cluster to add.
    Members,
}

/// Something that would mend a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What to do.
    pub action: Action,
    /// Ids of the entities it concerns, where they already take part.
    pub entities: Vec<String>,
    /// What an entity to add must be: it has to fit one of these.
    pub wanted: Vec<Wanted>,
    /// The same as a sentence.
    pub text: Text,
}

/// What a fix does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Add an entity.
    Add,
    /// Remove one of the entities.
    Remove,
    /// Change amounts, roles or the proposal.
    Change,
    /// State a fact.
    State,
}

/// What an entity to add must be; whatever is empty does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Wanted {
    /// One of these kinds.
    pub kinds: Vec<Kind>,
    /// Established in one of these countries.
    pub countries: Vec<Country>,
    /// An SME, or none.
    pub sme: Option<bool>,
    /// In a region of one of these classes.
    pub region_class: Vec<RegionClass>,
    /// Pursuing profit, or not.
    pub for_profit: Option<bool>,
    /// In one of these registers.
    pub registered: Vec<String>,
    /// Ids of entities that must not control it, nor be controlled by it, nor share its owner.
    pub independent_of: Vec<String>,
}

impl Wanted {
    /// What members of a group are, one entry for each alternative.
    pub(crate) fn of_group(words: Words<'_>, id: Option<&str>, day: Date) -> Vec<Self> {
        id.and_then(|id| words.groups.get(id))
            .map_or_else(|| vec![Self::default()], |group| Self::of(words, group, day, 0))
    }

    fn of(words: Words<'_>, group: &Group, day: Date, depth: usize) -> Vec<Self> {
        let own = Self {
            kinds: group.kinds.clone(),
            countries: group.countries.as_deref().map(|set| words.sets.countries_of(set, day)).unwrap_or_default(),
            sme: group.sme,
            region_class: group.region_class.clone(),
            for_profit: group.for_profit,
            registered: group.registered.clone(),
            independent_of: Vec::new(),
        };
        if group.any.is_empty() || depth > 8 {
            return vec![own];
        }
        let below = group
            .any
            .iter()
            .filter_map(|id| words.groups.get(id))
            .flat_map(|group| Self::of(words, group, day, depth + 1));
        below.map(|below| own.clone().narrowed(below)).collect()
    }

    /// What fits both.
    fn narrowed(mut self, other: Self) -> Self {
        fn both<T: PartialEq>(own: &mut Vec<T>, other: Vec<T>) {
            if own.is_empty() {
                *own = other;
            } else if !other.is_empty() {
                own.retain(|item| other.contains(item));
            }
        }
        both(&mut self.kinds, other.kinds);
        both(&mut self.countries, other.countries);
        both(&mut self.region_class, other.region_class);
        both(&mut self.registered, other.registered);
        self.sme = self.sme.or(other.sme);
        self.for_profit = self.for_profit.or(other.for_profit);
        self
    }
}

impl Fix {
    pub(crate) fn add(wanted: Vec<Wanted>, text: Text) -> Self {
        Self { action: Action::Add, entities: Vec::new(), wanted, text }
    }

    pub(crate) fn remove(entities: Vec<String>, text: Text) -> Self {
        Self { action: Action::Remove, entities, wanted: Vec::new(), text }
    }

    pub(crate) fn change(entities: Vec<String>, text: Text) -> Self {
        Self { action: Action::Change, entities, wanted: Vec::new(), text }
    }

    /// State a missing fact.
    pub(crate) fn state(fact: &Fact) -> Self {
        let noun = fact.field.noun();
        let text = match &fact.name {
            Some(name) => {
                Text::new(format!("State for {name}: {}.", noun.en), format!("Indiquer pour {name} : {}.", noun.fr))
            }
            None => Text::new(format!("State: {}.", noun.en), format!("Indiquer : {}.", noun.fr)),
        };
        Self { action: Action::State, entities: fact.entity.clone().into_iter().collect(), wanted: Vec::new(), text }
    }
}

/// What one entity may be paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Funding {
    /// Id of the entity.
    pub entity: String,
    /// Its rate.
    pub rate_percent: Percent,
    /// Whether the rate is a ceiling that calls may go below.
    pub ceiling: bool,
    /// Its costs times the rate, rounded down to the cent; absent without costs.
    pub grant_cents: Option<i64>,
}

/// The whole answer.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Id of the instrument.
    pub instrument: String,
    /// Id of the stage, where it is known.
    pub stage: Option<String>,
    /// The day on which the rules were read.
    pub date: Date,
    /// `false` when a rule that makes ineligible is not met, `null` when one waits for a fact, else `true`.
    pub eligible: Option<bool>,
    /// One verdict a rule.
    pub verdicts: Vec<Verdict>,
    /// What each entity may be paid, where the instrument has rates.
    pub funding: Vec<Funding>,
}

impl Report {
    /// The verdict on a rule.
    pub fn verdict(&self, rule: &str) -> Option<&Verdict> {
        self.verdicts.iter().find(|verdict| verdict.rule == rule)
    }
}
