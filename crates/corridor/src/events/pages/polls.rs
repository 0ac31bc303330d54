//! Date polls: the team's tab «Dates», and the page on which somebody says which days suit.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{Path, Query},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use jiff::ToSpan;
use minijinja::{Value, context};
use serde_json::json;

use super::{
    attending::{TELLS_NOBODY, seated},
    head,
    inviting::{Pairs, typed},
    messages,
    participants::shown,
};
use crate::{
    accounts::{Acting, Action, Resource},
    directory::export::Format,
    events::{
        DelegationId, Event, EventId, attending,
        polls::{self, Answer, Beside, Line, Proposed, Question, Suits, View},
        today_at,
    },
    foundation::{
        cells::{self, Cell},
        errors::{Error, FieldProblem},
        pages::by_field,
        time::Day,
    },
};

/// How many voices stand on one page.
const ON_A_PAGE: usize = 100;
/// How many rows for days the form shows at first, and how many stay free.
const ROWS: usize = 4;
const FREE: usize = 2;

/// The days of an event that begins on one, in words: one day with its day of the week, or from the first to the last.
fn span_words(acting: &Acting, event: &Event, first: Day) -> String {
    let setup = &event.setup;
    let long = setup.first_day().zip(setup.last_day()).map_or(0, |(first, last)| first.days_until(last));
    // What is known to the month only takes one day once it has one.
    match first.0.checked_add(long.days()) {
        Ok(last) if long > 0 && !setup.days.is_empty() => acting.language.days(first.0, last),
        _ => acting.language.weekday(first.0),
    }
}

/// What stands in the form at first: the days of an open poll, else the day on which the event stands.
fn fields(view: &View, today: Day) -> BTreeMap<String, String> {
    let open = view.poll.as_ref().filter(|_| view.event.polled);
    let first = view.event.setup.days.iter().filter_map(crate::events::EventDay::day).min();
    let (days, until, message) = match open {
        Some(poll) => (poll.proposals.clone(), poll.until, poll.message.as_str()),
        None => (first.into_iter().collect(), polls::usual_end(first, today), ""),
    };
    let mut fields: BTreeMap<String, String> =
        days.iter().enumerate().map(|(at, day)| (format!("day.{at}"), day.to_string())).collect();
    fields.insert("until".to_owned(), until.to_string());
    fields.insert("message".to_owned(), message.to_owned());
    fields
}

fn proposed(pairs: &Pairs) -> Proposed {
    Proposed {
        days: (0..polls::MOST + 1).map(|at| typed(pairs, &format!("day.{at}")).to_owned()).collect(),
        until: typed(pairs, "until").to_owned(),
        message: typed(pairs, "message").to_owned(),
    }
}

fn word_of(line: &Line, day: Day) -> &'static str {
    let suits = line.given.as_ref().and_then(|given| given.answer.get(&day));
    suits.map_or("silent", |suits| suits.key())
}

#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Narrowed {
    show: String,
    page: usize,
}

async fn page(
    acting: &Acting,
    id: EventId,
    narrowed: &Narrowed,
    typed: Option<&Pairs>,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let view = polls::of_event(&acting.app, &acting.actor, id).await?;
    let event = &view.event;
    let today = today_at(&acting.app, event);
    let proposals = view.poll.as_ref().map_or(&[][..], |poll| &poll.proposals);
    let beside = match event.polled {
        true => polls::beside(&acting.app, acting.reader().await?, event, proposals).await?,
        false => BTreeMap::new(),
    };
    let none: Vec<Beside> = Vec::new();
    let days: Vec<Value> = view
        .tallies
        .iter()
        .enumerate()
        .map(|(at, tally)| {
            let cannot = view.lines.iter().filter(|line| word_of(line, tally.day) == "no");
            context! {
                on => tally.day.to_string(),
                words => span_words(acting, event, tally.day),
                yes => tally.yes, if_need_be => tally.if_need_be, no => tally.no, silent => tally.silent,
                can => tally.can(),
                best => at == 0 && tally.can() > 0,
                passed => tally.day < today,
                cannot => cannot.map(|line| line.name.clone()).collect::<Vec<_>>(),
                beside => beside.get(&tally.day).unwrap_or(&none).iter().map(|one| context! {
                    name => one.name.as_str(), cluster => one.cluster.as_str(),
                }).collect::<Vec<_>>(),
            }
        })
        .collect();
    let silent_only = narrowed.show == "silent";
    let listed: Vec<&Line> = view.lines.iter().filter(|line| !silent_only || view.is_silent(line)).collect();
    let last = listed.len().div_ceil(ON_A_PAGE).max(1);
    let current = narrowed.page.clamp(1, last);
    let lines: Vec<Value> = listed
        .iter()
        .skip((current - 1) * ON_A_PAGE)
        .take(ON_A_PAGE)
        .map(|line| {
            context! {
                name => line.name.as_str(),
                cluster => matches!(line.voter, polls::Voter::Delegation(_)),
                page => match line.voter {
                    polls::Voter::Participant(id) => format!("/attend/{id}/dates"),
                    polls::Voter::Delegation(_) => format!("/events/{id}/delegations"),
                },
                answers => proposals.iter().map(|day| word_of(line, *day).to_owned()).collect::<Vec<_>>(),
                by_team => line.given.as_ref().is_some_and(|given| given.by_team),
            }
        })
        .collect();
    let rows = match typed {
        Some(_) => polls::MOST,
        None => (if event.polled { proposals.len() + FREE } else { ROWS }).clamp(ROWS, polls::MOST),
    };
    let fields = match typed {
        Some(pairs) => pairs.iter().cloned().collect(),
        None => fields(&view, today),
    };
    let query = if silent_only { "show=silent&" } else { "" };
    let now = acting.app.clock.now();
    let context = context! {
        event => head(acting, event),
        tab => "dates",
        poll => view.poll.as_ref().map(|poll| context! {
            state => poll.state.key(),
            revision => poll.revision,
            until => acting.language.weekday(poll.until.0),
            takes_answers => poll.takes_answers(today),
            reminds => poll.reminds(today, now),
            message => poll.message.as_str(),
            fixed => poll.fixed.map(|day| span_words(acting, event, day)),
            begun_at => poll.begun_at.0, written_at => poll.written_at.0,
        }).unwrap_or(Value::from(())),
        begins => view.begins(today),
        published => view.published,
        days,
        columns => proposals.iter().map(|day| acting.language.weekday(day.0)).collect::<Vec<_>>(),
        lines, voices => view.lines.len(), answered => view.answered(), silent_only,
        rows, fields => by_field(fields),
        problems => by_field(messages(acting, problems)), problem_count => problems.len(),
        most => polls::MOST,
        current, pages => last, href => format!("/events/{id}/dates?{query}page="),
        export_href => format!("/events/{id}/dates/export?format="),
        demonstration => acting.actor.is_of_the_demonstration(),
        may_edit => acting.may(Action::EditEvents, Resource::Cluster(event.cluster)).is_ok(),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("events/dates.html", context).await?).into_response())
}

pub(super) async fn index(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(narrowed): Query<Narrowed>,
) -> Result<Response, Error> {
    page(&acting, id, &narrowed, None, &[]).await
}

/// Begins a poll, or changes the open one where the form names its revision.
pub(super) async fn save(acting: Acting, Path(id): Path<EventId>, Form(pairs): Form<Pairs>) -> Result<Response, Error> {
    let proposed = proposed(&pairs);
    let saved = match typed(&pairs, "revision") {
        "" => polls::begin(&acting.app, &acting.actor, id, &proposed).await.map(|_| "polls-begun"),
        text => {
            let revision = text.parse().map_err(|_| Error::input("`revision` is no number: open the page again"))?;
            polls::change(&acting.app, &acting.actor, id, revision, &proposed).await.map(|()| "events-saved")
        }
    };
    match saved {
        Ok(done) => Ok(Redirect::to(&format!("/events/{id}/dates?done={done}")).into_response()),
        Err(Error::Invalid(problems)) => page(&acting, id, &Narrowed::default(), Some(&pairs), &problems).await,
        Err(error) => Err(error),
    }
}

#[derive(serde::Deserialize)]
pub(super) struct Read {
    revision: i64,
    #[serde(default)]
    day: String,
}

pub(super) async fn remind(acting: Acting, Path(id): Path<EventId>, Form(read): Form<Read>) -> Result<Response, Error> {
    polls::remind(&acting.app, &acting.actor, id, read.revision).await?;
    Ok(Redirect::to(&format!("/events/{id}/dates?done=polls-reminders")).into_response())
}

pub(super) async fn fix(acting: Acting, Path(id): Path<EventId>, Form(read): Form<Read>) -> Result<Response, Error> {
    let day: Day =
        read.day.parse().map_err(|error: crate::foundation::time::NotADay| Error::input(error.to_string()))?;
    polls::fix(&acting.app, &acting.actor, id, read.revision, day).await?;
    Ok(Redirect::to(&format!("/events/{id}/dates?done=polls-fixed")).into_response())
}

pub(super) async fn end(acting: Acting, Path(id): Path<EventId>, Form(read): Form<Read>) -> Result<Response, Error> {
    polls::end(&acting.app, &acting.actor, id, read.revision).await?;
    Ok(Redirect::to(&format!("/events/{id}/dates?done=polls-ended")).into_response())
}

#[derive(serde::Deserialize)]
pub(super) struct ExportAsked {
    format: Format,
}

pub(super) async fn export(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(asked): Query<ExportAsked>,
) -> Result<Response, Error> {
    let view = polls::of_event(&acting.app, &acting.actor, id).await?;
    let proposals = view.poll.as_ref().map_or(&[][..], |poll| &poll.proposals);
    let headings: Vec<String> = ["name", "voice"]
        .map(str::to_owned)
        .into_iter()
        .chain(proposals.iter().map(Day::to_string))
        .chain(["set_by_team", "answered_at"].map(str::to_owned))
        .collect();
    let row = |line: &Line| {
        let given = line.given.as_ref();
        let voice = if matches!(line.voter, polls::Voter::Delegation(_)) { "cluster" } else { "organisation" };
        let said = proposals.iter().map(|day| match given.and_then(|given| given.answer.get(day)) {
            Some(suits) => Cell::Text(suits.key().to_owned()),
            None => Cell::Empty,
        });
        let by_team =
            given.map_or(Cell::Empty, |given| Cell::Text(if given.by_team { "yes" } else { "no" }.to_owned()));
        let at = given.map_or(Cell::Empty, |given| Cell::Text(given.at.to_jiff().to_string()));
        let head = [Cell::Text(line.name.clone()), Cell::Text(voice.to_owned())];
        head.into_iter().chain(said).chain([by_team, at]).collect::<Vec<Cell>>()
    };
    let body = match asked.format {
        Format::Csv => cells::csv(&headings, view.lines.iter().map(row))?,
        Format::Xlsx => cells::xlsx(&headings, view.lines.iter().map(row))?,
        Format::Json => {
            let lines: Vec<serde_json::Value> = view
                .lines
                .iter()
                .map(|line| {
                    json!({
                        "name": line.name, "days": line.given.as_ref().map(|given| &given.answer),
                        "answered_at": line.given.as_ref().map(|given| given.at.to_jiff().to_string()),
                    })
                })
                .collect();
            serde_json::to_vec_pretty(&lines).map_err(anyhow::Error::from)?
        }
    };
    let headers = [
        (header::CONTENT_TYPE, asked.format.content_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"dates.{}\"", asked.format.ending())),
    ];
    Ok((headers, body).into_response())
}

/// What is asked, as whoever answers sees it: each day with what one said of it.
fn asked(acting: &Acting, event: &Event, question: Option<&Question>, typed: Option<&Pairs>) -> Value {
    let Some(question) = question else { return Value::from(()) };
    let options: Vec<Value> = Suits::ALL
        .iter()
        .map(|suits| {
            let label = acting.say(&format!("polls-word-{}", suits.key()));
            context! { value => suits.key(), label, hint => "" }
        })
        .collect();
    let days: Vec<Value> = question
        .poll
        .proposals
        .iter()
        .map(|day| {
            let name = format!("day.{day}");
            let said = match typed {
                Some(pairs) => super::inviting::typed(pairs, &name).to_owned(),
                None => {
                    let given = question.given.as_ref().and_then(|given| given.answer.get(day));
                    given.map_or_else(String::new, |suits| suits.key().to_owned())
                }
            };
            context! { name, words => span_words(acting, event, *day), said }
        })
        .collect();
    context! {
        state => question.poll.state.key(),
        open => question.open,
        until => acting.language.weekday(question.poll.until.0),
        message => question.poll.message.as_str(),
        fixed => question.poll.fixed.map(|day| span_words(acting, event, day)),
        answered_at => question.given.as_ref().map(|given| given.at.0),
        complete => question.given.as_ref().is_some_and(|given| question.poll.is_answered_by(&given.answer)),
        days, options,
    }
}

fn answer_in(pairs: &Pairs) -> Answer {
    let said = pairs.iter().filter_map(|(field, word)| {
        let day: Day = field.strip_prefix("day.")?.parse().ok()?;
        Some((day, Suits::of(word)?))
    });
    said.collect()
}

async fn seat_page(
    acting: &Acting,
    key: &str,
    typed: Option<&Pairs>,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, key).await?;
    let question = polls::of_seat(&acting.app, &seat).await?;
    let context = context! {
        seat => seated(acting, &seat),
        part => "dates",
        event => head(acting, &seat.event),
        participant => shown(&seat.event, &seat.participant, &[]),
        asked => asked(acting, &seat.event, question.as_ref(), typed),
        action => format!("/attend/{key}/dates"),
        problems => by_field(messages(acting, problems)),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, TELLS_NOBODY, acting.page("events/attend_dates.html", context).await?).into_response())
}

pub(super) async fn of_seat(acting: Acting, Path(key): Path<String>) -> Result<Response, Error> {
    seat_page(&acting, &key, None, &[]).await
}

pub(super) async fn answer(
    acting: Acting,
    Path(key): Path<String>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, &key).await?;
    match polls::answer(&acting.app, &acting.actor, &seat, &answer_in(&pairs)).await {
        Ok(()) => Ok(Redirect::to(&format!("/attend/{key}/dates?done=polls-answered")).into_response()),
        Err(Error::Invalid(problems)) => seat_page(&acting, &key, Some(&pairs), &problems).await,
        Err(error) => Err(error),
    }
}

async fn delegation_page(
    acting: &Acting,
    id: DelegationId,
    typed: Option<&Pairs>,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let (delegation, event, question) = polls::of_delegation(&acting.app, &acting.actor, id).await?;
    let context = context! {
        event => head(acting, &event),
        delegation => context! { id => id.to_string(), name => delegation.name.as_str() },
        asked => asked(acting, &event, question.as_ref(), typed),
        action => format!("/delegations/{id}/dates"),
        may_edit => acting.may(Action::EditEvents, Resource::Cluster(delegation.asked)).is_ok(),
        problems => by_field(messages(acting, problems)),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("events/delegation_dates.html", context).await?).into_response())
}

pub(super) async fn of_delegation(acting: Acting, Path(id): Path<DelegationId>) -> Result<Response, Error> {
    delegation_page(&acting, id, None, &[]).await
}

pub(super) async fn answer_for_cluster(
    acting: Acting,
    Path(id): Path<DelegationId>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    match polls::answer_for_cluster(&acting.app, &acting.actor, id, &answer_in(&pairs)).await {
        Ok(()) => Ok(Redirect::to(&format!("/delegations/{id}/dates?done=polls-answered")).into_response()),
        Err(Error::Invalid(problems)) => delegation_page(&acting, id, Some(&pairs), &problems).await,
        Err(error) => Err(error),
    }
}
