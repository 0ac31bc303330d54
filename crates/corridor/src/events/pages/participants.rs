//! The tab «Participants» of an event.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{head, messages};
use crate::{
    accounts::{Acting, Action, Resource},
    events::{
        Attendee, Event, EventId, Participant, ParticipantId, Standing, editable,
        participants::{self, Asked, Said},
    },
    foundation::{
        errors::{Error, FieldProblem},
        languages::Language,
        pages::by_field,
    },
};

/// A participant as the pages of an event show it.
pub(super) fn shown(event: &Event, participant: &Participant, people: &[Attendee]) -> Value {
    context! {
        id => participant.id.to_string(),
        name => participant.name.as_str(),
        href => participant.organisation.map(|id| format!("/organisations/{id}")),
        country => participant.country.as_str(),
        kind => participant.kind.as_str(),
        kind_name => event.setup.participation(&participant.kind).map_or("–", |kind| kind.name.as_str()),
        delegation => participant.delegation.as_str(),
        standing => participant.standing.key(),
        offers => participant.offers.as_str(),
        seeks => participant.seeks.as_str(),
        booth => participant.booth.as_str(),
        revision => participant.revision,
        people => people.iter().map(person).collect::<Vec<_>>(),
    }
}

/// One of its people.
pub(super) fn person(person: &Attendee) -> Value {
    context! {
        id => person.id.to_string(),
        name => person.name.as_str(),
        email => person.email.as_str(),
        job => person.job.as_str(),
        language => person.language.code(),
        checked_in_at => person.checked_in_at.map(|at| at.0),
    }
}

/// The kinds of participation as a form offers them.
pub(super) fn kinds(event: &Event) -> Vec<Value> {
    event
        .setup
        .kinds
        .iter()
        .map(|kind| context! { value => kind.key.as_str(), label => kind.name.as_str(), hint => "" })
        .collect()
}

/// The languages of letters as a form offers them.
pub(super) fn languages() -> Vec<Value> {
    let name = |language| if language == Language::En { "English" } else { "Français" };
    Language::ALL.into_iter().map(|language| context! { value => language.code(), label => name(language) }).collect()
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    standing: String,
}

async fn page(
    acting: &Acting,
    id: EventId,
    filter: &Filter,
    typed: BTreeMap<String, String>,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let (event, all) = participants::list(&acting.app, &acting.actor, id).await?;
    let count = |standing: Standing| all.iter().filter(|(one, _)| one.standing == standing).count();
    let standings: Vec<Value> = Standing::ALL
        .iter()
        .map(|standing| {
            context! {
                key => standing.key(),
                label => acting.say(&format!("events-standing-{}", standing.key())),
                count => count(*standing),
                current => filter.standing == standing.key(),
            }
        })
        .collect();
    let listed: Vec<Value> = all
        .iter()
        .filter(|(one, _)| filter.standing.is_empty() || one.standing.key() == filter.standing)
        .map(|(one, people)| shown(&event, one, people))
        .collect();
    let context = context! {
        event => head(acting, &event),
        tab => "participants",
        all => all.len(),
        standings,
        filter => filter.standing.as_str(),
        participants => listed,
        kinds => kinds(&event),
        languages => languages(),
        fields => by_field(typed),
        problems => by_field(messages(acting, problems)),
        open_to => super::inviting::open_to(acting, &event).await?,
        demonstration => acting.actor.is_of_the_demonstration(),
        may_edit => acting.may(Action::EditEvents, Resource::Cluster(event.cluster)).is_ok(),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("events/participants.html", context).await?).into_response())
}

pub(super) async fn index(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(filter): Query<Filter>,
) -> Result<Response, Error> {
    let typed = BTreeMap::from([("language".to_owned(), acting.language.code().to_owned())]);
    page(&acting, id, &filter, typed, &[]).await
}

pub(super) async fn invite(
    acting: Acting,
    Path(id): Path<EventId>,
    Form(asked): Form<Asked>,
) -> Result<Response, Error> {
    match participants::invite(&acting.app, &acting.actor, id, &asked).await {
        Ok(_) => {
            let done = if asked.confirmed == "yes" { "events-added" } else { "events-invited" };
            Ok(Redirect::to(&format!("/events/{id}/participants?done={done}")).into_response())
        }
        Err(Error::Invalid(problems)) => {
            let typed = [
                ("organisation", &asked.organisation),
                ("organisation_id", &asked.organisation_id),
                ("country", &asked.country),
                ("kind", &asked.kind),
                ("delegation", &asked.delegation),
                ("name", &asked.name),
                ("email", &asked.email),
                ("language", &asked.language),
                ("confirmed", &asked.confirmed),
            ];
            let typed = typed.into_iter().map(|(field, text)| (field.to_owned(), text.clone())).collect();
            page(&acting, id, &Filter::default(), typed, &problems).await
        }
        Err(error) => Err(error),
    }
}

async fn one_page(
    acting: &Acting,
    (id, participant): (EventId, ParticipantId),
    typed: Option<&Said>,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let (event, found, people) = participants::one(&acting.app, &acting.actor, id, participant).await?;
    let optional = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    let stated = Said {
        revision: found.revision,
        kind: found.kind.clone(),
        delegation: found.delegation.clone(),
        minimum: optional(found.minimum),
        maximum: optional(found.maximum),
        booth: found.booth.clone(),
    };
    let said = typed.unwrap_or(&stated);
    let context = context! {
        event => head(acting, &event),
        tab => "participants",
        participant => shown(&event, &found, &people),
        kinds => kinds(&event),
        fields => context! {
            revision => said.revision, kind => said.kind.as_str(), delegation => said.delegation.as_str(),
            minimum => said.minimum.as_str(), maximum => said.maximum.as_str(), booth => said.booth.as_str(),
        },
        problems => by_field(messages(acting, problems)),
        demonstration => acting.actor.is_of_the_demonstration(),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("events/participant.html", context).await?).into_response())
}

type Both = Path<(EventId, ParticipantId)>;

pub(super) async fn show(acting: Acting, Path(both): Both) -> Result<Response, Error> {
    one_page(&acting, both, None, &[]).await
}

pub(super) async fn correct(acting: Acting, Path(both): Both, Form(said): Form<Said>) -> Result<Response, Error> {
    match participants::correct(&acting.app, &acting.actor, both.0, both.1, &said).await {
        Ok(()) => {
            Ok(Redirect::to(&format!("/events/{}/participants/{}?done=events-saved", both.0, both.1)).into_response())
        }
        Err(Error::Invalid(problems)) => one_page(&acting, both, Some(&said), &problems).await,
        Err(error) => Err(error),
    }
}

#[derive(serde::Deserialize)]
pub(super) struct Given {
    standing: String,
}

pub(super) async fn set_standing(
    acting: Acting,
    Path(both): Both,
    Form(given): Form<Given>,
) -> Result<Response, Error> {
    editable(&acting.app, &acting.actor, both.0).await?;
    let standing = Standing::of(&given.standing)
        .ok_or_else(|| Error::input(format!("`{}` is no standing of a participant", given.standing)))?;
    participants::set_standing(&acting.app, &acting.actor, both.0, both.1, standing).await?;
    let to = format!("/events/{}/participants?done=events-standing-{}", both.0, standing.key());
    Ok(Redirect::to(&to).into_response())
}
