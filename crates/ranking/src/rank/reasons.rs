//! The reasons of a score: the same sums, taken apart for one organisation.

use std::collections::BTreeMap;

use super::parts::Clues;
use crate::index::Index;
use crate::weights::{PARTS, Part};

/// A reason and what it adds to the score.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// What it adds; positive. The shares of an organisation add up to its score exactly.
    pub share: f32,
    /// What it rests on.
    pub evidence: Evidence,
}

/// What a reason rests on, with the keys of the caller; the caller words it.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence {
    /// It took part in a past project that resembles the text.
    SimilarProject {
        /// The project.
        project: u64,
        /// How near its text is, in [0, 1].
        similarity: f32,
    },
    /// It took part in more such projects, each adding little.
    MoreSimilarProjects {
        /// How many.
        count: u32,
    },
    /// It has worked with a member that is already in.
    SharedProjects {
        /// That member.
        with: u64,
        /// The projects, newest knowledge first.
        projects: Vec<u64>,
    },
    /// It has worked with the usual partners of the members already in.
    SharedPartners {
        /// The projects that carry most of it.
        projects: Vec<u64>,
    },
    /// It has worked with organisations that took part in similar projects.
    SimilarCircle {
        /// The projects that carry most of it.
        projects: Vec<u64>,
    },
    /// A statement of its own matches the text.
    Declared {
        /// Its place among the organisation's declarations.
        declaration: u32,
        /// The words of the text that it holds (stems, rarest first); empty when only the meaning matches.
        words: Vec<String>,
        /// How near, in [0, 1].
        similarity: f32,
        /// Whether somebody else has confirmed it.
        vouched: bool,
    },
    /// It is active in the part of the programme that the similar projects belong to.
    Programme {
        /// The part, as the corpus names it.
        programme: String,
        /// Its consortia there.
        projects: u32,
    },
    /// It is active in the strand of topics that the similar projects answered.
    Strand {
        /// What the codes of its topics begin with, for instance `SC1-PM`.
        strand: String,
        /// Its consortia there.
        projects: u32,
    },
    /// The text names it.
    Named,
    /// The text speaks of its country, and similar projects bring it up.
    Country,
    /// It takes part in many consortia.
    Activity {
        /// How many.
        consortia: u32,
    },
}

/// Shares are whole multiples of this, so that they add up without rounding; in decimals they have fifteen digits at
/// most, which every reader of JSON keeps exactly.
const GRAIN: f32 = 1.0 / (1 << 15) as f32;
/// Similar projects named one by one; the others are counted.
const NAMED: usize = 5;
/// Projects listed under one shared member.
const LISTED: usize = 8;

impl Index {
    /// The score on the grid of shares, and the reasons that make it up.
    pub(super) fn reasons(
        &self,
        clues: &Clues,
        place: u32,
        parts: &[f32; PARTS],
        blend: &[f32; PARTS],
        score: f32,
    ) -> (f32, Vec<Reason>) {
        let inner = &self.inner;
        let body = &inner.organisations[place as usize];
        let weighted: Vec<f32> = parts.iter().zip(blend).map(|(p, w)| p * w).collect();
        let total: f32 = weighted.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        let portfolio = inner.portfolio.row(place as usize);
        let of = |part: Part| weighted[part as usize] / total;
        let mut found: Vec<(f32, Evidence)> = Vec::new();

        self.by_text(clues, place, portfolio, of(Part::Text), &mut found);
        self.by_programme(clues, portfolio, of(Part::Programme), &mut found);
        self.by_members(clues, portfolio, [of(Part::Circle), of(Part::Shared), of(Part::SharedTheme)], &mut found);
        if of(Part::Echo) > 0.0 {
            let mut carried: Vec<(f32, u32)> =
                portfolio.iter().map(|p| (clues.echo_votes[*p as usize], *p)).filter(|(vote, _)| *vote > 0.0).collect();
            carried.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let projects = carried.iter().take(LISTED).map(|(_, p)| inner.projects[*p as usize].key).collect();
            found.push((of(Part::Echo), Evidence::SimilarCircle { projects }));
        }
        if of(Part::Named) > 0.0 {
            found.push((of(Part::Named), Evidence::Named));
        }
        if of(Part::Country) > 0.0 {
            found.push((of(Part::Country), Evidence::Country));
        }
        if of(Part::Activity) > 0.0 {
            found.push((of(Part::Activity), Evidence::Activity { consortia: body.consortia }));
        }
        if let Some(matches) = clues.matches.get(place as usize).filter(|_| of(Part::Declared) > 0.0) {
            let sum: f32 = matches.iter().map(|m| m.value).sum::<f32>().max(f32::MIN_POSITIVE);
            for found_match in matches {
                let statement = inner.statement_owners[found_match.statement as usize];
                let evidence = Evidence::Declared {
                    declaration: statement.place,
                    words: self.common_words(clues, found_match.statement),
                    similarity: found_match.similarity.clamp(0.0, 1.0),
                    vouched: statement.vouched,
                };
                found.push((of(Part::Declared) * found_match.value / sum, evidence));
            }
        }
        on_the_grid(found, score)
    }

    fn by_text(&self, clues: &Clues, place: u32, portfolio: &[u32], share: f32, found: &mut Vec<(f32, Evidence)>) {
        if share <= 0.0 || clues.text_votes.is_empty() {
            return;
        }
        let mut voters: Vec<(f32, u32)> = portfolio
            .iter()
            .map(|p| (clues.text_votes[*p as usize] * self.worth(clues, *p, place), *p))
            .filter(|(vote, _)| *vote > 0.0)
            .collect();
        voters.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let sum: f32 = voters.iter().map(|(vote, _)| vote).sum::<f32>().max(f32::MIN_POSITIVE);
        for (vote, project) in voters.iter().take(NAMED) {
            let similarity = clues.neighbours.iter().find(|n| n.project == *project).map_or(0.0, |n| n.similarity);
            let evidence = Evidence::SimilarProject {
                project: self.inner.projects[*project as usize].key,
                similarity: similarity.clamp(0.0, 1.0),
            };
            found.push((share * vote / sum, evidence));
        }
        if let Some(rest) = voters.get(NAMED..).filter(|rest| !rest.is_empty()) {
            let evidence = Evidence::MoreSimilarProjects { count: rest.len() as u32 };
            found.push((share * rest.iter().map(|(vote, _)| vote).sum::<f32>() / sum, evidence));
        }
    }

    fn by_programme(&self, clues: &Clues, portfolio: &[u32], share: f32, found: &mut Vec<(f32, Evidence)>) {
        if share <= 0.0 {
            return;
        }
        let mut parts: BTreeMap<u32, (f32, u32)> = BTreeMap::new();
        for project in portfolio {
            for (class, vote) in self.class_votes(clues, *project).into_iter().filter(|(_, vote)| *vote > 0.0) {
                let part = parts.entry(class).or_default();
                part.0 += vote;
                part.1 += 1;
            }
        }
        let sum: f32 = parts.values().map(|(vote, _)| vote).sum::<f32>().max(f32::MIN_POSITIVE);
        for (class, (vote, projects)) in parts {
            let name = self.inner.programmes[class as usize].clone();
            let evidence = if self.inner.strands[class as usize] {
                Evidence::Strand { strand: name, projects }
            } else {
                Evidence::Programme { programme: name, projects }
            };
            found.push((share * vote / sum, evidence));
        }
    }

    /// Shared projects under the member they are shared with, all others of the circle together.
    fn by_members(&self, clues: &Clues, portfolio: &[u32], shares: [f32; 3], found: &mut Vec<(f32, Evidence)>) {
        if shares.iter().all(|s| *s <= 0.0) {
            return;
        }
        let inner = &self.inner;
        let votes = [&clues.circle_votes, &clues.shared_votes, &clues.theme_votes];
        let at = |kind: usize, project: u32| votes[kind].get(project as usize).copied().unwrap_or(0.0).max(0.0);
        let sums: Vec<f32> = (0..3).map(|kind| portfolio.iter().map(|p| at(kind, *p)).sum()).collect();
        let mut with: BTreeMap<u32, Vec<(f32, u32)>> = BTreeMap::new();
        let mut apart: Vec<(f32, u32)> = Vec::new();
        for project in portfolio {
            let weight: f32 = (0..3)
                .filter(|kind| sums[*kind] > 0.0)
                .map(|kind| shares[kind] * at(kind, *project) / sums[kind])
                .sum();
            if weight <= 0.0 {
                continue;
            }
            let members = inner.members.row(*project as usize);
            let shared: Vec<u32> = clues.seeds.iter().filter(|s| members.binary_search(s).is_ok()).copied().collect();
            for seed in &shared {
                with.entry(*seed).or_default().push((weight / shared.len() as f32, *project));
            }
            if shared.is_empty() {
                apart.push((weight, *project));
            }
        }
        let listed = |projects: &mut Vec<(f32, u32)>| -> (f32, Vec<u64>) {
            projects.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let sum = projects.iter().map(|(weight, _)| weight).sum();
            (sum, projects.iter().take(LISTED).map(|(_, p)| inner.projects[*p as usize].key).collect())
        };
        for (seed, mut projects) in with {
            let (share, projects) = listed(&mut projects);
            found.push((share, Evidence::SharedProjects { with: inner.organisations[seed as usize].key, projects }));
        }
        if !apart.is_empty() {
            let (share, projects) = listed(&mut apart);
            found.push((share, Evidence::SharedPartners { projects }));
        }
    }

    /// Words of the question that a statement holds, rarest first.
    fn common_words(&self, clues: &Clues, statement: u32) -> Vec<String> {
        let lexicon = &self.inner.statements.lexicon;
        let mut words: Vec<&String> = clues.stems.iter().filter(|stem| lexicon.holds(stem, statement)).collect();
        words.sort_by(|a, b| lexicon.rarity(b).total_cmp(&lexicon.rarity(a)).then(a.cmp(b)));
        words.into_iter().take(6).cloned().collect()
    }
}

/// Divides the score among the reasons in whole grains, the largest remainders first, so that the sum is exact in any order.
fn on_the_grid(mut found: Vec<(f32, Evidence)>, score: f32) -> (f32, Vec<Reason>) {
    let grains = ((score.clamp(0.0, 1.0) / GRAIN).round() as u32).max(1);
    found.retain(|(share, _)| *share > 0.0);
    let sum: f64 = found.iter().map(|(share, _)| f64::from(*share)).sum();
    if found.is_empty() || sum <= 0.0 {
        return (0.0, Vec::new());
    }
    let exact: Vec<f64> = found.iter().map(|(share, _)| f64::from(*share) / sum * f64::from(grains)).collect();
    let mut whole: Vec<u32> = exact.iter().map(|e| e.floor() as u32).collect();
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|a, b| exact[*b].fract().total_cmp(&exact[*a].fract()).then(a.cmp(b)));
    let missing = grains.saturating_sub(whole.iter().sum());
    for place in order.into_iter().cycle().take(missing as usize) {
        whole[place] += 1;
    }
    let mut reasons: Vec<Reason> = found
        .into_iter()
        .zip(whole)
        .filter(|(_, w)| *w > 0)
        .map(|((_, evidence), w)| Reason { share: w as f32 * GRAIN, evidence })
        .collect();
    reasons.sort_by(|a, b| b.share.total_cmp(&a.share));
    (reasons.iter().map(|r| r.share).sum(), reasons)
}
