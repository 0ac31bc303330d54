//! Private addresses on "My account": the new one, shown once, and the end of each.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};

use super::{AddressId, end};
use crate::{
    accounts::{Acting, Action, Route, own_account},
    foundation::{errors::Error, secrets::Secret},
};

/// The routes of private addresses; each slice has those of its feeds.
pub fn routes() -> Vec<Route> {
    vec![Route::post("/account/addresses/{id}/end", Action::OwnAccount, post(ended))]
}

/// Answers with the page itself, not by leading there: the address must not stand in any other.
///
/// # Errors
/// When the page cannot be made.
pub async fn answer(acting: &Acting, made: Secret) -> Result<Response, Error> {
    own_account::page(acting, own_account::Notice { address: Some(made), ..Default::default() }).await
}

/// What a program may keep for a while, and nobody in between; the address it came from is told to nobody.
pub fn privately(answer: Response) -> Response {
    let headers = [(header::CACHE_CONTROL, "private, max-age=900"), (header::REFERRER_POLICY, "no-referrer")];
    (headers, answer).into_response()
}

async fn ended(acting: Acting, Path(id): Path<AddressId>) -> Result<Response, Error> {
    end(&acting, id).await?;
    Ok(Redirect::to("/account?done=address-ended#addresses").into_response())
}
