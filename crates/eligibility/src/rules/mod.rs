//! The rule language: each requirement is one value that can be stated, checked and compiled.

mod composition;
mod count;
mod countries;
mod history;
mod independence;
mod ledger;
mod money;
mod participants;
mod proposal;
mod scene;

use serde::Deserialize;

pub use ledger::Commitment;
pub(crate) use money::grant_rate;
pub(crate) use scene::{Scene, Scope, Words};

use crate::compile::Form;
use crate::fact::{Fact, missing_sentence};
use crate::library::{Groups, Sets};
use crate::text::Text;
use crate::verdict::{Fix, Missing, Quantity, Status, Unit};

/// What a rule requires.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Require {
    Count(count::Count),
    DistinctCountries(countries::DistinctCountries),
    IndependentCountries(composition::IndependentCountries),
    Independent(independence::Independent),
    Coordinator(participants::Coordinator),
    Forbidden(participants::Forbidden),
    Every(participants::Every),
    Registered(participants::Registered),
    Holds(participants::Holds),
    Members(participants::Members),
    OwnershipStated(participants::OwnershipStated),
    EntityShare(money::EntityShare),
    CountryShare(money::CountryShare),
    GroupShare(money::GroupShare),
    Total(money::Total),
    EntityAmount(money::EntityAmount),
    RequestedWithinRate(money::RequestedWithinRate),
    Contribution(ledger::Contribution),
    Payers(ledger::Payers),
    Unfunded(ledger::Unfunded),
    Duration(proposal::Duration),
    Trl(proposal::Trl),
    Pages(proposal::Pages),
    CivilUse(proposal::CivilUse),
    Label(proposal::Label),
    Prior(history::Prior),
    Statement(proposal::Statement),
    AnyOf(Vec<Require>),
}

/// What a rule waits for that somebody has to declare, beside amounts and the figures of the proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Declaration {
    /// A participant holds a document.
    Document {
        /// The words for it; the first is the usual one.
        kinds: Vec<String>,
        /// What it is called, with its article.
        name: Text,
    },
    /// A participant is in one of these registers.
    Registration {
        /// The registers; the first is the usual one.
        registers: Vec<String>,
    },
    /// How many members a cluster has.
    Members,
    /// The label that a cluster gives the proposal, and the day on which the call closes.
    Label,
    /// Earlier projects and submissions.
    Prior {
        /// The names of the programme that counts; the first is the usual one.
        programmes: Vec<String>,
    },
}

/// The three readings of a requirement, and what can be wrong with it before any consortium is seen.
pub(crate) trait Predicate {
    /// The requirement as a sentence.
    fn statement(&self, words: Words<'_>) -> Text;
    /// Whether a consortium meets it.
    fn check(&self, scene: &Scene<'_>) -> Finding;
    /// The same as linear constraints over the candidates of a scene.
    fn compile(&self, pool: &Scene<'_>) -> Compiled;
    /// What it waits for that somebody has to declare.
    fn declarations(&self) -> Vec<Declaration> {
        Vec::new()
    }
    /// Groups it names.
    fn groups(&self) -> Vec<&str> {
        Vec::new()
    }
    /// Country sets it names.
    fn country_sets(&self) -> Vec<&str> {
        Vec::new()
    }
    /// What is wrong with its parameters.
    fn flaw(&self) -> Option<String> {
        None
    }
}

/// What reading a requirement on a consortium gave.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) status: Status,
    pub(crate) text: Text,
    pub(crate) missing: Option<Missing>,
    pub(crate) fixes: Vec<Fix>,
}

impl Finding {
    pub(crate) fn met(text: Text) -> Self {
        Self { status: Status::Met, text, missing: None, fixes: Vec::new() }
    }

    pub(crate) fn not_met(text: Text, quantity: Option<(i128, Unit)>, missing: Text, fixes: Vec<Fix>) -> Self {
        let quantity =
            quantity.map(|(amount, unit)| Quantity { amount: i64::try_from(amount).unwrap_or(i64::MAX), unit });
        Self {
            status: Status::NotMet,
            text,
            missing: Some(Missing { quantity, facts: Vec::new(), text: missing }),
            fixes,
        }
    }

    /// Unknown for want of facts: the requirement is said, then what is missing.
    pub(crate) fn unknown(statement: Text, mut facts: Vec<Fact>) -> Self {
        facts.sort();
        facts.dedup();
        let missing = missing_sentence(&facts);
        let fixes = facts.iter().map(Fix::state).collect();
        // A requirement that is merely said would read as a finding.
        let text = headed("Required", "Exigé", &statement).then(&missing);
        Self { status: Status::Unknown, text, missing: Some(Missing { quantity: None, facts, text: missing }), fixes }
    }
}

/// A sentence after a heading and a colon.
pub(crate) fn headed(en: &str, fr: &str, sentence: &Text) -> Text {
    Text::new(format!("{en}: {}", small(&sentence.en)), format!("{fr} : {}", small(&sentence.fr)))
}

/// What a requirement compiles to.
#[derive(Clone, Debug)]
pub(crate) enum Compiled {
    /// These constraints together. One marked stronger asks more than the rule does.
    Forms(Vec<CompiledForm>),
    /// The choice of members does not decide it, or facts are missing.
    Apart(Text),
}

/// A constraint, and whether it asks more than the rule does.
#[derive(Clone, Debug)]
pub(crate) struct CompiledForm {
    pub(crate) form: Form,
    pub(crate) stronger: bool,
}

impl Compiled {
    pub(crate) fn exactly(form: Form) -> Self {
        Self::Forms(vec![CompiledForm { form, stronger: false }])
    }

    /// Whether no choice from the pool can keep it, because too few are there who count.
    fn is_hopeless(&self) -> bool {
        let short = |compiled: &CompiledForm| {
            !compiled.stronger
                && matches!(&compiled.form, Form::CountMin { members, at_least } if members.len() < *at_least)
        };
        matches!(self, Self::Forms(forms) if forms.iter().any(short))
    }

    /// Nothing in the choice of members decides it.
    pub(crate) fn not_by_members() -> Self {
        Self::Apart(Text::new("The choice of members does not decide it.", "Le choix des membres n'en décide pas."))
    }
}

impl Require {
    pub(crate) fn predicate(&self) -> &dyn Predicate {
        match self {
            Self::Count(it) => it,
            Self::DistinctCountries(it) => it,
            Self::IndependentCountries(it) => it,
            Self::Independent(it) => it,
            Self::Coordinator(it) => it,
            Self::Forbidden(it) => it,
            Self::Every(it) => it,
            Self::Registered(it) => it,
            Self::Holds(it) => it,
            Self::Members(it) => it,
            Self::OwnershipStated(it) => it,
            Self::EntityShare(it) => it,
            Self::CountryShare(it) => it,
            Self::GroupShare(it) => it,
            Self::Total(it) => it,
            Self::EntityAmount(it) => it,
            Self::RequestedWithinRate(it) => it,
            Self::Contribution(it) => it,
            Self::Payers(it) => it,
            Self::Unfunded(it) => it,
            Self::Duration(it) => it,
            Self::Trl(it) => it,
            Self::Pages(it) => it,
            Self::CivilUse(it) => it,
            Self::Label(it) => it,
            Self::Prior(it) => it,
            Self::Statement(it) => it,
            Self::AnyOf(any) => any,
        }
    }

    /// The most money that may be asked for in all, where that is what it bounds.
    pub(crate) fn requested_at_most(&self) -> Option<i64> {
        match self {
            Self::Total(total) => total.requested_at_most(),
            _ => None,
        }
    }

    /// Whether only a person can judge it.
    pub(crate) fn is_statement(&self) -> bool {
        match self {
            Self::Statement(_) => true,
            Self::AnyOf(any) => any.iter().any(Self::is_statement),
            _ => false,
        }
    }

    /// Whether it weighs costs or grants.
    pub(crate) fn is_about_money(&self) -> bool {
        match self {
            Self::EntityShare(_)
            | Self::CountryShare(_)
            | Self::GroupShare(_)
            | Self::Total(_)
            | Self::EntityAmount(_)
            | Self::RequestedWithinRate(_)
            | Self::Contribution(_) => true,
            Self::AnyOf(any) => any.iter().any(Self::is_about_money),
            _ => false,
        }
    }

    /// What is wrong with it: a name that nothing defines, or parameters that no consortium can meet.
    pub(crate) fn flaw(&self, groups: Groups<'_>, sets: &Sets) -> Option<String> {
        if let Self::AnyOf(any) = self {
            let empty = any.is_empty().then(|| "any_of needs at least one requirement".to_owned());
            return empty.or_else(|| any.iter().find_map(|one| one.flaw(groups, sets)));
        }
        let predicate = self.predicate();
        let group = predicate.groups().into_iter().find_map(|id| groups.flaw(id, sets));
        let set = || {
            let unknown = predicate.country_sets().into_iter().find(|id| sets.country_set(id).is_none());
            unknown.map(|id| format!("unknown country set {id:?}: define it as [[set]] under sets/"))
        };
        group.or_else(set).or_else(|| predicate.flaw())
    }
}

/// One of several requirements is enough.
impl Predicate for Vec<Require> {
    fn statement(&self, words: Words<'_>) -> Text {
        let parts: Vec<Text> = self.iter().map(|one| one.predicate().statement(words)).collect();
        let bare = |text: &str| text.trim_end_matches('.').to_owned();
        let en: Vec<String> = parts.iter().map(|part| bare(&part.en)).collect();
        let fr: Vec<String> = parts.iter().map(|part| bare(&part.fr)).collect();
        Text::new(format!("Either: {}.", en.join("; or: ")), format!("Au choix : {}.", fr.join(" ; ou : ")))
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let findings: Vec<Finding> = self.iter().map(|one| one.predicate().check(scene)).collect();
        if let Some(met) = findings.iter().find(|finding| finding.status == Status::Met) {
            return met.clone();
        }
        let facts: Vec<Fact> = findings
            .iter()
            .filter(|finding| finding.status == Status::Unknown)
            .flat_map(|finding| finding.missing.iter().flat_map(|missing| missing.facts.clone()))
            .collect();
        if !facts.is_empty() {
            return Finding::unknown(self.statement(scene.words), facts);
        }
        let mut text = self.statement(scene.words);
        for finding in &findings {
            text = text.then(&finding.text);
        }
        // The first alternative is the usual way; what it lacks is what is counted.
        let quantity = findings.iter().find_map(|finding| finding.missing.as_ref()?.quantity);
        let quantity = quantity.map(|quantity| (i128::from(quantity.amount), quantity.unit));
        let missing =
            Text::new("One of these alternatives is needed.", "Il faut que l'une de ces possibilités soit remplie.");
        let fixes = findings.into_iter().flat_map(|finding| finding.fixes).collect();
        Finding::not_met(text, quantity, missing, fixes)
    }

    fn declarations(&self) -> Vec<Declaration> {
        self.iter().flat_map(|one| one.predicate().declarations()).collect()
    }

    /// Alternatives that nobody in the pool can fulfil fall away; a single one that is left is the rule.
    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let mut left: Vec<Compiled> = self.iter().map(|one| one.predicate().compile(pool)).collect();
        left.retain(|compiled| !compiled.is_hopeless());
        if let [Compiled::Forms(_)] = left.as_slice()
            && let Some(only) = left.pop()
        {
            return only;
        }
        Compiled::Apart(Text::new(
            "Alternatives are no linear constraint: check the chosen consortium.",
            "Une alternative n'est pas une contrainte linéaire : vérifier le consortium choisi.",
        ))
    }
}

/// The first letter in capitals.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The first letter small, unless the first word is an abbreviation or a name of one letter.
pub(crate) fn small(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// «at least 2», «at most 5» or both, from bounds that a rule gives.
pub(crate) fn bounds(at_least: Option<&Text>, at_most: Option<&Text>) -> Text {
    match (at_least, at_most) {
        (Some(low), Some(high)) if low == high => {
            Text::new(format!("exactly {}", low.en), format!("exactement {}", low.fr))
        }
        (Some(low), Some(high)) => {
            Text::new(format!("between {} and {}", low.en, high.en), format!("entre {} et {}", low.fr, high.fr))
        }
        (Some(low), None) => Text::new(format!("at least {}", low.en), format!("au moins {}", low.fr)),
        (None, Some(high)) => Text::new(format!("at most {}", high.en), format!("au plus {}", high.fr)),
        (None, None) => Text::new("any amount", "un montant quelconque"),
    }
}

/// What is wrong with a pair of bounds.
pub(crate) fn bounds_flaw<T: PartialOrd + std::fmt::Display>(low: Option<T>, high: Option<T>) -> Option<String> {
    match (low, high) {
        (None, None) => Some("give at_least, at_most or both".into()),
        (Some(low), Some(high)) if high < low => Some(format!("at_most {high} is under at_least {low}")),
        _ => None,
    }
}
