//! The second reading: what the rules say, without any consortium.

use serde::Serialize;

use crate::amount::{euros_english, euros_french};
use crate::date::Date;
use crate::library::{Award, Cutoff, IndirectCosts, Instrument, Library, Milestone, Severity, Source, Stage};
use crate::rules::Words;
use crate::text::Text;

/// An instrument in sentences.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// Id of the instrument.
    pub instrument: String,
    /// Its name.
    pub name: Text,
    /// The word for its programme.
    pub programme: String,
    /// The name of its programme.
    pub programme_name: Text,
    /// First day on which it takes applications.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
    /// What a reader should know before relying on it.
    pub note: Option<Text>,
    /// Its stages.
    pub stages: Vec<Stage>,
    /// Its rules.
    pub rules: Vec<RuleExplanation>,
    /// Its funding rates.
    pub rates: Vec<RateExplanation>,
    /// Its indirect costs.
    pub indirect_costs: Vec<IndirectCosts>,
    /// Its award criteria.
    pub award: Option<Award>,
    /// What happens after the closing date.
    pub milestones: Vec<Milestone>,
    /// Its known cut-offs.
    pub cutoffs: Vec<Cutoff>,
}

/// A rule in a sentence.
#[derive(Clone, Debug, Serialize)]
pub struct RuleExplanation {
    /// Id of the rule.
    pub rule: String,
    /// How much hangs on it.
    pub severity: Severity,
    /// Stages at which it applies; all where empty.
    pub stages: Vec<String>,
    /// What it requires.
    pub text: Text,
    /// First day on which it holds.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
    /// Where it was read.
    pub source: Source,
    /// Whether the source was seen to say so.
    pub verified: bool,
}

/// A funding rate in a sentence.
#[derive(Clone, Debug, Serialize)]
pub struct RateExplanation {
    /// What it says.
    pub text: Text,
    /// First day on which it holds.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
    /// Where it was read.
    pub source: Source,
    /// Whether the source was seen to say so.
    pub verified: bool,
}

/// What an instrument requires, in both languages; with a day, only what holds on it.
pub fn explain(library: &Library, instrument: &Instrument, day: Option<Date>) -> Explanation {
    let words = Words { sets: library.sets(), groups: library.groups(instrument) };
    let holds =
        |from: Option<Date>, to: Option<Date>| day.is_none_or(|day| crate::date::Period { from, to }.holds_on(day));
    let rules = instrument
        .rules
        .iter()
        .filter(|rule| holds(rule.valid_from, rule.valid_to))
        .map(|rule| {
            let own = rule.text.clone().unwrap_or_default();
            let condition = condition(rule, words);
            RuleExplanation {
                rule: rule.id.clone(),
                severity: rule.severity,
                stages: rule.stages.clone(),
                text: conditional(condition, rule.require.predicate().statement(words)).then(&own).typeset(),
                valid_from: rule.valid_from,
                valid_to: rule.valid_to,
                source: rule.source(),
                verified: rule.verified,
            }
        })
        .collect();
    let rates = instrument
        .rates
        .iter()
        .filter(|rate| holds(rate.valid_from, rate.valid_to))
        .map(|rate| {
            let noun = words.noun(rate.who.as_deref());
            let most = if rate.ceiling { ("at most ", "au plus ") } else { ("", "") };
            let label = match rate.label {
                Some(true) => (" with a label", " avec label"),
                Some(false) => (" without a label", " sans label"),
                None => ("", ""),
            };
            let (mut english, mut french) = (rate.percent.english(), rate.percent.french());
            if let Some(euros) = rate.at_most_eur {
                let cents = i128::from(euros) * 100;
                english = format!("{english}, up to {} each", euros_english(cents));
                french = format!("{french}, dans la limite de {} chacun", euros_french(cents));
            }
            RateExplanation {
                text: Text::new(
                    format!("Funding rate of {}{}: {}{english}.", noun.many.en, label.0, most.0),
                    format!("Taux d'aide des {}{} : {}{french}.", noun.many.fr, label.1, most.1),
                )
                .typeset(),
                valid_from: rate.valid_from,
                valid_to: rate.valid_to,
                source: Source { reference: rate.source.clone(), date: rate.source_date },
                verified: rate.verified,
            }
        })
        .collect();
    Explanation {
        instrument: instrument.id.clone(),
        name: instrument.name.clone(),
        programme: instrument.programme.clone(),
        programme_name: library.sets().programme_name(&instrument.programme),
        valid_from: instrument.valid_from,
        valid_to: instrument.valid_to,
        note: instrument.note.clone().map(Text::typeset),
        stages: instrument.stage.clone(),
        rules,
        rates,
        indirect_costs: instrument.indirect_costs.clone(),
        award: instrument.award.clone(),
        milestones: instrument.milestones.clone(),
        cutoffs: instrument.cutoffs.clone(),
    }
}

/// The sentence after its condition, if there is one.
fn conditional(condition: Text, sentence: Text) -> Text {
    if condition.en.is_empty() {
        return sentence;
    }
    condition.then(&Text::new(crate::rules::small(&sentence.en), crate::rules::small(&sentence.fr)))
}

/// «If at least 2 participate:», where a rule applies only then.
fn condition(rule: &crate::library::Rule, words: Words<'_>) -> Text {
    let mut parts = Vec::new();
    let mut included = false;
    match (rule.when.entities_at_least, rule.when.entities_at_most) {
        (_, Some(1)) => parts.push(Text::new("for a single applicant", "pour un candidat seul")),
        (Some(2), None) => parts.push(match rule.when.includes.as_deref().map(|group| words.noun(Some(group)).many) {
            Some(many) => {
                included = true;
                Text::new(
                    format!("for a consortium that includes {}", many.en),
                    format!("pour un consortium comprenant des {}", many.fr),
                )
            }
            None => Text::new("for a consortium", "pour un consortium"),
        }),
        (Some(least), Some(most)) if least == most => {
            parts.push(Text::new(
                format!("for exactly {most} participants"),
                format!("pour {most} participants exactement"),
            ));
        }
        (least, most) => {
            if let Some(least) = least {
                parts.push(Text::new(
                    format!("from {least} participants on"),
                    format!("à partir de {least} participants"),
                ));
            }
            if let Some(most) = most {
                parts.push(Text::new(format!("up to {most} participants"), format!("jusqu'à {most} participants")));
            }
        }
    }
    if let Some(group) = rule.when.includes.as_deref().filter(|_| !included) {
        let noun = words.noun(Some(group));
        parts.push(Text::new(
            format!("if the consortium includes {}", noun.many.en),
            format!("si le consortium comprend des {}", noun.many.fr),
        ));
    }
    if parts.is_empty() {
        return Text::default();
    }
    let list = crate::text::listed(&parts);
    Text::new(format!("{}:", crate::rules::capital(&list.en)), format!("{} :", crate::rules::capital(&list.fr)))
}
