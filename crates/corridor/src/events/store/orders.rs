//! Which meeting comes before which, as it is stored.

use crate::{
    accounts::ClusterId,
    events::model::{EventId, RequestId},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// The orders of an event: the earlier meeting and the later one.
pub(in crate::events) async fn of_event(
    database: &Database,
    event: EventId,
) -> Result<Vec<(RequestId, RequestId)>, Error> {
    Ok(rows!(
        database,
        "SELECT earlier_id, later_id FROM event_orders WHERE event_id = $1 ORDER BY made_at, earlier_id, later_id",
        event,
    ))
}

/// Writes an order of an event that is held, so that no two who set one at the same moment make a circle. Answers all orders
/// there were before.
pub(in crate::events) async fn put(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
    (earlier, later): (RequestId, RequestId),
    now: Timestamp,
) -> Result<Vec<(RequestId, RequestId)>, Error> {
    let before: Vec<(RequestId, RequestId)> =
        rows!(transaction, "SELECT earlier_id, later_id FROM event_orders WHERE event_id = $1", event);
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO event_orders (cluster_id, event_id, earlier_id, later_id, made_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT DO NOTHING",
        )
        .bind(cluster)
        .bind(event)
        .bind(earlier)
        .bind(later)
        .bind(now)
    );
    Ok(before)
}

/// Takes an order away; answers whether there was one.
pub(in crate::events) async fn remove(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
    (earlier, later): (RequestId, RequestId),
) -> Result<bool, Error> {
    let gone = execute!(
        transaction,
        sqlx::query(
            "DELETE FROM event_orders WHERE cluster_id = $1 AND event_id = $2 AND earlier_id = $3 AND later_id = $4",
        )
        .bind(cluster)
        .bind(event)
        .bind(earlier)
        .bind(later)
    );
    Ok(gone > 0)
}
