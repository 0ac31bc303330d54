//! The packaged data in one go, across slices.

use std::path::Path;

use crate::{
    accounts::{Actor, Shared},
    calls,
    directory::imports::{self, Intake, Outcome, Report},
    foundation::errors::Error,
};

/// Imports every folder of a pack, in the order that references ask for. What is known already is passed over.
///
/// # Errors
/// When the actor may not, a folder is missing, or the database fails; what was committed before stays.
pub async fn import_pack(
    app: &Shared,
    actor: &Actor,
    folder: &Path,
    again: bool,
    report: Report<'_>,
) -> Result<Vec<Outcome>, Error> {
    let intake = Intake { database: &app.database, clock: app.clock, again, report };
    let mut outcomes = imports::import_pack(intake, actor, folder).await?;
    outcomes.push(calls::import(app, actor, folder, report).await?.told("calls"));
    outcomes.push(calls::import_world(app, actor, folder).await?.told("calls.world"));
    Ok(outcomes)
}
