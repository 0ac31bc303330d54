//! A timetable, and what it is worth.

use serde::{Deserialize, Serialize};

/// Where each meeting of a problem is held.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// In the order of the problem's meetings; none: left out.
    pub held: Vec<Option<Held>>,
}

/// A meeting that is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Its slot.
    pub slot: usize,
    /// Who sits in it, side by side as the meeting names them.
    pub people: [usize; 2],
    /// Its table or booth.
    pub place: usize,
}

/// What a timetable costs. Compared from the first figure on (the derived order): no number of breaks
/// outweighs one meeting that is missing from somebody's minimum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Score {
    /// Meetings missing from minimum targets, over all participants.
    pub shortfall: u64,
    /// Weight of the meetings left out.
    pub lost: u64,
    /// Breaks of all people, and meetings in slots they would rather keep free. A break is a maximal run
    /// of slots without a meeting between two meetings of one day, however long.
    pub breaks: u64,
    /// Moves from one table to another between consecutive meetings of a person on one day.
    pub changes: u64,
}

impl Score {
    /// All but the changes of tables, which no search proves fewest.
    #[must_use]
    pub fn but_changes(self) -> Score {
        Score { changes: 0, ..self }
    }
}
