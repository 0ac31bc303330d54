//! Competences that a consortium must cover: found by a few letters, and what lies under each.

use std::collections::BTreeSet;

use serde::Serialize;

use super::store;
use crate::{
    accounts::{Action, Actor, Resource, decide},
    foundation::{errors::Error, instance::App, languages::Language},
};

/// How many competences are suggested at once.
const SUGGESTED: usize = 10;

/// A competence that one may ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Competence {
    /// The concept's id.
    pub id: String,
    /// Its label in the reader's language.
    pub label: String,
}

/// A text without accents, capitals and punctuation, as labels are compared.
fn folded(text: &str) -> String {
    ranking::identity::normalise_keeping_form(text)
}

/// Concepts whose label begins with the text, then those that have a word that does; shorter labels first.
pub async fn suggest_competences(
    app: &App,
    actor: &Actor,
    text: &str,
    language: Language,
) -> Result<Vec<Competence>, Error> {
    decide(actor, Action::ReadDirectory, Resource::Instance)?;
    let wanted = folded(text);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let inner = format!(" {wanted}");
    let mut found: Vec<(bool, usize, store::ConceptLabel)> = store::labels_of_language(&app.database, language.code())
        .await?
        .into_iter()
        .filter_map(|concept| {
            let label = folded(&concept.label);
            let begins = label.starts_with(&wanted);
            (begins || label.contains(&inner)).then_some((!begins, label.len(), concept))
        })
        .collect();
    found.sort_by(|one, other| {
        (one.0, one.1, &one.2.label, &one.2.id).cmp(&(other.0, other.1, &other.2.label, &other.2.id))
    });
    let mut seen = BTreeSet::new();
    Ok(found
        .into_iter()
        .map(|(_, _, concept)| Competence { id: concept.id, label: concept.label })
        .filter(|concept| seen.insert(concept.id.clone()))
        .take(SUGGESTED)
        .collect())
}

/// A competence that must be covered, with every concept that covers it.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) id: String,
    pub(super) label: String,
    /// Itself and whatever is narrower.
    pub(super) concepts: Vec<String>,
}

/// The competences that texts name: each a concept's id, or its label in either language.
pub(super) async fn wanted(app: &App, texts: &[String], language: Language) -> Result<Vec<Wanted>, Error> {
    let mut found: Vec<Wanted> = Vec::new();
    for text in texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        let id = if store::concept_exists(&app.database, text).await? {
            text.to_owned()
        } else {
            by_label(app, text).await?
        };
        if found.iter().any(|known| known.id == id) {
            continue;
        }
        let concepts = store::concept_with_narrower(&app.database, &id).await?;
        found.push(Wanted { label: id.clone(), id, concepts });
    }
    let ids: Vec<String> = found.iter().map(|wanted| wanted.id.clone()).collect();
    let labels = store::concept_labels(&app.database, &ids, language.code()).await?;
    for wanted in &mut found {
        if let Some(label) = labels.get(&wanted.id) {
            wanted.label.clone_from(label);
        }
    }
    Ok(found)
}

async fn by_label(app: &App, text: &str) -> Result<String, Error> {
    let wanted = folded(text);
    let mut near = Vec::new();
    for language in [Language::Fr, Language::En] {
        for concept in store::labels_of_language(&app.database, language.code()).await? {
            let label = folded(&concept.label);
            if label == wanted {
                return Ok(concept.id);
            }
            if label.contains(&wanted) {
                near.push(concept.label);
            }
        }
    }
    near.truncate(3);
    let hint = if near.is_empty() { String::new() } else { format!("; near it: {}", near.join(", ")) };
    Err(Error::input(format!("no competence is called `{text}`{hint}")))
}
