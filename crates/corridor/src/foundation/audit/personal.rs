//! What the trail holds about a person: what they did, and what is told of them.
//!
//! An entry stays: that something was done, when, and to which record. What it tells (names, values) goes when the person
//! is erased or its age has come; the chain still holds (see [`super::redact`]).

use serde_json::Value as Json;
use uuid::Uuid;

use super::{chain::Told, store};
use crate::foundation::{
    database::{Database, Transaction},
    errors::{Error, Wording},
    personal::{Basis, DUE_SHOWN, Due, DueRow, Erased, Fate, Field, Held, Holding, Later, Purpose, Saying, Subject},
    time::{Clock, Timestamp},
};

const WAYS_IN: &str = "trail.sign_in";
const TRAIL: &str = "trail.trail";

/// The audit trail.
#[derive(Debug)]
pub struct TrailHolding;

impl Told {
    fn is_of_ways_in(&self) -> bool {
        self.subject_kind == "account" && ["sign_in", "sign_in_failed", "ask_link"].contains(&self.action.as_str())
    }

    fn is_about(&self, subject: &Subject) -> bool {
        let person = subject.person_id();
        let own = person.is_some()
            && (self.person_id == person
                || Some(self.subject_id.as_str()) == person.map(|id| id.to_string()).as_deref());
        let told = |json: Option<&sqlx::types::Json<Json>>| json.is_some_and(|json| names(subject, &json.0));
        (own && self.subject_kind == "account")
            || subject.is_named_in(&self.summary)
            || told(self.before.as_ref())
            || told(self.after.as_ref())
    }
}

/// Whether a text anywhere in the document names the person.
fn names(subject: &Subject, json: &Json) -> bool {
    match json {
        Json::String(text) => subject.is_named_in(text),
        Json::Array(items) => items.iter().any(|item| names(subject, item)),
        Json::Object(fields) => fields.iter().any(|(key, value)| subject.is_named_in(key) || names(subject, value)),
        _ => false,
    }
}

/// What the entry was told about: somebody else's name is theirs.
fn summary(told: &Told, subject: &Subject) -> Saying {
    let of_accounts = told.subject_kind == "account" && !told.is_of_ways_in();
    if of_accounts && !subject.is_named_in(&told.summary) && told.summary.contains(['@', ' ']) {
        Saying::SomebodyElse(told.summary.clone())
    } else {
        told.summary.as_str().into()
    }
}

impl TrailHolding {
    async fn all(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let entries = store::touching(database, subject.person_id(), &subject.patterns()).await?;
        let person = subject.person_id();
        let held = entries
            .into_iter()
            .filter(|told| (person.is_some() && told.person_id == person) || told.is_about(subject))
            .map(|told| {
                let by_them = told.person_id == person && person.is_some();
                let place = told.after.as_ref().filter(|_| told.is_of_ways_in());
                let seen = |field: &str| place.and_then(|json| json.0.get(field)?.as_str().map(str::to_owned));
                Held {
                    kind: self.kind(),
                    id: told.id.to_string(),
                    label: if by_them { "personal-entry-by" } else { "personal-entry-about" },
                    fields: vec![
                        Field::new(
                            "action",
                            Saying::Word(format!("change-{}-{}", told.subject_kind, told.action.replace('_', "-"))),
                        ),
                        Field::new("record", summary(&told, subject)),
                        Field::new("browser", seen("browser")),
                        Field::new("place", seen("place")),
                    ],
                    source: "personal-source-use",
                    since: Some(Timestamp(told.at)),
                    purpose: if told.is_of_ways_in() { WAYS_IN } else { TRAIL },
                    basis: Basis::LegitimateInterests,
                    audience: Wording::new("personal-audience-instance", &[]),
                    cluster: told.cluster_id,
                    given: false,
                    restricted: false,
                }
            });
        Ok(held.collect())
    }
}

impl Holding for TrailHolding {
    fn kind(&self) -> &'static str {
        "trail"
    }

    fn purposes(&self) -> &'static [Purpose] {
        &[
            Purpose { key: WAYS_IN, basis: Basis::LegitimateInterests, months: Some(12), fate: Fate::Anonymised },
            Purpose { key: TRAIL, basis: Basis::LegitimateInterests, months: Some(72), fate: Fate::Anonymised },
        ]
    }

    fn held<'a>(&'a self, database: &'a Database, subject: &'a Subject) -> Later<'a, Vec<Held>> {
        Box::pin(self.all(database, subject))
    }

    fn erase<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        subject: &'a Subject,
        now: Timestamp,
    ) -> Later<'a, Vec<Erased>> {
        Box::pin(async move {
            store::lock_head(transaction).await?;
            let entries = store::touching_in(transaction, subject.person_id(), &subject.patterns()).await?;
            let (about, by): (Vec<&Told>, Vec<&Told>) = entries.iter().partition(|told| told.is_about(subject));
            let telling = about.iter().filter(|told| !told.summary.is_empty() || told.after.is_some());
            let ids: Vec<Uuid> = telling.map(|told| told.id).collect();
            store::redact_entries(transaction, &ids, now).await?;
            let mut erased = Vec::new();
            if !ids.is_empty() {
                let count = ids.len() as u64;
                erased.push(Erased::anonymised(self.kind(), "personal-entries-about", count, "personal-reason-trail"));
            }
            let by =
                by.iter().filter(|told| subject.person_id().is_some() && told.person_id == subject.person_id()).count();
            if by > 0 {
                erased.push(Erased::anonymised(self.kind(), "personal-entries-by", by as u64, "personal-reason-trail"));
            }
            Ok(erased)
        })
    }

    fn due<'a>(&'a self, database: &'a Database, purpose: &'a str, before: Timestamp) -> Later<'a, Due> {
        Box::pin(async move {
            let old = store::telling(database, purpose == WAYS_IN, before, i64::MAX).await?;
            let shown = usize::try_from(DUE_SHOWN).unwrap_or(usize::MAX);
            Ok(Due {
                count: old.len() as u64,
                oldest: old.first().map(|told| Timestamp(told.at)),
                first: old
                    .into_iter()
                    .take(shown)
                    .map(|told| DueRow {
                        id: told.id.to_string(),
                        label: format!("{} {} {}", told.subject_kind, told.action, told.summary).trim().to_owned(),
                        at: Timestamp(told.at),
                        subject: told.person_id.map(Subject::person),
                    })
                    .collect(),
            })
        })
    }

    fn expire<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        purpose: &'a str,
        before: Timestamp,
        limit: i64,
    ) -> Later<'a, u64> {
        Box::pin(async move {
            store::lock_head(transaction).await?;
            let old = store::telling_in(transaction, purpose == WAYS_IN, before, limit).await?;
            let ids: Vec<Uuid> = old.iter().map(|told| told.id).collect();
            store::redact_entries(transaction, &ids, Clock::System.now()).await?;
            Ok(ids.len() as u64)
        })
    }
}
