//! From how many countries participants come.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::scene::{Members, Scope};
use super::{Compiled, CompiledForm, Finding, Predicate, Scene, Words};
use crate::compile::Form;
use crate::country::Country;
use crate::text::Text;
use crate::verdict::{Fix, Unit, Wanted};

/// Participants from at least so many countries of a set, linked or not.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DistinctCountries {
    countries: String,
    at_least: usize,
    #[serde(default)]
    who: Option<String>,
}

impl Predicate for DistinctCountries {
    fn statement(&self, words: Words<'_>) -> Text {
        let (place, noun) = (words.place(&self.countries), words.noun(self.who.as_deref()));
        let n = self.at_least;
        Text::new(
            format!("The {} come from at least {n} different {}.", noun.many.en, place.many.en),
            format!("Les {} viennent d'au moins {n} {} différents.", noun.many.fr, place.many.fr),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let members = in_countries(scene, self.who.as_deref(), &self.countries);
        let certain = scene.countries(&members.certain);
        let most = scene.countries(&members.all());
        if certain.len() < self.at_least && most.len() >= self.at_least {
            return Finding::unknown(self.statement(scene.words), members.facts());
        }
        let place = scene.words.place(&self.countries);
        let found = counted_countries(scene, &place, certain.keys().copied());
        if certain.len() >= self.at_least {
            return Finding::met(Text::new(
                format!("Participants come from {} (required: at least {}).", found.en, self.at_least),
                format!("Les participants viennent de {} (exigé : au moins {}).", found.fr, self.at_least),
            ));
        }
        let lack = self.at_least - most.len();
        let text = Text::new(
            format!("Participants come from {}; at least {} are needed.", found.en, self.at_least),
            format!("Les participants viennent de {} ; il en faut au moins {}.", found.fr, self.at_least),
        );
        let fix =
            add_from(scene, &self.countries, lack, &most.keys().copied().collect(), self.who.as_deref(), Vec::new());
        Finding::not_met(text, Some((lack as i128, Unit::Countries)), fix.text.clone(), vec![fix])
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let members = in_countries(pool, self.who.as_deref(), &self.countries);
        let stronger = !members.possible.is_empty();
        let form = Form::CountriesMin { members: with_country(pool, &members.certain), at_least: self.at_least };
        Compiled::Forms(vec![CompiledForm { form, stronger }])
    }

    fn groups(&self) -> Vec<&str> {
        self.who.as_deref().into_iter().collect()
    }

    fn country_sets(&self) -> Vec<&str> {
        vec![&self.countries]
    }

    fn flaw(&self) -> Option<String> {
        (self.at_least == 0).then(|| "at_least 0 requires nothing".into())
    }
}

/// Members of a group that are established in a country of the set.
pub(super) fn in_countries(scene: &Scene<'_>, who: Option<&str>, set: &str) -> Members {
    let mut members = Members::default();
    for (at, entity) in scene.entities().iter().enumerate() {
        let here = scene.words.sets.established_in(set, entity, scene.date());
        match scene.belongs(who, at, Scope::Beneficiaries).and(here) {
            crate::fact::Answer::Yes => members.certain.push(at),
            crate::fact::Answer::No => {}
            crate::fact::Answer::Unknown(facts) => members.possible.push((at, facts)),
        }
    }
    members
}

/// «2 Member States (France and Germany)».
pub(super) fn counted_countries(
    scene: &Scene<'_>,
    place: &crate::text::Noun,
    countries: impl Iterator<Item = Country>,
) -> Text {
    let countries: Vec<Country> = countries.collect();
    let counted = place.counted(countries.len());
    if countries.is_empty() {
        return Text::new(format!("no {}", place.one.en), format!("0 {}", place.one.fr));
    }
    let names = scene.country_names(countries);
    Text::new(format!("{} ({})", counted.en, names.en), format!("{} ({})", counted.fr, names.fr))
}

/// The fix that adds entities from countries of a set that are not used yet.
pub(super) fn add_from(
    scene: &Scene<'_>,
    set: &str,
    lack: usize,
    used: &BTreeSet<Country>,
    who: Option<&str>,
    independent_of: Vec<String>,
) -> Fix {
    let place = scene.words.place(set);
    let countries: Vec<Country> = scene
        .words
        .sets
        .countries_of(set, scene.date())
        .into_iter()
        .filter(|country| !used.contains(country))
        .collect();
    let mut wanted = Wanted::of_group(scene.words, who, scene.date());
    for one in &mut wanted {
        one.countries.clone_from(&countries);
        one.independent_of.clone_from(&independent_of);
    }
    let taken: Vec<Country> = used
        .iter()
        .copied()
        .filter(|country| scene.words.sets.contains(set, *country, scene.date()) == Some(true))
        .collect();
    let besides = if taken.is_empty() {
        Text::default()
    } else {
        let names = scene.country_names(taken);
        Text::new(format!(" other than {}", names.en), format!(" (hors {})", names.fr))
    };
    let text = if lack == 1 {
        Text::new(
            format!("Add 1 independent entity from a {}{}.", place.one.en, besides.en),
            format!("Ajouter 1 entité indépendante d'un {}{}.", place.one.fr, besides.fr),
        )
    } else {
        Text::new(
            format!("Add {lack} independent entities, each from a different {}{}.", place.one.en, besides.en),
            format!(
                "Ajouter {lack} entités indépendantes, chacune d'un pays différent : {}{}.",
                place.many.fr, besides.fr
            ),
        )
    };
    Fix::add(wanted, text)
}

/// The entities with their countries.
pub(super) fn with_country(pool: &Scene<'_>, places: &[usize]) -> Vec<(usize, Country)> {
    places.iter().filter_map(|at| Some((*at, pool.entities().get(*at)?.country))).collect()
}
