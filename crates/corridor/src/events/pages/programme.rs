//! The programme of all clusters, and its calendar.

use std::collections::BTreeMap;

use axum::{
    extract::Query,
    http::header,
    response::{IntoResponse, Response},
};
use minijinja::{Value, context};

use super::head;
use crate::{
    accounts::{Acting, Action, Resource},
    events::{
        EventKind,
        programme::{self, Line, Narrowed, Programme},
    },
    foundation::{errors::Error, pages::escaped},
};

fn line(acting: &Acting, line: &Line) -> Value {
    let of = &line.attendance;
    context! {
        event => head(acting, &line.event),
        kind_words => acting.say(&format!("events-of-kind-{}", line.event.setup.kind.key())),
        region => line.region.as_str(),
        own => line.own,
        meets => line.event.setup.kind.has_meetings(),
        invited => of.invited, confirmed => of.confirmed, came => of.came, kept => of.kept, told => of.told,
    }
}

/// The lines in the order of the programme, month by month.
fn months(acting: &Acting, found: &Programme) -> Vec<Value> {
    let mut months: Vec<(String, Vec<Value>)> = Vec::new();
    for one in &found.lines {
        let month = programme::month_of(&one.event);
        let shown = line(acting, one);
        match months.last_mut() {
            Some((last, lines)) if *last == month => lines.push(shown),
            _ => months.push((month, vec![shown])),
        }
    }
    let title = |month: &str| match month {
        "" => acting.say("programme-no-date"),
        month => acting.language.month(month),
    };
    months.into_iter().map(|(month, lines)| context! { title => title(&month), lines }).collect()
}

fn choices(of: &BTreeMap<String, usize>, unknown: &str) -> Vec<Value> {
    // What is not known cannot be narrowed to: an empty word narrows nothing.
    let named = of.iter().filter(|(word, _)| !word.is_empty());
    named
        .map(|(word, count)| context! { value => word.as_str(), label => format!("{word} ({count})"), unknown })
        .collect()
}

pub(super) async fn index(acting: Acting, Query(narrowed): Query<Narrowed>) -> Result<Response, Error> {
    let found = programme::programme(&acting.app, &acting.actor, acting.reader().await?, &narrowed).await?;
    let kinds: Vec<Value> = programme::kinds(&found)
        .into_iter()
        .map(|(kind, count)| {
            let label = acting.say(&format!("events-of-kind-{}", kind.key()));
            context! { value => kind.key(), label => format!("{label} ({count})") }
        })
        .collect();
    let query: Vec<String> = [("region", &narrowed.region), ("kind", &narrowed.kind), ("year", &narrowed.year)]
        .into_iter()
        .filter(|(_, word)| !word.is_empty())
        .map(|(name, word)| format!("{name}={}", escaped(word)))
        .collect();
    let context = context! {
        months => months(&acting, &found),
        count => found.lines.len(),
        any => !found.kinds.is_empty(),
        regions => choices(&found.regions, ""),
        kinds,
        years => choices(&found.years, ""),
        narrowed => context! {
            region => narrowed.region.as_str(), kind => narrowed.kind.as_str(), year => narrowed.year.as_str(),
        },
        is_narrowed => narrowed != Narrowed::default(),
        calendar => format!("/events/programme.ics{}{}", if query.is_empty() { "" } else { "?" }, query.join("&")),
        may_run => acting.may(Action::ReadEvents, Resource::Instance).is_ok(),
    };
    Ok(acting.page("events/programme.html", context).await?.into_response())
}

pub(super) async fn calendar(acting: Acting, Query(narrowed): Query<Narrowed>) -> Result<Response, Error> {
    let found = programme::programme(&acting.app, &acting.actor, acting.reader().await?, &narrowed).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"programme.ics\""),
    ];
    Ok((headers, programme::calendar(&acting.app, &found, acting.language)).into_response())
}

/// The kinds of event as a form offers them.
pub(super) fn event_kinds(acting: &Acting) -> Vec<Value> {
    let label = |kind: &EventKind| acting.say(&format!("events-of-kind-{}", kind.key()));
    EventKind::ALL.iter().map(|kind| context! { value => kind.key(), label => label(kind) }).collect()
}
