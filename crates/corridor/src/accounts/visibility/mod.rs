//! Who sees what: every record of a cluster names its [`Audience`], every request has its [`Reader`], and
//! [`Reader::sees`] is the one decision between them. [`Circle`] says it in words, with names, before anything is saved.

mod model;
mod words;

pub use model::{Allied, Audience, Reader, UnknownAudience};
pub use words::{Choice, Circle};

use super::{Actor, alliances};
use crate::foundation::{database::Database, errors::Error};

/// The reader that an actor is, with the alliances of the cluster acted for as they are now. Read once a request.
pub async fn reader(database: &Database, actor: &Actor) -> Result<Reader, Error> {
    let allied = match actor.cluster() {
        Some(cluster) => alliances::allied(database, cluster.id).await?,
        None => Vec::new(),
    };
    Ok(Reader::of(actor, allied))
}
