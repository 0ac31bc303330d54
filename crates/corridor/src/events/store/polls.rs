//! SQL of date polls.

use std::collections::BTreeMap;

use sqlx::types::Json;

use crate::{
    accounts::ClusterId,
    events::{
        model::{DelegationId, EventId, ParticipantId},
        polls::{Answer, Given, Poll, PollState, Voter},
    },
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::{Day, Timestamp},
    },
};

#[derive(sqlx::FromRow)]
struct PollRow {
    cluster_id: ClusterId,
    event_id: EventId,
    revision: i64,
    state: String,
    proposals: Json<Vec<Day>>,
    answers_until: String,
    message: String,
    fixed_on: Option<String>,
    begun_at: Timestamp,
    written_at: Timestamp,
}

impl PollRow {
    fn read(self) -> Result<Poll, Error> {
        let unread = |what: &str| anyhow::anyhow!("the date poll of {} holds {what} that is not read", self.event_id);
        Ok(Poll {
            state: PollState::of(&self.state).ok_or_else(|| unread("a state"))?,
            until: self.answers_until.parse().map_err(|_| unread("a last day"))?,
            fixed: self.fixed_on.as_deref().map(str::parse).transpose().map_err(|_| unread("a fixed day"))?,
            cluster: self.cluster_id,
            event: self.event_id,
            revision: self.revision,
            proposals: self.proposals.0,
            message: self.message,
            begun_at: self.begun_at,
            written_at: self.written_at,
        })
    }
}

/// The poll of an event, whatever it is at.
pub(in crate::events) async fn of_event(database: &Database, event: EventId) -> Result<Option<Poll>, Error> {
    let rows: Vec<PollRow> = rows!(
        database,
        "SELECT cluster_id, event_id, revision, state, proposals, answers_until, message, fixed_on, begun_at, written_at
         FROM event_polls WHERE event_id = $1",
        event,
    );
    rows.into_iter().next().map(PollRow::read).transpose()
}

/// Writes a poll over the one that the event had, and forgets what was answered then; answers whether there was none that is
/// still open.
pub(in crate::events) async fn begin(transaction: &mut Transaction, poll: &Poll) -> Result<bool, Error> {
    let written = execute!(
        transaction,
        sqlx::query(
            "INSERT INTO event_polls (cluster_id, event_id, revision, state, proposals, answers_until, message, begun_at,
                 written_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (cluster_id, event_id) DO UPDATE SET revision = event_polls.revision + 1, state = $4,
                 proposals = $5, answers_until = $6, message = $7, fixed_on = NULL, begun_at = $8, written_at = $9
             WHERE event_polls.state <> 'open'",
        )
        .bind(poll.cluster)
        .bind(poll.event)
        .bind(poll.revision)
        .bind(poll.state.key())
        .bind(Json(&poll.proposals))
        .bind(poll.until.to_string())
        .bind(&poll.message)
        .bind(poll.begun_at)
        .bind(poll.written_at)
    );
    if written == 0 {
        return Ok(false);
    }
    execute!(
        transaction,
        sqlx::query("DELETE FROM event_poll_answers WHERE cluster_id = $1 AND event_id = $2")
            .bind(poll.cluster)
            .bind(poll.event)
    );
    Ok(true)
}

/// Writes over an open poll whose revision is still the one before; answers whether it was.
pub(in crate::events) async fn replace(transaction: &mut Transaction, poll: &Poll) -> Result<bool, Error> {
    let written = execute!(
        transaction,
        sqlx::query(
            "UPDATE event_polls SET revision = $3, state = $4, proposals = $5, answers_until = $6, message = $7,
                    fixed_on = $8, written_at = $9
             WHERE cluster_id = $1 AND event_id = $2 AND revision = $3 - 1 AND state = 'open'",
        )
        .bind(poll.cluster)
        .bind(poll.event)
        .bind(poll.revision)
        .bind(poll.state.key())
        .bind(Json(&poll.proposals))
        .bind(poll.until.to_string())
        .bind(&poll.message)
        .bind(poll.fixed.map(|day| day.to_string()))
        .bind(poll.written_at)
    );
    Ok(written > 0)
}

#[derive(sqlx::FromRow)]
struct AnswerRow {
    participant_id: Option<ParticipantId>,
    delegation_id: Option<DelegationId>,
    words: Json<Answer>,
    by_team: bool,
    answered_at: Timestamp,
}

impl AnswerRow {
    fn read(self) -> Option<(Voter, Given)> {
        let voter = match (self.participant_id, self.delegation_id) {
            (Some(id), _) => Voter::Participant(id),
            (None, id) => Voter::Delegation(id?),
        };
        Some((voter, Given { answer: self.words.0, by_team: self.by_team, at: self.answered_at }))
    }
}

/// What was answered to the poll of an event.
pub(in crate::events) async fn answers(database: &Database, event: EventId) -> Result<BTreeMap<Voter, Given>, Error> {
    let rows: Vec<AnswerRow> = rows!(
        database,
        "SELECT participant_id, delegation_id, words, by_team, answered_at FROM event_poll_answers WHERE event_id = $1",
        event,
    );
    Ok(rows.into_iter().filter_map(AnswerRow::read).collect())
}

/// What one of those with a voice answered.
pub(in crate::events) async fn answer_of(
    database: &Database,
    (cluster, voter): (ClusterId, Voter),
) -> Result<Option<Given>, Error> {
    let rows: Vec<AnswerRow> = rows!(
        database,
        "SELECT participant_id, delegation_id, words, by_team, answered_at FROM event_poll_answers
         WHERE cluster_id = $1 AND voter_id = $2",
        cluster,
        voter.id(),
    );
    Ok(rows.into_iter().next().and_then(AnswerRow::read).map(|(_, given)| given))
}

/// Keeps an answer over the one before, as long as the poll is open and still that of which the answer speaks; says whether
/// it is.
pub(in crate::events) async fn answer(
    transaction: &mut Transaction,
    poll: &Poll,
    voter: Voter,
    given: &Given,
) -> Result<bool, Error> {
    let (participant, delegation): (Option<ParticipantId>, Option<DelegationId>) = match voter {
        Voter::Participant(id) => (Some(id), None),
        Voter::Delegation(id) => (None, Some(id)),
    };
    // Of a poll that was begun anew since the page was read nothing is answered.
    let written = execute!(
        transaction,
        sqlx::query(
            "INSERT INTO event_poll_answers (cluster_id, event_id, voter_id, participant_id, delegation_id, words, by_team,
                 answered_at)
             SELECT cluster_id, event_id, $3, $4, $5, $6, $7, $8 FROM event_polls
             WHERE cluster_id = $1 AND event_id = $2 AND state = 'open' AND begun_at = $9
             ON CONFLICT (cluster_id, voter_id) DO UPDATE SET words = $6, by_team = $7, answered_at = $8",
        )
        .bind(poll.cluster)
        .bind(poll.event)
        .bind(voter.id())
        .bind(participant)
        .bind(delegation)
        .bind(Json(&given.answer))
        .bind(given.by_team)
        .bind(given.at)
        .bind(poll.begun_at)
    );
    Ok(written > 0)
}
