//! SQL of signing in.

use super::{CeremonyId, LinkId};
use crate::{
    accounts::PersonId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// A link to be kept.
pub(super) struct NewLink<'a> {
    pub(super) token_digest: String,
    pub(super) browser_digest: String,
    /// Nobody, where no account has the address: kept all the same, so that the work is the same.
    pub(super) person: Option<PersonId>,
    pub(super) back: &'a str,
    /// What it proves the address for, where not for signing in.
    pub(super) opens: Option<&'a str>,
    pub(super) now: Timestamp,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn put_link(transaction: &mut Transaction, link: &NewLink<'_>) -> Result<(), Error> {
    execute!(transaction, sqlx::query("DELETE FROM sign_in_links WHERE expires_at < $1").bind(link.now));
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO sign_in_links (id, token_digest, browser_digest, person_id, back, created_at, expires_at, opens)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(LinkId::new())
        .bind(&link.token_digest)
        .bind(&link.browser_digest)
        .bind(link.person)
        .bind(link.back)
        .bind(link.now)
        .bind(link.expires_at)
        .bind(link.opens)
    );
    Ok(())
}

/// Uses a link up: once, in time, in the browser that asked for it.
pub(super) async fn use_link(
    transaction: &mut Transaction,
    token_digest: &str,
    browser_digest: &str,
    now: Timestamp,
) -> Result<Option<(PersonId, String)>, Error> {
    Ok(on!(transaction, connection => sqlx::query_as(
        "UPDATE sign_in_links SET used_at = $3
         WHERE token_digest = $1 AND browser_digest = $2 AND used_at IS NULL AND expires_at > $3 AND person_id IS NOT NULL
         RETURNING person_id, back",
    )
    .bind(token_digest)
    .bind(browser_digest)
    .bind(now)
    .fetch_optional(connection)
    .await?))
}

/// The same for a link that proves an address for something else; answers with what.
pub(super) async fn use_proof(
    transaction: &mut Transaction,
    token_digest: &str,
    browser_digest: &str,
    now: Timestamp,
) -> Result<Option<String>, Error> {
    Ok(value!(
        transaction,
        "UPDATE sign_in_links SET used_at = $3
         WHERE token_digest = $1 AND browser_digest = $2 AND used_at IS NULL AND expires_at > $3 AND opens IS NOT NULL
         RETURNING opens",
        token_digest,
        browser_digest,
        now,
    ))
}

pub(super) async fn password_hash(database: &Database, person: Option<PersonId>) -> Result<Option<String>, Error> {
    Ok(on!(database, pool => sqlx::query_scalar("SELECT hash FROM passwords WHERE person_id = $1")
        .bind(person)
        .fetch_optional(pool)
        .await?))
}

/// When the person last chose a password.
pub(super) async fn password_changed_at(database: &Database, person: PersonId) -> Result<Option<i64>, Error> {
    Ok(on!(database, pool => sqlx::query_scalar("SELECT changed_at FROM passwords WHERE person_id = $1")
        .bind(person)
        .fetch_optional(pool)
        .await?))
}

pub(super) async fn put_password(
    transaction: &mut Transaction,
    person: PersonId,
    hash: &str,
    now: Timestamp,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO passwords (person_id, hash, changed_at) VALUES ($1, $2, $3)
         ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at",
        )
        .bind(person)
        .bind(hash)
        .bind(now)
    );
    Ok(())
}

pub(super) async fn remove_password(transaction: &mut Transaction, person: PersonId) -> Result<bool, Error> {
    Ok(execute!(transaction, sqlx::query("DELETE FROM passwords WHERE person_id = $1").bind(person)) == 1)
}

/// Keeps a ceremony; an older one of the same kind in the same browser is over.
pub(super) async fn put_ceremony(
    transaction: &mut Transaction,
    kind: &str,
    bound: &str,
    state: &serde_json::Value,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("DELETE FROM ceremonies WHERE (kind = $1 AND browser_digest = $2) OR expires_at < $3")
            .bind(kind)
            .bind(bound)
            .bind(now)
    );
    execute!(transaction, sqlx::query(
        "INSERT INTO ceremonies (id, kind, browser_digest, state, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(CeremonyId::new())
    .bind(kind)
    .bind(bound)
    .bind(sqlx::types::Json(state))
    .bind(now)
    .bind(expires_at));
    Ok(())
}

pub(super) async fn take_ceremony(
    transaction: &mut Transaction,
    kind: &str,
    bound: &str,
    now: Timestamp,
) -> Result<Option<serde_json::Value>, Error> {
    let state: Option<sqlx::types::Json<serde_json::Value>> = on!(transaction, connection => sqlx::query_scalar(
        "DELETE FROM ceremonies WHERE kind = $1 AND browser_digest = $2 AND expires_at > $3 RETURNING state",
    )
    .bind(kind)
    .bind(bound)
    .bind(now)
    .fetch_optional(connection)
    .await?);
    Ok(state.map(|state| state.0))
}

pub(super) async fn peek_ceremony(
    database: &Database,
    kind: &str,
    bound: &str,
    now: Timestamp,
) -> Result<Option<serde_json::Value>, Error> {
    let state: Option<sqlx::types::Json<serde_json::Value>> = on!(database, pool => sqlx::query_scalar(
        "SELECT state FROM ceremonies WHERE kind = $1 AND browser_digest = $2 AND expires_at > $3",
    )
    .bind(kind)
    .bind(bound)
    .bind(now)
    .fetch_optional(pool)
    .await?);
    Ok(state.map(|state| state.0))
}
