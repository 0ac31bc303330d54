//! From JSON to a consortium, with the path of whatever is wrong.

mod fields;

use std::collections::HashMap;

use serde_json::Value;

use super::{Consortium, Contribution, Document, Entity, Figures, Holding, Label, Prior, SmeClaim, YearFigures};
use fields::{
    Fields, boolean, cents, contribution_kind, count, country, date, headcount, investor, kind, percent, role, shape,
    side, stage, text, texts, trl, year,
};

use crate::amount::Percent;
use crate::text::folded;

/// Why an input cannot be used, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// The text is not JSON.
    #[error("line {line}, column {column}: not JSON: {reason}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser says.
        reason: String,
    },
    /// A value is missing or wrong.
    #[error("{path}: {reason}")]
    Value {
        /// Where in the input, such as `entities[2].country`.
        path: String,
        /// What is wrong and how to mend it.
        reason: String,
    },
}

impl InputError {
    pub(crate) fn at(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Value { path: path.into(), reason: reason.into() }
    }
}

/// A consortium as read, and what was not understood on the way.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The consortium.
    pub consortium: Consortium,
    /// Paths of fields that no rule knows, most likely misspelt.
    pub unknown_fields: Vec<String>,
}

/// Largest number of entities taken: far above any consortium, and enough for a pool of candidates.
const MOST_ENTITIES: usize = 10_000;

/// Largest amount taken, ten thousand billion euros, so that sums and shares stay exact.
const MOST_CENTS: i64 = 1_000_000_000_000_000;

pub(super) fn consortium(text: &str) -> Result<Reading, InputError> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let whole = error.to_string();
        let reason = whole.split(" at line ").next().unwrap_or(&whole);
        InputError::Syntax { line: error.line(), column: error.column(), reason: reason.into() }
    })?;
    consortium_value(&value)
}

pub(super) fn consortium_value(value: &Value) -> Result<Reading, InputError> {
    let mut unknown_fields = Vec::new();
    let mut top = Fields::of(value, String::new(), &mut unknown_fields)?;
    let consortium = Consortium {
        instrument: top.required("instrument", text)?,
        date: top.required("date", date)?,
        stage: top.optional("stage", stage)?.filter(|word| !word.trim().is_empty()),
        entities: top.required_list("entities", entity)?,
        contributions: top.optional_list("contributions", contribution)?,
        duration_months: top.optional("duration_months", count)?,
        trl_start: top.optional("trl_start", trl)?,
        trl_end: top.optional("trl_end", trl)?,
        pages: top.optional("pages", count)?,
        civil_use: top.optional("civil_use", boolean)?,
        label: top.optional_object("label", label)?,
        closing_date: top.optional("closing_date", date)?,
        prior: top.optional_list("prior", prior)?,
    };
    top.finish();
    validate(&consortium)?;
    Ok(Reading { consortium, unknown_fields })
}

/// What holds between values: see [`Consortium::validate`].
pub(super) fn validate(consortium: &Consortium) -> Result<(), InputError> {
    let entities = &consortium.entities;
    if entities.len() > MOST_ENTITIES {
        return Err(InputError::at(
            "entities",
            format!("{} entities; at most {MOST_ENTITIES} are taken", entities.len()),
        ));
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut pics: HashMap<String, usize> = HashMap::new();
    for (at, entity) in entities.iter().enumerate() {
        let path = format!("entities[{at}]");
        if entity.id.trim().is_empty() {
            return Err(InputError::at(format!("{path}.id"), "the id is empty"));
        }
        if let Some(first) = seen.insert(&entity.id, at) {
            let reason = format!("{:?} is already entities[{first}]: list each entity once", entity.id);
            return Err(InputError::at(format!("{path}.id"), reason));
        }
        for pic in entity.registrations.iter().flatten().filter_map(|text| pic_of(text)) {
            if let Some(first) = pics.insert(pic.clone(), at).filter(|first| *first != at) {
                let reason = format!("PIC {pic} is already that of entities[{first}]: list each entity once");
                return Err(InputError::at(format!("{path}.registrations"), reason));
            }
        }
        amounts_of(entity, &path)?;
        years_of(entity, &path)?;
        holdings_of(entity, &path)?;
    }
    no_circle(entities, &seen)?;
    for (at, contribution) in consortium.contributions.iter().flatten().enumerate() {
        let path = format!("contributions[{at}]");
        if !seen.contains_key(contribution.payer.as_str()) {
            let reason = format!("no entity has the id {:?}: name one that takes part", contribution.payer);
            return Err(InputError::at(format!("{path}.payer"), reason));
        }
        check_cents(contribution.amount_cents, &format!("{path}.amount_cents"))?;
    }
    for (at, prior) in consortium.prior.iter().flatten().enumerate() {
        if prior.score.is_some_and(|score| !score.is_share()) {
            return Err(InputError::at(format!("prior[{at}].score"), "a score is a percentage between 0 and 100"));
        }
    }
    for (level, path) in [(consortium.trl_start, "trl_start"), (consortium.trl_end, "trl_end")] {
        if level.is_some_and(|level| !(1..=9).contains(&level)) {
            return Err(InputError::at(path, "a technology readiness level is a whole number from 1 to 9"));
        }
    }
    Ok(())
}

fn pic_of(registration: &str) -> Option<String> {
    let word = folded(registration);
    let digits = word.strip_prefix("pic")?;
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.into())
}

fn amounts_of(entity: &Entity, path: &str) -> Result<(), InputError> {
    let amounts = [
        (entity.turnover_cents, "turnover_cents"),
        (entity.balance_cents, "balance_cents"),
        (entity.cost_cents, "cost_cents"),
        (entity.subcontracting_cents, "subcontracting_cents"),
        (entity.requested_cents, "requested_cents"),
    ];
    for (cents, field) in amounts {
        check_cents(cents.unwrap_or(0), &format!("{path}.{field}"))?;
    }
    if let (Some(cost), Some(subcontracting)) = (entity.cost_cents, entity.subcontracting_cents)
        && subcontracting > cost
    {
        let reason =
            format!("{subcontracting} is more than the whole cost of {cost}: cost_cents includes subcontracting");
        return Err(InputError::at(format!("{path}.subcontracting_cents"), reason));
    }
    Ok(())
}

fn check_cents(cents: i64, path: &str) -> Result<(), InputError> {
    if cents < 0 {
        return Err(InputError::at(path, format!("{cents} is negative: an amount is zero or more euro cents")));
    }
    if cents > MOST_CENTS {
        return Err(InputError::at(
            path,
            format!("{cents} is too large: amounts are in euro cents, at most {MOST_CENTS}"),
        ));
    }
    Ok(())
}

fn years_of(entity: &Entity, path: &str) -> Result<(), InputError> {
    let mut years: HashMap<u16, usize> = HashMap::new();
    for (at, of) in entity.figures.iter().flatten().enumerate() {
        let path = format!("{path}.figures[{at}]");
        if let Some(first) = years.insert(of.year, at) {
            let reason = format!("{} is already figures[{first}]: give each year once", of.year);
            return Err(InputError::at(format!("{path}.year"), reason));
        }
        check_cents(of.figures.turnover_cents.unwrap_or(0), &format!("{path}.turnover_cents"))?;
        check_cents(of.figures.balance_cents.unwrap_or(0), &format!("{path}.balance_cents"))?;
    }
    Ok(())
}

/// Below this a holding weighs nothing, so that small holdings of two companies in each other do no harm.
const WEIGHS: Percent = Percent::whole(25);

/// Refuses holdings of a quarter or more that come back to where they began.
fn no_circle(entities: &[Entity], places: &HashMap<&str, usize>) -> Result<(), InputError> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        New,
        Open,
        Done,
    }
    let owners = |at: usize| {
        let holdings = entities.get(at).and_then(|entity| entity.owned_by.as_deref()).unwrap_or_default();
        holdings
            .iter()
            .enumerate()
            .filter(|(_, holding)| holding.percent >= WEIGHS)
            .filter_map(|(nth, holding)| places.get(holding.owner.as_str()).map(|owner| (nth, *owner)))
    };
    let mut seen = vec![Seen::New; entities.len()];
    for start in 0..entities.len() {
        if seen[start] != Seen::New {
            continue;
        }
        seen[start] = Seen::Open;
        let mut path = vec![(start, owners(start).collect::<Vec<_>>())];
        while let Some((at, left)) = path.last_mut() {
            let at = *at;
            let Some((nth, owner)) = left.pop() else {
                seen[at] = Seen::Done;
                path.pop();
                continue;
            };
            match seen[owner] {
                Seen::Done => {}
                Seen::New => {
                    seen[owner] = Seen::Open;
                    path.push((owner, owners(owner).collect()));
                }
                Seen::Open => {
                    let from = path.iter().position(|(on, _)| *on == owner).unwrap_or(0);
                    let names: Vec<String> = path[from..]
                        .iter()
                        .filter_map(|(on, _)| entities.get(*on))
                        .map(|on| format!("{:?}", on.id))
                        .collect();
                    let first = names.first().cloned().unwrap_or_default();
                    let reason = format!(
                        "circular ownership: {} is owned by {first}: state each holding in one direction",
                        names.join(" is owned by ")
                    );
                    return Err(InputError::at(format!("entities[{at}].owned_by[{nth}]"), reason));
                }
            }
        }
    }
    Ok(())
}

fn holdings_of(entity: &Entity, path: &str) -> Result<(), InputError> {
    let mut sum: i64 = 0;
    let mut owners: HashMap<&str, usize> = HashMap::new();
    for (at, holding) in entity.owned_by.iter().flatten().enumerate() {
        let path = format!("{path}.owned_by[{at}]");
        if !holding.percent.is_share() {
            let reason = format!("{} is not between 0 and 100", holding.percent);
            return Err(InputError::at(format!("{path}.percent"), reason));
        }
        if holding.owner == entity.id {
            return Err(InputError::at(format!("{path}.id"), "an entity cannot own itself: leave its own shares out"));
        }
        if let Some(first) = owners.insert(&holding.owner, at) {
            let reason = format!("{:?} is already owned_by[{first}]: add its shares up", holding.owner);
            return Err(InputError::at(format!("{path}.id"), reason));
        }
        sum = sum.saturating_add(holding.percent.millionths());
    }
    if sum > Percent::HUNDRED.millionths() {
        return Err(InputError::at(format!("{path}.owned_by"), "the holdings add up to more than 100 percent"));
    }
    Ok(())
}

fn entity(fields: &mut Fields<'_, '_>) -> Result<Entity, InputError> {
    let sme = match fields.get("sme") {
        None => SmeClaim::FromKind,
        Some(Value::Null) => SmeClaim::FromFigures,
        Some(Value::Bool(true)) => SmeClaim::Yes,
        Some(Value::Bool(false)) => SmeClaim::No,
        Some(other) => {
            return Err(InputError::at(
                fields.place("sme"),
                format!("expected true, false or null, found {}", shape(other)),
            ));
        }
    };
    Ok(Entity {
        id: fields.required("id", text)?,
        name: fields.optional("name", text)?,
        country: fields.required("country", country)?,
        region: fields.optional("region", text)?,
        kind: fields.required("kind", kind)?,
        sme,
        headcount: fields.optional("headcount", headcount)?,
        turnover_cents: fields.optional("turnover_cents", cents)?,
        balance_cents: fields.optional("balance_cents", cents)?,
        figures: fields.optional_list("figures", year_figures)?,
        owned_by: fields.optional_list("owned_by", holding)?,
        side: fields.optional("side", side)?,
        role: fields.optional("role", role)?,
        for_profit: fields.optional("for_profit", boolean)?,
        cost_cents: fields.optional("cost_cents", cents)?,
        subcontracting_cents: fields.optional("subcontracting_cents", cents)?,
        requested_cents: fields.optional("requested_cents", cents)?,
        registrations: fields.optional("registrations", texts)?,
        documents: fields.optional_list("documents", document)?,
        members: fields.optional("members", count)?,
    })
}

fn holding(fields: &mut Fields<'_, '_>) -> Result<Holding, InputError> {
    Ok(Holding {
        owner: fields.required("id", text)?,
        percent: fields.required("percent", percent)?,
        investor: fields.optional("investor", investor)?,
    })
}

fn year_figures(fields: &mut Fields<'_, '_>) -> Result<YearFigures, InputError> {
    Ok(YearFigures {
        year: fields.required("year", year)?,
        figures: Figures {
            headcount: fields.optional("headcount", headcount)?,
            turnover_cents: fields.optional("turnover_cents", cents)?,
            balance_cents: fields.optional("balance_cents", cents)?,
        },
    })
}

fn document(fields: &mut Fields<'_, '_>) -> Result<Document, InputError> {
    Ok(Document { kind: fields.required("kind", text)?, date: fields.optional("date", date)? })
}

fn contribution(fields: &mut Fields<'_, '_>) -> Result<Contribution, InputError> {
    Ok(Contribution {
        payer: fields.required("payer", text)?,
        kind: fields.required("kind", contribution_kind)?,
        amount_cents: fields.required("amount_cents", cents)?,
    })
}

fn label(fields: &mut Fields<'_, '_>) -> Result<Label, InputError> {
    Ok(Label { issuer: fields.optional("issuer", text)?, date: fields.optional("date", date)? })
}

fn prior(fields: &mut Fields<'_, '_>) -> Result<Prior, InputError> {
    Ok(Prior {
        entity: fields.optional("entity", text)?,
        programme: fields.optional("programme", text)?,
        result: fields.optional("result", text)?,
        score: fields.optional("score", percent)?,
        date: fields.optional("date", date)?,
    })
}
