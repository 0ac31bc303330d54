//! One field of text over many documents: words by TF-IDF, meaning by quantised vectors.

use std::collections::HashMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::embedder::Embedder;
use crate::text::Terms;

/// How many pairs of consortia weigh as much as what is usual of terms as rare.
const PATIENCE: f64 = 50.0;

/// Rows of numbers of differing length, one after the other.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Rows {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Rows {
    pub fn gather(rows: usize, pairs: &[(u32, u32)]) -> Self {
        let mut starts = vec![0_u32; rows + 1];
        for (row, _) in pairs {
            starts[*row as usize + 1] += 1;
        }
        for row in 0..rows {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut items = vec![0; pairs.len()];
        for (row, item) in pairs {
            let place = &mut next[*row as usize];
            items[*place as usize] = *item;
            *place += 1;
        }
        Self { starts, items }
    }

    pub fn row(&self, row: usize) -> &[u32] {
        &self.items[self.starts[row] as usize..self.starts[row + 1] as usize]
    }

    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether this can have come from [`Rows::gather`] over `rows` rows with items below `bound`.
    pub fn is_sound(&self, rows: usize, bound: usize) -> bool {
        self.starts.len() == rows + 1
            && self.starts.first() == Some(&0)
            && self.starts.is_sorted()
            && self.starts.last().copied() == u32::try_from(self.items.len()).ok()
            && self.items.iter().all(|item| (*item as usize) < bound)
    }
}

/// The words of a field: for each term the documents that hold it, with unit-length weights.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Lexicon {
    terms: Vec<String>,
    rarity: Vec<f32>,
    /// How much more often than others as rare the documents of a term share members, as a factor of its weight.
    bearing: Vec<f32>,
    postings: Rows,
    weights: Vec<f32>,
    documents: usize,
    #[serde(skip)]
    places: HashMap<String, u32>,
}

impl Lexicon {
    /// `documents[i]` are the counted terms of document i. Terms in fewer than `least` documents or more than half are left out.
    pub fn build(documents: &[Vec<(String, u32)>], least: u32) -> Self {
        let mut frequency: HashMap<&str, u32> = HashMap::new();
        for (term, _) in documents.iter().flatten() {
            *frequency.entry(term).or_insert(0) += 1;
        }
        let most = (documents.len() as u32 / 2).max(10);
        let mut kept: Vec<(&str, u32)> = frequency.into_iter().filter(|(_, n)| *n >= least && *n <= most).collect();
        kept.sort_unstable();
        let rarity: Vec<f32> =
            kept.iter().map(|(_, n)| ((1.0 + documents.len() as f32) / (1.0 + *n as f32)).ln() + 1.0).collect();
        let places: HashMap<String, u32> =
            kept.iter().enumerate().map(|(place, (term, _))| ((*term).to_owned(), place as u32)).collect();
        let vectors: Vec<Vec<(u32, f32)>> = documents
            .par_iter()
            .map(|counted| {
                let mut vector: Vec<(u32, f32)> = counted
                    .iter()
                    .filter_map(|(term, n)| {
                        places.get(term).map(|p| (*p, (1.0 + (*n as f32).ln()) * rarity[*p as usize]))
                    })
                    .collect();
                let length = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
                vector.iter_mut().for_each(|(_, w)| *w /= length);
                vector
            })
            .collect();
        let pairs: Vec<(u32, u32)> = vectors
            .iter()
            .enumerate()
            .flat_map(|(document, vector)| vector.iter().map(move |(term, _)| (*term, document as u32)))
            .collect();
        let postings = Rows::gather(kept.len(), &pairs);
        let mut next: Vec<u32> = postings.starts.clone();
        let mut weights = vec![0.0; pairs.len()];
        for (term, weight) in vectors.iter().flatten() {
            let place = &mut next[*term as usize];
            weights[*place as usize] = *weight;
            *place += 1;
        }
        let bearing = vec![1.0; kept.len()];
        let terms = kept.iter().map(|(term, _)| (*term).to_owned()).collect();
        Self { terms, rarity, bearing, postings, weights, documents: documents.len(), places }
    }

    /// Restores what is not saved, and says whether the rest holds together.
    pub fn restore(&mut self) -> bool {
        self.places = self.terms.iter().enumerate().map(|(place, term)| (term.clone(), place as u32)).collect();
        self.rarity.len() == self.terms.len()
            && self.bearing.len() == self.terms.len()
            && self.postings.is_sound(self.terms.len(), self.documents)
            && self.weights.len() == self.postings.items.len()
    }

    /// Learns from past consortia which terms bring partners together: documents that share `Clean Sky` share members,
    /// documents that share `innovative` hardly more than any. `members` are those of each document; `power` says how
    /// far the weights follow.
    pub fn heed<'a>(&mut self, members: impl Fn(u32) -> &'a [u32] + Sync, bodies: usize, power: f32) {
        let shared: Vec<(f64, f64)> = (0..self.terms.len())
            .into_par_iter()
            .map_init(
                || (vec![0.0_f32; bodies], Vec::new()),
                |(together, touched), term| {
                    let (mut own, mut count) = (0.0_f64, 0.0_f64);
                    for consortium in self.postings.row(term).iter().map(|d| members(*d)).filter(|m| m.len() >= 2) {
                        let unit = 1.0 / (consortium.len() as f32).sqrt();
                        for member in consortium {
                            if together[*member as usize] == 0.0 {
                                touched.push(*member);
                            }
                            together[*member as usize] += unit;
                        }
                        own += 1.0;
                        count += 1.0;
                    }
                    let square = |member: u32| f64::from(std::mem::take(&mut together[member as usize])).powi(2);
                    let whole: f64 = touched.drain(..).map(square).sum();
                    // Cosines of all ordered pairs of different consortia, and how many pairs there are.
                    ((whole - own).max(0.0), count * (count - 1.0))
                },
            )
            .collect();
        // Terms are judged beside those that are as rare: rare ones share members by being of one topic.
        let step = |pairs: f64| (pairs.max(1.0).log2() / 2.0) as usize;
        let mut steps = vec![(0.0_f64, 0.0_f64); 40];
        for (overlap, pairs) in &shared {
            let sum = &mut steps[step(*pairs).min(39)];
            sum.0 += overlap;
            sum.1 += pairs;
        }
        for (bearing, (overlap, pairs)) in self.bearing.iter_mut().zip(&shared) {
            let (all, of) = steps[step(*pairs).min(39)];
            let usual = if of > 0.0 { all / of } else { 0.0 };
            let lift = if usual > 0.0 { (overlap + PATIENCE * usual) / (pairs + PATIENCE) / usual } else { 1.0 };
            *bearing = (lift.clamp(0.1, 10.0) as f32).powf(power);
        }
        let mut lengths = vec![0.0_f32; self.documents];
        for term in 0..self.terms.len() {
            let range = self.postings.starts[term] as usize..self.postings.starts[term + 1] as usize;
            for (document, weight) in self.postings.items[range.clone()].iter().zip(&mut self.weights[range]) {
                *weight *= self.bearing[term];
                lengths[*document as usize] += *weight * *weight;
            }
        }
        for (document, weight) in self.postings.items.iter().zip(&mut self.weights) {
            *weight /= lengths[*document as usize].sqrt().max(f32::MIN_POSITIVE);
        }
    }

    /// The question as weights of known terms, of length one, and the share of its words that are known.
    pub fn question(&self, counted: &[(String, u32)]) -> (Vec<(u32, f32)>, f32) {
        let unseen = (1.0 + self.documents as f32).ln() + 1.0;
        let (mut known, mut all) = (0.0_f32, 0.0_f32);
        let mut question = Vec::with_capacity(counted.len());
        for (term, n) in counted {
            let single = !term.contains(' ');
            let Some(place) = self.places.get(term) else {
                all += if single { unseen } else { 0.0 };
                continue;
            };
            let rarity = self.rarity[*place as usize];
            if single {
                all += rarity;
                known += rarity;
            }
            question.push((*place, (1.0 + (*n as f32).ln()) * rarity * self.bearing[*place as usize]));
        }
        unit(&mut question);
        (question, if all > 0.0 { known / all } else { 0.0 })
    }

    /// The cosine of every document with a question.
    pub fn cosines(&self, question: &[(u32, f32)]) -> Vec<f32> {
        let mut cosine = vec![0.0_f32; self.documents];
        for (place, weight) in question {
            let range =
                self.postings.starts[*place as usize] as usize..self.postings.starts[*place as usize + 1] as usize;
            for (document, share) in self.postings.items[range.clone()].iter().zip(&self.weights[range]) {
                cosine[*document as usize] += weight * share;
            }
        }
        cosine.iter_mut().for_each(|c| *c = c.min(1.0));
        cosine
    }

    /// Whether a document holds a term.
    pub fn holds(&self, term: &str, document: u32) -> bool {
        self.places.get(term).is_some_and(|place| self.postings.row(*place as usize).binary_search(&document).is_ok())
    }

    /// How rare a single word is, from 0 (in every document) to 1 (in none).
    pub fn surprise(&self, term: &str) -> f32 {
        let most = (1.0 + self.documents as f32).ln().max(f32::MIN_POSITIVE);
        self.places.get(term).map_or(1.0, |place| ((self.rarity[*place as usize] - 1.0) / most).clamp(0.0, 1.0))
    }

    /// The same for a word as it is written: the rarest stem in it counts, and a word without any says nothing.
    pub fn surprise_of(&self, terms: &Terms, word: &str) -> f32 {
        terms.stems(word).iter().map(|stem| self.surprise(stem)).fold(0.0, f32::max)
    }

    /// How rare a single word is; words never seen are the rarest.
    pub fn rarity(&self, term: &str) -> f32 {
        self.places.get(term).map_or((1.0 + self.documents as f32).ln() + 1.0, |place| self.rarity[*place as usize])
    }
}

fn unit(vector: &mut [(u32, f32)]) {
    let length = vector.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|(_, w)| *w /= length);
    }
}

/// Unit vectors of documents in one byte a dimension: 192 bytes instead of 768, and the order hardly changes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Vectors {
    dimensions: usize,
    values: Vec<i8>,
    scales: Vec<f32>,
}

fn quantise(vector: &[f32]) -> (Vec<i8>, f32) {
    let largest = vector.iter().fold(0.0_f32, |a, x| a.max(x.abs()));
    if largest <= 0.0 || !largest.is_finite() {
        return (vec![0; vector.len()], 0.0);
    }
    (vector.iter().map(|x| (x / largest * 127.0).round() as i8).collect(), largest / 127.0)
}

impl Vectors {
    pub fn build(texts: &[String], embedder: &Embedder) -> Self {
        let rows: Vec<(Vec<i8>, f32)> = texts.par_iter().map(|text| quantise(&embedder.embed(text))).collect();
        let mut values = Vec::with_capacity(rows.len() * embedder.dimensions());
        let mut scales = Vec::with_capacity(rows.len());
        for (row, scale) in rows {
            values.extend(row);
            scales.push(scale);
        }
        Self { dimensions: embedder.dimensions(), values, scales }
    }

    /// Cosine of the query with every document; nothing when there are no vectors.
    pub fn search(&self, query: &[f32]) -> Vec<f32> {
        if self.dimensions == 0 || query.len() != self.dimensions {
            return Vec::new();
        }
        let (query, scale) = quantise(query);
        let query: Vec<i16> = query.into_iter().map(i16::from).collect();
        self.values
            .chunks_exact(self.dimensions)
            .zip(&self.scales)
            .map(|(row, own)| {
                let dot: i32 = row.iter().zip(&query).map(|(a, b)| i32::from(i16::from(*a)) * i32::from(*b)).sum();
                dot as f32 * scale * own
            })
            .collect()
    }

    pub fn is_sound(&self, documents: usize) -> bool {
        (self.dimensions == 0 && self.values.is_empty())
            || (self.scales.len() == documents && self.values.len() == documents * self.dimensions)
    }
}

/// A field: words and, with an embedder, meaning.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Field {
    pub lexicon: Lexicon,
    pub vectors: Vectors,
}

impl Field {
    pub fn build(texts: &[String], least: u32, terms: &Terms, embedder: Option<&Embedder>) -> Self {
        let counted: Vec<Vec<(String, u32)>> = texts.par_iter().map(|text| terms.counted(text)).collect();
        Self {
            lexicon: Lexicon::build(&counted, least),
            vectors: embedder.map(|e| Vectors::build(texts, e)).unwrap_or_default(),
        }
    }

    pub fn restore(&mut self, documents: usize) -> bool {
        self.lexicon.restore() && self.lexicon.documents == documents && self.vectors.is_sound(documents)
    }
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    #[test]
    fn a_term_whose_documents_share_members_weighs_more_than_one_as_frequent() {
        let counted = |words: &str| words.split(' ').map(|word| (word.to_owned(), 1)).collect::<Vec<_>>();
        let documents: Vec<_> =
            ["fusion alpha", "fusion beta", "novel gamma", "novel delta", "other epsilon", "other zeta"]
                .map(counted)
                .into();
        let members: [&[u32]; 6] = [&[0, 1], &[0, 1], &[2, 3], &[4, 5], &[6, 7], &[8, 9]];
        let mut lexicon = Lexicon::build(&documents, 1);
        let near = |lexicon: &Lexicon, document: usize| {
            lexicon.cosines(&lexicon.question(&counted("fusion novel")).0)[document]
        };
        assert_eq!(near(&lexicon, 0), near(&lexicon, 2));
        lexicon.heed(|document| members[document as usize], 10, 1.0);
        assert!(near(&lexicon, 0) > near(&lexicon, 2));
        assert_eq!(near(&lexicon, 2), near(&lexicon, 3));
    }
}
