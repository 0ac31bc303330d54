//! Exchanging two slots along a chain: a meeting goes from one slot to the other, whoever it meets there comes back,
//! and so on until nobody is in two places at once (a Kempe chain, where slots are the colours of an edge colouring).
//! Only the people at the ends of the chain notice: all others stay busy in both slots.

use super::core::NONE;
use super::state::{OUT, State};

/// A longest chain worth following.
const LONGEST: usize = 400;

/// One exchange, kept to be applied or dropped.
pub(super) struct Chain {
    /// Meetings with the slot they go to.
    pub(super) moved: Vec<(u32, u8)>,
    /// Resources that are busy in one of the two slots only.
    pub(super) ends: Vec<u32>,
    /// The two slots.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Meetings of this chain, marked with its number.
    seen: Vec<u32>,
    number: u32,
    /// How many meetings more the second slot has in each room.
    balance: Vec<i64>,
}

impl Chain {
    pub(super) fn new(meetings: usize) -> Chain {
        Chain {
            moved: Vec::new(),
            ends: Vec::new(),
            from: 0,
            to: 0,
            seen: vec![0; meetings],
            number: 0,
            balance: Vec::new(),
        }
    }

    /// Follows the chain that begins with moving a meeting to a slot; false if a rule stops it. Meetings keep
    /// their rooms.
    pub(super) fn follow(&mut self, state: &State<'_>, meeting: usize, to: usize) -> bool {
        let core = state.core;
        let from = usize::from(state.slot[meeting]);
        (self.from, self.to) = (from, to);
        self.moved.clear();
        self.ends.clear();
        if self.number == u32::MAX {
            self.seen.fill(0);
            self.number = 0;
        }
        self.number += 1;
        self.seen[meeting] = self.number;
        self.moved.push((meeting as u32, to as u8));
        self.balance.clear();
        self.balance.resize(core.rooms, 0);
        let mut next = 0;
        while next < self.moved.len() {
            let (meeting, goes_to) = self.moved[next];
            next += 1;
            let (meeting, goes_to) = (meeting as usize, usize::from(goes_to));
            let comes_from = from + to - goes_to;
            if state.open[meeting] >> goes_to & 1 == 0 {
                return false;
            }
            let [one, other, booth] = state.has[meeting];
            for resource in [one, other, booth] {
                if resource == NONE {
                    self.balance[usize::from(state.room[meeting])] += if goes_to == to { 1 } else { -1 };
                    continue;
                }
                let there = state.at[resource as usize * core.slots + goes_to];
                if there == NONE {
                    self.ends.push(resource);
                } else if self.seen[there as usize] != self.number {
                    self.seen[there as usize] = self.number;
                    self.moved.push((there, comes_from as u8));
                }
            }
            if self.moved.len() > LONGEST {
                return false;
            }
        }
        for (room, &balance) in self.balance.iter().enumerate() {
            let grows = room * core.slots + if balance > 0 { to } else { from };
            if balance != 0 && i64::from(state.load[grows]) + balance.abs() > i64::from(core.tables[grows]) {
                return false;
            }
        }
        !core.has_orders || self.keeps_order(state)
    }

    fn keeps_order(&self, state: &State<'_>) -> bool {
        let core = state.core;
        let slot_of = |meeting: u32| {
            let now = state.slot[meeting as usize];
            if self.seen[meeting as usize] == self.number { (self.from + self.to) as u8 - now } else { now }
        };
        self.moved.iter().all(|&(meeting, goes_to)| {
            let before = core.before[meeting as usize].iter().map(|&earlier| slot_of(earlier));
            let after = core.after[meeting as usize].iter().map(|&later| slot_of(later));
            before.filter(|&slot| slot != OUT).all(|slot| slot < goes_to)
                && after.filter(|&slot| slot != OUT).all(|slot| slot > goes_to)
        })
    }

    /// What the exchange would add in breaks, and in breaks above what fairness allows; none if somebody could not
    /// bear it.
    pub(super) fn price(&self, state: &State<'_>) -> Option<(i64, i64)> {
        let core = state.core;
        let flip = 1u128 << self.from | 1u128 << self.to;
        let (mut breaks, mut excess) = (0, 0);
        for &end in &self.ends {
            let end = end as usize;
            if end < core.people {
                let busy = state.busy[end] ^ flip;
                if !core.bearable(end, busy) {
                    return None;
                }
                let (old, new) = (u32::from(state.breaks[end]), core.breaks(end, busy));
                breaks += i64::from(new) - i64::from(old);
                let above = |breaks: u32| i64::from(breaks.saturating_sub(core.most_breaks));
                excess += above(new) - above(old);
            }
        }
        Some((breaks, excess))
    }

    /// Makes the exchange, unless somebody would be late on the way.
    pub(super) fn make(&mut self, state: &mut State<'_>) -> bool {
        self.apply(state);
        if state.core.rooms > 1 {
            let late = self.moved.iter().any(|&(meeting, slot)| {
                let room = usize::from(state.room[meeting as usize]);
                state.has[meeting as usize][..2]
                    .iter()
                    .any(|&person| state.late(person as usize, usize::from(slot), room))
            });
            if late {
                self.undo(state);
                return false;
            }
        }
        true
    }

    fn apply(&self, state: &mut State<'_>) {
        let slots = state.core.slots;
        for &(meeting, goes_to) in &self.moved {
            let meeting = meeting as usize;
            state.note(meeting);
            let comes_from = state.slot[meeting];
            for resource in state.has[meeting] {
                if resource == NONE {
                    let room = usize::from(state.room[meeting]) * slots;
                    state.load[room + usize::from(comes_from)] -= 1;
                    state.load[room + usize::from(goes_to)] += 1;
                } else {
                    state.at[resource as usize * slots + usize::from(goes_to)] = meeting as u32;
                }
            }
            state.slot[meeting] = goes_to;
        }
        let flip = 1u128 << self.from | 1u128 << self.to;
        for &end in &self.ends {
            let end = end as usize;
            let busy = state.busy[end] ^ flip;
            let left = if busy >> self.from & 1 == 0 { self.from } else { self.to };
            state.at[end * slots + left] = NONE;
            state.set_busy(end, busy);
        }
    }
}

impl Chain {
    /// Undoes the exchange that was just made.
    pub(super) fn undo(&mut self, state: &mut State<'_>) {
        let sum = (self.from + self.to) as u8;
        for moved in &mut self.moved {
            moved.1 = sum - moved.1;
        }
        self.apply(state);
    }
}
