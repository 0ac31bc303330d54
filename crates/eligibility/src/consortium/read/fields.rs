//! One JSON object and its values, with the path of whatever is wrong.

use serde_json::{Map, Value};

use super::super::{ContributionKind, Investor, Kind, Role, Side};
use super::InputError;
use crate::amount::Percent;
use crate::country::Country;
use crate::date::Date;

/// The fields of one JSON object, each taken at most once; what is left over is unknown.
pub(super) struct Fields<'v, 'u> {
    map: &'v Map<String, Value>,
    path: String,
    taken: Vec<&'static str>,
    unknown: &'u mut Vec<String>,
}

pub(super) type Read<T> = fn(&Value) -> Result<T, String>;

impl<'v, 'u> Fields<'v, 'u> {
    pub(super) fn of(value: &'v Value, path: String, unknown: &'u mut Vec<String>) -> Result<Self, InputError> {
        match value {
            Value::Object(map) => Ok(Self { map, path, taken: Vec::new(), unknown }),
            other => {
                let place = if path.is_empty() { "the input".into() } else { path };
                Err(InputError::at(place, format!("expected an object, found {}", shape(other))))
            }
        }
    }

    pub(super) fn place(&self, field: &str) -> String {
        if self.path.is_empty() { field.into() } else { format!("{}.{field}", self.path) }
    }

    pub(super) fn get(&mut self, field: &'static str) -> Option<&'v Value> {
        self.taken.push(field);
        self.map.get(field)
    }

    pub(super) fn required<T>(&mut self, field: &'static str, read: Read<T>) -> Result<T, InputError> {
        let value =
            self.get(field).ok_or_else(|| InputError::at(self.place(field), "missing: this field is required"))?;
        read(value).map_err(|reason| InputError::at(self.place(field), reason))
    }

    pub(super) fn optional<T>(&mut self, field: &'static str, read: Read<T>) -> Result<Option<T>, InputError> {
        match self.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => read(value).map(Some).map_err(|reason| InputError::at(self.place(field), reason)),
        }
    }

    pub(super) fn optional_object<T>(
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

    pub(super) fn optional_list<T>(
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
            Some(other) => Err(InputError::at(self.place(field), format!("expected a list, found {}", shape(other)))),
        }
    }

    pub(super) fn required_list<T>(
        &mut self,
        field: &'static str,
        read: fn(&mut Fields<'_, '_>) -> Result<T, InputError>,
    ) -> Result<Vec<T>, InputError> {
        let place = self.place(field);
        self.optional_list(field, read)?.ok_or_else(|| InputError::at(place, "missing: this list is required"))
    }

    pub(super) fn finish(self) {
        for key in self.map.keys().filter(|key| !self.taken.contains(&key.as_str())) {
            let place = self.place(key);
            self.unknown.push(place);
        }
    }
}

pub(super) fn shape(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::String(value) => format!("{:?}", value.chars().take(40).collect::<String>()),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
    }
}

pub(super) fn text(value: &Value) -> Result<String, String> {
    value.as_str().map(str::to_owned).ok_or_else(|| format!("expected a text, found {}", shape(value)))
}

pub(super) fn texts(value: &Value) -> Result<Vec<String>, String> {
    let items = value.as_array().ok_or_else(|| format!("expected a list of texts, found {}", shape(value)))?;
    items.iter().map(text).collect()
}

/// A stage may be a word or its number.
pub(super) fn stage(value: &Value) -> Result<String, String> {
    match value {
        Value::Number(number) if number.is_u64() => Ok(number.to_string()),
        other => text(other),
    }
}

pub(super) fn date(value: &Value) -> Result<Date, String> {
    text(value)?.parse().map_err(|error: crate::date::DateError| error.to_string())
}

pub(super) fn country(value: &Value) -> Result<Country, String> {
    text(value)?.parse().map_err(|error: crate::country::UnknownCountry| error.to_string())
}

pub(super) fn boolean(value: &Value) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| format!("expected true or false, found {}", shape(value)))
}

/// A whole number, also where the writer put it as `400000.0`.
fn whole(value: &Value) -> Option<i64> {
    /// Above this a floating number no longer holds every whole one.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let as_float = || value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() <= EXACT);
    value.as_i64().or_else(|| as_float().map(|number| number as i64))
}

pub(super) fn cents(value: &Value) -> Result<i64, String> {
    whole(value).ok_or_else(|| format!("expected a whole number of euro cents, found {}", shape(value)))
}

pub(super) fn count(value: &Value) -> Result<u32, String> {
    let number = whole(value).and_then(|number| u32::try_from(number).ok()).filter(|number| *number <= 100_000);
    number.ok_or_else(|| format!("expected a whole number from 0 to 100000, found {}", shape(value)))
}

pub(super) fn headcount(value: &Value) -> Result<u32, String> {
    // Annual work units have fractions; against limits in whole numbers only the whole part matters.
    let number = value.as_f64().filter(|number| (0.0..=100_000_000.0).contains(number)).map(|number| number as u32);
    number.ok_or_else(|| format!("expected a number of staff, zero or more, found {}", shape(value)))
}

pub(super) fn trl(value: &Value) -> Result<u8, String> {
    let level = value.as_u64().and_then(|level| u8::try_from(level).ok()).filter(|level| (1..=9).contains(level));
    level.ok_or_else(|| format!("expected a technology readiness level from 1 to 9, found {}", shape(value)))
}

pub(super) fn percent(value: &Value) -> Result<Percent, String> {
    let Value::Number(number) = value else {
        return Err(format!("expected a percentage between 0 and 100, found {}", shape(value)));
    };
    match Percent::parse(&number.to_string()) {
        Some(percent) if percent.is_share() => Ok(percent),
        Some(_) => Err(format!("{number} is not between 0 and 100")),
        None => Err(format!("{number} is not a percentage with at most six decimals")),
    }
}

pub(super) fn word<T: Copy, const N: usize>(value: &Value, words: &[(T, &'static str); N]) -> Result<T, String> {
    let said = text(value)?;
    words.iter().find(|(_, word)| *word == said).map(|(meaning, _)| *meaning).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
        format!("{} is none of {}", shape(value), known.join(", "))
    })
}

pub(super) fn kind(value: &Value) -> Result<Kind, String> {
    word(value, &Kind::ALL)
}

pub(super) fn role(value: &Value) -> Result<Role, String> {
    word(value, &Role::ALL)
}

pub(super) fn side(value: &Value) -> Result<Side, String> {
    word(value, &[(Side::Applicant, "applicant"), (Side::Industry, "industry")])
}

pub(super) fn year(value: &Value) -> Result<u16, String> {
    let year = value.as_u64().and_then(|year| u16::try_from(year).ok()).filter(|year| (1900..=9999).contains(year));
    year.ok_or_else(|| format!("expected a year such as 2025, found {}", shape(value)))
}

pub(super) fn investor(value: &Value) -> Result<Investor, String> {
    word(value, &Investor::ALL)
}

pub(super) fn contribution_kind(value: &Value) -> Result<ContributionKind, String> {
    word(value, &ContributionKind::ALL)
}
