//! CORDIS: organisations with their PIC, past projects, and who took part in which.
//!
//! Two PICs are two organisations here, also where the names agree: whether they are one is for a person to decide
//! (merging). A row with a value that cannot be used is refused with its place; a VAT number that fails its check is
//! only left out, since it is not what the row is about.

mod organisations;
mod projects;

use std::path::Path;

pub use organisations::import_organisations;
pub(super) use projects::Participation;
pub use projects::{import_participations, import_projects};

use super::{intake::Intake, run::Outcome};
use crate::foundation::errors::Error;

/// Reads a folder with `organisations`, `projects` and `participations`, as CSV, packed with zstd or not.
pub async fn import(intake: Intake<'_>, folder: &Path) -> Result<Vec<Outcome>, Error> {
    Ok(vec![
        import_organisations(intake, folder).await?,
        import_projects(intake, folder).await?,
        import_participations(intake, folder).await?,
    ])
}
