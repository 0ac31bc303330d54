//! SQL of identities.

use super::{Identity, IdentityId};
use crate::{
    accounts::PersonId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// An identity as its owner sees it.
#[derive(Clone, Debug, serde::Serialize, sqlx::FromRow)]
pub struct IdentityLine {
    /// Its id.
    pub id: IdentityId,
    /// The provider's word.
    pub provider: String,
    /// The address that the provider verified.
    pub email: String,
    /// When it was linked.
    pub linked_at: i64,
    /// When it was used last.
    pub used_at: Option<i64>,
}

pub(super) async fn person_of(database: &Database, identity: &Identity) -> Result<Option<PersonId>, Error> {
    Ok(
        on!(database, pool => sqlx::query_scalar("SELECT person_id FROM identities WHERE provider = $1 AND subject = $2")
        .bind(&identity.provider)
        .bind(&identity.subject)
        .fetch_optional(pool)
        .await?),
    )
}

pub(super) async fn used(transaction: &mut Transaction, identity: &Identity, now: Timestamp) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("UPDATE identities SET used_at = $3 WHERE provider = $1 AND subject = $2")
            .bind(&identity.provider)
            .bind(&identity.subject)
            .bind(now)
    );
    Ok(())
}

pub(super) async fn put(
    transaction: &mut Transaction,
    person: PersonId,
    identity: &Identity,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(transaction, sqlx::query(
        "INSERT INTO identities (id, person_id, provider, subject, email, linked_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (provider, subject) DO NOTHING",
    )
    .bind(IdentityId::new())
    .bind(person)
    .bind(&identity.provider)
    .bind(&identity.subject)
    .bind(identity.verified_email.clone().unwrap_or_default())
    .bind(now))
        == 1)
}

pub(super) async fn of_person(database: &Database, person: PersonId) -> Result<Vec<IdentityLine>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, provider, email, linked_at, used_at FROM identities WHERE person_id = $1 ORDER BY linked_at DESC, id DESC",
    )
    .bind(person)
    .fetch_all(pool)
    .await?))
}

pub(super) async fn remove(
    transaction: &mut Transaction,
    person: PersonId,
    id: IdentityId,
) -> Result<Option<String>, Error> {
    Ok(on!(transaction, connection => sqlx::query_scalar(
        "DELETE FROM identities WHERE id = $1 AND person_id = $2 RETURNING provider",
    )
    .bind(id)
    .bind(person)
    .fetch_optional(connection)
    .await?))
}
