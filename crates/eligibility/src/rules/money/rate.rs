//! Funding rates, and requests that keep within them.

use std::cmp::Ordering;

use serde::Deserialize;

use super::super::scene::Scope;
use super::super::{Compiled, Finding, Predicate, Scene, Words};
use crate::amount::{euros_english, euros_french};
use crate::consortium::Entity;
use crate::date::Period;
use crate::fact::{Answer, Fact, Field};
use crate::library::Rate;
use crate::text::Text;
use crate::verdict::{Fix, Unit};

/// The rate of the entity at that place: the first of the instrument that fits it on that day.
pub(crate) fn grant_rate<'a>(scene: &Scene<'a>, at: usize) -> Option<&'a Rate> {
    for rate in &scene.instrument.rates {
        if !(Period { from: rate.valid_from, to: rate.valid_to }).holds_on(scene.date()) {
            continue;
        }
        if rate.label.is_some_and(|label| label != scene.consortium.label.is_some()) {
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
            // The grant is rounded down to the cent, which is no reason to refuse a request of the exact share.
            Some(rate) => Answer::from(
                rate.percent.compare_share(i128::from(requested), i128::from(cost)) != Ordering::Greater
                    && rate.at_most_eur.is_none_or(|euros| i128::from(requested) <= i128::from(euros) * 100),
            ),
            None => Answer::unknown(Fact::of(entity, Field::ForProfit)),
        }
    }
}

impl Predicate for RequestedWithinRate {
    fn statement(&self, _words: Words<'_>) -> Text {
        Text::new(
            "No participant requests more than its eligible costs multiplied by its funding rate.",
            "Aucun participant ne demande plus que ses coûts éligibles multipliés par son taux d'aide.",
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
                let (Some(entity), Some(rate)) = (scene.entities().get(*at), grant_rate(scene, *at)) else {
                    continue;
                };
                let most = i128::from(rate.grant_of(entity.cost_cents.unwrap_or(0)));
                let asked = i128::from(entity.requested_cents.unwrap_or(0));
                excess += asked - most;
                let name = entity.shown();
                text = text.then(&Text::new(
                    format!(
                        "{name} requests {}; at a rate of {} its grant is at most {}.",
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
        Finding::met(self.statement(scene.words).then(&Text::new("This is the case.", "C'est le cas.")))
    }

    fn compile(&self, _pool: &Scene<'_>) -> Compiled {
        Compiled::not_by_members()
    }
}
