//! One datum that is held: what it is for, by what right, and how it is told.

use serde_json::Value as Json;
use uuid::Uuid;

use crate::foundation::{errors::Wording, personal::Basis, time::Timestamp};

/// What records are kept for. Its words stand in the language files under its key, written with `-` for `.`:
/// `purpose-KEY` (what for), `purpose-KEY-data` (which data), `purpose-KEY-recipients` (who sees it), `purpose-KEY-period`
/// (from when the period counts and why it is this long, with the source).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// `KIND.WORD`, unique in the program.
    pub key: &'static str,
    /// By what right, where nothing else was recorded for the datum.
    pub basis: Basis,
    /// For how many months records are kept by default; none where their end is an act of somebody, not a date.
    pub months: Option<u32>,
    /// What becomes of them then.
    pub fate: Fate,
    /// Whether the records stay although their person objects, because claims are defended with them (article 21(1)).
    pub defends_claims: bool,
}

impl Purpose {
    /// A purpose whose records go where somebody objects to them rightly.
    pub const fn new(key: &'static str, basis: Basis, months: Option<u32>, fate: Fate) -> Self {
        Purpose { key, basis, months, fate, defends_claims: false }
    }

    /// The kind of the records.
    pub fn kind(&self) -> &'static str {
        self.key.split('.').next().unwrap_or_default()
    }

    /// The key of why a record that is held on a basis stays although its person objects; none where it goes.
    pub fn stays(&self, basis: Basis) -> Option<&'static str> {
        match basis {
            Basis::Consent => Some("personal-stays-consent"),
            Basis::Contract => Some("personal-stays-contract"),
            Basis::LegalObligation => Some("personal-stays-law"),
            Basis::VitalInterests => Some("personal-stays-life"),
            Basis::PublicTask | Basis::LegitimateInterests => self.defends_claims.then_some("personal-stays-claims"),
        }
    }

    /// Whether records go where somebody objects to them rightly.
    pub fn gives_way(&self) -> bool {
        self.stays(self.basis).is_none()
    }

    /// The key of one of its texts: of its name with an empty `part`, else `data`, `recipients` or `period`.
    pub fn text_key(&self, part: &str) -> String {
        let key = self.key.replace(['.', '_'], "-");
        if part.is_empty() { format!("purpose-{key}") } else { format!("purpose-{key}-{part}") }
    }
}

/// What becomes of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It is gone.
    #[default]
    Deleted,
    /// It stays, and nobody can tell any more whom it was about.
    Anonymised,
    /// It stays as it is, for the reason given.
    Kept,
    /// It says what the person asked it to say.
    Corrected,
}

/// One datum: a record, or a field of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Datum<'a> {
    /// The kind of record, as its holding says.
    pub kind: &'a str,
    /// The record.
    pub id: &'a str,
    /// The field; empty for all of it.
    pub field: &'a str,
}

/// A record that is held about somebody.
#[derive(Clone, Debug)]
pub struct Held {
    /// The kind of its holding.
    pub kind: &'static str,
    /// The record's id.
    pub id: String,
    /// The key of what it is: «Your account».
    pub label: &'static str,
    /// What it says.
    pub fields: Vec<Field>,
    /// The key of where it came from.
    pub source: &'static str,
    /// Since when.
    pub since: Option<Timestamp>,
    /// Its purpose.
    pub purpose: Purpose,
    /// By what right.
    pub basis: Basis,
    /// Who sees it, in words.
    pub audience: Wording,
    /// The cluster that it belongs to; none where it belongs to the instance.
    pub cluster: Option<Uuid>,
    /// Whether the person gave it themself: only that is theirs to take along (portability).
    pub given: bool,
    /// Whether it is only kept, not used.
    pub restricted: bool,
}

impl Held {
    /// A record as most are: it came about by use, serves its purpose on the basis of it, and is seen by whoever runs the
    /// instance. What is otherwise is said beside.
    pub fn new(purpose: &Purpose, label: &'static str, id: impl ToString, since: impl Into<Option<Timestamp>>) -> Self {
        Held {
            kind: purpose.kind(),
            id: id.to_string(),
            label,
            fields: Vec::new(),
            source: "personal-source-use",
            since: since.into(),
            purpose: *purpose,
            basis: purpose.basis,
            audience: Wording::new("personal-audience-instance", &[]),
            cluster: None,
            given: false,
            restricted: false,
        }
    }

    /// The key of why it stays although its person objects; none where it goes.
    pub fn stays(&self) -> Option<&'static str> {
        self.purpose.stays(self.basis)
    }

    /// The value of a field that can be corrected, where it says something.
    pub fn correctable(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|field| field.correctable && field.name == name).and_then(|field| match &field.value {
            Saying::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name in the machine-readable answer and, with `personal-field-` before it and `-` for `_`, in the language
    /// files.
    pub name: &'static str,
    /// What it says.
    pub value: Saying,
    /// Whether the person may ask for it to be corrected.
    pub correctable: bool,
}

impl Field {
    /// A field with a value.
    pub fn new(name: &'static str, value: impl Into<Saying>) -> Self {
        Field { name, value: value.into(), correctable: false }
    }

    /// A field that can be corrected.
    pub fn correctable(name: &'static str, value: impl Into<Saying>) -> Self {
        Field { name, value: value.into(), correctable: true }
    }
}

/// What a field says.
#[derive(Clone, Debug, PartialEq)]
pub enum Saying {
    /// Nothing.
    Nothing,
    /// A text as it was given.
    Text(String),
    /// A word of the language files, by its key; programs read the key's last part.
    Word(String),
    /// A moment.
    Moment(Timestamp),
    /// A count or a yes or no, as programs read it.
    Plain(Json),
    /// Somebody else's name or address: whoever answers sees it, the person does not.
    SomebodyElse(String),
}

impl From<String> for Saying {
    fn from(text: String) -> Self {
        if text.is_empty() { Saying::Nothing } else { Saying::Text(text) }
    }
}

impl From<&str> for Saying {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Timestamp> for Saying {
    fn from(moment: Timestamp) -> Self {
        Saying::Moment(moment)
    }
}

impl<T: Into<Saying>> From<Option<T>> for Saying {
    fn from(value: Option<T>) -> Self {
        value.map_or(Saying::Nothing, Into::into)
    }
}
