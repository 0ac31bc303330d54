//! Who may do what: people, the roles they hold, the cluster they act for, and [`decide`], the one permission function.
//!
//! Use cases call [`decide`] first; the extractor [`Acting`] carries who acts for which cluster, from the session and
//! never from the body of a request. Real sign-in comes later; until then an instance runs with demonstration people.

mod acting;
mod model;
pub mod pages;
mod route;
mod store;

pub(crate) use acting::SESSION_COOKIE;
pub use acting::{Acting, Rail, RailEntry, Shared, guard};
pub use model::{Action, Actor, ClusterId, ClusterRef, PersonId, Resource, Role, RoleId, decide};
pub use route::Route;

use std::collections::HashMap;

use crate::foundation::{
    database::Database,
    errors::Error,
    security::{digest, fresh_token},
    time::Clock,
};

/// How long a session lasts.
const SESSION_SECONDS: i64 = 12 * 3600;

/// A demonstration person whom a visitor may become.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Persona {
    /// The role's id, which the form sends.
    pub id: RoleId,
    /// The person's name: a function, since demonstration people are nobody.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The cluster acted for, where there is one.
    pub cluster: Option<String>,
}

/// Makes the demonstration clusters' people where they are missing: one a role, acting for `cluster`.
///
/// `member_organisation` is the organisation that the member speaks for.
pub async fn prepare_demonstration(
    database: &Database,
    clock: Clock,
    cluster: &str,
    member_organisation: Option<uuid::Uuid>,
) -> Result<(), Error> {
    let Some(cluster) = store::cluster_by_slug(database, cluster).await? else {
        return Err(Error::input(format!(
            "there is no cluster `{cluster}` to demonstrate with: import the world first"
        )));
    };
    let now = clock.now();
    transact!(database, transaction => {
        for role in Role::ALL {
            store::put_demonstration_person(transaction, role, &cluster, member_organisation, now).await?;
        }
        Ok(())
    })
}

/// Creates or renames a cluster of this instance.
pub async fn put_cluster(
    transaction: &mut crate::foundation::database::Transaction,
    slug: &str,
    name: &str,
    accent: &str,
    clock: Clock,
) -> Result<ClusterId, Error> {
    store::put_cluster(transaction, slug, name, accent, clock.now()).await
}

/// All clusters of the instance, by name.
pub async fn clusters(database: &Database) -> Result<Vec<ClusterRef>, Error> {
    store::clusters(database).await
}

/// The demonstration people.
pub async fn personas(database: &Database) -> Result<Vec<Persona>, Error> {
    store::personas(database).await
}

/// Opens a session in the role of a demonstration person; returns the token for the cookie.
pub async fn become_persona(database: &Database, clock: Clock, role: RoleId) -> Result<String, Error> {
    if !store::personas(database).await?.iter().any(|persona| persona.id == role) {
        return Err(Error::NotFound("this demonstration person".to_owned()));
    }
    let token = fresh_token();
    let now = clock.now();
    transact!(database, transaction => {
        store::open_session(transaction, &digest(&token), role, now, now.plus_seconds(SESSION_SECONDS)).await
    })?;
    Ok(token)
}

/// Ends a session.
pub async fn leave(database: &Database, token: &str) -> Result<(), Error> {
    let known = digest(token);
    transact!(database, transaction => store::close_session(transaction, &known).await)
}

/// Who acts in the session of this token.
pub async fn actor_of(database: &Database, clock: Clock, token: &str) -> Result<Option<Actor>, Error> {
    store::actor_of(database, &digest(token), clock.now()).await
}

/// What people are called, by id; a demonstration person is called by its role.
pub async fn names(database: &Database, ids: &[uuid::Uuid]) -> Result<HashMap<uuid::Uuid, String>, Error> {
    Ok(store::names(database, ids).await?.into_iter().map(|(id, name)| (id.0, name)).collect())
}
