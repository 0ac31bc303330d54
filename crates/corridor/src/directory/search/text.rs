//! The full-text index of organisations: names, places, competences and what organisations say of themselves.
//!
//! A word is looked up as written (without case and accents), stemmed as French and stemmed as English, and as the
//! beginning of a longer word. Where that finds too little, close spellings are added, and at last organisations that
//! have only some of the words; the answer says so.

use std::path::Path;

use tantivy::{
    Index, IndexReader, ReloadPolicy, TantivyDocument, Term,
    collector::TopDocs,
    query::{BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, Query, TermQuery},
    schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
    tokenizer::{
        AsciiFoldingFilter, Language as Stems, LowerCaser, RawTokenizer, RemoveLongFilter, SimpleTokenizer, Stemmer,
        StopWordFilter, TextAnalyzer, TokenizerManager,
    },
};

use crate::foundation::{errors::Error, languages::Language};

/// Fewer hits than this, and close spellings are looked at too.
const FEW: usize = 3;
/// More words than this are a text, not a search.
const MOST_WORDS: usize = 12;
/// The memory that building may take before it writes to disk.
const BUILDING_MEMORY: usize = 48 * 1024 * 1024;

/// What is indexed of an organisation.
#[derive(Debug, Default)]
pub(super) struct Indexed {
    /// All its names.
    pub names: Vec<String>,
    /// City, region and country in both languages.
    pub places: Vec<String>,
    /// Competences, declarations and description, with their language where it is known.
    pub texts: Vec<(Option<Language>, String)>,
    /// All identifiers, without spaces.
    pub identifiers: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
struct Fields {
    position: Field,
    identifier: Field,
    names: Field,
    names_fr: Field,
    names_en: Field,
    places: Field,
    texts: Field,
    texts_fr: Field,
    texts_en: Field,
}

/// The open index.
pub(super) struct TextIndex {
    reader: IndexReader,
    fields: Fields,
    plain: TextAnalyzer,
    french: TextAnalyzer,
    english: TextAnalyzer,
}

impl std::fmt::Debug for TextIndex {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("TextIndex")
    }
}

/// What a search found.
#[derive(Debug, Default)]
pub(super) struct Hits {
    /// Positions and scores, the best first.
    pub found: Vec<(u32, f32)>,
    /// Whether close spellings or parts of the search had to be allowed.
    pub approximate: bool,
}

fn failed(error: tantivy::TantivyError) -> Error {
    Error::Unexpected(anyhow::Error::new(error).context("the index of the directory"))
}

fn plain_analyser() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(60))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

/// Stop words are compared with their accents; stems are made of folded words, so that a reader who types no accents
/// finds the same.
fn stemming_analyser(language: Stems) -> TextAnalyzer {
    let words =
        TextAnalyzer::builder(SimpleTokenizer::default()).filter(RemoveLongFilter::limit(60)).filter(LowerCaser);
    match StopWordFilter::new(language) {
        Some(stop) => words.filter(stop).filter(AsciiFoldingFilter).filter(Stemmer::new(language)).build(),
        None => words.filter(AsciiFoldingFilter).filter(Stemmer::new(language)).build(),
    }
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let mut text = |name: &str, analyser: &str| {
        let indexing =
            TextFieldIndexing::default().set_tokenizer(analyser).set_index_option(IndexRecordOption::WithFreqs);
        builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
    };
    let identifier = text("identifier", "whole");
    let names = text("names", "plain");
    let names_fr = text("names_fr", "french");
    let names_en = text("names_en", "english");
    let places = text("places", "plain");
    let texts = text("texts", "plain");
    let texts_fr = text("texts_fr", "french");
    let texts_en = text("texts_en", "english");
    let position = builder.add_u64_field("position", FAST);
    let fields = Fields { position, identifier, names, names_fr, names_en, places, texts, texts_fr, texts_en };
    (builder.build(), fields)
}

fn analysers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register("whole", TextAnalyzer::builder(RawTokenizer::default()).filter(LowerCaser).build());
    manager.register("plain", plain_analyser());
    manager.register("french", stemming_analyser(Stems::French));
    manager.register("english", stemming_analyser(Stems::English));
    manager
}

impl TextIndex {
    /// Builds the index in an empty folder; the n-th document is the n-th entry.
    pub(super) fn build(folder: &Path, documents: impl Iterator<Item = Indexed>) -> Result<Self, Error> {
        let (schema, fields) = schema();
        let index = Index::builder().schema(schema).tokenizers(analysers()).create_in_dir(folder).map_err(failed)?;
        let mut writer: tantivy::IndexWriter = index.writer_with_num_threads(1, BUILDING_MEMORY).map_err(failed)?;
        for (position, indexed) in documents.enumerate() {
            let mut document = TantivyDocument::default();
            document.add_u64(fields.position, position as u64);
            for identifier in &indexed.identifiers {
                document.add_text(fields.identifier, identifier);
            }
            for name in &indexed.names {
                document.add_text(fields.names, name);
                document.add_text(fields.names_fr, name);
                document.add_text(fields.names_en, name);
            }
            for place in &indexed.places {
                document.add_text(fields.places, place);
            }
            for (language, text) in &indexed.texts {
                document.add_text(fields.texts, text);
                if *language != Some(Language::En) {
                    document.add_text(fields.texts_fr, text);
                }
                if *language != Some(Language::Fr) {
                    document.add_text(fields.texts_en, text);
                }
            }
            writer.add_document(document).map_err(failed)?;
        }
        writer.commit().map_err(failed)?;
        writer.wait_merging_threads().map_err(failed)?;
        Self::open(folder)
    }

    /// Opens the index of a folder.
    pub(super) fn open(folder: &Path) -> Result<Self, Error> {
        let mut index = Index::open_in_dir(folder).map_err(failed)?;
        index.set_tokenizers(analysers());
        let (expected, fields) = schema();
        if index.schema() != expected {
            return Err(anyhow::anyhow!("the index of the directory was made by another version").into());
        }
        // The folder is never written again: another state of the directory is another folder.
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
        Ok(TextIndex {
            reader,
            fields,
            plain: plain_analyser(),
            french: stemming_analyser(Stems::French),
            english: stemming_analyser(Stems::English),
        })
    }

    /// Everything that fits the words, scored.
    pub(super) fn search(&self, words: &str) -> Result<Hits, Error> {
        let clauses = self.words(words);
        let identifier = self.identifier_clause(words);
        if clauses.is_empty() {
            return match identifier {
                Some(clause) => Ok(Hits { found: self.run(&clause)?, approximate: false }),
                None => Ok(Hits::default()),
            };
        }
        let all = |allow_typos: bool| {
            let parts = clauses
                .iter()
                .enumerate()
                .map(|(place, word)| (Occur::Must, self.clause(word, place + 1 == clauses.len(), allow_typos)));
            BooleanQuery::new(parts.collect())
        };
        let with_identifier = |query: BooleanQuery| match &identifier {
            Some(clause) => BooleanQuery::union(vec![Box::new(query), clause.box_clone()]),
            None => query,
        };
        let exact = self.run(&with_identifier(all(false)))?;
        if exact.len() >= FEW || (!exact.is_empty() && identifier.is_some()) {
            return Ok(Hits { found: exact, approximate: false });
        }
        let close = self.run(&all(true))?;
        if close.len() > exact.len() {
            // What is spelt as asked comes first, then the close spellings.
            let kept: std::collections::HashSet<u32> = exact.iter().map(|(position, _)| *position).collect();
            let rest = close.into_iter().filter(|(position, _)| !kept.contains(position));
            return Ok(Hits { found: exact.into_iter().chain(rest).collect(), approximate: true });
        }
        if !exact.is_empty() || clauses.len() < 2 {
            return Ok(Hits { found: exact, approximate: false });
        }
        let parts: Vec<Box<dyn Query>> = clauses.iter().map(|word| self.clause(word, false, true)).collect();
        let needed = parts.len().div_ceil(2);
        let some = BooleanQuery::union_with_minimum_required_clauses(parts, needed);
        Ok(Hits { found: self.run(&some)?, approximate: true })
    }

    /// The words of a search, without those that say nothing unless there are no others.
    fn words(&self, text: &str) -> Vec<Word> {
        let tokens = |analyser: &TextAnalyzer, word: &str| {
            let mut analyser = analyser.clone();
            let mut stream = analyser.token_stream(word);
            let mut found = Vec::new();
            while let Some(token) = stream.next() {
                found.push(token.text.clone());
            }
            found
        };
        let mut all = Vec::new();
        for raw in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let Some(plain) = tokens(&self.plain, raw).into_iter().next() else { continue };
            let french = tokens(&self.french, raw).into_iter().next();
            let english = tokens(&self.english, raw).into_iter().next();
            all.push(Word { plain, french, english });
        }
        let telling: Vec<Word> =
            all.iter().filter(|word| word.french.is_some() && word.english.is_some()).cloned().collect();
        let mut words = if telling.is_empty() { all } else { telling };
        words.truncate(MOST_WORDS);
        words
    }

    fn identifier_clause(&self, text: &str) -> Option<Box<dyn Query>> {
        let whole = identifier_key(text);
        // A SIREN, PIC, VAT number or ROR identifier has digits; other words are names.
        if whole.len() < 6 || !whole.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let term = Term::from_field_text(self.fields.identifier, &whole);
        Some(Box::new(ConstScoreQuery::new(Box::new(TermQuery::new(term, IndexRecordOption::Basic)), 100.0)))
    }

    fn clause(&self, word: &Word, last: bool, allow_typos: bool) -> Box<dyn Query> {
        let fields = self.fields;
        let term = |field: Field, text: &str, boost: f32| -> Box<dyn Query> {
            let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
            Box::new(BoostQuery::new(Box::new(query), boost))
        };
        let mut parts = vec![
            term(fields.names, &word.plain, 3.0),
            term(fields.places, &word.plain, 1.2),
            term(fields.texts, &word.plain, 1.0),
        ];
        if let Some(stem) = &word.french {
            parts.push(term(fields.names_fr, stem, 2.0));
            parts.push(term(fields.texts_fr, stem, 1.0));
        }
        if let Some(stem) = &word.english {
            parts.push(term(fields.names_en, stem, 2.0));
            parts.push(term(fields.texts_en, stem, 1.0));
        }
        let length = word.plain.chars().count();
        let like = |field: Field, distance: u8, prefix: bool, score: f32| -> Box<dyn Query> {
            let term = Term::from_field_text(field, &word.plain);
            let query = if prefix {
                FuzzyTermQuery::new_prefix(term, distance, true)
            } else {
                FuzzyTermQuery::new(term, distance, true)
            };
            Box::new(BoostQuery::new(Box::new(query), score))
        };
        // While one types, the last word is not finished.
        if last && length >= 3 {
            parts.push(like(fields.names, 0, true, 1.5));
            parts.push(like(fields.places, 0, true, 0.6));
            parts.push(like(fields.texts, 0, true, 0.5));
        }
        if allow_typos && length >= 4 {
            parts.push(like(fields.names, 1, false, 1.0));
            parts.push(like(fields.places, 1, false, 0.4));
            parts.push(like(fields.texts, 1, false, 0.4));
            if length >= 8 {
                parts.push(like(fields.names, 2, false, 0.5));
                parts.push(like(fields.texts, 2, false, 0.2));
            }
            if last && length >= 6 {
                parts.push(like(fields.names, 1, true, 0.5));
            }
        }
        Box::new(DisjunctionMaxQuery::with_tie_breaker(parts, 0.1))
    }

    fn run(&self, query: &dyn Query) -> Result<Vec<(u32, f32)>, Error> {
        let searcher = self.reader.searcher();
        let most = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX).max(1);
        let hits = searcher.search(query, &TopDocs::with_limit(most).order_by_score()).map_err(failed)?;
        let mut columns = Vec::with_capacity(searcher.segment_readers().len());
        for segment in searcher.segment_readers() {
            columns.push(segment.fast_fields().u64("position").map_err(failed)?);
        }
        Ok(hits
            .into_iter()
            .filter_map(|(score, address)| {
                let position = columns.get(address.segment_ord as usize)?.first(address.doc_id)?;
                Some((u32::try_from(position).ok()?, score))
            })
            .collect())
    }
}

/// An identifier as it is compared: without spaces and signs, in lower case; of a ROR address only its last part.
pub(super) fn identifier_key(text: &str) -> String {
    let last = text.trim().trim_end_matches('/').rsplit("ror.org/").next().unwrap_or("");
    last.chars().filter(|letter| letter.is_ascii_alphanumeric()).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// A word of a search in its three forms; no stem where a language says that it means nothing.
#[derive(Clone, Debug)]
struct Word {
    plain: String,
    french: Option<String>,
    english: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(names: &[&str]) -> (TextIndex, std::path::PathBuf) {
        let folder = std::env::temp_dir().join(format!("corridor_text_{}", uuid::Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).unwrap();
        let documents = names.iter().map(|name| Indexed {
            names: vec![(*name).to_owned()],
            texts: vec![
                (Some(Language::Fr), "médecine personnalisée".to_owned()),
                (Some(Language::En), "personalized medicine".to_owned()),
            ],
            identifiers: vec![identifier_key("https://ror.org/0495fxg12")],
            ..Indexed::default()
        });
        let index = TextIndex::build(&folder, documents).unwrap();
        (index, folder)
    }

    #[test]
    fn finds_without_accents_with_typos_and_by_either_language() {
        let (index, folder) = index(&["Hôpital Necker", "Institut Pasteur", "Hôpitaux de Lyon", "Universität Wien"]);
        let find = |words: &str| {
            let hits = index.search(words).unwrap();
            let positions: Vec<u32> = hits.found.iter().map(|(position, _)| *position).collect();
            (positions, hits.approximate)
        };
        assert_eq!(find("hopital necker"), (vec![0], false));
        assert_eq!(find("pastuer"), (vec![1], true));
        assert_eq!(find("l'institut pasteur").0, vec![1]);
        assert_eq!(find("universitat"), (vec![3], false));
        assert_eq!(find("hopitaux").0.first(), Some(&2));
        assert_eq!(find("medecine personnalisee").0.len(), 4);
        assert_eq!(find("personalised medicine").0.len(), 4, "British spelling is one letter away");
        assert_eq!(find("https://ror.org/0495fxg12").0.len(), 4);
        assert_eq!(find("zzzzqq").0, Vec::<u32>::new());
        assert_eq!(find("").0, Vec::<u32>::new());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
