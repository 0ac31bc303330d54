//! Rules of a timetable that are broken, in the words of whoever runs the event.

use timetable::Violation;

use super::problem::{Built, Refusal};

/// A broken rule with the names that it is about. Of two meetings that clash, the one named is not `moved`.
#[must_use]
pub fn broken(built: &Built, violation: &Violation, moved: Option<usize>) -> Refusal {
    let person = |at: usize| built.people.get(at).map_or("", |(_, name)| name.as_str());
    let participant = |at: usize| built.participants.get(at).map_or("", |(_, name)| name.as_str());
    let slot = |at: usize| built.slots.get(at);
    let table = |at: usize| built.places.get(at).map_or(0, |(_, table)| *table);
    let of = |key: &'static str, names: &[(&'static str, &dyn std::fmt::Display)]| Refusal::new(key, true, names);
    let both = |key: &'static str, meeting: usize| {
        let [one, other] = built.names(meeting);
        Refusal::new(key, true, &[("one", &one), ("other", &other)])
    };
    match violation {
        Violation::LeftOut { meeting } => both("timetable-rule-left-out", *meeting),
        Violation::Length { .. } | Violation::Unknown { .. } => of("timetable-rule-unknown", &[]),
        Violation::Stranger { person: who, participant: whose, .. } => {
            of("timetable-rule-stranger", &[("person", &person(*who)), ("participant", &participant(*whose))])
        }
        Violation::Window { meeting, slot: at } => both("timetable-rule-window", *meeting).at(slot(*at)),
        Violation::Away { person: who, slot: at, .. } => {
            of("timetable-rule-away", &[("person", &person(*who))]).at(slot(*at))
        }
        Violation::Closed { place, slot: at, .. } => {
            of("timetable-rule-closed", &[("table", &table(*place))]).at(slot(*at))
        }
        Violation::NotAtBooth { booth, .. } => of("timetable-rule-not-at-booth", &[("table", &table(*booth))]),
        Violation::ForeignBooth { booth, owner, .. } => {
            of("timetable-rule-foreign-booth", &[("table", &table(*booth)), ("participant", &participant(*owner))])
        }
        Violation::LockedSlot { meeting, .. }
        | Violation::LockedPlace { meeting, .. }
        | Violation::LockedOut { meeting, .. } => both("timetable-rule-locked", *meeting),
        Violation::Order { earlier, .. } => both("timetable-rule-order", *earlier),
        Violation::PersonTwice { person: who, slot: at, first, second } => {
            let [one, other] = built.names(if moved == Some(*first) { *second } else { *first });
            let names: [(&'static str, &dyn std::fmt::Display); 3] =
                [("person", &person(*who)), ("one", &one), ("other", &other)];
            of("timetable-rule-person-twice", &names).at(slot(*at))
        }
        Violation::PlaceTwice { place, slot: at, first, second } => {
            let [one, other] = built.names(if moved == Some(*first) { *second } else { *first });
            let names: [(&'static str, &dyn std::fmt::Display); 3] =
                [("table", &table(*place)), ("one", &one), ("other", &other)];
            of("timetable-rule-place-twice", &names).at(slot(*at))
        }
        Violation::LongRun { person: who, from, length, most } => {
            let names: [(&'static str, &dyn std::fmt::Display); 3] =
                [("person", &person(*who)), ("length", length), ("most", most)];
            of("timetable-rule-long-run", &names).at(slot(*from))
        }
        Violation::Travel { person: who, needed, there, .. } => {
            let names: [(&'static str, &dyn std::fmt::Display); 3] =
                [("person", &person(*who)), ("needed", needed), ("there", there)];
            of("timetable-rule-travel", &names)
        }
        Violation::TooMany { participant: who, held, most } => {
            let names: [(&'static str, &dyn std::fmt::Display); 3] =
                [("participant", &participant(*who)), ("held", held), ("most", most)];
            of("timetable-rule-too-many", &names)
        }
        Violation::Unfair { most, breaks, least, fewest, limit } => {
            let names: [(&'static str, &dyn std::fmt::Display); 5] = [
                ("person", &person(*most)),
                ("breaks", breaks),
                ("other", &person(*least)),
                ("fewest", fewest),
                ("limit", limit),
            ];
            of("timetable-rule-unfair", &names)
        }
    }
}
