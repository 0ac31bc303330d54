//! The problem in the form the search works on: linear rows, distinct labels, shares.

use crate::problem::{Problem, RuleKind};

/// A label that does not count.
pub(crate) const NO_LABEL: u32 = u32::MAX;

/// `sum of coefficient * member <= limit`.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub coefficient: Vec<i64>,
    pub limit: i64,
    /// Candidates by rising coefficient.
    pub rising: Vec<u32>,
    /// Candidates with a coefficient other than 0.
    pub support: Vec<u32>,
    /// Size of one typical unit, to compare violations of unlike rows.
    pub unit: i64,
    /// True if the coefficients are the costs.
    pub budget: bool,
}

impl Row {
    fn new(coefficient: Vec<i64>, limit: i64, unit: i64, budget: bool) -> Self {
        let mut rising: Vec<u32> = (0..coefficient.len() as u32).collect();
        rising.sort_by_key(|&i| (coefficient[i as usize], i));
        let support = (0..coefficient.len() as u32).filter(|&i| coefficient[i as usize] != 0).collect();
        Self { coefficient, limit, rising, support, unit: unit.max(1), budget }
    }
}

/// At least `least` different labels among the members.
#[derive(Debug, Clone)]
pub(crate) struct Distinct {
    pub label: Vec<u32>,
    pub count: usize,
    pub least: usize,
}

/// No label has more than part/whole of the total cost.
#[derive(Debug, Clone)]
pub(crate) struct LabelShare {
    pub label: Vec<u32>,
    pub count: usize,
    pub part: i64,
    pub whole: i64,
}

/// No member for whom `counts` has more than part/whole of the total cost.
#[derive(Debug, Clone)]
pub(crate) struct EntityShare {
    pub counts: Vec<bool>,
    pub part: i64,
    pub whole: i64,
}

/// The compiled problem.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// Place in the problem of each candidate.
    pub origin: Vec<usize>,
    pub worth: Vec<i64>,
    pub cost: Vec<i64>,
    /// Partners with a positive bonus, by rising number.
    pub partners: Vec<Vec<(u32, i64)>>,
    pub least: usize,
    pub most: usize,
    pub rows: Vec<Row>,
    pub distinct: Vec<Distinct>,
    pub label_shares: Vec<LabelShare>,
    pub entity_shares: Vec<EntityShare>,
    pub required: Vec<bool>,
    pub excluded: Vec<bool>,
    pub clashes: Vec<Vec<u32>>,
    pub cost_rising: Vec<u32>,
}

impl Model {
    /// Compile the rules that `active` lets through; without `worth` only feasibility is asked.
    pub(crate) fn new(problem: &Problem, active: &dyn Fn(usize) -> bool, worth: bool) -> Self {
        let n = problem.candidates.len();
        let cost: Vec<i64> = problem.candidates.iter().map(|c| c.cost).collect();
        let mean_cost = (cost.iter().sum::<i64>() / n.max(1) as i64).max(1);
        let mut model = Self {
            origin: (0..n).collect(),
            worth: if worth { problem.candidates.iter().map(|c| c.fit_ppm).collect() } else { vec![0; n] },
            partners: vec![Vec::new(); n],
            least: 1,
            most: n,
            rows: Vec::new(),
            distinct: Vec::new(),
            label_shares: Vec::new(),
            entity_shares: Vec::new(),
            required: vec![false; n],
            excluded: vec![false; n],
            clashes: vec![Vec::new(); n],
            cost_rising: Vec::new(),
            cost,
        };
        if worth {
            for pair in problem.pairs.iter().filter(|pair| pair.bonus_ppm > 0) {
                model.partners[pair.first].push((pair.second as u32, pair.bonus_ppm));
                model.partners[pair.second].push((pair.first as u32, pair.bonus_ppm));
            }
            for list in &mut model.partners {
                list.sort_unstable();
            }
        }
        for (index, rule) in problem.rules.iter().enumerate() {
            if active(index) {
                model.add_rule(&rule.kind, n, mean_cost);
            }
        }
        // a budget also limits how many there can be
        for row in model.rows.iter().filter(|row| row.rising.first().is_some_and(|&i| row.coefficient[i as usize] >= 0))
        {
            let mut left = row.limit;
            let affordable = row.rising.iter().take_while(|&&i| {
                left -= row.coefficient[i as usize];
                left >= 0
            });
            model.most = model.most.min(affordable.count());
        }
        model.cost_rising = (0..n as u32).collect();
        model.cost_rising.sort_by_key(|&i| (model.cost[i as usize], i));
        model
    }

    fn add_rule(&mut self, kind: &RuleKind, n: usize, mean_cost: i64) {
        let indicator = |group: &[usize], weight: i64| {
            let mut coefficient = vec![0; n];
            for &i in group {
                coefficient[i] = weight;
            }
            coefficient
        };
        match kind {
            RuleKind::SizeMin { value } => self.least = self.least.max(*value),
            RuleKind::SizeMax { value } => self.most = self.most.min(*value),
            RuleKind::CountMin { group, value } => {
                if *value > 0 {
                    let limit = -((*value).min(1 << 40) as i64);
                    self.rows.push(Row::new(indicator(group, -1), limit, 1, false));
                }
            }
            RuleKind::CountMax { group, value } => {
                if *value < group.len() {
                    let limit = (*value).min(1 << 40) as i64;
                    self.rows.push(Row::new(indicator(group, 1), limit, 1, false));
                }
            }
            RuleKind::DistinctMin { labels, value } => {
                let (label, count) = compact_labels(labels);
                self.distinct.push(Distinct { label, count, least: *value });
            }
            RuleKind::BudgetMax { value } => self.rows.push(Row::new(self.cost.clone(), *value, mean_cost, true)),
            RuleKind::BudgetMin { value } => {
                let coefficient = self.cost.iter().map(|c| -c).collect();
                self.rows.push(Row::new(coefficient, -value, mean_cost, false));
            }
            RuleKind::EntityShareMax { group, share } => {
                let mut counts = vec![false; n];
                for &i in group {
                    counts[i] = true;
                }
                let (part, whole) = (i64::from(share.part), i64::from(share.whole));
                self.entity_shares.push(EntityShare { counts, part, whole });
            }
            RuleKind::LabelShareMax { labels, share } => {
                let (label, count) = compact_labels(labels);
                let (part, whole) = (i64::from(share.part), i64::from(share.whole));
                self.label_shares.push(LabelShare { label, count, part, whole });
            }
            RuleKind::GroupShareMax { group, share } => {
                let (part, whole) = (i64::from(share.part), i64::from(share.whole));
                let mut coefficient: Vec<i64> = self.cost.iter().map(|c| -part * c).collect();
                for &i in group {
                    coefficient[i] += whole * self.cost[i];
                }
                self.rows.push(Row::new(coefficient, 0, mean_cost * whole, false));
            }
            RuleKind::GroupShareMin { group, share } => {
                let (part, whole) = (i64::from(share.part), i64::from(share.whole));
                let mut coefficient: Vec<i64> = self.cost.iter().map(|c| part * c).collect();
                for &i in group {
                    coefficient[i] -= whole * self.cost[i];
                }
                self.rows.push(Row::new(coefficient, 0, mean_cost * whole, false));
            }
            RuleKind::Require { candidate } => self.required[*candidate] = true,
            RuleKind::Exclude { candidate } => self.excluded[*candidate] = true,
            RuleKind::ForbidPair { first, second } => {
                self.clashes[*first].push(*second as u32);
                self.clashes[*second].push(*first as u32);
            }
            RuleKind::WeightMax { weights, value } => {
                let mut coefficient = vec![0; n];
                for &(i, weight) in weights {
                    coefficient[i] = weight;
                }
                let used: Vec<i64> = weights.iter().map(|(_, w)| w.abs()).filter(|w| *w > 0).collect();
                let unit = used.iter().sum::<i64>() / (used.len().max(1) as i64);
                self.rows.push(Row::new(coefficient, *value, unit, false));
            }
        }
    }

    /// Number of candidates.
    pub(crate) fn len(&self) -> usize {
        self.worth.len()
    }

    /// The same rules with nothing to gain: only whether they can hold.
    pub(crate) fn without_worth(&self) -> Self {
        let n = self.len();
        Self { worth: vec![0; n], partners: vec![Vec::new(); n], ..self.clone() }
    }

    /// The same problem over some of the candidates (rising numbers), the others being out.
    pub(crate) fn restrict(&self, kept: &[u32]) -> Self {
        let mut place = vec![u32::MAX; self.len()];
        for (new, &old) in kept.iter().enumerate() {
            place[old as usize] = new as u32;
        }
        let renumber =
            |list: &[u32]| -> Vec<u32> { list.iter().map(|&i| place[i as usize]).filter(|&i| i != u32::MAX).collect() };
        let labels = |list: &[u32]| -> Vec<u32> { kept.iter().map(|&i| list[i as usize]).collect() };
        Self {
            origin: kept.iter().map(|&i| self.origin[i as usize]).collect(),
            worth: kept.iter().map(|&i| self.worth[i as usize]).collect(),
            cost: kept.iter().map(|&i| self.cost[i as usize]).collect(),
            partners: kept
                .iter()
                .map(|&i| {
                    self.partners[i as usize]
                        .iter()
                        .filter(|(j, _)| place[*j as usize] != u32::MAX)
                        .map(|&(j, bonus)| (place[j as usize], bonus))
                        .collect()
                })
                .collect(),
            least: self.least,
            most: self.most,
            rows: self
                .rows
                .iter()
                .map(|row| Row {
                    coefficient: kept.iter().map(|&i| row.coefficient[i as usize]).collect(),
                    limit: row.limit,
                    rising: renumber(&row.rising),
                    support: renumber(&row.support),
                    unit: row.unit,
                    budget: row.budget,
                })
                .collect(),
            distinct: self
                .distinct
                .iter()
                .map(|d| Distinct { label: labels(&d.label), count: d.count, least: d.least })
                .collect(),
            label_shares: self
                .label_shares
                .iter()
                .map(|s| LabelShare { label: labels(&s.label), count: s.count, part: s.part, whole: s.whole })
                .collect(),
            entity_shares: self
                .entity_shares
                .iter()
                .map(|s| EntityShare {
                    counts: kept.iter().map(|&i| s.counts[i as usize]).collect(),
                    part: s.part,
                    whole: s.whole,
                })
                .collect(),
            required: kept.iter().map(|&i| self.required[i as usize]).collect(),
            excluded: kept.iter().map(|&i| self.excluded[i as usize]).collect(),
            clashes: kept.iter().map(|&i| renumber(&self.clashes[i as usize])).collect(),
            cost_rising: renumber(&self.cost_rising),
        }
    }

    /// True if the members (numbers of this model) keep every rule.
    pub(crate) fn admits(&self, members: &[u32]) -> bool {
        if members.is_empty() || members.len() < self.least || members.len() > self.most {
            return false;
        }
        let inside = |i: u32| members.contains(&i);
        let total: i64 = members.iter().map(|&i| self.cost[i as usize]).sum();
        let clash = members.iter().any(|&i| self.clashes[i as usize].iter().any(|&j| inside(j)));
        if clash || members.iter().any(|&i| self.excluded[i as usize]) {
            return false;
        }
        if (0..self.len()).any(|i| self.required[i] && !inside(i as u32)) {
            return false;
        }
        self.rows.iter().all(|r| members.iter().map(|&i| r.coefficient[i as usize]).sum::<i64>() <= r.limit)
            && self.distinct.iter().all(|d| {
                let mut labels: Vec<u32> =
                    members.iter().map(|&i| d.label[i as usize]).filter(|&l| l != NO_LABEL).collect();
                labels.sort_unstable();
                labels.dedup();
                labels.len() >= d.least
            })
            && self.entity_shares.iter().all(|s| {
                members.iter().all(|&i| !s.counts[i as usize] || s.whole * self.cost[i as usize] <= s.part * total)
            })
            && self.label_shares.iter().all(|s| {
                let mut sums = vec![0; s.count];
                for &i in members {
                    if s.label[i as usize] != NO_LABEL {
                        sums[s.label[i as usize] as usize] += self.cost[i as usize];
                    }
                }
                sums.iter().all(|sum| s.whole * sum <= s.part * total)
            })
    }

    /// Value of a set of members.
    pub(crate) fn value(&self, members: &[u32]) -> i64 {
        let mut sum = 0;
        for &i in members {
            sum += self.worth[i as usize];
            for &(j, bonus) in &self.partners[i as usize] {
                if j > i && members.contains(&j) {
                    sum += bonus;
                }
            }
        }
        sum
    }
}

/// Labels renumbered from 0 without holes; `NO_LABEL` where there is none.
fn compact_labels(labels: &[Option<u32>]) -> (Vec<u32>, usize) {
    let mut seen = std::collections::BTreeMap::new();
    let label = labels
        .iter()
        .map(|label| match label {
            Some(label) => {
                let next = seen.len() as u32;
                *seen.entry(*label).or_insert(next)
            }
            None => NO_LABEL,
        })
        .collect();
    (label, seen.len())
}
