//! Earlier projects and submissions.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::proposal::months;
use super::scene::Scope;
use super::{Compiled, Declaration, Finding, Predicate, Scene, Words};
use crate::amount::Percent;
use crate::consortium;
use crate::date::Date;
use crate::fact::{Answer, Fact, Field};
use crate::text::{Text, de, folded};
use crate::verdict::{Fix, Unit};

/// No participant has more than so many earlier submissions of a kind.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Prior {
    programmes: Vec<String>,
    #[serde(default)]
    outcome: Outcome,
    at_most: usize,
    #[serde(default)]
    since: Option<Date>,
    #[serde(default)]
    within_months: Option<u32>,
    #[serde(default)]
    score_below: Option<Percent>,
}

/// Which outcome of an earlier submission counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    /// Whatever became of it.
    #[default]
    Any,
    /// Funded.
    Funded,
    /// Not funded.
    Unsuccessful,
    /// Whatever is not said to be funded.
    UnlessFunded,
}

/// Words for a submission that was funded, folded.
const FUNDED: [&str; 14] = [
    "funded",
    "granted",
    "awarded",
    "selected",
    "success",
    "successful",
    "won",
    "accepted",
    "retained",
    "ongoing",
    "completed",
    "finance",
    "retenu",
    "laureat",
];

/// Words for one that was not, folded.
const UNSUCCESSFUL: [&str; 18] = [
    "unsuccessful",
    "rejected",
    "failed",
    "failure",
    "fail",
    "refused",
    "declined",
    "nogo",
    "notfunded",
    "notselected",
    "notretained",
    "notgranted",
    "belowthreshold",
    "unfunded",
    "lost",
    "refuse",
    "rejete",
    "nonretenu",
];

/// Whether a programme is the one that a rule names; `*` in the rule stands for anything, as in the identifiers of calls.
fn names(known: &str, said: &str) -> bool {
    let said = folded(said);
    let parts: Vec<String> = known.split('*').map(folded).collect();
    let [first, .., last] = parts.as_slice() else {
        return folded(known) == said;
    };
    let Some(mut rest) = said.strip_prefix(first.as_str()).and_then(|rest| rest.strip_suffix(last.as_str())) else {
        return false;
    };
    parts[1..parts.len() - 1].iter().all(|part| match rest.split_once(part.as_str()) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

impl Prior {
    /// Whether an earlier submission counts.
    fn counts(&self, scene: &Scene<'_>, prior: &consortium::Prior) -> Answer {
        let missing = || {
            let entity = prior.entity.as_deref().and_then(|id| scene.consortium.entity(id));
            Answer::unknown(
                entity.map_or(Fact::proposal(Field::PriorResult), |entity| Fact::of(entity, Field::PriorResult)),
            )
        };
        let programme = match &prior.programme {
            None => missing(),
            Some(programme) => Answer::from(self.programmes.iter().any(|known| names(known, programme))),
        };
        let outcome = match (self.outcome, prior.result.as_deref().map(folded)) {
            (Outcome::Any, _) => Answer::Yes,
            (Outcome::UnlessFunded, said) => Answer::from(!said.is_some_and(|said| FUNDED.contains(&said.as_str()))),
            (Outcome::Funded, Some(said)) if FUNDED.contains(&said.as_str()) => Answer::Yes,
            (Outcome::Funded, Some(said)) if UNSUCCESSFUL.contains(&said.as_str()) => Answer::No,
            (Outcome::Unsuccessful, Some(said)) if UNSUCCESSFUL.contains(&said.as_str()) => Answer::Yes,
            (Outcome::Unsuccessful, Some(said)) if FUNDED.contains(&said.as_str()) => Answer::No,
            _ => missing(),
        };
        let earliest = match (self.since, self.within_months.map(|months| scene.date().months_before(months))) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        };
        let recent = match (earliest, prior.date) {
            (_, Some(date)) if date > scene.date() => Answer::No,
            (None, _) => Answer::Yes,
            (Some(earliest), Some(date)) => Answer::from(date >= earliest),
            (Some(_), None) => missing(),
        };
        let low = match (self.score_below, prior.score) {
            (None, _) => Answer::Yes,
            (Some(bound), Some(score)) => Answer::from(score < bound),
            (Some(_), None) => missing(),
        };
        programme.and(outcome).and(recent).and(low)
    }

    /// What is counted, in the number that goes with a count.
    fn described(&self, count: usize) -> Text {
        let programmes = self.programmes.first().cloned().unwrap_or_default();
        let (s_en, s_fr) = (if count == 1 { "" } else { "s" }, if count < 2 { "" } else { "s" });
        let mut text = match self.outcome {
            Outcome::Any => Text::new(
                format!("earlier submission{s_en} to {programmes}"),
                format!("dépôt{s_fr} antérieur{s_fr} ({programmes})"),
            ),
            Outcome::Funded => Text::new(
                format!("earlier grant{s_en} under {programmes}"),
                format!("projet{s_fr} déjà financé{s_fr} ({programmes})"),
            ),
            Outcome::Unsuccessful | Outcome::UnlessFunded => Text::new(
                format!("unsuccessful submission{s_en} to {programmes}"),
                format!("dépôt{s_fr} infructueux ({programmes})"),
            ),
        };
        if let Some(since) = self.since {
            text = Text::new(
                format!("{} since {}", text.en, since.english()),
                format!("{} depuis le {}", text.fr, since.french()),
            );
        }
        if let Some(count) = self.within_months {
            text = Text::new(
                format!("{} in the last {}", text.en, months(count).en),
                format!("{} dans les {} derniers mois", text.fr, count),
            );
        }
        if let Some(score) = self.score_below {
            text = Text::new(
                format!("{} with a score under {}", text.en, score.english()),
                format!("{} avec une note de moins de {}", text.fr, score.french()),
            );
        }
        text
    }
}

impl Predicate for Prior {
    fn statement(&self, _words: Words<'_>) -> Text {
        let described = self.described(self.at_most);
        if self.at_most == 0 {
            return Text::new(
                format!("No participant has {}.", described.en),
                format!("Aucun participant n'a {}.", de(&described.fr)),
            );
        }
        Text::new(
            format!("No participant has more than {} {}.", self.at_most, described.en),
            format!("Aucun participant ne compte plus de {} {}.", self.at_most, described.fr),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let statement = self.statement(scene.words);
        let Some(history) = &scene.consortium.prior else {
            return Finding::unknown(statement, vec![Fact::proposal(Field::Prior)]);
        };
        let concerned = scene.ids(&scene.in_scope(Scope::Beneficiaries));
        // One that names nobody counts for everybody.
        let mut certain: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        let mut possible: BTreeMap<Option<&str>, (usize, Vec<Fact>)> = BTreeMap::new();
        for prior in history.iter().filter(|prior| prior.entity.as_ref().is_none_or(|id| concerned.contains(id))) {
            match self.counts(scene, prior) {
                Answer::Yes => *certain.entry(prior.entity.as_deref()).or_default() += 1,
                Answer::No => {}
                Answer::Unknown(facts) => {
                    let entry = possible.entry(prior.entity.as_deref()).or_default();
                    entry.0 += 1;
                    entry.1.extend(facts);
                }
            }
        }
        let of = |id: Option<&str>| certain.get(&id).copied().unwrap_or(0);
        let shared = of(None);
        let ids: Vec<&str> = certain.keys().chain(possible.keys()).filter_map(|id| *id).collect();
        let worst = ids.iter().copied().map(|id| (of(Some(id)) + shared, Some(id))).max().unwrap_or((shared, None));
        let worst = if worst.0 < shared { (shared, None) } else { worst };
        if worst.0 > self.at_most {
            let entity = worst.1.and_then(|id| scene.consortium.entity(id));
            let described = self.described(worst.0);
            let allowed = match self.at_most {
                0 => Text::new("none is allowed", "aucun n'est admis"),
                most => Text::new(format!("at most {most} allowed"), format!("{most} au plus")),
            };
            let who = entity.map_or(Text::new("The consortium", "Le consortium"), |entity| Text::same(entity.shown()));
            let text = Text::new(
                format!("{} has {} {}; {}.", who.en, worst.0, described.en, allowed.en),
                format!("{} compte {} {} ; {}.", who.fr, worst.0, described.fr, allowed.fr),
            );
            let missing = Text::new("It can therefore not apply.", "La candidature est donc exclue.");
            let ids = entity.map(|entity| entity.id.clone()).into_iter().collect();
            let fix = Fix::remove(ids, Text::new("Apply without it, or later.", "Candidater sans lui, ou plus tard."));
            return Finding::not_met(
                text,
                Some(((worst.0 - self.at_most) as i128, Unit::EntitiesTooMany)),
                missing,
                vec![fix],
            );
        }
        let open_shared = possible.get(&None).map_or(0, |entry| entry.0);
        let most = |id: &str| of(Some(id)) + shared + open_shared + possible.get(&Some(id)).map_or(0, |entry| entry.0);
        let may_exceed = shared + open_shared > self.at_most || ids.iter().any(|id| most(id) > self.at_most);
        if may_exceed {
            return Finding::unknown(statement, possible.into_values().flat_map(|(_, facts)| facts).collect());
        }
        Finding::met(statement.then(&Text::new("This is the case.", "C'est le cas.")))
    }

    fn compile(&self, _pool: &Scene<'_>) -> Compiled {
        Compiled::not_by_members()
    }

    fn declarations(&self) -> Vec<Declaration> {
        vec![Declaration::Prior { programmes: self.programmes.clone() }]
    }

    fn flaw(&self) -> Option<String> {
        self.programmes.is_empty().then(|| "name at least one programme".into())
    }
}
