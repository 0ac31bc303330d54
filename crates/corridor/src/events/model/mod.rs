//! What events are made of, and what is decided about them without asking a database.

mod setup;
mod slots;
mod template;

pub use setup::{EventDay, EventKind, MOST_COUNT, ParticipationKind, Room, Session, Setup, Walk, Wrong};
pub use slots::{CELL_MINUTES, SlotTime, cells, slots};
pub use template::Template;

use serde::{Deserialize, Serialize};

use crate::{
    accounts::{ClusterId, visibility::Audience},
    directory::OrganisationId,
    foundation::{
        languages::Language,
        time::{Day, Timestamp},
    },
};

id! {
    /// An event.
    EventId
}
id! {
    /// Who takes part in an event.
    ParticipantId
}
id! {
    /// One of the people of a participant.
    AttendeeId
}
id! {
    /// A cluster that is asked to come with a delegation.
    DelegationId
}
id! {
    /// A request of two participants to meet.
    RequestId
}

/// Declares words that are kept in the database and in addresses.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$of])* #[serde(rename = $key)] $variant),+ }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// Its word.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $($name::$variant => $key),+ }
            }

            /// That of a word.
            #[must_use]
            pub fn of(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.key() == key)
            }
        }
    };
}

words! {
    /// What an event is at; that it is over follows from its days.
    EventState {
        /// Only its team sees it.
        Preparing = "preparing",
        /// Who it is for can come and ask for meetings.
        Open = "open",
        /// It does not take place.
        Cancelled = "cancelled",
    }
}

words! {
    /// What a participant is at.
    Standing {
        /// Asked to come, without an answer.
        Invited = "invited",
        /// Came by itself and waits for the team.
        Registered = "registered",
        /// Takes part.
        Confirmed = "confirmed",
        /// Does not come.
        Declined = "declined",
        /// Came no more after it had confirmed, or the team took it out.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// How much somebody wants a meeting that they asked for or accepted.
    Wish {
        /// Among the few that matter most.
        Must = "must",
        /// Gladly.
        Meet = "meet",
    }
}

words! {
    /// What a request is at.
    RequestState {
        /// Without an answer.
        Waiting = "waiting",
        /// Whoever was asked would, at another time, and waits for whoever asked.
        Countered = "countered",
        /// To be held.
        Accepted = "accepted",
        /// «No thanks».
        Declined = "declined",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

/// An event of a cluster.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// Whose it is.
    pub cluster: ClusterId,
    /// What that cluster is called.
    pub cluster_name: String,
    /// Counts its saves.
    pub revision: i64,
    /// What it is at.
    pub state: EventState,
    /// To whom it is open, beside those it invites.
    pub audience: Audience,
    /// Days, rooms and rules.
    pub setup: Setup,
    /// Whether a date poll is open: its days are not fixed yet.
    pub polled: bool,
    /// When it was saved last.
    pub updated_at: Timestamp,
}

impl Event {
    /// Whether its last day has passed. An event whose day is not fixed yet is still to come, wherever it stands meanwhile.
    #[must_use]
    pub fn is_over(&self, today: Day) -> bool {
        !self.polled && self.setup.last_day().is_some_and(|day| day < today)
    }

    /// Whether somebody can register today.
    #[must_use]
    pub fn registers(&self, today: Day) -> bool {
        self.state == EventState::Open
            && !self.is_over(today)
            && self.setup.registration_until.is_none_or(|until| today <= until)
    }

    /// Whether requests can be made and answered today.
    #[must_use]
    pub fn takes_requests(&self, today: Day) -> bool {
        self.state == EventState::Open
            && self.setup.kind.has_meetings()
            && !self.is_over(today)
            && self.setup.requests_from.is_none_or(|from| from <= today)
            && self.setup.requests_until.is_none_or(|until| today <= until)
    }
}

/// Who takes part in an event: an organisation, with what it offers and seeks there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Its id.
    pub id: ParticipantId,
    /// The event.
    pub event: EventId,
    /// Its record in the directory, where it has one.
    pub organisation: Option<OrganisationId>,
    /// What it is called.
    pub name: String,
    /// Its country, two letters; empty where it is not known.
    pub country: String,
    /// The key of its kind of participation.
    pub kind: String,
    /// The cluster or network with which it comes; empty for none.
    pub delegation: String,
    /// What it is at.
    pub standing: Standing,
    /// What it offers.
    pub offers: String,
    /// What it seeks.
    pub seeks: String,
    /// Meetings it should have at least, where that is not the figure of its kind.
    pub minimum: Option<u32>,
    /// Meetings it may have at most, where that is not the figure of its kind.
    pub maximum: Option<u32>,
    /// Its own booth, `room/table` counted from 1; empty for none.
    pub booth: String,
    /// Counts its saves.
    pub revision: i64,
    /// When it was invited or registered.
    pub asked_at: Timestamp,
    /// When it answered, or was answered.
    pub answered_at: Option<Timestamp>,
}

/// One of the people of a participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// Its id.
    pub id: AttendeeId,
    /// Whose it is.
    pub participant: ParticipantId,
    /// The name.
    pub name: String,
    /// The address; empty for none.
    pub email: String,
    /// The function.
    pub job: String,
    /// The language of letters.
    pub language: Language,
    /// What tells this person from others in all events.
    pub key: String,
    /// Beginnings of slots in which this person cannot meet. Everybody begins fully available.
    pub away: Vec<Timestamp>,
    /// Beginnings of slots that this person would rather keep free.
    pub rest: Vec<Timestamp>,
    /// When this person came in.
    pub checked_in_at: Option<Timestamp>,
}

/// A request of two participants to meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// Who asked.
    pub from: ParticipantId,
    /// Who was asked.
    pub to: ParticipantId,
    /// What it is at.
    pub state: RequestState,
    /// How much whoever asked wants it.
    pub wish: Wish,
    /// How much whoever was asked wants it.
    pub answer_wish: Wish,
    /// What whoever asked wrote.
    pub message: String,
    /// What whoever was asked wrote.
    pub answer: String,
    /// The sessions agreed on or proposed, by day and session from 0; none: any.
    pub sessions: Vec<(usize, usize)>,
    /// Whether the team of the event set it.
    pub by_team: bool,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
}

impl Request {
    /// The other participant.
    #[must_use]
    pub fn other(&self, than: ParticipantId) -> ParticipantId {
        if self.from == than { self.to } else { self.from }
    }
}

/// What tells one person from others in all events: a digest of the address, so that the bookings of all clusters hold
/// none; who has no address is told apart within its event only.
#[must_use]
pub fn attendee_key(email: &str, id: AttendeeId) -> String {
    if email.trim().is_empty() { id.to_string() } else { address_key(email) }
}

/// The digest of an address, whatever its spelling.
#[must_use]
pub fn address_key(email: &str) -> String {
    use sha2::{Digest, Sha256};
    let email = email.trim().to_lowercase();
    let digest = Sha256::digest(format!("corridor attendee {email}").as_bytes());
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// The table that a booth names: its room from 0, its number from 1; none where it is none of an event at all.
#[must_use]
pub fn booth(text: &str) -> Option<(usize, u32)> {
    let (room, table) = text.split_once('/')?;
    let number = |text: &str| text.trim().parse::<u32>().ok().filter(|number| *number > 0);
    Some((number(room)? as usize - 1, number(table)?))
}

/// Whether two kinds of participation meet: both kinds must say so.
#[must_use]
pub fn may_meet(setup: &Setup, one: &str, other: &str) -> bool {
    let meets = |of: &str, with: &str| {
        setup.kinds.iter().find(|kind| kind.key == of).is_some_and(|kind| kind.meets.iter().any(|key| key == with))
    };
    meets(one, other) && meets(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_one_person_whatever_its_spelling() {
        let (first, second) = (AttendeeId::new(), AttendeeId::new());
        assert_eq!(attendee_key(" Ada@Lab.example", first), attendee_key("ada@lab.example", second));
        assert_ne!(attendee_key("ada@lab.example", first), attendee_key("bob@lab.example", first));
        assert_ne!(attendee_key("", first), attendee_key(" ", second), "who has no address is nobody else");
        assert!(!attendee_key("ada@lab.example", first).contains("ada"));
    }

    #[test]
    fn a_booth_is_a_room_and_a_table_however_they_are_typed() {
        for text in ["1/3", "01/3", " 1 / 03 "] {
            assert_eq!(booth(text), Some((0, 3)), "{text}");
        }
        for text in ["", "3", "0/3", "1/0", "1/", "-1/2", "1/2/3", "x/1"] {
            assert_eq!(booth(text), None, "{text}");
        }
    }

    #[test]
    fn kinds_meet_when_both_say_so() {
        let kind = |key: &str, meets: &[&str]| ParticipationKind {
            key: key.to_owned(),
            name: key.to_owned(),
            meets: meets.iter().map(|key| (*key).to_owned()).collect(),
            ..ParticipationKind::default()
        };
        let kinds = vec![kind("buyer", &["seller"]), kind("seller", &["buyer", "lab"]), kind("lab", &["lab"])];
        let setup = Setup { kinds, ..Setup::default() };
        assert!(may_meet(&setup, "buyer", "seller") && may_meet(&setup, "seller", "buyer"));
        assert!(may_meet(&setup, "lab", "lab"));
        for (one, other) in [("seller", "lab"), ("buyer", "buyer"), ("nobody", "lab")] {
            assert!(!may_meet(&setup, one, other) && !may_meet(&setup, other, one), "{one} {other}");
        }
    }
}
