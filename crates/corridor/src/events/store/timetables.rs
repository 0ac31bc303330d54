//! Versions of timetables and what they keep of people's time, as they are stored.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{QueryBuilder, types::Json};
use uuid::Uuid;

use crate::{
    accounts::ClusterId,
    events::{
        model::{AttendeeId, EventId, RequestId},
        timetables::{Findings, Placed, Reason, Version, VersionState},
    },
    foundation::{
        database::{Batch, Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// How many versions that were never published are kept.
const MOST_DRAFTS: i64 = 40;

#[derive(sqlx::FromRow)]
struct VersionRow {
    version: i64,
    state: String,
    reason: String,
    meetings: Json<Vec<Placed>>,
    findings: Json<Findings>,
    made_by: Option<Uuid>,
    made_at: Timestamp,
    published_at: Option<Timestamp>,
}

impl VersionRow {
    fn read(self) -> Result<Version, Error> {
        let unread = || anyhow::anyhow!("version {} of a timetable has a state that is not read", self.version);
        Ok(Version {
            state: VersionState::of(&self.state).ok_or_else(unread)?,
            reason: Reason::of(&self.reason),
            number: self.version,
            meetings: self.meetings.0,
            findings: self.findings.0,
            made_by: self.made_by,
            made_at: self.made_at,
            published_at: self.published_at,
        })
    }
}

const SELECT: &str = "SELECT version, state, reason, meetings, findings, made_by, made_at, published_at
    FROM event_timetables WHERE event_id = ";

/// One version: that of a number, else the newest of all.
pub(in crate::events) async fn version(
    database: &Database,
    event: EventId,
    number: Option<i64>,
) -> Result<Option<Version>, Error> {
    let row: Option<VersionRow> = on!(database, pool => {
        let mut query = QueryBuilder::new(SELECT);
        query.push_bind(event);
        if let Some(number) = number {
            query.push(" AND version = ").push_bind(number);
        }
        query.push(" ORDER BY version DESC LIMIT 1").build_query_as().fetch_optional(pool).await?
    });
    row.map(VersionRow::read).transpose()
}

/// The version that participants see.
pub(in crate::events) async fn published(database: &Database, event: EventId) -> Result<Option<Version>, Error> {
    let row: Option<VersionRow> = on!(database, pool => QueryBuilder::new(SELECT)
        .push_bind(event)
        .push(" AND state = 'published' ORDER BY version DESC LIMIT 1")
        .build_query_as()
        .fetch_optional(pool)
        .await?);
    row.map(VersionRow::read).transpose()
}

/// The version that was published at a moment; the first one ever published, where none was yet.
pub(in crate::events) async fn as_of(
    database: &Database,
    event: EventId,
    at: Timestamp,
) -> Result<Option<Version>, Error> {
    let row: Option<VersionRow> = on!(database, pool => {
        let mut query = QueryBuilder::new(SELECT);
        query.push_bind(event).push(" AND published_at IS NOT NULL ORDER BY CASE WHEN published_at <= ").push_bind(at);
        query.push(" THEN 0 ELSE 1 END, CASE WHEN published_at <= ").push_bind(at);
        query.push(" THEN -published_at ELSE published_at END, CASE WHEN published_at <= ").push_bind(at);
        query.push(" THEN -version ELSE version END LIMIT 1");
        query.build_query_as().fetch_optional(pool).await?
    });
    row.map(VersionRow::read).transpose()
}

/// The number of the published version, read in the transaction that is to publish another one.
pub(in crate::events) async fn published_number(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
) -> Result<Option<i64>, Error> {
    Ok(value!(
        transaction,
        "SELECT version FROM event_timetables WHERE cluster_id = $1 AND event_id = $2 AND state = 'published'
         ORDER BY version DESC LIMIT 1",
        cluster,
        event,
    ))
}

/// Everything that was ever published, the oldest first, with when.
pub(in crate::events) async fn ever_published(
    database: &Database,
    event: EventId,
) -> Result<Vec<(Timestamp, Vec<Placed>)>, Error> {
    let rows: Vec<VersionRow> = on!(database, pool => QueryBuilder::new(SELECT)
        .push_bind(event)
        .push(" AND published_at IS NOT NULL ORDER BY published_at, version")
        .build_query_as()
        .fetch_all(pool)
        .await?);
    Ok(rows.into_iter().map(|row| (row.published_at.unwrap_or(row.made_at), row.meetings.0)).collect())
}

/// A version as the list of versions names it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::events) struct Line {
    pub(in crate::events) version: i64,
    pub(in crate::events) state: String,
    pub(in crate::events) reason: String,
    pub(in crate::events) findings: Json<Findings>,
    pub(in crate::events) made_at: Timestamp,
    pub(in crate::events) published_at: Option<Timestamp>,
}

/// The versions of an event without their meetings, the newest first.
pub(in crate::events) async fn lines(database: &Database, event: EventId) -> Result<Vec<Line>, Error> {
    Ok(rows!(
        database,
        "SELECT version, state, reason, findings, made_at, published_at FROM event_timetables
         WHERE event_id = $1 ORDER BY version DESC",
        event,
    ))
}

/// Writes a draft under its number; answers whether that was free: of two who made one at once, the second is told.
/// Drafts that nobody published go after forty newer ones.
pub(in crate::events) async fn put(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
    version: &Version,
) -> Result<bool, Error> {
    let written = execute!(
        transaction,
        sqlx::query(
            "INSERT INTO event_timetables (cluster_id, event_id, version, state, reason, meetings, findings, made_by, made_at)
             VALUES ($1, $2, $3, 'draft', $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
        )
        .bind(cluster)
        .bind(event)
        .bind(version.number)
        .bind(version.reason.map(Reason::text).unwrap_or_default())
        .bind(Json(&version.meetings))
        .bind(Json(version.findings))
        .bind(version.made_by)
        .bind(version.made_at)
    );
    execute!(
        transaction,
        sqlx::query(
            "DELETE FROM event_timetables WHERE cluster_id = $1 AND event_id = $2 AND published_at IS NULL AND version <= $3",
        )
        .bind(cluster)
        .bind(event)
        .bind(version.number - MOST_DRAFTS)
    );
    Ok(written > 0)
}

/// Makes a draft the published version, and the one before past; answers whether it was a draft.
pub(in crate::events) async fn publish(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
    version: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    execute!(
        transaction,
        sqlx::query(
            "UPDATE event_timetables SET state = 'past' WHERE cluster_id = $1 AND event_id = $2 AND state = 'published'",
        )
        .bind(cluster)
        .bind(event)
    );
    let written = execute!(
        transaction,
        sqlx::query(
            "UPDATE event_timetables SET state = 'published', published_at = $4
             WHERE cluster_id = $1 AND event_id = $2 AND version = $3 AND state = 'draft'",
        )
        .bind(cluster)
        .bind(event)
        .bind(version)
        .bind(now)
    );
    Ok(written > 0)
}

/// A cell of five minutes of somebody's time.
pub(in crate::events) type Booking = (String, i64, RequestId);

/// Writes what a published timetable keeps of people's time over what the one before kept. Answers the bookings that could
/// not be written, because the same person is booked at that time already: the caller then takes everything back.
pub(in crate::events) async fn book(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
    bookings: &[Booking],
) -> Result<Vec<(String, i64)>, Error> {
    execute!(
        transaction,
        sqlx::query("DELETE FROM event_bookings WHERE cluster_id = $1 AND event_id = $2").bind(cluster).bind(event)
    );
    let mut batch = Batch::new(
        "INSERT INTO event_bookings (attendee, cell, cluster_id, event_id, request_id)",
        "ON CONFLICT (attendee, cell) DO NOTHING",
    );
    batch.extend(bookings.iter().map(|(attendee, cell, request)| {
        vec![attendee.clone().into(), (*cell).into(), cluster.into(), event.into(), (*request).into()]
    }));
    if batch.write(transaction).await? == bookings.len() as u64 {
        return Ok(Vec::new());
    }
    let written: Vec<(String, i64, Uuid)> = rows!(
        transaction,
        "SELECT attendee, cell, request_id FROM event_bookings WHERE cluster_id = $1 AND event_id = $2",
        cluster,
        event,
    );
    let written: BTreeSet<Booking> =
        written.into_iter().map(|(attendee, cell, request)| (attendee, cell, RequestId(request))).collect();
    let refused = bookings.iter().filter(|booking| !written.contains(booking));
    Ok(refused.map(|(attendee, cell, _)| (attendee.clone(), *cell)).collect())
}

/// Takes a published timetable back into drafts and lets go of the time that it kept: the event is not held now.
pub(in crate::events) async fn withdraw(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("DELETE FROM event_bookings WHERE cluster_id = $1 AND event_id = $2").bind(cluster).bind(event)
    );
    execute!(
        transaction,
        sqlx::query(
            "UPDATE event_timetables SET state = 'draft'
             WHERE cluster_id = $1 AND event_id = $2 AND state = 'published'",
        )
        .bind(cluster)
        .bind(event)
    );
    Ok(())
}

/// The cells between two that other events keep of the people of an event, by their keys.
pub(in crate::events) async fn taken_elsewhere(
    database: &Database,
    event: EventId,
    (from, until): (i64, i64),
) -> Result<BTreeMap<String, BTreeSet<i64>>, Error> {
    let rows: Vec<(String, i64)> = rows!(
        database,
        "SELECT event_bookings.attendee, event_bookings.cell FROM event_bookings
         WHERE event_bookings.event_id <> $1 AND event_bookings.cell >= $2 AND event_bookings.cell < $3
           AND event_bookings.attendee IN (SELECT event_people.attendee FROM event_people WHERE event_people.event_id = $1)",
        event,
        from,
        until,
    );
    let mut found: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for (attendee, cell) in rows {
        found.entry(attendee).or_default().insert(cell);
    }
    Ok(found)
}

/// Gives somebody a private address of a calendar; an earlier one is worth nothing any more.
pub(in crate::events) async fn put_calendar(
    transaction: &mut Transaction,
    cluster: ClusterId,
    id: AttendeeId,
    digest: &str,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("UPDATE event_people SET calendar_digest = $3 WHERE cluster_id = $1 AND id = $2")
            .bind(cluster)
            .bind(id)
            .bind(digest)
    );
    Ok(())
}

/// Whose private calendar an address is.
pub(in crate::events) async fn of_calendar(database: &Database, digest: &str) -> Result<Option<AttendeeId>, Error> {
    Ok(value!(database, "SELECT id FROM event_people WHERE calendar_digest = $1", digest))
}

/// The people of an event who have a private calendar already.
pub(in crate::events) async fn with_calendar(
    database: &Database,
    event: EventId,
) -> Result<BTreeSet<AttendeeId>, Error> {
    let found: Vec<AttendeeId> =
        values!(database, "SELECT id FROM event_people WHERE event_id = $1 AND calendar_digest IS NOT NULL", event);
    Ok(found.into_iter().collect())
}
