//! The bound of one decision: the best partners of each open candidate at the prices there are, and the subgradient
//! steps that look for better prices.

use super::arithmetic::{PRICE_LIMIT, SHIFT, charge, narrow, rebate};
use super::{Bounder, Prices};
use crate::domain::{DeadEnd, Domain};

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
pub(super) struct Local {
    pub(super) ids: Vec<u32>,
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
    pub(super) average: Vec<f64>,
    pub(super) selected: Vec<u32>,
    pub(super) ins: Vec<u32>,
    pub(super) outs: Vec<u32>,
    best_share: Vec<i64>,
    best_money: Vec<i64>,
    best_row_price: Vec<i64>,
}

impl Local {
    pub(super) fn new(bounder: &mut Bounder<'_>, domain: &Domain, prices: &Prices) -> Self {
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

    pub(super) fn store(&self, bounder: &Bounder<'_>, prices: &mut Prices) {
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
    pub(super) fn descend(
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
