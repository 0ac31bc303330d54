//! SQL of the letters that ask for a consent.

use uuid::Uuid;

use super::LetterId;
use crate::foundation::{
    database::{Batch, Transaction},
    errors::Error,
    time::Timestamp,
};

/// A letter that asks for a consent.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct AskedRow {
    pub(super) id: LetterId,
    pub(super) kind: String,
    pub(super) datum: String,
    pub(super) cluster_id: Option<Uuid>,
    pub(super) wording: String,
    pub(super) wording_version: String,
}

pub(super) struct New<'a> {
    pub(super) digest: &'a str,
    pub(super) row: &'a AskedRow,
    pub(super) by: Option<Uuid>,
    pub(super) now: Timestamp,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn put(transaction: &mut Transaction, new: &New<'_>) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO consent_letters (id, token_digest, kind, datum, cluster_id, wording, wording_version, asked_by, \
         asked_at, expires_at)",
        "",
    );
    batch.push(vec![
        new.row.id.into(),
        new.digest.into(),
        new.row.kind.as_str().into(),
        new.row.datum.as_str().into(),
        new.row.cluster_id.into(),
        new.row.wording.as_str().into(),
        new.row.wording_version.as_str().into(),
        new.by.into(),
        new.now.into(),
        new.expires_at.into(),
    ]);
    batch.write(transaction).await?;
    Ok(())
}

/// When the person was last asked about a datum by a letter that may still be answered.
pub(super) async fn open_since(
    transaction: &mut Transaction,
    kind: &str,
    datum: &str,
    now: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    let asked: Option<Option<Timestamp>> = value!(
        transaction,
        "SELECT MAX(asked_at) FROM consent_letters
         WHERE kind = $1 AND datum = $2 AND answered_at IS NULL AND expires_at > $3",
        kind,
        datum,
        now,
    );
    Ok(asked.flatten())
}

/// The letter of a token, while it may be answered.
pub(super) async fn open(
    transaction: &mut Transaction,
    digest: &str,
    now: Timestamp,
) -> Result<Option<AskedRow>, Error> {
    Ok(row!(
        transaction,
        "SELECT id, kind, datum, cluster_id, wording, wording_version FROM consent_letters
         WHERE token_digest = $1 AND answered_at IS NULL AND expires_at > $2",
        digest,
        now,
    ))
}

/// Answers a letter; whether it still waited for its answer.
pub(super) async fn answer(
    transaction: &mut Transaction,
    id: LetterId,
    answer: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("UPDATE consent_letters SET answer = $2, answered_at = $3 WHERE id = $1 AND answered_at IS NULL")
            .bind(id)
            .bind(answer)
            .bind(now)
    ) == 1)
}
