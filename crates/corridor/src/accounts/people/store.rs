//! SQL of people's roles and of claims.

use uuid::Uuid;

use super::{ClaimId, ClaimLine, Claimed};
use crate::{
    accounts::{ClusterId, PersonId},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

pub(super) async fn instance_administrators(transaction: &mut Transaction) -> Result<i64, Error> {
    Ok(on!(transaction, connection => sqlx::query_scalar(
        "SELECT COUNT(*) FROM roles JOIN people ON people.id = roles.person_id
         WHERE roles.role = 'instance_administrator' AND NOT people.demonstration",
    )
    .fetch_one(connection)
    .await?))
}

pub(super) async fn put_claim(
    transaction: &mut Transaction,
    person: PersonId,
    claimed: &Claimed,
    cluster: Option<ClusterId>,
    reason: &str,
    proved: bool,
    now: Timestamp,
) -> Result<(), Error> {
    execute!(transaction, sqlx::query(
        "INSERT INTO claims (id, organisation_id, organisation_name, cluster_id, person_id, reason, state, created_at, decided_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT DO NOTHING",
    )
    .bind(ClaimId::new())
    .bind(claimed.organisation)
    .bind(&claimed.name)
    .bind(cluster)
    .bind(person)
    .bind(reason)
    .bind(if proved { "proved" } else { "waiting" })
    .bind(now)
    .bind(proved.then_some(now)));
    Ok(())
}

/// What waits in the given cluster, or anywhere.
pub(super) async fn waiting(database: &Database, cluster: Option<ClusterId>) -> Result<Vec<ClaimLine>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT claims.id, organisation_id, organisation_name, claims.cluster_id, clusters.name AS cluster_name, person_id,
                people.name, people.email, reason, claims.created_at
         FROM claims JOIN people ON people.id = claims.person_id LEFT JOIN clusters ON clusters.id = claims.cluster_id
         WHERE state = 'waiting' AND people.restricted_at IS NULL AND (claims.cluster_id = $1 OR $1 IS NULL) ORDER BY claims.created_at, claims.id",
    )
    .bind(cluster)
    .fetch_all(pool)
    .await?))
}

pub(super) async fn decide_claim(
    transaction: &mut Transaction,
    id: ClaimId,
    state: &str,
    by: Option<Uuid>,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE claims SET state = $2, decided_by = $3, decided_at = $4 WHERE id = $1 AND state = 'waiting'",
        )
        .bind(id)
        .bind(state)
        .bind(by)
        .bind(now)
    ) == 1)
}
