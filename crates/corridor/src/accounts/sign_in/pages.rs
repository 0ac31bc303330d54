//! The page of signing in, and what its forms lead to.

use axum::{
    Form,
    extract::{Path, Query},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use axum_extra::extract::cookie::CookieJar;
use minijinja::context;

use super::{links, passkeys, passwords, providers};
use crate::{
    accounts::{Acting, Action, Email, Resource, Route, cookies, own_account, sessions::Browser},
    foundation::{errors::Error, pages::Serde, secrets::Secret, security::own_path},
};

/// The routes of signing in.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in", Action::ReadPublic, get(ask)),
        Route::post("/sign-in/link", Action::ReadPublic, post(ask_link)),
        Route::get("/sign-in/link/{token}", Action::ReadPublic, get(confirm_link)),
        Route::post("/sign-in/link/{token}", Action::ReadPublic, post(redeem_link)),
        Route::post("/sign-in/password", Action::ReadPublic, post(by_password)),
        Route::post("/account/password", Action::OwnAccount, post(choose_password)),
        Route::post("/account/password/remove", Action::OwnAccount, post(remove_password)),
    ]
}

/// On pages whose address holds a token: nobody is told where one comes from.
pub(in crate::accounts) const TELLS_NOBODY: [(HeaderName, &str); 1] = [(header::REFERRER_POLICY, "no-referrer")];

#[derive(Default, serde::Deserialize)]
struct Asked {
    #[serde(default)]
    back: String,
}

/// What the page says beside its forms.
#[derive(Default)]
struct Said<'a> {
    email: &'a str,
    back: &'a str,
    /// The key of what is wrong with the address.
    email_error: Option<&'static str>,
    /// The key of what is wrong with the password.
    password_error: Option<&'static str>,
}

async fn sign_in_page(acting: &Acting, said: Said<'_>) -> Result<Response, Error> {
    let wrong = said.email_error.or(said.password_error).is_some();
    let say = |key: Option<&str>| key.map(|key| acting.say(key)).unwrap_or_default();
    let context = context! {
        passkeys_of => passkeys::bound_to(&acting.app),
        providers => Serde(&providers::named_providers(&acting.app)),
        email => said.email,
        back => own_path(said.back),
        email_error => say(said.email_error),
        password_error => say(said.password_error),
    };
    let page = acting.page("accounts/sign_in.html", context).await?;
    Ok((if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, page).into_response())
}

async fn ask(acting: Acting, Query(asked): Query<Asked>) -> Result<Response, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    sign_in_page(&acting, Said { back: &asked.back, ..Default::default() }).await
}

#[derive(serde::Deserialize)]
struct AskedLink {
    email: String,
    #[serde(default)]
    back: String,
}

async fn ask_link(
    acting: Acting,
    browser: Browser,
    jar: CookieJar,
    Form(asked): Form<AskedLink>,
) -> Result<Response, Error> {
    let Ok(email) = asked.email.parse::<Email>() else {
        let said = Said {
            email: &asked.email,
            back: &asked.back,
            email_error: Some("sign-in-problem-email"),
            ..Default::default()
        };
        return sign_in_page(&acting, said).await;
    };
    let asking = links::ask(&acting, &email, &asked.back, &browser).await?;
    let jar = cookies::keep(&acting.app, jar, cookies::ASKING, &asking);
    let page = acting.page("accounts/link_sent.html", context! { email => email.as_str() }).await?;
    Ok((jar, page).into_response())
}

/// Programs that scan letters follow links: this only asks, and uses nothing up.
async fn confirm_link(acting: Acting, Path(token): Path<String>) -> Result<Response, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let page = acting.page("accounts/link_confirm.html", context! { token }).await?;
    Ok((TELLS_NOBODY, page).into_response())
}

async fn redeem_link(
    acting: Acting,
    browser: Browser,
    jar: CookieJar,
    Path(token): Path<String>,
) -> Result<Response, Error> {
    let asking = cookies::read(&acting.app, &jar, cookies::ASKING);
    match links::redeem(&acting, &Secret::new(token), asking.as_ref(), &browser).await? {
        Some((session, back)) => Ok(signed_in(&acting, jar, &session, &back)),
        None => {
            let page = acting.page("accounts/link_refused.html", context! {}).await?;
            Ok((StatusCode::GONE, TELLS_NOBODY, page).into_response())
        }
    }
}

/// The browser of somebody who signed in: with the session, without what asked for it.
pub(in crate::accounts) fn signed_in(acting: &Acting, jar: CookieJar, session: &Secret, back: &str) -> Response {
    let jar = cookies::keep(&acting.app, jar, cookies::SESSION, session);
    let jar = cookies::forget(&acting.app, jar, cookies::ASKING);
    (jar, Redirect::to(&own_path(back))).into_response()
}

#[derive(serde::Deserialize)]
struct GivenPassword {
    email: String,
    password: Secret,
    #[serde(default)]
    back: String,
}

async fn by_password(
    acting: Acting,
    browser: Browser,
    jar: CookieJar,
    Form(given): Form<GivenPassword>,
) -> Result<Response, Error> {
    let session = match given.email.parse::<Email>() {
        Ok(email) => passwords::sign_in(&acting, &email, given.password, &browser).await?,
        Err(_) => None,
    };
    match session {
        Some(session) => Ok(signed_in(&acting, jar, &session, &given.back)),
        None => {
            let said = Said {
                email: &given.email,
                back: &given.back,
                password_error: Some("sign-in-problem-password"),
                ..Default::default()
            };
            sign_in_page(&acting, said).await
        }
    }
}

#[derive(serde::Deserialize)]
struct ChosenPassword {
    password: Secret,
}

async fn choose_password(acting: Acting, Form(chosen): Form<ChosenPassword>) -> Result<Response, Error> {
    match passwords::choose(&acting, chosen.password).await {
        Ok(()) => Ok(Redirect::to("/account?done=password-chosen#password").into_response()),
        Err(Error::Invalid(problems)) => {
            let message = problems.into_iter().next().map(|problem| problem.message);
            own_account::page(&acting, own_account::Notice { password: message, ..Default::default() }).await
        }
        Err(other) => Err(other),
    }
}

async fn remove_password(acting: Acting) -> Result<Response, Error> {
    passwords::remove(&acting).await?;
    Ok(Redirect::to("/account?done=password-removed#password").into_response())
}
