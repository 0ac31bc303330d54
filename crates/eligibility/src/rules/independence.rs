//! Participants that must not be under one control.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::scene::Scope;
use super::{Compiled, CompiledForm, Finding, Predicate, Scene, Words};
use crate::compile::Form;
use crate::text::Text;
use crate::verdict::Fix;

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
            format!("Deux {} ne peuvent pas être sous un même contrôle.", noun.many.fr),
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
                .filter(|at| members.certain.iter().any(|other| scene.ownership.linked(*at, *other)))
                .collect();
            let text = self.statement(scene.words).then(&certain);
            let advice = Text::new("Keep one of each group.", "N'en garder qu'une par groupe.");
            return Finding::not_met(text, None, certain, vec![Fix::remove(scene.ids(&linked), advice)]);
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
        Compiled::Forms(pairs.into_iter().map(|form| CompiledForm { form, stronger }).collect())
    }

    fn groups(&self) -> Vec<&str> {
        self.who.as_deref().into_iter().collect()
    }
}

/// Names those among the entities that are under one control.
pub(super) fn linked_pairs(scene: &Scene<'_>, places: &[usize]) -> Text {
    let mut by_group: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in places {
        by_group.entry(scene.ownership.group(*at)).or_default().push(*at);
    }
    let mut text = Text::default();
    for linked in by_group.values().filter(|linked| linked.len() > 1) {
        let names = scene.named(linked);
        text = text.then(&Text::new(
            format!("{} are under one control and count once.", names.en),
            format!("{} sont sous un même contrôle et ne comptent qu'une fois.", names.fr),
        ));
    }
    text
}

/// One forbidden pair for every two entities under one control.
pub(super) fn linked_forms(pool: &Scene<'_>, places: &[usize]) -> Vec<Form> {
    let mut by_group: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in places {
        by_group.entry(pool.ownership.group(*at)).or_default().push(*at);
    }
    let mut forms = Vec::new();
    for linked in by_group.values() {
        for (nth, a) in linked.iter().enumerate() {
            forms.extend(linked.iter().skip(nth + 1).map(|b| Form::ForbiddenPair { a: *a.min(b), b: *a.max(b) }));
        }
    }
    forms
}
