//! Calls: what opened, until when, for how much, under which rules, and what changed since.
//!
//! Use cases: [`list`], [`topic`], [`versions()`], [`other`], [`suggest`], [`import`] and [`import_world`].

pub mod api;
mod exporting;
mod feeds;
mod glossary;
mod importing;
mod model;
pub mod pages;
mod reading;
mod shelf;
mod store;
mod tagging;
mod versions;

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    accounts::{Action, Actor, Resource, decide},
    foundation::{
        errors::Error,
        instance::App,
        languages::Language,
        time::{Day, Zone},
    },
};

pub use crate::directory::search::Suggestion;
pub use crate::foundation::pages::escaped;
pub use feeds::Dated;
pub use glossary::Glossary;
pub use importing::{Outcome, import, import_world};
pub use model::{CallId, Filter, Line, Section, State, TopicId, href};
use model::{Facet, Order, Today, values};
pub use reading::Problem;
pub use shelf::{Loaded, Shelf};
pub use store::Party;
pub use versions::{Changes, FieldChange, Stretch, TextChange};

/// The zone in which days are counted: deadlines of the portal are those of Brussels.
const ZONE: &str = "Europe/Brussels";

/// The zone of deadlines.
pub fn zone() -> Zone {
    Zone::from(ZONE.to_owned())
}

/// Today, where deadlines fall.
pub fn today(app: &App) -> Day {
    app.clock.today(&zone())
}

/// A list of topics with what stands beside it.
#[derive(Debug)]
pub struct List {
    /// The shelf that places point into.
    pub shelf: Arc<Loaded>,
    /// The topics kept, in order, as places on the shelf.
    pub places: Vec<usize>,
    /// For each group of tick boxes its values with how many topics each would show.
    pub facets: Vec<(Facet, Vec<(String, usize)>)>,
    /// The day it is.
    pub today: Day,
}

impl List {
    /// The topics, in order.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.places.iter().map(|place| &self.shelf.lines[*place])
    }
}

/// The topics that a filter keeps.
pub async fn list(app: &App, actor: &Actor, filter: &Filter) -> Result<List, Error> {
    decide(actor, Action::ReadCalls, Resource::Instance)?;
    let shelf = app.part::<Shelf>().at_hand(&app.database).await?;
    let today = today(app);
    let words = filter.q.trim();
    let candidates: Vec<usize> = if words.is_empty() {
        (0..shelf.lines.len()).collect()
    } else {
        let (shelf, words) = (shelf.clone(), words.to_owned());
        let found = tokio::task::spawn_blocking(move || shelf.search(&words)).await.map_err(anyhow::Error::from)??;
        found.into_iter().map(|(place, _)| place).collect()
    };
    let now = Today::from(today);
    let mut counts: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); Facet::ALL.len()];
    let mut places: Vec<usize> = Vec::new();
    for place in candidates {
        let line = &shelf.lines[place];
        let answers = Facet::ALL.map(|facet| values(line, facet, &now));
        let mut failed = Facet::ALL
            .iter()
            .enumerate()
            .filter(|(group, facet)| !filter.passes(**facet, &answers[*group], line, &now));
        let (first, second) = (failed.next().map(|(group, _)| group), failed.next());
        if first.is_none() {
            places.push(place);
        }
        // Beside a box stands what it would show: the choice in its own group does not count against a topic.
        for (group, answers) in answers.iter().enumerate() {
            if first.is_none() || (first == Some(group) && second.is_none()) {
                for value in answers {
                    *counts[group].entry(value).or_default() += 1;
                }
            }
        }
    }
    let facets = Facet::ALL
        .into_iter()
        .zip(counts)
        .map(|(facet, counts)| {
            let mut counts: Vec<(String, usize)> =
                counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
            counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            (facet, counts)
        })
        .collect();
    let by_closing = |place: &usize| {
        let line = &shelf.lines[*place];
        let left = line.days_left(today);
        // What can still be answered first, the next to close at the top; then what closed last.
        match left {
            Some(left) if left >= 0 => (0, left),
            None => (1, 0),
            Some(left) => (2, -left),
        }
    };
    match filter.order() {
        Order::Fitting if !words.is_empty() => {}
        Order::Fitting | Order::Closing => places.sort_by_cached_key(|place| (by_closing(place), *place)),
        Order::Budget => places.sort_by_key(|place| {
            let line = &shelf.lines[*place];
            (std::cmp::Reverse(line.budget_max_cents.or(line.budget_min_cents).unwrap_or(-1)), *place)
        }),
        Order::Changed => {
            places.sort_by_key(|place| (std::cmp::Reverse(shelf.lines[*place].updated_at), *place));
        }
    }
    Ok(List { shelf, places, facets, today })
}

/// A concept that a topic is about.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Concept {
    /// Its id in the thesaurus.
    pub id: String,
    /// Its label in the reader's language, else in English.
    pub label: String,
    /// How much the topic is about it, 1 for the strongest.
    pub weight: f64,
}

/// A topic in full.
#[derive(Clone, Debug)]
pub struct Topic {
    /// All but the texts.
    pub line: Line,
    /// Stages and dates.
    pub cut_offs: Vec<(i64, String)>,
    /// The text, laid out.
    pub sections: Vec<Section>,
    /// The conditions, laid out.
    pub conditions: Vec<Section>,
    /// The text as published.
    pub description: String,
    /// The keywords as published.
    pub keywords: Vec<String>,
    /// The concepts found in its text.
    pub concepts: Vec<Concept>,
    /// The name, licence and date of the source.
    pub source: (String, String, String),
    /// Topics about the same, nearest first.
    pub similar: Vec<(Line, f32)>,
}

/// A topic in full, for pages and programs.
pub async fn topic(app: &App, actor: &Actor, identifier: &str, language: Language) -> Result<Topic, Error> {
    decide(actor, Action::ReadCalls, Resource::Instance)?;
    let shelf = app.part::<Shelf>().at_hand(&app.database).await?;
    let unknown = || Error::NotFound(format!("the topic {identifier}"));
    let place = shelf.place(identifier).ok_or_else(unknown)?;
    let line = shelf.lines[place].clone();
    let texts = store::texts(&app.database, line.id).await?.ok_or_else(unknown)?;
    let cut_offs = store::cut_offs(&app.database, line.id).await?;
    let concepts = concepts(app, line.id, language).await?;
    Ok(Topic {
        cut_offs,
        sections: model::sections(&texts.description),
        conditions: model::sections(&texts.conditions),
        description: texts.description,
        keywords: texts.keywords.0,
        concepts,
        source: (texts.source_name, texts.source_licence, texts.source_dated),
        similar: shelf.similar(place, 6).into_iter().map(|(place, near)| (shelf.lines[place].clone(), near)).collect(),
        line,
    })
}

/// The concepts of a topic, the strongest first.
pub async fn concepts(app: &App, topic: TopicId, language: Language) -> Result<Vec<Concept>, Error> {
    let mut found: Vec<(Concept, bool)> = Vec::new();
    for row in store::concepts(&app.database, topic).await? {
        let own = row.language == language.code();
        match found.iter_mut().find(|(concept, _)| concept.id == row.concept_id) {
            Some((concept, settled)) if own && !*settled => {
                concept.label = row.label;
                *settled = true;
            }
            Some(_) => {}
            None => found.push((Concept { id: row.concept_id, label: row.label, weight: row.weight }, own)),
        }
    }
    Ok(found.into_iter().map(|(concept, _)| concept).collect())
}

/// What is needed of a topic to look for partners: its line and its words.
pub async fn topic_words(app: &App, actor: &Actor, identifier: &str) -> Result<(Line, String), Error> {
    decide(actor, Action::ReadCalls, Resource::Instance)?;
    let shelf = app.part::<Shelf>().at_hand(&app.database).await?;
    let unknown = || Error::NotFound(format!("the topic {identifier}"));
    // People type identifiers by hand: case and spaces around do not matter.
    let wanted = identifier.trim();
    let place = shelf
        .place(wanted)
        .or_else(|| shelf.lines.iter().position(|line| line.identifier.eq_ignore_ascii_case(wanted)))
        .ok_or_else(unknown)?;
    let line = shelf.lines[place].clone();
    let texts = store::texts(&app.database, line.id).await?.ok_or_else(unknown)?;
    let words = asking(&line.title, &model::sections(&texts.description));
    Ok((line, words))
}

/// How much of the scope says what a topic is about; behind it stand conditions that all topics share.
const SCOPE: usize = 800;

/// What a topic asks for, in few words: its title (three times, so that it leads) and the beginning of its scope. The
/// whole text finds less, since half of it are sentences that every topic repeats; keywords find the wrong field, since
/// the widest of them («artificial intelligence») weigh most.
fn asking(title: &str, sections: &[Section]) -> String {
    let mut words = format!("{title}. {title}. {title}.");
    let telling = ["scope", "objective", "challenge"]
        .iter()
        .find_map(|key| sections.iter().find(|section| section.key == Some(key) && !section.paragraphs.is_empty()));
    let mut left = SCOPE;
    for paragraph in telling.or(sections.first()).into_iter().flat_map(|section| &section.paragraphs) {
        let end = paragraph.char_indices().nth(left).map_or(paragraph.len(), |(end, _)| end);
        words.push('\n');
        words.push_str(&paragraph[..end]);
        left = left.saturating_sub(paragraph.chars().count());
        if left == 0 {
            break;
        }
    }
    words
}

/// What the topics stand at: changes whenever an import changed one.
pub async fn stamp(app: &App) -> Result<String, Error> {
    store::stamp(&app.database).await
}

/// The words of every topic that can still be answered, for measuring who fits.
pub async fn open_texts(app: &App) -> Result<Vec<(TopicId, String)>, Error> {
    let rows = store::open_texts(&app.database, &today(app).to_string()).await?;
    Ok(rows.into_iter().map(|(id, title, description)| (id, format!("{title}. {description}"))).collect())
}

/// Two versions of a topic, and what changed.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The topic.
    pub line: Line,
    /// All versions with the moment each was seen first, the newest first.
    pub versions: Vec<(i64, i64)>,
    /// The older of the two compared.
    pub from: i64,
    /// The newer of the two compared.
    pub to: i64,
    /// What changed.
    pub changes: Changes,
}

/// Compares two versions of a topic: the last two when none are named.
pub async fn versions(
    app: &App,
    actor: &Actor,
    identifier: &str,
    from: Option<i64>,
    to: Option<i64>,
) -> Result<Compared, Error> {
    decide(actor, Action::ReadCalls, Resource::Instance)?;
    let shelf = app.part::<Shelf>().at_hand(&app.database).await?;
    let place = shelf.place(identifier).ok_or_else(|| Error::NotFound(format!("the topic {identifier}")))?;
    let line = shelf.lines[place].clone();
    let versions = store::versions(&app.database, line.id).await?;
    let newest = versions.first().map_or(1, |version| version.version);
    let to = to.unwrap_or(newest);
    let from = from.unwrap_or(to.saturating_sub(1).max(1));
    let content = |number: i64| {
        versions
            .iter()
            .find(|version| version.version == number)
            .map(|version| version.content.0.clone())
            .ok_or_else(|| Error::NotFound(format!("version {number} of the topic {identifier}")))
    };
    let (before, after) = (content(from)?, content(to)?);
    let changes =
        tokio::task::spawn_blocking(move || versions::changes(&before, &after)).await.map_err(anyhow::Error::from)?;
    let seen = versions.iter().map(|version| (version.version, version.seen_at)).collect();
    Ok(Compared { line, versions: seen, from, to, changes })
}

/// A call without topics: a programme, a fund, a commitment, a call told of by an article.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Other {
    /// Its word in addresses.
    pub identifier: String,
    /// Its name.
    pub title: String,
    /// What it is (`call`, `programme`, `fund` ...).
    pub kind: String,
    /// The programme it belongs to.
    pub programme: Option<String>,
    /// What else its source says.
    pub facts: serde_json::Value,
    /// When it began.
    pub starts: Option<String>,
    /// When it ended.
    pub ends: Option<String>,
    /// The document that tells of it.
    pub source: String,
    /// Who has a part in it.
    pub parties: Vec<Party>,
}

impl From<store::Other> for Other {
    fn from(row: store::Other) -> Self {
        Other {
            identifier: row.identifier,
            title: row.title,
            kind: row.kind,
            programme: row.programme,
            facts: row.facts.0,
            starts: row.starts,
            ends: row.ends,
            source: row.source_name,
            parties: Vec::new(),
        }
    }
}

/// All calls without topics.
pub async fn others(app: &App, actor: &Actor) -> Result<Vec<Other>, Error> {
    decide(actor, Action::ReadCalls, Resource::Instance)?;
    Ok(store::others(&app.database).await?.into_iter().map(Other::from).collect())
}

/// A call without topics, with its parties.
pub async fn other(app: &App, actor: &Actor, identifier: &str) -> Result<Other, Error> {
    decide(actor, Action::ReadCalls, Resource::Instance)?;
    let found = store::other(&app.database, identifier)
        .await?
        .ok_or_else(|| Error::NotFound(format!("the call {identifier}")))?;
    let parties = store::parties(&app.database, found.id).await?;
    Ok(Other { parties, ..Other::from(found) })
}

/// The topics that answer what was typed so far; closed ones come last.
pub async fn suggest(
    app: &App,
    actor: &Actor,
    words: &str,
    language: Language,
    limit: usize,
) -> Result<Vec<Suggestion>, Error> {
    decide(actor, Action::ReadCalls, Resource::Instance)?;
    if words.trim().is_empty() {
        return Ok(Vec::new());
    }
    let shelf = app.part::<Shelf>().at_hand(&app.database).await?;
    let today = today(app);
    let mut found = shelf.search(words.trim())?;
    found.truncate(limit * 4);
    found.sort_by_key(|(place, _)| shelf.lines[*place].state(&today.to_string()) == State::Closed);
    Ok(found
        .into_iter()
        .take(limit)
        .map(|(place, _)| {
            let line = &shelf.lines[place];
            let closing = line.closes_on.as_deref().and_then(|day| day.parse::<Day>().ok());
            let detail = match closing {
                Some(day) => format!("{} · {}", line.identifier, language.day(day.0)),
                None => line.identifier.clone(),
            };
            Suggestion {
                kind: app.texts.text(language, "calls-topic", None).into_owned(),
                label: line.title.clone(),
                detail,
                href: line.href(),
                id: line.identifier.clone(),
            }
        })
        .collect())
}
