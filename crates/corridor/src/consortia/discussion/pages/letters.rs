//! What the link at the foot of a letter about a draft leads to. A mail program may send the form by itself (one click, RFC
//! 8058): asking for the page changes nothing. Not limited by network: a provider sends the forms of all its readers from one.

use axum::{
    Form,
    extract::Path,
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use minijinja::context;

use super::super::letters::{self, Stopping};
use crate::{
    accounts::Acting,
    foundation::{errors::Error, secrets::Secret},
};

/// The address holds a token: nobody is told where one comes from.
const TELLS_NOBODY: [(HeaderName, &str); 1] = [(header::REFERRER_POLICY, "no-referrer")];

async fn page(acting: &Acting, token: &Secret, stopping: &Stopping) -> Result<Response, Error> {
    let context = context! {
        token => token.reveal(), draft => stopping.draft_name.as_str(), stopped => stopping.stopped,
    };
    Ok((TELLS_NOBODY, acting.page("consortia/discussion/letters.html", context).await?).into_response())
}

pub(super) async fn show(acting: Acting, Path(token): Path<Secret>) -> Result<Response, Error> {
    let stopping = letters::stopping(&acting.app, &acting.actor, &token).await?;
    page(&acting, &token, &stopping).await
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    again: String,
}

pub(super) async fn stop(
    acting: Acting,
    Path(token): Path<Secret>,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Error> {
    let stopping = letters::stop(&acting.app, &acting.actor, &token, wanted.again != "yes").await?;
    page(&acting, &token, &stopping).await
}
