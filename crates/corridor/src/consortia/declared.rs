//! What the rules of an instrument ask somebody to declare: which questions stand on a sheet, and what the answers are to
//! the rules.

use std::collections::{BTreeMap, BTreeSet};

use eligibility::{Declaration, Entity, Field, Instrument, Kind, Report, SmeClaim, Text, Verdict};
use fluent_bundle::FluentValue;
use serde::Serialize;

use super::{
    documents::{Evidence, Shown},
    model::{Content, Declared, Member, MemberSide},
    rules::{engine_day, said},
    store::OrganisationFacts,
};
use crate::{
    directory::{OrganisationId, documents::DocumentKind, size::Size},
    foundation::{
        errors::Error,
        instance::App,
        languages::{Language, Texts},
        time::Day,
    },
};

/// The questions that a sheet asks because of its instrument.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Asked {
    /// What is asked of members, a column each.
    pub columns: Vec<Column>,
    /// The members of whom something is asked.
    pub rows: Vec<Row>,
    /// Whether the label of a cluster is asked for.
    pub label: bool,
    /// The programmes whose earlier submissions count.
    pub programmes: Vec<String>,
}

/// One question, asked of several members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    /// The head of the name of its fields.
    pub field: String,
    /// What is asked.
    pub label: String,
    /// The answers to choose from; a number where there are none.
    pub options: Vec<Choice>,
}

/// An answer to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// As it is sent.
    pub value: String,
    /// As it is shown.
    pub label: String,
}

/// The answers of one member, by column; none where the question is not asked of it.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The organisation's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its answers.
    pub cells: Vec<Option<Cell>>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// As it is sent; empty while nobody has said.
    pub value: String,
    /// As it is shown.
    pub shown: String,
    /// What is kept that answers in its place, in words.
    pub proof: Option<String>,
    /// Whether what is kept says yes.
    pub proven: bool,
    /// Whether it is figures that say so.
    pub figures: bool,
}

/// What is kept that answers a question.
struct Proof {
    words: String,
    yes: bool,
    figures: bool,
}

/// What is kept of the members, on the day on which rules are read.
pub(super) struct Kept<'a> {
    /// The members, with what is kept of each.
    pub(super) facts: &'a BTreeMap<OrganisationId, OrganisationFacts>,
    /// The day.
    pub(super) day: Day,
}

impl Kept<'_> {
    /// What is kept of a member that answers a question, in words, and whether it says yes.
    fn answer(&self, texts: &Texts, language: Language, field: &str, member: &Member) -> Option<Proof> {
        let evidence = &self.facts.get(&member.organisation)?.evidence;
        if field == "sme"
            && let Some(sme) = engine_day(self.day).ok().and_then(|day| evidence.size(day)?.sme())
        {
            let key = if sme { "figures-proof-sme" } else { "figures-proof-no-sme" };
            return Some(Proof { words: texts.text(language, key, None).into_owned(), yes: sme, figures: true });
        }
        let kind = match field {
            "sme" if member.declared.sme.is_none() => DocumentKind::SmeDeclaration,
            field => DocumentKind::asked_by(field.strip_prefix("document.")?)?,
        };
        let say = |key: &str, day: Day| texts.say(language, key, &[("date", FluentValue::from(language.day(day.0)))]);
        let (words, yes) = match evidence.shown(kind, self.day)? {
            Shown::Valid { until: Some(until), .. } => (say("document-proof-until", until), true),
            Shown::Valid { until: None, .. } => (texts.text(language, "document-proof", None).into_owned(), true),
            Shown::Expired(_) | Shown::NotYet(_) if field == "sme" => return None,
            Shown::Expired(on) => (say("document-proof-expired", on), false),
            Shown::NotYet(on) => (say("document-proof-not-yet", on), false),
        };
        Some(Proof { words, yes, figures: false })
    }
}

/// The words of documents and registers that the rules of an instrument ask for.
fn asked_words(instrument: &Instrument) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut documents, mut registers) = (BTreeSet::new(), BTreeSet::new());
    for declaration in instrument.rules.iter().flat_map(eligibility::Rule::declarations) {
        match declaration {
            Declaration::Document { kinds, .. } => documents.extend(kinds.into_iter().next()),
            Declaration::Registration { registers: names } => registers.extend(names.into_iter().next()),
            Declaration::Members | Declaration::Label | Declaration::Prior { .. } => {}
        }
    }
    (documents, registers)
}

/// Tells the rules what is declared of a member.
///
/// Documents and registers are known to the rules only once each that the instrument asks for is answered: a list with one
/// of them alone would say that the others are missing. A document that is kept answers before what is only declared.
pub(super) fn declare(
    entity: &mut Entity,
    declared: &Declared,
    instrument: &Instrument,
    evidence: &Evidence,
    day: Day,
) -> Result<(), Error> {
    let shown = |kind| evidence.shown(kind, day);
    let has_declaration = matches!(shown(DocumentKind::SmeDeclaration), Some(Shown::Valid { .. }));
    let size = evidence.size(engine_day(day)?);
    let by_figures = size.as_ref().and_then(Size::sme);
    if by_figures == Some(false) && entity.kind.is_company() {
        let mid_cap = size.is_some_and(|size| size.status.mid_cap == Some(true));
        entity.kind = if mid_cap { Kind::MidCap } else { Kind::LargeCompany };
    }
    if let Some(owners) = evidence.owners() {
        entity.owned_by = Some(owners);
    }
    // Figures decide before what a signed or mere declaration says.
    match by_figures.or(declared.sme).or(has_declaration.then_some(true)) {
        Some(true) => {
            entity.sme = SmeClaim::Yes;
            if entity.kind.is_company() {
                entity.kind = Kind::Sme;
            }
        }
        Some(false) => entity.sme = SmeClaim::No,
        None => {}
    }
    let (documents, registers) = asked_words(instrument);
    let held = |answers: &std::collections::BTreeMap<String, bool>| {
        answers.iter().filter(|(_, held)| **held).map(|(word, _)| word.clone()).collect::<Vec<_>>()
    };
    let mut kept = Vec::new();
    for kind in evidence.kinds() {
        let Some((word, Shown::Valid { issued_on, .. })) = kind.rule_word().zip(shown(kind)) else { continue };
        let date = issued_on.map(engine_day).transpose()?;
        kept.push(eligibility::Document { kind: word.to_owned(), date });
    }
    let kind_of = |word: &String| DocumentKind::asked_by(word).and_then(&shown);
    let answered = |word: &String| kind_of(word).is_some() || declared.documents.contains_key(word);
    if documents.iter().all(answered) && !(documents.is_empty() && kept.is_empty()) {
        // What is kept speaks for itself, valid or over; what is not is as somebody declared it.
        let only_declared = held(&declared.documents).into_iter().filter(|word| kind_of(word).is_none());
        kept.extend(only_declared.map(|kind| eligibility::Document { kind, date: None }));
        entity.documents = Some(kept);
    }
    if registers.iter().all(|word| declared.registers.contains_key(word))
        && !(registers.is_empty() && declared.mark.is_none())
    {
        entity.registrations = Some(held(&declared.registers).into_iter().chain(declared.mark.clone()).collect());
    }
    entity.members = declared.members;
    Ok(())
}

/// The questions for a sheet, from what its rules wait for and what is answered already.
pub(super) fn asked(
    app: &App,
    content: &Content,
    entities: &[Entity],
    report: &Report,
    instrument: &Instrument,
    kept: &Kept<'_>,
    language: Language,
) -> Asked {
    let texts: &Texts = &app.texts;
    let say = |key: &str| texts.text(language, key, None).into_owned();
    let answers = || {
        let choice = |value: &str, key: &str| Choice { value: value.to_owned(), label: say(key) };
        vec![choice("yes", "ui-yes"), choice("no", "ui-no")]
    };
    let waits = |verdicts: &[&Verdict], fields: &[Field]| -> BTreeSet<String> {
        let facts = verdicts.iter().flat_map(|verdict| verdict.missing.iter().flat_map(|missing| &missing.facts));
        facts.filter(|fact| fields.contains(&fact.field)).filter_map(|fact| fact.entity.clone()).collect()
    };
    let mut asked = Asked::default();
    let mut concerned: Vec<BTreeSet<String>> = Vec::new();
    let mut ask = |column: Column, mut waiting: BTreeSet<String>| {
        let answered = content.members.iter().filter(|member| {
            member.declared.answers().contains_key(&column.field)
                || kept.answer(texts, language, &column.field, member).is_some()
        });
        waiting.extend(answered.map(|member| member.organisation.to_string()));
        if waiting.is_empty() {
            return;
        }
        match asked.columns.iter().position(|known| known.field == column.field) {
            Some(at) => concerned[at].extend(waiting),
            None => {
                asked.columns.push(column);
                concerned.push(waiting);
            }
        }
    };
    let all: Vec<&Verdict> = report.verdicts.iter().collect();
    let size = [Field::Sme, Field::Headcount, Field::Turnover, Field::OwnersFigures];
    let column = |field: &str, label: String, options: Vec<Choice>| Column { field: field.to_owned(), label, options };
    ask(column("sme", say("consortia-field-sme"), answers()), waits(&all, &size));
    let mut programmes: Vec<String> = Vec::new();
    let mut label = false;
    for verdict in &report.verdicts {
        let rules = instrument.rules.iter().filter(|rule| rule.id == verdict.rule);
        for declaration in rules.flat_map(eligibility::Rule::declarations) {
            let of_rule = [verdict];
            match declaration {
                Declaration::Document { kinds, name } => {
                    let Some(word) = kinds.first() else { continue };
                    let waiting = waits(&of_rule, &[Field::Documents, Field::DocumentDate]);
                    ask(
                        column(&format!("document.{word}"), document(texts, language, word, &name), answers()),
                        waiting,
                    );
                }
                Declaration::Registration { registers } => {
                    let Some(word) = registers.first() else { continue };
                    let waiting = waits(&of_rule, &[Field::Registrations]);
                    ask(column(&format!("register.{word}"), register(texts, language, word), answers()), waiting);
                }
                Declaration::Members => {
                    ask(
                        column("adherents", say("consortia-field-adherents"), Vec::new()),
                        waits(&of_rule, &[Field::Members]),
                    );
                }
                Declaration::Label => label = true,
                Declaration::Prior { programmes: names } => {
                    programmes.extend(names.into_iter().next().filter(|name| !programmes.contains(name)));
                }
            }
        }
    }
    let marks: Vec<Choice> = instrument
        .marks()
        .map(|(word, name)| Choice { value: word.to_owned(), label: said(&name.clone().typeset(), language) })
        .collect();
    if !marks.is_empty() {
        let two_sided = instrument.side.len() > 1;
        let may_be = |member: &&Member| {
            let entity = entities.iter().find(|entity| entity.id == member.organisation.to_string());
            match two_sided {
                true => member.side == MemberSide::Industry,
                false => entity.is_some_and(|entity| entity.kind == Kind::Other),
            }
        };
        let waiting = content.members.iter().filter(may_be).map(|member| member.organisation.to_string()).collect();
        ask(column("mark", say("consortia-field-mark"), marks), waiting);
    }
    asked.programmes = programmes;
    asked.label = label;
    let columns = &asked.columns;
    asked.rows = content
        .members
        .iter()
        .filter_map(|member| {
            let id = member.organisation.to_string();
            let entity = entities.iter().find(|entity| entity.id == id)?;
            let cells: Vec<Option<Cell>> = columns
                .iter()
                .zip(&concerned)
                .map(|(column, concerned)| concerned.contains(&id).then(|| cell(texts, language, column, member, kept)))
                .collect();
            let name = entity.shown().to_owned();
            cells.iter().any(Option::is_some).then_some(Row { id, name, cells })
        })
        .collect();
    asked
}

fn cell(texts: &Texts, language: Language, column: &Column, member: &Member, kept: &Kept<'_>) -> Cell {
    let value = member.declared.answers().remove(&column.field).unwrap_or_default();
    let option = column.options.iter().find(|option| option.value == value);
    let shown = match option {
        Some(option) => option.label.clone(),
        None if value.is_empty() => texts.text(language, "consortia-not-said", None).into_owned(),
        None => value.clone(),
    };
    let proof = kept.answer(texts, language, &column.field, member);
    let (proven, figures) = proof.as_ref().map_or((false, false), |proof| (proof.yes, proof.figures));
    Cell { value, shown, proof: proof.map(|proof| proof.words), proven, figures }
}

/// What a document is called at the head of a column.
fn document(texts: &Texts, language: Language, word: &str, name: &Text) -> String {
    let key = format!("consortia-document-{word}");
    if texts.knows(language, &key) { texts.text(language, &key, None).into_owned() } else { said(name, language) }
}

/// What being in a register is called at the head of a column.
fn register(texts: &Texts, language: Language, word: &str) -> String {
    texts.say(language, "consortia-registered", &[("register", FluentValue::from(word.to_owned()))])
}

/// What a field of declarations is called, for the history.
pub(super) fn field_name(texts: &Texts, language: Language, field: &str) -> String {
    match field.split_once('.') {
        Some(("document", word)) => document(texts, language, word, &Text::same(word)),
        Some(("register", word)) => register(texts, language, word),
        _ => texts.text(language, &format!("consortia-field-{field}"), None).into_owned(),
    }
}
