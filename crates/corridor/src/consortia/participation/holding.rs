//! What is held about those who take part in drafts: addresses that were invited, and who answered, wrote or signed.

use async_trait::async_trait;

use super::store::people;
use crate::foundation::{
    database::{Database, Transaction},
    errors::{Error, Wording},
    personal::{Basis, Erased, Fate, Field, Held, Holding, Purpose, Saying, Subject},
    time::Timestamp,
};

const PURPOSE: Purpose = Purpose::new("participation.partners", Basis::LegitimateInterests, None, Fate::Anonymised);

/// Invitations, expressions of interest and sign-offs.
#[derive(Debug)]
pub struct ParticipationHolding;

#[async_trait]
impl Holding for ParticipationHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let named = people::naming(database, subject.person_id(), subject.email()).await?;
        let held = named.into_iter().map(|named| {
            let invited = named.part == "invited";
            let plain = Held::new(&PURPOSE, "personal-participation", named.id, Some(named.at));
            Held {
                fields: vec![
                    Field::new("record", named.draft),
                    Field::new("part", Saying::Word(format!("personal-participation-{}", named.part))),
                    Field::new("text", named.words),
                ],
                source: if invited { "personal-source-cluster" } else { plain.source },
                audience: Wording::new("personal-audience-cluster", &[]),
                cluster: Some(named.cluster_id.0),
                given: !invited,
                ..plain
            }
        });
        Ok(held.collect())
    }

    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        _: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let count = people::forget(transaction, subject.person_id(), subject.email()).await?;
        Ok(vec![Erased::anonymised(self.kind(), "personal-participations", count, "personal-reason-drafts")])
    }
}
