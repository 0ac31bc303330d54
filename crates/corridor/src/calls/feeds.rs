//! Dates for calendars (.ics) and changes for feed readers (Atom).

use std::collections::HashMap;

use atom_syndication::{Category, Entry, Feed, FixedDateTime, Link, Person, Text};
use icalendar::{Calendar, Component, Event, Property};

use super::model::{Line, TopicId};
use crate::foundation::{
    languages::{Language, Texts},
    time::{Day, Timestamp},
};

/// A feed holds the newest changes only.
const MOST_ENTRIES: usize = 100;

/// The address under which readers find this instance.
#[derive(Clone, Debug)]
pub struct Site(pub String);

/// A day in a calendar.
#[derive(Clone, Copy, Debug)]
pub struct Dated<'a> {
    /// What names it; the same when its day moves, so that calendars move it.
    pub uid: &'a str,
    /// When it was changed last.
    pub changed: Timestamp,
    /// How often.
    pub sequence: i64,
    /// The day.
    pub day: Day,
    /// What.
    pub summary: &'a str,
    /// More of it.
    pub description: &'a str,
    /// Its page.
    pub url: &'a str,
}

impl Dated<'_> {
    /// The day as an event that takes all of it, and no time of its reader.
    pub fn event(&self) -> Event {
        let mut event = Event::new();
        event
            .uid(&format!("{}@corridor", self.uid))
            .add_property("DTSTAMP", stamp(self.changed))
            .add_property("SEQUENCE", self.sequence.to_string())
            .append_property(on("DTSTART", self.day))
            .append_property(on("DTEND", Day(self.day.0.tomorrow().unwrap_or(self.day.0))))
            .summary(self.summary)
            .description(self.description)
            .url(self.url)
            .add_property("TRANSP", "TRANSPARENT");
        event.done()
    }
}

/// All dates of the topics as all-day events. An event keeps its identifier when its day moves, so calendars move it.
pub fn calendar(
    texts: &Texts,
    language: Language,
    site: &Site,
    lines: &[&Line],
    cut_offs: &HashMap<TopicId, Vec<(i64, String)>>,
) -> String {
    let say = |key: &str| texts.text(language, key, None).into_owned();
    let mut calendar = Calendar::new();
    calendar.name(&say("calls-calendar-name"));
    let none = Vec::new();
    for line in lines {
        let dates = cut_offs.get(&line.id).unwrap_or(&none);
        let mut put = |slug: String, day: &str, what: String| {
            let Ok(day) = day.parse::<Day>() else { return };
            let dated = Dated {
                uid: &format!("{slug}-{}", line.id),
                changed: Timestamp(line.updated_at),
                sequence: line.version - 1,
                day,
                summary: &format!("{what}: {}", line.title),
                description: &format!("{}\n{}", line.identifier, line.url.as_deref().unwrap_or_default()),
                url: &format!("{}{}", site.0, line.href()),
            };
            calendar.push(dated.event());
        };
        if let Some(opening) = &line.opens_on {
            put("opening".to_owned(), opening, say("calls-date-opening"));
        }
        for (place, (stage, day)) in dates.iter().enumerate() {
            let what = match (line.deadline_model.as_str(), stage) {
                ("two-stage", 1) => say("calls-date-stage-1"),
                ("two-stage", _) => say("calls-date-stage-2"),
                ("multiple cut-off", _) => say("calls-date-cut-off"),
                _ => say("calls-date-deadline"),
            };
            put(format!("deadline-{stage}-{place}"), day, what);
        }
    }
    calendar.done().to_string()
}

fn on(name: &str, day: Day) -> Property {
    let mut property = Property::new(name, day.to_string().replace('-', ""));
    property.add_parameter("VALUE", "DATE");
    property.done()
}

fn stamp(time: Timestamp) -> String {
    time.to_jiff().strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// The topics that changed last, for feed readers.
pub fn atom(texts: &Texts, language: Language, site: &Site, address: &str, lines: &[&Line], now: Timestamp) -> String {
    let say = |key: &str| texts.text(language, key, None).into_owned();
    let mut newest: Vec<&&Line> = lines.iter().collect();
    newest.sort_by_key(|line| (std::cmp::Reverse(line.updated_at), &line.identifier));
    newest.truncate(MOST_ENTRIES);
    let updated = newest.first().map_or(now, |line| Timestamp(line.updated_at));
    let entries: Vec<Entry> = newest
        .into_iter()
        .map(|line| {
            let mut entry = Entry::default();
            entry.set_title(Text::plain(line.title.clone()));
            entry.set_id(format!("urn:uuid:{}", line.id));
            entry.set_updated(moment(Timestamp(line.updated_at)));
            entry.set_links(vec![link("alternate", format!("{}{}", site.0, line.href()))]);
            entry.set_categories(vec![Category { term: line.programme.clone(), ..Category::default() }]);
            let closes = match line.closes_on.as_deref().map(str::parse::<Day>) {
                Some(Ok(day)) => format!("{} {}", say("calls-closes-on"), language.day(day.0)),
                _ => say("calls-no-date"),
            };
            let version =
                if line.version > 1 { format!(" · {} {}", say("calls-version"), line.version) } else { String::new() };
            entry
                .set_summary(Text::plain(format!("{} · {} · {closes}{version}", line.identifier, line.type_of_action)));
            entry
        })
        .collect();
    let mut feed = Feed::default();
    feed.set_title(Text::plain(say("calls-feed-title")));
    feed.set_id(format!("{}{address}", site.0));
    feed.set_updated(moment(updated));
    feed.set_lang(language.code().to_owned());
    feed.set_authors(vec![Person { name: "Corridor".to_owned(), ..Person::default() }]);
    feed.set_links(vec![link("self", format!("{}{address}", site.0)), link("alternate", format!("{}/calls", site.0))]);
    feed.set_entries(entries);
    feed.to_string()
}

fn link(relation: &str, href: String) -> Link {
    Link { href, rel: relation.to_owned(), ..Link::default() }
}

fn moment(time: Timestamp) -> FixedDateTime {
    time.to_jiff().to_string().parse().unwrap_or_default()
}
