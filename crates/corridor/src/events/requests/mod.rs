//! Who asks to meet whom: asked and answered by participants in their seats, set and looked over by the team.
//!
//! What is decided about two participants is decided while both are held, on what stands in the database then: two who ask
//! each other at once agree, and of two people who answer at once the second is told.

mod jobs;
pub(super) mod letters;
mod model;
pub mod muting;
mod suggestions;
mod team;

use serde_json::{Value as Json, json};

pub use jobs::{RemindOfRequests, remind_of_all};
pub use model::{Answer, Obstacle, Party, Tally};
pub use suggestions::Suggestion;
pub use team::{Filter, Line, json_of, list, set};

use super::{
    Attendee, Event, EventState, Participant, ParticipantId, Request, RequestId, RequestState, Wish, attending::Seat,
    participants, slots, store, tell, today_at,
};
use crate::{
    accounts::Actor,
    foundation::{
        database::Transaction,
        errors::{Error, FieldProblem},
        instance::App,
        languages::Language,
        time::Timestamp,
    },
};
use model::{Asking, Ground, asking, counted};

/// The longest message of a request.
pub const LONGEST_MESSAGE: usize = 1_000;

fn kept(text: &str) -> String {
    text.trim().chars().filter(|c| *c == '\n' || !c.is_control()).take(LONGEST_MESSAGE).collect()
}

/// An obstacle as the form tells it that met it.
fn cannot(field: &str, obstacle: Obstacle) -> Error {
    let problem = FieldProblem { field: field.to_owned(), message: obstacle.key().to_owned(), value: String::new() };
    Error::Invalid(vec![problem])
}

fn no_such_request(id: RequestId) -> Error {
    Error::NotFound(format!("the request {id}"))
}

/// The event as requests see it now.
fn ground<'a>(app: &App, event: &'a Event) -> Ground<'a> {
    let (now, today) = (app.clock.now(), today_at(app, event));
    Ground {
        setup: &event.setup,
        open: event.takes_requests(today),
        over: event.is_over(today) || event.state == EventState::Cancelled,
        slots: slots(&event.setup).into_iter().filter(|slot| slot.starts > now).collect(),
    }
}

/// Two participants with their people and whom to write to: what is read before a transaction begins.
struct Two {
    ids: (ParticipantId, ParticipantId),
    people: (Vec<Attendee>, Vec<Attendee>),
    readers: (Vec<letters::Reader>, Vec<letters::Reader>),
    /// Of the readers of the other those who want to hear of what waits for them.
    told: Vec<letters::Reader>,
}

async fn two(app: &App, actor: &Actor, event: &Event, me: &Participant, other: ParticipantId) -> Result<Two, Error> {
    let other = store::participants::one(&app.database, Some(other), None)
        .await?
        .filter(|other| other.event == event.id)
        .ok_or_else(|| participants::no_such(other))?;
    let people = (
        store::people::of_participant(&app.database, me.id).await?,
        store::people::of_participant(&app.database, other.id).await?,
    );
    // Nobody of a demonstration writes to real people.
    let readers = match actor.is_of_the_demonstration() {
        true => (Vec::new(), Vec::new()),
        false => {
            let accounts = letters::accounts(app, &[me, &other]).await?;
            let of = |one, people| letters::readers(app, one, people, &accounts);
            (of(me, &people.0), of(&other, &people.1))
        }
    };
    let muted = store::muted::of_event(&app.database, event.id).await?;
    let told = letters::unmuted(&readers.1, &muted);
    Ok(Two { ids: (me.id, other.id), people, readers, told })
}

/// The two as they stand while they are held, with the request between them.
struct Held {
    me: Participant,
    other: Participant,
    counts: ((usize, usize), (usize, usize)),
    between: Option<Request>,
}

impl Held {
    async fn of(transaction: &mut Transaction, event: &Event, two: &Two) -> Result<Self, Error> {
        let (me, other) = two.ids;
        let both = store::participants::hold(transaction, event.place(), two.ids).await?;
        let of = |id| both.iter().find(|one| one.id == id).cloned().ok_or_else(|| participants::no_such(id));
        let (me, other) = (of(me)?, of(other)?);
        let requests = store::requests::of_two(transaction, event.id, two.ids).await?;
        let counts = (counted(&me, &requests), counted(&other, &requests));
        let is_between = |one: &Request| {
            me.id != other.id && [one.from, one.to].contains(&me.id) && [one.from, one.to].contains(&other.id)
        };
        let between = requests.into_iter().find(is_between);
        Ok(Held { me, other, counts, between })
    }

    fn parties<'a>(&'a self, two: &'a Two) -> (Party<'a>, Party<'a>) {
        let party = |participant, people, (accepted, sent)| Party { participant, people, accepted, sent };
        (party(&self.me, &two.people.0, self.counts.0), party(&self.other, &two.people.1, self.counts.1))
    }
}

fn told(request: &Request) -> Json {
    json!({ "request": request.id, "from": request.from, "to": request.to, "state": request.state, "by_team": request.by_team })
}

/// Writes a request over the state in which it was read, and tells the trail.
async fn write(
    transaction: &mut Transaction,
    actor: &Actor,
    event: &Event,
    (before, after): (Option<&Request>, &Request),
    now: Timestamp,
) -> Result<(), Error> {
    let written = match before {
        None => store::requests::put(transaction, event.place(), after).await?,
        Some(before) => store::requests::replace(transaction, event.cluster, after, before.state).await?,
    };
    if !written {
        return Err(clash());
    }
    if actor.is_of_the_demonstration() {
        store::requests::hush(transaction, event.cluster, after.id).await?;
    }
    let changed = (before.map_or(Json::Null, told), told(after));
    tell(transaction, actor, now, event, &format!("request_{}", after.state.key()), changed).await
}

fn clash() -> Error {
    Error::Clash("the request to meet".to_owned())
}

/// Tells whoever a request waits for, unless it was told within the day: then the daily letter does.
async fn tell_of_waiting(
    transaction: &mut Transaction,
    app: &App,
    event: &Event,
    (waits, other): (&Participant, &Participant),
    (readers, words): (&[letters::Reader], &str),
    now: Timestamp,
) -> Result<(), Error> {
    let since = now.plus_seconds(-model::BETWEEN_LETTERS);
    if readers.is_empty() || !store::participants::tell_once(transaction, event.cluster, waits.id, since, now).await? {
        return Ok(());
    }
    let count = store::requests::waiting_for(transaction, event.id, waits.id).await?;
    let (other, words) = if count == 1 { (other.name.as_str(), words) } else { ("", "") };
    let what = if count == 1 { "asked-by" } else { "asked" };
    let notice = letters::Notice { what, participant: waits, other, count, words };
    letters::write(transaction, app, event, &notice, readers, now).await
}

/// Asks to meet another participant; where that one asked first, it is accepted. Says what the request is at.
///
/// # Errors
/// [`Error::Invalid`] with the [`Obstacle`]; [`Error::NotFound`] for a participant of no or of another event.
pub async fn ask(
    app: &App,
    actor: &Actor,
    seat: &Seat,
    other: ParticipantId,
    (wish, message): (Wish, &str),
) -> Result<RequestState, Error> {
    let (event, now, message) = (&seat.event, app.clock.now(), kept(message));
    let ground = ground(app, event);
    let two = two(app, actor, event, &seat.participant, other).await?;
    let state = transact!(app.database, transaction => {
        let held = Held::of(transaction, event, &two).await?;
        let (me, other) = held.parties(&two);
        let asking = asking(&ground, &me, &other, held.between.as_ref()).map_err(|found| cannot("to", found))?;
        let after = match (asking, &held.between) {
            (Asking::Accepts(_), Some(between)) => {
                let accept = Answer::Accept(wish);
                model::answered(&ground, (&me, &other), between, (&accept, &message), now)
                    .map_err(|found| cannot("to", found))?
            }
            (asking, _) => Request {
                id: if let Asking::Again(id) = asking { id } else { RequestId::new() },
                from: held.me.id,
                to: held.other.id,
                state: RequestState::Waiting,
                wish,
                answer_wish: Wish::Meet,
                message: message.clone(),
                answer: String::new(),
                sessions: Vec::new(),
                by_team: false,
                asked_at: now,
                answered_at: None,
            },
        };
        write(transaction, actor, event, (held.between.as_ref(), &after), now).await?;
        if after.state == RequestState::Accepted {
            let notice = letters::Notice {
                what: "accepted",
                participant: &held.other,
                other: &held.me.name,
                count: 1,
                words: &message,
            };
            letters::write(transaction, app, event, &notice, &two.readers.1, now).await?;
        } else {
            let letter = (two.told.as_slice(), message.as_str());
            tell_of_waiting(transaction, app, event, (&held.other, &held.me), letter, now).await?;
        }
        Ok(after.state)
    })?;
    app.jobs.notify_one();
    Ok(state)
}

/// Answers a request, or takes it back; `seen` is what it was at when it was read.
///
/// # Errors
/// [`Error::Clash`] when it was answered in between; [`Error::Invalid`] with the [`Obstacle`]; [`Error::NotFound`] for a
/// request of others.
pub async fn answer(
    app: &App,
    actor: &Actor,
    seat: &Seat,
    id: RequestId,
    seen: RequestState,
    (given, words): (&Answer, &str),
) -> Result<RequestState, Error> {
    let (event, now, words) = (&seat.event, app.clock.now(), kept(words));
    let ground = ground(app, event);
    let me = seat.participant.id;
    let known = store::requests::one(&app.database, event.id, id).await?;
    let known = known.filter(|one| one.from == me || one.to == me).ok_or_else(|| no_such_request(id))?;
    let two = two(app, actor, event, &seat.participant, known.other(me)).await?;
    let state = transact!(app.database, transaction => {
        let held = Held::of(transaction, event, &two).await?;
        let before = held.between.as_ref().ok_or_else(|| no_such_request(id))?;
        if before.state != seen {
            return Err(clash());
        }
        let (own, other) = held.parties(&two);
        let after = model::answered(&ground, (&own, &other), before, (given, &words), now)
            .map_err(|found| cannot(&id.to_string(), found))?;
        write(transaction, actor, event, (Some(before), &after), now).await?;
        let what = match (before.state, after.state) {
            (_, RequestState::Accepted) => Some("accepted"),
            (RequestState::Accepted, _) => Some("called-off"),
            _ => None,
        };
        if let Some(what) = what {
            let notice =
                letters::Notice { what, participant: &held.other, other: &held.me.name, count: 1, words: &words };
            letters::write(transaction, app, event, &notice, &two.readers.1, now).await?;
        } else if after.state == RequestState::Countered {
            let letter = (two.told.as_slice(), words.as_str());
            tell_of_waiting(transaction, app, event, (&held.other, &held.me), letter, now).await?;
        }
        Ok(after.state)
    })?;
    app.jobs.notify_one();
    Ok(state)
}

/// A request of a participant, with the other one and its people.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The request.
    pub request: Request,
    /// The other participant.
    pub other: Participant,
    /// Its people: named once the two have agreed to meet.
    pub people: Vec<Attendee>,
}

/// The requests in which a participant stands, in the order in which they were asked.
///
/// # Errors
/// When the database fails.
pub async fn of_seat(app: &App, seat: &Seat) -> Result<Vec<Exchange>, Error> {
    let own = seat.participant.id;
    let requests = store::requests::of_event(&app.database, seat.event.id, Some(own)).await?;
    let known = participants::with_people(app, seat.event.id).await?;
    let exchange = |request: Request| {
        let (other, people) = known.iter().find(|(one, _)| one.id == request.other(own))?;
        let people = if request.state == RequestState::Accepted { people.clone() } else { Vec::new() };
        Some(Exchange { request, other: other.clone(), people })
    };
    Ok(requests.into_iter().filter_map(exchange).collect())
}

/// Another participant, and whether it can be asked.
#[derive(Clone, Debug)]
pub struct Other {
    /// Who it is.
    pub participant: Participant,
    /// Why it cannot be asked; none: it can.
    pub obstacle: Option<Obstacle>,
    /// Whether it asked already, so that asking it accepts.
    pub asked: bool,
}

/// Whom a participant can meet.
#[derive(Clone, Debug, Default)]
pub struct Whom {
    /// What the participant sent and has not been declined, of how many it may.
    pub sent: usize,
    /// How many it may send; none: any number.
    pub cap: Option<u32>,
    /// Its meetings that were accepted.
    pub accepted: usize,
    /// Meetings it should have at least.
    pub minimum: u32,
    /// Meetings it may have at most.
    pub maximum: Option<u32>,
    /// The others, by name.
    pub others: Vec<Other>,
    /// The best of those who can be asked, with reasons.
    pub suggestions: Vec<Suggestion>,
}

/// Whom a participant can meet, and whom it is advised to: asked of the ranking once.
///
/// # Errors
/// When the database or the ranking fails. Who does not take part itself is shown nobody.
pub async fn whom(app: &App, seat: &Seat, language: Language) -> Result<Whom, Error> {
    let event = &seat.event;
    if seat.participant.standing != super::Standing::Confirmed {
        return Ok(Whom::default());
    }
    let ground = ground(app, event);
    let known = participants::with_people(app, event.id).await?;
    let accepted = store::requests::accepted(&app.database, event.id).await?;
    let requests = store::requests::of_event(&app.database, event.id, Some(seat.participant.id)).await?;
    let held = |id: ParticipantId| accepted.get(&id).copied().unwrap_or_default();
    let (own_accepted, sent) = counted(&seat.participant, &requests);
    let people = known.iter().find(|(one, _)| one.id == seat.participant.id).map_or(&[][..], |(_, people)| people);
    let me = Party { participant: &seat.participant, people, accepted: own_accepted, sent };
    let mut others = Vec::new();
    for (participant, people) in &known {
        if participant.id == me.participant.id || participant.standing != super::Standing::Confirmed {
            continue;
        }
        let other = Party { participant, people, accepted: held(participant.id), sent: 0 };
        let between = requests.iter().find(|request| request.other(me.participant.id) == participant.id);
        let asked = asking(&ground, &me, &other, between);
        others.push(Other {
            participant: participant.clone(),
            obstacle: asked.err(),
            asked: matches!(asked, Ok(Asking::Accepts(_))),
        });
    }
    let suggestions = suggestions::suggest(app, &seat.participant, &others, language).await?;
    Ok(Whom {
        sent,
        cap: me.cap(&event.setup),
        accepted: own_accepted,
        minimum: me.minimum(&event.setup),
        maximum: me.maximum(&event.setup),
        others,
        suggestions,
    })
}
