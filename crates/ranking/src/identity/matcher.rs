//! Candidates for a record: by identifier, by equal name, by shared character 3-grams.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::name::{normalise, telling_words};
use super::{Certainty, Ground, Identifier, Link, Party};

/// From here a resembling name is likely the same organisation.
const LIKELY: f32 = 0.80;
/// Below this a link is not worth showing.
const POSSIBLE: f32 = 0.60;
/// Candidates compared closely for one record.
const CLOSELY: usize = 12;
/// A name shorter than this, in characters, is not distinctive by itself.
const DISTINCTIVE: usize = 5;

/// The records on the left, ready to be searched.
pub struct Linker {
    names: Vec<String>,
    countries: Vec<String>,
    identifiers: HashMap<Identifier, Vec<usize>>,
    schemes: Vec<BTreeMap<String, String>>,
    by_name: HashMap<String, Vec<usize>>,
    grams: HashMap<[char; 3], Vec<u32>>,
    gram_rarity: HashMap<[char; 3], f32>,
    lengths: Vec<f32>,
    word_rarity: HashMap<String, f32>,
    unseen: f32,
}

/// For each record on the right the records on the left that it may be, best first.
#[must_use]
pub fn link(left: &[Party], right: &[Party]) -> Vec<Vec<Link>> {
    let linker = Linker::new(left);
    right.par_iter().map(|party| linker.candidates(party)).collect()
}

fn grams(name: &str) -> Vec<[char; 3]> {
    let characters: Vec<char> = std::iter::once(' ').chain(name.chars()).chain(std::iter::once(' ')).collect();
    let mut grams: Vec<[char; 3]> = characters.windows(3).map(|w| [w[0], w[1], w[2]]).collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

impl Linker {
    /// Prepares the records to be searched.
    #[must_use]
    pub fn new(left: &[Party]) -> Self {
        let names: Vec<String> = left.par_iter().map(|party| normalise(&party.name)).collect();
        let n = left.len() as f32;
        let mut identifiers: HashMap<Identifier, Vec<usize>> = HashMap::new();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        let mut postings: HashMap<[char; 3], Vec<u32>> = HashMap::new();
        let mut words: HashMap<String, f32> = HashMap::new();
        for (place, party) in left.iter().enumerate() {
            for identifier in &party.identifiers {
                identifiers.entry(identifier.clone()).or_default().push(place);
            }
            if names[place].is_empty() {
                continue;
            }
            by_name.entry(names[place].clone()).or_default().push(place);
            for gram in grams(&names[place]) {
                postings.entry(gram).or_default().push(place as u32);
            }
            let mut own = telling_words(&names[place]);
            own.sort_unstable();
            own.dedup();
            for word in own {
                *words.entry(word.to_owned()).or_insert(0.0) += 1.0;
            }
        }
        let rarity = |count: f32| ((1.0 + n) / (1.0 + count)).ln() + 0.1;
        let gram_rarity: HashMap<[char; 3], f32> =
            postings.iter().map(|(gram, places)| (*gram, rarity(places.len() as f32))).collect();
        let lengths = names
            .par_iter()
            .map(|name| grams(name).iter().map(|g| gram_rarity[g].powi(2)).sum::<f32>().sqrt())
            .collect();
        words.values_mut().for_each(|count| *count = rarity(*count));
        Self {
            countries: left.iter().map(|party| party.country.to_uppercase()).collect(),
            schemes: left
                .iter()
                .map(|party| party.identifiers.iter().map(|i| (i.scheme.clone(), i.value.clone())).collect())
                .collect(),
            names,
            identifiers,
            by_name,
            grams: postings,
            gram_rarity,
            lengths,
            word_rarity: words,
            unseen: rarity(0.0),
        }
    }

    /// The records on the left that this one may be, best first.
    #[must_use]
    pub fn candidates(&self, party: &Party) -> Vec<Link> {
        let mut links: BTreeMap<usize, Link> = BTreeMap::new();
        for identifier in &party.identifiers {
            for left in self.identifiers.get(identifier).into_iter().flatten() {
                let ground = Ground::Identifier(identifier.clone());
                links.entry(*left).or_insert(Link { left: *left, score: 1.0, certainty: Certainty::Certain, ground });
            }
        }
        let name = normalise(&party.name);
        let country = party.country.to_uppercase();
        let same_country =
            |left: usize| country.is_empty() || self.countries[left].is_empty() || self.countries[left] == country;
        if !name.is_empty() {
            let equal: Vec<usize> =
                self.by_name.get(&name).into_iter().flatten().copied().filter(|left| same_country(*left)).collect();
            for left in &equal {
                let sure = equal.len() == 1
                    && name.chars().count() >= DISTINCTIVE
                    && !country.is_empty()
                    && self.countries[*left] == country;
                let differs = party
                    .identifiers
                    .iter()
                    .any(|i| self.schemes[*left].get(&i.scheme).is_some_and(|value| *value != i.value));
                let link = match (differs, sure) {
                    (true, _) => Link {
                        left: *left,
                        score: 0.85,
                        certainty: Certainty::Likely,
                        ground: Ground::SameNameOtherIdentifier,
                    },
                    (false, true) => {
                        Link { left: *left, score: 0.99, certainty: Certainty::Certain, ground: Ground::SameName }
                    }
                    (false, false) => {
                        Link { left: *left, score: 0.95, certainty: Certainty::Likely, ground: Ground::SameName }
                    }
                };
                links.entry(*left).or_insert(link);
            }
            for (left, score) in self.resembling(&name, &same_country) {
                let certainty = if score >= LIKELY { Certainty::Likely } else { Certainty::Possible };
                links.entry(left).or_insert(Link {
                    left,
                    score: score.min(0.94),
                    certainty,
                    ground: Ground::SimilarName,
                });
            }
        }
        let mut links: Vec<Link> = links.into_values().collect();
        links.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.left.cmp(&b.left)));
        links
    }

    fn resembling(&self, name: &str, same_country: &dyn Fn(usize) -> bool) -> Vec<(usize, f32)> {
        let mut dots: HashMap<u32, f32> = HashMap::new();
        let mut length = 0.0;
        for gram in grams(name) {
            let rarity = self.gram_rarity.get(&gram).copied().unwrap_or(self.unseen);
            length += rarity * rarity;
            for left in self.grams.get(&gram).into_iter().flatten() {
                *dots.entry(*left).or_insert(0.0) += rarity * rarity;
            }
        }
        let length: f32 = length.sqrt();
        let mut near: Vec<(usize, f32)> = dots
            .into_iter()
            .map(|(left, dot)| (left as usize, dot / (length * self.lengths[left as usize]).max(f32::MIN_POSITIVE)))
            .filter(|(left, cosine)| *cosine >= 0.35 && same_country(*left))
            .collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(CLOSELY);
        near.into_iter()
            .map(|(left, cosine)| (left, self.resemblance(name, &self.names[left], cosine)))
            .filter(|(_, score)| *score >= POSSIBLE)
            .collect()
    }

    /// Cosine of 3-grams and agreement of telling words, in equal parts.
    fn resemblance(&self, one: &str, other: &str, cosine: f32) -> f32 {
        let (a, b) = (telling_words(one), telling_words(other));
        let rarity = |word: &str| self.word_rarity.get(word).copied().unwrap_or(self.unseen);
        let agree: f32 = a.iter().filter(|w| b.contains(w)).map(|w| rarity(w)).sum();
        let all: f32 = a.iter().chain(&b).map(|w| rarity(w)).sum::<f32>() - agree;
        let words = if all > 0.0 { agree / all } else { 0.0 };
        cosine.max(0.5 * cosine + 0.5 * words).min(1.0)
    }
}
