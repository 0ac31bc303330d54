//! What events hold about people: who comes, and how to reach them.

use async_trait::async_trait;
use jiff::tz::TimeZone;

use super::{
    model::address_key,
    store::{day, muted, people},
};
use crate::foundation::{
    database::{Database, Transaction},
    errors::{Error, Wording},
    personal::{Basis, DUE_SHOWN, Due, DueRow, Erased, Fate, Field, Held, Holding, Purpose, Subject},
    time::{Day, Timestamp},
};

const PURPOSE: Purpose = Purpose::new("event.people", Basis::LegitimateInterests, Some(24), Fate::Anonymised);

/// The day of a moment, as days of events are written.
fn day_of(moment: Timestamp) -> Day {
    Day(moment.to_jiff().to_zoned(TimeZone::UTC).date())
}

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
        if let Some(email) = subject.email() {
            for (cluster, event, name, at) in muted::of_attendee(database, &address_key(email)).await? {
                held.push(Held {
                    fields: vec![Field::new("record", name)],
                    audience: Wording::new("personal-audience-event-muted", &[]),
                    cluster: Some(cluster.0),
                    given: true,
                    ..Held::new(&PURPOSE, "personal-event-muted", event, Some(at))
                });
            }
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

    async fn due(&self, database: &Database, _: &str, before: Timestamp) -> Result<Due, Error> {
        let day = day_of(before);
        let count = people::due_count(database, day).await?;
        let since = |ends_on: &str| {
            let day = ends_on.parse::<Day>().ok().and_then(|day| day.0.to_zoned(TimeZone::UTC).ok());
            day.map_or(before, |day| Timestamp(day.timestamp().as_microsecond()))
        };
        let first: Vec<DueRow> = people::due(database, day, DUE_SHOWN)
            .await?
            .into_iter()
            .map(|aged| DueRow {
                id: aged.id.to_string(),
                label: format!("{}, {}", aged.name, aged.event),
                at: since(&aged.ends_on),
                subject: None,
            })
            .collect();
        Ok(Due { count: count.unsigned_abs(), oldest: first.first().map(|row| row.at), first })
    }

    async fn expire(
        &self,
        transaction: &mut Transaction,
        _: &str,
        before: Timestamp,
        limit: i64,
        _: Timestamp,
    ) -> Result<u64, Error> {
        let ids = people::expiring(transaction, day_of(before), limit).await?;
        for id in &ids {
            people::unname(transaction, *id).await?;
        }
        Ok(ids.len() as u64)
    }
}
