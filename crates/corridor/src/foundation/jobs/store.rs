//! SQL of jobs.

use super::{JobId, JobLine, JobState};
use crate::foundation::{
    database::{Batch, Database, Transaction, Value},
    errors::Error,
    time::Timestamp,
};

const INSERT: &str = "INSERT INTO jobs (id, name, payload, deduplication_key, state, attempts, run_at, created_at, progress_done, \
                      progress_total, progress_text)";

/// A job to be stored.
pub(super) struct NewJob {
    pub(super) name: &'static str,
    pub(super) payload: serde_json::Value,
    pub(super) key: Option<String>,
    pub(super) run_at: Timestamp,
    pub(super) now: Timestamp,
}

/// Stores jobs, each unless one of its name and key waits already.
pub(super) async fn put(transaction: &mut Transaction, jobs: &[NewJob]) -> Result<Vec<JobId>, Error> {
    let mut batch = Batch::new(INSERT, "ON CONFLICT DO NOTHING");
    let mut ids = Vec::with_capacity(jobs.len());
    for job in jobs {
        let id = JobId::new();
        batch.push(vec![
            id.into(),
            job.name.into(),
            job.payload.clone().into(),
            Value::Text(job.key.clone()),
            "waiting".into(),
            0i64.into(),
            job.run_at.into(),
            job.now.into(),
            0i64.into(),
            0i64.into(),
            "".into(),
        ]);
        ids.push(id);
    }
    batch.write(transaction).await?;
    Ok(ids)
}

pub(super) async fn state(database: &Database, id: JobId) -> Result<Option<JobState>, Error> {
    Ok(row!(
        database,
        "SELECT id, name, state, attempts, progress_done, progress_total, progress_text, last_error FROM jobs WHERE id = $1",
        id,
    ))
}

pub(super) async fn unfinished(database: &Database) -> Result<Vec<JobState>, Error> {
    Ok(rows!(
        database,
        "SELECT id, name, state, attempts, progress_done, progress_total, progress_text, last_error FROM jobs
         WHERE state NOT IN ('done', 'cancelled') ORDER BY created_at DESC LIMIT 50",
    ))
}

macro_rules! select_lines {
    ($rest:literal) => {
        concat!(
            "SELECT id, name, state, attempts, run_at, started_at, finished_at, progress_done, progress_total, progress_text, ",
            "last_error, cancel_asked FROM jobs ",
            $rest
        )
    };
}

/// The jobs in a state, those due first, or those that ended last first.
pub(super) async fn in_state(database: &Database, state: &str, limit: i64) -> Result<Vec<JobLine>, Error> {
    Ok(match state {
        "waiting" => rows!(database, select_lines!("WHERE state = $1 ORDER BY run_at, id LIMIT $2"), state, limit),
        "running" => rows!(database, select_lines!("WHERE state = $1 ORDER BY started_at, id LIMIT $2"), state, limit),
        _ => {
            rows!(database, select_lines!("WHERE state = $1 ORDER BY finished_at DESC, id DESC LIMIT $2"), state, limit)
        }
    })
}

/// How many jobs there are in a state.
pub(super) async fn count(database: &Database, state: &str) -> Result<i64, Error> {
    let count: Option<i64> = value!(database, "SELECT COUNT(*) FROM jobs WHERE state = $1", state);
    Ok(count.unwrap_or_default())
}

/// Keeps how far a job is; whether somebody asked to call it off.
pub(super) async fn progress(
    transaction: &mut Transaction,
    id: JobId,
    done: i64,
    total: i64,
    text: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let asked: Option<bool> = value!(
        transaction,
        "UPDATE jobs SET progress_done = $2, progress_total = $3, progress_text = $4, heartbeat_at = $5 WHERE id = $1
         RETURNING cancel_asked",
        id,
        done,
        total,
        text,
        now,
    );
    Ok(asked.unwrap_or_default())
}

/// Says that the process which runs a job lives; whether somebody asked to call the job off.
pub(super) async fn beat(transaction: &mut Transaction, id: JobId, now: Timestamp) -> Result<bool, Error> {
    let asked: Option<bool> =
        value!(transaction, "UPDATE jobs SET heartbeat_at = $2 WHERE id = $1 RETURNING cancel_asked", id, now);
    Ok(asked.unwrap_or_default())
}

#[derive(sqlx::FromRow)]
pub(super) struct Claimed {
    pub(super) id: JobId,
    pub(super) name: String,
    pub(super) payload: sqlx::types::Json<serde_json::Value>,
    pub(super) attempts: i64,
}

/// Takes the job that is due longest.
pub(super) async fn claim(transaction: &mut Transaction, now: Timestamp) -> Result<Option<Claimed>, Error> {
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
    Ok(row!(transaction, text, now))
}

/// How a job ended.
pub(super) struct Ending<'a> {
    pub(super) state: &'a str,
    pub(super) run_at: Timestamp,
    pub(super) error: Option<&'a str>,
    pub(super) now: Timestamp,
}

/// Ends a job, or lets it wait to be tried again. Where another of its name and key waits by now, that one does the work,
/// and this one stays as failed.
pub(super) async fn end(transaction: &mut Transaction, id: JobId, ending: &Ending<'_>) -> Result<(), Error> {
    execute!(transaction, sqlx::query(
        "UPDATE jobs SET state = CASE WHEN $2 = 'waiting' AND EXISTS (SELECT 1 FROM jobs AS other WHERE other.name = jobs.name
                AND other.deduplication_key = jobs.deduplication_key AND other.state = 'waiting') THEN 'failed' ELSE $2 END,
                run_at = $3, last_error = $4, finished_at = $5, cancel_asked = $6 WHERE id = $1",
    )
    .bind(id)
    .bind(ending.state)
    .bind(ending.run_at)
    .bind(ending.error)
    .bind(ending.now)
    .bind(false));
    Ok(())
}

/// Lets wait again what ran when its process died: all that gave no sign of life since the given moment.
pub(super) async fn recover(transaction: &mut Transaction, before: Timestamp) -> Result<u64, Error> {
    Ok(execute!(transaction, sqlx::query(
        "UPDATE jobs SET state = CASE WHEN EXISTS (SELECT 1 FROM jobs AS other WHERE other.name = jobs.name
                AND other.deduplication_key = jobs.deduplication_key AND other.state = 'waiting') THEN 'failed' ELSE 'waiting' END
         WHERE state = 'running' AND COALESCE(heartbeat_at, started_at) <= $1",
    )
    .bind(before)))
}

/// Lets a job that ended badly run again; whether it does, or another like it waits already. Nothing where there is none.
pub(super) async fn retry(transaction: &mut Transaction, id: JobId, now: Timestamp) -> Result<Option<bool>, Error> {
    let ended: Option<bool> = value!(
        transaction,
        "SELECT EXISTS (SELECT 1 FROM jobs AS other WHERE other.name = jobs.name
                AND other.deduplication_key = jobs.deduplication_key AND other.state = 'waiting')
         FROM jobs WHERE id = $1 AND state IN ('failed', 'cancelled')",
        id,
    );
    let Some(waits_already) = ended else { return Ok(None) };
    if !waits_already {
        execute!(
            transaction,
            sqlx::query(
                "UPDATE jobs SET state = 'waiting', attempts = 0, run_at = $2, finished_at = NULL WHERE id = $1"
            )
            .bind(id)
            .bind(now)
        );
    }
    Ok(Some(!waits_already))
}

/// The failed jobs of a name.
pub(super) async fn failed(database: &Database, name: &str) -> Result<Vec<JobId>, Error> {
    Ok(values!(database, "SELECT id FROM jobs WHERE name = $1 AND state = 'failed' ORDER BY id", name))
}

/// What a job is called and how it stands.
pub(super) async fn name_and_state(
    transaction: &mut Transaction,
    id: JobId,
) -> Result<Option<(String, String)>, Error> {
    Ok(row!(transaction, "SELECT name, state FROM jobs WHERE id = $1", id))
}

/// Calls off a job that waits, and asks one that runs to stop.
pub(super) async fn cancel(transaction: &mut Transaction, id: JobId, now: Timestamp) -> Result<bool, Error> {
    let waiting = execute!(
        transaction,
        sqlx::query("UPDATE jobs SET state = 'cancelled', finished_at = $2 WHERE id = $1 AND state = 'waiting'")
            .bind(id)
            .bind(now)
    );
    let running = execute!(
        transaction,
        sqlx::query("UPDATE jobs SET cancel_asked = $2 WHERE id = $1 AND state = 'running'").bind(id).bind(true)
    );
    Ok(waiting + running > 0)
}

/// Whether the job of a name and key was ever stored.
pub(super) async fn is_known(database: &Database, name: &str, key: &str) -> Result<bool, Error> {
    let known: Option<i64> =
        value!(database, "SELECT COUNT(*) FROM jobs WHERE name = $1 AND deduplication_key = $2", name, key);
    Ok(known.unwrap_or_default() > 0)
}

/// Stores a job of a name and key that was never stored, in the place of those that wait for another time of the day.
pub(super) async fn put_daily(transaction: &mut Transaction, job: &NewJob) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "DELETE FROM jobs WHERE name = $1 AND state = 'waiting' AND run_at > $2 AND deduplication_key LIKE 'daily %'"
        )
        .bind(job.name)
        .bind(job.now)
    );
    let known: Option<i64> = value!(
        transaction,
        "SELECT COUNT(*) FROM jobs WHERE name = $1 AND deduplication_key = $2",
        job.name,
        job.key.clone(),
    );
    if known.unwrap_or_default() == 0 {
        put(transaction, std::slice::from_ref(job)).await?;
    }
    Ok(())
}

/// Forgets the jobs that ended well, or were called off, before a moment.
pub(super) async fn forget(transaction: &mut Transaction, before: Timestamp) -> Result<u64, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("DELETE FROM jobs WHERE state IN ('done', 'cancelled') AND finished_at < $1").bind(before)
    ))
}
