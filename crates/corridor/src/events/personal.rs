//! What events hold about people: who comes, and how to reach them.

use async_trait::async_trait;

use super::store::{day, people};
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
            fields: [
                Field::new("record", named.event),
                Field::new("name", named.name),
                Field::new("email", named.email),
                Field::new("function", named.job),
            ]
            .into_iter()
            .chain(named.checked_in_at.map(|at| Field::new("arrived", at)))
            .collect(),
            audience: Wording::new("personal-audience-event", &[]),
            cluster: Some(named.cluster_id.0),
            ..Held::new(&PURPOSE, "personal-event", named.id, Some(named.added_at))
        });
        let mut held: Vec<Held> = held.collect();
        for noted in day::about(database, subject.person_id(), subject.email()).await? {
            held.push(Held {
                fields: vec![
                    Field::new("record", noted.event),
                    Field::new("at", noted.from_at),
                    Field::new("detail", noted.why),
                ],
                audience: Wording::new("personal-audience-event-team", &[]),
                cluster: Some(noted.cluster_id.0),
                ..Held::new(&PURPOSE, "personal-event-absence", noted.id, Some(noted.noted_at))
            });
        }
        Ok(held)
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
