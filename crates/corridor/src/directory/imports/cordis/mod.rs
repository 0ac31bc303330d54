//! CORDIS: organisations with their PIC, past projects, and who took part in which.
//!
//! Two PICs are two organisations here, also where the names agree: whether they are one is for a person to decide
//! (merging). A row with a value that cannot be used is refused with its place; a VAT number that fails its check is
//! only left out, since it is not what the row is about.

mod organisations;
mod projects;

use std::path::Path;

pub use organisations::import_organisations;
pub use projects::{PastProjectId, import_participations, import_projects};

use super::run::{Outcome, Report};
use crate::foundation::{database::Database, errors::Error, time::Clock};

/// Reads a folder with `organisations`, `projects` and `participations`, as CSV, packed with zstd or not.
pub async fn import(
    database: &Database,
    clock: Clock,
    folder: &Path,
    again: bool,
    report: Report<'_>,
) -> Result<Vec<Outcome>, Error> {
    Ok(vec![
        import_organisations(database, clock, folder, again, report).await?,
        import_projects(database, clock, folder, again, report).await?,
        import_participations(database, clock, folder, again, report).await?,
    ])
}
