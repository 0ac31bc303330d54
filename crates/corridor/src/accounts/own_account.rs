//! "My account": who one is here, how one signs in, where one is signed in, and what acts in one's name.

use axum::{
    Form,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use minijinja::context;

use super::{
    Acting, Action, Resource, Route, addresses,
    personal::known_as,
    sessions,
    sign_in::{passkeys, passwords, providers, providers::named_providers},
    store, tell, tokens,
};
use crate::foundation::{
    errors::Error,
    languages::Language,
    pages::Serde,
    personal::{Datum, Holdings, Subject},
    secrets::Secret,
    time::Zone,
};

/// The routes of the page and of the name on it.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/account", Action::OwnAccount, get(show)),
        Route::post("/account/name", Action::OwnAccount, post(rename)),
    ]
}

/// What the page says besides what is always on it.
#[derive(Debug, Default)]
pub(super) struct Notice {
    /// A token just made, shown this once.
    pub(super) token: Option<Secret>,
    /// A private address just made, shown this once.
    pub(super) address: Option<Secret>,
    /// The key of what is wrong with the password.
    pub(super) password: Option<String>,
    /// The key of what is wrong with the name.
    pub(super) name: Option<&'static str>,
    /// The key of what is wrong with the zone.
    pub(super) zone: Option<&'static str>,
}

async fn show(acting: Acting) -> Result<Response, Error> {
    page(&acting, Notice::default()).await
}

#[derive(serde::Serialize)]
struct TokenRow {
    #[serde(flatten)]
    line: tokens::TokenLine,
    role_label: String,
    scope_labels: Vec<String>,
    over: bool,
}

#[derive(serde::Serialize)]
struct AddressRow {
    #[serde(flatten)]
    line: addresses::AddressLine,
    role_label: String,
    feed_label: String,
}

fn role_label(acting: &Acting, role: &str) -> String {
    super::Role::of(role).map(|role| acting.say(&role.label_key())).unwrap_or_default()
}

pub(super) async fn page(acting: &Acting, notice: Notice) -> Result<Response, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    let (app, session) = (&acting.app, acting.account()?);
    let Some(person) = store::person(&app.database, session.person).await? else {
        return Err(Error::NotFound("your account".to_owned()));
    };
    let roles: Vec<String> = store::roles_of(&app.database, person.id)
        .await?
        .iter()
        .map(|line| acting.role_words(&line.held, line.cluster_name.as_deref()))
        .collect();
    let now = app.clock.now();
    let tokens: Vec<TokenRow> = tokens::mine(acting)
        .await?
        .into_iter()
        .map(|line| TokenRow {
            role_label: role_label(acting, &line.role),
            scope_labels: tokens::pages::scope_labels(acting, &line.scopes),
            over: line.expires_at <= now.0,
            line,
        })
        .collect();
    let addresses: Vec<AddressRow> = addresses::mine(acting)
        .await?
        .into_iter()
        .map(|line| AddressRow {
            role_label: role_label(acting, &line.role),
            feed_label: acting.say(&format!("feed-{}", line.feed.replace('.', "-"))),
            line,
        })
        .collect();
    let scopes: Vec<(&str, String)> =
        tokens::Scope::ALL.iter().map(|scope| (scope.key(), acting.say(&scope.label_key()))).collect();
    let wrong = notice.password.is_some() || notice.name.is_some() || notice.zone.is_some();
    let context = context! {
        person => context! { name => person.name.as_str(), email => person.email.as_deref(), language => person.language().code(), time_zone => person.time_zone.as_deref().unwrap_or_default() },
        roles,
        sessions => Serde(&sessions::mine(acting).await?),
        this_session => session.id.to_string(),
        passkeys_of => passkeys::bound_to(app),
        passkeys => Serde(&passkeys::mine(acting).await?),
        providers => Serde(&named_providers(app)),
        identities => Serde(&providers::mine(acting).await?),
        password_since => passwords::changed_at(acting, person.id).await?,
        password_error => notice.password.map(|key| acting.say(&key)).unwrap_or_default(),
        zone_error => notice.zone.map(|key| acting.say(key)).unwrap_or_default(),
        zones => Zone::all(),
        zone_otherwise => acting.house_zone().name(),
        name_error => notice.name.map(|key| acting.say(key)).unwrap_or_default(),
        shortest => passwords::SHORTEST,
        tokens => Serde(&tokens),
        new_token => notice.token.as_ref().map(|token| token.reveal().to_owned()),
        addresses => Serde(&addresses),
        new_address => notice.address.as_ref().map(|address| address.reveal().to_owned()),
        scopes => Serde(&scopes),
        days => Serde(&tokens::DAYS),
        may_make_tokens => acting.actor.role().is_some(),
    };
    let page = acting.page("accounts/account.html", context).await?;
    Ok((if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, page).into_response())
}

#[derive(serde::Deserialize)]
struct Renamed {
    name: String,
    language: Language,
    #[serde(default)]
    time_zone: String,
}

async fn rename(acting: Acting, Form(renamed): Form<Renamed>) -> Result<Response, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    let (person, now) = (acting.account()?.person, acting.app.clock.now());
    let Some(name) = name_of(&renamed.name) else {
        return page(&acting, Notice { name: Some("account-problem-name"), ..Default::default() }).await;
    };
    let zone = Zone::named(&renamed.time_zone);
    if zone.is_none() && !renamed.time_zone.trim().is_empty() {
        return page(&acting, Notice { zone: Some("cluster-problem-time-zone"), ..Default::default() }).await;
    }
    // What the person shows of the account goes by the new name at once. What a cluster keeps about them stays the
    // cluster's: a request for rectification reaches it, so that nobody is told of a new name whom the person did not tell.
    let (database, holdings) = (&acting.app.database, acting.app.part::<Holdings>());
    let subject = known_as(database, Subject::person(person.0)).await?;
    let held = holdings.held(database, &subject).await?;
    let account = Datum { kind: "account", id: &person.to_string(), field: "name" };
    let mut shown = holdings.following(&held, account);
    shown.retain(|one| one.given);
    let done: Result<(), Error> = async {
        transact!(acting.app.database, transaction => {
            store::rename_person(transaction, person, &name, renamed.language, zone.as_ref()).await?;
            holdings.follow(transaction, &subject, &shown, ("name", &name), now).await?;
            tell(transaction, now, Some(person.0), "rename", String::new(), serde_json::Value::Null).await
        })
    }
    .await;
    done?;
    Ok(Redirect::to("/account?done=name-saved").into_response())
}

/// A name that can be shown: something, not too long, in one line.
pub(super) fn name_of(text: &str) -> Option<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty() && name.chars().count() <= 120 && !name.chars().any(char::is_control)).then_some(name)
}
