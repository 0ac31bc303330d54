//! A cluster that is asked to come with a delegation, and what it may do. Pure.

use crate::{
    accounts::ClusterId,
    events::model::{DelegationId, EventId, Standing},
    foundation::time::Timestamp,
};

/// The largest quota.
pub const MOST: u32 = 500;

/// What a delegation is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DelegationState {
    /// The cluster has not answered.
    Asked,
    /// It comes, and proposes who.
    Accepted,
    /// It does not come.
    Declined,
    /// The organiser took the question back.
    Withdrawn,
}

impl DelegationState {
    /// All of them.
    pub const ALL: [DelegationState; 4] =
        [DelegationState::Asked, DelegationState::Accepted, DelegationState::Declined, DelegationState::Withdrawn];

    /// Its word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            DelegationState::Asked => "asked",
            DelegationState::Accepted => "accepted",
            DelegationState::Declined => "declined",
            DelegationState::Withdrawn => "withdrawn",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        DelegationState::ALL.into_iter().find(|state| state.key() == key)
    }

    /// What an answer of the asked cluster makes of it; it may change its mind, and answers nothing that was taken back.
    #[must_use]
    pub fn answered(self, comes: bool) -> Option<Self> {
        match (self, comes) {
            (DelegationState::Withdrawn, _) => None,
            (_, true) => Some(DelegationState::Accepted),
            (_, false) => Some(DelegationState::Declined),
        }
    }
}

/// A cluster that is asked to come to an event with a delegation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// Its id.
    pub id: DelegationId,
    /// Whose event it is.
    pub cluster: ClusterId,
    /// The event.
    pub event: EventId,
    /// Who is asked.
    pub asked: ClusterId,
    /// What that cluster is called: the name of the delegation.
    pub name: String,
    /// As what its participants come.
    pub kind: String,
    /// How many participants at most.
    pub quota: u32,
    /// What the organiser wrote.
    pub message: String,
    /// What the asked cluster wrote.
    pub answer: String,
    /// What it is at.
    pub state: DelegationState,
    /// Counts its saves.
    pub revision: i64,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// When it answered.
    pub answered_at: Option<Timestamp>,
}

/// Whether a participant takes a place of its delegation: those who will not come leave theirs.
#[must_use]
pub fn takes_a_place(standing: Standing) -> bool {
    matches!(standing, Standing::Registered | Standing::Invited | Standing::Confirmed)
}

/// How many places a delegation still has.
#[must_use]
pub fn places_left(quota: u32, standings: impl Iterator<Item = Standing>) -> usize {
    let taken = standings.filter(|standing| takes_a_place(*standing)).count();
    (quota as usize).saturating_sub(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_hold_until_the_question_is_taken_back() {
        use DelegationState::{Accepted, Asked, Declined, Withdrawn};
        for (state, comes, expected) in [
            (Asked, true, Some(Accepted)),
            (Asked, false, Some(Declined)),
            (Accepted, false, Some(Declined)),
            (Declined, true, Some(Accepted)),
            (Withdrawn, true, None),
            (Withdrawn, false, None),
        ] {
            assert_eq!(state.answered(comes), expected, "{} {comes}", state.key());
        }
        for state in DelegationState::ALL {
            assert_eq!(DelegationState::of(state.key()), Some(state));
        }
    }

    #[test]
    fn who_does_not_come_leaves_its_place() {
        use Standing::{Confirmed, Declined, Invited, Registered, Withdrawn};
        for (quota, standings, left) in [
            (3, vec![], 3),
            (3, vec![Registered, Confirmed, Declined, Withdrawn], 1),
            (2, vec![Invited, Confirmed], 0),
            (1, vec![Confirmed, Confirmed], 0),
        ] {
            assert_eq!(places_left(quota, standings.into_iter()), left);
        }
    }
}
