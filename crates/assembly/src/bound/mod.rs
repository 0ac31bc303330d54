//! An upper bound on every completion of a partial decision, in integers.
//!
//! Each pair bonus is split between its two ends; each candidate then counts the best partners its own share of
//! the bonuses could buy, no more than there are places and, at a price of its own, no more than the budget pays
//! for beside it. What remains is to pick the best-scored candidates for the open places, every other rule having
//! a price. Any split and any prices give a valid bound; subgradient steps look for those that give the lowest.

mod arithmetic;
mod local;

use arithmetic::{COEFFICIENT_LIMIT, scale};
use local::Local;

use crate::domain::{DeadEnd, Domain};
use crate::model::{Model, NO_LABEL};

/// A linear row whose coefficients are scaled to comparable size, rounded so that the row stays valid.
struct ScaledRow {
    support: Vec<u32>,
    coefficient: Vec<i64>,
    limit: i64,
    /// True if the row asks for a least number out of a group.
    quota: bool,
}

/// Prices and splits: everything the bound depends on besides the decision.
#[derive(Debug, Clone)]
pub(crate) struct Prices {
    row: Vec<i64>,
    /// For each candidate, the price of money among its partners.
    partner: Vec<i64>,
    /// For each pair, the part of the bonus that its first end counts.
    split: Vec<i64>,
}

/// The bound of a model.
pub(crate) struct Bounder<'m> {
    model: &'m Model,
    rows: Vec<ScaledRow>,
    /// Number of the row that is the tightest budget.
    budget: Option<usize>,
    /// For each candidate its pairs: partner, number of the pair.
    halves: Vec<Vec<(u32, u32)>>,
    bonus: Vec<i64>,
    /// How often the bound was computed.
    pub evaluations: u64,
    place: Vec<u32>,
}

/// What bounding a decision brought.
pub(crate) struct Bounded {
    /// No completion is worth more.
    pub bound: i64,
    /// How often each open candidate was picked lately, in thousandths, with the candidate.
    pub picked: Vec<(u32, i32)>,
    /// The last set picked (members included); seldom keeps every rule.
    pub guess: Vec<u32>,
}

/// How hard to try.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    pub rounds: u32,
    pub iterations: u32,
    pub step: f64,
    /// Give up a round series when a round closes less than this part of the gap.
    pub patience: f64,
}

impl<'m> Bounder<'m> {
    pub(crate) fn new(model: &'m Model) -> Self {
        let n = model.len();
        let mut rows = Vec::new();
        let mut budget: Option<(i64, usize)> = None;
        for row in &model.rows {
            let unit = if row.budget { (row.limit / model.most.max(1) as i64).max(1) } else { row.unit };
            if row.support.iter().any(|&i| scale(row.coefficient[i as usize], unit).abs() > COEFFICIENT_LIMIT) {
                continue;
            }
            if row.budget && budget.is_none_or(|(limit, _)| row.limit < limit) {
                budget = Some((row.limit, rows.len()));
            }
            rows.push(ScaledRow {
                quota: row.unit == 1 && row.support.iter().all(|&i| row.coefficient[i as usize] == -1),
                support: row.support.clone(),
                coefficient: row.coefficient.iter().map(|&a| scale(a, unit)).collect(),
                limit: scale(row.limit, unit),
            });
        }
        let mean = (model.cost.iter().sum::<i64>() / n.max(1) as i64).max(1);
        let largest_total = budget.map_or_else(
            || model.cost_rising.iter().rev().take(model.most).map(|&i| model.cost[i as usize]).sum(),
            |(limit, _)| limit,
        );
        for share in &model.label_shares {
            let mut sums = vec![(0_i64, 0_usize); share.count];
            for &i in model.cost_rising.iter().rev() {
                let label = share.label[i as usize];
                if label != NO_LABEL && sums[label as usize].1 < model.most {
                    sums[label as usize].0 += model.cost[i as usize];
                    sums[label as usize].1 += 1;
                }
            }
            let unit = mean * share.whole;
            for label in 0..share.count as u32 {
                if share.whole * sums[label as usize].0 <= share.part * largest_total {
                    continue;
                }
                let coefficient: Vec<i64> = (0..n)
                    .map(|i| {
                        let own = if share.label[i] == label { share.whole } else { 0 };
                        scale((own - share.part) * model.cost[i], unit)
                    })
                    .collect();
                if coefficient.iter().all(|a| a.abs() <= COEFFICIENT_LIMIT) {
                    rows.push(ScaledRow { support: (0..n as u32).collect(), coefficient, limit: 0, quota: false });
                }
            }
        }
        let mut halves = vec![Vec::new(); n];
        let mut bonus = Vec::new();
        for i in 0..n as u32 {
            for &(j, worth) in &model.partners[i as usize] {
                if j > i && !model.clashes[i as usize].contains(&j) {
                    let pair = bonus.len() as u32;
                    halves[i as usize].push((j, pair));
                    halves[j as usize].push((i, pair));
                    bonus.push(worth);
                }
            }
        }
        let place = vec![u32::MAX; n];
        Self { model, rows, budget: budget.map(|(_, row)| row), halves, bonus, evaluations: 0, place }
    }

    /// Every bonus halved, nothing priced.
    pub(crate) fn start(&self) -> Prices {
        Prices {
            row: vec![0; self.rows.len()],
            partner: vec![0; self.model.len()],
            split: self.bonus.iter().map(|b| b / 2).collect(),
        }
    }

    /// The same prices for a model restricted to `kept`.
    pub(crate) fn carry(&self, prices: &Prices, kept: &[u32], to: &Bounder<'_>) -> Prices {
        let mut carried = to.start();
        // Label rows may differ between the two; the rows of the rules come first and agree.
        let shared = self.model.rows.len().min(prices.row.len()).min(carried.row.len());
        if self.rows.len() == to.rows.len() {
            carried.row.copy_from_slice(&prices.row);
        } else {
            carried.row[..shared].copy_from_slice(&prices.row[..shared]);
        }
        for (new, &old) in kept.iter().enumerate() {
            carried.partner[new] = prices.partner[old as usize];
            let mut old_pairs = self.halves[old as usize].iter();
            for &(partner, pair) in &to.halves[new] {
                if (partner as usize) < new {
                    continue;
                }
                let wanted = kept[partner as usize];
                if let Some(&(_, old_pair)) = old_pairs.find(|(j, _)| *j == wanted) {
                    carried.split[pair as usize] = prices.split[old_pair as usize];
                }
            }
        }
        carried
    }

    /// Lower the bound of a decision, drawing consequences on the way; `DeadEnd` when nothing worth more than
    /// `below` can complete it.
    pub(crate) fn tighten(
        &mut self,
        domain: &mut Domain,
        prices: &mut Prices,
        below: i64,
        target: i64,
        effort: Effort,
        expired: &dyn Fn() -> bool,
    ) -> Result<Bounded, DeadEnd> {
        let mut step = effort.step;
        let mut best = i64::MAX;
        let mut round = 0;
        loop {
            let mut local = Local::new(self, domain, prices);
            let before = best;
            let result = local.descend(self, &mut best, below, target, effort.iterations, &mut step, expired);
            local.store(self, prices);
            if result.is_err() || best <= below {
                return Err(DeadEnd);
            }
            let fixed = !local.ins.is_empty() || !local.outs.is_empty();
            for &i in &local.outs {
                domain.take_out(i)?;
            }
            for &i in &local.ins {
                domain.put_in(i)?;
            }
            if fixed {
                domain.propagate(self.model)?;
            }
            round += 1;
            let gap = (best - target).max(1) as f64;
            let stalled = before != i64::MAX && ((before - best) as f64) < effort.patience * gap && !fixed;
            if round >= effort.rounds || stalled || domain.open == 0 || expired() {
                let mut guess = domain.members.clone();
                guess.extend(local.selected.iter().map(|&k| local.ids[k as usize]).filter(|&i| domain.is_open(i)));
                let picked = local
                    .ids
                    .iter()
                    .zip(&local.average)
                    .filter(|(i, _)| domain.is_open(**i))
                    .map(|(&i, &average)| (i, (average * 1000.0) as i32))
                    .collect();
                return Ok(Bounded { bound: best, picked, guess });
            }
        }
    }
}
