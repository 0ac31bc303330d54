//! What somebody has before them, as a page that prints and as a private calendar; and the big screen of an event.

use axum::{
    Form,
    extract::Path,
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use minijinja::{Value, context};

use super::{
    attending::{TELLS_NOBODY, seated},
    head,
    participants::shown,
};
use crate::{
    accounts::Acting,
    events::{
        AttendeeId, EventId, attending,
        timetables::{
            self, Change, Placed,
            agenda::{self, Line, Whose, hours, place_words},
        },
    },
    foundation::{errors::Error, secrets::Secret},
};

/// Days of an agenda with their meetings.
fn days(acting: &Acting, whose: &Whose, lines: &[Line]) -> Vec<Value> {
    let event = &whose.seat.event;
    let zone = event.setup.zone();
    let mut days: Vec<(String, Vec<Value>)> = Vec::new();
    for line in lines {
        let on = zone.at(line.meeting.starts).date().to_string();
        let shown = context! {
            hours => hours(acting.language, &zone, &line.meeting),
            place => place_words(&acting.app, acting.language, event, &line.meeting),
            was => line.was.map(|was| was_words(acting, whose, &line.meeting, &was)),
            with => line.with.name.as_str(),
            country => line.with.country.as_str(),
            their => line.their.as_str(),
            own => line.own.as_str(),
            offers => line.with.offers.as_str(),
            seeks => line.with.seeks.as_str(),
            words => line.words.clone(),
        };
        match days.last_mut() {
            Some((day, of)) if *day == on => of.push(shown),
            _ => days.push((on, vec![shown])),
        }
    }
    days.into_iter().map(|(on, meetings)| context! { on, meetings }).collect()
}

/// Where a meeting was before it was moved today, on the clock of the event; with the day where that is another one.
fn was_words(acting: &Acting, whose: &Whose, now: &Placed, was: &Placed) -> String {
    let event = &whose.seat.event;
    let zone = event.setup.zone();
    let place = place_words(&acting.app, acting.language, event, was);
    let clock = hours(acting.language, &zone, was);
    let on = zone.at(was.starts).date();
    if zone.at(now.starts).date() == on {
        format!("{clock}, {place}")
    } else {
        format!("{}, {clock}, {place}", acting.language.day(on))
    }
}

async fn page(acting: &Acting, whose: &Whose, made: Option<(AttendeeId, &Secret)>) -> Result<Response, Error> {
    let seat = &whose.seat;
    let published = timetables::published(&acting.app, &seat.event).await?;
    let lines = agenda::agenda(&acting.app, whose).await?;
    let gone = agenda::fallen_away(&acting.app, whose).await?;
    let zone = seat.event.setup.zone();
    let gone: Vec<Value> = gone
        .iter()
        .map(|line| {
            context! {
                hours => hours(acting.language, &zone, &line.meeting),
                place => place_words(&acting.app, acting.language, &seat.event, &line.meeting),
                with => line.with.name.as_str(),
            }
        })
        .collect();
    let people = attending::people(&acting.app, seat).await?;
    let address = |key: &str| acting.app.address.link(&format!("/attend/{key}/agenda.ics"));
    let context = context! {
        seat => seated(acting, seat),
        part => "agenda",
        event => head(acting, &seat.event),
        participant => shown(&seat.event, &seat.participant, &[]),
        // Whoever holds a private calendar sees that agenda and no other page of the participant.
        alone => whose.person.is_some(),
        person => whose.person.as_ref().map(|person| person.name.as_str()),
        days => days(acting, whose, &lines),
        meetings => lines.len(),
        gone,
        several => people.len() > 1,
        published => published.is_some(),
        published_at => published.and_then(|version| version.published_at).map(|at| at.0),
        people => people.iter().map(|person| context! { id => person.id.to_string(), name => person.name.as_str() }).collect::<Vec<_>>(),
        calendar => made.map(|(id, secret)| context! {
            of => people.iter().find(|person| person.id == id).map_or("", |person| person.name.as_str()),
            address => address(secret.reveal()),
        }),
        own_calendar => whose.person.as_ref().map(|_| address(&seat.key)),
    };
    Ok((TELLS_NOBODY, acting.page("events/agenda.html", context).await?).into_response())
}

pub(super) async fn show(acting: Acting, Path(key): Path<String>) -> Result<Response, Error> {
    let whose = agenda::whose(&acting.app, &acting.actor, &key).await?;
    page(&acting, &whose, None).await
}

pub(super) async fn calendar(acting: Acting, Path(key): Path<String>) -> Result<Response, Error> {
    let whose = agenda::whose(&acting.app, &acting.actor, &key).await?;
    // A calendar asks in no language: it is read in that of the person whose it is.
    let language = whose.person.as_ref().map_or(acting.language, |person| person.language);
    let text = agenda::calendar(&acting.app, &whose, language).await?;
    let headers: [(HeaderName, &str); 2] = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"agenda.ics\""),
    ];
    Ok((TELLS_NOBODY, headers, text).into_response())
}

#[derive(serde::Deserialize)]
pub(super) struct Person {
    person: AttendeeId,
}

/// Makes a private calendar and shows its address, this once.
pub(super) async fn make_calendar(
    acting: Acting,
    Path(key): Path<String>,
    Form(of): Form<Person>,
) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, &key).await?;
    let (person, secret) = agenda::make_calendar(&acting.app, &seat, of.person).await?;
    page(&acting, &Whose { seat, person: None }, Some((person.id, &secret))).await
}

pub(super) async fn board(acting: Acting, Path(id): Path<EventId>) -> Result<Response, Error> {
    let board = agenda::board(&acting.app, &acting.actor, id).await?;
    let zone = board.event.setup.zone();
    let clock = |time| acting.language.clock(zone.at(time).time());
    let several = board.event.setup.rooms.len() > 1;
    let slots: Vec<Value> = board
        .slots
        .iter()
        .enumerate()
        .map(|(at, (slot, meetings))| {
            let meetings: Vec<Value> = meetings
                .iter()
                .map(|(meeting, one, other)| {
                    let room = board.event.setup.rooms.get(meeting.room).filter(|_| several);
                    context! {
                        table => meeting.table, room => room.map_or("", |room| room.name.as_str()),
                        one => one.as_str(), other => other.as_str(),
                    }
                })
                .collect();
            context! {
                on => zone.at(slot.starts).date().to_string(),
                from => clock(slot.starts), until => clock(slot.ends),
                runs => at == 0 && board.runs,
                meetings,
            }
        })
        .collect();
    let side = |held: &Placed| {
        let place = place_words(&acting.app, acting.language, &board.event, held);
        context! { from => clock(held.starts), place }
    };
    let changes: Vec<Value> = board
        .changes
        .iter()
        .map(|(whose, change, with)| {
            let (was, now) = match change {
                Change::Moved(was, now) => (Some(side(was)), Some(side(now))),
                Change::Gone(was) => (Some(side(was)), None),
                Change::New(now) => (None, Some(side(now))),
            };
            context! { whose => whose.as_str(), with => with.as_str(), was, now }
        })
        .collect();
    let context = context! {
        event => head(&acting, &board.event),
        slots,
        changes,
        clock => clock(acting.app.clock.now()),
    };
    Ok(acting.page("events/board.html", context).await?.into_response())
}
