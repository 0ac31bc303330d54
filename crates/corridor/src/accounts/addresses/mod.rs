//! Private addresses: under one of them a program without a session reads one feed with one filter, as its owner in the
//! role in which it was made. It can do nothing else, ends with the role, and is seen and ended by its owner.

mod pages;
mod store;

pub use pages::{answer, privately, routes};
pub use store::AddressLine;

use super::{
    Acting, Action, Actor, Resource, store as accounts_store, tell,
    tokens::{Scope, Scopes},
    write_beside,
};
use crate::foundation::{errors::Error, languages::Language, secrets::Secret};

id! {
    /// A private address.
    AddressId
}

/// How many private addresses a person may have: one for each program and filter, with generous room.
const MOST: i64 = 50;
/// The longest filter that an address keeps.
const LONGEST_QUERY: usize = 2_000;

/// A feed that a slice offers under private addresses.
#[derive(Clone, Copy, Debug)]
pub struct Feed {
    /// The end of the address, and the word in the database: `calls.ics`.
    pub name: &'static str,
    /// What a program may read for it.
    pub scopes: &'static [Scope],
}

/// Makes a private address of a feed with a filter; this is the only time that it is seen.
///
/// # Errors
/// When the person has no account or no role of their own, has too many addresses, or what is given is too long.
pub async fn make(acting: &Acting, feed: &Feed, query: &str, label: &str) -> Result<Secret, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    let (person, now) = (acting.account()?.person, acting.app.clock.now());
    let Actor::Person { role_id, .. } = &acting.actor else {
        return Err(Error::Refused { reason: "refused-no-role", sign_in: false });
    };
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    if label.is_empty() || label.chars().count() > 80 {
        return Err(Error::input(acting.say("tokens-problem-label")));
    }
    if query.len() > LONGEST_QUERY {
        return Err(Error::worded("address-problem-query", &[]));
    }
    let token = Secret::fresh();
    let address = store::NewAddress {
        digest: token.digest(),
        person,
        role: *role_id,
        feed: feed.name,
        query,
        language: acting.language.code(),
        label: &label,
        now,
    };
    transact!(acting.app.database, transaction => {
        if store::count(transaction, person).await? >= MOST {
            return Err(Error::worded("address-problem-many", &[("most", &MOST)]));
        }
        store::put(transaction, &address).await?;
        let what = serde_json::json!({ "feed": feed.name, "query": query });
        tell(transaction, now, Some(person.0), "make_address", label.clone(), what).await
    })?;
    Ok(Secret::new(acting.app.address.link(&format!("/private/{}/{}", token.reveal(), feed.name))))
}

/// The private addresses of the person who acts.
///
/// # Errors
/// When the person has no account of their own.
pub async fn mine(acting: &Acting) -> Result<Vec<AddressLine>, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    store::of_person(&acting.app.database, acting.account()?.person).await
}

/// Ends a private address of the person who acts.
///
/// # Errors
/// When there is no such address of theirs.
pub async fn end(acting: &Acting, id: AddressId) -> Result<(), Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    let (person, now) = (acting.account()?.person, acting.app.clock.now());
    transact!(acting.app.database, transaction => {
        let Some(label) = store::end(transaction, person, id).await? else {
            return Err(Error::NotFound("this private address of yours".to_owned()));
        };
        tell(transaction, now, Some(person.0), "end_address", label, serde_json::Value::Null).await
    })
}

/// Reads the feed of a private address: the owner of the address, allowed to read this and nothing else, in the language
/// in which it was made, and the filter that it was made with.
///
/// # Errors
/// One answer for all that is wrong with it, so that nobody learns what an address was.
pub async fn open(acting: Acting, feed: &Feed, token: &Secret) -> Result<(Acting, String), Error> {
    let unknown = || Error::NotFound("this private address".to_owned());
    let app = acting.app.clone();
    let known = store::read(&app.database, &token.digest(), feed.name).await?.ok_or_else(unknown)?;
    let owner = accounts_store::actor(&app.database, known.person_id, Some(known.role_id)).await?;
    // A role that ended takes its addresses along; the actor would otherwise go on in another role.
    let Some(Actor::Person { person, role_id, name, role, cluster, organisation, demonstration, .. }) = owner else {
        return Err(unknown());
    };
    if role_id != known.role_id {
        return Err(unknown());
    }
    let now = app.clock.now();
    // Written down once a minute at most: some programs ask often.
    if known.used_at.is_none_or(|used| now.0 - used.0 > 60_000_000) {
        let (database, id) = (app.database.clone(), known.id);
        write_beside("a private address could not be marked as used", async move {
            transact!(database, transaction => store::used(transaction, id, now).await)
        });
    }
    let scopes = Scopes::of(feed.scopes.iter().copied());
    let actor = Actor::Person { person, role_id, name, role, cluster, organisation, demonstration, scopes };
    let language: Language = known.language.parse().unwrap_or_default();
    Ok((acting.for_program(actor, language), known.query))
}
