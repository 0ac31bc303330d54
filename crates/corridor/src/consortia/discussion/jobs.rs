//! The daily look at tasks: whoever they are for is reminded shortly before the last day, and once after it.

use std::sync::Arc;

use super::{
    Place, Seat, Whose,
    letters::{self, Notice, Reader},
    model::{REMINDED_DAYS, Reminder, reminder},
    settled_in,
    store::tasks as store,
    tasks::{Task, readers},
};
use crate::{
    accounts::{Actor, people},
    calls,
    consortia::store as drafts,
    foundation::{
        errors::Error,
        instance::App,
        jobs::{Job, Progress},
        time::Day,
    },
};

/// Looks at every task that is not done, once a day.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct RemindOfTasks {}

impl Job<App> for RemindOfTasks {
    const NAME: &'static str = "consortia.tasks";

    async fn run(self, app: Arc<App>, _progress: Progress) -> Result<(), Error> {
        remind_of_all(&app).await
    }
}

/// Gives the reminders that are due.
///
/// # Errors
/// When the database fails.
pub async fn remind_of_all(app: &App) -> Result<(), Error> {
    // It is later by up to a day in some zones than in that of the instance.
    let today = calls::today(app).0;
    let until = Day(today.saturating_add(jiff::Span::new().days(REMINDED_DAYS + 1)));
    for task in store::to_remind(&app.database, until).await? {
        let Some(due_on) = task.due_on else { continue };
        let Some(draft) = drafts::draft(&app.database, task.cluster, task.draft).await? else { continue };
        let place = settled_in(app, draft, Seat::Team).await?;
        let (today, made) = (place.today(app), Day(place.zone.at(task.created_at).date()));
        if let Some(reminder) = reminder(today, made, due_on, task.reminded_on) {
            remind(app, &place, &task, (today, due_on), reminder).await?;
        }
    }
    app.jobs.notify_one();
    Ok(())
}

/// Who is reminded: whoever the task is for; of one that is nobody's, who gave it. Nobody of a demonstration writes to real
/// people, also by what they left behind.
async fn whom(app: &App, place: &Place, task: &Task) -> Result<Vec<Reader>, Error> {
    let given_by = match task.created_by {
        Some(person) => people::person(&app.database, person).await?,
        None => None,
    };
    match (given_by, task.whose) {
        (Some(person), _) if person.demonstration => Ok(Vec::new()),
        (Some(person), Whose::Nobody) => readers(app, place, Whose::Person(person.id)).await,
        (_, whose) => readers(app, place, whose).await,
    }
}

async fn remind(
    app: &App,
    place: &Place,
    task: &Task,
    (today, due_on): (Day, Day),
    reminder: Reminder,
) -> Result<(), Error> {
    let notice = Notice {
        what: match reminder {
            Reminder::Soon => "task-soon",
            Reminder::Overdue => "task-overdue",
        },
        words: &task.what,
        day: Some(due_on),
        page: "discussion",
    };
    let readers = whom(app, place, task).await?.into_iter().map(|reader| (reader, notice.clone())).collect();
    let letters = letters::wanted(app, &Actor::Nobody, place, readers).await?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        // Done meanwhile, or another server was faster.
        if store::reminded(transaction, task.cluster, task.id, today).await? {
            letters::write(transaction, app, place, &letters, now).await?;
        }
        Ok(())
    })
}
