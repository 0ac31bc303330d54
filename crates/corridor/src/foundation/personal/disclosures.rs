//! Who received a copy of whose data: so that whoever it is about can be told, and the receivers be told of an erasure.

use uuid::Uuid;

use super::{Basis, Erased, Fate, Field, Held, Holding, Later, Purpose, Subject, store};
use crate::foundation::{
    database::{Database, Transaction},
    errors::Wording,
    time::Timestamp,
};

/// A copy that left the program, or was taken out of it.
#[derive(Clone, Debug)]
pub struct Disclosure<'a> {
    /// When.
    pub at: Timestamp,
    /// How: `export`, `api`, `letter`, `instance`; with `disclosure-` before it in the language files.
    pub channel: &'a str,
    /// What for, in the words of whoever took it, or the path of the export.
    pub purpose: &'a str,
    /// Who received it: a name, an organisation, an address of the network.
    pub recipient: &'a str,
    /// The recipient's account, where they have one.
    pub recipient_person: Option<Uuid>,
    /// Where to write to the recipient, where it is known and they have no account.
    pub recipient_email: Option<&'a str>,
    /// The cluster that it was taken for.
    pub cluster: Option<Uuid>,
}

/// One record in the copy.
#[derive(Clone, Debug)]
pub struct Disclosed {
    /// Whose data.
    pub subject: Subject,
    /// The kind of record.
    pub kind: &'static str,
    /// The record.
    pub datum: String,
}

/// A copy of one person's data.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, sqlx::FromRow)]
pub struct DisclosureLine {
    /// Which release it was part of.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// How.
    pub channel: String,
    /// What for.
    pub purpose: String,
    /// Who received it.
    pub recipient: String,
    /// The recipient's account.
    pub recipient_person: Option<Uuid>,
    /// Where to write to the recipient.
    pub recipient_email: Option<String>,
    /// The cluster that it was taken for.
    pub cluster_id: Option<Uuid>,
    /// The kind of record.
    pub kind: String,
    /// The record.
    pub datum: String,
}

/// The log itself holds something about people: who received what.
#[derive(Debug)]
pub struct DisclosureHolding;

const PURPOSE: &str = "disclosure.log";

impl Holding for DisclosureHolding {
    fn kind(&self) -> &'static str {
        "disclosure"
    }

    fn purposes(&self) -> &'static [Purpose] {
        &[Purpose { key: PURPOSE, basis: Basis::LegalObligation, months: Some(60), fate: Fate::Deleted }]
    }

    fn held<'a>(&'a self, database: &'a Database, subject: &'a Subject) -> Later<'a, Vec<Held>> {
        Box::pin(async move {
            let taken = store::received(database, subject).await?;
            let held = taken.into_iter().map(|line| Held {
                kind: self.kind(),
                id: line.id.to_string(),
                label: "personal-disclosure",
                fields: vec![
                    Field::new("at", line.at),
                    Field::new("channel", super::Saying::Word(format!("disclosure-{}", line.channel))),
                    Field::new("purpose", line.purpose),
                    Field::new("recipient", line.recipient),
                ],
                source: "personal-source-program",
                since: Some(line.at),
                purpose: PURPOSE,
                basis: Basis::LegalObligation,
                audience: Wording::new("personal-audience-administrators", &[]),
                cluster: line.cluster_id,
                given: false,
                restricted: false,
            });
            Ok(held.collect())
        })
    }

    fn erase<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        subject: &'a Subject,
        _now: Timestamp,
    ) -> Later<'a, Vec<Erased>> {
        Box::pin(async move {
            let count = store::unname_disclosures(transaction, subject).await?;
            let reason = "personal-reason-disclosure";
            Ok(if count == 0 {
                Vec::new()
            } else {
                vec![Erased::anonymised(self.kind(), "personal-disclosures", count, reason)]
            })
        })
    }

    fn due<'a>(&'a self, database: &'a Database, _purpose: &'a str, before: Timestamp) -> Later<'a, super::Due> {
        Box::pin(store::due_disclosures(database, before))
    }

    fn expire<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        _purpose: &'a str,
        before: Timestamp,
        limit: i64,
    ) -> Later<'a, u64> {
        Box::pin(store::expire_disclosures(transaction, before, limit))
    }
}
