//! SQL of the programme.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;

use super::events::{EventRow, SELECT};
use crate::{
    accounts::{ClusterId, visibility::Reader},
    events::{
        model::{Event, EventId, Standing},
        programme::Attendance,
    },
    foundation::{database::Database, errors::Error},
};

/// The most events of a programme: decades of a large network.
const MOST: i64 = 2_000;

/// The events that a reader sees, of all clusters, the latest first: those in preparation of its own team only.
pub(in crate::events) async fn seen(
    database: &Database,
    reader: &Reader,
    own: Option<ClusterId>,
) -> Result<Vec<Event>, Error> {
    let rows: Vec<EventRow> = on!(database, pool => {
        let mut query = QueryBuilder::new(SELECT);
        query.push("(events.state <> 'preparing'");
        if let Some(own) = own {
            query.push(" OR events.cluster_id = ").push_bind(own);
        }
        query.push(") AND ");
        reader.condition(&mut query, "events.cluster_id", "events.audience");
        query.push(" ORDER BY events.starts_on DESC, events.name, events.id LIMIT ").push_bind(MOST);
        query.build_query_as().fetch_all(pool).await?
    });
    rows.into_iter().map(EventRow::read).collect()
}

/// The region of each cluster, as its own record in the directory says.
pub(in crate::events) async fn regions(database: &Database) -> Result<BTreeMap<ClusterId, String>, Error> {
    let rows: Vec<(ClusterId, String)> = rows!(
        database,
        "SELECT cluster_organisations.cluster_id, organisations.region
         FROM cluster_organisations JOIN organisations ON organisations.id = cluster_organisations.organisation_id
         WHERE organisations.region IS NOT NULL",
    );
    Ok(rows.into_iter().collect())
}

/// What is counted of an event by one of the questions below.
type Counted = (EventId, String, i64);

/// Who was asked, takes part and came, and the meetings of which something was said, by event.
pub(in crate::events) async fn attendance(
    database: &Database,
    events: &[EventId],
) -> Result<BTreeMap<EventId, Attendance>, Error> {
    let mut found: BTreeMap<EventId, Attendance> = BTreeMap::new();
    if events.is_empty() {
        return Ok(found);
    }
    // A meeting counts as kept where nobody says the contrary.
    let questions = [
        (
            "SELECT event_id, standing, COUNT(*) FROM event_participants WHERE event_id IN (",
            ") GROUP BY event_id, standing",
        ),
        (
            "SELECT event_id, 'came', COUNT(DISTINCT participant_id) FROM event_people
             WHERE checked_in_at IS NOT NULL AND event_id IN (",
            ") GROUP BY event_id",
        ),
        (
            "SELECT event_id, 'told', COUNT(DISTINCT request_id) FROM event_outcomes
             WHERE event_id IN (",
            ") GROUP BY event_id",
        ),
        (
            "SELECT event_id, 'not-kept', COUNT(DISTINCT request_id) FROM event_outcomes
             WHERE kept = FALSE AND event_id IN (",
            ") GROUP BY event_id",
        ),
    ];
    for (head, tail) in questions {
        let rows: Vec<Counted> = on!(database, pool => {
            let mut query = QueryBuilder::new(head);
            let mut listed = query.separated(", ");
            for id in events {
                listed.push_bind(*id);
            }
            query.push(tail).build_query_as().fetch_all(pool).await?
        });
        for (event, word, count) in rows {
            let count = u64::try_from(count).unwrap_or_default();
            let of = found.entry(event).or_default();
            match word.as_str() {
                "came" => of.came = count,
                "told" => (of.told, of.kept) = (count, count),
                "not-kept" => of.kept = of.kept.saturating_sub(count),
                standing => {
                    of.invited += count;
                    if standing == Standing::Confirmed.key() {
                        of.confirmed = count;
                    }
                }
            }
        }
    }
    Ok(found)
}
