//! The people of participants, as they are stored.

use std::collections::BTreeMap;

use sqlx::{QueryBuilder, types::Json};

use crate::{
    accounts::ClusterId,
    events::model::{Attendee, AttendeeId, EventId, ParticipantId, address_key},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::{Day, Timestamp},
    },
};

#[derive(sqlx::FromRow)]
struct AttendeeRow {
    id: AttendeeId,
    participant_id: ParticipantId,
    name: String,
    email: String,
    job: String,
    language: String,
    attendee: String,
    away: Json<Vec<Timestamp>>,
    rest: Json<Vec<Timestamp>>,
    checked_in_at: Option<Timestamp>,
}

impl AttendeeRow {
    fn read(self) -> Attendee {
        Attendee {
            id: self.id,
            participant: self.participant_id,
            name: self.name,
            email: self.email,
            job: self.job,
            language: self.language.parse().unwrap_or_default(),
            key: self.attendee,
            away: self.away.0,
            rest: self.rest.0,
            checked_in_at: self.checked_in_at,
        }
    }
}

const SELECT: &str = "SELECT id, participant_id, name, email, job, language, attendee, away, rest, checked_in_at
    FROM event_people WHERE ";

/// The people of an event, in the order in which they were named.
pub(in crate::events) async fn of_event(database: &Database, event: EventId) -> Result<Vec<Attendee>, Error> {
    let rows: Vec<AttendeeRow> = on!(database, pool => QueryBuilder::new(SELECT)
        .push("event_id = ")
        .push_bind(event)
        .push(" ORDER BY added_at, id")
        .build_query_as()
        .fetch_all(pool)
        .await?);
    Ok(rows.into_iter().map(AttendeeRow::read).collect())
}

/// The people of a participant.
pub(in crate::events) async fn of_participant(
    database: &Database,
    participant: ParticipantId,
) -> Result<Vec<Attendee>, Error> {
    let rows: Vec<AttendeeRow> = on!(database, pool => QueryBuilder::new(SELECT)
        .push("participant_id = ")
        .push_bind(participant)
        .push(" ORDER BY added_at, id")
        .build_query_as()
        .fetch_all(pool)
        .await?);
    Ok(rows.into_iter().map(AttendeeRow::read).collect())
}

/// One of the people of an event.
pub(in crate::events) async fn one(database: &Database, id: AttendeeId) -> Result<Option<Attendee>, Error> {
    let row: Option<AttendeeRow> = on!(database, pool => QueryBuilder::new(SELECT)
        .push("id = ")
        .push_bind(id)
        .build_query_as()
        .fetch_optional(pool)
        .await?);
    Ok(row.map(AttendeeRow::read))
}

/// Writes a person of a participant, or writes over one; that somebody came in is said at the door only.
pub(in crate::events) async fn put(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
    attendee: &Attendee,
    now: Timestamp,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO event_people (cluster_id, id, event_id, participant_id, name, email, job, language, attendee, away,
                 rest, added_at, checked_in_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             ON CONFLICT (cluster_id, id) DO UPDATE SET name = excluded.name, email = excluded.email,
                 job = excluded.job, language = excluded.language, attendee = excluded.attendee, away = excluded.away,
                 rest = excluded.rest",
        )
        .bind(cluster)
        .bind(attendee.id)
        .bind(event)
        .bind(attendee.participant)
        .bind(&attendee.name)
        .bind(&attendee.email)
        .bind(&attendee.job)
        .bind(attendee.language.code())
        .bind(&attendee.key)
        .bind(Json(&attendee.away))
        .bind(Json(&attendee.rest))
        .bind(now)
        .bind(attendee.checked_in_at)
    );
    Ok(())
}

/// What tells the people of an event apart, as a transaction sees it.
pub(in crate::events) async fn keys(
    transaction: &mut Transaction,
    event: EventId,
) -> Result<BTreeMap<AttendeeId, String>, Error> {
    let rows: Vec<(AttendeeId, String)> =
        rows!(transaction, "SELECT id, attendee FROM event_people WHERE event_id = $1", event);
    Ok(rows.into_iter().collect())
}

/// Takes a person of a participant away, with the private links that were written to it. The time that it is booked for is
/// its no more: nothing of its address stays.
pub(in crate::events) async fn remove(
    transaction: &mut Transaction,
    cluster: ClusterId,
    id: AttendeeId,
) -> Result<(), Error> {
    super::muted::forget_seat(transaction, id).await?;
    unbook(transaction, id).await?;
    execute!(
        transaction,
        sqlx::query("DELETE FROM event_links WHERE cluster_id = $1 AND person_id = $2").bind(cluster).bind(id)
    );
    super::day::remove_of(transaction, cluster, id).await?;
    execute!(
        transaction,
        sqlx::query("DELETE FROM event_people WHERE cluster_id = $1 AND id = $2").bind(cluster).bind(id)
    );
    Ok(())
}

/// Where somebody comes to an event.
#[derive(sqlx::FromRow)]
pub(in crate::events) struct Named {
    pub(in crate::events) cluster_id: ClusterId,
    pub(in crate::events) id: AttendeeId,
    pub(in crate::events) event: String,
    pub(in crate::events) name: String,
    pub(in crate::events) email: String,
    pub(in crate::events) job: String,
    pub(in crate::events) added_at: Timestamp,
    pub(in crate::events) checked_in_at: Option<Timestamp>,
}

/// Every event to which an account or an address comes.
pub(in crate::events) async fn naming(
    database: &Database,
    person: Option<uuid::Uuid>,
    email: Option<&str>,
) -> Result<Vec<Named>, Error> {
    Ok(rows!(
        database,
        "SELECT event_people.cluster_id, event_people.id, events.name AS event, event_people.name, event_people.email,
                event_people.job, event_people.added_at, event_people.checked_in_at
         FROM event_people JOIN events ON events.cluster_id = event_people.cluster_id AND events.id = event_people.event_id
         WHERE event_people.person_id = $1 OR LOWER(event_people.email) = LOWER($2)
         ORDER BY event_people.added_at, event_people.id",
        person,
        email,
    ))
}

/// Takes name, address and account of somebody out of all events; the seats stay, so that the meetings of others do.
/// Says of how many.
pub(in crate::events) async fn forget(
    transaction: &mut Transaction,
    person: Option<uuid::Uuid>,
    email: Option<&str>,
) -> Result<u64, Error> {
    super::day::forget(transaction, person, email).await?;
    if let Some(email) = email {
        super::muted::forget(transaction, &address_key(email)).await?;
    }
    execute!(transaction, sqlx::query("UPDATE events SET created_by = NULL WHERE created_by = $1").bind(person));
    execute!(transaction, sqlx::query("UPDATE event_timetables SET made_by = NULL WHERE made_by = $1").bind(person));
    let seats: Vec<AttendeeId> = values!(
        transaction,
        "SELECT id FROM event_people WHERE person_id = $1 OR (email <> '' AND LOWER(email) = LOWER($2))",
        person,
        email,
    );
    for id in &seats {
        unname(transaction, *id).await?;
    }
    Ok(seats.len() as u64)
}

/// Keeps the time that a seat is booked for under the seat itself instead of under a person.
async fn unbook(transaction: &mut Transaction, id: AttendeeId) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "UPDATE event_bookings SET attendee = $2
             WHERE attendee = (SELECT attendee FROM event_people WHERE id = $1)
               AND event_id = (SELECT event_id FROM event_people WHERE id = $1)",
        )
        .bind(id)
        .bind(id.to_string())
    );
    Ok(())
}

/// Gives the time that a person is booked for at an event to another one, because the address of the seat is another now.
/// Answers whether that one is free at that time: else nothing is done.
pub(in crate::events) async fn rebook(
    transaction: &mut Transaction,
    event: EventId,
    (from, to): (&str, &str),
) -> Result<bool, Error> {
    let taken: Option<i64> = value!(
        transaction,
        "SELECT COUNT(*) FROM event_bookings own JOIN event_bookings theirs ON theirs.attendee = $3 AND theirs.cell = own.cell
         WHERE own.attendee = $2 AND own.event_id = $1",
        event,
        from,
        to,
    );
    if taken.is_some_and(|count| count > 0) {
        return Ok(false);
    }
    execute!(
        transaction,
        sqlx::query("UPDATE event_bookings SET attendee = $3 WHERE attendee = $2 AND event_id = $1")
            .bind(event)
            .bind(from)
            .bind(to)
    );
    Ok(true)
}

/// Takes the name off a seat. What told this person from others in all events was a digest of the address: from now on the
/// seat is told apart in its own event only, and so is the time that it is booked for.
pub(in crate::events) async fn unname(transaction: &mut Transaction, id: AttendeeId) -> Result<(), Error> {
    super::muted::forget_seat(transaction, id).await?;
    unbook(transaction, id).await?;
    execute!(transaction, sqlx::query("DELETE FROM event_links WHERE person_id = $1").bind(id));
    execute!(
        transaction,
        sqlx::query(
            "UPDATE event_people SET name = '', email = '', job = '', person_id = NULL, calendar_digest = NULL, attendee = $2
             WHERE id = $1",
        )
        .bind(id)
        .bind(id.to_string())
    );
    Ok(())
}

/// Somebody whose name has stood there for long enough.
#[derive(sqlx::FromRow)]
pub(in crate::events) struct Aged {
    pub(in crate::events) id: AttendeeId,
    pub(in crate::events) name: String,
    pub(in crate::events) event: String,
    pub(in crate::events) ends_on: String,
}

/// Named people of events that ended before a day, whom no open request of theirs keeps.
macro_rules! aged_people {
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM event_people person JOIN events ON events.cluster_id = person.cluster_id AND events.id = person.event_id
             WHERE events.ends_on <> '' AND events.ends_on < $1
               AND (person.name <> '' OR person.email <> '' OR person.person_id IS NOT NULL)
               AND NOT EXISTS (SELECT 1 FROM personal_holds WHERE personal_holds.person_id = person.person_id
                               OR personal_holds.email = LOWER(person.email))",
            $rest
        )
    };
}

/// The first of them, the longest ended first.
pub(in crate::events) async fn due(database: &Database, before: Day, most: i64) -> Result<Vec<Aged>, Error> {
    const DUE: &str = aged_people!(
        "person.id, person.name, events.name AS event, events.ends_on",
        " ORDER BY events.ends_on, person.id LIMIT $2"
    );
    Ok(rows!(database, DUE, before.to_string(), most))
}

/// How many they are.
pub(in crate::events) async fn due_count(database: &Database, before: Day) -> Result<i64, Error> {
    const COUNT: &str = aged_people!("COUNT(*)", "");
    Ok(on!(database, pool => sqlx::query_scalar(COUNT).bind(before.to_string()).fetch_one(pool).await?))
}

/// Those who are next.
pub(in crate::events) async fn expiring(
    transaction: &mut Transaction,
    before: Day,
    most: i64,
) -> Result<Vec<AttendeeId>, Error> {
    const NEXT: &str = aged_people!("person.id", " ORDER BY events.ends_on, person.id LIMIT $2");
    Ok(values!(transaction, NEXT, before.to_string(), most))
}
