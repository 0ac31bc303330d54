//! What participants say of their meetings, as it is stored.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::{
    accounts::ClusterId,
    directory::OrganisationId,
    events::{
        model::{EventId, ParticipantId, RequestId},
        outcomes::{Outcome, Said},
    },
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        personal::{DUE_SHOWN, Subject},
        time::Timestamp,
    },
};

#[derive(sqlx::FromRow)]
struct OutcomeRow {
    request_id: RequestId,
    participant_id: ParticipantId,
    revision: i64,
    kept: bool,
    second: Option<bool>,
    rating: Option<i64>,
    words: String,
    by_team: bool,
    said_at: Timestamp,
}

impl OutcomeRow {
    fn read(self) -> Outcome {
        Outcome {
            request: self.request_id,
            participant: self.participant_id,
            revision: self.revision,
            said: Said {
                kept: self.kept,
                second: self.second,
                rating: self.rating.and_then(|rating| u8::try_from(rating).ok()),
                words: self.words,
            },
            by_team: self.by_team,
            said_at: self.said_at,
        }
    }
}

/// What was said of the meetings of an event: by everybody, or by one participant.
pub(in crate::events) async fn of_event(
    database: &Database,
    event: EventId,
    participant: Option<ParticipantId>,
) -> Result<Vec<Outcome>, Error> {
    let rows: Vec<OutcomeRow> = rows!(
        database,
        "SELECT request_id, participant_id, revision, kept, second, rating, words, by_team, said_at FROM event_outcomes
         WHERE event_id = $1 AND participant_id = COALESCE($2, participant_id) ORDER BY said_at, id",
        event,
        participant,
    );
    Ok(rows.into_iter().map(OutcomeRow::read).collect())
}

/// Writes what a participant says for the first time (`before` none), or over the revision that was read; answers whether
/// nobody said anything in between.
pub(in crate::events) async fn put(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
    outcome: &Outcome,
    by: Option<Uuid>,
    before: Option<i64>,
) -> Result<bool, Error> {
    let said = &outcome.said;
    let rating = said.rating.map(i64::from);
    let written = match before {
        None => execute!(
            transaction,
            sqlx::query(
                "INSERT INTO event_outcomes (cluster_id, id, event_id, request_id, participant_id, revision, kept, second,
                     rating, words, by_team, said_by, said_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING",
            )
            .bind(cluster)
            .bind(Uuid::now_v7())
            .bind(event)
            .bind(outcome.request)
            .bind(outcome.participant)
            .bind(outcome.revision)
            .bind(said.kept)
            .bind(said.second)
            .bind(rating)
            .bind(&said.words)
            .bind(outcome.by_team)
            .bind(by)
            .bind(outcome.said_at)
        ),
        Some(before) => execute!(
            transaction,
            sqlx::query(
                "UPDATE event_outcomes SET revision = $4, kept = $5, second = $6, rating = $7, words = $8, by_team = $9,
                        said_by = $10, said_at = $11
                 WHERE cluster_id = $1 AND request_id = $2 AND participant_id = $3 AND revision = $12",
            )
            .bind(cluster)
            .bind(outcome.request)
            .bind(outcome.participant)
            .bind(outcome.revision)
            .bind(said.kept)
            .bind(said.second)
            .bind(rating)
            .bind(&said.words)
            .bind(outcome.by_team)
            .bind(by)
            .bind(outcome.said_at)
            .bind(before)
        ),
    };
    Ok(written > 0)
}

/// Takes back what a participant said; answers whether it was still the revision that was read.
pub(in crate::events) async fn remove(
    transaction: &mut Transaction,
    cluster: ClusterId,
    (request, participant): (RequestId, ParticipantId),
    before: i64,
) -> Result<bool, Error> {
    let written = execute!(
        transaction,
        sqlx::query(
            "DELETE FROM event_outcomes
             WHERE cluster_id = $1 AND request_id = $2 AND participant_id = $3 AND revision = $4",
        )
        .bind(cluster)
        .bind(request)
        .bind(participant)
        .bind(before)
    );
    Ok(written > 0)
}

/// Requests of an event about which nobody is written to: somebody of a demonstration asked or answered last.
pub(in crate::events) async fn quiet(database: &Database, event: EventId) -> Result<BTreeSet<RequestId>, Error> {
    let ids: Vec<RequestId> = values!(database, "SELECT id FROM event_requests WHERE event_id = $1 AND quiet", event);
    Ok(ids.into_iter().collect())
}

/// The participants of an event that were not asked by letter yet what came of their meetings.
pub(in crate::events) async fn not_asked(
    database: &Database,
    event: EventId,
) -> Result<BTreeSet<ParticipantId>, Error> {
    let ids: Vec<ParticipantId> = values!(
        database,
        "SELECT id FROM event_participants
         WHERE event_id = $1 AND standing = 'confirmed' AND outcomes_asked_at IS NULL",
        event,
    );
    Ok(ids.into_iter().collect())
}

/// Notes that a participant is asked by letter; answers whether it was not before: of two who would write, one does.
pub(in crate::events) async fn ask_once(
    transaction: &mut Transaction,
    cluster: ClusterId,
    id: ParticipantId,
    now: Timestamp,
) -> Result<bool, Error> {
    let written = execute!(
        transaction,
        sqlx::query(
            "UPDATE event_participants SET outcomes_asked_at = $3
             WHERE cluster_id = $1 AND id = $2 AND outcomes_asked_at IS NULL",
        )
        .bind(cluster)
        .bind(id)
        .bind(now)
    );
    Ok(written > 0)
}

/// What one side said of a meeting of an organisation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::events) struct Heard {
    pub(in crate::events) event_id: EventId,
    pub(in crate::events) event: String,
    pub(in crate::events) ends_on: String,
    pub(in crate::events) request_id: RequestId,
    pub(in crate::events) other: String,
    pub(in crate::events) other_organisation: Option<OrganisationId>,
    pub(in crate::events) kept: bool,
    pub(in crate::events) second: Option<bool>,
}

/// What was said of the meetings of an organisation at the events of a cluster, the latest event first; the two sides of a
/// meeting one after the other.
pub(in crate::events) async fn of_organisation(
    database: &Database,
    cluster: ClusterId,
    organisation: OrganisationId,
) -> Result<Vec<Heard>, Error> {
    Ok(rows!(
        database,
        "SELECT events.id AS event_id, events.name AS event, events.ends_on, met.request_id, other.name AS other,
                COALESCE(other_merged.now_id, other.organisation_id) AS other_organisation, outcome.kept, outcome.second
         FROM (SELECT own.id AS own_id, request.id AS request_id,
                      CASE WHEN request.from_id = own.id THEN request.to_id ELSE request.from_id END AS other_id
               FROM event_participants own
               LEFT JOIN merged_organisations own_merged ON own_merged.id = own.organisation_id
               JOIN event_requests request ON request.cluster_id = own.cluster_id
                    AND (request.from_id = own.id OR request.to_id = own.id)
               WHERE own.cluster_id = $1 AND COALESCE(own_merged.now_id, own.organisation_id) = $2) AS met
         JOIN event_participants other ON other.cluster_id = $1 AND other.id = met.other_id
         LEFT JOIN merged_organisations other_merged ON other_merged.id = other.organisation_id
         JOIN event_outcomes outcome ON outcome.cluster_id = $1 AND outcome.request_id = met.request_id
         JOIN events ON events.cluster_id = $1 AND events.id = outcome.event_id AND events.deleted_at IS NULL
         ORDER BY events.ends_on DESC, events.id, other.name, met.request_id
         LIMIT 400",
        cluster,
        organisation,
    ))
}

/// Words about a meeting as they are kept, for whoever answers a person.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::events) struct KeptWords {
    pub(in crate::events) id: Uuid,
    pub(in crate::events) cluster_id: ClusterId,
    pub(in crate::events) event: String,
    pub(in crate::events) words: String,
    pub(in crate::events) said_by: Option<Uuid>,
    pub(in crate::events) said_at: Timestamp,
}

/// What somebody said of meetings, and words that may name them, to be looked at again.
macro_rules! about {
    () => {
        "SELECT event_outcomes.id, event_outcomes.cluster_id, events.name AS event, event_outcomes.words,
                event_outcomes.said_by, event_outcomes.said_at
         FROM event_outcomes
         JOIN events ON events.cluster_id = event_outcomes.cluster_id AND events.id = event_outcomes.event_id
         WHERE event_outcomes.said_by = $1 OR LOWER(event_outcomes.words) LIKE $2 OR LOWER(event_outcomes.words) LIKE $3
            OR LOWER(event_outcomes.words) LIKE $4
         ORDER BY event_outcomes.said_at, event_outcomes.id"
    };
}

fn concerning(mut found: Vec<KeptWords>, subject: &Subject) -> Vec<KeptWords> {
    found
        .retain(|one| (one.said_by.is_some() && one.said_by == subject.person_id()) || subject.is_named_in(&one.words));
    found
}

/// What somebody said of meetings, and words that name them.
pub(in crate::events) async fn naming(database: &Database, subject: &Subject) -> Result<Vec<KeptWords>, Error> {
    let [id, email, name] = subject.patterns();
    Ok(concerning(rows!(database, about!(), subject.person_id(), id, email, name), subject))
}

/// The same, read in the transaction that takes the names out.
pub(in crate::events) async fn naming_in(
    transaction: &mut Transaction,
    subject: &Subject,
) -> Result<Vec<KeptWords>, Error> {
    let [id, email, name] = subject.patterns();
    Ok(concerning(rows!(transaction, about!(), subject.person_id(), id, email, name), subject))
}

/// Writes words without the names that stood in them, and who said them where that is not whom they are taken from.
pub(in crate::events) async fn unname(
    transaction: &mut Transaction,
    id: Uuid,
    words: &str,
    said_by: Option<Uuid>,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("UPDATE event_outcomes SET words = $2, said_by = $3, revision = revision + 1 WHERE id = $1")
            .bind(id)
            .bind(words)
            .bind(said_by)
    );
    Ok(())
}

/// What is too old, and no open request of its author, or of somebody it names, keeps.
macro_rules! old {
    () => {
        "FROM event_outcomes WHERE said_at < $1 AND (words <> '' OR said_by IS NOT NULL)
         AND NOT EXISTS (SELECT 1 FROM personal_holds WHERE personal_holds.person_id = event_outcomes.said_by
                         OR LOWER(event_outcomes.words) LIKE '%' || personal_holds.email || '%')"
    };
}

/// The first words that are due by age, oldest first.
pub(in crate::events) async fn due(
    database: &Database,
    before: Timestamp,
) -> Result<Vec<(Uuid, String, Timestamp)>, Error> {
    const FIRST: &str = concat!("SELECT id, words, said_at ", old!(), " ORDER BY said_at, id LIMIT $2");
    Ok(rows!(database, FIRST, before, DUE_SHOWN))
}

/// How many are due, and since when the oldest.
pub(in crate::events) async fn due_count(
    database: &Database,
    before: Timestamp,
) -> Result<(i64, Option<Timestamp>), Error> {
    const COUNT: &str = concat!("SELECT COUNT(*), MIN(said_at) ", old!());
    Ok(on!(database, pool => sqlx::query_as(COUNT).bind(before).fetch_one(pool).await?))
}

/// Takes the words and their authors out of what is due, oldest first, at most `limit`; what was said of the meeting stays.
pub(in crate::events) async fn expire(
    transaction: &mut Transaction,
    before: Timestamp,
    limit: i64,
) -> Result<u64, Error> {
    const NEXT: &str = concat!("SELECT id ", old!(), " ORDER BY said_at, id LIMIT $2");
    let ids: Vec<Uuid> = values!(transaction, NEXT, before, limit);
    for id in &ids {
        unname(transaction, *id, "", None).await?;
    }
    Ok(ids.len() as u64)
}
