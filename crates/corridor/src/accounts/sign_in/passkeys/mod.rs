//! Passkeys: made on "My account", used without typing anything. The key stays in the device; here is its public half.

pub mod pages;
mod store;

pub use store::PasskeyLine;

use std::fmt;

use webauthn_rs::prelude::{
    DiscoverableAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    RequestChallengeResponse, Url, Webauthn, WebauthnBuilder, WebauthnError,
};

use super::{ceremonies, tell_changed, tell_refused};
use crate::{
    accounts::{
        Acting, Action, Limits, PersonId, Resource,
        sessions::{self, Browser, Method},
        store as accounts_store,
    },
    foundation::{
        errors::Error,
        instance::{App, Part},
        secrets::Secret,
    },
};

id! {
    /// A passkey.
    PasskeyId
}

/// How long a ceremony may take: one looks for one's phone.
const CEREMONY_SECONDS: i64 = 5 * 60;
/// How many passkeys a person may have.
const MOST_KEYS: usize = 20;

/// What checks passkeys for the public address. An address that is a bare number has none: devices bind keys to names.
pub struct Passkeys(Option<Webauthn>);

impl fmt::Debug for Passkeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Passkeys").field(&self.0.is_some()).finish()
    }
}

impl Part for Passkeys {
    fn open(app: &App) -> Self {
        let address = app.address.by_name();
        let name = address.host().to_owned();
        let built = Url::parse(&address.to_string()).ok().and_then(|origin| {
            WebauthnBuilder::new(&name, &origin).and_then(|builder| builder.rp_name("Corridor").build()).ok()
        });
        Passkeys(built)
    }
}

/// The name that passkeys are bound to; none where the address is a bare number. A browser that came by another name
/// has no use for them.
pub fn bound_to(app: &App) -> Option<String> {
    app.part::<Passkeys>().0.as_ref().map(|_| app.address.by_name().host().to_owned())
}

fn not_here() -> Error {
    Error::NotFound("passkeys: this instance has no address with a name".to_owned())
}

/// What is wrong with a ceremony is for the log of the program; the person is told that it did not work.
fn unusable(error: WebauthnError) -> Error {
    tracing::info!(%error, "a passkey was refused");
    Error::Refused { reason: "refused-passkey", sign_in: false }
}

/// Begins to make a passkey for the person who acts.
///
/// # Errors
/// When they have no account of their own, did not sign in lately, or have too many passkeys.
pub async fn begin_registration(acting: &Acting) -> Result<serde_json::Value, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    acting.signed_in_lately()?;
    let app = &acting.app;
    let passkeys = app.part::<Passkeys>();
    let webauthn = passkeys.0.as_ref().ok_or_else(not_here)?;
    let session = acting.account()?;
    let Some(person) = accounts_store::person(&app.database, session.person).await? else {
        return Err(Error::NotFound("your account".to_owned()));
    };
    let known = store::credentials(&app.database, person.id).await?;
    if known.len() >= MOST_KEYS {
        return Err(Error::input(acting.say("passkeys-problem-many")));
    }
    let exclude = known.iter().map(|known| known.passkey.0.cred_id().clone()).collect();
    let login = person.email.as_deref().unwrap_or(&person.name);
    let (challenge, state) =
        webauthn.start_passkey_registration(person.id.0, login, &person.name, Some(exclude)).map_err(unusable)?;
    // Kept in the device, so that one signs in without saying first who one is.
    let mut challenge = serde_json::to_value(&challenge).map_err(anyhow::Error::from)?;
    challenge["publicKey"]["authenticatorSelection"]["residentKey"] = "required".into();
    challenge["publicKey"]["authenticatorSelection"]["requireResidentKey"] = true.into();
    let state = serde_json::to_value(&state).map_err(anyhow::Error::from)?;
    ceremonies::begin(app, "passkey-registration", &session.id.to_string(), state, CEREMONY_SECONDS).await?;
    Ok(challenge)
}

/// Keeps the passkey that the device made.
///
/// # Errors
/// When nothing was begun in this session, or the device's answer does not check.
pub async fn finish_registration(
    acting: &Acting,
    label: &str,
    answer: &RegisterPublicKeyCredential,
) -> Result<(), Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    let app = &acting.app;
    let passkeys = app.part::<Passkeys>();
    let webauthn = passkeys.0.as_ref().ok_or_else(not_here)?;
    let session = acting.account()?;
    let state = ceremonies::take(app, "passkey-registration", &session.id.to_string()).await?;
    let state: PasskeyRegistration = serde_json::from_value(state).map_err(anyhow::Error::from)?;
    let passkey = webauthn.finish_passkey_registration(answer, &state).map_err(unusable)?;
    let label: String = label.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(80).collect();
    let label = if label.is_empty() { acting.say("passkeys-unnamed") } else { label };
    let (person, now) = (session.person, app.clock.now());
    let credential = serde_json::to_value(&passkey).map_err(anyhow::Error::from)?;
    let owner = accounts_store::person(&app.database, person).await?;
    transact!(app.database, transaction => {
        store::put(transaction, person, &id_text(passkey.cred_id()), &label, &credential, now).await?;
        let nothing = serde_json::Value::Null;
        tell_changed(transaction, app, owner.as_ref(), "make_passkey", label.clone(), nothing).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

/// The id of a credential as the database keeps it.
fn id_text(id: &[u8]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Begins to sign in by a passkey; the secret binds the ceremony to the browser.
///
/// # Errors
/// When tried too often.
pub async fn begin_sign_in(acting: &Acting, browser: &Browser) -> Result<(RequestChallengeResponse, Secret), Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let app = &acting.app;
    app.part::<Limits>().from(browser).await?;
    let passkeys = app.part::<Passkeys>();
    let webauthn = passkeys.0.as_ref().ok_or_else(not_here)?;
    let (mut challenge, state) = webauthn.start_discoverable_authentication().map_err(unusable)?;
    // One presses a button for it: the device's own dialogue, not suggestions inside a field.
    challenge.mediation = None;
    let asking = Secret::fresh();
    let state = serde_json::to_value(&state).map_err(anyhow::Error::from)?;
    ceremonies::begin(app, "passkey-sign-in", &asking.digest(), state, CEREMONY_SECONDS).await?;
    Ok((challenge, asking))
}

/// Signs in by the answer of a device.
///
/// # Errors
/// When nothing was begun in this browser, or the answer does not check: one refusal for everything.
pub async fn finish_sign_in(
    acting: &Acting,
    asking: Option<&Secret>,
    answer: &PublicKeyCredential,
    browser: &Browser,
) -> Result<Secret, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let app = &acting.app;
    app.part::<Limits>().from(browser).await?;
    let checked = check(app, asking, answer).await;
    let now = app.clock.now();
    match checked {
        Ok((person, key)) => {
            let credential = serde_json::to_value(&key.passkey.0).map_err(anyhow::Error::from)?;
            transact!(app.database, transaction => {
                store::used(transaction, key.id, &credential, now).await?;
                sessions::begin(transaction, app, person, None, Method::Passkey, browser, acting.token()).await
            })
        }
        Err(error) => {
            let told: Result<(), Error> = async {
                transact!(app.database, transaction => {
                    tell_refused(transaction, now, None, Method::Passkey, browser).await
                })
            }
            .await;
            told.and(Err(error))
        }
    }
}

async fn check(
    app: &App,
    asking: Option<&Secret>,
    answer: &PublicKeyCredential,
) -> Result<(PersonId, store::Credential), Error> {
    let refused = || Error::Refused { reason: "refused-passkey", sign_in: false };
    let passkeys = app.part::<Passkeys>();
    let webauthn = passkeys.0.as_ref().ok_or_else(not_here)?;
    let asking = asking.ok_or_else(refused)?;
    let state = ceremonies::take(app, "passkey-sign-in", &asking.digest()).await?;
    let state: DiscoverableAuthentication = serde_json::from_value(state).map_err(anyhow::Error::from)?;
    let (person, id) = webauthn.identify_discoverable_authentication(answer).map_err(unusable)?;
    let person = PersonId(person);
    let known = store::credential(&app.database, person, &id_text(id)).await?;
    let mut known = known.ok_or_else(refused)?;
    let result = webauthn.finish_discoverable_authentication_v2(answer, state, &known.passkey.0).map_err(unusable)?;
    known.passkey.0.update_credential(&result);
    Ok((person, known))
}

/// The passkeys of the person who acts.
///
/// # Errors
/// When they have no account of their own.
pub async fn mine(acting: &Acting) -> Result<Vec<PasskeyLine>, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    store::of_person(&acting.app.database, acting.account()?.person).await
}

/// Takes a passkey of the person who acts away.
///
/// # Errors
/// When there is no such passkey of theirs, or they did not sign in lately.
pub async fn remove(acting: &Acting, id: PasskeyId) -> Result<(), Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    acting.signed_in_lately()?;
    let (app, person) = (&acting.app, acting.account()?.person);
    let owner = accounts_store::person(&app.database, person).await?;
    transact!(app.database, transaction => {
        let Some(label) = store::remove(transaction, person, id).await? else {
            return Err(Error::NotFound("this passkey of yours".to_owned()));
        };
        tell_changed(transaction, app, owner.as_ref(), "remove_passkey", label, serde_json::Value::Null).await
    })?;
    app.jobs.notify_one();
    Ok(())
}
