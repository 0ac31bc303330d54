//! The reasons of a place in the ranking, put together by what they rest on and worded for the reader.

use fluent_bundle::FluentValue;
use ranking::Evidence;

use super::index::Built;
use crate::foundation::languages::{Language, Texts};

/// Projects named in one reason; the others are counted.
const NAMED: usize = 3;
/// A statement longer than this is cut.
const LONGEST_STATEMENT: usize = 140;

/// Something a reason names, with its page where it has one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Named {
    /// What it is called.
    pub label: String,
    /// Its page; empty when it has none.
    pub href: String,
}

/// A reason in the reader's language.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Said {
    /// The sentence, complete, with the names of what it rests on.
    pub text: String,
    /// The sentence without the names, for pages that show these as links.
    pub lead: String,
    /// What it rests on.
    pub named: Vec<Named>,
    /// How many more it rests on that are not named.
    pub more: u64,
    /// What it adds to the score.
    pub share: f64,
}

/// The reasons of one organisation. Their shares add up to its score exactly, whatever order they are added in: they
/// are whole multiples of one small binary fraction.
pub fn said(
    texts: &Texts,
    language: Language,
    built: &Built,
    organisation: u64,
    reasons: &[ranking::Reason],
    project_page: fn(uuid::Uuid) -> String,
) -> Vec<Said> {
    let project = |key: u64| -> Option<Named> {
        let project = built.project(key)?;
        let label = match project.year {
            Some(year) => format!("{} ({year})", project.name()),
            None => project.name(),
        };
        Some(Named { label, href: project_page(project.id) })
    };
    let count = |count: u64| FluentValue::from(count as i64);
    let mut similar: (f64, Vec<Named>, u64) = Default::default();
    let mut programmes: (f64, Vec<String>, u32) = Default::default();
    let mut strands: (f64, Vec<(f64, &str)>, u64) = Default::default();
    let mut found: Vec<Said> = Vec::new();
    let mut put = |share: f64, lead: String, mut named: Vec<Named>, all: u64| {
        named.truncate(NAMED);
        let more = all.saturating_sub(named.len() as u64);
        let mut text = lead.clone();
        if !named.is_empty() {
            let colon = if language == Language::Fr { "\u{a0}: " } else { ": " };
            let names: Vec<&str> = named.iter().map(|named| named.label.as_str()).collect();
            text = format!("{lead}{colon}{}", names.join(", "));
            if more > 0 {
                text.push_str(", …");
            }
        }
        found.push(Said { text, lead, named, more, share });
    };
    for reason in reasons {
        let share = f64::from(reason.share);
        match &reason.evidence {
            Evidence::SimilarProject { project: key, .. } => {
                similar.0 += share;
                similar.1.extend(project(*key));
            }
            Evidence::MoreSimilarProjects { count } => {
                similar.0 += share;
                similar.2 += u64::from(*count);
            }
            Evidence::SharedProjects { with, projects } => {
                let joint = built.joint(organisation, *with).max(projects.len()) as u64;
                let name = built.body(*with).map_or_else(String::new, |body| body.name.clone());
                let lead = texts.say(
                    language,
                    "partnering-reason-shared",
                    &[("count", count(joint)), ("name", FluentValue::from(name))],
                );
                put(share, lead, projects.iter().filter_map(|key| project(*key)).collect(), joint);
            }
            Evidence::SharedPartners { projects } => {
                let lead = texts.say(language, "partnering-reason-circle", &[]);
                let named: Vec<Named> = projects.iter().filter_map(|key| project(*key)).collect();
                let all = named.len() as u64;
                put(share, lead, named, all);
            }
            Evidence::Declared { declaration, vouched, .. } => {
                let statement = built
                    .body(organisation)
                    .and_then(|body| body.declared.get(*declaration as usize))
                    .cloned()
                    .unwrap_or_default();
                let mut text = built.statement(statement.0.trim(), language).to_owned();
                if text.chars().count() > LONGEST_STATEMENT {
                    text = text.chars().take(LONGEST_STATEMENT - 1).chain("…".chars()).collect();
                }
                let by = statement.1.unwrap_or_default();
                let key = match (*vouched, by.is_empty()) {
                    (false, _) => "partnering-reason-declared",
                    (true, true) => "partnering-reason-vouched",
                    (true, false) => "partnering-reason-vouched-by",
                };
                let values = [("text", FluentValue::from(text)), ("by", FluentValue::from(by))];
                put(share, texts.say(language, key, &values), Vec::new(), 0);
            }
            Evidence::Programme { programme, projects } => {
                programmes.0 += share;
                programmes.1.extend(parts(texts, language, programme));
                programmes.2 += projects;
            }
            Evidence::SimilarCircle { projects } => {
                let lead = texts.say(language, "partnering-reason-similar-circle", &[]);
                let named: Vec<Named> = projects.iter().filter_map(|key| project(*key)).collect();
                let all = named.len() as u64;
                put(share, lead, named, all);
            }
            Evidence::Strand { strand, projects } => {
                strands.0 += share;
                strands.1.push((share, strand));
                strands.2 += u64::from(*projects);
            }
            Evidence::Named => {
                put(share, texts.say(language, "partnering-reason-named", &[]), Vec::new(), 0);
            }
            Evidence::Country => {
                put(share, texts.say(language, "partnering-reason-country", &[]), Vec::new(), 0);
            }
            Evidence::Activity { consortia } => {
                let lead =
                    texts.say(language, "partnering-reason-activity", &[("count", count(u64::from(*consortia)))]);
                put(share, lead, Vec::new(), 0);
            }
        }
    }
    if similar.0 > 0.0 {
        let all = similar.1.len() as u64 + similar.2;
        let lead = texts.say(language, "partnering-reason-similar", &[("count", count(all))]);
        put(similar.0, lead, similar.1, all);
    }
    if strands.0 > 0.0 {
        strands.1.sort_by(|one, other| other.0.total_cmp(&one.0));
        let leading: Vec<&str> = strands.1.iter().take(3).map(|(_, strand)| *strand).collect();
        let values = [("count", count(strands.2)), ("strand", FluentValue::from(leading.join(", ")))];
        put(strands.0, texts.say(language, "partnering-reason-strand", &values), Vec::new(), 0);
    }
    if programmes.0 > 0.0 {
        programmes.1.sort();
        programmes.1.dedup();
        programmes.1.truncate(3);
        let values =
            [("count", count(u64::from(programmes.2))), ("programme", FluentValue::from(programmes.1.join(", ")))];
        put(programmes.0, texts.say(language, "partnering-reason-programme", &values), Vec::new(), 0);
    }
    found.sort_by(|a, b| b.share.total_cmp(&a.share));
    found
}

/// The parts of a programme, which the data writes in one cell, by the names people use.
fn parts(texts: &Texts, language: Language, programme: &str) -> Vec<String> {
    programme
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let word: String =
                part.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
            let key = format!("partnering-programme-{word}");
            if texts.knows(language, &key) { texts.text(language, &key, None).into_owned() } else { part.to_owned() }
        })
        .collect()
}
