//! The index: a corpus made ready for questions.

pub(crate) mod circle;
pub(crate) mod field;
pub(crate) mod names;
mod store;
pub(crate) mod usual;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::corpus::{Corpus, CorpusError, Places};
use crate::embedder::Embedder;
use crate::text::{Terms, fold};
use crate::weights::Weights;
use circle::Circle;
use field::{Field, Rows};
use names::Names;
use usual::{SAMPLE, Usual};

pub use store::{LoadError, SaveError};

/// No place: the project has no text, no topic or no part of the programme.
pub(crate) const NONE: u32 = u32::MAX;

/// How far [`Index::build`] has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Steps done.
    pub done: u32,
    /// Steps in all.
    pub of: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Body {
    pub key: u64,
    /// Consortia of two or more that it has been in.
    pub consortia: u32,
    /// Projects it has been in.
    pub projects: u32,
    /// Its country, ISO 3166 alpha-2; empty when unknown.
    pub country: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Past {
    pub key: u64,
    pub document: u32,
    pub topic: u32,
    pub programme: u32,
    /// Family of topics, in the same list as the parts of the programme.
    pub family: u32,
    pub members: u32,
    /// What its votes are worth for its age: 1 for the newest, halved every half-life.
    pub freshness: f32,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Statement {
    pub organisation: u32,
    /// Its place among the organisation's declarations.
    pub place: u32,
    pub vouched: bool,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Inner {
    pub organisations: Vec<Body>,
    pub projects: Vec<Past>,
    pub members: Rows,
    pub portfolio: Rows,
    /// The coordinator of each project, or none.
    pub coordinators: Vec<u32>,
    pub documents: Field,
    /// Project of each document.
    pub document_projects: Vec<u32>,
    pub topics: Field,
    pub topic_count: u32,
    pub statements: Field,
    pub statement_owners: Vec<Statement>,
    /// How near chance comes to the statements: by words and meaning, and by meaning above all.
    pub usual: [Usual; 2],
    pub names: Names,
    pub programmes: Vec<String>,
    /// Which of those are strands of topics rather than parts of the programme.
    pub strands: Vec<bool>,
    /// Freshness of the consortia of a programme part, summed.
    pub programme_mass: Vec<f32>,
    /// The regression on the members already in.
    pub circle: Circle,
    /// The regression on those whom a text brings up: broader, for they are only guessed.
    pub echo: Circle,
    /// Log of the consortia of each organisation, 1 for the busiest.
    pub activity: Vec<f32>,
}

/// A corpus made ready for questions. Share it freely between threads: asking changes nothing.
pub struct Index {
    pub(crate) inner: Inner,
    pub(crate) weights: Weights,
    pub(crate) embedder: Option<Arc<Embedder>>,
    pub(crate) terms: Terms,
    pub(crate) organisation_places: HashMap<u64, u32>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("organisations", &self.organisations())
            .field("projects", &self.projects())
            .finish_non_exhaustive()
    }
}

const STEPS: u32 = 6;

impl Index {
    /// Builds the index of a corpus; `progress` is told after every step.
    ///
    /// Without an embedder only words are compared, and a French text finds little in English.
    ///
    /// # Errors
    /// [`CorpusError`] when keys repeat or lead nowhere.
    pub fn build(
        corpus: &Corpus,
        embedder: Option<Arc<Embedder>>,
        progress: impl FnMut(Progress),
    ) -> Result<Self, CorpusError> {
        Self::build_with(corpus, embedder, Weights::default(), progress)
    }

    /// The same with other [`Weights`], for measurements.
    ///
    /// # Errors
    /// [`CorpusError`] when keys repeat or lead nowhere.
    pub fn build_with(
        corpus: &Corpus,
        embedder: Option<Arc<Embedder>>,
        weights: Weights,
        mut progress: impl FnMut(Progress),
    ) -> Result<Self, CorpusError> {
        let mut done = 0;
        let mut step = || {
            done += 1;
            progress(Progress { done, of: STEPS });
        };
        let places = corpus.places()?;
        let terms = Terms::default();
        let mut inner = Inner::default();
        lay_out(corpus, &places, &weights, &mut inner);
        inner.names = Names::build(&corpus.organisations);
        step();
        let texts = lay_texts(corpus, &mut inner);
        inner.documents = Field::build(&texts.documents, 2, &terms, embedder.as_deref());
        let project_of = &inner.document_projects;
        let members = |document: u32| inner.members.row(project_of[document as usize] as usize);
        inner.documents.lexicon.heed(members, corpus.organisations.len(), weights.bearing);
        learn_names(&texts, &terms, &mut inner);
        step();
        inner.topics = Field::build(&texts.topics, 1, &terms, embedder.as_deref());
        step();
        inner.statements = Field::build(&texts.statements, 1, &terms, embedder.as_deref());
        step();
        measure(&weights, &mut inner);
        step();
        let mut index = Self::assemble(inner, weights, embedder);
        index.inner.usual = index.usual(&texts.documents);
        step();
        Ok(index)
    }

    /// How near texts of past projects come to the statements, taken evenly over the years.
    fn usual(&self, documents: &[String]) -> [Usual; 2] {
        let statements = self.inner.statement_owners.len();
        if statements == 0 {
            return Default::default();
        }
        let every = documents.len().div_ceil(SAMPLE).max(1);
        let sample: Vec<&String> = documents.iter().step_by(every).collect();
        let near: Vec<[Vec<f32>; 2]> = sample.par_iter().map(|text| self.nearness_to_statements(text)).collect();
        let (words, meaning): (Vec<_>, Vec<_>) = near.into_iter().map(|[words, meaning]| (words, meaning)).unzip();
        [Usual::build(statements, &words), Usual::build(statements, &meaning)]
    }

    fn assemble(inner: Inner, weights: Weights, embedder: Option<Arc<Embedder>>) -> Self {
        let organisation_places =
            inner.organisations.iter().enumerate().map(|(place, body)| (body.key, place as u32)).collect();
        Self { inner, weights, embedder, terms: Terms::default(), organisation_places }
    }

    /// How many organisations can be ranked.
    #[must_use]
    pub fn organisations(&self) -> usize {
        self.inner.organisations.len()
    }

    /// How many past projects are known.
    #[must_use]
    pub fn projects(&self) -> usize {
        self.inner.projects.len()
    }

    /// The numbers it works with.
    #[must_use]
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// Replaces what the blend of the parts and the votes use; what went into building stays as it is.
    #[must_use]
    pub fn with_weights(mut self, weights: Weights) -> Self {
        self.weights = weights;
        self
    }
}

/// Who took part in what, both ways round; a repeated participation counts once.
fn lay_out(corpus: &Corpus, places: &Places, weights: &Weights, inner: &mut Inner) {
    let mut pairs: Vec<(u32, u32)> = corpus
        .participations
        .iter()
        .map(|p| (places.projects[&p.project], places.organisations[&p.organisation]))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    inner.members = Rows::gather(corpus.projects.len(), &pairs);
    let turned: Vec<(u32, u32)> = pairs.iter().map(|(project, organisation)| (*organisation, *project)).collect();
    inner.portfolio = Rows::gather(corpus.organisations.len(), &turned);

    inner.coordinators = vec![NONE; corpus.projects.len()];
    for participation in corpus.participations.iter().filter(|p| p.coordinator) {
        inner.coordinators[places.projects[&participation.project] as usize] =
            places.organisations[&participation.organisation];
    }

    let newest = corpus.projects.iter().filter_map(|p| p.start).max().unwrap_or(0);
    let mut starts: Vec<i32> = corpus.projects.iter().filter_map(|p| p.start).collect();
    starts.sort_unstable();
    // A project without a date is taken to be as old as the middle one.
    let middle = starts.get(starts.len() / 2).copied().unwrap_or(newest);
    let mut programmes: HashMap<(String, bool), u32> = HashMap::new();
    for (place, project) in corpus.projects.iter().enumerate() {
        let age = f64::from(newest) - f64::from(project.start.unwrap_or(middle));
        let freshness = (-std::f64::consts::LN_2 * age / 365.25 / f64::from(weights.half_life.max(0.01))).exp() as f32;
        let mut class = |name: String, strand: bool| {
            if name.is_empty() {
                return NONE;
            }
            let next = programmes.len() as u32;
            *programmes.entry((name, strand)).or_insert_with_key(|(name, _)| {
                inner.programmes.push(name.clone());
                inner.strands.push(strand);
                next
            })
        };
        let programme = class(project.programme.clone(), false);
        let family = class(topic_family(&project.topic_code), true);
        let members = inner.members.row(place).len() as u32;
        inner.projects.push(Past {
            key: project.key,
            document: NONE,
            topic: NONE,
            programme,
            family,
            members,
            freshness,
        });
    }
    for (place, organisation) in corpus.organisations.iter().enumerate() {
        let portfolio = inner.portfolio.row(place);
        let consortia = portfolio.iter().filter(|p| inner.projects[**p as usize].members >= 2).count() as u32;
        inner.organisations.push(Body {
            key: organisation.key,
            consortia,
            projects: portfolio.len() as u32,
            country: organisation.country.clone(),
        });
    }
}

/// What the topics of one strand have in common over the years: `ICT` of `ICT-29-2016`, `SC1-PM` of `SC1-PM-08-2014`.
fn topic_family(code: &str) -> String {
    let parts = code.split('-').skip_while(|part| matches!(*part, "H2020" | "HORIZON" | "FP7"));
    let kept: Vec<&str> =
        parts.take_while(|part| !part.chars().all(|c| c.is_ascii_digit() || c == '.')).take(3).collect();
    kept.join("-")
}

struct Texts {
    documents: Vec<String>,
    topics: Vec<String>,
    statements: Vec<String>,
}

/// The texts of each field: one a project that has any, one a distinct topic title, one a statement.
fn lay_texts(corpus: &Corpus, inner: &mut Inner) -> Texts {
    let mut texts = Texts { documents: Vec::new(), topics: Vec::new(), statements: Vec::new() };
    let mut topics: HashMap<String, u32> = HashMap::new();
    // Newest first, so that of equally near projects the most recent are met first.
    let mut order: Vec<usize> = (0..corpus.projects.len()).collect();
    order.sort_by_key(|p| std::cmp::Reverse(corpus.projects[*p].start));
    for place in order {
        let project = &corpus.projects[place];
        let parts: Vec<&str> = [&project.title, &project.objective, &project.topic_title]
            .into_iter()
            .map(|t| t.trim())
            .filter(|t| !t.is_empty())
            .collect();
        if !parts.is_empty() {
            inner.projects[place].document = texts.documents.len() as u32;
            inner.document_projects.push(place as u32);
            texts.documents.push(parts.join(". "));
        }
        let topic = project.topic_title.trim();
        if !topic.is_empty() {
            inner.projects[place].topic = *topics.entry(fold(topic)).or_insert_with(|| {
                texts.topics.push(topic.to_owned());
                texts.topics.len() as u32 - 1
            });
        }
    }
    inner.topic_count = texts.topics.len() as u32;
    for (owner, organisation) in corpus.organisations.iter().enumerate() {
        for (place, declaration) in organisation.declared.iter().enumerate().filter(|(_, d)| !d.text.trim().is_empty())
        {
            inner.statement_owners.push(Statement {
                organisation: owner as u32,
                place: place as u32,
                vouched: declaration.vouched,
            });
            texts.statements.push(declaration.text.clone());
        }
    }
    texts
}

/// Sees what the mentions in the texts of past projects were worth.
fn learn_names(texts: &Texts, terms: &Terms, inner: &mut Inner) {
    let mut names = std::mem::take(&mut inner.names);
    names.learn(
        &texts.documents,
        |word| inner.documents.lexicon.surprise_of(terms, word),
        |document, owner| inner.members.row(inner.document_projects[document] as usize).binary_search(&owner).is_ok(),
    );
    inner.names = names;
}

/// What can be counted before any question is asked.
fn measure(weights: &Weights, inner: &mut Inner) {
    inner.programme_mass = vec![0.0; inner.programmes.len()];
    for past in inner.projects.iter().filter(|p| p.members >= 2) {
        for class in [past.programme, past.family].into_iter().filter(|class| *class != NONE) {
            inner.programme_mass[class as usize] += past.freshness;
        }
    }
    let rows = |size: f32| -> Vec<f32> {
        let weight = |past: &Past| past.freshness.sqrt() / (past.members as f32).powf(size);
        inner.projects.iter().map(|past| if past.members >= 2 { weight(past) } else { 0.0 }).collect()
    };
    inner.circle = Circle::build(&inner.members, &inner.portfolio, rows(weights.ridge_size), weights.ridge);
    inner.echo = Circle::build(&inner.members, &inner.portfolio, rows(weights.echo_size), weights.echo_ridge);
    let activity = |body: usize| -> f32 {
        inner
            .portfolio
            .row(body)
            .iter()
            .map(|p| &inner.projects[*p as usize])
            .filter(|p| p.members >= 2)
            .map(|p| p.freshness)
            .sum::<f32>()
            .ln_1p()
    };
    inner.activity = (0..inner.organisations.len()).map(activity).collect();
    let most = inner.activity.iter().copied().fold(0.0_f32, f32::max);
    if most > 0.0 {
        inner.activity.iter_mut().for_each(|a| *a /= most);
    }
}
