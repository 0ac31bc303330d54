//! When the day differs from the plan: somebody is ill or late, a table is lost, a meeting is added. What is
//! published changes as little as possible, and who has to be told is said.

use serde::{Deserialize, Serialize};

use crate::check;
use crate::local;
use crate::problem::{Locked, Problem, Wish};
use crate::schedule::{Schedule, Score};
use crate::slots::{MOST_SLOTS, SlotSet};
use crate::solve::Limits;

/// A timetable after a change, beside the published one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replan {
    /// The new timetable. It keeps every rule, but what must be held may be missing where it does not fit any more.
    pub schedule: Schedule,
    /// What it costs; `lost` does not count what must be held.
    pub score: Score,
    /// Published meetings that are held in another slot or by other people.
    pub moved: Vec<usize>,
    /// Published meetings that only change their table.
    pub other_table: Vec<usize>,
    /// Published meetings that are left out now.
    pub dropped: Vec<usize>,
    /// Meetings held now that were not before.
    pub added: Vec<usize>,
    /// Participants whose agenda is no longer the published one: who is to be told.
    pub touched: Vec<usize>,
}

/// Plans anew after a change. Every rule is kept; then as few published meetings as possible are left out, then as few
/// moved in time or from one person to another, as far as a quick search finds; then the score counts. Meetings are
/// those of the changed problem, in the order of the published ones, new ones at the end. None if breaks cannot be
/// shared out fairly in the time there is. The problem must be without faults ([`Problem::faults`]).
#[must_use]
pub fn replan(problem: &Problem, published: &Schedule, limits: &Limits<'_>) -> Option<Replan> {
    let schedule = local::repair(problem, published, limits)?;
    let score = check::score(problem, &schedule);
    let mut replan = Replan { schedule, score, ..Replan::default() };
    let mut touched = vec![false; problem.participants.len()];
    for (meeting, now) in replan.schedule.held.iter().enumerate() {
        let before = published.held.get(meeting).copied().flatten();
        let list = match (before, *now) {
            (Some(before), Some(now)) if (before.slot, before.people) != (now.slot, now.people) => &mut replan.moved,
            (Some(before), Some(now)) if before.place != now.place => &mut replan.other_table,
            (Some(_), None) => &mut replan.dropped,
            (None, Some(_)) => &mut replan.added,
            _ => continue,
        };
        list.push(meeting);
        for side in problem.meetings[meeting].sides {
            touched[side.participant] = true;
        }
    }
    replan.touched = (0..touched.len()).filter(|&participant| touched[participant]).collect();
    Some(replan)
}

/// Changes of the day. Meetings keep their numbers.
impl Problem {
    /// A participant does not come: its meetings fall away, and nobody counts them as lost.
    pub fn cancel_participant(&mut self, participant: usize) {
        for meeting in &mut self.meetings {
            if meeting.sides.iter().any(|side| side.participant == participant) {
                meeting.wish = Wish::Weight(0);
                meeting.slots = SlotSet::NONE;
                meeting.locked = None;
            }
        }
        if let Some(participant) = self.participants.get_mut(participant) {
            participant.minimum = 0;
        }
    }

    /// A person is away in these slots.
    pub fn cancel_slots(&mut self, person: usize, away: SlotSet) {
        if let Some(person) = self.people.get_mut(person) {
            person.available = person.available.minus(away);
        }
    }

    /// A table or booth cannot be used any more. Who had the booth meets at tables, and meetings locked to the
    /// place keep their slot only.
    pub fn cancel_place(&mut self, place: usize) {
        self.cancel_place_in(place, SlotSet::first(MOST_SLOTS));
    }

    /// A table or booth cannot be used in these slots. Who had the booth meets at tables from now on, and meetings locked
    /// to the place in one of these slots keep their slot only.
    pub fn cancel_place_in(&mut self, place: usize, lost: SlotSet) {
        if let Some(place) = self.places.get_mut(place) {
            place.available = place.available.minus(lost);
        }
        for participant in &mut self.participants {
            participant.booth = participant.booth.filter(|&booth| booth != place);
        }
        for locked in self.meetings.iter_mut().filter_map(|meeting| meeting.locked.as_mut()) {
            locked.place = locked.place.filter(|&there| there != place || !lost.has(locked.slot));
        }
    }

    /// What has begun stays: published meetings in these slots are held where they are and by whom they are, whatever was
    /// said since of their people, tables and limits, and nothing else is held in these slots. To be called after all
    /// other changes, because it gives people and tables of such meetings back to them. One whose host has lost its booth
    /// since, and whose other side has a booth as well, is left out of the new timetable: take such from the published one.
    pub fn keep_begun(&mut self, published: &Schedule, begun: SlotSet) {
        let mut count = vec![0; self.participants.len()];
        for (meeting, asked) in self.meetings.iter_mut().enumerate() {
            let held = published.held.get(meeting).copied().flatten();
            let Some(held) = held.filter(|held| begun.has(held.slot)) else {
                asked.slots = asked.slots.minus(begun);
                asked.locked = asked.locked.filter(|locked| !begun.has(locked.slot));
                continue;
            };
            asked.slots = SlotSet::one(held.slot);
            asked.locked = Some(Locked { slot: held.slot, place: Some(held.place) });
            for (side, person) in asked.sides.iter_mut().zip(held.people) {
                side.person = Some(person);
                if let Some(person) = self.people.get_mut(person) {
                    person.available = person.available.with(held.slot);
                }
                if let Some(count) = count.get_mut(side.participant) {
                    *count += 1;
                }
            }
            if let Some(place) = self.places.get_mut(held.place) {
                place.available = place.available.with(held.slot);
            }
        }
        for (participant, held) in self.participants.iter_mut().zip(count) {
            participant.maximum = participant.maximum.map(|maximum| maximum.max(held));
        }
    }
}
