//! Planning anew: what would change and for whom, and its acceptance.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use serde_json::json;
use timetable::Limits;

use super::{Plan, plan, store};
use crate::{
    accounts::Actor,
    events::{
        EventId, EventState, ParticipantId, tell,
        timetables::{
            self, Change, Findings, Reason, Timetable, Version, VersionState, by_participant,
            publishing::{self, Letters, Written},
        },
    },
    foundation::{errors::Error, instance::App},
};

/// How long planning anew may take; 1,000 participants take some hundredths of a second.
const PATIENCE: Duration = Duration::from_secs(10);

/// What planning anew would do.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The event with its ground; its version is the published one.
    pub timetable: Timetable,
    /// The published version.
    pub published: Version,
    /// The plan.
    pub plan: Plan,
    /// What changes for each participant.
    pub touched: BTreeMap<ParticipantId, Vec<Change>>,
    /// How many letters leave.
    pub letters: usize,
    /// Agreed meetings that are not held, which could be tried as well.
    pub waiting: usize,
    /// How long it took.
    pub took: Duration,
}

/// Plans anew from the published version, and shows what would change.
///
/// # Errors
/// [`Error::Worded`] where nothing is published, no slot is to come, or no timetable keeps the rules.
pub async fn preview(app: &App, actor: &Actor, id: EventId, fill: bool) -> Result<Preview, Error> {
    let (timetable, published) = ground(app, actor, id).await?;
    let (plan, took) = planned(&timetable, &published, fill).await?;
    let touched = by_participant(&plan.changes, &timetable.ground.requests);
    let letters = publishing::letters_of_the_day(app, actor, &timetable, &touched).await?.len();
    let held = published.meetings.iter().map(|meeting| meeting.request).collect::<std::collections::BTreeSet<_>>();
    let waiting = timetable.ground.agreed().filter(|request| !held.contains(&request.id)).count();
    Ok(Preview { timetable, published, plan, touched, letters, waiting, took })
}

async fn ground(app: &App, actor: &Actor, id: EventId) -> Result<(Timetable, Version), Error> {
    let timetable = timetables::to_change(app, actor, id, None).await?;
    if timetable.event.state == EventState::Cancelled {
        return Err(Error::Over { reason: "timetable-event-cancelled" });
    }
    let published = timetables::published(app, &timetable.event).await?;
    let published = published.ok_or_else(|| Error::worded("day-nothing-published", &[]))?;
    if timetable.ground.today.now.is_none() {
        return Err(Error::worded("day-no-slot-left", &[]));
    }
    Ok((timetable, published))
}

async fn planned(timetable: &Timetable, published: &Version, fill: bool) -> Result<(Plan, Duration), Error> {
    let (ground, meetings) = (timetable.ground.clone(), published.meetings.clone());
    let found = tokio::task::spawn_blocking(move || {
        let started = Instant::now();
        let expired = || started.elapsed() > PATIENCE;
        (plan(&ground, &meetings, fill, &Limits::until(&expired)), started.elapsed())
    })
    .await
    .map_err(anyhow::Error::from)?;
    let (plan, took) = found;
    Ok((plan.ok_or_else(|| Error::worded("day-no-plan", &[]))?, took))
}

/// What is accepted: the version it was made of, and which plan it was.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Accepted {
    /// The published version that the plan changes.
    pub version: i64,
    /// What tells the plan from others.
    pub plan: String,
    /// Whether agreed meetings that had no place take what is free.
    pub fill: String,
}

/// Publishes a plan that was looked at, and tells the people whose meetings change. All of it or nothing. A plan that changes
/// nothing makes no version: what was noted is reckoned with.
///
/// # Errors
/// [`Error::Clash`] where somebody published meanwhile; [`Error::Worded`] where the plan is another one by now, because a slot
/// began or something was noted, or books somebody whom another event has.
pub async fn accept(app: &App, actor: &Actor, id: EventId, accepted: &Accepted) -> Result<usize, Error> {
    let (timetable, published) = ground(app, actor, id).await?;
    let event = timetable.event.clone();
    let clash = || Error::Clash(format!("the timetable of {}", event.setup.name));
    if published.number != accepted.version {
        return Err(clash());
    }
    let (plan, took) = planned(&timetable, &published, accepted.fill == "yes").await?;
    if plan.mark() != accepted.plan {
        return Err(Error::worded("day-plan-other", &[]));
    }
    let now = app.clock.now();
    let incidents = timetable.ground.today.incidents.clone();
    let touched = by_participant(&plan.changes, &timetable.ground.requests);
    let changed = !plan.changes.is_empty();
    let version = Version {
        number: if changed { timetable.newest + 1 } else { published.number },
        state: VersionState::Draft,
        reason: Some(Reason::Replanned),
        meetings: plan.meetings,
        findings: Findings {
            asked: plan.asked,
            score: plan.score,
            bound: None,
            took_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        },
        made_by: actor.person(),
        made_at: now,
        published_at: None,
    };
    let number = version.number;
    let readers = publishing::letters_of_the_day(app, actor, &timetable, &touched).await?;
    let timetable = Timetable { version: Some(version.clone()), ..timetable };
    let letters = Written::of(app, &timetable, &readers, Letters::OfTheDay);
    let before = json!({ "version": published.number });
    let after = json!({
        "version": number, "held": version.meetings.len(), "changed": plan.changes.len(), "incidents": incidents.len(),
    });
    transact!(app.database, transaction => {
        publishing::still(transaction, &event, Some(published.number)).await?;
        if changed {
            if !store::timetables::put(transaction, event.place(), &version).await? {
                return Err(clash());
            }
            publishing::make_public(transaction, app, &timetable, &letters, now).await?;
        }
        store::day::mark(transaction, event.cluster, &incidents, number).await?;
        tell(transaction, actor, now, &event, "replan_timetable", (before.clone(), after.clone())).await
    })?;
    app.jobs.notify_one();
    Ok(readers.len())
}
