//! The outbox, for whoever runs the instance: what left, what did not, and what it said.

use std::collections::HashSet;

use axum::{
    extract::Path,
    http::header,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use minijinja::context;

use super::{Acting, Action, Resource, Route, keep_reading, reading_of_accounts};
use crate::foundation::{
    errors::Error,
    mail::{self, LetterId, StoredLetter},
    pages::Serde,
};

/// How many letters the page lists.
const LISTED: i64 = 200;

/// The routes of the outbox.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/administration/letters", Action::ReadLetters, get(list)),
        Route::get("/administration/letters/{id}", Action::ReadLetters, get(show)),
        Route::get("/administration/letters/{id}/html", Action::ReadLetters, get(as_it_looks)),
        Route::post("/administration/letters/{id}/again", Action::ReadLetters, post(again)),
    ]
}

async fn list(acting: Acting) -> Result<Response, Error> {
    acting.may(Action::ReadLetters, Resource::Instance)?;
    let letters = mail::letters(&acting.app.database, LISTED).await?;
    let recipients = letters.iter().map(|letter| letter.recipient.as_str()).collect::<HashSet<_>>().len();
    let filter = serde_json::json!({ "list": "/administration/letters" });
    keep_reading(&acting.app, reading_of_accounts(&acting.app, &acting.actor, filter, recipients, recipients));
    let context = context! {
        letters => Serde(&letters),
        counts => Serde(&mail::counts(&acting.app.database).await?),
        listed => LISTED,
    };
    Ok(acting.page("accounts/letters.html", context).await?.into_response())
}

async fn letter(acting: &Acting, id: LetterId) -> Result<StoredLetter, Error> {
    acting.may(Action::ReadLetters, Resource::Instance)?;
    let stored = mail::stored(&acting.app.database, id).await?;
    let stored = stored.ok_or_else(|| Error::NotFound("this letter".to_owned()))?;
    Ok(stored.without_link(&acting.say("letters-link-hidden")))
}

async fn show(acting: Acting, Path(id): Path<LetterId>) -> Result<Response, Error> {
    let letter = letter(&acting, id).await?;
    Ok(acting.page("accounts/letter.html", context! { letter => Serde(&letter) }).await?.into_response())
}

/// The letter as a mail program shows it: its own inline style, and nothing else that could run or load.
async fn as_it_looks(acting: Acting, Path(id): Path<LetterId>) -> Result<Response, Error> {
    let letter = letter(&acting, id).await?;
    let policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";
    Ok(([(header::CONTENT_SECURITY_POLICY, policy)], Html(letter.html)).into_response())
}

async fn again(acting: Acting, Path(id): Path<LetterId>) -> Result<Response, Error> {
    acting.may(Action::ReadLetters, Resource::Instance)?;
    mail::send_again(&acting.app.database, id, acting.app.clock.now()).await?;
    acting.app.jobs.notify_one();
    Ok(Redirect::to("/administration/letters?done=letter-again").into_response())
}
