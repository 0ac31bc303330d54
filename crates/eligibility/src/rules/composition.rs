//! How many take part, from how many countries, independent of each other.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::scene::{Members, Scope};
use super::{Compiled, CompiledForm, Finding, Predicate, Scene, Words, bounds, bounds_flaw};
use crate::compile::Form;
use crate::country::Country;
use crate::fact::Fact;
use crate::text::Text;
use crate::verdict::{Fix, Unit, Wanted};

/// At least or at most so many participants of a group.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Count {
    #[serde(default)]
    who: Option<String>,
    #[serde(default)]
    at_least: Option<usize>,
    #[serde(default)]
    at_most: Option<usize>,
}

impl Predicate for Count {
    fn statement(&self, words: Words<'_>) -> Text {
        let noun = words.noun(self.who.as_deref());
        let (low, high) = (
            self.at_least.map(|n| Text::same(n.to_string())),
            self.at_most.map(|n| Text::same(n.to_string())),
        );
        let bounds = bounds(low.as_ref(), high.as_ref());
        let (en, fr) = match self.at_most.or(self.at_least) {
            Some(1) => (&noun.one.en, &noun.one.fr),
            _ => (&noun.many.en, &noun.many.fr),
        };
        Text::new(
            format!("The consortium counts {} {en}.", bounds.en),
            format!("Le consortium compte {} {fr}.", bounds.fr),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let who = self.who.as_deref();
        let noun = scene.words.noun(who);
        let members = scene.members(who, Scope::Beneficiaries);
        let counts = |n: usize| noun.consortium_counts(n);
        if let Some(low) = self.at_least {
            if members.most() < low {
                let found = counts(members.most());
                let lack = low - members.most();
                let text = Text::new(
                    format!(
                        "{}; at least {low} {} needed.",
                        found.en,
                        if low == 1 { "is" } else { "are" }
                    ),
                    format!("{} ; il en faut au moins {low}.", found.fr),
                );
                let add = noun.counted(lack);
                let add = Text::new(format!("Add {}.", add.en), format!("Ajouter {}.", add.fr));
                let fix = Fix::add(
                    Wanted::of_group(scene.words, who, scene.date()),
                    add.clone(),
                );
                return Finding::not_met(
                    text,
                    Some((lack as i128, Unit::Entities)),
                    add,
                    vec![fix],
                );
            }
            if members.certain.len() < low {
                return Finding::unknown(self.statement(scene.words), members.facts());
            }
        }
        if let Some(high) = self.at_most {
            if members.certain.len() > high {
                let found = counts(members.certain.len());
                let excess = members.certain.len() - high;
                let text = Text::new(
                    format!(
                        "{}; at most {high} {} allowed.",
                        found.en,
                        if high == 1 { "is" } else { "are" }
                    ),
                    format!("{} ; il en faut au plus {high}.", found.fr),
                );
                let fewer = noun.counted(excess);
                let fewer = Text::new(
                    format!("{} too many.", fewer.en),
                    format!("{} de trop.", fewer.fr),
                );
                let fix = Fix::remove(scene.ids(&members.certain), fewer.clone());
                return Finding::not_met(
                    text,
                    Some((excess as i128, Unit::EntitiesTooMany)),
                    fewer,
                    vec![fix],
                );
            }
            if members.most() > high {
                return Finding::unknown(self.statement(scene.words), members.facts());
            }
        }
        let found = counts(members.certain.len());
        let needed = bounds_needed(self.at_least, self.at_most);
        Finding::met(Text::new(
            format!("{} ({}).", found.en, needed.en),
            format!("{} ({}).", found.fr, needed.fr),
        ))
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let members = pool.members(self.who.as_deref(), Scope::Beneficiaries);
        let uncertain = !members.possible.is_empty();
        let mut forms = Vec::new();
        // Those who may belong are left out of a minimum and counted in a maximum: stricter than the rule, never laxer.
        if let Some(at_least) = self.at_least {
            forms.push(CompiledForm {
                form: Form::CountMin {
                    members: members.certain.clone(),
                    at_least,
                },
                stronger: uncertain,
            });
        }
        if let Some(at_most) = self.at_most {
            forms.push(CompiledForm {
                form: Form::CountMax {
                    members: members.all(),
                    at_most,
                },
                stronger: uncertain,
            });
        }
        Compiled::Forms(forms)
    }

    fn groups(&self) -> Vec<&str> {
        self.who.as_deref().into_iter().collect()
    }

    fn flaw(&self) -> Option<String> {
        bounds_flaw(self.at_least, self.at_most)
    }
}

fn bounds_needed(low: Option<usize>, high: Option<usize>) -> Text {
    let (low, high) = (
        low.map(|n| Text::same(n.to_string())),
        high.map(|n| Text::same(n.to_string())),
    );
    let bounds = bounds(low.as_ref(), high.as_ref());
    Text::new(
        format!("required: {}", bounds.en),
        format!("exigé : {}", bounds.fr),
    )
}

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
        let (place, noun) = (
            words.place(&self.countries),
            words.noun(self.who.as_deref()),
        );
        let n = self.at_least;
        Text::new(
            format!(
                "The {} are established in at least {n} different {}.",
                noun.many.en, place.many.en
            ),
            format!(
                "Les {} sont établis dans au moins {n} {} différents.",
                noun.many.fr, place.many.fr
            ),
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
                format!(
                    "Participants come from {} (required: at least {}).",
                    found.en, self.at_least
                ),
                format!(
                    "Les participants viennent de {} (exigé : au moins {}).",
                    found.fr, self.at_least
                ),
            ));
        }
        let lack = self.at_least - most.len();
        let text = Text::new(
            format!(
                "Participants come from {}; at least {} are needed.",
                found.en, self.at_least
            ),
            format!(
                "Les participants viennent de {} ; il en faut au moins {}.",
                found.fr, self.at_least
            ),
        );
        let fix = add_from(
            scene,
            &self.countries,
            lack,
            &most.keys().copied().collect(),
            self.who.as_deref(),
            Vec::new(),
        );
        Finding::not_met(
            text,
            Some((lack as i128, Unit::Countries)),
            fix.text.clone(),
            vec![fix],
        )
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let members = in_countries(pool, self.who.as_deref(), &self.countries);
        let stronger = !members.possible.is_empty();
        let form = Form::CountriesMin {
            members: with_country(pool, &members.certain),
            at_least: self.at_least,
        };
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
fn in_countries(scene: &Scene<'_>, who: Option<&str>, set: &str) -> Members {
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
fn counted_countries(
    scene: &Scene<'_>,
    place: &crate::text::Noun,
    countries: impl Iterator<Item = Country>,
) -> Text {
    let countries: Vec<Country> = countries.collect();
    let counted = place.counted(countries.len());
    if countries.is_empty() {
        return Text::new(
            format!("no {}", place.one.en),
            format!("0 {}", place.one.fr),
        );
    }
    let names = scene.country_names(countries);
    Text::new(
        format!("{} ({})", counted.en, names.en),
        format!("{} ({})", counted.fr, names.fr),
    )
}

/// The fix that adds entities from countries of a set that are not used yet.
fn add_from(
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
        Text::new(
            format!(" other than {}", names.en),
            format!(" autre que {}", names.fr),
        )
    };
    let text = if lack == 1 {
        Text::new(
            format!(
                "Add 1 independent entity from a {}{}.",
                place.one.en, besides.en
            ),
            format!(
                "Ajouter 1 entité indépendante d'un {}{}.",
                place.one.fr, besides.fr
            ),
        )
    } else {
        Text::new(
            format!(
                "Add {lack} independent entities, each from a different {}{}.",
                place.one.en, besides.en
            ),
            format!(
                "Ajouter {lack} entités indépendantes, chacune d'un {} différent{}.",
                place.one.fr, besides.fr
            ),
        )
    };
    Fix::add(wanted, text)
}

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
            if let Some(entity) = scene
                .entities()
                .get(*at)
                .filter(|entity| passes(entity.country))
            {
                edges
                    .entry(entity.country)
                    .or_default()
                    .insert(scene.ownership.group(*at));
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
                Self::most(
                    scene,
                    places,
                    Self::in_narrower(scene, &narrower.countries, certain_only),
                ) >= narrower.at_least
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
                    if found < 2 {
                        "entité indépendante"
                    } else {
                        "entités indépendantes"
                    },
                    listed.fr,
                    self.at_least
                ),
            );
            text = text.then(&says).then(&linked_pairs(scene, &places));
            let fix = add_from(
                scene,
                &self.countries,
                lack,
                &used,
                self.who.as_deref(),
                scene.ids(&places),
            );
            missing = missing.then(&fix.text);
            fixes.push(fix);
        }
        for narrower in &self.including {
            let inside = Self::most(
                scene,
                &places,
                Self::in_narrower(scene, &narrower.countries, false),
            );
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
                        format!("Seuls {} comptent ; il en faut au moins {n}.", counted.fr),
                    )
                };
                text = text.then(&says);
                let inside_used = used
                    .iter()
                    .copied()
                    .filter(|country| {
                        scene
                            .words
                            .sets
                            .contains(&narrower.countries, *country, scene.date())
                            == Some(true)
                    })
                    .collect();
                let fix = add_from(
                    scene,
                    &narrower.countries,
                    short,
                    &inside_used,
                    self.who.as_deref(),
                    scene.ids(&places),
                );
                missing = missing.then(&fix.text);
                fixes.push(fix);
            }
        }
        Finding::not_met(text, Some((lack as i128, Unit::Entities)), missing, fixes)
    }
}

/// Names those among the entities that are under one control.
fn linked_pairs(scene: &Scene<'_>, places: &[usize]) -> Text {
    let mut by_group: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in places {
        by_group
            .entry(scene.ownership.group(*at))
            .or_default()
            .push(*at);
    }
    let mut text = Text::default();
    for linked in by_group.values().filter(|linked| linked.len() > 1) {
        let names = scene.named(linked);
        text = text.then(&Text::new(
            format!("{} are under one control and count once.", names.en),
            format!(
                "{} sont sous un même contrôle et ne comptent qu'une fois.",
                names.fr
            ),
        ));
    }
    text
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
    edges
        .keys()
        .filter(|country| augment(**country, edges, &mut taken, &mut BTreeSet::new()))
        .count()
}

impl Predicate for IndependentCountries {
    fn statement(&self, words: Words<'_>) -> Text {
        let place = words.place(&self.countries);
        let n = self.at_least;
        let mut text = if n == 1 {
            Text::new(
                format!("At least 1 legal entity established in a {}", place.one.en),
                format!(
                    "Au moins 1 entité juridique établie dans un {}",
                    place.one.fr
                ),
            )
        } else {
            Text::new(
                format!(
                    "At least {n} legal entities independent of each other, each established in a different {}",
                    place.one.en
                ),
                format!(
                    "Au moins {n} entités juridiques indépendantes les unes des autres, chacune établie dans un {} différent",
                    place.one.fr
                ),
            )
        };
        for narrower in &self.including {
            let noun = words.place(&narrower.countries);
            text.en.push_str(&format!(
                ", at least {} of them in a {}",
                narrower.at_least, noun.one.en
            ));
            text.fr.push_str(&format!(
                ", dont au moins {} dans un {}",
                narrower.at_least, noun.one.fr
            ));
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
                format!(
                    "Independent entities take part from {}; at least {} needed.",
                    listed.en, self.at_least
                ),
                format!(
                    "Des entités indépendantes participent depuis {} ; il en faut au moins {}.",
                    listed.fr, self.at_least
                ),
            ));
        }
        if !self.met_by(scene, &members.all(), false) {
            return self.not_met(scene, &members);
        }
        let mut facts = members.facts();
        if facts.is_empty() {
            // Only a narrower set is in doubt.
            let doubtful = members
                .certain
                .iter()
                .filter_map(|at| scene.entities().get(*at))
                .filter(|entity| {
                    self.including.iter().any(|set| {
                        scene
                            .words
                            .sets
                            .contains(&set.countries, entity.country, scene.date())
                            .is_none()
                    })
                });
            facts = doubtful
                .map(|entity| Fact::of(entity, crate::fact::Field::CountryStatus))
                .collect();
        }
        Finding::unknown(self.statement(scene.words), facts)
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let members = in_countries(pool, self.who.as_deref(), &self.countries);
        let stronger = !members.possible.is_empty();
        let mut forms = vec![CompiledForm {
            form: Form::CountriesMin {
                members: with_country(pool, &members.certain),
                at_least: self.at_least,
            },
            stronger,
        }];
        for narrower in &self.including {
            let inside = Self::in_narrower(pool, &narrower.countries, true);
            let mut of_set = with_country(pool, &members.certain);
            of_set.retain(|(_, country)| inside(*country));
            forms.push(CompiledForm {
                form: Form::CountriesMin {
                    members: of_set,
                    at_least: narrower.at_least,
                },
                stronger,
            });
        }
        // Without two linked members, different countries are independent entities. The rule itself would allow a linked
        // entity beyond the minimum, so this asks more.
        for pair in linked_forms(pool, &members.all()) {
            forms.push(CompiledForm {
                form: pair,
                stronger: true,
            });
        }
        Compiled::Forms(forms)
    }

    fn groups(&self) -> Vec<&str> {
        self.who.as_deref().into_iter().collect()
    }

    fn country_sets(&self) -> Vec<&str> {
        std::iter::once(self.countries.as_str())
            .chain(
                self.including
                    .iter()
                    .map(|narrower| narrower.countries.as_str()),
            )
            .collect()
    }

    fn flaw(&self) -> Option<String> {
        (self.at_least == 0).then(|| "at_least 0 requires nothing".into())
    }
}

/// The entities with their countries.
fn with_country(pool: &Scene<'_>, places: &[usize]) -> Vec<(usize, Country)> {
    places
        .iter()
        .filter_map(|at| Some((*at, pool.entities().get(*at)?.country)))
        .collect()
}

/// One forbidden pair for every two entities under one control.
fn linked_forms(pool: &Scene<'_>, places: &[usize]) -> Vec<Form> {
    let mut forms = Vec::new();
    for (nth, a) in places.iter().enumerate() {
        for b in places.iter().skip(nth + 1) {
            if pool.ownership.linked(*a, *b) {
                forms.push(Form::ForbiddenPair {
                    a: *a.min(b),
                    b: *a.max(b),
                });
            }
        }
    }
    forms
}

/// No two participants of a group are under one control.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Independent {
    #[serde(default)]
    who: Option<String>,
}

impl Predicate for Independent {
    fn statement(&self, words: Words<'_>) -> Text {
        let noun = words.noun(self.who.as_deref());
        Text::new(
            format!("No two {} are under the same control.", noun.many.en),
            format!(
                "Deux {} ne peuvent pas être sous un même contrôle.",
                noun.many.fr
            ),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let members = scene.members(self.who.as_deref(), Scope::Beneficiaries);
        let certain = linked_pairs(scene, &members.certain);
        if !certain.en.is_empty() {
            let linked: Vec<usize> = members
                .certain
                .iter()
                .copied()
                .filter(|at| {
                    members
                        .certain
                        .iter()
                        .any(|other| scene.ownership.linked(*at, *other))
                })
                .collect();
            let text = self.statement(scene.words).then(&certain);
            let advice = Text::new("Keep one of each group.", "N'en garder qu'une par groupe.");
            return Finding::not_met(
                text,
                None,
                certain,
                vec![Fix::remove(scene.ids(&linked), advice)],
            );
        }
        if !linked_pairs(scene, &members.all()).en.is_empty() {
            return Finding::unknown(self.statement(scene.words), members.facts());
        }
        Finding::met(Text::new(
            "No stated holding puts two participants under the same control.",
            "Aucune participation déclarée ne met deux participants sous un même contrôle.",
        ))
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let members = pool.members(self.who.as_deref(), Scope::Beneficiaries);
        let stronger = !members.possible.is_empty();
        let pairs = linked_forms(pool, &members.all());
        Compiled::Forms(
            pairs
                .into_iter()
                .map(|form| CompiledForm { form, stronger })
                .collect(),
        )
    }

    fn groups(&self) -> Vec<&str> {
        self.who.as_deref().into_iter().collect()
    }
}
