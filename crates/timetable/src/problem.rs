//! What a timetable is made for: slots, people, tables, and the meetings that are asked for.

use serde::{Deserialize, Serialize};

use crate::slots::{MOST_SLOTS, SlotSet};

/// Everything a timetable must keep to. Things refer to each other by their place in these lists,
/// counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// In the order of time; no two at the same time.
    pub slots: Vec<Slot>,
    /// Who cannot be in two places at once.
    pub people: Vec<Person>,
    /// Who asks for meetings: one person, or a delegation of several.
    pub participants: Vec<Participant>,
    /// Tables and booths.
    pub places: Vec<Place>,
    /// Meetings asked for and agreed; what somebody refused («no thanks») is not here.
    pub meetings: Vec<Meeting>,
    /// Minutes it takes from one room to another: `travel[from][to]`; rooms beyond the list are next
    /// to each other.
    #[serde(default)]
    pub travel: Vec<Vec<u32>>,
    /// What holds for everybody.
    #[serde(default)]
    pub rules: Rules,
}

/// A time at which meetings can be held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Day of the event: a gap over a night is no break.
    pub day: u32,
    /// Session of the day (a morning, an afternoon): meetings may wish for one.
    pub session: u32,
    /// Minute at which it begins, from any zero common to all slots.
    pub starts: u32,
    /// Minute at which it ends.
    pub ends: u32,
}

/// Somebody who sits in meetings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Slots in which this person can meet.
    pub available: SlotSet,
    /// Slots that this person would rather keep free. A meeting in one counts as a break would; idle
    /// time that lies wholly in such slots is no break.
    #[serde(default)]
    pub rest: SlotSet,
    /// Most meetings in a row without a free slot on one day; none: any number.
    #[serde(default)]
    pub longest_run: Option<u32>,
}

/// A participant of the event, as others ask to meet it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Its people; several make a delegation.
    pub people: Vec<usize>,
    /// Meetings it should have at least: served before anything else, as far as possible.
    #[serde(default)]
    pub minimum: u32,
    /// Meetings it may have at most; none: any number.
    #[serde(default)]
    pub maximum: Option<u32>,
    /// Its own booth: all its meetings are held there, and only its own. Of two participants with
    /// booths the first side of the meeting is the host.
    #[serde(default)]
    pub booth: Option<usize>,
}

/// A table or booth: one meeting a slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The room it stands in.
    #[serde(default)]
    pub room: usize,
    /// Slots in which it can be used.
    pub available: SlotSet,
}

/// One meeting between two participants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Who meets.
    pub sides: [Side; 2],
    /// How much it is wanted.
    #[serde(default)]
    pub wish: Wish,
    /// Slots in which it may be held (a wished session, for example); people's availability comes on top.
    pub slots: SlotSet,
    /// Where and when it stands and shall stay.
    #[serde(default)]
    pub locked: Option<Locked>,
    /// Meetings that must be held in an earlier slot. One that is left out asks for nothing.
    #[serde(default)]
    pub after: Vec<usize>,
}

impl Problem {
    /// The booth at which a meeting has to be held: the first side's, if it has one, else the other's.
    #[must_use]
    pub fn booth_of(&self, meeting: usize) -> Option<usize> {
        let sides = self.meetings.get(meeting)?.sides;
        sides.iter().find_map(|side| self.participants.get(side.participant)?.booth)
    }

    /// Who may sit on one side (0 or 1) of a meeting.
    #[must_use]
    pub fn people_of(&self, meeting: usize, side: usize) -> &[usize] {
        let Some(side) = self.meetings.get(meeting).and_then(|meeting| meeting.sides.get(side)) else { return &[] };
        match &side.person {
            Some(person) => std::slice::from_ref(person),
            None => self.participants.get(side.participant).map_or(&[], |participant| &participant.people),
        }
    }
}

impl Meeting {
    /// A meeting that must be held between any people of two participants, in one of these slots.
    #[must_use]
    pub fn between(one: usize, other: usize, slots: SlotSet) -> Meeting {
        let side = |participant| Side { participant, person: None };
        Meeting { sides: [side(one), side(other)], wish: Wish::Must, slots, locked: None, after: Vec::new() }
    }
}

/// One side of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The participant.
    pub participant: usize,
    /// Who of its people sits there; none: any one of them.
    #[serde(default)]
    pub person: Option<usize>,
}

/// How much a meeting is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wish {
    /// It must be held.
    #[default]
    Must,
    /// It may be left out, which costs this weight.
    Weight(u32),
}

/// A meeting that stays where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    /// Its slot.
    pub slot: usize,
    /// Its place; none: any.
    #[serde(default)]
    pub place: Option<usize>,
}

/// Rules for everybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Fairness: the breaks of any two people differ by at most this; none: no such rule.
    #[serde(default)]
    pub fairness: Option<u32>,
}

/// What makes a problem meaningless before anything is searched, with the place of the mistake.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// More slots than a set of slots can hold.
    #[error("{0} slots; at most {MOST_SLOTS} are possible, so make slots longer or cut the event in two")]
    TooManySlots(usize),
    /// More of something than is taken in.
    #[error("{there} {what}; at most {most} are taken, so cut the event in parts")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many there are.
        there: usize,
        /// How many are taken.
        most: usize,
    },
    /// Slots out of order, overlapping, or ending before they begin.
    #[error("slot {0} begins before the one before it ends, or ends before it begins")]
    SlotOrder(usize),
    /// A reference to something that is not in the list.
    #[error("{what} {at} names {of} {named}, but there are only {there}")]
    Unknown {
        /// What holds the reference: a meeting, a participant.
        what: &'static str,
        /// Its place in its list.
        at: usize,
        /// What is referred to.
        of: &'static str,
        /// The number named.
        named: usize,
        /// How many there are.
        there: usize,
    },
    /// A participant without people.
    #[error("participant {0} has nobody who could sit in a meeting")]
    Nobody(usize),
    /// A meeting of a participant with itself.
    #[error("meeting {meeting} is one of participant {participant} with itself")]
    WithItself {
        /// The meeting.
        meeting: usize,
        /// The participant.
        participant: usize,
    },
    /// A side names somebody who is not of the participant.
    #[error("meeting {meeting} is to be attended by person {person}, who is not of participant {participant}")]
    Stranger {
        /// The meeting.
        meeting: usize,
        /// The person.
        person: usize,
        /// The participant.
        participant: usize,
    },
    /// A minimum above the maximum.
    #[error("participant {0} should have more meetings than it may have")]
    MinimumAboveMaximum(usize),
    /// Somebody belongs to two participants.
    #[error("person {person} belongs to participants {first} and {second}")]
    TwoParticipants {
        /// The person.
        person: usize,
        /// The first participant.
        first: usize,
        /// The second one.
        second: usize,
    },
    /// A booth that two participants own.
    #[error("booth {place} belongs to participants {first} and {second}")]
    TwoOwners {
        /// The booth.
        place: usize,
        /// The first owner.
        first: usize,
        /// The second one.
        second: usize,
    },
}
