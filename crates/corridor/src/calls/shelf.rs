//! All topics at hand: their lines, an index of their words and the direction of their texts.
//!
//! The shelf is a projection of the database, marked with the stamp that every import raises. Each use compares the
//! stamp and reads anew when it changed, so that several servers on one database agree.

use std::{collections::HashMap, sync::Arc};

use tantivy::{
    Index, IndexReader, TantivyDocument, Term,
    collector::TopDocs,
    query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value as _},
    tokenizer::{AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer},
};
use tokio::sync::RwLock;

use super::{
    glossary::Glossary,
    model::{Line, TopicId},
    store,
};
use crate::foundation::{
    database::Database,
    errors::Error,
    instance::{App, Part},
    meaning::{embedder, similarity},
};

/// How much of a text says what a topic is about; the rest is mostly conditions that all topics share.
const OPENING: usize = 2_000;
/// A topic that shares no word with the question is shown when its text points at least this far the same way.
const NEAR: f32 = 0.42;
/// The share of the words in the blend of words and meaning.
const BY_WORDS: f32 = 0.6;

/// What is kept in memory of the topics.
#[derive(Debug, Default)]
pub struct Shelf {
    loaded: RwLock<Option<Arc<Loaded>>>,
}

/// The topics of one stamp.
pub struct Loaded {
    stamp: String,
    /// All topics, by identifier.
    pub lines: Vec<Line>,
    places: HashMap<String, usize>,
    /// The keywords of each, as published.
    pub keywords: Vec<Vec<String>>,
    words: Words,
    titles: Vec<Vec<f32>>,
    texts: Vec<Vec<f32>>,
    /// French terms with their English labels.
    pub glossary: Glossary,
}

impl std::fmt::Debug for Loaded {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Loaded").field("stamp", &self.stamp).field("lines", &self.lines.len()).finish()
    }
}

struct Words {
    reader: IndexReader,
    place: Field,
    /// Title, stemmed.
    title: Field,
    /// Text and keywords, stemmed.
    text: Field,
    /// Title, identifier and keywords as written, for slips of the pen.
    plain: Field,
    stemming: TextAnalyzer,
    plainly: TextAnalyzer,
}

impl Part for Shelf {
    fn open(_: &App) -> Self {
        Shelf::default()
    }
}

impl Shelf {
    /// The topics as the database has them now.
    pub async fn at_hand(&self, database: &Database) -> Result<Arc<Loaded>, Error> {
        let stamp = store::stamp(database).await?;
        if let Some(loaded) = self.loaded.read().await.as_ref().filter(|loaded| loaded.stamp == stamp) {
            return Ok(loaded.clone());
        }
        let mut held = self.loaded.write().await;
        if let Some(loaded) = held.as_ref().filter(|loaded| loaded.stamp == stamp) {
            return Ok(loaded.clone());
        }
        let lines = store::lines(database).await?;
        let words = store::words(database).await?;
        let glossary = Glossary::read(database).await?;
        let loaded = tokio::task::spawn_blocking(move || Loaded::new(stamp, lines, words, glossary))
            .await
            .map_err(anyhow::Error::from)??;
        let loaded = Arc::new(loaded);
        *held = Some(loaded.clone());
        Ok(loaded)
    }
}

impl Loaded {
    fn new(stamp: String, lines: Vec<Line>, words: Vec<store::Words>, glossary: Glossary) -> Result<Self, Error> {
        // Both lists are in the order of identifiers, but an import may have run between the two reads.
        let by_id: HashMap<TopicId, &store::Words> = words.iter().map(|words| (words.id, words)).collect();
        let embedder = embedder()?;
        let opening = |words: &store::Words| {
            let end = words.description.char_indices().nth(OPENING).map_or(words.description.len(), |(place, _)| place);
            format!("{}. {}. {}", words.title, words.keywords.join(", "), &words.description[..end])
        };
        let titles = lines.iter().map(|line| embedder.embed(&line.title)).collect();
        let texts = lines
            .iter()
            .map(|line| by_id.get(&line.id).map_or_else(Vec::new, |words| embedder.embed(&opening(words))))
            .collect();
        let keywords = lines
            .iter()
            .map(|line| by_id.get(&line.id).map_or_else(Vec::new, |words| words.keywords.0.clone()))
            .collect();
        let index = Words::new(&lines, &by_id).map_err(anyhow::Error::from)?;
        let places = lines.iter().enumerate().map(|(place, line)| (line.identifier.clone(), place)).collect();
        Ok(Loaded { stamp, lines, places, keywords, words: index, titles, texts, glossary })
    }

    /// The place of a topic on the shelf.
    pub fn place(&self, identifier: &str) -> Option<usize> {
        self.places.get(identifier).copied()
    }

    /// The topics that answer the words, the best first, each with how well in (0, 1].
    pub fn search(&self, words: &str) -> Result<Vec<(usize, f32)>, Error> {
        let mut by_words: HashMap<usize, f32> = HashMap::new();
        let english = self.glossary.english(words).join(" ");
        for asked in [words, &english] {
            let found = self.words.search(asked).map_err(anyhow::Error::from)?;
            let best = found.iter().map(|(_, score)| *score).fold(f32::MIN_POSITIVE, f32::max);
            for (place, score) in found {
                let known = by_words.entry(place).or_default();
                *known = known.max(score / best);
            }
        }
        let question = embedder()?.embed(&format!("{words} {english}"));
        // An identifier, or a part of one, is meant as it is written.
        let part = words.trim().to_ascii_lowercase();
        let identifier = part.len() >= 4 && part.contains(['-', '/']);
        let mut found: Vec<(usize, f32)> = (0..self.lines.len())
            .filter_map(|place| {
                if identifier && self.lines[place].identifier.to_ascii_lowercase().contains(&part) {
                    return Some((place, 1.0));
                }
                let word = by_words.get(&place).copied().unwrap_or(0.0);
                let near = similarity(&question, &self.titles[place]).max(similarity(&question, &self.texts[place]));
                (word > 0.0 || near >= NEAR)
                    .then(|| (place, (BY_WORDS * word + (1.0 - BY_WORDS) * near.clamp(0.0, 1.0)).clamp(0.001, 1.0)))
            })
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Ok(found)
    }

    /// The topics whose texts point most the same way, nearest first.
    pub fn similar(&self, place: usize, limit: usize) -> Vec<(usize, f32)> {
        let own = &self.texts[place];
        let mut near: Vec<(usize, f32)> = (0..self.lines.len())
            .filter(|other| *other != place)
            .map(|other| (other, similarity(own, &self.texts[other])))
            .filter(|(_, near)| *near > 0.3)
            .collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(limit);
        near
    }
}

impl Words {
    fn new(lines: &[Line], by_id: &HashMap<TopicId, &store::Words>) -> tantivy::Result<Self> {
        let stemming = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(60))
            .filter(LowerCaser)
            .filter(AsciiFoldingFilter)
            .filter(Stemmer::new(Language::English))
            .build();
        let plainly = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(60))
            .filter(LowerCaser)
            .filter(AsciiFoldingFilter)
            .build();
        let kept = |analyser: &str| {
            let indexing =
                TextFieldIndexing::default().set_tokenizer(analyser).set_index_option(IndexRecordOption::WithFreqs);
            TextOptions::default().set_indexing_options(indexing)
        };
        let mut schema = Schema::builder();
        let place = schema.add_u64_field("place", STORED);
        let title = schema.add_text_field("title", kept("stemming"));
        let text = schema.add_text_field("text", kept("stemming"));
        let plain = schema.add_text_field("plain", kept("plainly"));
        let index = Index::create_in_ram(schema.build());
        index.tokenizers().register("stemming", stemming.clone());
        index.tokenizers().register("plainly", plainly.clone());
        let mut writer = index.writer_with_num_threads(1, 20_000_000)?;
        for (number, line) in lines.iter().enumerate() {
            let mut document = TantivyDocument::default();
            document.add_u64(place, number as u64);
            document.add_text(title, &line.title);
            let mut plain_text = format!("{} {} {}", line.title, line.identifier, line.call_title);
            if let Some(words) = by_id.get(&line.id) {
                document.add_text(text, &words.description);
                let keywords = words.keywords.join(" ");
                document.add_text(text, &keywords);
                plain_text.push(' ');
                plain_text.push_str(&keywords);
            }
            document.add_text(plain, &plain_text);
            writer.add_document(document)?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        Ok(Words { reader: index.reader()?, place, title, text, plain, stemming, plainly })
    }

    fn tokens(analyser: &TextAnalyzer, text: &str) -> Vec<String> {
        let mut analyser = analyser.clone();
        let mut tokens = Vec::new();
        analyser.token_stream(text).process(&mut |token| tokens.push(token.text.clone()));
        tokens
    }

    fn search(&self, words: &str) -> tantivy::Result<Vec<(usize, f32)>> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let asked: Vec<&str> = words
            .split_whitespace()
            .filter(|word| !COMMON.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str()))
            .take(24)
            .collect();
        for word in asked {
            let mut ways: Vec<(Occur, Box<dyn Query>)> = Vec::new();
            let mut way = |query: Box<dyn Query>, weight: f32| {
                ways.push((Occur::Should, Box::new(BoostQuery::new(query, weight)) as Box<dyn Query>));
            };
            let exact = |field, token: &str| {
                Box::new(TermQuery::new(Term::from_field_text(field, token), IndexRecordOption::WithFreqs))
            };
            for token in Self::tokens(&self.stemming, word) {
                way(exact(self.title, &token), 3.0);
                way(exact(self.text, &token), 1.0);
            }
            for token in Self::tokens(&self.plainly, word) {
                way(exact(self.plain, &token), 2.0);
                let slips = match token.chars().count() {
                    0..=4 => 0,
                    5..=8 => 1,
                    _ => 2,
                };
                let term = Term::from_field_text(self.plain, &token);
                if slips > 0 {
                    way(Box::new(FuzzyTermQuery::new(term.clone(), slips, true)), 0.6);
                }
                if token.chars().count() >= 3 {
                    way(Box::new(FuzzyTermQuery::new_prefix(term, 0, true)), 0.8);
                }
            }
            if !ways.is_empty() {
                clauses.push((Occur::Should, Box::new(BooleanQuery::new(ways))));
            }
        }
        if clauses.is_empty() {
            return Ok(Vec::new());
        }
        // Two of three words must be there: fewer would show half of all topics for every long question.
        let needed = (clauses.len() * 2).div_ceil(3);
        let query = BooleanQuery::with_minimum_required_clauses(clauses, needed);
        let searcher = self.reader.searcher();
        let mut found = Vec::new();
        for (score, address) in searcher.search(&query, &TopDocs::with_limit(2_000).order_by_score())? {
            let document: TantivyDocument = searcher.doc(address)?;
            if let Some(place) = document.get_first(self.place).and_then(|value| value.as_u64()) {
                found.push((place as usize, score));
            }
        }
        Ok(found)
    }
}

/// Words that say nothing of a topic, in both languages.
const COMMON: [&str; 70] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "into", "is", "it", "its", "of", "on", "or",
    "our", "that", "the", "their", "this", "to", "we", "which", "with", "au", "aux", "avec", "ce", "ces", "cette",
    "chez", "d", "dans", "de", "des", "du", "elle", "en", "entre", "est", "et", "il", "ils", "l", "la", "le", "les",
    "leur", "leurs", "lors", "ne", "nos", "nous", "ou", "où", "par", "pas", "plus", "pour", "qu", "que", "qui", "sa",
    "se", "ses", "sur", "un",
];
