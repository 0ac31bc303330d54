//! The public page: what is held in general, and a form for whoever has no account here.

use axum::{
    extract::{Path, Query},
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::{CookieJar, Form};
use minijinja::context;

use super::{kinds, mine::AsFile, problem};
use crate::{
    accounts::{Acting, Action, Email, Resource, keep_proving, proving, sessions::Browser},
    foundation::{
        errors::{Error, FieldProblem},
        pages::Serde,
        secrets::Secret,
    },
    privacy::{
        model::{Kind, RequestId},
        requests,
    },
};

/// On pages whose address holds a token, and on those that show what is held: kept nowhere, told to nobody.
const BETWEEN_US: [(HeaderName, &str); 2] =
    [(header::REFERRER_POLICY, "no-referrer"), (header::CACHE_CONTROL, "no-store")];

/// The form, as it was filled in.
#[derive(Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(default)]
pub(super) struct Asked {
    email: String,
    kind: String,
    words: String,
}

async fn page(acting: &Acting, asked: &Asked, problems: &[FieldProblem]) -> Result<Response, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let context = context! {
        purposes => super::register::rows(acting).await?,
        kinds => kinds(acting, false),
        form => Serde(asked),
        email_problem => problem(acting, problems, "email"),
        kind_problem => problem(acting, problems, "kind"),
        words_problem => problem(acting, problems, "words"),
        account => acting.account().is_ok() && acting.may(Action::OwnAccount, Resource::Instance).is_ok(),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("privacy/public.html", context).await?).into_response())
}

pub(super) async fn show(acting: Acting) -> Result<Response, Error> {
    page(&acting, &Asked::default(), &[]).await
}

pub(super) async fn ask(
    acting: Acting,
    browser: Browser,
    jar: CookieJar,
    Form(asked): Form<Asked>,
) -> Result<Response, Error> {
    let (email, kind) = (asked.email.parse::<Email>().ok(), Kind::of(&asked.kind));
    let mut problems = Vec::new();
    let mut problem = |field: &str, message: &str| {
        problems.push(FieldProblem { field: field.to_owned(), message: message.to_owned(), value: String::new() });
    };
    if email.is_none() {
        problem("email", "sign-in-problem-email");
    }
    if kind.is_none() {
        problem("kind", "request-problem-kind");
    }
    if kind == Some(Kind::Rectification) && asked.words.trim().is_empty() {
        problem("words", "request-problem-words");
    }
    let (Some(email), Some(kind), true) = (email, kind, problems.is_empty()) else {
        return page(&acting, &asked, &problems).await;
    };
    let asking = requests::ask(&acting, &browser, &email, kind, &asked.words).await?;
    let jar = keep_proving(&acting.app, jar, &asking);
    let page = acting.page("privacy/link_sent.html", context! { email => email.as_str() }).await?;
    Ok((jar, page).into_response())
}

/// Programs that scan letters follow links: this only asks, and uses nothing up.
pub(super) async fn confirm(acting: Acting, Path(token): Path<String>) -> Result<Response, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let page = acting.page("privacy/confirm.html", context! { token, opens => "request" }).await?;
    Ok((BETWEEN_US, page).into_response())
}

pub(super) async fn confirmed(
    acting: Acting,
    browser: Browser,
    jar: CookieJar,
    Path(token): Path<String>,
) -> Result<Response, Error> {
    let asking = proving(&acting.app, &jar);
    match requests::confirm(&acting, &browser, &Secret::new(token), asking.as_ref()).await? {
        Some(request) => {
            let context = context! {
                kind => acting.say(&format!("request-kind-{}", request.kind.key())),
                due_on => request.due_on.to_string(),
            };
            Ok((BETWEEN_US, acting.page("privacy/confirmed.html", context).await?).into_response())
        }
        None => refused(&acting).await,
    }
}

async fn refused(acting: &Acting) -> Result<Response, Error> {
    let page = acting.page("privacy/link_refused.html", context! {}).await?;
    Ok((StatusCode::GONE, BETWEEN_US, page).into_response())
}

pub(super) async fn open(acting: Acting, Path(token): Path<String>) -> Result<Response, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let page = acting.page("privacy/confirm.html", context! { token, opens => "answer" }).await?;
    Ok((BETWEEN_US, page).into_response())
}

pub(super) async fn opened(
    acting: Acting,
    browser: Browser,
    jar: CookieJar,
    Path(token): Path<String>,
) -> Result<Response, Error> {
    match requests::open_answer(&acting, &browser, &Secret::new(token)).await? {
        Some((id, mark)) => {
            let jar = keep_proving(&acting.app, jar, &mark);
            Ok((jar, BETWEEN_US, Redirect::to(&format!("/privacy/answer/{id}"))).into_response())
        }
        None => refused(&acting).await,
    }
}

pub(super) async fn answer(
    acting: Acting,
    jar: CookieJar,
    Path(id): Path<RequestId>,
    Query(wanted): Query<AsFile>,
) -> Result<Response, Error> {
    let answer = requests::opened_answer(&acting, id, proving(&acting.app, &jar).as_ref()).await?;
    if wanted.file {
        return super::download("my-data.json", &answer);
    }
    let here = format!("/privacy/answer/{id}?file=true");
    let context = context! { answer => Serde(&answer), file => here, preview => false };
    Ok((BETWEEN_US, acting.page("privacy/answer.html", context).await?).into_response())
}
