//! Pages of events: the team's, and those of who takes part.

mod agenda;
mod attending;
mod day;
mod delegations;
mod files;
mod form;
mod inviting;
mod inviting_list;
mod letters;
mod meet;
mod outcomes;
mod participants;
mod polls;
mod programme;
mod requests;
mod results;
mod team;
mod timetable;

use std::collections::BTreeMap;

use axum::routing::{get, post};
use minijinja::{Value, context};

use super::Event;
use crate::{
    accounts::{Acting, Action, Route},
    foundation::errors::FieldProblem,
};

/// The routes of events.
pub fn routes() -> Vec<Route> {
    use Action::{Attend, EditEvents, ReadDirectory, ReadEvents, ReadProgramme, ReadPublic};
    vec![
        Route::get("/events", ReadEvents, get(team::index)),
        Route::get("/events/new", EditEvents, get(team::ask)),
        Route::post("/events", EditEvents, post(team::create_event)),
        Route::get("/events/programme", ReadProgramme, get(programme::index)),
        Route::get("/events/programme.ics", ReadProgramme, get(programme::calendar)),
        Route::get("/events/{id}", ReadEvents, get(team::show)),
        Route::get("/events/{id}/setup", EditEvents, get(team::edit)),
        Route::post("/events/{id}/setup", EditEvents, post(team::save_setup)),
        Route::post("/events/{id}/state", EditEvents, post(team::change_state)),
        Route::post("/events/{id}/delete", EditEvents, post(team::remove)),
        Route::post("/events/{id}/undelete", EditEvents, post(team::bring_back)),
        Route::get("/events/{id}/participants", ReadEvents, get(participants::index)),
        Route::post("/events/{id}/participants", EditEvents, post(participants::invite)),
        Route::get("/events/{id}/invite", EditEvents, get(inviting::ask)),
        Route::post("/events/{id}/invite", EditEvents, post(inviting::send)),
        Route::get("/events/{id}/invite/list", EditEvents, get(inviting_list::ask)),
        Route::post("/events/{id}/invite/list", EditEvents, post(inviting_list::upload)),
        Route::post("/events/{id}/invite/list/check", EditEvents, post(inviting_list::check)),
        Route::post("/events/{id}/invite/list/take", EditEvents, post(inviting_list::take)),
        Route::get("/events/{id}/participants/{participant}", EditEvents, get(participants::show)),
        Route::post("/events/{id}/participants/{participant}", EditEvents, post(participants::correct)),
        Route::post("/events/{id}/participants/{participant}/standing", EditEvents, post(participants::set_standing)),
        Route::get("/events/{id}/delegations", ReadEvents, get(delegations::index)),
        Route::post("/events/{id}/delegations", EditEvents, post(delegations::ask)),
        Route::post("/events/{id}/delegations/{delegation}", EditEvents, post(delegations::change)),
        Route::get("/events/{id}/dates", ReadEvents, get(polls::index)),
        Route::post("/events/{id}/dates", EditEvents, post(polls::save)),
        Route::post("/events/{id}/dates/remind", EditEvents, post(polls::remind)),
        Route::post("/events/{id}/dates/fix", EditEvents, post(polls::fix)),
        Route::post("/events/{id}/dates/end", EditEvents, post(polls::end)),
        Route::get("/events/{id}/dates/export", ReadEvents, get(polls::export)),
        Route::get("/delegations/{id}/dates", ReadEvents, get(polls::of_delegation)),
        Route::post("/delegations/{id}/dates", EditEvents, post(polls::answer_for_cluster)),
        Route::get("/delegations/{id}", ReadEvents, get(delegations::show)),
        Route::post("/delegations/{id}/answer", EditEvents, post(delegations::answer)),
        Route::post("/delegations/{id}/proposals", EditEvents, post(delegations::propose)),
        Route::post("/delegations/{id}/proposals/{participant}/take-back", EditEvents, post(delegations::take_back)),
        Route::get("/events/{id}/timetable", ReadEvents, get(timetable::index)),
        Route::get("/events/{id}/timetable/live", EditEvents, get(timetable::live)),
        Route::post("/events/{id}/timetable/run", EditEvents, post(timetable::run)),
        Route::post("/events/{id}/timetable/stop", EditEvents, post(timetable::stop)),
        Route::post("/events/{id}/timetable/lock", EditEvents, post(timetable::lock)),
        Route::post("/events/{id}/timetable/take-out", EditEvents, post(timetable::take_out)),
        Route::get("/events/{id}/timetable/meeting/{request}", EditEvents, get(timetable::meeting)),
        Route::post("/events/{id}/timetable/meeting/{request}", EditEvents, post(timetable::move_meeting)),
        Route::post("/events/{id}/timetable/meeting/{request}/order", EditEvents, post(timetable::order)),
        Route::post("/events/{id}/timetable/meeting/{request}/unorder", EditEvents, post(timetable::unorder)),
        Route::get("/events/{id}/timetable/versions", ReadEvents, get(timetable::versions)),
        Route::get("/events/{id}/timetable/publish", EditEvents, get(timetable::ask_publish)),
        Route::post("/events/{id}/timetable/publish", EditEvents, post(timetable::publish)),
        Route::get("/events/{id}/timetable/what-if", EditEvents, get(timetable::ask_what_if)),
        Route::get("/events/{id}/day", ReadEvents, get(day::index)),
        Route::post("/events/{id}/day/check-in", EditEvents, post(day::check_in)),
        Route::get("/events/{id}/day/participants/{participant}", EditEvents, get(day::participant)),
        Route::get("/events/{id}/day/incidents", ReadEvents, get(day::incidents::index)),
        Route::post("/events/{id}/day/incidents", EditEvents, post(day::incidents::note)),
        Route::get("/events/{id}/day/incidents/new", EditEvents, get(day::incidents::ask)),
        Route::post("/events/{id}/day/incidents/{incident}/end", EditEvents, post(day::incidents::end)),
        Route::get("/events/{id}/day/replan", EditEvents, get(day::replan::ask)),
        Route::post("/events/{id}/day/replan", EditEvents, post(day::replan::accept)),
        Route::get("/events/{id}/board", ReadEvents, get(agenda::board)),
        Route::get("/events/{id}/requests", ReadEvents, get(requests::index)),
        Route::post("/events/{id}/requests", EditEvents, post(requests::set)),
        Route::get("/events/{id}/requests/export", ReadEvents, get(requests::export)),
        Route::get("/events/{id}/results", ReadEvents, get(results::index)),
        Route::get("/events/{id}/results/export", ReadEvents, get(results::export)),
        Route::get("/events/{id}/results/participants", ReadEvents, get(results::participants)),
        Route::get("/events/{id}/results/participants/export", ReadEvents, get(results::export_participants)),
        Route::get("/events/{id}/results/delegations", ReadEvents, get(results::delegations)),
        Route::get("/events/{id}/results/delegations/export", ReadEvents, get(results::export_delegations)),
        Route::get("/events/{id}/results/meeting/{request}", EditEvents, get(outcomes::meeting)),
        Route::post("/events/{id}/results/meeting/{request}/{participant}", EditEvents, post(outcomes::note)),
        Route::get("/organisations/{id}/meetings", ReadDirectory, get(results::of_organisation)),
        Route::get("/meetings", Attend, get(attending::index)),
        Route::get("/meetings/{id}", Attend, get(attending::open_event)),
        Route::post("/meetings/{id}", Attend, post(attending::register)),
        Route::get("/attend/{key}", ReadPublic, get(attending::show)),
        Route::post("/attend/{key}", ReadPublic, post(attending::save_profile)),
        Route::post("/attend/{key}/answer", ReadPublic, post(attending::answer)),
        Route::post("/attend/{key}/people", ReadPublic, post(attending::save_people)),
        Route::get("/attend/{key}/dates", ReadPublic, get(polls::of_seat)),
        Route::post("/attend/{key}/dates", ReadPublic, post(polls::answer)),
        Route::get("/attend/{key}/agenda", ReadPublic, get(agenda::show)),
        Route::get("/attend/{key}/agenda.ics", ReadPublic, get(agenda::calendar)),
        Route::post("/attend/{key}/calendar", ReadPublic, post(agenda::make_calendar)),
        Route::get("/attend/{key}/letters", ReadPublic, get(letters::show)),
        Route::post("/attend/{key}/letters", ReadPublic, post(letters::refuse)),
        Route::get("/attend/{key}/requests/letters", ReadPublic, get(letters::show)),
        Route::post("/attend/{key}/requests/letters", ReadPublic, post(letters::mute)),
        Route::get("/attend/{key}/meet", ReadPublic, get(meet::whom)),
        Route::post("/attend/{key}/meet", ReadPublic, post(meet::ask)),
        Route::get("/attend/{key}/requests", ReadPublic, get(meet::requests)),
        Route::post("/attend/{key}/requests/{request}", ReadPublic, post(meet::answer)),
        Route::get("/attend/{key}/outcomes", ReadPublic, get(outcomes::show)),
        Route::post("/attend/{key}/outcomes/{request}", ReadPublic, post(outcomes::say)),
    ]
}

/// What the pages of an event name in their head and tabs.
fn head(acting: &Acting, event: &Event) -> Value {
    let today = super::today_at(&acting.app, event);
    context! {
        id => event.id.to_string(),
        name => event.setup.name.as_str(),
        kind => event.setup.kind.key(),
        meets => event.setup.kind.has_meetings(),
        days => event.setup.days_words(acting.language),
        cluster => event.cluster_name.as_str(),
        summary => event.setup.summary.as_str(),
        place => event.setup.place.as_str(),
        zone => zone_words(acting, event),
        first_day => event.setup.first_day().map(|day| day.to_string()),
        last_day => event.setup.last_day().map(|day| day.to_string()),
        state => event.state.key(),
        polled => event.polled,
        over => event.is_over(today),
        began => event.setup.first_day().is_some_and(|day| day <= today),
        registers => event.registers(today),
        takes_requests => event.takes_requests(today),
        registration_until => event.setup.registration_until.map(|day| day.to_string()),
        requests_until => event.setup.requests_until.map(|day| day.to_string()),
        requests_from => event.setup.requests_from.map(|day| day.to_string()),
        revision => event.revision,
        updated_at => event.updated_at.0,
    }
}

/// What the clocks of an event are called when it begins.
fn zone_words(acting: &Acting, event: &Event) -> String {
    let zone = event.setup.zone();
    let begins = event.setup.first_day().map_or_else(|| acting.app.clock.now(), |day| zone.start_of(day));
    acting.language.zone(&zone, begins)
}

/// What is wrong with each field, in words.
fn messages(acting: &Acting, problems: &[FieldProblem]) -> BTreeMap<String, String> {
    let said = |problem: &FieldProblem| {
        let value = ("value", fluent_bundle::FluentValue::from(problem.value.as_str()));
        acting.app.texts.say(acting.language, &problem.message, &[value])
    };
    problems.iter().map(|problem| (problem.field.clone(), said(problem))).collect()
}
