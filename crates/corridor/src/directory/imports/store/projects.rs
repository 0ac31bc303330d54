//! Past projects and who took part in them.

use std::collections::HashMap;

use crate::{
    directory::{
        OrganisationId,
        imports::cordis::Participation,
        record::{PastProjectId, ProjectFacts},
    },
    foundation::{
        database::{Batch, Database, Transaction},
        errors::Error,
        ids::SourceId,
    },
};

/// The stored projects of these references.
pub async fn projects_of(
    database: &Database,
    references: impl Iterator<Item = String>,
) -> Result<HashMap<String, ProjectFacts>, Error> {
    let references: Vec<String> = references.collect();
    if references.is_empty() {
        return Ok(HashMap::new());
    }
    let projects: Vec<ProjectFacts> = on!(database, pool => {
        let mut query = sqlx::QueryBuilder::new(
            "SELECT reference, framework, grant_number, acronym, title, objective, topic, topic_title, topic_inferred,
                    scheme, programme_part, starts, ends, total_cost_cents, eu_contribution_cents, partner_count
             FROM past_projects WHERE reference IN (",
        );
        let mut list = query.separated(", ");
        for reference in &references { list.push_bind(reference.clone()); }
        query.push(")");
        query.build_query_as::<ProjectFacts>().fetch_all(pool).await?
    });
    Ok(projects.into_iter().map(|project| (project.reference.clone(), project)).collect())
}

/// Writes new and changed projects.
pub async fn put_projects(
    transaction: &mut Transaction,
    projects: impl Iterator<Item = ProjectFacts>,
    source: SourceId,
) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO past_projects (id, reference, framework, grant_number, acronym, title, objective, topic, topic_title, topic_inferred, scheme, programme_part, starts, ends, total_cost_cents, eu_contribution_cents, partner_count, source_id)",
        "ON CONFLICT (reference) DO UPDATE SET framework = excluded.framework, grant_number = excluded.grant_number,
         acronym = excluded.acronym, title = excluded.title, objective = excluded.objective, topic = excluded.topic,
         topic_title = excluded.topic_title, topic_inferred = excluded.topic_inferred, scheme = excluded.scheme,
         programme_part = excluded.programme_part, starts = excluded.starts, ends = excluded.ends,
         total_cost_cents = excluded.total_cost_cents, eu_contribution_cents = excluded.eu_contribution_cents,
         partner_count = excluded.partner_count, source_id = excluded.source_id",
    );
    batch.extend(projects.map(|project| {
        vec![
            PastProjectId::new().into(),
            project.reference.into(),
            project.framework.into(),
            project.grant_number.into(),
            project.acronym.into(),
            project.title.into(),
            project.objective.into(),
            project.topic.into(),
            project.topic_title.into(),
            project.topic_inferred.into(),
            project.scheme.into(),
            project.programme_part.into(),
            project.starts.into(),
            project.ends.into(),
            project.total_cost_cents.into(),
            project.eu_contribution_cents.into(),
            project.partner_count.into(),
            source.into(),
        ]
    }));
    batch.write(transaction).await?;
    Ok(())
}

/// Every project by its reference.
pub async fn project_ids(database: &Database) -> Result<HashMap<String, PastProjectId>, Error> {
    let rows: Vec<(String, PastProjectId)> = rows!(database, "SELECT reference, id FROM past_projects");
    Ok(rows.into_iter().collect())
}

/// Who took part in which project.
pub async fn participations(
    database: &Database,
) -> Result<HashMap<(PastProjectId, OrganisationId), Participation>, Error> {
    let rows: Vec<Participation> =
        rows!(database, "SELECT project_id, organisation_id, role, eu_contribution_cents FROM participations");
    Ok(rows.into_iter().map(|one| ((one.project_id, one.organisation_id), one)).collect())
}

/// Writes new and changed participations.
pub async fn put_participations(
    transaction: &mut Transaction,
    participations: impl Iterator<Item = Participation>,
) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO participations (project_id, organisation_id, role, eu_contribution_cents)",
        "ON CONFLICT (project_id, organisation_id) DO UPDATE SET role = excluded.role, eu_contribution_cents = excluded.eu_contribution_cents",
    );
    batch.extend(participations.map(|one| {
        vec![one.project_id.into(), one.organisation_id.into(), one.role.into(), one.eu_contribution_cents.into()]
    }));
    batch.write(transaction).await?;
    Ok(())
}
