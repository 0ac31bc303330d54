//! "This is our organisation": proved by the domain of one's address, or vouched for by the cluster.

use minijinja::context;
use uuid::Uuid;

use super::store;
use crate::{
    accounts::{
        Acting, Action, Actor, ClusterId, HeldRole, PersonId, Resource, Role, belongs_to_website, decide,
        store as accounts_store, tell,
    },
    foundation::{
        errors::Error,
        instance::App,
        mail::{self, Letter},
    },
};

id! {
    /// A claim to speak for an organisation.
    ClaimId
}

/// The organisation that is claimed, as the directory knows it.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Its id.
    pub organisation: Uuid,
    /// Its name.
    pub name: String,
    /// Its website, where known.
    pub website: Option<String>,
    /// Whether the cluster that the person acts for counts it among its members.
    pub member_of_actors_cluster: bool,
}

/// A claim that waits.
#[derive(Clone, Debug, serde::Serialize, sqlx::FromRow)]
pub struct ClaimLine {
    /// Its id.
    pub id: ClaimId,
    /// The organisation.
    pub organisation_id: Uuid,
    /// Its name.
    pub organisation_name: String,
    /// The cluster that may vouch.
    pub cluster_id: Option<ClusterId>,
    /// Its name.
    pub cluster_name: Option<String>,
    /// Who claims.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: Option<String>,
    /// What they say.
    pub reason: String,
    /// When.
    pub created_at: i64,
}

impl ClaimLine {
    fn held(&self) -> HeldRole {
        HeldRole {
            role: Role::MemberContact,
            cluster: self.cluster_id,
            organisation: Some(self.organisation_id),
            organisation_name: Some(self.organisation_name.clone()),
        }
    }
}

/// What came of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The address proves it: the person is a contact now.
    Proved,
    /// The cluster is asked.
    Waiting,
}

/// Claims an organisation for the person who acts.
///
/// # Errors
/// When they have no account of their own.
pub async fn claim(acting: &Acting, claimed: &Claimed, reason: &str) -> Result<Outcome, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    let app = &acting.app;
    let session = acting.account()?;
    let person = accounts_store::person(&app.database, session.person).await?;
    let email = person.and_then(|person| person.email).and_then(|email| email.parse().ok());
    let proved =
        email.zip(claimed.website.as_deref()).is_some_and(|(email, website)| belongs_to_website(&email, website));
    let cluster = acting.actor.cluster().filter(|_| claimed.member_of_actors_cluster).map(|cluster| cluster.id);
    let reason: String = reason.trim().chars().take(1000).collect();
    let now = app.clock.now();
    transact!(app.database, transaction => {
        store::put_claim(transaction, session.person, claimed, cluster, &reason, proved, now).await?;
        if proved {
            let held = HeldRole {
                role: Role::MemberContact,
                cluster,
                organisation: Some(claimed.organisation),
                organisation_name: Some(claimed.name.clone()),
            };
            accounts_store::give_role(transaction, session.person, &held, None, now).await?;
        }
        let what = serde_json::json!({ "organisation": claimed.organisation, "proved": proved });
        tell(transaction, now, Some(session.person.0), "claim", claimed.name.clone(), what).await
    })?;
    Ok(if proved { Outcome::Proved } else { Outcome::Waiting })
}

/// The claims that wait for the actor's word.
///
/// # Errors
/// When the actor may not vouch for anybody.
pub async fn claims(app: &App, actor: &Actor) -> Result<Vec<ClaimLine>, Error> {
    decide(actor, Action::ManagePeople, Resource::Instance)?;
    let all = store::waiting(&app.database, None).await?;
    Ok(all.into_iter().filter(|line| decide(actor, Action::ManagePeople, line.held().resource()).is_ok()).collect())
}

/// Vouches that somebody speaks for the organisation.
///
/// # Errors
/// When no such claim waits for the actor's word.
pub async fn vouch(app: &App, actor: &Actor, id: ClaimId) -> Result<(), Error> {
    close(app, actor, id, true).await
}

/// Says that somebody does not speak for the organisation.
///
/// # Errors
/// When no such claim waits for the actor's word.
pub async fn refuse(app: &App, actor: &Actor, id: ClaimId) -> Result<(), Error> {
    close(app, actor, id, false).await
}

async fn close(app: &App, actor: &Actor, id: ClaimId, vouched: bool) -> Result<(), Error> {
    let unknown = || Error::NotFound("a claim that waits".to_owned());
    let line = claims(app, actor).await?.into_iter().find(|line| line.id == id).ok_or_else(unknown)?;
    let person = accounts_store::person(&app.database, line.person_id).await?.ok_or_else(unknown)?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        let state = if vouched { "vouched" } else { "refused" };
        if !store::decide_claim(transaction, id, state, actor.person(), now).await? {
            return Err(unknown());
        }
        if vouched {
            accounts_store::give_role(transaction, line.person_id, &line.held(), actor.person(), now).await?;
        }
        if let Some(email) = &person.email {
            let letter = Letter {
                kind: "claim",
                to: email,
                language: person.language(),
                zone: &person.zone(&app.configuration.time_zone),
                values: context! {
                    name => person.name.as_str(),
                    organisation => line.organisation_name.as_str(),
                    cluster => line.cluster_name.as_deref(),
                    vouched,
                    address => app.address.to_string(),
                },
                link: None,
            };
            mail::write(transaction, &app.renderer, &letter, now).await?;
        }
        let what = serde_json::json!({ "organisation": line.organisation_id, "person": line.person_id });
        tell(transaction, now, actor.person(), if vouched { "vouch" } else { "refuse_claim" }, line.organisation_name.clone(), what).await
    })?;
    app.jobs.notify_one();
    Ok(())
}
