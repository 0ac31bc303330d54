//! What pages read: one query a table, none in a loop.

use crate::{
    accounts::{
        ClusterId,
        visibility::{Audience, Reader},
    },
    directory::{OrganisationId, memberships::StoredMembershipLine, record::*},
    foundation::{database::Database, errors::Error},
};

pub(in crate::directory) async fn identifiers(
    database: &Database,
    id: OrganisationId,
) -> Result<Vec<Identifier>, Error> {
    Ok(rows!(
        database,
        "SELECT scheme, value, sources.name AS source, observed_on FROM organisation_identifiers
         JOIN sources ON sources.id = source_id WHERE organisation_id = $1 ORDER BY scheme, value",
        id,
    ))
}

pub(in crate::directory) async fn names(database: &Database, id: OrganisationId) -> Result<Vec<OtherName>, Error> {
    Ok(rows!(
        database,
        "SELECT organisation_names.name, kind, language, sources.name AS source FROM organisation_names
         JOIN sources ON sources.id = source_id WHERE organisation_id = $1 ORDER BY organisation_names.name",
        id,
    ))
}

pub(in crate::directory) async fn statements(database: &Database, id: OrganisationId) -> Result<Vec<Statement>, Error> {
    Ok(rows!(
        database,
        "SELECT field, value, qualifier, inferred, observed_on, sources.name AS source, publisher, licence, url, dated
         FROM organisation_statements JOIN sources ON sources.id = source_id
         WHERE organisation_id = $1 AND value <> '' ORDER BY field, sources.dated DESC, value LIMIT 200",
        id,
    ))
}

pub(in crate::directory) async fn competences(
    database: &Database,
    id: OrganisationId,
) -> Result<Vec<CompetenceRow>, Error> {
    Ok(rows!(
        database,
        "SELECT concept_id, basis, weight, project_count, sources.name AS source FROM organisation_competences
         JOIN sources ON sources.id = source_id WHERE organisation_id = $1
         ORDER BY CASE basis WHEN 'vouched' THEN 0 WHEN 'declared' THEN 1 ELSE 2 END, weight DESC, concept_id",
        id,
    ))
}

pub(in crate::directory) async fn declarations(
    database: &Database,
    id: OrganisationId,
) -> Result<Vec<Declaration>, Error> {
    Ok(rows!(
        database,
        "SELECT text, clusters.name AS vouched_by, sources.name AS source, observed_on FROM organisation_declarations
         JOIN sources ON sources.id = source_id LEFT JOIN clusters ON clusters.id = vouched_by
         WHERE organisation_id = $1 ORDER BY text",
        id,
    ))
}

pub(in crate::directory) async fn memberships(
    database: &Database,
    id: OrganisationId,
) -> Result<Vec<StoredMembershipLine>, Error> {
    Ok(rows!(
        database,
        "SELECT clusters.id AS cluster_id, clusters.slug, clusters.name AS cluster,
                cluster_organisations.organisation_id AS cluster_organisation, college, since, until, basis, fee_cents,
                audience, fee_audience, also_derived, sources.name AS source,
                sources.slug AS source_slug
         FROM memberships JOIN clusters ON clusters.id = memberships.cluster_id
         JOIN sources ON sources.id = memberships.source_id
         LEFT JOIN cluster_organisations ON cluster_organisations.cluster_id = clusters.id
         WHERE memberships.organisation_id = $1 ORDER BY clusters.name",
        id,
    ))
}

pub(in crate::directory) async fn is_member(
    database: &Database,
    reader: &Reader,
    id: OrganisationId,
    cluster: ClusterId,
) -> Result<bool, Error> {
    let found: Option<(String, bool)> = row!(
        database,
        "SELECT audience, also_derived FROM memberships WHERE cluster_id = $1 AND organisation_id = $2",
        cluster,
        id,
    );
    let Some((audience, also_derived)) = found else { return Ok(false) };
    let audience = Audience::try_from(audience).map_err(anyhow::Error::from)?;
    Ok(also_derived || reader.sees(cluster, &audience))
}

pub(in crate::directory) async fn facilities_of(
    database: &Database,
    id: OrganisationId,
) -> Result<Vec<Facility>, Error> {
    Ok(rows!(
        database,
        "SELECT own.id, own.name, own.city, own.country, own.region, purpose, operator_id, operator.name AS operator,
                sources.name AS source
         FROM facilities JOIN organisations own ON own.id = facilities.organisation_id
         JOIN sources ON sources.id = facilities.source_id
         LEFT JOIN organisations operator ON operator.id = operator_id
         WHERE facilities.organisation_id = $1 OR operator_id = $1 ORDER BY own.name",
        id,
    ))
}

pub(in crate::directory) async fn facilities(database: &Database) -> Result<Vec<Facility>, Error> {
    Ok(rows!(
        database,
        "SELECT own.id, own.name, own.city, own.country, own.region, purpose, operator_id, operator.name AS operator,
                sources.name AS source
         FROM facilities JOIN organisations own ON own.id = facilities.organisation_id
         JOIN sources ON sources.id = facilities.source_id
         LEFT JOIN organisations operator ON operator.id = operator_id
         WHERE own.merged_into IS NULL ORDER BY own.name",
    ))
}

/// The figures that sources state of facilities: organisation, field, value, qualifier, day, source.
pub(in crate::directory) async fn facility_statements(
    database: &Database,
) -> Result<Vec<(OrganisationId, String, String, Option<String>, Option<String>, String)>, Error> {
    Ok(rows!(
        database,
        "SELECT organisation_statements.organisation_id, field, value, qualifier, observed_on, sources.name
         FROM organisation_statements JOIN facilities ON facilities.organisation_id = organisation_statements.organisation_id
         JOIN sources ON sources.id = organisation_statements.source_id
         ORDER BY organisation_statements.organisation_id, field, value",
    ))
}

pub(in crate::directory) async fn relative(database: &Database, id: OrganisationId) -> Result<Option<Relative>, Error> {
    Ok(row!(database, "SELECT id, name FROM organisations WHERE id = $1", id))
}

pub(in crate::directory) async fn parts(database: &Database, id: OrganisationId) -> Result<Vec<Relative>, Error> {
    Ok(rows!(
        database,
        "SELECT id, name FROM organisations WHERE parent_id = $1 AND merged_into IS NULL ORDER BY name LIMIT 100",
        id,
    ))
}

pub(in crate::directory) async fn years(database: &Database, id: OrganisationId) -> Result<Vec<YearOfProjects>, Error> {
    Ok(rows!(
        database,
        "SELECT SUBSTR(starts, 1, 4) AS year,
                CAST(SUM(CASE WHEN role = 'coordinator' THEN 1 ELSE 0 END) AS BIGINT) AS coordinated,
                CAST(SUM(CASE WHEN role = 'coordinator' THEN 0 ELSE 1 END) AS BIGINT) AS joined,
                CAST(SUM(participations.eu_contribution_cents) AS BIGINT) AS contribution_cents
         FROM participations JOIN past_projects ON past_projects.id = participations.project_id
         WHERE participations.organisation_id = $1 AND starts IS NOT NULL
         GROUP BY SUBSTR(starts, 1, 4) ORDER BY 1",
        id,
    ))
}

/// The projects of an organisation, a page of them, and how many there are in all.
pub(in crate::directory) async fn projects(
    database: &Database,
    id: OrganisationId,
    filter: &ProjectFilter,
    page_size: i64,
) -> Result<(Vec<ProjectRow>, i64), Error> {
    // A condition that is not asked for is switched off by its own parameter: the text stays one and static.
    let by_partner = i64::from(filter.with.is_some());
    let with = filter.with.unwrap_or_default();
    let offset = page_size.saturating_mul(i64::try_from(filter.page.saturating_sub(1)).unwrap_or(0));
    let rows: Vec<ProjectRow> = rows!(
        database,
        "SELECT past_projects.id, reference, framework, grant_number, acronym, title, topic, topic_title, topic_inferred, scheme, starts,
                ends, partner_count, role, participations.eu_contribution_cents AS contribution_cents
         FROM participations JOIN past_projects ON past_projects.id = participations.project_id
         WHERE participations.organisation_id = $1
           AND ($2 = '' OR EXISTS (SELECT 1 FROM project_concepts WHERE project_concepts.project_id = past_projects.id
                                   AND concept_id = $2))
           AND ($3 = 0 OR EXISTS (SELECT 1 FROM participations other WHERE other.project_id = past_projects.id
                                  AND other.organisation_id = $4))
           AND ($5 = '' OR SUBSTR(starts, 1, 4) = $5)
         ORDER BY starts DESC, reference LIMIT $6 OFFSET $7", id, &filter.concept, by_partner, with, &filter.year, page_size, offset,
    );
    let count: i64 = on!(database, pool => sqlx::query_scalar(
        "SELECT COUNT(*) FROM participations JOIN past_projects ON past_projects.id = participations.project_id
         WHERE participations.organisation_id = $1
           AND ($2 = '' OR EXISTS (SELECT 1 FROM project_concepts WHERE project_concepts.project_id = past_projects.id
                                   AND concept_id = $2))
           AND ($3 = 0 OR EXISTS (SELECT 1 FROM participations other WHERE other.project_id = past_projects.id
                                  AND other.organisation_id = $4))
           AND ($5 = '' OR SUBSTR(starts, 1, 4) = $5)",
    )
    .bind(id)
    .bind(&filter.concept)
    .bind(by_partner)
    .bind(with)
    .bind(&filter.year)
    .fetch_one(pool)
    .await?);
    Ok((rows, count))
}

pub(in crate::directory) async fn past_project(
    database: &Database,
    id: PastProjectId,
) -> Result<Option<PastProject>, Error> {
    Ok(row!(
        database,
        "SELECT past_projects.id, reference, framework, grant_number, acronym, title, objective, topic, topic_title, topic_inferred, scheme,
                programme_part, starts, ends, total_cost_cents, eu_contribution_cents, partner_count,
                sources.name AS source, licence, dated
         FROM past_projects JOIN sources ON sources.id = source_id WHERE past_projects.id = $1", id,
    ))
}

pub(in crate::directory) async fn participants(
    database: &Database,
    id: PastProjectId,
) -> Result<Vec<Participant>, Error> {
    Ok(rows!(
        database,
        "SELECT organisations.id, organisations.name,
                (SELECT MIN(value) FROM organisation_identifiers
                 WHERE organisation_identifiers.organisation_id = organisations.id AND scheme = 'pic') AS pic,
                kind, country, role, eu_contribution_cents AS contribution_cents
         FROM participations JOIN organisations ON organisations.id = participations.organisation_id
         WHERE project_id = $1 ORDER BY CASE role WHEN 'coordinator' THEN 0 ELSE 1 END, organisations.name LIMIT 300",
        id,
    ))
}

pub(in crate::directory) async fn concepts_of_project(
    database: &Database,
    id: PastProjectId,
) -> Result<Vec<String>, Error> {
    Ok(values!(
        database,
        "SELECT concept_id FROM project_concepts WHERE project_id = $1 ORDER BY weight DESC, concept_id",
        id,
    ))
}

/// All identifiers: whose, of which register, and the number.
pub(in crate::directory) async fn all_identifiers(
    database: &Database,
) -> Result<Vec<(OrganisationId, String, String)>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT organisation_id, scheme, value FROM organisation_identifiers ORDER BY scheme, value",
    )
    .fetch_all(pool)
    .await?))
}
