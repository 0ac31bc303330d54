//! The third reading: rules as linear constraints over candidates, for an optimiser.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::amount::Percent;
use crate::consortium::{Consortium, Entity, InputError};
use crate::country::Country;
use crate::date::Date;
use crate::library::{Instrument, Library, Severity};
use crate::rules::{Compiled, Scene, Scope, Words};
use crate::text::Text;

/// A constraint over a choice of candidates; candidates are numbered by their place in the pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum Form {
    /// At least so many of these.
    CountMin {
        /// Who counts.
        members: Vec<usize>,
        /// How many.
        at_least: usize,
    },
    /// At most so many of these.
    CountMax {
        /// Who counts.
        members: Vec<usize>,
        /// How many.
        at_most: usize,
    },
    /// At least so many different countries among the chosen of these.
    CountriesMin {
        /// Whose country counts, with that country.
        members: Vec<(usize, Country)>,
        /// How many.
        at_least: usize,
    },
    /// Each chosen one of these has at most this share of the chosen amounts.
    EntityShareMax {
        /// Whose share is bounded.
        members: Vec<usize>,
        /// Amount of each candidate in cents.
        amounts: Vec<i64>,
        /// The bound.
        percent: Percent,
    },
    /// The chosen of each country have at most this share of the chosen amounts.
    CountryShareMax {
        /// Country of each candidate.
        countries: Vec<Country>,
        /// Amount of each candidate in cents.
        amounts: Vec<i64>,
        /// The bound.
        percent: Percent,
    },
    /// Sum of parts is at least this share of the sum of wholes.
    ShareMin {
        /// Part of each candidate in cents.
        part: Vec<i64>,
        /// Whole of each candidate in cents.
        whole: Vec<i64>,
        /// The bound.
        percent: Percent,
    },
    /// Sum of parts is at most this share of the sum of wholes.
    ShareMax {
        /// Part of each candidate in cents.
        part: Vec<i64>,
        /// Whole of each candidate in cents.
        whole: Vec<i64>,
        /// The bound.
        percent: Percent,
    },
    /// Sum of amounts is at least this.
    TotalMin {
        /// Amount of each candidate in cents.
        amounts: Vec<i64>,
        /// The bound in cents.
        cents: i64,
    },
    /// Sum of amounts is at most this.
    TotalMax {
        /// Amount of each candidate in cents.
        amounts: Vec<i64>,
        /// The bound in cents.
        cents: i64,
    },
    /// None of these.
    Forbidden {
        /// Who.
        members: Vec<usize>,
    },
    /// Not both.
    ForbiddenPair {
        /// One.
        a: usize,
        /// The other.
        b: usize,
    },
    /// One of these is chosen, to coordinate.
    CoordinatorAmong {
        /// Who may.
        members: Vec<usize>,
    },
}

impl Form {
    /// Whether a choice keeps the constraint; `chosen` has one entry a candidate.
    pub fn holds(&self, chosen: &[bool]) -> bool {
        let is_in = |at: &usize| chosen.get(*at).copied().unwrap_or(false);
        let count = |members: &[usize]| members.iter().filter(|at| is_in(at)).count();
        let sum = |amounts: &[i64]| -> i128 {
            amounts.iter().enumerate().filter(|(at, _)| is_in(at)).map(|(_, cents)| i128::from(*cents)).sum()
        };
        match self {
            Self::CountMin { members, at_least } => count(members) >= *at_least,
            Self::CountMax { members, at_most } => count(members) <= *at_most,
            Self::CountriesMin { members, at_least } => {
                let countries: BTreeSet<Country> =
                    members.iter().filter(|(at, _)| is_in(at)).map(|(_, country)| *country).collect();
                countries.len() >= *at_least
            }
            Self::EntityShareMax { members, amounts, percent } => {
                let whole = sum(amounts);
                members.iter().filter(|at| is_in(at)).all(|at| {
                    percent.compare_share(i128::from(amounts.get(*at).copied().unwrap_or(0)), whole)
                        != Ordering::Greater
                })
            }
            Self::CountryShareMax { countries, amounts, percent } => {
                let mut by_country: BTreeMap<Country, i128> = BTreeMap::new();
                for (at, country) in countries.iter().enumerate().filter(|(at, _)| is_in(at)) {
                    *by_country.entry(*country).or_default() += i128::from(amounts.get(at).copied().unwrap_or(0));
                }
                let whole = sum(amounts);
                by_country.values().all(|part| percent.compare_share(*part, whole) != Ordering::Greater)
            }
            Self::ShareMin { part, whole, percent } => percent.compare_share(sum(part), sum(whole)) != Ordering::Less,
            Self::ShareMax { part, whole, percent } => {
                percent.compare_share(sum(part), sum(whole)) != Ordering::Greater
            }
            Self::TotalMin { amounts, cents } => sum(amounts) >= i128::from(*cents),
            Self::TotalMax { amounts, cents } => sum(amounts) <= i128::from(*cents),
            Self::Forbidden { members } => count(members) == 0,
            Self::ForbiddenPair { a, b } => !(is_in(a) && is_in(b)),
            Self::CoordinatorAmong { members } => count(members) > 0,
        }
    }
}

/// A constraint and the rule it comes from.
#[derive(Clone, Debug, Serialize)]
pub struct Constraint {
    /// Id of the rule.
    pub rule: String,
    /// How much hangs on the rule.
    pub severity: Severity,
    /// The constraint.
    #[serde(flatten)]
    pub form: Form,
    /// It asks more than the rule does: keeping it keeps the rule, breaking it may not break the rule. So with facts that are
    /// missing, and with the independence of members beyond the minimum.
    pub stronger: bool,
    /// Binding only when one of these is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_with: Option<Vec<usize>>,
    /// Who counts for the size that the next two speak of: beneficiaries, whatever else is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sized_by: Option<Vec<usize>>,
    /// Binding only from so many members on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_from_size: Option<usize>,
    /// Binding only up to so many members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_up_to_size: Option<usize>,
}

/// A rule that the choice of members does not decide.
#[derive(Clone, Debug, Serialize)]
pub struct Undecided {
    /// Id of the rule.
    pub rule: String,
    /// How much hangs on the rule.
    pub severity: Severity,
    /// Why.
    pub reason: Text,
}

/// The rules of an instrument over a pool of candidates.
#[derive(Clone, Debug, Serialize)]
pub struct Compilation {
    /// Constraints.
    pub constraints: Vec<Constraint>,
    /// Rules listed apart.
    pub undecided: Vec<Undecided>,
}

impl Constraint {
    /// Whether it binds a choice at all.
    pub fn binds(&self, chosen: &[bool]) -> bool {
        let is_in = |at: &usize| chosen.get(*at).copied().unwrap_or(false);
        let size = match &self.sized_by {
            Some(counted) => counted.iter().filter(|at| is_in(at)).count(),
            None => chosen.iter().filter(|is_in| **is_in).count(),
        };
        let with = self.only_with.as_ref().is_none_or(|some| some.iter().any(is_in));
        with && self.only_from_size.is_none_or(|from| size >= from) && self.only_up_to_size.is_none_or(|to| size <= to)
    }

    /// Whether a choice keeps it.
    pub fn holds(&self, chosen: &[bool]) -> bool {
        !self.binds(chosen) || self.form.holds(chosen)
    }
}

/// The rules of an instrument that hold at a stage on a day, as constraints over these candidates.
///
/// Only rules of severity `ineligible` and `weak` are compiled. Facts of the candidates that are missing make a constraint
/// stronger, never laxer: who may be an SME does not count as one. A candidate without a role stands for a beneficiary.
pub fn compile(
    library: &Library,
    instrument: &Instrument,
    stage: Option<&str>,
    date: Date,
    candidates: &[Entity],
) -> Result<Compilation, InputError> {
    let mut pool = Consortium::new(instrument.id.clone(), date, stage.map(str::to_owned));
    pool.entities = candidates.to_vec();
    compile_pool(library, instrument, &pool)
}

/// Like [`compile`], with a pool that carries what is known of the proposal besides its candidates, such as contributions.
pub fn compile_pool(library: &Library, instrument: &Instrument, pool: &Consortium) -> Result<Compilation, InputError> {
    pool.validate()?;
    let stage = crate::check::stage_of(instrument, pool)?;
    let words = Words { sets: library.sets(), groups: library.groups(instrument) };
    let scene = Scene::of(pool, instrument, words);
    let mut compilation = Compilation { constraints: Vec::new(), undecided: Vec::new() };
    for rule in instrument.rules_at(stage.map(|stage| stage.id.as_str()), pool.date) {
        if rule.severity == Severity::Advice {
            continue;
        }
        let only_with = rule.when.includes.as_deref().map(|group| {
            let members = scene.members(Some(group), Scope::Beneficiaries);
            members.all()
        });
        let sized = rule.when.entities_at_least.is_some() || rule.when.entities_at_most.is_some();
        match rule.require.predicate().compile(&scene) {
            Compiled::Apart(reason) => {
                let reason = reason.typeset();
                compilation.undecided.push(Undecided { rule: rule.id.clone(), severity: rule.severity, reason });
            }
            Compiled::Forms(forms) => compilation.constraints.extend(forms.into_iter().map(|compiled| Constraint {
                rule: rule.id.clone(),
                severity: rule.severity,
                form: compiled.form,
                stronger: compiled.stronger,
                only_with: only_with.clone(),
                sized_by: sized.then(|| scene.in_scope(Scope::Beneficiaries)),
                only_from_size: rule.when.entities_at_least,
                only_up_to_size: rule.when.entities_at_most,
            })),
        }
    }
    Ok(compilation)
}
