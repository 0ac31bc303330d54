//! A run of an importer: known by kind and digest of the file, counted up in the transaction of every batch.

use super::reading::Problem;
use crate::{
    accounts::ClusterId,
    directory::search,
    foundation::{
        database::{Batch, Database, Transaction, Value},
        errors::Error,
        time::{Clock, Timestamp},
    },
};

id! {
    /// A run of an importer.
    ImportId
}

/// How many rows are written in one transaction: enough to be quick, few enough that a crash costs a second.
pub(super) const ROWS_A_BATCH: usize = 5_000;

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Counts {
    /// Records that are new.
    pub created: i64,
    /// Records that say something else now.
    pub changed: i64,
    /// Records that were already so.
    pub unchanged: i64,
    /// Rows that could not be used.
    pub refused: i64,
}

impl Counts {
    /// Whether anything was written.
    pub fn wrote(&self) -> bool {
        self.created + self.changed > 0
    }

    /// Both together.
    pub fn plus(self, other: Counts) -> Counts {
        Counts {
            created: self.created + other.created,
            changed: self.changed + other.changed,
            unchanged: self.unchanged + other.unchanged,
            refused: self.refused + other.refused,
        }
    }
}

/// A run as people see it.
#[derive(Clone, Debug, sqlx::FromRow, serde::Serialize)]
pub struct ImportState {
    /// Its id.
    pub id: ImportId,
    /// What was imported.
    pub kind: String,
    /// The file.
    pub file_name: String,
    /// `running`, `done`, or `broken` where the file ended too early.
    pub state: String,
    /// Rows read.
    pub rows_done: i64,
    /// Rows in all; 0 while not known.
    pub rows_total: i64,
    /// Records that are new.
    pub created: i64,
    /// Records that say something else now.
    pub changed: i64,
    /// Records that were already so.
    pub unchanged: i64,
    /// Rows that could not be used.
    pub refused: i64,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

impl ImportState {
    /// What it did so far.
    pub fn counts(&self) -> Counts {
        Counts { created: self.created, changed: self.changed, unchanged: self.unchanged, refused: self.refused }
    }
}

/// What an importer tells at its end.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Outcome {
    /// What was imported (`cordis.organisations`).
    pub kind: String,
    /// The file.
    pub file: String,
    /// What was done; for a file that was known already, what its run did then.
    pub counts: Counts,
    /// The file had been imported before: nothing was done now.
    pub known: bool,
    /// The first problems, in the order of the rows.
    pub problems: Vec<Problem>,
}

/// How an importer tells how far it is: what it does, how much is done, of how much.
pub type Report<'a> = &'a (dyn Fn(&str, u64, u64) + Send + Sync);

/// How many problems an [`Outcome`] carries; all of them are in the database.
const PROBLEMS_TOLD: usize = 20;

/// An open run.
pub(super) struct Run {
    pub id: ImportId,
    kind: String,
    file_name: String,
    /// Rows that an earlier process has committed.
    pub skip: u64,
    pub rows_done: u64,
    pub counts: Counts,
    problems: Vec<Problem>,
    told: Vec<Problem>,
    broken: bool,
}

/// A run to be done, or one that has been done.
pub(super) enum Begun {
    Go(Run),
    Known(Outcome),
}

impl Run {
    /// Begins a run, takes up one that was cut off, or tells of one that is done.
    pub async fn begin(
        database: &Database,
        clock: Clock,
        kind: &str,
        file_name: &str,
        digest: &str,
        cluster: Option<ClusterId>,
        again: bool,
    ) -> Result<Begun, Error> {
        let earlier: Vec<ImportState> = on!(database, pool => sqlx::query_as(
            "SELECT id, kind, file_name, state, rows_done, rows_total, created, changed, unchanged, refused, started_at, finished_at
             FROM imports WHERE kind = $1 AND digest = $2 AND (cluster_id = $3 OR (cluster_id IS NULL AND $4))
             ORDER BY started_at DESC LIMIT 1",
        )
        .bind(kind)
        .bind(digest)
        .bind(cluster)
        .bind(cluster.is_none())
        .fetch_all(pool)
        .await?);
        match earlier.into_iter().next() {
            Some(state) if state.state == "running" => {
                return Ok(Begun::Go(Run::resume(database, &state).await?));
            }
            Some(state) if !again => {
                return Ok(Begun::Known(Outcome {
                    kind: kind.to_owned(),
                    file: file_name.to_owned(),
                    counts: state.counts(),
                    known: true,
                    problems: problems(database, state.id, PROBLEMS_TOLD as i64).await?,
                }));
            }
            _ => {}
        }
        let id = ImportId::new();
        let now = clock.now();
        transact!(database, transaction => {
            create(transaction, id, kind, file_name, digest, cluster, None, serde_json::Value::Null, "running", now).await
        })?;
        Ok(Begun::Go(Run {
            id,
            kind: kind.to_owned(),
            file_name: file_name.to_owned(),
            skip: 0,
            rows_done: 0,
            counts: Counts::default(),
            problems: Vec::new(),
            told: Vec::new(),
            broken: false,
        }))
    }

    /// The open run of a state that was read, taken up where it was.
    pub async fn resume(database: &Database, state: &ImportState) -> Result<Run, Error> {
        Ok(Run {
            id: state.id,
            kind: state.kind.clone(),
            file_name: state.file_name.clone(),
            skip: u64::try_from(state.rows_done).unwrap_or(0),
            rows_done: u64::try_from(state.rows_done).unwrap_or(0),
            counts: state.counts(),
            problems: Vec::new(),
            told: problems(database, state.id, PROBLEMS_TOLD as i64).await?,
            broken: false,
        })
    }

    /// Notes a problem whose row was counted elsewhere.
    pub fn tell(&mut self, problem: Problem) {
        self.broken |= *problem.code == *"broken-off";
        self.note(problem);
    }

    /// Notes a row that is not used.
    pub fn refuse(&mut self, problem: Problem) {
        if *problem.code == *"broken-off" {
            self.broken = true;
        } else {
            self.counts.refused += 1;
        }
        self.note(problem);
    }

    /// Notes a value that is not used, in a row that is.
    pub fn note(&mut self, problem: Problem) {
        if self.told.len() < PROBLEMS_TOLD {
            self.told.push(problem.clone());
        }
        self.problems.push(problem);
    }

    /// Counts up, in the transaction that holds the rows themselves.
    pub async fn checkpoint(&mut self, transaction: &mut Transaction) -> Result<(), Error> {
        let mut batch = Batch::new(
            "INSERT INTO import_problems (import_id, position, place, field, value, code, detail)",
            "ON CONFLICT DO NOTHING",
        );
        for problem in self.problems.drain(..) {
            batch.push(vec![
                self.id.into(),
                problem.position.into(),
                problem.place.into(),
                problem.field.into(),
                problem.value.into(),
                (&*problem.code).into(),
                problem.detail.into(),
            ]);
        }
        batch.write(transaction).await?;
        execute!(transaction, sqlx::query(
            "UPDATE imports SET rows_done = $2, created = $3, changed = $4, unchanged = $5, refused = $6 WHERE id = $1",
        )
        .bind(self.id)
        .bind(i64::try_from(self.rows_done).unwrap_or(i64::MAX))
        .bind(self.counts.created)
        .bind(self.counts.changed)
        .bind(self.counts.unchanged)
        .bind(self.counts.refused));
        Ok(())
    }

    /// Ends the run.
    pub async fn finish(mut self, database: &Database, clock: Clock) -> Result<Outcome, Error> {
        let mut transaction = database.begin().await?;
        self.checkpoint(&mut transaction).await?;
        execute!(
            transaction,
            sqlx::query("UPDATE imports SET state = $2, rows_total = rows_done, finished_at = $3 WHERE id = $1")
                .bind(self.id)
                .bind(if self.broken { "broken" } else { "done" })
                .bind(clock.now())
        );
        if self.counts.wrote() {
            search::mark(&mut transaction).await?;
        }
        transaction.commit().await?;
        Ok(Outcome { kind: self.kind, file: self.file_name, counts: self.counts, known: false, problems: self.told })
    }
}

/// Stores a new run.
#[expect(clippy::too_many_arguments, reason = "one argument a column")]
pub(super) async fn create(
    transaction: &mut Transaction,
    id: ImportId,
    kind: &str,
    file_name: &str,
    digest: &str,
    cluster: Option<ClusterId>,
    person: Option<uuid::Uuid>,
    mapping: serde_json::Value,
    state: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO imports (id, kind, file_name, digest, cluster_id, person_id, state, mapping, rows_done, rows_total, created, changed, unchanged, refused, started_at, finished_at)",
        "",
    );
    batch.push(vec![
        id.into(),
        kind.into(),
        file_name.into(),
        digest.into(),
        cluster.into(),
        Value::Id(person),
        state.into(),
        mapping.into(),
        0i64.into(),
        0i64.into(),
        0i64.into(),
        0i64.into(),
        0i64.into(),
        0i64.into(),
        now.into(),
        Value::Int(None),
    ]);
    batch.write(transaction).await?;
    Ok(())
}

/// The problems of a run, in the order of its rows.
pub(super) async fn problems(database: &Database, id: ImportId, most: i64) -> Result<Vec<Problem>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT position, place, field, value, code, detail FROM import_problems WHERE import_id = $1
         ORDER BY position, field, code LIMIT $2",
    )
    .bind(id)
    .bind(most)
    .fetch_all(pool)
    .await?))
}
