//! What is held about those who write in drafts and have something to do there.

use async_trait::async_trait;

use super::store::people;
use crate::foundation::{
    database::{Database, Transaction},
    errors::{Error, Wording},
    personal::{Basis, Erased, Fate, Field, Held, Holding, Purpose, Saying, Subject},
    time::Timestamp,
};

const PURPOSE: Purpose = Purpose::new("discussion.work", Basis::LegitimateInterests, None, Fate::Anonymised);

/// Comments, tasks, milestones and letters that somebody does not want.
#[derive(Debug)]
pub struct DiscussionHolding;

#[async_trait]
impl Holding for DiscussionHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let named = people::naming(database, subject.person_id()).await?;
        let held = named.into_iter().map(|named| Held {
            fields: vec![
                Field::new("record", named.draft),
                Field::new("part", Saying::Word(format!("personal-discussion-{}", named.part))),
                Field::new("text", named.words),
            ],
            audience: Wording::new("personal-audience-draft", &[]),
            cluster: Some(named.cluster_id.0),
            given: named.part != "task",
            ..Held::new(&PURPOSE, "personal-discussion", named.id, Some(named.at))
        });
        Ok(held.collect())
    }

    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        _: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let count = people::forget(transaction, subject.person_id()).await?;
        Ok(vec![Erased::anonymised(self.kind(), "personal-discussions", count, "personal-reason-drafts")])
    }
}
