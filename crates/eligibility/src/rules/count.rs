//! How many of a group take part.

use serde::Deserialize;

use super::scene::Scope;
use super::{Compiled, CompiledForm, Finding, Predicate, Scene, Words, bounds, bounds_flaw};
use crate::compile::Form;
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
        if self.who.is_none() && self.at_most == Some(1) {
            return Text::new("A single participant applies.", "Un seul participant candidate.");
        }
        let noun = words.noun(self.who.as_deref());
        let (low, high) =
            (self.at_least.map(|n| Text::same(n.to_string())), self.at_most.map(|n| Text::same(n.to_string())));
        let bounds = bounds(low.as_ref(), high.as_ref());
        let (en, fr) = match self.at_most.or(self.at_least) {
            Some(1) => (&noun.one.en, &noun.one.fr),
            _ => (&noun.many.en, &noun.many.fr),
        };
        Text::new(
            format!("The consortium has {} {en}.", bounds.en),
            format!("Le consortium compte {} {fr}.", bounds.fr),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let who = self.who.as_deref();
        let noun = scene.words.noun(who);
        let members = scene.members(who, Scope::Beneficiaries);
        let counts = |n: usize| noun.consortium_has(n);
        if let Some(low) = self.at_least {
            if members.most() < low {
                let found = counts(members.most());
                let lack = low - members.most();
                let text = Text::new(
                    format!("{}; at least {low} {} needed.", found.en, if low == 1 { "is" } else { "are" }),
                    format!("{} ; il en faut au moins {low}.", found.fr),
                );
                let add = noun.counted(lack);
                let add = Text::new(format!("Add {}.", add.en), format!("Ajouter {}.", add.fr));
                let fix = Fix::add(Wanted::of_group(scene.words, who, scene.date()), add.clone());
                return Finding::not_met(text, Some((lack as i128, Unit::Entities)), add, vec![fix]);
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
                    format!("{}; at most {high} {} allowed.", found.en, if high == 1 { "is" } else { "are" }),
                    format!("{} ; le maximum est de {high}.", found.fr),
                );
                let fewer = noun.counted(excess);
                let fewer = Text::new(format!("{} too many.", fewer.en), format!("{} de trop.", fewer.fr));
                let fix = Fix::remove(scene.ids(&members.certain), fewer.clone());
                return Finding::not_met(text, Some((excess as i128, Unit::EntitiesTooMany)), fewer, vec![fix]);
            }
            if members.most() > high {
                return Finding::unknown(self.statement(scene.words), members.facts());
            }
        }
        let found = counts(members.certain.len());
        let needed = bounds_needed(self.at_least, self.at_most);
        Finding::met(Text::new(format!("{} ({}).", found.en, needed.en), format!("{} ({}).", found.fr, needed.fr)))
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let members = pool.members(self.who.as_deref(), Scope::Beneficiaries);
        let uncertain = !members.possible.is_empty();
        let mut forms = Vec::new();
        // Those who may belong are left out of a minimum and counted in a maximum: stricter than the rule, never laxer.
        if let Some(at_least) = self.at_least {
            forms.push(CompiledForm {
                form: Form::CountMin { members: members.certain.clone(), at_least },
                stronger: uncertain,
            });
        }
        if let Some(at_most) = self.at_most {
            forms.push(CompiledForm { form: Form::CountMax { members: members.all(), at_most }, stronger: uncertain });
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
    let (low, high) = (low.map(|n| Text::same(n.to_string())), high.map(|n| Text::same(n.to_string())));
    let bounds = bounds(low.as_ref(), high.as_ref());
    Text::new(format!("required: {}", bounds.en), format!("exigé : {}", bounds.fr))
}
