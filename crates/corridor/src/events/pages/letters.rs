//! Which letters somebody in its seat gets: invitations of the cluster, requests of the event.

use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Response},
};
use minijinja::context;

use super::{
    attending::{TELLS_NOBODY, seated},
    head,
    participants::shown,
};
use crate::{
    accounts::Acting,
    events::{
        attending::{self, Seat},
        inviting::refusals,
        requests::muting,
    },
    foundation::errors::Error,
};

async fn page(acting: &Acting, seat: &Seat) -> Result<Response, Error> {
    let refusing = refusals::of_seat(&acting.app, &acting.actor, seat).await?;
    let context = context! {
        event => head(acting, &seat.event),
        seat => seated(acting, seat),
        participant => shown(&seat.event, &seat.participant, &[]),
        part => "letters",
        addresses => refusing.addresses,
        refused => refusing.refused,
        muted => muting::is_muted(&acting.app, &acting.actor, seat).await?,
    };
    Ok((TELLS_NOBODY, acting.page("events/attend_letters.html", context).await?).into_response())
}

pub(super) async fn show(acting: Acting, Path(key): Path<String>) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, &key).await?;
    page(&acting, &seat).await
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    again: String,
}

/// A mail program may send the form by itself (one click, RFC 8058): asking for the page changes nothing.
pub(super) async fn refuse(
    acting: Acting,
    Path(key): Path<String>,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, &key).await?;
    refusals::set(&acting.app, &acting.actor, &seat, wanted.again != "yes").await?;
    page(&acting, &seat).await
}

/// The same for letters about requests.
pub(super) async fn mute(
    acting: Acting,
    Path(key): Path<String>,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, &key).await?;
    muting::set(&acting.app, &acting.actor, &seat, wanted.again != "yes").await?;
    page(&acting, &seat).await
}
