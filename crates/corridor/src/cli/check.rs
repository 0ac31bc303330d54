//! `corridor check`

use std::path::PathBuf;

use clap::Args;

use crate::consortia::{Rulebook, check_json};

/// Check a consortium against the rules of its instrument; needs no database, and knows no rules but those
/// that came with the program.
///
/// Prints JSON: whether it is eligible (null while a fact is missing) and a verdict on every rule.
#[derive(Debug, Args)]
pub struct Check {
    /// The consortium as JSON, in the form that `eligibility check` takes.
    consortium: PathBuf,
}

/// The consortium cannot be used; the program then ends with 2, as `eligibility check` does.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unusable(String);

impl Check {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let place = self.consortium.display();
        let text = std::fs::read_to_string(&self.consortium)
            .map_err(|error| Unusable(format!("cannot read {place}: {error}")))?;
        let report = check_json(&Rulebook::shipped(), &text).map_err(|error| Unusable(format!("{place}: {error}")))?;
        println!("{}", serde_json::to_string_pretty(&report)?);
        Ok(())
    }
}
