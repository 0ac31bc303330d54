//! The tab «Day» of an event: who is there, what goes otherwise, planning anew.

pub(super) mod incidents;
pub(super) mod replan;

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use fluent_bundle::FluentValue;
use minijinja::{Value, context};

use super::{head, participants::shown};
use crate::{
    accounts::{Acting, Action, Resource},
    events::{
        Attendee, AttendeeId, Event, EventId, ParticipantId, Request, RequestId, SlotTime,
        day::{self, Day, Incident, Shown, What},
        slots,
        timetables::{Placed, agenda},
    },
    foundation::{errors::Error, time::Timestamp},
};

/// Participants on one page.
const ROWS: usize = 40;

/// A moment on the clock of the event; with its day where the event has several.
fn moment(acting: &Acting, event: &Event, time: Timestamp) -> String {
    let zoned = event.setup.zone().at(time);
    let clock = acting.language.clock(zoned.time());
    if has_day(event, zoned.date()) { format!("{}, {clock}", acting.language.day(zoned.date())) } else { clock }
}

/// The same within a sentence.
fn moment_said(acting: &Acting, event: &Event, time: Timestamp) -> String {
    let zoned = event.setup.zone().at(time);
    let clock = acting.language.clock(zoned.time());
    if !has_day(event, zoned.date()) {
        return clock;
    }
    let values = [("day", FluentValue::from(acting.language.day(zoned.date()))), ("clock", FluentValue::from(clock))];
    acting.app.texts.say(acting.language, "day-moment", &values)
}

/// Whether a day has to be named: the event has several, or it is another one.
fn has_day(event: &Event, day: jiff::civil::Date) -> bool {
    event.setup.days.len() > 1 || Some(day) != event.setup.first_day().map(|day| day.0)
}

/// What was noted, in words.
fn words(acting: &Acting, day: &Day, incident: &Incident) -> String {
    let names = day.names();
    let name = |id: &ParticipantId| names.get(id).copied().unwrap_or_default();
    let event = &day.event;
    let from = moment_said(acting, event, incident.from);
    let until = incident.until.map(|until| moment_said(acting, event, until));
    let mut values: Vec<(&str, FluentValue<'_>)> = vec![("from", from.as_str().into())];
    if let Some(until) = &until {
        values.push(("until", until.as_str().into()));
    }
    let span = if until.is_some() { "until" } else { "end" };
    let key = match incident.what {
        What::Away { participant, person } => {
            let people = day.participant(participant).map_or(&[][..], |(_, people)| people);
            let person = people.iter().find(|one| Some(one.id) == person).filter(|_| person.is_some());
            let who = match person {
                Some(person) if !person.name.is_empty() => format!("{} ({})", person.name, name(&participant)),
                _ => name(&participant).to_owned(),
            };
            values.push(("who", who.into()));
            format!("day-said-away-{span}")
        }
        What::Table { room, table } => {
            let room = event.setup.rooms.get(room).filter(|_| event.setup.rooms.len() > 1);
            values.push(("table", table.to_string().into()));
            values.push(("room", room.map_or("", |room| room.name.as_str()).to_owned().into()));
            format!("day-said-table{}-{span}", if room.is_some() { "-room" } else { "" })
        }
        What::CalledOff { request } => {
            let requests = day.by_request();
            let [one, other] = requests.get(&request).map_or(["", ""], |of| [name(&of.from), name(&of.to)]);
            values.push(("one", one.to_owned().into()));
            values.push(("other", other.to_owned().into()));
            "day-said-called-off".to_owned()
        }
    };
    acting.app.texts.say(acting.language, &key, &values)
}

/// A meeting in a list: when, where, who meets whom.
fn meeting(
    acting: &Acting,
    event: &Event,
    held: &Placed,
    requests: &BTreeMap<RequestId, &Request>,
    names: &BTreeMap<ParticipantId, &str>,
) -> Value {
    let name = |id: &ParticipantId| names.get(id).copied().unwrap_or_default();
    let [one, other] = requests.get(&held.request).map_or(["", ""], |of| [name(&of.from), name(&of.to)]);
    context! {
        request => held.request.to_string(),
        when => moment(acting, event, held.starts),
        place => agenda::place_words(&acting.app, acting.language, event, held),
        one, other,
    }
}

/// The beginnings of the slots that are still to come, as a form offers them.
fn times(acting: &Acting, event: &Event, now: Timestamp) -> Vec<Value> {
    let coming = |slot: &SlotTime| slot.starts > now;
    slots(&event.setup)
        .into_iter()
        .filter(coming)
        .map(|slot| context! { value => slot.starts.0.to_string(), label => moment(acting, event, slot.starts) })
        .collect()
}

/// What holds of somebody, in words.
fn away(acting: &Acting, day: &Day, participant: ParticipantId, person: &Attendee) -> Option<String> {
    let is = |incident: &&Incident| match incident.what {
        What::Away { participant: of, person: who } => of == participant && who.is_none_or(|who| who == person.id),
        _ => false,
    };
    let found = day.incidents.iter().filter(|incident| incident.ended_at.is_none()).find(is);
    found.map(|incident| {
        let until = incident.until.map(|until| moment_said(acting, &day.event, until));
        let from = moment_said(acting, &day.event, incident.from);
        let values =
            [("from", FluentValue::from(from)), ("until", FluentValue::from(until.clone().unwrap_or_default()))];
        let key = if until.is_some() { "day-badge-until" } else { "day-badge-from" };
        acting.app.texts.say(acting.language, key, &values)
    })
}

fn people(acting: &Acting, day: &Day, participant: ParticipantId, people: &[Attendee]) -> Vec<Value> {
    let zone = day.event.setup.zone();
    let one = |person: &Attendee| {
        context! {
            id => person.id.to_string(),
            name => person.name.as_str(),
            job => person.job.as_str(),
            here => person.checked_in_at.map(|at| acting.language.clock(zone.at(at).time())),
            away => away(acting, day, participant, person),
        }
    };
    people.iter().map(one).collect()
}

#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Looked {
    q: String,
    show: String,
    page: usize,
}

pub(super) async fn index(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(looked): Query<Looked>,
) -> Result<Response, Error> {
    let day = day::look(&acting.app, &acting.actor, id).await?;
    let presence = day::presence(&day.all);
    let show = Shown::of(&looked.show);
    let found = day::found(day.all.clone(), &looked.q, show);
    let last = found.len().div_ceil(ROWS).max(1);
    let page = looked.page.clamp(1, last);
    let groups: Vec<Value> = found
        .iter()
        .skip((page - 1) * ROWS)
        .take(ROWS)
        .map(|(participant, of)| {
            context! {
                participant => shown(&day.event, participant, &[]),
                people => people(&acting, &day, participant.id, of),
            }
        })
        .collect();
    let count = |one: Shown| match one {
        Shown::All => presence.people,
        Shown::Expected => presence.people - presence.here,
        Shown::Here => presence.here,
    };
    let shows: Vec<Value> = Shown::ALL
        .into_iter()
        .map(|one| context! { key => one.key(), count => count(one), current => one == show })
        .collect();
    let context = context! {
        event => head(&acting, &day.event),
        tab => "day",
        here => presence.here, people => presence.people,
        participants_here => presence.participants_here, participants => presence.participants,
        groups,
        found => found.len(),
        shows,
        q => looked.q.as_str(), show => show.key(),
        page_of_list => page,
        last,
        incidents => day.incidents.iter().filter(|one| one.ended_at.is_none()).count(),
        unplanned => day.unplanned(),
        published => day.published.is_some(),
        may_edit => acting.may(Action::EditEvents, Resource::Cluster(day.event.cluster)).is_ok(),
    };
    Ok(acting.page("events/day.html", context).await?.into_response())
}

#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Arrival {
    person: String,
    here: String,
    /// The participant on whose page it was pressed.
    participant: String,
    /// The search on whose list it was pressed, as an address says it.
    back: String,
}

/// What can stand in an address after its question mark; anything else is left out.
fn query(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || "=&%+._~-".contains(*c)).take(600).collect()
}

pub(super) async fn check_in(
    acting: Acting,
    Path(id): Path<EventId>,
    Form(arrival): Form<Arrival>,
) -> Result<Response, Error> {
    let person: AttendeeId = arrival.person.parse().map_err(|_| Error::input("`person` is nobody at this event"))?;
    day::check_in(&acting.app, &acting.actor, id, person, arrival.here == "yes").await?;
    // Back to where it was pressed.
    let to = match arrival.participant.parse::<ParticipantId>() {
        Ok(participant) => format!("/events/{id}/day/participants/{participant}"),
        Err(_) => format!("/events/{id}/day?{}#p-{person}", query(&arrival.back)),
    };
    Ok(Redirect::to(&to).into_response())
}

pub(super) async fn participant(
    acting: Acting,
    Path((id, participant)): Path<(EventId, ParticipantId)>,
) -> Result<Response, Error> {
    let day = day::to_note(&acting.app, &acting.actor, id).await?;
    let now = acting.app.clock.now();
    let (found, of) = day.participant(participant).ok_or_else(|| crate::events::participants::no_such(participant))?;
    let (requests, names) = (day.by_request(), day.names());
    let own = |held: &&Placed| requests.get(&held.request).is_some_and(|of| [of.from, of.to].contains(&participant));
    let meetings: Vec<Value> = day
        .meetings()
        .iter()
        .filter(own)
        .map(|held| {
            let with = requests.get(&held.request).and_then(|of| names.get(&of.other(participant)));
            let is_off =
                |one: &Incident| one.ended_at.is_none() && one.what == What::CalledOff { request: held.request };
            context! {
                with => with.copied().unwrap_or_default(),
                begun => held.starts <= now,
                off => day.incidents.iter().any(is_off),
                ..meeting(&acting, &day.event, held, &requests, &names)
            }
        })
        .collect();
    let who: Vec<Value> = std::iter::once((String::new(), acting.say("day-all-people")))
        .chain(of.iter().filter(|_| of.len() > 1).map(|person| (person.id.to_string(), person.name.clone())))
        .map(|(value, label)| context! { value, label => if label.is_empty() { acting.say("events-nobody-named") } else { label } })
        .collect();
    let noted: Vec<Value> = day
        .incidents
        .iter()
        .filter(|one| one.ended_at.is_none())
        .filter(|one| matches!(one.what, What::Away { participant: of, .. } if of == participant))
        .map(|one| context! { id => one.id.to_string(), words => words(&acting, &day, one), planned => one.version.is_some() })
        .collect();
    let context = context! {
        event => head(&acting, &day.event),
        tab => "day",
        participant => shown(&day.event, found, &[]),
        people => people(&acting, &day, participant, of),
        meetings,
        noted,
        who,
        times => times(&acting, &day.event, now),
        published => day.published.is_some(),
    };
    Ok(acting.page("events/day/participant.html", context).await?.into_response())
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn an_address_to_go_back_to_holds_nothing_else() {
        assert_eq!(query("q=l%C3%A9o+b&show=here&page=2"), "q=l%C3%A9o+b&show=here&page=2");
        assert_eq!(query("q=1\r\nSet-Cookie: x#/é"), "q=1Set-Cookiex");
    }
}
