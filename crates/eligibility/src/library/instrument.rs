//! An instrument: stages, sides, rules, rates, award criteria.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, ser::SerializeStruct};

use super::{Group, Groups, LibraryError, Sets, line_at, parse};
use crate::amount::Percent;
use crate::date::{Date, Period};
use crate::rules::{Commitment, Declaration, Require};
use crate::text::{Text, citation, folded};

/// A funding instrument as data.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Id, the name of its file.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Programme it belongs to.
    pub programme: String,
    /// First day on which it takes applications.
    #[serde(default)]
    pub valid_from: Option<Date>,
    /// Last day.
    #[serde(default)]
    pub valid_to: Option<Date>,
    /// What a reader should know before relying on it.
    #[serde(default)]
    pub note: Option<Text>,
    /// Stages, in order.
    #[serde(default)]
    pub stage: Vec<Stage>,
    /// Sides, where there are several.
    #[serde(default)]
    pub side: Vec<SideDefinition>,
    /// Groups that its rules name.
    #[serde(default, rename = "group")]
    pub groups: BTreeMap<String, Group>,
    /// Rules.
    #[serde(default, rename = "rule", deserialize_with = "rules_with_lines")]
    pub rules: Vec<Rule>,
    /// Funding rates; the first that fits an entity is its rate.
    #[serde(default, rename = "rate")]
    pub rates: Vec<Rate>,
    /// Indirect costs.
    #[serde(default)]
    pub indirect_costs: Vec<IndirectCosts>,
    /// Award criteria and thresholds.
    #[serde(default)]
    pub award: Option<Award>,
    /// What happens after the closing date, and when.
    #[serde(default, rename = "milestone")]
    pub milestones: Vec<Milestone>,
    /// Known days on which what was handed in is collected, where there are several.
    #[serde(default, rename = "cutoff")]
    pub cutoffs: Vec<Cutoff>,
}

/// Something that is due or happens a certain time after the closing date, or after another milestone.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// Id, which a later milestone may name.
    pub id: String,
    /// What it is.
    pub name: Text,
    /// The milestone from which it is counted; the closing date where absent.
    #[serde(default)]
    pub after: Option<String>,
    /// How many days after.
    pub days: u16,
    /// Where it was read.
    #[serde(deserialize_with = "citation")]
    pub source: Text,
    /// When it was read.
    pub source_date: Date,
    /// Whether the source was seen to say so.
    pub verified: bool,
}

/// A day on which what was handed in is collected.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cutoff {
    /// The day.
    pub day: Date,
    /// Where it was read.
    #[serde(deserialize_with = "citation")]
    pub source: Text,
    /// When it was read.
    pub source_date: Date,
    /// Whether the source was seen to say so.
    pub verified: bool,
}

/// A stage of an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Id that rules name.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Other words for it.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A side of an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SideDefinition {
    /// Which.
    pub id: crate::consortium::Side,
    /// Name.
    pub name: Text,
    /// Stages at which it takes part; all where empty.
    #[serde(default)]
    pub stages: Vec<String>,
}

/// How much hangs on a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Breaking it makes the proposal ineligible.
    Ineligible,
    /// Breaking it weakens the proposal.
    Weak,
    /// Good to know.
    Advice,
}

/// What an unknown answer means for the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum IfUnknown {
    /// Eligibility stays open.
    #[default]
    Open,
    /// The fact comes late, or its absence normally means that there is nothing to report: eligibility does not wait for it.
    Presume,
}

/// Where a rule was read, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Title and place.
    pub reference: Text,
    /// Day on which it was read.
    pub date: Date,
}

impl Serialize for Source {
    /// `ref` is the citation in English, `ref_fr` the same in French.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut source = serializer.serialize_struct("Source", 3)?;
        source.serialize_field("ref", &self.reference.en)?;
        source.serialize_field("ref_fr", &self.reference.fr)?;
        source.serialize_field("date", &self.date)?;
        source.end()
    }
}

/// A rule: one value with three readings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Id, unique at any one day and stage of the instrument.
    pub id: String,
    /// How much hangs on it.
    pub severity: Severity,
    /// Stages at which it applies; all where empty.
    #[serde(default)]
    pub stages: Vec<String>,
    /// When it applies at all.
    #[serde(default)]
    pub when: When,
    /// What it requires.
    pub(crate) require: Require,
    #[serde(default)]
    pub(crate) if_unknown: IfUnknown,
    /// A written statement, where it says more than the one made from the requirement.
    #[serde(default)]
    pub text: Option<Text>,
    /// Where it was read.
    #[serde(deserialize_with = "citation")]
    pub source: Text,
    /// When it was read.
    pub source_date: Date,
    /// Whether the source was seen to say so.
    pub verified: bool,
    /// First day on which it holds.
    #[serde(default)]
    pub valid_from: Option<Date>,
    /// Last day.
    #[serde(default)]
    pub valid_to: Option<Date>,
    #[serde(skip)]
    pub(crate) line: usize,
}

impl Rule {
    /// Where it was read, and when.
    pub fn source(&self) -> Source {
        Source { reference: self.source.clone(), date: self.source_date }
    }

    /// Whether it holds on that day.
    pub fn holds_on(&self, day: Date) -> bool {
        Period { from: self.valid_from, to: self.valid_to }.holds_on(day)
    }

    /// Whether it applies at some stages of the instrument only.
    pub(crate) fn hangs_on_stage(&self, instrument: &Instrument) -> bool {
        !self.stages.is_empty() && self.stages.len() < instrument.stage.len()
    }

    /// What it waits for that somebody has to declare.
    pub fn declarations(&self) -> Vec<Declaration> {
        self.require.predicate().declarations()
    }

    /// Whether only a person can judge it.
    pub fn is_statement(&self) -> bool {
        self.require.is_statement()
    }

    /// What it asks of contributions besides public money, where it asks something.
    pub fn commitment(&self) -> Option<Commitment> {
        self.require.commitment()
    }

    /// Whether it weighs costs or grants.
    pub fn is_about_money(&self) -> bool {
        self.require.is_about_money()
    }

    /// Whether an unknown answer leaves the whole undecided.
    pub fn waits_for_facts(&self) -> bool {
        self.if_unknown == IfUnknown::Open
    }
}

/// Conditions under which a rule applies.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// At least so many beneficiaries.
    #[serde(default)]
    pub entities_at_least: Option<usize>,
    /// At most so many beneficiaries.
    #[serde(default)]
    pub entities_at_most: Option<usize>,
    /// Somebody of this group takes part.
    #[serde(default)]
    pub includes: Option<String>,
}

/// A funding rate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// Group it is for; everybody where absent.
    #[serde(default)]
    pub who: Option<String>,
    /// Part of the eligible costs.
    pub percent: Percent,
    /// Only where a label is held (or not).
    #[serde(default)]
    pub label: Option<bool>,
    /// Whether it is a ceiling that calls may go below.
    #[serde(default)]
    pub ceiling: bool,
    /// The most that one participant is granted, in euros.
    #[serde(default)]
    pub at_most_eur: Option<u32>,
    /// Where it was read.
    #[serde(deserialize_with = "citation")]
    pub source: Text,
    /// When it was read.
    pub source_date: Date,
    /// Whether the source was seen to say so.
    pub verified: bool,
    /// First day on which it holds.
    #[serde(default)]
    pub valid_from: Option<Date>,
    /// Last day.
    #[serde(default)]
    pub valid_to: Option<Date>,
}

impl Rate {
    /// The grant for these costs: costs times rate, no more than the most for one participant.
    pub fn grant_of(&self, cost_cents: i64) -> i64 {
        let grant = self.percent.of(i128::from(cost_cents));
        let capped = self.at_most_eur.map_or(grant, |euros| grant.min(i128::from(euros) * 100));
        i64::try_from(capped).unwrap_or(i64::MAX)
    }
}

/// How indirect costs are paid.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndirectCosts {
    /// Flat rate on direct costs.
    pub flat_percent: Percent,
    /// What the base leaves out.
    pub base: Text,
    /// Where it was read.
    #[serde(deserialize_with = "citation")]
    pub source: Text,
    /// When it was read.
    pub source_date: Date,
    /// Whether the source was seen to say so.
    pub verified: bool,
}

/// Award criteria and what must be reached.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// Top of the scale of one criterion.
    pub scale: u16,
    /// Criteria.
    #[serde(default)]
    pub criterion: Vec<Criterion>,
    /// Thresholds of the sum.
    #[serde(default)]
    pub total: Vec<AwardTotal>,
    /// How equal scores are parted.
    #[serde(default)]
    pub ties: Option<Text>,
    /// Where it was read.
    #[serde(deserialize_with = "citation")]
    pub source: Text,
    /// When it was read.
    pub source_date: Date,
    /// Whether the source was seen to say so.
    pub verified: bool,
}

/// One award criterion.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Name.
    pub name: Text,
    /// Score that must be reached, in tenths of a point.
    #[serde(default)]
    pub threshold_tenths: Option<u16>,
    /// Weight in percent of an unweighted criterion, for ranking.
    #[serde(default)]
    pub weight_percent: Option<u16>,
    /// Stages at which it is judged; all where empty.
    #[serde(default)]
    pub stages: Vec<String>,
}

/// A threshold of the sum of criteria.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwardTotal {
    /// Points that must be reached, in tenths.
    pub at_least_tenths: u16,
    /// Points that can be reached, in tenths.
    pub out_of_tenths: u16,
    /// Stages; all where empty.
    #[serde(default)]
    pub stages: Vec<String>,
}

/// Reads rules, and keeps for each where it begins; the byte is turned into a line once the text is at hand.
fn rules_with_lines<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Rule>, D::Error> {
    let spanned: Vec<toml::Spanned<Rule>> = Deserialize::deserialize(deserializer)?;
    let with_byte = |spanned: toml::Spanned<Rule>| {
        let byte = spanned.span().start;
        let mut rule = spanned.into_inner();
        rule.line = byte;
        rule
    };
    Ok(spanned.into_iter().map(with_byte).collect())
}

impl Instrument {
    pub(super) fn read(
        file: &str,
        text: &str,
        sets: &Sets,
        shared: &BTreeMap<String, Group>,
    ) -> Result<Self, LibraryError> {
        let mut instrument: Self = parse(file, text)?;
        for rule in &mut instrument.rules {
            rule.line = line_at(text, rule.line);
        }
        let expected = file.strip_suffix(".toml").unwrap_or(file);
        if instrument.id != expected {
            let reason = format!("the id {:?} is not the name of the file: write id = {expected:?}", instrument.id);
            return Err(LibraryError::File { file: file.into(), reason });
        }
        instrument.validate(file, sets, shared)?;
        Ok(instrument)
    }

    pub(super) fn validate(
        &self,
        file: &str,
        sets: &Sets,
        shared: &BTreeMap<String, Group>,
    ) -> Result<(), LibraryError> {
        let groups = Groups { shared, own: &self.groups };
        let whole = |reason: String| LibraryError::File { file: file.into(), reason };
        for id in self.groups.keys() {
            if let Some(flaw) = groups.flaw(id, sets) {
                return Err(whole(flaw));
            }
        }
        for rate in &self.rates {
            if let Some(flaw) = rate.who.as_deref().and_then(|who| groups.flaw(who, sets)) {
                return Err(whole(format!("rate: {flaw}")));
            }
        }
        for (at, rule) in self.rules.iter().enumerate() {
            let wrong = |reason: String| {
                let reason = format!("rule {:?}: {reason}", rule.id);
                LibraryError::Text { file: file.into(), line: rule.line, reason }
            };
            if rule.id.is_empty() {
                return Err(wrong("the id is empty".into()));
            }
            if rule.source.en.trim().is_empty() || rule.source.fr.trim().is_empty() {
                return Err(wrong("the source is empty: say where the rule was read".into()));
            }
            self.known_stages(&rule.stages).map_err(wrong)?;
            if let (Some(from), Some(to)) = (rule.valid_from, rule.valid_to)
                && to < from
            {
                return Err(wrong(format!("valid_to {to} is before valid_from {from}")));
            }
            if let Some(flaw) = rule.when.includes.as_deref().and_then(|who| groups.flaw(who, sets)) {
                return Err(wrong(flaw));
            }
            if let Some(flaw) = rule.require.flaw(groups, sets) {
                return Err(wrong(flaw));
            }
            if rule.severity == Severity::Ineligible && rule.require.is_statement() {
                return Err(wrong("a statement cannot decide eligibility: make its severity advice or weak".into()));
            }
            if let Some(twin) = self.rules[..at].iter().find(|earlier| overlap(earlier, rule)) {
                return Err(wrong(format!(
                    "a rule of this id already stands at line {} for the same stage and days",
                    twin.line
                )));
            }
        }
        for (at, milestone) in self.milestones.iter().enumerate() {
            let earlier = &self.milestones[..at];
            if earlier.iter().any(|other| other.id == milestone.id) {
                return Err(whole(format!("the milestone {:?} is defined twice", milestone.id)));
            }
            if let Some(after) = milestone.after.as_deref().filter(|after| !earlier.iter().any(|one| one.id == *after))
            {
                let reason = format!("the milestone {:?} comes after {after:?}, which is none before it", milestone.id);
                return Err(whole(reason));
            }
        }
        let award_stages = self.award.iter().flat_map(|award| {
            let criteria = award.criterion.iter().map(|criterion| &criterion.stages);
            criteria.chain(award.total.iter().map(|total| &total.stages))
        });
        for stages in award_stages.chain(self.side.iter().map(|side| &side.stages)) {
            self.known_stages(stages).map_err(whole)?;
        }
        Ok(())
    }

    fn known_stages(&self, stages: &[String]) -> Result<(), String> {
        match stages.iter().find(|named| !self.stage.iter().any(|stage| stage.id == **named)) {
            Some(unknown) => Err(format!("unknown stage {unknown:?}: define it under [[stage]]")),
            None => Ok(()),
        }
    }

    /// The milestones of a call that closes on that day, each with its day.
    pub fn timeline(&self, closing: Date) -> Vec<(&Milestone, Date)> {
        let mut days: Vec<(&Milestone, Date)> = Vec::new();
        for milestone in &self.milestones {
            let from = days.iter().find(|(earlier, _)| Some(&earlier.id) == milestone.after.as_ref());
            let from = from.map_or(closing, |(_, day)| *day);
            days.push((milestone, from.days_after(u32::from(milestone.days))));
        }
        days
    }

    /// The first known cut-off on that day or after it.
    pub fn next_cutoff(&self, day: Date) -> Option<&Cutoff> {
        self.cutoffs.iter().filter(|cutoff| cutoff.day >= day).min_by_key(|cutoff| cutoff.day)
    }

    /// The stage that a word means: its id, one of its other names, or its number among several. An instrument of a single
    /// stage takes every usual word for it.
    pub fn stage(&self, word: &str) -> Option<&Stage> {
        let said = folded(word);
        let by_name = self
            .stage
            .iter()
            .find(|stage| folded(&stage.id) == said || stage.aliases.iter().any(|alias| folded(alias) == said));
        by_name.or_else(|| {
            const USUAL: [&str; 20] = [
                "single",
                "singlestage",
                "onestage",
                "stage1",
                "s1",
                "1",
                "first",
                "full",
                "fullproposal",
                "fullapplication",
                "proposal",
                "application",
                "submission",
                "final",
                "main",
                "call",
                "dossier",
                "depot",
                "candidature",
                "unique",
            ];
            match self.stage.as_slice() {
                [only] if USUAL.contains(&said.as_str()) => Some(only),
                _ => None,
            }
        })
    }

    /// As what a participant can be registered in the programme: the word for its registrations, and what it then is.
    pub fn marks(&self) -> impl Iterator<Item = (&str, &Text)> {
        self.groups.values().filter_map(|group| Some((group.marked.first()?.as_str(), &group.one)))
    }

    /// Whether it takes applications on that day.
    pub fn is_open_on(&self, day: Date) -> bool {
        Period { from: self.valid_from, to: self.valid_to }.holds_on(day)
    }

    /// The rules that hold at a stage on a day, in order; without a stage, those of every stage.
    pub fn rules_at<'i>(&'i self, stage: Option<&'i str>, day: Date) -> impl Iterator<Item = &'i Rule> {
        self.rules.iter().filter(move |rule| {
            let here =
                stage.is_none_or(|stage| rule.stages.is_empty() || rule.stages.iter().any(|named| named == stage));
            here && rule.holds_on(day)
        })
    }
}

/// Whether two rules of one id could apply at once.
fn overlap(a: &Rule, b: &Rule) -> bool {
    let stages = a.stages.is_empty() || b.stages.is_empty() || a.stages.iter().any(|stage| b.stages.contains(stage));
    let starts_in_time = |from: Option<Date>, to: Option<Date>| from.is_none() || to.is_none() || from <= to;
    a.id == b.id && stages && starts_in_time(a.valid_from, b.valid_to) && starts_in_time(b.valid_from, a.valid_to)
}
