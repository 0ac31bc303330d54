//! Calls as pages, calendars, feeds and files.

use std::collections::HashMap;

use axum::{
    extract::{FromRequestParts, Path},
    http::{HeaderMap, Request, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::{Form, Query};
use fluent_bundle::FluentValue;
use minijinja::context;

use super::{
    Filter, Line, List, State,
    api::{Pair, TopicList, api_href, site},
    escaped, exporting, feeds,
    model::{Facet, Section, TopicId},
    store,
    versions::FieldChange,
};
use crate::{
    accounts::{
        Acting, Action, Resource, Route,
        addresses::{self, Feed},
        tokens::Scope,
    },
    calls::Shelf,
    directory::{OrganisationId, model::shown_name},
    foundation::{errors::Error, languages::Language, pages::Serde, secrets::Secret, time::Day},
};

/// Topics on one page of the list.
const PAGE: usize = 25;

/// The routes of the pages of calls.
pub fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    vec![
        Route::get("/calls", Action::ReadCalls, get(list)),
        Route::get("/calls.ics", Action::ReadCalls, get(calendar)),
        Route::get("/calls.atom", Action::ReadCalls, get(atom)),
        Route::get("/private/{token}/calls.ics", Action::ReadPublic, get(private_calendar)),
        Route::get("/private/{token}/calls.atom", Action::ReadPublic, get(private_atom)),
        Route::get("/private/{token}/topic.ics", Action::ReadPublic, get(private_topic)),
        Route::post("/calls/addresses", Action::OwnAccount, post(make_address)),
        Route::get("/calls/export", Action::ReadCalls, get(export)),
        Route::get("/calls/{identifier}", Action::ReadCalls, get(topic)),
        Route::get("/calls/{identifier}/versions", Action::ReadCalls, get(versions)),
    ]
}

/// A topic as lists show it.
#[derive(serde::Serialize)]
pub struct Row {
    href: String,
    identifier: String,
    title: String,
    programme: String,
    theme: Option<String>,
    action: String,
    action_code: String,
    opens_on: Option<String>,
    closes_on: Option<String>,
    days_left: Option<i64>,
    state: &'static str,
    state_label: String,
    state_kind: &'static str,
    budget: Option<String>,
    grants: Option<i64>,
    two_stage: bool,
    version: i64,
    near: Option<f32>,
}

/// A topic as lists show it, in the reader's language.
pub fn row(acting: &Acting, line: &Line, today: Day) -> Row {
    let state = line.state(&today.to_string());
    Row {
        href: line.href(),
        identifier: line.identifier.clone(),
        title: line.title.clone(),
        programme: line.programme.clone(),
        theme: line.theme.as_deref().map(|theme| label(acting, Facet::Theme, theme)),
        action: if line.action_code.is_empty() {
            line.type_of_action.clone()
        } else {
            label(acting, Facet::Action, &line.action_code)
        },
        action_code: line.action_code.clone(),
        opens_on: line.opens_on.clone(),
        closes_on: line.closes_on.clone(),
        days_left: line.days_left(today),
        state: state.key(),
        state_label: acting.say(&format!("calls-state-{}", state.key())),
        state_kind: match state {
            State::Open => "good",
            State::Forthcoming => "accent",
            State::Closed => "",
            State::Unsure => "warn",
        },
        budget: budget(acting.language, line),
        grants: line.expected_grants,
        two_stage: line.deadline_model == "two-stage",
        version: line.version,
        near: None,
    }
}

/// The money a project may ask for, in millions where that reads better.
fn budget(language: Language, line: &Line) -> Option<String> {
    let least = line.budget_min_cents.or(line.budget_max_cents)?;
    let most = line.budget_max_cents.unwrap_or(least);
    let million = |cents: i64| {
        let millions = cents as f64 / 1e8;
        let decimals = if cents % 100_000_000 == 0 {
            0
        } else if cents % 10_000_000 == 0 {
            1
        } else {
            2
        };
        language.decimal(millions, decimals)
    };
    let large = least >= 100_000_000;
    Some(match (language, large, least == most) {
        (Language::Fr, true, true) => format!("{}\u{a0}M€", million(most)),
        (Language::Fr, true, false) => format!("{} à {}\u{a0}M€", million(least), million(most)),
        (Language::En, true, true) => format!("€{}\u{a0}M", million(most)),
        (Language::En, true, false) => format!("€{} to {}\u{a0}M", million(least), million(most)),
        (_, false, true) => language.money(most),
        (Language::Fr, false, false) => format!("{} à {}", language.money(least), language.money(most)),
        (Language::En, false, false) => format!("{} to {}", language.money(least), language.money(most)),
    })
}

/// The label of a value of a group; what has no label of its own shows itself.
fn label(acting: &Acting, facet: Facet, value: &str) -> String {
    if facet == Facet::Closing {
        let days = value.parse::<i64>().unwrap_or(0);
        return acting.app.texts.say(acting.language, "calls-closing-within", &[("days", FluentValue::from(days))]);
    }
    let key =
        format!("calls-{}-{}", facet.name(), value.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
    if acting.app.texts.knows(acting.language, &key) { acting.say(&key) } else { value.to_owned() }
}

#[derive(serde::Serialize)]
struct OptionView {
    value: String,
    label: String,
    count: usize,
    selected: bool,
}

#[derive(serde::Serialize)]
struct FacetView {
    name: &'static str,
    label: String,
    options: Vec<OptionView>,
}

#[derive(serde::Serialize)]
struct Chip {
    label: String,
    href: String,
}

fn facets(acting: &Acting, filter: &Filter, list: &List) -> Vec<FacetView> {
    list.facets
        .iter()
        .map(|(facet, counts)| {
            let chosen = filter.chosen(*facet);
            let mut options: Vec<OptionView> = counts
                .iter()
                .map(|(value, count)| OptionView {
                    value: value.clone(),
                    label: label(acting, *facet, value),
                    count: *count,
                    selected: chosen.contains(&value.as_str()),
                })
                .collect();
            for value in &chosen {
                if !options.iter().any(|option| option.value == *value) {
                    let label = label(acting, *facet, value);
                    options.push(OptionView { value: (*value).to_owned(), label, count: 0, selected: true });
                }
            }
            let place = |value: &str| -> usize {
                match facet {
                    Facet::State => State::ALL.iter().position(|state| state.key() == value).unwrap_or(9),
                    Facet::Closing => value.parse().unwrap_or(0),
                    Facet::Budget => super::model::BUDGET_BANDS.iter().position(|band| band.0 == value).unwrap_or(9),
                    _ => 0,
                }
            };
            options.sort_by_key(|option| place(&option.value));
            FacetView { name: facet.name(), label: acting.say(&format!("calls-facet-{}", facet.name())), options }
        })
        .collect()
}

fn chips(acting: &Acting, filter: &Filter) -> Vec<Chip> {
    let mut chips: Vec<Chip> = Vec::new();
    for facet in Facet::ALL {
        for value in filter.chosen(facet) {
            let href = format!("/calls?{}", filter.without(facet, value).query());
            chips.push(Chip { label: label(acting, facet, value), href });
        }
    }
    chips
}

async fn list(acting: Acting, Query(filter): Query<Filter>) -> Result<Response, Error> {
    let list = super::list(&acting.app, &acting.actor, &filter).await?;
    let last = list.places.len().div_ceil(PAGE).max(1);
    let current = filter.page_number().min(last);
    let rows: Vec<Row> =
        list.lines().skip((current - 1) * PAGE).take(PAGE).map(|line| row(&acting, line, list.today)).collect();
    let query = filter.query();
    let others =
        if query.is_empty() && current == 1 { super::others(&acting.app, &acting.actor).await? } else { Vec::new() };
    let others: Vec<_> = others
        .iter()
        .map(|other| {
            context! {
                href => super::href(&other.identifier), title => other.title.as_str(), starts => other.starts.as_deref(),
                kind => kind_label(&acting, &other.kind),
            }
        })
        .collect();
    let kept: Vec<(&str, &str)> = Facet::ALL
        .into_iter()
        .flat_map(|facet| filter.chosen(facet).into_iter().map(move |value| (facet.name(), value)))
        .chain((!filter.q.is_empty()).then_some(("q", filter.q.as_str())))
        .collect();
    // The groups that are drawn anew beside the list: a choice in one changes the counts of the others.
    let refreshed: Vec<String> = Facet::ALL
        .iter()
        .filter(|facet| **facet != Facet::Closing)
        .map(|facet| format!("#facet-{}", facet.name()))
        .collect();
    let context = context! {
        refreshed => refreshed.join(","),
        kept => Serde(&kept),
        rows => Serde(&rows), count => list.places.len(), current, last, query, others,
        total => list.shelf.lines.len(),
        facets => Serde(&facets(&acting, &filter, &list)), chips => Serde(&chips(&acting, &filter)),
        q => filter.q.as_str(), sort => filter.sort.as_str(), in_force => filter.in_force(),
    };
    Ok(acting.page("calls/list.html", context).await?.into_response())
}

fn kind_label(acting: &Acting, kind: &str) -> String {
    let key = format!("calls-kind-{}", kind.replace('_', "-"));
    if acting.app.texts.knows(acting.language, &key) { acting.say(&key) } else { kind.replace('_', " ") }
}

async fn export(acting: Acting, Query(filter): Query<Filter>, Query(form): Query<Format>) -> Result<Response, Error> {
    let list = super::list(&acting.app, &acting.actor, &filter).await?;
    let (kind, bytes) = match form.format.as_str() {
        "csv" => ("text/csv; charset=utf-8", exporting::csv(list.lines(), list.today)?),
        "xlsx" => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            exporting::xlsx(list.lines(), list.today)?,
        ),
        "json" => ("application/json", serde_json::to_vec_pretty(&TopicList::new(&list)).map_err(anyhow::Error::from)?),
        other => return Err(Error::input(format!("no such format: `{other}` (write csv, xlsx or json)"))),
    };
    let file = format!("attachment; filename=\"calls-{}.{}\"", list.today, form.format);
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, file)], bytes).into_response())
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct Format {
    format: String,
}

async fn calendar(acting: Acting, headers: HeaderMap, Query(filter): Query<Filter>) -> Result<Response, Error> {
    let list = super::list(&acting.app, &acting.actor, &filter).await?;
    let mut dates: HashMap<TopicId, Vec<(i64, String)>> = HashMap::new();
    for (topic, stage, day) in store::all_cut_offs(&acting.app.database).await? {
        dates.entry(topic).or_default().push((stage, day));
    }
    let lines: Vec<&Line> = list.lines().collect();
    Ok(ics(&acting, &headers, &lines, &dates))
}

fn ics(
    acting: &Acting,
    headers: &HeaderMap,
    lines: &[&Line],
    dates: &HashMap<TopicId, Vec<(i64, String)>>,
) -> Response {
    let text = feeds::calendar(&acting.app.texts, acting.language, &site(headers), lines, dates);
    ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response()
}

async fn atom(acting: Acting, headers: HeaderMap, Query(filter): Query<Filter>) -> Result<Response, Error> {
    let list = super::list(&acting.app, &acting.actor, &filter).await?;
    let lines: Vec<&Line> = list.lines().collect();
    // The feed names itself by what it is, never by the private address under which a program may have read it.
    let query = filter.query();
    let address = if query.is_empty() { "/calls.atom".to_owned() } else { format!("/calls.atom?{query}") };
    let now = acting.app.clock.now();
    let text = feeds::atom(&acting.app.texts, acting.language, &site(&headers), &address, &lines, now);
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
}

const CALENDAR: Feed = Feed { name: "calls.ics", scopes: &[Scope::CallsRead] };
const CHANGES: Feed = Feed { name: "calls.atom", scopes: &[Scope::CallsRead] };
const TOPIC: Feed = Feed { name: "topic.ics", scopes: &[Scope::CallsRead] };

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct WantedAddress {
    feed: String,
    query: String,
    label: String,
}

/// Makes a private address of what the reader sees: the list with its filter, or one topic.
async fn make_address(acting: Acting, Form(wanted): Form<WantedAddress>) -> Result<Response, Error> {
    acting.may(Action::ReadCalls, Resource::Instance)?;
    let (feed, query) = match wanted.feed.as_str() {
        "calls.ics" => (CALENDAR, filter_of(&wanted.query).await?.query()),
        "calls.atom" => (CHANGES, filter_of(&wanted.query).await?.query()),
        "topic.ics" => {
            let topic = super::topic(&acting.app, &acting.actor, &wanted.query, acting.language).await?;
            (TOPIC, topic.line.identifier)
        }
        other => return Err(Error::NotFound(format!("a feed named `{other}`"))),
    };
    let made = addresses::make(&acting, &feed, &query, &wanted.label).await?;
    addresses::answer(&acting, made).await
}

/// The filter that a query says.
async fn filter_of(query: &str) -> Result<Filter, Error> {
    let unusable = || Error::worded("address-problem-query", &[]);
    let request = Request::get(format!("/calls?{query}")).body(()).map_err(|_| unusable())?;
    let Query(filter) =
        Query::<Filter>::from_request_parts(&mut request.into_parts().0, &()).await.map_err(|_| unusable())?;
    Ok(filter)
}

async fn private_calendar(acting: Acting, headers: HeaderMap, Path(token): Path<Secret>) -> Result<Response, Error> {
    let (acting, query) = addresses::open(acting, &CALENDAR, &token).await?;
    Ok(addresses::privately(calendar(acting, headers, Query(filter_of(&query).await?)).await?))
}

async fn private_atom(acting: Acting, headers: HeaderMap, Path(token): Path<Secret>) -> Result<Response, Error> {
    let (acting, query) = addresses::open(acting, &CHANGES, &token).await?;
    Ok(addresses::privately(atom(acting, headers, Query(filter_of(&query).await?)).await?))
}

async fn private_topic(acting: Acting, headers: HeaderMap, Path(token): Path<Secret>) -> Result<Response, Error> {
    let (acting, identifier) = addresses::open(acting, &TOPIC, &token).await?;
    Ok(addresses::privately(topic_calendar(&acting, &headers, &identifier).await?))
}

async fn topic_calendar(acting: &Acting, headers: &HeaderMap, identifier: &str) -> Result<Response, Error> {
    let topic = super::topic(&acting.app, &acting.actor, identifier, acting.language).await?;
    let dates = HashMap::from([(topic.line.id, topic.cut_offs)]);
    Ok(ics(acting, headers, &[&topic.line], &dates))
}

#[derive(serde::Serialize)]
struct SectionView {
    anchor: String,
    heading: String,
    blocks: Vec<Block>,
}

/// Paragraphs that follow an announcement («... the following:») are set as a list.
#[derive(serde::Serialize)]
struct Block {
    list: bool,
    items: Vec<String>,
}

fn sections(acting: &Acting, sections: &[Section], prefix: &str) -> Vec<SectionView> {
    sections
        .iter()
        .enumerate()
        .map(|(place, section)| {
            let heading = match section.key {
                Some(key) => acting.say(&format!("calls-section-{key}")),
                None => section.heading.clone(),
            };
            SectionView { anchor: format!("{prefix}-{}", place + 1), heading, blocks: blocks(&section.paragraphs) }
        })
        .collect()
}

fn blocks(paragraphs: &[String]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut announced = false;
    for paragraph in paragraphs {
        let item = announced && paragraph.chars().count() < 600;
        match blocks.last_mut() {
            Some(last) if last.list && item => last.items.push(paragraph.clone()),
            _ => blocks.push(Block { list: item, items: vec![paragraph.clone()] }),
        }
        // A list ends where a new announcement begins, or with a paragraph too long for an item.
        announced = paragraph.ends_with(':') || item;
    }
    blocks
}

async fn topic(acting: Acting, headers: HeaderMap, Path(identifier): Path<String>) -> Result<Response, Error> {
    if let Some(identifier) = identifier.strip_suffix(".ics") {
        return topic_calendar(&acting, &headers, identifier).await;
    }
    let topic = match super::topic(&acting.app, &acting.actor, &identifier, acting.language).await {
        Err(Error::NotFound(_)) => return other(acting, &identifier).await,
        found => found?,
    };
    let today = super::today(&acting.app);
    let line = &topic.line;
    let similar: Vec<Row> =
        topic.similar.iter().map(|(line, near)| Row { near: Some(*near), ..row(&acting, line, today) }).collect();
    let dates: Vec<_> = topic
        .cut_offs
        .iter()
        .map(|(stage, day)| {
            let key = match (line.deadline_model.as_str(), stage) {
                ("two-stage", 1) => "calls-date-stage-1",
                ("two-stage", _) => "calls-date-stage-2",
                ("multiple cut-off", _) => "calls-date-cut-off",
                _ => "calls-date-deadline",
            };
            let left = day.parse::<Day>().map(|day| today.days_until(day)).ok();
            context! { label => acting.say(key), day, left }
        })
        .collect();
    let concepts: Vec<_> = topic
        .concepts
        .iter()
        .map(|concept| {
            context! { label => concept.label.as_str(), href => format!("/concepts/{}", escaped(&concept.id)) }
        })
        .collect();
    let context = context! {
        topic => Serde(&row(&acting, line, today)), dates,
        call_identifier => line.call_identifier.as_str(), call_title => line.call_title.as_str(),
        type_of_action => line.type_of_action.as_str(), url => line.url.as_deref(), updated_at => line.updated_at,
        instrument => line.instrument.as_deref().map(|id| label(&acting, Facet::Instrument, id)),
        instrument_id => line.instrument.as_deref(), model => model_label(&acting, &line.deadline_model),
        sections => Serde(&sections(&acting, &topic.sections, "text")),
        conditions => Serde(&sections(&acting, &topic.conditions, "condition")),
        keywords => topic.keywords, concepts, similar => Serde(&similar),
        source => topic.source.0, licence => topic.source.1, dated => topic.source.2,
        calendar => format!("{}/calendar", api_href(&line.identifier)),
        ics => format!("/calls/{}.ics", escaped(&line.identifier)),
        api => api_href(&line.identifier),
    };
    Ok(acting.page("calls/topic.html", context).await?.into_response())
}

fn model_label(acting: &Acting, model: &str) -> String {
    let key = format!("calls-model-{}", if model.is_empty() { "unknown".to_owned() } else { model.replace(' ', "-") });
    if acting.app.texts.knows(acting.language, &key) { acting.say(&key) } else { model.to_owned() }
}

async fn versions(acting: Acting, Path(identifier): Path<String>, Query(pair): Query<Pair>) -> Result<Response, Error> {
    let compared = super::versions(&acting.app, &acting.actor, &identifier, pair.from, pair.to).await?;
    let today = super::today(&acting.app);
    let shown = |kind: &str, values: &[String]| -> String {
        let one = |value: &String| match kind {
            "date" => value.parse::<Day>().map_or_else(|_| value.clone(), |day| acting.language.day(day.0)),
            "money" => value.parse::<i64>().map_or_else(|_| value.clone(), |cents| acting.language.money(cents)),
            _ => value.clone(),
        };
        values.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    let fields: Vec<_> = compared
        .changes
        .fields
        .iter()
        .map(|FieldChange { field, kind, before, after }| {
            context! {
                label => acting.say(&format!("calls-field-{field}")),
                before => shown(kind, before), after => shown(kind, after),
            }
        })
        .collect();
    let texts: Vec<_> = compared
        .changes
        .texts
        .iter()
        .map(|change| {
            context! { label => acting.say(&format!("calls-field-{}", change.field)), places => Serde(&change.places) }
        })
        .collect();
    let list: Vec<_> = compared
        .versions
        .iter()
        .map(|(number, seen)| {
            context! {
                number, seen, href => format!("{}/versions?to={number}", compared.line.href()),
                current => *number == compared.to,
            }
        })
        .collect();
    let context = context! {
        topic => Serde(&row(&acting, &compared.line, today)), versions => list, from => compared.from,
        to => compared.to, fields, texts,
    };
    Ok(acting.page("calls/versions.html", context).await?.into_response())
}

async fn other(acting: Acting, identifier: &str) -> Result<Response, Error> {
    let call = super::other(&acting.app, &acting.actor, identifier).await?;
    let topics: Vec<Row> = {
        let shelf = acting.app.part::<Shelf>().at_hand(&acting.app.database).await?;
        let today = super::today(&acting.app);
        shelf
            .lines
            .iter()
            .filter(|line| line.call_identifier == call.identifier)
            .map(|line| row(&acting, line, today))
            .collect()
    };
    let facts: Vec<_> = call
        .facts
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, _)| key.as_str() != "rule")
        .map(|(key, value)| {
            let name = format!("calls-fact-{}", key.replace('_', "-"));
            let label =
                if acting.app.texts.knows(acting.language, &name) { acting.say(&name) } else { key.replace('_', " ") };
            context! { label, value => plain(&acting, value) }
        })
        .collect();
    let phases: Vec<_> = call
        .facts
        .get("rule")
        .and_then(|rule| rule.get("phase"))
        .and_then(serde_json::Value::as_array)
        .into_iter()
        .flatten()
        .map(|phase| {
            let list = |name: &str| phase.get(name).map(|value| plain(&acting, value));
            context! {
                number => phase.get("number").and_then(serde_json::Value::as_i64),
                allowed => list("allowed"), added => list("added"), excluded => list("excluded_until_next"),
                purpose => list("purpose"),
            }
        })
        .collect();
    let parties: Vec<_> = call
        .parties
        .iter()
        .map(|party| {
            context! {
                name => shown_name(party.name.as_deref(), None, OrganisationId(party.organisation_id)), role => party.role.as_str(), href => format!("/organisations/{}", party.organisation_id),
            }
        })
        .collect();
    let context = context! {
        call => Serde(&call), kind => kind_label(&acting, &call.kind), facts, phases, parties, topics => Serde(&topics),
    };
    Ok(acting.page("calls/other.html", context).await?.into_response())
}

fn plain(acting: &Acting, value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(values) => {
            values.iter().map(|value| plain(acting, value)).collect::<Vec<_>>().join(", ")
        }
        serde_json::Value::Bool(yes) => acting.say(if *yes { "ui-yes" } else { "ui-no" }),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(whole) => acting.language.number(whole),
            None => acting.language.decimal(number.as_f64().unwrap_or(0.0), 2),
        },
        other => other.to_string(),
    }
}
