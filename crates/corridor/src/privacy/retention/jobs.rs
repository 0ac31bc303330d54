//! What runs every day, and one run of one period.

use std::sync::Arc;

use minijinja::context;

use super::{
    Run, RunId, Standing, line,
    model::{self, due_before},
    place, store, tell,
};
use crate::{
    accounts::Actor,
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        jobs::{Job, Progress, schedule},
        languages::Language,
        mail::{self, Letter},
        personal::{Holding, Holdings},
        time::{Timestamp, Zone},
    },
};

/// How many records go in one transaction: others write in between.
const AT_ONCE: i64 = 200;

/// Begins a run of every period that somebody let run.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct EveryDay {}

impl Job<App> for EveryDay {
    const NAME: &'static str = "retention.every_day";

    async fn run(self, app: Arc<App>, _: Progress) -> Result<(), Error> {
        let now = app.clock.now();
        for place in app.part::<Holdings>().purposes() {
            transact!(app.database, transaction => {
                let line = line(place, store::chosen(transaction, place.1.key).await?);
                let Some(months) = line.months.filter(|_| line.standing == Standing::Running) else { return Ok(()) };
                let until = due_before(now, months);
                if let Some(run) = store::put_run(transaction, place.1.key, months, until, now).await? {
                    schedule(transaction, &RunPeriod { run }, now).await?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}

/// Removes what is too old for one purpose, a few records at a time. Run again, it goes on where it was.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct RunPeriod {
    pub(super) run: RunId,
}

impl Job<App> for RunPeriod {
    const NAME: &'static str = "retention.run";

    fn deduplication_key(&self) -> Option<String> {
        Some(self.run.to_string())
    }

    async fn run(self, app: Arc<App>, progress: Progress) -> Result<(), Error> {
        let outcome = remove(&app, self.run, &progress).await;
        if let Err(error) = &outcome {
            let (now, why) = (app.clock.now(), error.to_string());
            transact!(app.database, transaction => {
                store::progress(transaction, self.run, (0, 0), "failed", Some(&why), Some(now)).await
            })?;
        }
        outcome
    }
}

/// What a step of a run came to.
enum Step {
    /// There may be more.
    More(i64),
    /// It ended.
    Ended,
}

async fn remove(app: &App, id: RunId, progress: &Progress) -> Result<(), Error> {
    let mut removed = 0;
    loop {
        let now = app.clock.now();
        let step = transact!(app.database, transaction => {
            let Some(run) = store::run(transaction, id).await? else { return Ok(Step::Ended) };
            step(app, transaction, &run, now).await
        })?;
        match step {
            Step::More(count) => removed += count.unsigned_abs(),
            Step::Ended => return Ok(()),
        }
        progress.tell(removed, 0, "").await;
    }
}

/// Some records of a run. What may have changed in between is asked anew each time: whether the period still runs as it
/// was seen, and whether somebody asked to stop.
async fn step(app: &App, transaction: &mut Transaction, run: &Run, now: Timestamp) -> Result<Step, Error> {
    if ["done", "stopped"].contains(&run.state.as_str()) {
        return Ok(Step::Ended);
    }
    let (holding, purpose) = place(app, &run.purpose)?;
    let line = line((holding, purpose), store::chosen(transaction, purpose.key).await?);
    let as_seen = line.standing == Standing::Running && line.months.map(i64::from) == Some(run.months);
    if run.stop_asked || !as_seen {
        return end(transaction, run, "stopped", now).await;
    }
    let Some(until) = tell_people(app, transaction, holding, run, now).await? else {
        return end(transaction, run, "done", now).await;
    };
    let count = holding.expire(transaction, purpose.key, until, AT_ONCE, now).await?;
    if count == 0 {
        return end(transaction, run, "done", now).await;
    }
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    store::progress(transaction, run.id, (count, 0), "running", None, None).await?;
    Ok(Step::More(count))
}

async fn end(transaction: &mut Transaction, run: &Run, state: &'static str, now: Timestamp) -> Result<Step, Error> {
    store::progress(transaction, run.id, (0, 0), state, None, Some(now)).await?;
    if run.removed > 0 || state == "stopped" {
        let figures = serde_json::json!({ "months": run.months, "removed": run.removed, "state": state });
        tell(transaction, &Actor::Console, now, "run", &run.purpose, (serde_json::Value::Null, figures)).await?;
    }
    Ok(Step::Ended)
}

/// Writes to those whose data will be due, where the purpose asks for that; up to when data may go now. Nobody's goes
/// before they were told in time.
async fn tell_people(
    app: &App,
    transaction: &mut Transaction,
    holding: &'static dyn Holding,
    run: &Run,
    now: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    let Some(days) = holding.told_before(&run.purpose) else { return Ok(Some(run.until)) };
    let mut told = store::notices(transaction, &run.purpose).await?;
    let reached = told.iter().map(|(until, _)| *until).max();
    let soon = model::days_later(run.until, days);
    if reached.is_none_or(|reached| reached < soon) {
        let people = holding.to_tell(transaction, &run.purpose, reached.unwrap_or(Timestamp(i64::MIN)), soon).await?;
        for person in &people {
            let language = person.language.as_deref().and_then(|code| code.parse().ok()).unwrap_or(Language::default());
            let on = model::day(model::days_later(now, days));
            let letter = Letter {
                kind: "unused",
                to: &person.email,
                language,
                // The letter names a day, no hour.
                zone: &Zone::default(),
                values: context! { name => person.name.as_str(), months => run.months, days, on, address => app.address.to_string() },
                link: None,
            };
            mail::write(transaction, &app.renderer, &letter, now).await?;
        }
        let people = i64::try_from(people.len()).unwrap_or(i64::MAX);
        store::put_notice(transaction, &run.purpose, soon, people, now).await?;
        store::progress(transaction, run.id, (0, people), "running", None, None).await?;
        told.push((soon, now));
    }
    Ok(model::told_long_ago(&told, now, days).map(|told| told.min(run.until)))
}
