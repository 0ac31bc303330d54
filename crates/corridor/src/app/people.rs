//! People and their roles, across slices: accounts know who holds what, the directory knows the organisations.

use std::collections::HashSet;

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use minijinja::context;

use crate::{
    accounts::{
        Acting, Action, Actor, ClusterId, Email, HeldRole, Limits, Resource, Role, RoleId, Route, clusters, decide,
        invitations::{self, InvitationId},
        keep_reading,
        people::{self, ClaimId, Claimed, Outcome},
        reading_of_accounts,
        sessions::Browser,
    },
    directory::{self, OrganisationId},
    foundation::{errors::Error, pages::Serde},
};

/// The routes of people.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/people", Action::InvitePeople, get(show)),
        Route::post("/people/invitations", Action::InvitePeople, post(invite)),
        Route::post("/people/invitations/{id}/withdraw", Action::InvitePeople, post(withdraw)),
        Route::post("/people/roles/{id}/end", Action::ManagePeople, post(end_role)),
        Route::post("/people/claims/{id}/vouch", Action::ManagePeople, post(vouch)),
        Route::post("/people/claims/{id}/refuse", Action::ManagePeople, post(refuse)),
        Route::post("/organisations/{id}/claim", Action::OwnAccount, post(claim)),
    ]
}

#[derive(serde::Serialize)]
struct RoleRow {
    id: String,
    name: String,
    email: Option<String>,
    words: String,
    given_at: i64,
}

#[derive(serde::Serialize)]
struct InvitationRow {
    id: String,
    email: String,
    words: String,
    until: i64,
}

/// The form of an invitation, as it was filled in and with what is wrong with it.
#[derive(Default, serde::Deserialize, serde::Serialize)]
struct InvitationForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    cluster: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    organisation_id: String,
    #[serde(skip_deserializing)]
    email_error: String,
    #[serde(skip_deserializing)]
    role_error: String,
    #[serde(skip_deserializing)]
    organisation_error: String,
}

/// The roles that the actor may offer, in their own cluster and organisation.
fn offers(actor: &Actor) -> Vec<Role> {
    let may = |role: &Role| {
        let organisation = actor.organisation().or(Some(uuid::Uuid::nil())).filter(|_| *role == Role::MemberContact);
        let cluster = actor.cluster().map(|cluster| cluster.id);
        decide(actor, Action::InvitePeople, Resource::Role { role: *role, cluster, organisation }).is_ok()
    };
    Role::ALL.into_iter().filter(may).collect()
}

async fn page(acting: &Acting, form: InvitationForm) -> Result<Response, Error> {
    let (app, actor) = (&acting.app, &acting.actor);
    acting.may(Action::InvitePeople, Resource::Instance)?;
    let instance = actor.role() == Some(Role::InstanceAdministrator);
    let roles = people::roles(app, actor).await?;
    let listed = roles.iter().map(|line| line.person).collect::<HashSet<_>>().len();
    let filter = serde_json::json!({ "list": "/people" });
    keep_reading(app, reading_of_accounts(app, actor, filter, listed, listed));
    let roles: Vec<RoleRow> = roles
        .into_iter()
        .map(|line| RoleRow {
            id: line.id.to_string(),
            words: acting.role_words(&line.held, line.cluster_name.as_deref()),
            name: line.name,
            email: line.email,
            given_at: line.given_at.0,
        })
        .collect();
    let waiting: Vec<InvitationRow> = invitations::waiting(app, actor)
        .await?
        .into_iter()
        .map(|one| InvitationRow {
            id: one.id.to_string(),
            words: acting.role_words(&one.offered, one.cluster_name.as_deref()),
            email: one.email,
            until: one.expires_at.0,
        })
        .collect();
    let claims = match acting.may(Action::ManagePeople, Resource::Instance) {
        Ok(()) => people::claims(app, actor).await?,
        Err(_) => Vec::new(),
    };
    let offers = offers(actor);
    let choices: Vec<_> = offers
        .iter()
        .map(|role| {
            let label = role.label_key();
            context! { value => role.key(), label => acting.say(&label), hint => acting.say(&format!("{label}-description")) }
        })
        .collect();
    let known = if instance { clusters(&app.database).await? } else { Vec::new() };
    let known: Vec<_> =
        known.iter().map(|one| context! { value => one.id.to_string(), label => one.name.as_str() }).collect();
    let lede = match (instance, actor.role(), actor.cluster()) {
        (true, ..) => acting.say("people-lede-instance"),
        (_, Some(Role::ClusterAdministrator), Some(cluster)) => {
            app.texts.say(acting.language, "people-lede-cluster", &[("cluster", cluster.name.as_str().into())])
        }
        _ => acting.say("people-lede-organisation"),
    };
    let wrong = [&form.email_error, &form.role_error, &form.organisation_error].iter().any(|error| !error.is_empty());
    let form = if form.role.is_empty() { InvitationForm { role: choices_default(&offers), ..form } } else { form };
    let context = context! {
        lede,
        instance,
        manages => acting.may(Action::ManagePeople, Resource::Instance).is_ok(),
        roles => Serde(&roles),
        invitations => Serde(&waiting),
        claims => Serde(&claims),
        choices,
        clusters => known,
        asks_organisation => offers.len() > 1,
        form => Serde(&form),
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, acting.page("accounts/people.html", context).await?).into_response())
}

fn choices_default(offers: &[Role]) -> String {
    offers.first().map(|role| role.key().to_owned()).unwrap_or_default()
}

async fn show(acting: Acting) -> Result<Response, Error> {
    page(&acting, InvitationForm::default()).await
}

/// What the form offers, or what is wrong with it.
async fn offered(acting: &Acting, form: &mut InvitationForm) -> Result<Option<(Email, HeldRole)>, Error> {
    let (app, actor) = (&acting.app, &acting.actor);
    let email: Option<Email> = form.email.parse().ok();
    if email.is_none() {
        form.email_error = acting.say("sign-in-problem-email");
    }
    let role = Role::of(&form.role).filter(|role| offers(actor).contains(role));
    if role.is_none() {
        form.role_error = acting.say("people-problem-role");
    }
    let (Some(email), Some(role)) = (email, role) else { return Ok(None) };
    let instance = actor.role() == Some(Role::InstanceAdministrator);
    let cluster: Option<ClusterId> =
        if instance { form.cluster.parse().ok() } else { actor.cluster().map(|cluster| cluster.id) };
    if role.needs_cluster() && cluster.is_none() {
        form.role_error = acting.say("people-problem-cluster");
        return Ok(None);
    }
    let organisation = match (role, actor.role()) {
        (Role::MemberContact, Some(Role::MemberContact)) => actor.organisation().map(OrganisationId),
        (Role::MemberContact, _) => form.organisation_id.parse().ok(),
        _ => None,
    };
    if role != Role::MemberContact {
        return Ok(Some((email, HeldRole { role, cluster, organisation: None, organisation_name: None })));
    }
    let Some(organisation) = organisation else {
        form.organisation_error = acting.say("people-problem-organisation");
        return Ok(None);
    };
    let record = directory::record(app, actor, organisation).await?;
    if let Some(cluster) = cluster
        && actor.role() != Some(Role::MemberContact)
        && !directory::is_member(app, actor, organisation, cluster).await?
    {
        form.organisation_error = acting.say("people-problem-member");
        return Ok(None);
    }
    let name = Some(record.shown_name());
    let organisation = Some(record.organisation.id.0);
    Ok(Some((email, HeldRole { role, cluster, organisation, organisation_name: name })))
}

async fn invite(acting: Acting, browser: Browser, Form(mut form): Form<InvitationForm>) -> Result<Response, Error> {
    acting.may(Action::InvitePeople, Resource::Instance)?;
    match offered(&acting, &mut form).await? {
        Some((email, held)) => {
            acting.app.part::<Limits>().letter(&browser, email.as_str()).await?;
            invitations::invite(&acting.app, &acting.actor, None, &email, &held).await?;
            Ok(Redirect::to("/people?done=invited").into_response())
        }
        None => page(&acting, form).await,
    }
}

async fn withdraw(acting: Acting, Path(id): Path<InvitationId>) -> Result<Response, Error> {
    invitations::withdraw(&acting.app, &acting.actor, id).await?;
    Ok(Redirect::to("/people?done=withdrawn").into_response())
}

async fn end_role(acting: Acting, Path(id): Path<RoleId>) -> Result<Response, Error> {
    people::end_role(&acting.app, &acting.actor, id).await?;
    Ok(Redirect::to("/people?done=role-ended").into_response())
}

async fn vouch(acting: Acting, Path(id): Path<ClaimId>) -> Result<Response, Error> {
    people::vouch(&acting.app, &acting.actor, id).await?;
    Ok(Redirect::to("/people?done=vouched").into_response())
}

async fn refuse(acting: Acting, Path(id): Path<ClaimId>) -> Result<Response, Error> {
    people::refuse(&acting.app, &acting.actor, id).await?;
    Ok(Redirect::to("/people?done=claim-refused").into_response())
}

#[derive(serde::Deserialize)]
struct ClaimForm {
    #[serde(default)]
    reason: String,
}

async fn claim(acting: Acting, Path(id): Path<OrganisationId>, Form(form): Form<ClaimForm>) -> Result<Response, Error> {
    let (app, actor) = (&acting.app, &acting.actor);
    let record = directory::record(app, actor, id).await?;
    let organisation = record.organisation.id;
    let member_of_actors_cluster = match actor.cluster() {
        Some(cluster) => directory::is_member(app, actor, organisation, cluster.id).await?,
        None => false,
    };
    let claimed = Claimed {
        organisation: organisation.0,
        name: record.shown_name(),
        website: record.organisation.website,
        member_of_actors_cluster,
    };
    let done = match people::claim(&acting, &claimed, &form.reason).await? {
        Outcome::Proved => "claim-proved",
        Outcome::Waiting => "claim-waiting",
    };
    Ok(Redirect::to(&format!("/organisations/{}?done={done}", claimed.organisation)).into_response())
}
