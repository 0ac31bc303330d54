//! The share that a group must or may bear.

use std::cmp::Ordering;

use serde::Deserialize;

use super::super::scene::Scope;
use super::super::{Compiled, CompiledForm, Finding, Predicate, Scene, Words, bounds_flaw, capital};
use super::{Amount, apart_for, nothing_to_share, sum};
use crate::amount::{Percent, euros_english, euros_french};
use crate::compile::Form;
use crate::fact::Answer;
use crate::text::Text;
use crate::verdict::{Fix, Unit, Wanted};

/// How subcontracting counts in a share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Subcontracting {
    /// As any other cost.
    #[default]
    Included,
    /// Nowhere.
    Excluded,
    /// In the whole, but not in the part.
    ExcludedFromPart,
}

/// A group bears at least or at most so much.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupShare {
    #[serde(default)]
    of: Amount,
    who: String,
    #[serde(default)]
    at_least: Option<Percent>,
    #[serde(default)]
    at_most: Option<Percent>,
    /// Reaching `at_most` is already too much.
    #[serde(default)]
    strictly: bool,
    #[serde(default)]
    subcontracting: Subcontracting,
}

impl GroupShare {
    fn whole(&self) -> Text {
        let whole = self.of.of_whole();
        match self.subcontracting {
            Subcontracting::Included => whole,
            Subcontracting::Excluded => {
                Text::new(format!("{} without subcontracting", whole.en), format!("{} hors sous-traitance", whole.fr))
            }
            Subcontracting::ExcludedFromPart => Text::new(
                format!("{} (their own subcontracting left out)", whole.en),
                format!("{} (leur propre sous-traitance exclue)", whole.fr),
            ),
        }
    }

    /// The upper bound in words.
    fn under(&self, high: Percent) -> Text {
        if self.strictly {
            Text::new(format!("less than {}", high.english()), format!("moins de {}", high.french()))
        } else {
            Text::new(format!("at most {}", high.english()), format!("au plus {}", high.french()))
        }
    }

    fn part_without(&self) -> bool {
        self.subcontracting != Subcontracting::Included
    }

    fn whole_without(&self) -> bool {
        self.subcontracting == Subcontracting::Excluded
    }

    /// Says the share and the bound.
    fn sentence(&self, scene: &Scene<'_>, part: i128, whole: i128) -> Text {
        let (noun, of) = (scene.words.noun(Some(&self.who)), self.whole());
        // Rounded so that a share that misses its bound by little never looks as if it reached it.
        let share = Percent::shown(part, whole, self.at_least.is_none());
        let (needed_en, needed_fr) = match (self.at_least, self.at_most) {
            (Some(low), Some(high)) => (
                format!("between {} and {} is required", low.english(), high.english()),
                format!("il en faut entre {} et {}", low.french(), high.french()),
            ),
            (Some(low), None) => {
                (format!("at least {} is needed", low.english()), format!("il en faut au moins {}", low.french()))
            }
            (None, high) => {
                let high = high.unwrap_or(Percent::HUNDRED);
                let under = self.under(high);
                (format!("{} is allowed", under.en), format!("la limite est : {}", under.fr))
            }
        };
        Text::new(
            format!("{} account for {} {}; {needed_en}.", capital(&noun.many.en), share.english(), of.en),
            format!("Les {} représentent {} {} ; {needed_fr}.", noun.many.fr, share.french(), of.fr),
        )
    }
}

impl Predicate for GroupShare {
    fn statement(&self, words: Words<'_>) -> Text {
        let (noun, whole) = (words.noun(Some(&self.who)), self.whole());
        let range = match (self.at_least, self.at_most) {
            (Some(low), Some(high)) => Text::new(
                format!("between {} and {}", low.english(), high.english()),
                format!("entre {} et {}", low.french(), high.french()),
            ),
            (Some(low), None) => Text::new(format!("at least {}", low.english()), format!("au moins {}", low.french())),
            (None, high) => self.under(high.unwrap_or(Percent::HUNDRED)),
        };
        Text::new(
            format!("{} account for {} {}.", capital(&noun.many.en), range.en, whole.en),
            format!("Les {} représentent {} {}.", noun.many.fr, range.fr, whole.fr),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let everyone = scene.in_scope(Scope::CostBearers);
        let members = scene.members(Some(&self.who), Scope::CostBearers);
        let maybe: Vec<usize> = members.possible.iter().map(|(at, _)| *at).collect();
        let outside: Vec<usize> =
            everyone.iter().copied().filter(|at| !members.certain.contains(at) && !maybe.contains(at)).collect();
        let part = sum(scene, self.of, &members.certain, self.part_without());
        let possible = sum(scene, self.of, &maybe, self.part_without());
        let whole = sum(scene, self.of, &everyone, self.whole_without());
        let rest = sum(scene, self.of, &outside, self.whole_without());
        let mut facts = members.facts();
        facts.extend(whole.lacking.iter().cloned());
        if whole.cents == 0 && whole.lacking.is_empty() {
            return Finding::unknown(self.statement(scene.words), nothing_to_share(scene, self.of));
        }
        // The share lies between these two; an amount that is missing may be anything from nothing upwards.
        let lowest = if rest.lacking.is_empty() && possible.lacking.is_empty() { part.cents } else { 0 };
        let open_above = !part.lacking.is_empty() || !possible.lacking.is_empty();
        let highest = if open_above { whole.cents } else { part.cents + possible.cents };
        let reaches = |cents: i128, bound: Percent| bound.compare_share(cents, whole.cents) != Ordering::Less;
        let exceeds = |cents: i128, bound: Percent| {
            let order = bound.compare_share(cents, whole.cents);
            order == Ordering::Greater || (self.strictly && order == Ordering::Equal)
        };
        let low_ok = self.at_least.map_or(Answer::Yes, |bound| {
            if whole.cents > 0 && reaches(lowest, bound) && lowest > 0 {
                Answer::Yes
            } else if !open_above && !reaches(highest, bound) {
                Answer::No
            } else if facts.is_empty() {
                Answer::from(reaches(lowest, bound))
            } else {
                Answer::Unknown(facts.clone())
            }
        });
        let high_ok = self.at_most.map_or(Answer::Yes, |bound| {
            if !open_above && !exceeds(highest, bound) {
                Answer::Yes
            } else if exceeds(lowest, bound) {
                Answer::No
            } else if facts.is_empty() {
                Answer::from(!exceeds(lowest, bound))
            } else {
                Answer::Unknown(facts.clone())
            }
        });
        let noun = scene.words.noun(Some(&self.who));
        match low_ok.clone().and(high_ok) {
            Answer::Yes if facts.is_empty() => Finding::met(self.sentence(scene, part.cents, whole.cents)),
            Answer::Yes => Finding::met(self.statement(scene.words).then(&Text::new(
                "This is the case whatever the missing facts are.",
                "C'est le cas quels que soient les éléments qui manquent.",
            ))),
            Answer::Unknown(facts) => Finding::unknown(self.statement(scene.words), facts),
            Answer::No if low_ok.is_no() => {
                let bound = self.at_least.unwrap_or_default();
                let lack = bound.of_rounded_up(whole.cents) - highest;
                let missing = Text::new(
                    format!("{} more must go to {}.", euros_english(lack), noun.many.en),
                    format!("Il faut {} de plus pour les {}.", euros_french(lack), noun.many.fr),
                );
                let add = Text::new(
                    format!("Give {} more to {}, or add one of them.", euros_english(lack), noun.many.en),
                    format!("Donner {} de plus aux {}, ou en ajouter.", euros_french(lack), noun.many.fr),
                );
                let fix = Fix::add(Wanted::of_group(scene.words, Some(&self.who), scene.date()), add);
                Finding::not_met(
                    self.sentence(scene, highest, whole.cents),
                    Some((lack, Unit::Cents)),
                    missing,
                    vec![fix],
                )
            }
            Answer::No => {
                let bound = self.at_most.unwrap_or(Percent::HUNDRED);
                let excess = lowest - bound.of(whole.cents) + i128::from(self.strictly);
                let missing = Text::new(
                    format!("Move {} to others.", euros_english(excess)),
                    format!("Transférer {} à d'autres.", euros_french(excess)),
                );
                let fix = Fix::change(scene.ids(&members.certain), missing.clone());
                Finding::not_met(
                    self.sentence(scene, lowest, whole.cents),
                    Some((excess, Unit::CentsTooMany)),
                    missing,
                    vec![fix],
                )
            }
        }
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let (part, whole) =
            match (self.of.column(pool, self.part_without()), self.of.column(pool, self.whole_without())) {
                (Ok(part), Ok(whole)) => (part, whole),
                (Err(facts), _) | (_, Err(facts)) => return apart_for(&facts),
            };
        let members = pool.members(Some(&self.who), Scope::CostBearers);
        let stronger = !members.possible.is_empty();
        let only = |places: &[usize]| -> Vec<i64> {
            part.iter().enumerate().map(|(at, cents)| if places.contains(&at) { *cents } else { 0 }).collect()
        };
        let mut forms = Vec::new();
        if let Some(percent) = self.at_least {
            forms.push(CompiledForm {
                form: Form::ShareMin { part: only(&members.certain), whole: whole.clone(), percent },
                stronger,
            });
        }
        if let Some(percent) = self.at_most {
            // A strict bound is compiled a millionth of a percent lower.
            let percent = if self.strictly { percent.just_below() } else { percent };
            let form = Form::ShareMax { part: only(&members.all()), whole, percent };
            forms.push(CompiledForm { form, stronger: stronger || self.strictly });
        }
        Compiled::Forms(forms)
    }

    fn groups(&self) -> Vec<&str> {
        vec![&self.who]
    }

    fn flaw(&self) -> Option<String> {
        let strict = self.strictly && self.at_most.is_none();
        strict.then(|| "strictly goes with at_most".into()).or_else(|| bounds_flaw(self.at_least, self.at_most))
    }
}
