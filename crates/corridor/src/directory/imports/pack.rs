//! The packaged data in one go, and the demonstration made of it.

use std::path::Path;

use super::{
    cordis, derive, reference, ror,
    run::{Outcome, Report},
    world,
};
use crate::{
    accounts::{self, Action, Actor, Resource},
    foundation::{database::Database, errors::Error, time::Clock},
};

/// Imports every folder of a pack in the order that references ask for, and derives what follows from it.
///
/// # Errors
/// When the actor may not, a folder is missing, or the database fails; what was committed before stays.
pub async fn import_pack(
    database: &Database,
    clock: Clock,
    actor: &Actor,
    folder: &Path,
    again: bool,
    report: Report<'_>,
) -> Result<Vec<Outcome>, Error> {
    accounts::decide(actor, Action::ImportRegisters, Resource::Instance)?;
    let lists = folder.join("reference");
    let mut outcomes = vec![
        reference::import_concepts(database, clock, &lists, again, report).await?,
        reference::import_regions(database, clock, &lists, again, report).await?,
    ];
    outcomes.extend(cordis::import(database, clock, &folder.join("cordis"), again, report).await?);
    outcomes.extend(ror::import(database, clock, &folder.join("ror"), again, report).await?);
    outcomes.extend(world::import(database, clock, &folder.join("world"), again, report).await?);
    // The network brings organisations that the registry may know.
    outcomes.push(ror::link(database, clock, &folder.join("ror"), again, report).await?);
    outcomes.extend(derive::derive(database, again, report).await?);
    report("analyze", 0, 1);
    if outcomes.iter().any(|outcome| !outcome.known) {
        database.analyze().await?;
    }
    report("analyze", 1, 1);
    Ok(outcomes)
}

/// Makes the demonstration people, who act for `cluster`; the member speaks for a real member of it.
///
/// # Errors
/// When there is no such cluster yet.
pub async fn prepare_demonstration(database: &Database, clock: Clock, cluster: &str) -> Result<(), Error> {
    let member: Option<uuid::Uuid> = on!(database, pool => sqlx::query_scalar(
        "SELECT organisations.id FROM memberships
         JOIN clusters ON clusters.id = memberships.cluster_id
         JOIN organisations ON organisations.id = memberships.organisation_id
         WHERE clusters.slug = $1 AND organisations.kind IN ('sme', 'mid_cap', 'research_organisation', 'hospital')
         ORDER BY CASE organisations.kind WHEN 'sme' THEN 0 ELSE 1 END,
                  (SELECT COUNT(*) FROM participations JOIN past_projects ON past_projects.id = participations.project_id
                   WHERE participations.organisation_id = organisations.id
                     AND (past_projects.programme_part LIKE '%SC1%' OR past_projects.topic LIKE 'IMI%')) DESC,
                  organisations.project_count DESC, organisations.name LIMIT 1",
    )
    .bind(cluster)
    .fetch_optional(pool)
    .await?);
    accounts::prepare_demonstration(database, clock, cluster, member).await
}
