//! Providers of identities (OpenID Connect): discovery, PKCE, nonce, a state bound to the browser.
//!
//! Somebody's word that an address is theirs opens no account by itself: an identity is linked by the person, signed in,
//! and only where the provider has verified the very address of the account.

pub mod pages;
mod protocol;
mod store;

pub use store::IdentityLine;

use super::{ceremonies, tell_changed};
use crate::{
    accounts::{
        Acting, Action, Limits, Resource,
        sessions::{self, Browser, Method},
        store as accounts_store,
    },
    foundation::{configuration::Provider, errors::Error, instance::App, secrets::Secret, security::own_path},
};

id! {
    /// An identity at a provider.
    IdentityId
}

/// How long the way to a provider and back may take.
const WAY_SECONDS: i64 = 15 * 60;

/// What is kept between the way there and the way back.
#[derive(serde::Serialize, serde::Deserialize)]
struct Way {
    provider: String,
    state: String,
    nonce: String,
    verifier: String,
    back: String,
}

/// Who a provider says that somebody is.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Identity {
    /// The provider's word in addresses.
    pub provider: String,
    /// Who it is there.
    pub subject: String,
    /// The address, where the provider verified it.
    pub verified_email: Option<String>,
}

/// A provider as a button names it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Named {
    key: String,
    name: String,
}

/// The providers that are configured, for the buttons.
pub fn named_providers(app: &App) -> Vec<Named> {
    let providers = app.configuration.providers.iter();
    providers.map(|provider| Named { key: provider.key.clone(), name: provider.name.clone() }).collect()
}

fn provider<'a>(app: &'a App, key: &str) -> Result<&'a Provider, Error> {
    let found = app.configuration.providers.iter().find(|provider| provider.key == key);
    found.ok_or_else(|| Error::NotFound(format!("the provider `{key}`")))
}

/// Begins the way to a provider; answers with its address and the secret that binds the way to the browser.
///
/// # Errors
/// When there is no such provider, it cannot be reached, or it was tried too often.
pub async fn begin(acting: &Acting, key: &str, back: &str, browser: &Browser) -> Result<(String, Secret), Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let app = &acting.app;
    app.part::<Limits>().from(browser).await?;
    let provider = provider(app, key)?.clone();
    let redirect = app.address.link(&format!("/sign-in/with/{}/back", provider.key));
    let there = protocol::way_there(provider, redirect).await?;
    let (asking, back) = (Secret::fresh(), own_path(back));
    let way = Way { provider: key.to_owned(), state: there.state, nonce: there.nonce, verifier: there.verifier, back };
    let state = serde_json::to_value(&way).map_err(anyhow::Error::from)?;
    ceremonies::begin(app, "provider", &asking.digest(), state, WAY_SECONDS).await?;
    Ok((there.address, asking))
}

/// What came of the way.
#[derive(Debug)]
pub enum Arrival {
    /// The identity is linked: the session's token, and where to go on.
    SignedIn(Secret, String),
    /// It is not linked: the secret under which it waits for the person to confirm it, signed in.
    Unlinked(Secret),
}

/// Ends the way: the provider sent the browser back.
///
/// # Errors
/// When nothing was begun in this browser, the state is another, or the provider's word does not check.
pub async fn arrive(
    acting: &Acting,
    key: &str,
    code: Secret,
    state: &str,
    asking: Option<&Secret>,
    browser: &Browser,
) -> Result<Arrival, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let app = &acting.app;
    app.part::<Limits>().from(browser).await?;
    let refused = || Error::Over { reason: "refused-ceremony" };
    let asking = asking.ok_or_else(refused)?;
    let way: Way = serde_json::from_value(ceremonies::take(app, "provider", &asking.digest()).await?)
        .map_err(anyhow::Error::from)?;
    if way.provider != key || way.state != state {
        return Err(refused());
    }
    let provider = provider(app, key)?.clone();
    let redirect = app.address.link(&format!("/sign-in/with/{}/back", provider.key));
    let identity = protocol::identity(provider, redirect, code, way.nonce, Secret::new(way.verifier)).await?;
    let now = app.clock.now();
    match store::person_of(&app.database, &identity).await? {
        Some(person) => {
            let session = transact!(app.database, transaction => {
                store::used(transaction, &identity, now).await?;
                sessions::begin(transaction, app, person, None, Method::Provider, browser, acting.token()).await
            })?;
            Ok(Arrival::SignedIn(session, way.back))
        }
        None => {
            let linking = Secret::fresh();
            let state = serde_json::to_value(&identity).map_err(anyhow::Error::from)?;
            ceremonies::begin(app, "identity", &linking.digest(), state, WAY_SECONDS).await?;
            Ok(Arrival::Unlinked(linking))
        }
    }
}

/// The identity that waits for the person who acts to confirm it.
///
/// # Errors
/// When none waits in this browser.
pub async fn waiting(acting: &Acting, linking: Option<&Secret>) -> Result<Identity, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    let linking = linking.ok_or(Error::Over { reason: "refused-ceremony" })?;
    let state = ceremonies::peek(&acting.app, "identity", &linking.digest()).await?;
    Ok(serde_json::from_value(state).map_err(anyhow::Error::from)?)
}

/// Links the identity that waits to the person who acts.
///
/// # Errors
/// When none waits in this browser, or the provider verified another address than the account's.
pub async fn link(acting: &Acting, linking: Option<&Secret>) -> Result<(), Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    acting.signed_in_lately()?;
    let app = &acting.app;
    let linking = linking.ok_or(Error::Over { reason: "refused-ceremony" })?;
    let session = acting.account()?;
    let state = ceremonies::take(app, "identity", &linking.digest()).await?;
    let identity: Identity = serde_json::from_value(state).map_err(anyhow::Error::from)?;
    let person = accounts_store::person(&app.database, session.person).await?;
    let own = person.as_ref().and_then(|person| person.email.clone());
    if own.is_none() || own != identity.verified_email {
        return Err(Error::Refused { reason: "refused-other-address", sign_in: false });
    }
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !store::put(transaction, session.person, &identity, now).await? {
            return Err(Error::Clash("this identity is linked to an account already".to_owned()));
        }
        let nothing = serde_json::Value::Null;
        tell_changed(transaction, app, person.as_ref(), "link_identity", identity.provider.clone(), nothing).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

/// The identities of the person who acts.
///
/// # Errors
/// When they have no account of their own.
pub async fn mine(acting: &Acting) -> Result<Vec<IdentityLine>, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    store::of_person(&acting.app.database, acting.account()?.person).await
}

/// Unlinks an identity of the person who acts.
///
/// # Errors
/// When there is no such identity of theirs, or they did not sign in lately.
pub async fn unlink(acting: &Acting, id: IdentityId) -> Result<(), Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    acting.signed_in_lately()?;
    let (app, person) = (&acting.app, acting.account()?.person);
    let owner = accounts_store::person(&app.database, person).await?;
    transact!(app.database, transaction => {
        let Some(provider) = store::remove(transaction, person, id).await? else {
            return Err(Error::NotFound("this identity of yours".to_owned()));
        };
        tell_changed(transaction, app, owner.as_ref(), "unlink_identity", provider, serde_json::Value::Null).await
    })?;
    app.jobs.notify_one();
    Ok(())
}
