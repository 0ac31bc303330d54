//! The judge against a second reading of the rules, written the slow way round: slot by slot, pair by pair.

use std::collections::HashSet;

use proptest::prelude::*;
use timetable::{Held, Problem, Schedule, Score, Violation, Wish, breaks, free, score, violations, would_break};

use crate::worlds;

/// Every violation there is, in no order.
fn reread(problem: &Problem, schedule: &Schedule) -> HashSet<Violation> {
    let mut found = HashSet::new();
    let held = &schedule.held;
    for (meeting, asked) in problem.meetings.iter().enumerate() {
        let Some(Held { slot, people, place }) = held[meeting] else {
            match (asked.wish, asked.locked) {
                (Wish::Must, _) => drop(found.insert(Violation::LeftOut { meeting })),
                (_, Some(locked)) => drop(found.insert(Violation::LockedOut { meeting, locked: locked.slot })),
                _ => {}
            }
            continue;
        };
        if !asked.slots.has(slot) {
            found.insert(Violation::Window { meeting, slot });
        }
        for (side, &person) in asked.sides.iter().zip(&people) {
            let participant = side.participant;
            let of_side = problem.participants[participant].people.contains(&person);
            if !of_side || side.person.is_some_and(|named| named != person) {
                found.insert(Violation::Stranger { meeting, person, participant });
            }
            if !problem.people[person].available.has(slot) {
                found.insert(Violation::Away { meeting, person, slot });
            }
        }
        if !problem.places[place].available.has(slot) {
            found.insert(Violation::Closed { meeting, place, slot });
        }
        let host = asked.sides.iter().find(|side| problem.participants[side.participant].booth.is_some());
        match host {
            Some(host) => {
                let booth = problem.participants[host.participant].booth.expect("the host has one");
                if booth != place {
                    found.insert(Violation::NotAtBooth { meeting, booth, place });
                }
            }
            None => {
                if let Some(owner) = problem.participants.iter().position(|one| one.booth == Some(place)) {
                    found.insert(Violation::ForeignBooth { meeting, booth: place, owner });
                }
            }
        }
        if let Some(locked) = asked.locked {
            if locked.slot != slot {
                found.insert(Violation::LockedSlot { meeting, locked: locked.slot, slot });
            }
            if locked.place.is_some_and(|locked| locked != place) {
                found.insert(Violation::LockedPlace { meeting, locked: locked.place.unwrap_or(0), place });
            }
        }
        for &earlier in &asked.after {
            if held[earlier].is_some_and(|before| before.slot >= slot) {
                found.insert(Violation::Order { meeting, earlier });
            }
        }
    }
    for person in 0..problem.people.len() {
        reread_person(problem, held, person, &mut found);
    }
    for slot in 0..problem.slots.len() {
        for place in 0..problem.places.len() {
            let there = who(held, |held| held.slot == slot && held.place == place);
            for pair in there.windows(2) {
                found.insert(Violation::PlaceTwice { place, slot, first: pair[0], second: pair[1] });
            }
        }
    }
    for (participant, one) in problem.participants.iter().enumerate() {
        let sides = |meeting: &usize| problem.meetings[*meeting].sides.iter().any(|s| s.participant == participant);
        let count = who(held, |_| true).iter().filter(|meeting| sides(meeting)).count() as u64;
        if let Some(most) = one.maximum.filter(|&most| count > u64::from(most)) {
            found.insert(Violation::TooMany { participant, held: count, most });
        }
    }
    found
}

fn who(held: &[Option<Held>], is: impl Fn(Held) -> bool) -> Vec<usize> {
    (0..held.len()).filter(|&meeting| held[meeting].is_some_and(&is)).collect()
}

fn reread_person(problem: &Problem, held: &[Option<Held>], person: usize, found: &mut HashSet<Violation>) {
    let at = |slot: usize| who(held, |held| held.slot == slot && held.people.contains(&person));
    let slots = problem.slots.len();
    let mut agenda = Vec::new();
    for slot in 0..slots {
        let there = at(slot);
        for pair in there.windows(2) {
            found.insert(Violation::PersonTwice { person, slot, first: pair[0], second: pair[1] });
        }
        agenda.extend(there);
    }
    for pair in agenda.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let (before, after) = (held[first].expect("in the agenda"), held[second].expect("in the agenda"));
        if before.slot == after.slot {
            continue;
        }
        let (from, to) = (problem.places[before.place].room, problem.places[after.place].room);
        let needed = if problem.travel.is_empty() { 0 } else { problem.travel[from].get(to).copied().unwrap_or(0) };
        let there = problem.slots[after.slot].starts - problem.slots[before.slot].ends;
        if needed > there {
            found.insert(Violation::Travel { person, first, second, needed, there });
        }
    }
    let Some(most) = problem.people[person].longest_run else { return };
    let busy = |slot: usize| !at(slot).is_empty();
    for from in 0..slots {
        let begins =
            busy(from) && (from == 0 || !busy(from - 1) || problem.slots[from - 1].day != problem.slots[from].day);
        if begins {
            let day = problem.slots[from].day;
            let length = (from..slots).take_while(|&s| busy(s) && problem.slots[s].day == day).count() as u32;
            if length > most {
                found.insert(Violation::LongRun { person, from, length, most });
            }
        }
    }
}

/// Breaks and changes of a person, walking slot by slot through each day.
fn recount(problem: &Problem, held: &[Option<Held>], person: usize) -> (u64, u64) {
    let (mut breaks, mut changes) = (0, 0);
    let mut last: Option<(usize, u32)> = None;
    let mut idle_counts = false;
    for (slot, when) in problem.slots.iter().enumerate() {
        let there = who(held, |held| held.slot == slot && held.people.contains(&person));
        let rest = problem.people[person].rest.has(slot);
        if there.is_empty() {
            idle_counts |= !rest;
            continue;
        }
        for meeting in there {
            let place = held[meeting].expect("in the agenda").place;
            if let Some((before, _)) = last.filter(|&(_, day)| day == when.day) {
                breaks += u64::from(idle_counts);
                changes += u64::from(before != place);
            }
            breaks += u64::from(rest);
            last = Some((place, when.day));
            idle_counts = false;
        }
    }
    (breaks, changes)
}

fn rescore(problem: &Problem, schedule: &Schedule) -> Score {
    let mut score = Score::default();
    for (at, one) in problem.participants.iter().enumerate() {
        let held = who(&schedule.held, |_| true);
        let of = |m: &&usize| {
            problem.meetings[**m].sides[0].participant == at || problem.meetings[**m].sides[1].participant == at
        };
        score.shortfall += u64::from(one.minimum).saturating_sub(held.iter().filter(of).count() as u64);
    }
    for (meeting, held) in problem.meetings.iter().zip(&schedule.held) {
        if let (Wish::Weight(weight), None) = (meeting.wish, held) {
            score.lost += u64::from(weight);
        }
    }
    for person in 0..problem.people.len() {
        let (breaks, changes) = recount(problem, &schedule.held, person);
        score.breaks += breaks;
        score.changes += changes;
    }
    score
}

fn is_unfair(violation: &Violation) -> bool {
    matches!(violation, Violation::Unfair { .. })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 400 } else { 4000 }))]

    #[test]
    fn the_judge_and_a_second_reading_agree((problem, schedule) in worlds::with_any_schedule()) {
        prop_assert_eq!(problem.faults(), []);
        let mut found = violations(&problem, &schedule);
        let unfair = found.last().is_some_and(is_unfair);
        if unfair {
            found.pop();
        }
        let set: HashSet<Violation> = found.iter().cloned().collect();
        prop_assert_eq!(set.len(), found.len(), "nothing is said twice");
        prop_assert_eq!(set, reread(&problem, &schedule));
        let each: Vec<u64> = (0..problem.people.len()).map(|p| recount(&problem, &schedule.held, p).0).collect();
        prop_assert_eq!(&breaks(&problem, &schedule), &each);
        let spread = each.iter().max().unwrap_or(&0) - each.iter().min().unwrap_or(&0);
        prop_assert_eq!(unfair, problem.rules.fairness.is_some_and(|limit| spread > u64::from(limit)));
        prop_assert_eq!(score(&problem, &schedule), rescore(&problem, &schedule));
    }

    #[test]
    fn a_move_breaks_what_the_judge_finds_after_it_and_not_before(
        (problem, schedule) in worlds::with_any_schedule(),
        (meeting, slot, place, one, other) in (0..9usize, 0..12usize, 0..6usize, 0..3usize, 0..3usize),
    ) {
        let meeting = meeting % problem.meetings.len();
        let sits = |side, nth: usize| problem.people_of(meeting, side)[nth % problem.people_of(meeting, side).len()];
        let to = Held { slot: slot % problem.slots.len(), people: [sits(0, one), sits(1, other)], place: place % problem.places.len() };
        let mut moved = schedule.clone();
        moved.held[meeting] = Some(to);
        let before = violations(&problem, &schedule);
        let mut after = violations(&problem, &moved);
        after.retain(|violation| !before.contains(violation));
        if before.iter().any(is_unfair) {
            after.retain(|violation| !is_unfair(violation));
        }
        let said: HashSet<Violation> = would_break(&problem, &schedule, meeting, to).into_iter().collect();
        prop_assert_eq!(&said, &after.into_iter().collect());
        prop_assert_eq!(free(&problem, &schedule, meeting).contains(&to), said.is_empty() && fits(&problem, &moved, meeting));
    }

    #[test]
    fn what_is_free_breaks_nothing((problem, schedule) in worlds::with_any_schedule(), meeting in 0..9usize) {
        let meeting = meeting % problem.meetings.len();
        for held in free(&problem, &schedule, meeting) {
            prop_assert_eq!(would_break(&problem, &schedule, meeting, held), []);
        }
    }
}

/// Whether no rule about the meeting itself is broken, also not one that was broken before the move.
fn fits(problem: &Problem, schedule: &Schedule, meeting: usize) -> bool {
    let mut alone = Schedule { held: vec![None; problem.meetings.len()] };
    alone.held[meeting] = schedule.held[meeting];
    let own = |violation: &Violation| {
        matches!(violation, Violation::Window { .. } | Violation::Away { .. } | Violation::NotAtBooth { .. })
            || matches!(violation, Violation::ForeignBooth { .. })
    };
    !violations(problem, &alone).iter().any(own)
}

#[test]
fn a_schedule_that_leads_nowhere_is_judged_without_a_panic() {
    let far = usize::MAX;
    let mut problem =
        Problem { meetings: vec![timetable::Meeting::between(far, 3, Default::default())], ..Problem::default() };
    problem.meetings[0].after = vec![far];
    let held = Held { slot: far, people: [far, far], place: far };
    let schedule = Schedule { held: vec![Some(held); 2] };
    let said: Vec<String> = violations(&problem, &schedule).iter().map(Violation::to_string).collect();
    let expected = [
        "2 meetings are listed, but the problem has 1",
        "meeting 0 has slot 18446744073709551615, but there are only 0",
        "meeting 0 has person 18446744073709551615, but there are only 0",
        "meeting 0 has place 18446744073709551615, but there are only 0",
    ];
    assert_eq!(said, expected);
    assert_eq!(score(&problem, &schedule), Score::default());
    assert_eq!((free(&problem, &schedule, 0), would_break(&problem, &schedule, 1, held)), (vec![], vec![]));
}
