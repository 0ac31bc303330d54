//! The team's pages of an event: the list, a new one, what it is at, its setup.

use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    form::{self, Rows},
    head, messages,
};
use crate::{
    accounts::{
        Acting, Action, Resource,
        visibility::{Audience, Circle},
    },
    events::{self, Event, EventId, EventState, Setup, Template, slots, timetables},
    foundation::{
        errors::{Error, FieldProblem},
        pages::{Serde, by_field},
        time::{Day, Zone},
    },
};

#[derive(serde::Deserialize)]
pub(super) struct Deleted {
    deleted: Option<EventId>,
}

pub(super) async fn index(acting: Acting, Query(query): Query<Deleted>) -> Result<Response, Error> {
    let all = events::list(&acting.app, &acting.actor).await?;
    let (over, coming): (Vec<&Event>, Vec<&Event>) =
        all.iter().partition(|event| event.is_over(events::today_at(&acting.app, event)));
    let mut coming: Vec<Value> = coming.into_iter().map(|event| head(&acting, event)).collect();
    coming.reverse();
    let context = context! {
        asked => super::delegations::asked(&acting).await?,
        coming,
        over => over.into_iter().map(|event| head(&acting, event)).collect::<Vec<_>>(),
        may_edit => acting.may(Action::EditEvents, Resource::Instance).is_ok(),
        deleted => query.deleted.map(|id| id.to_string()),
    };
    Ok(acting.page("events/list.html", context).await?.into_response())
}

/// What begins an event.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Begun {
    name: String,
    template: String,
    first_day: String,
}

async fn ask_for(acting: &Acting, begun: &Begun, problems: &[FieldProblem]) -> Result<Response, Error> {
    let templates: Vec<Value> = Template::ALL
        .iter()
        .map(|template| {
            context! {
                value => template.key(),
                label => acting.say(&format!("events-template-{}", template.key())),
                hint => acting.say(&format!("events-template-{}-hint", template.key())),
            }
        })
        .collect();
    let context = context! {
        templates,
        fields => context! { name => begun.name.as_str(), template => begun.template.as_str(), first_day => begun.first_day.as_str() },
        problems => by_field(messages(acting, problems)),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("events/new.html", context).await?).into_response())
}

pub(super) async fn ask(acting: Acting) -> Result<Response, Error> {
    let begun = Begun { template: Template::HalfDay.key().to_owned(), ..Begun::default() };
    ask_for(&acting, &begun, &[]).await
}

pub(super) async fn create_event(acting: Acting, Form(begun): Form<Begun>) -> Result<Response, Error> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, message: &str, value: &str| {
        problems.push(FieldProblem { field: field.to_owned(), message: message.to_owned(), value: value.to_owned() });
    };
    let template = Template::of(&begun.template);
    if template.is_none() {
        wrong("template", "events-wrong-template", &begun.template);
    }
    let first: Option<Day> = begun.first_day.trim().parse().ok();
    if first.is_none() {
        wrong("first_day", "events-wrong-day", &begun.first_day);
    }
    if begun.name.trim().is_empty() {
        wrong("name", "events-wrong-name", "");
    }
    let (Some(template), Some(first), true) = (template, first, problems.is_empty()) else {
        return ask_for(&acting, &begun, &problems).await;
    };
    let zone = acting.zone();
    let setup = template.setup(begun.name.trim(), first, zone.name(), &|key| acting.say(key));
    match events::create(&acting.app, &acting.actor, setup).await {
        Ok(id) => Ok(Redirect::to(&format!("/events/{id}/setup?done=events-created")).into_response()),
        Err(Error::Invalid(problems)) => ask_for(&acting, &begun, &problems).await,
        Err(error) => Err(error),
    }
}

/// The programme of an event: its days with their sessions and slots.
pub(super) fn programme(event: &Event) -> Vec<Value> {
    let setup = &event.setup;
    let times = slots(setup);
    setup
        .days
        .iter()
        .enumerate()
        .map(|(at, day)| {
            let sessions: Vec<Value> = day
                .sessions
                .iter()
                .enumerate()
                .map(|(number, session)| {
                    let count = times.iter().filter(|slot| (slot.day, slot.session) == (at, number)).count();
                    context! { name => session.name.as_str(), from => session.from.as_str(), until => session.until.as_str(), slots => count }
                })
                .collect();
            context! { on => day.on.as_str(), place => day.place.as_str(), sessions }
        })
        .collect()
}

pub(super) async fn show(acting: Acting, Path(id): Path<EventId>) -> Result<Response, Error> {
    let event = events::open(&acting.app, &acting.actor, id).await?;
    let counts = events::counts(&acting.app, &event).await?;
    let circle = acting.circle().await?;
    let chosen = event.audience.clone();
    let audiences = circle.map(|circle| {
        let current = [&chosen];
        Serde(&circle.choices(&acting.app.texts, acting.language, &current)).into()
    });
    let seats = slots(&event.setup).len() * event.setup.tables() as usize;
    let context = context! {
        event => head(&acting, &event),
        tab => "overview",
        programme => programme(&event),
        rooms => event.setup.rooms.iter().map(|room| context! { name => room.name.as_str(), tables => room.tables }).collect::<Vec<_>>(),
        tables => event.setup.tables(),
        slots => slots(&event.setup).len(),
        seats,
        published => timetables::published(&acting.app, &event).await?.is_some(),
        confirmed => counts.confirmed, invited => counts.invited, registered => counts.registered,
        requests => counts.requests, accepted => counts.accepted, waiting => counts.waiting,
        audience => event.audience.to_string(),
        audience_words => circle.map(|circle| circle.words(&acting.app.texts, acting.language, &event.audience)),
        audiences => audiences.unwrap_or(Value::from(())),
        may_edit => acting.may(Action::EditEvents, Resource::Cluster(event.cluster)).is_ok(),
    };
    Ok(acting.page("events/event.html", context).await?.into_response())
}

async fn setup_page(
    acting: &Acting,
    event: &Event,
    setup: &Setup,
    typed: Option<&[(String, String)]>,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let rows = Rows::of(setup);
    // What was typed stands in the form as it was, also what could not be read.
    let fields = match typed {
        Some(pairs) => pairs.iter().cloned().collect(),
        None => form::fields(setup),
    };
    let days: Vec<Value> = rows.days.iter().map(|sessions| context! { sessions }).collect();
    let kinds: Vec<Value> =
        setup.kinds.iter().map(|kind| context! { key => kind.key.as_str(), name => kind.name.as_str() }).collect();
    let context = context! {
        event => head(acting, event),
        tab => "setup",
        fields => by_field(fields),
        problems => by_field(messages(acting, problems)),
        problem_count => problems.len(),
        event_kinds => super::programme::event_kinds(acting),
        days, rooms => rows.rooms, walks => rows.walks, kind_rows => rows.kinds, kinds,
        zones => Zone::all().into_iter().map(|zone| context! { value => zone, label => zone.replace('_', " ") }).collect::<Vec<_>>(),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("events/setup.html", context).await?).into_response())
}

pub(super) async fn edit(acting: Acting, Path(id): Path<EventId>) -> Result<Response, Error> {
    let event = events::editable(&acting.app, &acting.actor, id).await?;
    setup_page(&acting, &event, &event.setup, None, &[]).await
}

pub(super) async fn save_setup(
    acting: Acting,
    Path(id): Path<EventId>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let revision = pairs.iter().find(|(field, _)| field == "revision").and_then(|(_, text)| text.parse().ok());
    let revision: i64 = revision.ok_or_else(|| Error::input("the form has no `revision`: open the page again"))?;
    let setup = form::read(&pairs);
    let undated = form::undated(&pairs);
    if !undated.is_empty() {
        let event = events::editable(&acting.app, &acting.actor, id).await?;
        return setup_page(&acting, &event, &setup, Some(&pairs), &undated).await;
    }
    match events::save(&acting.app, &acting.actor, id, revision, setup.clone()).await {
        Ok(()) => Ok(Redirect::to(&format!("/events/{id}/setup?done=events-saved")).into_response()),
        Err(Error::Invalid(problems)) => {
            let event = events::editable(&acting.app, &acting.actor, id).await?;
            setup_page(&acting, &event, &setup, Some(&pairs), &problems).await
        }
        Err(error) => Err(error),
    }
}

#[derive(serde::Deserialize)]
pub(super) struct State {
    state: String,
    #[serde(default)]
    audience: String,
}

pub(super) async fn change_state(
    acting: Acting,
    Path(id): Path<EventId>,
    Form(said): Form<State>,
) -> Result<Response, Error> {
    let event = events::editable(&acting.app, &acting.actor, id).await?;
    let state = EventState::of(&said.state)
        .ok_or_else(|| Error::input("`state` is none of `preparing`, `open` and `cancelled`"))?;
    let audience: Audience = match said.audience.as_str() {
        "" => event.audience.clone(),
        text => text
            .parse()
            .map_err(|error: crate::accounts::visibility::UnknownAudience| Error::input(error.to_string()))?,
    };
    if !acting.circle().await?.is_some_and(|circle: &Circle| circle.may_choose(&audience)) {
        return Err(Error::input("this audience is not one that the cluster can choose"));
    }
    events::set_state(&acting.app, &acting.actor, id, state, &audience).await?;
    let done = format!("/events/{id}?done=events-{}", state.key());
    Ok(Redirect::to(&done).into_response())
}

pub(super) async fn remove(acting: Acting, Path(id): Path<EventId>) -> Result<Response, Error> {
    events::set_deleted(&acting.app, &acting.actor, id, true).await?;
    Ok(Redirect::to(&format!("/events?deleted={id}")).into_response())
}

pub(super) async fn bring_back(acting: Acting, Path(id): Path<EventId>) -> Result<Response, Error> {
    events::set_deleted(&acting.app, &acting.actor, id, false).await?;
    Ok(Redirect::to(&format!("/events/{id}?done=events-undeleted")).into_response())
}
