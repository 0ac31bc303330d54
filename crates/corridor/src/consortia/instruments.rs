//! Instruments as pages show them: each rule in plain words, with its source, its date and whether it was verified.

use eligibility::{Library, Text};
use serde::Serialize;

use super::rules::{said, severity};
use crate::{
    accounts::{Action, Actor, Resource, decide},
    foundation::{errors::Error, languages::Language, time::Day},
};

/// An instrument in a list or a drop-down.
#[derive(Clone, Debug, Serialize)]
pub(super) struct InstrumentLine {
    /// Its id.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
    /// The programme it belongs to.
    pub(super) programme: String,
    /// How many rules.
    pub(super) rules: usize,
    /// How many of them were checked against their source.
    pub(super) verified: usize,
    /// Its stages.
    pub(super) stages: Vec<StageLine>,
}

/// A stage of an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct StageLine {
    /// Its id.
    pub(super) id: String,
    /// Its name.
    pub(super) name: String,
}

/// A rule, a rate or a criterion in plain words.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RuleLine {
    /// The rule's id.
    pub(super) id: String,
    /// `ineligible`, `weak` or `advice`.
    pub(super) severity: &'static str,
    /// What it requires, in the reader's language.
    pub(super) text: String,
    /// The same in the other language.
    pub(super) other_text: String,
    /// The stages at which it applies; all where empty.
    pub(super) stages: Vec<String>,
    /// Where it was read.
    pub(super) source: String,
    /// When it was read.
    pub(super) source_date: String,
    /// Whether the source was seen to say so.
    pub(super) verified: bool,
    /// First day on which it holds.
    pub(super) valid_from: Option<String>,
    /// Last day.
    pub(super) valid_to: Option<String>,
}

/// An instrument with all that it asks.
#[derive(Clone, Debug, Serialize)]
pub(super) struct InstrumentPage {
    /// The line of the list.
    pub(super) line: InstrumentLine,
    /// What a reader should know before relying on it.
    pub(super) note: Option<String>,
    /// First day on which it takes applications.
    pub(super) valid_from: Option<String>,
    /// Last day.
    pub(super) valid_to: Option<String>,
    /// Its rules.
    pub(super) rules: Vec<RuleLine>,
    /// Its funding rates.
    pub(super) rates: Vec<RuleLine>,
}

/// Whether there is an instrument of that id.
pub(super) fn is_known(id: &str) -> bool {
    Library::embedded().instrument(id).is_ok()
}

/// Whether the instrument tells applicants from industry.
pub(super) fn has_sides(id: &str) -> bool {
    Library::embedded().instrument(id).is_ok_and(|instrument| instrument.side.len() > 1)
}

/// The ids of all instruments, for messages.
pub(super) fn known_ids() -> String {
    Library::embedded().instruments().map(|instrument| instrument.id.clone()).collect::<Vec<_>>().join(", ")
}

fn line_of(instrument: &eligibility::Instrument, language: Language) -> InstrumentLine {
    let stages = &instrument.stage;
    InstrumentLine {
        id: instrument.id.clone(),
        name: said(&instrument.name, language),
        programme: said(&Library::embedded().sets().programme_name(&instrument.programme), language),
        rules: instrument.rules.len(),
        verified: instrument.rules.iter().filter(|rule| rule.verified).count(),
        stages: stages
            .iter()
            .map(|stage| StageLine { id: stage.id.clone(), name: said(&stage.name, language) })
            .collect(),
    }
}

/// All instruments.
pub(super) fn list(language: Language) -> Vec<InstrumentLine> {
    Library::embedded().instruments().map(|instrument| line_of(instrument, language)).collect()
}

/// The stages of an instrument; none where it is not known.
pub(super) fn stages(id: &str, language: Language) -> Vec<StageLine> {
    Library::embedded().instrument(id).map(|instrument| line_of(instrument, language).stages).unwrap_or_default()
}

/// The name of an instrument; its id where it is not known.
pub(super) fn name(id: &str, language: Language) -> String {
    Library::embedded().instrument(id).map_or_else(|_| id.to_owned(), |instrument| said(&instrument.name, language))
}

/// An instrument in plain words, as it stands on the day or, without one, with all that ever held.
pub(super) fn open(actor: &Actor, id: &str, day: Option<Day>, language: Language) -> Result<InstrumentPage, Error> {
    decide(actor, Action::ReadCalls, Resource::Instance)?;
    let library = Library::embedded();
    let instrument = library
        .instrument(id)
        .map_err(|_| Error::NotFound(format!("the instrument {id}: there are {}", known_ids())))?;
    let day = day.map(super::rules::engine_day).transpose()?;
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
    Ok(InstrumentPage {
        line: line_of(instrument, language),
        note: explained.note.as_ref().map(|note| said(note, language)),
        valid_from: explained.valid_from.map(|day| day.to_string()),
        valid_to: explained.valid_to.map(|day| day.to_string()),
        rules: rules.collect(),
        rates: rates.collect(),
    })
}
