//! Small problems with every feature, and timetables for them, good and bad.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use timetable::{
    Held, Locked, Meeting, Participant, Person, Place, Problem, Rules, Schedule, Side, Slot, SlotSet, Wish,
};

/// A sequence of small numbers to draw from, so that shrinking keeps problems small.
struct Draws {
    numbers: Vec<u16>,
    at: usize,
}

impl Draws {
    /// Below `most`; 0 when nothing is left to draw.
    fn below(&mut self, most: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        if most == 0 { 0 } else { usize::from(number) % most }
    }

    fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }

    fn slots(&mut self, count: usize, missing_one_in: usize) -> SlotSet {
        (0..count).filter(|_| !self.once_in(missing_one_in)).collect()
    }
}

/// A problem with delegations, booths, days, rooms, locked and optional meetings, each now and then.
pub fn problem() -> impl Strategy<Value = Problem> {
    proptest::collection::vec(any::<u16>(), 400).prop_map(|numbers| rich(&mut Draws { numbers, at: 0 }))
}

/// So many problems, the same in each run.
pub fn each(problems: impl Strategy<Value = Problem>, count: usize, mut with: impl FnMut(usize, Problem)) {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    for at in 0..count {
        with(at, problems.new_tree(&mut runner).expect("a problem can be drawn").current());
    }
}

/// A problem of so few meetings that all timetables can be looked at.
pub fn tiny() -> impl Strategy<Value = Problem> {
    problem().prop_map(|mut problem| {
        problem.meetings.truncate(3);
        let count = problem.meetings.len();
        problem.meetings.iter_mut().for_each(|meeting| meeting.after.retain(|&earlier| earlier < count));
        problem
    })
}

/// A problem and a timetable that need not keep a single rule.
pub fn with_any_schedule() -> impl Strategy<Value = (Problem, Schedule)> {
    (problem(), proptest::collection::vec(any::<u16>(), 60)).prop_map(|(problem, numbers)| {
        let mut draws = Draws { numbers, at: 0 };
        let held = (0..problem.meetings.len()).map(|meeting| anywhere(&mut draws, &problem, meeting)).collect();
        (problem, Schedule { held })
    })
}

fn anywhere(draws: &mut Draws, problem: &Problem, meeting: usize) -> Option<Held> {
    if draws.once_in(5) {
        return None;
    }
    let mut sits = |side| {
        let people = problem.people_of(meeting, side);
        if draws.once_in(12) { draws.below(problem.people.len()) } else { people[draws.below(people.len())] }
    };
    let people = [sits(0), sits(1)];
    let slot = draws.below(problem.slots.len());
    let place = problem.booth_of(meeting).filter(|_| !draws.once_in(6));
    Some(Held { slot, people, place: place.unwrap_or_else(|| draws.below(problem.places.len())) })
}

fn rich(draws: &mut Draws) -> Problem {
    let days = 1 + draws.below(2);
    let per_day = 3 + draws.below(3);
    let count = days * per_day;
    let mut problem = Problem { slots: slots(draws, days, per_day), ..Problem::default() };
    let participants = 3 + draws.below(4);
    for _ in 0..participants {
        let size = if draws.once_in(3) { 2 + draws.below(2) } else { 1 };
        let first = problem.people.len();
        for _ in 0..size {
            let rest = if draws.once_in(4) { draws.slots(count, 2) } else { SlotSet::NONE };
            let longest_run = draws.once_in(4).then(|| 1 + draws.below(3) as u32);
            problem.people.push(Person { available: draws.slots(count, 6), rest, longest_run });
        }
        let minimum = if draws.once_in(3) { 1 + draws.below(3) as u32 } else { 0 };
        let maximum = draws.once_in(3).then(|| minimum + draws.below(3) as u32);
        problem.participants.push(Participant {
            people: (first..first + size).collect(),
            minimum,
            maximum,
            booth: None,
        });
    }
    let rooms = 1 + draws.below(2);
    for _ in 0..1 + draws.below(3) {
        problem.places.push(Place { room: draws.below(rooms), available: draws.slots(count, 8) });
    }
    for at in 0..participants {
        if draws.once_in(4) {
            problem.participants[at].booth = Some(problem.places.len());
            problem.places.push(Place { room: draws.below(rooms), available: draws.slots(count, 8) });
        }
    }
    if rooms > 1 {
        let way = draws.below(12) as u32;
        problem.travel = vec![vec![0, way], vec![way]];
    }
    for _ in 0..1 + draws.below(7) {
        let meeting = meeting(draws, &problem);
        problem.meetings.push(meeting);
    }
    problem.rules = Rules { fairness: draws.once_in(2).then(|| draws.below(3) as u32) };
    problem
}

fn slots(draws: &mut Draws, days: usize, per_day: usize) -> Vec<Slot> {
    let mut slots = Vec::new();
    for day in 0..days as u32 {
        let mut clock = day * 1440;
        for at in 0..per_day {
            slots.push(Slot { day, session: u32::from(at * 2 >= per_day), starts: clock, ends: clock + 20 });
            clock += 20 + 5 * draws.below(3) as u32;
        }
    }
    slots
}

fn meeting(draws: &mut Draws, problem: &Problem) -> Meeting {
    let count = problem.participants.len();
    let one = draws.below(count);
    let other = (one + 1 + draws.below(count - 1)) % count;
    let mut meeting = Meeting::between(one, other, draws.slots(problem.slots.len(), 5));
    let mut named = |participant: usize| {
        let people = &problem.participants[participant].people;
        Side { participant, person: draws.once_in(3).then(|| people[draws.below(people.len())]) }
    };
    meeting.sides = [named(one), named(other)];
    if draws.once_in(2) {
        meeting.wish = Wish::Weight(draws.below(5) as u32);
    }
    if draws.once_in(6) {
        let slot = draws.below(problem.slots.len());
        meeting.locked = Some(Locked { slot, place: draws.once_in(2).then(|| draws.below(problem.places.len())) });
    }
    if !problem.meetings.is_empty() && draws.once_in(5) {
        meeting.after = vec![draws.below(problem.meetings.len())];
    }
    meeting
}

/// An event of the published kind: so many people, slots and meetings at most, two sessions, everything a must.
pub fn published(people: usize, slots: usize, meetings: usize) -> impl Strategy<Value = Problem> {
    proptest::collection::vec(any::<u16>(), 2 * people * slots + 8 * meetings).prop_map(move |numbers| {
        let mut draws = Draws { numbers, at: 0 };
        let slots = 2 + draws.below(slots - 1);
        let mut problem = event(2 + draws.below(people - 1), slots, 1 + draws.below(people / 2));
        for person in &mut problem.people {
            person.available = draws.slots(slots, 9);
        }
        let morning = SlotSet::first(slots.div_ceil(2));
        for _ in 0..1 + draws.below(meetings) {
            let count = problem.participants.len();
            let one = draws.below(count);
            let other = (one + 1 + draws.below(count - 1)) % count;
            let session = [SlotSet::first(slots), morning, SlotSet::first(slots).minus(morning)][draws.below(4) % 3];
            let mut meeting = Meeting::between(one, other, session);
            if draws.once_in(8) {
                meeting.locked = Some(Locked { slot: draws.below(slots), place: None });
            }
            if !problem.meetings.is_empty() && draws.once_in(8) {
                meeting.after = vec![draws.below(problem.meetings.len())];
            }
            problem.meetings.push(meeting);
        }
        problem
    })
}

/// Three people who all meet each other in slots of their own: everybody can be forced to have breaks.
pub fn crossed() -> impl Strategy<Value = Problem> {
    proptest::collection::vec(any::<u16>(), 60).prop_map(|numbers| {
        let mut draws = Draws { numbers, at: 0 };
        let mut problem = event(3, 8, 1 + draws.below(2));
        for (one, other) in [(0, 1), (1, 2), (2, 0), (0, 1), (1, 2), (2, 0)].into_iter().take(4 + draws.below(3)) {
            let slots = draws.slots(8, 2);
            problem.meetings.push(Meeting::between(one, other, slots));
        }
        problem
    })
}

/// An event with people, slots and tables alike, everybody with as many meetings as asked, in no order.
pub fn hard(people: usize, slots: usize, tables: usize, each: usize) -> Problem {
    let mut problem = event(people, slots, tables);
    for step in 1..=each.div_ceil(2) {
        for one in 0..people {
            let other = (one + step * step + step) % people;
            if one != other {
                problem.meetings.push(Meeting::between(one, other, SlotSet::first(slots)));
            }
        }
    }
    problem
}

fn event(people: usize, slots: usize, tables: usize) -> Problem {
    let all = SlotSet::first(slots);
    let session = |at: usize| u32::from(2 * at > slots);
    Problem {
        slots: (0..slots)
            .zip(0u32..)
            .map(|(at, clock)| Slot { day: 0, session: session(at), starts: clock * 20, ends: clock * 20 + 20 })
            .collect(),
        people: vec![Person { available: all, ..Person::default() }; people],
        participants: (0..people)
            .map(|person| Participant { people: vec![person], ..Participant::default() })
            .collect(),
        places: vec![Place { room: 0, available: all }; tables],
        rules: Rules { fairness: Some(2) },
        ..Problem::default()
    }
}
