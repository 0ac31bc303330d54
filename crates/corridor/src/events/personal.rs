//! What events hold about people: who comes, and how to reach them.

use async_trait::async_trait;

use super::store::people;
use crate::foundation::{
    database::{Database, Transaction},
    errors::{Error, Wording},
    personal::{Basis, Erased, Fate, Field, Held, Holding, Purpose, Subject},
    time::Timestamp,
};

const PURPOSE: Purpose = Purpose::new("event.people", Basis::LegitimateInterests, None, Fate::Anonymised);

/// The people of participants.
#[derive(Debug)]
pub struct EventHolding;

#[async_trait]
impl Holding for EventHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let named = people::naming(database, subject.person_id(), subject.email()).await?;
        let held = named.into_iter().map(|named| Held {
            fields: vec![
                Field::new("record", named.event),
                Field::new("name", named.name),
                Field::new("email", named.email),
                Field::new("function", named.job),
            ],
            audience: Wording::new("personal-audience-event", &[]),
            cluster: Some(named.cluster_id.0),
            ..Held::new(&PURPOSE, "personal-event", named.id, Some(named.added_at))
        });
        Ok(held.collect())
    }

    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        _: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let count = people::forget(transaction, subject.person_id(), subject.email()).await?;
        Ok(vec![Erased::anonymised(self.kind(), "personal-events", count, "personal-reason-events")])
    }
}
