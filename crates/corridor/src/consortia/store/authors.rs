//! Who wrote drafts.

use uuid::Uuid;

use super::named;
use crate::{
    accounts::ClusterId,
    consortia::DraftId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// A draft that somebody wrote on.
#[derive(sqlx::FromRow)]
pub(in super::super) struct Written {
    pub(in super::super) cluster_id: ClusterId,
    pub(in super::super) id: DraftId,
    pub(in super::super) name: String,
    pub(in super::super) versions: i64,
    pub(in super::super) first: Option<Timestamp>,
    pub(in super::super) last: Option<Timestamp>,
}

pub(in super::super) async fn written_by(database: &Database, person: Option<Uuid>) -> Result<Vec<Written>, Error> {
    Ok(rows!(
        database,
        "SELECT drafts.cluster_id, drafts.id, drafts.name, COUNT(draft_versions.revision) AS versions,
                MIN(draft_versions.saved_at) AS first, MAX(draft_versions.saved_at) AS last
         FROM drafts LEFT JOIN draft_versions ON draft_versions.cluster_id = drafts.cluster_id
              AND draft_versions.draft_id = drafts.id AND draft_versions.person_id = $1
         WHERE drafts.created_by = $1 OR draft_versions.person_id = $1
         GROUP BY drafts.cluster_id, drafts.id, drafts.name ORDER BY 5, drafts.id",
        person,
    ))
}

/// Takes the person out of drafts and versions; says of how many.
pub(in super::super) async fn forget_author(transaction: &mut Transaction, person: Option<Uuid>) -> Result<u64, Error> {
    let statements = [
        "UPDATE drafts SET created_by = NULL WHERE created_by = $1",
        "UPDATE draft_versions SET person_id = NULL WHERE person_id = $1",
    ];
    named::forget(transaction, &statements, person).await
}
