//! SQL of calls.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::model::{CallId, Content, Line, TopicId};
use crate::foundation::{
    database::{Batch, Database, Transaction, Value},
    errors::Error,
    ids::SourceId,
    settings,
    time::Timestamp,
};

/// Rises with every import that changed something; what is kept in memory compares it.
const STAMP: &str = "calls_changed";

pub(super) async fn stamp(database: &Database) -> Result<String, Error> {
    settings::read(database, STAMP).await
}

pub(super) async fn raise_stamp(transaction: &mut Transaction) -> Result<(), Error> {
    settings::raise(transaction, STAMP).await.map(|_| ())
}

/// A topic that is there already.
#[derive(sqlx::FromRow)]
pub(super) struct Known {
    pub identifier: String,
    pub id: TopicId,
    pub version: i64,
    pub digest: String,
}

pub(super) async fn known_topics(transaction: &mut Transaction) -> Result<HashMap<String, Known>, Error> {
    let rows: Vec<Known> = on!(transaction, connection => sqlx::query_as(
        "SELECT identifier, id, version, digest FROM topics",
    )
    .fetch_all(connection)
    .await?);
    Ok(rows.into_iter().map(|known| (known.identifier.clone(), known)).collect())
}

/// Inserts or renames calls; returns the id of each.
pub(super) async fn put_calls(
    transaction: &mut Transaction,
    calls: &[(String, String, String)],
    source: SourceId,
) -> Result<HashMap<String, CallId>, Error> {
    let mut batch = Batch::new(
        "INSERT INTO calls (id, identifier, title, kind, programme, facts, source_id)",
        "ON CONFLICT (identifier) DO UPDATE SET title = excluded.title, programme = excluded.programme",
    );
    for (identifier, title, programme) in calls {
        batch.push(vec![
            CallId::new().into(),
            identifier.as_str().into(),
            title.as_str().into(),
            "call".into(),
            programme.as_str().into(),
            Json::Object(serde_json::Map::new()).into(),
            source.into(),
        ]);
    }
    batch.write(transaction).await?;
    let rows: Vec<(String, CallId)> =
        on!(transaction, connection => sqlx::query_as("SELECT identifier, id FROM calls").fetch_all(connection).await?);
    Ok(rows.into_iter().collect())
}

/// A topic to be written.
pub(super) struct Written<'a> {
    pub id: TopicId,
    pub call: CallId,
    pub identifier: &'a str,
    pub content: &'a Content,
    pub instrument: Option<&'static str>,
    pub version: i64,
    pub digest: &'a str,
}

/// Writes new and changed topics with their dates and this version of their content.
pub(super) async fn put_topics(
    transaction: &mut Transaction,
    topics: &[Written<'_>],
    source: SourceId,
    now: Timestamp,
) -> Result<(), Error> {
    let mut rows = Batch::new(
        "INSERT INTO topics (id, call_id, identifier, title, programme, theme, type_of_action, action_code, instrument, \
         status, opens_on, closes_on, deadline_model, budget_min_cents, budget_max_cents, expected_grants, description, \
         conditions, keywords, url, version, digest, source_id, updated_at)",
        "ON CONFLICT (identifier) DO UPDATE SET call_id = excluded.call_id, title = excluded.title,
         programme = excluded.programme, theme = excluded.theme, type_of_action = excluded.type_of_action,
         action_code = excluded.action_code, instrument = excluded.instrument, status = excluded.status,
         opens_on = excluded.opens_on, closes_on = excluded.closes_on, deadline_model = excluded.deadline_model,
         budget_min_cents = excluded.budget_min_cents, budget_max_cents = excluded.budget_max_cents,
         expected_grants = excluded.expected_grants, description = excluded.description,
         conditions = excluded.conditions, keywords = excluded.keywords, url = excluded.url,
         version = excluded.version, digest = excluded.digest, source_id = excluded.source_id,
         updated_at = excluded.updated_at",
    );
    let mut cut_offs = Batch::new("INSERT INTO cut_offs (topic_id, stage, closes_on)", "ON CONFLICT DO NOTHING");
    let mut versions =
        Batch::new("INSERT INTO topic_versions (topic_id, version, seen_at, content)", "ON CONFLICT DO NOTHING");
    for topic in topics {
        let content = topic.content;
        rows.push(vec![
            topic.id.into(),
            topic.call.into(),
            topic.identifier.into(),
            content.title.as_str().into(),
            content.programme.as_str().into(),
            content.theme.clone().into(),
            content.type_of_action.as_str().into(),
            content.action_code.as_str().into(),
            topic.instrument.into(),
            content.status.as_str().into(),
            content.opens_on.clone().into(),
            content.deadlines.last().cloned().into(),
            content.deadline_model.as_str().into(),
            content.budget_min_cents.into(),
            content.budget_max_cents.into(),
            content.expected_grants.into(),
            content.description.as_str().into(),
            content.conditions.as_str().into(),
            serde_json::to_value(&content.keywords).map_err(anyhow::Error::from)?.into(),
            content.url.clone().into(),
            topic.version.into(),
            topic.digest.into(),
            source.into(),
            now.into(),
        ]);
        for (place, day) in content.deadlines.iter().enumerate() {
            let stage = if content.deadline_model == "two-stage" { place as i64 + 1 } else { 1 };
            cut_offs.push(vec![topic.id.into(), stage.into(), day.as_str().into()]);
        }
        let content = serde_json::to_value(content).map_err(anyhow::Error::from)?;
        versions.push(vec![topic.id.into(), topic.version.into(), now.into(), content.into()]);
    }
    rows.write(transaction).await?;
    delete_of(transaction, "DELETE FROM cut_offs WHERE topic_id IN ", topics.iter().map(|topic| topic.id)).await?;
    cut_offs.write(transaction).await?;
    versions.write(transaction).await?;
    Ok(())
}

async fn delete_of(
    transaction: &mut Transaction,
    head: &'static str,
    topics: impl Iterator<Item = TopicId>,
) -> Result<(), Error> {
    let ids: Vec<TopicId> = topics.collect();
    for ids in ids.chunks(5_000).filter(|ids| !ids.is_empty()) {
        on!(transaction, connection => {
            let mut query = sqlx::QueryBuilder::new(head);
            query.push("(");
            let mut separated = query.separated(", ");
            for id in ids {
                separated.push_bind(*id);
            }
            query.push(")");
            query.build().execute(connection).await?.rows_affected()
        });
    }
    Ok(())
}

/// All topics without their texts, by identifier.
pub(super) async fn lines(database: &Database) -> Result<Vec<Line>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT topics.id, topics.identifier, topics.title, calls.identifier AS call_identifier,
                calls.title AS call_title, topics.programme, topics.theme, topics.type_of_action, topics.action_code,
                topics.instrument, topics.status, topics.opens_on, topics.closes_on, topics.deadline_model,
                topics.budget_min_cents, topics.budget_max_cents, topics.expected_grants, topics.url, topics.version,
                topics.updated_at
         FROM topics JOIN calls ON calls.id = topics.call_id ORDER BY topics.identifier",
    )
    .fetch_all(pool)
    .await?))
}

/// The words of a topic, for the search.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Words {
    pub id: TopicId,
    pub title: String,
    pub description: String,
    pub keywords: sqlx::types::Json<Vec<String>>,
}

pub(super) async fn words(database: &Database) -> Result<Vec<Words>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, title, description, keywords FROM topics ORDER BY identifier",
    )
    .fetch_all(pool)
    .await?))
}

/// The texts of a topic and where they are from.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Texts {
    pub description: String,
    pub conditions: String,
    pub keywords: sqlx::types::Json<Vec<String>>,
    pub source_name: String,
    pub source_licence: String,
    pub source_dated: String,
}

pub(super) async fn texts(database: &Database, topic: TopicId) -> Result<Option<Texts>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT topics.description, topics.conditions, topics.keywords, sources.name AS source_name,
                sources.licence AS source_licence, sources.dated AS source_dated
         FROM topics JOIN sources ON sources.id = topics.source_id WHERE topics.id = $1",
    )
    .bind(topic)
    .fetch_optional(pool)
    .await?))
}

pub(super) async fn cut_offs(database: &Database, topic: TopicId) -> Result<Vec<(i64, String)>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT stage, closes_on FROM cut_offs WHERE topic_id = $1 ORDER BY closes_on, stage",
    )
    .bind(topic)
    .fetch_all(pool)
    .await?))
}

pub(super) async fn all_cut_offs(database: &Database) -> Result<Vec<(TopicId, i64, String)>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT topic_id, stage, closes_on FROM cut_offs ORDER BY closes_on, stage",
    )
    .fetch_all(pool)
    .await?))
}

/// A concept of a topic with its labels.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct TopicConcept {
    pub concept_id: String,
    pub weight: f64,
    pub language: String,
    pub label: String,
}

pub(super) async fn concepts(database: &Database, topic: TopicId) -> Result<Vec<TopicConcept>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT topic_concepts.concept_id, topic_concepts.weight, concept_labels.language, concept_labels.label
         FROM topic_concepts JOIN concept_labels ON concept_labels.concept_id = topic_concepts.concept_id
         WHERE topic_concepts.topic_id = $1 AND concept_labels.kind = 'preferred'
         ORDER BY topic_concepts.weight DESC, topic_concepts.concept_id",
    )
    .bind(topic)
    .fetch_all(pool)
    .await?))
}

/// A label of a concept, with the level of the concept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Label {
    pub concept_id: String,
    pub level: i64,
    pub label: String,
}

pub(super) async fn english_labels(database: &Database) -> Result<Vec<Label>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT concept_labels.concept_id, concepts.level, concept_labels.label
         FROM concept_labels JOIN concepts ON concepts.id = concept_labels.concept_id
         WHERE concept_labels.language = 'en' ORDER BY concept_labels.concept_id, concept_labels.label",
    )
    .fetch_all(pool)
    .await?))
}

/// The French labels of all concepts, alternative ones too, each with the English label of its concept.
pub(super) async fn french_labels(database: &Database) -> Result<Vec<(String, String)>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT french.label, english.label FROM concept_labels AS french
         JOIN concept_labels AS english ON english.concept_id = french.concept_id
         WHERE french.language = 'fr' AND english.language = 'en' AND english.kind = 'preferred'
         ORDER BY french.label, english.label",
    )
    .fetch_all(pool)
    .await?))
}

/// Replaces the concepts of all topics.
pub(super) async fn put_concepts(transaction: &mut Transaction, found: &[(TopicId, String, f64)]) -> Result<(), Error> {
    execute!(transaction, sqlx::query("DELETE FROM topic_concepts"));
    let mut batch = Batch::new("INSERT INTO topic_concepts (topic_id, concept_id, weight)", "ON CONFLICT DO NOTHING");
    for (topic, concept, weight) in found {
        batch.push(vec![(*topic).into(), concept.as_str().into(), (*weight).into()]);
    }
    batch.write(transaction).await?;
    Ok(())
}

/// A version of a topic as it was seen.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Version {
    pub version: i64,
    pub seen_at: i64,
    pub content: sqlx::types::Json<Content>,
}

pub(super) async fn versions(database: &Database, topic: TopicId) -> Result<Vec<Version>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT version, seen_at, content FROM topic_versions WHERE topic_id = $1 ORDER BY version DESC",
    )
    .bind(topic)
    .fetch_all(pool)
    .await?))
}

/// A call without topics: a programme, a fund, a commitment, a call told of by an article.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Other {
    pub id: CallId,
    pub identifier: String,
    pub title: String,
    pub kind: String,
    pub programme: Option<String>,
    pub facts: sqlx::types::Json<Json>,
    pub starts: Option<String>,
    pub ends: Option<String>,
    pub source_name: String,
}

pub(super) async fn others(database: &Database) -> Result<Vec<Other>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT calls.id, calls.identifier, calls.title, calls.kind, calls.programme, calls.facts, calls.starts,
                calls.ends, sources.name AS source_name
         FROM calls JOIN sources ON sources.id = calls.source_id
         WHERE NOT EXISTS (SELECT 1 FROM topics WHERE topics.call_id = calls.id)
         ORDER BY calls.kind, calls.title",
    )
    .fetch_all(pool)
    .await?))
}

pub(super) async fn other(database: &Database, identifier: &str) -> Result<Option<Other>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT calls.id, calls.identifier, calls.title, calls.kind, calls.programme, calls.facts, calls.starts,
                calls.ends, sources.name AS source_name
         FROM calls JOIN sources ON sources.id = calls.source_id WHERE calls.identifier = $1",
    )
    .bind(identifier)
    .fetch_optional(pool)
    .await?))
}

/// A party of a call.
#[derive(Clone, Debug, sqlx::FromRow, serde::Serialize)]
pub struct Party {
    /// The organisation.
    pub organisation_id: uuid::Uuid,
    /// Its name.
    pub name: Option<String>,
    /// What it does in the call.
    pub role: String,
}

/// The parties of a call; a merged record stands for the one it has become part of.
pub(super) async fn parties(database: &Database, call: CallId) -> Result<Vec<Party>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT DISTINCT organisations.id AS organisation_id, organisations.name, call_parties.role
         FROM call_parties LEFT JOIN merged_organisations ON merged_organisations.id = call_parties.organisation_id
         JOIN organisations ON organisations.id = COALESCE(merged_organisations.now_id, call_parties.organisation_id)
         WHERE call_parties.call_id = $1 ORDER BY call_parties.role, organisations.name",
    )
    .bind(call)
    .fetch_all(pool)
    .await?))
}

/// A call of the world as it is written.
pub(super) struct WrittenOther<'a> {
    pub identifier: &'a str,
    pub title: &'a str,
    pub kind: &'a str,
    pub programme: Option<&'a str>,
    pub facts: Json,
    pub starts: Option<String>,
    pub ends: Option<String>,
    pub source: SourceId,
    pub parties: Vec<(uuid::Uuid, &'a str)>,
}

/// The organisations that have an address word, by it.
pub(super) async fn organisations_by_slug(transaction: &mut Transaction) -> Result<HashMap<String, uuid::Uuid>, Error> {
    let rows: Vec<(String, uuid::Uuid)> = on!(transaction, connection => sqlx::query_as(
        "SELECT slug, COALESCE(merged_organisations.now_id, organisations.id) FROM organisations
         LEFT JOIN merged_organisations ON merged_organisations.id = organisations.id WHERE slug IS NOT NULL",
    )
    .fetch_all(connection)
    .await?);
    Ok(rows.into_iter().collect())
}

pub(super) async fn put_others(transaction: &mut Transaction, calls: &[WrittenOther<'_>]) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO calls (id, identifier, title, kind, programme, facts, starts, ends, source_id)",
        "ON CONFLICT (identifier) DO UPDATE SET title = excluded.title, kind = excluded.kind,
         programme = excluded.programme, facts = excluded.facts, starts = excluded.starts, ends = excluded.ends,
         source_id = excluded.source_id",
    );
    for call in calls {
        batch.push(vec![
            CallId::new().into(),
            call.identifier.into(),
            call.title.into(),
            call.kind.into(),
            call.programme.into(),
            call.facts.clone().into(),
            call.starts.clone().into(),
            call.ends.clone().into(),
            call.source.into(),
        ]);
    }
    batch.write(transaction).await?;
    let ids: Vec<(String, CallId)> =
        on!(transaction, connection => sqlx::query_as("SELECT identifier, id FROM calls").fetch_all(connection).await?);
    let ids: HashMap<String, CallId> = ids.into_iter().collect();
    let mut parties = Batch::new("INSERT INTO call_parties (call_id, organisation_id, role)", "ON CONFLICT DO NOTHING");
    for call in calls {
        let Some(id) = ids.get(call.identifier) else { continue };
        for (organisation, role) in &call.parties {
            parties.push(vec![(*id).into(), Value::Id(Some(*organisation)), (*role).into()]);
        }
    }
    parties.write(transaction).await?;
    Ok(())
}

/// The calls without topics as they are: title and facts by identifier.
pub(super) async fn others_in(transaction: &mut Transaction) -> Result<HashMap<String, (String, Json)>, Error> {
    let rows: Vec<(String, String, sqlx::types::Json<Json>)> = on!(transaction, connection => sqlx::query_as(
        "SELECT identifier, title, facts FROM calls
         WHERE NOT EXISTS (SELECT 1 FROM topics WHERE topics.call_id = calls.id)",
    )
    .fetch_all(connection)
    .await?);
    Ok(rows.into_iter().map(|(identifier, title, facts)| (identifier, (title, facts.0))).collect())
}

/// Whether there are topics, and a thesaurus, but no topic has a concept yet.
pub(super) async fn concepts_missing(database: &Database) -> Result<bool, Error> {
    let found: Option<String> = on!(database, pool => sqlx::query_scalar(
        "SELECT identifier FROM topics WHERE EXISTS (SELECT 1 FROM concepts)
         AND NOT EXISTS (SELECT 1 FROM topic_concepts) LIMIT 1",
    )
    .fetch_optional(pool)
    .await?);
    Ok(found.is_some())
}

/// Writes down a run of an importer with its problems.
pub(super) async fn put_run(
    transaction: &mut Transaction,
    kind: &'static str,
    file_name: &str,
    person: Option<uuid::Uuid>,
    outcome: &super::Outcome,
    total: usize,
    now: Timestamp,
) -> Result<uuid::Uuid, Error> {
    let id = uuid::Uuid::now_v7();
    let mut run = Batch::new(
        "INSERT INTO imports (id, kind, file_name, digest, cluster_id, person_id, state, rows_done, rows_total, created, \
         changed, unchanged, refused, started_at, finished_at)",
        "",
    );
    run.push(vec![
        id.into(),
        kind.into(),
        file_name.into(),
        "".into(),
        Value::Id(None),
        Value::Id(person),
        "done".into(),
        (total as i64).into(),
        (total as i64).into(),
        (outcome.created as i64).into(),
        (outcome.changed as i64).into(),
        (outcome.unchanged as i64).into(),
        (outcome.refused as i64).into(),
        now.into(),
        now.into(),
    ]);
    run.write(transaction).await?;
    let mut problems = Batch::new(
        "INSERT INTO import_problems (import_id, position, place, field, value, code, detail)",
        "ON CONFLICT DO NOTHING",
    );
    for (position, problem) in outcome.problems.iter().enumerate() {
        problems.push(vec![
            id.into(),
            (position as i64).into(),
            format!("line {}", problem.line).into(),
            problem.field.as_str().into(),
            problem.value.as_str().into(),
            problem.code.into(),
            problem.detail.as_str().into(),
        ]);
    }
    problems.write(transaction).await?;
    Ok(id)
}

pub(super) async fn open_texts(database: &Database, today: &str) -> Result<Vec<(TopicId, String, String)>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, title, description FROM topics WHERE closes_on >= $1 ORDER BY closes_on, identifier",
    )
    .bind(today)
    .fetch_all(pool)
    .await?))
}
