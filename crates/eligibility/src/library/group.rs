//! Named groups of participants: who a rule is about.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{RegionClass, Sets};
use crate::consortium::{ContributionKind, Kind, Role, Side};
use crate::text::{Noun, Text};

/// A group of participants: an entity belongs when every condition that is given holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// One of them, as a sentence names it.
    pub one: Text,
    /// Several of them.
    pub many: Text,
    /// Kinds of organisation.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// Roles; without them the rule says which roles count.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Sides.
    #[serde(default)]
    pub sides: Vec<Side>,
    /// Established in a country of this set.
    #[serde(default)]
    pub countries: Option<String>,
    /// Established in a region of one of these classes.
    #[serde(default)]
    pub region_class: Vec<RegionClass>,
    /// Established in this area, a list of regions.
    #[serde(default)]
    pub area: Option<String>,
    /// Being an SME, or not being one.
    #[serde(default)]
    pub sme: Option<bool>,
    /// Pursuing profit, or not.
    #[serde(default)]
    pub for_profit: Option<bool>,
    /// In one of these registers.
    #[serde(default)]
    pub registered: Vec<String>,
    /// In one of these registers, where being in none is taken as stated when nothing is.
    #[serde(default)]
    pub marked: Vec<String>,
    /// Committing a contribution of one of these kinds.
    #[serde(default)]
    pub pays: Vec<ContributionKind>,
    /// Yearly turnover above so many euros.
    #[serde(default)]
    pub turnover_above_eur: Option<u32>,
    /// Fewer staff than this.
    #[serde(default)]
    pub headcount_below: Option<u32>,
    /// Belonging to one of these groups.
    #[serde(default)]
    pub any: Vec<String>,
    /// Belonging to none of these groups.
    #[serde(default)]
    pub none: Vec<String>,
}

impl Group {
    /// The noun for its members.
    pub fn noun(&self) -> Noun {
        Noun { one: self.one.clone(), many: self.many.clone() }
    }

    fn named(&self) -> impl Iterator<Item = &String> {
        self.any.iter().chain(&self.none)
    }
}

/// The groups that rules of one instrument may name: its own first, then the shared ones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Groups<'l> {
    pub(crate) shared: &'l BTreeMap<String, Group>,
    pub(crate) own: &'l BTreeMap<String, Group>,
}

impl<'l> Groups<'l> {
    pub(crate) fn get(self, id: &str) -> Option<&'l Group> {
        self.own.get(id).or_else(|| self.shared.get(id))
    }

    /// Says what is wrong with a group that a rule names: unknown, circular, or naming an unknown set.
    pub(crate) fn flaw(self, id: &str, sets: &Sets) -> Option<String> {
        self.flaw_below(id, sets, &mut Vec::new())
    }

    fn flaw_below<'a>(self, id: &'a str, sets: &Sets, path: &mut Vec<&'a str>) -> Option<String>
    where
        'l: 'a,
    {
        if path.contains(&id) {
            return Some(format!("the group {id:?} is defined by itself"));
        }
        let Some(group) = self.get(id) else {
            return Some(format!("unknown group {id:?}: define it under [group.{id}]"));
        };
        if let Some(set) = group.countries.as_deref().filter(|set| sets.country_set(set).is_none()) {
            return Some(format!("the group {id:?} names the unknown country set {set:?}"));
        }
        if let Some(area) = group.area.as_deref().filter(|area| sets.area(area).is_none()) {
            return Some(format!(
                "the group {id:?} names the unknown area {area:?}: define it as [[area]] under sets/"
            ));
        }
        path.push(id);
        let below = group.named().find_map(|named| self.flaw_below(named, sets, path));
        path.pop();
        below
    }
}
