//! «My data»: everything held about the person who reads, and what they can ask for.

use axum::{
    extract::{Path, Query},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::Form;
use minijinja::context;

use super::{kinds, line, problem};
use crate::{
    accounts::Acting,
    foundation::{
        errors::{Error, FieldProblem},
        pages::Serde,
    },
    privacy::{
        model::{Kind, Proposal, RequestId},
        requests,
    },
};

pub(super) async fn show(acting: Acting) -> Result<Response, Error> {
    page(&acting, &Made::default(), &[]).await
}

async fn page(acting: &Acting, made: &Made, problems: &[FieldProblem]) -> Result<Response, Error> {
    let answer = requests::held_about_me(acting, false).await?;
    let own = requests::mine(acting).await?;
    let app = &acting.app;
    let now = app.clock.now();
    let mut lines = Vec::new();
    for request in &own {
        let zone = requests::zone_of(app, request.desk).await?;
        let days = requests::days_left(request, app, &zone);
        let fetched = request.closed_at.is_some_and(|closed| now.0 - closed.0 > requests::ANSWER_SECONDS * 1_000_000);
        lines.push(context! { fetchable => !fetched, ..line(acting, request, Some(days)) });
    }
    let context = context! {
        answer => Serde(&answer),
        requests => lines,
        kinds => kinds(acting, false),
        form => Serde(made),
        words_problem => problem(acting, problems, "words"),
        value_problem => problem(acting, problems, "value"),
        lately => acting.signed_in_lately().is_ok(),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = acting.page("privacy/my_data.html", context).await?;
    Ok((status, [(header::CACHE_CONTROL, "no-store")], page).into_response())
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct WhichFile {
    portable: bool,
}

/// The same as a file for programs. A copy of everything asks for a sign-in of a short while ago.
pub(super) async fn file(acting: Acting, Query(which): Query<WhichFile>) -> Result<Response, Error> {
    acting.signed_in_lately()?;
    let answer = requests::held_about_me(&acting, which.portable).await?;
    super::download(if which.portable { "my-data-portable.json" } else { "my-data.json" }, &answer)
}

/// A request as its form sends it; a correction names its field in one text, `KIND ID FIELD`.
#[derive(Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(default)]
pub(super) struct Made {
    kind: String,
    words: String,
    what: String,
    value: String,
}

pub(super) async fn make(acting: Acting, Form(made): Form<Made>) -> Result<Response, Error> {
    let Some(kind) = Kind::of(&made.kind) else {
        return Err(Error::input(format!("nothing can be asked for as `{}`", made.kind)));
    };
    let proposal = match made.what.split(' ').collect::<Vec<_>>()[..] {
        [kind, id, field] => Some(Proposal {
            kind: kind.to_owned(),
            id: id.to_owned(),
            field: field.to_owned(),
            value: made.value.trim().to_owned(),
        }),
        _ => None,
    };
    match requests::make(&acting, kind, &made.words, proposal).await {
        Ok(_) => Ok(Redirect::to("/my-data?done=request-made#requests").into_response()),
        Err(Error::Invalid(problems)) => page(&acting, &made, &problems).await,
        Err(error) => Err(error),
    }
}

pub(super) async fn withdraw(acting: Acting, Path(id): Path<RequestId>) -> Result<Response, Error> {
    requests::withdraw(&acting, id).await?;
    Ok(Redirect::to("/my-data?done=request-withdrawn#requests").into_response())
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct AsFile {
    pub(super) file: bool,
}

pub(super) async fn answer(
    acting: Acting,
    Path(id): Path<RequestId>,
    Query(wanted): Query<AsFile>,
) -> Result<Response, Error> {
    let answer = requests::my_answer(&acting, id).await?;
    if wanted.file {
        return super::download("my-data.json", &answer);
    }
    let here = format!("/my-data/requests/{id}/answer?file=true");
    let context = context! { answer => Serde(&answer), file => here, preview => false };
    let page = acting.page("privacy/answer.html", context).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], page).into_response())
}
