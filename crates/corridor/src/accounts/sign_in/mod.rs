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

use super::{
    sessions::{Browser, Method},
    tell,
};
use crate::foundation::{database::Transaction, errors::Error, time::Timestamp};

id! {
    /// A link that signs in.
    LinkId
}
id! {
    /// Something begun in a browser.
    CeremonyId
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
