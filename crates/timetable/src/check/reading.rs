//! A schedule read into agendas, and the rules one by one.

use std::collections::{BTreeMap, HashMap};

use super::violation::{Violation, What};
use crate::problem::{Problem, Wish};
use crate::schedule::{Held, Schedule};

/// A meeting in somebody's agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    slot: usize,
    meeting: usize,
    place: usize,
}

/// A place in a slot.
pub(super) type Spot = (usize, usize);

/// Who is where and when. References that lead nowhere are left out of the agendas: they are broken rules of
/// their own.
pub(super) struct Reading<'a> {
    pub(super) problem: &'a Problem,
    held: Vec<Option<Held>>,
    agendas: Vec<Vec<Entry>>,
    spots: HashMap<Spot, Vec<usize>>,
    owners: HashMap<usize, usize>,
    followers: HashMap<usize, Vec<usize>>,
    /// Meetings held, by participant.
    pub(super) meetings_of: Vec<u64>,
    /// By person.
    pub(super) breaks: Vec<u64>,
    /// How many people have so many breaks.
    tally: BTreeMap<u64, usize>,
}

impl<'a> Reading<'a> {
    pub(super) fn of(problem: &'a Problem, schedule: &Schedule) -> Reading<'a> {
        let mut owners = HashMap::new();
        for (at, participant) in problem.participants.iter().enumerate() {
            if let Some(booth) = participant.booth {
                owners.entry(booth).or_insert(at);
            }
        }
        let mut followers: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, meeting) in problem.meetings.iter().enumerate() {
            for &earlier in &meeting.after {
                followers.entry(earlier).or_default().push(at);
            }
        }
        let mut reading = Reading {
            problem,
            held: vec![None; problem.meetings.len()],
            agendas: vec![Vec::new(); problem.people.len()],
            spots: HashMap::new(),
            owners,
            followers,
            meetings_of: vec![0; problem.participants.len()],
            breaks: vec![0; problem.people.len()],
            tally: BTreeMap::from([(0, problem.people.len())]),
        };
        for (meeting, held) in schedule.held.iter().enumerate().take(problem.meetings.len()) {
            reading.enter(meeting, *held);
        }
        for agenda in &mut reading.agendas {
            agenda.sort_unstable();
        }
        for person in 0..problem.people.len() {
            reading.count(person);
        }
        reading
    }

    pub(super) fn held(&self, meeting: usize) -> Option<Held> {
        self.held[meeting]
    }

    pub(super) fn followers(&self, meeting: usize) -> &[usize] {
        self.followers.get(&meeting).map_or(&[], Vec::as_slice)
    }

    pub(super) fn owner(&self, place: usize) -> Option<usize> {
        self.owners.get(&place).copied()
    }

    /// Every place in use, in a fixed order.
    pub(super) fn spots(&self) -> Vec<Spot> {
        let mut spots: Vec<Spot> = self.spots.keys().copied().collect();
        spots.sort_unstable();
        spots
    }

    /// Puts a meeting somewhere else, or nowhere.
    pub(super) fn put(&mut self, meeting: usize, held: Option<Held>) {
        let before = self.held[meeting].take();
        if let Some(before) = before {
            for person in before.people {
                if let Some(agenda) = self.agendas.get_mut(person) {
                    agenda.retain(|entry| entry.meeting != meeting);
                }
            }
            if let Some(there) = self.spots.get_mut(&(before.place, before.slot)) {
                there.retain(|&other| other != meeting);
            }
            self.tell_participants(meeting, -1);
        }
        self.enter(meeting, held);
        for person in before.into_iter().chain(held).flat_map(|held| held.people) {
            if let Some(agenda) = self.agendas.get_mut(person) {
                agenda.sort_unstable();
                self.count(person);
            }
        }
    }

    fn enter(&mut self, meeting: usize, held: Option<Held>) {
        self.held[meeting] = held;
        let Some(Held { slot, people, place }) = held else { return };
        let [one, other] = people;
        for person in std::iter::once(one).chain((other != one).then_some(other)) {
            if let Some(agenda) = self.agendas.get_mut(person) {
                agenda.push(Entry { slot, meeting, place });
            }
        }
        let there = self.spots.entry((place, slot)).or_default();
        there.push(meeting);
        there.sort_unstable();
        self.tell_participants(meeting, 1);
    }

    fn tell_participants(&mut self, meeting: usize, by: i64) {
        for side in self.problem.meetings[meeting].sides {
            if let Some(count) = self.meetings_of.get_mut(side.participant) {
                *count = count.saturating_add_signed(by);
            }
        }
    }

    fn count(&mut self, person: usize) {
        let old = self.breaks[person];
        let agenda = &self.agendas[person];
        let rest = self.problem.people[person].rest;
        let idle = agenda.windows(2).filter(|pair| {
            let (from, to) = (pair[0].slot, pair[1].slot);
            self.same_day(from, to) && (from + 1..to).any(|slot| !rest.has(slot))
        });
        let kept_free = agenda.iter().filter(|entry| rest.has(entry.slot));
        let new = (idle.count() + kept_free.count()) as u64;
        if old != new {
            self.breaks[person] = new;
            *self.tally.entry(new).or_default() += 1;
            if let Some(left) = self.tally.get_mut(&old) {
                *left -= 1;
                if *left == 0 {
                    self.tally.remove(&old);
                }
            }
        }
    }

    fn same_day(&self, one: usize, other: usize) -> bool {
        match (self.problem.slots.get(one), self.problem.slots.get(other)) {
            (Some(one), Some(other)) => one.day == other.day,
            _ => false,
        }
    }

    /// Moves of a person from one place to another.
    pub(super) fn changes(&self, person: usize) -> u64 {
        let moved = |pair: &&[Entry]| self.same_day(pair[0].slot, pair[1].slot) && pair[0].place != pair[1].place;
        self.agendas[person].windows(2).filter(moved).count() as u64
    }

    /// Where and when a meeting is held, and by whom, for itself alone.
    pub(super) fn judge_meeting(&self, meeting: usize, found: &mut Vec<Violation>) {
        let problem = self.problem;
        let asked = &problem.meetings[meeting];
        let Some(Held { slot, people, place }) = self.held[meeting] else {
            if asked.wish == Wish::Must {
                found.push(Violation::LeftOut { meeting });
            } else if let Some(locked) = asked.locked {
                found.push(Violation::LockedOut { meeting, locked: locked.slot });
            }
            return;
        };
        let unknown = |what, named, there| Violation::Unknown { meeting, what, named, there };
        if slot >= problem.slots.len() {
            found.push(unknown(What::Slot, slot, problem.slots.len()));
        } else if !asked.slots.has(slot) {
            found.push(Violation::Window { meeting, slot });
        }
        for (side, person) in people.into_iter().enumerate() {
            match problem.people.get(person) {
                None if people[..side].contains(&person) => {}
                None => found.push(unknown(What::Person, person, problem.people.len())),
                Some(who) => {
                    if !problem.people_of(meeting, side).contains(&person) {
                        let participant = asked.sides[side].participant;
                        found.push(Violation::Stranger { meeting, person, participant });
                    }
                    if !who.available.has(slot) && !people[..side].contains(&person) {
                        found.push(Violation::Away { meeting, person, slot });
                    }
                }
            }
        }
        match problem.places.get(place) {
            None => found.push(unknown(What::Place, place, problem.places.len())),
            Some(table) if !table.available.has(slot) => found.push(Violation::Closed { meeting, place, slot }),
            Some(_) => {}
        }
        match (problem.booth_of(meeting), self.owner(place)) {
            (Some(booth), _) if booth != place => found.push(Violation::NotAtBooth { meeting, booth, place }),
            (None, Some(owner)) => found.push(Violation::ForeignBooth { meeting, booth: place, owner }),
            _ => {}
        }
        if let Some(locked) = asked.locked {
            if locked.slot != slot {
                found.push(Violation::LockedSlot { meeting, locked: locked.slot, slot });
            }
            if let Some(locked) = locked.place.filter(|&locked| locked != place) {
                found.push(Violation::LockedPlace { meeting, locked, place });
            }
        }
    }

    /// Whether a meeting comes after those that have to be before it.
    pub(super) fn judge_order(&self, meeting: usize, found: &mut Vec<Violation>) {
        let Some(held) = self.held[meeting] else { return };
        for &earlier in &self.problem.meetings[meeting].after {
            let before = self.held.get(earlier).copied().flatten();
            if before.is_some_and(|before| before.slot >= held.slot) {
                found.push(Violation::Order { meeting, earlier });
            }
        }
    }

    /// One meeting at a time, not too many in a row, enough time for the way.
    pub(super) fn judge_person(&self, person: usize, found: &mut Vec<Violation>) {
        let problem = self.problem;
        let agenda = &self.agendas[person];
        let mut run: Option<(usize, u32)> = None;
        let mut runs = Vec::new();
        for (at, entry) in agenda.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| agenda[before]);
            if let Some(before) = before.filter(|before| before.slot == entry.slot) {
                let (first, second) = (before.meeting, entry.meeting);
                found.push(Violation::PersonTwice { person, slot: entry.slot, first, second });
                continue;
            }
            let joined = before.is_some_and(|last| last.slot + 1 == entry.slot && self.same_day(last.slot, entry.slot));
            run = match run {
                Some((from, length)) if joined => Some((from, length + 1)),
                _ => {
                    runs.extend(run);
                    Some((entry.slot, 1))
                }
            };
            if let Some(before) = before {
                found.extend(self.late(person, before, *entry));
            }
        }
        runs.extend(run);
        if let Some(most) = problem.people[person].longest_run {
            for (from, length) in runs {
                if length > most {
                    found.push(Violation::LongRun { person, from, length, most });
                }
            }
        }
    }

    fn late(&self, person: usize, before: Entry, after: Entry) -> Option<Violation> {
        let problem = self.problem;
        let (from, to) = (problem.places.get(before.place)?.room, problem.places.get(after.place)?.room);
        let needed = problem.travel.get(from).and_then(|row| row.get(to)).copied().unwrap_or(0);
        let there = problem.slots.get(after.slot)?.starts.saturating_sub(problem.slots.get(before.slot)?.ends);
        let (first, second) = (before.meeting, after.meeting);
        (needed > there).then_some(Violation::Travel { person, first, second, needed, there })
    }

    /// One meeting at a time.
    pub(super) fn judge_spot(&self, spot: Spot, found: &mut Vec<Violation>) {
        let (place, slot) = spot;
        for pair in self.spots.get(&spot).map_or(&[][..], Vec::as_slice).windows(2) {
            found.push(Violation::PlaceTwice { place, slot, first: pair[0], second: pair[1] });
        }
    }

    /// Whether a spot is taken.
    pub(super) fn is_taken(&self, spot: Spot) -> bool {
        self.spots.get(&spot).is_some_and(|there| !there.is_empty())
    }

    /// Not more meetings than it may have.
    pub(super) fn judge_participant(&self, participant: usize, found: &mut Vec<Violation>) {
        let Some(most) = self.problem.participants.get(participant).and_then(|one| one.maximum) else { return };
        let held = self.meetings_of[participant];
        if held > u64::from(most) {
            found.push(Violation::TooMany { participant, held, most });
        }
    }

    /// Whether breaks are shared out fairly.
    pub(super) fn unfair(&self) -> Option<Violation> {
        let limit = self.problem.rules.fairness?;
        let (&fewest, _) = self.tally.first_key_value()?;
        let (&breaks, _) = self.tally.last_key_value()?;
        if breaks - fewest <= u64::from(limit) {
            return None;
        }
        let who = |count| self.breaks.iter().position(|&have| have == count).unwrap_or_default();
        Some(Violation::Unfair { most: who(breaks), breaks, least: who(fewest), fewest, limit })
    }
}
