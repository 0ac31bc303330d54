//! What a reader selects in the directory, and what comes of it: rows, counts, facets. The address holds all of it.

use std::{collections::HashMap, sync::PoisonError};

use super::snapshot::{Entry, Snapshot, View};
use crate::{
    directory::model::{Kind, plain, shown_city},
    foundation::{errors::Error, pages::escaped as encoded},
};

/// For how many views the unnarrowed list is kept: a few a cluster.
const MOST_VIEWS: usize = 64;

/// How many rows a page of a list has.
pub const PAGE: usize = 25;

/// How a list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// How well the words fit; without words, as [`Sort::Projects`].
    #[default]
    Relevance,
    /// By count of known projects.
    Projects,
    /// By name.
    Name,
}

impl Sort {
    /// All, in the order of the drop-down.
    pub const ALL: [Sort; 3] = [Sort::Relevance, Sort::Projects, Sort::Name];

    /// The word in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Sort::Relevance => "relevance",
            Sort::Projects => "projects",
            Sort::Name => "name",
        }
    }
}

/// What is selected. Several values of one field are alternatives; fields narrow each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Selection {
    /// Words: names, places, competences, identifiers, in French or English.
    #[param(example = "pasteur")]
    pub q: String,
    /// Kinds of organisation.
    pub kind: Vec<String>,
    /// Countries, two letters.
    pub country: Vec<String>,
    /// Regions.
    pub region: Vec<String>,
    /// Cities.
    pub city: Vec<String>,
    /// Clusters, by their word in addresses.
    pub cluster: Vec<String>,
    /// Colleges of members.
    pub college: Vec<String>,
    /// Concepts; what is narrower counts too.
    pub concept: Vec<String>,
    /// `yes`: only organisations with known projects.
    pub projects: String,
    /// `yes`: also organisations without a name in the data.
    pub unnamed: String,
    /// How the list is sorted.
    pub sort: Sort,
    /// The page, from 1.
    #[serde(deserialize_with = "page")]
    #[param(format = Int64, minimum = 0)]
    pub page: usize,
}

/// A number that the document of the API can say: 64 bits with a sign, and not below 0.
fn page<'de, D: serde::Deserializer<'de>>(number: D) -> Result<usize, D::Error> {
    use serde::{Deserialize, de::Error};
    usize::try_from(i64::deserialize(number)?).map_err(|_| D::Error::custom("a page is a whole number from 1 on"))
}

/// The fields that narrow a list, in the order of the filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// Kind.
    Kind,
    /// Country.
    Country,
    /// Region.
    Region,
    /// City.
    City,
    /// Cluster.
    Cluster,
    /// College.
    College,
    /// Competence.
    Concept,
    /// With projects.
    Projects,
}

impl Dimension {
    /// All.
    pub const ALL: [Dimension; 8] = [
        Dimension::Kind,
        Dimension::Country,
        Dimension::Region,
        Dimension::City,
        Dimension::Cluster,
        Dimension::College,
        Dimension::Concept,
        Dimension::Projects,
    ];

    /// The name in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Dimension::Kind => "kind",
            Dimension::Country => "country",
            Dimension::Region => "region",
            Dimension::City => "city",
            Dimension::Cluster => "cluster",
            Dimension::College => "college",
            Dimension::Concept => "concept",
            Dimension::Projects => "projects",
        }
    }
}

impl Selection {
    /// The values chosen in a field.
    pub fn values(&self, dimension: Dimension) -> &[String] {
        match dimension {
            Dimension::Kind => &self.kind,
            Dimension::Country => &self.country,
            Dimension::Region => &self.region,
            Dimension::City => &self.city,
            Dimension::Cluster => &self.cluster,
            Dimension::College => &self.college,
            Dimension::Concept => &self.concept,
            Dimension::Projects => match self.projects.as_str() {
                "" => &[],
                _ => std::slice::from_ref(&self.projects),
            },
        }
    }

    /// How many filters are in force, words not counted.
    pub fn active(&self) -> usize {
        let chosen: usize = Dimension::ALL.into_iter().map(|dimension| self.values(dimension).len()).sum();
        chosen + usize::from(self.shows_unnamed())
    }

    /// Whether organisations without a name are shown.
    pub fn shows_unnamed(&self) -> bool {
        self.unnamed == "yes"
    }

    /// The selection as a query string, without the page; `without` leaves one value out.
    pub fn query(&self, without: Option<(&str, &str)>) -> String {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q", &self.q));
        }
        for dimension in Dimension::ALL {
            pairs.extend(self.values(dimension).iter().map(|value| (dimension.key(), value.as_str())));
        }
        if self.shows_unnamed() {
            pairs.push(("unnamed", "yes"));
        }
        if self.sort != Sort::default() {
            pairs.push(("sort", self.sort.key()));
        }
        let kept = pairs.into_iter().filter(|pair| Some(*pair) != without);
        kept.map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
    }

    /// The page asked for, from 1.
    pub fn page_number(&self) -> usize {
        self.page.max(1)
    }
}

/// What a selection comes to.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// All organisations selected, in order, as positions in [`Snapshot::entries`].
    pub positions: Vec<u32>,
    /// Whether close spellings or parts of the search had to be allowed.
    pub approximate: bool,
    /// How many organisations without a name the same selection would add.
    pub unnamed: usize,
    /// How many organisations each value of each field would show, beside the other filters.
    pub counts: HashMap<Dimension, HashMap<String, usize>>,
}

impl Found {
    /// The positions of a page.
    pub fn page(&self, number: usize) -> &[u32] {
        let from = number.saturating_sub(1).saturating_mul(PAGE).min(self.positions.len());
        let to = from.saturating_add(PAGE).min(self.positions.len());
        &self.positions[from..to]
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.positions.len().div_ceil(PAGE).max(1)
    }
}

/// The filters as positions and sets, so that an entry is tested in nanoseconds.
struct Test<'a> {
    selection: &'a Selection,
    view: &'a View,
    kinds: Vec<Kind>,
    clusters: Vec<u16>,
    concepts: Vec<u16>,
}

impl<'a> Test<'a> {
    fn new(snapshot: &Snapshot, view: &'a View, selection: &'a Selection) -> Self {
        Test {
            selection,
            view,
            kinds: selection.kind.iter().filter_map(|word| word.parse().ok()).collect(),
            clusters: selection
                .cluster
                .iter()
                .filter_map(|slug| snapshot.clusters.iter().position(|cluster| cluster.slug == *slug))
                .map(|position| position as u16)
                .collect(),
            concepts: selection.concept.iter().filter_map(|id| snapshot.concept_position(id)).collect(),
        }
    }

    fn passes(&self, dimension: Dimension, entry: &Entry) -> bool {
        let chosen = |values: &[String], value: &Option<String>| {
            values.is_empty() || value.as_ref().is_some_and(|value| values.contains(value))
        };
        match dimension {
            Dimension::Kind => self.selection.kind.is_empty() || self.kinds.contains(&entry.kind),
            Dimension::Country => chosen(&self.selection.country, &entry.country),
            Dimension::Region => chosen(&self.selection.region, &entry.region),
            Dimension::City => {
                self.selection.city.is_empty()
                    || entry.city.as_ref().is_some_and(|city| self.selection.city.iter().any(|c| same_city(c, city)))
            }
            Dimension::Cluster => {
                self.selection.cluster.is_empty()
                    || entry.memberships_seen(self.view).any(|membership| self.clusters.contains(&membership.cluster))
            }
            Dimension::College => {
                self.selection.college.is_empty()
                    || entry.memberships_seen(self.view).any(|membership| {
                        let of_cluster = self.clusters.is_empty() || self.clusters.contains(&membership.cluster);
                        of_cluster && chosen(&self.selection.college, &membership.college)
                    })
            }
            Dimension::Concept => {
                self.selection.concept.is_empty()
                    || self.concepts.iter().any(|concept| entry.covered.binary_search(concept).is_ok())
            }
            Dimension::Projects => self.selection.projects != "yes" || entry.project_count > 0,
        }
    }
}

fn same_city(one: &str, other: &str) -> bool {
    one == other || plain(&shown_city(one)) == plain(&shown_city(other))
}

/// The counts of one pass over the entries, by number; turned into words once at the end.
#[derive(Default)]
struct Counts<'a> {
    texts: HashMap<(Dimension, &'a str), usize>,
    kinds: HashMap<Kind, usize>,
    clusters: HashMap<u16, usize>,
    concepts: Vec<usize>,
    with_projects: usize,
}

impl<'a> Counts<'a> {
    fn add(&mut self, dimension: Dimension, entry: &'a Entry, view: &View) {
        let mut text = |dimension: Dimension, value: &'a Option<String>| {
            if let Some(value) = value {
                *self.texts.entry((dimension, value.as_str())).or_default() += 1;
            }
        };
        match dimension {
            Dimension::Kind => *self.kinds.entry(entry.kind).or_default() += 1,
            Dimension::Country => text(dimension, &entry.country),
            Dimension::Region => text(dimension, &entry.region),
            // Thousands of cities make no useful filter; a city is chosen on the map or on a page.
            Dimension::City => {}
            Dimension::Cluster => {
                for membership in entry.memberships_seen(view) {
                    *self.clusters.entry(membership.cluster).or_default() += 1;
                }
            }
            Dimension::College => {
                for membership in entry.memberships_seen(view) {
                    text(dimension, &membership.college);
                }
            }
            Dimension::Concept => {
                for concept in &entry.covered {
                    if let Some(count) = self.concepts.get_mut(usize::from(*concept)) {
                        *count += 1;
                    }
                }
            }
            Dimension::Projects => self.with_projects += usize::from(entry.project_count > 0),
        }
    }

    fn worded(self, snapshot: &Snapshot) -> HashMap<Dimension, HashMap<String, usize>> {
        let mut worded: HashMap<Dimension, HashMap<String, usize>> = HashMap::new();
        for ((dimension, value), count) in self.texts {
            worded.entry(dimension).or_default().insert(value.to_owned(), count);
        }
        let kinds = self.kinds.into_iter().map(|(kind, count)| (kind.key().to_owned(), count));
        worded.insert(Dimension::Kind, kinds.collect());
        let clusters = self
            .clusters
            .into_iter()
            .filter_map(|(position, count)| Some((snapshot.clusters.get(usize::from(position))?.slug.clone(), count)));
        worded.insert(Dimension::Cluster, clusters.collect());
        let concepts = snapshot.concepts.iter().zip(self.concepts).filter(|(_, count)| *count > 0);
        worded.insert(Dimension::Concept, concepts.map(|(concept, count)| (concept.id.clone(), count)).collect());
        worded.insert(Dimension::Projects, HashMap::from([("yes".to_owned(), self.with_projects)]));
        worded
    }
}

impl Snapshot {
    /// What a selection comes to for a reader.
    pub fn select(&self, view: &View, selection: &Selection) -> Result<Found, Error> {
        // The whole directory is what is asked for most and costs most: it is counted once a snapshot.
        if (Selection { page: 0, ..selection.clone() }) != Selection::default() {
            return self.count(view, selection);
        }
        let known = self.whole.lock().unwrap_or_else(PoisonError::into_inner).get(view).cloned();
        if let Some(found) = known {
            return Ok(found);
        }
        let found = self.count(view, selection)?;
        let mut whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner);
        if whole.len() < MOST_VIEWS {
            whole.insert(view.clone(), found.clone());
        }
        Ok(found)
    }

    fn count(&self, view: &View, selection: &Selection) -> Result<Found, Error> {
        let words = selection.q.trim();
        let (mut scored, approximate) = if words.is_empty() {
            ((0..self.entries.len() as u32).map(|position| (position, 0.0)).collect::<Vec<_>>(), false)
        } else {
            let hits = match &self.text {
                Some(index) => index.search(words)?,
                None => super::text::Hits::default(),
            };
            (self.weighed(words, hits.found, hits.approximate), hits.approximate)
        };
        let test = Test::new(self, view, selection);
        let mut counts = Counts { concepts: vec![0; self.concepts.len()], ..Counts::default() };
        let mut unnamed = 0;
        scored.retain(|(position, _)| {
            let entry = &self.entries[*position as usize];
            let mut failed = None;
            for dimension in Dimension::ALL {
                if !test.passes(dimension, entry) {
                    if failed.is_some() {
                        return false;
                    }
                    failed = Some(dimension);
                }
            }
            if !entry.is_named() {
                unnamed += usize::from(failed.is_none());
                if !selection.shows_unnamed() {
                    return false;
                }
            }
            match failed {
                // An entry that only one field keeps out counts for the other values of that field.
                Some(dimension) => {
                    counts.add(dimension, entry, view);
                    false
                }
                None => {
                    for dimension in Dimension::ALL {
                        counts.add(dimension, entry, view);
                    }
                    true
                }
            }
        });
        self.sort(&mut scored, selection.sort, words.is_empty());
        Ok(Found {
            positions: scored.into_iter().map(|(position, _)| position).collect(),
            approximate,
            unnamed,
            counts: counts.worded(self),
        })
    }

    fn sort(&self, scored: &mut [(u32, f32)], sort: Sort, no_words: bool) {
        let entry = |position: u32| &self.entries[position as usize];
        // Organisations without a name come last in every order.
        let by_name =
            |a: &Entry, b: &Entry| (!a.is_named(), &a.sort_name, &a.pic).cmp(&(!b.is_named(), &b.sort_name, &b.pic));
        let by_projects = |a: &Entry, b: &Entry| {
            (!a.is_named())
                .cmp(&!b.is_named())
                .then_with(|| b.project_count.cmp(&a.project_count))
                .then_with(|| by_name(a, b))
        };
        match sort {
            Sort::Relevance if !no_words => scored.sort_by(|(a, left), (b, right)| {
                (!entry(*a).is_named())
                    .cmp(&!entry(*b).is_named())
                    .then_with(|| right.total_cmp(left))
                    .then_with(|| by_projects(entry(*a), entry(*b)))
            }),
            Sort::Relevance | Sort::Projects => {
                scored.sort_by(|(a, _), (b, _)| by_projects(entry(*a), entry(*b)));
            }
            Sort::Name => scored.sort_by(|(a, _), (b, _)| by_name(entry(*a), entry(*b))),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_holds_the_selection() {
        let selection = Selection {
            q: "cancer & santé".to_owned(),
            country: vec!["FR".to_owned(), "DE".to_owned()],
            unnamed: "yes".to_owned(),
            sort: Sort::Name,
            ..Selection::default()
        };
        assert_eq!(selection.query(None), "q=cancer%20%26%20sant%C3%A9&country=FR&country=DE&unnamed=yes&sort=name");
        assert_eq!(
            selection.query(Some(("country", "FR"))),
            "q=cancer%20%26%20sant%C3%A9&country=DE&unnamed=yes&sort=name"
        );
        assert_eq!(selection.active(), 3);
    }

    proptest! {
        #[test]
        fn an_encoded_value_is_plain_ascii_without_signs_of_addresses(value in ".*") {
            let text = encoded(&value);
            prop_assert!(text.is_ascii());
            prop_assert!(!text.contains(['&', '=', '#', '?', ' ', '"', '<', '>']));
        }
    }
}
