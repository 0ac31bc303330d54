//! The least weight that has to be left out: every participant has time for so many meetings, and tables for so many in all.
//!
//! At any prices of a place in somebody's agenda and of a table, what meetings are worth beyond their price, with what
//! all places cost, is more than what can be held; the prices come from subgradients, as those of slots do.

use super::core::Core;

/// Weight 1, in the unit of prices.
const UNIT: i128 = 1 << 16;
/// Steps towards better prices, at most, and as many meetings are looked at in all.
const ROUNDS: usize = 400;
const LOOKS: usize = 8_000_000;
/// Steps without a better bound after which they get shorter.
const PATIENCE: usize = 12;

/// What every timetable leaves out at least.
pub(super) fn lost(core: &Core<'_>) -> u64 {
    let problem = core.problem;
    if !core.has_optional {
        return 0;
    }
    let mut places: Vec<i128> = problem
        .participants
        .iter()
        .map(|participant| {
            let slots: u32 = participant.people.iter().map(|&person| core.available[person].count_ones()).sum();
            i128::from(participant.maximum.unwrap_or(u32::MAX).min(slots))
        })
        .collect();
    // the last price is that of tables
    let slots = |at: usize| problem.places[at].available.bits();
    let everything = core.days.iter().fold(0, |all, day| all | day);
    places.push((0..problem.places.len()).map(|at| i128::from((slots(at) & everything).count_ones())).sum());
    let tables = places.len() - 1;
    let mut hopeless = 0;
    let mut meetings: Vec<(Option<i128>, [usize; 3])> = Vec::with_capacity(core.window.len());
    for (meeting, &weight) in core.weight.iter().enumerate() {
        let takes = problem.meetings[meeting].sides.map(|side| side.participant);
        match weight {
            Some(weight) if core.window[meeting] == 0 => hopeless += u64::from(weight),
            _ => meetings.push((weight.map(|weight| i128::from(weight) * UNIT), [takes[0], takes[1], tables])),
        }
    }
    let all: i128 = meetings.iter().filter_map(|(weight, _)| *weight).sum();
    let target = all - taken_greedily(&meetings, &places);
    let mut prices = vec![0.0; places.len()];
    let (mut best, mut best_prices, mut length, mut since_better) = (0, prices.clone(), 1.0, 0);
    for _ in 0..ROUNDS.min(LOOKS / (meetings.len() + 1)) {
        let whole: Vec<i128> = prices.iter().map(|&price: &f64| price as i128).collect();
        let mut excess: Vec<i128> = places.iter().map(|&places| -places).collect();
        let mut value = all - whole.iter().zip(&places).map(|(price, places)| price * places).sum::<i128>();
        for (weight, takes) in &meetings {
            let price: i128 = takes.iter().map(|&place| whole[place]).sum();
            let worth = weight.unwrap_or(0) - price;
            if weight.is_none() || worth > 0 {
                value -= worth;
                takes.iter().for_each(|&place| excess[place] += 1);
            }
        }
        if value > best {
            (best, since_better) = (value, 0);
            best_prices.clone_from(&prices);
        } else {
            since_better += 1;
            if since_better >= PATIENCE {
                (length, since_better) = (length / 2.0, 0);
                prices.clone_from(&best_prices);
                continue;
            }
        }
        let counts = |(excess, price): &(&i128, &f64)| **excess > 0 || **price > 0.0;
        let square: i128 = excess.iter().zip(&prices).filter(counts).map(|(excess, _)| excess * excess).sum();
        if square == 0 || value >= target || length < 1e-4 {
            break;
        }
        let step = length * (target - value) as f64 / square as f64;
        for (price, &excess) in prices.iter_mut().zip(&excess) {
            *price = (*price + step * excess as f64).max(0.0);
        }
    }
    hopeless + u64::try_from((best + UNIT - 1) / UNIT).unwrap_or(0)
}

/// What is held when the weightiest meetings come first and nothing but places counts.
fn taken_greedily(meetings: &[(Option<i128>, [usize; 3])], places: &[i128]) -> i128 {
    let mut left = places.to_vec();
    let mut order: Vec<&(Option<i128>, [usize; 3])> = meetings.iter().collect();
    order.sort_by_key(|(weight, _)| (weight.is_some(), std::cmp::Reverse(*weight)));
    let mut taken = 0;
    for (weight, takes) in order {
        if weight.is_none() || takes.iter().all(|&place| left[place] > 0) {
            takes.iter().for_each(|&place| left[place] -= 1);
            taken += weight.unwrap_or(0);
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::{Core, lost};
    use crate::problem::{Meeting, Participant, Person, Place, Problem, Slot, Wish};
    use crate::slots::SlotSet;

    /// Everybody alone and free in the first so many slots; pairs that would like to meet, with the weight.
    fn event(free: &[usize], tables: usize, asked: &[(usize, usize, u32)]) -> Problem {
        let slots = free.iter().copied().max().unwrap_or(0);
        let meeting = |&(one, other, weight)| Meeting {
            wish: Wish::Weight(weight),
            ..Meeting::between(one, other, SlotSet::first(slots))
        };
        Problem {
            slots: (0..slots as u32).map(|at| Slot { starts: at, ends: at + 1, ..Slot::default() }).collect(),
            people: free.iter().map(|&f| Person { available: SlotSet::first(f), ..Person::default() }).collect(),
            participants: (0..free.len())
                .map(|person| Participant { people: vec![person], ..Participant::default() })
                .collect(),
            places: vec![Place { room: 0, available: SlotSet::first(slots) }; tables],
            meetings: asked.iter().map(meeting).collect(),
            ..Problem::default()
        }
    }

    #[test]
    fn what_has_to_go_is_known() {
        let of = |problem: &Problem| lost(&Core::without_fairness(problem));
        let star = [(0, 1, 1), (0, 2, 3), (0, 3, 8), (0, 4, 3), (5, 0, 1)];
        assert_eq!(of(&event(&[2, 5, 5, 5, 5, 5], 9, &star)), 5, "the hub has time for two");
        assert_eq!(of(&event(&[5, 5, 5, 5, 5, 5], 9, &star)), 0);
        let all: Vec<(usize, usize, u32)> = (0..4).flat_map(|one| (0..one).map(move |other| (one, other, 1))).collect();
        assert_eq!(of(&event(&[1; 4], 9, &all)), 4, "two meetings at a time");
        assert_eq!(of(&event(&[2; 4], 1, &all)), 4, "two seats in all");
        let mut hub = event(&[5; 6], 9, &star);
        hub.participants[0].maximum = Some(1);
        assert_eq!(of(&hub), 8);
        hub.meetings[2].wish = Wish::Must;
        assert_eq!(of(&hub), 8, "what must be held takes the only place");
        hub.meetings[2].wish = Wish::Weight(u32::MAX);
        hub.meetings[1].wish = Wish::Weight(u32::MAX);
        assert_eq!(of(&hub), 5 + u64::from(u32::MAX));
    }
}
