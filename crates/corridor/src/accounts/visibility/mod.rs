//! Who sees what: every record of a cluster names its [`Audience`], every request has its [`Reader`], and
//! [`Reader::sees`] is the one decision between them. [`Circle`] says it in words, with names, before anything is saved.

mod model;
mod words;

pub use model::{Allied, Audience, Reader, UnknownAudience};
pub use words::{Choice, Circle};

use super::{Actor, ClusterId, alliances};
use crate::foundation::{
    database::{Database, Transaction},
    errors::Error,
    settings,
};

/// The reader that an actor is, with the alliances of the cluster acted for as they are now. Read once a request.
pub async fn reader(database: &Database, actor: &Actor) -> Result<Reader, Error> {
    let allied = match actor.cluster() {
        Some(cluster) => alliances::allied(database, cluster.id).await?,
        None => Vec::new(),
    };
    Ok(Reader::of(actor, allied))
}

fn membership_key(cluster: ClusterId) -> String {
    format!("membership_audience:{cluster}")
}

/// Who sees the memberships that a cluster states from now on: everybody who acts for it, until it chooses otherwise.
pub async fn membership_default(database: &Database, cluster: ClusterId) -> Result<Audience, Error> {
    let kept = settings::read(database, &membership_key(cluster)).await?;
    Ok(kept.parse().unwrap_or(Audience::Members))
}

/// Chooses who sees the memberships that a cluster states from now on.
pub async fn put_membership_default(
    transaction: &mut Transaction,
    cluster: ClusterId,
    audience: &Audience,
) -> Result<(), Error> {
    settings::put(transaction, &membership_key(cluster), &audience.to_string()).await
}
