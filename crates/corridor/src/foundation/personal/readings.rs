//! Reading the data of several people at once: which of it the trail keeps, decided here for every list and every export.

use uuid::Uuid;

use crate::foundation::{audit, database::Transaction, errors::Error, time::Timestamp};

/// How a list reaches its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// As a page.
    Screen,
    /// As JSON.
    Program,
    /// As a file.
    Export,
}

impl Way {
    /// The word in the trail and in the log of disclosures.
    pub fn key(self) -> &'static str {
        match self {
            Way::Screen => "screen",
            Way::Program => "api",
            Way::Export => "export",
        }
    }
}

/// A list of people's data, as somebody reads it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// When.
    pub at: Timestamp,
    /// Who reads.
    pub reader: Option<Uuid>,
    /// For which cluster.
    pub cluster: Option<Uuid>,
    /// The kind of record.
    pub kind: &'static str,
    /// How.
    pub way: Way,
    /// What was asked for.
    pub filter: serde_json::Value,
    /// How many people's data is on this page, or in this file.
    pub shown: usize,
    /// How many people's data the whole list holds.
    pub total: usize,
}

impl Reading {
    /// Whether the trail keeps it: every export, and every page of a list of several people, the first one too. Who looks
    /// for one person and finds them reads nothing in bulk, and a page beyond the end tells of nobody.
    pub fn is_kept(&self) -> bool {
        match self.way {
            Way::Export => true,
            Way::Screen | Way::Program => self.shown > 0 && self.total > 1,
        }
    }

    /// Keeps it in the trail, where it is to be kept: who read how many, by which question.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep(&self, transaction: &mut Transaction) -> Result<(), Error> {
        if !self.is_kept() {
            return Ok(());
        }
        let entry = audit::Entry {
            at: self.at,
            person: self.reader,
            cluster: self.cluster,
            action: "read_many",
            subject_kind: self.kind,
            subject: String::new(),
            summary: self.shown.to_string(),
            before: serde_json::Value::Null,
            after: serde_json::json!({ "channel": self.way.key(), "filter": self.filter, "count": self.shown }),
        };
        audit::record(transaction, entry).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_of_readings() {
        for (way, shown, total, kept) in [
            (Way::Export, 0, 0, true),
            (Way::Export, 1, 1, true),
            (Way::Program, 0, 0, false),
            (Way::Program, 1, 1, false),
            (Way::Program, 2, 2, true),
            (Way::Program, 1, 26, true),
            (Way::Program, 0, 26, false),
            (Way::Screen, 1, 1, false),
            (Way::Screen, 25, 26, true),
        ] {
            let (at, filter) = (Timestamp(0), serde_json::Value::Null);
            let reading = Reading { at, reader: None, cluster: None, kind: "contact", way, filter, shown, total };
            assert_eq!(reading.is_kept(), kept, "{way:?} {shown} of {total}");
        }
    }
}
