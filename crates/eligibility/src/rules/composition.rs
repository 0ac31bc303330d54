//! The minimum composition of a consortium: independent entities, each in a different country.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::countries::{add_from, counted_countries, in_countries, with_country};
use super::independence::{linked_forms, linked_pairs};
use super::scene::Members;
use super::{Compiled, CompiledForm, Finding, Predicate, Scene, Words};
use crate::compile::Form;
use crate::country::Country;
use crate::fact::Fact;
use crate::text::Text;
use crate::verdict::Unit;

/// So many entities that are independent of each other, each in a different country of a set, some of them in a narrower one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IndependentCountries {
    countries: String,
    at_least: usize,
    #[serde(default)]
    including: Vec<Including>,
    #[serde(default)]
    who: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Including {
    countries: String,
    at_least: usize,
}

impl IndependentCountries {
    /// The most entities that can be picked so that no two share a country or a control, among countries that pass.
    fn most(scene: &Scene<'_>, places: &[usize], passes: impl Fn(Country) -> bool) -> usize {
        let mut edges: BTreeMap<Country, BTreeSet<usize>> = BTreeMap::new();
        for at in places {
            if let Some(entity) = scene.entities().get(*at).filter(|entity| passes(entity.country)) {
                edges.entry(entity.country).or_default().insert(scene.ownership.group(*at));
            }
        }
        matching(&edges)
    }

    fn in_narrower(scene: &Scene<'_>, set: &str, certain_only: bool) -> impl Fn(Country) -> bool {
        move |country| match scene.words.sets.contains(set, country, scene.date()) {
            Some(yes) => yes,
            None => !certain_only,
        }
    }

    /// Whether these entities meet it, given which doubtful countries of the narrower sets count.
    fn met_by(&self, scene: &Scene<'_>, places: &[usize], certain_only: bool) -> bool {
        // Sets of countries that can be matched together form a matroid, so the two conditions can be met at once
        // exactly when each can be met for itself.
        Self::most(scene, places, |_| true) >= self.at_least
            && self.including.iter().all(|narrower| {
                Self::most(scene, places, Self::in_narrower(scene, &narrower.countries, certain_only))
                    >= narrower.at_least
            })
    }

    fn not_met(&self, scene: &Scene<'_>, members: &Members) -> Finding {
        let places = members.all();
        let place = scene.words.place(&self.countries);
        let found = Self::most(scene, &places, |_| true);
        let countries = scene.countries(&places);
        let mut text = Text::default();
        let mut missing = Text::default();
        let mut fixes = Vec::new();
        let mut lack = 0;
        let used: BTreeSet<Country> = countries.keys().copied().collect();
        if found < self.at_least {
            lack = self.at_least - found;
            let listed = counted_countries(scene, &place, countries.keys().copied());
            let says = Text::new(
                format!(
                    "The consortium counts {found} independent {} in {}; at least {} are needed, each in a different one.",
                    if found == 1 { "entity" } else { "entities" },
                    listed.en,
                    self.at_least
                ),
                format!(
                    "Le consortium compte {found} {} dans {} ; il en faut au moins {}, chacune dans un pays différent.",
                    if found < 2 { "entité indépendante" } else { "entités indépendantes" },
                    listed.fr,
                    self.at_least
                ),
            );
            text = text.then(&says).then(&linked_pairs(scene, &places));
            let fix = add_from(scene, &self.countries, lack, &used, self.who.as_deref(), scene.ids(&places));
            missing = missing.then(&fix.text);
            fixes.push(fix);
        }
        for narrower in &self.including {
            let inside = Self::most(scene, &places, Self::in_narrower(scene, &narrower.countries, false));
            if inside < narrower.at_least {
                let noun = scene.words.place(&narrower.countries);
                let short = narrower.at_least - inside;
                lack = lack.max(short);
                let n = narrower.at_least;
                let says = if inside == 0 {
                    Text::new(
                        format!(
                            "No participant that counts is established in a {}; at least {n} must be.",
                            noun.one.en
                        ),
                        format!(
                            "Aucun participant éligible n'est établi dans un {} ; il en faut au moins {n}.",
                            noun.one.fr
                        ),
                    )
                } else {
                    let counted = noun.counted(inside);
                    Text::new(
                        format!(
                            "Only {} {} represented; at least {n} are needed.",
                            counted.en,
                            if inside == 1 { "is" } else { "are" }
                        ),
                        format!("{} seulement ; il en faut au moins {n}.", counted.fr),
                    )
                };
                text = text.then(&says);
                let inside_used = used
                    .iter()
                    .copied()
                    .filter(|country| {
                        scene.words.sets.contains(&narrower.countries, *country, scene.date()) == Some(true)
                    })
                    .collect();
                let fix =
                    add_from(scene, &narrower.countries, short, &inside_used, self.who.as_deref(), scene.ids(&places));
                missing = missing.then(&fix.text);
                fixes.push(fix);
            }
        }
        Finding::not_met(text, Some((lack as i128, Unit::Entities)), missing, fixes)
    }
}

/// Size of a largest matching between countries and groups of control (augmenting paths).
fn matching(edges: &BTreeMap<Country, BTreeSet<usize>>) -> usize {
    fn augment(
        country: Country,
        edges: &BTreeMap<Country, BTreeSet<usize>>,
        taken: &mut BTreeMap<usize, Country>,
        seen: &mut BTreeSet<usize>,
    ) -> bool {
        for group in edges.get(&country).into_iter().flatten() {
            if seen.insert(*group) {
                let free = match taken.get(group).copied() {
                    None => true,
                    Some(holder) => augment(holder, edges, taken, seen),
                };
                if free {
                    taken.insert(*group, country);
                    return true;
                }
            }
        }
        false
    }
    let mut taken = BTreeMap::new();
    edges.keys().filter(|country| augment(**country, edges, &mut taken, &mut BTreeSet::new())).count()
}

impl Predicate for IndependentCountries {
    fn statement(&self, words: Words<'_>) -> Text {
        let place = words.place(&self.countries);
        let n = self.at_least;
        let mut text = if n == 1 {
            Text::new(
                format!("At least 1 legal entity established in a {}", place.one.en),
                format!("Au moins 1 entité juridique établie dans un {}", place.one.fr),
            )
        } else {
            Text::new(
                format!(
                    "At least {n} legal entities independent of each other, each established in a different {}",
                    place.one.en
                ),
                format!(
                    "Au moins {n} entités juridiques indépendantes les unes des autres, établies chacune dans un pays différent parmi les {}",
                    place.many.fr
                ),
            )
        };
        for narrower in &self.including {
            let noun = words.place(&narrower.countries);
            text.en.push_str(&format!(", at least {} of them in a {}", narrower.at_least, noun.one.en));
            text.fr.push_str(&format!(", dont au moins {} dans un {}", narrower.at_least, noun.one.fr));
        }
        text.en.push('.');
        text.fr.push('.');
        text
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let members = in_countries(scene, self.who.as_deref(), &self.countries);
        if self.met_by(scene, &members.certain, true) {
            let countries = scene.countries(&members.certain);
            let place = scene.words.place(&self.countries);
            let listed = counted_countries(scene, &place, countries.keys().copied());
            return Finding::met(Text::new(
                format!("Independent entities from {} take part; at least {} needed.", listed.en, self.at_least),
                format!("Entités indépendantes de {} ; il en faut au moins {}.", listed.fr, self.at_least),
            ));
        }
        if !self.met_by(scene, &members.all(), false) {
            return self.not_met(scene, &members);
        }
        let mut facts = members.facts();
        if facts.is_empty() {
            // Only a narrower set is in doubt.
            let doubtful = members.certain.iter().filter_map(|at| scene.entities().get(*at)).filter(|entity| {
                self.including
                    .iter()
                    .any(|set| scene.words.sets.contains(&set.countries, entity.country, scene.date()).is_none())
            });
            facts = doubtful.map(|entity| Fact::of(entity, crate::fact::Field::CountryStatus)).collect();
        }
        Finding::unknown(self.statement(scene.words), facts)
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let members = in_countries(pool, self.who.as_deref(), &self.countries);
        let stronger = !members.possible.is_empty();
        let mut forms = vec![CompiledForm {
            form: Form::CountriesMin { members: with_country(pool, &members.certain), at_least: self.at_least },
            stronger,
        }];
        for narrower in &self.including {
            let inside = Self::in_narrower(pool, &narrower.countries, true);
            let mut of_set = with_country(pool, &members.certain);
            of_set.retain(|(_, country)| inside(*country));
            forms.push(CompiledForm {
                form: Form::CountriesMin { members: of_set, at_least: narrower.at_least },
                stronger,
            });
        }
        // Without two linked members, different countries are independent entities. The rule itself would allow a linked
        // entity beyond the minimum, so this asks more.
        for pair in linked_forms(pool, &members.all()) {
            forms.push(CompiledForm { form: pair, stronger: true });
        }
        Compiled::Forms(forms)
    }

    fn groups(&self) -> Vec<&str> {
        self.who.as_deref().into_iter().collect()
    }

    fn country_sets(&self) -> Vec<&str> {
        std::iter::once(self.countries.as_str())
            .chain(self.including.iter().map(|narrower| narrower.countries.as_str()))
            .collect()
    }

    fn flaw(&self) -> Option<String> {
        (self.at_least == 0).then(|| "at_least 0 requires nothing".into())
    }
}
