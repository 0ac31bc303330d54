//! Who contributes what besides public money.

use std::cmp::Ordering;

use serde::Deserialize;

use super::scene::Scope;
use super::{Compiled, CompiledForm, Finding, Predicate, Require, Scene, Words, capital};
use crate::amount::{Percent, euros_english, euros_french};
use crate::compile::Form;
use crate::consortium::ContributionKind;
use crate::fact::{Answer, Fact, Field};
use crate::text::{Text, de, listed};
use crate::verdict::{Fix, Unit};

fn named(kinds: &[ContributionKind]) -> Text {
    listed(&kinds.iter().map(|kind| Text::same(kind.to_string())).collect::<Vec<_>>())
}

/// What a rule asks of contributions besides public money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commitment {
    /// Together they make up at least a share.
    Share {
        /// The kinds that count.
        kinds: Vec<ContributionKind>,
        /// The share.
        at_least: Percent,
        /// Whether the costs of additional activities are part of the whole, beside the eligible costs.
        with_additional: bool,
    },
    /// Those of some kinds come from some only.
    Payers {
        /// The kinds.
        kinds: Vec<ContributionKind>,
    },
    /// Some of those who take part ask for no public money.
    Unfunded,
}

impl Require {
    /// What it asks of contributions, where it asks something.
    pub(crate) fn commitment(&self) -> Option<Commitment> {
        match self {
            Self::Contribution(rule) => Some(Commitment::Share {
                kinds: rule.kinds.clone(),
                at_least: rule.at_least,
                with_additional: rule.base == Base::CostAndIkaa,
            }),
            Self::Payers(rule) => Some(Commitment::Payers { kinds: rule.kinds.clone() }),
            Self::Unfunded(_) => Some(Commitment::Unfunded),
            _ => None,
        }
    }
}

/// Contributions of these kinds make up at least so much of the base.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contribution {
    kinds: Vec<ContributionKind>,
    at_least: Percent,
    base: Base,
}

/// Of what a contribution is a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Base {
    /// Eligible costs.
    Cost,
    /// Eligible costs and the costs of additional activities.
    CostAndIkaa,
}

impl Base {
    fn noun(self) -> Text {
        match self {
            Self::Cost => Text::new("the eligible costs", "des coûts éligibles"),
            Self::CostAndIkaa => Text::new(
                "the eligible costs and those of additional activities",
                "des coûts éligibles et de ceux des activités additionnelles",
            ),
        }
    }
}

impl Predicate for Contribution {
    fn statement(&self, _words: Words<'_>) -> Text {
        let (kinds, base) = (named(&self.kinds), self.base.noun());
        Text::new(
            format!("Contributions ({}) make up at least {} of {}.", kinds.en, self.at_least.english(), base.en),
            format!("Les contributions ({}) représentent au moins {} {}.", kinds.fr, self.at_least.french(), base.fr),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let mut facts: Vec<Fact> = scene
            .in_scope(Scope::CostBearers)
            .into_iter()
            .filter_map(|at| scene.entities().get(at))
            .filter(|entity| entity.cost_cents.is_none())
            .map(|entity| Fact::of(entity, Field::CostCents))
            .collect();
        let Some(ledger) = &scene.consortium.contributions else {
            facts.push(Fact::proposal(Field::Contributions));
            return Finding::unknown(self.statement(scene.words), facts);
        };
        let of_kinds = |kinds: &[ContributionKind]| -> i128 {
            ledger.iter().filter(|line| kinds.contains(&line.kind)).map(|line| i128::from(line.amount_cents)).sum()
        };
        let given = of_kinds(&self.kinds);
        let costs: i128 = scene
            .in_scope(Scope::CostBearers)
            .into_iter()
            .filter_map(|at| scene.entities().get(at)?.cost_cents)
            .map(i128::from)
            .sum();
        let base = costs + if self.base == Base::CostAndIkaa { of_kinds(&[ContributionKind::Ikaa]) } else { 0 };
        // Missing costs only enlarge the base: a share that is too small stays too small.
        let too_small = base > 0 && self.at_least.compare_share(given, base) == Ordering::Less;
        if !too_small && (!facts.is_empty() || base == 0) {
            if facts.is_empty() {
                facts.push(Fact::proposal(Field::CostCents));
            }
            return Finding::unknown(self.statement(scene.words), facts);
        }
        let (kinds, noun) = (named(&self.kinds), self.base.noun());
        let share = Percent::shown(given, base, false);
        let text = Text::new(
            format!(
                "Contributions ({}) of {} make up {} of {} ({}); at least {} is needed.",
                kinds.en,
                euros_english(given),
                share.english(),
                noun.en,
                euros_english(base),
                self.at_least.english()
            ),
            format!(
                "Les contributions ({}) s'élèvent à {}, soit {} {} ({}) ; il en faut au moins {}.",
                kinds.fr,
                euros_french(given),
                share.french(),
                noun.fr,
                euros_french(base),
                self.at_least.french()
            ),
        );
        if !too_small {
            return Finding::met(text);
        }
        let lack = self.at_least.of_rounded_up(base) - given;
        let missing = Text::new(
            format!("{} more is needed in contributions that do not enlarge this base.", euros_english(lack)),
            format!("Il manque {} de contributions qui n'augmentent pas cette base.", euros_french(lack)),
        );
        let fix = Fix::change(Vec::new(), missing.clone());
        Finding::not_met(text, Some((lack, Unit::Cents)), missing, vec![fix])
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let Some(ledger) = &pool.consortium.contributions else {
            return Compiled::Apart(Text::new(
                "Contributions are agreed once the consortium stands.",
                "Les contributions se conviennent une fois le consortium formé.",
            ));
        };
        let places = pool.in_scope(Scope::CostBearers);
        let mut whole = vec![0_i64; pool.entities().len()];
        let mut part = whole.clone();
        for at in places {
            match pool.entities().get(at).and_then(|entity| entity.cost_cents) {
                Some(cost) => whole[at] = cost,
                None => {
                    return Compiled::Apart(Text::new(
                        "Costs of some candidates are not known.",
                        "Les coûts de certains candidats manquent.",
                    ));
                }
            }
        }
        for line in ledger {
            if let Some(at) = pool.entities().iter().position(|entity| entity.id == line.payer) {
                if self.kinds.contains(&line.kind) {
                    part[at] = part[at].saturating_add(line.amount_cents);
                }
                if self.base == Base::CostAndIkaa && line.kind == ContributionKind::Ikaa {
                    whole[at] = whole[at].saturating_add(line.amount_cents);
                }
            }
        }
        Compiled::exactly(Form::ShareMin { part, whole, percent: self.at_least })
    }

    fn flaw(&self) -> Option<String> {
        self.kinds.is_empty().then(|| "name at least one kind of contribution".into())
    }
}

/// Contributions of these kinds come from members of a group only.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Payers {
    kinds: Vec<ContributionKind>,
    who: String,
}

impl Payers {
    /// Those who pay without being of the group, and those of whom it is not known.
    fn outside(&self, scene: &Scene<'_>) -> (Vec<usize>, Vec<(usize, Vec<Fact>)>) {
        let (mut wrong, mut open) = (Vec::new(), Vec::new());
        for (at, entity) in scene.entities().iter().enumerate() {
            let pays = scene
                .consortium
                .contributions
                .iter()
                .flatten()
                .any(|line| line.payer == entity.id && line.amount_cents > 0 && self.kinds.contains(&line.kind));
            if pays {
                match scene.belongs(Some(&self.who), at, Scope::Everyone) {
                    Answer::Yes => {}
                    Answer::No => wrong.push(at),
                    Answer::Unknown(facts) => open.push((at, facts)),
                }
            }
        }
        (wrong, open)
    }
}

impl Predicate for Payers {
    fn statement(&self, words: Words<'_>) -> Text {
        let (kinds, noun) = (named(&self.kinds), words.noun(Some(&self.who)));
        Text::new(
            format!("{} contributions come from {} only.", kinds.en, noun.many.en),
            format!("Les contributions {} ne peuvent venir que des {}.", kinds.fr, noun.many.fr),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let statement = self.statement(scene.words);
        if scene.consortium.contributions.is_none() {
            return Finding::unknown(statement, vec![Fact::proposal(Field::Contributions)]);
        }
        let (wrong, open) = self.outside(scene);
        if !wrong.is_empty() {
            let (names, kinds) = (scene.named(&wrong), named(&self.kinds));
            let text = statement.then(&Text::new(
                format!("{} may not make them.", names.en),
                format!("Contributeur non admis : {}.", names.fr),
            ));
            let missing = Text::new(
                format!("Take back or re-label the {} of {}.", kinds.en, names.en),
                format!("Retirer ou requalifier les {} {}.", kinds.fr, de(&names.fr)),
            );
            let fix = Fix::change(scene.ids(&wrong), missing.clone());
            return Finding::not_met(text, None, missing, vec![fix]);
        }
        if !open.is_empty() {
            return Finding::unknown(statement, open.into_iter().flat_map(|(_, facts)| facts).collect());
        }
        Finding::met(statement.then(&Text::new("This is the case.", "C'est le cas.")))
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        if pool.consortium.contributions.is_none() {
            return Compiled::not_by_members();
        }
        let (wrong, open) = self.outside(pool);
        let stronger = !open.is_empty();
        let members = wrong.into_iter().chain(open.into_iter().map(|(at, _)| at)).collect();
        Compiled::Forms(vec![CompiledForm { form: Form::Forbidden { members }, stronger }])
    }

    fn groups(&self) -> Vec<&str> {
        vec![&self.who]
    }

    fn flaw(&self) -> Option<String> {
        self.kinds.is_empty().then(|| "name at least one kind of contribution".into())
    }
}

/// Members of a group ask for no public money.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unfunded {
    who: String,
}

impl Unfunded {
    fn funded(&self, scene: &Scene<'_>) -> (Vec<usize>, Vec<(usize, Vec<Fact>)>) {
        let (mut funded, mut open) = (Vec::new(), Vec::new());
        for (at, entity) in scene.entities().iter().enumerate() {
            let asks = match entity.requested_cents {
                Some(cents) => Answer::from(cents > 0),
                None => Answer::unknown(Fact::of(entity, Field::RequestedCents)),
            };
            match scene.belongs(Some(&self.who), at, Scope::Everyone).and(asks) {
                Answer::Yes => funded.push(at),
                Answer::No => {}
                Answer::Unknown(facts) => open.push((at, facts)),
            }
        }
        (funded, open)
    }
}

impl Predicate for Unfunded {
    fn statement(&self, words: Words<'_>) -> Text {
        let noun = words.noun(Some(&self.who));
        Text::new(
            format!("{} receive no public funding.", capital(&noun.many.en)),
            format!("Les {} ne reçoivent pas d'aide publique.", noun.many.fr),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let (funded, open) = self.funded(scene);
        let statement = self.statement(scene.words);
        if !funded.is_empty() {
            let names = scene.named(&funded);
            let cents: i128 =
                funded.iter().filter_map(|at| scene.entities().get(*at)?.requested_cents).map(i128::from).sum();
            let text = statement.then(&Text::new(
                format!("Funding requested by {}: {}.", names.en, euros_english(cents)),
                format!("Aide demandée par {} : {}.", names.fr, euros_french(cents)),
            ));
            let missing = Text::new(
                format!("Set the request of {} to nothing.", names.en),
                format!("Ramener à zéro la demande {}.", de(&names.fr)),
            );
            let fix = Fix::change(scene.ids(&funded), missing.clone());
            return Finding::not_met(text, Some((cents, Unit::CentsTooMany)), missing, vec![fix]);
        }
        if !open.is_empty() {
            return Finding::unknown(statement, open.into_iter().flat_map(|(_, facts)| facts).collect());
        }
        Finding::met(statement.then(&Text::new("This is the case.", "C'est le cas.")))
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        // A request that is not stated yet can still be made zero, so only stated ones exclude a candidate.
        let (members, _) = self.funded(pool);
        Compiled::exactly(Form::Forbidden { members })
    }

    fn groups(&self) -> Vec<&str> {
        vec![&self.who]
    }
}
