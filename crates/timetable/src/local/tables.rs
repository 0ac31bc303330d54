//! Which table each meeting gets, once slots, people and rooms are settled: as few moves between tables as a
//! quick search finds. Breaks come first, so this never changes a slot.

use super::core::{Core, NONE};
use super::state::{OUT, State};

/// Passes over all slots.
const PASSES: usize = 4;

/// The place of each meeting that is in; the room and the slot are given by the state. When time is over, any free
/// place will do.
pub(super) fn tables(state: &State<'_>, over: &dyn Fn() -> bool) -> Vec<Option<usize>> {
    let mut seating = Seating::of(state);
    for pass in 0..PASSES {
        for slot in 0..state.core.slots {
            let over = over();
            if over && pass > 0 {
                return seating.table;
            }
            seating.arrange(slot, !over);
        }
    }
    seating.table
}

struct Seating<'a> {
    state: &'a State<'a>,
    /// Meetings in each slot.
    in_slot: Vec<Vec<usize>>,
    table: Vec<Option<usize>>,
    /// Tables that anybody may use, by place: their room.
    free: Vec<Option<u16>>,
    /// Who sits at a table in the slot under way.
    taken: Vec<u32>,
    /// Tables that were asked in the present search for a better one.
    asked: Vec<u32>,
    search: u32,
}

impl<'a> Seating<'a> {
    fn of(state: &'a State<'a>) -> Seating<'a> {
        let core: &Core<'_> = state.core;
        let problem = core.problem;
        let mut in_slot = vec![Vec::new(); core.slots];
        let mut table = vec![None; core.window.len()];
        for meeting in 0..core.window.len() {
            if state.slot[meeting] != OUT {
                in_slot[usize::from(state.slot[meeting])].push(meeting);
                table[meeting] = problem.booth_of(meeting).or(problem.meetings[meeting].locked.and_then(|l| l.place));
            }
        }
        let mut free: Vec<Option<u16>> = core.room_of.iter().map(|&room| Some(room as u16)).collect();
        for booth in problem.participants.iter().filter_map(|participant| participant.booth) {
            free[booth] = None;
        }
        let places = problem.places.len();
        Seating { state, in_slot, table, free, taken: vec![NONE; places], asked: vec![0; places], search: 0 }
    }

    fn settled(&self, meeting: usize) -> bool {
        let problem = self.state.core.problem;
        !self.state.at_table(meeting) || problem.meetings[meeting].locked.is_some_and(|locked| locked.place.is_some())
    }

    /// Tables at which a person of the meeting sits just before or just after, on the same day.
    fn wished(&self, meeting: usize) -> Vec<usize> {
        let state = self.state;
        let slot = usize::from(state.slot[meeting]);
        let day = state.core.days.iter().copied().find(|day| day >> slot & 1 == 1).unwrap_or(0);
        let mut wished = Vec::with_capacity(4);
        for &person in &state.has[meeting][..2] {
            let busy = state.busy[person as usize] & day;
            let (early, late) = (busy & ((1 << slot) - 1), busy & !((2 << slot) - 1));
            let before = (early != 0).then(|| 127 - early.leading_zeros() as usize);
            let after = (late != 0).then(|| late.trailing_zeros() as usize);
            for other in [before, after].into_iter().flatten() {
                let there = state.meeting_at(person, other).and_then(|other| self.table[other]);
                wished.extend(there.filter(|&table| self.usable(meeting, table, slot)));
            }
        }
        wished
    }

    fn usable(&self, meeting: usize, table: usize, slot: usize) -> bool {
        self.free[table] == Some(self.state.room[meeting]) && self.state.core.problem.places[table].available.has(slot)
    }

    /// Gives the meetings of a slot tables that are wished for, as many as possible: a matching by augmenting paths,
    /// those with the strongest wishes first. Without wishes any free table will do.
    fn arrange(&mut self, slot: usize, with_wishes: bool) {
        let meetings = std::mem::take(&mut self.in_slot[slot]);
        let mut wishes: Vec<(usize, Vec<usize>)> = Vec::with_capacity(meetings.len());
        for &meeting in &meetings {
            if self.settled(meeting) {
                self.take(meeting);
            } else {
                self.table[meeting] = None;
                if !with_wishes {
                    continue;
                }
                let all = self.wished(meeting);
                let mut wished = all.clone();
                // a table wished for twice saves two moves
                wished.sort_by_key(|&table| (std::cmp::Reverse(wished_times(&all, table)), table));
                wished.dedup();
                wishes.push((meeting, wished));
            }
        }
        let mut wish_of = std::collections::HashMap::with_capacity(wishes.len());
        wishes.sort_by_key(|(_, wished)| wished.len());
        for (meeting, wished) in wishes {
            wish_of.insert(meeting, wished);
            self.search += 1;
            self.seat(meeting, &wish_of);
        }
        self.fill(&meetings, slot);
        for &meeting in &meetings {
            if let Some(table) = self.table[meeting] {
                self.taken[table] = NONE;
            }
        }
        self.in_slot[slot] = meetings;
    }

    fn take(&mut self, meeting: usize) {
        if let Some(table) = self.table[meeting] {
            self.taken[table] = meeting as u32;
        }
    }

    fn seat(&mut self, meeting: usize, wish_of: &std::collections::HashMap<usize, Vec<usize>>) -> bool {
        let Some(wished) = wish_of.get(&meeting) else { return false };
        for &table in wished {
            if self.asked[table] == self.search {
                continue;
            }
            self.asked[table] = self.search;
            let sits = self.taken[table];
            if sits == NONE || self.seat(sits as usize, wish_of) {
                self.table[meeting] = Some(table);
                self.taken[table] = meeting as u32;
                return true;
            }
        }
        false
    }

    /// Gives every meeting of a slot that has no table yet one that is free.
    fn fill(&mut self, meetings: &[usize], slot: usize) {
        let mut next = vec![0; self.state.core.rooms];
        for &meeting in meetings {
            if self.table[meeting].is_some() {
                continue;
            }
            let from = &mut next[usize::from(self.state.room[meeting])];
            while *from < self.taken.len() && (self.taken[*from] != NONE || !self.usable(meeting, *from, slot)) {
                *from += 1;
            }
            if *from < self.taken.len() {
                self.table[meeting] = Some(*from);
                self.taken[*from] = meeting as u32;
            }
        }
    }
}

fn wished_times(wished: &[usize], table: usize) -> usize {
    wished.iter().filter(|&&other| other == table).count()
}

/// Completes a partial choice of tables without changing it: first those that save a move, then any. Two meetings that
/// claim one table are told apart by their order.
pub(super) fn complete(state: &State<'_>, places: &mut [Option<usize>]) {
    let mut seating = Seating::of(state);
    for slot in 0..state.core.slots {
        let meetings = std::mem::take(&mut seating.in_slot[slot]);
        let (settled, others): (Vec<usize>, Vec<usize>) =
            meetings.iter().copied().partition(|&meeting| seating.settled(meeting));
        for meeting in settled {
            seating.take(meeting);
        }
        for meeting in others {
            let free = |&table: &usize| seating.taken[table] == NONE && seating.usable(meeting, table, slot);
            seating.table[meeting] = places[meeting].filter(free);
            seating.take(meeting);
        }
        for &meeting in &meetings {
            if seating.table[meeting].is_none() {
                let wished = seating.wished(meeting).into_iter().find(|&table| seating.taken[table] == NONE);
                seating.table[meeting] = wished;
                seating.take(meeting);
            }
        }
        seating.fill(&meetings, slot);
        for &meeting in &meetings {
            if let Some(table) = seating.table[meeting] {
                seating.taken[table] = NONE;
            }
        }
        seating.in_slot[slot] = meetings;
    }
    places.copy_from_slice(&seating.table);
}
