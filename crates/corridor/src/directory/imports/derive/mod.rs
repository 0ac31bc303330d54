//! What follows from the imported facts: competences from past projects, memberships from regions.
//!
//! Everything here is marked as derived, with Corridor as its source, and is worked out again whenever the directory
//! has changed; a second derivation from the same facts does nothing.

mod competences;
mod memberships;

pub use memberships::AREAS;

use super::run::{DIRECTORY_CHANGED, Outcome, Report, put_setting, setting_in};
use crate::foundation::{database::Database, errors::Error};

/// The setting that keeps the version of the directory for which the derivations hold.
const DERIVED_FOR: &str = "derived_for";

/// Works out competences and memberships where the directory has changed since the last time.
///
/// # Errors
/// When the database fails.
pub async fn derive(database: &Database, again: bool, report: Report<'_>) -> Result<Vec<Outcome>, Error> {
    let mut transaction = database.begin().await?;
    let version = setting_in(&mut transaction, DIRECTORY_CHANGED).await?.unwrap_or_default();
    let held = setting_in(&mut transaction, DERIVED_FOR).await?.unwrap_or_default();
    drop(transaction);
    let known = held == version && !again;
    let outcome = |kind: &str, counts| Outcome {
        kind: kind.to_owned(),
        file: "Corridor".to_owned(),
        counts,
        known,
        problems: Vec::new(),
    };
    if known {
        let nothing = super::Counts::default();
        return Ok(vec![outcome("derived.competences", nothing), outcome("derived.memberships", nothing)]);
    }
    let (competences, health) = competences::derive(database, report).await?;
    let memberships = memberships::derive(database, &health, report).await?;
    let mut transaction = database.begin().await?;
    put_setting(&mut transaction, DERIVED_FOR, &version).await?;
    transaction.commit().await?;
    Ok(vec![outcome("derived.competences", competences), outcome("derived.memberships", memberships)])
}
