//! Whether a problem means anything, before it is searched.

use crate::problem::{Fault, Problem, Side};
use crate::slots::MOST_SLOTS;

/// Most people, and most participants.
pub const MOST_PEOPLE: usize = 200_000;
/// Most meetings that may be asked for.
pub const MOST_MEETINGS: usize = 1_000_000;
/// Most tables and booths.
pub const MOST_PLACES: usize = 10_000;
/// Most meetings that have to be held before others, counted over all meetings.
pub const MOST_ORDERS: usize = 4_000_000;

impl Problem {
    /// What makes this problem meaningless, in the order of its lists; nothing when it can be searched.
    /// A problem without faults may still have no timetable: that is for [`crate::conflict()`].
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.sizes(&mut faults);
        if self.slots.len() > MOST_SLOTS {
            faults.push(Fault::TooManySlots(self.slots.len()));
        }
        for (at, slot) in self.slots.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| self.slots[before]);
            let early = before.is_some_and(|before| slot.starts < before.ends || slot.day < before.day);
            if early || slot.ends < slot.starts {
                faults.push(Fault::SlotOrder(at));
            }
        }
        self.owners(&mut faults);
        for at in 0..self.meetings.len() {
            self.meeting_faults(at, &mut faults);
        }
        faults
    }

    fn sizes(&self, faults: &mut Vec<Fault>) {
        let orders = self.meetings.iter().map(|meeting| meeting.after.len()).sum();
        for (what, there, most) in [
            ("people", self.people.len(), MOST_PEOPLE),
            ("participants", self.participants.len(), MOST_PEOPLE),
            ("places", self.places.len(), MOST_PLACES),
            ("meetings", self.meetings.len(), MOST_MEETINGS),
            ("orders of meetings", orders, MOST_ORDERS),
        ] {
            if there > most {
                faults.push(Fault::TooMany { what, there, most });
            }
        }
    }

    /// Participants: their people and booths, each of one owner only.
    fn owners(&self, faults: &mut Vec<Fault>) {
        let mut of_person = vec![None; self.people.len()];
        let mut of_place = vec![None; self.places.len()];
        for (at, participant) in self.participants.iter().enumerate() {
            if participant.people.is_empty() {
                faults.push(Fault::Nobody(at));
            }
            for &person in &participant.people {
                match of_person.get_mut(person) {
                    None => faults.push(unknown("participant", at, "person", person, self.people.len())),
                    Some(owner @ None) => *owner = Some(at),
                    Some(Some(first)) => faults.push(Fault::TwoParticipants { person, first: *first, second: at }),
                }
            }
            if participant.maximum.is_some_and(|most| most < participant.minimum) {
                faults.push(Fault::MinimumAboveMaximum(at));
            }
            if let Some(place) = participant.booth {
                match of_place.get_mut(place) {
                    None => faults.push(unknown("participant", at, "place", place, self.places.len())),
                    Some(owner @ None) => *owner = Some(at),
                    Some(Some(first)) => faults.push(Fault::TwoOwners { place, first: *first, second: at }),
                }
            }
        }
    }

    fn meeting_faults(&self, at: usize, faults: &mut Vec<Fault>) {
        let meeting = &self.meetings[at];
        for Side { participant, person } in meeting.sides {
            let Some(owner) = self.participants.get(participant) else {
                faults.push(unknown("meeting", at, "participant", participant, self.participants.len()));
                continue;
            };
            if let Some(person) = person.filter(|person| !owner.people.contains(person)) {
                faults.push(Fault::Stranger { meeting: at, person, participant });
            }
        }
        let [one, other] = meeting.sides;
        if one.participant == other.participant {
            faults.push(Fault::WithItself { meeting: at, participant: one.participant });
        }
        if let Some(locked) = meeting.locked {
            if locked.slot >= self.slots.len() {
                faults.push(unknown("meeting", at, "slot", locked.slot, self.slots.len()));
            }
            if let Some(place) = locked.place.filter(|&place| place >= self.places.len()) {
                faults.push(unknown("meeting", at, "place", place, self.places.len()));
            }
        }
        for &earlier in meeting.after.iter().filter(|&&earlier| earlier >= self.meetings.len()) {
            faults.push(unknown("meeting", at, "meeting", earlier, self.meetings.len()));
        }
    }
}

fn unknown(what: &'static str, at: usize, of: &'static str, named: usize, there: usize) -> Fault {
    Fault::Unknown { what, at, of, named, there }
}

#[cfg(test)]
mod tests {
    use crate::problem::{Fault, Locked, Meeting, Participant, Person, Place, Problem, Slot};
    use crate::slots::SlotSet;

    /// Two participants of one person each, one table, two slots, one meeting.
    fn small() -> Problem {
        let slot = |starts| Slot { starts, ends: starts + 20, ..Slot::default() };
        let person = Person { available: SlotSet::first(2), ..Person::default() };
        let participant = |person| Participant { people: vec![person], ..Participant::default() };
        Problem {
            slots: vec![slot(0), slot(20)],
            people: vec![person, person],
            participants: vec![participant(0), participant(1)],
            places: vec![Place { room: 0, available: SlotSet::first(2) }],
            meetings: vec![Meeting::between(0, 1, SlotSet::first(2))],
            ..Problem::default()
        }
    }

    #[test]
    fn each_mistake_is_named_with_its_place() {
        assert_eq!(small().faults(), []);
        let faulty = |change: &dyn Fn(&mut Problem)| {
            let mut problem = small();
            change(&mut problem);
            problem.faults().iter().map(Fault::to_string).collect::<Vec<_>>().join("; ")
        };
        let slots = faulty(&|problem| problem.slots = vec![Slot::default(); 129]);
        assert_eq!(slots, "129 slots; at most 128 are possible, so make slots longer or cut the event in two");
        let order = "slot 1 begins before the one before it ends, or ends before it begins";
        assert_eq!(faulty(&|problem| problem.slots[1].starts = 19), order);
        assert_eq!(faulty(&|problem| problem.slots[1].ends = 19), order);
        let itself = "meeting 0 is one of participant 1 with itself";
        assert_eq!(faulty(&|problem| problem.meetings[0].sides[0].participant = 1), itself);
        let nobody = "participant 1 has nobody who could sit in a meeting";
        assert_eq!(faulty(&|problem| problem.participants[1].people.clear()), nobody);
        let two = "person 0 belongs to participants 0 and 1";
        assert_eq!(faulty(&|problem| problem.participants[1].people = vec![0]), two);
        let booth = faulty(&|problem| problem.participants.iter_mut().for_each(|one| one.booth = Some(0)));
        assert_eq!(booth, "booth 0 belongs to participants 0 and 1");
        let stranger = faulty(&|problem| problem.meetings[0].sides[0].person = Some(1));
        assert_eq!(stranger, "meeting 0 is to be attended by person 1, who is not of participant 0");
        let minimum = faulty(&|problem| {
            problem.participants[0] = Participant { minimum: 2, maximum: Some(1), ..small().participants[0].clone() };
        });
        assert_eq!(minimum, "participant 0 should have more meetings than it may have");
        let unknown = faulty(&|problem| {
            problem.meetings[0].locked = Some(Locked { slot: 2, place: Some(1) });
            problem.meetings[0].after = vec![7];
        });
        let expected = "meeting 0 names slot 2, but there are only 2; meeting 0 names place 1, but there are only 1; \
                        meeting 0 names meeting 7, but there are only 1";
        assert_eq!(unknown, expected);
    }

    #[test]
    fn an_event_too_large_is_named() {
        let mut problem = small();
        problem.places = vec![Place::default(); super::MOST_PLACES + 1];
        let fault = Fault::TooMany { what: "places", there: 10_001, most: 10_000 };
        assert_eq!(problem.faults(), [fault]);
    }
}
