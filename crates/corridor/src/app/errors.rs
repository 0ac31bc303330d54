//! Errors worded for the reader: a page in the frame, or JSON.

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Json, Response},
};
use fluent_bundle::FluentValue;

use crate::{
    accounts::{Acting, Shared},
    foundation::errors::{Carried, Error, ErrorBody},
};

/// The longest detail of a refusal by the frame that is passed on.
const LONGEST_DETAIL: usize = 4096;

/// Turns an error that a handler returned into a page or into JSON, in the reader's language.
pub async fn render(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned()).unwrap_or_default();
    let response = next.run(request).await;
    let carried = response.extensions().get::<Carried>().cloned();
    let (status, error) = match carried {
        Some(carried) => (carried.0.status(), carried.0),
        None if refused_by_the_frame(&response) => return reword(&app, &headers, &uri, response).await,
        None => return response,
    };
    if let Error::Refused { .. } | Error::TooOften { .. } | Error::Clash(_) = *error {
        // The route, never the address: addresses may hold tokens.
        tracing::info!(target: "corridor::refused", status = status.as_u16(), route, why = error.title_key(), "refused");
    }
    let mut answer = worded(&app, &headers, &uri, status, &error).await;
    if let Some(seconds) = response.headers().get(header::RETRY_AFTER) {
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.clone());
    }
    answer
}

/// Whether the frame around the handlers refused the request before any of them saw it: an address, a method or a body
/// that cannot be read. The frame says so in plain text, in English.
fn refused_by_the_frame(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    response.status().is_client_error() && kind.is_none_or(|kind| kind.starts_with("text/plain"))
}

async fn reword(app: &Shared, headers: &HeaderMap, uri: &Uri, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let detail = axum::body::to_bytes(body, LONGEST_DETAIL).await.unwrap_or_default();
    let detail = String::from_utf8_lossy(&detail).into_owned();
    let error = match parts.status {
        StatusCode::NOT_FOUND => Error::NotFound(uri.path().to_owned()),
        _ if detail.is_empty() => Error::input(parts.status.canonical_reason().unwrap_or_default().to_lowercase()),
        _ => Error::Input(detail),
    };
    let mut answer = worded(app, headers, uri, parts.status, &error).await;
    if let Some(allowed) = parts.headers.get(header::ALLOW) {
        answer.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    answer
}

async fn worded(app: &Shared, headers: &HeaderMap, uri: &Uri, status: StatusCode, error: &Error) -> Response {
    let acting = match Acting::from_headers(app, headers, uri).await {
        Ok(acting) => acting,
        // A session that cannot be read, or a program's token that is worth nothing: the answer is worded all the same.
        Err(_) => Acting::stranger(app, headers, uri),
    };
    let title = acting.say(error.title_key());
    let reason = match error {
        Error::Refused { reason, .. } | Error::Over { reason } => Some(acting.say(reason)),
        Error::TooOften { seconds } => {
            let count = i64::try_from(*seconds).unwrap_or(i64::MAX);
            Some(app.texts.say(acting.language, "error-too-often-seconds", &[("count", FluentValue::from(count))]))
        }
        other => other.about_input(&app.texts, acting.language).or_else(|| other.public_detail()),
    };
    if uri.path().starts_with("/api/") {
        let problems = match error {
            Error::Invalid(problems) => problems.clone(),
            _ => Vec::new(),
        };
        return (status, Json(ErrorBody { error: title, detail: reason, problems })).into_response();
    }
    let sign_in = matches!(error, Error::Refused { sign_in: true, .. });
    let context = minijinja::context! { status => status.as_u16(), title => title.clone(), reason, sign_in };
    match acting.page("foundation/error.html", context).await {
        Ok(page) => (status, page).into_response(),
        Err(failed) => {
            tracing::error!(error = ?failed, "the error page failed");
            (status, title).into_response()
        }
    }
}
