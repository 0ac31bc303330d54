//! How many of some literals are true, in unary.

use super::sat::{Lit, Sat};

/// A tree of sorted sums: output `k` is true when at least `k + 1` inputs are.
#[derive(Clone, Debug)]
pub struct Totalizer {
    nodes: Vec<Node>,
}

#[derive(Clone, Debug)]
struct Node {
    children: Option<(usize, usize)>,
    size: usize,
    outputs: Vec<Lit>,
}

impl Totalizer {
    /// Over these literals; no clause is written before outputs are asked for.
    pub fn new(inputs: &[Lit]) -> Totalizer {
        let mut nodes: Vec<Node> =
            inputs.iter().map(|&lit| Node { children: None, size: 1, outputs: vec![lit] }).collect();
        let mut level: Vec<usize> = (0..nodes.len()).collect();
        while level.len() > 1 {
            level = level
                .chunks(2)
                .map(|pair| match *pair {
                    [left, right] => {
                        let size = nodes[left].size + nodes[right].size;
                        nodes.push(Node { children: Some((left, right)), size, outputs: Vec::new() });
                        nodes.len() - 1
                    }
                    _ => pair[0],
                })
                .collect();
        }
        Totalizer { nodes }
    }

    /// How many inputs there are.
    pub fn len(&self) -> usize {
        self.nodes.last().map_or(0, |root| root.size)
    }

    /// The literal that is true when at least `k` inputs are (`1 <= k <= len`); with `both` also only then.
    pub fn at_least(&mut self, sat: &mut Sat<'_>, k: usize, both: bool) -> Lit {
        let root = self.nodes.len() - 1;
        self.grow(sat, root, k, both);
        self.nodes[root].outputs[k - 1]
    }

    fn grow(&mut self, sat: &mut Sat<'_>, node: usize, wanted: usize, both: bool) {
        let wanted = wanted.min(self.nodes[node].size);
        let had = self.nodes[node].outputs.len();
        let Some((left, right)) = self.nodes[node].children.filter(|_| had < wanted) else { return };
        self.grow(sat, left, wanted, both);
        self.grow(sat, right, wanted, both);
        for _ in had..wanted {
            let lit = sat.var();
            self.nodes[node].outputs.push(lit);
        }
        let (nodes, sums) = (&self.nodes, had + 1..=wanted);
        let (a, b, out) = (&nodes[left].outputs, &nodes[right].outputs, &nodes[node].outputs);
        for sum in sums {
            for from_left in 0..=sum.min(a.len()) {
                let from_right = sum - from_left;
                if from_right > b.len() {
                    continue;
                }
                let mut clause = vec![out[sum - 1]];
                clause.extend(from_left.checked_sub(1).map(|i| -a[i]));
                clause.extend(from_right.checked_sub(1).map(|i| -b[i]));
                sat.clause(&clause);
            }
            if both {
                // fewer than i on the left and fewer than sum - i + 1 on the right: fewer than the sum
                for below_left in 1..=sum {
                    let below_right = sum + 1 - below_left;
                    let mut clause = vec![-out[sum - 1]];
                    match (below_left <= nodes[left].size, below_right <= nodes[right].size) {
                        (true, true) => clause.extend([a[below_left - 1], b[below_right - 1]]),
                        (true, false) => clause.push(a[below_left - 1]),
                        (false, true) => clause.push(b[below_right - 1]),
                        (false, false) => continue,
                    }
                    sat.clause(&clause);
                }
            }
            if sum > 1 {
                sat.clause(&[-out[sum - 1], out[sum - 2]]);
            }
        }
    }
}

/// At most `most` of the literals.
pub fn at_most(sat: &mut Sat<'_>, lits: &[Lit], most: usize) {
    if lits.len() <= most {
        return;
    }
    if most == 0 {
        for &lit in lits {
            sat.clause(&[-lit]);
        }
        return;
    }
    if most == 1 && lits.len() <= 6 {
        pairwise(sat, lits);
        return;
    }
    let mut sum = Totalizer::new(lits);
    let over = sum.at_least(sat, most + 1, false);
    sat.clause(&[-over]);
}

/// At most one of them, by pairs.
pub fn pairwise(sat: &mut Sat<'_>, lits: &[Lit]) {
    for (i, &a) in lits.iter().enumerate() {
        for &b in &lits[i + 1..] {
            sat.clause(&[-a, -b]);
        }
    }
}

/// Exactly `count` of them.
pub fn exactly(sat: &mut Sat<'_>, lits: &[Lit], count: usize) {
    if count == 0 {
        at_most(sat, lits, 0);
    } else if lits.len() < count {
        sat.clause(&[]);
    } else if lits.len() == count {
        for &lit in lits {
            sat.clause(&[lit]);
        }
    } else {
        let mut sum = Totalizer::new(lits);
        let over = sum.at_least(sat, count + 1, true);
        let enough = sum.at_least(sat, count, true);
        sat.clause(&[-over]);
        sat.clause(&[enough]);
    }
}
