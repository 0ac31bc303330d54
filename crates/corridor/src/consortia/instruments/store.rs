//! SQL of the versions of rule files, and of what topics change.

use uuid::Uuid;

use super::rulebook::{Edition, TopicRules};
use crate::{
    accounts::ClusterId,
    calls::TopicId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::{Day, Timestamp},
    },
};

#[derive(sqlx::FromRow)]
struct EditionRow {
    file: String,
    number: i64,
    valid_from: String,
    text: String,
    vectors: String,
}

/// Every version of every file.
pub(super) async fn editions(database: &Database) -> Result<Vec<Edition>, Error> {
    let rows: Vec<EditionRow> =
        rows!(database, "SELECT file, number, valid_from, text, vectors FROM rule_versions ORDER BY file, number");
    rows.into_iter()
        .map(|row| {
            let valid_from = row.valid_from.parse::<Day>().map_err(anyhow::Error::from)?;
            let EditionRow { file, number, text, vectors, .. } = row;
            Ok(Edition { file, number, valid_from, text, vectors })
        })
        .collect()
}

#[derive(sqlx::FromRow)]
struct TopicRow {
    cluster_id: Uuid,
    topic_id: TopicId,
    instrument: String,
    text: String,
}

/// What topics change, as each cluster and the instance last said it.
pub(super) async fn topic_rules(database: &Database) -> Result<Vec<TopicRules>, Error> {
    let rows: Vec<TopicRow> = rows!(
        database,
        "SELECT cluster_id, topic_id, instrument, text FROM topic_rules WHERE text <> '' AND revision = (
             SELECT MAX(newer.revision) FROM topic_rules newer
             WHERE newer.cluster_id = topic_rules.cluster_id AND newer.topic_id = topic_rules.topic_id)
         ORDER BY cluster_id, topic_id",
    );
    let of = |row: TopicRow| TopicRules {
        topic: row.topic_id,
        cluster: (!row.cluster_id.is_nil()).then_some(ClusterId(row.cluster_id)),
        instrument: row.instrument,
        text: row.text,
    };
    Ok(rows.into_iter().map(of).collect())
}

/// A line in the history of a file.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HistoryLine {
    /// The number of the version.
    pub number: i64,
    /// The first day on which it holds.
    pub valid_from: String,
    /// Why it was made.
    pub reason: String,
    /// When it was published.
    pub published_at: Timestamp,
}

/// The versions of a file, the newest first.
pub(super) async fn history(database: &Database, file: &str) -> Result<Vec<HistoryLine>, Error> {
    Ok(rows!(
        database,
        "SELECT number, valid_from, reason, published_at FROM rule_versions WHERE file = $1 ORDER BY number DESC",
        file,
    ))
}

/// A version of a file.
pub(super) async fn edition(database: &Database, file: &str, number: i64) -> Result<Option<(String, String)>, Error> {
    Ok(row!(database, "SELECT text, vectors FROM rule_versions WHERE file = $1 AND number = $2", file, number))
}

/// Keeps a new version.
pub(super) async fn publish(
    transaction: &mut Transaction,
    edition: &Edition,
    reason: &str,
    now: Timestamp,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO rule_versions (file, number, valid_from, text, vectors, reason, published_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(edition.file.as_str())
        .bind(edition.number)
        .bind(edition.valid_from.to_string())
        .bind(edition.text.as_str())
        .bind(edition.vectors.as_str())
        .bind(reason)
        .bind(now)
    );
    Ok(())
}

/// How the table names whose word it is: a cluster, or by the nil id the instance.
fn whose(cluster: Option<ClusterId>) -> Uuid {
    cluster.map_or(Uuid::nil(), |cluster| cluster.0)
}

/// What a cluster, or the instance, last said of a topic, with its revision; nothing at 0 where it said nothing yet.
pub(super) async fn topic_revision(
    database: &Database,
    cluster: Option<ClusterId>,
    topic: TopicId,
) -> Result<(String, i64), Error> {
    let last: Option<(String, i64)> = row!(
        database,
        "SELECT text, revision FROM topic_rules WHERE cluster_id = $1 AND topic_id = $2 ORDER BY revision DESC LIMIT 1",
        whose(cluster),
        topic,
    );
    Ok(last.unwrap_or_default())
}

/// The revision of what a cluster, or the instance, last said of a topic; 0 where it said nothing yet.
pub(super) async fn topic_newest(
    transaction: &mut Transaction,
    cluster: Option<ClusterId>,
    topic: TopicId,
) -> Result<i64, Error> {
    let newest: Option<i64> = value!(
        transaction,
        "SELECT COALESCE(MAX(revision), 0) FROM topic_rules WHERE cluster_id = $1 AND topic_id = $2",
        whose(cluster),
        topic,
    );
    Ok(newest.unwrap_or(0))
}

/// Keeps what is now said of a topic.
pub(super) async fn change_topic(
    transaction: &mut Transaction,
    said: &TopicRules,
    revision: i64,
    now: Timestamp,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO topic_rules (cluster_id, topic_id, revision, instrument, text, saved_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(whose(said.cluster))
        .bind(said.topic)
        .bind(revision)
        .bind(said.instrument.as_str())
        .bind(said.text.as_str())
        .bind(now)
    );
    Ok(())
}
