//! Runs of importers, their problems, and the uploads that become runs.

use serde_json::Value as Json;

use crate::{
    accounts::ClusterId,
    directory::imports::{
        members::UploadRow,
        reading::Problem,
        run::{Counts, ImportId, ImportState},
        runs::RunLine,
    },
    foundation::{
        database::{Batch, Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// A run as it begins.
pub struct NewRun<'a> {
    pub id: ImportId,
    pub kind: &'a str,
    pub file_name: &'a str,
    pub digest: &'a str,
    pub cluster: Option<ClusterId>,
    pub person: Option<uuid::Uuid>,
    pub mapping: &'a Json,
    pub state: &'a str,
    pub at: Timestamp,
}

/// Stores a new run.
pub async fn create_run(transaction: &mut Transaction, run: &NewRun<'_>) -> Result<(), Error> {
    execute!(transaction, sqlx::query(
        "INSERT INTO imports (id, kind, file_name, digest, cluster_id, person_id, state, mapping, rows_done, rows_total, created, changed,
                              unchanged, refused, started_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, 0, 0, 0, $9)",
    )
    .bind(run.id)
    .bind(run.kind)
    .bind(run.file_name)
    .bind(run.digest)
    .bind(run.cluster)
    .bind(run.person)
    .bind(run.state)
    .bind(sqlx::types::Json(run.mapping))
    .bind(run.at));
    Ok(())
}

/// The last run of this kind and file, for the cluster or for none.
pub async fn last_run(
    database: &Database,
    kind: &str,
    digest: &str,
    cluster: Option<ClusterId>,
) -> Result<Option<ImportState>, Error> {
    Ok(row!(
        database,
        "SELECT id, kind, file_name, state, rows_done, rows_total, created, changed, unchanged, refused, started_at, finished_at
         FROM imports WHERE kind = $1 AND digest = $2 AND (cluster_id = $3 OR (cluster_id IS NULL AND $4))
         ORDER BY started_at DESC LIMIT 1",
        kind,
        digest,
        cluster,
        cluster.is_none(),
    ))
}

/// Counts a run up and keeps its new problems.
pub async fn count_run(
    transaction: &mut Transaction,
    id: ImportId,
    rows_done: u64,
    counts: Counts,
    problems: impl Iterator<Item = Problem>,
) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO import_problems (import_id, position, place, field, value, code, detail)",
        "ON CONFLICT DO NOTHING",
    );
    batch.extend(problems.map(|problem| {
        vec![
            id.into(),
            problem.position.into(),
            problem.place.into(),
            problem.field.into(),
            problem.value.into(),
            (&*problem.code).into(),
            problem.detail.into(),
        ]
    }));
    batch.write(transaction).await?;
    execute!(
        transaction,
        sqlx::query(
            "UPDATE imports SET rows_done = $2, created = $3, changed = $4, unchanged = $5, refused = $6 WHERE id = $1",
        )
        .bind(id)
        .bind(i64::try_from(rows_done).unwrap_or(i64::MAX))
        .bind(counts.created)
        .bind(counts.changed)
        .bind(counts.unchanged)
        .bind(counts.refused)
    );
    Ok(())
}

/// Ends a run.
pub async fn end_run(
    transaction: &mut Transaction,
    id: ImportId,
    state: &str,
    at: Option<Timestamp>,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("UPDATE imports SET state = $2, rows_total = rows_done, finished_at = $3 WHERE id = $1")
            .bind(id)
            .bind(state)
            .bind(at)
    );
    Ok(())
}

macro_rules! select_runs {
    ($rest:literal) => {
        concat!(
            "SELECT imports.id, kind, file_name, state, rows_done, rows_total, imports.created, changed, unchanged, refused, ",
            "started_at, finished_at, clusters.name AS cluster_name, person_id, ",
            "(SELECT COUNT(*) FROM import_problems WHERE import_id = imports.id) AS problems ",
            "FROM imports LEFT JOIN clusters ON clusters.id = imports.cluster_id ",
            $rest
        )
    };
}

/// All runs, newest first.
pub async fn runs(database: &Database, limit: i64) -> Result<Vec<RunLine>, Error> {
    Ok(rows!(database, select_runs!("ORDER BY started_at DESC, imports.id DESC LIMIT $1"), limit))
}

/// How many runs were begun and have not come to their end.
pub async fn unfinished_runs(database: &Database) -> Result<i64, Error> {
    let count: Option<i64> = value!(database, "SELECT COUNT(*) FROM imports WHERE state = 'running'");
    Ok(count.unwrap_or_default())
}

/// One run.
pub async fn run(database: &Database, id: ImportId) -> Result<Option<RunLine>, Error> {
    Ok(row!(database, select_runs!("WHERE imports.id = $1"), id))
}

/// The problems of a run, in the order of its rows.
pub async fn problems(database: &Database, id: ImportId, most: i64) -> Result<Vec<Problem>, Error> {
    Ok(rows!(
        database,
        "SELECT position, place, field, value, code, detail FROM import_problems WHERE import_id = $1
         ORDER BY position, field, code LIMIT $2",
        id,
        most,
    ))
}

pub async fn upload(database: &Database, id: ImportId) -> Result<Option<UploadRow>, Error> {
    Ok(row!(
        database,
        "SELECT id, kind, file_name, state, rows_done, rows_total, created, changed, unchanged, refused, started_at, finished_at,
                mapping, cluster_id
         FROM imports WHERE id = $1 AND kind = 'members' AND cluster_id IS NOT NULL",
        id,
    ))
}

/// The imports of members of a cluster, newest first.
pub async fn uploads(database: &Database, cluster: ClusterId) -> Result<Vec<ImportState>, Error> {
    Ok(rows!(
        database,
        "SELECT id, kind, file_name, state, rows_done, rows_total, created, changed, unchanged, refused, started_at, finished_at
         FROM imports WHERE kind = 'members' AND cluster_id = $1 ORDER BY started_at DESC LIMIT 30",
        cluster,
    ))
}

/// Changes what is settled about an upload that was not begun, and its state; says whether there is one.
pub async fn settle_upload(
    transaction: &mut Transaction,
    id: ImportId,
    mapping: &Json,
    state: &str,
) -> Result<bool, Error> {
    let touched = execute!(
        transaction,
        sqlx::query("UPDATE imports SET mapping = $2, state = $3 WHERE id = $1 AND state IN ('uploaded', 'checked')",)
            .bind(id)
            .bind(sqlx::types::Json(mapping))
            .bind(state)
    );
    Ok(touched > 0)
}

/// Keeps which column of a list holds what.
pub async fn put_mapping(transaction: &mut Transaction, id: ImportId, mapping: &Json) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("UPDATE imports SET mapping = $2 WHERE id = $1").bind(id).bind(sqlx::types::Json(mapping))
    );
    Ok(())
}

/// Takes an upload that was not begun away; says whether there was one.
pub async fn discard_upload(transaction: &mut Transaction, id: ImportId) -> Result<bool, Error> {
    let touched = execute!(
        transaction,
        sqlx::query("DELETE FROM imports WHERE id = $1 AND state IN ('uploaded', 'checked')").bind(id)
    );
    Ok(touched > 0)
}
