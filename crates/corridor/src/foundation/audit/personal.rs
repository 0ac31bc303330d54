//! What the trail holds about a person: what they did, and what is told of them.
//!
//! An entry stays: that something was done, when, and to which record. What it tells (names, values) goes when the person
//! is erased or its age has come; the chain still holds (see [`super::redact`]).

use async_trait::async_trait;
use serde_json::Value as Json;
use uuid::Uuid;

use super::{chain::Told, store};
use crate::foundation::{
    database::{Database, Transaction},
    errors::Error,
    personal::{Basis, Due, DueRow, Erased, Fate, Field, Held, Holding, Purpose, Saying, Subject},
    time::Timestamp,
};

/// Who signed in from where is the proof when somebody says that they did not.
const WAYS_IN: Purpose = Purpose {
    defends_claims: true,
    ..Purpose::new("trail.sign_in", Basis::LegitimateInterests, Some(12), Fate::Anonymised)
};
/// Who did what is the proof when a decision is contested.
const TRAIL: Purpose = Purpose {
    defends_claims: true,
    ..Purpose::new("trail.trail", Basis::LegitimateInterests, Some(72), Fate::Anonymised)
};

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
    } else if told.subject_kind == "account" && told.action == "sign_in" {
        Saying::Word(format!("session-method-{}", told.summary))
    } else if told.subject_kind == "account" && told.action == "switch_role" {
        Saying::Word(format!("role-{}", told.summary.replace('_', "-")))
    } else {
        told.summary.as_str().into()
    }
}

#[async_trait]
impl Holding for TrailHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[WAYS_IN, TRAIL]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let entries = store::touching(database, subject.person_id(), &subject.patterns()).await?;
        let by_them = |told: &Told| told.person_id.is_some() && told.person_id == subject.person_id();
        let held = entries.into_iter().filter(|told| by_them(told) || told.is_about(subject)).map(|told| {
            let place = told.after.as_ref().filter(|_| told.is_of_ways_in());
            let seen = |field: &str| place.and_then(|json| json.0.get(field)?.as_str().map(str::to_owned));
            let action = format!("change-{}-{}", told.subject_kind, told.action.replace('_', "-"));
            let label = if by_them(&told) { "personal-entry-by" } else { "personal-entry-about" };
            let purpose = if told.is_of_ways_in() { WAYS_IN } else { TRAIL };
            Held {
                fields: vec![
                    Field::new("action", Saying::Word(action)),
                    Field::new("record", summary(&told, subject)),
                    Field::new("browser", seen("browser")),
                    Field::new("place", seen("place")),
                ],
                cluster: told.cluster_id,
                ..Held::new(&purpose, label, told.id, Timestamp(told.at))
            }
        });
        Ok(held.collect())
    }

    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        now: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        store::lock_head(transaction).await?;
        let entries = store::touching_in(transaction, subject.person_id(), &subject.patterns()).await?;
        let (about, by): (Vec<&Told>, Vec<&Told>) = entries.iter().partition(|told| told.is_about(subject));
        let telling = about.iter().filter(|told| !told.summary.is_empty() || told.after.is_some());
        let ids: Vec<Uuid> = telling.map(|told| told.id).collect();
        store::redact_entries(transaction, &ids, now).await?;
        let person = subject.person_id();
        let by = by.iter().filter(|told| person.is_some() && told.person_id == person).count();
        let reason = "personal-reason-trail";
        Ok(vec![
            Erased::anonymised(self.kind(), "personal-entries-about", ids.len() as u64, reason),
            Erased::anonymised(self.kind(), "personal-entries-by", by as u64, reason),
        ])
    }

    async fn due(&self, database: &Database, purpose: &str, before: Timestamp) -> Result<Due, Error> {
        let old = store::telling(database, purpose == WAYS_IN.key, before, i64::MAX).await?;
        Ok(old
            .into_iter()
            .map(|told| DueRow {
                id: told.id.to_string(),
                label: format!("{} {} {}", told.subject_kind, told.action, told.summary).trim().to_owned(),
                at: Timestamp(told.at),
                subject: told.person_id.map(Subject::person),
            })
            .collect())
    }

    async fn expire(
        &self,
        transaction: &mut Transaction,
        purpose: &str,
        before: Timestamp,
        limit: i64,
        now: Timestamp,
    ) -> Result<u64, Error> {
        store::lock_head(transaction).await?;
        let old = store::telling_in(transaction, purpose == WAYS_IN.key, before, limit).await?;
        let ids: Vec<Uuid> = old.iter().map(|told| told.id).collect();
        store::redact_entries(transaction, &ids, now).await?;
        Ok(ids.len() as u64)
    }
}
