//! Bounds on the whole budget and on the amount of one participant.

use serde::Deserialize;

use super::super::scene::Scope;
use super::super::{Compiled, CompiledForm, Finding, Predicate, Scene, Words, bounds, bounds_flaw};
use super::{Amount, apart_for, sum};
use crate::amount::{euros_english, euros_french};
use crate::compile::Form;
use crate::fact::Fact;
use crate::text::{Text, de};
use crate::verdict::{Fix, Unit};

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

impl Total {
    /// The most money that may be asked for in all, where that is what it bounds.
    pub(crate) fn requested_at_most(&self) -> Option<i64> {
        let euros = self.at_most_eur.filter(|_| self.of == Amount::Requested)?;
        i64::try_from(euros).ok()?.checked_mul(100)
    }
}

impl Predicate for Total {
    fn statement(&self, _words: Words<'_>) -> Text {
        let whole = self.of.name();
        let bounds = bounds(self.at_least_eur.map(euros).as_ref(), self.at_most_eur.map(euros).as_ref());
        Text::new(format!("{} is {}.", whole.en, bounds.en), format!("{} : {}.", whole.fr, bounds.fr))
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let total = sum(scene, self.of, &scene.in_scope(Scope::CostBearers), false);
        let whole = self.of.name();
        let says = |bound: Text| {
            Text::new(
                format!("{} is {} (required: {}).", whole.en, euros_english(total.cents), bound.en),
                format!("{} : {} (exigé : {}).", whole.fr, euros_french(total.cents), bound.fr),
            )
        };
        if let Some(high) = self.at_most_eur.filter(|high| total.cents > cents(*high)) {
            let excess = total.cents - cents(high);
            let missing =
                Text::new(format!("{} too much.", euros_english(excess)), format!("{} de trop.", euros_french(excess)));
            let fix = Fix::change(Vec::new(), missing.clone());
            return Finding::not_met(
                says(bounds(None, Some(&euros(high)))),
                Some((excess, Unit::CentsTooMany)),
                missing,
                vec![fix],
            );
        }
        let enough = self.at_least_eur.is_none_or(|low| total.cents >= cents(low));
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
        Finding::met(says(bounds(self.at_least_eur.map(euros).as_ref(), self.at_most_eur.map(euros).as_ref())))
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let amounts = match self.of.column(pool, false) {
            Err(facts) => return apart_for(&facts),
            Ok(amounts) => amounts,
        };
        let mut forms = Vec::new();
        if let Some(low) = self.at_least_eur {
            let form =
                Form::TotalMin { amounts: amounts.clone(), cents: i64::try_from(cents(low)).unwrap_or(i64::MAX) };
            forms.push(CompiledForm { form, stronger: false });
        }
        if let Some(high) = self.at_most_eur {
            let form = Form::TotalMax { amounts, cents: i64::try_from(cents(high)).unwrap_or(i64::MAX) };
            forms.push(CompiledForm { form, stronger: false });
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
        let fact = |at: usize| scene.entities().get(at).map(|entity| Fact::of(entity, self.of.field()));
        let mut open: Vec<(usize, Vec<Fact>)> = members
            .certain
            .iter()
            .filter(|at| fits(**at).is_none())
            .map(|at| (*at, fact(*at).into_iter().collect()))
            .collect();
        open.extend(members.possible.iter().filter(|(at, _)| fits(*at) != Some(true)).cloned());
        (members.certain.iter().copied().filter(|at| fits(*at) == Some(false)).collect(), open)
    }

    fn each(&self, words: Words<'_>) -> (Text, Text) {
        let what = match self.of {
            Amount::Cost => Text::new("Costs", "Coûts"),
            Amount::Requested => Text::new("Funding", "Aide"),
        };
        let noun = words.noun(self.who.as_deref());
        (
            Text::new(format!("{} of each {}", what.en, noun.one.en), format!("{} par {}", what.fr, noun.one.fr)),
            noun.many,
        )
    }
}

impl Predicate for EntityAmount {
    fn statement(&self, words: Words<'_>) -> Text {
        let (each, _) = self.each(words);
        let bounds = bounds(self.at_least_eur.map(euros).as_ref(), self.at_most_eur.map(euros).as_ref());
        Text::new(format!("{}: {}.", each.en, bounds.en), format!("{} : {}.", each.fr, bounds.fr))
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let (outside, open) = self.outside(scene);
        let statement = self.statement(scene.words);
        if !outside.is_empty() {
            let listed: Vec<Text> = outside
                .iter()
                .map(|at| {
                    let (name, cents) = (scene.shown(*at), i128::from(self.of.of(scene, *at, false).unwrap_or(0)));
                    Text::new(format!("{name} ({})", euros_english(cents)), format!("{name} ({})", euros_french(cents)))
                })
                .collect();
            let listed = crate::text::listed(&listed);
            let text =
                statement.then(&Text::new(format!("Outside: {}.", listed.en), format!("En dehors : {}.", listed.fr)));
            let missing = Text::new(
                format!("Change the amount of {}.", listed.en),
                format!("Modifier le montant {}.", de(&listed.fr)),
            );
            let fix = Fix::change(scene.ids(&outside), missing.clone());
            return Finding::not_met(text, None, missing, vec![fix]);
        }
        if !open.is_empty() {
            return Finding::unknown(statement, open.into_iter().flat_map(|(_, facts)| facts).collect());
        }
        Finding::met(statement.then(&Text::new("This is the case.", "C'est le cas.")))
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let (outside, open) = self.outside(pool);
        let stronger = !open.is_empty();
        let members = outside.into_iter().chain(open.into_iter().map(|(at, _)| at)).collect();
        Compiled::Forms(vec![CompiledForm { form: Form::Forbidden { members }, stronger }])
    }

    fn groups(&self) -> Vec<&str> {
        self.who.as_deref().into_iter().collect()
    }

    fn flaw(&self) -> Option<String> {
        bounds_flaw(self.at_least_eur, self.at_most_eur)
    }
}
