//! The ranking as JSON: the same words in the browser, for programs and on the command line.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use axum_extra::extract::Query;

use super::{Built, Fit, Question};
use crate::{
    accounts::{Acting, Action, Actor, ClusterId, Resource, Route, decide},
    calls::{self, Shelf},
    directory::OrganisationId,
    foundation::{
        errors::{Error, ErrorBody},
        instance::App,
    },
};

/// The routes of the API of partnering.
pub fn routes() -> Vec<Route> {
    vec![Route::get("/api/rank", Action::RankPartners, axum::routing::get(rank))]
}

/// What is asked, as addresses and forms write it.
#[derive(Clone, Debug, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// The identifier of a topic.
    #[param(example = "HORIZON-HLTH-2027-01-DISEASE-10")]
    pub topic: String,
    /// A text of one's own, in French or English; beside a topic it adds to it.
    pub text: String,
    /// Organisations that are already in: id, PIC, ROR, SIREN or name.
    pub with: Vec<String>,
    /// The id that a form chose for the last of these.
    pub with_id: Vec<String>,
    /// Organisations that are out of the question.
    pub exclude: Vec<String>,
    /// Countries, two letters.
    pub country: Vec<String>,
    /// Kinds, by the words of the directory.
    pub kind: Vec<String>,
    /// The word of a cluster whose members alone are asked for.
    pub cluster: String,
    /// Not empty: newcomers first.
    pub newcomers: String,
    /// Not empty: also organisations that the data has no name for.
    pub unnamed: String,
    /// How many.
    pub limit: String,
}

/// A question understood: what could not be understood is named and left out.
#[derive(Debug, Default)]
pub struct Understood {
    /// The question.
    pub question: Question,
    /// The topic, where one is named.
    pub topic: Option<calls::Line>,
    /// What organisations could not be found.
    pub unknown: Vec<String>,
}

impl Asked {
    /// Finds the topic, the organisations and the cluster that are meant.
    pub async fn understand(&self, app: &App, actor: &Actor, built: &Built, usual: usize) -> Result<Understood, Error> {
        decide(actor, Action::RankPartners, Resource::Instance)?;
        let mut understood = Understood::default();
        let question = &mut understood.question;
        if !self.topic.trim().is_empty() {
            let (line, words) = calls::topic_words(app, actor, &self.topic).await?;
            question.text = words;
            question.is_call = self.text.trim().is_empty();
            understood.topic = Some(line);
        }
        if !self.text.trim().is_empty() {
            // One's own words come first: what follows them may be cut. French terms of the field are also asked in
            // English, since past projects are written in English.
            let shelf = app.part::<Shelf>().at_hand(&app.database).await?;
            let english = shelf.glossary.english(&self.text).join(", ");
            question.text = format!("{}\n{english}\n{}", self.text.trim(), question.text).trim().to_owned();
        }
        let chosen = self.with_id.iter().any(|id| !id.trim().is_empty());
        for word in self.with.iter().chain(&self.with_id).filter(|word| !word.trim().is_empty()) {
            // A form sends the typed name beside the id that was chosen for it.
            if chosen && word.parse::<OrganisationId>().is_err() {
                continue;
            }
            find(app, actor, built, word, &mut question.with, &mut understood.unknown).await?;
        }
        for word in self.exclude.iter().filter(|word| !word.trim().is_empty()) {
            find(app, actor, built, word, &mut question.excluded, &mut understood.unknown).await?;
        }
        question.countries =
            self.country.iter().map(|word| word.trim().to_uppercase()).filter(|w| !w.is_empty()).collect();
        question.kinds = self.kind.iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
        question.cluster = match self.cluster.trim() {
            "" => None,
            slug => Some(super::cluster(app, slug).await?),
        };
        question.newcomers_first = !self.newcomers.is_empty();
        question.unnamed = !self.unnamed.is_empty();
        question.limit = self.limit.parse().ok().filter(|limit| (1..=super::MOST).contains(limit)).unwrap_or(usual);
        Ok(understood)
    }

    /// The cluster whose members alone are asked for, by its word.
    pub fn among(&self) -> Option<&str> {
        Some(self.cluster.trim()).filter(|slug| !slug.is_empty())
    }
}

async fn find(
    app: &App,
    actor: &Actor,
    built: &Built,
    word: &str,
    found: &mut Vec<OrganisationId>,
    unknown: &mut Vec<String>,
) -> Result<(), Error> {
    match super::resolve(app, actor, built, word).await {
        Ok(id) if found.contains(&id) => {}
        Ok(id) => found.push(id),
        Err(Error::NotFound(what)) => unknown.push(what),
        Err(other) => return Err(other),
    }
    Ok(())
}

/// A reason of an organisation.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct ReasonShown {
    /// The sentence.
    pub text: String,
    /// What it adds to the score.
    pub share: f64,
}

/// An organisation of a ranking.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct FitShown {
    /// Its place, from 1.
    pub rank: usize,
    /// Its id.
    pub id: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Its country, two letters.
    pub country: String,
    /// What it is.
    pub kind: String,
    /// How well it fits: the sum of the shares.
    pub score: f64,
    /// Why, the strongest first.
    pub reasons: Vec<ReasonShown>,
}

/// A ranking.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Ranking {
    /// The topic, where one was asked for.
    pub topic: Option<String>,
    /// The organisations, the best first.
    pub organisations: Vec<FitShown>,
}

impl Ranking {
    /// A ranking as programs read it.
    pub fn new(topic: Option<&calls::Line>, fits: Vec<Fit>) -> Self {
        Ranking {
            topic: topic.map(|line| line.identifier.clone()),
            organisations: fits
                .into_iter()
                .map(|fit| FitShown {
                    rank: fit.rank,
                    id: fit.id,
                    name: fit.name,
                    country: fit.country,
                    kind: fit.kind,
                    score: fit.score,
                    reasons: fit
                        .reasons
                        .into_iter()
                        .map(|reason| ReasonShown { text: reason.text, share: reason.share })
                        .collect(),
                })
                .collect(),
        }
    }
}

/// Organisations that fit a topic or a text, each with the reasons that add up to its score.
#[utoipa::path(get, path = "/api/rank", tag = "partnering", params(Asked),
    responses((status = 200, body = Ranking), (status = 404, body = ErrorBody)))]
pub async fn rank(acting: Acting, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let built = super::ready(&acting.app).await?;
    let understood = asked.understand(&acting.app, &acting.actor, &built, 20).await?;
    if let Some(what) = understood.unknown.into_iter().next() {
        return Err(Error::NotFound(what));
    }
    let question = &understood.question;
    if question.text.is_empty() && question.with.is_empty() {
        return Err(Error::input("nothing is asked: give `topic`, `text` or `with`"));
    }
    let fits = super::rank(&acting.app, &acting.actor, &built, question, acting.language).await?;
    Ok(Json(Ranking::new(understood.topic.as_ref(), fits)).into_response())
}

/// The cluster that the person acts for.
pub(super) fn own_cluster(actor: &Actor) -> Option<(ClusterId, &str, &str)> {
    actor.cluster().map(|cluster| (cluster.id, cluster.slug.as_str(), cluster.name.as_str()))
}
