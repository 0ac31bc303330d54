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
