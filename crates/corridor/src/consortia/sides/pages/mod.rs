//! Pages of the two sides: the ledger of contributions, and how drafts come together.

mod ledger;
mod merger;

use axum::routing::{get, post};

use crate::{
    accounts::{Acting, Action, Resource, Route},
    consortia::{Draft, rules_of},
};

/// The routes of sides.
pub fn routes() -> Vec<Route> {
    use Action::{EditDrafts, ReadDrafts, TakePart};
    vec![
        Route::get("/consortia/{id}/ledger", ReadDrafts, get(ledger::show)),
        Route::post("/consortia/{id}/ledger", EditDrafts, post(ledger::save_lines)),
        Route::get("/consortia/{id}/ledger/export", ReadDrafts, get(ledger::export)),
        Route::get("/workspaces/{id}/ledger", TakePart, get(ledger::partner)),
        Route::get("/workspaces/{id}/ledger/export", TakePart, get(ledger::partner_export)),
        Route::get("/consortia/{id}/merger", ReadDrafts, get(merger::show)),
        Route::post("/consortia/{id}/merger", EditDrafts, post(merger::offer)),
        Route::post("/consortia/{id}/merger/code", EditDrafts, post(merger::code)),
        Route::post("/consortia/{id}/merger/{merger}/accept", EditDrafts, post(merger::agree)),
        Route::post("/consortia/{id}/merger/{merger}/refuse", EditDrafts, post(merger::decline)),
        Route::post("/consortia/{id}/merger/{merger}/undo", EditDrafts, post(merger::take_apart)),
    ]
}

fn is_two_sided(acting: &Acting, draft: &Draft) -> bool {
    draft.content.instrument.as_deref().is_some_and(|id| rules_of(&acting.app, draft).has_sides(id))
}

fn may_edit(acting: &Acting, draft: &Draft) -> bool {
    draft.merged_into.is_none() && acting.may(Action::EditDrafts, Resource::Cluster(draft.cluster)).is_ok()
}
