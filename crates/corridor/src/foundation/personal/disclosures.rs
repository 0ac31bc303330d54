//! Who received a copy of whose data: so that whoever it is about can be told, and the receivers be told of an erasure.

use async_trait::async_trait;
use uuid::Uuid;

use super::{Basis, Due, Erased, Fate, Field, Held, Holding, Purpose, Saying, Subject, store};
use crate::foundation::{
    database::{Database, Transaction},
    errors::{Error, Wording},
    time::Timestamp,
};

/// A copy that left the program, or was taken out of it.
#[derive(Clone, Debug)]
pub struct Disclosure<'a> {
    /// When.
    pub at: Timestamp,
    /// How: `export`, `api`, `letter`, `cluster`, `instance`; with `disclosure-` before it in the language files.
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

const PURPOSE: Purpose = Purpose::new("disclosure.log", Basis::LegalObligation, Some(60), Fate::Deleted);

#[async_trait]
impl Holding for DisclosureHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let held = store::received(database, subject).await?.into_iter().map(|line| Held {
            fields: vec![
                Field::new("at", line.at),
                Field::new("channel", Saying::Word(format!("disclosure-{}", line.channel))),
                Field::new("purpose", line.purpose),
                Field::new("recipient", line.recipient),
            ],
            source: "personal-source-program",
            audience: Wording::new("personal-audience-administrators", &[]),
            cluster: line.cluster_id,
            ..Held::new(&PURPOSE, "personal-disclosure", line.id, line.at)
        });
        Ok(held.collect())
    }

    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        _: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let count = store::unname_disclosures(transaction, subject).await?;
        Ok(vec![Erased::anonymised(self.kind(), "personal-disclosures", count, "personal-reason-disclosure")])
    }

    async fn due(&self, database: &Database, _: &str, before: Timestamp) -> Result<Due, Error> {
        store::due_disclosures(database, before).await
    }

    async fn expire(
        &self,
        transaction: &mut Transaction,
        _: &str,
        before: Timestamp,
        limit: i64,
        _: Timestamp,
    ) -> Result<u64, Error> {
        store::expire_disclosures(transaction, before, limit).await
    }
}
