//! What stands in the way of a timetable before it is searched.

use std::collections::BTreeMap;

use timetable::{Meeting, Wish as Wanted};

use super::Built;
use crate::{
    events::SlotTime,
    foundation::{errors::Wording, time::Timestamp},
};

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
    pub(in crate::events::timetables) fn new(
        key: &'static str,
        blocks: bool,
        names: &[(&'static str, &dyn std::fmt::Display)],
    ) -> Self {
        let names = names.iter().map(|(name, value)| (*name, value.to_string())).collect();
        Refusal { key, names, at: None, blocks }
    }

    pub(in crate::events::timetables) fn at(self, slot: Option<&SlotTime>) -> Self {
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
