//! What documents hold about people: who stated them. What a file says inside is not known to the program.

use async_trait::async_trait;

use super::{DocumentKind, KIND, store};
use crate::foundation::{
    audit,
    database::{Database, Transaction},
    errors::{Error, Wording},
    personal::{Basis, Due, DueRow, Erased, Fate, Field, Held, Holding, Purpose, Subject},
    time::Timestamp,
};

const PURPOSE: Purpose = Purpose::new("document.organisations", Basis::LegitimateInterests, Some(60), Fate::Deleted);

/// The documents of all clusters.
#[derive(Debug)]
pub struct DocumentHolding;

#[async_trait]
impl Holding for DocumentHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let stated = store::stated_by(database, subject.person_id()).await?;
        let held = stated.into_iter().map(|document| Held {
            fields: vec![
                Field::new("record", document.organisation),
                Field::new("text", document.title),
                Field::new("file", document.file),
            ],
            source: "personal-source-yourself",
            audience: Wording::new("personal-audience-contact", &[("cluster", &document.cluster)]),
            cluster: Some(document.cluster_id.0),
            given: true,
            ..Held::new(&PURPOSE, "personal-document", document.id, document.created_at)
        });
        Ok(held.collect())
    }

    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        _: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let count = store::forget_person(transaction, subject.person_id()).await?;
        Ok(vec![Erased::anonymised(KIND, "personal-documents", count, "personal-reason-documents")])
    }

    async fn due(&self, database: &Database, _: &str, before: Timestamp) -> Result<Due, Error> {
        let (count, oldest) = store::due_count(database, before).await?;
        let first = store::due(database, before).await?.into_iter().map(|(id, kind, title, at)| DueRow {
            id: id.to_string(),
            label: if DocumentKind::of(&kind) == Some(DocumentKind::Other) { title } else { kind },
            at,
            subject: None,
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
        for id in &ids {
            store::erase(transaction, *id).await?;
            audit::redact(transaction, KIND, &id.to_string(), now).await?;
        }
        Ok(ids.len() as u64)
    }
}
