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
        errors::Error,
        mail::{self, Letter},
        secrets::Secret,
        security::own_path,
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
    app.part::<Limits>().letter(browser, email.as_str())?;
    let person = accounts_store::person_by_email(&app.database, email).await?;
    let (token, asking, now) = (Secret::fresh(), Secret::fresh(), app.clock.now());
    let link = store::NewLink {
        token_digest: token.digest(),
        browser_digest: asking.digest(),
        person: person.as_ref().map(|person| person.id),
        back: &own_path(back),
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
    app.part::<Limits>().from(browser)?;
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
