//! SQL of sessions.

use super::{
    SessionLine,
    model::{Browser, Method, Session, SessionId},
};
use crate::{
    accounts::{PersonId, RoleId},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::{Timestamp, Zone},
    },
};

/// What a new session is made of.
pub(super) struct Opening<'a> {
    pub(super) digest: String,
    pub(super) person: PersonId,
    pub(super) role: Option<RoleId>,
    pub(super) method: Method,
    pub(super) browser: &'a Browser,
    pub(super) now: Timestamp,
    pub(super) idle_until: Timestamp,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn open(transaction: &mut Transaction, opening: &Opening<'_>) -> Result<SessionId, Error> {
    execute!(
        transaction,
        sqlx::query("DELETE FROM sessions WHERE expires_at < $1 OR idle_until < $1").bind(opening.now)
    );
    let id = SessionId::new();
    execute!(transaction, sqlx::query(
        "INSERT INTO sessions (id, token_digest, person_id, role_id, method, agent, place, created_at, seen_at, idle_until, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10)",
    )
    .bind(id)
    .bind(&opening.digest)
    .bind(opening.person)
    .bind(opening.role)
    .bind(opening.method.key())
    .bind(&opening.browser.agent)
    .bind(opening.browser.place())
    .bind(opening.now)
    .bind(opening.idle_until)
    .bind(opening.expires_at));
    Ok(id)
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    id: SessionId,
    person_id: PersonId,
    role_id: Option<RoleId>,
    created_at: Timestamp,
    seen_at: Timestamp,
    time_zone: Option<String>,
}

/// The session of a token that is not over, and when it was seen last.
pub(super) async fn read(
    database: &Database,
    digest: &str,
    now: Timestamp,
) -> Result<Option<(Session, Timestamp)>, Error> {
    let row: Option<SessionRow> = on!(database, pool => sqlx::query_as(
        "SELECT sessions.id, person_id, role_id, sessions.created_at, seen_at, people.time_zone
         FROM sessions JOIN people ON people.id = sessions.person_id
         WHERE token_digest = $1 AND expires_at > $2 AND idle_until > $2",
    )
    .bind(digest)
    .bind(now)
    .fetch_optional(pool)
    .await?);
    Ok(row.map(|row| {
        let session = Session {
            id: row.id,
            person: row.person_id,
            role: row.role_id,
            created_at: row.created_at,
            zone: row.time_zone.as_deref().and_then(Zone::named),
        };
        (session, row.seen_at)
    }))
}

pub(super) async fn seen(
    transaction: &mut Transaction,
    id: SessionId,
    now: Timestamp,
    idle_until: Timestamp,
) -> Result<(), Error> {
    execute!(transaction, sqlx::query(
        "UPDATE sessions SET seen_at = $2, idle_until = CASE WHEN expires_at < $3 THEN expires_at ELSE $3 END WHERE id = $1",
    )
    .bind(id)
    .bind(now)
    .bind(idle_until));
    Ok(())
}

/// Gives a session another token and another role; the old token is worth nothing from then on.
pub(super) async fn rotate(
    transaction: &mut Transaction,
    id: SessionId,
    role: Option<RoleId>,
    digest: &str,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("UPDATE sessions SET token_digest = $2, role_id = $3 WHERE id = $1")
            .bind(id)
            .bind(digest)
            .bind(role)
    ) == 1)
}

pub(super) async fn close_by_token(transaction: &mut Transaction, digest: &str) -> Result<Option<PersonId>, Error> {
    Ok(on!(transaction, connection => sqlx::query_scalar(
        "DELETE FROM sessions WHERE token_digest = $1 RETURNING person_id",
    )
    .bind(digest)
    .fetch_optional(connection)
    .await?))
}

/// Ends one session of a person; whether there was one.
pub(super) async fn close(transaction: &mut Transaction, person: PersonId, id: SessionId) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("DELETE FROM sessions WHERE person_id = $1 AND id = $2").bind(person).bind(id)
    ) == 1)
}

/// Ends every session of a person but the one kept.
pub(super) async fn close_all(
    transaction: &mut Transaction,
    person: PersonId,
    keep: Option<SessionId>,
) -> Result<u64, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("DELETE FROM sessions WHERE person_id = $1 AND (id <> $2 OR $2 IS NULL)").bind(person).bind(keep)
    ))
}

pub(super) async fn of_person(
    database: &Database,
    person: PersonId,
    now: Timestamp,
) -> Result<Vec<SessionLine>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, method, agent, place, created_at, seen_at, expires_at FROM sessions
         WHERE person_id = $1 AND expires_at > $2 AND idle_until > $2 ORDER BY seen_at DESC, id DESC",
    )
    .bind(person)
    .bind(now)
    .fetch_all(pool)
    .await?))
}
