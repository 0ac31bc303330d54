//! French terms of the thesaurus with their English labels: what a French question names is also asked in English.
//!
//! Topics and past projects are written in English. The embedding carries a French question over in the large; a term
//! of the field is carried over exactly by the thesaurus.

use std::collections::HashMap;

use super::store;
use crate::{
    directory::model::plain,
    foundation::{database::Database, errors::Error},
};

/// Terms are at most so many words long.
const LONGEST: usize = 5;

/// French terms with their English labels.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    english: HashMap<String, String>,
}

impl Glossary {
    /// Reads the labels of all concepts.
    pub(super) async fn read(database: &Database) -> Result<Self, Error> {
        let rows = store::french_labels(database).await?;
        Ok(Glossary::new(rows.iter().map(|(french, english)| (french.as_str(), english.as_str()))))
    }

    fn new<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut english = HashMap::new();
        for (french, label) in pairs {
            let term = words(french).join(" ");
            // What both languages write alike needs no translation, and short words mean too many things.
            if term.chars().count() >= 4 && term != words(label).join(" ") {
                english.entry(term).or_insert_with(|| label.to_owned());
            }
        }
        Glossary { english }
    }

    /// The English labels of the terms that a text names, in its order, each once; the longest term that begins at a
    /// word counts.
    pub fn english(&self, text: &str) -> Vec<&str> {
        let words = words(text);
        let mut found: Vec<&str> = Vec::new();
        let mut start = 0;
        while start < words.len() {
            let longest = (1..=LONGEST.min(words.len() - start))
                .rev()
                .find_map(|length| Some((length, self.english.get(&words[start..start + length].join(" "))?)));
            if let Some((_, label)) = longest
                && !found.contains(&label.as_str())
            {
                found.push(label);
            }
            start += longest.map_or(1, |(length, _)| length);
        }
        found
    }
}

/// Words without accents and plural endings. Elided articles stand apart: «l’insuffisance» is «l», «insuffisance».
fn words(text: &str) -> Vec<String> {
    plain(text)
        .split(' ')
        .filter(|word| word.len() > 1)
        .map(|word| match word.strip_suffix(['s', 'x']) {
            Some(one) if one.len() > 3 && !one.ends_with('s') => one.to_owned(),
            _ => word.to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_terms_are_found_in_any_form() {
        let glossary = Glossary::new(
            [
                ("maladies cardiovasculaires", "cardiovascular diseases"),
                ("insuffisance cardiaque", "cardiovascular diseases"),
                ("toxicologie", "toxicology"),
                ("maladie", "diseases"),
                ("virus", "virus"),
            ]
            .into_iter(),
        );
        assert_eq!(glossary.english("Suivi de l’insuffisance cardiaque"), ["cardiovascular diseases"]);
        assert_eq!(
            glossary.english("TOXICOLOGIE et maladie cardiovasculaire : les virus"),
            ["toxicology", "cardiovascular diseases"]
        );
        assert!(glossary.english("toxicology of drugs").is_empty());
    }
}
