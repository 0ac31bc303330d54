//! The question as the optimiser takes it: candidates, what pairs add, the instrument's rules and the asker's wishes.

use std::collections::BTreeMap;

use assembly::{Pair, Problem, Relaxation, RuleKind};
use eligibility::{Form, Severity, Text};

use super::{super::competences::Wanted, ConflictRule, pool::Candidate};
use crate::{
    consortia::{instruments::InForce, model::MemberSide},
    directory::OrganisationId,
    foundation::{errors::Error, languages::Language},
};

/// What one shared past project of a pair adds, in millionths of a score, and how many count.
const JOINT_PROJECT_PPM: i64 = 4_000;
const JOINT_PROJECTS_COUNTED: i64 = 5;

/// What the asker wants beside the rules of the instrument.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) given: Vec<OrganisationId>,
    pub(super) size: (usize, usize),
    pub(super) wanted: Vec<Wanted>,
    pub(super) countries: Vec<String>,
    pub(super) most_per_country: Option<usize>,
    pub(super) kinds: Vec<(String, Text)>,
    pub(super) day: eligibility::Date,
}

/// A problem with what its rules mean to people.
pub(super) struct Built {
    pub(super) problem: Problem,
    meanings: BTreeMap<String, Text>,
    coordinators: Option<Vec<usize>>,
    joint: BTreeMap<(usize, usize), i64>,
}

impl Built {
    /// Whether the rules let this candidate lead.
    pub(super) fn may_coordinate(&self, at: usize) -> bool {
        self.coordinators.as_ref().is_none_or(|among| among.contains(&at))
    }

    /// Past projects that two candidates share.
    pub(super) fn joint_projects(&self, one: usize, other: usize) -> i64 {
        self.joint.get(&(one.min(other), one.max(other))).copied().unwrap_or(0)
    }

    /// The rules of a conflict in words, each with the least change that would help; the forms of one rule as one.
    pub(super) fn explain(&self, rules: &[usize], relaxations: &[Relaxation]) -> Vec<ConflictRule> {
        let mut said: Vec<ConflictRule> = Vec::new();
        for (at, relaxation) in rules.iter().zip(relaxations) {
            let rule = &self.problem.rules[*at];
            let id = rule.id.split('#').next().unwrap_or(&rule.id).to_owned();
            if said.iter().any(|known| known.rule == id) {
                continue;
            }
            let text = self.meanings.get(&id).cloned().unwrap_or_else(|| Text::same(id.clone()));
            let relaxation = match (id.as_str(), relaxation) {
                ("countries", Relaxation::Value { to, .. }) => elsewhere(*to),
                (_, relaxation) if id.starts_with("cover-") || id.starts_with("kind-") => match relaxation {
                    Relaxation::Value { .. } => in_words(&rule.kind, &Relaxation::Drop),
                    other => in_words(&rule.kind, other),
                },
                (_, relaxation) => in_words(&rule.kind, relaxation),
            };
            said.push(ConflictRule { rule: id, text, relaxation });
        }
        said
    }
}

/// What helps when too few may come from elsewhere.
fn elsewhere(count: i64) -> Text {
    if count == 1 {
        return Text::new(
            "Possible as soon as one member comes from another country.",
            "Possible dès qu’un membre vient d’un autre pays.",
        );
    }
    Text::new(
        format!("Possible with {count} members from other countries."),
        format!("Possible avec {count} membres d’autres pays."),
    )
}

fn in_words(rule: &RuleKind, relaxation: &Relaxation) -> Text {
    match relaxation {
        Relaxation::Value { from, to, least } => {
            let unit = |count: i64| match rule {
                RuleKind::DistinctMin { .. } => {
                    let many = if count == 1 { "country" } else { "countries" };
                    Text::new(format!("{count} {many}"), format!("{count} pays"))
                }
                RuleKind::SizeMin { .. }
                | RuleKind::SizeMax { .. }
                | RuleKind::CountMin { .. }
                | RuleKind::CountMax { .. } => {
                    let s = if count.abs() < 2 { "" } else { "s" };
                    let plural = if count == 1 { "" } else { "s" };
                    Text::new(format!("{count} member{plural}"), format!("{count} membre{s}"))
                }
                _ => Text::same(count.to_string()),
            };
            let (from, to) = (unit(*from), unit(*to));
            let near = if *least { ("", "") } else { (", maybe with less of a change", ", peut-être à moins") };
            Text::new(
                format!("Possible with {} instead of {}{}.", to.en, from.en, near.0),
                format!("Possible avec {} au lieu de {}{}.", to.fr, from.fr, near.1),
            )
        }
        Relaxation::Drop => Text::new("Possible without this condition.", "Possible sans cette condition."),
        Relaxation::NotEnough => {
            Text::new("Giving this up alone is not enough.", "Y renoncer ne suffit pas à soi seul.")
        }
        Relaxation::Unknown => Text::new(
            "The time did not suffice to say what would help.",
            "Le temps n’a pas suffi pour dire ce qui aiderait.",
        ),
    }
}

/// Builds the question.
pub(super) fn build(
    name: String,
    in_force: &InForce,
    stage: Option<&str>,
    candidates: &[Candidate],
    wish: &Wish,
) -> Result<Built, Error> {
    let mut problem = Problem { name, ..Problem::default() };
    problem.candidates = candidates
        .iter()
        .map(|candidate| assembly::Candidate {
            id: candidate.facts.id.to_string(),
            country: candidate.facts.country.clone().unwrap_or_default(),
            kind: candidate.facts.kind.clone(),
            flags: Vec::new(),
            cost: 0,
            fit_ppm: candidate.fit_ppm,
            competences: Vec::new(),
        })
        .collect();
    let joint = joint_by_place(candidates);
    problem.pairs = joint
        .iter()
        .map(|((first, second), projects)| Pair {
            first: *first,
            second: *second,
            bonus_ppm: JOINT_PROJECT_PPM * (*projects).min(JOINT_PROJECTS_COUNTED),
        })
        .collect();
    let mut built = Built { problem, meanings: BTreeMap::new(), coordinators: None, joint };
    built.add_wishes(candidates, wish);
    built.add_instrument(in_force, stage, candidates, wish)?;
    Ok(built)
}

fn joint_by_place(candidates: &[Candidate]) -> BTreeMap<(usize, usize), i64> {
    let mut members: BTreeMap<uuid::Uuid, Vec<usize>> = BTreeMap::new();
    for (at, candidate) in candidates.iter().enumerate() {
        for project in &candidate.projects {
            members.entry(*project).or_default().push(at);
        }
    }
    let mut joint = BTreeMap::new();
    for among in members.values() {
        for (at, first) in among.iter().enumerate() {
            for second in &among[at + 1..] {
                *joint.entry((*first.min(second), *first.max(second))).or_insert(0) += 1;
            }
        }
    }
    joint
}

impl Built {
    fn rule(&mut self, id: &str, kind: RuleKind, meaning: impl FnOnce() -> Text) {
        let mut unique = id.to_owned();
        let mut again = 1;
        while self.problem.rules.iter().any(|rule| rule.id == unique) {
            again += 1;
            unique = format!("{id}#{again}");
        }
        self.problem.add(unique, kind);
        self.meanings.entry(id.to_owned()).or_insert_with(meaning);
    }

    fn add_wishes(&mut self, candidates: &[Candidate], wish: &Wish) {
        let (least, most) = wish.size;
        self.rule("size-min", RuleKind::SizeMin { value: least }, || {
            Text::new(
                format!("At least {least} members, as you asked."),
                format!("Au moins {least} membres, à votre demande."),
            )
        });
        self.rule("size-max", RuleKind::SizeMax { value: most }, || {
            Text::new(
                format!("At most {most} members, as you asked."),
                format!("Au plus {most} membres, à votre demande."),
            )
        });
        for (at, candidate) in candidates.iter().enumerate() {
            if wish.given.contains(&candidate.facts.id) {
                let name = candidate.facts.shown();
                self.rule(&format!("with-{}", candidate.facts.id), RuleKind::Require { candidate: at }, || {
                    Text::new(
                        format!("{name} is in, as you asked."),
                        format!("{name} en fait partie, à votre demande."),
                    )
                });
            }
        }
        for wanted in &wish.wanted {
            let holders = (0..candidates.len()).filter(|at| candidates[*at].covers.contains(&wanted.id)).collect();
            self.rule(&format!("cover-{}", wanted.id), RuleKind::CountMin { group: holders, value: 1 }, || {
                Text::new(
                    format!("Somebody covers the competence “{}”, as you asked.", wanted.label),
                    format!("La compétence «\u{a0}{}\u{a0}» est couverte, à votre demande.", wanted.label),
                )
            });
        }
        if let Some(most) = wish.most_per_country {
            let mut by_country: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for (at, candidate) in candidates.iter().enumerate() {
                by_country.entry(candidate.facts.country.as_deref().unwrap_or_default()).or_default().push(at);
            }
            for group in by_country.into_values().filter(|group| group.len() > most) {
                self.rule("per-country", RuleKind::CountMax { group, value: most }, || {
                    Text::new(
                        format!("At most {most} members from one country, as you asked."),
                        format!("Au plus {most} membres d’un même pays, à votre demande."),
                    )
                });
            }
        }
        for (kind, name) in &wish.kinds {
            let group = (0..candidates.len()).filter(|at| candidates[*at].facts.kind == *kind).collect();
            self.rule(&format!("kind-{kind}"), RuleKind::CountMin { group, value: 1 }, || {
                Text::new(
                    format!("At least one member is of the kind “{}”, as you asked.", name.en),
                    format!("Au moins un membre de nature «\u{a0}{}\u{a0}», à votre demande.", name.fr),
                )
            });
        }
        if !wish.countries.is_empty() {
            let outside = candidates
                .iter()
                .enumerate()
                .filter(|(_, candidate)| !wish.given.contains(&candidate.facts.id))
                .filter(|(_, candidate)| {
                    let country = candidate.facts.country.as_deref().unwrap_or_default();
                    !wish.countries.iter().any(|code| code == country)
                })
                .map(|(at, _)| at)
                .collect();
            let named = |language| {
                let names: Vec<String> =
                    wish.countries.iter().map(|code| crate::consortia::rules::country_name(code, language)).collect();
                names.join(", ")
            };
            self.rule("countries", RuleKind::CountMax { group: outside, value: 0 }, || {
                Text::new(
                    format!("Partners come from {} only, as you asked.", named(Language::En)),
                    format!("Partenaires de ces seuls pays, à votre demande\u{a0}: {}.", named(Language::Fr)),
                )
            });
        }
    }

    fn add_instrument(
        &mut self,
        in_force: &InForce,
        stage: Option<&str>,
        candidates: &[Candidate],
        wish: &Wish,
    ) -> Result<(), Error> {
        let (library, instrument) = (&in_force.library, &in_force.instrument);
        let entities = candidates.iter().map(Candidate::entity).collect::<Result<Vec<_>, _>>()?;
        let compiled = eligibility::compile(library, instrument, stage, wish.day, &entities)
            .map_err(|error| Error::input(error.to_string()))?;
        let explained = eligibility::explain(library, instrument, Some(wish.day));
        let industry: Vec<usize> =
            (0..candidates.len()).filter(|at| candidates[*at].side == MemberSide::Industry).collect();
        for constraint in &compiled.constraints {
            let (least, most) = wish.size;
            let never = constraint.only_from_size.is_some_and(|from| from > most)
                || constraint.only_up_to_size.is_some_and(|to| to < least);
            if constraint.severity != Severity::Ineligible || never {
                continue;
            }
            if let Form::CoordinatorAmong { members } = &constraint.form {
                match &mut self.coordinators {
                    Some(among) => among.retain(|at| members.contains(at)),
                    None => self.coordinators = Some(members.clone()),
                }
            }
            for kind in kinds_of(&constraint.form, constraint.only_with.as_deref(), candidates.len()) {
                self.rule(&constraint.rule, kind, || {
                    let rule = explained.rules.iter().find(|rule| rule.rule == constraint.rule);
                    rule.map_or_else(|| Text::same(constraint.rule.clone()), |rule| rule.text.clone())
                });
            }
        }
        // Where a stage joins both sides, a team without anybody of industry would be half a team.
        let joins_industry = instrument.side.iter().any(|side| {
            side.id == eligibility::Side::Industry
                && stage.is_some_and(|stage| side.stages.is_empty() || side.stages.iter().any(|known| known == stage))
        });
        if joins_industry && instrument.side.len() > 1 {
            self.rule("industry-side", RuleKind::CountMin { group: industry, value: 1 }, || {
                Text::new(
                    "At this stage the industry side is in.",
                    "À cette étape, le côté industriel fait partie de l’équipe.",
                )
            });
        }
        Ok(())
    }
}

/// The constraints of the optimiser that say what a compiled form says; none for forms over amounts, which are not
/// known before anybody has drawn up a budget and which the check therefore shows as unknown.
fn kinds_of(form: &Form, only_with: Option<&[usize]>, count: usize) -> Vec<RuleKind> {
    let count = count as i64;
    match (form, only_with) {
        (Form::CountMin { members, at_least }, None) => {
            vec![RuleKind::CountMin { group: members.clone(), value: *at_least }]
        }
        (Form::CountMax { members, at_most }, None) => {
            vec![RuleKind::CountMax { group: members.clone(), value: *at_most }]
        }
        (Form::CountriesMin { members, at_least }, None) => {
            let mut codes: Vec<String> = members.iter().map(|(_, country)| country.code().to_owned()).collect();
            codes.sort_unstable();
            codes.dedup();
            let mut labels = vec![None; count as usize];
            for (at, country) in members {
                let code = codes.binary_search_by(|known| known.as_str().cmp(country.code())).unwrap_or(0);
                labels[*at] = u32::try_from(code).ok();
            }
            vec![RuleKind::DistinctMin { labels, value: *at_least }]
        }
        (Form::Forbidden { members }, None) => vec![RuleKind::CountMax { group: members.clone(), value: 0 }],
        (Form::ForbiddenPair { a, b }, None) => vec![RuleKind::ForbidPair { first: *a, second: *b }],
        (Form::CoordinatorAmong { members }, None) => vec![RuleKind::CountMin { group: members.clone(), value: 1 }],
        // Binding only when one of `some` is chosen: for each of these a sum that is slack while it is not.
        (Form::CountMin { members, at_least }, Some(some)) => some
            .iter()
            .map(|with| {
                let mut weights: BTreeMap<usize, i64> = members.iter().map(|at| (*at, -1)).collect();
                *weights.entry(*with).or_default() += *at_least as i64;
                RuleKind::WeightMax { weights: weights.into_iter().filter(|(_, w)| *w != 0).collect(), value: 0 }
            })
            .collect(),
        (Form::CoordinatorAmong { members }, Some(_)) => {
            kinds_of(&Form::CountMin { members: members.clone(), at_least: 1 }, only_with, count as usize)
        }
        (Form::CountMax { members, at_most }, Some(some)) => some
            .iter()
            .map(|with| {
                let slack = (members.len() as i64 - *at_most as i64).max(0);
                let mut weights: BTreeMap<usize, i64> = members.iter().map(|at| (*at, 1)).collect();
                *weights.entry(*with).or_default() += slack;
                RuleKind::WeightMax { weights: weights.into_iter().collect(), value: members.len() as i64 }
            })
            .collect(),
        (Form::Forbidden { members }, Some(_)) => {
            kinds_of(&Form::CountMax { members: members.clone(), at_most: 0 }, only_with, count as usize)
        }
        // These hold for every team then, which asks more than the rule does and never less.
        (Form::CountriesMin { .. } | Form::ForbiddenPair { .. }, Some(_)) => kinds_of(form, None, count as usize),
        (
            Form::EntityShareMax { .. }
            | Form::CountryShareMax { .. }
            | Form::ShareMin { .. }
            | Form::ShareMax { .. }
            | Form::TotalMin { .. }
            | Form::TotalMax { .. },
            _,
        ) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_binds_only_with_the_one_it_names() {
        let kinds = kinds_of(&Form::CountMin { members: vec![1, 2], at_least: 2 }, Some(&[0]), 3);
        assert_eq!(kinds, [RuleKind::WeightMax { weights: vec![(0, 2), (1, -1), (2, -1)], value: 0 }]);
        let sum = |chosen: &[usize]| -> i64 {
            let RuleKind::WeightMax { weights, .. } = &kinds[0] else { return 0 };
            weights.iter().filter(|(at, _)| chosen.contains(at)).map(|(_, weight)| weight).sum()
        };
        assert!(sum(&[1]) <= 0, "without the first the rule is silent");
        assert!(sum(&[0, 1]) > 0, "with it one of two is not enough");
        assert!(sum(&[0, 1, 2]) <= 0);
    }

    #[test]
    fn relaxations_are_words() {
        let text = in_words(
            &RuleKind::DistinctMin { labels: Vec::new(), value: 3 },
            &Relaxation::Value { from: 3, to: 1, least: true },
        );
        assert_eq!(text.en, "Possible with 1 country instead of 3 countries.");
        assert_eq!(text.fr, "Possible avec 1 pays au lieu de 3 pays.");
    }
}
