//! The labels of concepts in both languages, and which of them a text names.

use std::collections::{HashMap, HashSet};

use super::store;
use crate::foundation::{database::Database, errors::Error};

/// Every label, folded to its words, with the concept it names.
#[derive(Debug, Default)]
pub(super) struct Labels {
    by_words: HashMap<Vec<String>, String>,
    longest: usize,
}

/// The words of a text: folded, plural endings off, so that «vaccins» and «vaccin» are one word.
pub(super) fn words(text: &str) -> Vec<String> {
    ranking::text::fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(stem).collect()
}

/// As [`words`], with short words in capitals kept apart: ITS is a transport system, «its» is not.
pub(super) fn cased_words(text: &str) -> Vec<String> {
    let shouted = !text.chars().any(char::is_lowercase) && text.chars().filter(|c| c.is_alphabetic()).count() > 8;
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .flat_map(|word| {
            let capitals = word.chars().filter(|c| c.is_uppercase()).count();
            if !shouted && capitals >= 2 && word.chars().count() <= 5 {
                return vec![format!("^{}", ranking::text::fold(word))];
            }
            words(word)
        })
        .collect()
}

fn stem(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() >= 3 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

impl Labels {
    /// Reads the labels of all concepts.
    pub async fn read(database: &Database) -> Result<Self, Error> {
        let mut labels = Labels::default();
        for (concept, label) in store::labels(database).await? {
            let words = words(&label);
            labels.longest = labels.longest.max(words.len());
            // Preferred labels come first and stay.
            labels.by_words.entry(words).or_insert(concept);
        }
        Ok(labels)
    }

    /// The concepts whose label stands in the text, the longest label first at each place, each concept once.
    pub fn named_in(&self, text: &str) -> Vec<&str> {
        let words = words(text);
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut place = 0;
        while place < words.len() {
            let most = self.longest.min(words.len() - place);
            let hit =
                (1..=most).rev().find_map(|length| Some((length, self.by_words.get(&words[place..place + length])?)));
            match hit {
                Some((length, concept)) => {
                    if seen.insert(concept.as_str()) {
                        found.push(concept.as_str());
                    }
                    place += length;
                }
                None => place += 1,
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_tell_acronyms_from_words() {
        assert_eq!(cased_words("ITS"), ["^its"]);
        assert_eq!(cased_words("The road and its users"), ["the", "road", "and", "its", "user"]);
        assert_eq!(cased_words("VACCINS ET ITS POUR LES VILLES")[2], "its", "a text in capitals tells nothing");
    }
}
