//! What runs later: a job is a small value stored in the same transaction as the write that asks for it.
//!
//! Jobs are claimed one at a time, survive a crash (a job that was running when the process died is taken up again),
//! are tried again with growing pauses, and show what they are doing.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::Notify;

use super::{
    database::{Batch, Database, Transaction},
    errors::Error,
    time::{Clock, Timestamp},
};

id! {
    /// A job.
    JobId
}

/// How often a job that fails is tried before it is left for a person to look at.
const MOST_ATTEMPTS: i64 = 5;

/// Work that runs later, in the context `C` (the application).
pub trait Job<C>: Serialize + DeserializeOwned + Send + 'static {
    /// The name in the table.
    const NAME: &'static str;

    /// Two waiting jobs of one name and one key are one job.
    fn deduplication_key(&self) -> Option<String> {
        None
    }

    /// Does the work. It may run more than once and must then come to the same end.
    fn run(self, context: Arc<C>, progress: Progress) -> impl Future<Output = Result<(), Error>> + Send;
}

/// Stores a job to be run as soon as the transaction is committed.
pub async fn schedule<C, J: Job<C>>(transaction: &mut Transaction, job: &J, at: Timestamp) -> Result<JobId, Error> {
    let id = JobId::new();
    let payload = serde_json::to_value(job).map_err(anyhow::Error::from)?;
    let mut batch = Batch::new(
        "INSERT INTO jobs (id, name, payload, deduplication_key, state, attempts, run_at, created_at, progress_done, progress_total, progress_text)",
        "ON CONFLICT DO NOTHING",
    );
    batch.push(vec![
        id.into(),
        J::NAME.into(),
        payload.into(),
        job.deduplication_key().into(),
        "waiting".into(),
        0i64.into(),
        at.into(),
        at.into(),
        0i64.into(),
        0i64.into(),
        "".into(),
    ]);
    batch.write(transaction).await?;
    Ok(id)
}

/// A job as people see it.
#[derive(Clone, Debug, sqlx::FromRow, serde::Serialize, utoipa::ToSchema)]
pub struct JobState {
    /// Its id.
    pub id: JobId,
    /// Its name.
    pub name: String,
    /// `waiting`, `running`, `done` or `failed`.
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
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, name, state, attempts, progress_done, progress_total, progress_text, last_error FROM jobs WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(pool)
    .await?))
}

/// The jobs that wait, run or failed, newest first.
pub async fn unfinished(database: &Database) -> Result<Vec<JobState>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, name, state, attempts, progress_done, progress_total, progress_text, last_error FROM jobs
         WHERE state <> 'done' ORDER BY created_at DESC LIMIT 50",
    )
    .fetch_all(pool)
    .await?))
}

/// Where a running job says how far it is.
#[derive(Clone, Debug)]
pub struct Progress {
    database: Database,
    job: Option<JobId>,
    clock: Clock,
}

impl Progress {
    /// Progress that nobody watches: for work that a command runs itself.
    pub fn unwatched(database: &Database) -> Self {
        Progress { database: database.clone(), job: None, clock: Clock::System }
    }

    /// Tells how far the work is. A failure to tell is no failure of the work.
    pub async fn tell(&self, done: u64, total: u64, text: &str) {
        let Some(job) = self.job else { return };
        let written: Result<(), Error> = async {
            transact!(self.database, transaction => {
                execute!(transaction, sqlx::query(
                    "UPDATE jobs SET progress_done = $2, progress_total = $3, progress_text = $4, heartbeat_at = $5 WHERE id = $1",
                )
                .bind(job)
                .bind(done as i64)
                .bind(total as i64)
                .bind(text)
                .bind(self.clock.now()));
                Ok(())
            })
        }
        .await;
        if let Err(error) = written {
            tracing::warn!(%error, "progress could not be stored");
        }
    }
}

type Work<C> = Box<
    dyn Fn(serde_json::Value, Arc<C>, Progress) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>
        + Send
        + Sync,
>;

/// Runs jobs of the kinds it was told about.
pub struct Runner<C> {
    kinds: Vec<(&'static str, Work<C>)>,
    wake: Arc<Notify>,
}

impl<C> std::fmt::Debug for Runner<C> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_list().entries(self.kinds.iter().map(|(name, _)| name)).finish()
    }
}

#[derive(sqlx::FromRow)]
struct Claimed {
    id: JobId,
    name: String,
    payload: sqlx::types::Json<serde_json::Value>,
    attempts: i64,
}

impl<C: Send + Sync + 'static> Runner<C> {
    /// A runner that knows no kind yet; `wake` is rung after a job was stored, so that it need not wait for the next look.
    pub fn new(wake: Arc<Notify>) -> Self {
        Runner { kinds: Vec::new(), wake }
    }

    /// Teaches it a kind of job.
    pub fn with<J: Job<C>>(mut self) -> Self {
        self.kinds.push((
            J::NAME,
            Box::new(|payload, context, progress| {
                Box::pin(async move {
                    let job: J = serde_json::from_value(payload).map_err(anyhow::Error::from)?;
                    job.run(context, progress).await
                })
            }),
        ));
        self
    }

    /// Takes up again what ran when the last process died. Only for the one process of an SQLite instance, or after the
    /// heartbeat of a job on PostgreSQL is a minute old.
    async fn recover(&self, database: &Database, clock: Clock) -> Result<(), Error> {
        let before = match database {
            Database::Sqlite { .. } => clock.now(),
            Database::Postgres(_) => clock.now().plus_seconds(-60),
        };
        transact!(database, transaction => {
            execute!(transaction, sqlx::query(
                "UPDATE jobs SET state = 'waiting' WHERE state = 'running' AND COALESCE(heartbeat_at, started_at) <= $1",
            )
            .bind(before));
            Ok(())
        })
    }

    async fn claim(&self, database: &Database, now: Timestamp) -> Result<Option<Claimed>, Error> {
        transact!(database, transaction => {
            // The one place where the engines need different words: SQLite has one writer and no SKIP LOCKED.
            let text = match transaction {
                Transaction::Sqlite(_) => {
                    "UPDATE jobs SET state = 'running', attempts = attempts + 1, started_at = $1, heartbeat_at = $1
                     WHERE id = (SELECT id FROM jobs WHERE state = 'waiting' AND run_at <= $1 ORDER BY run_at LIMIT 1)
                     RETURNING id, name, payload, attempts"
                }
                Transaction::Postgres(_) => {
                    "UPDATE jobs SET state = 'running', attempts = attempts + 1, started_at = $1, heartbeat_at = $1
                     WHERE id = (SELECT id FROM jobs WHERE state = 'waiting' AND run_at <= $1 ORDER BY run_at LIMIT 1
                                 FOR UPDATE SKIP LOCKED)
                     RETURNING id, name, payload, attempts"
                }
            };
            Ok(on!(transaction, connection => sqlx::query_as(text).bind(now).fetch_optional(connection).await?))
        })
    }

    async fn finish(
        &self,
        database: &Database,
        job: &Claimed,
        outcome: Result<(), Error>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let (state, run_at, error) = match outcome {
            Ok(()) => ("done", now, None),
            Err(error) => {
                tracing::error!(job = %job.name, id = %job.id, attempt = job.attempts, error = ?error, "a job failed");
                // Bad input stays bad: only faults that may pass are tried again.
                let again = error.status().is_server_error() && job.attempts < MOST_ATTEMPTS;
                let pause = 2i64.saturating_pow(u32::try_from(job.attempts).unwrap_or(8).min(8));
                (if again { "waiting" } else { "failed" }, now.plus_seconds(pause), Some(error.to_string()))
            }
        };
        transact!(database, transaction => {
            execute!(transaction, sqlx::query(
                "UPDATE jobs SET state = $2, run_at = $3, last_error = $4, finished_at = $5 WHERE id = $1",
            )
            .bind(job.id)
            .bind(state)
            .bind(run_at)
            .bind(error.clone())
            .bind(now));
            Ok(())
        })
    }

    /// Runs one job that is due; says whether there was one.
    pub async fn run_one(&self, database: &Database, context: &Arc<C>, clock: Clock) -> Result<bool, Error> {
        let Some(job) = self.claim(database, clock.now()).await? else {
            return Ok(false);
        };
        let outcome = match self.kinds.iter().find(|(name, _)| *name == job.name) {
            Some((_, work)) => {
                let progress = Progress { database: database.clone(), job: Some(job.id), clock };
                let running = tokio::spawn(work(job.payload.0.clone(), context.clone(), progress));
                running.await.unwrap_or_else(|fault| Err(anyhow::anyhow!("the job broke off: {fault}").into()))
            }
            None => Err(Error::input(format!("no kind of job is named `{}`", job.name))),
        };
        self.finish(database, &job, outcome, clock.now()).await?;
        Ok(true)
    }

    /// Runs jobs until the process ends.
    pub async fn run(self, database: Database, context: Arc<C>, clock: Clock) {
        if let Err(error) = self.recover(&database, clock).await {
            tracing::error!(%error, "jobs of the last process could not be taken up");
        }
        loop {
            match self.run_one(&database, &context, clock).await {
                Ok(true) => {}
                Ok(false) => {
                    let _ = tokio::time::timeout(Duration::from_millis(1000), self.wake.notified()).await;
                }
                Err(error) => {
                    tracing::error!(%error, "the job runner could not reach the database");
                    tokio::time::sleep(Duration::from_secs(2)).await;
                }
            }
        }
    }
}
