//! All imports of the instance in the browser: how they stand, what they did, what was wrong with their files.

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use minijinja::context;

use super::jobs::label;
use crate::{
    accounts::{Acting, Action, Resource, Route, names},
    app::trail::who,
    directory::imports::{ImportId, Problem, runs},
    foundation::{
        errors::Error,
        jobs::{self, JobState},
        pages::Serde,
    },
};

/// The routes of imports.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/administration/imports", Action::Administer, get(list)),
        Route::get("/administration/imports/{id}", Action::Administer, get(show)),
        Route::post("/administration/imports/{id}/go-on", Action::Administer, post(go_on)),
    ]
}

#[derive(serde::Serialize)]
struct Row {
    #[serde(flatten)]
    line: runs::RunLine,
    what: String,
    who: String,
}

async fn rows(acting: &Acting, lines: Vec<runs::RunLine>) -> Result<Vec<Row>, Error> {
    let people: Vec<uuid::Uuid> = lines.iter().filter_map(|line| line.person_id).collect();
    let names = names(&acting.app.database, &people).await?;
    Ok(lines
        .into_iter()
        .map(|line| Row {
            what: label(acting, &format!("import {}", line.state.kind)),
            who: who(acting, &names, line.person_id),
            line,
        })
        .collect())
}

async fn list(acting: Acting) -> Result<Response, Error> {
    let lines = runs::runs(&acting.app, &acting.actor).await?;
    let context = context! { runs => Serde(&rows(&acting, lines).await?) };
    Ok(acting.page("app/imports.html", context).await?.into_response())
}

#[derive(serde::Serialize)]
struct ProblemRow {
    #[serde(flatten)]
    problem: Problem,
    said: String,
}

/// Whether the job that writes the import has ended without finishing it.
fn stands_still(line: &runs::RunLine, job: Option<&JobState>) -> bool {
    line.state.state == "running" && job.is_some_and(|job| ["failed", "cancelled"].contains(&job.state.as_str()))
}

async fn show(acting: Acting, Path(id): Path<ImportId>) -> Result<Response, Error> {
    let (line, problems, job) = runs::run(&acting.app, &acting.actor, id).await?;
    let stands_still = stands_still(&line, job.as_ref());
    let problem_count = line.problems;
    let problems: Vec<ProblemRow> = problems
        .into_iter()
        .map(|problem| ProblemRow { said: acting.say(&format!("import-problem-{}", problem.code)), problem })
        .collect();
    let runs = rows(&acting, vec![line]).await?;
    let context = context! {
        run => Serde(&runs.first()),
        problems => Serde(&problems),
        problem_count,
        job => Serde(&job),
        stands_still,
    };
    Ok(acting.page("app/import.html", context).await?.into_response())
}

async fn go_on(acting: Acting, Path(id): Path<ImportId>) -> Result<Response, Error> {
    acting.may(Action::Administer, Resource::Instance)?;
    let app = &acting.app;
    let (line, _, job) = runs::run(app, &acting.actor, id).await?;
    let job = job.filter(|job| stands_still(&line, Some(job)));
    let job = job.ok_or_else(|| Error::NotFound("an import that stands still".to_owned()))?;
    let now = app.clock.now();
    transact!(app.database, transaction => jobs::retry(transaction, job.id, now).await)?;
    app.jobs.notify_one();
    Ok(Redirect::to(&format!("/administration/imports/{id}?done=job-again")).into_response())
}
