//! The concepts of a topic, found in its own words: labels of the thesaurus that its title, keywords and text hold.

use std::collections::HashMap;

use super::{model::TopicId, store};
use crate::foundation::{database::Database, errors::Error};

/// How many concepts a topic has at most.
const MOST: usize = 8;
/// Labels are at most so many words long.
const LONGEST: usize = 5;
/// Of the words of the text only so many count: behind them stand conditions that all topics share.
const TEXT_WORDS: usize = 1_200;

/// Finds the concepts of all topics anew; to be run when topics or the thesaurus changed.
pub(super) async fn tag(database: &Database) -> Result<(), Error> {
    let labels = store::english_labels(database).await?;
    if labels.is_empty() {
        return Ok(());
    }
    let words = store::words(database).await?;
    let found = tokio::task::spawn_blocking(move || concepts(&labels, &words)).await.map_err(anyhow::Error::from)?;
    transact!(database, transaction => {
        store::put_concepts(transaction, &found).await?;
        store::raise_stamp(transaction).await
    })
}

fn concepts(labels: &[store::Label], topics: &[store::Words]) -> Vec<(TopicId, String, f64)> {
    let mut known: HashMap<String, &str> = HashMap::new();
    for label in labels.iter().filter(|label| label.level >= 2) {
        let words = split(&label.label);
        // A short abbreviation means too many things.
        if words.is_empty() || words.len() > LONGEST || (words.len() == 1 && words[0].len() < 4) {
            continue;
        }
        known.entry(words.join(" ")).or_insert(&label.concept_id);
    }
    let held: Vec<HashMap<&str, f64>> = topics.iter().map(|topic| counts(&known, topic)).collect();
    let mut topics_with: HashMap<&str, f64> = HashMap::new();
    for concepts in &held {
        for concept in concepts.keys() {
            *topics_with.entry(concept).or_default() += 1.0;
        }
    }
    let mut found = Vec::new();
    for (topic, concepts) in topics.iter().zip(&held) {
        let mut weighted: Vec<(&str, f64)> = concepts
            .iter()
            // Named once in passing, in the text only: most topics ask to heed ethics.
            .filter(|(_, count)| **count >= 2.0)
            .map(|(concept, count)| (*concept, count.ln_1p() * (topics.len() as f64 / topics_with[concept]).ln_1p()))
            .collect();
        weighted.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let best = weighted.first().map_or(1.0, |(_, weight)| *weight).max(f64::MIN_POSITIVE);
        let strong = weighted.into_iter().take(MOST).filter(|(_, weight)| *weight >= 0.3 * best);
        found.extend(strong.map(|(concept, weight)| (topic.id, concept.to_owned(), weight / best)));
    }
    found
}

/// How often each concept is named: three times as much in the title and the keywords.
fn counts<'a>(known: &HashMap<String, &'a str>, topic: &store::Words) -> HashMap<&'a str, f64> {
    let mut counts: HashMap<&str, f64> = HashMap::new();
    let mut count = |text: &str, most: usize, weight: f64| {
        let words = split(text);
        let words = &words[..words.len().min(most)];
        let mut start = 0;
        while start < words.len() {
            // The longest label that begins here counts, not the shorter ones inside it.
            let longest = (1..=LONGEST.min(words.len() - start))
                .rev()
                .find_map(|length| Some((length, known.get(&words[start..start + length].join(" "))?)));
            match longest {
                Some((length, concept)) => {
                    *counts.entry(concept).or_default() += weight;
                    start += length;
                }
                None => start += 1,
            }
        }
    };
    count(&topic.title, usize::MAX, 4.0);
    for keyword in topic.keywords.iter() {
        count(keyword, usize::MAX, 3.0);
    }
    count(&topic.description, TEXT_WORDS, 1.0);
    counts
}

/// Words in lower case, plurals cut.
fn split(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .map(|word| {
            let word = word.to_lowercase();
            match word.strip_suffix('s') {
                Some(one) if one.len() > 3 && !one.ends_with(['s', 'u', 'i']) => one.to_owned(),
                _ => word,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_bears_the_concepts_that_it_names() {
        let label = |concept: &str, label: &str| store::Label {
            concept_id: concept.to_owned(),
            level: 3,
            label: label.to_owned(),
        };
        let labels = [
            label("/1", "artificial intelligence"),
            label("/2", "toxicology"),
            label("/3", "intelligence"),
            label("/4", "immunology"),
        ];
        let topic = |title: &str, description: &str| store::Words {
            id: TopicId::new(),
            title: title.to_owned(),
            description: description.to_owned(),
            keywords: sqlx::types::Json(Vec::new()),
        };
        let topics = [
            topic(
                "A toxicology model",
                "Artificial intelligence for toxicology: artificial intelligence that explains itself, and immunology.",
            ),
            topic("Networks of incubators", "No concept here."),
        ];
        let found = concepts(&labels, &topics);
        let of_first: Vec<&str> =
            found.iter().filter(|(id, ..)| *id == topics[0].id).map(|(_, concept, _)| concept.as_str()).collect();
        assert_eq!(
            of_first,
            ["/2", "/1"],
            "the longer label hides the shorter one inside it; once in passing is not enough"
        );
        assert!(found.iter().all(|(id, ..)| *id != topics[1].id));
    }
}
