//! A run of an importer: known by kind and digest of the file, counted up in the transaction of every batch.

use super::{
    facts::Change,
    reading::Problem,
    store::{self, NewRun},
};
use crate::{
    accounts::ClusterId,
    directory::search,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::{Clock, Timestamp},
    },
};

id! {
    /// A run of an importer.
    ImportId
}

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

    /// Counts what came of stating facts.
    pub(super) fn count(&mut self, change: Change) {
        match change {
            Change::Created => self.created += 1,
            Change::Changed => self.changed += 1,
            Change::Unchanged => self.unchanged += 1,
        }
    }

    /// Counts what is stated now beside what is stored; says whether it has to be written.
    pub(super) fn compare<T: PartialEq>(&mut self, stored: Option<&T>, now: &T) -> bool {
        let change = match stored {
            Some(old) if old == now => Change::Unchanged,
            Some(_) => Change::Changed,
            None => Change::Created,
        };
        self.count(change);
        change != Change::Unchanged
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
const PROBLEMS_TOLD: i64 = 20;

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
        let earlier = store::last_run(database, kind, digest, cluster).await?;
        match earlier {
            Some(state) if state.state == "running" => {
                return Ok(Begun::Go(Run::resume(database, &state).await?));
            }
            Some(state) if !again => {
                return Ok(Begun::Known(Outcome {
                    kind: kind.to_owned(),
                    file: file_name.to_owned(),
                    counts: state.counts(),
                    known: true,
                    problems: store::problems(database, state.id, PROBLEMS_TOLD).await?,
                }));
            }
            _ => {}
        }
        let id = ImportId::new();
        let mapping = serde_json::Value::Null;
        let run = NewRun {
            id,
            kind,
            file_name,
            digest,
            cluster,
            person: None,
            mapping: &mapping,
            state: "running",
            at: clock.now(),
        };
        transact!(database, transaction => store::create_run(transaction, &run).await)?;
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
            told: store::problems(database, state.id, PROBLEMS_TOLD).await?,
            broken: false,
        })
    }

    /// Notes a problem whose row was counted elsewhere.
    pub fn tell(&mut self, problem: Problem) {
        self.broken |= *problem.code == *"broken-off";
        self.note(problem);
    }

    /// Counts a row as read; tells it, or refuses it where it cannot be used.
    pub fn read<T>(&mut self, row: Result<T, Problem>) -> Option<T> {
        self.rows_done += 1;
        row.map_err(|problem| self.refuse(problem)).ok()
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
        if (self.told.len() as i64) < PROBLEMS_TOLD {
            self.told.push(problem.clone());
        }
        self.problems.push(problem);
    }

    /// Counts up, in the transaction that holds the rows themselves.
    pub async fn checkpoint(&mut self, transaction: &mut Transaction) -> Result<(), Error> {
        store::count_run(transaction, self.id, self.rows_done, self.counts, self.problems.drain(..)).await
    }

    /// Ends the run.
    pub async fn finish(mut self, database: &Database, clock: Clock) -> Result<Outcome, Error> {
        let mut transaction = database.begin().await?;
        self.checkpoint(&mut transaction).await?;
        let state = if self.broken { "broken" } else { "done" };
        store::end_run(&mut transaction, self.id, state, Some(clock.now())).await?;
        if self.counts.wrote() {
            search::mark(&mut transaction).await?;
        }
        transaction.commit().await?;
        Ok(Outcome { kind: self.kind, file: self.file_name, counts: self.counts, known: false, problems: self.told })
    }
}
