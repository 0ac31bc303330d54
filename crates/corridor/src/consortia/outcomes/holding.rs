//! What outcomes hold about a person: who noted submissions and answers.

use async_trait::async_trait;

use super::store;
use crate::foundation::{
    database::{Database, Transaction},
    errors::{Error, Wording},
    personal::{Basis, Erased, Fate, Field, Held, Holding, Purpose, Saying, Subject},
    time::Timestamp,
};

const PURPOSE: Purpose = Purpose::new("outcomes.authors", Basis::LegitimateInterests, None, Fate::Anonymised);

/// Who noted submissions and answers.
#[derive(Debug)]
pub struct OutcomeHolding;

#[async_trait]
impl Holding for OutcomeHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let noted = store::noted_by(database, subject.person_id()).await?.into_iter();
        let held = noted.map(|noted| Held {
            fields: vec![
                Field::new("record", noted.draft),
                Field::new("part", Saying::Word(format!("personal-outcome-{}", noted.part))),
            ],
            audience: Wording::new("personal-audience-cluster", &[]),
            cluster: Some(noted.cluster_id.0),
            ..Held::new(&PURPOSE, "personal-outcome", noted.id, Some(noted.at))
        });
        Ok(held.collect())
    }

    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        _: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let count = store::forget(transaction, subject.person_id()).await?;
        Ok(vec![Erased::anonymised(self.kind(), "personal-outcomes", count, "personal-reason-drafts")])
    }
}
