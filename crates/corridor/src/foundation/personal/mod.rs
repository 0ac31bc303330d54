//! What is held about people: the registry by which every slice tells it ([`Holding`]), the log of legal bases and
//! consents ([`Basis`], [`standing`]), and the log of who received a copy of whose data ([`Disclosure`]).
//!
//! A slice that keeps personal data writes a [`Holding`] beside its store and hands it to `app`, which puts all of them
//! together. In the transaction in which a datum is written, [`record_basis`] notes by what right; where a copy leaves the
//! program, [`disclose`] notes whose and to whom; where several people's data is read at once, a [`Reading`] says whether the
//! trail keeps it.

mod aged;
mod bases;
mod disclosures;
mod holding;
mod readings;
mod store;
mod subject;

pub(crate) use aged::aged;
pub use bases::{Basis, BasisEntry, Consent, Event, Proof, Standing, standing};
pub use disclosures::{Disclosed, Disclosure, DisclosureHolding, DisclosureLine};
pub use holding::{
    Addressee, DUE_SHOWN, Datum, Due, DueRow, Erased, Fate, Field, Held, Holding, Holdings, Listed, Purpose, Saying,
    TAKEN_OUT, ToTell,
};
pub use readings::{Reading, Way};
pub use subject::{NotAnAddress, Subject};

use std::collections::HashSet;

use uuid::Uuid;

use super::{
    database::{Database, Transaction},
    errors::Error,
    time::Timestamp,
};

id! {
    /// A release of personal data to somebody.
    DisclosureId
}
id! {
    /// A person about whom nothing is removed by age for the time being.
    HoldId
}

/// Appends an event to the log of a datum.
///
/// # Errors
/// When the database fails.
pub async fn record_basis(transaction: &mut Transaction, entry: &BasisEntry) -> Result<(), Error> {
    store::put_bases(transaction, std::slice::from_ref(entry)).await
}

/// Appends many events at once, as an import does.
///
/// # Errors
/// When the database fails.
pub async fn record_bases(transaction: &mut Transaction, entries: &[BasisEntry]) -> Result<(), Error> {
    store::put_bases(transaction, entries).await
}

/// The log of one record, all its fields, in the order in which things happened.
///
/// # Errors
/// When the database fails.
pub async fn bases(database: &Database, kind: &str, id: &str) -> Result<Vec<BasisEntry>, Error> {
    store::bases(database, kind, id).await
}

/// The log of one record as a transaction sees it.
///
/// # Errors
/// When the database fails.
pub async fn bases_in(transaction: &mut Transaction, kind: &str, id: &str) -> Result<Vec<BasisEntry>, Error> {
    store::bases_in(transaction, kind, id).await
}

/// The whole log, newest first: of one cluster or of the instance, of one basis or of all.
///
/// # Errors
/// When the database fails.
pub async fn recent_bases(
    database: &Database,
    cluster: Option<Uuid>,
    basis: Option<Basis>,
    limit: i64,
) -> Result<Vec<BasisEntry>, Error> {
    store::recent_bases(database, cluster, basis, limit).await
}

/// The records of a kind for which a basis was noted.
///
/// # Errors
/// When the database fails.
pub async fn founded(database: &Database, kind: &str) -> Result<HashSet<String>, Error> {
    store::founded(database, kind).await
}

/// Notes that somebody received a copy of people's data.
///
/// # Errors
/// When the database fails.
pub async fn disclose(
    transaction: &mut Transaction,
    disclosure: &Disclosure<'_>,
    whose: &[Disclosed],
) -> Result<DisclosureId, Error> {
    store::put_disclosure(transaction, disclosure, whose).await
}

/// Who received a copy of the person's data, newest first.
///
/// # Errors
/// When the database fails.
pub async fn disclosures(database: &Database, subject: &Subject) -> Result<Vec<DisclosureLine>, Error> {
    store::disclosures(database, subject).await
}

/// Keeps everything about the person from being removed by age, until [`release`].
///
/// # Errors
/// When the database fails.
pub async fn hold(transaction: &mut Transaction, subject: &Subject, now: Timestamp) -> Result<HoldId, Error> {
    store::put_hold(transaction, subject, now).await
}

/// Lets age count again.
///
/// # Errors
/// When the database fails.
pub async fn release(transaction: &mut Transaction, hold: HoldId) -> Result<(), Error> {
    store::remove_hold(transaction, hold).await
}

/// A column of the database in which somebody is still named.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Mention {
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
    /// In how many rows, up to a thousand.
    pub rows: usize,
}

/// Walks through every text of the database for the person's address and name. Slow on a large directory: for whoever
/// answers a request, because people are also named in free texts that no holding knows.
///
/// # Errors
/// When the database fails.
pub async fn mentions(database: &Database, subject: &Subject) -> Result<Vec<Mention>, Error> {
    store::mentions(database, subject).await
}
