//! Pages: «My data», the public page, the desk, the register.

mod desk;
mod mine;
mod public;
mod register;

use minijinja::{Value, context};

use super::{
    model::{Kind, State},
    store::Request,
};
use crate::{
    accounts::{Acting, Action, Resource, Route},
    foundation::errors::FieldProblem,
};

/// The routes of the slice.
pub fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    let (own, desk, public) = (Action::OwnAccount, Action::HandleDataRequests, Action::ReadPublic);
    vec![
        Route::get("/my-data", own, get(mine::show)),
        Route::get("/my-data/file", own, get(mine::file)),
        Route::post("/my-data/requests", own, post(mine::make)),
        Route::post("/my-data/requests/{id}/withdraw", own, post(mine::withdraw)),
        Route::get("/my-data/requests/{id}/answer", own, get(mine::answer)),
        Route::get("/privacy", public, get(public::show)),
        Route::post("/privacy/requests", public, post(public::ask)),
        Route::get("/privacy/confirm/{token}", public, get(public::confirm)),
        Route::post("/privacy/confirm/{token}", public, post(public::confirmed)),
        Route::get("/privacy/answers/{token}", public, get(public::open)),
        Route::post("/privacy/answers/{token}", public, post(public::opened)),
        Route::get("/privacy/answer/{id}", public, get(public::answer)),
        Route::get("/data-requests", desk, get(desk::list)),
        Route::get("/data-requests/new", desk, get(desk::new)),
        Route::post("/data-requests", desk, post(desk::enter)),
        Route::get("/data-requests/{id}", desk, get(desk::show)),
        Route::post("/data-requests/{id}", desk, post(desk::step)),
        Route::get("/data-requests/{id}/preview", desk, get(desk::preview)),
        Route::get("/data-requests/{id}/mentions", desk, get(desk::mentions)),
        Route::get("/register-of-processing", desk, get(register::show)),
        Route::get("/register-of-processing/file", desk, get(register::file)),
    ]
}

/// The views of the desk.
pub(super) fn tabs(acting: &Acting, current: &str) -> Value {
    let tab = |key: &str, href: &str| {
        context! { label => acting.say(&format!("privacy-tab-{key}")), href, current => current == key }
    };
    let mut tabs = vec![
        tab("requests", "/data-requests"),
        tab("processing", "/register-of-processing"),
        tab("consents", "/legal-bases"),
    ];
    if acting.may(Action::GovernRetention, Resource::Instance).is_ok() {
        tabs.push(tab("retention", "/retention"));
    }
    Value::from(tabs)
}

fn problem(acting: &Acting, problems: &[FieldProblem], field: &str) -> String {
    let found = problems.iter().find(|problem| problem.field == field);
    found.map(|problem| acting.say(&problem.message)).unwrap_or_default()
}

/// The kinds of requests to choose from, each with what it means.
/// What can be asked for; whoever enters a request of somebody else reads of them, not of themselves.
fn kinds(acting: &Acting, of_somebody_else: bool) -> Vec<Value> {
    Kind::ALL
        .into_iter()
        .map(|kind| {
            let key = kind.key();
            let hint = match kind {
                Kind::Rectification => "request-kind-rectification-hint".to_owned(),
                _ if of_somebody_else => format!("request-enter-{key}-hint"),
                _ => format!("request-kind-{key}-hint"),
            };
            context! {
                value => key,
                label => acting.say(&format!("request-kind-{key}")),
                hint => acting.say(&hint),
            }
        })
        .collect()
}

/// A request as lists show it.
fn line(acting: &Acting, request: &Request, days: Option<i64>) -> Value {
    let open = request.state.is_open();
    context! {
        id => request.id.to_string(),
        kind => acting.say(&format!("request-kind-{}", request.kind.key())),
        state => state_words(acting, request),
        mark => match request.state {
            State::Answered => "met",
            State::Refused | State::Withdrawn => "not-applicable",
            _ if request.doubt_since.is_some() => "unknown",
            _ if days.is_some_and(|days| days < 0) => "not-met",
            _ if days.is_some_and(|days| days <= 7) => "warning",
            _ => "unknown",
        },
        open,
        received_on => request.received_on.to_string(),
        due_on => request.due_on.to_string(),
        days => if open { days } else { None },
        copy => request.kind.is_answered_by_a_copy() && request.state == State::Answered,
        revision => request.revision,
    }
}

fn state_words(acting: &Acting, request: &Request) -> String {
    let key = request.state.key().replace('_', "-");
    if request.restricted {
        acting.say("request-state-restricted")
    } else if request.doubt_since.is_some() && request.state == State::Received {
        acting.say("request-state-doubt")
    } else {
        acting.say(&format!("request-state-{key}"))
    }
}

/// A file of an answer, as programs read it.
fn download(
    name: &str,
    json: &impl serde::Serialize,
) -> Result<axum::response::Response, crate::foundation::errors::Error> {
    use axum::{http::header, response::IntoResponse};
    let text = serde_json::to_string_pretty(json).map_err(anyhow::Error::from)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, text).into_response())
}
