//! What a search needs of a problem, in flat lists.

use crate::problem::{Problem, Wish};
use crate::slots::SlotSet;

/// No meeting, no resource, no slot.
pub(super) const NONE: u32 = u32::MAX;

/// Weight of what must be held where even that may be left out.
const MUST: u32 = 1 << 31;

/// A problem, read once. A *resource* is what one meeting at a time can have: each person, then each booth.
pub(super) struct Core<'a> {
    pub(super) problem: &'a Problem,
    pub(super) slots: usize,
    pub(super) people: usize,
    pub(super) resources: usize,
    /// The booth of each meeting as a resource, or [`NONE`].
    pub(super) booth: Vec<u32>,
    /// Slots that are left to a meeting before anybody sits in it.
    pub(super) window: Vec<u128>,
    /// Slots in which a resource can be used.
    pub(super) available: Vec<u128>,
    /// What makes a person's breaks slow to count or agendas to be refused: slots to keep free, longest run.
    pub(super) manners: Vec<Option<Manners>>,
    pub(super) days: Vec<u128>,
    /// Tables that anybody may use, by room and slot.
    pub(super) tables: Vec<u32>,
    /// Rooms as far as they have to be told apart: one, unless somebody could be late on the way.
    pub(super) rooms: usize,
    /// The room of a booth's meetings, or [`NONE`] where tables are free to choose.
    pub(super) room: Vec<u32>,
    /// The rooms in use, by the number they have in the problem.
    pub(super) rooms_in_use: Vec<usize>,
    /// Meetings to be held before, and after, each meeting.
    pub(super) before: Vec<Vec<u32>>,
    pub(super) after: Vec<Vec<u32>>,
    /// Cost of leaving a meeting out; none: it must be held.
    pub(super) weight: Vec<Option<u32>>,
    /// Meetings of each participant.
    pub(super) meetings_of: Vec<Vec<u32>>,
    /// The participant of a person who is alone for it.
    pub(super) alone: Vec<Option<usize>>,
    /// Most breaks of a person that fairness allows for sure.
    pub(super) most_breaks: u32,
    /// The room of each place, as far as rooms have to be told apart.
    pub(super) room_of: Vec<u32>,
    pub(super) has_orders: bool,
    /// Somebody may sit in for somebody else.
    pub(super) has_delegations: bool,
    pub(super) has_optional: bool,
}

/// What a person asks for beyond being there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manners {
    pub(super) rest: u128,
    pub(super) longest_run: u32,
}

impl<'a> Core<'a> {
    /// The problem must be without faults.
    pub(super) fn of(problem: &'a Problem) -> Core<'a> {
        let mut core = Core::without_fairness(problem);
        if let Some(fairness) = problem.rules.fairness {
            core.most_breaks = fairness.saturating_add(super::bound::fewest_breaks(&core));
        }
        core
    }

    /// The same with everything to be left out that does not fit, musts last; and so many breaks for everybody.
    pub(super) fn relaxed(problem: &'a Problem, most_breaks: u32) -> Core<'a> {
        let mut core = Core::without_fairness(problem);
        core.most_breaks = most_breaks;
        for (weight, meeting) in core.weight.iter_mut().zip(&problem.meetings) {
            *weight = Some(match meeting.wish {
                Wish::Weight(weight) if meeting.locked.is_none() => weight.min(MUST - 1),
                _ => MUST,
            });
        }
        core.has_optional = true;
        core
    }

    pub(super) fn without_fairness(problem: &'a Problem) -> Core<'a> {
        let slots = problem.slots.len();
        let everything = SlotSet::first(slots).bits();
        let mut available: Vec<u128> = problem.people.iter().map(|one| one.available.bits() & everything).collect();
        let mut booth_resource = vec![NONE; problem.places.len()];
        for booth in problem.participants.iter().filter_map(|participant| participant.booth) {
            booth_resource[booth] = available.len() as u32;
            available.push(problem.places[booth].available.bits() & everything);
        }
        let mut core = Core {
            problem,
            slots,
            people: problem.people.len(),
            resources: available.len(),
            booth: Vec::with_capacity(problem.meetings.len()),
            window: Vec::with_capacity(problem.meetings.len()),
            available,
            manners: problem.people.iter().map(|one| Manners::of(one, everything)).collect(),
            days: days(problem),
            tables: Vec::new(),
            rooms: 1,
            room: Vec::new(),
            rooms_in_use: Vec::new(),
            before: problem.meetings.iter().map(|one| one.after.iter().map(|&m| m as u32).collect()).collect(),
            after: vec![Vec::new(); problem.meetings.len()],
            weight: Vec::with_capacity(problem.meetings.len()),
            meetings_of: vec![Vec::new(); problem.participants.len()],
            alone: vec![None; problem.people.len()],
            most_breaks: u32::MAX,
            room_of: Vec::new(),
            has_orders: false,
            has_delegations: false,
            has_optional: false,
        };
        for (at, meeting) in problem.meetings.iter().enumerate() {
            let booth = problem.booth_of(at).map_or(NONE, |place| booth_resource[place]);
            let mut window = meeting.slots.bits() & everything;
            window &= core.available.get(booth as usize).copied().unwrap_or(u128::MAX);
            if let Some(locked) = meeting.locked {
                window &= SlotSet::one(locked.slot).bits();
                if let Some(place) = locked.place {
                    window &= problem.places[place].available.bits();
                    // elsewhere than its host's booth, or at a stranger's: nowhere
                    if booth_resource[place] != booth {
                        window = 0;
                    }
                }
            }
            core.booth.push(booth);
            core.window.push(window);
            core.weight.push(match (meeting.wish, meeting.locked) {
                (Wish::Weight(weight), None) => Some(weight),
                // a locked meeting stays
                _ => None,
            });
            for earlier in &meeting.after {
                core.after[*earlier].push(at as u32);
                core.has_orders = true;
            }
            for side in meeting.sides {
                core.meetings_of[side.participant].push(at as u32);
            }
            core.has_delegations |= (0..2).any(|side| problem.people_of(at, side).len() > 1);
        }
        for (at, participant) in problem.participants.iter().enumerate() {
            if let [only] = participant.people[..] {
                core.alone[only] = Some(at);
            }
        }
        core.has_optional = core.weight.iter().any(Option::is_some);
        core.furnish();
        core
    }

    /// Rooms and tables.
    fn furnish(&mut self) {
        let problem = self.problem;
        let mut rooms: Vec<usize> = problem.places.iter().map(|place| place.room).collect();
        rooms.sort_unstable();
        rooms.dedup();
        let gap = |from: usize, to: usize| problem.slots[to].starts.saturating_sub(problem.slots[from].ends);
        let in_use = |room: &usize| rooms.binary_search(room).is_ok();
        let rows = problem.travel.iter().enumerate().filter(|(from, _)| in_use(from)).map(|(_, row)| row);
        let ways = rows.flat_map(|row| row.iter().enumerate().filter(|(to, _)| in_use(to)));
        let longest = ways.map(|(_, &way)| way).max().unwrap_or(0);
        let matters = (1..self.slots).any(|to| gap(to - 1, to) < longest);
        self.rooms = if matters { rooms.len() } else { 1 };
        let room_of = |place: usize| {
            if matters { rooms.binary_search(&problem.places[place].room).unwrap_or(0) } else { 0 }
        };
        self.tables = vec![0; self.rooms * self.slots];
        let mut booths = vec![false; problem.places.len()];
        for booth in problem.participants.iter().filter_map(|participant| participant.booth) {
            booths[booth] = true;
        }
        for (place, table) in problem.places.iter().enumerate().filter(|(place, _)| !booths[*place]) {
            for slot in table.available.iter().take_while(|&slot| slot < self.slots) {
                self.tables[room_of(place) * self.slots + slot] += 1;
            }
        }
        self.room = (0..problem.meetings.len())
            .map(|meeting| {
                let locked = problem.meetings[meeting].locked.and_then(|locked| locked.place);
                problem.booth_of(meeting).or(locked).map_or(NONE, |place| room_of(place) as u32)
            })
            .collect();
        self.room_of = (0..problem.places.len()).map(|place| room_of(place) as u32).collect();
        self.rooms_in_use = rooms;
    }

    /// Whether a person cannot be at both: the way is too long for the time between.
    pub(super) fn too_far(&self, one: (usize, usize), other: (usize, usize)) -> bool {
        let ((early, from), (late, to)) = (one.min(other), one.max(other));
        let slots = &self.problem.slots;
        let way = self.problem.travel.get(self.rooms_in_use[from]).and_then(|row| row.get(self.rooms_in_use[to]));
        way.is_some_and(|&way| way > slots[late].starts.saturating_sub(slots[early].ends))
    }

    /// The room of a meeting at a place, if it may be there.
    pub(super) fn room_at(&self, meeting: usize, place: usize) -> Option<usize> {
        let room = *self.room_of.get(place)?;
        (self.room[meeting] == NONE || self.room[meeting] == room).then_some(room as usize)
    }

    /// Breaks of a person who is busy in these slots.
    pub(super) fn breaks(&self, person: usize, busy: u128) -> u32 {
        match &self.manners[person] {
            None if self.days.len() <= 1 => gaps(busy),
            None => self.days.iter().map(|day| gaps(busy & day)).sum(),
            Some(manners) => {
                // a gap that is wholly to be kept free is closed by filling it
                let filled = fill(busy, manners.rest, &self.days);
                let idle: u32 = self.days.iter().map(|day| gaps(filled & day)).sum();
                idle + (busy & manners.rest).count_ones()
            }
        }
    }

    /// Whether a person can bear to be busy in these slots.
    pub(super) fn bearable(&self, person: usize, busy: u128) -> bool {
        match &self.manners[person] {
            Some(manners) if manners.longest_run != u32::MAX => {
                self.days.iter().all(|day| longest_run(busy & day) <= manners.longest_run)
            }
            _ => true,
        }
    }
}

impl Manners {
    fn of(person: &crate::problem::Person, everything: u128) -> Option<Manners> {
        let rest = person.rest.bits() & everything;
        let longest_run = person.longest_run.unwrap_or(u32::MAX);
        (rest != 0 || longest_run != u32::MAX).then_some(Manners { rest, longest_run })
    }
}

fn days(problem: &Problem) -> Vec<u128> {
    let mut days: Vec<u128> = Vec::new();
    for (slot, when) in problem.slots.iter().enumerate() {
        let bit = 1u128 << slot;
        match days.last_mut() {
            Some(day) if problem.slots[slot - 1].day == when.day => *day |= bit,
            _ => days.push(bit),
        }
    }
    days
}

/// Idle runs between the first and the last busy slot.
pub(super) fn gaps(busy: u128) -> u32 {
    if busy >> 64 == 0 {
        let busy = busy as u64;
        (busy & !(busy << 1)).count_ones().saturating_sub(1)
    } else {
        (busy & !(busy << 1)).count_ones().saturating_sub(1)
    }
}

/// With the idle runs that lie wholly in `rest` between two busy slots of a day counted as busy.
fn fill(busy: u128, rest: u128, days: &[u128]) -> u128 {
    let mut filled = busy;
    for day in days {
        let mut left = busy & day;
        let mut last: Option<u32> = None;
        while left != 0 {
            let slot = left.trailing_zeros();
            left &= left - 1;
            if let Some(last) = last {
                let between = ((1u128 << slot) - 1) & !((2u128 << last) - 1);
                if between & !rest == 0 {
                    filled |= between;
                }
            }
            last = Some(slot);
        }
    }
    filled
}

fn longest_run(busy: u128) -> u32 {
    let (mut left, mut longest) = (busy, 0);
    while left != 0 {
        left &= left << 1;
        longest += 1;
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::{fill, gaps, longest_run};

    #[test]
    fn gaps_lie_between_busy_slots() {
        for (busy, expected) in [(0, 0), (0b1, 0), (0b11011, 1), (0b10001, 1), (0b10101, 2), (0b0110_0000, 0)] {
            assert_eq!((gaps(busy), gaps(busy << 64), gaps(busy << 61)), (expected, expected, expected), "{busy:b}");
        }
    }

    #[test]
    fn a_gap_to_be_kept_free_is_none() {
        let day = [u128::MAX];
        assert_eq!(fill(0b10001, 0b01110, &day), 0b11111);
        assert_eq!(fill(0b10001, 0b01100, &day), 0b10001);
        assert_eq!(fill(0b10001, 0b01110, &[0b111, 0b11000]), 0b10001);
    }

    #[test]
    fn runs_are_measured() {
        assert_eq!([0, 0b1, 0b1011, 0b1110_1111, u128::MAX].map(longest_run), [0, 1, 2, 4, 128]);
    }
}
