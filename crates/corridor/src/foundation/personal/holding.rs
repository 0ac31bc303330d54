//! What a part of a slice holds about people: told, corrected, kept without use, removed.

use async_trait::async_trait;
use serde_json::Value as Json;
use uuid::Uuid;

use super::{Basis, Subject};
use crate::foundation::{
    database::{Database, Transaction},
    errors::{Error, Wording},
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

/// What records are kept for. Its words stand in the language files under its key, written with `-` for `.`:
/// `purpose-KEY` (what for), `purpose-KEY-data` (which data), `purpose-KEY-recipients` (who sees it), `purpose-KEY-period`
/// (from when the period counts and why it is this long, with the source).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// `KIND.WORD`, unique in the program.
    pub key: &'static str,
    /// By what right, where nothing else was recorded for the datum.
    pub basis: Basis,
    /// For how many months records are kept by default; none where their end is an act of somebody, not a date.
    pub months: Option<u32>,
    /// What becomes of them then.
    pub fate: Fate,
    /// Whether the records stay although their person objects, because claims are defended with them (article 21(1)).
    pub defends_claims: bool,
}

impl Purpose {
    /// A purpose whose records go where somebody objects to them rightly.
    pub const fn new(key: &'static str, basis: Basis, months: Option<u32>, fate: Fate) -> Self {
        Purpose { key, basis, months, fate, defends_claims: false }
    }

    /// The kind of the records.
    pub fn kind(&self) -> &'static str {
        self.key.split('.').next().unwrap_or_default()
    }

    /// The key of why a record that is held on a basis stays although its person objects; none where it goes.
    pub fn stays(&self, basis: Basis) -> Option<&'static str> {
        match basis {
            Basis::Consent => Some("personal-stays-consent"),
            Basis::Contract => Some("personal-stays-contract"),
            Basis::LegalObligation => Some("personal-stays-law"),
            Basis::VitalInterests => Some("personal-stays-life"),
            Basis::PublicTask | Basis::LegitimateInterests => self.defends_claims.then_some("personal-stays-claims"),
        }
    }

    /// Whether records go where somebody objects to them rightly.
    pub fn gives_way(&self) -> bool {
        self.stays(self.basis).is_none()
    }

    /// The key of one of its texts: of its name with an empty `part`, else `data`, `recipients` or `period`.
    pub fn text_key(&self, part: &str) -> String {
        let key = self.key.replace(['.', '_'], "-");
        if part.is_empty() { format!("purpose-{key}") } else { format!("purpose-{key}-{part}") }
    }
}

/// What becomes of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is gone.
    #[default]
    Deleted,
    /// It stays, and nobody can tell any more whom it was about.
    Anonymised,
    /// It stays as it is, for the reason given.
    Kept,
    /// It says what the person asked it to say.
    Corrected,
}

/// One datum: a record, or a field of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Datum<'a> {
    /// The kind of record, as its holding says.
    pub kind: &'a str,
    /// The record.
    pub id: &'a str,
    /// The field; empty for all of it.
    pub field: &'a str,
}

/// A record that is held about somebody.
#[derive(Clone, Debug)]
pub struct Held {
    /// The kind of its holding.
    pub kind: &'static str,
    /// The record's id.
    pub id: String,
    /// The key of what it is: «Your account».
    pub label: &'static str,
    /// What it says.
    pub fields: Vec<Field>,
    /// The key of where it came from.
    pub source: &'static str,
    /// Since when.
    pub since: Option<Timestamp>,
    /// Its purpose.
    pub purpose: Purpose,
    /// By what right.
    pub basis: Basis,
    /// Who sees it, in words.
    pub audience: Wording,
    /// The cluster that it belongs to; none where it belongs to the instance.
    pub cluster: Option<Uuid>,
    /// Whether the person gave it themself: only that is theirs to take along (portability).
    pub given: bool,
    /// Whether it is only kept, not used.
    pub restricted: bool,
}

impl Held {
    /// A record as most are: it came about by use, serves its purpose on the basis of it, and is seen by whoever runs the
    /// instance. What is otherwise is said beside.
    pub fn new(purpose: &Purpose, label: &'static str, id: impl ToString, since: impl Into<Option<Timestamp>>) -> Self {
        Held {
            kind: purpose.kind(),
            id: id.to_string(),
            label,
            fields: Vec::new(),
            source: "personal-source-use",
            since: since.into(),
            purpose: *purpose,
            basis: purpose.basis,
            audience: Wording::new("personal-audience-instance", &[]),
            cluster: None,
            given: false,
            restricted: false,
        }
    }

    /// The key of why it stays although its person objects; none where it goes.
    pub fn stays(&self) -> Option<&'static str> {
        self.purpose.stays(self.basis)
    }

    /// The value of a field that can be corrected, where it says something.
    pub fn correctable(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|field| field.correctable && field.name == name).and_then(|field| match &field.value {
            Saying::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name in the machine-readable answer and, with `personal-field-` before it and `-` for `_`, in the language
    /// files.
    pub name: &'static str,
    /// What it says.
    pub value: Saying,
    /// Whether the person may ask for it to be corrected.
    pub correctable: bool,
}

impl Field {
    /// A field with a value.
    pub fn new(name: &'static str, value: impl Into<Saying>) -> Self {
        Field { name, value: value.into(), correctable: false }
    }

    /// A field that can be corrected.
    pub fn correctable(name: &'static str, value: impl Into<Saying>) -> Self {
        Field { name, value: value.into(), correctable: true }
    }
}

/// What a field says.
#[derive(Clone, Debug, PartialEq)]
pub enum Saying {
    /// Nothing.
    Nothing,
    /// A text as it was given.
    Text(String),
    /// A word of the language files, by its key; programs read the key's last part.
    Word(String),
    /// A moment.
    Moment(Timestamp),
    /// A count or a yes or no, as programs read it.
    Plain(Json),
    /// Somebody else's name or address: whoever answers sees it, the person does not.
    SomebodyElse(String),
}

impl From<String> for Saying {
    fn from(text: String) -> Self {
        if text.is_empty() { Saying::Nothing } else { Saying::Text(text) }
    }
}

impl From<&str> for Saying {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Timestamp> for Saying {
    fn from(moment: Timestamp) -> Self {
        Saying::Moment(moment)
    }
}

impl<T: Into<Saying>> From<Option<T>> for Saying {
    fn from(value: Option<T>) -> Self {
        value.map_or(Saying::Nothing, Into::into)
    }
}

/// What was done to some records that hold something about a person.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Erased {
    /// The kind of its holding.
    pub kind: String,
    /// The key of what the records are: «Sessions».
    pub label: String,
    /// How many.
    pub count: u64,
    /// What became of them.
    pub fate: Fate,
    /// The key of why they stay; empty where they are gone.
    pub reason: String,
}

impl Erased {
    /// Records that are gone.
    pub fn deleted(kind: &str, label: &str, count: u64) -> Self {
        Erased { kind: kind.to_owned(), label: label.to_owned(), count, fate: Fate::Deleted, reason: String::new() }
    }

    /// Records that stay without the person, and the key of why.
    pub fn anonymised(kind: &str, label: &str, count: u64, reason: &str) -> Self {
        Erased { fate: Fate::Anonymised, reason: reason.to_owned(), ..Erased::deleted(kind, label, count) }
    }

    /// Records that were corrected.
    pub fn corrected(kind: &str, label: &str, count: u64) -> Self {
        Erased { fate: Fate::Corrected, ..Erased::deleted(kind, label, count) }
    }

    /// Records that stay as they are, and the key of why.
    pub fn kept(kind: &str, label: &str, count: u64, reason: &str) -> Self {
        Erased { fate: Fate::Kept, reason: reason.to_owned(), ..Erased::deleted(kind, label, count) }
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

/// What would be removed by age.
#[derive(Clone, Debug, Default)]
pub struct Due {
    /// How many records.
    pub count: u64,
    /// When the period of the oldest began.
    pub oldest: Option<Timestamp>,
    /// The first of them, oldest first, at most twenty.
    pub first: Vec<DueRow>,
}

/// Of all that is due, oldest first: the first are shown, the others counted.
impl FromIterator<DueRow> for Due {
    fn from_iter<T: IntoIterator<Item = DueRow>>(rows: T) -> Self {
        let mut due = Due::default();
        for row in rows {
            due.count += 1;
            due.oldest = due.oldest.or(Some(row.at));
            if due.count <= DUE_SHOWN.unsigned_abs() {
                due.first.push(row);
            }
        }
        due
    }
}

/// A record that needs a legal basis of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The record.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// Since when.
    pub since: Timestamp,
}

/// Whom a letter about a record goes to, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Addressee {
    /// Their address.
    pub email: String,
    /// Their language, where it is known.
    pub language: Option<String>,
    /// The cluster that keeps the record.
    pub cluster: Uuid,
    /// What it is called.
    pub cluster_name: String,
    /// What the record belongs to: an organisation.
    pub about: String,
}

/// Somebody who is told that their data will go.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ToTell {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their language, where it is known.
    pub language: Option<String>,
}

/// How many rows a preview shows.
pub const DUE_SHOWN: i64 = 20;

/// A record that would be removed by age.
#[derive(Clone, Debug)]
pub struct DueRow {
    /// The record.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// When its period began.
    pub at: Timestamp,
    /// Whom it is about, where they can be written to before.
    pub subject: Option<Subject>,
}
