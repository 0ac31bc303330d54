//! SQL of drafts, and of the facts about organisations and topics that rules and assembly read.

use std::collections::BTreeMap;

use sqlx::{QueryBuilder, types::Json};
use uuid::Uuid;

use super::model::{Content, Draft, DraftId, Member, MemberRole, MemberSide};
use crate::{
    accounts::ClusterId,
    calls::TopicId,
    directory::OrganisationId,
    foundation::{
        database::{Batch, Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
    partnering,
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

pub(super) async fn drafts(database: &Database, cluster: ClusterId) -> Result<Vec<DraftLine>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT drafts.id, drafts.name, topics.identifier AS topic, topics.title AS topic_title, topics.closes_on,
                drafts.instrument, drafts.stage, COUNT(draft_members.organisation_id) AS members,
                COUNT(DISTINCT organisations.country) AS countries,
                CAST(SUM(draft_members.cost_cents) AS BIGINT) AS cost_cents, drafts.revision, drafts.updated_at,
                drafts.archived_at
         FROM drafts LEFT JOIN topics ON topics.id = drafts.topic_id
         LEFT JOIN draft_members ON draft_members.cluster_id = drafts.cluster_id AND draft_members.draft_id = drafts.id
         LEFT JOIN organisations ON organisations.id = draft_members.organisation_id
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
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    organisation_id: OrganisationId,
    role: String,
    side: String,
    cost_cents: Option<i64>,
    subcontracting_cents: Option<i64>,
    requested_cents: Option<i64>,
    ikop_cents: Option<i64>,
    fc_cents: Option<i64>,
    ikaa_cents: Option<i64>,
}

/// The draft, whoever asks: the use case has decided before.
pub(super) async fn draft(database: &Database, cluster: ClusterId, id: DraftId) -> Result<Option<Draft>, Error> {
    let row: Option<DraftRow> = on!(database, pool => sqlx::query_as(
        "SELECT topic_id, name, instrument, stage, facts, revision, created_at, updated_at, archived_at
         FROM drafts WHERE cluster_id = $1 AND id = $2 AND deleted_at IS NULL",
    )
    .bind(cluster)
    .bind(id)
    .fetch_optional(pool)
    .await?);
    let Some(row) = row else { return Ok(None) };
    let members: Vec<MemberRow> = on!(database, pool => sqlx::query_as(
        "SELECT organisation_id, role, side, cost_cents, subcontracting_cents, requested_cents, ikop_cents, fc_cents,
                ikaa_cents
         FROM draft_members WHERE cluster_id = $1 AND draft_id = $2 ORDER BY position",
    )
    .bind(cluster)
    .bind(id)
    .fetch_all(pool)
    .await?);
    let members = members
        .into_iter()
        .map(|row| Member {
            organisation: row.organisation_id,
            role: MemberRole::of(&row.role).unwrap_or_default(),
            side: MemberSide::of(&row.side).unwrap_or_default(),
            cost_cents: row.cost_cents,
            subcontracting_cents: row.subcontracting_cents,
            requested_cents: row.requested_cents,
            ikop_cents: row.ikop_cents,
            fc_cents: row.fc_cents,
            ikaa_cents: row.ikaa_cents,
        })
        .collect();
    let content = Content {
        name: row.name,
        topic: row.topic_id,
        instrument: row.instrument,
        stage: row.stage,
        facts: serde_json::from_value(row.facts.0).map_err(anyhow::Error::from)?,
        members,
    };
    Ok(Some(Draft {
        id,
        cluster,
        content,
        revision: row.revision,
        created_at: row.created_at,
        updated_at: row.updated_at,
        archived_at: row.archived_at,
    }))
}

/// Writes a new draft at revision 1.
pub(super) async fn create(
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

/// Replaces what the draft says, if it still is at `revision`; answers whether it was.
pub(super) async fn replace(
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
             WHERE cluster_id = $1 AND id = $2 AND revision = $3 AND deleted_at IS NULL",
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
         subcontracting_cents, requested_cents, ikop_cents, fc_cents, ikaa_cents)",
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
        ]);
    }
    batch.write(transaction).await?;
    Ok(())
}

async fn write_version(
    transaction: &mut Transaction,
    cluster: ClusterId,
    id: DraftId,
    revision: i64,
    content: &Content,
    person: Option<Uuid>,
    now: Timestamp,
) -> Result<(), Error> {
    let content = serde_json::to_value(content).map_err(anyhow::Error::from)?;
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_versions (cluster_id, draft_id, revision, saved_at, person_id, content)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(cluster)
        .bind(id)
        .bind(revision)
        .bind(now)
        .bind(person)
        .bind(Json(content))
    );
    Ok(())
}

/// Puts a draft aside, or takes it up again; answers whether there was one.
pub(super) async fn set_archived(
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
pub(super) async fn set_deleted(
    transaction: &mut Transaction,
    cluster: ClusterId,
    id: DraftId,
    at: Option<Timestamp>,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("UPDATE drafts SET deleted_at = $3 WHERE cluster_id = $1 AND id = $2")
            .bind(cluster)
            .bind(id)
            .bind(at)
    ) > 0)
}

/// Forgets the cluster's drafts that were deleted before the moment.
pub(super) async fn forget_deleted(
    transaction: &mut Transaction,
    cluster: ClusterId,
    before: Timestamp,
) -> Result<(), Error> {
    for statement in [
        "DELETE FROM draft_members WHERE cluster_id = $1
         AND draft_id IN (SELECT id FROM drafts WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM draft_versions WHERE cluster_id = $1
         AND draft_id IN (SELECT id FROM drafts WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM drafts WHERE cluster_id = $1 AND deleted_at < $2",
    ] {
        execute!(transaction, sqlx::query(statement).bind(cluster).bind(before));
    }
    Ok(())
}

/// A version in the history of a draft.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct VersionRow {
    /// The revision that this save made.
    pub revision: i64,
    /// When.
    pub saved_at: Timestamp,
    /// By whom.
    pub person: Option<String>,
    /// What the draft then said.
    pub content: Json<serde_json::Value>,
}

/// The newest versions, newest first.
pub(super) async fn versions(
    database: &Database,
    cluster: ClusterId,
    id: DraftId,
    most: i64,
) -> Result<Vec<VersionRow>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT draft_versions.revision, draft_versions.saved_at, people.name AS person, draft_versions.content
         FROM draft_versions LEFT JOIN people ON people.id = draft_versions.person_id
         WHERE draft_versions.cluster_id = $1 AND draft_versions.draft_id = $2
         ORDER BY draft_versions.revision DESC LIMIT $3",
    )
    .bind(cluster)
    .bind(id)
    .bind(most)
    .fetch_all(pool)
    .await?))
}

pub(super) async fn version(
    database: &Database,
    cluster: ClusterId,
    id: DraftId,
    revision: i64,
) -> Result<Option<Content>, Error> {
    let content: Option<Json<serde_json::Value>> = on!(database, pool => sqlx::query_scalar(
        "SELECT content FROM draft_versions WHERE cluster_id = $1 AND draft_id = $2 AND revision = $3",
    )
    .bind(cluster)
    .bind(id)
    .bind(revision)
    .fetch_optional(pool)
    .await?);
    Ok(content.map(|json| serde_json::from_value(json.0)).transpose().map_err(anyhow::Error::from)?)
}

/// What rules, lists and assembly read of an organisation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OrganisationFacts {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: Option<String>,
    /// Its short name.
    pub short_name: Option<String>,
    /// Its kind, in the words of the directory.
    pub kind: String,
    /// Whether it is an SME, where somebody says so.
    pub sme: Option<bool>,
    /// Its country, ISO 3166 two letters.
    pub country: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// Its town.
    pub city: Option<String>,
    /// The organisation it is a part of.
    pub parent_id: Option<OrganisationId>,
    /// Its past projects.
    pub project_count: i64,
}

impl OrganisationFacts {
    /// The name to show.
    pub fn shown(&self) -> String {
        self.name.clone().or_else(|| self.short_name.clone()).unwrap_or_else(|| self.id.to_string())
    }

    /// The address of its page.
    pub fn href(&self) -> String {
        partnering::organisation_page(self.id)
    }
}

macro_rules! with_list {
    ($database:expr, $head:expr, $ids:expr, $tail:expr, $fetch:ident) => {
        on!($database, pool => {
            let mut query = QueryBuilder::new($head);
            query.push(" (");
            let mut list = query.separated(", ");
            for id in $ids {
                list.push_bind(*id);
            }
            query.push(") ").push($tail);
            query.$fetch().fetch_all(pool).await?
        })
    };
}

/// What is known of these organisations, by id.
pub(super) async fn organisations(
    database: &Database,
    ids: &[OrganisationId],
) -> Result<BTreeMap<OrganisationId, OrganisationFacts>, Error> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<OrganisationFacts> = with_list!(
        database,
        "SELECT id, name, short_name, kind, sme, country, region, city, parent_id, project_count
         FROM organisations WHERE id IN",
        ids,
        "",
        build_query_as
    );
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Which past projects these organisations took part in, and in what role.
pub(super) async fn participations(
    database: &Database,
    ids: &[OrganisationId],
) -> Result<Vec<(Uuid, OrganisationId, String)>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(with_list!(
        database,
        "SELECT project_id, organisation_id, role FROM participations WHERE organisation_id IN",
        ids,
        "ORDER BY project_id, organisation_id",
        build_query_as
    ))
}

/// A topic as rules and assembly need it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TopicFacts {
    /// Its id.
    pub id: TopicId,
    /// The identifier that the funder gave it.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// The type of action.
    pub type_of_action: String,
    /// The id of its instrument, where Corridor has its rules.
    pub instrument: Option<String>,
    /// When it closes.
    pub closes_on: Option<String>,
    /// The text of the topic.
    pub description: String,
}

pub(super) async fn topic_by_id(database: &Database, id: TopicId) -> Result<Option<TopicFacts>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, identifier, title, type_of_action, instrument, closes_on, description FROM topics WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(pool)
    .await?))
}

pub(super) async fn topic_by_identifier(database: &Database, identifier: &str) -> Result<Option<TopicFacts>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, identifier, title, type_of_action, instrument, closes_on, description FROM topics
         WHERE LOWER(identifier) = $1",
    )
    .bind(identifier.trim().to_lowercase())
    .fetch_optional(pool)
    .await?))
}

/// A concept with the label that is shown.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ConceptLabel {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
}

/// Whether there is a concept of that id.
pub(super) async fn concept_exists(database: &Database, id: &str) -> Result<bool, Error> {
    let found: Option<String> = on!(database, pool => sqlx::query_scalar("SELECT id FROM concepts WHERE id = $1")
        .bind(id)
        .fetch_optional(pool)
        .await?);
    Ok(found.is_some())
}

/// The labels of these concepts in the language, else in any.
pub(super) async fn concept_labels(
    database: &Database,
    ids: &[String],
    language: &str,
) -> Result<BTreeMap<String, String>, Error> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(String, String, String, String)> = on!(database, pool => {
        let mut query = QueryBuilder::new("SELECT concept_id, language, kind, label FROM concept_labels WHERE concept_id IN (");
        let mut list = query.separated(", ");
        for id in ids {
            list.push_bind(id.clone());
        }
        query.push(")");
        query.build_query_as().fetch_all(pool).await?
    });
    // The reader's language before the other, the preferred label before the rest.
    let mut best: BTreeMap<String, (bool, bool, String)> = BTreeMap::new();
    for (id, of, kind, label) in rows {
        let entry = (of != language, kind != "preferred" && kind != "pref", label);
        match best.get(&id) {
            Some(known) if *known <= entry => {}
            _ => {
                best.insert(id, entry);
            }
        }
    }
    Ok(best.into_iter().map(|(id, (_, _, label))| (id, label)).collect())
}

/// All labels in the language: a thousand or so, matched in memory because accents and capitals must not matter.
pub(super) async fn labels_of_language(database: &Database, language: &str) -> Result<Vec<ConceptLabel>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT concept_id AS id, label FROM concept_labels WHERE language = $1 ORDER BY label, concept_id",
    )
    .bind(language)
    .fetch_all(pool)
    .await?))
}

/// The concept and all concepts under it.
pub(super) async fn concept_with_narrower(database: &Database, id: &str) -> Result<Vec<String>, Error> {
    Ok(on!(database, pool => sqlx::query_scalar(
        "WITH RECURSIVE below(id) AS (
             SELECT id FROM concepts WHERE id = $1
             UNION
             SELECT concepts.id FROM concepts JOIN below ON concepts.broader = below.id
         ) SELECT id FROM below ORDER BY id",
    )
    .bind(id)
    .fetch_all(pool)
    .await?))
}

/// Which of these organisations hold which of these concepts, by any basis.
pub(super) async fn competences(
    database: &Database,
    organisations: &[OrganisationId],
    concepts: &[String],
) -> Result<Vec<(OrganisationId, String)>, Error> {
    if organisations.is_empty() || concepts.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on!(database, pool => {
        let mut query = QueryBuilder::new("SELECT DISTINCT organisation_id, concept_id FROM organisation_competences WHERE concept_id IN (");
        let mut list = query.separated(", ");
        for concept in concepts {
            list.push_bind(concept.clone());
        }
        query.push(") AND organisation_id IN (");
        let mut list = query.separated(", ");
        for organisation in organisations {
            list.push_bind(*organisation);
        }
        query.push(") ORDER BY organisation_id, concept_id");
        query.build_query_as().fetch_all(pool).await?
    }))
}

/// The organisations with most past projects that hold one of the concepts.
pub(super) async fn holders(database: &Database, concepts: &[String], most: i64) -> Result<Vec<OrganisationId>, Error> {
    if concepts.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on!(database, pool => {
        let mut query = QueryBuilder::new(
            "SELECT organisations.id FROM organisations WHERE merged_into IS NULL AND id IN
             (SELECT organisation_id FROM organisation_competences WHERE concept_id IN (",
        );
        let mut list = query.separated(", ");
        for concept in concepts {
            list.push_bind(concept.clone());
        }
        query.push(")) ORDER BY project_count DESC, id LIMIT ").push_bind(most);
        query.build_query_scalar().fetch_all(pool).await?
    }))
}
