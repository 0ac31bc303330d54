//! The one hook through which every slice tells what was done: who, what, to which record, before and after.
//!
//! The trail is append-only and chained: see [`seal`] and [`verify`].

mod chain;
mod difference;
mod personal;
mod store;

use std::time::Duration;

use serde_json::Value as Json;

use super::{
    database::{Database, Transaction},
    errors::Error,
    secrets::Secret,
    time::Timestamp,
};

pub use chain::{Fault, Head};
pub use difference::{Difference, differences};
pub use personal::TrailHolding;

id! {
    /// An entry of the audit trail.
    AuditEntryId
}

/// What happened, in the words of the field (`merge`, `import`, `save`), to which record.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// When.
    pub at: Timestamp,
    /// Who; nobody for what the program did by itself.
    pub person: Option<uuid::Uuid>,
    /// The cluster the person acted for.
    pub cluster: Option<uuid::Uuid>,
    /// The verb.
    pub action: &'a str,
    /// The kind of record (`organisation`, `draft`, `import`).
    pub subject_kind: &'a str,
    /// The record's id.
    pub subject: String,
    /// What the record is called; the verb and the kind are told apart, so that pages can word them in both languages.
    pub summary: String,
    /// The record before, where it existed.
    pub before: Json,
    /// The record after, where it still exists.
    pub after: Json,
}

/// Appends an entry in the same transaction as the change it tells of.
pub async fn record(transaction: &mut Transaction, entry: Entry<'_>) -> Result<(), Error> {
    store::append(transaction, entry).await
}

/// A line of the trail, for people to read.
#[derive(Clone, Debug, serde::Serialize, sqlx::FromRow)]
pub struct Line {
    /// The entry.
    pub id: AuditEntryId,
    /// When.
    pub at: i64,
    /// Who; nobody for what the program did by itself.
    pub person_id: Option<uuid::Uuid>,
    /// The cluster acted for.
    pub cluster_id: Option<uuid::Uuid>,
    /// The verb.
    pub action: String,
    /// The kind of record.
    pub subject_kind: String,
    /// The record's id.
    pub subject_id: String,
    /// What the record was called.
    pub summary: String,
}

/// Which news of a cluster somebody may read, beside what concerns the whole instance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Of its drafts.
    pub drafts: bool,
    /// Of what its team keeps: contacts, notes, memberships, alliances.
    pub team: bool,
}

/// The last entries that concern the whole instance or the given cluster, newest first. Who signed in when, and who asked
/// for their data, is nobody else's news.
pub async fn recent(
    database: &Database,
    cluster: Option<uuid::Uuid>,
    news: News,
    limit: i64,
) -> Result<Vec<Line>, Error> {
    store::recent(database, cluster, news, limit).await
}

/// Which entries are looked for; what is empty does not narrow.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Only those of a cluster.
    pub cluster: Option<uuid::Uuid>,
    /// Only what a person did.
    pub person: Option<uuid::Uuid>,
    /// The cluster of whoever asks: what other clusters did with records of their own is not told.
    pub own_cluster: Option<uuid::Uuid>,
    /// Not about records of a kind.
    pub without_kind: &'static str,
    /// Only about records of a kind.
    pub subject_kind: String,
    /// Only about one record.
    pub subject: String,
    /// Only one verb.
    pub action: String,
    /// Words of what the record was called.
    pub words: String,
    /// From this moment on, in microseconds.
    pub from: i64,
    /// Before this moment, in microseconds.
    pub until: i64,
    /// Only entries older than this one: the next page.
    pub before: Option<uuid::Uuid>,
    /// How many at most.
    pub limit: i64,
}

impl Default for Asked {
    fn default() -> Self {
        Asked {
            cluster: None,
            person: None,
            own_cluster: None,
            without_kind: "",
            subject_kind: String::new(),
            subject: String::new(),
            action: String::new(),
            words: String::new(),
            from: 0,
            until: i64::MAX,
            before: None,
            limit: 100,
        }
    }
}

/// An entry with the record before and after.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Found {
    /// The entry.
    #[serde(flatten)]
    pub line: Line,
    /// The record before.
    pub before: Json,
    /// The record after.
    pub after: Json,
}

/// The entries asked for, newest first.
pub async fn find(database: &Database, asked: &Asked) -> Result<Vec<Found>, Error> {
    store::find(database, asked).await
}

/// The kinds of records and the verbs that the trail tells to somebody of this cluster, for its filters.
pub async fn kinds_and_actions(
    database: &Database,
    own_cluster: Option<uuid::Uuid>,
) -> Result<Vec<(String, String)>, Error> {
    store::kinds_and_actions(database, own_cluster).await
}

/// How many entries are sealed in one transaction.
const SEALED_AT_ONCE: i64 = 500;
/// How many seals are compared at a time.
const COMPARED_AT_ONCE: i64 = 2_000;
/// How often a server looks for entries to seal.
const LOOK: Duration = Duration::from_secs(2);
/// How many places of a broken chain are named.
const NAMED: usize = 20;

/// Seals what was told since the last time; says how many entries.
///
/// Entries are sealed a moment after they were told, in short transactions of their own: writers never wait for the end
/// of the chain.
pub async fn seal(database: &Database) -> Result<usize, Error> {
    let mut sealed = 0;
    loop {
        let count = transact!(database, transaction => {
            let mut head = store::lock_head(transaction).await?;
            let waiting = store::unsealed(transaction, SEALED_AT_ONCE).await?;
            if waiting.is_empty() {
                return Ok(0);
            }
            let seals: Vec<_> = waiting.iter().map(|told| chain::seal(&mut head, told, Secret::fresh().reveal().to_owned())).collect();
            store::put_seals(transaction, &seals, &head).await?;
            Ok(seals.len())
        })?;
        sealed += count;
        if count == 0 {
            return Ok(sealed);
        }
    }
}

/// Seals until the process ends.
pub async fn watch(database: &Database) {
    loop {
        // Looked for first without a lock: an instance at rest writes nothing.
        let outcome = match store::unsealed_count(database).await {
            Ok(0) => Ok(0),
            Ok(_) => seal(database).await,
            Err(error) => Err(error),
        };
        if let Err(error) = outcome {
            tracing::error!(error = ?error, "the audit trail could not be sealed");
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// What a walk along the chain found.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Verified {
    /// The last seal: noted elsewhere, it proves later that nothing before it was changed or cut off.
    pub head: Head,
    /// How many entries wait for their seal.
    pub unsealed: i64,
    /// Of how many the content was erased on purpose.
    pub redacted: i64,
    /// What is wrong and where, the first twenty.
    pub faults: Vec<(i64, Fault)>,
    /// Whether the head that was noted earlier stands in the chain; nothing when none was given.
    pub known_head_holds: Option<bool>,
}

impl Verified {
    /// Whether nothing is wrong.
    pub fn holds(&self) -> bool {
        self.faults.is_empty() && self.known_head_holds != Some(false)
    }
}

/// Walks along the whole chain and compares every seal with its entry; `known` is a head that was noted earlier.
pub async fn verify(database: &Database, known: Option<&Head>) -> Result<Verified, Error> {
    let kept = store::head(database).await?;
    let mut head = Head::default();
    let (mut faults, mut redacted) = (Vec::new(), 0);
    let mut known_head_holds = known.map(|known| *known == head);
    loop {
        let some = store::sealed_after(database, head.sequence, COMPARED_AT_ONCE).await?;
        if some.is_empty() {
            break;
        }
        for (seal, told) in &some {
            redacted += i64::from(seal.redacted_at.is_some());
            if let Err(fault) = chain::follow(&mut head, seal, told.as_ref())
                && faults.len() < NAMED
            {
                faults.push((seal.sequence, fault));
            }
            if known == Some(&head) {
                known_head_holds = Some(true);
            }
        }
    }
    // Seals cut off at the end leave a chain that holds, but not the head that was kept.
    if faults.is_empty() && kept != head {
        faults.push((head.sequence + 1, Fault::Gap));
    }
    Ok(Verified { unsealed: store::unsealed_count(database).await?, head, redacted, faults, known_head_holds })
}

/// Erases what the trail tells about a record, keeping who did what and when; the chain still holds. For the data of a
/// person who has the right to it; the caller records that it was done.
pub async fn redact(
    transaction: &mut Transaction,
    subject_kind: &str,
    subject: &str,
    now: Timestamp,
) -> Result<u64, Error> {
    // Whoever seals at this moment has read what is about to go: their seals are there before it does.
    store::lock_head(transaction).await?;
    store::redact(transaction, subject_kind, subject, now.0).await
}
