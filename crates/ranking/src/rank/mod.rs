//! Questions and answers.

mod parts;
mod reasons;

use crate::index::Index;
use crate::text::Language;
use crate::weights::{PARTS, Part, Situation};
use parts::Clues;

pub use reasons::{Evidence, Reason};

/// A question: who fits this text, beside these members?
///
/// ```
/// use ranking::Query;
/// let query = Query { text: "early diagnosis of rare diseases", limit: 10, ..Query::default() };
/// assert!(query.members_in.is_empty());
/// ```
#[derive(Clone, Copy)]
pub struct Query<'a> {
    /// What is wanted, in French or English; may be empty.
    pub text: &'a str,
    /// Keys of the organisations already in; they are not returned. Unknown keys count for nothing.
    pub members_in: &'a [u64],
    /// Keys of organisations that must not be returned.
    pub excluded: &'a [u64],
    /// Says which organisations may be returned; all when absent.
    pub admitted: Option<&'a (dyn Fn(u64) -> bool + Sync)>,
    /// Organisations without any past project first, the others after them.
    pub newcomers_first: bool,
    /// Whether the text is that of a call: what a call names are agencies and programmes, not partners.
    pub is_call: bool,
    /// How many to return at most.
    pub limit: usize,
}

impl Default for Query<'_> {
    fn default() -> Self {
        Self {
            text: "",
            members_in: &[],
            excluded: &[],
            admitted: None,
            newcomers_first: false,
            is_call: false,
            limit: 20,
        }
    }
}

impl std::fmt::Debug for Query<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Query")
            .field("text", &self.text)
            .field("members_in", &self.members_in)
            .field("excluded", &self.excluded)
            .field("filtered", &self.admitted.is_some())
            .field("newcomers_first", &self.newcomers_first)
            .field("limit", &self.limit)
            .finish()
    }
}

/// An organisation in an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Its key.
    pub organisation: u64,
    /// How well it fits, in [0, 1]: exactly the sum of the shares of its reasons.
    pub score: f32,
    /// Whether it has no past project.
    pub newcomer: bool,
    /// Why, the strongest first.
    pub reasons: Vec<Reason>,
}

/// A past project that resembles a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SimilarProject {
    /// Its key.
    pub project: u64,
    /// How near, in [0, 1].
    pub similarity: f32,
}

/// The parts of every organisation's score before they are blended, for measurements and for choosing weights.
#[derive(Debug, Clone)]
pub struct PartScores {
    /// What the query offered.
    pub situation: Situation,
    /// For each organisation in the order of the corpus one number a [`crate::weights::Part`], each in [0, 1].
    pub values: Vec<[f32; PARTS]>,
}

impl Index {
    /// The organisations that fit best, best first; only those with some reason.
    #[must_use]
    pub fn rank(&self, query: &Query<'_>) -> Vec<Ranked> {
        let clues = self.clues(query);
        let parts = self.part_scores(&clues);
        let blend = self.weights.blend(clues.situation);
        let whole = self.largest_total(&clues, blend);
        let mut out: Vec<bool> = vec![false; self.organisations()];
        for key in query.members_in.iter().chain(query.excluded) {
            if let Some(place) = self.organisation_places.get(key) {
                out[*place as usize] = true;
            }
        }
        let mut best: Vec<(bool, f32, u32)> = Vec::new();
        for (place, body) in self.inner.organisations.iter().enumerate() {
            let total: f32 = parts[place].iter().zip(blend).map(|(p, w)| p * w).sum();
            if total <= 0.0 || out[place] || query.admitted.is_some_and(|admitted| !admitted(body.key)) {
                continue;
            }
            best.push((query.newcomers_first && body.projects > 0, total / whole, place as u32));
        }
        let order = |a: &(bool, f32, u32), b: &(bool, f32, u32)| {
            let activity = |place: u32| self.inner.organisations[place as usize].projects;
            a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(activity(b.2).cmp(&activity(a.2))).then(a.2.cmp(&b.2))
        };
        if query.limit == 0 {
            return Vec::new();
        }
        if best.len() > query.limit {
            best.select_nth_unstable_by(query.limit - 1, order);
            best.truncate(query.limit);
        }
        best.sort_unstable_by(order);
        best.into_iter()
            .map(|(_, score, place)| {
                let (score, reasons) = self.reasons(&clues, place, &parts[place as usize], blend, score);
                let body = &self.inner.organisations[place as usize];
                Ranked { organisation: body.key, score, newcomer: body.projects == 0, reasons }
            })
            .collect()
    }

    /// The past projects that resemble a text most, nearest first.
    #[must_use]
    pub fn similar_projects(&self, text: &str, limit: usize) -> Vec<SimilarProject> {
        let clues = self.clues(&Query { text, ..Query::default() });
        clues
            .neighbours
            .iter()
            .take(limit)
            .map(|n| SimilarProject {
                project: self.inner.projects[n.project as usize].key,
                similarity: n.similarity.clamp(0.0, 1.0),
            })
            .collect()
    }

    /// The separate parts of every organisation's score, before blending.
    #[must_use]
    pub fn parts(&self, query: &Query<'_>) -> PartScores {
        let clues = self.clues(query);
        PartScores { situation: clues.situation, values: self.part_scores(&clues) }
    }

    /// The language the ranking takes a text to be in.
    #[must_use]
    pub fn language(text: &str) -> Language {
        crate::text::language(text)
    }

    /// The most that a blend can add up to, so that scores stay in [0, 1] and compare between questions.
    ///
    /// What nobody can earn here does not count: mentions where the text names nobody, statements where none are held.
    fn largest_total(&self, clues: &Clues, blend: &[f32; PARTS]) -> f32 {
        let earned = |part: Part| match part {
            Part::Named => !clues.mentioned.is_empty(),
            Part::Country => !clues.countries.is_empty(),
            Part::Declared => !self.inner.statement_owners.is_empty(),
            _ => true,
        };
        let total: f32 = Part::ALL.into_iter().filter(|part| earned(*part)).map(|part| blend[part as usize]).sum();
        total.max(f32::MIN_POSITIVE)
    }
}
