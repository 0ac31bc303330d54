//! Versions of a timetable, and what is decided about them without asking a database.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use timetable::Score;
use uuid::Uuid;

use crate::{
    events::{AttendeeId, ParticipantId, Request, RequestId},
    foundation::time::Timestamp,
};

/// A meeting that a timetable holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The request that it comes from.
    pub request: RequestId,
    /// When it begins.
    pub starts: Timestamp,
    /// When it ends.
    pub ends: Timestamp,
    /// Its room, from 0.
    pub room: usize,
    /// Its table in the room, from 1.
    pub table: u32,
    /// Who sits there: for whoever asked, and for whoever was asked.
    pub people: [AttendeeId; 2],
    /// Whether it stays where it is, whatever is searched.
    #[serde(default)]
    pub locked: bool,
}

impl Placed {
    /// Whether two are held at the same time and table by the same people.
    #[must_use]
    pub fn same_as(&self, other: &Placed) -> bool {
        Placed { locked: false, ..*self } == Placed { locked: false, ..*other }
    }
}

/// What a version is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionState {
    /// Only the team sees it.
    Draft,
    /// The one that participants see.
    Published,
    /// It was published, and another one was since.
    Past,
}

impl VersionState {
    /// Its word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            VersionState::Draft => "draft",
            VersionState::Published => "published",
            VersionState::Past => "past",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        [VersionState::Draft, VersionState::Published, VersionState::Past].into_iter().find(|state| state.key() == key)
    }
}

/// Why a version was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A search made it, and came to its end.
    Searched,
    /// A search made it that was stopped, or left.
    Stopped,
    /// Somebody put a meeting there, or moved it.
    Moved(RequestId),
    /// Somebody took a meeting out.
    TakenOut(RequestId),
    /// Somebody locked a meeting.
    Locked(RequestId),
    /// Somebody unlocked a meeting.
    Unlocked(RequestId),
    /// The day went otherwise than published.
    Replanned,
}

impl Reason {
    /// Its word, as pages name it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Reason::Searched => "searched",
            Reason::Stopped => "stopped",
            Reason::Moved(_) => "moved",
            Reason::TakenOut(_) => "taken-out",
            Reason::Locked(_) => "locked",
            Reason::Unlocked(_) => "unlocked",
            Reason::Replanned => "replanned",
        }
    }

    /// The meeting that it is about.
    #[must_use]
    pub fn request(self) -> Option<RequestId> {
        match self {
            Reason::Searched | Reason::Stopped | Reason::Replanned => None,
            Reason::Moved(id) | Reason::TakenOut(id) | Reason::Locked(id) | Reason::Unlocked(id) => Some(id),
        }
    }

    /// As it is stored.
    #[must_use]
    pub fn text(self) -> String {
        self.request().map_or_else(|| self.key().to_owned(), |id| format!("{} {id}", self.key()))
    }

    /// From what is stored.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let (key, about) = text.split_once(' ').unwrap_or((text, ""));
        let id = || about.parse().ok();
        match key {
            "searched" => Some(Reason::Searched),
            "stopped" => Some(Reason::Stopped),
            "moved" => id().map(Reason::Moved),
            "taken-out" => id().map(Reason::TakenOut),
            "locked" => id().map(Reason::Locked),
            "unlocked" => id().map(Reason::Unlocked),
            "replanned" => Some(Reason::Replanned),
            _ => None,
        }
    }
}

/// What a version is worth, as it was counted when it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// Meetings that were asked for and agreed.
    pub asked: usize,
    /// What it costs.
    pub score: Score,
    /// No timetable that keeps every rule costs less; none where nothing was proved.
    pub bound: Option<Score>,
    /// How long the search took, in thousandths of a second; 0 where it was made by hand.
    #[serde(default)]
    pub took_ms: u64,
}

impl Findings {
    /// Whether it is proved that no timetable has fewer meetings missing, less weight left out or fewer breaks.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        let levels = |score: Score| (score.shortfall, score.lost, score.breaks);
        self.bound.is_some_and(|bound| levels(self.score) <= levels(bound))
    }
}

/// A version of the timetable of an event.
#[derive(Clone, Debug)]
pub struct Version {
    /// Counts up from 1.
    pub number: i64,
    /// What it is.
    pub state: VersionState,
    /// Why it was made.
    pub reason: Option<Reason>,
    /// The meetings that it holds.
    pub meetings: Vec<Placed>,
    /// What it is worth.
    pub findings: Findings,
    /// Whose act made it.
    pub made_by: Option<Uuid>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was published.
    pub published_at: Option<Timestamp>,
}

/// What became of a meeting from one version to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is held now.
    New(Placed),
    /// It is held at another time or table, or by other people.
    Moved(Placed, Placed),
    /// It is not held any more.
    Gone(Placed),
}

impl Change {
    /// Its word, as pages name it.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Change::New(_) => "new",
            Change::Moved(..) => "moved",
            Change::Gone(_) => "gone",
        }
    }

    /// Whether somebody sits in the meeting, or sat in it before.
    #[must_use]
    pub fn is_of(&self, person: AttendeeId) -> bool {
        let before = if let Change::Moved(before, _) = self { Some(before) } else { None };
        before.into_iter().chain([self.shown()]).any(|meeting| meeting.people.contains(&person))
    }

    /// The meeting as it is now; as it was, where it is gone.
    #[must_use]
    pub fn shown(&self) -> &Placed {
        match self {
            Change::New(meeting) | Change::Moved(_, meeting) | Change::Gone(meeting) => meeting,
        }
    }
}

/// What changed from one version to another, in the order of time.
#[must_use]
pub fn changes(before: &[Placed], after: &[Placed]) -> Vec<Change> {
    let old: BTreeMap<RequestId, &Placed> = before.iter().map(|meeting| (meeting.request, meeting)).collect();
    let new: BTreeSet<RequestId> = after.iter().map(|meeting| meeting.request).collect();
    let now = after.iter().filter_map(|meeting| match old.get(&meeting.request) {
        None => Some(Change::New(*meeting)),
        Some(was) if was.same_as(meeting) => None,
        Some(was) => Some(Change::Moved(**was, *meeting)),
    });
    let gone = before.iter().filter(|meeting| !new.contains(&meeting.request)).map(|meeting| Change::Gone(*meeting));
    let mut found: Vec<Change> = now.chain(gone).collect();
    found.sort_by_key(|change| (change.shown().starts, change.shown().request));
    found
}

/// Changes by the participants that they touch: each meeting stands with both.
#[must_use]
pub fn by_participant(changes: &[Change], requests: &[Request]) -> BTreeMap<ParticipantId, Vec<Change>> {
    let sides: BTreeMap<RequestId, [ParticipantId; 2]> =
        requests.iter().map(|request| (request.id, [request.from, request.to])).collect();
    let mut found: BTreeMap<ParticipantId, Vec<Change>> = BTreeMap::new();
    for change in changes {
        for participant in sides.get(&change.shown().request).into_iter().flatten() {
            found.entry(*participant).or_default().push(*change);
        }
    }
    found
}

/// A meeting as the calendars of its people hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// As it is held, or as it was held last.
    pub meeting: Placed,
    /// How many published versions changed it, after the one that it began with.
    pub sequence: i64,
    /// Whether it is still held.
    pub held: bool,
    /// When the version was published that changed it last.
    pub changed: Timestamp,
}

/// The meetings of everything that was ever published, the oldest version first, each as it stands with the last. With
/// `person`, those that this one sits in or sat in: a meeting that a colleague took over is gone for them.
#[must_use]
pub fn entries(published: &[(Timestamp, Vec<Placed>)], person: Option<AttendeeId>) -> Vec<Entry> {
    let mut known: BTreeMap<RequestId, Entry> = BTreeMap::new();
    let sits = |meeting: &Placed| person.is_none_or(|person| meeting.people.contains(&person));
    for (at, meetings) in published {
        let mut there = BTreeSet::new();
        for meeting in meetings.iter().filter(|meeting| sits(meeting)) {
            there.insert(meeting.request);
            let fresh = Entry { meeting: *meeting, sequence: 0, held: true, changed: *at };
            let entry = known.entry(meeting.request).or_insert(fresh);
            if !entry.held || !entry.meeting.same_as(meeting) {
                *entry = Entry { sequence: entry.sequence + 1, ..fresh };
            }
        }
        for (request, entry) in &mut known {
            if entry.held && !there.contains(request) {
                *entry = Entry { held: false, sequence: entry.sequence + 1, changed: *at, ..*entry };
            }
        }
    }
    let mut found: Vec<Entry> = known.into_values().collect();
    found.sort_by_key(|entry| (entry.meeting.starts, entry.meeting.request));
    found
}

/// The slots of a day in which somebody waits between two meetings: `busy` and the answer are places in `days`, the days
/// of all slots.
#[must_use]
pub fn waits(days: &[usize], busy: &BTreeSet<usize>) -> BTreeSet<usize> {
    let taken: Vec<usize> = busy.iter().copied().collect();
    let pairs = taken.windows(2).filter(|pair| days.get(pair[0]) == days.get(pair[1]));
    pairs.flat_map(|pair| pair[0] + 1..pair[1]).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A meeting of request `request` in slot `slot` of twenty minutes, between the two first people.
    pub(in crate::events) fn placed(request: u128, slot: i64) -> Placed {
        let at = |slot: i64| Timestamp(1_800_000_000_000_000 + slot * 20 * 60_000_000);
        let id = |number: u128| AttendeeId(Uuid::from_u128(number));
        Placed {
            request: RequestId(Uuid::from_u128(request)),
            starts: at(slot),
            ends: at(slot + 1),
            room: 0,
            table: 1,
            people: [id(1), id(2)],
            locked: false,
        }
    }

    #[test]
    fn two_versions_differ_by_what_is_new_moved_and_gone() {
        let before = [placed(1, 0), placed(2, 1), placed(3, 2)];
        let locked = Placed { locked: true, ..placed(1, 0) };
        let after = [locked, placed(3, 4), placed(4, 3)];
        let found = changes(&before, &after);
        let told: Vec<(&str, u128)> = found.iter().map(|one| (one.key(), one.shown().request.0.as_u128())).collect();
        assert_eq!(told, [("gone", 2), ("new", 4), ("moved", 3)], "a lock alone is no change");
        assert!(changes(&after, &after).is_empty());
        let elsewhere = Placed { table: 2, ..placed(1, 0) };
        assert_eq!(changes(&before[..1], &[elsewhere]), [Change::Moved(before[0], elsewhere)]);
    }

    #[test]
    fn calendars_count_each_published_change_and_keep_what_is_gone() {
        let colleague = Placed { people: [AttendeeId(Uuid::from_u128(9)), placed(1, 0).people[1]], ..placed(1, 3) };
        let published = vec![
            (Timestamp(1), vec![placed(1, 0), placed(2, 1)]),
            (Timestamp(2), vec![placed(1, 3), placed(2, 1)]),
            (Timestamp(3), vec![colleague]),
            (Timestamp(4), vec![colleague, placed(2, 1)]),
        ];
        let told = |person: Option<u128>| -> Vec<(u128, i64, bool, i64)> {
            let found = entries(&published, person.map(|person| AttendeeId(Uuid::from_u128(person))));
            let line = |one: &Entry| (one.meeting.request.0.as_u128(), one.sequence, one.held, one.changed.0);
            found.iter().map(line).collect()
        };
        assert_eq!(told(None), [(2, 2, true, 4), (1, 2, true, 3)], "gone and back is two changes");
        assert_eq!(told(Some(1)), [(2, 2, true, 4), (1, 2, false, 3)], "a colleague took it over");
        assert_eq!(told(Some(9)), [(1, 0, true, 3)]);
        assert_eq!(told(Some(7)), []);
    }

    #[test]
    fn who_waits_between_two_meetings_of_a_day_waits_not_overnight() {
        let days = [0, 0, 0, 0, 1, 1, 1];
        let waiting = |busy: &[usize]| waits(&days, &busy.iter().copied().collect()).into_iter().collect::<Vec<_>>();
        assert_eq!(waiting(&[0, 3]), [1, 2]);
        assert_eq!(waiting(&[1, 3, 4, 6]), [2, 5]);
        assert_eq!(waiting(&[3, 5]), Vec::<usize>::new(), "a night is no break");
        assert_eq!(waiting(&[]), Vec::<usize>::new());
    }

    #[test]
    fn a_reason_is_read_as_it_was_written() {
        let id = placed(7, 0).request;
        let all = [
            Reason::Searched,
            Reason::Stopped,
            Reason::Moved(id),
            Reason::TakenOut(id),
            Reason::Locked(id),
            Reason::Unlocked(id),
            Reason::Replanned,
        ];
        for reason in all {
            assert_eq!(Reason::of(&reason.text()), Some(reason));
        }
        assert_eq!((Reason::of("moved"), Reason::of("")), (None, None));
    }

    #[test]
    fn what_is_proved_does_not_hang_on_changes_of_table() {
        let findings = |breaks, bound| Findings {
            score: Score { breaks, changes: 4, ..Score::default() },
            bound,
            ..Findings::default()
        };
        assert!(findings(3, Some(Score { breaks: 3, ..Score::default() })).is_proved());
        assert!(!findings(3, Some(Score { breaks: 2, ..Score::default() })).is_proved());
        assert!(!findings(0, None).is_proved());
    }
}
