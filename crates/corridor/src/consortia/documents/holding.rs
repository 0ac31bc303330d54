//! What requests for documents hold about people: who asked, and with what words.

use async_trait::async_trait;

use super::store;
use crate::foundation::{
    database::{Database, Transaction},
    errors::{Error, Wording},
    personal::{Basis, Erased, Fate, Field, Held, Holding, Purpose, Subject},
    time::Timestamp,
};

const PURPOSE: Purpose = Purpose::new("document_request.drafts", Basis::LegitimateInterests, None, Fate::Anonymised);

/// The requests for documents of all drafts.
#[derive(Debug)]
pub struct RequestedHolding;

#[async_trait]
impl Holding for RequestedHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let asked = store::asked_by(database, subject.person_id()).await?;
        let held = asked.into_iter().map(|request| Held {
            fields: vec![Field::new("record", request.draft), Field::new("text", request.words)],
            audience: Wording::new("personal-audience-cluster", &[]),
            cluster: Some(request.cluster_id.0),
            given: true,
            ..Held::new(&PURPOSE, "personal-document-request", request.id, request.at)
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
        Ok(vec![Erased::anonymised(self.kind(), "personal-document-requests", count, "personal-reason-drafts")])
    }
}
