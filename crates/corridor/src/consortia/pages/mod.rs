//! Pages of consortia: the list, the proposal for a topic, the living sheet with its history.

mod proposal;
mod sheet;
mod what_if;
pub(in crate::consortia) mod words;

pub(super) use sheet::person_name;
pub(super) use words::amount;

use axum::response::{IntoResponse, Response};

use super::{archive, delete, list, rules::reading_day, undelete};
use crate::{
    accounts::{Acting, Action, Resource, Route},
    calls,
    foundation::{errors::Error, pages::Serde},
};

/// The routes of consortia.
pub fn routes() -> Vec<Route> {
    use Action::{EditDrafts, RankPartners, ReadDrafts};
    use axum::routing::{get, post};
    vec![
        Route::get("/consortia", ReadDrafts, get(index)),
        Route::post("/consortia", EditDrafts, post(sheet::create_draft)),
        Route::get("/consortia/new", RankPartners, get(proposal::ask)),
        Route::get("/consortia/proposal", RankPartners, get(proposal::answer)),
        Route::get("/consortia/proposal/live", RankPartners, get(proposal::live)),
        Route::get("/consortia/{id}", ReadDrafts, get(sheet::show)),
        Route::post("/consortia/{id}", EditDrafts, post(sheet::submit)),
        Route::post("/consortia/{id}/preview", ReadDrafts, post(sheet::preview)),
        Route::get("/consortia/{id}/what-if", ReadDrafts, get(what_if::ask)),
        Route::post("/consortia/{id}/what-if", ReadDrafts, post(what_if::answer)),
        Route::get("/consortia/{id}/versions", ReadDrafts, get(sheet::history)),
        Route::post("/consortia/{id}/restore", EditDrafts, post(sheet::restore_version)),
        Route::post("/consortia/{id}/archive", EditDrafts, post(put_aside)),
        Route::post("/consortia/{id}/reopen", EditDrafts, post(take_up)),
        Route::post("/consortia/{id}/delete", EditDrafts, post(remove)),
        Route::post("/consortia/{id}/undelete", EditDrafts, post(bring_back)),
        Route::get("/consortia/{id}/export/{format}", ReadDrafts, get(sheet::export)),
        Route::get("/consortia/{id}/portal/{format}", ReadDrafts, get(sheet::for_portal)),
    ]
}

/// What the pages of a draft name in their head and tabs.
pub(super) fn head(acting: &Acting, draft: &super::Draft) -> minijinja::Value {
    minijinja::context! {
        id => draft.id.to_string(),
        name => draft.content.name.as_str(),
        revision => draft.revision,
        updated_at => draft.updated_at.0,
        archived => draft.archived_at.is_some(),
        closed => draft.merged_into.is_some(),
        two_sided => draft.content.instrument.as_deref().is_some_and(|id| super::rules_of(&acting.app, draft).has_sides(id)),
        holds => draft.content.facts.holds.map(|side| side.key()),
        merged => draft.content.facts.merged,
        industry_alone => draft.content.is_industry_alone(),
    }
}

#[derive(serde::Deserialize)]
struct Deleted {
    deleted: Option<super::DraftId>,
}

async fn index(acting: Acting, axum::extract::Query(query): axum::extract::Query<Deleted>) -> Result<Response, Error> {
    let drafts = list(&acting.app, &acting.actor).await?;
    let may_edit = acting.may(Action::EditDrafts, Resource::Instance).is_ok();
    let (aside, current): (Vec<_>, Vec<_>) = drafts.into_iter().partition(|draft| draft.archived_at.is_some());
    let book = super::rulebook(&acting.app);
    let today = calls::today(&acting.app);
    let named = |drafts: Vec<super::DraftLine>| {
        drafts
            .into_iter()
            .map(|draft| {
                let instrument = draft.instrument.as_deref();
                let closes_on = draft.closes_on.as_deref().and_then(|day| day.parse().ok());
                let rules = book.of_day(reading_day(closes_on, today));
                words::NamedLine {
                    instrument_name: instrument.map(|id| rules.name(id, acting.language)),
                    stage_name: instrument
                        .zip(draft.stage.as_deref())
                        .map(|(id, stage)| words::stage_name(&rules, id, stage, acting.language)),
                    draft,
                }
            })
            .collect::<Vec<_>>()
    };
    let (current, aside) = (named(current), named(aside));
    let context = minijinja::context! {
        current => Serde(&current),
        aside => Serde(&aside),
        may_edit,
        deleted => query.deleted.map(|id| id.to_string()),
    };
    Ok(acting.page("consortia/list.html", context).await?.into_response())
}

type DraftPath = axum::extract::Path<super::DraftId>;

async fn put_aside(acting: Acting, axum::extract::Path(id): DraftPath) -> Result<Response, Error> {
    archive(&acting.app, &acting.actor, id, true).await?;
    Ok(axum::response::Redirect::to("/consortia?done=consortia-archived").into_response())
}

async fn take_up(acting: Acting, axum::extract::Path(id): DraftPath) -> Result<Response, Error> {
    archive(&acting.app, &acting.actor, id, false).await?;
    Ok(axum::response::Redirect::to(&format!("/consortia/{id}?done=consortia-reopened")).into_response())
}

async fn remove(acting: Acting, axum::extract::Path(id): DraftPath) -> Result<Response, Error> {
    delete(&acting.app, &acting.actor, id).await?;
    Ok(axum::response::Redirect::to(&format!("/consortia?deleted={id}")).into_response())
}

async fn bring_back(acting: Acting, axum::extract::Path(id): DraftPath) -> Result<Response, Error> {
    undelete(&acting.app, &acting.actor, id).await?;
    Ok(axum::response::Redirect::to(&format!("/consortia/{id}?done=consortia-undeleted")).into_response())
}
