//! Tokens of the API: made by a person for a program, for some slices and some time, shown once, ended at any moment.

mod model;
pub mod others;
pub mod pages;
mod store;

pub use model::{Asked, Scope, Scopes, State};
pub use store::TokenLine;

use axum::http::HeaderValue;

use super::{
    Acting, Action, Actor, Resource, Shared, sign_in::tell_changed, store as accounts_store, tell, write_beside,
};
use crate::foundation::{errors::Error, secrets::Secret};

id! {
    /// A token of the API.
    TokenId
}

/// What a token begins with, so that a token that leaked is recognised as one.
const PREFIX: &str = "corridor_";

/// For how many days a token may be made.
pub const DAYS: [i64; 4] = [7, 30, 90, 365];

/// Makes a token; this is the only time that it is seen.
///
/// # Errors
/// When the person has no account of their own, or the label, the scopes or the days cannot be used.
pub async fn make(acting: &Acting, label: &str, scopes: &[String], days: i64) -> Result<Secret, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    acting.signed_in_lately()?;
    let (person, now) = (acting.account()?.person, acting.app.clock.now());
    let Actor::Person { role_id, .. } = &acting.actor else {
        return Err(Error::Refused { reason: "refused-no-role", sign_in: false });
    };
    let label = label.trim();
    if label.is_empty() || label.chars().count() > 80 {
        return Err(Error::input(acting.say("tokens-problem-label")));
    }
    let scopes: Scopes =
        scopes.join(" ").parse().map_err(|error: model::UnknownScope| Error::input(error.to_string()))?;
    if scopes.list().is_empty() {
        return Err(Error::input(acting.say("tokens-problem-scopes")));
    }
    if !DAYS.contains(&days) {
        return Err(Error::input(acting.say("tokens-problem-days")));
    }
    let token = Secret::new(format!("{PREFIX}{}", Secret::fresh().reveal()));
    let line = store::NewToken {
        digest: token.digest(),
        person,
        role: *role_id,
        label: label.to_owned(),
        scopes: scopes.to_string(),
        now,
        expires_at: now.plus_seconds(days * 24 * 3600),
    };
    let owner = accounts_store::person(&acting.app.database, person).await?;
    transact!(acting.app.database, transaction => {
        store::put(transaction, &line).await?;
        let what = serde_json::json!({ "label": line.label, "scopes": line.scopes, "days": days });
        tell_changed(transaction, &acting.app, owner.as_ref(), "make_token", line.label.clone(), what).await
    })?;
    acting.app.jobs.notify_one();
    Ok(token)
}

/// The tokens of the person who acts, expired ones too.
///
/// # Errors
/// When the person has no account of their own.
pub async fn mine(acting: &Acting) -> Result<Vec<TokenLine>, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    store::of_person(&acting.app.database, acting.account()?.person).await
}

/// Ends a token of the person who acts.
///
/// # Errors
/// When there is no such token of theirs.
pub async fn end(acting: &Acting, id: TokenId) -> Result<(), Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    let (person, now) = (acting.account()?.person, acting.app.clock.now());
    transact!(acting.app.database, transaction => {
        let Some(label) = store::end(transaction, person, id).await? else {
            return Err(Error::NotFound("this token of yours".to_owned()));
        };
        tell(transaction, now, Some(person.0), "end_token", label, serde_json::Value::Null).await
    })
}

/// Who a program acts for: the person in the role that the token was made in, with the scopes of the token.
///
/// # Errors
/// One refusal for everything that is wrong with it, so that nobody learns what a token was.
pub(super) async fn actor_of(app: &Shared, given: &HeaderValue) -> Result<Actor, Error> {
    let refused = || Error::Refused { reason: "refused-token", sign_in: true };
    let token = given.to_str().ok().and_then(|text| text.split_once(' '));
    let token = match token {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Secret::new(token.trim()),
        _ => return Err(refused()),
    };
    let now = app.clock.now();
    let Some(known) = store::read(&app.database, &token.digest(), now).await? else {
        return Err(refused());
    };
    // Written down once a minute at most: a program asks often.
    if known.used_at.is_none_or(|used| now.0 - used.0 > 60_000_000) {
        let (database, id) = (app.database.clone(), known.id);
        write_beside("a token could not be marked as used", async move {
            transact!(database, transaction => store::used(transaction, id, now).await)
        });
    }
    match accounts_store::actor(&app.database, known.person_id, Some(known.role_id)).await? {
        Some(Actor::Person { person, role_id, name, role, cluster, organisation, demonstration, .. }) => {
            let scopes: Scopes = known.scopes.parse().map_err(anyhow::Error::from)?;
            Ok(Actor::Person { person, role_id, name, role, cluster, organisation, demonstration, scopes })
        }
        _ => Err(refused()),
    }
}
