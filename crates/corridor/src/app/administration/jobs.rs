//! Jobs in the browser: what runs, waits, failed, and is done every day; run again or called off.

use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use minijinja::context;

use crate::{
    accounts::{Acting, Action, Resource, Route},
    app::runner,
    foundation::{
        audit,
        database::Transaction,
        errors::Error,
        jobs::{self, JobId, JobLine, Kind},
        pages::Serde,
        time::Timestamp,
    },
};

/// How many jobs of a state are listed.
const LISTED: i64 = 100;
/// How many of those that ended well.
const LISTED_DONE: i64 = 30;

/// The routes of jobs.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/administration/jobs", Action::Administer, get(show)),
        Route::post("/administration/jobs/retry", Action::Administer, post(retry_all)),
        Route::post("/administration/jobs/{id}/retry", Action::Administer, post(retry)),
        Route::post("/administration/jobs/{id}/cancel", Action::Administer, post(cancel)),
    ]
}

/// What a kind of job is called; a kind without a name of its own shows the one in the table.
pub(super) fn label(acting: &Acting, name: &str) -> String {
    let key = format!("job-{}", name.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-"));
    if acting.app.texts.knows(acting.language, &key) { acting.say(&key) } else { name.to_owned() }
}

#[derive(serde::Serialize)]
struct Row {
    #[serde(flatten)]
    line: JobLine,
    label: String,
    cancellable: bool,
}

fn rows(acting: &Acting, kinds: &[Kind], lines: Vec<JobLine>) -> Vec<Row> {
    lines
        .into_iter()
        .map(|line| Row {
            label: label(acting, &line.name),
            cancellable: kinds.iter().any(|kind| kind.name == line.name && kind.cancellable) && !line.cancel_asked,
            line,
        })
        .collect()
}

#[derive(serde::Serialize)]
struct Daily {
    label: String,
    at: String,
    next: Option<i64>,
}

/// Failed jobs of one kind, for the button that runs them all again.
#[derive(serde::Serialize)]
struct Failed {
    name: String,
    label: String,
    count: usize,
}

fn by_kind(rows: &[Row]) -> Vec<Failed> {
    let mut kinds: Vec<Failed> = Vec::new();
    for row in rows {
        match kinds.iter_mut().find(|kind| kind.name == row.line.name) {
            Some(kind) => kind.count += 1,
            None => kinds.push(Failed { name: row.line.name.clone(), label: row.label.clone(), count: 1 }),
        }
    }
    kinds.retain(|kind| kind.count > 1);
    kinds
}

async fn show(acting: Acting) -> Result<Response, Error> {
    acting.may(Action::Administer, Resource::Instance)?;
    let (app, kinds) = (&acting.app, runner(&acting.app).kinds());
    let now = app.clock.now();
    let read = async |state: &str, limit| jobs::in_state(&app.database, state, limit).await;
    let waiting = read("waiting", LISTED).await?;
    let daily: Vec<Daily> = kinds
        .iter()
        .filter_map(|kind| {
            Some(Daily {
                at: acting.language.clock(kind.daily?),
                label: label(&acting, kind.name),
                next: waiting.iter().find(|line| line.name == kind.name).map(|line| line.run_at),
            })
        })
        .collect();
    let is_daily = |line: &JobLine| kinds.iter().any(|kind| kind.name == line.name && kind.daily.is_some());
    let (due, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|line| line.run_at <= now.0);
    let later = later.into_iter().filter(|line| !is_daily(line)).collect();
    let (running, due) = (rows(&acting, &kinds, read("running", LISTED).await?), rows(&acting, &kinds, due));
    let failed = rows(&acting, &kinds, read("failed", LISTED).await?);
    let context = context! {
        at_work => !running.is_empty() || !due.is_empty(),
        running => Serde(&running),
        due => Serde(&due),
        later => Serde(&rows(&acting, &kinds, later)),
        daily => Serde(&daily),
        daily_zone => acting.language.zone(&app.configuration.time_zone, now),
        failed_by_kind => Serde(&by_kind(&failed)),
        failed => Serde(&failed),
        cancelled => Serde(&rows(&acting, &kinds, read("cancelled", LISTED_DONE).await?)),
        done => Serde(&rows(&acting, &kinds, read("done", LISTED_DONE).await?)),
    };
    Ok(acting.page("app/jobs.html", context).await?.into_response())
}

async fn tell(
    transaction: &mut Transaction,
    acting: &Acting,
    action: &str,
    subject: String,
    summary: String,
    at: Timestamp,
) -> Result<(), Error> {
    let entry = audit::Entry {
        at,
        person: acting.actor.person(),
        cluster: None,
        action,
        subject_kind: "job",
        subject,
        summary,
        before: serde_json::Value::Null,
        after: serde_json::Value::Null,
    };
    audit::record(transaction, entry).await
}

async fn retry(acting: Acting, Path(id): Path<JobId>) -> Result<Response, Error> {
    acting.may(Action::Administer, Resource::Instance)?;
    let app = &acting.app;
    let now = app.clock.now();
    let name = jobs::state(&app.database, id).await?.map(|job| job.name).unwrap_or_default();
    let again = transact!(app.database, transaction => {
        let again = jobs::retry(transaction, id, now).await?;
        tell(transaction, &acting, "retry", id.to_string(), name.clone(), now).await?;
        Ok(again)
    })?;
    app.jobs.notify_one();
    let done = if again { "job-again" } else { "job-waits-already" };
    Ok(Redirect::to(&format!("/administration/jobs?done={done}")).into_response())
}

#[derive(serde::Deserialize)]
struct OfKind {
    #[serde(default)]
    name: String,
}

async fn retry_all(acting: Acting, Form(kind): Form<OfKind>) -> Result<Response, Error> {
    acting.may(Action::Administer, Resource::Instance)?;
    let app = &acting.app;
    let now = app.clock.now();
    if jobs::retry_all(&app.database, &kind.name, now).await? > 0 {
        transact!(app.database, transaction => {
            tell(transaction, &acting, "retry_all", kind.name.clone(), kind.name.clone(), now).await
        })?;
        app.jobs.notify_one();
    }
    Ok(Redirect::to("/administration/jobs?done=job-again").into_response())
}

async fn cancel(acting: Acting, Path(id): Path<JobId>) -> Result<Response, Error> {
    acting.may(Action::Administer, Resource::Instance)?;
    let (app, kinds) = (&acting.app, runner(&acting.app).kinds());
    let now = app.clock.now();
    transact!(app.database, transaction => {
        let name = jobs::cancel(transaction, &kinds, id, now).await?;
        tell(transaction, &acting, "cancel", id.to_string(), name, now).await
    })?;
    Ok(Redirect::to("/administration/jobs?done=job-called-off").into_response())
}
