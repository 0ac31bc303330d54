//! Candidates for a record: by identifier, by equal name, by shared character 3-grams.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::name::{aliases, common, compact, normalise, normalise_keeping_form, respelled, telling_words};
use super::{Certainty, Ground, Identifier, Link, Party};

/// From here a resembling name is likely the same organisation.
const LIKELY: f32 = 0.70;
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
    by_alias: HashMap<String, Vec<usize>>,
    formal: Vec<String>,
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

/// The pairs of records of one list that may be one organisation, best first; the earlier record of each is the one that
/// [`Link::left`] names.
#[must_use]
pub fn within(parties: &[Party]) -> Vec<(usize, Link)> {
    let linker = Linker::new(parties);
    let mut pairs: Vec<(usize, Link)> = (0..parties.len())
        .into_par_iter()
        .flat_map_iter(|own| {
            let links = linker.candidates_but(&parties[own], Some(own));
            links.into_iter().map(move |link| (own.max(link.left), Link { left: own.min(link.left), ..link }))
        })
        .collect();
    // A record may find another that does not find it among its nearest: a pair counts once, as the surer of the two.
    pairs.sort_by(|(one, a), (other, b)| {
        (a.left, *one).cmp(&(b.left, *other)).then_with(|| b.score.total_cmp(&a.score))
    });
    pairs.dedup_by_key(|(one, link)| (link.left, *one));
    pairs.sort_by(|(one, a), (other, b)| b.score.total_cmp(&a.score).then((a.left, *one).cmp(&(b.left, *other))));
    pairs
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
        let names: Vec<String> = left.par_iter().map(|party| respelled(&normalise(&party.name))).collect();
        let n = left.len() as f32;
        let mut identifiers: HashMap<Identifier, Vec<usize>> = HashMap::new();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_alias: HashMap<String, Vec<usize>> = HashMap::new();
        let mut postings: HashMap<[char; 3], Vec<u32>> = HashMap::new();
        let mut words: HashMap<String, f32> = HashMap::new();
        for (place, party) in left.iter().enumerate() {
            for identifier in &party.identifiers {
                identifiers.entry(identifier.clone()).or_default().push(place);
            }
            if names[place].is_empty() {
                continue;
            }
            by_name.entry(compact(&names[place])).or_default().push(place);
            for alias in aliases(&party.name) {
                by_alias.entry(compact(&alias)).or_default().push(place);
            }
            for gram in grams(&names[place]) {
                postings.entry(gram).or_default().push(place as u32);
            }
            let mut own: Vec<&str> = telling_words(&names[place]).into_iter().map(common).collect();
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
            formal: left.iter().map(|party| normalise_keeping_form(&party.name)).collect(),
            names,
            identifiers,
            by_name,
            by_alias,
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
        self.candidates_but(party, None)
    }

    /// The same, where the record itself stands on the left and is none of its own candidates.
    fn candidates_but(&self, party: &Party, own: Option<usize>) -> Vec<Link> {
        let mut links: BTreeMap<usize, Link> = BTreeMap::new();
        for identifier in &party.identifiers {
            for left in self.identifiers.get(identifier).into_iter().flatten().filter(|left| own != Some(**left)) {
                let ground = Ground::Identifier(identifier.clone());
                links.entry(*left).or_insert(Link { left: *left, score: 1.0, certainty: Certainty::Certain, ground });
            }
        }
        let name = respelled(&normalise(&party.name));
        let formal = normalise_keeping_form(&party.name);
        let country = party.country.to_uppercase();
        let same_country = |left: usize| {
            own != Some(left)
                && (country.is_empty() || self.countries[left].is_empty() || self.countries[left] == country)
        };
        if !name.is_empty() {
            let key = compact(&name);
            let equal: Vec<usize> =
                self.by_name.get(&key).into_iter().flatten().copied().filter(|left| same_country(*left)).collect();
            for left in &equal {
                let sure = equal.len() == 1
                    && name.chars().count() >= DISTINCTIVE
                    && !country.is_empty()
                    && self.countries[*left] == country;
                let differs =
                    party.identifiers.iter().any(|i| self.schemes[*left].get(&i.scheme).is_some_and(|v| *v != i.value));
                // Of several with one name, the one with the same legal form goes first.
                let (score, certainty, ground) = match (differs, sure, self.formal[*left] == formal) {
                    (true, _, _) => (0.85, Certainty::Likely, Ground::SameNameOtherIdentifier),
                    (false, true, _) => (0.99, Certainty::Certain, Ground::SameName),
                    (false, false, true) => (0.96, Certainty::Likely, Ground::SameName),
                    (false, false, false) => (0.95, Certainty::Likely, Ground::SameName),
                };
                links.entry(*left).or_insert(Link { left: *left, score, certainty, ground });
            }
            // One of several names in one: the whole name here may be a part of the name there, or the reverse. Within one
            // list a part that two names share is mostly the body that both belong to (`University of X - Faculty of Y`).
            let mut parts: Vec<String> = Vec::new();
            if own.is_none() {
                parts.extend(aliases(&party.name).iter().map(|alias| compact(alias)));
                parts.push(key);
            }
            for left in parts
                .iter()
                .flat_map(|part| self.by_name.get(part).into_iter().chain(self.by_alias.get(part)).flatten().copied())
            {
                if same_country(left) {
                    let ground = Ground::SimilarName;
                    links.entry(left).or_insert(Link { left, score: 0.9, certainty: Certainty::Likely, ground });
                }
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

    /// Cosine of 3-grams and agreement of telling words.
    ///
    /// A word more on one side is often a longer form of the name; a word in the place of another is another
    /// organisation (`Chamber of commerce of Teramo`, `of Florence`), and weighs double.
    fn resemblance(&self, one: &str, other: &str, cosine: f32) -> f32 {
        let one: Vec<&str> = telling_words(one).into_iter().map(common).collect();
        let mut other: Vec<&str> = telling_words(other).into_iter().map(common).collect();
        let rarity = |word: &str| self.word_rarity.get(word).copied().unwrap_or(self.unseen);
        let (mut agree, mut left) = (0.0, 0.0);
        for word in one {
            match other.iter().position(|o| *o == word).or_else(|| other.iter().position(|o| misspelt(o, word))) {
                Some(place) => agree += rarity(other.swap_remove(place)),
                None => left += rarity(word),
            }
        }
        let right: f32 = other.iter().map(|word| rarity(word)).sum();
        let replaced = left.min(right);
        let words = agree / (agree + 2.0 * replaced + 0.5 * (left.max(right) - replaced)).max(f32::MIN_POSITIVE);
        let both = 0.5 * cosine + 0.5 * words;
        if replaced > 0.0 { both.min(cosine) } else { both.max(cosine) }.min(1.0)
    }
}

/// Whether two words of some length differ by one letter left out, added or replaced, or by two in a long word.
fn misspelt(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let shorter = a.len().min(b.len());
    let allowed = match shorter {
        0..=5 => return false,
        6..=9 => 1,
        _ => 2,
    };
    if a.len().abs_diff(b.len()) > allowed || a[0] != b[0] {
        return false;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let kept = before + usize::from(x != y);
            before = row[j + 1];
            row[j + 1] = kept.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()] <= allowed
}
