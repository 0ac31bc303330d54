//! A published timetable after the day has changed: what can stay stays, the rest goes where the fewest others
//! have to move.

use super::chain::Chain;
use super::core::Core;
use super::inserter::{Inserter, fits, rooms_of, slots_of};
use super::random::Random;
use super::state::{OUT, Seat, State};
use crate::check::{self, Violation};
use crate::problem::Problem;
use crate::schedule::{Held, Schedule};
use crate::solve::Limits;

/// Most meetings that are moved for the sake of one.
const DEEPEST: usize = 4;
/// Steps of the long way round to keep meetings that no short way keeps.
const PATIENCE: u32 = 4_000;
/// Ways tried for one meeting and depth.
const WAYS: u32 = 2_000;

/// A timetable for the changed problem that keeps every rule but that all must be held, close to the published one;
/// none if breaks could not be shared out fairly.
pub(crate) fn repair(problem: &Problem, published: &Schedule, limits: &Limits<'_>) -> Option<Schedule> {
    let fairness = problem.rules.fairness.unwrap_or(u32::MAX);
    // whoever has the fewest breaks now sets what is fair, as long as that does not change; else what is sure
    let now = Repair::on(problem, &Core::relaxed(problem, u32::MAX), published, limits).fewest_breaks();
    let sure = Core::of(problem).most_breaks;
    [fairness.saturating_add(now), sure].into_iter().find_map(|most_breaks| {
        let core = Core::relaxed(problem, most_breaks);
        let mut repair = Repair::on(problem, &core, published, limits);
        repair.settle_all();
        repair.share_breaks();
        repair.go_back();
        repair.add_others();
        let schedule = repair.schedule(published);
        let broken = check::violations(problem, &schedule);
        let left_out =
            |violation: &Violation| matches!(violation, Violation::LeftOut { .. } | Violation::LockedOut { .. });
        broken.iter().all(left_out).then_some(schedule)
    })
}

struct Repair<'a, 'b> {
    problem: &'a Problem,
    limits: &'a Limits<'a>,
    state: State<'b>,
    inserter: Inserter,
    random: Random,
    /// Where meetings were, where that still exists.
    published: Vec<Option<Seat>>,
    /// Meetings that have to be found a new slot.
    out: Vec<usize>,
    /// What was changed, to be changed back if it leads nowhere.
    log: Vec<(usize, Seat)>,
    ways: u32,
    patience: u32,
}

impl<'a, 'b> Repair<'a, 'b> {
    fn on(problem: &'a Problem, core: &'b Core<'b>, published: &Schedule, limits: &'a Limits<'a>) -> Repair<'a, 'b> {
        let mut state = State::empty(core);
        let meetings = problem.meetings.len();
        let mut seats = vec![None; meetings];
        let mut out = Vec::new();
        let held = |meeting: usize| published.held.get(meeting).copied().flatten();
        let mut order: Vec<usize> = (0..meetings).collect();
        // what is locked takes its place before others; so does what keeps its table
        order.sort_by_key(|&meeting| {
            let lost = held(meeting)
                .is_some_and(|held| problem.places.get(held.place).is_none_or(|place| !place.available.has(held.slot)));
            (problem.meetings[meeting].locked.is_none(), lost, meeting)
        });
        for meeting in order {
            let Some(Held { slot, people, place }) = held(meeting) else {
                out.push(meeting);
                continue;
            };
            let sits = |side: usize| problem.people_of(meeting, side).contains(&people[side]);
            if slot < problem.slots.len() && sits(0) && sits(1) {
                state.seat(meeting, people.map(|person| person as u32));
                let room = core.room_at(meeting, place).unwrap_or(rooms_of(&state, meeting).start);
                seats[meeting] = Some(Seat { slot: slot as u8, room: room as u16, has: state.has[meeting] });
                if state.may_have_more(meeting) && fits(&state, meeting, slot, room) {
                    state.put(meeting, slot, room);
                    continue;
                }
            } else {
                // it was held, so it is to be held
                seats[meeting] = Some(Seat { slot: OUT, room: 0, has: state.has[meeting] });
            }
            out.push(meeting);
        }
        let random = Random::new(limits.seed);
        let inserter = Inserter::new(meetings);
        Repair {
            problem,
            limits,
            state,
            inserter,
            random,
            published: seats,
            out,
            log: Vec::new(),
            ways: 0,
            patience: PATIENCE,
        }
    }

    fn fewest_breaks(&self) -> u32 {
        self.state.breaks.iter().copied().min().unwrap_or(0).into()
    }

    /// Whether a published meeting is in, in another slot or with other people than before.
    fn is_moved(&self, meeting: usize) -> bool {
        self.published[meeting].is_some_and(|before| {
            let now = self.state.seat_of(meeting);
            now.slot != OUT && (now.slot, now.has) != (before.slot, before.has)
        })
    }

    fn moved(&self) -> usize {
        (0..self.published.len()).filter(|&meeting| self.is_moved(meeting)).count()
    }

    /// Finds a place for what was published, or is new and must be held.
    fn settle_all(&mut self) {
        let mut out = std::mem::take(&mut self.out);
        let core = self.state.core;
        let asks = |meeting: usize| {
            self.published[meeting].is_some() || self.problem.meetings[meeting].wish == crate::problem::Wish::Must
        };
        let (mut asked, others): (Vec<usize>, Vec<usize>) = out.drain(..).partition(|&meeting| asks(meeting));
        self.out = others;
        asked.sort_by_key(|&meeting| (std::cmp::Reverse(core.weight[meeting]), core.window[meeting].count_ones()));
        for meeting in asked {
            let settled = self.move_one(meeting)
                || (1..=DEEPEST).any(|depth| {
                    self.ways = WAYS;
                    !self.limits.over() && self.settle(meeting, depth)
                });
            self.log.clear();
            if !settled && !self.inserter.by_exchange(&mut self.state, meeting, &mut self.random) {
                self.out.push(meeting);
                self.rather_than_others(meeting);
                if self.state.slot[meeting] == OUT {
                    self.wander(meeting);
                }
            }
        }
        self.out.retain(|&meeting| self.state.slot[meeting] == OUT);
    }

    /// Gets a meeting in by putting others out and these in again, for as long as it takes or patience lasts.
    fn wander(&mut self, meeting: usize) {
        let before = self.state.total;
        let mut out = vec![meeting];
        self.inserter.begin_trial(&mut self.state);
        while !out.is_empty() && self.patience > 0 && !self.limits.over() {
            self.patience -= 1;
            let next = out.swap_remove(self.random.below(out.len()));
            let is_in = self.inserter.direct(&mut self.state, next, &mut self.random)
                || self.inserter.by_exchange(&mut self.state, next, &mut self.random)
                || self.inserter.by_force(&mut self.state, next, &mut self.random, &mut out);
            if !is_in {
                break;
            }
        }
        if self.state.total.meetings() < before.meetings() {
            self.state.keep_trial();
            self.out.extend(out);
        } else {
            self.state.undo_trial();
        }
    }

    /// Leaves others out for the sake of a meeting, if that loses less.
    fn rather_than_others(&mut self, meeting: usize) {
        let before = self.state.total;
        let mut pushed = Vec::new();
        self.inserter.begin_trial(&mut self.state);
        if self.inserter.by_force(&mut self.state, meeting, &mut self.random, &mut pushed) {
            for &other in &pushed {
                self.ways = WAYS;
                self.settle(other, 2);
                self.log.clear();
            }
        }
        if self.state.total.meetings() < before.meetings() {
            self.state.keep_trial();
            self.out.extend(pushed);
        } else {
            self.state.undo_trial();
        }
    }

    /// Puts a meeting in by moving one at most: itself, or one that leaves its table to it.
    fn move_one(&mut self, meeting: usize) -> bool {
        if self.back_home(meeting) {
            return true;
        }
        let home = self.published[meeting]
            .map(|home| (usize::from(home.slot), home.room))
            .filter(|_| self.state.at_table(meeting));
        let neighbours = (0..self.published.len()).filter(|&other| {
            let there = (usize::from(self.state.slot[other]), self.state.room[other]);
            Some(there) == home && self.state.at_table(other) && self.problem.meetings[other].locked.is_none()
        });
        let choices: Vec<Option<usize>> = std::iter::once(None).chain(neighbours.map(Some)).collect();
        let mut best: Option<((u64, u64), Option<usize>)> = None;
        for instead in choices {
            let before = self.state.total.meetings();
            if self.move_this(meeting, instead) && self.state.total.meetings() < before {
                let key = (self.state.total.excess, self.state.total.breaks);
                if best.is_none_or(|(best, _)| key < best) {
                    best = Some((key, instead));
                }
            }
            self.change_back(0);
        }
        let done = best.is_some_and(|(_, instead)| self.move_this(meeting, instead));
        self.log.clear();
        done
    }

    /// Moves the meeting itself, or has another make room for it and moves that.
    fn move_this(&mut self, meeting: usize, instead: Option<usize>) -> bool {
        let moves = instead.unwrap_or(meeting);
        if let Some(other) = instead {
            self.log.push((other, self.state.seat_of(other)));
            self.state.take(other);
            self.log.push((meeting, self.state.seat_of(meeting)));
            if !self.back_home(meeting) {
                return false;
            }
        }
        self.log.push((moves, self.state.seat_of(moves)));
        self.inserter.direct(&mut self.state, moves, &mut self.random)
    }

    /// Puts a meeting in, with at most so many others moved; else changes nothing.
    fn settle(&mut self, meeting: usize, depth: usize) -> bool {
        let before = (meeting, self.state.seat_of(meeting));
        self.log.push(before);
        if self.back_home(meeting) || self.inserter.direct(&mut self.state, meeting, &mut self.random) {
            return true;
        }
        self.log.pop();
        if depth == 0 {
            return false;
        }
        let mut ways = Vec::new();
        for slot in slots_of(&self.state, meeting) {
            for room in rooms_of(&self.state, meeting) {
                let people = self.inserter.in_the_way(&self.state, meeting, slot, room, &mut self.random);
                let Some(people) = people.filter(|_| self.inserter.clash.len() <= depth) else { continue };
                ways.push((self.inserter.clash.clone(), slot, room, people));
            }
        }
        ways.sort_by_key(|(clash, slot, ..)| (clash.len(), *slot));
        for (clash, slot, room, people) in ways {
            if self.ways == 0 {
                return false;
            }
            self.ways -= 1;
            let mark = self.log.len();
            for &other in &clash {
                self.log.push((other, self.state.seat_of(other)));
                self.state.take(other);
            }
            self.log.push((meeting, self.state.seat_of(meeting)));
            self.state.seat(meeting, people);
            self.state.put(meeting, slot, room);
            if clash.iter().all(|&other| self.settle(other, depth - clash.len())) {
                return true;
            }
            self.change_back(mark);
        }
        false
    }

    /// Puts a meeting where it was, if nothing is in its way there.
    fn back_home(&mut self, meeting: usize) -> bool {
        let Some(home) = self.published[meeting].filter(|home| home.slot != OUT) else { return false };
        let now = self.state.has[meeting];
        self.state.seat(meeting, [home.has[0], home.has[1]]);
        let slot = usize::from(home.slot);
        let mut rooms = std::iter::once(usize::from(home.room)).chain(rooms_of(&self.state, meeting));
        let fits = rooms.find(|&room| self.state.may_have_more(meeting) && fits(&self.state, meeting, slot, room));
        match fits {
            Some(room) => self.state.put(meeting, slot, room),
            None => self.state.seat(meeting, [now[0], now[1]]),
        }
        fits.is_some()
    }

    fn change_back(&mut self, mark: usize) {
        while self.log.len() > mark {
            let Some((meeting, seat)) = self.log.pop() else { break };
            if self.state.slot[meeting] != OUT {
                self.state.take(meeting);
            }
            self.state.seat(meeting, [seat.has[0], seat.has[1]]);
            if seat.slot != OUT {
                self.state.put(meeting, usize::from(seat.slot), usize::from(seat.room));
            }
        }
    }

    /// Moves as few meetings as it can so that nobody has more breaks than is fair.
    fn share_breaks(&mut self) {
        let core = self.state.core;
        while self.state.total.excess > 0 && !self.limits.over() {
            let now = self.state.total.excess;
            let mut best: Option<((u64, usize, u64), usize, usize)> = None;
            let above = (0..core.people).filter(|&person| u32::from(self.state.breaks[person]) > core.most_breaks);
            let meetings: Vec<usize> = above
                .flat_map(|person| (0..core.slots).map(move |slot| (person, slot)))
                .filter_map(|(person, slot)| self.state.meeting_at(person as u32, slot))
                .collect();
            for meeting in meetings {
                for slot in slots_of(&self.state, meeting) {
                    if !self.exchange(meeting, slot) {
                        continue;
                    }
                    let moved = self.inserter.chain.moved.iter().filter(|&&(other, _)| self.is_moved(other as usize));
                    let key = (self.state.total.excess, moved.count(), self.state.total.breaks);
                    if key.0 < now && best.is_none_or(|(best, ..)| key < best) {
                        best = Some((key, meeting, slot));
                    }
                    self.inserter.chain.undo(&mut self.state);
                }
            }
            match best {
                Some((_, meeting, slot)) => drop(self.exchange(meeting, slot)),
                None => {
                    super::anneal::give_up(&mut self.state, &mut self.inserter);
                    if self.state.total.excess >= now {
                        return;
                    }
                }
            }
        }
    }

    fn exchange(&mut self, meeting: usize, slot: usize) -> bool {
        let chain: &mut Chain = &mut self.inserter.chain;
        usize::from(self.state.slot[meeting]) != slot
            && chain.follow(&self.state, meeting, slot)
            && chain.price(&self.state).is_some()
            && chain.make(&mut self.state)
    }

    /// Takes moved meetings back where they were, where that has become possible, and the others where fewer breaks are.
    fn go_back(&mut self) {
        let mut better = true;
        while better && !self.limits.over() {
            better = false;
            let moved: Vec<usize> = (0..self.published.len()).filter(|&meeting| self.is_moved(meeting)).collect();
            for meeting in moved {
                let before = (self.state.total.excess, self.moved(), self.state.total.breaks);
                let home = self.published[meeting].map_or(OUT, |home| home.slot);
                for slot in std::iter::once(usize::from(home)).chain(0..self.state.core.slots) {
                    if slot >= self.state.core.slots || !self.is_moved(meeting) || !self.exchange(meeting, slot) {
                        continue;
                    }
                    if (self.state.total.excess, self.moved(), self.state.total.breaks) < before {
                        better = true;
                        break;
                    }
                    self.inserter.chain.undo(&mut self.state);
                }
            }
        }
    }

    /// Holds what else was asked for, where nobody has to move and nothing gets less fair for it.
    fn add_others(&mut self) {
        for meeting in std::mem::take(&mut self.out) {
            let before = self.state.total.excess;
            let is_in = self.inserter.direct(&mut self.state, meeting, &mut self.random);
            if is_in && self.state.total.excess > before {
                self.state.take(meeting);
            }
        }
    }

    /// With tables: the published one wherever slot and table still go together.
    fn schedule(&self, published: &Schedule) -> Schedule {
        let state = &self.state;
        let mut places = vec![None; self.published.len()];
        let keeps = |meeting: usize| {
            let before = published.held.get(meeting).copied().flatten()?;
            let now = usize::from(state.slot[meeting]) == before.slot;
            let open = self.problem.places.get(before.place)?.available.has(before.slot);
            let room = state.core.room_at(meeting, before.place) == Some(usize::from(state.room[meeting]));
            (now && open && room).then_some(before.place)
        };
        for (meeting, place) in places.iter_mut().enumerate() {
            *place = keeps(meeting);
        }
        super::tables::complete(state, &mut places);
        let held = places.iter().enumerate().map(|(meeting, place)| {
            let [one, other, _] = state.has[meeting];
            let slot = usize::from(state.slot[meeting]);
            let people = [one as usize, other as usize];
            (slot != usize::from(OUT)).then(|| Some(Held { slot, people, place: (*place)? })).flatten()
        });
        Schedule { held: held.collect() }
    }
}
