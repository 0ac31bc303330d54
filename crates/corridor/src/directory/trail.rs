//! How records that a cluster keeps about organisations tell the trail.

use serde_json::Value as Json;

use crate::{
    accounts::{Actor, ClusterId},
    foundation::{audit, database::Transaction, errors::Error, time::Timestamp},
};

/// A record that a cluster keeps, as the trail names it.
#[derive(Clone, Copy)]
pub(super) struct Trace<'a> {
    /// The kind of record.
    pub(super) kind: &'static str,
    /// Its id.
    pub(super) id: &'a (dyn std::fmt::Display + Sync),
    /// The cluster that keeps it.
    pub(super) cluster: ClusterId,
    /// What it is called.
    pub(super) name: &'a str,
}

/// Tells what the actor did to a record, in the transaction that does it.
pub(super) async fn tell(
    transaction: &mut Transaction,
    actor: &Actor,
    now: Timestamp,
    action: &str,
    of: Trace<'_>,
    (before, after): (Json, Json),
) -> Result<(), Error> {
    let entry = audit::Entry {
        at: now,
        person: actor.person(),
        cluster: Some(of.cluster.0),
        action,
        subject_kind: of.kind,
        subject: of.id.to_string(),
        summary: of.name.to_owned(),
        before,
        after,
    };
    audit::record(transaction, entry).await
}
