//! Partnering as pages.

use std::sync::Arc;

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use axum_extra::extract::Query;
use minijinja::context;

use super::{
    Built, Covered, Fit,
    api::{Asked, Understood, own_cluster},
    organisation_page, project_page,
};
use crate::{
    accounts::{Acting, Action, Route},
    calls::{self, escaped},
    directory::{OrganisationId, countries::country_name, model::Kind},
    foundation::{errors::Error, pages::Serde},
    partnering::Index,
};

/// Organisations on one page of a ranking.
const PAGE: usize = 15;

/// The routes of the pages of partnering.
pub fn routes() -> Vec<Route> {
    use axum::routing::get;
    vec![
        Route::get("/partners", Action::RankPartners, get(for_text)),
        Route::get("/calls/{identifier}/partners", Action::RankPartners, get(for_topic)),
        Route::get("/calls/{identifier}/partners/short", Action::RankPartners, get(short)),
        Route::get("/calls/{identifier}/projects", Action::ReadDirectory, get(projects)),
        Route::get("/calls/{identifier}/projects/short", Action::ReadDirectory, get(short_projects)),
    ]
}

#[derive(serde::Serialize)]
struct FitView {
    rank: usize,
    name: String,
    href: String,
    country: String,
    kind: String,
    score: f64,
    newcomer: bool,
    member: bool,
    reasons: Vec<super::Said>,
    id: String,
}

#[derive(serde::Serialize)]
struct Chosen {
    id: String,
    name: String,
    href: String,
    without: String,
}

#[derive(serde::Serialize)]
struct Choice {
    value: String,
    label: String,
    count: usize,
    selected: bool,
}

impl Asked {
    /// The address of this question, with one parameter changed by the caller.
    fn address(
        &self,
        path: &str,
        understood: &Understood,
        change: impl FnOnce(&mut Vec<(&'static str, String)>),
    ) -> String {
        let mut pairs: Vec<(&'static str, String)> = Vec::new();
        if !self.text.trim().is_empty() {
            pairs.push(("text", self.text.trim().to_owned()));
        }
        pairs.extend(understood.question.with.iter().map(|id| ("with", id.to_string())));
        pairs.extend(understood.question.excluded.iter().map(|id| ("exclude", id.to_string())));
        pairs.extend(understood.question.countries.iter().map(|code| ("country", code.clone())));
        pairs.extend(understood.question.kinds.iter().map(|kind| ("kind", kind.clone())));
        for (name, value) in [("cluster", &self.cluster), ("newcomers", &self.newcomers), ("unnamed", &self.unnamed)] {
            if !value.is_empty() {
                pairs.push((name, value.clone()));
            }
        }
        change(&mut pairs);
        let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
    }
}

async fn for_text(acting: Acting, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let asked = Asked { topic: String::new(), ..asked };
    page(acting, asked, "/partners".to_owned()).await
}

async fn for_topic(
    acting: Acting,
    Path(identifier): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let path = format!("{}/partners", calls::href(&identifier));
    page(acting, Asked { topic: identifier, ..asked }, path).await
}

async fn page(acting: Acting, asked: Asked, path: String) -> Result<Response, Error> {
    let app = &acting.app;
    let Some(built) = app.part::<Index>().current() else {
        return building(&acting, &asked).await;
    };
    let understood = asked.understand(app, &acting.actor, &built, PAGE).await?;
    let question = &understood.question;
    let nothing = question.text.is_empty() && question.with.is_empty();
    let fits =
        if nothing { Vec::new() } else { super::rank(app, &acting.actor, &built, question, acting.language).await? };
    let best = fits.iter().map(|fit| fit.score).fold(0.0, f64::max);
    let count = fits.len();
    let views: Vec<FitView> = fits.into_iter().map(|fit| view(&acting, fit)).collect();
    let chosen = |ids: &[OrganisationId], parameter: &'static str| -> Vec<Chosen> {
        ids.iter()
            .map(|id| Chosen {
                id: id.to_string(),
                name: built
                    .key(*id)
                    .and_then(|key| built.body(key))
                    .map_or_else(|| id.to_string(), |body| body.name.clone()),
                href: organisation_page(*id),
                without: asked.address(&path, &understood, |pairs| {
                    pairs.retain(|(name, value)| *name != parameter || *value != id.to_string());
                }),
            })
            .collect()
    };
    let covered = match (&understood.topic, own_cluster(&acting.actor)) {
        (Some(line), Some((cluster, ..))) => {
            super::coverage(app, &acting.actor, line.id, cluster, acting.language).await?
        }
        _ => Vec::new(),
    };
    let today = calls::today(app);
    let topic = understood.topic.as_ref().map(|line| calls::pages::row(&acting, line, today));
    let draft = understood.topic.as_ref().map(|line| {
        let with: Vec<String> = question.with.iter().map(|id| format!("&member={id}")).collect();
        format!("/consortia/new?topic={}{}", escaped(&line.identifier), with.join(""))
    });
    let own = own_cluster(&acting.actor);
    let api = asked.address("/api/rank", &understood, |pairs| {
        if let Some(line) = &understood.topic {
            pairs.insert(0, ("topic", line.identifier.clone()));
        }
    });
    let more = (count == question.limit && count < super::MOST).then(|| {
        asked.address(&path, &understood, |pairs| pairs.push(("limit", (count * 2).min(super::MOST).to_string())))
    });
    let context = context! {
        path => path.as_str(), text => asked.text.as_str(), nothing, count, best, api, more,
        topic => Serde(&topic), fits => Serde(&views), draft,
        with => Serde(&chosen(&question.with, "with")), excluded => Serde(&chosen(&question.excluded, "exclude")),
        unknown => understood.unknown.clone(),
        countries => Serde(&countries(&acting, &built, question)), kinds => Serde(&kinds(&acting, &built, question)),
        cluster_slug => own.map(|(_, slug, _)| slug), cluster_name => own.map(|(.., name)| name),
        among => asked.among(), newcomers => question.newcomers_first, unnamed => question.unnamed,
        fresh => app.part::<Index>().is_fresh(&app.database).await?,
        covered => covered.iter().map(|covered| covered_view(covered, &asked, &understood)).collect::<Vec<_>>(),
        holes => covered.iter().filter(|covered| covered.members.is_empty()).count(),
        in_force => question.countries.len() + question.kinds.len() + usize::from(question.cluster.is_some())
            + usize::from(question.newcomers_first) + usize::from(question.unnamed),
        organisations => built.organisations.len(), projects => built.projects.len(),
    };
    Ok(acting.page("partnering/partners.html", context).await?.into_response())
}

fn view(acting: &Acting, fit: Fit) -> FitView {
    FitView {
        rank: fit.rank,
        href: organisation_page(fit.id),
        country: country_name(&fit.country, acting.language).to_owned(),
        kind: acting.say(&Kind::stored(&fit.kind).label_key()),
        score: fit.score,
        newcomer: fit.newcomer,
        member: fit.member,
        id: fit.id.to_string(),
        name: fit.name,
        reasons: fit.reasons,
    }
}

fn covered_view(covered: &Covered, asked: &Asked, understood: &Understood) -> minijinja::Value {
    let members: Vec<_> = covered
        .members
        .iter()
        .take(3)
        .map(|(id, name)| context! { name => name.as_str(), href => organisation_page(*id) })
        .collect();
    // A hole is looked for among everybody: the concept becomes the question, the members in stay.
    let look = asked.address("/partners", understood, |pairs| {
        pairs.retain(|(name, _)| !["text", "cluster"].contains(name));
        pairs.insert(0, ("text", covered.concept.label.clone()));
    });
    context! {
        label => covered.concept.label.as_str(), count => covered.members.len(), members, look,
    }
}

fn countries(acting: &Acting, built: &Built, question: &super::Question) -> Vec<Choice> {
    choices(&built.countries, &question.countries, |code| country_name(code, acting.language).to_owned())
}

fn kinds(acting: &Acting, built: &Built, question: &super::Question) -> Vec<Choice> {
    choices(&built.kinds, &question.kinds, |word| acting.say(&Kind::stored(word).label_key()))
}

/// The values of a group with their counts: those chosen first, then the most frequent.
fn choices(counts: &[(String, usize)], chosen: &[String], label: impl Fn(&str) -> String) -> Vec<Choice> {
    let unknown = chosen.iter().filter(|one| !counts.iter().any(|(value, _)| value == *one));
    let mut choices: Vec<Choice> = unknown
        .map(|value| (value.as_str(), 0))
        .chain(counts.iter().map(|(value, count)| (value.as_str(), *count)))
        .map(|(value, count)| Choice {
            value: value.to_owned(),
            label: label(value),
            count,
            selected: chosen.iter().any(|one| one == value),
        })
        .collect();
    choices.sort_by_key(|choice| !choice.selected);
    choices
}

/// The page while the ranking is built for the first time: how far it is, and itself again in a second.
async fn building(acting: &Acting, asked: &Asked) -> Result<Response, Error> {
    let steps = acting.app.part::<Index>().steps();
    let context = context! {
        done => steps.done, of => steps.of, text => asked.text.as_str(),
        topic => (!asked.topic.is_empty()).then_some(asked.topic.as_str()),
        topic_href => calls::href(&asked.topic),
        again => acting.path_and_query(),
    };
    Ok(acting.page("partnering/building.html", context).await?.into_response())
}

async fn short(acting: Acting, Path(identifier): Path<String>) -> Result<Response, Error> {
    let path = format!("{}/partners", calls::href(&identifier));
    let Some(built) = acting.app.part::<Index>().current() else {
        let context = context! { path, again => acting.path_and_query(), building => true };
        return Ok(acting.page("partnering/short.html", context).await?.into_response());
    };
    let asked = Asked { topic: identifier, ..Asked::default() };
    let understood = asked.understand(&acting.app, &acting.actor, &built, 8).await?;
    let fits = super::rank(&acting.app, &acting.actor, &built, &understood.question, acting.language).await?;
    let best = fits.iter().map(|fit| fit.score).fold(0.0, f64::max);
    let views: Vec<FitView> = fits.into_iter().map(|fit| view(&acting, fit)).collect();
    let context = context! { path, fits => Serde(&views), best, building => false };
    Ok(acting.page("partnering/short.html", context).await?.into_response())
}

/// The past projects that resemble a topic, as views.
async fn near(
    acting: &Acting,
    built: &Arc<Built>,
    identifier: &str,
    limit: usize,
) -> Result<(calls::Line, Vec<minijinja::Value>), Error> {
    let (line, words) = calls::topic_words(&acting.app, &acting.actor, identifier).await?;
    let found = super::similar_projects(&acting.actor, built, &words, limit).await?;
    let views = found
        .iter()
        .map(|(project, similarity)| {
            context! {
                name => project.name(), title => project.title.as_deref().or(project.topic_title.as_deref()),
                year => project.year, framework => project.framework.as_str(), near => *similarity,
                href => project_page(project.id),
            }
        })
        .collect();
    Ok((line, views))
}

async fn projects(acting: Acting, Path(identifier): Path<String>) -> Result<Response, Error> {
    let Some(built) = acting.app.part::<Index>().current() else {
        return building(&acting, &Asked { topic: identifier, ..Asked::default() }).await;
    };
    let (line, projects) = near(&acting, &built, &identifier, 30).await?;
    let topic = calls::pages::row(&acting, &line, calls::today(&acting.app));
    let context = context! { topic => Serde(&topic), projects };
    Ok(acting.page("partnering/projects.html", context).await?.into_response())
}

async fn short_projects(acting: Acting, Path(identifier): Path<String>) -> Result<Response, Error> {
    let path = format!("{}/projects", calls::href(&identifier));
    let projects = match acting.app.part::<Index>().current() {
        Some(built) => near(&acting, &built, &identifier, 6).await?.1,
        None => Vec::new(),
    };
    Ok(acting.page("partnering/short_projects.html", context! { path, projects }).await?.into_response())
}
