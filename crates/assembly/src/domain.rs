//! Who is in, who is out, who is open; and what follows from that by the rules alone.

use crate::model::{Model, NO_LABEL};

/// Where a candidate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Open,
    In,
    Out,
}

/// The rules cannot hold any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DeadEnd;

/// A partial decision.
#[derive(Debug, Clone)]
pub(crate) struct Domain {
    pub place: Vec<Place>,
    pub members: Vec<u32>,
    pub open: usize,
}

impl Domain {
    /// Nothing decided but what the rules require or exclude.
    pub(crate) fn new(model: &Model) -> Result<Self, DeadEnd> {
        let n = model.len();
        let mut domain = Self { place: vec![Place::Open; n], members: Vec::new(), open: n };
        for i in 0..n as u32 {
            if model.excluded[i as usize] {
                domain.take_out(i)?;
            }
            if model.required[i as usize] {
                domain.put_in(i)?;
            }
        }
        Ok(domain)
    }

    pub(crate) fn is_open(&self, i: u32) -> bool {
        self.place[i as usize] == Place::Open
    }

    pub(crate) fn put_in(&mut self, i: u32) -> Result<(), DeadEnd> {
        match self.place[i as usize] {
            Place::In => Ok(()),
            Place::Out => Err(DeadEnd),
            Place::Open => {
                self.place[i as usize] = Place::In;
                self.members.push(i);
                self.open -= 1;
                Ok(())
            }
        }
    }

    pub(crate) fn take_out(&mut self, i: u32) -> Result<(), DeadEnd> {
        match self.place[i as usize] {
            Place::Out => Ok(()),
            Place::In => Err(DeadEnd),
            Place::Open => {
                self.place[i as usize] = Place::Out;
                self.open -= 1;
                Ok(())
            }
        }
    }

    /// Least and largest number of members still to be added.
    pub(crate) fn room(&self, model: &Model) -> (usize, usize) {
        let have = self.members.len();
        (model.least.saturating_sub(have), model.most.saturating_sub(have).min(self.open))
    }

    /// Draw every simple consequence of the rules.
    pub(crate) fn propagate(&mut self, model: &Model) -> Result<(), DeadEnd> {
        loop {
            let before = self.open;
            self.step(model)?;
            if self.open == before {
                return Ok(());
            }
        }
    }

    fn step(&mut self, model: &Model) -> Result<(), DeadEnd> {
        let have = self.members.len();
        if have > model.most || have + self.open < model.least {
            return Err(DeadEnd);
        }
        if have + self.open == model.least {
            for i in 0..model.len() as u32 {
                if self.is_open(i) {
                    self.put_in(i)?;
                }
            }
        }
        if self.members.len() == model.most && self.open > 0 {
            for i in 0..model.len() as u32 {
                if self.is_open(i) {
                    self.take_out(i)?;
                }
            }
        }
        for k in 0..self.members.len() {
            for &j in &model.clashes[self.members[k] as usize] {
                self.take_out(j)?;
            }
        }
        for row in 0..model.rows.len() {
            self.row(model, row)?;
        }
        self.distinct(model)?;
        if !model.entity_shares.is_empty() || !model.label_shares.is_empty() {
            self.shares(model)?;
        }
        Ok(())
    }

    /// The least sum a row can reach decides who must stay out or come in.
    fn row(&mut self, model: &Model, row: usize) -> Result<(), DeadEnd> {
        let row = &model.rows[row];
        let (least, most) = self.room(model);
        let mut sum: i64 = self.members.iter().map(|&i| row.coefficient[i as usize]).sum();
        let mut taken: Vec<u32> = Vec::new();
        let mut next = None;
        for &i in &row.rising {
            if !self.is_open(i) {
                continue;
            }
            let a = row.coefficient[i as usize];
            if taken.len() < most && (taken.len() < least || a < 0) {
                sum += a;
                taken.push(i);
            } else {
                next = Some(a);
                break;
            }
        }
        if sum > row.limit {
            return Err(DeadEnd);
        }
        if self.open == 0 {
            return Ok(());
        }
        let slack = row.limit - sum;
        let last = taken.last().map(|&i| row.coefficient[i as usize]);
        // Replacing the last one taken is the cheapest way in when nobody may be added, or nobody need be.
        let rebate = match last {
            Some(last) if taken.len() == most || last > 0 => last,
            _ => 0,
        };
        for &i in row.rising.iter().rev() {
            if row.coefficient[i as usize] - rebate <= slack {
                break;
            }
            if self.is_open(i) && !taken.contains(&i) {
                self.take_out(i)?;
            }
        }
        for &i in &taken {
            let a = row.coefficient[i as usize];
            let substitute = match next {
                Some(next) if next < 0 || taken.len() <= least => next,
                None if taken.len() <= least => {
                    self.put_in(i)?;
                    continue;
                }
                _ => 0,
            };
            if substitute - a > slack {
                self.put_in(i)?;
            } else {
                // later ones are dearer, so less is lost without them
                break;
            }
        }
        Ok(())
    }

    fn distinct(&mut self, model: &Model) -> Result<(), DeadEnd> {
        for distinct in &model.distinct {
            let (_, most) = self.room(model);
            let mut seen = vec![false; distinct.count];
            let mut have = 0;
            for &i in &self.members {
                let label = distinct.label[i as usize];
                if label != NO_LABEL && !std::mem::replace(&mut seen[label as usize], true) {
                    have += 1;
                }
            }
            if have >= distinct.least {
                continue;
            }
            let need = distinct.least - have;
            let mut fresh = vec![0_u32; distinct.count];
            let mut available = 0;
            for i in 0..model.len() as u32 {
                let label = distinct.label[i as usize];
                if self.is_open(i) && label != NO_LABEL && !seen[label as usize] {
                    if fresh[label as usize] == 0 {
                        available += 1;
                    }
                    fresh[label as usize] += 1;
                }
            }
            if need > available || need > most {
                return Err(DeadEnd);
            }
            for i in 0..model.len() as u32 {
                let label = distinct.label[i as usize];
                if !self.is_open(i) {
                    continue;
                }
                let new = label != NO_LABEL && !seen[label as usize];
                if need == most && !new {
                    self.take_out(i)?;
                } else if need == available && new && fresh[label as usize] == 1 {
                    self.put_in(i)?;
                }
            }
        }
        Ok(())
    }

    /// Largest total the members can still reach, and the open candidates by falling cost.
    fn richest(&self, model: &Model) -> (i64, i64, Vec<u32>) {
        let (_, most) = self.room(model);
        let spent: i64 = self.members.iter().map(|&i| model.cost[i as usize]).sum();
        let falling: Vec<u32> = model.cost_rising.iter().rev().copied().filter(|&i| self.is_open(i)).collect();
        let budget = model.rows.iter().filter(|row| row.budget).map(|row| row.limit).min().unwrap_or(i64::MAX);
        let largest = spent + falling.iter().take(most).map(|&i| model.cost[i as usize]).sum::<i64>();
        (spent, largest.min(budget), falling)
    }

    fn shares(&mut self, model: &Model) -> Result<(), DeadEnd> {
        let (spent, mut largest, falling) = self.richest(model);
        let (_, most) = self.room(model);
        let budget = model.rows.iter().filter(|row| row.budget).map(|row| row.limit).min().unwrap_or(i64::MAX);
        // From the dearest down: once one is out, the total the next could be a share of is smaller.
        let mut window: i64 = falling.iter().take(most).map(|&i| model.cost[i as usize]).sum();
        for (k, &i) in falling.iter().enumerate() {
            let cost = model.cost[i as usize];
            let at_most = (spent + window).min(budget);
            let over = model.entity_shares.iter().any(|s| s.counts[i as usize] && s.whole * cost > s.part * at_most);
            if !over {
                break;
            }
            self.take_out(i)?;
            window -= cost;
            if let Some(&j) = falling.get(k + most) {
                window += model.cost[j as usize];
            }
            largest = largest.min(spent + window);
        }
        for s in &model.entity_shares {
            for &i in &self.members {
                if s.counts[i as usize] && s.whole * model.cost[i as usize] > s.part * largest {
                    return Err(DeadEnd);
                }
            }
            for &i in &falling {
                if self.is_open(i) && s.counts[i as usize] && s.whole * model.cost[i as usize] > s.part * largest {
                    self.take_out(i)?;
                }
            }
        }
        for s in &model.label_shares {
            let mut sums = vec![0; s.count];
            for &i in &self.members {
                if s.label[i as usize] != NO_LABEL {
                    sums[s.label[i as usize] as usize] += model.cost[i as usize];
                }
            }
            if sums.iter().any(|sum| s.whole * sum > s.part * largest) {
                return Err(DeadEnd);
            }
            for &i in &falling {
                let label = s.label[i as usize];
                if self.is_open(i)
                    && label != NO_LABEL
                    && s.whole * (sums[label as usize] + model.cost[i as usize]) > s.part * largest
                {
                    self.take_out(i)?;
                }
            }
        }
        Ok(())
    }
}
