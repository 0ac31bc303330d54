//! Clusters, the tenants of an instance: what they are called, how they look, where their clocks are.

mod accent;
mod model;
pub mod pages;
mod store;

pub use accent::{Accent, NotAColour, Shades};
pub use model::{Cluster, ClusterForm, ClusterSettings};

use super::{Action, Actor, ClusterId, ClusterRef, Resource, decide};
use crate::foundation::{
    audit,
    database::{Database, Transaction},
    errors::{Error, FieldProblem},
    instance::App,
    languages::Language,
    time::{Clock, Timestamp, Zone},
};

/// Creates or renames a cluster as an import of the world names it. What a person changed since stays.
///
/// # Errors
/// When the database fails.
pub async fn put_cluster(
    transaction: &mut Transaction,
    slug: &str,
    name: &str,
    accent: &str,
    clock: Clock,
) -> Result<ClusterId, Error> {
    store::put_imported(transaction, slug, name, accent, clock.now()).await
}

/// Says where an imported cluster is, unless a person has said otherwise.
///
/// # Errors
/// When the database fails.
pub async fn place_cluster(
    transaction: &mut Transaction,
    id: ClusterId,
    zone: &Zone,
    language: Language,
) -> Result<(), Error> {
    store::place_imported(transaction, id, zone, language).await
}

/// All clusters of the instance, by name.
///
/// # Errors
/// When the database fails.
pub async fn clusters(database: &Database) -> Result<Vec<ClusterRef>, Error> {
    Ok(store::all(database).await?.into_iter().map(ClusterRef::from).collect())
}

/// The cluster of an id.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn cluster(database: &Database, id: ClusterId) -> Result<Cluster, Error> {
    store::by_id(database, id).await?.ok_or_else(|| Error::NotFound("this cluster".to_owned()))
}

/// The cluster of a word in addresses.
///
/// # Errors
/// When the database fails.
pub async fn cluster_by_slug(database: &Database, slug: &str) -> Result<Option<Cluster>, Error> {
    store::by_slug(database, slug).await
}

/// The clusters whose settings the actor may change: all of the instance, or the own one.
///
/// # Errors
/// When the actor may change none.
pub async fn manageable(app: &App, actor: &Actor) -> Result<Vec<Cluster>, Error> {
    decide(actor, Action::ManageCluster, Resource::Instance)?;
    let all = store::all(&app.database).await?;
    Ok(all.into_iter().filter(|one| decide(actor, Action::ManageCluster, Resource::Cluster(one.id)).is_ok()).collect())
}

/// A cluster whose settings the actor may see and change.
///
/// # Errors
/// When there is none that the actor may.
pub async fn open(app: &App, actor: &Actor, slug: &str) -> Result<Cluster, Error> {
    decide(actor, Action::ManageCluster, Resource::Instance)?;
    let unknown = || Error::NotFound(format!("the cluster {slug}"));
    let cluster = store::by_slug(&app.database, slug).await?.ok_or_else(unknown)?;
    decide(actor, Action::ManageCluster, Resource::Cluster(cluster.id))?;
    Ok(cluster)
}

/// Makes a cluster.
///
/// # Errors
/// When the actor does not run the instance, or a field cannot be used.
pub async fn make(app: &App, actor: &Actor, slug: &str, form: &ClusterForm) -> Result<ClusterId, Error> {
    decide(actor, Action::Administer, Resource::Instance)?;
    let (slug, settings) = match (model::slug(slug), form.read()) {
        (Ok(slug), Ok(settings)) => (slug, settings),
        (slug, settings) => {
            let problems = slug.err().into_iter().chain(settings.err().unwrap_or_default());
            return Err(Error::Invalid(problems.collect()));
        }
    };
    let now = app.clock.now();
    transact!(app.database, transaction => {
        let Some(id) = store::make(transaction, &slug, &settings, now).await? else {
            let taken = FieldProblem {
                field: "slug".to_owned(),
                message: "cluster-problem-slug-taken".to_owned(),
                value: slug.clone(),
            };
            return Err(Error::Invalid(vec![taken]));
        };
        told(transaction, now, actor, "create", id, serde_json::Value::Null, &settings).await?;
        Ok(id)
    })
}

/// Changes the settings of a cluster, where nobody else has since the revision that the actor saw.
///
/// # Errors
/// When the actor may not, a field cannot be used, or somebody else was faster.
pub async fn change(
    app: &App,
    actor: &Actor,
    cluster: &Cluster,
    revision: i64,
    form: &ClusterForm,
) -> Result<(), Error> {
    decide(actor, Action::ManageCluster, Resource::Cluster(cluster.id))?;
    let settings = form.read().map_err(Error::Invalid)?;
    if cluster.settings == settings && cluster.revision == revision {
        return Ok(());
    }
    let before = serde_json::to_value(&cluster.settings).map_err(anyhow::Error::from)?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !store::change(transaction, cluster.id, &settings, revision).await? {
            return Err(Error::Clash(cluster.settings.name.clone()));
        }
        told(transaction, now, actor, "change", cluster.id, before.clone(), &settings).await
    })
}

impl From<Cluster> for ClusterRef {
    fn from(cluster: Cluster) -> Self {
        ClusterRef { id: cluster.id, slug: cluster.slug, name: cluster.settings.name, accent: cluster.settings.accent }
    }
}

async fn told(
    transaction: &mut Transaction,
    at: Timestamp,
    actor: &Actor,
    action: &str,
    id: ClusterId,
    before: serde_json::Value,
    after: &ClusterSettings,
) -> Result<(), Error> {
    let entry = audit::Entry {
        at,
        person: actor.person(),
        cluster: Some(id.0),
        action,
        subject_kind: "cluster",
        subject: id.to_string(),
        summary: after.name.clone(),
        before,
        after: serde_json::to_value(after).map_err(anyhow::Error::from)?,
    };
    audit::record(transaction, entry).await
}
