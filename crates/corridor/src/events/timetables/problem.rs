//! An event with its people and accepted requests as the engine takes it, and what stands in the way before it begins.

use std::collections::{BTreeMap, BTreeSet};

use timetable::{Held, Locked, Meeting, Person, Place, Problem, Rules, Schedule, Side, Slot, SlotSet, Wish as Wanted};

use super::model::Placed;
use crate::{
    events::{
        Attendee, AttendeeId, Participant, ParticipantId, Request, RequestId, RequestState, Setup, SlotTime, Standing,
        Wish, cells, slots,
    },
    foundation::{errors::Wording, time::Timestamp},
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
    /// Cells that published timetables of other events keep, by the key of the attendee.
    pub taken: BTreeMap<String, BTreeSet<i64>>,
}

impl Ground {
    /// The meetings to be held: accepted, between two who take part.
    pub fn agreed(&self) -> impl Iterator<Item = &Request> {
        let comes: BTreeSet<ParticipantId> = self
            .participants
            .iter()
            .filter(|(one, _)| one.standing == Standing::Confirmed)
            .map(|(one, _)| one.id)
            .collect();
        let both = move |request: &&Request| comes.contains(&request.from) && comes.contains(&request.to);
        self.requests.iter().filter(|request| request.state == RequestState::Accepted).filter(both)
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
            booth: booth(&participant.booth).and_then(|booth| built.places.iter().position(|place| *place == booth)),
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
    let agreed: BTreeSet<RequestId> = built.meetings.iter().copied().collect();
    built.lost.extend(locked.values().filter(|kept| !agreed.contains(&kept.request)).map(|kept| **kept));
    built.problem = problem;
    built
}

fn booth(text: &str) -> Option<(usize, u32)> {
    let (room, table) = text.split_once('/')?;
    Some((room.trim().parse::<usize>().ok()?.checked_sub(1)?, table.trim().parse().ok()?))
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
        self.places.iter().position(|place| *place == (room, table))
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
        let mut found: Vec<Placed> = held.collect();
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

/// What stands in the way of a timetable before it is searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// In words; a slot is named by its beginning under `time`.
    pub key: &'static str,
    /// Names that the words name.
    pub names: Vec<(&'static str, String)>,
    /// When, where it is about a slot.
    pub at: Option<Timestamp>,
    /// Whether nothing can be searched before it is mended; else meetings are left out for it.
    pub blocks: bool,
}

impl Refusal {
    pub(super) fn new(key: &'static str, blocks: bool, names: &[(&'static str, &dyn std::fmt::Display)]) -> Self {
        let names = names.iter().map(|(name, value)| (*name, value.to_string())).collect();
        Refusal { key, names, at: None, blocks }
    }

    pub(super) fn at(self, slot: Option<&SlotTime>) -> Self {
        Refusal { at: slot.map(|slot| slot.starts), ..self }
    }

    /// The sentence, with the moment as the reader's language writes it.
    #[must_use]
    pub fn wording(&self, moment: &str) -> Wording {
        let mut values: Vec<(&'static str, &dyn std::fmt::Display)> =
            self.names.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
        values.push(("time", &moment));
        Wording::new(self.key, &values)
    }
}

/// What stands in the way, each with the names it is about: first what blocks.
#[must_use]
pub fn refusals(built: &Built) -> Vec<Refusal> {
    let mut found = Vec::new();
    let problem = &built.problem;
    for (person, first, second) in &built.twice {
        let names: [(&'static str, &dyn std::fmt::Display); 3] =
            [("person", person), ("first", first), ("second", second)];
        found.push(Refusal::new("timetable-refusal-two-participants", true, &names));
    }
    if !built.lost.is_empty() {
        let count = built.lost.len();
        found.push(Refusal::new("timetable-refusal-lost", true, &[("count", &count)]));
    }
    let must = |meeting: &Meeting| meeting.wish == Wanted::Must || meeting.locked.is_some();
    for (at, (_, name)) in built.participants.iter().enumerate() {
        let participant = &problem.participants[at];
        let of = || problem.meetings.iter().filter(|meeting| meeting.sides.iter().any(|side| side.participant == at));
        if participant.people.is_empty() {
            found.push(Refusal::new("timetable-refusal-nobody", true, &[("participant", name)]));
        } else if participant.people.iter().all(|person| problem.people[*person].available.is_empty()) {
            let (blocks, count) = (of().any(must), of().count());
            let names: [(&'static str, &dyn std::fmt::Display); 2] = [("participant", name), ("count", &count)];
            found.push(Refusal::new("timetable-refusal-no-time", blocks, &names));
        }
    }
    let nameable = |at: usize| {
        let sides = problem.meetings[at].sides;
        sides.iter().all(|side| {
            let people = &problem.participants[side.participant].people;
            people.iter().any(|person| !problem.people[*person].available.is_empty())
        })
    };
    for (at, meeting) in problem.meetings.iter().enumerate() {
        let [one, other] = built.names(at);
        let both: [(&'static str, &dyn std::fmt::Display); 2] = [("one", &one), ("other", &other)];
        if let Some(locked) = meeting.locked {
            let slot = built.slots.get(locked.slot);
            let away = meeting
                .sides
                .iter()
                .filter_map(|side| side.person)
                .any(|person| !problem.people[person].available.has(locked.slot));
            if away {
                found.push(Refusal::new("timetable-refusal-locked-away", true, &both).at(slot));
            }
            if locked.place.is_some_and(|place| !problem.places[place].available.has(locked.slot)) {
                found.push(Refusal::new("timetable-refusal-locked-closed", true, &both).at(slot));
            }
        } else if built.common(at).is_empty() && nameable(at) {
            found.push(Refusal::new("timetable-refusal-no-common", meeting.wish == Wanted::Must, &both));
        }
    }
    for (at, slot) in built.slots.iter().enumerate() {
        let locked: Vec<usize> = (0..problem.meetings.len())
            .filter(|meeting| problem.meetings[*meeting].locked.is_some_and(|locked| locked.slot == at))
            .collect();
        let tables = problem.places.iter().filter(|place| place.available.has(at)).count();
        if locked.len() > tables {
            let names: [(&'static str, &dyn std::fmt::Display); 2] = [("count", &locked.len()), ("tables", &tables)];
            found.push(Refusal::new("timetable-refusal-locked-tables", true, &names).at(Some(slot)));
        }
        let mut people: BTreeMap<usize, usize> = BTreeMap::new();
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        for meeting in &locked {
            let asked = &problem.meetings[*meeting];
            for person in asked.sides.iter().filter_map(|side| side.person) {
                if people.insert(person, *meeting).is_some() {
                    let name = &built.people[person].1;
                    found.push(
                        Refusal::new("timetable-refusal-locked-person", true, &[("person", name)]).at(Some(slot)),
                    );
                }
            }
            if let Some(place) = asked.locked.and_then(|locked| locked.place)
                && places.insert(place, *meeting).is_some()
            {
                let table = built.places[place].1;
                found.push(Refusal::new("timetable-refusal-locked-place", true, &[("table", &table)]).at(Some(slot)));
            }
        }
    }
    found.sort_by_key(|refusal| !refusal.blocks);
    found
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        events::{EventDay, EventId, ParticipationKind, Room, Session, Walk},
        foundation::languages::Language,
    };

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn participant(number: u128, name: &str) -> Participant {
        Participant {
            id: ParticipantId(id(number)),
            event: EventId(id(99)),
            organisation: None,
            name: name.to_owned(),
            country: String::new(),
            kind: "participant".to_owned(),
            delegation: String::new(),
            standing: Standing::Confirmed,
            offers: String::new(),
            seeks: String::new(),
            minimum: None,
            maximum: None,
            booth: String::new(),
            revision: 1,
            asked_at: Timestamp(0),
            answered_at: None,
        }
    }

    fn person(number: u128, of: u128, key: &str) -> Attendee {
        Attendee {
            id: AttendeeId(id(number)),
            participant: ParticipantId(id(of)),
            name: format!("Person {number}"),
            email: String::new(),
            job: String::new(),
            language: Language::En,
            key: key.to_owned(),
            away: Vec::new(),
            rest: Vec::new(),
            checked_in_at: None,
        }
    }

    fn request(number: u128, from: u128, to: u128) -> Request {
        Request {
            id: RequestId(id(number)),
            from: ParticipantId(id(from)),
            to: ParticipantId(id(to)),
            state: RequestState::Accepted,
            wish: Wish::Meet,
            answer_wish: Wish::Meet,
            message: String::new(),
            answer: String::new(),
            sessions: Vec::new(),
            by_team: false,
            asked_at: Timestamp(0),
            answered_at: None,
        }
    }

    /// A morning of three slots in one room of two tables; Lab (two people), Firm and Clinic, of which all want to meet Lab.
    fn ground() -> Ground {
        let session = Session { name: "Morning".into(), from: "09:00".into(), until: "10:00".into() };
        let setup = Setup {
            name: "Meetings".into(),
            zone: "UTC".into(),
            minutes: 20,
            days: vec![EventDay { on: "2027-03-10".into(), place: String::new(), sessions: vec![session] }],
            rooms: vec![Room { name: "Main".into(), tables: 2, days: Vec::new() }],
            kinds: vec![ParticipationKind { key: "participant".into(), minimum: 2, ..ParticipationKind::default() }],
            fairness: Some(2),
            ..Setup::default()
        };
        let participants = vec![
            (participant(1, "Lab"), vec![person(11, 1, "ada"), person(12, 1, "bob")]),
            (participant(2, "Firm"), vec![person(21, 2, "cyd")]),
            (participant(3, "Clinic"), vec![person(31, 3, "dan")]),
        ];
        Ground {
            setup,
            participants,
            requests: vec![request(101, 1, 2), request(102, 3, 1), request(103, 2, 3)],
            taken: BTreeMap::new(),
        }
    }

    fn locked(built: &Built, meeting: usize, slot: usize, place: usize) -> Placed {
        let people = [0, 1].map(|side| built.problem.people_of(meeting, side)[0]);
        let held = Held { slot, people, place };
        Placed { locked: true, ..built.one(built.meetings[meeting], &held).unwrap() }
    }

    #[test]
    fn an_event_becomes_a_problem_that_the_engine_takes() {
        let mut ground = ground();
        ground.requests.push(Request { state: RequestState::Declined, ..request(104, 1, 2) });
        ground.requests[0].wish = Wish::Must;
        ground.requests[1] = Request { wish: Wish::Must, answer_wish: Wish::Must, ..ground.requests[1].clone() };
        ground.requests[2].by_team = true;
        ground.setup.rooms.push(Room { name: "Other".into(), tables: 1, days: vec![3] });
        ground.setup.walks.push(Walk { from: 0, to: 1, minutes: 7 });
        let built = build(&ground, &[]);
        assert_eq!(built.problem.faults(), []);
        assert_eq!((built.slots.len(), built.people.len(), built.places.len()), (3, 4, 3));
        assert_eq!(built.problem.slots[2], Slot { day: 0, session: 0, starts: 40, ends: 60 });
        assert!(built.problem.places[2].available.is_empty(), "the other room is there on another day");
        assert_eq!(built.problem.travel, [[0, 7], [7, 0]]);
        let wishes: Vec<Wanted> = built.problem.meetings.iter().map(|meeting| meeting.wish).collect();
        assert_eq!(wishes, [Wanted::Weight(3), Wanted::Weight(8), Wanted::Must]);
        let minimums: Vec<u32> = built.problem.participants.iter().map(|one| one.minimum).collect();
        assert_eq!(minimums, [2, 2, 2], "each has two meetings");
        assert_eq!(refusals(&built), []);
    }

    #[test]
    fn sessions_absence_rest_and_bookings_elsewhere_take_slots_away() {
        let mut ground = ground();
        let times = slots(&ground.setup);
        ground.participants[1].1[0].away = vec![times[0].starts];
        ground.participants[1].1[0].rest = vec![times[2].starts];
        ground.taken.insert("dan".into(), cells(times[1].starts, times[1].ends).take(1).collect());
        ground.requests[0].sessions = vec![(0, 1)];
        let built = build(&ground, &[]);
        let people = &built.problem.people;
        assert_eq!(people[2].available.iter().collect::<Vec<_>>(), [1, 2]);
        assert_eq!(people[2].rest.iter().collect::<Vec<_>>(), [2]);
        assert_eq!(people[3].available.iter().collect::<Vec<_>>(), [0, 2], "five minutes elsewhere are enough");
        assert_eq!(built.common(2).iter().collect::<Vec<_>>(), [2]);
        let told: Vec<(&str, bool)> = refusals(&built).iter().map(|one| (one.key, one.blocks)).collect();
        assert_eq!(told, [("timetable-refusal-no-common", false)], "there is no second session");
    }

    #[test]
    fn own_figures_go_before_those_of_the_kind() {
        let mut ground = ground();
        ground.participants[0].0 =
            Participant { minimum: Some(1), maximum: Some(1), booth: "1/2".into(), ..ground.participants[0].0.clone() };
        ground.participants[1].0.standing = Standing::Withdrawn;
        let built = build(&ground, &[]);
        let lab = &built.problem.participants[0];
        assert_eq!((lab.minimum, lab.maximum, lab.booth), (1, Some(1), Some(1)));
        assert_eq!(built.meetings.len(), 1, "who withdrew meets nobody");
        assert_eq!(built.problem.participants[1].minimum, 1, "not more than it has");
    }

    #[test]
    fn a_version_is_read_back_as_it_was_written() {
        let ground = ground();
        let built = build(&ground, &[]);
        let kept = [locked(&built, 0, 1, 0), Placed { locked: false, ..locked(&built, 2, 2, 1) }];
        let again = build(&ground, &kept);
        assert_eq!(again.problem.meetings[0].locked, Some(Locked { slot: 1, place: Some(0) }));
        assert_eq!(again.problem.meetings[0].sides[0].person, Some(0));
        assert_eq!(again.problem.meetings[2].locked, None);
        let (schedule, lost) = again.schedule(&kept);
        assert!(lost.is_empty());
        assert_eq!(again.placed(&schedule, &kept), kept);
        let gone = Placed { table: 7, ..kept[0] };
        assert_eq!(again.schedule(&[gone]).1, [gone]);
        assert_eq!(build(&ground, &[gone]).lost, [gone]);
    }

    #[test]
    fn what_stands_in_the_way_is_named_before_the_search() {
        let whole = ground();
        let built = build(&whole, &[]);
        let told = |change: &dyn Fn(&mut Ground), kept: &[Placed]| -> Vec<(String, bool)> {
            let mut ground = whole.clone();
            change(&mut ground);
            let told = |one: &Refusal| {
                let names: Vec<&str> = one.names.iter().map(|(_, name)| name.as_str()).collect();
                (format!("{} {}", one.key.trim_start_matches("timetable-refusal-"), names.join("|")), one.blocks)
            };
            refusals(&build(&ground, kept)).iter().map(told).collect()
        };
        let all: Vec<Timestamp> = built.slots.iter().map(|slot| slot.starts).collect();
        let away = |ground: &mut Ground| ground.participants[1].1[0].away = all.clone();
        assert_eq!(told(&away, &[]), [("no-time Firm|2".to_owned(), false)]);
        let set = |ground: &mut Ground| {
            away(ground);
            ground.requests[0].by_team = true;
        };
        assert_eq!(told(&set, &[]), [("no-time Firm|2".to_owned(), true)]);
        assert_eq!(told(&|ground| ground.participants[2].1.clear(), &[]), [("nobody Clinic".to_owned(), true)]);
        let twin = |ground: &mut Ground| ground.participants[2].1[0].key = "cyd".into();
        assert_eq!(told(&twin, &[]), [("two-participants Person 31|Firm|Clinic".to_owned(), true)]);
        let kept = [locked(&built, 0, 1, 0), locked(&built, 1, 1, 1)];
        assert_eq!(told(&|_| (), &kept), [("locked-person Person 11".to_owned(), true)]);
        let one_table = |ground: &mut Ground| ground.setup.rooms[0].tables = 1;
        let same = [locked(&built, 0, 1, 0), locked(&built, 2, 1, 0)];
        assert_eq!(
            told(&one_table, &same),
            [
                ("locked-tables 2|1".to_owned(), true),
                ("locked-person Person 21".to_owned(), true),
                ("locked-place 1".to_owned(), true),
            ]
        );
        let late = |ground: &mut Ground| ground.participants[1].1[0].away = vec![all[1]];
        assert_eq!(told(&late, &kept[..1]), [("locked-away Lab|Firm".to_owned(), true)]);
        let tomorrow = |ground: &mut Ground| ground.setup.rooms[0].days = vec![4];
        assert!(told(&tomorrow, &kept[..1]).contains(&("locked-closed Lab|Firm".to_owned(), true)));
        assert_eq!(told(&one_table, &kept[1..]), [("lost 1".to_owned(), true)]);
    }

    #[test]
    fn the_engine_finds_a_timetable_of_it() {
        let ground = ground();
        let built = build(&ground, &[]);
        let steps = std::cell::Cell::new(0);
        let answer = timetable::solve(&built.problem, &timetable::Limits::none().with_steps(200_000), &mut |_| {
            steps.set(steps.get() + 1);
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
        let found = built.placed(answer.schedule.as_ref().unwrap(), &[]);
        assert_eq!(found.len(), 3, "{answer:?}");
        let (schedule, lost) = built.schedule(&found);
        assert!(lost.is_empty());
        assert_eq!(timetable::violations(&built.problem, &schedule), []);
    }
}
