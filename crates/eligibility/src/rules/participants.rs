//! What single participants must be, hold or have stated.

use serde::Deserialize;

use super::scene::{Scope, registered};
use super::{Compiled, CompiledForm, Declaration, Finding, Predicate, Scene, Words, capital};
use crate::compile::Form;
use crate::consortium::{Entity, Role};
use crate::date::Date;
use crate::fact::{Answer, Fact, Field};
use crate::text::{Text, de, folded};
use crate::verdict::{Fix, Unit, Wanted};

/// The coordinator belongs to a group.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Coordinator {
    who: String,
}

impl Predicate for Coordinator {
    fn statement(&self, words: Words<'_>) -> Text {
        let noun = words.noun(Some(&self.who));
        Text::new(
            format!("Only {} may coordinate.", noun.many.en),
            format!("La coordination est réservée aux {}.", noun.many.fr),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let leads: Vec<usize> =
            (0..scene.entities().len()).filter(|at| scene.entities()[*at].role == Some(Role::Coordinator)).collect();
        let noun = scene.words.noun(Some(&self.who));
        let wanted = Wanted::of_group(scene.words, Some(&self.who), scene.date());
        match leads.as_slice() {
            [] if scene.entities().is_empty() || scene.entities().iter().any(|entity| entity.role.is_none()) => {
                Finding::unknown(self.statement(scene.words), vec![Fact::proposal(Field::Coordinator)])
            }
            [] => {
                let missing = Text::new(
                    format!("Name a coordinator: {}.", noun.one.en),
                    format!("Désigner un coordinateur : {}.", noun.one.fr),
                );
                let text = Text::new("No coordinator is named.", "Aucun coordinateur n'est désigné.")
                    .then(&self.statement(scene.words));
                Finding::not_met(text, None, missing.clone(), vec![Fix::add(wanted, missing)])
            }
            [lead] => {
                let name = scene.shown(*lead);
                match scene.belongs(Some(&self.who), *lead, Scope::Beneficiaries) {
                    Answer::Yes => Finding::met(Text::new(
                        format!("{name} coordinates, as required ({}).", noun.one.en),
                        format!("{name} coordonne, comme exigé ({}).", noun.one.fr),
                    )),
                    Answer::Unknown(facts) => Finding::unknown(self.statement(scene.words), facts),
                    Answer::No => {
                        let text =
                            Text::new(format!("{name} may not coordinate."), format!("{name} ne peut pas coordonner."))
                                .then(&self.statement(scene.words));
                        let members = scene.members(Some(&self.who), Scope::Beneficiaries);
                        let missing = Text::new(
                            format!("Another coordinator is needed: {}.", noun.one.en),
                            format!("Il faut un autre coordinateur : {}.", noun.one.fr),
                        );
                        let fix = if members.certain.is_empty() {
                            Fix::add(wanted, missing.clone())
                        } else {
                            let names = scene.named(&members.certain);
                            let text = Text::new(
                                format!("Let one of these coordinate: {}.", names.en),
                                format!("Confier la coordination à l'un de ceux-ci : {}.", names.fr),
                            );
                            Fix::change(scene.ids(&members.certain), text)
                        };
                        Finding::not_met(text, None, missing, vec![fix])
                    }
                }
            }
            several => {
                let names = scene.named(several);
                let text = Text::new(
                    format!("{} are all named coordinator; only one may be.", names.en),
                    format!("Plusieurs coordinateurs sont désignés ({}) ; il n'en faut qu'un.", names.fr),
                );
                let missing = Text::new("Keep one coordinator.", "Ne garder qu'un coordinateur.");
                let fix = Fix::change(scene.ids(several), missing.clone());
                Finding::not_met(text, None, missing, vec![fix])
            }
        }
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let members = pool.members(Some(&self.who), Scope::Beneficiaries);
        let stronger = !members.possible.is_empty();
        Compiled::Forms(vec![CompiledForm { form: Form::CoordinatorAmong { members: members.certain }, stronger }])
    }

    fn groups(&self) -> Vec<&str> {
        vec![&self.who]
    }
}

/// Nobody of a group takes part, in any role; with `stages` on the rule, at those stages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Forbidden {
    who: String,
}

impl Predicate for Forbidden {
    fn statement(&self, words: Words<'_>) -> Text {
        let noun = words.noun(Some(&self.who));
        Text::new(
            format!("{} may not take part.", capital(&noun.many.en)),
            format!("La participation n'est pas ouverte aux {}.", noun.many.fr),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let members = scene.members(Some(&self.who), Scope::Everyone);
        if !members.certain.is_empty() {
            let noun = scene.words.noun(Some(&self.who));
            let names = scene.named(&members.certain);
            let text = Text::new(
                format!("{} may not take part here: {} are excluded.", names.en, noun.many.en),
                format!("La participation n'est pas ouverte ici aux {} : {}.", noun.many.fr, names.fr),
            );
            let missing = Text::new(format!("Leave out {}.", names.en), format!("Ne pas retenir {}.", names.fr));
            let fix = Fix::remove(scene.ids(&members.certain), missing.clone());
            let amount = Some((members.certain.len() as i128, Unit::EntitiesTooMany));
            return Finding::not_met(text, amount, missing, vec![fix]);
        }
        if !members.possible.is_empty() {
            return Finding::unknown(self.statement(scene.words), members.facts());
        }
        let noun = scene.words.noun(Some(&self.who));
        let counts = noun.consortium_has(0);
        Finding::met(Text::new(format!("{}, as required.", counts.en), format!("{}, comme exigé.", counts.fr)))
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let members = pool.members(Some(&self.who), Scope::Everyone);
        let stronger = !members.possible.is_empty();
        Compiled::Forms(vec![CompiledForm { form: Form::Forbidden { members: members.all() }, stronger }])
    }

    fn groups(&self) -> Vec<&str> {
        vec![&self.who]
    }
}

/// Every participant of one group belongs to another.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Every {
    #[serde(default)]
    who: Option<String>,
    are: String,
}

impl Every {
    /// Those who are of the first group but not of the second, and those who may be.
    fn outside(&self, scene: &Scene<'_>) -> super::scene::Members {
        let mut outside = super::scene::Members::default();
        for at in 0..scene.entities().len() {
            let concerned = scene.belongs(self.who.as_deref(), at, Scope::Beneficiaries);
            match concerned.and(scene.belongs(Some(&self.are), at, Scope::Everyone).not()) {
                Answer::Yes => outside.certain.push(at),
                Answer::No => {}
                Answer::Unknown(facts) => outside.possible.push((at, facts)),
            }
        }
        outside
    }
}

impl Predicate for Every {
    fn statement(&self, words: Words<'_>) -> Text {
        let are = words.noun(Some(&self.are));
        match self.who.as_deref() {
            None => Text::new(
                format!("Only {} may take part.", are.many.en),
                format!("La participation est réservée aux {}.", are.many.fr),
            ),
            Some(who) => {
                let noun = words.noun(Some(who));
                Text::new(
                    format!("Among {}, only {} may take part.", noun.many.en, are.many.en),
                    format!("Parmi les {}, la participation est réservée aux {}.", noun.many.fr, are.many.fr),
                )
            }
        }
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let outside = self.outside(scene);
        let statement = self.statement(scene.words);
        if !outside.certain.is_empty() {
            let names = scene.named(&outside.certain);
            let text = statement.then(&Text::new(
                format!("This is not the case for {}.", names.en),
                format!("Ce n'est pas le cas {}.", de(&names.fr)),
            ));
            let missing =
                Text::new(format!("Leave out or replace {}.", names.en), format!("Retirer ou remplacer {}.", names.fr));
            let fix = Fix::remove(scene.ids(&outside.certain), missing.clone());
            let amount = Some((outside.certain.len() as i128, Unit::EntitiesTooMany));
            return Finding::not_met(text, amount, missing, vec![fix]);
        }
        if !outside.possible.is_empty() {
            return Finding::unknown(statement, outside.facts());
        }
        Finding::met(statement.then(&Text::new("This is the case.", "C'est le cas.")))
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        let outside = self.outside(pool);
        let stronger = !outside.possible.is_empty();
        Compiled::Forms(vec![CompiledForm { form: Form::Forbidden { members: outside.all() }, stronger }])
    }

    fn groups(&self) -> Vec<&str> {
        self.who.iter().map(String::as_str).chain([self.are.as_str()]).collect()
    }
}

/// Splits the participants of a group by whether something holds of each.
struct Tested {
    failing: Vec<usize>,
    facts: Vec<Fact>,
    uncertain: Vec<usize>,
}

fn tested(scene: &Scene<'_>, who: Option<&str>, test: impl Fn(&Entity) -> Answer) -> Tested {
    let mut tested = Tested { failing: Vec::new(), facts: Vec::new(), uncertain: Vec::new() };
    for (at, entity) in scene.entities().iter().enumerate() {
        match scene.belongs(who, at, Scope::Beneficiaries).and(test(entity).not()) {
            Answer::Yes => tested.failing.push(at),
            Answer::No => {}
            Answer::Unknown(facts) => {
                tested.uncertain.push(at);
                tested.facts.extend(facts);
            }
        }
    }
    tested
}

impl Tested {
    fn finding(self, scene: &Scene<'_>, statement: Text, mend: Text) -> Finding {
        if !self.failing.is_empty() {
            let names = scene.named(&self.failing);
            let text = statement.then(&Text::new(
                format!("This is not the case for {}.", names.en),
                format!("Ce n'est pas le cas {}.", de(&names.fr)),
            ));
            let fix = Fix::change(scene.ids(&self.failing), mend.clone());
            return Finding::not_met(text, None, mend, vec![fix]);
        }
        if !self.facts.is_empty() {
            return Finding::unknown(statement, self.facts);
        }
        Finding::met(statement.then(&Text::new("This is the case.", "C'est le cas.")))
    }

    fn compiled(self) -> Compiled {
        let stronger = !self.uncertain.is_empty();
        let members = self.failing.into_iter().chain(self.uncertain).collect();
        Compiled::Forms(vec![CompiledForm { form: Form::Forbidden { members }, stronger }])
    }
}

/// Every participant of a group is in one of these registers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Registered {
    #[serde(default)]
    who: Option<String>,
    registers: Vec<String>,
}

impl Predicate for Registered {
    fn statement(&self, words: Words<'_>) -> Text {
        let noun = words.noun(self.who.as_deref());
        let (en, fr) = (self.registers.join(" or "), self.registers.join(" ou "));
        Text::new(
            format!("All {} are registered: {en}.", noun.many.en),
            format!("Les {} justifient de leur inscription : {fr}.", noun.many.fr),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let mend = Text::new(
            format!("Register: {}.", self.registers.join(" or ")),
            format!("S'inscrire : {}.", self.registers.join(" ou ")),
        );
        tested(scene, self.who.as_deref(), |entity| registered(entity, &self.registers)).finding(
            scene,
            self.statement(scene.words),
            mend,
        )
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        tested(pool, self.who.as_deref(), |entity| registered(entity, &self.registers)).compiled()
    }

    fn groups(&self) -> Vec<&str> {
        self.who.as_deref().into_iter().collect()
    }

    fn declarations(&self) -> Vec<Declaration> {
        vec![Declaration::Registration { registers: self.registers.clone() }]
    }

    fn flaw(&self) -> Option<String> {
        self.registers.is_empty().then(|| "name at least one register".into())
    }
}

/// Every participant of a group holds one of these documents, maybe by the closing date.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Holds {
    #[serde(default)]
    who: Option<String>,
    documents: Vec<String>,
    name: Text,
    #[serde(default)]
    by_closing: bool,
}

impl Holds {
    fn held(&self, entity: &Entity, closing: Option<Date>) -> Answer {
        let Some(documents) = &entity.documents else {
            return Answer::unknown(Fact::of(entity, Field::Documents));
        };
        let fits = |kind: &str| self.documents.iter().any(|wanted| folded(wanted) == folded(kind));
        let mut answer = Answer::No;
        for document in documents.iter().filter(|document| fits(&document.kind)) {
            answer = answer.or(match (self.by_closing, document.date, closing) {
                (false, _, _) => Answer::Yes,
                (true, Some(date), Some(closing)) => Answer::from(date <= closing),
                (true, None, _) => Answer::unknown(Fact::of(entity, Field::DocumentDate)),
                (true, _, None) => Answer::unknown(Fact::proposal(Field::ClosingDate)),
            });
        }
        answer
    }
}

impl Predicate for Holds {
    fn statement(&self, words: Words<'_>) -> Text {
        let noun = words.noun(self.who.as_deref());
        let when = if self.by_closing { (" by the closing date", " à la date de clôture") } else { ("", "") };
        Text::new(
            format!("{} have {}{}.", capital(&noun.many.en), self.name.en, when.0),
            format!("Les {} disposent {}{}.", noun.many.fr, de(&self.name.fr), when.1),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let closing = scene.consortium.closing_date;
        let mend = Text::new(format!("Obtain {}.", self.name.en), format!("Se doter {}.", de(&self.name.fr)));
        tested(scene, self.who.as_deref(), |entity| self.held(entity, closing)).finding(
            scene,
            self.statement(scene.words),
            mend,
        )
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        tested(pool, self.who.as_deref(), |entity| self.held(entity, pool.consortium.closing_date)).compiled()
    }

    fn groups(&self) -> Vec<&str> {
        self.who.as_deref().into_iter().collect()
    }

    fn declarations(&self) -> Vec<Declaration> {
        vec![Declaration::Document { kinds: self.documents.clone(), name: self.name.clone() }]
    }

    fn flaw(&self) -> Option<String> {
        self.documents.is_empty().then(|| "name at least one document".into())
    }
}

/// Every cluster of a group has so many members, unless it holds a document that waives it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Members {
    #[serde(default)]
    who: Option<String>,
    at_least: u32,
    #[serde(default)]
    unless_holds: Vec<String>,
}

impl Members {
    fn enough(&self, entity: &Entity) -> Answer {
        let waived = entity
            .documents
            .iter()
            .flatten()
            .any(|document| self.unless_holds.iter().any(|wanted| folded(wanted) == folded(&document.kind)));
        match entity.members {
            _ if waived => Answer::Yes,
            Some(members) => Answer::from(members >= self.at_least),
            None => Answer::unknown(Fact::of(entity, Field::Members)),
        }
    }
}

impl Predicate for Members {
    fn statement(&self, words: Words<'_>) -> Text {
        let noun = words.noun(self.who.as_deref());
        let waiver = if self.unless_holds.is_empty() { ("", "") } else { (", unless exempt", ", sauf dispense") };
        Text::new(
            format!("Every {} has at least {} members{}.", noun.one.en, self.at_least, waiver.0),
            format!("Les {} comptent au moins {} adhérents{}.", noun.many.fr, self.at_least, waiver.1),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let tested = tested(scene, self.who.as_deref(), |entity| self.enough(entity));
        let lack = tested
            .failing
            .iter()
            .filter_map(|at| scene.entities().get(*at)?.members)
            .map(|members| self.at_least - members)
            .max();
        let mend = Text::new(
            format!("Members missing: {}.", lack.unwrap_or(self.at_least)),
            format!("Adhérents manquants : {}.", lack.unwrap_or(self.at_least)),
        );
        let counts: Vec<Text> = tested
            .failing
            .iter()
            .filter_map(|at| scene.entities().get(*at))
            .filter_map(|entity| entity.members.map(|members| Text::same(format!("{} ({members})", entity.shown()))))
            .collect();
        let mut finding = tested.finding(scene, self.statement(scene.words), mend);
        if let (Some(lack), Some(missing)) = (lack, finding.missing.as_mut()) {
            missing.quantity = Some(crate::verdict::Quantity { amount: i64::from(lack), unit: Unit::Members });
            let list = crate::text::listed(&counts);
            finding.text =
                finding.text.then(&Text::new(format!("Members: {}.", list.en), format!("Adhérents : {}.", list.fr)));
        }
        finding
    }

    fn declarations(&self) -> Vec<Declaration> {
        vec![Declaration::Members]
    }

    fn compile(&self, pool: &Scene<'_>) -> Compiled {
        tested(pool, self.who.as_deref(), |entity| self.enough(entity)).compiled()
    }

    fn groups(&self) -> Vec<&str> {
        self.who.as_deref().into_iter().collect()
    }
}

/// Every company has stated who holds it: until then, independence rests on the holdings that are stated.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnershipStated {}

impl OwnershipStated {
    fn stated(entity: &Entity) -> Answer {
        if entity.kind.is_company() && entity.owned_by.is_none() {
            Answer::unknown(Fact::of(entity, Field::OwnedBy))
        } else {
            Answer::Yes
        }
    }
}

impl Predicate for OwnershipStated {
    fn statement(&self, _words: Words<'_>) -> Text {
        Text::new(
            "Every participating company states who owns it; until then, independence is judged on the holdings known.",
            "Chaque entreprise participante déclare son actionnariat ; d'ici là, l'indépendance est appréciée d'après les participations connues.",
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let facts = tested(scene, None, Self::stated).facts;
        if facts.is_empty() {
            Finding::met(self.statement(scene.words))
        } else {
            Finding::unknown(self.statement(scene.words), facts)
        }
    }

    fn compile(&self, _pool: &Scene<'_>) -> Compiled {
        Compiled::not_by_members()
    }
}
