//! What came of meetings: said by a participant on its own page, noted by the team on that of a meeting.

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    attending::{TELLS_NOBODY, seated},
    head,
    participants::shown,
};
use crate::{
    accounts::{Acting, Action, Resource},
    directory::OrganisationId,
    events::{
        Event, EventId, Participant, ParticipantId, RequestId,
        attending::{self, Seat},
        outcomes::{self, BEST, LONGEST_WORDS, Outcome, Own, Said, Side},
        timetables::{
            self, Placed,
            agenda::{hours, place_words},
        },
    },
    foundation::errors::Error,
};

/// What a form says of a meeting, as it was typed.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    /// The revision that was read; empty where nothing had been said.
    seen: String,
    /// `take-back` to say nothing any more.
    act: String,
    kept: String,
    second: String,
    rating: String,
    words: String,
}

/// The revision that was read, and what is said over it; none takes it back.
type Correction = (Option<i64>, Option<Said>);

fn yes(word: &str) -> Option<bool> {
    match word {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

impl Typed {
    fn of(outcome: Option<&Outcome>) -> Self {
        let word = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        outcome.map_or_else(Typed::default, |outcome| Typed {
            seen: outcome.revision.to_string(),
            act: String::new(),
            kept: word(outcome.said.kept),
            second: outcome.said.second.map(word).unwrap_or_default(),
            rating: outcome.said.rating.map(|rating| rating.to_string()).unwrap_or_default(),
            words: outcome.said.words.clone(),
        })
    }

    /// What is to be written over which revision; nothing where it does not say whether the meeting was held.
    fn read(&self) -> Result<Option<Correction>, Error> {
        let seen = match self.seen.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| Error::input("`seen` is no revision: open the page again"))?),
        };
        if self.act == "take-back" {
            return Ok(Some((seen, None)));
        }
        let said = yes(&self.kept).map(|kept| Said {
            kept,
            second: yes(&self.second),
            rating: self.rating.parse().ok(),
            words: self.words.clone(),
        });
        Ok(said.map(|said| (seen, Some(said))))
    }
}

/// The form of one side of a meeting.
fn form(action: &str, id: &str, typed: &Typed, problem: Option<String>) -> Value {
    context! {
        action, id,
        seen => typed.seen.as_str(), kept => typed.kept.as_str(), second => typed.second.as_str(),
        rating => typed.rating.as_str(), words => typed.words.as_str(),
        ratings => (1..=BEST).rev().map(|rating| rating.to_string()).collect::<Vec<_>>(), longest => LONGEST_WORDS,
        problem => problem.unwrap_or_default(),
    }
}

/// When and where a meeting is, as pages name it.
pub(super) fn place(acting: &Acting, event: &Event, meeting: &Placed) -> Value {
    let zone = event.setup.zone();
    context! {
        id => meeting.request.to_string(),
        on => zone.at(meeting.starts).date().to_string(),
        starts => meeting.starts.0,
        hours => hours(acting.language, &zone, meeting),
        place => place_words(&acting.app, acting.language, event, meeting),
    }
}

/// Where two organisations of the directory become a draft, for whoever may look for a team; and whether it can be kept.
pub(super) fn take_up(
    acting: &Acting,
    one: Option<OrganisationId>,
    other: Option<OrganisationId>,
) -> Option<(String, bool)> {
    let (one, other) = (one?, other.filter(|other| Some(*other) != one)?);
    acting.may(Action::RankPartners, Resource::Instance).ok()?;
    let keeps = acting.may(Action::EditDrafts, Resource::Instance).is_ok();
    Some((format!("/consortia/new?member={one}&member={other}"), keeps))
}

pub(super) fn take_up_of(acting: &Acting, [one, other]: [&Participant; 2]) -> Value {
    let found = take_up(acting, one.organisation, other.organisation);
    found.map_or(Value::from(()), |(href, keeps)| context! { href, keeps })
}

/// What one side said, as pages tell it.
pub(super) fn said(outcome: Option<&Outcome>) -> Value {
    outcome.map_or(Value::from(()), |outcome| {
        context! {
            kept => outcome.said.kept, second => outcome.said.second, rating => outcome.said.rating,
            words => outcome.said.words.as_str(), by_team => outcome.by_team, at => outcome.said_at.0,
        }
    })
}

async fn page(acting: &Acting, seat: &Seat, typed: Option<(RequestId, &Typed)>) -> Result<Response, Error> {
    let own = outcomes::of_seat(&acting.app, seat).await?;
    let published = timetables::published(&acting.app, &seat.event).await?.is_some();
    let line = |one: &Own| {
        let id = one.meeting.request;
        let wrong = typed.filter(|(of, _)| *of == id);
        let stated = Typed::of(one.outcome.as_ref());
        let fields = wrong.map_or(&stated, |(_, typed)| typed);
        let problem = wrong.map(|_| acting.say("event-outcomes-wrong-kept"));
        let wants = one.outcome.as_ref().is_some_and(|outcome| outcome.said.second == Some(true));
        let both = [&seat.participant, &one.with];
        context! {
            place => place(acting, &seat.event, &one.meeting),
            with => shown(&seat.event, &one.with, &[]),
            said => said(one.outcome.as_ref()),
            form => form(&format!("/attend/{}/outcomes/{id}", seat.key), &id.to_string(), fields, problem),
            take_up => if wants && !seat.by_link { take_up_of(acting, both) } else { Value::from(()) },
        }
    };
    let begun: Vec<Value> = own.iter().filter(|one| one.begun).map(line).collect();
    let context = context! {
        seat => seated(acting, seat),
        part => "outcomes",
        event => head(acting, &seat.event),
        participant => shown(&seat.event, &seat.participant, &[]),
        published,
        said => own.iter().filter(|one| one.begun && one.outcome.is_some()).count(),
        to_come => own.iter().filter(|one| !one.begun).count(),
        begun,
    };
    let status = if typed.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, TELLS_NOBODY, acting.page("events/attend_outcomes.html", context).await?).into_response())
}

pub(super) async fn show(acting: Acting, Path(key): Path<String>) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, &key).await?;
    page(&acting, &seat, None).await
}

pub(super) async fn say(
    acting: Acting,
    Path((key, id)): Path<(String, RequestId)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, &key).await?;
    let Some(read) = typed.read()? else {
        // A meeting of others is nowhere, whatever the form says.
        let own = outcomes::of_seat(&acting.app, &seat).await?;
        return match own.iter().any(|one| one.begun && one.meeting.request == id) {
            true => page(&acting, &seat, Some((id, &typed))).await,
            false => Err(Error::NotFound(format!("the meeting {id} in the agenda"))),
        };
    };
    let done = if read.1.is_some() { "event-outcome-said" } else { "event-outcome-taken-back" };
    outcomes::say(&acting.app, &acting.actor, &seat, id, read).await?;
    Ok(Redirect::to(&format!("/attend/{key}/outcomes?done={done}#m-{id}")).into_response())
}

async fn meeting_page(
    acting: &Acting,
    (id, request): (EventId, RequestId),
    typed: Option<(ParticipantId, &Typed)>,
) -> Result<Response, Error> {
    let (event, met) = outcomes::one(&acting.app, &acting.actor, id, request).await?;
    let side = |side: &Side| {
        let participant = side.participant.id;
        let wrong = typed.filter(|(of, _)| *of == participant);
        let stated = Typed::of(side.outcome.as_ref());
        let problem = wrong.map(|_| acting.say("event-outcomes-wrong-kept"));
        let action = format!("/events/{id}/results/meeting/{request}/{participant}");
        context! {
            participant => shown(&event, &side.participant, &[]),
            said => said(side.outcome.as_ref()),
            form => form(&action, &participant.to_string(), wrong.map_or(&stated, |(_, typed)| typed), problem),
        }
    };
    let [one, other] = &met.sides;
    let context = context! {
        event => head(acting, &event),
        tab => "results",
        place => place(acting, &event, &met.meeting),
        begun => met.begun,
        came => met.came().key(), second => met.second().key(), wish => met.second().has_a_wish(),
        sides => met.sides.iter().map(side).collect::<Vec<_>>(),
        take_up => take_up_of(acting, [&one.participant, &other.participant]),
    };
    let status = if typed.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, acting.page("events/results/meeting.html", context).await?).into_response())
}

pub(super) async fn meeting(acting: Acting, Path(both): Path<(EventId, RequestId)>) -> Result<Response, Error> {
    meeting_page(&acting, both, None).await
}

pub(super) async fn note(
    acting: Acting,
    Path((id, request, participant)): Path<(EventId, RequestId, ParticipantId)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    let Some(read) = typed.read()? else {
        return meeting_page(&acting, (id, request), Some((participant, &typed))).await;
    };
    let done = if read.1.is_some() { "event-outcome-noted" } else { "event-outcome-taken-back" };
    outcomes::note(&acting.app, &acting.actor, (id, request, participant), read).await?;
    Ok(Redirect::to(&format!("/events/{id}/results/meeting/{request}?done={done}")).into_response())
}
