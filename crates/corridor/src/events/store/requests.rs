//! Requests to meet, as they are stored.

use std::collections::BTreeMap;

use sqlx::{QueryBuilder, types::Json};

use crate::{
    accounts::ClusterId,
    events::model::{EventId, ParticipantId, Request, RequestId, RequestState, Wish},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

#[derive(sqlx::FromRow)]
struct RequestRow {
    id: RequestId,
    from_id: ParticipantId,
    to_id: ParticipantId,
    state: String,
    wish: String,
    answer_wish: String,
    message: String,
    answer: String,
    sessions: Json<Vec<(usize, usize)>>,
    by_team: bool,
    asked_at: Timestamp,
    answered_at: Option<Timestamp>,
}

impl RequestRow {
    fn read(self) -> Result<Request, Error> {
        let unread = |what: &str| anyhow::anyhow!("the request {} holds {what} that is not read", self.id);
        Ok(Request {
            state: RequestState::of(&self.state).ok_or_else(|| unread("a state"))?,
            wish: Wish::of(&self.wish).ok_or_else(|| unread("a wish"))?,
            answer_wish: Wish::of(&self.answer_wish).ok_or_else(|| unread("a wish"))?,
            id: self.id,
            from: self.from_id,
            to: self.to_id,
            message: self.message,
            answer: self.answer,
            sessions: self.sessions.0,
            by_team: self.by_team,
            asked_at: self.asked_at,
            answered_at: self.answered_at,
        })
    }
}

const SELECT: &str =
    "SELECT id, from_id, to_id, state, wish, answer_wish, message, answer, sessions, by_team, asked_at,
        answered_at
    FROM event_requests WHERE ";

/// The requests of an event, in the order in which they were asked: all, or those of one participant.
pub(in crate::events) async fn of_event(
    database: &Database,
    event: EventId,
    participant: Option<ParticipantId>,
) -> Result<Vec<Request>, Error> {
    let rows: Vec<RequestRow> = on!(database, pool => {
        let mut query = QueryBuilder::new(SELECT);
        query.push("event_id = ").push_bind(event);
        if let Some(participant) = participant {
            query.push(" AND (from_id = ").push_bind(participant);
            query.push(" OR to_id = ").push_bind(participant).push(")");
        }
        query.push(" ORDER BY asked_at, id").build_query_as().fetch_all(pool).await?
    });
    rows.into_iter().map(RequestRow::read).collect()
}

/// Writes a new request; answers whether the two had none yet.
pub(in crate::events) async fn put(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
    request: &Request,
) -> Result<bool, Error> {
    let (low, high) = (request.from.min(request.to), request.from.max(request.to));
    let written = execute!(
        transaction,
        sqlx::query(
            "INSERT INTO event_requests (cluster_id, id, event_id, from_id, to_id, low_id, high_id, state, wish, answer_wish,
                 message, answer, sessions, by_team, asked_at, answered_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
             ON CONFLICT DO NOTHING",
        )
        .bind(cluster)
        .bind(request.id)
        .bind(event)
        .bind(request.from)
        .bind(request.to)
        .bind(low)
        .bind(high)
        .bind(request.state.key())
        .bind(request.wish.key())
        .bind(request.answer_wish.key())
        .bind(&request.message)
        .bind(&request.answer)
        .bind(Json(&request.sessions))
        .bind(request.by_team)
        .bind(request.asked_at)
        .bind(request.answered_at)
    );
    Ok(written > 0)
}

/// Writes over a request whose state is still the one it was read in; answers whether it was: of two people who answer
/// at once, the second is told.
pub(in crate::events) async fn replace(
    transaction: &mut Transaction,
    cluster: ClusterId,
    request: &Request,
    before: RequestState,
) -> Result<bool, Error> {
    let written = execute!(
        transaction,
        sqlx::query(
            "UPDATE event_requests SET from_id = $3, to_id = $4, state = $5, wish = $6, answer_wish = $7, message = $8,
                    answer = $9, sessions = $10, by_team = $11, asked_at = $12, answered_at = $13
             WHERE cluster_id = $1 AND id = $2 AND state = $14",
        )
        .bind(cluster)
        .bind(request.id)
        .bind(request.from)
        .bind(request.to)
        .bind(request.state.key())
        .bind(request.wish.key())
        .bind(request.answer_wish.key())
        .bind(&request.message)
        .bind(&request.answer)
        .bind(Json(&request.sessions))
        .bind(request.by_team)
        .bind(request.asked_at)
        .bind(request.answered_at)
        .bind(before.key())
    );
    Ok(written > 0)
}

/// The requests in which one of two participants stands, read in the transaction that is to change one of them.
pub(in crate::events) async fn of_two(
    transaction: &mut Transaction,
    event: EventId,
    (one, other): (ParticipantId, ParticipantId),
) -> Result<Vec<Request>, Error> {
    let rows: Vec<RequestRow> = on!(transaction, connection => {
        let mut query = QueryBuilder::new(SELECT);
        query.push("event_id = ").push_bind(event);
        for (word, column) in [(" AND (", "from_id"), (" OR ", "to_id")] {
            query.push(word).push(column).push(" IN (").push_bind(one).push(", ").push_bind(other).push(")");
        }
        query.push(")").build_query_as().fetch_all(connection).await?
    });
    rows.into_iter().map(RequestRow::read).collect()
}

/// A request of an event.
pub(in crate::events) async fn one(
    database: &Database,
    event: EventId,
    id: RequestId,
) -> Result<Option<Request>, Error> {
    let row: Option<RequestRow> = on!(database, pool => QueryBuilder::new(SELECT)
        .push("event_id = ")
        .push_bind(event)
        .push(" AND id = ")
        .push_bind(id)
        .build_query_as()
        .fetch_optional(pool)
        .await?);
    row.map(RequestRow::read).transpose()
}

/// Notes that nobody is to be written to about a request: somebody of a demonstration asked or answered.
pub(in crate::events) async fn hush(
    transaction: &mut Transaction,
    cluster: ClusterId,
    id: RequestId,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("UPDATE event_requests SET quiet = TRUE WHERE cluster_id = $1 AND id = $2").bind(cluster).bind(id)
    );
    Ok(())
}

/// How many accepted meetings each participant of an event has; who has none is not named.
pub(in crate::events) async fn accepted(
    database: &Database,
    event: EventId,
) -> Result<BTreeMap<ParticipantId, usize>, Error> {
    let rows: Vec<(ParticipantId, i64)> = rows!(
        database,
        "SELECT participant_id, COUNT(*) FROM (
             SELECT from_id AS participant_id FROM event_requests WHERE event_id = $1 AND state = 'accepted'
             UNION ALL SELECT to_id FROM event_requests WHERE event_id = $1 AND state = 'accepted') AS held
         GROUP BY participant_id",
        event,
    );
    Ok(rows.into_iter().map(|(id, count)| (id, usize::try_from(count).unwrap_or_default())).collect())
}

/// What waits for a participant, of what somebody is written to about.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::events) struct Waits {
    /// The participant.
    pub(in crate::events) participant_id: ParticipantId,
    /// When it was told last.
    pub(in crate::events) told_at: Option<Timestamp>,
    /// When the oldest came.
    pub(in crate::events) oldest: Timestamp,
    /// When the newest came.
    pub(in crate::events) newest: Timestamp,
    /// How many.
    pub(in crate::events) count: i64,
}

const WAITS: &str = "SELECT participant.id AS participant_id, participant.told_at, MIN(waits.since) AS oldest,
        MAX(waits.since) AS newest, COUNT(*) AS count
    FROM (SELECT to_id AS participant_id, asked_at AS since FROM event_requests
              WHERE event_id = $1 AND state = 'waiting' AND NOT quiet
          UNION ALL
          SELECT from_id, COALESCE(answered_at, asked_at) FROM event_requests
              WHERE event_id = $1 AND state = 'countered' AND NOT quiet) AS waits
    JOIN event_participants participant ON participant.id = waits.participant_id
    WHERE participant.standing = 'confirmed'
    GROUP BY participant.id, participant.told_at ORDER BY participant.id";

/// What waits for each participant of an event.
pub(in crate::events) async fn waits(database: &Database, event: EventId) -> Result<Vec<Waits>, Error> {
    Ok(rows!(database, WAITS, event))
}

/// How many requests wait for a participant, read in the transaction that adds one.
pub(in crate::events) async fn waiting_for(
    transaction: &mut Transaction,
    event: EventId,
    participant: ParticipantId,
) -> Result<i64, Error> {
    let count: Option<i64> = value!(
        transaction,
        "SELECT COUNT(*) FROM event_requests WHERE event_id = $1 AND NOT quiet
         AND ((to_id = $2 AND state = 'waiting') OR (from_id = $2 AND state = 'countered'))",
        event,
        participant,
    );
    Ok(count.unwrap_or_default())
}
