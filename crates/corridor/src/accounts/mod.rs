//! Who may do what: people, the roles they hold, the cluster they act for, and [`decide`], the one permission function.
//!
//! Use cases call [`decide`] first; the extractor [`Acting`] carries who acts for which cluster, from the session (or the
//! token of a program) and never from the body of a request. How people prove who they are stands in [`sign_in`], what
//! they then hold in [`sessions`], how they come to roles in [`invitations`].

mod acting;
mod addressee;
pub mod addresses;
pub mod alliances;
pub mod clusters;
mod cookies;
mod demonstration;
mod email;
pub mod invitations;
pub mod letters;
mod limits;
mod model;
mod own_account;
pub mod pages;
pub mod people;
pub mod personal;
mod route;
pub mod sessions;
pub mod sign_in;
mod store;
pub mod tokens;
pub mod visibility;

pub use acting::{Acting, Question, Rail, RailEntry, Shared, Sure, guard};
pub use addressee::Addressee;
pub use clusters::{cluster, cluster_by_slug, clusters, place_cluster, put_cluster};
pub(crate) use cookies::SESSION as SESSION_COOKIE;
pub use cookies::{keep_proving, proving};
pub use demonstration::{Demonstration, Persona, become_persona, personas, prepare_demonstration};
pub use email::{Email, belongs_to_website};
pub use limits::Limits;
pub use model::{Action, Actor, ClusterId, ClusterRef, PersonId, Resource, Role, RoleId, decide};
pub use route::Route;
pub use store::{Person, RoleLine};

use std::collections::HashMap;

use crate::foundation::{
    audit,
    database::{Database, Transaction},
    errors::Error,
    instance::App,
    personal::{Reading, Way},
    time::{Timestamp, Zone},
};

/// A role with what it is held for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRole {
    /// What the person is here for.
    pub role: Role,
    /// The cluster acted for.
    pub cluster: Option<ClusterId>,
    /// The organisation spoken for. Whoever names it has looked it up in the directory, which lies to the right of here.
    pub organisation: Option<uuid::Uuid>,
    /// What the organisation was called then.
    pub organisation_name: Option<String>,
}

impl HeldRole {
    fn resource(&self) -> Resource {
        Resource::Role { role: self.role, cluster: self.cluster, organisation: self.organisation }
    }
}

/// The zone in which the actor's days are counted: that of the cluster acted for, else that of the instance.
///
/// # Errors
/// When the database fails.
pub async fn zone_of(app: &App, actor: &Actor) -> Result<Zone, Error> {
    Ok(match actor.cluster() {
        Some(cluster) => clusters::cluster(&app.database, cluster.id).await?.settings.time_zone,
        None => app.configuration.time_zone.clone(),
    })
}

/// Tells the trail of something about an account: who, what, and from where as far as that helps its owner. Never a
/// secret, and nothing that shows on anybody's Today.
async fn tell(
    transaction: &mut Transaction,
    at: Timestamp,
    person: Option<uuid::Uuid>,
    action: &str,
    summary: String,
    after: serde_json::Value,
) -> Result<(), Error> {
    audit::record(
        transaction,
        audit::Entry {
            at,
            person,
            cluster: None,
            action,
            subject_kind: "account",
            subject: person.map(|id| id.to_string()).unwrap_or_default(),
            summary,
            before: serde_json::Value::Null,
            after,
        },
    )
    .await
}

/// The account of whoever acts, where they have one.
pub async fn own_account_of(database: &Database, actor: &Actor) -> Result<Option<Person>, Error> {
    match actor {
        Actor::Person { person, demonstration: false, .. } => store::person(database, *person).await,
        _ => Ok(None),
    }
}

/// Writes something beside the request that it is about, such as that a token was used: reading must not wait for a long
/// write of somebody else, and a failure of it is no failure of reading.
fn write_beside(failure: &'static str, writing: impl Future<Output = Result<(), Error>> + Send + 'static) {
    tokio::spawn(async move {
        if let Err(error) = writing.await {
            tracing::warn!(%error, "{failure}");
        }
    });
}

/// Keeps in the trail that somebody has a list of people on their screen, where that is to be kept.
pub(crate) fn keep_reading(app: &App, reading: Reading) {
    if reading.is_kept() {
        let database = app.database.clone();
        write_beside("a reading of several people's data could not be kept", async move {
            transact!(database, transaction => reading.keep(transaction).await)
        });
    }
}

/// A list of accounts on the actor's screen.
pub(crate) fn reading_of_accounts(
    app: &App,
    actor: &Actor,
    filter: serde_json::Value,
    shown: usize,
    total: usize,
) -> Reading {
    Reading {
        at: app.clock.now(),
        reader: actor.person(),
        cluster: None,
        kind: "account",
        way: Way::Screen,
        filter,
        shown,
        total,
    }
}

/// What people are called, by id; a demonstration person is called by its role.
pub async fn names(database: &Database, ids: &[uuid::Uuid]) -> Result<HashMap<uuid::Uuid, String>, Error> {
    Ok(store::names(database, ids).await?.into_iter().map(|(id, name)| (id.0, name)).collect())
}
