//! The saves of a draft, each kept whole.

use sqlx::types::Json;
use uuid::Uuid;

use super::super::model::{Content, DraftId};
use crate::{
    accounts::ClusterId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// Keeps what the draft says at a revision.
pub(super) async fn write_version(
    transaction: &mut Transaction,
    cluster: ClusterId,
    id: DraftId,
    revision: i64,
    content: &Content,
    person: Option<Uuid>,
    now: Timestamp,
) -> Result<(), Error> {
    let content = serde_json::to_value(content).map_err(anyhow::Error::from)?;
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_versions (cluster_id, draft_id, revision, saved_at, person_id, content)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(cluster)
        .bind(id)
        .bind(revision)
        .bind(now)
        .bind(person)
        .bind(Json(content))
    );
    Ok(())
}

/// A version in the history of a draft.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct VersionRow {
    /// The revision that this save made.
    pub revision: i64,
    /// When.
    pub saved_at: Timestamp,
    /// By whom.
    pub person: Option<String>,
    /// What the draft then said.
    pub content: Json<serde_json::Value>,
}

/// The newest versions, newest first.
pub(in super::super) async fn versions(
    database: &Database,
    cluster: ClusterId,
    id: DraftId,
    most: i64,
) -> Result<Vec<VersionRow>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT draft_versions.revision, draft_versions.saved_at, people.name AS person, draft_versions.content
         FROM draft_versions LEFT JOIN people ON people.id = draft_versions.person_id AND people.restricted_at IS NULL
         WHERE draft_versions.cluster_id = $1 AND draft_versions.draft_id = $2
         ORDER BY draft_versions.revision DESC LIMIT $3",
    )
    .bind(cluster)
    .bind(id)
    .bind(most)
    .fetch_all(pool)
    .await?))
}

pub(in super::super) async fn version(
    database: &Database,
    cluster: ClusterId,
    id: DraftId,
    revision: i64,
) -> Result<Option<Content>, Error> {
    let content: Option<Json<serde_json::Value>> = on!(database, pool => sqlx::query_scalar(
        "SELECT content FROM draft_versions WHERE cluster_id = $1 AND draft_id = $2 AND revision = $3",
    )
    .bind(cluster)
    .bind(id)
    .bind(revision)
    .fetch_optional(pool)
    .await?);
    Ok(content.map(|json| serde_json::from_value(json.0)).transpose().map_err(anyhow::Error::from)?)
}
