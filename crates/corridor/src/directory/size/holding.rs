//! What figures and owners hold about people: who stated them.

use async_trait::async_trait;

use super::{KIND, store};
use crate::foundation::{
    database::{Database, Transaction},
    errors::{Error, Wording},
    personal::{Basis, Erased, Fate, Field, Held, Holding, Purpose, Subject},
    time::Timestamp,
};

const PURPOSE: Purpose = Purpose::new("figures.organisations", Basis::LegitimateInterests, None, Fate::Anonymised);

/// The figures and owners that clusters keep.
#[derive(Debug)]
pub struct FiguresHolding;

#[async_trait]
impl Holding for FiguresHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let stated = store::stated_by(database, subject.person_id()).await?;
        let held = stated.into_iter().map(|told| Held {
            fields: vec![Field::new("record", told.organisation), Field::new("text", told.source)],
            source: "personal-source-yourself",
            audience: Wording::new("personal-audience-contact", &[("cluster", &told.cluster)]),
            cluster: Some(told.cluster_id.0),
            given: true,
            ..Held::new(&PURPOSE, "personal-figures", told.organisation_id, told.created_at)
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
        Ok(vec![Erased::anonymised(KIND, "personal-figures-all", count, "personal-reason-figures")])
    }
}
