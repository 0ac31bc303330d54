//! All timetables there are, for problems of very few meetings.

use timetable::{Held, Problem, Schedule, Score, Violation, score, violations};

/// The least that a timetable costs; none if none keeps every rule.
pub fn least(problem: &Problem) -> Option<Score> {
    least_by(problem, |schedule| score(problem, schedule))
}

/// The least price of a timetable that keeps every rule.
pub fn least_by<Price: Ord>(problem: &Problem, mut price: impl FnMut(&Schedule) -> Price) -> Option<Price> {
    let mut best = None;
    let mut schedule = Schedule { held: vec![None; problem.meetings.len()] };
    descend(problem, &mut schedule, 0, &mut |schedule| {
        let price = price(schedule);
        if best.as_ref().is_none_or(|best| price < *best) {
            best = Some(price);
        }
    });
    best
}

fn descend(problem: &Problem, schedule: &mut Schedule, meeting: usize, found: &mut dyn FnMut(&Schedule)) {
    if meeting == problem.meetings.len() {
        if violations(problem, schedule).is_empty() {
            found(schedule);
        }
        return;
    }
    schedule.held[meeting] = None;
    descend(problem, schedule, meeting + 1, found);
    for slot in 0..problem.slots.len() {
        if !problem.meetings[meeting].slots.has(slot) {
            continue;
        }
        for place in 0..problem.places.len() {
            if problem.booth_of(meeting).is_some_and(|booth| booth != place) {
                continue;
            }
            for &one in problem.people_of(meeting, 0) {
                for &other in problem.people_of(meeting, 1) {
                    schedule.held[meeting] = Some(Held { slot, people: [one, other], place });
                    if !hopeless(problem, schedule, meeting) {
                        descend(problem, schedule, meeting + 1, found);
                    }
                }
            }
        }
    }
    schedule.held[meeting] = None;
}

/// Whether rules are broken that later meetings cannot mend.
fn hopeless(problem: &Problem, schedule: &Schedule, last: usize) -> bool {
    violations(problem, schedule).iter().any(|violation| match violation {
        Violation::LeftOut { meeting } | Violation::LockedOut { meeting, .. } => *meeting <= last,
        Violation::Travel { .. } | Violation::Unfair { .. } => false,
        _ => true,
    })
}
