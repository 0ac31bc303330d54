//! The one hook through which every slice tells what was done: who, what, to which record, before and after.

use serde_json::Value as Json;

use super::{
    database::{Batch, Transaction, Value},
    errors::Error,
    time::Timestamp,
};

id! {
    /// An entry of the audit trail.
    AuditEntryId
}

/// What happened, in the words of the field (`merge`, `import`, `save`), to which record.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// When.
    pub at: Timestamp,
    /// Who; nobody for what the program did by itself.
    pub person: Option<uuid::Uuid>,
    /// The cluster the person acted for.
    pub cluster: Option<uuid::Uuid>,
    /// The verb.
    pub action: &'a str,
    /// The kind of record (`organisation`, `draft`, `import`).
    pub subject_kind: &'a str,
    /// The record's id.
    pub subject: String,
    /// What the record is called; the verb and the kind are told apart, so that pages can word them in both languages.
    pub summary: String,
    /// The record before, where it existed.
    pub before: Json,
    /// The record after, where it still exists.
    pub after: Json,
}

/// Appends an entry in the same transaction as the change it tells of.
pub async fn record(transaction: &mut Transaction, entry: Entry<'_>) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO audit_entries (id, at, person_id, cluster_id, action, subject_kind, subject_id, summary, before, after)",
        "",
    );
    batch.push(vec![
        AuditEntryId::new().into(),
        entry.at.into(),
        Value::Id(entry.person),
        Value::Id(entry.cluster),
        entry.action.into(),
        entry.subject_kind.into(),
        entry.subject.into(),
        entry.summary.into(),
        entry.before.into(),
        entry.after.into(),
    ]);
    batch.write(transaction).await?;
    Ok(())
}

/// A line of the trail, for people to read.
#[derive(Clone, Debug, serde::Serialize, sqlx::FromRow)]
pub struct Line {
    /// When.
    pub at: i64,
    /// The verb.
    pub action: String,
    /// The kind of record.
    pub subject_kind: String,
    /// The record's id.
    pub subject_id: String,
    /// What the record was called.
    pub summary: String,
}

/// The last entries that concern the whole instance or the given cluster, newest first.
pub async fn recent(
    database: &super::database::Database,
    cluster: Option<uuid::Uuid>,
    limit: i64,
) -> Result<Vec<Line>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT at, action, subject_kind, subject_id, summary FROM audit_entries
         WHERE cluster_id IS NULL OR cluster_id = $1 ORDER BY at DESC, id DESC LIMIT $2",
    )
    .bind(cluster)
    .bind(limit)
    .fetch_all(pool)
    .await?))
}
