//! Consortia for programs.

use axum::{
    Json,
    extract::{Path, Query},
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{
    Asked, Competence, DraftId, DraftLine, Proposal, check_json, documents::Ground, export, list, open,
    outcomes::prior::recalled, propose, rulebook, suggest_competences, view, view::view_with,
};
use crate::{
    accounts::{Acting, Action, Resource, Route},
    directory::{api::Typed, network::NetworkData, search::Suggestion},
    foundation::errors::{Error, ErrorBody},
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

/// The drafts of the cluster that one acts for, the last changed first.
#[utoipa::path(get, path = "/api/consortia", tag = "consortia", responses((status = 200, body = [DraftLine])))]
pub async fn all(acting: Acting) -> Result<Json<Vec<DraftLine>>, Error> {
    Ok(Json(list(&acting.app, &acting.actor).await?))
}

/// A draft with its members, its facts and what each rule says of it.
#[utoipa::path(get, path = "/api/consortia/{id}", tag = "consortia", params(("id" = DraftId, Path, description = "The draft.")),
    responses((status = 200, body = Object)))]
pub async fn one(acting: Acting, Path(id): Path<DraftId>) -> Result<Json<Value>, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    let recalled = recalled(&acting.app, &acting.actor, &draft, &draft.content).await?;
    let ground = Ground::of_team(&acting.actor, Some(id));
    let shown = view_with(&acting.app, &acting.actor, ground, &recalled, acting.language).await?;
    Ok(Json(export::json(&draft, &shown)))
}

/// The network of past collaboration inside the team, in the shape that the picture takes.
#[utoipa::path(get, path = "/api/consortia/{id}/network", tag = "consortia", params(("id" = DraftId, Path, description = "The draft.")),
    responses((status = 200, body = NetworkData)))]
pub async fn network(acting: Acting, Path(id): Path<DraftId>) -> Result<Json<Value>, Error> {
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

/// Competences that somebody of the team must have, as they are typed, in either language.
#[utoipa::path(get, path = "/api/competences/suggest", tag = "consortia", params(Typed), responses((status = 200, body = [Suggestion])))]
pub async fn competences(acting: Acting, Query(typed): Query<Typed>) -> Result<Json<Vec<Suggestion>>, Error> {
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

/// The best eligible team for a topic, with its proof, other teams, or the smallest set of rules that cannot hold together.
#[utoipa::path(post, path = "/api/assemble", tag = "consortia", request_body(content = Asked, example = json!({
        "topic": "HORIZON-HLTH-2027-01-DISEASE-10", "with": ["Institut Pasteur"], "size": [6, 10], "countries": ["FR", "DE", "ES", "NL", "IT"]
    })), responses((status = 200, body = Proposal), (status = 404, body = ErrorBody)))]
pub async fn assemble(acting: Acting, body: String) -> Result<Response, Error> {
    acting.may(Action::RankPartners, Resource::Instance)?;
    let asked: Asked = serde_json::from_str(&body)
        .map_err(|error| Error::input(format!("the body is not what is expected: {error}")))?;
    Ok(Json(propose(&acting.app, &acting.actor, &asked, acting.language).await?).into_response())
}

/// A consortium to be checked. Its other fields, and those of an entity, stand in the README of `eligibility`: stage, costs
/// and amounts asked for, ownership, documents, contributions. A field that no rule knows is left out.
#[derive(Debug, utoipa::ToSchema)]
pub struct CheckRequest {
    /// The instrument, as `/instruments` names it.
    #[schema(min_length = 1)]
    pub instrument: String,
    /// The day on which the rules are asked, `YYYY-MM-DD`.
    #[schema(format = Date)]
    pub date: String,
    /// Who takes part.
    #[schema(max_items = 10000)]
    pub entities: Vec<CheckEntity>,
}

/// Somebody who takes part in a consortium to be checked.
#[derive(Debug, utoipa::ToSchema)]
pub struct CheckEntity {
    /// A word of one's own for it, once in the list.
    #[schema(min_length = 1)]
    pub id: String,
    /// Its country, as two capital letters (ISO 3166-1, `EL` and `UK` too).
    #[schema(pattern = "^[A-Z]{2}$")]
    pub country: String,
    /// What it is: `sme`, `mid_cap`, `large_company`, `university`, `research_organisation`, `hospital`,
    /// `patient_organisation`, `public_authority`, `cluster`, `association`, `foundation` or `other`.
    pub kind: String,
}

/// Checks a consortium given in full; needs nothing of the instance but the reader's right to be here.
#[utoipa::path(post, path = "/api/check", tag = "consortia", request_body(content = CheckRequest, example = json!({
        "instrument": "horizon-europe-ria", "date": "2026-09-01", "stage": "single", "entities": [
            { "id": "a", "country": "FR", "kind": "research_organisation" },
            { "id": "b", "country": "SE", "kind": "university" }
        ]
    })), responses((status = 200, body = Object)))]
pub async fn check(acting: Acting, body: String) -> Result<Response, Error> {
    acting.may(Action::ReadCalls, Resource::Instance)?;
    let report = check_json(&rulebook(&acting.app), &body)?;
    let text = serde_json::to_string(&report).map_err(anyhow::Error::from)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}
