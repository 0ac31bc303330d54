//! SQL of clusters that are asked to come with a delegation.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;

use crate::{
    accounts::ClusterId,
    events::{
        delegations::{Delegation, DelegationState},
        model::{DelegationId, EventId, ParticipantId, Standing},
    },
    foundation::{
        database::{Batch, Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

#[derive(sqlx::FromRow)]
struct DelegationRow {
    id: DelegationId,
    cluster_id: ClusterId,
    event_id: EventId,
    asked_id: ClusterId,
    name: String,
    kind: String,
    quota: i64,
    message: String,
    answer: String,
    state: String,
    revision: i64,
    asked_at: Timestamp,
    answered_at: Option<Timestamp>,
}

impl DelegationRow {
    fn read(self) -> Result<Delegation, Error> {
        let unread = || anyhow::anyhow!("the delegation {} has a state that is not read", self.id);
        Ok(Delegation {
            state: DelegationState::of(&self.state).ok_or_else(unread)?,
            id: self.id,
            cluster: self.cluster_id,
            event: self.event_id,
            asked: self.asked_id,
            name: self.name,
            kind: self.kind,
            quota: u32::try_from(self.quota).unwrap_or_default(),
            message: self.message,
            answer: self.answer,
            revision: self.revision,
            asked_at: self.asked_at,
            answered_at: self.answered_at,
        })
    }
}

const SELECT: &str = "SELECT delegation.id, delegation.cluster_id, delegation.event_id, delegation.asked_id,
        clusters.name, delegation.kind, delegation.quota, delegation.message, delegation.answer, delegation.state,
        delegation.revision, delegation.asked_at, delegation.answered_at
    FROM event_delegations delegation JOIN clusters ON clusters.id = delegation.asked_id WHERE ";

/// The delegations of an event, by the name of the cluster that is asked.
pub(in crate::events) async fn of_event(database: &Database, event: EventId) -> Result<Vec<Delegation>, Error> {
    let rows: Vec<DelegationRow> = on!(database, pool => QueryBuilder::new(SELECT)
        .push("delegation.event_id = ")
        .push_bind(event)
        .push(" ORDER BY clusters.name, delegation.id")
        .build_query_as()
        .fetch_all(pool)
        .await?);
    rows.into_iter().map(DelegationRow::read).collect()
}

/// What a cluster is asked, unless it was taken back, the newest first.
pub(in crate::events) async fn asked_of(database: &Database, cluster: ClusterId) -> Result<Vec<Delegation>, Error> {
    let rows: Vec<DelegationRow> = on!(database, pool => QueryBuilder::new(SELECT)
        .push("delegation.state <> 'withdrawn' AND delegation.asked_id = ")
        .push_bind(cluster)
        .push(" ORDER BY delegation.asked_at DESC, delegation.id LIMIT 200")
        .build_query_as()
        .fetch_all(pool)
        .await?);
    rows.into_iter().map(DelegationRow::read).collect()
}

/// A delegation, whoever's it is.
pub(in crate::events) async fn one(database: &Database, id: DelegationId) -> Result<Option<Delegation>, Error> {
    let row: Option<DelegationRow> = on!(database, pool => QueryBuilder::new(SELECT)
        .push("delegation.id = ")
        .push_bind(id)
        .build_query_as()
        .fetch_optional(pool)
        .await?);
    row.map(DelegationRow::read).transpose()
}

/// A delegation, held until the transaction ends, so that two who propose at once do not pass its quota.
pub(in crate::events) async fn hold(
    transaction: &mut Transaction,
    id: DelegationId,
) -> Result<Option<Delegation>, Error> {
    execute!(transaction, sqlx::query("UPDATE event_delegations SET revision = revision WHERE id = $1").bind(id));
    let row: Option<DelegationRow> = on!(transaction, connection => QueryBuilder::new(SELECT)
        .push("delegation.id = ")
        .push_bind(id)
        .build_query_as()
        .fetch_optional(connection)
        .await?);
    row.map(DelegationRow::read).transpose()
}

/// Asks clusters; those that are asked already stay as they are. Answers how many were not.
pub(in crate::events) async fn put(transaction: &mut Transaction, delegations: &[Delegation]) -> Result<u64, Error> {
    let mut batch = Batch::new(
        "INSERT INTO event_delegations (cluster_id, id, event_id, asked_id, kind, quota, message, answer, state, revision, asked_at)",
        "ON CONFLICT (cluster_id, event_id, asked_id) DO NOTHING",
    );
    batch.extend(delegations.iter().map(|one| {
        vec![
            one.cluster.into(),
            one.id.into(),
            one.event.into(),
            one.asked.into(),
            one.kind.as_str().into(),
            i64::from(one.quota).into(),
            one.message.as_str().into(),
            one.answer.as_str().into(),
            one.state.key().into(),
            one.revision.into(),
            one.asked_at.into(),
        ]
    }));
    batch.write(transaction).await
}

/// Writes over a delegation whose revision is still the one before; answers whether it was.
pub(in crate::events) async fn replace(transaction: &mut Transaction, one: &Delegation) -> Result<bool, Error> {
    let written = execute!(
        transaction,
        sqlx::query(
            "UPDATE event_delegations SET kind = $3, quota = $4, message = $5, answer = $6, state = $7, revision = $8,
                    asked_at = $9, answered_at = $10
             WHERE cluster_id = $1 AND id = $2 AND revision = $8 - 1",
        )
        .bind(one.cluster)
        .bind(one.id)
        .bind(&one.kind)
        .bind(i64::from(one.quota))
        .bind(&one.message)
        .bind(&one.answer)
        .bind(one.state.key())
        .bind(one.revision)
        .bind(one.asked_at)
        .bind(one.answered_at)
    );
    Ok(written > 0)
}

#[derive(sqlx::FromRow)]
struct ProposedRow {
    delegation_id: DelegationId,
    id: ParticipantId,
    standing: String,
}

/// Whom the delegations of an event proposed, with what each is at.
pub(in crate::events) async fn proposed(
    database: &Database,
    event: EventId,
) -> Result<BTreeMap<DelegationId, Vec<(ParticipantId, Standing)>>, Error> {
    let rows: Vec<ProposedRow> = rows!(
        database,
        "SELECT delegation_id, id, standing FROM event_participants
         WHERE event_id = $1 AND delegation_id IS NOT NULL ORDER BY name, id",
        event,
    );
    let mut found: BTreeMap<DelegationId, Vec<(ParticipantId, Standing)>> = BTreeMap::new();
    for row in rows {
        let unread = || anyhow::anyhow!("the participant {} has a standing that is not read", row.id);
        let standing = Standing::of(&row.standing).ok_or_else(unread)?;
        found.entry(row.delegation_id).or_default().push((row.id, standing));
    }
    Ok(found)
}

/// What those are at whom a delegation proposed, as a transaction sees it.
pub(in crate::events) async fn standings(
    transaction: &mut Transaction,
    id: DelegationId,
) -> Result<Vec<Standing>, Error> {
    let found: Vec<String> =
        values!(transaction, "SELECT standing FROM event_participants WHERE delegation_id = $1", id);
    Ok(found.iter().filter_map(|word| Standing::of(word)).collect())
}

/// Takes a participant back that its delegation proposed and the organiser has not let in; answers whether it was so.
pub(in crate::events) async fn take_back(
    transaction: &mut Transaction,
    (cluster, id): (ClusterId, DelegationId),
    participant: ParticipantId,
) -> Result<bool, Error> {
    // The row goes last: what refers to it must be gone by then, and only where it is still a proposal.
    let held = execute!(
        transaction,
        sqlx::query(
            "UPDATE event_participants SET revision = revision
             WHERE cluster_id = $1 AND delegation_id = $2 AND id = $3 AND standing = 'registered'
               AND NOT EXISTS (SELECT 1 FROM event_requests WHERE event_requests.from_id = $3 OR event_requests.to_id = $3)",
        )
        .bind(cluster)
        .bind(id)
        .bind(participant)
    );
    if held == 0 {
        return Ok(false);
    }
    for statement in [
        "DELETE FROM event_poll_answers WHERE cluster_id = $1 AND participant_id = $2",
        "DELETE FROM event_links WHERE cluster_id = $1 AND participant_id = $2",
        "DELETE FROM event_people WHERE cluster_id = $1 AND participant_id = $2",
        "DELETE FROM event_participants WHERE cluster_id = $1 AND id = $2",
    ] {
        execute!(transaction, sqlx::query(statement).bind(cluster).bind(participant));
    }
    Ok(true)
}
