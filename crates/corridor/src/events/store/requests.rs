//! Requests to meet, as they are stored.

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
