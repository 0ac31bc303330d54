//! A timetable in the making, without its tables: which slot each meeting has, and who sits in it. Nobody is ever in
//! two meetings at once, no slot ever holds more meetings than tables; meetings may be missing.

use super::core::{Core, NONE};

/// No slot: the meeting is left out for now.
pub(super) const OUT: u8 = u8::MAX;

#[derive(Clone)]
pub(super) struct State<'a> {
    pub(super) core: &'a Core<'a>,
    /// The slot of each meeting, or [`OUT`].
    pub(super) slot: Vec<u8>,
    /// The room of each meeting that is in.
    pub(super) room: Vec<u16>,
    /// The two people and the booth (or [`NONE`]) of each meeting.
    pub(super) has: Vec<[u32; 3]>,
    /// Slots in which those could be held.
    pub(super) open: Vec<u128>,
    /// The meeting of each resource in each slot, or [`NONE`].
    pub(super) at: Vec<u32>,
    pub(super) busy: Vec<u128>,
    /// Meetings at tables that anybody may use, by room and slot.
    pub(super) load: Vec<u32>,
    /// Breaks of each person.
    pub(super) breaks: Vec<u8>,
    /// Meetings of each participant that are in.
    pub(super) held: Vec<u32>,
    pub(super) total: Total,
    /// How things were before the trial that is under way, and which meetings are noted there.
    before: Vec<(u32, Seat)>,
    noted: Vec<u32>,
    trial: u32,
}

/// Where a meeting is, and with whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) slot: u8,
    pub(super) room: u16,
    pub(super) has: [u32; 3],
}

/// What a state costs, level by level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Total {
    /// Meetings that must be held and are out.
    pub(super) missing: u64,
    pub(super) shortfall: u64,
    pub(super) lost: u64,
    /// Breaks above what fairness allows.
    pub(super) excess: u64,
    pub(super) breaks: u64,
}

impl Total {
    /// What goes before breaks: meetings, and whose.
    pub(super) fn meetings(self) -> (u64, u64, u64) {
        (self.missing, self.shortfall, self.lost)
    }
}

impl<'a> State<'a> {
    pub(super) fn empty(core: &'a Core<'a>) -> State<'a> {
        let meetings = core.window.len();
        let problem = core.problem;
        let mut total = Total::default();
        for weight in &core.weight {
            match weight {
                None => total.missing += 1,
                Some(weight) => total.lost += u64::from(*weight),
            }
        }
        total.shortfall = problem.participants.iter().map(|one| u64::from(one.minimum)).sum();
        let has: Vec<[u32; 3]> = (0..meetings)
            .map(|meeting| {
                let [one, other] = [0, 1].map(|side| problem.people_of(meeting, side)[0] as u32);
                [one, other, core.booth[meeting]]
            })
            .collect();
        let mut state = State {
            core,
            slot: vec![OUT; meetings],
            room: vec![0; meetings],
            has,
            open: vec![0; meetings],
            at: vec![NONE; core.resources * core.slots],
            busy: vec![0; core.resources],
            load: vec![0; core.rooms * core.slots],
            breaks: vec![0; core.people],
            held: vec![0; problem.participants.len()],
            total,
            before: Vec::new(),
            noted: vec![0; meetings],
            trial: 0,
        };
        for meeting in 0..meetings {
            state.open[meeting] = state.slots_with(meeting, state.has[meeting]);
        }
        state
    }

    /// Slots in which these could hold the meeting.
    pub(super) fn slots_with(&self, meeting: usize, has: [u32; 3]) -> u128 {
        let of = |resource: u32| self.core.available.get(resource as usize).copied().unwrap_or(u128::MAX);
        self.core.window[meeting] & of(has[0]) & of(has[1]) & of(has[2])
    }

    pub(super) fn meeting_at(&self, resource: u32, slot: usize) -> Option<usize> {
        let meeting = self.at[resource as usize * self.core.slots + slot];
        (meeting != NONE).then_some(meeting as usize)
    }

    /// Whether a meeting takes one of the tables that anybody may use.
    pub(super) fn at_table(&self, meeting: usize) -> bool {
        self.has[meeting][2] == NONE
    }

    pub(super) fn has_room(&self, room: usize, slot: usize) -> bool {
        let spot = room * self.core.slots + slot;
        self.load[spot] < self.core.tables[spot]
    }

    /// Seats other people in a meeting that is out.
    pub(super) fn seat(&mut self, meeting: usize, people: [u32; 2]) {
        self.note(meeting);
        self.has[meeting] = [people[0], people[1], self.has[meeting][2]];
        self.open[meeting] = self.slots_with(meeting, self.has[meeting]);
    }

    pub(super) fn seat_of(&self, meeting: usize) -> Seat {
        Seat { slot: self.slot[meeting], room: self.room[meeting], has: self.has[meeting] }
    }

    /// From here on, until it is kept or undone, every change can be undone.
    pub(super) fn begin_trial(&mut self, number: u32) {
        self.before.clear();
        self.trial = number;
    }

    /// Lets the changes stand.
    pub(super) fn keep_trial(&mut self) {
        self.before.clear();
        self.trial = 0;
    }

    /// Puts everything back as it was.
    pub(super) fn undo_trial(&mut self) {
        self.trial = 0;
        let before = std::mem::take(&mut self.before);
        for &(meeting, _) in &before {
            if self.slot[meeting as usize] != OUT {
                self.take(meeting as usize);
            }
        }
        for &(meeting, seat) in &before {
            let meeting = meeting as usize;
            self.seat(meeting, [seat.has[0], seat.has[1]]);
            if seat.slot != OUT {
                self.put(meeting, usize::from(seat.slot), usize::from(seat.room));
            }
        }
        self.before = before;
        self.before.clear();
    }

    pub(super) fn note(&mut self, meeting: usize) {
        if self.trial != 0 && self.noted[meeting] != self.trial {
            self.noted[meeting] = self.trial;
            self.before.push((meeting as u32, self.seat_of(meeting)));
        }
    }

    /// Puts a meeting that is out into a slot and a room where nobody is busy and a table is left.
    pub(super) fn put(&mut self, meeting: usize, slot: usize, room: usize) {
        self.note(meeting);
        for resource in self.has[meeting] {
            if resource != NONE {
                self.at[resource as usize * self.core.slots + slot] = meeting as u32;
                self.set_busy(resource as usize, self.busy[resource as usize] | 1 << slot);
            }
        }
        self.slot[meeting] = slot as u8;
        self.room[meeting] = room as u16;
        if self.at_table(meeting) {
            self.load[room * self.core.slots + slot] += 1;
        }
        match self.core.weight[meeting] {
            None => self.total.missing -= 1,
            Some(weight) => self.total.lost -= u64::from(weight),
        }
        for side in self.core.problem.meetings[meeting].sides {
            let participant = side.participant;
            if self.held[participant] < self.core.problem.participants[participant].minimum {
                self.total.shortfall -= 1;
            }
            self.held[participant] += 1;
        }
    }

    /// Takes a meeting out.
    pub(super) fn take(&mut self, meeting: usize) {
        self.note(meeting);
        let slot = usize::from(self.slot[meeting]);
        for resource in self.has[meeting] {
            if resource != NONE {
                self.at[resource as usize * self.core.slots + slot] = NONE;
                self.set_busy(resource as usize, self.busy[resource as usize] & !(1 << slot));
            }
        }
        if self.at_table(meeting) {
            self.load[usize::from(self.room[meeting]) * self.core.slots + slot] -= 1;
        }
        self.slot[meeting] = OUT;
        match self.core.weight[meeting] {
            None => self.total.missing += 1,
            Some(weight) => self.total.lost += u64::from(weight),
        }
        for side in self.core.problem.meetings[meeting].sides {
            let participant = side.participant;
            self.held[participant] -= 1;
            if self.held[participant] < self.core.problem.participants[participant].minimum {
                self.total.shortfall += 1;
            }
        }
    }

    /// Whether a person would be late for, or after, a meeting in this slot and room.
    pub(super) fn late(&self, person: usize, slot: usize, room: usize) -> bool {
        self.core.rooms > 1 && self.late_for(person, slot, room).next().is_some()
    }

    /// Meetings of a person in other slots that are too far away.
    pub(super) fn late_for(&self, person: usize, slot: usize, room: usize) -> impl Iterator<Item = usize> {
        let core = self.core;
        let others = (0..core.slots).filter(move |&other| other != slot && self.busy[person] >> other & 1 == 1);
        others.filter_map(move |other| {
            let meeting = self.meeting_at(person as u32, other)?;
            core.too_far((slot, room), (other, usize::from(self.room[meeting]))).then_some(meeting)
        })
    }

    /// Whether both participants may have one more meeting.
    pub(super) fn may_have_more(&self, meeting: usize) -> bool {
        self.core.problem.meetings[meeting].sides.iter().all(|side| !self.is_full(side.participant))
    }

    pub(super) fn is_full(&self, participant: usize) -> bool {
        self.core.problem.participants[participant].maximum.is_some_and(|most| self.held[participant] >= most)
    }

    /// Whether a meeting would be after what has to be before it, and before what has to be after it.
    pub(super) fn in_order(&self, meeting: usize, slot: usize) -> bool {
        let slot_of =
            |&other: &u32| Some(usize::from(self.slot[other as usize])).filter(|&slot| slot != usize::from(OUT));
        self.core.before[meeting].iter().filter_map(slot_of).all(|other| other < slot)
            && self.core.after[meeting].iter().filter_map(slot_of).all(|other| other > slot)
    }

    /// Tells who is busy when, and counts the breaks anew.
    pub(super) fn set_busy(&mut self, resource: usize, busy: u128) {
        self.busy[resource] = busy;
        if resource < self.core.people {
            let (old, new) = (u32::from(self.breaks[resource]), self.core.breaks(resource, busy));
            self.breaks[resource] = new as u8;
            self.total.breaks = self.total.breaks + u64::from(new) - u64::from(old);
            let above = |breaks: u32| u64::from(breaks.saturating_sub(self.core.most_breaks));
            self.total.excess = self.total.excess + above(new) - above(old);
        }
    }
}
