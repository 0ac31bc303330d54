//! The tab «Timetable» of an event: its grid, the search, moves by hand, versions, publishing, what more tables would bring.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use axum::{
    Form,
    extract::{Path, Query},
    http::{HeaderMap, StatusCode, header},
    response::{
        IntoResponse, Redirect, Response,
        sse::{Event as Sent, KeepAlive, Sse},
    },
};
use fluent_bundle::FluentValue;
use minijinja::{Value, context};
use timetable::Score;
use tokio_stream::{StreamExt, wrappers::ReceiverStream};

use super::head;
use crate::{
    accounts::{Acting, Action, Resource},
    events::{
        Event, EventId, ParticipantId, Request, RequestId,
        timetables::{
            self, Change, Findings, Moved, Placed, Reason, Refusal, Target, Timetable, Version, agenda, by_participant,
            changes, publishing, refusals,
            search::{self, MOST_PATIENCE, Snapshot, Step, USUAL_PATIENCE},
            waits, what_if,
        },
    },
    foundation::{errors::Error, time::Timestamp},
};

/// Participants on one page of the grid.
const ROWS: usize = 24;
/// Meetings listed that are not held.
const MOST_LEFT_OUT: usize = 40;
/// How long a browser without script waits for a search.
const WITHOUT_SCRIPT: Duration = Duration::from_secs(10);

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

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    seconds: Option<u64>,
}

fn patience(wanted: &Wanted) -> Duration {
    wanted.seconds.map_or(USUAL_PATIENCE, Duration::from_secs).clamp(Duration::from_secs(1), MOST_PATIENCE)
}

/// Searches, and sends the figures whenever they became better. What was found becomes a draft, also when nobody listens
/// any more: so only a page of this site may begin it, and an address that somebody is led to does not.
pub(super) async fn live(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    crate::events::editable(&acting.app, &acting.actor, id).await?;
    let accepts = headers.get(header::ACCEPT).and_then(|accepts| accepts.to_str().ok()).unwrap_or_default();
    if !accepts.contains("text/event-stream") {
        return Err(Error::input("a search is begun from the page of the timetable: ask for `text/event-stream`"));
    }
    let steps = search::begin(&acting.app, &acting.actor, id, patience(&wanted)).await?;
    let events = ReceiverStream::new(steps).then(move |step| {
        let acting = acting.clone();
        async move {
            let sent = match step {
                Ok(Step::Better(snapshot)) => better(&acting, &snapshot).await,
                Ok(Step::Ended(number)) => {
                    Ok(serde_json::json!({ "page": format!("/events/{id}/timetable?version={number}&done=timetable-made") }))
                }
                Ok(Step::Without(conflict)) => without(&acting, id, &conflict).await,
                Err(error) => Err(error),
            };
            let name = |sent: &serde_json::Value| if sent.get("better").is_some() { "better" } else { "ended" };
            sent.and_then(|sent| {
                Ok(Sent::default().event(name(&sent)).json_data(&sent).map_err(anyhow::Error::from)?)
            })
            .or_else(|error| {
                tracing::error!(%error, "a search for a timetable ended");
                Sent::default().event("trouble").json_data(acting.say("timetable-search-trouble"))
            })
        }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

async fn better(acting: &Acting, snapshot: &Snapshot) -> Result<serde_json::Value, Error> {
    let figures = figures(snapshot.held, snapshot.asked, snapshot.score, Some(snapshot.bound), snapshot.took);
    let answer = acting.page("events/timetable/figures.html", context! { figures }).await?.0;
    Ok(serde_json::json!({ "answer": answer, "better": true }))
}

async fn without(acting: &Acting, id: EventId, conflict: &[Refusal]) -> Result<serde_json::Value, Error> {
    let event = crate::events::editable(&acting.app, &acting.actor, id).await?;
    let context = context! { conflict => said(acting, &event, conflict) };
    let answer = acting.page("events/timetable/without.html", context).await?.0;
    Ok(serde_json::json!({ "answer": answer }))
}

/// The same for a browser without script: it waits a little, and is shown what was found.
pub(super) async fn run(acting: Acting, Path(id): Path<EventId>) -> Result<Response, Error> {
    let mut steps = search::begin(&acting.app, &acting.actor, id, WITHOUT_SCRIPT).await?;
    while let Some(step) = steps.recv().await {
        match step? {
            Step::Better(_) => {}
            Step::Ended(number) => {
                let to = format!("/events/{id}/timetable?version={number}&done=timetable-made");
                return Ok(Redirect::to(&to).into_response());
            }
            Step::Without(conflict) => {
                let event = crate::events::editable(&acting.app, &acting.actor, id).await?;
                let context = context! {
                    event => head(&acting, &event),
                    tab => "timetable",
                    conflict => said(&acting, &event, &conflict),
                };
                let page = acting.page("events/timetable/none.html", context).await?;
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
            }
        }
    }
    Ok(Redirect::to(&format!("/events/{id}/timetable")).into_response())
}

pub(super) async fn stop(acting: Acting, Path(id): Path<EventId>) -> Result<Response, Error> {
    search::stop(&acting.app, &acting.actor, id).await?;
    Ok(Redirect::to(&format!("/events/{id}/timetable")).into_response())
}

#[derive(serde::Deserialize)]
pub(super) struct Act {
    version: i64,
    request: RequestId,
    #[serde(default)]
    locked: String,
}

pub(super) async fn lock(acting: Acting, Path(id): Path<EventId>, Form(act): Form<Act>) -> Result<Response, Error> {
    let locked = act.locked == "yes";
    timetables::set_locked(&acting.app, &acting.actor, id, act.version, act.request, locked).await?;
    let done = if locked { "timetable-locked" } else { "timetable-unlocked" };
    Ok(Redirect::to(&format!("/events/{id}/timetable/meeting/{}?done={done}", act.request)).into_response())
}

pub(super) async fn take_out(acting: Acting, Path(id): Path<EventId>, Form(act): Form<Act>) -> Result<Response, Error> {
    timetables::take_out(&acting.app, &acting.actor, id, act.version, act.request).await?;
    Ok(Redirect::to(&format!("/events/{id}/timetable?done=timetable-taken-out")).into_response())
}

async fn meeting_page(
    acting: &Acting,
    (id, request): (EventId, RequestId),
    typed: Option<&Move>,
    broken: &[Refusal],
) -> Result<Response, Error> {
    let found = timetables::movable(&acting.app, &acting.actor, id, request).await?;
    let (timetable, event) = (&found.timetable, &found.timetable.event);
    let [one, other] = timetable.built.names(found.at);
    let place = |meeting: &Placed| agenda::place_words(&acting.app, acting.language, event, meeting);
    let slots: Vec<Value> = timetable
        .built
        .slots
        .iter()
        .enumerate()
        .map(|(at, slot)| {
            let free = found
                .free
                .iter()
                .find(|(slot, _)| *slot == at)
                .map_or(0, |(_, tables)| tables.iter().map(|held| held.place).collect::<BTreeSet<_>>().len());
            let chosen = match typed {
                Some(typed) => typed.starts == slot.starts.0,
                None => found.now.is_some_and(|now| now.starts == slot.starts),
            };
            context! {
                starts => slot.starts.0,
                when => moment(acting, event, slot.starts),
                free,
                chosen,
                against => said(acting, event, &found.against(at)),
            }
        })
        .collect();
    let several = event.setup.rooms.len() > 1;
    let tables: Vec<Value> = timetable
        .built
        .places
        .iter()
        .map(|(room, table)| {
            let name = event.setup.rooms.get(*room).filter(|_| several).map_or("", |room| room.name.as_str());
            let label = if name.is_empty() { table.to_string() } else { format!("{name}, {table}") };
            context! { value => format!("{}/{table}", room + 1), label }
        })
        .collect();
    let context = context! {
        event => head(acting, event),
        tab => "timetable",
        version => timetable.newest,
        request => request.to_string(),
        one, other,
        now => found.now.map(|now| context! {
            when => moment(acting, event, now.starts), place => place(&now), locked => now.locked,
        }),
        slots,
        tables,
        table => typed.map_or("", |typed| typed.table.as_str()),
        broken => said(acting, event, broken),
    };
    let status = if broken.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("events/timetable/meeting.html", context).await?).into_response())
}

type Meeting = Path<(EventId, RequestId)>;

pub(super) async fn meeting(acting: Acting, Path(both): Meeting) -> Result<Response, Error> {
    meeting_page(&acting, both, None, &[]).await
}

#[derive(serde::Deserialize)]
pub(super) struct Move {
    version: i64,
    #[serde(default)]
    starts: i64,
    #[serde(default)]
    table: String,
}

pub(super) async fn move_meeting(
    acting: Acting,
    Path(both): Meeting,
    Form(wanted): Form<Move>,
) -> Result<Response, Error> {
    let table = match wanted.table.trim() {
        "" => None,
        text => {
            let wrong = || Error::input(format!("`table`: `{text}` is no table; write room and table, such as 1/3"));
            let (room, table) = text.split_once('/').ok_or_else(wrong)?;
            let room = room.parse::<usize>().ok().and_then(|room| room.checked_sub(1)).ok_or_else(wrong)?;
            Some((room, table.parse().map_err(|_| wrong())?))
        }
    };
    let target = Target { starts: Timestamp(wanted.starts), table };
    let (id, request) = both;
    match timetables::move_meeting(&acting.app, &acting.actor, id, wanted.version, request, target).await? {
        Moved::Version(_) => {
            Ok(Redirect::to(&format!("/events/{id}/timetable/meeting/{request}?done=timetable-moved")).into_response())
        }
        Moved::Refused(broken) => meeting_page(&acting, both, Some(&wanted), &broken).await,
    }
}

/// What changed for whom.
fn changed(acting: &Acting, timetable: &Timetable, touched: &BTreeMap<ParticipantId, Vec<Change>>) -> Vec<Value> {
    let event = &timetable.event;
    let of: BTreeMap<ParticipantId, &str> =
        timetable.ground.participants.iter().map(|(one, _)| (one.id, one.name.as_str())).collect();
    let requests: BTreeMap<RequestId, &Request> =
        timetable.ground.requests.iter().map(|request| (request.id, request)).collect();
    let place = |meeting: &Placed| agenda::place_words(&acting.app, acting.language, event, meeting);
    let mut lines: Vec<(String, Value)> = touched
        .iter()
        .map(|(id, changes)| {
            let name = of.get(id).copied().unwrap_or_default();
            let changes: Vec<Value> = changes
                .iter()
                .map(|change| {
                    let meeting = change.shown();
                    let other = requests.get(&meeting.request).and_then(|request| of.get(&request.other(*id)));
                    let before = match change {
                        Change::Moved(before, _) => Some((moment(acting, event, before.starts), place(before))),
                        _ => None,
                    };
                    context! {
                        kind => change.key(),
                        with => other.copied().unwrap_or_default(),
                        when => moment(acting, event, meeting.starts),
                        place => place(meeting),
                        before => before.as_ref().map(|(when, _)| when.as_str()),
                        before_place => before.as_ref().map(|(_, place)| place.as_str()),
                    }
                })
                .collect();
            (name.to_lowercase(), context! { name, changes })
        })
        .collect();
    lines.sort_by(|one, other| one.0.cmp(&other.0));
    lines.into_iter().map(|(_, line)| line).collect()
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Between {
    from: Option<i64>,
    to: Option<i64>,
}

pub(super) async fn versions(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(between): Query<Between>,
) -> Result<Response, Error> {
    let (app, actor) = (&acting.app, &acting.actor);
    let lines = timetables::versions(app, actor, id).await?;
    let timetable = timetables::open(app, actor, id, between.to).await?;
    let to = timetable.version.as_ref().map(|version| version.number);
    // Beside what participants see, unless that is what is looked at; then beside the version before.
    let before = || {
        let published = lines.iter().find(|line| line.published_at.is_some() && Some(line.number) != to);
        let earlier = lines.iter().find(|line| Some(line.number) < to);
        published.filter(|line| Some(line.number) < to).or(earlier).map(|line| line.number)
    };
    let from = between.from.or_else(before);
    let old = match from {
        Some(from) => timetables::open(app, actor, id, Some(from)).await?.version,
        None => None,
    };
    let found = changes(old.as_ref().map_or(&[], |version| &version.meetings), timetable.meetings());
    let touched = by_participant(&found, &timetable.ground.requests);
    let both = names(&timetable);
    let lines: Vec<Value> = lines
        .iter()
        .map(|line| {
            context! {
                number => line.number,
                state => line.state.key(),
                why => why(&acting, line.reason, &both),
                made_at => line.made_at.0,
                published_at => line.published_at.map(|at| at.0),
                breaks => line.findings.score.breaks,
                proved => line.findings.is_proved(),
            }
        })
        .collect();
    let context = context! {
        event => head(&acting, &timetable.event),
        tab => "timetable",
        lines,
        from, to,
        changes => found.len(),
        touched => changed(&acting, &timetable, &touched),
    };
    Ok(acting.page("events/timetable/versions.html", context).await?.into_response())
}

#[derive(serde::Deserialize)]
pub(super) struct Which {
    version: i64,
}

pub(super) async fn ask_publish(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let preview = publishing::preview(&acting.app, &acting.actor, id, which.version).await?;
    let event = &preview.timetable.event;
    let count = |kind: &str| preview.changes.iter().filter(|change| change.key() == kind).count();
    let context = context! {
        event => head(&acting, event),
        tab => "timetable",
        version => which.version,
        published => preview.before.as_ref().map(|version| version.number),
        is_draft => preview.timetable.version.as_ref().is_some_and(|version| version.state.key() == "draft"),
        new => count("new"), moved => count("moved"), gone => count("gone"),
        participants => preview.touched.len(),
        letters => preview.letters,
        demonstration => acting.actor.is_of_the_demonstration(),
        broken => said(&acting, event, &preview.broken),
        touched => changed(&acting, &preview.timetable, &preview.touched),
    };
    Ok(acting.page("events/timetable/publish.html", context).await?.into_response())
}

pub(super) async fn publish(
    acting: Acting,
    Path(id): Path<EventId>,
    Form(which): Form<Which>,
) -> Result<Response, Error> {
    publishing::publish(&acting.app, &acting.actor, id, which.version).await?;
    Ok(Redirect::to(&format!("/events/{id}/timetable?done=timetable-published")).into_response())
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct More {
    tables: Option<u32>,
    slots: Option<u32>,
}

pub(super) async fn ask_what_if(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(more): Query<More>,
) -> Result<Response, Error> {
    let event = crate::events::editable(&acting.app, &acting.actor, id).await?;
    let (tables, slots) = (more.tables.unwrap_or(0), more.slots.unwrap_or(0));
    let compared = if tables == 0 && slots == 0 {
        None
    } else {
        Some(what_if::compare(&acting.app, &acting.actor, id, tables, slots).await?)
    };
    let outcome = |outcome: &what_if::Outcome| {
        context! { held => outcome.held, breaks => outcome.score.breaks, shortfall => outcome.score.shortfall }
    };
    let context = context! {
        event => head(&acting, &event),
        tab => "timetable",
        tables => more.tables.map_or_else(|| "2".to_owned(), |tables| tables.to_string()),
        slots => more.slots.unwrap_or(0).to_string(),
        most_tables => what_if::MOST.0, most_slots => what_if::MOST.1,
        more_tables => tables, more_slots => slots,
        compared => compared.map(|compared| {
            let held = |outcome: &what_if::Outcome| outcome.held.unwrap_or(0) as i64;
            let breaks = |outcome: &what_if::Outcome| outcome.score.breaks as i64;
            context! {
                now => outcome(&compared.now), then => outcome(&compared.then), asked => compared.asked,
                more_held => held(&compared.then) - held(&compared.now),
                fewer_breaks => breaks(&compared.now) - breaks(&compared.then),
            }
        }),
    };
    Ok(acting.page("events/timetable/what_if.html", context).await?.into_response())
}
