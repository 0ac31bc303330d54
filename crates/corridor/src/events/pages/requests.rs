//! The tab «Requests» of an event.

use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    files::{ExportAsked, file, text},
    head, messages,
    participants::shown,
};
use crate::{
    accounts::{Acting, Action, Resource},
    events::{
        EventId, RequestState, Standing,
        requests::{self, Filter, Tally, json_of},
    },
    foundation::{
        cells::Cell,
        errors::{Error, FieldProblem},
        pages::by_field,
    },
};

/// How many requests stand on one page.
const ON_A_PAGE: usize = 100;

#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Paged {
    page: usize,
}

async fn page(
    acting: &Acting,
    id: EventId,
    (filter, page): (&Filter, usize),
    typed: (&str, &str),
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let (event, participants, all, lines) = requests::list(&acting.app, &acting.actor, id, filter).await?;
    let tally = Tally::of(&all);
    let confirmed = participants.iter().filter(|one| one.standing == Standing::Confirmed);
    let names: Vec<String> = confirmed.map(|one| one.name.clone()).collect();
    let each = (!names.is_empty()).then(|| 2.0 * tally.meetings() as f64 / names.len() as f64);
    let states: Vec<Value> = RequestState::ALL
        .iter()
        .map(|state| {
            context! {
                key => state.key(),
                label => acting.say(&format!("meet-state-{}", state.key())),
                count => all.iter().filter(|request| request.state == *state).count(),
                current => filter.state == state.key(),
            }
        })
        .collect();
    let last = lines.len().div_ceil(ON_A_PAGE).max(1);
    let current = page.clamp(1, last);
    let listed: Vec<Value> = lines
        .iter()
        .rev()
        .skip((current - 1) * ON_A_PAGE)
        .take(ON_A_PAGE)
        .map(|(request, from, to)| {
            context! {
                from => shown(&event, from, &[]), to => shown(&event, to, &[]),
                state => request.state.key(), wish => request.wish.key(), answer_wish => request.answer_wish.key(),
                by_team => request.by_team, asked_at => request.asked_at.0,
                answered_at => request.answered_at.map(|at| at.0),
            }
        })
        .collect();
    let query = if filter.state.is_empty() { String::new() } else { format!("state={}&", filter.state) };
    let context = context! {
        event => head(acting, &event),
        tab => "requests",
        all => all.len(), states, filter => filter.state.as_str(), requests => listed,
        rate => tally.rate(), answered => tally.accepted + tally.declined, accepted => tally.accepted,
        waiting => tally.waiting, by_team => tally.by_team, meetings => tally.meetings(),
        each => each.map(|each| acting.language.decimal(each, 1)),
        names,
        fields => context! { one => typed.0, other => typed.1 },
        problems => by_field(messages(acting, problems)),
        may_edit => acting.may(Action::EditEvents, Resource::Cluster(event.cluster)).is_ok(),
        pages => last, current, href => format!("/events/{id}/requests?{query}page="),
        export_href => format!("/events/{id}/requests/export?{query}format="),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("events/requests.html", context).await?).into_response())
}

pub(super) async fn index(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(filter): Query<Filter>,
    Query(paged): Query<Paged>,
) -> Result<Response, Error> {
    page(&acting, id, (&filter, paged.page), ("", ""), &[]).await
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Pair {
    one: String,
    other: String,
}

pub(super) async fn set(acting: Acting, Path(id): Path<EventId>, Form(pair): Form<Pair>) -> Result<Response, Error> {
    match requests::set(&acting.app, &acting.actor, id, &pair.one, &pair.other).await {
        Ok(_) => Ok(Redirect::to(&format!("/events/{id}/requests?done=meet-set")).into_response()),
        Err(Error::Invalid(problems)) => {
            page(&acting, id, (&Filter::default(), 1), (&pair.one, &pair.other), &problems).await
        }
        Err(error) => Err(error),
    }
}

/// The columns of a file.
const COLUMNS: [&str; 15] = [
    "from",
    "from_country",
    "from_kind",
    "from_delegation",
    "to",
    "to_country",
    "to_kind",
    "to_delegation",
    "state",
    "wish",
    "answer_wish",
    "sessions",
    "set_by_team",
    "asked_at",
    "answered_at",
];

fn row_of((request, from, to): &requests::Line) -> Vec<Cell> {
    let side = |one: &crate::events::Participant| {
        [text(&one.name), text(&one.country), text(&one.kind), text(&one.delegation)]
    };
    let sessions: Vec<String> =
        request.sessions.iter().map(|(day, session)| format!("{}.{}", day + 1, session + 1)).collect();
    let mut row: Vec<Cell> = side(from).into_iter().chain(side(to)).collect();
    row.extend([
        text(request.state.key()),
        text(request.wish.key()),
        text(request.answer_wish.key()),
        text(&sessions.join(" ")),
        text(if request.by_team { "yes" } else { "no" }),
        text(&request.asked_at.to_jiff().to_string()),
        text(&request.answered_at.map(|at| at.to_jiff().to_string()).unwrap_or_default()),
    ]);
    row
}

pub(super) async fn export(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(asked): Query<ExportAsked>,
    Query(filter): Query<Filter>,
) -> Result<Response, Error> {
    let (_, _, _, lines) = requests::list(&acting.app, &acting.actor, id, &filter).await?;
    file("requests", asked.format, &COLUMNS, lines.iter().map(row_of), || lines.iter().map(json_of).collect())
}
