//! From a question to the parts of every score.

use super::Query;
use crate::countries;
use crate::index::field::Field;
use crate::index::{Index, NONE};
use crate::text::{Language, language};
use crate::weights::{PARTS, Part, Situation};

/// A past project that votes because it resembles the text.
#[derive(Clone, Copy)]
pub(crate) struct Neighbour {
    pub project: u32,
    pub similarity: f32,
    pub vote: f32,
}

/// A statement that resembles the text.
#[derive(Clone, Copy)]
pub(crate) struct Match {
    pub statement: u32,
    pub similarity: f32,
    pub value: f32,
}

/// The text of a question, made ready.
#[derive(Clone, Copy)]
struct Asked<'a> {
    counted: &'a [(String, u32)],
    vector: &'a [f32],
    long: bool,
    foreign: bool,
}

/// Everything the question has stirred up, kept for the reasons.
pub(crate) struct Clues {
    pub situation: Situation,
    pub stems: Vec<String>,
    /// Nearest first.
    pub neighbours: Vec<Neighbour>,
    /// Vote of each project by its text; empty without neighbours.
    pub text_votes: Vec<f32>,
    /// Vote of every consortium of a part of the programme.
    pub programme_votes: Vec<f32>,
    pub seeds: Vec<u32>,
    /// Vote of each consortium from the regression; empty without members.
    pub circle_votes: Vec<f32>,
    /// Vote of each consortium that members are in.
    pub shared_votes: Vec<f32>,
    /// The same for those that also resemble the text.
    pub theme_votes: Vec<f32>,
    /// Organisations that the text brings up, with the weight they stand in with, by place.
    pub raised: Vec<(u32, f32)>,
    /// Vote of each consortium from the regression on those.
    pub echo_votes: Vec<f32>,
    /// Organisations that the text names, by place.
    pub mentioned: Vec<(u32, f32)>,
    /// Countries that the text speaks of.
    pub countries: Vec<&'static str>,
    /// Best first within each organisation.
    pub matches: Vec<Vec<Match>>,
}

impl Index {
    pub(crate) fn clues(&self, query: &Query<'_>) -> Clues {
        let inner = &self.inner;
        let counted = self.terms.counted(query.text);
        let stems: Vec<String> = counted.iter().map(|(t, _)| t).filter(|t| !t.contains(' ')).cloned().collect();
        let mut seeds: Vec<u32> =
            query.members_in.iter().filter_map(|key| self.organisation_places.get(key).copied()).collect();
        seeds.sort_unstable();
        seeds.dedup();
        let text = match stems.len() {
            0 => 0,
            n if n < self.weights.paragraph => 1,
            _ => 2,
        };
        let members = match seeds.len() {
            0 => 0,
            1 | 2 => 1,
            _ => 2,
        };
        let mut clues = Clues {
            situation: Situation { text, members },
            stems,
            neighbours: Vec::new(),
            text_votes: Vec::new(),
            programme_votes: Vec::new(),
            seeds,
            circle_votes: Vec::new(),
            shared_votes: Vec::new(),
            theme_votes: Vec::new(),
            raised: Vec::new(),
            echo_votes: Vec::new(),
            mentioned: Vec::new(),
            countries: Vec::new(),
            matches: Vec::new(),
        };
        if text > 0 {
            let vector = self.embedder.as_ref().map(|e| e.embed(query.text)).unwrap_or_default();
            let foreign = language(query.text) != Language::English;
            let asked = Asked { counted: &counted, vector: &vector, long: text == 2, foreign };
            self.find_neighbours(&mut clues, &asked);
            self.find_statements(&mut clues, &Asked { long: false, ..asked });
            clues.countries = countries::mentioned(query.text, foreign);
            if !query.is_call {
                clues.mentioned =
                    inner.names.mentioned(query.text, |word| inner.documents.lexicon.surprise_of(&self.terms, word));
            }
        }
        if !clues.seeds.is_empty() {
            let seeds: Vec<(u32, f32)> = clues.seeds.iter().map(|seed| (*seed, 1.0)).collect();
            clues.circle_votes = inner.circle.votes(&inner.members, &seeds);
            self.share_projects(&mut clues);
        }
        self.vote_for_programmes(&mut clues);
        self.raise(&mut clues);
        clues
    }

    /// How near a text is to every statement: by words and meaning, and by meaning above all, as for a foreign text.
    pub(crate) fn nearness_to_statements(&self, text: &str) -> [Vec<f32>; 2] {
        let counted = self.terms.counted(text);
        let vector = self.embedder.as_ref().map(|e| e.embed(text)).unwrap_or_default();
        [false, true].map(|foreign| {
            let asked = Asked { counted: &counted, vector: &vector, long: false, foreign };
            self.nearness_in(&self.inner.statements, &asked, foreign)
        })
    }

    fn nearness(&self, field: &Field, asked: &Asked<'_>) -> Vec<f32> {
        self.nearness_in(field, asked, Self::is_foreign(field, asked))
    }

    /// Words that the field has never seen say nothing: then meaning must carry the more.
    fn is_foreign(field: &Field, asked: &Asked<'_>) -> bool {
        asked.foreign || field.lexicon.question(asked.counted).1 < 0.35
    }

    /// How near every document of a field is: words, and meaning where it rises above the floor.
    fn nearness_in(&self, field: &Field, asked: &Asked<'_>, foreign: bool) -> Vec<f32> {
        let (question, _) = field.lexicon.question(asked.counted);
        let mut near = field.lexicon.cosines(&question);
        let weight = if foreign { self.weights.dense_foreign } else { self.weights.dense[usize::from(asked.long)] };
        let dense = if weight > 0.0 { field.vectors.search(asked.vector) } else { Vec::new() };
        let floor = self.weights.dense_floor;
        for (n, d) in near.iter_mut().zip(dense) {
            *n = (*n + weight * ((d - floor) / (1.0 - floor)).max(0.0)) / (1.0 + weight);
        }
        near
    }

    fn find_neighbours(&self, clues: &mut Clues, asked: &Asked<'_>) {
        let inner = &self.inner;
        let weights = &self.weights;
        let long = asked.long;
        let near = self.nearness(&inner.documents, asked);
        let topic_weight = weights.topic[usize::from(long)];
        let topics = if topic_weight > 0.0 { self.nearness(&inner.topics, asked) } else { Vec::new() };
        let mut found: Vec<Neighbour> = near
            .iter()
            .zip(&inner.document_projects)
            .filter_map(|(near, project)| {
                let past = &inner.projects[*project as usize];
                let topic =
                    if past.topic == NONE { 0.0 } else { topics.get(past.topic as usize).copied().unwrap_or(0.0) };
                let similarity = (near + topic_weight * topic) / (1.0 + topic_weight);
                (similarity > 0.0 && past.members > 0).then_some(Neighbour { project: *project, similarity, vote: 0.0 })
            })
            .collect();
        let nearest = |a: &Neighbour, b: &Neighbour| {
            b.similarity.total_cmp(&a.similarity).then_with(|| {
                let fresh = |n: &Neighbour| inner.projects[n.project as usize].freshness;
                fresh(b).total_cmp(&fresh(a)).then(a.project.cmp(&b.project))
            })
        };
        found.sort_unstable_by(nearest);
        // Of projects that are all but equally near, none is left out by chance.
        let close = found.first().map_or(0.0, |first| first.similarity * weights.tie);
        let kept = found.partition_point(|n| n.similarity >= close).max(weights.neighbours[usize::from(long)]);
        found.truncate(kept);
        clues.text_votes = vec![0.0; inner.projects.len()];
        for neighbour in &mut found {
            let past = &inner.projects[neighbour.project as usize];
            neighbour.vote = neighbour.similarity.powf(weights.sharpness[usize::from(long)]) * past.freshness
                / (past.members as f32).powf(weights.size);
            clues.text_votes[neighbour.project as usize] = neighbour.vote;
        }
        clues.neighbours = found;
    }

    /// What a project's vote is worth to one of its members.
    pub(crate) fn worth(&self, clues: &Clues, project: u32, member: u32) -> f32 {
        let long = usize::from(clues.situation.text == 2);
        if self.inner.coordinators[project as usize] == member { self.weights.coordinator[long] } else { 1.0 }
    }

    /// Lets the organisations that the text brings up stand in for members.
    fn raise(&self, clues: &mut Clues) {
        let inner = &self.inner;
        let blend = self.weights.blend(clues.situation);
        if clues.text_votes.is_empty() || blend[Part::Echo as usize] == 0.0 {
            return;
        }
        let mut votes = vec![0.0_f32; inner.organisations.len()];
        for neighbour in &clues.neighbours {
            for member in inner.members.row(neighbour.project as usize) {
                votes[*member as usize] += neighbour.vote * self.worth(clues, neighbour.project, *member);
            }
        }
        let mut raised: Vec<(u32, f32)> =
            votes.iter().enumerate().filter(|(_, v)| **v > 0.0).map(|(place, v)| (place as u32, *v)).collect();
        raised.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        raised.truncate(self.weights.echo_depth);
        let Some(most) = raised.first().map(|(_, vote)| *vote) else { return };
        raised.iter_mut().for_each(|(_, vote)| *vote = (*vote / most).powf(self.weights.echo_power));
        raised.sort_unstable_by_key(|(place, _)| *place);
        clues.echo_votes = inner.echo.votes(&inner.members, &raised);
        clues.raised = raised;
    }

    fn find_statements(&self, clues: &mut Clues, asked: &Asked<'_>) {
        let inner = &self.inner;
        if inner.statement_owners.is_empty() {
            return;
        }
        let foreign = Self::is_foreign(&inner.statements, asked);
        let near = self.nearness_in(&inner.statements, asked, foreign);
        let usual = &inner.usual[usize::from(foreign)];
        clues.matches = vec![Vec::new(); inner.organisations.len()];
        for (place, (similarity, statement)) in near.iter().zip(&inner.statement_owners).enumerate() {
            if *similarity > 0.05 {
                let telling = similarity * usual.surprise(place, *similarity).powf(self.weights.surprise);
                let value = if statement.vouched { telling * self.weights.vouched } else { telling };
                clues.matches[statement.organisation as usize].push(Match {
                    statement: place as u32,
                    similarity: *similarity,
                    value,
                });
            }
        }
        for matches in &mut clues.matches {
            matches.sort_by(|a, b| b.value.total_cmp(&a.value).then(a.statement.cmp(&b.statement)));
            // One good statement decides; a second and a third only support it.
            matches.truncate(3);
            for (place, found) in matches.iter_mut().enumerate() {
                found.value *= [1.0, 0.25, 0.1][place];
            }
        }
    }

    fn share_projects(&self, clues: &mut Clues) {
        let inner = &self.inner;
        let mut shared = vec![0.0_f32; inner.projects.len()];
        for seed in &clues.seeds {
            let portfolio = inner.portfolio.row(*seed as usize);
            // A project says more about the partners of an organisation that has few.
            let weight = 1.0 / (1.0 + portfolio.len() as f32).sqrt();
            for project in portfolio {
                let past = &inner.projects[*project as usize];
                if past.members >= 2 {
                    shared[*project as usize] +=
                        weight * past.freshness / (past.members as f32).powf(self.weights.shared_size);
                }
            }
        }
        if !clues.text_votes.is_empty() {
            clues.theme_votes = shared.iter().zip(&clues.text_votes).map(|(s, v)| s * v).collect();
        }
        clues.shared_votes = shared;
    }

    fn vote_for_programmes(&self, clues: &mut Clues) {
        let inner = &self.inner;
        let mut mass = vec![0.0_f32; inner.programmes.len()];
        let voters: &[f32] = if clues.text_votes.is_empty() { &clues.shared_votes } else { &clues.text_votes };
        let (mut by_part, mut by_family) = (0.0_f32, 0.0_f32);
        for (past, vote) in inner.projects.iter().zip(voters).filter(|(past, vote)| past.members >= 2 && **vote > 0.0) {
            if past.programme != NONE {
                mass[past.programme as usize] += vote;
                by_part += vote;
            }
            if past.family != NONE {
                mass[past.family as usize] += vote;
                by_family += vote;
            }
        }
        let share = self.weights.family.clamp(0.0, 1.0);
        let mut scales = vec![0.0_f32; inner.programmes.len()];
        for past in &inner.projects {
            if past.programme != NONE {
                scales[past.programme as usize] = (1.0 - share) / by_part.max(f32::MIN_POSITIVE);
            }
            if past.family != NONE {
                scales[past.family as usize] = share / by_family.max(f32::MIN_POSITIVE);
            }
        }
        for ((votes, size), scale) in mass.iter_mut().zip(&inner.programme_mass).zip(scales) {
            *votes = if *size > 0.0 { *votes * scale / size } else { 0.0 };
        }
        clues.programme_votes = mass;
    }

    /// What a consortium adds because of the classes it belongs to.
    pub(crate) fn class_votes(&self, clues: &Clues, project: u32) -> [(u32, f32); 2] {
        let past = &self.inner.projects[project as usize];
        [past.programme, past.family].map(|class| {
            let vote = if past.members >= 2 && class != NONE { clues.programme_votes[class as usize] } else { 0.0 };
            (class, vote * past.freshness)
        })
    }

    /// The parts of every organisation's score, each divided by its largest value.
    pub(crate) fn part_scores(&self, clues: &Clues) -> Vec<[f32; PARTS]> {
        let inner = &self.inner;
        let mut parts = vec![[0.0_f32; PARTS]; inner.organisations.len()];
        for project in 0..inner.projects.len() {
            let at = |votes: &[f32]| votes.get(project).copied().unwrap_or(0.0);
            let programme = self.class_votes(clues, project as u32).iter().map(|(_, vote)| vote).sum();
            let votes = [
                at(&clues.text_votes),
                programme,
                at(&clues.circle_votes),
                at(&clues.shared_votes),
                at(&clues.theme_votes),
                at(&clues.echo_votes),
            ];
            if votes.iter().all(|v| *v == 0.0) {
                continue;
            }
            for member in inner.members.row(project) {
                let part = &mut parts[*member as usize];
                for (p, v) in part.iter_mut().zip(votes) {
                    *p += v;
                }
                part[Part::Text as usize] += votes[0] * (self.worth(clues, project as u32, *member) - 1.0);
            }
        }
        for (place, part) in parts.iter_mut().enumerate() {
            part[Part::Programme as usize] = part[Part::Programme as usize].powf(self.weights.programme_power);
            part[Part::Circle as usize] = (part[Part::Circle as usize] * inner.circle.pivots[place]).max(0.0);
            part[Part::Echo as usize] *= inner.echo.pivots[place];
            part[Part::Activity as usize] = inner.activity[place];
            part[Part::Declared as usize] =
                clues.matches.get(place).map_or(0.0, |matches| matches.iter().map(|m| m.value).sum());
        }
        for (place, sure) in &clues.mentioned {
            parts[*place as usize][Part::Named as usize] = *sure;
        }
        // The regression predicts nobody from itself.
        for (place, weight) in &clues.raised {
            let part = &mut parts[*place as usize][Part::Echo as usize];
            *part = (*part + weight * (1.0 - inner.echo.pivots[*place as usize] / inner.echo.ridge)).max(0.0);
        }
        let mut seeds = clues.seeds.iter().peekable();
        let mut largest = [0.0_f32; PARTS];
        for (place, part) in parts.iter().enumerate() {
            if seeds.next_if(|s| **s as usize == place).is_some() {
                continue;
            }
            for (l, p) in largest.iter_mut().zip(part) {
                *l = l.max(*p);
            }
        }
        // Similarity of a statement is absolute: a poor best match must not look like a perfect one.
        let bound = 1.35 * self.weights.vouched;
        largest[Part::Declared as usize] = bound * 0.6;
        // So is a mention.
        largest[Part::Named as usize] = 1.0;
        for part in &mut parts {
            for (p, l) in part.iter_mut().zip(largest) {
                *p = if l > 0.0 { (*p / l).min(1.0) } else { 0.0 };
            }
        }
        if !clues.countries.is_empty() {
            for (part, body) in parts.iter_mut().zip(&inner.organisations) {
                if clues.countries.iter().any(|country| *country == body.country) {
                    part[Part::Country as usize] = part[Part::Text as usize];
                }
            }
        }
        parts
    }
}
