//! Dated facts that instruments share: country sets, country names, classes of regions, common groups.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Group, LibraryError, parse};
use crate::country::Country;
use crate::date::{Date, Period};
use crate::fact::{Answer, Fact, Field};
use crate::state_aid::{AidRow, CollaborationRule};
use crate::text::{Noun, Text, folded};

/// A named set of countries, whose members come and go.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountrySet {
    /// Name of the set in rules.
    pub id: String,
    /// One country of the set, as a sentence names it.
    pub one: Text,
    /// Several of them.
    pub many: Text,
    /// Where the facts are from.
    pub source: String,
    /// When they were read.
    pub source_date: Date,
    /// Whether they were checked against an official list.
    #[serde(default)]
    pub verified: bool,
    /// Countries of its own.
    #[serde(default)]
    pub members: Vec<Membership>,
    /// It contains every country.
    #[serde(default)]
    pub everywhere: bool,
    /// Other sets it contains.
    #[serde(default)]
    pub include: Vec<Include>,
}

/// A country in a set, from when to when.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// The country.
    pub country: Country,
    /// First day; a membership without a date is refused.
    pub since: Date,
    /// Last day.
    #[serde(default)]
    pub until: Option<Date>,
    /// To what the membership is limited, such as `pillar II`; `all` where absent.
    #[serde(default)]
    pub scope: Option<String>,
    /// Whether membership in that period is not certain: rules that hang on it answer *unknown*.
    #[serde(default)]
    pub uncertain: bool,
    /// What a reader should know.
    #[serde(default)]
    pub note: Option<String>,
}

/// Another set that is contained, maybe only its members of certain scopes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Include {
    /// Id of the set.
    pub set: String,
    /// Scopes that count; `all` alone where absent.
    #[serde(default)]
    pub scopes: Vec<String>,
}

impl CountrySet {
    /// The noun for its countries.
    pub fn noun(&self) -> Noun {
        Noun { one: self.one.clone(), many: self.many.clone() }
    }
}

/// Class of a NUTS 2 region in the cohesion policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionClass {
    /// Gross domestic product a head under 75 % of the average of the Union.
    LessDeveloped,
    /// In between.
    Transition,
    /// Above.
    MoreDeveloped,
}

/// Regions of one class in one period of the cohesion policy.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionList {
    /// The class.
    pub class: RegionClass,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Date,
    /// Where the facts are from.
    pub source: String,
    /// When they were read.
    pub source_date: Date,
    /// Whether they were checked against an official list.
    #[serde(default)]
    pub verified: bool,
    /// The regions.
    pub members: Vec<Region>,
}

/// A NUTS 2 region.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Its codes: that of the period, and those of other versions of the nomenclature.
    pub nuts: Vec<String>,
    /// Its name, and other names in use.
    #[serde(default)]
    pub names: Vec<String>,
}

impl Region {
    /// Whether a folded word is one of its codes (or a NUTS 3 code below it) or one of its names.
    fn is_called(&self, word: &str) -> bool {
        let finer = |code: &String| {
            let code = folded(code);
            word.starts_with(&code) && word.len() <= code.len() + 1
        };
        self.nuts.iter().any(finer) || self.names.iter().any(|name| folded(name) == word)
    }
}

/// A list of regions that a programme covers, each from when to when.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Name of the area in groups.
    pub id: String,
    /// Where the facts are from.
    pub source: String,
    /// When they were read.
    pub source_date: Date,
    /// Whether they were checked against an official list.
    #[serde(default)]
    pub verified: bool,
    /// Whole countries, or regions of any level.
    pub members: Vec<AreaMember>,
}

/// A country or region of an area: all regions whose code begins with this one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaMember {
    /// NUTS code of any level.
    pub nuts: String,
    /// First day.
    pub since: Date,
    /// Last day.
    #[serde(default)]
    pub until: Option<Date>,
}

/// All sets.
#[derive(Clone, Debug, Default)]
pub struct Sets {
    countries: BTreeMap<String, CountrySet>,
    regions: Vec<RegionList>,
    areas: BTreeMap<String, Area>,
    names: BTreeMap<Country, Text>,
    programmes: BTreeMap<String, Text>,
    aid: Vec<AidRow>,
    collaboration: Option<CollaborationRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetsFile {
    #[serde(default)]
    set: Vec<CountrySet>,
    #[serde(default)]
    regions: Vec<RegionList>,
    #[serde(default)]
    area: Vec<Area>,
    #[serde(default)]
    country: BTreeMap<Country, Text>,
    #[serde(default)]
    programme: BTreeMap<String, Text>,
    #[serde(default)]
    group: BTreeMap<String, Group>,
    #[serde(default)]
    aid: Vec<AidRow>,
    #[serde(default)]
    collaboration: Option<CollaborationRule>,
}

impl Sets {
    pub(super) fn read(
        &mut self,
        file: &str,
        text: &str,
        groups: &mut BTreeMap<String, Group>,
    ) -> Result<(), LibraryError> {
        let read: SetsFile = parse(file, text)?;
        let twice = |reason: String| LibraryError::File { file: file.into(), reason };
        for set in read.set {
            let id = set.id.clone();
            if self.countries.insert(id.clone(), set).is_some() {
                return Err(twice(format!("the country set {id:?} is defined twice")));
            }
        }
        self.regions.extend(read.regions);
        for area in read.area {
            let id = area.id.clone();
            if self.areas.insert(id.clone(), area).is_some() {
                return Err(twice(format!("the area {id:?} is defined twice")));
            }
        }
        for row in &read.aid {
            if row.valid_to < row.valid_from {
                return Err(twice(format!(
                    "aid {:?}: valid_to {} is before valid_from {}",
                    row.category, row.valid_to, row.valid_from
                )));
            }
            if row.cap < row.base {
                return Err(twice(format!(
                    "aid {:?}: the cap of {} is under the base of {}",
                    row.category, row.cap, row.base
                )));
            }
        }
        self.aid.extend(read.aid);
        if read.collaboration.is_some() && self.collaboration.is_some() {
            return Err(twice("collaboration is defined twice".into()));
        }
        self.collaboration = self.collaboration.take().or(read.collaboration);
        self.names.extend(read.country);
        self.programmes.extend(read.programme);
        for (id, group) in read.group {
            if groups.insert(id.clone(), group).is_some() {
                return Err(twice(format!("the group {id:?} is defined twice")));
            }
        }
        Ok(())
    }

    /// The name of a programme; the word itself where no name is kept.
    pub fn programme_name(&self, programme: &str) -> Text {
        self.programmes.get(programme).cloned().unwrap_or_else(|| Text::same(programme)).typeset()
    }

    /// Checks that included sets exist and that no set contains itself.
    pub(super) fn settle(&self) -> Result<(), LibraryError> {
        for id in self.countries.keys() {
            let mut path = vec![id.as_str()];
            self.descend(id, &mut path)?;
        }
        Ok(())
    }

    fn descend<'s>(&'s self, id: &str, path: &mut Vec<&'s str>) -> Result<(), LibraryError> {
        for include in self.countries.get(id).into_iter().flat_map(|set| &set.include) {
            let wrong = |reason: String| LibraryError::File { file: "sets".into(), reason };
            if !self.countries.contains_key(&include.set) {
                return Err(wrong(format!("the country set {id:?} includes the unknown set {:?}", include.set)));
            }
            if path.contains(&include.set.as_str()) {
                return Err(wrong(format!("the country set {:?} contains itself", include.set)));
            }
            path.push(&include.set);
            self.descend(&include.set, path)?;
            path.pop();
        }
        Ok(())
    }

    /// The set of that id.
    pub fn country_set(&self, id: &str) -> Option<&CountrySet> {
        self.countries.get(id)
    }

    /// Every country set.
    pub fn country_sets(&self) -> impl Iterator<Item = &CountrySet> {
        self.countries.values()
    }

    /// Whether a country belongs to a set on a day; `None` where that is not certain.
    pub fn contains(&self, set: &str, country: Country, day: Date) -> Option<bool> {
        self.lookup(set, country, day, None)
    }

    fn lookup(&self, set: &str, country: Country, day: Date, scopes: Option<&[String]>) -> Option<bool> {
        let Some(set) = self.countries.get(set) else {
            return Some(false);
        };
        if set.everywhere {
            return Some(true);
        }
        let mut uncertain = false;
        for member in set.members.iter().filter(|member| member.country == country) {
            let in_time = Period { from: Some(member.since), to: member.until }.holds_on(day);
            let in_scope = match (&member.scope, scopes) {
                (Some(scope), Some(scopes)) => scopes.contains(scope),
                _ => true,
            };
            if in_time && in_scope {
                if !member.uncertain {
                    return Some(true);
                }
                uncertain = true;
            }
        }
        for include in &set.include {
            match self.lookup(&include.set, country, day, Some(&include.scopes)) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => uncertain = true,
            }
        }
        if uncertain { None } else { Some(false) }
    }

    /// The countries that certainly belong to a set on a day.
    pub fn countries_of(&self, set: &str, day: Date) -> Vec<Country> {
        let mut all: Vec<Country> =
            self.countries.values().flat_map(|set| set.members.iter().map(|member| member.country)).collect();
        all.sort();
        all.dedup();
        all.retain(|country| self.contains(set, *country, day) == Some(true));
        all
    }

    /// The name of a country, its code where no name is kept.
    pub fn country_name(&self, country: Country) -> Text {
        self.names.get(&country).cloned().unwrap_or_else(|| Text::same(country.code()))
    }

    /// The class of a region, given by NUTS code (of level 2 or finer) or by name.
    pub fn region_class(&self, region: &str, day: Date) -> Option<RegionClass> {
        let word = nuts_word(region);
        self.regions
            .iter()
            .filter(|list| Period { from: Some(list.valid_from), to: Some(list.valid_to) }.holds_on(day))
            .find(|list| list.members.iter().any(|known| known.is_called(&word)))
            .map(|list| list.class)
    }

    /// Ceilings of public aid.
    pub fn aid(&self) -> &[AidRow] {
        &self.aid
    }

    /// When a consortium counts as effective collaboration.
    pub fn collaboration(&self) -> Option<&CollaborationRule> {
        self.collaboration.as_ref()
    }

    /// The area of that id.
    pub fn area(&self, id: &str) -> Option<&Area> {
        self.areas.get(id)
    }

    /// Whether an entity is established in an area, with the fact that is missing where that is not certain.
    pub(crate) fn established_in_area(&self, area: &str, entity: &crate::consortium::Entity, day: Date) -> Answer {
        let Some(area) = self.areas.get(area) else {
            return Answer::No;
        };
        let country = folded(entity.country.nuts());
        let now = |member: &&AreaMember| Period { from: Some(member.since), to: member.until }.holds_on(day);
        let here: Vec<String> = area.members.iter().filter(now).map(|member| folded(&member.nuts)).collect();
        let here: Vec<&String> = here.iter().filter(|code| code.starts_with(&country)).collect();
        if here.is_empty() || here.contains(&&country) {
            return Answer::from(!here.is_empty());
        }
        let codes: Vec<String> = match entity.region.as_deref().map(nuts_word) {
            None => Vec::new(),
            // A code: the letters of its country, then at most three more.
            Some(word)
                if word.starts_with(&country) && (country.len() + 1..=country.len() + 3).contains(&word.len()) =>
            {
                vec![word]
            }
            Some(word) => {
                let known = self.regions.iter().flat_map(|list| &list.members).filter(|known| known.is_called(&word));
                known.flat_map(|known| known.nuts.iter().map(|code| folded(code))).collect()
            }
        };
        let inside = |code: &String| here.iter().any(|member| code.starts_with(member.as_str()));
        if codes.iter().any(inside) {
            return Answer::Yes;
        }
        // A region coarser than the list, or a name that is not known, decides nothing.
        let coarser = |code: &String| here.iter().any(|member| member.starts_with(code.as_str()));
        if codes.is_empty() || codes.iter().any(coarser) {
            return Answer::unknown(Fact::of(entity, Field::Region));
        }
        Answer::No
    }

    /// Whether an entity's country belongs to a set, with the fact that is missing where that is not certain.
    pub(crate) fn established_in(&self, set: &str, entity: &crate::consortium::Entity, day: Date) -> Answer {
        match self.contains(set, entity.country, day) {
            Some(yes) => Answer::from(yes),
            None => Answer::unknown(Fact::of(entity, Field::CountryStatus)),
        }
    }
}

/// A region as its code or name is compared: the habits `GR30` and `GBK3` are taken for `EL30` and `UKK3`.
fn nuts_word(region: &str) -> String {
    let word = folded(region);
    let habit = [("gr", "el"), ("gb", "uk")].into_iter().find_map(|(habit, code)| {
        let rest = word.strip_prefix(habit)?;
        let is_code = (1..=3).contains(&rest.len()) && rest.bytes().any(|byte| byte.is_ascii_digit());
        is_code.then(|| format!("{code}{rest}"))
    });
    habit.unwrap_or(word)
}
