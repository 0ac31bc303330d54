//! What contacts hold about a person: found by account or address.

use async_trait::async_trait;
use uuid::Uuid;

use super::{ContactId, KIND, store};
use crate::{
    accounts::Email,
    foundation::{
        audit,
        database::{Database, Transaction},
        errors::{Error, Wording},
        personal::{
            self, Addressee, Basis, Datum, Due, DueRow, Erased, Fate, Field, Held, Holding, Listed, Purpose, Subject,
        },
        time::Timestamp,
    },
};

const PURPOSE: Purpose = Purpose::new("contact.network", Basis::LegitimateInterests, Some(36), Fate::Deleted);

/// The contacts of all clusters.
#[derive(Debug)]
pub struct ContactHolding;

#[async_trait]
impl Holding for ContactHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let mut held = Vec::new();
        for row in store::held(database, subject).await? {
            let log = personal::bases(database, KIND, &row.id.to_string()).await?;
            let given = row.kept_by == "person";
            held.push(Held {
                fields: vec![
                    Field::correctable("name", row.name),
                    Field::correctable("function", row.job),
                    Field::correctable("email", row.email),
                    Field::correctable("telephone", row.telephone),
                    Field::correctable("languages", row.languages),
                    Field::new("organisation", row.organisation),
                ],
                source: if given { "personal-source-yourself" } else { "personal-source-cluster" },
                basis: personal::standing(&log).basis().unwrap_or(PURPOSE.basis),
                audience: Wording::new("personal-audience-contact", &[("cluster", &row.cluster)]),
                cluster: Some(row.cluster_id.0),
                given,
                restricted: row.restricted_at.is_some(),
                ..Held::new(&PURPOSE, "personal-contact", row.id, row.created_at)
            });
        }
        Ok(held)
    }

    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        now: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let ids = store::ids_of(transaction, subject).await?;
        remove(transaction, &ids, now).await
    }

    /// Those that rest on a consent or a contract stay.
    async fn object(
        &self,
        transaction: &mut Transaction,
        _: &Subject,
        lost: &[&Held],
        now: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let ids: Vec<ContactId> = lost.iter().filter_map(|one| one.id.parse().ok()).collect();
        remove(transaction, &ids, now).await
    }

    async fn restrict(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        on: bool,
        now: Timestamp,
    ) -> Result<u64, Error> {
        store::restrict(transaction, subject, on.then_some(now)).await
    }

    async fn rectify(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        datum: Datum<'_>,
        value: &str,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let value = value.trim();
        if datum.field == "email" && !value.is_empty() && value.parse::<Email>().is_err() {
            return Err(Error::input("not an e-mail address: write it as name@example.org"));
        }
        let Ok(id) = datum.id.parse::<ContactId>() else { return Ok(false) };
        let value = if datum.field == "email" { value.to_lowercase() } else { value.to_owned() };
        store::rectify(transaction, subject, id, datum.field, &value, now).await
    }

    /// What a cluster keeps about somebody is wrong as soon as the person corrects what it repeats.
    fn follows(&self) -> bool {
        true
    }

    async fn forget(
        &self,
        transaction: &mut Transaction,
        datum: Datum<'_>,
        now: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        match datum.id.parse::<ContactId>() {
            Ok(id) if datum.kind == KIND => remove(transaction, &[id], now).await,
            _ => Ok(Vec::new()),
        }
    }

    async fn listed(&self, database: &Database, cluster: Option<Uuid>) -> Result<Vec<Listed>, Error> {
        let rows = store::listed(database, cluster).await?;
        Ok(rows.into_iter().map(|(id, label, since)| Listed { id: id.to_string(), label, since }).collect())
    }

    async fn addressee(&self, database: &Database, id: &str) -> Result<Option<Addressee>, Error> {
        match id.parse::<ContactId>() {
            Ok(id) => store::addressee(database, id).await,
            Err(_) => Ok(None),
        }
    }

    async fn due(&self, database: &Database, _: &str, before: Timestamp) -> Result<Due, Error> {
        let (count, oldest) = store::due_count(database, before).await?;
        let first = store::due(database, before).await?.into_iter().map(|row| DueRow {
            id: row.id.to_string(),
            label: row.name.clone().or(row.job).unwrap_or_default(),
            at: row.updated_at,
            subject: row.email.as_deref().and_then(|email| Subject::address(email).ok()),
        });
        Ok(Due { count: count.unsigned_abs(), oldest, first: first.collect() })
    }

    async fn expire(
        &self,
        transaction: &mut Transaction,
        _: &str,
        before: Timestamp,
        limit: i64,
        now: Timestamp,
    ) -> Result<u64, Error> {
        let ids = store::expiring(transaction, before, limit).await?;
        remove(transaction, &ids, now).await?;
        Ok(ids.len() as u64)
    }
}

/// Removes contacts, and what the trail tells of them.
async fn remove(transaction: &mut Transaction, ids: &[ContactId], now: Timestamp) -> Result<Vec<Erased>, Error> {
    for id in ids {
        store::erase(transaction, *id).await?;
        audit::redact(transaction, KIND, &id.to_string(), now).await?;
    }
    Ok(vec![Erased::deleted(KIND, "personal-contacts", ids.len() as u64)])
}
