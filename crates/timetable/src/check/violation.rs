//! The rules of a timetable, one value each, with what breaks it.

use serde::{Deserialize, Serialize};

/// A rule that a timetable breaks. Numbers are places in the lists of the problem, counted from 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "rule", rename_all = "kebab-case")]
pub enum Violation {
    /// The list of held meetings has another length than the list of meetings.
    #[error("{listed} meetings are listed, but the problem has {meetings}")]
    Length {
        /// Entries of the schedule.
        listed: usize,
        /// Meetings of the problem.
        meetings: usize,
    },
    /// A meeting that must be held is not.
    #[error("meeting {meeting} must be held and is left out")]
    LeftOut {
        /// The meeting.
        meeting: usize,
    },
    /// A meeting is held at something that does not exist.
    #[error("meeting {meeting} has {what} {named}, but there are only {there}")]
    Unknown {
        /// The meeting.
        meeting: usize,
        /// Slot, place or person.
        what: What,
        /// The number named.
        named: usize,
        /// How many there are.
        there: usize,
    },
    /// Somebody sits in a meeting who is not of that side.
    #[error("person {person} sits in meeting {meeting}, but not for participant {participant}")]
    Stranger {
        /// The meeting.
        meeting: usize,
        /// Who sits there.
        person: usize,
        /// Whose side it is.
        participant: usize,
    },
    /// A meeting is held in a slot in which it may not be.
    #[error("meeting {meeting} may not be held in slot {slot}")]
    Window {
        /// The meeting.
        meeting: usize,
        /// Its slot.
        slot: usize,
    },
    /// Somebody sits in a meeting while away.
    #[error("person {person} of meeting {meeting} is not available in slot {slot}")]
    Away {
        /// The meeting.
        meeting: usize,
        /// Who is away.
        person: usize,
        /// The slot.
        slot: usize,
    },
    /// A place is used while it cannot be.
    #[error("place {place} of meeting {meeting} cannot be used in slot {slot}")]
    Closed {
        /// The meeting.
        meeting: usize,
        /// The place.
        place: usize,
        /// The slot.
        slot: usize,
    },
    /// A meeting is held elsewhere than at the booth of its host.
    #[error("meeting {meeting} is to be held at booth {booth}, not at place {place}")]
    NotAtBooth {
        /// The meeting.
        meeting: usize,
        /// The host's booth.
        booth: usize,
        /// Where it is held.
        place: usize,
    },
    /// A meeting is held at a booth of somebody else.
    #[error("meeting {meeting} is held at booth {booth}, which belongs to participant {owner}")]
    ForeignBooth {
        /// The meeting.
        meeting: usize,
        /// The booth.
        booth: usize,
        /// Whose it is.
        owner: usize,
    },
    /// A locked meeting is in another slot.
    #[error("meeting {meeting} is locked to slot {locked}, not {slot}")]
    LockedSlot {
        /// The meeting.
        meeting: usize,
        /// Where it should be.
        locked: usize,
        /// Where it is.
        slot: usize,
    },
    /// A locked meeting is at another place, or left out.
    #[error("meeting {meeting} is locked to place {locked}, not {place}")]
    LockedPlace {
        /// The meeting.
        meeting: usize,
        /// Where it should be.
        locked: usize,
        /// Where it is.
        place: usize,
    },
    /// A locked meeting is left out.
    #[error("meeting {meeting} is locked to slot {locked} and left out")]
    LockedOut {
        /// The meeting.
        meeting: usize,
        /// Where it should be.
        locked: usize,
    },
    /// A meeting is not held after one that has to come before it.
    #[error("meeting {meeting} is to be held after meeting {earlier}")]
    Order {
        /// The meeting.
        meeting: usize,
        /// What has to come before.
        earlier: usize,
    },
    /// Somebody is in two meetings at once.
    #[error("person {person} has meetings {first} and {second} in slot {slot}")]
    PersonTwice {
        /// Who.
        person: usize,
        /// When.
        slot: usize,
        /// One meeting.
        first: usize,
        /// The other.
        second: usize,
    },
    /// A place holds two meetings at once.
    #[error("place {place} has meetings {first} and {second} in slot {slot}")]
    PlaceTwice {
        /// Where.
        place: usize,
        /// When.
        slot: usize,
        /// One meeting.
        first: usize,
        /// The other.
        second: usize,
    },
    /// Somebody has more meetings in a row than can be borne.
    #[error("person {person} has {length} meetings in a row from slot {from} on, {most} at most")]
    LongRun {
        /// Who.
        person: usize,
        /// First slot of the run.
        from: usize,
        /// How many in a row.
        length: u32,
        /// How many may be.
        most: u32,
    },
    /// Somebody cannot be in time at the next meeting.
    #[error("person {person} has {there} minutes between meetings {first} and {second}, the way takes {needed}")]
    Travel {
        /// Who.
        person: usize,
        /// The meeting before.
        first: usize,
        /// The meeting after.
        second: usize,
        /// Minutes the way takes.
        needed: u32,
        /// Minutes there are.
        there: u32,
    },
    /// A participant has more meetings than it may.
    #[error("participant {participant} has {held} meetings, {most} at most")]
    TooMany {
        /// The participant.
        participant: usize,
        /// Meetings held.
        held: u64,
        /// Meetings it may have.
        most: u32,
    },
    /// Breaks are shared out unevenly.
    #[error("person {most} has {breaks} breaks, person {least} has {fewest}, difference above {limit}")]
    Unfair {
        /// Who has the most breaks.
        most: usize,
        /// How many.
        breaks: u64,
        /// Who has the fewest.
        least: usize,
        /// How many.
        fewest: u64,
        /// The greatest difference allowed.
        limit: u32,
    },
}

/// What a meeting refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A slot.
    Slot,
    /// A place.
    Place,
    /// A person.
    Person,
}

impl std::fmt::Display for What {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            What::Slot => "slot",
            What::Place => "place",
            What::Person => "person",
        })
    }
}
