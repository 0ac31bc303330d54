//! Who finds no place when everybody wants one: matchings, and the crowd that has too few places where one fails
//! («On representatives of subsets», *Journal of the London Mathematical Society* 10, 1935).

/// Wishes: which places each one could have; each place takes a number of them.
pub(super) struct Crowd {
    pub(super) wishes: Vec<Vec<usize>>,
    pub(super) takes: Vec<usize>,
}

impl Crowd {
    /// Some who have one place too few between them; none if there is a place for everybody.
    pub(super) fn too_many(&self) -> Option<Vec<usize>> {
        let mut there: Vec<Vec<usize>> = vec![Vec::new(); self.takes.len()];
        for one in 0..self.wishes.len() {
            // the emptiest first keeps the ways short
            let free = self.wishes[one].iter().filter(|&&place| there[place].len() < self.takes[place]);
            if let Some(&place) = free.min_by_key(|&&place| there[place].len()) {
                there[place].push(one);
                continue;
            }
            let mut asked = vec![false; self.takes.len()];
            if !self.seat(one, &mut there, &mut asked) {
                let short: usize = (0..asked.len()).filter(|&place| asked[place]).map(|place| self.takes[place]).sum();
                let mut crowd = vec![one];
                crowd.extend((0..asked.len()).filter(|&place| asked[place]).flat_map(|place| &there[place]));
                crowd.truncate(short + 1);
                crowd.sort_unstable();
                return Some(crowd);
            }
        }
        None
    }

    fn seat(&self, one: usize, there: &mut [Vec<usize>], asked: &mut [bool]) -> bool {
        for &place in &self.wishes[one] {
            if std::mem::replace(&mut asked[place], true) {
                continue;
            }
            if there[place].len() < self.takes[place] {
                there[place].push(one);
                return true;
            }
            for at in 0..there[place].len() {
                let other = there[place][at];
                if self.seat(other, there, asked) {
                    there[place][at] = one;
                    return true;
                }
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::Crowd;

    #[test]
    fn those_who_crowd_the_same_places_are_named() {
        let crowd = |wishes: &[&[usize]], takes: &[usize]| {
            Crowd { wishes: wishes.iter().map(|one| one.to_vec()).collect(), takes: takes.to_vec() }.too_many()
        };
        assert_eq!(crowd(&[&[0, 1], &[0], &[1, 2]], &[1, 1, 1]), None);
        assert_eq!(crowd(&[&[2], &[0, 1], &[0], &[1]], &[1, 1, 1]), Some(vec![1, 2, 3]));
        assert_eq!(crowd(&[&[0], &[0], &[0], &[1]], &[2, 5]), Some(vec![0, 1, 2]));
        assert_eq!(crowd(&[&[0], &[]], &[1]), Some(vec![1]));
    }
}
