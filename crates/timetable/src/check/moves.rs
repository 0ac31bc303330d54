//! Moves by hand: which rules one breaks, and which break none.

use super::reading::Reading;
use super::violation::Violation;
use crate::problem::Problem;
use crate::schedule::{Held, Schedule};

/// The rules that would be broken by holding a meeting there (instead of where it is held now, if it is),
/// and are not broken now.
#[must_use]
pub fn would_break(problem: &Problem, schedule: &Schedule, meeting: usize, to: Held) -> Vec<Violation> {
    if meeting >= problem.meetings.len() {
        return Vec::new();
    }
    broken_by(&mut Reading::of(problem, schedule), meeting, to)
}

/// Every way to hold a meeting that breaks no rule that is not broken now: slot by slot, then place by
/// place, then by the people who could sit in it. Where it is held now is among them, if that is sound.
#[must_use]
pub fn free(problem: &Problem, schedule: &Schedule, meeting: usize) -> Vec<Held> {
    let Some(asked) = problem.meetings.get(meeting) else { return Vec::new() };
    let mut reading = Reading::of(problem, schedule);
    let mut found = Vec::new();
    for slot in asked.slots.iter().take_while(|&slot| slot < problem.slots.len()) {
        for place in 0..problem.places.len() {
            let now = reading.held(meeting).is_some_and(|held| (held.place, held.slot) == (place, slot));
            let host = problem.booth_of(meeting);
            if host.map_or(reading.owner(place).is_some(), |booth| booth != place)
                || !now && reading.is_taken((place, slot))
            {
                continue;
            }
            for &one in problem.people_of(meeting, 0) {
                for &other in problem.people_of(meeting, 1) {
                    let there = |person: usize| problem.people.get(person).is_some_and(|who| who.available.has(slot));
                    let held = Held { slot, people: [one, other], place };
                    if there(one) && there(other) && broken_by(&mut reading, meeting, held).is_empty() {
                        found.push(held);
                    }
                }
            }
        }
    }
    found
}

fn broken_by(reading: &mut Reading<'_>, meeting: usize, to: Held) -> Vec<Violation> {
    let from = reading.held(meeting);
    let both = || from.into_iter().chain([to]);
    let mut people: Vec<usize> = both().flat_map(|held| held.people).collect();
    people.retain(|&person| person < reading.problem.people.len());
    people.sort_unstable();
    people.dedup();
    let mut spots: Vec<(usize, usize)> = both().map(|held| (held.place, held.slot)).collect();
    spots.dedup();

    let before = around(reading, meeting, &people, &spots);
    let was_unfair = reading.unfair().is_some();
    reading.put(meeting, Some(to));
    let mut broken = around(reading, meeting, &people, &spots);
    broken.retain(|violation| !before.contains(violation));
    if !was_unfair {
        broken.extend(reading.unfair());
    }
    reading.put(meeting, from);
    broken
}

/// The rules that a move of the meeting could touch, but fairness.
fn around(reading: &Reading<'_>, meeting: usize, people: &[usize], spots: &[(usize, usize)]) -> Vec<Violation> {
    let mut found = Vec::new();
    reading.judge_meeting(meeting, &mut found);
    reading.judge_order(meeting, &mut found);
    for &follower in reading.followers(meeting) {
        if follower != meeting {
            reading.judge_order(follower, &mut found);
        }
    }
    for &person in people {
        reading.judge_person(person, &mut found);
    }
    for &spot in spots {
        reading.judge_spot(spot, &mut found);
    }
    for side in reading.problem.meetings[meeting].sides {
        reading.judge_participant(side.participant, &mut found);
    }
    found
}
