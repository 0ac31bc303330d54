//! Who is there, and what goes otherwise than published, as it is stored.

use uuid::Uuid;

use crate::{
    accounts::ClusterId,
    events::{
        day::{Incident, IncidentId, What},
        model::{AttendeeId, EventId, ParticipantId, RequestId},
    },
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

#[derive(sqlx::FromRow)]
struct IncidentRow {
    id: IncidentId,
    kind: String,
    participant_id: Option<ParticipantId>,
    person_id: Option<AttendeeId>,
    room: Option<i64>,
    table_number: Option<i64>,
    request_id: Option<RequestId>,
    from_at: Timestamp,
    until_at: Option<Timestamp>,
    why: String,
    noted_by: Option<Uuid>,
    noted_at: Timestamp,
    version: Option<i64>,
    ended_at: Option<Timestamp>,
}

impl IncidentRow {
    fn what(&self) -> Option<What> {
        Some(match self.kind.as_str() {
            "away" => What::Away { participant: self.participant_id?, person: self.person_id },
            "table" => What::Table { room: self.room?.try_into().ok()?, table: self.table_number?.try_into().ok()? },
            "called_off" => What::CalledOff { request: self.request_id? },
            _ => return None,
        })
    }

    fn read(self) -> Result<Incident, Error> {
        let unread = || anyhow::anyhow!("the incident {} is of a kind that is not read", self.id);
        Ok(Incident {
            what: self.what().ok_or_else(unread)?,
            id: self.id,
            from: self.from_at,
            until: self.until_at,
            why: self.why,
            noted_by: self.noted_by,
            noted_at: self.noted_at,
            version: self.version,
            ended_at: self.ended_at,
        })
    }
}

/// What was noted at an event, the newest first.
pub(in crate::events) async fn incidents(database: &Database, event: EventId) -> Result<Vec<Incident>, Error> {
    let rows: Vec<IncidentRow> = rows!(
        database,
        "SELECT id, kind, participant_id, person_id, room, table_number, request_id, from_at, until_at, why, noted_by,
                noted_at, version, ended_at
         FROM event_incidents WHERE event_id = $1 ORDER BY noted_at DESC, id DESC",
        event,
    );
    rows.into_iter().map(IncidentRow::read).collect()
}

/// Notes one.
pub(in crate::events) async fn put(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
    incident: &Incident,
) -> Result<(), Error> {
    let (mut participant, mut person, mut room, mut table, mut request) = (None, None, None, None, None);
    match incident.what {
        What::Away { participant: of, person: who } => (participant, person) = (Some(of), who),
        What::Table { room: of, table: number } => {
            room = Some(i64::try_from(of).unwrap_or(i64::MAX));
            table = Some(i64::from(number));
        }
        What::CalledOff { request: which } => request = Some(which),
    }
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO event_incidents (cluster_id, id, event_id, kind, participant_id, person_id, room, table_number,
                 request_id, from_at, until_at, why, noted_by, noted_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        )
        .bind(cluster)
        .bind(incident.id)
        .bind(event)
        .bind(incident.what.key())
        .bind(participant)
        .bind(person)
        .bind(room)
        .bind(table)
        .bind(request)
        .bind(incident.from)
        .bind(incident.until)
        .bind(&incident.why)
        .bind(incident.noted_by)
        .bind(incident.noted_at)
    );
    Ok(())
}

/// Ends one that holds; answers whether it held.
pub(in crate::events) async fn end(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
    id: IncidentId,
    by: Option<Uuid>,
    now: Timestamp,
) -> Result<bool, Error> {
    let written = execute!(
        transaction,
        sqlx::query(
            "UPDATE event_incidents SET ended_at = $4, ended_by = $5
             WHERE cluster_id = $1 AND event_id = $2 AND id = $3 AND ended_at IS NULL",
        )
        .bind(cluster)
        .bind(event)
        .bind(id)
        .bind(now)
        .bind(by)
    );
    Ok(written > 0)
}

/// Notes that a published version reckons with these.
pub(in crate::events) async fn mark(
    transaction: &mut Transaction,
    cluster: ClusterId,
    incidents: &[Incident],
    version: i64,
) -> Result<(), Error> {
    for incident in incidents.iter().filter(|incident| incident.version.is_none()) {
        execute!(
            transaction,
            sqlx::query(
                "UPDATE event_incidents SET version = $3 WHERE cluster_id = $1 AND id = $2 AND version IS NULL",
            )
            .bind(cluster)
            .bind(incident.id)
            .bind(version)
        );
    }
    Ok(())
}

/// Notes that somebody came in, or that it was a mistake; answers whether that changed anything.
pub(in crate::events) async fn check_in(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
    person: AttendeeId,
    at: Option<Timestamp>,
) -> Result<bool, Error> {
    let written = execute!(
        transaction,
        sqlx::query(
            "UPDATE event_people SET checked_in_at = $4
             WHERE cluster_id = $1 AND event_id = $2 AND id = $3 AND (checked_in_at IS NULL) = ($5)",
        )
        .bind(cluster)
        .bind(event)
        .bind(person)
        .bind(at)
        .bind(at.is_some())
    );
    Ok(written > 0)
}

/// What was noted of somebody at an event.
#[derive(sqlx::FromRow)]
pub(in crate::events) struct About {
    pub(in crate::events) cluster_id: ClusterId,
    pub(in crate::events) id: IncidentId,
    pub(in crate::events) event: String,
    pub(in crate::events) why: String,
    pub(in crate::events) from_at: Timestamp,
    pub(in crate::events) noted_at: Timestamp,
}

/// Every absence that was noted of an account or an address, alone or with all people of its participant.
pub(in crate::events) async fn about(
    database: &Database,
    person: Option<Uuid>,
    email: Option<&str>,
) -> Result<Vec<About>, Error> {
    Ok(rows!(
        database,
        "SELECT incident.cluster_id, incident.id, events.name AS event, incident.why, incident.from_at, incident.noted_at
         FROM event_incidents incident
         JOIN events ON events.cluster_id = incident.cluster_id AND events.id = incident.event_id
         JOIN event_people seat ON seat.cluster_id = incident.cluster_id
              AND seat.participant_id = incident.participant_id
              AND (incident.person_id IS NULL OR incident.person_id = seat.id)
         WHERE seat.person_id = $1 OR LOWER(seat.email) = LOWER($2)
         ORDER BY incident.noted_at, incident.id",
        person,
        email,
    ))
}

/// Takes the words of what was noted about somebody away, alone or with all people of its participant, and who noted it: called
/// before the seat loses its name.
pub(in crate::events) async fn forget(
    transaction: &mut Transaction,
    person: Option<Uuid>,
    email: Option<&str>,
) -> Result<(), Error> {
    execute!(transaction, sqlx::query("UPDATE event_incidents SET noted_by = NULL WHERE noted_by = $1").bind(person));
    execute!(transaction, sqlx::query("UPDATE event_incidents SET ended_by = NULL WHERE ended_by = $1").bind(person));
    execute!(
        transaction,
        sqlx::query(
            "UPDATE event_incidents SET why = '' WHERE EXISTS (SELECT 1 FROM event_people seat
                 WHERE seat.cluster_id = event_incidents.cluster_id
                   AND seat.participant_id = event_incidents.participant_id
                   AND (event_incidents.person_id IS NULL OR event_incidents.person_id = seat.id)
                   AND (seat.person_id = $1 OR (seat.email <> '' AND LOWER(seat.email) = LOWER($2))))",
        )
        .bind(person)
        .bind(email)
    );
    Ok(())
}

/// Takes away what was noted about one who is taken out of its participant.
pub(in crate::events) async fn remove_of(
    transaction: &mut Transaction,
    cluster: ClusterId,
    person: AttendeeId,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("DELETE FROM event_incidents WHERE cluster_id = $1 AND person_id = $2").bind(cluster).bind(person)
    );
    Ok(())
}
