//! Fewer breaks by simulated annealing («Optimization by simulated annealing», *Science* 220, 1983). The moves are
//! exchanges of two slots along chains; where a problem has them, also who sits for a delegation, rooms, and
//! meetings that may be left out.

use super::core::NONE;
use super::inserter::{Inserter, fits};
use super::random::Random;
use super::state::{OUT, State, Total};

/// Heat for agendas with too many breaks.
const CARE: f64 = 1.0;
/// What a break above the fair number costs at first.
pub(super) const FIRST_UNFAIR: i64 = 3;

/// Chances to accept what costs 1, 2, 3 … breaks more.
pub(super) struct Heat(Vec<u32>);

impl Heat {
    pub(super) fn at(temperature: f64) -> Heat {
        Heat((0..32).map(|cost| ((-f64::from(cost) / temperature).exp() * f64::from(u32::MAX)) as u32).collect())
    }

    pub(super) fn accepts(&self, cost: i64, random: &mut Random) -> bool {
        cost <= 0 || self.0.get(cost as usize).is_some_and(|&chance| random.word() < chance)
    }
}

/// How a search goes on: its heat, and what a break above the fair number costs in breaks.
pub(super) struct Mood {
    pub(super) heat: Heat,
    pub(super) unfair: i64,
    /// Rather leave a meeting out than share breaks out unfairly.
    pub(super) strict: bool,
}

impl Mood {
    /// Whether a change from one total to another may stand: never one that costs meetings.
    fn accepts(&self, before: Total, after: Total, random: &mut Random) -> bool {
        if self.strict && after.excess > before.excess {
            return false;
        }
        match after.meetings().cmp(&before.meetings()) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Greater => false,
            std::cmp::Ordering::Equal => self.heat.accepts(self.price(after) - self.price(before), random),
        }
    }

    fn price(&self, total: Total) -> i64 {
        total.breaks as i64 + self.unfair * total.excess as i64
    }
}

/// Tries so many changes.
pub(super) fn anneal(state: &mut State<'_>, inserter: &mut Inserter, random: &mut Random, mood: &Mood, steps: u64) {
    let core = state.core;
    let (meetings, slots) = (core.window.len(), core.slots);
    let plain = !core.has_delegations && core.rooms == 1 && !core.has_optional && !core.has_orders;
    // whoever has too many breaks is cared for at a heat of its own, for such agendas are seldom hit by chance
    let above: Vec<usize> = match state.total.excess {
        0 => Vec::new(),
        _ => (0..core.people).filter(|&person| u32::from(state.breaks[person]) > core.most_breaks).collect(),
    };
    let care = Heat::at(CARE);
    for _ in 0..steps {
        let cared_for = (!above.is_empty() && random.below(4) == 0).then(|| above[random.below(above.len())]);
        let cared_for = cared_for.filter(|&person| u32::from(state.breaks[person]) > core.most_breaks);
        let (meeting, heat) = match cared_for {
            Some(person) => match state.meeting_at(person as u32, random.below(slots)) {
                Some(meeting) => (meeting, &care),
                None => continue,
            },
            None => (random.below(meetings), &mood.heat),
        };
        if !plain && random.below(4) == 0 {
            match (state.slot[meeting] == OUT, random.below(3)) {
                (true, _) => offer(state, inserter, random, mood, meeting),
                (_, 0) if core.has_delegations => reseat(state, random, mood, meeting),
                (_, 1) if core.rooms > 1 => shift(state, inserter, random, mood, meeting),
                _ => push(state, inserter, random, mood, meeting),
            }
            continue;
        }
        let to = random.below(slots);
        let now = usize::from(state.slot[meeting]);
        if to == now || now >= slots || state.open[meeting] >> to & 1 == 0 {
            continue;
        }
        let chain = &mut inserter.chain;
        if !chain.follow(state, meeting, to) {
            continue;
        }
        let Some((breaks, excess)) = chain.price(state) else { continue };
        let unfair = if cared_for.is_some() { FIRST_UNFAIR } else { mood.unfair };
        if heat.accepts(breaks + unfair * excess, random) {
            chain.make(state);
        }
    }
}

/// Lets somebody else of the delegation sit in a meeting.
fn reseat(state: &mut State<'_>, random: &mut Random, mood: &Mood, meeting: usize) {
    let core = state.core;
    let side = random.below(2);
    let people = core.problem.people_of(meeting, side);
    let person = people[random.below(people.len())];
    let (slot, room) = (usize::from(state.slot[meeting]), usize::from(state.room[meeting]));
    let old = state.has[meeting][side] as usize;
    let busy = state.busy[person] | 1 << slot;
    let free = core.available[person] >> slot & 1 == 1 && busy != state.busy[person];
    if !free || !core.bearable(person, busy) || state.late(person, slot, room) {
        return;
    }
    let price = |who: usize, busy: u128| {
        let (old, new) = (u32::from(state.breaks[who]), core.breaks(who, busy));
        let above = |breaks: u32| i64::from(breaks.saturating_sub(core.most_breaks));
        i64::from(new) - i64::from(old) + mood.unfair * (above(new) - above(old))
    };
    let left = state.busy[old] & !(1 << slot);
    if core.bearable(old, left) && mood.heat.accepts(price(person, busy) + price(old, left), random) {
        let mut people = [state.has[meeting][0], state.has[meeting][1]];
        people[side] = person as u32;
        state.take(meeting);
        state.seat(meeting, people);
        state.put(meeting, slot, room);
    }
}

/// Holds a meeting in another room, perhaps in another slot.
fn shift(state: &mut State<'_>, inserter: &mut Inserter, random: &mut Random, mood: &Mood, meeting: usize) {
    let core = state.core;
    let slot = if random.below(2) == 0 { usize::from(state.slot[meeting]) } else { random.below(core.slots) };
    let room = match core.room[meeting] {
        NONE => random.below(core.rooms),
        room => room as usize,
    };
    let before = state.total;
    inserter.begin_trial(state);
    state.take(meeting);
    if fits(state, meeting, slot, room) {
        state.put(meeting, slot, room);
        if mood.accepts(before, state.total, random) {
            state.keep_trial();
            return;
        }
    }
    state.undo_trial();
}

/// Holds a meeting in another slot, and what is in its way elsewhere.
fn push(state: &mut State<'_>, inserter: &mut Inserter, random: &mut Random, mood: &Mood, meeting: usize) {
    let slot = random.below(state.core.slots);
    if state.core.problem.meetings[meeting].locked.is_some() {
        return;
    }
    let before = state.total;
    inserter.begin_trial(state);
    if inserter.push(state, meeting, slot, random) && mood.accepts(before, state.total, random) {
        state.keep_trial();
    } else {
        state.undo_trial();
    }
}

/// Tries to have a meeting that is left out, and others out instead.
fn offer(state: &mut State<'_>, inserter: &mut Inserter, random: &mut Random, mood: &Mood, meeting: usize) {
    let before = state.total;
    inserter.begin_trial(state);
    let mut out = Vec::new();
    let is_in = inserter.direct(state, meeting, random)
        || inserter.by_exchange(state, meeting, random)
        || inserter.by_force(state, meeting, random, &mut out);
    let fit = |state: &mut State<'_>, inserter: &mut Inserter, random: &mut Random, out: &mut Vec<usize>| {
        out.retain(|&other| !inserter.direct(state, other, random) && !inserter.by_exchange(state, other, random));
        mood.accepts(before, state.total, random)
    };
    let mut stands = is_in && fit(state, inserter, random, &mut out);
    if is_in && !stands && !out.is_empty() {
        // whoever was put out may be worth more than somebody else yet
        let pushed = std::mem::take(&mut out);
        for other in pushed {
            inserter.by_force(state, other, random, &mut out);
        }
        stands = fit(state, inserter, random, &mut out);
    }
    if stands {
        state.keep_trial();
    } else {
        state.undo_trial();
    }
}

/// Leaves meetings out that may be, where that is the way to share out breaks fairly.
pub(super) fn give_up(state: &mut State<'_>, inserter: &mut Inserter) {
    let core = state.core;
    for person in 0..core.people {
        if u32::from(state.breaks[person]) <= core.most_breaks {
            continue;
        }
        let held = (0..core.slots).filter_map(|slot| state.meeting_at(person as u32, slot));
        let mut optional: Vec<usize> = held.filter(|&meeting| core.weight[meeting].is_some()).collect();
        optional.sort_by_key(|&meeting| core.weight[meeting]);
        // one alone may not help where two in a row do
        let before = state.total.excess;
        inserter.begin_trial(state);
        for meeting in optional {
            state.take(meeting);
            if state.total.excess < before {
                break;
            }
        }
        if state.total.excess < before {
            state.keep_trial();
        } else {
            state.undo_trial();
        }
    }
}
