//! Who controls whom: holdings of more than half link entities, directly, through others, or by a common owner.

use std::collections::{BTreeSet, HashMap};

use crate::amount::Percent;
use crate::consortium::Entity;

/// More than this links two entities.
const CONTROL: i64 = Percent::whole(50).millionths();

/// From this on, up to half, two entities are partners.
const PARTNER: i64 = Percent::whole(25).millionths();

/// The ownership graph of a set of entities and of their owners, whether these take part or not. Circles are allowed.
#[derive(Debug)]
pub struct Ownership {
    ids: HashMap<String, usize>,
    group: Vec<usize>,
    members: HashMap<usize, Vec<usize>>,
    known: usize,
    partners: Vec<(usize, usize, Percent)>,
}

impl Ownership {
    /// The graph of these entities, in their order.
    pub fn of(entities: &[Entity]) -> Self {
        let mut ids: HashMap<String, usize> = HashMap::new();
        for (at, entity) in entities.iter().enumerate() {
            ids.entry(entity.id.clone()).or_insert(at);
        }
        let known = entities.len();
        let mut next = known;
        let mut holdings: Vec<Vec<(usize, Percent)>> = Vec::with_capacity(known);
        for entity in entities {
            let mut held = Vec::new();
            for holding in entity.owned_by.iter().flatten() {
                let owner = *ids.entry(holding.owner.clone()).or_insert_with(|| {
                    next += 1;
                    next - 1
                });
                held.push((owner, holding.percent));
            }
            holdings.push(held);
        }
        let mut graph = Self { ids, group: (0..next).collect(), members: HashMap::new(), known, partners: Vec::new() };
        graph.link(&holdings);
        for at in 0..graph.group.len() {
            graph.members.entry(graph.group[at]).or_default().push(at);
        }
        for (held, owners) in holdings.iter().enumerate() {
            for (owner, percent) in owners {
                if (PARTNER..=CONTROL).contains(&percent.millionths()) && !graph.same(held, *owner) {
                    graph.partners.push((*owner, held, *percent));
                }
            }
        }
        graph
    }

    /// Joins groups until no group holds more than half of an entity outside it; shares of one group add up.
    fn link(&mut self, holdings: &[Vec<(usize, Percent)>]) {
        loop {
            let mut changed = false;
            for (held, owners) in holdings.iter().enumerate() {
                let mut by_group: HashMap<usize, i64> = HashMap::new();
                let own = self.root(held);
                for (owner, percent) in owners {
                    let group = self.root(*owner);
                    if group != own {
                        *by_group.entry(group).or_default() += percent.millionths();
                    }
                }
                // Holdings add up to at most 100, so at most one group can hold more than half.
                if let Some((group, _)) = by_group.into_iter().find(|(_, sum)| *sum > CONTROL) {
                    let (low, high) = (own.min(group), own.max(group));
                    self.group[high] = low;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        for at in 0..self.group.len() {
            self.group[at] = self.root(at);
        }
    }

    fn root(&self, mut at: usize) -> usize {
        while self.group[at] != at {
            at = self.group[at];
        }
        at
    }

    fn same(&self, a: usize, b: usize) -> bool {
        self.group[a] == self.group[b]
    }

    /// The group of the entity at that place: two entities are linked when they have the same one.
    pub fn group(&self, at: usize) -> usize {
        self.group[at]
    }

    /// Whether the entities at these places are under one control.
    pub fn linked(&self, a: usize, b: usize) -> bool {
        a != b && self.same(a, b)
    }

    /// Everyone under one control with the entity, itself included; numbers from the count of entities on are owners outside.
    pub fn members_of_group(&self, at: usize) -> Vec<usize> {
        self.group.get(at).and_then(|group| self.members.get(group)).cloned().unwrap_or_default()
    }

    /// Whether the number stands for one of the entities, not for an owner outside.
    pub fn takes_part(&self, at: usize) -> bool {
        at < self.known
    }

    /// The partners (25 to 50 percent, either way) of the group of the entity, with the holding.
    pub fn partners_of(&self, at: usize) -> Vec<(usize, Percent)> {
        let mut found = BTreeSet::new();
        for (owner, held, percent) in &self.partners {
            if self.same(*owner, at) {
                found.insert((*held, *percent));
            } else if self.same(*held, at) {
                found.insert((*owner, *percent));
            }
        }
        found.into_iter().collect()
    }

    /// The id of an entity, or of an owner outside.
    pub fn id_of(&self, at: usize) -> Option<&str> {
        self.ids.iter().find(|(_, place)| **place == at).map(|(id, _)| id.as_str())
    }

    /// The place of an id, if it occurs as entity or owner.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }
}
