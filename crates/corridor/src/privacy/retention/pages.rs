//! The periods, their previews and runs, for whoever runs the instance.

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use minijinja::{Value, context};

use super::{Line, PreviewId, Run, RunId, Standing, model};
use crate::{
    accounts::{Acting, Action, Resource, Route},
    foundation::errors::Error,
    privacy::pages::tabs,
};

/// The routes of retention.
pub fn routes() -> Vec<Route> {
    use Action::GovernRetention;
    vec![
        Route::get("/retention", GovernRetention, get(list)),
        Route::get("/retention/{purpose}", GovernRetention, get(show)),
        Route::post("/retention/{purpose}/period", GovernRetention, post(choose)),
        Route::post("/retention/{purpose}/preview", GovernRetention, post(preview)),
        Route::post("/retention/{purpose}/pause", GovernRetention, post(pause)),
        Route::post("/retention/{purpose}/resume", GovernRetention, post(resume)),
        Route::get("/retention-previews/{id}", GovernRetention, get(previewed)),
        Route::post("/retention-previews/{id}/run", GovernRetention, post(let_run)),
        Route::post("/retention-previews/{id}/cancel", GovernRetention, post(cancel)),
        Route::post("/retention-runs/{id}/stop", GovernRetention, post(stop)),
    ]
}

fn href(purpose: &str) -> String {
    format!("/retention/{purpose}")
}

/// A period in words; what never ends by age says so.
fn words(acting: &Acting, months: Option<u32>) -> String {
    match months {
        Some(months) => {
            let (key, count) =
                if months % 12 == 0 { ("retention-years", months / 12) } else { ("retention-months", months) };
            acting.app.texts.say(acting.language, key, &[("count", i64::from(count).into())])
        }
        None => acting.say("retention-unlimited"),
    }
}

fn line_context(acting: &Acting, line: &Line) -> Value {
    let purpose = line.purpose;
    let fate = serde_json::to_value(purpose.fate).ok().and_then(|fate| fate.as_str().map(str::to_owned));
    context! {
        key => purpose.key,
        href => href(purpose.key),
        name => acting.say(&purpose.text_key("")),
        data => acting.say(&purpose.text_key("data")),
        recipients => acting.say(&purpose.text_key("recipients")),
        why => acting.say(&purpose.text_key("period")),
        basis => acting.say(&purpose.basis.label_key()),
        period => words(acting, line.months),
        default => words(acting, purpose.months),
        own => line.months != purpose.months,
        months => line.months,
        reason => line.chosen.as_ref().map(|chosen| chosen.reason.as_str()).unwrap_or_default(),
        fate => acting.say(&format!("retention-fate-{}", fate.unwrap_or_default())),
        standing => line.standing.key(),
        told => line.told_days,
    }
}

fn run_context(acting: &Acting, run: &Run) -> Value {
    let name = acting.app.part::<crate::foundation::personal::Holdings>().purpose(&run.purpose);
    context! {
        id => run.id.to_string(),
        // A purpose of an older version of the program is called by its key.
        name => name.map_or_else(|| run.purpose.clone(), |(_, purpose)| acting.say(&purpose.text_key(""))),
        href => name.map(|_| href(&run.purpose)),
        until => model::day(run.until),
        state => run.state.as_str(),
        state_label => acting.say(&format!("retention-run-{}", run.state)),
        removed => run.removed,
        told => run.told,
        error => run.last_error.as_deref(),
        stoppable => ["waiting", "running"].contains(&run.state.as_str()) && !run.stop_asked,
        stopping => run.stop_asked && run.finished_at.is_none(),
        at => run.finished_at.unwrap_or(run.created_at).0,
    }
}

async fn list(acting: Acting) -> Result<Response, Error> {
    let lines = super::lines(&acting).await?;
    let waiting = lines.iter().filter(|line| line.standing == Standing::Waiting).count();
    let runs = super::runs(&acting, "").await?;
    let context = context! {
        tabs => tabs(&acting, "retention"),
        lines => lines.iter().map(|line| line_context(&acting, line)).collect::<Vec<_>>(),
        waiting,
        runs => runs.iter().map(|run| run_context(&acting, run)).collect::<Vec<_>>(),
    };
    Ok(acting.page("privacy/retention.html", context).await?.into_response())
}

/// The form of a period, as it was filled in and with what is wrong with it.
#[derive(Default, serde::Deserialize)]
struct Wanted {
    #[serde(default)]
    months: String,
    #[serde(default)]
    reason: String,
    #[serde(skip)]
    problem: Option<(String, String)>,
}

async fn purpose_page(acting: &Acting, key: &str, wanted: Option<Wanted>) -> Result<Response, Error> {
    let line = super::one(acting, key).await?;
    let runs = super::runs(acting, key).await?;
    let status = if wanted.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let wanted = wanted.unwrap_or_else(|| Wanted {
        months: line.months.map(|months| months.to_string()).unwrap_or_default(),
        reason: line.chosen.as_ref().map(|chosen| chosen.reason.clone()).unwrap_or_default(),
        problem: None,
    });
    let error = |field: &str| {
        let problem = wanted.problem.as_ref().filter(|(of, _)| of == field);
        problem.map(|(_, message)| acting.say(message)).unwrap_or_default()
    };
    let context = context! {
        line => line_context(acting, &line),
        wanted => context! { months => wanted.months, reason => wanted.reason, months_error => error("months"), reason_error => error("reason") },
        runs => runs.iter().map(|run| run_context(acting, run)).collect::<Vec<_>>(),
    };
    Ok((status, acting.page("privacy/retention_purpose.html", context).await?).into_response())
}

async fn show(acting: Acting, Path(key): Path<String>) -> Result<Response, Error> {
    purpose_page(&acting, &key, None).await
}

async fn choose(acting: Acting, Path(key): Path<String>, Form(wanted): Form<Wanted>) -> Result<Response, Error> {
    match super::choose(&acting, &key, &wanted.months, &wanted.reason).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=period-chosen", href(&key))).into_response()),
        Err(Error::Invalid(problems)) => {
            let problem = problems.into_iter().next().map(|problem| (problem.field, problem.message));
            purpose_page(&acting, &key, Some(Wanted { problem, ..wanted })).await
        }
        Err(other) => Err(other),
    }
}

async fn preview(acting: Acting, Path(key): Path<String>) -> Result<Response, Error> {
    let id = super::preview(&acting, &key).await?;
    Ok(Redirect::to(&format!("/retention-previews/{id}")).into_response())
}

async fn previewed(acting: Acting, Path(id): Path<PreviewId>) -> Result<Response, Error> {
    let preview = super::previewed(&acting, id).await?;
    let rows = preview.due.first.iter().map(|row| context! { label => row.label.as_str(), at => row.at.0 });
    let context = context! {
        id => preview.id.to_string(),
        line => line_context(&acting, &preview.line),
        until => model::day(preview.until),
        records => preview.records,
        now => preview.due.count,
        oldest => preview.due.oldest.map(|moment| moment.0),
        rows => rows.collect::<Vec<_>>(),
        open => preview.open,
    };
    Ok(acting.page("privacy/retention_preview.html", context).await?.into_response())
}

async fn let_run(acting: Acting, Path(id): Path<PreviewId>) -> Result<Response, Error> {
    let key = super::previewed(&acting, id).await?.line.purpose.key;
    super::let_run(&acting, id).await?;
    Ok(Redirect::to(&format!("{}?done=retention-begun", href(key))).into_response())
}

async fn cancel(acting: Acting, Path(id): Path<PreviewId>) -> Result<Response, Error> {
    let key = super::cancel(&acting, id).await?;
    Ok(Redirect::to(&format!("{}?done=retention-left", href(key))).into_response())
}

async fn pause(acting: Acting, Path(key): Path<String>) -> Result<Response, Error> {
    super::rest(&acting, &key, true).await?;
    Ok(Redirect::to(&format!("{}?done=retention-paused", href(&key))).into_response())
}

async fn resume(acting: Acting, Path(key): Path<String>) -> Result<Response, Error> {
    super::rest(&acting, &key, false).await?;
    Ok(Redirect::to(&format!("{}?done=retention-resumed", href(&key))).into_response())
}

async fn stop(acting: Acting, Path(id): Path<RunId>) -> Result<Response, Error> {
    acting.may(Action::GovernRetention, Resource::Instance)?;
    super::stop(&acting, id).await?;
    Ok(Redirect::to("/retention?done=retention-stopping#runs").into_response())
}
