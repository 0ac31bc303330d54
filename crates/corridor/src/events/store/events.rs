//! Events as they are stored.

use std::collections::BTreeMap;

use sqlx::{QueryBuilder, types::Json};
use uuid::Uuid;

use crate::{
    accounts::{ClusterId, visibility::Reader},
    events::model::{Event, EventId, EventState, Setup},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::{Day, Timestamp},
    },
};

#[derive(sqlx::FromRow)]
pub(super) struct EventRow {
    cluster_id: ClusterId,
    cluster_name: String,
    id: EventId,
    revision: i64,
    state: String,
    audience: String,
    setup: Json<Setup>,
    polled: bool,
    updated_at: Timestamp,
}

impl EventRow {
    pub(super) fn read(self) -> Result<Event, Error> {
        let unread = |what: &str| anyhow::anyhow!("the event {} holds {what} that is not read", self.id);
        Ok(Event {
            state: EventState::of(&self.state).ok_or_else(|| unread("a state"))?,
            audience: self.audience.parse().map_err(|_| unread("an audience"))?,
            id: self.id,
            cluster: self.cluster_id,
            cluster_name: self.cluster_name,
            revision: self.revision,
            setup: self.setup.0,
            polled: self.polled,
            updated_at: self.updated_at,
        })
    }
}

/// Whether the date poll of an event is open: its days are not fixed, whatever it stands at meanwhile.
macro_rules! polled {
    () => {
        "EXISTS (SELECT 1 FROM event_polls poll WHERE poll.cluster_id = events.cluster_id AND poll.event_id = events.id
                 AND poll.state = 'open')"
    };
}

pub(super) const SELECT: &str = concat!(
    "SELECT events.cluster_id, clusters.name AS cluster_name, events.id, events.revision, events.state,
        events.audience, events.setup, events.updated_at, ",
    polled!(),
    " AS polled
    FROM events JOIN clusters ON clusters.id = events.cluster_id WHERE events.deleted_at IS NULL AND "
);

/// Reads the events that a condition keeps, which `$query` is given.
macro_rules! kept {
    ($database:expr, $query:ident => $condition:expr) => {{
        let rows: Vec<EventRow> = on!($database, pool => {
            let mut $query = QueryBuilder::new(SELECT);
            $condition;
            $query.build_query_as().fetch_all(pool).await?
        });
        rows.into_iter().map(EventRow::read)
    }};
}

/// The events of a cluster, the one that ends last first.
pub(in crate::events) async fn of_cluster(database: &Database, cluster: ClusterId) -> Result<Vec<Event>, Error> {
    kept!(database, query => {
        query.push("events.cluster_id = ").push_bind(cluster).push(" ORDER BY events.ends_on DESC, events.id");
    })
    .collect()
}

/// The open events that are not over on a day and that the reader sees, the first one first.
pub(in crate::events) async fn open_to(database: &Database, reader: &Reader, today: Day) -> Result<Vec<Event>, Error> {
    kept!(database, query => {
        query.push(concat!("events.state = 'open' AND (", polled!(), " OR events.ends_on >= "));
        query.push_bind(today.to_string()).push(") AND ");
        reader.condition(&mut query, "events.cluster_id", "events.audience");
        query.push(" ORDER BY events.starts_on, events.id LIMIT 200");
    })
    .collect()
}

/// The open events of all clusters that are not over on a day.
pub(in crate::events) async fn open_everywhere(database: &Database, today: Day) -> Result<Vec<Event>, Error> {
    kept!(database, query => {
        query.push(concat!("events.state = 'open' AND (", polled!(), " OR events.ends_on >= "));
        query.push_bind(today.to_string()).push(") ORDER BY events.id");
    })
    .collect()
}

/// The events of all clusters that ended between two days, both in, and were not cancelled.
pub(in crate::events) async fn ended_between(
    database: &Database,
    (from, until): (Day, Day),
) -> Result<Vec<Event>, Error> {
    kept!(database, query => {
        query.push(concat!("events.state <> 'cancelled' AND NOT ", polled!(), " AND events.ends_on >= "));
        query.push_bind(from.to_string());
        query.push(" AND events.ends_on <= ").push_bind(until.to_string()).push(" ORDER BY events.id");
    })
    .collect()
}

/// An event, whoever's it is.
pub(in crate::events) async fn event(database: &Database, id: EventId) -> Result<Option<Event>, Error> {
    let mut found = kept!(database, query => {
        query.push("events.id = ").push_bind(id);
    });
    found.next().transpose()
}

/// Events by their ids, whoever's they are.
pub(in crate::events) async fn events(database: &Database, ids: &[EventId]) -> Result<BTreeMap<EventId, Event>, Error> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    kept!(database, query => {
        query.push("events.id IN (");
        let mut listed = query.separated(", ");
        for id in ids {
            listed.push_bind(*id);
        }
        query.push(")");
    })
    .map(|event| event.map(|event| (event.id, event)))
    .collect()
}

/// The days that are listed: those that can be read, else none.
fn days(setup: &Setup) -> (String, String) {
    let word = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    (word(setup.first_day()), word(setup.last_day()))
}

/// Writes a new event.
pub(in crate::events) async fn put(
    transaction: &mut Transaction,
    event: &Event,
    by: Option<Uuid>,
) -> Result<(), Error> {
    let (starts, ends) = days(&event.setup);
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO events (cluster_id, id, revision, state, name, starts_on, ends_on, audience, setup, created_by,
                 created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)",
        )
        .bind(event.cluster)
        .bind(event.id)
        .bind(event.revision)
        .bind(event.state.key())
        .bind(&event.setup.name)
        .bind(starts)
        .bind(ends)
        .bind(event.audience.to_string())
        .bind(Json(&event.setup))
        .bind(by)
        .bind(event.updated_at)
    );
    Ok(())
}

/// Writes over an event whose revision is still the one before; answers whether it was.
pub(in crate::events) async fn replace(transaction: &mut Transaction, event: &Event) -> Result<bool, Error> {
    let (starts, ends) = days(&event.setup);
    let written = execute!(
        transaction,
        sqlx::query(
            "UPDATE events SET revision = $3, state = $4, name = $5, starts_on = $6, ends_on = $7, audience = $8,
                    setup = $9, updated_at = $10
             WHERE cluster_id = $1 AND id = $2 AND revision = $3 - 1 AND deleted_at IS NULL",
        )
        .bind(event.cluster)
        .bind(event.id)
        .bind(event.revision)
        .bind(event.state.key())
        .bind(&event.setup.name)
        .bind(starts)
        .bind(ends)
        .bind(event.audience.to_string())
        .bind(Json(&event.setup))
        .bind(event.updated_at)
    );
    Ok(written > 0)
}

/// Holds an event until the transaction ends: who saves, deletes or joins it meanwhile waits. Answers its revision; none where
/// it is not there any more.
pub(in crate::events) async fn hold(
    transaction: &mut Transaction,
    (cluster, id): (ClusterId, EventId),
) -> Result<Option<i64>, Error> {
    execute!(
        transaction,
        sqlx::query("UPDATE events SET revision = revision WHERE cluster_id = $1 AND id = $2").bind(cluster).bind(id)
    );
    Ok(value!(
        transaction,
        "SELECT revision FROM events WHERE cluster_id = $1 AND id = $2 AND deleted_at IS NULL",
        cluster,
        id,
    ))
}

/// Whether something of an event names its rooms or days by their place: a timetable, a booth, a session that was proposed, a
/// table that is lost.
pub(in crate::events) async fn has_places(database: &Database, id: EventId) -> Result<bool, Error> {
    let found: Option<i64> = value!(
        database,
        "SELECT COUNT(*) FROM events WHERE id = $1 AND (
             EXISTS (SELECT 1 FROM event_timetables WHERE event_timetables.event_id = events.id)
             OR EXISTS (SELECT 1 FROM event_participants one WHERE one.event_id = events.id AND one.booth <> '')
             OR EXISTS (SELECT 1 FROM event_incidents one WHERE one.event_id = events.id AND one.room IS NOT NULL)
             OR EXISTS (SELECT 1 FROM event_requests one
                        WHERE one.event_id = events.id AND CAST(one.sessions AS TEXT) <> '[]'))",
        id,
    );
    Ok(found.is_some_and(|count| count > 0))
}

/// Deletes an event, or brings it back; answers whether that changed anything.
pub(in crate::events) async fn set_deleted(
    transaction: &mut Transaction,
    (cluster, id): (ClusterId, EventId),
    at: Option<Timestamp>,
) -> Result<bool, Error> {
    let written = execute!(
        transaction,
        sqlx::query(
            "UPDATE events SET deleted_at = $3
             WHERE cluster_id = $1 AND id = $2 AND (deleted_at IS NULL) = ($4)",
        )
        .bind(cluster)
        .bind(id)
        .bind(at)
        .bind(at.is_some())
    );
    Ok(written > 0)
}

/// Forgets the cluster's events that were deleted before a moment, with everything that hangs on them.
pub(in crate::events) async fn forget_deleted(
    transaction: &mut Transaction,
    cluster: ClusterId,
    before: Timestamp,
) -> Result<(), Error> {
    for statement in [
        "DELETE FROM event_muted WHERE cluster_id = $1
             AND event_id IN (SELECT id FROM events WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM event_outcomes WHERE cluster_id = $1
         AND event_id IN (SELECT id FROM events WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM event_poll_answers WHERE cluster_id = $1
         AND event_id IN (SELECT id FROM events WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM event_polls WHERE cluster_id = $1
         AND event_id IN (SELECT id FROM events WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM event_orders WHERE cluster_id = $1
         AND event_id IN (SELECT id FROM events WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM event_incidents WHERE cluster_id = $1
         AND event_id IN (SELECT id FROM events WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM event_bookings WHERE cluster_id = $1
         AND event_id IN (SELECT id FROM events WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM event_timetables WHERE cluster_id = $1
         AND event_id IN (SELECT id FROM events WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM event_requests WHERE cluster_id = $1
         AND event_id IN (SELECT id FROM events WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM event_links WHERE cluster_id = $1 AND participant_id IN (SELECT participant.id
             FROM event_participants participant JOIN events ON events.cluster_id = participant.cluster_id
                  AND events.id = participant.event_id
             WHERE participant.cluster_id = $1 AND events.deleted_at < $2)",
        "DELETE FROM event_people WHERE cluster_id = $1
         AND event_id IN (SELECT id FROM events WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM event_participants WHERE cluster_id = $1
         AND event_id IN (SELECT id FROM events WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM event_delegations WHERE cluster_id = $1
         AND event_id IN (SELECT id FROM events WHERE cluster_id = $1 AND deleted_at < $2)",
        "DELETE FROM events WHERE cluster_id = $1 AND deleted_at < $2",
    ] {
        execute!(transaction, sqlx::query(statement).bind(cluster).bind(before));
    }
    Ok(())
}
