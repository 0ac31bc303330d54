//! What runs later: a job is a small value stored in the same transaction as the write that asks for it.
//!
//! Jobs are claimed one at a time, survive a crash (a job that was running when the process died is taken up again),
//! are tried again with growing pauses, show what they are doing, and can be called off where they say so. What is done
//! every day is a job too: see [`Runner::daily`].

mod daily;
mod runner;
mod store;

pub use runner::{Kind, Progress, Runner};

use std::{future::Future, sync::Arc};

use serde::{Serialize, de::DeserializeOwned};

use super::{
    database::{Database, Transaction},
    errors::Error,
    instance::App,
    time::Timestamp,
};

id! {
    /// A job.
    JobId
}

/// Work that runs later, in the context `C` (the application).
pub trait Job<C>: Serialize + DeserializeOwned + Send + 'static {
    /// The name in the table.
    const NAME: &'static str;

    /// Whether somebody may call it off: while it waits, and while it runs where it asks [`Progress::go_on`].
    const CANCELLABLE: bool = false;

    /// Two waiting jobs of one name and one key are one job.
    fn deduplication_key(&self) -> Option<String> {
        None
    }

    /// Does the work. It may run more than once and must then come to the same end.
    fn run(self, context: Arc<C>, progress: Progress) -> impl Future<Output = Result<(), Error>> + Send;
}

/// Stores a job to be run as soon as the transaction is committed.
pub async fn schedule<C, J: Job<C>>(transaction: &mut Transaction, job: &J, at: Timestamp) -> Result<JobId, Error> {
    let payload = serde_json::to_value(job).map_err(anyhow::Error::from)?;
    let new = store::NewJob { name: J::NAME, payload, key: job.deduplication_key(), run_at: at, now: at };
    let ids = store::put(transaction, std::slice::from_ref(&new)).await?;
    ids.first().copied().ok_or_else(|| Error::Unexpected(anyhow::anyhow!("a job was stored and none is there")))
}

/// Stores jobs of one kind, in few statements however many they are.
///
/// # Errors
/// When the database fails.
pub async fn schedule_all<C, J: Job<C>>(transaction: &mut Transaction, jobs: &[J], at: Timestamp) -> Result<(), Error> {
    let mut new = Vec::with_capacity(jobs.len());
    for job in jobs {
        let payload = serde_json::to_value(job).map_err(anyhow::Error::from)?;
        new.push(store::NewJob { name: J::NAME, payload, key: job.deduplication_key(), run_at: at, now: at });
    }
    store::put(transaction, &new).await?;
    Ok(())
}

/// A job as people see it.
#[derive(Clone, Debug, sqlx::FromRow, serde::Serialize, utoipa::ToSchema)]
pub struct JobState {
    /// Its id.
    pub id: JobId,
    /// Its name.
    pub name: String,
    /// `waiting`, `running`, `done`, `failed` or `cancelled`.
    pub state: String,
    /// How often it was begun.
    pub attempts: i64,
    /// Steps done.
    pub progress_done: i64,
    /// Steps in all; 0 while not known.
    pub progress_total: i64,
    /// What it is doing.
    pub progress_text: String,
    /// Why it failed last.
    pub last_error: Option<String>,
}

/// The job as it stands.
pub async fn state(database: &Database, id: JobId) -> Result<Option<JobState>, Error> {
    store::state(database, id).await
}

/// The jobs that wait, run or failed, newest first.
pub async fn unfinished(database: &Database) -> Result<Vec<JobState>, Error> {
    store::unfinished(database).await
}

/// A job as whoever runs the instance sees it.
#[derive(Clone, Debug, sqlx::FromRow, serde::Serialize)]
pub struct JobLine {
    /// Its id.
    pub id: JobId,
    /// Its name.
    pub name: String,
    /// `waiting`, `running`, `done`, `failed` or `cancelled`.
    pub state: String,
    /// How often it was begun.
    pub attempts: i64,
    /// When it is due, or was.
    pub run_at: i64,
    /// When it was begun last.
    pub started_at: Option<i64>,
    /// When it ended last.
    pub finished_at: Option<i64>,
    /// Steps done.
    pub progress_done: i64,
    /// Steps in all; 0 while not known.
    pub progress_total: i64,
    /// What it is doing.
    pub progress_text: String,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// Whether somebody called it off while it runs.
    pub cancel_asked: bool,
}

/// The jobs in a state: those that wait by when they are due, those that ended the last first.
///
/// # Errors
/// When the database fails.
pub async fn in_state(database: &Database, state: &str, limit: i64) -> Result<Vec<JobLine>, Error> {
    store::in_state(database, state, limit).await
}

/// How many jobs failed and wait for somebody to look at them.
///
/// # Errors
/// When the database fails.
pub async fn count_failed(database: &Database) -> Result<i64, Error> {
    store::count(database, "failed").await
}

/// Runs a job again that failed or was called off; whether it does, or another like it waits already.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn retry(transaction: &mut Transaction, id: JobId, now: Timestamp) -> Result<bool, Error> {
    store::retry(transaction, id, now).await?.ok_or_else(|| Error::NotFound("a job that failed".to_owned()))
}

/// Runs all failed jobs of a name again; says how many.
///
/// # Errors
/// When the database fails.
pub async fn retry_all(database: &Database, name: &str, now: Timestamp) -> Result<usize, Error> {
    let mut again = 0;
    for id in store::failed(database, name).await? {
        // One transaction each: between the list and here somebody else may have done it.
        let retried = transact!(database, transaction => store::retry(transaction, id, now).await)?;
        again += usize::from(retried == Some(true));
    }
    Ok(again)
}

/// Calls off a job that waits, and asks one that runs to stop at the next place where nothing is half done.
///
/// # Errors
/// When there is none that waits or runs, or its kind cannot be called off.
pub async fn cancel(transaction: &mut Transaction, kinds: &[Kind], id: JobId, now: Timestamp) -> Result<String, Error> {
    let unknown = || Error::NotFound("a job that waits or runs".to_owned());
    let (name, _) = store::name_and_state(transaction, id).await?.ok_or_else(unknown)?;
    if !kinds.iter().any(|kind| kind.name == name && kind.cancellable) {
        return Err(Error::Refused { reason: "refused-not-cancellable", sign_in: false });
    }
    if store::cancel(transaction, id, now).await? { Ok(name) } else { Err(unknown()) }
}

/// For how many days jobs that ended well are listed.
const LISTED_DAYS: i64 = 30;

/// Forgets jobs that ended well long ago; those that failed stay until somebody has looked at them.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct ForgetJobs {}

impl Job<App> for ForgetJobs {
    const NAME: &'static str = "forget jobs";

    async fn run(self, app: Arc<App>, _: Progress) -> Result<(), Error> {
        let before = app.clock.now().plus_seconds(-LISTED_DAYS * 86_400);
        transact!(app.database, transaction => store::forget(transaction, before).await)?;
        Ok(())
    }
}
