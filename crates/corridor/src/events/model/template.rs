//! What an event begins with.

use super::{EventDay, EventKind, ParticipationKind, Room, Session, Setup};
use crate::foundation::time::Day;

/// A template of an event. Hours, rooms and kinds are a beginning, all of them to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// One morning in one room.
    HalfDay,
    /// Three days, mornings and afternoons, buyers and sellers and laboratories.
    Convention,
    /// Delegations of clusters in two regions.
    Delegations,
    /// A day without meetings by request: a conference, a signing, a committee.
    Plain,
}

impl Template {
    /// All of them.
    pub const ALL: [Template; 4] = [Template::HalfDay, Template::Convention, Template::Delegations, Template::Plain];

    /// Its word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Template::HalfDay => "half-day",
            Template::Convention => "convention",
            Template::Delegations => "delegations",
            Template::Plain => "plain",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Template::ALL.into_iter().find(|template| template.key() == key)
    }

    /// The event it makes, from its first day on; `say` words the names of sessions, rooms and kinds.
    #[must_use]
    pub fn setup(self, name: &str, first: Day, zone: &str, say: &dyn Fn(&str) -> String) -> Setup {
        let session = |key: &str, from: &str, until: &str| Session {
            name: say(&format!("events-session-{key}")),
            from: from.to_owned(),
            until: until.to_owned(),
        };
        let morning = || session("morning", "09:00", "12:30");
        let afternoon = || session("afternoon", "14:00", "17:30");
        let days = |count: usize, sessions: &dyn Fn() -> Vec<Session>| -> Vec<EventDay> {
            let following = std::iter::successors(Some(first.0), |day| day.tomorrow().ok());
            let day = |on| EventDay { on: Day(on).to_string(), place: String::new(), sessions: sessions() };
            following.take(count).map(day).collect()
        };
        let room = |tables: u32, days: Vec<usize>| Room { name: say("events-room-main"), tables, days };
        let kind = |key: &str, meets: &[&str], most: u32, minimum: u32| ParticipationKind {
            key: key.to_owned(),
            name: say(&format!("events-kind-{key}")),
            meets: meets.iter().map(|key| (*key).to_owned()).collect(),
            most_requests: Some(most),
            minimum,
            maximum: None,
        };
        let plain = Setup {
            name: name.to_owned(),
            zone: zone.to_owned(),
            minutes: 20,
            pause: 5,
            fairness: Some(2),
            admits: true,
            ..Setup::default()
        };
        match self {
            Template::HalfDay => Setup {
                days: days(1, &|| vec![morning()]),
                rooms: vec![room(12, Vec::new())],
                kinds: vec![kind("participant", &["participant"], 10, 2)],
                ..plain
            },
            Template::Convention => Setup {
                days: days(3, &|| vec![morning(), afternoon()]),
                rooms: vec![room(40, Vec::new())],
                kinds: vec![
                    kind("buyer", &["seller", "laboratory"], 20, 4),
                    kind("seller", &["buyer", "laboratory"], 15, 2),
                    kind("laboratory", &["buyer", "seller", "laboratory"], 15, 2),
                ],
                longest_run: Some(5),
                ..plain
            },
            Template::Delegations => Setup {
                kind: EventKind::Clusters,
                days: days(2, &|| vec![morning(), afternoon()]),
                rooms: vec![room(15, vec![0]), room(15, vec![1])],
                kinds: vec![
                    kind("cluster", &["cluster", "member"], 20, 3),
                    kind("member", &["cluster", "member"], 15, 2),
                ],
                minutes: 25,
                ..plain
            },
            Template::Plain => Setup {
                kind: EventKind::Conference,
                days: days(1, &|| vec![session("programme", "09:30", "17:00")]),
                kinds: vec![ParticipationKind { most_requests: None, ..kind("participant", &[], 0, 0) }],
                fairness: None,
                ..plain
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::model::slots;

    #[test]
    fn every_template_makes_an_event_that_can_be_held() {
        for (template, count) in
            [(Template::HalfDay, 8), (Template::Convention, 48), (Template::Delegations, 28), (Template::Plain, 18)]
        {
            let day = "2027-03-10".parse().unwrap();
            let setup = template.setup("Meetings", day, "Europe/Paris", &str::to_owned);
            assert_eq!(setup.wrong(), [], "{}", template.key());
            assert_eq!(slots(&setup).len(), count, "{}", template.key());
            assert_eq!(Template::of(template.key()), Some(template));
        }
    }

    #[test]
    fn what_is_known_by_its_place_stays_there() {
        let mut setup = Template::Convention.setup("M", "2027-03-10".parse().unwrap(), "Europe/Paris", &str::to_owned);
        setup.rooms = ["A", "B", "C"].map(|name| Room { name: name.to_owned(), tables: 2, days: vec![] }).to_vec();
        let moved = |change: Change<'_>| {
            let mut after = setup.clone();
            change(&mut after);
            setup.shifted(&after).into_iter().map(|wrong| wrong.field).collect::<Vec<_>>().join(" ")
        };
        let cases: [(Change<'_>, &str); 8] = [
            (&|_| (), ""),
            (&|setup| setup.rooms[1].name = "Hall".to_owned(), ""),
            (&|setup| drop(setup.rooms.pop()), ""),
            (&|setup| setup.rooms.push(Room { name: "D".to_owned(), tables: 2, days: vec![] }), ""),
            (&|setup| drop(setup.rooms.remove(0)), "rooms"),
            (&|setup| setup.rooms.swap(0, 2), "rooms"),
            (&|setup| drop(setup.days.pop()), ""),
            (&|setup| drop(setup.days.remove(1)), "days"),
        ];
        for (at, (change, expected)) in cases.into_iter().enumerate() {
            assert_eq!(moved(change), expected, "case {at}");
        }
    }

    /// A change of a setup that cannot be held.
    type Change<'a> = &'a dyn Fn(&mut Setup);

    #[test]
    fn what_cannot_be_is_named_with_its_field() {
        let whole = Template::HalfDay.setup("M", "2027-03-10".parse().unwrap(), "Europe/Paris", &str::to_owned);
        let told = |change: Change<'_>| {
            let mut setup = whole.clone();
            change(&mut setup);
            setup.wrong().into_iter().map(|wrong| format!("{} {}", wrong.field, wrong.message)).collect::<Vec<_>>()
        };
        let cases: [(Change<'_>, &str); 17] = [
            (&|setup| setup.name = " ".to_owned(), "name events-wrong-name"),
            (&|setup| setup.zone = "Mars/Base".to_owned(), "zone events-wrong-zone"),
            (&|setup| setup.minutes = 7, "minutes events-wrong-minutes"),
            (&|setup| setup.pause = 3, "pause events-wrong-pause"),
            (&|setup| setup.days[0].on = "soon".to_owned(), "day.0.on events-wrong-day"),
            (&|setup| setup.days.push(setup.days[0].clone()), "day.1.on events-wrong-day-order"),
            (&|setup| setup.days[0].sessions[0].until = "9".to_owned(), "day.0.session.0 events-wrong-hours"),
            (&|setup| setup.days[0].sessions[0].until = "08:00".to_owned(), "day.0.session.0 events-wrong-hours-order"),
            (&|setup| setup.days[0].sessions[0].from = "09:02".to_owned(), "day.0.session.0 events-wrong-hours-five"),
            (&|setup| setup.rooms[0].tables = 0, "rooms events-wrong-rooms"),
            (&|setup| setup.kinds[0].meets = vec!["x".to_owned()], "kind.0.meets events-wrong-kind-meets"),
            (&|setup| setup.kinds[0].minimum = u32::MAX, "kind.0.minimum events-wrong-count"),
            (&|setup| setup.kinds[0].maximum = Some(201), "kind.0.maximum events-wrong-count"),
            (&|setup| setup.kinds[0].most_requests = Some(u32::MAX), "kind.0.most_requests events-wrong-count"),
            (&|setup| setup.fairness = Some(u32::MAX), "fairness events-wrong-count"),
            (&|setup| setup.longest_run = Some(u32::MAX), "longest_run events-wrong-count"),
            (&|setup| setup.minutes = 5, "none"),
        ];
        for (change, expected) in cases {
            let found = told(change);
            assert_eq!(found, if expected == "none" { vec![] } else { vec![expected.to_owned()] });
        }
        let plain = Template::Plain.setup("M", "2027-03-10".parse().unwrap(), "Europe/Paris", &str::to_owned);
        let undated = |about: &str| Setup { days: Vec::new(), about: about.to_owned(), ..plain.clone() };
        for (about, days) in
            [("2027", Some(("2027-01-01", "2027-12-31"))), ("2028-02", Some(("2028-02-01", "2028-02-29"))), ("", None)]
        {
            let setup = undated(about);
            assert_eq!(setup.wrong(), []);
            let days = days.map(|(first, last)| (first.parse().unwrap(), last.parse().unwrap()));
            assert_eq!(setup.first_day().zip(setup.last_day()), days, "{about}");
        }
        for about in ["27", "2027-13", "2027-1", "+027", "2027-03-10", "soon"] {
            assert_eq!(undated(about).wrong()[0].message, "events-wrong-about", "{about}");
        }
        let both = Setup { about: "2027".to_owned(), ..plain.clone() };
        assert_eq!(both.wrong()[0].message, "events-wrong-about-and-days");
        let meetings = Setup { kind: EventKind::Business, ..undated("2027") };
        let told_of: Vec<&str> = meetings.wrong().into_iter().map(|wrong| wrong.message).collect();
        assert_eq!(told_of, ["events-wrong-days", "events-wrong-rooms"], "meetings by request need days and tables");
        let many: Change<'_> = &|setup| {
            (setup.minutes, setup.pause) = (5, 0);
            setup.days[0].sessions[0].from = "01:00".to_owned();
            setup.days[0].sessions[0].until = "23:00".to_owned();
        };
        assert_eq!(told(many), ["minutes events-wrong-many-slots"]);
    }
}
