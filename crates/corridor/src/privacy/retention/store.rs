//! SQL of periods, previews, runs and notices.

use super::{Chosen, PreviewId, RunId, model};
use crate::foundation::{
    database::{Batch, Database, Transaction},
    errors::Error,
    personal::Fate,
    time::Timestamp,
};

#[derive(sqlx::FromRow)]
struct PeriodRow {
    purpose: String,
    months: i64,
    reason: String,
    approved_months: Option<i64>,
    approved_fate: Option<String>,
    paused: bool,
}

fn fate_key(fate: Fate) -> &'static str {
    match fate {
        Fate::Deleted => "deleted",
        Fate::Anonymised => "anonymised",
        Fate::Kept => "kept",
        Fate::Corrected => "corrected",
    }
}

fn fate_of(key: &str) -> Option<Fate> {
    [Fate::Deleted, Fate::Anonymised, Fate::Kept].into_iter().find(|fate| fate_key(*fate) == key)
}

fn count(months: i64) -> u32 {
    u32::try_from(months).unwrap_or(model::BOUNDS.1)
}

impl PeriodRow {
    fn chosen(self) -> (String, Chosen) {
        let fate = self.approved_fate.as_deref().and_then(fate_of);
        let chosen = Chosen {
            months: count(self.months),
            reason: self.reason,
            approved: self.approved_months.map(count).zip(fate),
            paused: self.paused,
        };
        (self.purpose, chosen)
    }
}

const PERIODS: &str = "SELECT purpose, months, reason, approved_months, approved_fate, paused FROM retention_periods
     WHERE $1 = '' OR purpose = $1";

pub(super) async fn periods(database: &Database) -> Result<Vec<(String, Chosen)>, Error> {
    let rows: Vec<PeriodRow> = rows!(database, PERIODS, "");
    Ok(rows.into_iter().map(PeriodRow::chosen).collect())
}

pub(super) async fn chosen(transaction: &mut Transaction, purpose: &str) -> Result<Option<Chosen>, Error> {
    let row: Option<PeriodRow> = row!(transaction, PERIODS, purpose);
    Ok(row.map(|row| row.chosen().1))
}

pub(super) async fn put_period(
    transaction: &mut Transaction,
    purpose: &str,
    months: u32,
    reason: &str,
    by: Option<uuid::Uuid>,
    now: Timestamp,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO retention_periods (purpose, months, reason, changed_by, changed_at, paused)
             VALUES ($1, $2, $3, $4, $5, FALSE)
             ON CONFLICT (purpose) DO UPDATE SET months = excluded.months, reason = excluded.reason,
                 changed_by = excluded.changed_by, changed_at = excluded.changed_at",
        )
        .bind(purpose)
        .bind(i64::from(months))
        .bind(reason)
        .bind(by)
        .bind(now)
    );
    Ok(())
}

/// Lets the period run that is chosen, as it was seen; it no longer rests.
pub(super) async fn approve(
    transaction: &mut Transaction,
    purpose: &str,
    (months, fate): (u32, Fate),
    by: Option<uuid::Uuid>,
    now: Timestamp,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO retention_periods (purpose, months, reason, changed_by, changed_at, approved_months,
                 approved_fate, approved_by, approved_at, paused)
             VALUES ($1, $2, '', $4, $5, $2, $3, $4, $5, FALSE)
             ON CONFLICT (purpose) DO UPDATE SET approved_months = excluded.approved_months,
                 approved_fate = excluded.approved_fate, approved_by = excluded.approved_by,
                 approved_at = excluded.approved_at, paused = FALSE",
        )
        .bind(purpose)
        .bind(i64::from(months))
        .bind(fate_key(fate))
        .bind(by)
        .bind(now)
    );
    Ok(())
}

pub(super) async fn rest(transaction: &mut Transaction, purpose: &str, paused: bool) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("UPDATE retention_periods SET paused = $2 WHERE purpose = $1 AND paused <> $2")
            .bind(purpose)
            .bind(paused)
    ) == 1)
}

/// A preview as it was made.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct PreviewRow {
    pub(super) purpose: String,
    pub(super) months: i64,
    pub(super) until: Timestamp,
    pub(super) records: i64,
    pub(super) made_at: Timestamp,
    pub(super) answer: Option<String>,
}

pub(super) async fn put_preview(
    transaction: &mut Transaction,
    id: PreviewId,
    preview: &PreviewRow,
    oldest: Option<Timestamp>,
    by: Option<uuid::Uuid>,
) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO retention_previews (id, purpose, months, until, records, oldest, made_by, made_at)",
        "",
    );
    batch.push(vec![
        id.into(),
        preview.purpose.as_str().into(),
        preview.months.into(),
        preview.until.into(),
        preview.records.into(),
        oldest.map(|moment| moment.0).into(),
        by.into(),
        preview.made_at.into(),
    ]);
    batch.write(transaction).await?;
    Ok(())
}

const PREVIEW: &str = "SELECT purpose, months, until, records, made_at, answer FROM retention_previews WHERE id = $1";

pub(super) async fn preview(database: &Database, id: PreviewId) -> Result<Option<PreviewRow>, Error> {
    Ok(row!(database, PREVIEW, id))
}

/// Answers a preview; whether it was still waiting for an answer.
pub(super) async fn answer(
    transaction: &mut Transaction,
    id: PreviewId,
    answer: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("UPDATE retention_previews SET answer = $2, answered_at = $3 WHERE id = $1 AND answer IS NULL")
            .bind(id)
            .bind(answer)
            .bind(now)
    ) == 1)
}

/// A run, as its page lists it.
#[derive(Clone, Debug, serde::Serialize, sqlx::FromRow)]
pub struct Run {
    /// Its id.
    pub id: RunId,
    /// The purpose.
    pub purpose: String,
    /// The period, in months.
    pub months: i64,
    /// Everything whose period began before this was due.
    pub until: Timestamp,
    /// `waiting`, `running`, `done`, `stopped` or `failed`.
    pub state: String,
    /// How many records are gone.
    pub removed: i64,
    /// How many people were written to before.
    pub told: i64,
    /// Why it failed.
    pub last_error: Option<String>,
    /// Whether somebody asked it to stop.
    pub stop_asked: bool,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

/// Asks for a run; none when there is one of this day already.
pub(super) async fn put_run(
    transaction: &mut Transaction,
    purpose: &str,
    months: u32,
    until: Timestamp,
    now: Timestamp,
) -> Result<Option<RunId>, Error> {
    let id: Option<RunId> = value!(
        transaction,
        "INSERT INTO retention_runs (id, purpose, months, until, state, removed, told, stop_asked, created_at)
         VALUES ($1, $2, $3, $4, 'waiting', 0, 0, FALSE, $5) ON CONFLICT (purpose, until) DO NOTHING RETURNING id",
        RunId::new(),
        purpose,
        i64::from(months),
        until,
        now,
    );
    Ok(id)
}

/// Lets a run of this day, which ended or was stopped, begin anew; none when it is under way.
pub(super) async fn again(
    transaction: &mut Transaction,
    purpose: &str,
    until: Timestamp,
) -> Result<Option<RunId>, Error> {
    Ok(value!(
        transaction,
        "UPDATE retention_runs SET state = 'waiting', stop_asked = FALSE, last_error = NULL, finished_at = NULL
         WHERE purpose = $1 AND until = $2 AND state IN ('done', 'stopped', 'failed') RETURNING id",
        purpose,
        until,
    ))
}

const RUNS: &str =
    "SELECT id, purpose, months, until, state, removed, told, last_error, stop_asked, created_at, finished_at
     FROM retention_runs WHERE ($1 IS NULL OR id = $1) AND ($2 = '' OR purpose = $2)
     ORDER BY created_at DESC, id DESC LIMIT $3";

pub(super) async fn run(transaction: &mut Transaction, id: RunId) -> Result<Option<Run>, Error> {
    Ok(row!(transaction, RUNS, Some(id), "", 1i64))
}

/// The last runs, newest first: of one purpose, or of all.
pub(super) async fn runs(database: &Database, purpose: &str, limit: i64) -> Result<Vec<Run>, Error> {
    Ok(rows!(database, RUNS, None::<RunId>, purpose, limit))
}

/// How far a run is; its end when it has one.
pub(super) async fn progress(
    transaction: &mut Transaction,
    id: RunId,
    (removed, told): (i64, i64),
    state: &str,
    error: Option<&str>,
    finished: Option<Timestamp>,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "UPDATE retention_runs SET removed = removed + $2, told = told + $3, state = $4, last_error = $5,
                 finished_at = $6 WHERE id = $1",
        )
        .bind(id)
        .bind(removed)
        .bind(told)
        .bind(state)
        .bind(error)
        .bind(finished)
    );
    Ok(())
}

/// Asks a run to stop after the records that it has at hand; whether it had not ended.
pub(super) async fn stop(transaction: &mut Transaction, id: RunId) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("UPDATE retention_runs SET stop_asked = TRUE WHERE id = $1 AND state IN ('waiting', 'running')")
            .bind(id)
    ) == 1)
}

/// Up to where people were told, and when.
pub(super) async fn notices(
    transaction: &mut Transaction,
    purpose: &str,
) -> Result<Vec<(Timestamp, Timestamp)>, Error> {
    Ok(rows!(
        transaction,
        "SELECT until, written_at FROM retention_notices WHERE purpose = $1 ORDER BY written_at",
        purpose
    ))
}

pub(super) async fn put_notice(
    transaction: &mut Transaction,
    purpose: &str,
    until: Timestamp,
    people: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let mut batch = Batch::new("INSERT INTO retention_notices (id, purpose, until, people, written_at)", "");
    batch.push(vec![super::NoticeId::new().into(), purpose.into(), until.into(), people.into(), now.into()]);
    batch.write(transaction).await?;
    Ok(())
}
