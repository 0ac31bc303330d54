//! Which table each meeting of a proved timetable gets.

use std::collections::BTreeSet;

use crate::problem::Problem;
use crate::schedule::Held;

/// Gives every held meeting a place: its booth or the place it is locked to, else a free one, where
/// possible the one at which a person of it has just been. Expects what the encoding sees to: no more
/// meetings in a slot than places.
pub fn assign(problem: &Problem, held: &mut [Option<Held>]) {
    let mut owned = vec![false; problem.places.len()];
    for booth in problem.participants.iter().filter_map(|participant| participant.booth) {
        owned[booth] = true;
    }
    let mut of_slot: Vec<Vec<usize>> = vec![Vec::new(); problem.slots.len()];
    for (meeting, held) in held.iter().enumerate() {
        if let Some(held) = held {
            of_slot[held.slot].push(meeting);
        }
    }
    let mut last: Vec<Option<usize>> = vec![None; problem.people.len()];
    for (slot, meetings) in of_slot.iter().enumerate() {
        if slot > 0 && problem.slots[slot].day != problem.slots[slot - 1].day {
            last.fill(None);
        }
        let mut free: BTreeSet<usize> =
            (0..owned.len()).filter(|&place| !owned[place] && problem.places[place].available.has(slot)).collect();
        let mut open = Vec::new();
        for &meeting in meetings {
            let fixed =
                problem.booth_of(meeting).or_else(|| problem.meetings[meeting].locked.and_then(|locked| locked.place));
            match (fixed, &mut held[meeting]) {
                (Some(place), Some(held)) => {
                    held.place = place;
                    free.remove(&place);
                }
                _ => open.push(meeting),
            }
        }
        // meetings both of whose people come from the same place first, then those that keep one in place
        for keeps in [2, 1, 0] {
            open.retain(|&meeting| {
                let Some(there) = &mut held[meeting] else { return false };
                let from = there.people.map(|person| last[person]);
                let place = match (keeps, from) {
                    (2, [Some(one), Some(other)]) if one == other => Some(one),
                    (1, from) => from.into_iter().flatten().find(|place| free.contains(place)),
                    (0, _) => free.first().copied(),
                    _ => None,
                };
                let Some(place) = place.filter(|place| free.remove(place)) else { return true };
                there.place = place;
                false
            });
        }
        for &meeting in meetings {
            if let Some(held) = held[meeting] {
                for person in held.people {
                    last[person] = Some(held.place);
                }
            }
        }
    }
}
