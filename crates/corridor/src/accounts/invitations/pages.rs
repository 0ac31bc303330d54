//! The page that an invitation leads to.

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use axum_extra::extract::cookie::CookieJar;
use minijinja::context;

use super::{Invitation, Standing, accept, standing};
use crate::{
    accounts::{
        Acting, Action, Route,
        own_account::name_of,
        sessions::Browser,
        sign_in::pages::{TELLS_NOBODY, signed_in},
    },
    foundation::{errors::Error, secrets::Secret},
};

/// The routes of an invitation.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/invitations/{token}", Action::ReadPublic, get(show)),
        Route::post("/invitations/{token}", Action::ReadPublic, post(accepted)),
    ]
}

async fn page(
    acting: &Acting,
    token: &str,
    how: &str,
    invitation: Option<&Invitation>,
    problem: Option<&str>,
) -> Result<Response, Error> {
    let context = context! {
        token,
        how,
        problem => problem.map(|key| acting.say(key)).unwrap_or_default(),
        invitation => invitation.map(|one| context! {
            email => one.email.as_str(),
            role => acting.say(&one.offered.role.label_key()),
            cluster => one.cluster_name.as_deref(),
            organisation => one.offered.organisation_name.as_deref(),
            inviter => one.inviter.as_deref(),
        }),
    };
    let status = match (how, problem) {
        ("over", _) => StatusCode::NOT_FOUND,
        (_, Some(_)) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    Ok((status, TELLS_NOBODY, acting.page("accounts/invitation.html", context).await?).into_response())
}

async fn show(acting: Acting, Path(token): Path<String>) -> Result<Response, Error> {
    match standing(&acting, &Secret::new(token.clone())).await? {
        Standing::New(one) => page(&acting, &token, "new", Some(&one), None).await,
        Standing::Mine(one) => page(&acting, &token, "mine", Some(&one), None).await,
        Standing::SignInFirst(one) => page(&acting, &token, "sign-in", Some(&one), None).await,
        Standing::Over => page(&acting, &token, "over", None, None).await,
    }
}

#[derive(serde::Deserialize)]
struct Accepted {
    #[serde(default)]
    name: String,
}

async fn accepted(
    acting: Acting,
    browser: Browser,
    jar: CookieJar,
    Path(token): Path<String>,
    Form(given): Form<Accepted>,
) -> Result<Response, Error> {
    let secret = Secret::new(token.clone());
    let name = match standing(&acting, &secret).await? {
        Standing::New(one) => match name_of(&given.name) {
            Some(name) => name,
            None => return page(&acting, &token, "new", Some(&one), Some("account-problem-name")).await,
        },
        Standing::Over => return page(&acting, &token, "over", None, None).await,
        Standing::Mine(_) | Standing::SignInFirst(_) => String::new(),
    };
    let session = accept(&acting, &secret, &name, &browser).await?;
    Ok(signed_in(&acting, jar, &session, "/"))
}
