//! All runs of importers, for whoever runs the instance.

use super::{ImportId, ImportState, Problem, members, store};
use crate::{
    accounts::{Action, Actor, Resource, decide},
    foundation::{
        errors::Error,
        instance::App,
        jobs::{self, JobState},
    },
};

/// How many runs are listed.
const LISTED: i64 = 200;
/// How many problems of a run are read.
const MOST_PROBLEMS: i64 = 200;

/// A run with who began it.
#[derive(Clone, Debug, serde::Serialize, sqlx::FromRow)]
pub struct RunLine {
    /// How it stands.
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub state: ImportState,
    /// The cluster that it was for.
    pub cluster_name: Option<String>,
    /// Who began it; nobody for the command line.
    pub person_id: Option<uuid::Uuid>,
    /// How many problems it told.
    pub problems: i64,
}

/// The last runs, newest first.
///
/// # Errors
/// When the actor does not run the instance.
pub async fn runs(app: &App, actor: &Actor) -> Result<Vec<RunLine>, Error> {
    decide(actor, Action::Administer, Resource::Instance)?;
    store::runs(&app.database, LISTED).await
}

/// How many runs were begun and have not come to their end.
///
/// # Errors
/// When the actor does not run the instance.
pub async fn unfinished(app: &App, actor: &Actor) -> Result<i64, Error> {
    decide(actor, Action::Administer, Resource::Instance)?;
    store::unfinished_runs(&app.database).await
}

/// One run with its first problems and the job that writes it, where there is one.
///
/// # Errors
/// When the actor does not run the instance, or there is no such run.
pub async fn run(app: &App, actor: &Actor, id: ImportId) -> Result<(RunLine, Vec<Problem>, Option<JobState>), Error> {
    decide(actor, Action::Administer, Resource::Instance)?;
    let line = store::run(&app.database, id).await?.ok_or_else(|| Error::NotFound("this import".to_owned()))?;
    let problems = store::problems(&app.database, id, MOST_PROBLEMS).await?;
    let job = match members::job_of(&app.database, id).await? {
        Some(job) => jobs::state(&app.database, job).await?,
        None => None,
    };
    Ok((line, problems, job))
}
