//! What no timetable can do better than.
//!
//! Breaks: each person's own slots force some (a dynamic programme over the slots, which knows how many meetings must be
//! in by when), and tables are short in some slots, so not everybody can have the slots that suit best. The second is
//! priced: at any prices on slots, the cheapest agendas of all people less what the tables can earn is a bound (Lagrangian
//! relaxation, «The Lagrangian relaxation method for solving integer programming problems», *Management Science* 27,
//! 1981). Prices are whole numbers, so the bound needs no correction.

use super::core::Core;
use crate::problem::Problem;
use crate::schedule::Score;

/// One break, in the unit of prices.
const UNIT: i64 = 1 << 16;
/// No timetable that keeps every rule costs less, as far as is seen at a glance. The problem must be without faults.
#[must_use]
pub fn bound(problem: &Problem) -> Score {
    let core = Core::without_fairness(problem);
    Score { breaks: Prices::of(&core).breaks(), ..easy(&core) }
}

/// The bound on meetings.
pub(super) fn easy(core: &Core<'_>) -> Score {
    let problem = core.problem;
    let mut score = Score::default();
    for (at, participant) in problem.participants.iter().enumerate() {
        let slots: usize = participant.people.iter().map(|&person| core.available[person].count_ones() as usize).sum();
        let most = participant.maximum.map_or(usize::MAX, |most| most as usize).min(slots);
        let asked = core.meetings_of[at].len();
        score.shortfall += u64::from(participant.minimum).saturating_sub(asked.min(most) as u64);
    }
    score.lost = super::lost::lost(core);
    score
}

/// The bound on breaks, and the prices on slots that prove it.
pub(super) struct Prices {
    agendas: Vec<Agenda>,
    /// Seats at tables and booths in each slot: each takes two people.
    seats: Vec<i64>,
    prices: Vec<f64>,
    best: i64,
    best_prices: Vec<f64>,
    length: f64,
    since_better: usize,
}

impl Prices {
    /// Without prices: what each person's own slots force.
    pub(super) fn of(core: &Core<'_>) -> Prices {
        let mut seats = vec![0; core.slots];
        for (slot, seats) in seats.iter_mut().enumerate() {
            let tables: u32 = (0..core.rooms).map(|room| core.tables[room * core.slots + slot]).sum();
            let booths = core.available[core.people..].iter().filter(|&&booth| booth >> slot & 1 == 1).count();
            *seats = 2 * (i64::from(tables) + booths as i64);
        }
        let agendas = (0..core.people).filter_map(|person| Agenda::of(core, person)).collect();
        let prices = vec![0.0; core.slots];
        let (length, best_prices) = (1.0, prices.clone());
        let mut bound = Prices { agendas, seats, prices, best: 0, best_prices, length, since_better: 0 };
        bound.round(i64::MAX);
        bound
    }

    /// Breaks that every timetable has; no more than one that is known to exist.
    pub(super) fn breaks(&self) -> u64 {
        self.best.max(0).cast_unsigned().div_ceil(UNIT.cast_unsigned())
    }

    /// Looks for better prices, knowing a timetable with so many breaks.
    pub(super) fn improve(&mut self, known: u64, over: &mut dyn FnMut() -> bool) {
        const ROUNDS: usize = 100;
        let target = i64::try_from(known).unwrap_or(i64::MAX).saturating_mul(UNIT);
        for _ in 0..ROUNDS {
            if self.breaks() >= known || self.length < 1e-3 || over() {
                break;
            }
            self.round(target);
        }
    }

    /// Values the present prices, and takes a step towards better ones.
    fn round(&mut self, target: i64) {
        let whole: Vec<i64> = self.prices.iter().map(|&price| price as i64).collect();
        let mut excess: Vec<i64> = self.seats.iter().map(|&seats| -seats).collect();
        let mut value: i64 = whole.iter().zip(&self.seats).map(|(price, seats)| -price * seats).sum();
        let mut room = Room::default();
        for agenda in &self.agendas {
            let (cost, used) = agenda.cheapest(&whole, &mut room);
            value += cost;
            let mut used = used;
            while used != 0 {
                excess[used.trailing_zeros() as usize] += 1;
                used &= used - 1;
            }
        }
        if value > self.best {
            self.best = value;
            self.best_prices.clone_from(&self.prices);
            self.since_better = 0;
        } else {
            self.since_better += 1;
            if self.since_better >= 8 {
                // too long a step: back to the best, and shorter
                self.length /= 2.0;
                self.since_better = 0;
                self.prices.clone_from(&self.best_prices);
                return;
            }
        }
        let square: f64 = excess
            .iter()
            .zip(&self.prices)
            .filter(|&(&excess, &price)| excess > 0 || price > 0.0)
            .map(|(&excess, _)| (excess * excess) as f64)
            .sum();
        if square > 0.0 && target < i64::MAX {
            let step = self.length * (target - value).max(UNIT / 4) as f64 / square;
            for (price, &excess) in self.prices.iter_mut().zip(&excess) {
                *price = (*price + step * excess as f64).max(0.0);
            }
        }
    }
}

/// The fewest breaks that everybody has for sure: nobody has fewer.
pub(super) fn fewest_breaks(core: &Core<'_>) -> u32 {
    let of = |person| {
        Agenda::of(core, person)
            .map_or(0, |agenda| agenda.cheapest(&vec![0; core.slots], &mut Room::default()).0 / UNIT)
    };
    // somebody without any is the rule, and found soon
    let mut fewest = i64::MAX;
    for person in 0..core.people {
        fewest = fewest.min(of(person));
        if fewest == 0 {
            break;
        }
    }
    if fewest == i64::MAX { 0 } else { fewest.clamp(0, i64::from(u32::MAX)) as u32 }
}

/// What is known of a person's agenda beforehand: only who has no choice about meetings is looked at (alone for a
/// participant all of whose meetings must be held).
struct Agenda {
    available: u128,
    rest: u128,
    longest_run: u32,
    /// Slots of meetings that can be nowhere else.
    fixed: u128,
    meetings: usize,
    /// Meetings that must be over before each slot, and meetings that may have begun by then.
    over_before: Vec<usize>,
    begun_before: Vec<usize>,
    /// Slots at which a new day begins.
    mornings: u128,
}

/// Not possible.
const NEVER: i64 = i64::MAX / 4;

impl Agenda {
    fn of(core: &Core<'_>, person: usize) -> Option<Agenda> {
        let problem = core.problem;
        let mut available = core.available[person];
        let mut windows: Vec<u128> = Vec::new();
        let participant = core.alone[person]?;
        for &meeting in &core.meetings_of[participant] {
            let meeting = meeting as usize;
            // where each side has one person, both have to be there
            let sides = (0..2).map(|side| match problem.people_of(meeting, side) {
                [only] => core.available[*only],
                _ => u128::MAX,
            });
            let window = sides.fold(core.window[meeting], |slots, side| slots & side);
            match core.weight[meeting] {
                None => windows.push(window),
                // it cannot be held, so it is no matter
                Some(_) if window == 0 => {}
                Some(_) => return None,
            }
        }
        let useful = windows.iter().fold(0, |all, window| all | window);
        available &= useful;
        let fixed = windows.iter().filter(|window| window.count_ones() == 1).fold(0, |all, window| all | window);
        let below = |slot: usize| (1u128 << slot) - 1;
        let count = |is: &dyn Fn(u128) -> bool| windows.iter().filter(|&&window| is(window)).count();
        let over_before = (0..core.slots).map(|slot| count(&|window| window & !below(slot) == 0)).collect();
        let begun_before = (0..core.slots).map(|slot| count(&|window| window & below(slot) != 0)).collect();
        let manners = core.manners[person];
        let mornings = core.days.iter().fold(0, |all, day| all | 1u128 << day.trailing_zeros());
        Some(Agenda {
            available,
            rest: manners.map_or(0, |manners| manners.rest),
            longest_run: manners.map_or(u32::MAX, |manners| manners.longest_run),
            fixed,
            meetings: windows.len(),
            over_before,
            begun_before,
            mornings,
        })
    }

    /// The least that breaks and slots can cost at these prices of slots, and the slots used then. A relaxation: the
    /// longest run is only minded when it is 1. What cannot be at all costs nothing.
    fn cheapest(&self, prices: &[i64], room: &mut Room) -> (i64, u128) {
        let most = self.meetings;
        if most == 0 {
            return (0, 0);
        }
        let width = (most + 1) * STATES;
        let Room { best, next, from, origin } = room;
        best.clear();
        best.resize(width, NEVER);
        from.clear();
        from.resize(width * prices.len(), 0);
        best[FRESH] = 0;
        for (slot, &price) in prices.iter().enumerate() {
            origin.clear();
            origin.extend(0..width as u16);
            if self.mornings >> slot & 1 == 1 {
                for (count, costs) in best.chunks_mut(STATES).enumerate() {
                    let state = (0..STATES).min_by_key(|&state| costs[state]).unwrap_or(FRESH);
                    costs[FRESH] = costs[state];
                    costs[BUSY..].fill(NEVER);
                    origin[count * STATES + FRESH] = (count * STATES + state) as u16;
                }
            }
            next.clear();
            next.resize(width, NEVER);
            let from = &mut from[slot * width..][..width];
            let rest = self.rest >> slot & 1 == 1;
            for count in self.over_before[slot]..=self.begun_before[slot].min(most).min(slot) {
                for state in 0..STATES {
                    let cost = best[count * STATES + state];
                    if cost >= NEVER {
                        continue;
                    }
                    let mut reach = |to: usize, cost: i64| {
                        if cost < next[to] {
                            next[to] = cost;
                            from[to] = origin[count * STATES + state];
                        }
                    };
                    let free = self.available >> slot & 1 == 1;
                    if free && count < most && !(state == BUSY && self.longest_run <= 1) {
                        let more = i64::from(state == IDLE) + i64::from(rest);
                        reach((count + 1) * STATES + BUSY, cost + more * UNIT + price);
                    }
                    if self.fixed >> slot & 1 == 0 {
                        let idle = match (state, rest) {
                            (FRESH, _) => FRESH,
                            (BUSY | RESTING, true) => RESTING,
                            _ => IDLE,
                        };
                        reach(count * STATES + idle, cost);
                    }
                }
            }
            std::mem::swap(best, next);
        }
        let end = (0..STATES).map(|state| most * STATES + state).min_by_key(|&at| best[at]).unwrap_or(0);
        if best[end] >= NEVER {
            return (0, 0);
        }
        let (mut used, mut at) = (0, end);
        for slot in (0..prices.len()).rev() {
            let before = usize::from(from[slot * width + at]);
            if before / STATES < at / STATES {
                used |= 1 << slot;
            }
            at = before;
        }
        (best[end], used)
    }
}

/// How a day stands at a slot: no meeting yet, busy in the slot before, idle since a meeting, idle in slots to keep free.
const STATES: usize = 4;
const FRESH: usize = 0;
const BUSY: usize = 1;
const IDLE: usize = 2;
const RESTING: usize = 3;

/// Kept between agendas so as not to be asked for anew.
#[derive(Default)]
struct Room {
    best: Vec<i64>,
    next: Vec<i64>,
    from: Vec<u16>,
    origin: Vec<u16>,
}
#[cfg(test)]
mod tests {
    use super::{Agenda, Room, UNIT};

    /// An agenda of so many meetings that may be anywhere.
    fn agenda(available: u128, meetings: usize, slots: usize) -> Agenda {
        Agenda {
            available,
            rest: 0,
            longest_run: u32::MAX,
            fixed: 0,
            meetings,
            over_before: vec![0; slots],
            begun_before: vec![meetings; slots],
            mornings: 1,
        }
    }

    fn fewest(agenda: &Agenda, slots: usize) -> i64 {
        agenda.cheapest(&vec![0; slots], &mut Room::default()).0 / UNIT
    }

    #[test]
    fn slots_without_a_meeting_force_breaks() {
        let available = 0b1111_1101_1111_1101_1101_1111;
        assert_eq!([7, 13, 18, 19].map(|meetings| fewest(&agenda(available, meetings, 24), 24)), [0, 1, 2, 3]);
    }
}
