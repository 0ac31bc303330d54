//! Errors worded for the reader: a page in the frame, or JSON.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Json, Response},
};

use crate::{
    accounts::{Acting, Shared},
    foundation::errors::{Carried, Error, FieldProblem},
};

#[derive(serde::Serialize)]
struct ErrorBody {
    error: String,
    detail: Option<String>,
    problems: Vec<FieldProblem>,
}

/// Turns an error that a handler returned into a page or into JSON, in the reader's language.
pub async fn render(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let response = next.run(request).await;
    let bare = response.status().is_client_error() && !response.headers().contains_key(header::CONTENT_TYPE);
    let carried = response.extensions().get::<Carried>().cloned();
    let error = match carried {
        Some(carried) => carried.0,
        None if bare && response.status() == StatusCode::NOT_FOUND => Arc::new(Error::NotFound(uri.path().to_owned())),
        None => return response,
    };
    let status = error.status();
    let acting = match Acting::from_headers(&app, &headers, &uri).await {
        Ok(acting) => acting,
        Err(_) => return (status, "the database cannot be reached").into_response(),
    };
    let title = acting.say(error.title_key());
    let reason = match &*error {
        Error::Refused { reason, .. } => Some(acting.say(reason)),
        other => other.public_detail(),
    };
    if uri.path().starts_with("/api/") {
        let problems = match &*error {
            Error::Invalid(problems) => problems.clone(),
            _ => Vec::new(),
        };
        return (status, Json(ErrorBody { error: title, detail: reason, problems })).into_response();
    }
    let sign_in = matches!(&*error, Error::Refused { sign_in: true, .. });
    let context = minijinja::context! { status => status.as_u16(), title => title.clone(), reason, sign_in };
    match acting.page("foundation/error.html", context).await {
        Ok(page) => (status, page).into_response(),
        Err(failed) => {
            tracing::error!(error = ?failed, "the error page failed");
            (status, title).into_response()
        }
    }
}
