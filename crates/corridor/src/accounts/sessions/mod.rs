//! Sessions: kept by the server, begun with a fresh token at every sign-in and every change of role, seen and ended by
//! their owner.

mod model;
pub mod pages;
mod store;

pub use model::{Browser, Method, Session, SessionId, summary_of_agent};

use super::{Acting, Action, Actor, PersonId, Resource, RoleId, store as accounts_store, tell, write_beside};
use crate::foundation::{
    database::Transaction,
    errors::Error,
    instance::App,
    secrets::Secret,
    time::{Clock, Timestamp},
};

/// A session that was used is written down at most this often, in microseconds: reading must stay reading.
const TOUCH_EVERY: i64 = 60 * 1_000_000;

/// A session as its owner sees it.
#[derive(Clone, Debug, serde::Serialize, sqlx::FromRow)]
pub struct SessionLine {
    /// Its id.
    pub id: SessionId,
    /// How its owner signed in.
    pub method: String,
    /// The browser in words.
    pub agent: String,
    /// The place, coarsely.
    pub place: String,
    /// When its owner signed in.
    pub created_at: i64,
    /// When it was used last.
    pub seen_at: i64,
    /// When it ends at the latest.
    pub expires_at: i64,
}

/// Begins a session: ends the one that the browser had (whoever made it), and answers with a token that nobody knew before.
pub(super) async fn begin(
    transaction: &mut Transaction,
    app: &App,
    person: PersonId,
    role: Option<RoleId>,
    method: Method,
    browser: &Browser,
    before: Option<&Secret>,
) -> Result<Secret, Error> {
    let token = Secret::fresh();
    let now = app.clock.now();
    if let Some(before) = before {
        store::close_by_token(transaction, &before.digest()).await?;
    }
    let (idle_until, expires_at) = model::ends(app.configuration.sessions, now);
    let opening = store::Opening { digest: token.digest(), person, role, method, browser, now, idle_until, expires_at };
    store::open(transaction, &opening).await?;
    if method != Method::Demonstration {
        accounts_store::came_in(transaction, person, now).await?;
        let seen = serde_json::json!({ "method": method.key(), "browser": browser.agent, "place": browser.place() });
        tell(transaction, now, Some(person.0), "sign_in", method.key().to_owned(), seen).await?;
    }
    Ok(token)
}

/// Who acts in the session of this token, if it is not over.
pub(super) async fn read(app: &App, token: &Secret) -> Result<Option<(Session, Actor)>, Error> {
    let now = app.clock.now();
    let Some((session, seen_at)) = store::read(&app.database, &token.digest(), now).await? else {
        return Ok(None);
    };
    if now.0 - seen_at.0 > TOUCH_EVERY {
        touch(app, session.id, now);
    }
    let actor = accounts_store::actor(&app.database, session.person, session.role).await?;
    Ok(actor.map(|actor| (session, actor)))
}

/// Writes down that the session was used.
fn touch(app: &App, session: SessionId, now: Timestamp) {
    let (database, idle_until) = (app.database.clone(), model::idle_end(app.configuration.sessions, now));
    write_beside("a session could not be marked as used", async move {
        transact!(database, transaction => store::seen(transaction, session, now, idle_until).await)
    });
}

/// Who acts in the session of this token, at the moment of the clock.
///
/// # Errors
/// When the database fails.
pub async fn actor_of(app: &App, clock: Clock, token: &Secret) -> Result<Option<Actor>, Error> {
    match store::read(&app.database, &token.digest(), clock.now()).await? {
        Some((session, _)) => accounts_store::actor(&app.database, session.person, session.role).await,
        None => Ok(None),
    }
}

/// Ends the session of a token.
///
/// # Errors
/// When the database fails.
pub async fn leave(app: &App, token: &Secret) -> Result<(), Error> {
    let (known, now) = (token.digest(), app.clock.now());
    transact!(app.database, transaction => {
        if let Some(person) = store::close_by_token(transaction, &known).await? {
            tell(transaction, now, Some(person.0), "sign_out", String::new(), serde_json::Value::Null).await?;
        }
        Ok(())
    })
}

/// The sessions of the person who acts.
///
/// # Errors
/// When they have no account of their own, or the database fails.
pub async fn mine(acting: &Acting) -> Result<Vec<SessionLine>, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    store::of_person(&acting.app.database, acting.account()?.person, acting.app.clock.now()).await
}

/// Ends one session of the person who acts.
///
/// # Errors
/// When there is no such session of theirs.
pub async fn end(acting: &Acting, id: SessionId) -> Result<(), Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    let (person, now) = (acting.account()?.person, acting.app.clock.now());
    transact!(acting.app.database, transaction => {
        if !store::close(transaction, person, id).await? {
            return Err(Error::NotFound("this session of yours".to_owned()));
        }
        tell(transaction, now, Some(person.0), "end_session", String::new(), serde_json::Value::Null).await
    })
}

/// Ends every session of the person who acts, this one too.
///
/// # Errors
/// When they have no account of their own, or the database fails.
pub async fn end_everywhere(acting: &Acting) -> Result<(), Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    let (person, now) = (acting.account()?.person, acting.app.clock.now());
    transact!(acting.app.database, transaction => {
        end_all_of(transaction, person, None).await?;
        tell(transaction, now, Some(person.0), "sign_out_everywhere", String::new(), serde_json::Value::Null).await
    })
}

/// Ends the sessions of a person, but the one kept: after a new password, or when others must not go on.
pub(super) async fn end_all_of(
    transaction: &mut Transaction,
    person: PersonId,
    keep: Option<SessionId>,
) -> Result<(), Error> {
    store::close_all(transaction, person, keep).await?;
    Ok(())
}

/// Lets the person act in another of their roles, under a fresh token.
///
/// # Errors
/// When they do not hold the role.
pub async fn switch_role(acting: &Acting, role: RoleId) -> Result<Secret, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    let session = acting.account()?;
    let held = accounts_store::roles_of(&acting.app.database, session.person).await?;
    let Some(chosen) = held.into_iter().find(|line| line.id == role) else {
        return Err(Error::NotFound("this role of yours".to_owned()));
    };
    let (token, now) = (Secret::fresh(), acting.app.clock.now());
    transact!(acting.app.database, transaction => {
        if !store::rotate(transaction, session.id, Some(role), &token.digest()).await? {
            return Err(Error::Refused { reason: "refused-nobody", sign_in: true });
        }
        let which = serde_json::json!({ "role": chosen.held.role.key(), "cluster": chosen.held.cluster });
        tell(transaction, now, Some(session.person.0), "switch_role", chosen.held.role.key().to_owned(), which).await
    })?;
    Ok(token)
}
