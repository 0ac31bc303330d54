//! Local search: add, drop and swap members, with a price on broken rules and a memory of recent moves.

use crate::model::{Model, NO_LABEL};

/// Violations are counted in this many parts of a typical unit.
const FINE: i64 = 64;

/// A small generator of pseudo-random numbers (xorshift with a multiplied output).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let mixed = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D);
        ((u128::from(mixed) * n.max(1) as u128) >> 64) as usize
    }
}

/// A set of members with everything that makes the next move quick to judge.
pub(crate) struct Team<'m> {
    model: &'m Model,
    pub members: Vec<u32>,
    inside: Vec<bool>,
    /// Bonus with the present members, for everybody.
    ties: Vec<i64>,
    /// Number of present members that must not meet the candidate.
    clash: Vec<u32>,
    activity: Vec<i64>,
    /// Row coefficients of one candidate side by side.
    by_candidate: Vec<i64>,
    total: i64,
    value: i64,
    missing: usize,
    labels: Vec<Vec<u32>>,
    different: Vec<usize>,
    sums: Vec<Vec<i64>>,
    money_unit: i64,
}

/// One move: who leaves, who comes.
type Move = (Option<u32>, Option<u32>);

impl<'m> Team<'m> {
    pub(crate) fn new(model: &'m Model) -> Self {
        let n = model.len();
        let mut team = Self {
            model,
            members: Vec::new(),
            inside: vec![false; n],
            ties: vec![0; n],
            clash: vec![0; n],
            activity: vec![0; model.rows.len()],
            by_candidate: (0..n).flat_map(|i| model.rows.iter().map(move |row| row.coefficient[i])).collect(),
            total: 0,
            value: 0,
            missing: model.required.iter().filter(|r| **r).count(),
            labels: model.distinct.iter().map(|d| vec![0; d.count]).collect(),
            different: vec![0; model.distinct.len()],
            sums: model.label_shares.iter().map(|s| vec![0; s.count]).collect(),
            money_unit: (model.cost.iter().sum::<i64>() / n.max(1) as i64).max(1),
        };
        for i in 0..n as u32 {
            if model.required[i as usize] && !model.excluded[i as usize] {
                team.add(i);
            }
        }
        team
    }

    fn add(&mut self, i: u32) {
        self.change(i, 1);
        self.inside[i as usize] = true;
        self.members.push(i);
    }

    fn remove(&mut self, i: u32) {
        self.inside[i as usize] = false;
        self.members.retain(|&m| m != i);
        self.change(i, -1);
    }

    fn change(&mut self, i: u32, sign: i64) {
        let at = i as usize;
        self.value += sign * (self.model.worth[at] + self.ties[at]);
        self.total += sign * self.model.cost[at];
        for &(j, bonus) in &self.model.partners[at] {
            self.ties[j as usize] += sign * bonus;
        }
        for &j in &self.model.clashes[at] {
            self.clash[j as usize] = self.clash[j as usize].wrapping_add_signed(sign as i32);
        }
        for (activity, row) in self.activity.iter_mut().zip(&self.model.rows) {
            *activity += sign * row.coefficient[at];
        }
        if self.model.required[at] {
            self.missing = self.missing.wrapping_add_signed(-sign as isize);
        }
        for (k, distinct) in self.model.distinct.iter().enumerate() {
            let label = distinct.label[at];
            if label != NO_LABEL {
                let count = &mut self.labels[k][label as usize];
                *count = count.wrapping_add_signed(sign as i32);
                if (sign > 0 && *count == 1) || (sign < 0 && *count == 0) {
                    self.different[k] = self.different[k].wrapping_add_signed(sign as isize);
                }
            }
        }
        for (sums, share) in self.sums.iter_mut().zip(&self.model.label_shares) {
            if share.label[at] != NO_LABEL {
                sums[share.label[at] as usize] += sign * self.model.cost[at];
            }
        }
    }

    fn apply(&mut self, (out, new): Move) {
        if let Some(out) = out {
            self.remove(out);
        }
        if let Some(new) = new {
            self.add(new);
        }
    }

    /// What judging an addition needs to know about the present members.
    fn stand(&self) -> Stand {
        let model = self.model;
        let meeting: i64 = self.members.iter().map(|&i| i64::from(self.clash[i as usize])).sum::<i64>() / 2;
        let dearest = model
            .entity_shares
            .iter()
            .map(|share| {
                let counted = self.members.iter().filter(|&&i| share.counts[i as usize]);
                counted.map(|&i| model.cost[i as usize]).max().unwrap_or(0)
            })
            .collect();
        let largest = self
            .sums
            .iter()
            .zip(&model.label_shares)
            .map(|(sums, share)| {
                let labels = self.members.iter().map(|&i| share.label[i as usize]).filter(|&label| label != NO_LABEL);
                labels.map(|label| sums[label as usize]).max().unwrap_or(0)
            })
            .collect();
        Stand { fixed: (self.missing as i64 * 4 + meeting) * FINE, dearest, largest }
    }

    /// How far the present members are from keeping every rule, with `new` added; may stop above `enough`.
    fn violation(&self, stand: &Stand, new: Option<u32>, enough: i64) -> i64 {
        let model = self.model;
        let size = self.members.len() + usize::from(new.is_some());
        let mut sum = stand.fixed;
        sum += (model.least.max(1).saturating_sub(size) + size.saturating_sub(model.most)) as i64 * FINE;
        if let Some(i) = new {
            sum += i64::from(self.clash[i as usize]) * FINE;
        }
        let rows = model.rows.len();
        let own = new.map(|i| &self.by_candidate[i as usize * rows..(i as usize + 1) * rows]);
        for (k, row) in model.rows.iter().enumerate() {
            let over = self.activity[k] + own.map_or(0, |own| own[k]) - row.limit;
            if over > 0 {
                let fine = over.saturating_mul(FINE) / row.unit;
                sum += (if row.unit == 1 { fine } else { FINE / 4 + fine }).min(FINE * 1000);
                if sum > enough {
                    return sum;
                }
            }
        }
        for (k, distinct) in model.distinct.iter().enumerate() {
            let fresh = new.is_some_and(|i| {
                let label = distinct.label[i as usize];
                label != NO_LABEL && self.labels[k][label as usize] == 0
            });
            let short = distinct.least.saturating_sub(self.different[k] + usize::from(fresh));
            sum += short.min(1000) as i64 * FINE;
        }
        let cost = new.map_or(0, |i| model.cost[i as usize]);
        let total = self.total + cost;
        for (share, dearest) in model.entity_shares.iter().zip(&stand.dearest) {
            let own = new.is_some_and(|i| share.counts[i as usize]);
            let largest = if own { cost.max(*dearest) } else { *dearest };
            sum += self.money(share.whole * largest - share.part * total, share.whole);
        }
        for ((share, &top), sums) in model.label_shares.iter().zip(&stand.largest).zip(&self.sums) {
            let label = new.map_or(NO_LABEL, |i| share.label[i as usize]);
            let largest = if label == NO_LABEL { top } else { top.max(sums[label as usize] + cost) };
            sum += self.money(share.whole * largest - share.part * total, share.whole);
        }
        sum
    }

    fn money(&self, over: i64, whole: i64) -> i64 {
        if over > 0 { FINE / 4 + (over / whole).saturating_mul(FINE) / self.money_unit } else { 0 }
    }
}

/// Parts of a violation that do not depend on who is added.
struct Stand {
    fixed: i64,
    /// For each entity share, the largest cost of a member it looks at.
    dearest: Vec<i64>,
    /// For each label share, the largest sum.
    largest: Vec<i64>,
}

/// What a search found.
pub(crate) struct Found {
    pub members: Vec<u32>,
    pub value: i64,
}

/// How a search goes.
pub(crate) struct Plan<'p> {
    /// Number of moves.
    pub steps: u64,
    /// End at the first set that keeps every rule.
    pub first: bool,
    /// Asked between moves.
    pub expired: &'p dyn Fn() -> bool,
}

/// Search from `start`; return the best set that keeps every rule and is worth more than `above`.
pub(crate) fn improve(
    model: &Model,
    start: &[u32],
    above: i64,
    plan: &Plan<'_>,
    dice: &mut Dice,
    steps: &mut u64,
) -> Option<Found> {
    let n = model.len();
    let mut team = Team::new(model);
    for &i in start {
        if !team.inside[i as usize] && !model.excluded[i as usize] {
            team.add(i);
        }
    }
    let (mut best, mut best_value) = (None, above);
    let mean = (model.worth.iter().max().copied().unwrap_or(0)).max(1000);
    let mut price = mean * 3 / 2;
    let mut until = vec![0_u64; n];
    let (mut bad, mut good) = (0, 0);
    for step in 1..=plan.steps {
        if (plan.expired)() {
            break;
        }
        *steps += 1;
        let present = team.violation(&team.stand(), None, i64::MAX);
        if present == 0 && team.value > best_value {
            best_value = team.value;
            best = Some(Found { members: team.members.clone(), value: team.value });
        }
        if present == 0 && plan.first {
            break;
        }
        let mut judge = Judge { price, best: best_value, chosen: None };
        if team.members.len() < model.most {
            judge.additions(&team, None, false, &until, step);
        }
        for out in team.members.clone() {
            if model.required[out as usize] {
                continue;
            }
            let held = until[out as usize] > step;
            let order = team.members.clone();
            team.remove(out);
            if team.members.len() >= model.least.max(1) || present > 0 {
                let violation = team.violation(&team.stand(), None, i64::MAX);
                judge.consider(team.value, violation, (Some(out), None), held);
            }
            judge.additions(&team, Some(out), held, &until, step);
            team.add(out);
            team.members = order;
        }
        let chosen = judge.chosen;
        let Some((_, this)) = chosen else {
            // everything is held back: forget
            until.fill(0);
            if team.members.is_empty() {
                break;
            }
            continue;
        };
        team.apply(this);
        if let Some(out) = this.0 {
            until[out as usize] = step + 6 + dice.below(8) as u64;
        }
        if let Some(new) = this.1 {
            until[new as usize] = step + 2 + dice.below(4) as u64;
        }
        if team.violation(&team.stand(), None, i64::MAX) > 0 {
            bad += 1;
            good = 0;
            if bad >= 8 {
                price = price * 5 / 4;
                bad = 0;
            }
        } else {
            good += 1;
            bad = 0;
            if good >= 12 {
                price = (price * 4 / 5).max(mean / 8);
                good = 0;
            }
        }
        price = price.min(mean.saturating_mul(1000));
    }
    if team.violation(&team.stand(), None, i64::MAX) == 0 && team.value > best_value {
        best = Some(Found { members: team.members.clone(), value: team.value });
    }
    best
}

/// The best move so far.
struct Judge {
    price: i64,
    /// Value that a move must exceed, with every rule kept, to be allowed in spite of the memory.
    best: i64,
    chosen: Option<(i64, Move)>,
}

impl Judge {
    fn consider(&mut self, value: i64, violation: i64, this: Move, held: bool) {
        if held && !(violation == 0 && value > self.best) {
            return;
        }
        let worth = value.saturating_sub(self.price.saturating_mul(violation) / FINE);
        if self.chosen.is_none_or(|(best, _)| worth > best) {
            self.chosen = Some((worth, this));
        }
    }

    /// Every candidate that could be added after `out` has left.
    fn additions(&mut self, team: &Team<'_>, out: Option<u32>, held: bool, until: &[u64], step: u64) {
        let model = team.model;
        let stand = team.stand();
        for new in 0..model.len() as u32 {
            let at = new as usize;
            if team.inside[at] || Some(new) == out || model.excluded[at] {
                continue;
            }
            let value = team.value + model.worth[at] + team.ties[at];
            let held = held || until[at] > step;
            if held && value <= self.best {
                continue;
            }
            let enough = match self.chosen {
                Some((worth, _)) if value <= worth => continue,
                Some((worth, _)) => value.saturating_sub(worth).saturating_mul(FINE) / self.price.max(1),
                None => i64::MAX,
            };
            let violation = team.violation(&stand, Some(new), enough);
            self.consider(value, violation, (out, Some(new)), held);
        }
    }
}
