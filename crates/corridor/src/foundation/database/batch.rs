//! Many rows in few statements: what makes an import of a hundred thousand rows a matter of seconds on both engines.

use sqlx::{Database as Engine, Postgres, QueryBuilder, Sqlite, types::Json};
use uuid::Uuid;

use super::Transaction;
use crate::{foundation::errors::Error, on};

/// SQLite takes at most 32,766 parameters a statement; longer statements also gain nothing.
const MOST_PARAMETERS: usize = 8_000;

/// A value of one column. Every variant is nullable, because a NULL must still carry its type on PostgreSQL.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// An id.
    Id(Option<Uuid>),
    /// A text, also days (`YYYY-MM-DD`).
    Text(Option<String>),
    /// A whole number, also times and euro cents.
    Int(Option<i64>),
    /// A measure.
    Float(Option<f64>),
    /// Yes or no.
    Bool(Option<bool>),
    /// A JSON document.
    Json(serde_json::Value),
}

/// Rows to be written to one table.
#[derive(Debug)]
pub struct Batch {
    head: &'static str,
    tail: &'static str,
    width: usize,
    rows: Vec<Vec<Value>>,
}

impl Batch {
    /// A batch for `head` (`INSERT INTO table (columns)`) and `tail` (an `ON CONFLICT` clause, or empty).
    pub fn new(head: &'static str, tail: &'static str) -> Self {
        Batch { head, tail, width: head.matches(',').count() + 1, rows: Vec::new() }
    }

    /// Adds a row; its values are in the order of the columns of the head.
    pub fn push(&mut self, row: Vec<Value>) {
        debug_assert_eq!(row.len(), self.width, "a row must have a value for every column of: {}", self.head);
        self.rows.push(row);
    }

    /// Adds rows.
    pub fn extend(&mut self, rows: impl IntoIterator<Item = Vec<Value>>) {
        rows.into_iter().for_each(|row| self.push(row));
    }

    /// How many rows wait.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row waits.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes all rows that wait and empties the batch; returns how many rows the engine says it wrote.
    pub async fn write(&mut self, transaction: &mut Transaction) -> Result<u64, Error> {
        let mut written = 0;
        for rows in self.rows.chunks((MOST_PARAMETERS / self.width).max(1)) {
            written += on!(transaction, connection => {
                let mut query = QueryBuilder::new(self.head);
                query.push(" ").push_values(rows, |mut separated, row| {
                    for value in row {
                        bind(&mut separated, value);
                    }
                });
                query.push(" ").push(self.tail);
                query.build().execute(connection).await?.rows_affected()
            });
        }
        self.rows.clear();
        Ok(written)
    }
}

/// What both engines can bind; spelt once so that [`bind`] stays one function.
trait Binds: Engine
where
    Option<Uuid>: sqlx::Type<Self> + for<'q> sqlx::Encode<'q, Self>,
    Option<String>: sqlx::Type<Self> + for<'q> sqlx::Encode<'q, Self>,
    Option<i64>: sqlx::Type<Self> + for<'q> sqlx::Encode<'q, Self>,
    Option<f64>: sqlx::Type<Self> + for<'q> sqlx::Encode<'q, Self>,
    Option<bool>: sqlx::Type<Self> + for<'q> sqlx::Encode<'q, Self>,
    Json<serde_json::Value>: sqlx::Type<Self> + for<'q> sqlx::Encode<'q, Self>,
{
}

impl Binds for Sqlite {}
impl Binds for Postgres {}

fn bind<DB: Binds>(separated: &mut sqlx::query_builder::Separated<'_, DB, &'static str>, value: &Value)
where
    Option<Uuid>: sqlx::Type<DB> + for<'q> sqlx::Encode<'q, DB>,
    Option<String>: sqlx::Type<DB> + for<'q> sqlx::Encode<'q, DB>,
    Option<i64>: sqlx::Type<DB> + for<'q> sqlx::Encode<'q, DB>,
    Option<f64>: sqlx::Type<DB> + for<'q> sqlx::Encode<'q, DB>,
    Option<bool>: sqlx::Type<DB> + for<'q> sqlx::Encode<'q, DB>,
    Json<serde_json::Value>: sqlx::Type<DB> + for<'q> sqlx::Encode<'q, DB>,
{
    match value {
        Value::Id(value) => separated.push_bind(*value),
        Value::Text(value) => separated.push_bind(value.clone()),
        Value::Int(value) => separated.push_bind(*value),
        Value::Float(value) => separated.push_bind(*value),
        Value::Bool(value) => separated.push_bind(*value),
        Value::Json(value) => separated.push_bind(Json(value.clone())),
    };
}

macro_rules! into_value {
    ($($from:ty => $variant:ident),* $(,)?) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Self { Value::$variant(Some(value)) }
        }
        impl From<Option<$from>> for Value {
            fn from(value: Option<$from>) -> Self { Value::$variant(value) }
        }
    )*};
}

into_value!(Uuid => Id, String => Text, i64 => Int, f64 => Float, bool => Bool);

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Value::Text(Some(value.to_owned()))
    }
}

impl From<Option<&str>> for Value {
    fn from(value: Option<&str>) -> Self {
        Value::Text(value.map(str::to_owned))
    }
}

impl From<serde_json::Value> for Value {
    fn from(value: serde_json::Value) -> Self {
        Value::Json(value)
    }
}
