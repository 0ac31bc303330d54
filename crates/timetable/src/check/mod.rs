//! The judge: which rules a timetable breaks and what it costs. It reads agendas as a person with a pencil
//! would and shares no code with the searches. Made for the hand as well: which rules a single move
//! breaks, and where a meeting could still go.
//!
//! Breaks of a person, as [`breaks`] counts them and as fairness compares them, are the idle runs between
//! two meetings of one day (those that lie wholly in slots this person would rather keep free are no
//! breaks) and the meetings in such slots.

mod faults;
mod moves;
mod reading;
mod violation;

pub use faults::{MOST_MEETINGS, MOST_ORDERS, MOST_PEOPLE, MOST_PLACES};
pub use moves::{free, would_break};
pub use violation::Violation;

use crate::problem::{Problem, Wish};
use crate::schedule::{Schedule, Score};
use reading::Reading;

/// Every rule that a timetable breaks; none for a valid one. Any schedule may be asked about.
#[must_use]
pub fn violations(problem: &Problem, schedule: &Schedule) -> Vec<Violation> {
    let mut found = Vec::new();
    if schedule.held.len() != problem.meetings.len() {
        found.push(Violation::Length { listed: schedule.held.len(), meetings: problem.meetings.len() });
    }
    let reading = Reading::of(problem, schedule);
    for meeting in 0..problem.meetings.len() {
        reading.judge_meeting(meeting, &mut found);
        reading.judge_order(meeting, &mut found);
    }
    for person in 0..problem.people.len() {
        reading.judge_person(person, &mut found);
    }
    for spot in reading.spots() {
        reading.judge_spot(spot, &mut found);
    }
    for participant in 0..problem.participants.len() {
        reading.judge_participant(participant, &mut found);
    }
    found.extend(reading.unfair());
    found
}

/// What a timetable costs, whether it keeps the rules or not.
#[must_use]
pub fn score(problem: &Problem, schedule: &Schedule) -> Score {
    let reading = Reading::of(problem, schedule);
    let mut score = Score::default();
    for (participant, &held) in problem.participants.iter().zip(&reading.meetings_of) {
        score.shortfall += u64::from(participant.minimum).saturating_sub(held);
    }
    for (at, meeting) in problem.meetings.iter().enumerate() {
        if let (Wish::Weight(weight), None) = (meeting.wish, reading.held(at)) {
            score.lost += u64::from(weight);
        }
    }
    for person in 0..problem.people.len() {
        score.breaks += reading.breaks[person];
        score.changes += reading.changes(person);
    }
    score
}

/// The breaks of each person.
#[must_use]
pub fn breaks(problem: &Problem, schedule: &Schedule) -> Vec<u64> {
    Reading::of(problem, schedule).breaks
}
