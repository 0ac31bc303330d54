//! What drafts hold about a person: who began them and who saved which version.

use async_trait::async_trait;

use super::store;
use crate::foundation::{
    database::{Database, Transaction},
    errors::{Error, Wording},
    personal::{Basis, Erased, Fate, Field, Held, Holding, Purpose, Saying, Subject},
    time::Timestamp,
};

const PURPOSE: Purpose = Purpose::new("draft.authors", Basis::LegitimateInterests, None, Fate::Anonymised);

/// The authors of drafts.
#[derive(Debug)]
pub struct DraftHolding;

#[async_trait]
impl Holding for DraftHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let held = store::written_by(database, subject.person_id()).await?.into_iter().map(|draft| Held {
            fields: vec![
                Field::new("record", draft.name),
                Field::new("versions", Saying::Plain(draft.versions.into())),
                Field::new("used_at", draft.last),
            ],
            audience: Wording::new("personal-audience-cluster", &[]),
            cluster: Some(draft.cluster_id.0),
            ..Held::new(&PURPOSE, "personal-draft", draft.id, draft.first)
        });
        Ok(held.collect())
    }

    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        _: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let count = store::forget_author(transaction, subject.person_id()).await?;
        Ok(vec![Erased::anonymised(self.kind(), "personal-drafts", count, "personal-reason-drafts")])
    }
}
