//! Alliances: named groups of clusters that share with one another. A cluster proposes one, each other one named says
//! yes or no, and each may leave at any time, which ends what was shared that very moment.

pub mod pages;
mod store;

use minijinja::context;

use super::{
    Action, Actor, ClusterId, ClusterRef, Person, Resource, Role, clusters, decide, store as accounts_store,
    visibility::{self, Allied, Audience, Circle},
};
use crate::foundation::{
    audit,
    database::{Database, Transaction},
    errors::{Error, FieldProblem},
    instance::App,
    mail::{self, Letter},
    pages::Serde,
    time::Timestamp,
};

id! {
    /// An alliance.
    AllianceId
}

/// The longest name.
const LONGEST_NAME: usize = 120;

/// How a cluster stands in an alliance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Asked, and has not answered.
    Asked,
    /// In it.
    Joined,
    /// Said no.
    Declined,
    /// Was in it.
    Left,
}

impl Standing {
    /// The key of its name in the language files.
    pub fn label_key(self) -> &'static str {
        match self {
            Standing::Asked => "alliance-asked",
            Standing::Joined => "alliance-joined",
            Standing::Declined => "alliance-declined",
            Standing::Left => "alliance-left",
        }
    }
}

/// A cluster in an alliance.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Place {
    /// The cluster.
    pub cluster: ClusterRef,
    /// How it stands.
    pub standing: Standing,
    /// Since when, where it answered; microseconds.
    pub since: Option<i64>,
}

/// An alliance with all clusters that it names.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Alliance {
    /// Its id.
    pub id: AllianceId,
    /// Its name.
    pub name: String,
    /// The clusters, by name.
    pub clusters: Vec<Place>,
}

impl Alliance {
    /// How a cluster stands in it.
    pub fn standing(&self, cluster: ClusterId) -> Option<Standing> {
        self.clusters.iter().find(|place| place.cluster.id == cluster).map(|place| place.standing)
    }

    /// Whether a cluster is in it.
    pub fn holds(&self, cluster: ClusterId) -> bool {
        self.standing(cluster) == Some(Standing::Joined)
    }
}

/// The audience that is this alliance.
pub fn shared_with(alliance: AllianceId) -> Audience {
    Audience::Alliances([alliance].into())
}

/// The alliances that name a cluster, however it stands in them.
pub async fn of_cluster(database: &Database, cluster: ClusterId) -> Result<Vec<Alliance>, Error> {
    store::of_cluster(database, cluster).await
}

/// The alliances that a cluster is in now, each with all clusters that are.
pub async fn allied(database: &Database, cluster: ClusterId) -> Result<Vec<Allied>, Error> {
    store::allied(database, cluster).await
}

/// The cluster whose alliances the actor sees or runs.
fn own_cluster(actor: &Actor, action: Action) -> Result<ClusterRef, Error> {
    decide(actor, action, Resource::Instance)?;
    let refused = Error::Refused { reason: "refused-no-cluster", sign_in: false };
    let cluster = actor.cluster().cloned().ok_or(refused)?;
    decide(actor, action, Resource::Cluster(cluster.id))?;
    Ok(cluster)
}

/// The alliances of the cluster acted for, and those that it is asked into.
///
/// # Errors
/// When the actor does not run a cluster.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Alliance>, Error> {
    let cluster = own_cluster(actor, Action::ReadAlliances)?;
    store::of_cluster(&app.database, cluster.id).await
}

async fn tell(
    transaction: &mut Transaction,
    actor: &Actor,
    action: &str,
    alliance: AllianceId,
    name: &str,
    after: serde_json::Value,
    now: Timestamp,
) -> Result<(), Error> {
    let entry = audit::Entry {
        at: now,
        person: actor.person(),
        cluster: actor.cluster().map(|cluster| cluster.id.0),
        action,
        subject_kind: "alliance",
        subject: alliance.to_string(),
        summary: name.to_owned(),
        before: serde_json::Value::Null,
        after,
    };
    audit::record(transaction, entry).await
}

/// A cluster that is asked, and who runs it.
struct Asked<'a> {
    cluster: &'a ClusterRef,
    heads: Vec<Person>,
}

/// Writes to who runs the clusters that are asked: by whom, who else is, and where they answer.
async fn write_to(
    transaction: &mut Transaction,
    app: &App,
    (own, name): (&ClusterRef, &str),
    asked: &[Asked<'_>],
    now: Timestamp,
) -> Result<(), Error> {
    for Asked { cluster, heads } in asked {
        let others: Vec<&str> = asked
            .iter()
            .map(|other| other.cluster)
            .filter(|other| other.id != cluster.id)
            .map(|other| other.name.as_str())
            .collect();
        for head in heads {
            let Some(email) = &head.email else { continue };
            let letter = Letter {
                kind: "alliance",
                to: email,
                language: head.language(),
                zone: &head.zone(&app.configuration.time_zone),
                values: context! {
                    name => head.name.as_str(),
                    cluster => cluster.name.as_str(),
                    proposed_by => own.name.as_str(),
                    alliance => name,
                    others => Serde(&others),
                    address => app.address.to_string(),
                },
                link: None,
            };
            mail::write(transaction, &app.renderer, &letter, now).await?;
        }
    }
    Ok(())
}

/// Proposes an alliance with other clusters of the instance; the own cluster is in it at once, the others are asked, each by
/// a letter to who runs it.
///
/// # Errors
/// [`Error::Invalid`] with the fields that cannot be used.
pub async fn propose(app: &App, actor: &Actor, name: &str, with: &[ClusterId]) -> Result<AllianceId, Error> {
    let own = own_cluster(actor, Action::ManageAlliances)?;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let known = clusters(&app.database).await?;
    let mut problems = Vec::new();
    let mut wrong = |field: &str, message: &str, value: &str| {
        problems.push(FieldProblem { field: field.to_owned(), message: message.to_owned(), value: value.to_owned() });
    };
    if name.is_empty() {
        wrong("name", "alliance-problem-name", "");
    } else if name.chars().count() > LONGEST_NAME {
        wrong("name", "directory-problem-too-long", &name);
    }
    let mut with = with.to_vec();
    with.sort_unstable();
    with.dedup();
    with.retain(|cluster| *cluster != own.id);
    if with.is_empty() {
        wrong("cluster", "alliance-problem-clusters", "");
    }
    for cluster in &with {
        if !known.iter().any(|one| one.id == *cluster) {
            wrong("cluster", "alliance-problem-unknown", &cluster.to_string());
        }
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let mut asked = Vec::new();
    for cluster in known.iter().filter(|cluster| with.contains(&cluster.id)) {
        let heads = accounts_store::holders(&app.database, Role::ClusterAdministrator, Some(cluster.id)).await?;
        asked.push(Asked { cluster, heads });
    }
    let (id, now) = (AllianceId::new(), app.clock.now());
    transact!(app.database, transaction => {
        store::put(transaction, id, None, &name, Some(own.id), now).await?;
        store::put_cluster(transaction, id, own.id, Some(now)).await?;
        for cluster in &with {
            store::put_cluster(transaction, id, *cluster, None).await?;
        }
        write_to(transaction, app, (&own, &name), &asked, now).await?;
        tell(transaction, actor, "propose", id, &name, serde_json::json!({ "clusters": with }), now).await
    })?;
    app.jobs.notify_one();
    Ok(id)
}

/// What a cluster answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It comes in.
    Accept,
    /// It does not.
    Decline,
    /// It goes out again, and what it shared and saw there ends at once.
    Leave,
}

/// Answers for the cluster acted for.
///
/// # Errors
/// [`Error::NotFound`] where the cluster is not asked, or not in it: to others the alliance does not exist.
pub async fn answer(app: &App, actor: &Actor, id: AllianceId, answer: Answer) -> Result<(), Error> {
    let own = own_cluster(actor, Action::ManageAlliances)?;
    let unknown = || Error::NotFound("an alliance that waits for this answer".to_owned());
    let alliances = store::of_cluster(&app.database, own.id).await?;
    let alliance = alliances.into_iter().find(|alliance| alliance.id == id).ok_or_else(unknown)?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        let (done, verb) = match answer {
            Answer::Accept => (store::join(transaction, id, own.id, now).await?, "join"),
            Answer::Decline => (store::leave(transaction, id, own.id, false, now).await?, "decline"),
            Answer::Leave => (store::leave(transaction, id, own.id, true, now).await?, "leave"),
        };
        if !done {
            return Err(unknown());
        }
        tell(transaction, actor, verb, id, &alliance.name, serde_json::json!({ "cluster": own.name }), now).await
    })
}

/// Says who sees the memberships that the cluster acted for states from now on.
///
/// # Errors
/// [`Error::Invalid`] where the cluster is not in the alliance chosen.
pub async fn show_memberships_to(app: &App, actor: &Actor, audience: &Audience) -> Result<(), Error> {
    let own = own_cluster(actor, Action::ManageAlliances)?;
    if !Circle::of(&app.database, &own).await?.may_choose(audience) {
        let problem = FieldProblem {
            field: "audience".to_owned(),
            message: "contact-problem-audience".to_owned(),
            value: audience.to_string(),
        };
        return Err(Error::Invalid(vec![problem]));
    }
    let now = app.clock.now();
    let before = visibility::membership_default(&app.database, own.id).await?;
    transact!(app.database, transaction => {
        visibility::put_membership_default(transaction, own.id, audience).await?;
        let entry = audit::Entry {
            at: now,
            person: actor.person(),
            cluster: Some(own.id.0),
            action: "show_to",
            subject_kind: "membership",
            subject: own.id.to_string(),
            summary: own.name.clone(),
            before: serde_json::json!({ "audience": before }),
            after: serde_json::json!({ "audience": audience }),
        };
        audit::record(transaction, entry).await
    })
}

/// Keeps an alliance that packaged data states, with the clusters of the instance that it names; one that is there
/// stays as it has become.
pub async fn put_packaged(
    transaction: &mut Transaction,
    slug: &str,
    name: &str,
    clusters: &[ClusterId],
    now: Timestamp,
) -> Result<(), Error> {
    let id = AllianceId::new();
    if clusters.len() > 1 && store::put(transaction, id, Some(slug), name, None, now).await? {
        for cluster in clusters {
            store::put_cluster(transaction, id, *cluster, Some(now)).await?;
        }
    }
    Ok(())
}
