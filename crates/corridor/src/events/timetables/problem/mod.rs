//! An event with its people and accepted requests as the engine takes it, and what stands in the way before it begins.

mod refusals;

pub use refusals::{Refusal, refusals};

use std::collections::{BTreeMap, BTreeSet};

use timetable::{Held, Locked, Meeting, Person, Place, Problem, Rules, Schedule, Side, Slot, SlotSet, Wish as Wanted};

use super::model::Placed;
use crate::{
    events::{
        Attendee, AttendeeId, Participant, ParticipantId, Request, RequestId, RequestState, Setup, SlotTime, Standing,
        Wish, cells, day::Today, model::booth, slots,
    },
    foundation::time::Timestamp,
};

/// What a timetable is made of.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    /// Days, rooms and rules.
    pub setup: Setup,
    /// Who takes part, with its people.
    pub participants: Vec<(Participant, Vec<Attendee>)>,
    /// Requests of the event.
    pub requests: Vec<Request>,
    /// Meetings of which the first comes before the second.
    pub orders: Vec<(RequestId, RequestId)>,
    /// Cells that published timetables of other events keep, by the key of the attendee.
    pub taken: BTreeMap<String, BTreeSet<i64>>,
    /// What the day has brought.
    pub today: Today,
}

impl Ground {
    /// The meetings to be held: accepted, between two who take part, and not called off.
    pub fn agreed(&self) -> impl Iterator<Item = &Request> {
        let comes: BTreeSet<ParticipantId> = self
            .participants
            .iter()
            .filter(|(one, _)| one.standing == Standing::Confirmed)
            .map(|(one, _)| one.id)
            .collect();
        let both = move |request: &&Request| comes.contains(&request.from) && comes.contains(&request.to);
        let agreed =
            |request: &&Request| request.state == RequestState::Accepted && !self.today.is_called_off(request.id);
        self.requests.iter().filter(agreed).filter(both)
    }
}

/// A problem with what its numbers mean.
#[derive(Clone, Debug)]
pub struct Built {
    /// What the engine takes.
    pub problem: Problem,
    /// Its slots.
    pub slots: Vec<SlotTime>,
    /// Its participants.
    pub participants: Vec<(ParticipantId, String)>,
    /// Its people.
    pub people: Vec<(AttendeeId, String)>,
    /// Its tables: room from 0, table from 1.
    pub places: Vec<(usize, u32)>,
    /// Its meetings.
    pub meetings: Vec<RequestId>,
    /// Locked meetings that are no slot or no table of the event any more, or whose request is no longer agreed.
    pub lost: Vec<Placed>,
    /// Meetings that have begun and that the problem does not know any more: a version keeps them as they were.
    pub carried: Vec<Placed>,
    /// Whom the problem could not be told of: people who stand for two participants, by name.
    pub(super) twice: Vec<(String, String, String)>,
}

/// What both wished, as a weight: what is left out costs it.
fn weight(request: &Request) -> u32 {
    match (request.wish, request.answer_wish) {
        (Wish::Must, Wish::Must) => 8,
        (Wish::Must, Wish::Meet) | (Wish::Meet, Wish::Must) => 3,
        (Wish::Meet, Wish::Meet) => 1,
    }
}

/// The slots of an event as the engine numbers them.
fn numbered(times: &[SlotTime]) -> Vec<Slot> {
    let first = times.first().map_or(0, |slot| slot.starts.0);
    let minute = |time: Timestamp| u32::try_from((time.0 - first) / 60_000_000).unwrap_or(u32::MAX);
    let slot = |slot: &SlotTime| Slot {
        day: u32::try_from(slot.day).unwrap_or(u32::MAX),
        session: u32::try_from(slot.session).unwrap_or(u32::MAX),
        starts: minute(slot.starts),
        ends: minute(slot.ends),
    };
    times.iter().map(slot).collect()
}

/// The slots for which a question is answered with yes.
fn which(times: &[SlotTime], asks: impl Fn(&SlotTime) -> bool) -> SlotSet {
    times.iter().enumerate().filter(|(_, slot)| asks(slot)).map(|(at, _)| at).collect()
}

/// Builds the problem. Meetings that `kept` locks stay where they are.
#[must_use]
pub fn build(ground: &Ground, kept: &[Placed]) -> Built {
    let setup = &ground.setup;
    let times = slots(setup);
    let mut problem = Problem { slots: numbered(&times), ..Problem::default() };
    let mut built = Built { slots: times.clone(), ..Built::of(Problem::default()) };
    for (at, room) in setup.rooms.iter().enumerate() {
        let available = which(&times, |slot| room.days.is_empty() || room.days.contains(&slot.day));
        for table in 1..=room.tables {
            problem.places.push(Place { room: at, available });
            built.places.push((at, table));
        }
    }
    problem.travel = vec![vec![0; setup.rooms.len()]; setup.rooms.len()];
    for walk in setup.walks.iter().filter(|walk| walk.from.max(walk.to) < setup.rooms.len()) {
        problem.travel[walk.from][walk.to] = walk.minutes;
        problem.travel[walk.to][walk.from] = walk.minutes;
    }
    problem.rules = Rules { fairness: setup.fairness };

    let agreed: Vec<&Request> = ground.agreed().collect();
    let mut count: BTreeMap<ParticipantId, u32> = BTreeMap::new();
    for request in &agreed {
        *count.entry(request.from).or_default() += 1;
        *count.entry(request.to).or_default() += 1;
    }
    let mut numbers: BTreeMap<ParticipantId, usize> = BTreeMap::new();
    let mut seats: BTreeMap<AttendeeId, usize> = BTreeMap::new();
    let mut owners: BTreeMap<&str, (&str, ParticipantId)> = BTreeMap::new();
    for (participant, people) in &ground.participants {
        let Some(&meetings) = count.get(&participant.id) else { continue };
        let kind = setup.participation(&participant.kind);
        let maximum = participant.maximum.or_else(|| kind.and_then(|kind| kind.maximum));
        let minimum = participant.minimum.or_else(|| kind.map(|kind| kind.minimum)).unwrap_or(0);
        let mut of = timetable::Participant {
            people: Vec::new(),
            // Nobody can be given more than was agreed, nor more than may be.
            minimum: minimum.min(meetings).min(maximum.unwrap_or(u32::MAX)),
            maximum,
            booth: booth(&participant.booth).and_then(|(room, table)| built.place(room, table)),
        };
        for person in people {
            match owners.insert(&person.key, (&participant.name, participant.id)) {
                Some((first, owner)) if owner != participant.id => {
                    built.twice.push((person.name.clone(), first.to_owned(), participant.name.clone()));
                }
                _ => {}
            }
            let taken = ground.taken.get(&person.key);
            let free = |slot: &SlotTime| {
                !person.away.contains(&slot.starts)
                    && taken.is_none_or(|taken| !cells(slot.starts, slot.ends).any(|cell| taken.contains(&cell)))
            };
            of.people.push(problem.people.len());
            seats.insert(person.id, problem.people.len());
            built.people.push((person.id, person.name.clone()));
            problem.people.push(Person {
                available: which(&times, free),
                rest: which(&times, |slot| person.rest.contains(&slot.starts)),
                longest_run: setup.longest_run,
            });
        }
        numbers.insert(participant.id, problem.participants.len());
        built.participants.push((participant.id, participant.name.clone()));
        problem.participants.push(of);
    }

    let locked: BTreeMap<RequestId, &Placed> =
        kept.iter().filter(|meeting| meeting.locked).map(|meeting| (meeting.request, meeting)).collect();
    for request in &agreed {
        let (Some(&from), Some(&to)) = (numbers.get(&request.from), numbers.get(&request.to)) else { continue };
        let wished =
            |slot: &SlotTime| request.sessions.is_empty() || request.sessions.contains(&(slot.day, slot.session));
        let mut meeting = Meeting {
            sides: [from, to].map(|participant| Side { participant, person: None }),
            wish: if request.by_team { Wanted::Must } else { Wanted::Weight(weight(request)) },
            slots: which(&times, wished),
            locked: None,
            after: Vec::new(),
        };
        if let Some(kept) = locked.get(&request.id) {
            match built.held(&problem, &seats, kept, [from, to]) {
                Some(held) => {
                    meeting.locked = Some(Locked { slot: held.slot, place: Some(held.place) });
                    meeting.slots = meeting.slots.with(held.slot);
                    for (side, person) in meeting.sides.iter_mut().zip(held.people) {
                        side.person = Some(person);
                    }
                }
                None => built.lost.push(**kept),
            }
        }
        built.meetings.push(request.id);
        problem.meetings.push(meeting);
    }
    let places: BTreeMap<RequestId, usize> = built.meetings.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    for (earlier, later) in &ground.orders {
        if let (Some(earlier), Some(later)) = (places.get(earlier), places.get(later)) {
            problem.meetings[*later].after.push(*earlier);
        }
    }
    let agreed: BTreeSet<RequestId> = built.meetings.iter().copied().collect();
    built.lost.extend(locked.values().filter(|kept| !agreed.contains(&kept.request)).map(|kept| **kept));
    built.problem = problem;
    ground.today.tell(&mut built, &ground.participants);
    built
}

impl Built {
    /// A problem whose numbers mean nothing yet.
    pub(super) fn of(problem: Problem) -> Self {
        Built {
            problem,
            slots: Vec::new(),
            participants: Vec::new(),
            people: Vec::new(),
            places: Vec::new(),
            meetings: Vec::new(),
            lost: Vec::new(),
            carried: Vec::new(),
            twice: Vec::new(),
        }
    }

    /// The slot that begins and ends so.
    #[must_use]
    pub fn slot(&self, starts: Timestamp) -> Option<usize> {
        self.slots.iter().position(|slot| slot.starts == starts)
    }

    /// The number of a table.
    #[must_use]
    pub fn place(&self, room: usize, table: u32) -> Option<usize> {
        // Tables are numbered room by room, so that they stand in order.
        self.places.binary_search(&(room, table)).ok()
    }

    /// The number of a meeting.
    #[must_use]
    pub fn meeting(&self, request: RequestId) -> Option<usize> {
        self.meetings.iter().position(|id| *id == request)
    }

    fn held(
        &self,
        problem: &Problem,
        seats: &BTreeMap<AttendeeId, usize>,
        kept: &Placed,
        sides: [usize; 2],
    ) -> Option<Held> {
        let mut people = [0; 2];
        for (at, participant) in sides.into_iter().enumerate() {
            people[at] = seats
                .get(&kept.people[at])
                .copied()
                .filter(|person| problem.participants[participant].people.contains(person))?;
        }
        let slot = self.slot(kept.starts).filter(|slot| self.slots[*slot].ends == kept.ends)?;
        Some(Held { slot, people, place: self.place(kept.room, kept.table)? })
    }

    /// A version as the engine reads it, and what of it has no place in the event any more.
    #[must_use]
    pub fn schedule(&self, meetings: &[Placed]) -> (Schedule, Vec<Placed>) {
        let seats: BTreeMap<AttendeeId, usize> =
            self.people.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
        let numbers: BTreeMap<RequestId, usize> = self.meetings.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let mut schedule = Schedule { held: vec![None; self.meetings.len()] };
        let mut lost = Vec::new();
        for kept in meetings {
            let found = numbers.get(&kept.request).copied().and_then(|at| {
                let sides = self.problem.meetings[at].sides.map(|side| side.participant);
                Some((at, self.held(&self.problem, &seats, kept, sides)?))
            });
            match found {
                Some((at, held)) => schedule.held[at] = Some(held),
                None => lost.push(*kept),
            }
        }
        (schedule, lost)
    }

    /// A timetable of the engine as a version keeps it; what `kept` locks stays locked.
    #[must_use]
    pub fn placed(&self, schedule: &Schedule, kept: &[Placed]) -> Vec<Placed> {
        let locked: BTreeSet<RequestId> =
            kept.iter().filter(|meeting| meeting.locked).map(|meeting| meeting.request).collect();
        let held = schedule.held.iter().zip(&self.meetings).filter_map(|(held, request)| {
            let held = held.as_ref()?;
            Some(Placed { locked: locked.contains(request), ..self.one(*request, held)? })
        });
        let mut found: Vec<Placed> = held.chain(self.carried.iter().copied()).collect();
        found.sort_by_key(|meeting| (meeting.starts, meeting.room, meeting.table));
        found
    }

    /// One meeting as a version keeps it.
    #[must_use]
    pub fn one(&self, request: RequestId, held: &Held) -> Option<Placed> {
        let slot = self.slots.get(held.slot)?;
        let (room, table) = *self.places.get(held.place)?;
        let [one, other] = held.people;
        let people = [self.people.get(one)?.0, self.people.get(other)?.0];
        Some(Placed { request, starts: slot.starts, ends: slot.ends, room, table, people, locked: false })
    }

    /// The names of both sides of a meeting.
    #[must_use]
    pub fn names(&self, meeting: usize) -> [&str; 2] {
        let side = |side: &Side| self.participants.get(side.participant).map_or("", |(_, name)| name.as_str());
        self.problem
            .meetings
            .get(meeting)
            .map_or(["", ""], |meeting| [side(&meeting.sides[0]), side(&meeting.sides[1])])
    }

    /// Slots in which a meeting could be held if nothing else were: both sides are free, and the wish allows it.
    #[must_use]
    pub fn common(&self, meeting: usize) -> SlotSet {
        let Some(asked) = self.problem.meetings.get(meeting) else { return SlotSet::NONE };
        let free = |side: usize| {
            let people = self.problem.people_of(meeting, side).iter();
            people.fold(SlotSet::NONE, |free, person| free.or(self.problem.people[*person].available))
        };
        asked.slots.and(free(0)).and(free(1))
    }
}

#[cfg(test)]
mod tests;
