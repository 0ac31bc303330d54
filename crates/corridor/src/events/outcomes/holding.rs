//! What outcomes hold about people: who said something of a meeting, and whom the words name.

use async_trait::async_trait;

use crate::{
    events::store::outcomes as store,
    foundation::{
        database::{Database, Transaction},
        errors::{Error, Wording},
        personal::{Basis, Due, Erased, Fate, Field, Held, Holding, Purpose, Saying, Subject, TAKEN_OUT},
        time::Timestamp,
    },
};

const PURPOSE: Purpose = Purpose::new("meeting.words", Basis::LegitimateInterests, Some(36), Fate::Anonymised);

/// Words about meetings, and who said them.
#[derive(Debug)]
pub struct MeetingHolding;

#[async_trait]
impl Holding for MeetingHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let held = store::naming(database, subject).await?.into_iter().map(|one| {
            // Where somebody is only named, the words may speak of others too: whoever answers reads them first.
            let own = one.said_by.is_some() && one.said_by == subject.person_id();
            let (text, source) = match own {
                true => (Saying::from(one.words), "personal-source-yourself"),
                false => (Saying::SomebodyElse(one.words), "personal-source-use"),
            };
            Held {
                fields: vec![Field::new("record", one.event), Field::new("text", text)],
                source,
                audience: Wording::new("personal-audience-meeting", &[]),
                cluster: Some(one.cluster_id.0),
                given: own,
                ..Held::new(&PURPOSE, "personal-meeting", one.id, Some(one.said_at))
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
        let found = store::naming_in(transaction, subject).await?;
        for one in &found {
            let author = one.said_by.filter(|author| Some(*author) != subject.person_id());
            store::unname(transaction, one.id, &subject.unnamed(&one.words, TAKEN_OUT), author).await?;
        }
        Ok(vec![Erased::anonymised(self.kind(), "personal-meetings", found.len() as u64, "personal-reason-meetings")])
    }

    async fn due(&self, database: &Database, _: &str, before: Timestamp) -> Result<Due, Error> {
        Ok(Due::of_texts(store::due_count(database, before).await?, store::due(database, before).await?))
    }

    async fn expire(
        &self,
        transaction: &mut Transaction,
        _: &str,
        before: Timestamp,
        limit: i64,
        _: Timestamp,
    ) -> Result<u64, Error> {
        store::expire(transaction, before, limit).await
    }
}
