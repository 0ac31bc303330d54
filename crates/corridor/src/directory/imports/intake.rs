//! How a file is taken in: row by row, in batches that are each one transaction with the count of rows done.

use std::path::Path;

use super::{
    reading::{CsvRows, JsonRows, Problem, Row, digest, file_name},
    run::{Begun, Counts, Outcome, Report, Run},
};
use crate::foundation::{
    database::{Database, Transaction},
    errors::Error,
    time::Clock,
};

/// Where an import writes, whether it reads files again that are known, and whom it tells how far it is.
#[derive(Clone, Copy)]
pub struct Intake<'a> {
    /// Where it writes.
    pub database: &'a Database,
    /// The time it is.
    pub clock: Clock,
    /// Whether files that are known are read again; what is unchanged stays as it is.
    pub again: bool,
    /// Whom it tells how far it is.
    pub report: Report<'a>,
}

/// The rows of a file, in their order.
pub(super) trait Rows: Sized {
    /// A row.
    type Row;
    /// Opens a file that must have the named columns.
    fn open(path: &Path, columns: &[&str]) -> Result<Self, Error>;
    /// The next row, or what is wrong with it; nothing at the end.
    fn next_row(&mut self) -> Option<Result<Self::Row, Problem>>;
    /// Bytes of the file read so far, and in all.
    fn progress(&self) -> (u64, u64);
}

impl Rows for CsvRows {
    type Row = Row;

    fn open(path: &Path, columns: &[&str]) -> Result<Self, Error> {
        CsvRows::open(path, columns)
    }

    fn next_row(&mut self) -> Option<Result<Row, Problem>> {
        CsvRows::next_row(self)
    }

    fn progress(&self) -> (u64, u64) {
        (self.meter.done(), self.size)
    }
}

impl<T: serde::de::DeserializeOwned> Rows for JsonRows<T> {
    type Row = (u64, T);

    fn open(path: &Path, _columns: &[&str]) -> Result<Self, Error> {
        JsonRows::open(path)
    }

    fn next_row(&mut self) -> Option<Result<(u64, T), Problem>> {
        JsonRows::next_row(self)
    }

    fn progress(&self) -> (u64, u64) {
        (self.meter.done(), self.size)
    }
}

/// What an importer does with the rows of its file.
pub(super) trait Importer: Sized {
    /// The word in the table of runs.
    const KIND: &'static str;
    /// Columns that the file must have.
    const COLUMNS: &'static [&'static str] = &[];
    /// How many rows are written in one transaction: enough to be quick, few enough that a crash costs a second.
    const ROWS_A_BATCH: usize = 5_000;
    /// The form of the file.
    type Rows: Rows;
    /// What a row says, understood and checked.
    type Understood;

    /// Reads what is there already.
    async fn begin(intake: Intake<'_>) -> Result<Self, Error>;

    /// Understands a row. Rows that an earlier process committed come again, so that rows that stand twice are seen.
    /// `notes` takes problems of values that are left out of a row that is used.
    fn understand(
        &mut self,
        row: <Self::Rows as Rows>::Row,
        notes: &mut Vec<Problem>,
    ) -> Result<Self::Understood, Problem>;

    /// Compares rows with what is there and keeps what is to be written.
    async fn compare(&mut self, database: &Database, rows: Vec<Self::Understood>) -> Result<Counts, Error>;

    /// Writes what is kept.
    async fn write(&mut self, transaction: &mut Transaction) -> Result<(), Error>;

    /// What follows from all rows, in the transaction of the last batch.
    async fn end(&mut self, _transaction: &mut Transaction) -> Result<(), Error> {
        Ok(())
    }
}

impl Intake<'_> {
    /// Begins the run of a file, takes up one that was cut off, or tells of one that is done.
    pub(super) async fn begin(&self, kind: &str, file_name: &str, mark: &str) -> Result<Begun, Error> {
        Run::begin(self.database, self.clock, kind, file_name, mark, None, self.again).await
    }

    /// As [`Intake::begin`], for what is written in one transaction: a run that was cut off has written nothing.
    pub(super) async fn begin_at_once(&self, kind: &str, file_name: &str, mark: &str) -> Result<Begun, Error> {
        let mut begun = self.begin(kind, file_name, mark).await?;
        if let Begun::Go(run) = &mut begun {
            (run.skip, run.rows_done, run.counts) = (0, 0, Counts::default());
        }
        Ok(begun)
    }

    /// Takes a file in.
    pub(super) async fn file<I: Importer>(self, path: &Path) -> Result<Outcome, Error> {
        let mut rows = I::Rows::open(path, I::COLUMNS)?;
        let mut run = match self.begin(I::KIND, &file_name(path), &digest(path)?).await? {
            Begun::Known(outcome) => return Ok(outcome),
            Begun::Go(run) => run,
        };
        let mut importer = I::begin(self).await?;
        let mut ended = false;
        while !ended {
            let mut batch = Vec::new();
            for _ in 0..I::ROWS_A_BATCH {
                let Some(row) = rows.next_row() else {
                    ended = true;
                    break;
                };
                let mut notes = Vec::new();
                let understood = row.and_then(|row| importer.understand(row, &mut notes));
                if run.skip > 0 {
                    run.skip -= 1;
                    continue;
                }
                batch.extend(run.read(understood));
                notes.into_iter().for_each(|note| run.note(note));
            }
            run.counts = run.counts.plus(importer.compare(self.database, batch).await?);
            let mut transaction = self.database.begin().await?;
            importer.write(&mut transaction).await?;
            if ended {
                importer.end(&mut transaction).await?;
            }
            run.checkpoint(&mut transaction).await?;
            transaction.commit().await?;
            let (read, size) = rows.progress();
            (self.report)(I::KIND, read, size);
        }
        run.finish(self.database, self.clock).await
    }
}
