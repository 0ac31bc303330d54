//! The tab «Timetable» of an event: its figures, what stands in the way, the grid.

mod meeting;
mod searching;
mod versions;
mod what_if;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Response},
};
use fluent_bundle::FluentValue;
use minijinja::{Value, context};
use timetable::Score;

pub(super) use meeting::{lock, meeting, move_meeting, order, take_out, unorder};
pub(super) use searching::{live, run, stop};
pub(super) use versions::{ask_publish, publish, versions};
pub(super) use what_if::ask_what_if;

use super::head;
use crate::{
    accounts::{Acting, Action, Resource},
    events::{
        Event, EventId, ParticipantId, Request, RequestId,
        timetables::{
            self, Findings, Placed, Reason, Refusal, Timetable, Version, refusals,
            search::{self, USUAL_PATIENCE},
            waits,
        },
    },
    foundation::{errors::Error, time::Timestamp},
};

/// Participants on one page of the grid.
const ROWS: usize = 24;
/// Meetings listed that are not held.
const MOST_LEFT_OUT: usize = 40;

#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    version: Option<i64>,
    day: usize,
    page: usize,
}

/// A moment on the clock of the event, with its day.
fn moment(acting: &Acting, event: &Event, time: Timestamp) -> String {
    let zoned = event.setup.zone().at(time);
    format!("{}, {}", acting.language.day(zoned.date()), acting.language.clock(zoned.time()))
}

/// What stands in the way, in words.
fn said(acting: &Acting, event: &Event, refusals: &[Refusal]) -> Vec<Value> {
    let one = |refusal: &Refusal| {
        let at = refusal.at.map(|at| moment(acting, event, at)).unwrap_or_default();
        context! { text => refusal.wording(&at).say(&acting.app.texts, acting.language), blocks => refusal.blocks }
    };
    refusals.iter().map(one).collect()
}

/// The names of both participants of each request.
fn names(timetable: &Timetable) -> BTreeMap<RequestId, (String, String)> {
    let of: BTreeMap<ParticipantId, &str> =
        timetable.ground.participants.iter().map(|(one, _)| (one.id, one.name.as_str())).collect();
    let name = |id: ParticipantId| of.get(&id).copied().unwrap_or_default().to_owned();
    let both = |request: &Request| (request.id, (name(request.from), name(request.to)));
    timetable.ground.requests.iter().map(both).collect()
}

/// Why a version was made, in words.
fn why(acting: &Acting, reason: Option<Reason>, names: &BTreeMap<RequestId, (String, String)>) -> String {
    let Some(reason) = reason else { return String::new() };
    let nobody = (String::new(), String::new());
    let (one, other) = reason.request().and_then(|id| names.get(&id)).unwrap_or(&nobody);
    let values = [("one", FluentValue::from(one.as_str())), ("other", FluentValue::from(other.as_str()))];
    acting.app.texts.say(acting.language, &format!("timetable-reason-{}", reason.key()), &values)
}

/// The figures of a timetable, or of a search on its way.
fn figures(held: Option<usize>, asked: usize, score: Option<Score>, bound: Option<Score>, took: Duration) -> Value {
    let score_or_none = score.unwrap_or_default();
    let findings = Findings { asked, score: score_or_none, bound, took_ms: 0 };
    let same = |bound: &Score| (bound.shortfall, bound.lost) == (score_or_none.shortfall, score_or_none.lost);
    context! {
        held, asked,
        breaks => score.map(|score| score.breaks),
        shortfall => score_or_none.shortfall,
        changes => score_or_none.changes,
        proved => score.is_some() && findings.is_proved(),
        // That so many breaks cannot be helped is known only for as many meetings.
        bound => bound.filter(same).map(|bound| bound.breaks),
        seconds => took.as_secs_f64(),
    }
}

fn figures_of(version: &Version) -> Value {
    let findings = version.findings;
    let took = Duration::from_millis(findings.took_ms);
    figures(Some(version.meetings.len()), findings.asked, Some(findings.score), findings.bound, took)
}

fn told(acting: &Acting, version: &Version, newest: i64, names: &BTreeMap<RequestId, (String, String)>) -> Value {
    context! {
        number => version.number,
        state => version.state.key(),
        newest => version.number == newest,
        why => why(acting, version.reason, names),
        made_at => version.made_at.0,
        published_at => version.published_at.map(|at| at.0),
        figures => figures_of(version),
    }
}

/// One day of the grid for one page of participants.
fn grid(acting: &Acting, timetable: &Timetable, day: usize, page: usize) -> Value {
    let event = &timetable.event;
    let built = &timetable.built;
    let both = names(timetable);
    let sides: BTreeMap<RequestId, [ParticipantId; 2]> =
        timetable.ground.requests.iter().map(|request| (request.id, [request.from, request.to])).collect();
    let mut of: BTreeMap<(ParticipantId, Timestamp), Vec<(&Placed, &str)>> = BTreeMap::new();
    for meeting in timetable.meetings() {
        let (Some([one, other]), Some((first, second))) = (sides.get(&meeting.request), both.get(&meeting.request))
        else {
            continue;
        };
        of.entry((*one, meeting.starts)).or_default().push((meeting, second));
        of.entry((*other, meeting.starts)).or_default().push((meeting, first));
    }
    let (schedule, _) = built.schedule(timetable.meetings());
    let breaks = timetable::breaks(&built.problem, &schedule);
    let days: Vec<usize> = built.slots.iter().map(|slot| slot.day).collect();
    let mut busy: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); built.people.len()];
    for held in schedule.held.iter().flatten() {
        for person in held.people {
            busy[person].insert(held.slot);
        }
    }
    let zone = event.setup.zone();
    let clock = |time: Timestamp| acting.language.clock(zone.at(time).time());
    let shown: Vec<usize> = (0..built.slots.len()).filter(|slot| built.slots[*slot].day == day).collect();
    let several = event.setup.rooms.len() > 1;
    let rows: Vec<Value> = built
        .participants
        .iter()
        .enumerate()
        .skip((page - 1) * ROWS)
        .take(ROWS)
        .map(|(at, (id, name))| {
            let people = &built.problem.participants[at].people;
            let idle: BTreeSet<usize> = people.iter().flat_map(|person| waits(&days, &busy[*person])).collect();
            let cells: Vec<Value> = shown
                .iter()
                .map(|slot| {
                    let starts = built.slots[*slot].starts;
                    let held = of.get(&(*id, starts)).map_or(&[][..], Vec::as_slice);
                    let meetings: Vec<Value> = held
                        .iter()
                        .map(|(meeting, with)| {
                            let room = event.setup.rooms.get(meeting.room).filter(|_| several);
                            context! {
                                request => meeting.request.to_string(),
                                with => *with,
                                table => meeting.table,
                                room => room.map_or("", |room| room.name.as_str()),
                                locked => meeting.locked,
                            }
                        })
                        .collect();
                    let there = people.iter().any(|person| built.problem.people[*person].available.has(*slot));
                    context! { clock => clock(starts), meetings, waits => held.is_empty() && idle.contains(slot), there }
                })
                .collect();
            let breaks: u64 = people.iter().map(|person| breaks[*person]).sum();
            let held = shown.iter().any(|slot| of.contains_key(&(*id, built.slots[*slot].starts)));
            context! { id => id.to_string(), name => name.as_str(), cells, breaks, held }
        })
        .collect();
    let slots: Vec<String> = shown.iter().map(|slot| clock(built.slots[*slot].starts)).collect();
    context! { slots, rows, several }
}

async fn page(acting: &Acting, id: EventId, asked: &Asked) -> Result<Response, Error> {
    let timetable = timetables::open(&acting.app, &acting.actor, id, asked.version).await?;
    let event = &timetable.event;
    let both = names(&timetable);
    let stands = refusals(&timetable.built);
    let last = timetable.built.participants.len().div_ceil(ROWS).max(1);
    let (page, day) = (asked.page.clamp(1, last), asked.day.min(event.setup.days.len().saturating_sub(1)));
    let held: BTreeSet<RequestId> = timetable.meetings().iter().map(|meeting| meeting.request).collect();
    let out: Vec<RequestId> = timetable.built.meetings.iter().filter(|id| !held.contains(*id)).copied().collect();
    let left_out: Vec<Value> = out
        .iter()
        .take(MOST_LEFT_OUT)
        .filter_map(|id| {
            both.get(id).map(
                |(one, other)| context! { request => id.to_string(), one => one.as_str(), other => other.as_str() },
            )
        })
        .collect();
    let days: Vec<Value> = event
        .setup
        .days
        .iter()
        .enumerate()
        .map(|(at, of)| context! { at, on => of.on.as_str(), current => at == day })
        .collect();
    let published = timetables::published(&acting.app, event).await?;
    let may_edit = acting.may(Action::EditEvents, Resource::Cluster(event.cluster)).is_ok();
    let context = context! {
        event => head(acting, event),
        tab => "timetable",
        version => timetable.version.as_ref().map(|version| told(acting, version, timetable.newest, &both)),
        published => published.map(|version| version.number),
        newest => timetable.newest,
        agreed => timetable.built.meetings.len(),
        refusals => said(acting, event, &stands),
        blocked => stands.iter().any(|one| one.blocks),
        broken => said(acting, event, &timetable.broken()),
        grid => grid(acting, &timetable, day, page),
        days,
        day,
        page_of_grid => page,
        last,
        left_out,
        left_out_count => out.len(),
        runs => search::runs(&acting.app, id),
        patience => USUAL_PATIENCE.as_secs(),
        may_edit,
    };
    Ok(acting.page("events/timetable.html", context).await?.into_response())
}

pub(super) async fn index(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    page(&acting, id, &asked).await
}
