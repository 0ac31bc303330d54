//! The home page: the choice of a person, or Today.

use axum::response::{IntoResponse, Response};

use super::Route;
use crate::{
    accounts::{Acting, Action, Actor, Resource},
    foundation::errors::Error,
};

/// The routes of the home page.
pub fn routes() -> Vec<Route> {
    vec![Route::get("/", Action::ReadPublic, axum::routing::get(home))]
}

async fn home(acting: Acting) -> Result<Response, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    if acting.actor == Actor::Nobody {
        if !acting.app.demonstration {
            return Err(Error::Refused { reason: "refused-nobody", sign_in: true });
        }
        return Ok(acting.page("accounts/choose.html", minijinja::context! {}).await?.into_response());
    }
    acting.may(Action::ReadToday, Resource::Instance)?;
    Ok(acting.page("app/today.html", minijinja::context! {}).await?.into_response())
}
