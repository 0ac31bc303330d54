//! The daily look at requests that wait: who was not told of them is told, and who leaves them unanswered is reminded.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    letters::{self, Notice},
    model,
};
use crate::{
    events::{Event, Participant, ParticipantId, participants::by_participant, store, today_at},
    foundation::{
        errors::Error,
        instance::App,
        jobs::{Job, Progress},
        time::{Day, Timestamp},
    },
};

/// Looks at the requests of every open event, once a day.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct RemindOfRequests {}

impl Job<App> for RemindOfRequests {
    const NAME: &'static str = "events.requests";

    async fn run(self, app: Arc<App>, _progress: Progress) -> Result<(), Error> {
        remind_of_all(&app).await
    }
}

/// Writes the letters that are due.
///
/// # Errors
/// When the database fails.
pub async fn remind_of_all(app: &App) -> Result<(), Error> {
    // An event of a zone where it is still yesterday is open there: the day of each event decides.
    let yesterday = app.clock.now().plus_seconds(-86_400);
    let from = Day(app.configuration.time_zone.at(yesterday).date());
    for event in store::events::open_everywhere(&app.database, from).await? {
        if event.takes_requests(today_at(app, &event)) {
            remind(app, &event).await?;
        }
    }
    app.jobs.notify_one();
    Ok(())
}

async fn remind(app: &App, event: &Event) -> Result<(), Error> {
    let now = app.clock.now();
    let waits = store::requests::waits(&app.database, event.id).await?;
    let due: Vec<_> = waits
        .iter()
        .filter_map(|one| model::notice(now, one.told_at, one.oldest, one.newest).map(|notice| (one, notice)))
        .collect();
    if due.is_empty() {
        return Ok(());
    }
    let participants = store::participants::of_event(&app.database, event.id).await?;
    let participants: BTreeMap<ParticipantId, &Participant> = participants.iter().map(|one| (one.id, one)).collect();
    let people = by_participant(store::people::of_event(&app.database, event.id).await?);
    let muted = store::muted::of_event(&app.database, event.id).await?;
    let due: Vec<_> = due
        .into_iter()
        .filter_map(|(waits, notice)| Some((*participants.get(&waits.participant_id)?, waits, notice)))
        .collect();
    let accounts = letters::accounts(app, &due.iter().map(|(one, ..)| *one).collect::<Vec<_>>()).await?;
    for (participant, waits, notice) in due {
        let own = people.get(&participant.id).map_or(&[][..], Vec::as_slice);
        let readers = letters::unmuted(&letters::readers(app, participant, own, &accounts), &muted);
        if readers.is_empty() {
            continue;
        }
        let letter = of(notice, participant, waits.count);
        transact!(app.database, transaction => {
            // Told meanwhile, or another server was faster.
            let since = waits.told_at.unwrap_or(Timestamp(0));
            if store::participants::tell_once(transaction, event.cluster, participant.id, since, now).await? {
                letters::write(transaction, app, event, &letter, &readers, now).await?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn of(notice: model::Notice, participant: &Participant, count: i64) -> Notice<'_> {
    let what = match notice {
        model::Notice::Asked => "asked",
        model::Notice::Reminder => "reminder",
    };
    Notice { what, participant, other: "", count, words: "" }
}
