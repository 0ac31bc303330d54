//! Ending sessions and switching roles, from "My account" and the menu of the frame.

use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use axum_extra::extract::cookie::CookieJar;

use super::{SessionId, end, end_everywhere, switch_role};
use crate::{
    accounts::{Acting, Action, RoleId, Route, cookies},
    foundation::{errors::Error, security::CLEAR_SITE_DATA},
};

/// The routes of sessions.
pub fn routes() -> Vec<Route> {
    vec![
        Route::post("/account/sessions/{id}/end", Action::OwnAccount, post(ended)),
        Route::post("/account/sessions/end-all", Action::OwnAccount, post(ended_everywhere)),
        Route::post("/account/role", Action::OwnAccount, post(switched)),
    ]
}

async fn ended(acting: Acting, Path(id): Path<SessionId>) -> Result<Response, Error> {
    end(&acting, id).await?;
    Ok(Redirect::to("/account?done=session-ended#sessions").into_response())
}

async fn ended_everywhere(acting: Acting, jar: CookieJar) -> Result<Response, Error> {
    end_everywhere(&acting).await?;
    Ok((CLEAR_SITE_DATA, cookies::forget(&acting.app, jar, cookies::SESSION), Redirect::to("/")).into_response())
}

#[derive(serde::Deserialize)]
struct Chosen {
    role: RoleId,
}

async fn switched(acting: Acting, jar: CookieJar, Form(chosen): Form<Chosen>) -> Result<Response, Error> {
    let token = switch_role(&acting, chosen.role).await?;
    let jar = cookies::keep(&acting.app, jar, cookies::SESSION, &token);
    // Home, because the page one was on may not be the new role's to see.
    Ok((jar, Redirect::to("/")).into_response())
}
