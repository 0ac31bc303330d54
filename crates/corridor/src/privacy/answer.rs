//! The answer to «what do you hold about me?»: everything, in words and for programs, without the data of others.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{
    accounts::{ClusterId, clusters},
    foundation::{
        errors::Error,
        instance::App,
        languages::Language,
        personal::{self, Held, Holdings, Saying, Subject},
        time::{Timestamp, Zone},
    },
    privacy::retention,
};

/// The name of the format of a whole answer.
const WHOLE: &str = "corridor-personal-data-1";
/// The name of the format of what a person takes along.
const PORTABLE: &str = "corridor-portable-data-1";

/// Everything held about somebody, as they read it and as programs do. Described in the guide.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Answer {
    /// `corridor-personal-data-1`, or `corridor-portable-data-1` for what a person takes along.
    pub format: String,
    /// The language of its words.
    pub language: Language,
    /// When it was put together (ISO 8601).
    pub made_at: String,
    /// The same in microseconds, for pages.
    pub made: i64,
    /// Whose data.
    pub about: String,
    /// The instance that holds it.
    pub held_by: String,
    /// The records.
    pub records: Vec<Record>,
    /// Who received a copy.
    pub recipients: Vec<Recipient>,
    /// What the records are kept for.
    pub purposes: Vec<PurposeWords>,
    /// How many values are left out because they are about somebody else.
    pub masked: usize,
}

/// A record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// The kind.
    pub kind: String,
    /// The id.
    pub id: String,
    /// What it is, in words.
    pub what: String,
    /// Its fields.
    pub fields: Vec<Value>,
    /// Where it came from.
    pub source: String,
    /// Since when (ISO 8601).
    pub since: Option<String>,
    /// The same in microseconds, for pages.
    pub since_at: Option<i64>,
    /// The key of its purpose.
    pub purpose: String,
    /// The legal basis: `consent`, `contract`, `legal_obligation`, `vital_interests`, `public_task`,
    /// `legitimate_interests`.
    pub basis: String,
    /// The same in words.
    pub basis_words: String,
    /// Who sees it.
    pub audience: String,
    /// The cluster that it belongs to.
    pub cluster: Option<String>,
    /// Whether the person gave it themself.
    pub given: bool,
    /// Whether it is only kept, not used.
    pub restricted: bool,
}

/// A field with its value.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Value {
    /// Its name for programs.
    pub name: String,
    /// Its name in words.
    pub label: String,
    /// What it says, in words; empty where it says nothing or is left out.
    pub words: String,
    /// What it says, for programs.
    pub value: Json,
    /// Whether it is left out because it is about somebody else.
    pub masked: bool,
    /// Whether it can be corrected.
    pub correctable: bool,
}

/// Somebody who received a copy.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Recipient {
    /// When (ISO 8601).
    pub at: String,
    /// The same in microseconds, for pages.
    pub at_micros: i64,
    /// Who.
    pub who: String,
    /// How.
    pub how: String,
    /// What for.
    pub purpose: String,
    /// The kind of record.
    pub kind: String,
}

/// A purpose in words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PurposeWords {
    /// Its key.
    pub key: String,
    /// What for.
    pub name: String,
    /// By what right.
    pub basis: String,
    /// Who sees the data.
    pub recipients: String,
    /// For how many months, where a date ends it.
    pub months: Option<u32>,
    /// From when it counts, and why it is this long.
    pub period: String,
}

/// What an answer tells.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scope {
    /// Only what the person gave on consent or contract, to take along.
    pub portable: bool,
    /// Only what belongs to a cluster.
    pub cluster: Option<ClusterId>,
}

fn iso(time: Timestamp) -> String {
    time.to_jiff().to_string()
}

struct Words<'a> {
    app: &'a App,
    language: Language,
    zone: &'a Zone,
}

impl Words<'_> {
    fn say(&self, key: &str) -> String {
        self.app.texts.text(self.language, key, None).into_owned()
    }

    /// The words of a key that a record put together; its last part where there are none.
    fn word(&self, key: &str) -> String {
        if self.app.texts.knows(self.language, key) { self.say(key) } else { key.replace('-', " ") }
    }

    fn value(&self, saying: &Saying) -> (String, Json) {
        match saying {
            Saying::Nothing | Saying::SomebodyElse(_) => (String::new(), Json::Null),
            Saying::Text(text) => (text.clone(), Json::from(text.as_str())),
            Saying::Word(key) => (self.word(key), Json::from(key.as_str())),
            Saying::Moment(at) => (self.language.moment(self.zone, *at), Json::from(iso(*at))),
            Saying::Plain(json) => (json.to_string().trim_matches('"').to_owned(), json.clone()),
        }
    }

    fn record(&self, held: &Held, cluster: Option<String>) -> Record {
        let fields = held.fields.iter().map(|field| {
            let (words, value) = self.value(&field.value);
            Value {
                name: field.name.to_owned(),
                label: self.say(&format!("personal-field-{}", field.name.replace('_', "-"))),
                words,
                value,
                masked: matches!(field.value, Saying::SomebodyElse(_)),
                correctable: field.correctable,
            }
        });
        Record {
            kind: held.kind.to_owned(),
            id: held.id.clone(),
            what: self.say(held.label),
            fields: fields.filter(|field| field.masked || field.correctable || !field.value.is_null()).collect(),
            source: self.say(held.source),
            since: held.since.map(iso),
            since_at: held.since.map(|at| at.0),
            purpose: held.purpose.key.to_owned(),
            basis: held.basis.key().to_owned(),
            basis_words: self.say(&held.basis.label_key()),
            audience: held.audience.say(&self.app.texts, self.language),
            cluster,
            given: held.given,
            restricted: held.restricted,
        }
    }
}

/// Puts the answer together.
///
/// # Errors
/// When the database fails.
pub async fn make(
    app: &App,
    subject: &Subject,
    language: Language,
    zone: &Zone,
    scope: Scope,
) -> Result<Answer, Error> {
    let holdings = app.part::<Holdings>();
    let words = Words { app, language, zone };
    let clusters = clusters(&app.database).await?;
    let held: Vec<Held> = holdings
        .held(&app.database, subject)
        .await?
        .into_iter()
        .filter(|held| !scope.portable || (held.given && held.basis.is_portable()))
        .filter(|held| scope.cluster.is_none_or(|cluster| held.cluster == Some(cluster.0)))
        .collect();
    let records: Vec<Record> = held
        .iter()
        .map(|one| {
            let cluster = clusters.iter().find(|cluster| Some(cluster.id.0) == one.cluster);
            words.record(one, cluster.map(|cluster| cluster.name.clone()))
        })
        .collect();
    let months = retention::months_in_force(app).await?;
    let purposes = holdings
        .purposes()
        .filter(|(_, purpose)| held.iter().any(|one| one.purpose.key == purpose.key))
        .map(|(_, purpose)| PurposeWords {
            key: purpose.key.to_owned(),
            name: words.say(&purpose.text_key("")),
            basis: words.say(&purpose.basis.label_key()),
            recipients: words.say(&purpose.text_key("recipients")),
            months: months.get(purpose.key).copied().flatten(),
            period: words.say(&purpose.text_key("period")),
        });
    let disclosures = if scope.portable { Vec::new() } else { personal::disclosures(&app.database, subject).await? };
    let recipients = disclosures
        .into_iter()
        .filter(|line| scope.cluster.is_none_or(|cluster| line.cluster_id == Some(cluster.0)))
        .map(|line| Recipient {
            at: iso(line.at),
            at_micros: line.at.0,
            how: words.word(&format!("disclosure-{}", line.channel)),
            // Who they are is what article 15(1)(c) asks to tell.
            who: line.recipient,
            purpose: line.purpose,
            kind: words.word(&format!("personal-{}", line.kind)),
        });
    let now = app.clock.now();
    Ok(Answer {
        format: if scope.portable { PORTABLE } else { WHOLE }.to_owned(),
        language,
        made_at: iso(now),
        made: now.0,
        about: subject.email().or(subject.name()).unwrap_or_default().to_owned(),
        held_by: app.address.to_string(),
        purposes: purposes.collect(),
        recipients: recipients.collect(),
        masked: records.iter().flat_map(|record| &record.fields).filter(|field| field.masked).count(),
        records,
    })
}
