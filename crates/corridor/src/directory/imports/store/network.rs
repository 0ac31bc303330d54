//! What the demonstration network and lists of members ask of the directory, and write to it alone.

use crate::{
    accounts::ClusterId,
    directory::{OrganisationId, store::StoredMembership},
    foundation::{
        database::{Batch, Database, Transaction},
        errors::Error,
        ids::SourceId,
    },
};

/// An organisation by which a record of the network may be meant.
#[derive(sqlx::FromRow)]
pub struct Named {
    pub id: OrganisationId,
    pub name: Option<String>,
    pub kind: String,
    pub short_name: Option<String>,
    pub country: String,
}

/// Organisations that were taken from the network before, by their words there.
pub async fn slugs(database: &Database) -> Result<Vec<(String, OrganisationId)>, Error> {
    Ok(rows!(database, "SELECT slug, id FROM organisations WHERE slug IS NOT NULL"))
}

pub async fn named(database: &Database) -> Result<Vec<Named>, Error> {
    Ok(rows!(
        database,
        "SELECT id, name, kind, short_name, country FROM organisations WHERE country IS NOT NULL AND merged_into IS NULL",
    ))
}

/// Other names: organisation, name, kind.
pub async fn other_names(database: &Database) -> Result<Vec<(OrganisationId, String, String)>, Error> {
    Ok(rows!(database, "SELECT organisation_id, name, kind FROM organisation_names"))
}

/// A facility with its operator and its purpose.
pub type Facility = (OrganisationId, Option<OrganisationId>, Option<String>, SourceId);

pub async fn put_facilities(
    transaction: &mut Transaction,
    facilities: impl Iterator<Item = Facility>,
) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO facilities (organisation_id, operator_id, purpose, source_id)",
        "ON CONFLICT DO NOTHING",
    );
    batch.extend(
        facilities
            .map(|(id, operator, purpose, source)| vec![id.into(), operator.into(), purpose.into(), source.into()]),
    );
    batch.write(transaction).await?;
    Ok(())
}

/// Says which organisation of the directory a cluster is.
pub async fn put_cluster_organisation(
    transaction: &mut Transaction,
    cluster: ClusterId,
    organisation: OrganisationId,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO cluster_organisations (cluster_id, organisation_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(cluster)
        .bind(organisation)
    );
    Ok(())
}

pub async fn memberships(database: &Database, cluster: ClusterId) -> Result<Vec<StoredMembership>, Error> {
    Ok(rows!(
        database,
        "SELECT organisation_id, college, since, until, fee_cents, basis, audience FROM memberships WHERE cluster_id = $1",
        cluster,
    ))
}

/// An organisation that a row of a list of members may be.
#[derive(sqlx::FromRow)]
pub struct There {
    pub id: OrganisationId,
    pub name: Option<String>,
    pub country: Option<String>,
    pub city: Option<String>,
    pub project_count: i64,
}

pub async fn all_there(database: &Database) -> Result<Vec<There>, Error> {
    Ok(rows!(
        database,
        "SELECT id, name, country, city, project_count FROM organisations WHERE merged_into IS NULL ORDER BY id",
    ))
}

/// A member of the cluster for whom somebody may speak in the demonstration: rather an SME, active in health.
pub async fn demonstration_member(database: &Database, cluster: &str) -> Result<Option<uuid::Uuid>, Error> {
    Ok(value!(
        database,
        "SELECT organisations.id FROM memberships
         JOIN clusters ON clusters.id = memberships.cluster_id
         JOIN organisations ON organisations.id = memberships.organisation_id
         WHERE clusters.slug = $1 AND organisations.kind IN ('sme', 'mid_cap', 'research_organisation', 'hospital')
         ORDER BY CASE organisations.kind WHEN 'sme' THEN 0 ELSE 1 END,
                  (SELECT COUNT(*) FROM participations JOIN past_projects ON past_projects.id = participations.project_id
                   WHERE participations.organisation_id = organisations.id
                     AND (past_projects.programme_part LIKE '%SC1%' OR past_projects.topic LIKE 'IMI%')) DESC,
                  organisations.project_count DESC, organisations.name LIMIT 1",
        cluster,
    ))
}
