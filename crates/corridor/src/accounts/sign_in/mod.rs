//! Proving who one is: by a link in a letter, a password, a passkey, or a provider of identities.
//!
//! Whatever is asked, the answer and the work are the same whether there is an account of that name or not.

mod ceremonies;
pub mod links;
pub mod pages;
pub mod passkeys;
pub mod passwords;
pub mod providers;
mod store;

use minijinja::context;

use super::{
    Person,
    sessions::{Browser, Method},
    tell,
};
use crate::foundation::{
    database::Transaction,
    errors::Error,
    instance::App,
    mail::{self, Letter},
    time::Timestamp,
};

id! {
    /// A link that signs in.
    LinkId
}
id! {
    /// Something begun in a browser.
    CeremonyId
}

/// Tells the trail that a way in changed, and its owner by letter: whoever changed it may not be them.
pub(super) async fn tell_changed(
    transaction: &mut Transaction,
    app: &App,
    owner: Option<&Person>,
    action: &'static str,
    summary: String,
    after: serde_json::Value,
) -> Result<(), Error> {
    let now = app.clock.now();
    if let Some((owner, email)) = owner.and_then(|owner| Some((owner, owner.email.as_deref()?))) {
        let (language, zone) = (owner.language(), owner.zone(&app.configuration.time_zone));
        let what = app.texts.text(language, &format!("change-account-{}", action.replace('_', "-")), None);
        let letter = Letter {
            kind: "ways-in",
            to: email,
            language,
            zone: &zone,
            values: context! {
                name => owner.name.as_str(), what, label => summary.as_str(), at => now.0, address => app.address.to_string(),
            },
            link: None,
        };
        mail::write(transaction, &app.renderer, &letter, now).await?;
    }
    tell(transaction, now, owner.map(|owner| owner.id.0), action, summary, after).await
}

/// Tells the trail that somebody was refused: from where, and for which account where it is known.
async fn tell_refused(
    transaction: &mut Transaction,
    at: Timestamp,
    person: Option<uuid::Uuid>,
    method: Method,
    browser: &Browser,
) -> Result<(), Error> {
    tell(transaction, at, person, "sign_in_failed", method.key().to_owned(), browser.told()).await
}
