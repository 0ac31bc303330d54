//! The programme: the events of all clusters of the instance that somebody may see, month by month, and what came of one's own.

use std::collections::BTreeMap;

use icalendar::{Calendar, Component, Event as CalendarEvent, EventLike};

use super::{Event, EventId, EventKind, EventState, store, today_at};
use crate::{
    accounts::{Action, Actor, ClusterId, Resource, decide, visibility::Reader},
    foundation::{errors::Error, instance::App, languages::Language, time::Day},
};

/// What is shown of the programme. What narrows nothing is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct Narrowed {
    /// The region of the organiser.
    pub region: String,
    /// The word of a kind of event.
    pub kind: String,
    /// A year.
    pub year: String,
}

/// Who came to an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attendance {
    /// Who was asked, whatever became of it.
    pub invited: u64,
    /// Who takes part.
    pub confirmed: u64,
    /// Of whom somebody was checked in.
    pub came: u64,
    /// Meetings that were kept, as both sides or one of them say.
    pub kept: u64,
    /// Meetings of which somebody said whether they were kept.
    pub told: u64,
}

/// An event of the programme.
#[derive(Clone, Debug)]
pub struct Line {
    /// The event.
    pub event: Event,
    /// The region of the cluster that organises it; empty where it is not known.
    pub region: String,
    /// Whether the reader is of the team that organises it.
    pub own: bool,
    /// Who came. Of the events of others only who takes part is told.
    pub attendance: Attendance,
}

/// The programme as somebody reads it.
#[derive(Clone, Debug)]
pub struct Programme {
    /// The events, the latest first; those without a date last.
    pub lines: Vec<Line>,
    /// The regions there are, and how many events have each.
    pub regions: BTreeMap<String, usize>,
    /// The kinds there are.
    pub kinds: BTreeMap<&'static str, usize>,
    /// The years there are.
    pub years: BTreeMap<String, usize>,
}

/// The year of an event; empty where its date is not known.
#[must_use]
pub fn year_of(event: &Event) -> String {
    event.setup.first_day().map(|day| day.0.year().to_string()).unwrap_or_default()
}

/// The month of an event, `YYYY-MM`, or its year where no more is known; empty where that is not known either.
#[must_use]
pub fn month_of(event: &Event) -> String {
    let day: Option<Day> = event.setup.first_day();
    match day {
        Some(day) if event.setup.about.len() != 4 => day.0.strftime("%Y-%m").to_string(),
        _ => year_of(event),
    }
}

/// The events that the actor may see: of its own cluster's team all, of all others those that were opened to it or called off.
///
/// # Errors
/// When nobody acts.
pub async fn programme(app: &App, actor: &Actor, reader: &Reader, narrowed: &Narrowed) -> Result<Programme, Error> {
    decide(actor, Action::ReadProgramme, Resource::Instance)?;
    let own = actor.cluster().map(|cluster| cluster.id).filter(|id| reader.is_team_of(*id));
    let events = store::programme::seen(&app.database, reader, own).await?;
    let regions: BTreeMap<ClusterId, String> = store::programme::regions(&app.database).await?;
    let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
    let mut attendance = store::programme::attendance(&app.database, &ids).await?;
    let mut found =
        Programme { lines: Vec::new(), regions: BTreeMap::new(), kinds: BTreeMap::new(), years: BTreeMap::new() };
    for event in events {
        let region = regions.get(&event.cluster).cloned().unwrap_or_default();
        let (kind, year) = (event.setup.kind.key(), year_of(&event));
        let is = |wanted: &str, word: &str| wanted.is_empty() || wanted == word;
        *found.regions.entry(region.clone()).or_default() += 1;
        *found.kinds.entry(kind).or_default() += 1;
        *found.years.entry(year.clone()).or_default() += 1;
        if !is(&narrowed.region, &region) || !is(&narrowed.kind, kind) || !is(&narrowed.year, &year) {
            continue;
        }
        let is_own = own == Some(event.cluster);
        let counted = attendance.remove(&event.id).unwrap_or_default();
        let attendance =
            if is_own { counted } else { Attendance { confirmed: counted.confirmed, ..Attendance::default() } };
        found.lines.push(Line { event, region, own: is_own, attendance });
    }
    Ok(found)
}

/// The kinds of event that a list can be narrowed to, in their order.
#[must_use]
pub fn kinds(of: &Programme) -> Vec<(EventKind, usize)> {
    EventKind::ALL.iter().filter_map(|kind| Some((*kind, *of.kinds.get(kind.key())?))).collect()
}

/// The programme as a calendar: each event from its first to its last day. What is known to the month or the year only is
/// no date, and not in it.
#[must_use]
pub fn calendar(app: &App, programme: &Programme, language: Language) -> String {
    let mut calendar = Calendar::new();
    calendar.name(&app.texts.text(language, "programme-title", None));
    for line in &programme.lines {
        let event = &line.event;
        let (Some(first), Some(last), true) =
            (event.setup.first_day(), event.setup.last_day(), event.setup.about.is_empty())
        else {
            continue;
        };
        let stamp = event.updated_at.to_jiff().strftime("%Y%m%dT%H%M%SZ").to_string();
        let day = |day: Day| day.0.strftime("%Y%m%d").to_string();
        let end = last.0.tomorrow().map_or(last, Day);
        let status = match event.state {
            EventState::Cancelled => "CANCELLED",
            // What is still prepared, and what days are asked about, may change.
            EventState::Preparing => "TENTATIVE",
            EventState::Open if event.polled => "TENTATIVE",
            EventState::Open => "CONFIRMED",
        };
        let mut made = CalendarEvent::new();
        made.uid(&format!("{}@{}", event.id, app.address.host()))
            .add_property("DTSTAMP", stamp.clone())
            .add_property("LAST-MODIFIED", stamp)
            .add_property("SEQUENCE", event.revision.to_string())
            .append_property(all_day("DTSTART", &day(first)))
            .append_property(all_day("DTEND", &day(end)))
            .add_property("STATUS", status)
            .summary(&event.setup.name)
            .description(&event.cluster_name)
            .location(&event.setup.place);
        calendar.push(made.done());
    }
    calendar.done().to_string()
}

fn all_day(name: &str, day: &str) -> icalendar::Property {
    icalendar::Property::new(name, day).append_parameter(icalendar::ValueType::Date).done()
}

/// Whether an event is over where it is.
#[must_use]
pub fn is_over(app: &App, event: &Event) -> bool {
    event.is_over(today_at(app, event))
}
