//! Who holds which role, and who says that they speak for an organisation: seen and ended by those who run a cluster.

mod claims;
mod store;

pub use claims::{ClaimId, ClaimLine, Claimed, Outcome, claim, claims, refuse, vouch};

use super::{
    Action, Actor, ClusterId, Person, PersonId, Resource, Role, RoleId, RoleLine, decide, store as accounts_store, tell,
};
use crate::foundation::{database::Database, errors::Error, instance::App};

/// The roles that the actor sees: all of the instance, of the own cluster, or of the own organisation.
///
/// # Errors
/// When the actor may not invite anybody.
pub async fn roles(app: &App, actor: &Actor) -> Result<Vec<RoleLine>, Error> {
    decide(actor, Action::InvitePeople, Resource::Instance)?;
    let (cluster, organisation) = match actor.role() {
        None | Some(Role::InstanceAdministrator) => (None, None),
        Some(Role::ClusterAdministrator) => match actor.cluster() {
            Some(cluster) => (Some(cluster.id), None),
            None => return Ok(Vec::new()),
        },
        Some(_) => match (actor.cluster(), actor.organisation()) {
            (cluster, Some(organisation)) => (cluster.map(|cluster| cluster.id), Some(organisation)),
            (_, None) => return Ok(Vec::new()),
        },
    };
    accounts_store::roles(&app.database, cluster, organisation).await
}

/// Ends a role that somebody holds.
///
/// # Errors
/// When the actor may not, or nobody would be left to run the instance.
pub async fn end_role(app: &App, actor: &Actor, id: RoleId) -> Result<(), Error> {
    decide(actor, Action::ManagePeople, Resource::Instance)?;
    let unknown = || Error::NotFound("this role".to_owned());
    let line = accounts_store::role(&app.database, id).await?.ok_or_else(unknown)?;
    // Of another cluster's people nobody learns even that there are any.
    decide(actor, Action::ManagePeople, line.held.resource()).map_err(|_| unknown())?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        let last = line.held.role == Role::InstanceAdministrator && store::instance_administrators(transaction).await? < 2;
        if last {
            return Err(Error::Refused { reason: "refused-last-administrator", sign_in: false });
        }
        if !accounts_store::end_role(transaction, id).await? {
            return Err(unknown());
        }
        let what = serde_json::json!({ "person": line.person, "role": line.held.role.key(), "cluster": line.held.cluster });
        tell(transaction, now, actor.person(), "end_role", line.name.clone(), what).await
    })
}

/// Who answers requests about personal data: the administrators of a cluster, or of the instance where none is named or
/// the cluster has nobody.
///
/// # Errors
/// When the database fails.
pub async fn who_answer(database: &Database, cluster: Option<ClusterId>) -> Result<Vec<Person>, Error> {
    if let Some(cluster) = cluster {
        let people = accounts_store::holders(database, Role::ClusterAdministrator, Some(cluster)).await?;
        if !people.is_empty() {
            return Ok(people);
        }
    }
    accounts_store::holders(database, Role::InstanceAdministrator, None).await
}

/// The people who speak for these organisations, each with the organisation, in whatever clusters they do.
///
/// # Errors
/// When the database fails.
pub async fn who_speak_for(
    database: &Database,
    organisations: &[uuid::Uuid],
) -> Result<Vec<(uuid::Uuid, Person)>, Error> {
    accounts_store::speakers(database, Role::MemberContact, organisations).await
}

/// The people who run a cluster and work on its drafts, each once.
///
/// # Errors
/// When the database fails.
pub async fn who_work_for(database: &Database, cluster: ClusterId) -> Result<Vec<Person>, Error> {
    let mut found = accounts_store::holders(database, Role::ClusterAdministrator, Some(cluster)).await?;
    for person in accounts_store::holders(database, Role::ProjectOfficer, Some(cluster)).await? {
        if !found.iter().any(|known| known.id == person.id) {
            found.push(person);
        }
    }
    Ok(found)
}

/// The people who run a cluster and its events, each once.
///
/// # Errors
/// When the database fails.
pub async fn who_run_events_of(database: &Database, cluster: ClusterId) -> Result<Vec<Person>, Error> {
    let mut found = accounts_store::holders(database, Role::EventOrganiser, Some(cluster)).await?;
    for person in accounts_store::holders(database, Role::ClusterAdministrator, Some(cluster)).await? {
        if !found.iter().any(|known| known.id == person.id) {
            found.push(person);
        }
    }
    Ok(found)
}

/// The person of an account.
///
/// # Errors
/// When the database fails.
pub async fn person(database: &Database, id: PersonId) -> Result<Option<Person>, Error> {
    accounts_store::person(database, id).await
}
