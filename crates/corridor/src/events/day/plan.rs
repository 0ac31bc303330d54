//! The published timetable after what goes otherwise: as little of it changed as can be.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};
use timetable::{Limits, Score, SlotSet, Wish as Wanted};

use super::model::{Because, because};
use crate::events::{
    RequestId,
    timetables::{Change, Ground, Placed, build, changes},
};

/// A timetable that reckons with the day, beside the published one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Its meetings, those that have begun among them.
    pub meetings: Vec<Placed>,
    /// What changes, in the order of time.
    pub changes: Vec<Change>,
    /// Why each changes.
    pub because: BTreeMap<RequestId, Because>,
    /// Meetings that are agreed.
    pub asked: usize,
    /// What it costs.
    pub score: Score,
}

impl Plan {
    /// What tells one plan from another.
    #[must_use]
    pub fn mark(&self) -> String {
        let text = serde_json::to_vec(&self.meetings).unwrap_or_default();
        Sha256::digest(&text).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Plans anew. What has begun stays; what is locked stays as long as its people are there; nobody who is away has a meeting,
/// and no table that is lost. Fairness is not asked: the breaks that an absence leaves are nobody's, and are no reason
/// to move others. With `fill`, meetings that are agreed and were not held take what is free.
///
/// None where no timetable keeps the rules, which is only where they were changed since it was published.
#[must_use]
pub fn plan(ground: &Ground, published: &[Placed], fill: bool, limits: &Limits<'_>) -> Option<Plan> {
    let now = ground.today.now?;
    let mut built = build(ground, published);
    built.problem.rules.fairness = None;
    let was: BTreeSet<RequestId> = published.iter().map(|meeting| meeting.request).collect();
    for (asked, request) in built.problem.meetings.iter_mut().zip(&built.meetings) {
        if !fill && !was.contains(request) {
            (asked.slots, asked.locked, asked.wish) = (SlotSet::NONE, None, Wanted::Weight(0));
        }
    }
    let (before, _) = built.schedule(published);
    let replanned = timetable::replan(&built.problem, &before, limits).or_else(|| {
        // Rules that were made stricter since may be broken by what has begun already.
        built.problem.people.iter_mut().for_each(|person| person.longest_run = None);
        built.problem.travel.clear();
        built.problem.meetings.iter_mut().for_each(|meeting| meeting.after.clear());
        timetable::replan(&built.problem, &before, limits)
    })?;
    let mut meetings = built.placed(&replanned.schedule, published);
    meetings.retain(|meeting| meeting.starts > now);
    meetings.extend(&ground.today.begun);
    meetings.sort_by_key(|meeting| (meeting.starts, meeting.room, meeting.table));
    let changes = changes(published, &meetings);
    let because = changes.iter().map(|change| (change.shown().request, because(ground, &built, change))).collect();
    Some(Plan { meetings, changes, because, asked: built.meetings.len(), score: replanned.score })
}
