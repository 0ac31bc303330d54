//! The link in a letter: single use, a quarter of an hour, only in the browser that asked for it.

use minijinja::context;

use super::{store, tell_refused};
use crate::{
    accounts::{
        Acting, Action, Email, Limits, Resource,
        sessions::{self, Browser, Method},
        store as accounts_store, tell,
    },
    foundation::{
        database::Transaction,
        errors::Error,
        mail::{self, Letter},
        secrets::Secret,
        security::own_path,
        time::Timestamp,
    },
};

/// How long a link lives.
const LINK_SECONDS: i64 = 15 * 60;

/// Writes a letter to the address: with a link where it has an account, with a word that it has none where it has not.
/// Both are one row, one letter and one entry of the trail; the answer is the secret of the browser that asked.
///
/// # Errors
/// When asked too often, or the database fails.
pub async fn ask(acting: &Acting, email: &Email, back: &str, browser: &Browser) -> Result<Secret, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let app = &acting.app;
    app.part::<Limits>().letter(browser, email.as_str()).await?;
    let person = accounts_store::person_by_email(&app.database, email).await?;
    let (token, asking, now) = (Secret::fresh(), Secret::fresh(), app.clock.now());
    let link = store::NewLink {
        token_digest: token.digest(),
        browser_digest: asking.digest(),
        person: person.as_ref().map(|person| person.id),
        back: &own_path(back),
        opens: None,
        now,
        expires_at: now.plus_seconds(LINK_SECONDS),
    };
    let (language, zone, name) = match &person {
        Some(person) => (person.language(), person.zone(&app.configuration.time_zone), person.name.clone()),
        None => (acting.language, app.configuration.time_zone.clone(), String::new()),
    };
    let letter = Letter {
        kind: if person.is_some() { "sign-in" } else { "no-account" },
        to: email.as_str(),
        language,
        zone: &zone,
        values: context! {
            name,
            address => app.address.to_string(),
            minutes => LINK_SECONDS / 60,
            asked => now.0,
            browser => browser.agent.as_str(),
        },
        link: person.as_ref().map(|_| Secret::new(app.address.link(&format!("/sign-in/link/{}", token.reveal())))),
    };
    transact!(app.database, transaction => {
        store::put_link(transaction, &link).await?;
        mail::write(transaction, &app.renderer, &letter, now).await?;
        tell(transaction, now, link.person.map(|id| id.0), "ask_link", String::new(), browser.told()).await
    })?;
    app.jobs.notify_one();
    Ok(asking)
}

/// Signs in by a link. Nothing tells apart why it does not work: used, too old, another browser, never made.
///
/// # Errors
/// When asked too often, or the database fails.
pub async fn redeem(
    acting: &Acting,
    token: &Secret,
    asking: Option<&Secret>,
    browser: &Browser,
) -> Result<Option<(Secret, String)>, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let app = &acting.app;
    app.part::<Limits>().from(browser).await?;
    let Some(asking) = asking else { return Ok(None) };
    let now = app.clock.now();
    transact!(app.database, transaction => {
        match store::use_link(transaction, &token.digest(), &asking.digest(), now).await? {
            Some((person, back)) => {
                let session =
                    sessions::begin(transaction, app, person, None, Method::Link, browser, acting.token()).await?;
                Ok(Some((session, back)))
            }
            None => {
                tell_refused(transaction, now, None, Method::Link, browser).await?;
                Ok(None)
            }
        }
    })
}

/// A link that proves an address, for something else than signing in: as short-lived, and bound to a browser as well.
#[derive(Debug)]
pub struct Proof {
    /// What the link in the letter carries.
    pub token: Secret,
    /// What the browser keeps that asked.
    pub asking: Secret,
}

/// How long a link lives, in minutes: for the words of the letter.
pub const LINK_MINUTES: i64 = LINK_SECONDS / 60;

/// Makes a link that proves an address for what `opens` names.
///
/// # Errors
/// When the database fails.
pub async fn put_proof(transaction: &mut Transaction, opens: &str, now: Timestamp) -> Result<Proof, Error> {
    let proof = Proof { token: Secret::fresh(), asking: Secret::fresh() };
    let link = store::NewLink {
        token_digest: proof.token.digest(),
        browser_digest: proof.asking.digest(),
        person: None,
        back: "/",
        opens: Some(opens),
        now,
        expires_at: now.plus_seconds(LINK_SECONDS),
    };
    store::put_link(transaction, &link).await?;
    Ok(proof)
}

/// Uses a link up that proves an address: once, in time, in the browser that asked; answers with what it is for.
///
/// # Errors
/// When the database fails.
pub async fn use_proof(
    transaction: &mut Transaction,
    token: &Secret,
    asking: &Secret,
    now: Timestamp,
) -> Result<Option<String>, Error> {
    store::use_proof(transaction, &token.digest(), &asking.digest(), now).await
}
