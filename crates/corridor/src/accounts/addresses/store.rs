//! SQL of private addresses.

use super::AddressId;
use crate::{
    accounts::{PersonId, RoleId},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// An address to be kept.
pub(super) struct NewAddress<'a> {
    pub(super) digest: String,
    pub(super) person: PersonId,
    pub(super) role: RoleId,
    pub(super) feed: &'a str,
    pub(super) query: &'a str,
    pub(super) language: &'a str,
    pub(super) label: &'a str,
    pub(super) now: Timestamp,
}

pub(super) async fn put(transaction: &mut Transaction, address: &NewAddress<'_>) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO private_addresses (id, token_digest, person_id, role_id, feed, query, language, label, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(AddressId::new())
        .bind(&address.digest)
        .bind(address.person)
        .bind(address.role)
        .bind(address.feed)
        .bind(address.query)
        .bind(address.language)
        .bind(address.label)
        .bind(address.now)
    );
    Ok(())
}

pub(super) async fn count(transaction: &mut Transaction, person: PersonId) -> Result<i64, Error> {
    let count: Option<i64> = value!(transaction, "SELECT COUNT(*) FROM private_addresses WHERE person_id = $1", person);
    Ok(count.unwrap_or_default())
}

/// A private address as its owner sees it.
#[derive(Clone, Debug, serde::Serialize, sqlx::FromRow)]
pub struct AddressLine {
    /// Its id.
    pub id: AddressId,
    /// What its owner calls it.
    pub label: String,
    /// The feed.
    pub feed: String,
    /// The filter.
    pub query: String,
    /// The role that it reads as.
    pub role: String,
    /// The cluster that it reads for.
    pub cluster: Option<String>,
    /// When it was made.
    pub created_at: i64,
    /// When it was used last.
    pub used_at: Option<i64>,
}

pub(super) async fn of_person(database: &Database, person: PersonId) -> Result<Vec<AddressLine>, Error> {
    Ok(rows!(
        database,
        "SELECT private_addresses.id, label, feed, query, roles.role, clusters.name AS cluster, private_addresses.created_at, used_at
         FROM private_addresses JOIN roles ON roles.id = role_id LEFT JOIN clusters ON clusters.id = roles.cluster_id
         WHERE private_addresses.person_id = $1 ORDER BY private_addresses.created_at DESC, private_addresses.id DESC",
        person,
    ))
}

pub(super) async fn end(
    transaction: &mut Transaction,
    person: PersonId,
    id: AddressId,
) -> Result<Option<String>, Error> {
    Ok(value!(
        transaction,
        "DELETE FROM private_addresses WHERE id = $1 AND person_id = $2 RETURNING label",
        id,
        person,
    ))
}

/// An address that is known.
#[derive(sqlx::FromRow)]
pub(super) struct Known {
    pub(super) id: AddressId,
    pub(super) person_id: PersonId,
    pub(super) role_id: RoleId,
    pub(super) query: String,
    pub(super) language: String,
    pub(super) used_at: Option<Timestamp>,
}

pub(super) async fn read(database: &Database, digest: &str, feed: &str) -> Result<Option<Known>, Error> {
    Ok(row!(
        database,
        "SELECT id, person_id, role_id, query, language, used_at FROM private_addresses WHERE token_digest = $1 AND feed = $2",
        digest,
        feed,
    ))
}

pub(super) async fn used(transaction: &mut Transaction, id: AddressId, now: Timestamp) -> Result<(), Error> {
    execute!(transaction, sqlx::query("UPDATE private_addresses SET used_at = $2 WHERE id = $1").bind(id).bind(now));
    Ok(())
}
