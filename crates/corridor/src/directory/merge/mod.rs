//! Two records of one organisation become one: found, previewed, done in one transaction, and undone exactly.

mod candidates;
mod outcome;
mod store;

pub use candidates::{Candidate, Duplicates, candidates};
pub use outcome::{Disagreement, Tally};

use serde_json::json;
use sqlx::types::Json;

use super::{OrganisationId, model::shown_name, search, store::organisation_name};
use crate::{
    accounts::{Action, Actor, Resource, decide, visibility},
    foundation::{
        audit,
        database::Transaction,
        errors::{Error, FieldProblem},
        instance::App,
        time::Timestamp,
    },
};

id! {
    /// A merge of two records.
    MergeId
}

/// What merging would do.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Preview {
    /// Fields in which the records disagree.
    pub disagreements: Vec<Disagreement>,
    /// What happens, table by table.
    pub tallies: Vec<Tally>,
    /// Why the records cannot be merged, as a key of the language files.
    pub impossible: Option<String>,
}

/// A merge that can be undone.
#[derive(Clone, Debug, serde::Serialize, sqlx::FromRow)]
pub struct Done {
    /// Its id.
    pub id: MergeId,
    /// The record that was merged.
    pub merged_id: OrganisationId,
    /// Its name.
    pub name: Option<String>,
    /// When it was merged.
    pub merged_at: Timestamp,
}

/// Says what merging the other record into the kept one would do.
pub async fn preview(app: &App, actor: &Actor, kept: OrganisationId, other: OrganisationId) -> Result<Preview, Error> {
    decide(actor, Action::MergeOrganisations, Resource::Instance)?;
    let mut transaction = app.database.begin().await?;
    let mut before = store::read(&mut transaction, kept, other).await?;
    drop(transaction);
    // Memberships that the reader may not see are not counted either.
    let reader = visibility::reader(&app.database, actor).await?;
    store::keep_memberships(&mut before, |cluster, audience| reader.sees(cluster, audience));
    Ok(match outcome::merge(&before, kept, other, app.clock.now()) {
        Ok(outcome) => Preview { disagreements: outcome.disagreements, tallies: outcome.tallies, impossible: None },
        Err(why) => Preview { disagreements: Vec::new(), tallies: Vec::new(), impossible: Some(why.0.to_owned()) },
    })
}

/// Merges the other record into the kept one.
pub async fn merge(app: &App, actor: &Actor, kept: OrganisationId, other: OrganisationId) -> Result<MergeId, Error> {
    decide(actor, Action::MergeOrganisations, Resource::Instance)?;
    let now = app.clock.now();
    let id = MergeId::new();
    transact!(app.database, transaction => {
        let before = store::read(transaction, kept, other).await?;
        let outcome = outcome::merge(&before, kept, other, now).map_err(|why| refused(why.0, other))?;
        store::replace(transaction, kept, other, &outcome.after).await?;
        // What is kept for undoing is what the database holds now, not what was meant to be written.
        let after = store::read(transaction, kept, other).await?;
        let rows = json!({ "before": before, "after": after });
        store::put(transaction, id, (kept, other), actor.person(), now, rows).await?;
        tell(transaction, actor, now, "merge", kept, other, id).await?;
        search::touch(transaction, now).await
    })?;
    app.jobs.notify_one();
    Ok(id)
}

#[derive(serde::Deserialize)]
struct Kept {
    before: store::Rows,
    after: store::Rows,
}

/// Takes two merged records apart again, exactly as they were; what came since stays with the kept record.
pub async fn undo(app: &App, actor: &Actor, id: MergeId) -> Result<OrganisationId, Error> {
    decide(actor, Action::MergeOrganisations, Resource::Instance)?;
    let now = app.clock.now();
    let kept = transact!(app.database, transaction => {
        let Some((kept, merged, Json(stored))) = store::standing(transaction, id).await? else {
            return Err(Error::NotFound(format!("the merge {id}, or it was undone already")));
        };
        let current = store::read(transaction, kept, merged).await?;
        let back = outcome::undone(&stored.before, &stored.after, &current).map_err(|tables| {
            Error::Clash(format!("the merged record ({}); undoing would lose that change", tables.join(", ")))
        })?;
        store::replace(transaction, kept, merged, &back).await?;
        store::mark_undone(transaction, id, now).await?;
        tell(transaction, actor, now, "undo_merge", kept, merged, id).await?;
        search::touch(transaction, now).await?;
        Ok(kept)
    })?;
    app.jobs.notify_one();
    Ok(kept)
}

/// The merges into a record that are not undone, newest first.
pub async fn merges_into(app: &App, actor: &Actor, kept: OrganisationId) -> Result<Vec<Done>, Error> {
    decide(actor, Action::MergeOrganisations, Resource::Instance)?;
    store::merges_into(&app.database, kept).await
}

fn refused(why: &'static str, other: OrganisationId) -> Error {
    Error::Invalid(vec![FieldProblem { field: "other".to_owned(), message: why.to_owned(), value: other.to_string() }])
}

async fn tell(
    transaction: &mut Transaction,
    actor: &Actor,
    now: Timestamp,
    action: &str,
    kept: OrganisationId,
    merged: OrganisationId,
    id: MergeId,
) -> Result<(), Error> {
    let name = organisation_name(transaction, kept).await?;
    audit::record(
        transaction,
        audit::Entry {
            at: now,
            person: actor.person(),
            cluster: actor.cluster().map(|cluster| cluster.id.0),
            action,
            subject_kind: "organisation",
            subject: kept.to_string(),
            summary: shown_name(name.as_deref(), None, kept),
            // The rows themselves are kept with the merge.
            before: json!({ "merge": id, "merged": merged }),
            after: json!({ "kept": kept }),
        },
    )
    .await
}
