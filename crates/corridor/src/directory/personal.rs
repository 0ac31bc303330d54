//! What the directory holds about a person beside contacts: who imported and merged, and their address among what an
//! import could not use.

use async_trait::async_trait;

use super::store;
use crate::foundation::{
    database::{Database, Transaction},
    errors::Error,
    personal::{Basis, Erased, Fate, Field, Held, Holding, Purpose, Saying, Subject},
    time::Timestamp,
};

const PURPOSE: Purpose = Purpose::new("import.authors", Basis::LegitimateInterests, None, Fate::Anonymised);

/// Who imported and who merged.
#[derive(Debug)]
pub struct ImportHolding;

#[async_trait]
impl Holding for ImportHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let held = store::acts(database, subject.person_id()).await?.into_iter().map(|act| Held {
            fields: vec![
                Field::new("action", Saying::Word(format!("personal-act-{}", act.what))),
                Field::new("record", act.name),
            ],
            cluster: act.cluster_id,
            ..Held::new(&PURPOSE, "personal-import", act.id, act.at)
        });
        Ok(held.collect())
    }

    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        _: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let (acts, values) = store::forget_author(transaction, subject).await?;
        Ok(vec![
            Erased::anonymised(self.kind(), "personal-imports", acts, "personal-reason-imports"),
            Erased::deleted(self.kind(), "personal-import-problems", values),
        ])
    }
}
