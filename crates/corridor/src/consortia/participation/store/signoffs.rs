//! Rounds of sign-off, and what partners decided in them.

use sqlx::types::Json;
use uuid::Uuid;

use super::super::{
    model::{Concern, Decision},
    signoff::RoundId,
};
use crate::{
    accounts::ClusterId,
    consortia::DraftId,
    directory::OrganisationId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// A round: partners are asked to sign off what the draft says.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Round {
    /// Its id.
    pub id: RoundId,
    /// The version that was current when it began.
    pub revision: i64,
    /// What they are asked to sign.
    pub statement: String,
    /// Until when.
    pub due_on: String,
    /// When it began.
    pub asked_at: Timestamp,
    /// When those who had not signed were reminded.
    pub reminded_at: Option<Timestamp>,
}

/// The round that goes on.
pub(in super::super) async fn current(
    database: &Database,
    cluster: ClusterId,
    draft: DraftId,
) -> Result<Option<Round>, Error> {
    Ok(row!(
        database,
        "SELECT id, revision, statement, due_on, asked_at, reminded_at FROM draft_signoff_rounds
         WHERE cluster_id = $1 AND draft_id = $2 AND ended_at IS NULL ORDER BY id DESC LIMIT 1",
        cluster,
        draft,
    ))
}

/// A decision as it is kept.
#[derive(Clone, Debug)]
pub struct Decided {
    /// Whose.
    pub organisation: OrganisationId,
    /// At which version.
    pub revision: i64,
    /// On what.
    pub concern: Concern,
    /// What.
    pub decision: Decision,
    /// What was said beside.
    pub words: String,
    /// By whom.
    pub person: Option<String>,
    /// When.
    pub at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct DecidedRow {
    organisation_id: OrganisationId,
    revision: i64,
    concern: Json<serde_json::Value>,
    decision: String,
    words: String,
    person: Option<String>,
    decided_at: Timestamp,
}

/// The decisions of a round, newest first.
pub(in super::super) async fn decisions(
    database: &Database,
    cluster: ClusterId,
    round: RoundId,
) -> Result<Vec<Decided>, Error> {
    let rows: Vec<DecidedRow> = rows!(
        database,
        "SELECT COALESCE(merged.now_id, draft_signoffs.organisation_id) AS organisation_id, draft_signoffs.revision,
                draft_signoffs.concern, draft_signoffs.decision, draft_signoffs.words, people.name AS person,
                draft_signoffs.decided_at
         FROM draft_signoffs LEFT JOIN merged_organisations merged ON merged.id = draft_signoffs.organisation_id
         LEFT JOIN people ON people.id = draft_signoffs.person_id AND people.restricted_at IS NULL
         WHERE draft_signoffs.cluster_id = $1 AND draft_signoffs.round_id = $2 ORDER BY draft_signoffs.id DESC",
        cluster,
        round,
    );
    rows.into_iter()
        .map(|row| {
            let unread = || anyhow::anyhow!("a sign-off holds a decision that is not read: {}", row.decision);
            Ok(Decided {
                organisation: row.organisation_id,
                revision: row.revision,
                decision: Decision::of(&row.decision).ok_or_else(unread)?,
                concern: serde_json::from_value(row.concern.0).map_err(anyhow::Error::from)?,
                words: row.words,
                person: row.person,
                at: row.decided_at,
            })
        })
        .collect()
}

/// Begins a round; the one before ends.
pub(in super::super) async fn begin(
    transaction: &mut Transaction,
    cluster: ClusterId,
    draft: DraftId,
    round: &Round,
    by: Option<Uuid>,
) -> Result<(), Error> {
    end(transaction, cluster, draft, round.asked_at).await?;
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_signoff_rounds (cluster_id, id, draft_id, revision, statement, due_on, asked_by, asked_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(cluster)
        .bind(round.id)
        .bind(draft)
        .bind(round.revision)
        .bind(&round.statement)
        .bind(&round.due_on)
        .bind(by)
        .bind(round.asked_at)
    );
    Ok(())
}

/// Ends the round that goes on; answers whether one did.
pub(in super::super) async fn end(
    transaction: &mut Transaction,
    cluster: ClusterId,
    draft: DraftId,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_signoff_rounds SET ended_at = $3
             WHERE cluster_id = $1 AND draft_id = $2 AND ended_at IS NULL",
        )
        .bind(cluster)
        .bind(draft)
        .bind(now)
    ) > 0)
}

/// Notes that those who have not signed were reminded; answers whether nobody did so since the moment.
pub(in super::super) async fn remind(
    transaction: &mut Transaction,
    cluster: ClusterId,
    round: RoundId,
    since: Timestamp,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_signoff_rounds SET reminded_at = $3
             WHERE cluster_id = $1 AND id = $2 AND ended_at IS NULL AND COALESCE(reminded_at, 0) < $4",
        )
        .bind(cluster)
        .bind(round)
        .bind(now)
        .bind(since)
    ) > 0)
}

/// Keeps a decision, if its round goes on still.
pub(in super::super) async fn decide(
    transaction: &mut Transaction,
    cluster: ClusterId,
    draft: DraftId,
    round: RoundId,
    decided: &Decided,
    by: Option<Uuid>,
) -> Result<bool, Error> {
    let concern = serde_json::to_value(&decided.concern).map_err(anyhow::Error::from)?;
    Ok(execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_signoffs (cluster_id, id, draft_id, round_id, organisation_id, revision, concern, decision,
                 words, person_id, decided_at)
             SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM draft_signoff_rounds
             WHERE cluster_id = $1 AND id = $4 AND ended_at IS NULL",
        )
        .bind(cluster)
        .bind(Uuid::now_v7())
        .bind(draft)
        .bind(round)
        .bind(decided.organisation)
        .bind(decided.revision)
        .bind(Json(concern))
        .bind(decided.decision.key())
        .bind(&decided.words)
        .bind(by)
        .bind(decided.at)
    ) > 0)
}
