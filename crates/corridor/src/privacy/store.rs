//! SQL of requests.

use sqlx::types::Json;
use uuid::Uuid;

use super::{
    clock::Running,
    model::{Kind, Proposal, RequestId, State, Step},
};
use crate::{
    accounts::{ClusterId, PersonId},
    foundation::{
        database::{Batch, Database, Transaction, Value},
        errors::Error,
        languages::Language,
        personal::{Due, DueRow, Erased, HoldId, Subject},
        time::{Day, Timestamp},
    },
};

/// A request.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// What is asked for.
    pub kind: Kind,
    /// How it stands.
    pub state: State,
    /// How it came: `account`, `page`, `letter`, `email`, `telephone`, `meeting`.
    pub channel: String,
    /// The account.
    pub person: Option<PersonId>,
    /// The address.
    pub email: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// What the person says.
    pub words: Option<String>,
    /// The language of letters about it.
    pub language: Language,
    /// The cluster whose desk answers; the instance's where none is named.
    pub desk: Option<ClusterId>,
    /// The day of receipt.
    pub received_on: Day,
    /// The last day for the answer.
    pub due_on: Day,
    /// How the identity was checked: `session`, `link`, or what was seen.
    pub identity: Option<String>,
    /// Since when identity is in doubt.
    pub doubt_since: Option<Day>,
    /// For how many days it was in doubt before.
    pub doubt_days: i64,
    /// When the two further months were taken.
    pub extended_on: Option<Day>,
    /// Why.
    pub extension_reason: Option<String>,
    /// What a rectification asks for.
    pub proposal: Option<Proposal>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// What an erasure did.
    pub told: Vec<Erased>,
    /// Whether processing pauses until an objection is decided.
    pub paused: bool,
    /// Whether a restriction is in force.
    pub restricted: bool,
    /// What keeps the data from being removed by age.
    pub hold: Option<HoldId>,
    /// The last reminder that was given, in days left.
    pub reminded: Option<i64>,
    /// The revision.
    pub revision: i64,
    /// When it was entered.
    pub created_at: Timestamp,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
}

impl Request {
    /// Whose data it is about, as the request knows them.
    pub fn subject(&self) -> Subject {
        Subject::default()
            .with_person(self.person.map(|person| person.0))
            .with_address(self.email.as_deref())
            .with_name(self.name.as_deref())
    }

    /// How it stands to the clock.
    pub fn running(&self) -> Running {
        Running {
            received: self.received_on,
            extended: self.extended_on.is_some(),
            doubt_days: self.doubt_days,
            doubt_since: self.doubt_since,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: RequestId,
    kind: String,
    state: String,
    channel: String,
    person_id: Option<PersonId>,
    email: Option<String>,
    name: Option<String>,
    words: Option<String>,
    language: String,
    desk: Option<ClusterId>,
    received_on: String,
    due_on: String,
    identity: Option<String>,
    doubt_since: Option<String>,
    doubt_days: i64,
    extended_on: Option<String>,
    extension_reason: Option<String>,
    proposal: Option<Json<serde_json::Value>>,
    reason: Option<String>,
    told: Option<Json<serde_json::Value>>,
    paused: bool,
    restricted: bool,
    hold_id: Option<HoldId>,
    reminded: Option<i64>,
    revision: i64,
    created_at: Timestamp,
    closed_at: Option<Timestamp>,
}

impl Row {
    fn request(self) -> Result<Request, Error> {
        let unknown = |word: &str| anyhow::anyhow!("a request has a word that this version does not know: {word}");
        let day = |text: String| text.parse::<Day>().map_err(anyhow::Error::from);
        let given = |json: Option<Json<serde_json::Value>>| json.map(|json| json.0).filter(|json| !json.is_null());
        Ok(Request {
            id: self.id,
            kind: Kind::of(&self.kind).ok_or_else(|| unknown(&self.kind))?,
            state: State::of(&self.state).ok_or_else(|| unknown(&self.state))?,
            channel: self.channel,
            person: self.person_id,
            email: self.email,
            name: self.name,
            words: self.words,
            language: self.language.parse().unwrap_or_default(),
            desk: self.desk,
            received_on: day(self.received_on)?,
            due_on: day(self.due_on)?,
            identity: self.identity,
            doubt_since: self.doubt_since.map(day).transpose()?,
            doubt_days: self.doubt_days,
            extended_on: self.extended_on.map(day).transpose()?,
            extension_reason: self.extension_reason,
            proposal: given(self.proposal).map(serde_json::from_value).transpose().map_err(anyhow::Error::from)?,
            reason: self.reason,
            told: given(self.told)
                .map(serde_json::from_value)
                .transpose()
                .map_err(anyhow::Error::from)?
                .unwrap_or_default(),
            paused: self.paused,
            restricted: self.restricted,
            hold: self.hold_id,
            reminded: self.reminded,
            revision: self.revision,
            created_at: self.created_at,
            closed_at: self.closed_at,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, kind, state, channel, person_id, email, name, words, language, desk, received_on, due_on, identity, ",
            "doubt_since, doubt_days, extended_on, extension_reason, proposal, reason, told, paused, restricted, hold_id, ",
            "reminded, revision, created_at, closed_at FROM data_requests ",
            $rest
        )
    };
}

fn all(rows: Vec<Row>) -> Result<Vec<Request>, Error> {
    rows.into_iter().map(Row::request).collect()
}

pub(super) async fn put(transaction: &mut Transaction, request: &Request) -> Result<(), Error> {
    let json = |value: Option<serde_json::Value>| Value::Json(value.unwrap_or(serde_json::Value::Null));
    let mut batch = Batch::new(
        "INSERT INTO data_requests (id, kind, state, channel, person_id, email, name, words, language, desk, received_on, \
         due_on, identity, doubt_since, doubt_days, extended_on, extension_reason, proposal, reason, told, paused, restricted, \
         hold_id, reminded, revision, created_at, closed_at)",
        "ON CONFLICT (id) DO UPDATE SET state = excluded.state, person_id = excluded.person_id, email = excluded.email, \
         name = excluded.name, words = excluded.words, desk = excluded.desk, due_on = excluded.due_on, \
         identity = excluded.identity, doubt_since = excluded.doubt_since, doubt_days = excluded.doubt_days, \
         extended_on = excluded.extended_on, extension_reason = excluded.extension_reason, proposal = excluded.proposal, \
         reason = excluded.reason, told = excluded.told, paused = excluded.paused, restricted = excluded.restricted, \
         hold_id = excluded.hold_id, reminded = excluded.reminded, revision = excluded.revision, \
         closed_at = excluded.closed_at",
    );
    let told = if request.told.is_empty() { None } else { serde_json::to_value(&request.told).ok() };
    batch.push(vec![
        request.id.into(),
        request.kind.key().into(),
        request.state.key().into(),
        request.channel.as_str().into(),
        request.person.into(),
        request.email.as_deref().into(),
        request.name.as_deref().into(),
        request.words.as_deref().into(),
        request.language.code().into(),
        request.desk.into(),
        request.received_on.into(),
        request.due_on.into(),
        request.identity.as_deref().into(),
        request.doubt_since.map(|day| day.to_string()).into(),
        request.doubt_days.into(),
        request.extended_on.map(|day| day.to_string()).into(),
        request.extension_reason.as_deref().into(),
        json(request.proposal.as_ref().and_then(|proposal| serde_json::to_value(proposal).ok())),
        request.reason.as_deref().into(),
        json(told),
        request.paused.into(),
        request.restricted.into(),
        request.hold.into(),
        request.reminded.into(),
        request.revision.into(),
        request.created_at.into(),
        request.closed_at.map(|at| at.0).into(),
    ]);
    batch.write(transaction).await?;
    Ok(())
}

/// The request at the revision that somebody saw, taken for this transaction; nothing where it changed in between.
pub(super) async fn take(
    transaction: &mut Transaction,
    id: RequestId,
    revision: i64,
) -> Result<Option<Request>, Error> {
    let touched = execute!(
        transaction,
        sqlx::query("UPDATE data_requests SET revision = revision + 1 WHERE id = $1 AND revision = $2")
            .bind(id)
            .bind(revision)
    );
    if touched == 0 {
        return Ok(None);
    }
    let row: Option<Row> = row!(transaction, select!("WHERE id = $1"), id);
    row.map(Row::request).transpose()
}

pub(super) async fn request(database: &Database, id: RequestId) -> Result<Option<Request>, Error> {
    let row: Option<Row> = row!(database, select!("WHERE id = $1"), id);
    row.map(Row::request).transpose()
}

/// The requests of the instance, or those of one cluster's desk and those that touch the cluster; open ones first, by their
/// limit.
pub(super) async fn requests(
    database: &Database,
    cluster: Option<ClusterId>,
    limit: i64,
) -> Result<Vec<Request>, Error> {
    all(rows!(
        database,
        select!(
            "WHERE $1 IS NULL OR desk = $1 OR id IN (SELECT request_id FROM data_request_clusters WHERE cluster_id = $1)
             ORDER BY CASE WHEN closed_at IS NULL THEN 0 ELSE 1 END, CASE WHEN closed_at IS NULL THEN due_on END,
                      closed_at DESC, id DESC LIMIT $2"
        ),
        cluster,
        limit,
    ))
}

/// Everything that waits for an answer.
pub(super) async fn waiting(database: &Database) -> Result<Vec<Request>, Error> {
    all(rows!(database, select!("WHERE closed_at IS NULL ORDER BY due_on, id")))
}

/// The requests of a person, newest first.
pub(super) async fn of_person(database: &Database, subject: &Subject) -> Result<Vec<Request>, Error> {
    all(rows!(
        database,
        select!("WHERE person_id = $1 OR email = $2 ORDER BY created_at DESC, id DESC LIMIT 200"),
        subject.person_id(),
        subject.email(),
    ))
}

pub(super) async fn touching(database: &Database, id: RequestId) -> Result<Vec<ClusterId>, Error> {
    Ok(values!(database, "SELECT cluster_id FROM data_request_clusters WHERE request_id = $1 ORDER BY cluster_id", id))
}

pub(super) async fn put_clusters(
    transaction: &mut Transaction,
    id: RequestId,
    clusters: &[ClusterId],
) -> Result<(), Error> {
    let mut batch = Batch::new("INSERT INTO data_request_clusters (request_id, cluster_id)", "ON CONFLICT DO NOTHING");
    batch.extend(clusters.iter().map(|cluster| vec![id.into(), (*cluster).into()]));
    batch.write(transaction).await?;
    Ok(())
}

/// A step that was taken.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StepRow {
    /// When.
    pub at: Timestamp,
    /// Which.
    pub step: String,
    /// Who took it; nobody for the person concerned and for the program.
    pub person_id: Option<Uuid>,
}

pub(super) async fn put_step(
    transaction: &mut Transaction,
    id: RequestId,
    step: Step,
    by: Option<Uuid>,
    at: Timestamp,
) -> Result<(), Error> {
    let mut batch = Batch::new("INSERT INTO data_request_steps (id, request_id, at, step, person_id)", "");
    batch.push(vec![Uuid::now_v7().into(), id.into(), at.into(), step.key().into(), by.into()]);
    batch.write(transaction).await?;
    Ok(())
}

pub(super) async fn steps(database: &Database, id: RequestId) -> Result<Vec<StepRow>, Error> {
    Ok(rows!(database, "SELECT at, step, person_id FROM data_request_steps WHERE request_id = $1 ORDER BY at, id", id))
}

pub(super) async fn put_answer(
    transaction: &mut Transaction,
    id: RequestId,
    content: &serde_json::Value,
    token_digest: Option<String>,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO data_request_answers (request_id, content, made_at, expires_at, token_digest)",
        "ON CONFLICT (request_id) DO UPDATE SET content = excluded.content, made_at = excluded.made_at, \
         expires_at = excluded.expires_at, token_digest = excluded.token_digest, browser_digest = NULL, opened_at = NULL",
    );
    batch.push(vec![id.into(), content.clone().into(), now.into(), expires_at.into(), token_digest.into()]);
    batch.write(transaction).await?;
    Ok(())
}

/// What was answered, while it can be fetched.
pub(super) async fn answer(
    database: &Database,
    id: RequestId,
    now: Timestamp,
) -> Result<Option<serde_json::Value>, Error> {
    let content: Option<Json<serde_json::Value>> = value!(
        database,
        "SELECT content FROM data_request_answers WHERE request_id = $1 AND expires_at > $2",
        id,
        now,
    );
    Ok(content.map(|json| json.0))
}

/// The same for a browser that opened the link.
pub(super) async fn opened_answer(
    database: &Database,
    id: RequestId,
    browser_digest: &str,
    now: Timestamp,
) -> Result<Option<serde_json::Value>, Error> {
    let content: Option<Json<serde_json::Value>> = value!(
        database,
        "SELECT content FROM data_request_answers WHERE request_id = $1 AND browser_digest = $2 AND expires_at > $3",
        id,
        browser_digest,
        now,
    );
    Ok(content.map(|json| json.0))
}

/// Uses the link of an answer up: it belongs to this browser from then on, for an hour.
pub(super) async fn open_answer(
    transaction: &mut Transaction,
    token_digest: &str,
    browser_digest: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<RequestId>, Error> {
    Ok(value!(
        transaction,
        "UPDATE data_request_answers SET browser_digest = $2, opened_at = $3,
                expires_at = CASE WHEN expires_at < $4 THEN expires_at ELSE $4 END, token_digest = NULL
         WHERE token_digest = $1 AND opened_at IS NULL AND expires_at > $3 RETURNING request_id",
        token_digest,
        browser_digest,
        now,
        until,
    ))
}

/// Forgets answers that can no longer be fetched, and requests through the public page that nobody confirmed.
pub(super) async fn forget_over(
    transaction: &mut Transaction,
    now: Timestamp,
    unconfirmed_before: Timestamp,
) -> Result<(), Error> {
    execute!(transaction, sqlx::query("DELETE FROM data_request_answers WHERE expires_at < $1").bind(now));
    let over: Vec<RequestId> = values!(
        transaction,
        "SELECT id FROM data_requests
         WHERE channel = 'page' AND state = 'received' AND identity IS NULL AND created_at < $1",
        unconfirmed_before,
    );
    remove(transaction, &over).await
}

async fn remove(transaction: &mut Transaction, ids: &[RequestId]) -> Result<(), Error> {
    for id in ids {
        for statement in [
            "DELETE FROM data_request_answers WHERE request_id = $1",
            "DELETE FROM data_request_steps WHERE request_id = $1",
            "DELETE FROM data_request_clusters WHERE request_id = $1",
            "DELETE FROM data_requests WHERE id = $1",
        ] {
            execute!(transaction, sqlx::query(statement).bind(id));
        }
    }
    Ok(())
}

/// Takes the person out of their requests and ends those that are open; says of how many.
pub(super) async fn unname(transaction: &mut Transaction, subject: &Subject, now: Timestamp) -> Result<u64, Error> {
    let ids: Vec<RequestId> = values!(
        transaction,
        "SELECT id FROM data_requests WHERE person_id = $1 OR email = $2",
        subject.person_id(),
        subject.email(),
    );
    for id in &ids {
        execute!(transaction, sqlx::query("DELETE FROM data_request_answers WHERE request_id = $1").bind(id));
        // What staff wrote may name the person too.
        execute!(
            transaction,
            sqlx::query(
                "UPDATE data_requests SET person_id = NULL, email = NULL, name = NULL, words = NULL, proposal = NULL,
                        identity = CASE WHEN identity IN ('session', 'link') THEN identity END, extension_reason = NULL,
                        reason = NULL, paused = FALSE, restricted = FALSE, hold_id = NULL, revision = revision + 1,
                        state = CASE WHEN closed_at IS NULL THEN 'withdrawn' ELSE state END,
                        closed_at = COALESCE(closed_at, $2)
                 WHERE id = $1",
            )
            .bind(id)
            .bind(now)
        );
    }
    Ok(ids.len() as u64)
}

const OLD: &str = "SELECT id, kind, closed_at FROM data_requests WHERE closed_at < $1 AND NOT restricted
     ORDER BY closed_at, id LIMIT $2";

#[derive(sqlx::FromRow)]
struct Old {
    id: RequestId,
    kind: String,
    closed_at: Timestamp,
}

pub(super) async fn due(database: &Database, before: Timestamp) -> Result<Due, Error> {
    let rows: Vec<Old> = rows!(database, OLD, before, i64::MAX);
    let row = |old: Old| DueRow { id: old.id.to_string(), label: old.kind, at: old.closed_at, subject: None };
    Ok(rows.into_iter().map(row).collect())
}

pub(super) async fn expire(transaction: &mut Transaction, before: Timestamp, limit: i64) -> Result<u64, Error> {
    let rows: Vec<Old> = rows!(transaction, OLD, before, limit);
    let ids: Vec<RequestId> = rows.iter().map(|row| row.id).collect();
    remove(transaction, &ids).await?;
    Ok(ids.len() as u64)
}
