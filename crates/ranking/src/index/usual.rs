//! How near chance comes to every statement: `infectious diseases` is near to many texts, a rare method to few.

use serde::{Deserialize, Serialize};

/// Texts that stand for chance.
pub(crate) const SAMPLE: usize = 256;
/// Kept of each statement: the nearness of the nearest, second, fourth, eighth ... of them.
const LEVELS: usize = 9;
/// A sample of so many texts is believed half: a handful says nothing of chance.
const PATIENCE: f32 = 16.0;

/// The nearest of a sample of past texts, for every statement.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Usual {
    levels: Vec<[f32; LEVELS]>,
    sample: u32,
}

impl Usual {
    /// `near[i]` holds how near the i-th text of the sample is to every statement.
    pub fn build(statements: usize, near: &[Vec<f32>]) -> Self {
        let mut column = Vec::with_capacity(near.len());
        let levels = (0..statements)
            .map(|statement| {
                column.clear();
                column.extend(near.iter().filter_map(|row| row.get(statement).copied()));
                column.sort_unstable_by(|a: &f32, b| b.total_cmp(a));
                std::array::from_fn(|level| column.get((1 << level) - 1).copied().unwrap_or(0.0))
            })
            .collect();
        Self { levels, sample: near.len() as u32 }
    }

    pub fn is_sound(&self, statements: usize) -> bool {
        self.levels.len() == statements
    }

    /// How surprising it is that a text comes so near to a statement, from all but 0 (any would) to 1 (none of the sample
    /// does): the logarithm of the share of chance texts that come as near. It is never 0: no statement becomes invisible.
    pub fn surprise(&self, statement: usize, near: f32) -> f32 {
        let sample = self.sample as f32;
        1.0 - (1.0 - self.beside_chance(statement, near)) * sample / (sample + PATIENCE)
    }

    fn beside_chance(&self, statement: usize, near: f32) -> f32 {
        let all = (1.0 + self.sample as f32).log2();
        let levels = &self.levels[statement];
        let Some(reached) = levels.iter().position(|level| near > *level) else { return 0.0 };
        if reached == 0 || all <= 0.0 {
            return 1.0;
        }
        // Between two levels the logarithm runs straight.
        let (upper, lower) = (levels[reached - 1], levels[reached]);
        let between = (upper - near) / (upper - lower).max(f32::MIN_POSITIVE);
        let beaten_by = reached as f32 - 1.0 + between.clamp(0.0, 1.0);
        (1.0 - (1.0 + beaten_by) / all).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{SAMPLE, Usual};

    #[test]
    fn what_chance_reaches_often_surprises_little() {
        // The first statement is near to every second text, the other to one in 256.
        let near: Vec<Vec<f32>> =
            (0..SAMPLE).map(|i| vec![if i % 2 == 0 { 0.5 } else { 0.1 }, if i == 0 { 0.5 } else { 0.0 }]).collect();
        let usual = Usual::build(2, &near);
        let (vague, precise) = (usual.surprise(0, 0.5), usual.surprise(1, 0.5));
        assert!(vague < 0.2 && precise > 0.8, "{vague} {precise}");
        assert_eq!(usual.surprise(0, 0.9), 1.0);
        assert!(usual.surprise(0, 0.0) > 0.0 && usual.surprise(0, 0.0) < 0.1);
        assert!(usual.surprise(0, 0.3) <= vague);
    }
}
