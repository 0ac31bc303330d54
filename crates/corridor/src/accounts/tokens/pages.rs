//! Making and ending tokens, from "My account".

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use axum_extra::extract::Form;

use super::{TokenId, end, make};
use crate::{
    accounts::{Acting, Action, Route, own_account},
    foundation::errors::Error,
};

/// The routes of tokens.
pub fn routes() -> Vec<Route> {
    vec![
        Route::post("/account/tokens", Action::OwnAccount, post(made)),
        Route::post("/account/tokens/{id}/end", Action::OwnAccount, post(ended)),
    ]
}

#[derive(serde::Deserialize)]
struct Wanted {
    #[serde(default)]
    label: String,
    #[serde(default)]
    scope: Vec<String>,
    #[serde(default)]
    days: i64,
}

/// Answers with the page itself, not by leading there: the token must not stand in any address.
async fn made(acting: Acting, Form(wanted): Form<Wanted>) -> Result<Response, Error> {
    let token = make(&acting, &wanted.label, &wanted.scope, wanted.days).await?;
    own_account::page(&acting, own_account::Notice { token: Some(token), ..Default::default() }).await
}

async fn ended(acting: Acting, Path(id): Path<TokenId>) -> Result<Response, Error> {
    end(&acting, id).await?;
    Ok(Redirect::to("/account?done=token-ended#tokens").into_response())
}
