//! The daily look at open requests: reminders to whoever answers, each once, and what is over is forgotten.

use std::sync::Arc;

use super::{
    clock::reminder,
    letters::{self, Notice},
    requests::{is_due_to_desk, zone_of},
    store,
};
use crate::{
    accounts::{Addressee, people},
    foundation::{
        errors::Error,
        instance::App,
        jobs::{Job, Progress},
        time::Day,
    },
};

/// For how many days a request through the public page waits for its address to be proved.
const UNCONFIRMED_DAYS: i64 = 30;

/// Looks at every open request, once a day.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct LookAtRequests {}

impl Job<App> for LookAtRequests {
    const NAME: &'static str = "privacy.look";

    async fn run(self, app: Arc<App>, _progress: Progress) -> Result<(), Error> {
        look(&app).await
    }
}

/// Gives the reminders that are due and forgets what is over.
///
/// # Errors
/// When the database fails.
pub async fn look(app: &App) -> Result<(), Error> {
    let now = app.clock.now();
    for request in store::waiting(&app.database).await? {
        let zone = zone_of(app, request.desk).await?;
        let day = Day(zone.at(now).date());
        // While identity is in doubt the limit moves on with every day.
        let due_on = request.running().due(day, &zone);
        let step = if is_due_to_desk(&request) { reminder(day.days_until(due_on), request.reminded) } else { None };
        if step.is_none() && due_on == request.due_on {
            continue;
        }
        let readers: Vec<Addressee> = match step {
            Some(_) => {
                let people = people::who_answer(&app.database, request.desk).await?;
                people.iter().filter_map(|person| Addressee::person(app, person)).collect()
            }
            None => Vec::new(),
        };
        transact!(app.database, transaction => {
            // Somebody took a step meanwhile: the next look sees what came of it.
            let Some(mut taken) = store::take(transaction, request.id, request.revision).await? else { return Ok(()) };
            taken.due_on = due_on;
            taken.reminded = step.or(taken.reminded);
            for reader in &readers {
                let notice = Notice {
                    what: if step == Some(-1) { "late" } else { "reminder" },
                    kind: Some(taken.kind),
                    due: due_on.to_string(),
                    days: day.days_until(due_on),
                    page: Some(format!("/data-requests/{}", taken.id)),
                    ..Notice::default()
                };
                letters::write(transaction, app, reader, &notice, now).await?;
            }
            store::put(transaction, &taken).await
        })?;
    }
    let before = now.plus_seconds(-UNCONFIRMED_DAYS * 24 * 3600);
    transact!(app.database, transaction => store::forget_over(transaction, now, before).await)?;
    app.jobs.notify_one();
    Ok(())
}
