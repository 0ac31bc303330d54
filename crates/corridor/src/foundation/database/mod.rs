//! SQLite inside by default, PostgreSQL when one machine is not enough: one SQL text for both.
//!
//! Reads go through [`on!`](crate::on), which runs the same expression on whichever engine is open; writes go through
//! [`transact!`](crate::transact), which takes the one writer of SQLite (`BEGIN IMMEDIATE`) or a PostgreSQL transaction and tries again
//! when the engine asks for it (serialisation failure, deadlock).

mod batch;

use std::{str::FromStr, time::Duration};

use sqlx::{
    PgPool, Postgres, Sqlite, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::errors::Error;

pub use batch::{Batch, Value};

/// Both sets of migrations are one set: every statement runs on SQLite and on PostgreSQL.
static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// Runs one expression on whichever engine is open; the body is type-checked for both.
///
/// The first argument is a [`Database`] (the reading pool is bound) or a [`Transaction`] (its connection is bound).
#[macro_export]
macro_rules! on {
    ($database:expr, $connection:ident => $body:expr) => {
        match $database.bound() {
            $crate::foundation::database::Bound::Sqlite($connection) => $body,
            $crate::foundation::database::Bound::Postgres($connection) => $body,
        }
    };
}

/// Runs a statement that returns no rows in a [`Transaction`]; its value is the count of rows it touched.
#[macro_export]
macro_rules! execute {
    ($transaction:expr, $query:expr) => {
        $crate::on!($transaction, connection => $query.execute(connection).await?.rows_affected())
    };
}

/// All rows of a query, read from a [`Database`] or in a [`Transaction`]: `rows!(database, "SELECT …", first, second)`.
#[macro_export]
macro_rules! rows {
    ($database:expr, $query:expr $(, $value:expr)* $(,)?) => {
        $crate::on!($database, connection => sqlx::query_as($query)$(.bind($value))*.fetch_all(connection).await?)
    };
}

/// The first row of a query, where there is one; see [`rows!`](crate::rows).
#[macro_export]
macro_rules! row {
    ($database:expr, $query:expr $(, $value:expr)* $(,)?) => {
        $crate::on!($database, connection => sqlx::query_as($query)$(.bind($value))*.fetch_optional(connection).await?)
    };
}

/// The one column of all rows of a query; see [`rows!`](crate::rows).
#[macro_export]
macro_rules! values {
    ($database:expr, $query:expr $(, $value:expr)* $(,)?) => {
        $crate::on!($database, connection => sqlx::query_scalar($query)$(.bind($value))*.fetch_all(connection).await?)
    };
}

/// The one column of the first row of a query, where there is one; see [`rows!`](crate::rows).
#[macro_export]
macro_rules! value {
    ($database:expr, $query:expr $(, $value:expr)* $(,)?) => {
        $crate::on!($database, connection => sqlx::query_scalar($query)$(.bind($value))*.fetch_optional(connection).await?)
    };
}

/// Runs the body in a write transaction, commits it, and runs it again when the engine refused to serialise it.
///
/// The body may run more than once: it must not touch anything but the transaction.
#[macro_export]
macro_rules! transact {
    ($database:expr, $transaction:ident => $body:expr) => {{
        let mut attempt = 0u32;
        loop {
            attempt += 1;
            let mut held = $database.begin().await?;
            let worked: Result<_, $crate::foundation::errors::Error> = {
                let $transaction = &mut held;
                async { $body }.await
            };
            let outcome = match worked {
                Ok(value) => held.commit().await.map(|()| value).map_err($crate::foundation::errors::Error::from),
                Err(error) => Err(error),
            };
            match outcome {
                Err(error) if attempt < 5 && error.asks_for_retry() => continue,
                other => break other,
            }
        }
    }};
}

/// The open database.
#[derive(Clone, Debug)]
pub enum Database {
    /// One file: a pool of readers and the one writer that SQLite allows.
    Sqlite {
        /// Readers; they see the last committed state while a write runs (WAL).
        readers: SqlitePool,
        /// The one writing connection.
        writer: SqlitePool,
    },
    /// A PostgreSQL server.
    Postgres(PgPool),
}

/// A connection or pool of one of the two engines, as [`on!`](crate::on) hands it to its body.
pub enum Bound<S, P> {
    /// SQLite.
    Sqlite(S),
    /// PostgreSQL.
    Postgres(P),
}

/// An open write transaction; dropped without [`Transaction::commit`] it is rolled back.
#[derive(Debug)]
pub enum Transaction {
    /// On the one writer of SQLite.
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Transaction {
    /// The open engine's connection, for [`on!`](crate::on).
    pub fn bound(&mut self) -> Bound<&mut sqlx::SqliteConnection, &mut sqlx::PgConnection> {
        match self {
            Transaction::Sqlite(transaction) => Bound::Sqlite(&mut *transaction),
            Transaction::Postgres(transaction) => Bound::Postgres(&mut *transaction),
        }
    }

    /// Makes the work durable: once this returns, a crash cannot lose it.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Transaction::Sqlite(transaction) => transaction.commit().await,
            Transaction::Postgres(transaction) => transaction.commit().await,
        }
    }
}

impl Database {
    /// The open engine's reading pool, for [`on!`](crate::on).
    pub fn bound(&self) -> Bound<&SqlitePool, &PgPool> {
        match self {
            Database::Sqlite { readers, .. } => Bound::Sqlite(readers),
            Database::Postgres(pool) => Bound::Postgres(pool),
        }
    }

    /// Opens `sqlite:PATH`, a bare path, or `postgres://...`, and brings the schema up to date.
    pub async fn open(url: &str) -> Result<Self, Error> {
        let database = if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(url)?;
            Database::Postgres(PgPoolOptions::new().max_connections(16).connect_with(options).await?)
        } else {
            let path = url.strip_prefix("sqlite:").unwrap_or(url);
            if let Some(folder) = std::path::Path::new(path).parent().filter(|f| !f.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder)
                    .map_err(|e| Error::input(format!("cannot create the folder of the database {path}: {e}")))?;
            }
            let options = SqliteConnectOptions::new()
                .filename(path)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // FULL, not NORMAL: what was acknowledged must survive a power cut, not only a killed process.
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(30))
                .foreign_keys(true)
                .pragma("cache_size", "-32768")
                .pragma("temp_store", "memory");
            let writer = SqlitePoolOptions::new()
                .min_connections(1)
                .max_connections(1)
                .acquire_timeout(Duration::from_secs(60))
                .idle_timeout(None)
                .max_lifetime(None)
                .connect_with(options.clone())
                .await?;
            let readers =
                SqlitePoolOptions::new().max_connections(8).connect_with(options.pragma("query_only", "on")).await?;
            Database::Sqlite { readers, writer }
        };
        database.migrate().await?;
        Ok(database)
    }

    async fn migrate(&self) -> Result<(), Error> {
        match self {
            Database::Sqlite { writer, .. } => MIGRATIONS.run(writer).await,
            Database::Postgres(pool) => MIGRATIONS.run(pool).await,
        }
        .map_err(|e| Error::Unexpected(anyhow::Error::new(e).context("bringing the database schema up to date")))
    }

    /// Begins a write transaction; use [`transact!`](crate::transact) unless the transaction spans several steps of a stream.
    pub async fn begin(&self) -> Result<Transaction, sqlx::Error> {
        Ok(match self {
            Database::Sqlite { writer, .. } => Transaction::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Database::Postgres(pool) => Transaction::Postgres(pool.begin().await?),
        })
    }

    /// Lets the engine refresh its statistics, so that it chooses the right indexes after a large import.
    pub async fn analyze(&self) -> Result<(), Error> {
        match self {
            Database::Sqlite { writer, .. } => sqlx::query("ANALYZE").execute(writer).await.map(|_| ()),
            Database::Postgres(pool) => sqlx::query("ANALYZE").execute(pool).await.map(|_| ()),
        }?;
        Ok(())
    }

    /// What the engine finds wrong with its own files: nothing when all is well. PostgreSQL checks its pages itself.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn faults(&self) -> Result<Vec<String>, Error> {
        let Database::Sqlite { readers, .. } = self else {
            return Ok(Vec::new());
        };
        let mut faults: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(10)").fetch_all(readers).await?;
        faults.retain(|line| line != "ok");
        let dangling: Vec<(String, Option<i64>, String, i64)> =
            sqlx::query_as("PRAGMA foreign_key_check").fetch_all(readers).await?;
        faults.extend(dangling.iter().take(10).map(|(table, row, parent, _)| {
            format!("row {} of {table} points to a row of {parent} that is not there", row.unwrap_or_default())
        }));
        Ok(faults)
    }

    /// The engine's name, for logs and the page of the administrator.
    pub fn engine(&self) -> &'static str {
        match self {
            Database::Sqlite { .. } => "SQLite",
            Database::Postgres(_) => "PostgreSQL",
        }
    }

    /// Closes all connections, writing the SQLite log back into the file.
    pub async fn close(&self) {
        match self {
            Database::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Database::Postgres(pool) => pool.close().await,
        }
    }
}
