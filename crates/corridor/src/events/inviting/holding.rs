//! What is held about those who want no more invitations: that they do.

use async_trait::async_trait;

use crate::{
    events::{model::address_key, store},
    foundation::{
        database::{Database, Transaction},
        errors::{Error, Wording},
        personal::{Basis, Erased, Fate, Field, Held, Holding, Purpose, Subject},
        time::Timestamp,
    },
};

/// Who objects to letters must not be written to again: to keep the wish is what the law asks for (article 21(3)).
const PURPOSE: Purpose = Purpose::new("event-refusal.letters", Basis::LegalObligation, None, Fate::Deleted);

/// Wishes for no more invitations.
#[derive(Debug)]
pub struct RefusalHolding;

#[async_trait]
impl Holding for RefusalHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let Some(email) = subject.email() else { return Ok(Vec::new()) };
        let found = store::inviting::refusals_of(database, &address_key(email)).await?;
        let held = found.into_iter().map(|(cluster, name, at)| Held {
            fields: vec![Field::new("record", name)],
            audience: Wording::new("personal-audience-event-refusal", &[]),
            cluster: Some(cluster.0),
            given: true,
            ..Held::new(&PURPOSE, "personal-event-refusal", cluster, Some(at))
        });
        Ok(held.collect())
    }

    /// The wish stays although everything else goes: without it the address would be written to again.
    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        _: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let Some(email) = subject.email() else { return Ok(Vec::new()) };
        let count = store::inviting::count_refusals(transaction, &address_key(email)).await?;
        Ok(vec![Erased::kept(self.kind(), "personal-event-refusals", count, "personal-reason-event-refusals")])
    }
}
