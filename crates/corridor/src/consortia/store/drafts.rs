//! Drafts as they are stored: what each says, its members, and what becomes of it.

use std::collections::BTreeMap;

use sqlx::types::Json;
use uuid::Uuid;

use super::{
    super::{
        discussion, documents,
        model::{Content, Draft, DraftId, Member, united},
        outcomes, participation, sides,
    },
    versions::write_version,
};
use crate::{
    accounts::ClusterId,
    calls::TopicId,
    foundation::{
        database::{Batch, Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// A draft in a list.
#[derive(Clone, Debug, sqlx::FromRow, serde::Serialize, utoipa::ToSchema)]
pub struct DraftLine {
    /// Its id.
    pub id: DraftId,
    /// The working name.
    pub name: String,
    /// The topic's identifier.
    pub topic: Option<String>,
    /// The topic's title.
    pub topic_title: Option<String>,
    /// When the topic closes.
    pub closes_on: Option<String>,
    /// The instrument's id.
    pub instrument: Option<String>,
    /// The stage.
    pub stage: Option<String>,
    /// How many members.
    pub members: i64,
    /// From how many countries.
    pub countries: i64,
    /// What its members cost together, in cents.
    pub cost_cents: Option<i64>,
    /// Its revision.
    pub revision: i64,
    /// When it was last saved, in microseconds since 1970 UTC.
    pub updated_at: i64,
    /// When it was put aside.
    pub archived_at: Option<i64>,
}

pub(in super::super) async fn drafts(database: &Database, cluster: ClusterId) -> Result<Vec<DraftLine>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT drafts.id, drafts.name, topics.identifier AS topic, topics.title AS topic_title, topics.closes_on,
                drafts.instrument, drafts.stage, COUNT(DISTINCT organisations.id) AS members,
                COUNT(DISTINCT organisations.country) AS countries,
                CAST(SUM(draft_members.cost_cents) AS BIGINT) AS cost_cents, drafts.revision, drafts.updated_at,
                drafts.archived_at
         FROM drafts LEFT JOIN topics ON topics.id = drafts.topic_id
         LEFT JOIN draft_members ON draft_members.cluster_id = drafts.cluster_id AND draft_members.draft_id = drafts.id
         LEFT JOIN merged_organisations ON merged_organisations.id = draft_members.organisation_id
         LEFT JOIN organisations
         ON organisations.id = COALESCE(merged_organisations.now_id, draft_members.organisation_id)
         WHERE drafts.cluster_id = $1 AND drafts.deleted_at IS NULL
         GROUP BY drafts.id, drafts.name, topics.identifier, topics.title, topics.closes_on, drafts.instrument,
                  drafts.stage, drafts.revision, drafts.updated_at, drafts.archived_at
         ORDER BY drafts.updated_at DESC, drafts.id",
    )
    .bind(cluster)
    .fetch_all(pool)
    .await?))
}

#[derive(sqlx::FromRow)]
struct DraftRow {
    topic_id: Option<TopicId>,
    name: String,
    instrument: Option<String>,
    stage: Option<String>,
    facts: Json<serde_json::Value>,
    revision: i64,
    created_at: Timestamp,
    updated_at: Timestamp,
    archived_at: Option<Timestamp>,
    merged_into: Option<DraftId>,
    closes_on: Option<String>,
}

impl DraftRow {
    fn content(&self, members: Vec<Member>) -> Result<Content, Error> {
        Ok(Content {
            name: self.name.clone(),
            topic: self.topic_id,
            instrument: self.instrument.clone(),
            stage: self.stage.clone(),
            facts: serde_json::from_value(self.facts.0.clone()).map_err(anyhow::Error::from)?,
            members,
        })
    }
}

#[derive(sqlx::FromRow)]
struct StandingRow {
    id: DraftId,
    #[sqlx(flatten)]
    draft: DraftRow,
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    draft_id: DraftId,
    #[sqlx(flatten)]
    member: Member,
}

/// The members of the cluster's drafts, or of one of them, in their order; a merged record stands for the one it has
/// become part of.
async fn members(
    database: &Database,
    cluster: ClusterId,
    draft: Option<DraftId>,
) -> Result<BTreeMap<DraftId, Vec<Member>>, Error> {
    let rows: Vec<MemberRow> = on!(database, pool => sqlx::query_as(
        "SELECT draft_id, COALESCE(merged_organisations.now_id, organisation_id) AS organisation, role, side, cost_cents,
                subcontracting_cents, requested_cents, ikop_cents, fc_cents, ikaa_cents, declared, budget
         FROM draft_members LEFT JOIN merged_organisations ON merged_organisations.id = organisation_id
         WHERE cluster_id = $1 AND draft_id = COALESCE($2, draft_id) ORDER BY draft_id, position",
    )
    .bind(cluster)
    .bind(draft)
    .fetch_all(pool)
    .await?);
    let mut found: BTreeMap<DraftId, Vec<Member>> = BTreeMap::new();
    for row in rows {
        found.entry(row.draft_id).or_default().push(row.member);
    }
    Ok(found.into_iter().map(|(draft, members)| (draft, united(members))).collect())
}

/// The draft, whoever asks: the use case has decided before.
pub(in super::super) async fn draft(
    database: &Database,
    cluster: ClusterId,
    id: DraftId,
) -> Result<Option<Draft>, Error> {
    let row: Option<DraftRow> = on!(database, pool => sqlx::query_as(
        "SELECT topic_id, name, instrument, stage, facts, revision, created_at, updated_at, archived_at, merged_into,
                (SELECT topics.closes_on FROM topics WHERE topics.id = drafts.topic_id) AS closes_on
         FROM drafts WHERE cluster_id = $1 AND id = $2 AND deleted_at IS NULL",
    )
    .bind(cluster)
    .bind(id)
    .fetch_optional(pool)
    .await?);
    let Some(row) = row else { return Ok(None) };
    let members = members(database, cluster, Some(id)).await?.remove(&id).unwrap_or_default();
    let content = row.content(members)?;
    Ok(Some(Draft {
        id,
        cluster,
        content,
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
        archived_at: row.archived_at,
        merged_into: row.merged_into,
        closes_on: row.closes_on.as_deref().and_then(|day| day.parse().ok()),
    }))
}

/// What each of the cluster's drafts that are neither deleted nor put aside says now, in two queries.
pub(in super::super) async fn standing(
    database: &Database,
    cluster: ClusterId,
) -> Result<BTreeMap<DraftId, Content>, Error> {
    let rows: Vec<StandingRow> = on!(database, pool => sqlx::query_as(
        "SELECT id, topic_id, name, instrument, stage, facts, revision, created_at, updated_at, archived_at, merged_into,
                (SELECT topics.closes_on FROM topics WHERE topics.id = drafts.topic_id) AS closes_on
         FROM drafts WHERE cluster_id = $1 AND deleted_at IS NULL AND archived_at IS NULL",
    )
    .bind(cluster)
    .fetch_all(pool)
    .await?);
    let mut members = members(database, cluster, None).await?;
    rows.into_iter().map(|row| Ok((row.id, row.draft.content(members.remove(&row.id).unwrap_or_default())?))).collect()
}

/// Writes a new draft at revision 1.
pub(in super::super) async fn create(
    transaction: &mut Transaction,
    cluster: ClusterId,
    id: DraftId,
    content: &Content,
    person: Option<Uuid>,
    now: Timestamp,
) -> Result<(), Error> {
    let facts = serde_json::to_value(&content.facts).map_err(anyhow::Error::from)?;
    execute!(transaction, sqlx::query(
        "INSERT INTO drafts (cluster_id, id, topic_id, name, instrument, stage, facts, revision, created_by, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $9)",
    )
    .bind(cluster)
    .bind(id)
    .bind(content.topic)
    .bind(&content.name)
    .bind(&content.instrument)
    .bind(&content.stage)
    .bind(Json(facts))
    .bind(person)
    .bind(now));
    write_members(transaction, cluster, id, content).await?;
    write_version(transaction, cluster, id, 1, content, person, now).await
}

/// Replaces what the draft says, if it still is at `revision` and open; answers whether it was.
pub(in super::super) async fn replace(
    transaction: &mut Transaction,
    cluster: ClusterId,
    id: DraftId,
    revision: i64,
    content: &Content,
    person: Option<Uuid>,
    now: Timestamp,
) -> Result<bool, Error> {
    let facts = serde_json::to_value(&content.facts).map_err(anyhow::Error::from)?;
    let touched = execute!(
        transaction,
        sqlx::query(
            "UPDATE drafts SET topic_id = $4, name = $5, instrument = $6, stage = $7, facts = $8, revision = revision + 1,
                    updated_at = $9
             WHERE cluster_id = $1 AND id = $2 AND revision = $3 AND deleted_at IS NULL AND merged_into IS NULL",
        )
        .bind(cluster)
        .bind(id)
        .bind(revision)
        .bind(content.topic)
        .bind(&content.name)
        .bind(&content.instrument)
        .bind(&content.stage)
        .bind(Json(facts))
        .bind(now)
    );
    if touched == 0 {
        return Ok(false);
    }
    execute!(
        transaction,
        sqlx::query("DELETE FROM draft_members WHERE cluster_id = $1 AND draft_id = $2").bind(cluster).bind(id)
    );
    write_members(transaction, cluster, id, content).await?;
    write_version(transaction, cluster, id, revision + 1, content, person, now).await?;
    Ok(true)
}

async fn write_members(
    transaction: &mut Transaction,
    cluster: ClusterId,
    id: DraftId,
    content: &Content,
) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO draft_members (cluster_id, draft_id, organisation_id, position, role, side, cost_cents, \
         subcontracting_cents, requested_cents, ikop_cents, fc_cents, ikaa_cents, declared, budget)",
        "",
    );
    for (position, member) in content.members.iter().enumerate() {
        batch.push(vec![
            cluster.into(),
            id.into(),
            member.organisation.into(),
            (position as i64).into(),
            member.role.key().into(),
            member.side.key().into(),
            member.cost_cents.into(),
            member.subcontracting_cents.into(),
            member.requested_cents.into(),
            member.ikop_cents.into(),
            member.fc_cents.into(),
            member.ikaa_cents.into(),
            serde_json::to_value(&member.declared).map_err(anyhow::Error::from)?.into(),
            serde_json::to_value(&member.budget).map_err(anyhow::Error::from)?.into(),
        ]);
    }
    batch.write(transaction).await?;
    Ok(())
}

/// Puts a draft aside, or takes it up again; answers whether there was one.
pub(in super::super) async fn set_archived(
    transaction: &mut Transaction,
    cluster: ClusterId,
    id: DraftId,
    at: Option<Timestamp>,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("UPDATE drafts SET archived_at = $3 WHERE cluster_id = $1 AND id = $2 AND deleted_at IS NULL")
            .bind(cluster)
            .bind(id)
            .bind(at)
    ) > 0)
}

/// Hides a draft, or shows it again; answers whether there was one.
pub(in super::super) async fn set_deleted(
    transaction: &mut Transaction,
    cluster: ClusterId,
    id: DraftId,
    at: Option<Timestamp>,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE drafts SET deleted_at = $3 WHERE cluster_id = $1 AND id = $2 AND ($3 IS NULL OR NOT EXISTS
                 (SELECT 1 FROM drafts closed WHERE closed.merged_into = $2 AND closed.deleted_at IS NULL))",
        )
        .bind(cluster)
        .bind(id)
        .bind(at)
    ) > 0)
}

/// Forgets the cluster's drafts that were deleted before the moment.
pub(in super::super) async fn forget_deleted(
    transaction: &mut Transaction,
    cluster: ClusterId,
    before: Timestamp,
) -> Result<(), Error> {
    // What hangs on a draft goes before it: each part says what it keeps.
    let parts =
        [outcomes::FORGOTTEN, sides::FORGOTTEN, discussion::FORGOTTEN, participation::FORGOTTEN, documents::FORGOTTEN];
    let parts = parts.into_iter().flatten().copied();
    for statement in parts.chain([
        "DELETE FROM draft_members WHERE cluster_id = $1
         AND draft_id IN (SELECT id FROM drafts WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM draft_versions WHERE cluster_id = $1
         AND draft_id IN (SELECT id FROM drafts WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM drafts WHERE cluster_id = $1 AND deleted_at < $2",
    ]) {
        execute!(transaction, sqlx::query(statement).bind(cluster).bind(before));
    }
    Ok(())
}
