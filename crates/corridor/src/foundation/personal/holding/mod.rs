//! What a part of a slice holds about people: told, corrected, kept without use, removed.

mod held;
mod removed;

pub use held::{Datum, Fate, Field, Held, Purpose, Saying};
pub use removed::{Addressee, DUE_SHOWN, Due, DueRow, Erased, Listed, TAKEN_OUT, ToTell};

use async_trait::async_trait;
use uuid::Uuid;

use super::Subject;
use crate::foundation::{
    database::{Database, Transaction},
    errors::Error,
    instance::{App, Part},
    time::Timestamp,
};

/// A part of a slice that holds something about people.
///
/// The program puts all of them together ([`Holdings`]); the desk asks each in turn. Reading and erasing go by the whole
/// [`Subject`]: an account, an address and a name, as far as they are known. Only [`Holding::purposes`], [`Holding::held`]
/// and [`Holding::erase`] must be written; the others say by default that there is nothing to do.
#[async_trait]
pub trait Holding: Send + Sync + std::fmt::Debug {
    /// The kind of record, also in keys of the language files and in the log of legal bases: `account`, `contact`.
    fn kind(&self) -> &'static str {
        self.purposes().first().map_or("", Purpose::kind)
    }

    /// What the records are kept for, and for how long: a record may be kept for several purposes.
    fn purposes(&self) -> &'static [Purpose];

    /// Everything held about the person.
    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error>;

    /// Removes what is held about the person, or takes the person out of what must stay; says which and why. Asked again
    /// it finds nothing. What happened to no record at all is left out by [`Holdings`].
    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        now: Timestamp,
    ) -> Result<Vec<Erased>, Error>;

    /// Lets go of what has no other basis than one that the person objected to rightly: `lost` are those of their records.
    /// Only asked where some purpose gives way to an objection; where one basis is that of all records, that is all of them.
    async fn object(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        _lost: &[&Held],
        now: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        self.erase(transaction, subject, now).await
    }

    /// Keeps what is held about the person without using it (not shown, listed, exported or mailed), or uses it again;
    /// says of how many records.
    async fn restrict(
        &self,
        _transaction: &mut Transaction,
        _subject: &Subject,
        _on: bool,
        _now: Timestamp,
    ) -> Result<u64, Error> {
        Ok(0)
    }

    /// Corrects one field of one record of the person; whether there was such a record with such a field.
    ///
    /// Only fields that [`Held`] tells as correctable. An [`Error::Input`] says why a value cannot be used.
    async fn rectify(
        &self,
        _transaction: &mut Transaction,
        _subject: &Subject,
        _datum: Datum<'_>,
        _value: &str,
        _now: Timestamp,
    ) -> Result<bool, Error> {
        Ok(false)
    }

    /// Whether its records follow where another record that said the same of the person is corrected.
    fn follows(&self) -> bool {
        false
    }

    /// Removes one datum that has lost its only basis: a consent that was withdrawn.
    async fn forget(
        &self,
        _transaction: &mut Transaction,
        _datum: Datum<'_>,
        _now: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        Ok(Vec::new())
    }

    /// What would be removed for one purpose because its period began before the moment. Whoever is in
    /// `personal_holds`, and whatever is restricted, is not among it.
    async fn due(&self, _database: &Database, _purpose: &str, _before: Timestamp) -> Result<Due, Error> {
        Ok(Due::default())
    }

    /// The records that need a legal basis noted one by one, of a cluster or of all, oldest first; none where the basis of the
    /// purpose is that of every record.
    async fn listed(&self, _database: &Database, _cluster: Option<Uuid>) -> Result<Vec<Listed>, Error> {
        Ok(Vec::new())
    }

    /// Whom a letter about one record would go to, where it may be written to.
    async fn addressee(&self, _database: &Database, _id: &str) -> Result<Option<Addressee>, Error> {
        Ok(None)
    }

    /// How many days before its records go the people are written to; none where nobody need be.
    fn told_before(&self, _purpose: &str) -> Option<i64> {
        None
    }

    /// Whom to write to: everybody whose period began at `from` or later, and before `until`. Not who may not be written to
    /// (restricted) nor whose records stay for the time being (held).
    async fn to_tell(
        &self,
        _transaction: &mut Transaction,
        _purpose: &str,
        _from: Timestamp,
        _until: Timestamp,
    ) -> Result<Vec<ToTell>, Error> {
        Ok(Vec::new())
    }

    /// Removes some of what is due, oldest first, at most `limit`; says how many. Nothing is left once it says none.
    async fn expire(
        &self,
        _transaction: &mut Transaction,
        _purpose: &str,
        _before: Timestamp,
        _limit: i64,
        _now: Timestamp,
    ) -> Result<u64, Error> {
        Ok(0)
    }
}

/// All holdings of the program, in the order in which they are told; they are erased the other way round.
#[derive(Clone, Copy, Debug, Default)]
pub struct Holdings(pub &'static [&'static dyn Holding]);

impl Part for Holdings {
    fn open(_: &App) -> Self {
        Holdings::default()
    }
}

impl Holdings {
    /// The holding of a kind.
    pub fn of(&self, kind: &str) -> Option<&'static dyn Holding> {
        self.0.iter().find(|holding| holding.kind() == kind).copied()
    }

    /// Every purpose with the holding whose records serve it.
    pub fn purposes(&self) -> impl Iterator<Item = (&'static dyn Holding, &'static Purpose)> {
        self.0.iter().flat_map(|holding| holding.purposes().iter().map(|purpose| (*holding, purpose)))
    }

    /// The purpose of a key, with its holding.
    pub fn purpose(&self, key: &str) -> Option<(&'static dyn Holding, &'static Purpose)> {
        self.purposes().find(|(_, purpose)| purpose.key == key)
    }

    /// Everything held about the person, by all of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let mut all = Vec::new();
        for holding in self.0 {
            all.extend(holding.held(database, subject).await?);
        }
        Ok(all)
    }

    /// Erases the person everywhere: what hangs on an account before the account itself, which is told first.
    ///
    /// # Errors
    /// When the database fails, or one holding cannot let the person go.
    pub async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        now: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let mut all = Vec::new();
        for holding in self.0.iter().rev() {
            let mut erased = holding.erase(transaction, subject, now).await?;
            erased.append(&mut all);
            all = erased;
        }
        all.retain(|one| one.count > 0);
        Ok(all)
    }

    /// Lets go of what somebody objected to rightly; says what became of all that was `held`, and why some of it stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn object(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        held: &[Held],
        now: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let mut all = Vec::new();
        for holding in self.0.iter().rev().filter(|one| one.purposes().iter().any(|purpose| purpose.gives_way())) {
            let lost: Vec<&Held> =
                held.iter().filter(|one| one.kind == holding.kind() && one.stays().is_none()).collect();
            all.extend(holding.object(transaction, subject, &lost, now).await?);
        }
        all.retain(|one| one.count > 0);
        for (one, reason) in held.iter().filter_map(|one| Some((one, one.stays()?))) {
            count(&mut all, Erased::kept(one.kind, one.label, 1, reason));
        }
        Ok(all)
    }

    /// What follows the correction of a datum: the records of others that say the same of the person in that field.
    pub fn following<'a>(&self, held: &'a [Held], datum: Datum<'_>) -> Vec<&'a Held> {
        let corrected = |one: &&Held| (one.kind, one.id.as_str()) == (datum.kind, datum.id);
        let said = |one: &Held| {
            one.correctable(datum.field)
                .map(|text| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let Some(old) = held.iter().find(corrected).and_then(said) else { return Vec::new() };
        held.iter()
            .filter(|one| !corrected(one) && self.of(one.kind).is_some_and(|holding| holding.follows()))
            .filter(|one| said(one).as_ref() == Some(&old))
            .collect()
    }

    /// Corrects what follows the correction of a field; says which records, and how many.
    ///
    /// # Errors
    /// When the database fails, or one of them cannot hold the value.
    pub async fn follow(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        following: &[&Held],
        (field, value): (&str, &str),
        now: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let mut all: Vec<Erased> = Vec::new();
        for one in following {
            let Some(holding) = self.of(one.kind) else { continue };
            let datum = Datum { kind: one.kind, id: &one.id, field };
            if holding.rectify(transaction, subject, datum, value, now).await? {
                count(&mut all, Erased::corrected(one.kind, one.label, 1));
            }
        }
        Ok(all)
    }

    /// Restricts the person's data everywhere, or lifts that; says of how many records.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn restrict(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        on: bool,
        now: Timestamp,
    ) -> Result<u64, Error> {
        let mut touched = 0;
        for holding in self.0 {
            touched += holding.restrict(transaction, subject, on, now).await?;
        }
        Ok(touched)
    }
}

/// Adds to what is told already where it is of the same records with the same outcome.
fn count(all: &mut Vec<Erased>, more: Erased) {
    let same = |told: &&mut Erased| {
        (&told.kind, &told.label, told.fate, &told.reason) == (&more.kind, &more.label, more.fate, &more.reason)
    };
    match all.iter_mut().find(same) {
        Some(told) => told.count += more.count,
        None => all.push(more),
    }
}
