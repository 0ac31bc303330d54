//! Sets of slots, small enough to be copied.

use serde::{Deserialize, Serialize};

/// How many slots an event may have: four days of two sessions with 16 slots each.
pub const MOST_SLOTS: usize = 128;

/// A set of slots, by their place in [`crate::Problem::slots`]; in files a list of numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<usize>", into = "Vec<usize>")]
pub struct SlotSet(u128);

impl SlotSet {
    /// No slot.
    pub const NONE: SlotSet = SlotSet(0);

    /// The first `count` slots (all, above [`MOST_SLOTS`]).
    pub fn first(count: usize) -> SlotSet {
        if count >= MOST_SLOTS { SlotSet(u128::MAX) } else { SlotSet((1 << count) - 1) }
    }

    /// One slot; none when it lies beyond [`MOST_SLOTS`].
    pub fn one(slot: usize) -> SlotSet {
        if slot >= MOST_SLOTS { SlotSet::NONE } else { SlotSet(1 << slot) }
    }

    /// Whether the slot is in it.
    pub fn has(self, slot: usize) -> bool {
        slot < MOST_SLOTS && self.0 >> slot & 1 == 1
    }

    /// With the slot.
    pub fn with(self, slot: usize) -> SlotSet {
        self.or(SlotSet::one(slot))
    }

    /// Without the slot.
    pub fn without(self, slot: usize) -> SlotSet {
        self.minus(SlotSet::one(slot))
    }

    /// Slots in both.
    pub fn and(self, other: SlotSet) -> SlotSet {
        SlotSet(self.0 & other.0)
    }

    /// Slots in one or the other.
    pub fn or(self, other: SlotSet) -> SlotSet {
        SlotSet(self.0 | other.0)
    }

    /// Slots of this set that are not in the other.
    pub fn minus(self, other: SlotSet) -> SlotSet {
        SlotSet(self.0 & !other.0)
    }

    /// How many.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The earliest slot.
    pub fn earliest(self) -> Option<usize> {
        (self.0 != 0).then(|| self.0.trailing_zeros() as usize)
    }

    /// The latest slot.
    pub fn latest(self) -> Option<usize> {
        (self.0 != 0).then(|| MOST_SLOTS - 1 - self.0.leading_zeros() as usize)
    }

    /// Bit by bit, the first slot lowest.
    pub(crate) fn bits(self) -> u128 {
        self.0
    }

    /// From early to late.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            if left == 0 {
                return None;
            }
            let slot = left.trailing_zeros() as usize;
            left &= left - 1;
            Some(slot)
        })
    }
}

impl FromIterator<usize> for SlotSet {
    fn from_iter<I: IntoIterator<Item = usize>>(slots: I) -> SlotSet {
        slots.into_iter().fold(SlotSet::NONE, SlotSet::with)
    }
}

impl From<Vec<usize>> for SlotSet {
    fn from(slots: Vec<usize>) -> SlotSet {
        slots.into_iter().collect()
    }
}

impl From<SlotSet> for Vec<usize> {
    fn from(set: SlotSet) -> Vec<usize> {
        set.iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::SlotSet;

    #[test]
    fn a_set_is_walked_from_early_to_late() {
        let set: SlotSet = [5, 127, 0, 5, 128].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 5, 127]);
        assert_eq!((set.len(), set.earliest(), set.latest()), (3, Some(0), Some(127)));
        assert_eq!(set.without(5).minus(SlotSet::one(0)), SlotSet::one(127));
        assert_eq!(SlotSet::first(3).and(set), SlotSet::one(0));
        assert_eq!((SlotSet::first(128).len(), SlotSet::first(500).len()), (128, 128));
        assert!(SlotSet::NONE.is_empty() && SlotSet::NONE.latest().is_none() && !set.has(128));
    }
}
