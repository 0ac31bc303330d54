//! Competences from the texts of past projects: words of the concept's labels, confirmed by the bundled language model.
//!
//! A label that stands in a text is not yet a subject («ethics» stands in many), and a resembling meaning alone is
//! vague: a concept is taken where both agree. The names of funding schemes («ERC
//! Starting Grant») say nothing about a subject and are left out.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use crate::{
    directory::{
        OrganisationId,
        imports::{
            concepts::cased_words,
            run::{Counts, Report},
            sources,
            store::{self, ProjectText},
        },
        record::PastProjectId,
        store::{Replacing, Rows},
    },
    foundation::{database::Database, errors::Error, sources::put},
};

/// Concepts of one project.
const MOST_OF_A_PROJECT: usize = 5;
/// Concepts of one organisation.
const MOST_OF_AN_ORGANISATION: usize = 20;
/// Below this a concept is not said of a project.
const LEAST: f32 = 0.42;
/// Characters of a summary that are read: subjects stand at the beginning.
const READ: usize = 2_500;
/// How many projects as certain as can be make half of the full weight.
const HALF_WEIGHT: f64 = 1.5;
/// The concept under which everything medical stands.
const HEALTH: &str = "medical and health sciences";

/// Words of the names of funding schemes and of policy, which are no subject.
const SCHEMES: &[&str] = &[
    "grant",
    "fellowship",
    "marie",
    "sklodowska",
    "curie",
    "sme instrument",
    "training network",
    "staff exchange",
    "erc ",
    "proof of concept",
    "cofund",
    "era-net",
    "eranet",
    "international fellowships",
    "open disruptive innovation",
    "fast track to innovation",
    "coordination and support",
    "nights",
];

impl ProjectText {
    /// The head (title, topic) and the whole of what says something about the subject; empty where nothing does.
    fn subject(&self) -> (String, String) {
        let topic = self.topic_title.as_deref().unwrap_or("");
        let folded = ranking::text::fold(topic);
        let scheme =
            SCHEMES.iter().any(|word| folded.contains(word)) || self.programme_part.as_deref().is_some_and(bottom_up);
        let head: Vec<&str> = [self.title.as_deref().unwrap_or(""), if scheme { "" } else { topic }]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        let head = head.join(". ");
        let objective: String = self.objective.as_deref().unwrap_or("").chars().take(READ).collect();
        let whole = format!("{head}. {objective}");
        (head, whole)
    }

    fn health(&self) -> bool {
        let part = self.programme_part.as_deref().unwrap_or("");
        let topic = self.topic.as_deref().unwrap_or("");
        part.split(';').any(|part| part == "SC1" || part.starts_with("FP7-HEALTH"))
            || ["IMI", "JTI-IMI", "H2020-JTI-IMI", "SC1-", "PHC-", "HCO-", "HEALTH."]
                .iter()
                .any(|start| topic.starts_with(start))
    }
}

/// Programmes whose topics are open to every subject.
fn bottom_up(part: &str) -> bool {
    part.split(';').all(|part| matches!(part, "ERC" | "MSCA" | "SEWP"))
}

struct Concept {
    id: String,
    labels: Vec<Vec<String>>,
    description: String,
    health: bool,
}

async fn concepts(database: &Database) -> Result<Vec<Concept>, Error> {
    let rows = store::fields_of_science(database).await?;
    let of = store::english_labels(database).await?;
    let broader: HashMap<&str, &str> =
        rows.iter().filter_map(|(id, above, _)| Some((id.as_str(), above.as_deref()?))).collect();
    let named = |id: &str| of.get(id).and_then(|labels| labels.first()).map_or("", String::as_str);
    let mut concepts = Vec::new();
    for (id, above, level) in &rows {
        // The six great divisions of science are no competence.
        if *level < 2 {
            continue;
        }
        let labels = of.get(id).map_or(&[][..], Vec::as_slice);
        let mut top = id.as_str();
        for _ in 0..10 {
            match broader.get(top) {
                Some(above) => top = above,
                None => break,
            }
        }
        let above = above.as_deref().map_or("", named);
        concepts.push(Concept {
            id: id.clone(),
            labels: labels.iter().map(|label| cased_words(label)).filter(|words| !words.is_empty()).collect(),
            description: format!("{}. {above}", labels.join(", ")),
            health: named(top) == HEALTH,
        });
    }
    Ok(concepts)
}

/// How often each concept's labels stand in a text, the longest label at each place winning.
fn hits(text: &[String], labels: &HashMap<&[String], usize>, longest: usize) -> HashMap<usize, u32> {
    let mut hits = HashMap::new();
    let mut place = 0;
    while place < text.len() {
        let most = longest.min(text.len() - place);
        match (1..=most).rev().find_map(|length| Some((length, *labels.get(&text[place..place + length])?))) {
            Some((length, concept)) => {
                *hits.entry(concept).or_insert(0) += 1;
                place += length;
            }
            None => place += 1,
        }
    }
    hits
}

/// How much a text is about a concept, from what its words and its meaning say; nothing where it is not.
fn weight(hits_in_head: u32, hits: u32, label_words: usize, cosine: f32) -> Option<f32> {
    let meaning = ((cosine - 0.20) / 0.45).clamp(0.0, 1.0);
    if hits == 0 {
        return None;
    }
    // A label of several words is seldom there by chance.
    let chance = if label_words > 1 { 0.55 } else { 0.40 };
    let words = (chance + 0.20 * hits_in_head.min(2) as f32 + 0.07 * (hits - 1).min(4) as f32).min(1.0);
    let weight = 0.55 * words + 0.45 * meaning;
    // One word may mean something else («optimal transport»): there the meaning must agree more.
    let agrees = if label_words > 1 { 0.10 } else { 0.25 };
    (weight >= LEAST && meaning >= agrees).then_some(weight)
}

/// Which concepts each of the texts is about.
fn match_all(concepts: &[Concept], texts: &[(String, String)]) -> Result<Vec<Vec<(usize, f32)>>, Error> {
    let embedder = ranking::Embedder::bundled().map_err(anyhow::Error::from)?;
    let meanings: Vec<Vec<f32>> = concepts.par_iter().map(|concept| embedder.embed(&concept.description)).collect();
    let mut labels: HashMap<&[String], usize> = HashMap::new();
    for (place, concept) in concepts.iter().enumerate() {
        for label in &concept.labels {
            labels.entry(label.as_slice()).or_insert(place);
        }
    }
    let longest = labels.keys().map(|words| words.len()).max().unwrap_or(0);
    Ok(texts
        .par_iter()
        .map(|(head, whole)| {
            let meaning = embedder.embed(whole);
            let in_head = hits(&cased_words(head), &labels, longest);
            let in_whole = hits(&cased_words(whole), &labels, longest);
            let mut found: Vec<(usize, f32)> = concepts
                .iter()
                .enumerate()
                .filter_map(|(place, concept)| {
                    let cosine: f32 = meaning.iter().zip(&meanings[place]).map(|(a, b)| a * b).sum();
                    let count = |hits: &HashMap<usize, u32>| hits.get(&place).copied().unwrap_or(0);
                    let longest_label = concept.labels.first().map_or(1, Vec::len);
                    weight(count(&in_head), count(&in_whole), longest_label, cosine).map(|weight| (place, weight))
                })
                .collect();
            found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            found.truncate(MOST_OF_A_PROJECT);
            found
        })
        .collect())
}

/// Derives and stores; also tells how many health projects each organisation took part in, for the memberships.
pub(super) async fn derive(
    database: &Database,
    report: Report<'_>,
) -> Result<(Counts, HashMap<OrganisationId, i64>), Error> {
    report("derived.competences", 0, 4);
    let concepts = concepts(database).await?;
    let texts = store::project_texts(database).await?;
    // Many projects have only the title of their topic: each text is read once.
    let mut distinct: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut read: Vec<(PastProjectId, bool, Option<usize>)> = Vec::with_capacity(texts.len());
    for text in &texts {
        let subject = text.subject();
        let place = if subject.1.trim_matches(['.', ' ']).is_empty() {
            None
        } else {
            let next = distinct.len();
            Some(*distinct.entry(subject).or_insert(next))
        };
        read.push((text.id, text.health(), place));
    }
    let mut ordered: Vec<(String, String)> = vec![(String::new(), String::new()); distinct.len()];
    for (subject, place) in distinct {
        ordered[place] = subject;
    }
    report("derived.competences", 1, 4);
    let (concepts, found) =
        tokio::task::spawn_blocking(move || match_all(&concepts, &ordered).map(|found| (concepts, found)))
            .await
            .map_err(anyhow::Error::from)??;
    report("derived.competences", 2, 4);

    let of = store::participants(database).await?;
    let mut health: HashMap<OrganisationId, i64> = HashMap::new();
    let mut sums: HashMap<OrganisationId, HashMap<usize, (f64, i64)>> = HashMap::new();
    let mut of_projects: Vec<(PastProjectId, String, f64)> = Vec::new();
    for (project, by_programme, place) in read {
        let matches: &[(usize, f32)] = place.map_or(&[], |place| found[place].as_slice());
        let about_health =
            by_programme || matches.iter().any(|(concept, weight)| concepts[*concept].health && *weight >= 0.55);
        for (concept, weight) in matches {
            of_projects.push((project, concepts[*concept].id.clone(), f64::from(*weight)));
        }
        for organisation in of.get(&project).into_iter().flatten() {
            if about_health {
                *health.entry(*organisation).or_insert(0) += 1;
            }
            let sums = sums.entry(*organisation).or_default();
            for (concept, weight) in matches {
                let sum = sums.entry(*concept).or_insert((0.0, 0));
                *sum = (sum.0 + f64::from(*weight), sum.1 + 1);
            }
        }
    }
    /// Place of the concept, summed weight, count of projects.
    type Weighed = Vec<(usize, f64, i64)>;
    let mut of_organisations: Vec<(OrganisationId, Weighed)> = sums
        .into_iter()
        .map(|(organisation, sums)| {
            let mut ordered: Weighed = sums.into_iter().map(|(concept, (sum, count))| (concept, sum, count)).collect();
            ordered.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            ordered.truncate(MOST_OF_AN_ORGANISATION);
            (organisation, ordered)
        })
        .collect();
    of_organisations.sort_by_key(|(organisation, _)| *organisation);

    let mut transaction = database.begin().await?;
    let source = put(&mut transaction, &sources::DERIVED_COMPETENCES).await?;
    store::replace_project_concepts(&mut transaction, of_projects.into_iter()).await?;
    report("derived.competences", 3, 4);
    let mut counts = Counts::default();
    let mut rows = Rows::new(Replacing::Nothing);
    let mut distinct: HashSet<usize> = HashSet::new();
    for (organisation, ordered) in of_organisations {
        for (concept, sum, count) in ordered {
            distinct.insert(concept);
            let weight = sum / (sum + HALF_WEIGHT);
            rows.weighed_competence(organisation, &concepts[concept].id, "derived", (weight, count), source);
            counts.created += 1;
        }
    }
    rows.write(&mut transaction).await?;
    transaction.commit().await?;
    tracing::debug!(concepts = distinct.len(), competences = counts.created, "competences derived");
    report("derived.competences", 4, 4);
    Ok((counts, health))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_meaning_must_agree() {
        assert!(weight(1, 2, 1, 0.45).is_some());
        assert!(weight(0, 1, 1, 0.05).is_none(), "a word in passing");
        assert!(weight(0, 0, 1, 0.45).is_none(), "a vague resemblance");
        assert!(weight(0, 0, 1, 0.70).is_none(), "a resemblance without a word");
        assert!(weight(2, 4, 2, 0.5) > weight(0, 1, 2, 0.5));
    }

    #[test]
    fn names_of_schemes_are_no_subject() {
        let text = |title: Option<&str>, topic: &str, part: &str| ProjectText {
            id: PastProjectId::new(),
            title: title.map(str::to_owned),
            objective: None,
            topic: None,
            topic_title: Some(topic.to_owned()),
            programme_part: Some(part.to_owned()),
        };
        assert_eq!(text(None, "ERC Starting Grant", "ERC").subject().0, "");
        assert_eq!(text(None, "SME instrument", "Innovation in SMEs").subject().0, "");
        assert_eq!(text(None, "Rapid diagnostic tests", "SC1").subject().0, "Rapid diagnostic tests");
    }
}
