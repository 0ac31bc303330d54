//! Partnering: who fits a topic or an idea, and why.
//!
//! Use cases: [`rank`], [`similar_projects`], [`coverage`]. The ranking itself is the engine `ranking`; this slice
//! gathers what it knows from the directory, keeps it ready ([`Index`]) and words its reasons.

pub mod api;
pub mod fits;
mod index;
pub mod pages;
mod reasons;
mod store;

use std::sync::Arc;

use crate::{
    accounts::{Action, Actor, ClusterId, Resource, decide, visibility},
    calls,
    directory::{OrganisationId, model::plain, search::Catalogue},
    foundation::{errors::Error, instance::App, languages::Language},
};

pub use index::{Body, Built, Index, PastProject, Steps};
pub use reasons::{Named, Said};

/// The longest text that is looked at: more of a topic is what all topics say.
const LONGEST_TEXT: usize = 6_000;
/// The most organisations one answer holds.
pub const MOST: usize = 500;

/// Who is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Question {
    /// What it is about, in French or English.
    pub text: String,
    /// Whether the text is that of a topic alone: what it names are agencies and programmes, not partners.
    pub is_call: bool,
    /// Organisations that are already in.
    pub with: Vec<OrganisationId>,
    /// Organisations that are out of the question.
    pub excluded: Vec<OrganisationId>,
    /// Only these countries, two letters; all when empty.
    pub countries: Vec<String>,
    /// Only these kinds; all when empty.
    pub kinds: Vec<String>,
    /// Only members of this cluster.
    pub cluster: Option<ClusterId>,
    /// Organisations without past projects first.
    pub newcomers_first: bool,
    /// Also organisations that the data has no name for.
    pub unnamed: bool,
    /// How many at most.
    pub limit: usize,
}

/// An organisation that fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Its place, from 1.
    pub rank: usize,
    /// The organisation.
    pub id: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Its country, two letters; empty when unknown.
    pub country: String,
    /// What it is, by the word of the directory.
    pub kind: String,
    /// How well it fits, in [0, 1]: the sum of the shares of its reasons.
    pub score: f64,
    /// Whether it has no past project.
    pub newcomer: bool,
    /// Whether it is a member of the cluster of the person who asks.
    pub member: bool,
    /// Why, the strongest first.
    pub reasons: Vec<Said>,
}

/// The page of a past project.
pub fn project_page(id: uuid::Uuid) -> String {
    format!("/past-projects/{id}")
}

/// The page of an organisation.
pub fn organisation_page(id: OrganisationId) -> String {
    format!("/organisations/{id}")
}

/// The ranking, once it is there: programs wait for it, pages show how far it is.
pub async fn ready(app: &App) -> Result<Arc<Built>, Error> {
    if let Some(built) = app.part::<Index>().current() {
        return Ok(built);
    }
    app.part::<Index>().refresh(&app.database).await?;
    app.part::<Index>().current().ok_or_else(|| anyhow::anyhow!("the ranking index was not built").into())
}

/// The organisations that fit, the best first.
pub async fn rank(
    app: &App,
    actor: &Actor,
    built: &Arc<Built>,
    question: &Question,
    language: Language,
) -> Result<Vec<Fit>, Error> {
    decide(actor, Action::RankPartners, Resource::Instance)?;
    let reader = visibility::reader(&app.database, actor).await?;
    let among = match question.cluster {
        Some(cluster) => Some(store::members(&app.database, &reader, cluster).await?),
        None => None,
    };
    let own = match actor.cluster() {
        Some(cluster) => store::members(&app.database, &reader, cluster.id).await?,
        None => Vec::new(),
    };
    ranked(app, built, question, (among, own), language).await
}

/// Those of a list of organisations that fit a text, the best first, for whoever was let in to that list: what they may see is
/// the list, whether they have a role here or not. Nobody is marked as a member of anything.
///
/// # Errors
/// When the ranking fails.
pub async fn rank_among(
    app: &App,
    built: &Arc<Built>,
    text: &str,
    among: &[OrganisationId],
    limit: usize,
    language: Language,
) -> Result<Vec<Fit>, Error> {
    let question = Question { text: text.to_owned(), unnamed: true, limit, ..Question::default() };
    let among = among.iter().map(|id| id.0).collect();
    ranked(app, built, &question, (Some(among), Vec::new()), language).await
}

/// The organisations that fit, of some or of all; `own` are those that are members of the cluster of who asks.
async fn ranked(
    app: &App,
    built: &Arc<Built>,
    question: &Question,
    (among, own): (Option<Vec<uuid::Uuid>>, Vec<uuid::Uuid>),
    language: Language,
) -> Result<Vec<Fit>, Error> {
    let keys = |ids: &[OrganisationId]| ids.iter().filter_map(|id| built.key(*id)).collect::<Vec<u64>>();
    let (with, excluded) = (keys(&question.with), keys(&question.excluded));
    let marked = |ids: &[uuid::Uuid]| {
        let mut marks = vec![false; built.organisations.len()];
        for key in ids.iter().filter_map(|id| built.key(OrganisationId(*id))) {
            marks[key as usize] = true;
        }
        marks
    };
    let marks = among.as_ref().map(|ids| marked(ids));
    let own = marked(&own);
    let (built, asked, texts) = (built.clone(), question.clone(), app.texts.clone());
    // The work of some milliseconds on one core: not on the threads that serve everybody else.
    tokio::task::spawn_blocking(move || {
        let ranked = built.answer((asked, among), |asked| {
            let admitted = |key: u64| {
                let Some(body) = built.body(key) else { return false };
                (asked.unnamed || body.named)
                    && (asked.countries.is_empty() || asked.countries.contains(&body.country))
                    && (asked.kinds.is_empty() || asked.kinds.contains(&body.kind))
                    && marks.as_ref().is_none_or(|marks| marks[key as usize])
            };
            built.engine.rank(&ranking::Query {
                text: cut(&asked.text),
                members_in: &with,
                excluded: &excluded,
                admitted: Some(&admitted),
                newcomers_first: asked.newcomers_first,
                is_call: asked.is_call,
                limit: asked.limit.min(MOST),
            })
        });
        let fits = ranked.iter().enumerate().filter_map(|(place, ranked)| {
            let body = built.body(ranked.organisation)?;
            let reasons = reasons::said(&texts, language, &built, ranked.organisation, &ranked.reasons, project_page);
            Some(Fit {
                rank: place + 1,
                id: body.id,
                name: body.name.clone(),
                country: body.country.clone(),
                kind: body.kind.clone(),
                score: f64::from(ranked.score),
                newcomer: ranked.newcomer,
                member: own[ranked.organisation as usize],
                reasons,
            })
        });
        Ok(fits.collect())
    })
    .await
    .map_err(anyhow::Error::from)?
}

fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST_TEXT).map_or(text, |(end, _)| &text[..end])
}

/// The past projects that resemble a text most, each with how near it is in [0, 1].
pub async fn similar_projects(
    actor: &Actor,
    built: &Arc<Built>,
    text: &str,
    limit: usize,
) -> Result<Vec<(PastProject, f32)>, Error> {
    decide(actor, Action::ReadDirectory, Resource::Instance)?;
    let (built, text) = (built.clone(), text.to_owned());
    tokio::task::spawn_blocking(move || {
        let found = built.engine.similar_projects(cut(&text), limit);
        Ok(found.into_iter().filter_map(|near| Some((built.project(near.project)?.clone(), near.similarity))).collect())
    })
    .await
    .map_err(anyhow::Error::from)?
}

/// A competence that a topic asks for, and who of a cluster has it.
#[derive(Clone, Debug)]
pub struct Covered {
    /// The concept.
    pub concept: calls::Concept,
    /// The members that have it or something narrower, the most active first.
    pub members: Vec<(OrganisationId, String)>,
}

/// Which competences of a topic the members of a cluster have, and which nobody has.
pub async fn coverage(
    app: &App,
    actor: &Actor,
    topic: calls::TopicId,
    cluster: ClusterId,
    language: Language,
) -> Result<Vec<Covered>, Error> {
    decide(actor, Action::ReadDirectory, Resource::Instance)?;
    let directory = app.part::<Catalogue>().snapshot();
    let reader = visibility::reader(&app.database, actor).await?;
    let members = directory.members_of_cluster(&directory.view(&reader), cluster);
    let concepts = calls::concepts(app, topic, language).await?;
    Ok(concepts
        .into_iter()
        .map(|concept| {
            let place = directory.concept_position(&concept.id);
            let mut having: Vec<_> = members
                .iter()
                .filter(|member| place.is_some_and(|place| member.covered.binary_search(&place).is_ok()))
                .collect();
            having.sort_by_key(|member| std::cmp::Reverse(member.project_count));
            let members = having.into_iter().map(|member| (member.id, member.shown_name())).collect();
            Covered { concept, members }
        })
        .collect())
}

/// The organisation that a word means: its id, an identifier of a register (PIC, ROR, SIREN, VAT), its word in
/// addresses, or its name.
pub async fn resolve(app: &App, actor: &Actor, built: &Built, word: &str) -> Result<OrganisationId, Error> {
    decide(actor, Action::ReadDirectory, Resource::Instance)?;
    let word = word.trim();
    if let Ok(id) = word.parse::<OrganisationId>() {
        return if built.key(id).is_some() {
            Ok(id)
        } else {
            Err(Error::NotFound(format!("an organisation with the id {word}")))
        };
    }
    let register = word.trim_start_matches("https://ror.org/");
    let together: String = register.chars().filter(|c| !c.is_whitespace()).collect();
    for value in [register, together.as_str(), word] {
        if let Some(id) = store::by_identifier(&app.database, value).await? {
            return Ok(OrganisationId(id));
        }
    }
    if let Some(id) = store::by_slug(&app.database, word).await? {
        return Ok(OrganisationId(id));
    }
    let wanted = plain(word);
    let called = |name: &str| !wanted.is_empty() && plain(name) == wanted;
    let exact = built
        .organisations
        .iter()
        .filter(|body| called(&body.name) || body.short_name.as_deref().is_some_and(called))
        // Of several that are called so, the one that is known for more.
        .max_by_key(|body| (called(&body.name), body.projects.len()));
    if let Some(body) = exact {
        return Ok(body.id);
    }
    let near = app.part::<Catalogue>().snapshot().suggest(&app.texts, Language::En, word, 3)?;
    let near: Vec<String> = near.into_iter().map(|found| format!("{} ({})", found.label, found.id)).collect();
    Err(Error::NotFound(if near.is_empty() {
        format!("an organisation called `{word}`: give its id, PIC, ROR, SIREN or name")
    } else {
        format!("an organisation called `{word}`; near to it: {}", near.join(", "))
    }))
}

/// The cluster of a word in addresses.
pub async fn cluster(app: &App, slug: &str) -> Result<ClusterId, Error> {
    let clusters = crate::accounts::clusters(&app.database).await?;
    clusters.iter().find(|cluster| cluster.slug == slug).map(|cluster| cluster.id).ok_or_else(|| {
        let known: Vec<&str> = clusters.iter().map(|cluster| cluster.slug.as_str()).collect();
        Error::input(format!("there is no cluster `{slug}` (there is {})", known.join(", ")))
    })
}
