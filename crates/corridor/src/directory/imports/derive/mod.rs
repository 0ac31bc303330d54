//! What follows from the imported facts: competences from past projects, memberships from regions.
//!
//! Everything here is marked as derived, with Corridor as its source, and is worked out again whenever the directory
//! has changed; a second derivation from the same facts does nothing.

mod competences;
mod memberships;

pub use memberships::AREAS;

use super::{intake::Intake, run::Outcome};
use crate::{
    directory::search,
    foundation::{errors::Error, settings},
};

/// The setting that keeps the version of the directory for which the derivations hold.
const DERIVED_FOR: &str = "derived_for";

/// Works out competences and memberships where the directory has changed since the last time.
///
/// # Errors
/// When the database fails.
pub async fn derive(intake: Intake<'_>) -> Result<Vec<Outcome>, Error> {
    let Intake { database, again, report, .. } = intake;
    let before = search::last_change(database).await?;
    let known = settings::read(database, DERIVED_FOR).await? == before && !again;
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
    // What was derived is a change itself: an index that was built meanwhile does not have it.
    let undisturbed = search::last_change(database).await? == before;
    let mark = search::mark(&mut transaction).await?;
    settings::put(&mut transaction, DERIVED_FOR, if undisturbed { &mark } else { &before }).await?;
    transaction.commit().await?;
    Ok(vec![outcome("derived.competences", competences), outcome("derived.memberships", memberships)])
}
