//! Why there is no timetable, in the words of whoever runs the event.

use std::time::{Duration, Instant};

use timetable::{Limits, Statement};

use super::{Built, Refusal};

/// How long is looked for the smallest set of statements that cannot hold together.
const PATIENCE: Duration = Duration::from_secs(5);
/// Slots that are named one by one where tables are short; of more, it is told how many they are.
const MOST_SLOTS: usize = 3;

/// The smallest set of what is asked for that cannot hold together; empty where there was no time to find one.
pub(super) fn conflict(built: &Built, over: &(dyn Fn() -> bool + Sync)) -> Vec<Refusal> {
    let started = Instant::now();
    let expired = || over() || started.elapsed() > PATIENCE;
    let Some(found) = timetable::conflict(&built.problem, &Limits::until(&expired)) else { return Vec::new() };
    let (tables, others): (Vec<Statement>, Vec<Statement>) =
        found.statements.iter().partition(|one| matches!(one, Statement::Tables { .. }));
    let mut told: Vec<Refusal> = others.into_iter().map(|statement| said(built, statement)).collect();
    if tables.len() > MOST_SLOTS {
        told.push(Refusal::new("timetable-conflict-tables-often", true, &[("count", &tables.len())]));
    } else {
        told.extend(tables.into_iter().map(|statement| said(built, statement)));
    }
    if !found.minimal {
        told.push(Refusal::new("timetable-conflict-not-smallest", true, &[]));
    }
    told
}

/// One statement with the names that it is about.
fn said(built: &Built, statement: Statement) -> Refusal {
    let problem = &built.problem;
    let of = |key: &'static str, names: &[(&'static str, &dyn std::fmt::Display)]| Refusal::new(key, true, names);
    let both = |key: &'static str, meeting: usize| {
        let [one, other] = built.names(meeting);
        of(key, &[("one", &one), ("other", &other)])
    };
    let person = |at: usize| built.people.get(at).map_or("", |(_, name)| name.as_str());
    let participant = |at: usize| built.participants.get(at).map_or("", |(_, name)| name.as_str());
    match statement {
        Statement::Held { meeting } => both("timetable-conflict-set", meeting),
        Statement::Locked { meeting } => {
            let locked = problem.meetings[meeting].locked;
            both("timetable-conflict-locked", meeting).at(locked.and_then(|locked| built.slots.get(locked.slot)))
        }
        Statement::Window { meeting } => both("timetable-conflict-window", meeting),
        Statement::Order { meeting, earlier } => {
            let ([one, other], [before, after]) = (built.names(earlier), built.names(meeting));
            let names: [(&'static str, &dyn std::fmt::Display); 4] =
                [("one", &one), ("other", &other), ("before", &before), ("after", &after)];
            of("timetable-conflict-order", &names)
        }
        Statement::Available { person: who } => of("timetable-conflict-available", &[("person", &person(who))]),
        Statement::LongestRun { person: who } => {
            let most = problem.people[who].longest_run.unwrap_or_default();
            of("timetable-conflict-run", &[("person", &person(who)), ("most", &most)])
        }
        Statement::Maximum { participant: who } => {
            let most = problem.participants[who].maximum.unwrap_or_default();
            of("timetable-conflict-maximum", &[("participant", &participant(who)), ("most", &most)])
        }
        Statement::Booth { participant: who } => of("timetable-conflict-booth", &[("participant", &participant(who))]),
        Statement::Tables { slot } => {
            let tables = problem.places.iter().filter(|place| place.available.has(slot)).count();
            of("timetable-conflict-tables", &[("tables", &tables)]).at(built.slots.get(slot))
        }
        Statement::Fairness => {
            let limit = problem.rules.fairness.unwrap_or_default();
            of("timetable-conflict-fairness", &[("limit", &limit)])
        }
    }
}

#[cfg(test)]
mod tests {
    use timetable::{Locked, Meeting, Participant, Person, Place, Problem, Slot, SlotSet, Status, Wish};
    use uuid::Uuid;

    use super::*;
    use crate::{
        events::{AttendeeId, ParticipantId, RequestId, SlotTime},
        foundation::time::Timestamp,
    };

    /// Four participants of one person, so many slots and tables; P1 is to meet the three others.
    fn crowded(slots: u32, tables: usize) -> Built {
        let all = SlotSet::first(slots as usize);
        let id = |number: usize| Uuid::from_u128(number as u128);
        let slot = |at: u32| Slot { day: 0, session: 0, starts: at * 20, ends: at * 20 + 20 };
        let time = |at: u32| SlotTime {
            starts: Timestamp(i64::from(at) * 1_200_000_000),
            ends: Timestamp(i64::from(at + 1) * 1_200_000_000),
            day: 0,
            session: 0,
        };
        let problem = Problem {
            slots: (0..slots).map(slot).collect(),
            people: vec![Person { available: all, ..Person::default() }; 4],
            participants: (0..4).map(|at| Participant { people: vec![at], ..Participant::default() }).collect(),
            places: vec![Place { room: 0, available: all }; tables],
            meetings: vec![
                Meeting::between(0, 1, all),
                Meeting::between(1, 2, all),
                Meeting {
                    wish: Wish::Weight(3),
                    locked: Some(Locked { slot: 1, place: Some(0) }),
                    ..Meeting::between(1, 3, all)
                },
                Meeting { wish: Wish::Weight(1), ..Meeting::between(0, 2, all) },
            ],
            ..Problem::default()
        };
        Built {
            slots: (0..slots).map(time).collect(),
            participants: (0..4).map(|at| (ParticipantId(id(at)), format!("P{at}"))).collect(),
            people: (0..4).map(|at| (AttendeeId(id(at)), format!("A{at}"))).collect(),
            places: (0..tables).map(|table| (0, table as u32 + 1)).collect(),
            meetings: (0..4).map(|at| RequestId(id(at))).collect(),
            ..Built::of(problem)
        }
    }

    fn told(built: &Built) -> Vec<(String, bool)> {
        let found = conflict(built, &|| false);
        let names = |one: &Refusal| one.names.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join("–");
        let line = |one: &Refusal| {
            (format!("{} {}", one.key.trim_start_matches("timetable-conflict-"), names(one)), one.at.is_some())
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn what_cannot_hold_together_is_the_smallest_set() {
        let built = crowded(2, 2);
        let limits = Limits::none().with_steps(100_000);
        let answer = timetable::solve(&built.problem, &limits, &mut |_| std::ops::ControlFlow::Continue(())).unwrap();
        assert_eq!(answer.status, Status::Infeasible, "P1 has three meetings in two slots");
        let expected =
            [("set P0–P1".to_owned(), false), ("set P1–P2".to_owned(), false), ("locked P1–P3".to_owned(), true)];
        assert_eq!(told(&built), expected);
        assert_eq!(told(&crowded(3, 2)), []);
    }

    #[test]
    fn people_tables_and_limits_are_named() {
        let mut away = crowded(3, 2);
        away.problem.people[1].available = SlotSet::first(2);
        assert!(told(&away).contains(&("available A1".to_owned(), false)), "{:?}", told(&away));
        let mut few = crowded(3, 2);
        few.problem.participants[1].maximum = Some(2);
        assert!(told(&few).contains(&("maximum P1–2".to_owned(), false)), "{:?}", told(&few));
        let mut closed = crowded(3, 1);
        closed.problem.places[0].available = SlotSet::first(2);
        assert!(told(&closed).contains(&("tables 0".to_owned(), true)), "{:?}", told(&closed));
        let mut crowd = crowded(5, 1);
        crowd.problem.places[0].available = SlotSet::one(1);
        assert!(told(&crowd).contains(&("tables-often 4".to_owned(), false)), "{:?}", told(&crowd));
    }
}
