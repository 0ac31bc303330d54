//! Whether an instance is well: its database, its audit trail, its jobs, its indexes.

use super::Catalogue;
use crate::{
    accounts::{Action, Actor, Resource, Shared, decide},
    foundation::{
        audit::{self, Head},
        errors::Error,
        jobs,
    },
    partnering,
};

/// What was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Organ {
    /// The files of the database.
    Database,
    /// The chain of the audit trail.
    AuditTrail,
    /// Work that runs later.
    Jobs,
    /// The indexes of the directory and of the ranking.
    Indexes,
}

/// What was found.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Finding {
    /// What was looked at.
    pub organ: Organ,
    /// Whether somebody must do something.
    pub well: bool,
    /// What there is to know, a line each.
    pub lines: Vec<String>,
}

/// Looks at everything; `known` is a head of the audit trail that was noted earlier.
///
/// # Errors
/// When the actor may not, or the database cannot be read at all.
pub async fn examine(app: &Shared, actor: &Actor, known: Option<&Head>) -> Result<Vec<Finding>, Error> {
    decide(actor, Action::Administer, Resource::Instance)?;
    Ok(vec![database(app).await?, trail(app, known).await?, jobs(app).await?, indexes(app).await?])
}

async fn database(app: &Shared) -> Result<Finding, Error> {
    let faults = app.database.faults().await?;
    let well = faults.is_empty();
    let mut lines = vec![format!("engine: {}", app.database.engine())];
    lines.extend(faults);
    Ok(Finding { organ: Organ::Database, well, lines })
}

async fn trail(app: &Shared, known: Option<&Head>) -> Result<Finding, Error> {
    let verified = audit::verify(&app.database, known).await?;
    let mut lines = vec![format!("head: {}", verified.head)];
    if verified.unsealed > 0 {
        lines.push(format!(
            "{} entries wait for their seal; a running server seals them within seconds",
            verified.unsealed
        ));
    }
    if verified.redacted > 0 {
        lines.push(format!("the content of {} entries was erased on purpose", verified.redacted));
    }
    lines.extend(verified.faults.iter().map(|(place, fault)| format!("entry {place}: {}", fault.words())));
    match verified.known_head_holds {
        Some(true) => lines.push("the head noted earlier stands in the chain".to_owned()),
        Some(false) => lines
            .push("the head noted earlier is not in the chain: what it stood for was replaced or cut off".to_owned()),
        None => {}
    }
    Ok(Finding { organ: Organ::AuditTrail, well: verified.holds(), lines })
}

async fn jobs(app: &Shared) -> Result<Finding, Error> {
    let unfinished = jobs::unfinished(&app.database).await?;
    let failed: Vec<String> = unfinished
        .iter()
        .filter(|job| job.state == "failed")
        .map(|job| {
            format!("{} failed after {} attempts: {}", job.name, job.attempts, job.last_error.as_deref().unwrap_or(""))
        })
        .collect();
    let waiting = unfinished.len() - failed.len();
    let mut lines = vec![format!("{waiting} waiting or running")];
    let well = failed.is_empty();
    lines.extend(failed);
    Ok(Finding { organ: Organ::Jobs, well, lines })
}

async fn indexes(app: &Shared) -> Result<Finding, Error> {
    let state = |fresh: bool| if fresh { "up to date" } else { "behind the data; a running server builds it again" };
    let directory = app.part::<Catalogue>().is_fresh(&app.database).await?;
    let ranking = app.part::<partnering::Index>().is_at_hand(&app.database).await?;
    let lines = vec![format!("directory: {}", state(directory)), format!("ranking: {}", state(ranking))];
    // What is behind is built anew by itself, so nobody must do anything.
    Ok(Finding { organ: Organ::Indexes, well: true, lines })
}
