//! Once an event is over: who has not said yet what came of its meetings is asked by letter, once.

use std::{collections::BTreeMap, sync::Arc};

use jiff::ToSpan;

use super::{model, of_event};
use crate::{
    events::{
        Event, ParticipantId,
        participants::by_participant,
        requests::letters::{self, Notice},
        store, today_at,
    },
    foundation::{
        errors::Error,
        instance::App,
        jobs::{Job, Progress},
        time::Day,
    },
};

/// Looks at the events that have just ended, once a day.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct AskForOutcomes {}

impl Job<App> for AskForOutcomes {
    const NAME: &'static str = "events.outcomes";

    async fn run(self, app: Arc<App>, _progress: Progress) -> Result<(), Error> {
        ask_for_all(&app).await
    }
}

/// Writes the letters that are due.
///
/// # Errors
/// When the database fails.
pub async fn ask_for_all(app: &App) -> Result<(), Error> {
    // Which day it is where an event is decides; here it may be one more or one less.
    let today = app.clock.today(&app.configuration.time_zone).0;
    let from = today.checked_sub((model::ASKED_FOR_DAYS + 1).days()).map_err(anyhow::Error::from)?;
    for event in store::events::ended_between(&app.database, (Day(from), Day(today))).await? {
        let today = today_at(app, &event);
        if event.setup.last_day().is_some_and(|last| model::is_asked(last, today)) {
            ask(app, event).await?;
        }
    }
    app.jobs.notify_one();
    Ok(())
}

async fn ask(app: &App, event: Event) -> Result<(), Error> {
    let not_asked = store::outcomes::not_asked(&app.database, event.id).await?;
    if not_asked.is_empty() {
        return Ok(());
    }
    let quiet = store::outcomes::quiet(&app.database, event.id).await?;
    let overview = of_event(app, event).await?;
    let mut unsaid: BTreeMap<ParticipantId, i64> = BTreeMap::new();
    for met in overview.met.iter().filter(|met| met.begun && !quiet.contains(&met.meeting.request)) {
        for side in met.sides.iter().filter(|side| side.outcome.is_none()) {
            *unsaid.entry(side.participant.id).or_default() += 1;
        }
    }
    let due: Vec<_> = overview
        .participants
        .iter()
        .filter(|one| not_asked.contains(&one.id))
        .filter_map(|one| Some((one, *unsaid.get(&one.id)?)))
        .collect();
    if due.is_empty() {
        return Ok(());
    }
    let (now, event) = (app.clock.now(), &overview.event);
    let people = by_participant(store::people::of_event(&app.database, event.id).await?);
    let accounts = letters::accounts(app, &due.iter().map(|(one, _)| *one).collect::<Vec<_>>()).await?;
    for (participant, count) in due {
        let own = people.get(&participant.id).map_or(&[][..], Vec::as_slice);
        let readers = letters::readers(app, participant, own, &accounts);
        if readers.is_empty() {
            continue;
        }
        let notice = Notice { what: "outcomes", participant, other: "", count, words: "" };
        transact!(app.database, transaction => {
            // Another server was faster.
            if store::outcomes::ask_once(transaction, event.cluster, participant.id, now).await? {
                letters::write(transaction, app, event, &notice, &readers, now).await?;
            }
            Ok(())
        })?;
    }
    Ok(())
}
