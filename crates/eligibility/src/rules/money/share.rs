//! The largest share that one participant, or one country, may bear.

use std::cmp::Ordering;

use serde::Deserialize;

use super::super::scene::Scope;
use super::super::{Compiled, CompiledForm, Finding, Predicate, Scene, Words};
use super::{Amount, apart_for, nothing_to_share, sum};
use crate::amount::{Percent, euros_english, euros_french};
use crate::compile::Form;
use crate::country::Country;
use crate::fact::Fact;
use crate::text::{Text, de};
use crate::verdict::{Fix, Unit};

/// No participant (of a group) bears more than so much.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntityShare {
    #[serde(default)]
    of: Amount,
    #[serde(default)]
    who: Option<String>,
    at_most: Percent,
}

impl Predicate for EntityShare {
    fn statement(&self, words: Words<'_>) -> Text {
        let (noun, whole) = (words.noun(self.who.as_deref()), self.of.of_whole());
        Text::new(
            format!("No {} bears more than {} {}.", noun.one.en, self.at_most.english(), whole.en),
            format!("Chaque {} porte au plus {} {}.", noun.one.fr, self.at_most.french(), whole.fr),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let whole_places = scene.in_scope(Scope::CostBearers);
        let total = sum(scene, self.of, &whole_places, false);
        if !total.lacking.is_empty() {
            return Finding::unknown(self.statement(scene.words), total.lacking);
        }
        if total.cents == 0 {
            return Finding::unknown(self.statement(scene.words), nothing_to_share(scene, self.of));
        }
        let members = scene.members(self.who.as_deref(), Scope::CostBearers);
        let amount = |at: usize| i128::from(self.of.of(scene, at, false).unwrap_or(0));
        let above = |at: &usize| self.at_most.compare_share(amount(*at), total.cents) == Ordering::Greater;
        let over: Vec<usize> = members.certain.iter().copied().filter(above).collect();
        let whole = self.of.whole();
        if over.is_empty() {
            let doubtful: Vec<Fact> =
                members.possible.iter().filter(|(at, _)| above(at)).flat_map(|(_, facts)| facts.clone()).collect();
            if !doubtful.is_empty() {
                return Finding::unknown(self.statement(scene.words), doubtful);
            }
            let largest = members.all().into_iter().max_by_key(|at| amount(*at));
            let Some(largest) = largest else {
                return Finding::met(self.statement(scene.words));
            };
            let share = Percent::shown(amount(largest), total.cents, true);
            let name = scene.shown(largest);
            return Finding::met(Text::new(
                format!(
                    "The largest share of {} is {} ({name}); at most {} is allowed.",
                    whole.en,
                    share.english(),
                    self.at_most.english()
                ),
                format!(
                    "La plus grande part dans {} est de {} ({name}) ; le plafond est de {}.",
                    whole.fr,
                    share.french(),
                    self.at_most.french()
                ),
            ));
        }
        let mut text = Text::default();
        let mut excess = 0;
        for at in &over {
            let share = Percent::shown(amount(*at), total.cents, true);
            excess += amount(*at) - self.at_most.of(total.cents);
            let name = scene.shown(*at);
            text = text.then(&Text::new(
                format!(
                    "{name} bears {} of {}; at most {} is allowed.",
                    share.english(),
                    whole.en,
                    self.at_most.english()
                ),
                format!(
                    "La part {} dans {} est de {} ; le plafond est de {}.",
                    de(name),
                    whole.fr,
                    share.french(),
                    self.at_most.french()
                ),
            ));
        }
        let missing = Text::new(
            format!("Move {} to others.", euros_english(excess)),
            format!("Transférer {} à d'autres.", euros_french(excess)),
        );
        let fix = Fix::change(scene.ids(&over), missing.clone());
        Finding::not_met(text, Some((excess, Unit::CentsTooMany)), missing, vec![fix])
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        match self.of.column(pool, false) {
            Err(facts) => apart_for(&facts),
            Ok(amounts) => {
                let members = pool.members(self.who.as_deref(), Scope::CostBearers);
                let stronger = !members.possible.is_empty();
                let form = Form::EntityShareMax { members: members.all(), amounts, percent: self.at_most };
                Compiled::Forms(vec![CompiledForm { form, stronger }])
            }
        }
    }

    fn groups(&self) -> Vec<&str> {
        self.who.as_deref().into_iter().collect()
    }
}

/// No country bears more than so much.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CountryShare {
    #[serde(default)]
    of: Amount,
    at_most: Percent,
}

impl Predicate for CountryShare {
    fn statement(&self, _words: Words<'_>) -> Text {
        let whole = self.of.whole();
        Text::new(
            format!(
                "The participants of one country together account for at most {} of {}.",
                self.at_most.english(),
                whole.en
            ),
            format!(
                "La part des participants d'un même pays dans {} est d'au plus {}.",
                whole.fr,
                self.at_most.french()
            ),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let places = scene.in_scope(Scope::CostBearers);
        let total = sum(scene, self.of, &places, false);
        if !total.lacking.is_empty() {
            return Finding::unknown(self.statement(scene.words), total.lacking);
        }
        if total.cents == 0 {
            return Finding::unknown(self.statement(scene.words), nothing_to_share(scene, self.of));
        }
        let countries: Vec<(Country, i128, Vec<usize>)> = scene
            .countries(&places)
            .into_iter()
            .map(|(country, places)| (country, sum(scene, self.of, &places, false).cents, places))
            .collect();
        let whole = self.of.whole();
        let mut text = Text::default();
        let (mut excess, mut concerned) = (0, Vec::new());
        for (country, cents, places) in &countries {
            if self.at_most.compare_share(*cents, total.cents) == Ordering::Greater {
                let share = Percent::shown(*cents, total.cents, true);
                let name = scene.words.sets.country_name(*country);
                excess += cents - self.at_most.of(total.cents);
                concerned.extend(scene.ids(places));
                text = text.then(&Text::new(
                    format!(
                        "{} accounts for {} of {}; at most {} is allowed.",
                        name.en,
                        share.english(),
                        whole.en,
                        self.at_most.english()
                    ),
                    format!(
                        "Pays : {}, part de {} dans {} ; elle doit être d'au plus {}.",
                        name.fr,
                        share.french(),
                        whole.fr,
                        self.at_most.french()
                    ),
                ));
            }
        }
        if !concerned.is_empty() {
            let missing = Text::new(
                format!("Move {} to other countries.", euros_english(excess)),
                format!("Transférer {} à d'autres pays.", euros_french(excess)),
            );
            let fix = Fix::change(concerned, missing.clone());
            return Finding::not_met(text, Some((excess, Unit::CentsTooMany)), missing, vec![fix]);
        }
        let Some((country, cents, _)) = countries.into_iter().max_by_key(|(_, cents, _)| *cents) else {
            return Finding::met(self.statement(scene.words));
        };
        let (share, name) = (Percent::shown(cents, total.cents, true), scene.words.sets.country_name(country));
        Finding::met(Text::new(
            format!(
                "The largest share of one country in {} is {} ({}); at most {} is allowed.",
                whole.en,
                share.english(),
                name.en,
                self.at_most.english()
            ),
            format!(
                "La plus grande part d'un pays dans {} est de {} ({}) ; elle est d'au plus {}.",
                whole.fr,
                share.french(),
                name.fr,
                self.at_most.french()
            ),
        ))
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        match self.of.column(pool, false) {
            Err(facts) => apart_for(&facts),
            Ok(amounts) => {
                let countries = pool.entities().iter().map(|entity| entity.country).collect();
                Compiled::exactly(Form::CountryShareMax { countries, amounts, percent: self.at_most })
            }
        }
    }
}
