//! How long data is kept: a period a purpose, seen in a preview before it first runs, then run every day.
//!
//! What there is to keep, and for how long by default, the slices say themselves ([`Purpose`]). Nothing is removed before
//! somebody saw how much it is and let it run; a period that changed, or a purpose that is new, waits again.

mod jobs;
mod model;
pub mod pages;
mod store;

pub use jobs::{EveryDay, RunPeriod};
pub use model::{Chosen, Standing};
pub use store::Run;

use std::collections::HashMap;

use crate::{
    accounts::{Acting, Action, Actor, Resource},
    foundation::{
        audit::{self, Entry},
        database::Transaction,
        errors::{Error, FieldProblem},
        instance::App,
        jobs as foundation_jobs,
        personal::{Due, Holding, Holdings, Purpose},
        time::Timestamp,
    },
};

id! {
    /// A preview of what a period would remove.
    PreviewId
}
id! {
    /// A run of a period.
    RunId
}
id! {
    /// Letters that told people in time.
    NoticeId
}

/// How many runs the pages list.
pub const RUNS_LISTED: i64 = 50;

/// A purpose with its period.
#[derive(Debug)]
pub struct Line {
    /// What the data is kept for.
    pub purpose: &'static Purpose,
    /// The kind of its records.
    pub kind: &'static str,
    /// The period in force, in months.
    pub months: Option<u32>,
    /// What was chosen, where somebody chose.
    pub chosen: Option<Chosen>,
    /// How it stands.
    pub standing: Standing,
    /// How many days before people are written to.
    pub told_days: Option<i64>,
}

/// What a period would remove.
#[derive(Debug)]
pub struct Preview {
    /// Its id.
    pub id: PreviewId,
    /// The purpose.
    pub line: Line,
    /// Everything whose period began before this is due.
    pub until: Timestamp,
    /// How many records were due when the preview was made.
    pub records: i64,
    /// What is due now.
    pub due: Due,
    /// Whether it may still be answered: in time, by the period that is in force, once.
    pub open: bool,
}

type Place = (&'static dyn Holding, &'static Purpose);

fn place(app: &App, key: &str) -> Result<Place, Error> {
    app.part::<Holdings>().purpose(key).ok_or_else(|| Error::NotFound(format!("the purpose {key}")))
}

fn line((holding, purpose): Place, chosen: Option<Chosen>) -> Line {
    Line {
        purpose,
        kind: holding.kind(),
        months: model::months(purpose, chosen.as_ref()),
        standing: model::standing(purpose, chosen.as_ref()),
        told_days: holding.told_before(purpose.key),
        chosen,
    }
}

/// For how many months records of each purpose are kept, as it was chosen or by default; none where no date ends it.
///
/// # Errors
/// When the database fails.
pub async fn months_in_force(app: &App) -> Result<HashMap<&'static str, Option<u32>>, Error> {
    let chosen: HashMap<String, Chosen> = store::periods(&app.database).await?.into_iter().collect();
    let places = app.part::<Holdings>();
    Ok(places.purposes().map(|(_, purpose)| (purpose.key, model::months(purpose, chosen.get(purpose.key)))).collect())
}

/// Every purpose of the program with its period.
///
/// # Errors
/// When the actor may not see it, or the database fails.
pub async fn lines(acting: &Acting) -> Result<Vec<Line>, Error> {
    acting.may(Action::GovernRetention, Resource::Instance)?;
    let mut chosen: HashMap<String, Chosen> = store::periods(&acting.app.database).await?.into_iter().collect();
    let places = acting.app.part::<Holdings>();
    Ok(places.purposes().map(|place| line(place, chosen.remove(place.1.key))).collect())
}

/// How many periods wait for somebody to look at their preview.
///
/// # Errors
/// When the actor may not see them.
pub async fn waiting(acting: &Acting) -> Result<i64, Error> {
    let waiting = lines(acting).await?.iter().filter(|line| line.standing == Standing::Waiting).count();
    Ok(i64::try_from(waiting).unwrap_or(i64::MAX))
}

/// One purpose with its period.
///
/// # Errors
/// When there is no such purpose, or the actor may not see it.
pub async fn one(acting: &Acting, key: &str) -> Result<Line, Error> {
    let unknown = || Error::NotFound(format!("the purpose {key}"));
    lines(acting).await?.into_iter().find(|line| line.purpose.key == key).ok_or_else(unknown)
}

/// The last runs, newest first: of one purpose, or of all.
///
/// # Errors
/// When the actor may not see them.
pub async fn runs(acting: &Acting, purpose: &str) -> Result<Vec<Run>, Error> {
    acting.may(Action::GovernRetention, Resource::Instance)?;
    store::runs(&acting.app.database, purpose, RUNS_LISTED).await
}

/// Tells the trail what was done to the period of a purpose: figures, never the data.
async fn tell(
    transaction: &mut Transaction,
    actor: &Actor,
    now: Timestamp,
    action: &str,
    purpose: &str,
    (before, after): (serde_json::Value, serde_json::Value),
) -> Result<(), Error> {
    let entry = Entry {
        at: now,
        person: actor.person(),
        cluster: None,
        action,
        subject_kind: "retention",
        subject: purpose.to_owned(),
        summary: purpose.to_owned(),
        before,
        after,
    };
    audit::record(transaction, entry).await
}

/// Chooses a period. It waits for its preview, whatever ran before.
///
/// # Errors
/// [`Error::Invalid`] when it is no period, or has no reason where it is not the default.
pub async fn choose(acting: &Acting, key: &str, months: &str, reason: &str) -> Result<(), Error> {
    acting.may(Action::GovernRetention, Resource::Instance)?;
    let (_, purpose) = place(&acting.app, key)?;
    let Some(default) = purpose.months else {
        return Err(Error::worded("retention-problem-unlimited", &[]));
    };
    let wrong = |field: &str, message: &str, value: &str| {
        let (field, message, value) = (field.to_owned(), message.to_owned(), value.to_owned());
        Err(Error::Invalid(vec![FieldProblem { field, message, value }]))
    };
    let Some(period) = model::period(months) else {
        return wrong("months", "retention-problem-months", months);
    };
    let reason = reason.trim();
    if period != default && reason.is_empty() {
        return wrong("reason", "retention-problem-reason", reason);
    }
    if reason.chars().count() > 500 {
        return wrong("reason", "retention-problem-reason-long", reason);
    }
    let (app, now) = (&acting.app, acting.app.clock.now());
    transact!(app.database, transaction => {
        let before = store::chosen(transaction, key).await?;
        store::put_period(transaction, key, period, reason, acting.actor.person(), now).await?;
        let was = serde_json::json!({ "months": before.as_ref().map_or(default, |chosen| chosen.months) });
        let is = serde_json::json!({ "months": period, "reason": reason });
        tell(transaction, &acting.actor, now, "choose_period", key, (was, is)).await
    })
}

/// Looks at what the period would remove today. Looking is told in the trail: it shows people's data.
///
/// # Errors
/// When there is no such purpose, or its records do not end by age.
pub async fn preview(acting: &Acting, key: &str) -> Result<PreviewId, Error> {
    let line = one(acting, key).await?;
    let (app, now) = (&acting.app, acting.app.clock.now());
    let Some(months) = line.months else {
        return Err(Error::worded("retention-problem-unlimited", &[]));
    };
    let until = model::due_before(now, months);
    let due = place(app, key)?.0.due(&app.database, key, until).await?;
    let records = i64::try_from(due.count).unwrap_or(i64::MAX);
    let row = store::PreviewRow {
        purpose: key.to_owned(),
        months: i64::from(months),
        until,
        records,
        made_at: now,
        answer: None,
    };
    let id = PreviewId::new();
    transact!(app.database, transaction => {
        store::put_preview(transaction, id, &row, due.oldest, acting.actor.person()).await?;
        let shown = serde_json::json!({ "months": months, "records": records });
        tell(transaction, &acting.actor, now, "preview", key, (serde_json::Value::Null, shown)).await
    })?;
    Ok(id)
}

/// A preview, with what is due of it now.
///
/// # Errors
/// When there is no such preview, or the actor may not see it.
pub async fn previewed(acting: &Acting, id: PreviewId) -> Result<Preview, Error> {
    acting.may(Action::GovernRetention, Resource::Instance)?;
    let app = &acting.app;
    let row = store::preview(&app.database, id).await?.ok_or_else(|| Error::NotFound("this preview".to_owned()))?;
    let line = one(acting, &row.purpose).await?;
    let due = place(app, &row.purpose)?.0.due(&app.database, &row.purpose, row.until).await?;
    let open = row.answer.is_none()
        && line.months.map(i64::from) == Some(row.months)
        && model::still_holds(row.made_at, app.clock.now());
    Ok(Preview { id, line, until: row.until, records: row.records, due, open })
}

/// Lets run what a preview showed: at once up to the moment that it showed, and from then on every day.
///
/// # Errors
/// [`Error::Over`] when the preview is too old, was answered, or is of another period than the one in force.
pub async fn let_run(acting: &Acting, id: PreviewId) -> Result<(), Error> {
    let preview = previewed(acting, id).await?;
    let (app, now, purpose) = (&acting.app, acting.app.clock.now(), preview.line.purpose);
    let over = || Error::Over { reason: "retention-preview-over" };
    let months = preview.line.months.filter(|_| preview.open).ok_or_else(over)?;
    transact!(app.database, transaction => {
        let chosen = store::chosen(transaction, purpose.key).await?;
        if model::months(purpose, chosen.as_ref()) != Some(months) || !store::answer(transaction, id, "run", now).await? {
            return Err(over());
        }
        store::approve(transaction, purpose.key, (months, purpose.fate), acting.actor.person(), now).await?;
        let run = match store::put_run(transaction, purpose.key, months, preview.until, now).await? {
            None => store::again(transaction, purpose.key, preview.until).await?,
            begun => begun,
        };
        if let Some(run) = run {
            foundation_jobs::schedule(transaction, &RunPeriod { run }, now).await?;
        }
        let what = serde_json::json!({ "months": months, "records": preview.records });
        tell(transaction, &acting.actor, now, "let_run", purpose.key, (serde_json::Value::Null, what)).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

/// Leaves what a preview showed as it is.
///
/// # Errors
/// [`Error::Over`] when it was answered already.
pub async fn cancel(acting: &Acting, id: PreviewId) -> Result<&'static str, Error> {
    let preview = previewed(acting, id).await?;
    let now = acting.app.clock.now();
    transact!(acting.app.database, transaction => {
        if !store::answer(transaction, id, "cancelled", now).await? {
            return Err(Error::Over { reason: "retention-preview-over" });
        }
        let nothing = (serde_json::Value::Null, serde_json::Value::Null);
        tell(transaction, &acting.actor, now, "cancel_preview", preview.line.purpose.key, nothing).await
    })?;
    Ok(preview.line.purpose.key)
}

/// Lets a period rest, or run again as it did.
///
/// # Errors
/// When the period was never let run, or stands so already.
pub async fn rest(acting: &Acting, key: &str, paused: bool) -> Result<(), Error> {
    let line = one(acting, key).await?;
    if !matches!(line.standing, Standing::Running | Standing::Paused) {
        return Err(Error::Over { reason: "retention-not-running" });
    }
    let now = acting.app.clock.now();
    transact!(acting.app.database, transaction => {
        if !store::rest(transaction, key, paused).await? {
            return Ok(());
        }
        let (was, is) = (serde_json::json!({ "paused": !paused }), serde_json::json!({ "paused": paused }));
        tell(transaction, &acting.actor, now, if paused { "pause" } else { "resume" }, key, (was, is)).await
    })
}

/// Asks a run to stop; the records that it has at hand still go.
///
/// # Errors
/// When there is no such run, or it has ended.
pub async fn stop(acting: &Acting, id: RunId) -> Result<(), Error> {
    acting.may(Action::GovernRetention, Resource::Instance)?;
    let now = acting.app.clock.now();
    transact!(acting.app.database, transaction => {
        let run = store::run(transaction, id).await?.ok_or_else(|| Error::NotFound("this run".to_owned()))?;
        if !store::stop(transaction, id).await? {
            return Err(Error::Over { reason: "retention-run-over" });
        }
        let so_far = serde_json::json!({ "removed": run.removed });
        tell(transaction, &acting.actor, now, "stop_run", &run.purpose, (serde_json::Value::Null, so_far)).await
    })
}
