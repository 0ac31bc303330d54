//! What came of meetings: each side says it afterwards, the team reads what that adds up to.
//!
//! Only published meetings count, and those called off before they began do not. What a participant says is read by the team
//! of the event and by itself, never by the other side.

pub(in crate::events) mod demonstration;
mod holding;
mod jobs;
mod model;

pub use holding::MeetingHolding;
pub use jobs::{AskForOutcomes, ask_for_all};
pub use model::{
    BEST, Beside, Came, Delegations, Each, FIELD_ACCEPTED, FIELD_KEPT, FIELD_SECOND, Filter, LONGEST_WORDS, Met,
    Outcome, Results, Said, Second, Share, Side, each, pairs,
};

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::{
    Event, EventId, Participant, ParticipantId, Request, RequestId, attending::Seat, editable, open as open_event,
    own_cluster, requests::Tally, store, tell, timetables,
};
use crate::{
    accounts::{Action, Actor},
    directory::OrganisationId,
    foundation::{errors::Error, instance::App},
};

fn no_such_meeting(id: RequestId) -> Error {
    Error::NotFound(format!("the meeting {id} in the agenda"))
}

fn clash() -> Error {
    Error::Clash("what is said of this meeting".to_owned())
}

/// The meetings of a version that count, with the request of each, in the order of time.
fn counted(meetings: &[timetables::Placed], requests: Vec<Request>) -> Vec<(timetables::Placed, Request)> {
    let mut by_id: BTreeMap<RequestId, Request> = requests.into_iter().map(|one| (one.id, one)).collect();
    let of = |meeting: &timetables::Placed| {
        let request = by_id.remove(&meeting.request).filter(|request| model::counts(request, meeting))?;
        Some((*meeting, request))
    };
    let mut found: Vec<_> = meetings.iter().filter_map(of).collect();
    found.sort_by_key(|(meeting, _)| (meeting.starts, meeting.room, meeting.table));
    found
}

/// A meeting of a participant, with what it said of it.
#[derive(Clone, Debug)]
pub struct Own {
    /// When and where.
    pub meeting: timetables::Placed,
    /// The other participant.
    pub with: Participant,
    /// Whether something can be said of it.
    pub begun: bool,
    /// What it said of it.
    pub outcome: Option<Outcome>,
}

/// The published meetings of a participant, in the order of time, with what it said of them.
///
/// # Errors
/// When the database fails.
pub async fn of_seat(app: &App, seat: &Seat) -> Result<Vec<Own>, Error> {
    of_participant(app, &seat.event, seat.participant.id).await
}

async fn of_participant(app: &App, event: &Event, id: ParticipantId) -> Result<Vec<Own>, Error> {
    let Some(version) = timetables::published(app, event).await? else { return Ok(Vec::new()) };
    let requests = store::requests::of_event(&app.database, event.id, Some(id)).await?;
    let mut others = by_id(store::participants::of_event(&app.database, event.id).await?);
    let mut said: BTreeMap<RequestId, Outcome> = store::outcomes::of_event(&app.database, event.id, Some(id))
        .await?
        .into_iter()
        .map(|outcome| (outcome.request, outcome))
        .collect();
    let now = app.clock.now();
    let of = |(meeting, request): (timetables::Placed, Request)| {
        Some(Own {
            with: others.remove(&request.other(id))?,
            begun: model::has_begun(&meeting, now),
            outcome: said.remove(&request.id),
            meeting,
        })
    };
    Ok(counted(&version.meetings, requests).into_iter().filter_map(of).collect())
}

fn by_id(participants: Vec<Participant>) -> BTreeMap<ParticipantId, Participant> {
    participants.into_iter().map(|one| (one.id, one)).collect()
}

/// Says for a participant what came of one of its meetings, over the revision that was read; `said` none takes it back.
///
/// # Errors
/// [`Error::NotFound`] for a meeting of others, or one that is not published; [`Error::Worded`] before it has begun;
/// [`Error::Clash`] when something was said of it in between.
pub async fn say(
    app: &App,
    actor: &Actor,
    seat: &Seat,
    request: RequestId,
    (seen, said): (Option<i64>, Option<Said>),
) -> Result<(), Error> {
    write(app, actor, &seat.event, (&seat.participant, seat.runs), request, (seen, said)).await
}

/// The same, noted by the team of the event for one of the two sides.
///
/// # Errors
/// As [`say`]; also [`Error::NotFound`] for an event of somebody else, or a participant that is no side of the meeting.
pub async fn note(
    app: &App,
    actor: &Actor,
    (id, request, participant): (EventId, RequestId, ParticipantId),
    (seen, said): (Option<i64>, Option<Said>),
) -> Result<(), Error> {
    let event = editable(app, actor, id).await?;
    let found = store::participants::one(&app.database, Some(participant), None).await?;
    let found = found.ok_or_else(|| no_such_meeting(request))?;
    write(app, actor, &event, (&found, true), request, (seen, said)).await
}

async fn write(
    app: &App,
    actor: &Actor,
    event: &Event,
    (participant, by_team): (&Participant, bool),
    request: RequestId,
    (seen, said): (Option<i64>, Option<Said>),
) -> Result<(), Error> {
    let own = of_participant(app, event, participant.id).await?.into_iter().find(|own| own.meeting.request == request);
    let own = own.ok_or_else(|| no_such_meeting(request))?;
    if !own.begun {
        return Err(Error::worded("event-outcomes-too-early", &[]));
    }
    let before = own.outcome;
    if before.as_ref().map(|outcome| outcome.revision) != seen {
        return Err(clash());
    }
    let said = said.map(Said::sound);
    // By whom it was noted is as much of it as what: the same words from the participant itself are its own.
    if before.as_ref().map(|outcome| (&outcome.said, outcome.by_team)) == said.as_ref().map(|said| (said, by_team)) {
        return Ok(());
    }
    let now = app.clock.now();
    let after = said.map(|said| Outcome {
        request,
        participant: participant.id,
        revision: seen.unwrap_or_default() + 1,
        said,
        by_team,
        said_at: now,
    });
    let told = (told(participant, request, before.as_ref()), told(participant, request, after.as_ref()));
    transact!(app.database, transaction => {
        let written = match (&after, seen) {
            (Some(after), seen) => {
                store::outcomes::put(transaction, event.place(), after, actor.person(), seen).await?
            }
            (None, Some(seen)) => {
                store::outcomes::remove(transaction, event.cluster, (request, participant.id), seen).await?
            }
            (None, None) => true,
        };
        if !written {
            return Err(clash());
        }
        tell(transaction, actor, now, event, "outcome", told.clone()).await
    })
}

/// What the trail is told: not the words, which may name people.
fn told(participant: &Participant, request: RequestId, outcome: Option<&Outcome>) -> Json {
    outcome.map_or(Json::Null, |outcome| {
        json!({
            "participant": participant.name, "request": request, "kept": outcome.said.kept, "second": outcome.said.second,
            "rating": outcome.said.rating, "has_words": !outcome.said.words.is_empty(), "by_team": outcome.by_team,
        })
    })
}

/// What came of an event.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The event.
    pub event: Event,
    /// Who takes part, or did.
    pub participants: Vec<Participant>,
    /// What the requests came to.
    pub requests: Tally,
    /// Whether there is a published timetable.
    pub published: bool,
    /// Its meetings, in the order of time.
    pub met: Vec<Met>,
}

impl Overview {
    /// How many of the requests that were answered were accepted.
    #[must_use]
    pub fn accepted(&self) -> Share {
        Share { count: self.requests.accepted, of: self.requests.accepted + self.requests.declined }
    }

    /// How many of those who take part have two meetings or more.
    #[must_use]
    pub fn enough(&self) -> Share {
        let taking = self.each().into_iter().filter(|one| one.participant.standing == super::Standing::Confirmed);
        taking.fold(Share::default(), |share, one| Share {
            count: share.count + usize::from(one.has_enough()),
            of: share.of + 1,
        })
    }

    /// What the meetings of each participant came to.
    #[must_use]
    pub fn each(&self) -> Vec<Each> {
        each(&self.participants, &self.met)
    }
}

/// What came of an event of the actor's cluster.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else.
pub async fn results(app: &App, actor: &Actor, id: EventId) -> Result<Overview, Error> {
    let event = open_event(app, actor, id).await?;
    of_event(app, event).await
}

async fn of_event(app: &App, event: Event) -> Result<Overview, Error> {
    let participants = store::participants::of_event(&app.database, event.id).await?;
    let requests = store::requests::of_event(&app.database, event.id, None).await?;
    let tally = Tally::of(&requests);
    let version = timetables::published(app, &event).await?;
    let mut said: BTreeMap<(RequestId, ParticipantId), Outcome> =
        store::outcomes::of_event(&app.database, event.id, None)
            .await?
            .into_iter()
            .map(|outcome| ((outcome.request, outcome.participant), outcome))
            .collect();
    let known: BTreeMap<ParticipantId, &Participant> = participants.iter().map(|one| (one.id, one)).collect();
    let now = app.clock.now();
    let mut side = |request: RequestId, id: ParticipantId| {
        Some(Side { participant: (*known.get(&id)?).clone(), outcome: said.remove(&(request, id)) })
    };
    let met = counted(version.as_ref().map_or(&[], |version| &version.meetings), requests)
        .into_iter()
        .filter_map(|(meeting, request)| {
            let sides = [side(request.id, request.from)?, side(request.id, request.to)?];
            Some(Met { sides, begun: model::has_begun(&meeting, now), meeting })
        })
        .collect();
    Ok(Overview { event, participants, requests: tally, published: version.is_some(), met })
}

/// What came of an event, and those of its meetings that a question keeps.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else; [`Error::Input`] for a value that the question cannot have.
pub async fn list(app: &App, actor: &Actor, id: EventId, filter: &Filter) -> Result<(Overview, Vec<Met>), Error> {
    if let Some((field, value)) = filter.wrong() {
        return Err(Error::input(format!("`{field}` cannot be `{value}`: take one of those on the page")));
    }
    let overview = results(app, actor, id).await?;
    let kept = overview.met.iter().filter(|met| filter.keeps(met)).cloned().collect();
    Ok((overview, kept))
}

/// One published meeting of an event of the actor's cluster, with what came of it, to be noted.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else, or a meeting that is not in its agenda.
pub async fn one(app: &App, actor: &Actor, id: EventId, request: RequestId) -> Result<(Event, Met), Error> {
    let event = editable(app, actor, id).await?;
    let overview = of_event(app, event).await?;
    let met = overview.met.into_iter().find(|met| met.meeting.request == request);
    Ok((overview.event, met.ok_or_else(|| no_such_meeting(request))?))
}

/// A meeting for programs: what each side says without its words, which are for the team's eyes only.
#[must_use]
pub fn json_of(met: &Met) -> Json {
    let side = |side: &Side| {
        let one = &side.participant;
        json!({
            "id": one.id, "name": one.name, "organisation": one.organisation, "country": one.country,
            "delegation": one.delegation, "kept": side.said().map(|said| said.kept),
            "second": side.said().and_then(|said| said.second), "rating": side.said().and_then(|said| said.rating),
            "noted_by_team": side.outcome.as_ref().map(|outcome| outcome.by_team),
        })
    };
    json!({
        "request": met.meeting.request, "starts": met.meeting.starts.to_jiff().to_string(),
        "ends": met.meeting.ends.to_jiff().to_string(), "sides": met.sides.each_ref().map(side),
        "came": met.came().key(), "second": met.second().key(),
    })
}

/// Whom an organisation met at an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Together {
    /// The event.
    pub event: EventId,
    /// What it is called.
    pub event_name: String,
    /// Its last day.
    pub ends_on: String,
    /// The meeting.
    pub request: RequestId,
    /// The other participant.
    pub other: String,
    /// Its record in the directory, where it has one.
    pub other_organisation: Option<OrganisationId>,
    /// What became of the meeting.
    pub came: Came,
    /// Whether there is to be a second one.
    pub second: Second,
}

/// Whom an organisation met at the events of the actor's cluster, the latest event first: meetings that were held, and
/// those of which somebody wants a second one.
///
/// # Errors
/// When the actor is of no team.
pub async fn met_by(app: &App, actor: &Actor, organisation: OrganisationId) -> Result<Vec<Together>, Error> {
    let cluster = own_cluster(actor, Action::ReadEvents)?;
    let heard = store::outcomes::of_organisation(&app.database, cluster.id, organisation).await?;
    let together = heard.chunk_by(|one, other| one.request_id == other.request_id).filter_map(|sides| {
        let one = sides.first()?;
        let of = |at: usize| sides.get(at);
        let found = Together {
            event: one.event_id,
            event_name: one.event.clone(),
            ends_on: one.ends_on.clone(),
            request: one.request_id,
            other: one.other.clone(),
            other_organisation: one.other_organisation,
            came: Came::of(true, [of(0).map(|side| side.kept), of(1).map(|side| side.kept)]),
            second: Second::of([of(0).and_then(|side| side.second), of(1).and_then(|side| side.second)]),
        };
        (found.came == Came::Kept || found.second.has_a_wish()).then_some(found)
    });
    Ok(together.collect())
}
