//! Meetings: who comes, who asks to meet whom, when and at which table, and what came of it.
//!
//! An event belongs to a cluster, whose team runs it. Who takes part works on it through an account that speaks for the
//! organisation, or through the private link of a letter: [`attending`] says who somebody is.

pub mod api;
pub mod attending;
pub mod day;
pub mod delegations;
mod demonstration;
pub mod inviting;
mod model;
pub mod outcomes;
pub mod pages;
pub mod participants;
mod personal;
pub mod polls;
pub mod programme;
pub mod requests;
mod store;
pub mod timetables;

pub use demonstration::prepare_demonstration;
pub use model::{
    Attendee, AttendeeId, CELL_MINUTES, DelegationId, Event, EventDay, EventId, EventKind, EventState, Participant,
    ParticipantId, ParticipationKind, Request, RequestId, RequestState, Room, Session, Setup, SlotTime, Standing,
    Template, Walk, Wish, Wrong, attendee_key, cells, may_meet, slots,
};
pub use personal::EventHolding;

use serde_json::{Value as Json, json};

use crate::{
    accounts::{Action, Actor, ClusterId, ClusterRef, Resource, decide, visibility::Audience},
    foundation::{
        audit,
        database::Transaction,
        errors::{Error, FieldProblem},
        instance::App,
        time::{Day, Timestamp},
    },
};

/// The cluster whose events the actor acts on.
fn own_cluster(actor: &Actor, action: Action) -> Result<&ClusterRef, Error> {
    decide(actor, action, Resource::Instance)?;
    actor.cluster().ok_or(Error::Refused { reason: "events-refused-no-cluster", sign_in: false })
}

fn no_such_event(id: EventId) -> Error {
    Error::NotFound(format!("the event {id}"))
}

/// The day it is where an event is.
#[must_use]
pub fn today_at(app: &App, event: &Event) -> Day {
    app.clock.today(&event.setup.zone())
}

/// The events of the actor's cluster, the one that ends last first.
///
/// # Errors
/// When the actor is of no team.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Event>, Error> {
    let cluster = own_cluster(actor, Action::ReadEvents)?;
    store::events::of_cluster(&app.database, cluster.id).await
}

async fn own(app: &App, actor: &Actor, id: EventId, action: Action) -> Result<Event, Error> {
    let cluster = own_cluster(actor, action)?;
    let found = store::events::event(&app.database, id).await?;
    found.filter(|event| event.cluster == cluster.id).ok_or_else(|| no_such_event(id))
}

/// An event of the actor's cluster, to be read.
///
/// # Errors
/// [`Error::NotFound`] for one of somebody else.
pub async fn open(app: &App, actor: &Actor, id: EventId) -> Result<Event, Error> {
    own(app, actor, id, Action::ReadEvents).await
}

/// An event of the actor's cluster, to be changed.
///
/// # Errors
/// [`Error::NotFound`] for one of somebody else.
pub async fn editable(app: &App, actor: &Actor, id: EventId) -> Result<Event, Error> {
    own(app, actor, id, Action::EditEvents).await
}

fn problems(setup: &Setup) -> Result<(), Error> {
    refused(setup.wrong())
}

fn refused(wrong: Vec<Wrong>) -> Result<(), Error> {
    if wrong.is_empty() {
        return Ok(());
    }
    let problem =
        |wrong: Wrong| FieldProblem { field: wrong.field, message: wrong.message.to_owned(), value: String::new() };
    Err(Error::Invalid(wrong.into_iter().map(problem).collect()))
}

/// Tells the trail what happened to an event or to what hangs on it.
async fn tell(
    transaction: &mut Transaction,
    actor: &Actor,
    now: Timestamp,
    event: &Event,
    action: &str,
    (before, after): (Json, Json),
) -> Result<(), Error> {
    let entry = audit::Entry {
        at: now,
        person: actor.person(),
        cluster: Some(event.cluster.0),
        action,
        subject_kind: "event",
        subject: event.id.to_string(),
        summary: event.setup.name.clone(),
        before,
        after,
    };
    audit::record(transaction, entry).await
}

fn told(event: &Event) -> Json {
    json!({ "state": event.state.key(), "audience": event.audience.to_string(), "setup": event.setup })
}

/// Makes an event; only its team sees it before it is opened.
///
/// # Errors
/// [`Error::Invalid`] for a setup that cannot be held.
pub async fn create(app: &App, actor: &Actor, setup: Setup) -> Result<EventId, Error> {
    let cluster = own_cluster(actor, Action::EditEvents)?;
    problems(&setup)?;
    let now = app.clock.now();
    let event = Event {
        id: EventId::new(),
        cluster: cluster.id,
        cluster_name: cluster.name.clone(),
        revision: 1,
        state: EventState::Preparing,
        audience: Audience::Members,
        setup,
        polled: false,
        updated_at: now,
    };
    transact!(app.database, transaction => {
        store::events::put(transaction, &event, actor.person()).await?;
        tell(transaction, actor, now, &event, "create", (Json::Null, told(&event))).await
    })?;
    Ok(event.id)
}

/// Writes an event over the revision that was read.
async fn write(app: &App, actor: &Actor, before: &Event, after: Event, action: &str) -> Result<Event, Error> {
    let now = app.clock.now();
    let after = Event { revision: before.revision + 1, updated_at: now, ..after };
    transact!(app.database, transaction => {
        if !store::events::replace(transaction, &after).await? {
            return Err(clash(before));
        }
        if after.state == EventState::Cancelled {
            store::timetables::withdraw(transaction, after.place()).await?;
        }
        tell(transaction, actor, now, &after, action, (told(before), told(&after))).await
    })?;
    Ok(after)
}

fn clash(event: &Event) -> Error {
    Error::Clash(format!("the event {}", event.setup.name))
}

/// Saves days, rooms and rules; `revision` is the one that was read.
///
/// A published timetable stays what it was: where it no longer fits, the page of the timetable says so.
///
/// # Errors
/// [`Error::Invalid`] for a setup that cannot be held, or that moves rooms and days behind one that it leaves out while a
/// timetable, a booth or an agreed session names them by their place; [`Error::Clash`] when somebody saved in between.
pub async fn save(app: &App, actor: &Actor, id: EventId, revision: i64, setup: Setup) -> Result<(), Error> {
    let before = editable(app, actor, id).await?;
    if before.revision != revision {
        return Err(clash(&before));
    }
    problems(&setup)?;
    let shifted = before.setup.shifted(&setup);
    if !shifted.is_empty() && store::events::has_places(&app.database, id).await? {
        refused(shifted)?;
    }
    if before.setup != setup {
        write(app, actor, &before, Event { setup, ..before.clone() }, "save").await?;
    }
    Ok(())
}

/// Opens an event to an audience, cancels it, or takes it back into preparation. Whether the cluster can choose the audience
/// is asked of its circle before.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else; [`Error::Clash`] when somebody saved in between.
pub async fn set_state(
    app: &App,
    actor: &Actor,
    id: EventId,
    state: EventState,
    audience: &Audience,
) -> Result<(), Error> {
    let before = editable(app, actor, id).await?;
    if (before.state, &before.audience) == (state, audience) {
        return Ok(());
    }
    let after = Event { state, audience: audience.clone(), ..before.clone() };
    write(app, actor, &before, after, "set_state").await?;
    Ok(())
}

/// Holds an event as it was read until the transaction ends, for what may only be done while it is so: open, of these days,
/// with these rooms and kinds.
///
/// # Errors
/// [`Error::NotFound`] where it was deleted, [`Error::Clash`] where it was saved, opened or cancelled since.
async fn hold(transaction: &mut Transaction, event: &Event) -> Result<(), Error> {
    match store::events::hold(transaction, event.place()).await? {
        None => Err(no_such_event(event.id)),
        Some(revision) if revision != event.revision => Err(clash(event)),
        Some(_) => Ok(()),
    }
}

/// For how long a deleted event can be brought back: a month, as a draft.
const KEPT_AFTER_DELETION_SECONDS: i64 = 30 * 24 * 3600;

/// Deletes an event, or brings it back within a month.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else.
pub async fn set_deleted(app: &App, actor: &Actor, id: EventId, deleted: bool) -> Result<(), Error> {
    let cluster = own_cluster(actor, Action::EditEvents)?.id;
    let now = app.clock.now();
    let action = if deleted { "delete" } else { "undelete" };
    transact!(app.database, transaction => {
        if !store::events::set_deleted(transaction, (cluster, id), deleted.then_some(now)).await? {
            return Err(no_such_event(id));
        }
        if deleted {
            store::timetables::withdraw(transaction, (cluster, id)).await?;
            store::events::forget_deleted(transaction, cluster, now.plus_seconds(-KEPT_AFTER_DELETION_SECONDS)).await?;
        }
        let entry = audit::Entry {
            at: now,
            person: actor.person(),
            cluster: Some(cluster.0),
            action,
            subject_kind: "event",
            subject: id.to_string(),
            summary: String::new(),
            before: Json::Null,
            after: Json::Null,
        };
        audit::record(transaction, entry).await
    })
}

/// What an event counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Who takes part.
    pub confirmed: usize,
    /// Who was asked and has not answered.
    pub invited: usize,
    /// Who waits for the team.
    pub registered: usize,
    /// Requests, those taken back apart.
    pub requests: usize,
    /// Requests that were accepted.
    pub accepted: usize,
    /// Requests that wait for an answer.
    pub waiting: usize,
}

/// Counts participants and requests of an event that the caller has opened.
///
/// # Errors
/// When the database fails.
pub async fn counts(app: &App, event: &Event) -> Result<Counts, Error> {
    let mut counts = Counts::default();
    for participant in store::participants::of_event(&app.database, event.id).await? {
        match participant.standing {
            Standing::Confirmed => counts.confirmed += 1,
            Standing::Invited => counts.invited += 1,
            Standing::Registered => counts.registered += 1,
            Standing::Declined | Standing::Withdrawn => {}
        }
    }
    for request in store::requests::of_event(&app.database, event.id, None).await? {
        match request.state {
            RequestState::Accepted => counts.accepted += 1,
            RequestState::Waiting | RequestState::Countered => counts.waiting += 1,
            RequestState::Declined => {}
            RequestState::Withdrawn => continue,
        }
        counts.requests += 1;
    }
    Ok(counts)
}

/// An event's cluster, for those who hold an event already.
impl Event {
    /// What its records hang on.
    #[must_use]
    pub fn place(&self) -> (ClusterId, EventId) {
        (self.cluster, self.id)
    }
}
