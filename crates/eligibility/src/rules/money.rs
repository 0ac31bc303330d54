//! Shares, totals and rates, in whole cents and compared without rounding.

use std::cmp::Ordering;

use serde::Deserialize;

use super::scene::Scope;
use super::{Compiled, CompiledForm, Finding, Predicate, Scene, Words, bounds, bounds_flaw};
use crate::amount::{Percent, euros_english, euros_french};
use crate::compile::Form;
use crate::consortium::Entity;
use crate::country::Country;
use crate::date::Period;
use crate::fact::{Answer, Fact, Field};
use crate::library::Rate;
use crate::text::Text;
use crate::verdict::{Fix, Unit, Wanted};

/// Which amount of an entity is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Amount {
    /// Its eligible costs.
    #[default]
    Cost,
    /// The public money it asks for; where it is not stated, its costs times its rate.
    Requested,
}

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

impl Amount {
    /// The whole of which shares are taken.
    fn whole(self) -> Text {
        match self {
            Self::Cost => Text::new("the total cost", "le coût total"),
            Self::Requested => Text::new("the funding requested", "l'aide demandée"),
        }
    }

    fn field(self) -> Field {
        match self {
            Self::Cost => Field::CostCents,
            Self::Requested => Field::RequestedCents,
        }
    }

    fn of(self, scene: &Scene<'_>, at: usize, without_subcontracting: bool) -> Option<i64> {
        let entity = scene.entities().get(at)?;
        match self {
            Self::Cost if without_subcontracting => entity
                .cost_cents
                .map(|cost| cost - entity.subcontracting_cents.unwrap_or(0)),
            Self::Cost => entity.cost_cents,
            Self::Requested => entity.requested_cents.or_else(|| {
                let rate = grant_rate(scene, at).filter(|rate| !rate.ceiling)?;
                entity
                    .cost_cents
                    .and_then(|cost| i64::try_from(rate.percent.of(i128::from(cost))).ok())
            }),
        }
    }

    /// The amounts of all candidates, zero for those whose amounts do not count; or those whose amount is missing.
    fn column(
        self,
        scene: &Scene<'_>,
        without_subcontracting: bool,
    ) -> Result<Vec<i64>, Vec<Fact>> {
        let in_scope = scene.in_scope(Scope::CostBearers);
        let mut column = vec![0; scene.entities().len()];
        let mut facts = Vec::new();
        for at in in_scope {
            match self.of(scene, at, without_subcontracting) {
                Some(amount) => column[at] = amount,
                None => facts.extend(
                    scene
                        .entities()
                        .get(at)
                        .map(|entity| Fact::of(entity, self.field())),
                ),
            }
        }
        if facts.is_empty() {
            Ok(column)
        } else {
            Err(facts)
        }
    }
}

/// A sum of known amounts, and who lacks one.
struct Sum {
    cents: i128,
    lacking: Vec<Fact>,
}

fn sum(scene: &Scene<'_>, amount: Amount, places: &[usize], without_subcontracting: bool) -> Sum {
    let mut sum = Sum {
        cents: 0,
        lacking: Vec::new(),
    };
    for at in places {
        match amount.of(scene, *at, without_subcontracting) {
            Some(cents) => sum.cents += i128::from(cents),
            None => sum.lacking.extend(
                scene
                    .entities()
                    .get(*at)
                    .map(|entity| Fact::of(entity, amount.field())),
            ),
        }
    }
    sum
}

/// The facts that a share of nothing lacks: amounts that are not all zero.
fn nothing_to_share(scene: &Scene<'_>, amount: Amount) -> Vec<Fact> {
    let facts: Vec<Fact> = scene
        .in_scope(Scope::CostBearers)
        .into_iter()
        .filter_map(|at| scene.entities().get(at))
        .map(|entity| Fact::of(entity, amount.field()))
        .collect();
    if facts.is_empty() {
        vec![Fact::proposal(amount.field())]
    } else {
        facts
    }
}

fn apart_for(facts: &[Fact]) -> Compiled {
    let missing = crate::fact::missing_sentence(facts);
    Compiled::Apart(missing)
}

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
        let (noun, whole) = (words.noun(self.who.as_deref()), self.of.whole());
        Text::new(
            format!(
                "No {} bears more than {} of {}.",
                noun.one.en,
                self.at_most.english(),
                whole.en
            ),
            format!(
                "La part d'un même {} dans {} est d'au plus {}.",
                noun.one.fr,
                whole.fr,
                self.at_most.french()
            ),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let whole_places = scene.in_scope(Scope::CostBearers);
        let total = sum(scene, self.of, &whole_places, false);
        if !total.lacking.is_empty() {
            return Finding::unknown(self.statement(scene.words), total.lacking);
        }
        if total.cents == 0 {
            return Finding::unknown(
                self.statement(scene.words),
                nothing_to_share(scene, self.of),
            );
        }
        let members = scene.members(self.who.as_deref(), Scope::CostBearers);
        let amount = |at: usize| i128::from(self.of.of(scene, at, false).unwrap_or(0));
        let above =
            |at: &usize| self.at_most.compare_share(amount(*at), total.cents) == Ordering::Greater;
        let over: Vec<usize> = members.certain.iter().copied().filter(above).collect();
        let whole = self.of.whole();
        if over.is_empty() {
            let doubtful: Vec<Fact> = members
                .possible
                .iter()
                .filter(|(at, _)| above(at))
                .flat_map(|(_, facts)| facts.clone())
                .collect();
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
                    "La plus grande part dans {} est de {} ({name}) ; elle est d'au plus {}.",
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
                    "La part de {name} dans {} est de {} ; elle doit être d'au plus {}.",
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
                let form = Form::EntityShareMax {
                    members: members.all(),
                    amounts,
                    percent: self.at_most,
                };
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
            return Finding::unknown(
                self.statement(scene.words),
                nothing_to_share(scene, self.of),
            );
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
        let Some((country, cents, _)) = countries.into_iter().max_by_key(|(_, cents, _)| *cents)
        else {
            return Finding::met(self.statement(scene.words));
        };
        let (share, name) = (
            Percent::shown(cents, total.cents, true),
            scene.words.sets.country_name(country),
        );
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
                let countries = pool
                    .entities()
                    .iter()
                    .map(|entity| entity.country)
                    .collect();
                Compiled::exactly(Form::CountryShareMax {
                    countries,
                    amounts,
                    percent: self.at_most,
                })
            }
        }
    }
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
    #[serde(default)]
    subcontracting: Subcontracting,
}

impl GroupShare {
    fn whole(&self) -> Text {
        let whole = self.of.whole();
        match self.subcontracting {
            Subcontracting::Included => whole,
            Subcontracting::Excluded => Text::new(
                format!("{} without subcontracting", whole.en),
                format!("{} hors sous-traitance", whole.fr),
            ),
            Subcontracting::ExcludedFromPart => Text::new(
                format!("{} (their subcontracting left out)", whole.en),
                format!("{} (sans leur sous-traitance)", whole.fr),
            ),
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
                format!("between {} and {} is needed", low.english(), high.english()),
                format!(
                    "elle doit être comprise entre {} et {}",
                    low.french(),
                    high.french()
                ),
            ),
            (Some(low), None) => (
                format!("at least {} is needed", low.english()),
                format!("il en faut au moins {}", low.french()),
            ),
            (None, high) => {
                let high = high.unwrap_or(Percent::HUNDRED);
                (
                    format!("at most {} is allowed", high.english()),
                    format!("elle doit être d'au plus {}", high.french()),
                )
            }
        };
        Text::new(
            format!(
                "The share of {} in {} is {}; {needed_en}.",
                noun.many.en,
                of.en,
                share.english()
            ),
            format!(
                "La part des {} dans {} est de {} ; {needed_fr}.",
                noun.many.fr,
                of.fr,
                share.french()
            ),
        )
    }
}

impl Predicate for GroupShare {
    fn statement(&self, words: Words<'_>) -> Text {
        let (noun, whole) = (words.noun(Some(&self.who)), self.whole());
        let english = |p: Percent| Text::new(p.english(), p.french());
        let bounds = bounds(
            self.at_least.map(english).as_ref(),
            self.at_most.map(english).as_ref(),
        );
        Text::new(
            format!(
                "The share of {} in {} is {}.",
                noun.many.en, whole.en, bounds.en
            ),
            format!(
                "La part des {} dans {} est : {}.",
                noun.many.fr, whole.fr, bounds.fr
            ),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let everyone = scene.in_scope(Scope::CostBearers);
        let members = scene.members(Some(&self.who), Scope::CostBearers);
        let maybe: Vec<usize> = members.possible.iter().map(|(at, _)| *at).collect();
        let outside: Vec<usize> = everyone
            .iter()
            .copied()
            .filter(|at| !members.certain.contains(at) && !maybe.contains(at))
            .collect();
        let part = sum(scene, self.of, &members.certain, self.part_without());
        let possible = sum(scene, self.of, &maybe, self.part_without());
        let whole = sum(scene, self.of, &everyone, self.whole_without());
        let rest = sum(scene, self.of, &outside, self.whole_without());
        let mut facts = members.facts();
        facts.extend(whole.lacking.iter().cloned());
        if whole.cents == 0 && whole.lacking.is_empty() {
            return Finding::unknown(
                self.statement(scene.words),
                nothing_to_share(scene, self.of),
            );
        }
        // The share lies between these two; an amount that is missing may be anything from nothing upwards.
        let lowest = if rest.lacking.is_empty() && possible.lacking.is_empty() {
            part.cents
        } else {
            0
        };
        let open_above = !part.lacking.is_empty() || !possible.lacking.is_empty();
        let highest = if open_above {
            whole.cents
        } else {
            part.cents + possible.cents
        };
        let reaches =
            |cents: i128, bound: Percent| bound.compare_share(cents, whole.cents) != Ordering::Less;
        let exceeds = |cents: i128, bound: Percent| {
            bound.compare_share(cents, whole.cents) == Ordering::Greater
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
            Answer::Yes if facts.is_empty() => {
                Finding::met(self.sentence(scene, part.cents, whole.cents))
            }
            Answer::Yes => Finding::met(self.statement(scene.words).then(&Text::new(
                "This holds whatever the missing facts are.",
                "C'est le cas quels que soient les éléments qui manquent.",
            ))),
            Answer::Unknown(facts) => Finding::unknown(self.statement(scene.words), facts),
            Answer::No if low_ok.is_no() => {
                let bound = self.at_least.unwrap_or_default();
                let lack = bound.of_rounded_up(whole.cents) - highest;
                let missing = Text::new(
                    format!("{} more must go to {}.", euros_english(lack), noun.many.en),
                    format!(
                        "Il faut {} de plus pour les {}.",
                        euros_french(lack),
                        noun.many.fr
                    ),
                );
                let add = Text::new(
                    format!(
                        "Give {} more to {}, or add one of them.",
                        euros_english(lack),
                        noun.many.en
                    ),
                    format!(
                        "Donner {} de plus aux {}, ou en ajouter.",
                        euros_french(lack),
                        noun.many.fr
                    ),
                );
                let fix = Fix::add(
                    Wanted::of_group(scene.words, Some(&self.who), scene.date()),
                    add,
                );
                Finding::not_met(
                    self.sentence(scene, highest, whole.cents),
                    Some((lack, Unit::Cents)),
                    missing,
                    vec![fix],
                )
            }
            Answer::No => {
                let bound = self.at_most.unwrap_or(Percent::HUNDRED);
                let excess = lowest - bound.of(whole.cents);
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
        let (part, whole) = match (
            self.of.column(pool, self.part_without()),
            self.of.column(pool, self.whole_without()),
        ) {
            (Ok(part), Ok(whole)) => (part, whole),
            (Err(facts), _) | (_, Err(facts)) => return apart_for(&facts),
        };
        let members = pool.members(Some(&self.who), Scope::CostBearers);
        let stronger = !members.possible.is_empty();
        let only = |places: &[usize]| -> Vec<i64> {
            part.iter()
                .enumerate()
                .map(|(at, cents)| if places.contains(&at) { *cents } else { 0 })
                .collect()
        };
        let mut forms = Vec::new();
        if let Some(percent) = self.at_least {
            forms.push(CompiledForm {
                form: Form::ShareMin {
                    part: only(&members.certain),
                    whole: whole.clone(),
                    percent,
                },
                stronger,
            });
        }
        if let Some(percent) = self.at_most {
            forms.push(CompiledForm {
                form: Form::ShareMax {
                    part: only(&members.all()),
                    whole,
                    percent,
                },
                stronger,
            });
        }
        Compiled::Forms(forms)
    }

    fn groups(&self) -> Vec<&str> {
        vec![&self.who]
    }

    fn flaw(&self) -> Option<String> {
        bounds_flaw(self.at_least, self.at_most)
    }
}

/// Euros of a rule file as cents.
fn cents(euros: u64) -> i128 {
    i128::from(euros) * 100
}

fn euros(euros: u64) -> Text {
    Text::new(euros_english(cents(euros)), euros_french(cents(euros)))
}

/// The sum over the consortium lies within bounds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Total {
    #[serde(default)]
    of: Amount,
    #[serde(default)]
    at_least_eur: Option<u64>,
    #[serde(default)]
    at_most_eur: Option<u64>,
}

impl Predicate for Total {
    fn statement(&self, _words: Words<'_>) -> Text {
        let whole = self.of.whole();
        let bounds = bounds(
            self.at_least_eur.map(euros).as_ref(),
            self.at_most_eur.map(euros).as_ref(),
        );
        Text::new(
            format!("{} is {}.", super::capital(&whole.en), bounds.en),
            format!("{} : {}.", super::capital(&whole.fr), bounds.fr),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let total = sum(scene, self.of, &scene.in_scope(Scope::CostBearers), false);
        let whole = self.of.whole();
        let says = |bound: Text| {
            Text::new(
                format!(
                    "{} is {}; {} is required.",
                    super::capital(&whole.en),
                    euros_english(total.cents),
                    bound.en
                ),
                format!(
                    "{} : {} ; exigé : {}.",
                    super::capital(&whole.fr),
                    euros_french(total.cents),
                    bound.fr
                ),
            )
        };
        if let Some(high) = self.at_most_eur.filter(|high| total.cents > cents(*high)) {
            let excess = total.cents - cents(high);
            let missing = Text::new(
                format!("{} too much.", euros_english(excess)),
                format!("{} de trop.", euros_french(excess)),
            );
            let fix = Fix::change(Vec::new(), missing.clone());
            return Finding::not_met(
                says(bounds(None, Some(&euros(high)))),
                Some((excess, Unit::CentsTooMany)),
                missing,
                vec![fix],
            );
        }
        let enough = self
            .at_least_eur
            .is_none_or(|low| total.cents >= cents(low));
        let settled = total.lacking.is_empty() || (enough && self.at_most_eur.is_none());
        if !settled {
            return Finding::unknown(self.statement(scene.words), total.lacking);
        }
        if let Some(low) = self.at_least_eur.filter(|_| !enough) {
            let lack = cents(low) - total.cents;
            let missing = Text::new(
                format!("{} more is needed.", euros_english(lack)),
                format!("Il faut {} de plus.", euros_french(lack)),
            );
            let fix = Fix::change(Vec::new(), missing.clone());
            return Finding::not_met(
                says(bounds(Some(&euros(low)), None)),
                Some((lack, Unit::Cents)),
                missing,
                vec![fix],
            );
        }
        Finding::met(says(bounds(
            self.at_least_eur.map(euros).as_ref(),
            self.at_most_eur.map(euros).as_ref(),
        )))
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let amounts = match self.of.column(pool, false) {
            Err(facts) => return apart_for(&facts),
            Ok(amounts) => amounts,
        };
        let mut forms = Vec::new();
        if let Some(low) = self.at_least_eur {
            let form = Form::TotalMin {
                amounts: amounts.clone(),
                cents: i64::try_from(cents(low)).unwrap_or(i64::MAX),
            };
            forms.push(CompiledForm {
                form,
                stronger: false,
            });
        }
        if let Some(high) = self.at_most_eur {
            let form = Form::TotalMax {
                amounts,
                cents: i64::try_from(cents(high)).unwrap_or(i64::MAX),
            };
            forms.push(CompiledForm {
                form,
                stronger: false,
            });
        }
        Compiled::Forms(forms)
    }

    fn flaw(&self) -> Option<String> {
        bounds_flaw(self.at_least_eur, self.at_most_eur)
    }
}

/// The amount of every participant of a group lies within bounds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EntityAmount {
    #[serde(default)]
    of: Amount,
    #[serde(default)]
    who: Option<String>,
    #[serde(default)]
    at_least_eur: Option<u64>,
    #[serde(default)]
    at_most_eur: Option<u64>,
}

impl EntityAmount {
    /// Those of the group whose amount lies outside, and the facts that are missing about others.
    fn outside(&self, scene: &Scene<'_>) -> (Vec<usize>, Vec<(usize, Vec<Fact>)>) {
        let members = scene.members(self.who.as_deref(), Scope::CostBearers);
        let fits = |at: usize| {
            self.of.of(scene, at, false).map(|amount| {
                let amount = i128::from(amount);
                self.at_least_eur.is_none_or(|low| amount >= cents(low))
                    && self.at_most_eur.is_none_or(|high| amount <= cents(high))
            })
        };
        let fact = |at: usize| {
            scene
                .entities()
                .get(at)
                .map(|entity| Fact::of(entity, self.of.field()))
        };
        let mut open: Vec<(usize, Vec<Fact>)> = members
            .certain
            .iter()
            .filter(|at| fits(**at).is_none())
            .map(|at| (*at, fact(*at).into_iter().collect()))
            .collect();
        open.extend(
            members
                .possible
                .iter()
                .filter(|(at, _)| fits(*at) != Some(true))
                .cloned(),
        );
        (
            members
                .certain
                .iter()
                .copied()
                .filter(|at| fits(*at) == Some(false))
                .collect(),
            open,
        )
    }

    fn each(&self, words: Words<'_>) -> (Text, Text) {
        let what = match self.of {
            Amount::Cost => Text::new("Costs", "Coûts"),
            Amount::Requested => Text::new("Funding", "Aide"),
        };
        let noun = words.noun(self.who.as_deref());
        (
            Text::new(
                format!("{} of each {}", what.en, noun.one.en),
                format!("{} par {}", what.fr, noun.one.fr),
            ),
            noun.many,
        )
    }
}

impl Predicate for EntityAmount {
    fn statement(&self, words: Words<'_>) -> Text {
        let (each, _) = self.each(words);
        let bounds = bounds(
            self.at_least_eur.map(euros).as_ref(),
            self.at_most_eur.map(euros).as_ref(),
        );
        Text::new(
            format!("{}: {}.", each.en, bounds.en),
            format!("{} : {}.", each.fr, bounds.fr),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let (outside, open) = self.outside(scene);
        let statement = self.statement(scene.words);
        if !outside.is_empty() {
            let listed: Vec<Text> = outside
                .iter()
                .map(|at| {
                    let (name, cents) = (
                        scene.shown(*at),
                        i128::from(self.of.of(scene, *at, false).unwrap_or(0)),
                    );
                    Text::new(
                        format!("{name} ({})", euros_english(cents)),
                        format!("{name} ({})", euros_french(cents)),
                    )
                })
                .collect();
            let listed = crate::text::listed(&listed);
            let text = statement.then(&Text::new(
                format!("Outside: {}.", listed.en),
                format!("En dehors : {}.", listed.fr),
            ));
            let missing = Text::new(
                format!("Change the amount of {}.", listed.en),
                format!("Modifier le montant de {}.", listed.fr),
            );
            let fix = Fix::change(scene.ids(&outside), missing.clone());
            return Finding::not_met(text, None, missing, vec![fix]);
        }
        if !open.is_empty() {
            return Finding::unknown(
                statement,
                open.into_iter().flat_map(|(_, facts)| facts).collect(),
            );
        }
        Finding::met(statement.then(&Text::new("This holds.", "C'est le cas.")))
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let (outside, open) = self.outside(pool);
        let stronger = !open.is_empty();
        let members = outside
            .into_iter()
            .chain(open.into_iter().map(|(at, _)| at))
            .collect();
        Compiled::Forms(vec![CompiledForm {
            form: Form::Forbidden { members },
            stronger,
        }])
    }

    fn groups(&self) -> Vec<&str> {
        self.who.as_deref().into_iter().collect()
    }

    fn flaw(&self) -> Option<String> {
        bounds_flaw(self.at_least_eur, self.at_most_eur)
    }
}

/// The rate of the entity at that place: the first of the instrument that fits it on that day.
pub(crate) fn grant_rate<'a>(scene: &Scene<'a>, at: usize) -> Option<&'a Rate> {
    for rate in &scene.instrument.rates {
        if !(Period {
            from: rate.valid_from,
            to: rate.valid_to,
        })
        .holds_on(scene.date())
        {
            continue;
        }
        if rate
            .label
            .is_some_and(|label| label != scene.consortium.label.is_some())
        {
            continue;
        }
        match scene.belongs(rate.who.as_deref(), at, Scope::CostBearers) {
            Answer::Yes => return Some(rate),
            Answer::No => {}
            // Whether this rate or a later one holds is not known.
            Answer::Unknown(_) => return None,
        }
    }
    None
}

/// Nobody asks for more than its costs times its rate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestedWithinRate {}

impl RequestedWithinRate {
    fn within(scene: &Scene<'_>, at: usize, entity: &Entity) -> Answer {
        let Some(requested) = entity.requested_cents else {
            return Answer::unknown(Fact::of(entity, Field::RequestedCents));
        };
        if requested == 0 {
            return Answer::Yes;
        }
        let Some(cost) = entity.cost_cents else {
            return Answer::unknown(Fact::of(entity, Field::CostCents));
        };
        match grant_rate(scene, at) {
            Some(rate) => Answer::from(
                rate.percent
                    .compare_share(i128::from(requested), i128::from(cost))
                    != Ordering::Greater,
            ),
            None => Answer::unknown(Fact::of(entity, Field::ForProfit)),
        }
    }
}

impl Predicate for RequestedWithinRate {
    fn statement(&self, _words: Words<'_>) -> Text {
        Text::new(
            "Nobody asks for more than its eligible costs times its funding rate.",
            "Nul ne demande plus que ses coûts éligibles multipliés par son taux d'aide.",
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let mut facts = Vec::new();
        let mut over = Vec::new();
        for at in scene.in_scope(Scope::CostBearers) {
            let Some(entity) = scene.entities().get(at) else {
                continue;
            };
            match Self::within(scene, at, entity) {
                Answer::Yes => {}
                Answer::No => over.push(at),
                Answer::Unknown(more) => facts.extend(more),
            }
        }
        if !over.is_empty() {
            let mut text = Text::default();
            let mut excess = 0;
            for at in &over {
                let (Some(entity), Some(rate)) =
                    (scene.entities().get(*at), grant_rate(scene, *at))
                else {
                    continue;
                };
                let most = rate.percent.of(i128::from(entity.cost_cents.unwrap_or(0)));
                let asked = i128::from(entity.requested_cents.unwrap_or(0));
                excess += asked - most;
                let name = entity.shown();
                text = text.then(&Text::new(
                    format!(
                        "{name} asks for {}; at {} its grant is at most {}.",
                        euros_english(asked),
                        rate.percent.english(),
                        euros_english(most)
                    ),
                    format!(
                        "{name} demande {} ; au taux de {}, son aide est d'au plus {}.",
                        euros_french(asked),
                        rate.percent.french(),
                        euros_french(most)
                    ),
                ));
            }
            let missing = Text::new(
                format!("Ask for {} less.", euros_english(excess)),
                format!("Demander {} de moins.", euros_french(excess)),
            );
            let fix = Fix::change(scene.ids(&over), missing.clone());
            return Finding::not_met(text, Some((excess, Unit::CentsTooMany)), missing, vec![fix]);
        }
        if !facts.is_empty() {
            return Finding::unknown(self.statement(scene.words), facts);
        }
        Finding::met(
            self.statement(scene.words)
                .then(&Text::new("This holds.", "C'est le cas.")),
        )
    }

    fn compile(&self, _pool: &Scene<'_>) -> Compiled {
        Compiled::not_by_members()
    }
}
