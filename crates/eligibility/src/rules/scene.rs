//! What every requirement looks at: the consortium, who is linked to whom, who belongs to which group.

use std::collections::BTreeMap;

use crate::consortium::{Consortium, Entity, Kind, Role, Side};
use crate::date::Date;
use crate::fact::{Answer, Fact, Field};
use crate::library::{Group, Groups, Instrument, Sets};
use crate::ownership::Ownership;
use crate::size::is_sme_on;
use crate::text::{Noun, Text, folded};

/// Which roles count when a group does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Coordinator and beneficiaries: they alone count towards a minimum.
    Beneficiaries,
    /// Those whose costs are costs of the project.
    CostBearers,
    /// Whoever is listed.
    Everyone,
}

impl Scope {
    fn covers(self, role: Role) -> bool {
        match self {
            Self::Beneficiaries => role.is_beneficiary(),
            Self::CostBearers => role.bears_costs(),
            Self::Everyone => true,
        }
    }
}

/// The nouns of groups and country sets.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    pub(crate) sets: &'a Sets,
    pub(crate) groups: Groups<'a>,
}

impl Words<'_> {
    /// The noun of a group; without a group, participants.
    pub(crate) fn noun(&self, group: Option<&str>) -> Noun {
        match group.map(|id| (id, self.groups.get(id))) {
            Some((_, Some(group))) => group.noun(),
            Some((id, None)) => Noun { one: Text::same(id), many: Text::same(id) },
            None => {
                Noun { one: Text::new("participant", "participant"), many: Text::new("participants", "participants") }
            }
        }
    }

    /// The noun of a country set.
    pub(crate) fn place(&self, set: &str) -> Noun {
        self.sets
            .country_set(set)
            .map_or_else(|| Noun { one: Text::same(set), many: Text::same(set) }, |set| set.noun())
    }
}

/// A consortium, or a pool of candidates, with all that follows from it.
pub(crate) struct Scene<'a> {
    pub(crate) consortium: &'a Consortium,
    pub(crate) instrument: &'a Instrument,
    pub(crate) words: Words<'a>,
    pub(crate) ownership: Ownership,
    sme: Vec<Answer>,
}

/// Those who belong to a group for certain, and those who may, with the facts that would tell.
#[derive(Debug, Default)]
pub(crate) struct Members {
    pub(crate) certain: Vec<usize>,
    pub(crate) possible: Vec<(usize, Vec<Fact>)>,
}

impl Members {
    pub(crate) fn facts(&self) -> Vec<Fact> {
        self.possible.iter().flat_map(|(_, facts)| facts.clone()).collect()
    }

    pub(crate) fn most(&self) -> usize {
        self.certain.len() + self.possible.len()
    }

    /// Certain and possible ones together.
    pub(crate) fn all(&self) -> Vec<usize> {
        self.certain.iter().copied().chain(self.possible.iter().map(|(at, _)| *at)).collect()
    }
}

impl<'a> Scene<'a> {
    pub(crate) fn of(consortium: &'a Consortium, instrument: &'a Instrument, words: Words<'a>) -> Self {
        let ownership = Ownership::of(&consortium.entities);
        let sme = (0..consortium.entities.len())
            .map(|at| is_sme_on(&consortium.entities, &ownership, at, Some(consortium.date)))
            .collect();
        Self { consortium, instrument, words, ownership, sme }
    }

    pub(crate) fn entities(&self) -> &'a [Entity] {
        &self.consortium.entities
    }

    pub(crate) fn date(&self) -> Date {
        self.consortium.date
    }

    pub(crate) fn shown(&self, at: usize) -> &'a str {
        self.entities().get(at).map_or("", Entity::shown)
    }

    /// The names of entities, as a list.
    pub(crate) fn named(&self, places: &[usize]) -> Text {
        crate::text::names(places.iter().map(|at| self.shown(*at)))
    }

    pub(crate) fn ids(&self, places: &[usize]) -> Vec<String> {
        places.iter().filter_map(|at| self.entities().get(*at)).map(|entity| entity.id.clone()).collect()
    }

    pub(crate) fn sme(&self, at: usize) -> Answer {
        self.sme.get(at).cloned().unwrap_or(Answer::No)
    }

    /// Sorts the entities by whether they belong to the group; without a group everyone in scope does.
    pub(crate) fn members(&self, group: Option<&str>, scope: Scope) -> Members {
        let mut members = Members::default();
        for at in 0..self.entities().len() {
            match self.belongs(group, at, scope) {
                Answer::Yes => members.certain.push(at),
                Answer::No => {}
                Answer::Unknown(facts) => members.possible.push((at, facts)),
            }
        }
        members
    }

    /// Those in scope, whatever the group.
    pub(crate) fn in_scope(&self, scope: Scope) -> Vec<usize> {
        (0..self.entities().len())
            .filter(|at| self.entities().get(*at).is_some_and(|entity| scope.covers(entity.role())))
            .collect()
    }

    /// Whether the entity at that place belongs to the group.
    pub(crate) fn belongs(&self, group: Option<&str>, at: usize, scope: Scope) -> Answer {
        let Some(entity) = self.entities().get(at) else {
            return Answer::No;
        };
        let Some(group) = group.and_then(|id| self.words.groups.get(id)) else {
            return Answer::from(scope.covers(entity.role()));
        };
        let in_role =
            if group.roles.is_empty() { scope.covers(entity.role()) } else { group.roles.contains(&entity.role()) };
        if in_role { self.has_traits(group, entity, at, 0) } else { Answer::No }
    }

    /// Whether the entity has everything the group asks besides its role. Groups nest; validation has refused circles.
    fn has_traits(&self, group: &Group, entity: &Entity, at: usize, depth: usize) -> Answer {
        if depth > 32 {
            return Answer::No;
        }
        let mut answer = Answer::from(group.kinds.is_empty() || group.kinds.contains(&entity.kind));
        if !group.sides.is_empty() {
            answer = answer.and(on_side(entity, &group.sides));
        }
        if let Some(set) = &group.countries {
            answer = answer.and(self.words.sets.established_in(set, entity, self.date()));
        }
        if let Some(area) = &group.area {
            answer = answer.and(self.words.sets.established_in_area(area, entity, self.date()));
        }
        if !group.region_class.is_empty() {
            answer = answer.and(self.in_region_class(group, entity));
        }
        if let Some(wanted) = group.sme {
            let sme = self.sme(at);
            answer = answer.and(if wanted { sme } else { sme.not() });
        }
        if let Some(wanted) = group.for_profit {
            answer = answer.and(entity.for_profit().map_or_else(
                || Answer::unknown(Fact::of(entity, Field::ForProfit)),
                |profit| Answer::from(profit == wanted),
            ));
        }
        if !group.registered.is_empty() {
            answer = answer.and(registered(entity, &group.registered));
        }
        if !group.marked.is_empty() {
            answer = answer.and(Answer::from(registered(entity, &group.marked).is_yes()));
        }
        if !group.pays.is_empty() {
            answer =
                answer.and(match &self.consortium.contributions {
                    None => Answer::unknown(Fact::proposal(Field::Contributions)),
                    Some(ledger) => Answer::from(ledger.iter().any(|line| {
                        line.payer == entity.id && line.amount_cents > 0 && group.pays.contains(&line.kind)
                    })),
                });
        }
        if let Some(euros) = group.turnover_above_eur {
            answer = answer.and(match entity.latest_figures(Some(self.date())).turnover_cents {
                Some(cents) => Answer::from(i128::from(cents) > i128::from(euros) * 100),
                None if matches!(entity.kind, Kind::Sme) => Answer::No,
                None => Answer::unknown(Fact::of(entity, Field::Turnover)),
            });
        }
        if let Some(limit) = group.headcount_below {
            answer = answer.and(match entity.latest_figures(Some(self.date())).headcount {
                Some(staff) => Answer::from(staff < limit),
                None if self.sme(at).is_yes() && limit >= 250 => Answer::Yes,
                None => Answer::unknown(Fact::of(entity, Field::Headcount)),
            });
        }
        let below = |id: &String| {
            self.words.groups.get(id).map_or(Answer::No, |group| {
                let in_role = group.roles.is_empty() || group.roles.contains(&entity.role());
                if in_role { self.has_traits(group, entity, at, depth + 1) } else { Answer::No }
            })
        };
        if !group.any.is_empty() {
            answer = answer.and(group.any.iter().map(below).fold(Answer::No, Answer::or));
        }
        group.none.iter().map(below).fold(answer, |answer, below| answer.and(below.not()))
    }

    fn in_region_class(&self, group: &Group, entity: &Entity) -> Answer {
        match entity.region.as_deref() {
            None => Answer::unknown(Fact::of(entity, Field::Region)),
            Some(region) => match self.words.sets.region_class(region, self.date()) {
                None => Answer::unknown(Fact::of(entity, Field::RegionClass)),
                Some(class) => Answer::from(group.region_class.contains(&class)),
            },
        }
    }

    /// Countries of these entities, each once.
    pub(crate) fn countries(&self, places: &[usize]) -> BTreeMap<crate::country::Country, Vec<usize>> {
        let mut countries: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for at in places {
            if let Some(entity) = self.entities().get(*at) {
                countries.entry(entity.country).or_default().push(*at);
            }
        }
        countries
    }

    /// The names of countries, as a list.
    pub(crate) fn country_names(&self, countries: impl IntoIterator<Item = crate::country::Country>) -> Text {
        let names: Vec<Text> = countries.into_iter().map(|country| self.words.sets.country_name(country)).collect();
        crate::text::listed(&names)
    }
}

/// A side that is not stated is the applicants', except that a large company may well stand with industry.
fn on_side(entity: &Entity, sides: &[Side]) -> Answer {
    match entity.side {
        Some(side) => Answer::from(sides.contains(&side)),
        None if entity.kind == Kind::LargeCompany => Answer::unknown(Fact::of(entity, Field::Side)),
        None => Answer::from(sides.contains(&Side::Applicant)),
    }
}

/// Whether an entity is in one of these registers; `ECCP` and `ECCP:1234` are the same register.
pub(crate) fn registered(entity: &Entity, registers: &[String]) -> Answer {
    match &entity.registrations {
        None => Answer::unknown(Fact::of(entity, Field::Registrations)),
        Some(registrations) => Answer::from(registrations.iter().any(|registration| {
            let name = registration.split([':', ' ']).next().unwrap_or(registration);
            registers
                .iter()
                .any(|register| folded(register) == folded(registration) || folded(register) == folded(name))
        })),
    }
}
