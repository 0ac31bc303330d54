//! What happens on the day of an event, and what is decided about it without asking a database.

use std::collections::BTreeSet;

use timetable::{SlotSet, Wish as Wanted};
use uuid::Uuid;

use crate::{
    directory::model::plain,
    events::{
        Attendee, AttendeeId, Participant, ParticipantId, Request, RequestId, SlotTime, Standing,
        timetables::{Built, Change, Ground, Placed},
    },
    foundation::time::Timestamp,
};

id! {
    /// Something that goes otherwise than published.
    IncidentId
}

/// What goes otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Somebody is not there: one of the people of a participant, or all of them.
    Away {
        /// Whose people.
        participant: ParticipantId,
        /// Which of them; none: all.
        person: Option<AttendeeId>,
    },
    /// A table cannot be used.
    Table {
        /// Its room, from 0.
        room: usize,
        /// Its number in the room, from 1.
        table: u32,
    },
    /// A meeting is called off by both.
    CalledOff {
        /// Which.
        request: RequestId,
    },
}

impl What {
    /// Its word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            What::Away { .. } => "away",
            What::Table { .. } => "table",
            What::CalledOff { .. } => "called_off",
        }
    }
}

/// Something that goes otherwise than published, for as long as it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// What.
    pub what: What,
    /// It holds for slots that begin from here on.
    pub from: Timestamp,
    /// And before this; none: to the end of the event.
    pub until: Option<Timestamp>,
    /// Why, in a few words; may be empty.
    pub why: String,
    /// Who noted it.
    pub noted_by: Option<Uuid>,
    /// When it was noted.
    pub noted_at: Timestamp,
    /// The published version that reckons with it first; none: none does yet.
    pub version: Option<i64>,
    /// When it was taken back, or ended; none: it holds.
    pub ended_at: Option<Timestamp>,
}

impl Incident {
    /// Whether it holds for a slot that begins then.
    #[must_use]
    pub fn covers(&self, starts: Timestamp) -> bool {
        self.from <= starts && self.until.is_none_or(|until| starts < until)
    }

    /// Whether a meeting as it is published cannot be held for it.
    #[must_use]
    pub fn touches(&self, meeting: &Placed, request: Option<&Request>) -> bool {
        self.covers(meeting.starts)
            && match self.what {
                What::Away { person: Some(person), .. } => meeting.people.contains(&person),
                What::Away { participant, person: None } => {
                    request.is_some_and(|request| [request.from, request.to].contains(&participant))
                }
                What::Table { room, table } => (meeting.room, meeting.table) == (room, table),
                What::CalledOff { request } => meeting.request == request,
            }
    }
}

/// What a timetable has to reckon with once one is published: what has begun, and what goes otherwise.
#[derive(Clone, Debug, Default)]
pub struct Today {
    /// Now, where a timetable is published and the event is not over; none: nothing is to be reckoned with.
    pub now: Option<Timestamp>,
    /// Published meetings that have begun.
    pub begun: Vec<Placed>,
    /// What holds.
    pub incidents: Vec<Incident>,
}

impl Today {
    /// What the published meetings and what was noted come to at a moment.
    #[must_use]
    pub fn at(now: Timestamp, published: &[Placed], incidents: Vec<Incident>, slots: &[SlotTime]) -> Self {
        if !slots.iter().any(|slot| slot.starts > now) {
            return Today::default();
        }
        Today {
            now: Some(now),
            begun: published.iter().filter(|meeting| meeting.starts <= now).copied().collect(),
            incidents: incidents.into_iter().filter(|incident| incident.ended_at.is_none()).collect(),
        }
    }

    /// Whether a meeting is called off.
    #[must_use]
    pub fn is_called_off(&self, request: RequestId) -> bool {
        self.incidents.iter().any(|incident| incident.what == What::CalledOff { request })
    }

    /// Tells the problem of it: who is away and which tables are lost from when on, and what has begun and stays.
    pub(in crate::events) fn tell(&self, built: &mut Built, participants: &[(Participant, Vec<Attendee>)]) {
        let Some(now) = self.now else { return };
        for incident in &self.incidents {
            let span: SlotSet = covered(built, |slot| incident.covers(slot.starts));
            match incident.what {
                What::Away { participant, person } => {
                    let people = participants.iter().filter(|(one, _)| one.id == participant);
                    let away: BTreeSet<AttendeeId> = people
                        .flat_map(|(_, people)| people.iter().map(|one| one.id))
                        .filter(|one| person.is_none_or(|person| person == *one))
                        .collect();
                    for at in (0..built.people.len()).filter(|at| away.contains(&built.people[*at].0)) {
                        built.problem.cancel_slots(at, span);
                    }
                }
                What::Table { room, table } => {
                    if let Some(place) = built.place(room, table) {
                        built.problem.cancel_place_in(place, span);
                    }
                }
                What::CalledOff { .. } => {}
            }
        }
        free_locks(built);
        let begun = covered(built, |slot| slot.starts <= now);
        let (schedule, carried) = built.schedule(&self.begun);
        built.problem.keep_begun(&schedule, begun);
        built.lost.retain(|meeting| meeting.starts > now);
        built.carried = carried;
        // What the team set and nobody can come to any more is left out; it stands in no one's way.
        for at in 0..built.meetings.len() {
            let asked = &built.problem.meetings[at];
            if asked.wish == Wanted::Must && asked.locked.is_none() && built.common(at).is_empty() {
                built.problem.meetings[at].wish = Wanted::Weight(0);
            }
        }
    }
}

fn covered(built: &Built, asks: impl Fn(&SlotTime) -> bool) -> SlotSet {
    built.slots.iter().enumerate().filter(|(_, slot)| asks(slot)).map(|(at, _)| at).collect()
}

/// Who is away gives its seat in a locked meeting to a colleague; where there is none, the lock holds no more.
fn free_locks(built: &mut Built) {
    for at in 0..built.problem.meetings.len() {
        let Some(locked) = built.problem.meetings[at].locked else { continue };
        let there = |person: &usize| built.problem.people[*person].available.has(locked.slot);
        let sides = built.problem.meetings[at].sides;
        let mut stays = true;
        let mut seats = sides.map(|side| side.person);
        for (side, seat) in sides.iter().zip(&mut seats) {
            if seat.as_ref().is_some_and(|person| !there(person)) {
                *seat = None;
                stays &= built.problem.participants[side.participant].people.iter().any(there);
            }
        }
        let meeting = &mut built.problem.meetings[at];
        for (side, seat) in meeting.sides.iter_mut().zip(seats) {
            side.person = if stays { seat } else { None };
        }
        if !stays {
            meeting.locked = None;
        }
    }
}

/// Why a meeting is not held as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Because {
    /// Both called it off.
    CalledOff,
    /// It is not agreed any more, or somebody of it does not take part any more.
    NotAgreed,
    /// Somebody is not there at that time: who.
    Away(String),
    /// The table, or the slot, is not there at that time.
    Table,
    /// It makes room for another meeting.
    MakesRoom,
    /// There was no room for it before.
    Fits,
}

impl Because {
    /// Its word, as pages name it.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Because::CalledOff => "called-off",
            Because::NotAgreed => "not-agreed",
            Because::Away(_) => "away",
            Because::Table => "table",
            Because::MakesRoom => "makes-room",
            Because::Fits => "fits",
        }
    }
}

/// Why a change is made.
#[must_use]
pub fn because(ground: &Ground, built: &Built, change: &Change) -> Because {
    let (Change::Moved(was, _) | Change::Gone(was)) = change else { return Because::Fits };
    if ground.today.is_called_off(was.request) {
        return Because::CalledOff;
    }
    let Some(at) = built.meeting(was.request) else { return Because::NotAgreed };
    let slot = built.slot(was.starts);
    for (side, person) in built.problem.meetings[at].sides.iter().zip(was.people) {
        let there = |person: &usize| slot.is_some_and(|slot| built.problem.people[*person].available.has(slot));
        let people = &built.problem.participants[side.participant].people;
        let seat = people.iter().find(|seat| built.people[**seat].0 == person);
        if slot.is_some() && !seat.is_some_and(there) {
            let whole = people.len() < 2 || !people.iter().any(there);
            let name = seat.filter(|_| !whole).map(|seat| built.people[*seat].1.clone());
            let name = name.filter(|name| !name.is_empty());
            return Because::Away(name.unwrap_or_else(|| built.participants[side.participant].1.clone()));
        }
    }
    let place = built
        .place(was.room, was.table)
        .filter(|place| slot.is_some_and(|slot| built.problem.places[*place].available.has(slot)));
    if place.is_none() { Because::Table } else { Because::MakesRoom }
}

/// Changes of one day: of what is held then now, or was.
#[must_use]
pub fn of_day(changes: Vec<Change>, is_of_it: impl Fn(Timestamp) -> bool) -> Vec<Change> {
    let touches = |change: &Change| match change {
        Change::Moved(before, after) => is_of_it(before.starts) || is_of_it(after.starts),
        other => is_of_it(other.shown().starts),
    };
    changes.into_iter().filter(touches).collect()
}

/// Who is shown in the list of those who come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Everybody.
    #[default]
    All,
    /// Who is not there yet.
    Expected,
    /// Who is there.
    Here,
}

impl Shown {
    /// All of them.
    pub const ALL: [Shown; 3] = [Shown::All, Shown::Expected, Shown::Here];

    /// Its word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Shown::All => "",
            Shown::Expected => "expected",
            Shown::Here => "here",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn of(key: &str) -> Self {
        Shown::ALL.into_iter().find(|one| one.key() == key).unwrap_or_default()
    }

    fn shows(self, person: &Attendee) -> bool {
        match self {
            Shown::All => true,
            Shown::Expected => person.checked_in_at.is_none(),
            Shown::Here => person.checked_in_at.is_some(),
        }
    }
}

/// How many are there, of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    /// People who came in.
    pub here: usize,
    /// People who are to come.
    pub people: usize,
    /// Participants of whom somebody came in.
    pub participants_here: usize,
    /// Participants that are to come.
    pub participants: usize,
}

/// Counts who is there.
#[must_use]
pub fn presence(all: &[(Participant, Vec<Attendee>)]) -> Presence {
    let mut count = Presence::default();
    for (_, people) in all.iter().filter(|(one, _)| one.standing == Standing::Confirmed) {
        let here = people.iter().filter(|person| person.checked_in_at.is_some()).count();
        count.here += here;
        count.people += people.len();
        count.participants += 1;
        count.participants_here += usize::from(here > 0);
    }
    count
}

/// The participants that are looked for, with those of their people who are: a name, a delegation, a person, whatever the
/// accents. Who is found by the name of the participant is found whole.
#[must_use]
pub fn found(all: Vec<(Participant, Vec<Attendee>)>, words: &str, shown: Shown) -> Vec<(Participant, Vec<Attendee>)> {
    let words = plain(words);
    let names = |text: &str| words.split(' ').all(|word| plain(text).contains(word));
    let mut kept = Vec::new();
    for (participant, people) in all.into_iter().filter(|(one, _)| one.standing == Standing::Confirmed) {
        let whole = names(&participant.name) || names(&participant.delegation);
        let none = people.is_empty();
        let named = |person: &Attendee| whole || names(&format!("{} {}", person.name, participant.name));
        let people: Vec<Attendee> = people.into_iter().filter(|person| named(person) && shown.shows(person)).collect();
        if !people.is_empty() || (none && whole && shown != Shown::Here) {
            kept.push((participant, people));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::timetables::placed;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn incident(what: What, from: i64, until: Option<i64>) -> Incident {
        Incident {
            id: IncidentId(id(1)),
            what,
            from: placed(1, from).starts,
            until: until.map(|until| placed(1, until).starts),
            why: String::new(),
            noted_by: None,
            noted_at: Timestamp(0),
            version: None,
            ended_at: None,
        }
    }

    fn person(number: u128, name: &str, here: bool) -> Attendee {
        Attendee {
            id: AttendeeId(id(number)),
            participant: ParticipantId(id(1)),
            name: name.to_owned(),
            email: String::new(),
            job: String::new(),
            language: Default::default(),
            key: number.to_string(),
            away: Vec::new(),
            rest: Vec::new(),
            checked_in_at: here.then_some(Timestamp(5)),
        }
    }

    fn participant(number: u128, name: &str, delegation: &str, standing: Standing) -> Participant {
        Participant {
            id: ParticipantId(id(number)),
            event: crate::events::EventId(id(9)),
            organisation: None,
            name: name.to_owned(),
            country: String::new(),
            kind: String::new(),
            delegation: delegation.to_owned(),
            standing,
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

    #[test]
    fn what_an_incident_touches_hangs_on_who_where_and_when() {
        // The meeting is in slot 3, at table 1 of the first room, between the people 1 and 2.
        let meeting = placed(7, 3);
        let participant = ParticipantId(id(1));
        let one = |number| What::Away { participant, person: Some(AttendeeId(id(number))) };
        let table = |table| What::Table { room: 0, table };
        let off = |request| What::CalledOff { request: RequestId(id(request)) };
        let cases = [
            (incident(one(1), 0, None), true),
            (incident(one(2), 3, Some(4)), true),
            (incident(one(2), 4, None), false),
            (incident(one(2), 0, Some(3)), false),
            (incident(one(5), 0, None), false),
            (incident(table(1), 3, None), true),
            (incident(table(2), 3, None), false),
            (incident(What::Table { room: 1, table: 1 }, 3, None), false),
            (incident(off(7), 0, None), true),
            (incident(off(8), 0, None), false),
            (incident(What::Away { participant, person: None }, 0, None), false),
        ];
        for (incident, touches) in cases {
            assert_eq!(incident.touches(&meeting, None), touches, "{incident:?}");
        }
    }

    #[test]
    fn a_day_begins_with_what_is_published_and_ends_with_the_last_slot() {
        let slot = |at: i64| SlotTime { starts: placed(1, at).starts, ends: placed(1, at).ends, day: 0, session: 0 };
        let published = [placed(1, 0), placed(2, 1), placed(3, 2)];
        let ended = Incident { ended_at: Some(Timestamp(3)), ..incident(What::Table { room: 0, table: 1 }, 0, None) };
        let holds = Incident { ended_at: None, ..ended.clone() };
        let at =
            |slots: &[SlotTime]| Today::at(placed(1, 1).starts, &published, vec![ended.clone(), holds.clone()], slots);
        let today = at(&[slot(0), slot(1), slot(2)]);
        assert_eq!((today.begun.len(), today.incidents), (2, vec![holds.clone()]));
        let over = at(&[slot(0), slot(1)]);
        assert_eq!((over.now, over.begun.len(), over.incidents.len()), (None, 0, 0));
    }

    #[test]
    fn changes_of_a_day_are_those_that_leave_it_or_come_to_it() {
        let (early, late) = (placed(1, 0), placed(1, 9));
        let is_early = |at: Timestamp| at < placed(1, 5).starts;
        let changes =
            vec![Change::Moved(early, late), Change::Moved(late, early), Change::Gone(late), Change::New(early)];
        let kept: Vec<&str> = of_day(changes, is_early).iter().map(Change::key).collect();
        assert_eq!(kept, ["moved", "moved", "new"]);
    }

    #[test]
    fn people_are_found_by_name_organisation_and_delegation_whatever_the_accents() {
        let all = || {
            vec![
                (
                    participant(1, "Générique SA", "Lyonbiopôle", Standing::Confirmed),
                    vec![person(1, "Zoé Martin", true), person(2, "Bob Stone", false)],
                ),
                (participant(2, "Clinic", "", Standing::Confirmed), Vec::new()),
                (participant(3, "Gone", "", Standing::Withdrawn), vec![person(3, "Cyd", true)]),
            ]
        };
        let told = |words: &str, shown: Shown| -> Vec<String> {
            let found = found(all(), words, shown);
            let line = |(one, people): &(Participant, Vec<Attendee>)| format!("{} {}", one.name, people.len());
            found.iter().map(line).collect()
        };
        assert_eq!(told("", Shown::All), ["Générique SA 2", "Clinic 0"]);
        assert_eq!(told("generique", Shown::All), ["Générique SA 2"]);
        assert_eq!(told("zoe martin", Shown::All), ["Générique SA 1"]);
        assert_eq!(told("lyonbiopole", Shown::Expected), ["Générique SA 1"]);
        assert_eq!(told("", Shown::Here), ["Générique SA 1"]);
        assert_eq!(told("", Shown::Expected), ["Générique SA 1", "Clinic 0"]);
        assert_eq!(told("cyd", Shown::All), Vec::<String>::new());
        let count = presence(&all());
        let expected = Presence { here: 1, people: 2, participants_here: 1, participants: 2 };
        assert_eq!(count, expected);
        assert_eq!(presence(&[]), Presence::default());
    }

    #[test]
    fn what_is_shown_is_read_back_from_its_word() {
        for one in Shown::ALL {
            assert_eq!(Shown::of(one.key()), one);
        }
        assert_eq!(Shown::of("nobody"), Shown::All);
    }
}
