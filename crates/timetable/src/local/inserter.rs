//! Getting meetings in: where there is room, else by exchanging two slots along a chain, else by putting others out.

use super::chain::Chain;
use super::core::NONE;
use super::random::Random;
use super::state::{OUT, State};

/// Puts meetings in and remembers which are hard to place.
pub(super) struct Inserter {
    pub(super) chain: Chain,
    /// How often each meeting was put out: the more often, the less willingly again.
    times_out: Vec<u32>,
    pub(super) clash: Vec<usize>,
    best: Vec<usize>,
    /// Number of the trial under way.
    trial: u32,
}

/// A way to hold a meeting.
#[derive(Clone, Copy)]
struct Way {
    slot: usize,
    room: usize,
    people: [u32; 2],
}

impl Inserter {
    pub(super) fn new(meetings: usize) -> Inserter {
        Inserter {
            chain: Chain::new(meetings),
            times_out: vec![0; meetings],
            clash: Vec::new(),
            best: Vec::new(),
            trial: 0,
        }
    }

    /// Begins a trial of changes to the state.
    pub(super) fn begin_trial(&mut self, state: &mut State<'_>) {
        self.trial = self.trial.wrapping_add(1).max(1);
        state.begin_trial(self.trial);
    }

    /// Puts a meeting in where it is in nobody's way, such that the fewest breaks are made.
    pub(super) fn direct(&mut self, state: &mut State<'_>, meeting: usize, random: &mut Random) -> bool {
        let core = state.core;
        if !state.may_have_more(meeting) {
            return false;
        }
        let mut best: Option<((i64, u32), Way)> = None;
        for slot in slots_of(state, meeting) {
            let booth = core.booth[meeting];
            if booth != NONE && state.meeting_at(booth, slot).is_some() || !state.in_order(meeting, slot) {
                continue;
            }
            for room in rooms_of(state, meeting) {
                if booth == NONE && !state.has_room(room, slot) {
                    continue;
                }
                let mut more = 0;
                let mut people = [NONE; 2];
                for (side, seat) in people.iter_mut().enumerate() {
                    if let Some((price, person)) = free_person(state, meeting, side, slot, room, random) {
                        more += price;
                        *seat = person;
                    }
                }
                let key = (more, random.word());
                if people.iter().all(|&person| person != NONE) && best.is_none_or(|(best, _)| key < best) {
                    best = Some((key, Way { slot, room, people }));
                }
            }
        }
        if let Some((_, way)) = best {
            state.seat(meeting, way.people);
            state.put(meeting, way.slot, way.room);
        }
        best.is_some()
    }

    /// Makes room for a meeting by one exchange of two slots, then puts it in.
    pub(super) fn by_exchange(&mut self, state: &mut State<'_>, meeting: usize, random: &mut Random) -> bool {
        let slots = state.core.slots;
        if !state.may_have_more(meeting) {
            return false;
        }
        let first = random.below(slots);
        for to in (0..slots).map(|at| (at + first) % slots) {
            if state.open[meeting] >> to & 1 == 0 || !state.in_order(meeting, to) {
                continue;
            }
            // moving the first meeting that is in the way may move the others, too
            let in_use = state.has[meeting].into_iter().filter(|&resource| resource != NONE);
            let Some(blocker) = in_use.filter_map(|resource| state.meeting_at(resource, to)).next() else { continue };
            for away in (0..slots).map(|at| (at + first) % slots).filter(|&away| away != to) {
                let possible = self.chain.follow(state, blocker, away) && self.chain.price(state).is_some();
                if !possible || !self.chain.make(state) {
                    continue;
                }
                let room = rooms_of(state, meeting).find(|&room| fits(state, meeting, to, room));
                if let Some(room) = room {
                    state.put(meeting, to, room);
                    return true;
                }
                self.chain.undo(state);
            }
        }
        false
    }

    /// Puts a meeting in, and out whatever is in its way, where that is cheapest; those go on the list.
    pub(super) fn by_force(
        &mut self,
        state: &mut State<'_>,
        meeting: usize,
        random: &mut Random,
        out: &mut Vec<usize>,
    ) -> bool {
        let mut best: Option<((u64, u32), Way)> = None;
        for slot in slots_of(state, meeting) {
            for room in rooms_of(state, meeting) {
                let Some(people) = self.in_the_way(state, meeting, slot, room, random) else { continue };
                let price = self.clash.iter().map(|&other| self.price_out(state, other)).sum();
                let key = (price, random.word());
                if best.is_none_or(|(best, _)| key < best) {
                    best = Some((key, Way { slot, room, people }));
                    std::mem::swap(&mut self.best, &mut self.clash);
                }
            }
        }
        let Some((_, way)) = best else { return false };
        for other in std::mem::take(&mut self.best) {
            state.take(other);
            self.times_out[other] = self.times_out[other].saturating_add(1);
            out.push(other);
        }
        state.seat(meeting, way.people);
        state.put(meeting, way.slot, way.room);
        true
    }

    /// Moves a meeting to a slot, and whatever is in its way to where it fits; false if something then stays out.
    pub(super) fn push(&mut self, state: &mut State<'_>, meeting: usize, slot: usize, random: &mut Random) -> bool {
        let rooms = rooms_of(state, meeting);
        let room = rooms.start + random.below(rooms.len());
        state.take(meeting);
        if state.core.window[meeting] >> slot & 1 == 0 {
            return false;
        }
        let Some(people) = self.in_the_way(state, meeting, slot, room, random) else { return false };
        let pushed = std::mem::take(&mut self.clash);
        for &other in &pushed {
            state.take(other);
        }
        state.seat(meeting, people);
        state.put(meeting, slot, room);
        let all = pushed.iter().all(|&other| {
            self.direct(state, other, random)
                || self.by_exchange(state, other, random)
                || state.core.weight[other].is_some()
        });
        self.clash = pushed;
        all
    }

    fn price_out(&self, state: &State<'_>, meeting: usize) -> u64 {
        match state.core.weight[meeting] {
            None => 1_000 * (1 + u64::from(self.times_out[meeting])),
            Some(weight) => 1 + u64::from(weight).min(900),
        }
    }

    /// Collects what has to go out so that a meeting can be held there, and says by whom; none if it cannot.
    pub(super) fn in_the_way(
        &mut self,
        state: &State<'_>,
        meeting: usize,
        slot: usize,
        room: usize,
        random: &mut Random,
    ) -> Option<[u32; 2]> {
        let core = state.core;
        self.clash.clear();
        let booth = core.booth[meeting];
        if booth != NONE {
            self.clash.extend(state.meeting_at(booth, slot));
        }
        for &other in &core.before[meeting] {
            if state.slot[other as usize] != OUT && usize::from(state.slot[other as usize]) >= slot {
                self.clash.push(other as usize);
            }
        }
        for &other in &core.after[meeting] {
            if state.slot[other as usize] != OUT && usize::from(state.slot[other as usize]) <= slot {
                self.clash.push(other as usize);
            }
        }
        let mut people = [NONE; 2];
        for (side, seat) in people.iter_mut().enumerate() {
            let mut best: Option<((u64, u32), u32)> = None;
            for &person in core.problem.people_of(meeting, side) {
                if core.available[person] >> slot & 1 == 0 {
                    continue;
                }
                let Some(clash) = in_persons_way(state, person, slot, room) else { continue };
                let price = clash.iter().map(|&other| self.price_out(state, other)).sum();
                let key = (price, random.word());
                if best.is_none_or(|(best, _)| key < best) {
                    best = Some((key, person as u32));
                }
            }
            let (_, person) = best?;
            *seat = person;
            self.clash.extend(in_persons_way(state, person as usize, slot, room)?);
        }
        self.clash.sort_unstable();
        self.clash.dedup();
        for side in core.problem.meetings[meeting].sides {
            let participant = side.participant;
            let leaves =
                |&other: &usize| core.problem.meetings[other].sides.iter().any(|side| side.participant == participant);
            if state.is_full(participant) && !self.clash.iter().any(leaves) {
                let held = core.meetings_of[participant].iter().map(|&other| other as usize);
                let held = held.filter(|&other| state.slot[other] != OUT);
                self.clash.push(held.min_by_key(|&other| (self.price_out(state, other), random.word()))?);
            }
        }
        let leaves = |&other: &usize| {
            usize::from(state.slot[other]) == slot && usize::from(state.room[other]) == room && state.at_table(other)
        };
        if booth == NONE && !state.has_room(room, slot) && !self.clash.iter().any(leaves) {
            // somebody has to leave the slot: a few are tried, the cheapest goes
            let tries = (0..8 * core.slots * core.rooms).map(|_| random.below(core.window.len()));
            let some = tries.filter(|other| leaves(other) && core.problem.meetings[*other].locked.is_none()).take(4);
            let some: Vec<usize> = some.collect();
            self.clash.push(some.into_iter().min_by_key(|&other| (self.price_out(state, other), other))?);
        }
        self.clash.iter().all(|&other| core.problem.meetings[other].locked.is_none()).then_some(people)
    }
}

/// Slots that a meeting could have with one or other of its people.
pub(super) fn slots_of(state: &State<'_>, meeting: usize) -> impl Iterator<Item = usize> + use<> {
    let core = state.core;
    let slots = if core.has_delegations { core.window[meeting] } else { state.open[meeting] };
    (0..core.slots).filter(move |slot| slots >> slot & 1 == 1)
}

/// Rooms that a meeting could be held in.
pub(super) fn rooms_of(state: &State<'_>, meeting: usize) -> std::ops::Range<usize> {
    match state.core.room[meeting] {
        NONE => 0..state.core.rooms,
        room => room as usize..room as usize + 1,
    }
}

/// Who of a side is free, and what it would cost in breaks.
fn free_person(
    state: &State<'_>,
    meeting: usize,
    side: usize,
    slot: usize,
    room: usize,
    random: &mut Random,
) -> Option<(i64, u32)> {
    let core = state.core;
    let mut best: Option<((i64, u32), u32)> = None;
    for &person in core.problem.people_of(meeting, side) {
        let busy = state.busy[person] | 1 << slot;
        let free = core.available[person] >> slot & 1 == 1 && busy != state.busy[person];
        if free && core.bearable(person, busy) && !state.late(person, slot, room) {
            let more = i64::from(core.breaks(person, busy)) - i64::from(state.breaks[person]);
            let key = (more, random.word());
            if best.is_none_or(|(best, _)| key < best) {
                best = Some((key, person as u32));
            }
        }
    }
    best.map(|((more, _), person)| (more, person))
}

/// Meetings that keep a person from being somewhere; none where that can never be.
fn in_persons_way(state: &State<'_>, person: usize, slot: usize, room: usize) -> Option<Vec<usize>> {
    let core = state.core;
    let mut found: Vec<usize> = state.meeting_at(person as u32, slot).into_iter().collect();
    if core.rooms > 1 {
        found.extend(state.late_for(person, slot, room));
    }
    // shorten a run that would get too long, from the nearer end
    let mut busy = state.busy[person] | 1 << slot;
    let mut reach = 1;
    while !core.bearable(person, busy) && reach < core.slots {
        for beside in [slot + reach, slot.wrapping_sub(reach)] {
            if beside < core.slots && busy >> beside & 1 == 1 && !core.bearable(person, busy) {
                busy &= !(1 << beside);
                found.extend(state.meeting_at(person as u32, beside));
            }
        }
        reach += 1;
    }
    found.sort_unstable();
    found.dedup();
    core.bearable(person, busy).then_some(found)
}

/// Whether a meeting with the people it has is in nobody's way.
pub(super) fn fits(state: &State<'_>, meeting: usize, slot: usize, room: usize) -> bool {
    let core = state.core;
    let has = state.has[meeting];
    state.open[meeting] >> slot & 1 == 1
        && has.iter().all(|&resource| resource == NONE || state.meeting_at(resource, slot).is_none())
        && (has[2] != NONE || state.has_room(room, slot))
        && state.in_order(meeting, slot)
        && has[..2].iter().all(|&person| {
            core.bearable(person as usize, state.busy[person as usize] | 1 << slot)
                && !state.late(person as usize, slot, room)
        })
}
