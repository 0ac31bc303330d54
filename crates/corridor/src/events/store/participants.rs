//! Who takes part, as it is stored.

use sqlx::QueryBuilder;

use crate::{
    accounts::ClusterId,
    directory::OrganisationId,
    events::model::{AttendeeId, EventId, Participant, ParticipantId, Standing},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

#[derive(sqlx::FromRow)]
struct ParticipantRow {
    id: ParticipantId,
    event_id: EventId,
    organisation_id: Option<OrganisationId>,
    name: String,
    country: String,
    kind: String,
    delegation: String,
    standing: String,
    offers: String,
    seeks: String,
    minimum: Option<i64>,
    maximum: Option<i64>,
    booth: String,
    revision: i64,
    asked_at: Timestamp,
    answered_at: Option<Timestamp>,
}

impl ParticipantRow {
    fn read(self) -> Result<Participant, Error> {
        let count = |value: Option<i64>| value.and_then(|value| u32::try_from(value).ok());
        let unread = || anyhow::anyhow!("the participant {} has a standing that is not read", self.id);
        Ok(Participant {
            standing: Standing::of(&self.standing).ok_or_else(unread)?,
            id: self.id,
            event: self.event_id,
            organisation: self.organisation_id,
            name: self.name,
            country: self.country,
            kind: self.kind,
            delegation: self.delegation,
            offers: self.offers,
            seeks: self.seeks,
            minimum: count(self.minimum),
            maximum: count(self.maximum),
            booth: self.booth,
            revision: self.revision,
            asked_at: self.asked_at,
            answered_at: self.answered_at,
        })
    }
}

const SELECT: &str = "SELECT participant.id, participant.event_id,
        COALESCE(merged.now_id, participant.organisation_id) AS organisation_id, participant.name, participant.country,
        participant.kind, participant.delegation, participant.standing, participant.offers, participant.seeks,
        participant.minimum, participant.maximum, participant.booth, participant.revision, participant.asked_at,
        participant.answered_at
    FROM event_participants participant
    LEFT JOIN merged_organisations merged ON merged.id = participant.organisation_id WHERE ";

/// Reads the participants that a condition keeps, which `$query` is given, from a database or in a transaction.
macro_rules! kept {
    ($from:expr, $query:ident => $condition:expr) => {{
        let rows: Vec<ParticipantRow> = on!($from, connection => {
            let mut $query = QueryBuilder::new(SELECT);
            $condition;
            $query.build_query_as().fetch_all(connection).await?
        });
        rows.into_iter().map(ParticipantRow::read).collect()
    }};
}

/// What keeps the participants of an event, by name.
macro_rules! of_event {
    ($from:expr, $event:expr) => {
        kept!($from, query => {
            query.push("participant.event_id = ").push_bind($event).push(" ORDER BY participant.name, participant.id");
        })
    };
}

/// The participants of an event, by name.
pub(in crate::events) async fn of_event(database: &Database, event: EventId) -> Result<Vec<Participant>, Error> {
    of_event!(database, event)
}

/// The participants of an event as a transaction sees them, by name.
pub(in crate::events) async fn of_event_in(
    transaction: &mut Transaction,
    event: EventId,
) -> Result<Vec<Participant>, Error> {
    of_event!(transaction, event)
}

/// A participant, by its id or by the digest of its private link.
pub(in crate::events) async fn one(
    database: &Database,
    id: Option<ParticipantId>,
    key: Option<&str>,
) -> Result<Option<Participant>, Error> {
    let row: Option<ParticipantRow> = on!(database, pool => {
        let mut query = QueryBuilder::new(SELECT);
        match (id, key) {
            (Some(id), _) => query.push("participant.id = ").push_bind(id),
            (None, key) => query
                .push("participant.id = (SELECT participant_id FROM event_links WHERE digest = ")
                .push_bind(key)
                .push(")"),
        };
        query.build_query_as().fetch_optional(pool).await?
    });
    row.map(ParticipantRow::read).transpose()
}

/// What an organisation takes part in, or is invited to, the newest first.
pub(in crate::events) async fn of_organisation(
    database: &Database,
    organisation: OrganisationId,
) -> Result<Vec<Participant>, Error> {
    kept!(database, query => {
        query.push("COALESCE(merged.now_id, participant.organisation_id) = ").push_bind(organisation);
        query.push(" ORDER BY participant.asked_at DESC, participant.id LIMIT 200");
    })
}

/// Writes a new participant; answers whether its organisation did not take part yet.
pub(in crate::events) async fn put(
    transaction: &mut Transaction,
    cluster: ClusterId,
    participant: &Participant,
) -> Result<bool, Error> {
    let written = execute!(
        transaction,
        sqlx::query(
            "INSERT INTO event_participants (cluster_id, id, event_id, organisation_id, name, country, kind, delegation,
                 standing, offers, seeks, minimum, maximum, booth, revision, asked_at, answered_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
             ON CONFLICT (cluster_id, event_id, organisation_id) DO NOTHING",
        )
        .bind(cluster)
        .bind(participant.id)
        .bind(participant.event)
        .bind(participant.organisation)
        .bind(&participant.name)
        .bind(&participant.country)
        .bind(&participant.kind)
        .bind(&participant.delegation)
        .bind(participant.standing.key())
        .bind(&participant.offers)
        .bind(&participant.seeks)
        .bind(participant.minimum.map(i64::from))
        .bind(participant.maximum.map(i64::from))
        .bind(&participant.booth)
        .bind(participant.revision)
        .bind(participant.asked_at)
        .bind(participant.answered_at)
    );
    Ok(written > 0)
}

/// Writes over a participant whose revision is still the one before; answers whether it was.
pub(in crate::events) async fn replace(
    transaction: &mut Transaction,
    cluster: ClusterId,
    participant: &Participant,
) -> Result<bool, Error> {
    let written = execute!(
        transaction,
        sqlx::query(
            "UPDATE event_participants SET name = $3, country = $4, kind = $5, delegation = $6, standing = $7, offers = $8,
                    seeks = $9, minimum = $10, maximum = $11, booth = $12, revision = $13, answered_at = $14
             WHERE cluster_id = $1 AND id = $2 AND revision = $13 - 1",
        )
        .bind(cluster)
        .bind(participant.id)
        .bind(&participant.name)
        .bind(&participant.country)
        .bind(&participant.kind)
        .bind(&participant.delegation)
        .bind(participant.standing.key())
        .bind(&participant.offers)
        .bind(&participant.seeks)
        .bind(participant.minimum.map(i64::from))
        .bind(participant.maximum.map(i64::from))
        .bind(&participant.booth)
        .bind(participant.revision)
        .bind(participant.answered_at)
    );
    Ok(written > 0)
}

/// Whether another participant of an event has this booth; who does not come any more leaves its own.
pub(in crate::events) async fn has_booth(
    transaction: &mut Transaction,
    event: EventId,
    id: ParticipantId,
    booth: &str,
) -> Result<bool, Error> {
    let found: Option<ParticipantId> = value!(
        transaction,
        "SELECT id FROM event_participants
         WHERE event_id = $1 AND id <> $2 AND booth = $3 AND standing NOT IN ('declined', 'withdrawn') LIMIT 1",
        event,
        id,
        booth,
    );
    Ok(found.is_some())
}

/// Two participants of an event, held until the transaction ends: what is decided of them meanwhile waits. Always in one
/// order, so that two who ask each other do not wait for one another.
pub(in crate::events) async fn hold(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
    (one, other): (ParticipantId, ParticipantId),
) -> Result<Vec<Participant>, Error> {
    for id in [one.min(other), one.max(other)] {
        execute!(
            transaction,
            sqlx::query("UPDATE event_participants SET revision = revision WHERE cluster_id = $1 AND id = $2")
                .bind(cluster)
                .bind(id)
        );
    }
    kept!(transaction, query => {
        query.push("participant.event_id = ").push_bind(event).push(" AND participant.id IN (");
        query.push_bind(one).push(", ").push_bind(other).push(")");
    })
}

/// Notes that a participant is told of what waits for it, where it was not told since a moment; answers whether it was so:
/// of two who would write, one does.
pub(in crate::events) async fn tell_once(
    transaction: &mut Transaction,
    cluster: ClusterId,
    id: ParticipantId,
    since: Timestamp,
    now: Timestamp,
) -> Result<bool, Error> {
    let written = execute!(
        transaction,
        sqlx::query(
            "UPDATE event_participants SET told_at = $4
             WHERE cluster_id = $1 AND id = $2 AND (told_at IS NULL OR told_at <= $3)",
        )
        .bind(cluster)
        .bind(id)
        .bind(since)
        .bind(now)
    );
    Ok(written > 0)
}

/// Keeps a private link that stands in a letter to one of the people; earlier ones go on to lead there.
pub(in crate::events) async fn put_link(
    transaction: &mut Transaction,
    cluster: ClusterId,
    (participant, person): (ParticipantId, AttendeeId),
    digest: &str,
    now: Timestamp,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO event_links (digest, cluster_id, participant_id, person_id, made_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(digest)
        .bind(cluster)
        .bind(participant)
        .bind(person)
        .bind(now)
    );
    Ok(())
}
