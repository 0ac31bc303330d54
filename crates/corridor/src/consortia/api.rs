//! Consortia for programs.

use axum::{
    Json,
    extract::{Path, Query},
    http::header,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    Asked, Competence, DraftId, DraftLine, check_json, export, list, open, propose, suggest_competences, view,
};
use crate::{
    accounts::{Acting, Action, Resource, Route},
    foundation::errors::Error,
};

/// The routes for programs.
pub fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    vec![
        Route::get("/api/consortia", Action::ReadDrafts, get(all)),
        Route::get("/api/consortia/{id}", Action::ReadDrafts, get(one)),
        Route::get("/api/consortia/{id}/network", Action::ReadDrafts, get(network)),
        Route::get("/api/competences/suggest", Action::ReadDirectory, get(competences)),
        Route::post("/api/assemble", Action::RankPartners, post(assemble)),
        Route::post("/api/check", Action::ReadCalls, post(check)),
    ]
}

async fn all(acting: Acting) -> Result<Json<Vec<DraftLine>>, Error> {
    Ok(Json(list(&acting.app, &acting.actor).await?))
}

async fn one(acting: Acting, Path(id): Path<DraftId>) -> Result<Json<Value>, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    let shown = view(&acting.app, &acting.actor, &draft.content, acting.language).await?;
    Ok(Json(export::json(&draft, &shown)))
}

/// The network of past collaboration inside the team, in the shape that the picture takes.
async fn network(acting: Acting, Path(id): Path<DraftId>) -> Result<Json<Value>, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    let shown = view(&acting.app, &acting.actor, &draft.content, acting.language).await?;
    let mut kinds: Vec<(&str, &str)> =
        shown.members.iter().map(|member| (member.kind.as_str(), member.kind_name.as_str())).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let nodes = shown.members.iter().map(|member| {
        json!({
            "id": member.id, "label": member.name, "kind": member.kind, "size": member.joint_projects.max(1),
            "href": member.href, "focus": member.role == "coordinator", "detail": member.role_name,
        })
    });
    let links = shown
        .joint
        .iter()
        .map(|joint| json!({ "source": joint.first, "target": joint.second, "weight": joint.projects }));
    Ok(Json(json!({
        "nodes": nodes.collect::<Vec<_>>(),
        "links": links.collect::<Vec<_>>(),
        "kinds": kinds.iter().map(|(key, label)| json!({ "key": key, "label": label })).collect::<Vec<_>>(),
    })))
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    q: String,
}

/// A competence as the type-ahead shows it.
#[derive(Serialize)]
struct Suggestion {
    kind: String,
    label: String,
    detail: String,
    href: String,
    id: String,
}

async fn competences(acting: Acting, Query(typed): Query<Typed>) -> Result<Json<Vec<Suggestion>>, Error> {
    let found = suggest_competences(&acting.app, &acting.actor, &typed.q, acting.language).await?;
    let kind = acting.say("consortia-competence");
    let suggestion = |Competence { id, label }| Suggestion {
        kind: kind.clone(),
        label,
        detail: String::new(),
        href: String::new(),
        id,
    };
    Ok(Json(found.into_iter().map(suggestion).collect()))
}

/// What `POST /api/assemble` takes.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AssembleRequest {
    /// The topic's identifier.
    pub topic: String,
    /// Who is in already: id, PIC, ROR, SIREN or name.
    pub with: Vec<String>,
    /// Who must not be in.
    pub without: Vec<String>,
    /// The smallest and largest number of members.
    pub size: Option<(usize, usize)>,
    /// Competences that somebody must have.
    pub must_cover: Vec<String>,
    /// The instrument, where another is wanted than the topic's.
    pub instrument: Option<String>,
    /// The stage.
    pub stage: Option<String>,
    /// Countries from which partners may come.
    pub countries: Vec<String>,
    /// The most members from one country.
    pub most_per_country: Option<usize>,
    /// Kinds of which at least one member must be.
    pub kinds: Vec<String>,
}

async fn assemble(acting: Acting, body: String) -> Result<Response, Error> {
    acting.may(Action::RankPartners, Resource::Instance)?;
    let asked: AssembleRequest = serde_json::from_str(&body)
        .map_err(|error| Error::input(format!("the body is not what is expected: {error}")))?;
    let asked = Asked {
        topic: asked.topic,
        with: asked.with,
        without: asked.without,
        size: asked.size,
        must_cover: asked.must_cover,
        instrument: asked.instrument,
        stage: asked.stage,
        countries: asked.countries,
        most_per_country: asked.most_per_country,
        kinds: asked.kinds,
        patience: None,
    };
    Ok(Json(propose(&acting.app, &acting.actor, &asked, acting.language).await?).into_response())
}

/// Checks a consortium given in full; needs nothing of the instance but the reader's right to be here.
async fn check(acting: Acting, body: String) -> Result<Response, Error> {
    acting.may(Action::ReadCalls, Resource::Instance)?;
    let report = check_json(&body)?;
    let text = serde_json::to_string(&report).map_err(anyhow::Error::from)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}
