//! Coming in: nobody signs up by themselves, somebody invites them into a role, and accepting makes the person.

pub mod pages;
mod store;

pub use store::Invitation;

use minijinja::context;

use super::{
    Acting, Action, Actor, Email, HeldRole, Limits, PersonId, Resource, Role, cluster, decide,
    sessions::{self, Browser, Method},
    store as accounts_store, tell,
};
use crate::foundation::{
    errors::Error,
    instance::App,
    languages::Language,
    mail::{self, Letter},
    secrets::Secret,
};

id! {
    /// An invitation.
    InvitationId
}

/// How long an invitation can be accepted.
const INVITATION_SECONDS: i64 = 14 * 24 * 3600;

/// Invites an address into a role; answers with the link, which the letter carries too. Whoever has an account is written
/// to in their own language, others in the one named, else in that of the cluster.
///
/// # Errors
/// When the actor may not offer the role, or it lacks the cluster or organisation that it is held for.
pub async fn invite(
    app: &App,
    actor: &Actor,
    language: Option<Language>,
    email: &Email,
    offered: &HeldRole,
) -> Result<Secret, Error> {
    decide(actor, Action::InvitePeople, offered.resource())?;
    if offered.role.needs_cluster() && offered.cluster.is_none() {
        return Err(Error::input("this role is held in a cluster: name one"));
    }
    if (offered.role == Role::MemberContact) != offered.organisation.is_some() {
        return Err(Error::input("a contact, and nobody else, speaks for an organisation: name it for this role only"));
    }
    let cluster = match offered.cluster {
        None => None,
        Some(id) => Some(cluster(&app.database, id).await?),
    };
    let known = accounts_store::person_by_email(&app.database, email).await?;
    let (token, now) = (Secret::fresh(), app.clock.now());
    let link = Secret::new(app.address.link(&format!("/invitations/{}", token.reveal())));
    let expires_at = now.plus_seconds(INVITATION_SECONDS);
    let of_cluster = cluster.as_ref().map(|cluster| cluster.settings.letter_language);
    let language = known.as_ref().map(|person| person.language()).or(language).or(of_cluster).unwrap_or_default();
    let zone = match (&known, &cluster) {
        (Some(person), _) => person.zone(&app.configuration.time_zone),
        (None, Some(cluster)) => cluster.settings.time_zone.clone(),
        (None, None) => app.configuration.time_zone.clone(),
    };
    let inviter = match actor {
        Actor::Person { name, .. } => Some(name.clone()),
        _ => None,
    };
    let letter = Letter {
        kind: "invitation",
        to: email.as_str(),
        language,
        zone: &zone,
        values: context! {
            inviter,
            role => app.texts.text(language, &offered.role.label_key(), None),
            cluster => cluster.as_ref().map(|cluster| cluster.settings.name.as_str()),
            organisation => offered.organisation_name.as_deref(),
            address => app.address.to_string(),
            until => expires_at.0,
        },
        link: Some(link.clone()),
    };
    transact!(app.database, transaction => {
        store::put(transaction, &token.digest(), email, offered, actor.person(), now, expires_at).await?;
        mail::write(transaction, &app.renderer, &letter, now).await?;
        let what = serde_json::json!({ "role": offered.role.key(), "cluster": offered.cluster, "organisation": offered.organisation });
        tell(transaction, now, actor.person(), "invite", email.to_string(), what).await
    })?;
    app.jobs.notify_one();
    Ok(link)
}

/// The invitations that wait: those that the actor could have written.
///
/// # Errors
/// When the actor may not invite.
pub async fn waiting(app: &App, actor: &Actor) -> Result<Vec<Invitation>, Error> {
    decide(actor, Action::InvitePeople, Resource::Instance)?;
    let all = store::waiting(&app.database, app.clock.now()).await?;
    Ok(all.into_iter().filter(|one| decide(actor, Action::InvitePeople, one.offered.resource()).is_ok()).collect())
}

/// Withdraws an invitation that was not accepted yet.
///
/// # Errors
/// When there is none that the actor could have written.
pub async fn withdraw(app: &App, actor: &Actor, id: InvitationId) -> Result<(), Error> {
    let Some(one) = waiting(app, actor).await?.into_iter().find(|one| one.id == id) else {
        return Err(Error::NotFound("an invitation that waits".to_owned()));
    };
    let now = app.clock.now();
    transact!(app.database, transaction => {
        store::withdraw(transaction, id, now).await?;
        tell(transaction, now, actor.person(), "withdraw_invitation", one.email.clone(), serde_json::Value::Null).await
    })
}

/// How an invitation stands for the reader who holds it.
#[derive(Debug)]
pub enum Standing {
    /// It makes an account.
    New(Invitation),
    /// The reader is signed in as the one who was invited.
    Mine(Invitation),
    /// The one who was invited has an account: they sign in first, so that a forwarded letter opens nothing.
    SignInFirst(Invitation),
    /// Accepted, withdrawn, too old or never written.
    Over,
}

/// How the invitation of a token stands.
///
/// # Errors
/// When the database fails.
pub async fn standing(acting: &Acting, token: &Secret) -> Result<Standing, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let app = &acting.app;
    let Some(invitation) = store::read(&app.database, &token.digest(), app.clock.now()).await? else {
        return Ok(Standing::Over);
    };
    let Ok(email) = invitation.email.parse::<Email>() else { return Ok(Standing::Over) };
    Ok(match accounts_store::person_by_email(&app.database, &email).await? {
        None => Standing::New(invitation),
        Some(person) if acting.account().is_ok_and(|session| session.person == person.id) => Standing::Mine(invitation),
        Some(_) => Standing::SignInFirst(invitation),
    })
}

/// Accepts an invitation and acts in its role from then on; answers with the token of the session.
///
/// # Errors
/// When it is over, or belongs to somebody who has to sign in first.
pub async fn accept(acting: &Acting, token: &Secret, name: &str, browser: &Browser) -> Result<Secret, Error> {
    acting.app.part::<Limits>().from(browser).await?;
    let over = || Error::NotFound("an invitation that can be accepted".to_owned());
    let (invitation, person) = match standing(acting, token).await? {
        Standing::New(invitation) => (invitation, None),
        Standing::Mine(invitation) => (invitation, Some(acting.account()?.person)),
        Standing::SignInFirst(_) => return Err(Error::Refused { reason: "refused-sign-in-first", sign_in: true }),
        Standing::Over => return Err(over()),
    };
    let app = &acting.app;
    let email: Email = invitation.email.parse().map_err(|_| over())?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        let person: PersonId = match person {
            Some(person) => person,
            None => accounts_store::put_person(transaction, name, &email, acting.language, now).await?.ok_or_else(over)?,
        };
        if !store::accept(transaction, invitation.id, now).await? {
            return Err(over());
        }
        let role =
            accounts_store::give_role(transaction, person, &invitation.offered, invitation.invited_by, now).await?;
        let what = serde_json::json!({ "invitation": invitation.id, "role": invitation.offered.role.key() });
        tell(transaction, now, Some(person.0), "accept_invitation", invitation.email.clone(), what).await?;
        sessions::begin(transaction, app, person, Some(role), Method::Invitation, browser, acting.token()).await
    })
}
