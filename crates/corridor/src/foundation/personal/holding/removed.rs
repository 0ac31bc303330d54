//! What goes by age or by request, and what is told of that.

use uuid::Uuid;

use super::Fate;
use crate::foundation::{personal::Subject, time::Timestamp};

/// What was done to some records that hold something about a person.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Erased {
    /// The kind of its holding.
    pub kind: String,
    /// The key of what the records are: «Sessions».
    pub label: String,
    /// How many.
    pub count: u64,
    /// What became of them.
    pub fate: Fate,
    /// The key of why they stay; empty where they are gone.
    pub reason: String,
}

impl Erased {
    /// Records that are gone.
    pub fn deleted(kind: &str, label: &str, count: u64) -> Self {
        Erased { kind: kind.to_owned(), label: label.to_owned(), count, fate: Fate::Deleted, reason: String::new() }
    }

    /// Records that stay without the person, and the key of why.
    pub fn anonymised(kind: &str, label: &str, count: u64, reason: &str) -> Self {
        Erased { fate: Fate::Anonymised, reason: reason.to_owned(), ..Erased::deleted(kind, label, count) }
    }

    /// Records that were corrected.
    pub fn corrected(kind: &str, label: &str, count: u64) -> Self {
        Erased { fate: Fate::Corrected, ..Erased::deleted(kind, label, count) }
    }

    /// Records that stay as they are, and the key of why.
    pub fn kept(kind: &str, label: &str, count: u64, reason: &str) -> Self {
        Erased { fate: Fate::Kept, reason: reason.to_owned(), ..Erased::deleted(kind, label, count) }
    }
}

/// What would be removed by age.
#[derive(Clone, Debug, Default)]
pub struct Due {
    /// How many records.
    pub count: u64,
    /// When the period of the oldest began.
    pub oldest: Option<Timestamp>,
    /// The first of them, oldest first, at most twenty.
    pub first: Vec<DueRow>,
}

impl Due {
    /// Of free texts: how many and since when, and the beginnings of the first.
    pub fn of_texts(
        (count, oldest): (i64, Option<Timestamp>),
        first: impl IntoIterator<Item = (impl std::fmt::Display, String, Timestamp)>,
    ) -> Self {
        let row = |(id, text, at): (_, String, Timestamp)| DueRow {
            id: format!("{id}"),
            label: text.chars().take(80).collect(),
            at,
            subject: None,
        };
        Due { count: count.unsigned_abs(), oldest, first: first.into_iter().map(row).collect() }
    }
}

/// What stands where a name was taken out of a text.
pub const TAKEN_OUT: &str = "[…]";

/// Of all that is due, oldest first: the first are shown, the others counted.
impl FromIterator<DueRow> for Due {
    fn from_iter<T: IntoIterator<Item = DueRow>>(rows: T) -> Self {
        let mut due = Due::default();
        for row in rows {
            due.count += 1;
            due.oldest = due.oldest.or(Some(row.at));
            if due.count <= DUE_SHOWN.unsigned_abs() {
                due.first.push(row);
            }
        }
        due
    }
}

/// A record that needs a legal basis of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The record.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Since when.
    pub since: Timestamp,
}

/// Whom a letter about a record goes to, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Addressee {
    /// Their address.
    pub email: String,
    /// Their language, where it is known.
    pub language: Option<String>,
    /// The cluster that keeps the record.
    pub cluster: Uuid,
    /// What it is called.
    pub cluster_name: String,
    /// What the record belongs to: an organisation.
    pub about: String,
}

/// Somebody who is told that their data will go.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ToTell {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their language, where it is known.
    pub language: Option<String>,
}

/// How many rows a preview shows.
pub const DUE_SHOWN: i64 = 20;

/// A record that would be removed by age.
#[derive(Clone, Debug)]
pub struct DueRow {
    /// The record.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// When its period began.
    pub at: Timestamp,
    /// Whom it is about, where they can be written to before.
    pub subject: Option<Subject>,
}
