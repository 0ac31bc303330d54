//! What is offered while one types: organisations and competences, for the search of the frame and for fields of forms.

use super::{
    selection::Selection,
    snapshot::{ConceptEntry, Entry, Snapshot, View},
};
use crate::{
    directory::{
        countries::country_name,
        model::{plain, shown_city},
    },
    foundation::{
        errors::Error,
        languages::{Language, Texts},
    },
};

/// One thing that is offered.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Suggestion {
    /// What it is, in the reader's language.
    pub kind: String,
    /// Its name.
    pub label: String,
    /// What tells it from others of the same name.
    pub detail: String,
    /// Its page.
    pub href: String,
    /// Its identifier, to be put into a form.
    pub id: String,
}

impl Snapshot {
    /// Organisations that fit what was typed, the best first.
    ///
    /// Memberships have no part in it: who is offered is the same for everybody.
    pub fn suggest(
        &self,
        texts: &Texts,
        language: Language,
        typed: &str,
        limit: usize,
    ) -> Result<Vec<Suggestion>, Error> {
        if typed.trim().is_empty() {
            return Ok(Vec::new());
        }
        let selection = Selection { q: typed.to_owned(), unnamed: "yes".to_owned(), ..Selection::default() };
        let found = self.select(&View::default(), &selection)?;
        let entries = found.positions.iter().take(limit).filter_map(|position| self.entries.get(*position as usize));
        Ok(entries
            .map(|entry| Suggestion {
                kind: texts.text(language, &entry.kind.label_key(), None).into_owned(),
                label: entry.shown_name(),
                detail: place(entry, language),
                href: format!("/organisations/{}", entry.id),
                id: entry.id.to_string(),
            })
            .collect())
    }

    /// Concepts whose label, in either language, has a word that begins as typed; the shortest labels first.
    pub fn suggest_concepts(&self, texts: &Texts, language: Language, typed: &str, limit: usize) -> Vec<Suggestion> {
        let typed = plain(typed);
        if typed.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(u8, usize, &ConceptEntry, &str)> = Vec::new();
        for concept in &self.concepts {
            let own = [concept.label_fr.as_deref(), concept.label_en.as_deref()].into_iter().flatten();
            let best = own
                .map(|label| (0u8, label))
                .chain(concept.alternatives.iter().map(|(_, label)| (1, label.as_str())))
                .filter_map(|(order, label)| {
                    let label_plain = plain(label);
                    let fit = if label_plain == typed {
                        0
                    } else if label_plain.starts_with(&typed) {
                        1
                    } else if label_plain.contains(&format!(" {typed}")) {
                        2
                    } else {
                        return None;
                    };
                    Some((fit * 2 + order, label_plain.len(), label))
                })
                .min();
            if let Some((order, length, label)) = best {
                found.push((order, length, concept, label));
            }
        }
        found.sort_by(|a, b| (a.0, a.1, &a.2.id).cmp(&(b.0, b.1, &b.2.id)));
        found.truncate(limit);
        found
            .into_iter()
            .map(|(_, _, concept, matched)| {
                let label = concept.label(language);
                let broader = concept.broader.and_then(|place| self.concepts.get(usize::from(place)));
                let mut detail: Vec<&str> = Vec::new();
                if matched != label {
                    detail.push(matched);
                }
                detail.extend(broader.map(|broader| broader.label(language)));
                Suggestion {
                    kind: texts.text(language, "directory-competence", None).into_owned(),
                    label: label.to_owned(),
                    detail: detail.join(" · "),
                    href: format!("/concepts/{}", super::encoded(&concept.id)),
                    id: concept.id.clone(),
                }
            })
            .collect()
    }

    /// The concept that a text names exactly, by a label of either language.
    pub fn concept_by_label(&self, text: &str) -> Option<&ConceptEntry> {
        let asked = plain(text);
        let named = |label: Option<&str>| label.is_some_and(|label| plain(label) == asked);
        let by_own_label = self
            .concepts
            .iter()
            .find(|concept| named(concept.label_fr.as_deref()) || named(concept.label_en.as_deref()));
        by_own_label.or_else(|| {
            self.concepts
                .iter()
                .find(|concept| concept.alternatives.iter().any(|(_, label)| named(Some(label.as_str()))))
        })
    }
}

/// City and country of an organisation in one line.
pub(crate) fn place(entry: &Entry, language: Language) -> String {
    let country = entry.country.as_deref().map(|code| country_name(code, language));
    let city = entry.city.as_deref().map(shown_city);
    [city.as_deref(), country].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
