//! The form of days, rooms and kinds: a setup as pairs of field and text, and back.

use std::collections::BTreeMap;

use crate::{
    events::{EventDay, EventKind, ParticipationKind, Room, Session, Setup, Walk},
    foundation::{errors::FieldProblem, time::Day},
};

/// How many more sessions, rooms, walks and kinds the form has room for than there are.
const ROOM_FOR_MORE: usize = 1;
/// The most of each that a form reads.
const MOST: usize = 64;

fn optional<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The fields of the form, filled with what the setup says.
pub(super) fn fields(setup: &Setup) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    let mut put = |field: String, value: String| {
        fields.insert(field, value);
    };
    put("name".into(), setup.name.clone());
    put("kind".into(), setup.kind.key().into());
    put("summary".into(), setup.summary.clone());
    put("place".into(), setup.place.clone());
    put("about".into(), setup.about.clone());
    put("zone".into(), setup.zone.clone());
    put("minutes".into(), setup.minutes.to_string());
    put("pause".into(), setup.pause.to_string());
    put("registration_until".into(), optional(setup.registration_until));
    put("requests_from".into(), optional(setup.requests_from));
    put("requests_until".into(), optional(setup.requests_until));
    put("fairness".into(), optional(setup.fairness));
    put("longest_run".into(), optional(setup.longest_run));
    put("admits".into(), if setup.admits { "yes" } else { "" }.into());
    for (at, day) in setup.days.iter().enumerate() {
        put(format!("day.{at}.on"), day.on.clone());
        put(format!("day.{at}.place"), day.place.clone());
        for (number, session) in day.sessions.iter().enumerate() {
            put(format!("day.{at}.session.{number}.name"), session.name.clone());
            put(format!("day.{at}.session.{number}.from"), session.from.clone());
            put(format!("day.{at}.session.{number}.until"), session.until.clone());
        }
    }
    for (at, room) in setup.rooms.iter().enumerate() {
        put(format!("room.{at}.name"), room.name.clone());
        put(format!("room.{at}.tables"), room.tables.to_string());
        let days: Vec<String> = room.days.iter().map(|day| (day + 1).to_string()).collect();
        put(format!("room.{at}.days"), days.join(", "));
    }
    for (at, walk) in setup.walks.iter().enumerate() {
        put(format!("walk.{at}.from"), (walk.from + 1).to_string());
        put(format!("walk.{at}.to"), (walk.to + 1).to_string());
        put(format!("walk.{at}.minutes"), walk.minutes.to_string());
    }
    for (at, kind) in setup.kinds.iter().enumerate() {
        put(format!("kind.{at}.key"), kind.key.clone());
        put(format!("kind.{at}.name"), kind.name.clone());
        put(format!("kind.{at}.most_requests"), optional(kind.most_requests));
        put(format!("kind.{at}.minimum"), kind.minimum.to_string());
        put(format!("kind.{at}.maximum"), optional(kind.maximum));
        for key in &kind.meets {
            put(format!("kind.{at}.meets.{key}"), "yes".into());
        }
    }
    fields
}

/// How many rows of each part the form shows.
pub(super) struct Rows {
    /// Days, each with its sessions.
    pub(super) days: Vec<usize>,
    /// Rooms.
    pub(super) rooms: usize,
    /// Walks.
    pub(super) walks: usize,
    /// Kinds of participation.
    pub(super) kinds: usize,
}

impl Rows {
    /// Those of a setup, with room for more.
    pub(super) fn of(setup: &Setup) -> Self {
        let sessions = setup.days.iter().map(|day| day.sessions.len() + ROOM_FOR_MORE);
        Rows {
            days: sessions.chain([ROOM_FOR_MORE]).collect(),
            rooms: setup.rooms.len() + ROOM_FOR_MORE,
            walks: setup.walks.len() + ROOM_FOR_MORE,
            kinds: setup.kinds.len() + ROOM_FOR_MORE,
        }
    }
}

/// Reads the form. Rows that were left empty are left out; a number that is none is read as one that cannot be, so that its
/// field is told.
pub(super) fn read(pairs: &[(String, String)]) -> Setup {
    let of: BTreeMap<&str, &str> = pairs.iter().map(|(field, text)| (field.as_str(), text.trim())).collect();
    let text = |field: &str| {
        of.get(field)
            .map(|text| text.chars().filter(|c| *c == '\n' || !c.is_control()).take(2_000).collect())
            .unwrap_or_default()
    };
    let given = |field: &str| of.get(field).is_some_and(|text| !text.is_empty());
    let number = |field: &str| of.get(field).map_or(0, |text| text.parse().unwrap_or(u32::MAX));
    let count = |field: &str| given(field).then(|| number(field));
    let day = |field: &str| of.get(field).and_then(|text| text.parse().ok());
    let mut setup = Setup {
        name: text("name"),
        kind: EventKind::of(&text("kind")).unwrap_or_default(),
        summary: text("summary"),
        place: text("place"),
        about: text("about"),
        zone: text("zone"),
        minutes: number("minutes"),
        pause: number("pause"),
        registration_until: day("registration_until"),
        requests_from: day("requests_from"),
        requests_until: day("requests_until"),
        fairness: count("fairness"),
        longest_run: count("longest_run").filter(|run| *run > 0),
        admits: text("admits") == "yes",
        ..Setup::default()
    };
    let mut day_rows = Vec::new();
    for at in 0..MOST {
        if !given(&format!("day.{at}.on")) {
            continue;
        }
        let mut sessions = Vec::new();
        for number in 0..MOST {
            let field = format!("day.{at}.session.{number}");
            if given(&format!("{field}.from")) || given(&format!("{field}.until")) {
                sessions.push(Session {
                    name: text(&format!("{field}.name")),
                    from: text(&format!("{field}.from")),
                    until: text(&format!("{field}.until")),
                });
            }
        }
        day_rows.push(at);
        let on: String = text(&format!("day.{at}.on"));
        let on = on.parse::<Day>().map_or(on, |day| day.to_string());
        setup.days.push(EventDay { on, place: text(&format!("day.{at}.place")), sessions });
    }
    // Rooms and days are named by the number of their row, of which some may have been left out.
    let mut room_rows = Vec::new();
    let row = |rows: &[usize], typed: usize| {
        typed.checked_sub(1).and_then(|typed| rows.iter().position(|row| *row == typed)).unwrap_or(usize::MAX)
    };
    for at in 0..MOST {
        let field = format!("room.{at}");
        if given(&format!("{field}.name")) || given(&format!("{field}.tables")) {
            room_rows.push(at);
            let days: String = text(&format!("{field}.days"));
            let days = days.split([',', ' ', ';']).filter(|day| !day.is_empty());
            setup.rooms.push(Room {
                name: text(&format!("{field}.name")),
                tables: number(&format!("{field}.tables")),
                days: days.map(|day| row(&day_rows, day.parse().unwrap_or(0))).collect(),
            });
        }
    }
    for at in 0..MOST {
        let field = format!("walk.{at}");
        if given(&format!("{field}.from")) || given(&format!("{field}.to")) {
            setup.walks.push(Walk {
                from: row(&room_rows, number(&format!("{field}.from")) as usize),
                to: row(&room_rows, number(&format!("{field}.to")) as usize),
                minutes: number(&format!("{field}.minutes")),
            });
        }
    }
    for at in 0..MOST {
        let field = format!("kind.{at}");
        if !given(&format!("{field}.name")) {
            continue;
        }
        let name: String = text(&format!("{field}.name"));
        let key = match text(&format!("{field}.key")) {
            key if key.is_empty() => slug(&name, at),
            key => key,
        };
        let meets = format!("{field}.meets.");
        setup.kinds.push(ParticipationKind {
            key,
            name,
            meets: of.keys().filter_map(|field| field.strip_prefix(meets.as_str())).map(str::to_owned).collect(),
            most_requests: count(&format!("{field}.most_requests")),
            minimum: number(&format!("{field}.minimum")),
            maximum: count(&format!("{field}.maximum")),
        });
    }
    setup
}

/// Days of the form that are none: they are told, so that nothing is saved without the limit that somebody meant.
pub(super) fn undated(pairs: &[(String, String)]) -> Vec<FieldProblem> {
    let is_day = |field: &str| ["registration_until", "requests_from", "requests_until"].contains(&field);
    let wrong = pairs
        .iter()
        .filter(|(field, text)| is_day(field) && !text.trim().is_empty() && text.trim().parse::<Day>().is_err());
    let problem = |(field, text): &(String, String)| FieldProblem {
        field: field.clone(),
        message: "events-wrong-day".to_owned(),
        value: text.clone(),
    };
    wrong.map(problem).collect()
}

/// The key of a new kind: what its name says, or its place.
fn slug(name: &str, at: usize) -> String {
    let plain: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).take(24).collect();
    if plain.is_empty() { format!("kind{}", at + 1) } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::Template;

    #[test]
    fn what_the_form_shows_is_what_it_reads() {
        for template in Template::ALL {
            let mut setup = template.setup("M", "2027-03-10".parse().unwrap(), "Europe/Paris", &str::to_owned);
            setup.registration_until = Some("2027-03-01".parse().unwrap());
            setup.rooms.extend(["B", "C"].map(|name| Room { name: name.to_owned(), tables: 3, days: vec![0] }));
            setup.walks.push(Walk { from: 0, to: 1, minutes: 5 });
            let pairs: Vec<(String, String)> = fields(&setup).into_iter().collect();
            let mut read = read(&pairs);
            for kinds in [&mut setup.kinds, &mut read.kinds] {
                kinds.iter_mut().for_each(|kind| kind.meets.sort());
            }
            assert_eq!(read, setup, "{}", template.key());
        }
    }

    #[test]
    fn rooms_and_days_are_named_by_their_rows_also_where_one_is_left_out() {
        let pair = |field: &str, text: &str| (field.to_owned(), text.to_owned());
        let read = read(&[
            pair("day.1.on", "2027-03-11"),
            pair("room.0.name", "A"),
            pair("room.2.name", "C"),
            pair("room.2.days", "2"),
            pair("room.3.name", "D"),
            pair("room.3.days", "1"),
            pair("walk.0.from", "1"),
            pair("walk.0.to", "3"),
            pair("walk.1.from", "2"),
            pair("walk.1.to", "4"),
        ]);
        assert_eq!((&read.rooms[1].days[..], &read.rooms[2].days[..]), (&[0][..], &[usize::MAX][..]));
        let walks: Vec<(usize, usize)> = read.walks.iter().map(|walk| (walk.from, walk.to)).collect();
        assert_eq!(walks, [(0, 1), (usize::MAX, 2)], "the second row was left out");
    }

    #[test]
    fn what_is_no_number_is_told_and_not_taken_for_none() {
        let pair = |field: &str, text: &str| (field.to_owned(), text.to_owned());
        let read = read(&[pair("minutes", "twenty"), pair("room.0.tables", "-1"), pair("room.0.days", "x")]);
        assert_eq!((read.minutes, read.rooms[0].tables, read.rooms[0].days[0]), (u32::MAX, u32::MAX, usize::MAX));
        let days =
            [pair("requests_until", "soon"), pair("requests_from", ""), pair("registration_until", "2027-03-01")];
        assert_eq!(undated(&days).iter().map(|wrong| wrong.field.as_str()).collect::<Vec<_>>(), ["requests_until"]);
        let fields: Vec<String> = read.wrong().into_iter().map(|wrong| wrong.field).collect();
        for field in ["minutes", "rooms", "room.0.days"] {
            assert!(fields.iter().any(|wrong| wrong == field), "{field}: {fields:?}");
        }
    }
}
