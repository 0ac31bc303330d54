//! From JSON to a consortium, with the path of whatever is wrong.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{
    Consortium, Contribution, ContributionKind, Document, Entity, Holding, Kind, Label, Prior,
    Role, Side, SmeClaim,
};
use crate::amount::Percent;
use crate::country::Country;
use crate::date::Date;
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
        Self::Value {
            path: path.into(),
            reason: reason.into(),
        }
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

/// Largest number of entities taken: rules compare pairs, and no real consortium comes near.
const MOST_ENTITIES: usize = 2_000;

/// Largest amount taken, ten thousand billion euros, so that sums and shares stay exact.
const MOST_CENTS: i64 = 1_000_000_000_000_000;

pub(super) fn consortium(text: &str) -> Result<Reading, InputError> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let whole = error.to_string();
        let reason = whole.split(" at line ").next().unwrap_or(&whole);
        InputError::Syntax {
            line: error.line(),
            column: error.column(),
            reason: reason.into(),
        }
    })?;
    consortium_value(&value)
}

pub(super) fn consortium_value(value: &Value) -> Result<Reading, InputError> {
    let mut unknown_fields = Vec::new();
    let mut top = Fields::of(value, String::new(), &mut unknown_fields)?;
    let consortium = Consortium {
        instrument: top.required("instrument", text)?,
        date: top.required("date", date)?,
        stage: top.optional("stage", stage)?,
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
    Ok(Reading {
        consortium,
        unknown_fields,
    })
}

/// What holds between values: see [`Consortium::validate`].
pub(super) fn validate(consortium: &Consortium) -> Result<(), InputError> {
    let entities = &consortium.entities;
    if entities.len() > MOST_ENTITIES {
        return Err(InputError::at(
            "entities",
            format!(
                "{} entities; at most {MOST_ENTITIES} are taken",
                entities.len()
            ),
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
            let reason = format!(
                "{:?} is already entities[{first}]: list each entity once",
                entity.id
            );
            return Err(InputError::at(format!("{path}.id"), reason));
        }
        for pic in entity
            .registrations
            .iter()
            .flatten()
            .filter_map(|text| pic_of(text))
        {
            if let Some(first) = pics.insert(pic.clone(), at).filter(|first| *first != at) {
                let reason = format!(
                    "PIC {pic} is already that of entities[{first}]: list each entity once"
                );
                return Err(InputError::at(format!("{path}.registrations"), reason));
            }
        }
        amounts_of(entity, &path)?;
        holdings_of(entity, &path)?;
    }
    for (at, contribution) in consortium.contributions.iter().flatten().enumerate() {
        let path = format!("contributions[{at}]");
        if !seen.contains_key(contribution.payer.as_str()) {
            let reason = format!(
                "no entity has the id {:?}: name one that takes part",
                contribution.payer
            );
            return Err(InputError::at(format!("{path}.payer"), reason));
        }
        check_cents(contribution.amount_cents, &format!("{path}.amount_cents"))?;
    }
    for (at, prior) in consortium.prior.iter().flatten().enumerate() {
        if prior.score.is_some_and(|score| !score.is_share()) {
            return Err(InputError::at(
                format!("prior[{at}].score"),
                "a score is a percentage between 0 and 100",
            ));
        }
    }
    for (level, path) in [
        (consortium.trl_start, "trl_start"),
        (consortium.trl_end, "trl_end"),
    ] {
        if level.is_some_and(|level| !(1..=9).contains(&level)) {
            return Err(InputError::at(
                path,
                "a technology readiness level is a whole number from 1 to 9",
            ));
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
        let reason = format!(
            "{subcontracting} is more than the whole cost of {cost}: cost_cents includes subcontracting"
        );
        return Err(InputError::at(
            format!("{path}.subcontracting_cents"),
            reason,
        ));
    }
    Ok(())
}

fn check_cents(cents: i64, path: &str) -> Result<(), InputError> {
    if cents < 0 {
        return Err(InputError::at(
            path,
            format!("{cents} is negative: an amount is zero or more euro cents"),
        ));
    }
    if cents > MOST_CENTS {
        return Err(InputError::at(
            path,
            format!("{cents} is too large: amounts are in euro cents, at most {MOST_CENTS}"),
        ));
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
            return Err(InputError::at(
                format!("{path}.id"),
                "an entity cannot own itself: leave its own shares out",
            ));
        }
        if let Some(first) = owners.insert(&holding.owner, at) {
            let reason = format!(
                "{:?} is already owned_by[{first}]: add its shares up",
                holding.owner
            );
            return Err(InputError::at(format!("{path}.id"), reason));
        }
        sum = sum.saturating_add(holding.percent.millionths());
    }
    if sum > Percent::HUNDRED.millionths() {
        return Err(InputError::at(
            format!("{path}.owned_by"),
            "the holdings add up to more than 100 percent",
        ));
    }
    Ok(())
}

/// The fields of one JSON object, each taken at most once; what is left over is unknown.
struct Fields<'v, 'u> {
    map: &'v Map<String, Value>,
    path: String,
    taken: Vec<&'static str>,
    unknown: &'u mut Vec<String>,
}

type Read<T> = fn(&Value) -> Result<T, String>;

impl<'v, 'u> Fields<'v, 'u> {
    fn of(
        value: &'v Value,
        path: String,
        unknown: &'u mut Vec<String>,
    ) -> Result<Self, InputError> {
        match value {
            Value::Object(map) => Ok(Self {
                map,
                path,
                taken: Vec::new(),
                unknown,
            }),
            other => {
                let place = if path.is_empty() {
                    "the input".into()
                } else {
                    path
                };
                Err(InputError::at(
                    place,
                    format!("expected an object, found {}", shape(other)),
                ))
            }
        }
    }

    fn place(&self, field: &str) -> String {
        if self.path.is_empty() {
            field.into()
        } else {
            format!("{}.{field}", self.path)
        }
    }

    fn get(&mut self, field: &'static str) -> Option<&'v Value> {
        self.taken.push(field);
        self.map.get(field)
    }

    fn required<T>(&mut self, field: &'static str, read: Read<T>) -> Result<T, InputError> {
        let value = self
            .get(field)
            .ok_or_else(|| InputError::at(self.place(field), "missing: this field is required"))?;
        read(value).map_err(|reason| InputError::at(self.place(field), reason))
    }

    fn optional<T>(&mut self, field: &'static str, read: Read<T>) -> Result<Option<T>, InputError> {
        match self.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => read(value)
                .map(Some)
                .map_err(|reason| InputError::at(self.place(field), reason)),
        }
    }

    fn optional_object<T>(
        &mut self,
        field: &'static str,
        read: fn(&mut Fields<'_, '_>) -> Result<T, InputError>,
    ) -> Result<Option<T>, InputError> {
        match self.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => {
                let path = self.place(field);
                let mut fields = Fields::of(value, path, self.unknown)?;
                let object = read(&mut fields)?;
                fields.finish();
                Ok(Some(object))
            }
        }
    }

    fn optional_list<T>(
        &mut self,
        field: &'static str,
        read: fn(&mut Fields<'_, '_>) -> Result<T, InputError>,
    ) -> Result<Option<Vec<T>>, InputError> {
        match self.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Array(items)) => {
                let path = self.place(field);
                let mut list = Vec::with_capacity(items.len());
                for (at, item) in items.iter().enumerate() {
                    let mut fields = Fields::of(item, format!("{path}[{at}]"), self.unknown)?;
                    list.push(read(&mut fields)?);
                    fields.finish();
                }
                Ok(Some(list))
            }
            Some(other) => Err(InputError::at(
                self.place(field),
                format!("expected a list, found {}", shape(other)),
            )),
        }
    }

    fn required_list<T>(
        &mut self,
        field: &'static str,
        read: fn(&mut Fields<'_, '_>) -> Result<T, InputError>,
    ) -> Result<Vec<T>, InputError> {
        let place = self.place(field);
        self.optional_list(field, read)?
            .ok_or_else(|| InputError::at(place, "missing: this list is required"))
    }

    fn finish(self) {
        for key in self
            .map
            .keys()
            .filter(|key| !self.taken.contains(&key.as_str()))
        {
            let place = self.place(key);
            self.unknown.push(place);
        }
    }
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
    })
}

fn document(fields: &mut Fields<'_, '_>) -> Result<Document, InputError> {
    Ok(Document {
        kind: fields.required("kind", text)?,
        date: fields.optional("date", date)?,
    })
}

fn contribution(fields: &mut Fields<'_, '_>) -> Result<Contribution, InputError> {
    Ok(Contribution {
        payer: fields.required("payer", text)?,
        kind: fields.required("kind", contribution_kind)?,
        amount_cents: fields.required("amount_cents", cents)?,
    })
}

fn label(fields: &mut Fields<'_, '_>) -> Result<Label, InputError> {
    Ok(Label {
        issuer: fields.optional("issuer", text)?,
        date: fields.optional("date", date)?,
    })
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

fn shape(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::String(value) => format!("{:?}", value.chars().take(40).collect::<String>()),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
    }
}

fn text(value: &Value) -> Result<String, String> {
    value
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| format!("expected a text, found {}", shape(value)))
}

fn texts(value: &Value) -> Result<Vec<String>, String> {
    let items = value
        .as_array()
        .ok_or_else(|| format!("expected a list of texts, found {}", shape(value)))?;
    items.iter().map(text).collect()
}

/// A stage may be a word or its number.
fn stage(value: &Value) -> Result<String, String> {
    match value {
        Value::Number(number) if number.is_u64() => Ok(number.to_string()),
        other => text(other),
    }
}

fn date(value: &Value) -> Result<Date, String> {
    text(value)?
        .parse()
        .map_err(|error: crate::date::DateError| error.to_string())
}

fn country(value: &Value) -> Result<Country, String> {
    text(value)?
        .parse()
        .map_err(|error: crate::country::UnknownCountry| error.to_string())
}

fn boolean(value: &Value) -> Result<bool, String> {
    value
        .as_bool()
        .ok_or_else(|| format!("expected true or false, found {}", shape(value)))
}

fn cents(value: &Value) -> Result<i64, String> {
    value.as_i64().ok_or_else(|| {
        format!(
            "expected a whole number of euro cents, found {}",
            shape(value)
        )
    })
}

fn count(value: &Value) -> Result<u32, String> {
    let number = value
        .as_u64()
        .and_then(|number| u32::try_from(number).ok())
        .filter(|number| *number <= 100_000);
    number.ok_or_else(|| {
        format!(
            "expected a whole number from 0 to 100000, found {}",
            shape(value)
        )
    })
}

fn headcount(value: &Value) -> Result<u32, String> {
    let number = value
        .as_u64()
        .and_then(|number| u32::try_from(number).ok())
        .filter(|number| *number <= 100_000_000);
    number.ok_or_else(|| {
        format!(
            "expected a whole number of staff, zero or more, found {}",
            shape(value)
        )
    })
}

fn trl(value: &Value) -> Result<u8, String> {
    let level = value
        .as_u64()
        .and_then(|level| u8::try_from(level).ok())
        .filter(|level| (1..=9).contains(level));
    level.ok_or_else(|| {
        format!(
            "expected a technology readiness level from 1 to 9, found {}",
            shape(value)
        )
    })
}

fn percent(value: &Value) -> Result<Percent, String> {
    let Value::Number(number) = value else {
        return Err(format!(
            "expected a percentage between 0 and 100, found {}",
            shape(value)
        ));
    };
    match Percent::parse(&number.to_string()) {
        Some(percent) if percent.is_share() => Ok(percent),
        Some(_) => Err(format!("{number} is not between 0 and 100")),
        None => Err(format!(
            "{number} is not a percentage with at most six decimals"
        )),
    }
}

fn word<T: Copy, const N: usize>(
    value: &Value,
    words: &[(T, &'static str); N],
) -> Result<T, String> {
    let said = text(value)?;
    words
        .iter()
        .find(|(_, word)| *word == said)
        .map(|(meaning, _)| *meaning)
        .ok_or_else(|| {
            let known: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
            format!("{} is none of {}", shape(value), known.join(", "))
        })
}

fn kind(value: &Value) -> Result<Kind, String> {
    word(value, &Kind::ALL)
}

fn role(value: &Value) -> Result<Role, String> {
    word(value, &Role::ALL)
}

fn side(value: &Value) -> Result<Side, String> {
    word(
        value,
        &[(Side::Applicant, "applicant"), (Side::Industry, "industry")],
    )
}

fn contribution_kind(value: &Value) -> Result<ContributionKind, String> {
    word(value, &ContributionKind::ALL)
}
