//! Days, sessions, rooms and rules of an event, and what is wrong with them.

use jiff::{
    ToSpan,
    civil::{Date, Time},
};
use serde::{Deserialize, Serialize};

use super::slots;
use crate::foundation::{
    languages::Language,
    time::{Day, Zone},
};

/// The most tables of an event.
pub const MOST_TABLES: u32 = 6_000;
/// The most meetings, requests or breaks that a rule counts.
pub const MOST_COUNT: u32 = 200;
/// The most slots of an event: what the engine of timetables can hold.
const MOST_SLOTS: usize = timetable::slots::MOST_SLOTS;

/// What an event is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// Meetings of companies and laboratories.
    #[default]
    Business,
    /// Meetings of clusters with their delegations.
    Clusters,
    /// A conference, a seminar or a day of information.
    Conference,
    /// Where a call is made known and explained.
    CallInformation,
    /// The signing of an agreement or a contract.
    Signing,
    /// A meeting of a committee.
    Committee,
    /// The launch of an alliance or a project.
    Kickoff,
}

impl EventKind {
    /// All of them.
    pub const ALL: [EventKind; 7] = [
        EventKind::Business,
        EventKind::Clusters,
        EventKind::Conference,
        EventKind::CallInformation,
        EventKind::Signing,
        EventKind::Committee,
        EventKind::Kickoff,
    ];

    /// Its word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            EventKind::Business => "business",
            EventKind::Clusters => "clusters",
            EventKind::Conference => "conference",
            EventKind::CallInformation => "call-information",
            EventKind::Signing => "signing",
            EventKind::Committee => "committee",
            EventKind::Kickoff => "kickoff",
        }
    }

    /// Whether participants meet by request: the others are days, a place and what they are about.
    #[must_use]
    pub fn has_meetings(self) -> bool {
        matches!(self, EventKind::Business | EventKind::Clusters)
    }

    /// That of a word.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        EventKind::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// Everything that is decided about an event before anybody comes. Days are in order; rooms and kinds are referred to by
/// their place and key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Setup {
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub kind: EventKind,
    /// What it is about, for whoever is asked to come.
    pub summary: String,
    /// Where it takes place: a venue and a town.
    pub place: String,
    /// The time zone of its hours, as the IANA database names it.
    pub zone: String,
    /// Its days.
    pub days: Vec<EventDay>,
    /// When it is as far as that is known, where its days are not: `2027-03` or `2027`.
    pub about: String,
    /// How long a meeting lasts, in minutes.
    pub minutes: u32,
    /// Minutes between two meetings.
    pub pause: u32,
    /// Rooms with their tables.
    pub rooms: Vec<Room>,
    /// What it takes to walk from one room to another, where it is more than nothing.
    pub walks: Vec<Walk>,
    /// Who comes as what.
    pub kinds: Vec<ParticipationKind>,
    /// The last day to register.
    pub registration_until: Option<Day>,
    /// Whether the team lets in each who registers by itself.
    pub admits: bool,
    /// The first day on which meetings can be asked for.
    pub requests_from: Option<Day>,
    /// The last day on which meetings can be asked for and answered.
    pub requests_until: Option<Day>,
    /// By how much the breaks of two people may differ; none: no such rule.
    pub fairness: Option<u32>,
    /// Most meetings in a row without a free slot; none: any number.
    pub longest_run: Option<u32>,
}

/// A day of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventDay {
    /// Which.
    pub on: String,
    /// Where, when it is not where the event is: programmes go through several regions.
    #[serde(default)]
    pub place: String,
    /// When meetings are held.
    pub sessions: Vec<Session>,
}

impl EventDay {
    /// The day; none where what is written is none.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        self.on.parse().ok()
    }
}

/// Hours of a day in which meetings are held.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// What it is called.
    pub name: String,
    /// When it begins, `HH:MM`.
    pub from: String,
    /// When it ends, `HH:MM`.
    pub until: String,
}

impl Session {
    /// Beginning and end on the clock; none where they are not written so.
    #[must_use]
    pub fn hours(&self) -> Option<(Time, Time)> {
        Some((hour(&self.from)?, hour(&self.until)?))
    }
}

fn hour(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once([':', 'h'])?;
    Time::new(hour.parse().ok()?, if minute.is_empty() { 0 } else { minute.parse().ok()? }, 0, 0).ok()
}

/// A room with its tables, which are alike.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// What it is called.
    pub name: String,
    /// How many tables.
    pub tables: u32,
    /// The days on which it is there, from 0; none: all.
    #[serde(default)]
    pub days: Vec<usize>,
}

/// What it takes to walk between two rooms, both ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walk {
    /// One room, by its place.
    pub from: usize,
    /// The other.
    pub to: usize,
    /// Minutes.
    pub minutes: u32,
}

/// As what somebody takes part, with whom they may meet and how often.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ParticipationKind {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The keys of the kinds it may meet.
    pub meets: Vec<String>,
    /// How many requests one may have sent and not answered or accepted; none: any number. Accepting is never capped.
    pub most_requests: Option<u32>,
    /// Meetings one should have at least.
    pub minimum: u32,
    /// Meetings one may have at most; none: any number.
    pub maximum: Option<u32>,
}

/// What cannot be so: the field, and the key of the words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The field, as forms name it.
    pub field: String,
    /// The key of what is wrong.
    pub message: &'static str,
}

impl Setup {
    /// The zone of its hours.
    #[must_use]
    pub fn zone(&self) -> Zone {
        Zone::named(&self.zone).unwrap_or_default()
    }

    /// The first day.
    #[must_use]
    pub fn first_day(&self) -> Option<Day> {
        self.days.iter().filter_map(EventDay::day).min().or_else(|| Some(self.about_days()?.0))
    }

    /// The last day.
    #[must_use]
    pub fn last_day(&self) -> Option<Day> {
        self.days.iter().filter_map(EventDay::day).max().or_else(|| Some(self.about_days()?.1))
    }

    /// When it is, in words: its days, or the month or year that is known of them; nothing where neither is.
    #[must_use]
    pub fn days_words(&self, language: Language) -> String {
        match self.first_day().zip(self.last_day()) {
            Some(_) if self.about_days().is_some() => language.month(&self.about),
            Some((first, last)) => language.days(first.0, last.0),
            None => String::new(),
        }
    }

    /// The first and the last day on which it could be, where only a month or a year is known; none where neither is.
    #[must_use]
    pub fn about_days(&self) -> Option<(Day, Day)> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let (year, month) = match self.about.split_once('-') {
            None => (self.about.as_str(), None),
            Some((year, month)) => (year, Some(month)),
        };
        if year.len() != 4 || !digits(year) || month.is_some_and(|month| month.len() != 2 || !digits(month)) {
            return None;
        }
        let month: Option<i8> = month.and_then(|month| month.parse().ok());
        let first = Date::new(year.parse().ok()?, month.unwrap_or(1), 1).ok()?;
        let last = if month.is_some() { first.last_of_month() } else { first.last_of_year() };
        Some((Day(first), Day(last)))
    }

    /// The same event beginning on another day: its days keep their hours on the clock and their distances, and the days until
    /// which one registers and asks move along. One whose days were not known has that one.
    #[must_use]
    pub fn moved_to(&self, first: Day) -> Setup {
        let mut moved = self.clone();
        let Some(before) = self.days.iter().filter_map(EventDay::day).min() else {
            moved.days = vec![EventDay { on: first.to_string(), ..EventDay::default() }];
            moved.about.clear();
            return moved;
        };
        let by = before.days_until(first);
        let move_day = |day: Day| day.0.checked_add(by.days()).map_or(day, Day);
        for day in &mut moved.days {
            day.on = day.day().map_or_else(|| day.on.clone(), |on| move_day(on).to_string());
        }
        moved.registration_until = self.registration_until.map(move_day);
        moved.requests_from = self.requests_from.map(move_day);
        moved.requests_until = self.requests_until.map(move_day);
        moved
    }

    /// A kind of participation.
    #[must_use]
    pub fn participation(&self, key: &str) -> Option<&ParticipationKind> {
        self.kinds.iter().find(|kind| kind.key == key)
    }

    /// How many tables there are.
    #[must_use]
    pub fn tables(&self) -> u32 {
        self.rooms.iter().fold(0, |sum, room| sum.saturating_add(room.tables))
    }

    /// What a change would move that is known by its place: rooms, in which meetings are held and booths stand, and days, on
    /// whose sessions participants agreed. Nothing where all that stays is where it was.
    #[must_use]
    pub fn shifted(&self, after: &Setup) -> Vec<Wrong> {
        fn moves(before: &[&str], after: &[&str]) -> bool {
            // Two that are called the same are not told apart: one that was there before is not where the other went.
            let came = |(at, name): (usize, &&str)| before.get(at) != Some(name) && before.contains(name);
            after.iter().enumerate().any(came)
        }
        let rooms = |setup: &'_ Setup| setup.rooms.iter().map(|room| room.name.clone()).collect::<Vec<_>>();
        let days = |setup: &'_ Setup| setup.days.iter().map(|day| day.on.clone()).collect::<Vec<_>>();
        let mut found = Vec::new();
        for (field, message, before, after) in [
            ("rooms", "events-wrong-rooms-moved", rooms(self), rooms(after)),
            ("days", "events-wrong-days-moved", days(self), days(after)),
        ] {
            let (before, after): (Vec<&str>, Vec<&str>) =
                (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
            if moves(&before, &after) {
                found.push(Wrong { field: field.to_owned(), message });
            }
        }
        found
    }

    /// What cannot be so; nothing when all is well.
    #[must_use]
    pub fn wrong(&self) -> Vec<Wrong> {
        let mut found = Vec::new();
        let mut wrong = |field: String, message| found.push(Wrong { field, message });
        if self.name.trim().is_empty() {
            wrong("name".to_owned(), "events-wrong-name");
        }
        if Zone::named(&self.zone).is_none() {
            wrong("zone".to_owned(), "events-wrong-zone");
        }
        // Bookings are kept in cells of five minutes.
        if !(5..=240).contains(&self.minutes) || !self.minutes.is_multiple_of(slots::CELL_MINUTES) {
            wrong("minutes".to_owned(), "events-wrong-minutes");
        }
        if self.pause > 120 || !self.pause.is_multiple_of(slots::CELL_MINUTES) {
            wrong("pause".to_owned(), "events-wrong-pause");
        }
        let meets = self.kind.has_meetings();
        // What is no meeting by request may be known to the month or the year, or be without a date yet.
        if self.days.len() > 10 || self.days.is_empty() && meets {
            wrong("days".to_owned(), "events-wrong-days");
        }
        if !self.about.is_empty() && self.about_days().is_none() {
            wrong("about".to_owned(), "events-wrong-about");
        } else if !self.about.is_empty() && !self.days.is_empty() {
            wrong("about".to_owned(), "events-wrong-about-and-days");
        }
        let mut before: Option<Day> = None;
        for (at, day) in self.days.iter().enumerate() {
            match day.day() {
                None => wrong(format!("day.{at}.on"), "events-wrong-day"),
                Some(on) if before.is_some_and(|before| on <= before) => {
                    wrong(format!("day.{at}.on"), "events-wrong-day-order");
                }
                on => before = on,
            }
            if day.sessions.is_empty() && meets {
                wrong(format!("day.{at}.session.0"), "events-wrong-no-session");
            }
            let mut last: Option<Time> = None;
            for (number, session) in day.sessions.iter().enumerate() {
                let field = format!("day.{at}.session.{number}");
                match session.hours() {
                    None => wrong(field, "events-wrong-hours"),
                    Some((from, until)) if from >= until => wrong(field, "events-wrong-hours-order"),
                    Some((from, _)) if last.is_some_and(|last| from < last) => {
                        wrong(field, "events-wrong-sessions-overlap");
                    }
                    Some((from, until)) => {
                        if !(from.minute() as u32).is_multiple_of(slots::CELL_MINUTES) {
                            wrong(field.clone(), "events-wrong-hours-five");
                        } else if meets
                            && self.minutes > 0
                            && i64::from(self.minutes) > from.until(until).map_or(0, |span| minutes_of(&span))
                        {
                            wrong(field, "events-wrong-session-short");
                        }
                        last = Some(until);
                    }
                }
            }
        }
        if meets && (self.rooms.is_empty() || self.tables() == 0) {
            wrong("rooms".to_owned(), "events-wrong-rooms");
        }
        if self.tables() > MOST_TABLES || self.rooms.len() > 60 {
            wrong("rooms".to_owned(), "events-wrong-many-tables");
        }
        for (at, room) in self.rooms.iter().enumerate() {
            if room.name.trim().is_empty() {
                wrong(format!("room.{at}.name"), "events-wrong-room-name");
            }
            if room.days.iter().any(|day| *day >= self.days.len()) {
                wrong(format!("room.{at}.days"), "events-wrong-room-day");
            }
        }
        for (at, walk) in self.walks.iter().enumerate() {
            if walk.from >= self.rooms.len()
                || walk.to >= self.rooms.len()
                || walk.from == walk.to
                || walk.minutes > 240
            {
                wrong(format!("walk.{at}"), "events-wrong-walk");
            }
        }
        if self.kinds.is_empty() || self.kinds.len() > 20 {
            wrong("kinds".to_owned(), "events-wrong-kinds");
        }
        for (at, kind) in self.kinds.iter().enumerate() {
            if kind.name.trim().is_empty() || kind.key.is_empty() {
                wrong(format!("kind.{at}.name"), "events-wrong-kind-name");
            }
            if self.kinds[..at].iter().any(|other| other.key == kind.key) {
                wrong(format!("kind.{at}.name"), "events-wrong-kind-twice");
            }
            if kind.meets.iter().any(|key| self.participation(key).is_none()) {
                wrong(format!("kind.{at}.meets"), "events-wrong-kind-meets");
            }
            let counts =
                [("minimum", Some(kind.minimum)), ("maximum", kind.maximum), ("most_requests", kind.most_requests)];
            for (field, _) in counts.into_iter().filter(|(_, count)| count.is_some_and(|count| count > MOST_COUNT)) {
                wrong(format!("kind.{at}.{field}"), "events-wrong-count");
            }
            if kind.maximum.is_some_and(|maximum| maximum < kind.minimum) && kind.minimum <= MOST_COUNT {
                wrong(format!("kind.{at}.minimum"), "events-wrong-minimum");
            }
        }
        for (field, count) in [("fairness", self.fairness), ("longest_run", self.longest_run)] {
            if count.is_some_and(|count| count > MOST_COUNT) {
                wrong(field.to_owned(), "events-wrong-count");
            }
        }
        let last = self.last_day();
        for (field, day) in [("registration_until", self.registration_until), ("requests_until", self.requests_until)] {
            if day.zip(last).is_some_and(|(day, last)| day > last) {
                wrong(field.to_owned(), "events-wrong-after-event");
            }
        }
        if self.requests_from.zip(self.requests_until).is_some_and(|(from, until)| from > until) {
            wrong("requests_from".to_owned(), "events-wrong-requests-order");
        }
        if found.is_empty() && slots::slots(self).len() > MOST_SLOTS {
            found.push(Wrong { field: "minutes".to_owned(), message: "events-wrong-many-slots" });
        }
        found
    }
}

fn minutes_of(span: &jiff::Span) -> i64 {
    i64::from(span.get_hours()) * 60 + span.get_minutes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn an_event_moves_with_its_hours_and_its_last_days() {
        let at = |on: &str| EventDay {
            on: on.to_owned(),
            place: "Lyon".to_owned(),
            sessions: vec![Session { name: String::new(), from: "09:00".to_owned(), until: "12:00".to_owned() }],
        };
        let setup = Setup {
            zone: "Europe/Paris".to_owned(),
            days: vec![at("2027-03-10"), at("2027-03-12")],
            registration_until: Some(day("2027-03-01")),
            requests_until: Some(day("2027-03-05")),
            ..Setup::default()
        };
        let moved = setup.moved_to(day("2027-03-30"));
        assert_eq!(moved.days, [at("2027-03-30"), at("2027-04-01")], "distances, hours and places stay");
        assert_eq!(
            (moved.registration_until, moved.requests_until),
            (Some(day("2027-03-21")), Some(day("2027-03-25")))
        );
        assert_eq!(moved.requests_from, None);
        assert_eq!(setup.moved_to(day("2027-03-10")), setup);
        assert_eq!(moved.moved_to(day("2027-03-10")), setup, "there and back");
        let known_to_the_month = Setup { about: "2027-03".to_owned(), ..Setup::default() };
        let moved = known_to_the_month.moved_to(day("2027-03-30"));
        assert_eq!((moved.days.len(), moved.about.as_str()), (1, ""));
        assert_eq!(moved.first_day(), Some(day("2027-03-30")));
    }
}
