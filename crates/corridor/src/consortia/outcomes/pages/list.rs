//! The submissions of the cluster with how often they were granted, as a page, as files, and in short beside a call or an
//! organisation.

use std::collections::BTreeSet;

use axum::{
    extract::{Path, Query},
    http::header,
    response::{IntoResponse, Response},
};
use minijinja::{Value, context};

use super::{
    super::{
        Table, json_of, learn, list,
        model::{AnswerKind, By, ClusterPart, DECIDED, Filter, Line, NONE, Tally, tallies},
    },
    title, write_hundredths,
};
use crate::{
    accounts::{Acting, Action, Resource},
    consortia::{Content, rulebook, rules_of_today, store as drafts},
    directory::{OrganisationId, export::Format},
    foundation::{
        cells::{self, Cell},
        errors::Error,
        pages::by_field,
    },
};

/// How many submissions stand in short beside a call or an organisation.
const IN_SHORT: usize = 5;

/// The address of the list with a question.
fn href(filter: &Filter) -> String {
    format!("/submissions?{}", filter.query())
}

/// A value of a question in words.
fn named(acting: &Acting, by: By, value: &str) -> String {
    match by {
        By::Instrument if value == NONE => acting.say("outcomes-no-instrument"),
        By::Instrument => rules_of_today(&acting.app).name(value, acting.language),
        By::Year => value.to_owned(),
        By::Part => acting.say(&format!("outcomes-part-{value}")),
    }
}

fn state_named(acting: &Acting, state: &str) -> String {
    acting.say(&format!("outcomes-state-{state}"))
}

/// Counts with the address of the records that each is made of.
fn tally(filter: &Filter, label: String, of: &Tally) -> Value {
    let count = |state: &str| context! { count => of.count(state), href => href(&filter.with("state", state)) };
    context! {
        label,
        all => of.all(),
        href => href(filter),
        decided => of.decided(),
        decided_href => href(&filter.with("state", DECIDED)),
        granted => count("granted"),
        rejected => count("rejected"),
        reserve => count("reserve"),
        waiting => count("waiting"),
        invited => count("invited"),
        withdrawn => count("withdrawn"),
        rate => of.rate(),
        grant_cents => (of.grant_cents > 0).then_some(of.grant_cents),
    }
}

fn row(acting: &Acting, line: &Line) -> Value {
    let one = &line.submission;
    let answer = one.answer();
    context! {
        href => format!("/consortia/{}/outcome#s-{}", one.draft, one.id),
        name => line.draft_name.as_str(),
        topic => line.topic.as_deref(),
        topic_title => line.topic_title.as_deref(),
        instrument => one.instrument.as_deref(),
        instrument_name => one.instrument.as_deref().map(|id| rulebook(&acting.app).of_day(one.on).name(id, acting.language)),
        stage => title(acting, one),
        on => one.on.to_string(),
        state => one.state(),
        answered_on => answer.map(|answer| answer.on.to_string()),
        percent => answer.and_then(|answer| answer.marks.percent()),
        part => acting.say(&format!("outcomes-part-{}", line.part().key())),
        grant_cents => answer.and_then(|answer| answer.grant.grant_cents),
        members => line.participants.len(),
    }
}

/// The questions in force, each with the address of the list without it.
async fn in_force(acting: &Acting, filter: &Filter) -> Result<Vec<Value>, Error> {
    let mut found = Vec::new();
    for (name, value) in filter.given() {
        let label = match name {
            "instrument" => named(acting, By::Instrument, &value),
            "part" => named(acting, By::Part, &value),
            "state" => state_named(acting, &value),
            "organisation" => match value.parse::<OrganisationId>() {
                Ok(id) => {
                    let known = drafts::organisations(&acting.app.database, &[id]).await?;
                    known.get(&id).map_or_else(|| value.clone(), drafts::OrganisationFacts::shown)
                }
                Err(_) => value.clone(),
            },
            _ => value.clone(),
        };
        found.push(context! { label, href => href(&filter.with(name, "")) });
    }
    Ok(found)
}

fn choices(values: impl IntoIterator<Item = (String, String)>) -> Vec<Value> {
    values.into_iter().map(|(value, label)| context! { value, label }).collect()
}

pub(super) async fn index(acting: Acting, Query(filter): Query<Filter>) -> Result<Response, Error> {
    let all = list(&acting.app, &acting.actor, &Filter::default()).await?;
    filter.sound()?;
    let kept: Vec<Line> = all.iter().filter(|line| filter.keeps(line)).cloned().collect();
    let groups = By::ALL.map(|by| {
        let rows: Vec<Value> = tallies(&kept, by)
            .iter()
            .map(|(value, of)| tally(&filter.with(by.key(), value), named(&acting, by, value), of))
            .collect();
        context! { title => acting.say(&format!("outcomes-by-{}", by.key())), rows }
    });
    let values = |by: By| -> BTreeSet<String> { tallies(&all, by).into_iter().map(|(value, _)| value).collect() };
    let states = ["waiting"].into_iter().chain(AnswerKind::ALL.iter().map(|kind| kind.key())).chain([DECIDED]);
    let context = context! {
        any => !all.is_empty(),
        total => tally(&filter, acting.say("outcomes-all"), &Tally::of(&kept)),
        groups => groups.to_vec(),
        rows => kept.iter().map(|line| row(&acting, line)).collect::<Vec<_>>(),
        filters => in_force(&acting, &filter).await?,
        fields => by_field(filter.given().into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        instruments => choices(values(By::Instrument).into_iter().map(|id| (id.clone(), named(&acting, By::Instrument, &id)))),
        years => choices(values(By::Year).into_iter().rev().map(|year| (year.clone(), year))),
        states => choices(states.map(|state| (state.to_owned(), state_named(&acting, state)))),
        parts => choices(ClusterPart::ALL.iter().map(|part| (part.key().to_owned(), named(&acting, By::Part, part.key())))),
        query => filter.query(),
    };
    Ok(acting.page("consortia/outcomes/submissions.html", context).await?.into_response())
}

/// The columns of a file.
const COLUMNS: [&str; 21] = [
    "draft",
    "topic",
    "instrument",
    "stage",
    "submitted_on",
    "reference",
    "state",
    "answered_on",
    "total",
    "out_of",
    "percent",
    "thresholds_reached",
    "rank",
    "rank_of",
    "part_of_the_cluster",
    "organisations",
    "grant_eur",
    "eligible_costs_eur",
    "agreement",
    "starts_on",
    "version",
];

fn row_of(line: &Line) -> Vec<Cell> {
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let maybe = |value: Option<&str>| value.map_or(Cell::Empty, text);
    let number = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Number);
    let hundredths = |value: Option<i64>| number(value.map(|value| value as f64 / 100.0));
    let one = &line.submission;
    let answer = one.answer();
    let (marks, grant) = (answer.map(|answer| &answer.marks), answer.map(|answer| &answer.grant));
    let standing = marks.map(|marks| serde_json::to_value(marks.standing()).unwrap_or_default());
    vec![
        text(&line.draft_name),
        maybe(line.topic.as_deref()),
        maybe(one.instrument.as_deref()),
        maybe(one.stage.as_deref()),
        text(&one.on.to_string()),
        text(&one.reference),
        text(one.state()),
        maybe(answer.map(|answer| answer.on.to_string()).as_deref()),
        hundredths(marks.and_then(|marks| marks.total())),
        hundredths(marks.filter(|marks| !marks.is_empty()).and_then(|marks| marks.out_of)),
        number(marks.and_then(|marks| marks.percent()).map(f64::from)),
        maybe(standing.as_ref().and_then(|word| word.as_str())),
        number(marks.and_then(|marks| marks.rank).map(f64::from)),
        number(marks.and_then(|marks| marks.rank_of).map(f64::from)),
        text(line.part().key()),
        Cell::Number(line.participants.len() as f64),
        hundredths(grant.and_then(|grant| grant.grant_cents)),
        hundredths(grant.and_then(|grant| grant.cost_cents)),
        maybe(grant.map(|grant| grant.agreement.as_str())),
        maybe(grant.and_then(|grant| grant.starts_on).map(|day| day.to_string()).as_deref()),
        Cell::Number(one.revision as f64),
    ]
}

#[derive(serde::Deserialize)]
pub(super) struct ExportAsked {
    format: Format,
}

fn file(name: &str, kind: &str, body: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], body).into_response()
}

pub(super) async fn export(
    acting: Acting,
    Query(asked): Query<ExportAsked>,
    Query(filter): Query<Filter>,
) -> Result<Response, Error> {
    let lines = list(&acting.app, &acting.actor, &filter).await?;
    let body = match asked.format {
        Format::Csv => cells::csv(&COLUMNS, lines.iter().map(row_of))?,
        Format::Xlsx => cells::xlsx(&COLUMNS, lines.iter().map(row_of))?,
        Format::Json => {
            serde_json::to_vec_pretty(&lines.iter().map(json_of).collect::<Vec<_>>()).map_err(anyhow::Error::from)?
        }
    };
    Ok(file(&format!("submissions.{}", asked.format.ending()), asked.format.content_type(), body))
}

pub(super) async fn learning(
    acting: Acting,
    Path(table): Path<Table>,
    Query(filter): Query<Filter>,
) -> Result<Response, Error> {
    let body = learn(&acting.app, &acting.actor, &filter, table).await?;
    Ok(file(table.file(), "text/csv; charset=utf-8", body))
}

/// What the team submitted, in short; nothing for whoever may not read drafts, or where there is nothing.
async fn in_short(acting: &Acting, filter: Filter) -> Result<Response, Error> {
    let nothing = || axum::response::Html(String::new()).into_response();
    if acting.may(Action::ReadDrafts, Resource::Instance).is_err() || acting.actor.cluster().is_none() {
        return Ok(nothing());
    }
    let lines = list(&acting.app, &acting.actor, &filter).await?;
    if lines.is_empty() {
        return Ok(nothing());
    }
    let context = context! {
        total => tally(&filter, acting.say("outcomes-all"), &Tally::of(&lines)),
        rows => lines.iter().take(IN_SHORT).map(|line| row(acting, line)).collect::<Vec<_>>(),
        more => lines.len().saturating_sub(IN_SHORT),
    };
    Ok(acting.page("consortia/outcomes/short.html", context).await?.into_response())
}

pub(super) async fn of_topic(acting: Acting, Path(identifier): Path<String>) -> Result<Response, Error> {
    in_short(&acting, Filter { topic: identifier, ..Filter::default() }).await
}

pub(super) async fn of_organisation(acting: Acting, Path(id): Path<OrganisationId>) -> Result<Response, Error> {
    in_short(&acting, Filter { organisation: id.to_string(), ..Filter::default() }).await
}

/// What was noted of earlier submissions of a draft, for its sheet.
pub(in crate::consortia) fn recorded(acting: &Acting, content: &Content) -> Vec<Value> {
    let lines = content.facts.recorded.iter().map(|one| {
        context! {
            href => format!("/consortia/{}/outcome#s-{}", one.draft, one.submission),
            name => one.name.as_str(),
            programme => one.programme.as_str(),
            state => state_named(acting, one.kind.map_or("waiting", AnswerKind::key)),
            score => one.score.map(|percent| write_hundredths(acting.language, i64::from(percent) * 100)),
            on => one.on.to_string(),
            counts => one.counts,
            again => one.again.0,
            all => one.again.1,
        }
    });
    lines.collect()
}
