//! Whom a letter goes to.

use super::{Person, PersonId, people};
use crate::foundation::{
    errors::Error,
    instance::App,
    languages::Language,
    time::{Day, Zone},
};

/// Whom a letter goes to, and how it is worded for them.
#[derive(Clone, Debug)]
pub struct Addressee {
    /// The address.
    pub address: String,
    /// What they are called; empty where no more than an address is known.
    pub name: String,
    /// The language that they read.
    pub language: Language,
    /// The zone that times are told in.
    pub zone: Zone,
}

impl Addressee {
    /// Somebody with an account; nobody where it has no address.
    pub fn person(app: &App, person: &Person) -> Option<Self> {
        Some(Addressee {
            address: person.email.clone()?,
            name: person.name.clone(),
            language: person.language(),
            zone: person.zone(&app.configuration.time_zone),
        })
    }

    /// Somebody with an account, by its id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account(app: &App, person: Option<PersonId>) -> Result<Option<Self>, Error> {
        let Some(person) = person else { return Ok(None) };
        Ok(people::person(&app.database, person).await?.and_then(|person| Addressee::person(app, &person)))
    }

    /// Somebody without an account, of whom an address is known.
    pub fn address(app: &App, address: &str, language: Language) -> Self {
        Addressee {
            address: address.to_owned(),
            name: String::new(),
            language,
            zone: app.configuration.time_zone.clone(),
        }
    }

    /// A day, `YYYY-MM-DD`, in words; nothing where it is none.
    pub fn day(&self, text: &str) -> String {
        text.parse::<Day>().map(|day| self.language.day(day.0)).unwrap_or_default()
    }
}
