//! The two ends of each ceremony, as the browser's script asks for them, and the removal of a passkey.

use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use axum_extra::extract::cookie::CookieJar;
use webauthn_rs::prelude::{PublicKeyCredential, RegisterPublicKeyCredential};

use super::{PasskeyId, begin_registration, begin_sign_in, finish_registration, finish_sign_in, remove};
use crate::{
    accounts::{Acting, Action, Route, cookies, sessions::Browser},
    foundation::{errors::Error, security::own_path},
};

/// The routes of passkeys.
pub fn routes() -> Vec<Route> {
    vec![
        Route::post("/account/passkeys/begin", Action::OwnAccount, post(registration_begun)),
        Route::post("/account/passkeys/finish", Action::OwnAccount, post(registered)),
        Route::post("/account/passkeys/{id}/remove", Action::OwnAccount, post(removed)),
        Route::post("/sign-in/passkey/begin", Action::ReadPublic, post(sign_in_begun)),
        Route::post("/sign-in/passkey/finish", Action::ReadPublic, post(signed_in)),
    ]
}

async fn registration_begun(acting: Acting) -> Result<Response, Error> {
    Ok(Json(begin_registration(&acting).await?).into_response())
}

#[derive(serde::Deserialize)]
struct Made {
    #[serde(default)]
    label: String,
    credential: RegisterPublicKeyCredential,
}

/// Where the script leads next.
#[derive(serde::Serialize)]
struct Next {
    to: String,
}

async fn registered(acting: Acting, Json(made): Json<Made>) -> Result<Response, Error> {
    finish_registration(&acting, &made.label, &made.credential).await?;
    Ok(Json(Next { to: "/account?done=passkey-made#passkeys".to_owned() }).into_response())
}

async fn removed(acting: Acting, Path(id): Path<PasskeyId>) -> Result<Response, Error> {
    remove(&acting, id).await?;
    Ok(Redirect::to("/account?done=passkey-removed#passkeys").into_response())
}

async fn sign_in_begun(acting: Acting, browser: Browser, jar: CookieJar) -> Result<Response, Error> {
    let (challenge, asking) = begin_sign_in(&acting, &browser).await?;
    Ok((cookies::keep(&acting.app, jar, cookies::ASKING, &asking), Json(challenge)).into_response())
}

#[derive(serde::Deserialize)]
struct Shown {
    #[serde(default)]
    back: String,
    credential: PublicKeyCredential,
}

async fn signed_in(
    acting: Acting,
    browser: Browser,
    jar: CookieJar,
    Json(shown): Json<Shown>,
) -> Result<Response, Error> {
    let asking = cookies::read(&acting.app, &jar, cookies::ASKING);
    let session = finish_sign_in(&acting, asking.as_ref(), &shown.credential, &browser).await?;
    let jar = cookies::keep(&acting.app, jar, cookies::SESSION, &session);
    let jar = cookies::forget(&acting.app, jar, cookies::ASKING);
    Ok((jar, Json(Next { to: own_path(&shown.back) })).into_response())
}
