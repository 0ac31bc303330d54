//! The way to a provider and back, and the confirmation that links an identity.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use axum_extra::extract::cookie::CookieJar;
use minijinja::context;

use super::{Arrival, IdentityId, arrive, begin, link, provider, unlink, waiting};
use crate::{
    accounts::{
        Acting, Action, Route, cookies,
        sessions::Browser,
        sign_in::pages::{TELLS_NOBODY, signed_in},
    },
    foundation::{errors::Error, secrets::Secret},
};

/// The routes of providers.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in/with/{provider}", Action::ReadPublic, get(leave)),
        Route::get("/sign-in/with/{provider}/back", Action::ReadPublic, get(come_back)),
        Route::get("/account/identities", Action::OwnAccount, get(confirm)),
        Route::post("/account/identities", Action::OwnAccount, post(confirmed)),
        Route::post("/account/identities/{id}/remove", Action::OwnAccount, post(removed)),
    ]
}

#[derive(serde::Deserialize)]
struct Leaving {
    #[serde(default)]
    back: String,
}

async fn leave(
    acting: Acting,
    browser: Browser,
    jar: CookieJar,
    Path(key): Path<String>,
    Query(leaving): Query<Leaving>,
) -> Result<Response, Error> {
    let (address, asking) = begin(&acting, &key, &leaving.back, &browser).await?;
    Ok((cookies::keep(&acting.app, jar, cookies::ASKING, &asking), Redirect::to(&address)).into_response())
}

#[derive(serde::Deserialize)]
struct Answer {
    code: Option<Secret>,
    #[serde(default)]
    state: String,
}

async fn come_back(
    acting: Acting,
    browser: Browser,
    jar: CookieJar,
    Path(key): Path<String>,
    Query(answer): Query<Answer>,
) -> Result<Response, Error> {
    let asking = cookies::read(&acting.app, &jar, cookies::ASKING);
    // Without a code the provider refused, or the person turned back there.
    let Some(code) = answer.code else {
        return Ok((TELLS_NOBODY, Redirect::to("/sign-in?done=provider-refused")).into_response());
    };
    match arrive(&acting, &key, code, &answer.state, asking.as_ref(), &browser).await? {
        Arrival::SignedIn(session, back) => Ok(signed_in(&acting, jar, &session, &back)),
        Arrival::Unlinked(linking) => {
            let jar = cookies::keep(&acting.app, jar, cookies::LINKING, &linking);
            let jar = cookies::forget(&acting.app, jar, cookies::ASKING);
            let signed_in = acting.account().is_ok();
            let to = if signed_in {
                "/account/identities"
            } else {
                "/sign-in?back=/account/identities&done=identity-unlinked"
            };
            Ok((jar, TELLS_NOBODY, Redirect::to(to)).into_response())
        }
    }
}

async fn confirm(acting: Acting, jar: CookieJar) -> Result<Response, Error> {
    let linking = cookies::read(&acting.app, &jar, cookies::LINKING);
    let identity = waiting(&acting, linking.as_ref()).await?;
    let name = provider(&acting.app, &identity.provider)?.name.clone();
    let context = context! { name, email => identity.verified_email };
    Ok(acting.page("accounts/identity.html", context).await?.into_response())
}

async fn confirmed(acting: Acting, jar: CookieJar) -> Result<Response, Error> {
    let linking = cookies::read(&acting.app, &jar, cookies::LINKING);
    link(&acting, linking.as_ref()).await?;
    let jar = cookies::forget(&acting.app, jar, cookies::LINKING);
    Ok((jar, Redirect::to("/account?done=identity-linked#identities")).into_response())
}

async fn removed(acting: Acting, Path(id): Path<IdentityId>) -> Result<Response, Error> {
    unlink(&acting, id).await?;
    Ok(Redirect::to("/account?done=identity-removed#identities").into_response())
}
