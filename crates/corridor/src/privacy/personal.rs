//! What the desk itself holds about a person: their requests.

use async_trait::async_trait;

use super::store;
use crate::foundation::{
    database::{Database, Transaction},
    errors::{Error, Wording},
    personal::{Basis, Due, Erased, Fate, Field, Held, Holding, Purpose, Saying, Subject},
    time::Timestamp,
};

const PURPOSE: Purpose = Purpose::new("request.request", Basis::LegalObligation, Some(60), Fate::Deleted);

/// Requests about personal data.
#[derive(Debug)]
pub struct RequestHolding;

#[async_trait]
impl Holding for RequestHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let word = |part: &str, key: &str| Saying::Word(format!("request-{part}-{}", key.replace('_', "-")));
        let held = store::of_person(database, subject).await?.into_iter().map(|request| Held {
            fields: vec![
                Field::new("kind", word("kind", request.kind.key())),
                Field::new("state", word("state", request.state.key())),
                Field::new("name", request.name),
                Field::new("email", request.email),
                Field::new("reason", request.words),
            ],
            source: "personal-source-yourself",
            audience: Wording::new("personal-audience-administrators", &[]),
            cluster: request.desk.map(|cluster| cluster.0),
            given: true,
            restricted: request.restricted,
            ..Held::new(&PURPOSE, "personal-request", request.id, request.created_at)
        });
        Ok(held.collect())
    }

    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        now: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let count = store::unname(transaction, subject, now).await?;
        Ok(vec![Erased::anonymised(self.kind(), "personal-requests", count, "personal-reason-request")])
    }

    async fn due(&self, database: &Database, _: &str, before: Timestamp) -> Result<Due, Error> {
        store::due(database, before).await
    }

    async fn expire(
        &self,
        transaction: &mut Transaction,
        _: &str,
        before: Timestamp,
        limit: i64,
        _: Timestamp,
    ) -> Result<u64, Error> {
        store::expire(transaction, before, limit).await
    }
}
