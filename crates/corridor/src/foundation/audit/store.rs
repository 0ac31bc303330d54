//! The trail in the database.

use uuid::Uuid;

use super::{
    Asked, Entry, Found, Line, News,
    chain::{Head, Seal, Told},
};
use crate::foundation::{
    database::{Batch, Database, Transaction, Value},
    errors::Error,
    settings,
    time::Timestamp,
};

/// The setting that holds the last seal; its row is also the lock of whoever seals.
const HEAD: &str = "audit.head";

/// Appends an entry.
pub(super) async fn append(transaction: &mut Transaction, entry: Entry<'_>) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO audit_entries (id, at, person_id, cluster_id, action, subject_kind, subject_id, summary, before, after)",
        "",
    );
    batch.push(vec![
        super::AuditEntryId::new().into(),
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

/// The last entries of the instance and of a cluster, newest first.
pub(super) async fn recent(
    database: &Database,
    cluster: Option<Uuid>,
    news: News,
    limit: i64,
) -> Result<Vec<Line>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, at, person_id, cluster_id, action, subject_kind, subject_id, summary FROM audit_entries
         WHERE (cluster_id IS NULL OR cluster_id = $1)
           AND (subject_kind IN ('organisation', 'import') OR ($3 AND subject_kind IN ('document', 'draft', 'figures'))
                OR ($4 AND subject_kind IN ('alliance', 'contact', 'membership', 'note')))
           AND action <> 'read_many'
         ORDER BY at DESC, id DESC LIMIT $2",
    )
    .bind(cluster)
    .bind(limit)
    .bind(news.drafts)
    .bind(news.team)
    .fetch_all(pool)
    .await?))
}

/// The entries asked for, newest first, with what was there before and after.
pub(super) async fn find(database: &Database, asked: &Asked) -> Result<Vec<Found>, Error> {
    let words = format!("%{}%", asked.words.trim().to_lowercase());
    let rows: Vec<Told> = on!(database, pool => sqlx::query_as(
        "SELECT id, at, person_id, cluster_id, action, subject_kind, subject_id, summary, before, after
         FROM audit_entries
         WHERE ($1 IS NULL OR cluster_id = $1) AND ($2 IS NULL OR person_id = $2)
           AND ($3 = '' OR subject_kind = $3) AND ($4 = '' OR action = $4) AND ($5 = '' OR subject_id = $5)
           AND at >= $6 AND at < $7
           AND ($8 = '%%' OR LOWER(summary) LIKE $8)
           AND ($9 IS NULL OR id < $9) AND ($11 = '' OR subject_kind <> $11)
           AND (subject_kind NOT IN ('alliance', 'contact', 'document', 'draft', 'event', 'figures', 'import', 'membership', 'note')
                OR cluster_id IS NULL OR cluster_id = $12)
         ORDER BY id DESC LIMIT $10",
    )
    .bind(asked.cluster)
    .bind(asked.person)
    .bind(&asked.subject_kind)
    .bind(&asked.action)
    .bind(&asked.subject)
    .bind(asked.from)
    .bind(asked.until)
    .bind(&words)
    .bind(asked.before)
    .bind(asked.limit)
    .bind(asked.without_kind)
    .bind(asked.own_cluster)
    .fetch_all(pool)
    .await?);
    Ok(rows.into_iter().map(Told::found).collect())
}

/// The kinds of records and the verbs that stand in the trail.
pub(super) async fn kinds_and_actions(
    database: &Database,
    own_cluster: Option<Uuid>,
) -> Result<Vec<(String, String)>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT DISTINCT subject_kind, action FROM audit_entries
         WHERE subject_kind NOT IN ('alliance', 'contact', 'document', 'draft', 'event', 'figures', 'import', 'membership', 'note')
            OR cluster_id IS NULL OR cluster_id = $1
         ORDER BY subject_kind, action",
    )
    .bind(own_cluster)
    .fetch_all(pool)
    .await?))
}

/// Takes the lock of whoever seals and reads the head.
pub(super) async fn lock_head(transaction: &mut Transaction) -> Result<Head, Error> {
    let beginning = Head::default().to_string();
    // Touching the row locks it until the commit: two servers never seal side by side.
    let head: String = on!(transaction, connection => sqlx::query_scalar(
        "INSERT INTO settings (key, value) VALUES ($1, $2)
         ON CONFLICT (key) DO UPDATE SET value = settings.value RETURNING value",
    )
    .bind(HEAD)
    .bind(&beginning)
    .fetch_one(connection)
    .await?);
    head.parse().map_err(|error: String| anyhow::anyhow!("the head of the audit trail cannot be read: {error}").into())
}

/// The head as it stands.
pub(super) async fn head(database: &Database) -> Result<Head, Error> {
    let head = settings::read(database, HEAD).await?;
    if head.is_empty() {
        return Ok(Head::default());
    }
    head.parse().map_err(|error: String| anyhow::anyhow!("the head of the audit trail cannot be read: {error}").into())
}

/// How many entries wait for their seal.
pub(super) async fn unsealed_count(database: &Database) -> Result<i64, Error> {
    Ok(on!(database, pool => sqlx::query_scalar("SELECT COUNT(*) FROM audit_entries WHERE NOT sealed")
        .fetch_one(pool)
        .await?))
}

/// Entries that wait for their seal, oldest first.
pub(super) async fn unsealed(transaction: &mut Transaction, limit: i64) -> Result<Vec<Told>, Error> {
    Ok(on!(transaction, connection => sqlx::query_as(
        "SELECT id, at, person_id, cluster_id, action, subject_kind, subject_id, summary, before, after
         FROM audit_entries WHERE NOT sealed ORDER BY at, id LIMIT $1",
    )
    .bind(limit)
    .fetch_all(connection)
    .await?))
}

/// Writes seals and moves the head.
pub(super) async fn put_seals(transaction: &mut Transaction, seals: &[Seal], head: &Head) -> Result<(), Error> {
    let mut batch =
        Batch::new("INSERT INTO audit_seals (sequence, entry_id, salt, content_digest, digest, redacted_at)", "");
    for seal in seals {
        batch.push(vec![
            seal.sequence.into(),
            seal.entry_id.into(),
            seal.salt.as_str().into(),
            seal.content_digest.as_str().into(),
            seal.digest.as_str().into(),
            seal.redacted_at.into(),
        ]);
    }
    batch.write(transaction).await?;
    let first = seals.first().map_or(0, |seal| seal.sequence);
    execute!(transaction, sqlx::query(
        "UPDATE audit_entries SET sealed = TRUE WHERE id IN (SELECT entry_id FROM audit_seals WHERE sequence >= $1)",
    )
    .bind(first));
    settings::put(transaction, HEAD, &head.to_string()).await
}

/// The seals behind a place, in order, each with its entry where it is still there.
pub(super) async fn sealed_after(
    database: &Database,
    sequence: i64,
    limit: i64,
) -> Result<Vec<(Seal, Option<Told>)>, Error> {
    let seals: Vec<Seal> = on!(database, pool => sqlx::query_as(
        "SELECT sequence, entry_id, salt, content_digest, digest, redacted_at FROM audit_seals
         WHERE sequence > $1 ORDER BY sequence LIMIT $2",
    )
    .bind(sequence)
    .bind(limit)
    .fetch_all(pool)
    .await?);
    let told: Vec<Told> = on!(database, pool => sqlx::query_as(
        "SELECT id, at, person_id, cluster_id, action, subject_kind, subject_id, summary, before, after
         FROM audit_entries WHERE id IN (SELECT entry_id FROM audit_seals WHERE sequence > $1 ORDER BY sequence LIMIT $2)",
    )
    .bind(sequence)
    .bind(limit)
    .fetch_all(pool)
    .await?);
    let mut told: std::collections::HashMap<Uuid, Told> = told.into_iter().map(|told| (told.id, told)).collect();
    Ok(seals
        .into_iter()
        .map(|seal| {
            let entry = told.remove(&seal.entry_id);
            (seal, entry)
        })
        .collect())
}

/// Erases what entries about a subject or by a person tell, keeping that they were told.
pub(super) async fn redact(
    transaction: &mut Transaction,
    subject_kind: &str,
    subject: &str,
    at: i64,
) -> Result<u64, Error> {
    execute!(
        transaction,
        sqlx::query(
            "UPDATE audit_seals SET salt = '', redacted_at = $3
         WHERE entry_id IN (SELECT id FROM audit_entries WHERE subject_kind = $1 AND subject_id = $2)",
        )
        .bind(subject_kind)
        .bind(subject)
        .bind(at)
    );
    Ok(execute!(transaction, sqlx::query(
        "UPDATE audit_entries SET summary = '', before = NULL, after = NULL WHERE subject_kind = $1 AND subject_id = $2",
    )
    .bind(subject_kind)
    .bind(subject)))
}

/// Entries by the person, about the person's account, or that may name the person; oldest first.
pub(super) async fn touching(
    database: &Database,
    person: Option<Uuid>,
    patterns: &[String; 3],
) -> Result<Vec<Told>, Error> {
    Ok(rows!(database, TOUCHING, person, person.map(|id| id.to_string()), &patterns[0], &patterns[1], &patterns[2]))
}

/// The same as a transaction sees them.
pub(super) async fn touching_in(
    transaction: &mut Transaction,
    person: Option<Uuid>,
    patterns: &[String; 3],
) -> Result<Vec<Told>, Error> {
    Ok(rows!(transaction, TOUCHING, person, person.map(|id| id.to_string()), &patterns[0], &patterns[1], &patterns[2]))
}

const TOUCHING: &str = "SELECT id, at, person_id, cluster_id, action, subject_kind, subject_id, summary, before, after
     FROM audit_entries
     WHERE person_id = $1 OR (subject_kind = 'account' AND subject_id = $2)
        OR LOWER(summary) LIKE $3 OR LOWER(summary) LIKE $4 OR LOWER(summary) LIKE $5
        OR LOWER(CAST(before AS TEXT)) LIKE $3 OR LOWER(CAST(before AS TEXT)) LIKE $4 OR LOWER(CAST(before AS TEXT)) LIKE $5
        OR LOWER(CAST(after AS TEXT)) LIKE $3 OR LOWER(CAST(after AS TEXT)) LIKE $4 OR LOWER(CAST(after AS TEXT)) LIKE $5
     ORDER BY id";

/// Entries before the moment that still tell something, oldest first: those of ways in, or all others.
pub(super) async fn telling(
    database: &Database,
    ways_in: bool,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<Told>, Error> {
    Ok(rows!(database, TELLING, ways_in, before, limit))
}

/// The same as a transaction sees them.
pub(super) async fn telling_in(
    transaction: &mut Transaction,
    ways_in: bool,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<Told>, Error> {
    Ok(rows!(transaction, TELLING, ways_in, before, limit))
}

const TELLING: &str = "SELECT id, at, person_id, cluster_id, action, subject_kind, subject_id, summary, before, after
     FROM audit_entries
     WHERE (subject_kind = 'account' AND action IN ('sign_in', 'sign_in_failed', 'ask_link')) = $1
       AND at < $2 AND after IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM personal_holds AS held
                       WHERE held.person_id = audit_entries.person_id OR held.email = LOWER(audit_entries.summary))
     ORDER BY at, id LIMIT $3";

/// Erases what some entries tell, found under the lock of whoever seals.
pub(super) async fn redact_entries(transaction: &mut Transaction, ids: &[Uuid], at: Timestamp) -> Result<(), Error> {
    for id in ids {
        execute!(
            transaction,
            sqlx::query("UPDATE audit_seals SET salt = '', redacted_at = $2 WHERE entry_id = $1").bind(id).bind(at)
        );
        execute!(
            transaction,
            sqlx::query("UPDATE audit_entries SET summary = '', before = NULL, after = NULL WHERE id = $1").bind(id)
        );
    }
    Ok(())
}
