//! Who gets no letters about requests of an event, as it is stored.

use std::collections::BTreeSet;

use crate::{
    accounts::ClusterId,
    events::model::{AttendeeId, EventId},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// The digests of the addresses that get no letters about requests of an event.
pub(in crate::events) async fn of_event(database: &Database, event: EventId) -> Result<BTreeSet<String>, Error> {
    let found: Vec<String> = values!(database, "SELECT attendee FROM event_muted WHERE event_id = $1", event);
    Ok(found.into_iter().collect())
}

/// Of which events, and since when, an address gets none.
pub(in crate::events) async fn of_attendee(
    database: &Database,
    attendee: &str,
) -> Result<Vec<(ClusterId, EventId, String, Timestamp)>, Error> {
    Ok(rows!(
        database,
        "SELECT event_muted.cluster_id, event_muted.event_id, events.name, event_muted.muted_at
         FROM event_muted JOIN events ON events.cluster_id = event_muted.cluster_id AND events.id = event_muted.event_id
         WHERE event_muted.attendee = $1 ORDER BY event_muted.muted_at",
        attendee,
    ))
}

/// Notes that an address wants no letters about requests of an event, or wants them again; answers whether that is new.
pub(in crate::events) async fn set(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
    attendee: &str,
    mutes: bool,
    now: Timestamp,
) -> Result<bool, Error> {
    let statement = if mutes {
        "INSERT INTO event_muted (cluster_id, event_id, attendee, muted_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM event_muted WHERE cluster_id = $1 AND event_id = $2 AND attendee = $3 AND muted_at <= $4"
    };
    Ok(execute!(transaction, sqlx::query(statement).bind(cluster).bind(event).bind(attendee).bind(now)) > 0)
}

/// Forgets what an address chose, at all events.
pub(in crate::events) async fn forget(transaction: &mut Transaction, attendee: &str) -> Result<(), Error> {
    execute!(transaction, sqlx::query("DELETE FROM event_muted WHERE attendee = $1").bind(attendee));
    Ok(())
}

/// Forgets what somebody chose whose seat loses its name, or goes.
pub(in crate::events) async fn forget_seat(transaction: &mut Transaction, id: AttendeeId) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "DELETE FROM event_muted WHERE event_id = (SELECT event_id FROM event_people WHERE id = $1)
                 AND attendee = (SELECT attendee FROM event_people WHERE id = $1)",
        )
        .bind(id)
    );
    Ok(())
}
