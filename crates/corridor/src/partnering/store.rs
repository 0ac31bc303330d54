//! SQL of partnering: everything that a ranking is built from.

use uuid::Uuid;

use crate::{
    accounts::{ClusterId, visibility::Reader},
    calls::TopicId,
    directory::OrganisationId,
    foundation::{
        database::{Batch, Database},
        errors::Error,
        settings,
    },
};

#[derive(sqlx::FromRow)]
pub(super) struct OrganisationRow {
    pub id: Uuid,
    pub name: Option<String>,
    pub short_name: Option<String>,
    pub kind: String,
    pub country: Option<String>,
    pub description: Option<String>,
}

pub(super) async fn organisations(database: &Database) -> Result<Vec<OrganisationRow>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, name, short_name, kind, country, description FROM organisations
         WHERE merged_into IS NULL ORDER BY id",
    )
    .fetch_all(pool)
    .await?))
}

pub(super) async fn pics(database: &Database) -> Result<Vec<(Uuid, String)>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT organisation_id, value FROM organisation_identifiers WHERE scheme = 'pic' ORDER BY value",
    )
    .fetch_all(pool)
    .await?))
}

#[derive(sqlx::FromRow)]
pub(super) struct ProjectRow {
    pub id: Uuid,
    pub reference: String,
    pub framework: String,
    pub acronym: Option<String>,
    pub title: Option<String>,
    pub objective: Option<String>,
    pub topic: Option<String>,
    pub topic_title: Option<String>,
    pub programme_part: Option<String>,
    pub starts: Option<String>,
}

pub(super) async fn projects(database: &Database) -> Result<Vec<ProjectRow>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, reference, framework, acronym, title, objective, topic, topic_title, programme_part, starts
         FROM past_projects ORDER BY id",
    )
    .fetch_all(pool)
    .await?))
}

pub(super) async fn participations(database: &Database) -> Result<Vec<(Uuid, Uuid, String)>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT project_id, organisation_id, role FROM participations",
    )
    .fetch_all(pool)
    .await?))
}

/// What organisations say of themselves, with the cluster that vouches for it.
pub(super) async fn declarations(database: &Database) -> Result<Vec<(Uuid, String, Option<String>)>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT organisation_declarations.organisation_id, organisation_declarations.text, clusters.name
         FROM organisation_declarations LEFT JOIN clusters ON clusters.id = organisation_declarations.vouched_by
         ORDER BY organisation_declarations.organisation_id, organisation_declarations.text",
    )
    .fetch_all(pool)
    .await?))
}

/// Competences that are declared or vouched for, as the labels of their concepts.
pub(super) async fn declared_competences(database: &Database) -> Result<Vec<(Uuid, String, String)>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT organisation_competences.organisation_id, concept_labels.label, organisation_competences.basis
         FROM organisation_competences
         JOIN concept_labels ON concept_labels.concept_id = organisation_competences.concept_id
         WHERE organisation_competences.basis <> 'derived' AND concept_labels.kind = 'preferred'
               AND concept_labels.language = 'en'
         ORDER BY organisation_competences.organisation_id, concept_labels.label",
    )
    .fetch_all(pool)
    .await?))
}

/// The labels of all concepts, English and French.
pub(super) async fn french_labels(database: &Database) -> Result<Vec<(String, String)>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT english.label, french.label FROM concept_labels AS english
         JOIN concept_labels AS french ON french.concept_id = english.concept_id
         WHERE english.kind = 'preferred' AND english.language = 'en'
               AND french.kind = 'preferred' AND french.language = 'fr'",
    )
    .fetch_all(pool)
    .await?))
}

/// The organisation that bears an identifier of any register; where it was merged, the one that was kept.
pub(super) async fn by_identifier(database: &Database, value: &str) -> Result<Option<Uuid>, Error> {
    Ok(on!(database, pool => sqlx::query_scalar(
        "SELECT COALESCE(organisations.merged_into, organisations.id) FROM organisation_identifiers
         JOIN organisations ON organisations.id = organisation_identifiers.organisation_id
         WHERE organisation_identifiers.value = $1 LIMIT 1",
    )
    .bind(value)
    .fetch_optional(pool)
    .await?))
}

/// The same by the word an organisation has in addresses.
pub(super) async fn by_slug(database: &Database, slug: &str) -> Result<Option<Uuid>, Error> {
    Ok(on!(database, pool => sqlx::query_scalar(
        "SELECT COALESCE(merged_into, id) FROM organisations WHERE slug = $1",
    )
    .bind(slug)
    .fetch_optional(pool)
    .await?))
}

/// The members of a cluster that a reader sees as such, be it that their region says so.
pub(super) async fn members(database: &Database, reader: &Reader, cluster: ClusterId) -> Result<Vec<Uuid>, Error> {
    Ok(on!(database, pool => {
        let mut query = sqlx::QueryBuilder::new("SELECT organisation_id FROM memberships WHERE cluster_id = ");
        query.push_bind(cluster.0).push(" AND (also_derived OR ");
        reader.condition(&mut query, "cluster_id", "audience");
        query.push(") ORDER BY organisation_id");
        query.build_query_scalar().fetch_all(pool).await?
    }))
}

pub(super) async fn memberships(database: &Database) -> Result<Vec<(ClusterId, Uuid)>, Error> {
    Ok(on!(database, pool => sqlx::query_as("SELECT cluster_id, organisation_id FROM memberships")
        .fetch_all(pool)
        .await?))
}

/// The setting that says of which ranking, topics and day the fits are.
const FITS: &str = "topic_fits";

pub(super) async fn fits_stamp(database: &Database) -> Result<String, Error> {
    settings::read(database, FITS).await
}

/// A member's place for a topic, and its score.
pub(super) type Fit = (ClusterId, TopicId, OrganisationId, i64, f64);

/// Replaces all fits.
pub(super) async fn put_fits(database: &Database, fits: Vec<Fit>, stamp: &str) -> Result<(), Error> {
    let mut batch = Batch::new("INSERT INTO topic_fits (cluster_id, topic_id, organisation_id, position, score)", "");
    batch.extend(fits.into_iter().map(|(cluster, topic, organisation, position, score)| {
        vec![cluster.into(), topic.into(), organisation.into(), position.into(), score.into()]
    }));
    let mut transaction = database.begin().await?;
    execute!(transaction, sqlx::query("DELETE FROM topic_fits"));
    batch.write(&mut transaction).await?;
    settings::put(&mut transaction, FITS, stamp).await?;
    transaction.commit().await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
pub(super) struct FitRow {
    pub identifier: String,
    pub title: String,
    pub closes_on: String,
    pub organisation_id: Uuid,
    pub name: Option<String>,
    pub position: i64,
}

pub(super) async fn fits(database: &Database, cluster: ClusterId, today: &str) -> Result<Vec<FitRow>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT topics.identifier, topics.title, topics.closes_on, topic_fits.organisation_id, organisations.name,
                topic_fits.position
         FROM topic_fits JOIN topics ON topics.id = topic_fits.topic_id
         JOIN organisations ON organisations.id = topic_fits.organisation_id
         WHERE topic_fits.cluster_id = $1 AND topics.closes_on >= $2
         ORDER BY topics.closes_on, topics.identifier, topic_fits.position",
    )
    .bind(cluster)
    .bind(today)
    .fetch_all(pool)
    .await?))
}
