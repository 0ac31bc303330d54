//! Shares, totals and rates, in whole cents and compared without rounding.

mod group_share;
mod rate;
mod share;
mod total;

use serde::Deserialize;

pub(crate) use group_share::GroupShare;
pub(crate) use rate::{RequestedWithinRate, grant_rate};
pub(crate) use share::{CountryShare, EntityShare};
pub(crate) use total::{EntityAmount, Total};

use super::scene::Scope;
use super::{Compiled, Scene};
use crate::fact::{Fact, Field};
use crate::text::Text;

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

impl Amount {
    /// The sum over the consortium, as the head of a sentence.
    fn name(self) -> Text {
        match self {
            Self::Cost => Text::new("The total cost", "Coût total"),
            Self::Requested => Text::new("The funding requested", "Aide demandée"),
        }
    }

    /// The whole of which shares are taken, after «of».
    fn of_whole(self) -> Text {
        match self {
            Self::Cost => Text::new("of the total cost", "du coût total"),
            Self::Requested => Text::new("of the funding requested", "de l'aide demandée"),
        }
    }

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
            Self::Cost if without_subcontracting => {
                entity.cost_cents.map(|cost| cost - entity.subcontracting_cents.unwrap_or(0))
            }
            Self::Cost => entity.cost_cents,
            Self::Requested => entity.requested_cents.or_else(|| {
                let rate = grant_rate(scene, at).filter(|rate| !rate.ceiling)?;
                entity.cost_cents.map(|cost| rate.grant_of(cost))
            }),
        }
    }

    /// The amounts of all candidates, zero for those whose amounts do not count; or those whose amount is missing.
    fn column(self, scene: &Scene<'_>, without_subcontracting: bool) -> Result<Vec<i64>, Vec<Fact>> {
        let in_scope = scene.in_scope(Scope::CostBearers);
        let mut column = vec![0; scene.entities().len()];
        let mut facts = Vec::new();
        for at in in_scope {
            match self.of(scene, at, without_subcontracting) {
                Some(amount) => column[at] = amount,
                None => facts.extend(scene.entities().get(at).map(|entity| Fact::of(entity, self.field()))),
            }
        }
        if facts.is_empty() { Ok(column) } else { Err(facts) }
    }
}

/// A sum of known amounts, and who lacks one.
struct Sum {
    cents: i128,
    lacking: Vec<Fact>,
}

fn sum(scene: &Scene<'_>, amount: Amount, places: &[usize], without_subcontracting: bool) -> Sum {
    let mut sum = Sum { cents: 0, lacking: Vec::new() };
    for at in places {
        match amount.of(scene, *at, without_subcontracting) {
            Some(cents) => sum.cents += i128::from(cents),
            None => sum.lacking.extend(scene.entities().get(*at).map(|entity| Fact::of(entity, amount.field()))),
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
    if facts.is_empty() { vec![Fact::proposal(amount.field())] } else { facts }
}

fn apart_for(facts: &[Fact]) -> Compiled {
    let missing = crate::fact::missing_sentence(facts);
    Compiled::Apart(missing)
}
