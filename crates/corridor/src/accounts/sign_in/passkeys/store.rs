//! SQL of passkeys.

use sqlx::types::Json;
use webauthn_rs::prelude::Passkey;

use super::PasskeyId;
use crate::{
    accounts::PersonId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// A passkey as its owner sees it.
#[derive(Clone, Debug, serde::Serialize, sqlx::FromRow)]
pub struct PasskeyLine {
    /// Its id.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub label: String,
    /// When it was made.
    pub created_at: i64,
    /// When it was used last.
    pub used_at: Option<i64>,
}

/// A passkey as it is checked.
#[derive(sqlx::FromRow)]
pub(super) struct Credential {
    pub(super) id: PasskeyId,
    #[sqlx(rename = "credential")]
    pub(super) passkey: Json<Passkey>,
}

pub(super) async fn put(
    transaction: &mut Transaction,
    person: PersonId,
    credential_id: &str,
    label: &str,
    credential: &serde_json::Value,
    now: Timestamp,
) -> Result<(), Error> {
    execute!(transaction, sqlx::query(
        "INSERT INTO passkeys (id, person_id, credential_id, label, credential, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(PasskeyId::new())
    .bind(person)
    .bind(credential_id)
    .bind(label)
    .bind(Json(credential))
    .bind(now));
    Ok(())
}

pub(super) async fn credentials(database: &Database, person: PersonId) -> Result<Vec<Credential>, Error> {
    Ok(on!(database, pool => sqlx::query_as("SELECT id, credential FROM passkeys WHERE person_id = $1")
        .bind(person)
        .fetch_all(pool)
        .await?))
}

pub(super) async fn credential(
    database: &Database,
    person: PersonId,
    credential_id: &str,
) -> Result<Option<Credential>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, credential FROM passkeys WHERE person_id = $1 AND credential_id = $2",
    )
    .bind(person)
    .bind(credential_id)
    .fetch_optional(pool)
    .await?))
}

pub(super) async fn used(
    transaction: &mut Transaction,
    id: PasskeyId,
    credential: &serde_json::Value,
    now: Timestamp,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("UPDATE passkeys SET credential = $2, used_at = $3 WHERE id = $1")
            .bind(id)
            .bind(Json(credential))
            .bind(now)
    );
    Ok(())
}

pub(super) async fn of_person(database: &Database, person: PersonId) -> Result<Vec<PasskeyLine>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, label, created_at, used_at FROM passkeys WHERE person_id = $1 ORDER BY created_at DESC, id DESC",
    )
    .bind(person)
    .fetch_all(pool)
    .await?))
}

pub(super) async fn remove(
    transaction: &mut Transaction,
    person: PersonId,
    id: PasskeyId,
) -> Result<Option<String>, Error> {
    Ok(on!(transaction, connection => sqlx::query_scalar(
        "DELETE FROM passkeys WHERE id = $1 AND person_id = $2 RETURNING label",
    )
    .bind(id)
    .bind(person)
    .fetch_optional(connection)
    .await?))
}
