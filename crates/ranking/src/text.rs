//! Words of a text: folded, without stop words, stemmed, in ones and twos.

use frostem::{Algorithm, Stemmer};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// English and French words that say nothing about a subject, already folded.
const ENGLISH_STOP: &[&str] = &[
    "a",
    "about",
    "above",
    "across",
    "after",
    "again",
    "against",
    "all",
    "along",
    "also",
    "although",
    "always",
    "am",
    "among",
    "amongst",
    "an",
    "and",
    "any",
    "are",
    "around",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "below",
    "between",
    "both",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "doing",
    "done",
    "down",
    "due",
    "during",
    "each",
    "eg",
    "either",
    "else",
    "etc",
    "even",
    "ever",
    "every",
    "few",
    "first",
    "for",
    "from",
    "further",
    "had",
    "has",
    "have",
    "having",
    "he",
    "hence",
    "her",
    "here",
    "hers",
    "him",
    "his",
    "how",
    "however",
    "i",
    "ie",
    "if",
    "in",
    "indeed",
    "into",
    "is",
    "it",
    "its",
    "itself",
    "just",
    "last",
    "least",
    "less",
    "made",
    "many",
    "may",
    "me",
    "might",
    "more",
    "moreover",
    "most",
    "much",
    "must",
    "my",
    "namely",
    "neither",
    "no",
    "nor",
    "not",
    "now",
    "of",
    "off",
    "often",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "others",
    "otherwise",
    "our",
    "ours",
    "out",
    "over",
    "own",
    "part",
    "per",
    "rather",
    "same",
    "several",
    "she",
    "should",
    "since",
    "so",
    "some",
    "still",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "thereby",
    "therefore",
    "these",
    "they",
    "this",
    "those",
    "through",
    "throughout",
    "thus",
    "to",
    "together",
    "too",
    "toward",
    "towards",
    "two",
    "under",
    "until",
    "up",
    "upon",
    "us",
    "very",
    "via",
    "was",
    "we",
    "well",
    "were",
    "what",
    "when",
    "where",
    "whereas",
    "whether",
    "which",
    "while",
    "who",
    "whole",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "would",
    "yet",
    "you",
    "your",
];
const FRENCH_STOP: &[&str] = &[
    "ainsi", "au", "aucun", "aussi", "autre", "autres", "aux", "avec", "ce", "cela", "celle", "celles", "celui", "ces",
    "cet", "cette", "ceux", "chaque", "chez", "comme", "dans", "de", "depuis", "des", "dont", "du", "elle", "elles",
    "en", "entre", "est", "et", "etait", "etre", "eux", "fait", "il", "ils", "je", "la", "le", "les", "leur", "leurs",
    "lors", "lui", "mais", "meme", "memes", "mes", "moins", "mon", "ne", "nos", "notre", "nous", "ont", "ou", "par",
    "pas", "peu", "peut", "plus", "pour", "qu", "quand", "que", "quel", "quelle", "quelles", "quels", "qui", "sa",
    "sans", "se", "selon", "ses", "si", "son", "sont", "sous", "sur", "ta", "tant", "tous", "tout", "toute", "toutes",
    "tres", "tu", "un", "une", "vers", "vos", "votre", "vous",
];

/// Lower case, without accents, ligatures opened.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match character {
            'œ' | 'Œ' => folded.push_str("oe"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'ß' | 'ẞ' => folded.push_str("ss"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'þ' | 'Þ' => folded.push_str("th"),
            'ı' => folded.push('i'),
            other => folded.extend(other.to_lowercase()),
        }
    }
    folded
}

/// The language a text seems to be in, as far as the ranking cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English, or no telling word.
    English,
    /// French.
    French,
}

/// Guesses the language from small words.
#[must_use]
pub fn language(text: &str) -> Language {
    let folded = fold(text);
    let (mut english, mut french) = (0, 0);
    for word in words(&folded) {
        english += usize::from(ENGLISH_STOP.binary_search(&word).is_ok());
        french += usize::from(FRENCH_STOP.binary_search(&word).is_ok());
    }
    if french > english { Language::French } else { Language::English }
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Cuts texts into terms; made once, used by many.
pub struct Terms {
    stemmer: Stemmer,
}

impl Default for Terms {
    fn default() -> Self {
        Self { stemmer: Stemmer::new(Algorithm::English) }
    }
}

impl Terms {
    /// The stems of a text in order, stop words and single characters left out.
    #[must_use]
    pub fn stems(&self, text: &str) -> Vec<String> {
        let folded = fold(text);
        words(&folded)
            .filter(|word| {
                word.chars().nth(1).is_some()
                    && ENGLISH_STOP.binary_search(word).is_err()
                    && FRENCH_STOP.binary_search(word).is_err()
            })
            .map(|word| self.stemmer.stem(word).into_owned())
            .collect()
    }

    /// Stems, and each with its neighbour, as `(term, how often)`, in the order of first sight.
    #[must_use]
    pub fn counted(&self, text: &str) -> Vec<(String, u32)> {
        let stems = self.stems(text);
        let mut places = std::collections::HashMap::with_capacity(stems.len() * 2);
        let mut counted: Vec<(String, u32)> = Vec::with_capacity(stems.len() * 2);
        let pairs = stems.windows(2).map(|pair| format!("{} {}", pair[0], pair[1]));
        for term in stems.iter().cloned().chain(pairs) {
            let place = *places.entry(term.clone()).or_insert_with(|| {
                counted.push((term, 0));
                counted.len() - 1
            });
            counted[place].1 += 1;
        }
        counted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_sorted_for_the_binary_search() {
        assert!(ENGLISH_STOP.is_sorted());
        assert!(FRENCH_STOP.is_sorted());
    }

    #[test]
    fn folding_opens_ligatures_and_drops_accents() {
        assert_eq!(fold("Cœur d'Élite, Straße, Łódź"), "coeur d'elite, strasse, lodz");
    }

    #[test]
    fn language_follows_the_small_words() {
        assert_eq!(language("Diagnostic précoce du cancer dans les hôpitaux"), Language::French);
        assert_eq!(language("Early diagnosis of cancer in hospitals"), Language::English);
        assert_eq!(language("photonics"), Language::English);
    }
}
