//! Choosing a demonstration person, signing out, and the preferences that need no account.

use axum::{
    Form,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use super::{
    Acting, Action, Resource, RoleId, Route, Shared,
    acting::{LANGUAGE_COOKIE, THEME_COOKIE},
    clusters, cookies,
    sessions::{self, Browser},
};
use crate::foundation::{
    errors::Error,
    languages::Language,
    security::{CLEAR_SITE_DATA, own_path},
};

/// The routes of accounts.
pub fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    let mut routes = vec![
        Route::get("/demo", Action::ReadPublic, get(choose)),
        Route::post("/demo/become", Action::ReadPublic, post(become_persona)),
        Route::post("/sign-out", Action::ReadPublic, post(leave)),
        Route::post("/preferences", Action::ReadPublic, post(prefer)),
        Route::get("/clusters/{slug}/accent.css", Action::ReadPublic, get(accent)),
    ];
    routes.extend(sessions::pages::routes());
    routes.extend(super::sign_in::pages::routes());
    routes.extend(super::invitations::pages::routes());
    routes.extend(super::sign_in::passkeys::pages::routes());
    routes.extend(super::sign_in::providers::pages::routes());
    routes.extend(super::own_account::routes());
    routes.extend(super::tokens::pages::routes());
    routes.extend(super::addresses::routes());
    routes.extend(super::letters::routes());
    routes.extend(super::alliances::pages::routes());
    routes.extend(clusters::pages::routes());
    routes
}

async fn choose(acting: Acting) -> Result<Response, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    if !acting.app.demonstration {
        return Err(Error::NotFound("demonstration people: this instance runs without them".to_owned()));
    }
    Ok(acting.page("accounts/choose.html", minijinja::context! {}).await?.into_response())
}

#[derive(serde::Deserialize)]
struct Choice {
    person: RoleId,
    #[serde(default)]
    back: String,
}

async fn become_persona(
    acting: Acting,
    browser: Browser,
    jar: CookieJar,
    Form(choice): Form<Choice>,
) -> Result<Response, Error> {
    let token = super::become_persona(&acting.app, choice.person, &browser, acting.token()).await?;
    let jar = cookies::keep(&acting.app, jar, cookies::SESSION, &token);
    Ok((jar, Redirect::to(&own_path(&choice.back))).into_response())
}

async fn leave(acting: Acting, jar: CookieJar) -> Result<Response, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    if let Some(token) = acting.token() {
        sessions::leave(&acting.app, token).await?;
    }
    Ok((CLEAR_SITE_DATA, cookies::forget(&acting.app, jar, cookies::SESSION), Redirect::to("/")).into_response())
}

#[derive(serde::Deserialize)]
struct Preferences {
    lang: Option<Language>,
    theme: Option<String>,
    #[serde(default)]
    back: String,
}

async fn prefer(State(app): State<Shared>, jar: CookieJar, Form(preferences): Form<Preferences>) -> Response {
    let keep = |name: &'static str, value: String| {
        // A year: a preference, not an identity.
        let cookie = Cookie::build((name, value)).path("/").same_site(SameSite::Lax).permanent();
        cookie.secure(app.address.is_secure()).build()
    };
    let mut jar = jar;
    if let Some(language) = preferences.lang {
        jar = jar.add(keep(LANGUAGE_COOKIE, language.code().to_owned()));
    }
    if let Some(theme) = preferences.theme.filter(|theme| ["auto", "light", "dark"].contains(&theme.as_str())) {
        jar = jar.add(keep(THEME_COOKIE, theme));
    }
    (jar, Redirect::to(&own_path(&preferences.back))).into_response()
}

/// The accent colour as a stylesheet of its own, because no page has an inline style.
async fn accent(State(app): State<Shared>, Path(slug): Path<String>) -> Result<Response, Error> {
    let cluster = clusters::cluster_by_slug(&app.database, &slug).await?;
    let cluster = cluster.ok_or_else(|| Error::NotFound(format!("the cluster {slug}")))?;
    let shades = cluster.settings.accent.parse::<clusters::Accent>().map_err(anyhow::Error::from)?.shades();
    let sheet = format!(":root {{ --accent: light-dark({}, {}); }}\n", shades.light, shades.dark);
    Ok(([(header::CONTENT_TYPE, "text/css"), (header::CACHE_CONTROL, "private, max-age=300")], sheet).into_response())
}
