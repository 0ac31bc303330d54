//! Names of organisations by their words, to see which of them a text mentions.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::field::Rows;
use crate::corpus::Organisation;
use crate::identity::{normalise, telling_words};
use crate::text::fold;

/// A word that more organisations bear names none of them.
const COMMON: usize = 200;
/// Less of a name than this is no mention.
const LEAST: f32 = 0.3;

/// The words of every name.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Names {
    words: Vec<String>,
    /// Words of each organisation.
    own: Rows,
    #[serde(skip)]
    places: HashMap<String, u32>,
    /// Organisations of each word.
    #[serde(skip)]
    bearers: Rows,
    #[serde(skip)]
    rarity: Vec<f32>,
}

impl Names {
    pub fn build(organisations: &[Organisation]) -> Self {
        let mut words = Vec::new();
        let mut places: HashMap<String, u32> = HashMap::new();
        let mut pairs = Vec::new();
        for (owner, organisation) in organisations.iter().enumerate() {
            let name = normalise(&organisation.name);
            let mut own = telling_words(&name);
            own.sort_unstable();
            own.dedup();
            for word in own {
                let place = *places.entry(word.to_owned()).or_insert_with(|| {
                    words.push(word.to_owned());
                    words.len() as u32 - 1
                });
                pairs.push((owner as u32, place));
            }
        }
        let mut names = Self { words, own: Rows::gather(organisations.len(), &pairs), ..Self::default() };
        names.turn();
        names
    }

    fn turn(&mut self) {
        self.places = self.words.iter().enumerate().map(|(place, word)| (word.clone(), place as u32)).collect();
        let pairs: Vec<(u32, u32)> = (0..self.own.len())
            .flat_map(|owner| self.own.row(owner).iter().map(move |word| (*word, owner as u32)))
            .collect();
        self.bearers = Rows::gather(self.words.len(), &pairs);
        let all = 1.0 + self.own.len() as f32;
        self.rarity = (0..self.words.len())
            .map(|word| (all / (1.0 + self.bearers.row(word).len() as f32)).ln().max(0.01))
            .collect();
    }

    pub fn restore(&mut self, organisations: usize) -> bool {
        let sound = self.own.is_sound(organisations, self.words.len());
        if sound {
            self.turn();
        }
        sound
    }

    /// Organisations that a text names, and how surely, in (0, 1].
    ///
    /// `surprise` says how rare a word is in texts, from 0 to 1: `Energy` in a name is no mention, `Hydrogenics` is.
    pub fn mentioned(&self, text: &str, surprise: impl Fn(&str) -> f32) -> Vec<(u32, f32)> {
        let mut said: Vec<u32> = capitalised(text).iter().filter_map(|word| self.places.get(word).copied()).collect();
        said.sort_unstable();
        said.dedup();
        let mut sums: HashMap<u32, (f32, f32)> = HashMap::new();
        for word in said {
            let bearers = self.bearers.row(word as usize);
            let strange = surprise(&self.words[word as usize]);
            // A name may hold a common word beside a telling one, but it takes a telling one to begin with.
            if bearers.len() <= COMMON {
                for owner in bearers {
                    let sum = sums.entry(*owner).or_default();
                    sum.0 += self.rarity[word as usize];
                    sum.1 += strange;
                }
            }
        }
        let mut mentioned: Vec<(u32, f32)> = sums
            .into_iter()
            .filter_map(|(owner, (covered, strange))| {
                let whole: f32 = self.own.row(owner as usize).iter().map(|word| self.rarity[*word as usize]).sum();
                let coverage = (covered / whole.max(f32::MIN_POSITIVE)).min(1.0);
                let sure = coverage * strange.min(1.0);
                (coverage >= LEAST && strange >= 0.5).then_some((owner, sure * sure))
            })
            .collect();
        mentioned.sort_unstable_by_key(|(owner, _)| *owner);
        mentioned
    }
}

/// Folded words that are written like names: with a capital inside a sentence, or all in capitals.
fn capitalised(text: &str) -> Vec<String> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    if capitals * 2 > letters {
        // A text in capitals tells nothing apart.
        return Vec::new();
    }
    let mut words = Vec::new();
    let mut begins = true;
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        begins |= rest[..start].contains(['.', '!', '?', ':', '\n']);
        let end = rest[start..].find(|c: char| !c.is_alphanumeric()).map_or(rest.len(), |end| start + end);
        let word = &rest[start..end];
        let shouted = word.chars().all(|c| !c.is_lowercase());
        if word.chars().nth(2).is_some() && word.starts_with(char::is_uppercase) && (shouted || !begins) {
            words.push(fold(word));
        }
        begins = false;
        rest = &rest[end..];
    }
    words
}

#[cfg(test)]
mod tests {
    use super::capitalised;

    #[test]
    fn names_are_words_with_a_capital_inside_a_sentence() {
        let found = capitalised("Our partner Hydrogenics builds it. With CEA and Énergie Nord, new plants follow.");
        assert_eq!(found, ["hydrogenics", "cea", "energie", "nord"]);
        assert!(capitalised("ALL IN CAPITALS").is_empty());
    }
}
