//! Instruments as pages show them: each rule in plain words, with its source, its date and whether it was verified.

use eligibility::{Instrument, Library, Text};
use serde::Serialize;

use super::{DayRules, InForce, Rulebook, Version, rulebook::day_of};
use crate::{
    accounts::{Action, Actor, Resource, decide},
    consortia::rules::{said, severity},
    foundation::{errors::Error, languages::Language, time::Day},
};

/// An instrument in a list or a drop-down.
#[derive(Clone, Debug, Serialize)]
pub(in crate::consortia) struct InstrumentLine {
    /// Its id.
    pub(in crate::consortia) id: String,
    /// Its name.
    pub(in crate::consortia) name: String,
    /// The programme it belongs to.
    pub(in crate::consortia) programme: String,
    /// How many rules.
    pub(in crate::consortia) rules: usize,
    /// How many of them were checked against their source.
    pub(in crate::consortia) verified: usize,
    /// Its stages.
    pub(in crate::consortia) stages: Vec<StageLine>,
}

/// A stage of an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::consortia) struct StageLine {
    /// Its id.
    pub(in crate::consortia) id: String,
    /// Its name.
    pub(in crate::consortia) name: String,
}

/// A rule, a rate or a criterion in plain words.
#[derive(Clone, Debug, Serialize)]
pub(in crate::consortia) struct RuleLine {
    /// The rule's id.
    pub(in crate::consortia) id: String,
    /// `ineligible`, `weak` or `advice`.
    pub(in crate::consortia) severity: &'static str,
    /// What it requires, in the reader's language.
    pub(in crate::consortia) text: String,
    /// The same in the other language.
    pub(in crate::consortia) other_text: String,
    /// The stages at which it applies; all where empty.
    pub(in crate::consortia) stages: Vec<String>,
    /// Where it was read.
    pub(in crate::consortia) source: String,
    /// When it was read.
    pub(in crate::consortia) source_date: String,
    /// Whether the source was seen to say so.
    pub(in crate::consortia) verified: bool,
    /// First day on which it holds.
    pub(in crate::consortia) valid_from: Option<String>,
    /// Last day.
    pub(in crate::consortia) valid_to: Option<String>,
}

/// An instrument with all that it asks.
#[derive(Clone, Debug, Serialize)]
pub(in crate::consortia) struct InstrumentPage {
    /// The line of the list.
    pub(in crate::consortia) line: InstrumentLine,
    /// Which version of its rules this is, where that is known.
    pub(in crate::consortia) version: Option<Version>,
    /// What a reader should know before relying on it.
    pub(in crate::consortia) note: Option<String>,
    /// First day on which it takes applications.
    pub(in crate::consortia) valid_from: Option<String>,
    /// Last day.
    pub(in crate::consortia) valid_to: Option<String>,
    /// Its rules.
    pub(in crate::consortia) rules: Vec<RuleLine>,
    /// Its funding rates.
    pub(in crate::consortia) rates: Vec<RuleLine>,
}

fn line_of(library: &Library, instrument: &eligibility::Instrument, language: Language) -> InstrumentLine {
    let stages = &instrument.stage;
    InstrumentLine {
        id: instrument.id.clone(),
        name: said(&instrument.name, language),
        programme: said(&library.sets().programme_name(&instrument.programme), language),
        rules: instrument.rules.len(),
        verified: instrument.rules.iter().filter(|rule| rule.verified).count(),
        stages: stages
            .iter()
            .map(|stage| StageLine { id: stage.id.clone(), name: said(&stage.name, language) })
            .collect(),
    }
}

impl Rulebook {
    /// The ids of all instruments, for messages.
    pub(in crate::consortia) fn known_ids(&self) -> String {
        self.on(None).instruments().map(|instrument| instrument.id.clone()).collect::<Vec<_>>().join(", ")
    }
}

impl DayRules {
    /// All instruments.
    pub(in crate::consortia) fn list(&self, language: Language) -> Vec<InstrumentLine> {
        let library = self.library();
        library.instruments().map(|instrument| line_of(library, instrument, language)).collect()
    }

    /// The stages of an instrument; none where it is not known.
    pub(in crate::consortia) fn stages(&self, id: &str, language: Language) -> Vec<StageLine> {
        let known = self.instrument(id);
        known.map(|instrument| line_of(self.library(), instrument, language).stages).unwrap_or_default()
    }

    /// The name of an instrument; its id where it is not known.
    pub(in crate::consortia) fn name(&self, id: &str, language: Language) -> String {
        self.instrument(id).map_or_else(|| id.to_owned(), |instrument| said(&instrument.name, language))
    }
}

/// An instrument in plain words: the rules of a day or, where `ever` is said, all of them with their dates.
pub(in crate::consortia) fn open(
    actor: &Actor,
    book: &Rulebook,
    id: &str,
    day: Day,
    ever: bool,
    language: Language,
) -> Result<InstrumentPage, Error> {
    decide(actor, Action::ReadCalls, Resource::Instance)?;
    let in_force = book
        .in_force(id, None, None, Some(day))
        .ok_or_else(|| Error::NotFound(format!("the instrument {id}: there are {}", book.known_ids())))?;
    let shown = day_of((!ever).then_some(day))?;
    let mut page = explained(&in_force.library, &in_force.instrument, shown, language);
    page.version = Some(in_force.version);
    Ok(page)
}

/// What the rules in force for a draft ask, in plain words.
pub(in crate::consortia) fn in_words(in_force: &InForce, language: Language) -> InstrumentPage {
    explained(&in_force.library, &in_force.instrument, None, language)
}

/// An instrument in plain words; with a day, only what holds on it.
pub(in crate::consortia) fn explained(
    library: &Library,
    instrument: &Instrument,
    day: Option<eligibility::Date>,
    language: Language,
) -> InstrumentPage {
    let explained = eligibility::explain(library, instrument, day);
    let other = |text: &Text| said(text, language.other());
    let rules = explained.rules.iter().map(|rule| RuleLine {
        id: rule.rule.clone(),
        severity: severity(rule.severity),
        text: said(&rule.text, language),
        other_text: other(&rule.text),
        stages: rule.stages.clone(),
        source: said(&rule.source.reference, language),
        source_date: rule.source.date.to_string(),
        verified: rule.verified,
        valid_from: rule.valid_from.map(|day| day.to_string()),
        valid_to: rule.valid_to.map(|day| day.to_string()),
    });
    let rates = explained.rates.iter().map(|rate| RuleLine {
        id: String::new(),
        severity: "advice",
        text: said(&rate.text, language),
        other_text: other(&rate.text),
        stages: Vec::new(),
        source: said(&rate.source.reference, language),
        source_date: rate.source.date.to_string(),
        verified: rate.verified,
        valid_from: rate.valid_from.map(|day| day.to_string()),
        valid_to: rate.valid_to.map(|day| day.to_string()),
    });
    InstrumentPage {
        line: line_of(library, instrument, language),
        version: None,
        note: explained.note.as_ref().map(|note| said(note, language)),
        valid_from: explained.valid_from.map(|day| day.to_string()),
        valid_to: explained.valid_to.map(|day| day.to_string()),
        rules: rules.collect(),
        rates: rates.collect(),
    }
}
