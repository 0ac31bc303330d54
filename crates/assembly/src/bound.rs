//! An upper bound on every completion of a partial decision, in integers.
//!
//! Each pair bonus is split between its two ends; each candidate then counts the best partners its own share of
//! the bonuses could buy, no more than there are places and, at a price of its own, no more than the budget pays
//! for beside it. What remains is to pick the best-scored candidates for the open places, every other rule having
//! a price. Any split and any prices give a valid bound; subgradient steps look for those that give the lowest.

use crate::domain::{DeadEnd, Domain};
use crate::model::{Model, NO_LABEL};

/// Row coefficients are kept in 2^-SHIFT of a typical unit.
const SHIFT: u32 = 14;
/// Largest price; keeps products inside 64 bits.
const PRICE_LIMIT: i64 = 1 << 36;
/// Largest scaled coefficient.
const COEFFICIENT_LIMIT: i64 = 1 << 24;

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

fn scale(value: i64, unit: i64) -> i64 {
    let scaled = (i128::from(value) << SHIFT).div_euclid(i128::from(unit));
    i64::try_from(scaled).unwrap_or(if scaled > 0 { i64::MAX } else { i64::MIN })
}

fn charge(price: i64, coefficient: i64) -> i64 {
    (price * coefficient) >> SHIFT
}

fn rebate(price: i64, rest: i64) -> i128 {
    let product = i128::from(price) * i128::from(rest);
    -((-product) >> SHIFT)
}

/// Cut to 64 bits, with room to add a few.
fn narrow(value: i128) -> i64 {
    const ROOM: i64 = i64::MAX / 8;
    i64::try_from(value).unwrap_or(if value > 0 { ROOM } else { -ROOM }).clamp(-ROOM, ROOM)
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

/// Most quotas that are looked at together among partners.
const QUOTAS: usize = 6;

/// Open quotas that share no candidate, the neediest first: the class of each candidate and what each class needs.
fn quotas(
    bounder: &Bounder<'_>,
    row_ids: &[usize],
    row_terms: &[Vec<(u32, i64)>],
    row_left: &[i64],
    open: usize,
) -> (Vec<u8>, Vec<u32>) {
    let mut class = vec![0_u8; open];
    let mut needs = vec![0_u32];
    let mut order: Vec<usize> =
        (0..row_ids.len()).filter(|&r| bounder.rows[row_ids[r]].quota && row_left[r] < 0).collect();
    order.sort_by_key(|&r| (row_left[r], row_terms[r].len(), r));
    for r in order {
        if needs.len() <= QUOTAS && row_terms[r].iter().all(|(k, _)| class[*k as usize] == 0) {
            for (k, _) in &row_terms[r] {
                class[*k as usize] = needs.len() as u8;
            }
            needs.push((-row_left[r] >> SHIFT) as u32);
        }
    }
    (class, needs)
}

/// The bound's data for the open candidates of one decision.
struct Local {
    ids: Vec<u32>,
    least: usize,
    most: usize,
    base: Vec<i64>,
    first: Vec<usize>,
    partner: Vec<u32>,
    share: Vec<i64>,
    twin: Vec<u32>,
    pair: Vec<u32>,
    /// Price of money among the partners of each.
    money: Vec<i64>,
    cost: Vec<i64>,
    cost_left: i64,
    priced: bool,
    /// The open quota a candidate helps to fill, of a choice of quotas that share no candidate.
    class: Vec<u8>,
    /// How many each of those quotas still needs; entry 0 stands for no quota.
    needs: Vec<u32>,
    fixed_value: i64,
    row_ids: Vec<usize>,
    row_terms: Vec<Vec<(u32, i64)>>,
    row_left: Vec<i64>,
    row_price: Vec<i64>,
    average: Vec<f64>,
    selected: Vec<u32>,
    ins: Vec<u32>,
    outs: Vec<u32>,
    best_share: Vec<i64>,
    best_money: Vec<i64>,
    best_row_price: Vec<i64>,
}

impl Local {
    fn new(bounder: &mut Bounder<'_>, domain: &Domain, prices: &Prices) -> Self {
        let model = bounder.model;
        let ids: Vec<u32> = (0..model.len() as u32).filter(|&i| domain.is_open(i)).collect();
        let (least, most) = domain.room(model);
        for (k, &i) in ids.iter().enumerate() {
            bounder.place[i as usize] = k as u32;
        }
        let mut base: Vec<i64> = ids.iter().map(|&i| model.worth[i as usize]).collect();
        for &member in &domain.members {
            for &(j, bonus) in &model.partners[member as usize] {
                let k = bounder.place[j as usize];
                if k != u32::MAX {
                    base[k as usize] += bonus;
                }
            }
        }
        let mut first = Vec::with_capacity(ids.len() + 1);
        let (mut partner, mut share, mut pair) = (Vec::new(), Vec::new(), Vec::new());
        for &i in &ids {
            first.push(partner.len());
            for &(j, p) in &bounder.halves[i as usize] {
                let k = bounder.place[j as usize];
                if k != u32::MAX {
                    partner.push(k);
                    pair.push(p);
                    let split = prices.split[p as usize];
                    share.push(if i < j { split } else { bounder.bonus[p as usize] - split });
                }
            }
        }
        first.push(partner.len());
        // Halves are by rising partner, so the twins come up in order.
        let mut cursor: Vec<usize> = first[..ids.len()].to_vec();
        let mut twin = vec![0; partner.len()];
        for k in 0..ids.len() {
            for half in first[k]..first[k + 1] {
                let other = partner[half] as usize;
                if other > k {
                    twin[half] = cursor[other] as u32;
                    twin[cursor[other]] = half as u32;
                    cursor[other] += 1;
                }
            }
        }
        let mut row_ids = Vec::new();
        let mut row_terms = Vec::new();
        let mut row_left = Vec::new();
        let mut row_price = Vec::new();
        for (r, row) in bounder.rows.iter().enumerate() {
            let left = row.limit - domain.members.iter().map(|&i| row.coefficient[i as usize]).sum::<i64>();
            let terms: Vec<(u32, i64)> = row
                .support
                .iter()
                .filter(|&&i| bounder.place[i as usize] != u32::MAX)
                .map(|&i| (bounder.place[i as usize], row.coefficient[i as usize]))
                .collect();
            let mut largest: Vec<i64> = terms.iter().map(|(_, a)| *a).filter(|a| *a > 0).collect();
            if largest.len() > most {
                largest.select_nth_unstable_by(most, |a, b| b.cmp(a));
                largest.truncate(most);
            }
            if largest.iter().sum::<i64>() <= left {
                // cannot be broken from here
                continue;
            }
            row_ids.push(r);
            row_terms.push(terms);
            row_left.push(left);
            row_price.push(prices.row[r]);
        }
        let (class, needs) = quotas(bounder, &row_ids, &row_terms, &row_left, ids.len());
        let (cost, cost_left, priced) = match bounder.budget {
            Some(row) => {
                let row = &bounder.rows[row];
                let spent: i64 = domain.members.iter().map(|&i| row.coefficient[i as usize]).sum();
                (ids.iter().map(|&i| row.coefficient[i as usize]).collect(), row.limit - spent, true)
            }
            None => (vec![0; ids.len()], 0, false),
        };
        let money = if priced { ids.iter().map(|&i| prices.partner[i as usize]).collect() } else { vec![0; ids.len()] };
        for &i in &ids {
            bounder.place[i as usize] = u32::MAX;
        }
        Self {
            least,
            most,
            base,
            first,
            best_share: share.clone(),
            best_money: money.clone(),
            best_row_price: row_price.clone(),
            partner,
            share,
            twin,
            pair,
            money,
            cost,
            cost_left,
            priced,
            class,
            needs,
            fixed_value: model.value(&domain.members),
            row_ids,
            row_terms,
            row_left,
            row_price,
            average: vec![0.0; ids.len()],
            selected: Vec::new(),
            ins: Vec::new(),
            outs: Vec::new(),
            ids,
        }
    }

    fn store(&self, bounder: &Bounder<'_>, prices: &mut Prices) {
        for (r, price) in self.row_ids.iter().zip(&self.best_row_price) {
            prices.row[*r] = *price;
        }
        for (k, &i) in self.ids.iter().enumerate() {
            if self.priced {
                prices.partner[i as usize] = self.best_money[k];
            }
            for half in self.first[k]..self.first[k + 1] {
                if self.partner[half] as usize > k {
                    prices.split[self.pair[half] as usize] = self.best_share[half];
                }
            }
        }
        debug_assert!(bounder.bonus.len() == prices.split.len(), "prices belong to another model");
    }

    /// Best partners of one candidate: their number, sum of shares, and the halves (if asked for).
    fn partners(&self, k: usize, buffer: &mut Vec<(i64, u32)>) -> i64 {
        buffer.clear();
        let money = self.money[k];
        if money == 0 {
            for half in self.first[k]..self.first[k + 1] {
                if self.share[half] > 0 {
                    buffer.push((self.share[half], half as u32));
                }
            }
        } else {
            for half in self.first[k]..self.first[k + 1] {
                let worth = self.share[half] - charge(money, self.cost[self.partner[half] as usize]);
                if worth > 0 {
                    buffer.push((worth, half as u32));
                }
            }
        }
        let places = self.most.saturating_sub(1);
        let mut needs = [0_u32; QUOTAS + 1];
        needs[..self.needs.len()].copy_from_slice(&self.needs);
        let own = self.class[k] as usize;
        needs[own] = needs[own].saturating_sub(1);
        let mut reserved: usize = needs.iter().sum::<u32>() as usize;
        if places == 0 {
            buffer.clear();
        } else if reserved == 0 {
            if buffer.len() > places {
                buffer.select_nth_unstable_by(places - 1, |a, b| b.cmp(a));
                buffer.truncate(places);
            }
        } else if buffer.len() + reserved > places {
            // Places kept for quotas are no use to others: the sets that leave room for them are the independent
            // sets of a matroid, so taking the best that still fits is exact.
            buffer.sort_unstable_by(|a, b| b.cmp(a));
            let mut taken = 0;
            buffer.retain(|&(_, half)| {
                let need = &mut needs[self.class[self.partner[half as usize] as usize] as usize];
                if *need > 0 {
                    *need -= 1;
                    reserved -= 1;
                } else if taken + reserved >= places {
                    return false;
                }
                taken += 1;
                true
            });
        }
        let sum: i64 = buffer.iter().map(|(worth, _)| worth).sum();
        sum + if money == 0 { 0 } else { narrow(rebate(money, self.cost_left - self.cost[k])) }
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one descent, used in one place")]
    fn descend(
        &mut self,
        bounder: &mut Bounder<'_>,
        best: &mut i64,
        below: i64,
        target: i64,
        iterations: u32,
        step: &mut f64,
        expired: &dyn Fn() -> bool,
    ) -> Result<(), DeadEnd> {
        let m = self.ids.len();
        let mut inner = vec![0_i64; m];
        let mut dirty = vec![true; m];
        let mut buffer: Vec<(i64, u32)> = Vec::new();
        let mut order: Vec<(i64, u32)> = Vec::with_capacity(m);
        let mut score = vec![0_i64; m];
        let mut mark = vec![0_u32; self.partner.len()];
        let mut idle = 0;
        let mut fixed = vec![false; m];
        let mut local_best = i64::MAX;
        for iteration in 1..=iterations {
            bounder.evaluations += 1;
            for k in 0..m {
                if dirty[k] {
                    inner[k] = self.partners(k, &mut buffer);
                    dirty[k] = false;
                }
                score[k] = self.base[k] + inner[k];
            }
            let mut constant = i128::from(self.fixed_value);
            for (r, terms) in self.row_terms.iter().enumerate() {
                let price = self.row_price[r];
                if price != 0 {
                    for &(k, a) in terms {
                        score[k as usize] -= charge(price, a);
                    }
                    constant += rebate(price, self.row_left[r]);
                }
            }
            order.clear();
            order.extend(score.iter().enumerate().map(|(k, &s)| (s, k as u32)));
            let by_score = |a: &(i64, u32), b: &(i64, u32)| b.0.cmp(&a.0).then(a.1.cmp(&b.1));
            if self.most < m {
                // one more than may be picked: the best left out decides who is certain
                order.select_nth_unstable_by(self.most, by_score);
                order.truncate(self.most + 1);
            }
            order.sort_unstable_by(by_score);
            let mut count = order.iter().take(self.most).take_while(|(s, _)| *s > 0).count();
            count = count.max(self.least.min(order.len()));
            let bound = narrow(constant + order[..count].iter().map(|(s, _)| i128::from(*s)).sum::<i128>());
            for average in &mut self.average {
                *average *= 0.92;
            }
            for &(_, k) in &order[..count] {
                self.average[k as usize] += 0.08;
            }
            if bound < local_best {
                local_best = bound;
                self.best_share.copy_from_slice(&self.share);
                self.best_money.copy_from_slice(&self.money);
                self.best_row_price.copy_from_slice(&self.row_price);
                self.selected.clear();
                self.selected.extend(order[..count].iter().map(|(_, k)| *k));
                idle = 0;
                if bound < *best {
                    *best = bound;
                }
                if bound <= below {
                    return Err(DeadEnd);
                }
                // who cannot be in, who cannot be missing
                let weakest = if count > 0 && (count == self.most || (count == self.least && order[count - 1].0 < 0)) {
                    order[count - 1].0
                } else {
                    0
                };
                let next = order.get(count).map(|(s, _)| *s);
                for k in 0..m {
                    if !fixed[k] && bound.saturating_add(score[k] - weakest) <= below {
                        fixed[k] = true;
                        self.outs.push(self.ids[k]);
                    }
                }
                for &(s, k) in &order[..count] {
                    let instead = match next {
                        Some(next) if next > 0 || count == self.least => next,
                        None if count == self.least => i64::MIN / 8,
                        _ => 0,
                    };
                    if !fixed[k as usize] && bound.saturating_sub(s).saturating_add(instead) <= below {
                        fixed[k as usize] = true;
                        self.ins.push(self.ids[k as usize]);
                    }
                }
            } else {
                idle += 1;
                if idle >= 6 {
                    *step *= 0.75;
                    idle = 0;
                }
            }
            if expired() {
                break;
            }
            if iteration == iterations {
                break;
            }
            // directions
            let unit = f64::from(1_u32 << SHIFT);
            let mut norm = 0.0;
            let mut row_slope = Vec::with_capacity(self.row_terms.len());
            for (r, &row) in self.row_ids.iter().enumerate() {
                let coefficient = &bounder.rows[row].coefficient;
                let used: i64 = order[..count].iter().map(|(_, k)| coefficient[self.ids[*k as usize] as usize]).sum();
                let mut slope = (self.row_left[r] - used) as f64 / unit;
                if self.row_price[r] == 0 && slope > 0.0 {
                    slope = 0.0;
                }
                norm += slope * slope;
                row_slope.push(slope);
            }
            let mut money_slope = Vec::with_capacity(count);
            let mut halves: Vec<u32> = Vec::new();
            for &(_, k) in &order[..count] {
                let k = k as usize;
                self.partners(k, &mut buffer);
                let mut used = 0;
                for &(_, half) in &buffer {
                    mark[half as usize] = iteration;
                    halves.push(half);
                    used += self.cost[self.partner[half as usize] as usize];
                }
                let mut slope = if self.priced { (self.cost_left - self.cost[k] - used) as f64 / unit } else { 0.0 };
                if self.money[k] == 0 && slope > 0.0 {
                    slope = 0.0;
                }
                norm += slope * slope;
                money_slope.push((k, slope));
            }
            halves.retain(|&half| mark[self.twin[half as usize] as usize] != iteration);
            norm += halves.len() as f64;
            if norm <= 1e-9 {
                break;
            }
            let length = *step * ((bound - target).max(1) as f64) / norm;
            for (r, slope) in row_slope.iter().enumerate() {
                self.row_price[r] = self.row_price[r].saturating_sub((length * slope) as i64).clamp(0, PRICE_LIMIT);
            }
            for &(k, slope) in &money_slope {
                if slope != 0.0 {
                    self.money[k] = self.money[k].saturating_sub((length * slope) as i64).clamp(0, PRICE_LIMIT);
                    dirty[k] = true;
                }
            }
            let by = (length as i64).clamp(1, PRICE_LIMIT);
            for &half in &halves {
                let twin = self.twin[half as usize];
                self.share[half as usize] -= by;
                self.share[twin as usize] += by;
                dirty[self.partner[half as usize] as usize] = true;
                dirty[self.partner[twin as usize] as usize] = true;
            }
        }
        self.share.copy_from_slice(&self.best_share);
        Ok(())
    }
}
