//! The packaged data in one go, and the demonstration made of it.

use std::path::Path;

use super::{cordis, derive, intake::Intake, reference, ror, run::Outcome, store, world};
use crate::{
    accounts::{self, Action, Actor, Resource},
    foundation::{database::Database, errors::Error, time::Clock},
};

/// Imports every folder of a pack in the order that references ask for, and derives what follows from it.
///
/// # Errors
/// When the actor may not, a folder is missing, or the database fails; what was committed before stays.
pub async fn import_pack(intake: Intake<'_>, actor: &Actor, folder: &Path) -> Result<Vec<Outcome>, Error> {
    accounts::decide(actor, Action::ImportRegisters, Resource::Instance)?;
    let Intake { database, report, .. } = intake;
    let (lists, registry) = (folder.join("reference"), folder.join("ror"));
    let mut outcomes =
        vec![reference::import_concepts(intake, &lists).await?, reference::import_regions(intake, &lists).await?];
    outcomes.extend(cordis::import(intake, &folder.join("cordis")).await?);
    outcomes.extend(ror::import(intake, &registry).await?);
    outcomes.extend(world::import(intake, &folder.join("world")).await?);
    // The network brings organisations that the registry may know.
    outcomes.push(ror::link(intake, &registry).await?);
    outcomes.extend(derive::derive(intake).await?);
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
    let member = store::demonstration_member(database, cluster).await?;
    accounts::prepare_demonstration(database, clock, cluster, member).await
}
