//! The pages of partners: the drafts in which an organisation takes part, and its page of each.

use std::collections::BTreeMap;

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
    routing::get,
};
use minijinja::{Value, context};

use super::{Workspace, workspace, workspaces};
use crate::{
    accounts::{Acting, Action, Route},
    consortia::{DraftId, MemberRole, instruments, store as drafts, view},
    foundation::{
        errors::Error,
        pages::{Serde, by_field},
    },
};

/// The routes of partners.
pub fn routes() -> Vec<Route> {
    use Action::TakePart;
    vec![Route::get("/workspaces", TakePart, get(index)), Route::get("/workspaces/{id}", TakePart, get(show))]
}

/// What the pages of a draft name in their head and tabs.
pub(in crate::consortia) async fn head(acting: &Acting, workspace: &Workspace) -> Result<Value, Error> {
    let content = &workspace.draft.content;
    let topic = match content.topic {
        Some(topic) => drafts::topic_by_id(&acting.app.database, topic).await?,
        None => None,
    };
    let own = content.members.iter().find(|member| Some(member.organisation) == workspace.seat.organisation());
    Ok(context! {
        id => workspace.draft.id.to_string(),
        name => content.name.as_str(),
        revision => workspace.draft.revision,
        updated_at => workspace.draft.updated_at.0,
        archived => workspace.draft.archived_at.is_some(),
        cluster => workspace.cluster_name.as_str(),
        role => own.map(|own| acting.say(&format!("consortia-role-{}", own.role.key()))),
        instrument => content.instrument.as_deref(),
        instrument_name => content.instrument.as_deref().map(|id| instruments::name(id, acting.language)),
        topic => topic.map(|topic| context! {
            identifier => topic.identifier, title => topic.title, closes_on => topic.closes_on,
        }),
    })
}

async fn index(acting: Acting) -> Result<Response, Error> {
    let mut lines = Vec::new();
    for workspace in workspaces(&acting.app, &acting.actor).await? {
        lines.push(head(&acting, &workspace).await?);
    }
    let page = acting.page("consortia/participation/workspaces.html", context! { drafts => lines }).await?;
    Ok(page.into_response())
}

async fn show(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let workspace = workspace(&acting.app, &acting.actor, id).await?;
    let sheet = view(&acting.app, &acting.actor, &workspace.draft.content, acting.language).await?;
    let coordinator = sheet.members.iter().find(|member| member.role == MemberRole::Coordinator.key());
    let totals: BTreeMap<String, i64> =
        workspace.totals().into_iter().map(|(name, cents)| (name.to_owned(), cents)).collect();
    let context = context! {
        draft => head(&acting, &workspace).await?,
        seat => "partner",
        own => workspace.seat.organisation().map(|own| own.to_string()),
        coordinator => coordinator.map(|member| member.name.as_str()),
        totals => totals.iter().map(|(name, cents)| context! { name, cents }).collect::<Vec<_>>(),
        fields => by_field(BTreeMap::new()),
        sheet => Serde(&sheet),
    };
    Ok(acting.page("consortia/participation/partner.html", context).await?.into_response())
}
