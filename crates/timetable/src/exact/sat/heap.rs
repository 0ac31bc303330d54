//! Variables by how often they took part in conflicts of late.

/// A heap of variables with their activity, the most active on top.
#[derive(Default)]
pub struct Heap {
    order: Vec<u32>,
    /// Where each variable stands in `order`; `OUT` when it does not.
    place: Vec<u32>,
    activity: Vec<f64>,
    step: f64,
}

const OUT: u32 = u32::MAX;

/// Activities are scaled down when one grows beyond this.
const LARGEST: f64 = 1e100;

impl Heap {
    /// Adds the next variable.
    pub fn push(&mut self, activity: f64) {
        if self.step == 0.0 {
            self.step = 1.0;
        }
        let var = self.place.len() as u32;
        self.activity.push(activity);
        self.place.push(OUT);
        self.insert(var);
    }

    /// Puts a variable back in, if it is out.
    pub fn insert(&mut self, var: u32) {
        if self.place[var as usize] == OUT {
            self.place[var as usize] = self.order.len() as u32;
            self.order.push(var);
            self.up(self.order.len() - 1);
        }
    }

    /// Takes out the most active variable.
    pub fn pop(&mut self) -> Option<u32> {
        let top = *self.order.first()?;
        let last = self.order.pop()?;
        self.place[top as usize] = OUT;
        if last != top {
            self.order[0] = last;
            self.place[last as usize] = 0;
            self.down(0);
        }
        Some(top)
    }

    /// A variable took part in a conflict.
    pub fn bump(&mut self, var: u32) {
        let activity = &mut self.activity[var as usize];
        *activity += self.step;
        if *activity > LARGEST {
            for activity in &mut self.activity {
                *activity /= LARGEST;
            }
            self.step /= LARGEST;
        }
        if self.place[var as usize] != OUT {
            self.up(self.place[var as usize] as usize);
        }
    }

    /// Later conflicts weigh more than earlier ones.
    pub fn decay(&mut self, factor: f64) {
        self.step /= factor;
    }

    fn up(&mut self, mut at: usize) {
        let var = self.order[at];
        let activity = self.activity[var as usize];
        while at > 0 {
            let above = (at - 1) / 2;
            let other = self.order[above];
            if self.activity[other as usize] >= activity {
                break;
            }
            self.order[at] = other;
            self.place[other as usize] = at as u32;
            at = above;
        }
        self.order[at] = var;
        self.place[var as usize] = at as u32;
    }

    fn down(&mut self, mut at: usize) {
        let var = self.order[at];
        let activity = self.activity[var as usize];
        loop {
            let left = 2 * at + 1;
            let Some(&first) = self.order.get(left) else { break };
            let (mut below, mut best) = (left, first);
            if let Some(&second) = self.order.get(left + 1)
                && self.activity[second as usize] > self.activity[best as usize]
            {
                (below, best) = (left + 1, second);
            }
            if self.activity[best as usize] <= activity {
                break;
            }
            self.order[at] = best;
            self.place[best as usize] = at as u32;
            at = below;
        }
        self.order[at] = var;
        self.place[var as usize] = at as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::Heap;

    #[test]
    fn the_most_active_comes_first() {
        let mut heap = Heap::default();
        for _ in 0..6 {
            heap.push(0.0);
        }
        for (var, times) in [(3, 5), (1, 4), (5, 3), (0, 2), (2, 1)] {
            for _ in 0..times {
                heap.bump(var);
            }
        }
        assert_eq!(heap.pop(), Some(3));
        heap.insert(3);
        heap.insert(3);
        assert_eq!(std::iter::from_fn(|| heap.pop()).collect::<Vec<_>>(), [3, 1, 5, 0, 2, 4]);
    }

    #[test]
    fn scaling_keeps_the_order() {
        let mut heap = Heap::default();
        for _ in 0..3 {
            heap.push(0.0);
        }
        heap.bump(0);
        for _ in 0..3000 {
            heap.decay(0.9);
            heap.bump(2);
        }
        assert_eq!(std::iter::from_fn(|| heap.pop()).collect::<Vec<_>>(), [2, 0, 1]);
    }
}
