//! What contacts hold about a person: found by account or address.

use uuid::Uuid;

use super::{ContactId, KIND, store};
use crate::{
    accounts::Email,
    foundation::{
        audit,
        database::{Database, Transaction},
        errors::{Error, Wording},
        personal::{
            self, Addressee, Basis, Datum, Due, DueRow, Erased, Fate, Field, Held, Holding, Later, Listed, Purpose,
            Subject,
        },
        time::Timestamp,
    },
};

const PURPOSE: &str = "contact.network";

/// The contacts of all clusters.
#[derive(Debug)]
pub struct ContactHolding;

impl Holding for ContactHolding {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn purposes(&self) -> &'static [Purpose] {
        &[Purpose { key: PURPOSE, basis: Basis::LegitimateInterests, months: Some(36), fate: Fate::Deleted }]
    }

    fn held<'a>(&'a self, database: &'a Database, subject: &'a Subject) -> Later<'a, Vec<Held>> {
        Box::pin(async move {
            let kept = store::held(database, subject).await?;
            let mut held = Vec::with_capacity(kept.len());
            for row in kept {
                let log = personal::bases(database, KIND, &row.id.to_string()).await?;
                held.push(Held {
                    kind: KIND,
                    id: row.id.to_string(),
                    label: "personal-contact",
                    fields: vec![
                        Field::correctable("name", row.name),
                        Field::correctable("function", row.job),
                        Field::correctable("email", row.email),
                        Field::correctable("telephone", row.telephone),
                        Field::correctable("languages", row.languages),
                        Field::new("organisation", row.organisation),
                    ],
                    source: if row.kept_by == "person" {
                        "personal-source-yourself"
                    } else {
                        "personal-source-cluster"
                    },
                    since: Some(row.created_at),
                    purpose: PURPOSE,
                    basis: personal::standing(&log).basis().unwrap_or(Basis::LegitimateInterests),
                    audience: Wording::new("personal-audience-contact", &[("cluster", &row.cluster)]),
                    cluster: Some(row.cluster_id.0),
                    given: row.kept_by == "person",
                    restricted: row.restricted_at.is_some(),
                });
            }
            Ok(held)
        })
    }

    fn erase<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        subject: &'a Subject,
        now: Timestamp,
    ) -> Later<'a, Vec<Erased>> {
        Box::pin(async move {
            let ids = store::ids_of(transaction, subject).await?;
            remove(transaction, &ids, now).await
        })
    }

    fn restrict<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        subject: &'a Subject,
        on: bool,
        now: Timestamp,
    ) -> Later<'a, u64> {
        Box::pin(store::restrict(transaction, subject, on.then_some(now)))
    }

    fn rectify<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        subject: &'a Subject,
        datum: Datum<'a>,
        value: &'a str,
        now: Timestamp,
    ) -> Later<'a, bool> {
        Box::pin(async move {
            let value = value.trim();
            if datum.field == "email" && !value.is_empty() && value.parse::<Email>().is_err() {
                return Err(Error::input("not an e-mail address: write it as name@example.org"));
            }
            let Ok(id) = datum.id.parse::<ContactId>() else { return Ok(false) };
            let value = if datum.field == "email" { value.to_lowercase() } else { value.to_owned() };
            store::rectify(transaction, subject, id, datum.field, &value, now).await
        })
    }

    fn forget<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        datum: Datum<'a>,
        now: Timestamp,
    ) -> Later<'a, Vec<Erased>> {
        Box::pin(async move {
            match datum.id.parse::<ContactId>() {
                Ok(id) if datum.kind == KIND => remove(transaction, &[id], now).await,
                _ => Ok(Vec::new()),
            }
        })
    }

    fn listed<'a>(&'a self, database: &'a Database, cluster: Option<Uuid>) -> Later<'a, Vec<Listed>> {
        Box::pin(async move {
            let rows = store::listed(database, cluster).await?;
            let listed = rows.into_iter().map(|(id, label, since)| Listed { id: id.to_string(), label, since });
            Ok(listed.collect())
        })
    }

    fn addressee<'a>(&'a self, database: &'a Database, id: &'a str) -> Later<'a, Option<Addressee>> {
        Box::pin(async move {
            match id.parse::<ContactId>() {
                Ok(id) => store::addressee(database, id).await,
                Err(_) => Ok(None),
            }
        })
    }

    fn due<'a>(&'a self, database: &'a Database, _purpose: &'a str, before: Timestamp) -> Later<'a, Due> {
        Box::pin(async move {
            let (count, oldest) = store::due_count(database, before).await?;
            let first = store::due(database, before).await?.into_iter().map(|row| DueRow {
                id: row.id.to_string(),
                label: row.name.clone().or(row.job).unwrap_or_default(),
                at: row.updated_at,
                subject: row.email.as_deref().and_then(|email| Subject::address(email).ok()),
            });
            Ok(Due { count, oldest, first: first.collect() })
        })
    }

    fn expire<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        _purpose: &'a str,
        before: Timestamp,
        limit: i64,
    ) -> Later<'a, u64> {
        Box::pin(async move {
            let ids = store::expiring(transaction, before, limit).await?;
            remove(transaction, &ids, before).await?;
            Ok(ids.len() as u64)
        })
    }
}

/// Removes contacts, and what the trail tells of them.
async fn remove(transaction: &mut Transaction, ids: &[ContactId], now: Timestamp) -> Result<Vec<Erased>, Error> {
    for id in ids {
        store::erase(transaction, *id).await?;
        audit::redact(transaction, KIND, &id.to_string(), now).await?;
    }
    Ok(if ids.is_empty() { Vec::new() } else { vec![Erased::deleted(KIND, "personal-contacts", ids.len() as u64)] })
}
