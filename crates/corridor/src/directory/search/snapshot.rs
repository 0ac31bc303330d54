//! The directory as it is kept in memory: small entries beside the full-text index, and who worked with whom.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::{
    accounts::{
        ClusterId,
        visibility::{Audience, Reader},
    },
    directory::{
        OrganisationId,
        model::{self, Kind, plain},
    },
    foundation::languages::Language,
};

/// An organisation as lists, maps and networks need it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Its id.
    pub id: OrganisationId,
    /// Its name, where the data has one.
    pub name: Option<String>,
    /// Its short name.
    pub short_name: Option<String>,
    /// Its other names, as they are compared.
    pub other_names: Vec<String>,
    /// Its PIC, one of them where it has several.
    pub pic: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Its country, two letters.
    pub country: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// Its city.
    pub city: Option<String>,
    /// Where it lies: latitude and longitude.
    pub point: Option<(f64, f64)>,
    /// In how many known projects it takes part.
    pub project_count: u32,
    /// The clusters that count it among their members; who reads sees some of them ([`Entry::memberships_seen`]).
    pub(super) memberships: Vec<EntryMembership>,
    /// Its competences, the strongest first, as positions in [`Snapshot::concepts`].
    pub concepts: Vec<u16>,
    /// The competences with everything broader, for filters.
    #[serde(skip)]
    pub covered: Vec<u16>,
    /// Name and short name as they are sorted and compared.
    #[serde(skip)]
    pub sort_name: String,
    /// The short name as it is compared.
    #[serde(skip)]
    pub sort_short: String,
}

impl Entry {
    /// What it is called; a PIC where the data has no name.
    pub fn shown_name(&self) -> String {
        model::shown_name(self.name.as_deref(), self.pic.as_deref(), self.id)
    }

    /// The memberships that a reader sees.
    pub fn memberships_seen(&self, view: &View) -> impl Iterator<Item = &EntryMembership> {
        self.memberships.iter().filter(move |membership| view.sees(membership))
    }

    /// Whether the data has a name for it.
    pub fn is_named(&self) -> bool {
        self.name.is_some()
    }
}

/// A membership as lists need it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EntryMembership {
    /// The position of the cluster in [`Snapshot::clusters`].
    pub cluster: u16,
    /// The college.
    pub college: Option<String>,
    /// Whether it was derived from the region.
    pub derived: bool,
    /// To whom it is shown, as a position in the circles of the snapshot.
    pub(super) circle: u16,
}

/// To whom memberships are shown: many have the same cluster and audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipCircle {
    /// The cluster that they belong to.
    pub cluster: ClusterId,
    /// Who sees them.
    pub audience: Audience,
    /// Whether it is the other way round: what the region says is shown to whoever may not see that it is stated.
    pub instead: bool,
}

/// Which memberships a reader sees. Two readers with the same view get the same answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct View(Vec<bool>);

impl View {
    /// Whether a membership is seen.
    pub fn sees(&self, membership: &EntryMembership) -> bool {
        self.0.get(usize::from(membership.circle)).copied().unwrap_or(false)
    }
}

/// A cluster as lists need it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClusterEntry {
    /// Its id.
    pub id: ClusterId,
    /// Its word in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// A concept with its labels.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConceptEntry {
    /// Its id.
    pub id: String,
    /// The position of the broader concept.
    pub broader: Option<u16>,
    /// Its label in English.
    pub label_en: Option<String>,
    /// Its label in French.
    pub label_fr: Option<String>,
    /// Other labels, in both languages.
    pub alternatives: Vec<(Language, String)>,
}

impl ConceptEntry {
    /// Its label, in the other language where there is none in this one.
    pub fn label(&self, language: Language) -> &str {
        let (first, second) = match language {
            Language::En => (&self.label_en, &self.label_fr),
            Language::Fr => (&self.label_fr, &self.label_en),
        };
        first.as_deref().or(second.as_deref()).unwrap_or(&self.id)
    }

    /// The language that [`ConceptEntry::label`] is in, where it is not the one asked for.
    pub fn fallback(&self, language: Language) -> Option<Language> {
        let has = match language {
            Language::En => self.label_en.is_some(),
            Language::Fr => self.label_fr.is_some(),
        };
        (!has).then(|| language.other())
    }
}

/// Lists of whole numbers in one stretch of memory.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Lists {
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Lists {
    /// The lists of `pairs` (list, value); there are `count` lists.
    pub fn of_pairs(count: usize, pairs: &[(u32, u32)]) -> Self {
        let mut starts = vec![0u32; count + 1];
        for (list, _) in pairs {
            starts[*list as usize + 1] += 1;
        }
        for position in 1..starts.len() {
            starts[position] += starts[position - 1];
        }
        let mut next = starts.clone();
        let mut values = vec![0u32; pairs.len()];
        for (list, value) in pairs {
            let place = &mut next[*list as usize];
            values[*place as usize] = *value;
            *place += 1;
        }
        Lists { starts, values }
    }

    /// One list.
    pub fn get(&self, list: u32) -> &[u32] {
        let list = list as usize;
        match (self.starts.get(list), self.starts.get(list + 1)) {
            (Some(from), Some(to)) => self.values.get(*from as usize..*to as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// How many lists there are.
    pub fn count(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
}

/// What is stored beside the full-text index and read back at the next start.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Contents {
    /// All organisations that are not merged into another.
    pub entries: Vec<Entry>,
    /// All clusters, by name.
    pub clusters: Vec<ClusterEntry>,
    /// To whom memberships are shown.
    pub circles: Vec<MembershipCircle>,
    /// All concepts.
    pub concepts: Vec<ConceptEntry>,
    /// The members of each project, as positions in `entries`.
    pub members: Lists,
}

/// The directory at one moment: everything that lists, facets, maps and networks are computed from.
#[derive(Debug)]
pub struct Snapshot {
    /// The change it was built after.
    pub stamp: String,
    /// All organisations that are not merged into another.
    pub entries: Vec<Entry>,
    /// All clusters, by name.
    pub clusters: Vec<ClusterEntry>,
    /// All concepts.
    pub concepts: Vec<ConceptEntry>,
    circles: Vec<MembershipCircle>,
    members: Lists,
    projects: Lists,
    positions: HashMap<OrganisationId, u32>,
    concept_positions: HashMap<String, u16>,
    pub(super) text: Option<super::text::TextIndex>,
    /// The unnarrowed list for each view, once somebody asked for it.
    pub(super) whole: std::sync::Mutex<HashMap<View, super::selection::Found>>,
}

impl Snapshot {
    /// Prepares the contents for answering.
    pub(super) fn new(stamp: String, mut contents: Contents, text: Option<super::text::TextIndex>) -> Self {
        let concepts = contents.concepts;
        for entry in &mut contents.entries {
            entry.sort_name = plain(entry.name.as_deref().unwrap_or(""));
            entry.sort_short = plain(entry.short_name.as_deref().unwrap_or(""));
            let mut covered = Vec::with_capacity(entry.concepts.len() * 3);
            for concept in &entry.concepts {
                let mut next = Some(*concept);
                // A concept has few ancestors; the count guards against a circle in the data.
                for _ in 0..16 {
                    let Some(position) = next else { break };
                    covered.push(position);
                    next = concepts.get(usize::from(position)).and_then(|concept| concept.broader);
                }
            }
            covered.sort_unstable();
            covered.dedup();
            covered.shrink_to_fit();
            entry.covered = covered;
        }
        let pairs: Vec<(u32, u32)> = (0..contents.members.count() as u32)
            .flat_map(|project| contents.members.get(project).iter().map(move |member| (*member, project)))
            .collect();
        let projects = Lists::of_pairs(contents.entries.len(), &pairs);
        let positions =
            contents.entries.iter().enumerate().map(|(position, entry)| (entry.id, position as u32)).collect();
        let concept_positions =
            concepts.iter().enumerate().map(|(position, concept)| (concept.id.clone(), position as u16)).collect();
        Snapshot {
            stamp,
            entries: contents.entries,
            clusters: contents.clusters,
            circles: contents.circles,
            concepts,
            members: contents.members,
            projects,
            positions,
            concept_positions,
            text,
            whole: std::sync::Mutex::default(),
        }
    }

    /// A directory with nothing in it.
    pub(super) fn empty() -> Self {
        Snapshot::new(String::new(), Contents::default(), None)
    }

    /// Which memberships a reader sees.
    pub fn view(&self, reader: &Reader) -> View {
        View(
            self.circles.iter().map(|circle| reader.sees(circle.cluster, &circle.audience) != circle.instead).collect(),
        )
    }

    /// The entry of an organisation.
    pub fn entry(&self, id: OrganisationId) -> Option<&Entry> {
        self.position(id).and_then(|position| self.entries.get(position as usize))
    }

    /// The position of an organisation in [`Snapshot::entries`].
    pub fn position(&self, id: OrganisationId) -> Option<u32> {
        self.positions.get(&id).copied()
    }

    /// The position of a concept in [`Snapshot::concepts`].
    pub fn concept_position(&self, id: &str) -> Option<u16> {
        self.concept_positions.get(id).copied()
    }

    /// A concept.
    pub fn concept(&self, id: &str) -> Option<&ConceptEntry> {
        self.concept_position(id).and_then(|position| self.concepts.get(usize::from(position)))
    }

    /// The names of organisations, for pages of other slices that hold ids.
    pub fn names(&self, ids: &[OrganisationId]) -> HashMap<OrganisationId, String> {
        ids.iter().filter_map(|id| Some((*id, self.entry(*id)?.shown_name()))).collect()
    }

    /// The members of a cluster that a reader sees, by name.
    pub fn members_of_cluster(&self, view: &View, cluster: ClusterId) -> Vec<&Entry> {
        let Some(position) = self.clusters.iter().position(|known| known.id == cluster) else {
            return Vec::new();
        };
        let mut members: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|entry| entry.memberships_seen(view).any(|membership| usize::from(membership.cluster) == position))
            .collect();
        members.sort_by(|a, b| (!a.is_named(), &a.sort_name).cmp(&(!b.is_named(), &b.sort_name)));
        members
    }

    /// The projects of an organisation, as positions that mean something only to [`Snapshot::members_of_project`].
    pub fn projects_of(&self, position: u32) -> &[u32] {
        self.projects.get(position)
    }

    /// The members of a project.
    pub fn members_of_project(&self, project: u32) -> &[u32] {
        self.members.get(project)
    }

    /// Who worked with this organisation, with the count of joint projects, the closest first.
    pub fn partners(&self, id: OrganisationId) -> Vec<(u32, u32)> {
        let Some(own) = self.position(id) else { return Vec::new() };
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for project in self.projects_of(own) {
            for member in self.members_of_project(*project).iter().filter(|member| **member != own) {
                *counts.entry(*member).or_default() += 1;
            }
        }
        let mut partners: Vec<(u32, u32)> = counts.into_iter().collect();
        partners.sort_unstable_by_key(|(member, count)| {
            let entry = &self.entries[*member as usize];
            (std::cmp::Reverse(*count), !entry.is_named(), std::cmp::Reverse(entry.project_count), *member)
        });
        partners
    }

    /// Joint projects between the given organisations, pair by pair (both positions, the smaller first).
    pub fn joint_projects(&self, among: &[u32]) -> Vec<(u32, u32, u32)> {
        let chosen: std::collections::HashSet<u32> = among.iter().copied().collect();
        let mut counts: HashMap<(u32, u32), u32> = HashMap::new();
        for one in among {
            for project in self.projects_of(*one) {
                for other in self.members_of_project(*project) {
                    if other > one && chosen.contains(other) {
                        *counts.entry((*one, *other)).or_default() += 1;
                    }
                }
            }
        }
        let mut pairs: Vec<(u32, u32, u32)> = counts.into_iter().map(|((a, b), count)| (a, b, count)).collect();
        pairs.sort_unstable_by_key(|(a, b, count)| (std::cmp::Reverse(*count), *a, *b));
        pairs
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lists_hold_what_was_put_in(pairs in prop::collection::vec((0u32..20, 0u32..1000), 0..200)) {
            let lists = Lists::of_pairs(20, &pairs);
            for list in 0..20 {
                let expected: Vec<u32> =
                    pairs.iter().filter(|(of, _)| *of == list).map(|(_, value)| *value).collect();
                prop_assert_eq!(lists.get(list), &expected[..]);
            }
            prop_assert_eq!(lists.get(20), &[] as &[u32]);
        }
    }
}
