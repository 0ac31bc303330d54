//! Numbers that look random and repeat with the seed.

/// A 64-bit xorshift-multiply generator («An experimental exploration of Marsaglia's xorshift generators,
/// scrambled», *ACM Transactions on Mathematical Software* 42, 2016): plenty for a search, one multiplication each.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        // spread neighbouring seeds, and keep off the one state that never moves
        let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed ^= mixed >> 31;
        Random(mixed | 1)
    }

    pub(super) fn word(&mut self) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32) as u32
    }

    /// Below `most`, which must not be 0.
    pub(super) fn below(&mut self, most: usize) -> usize {
        ((u64::from(self.word()) * most as u64) >> 32) as usize
    }
}
