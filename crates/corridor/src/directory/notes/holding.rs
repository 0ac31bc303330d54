//! What notes hold about a person: who wrote them, and whom they name.

use async_trait::async_trait;

use super::{KIND, store};
use crate::foundation::{
    audit,
    database::{Database, Transaction},
    errors::{Error, Wording},
    personal::{Basis, Due, Erased, Fate, Field, Held, Holding, Purpose, Saying, Subject, TAKEN_OUT},
    time::Timestamp,
};

const PURPOSE: Purpose = Purpose::new("note.network", Basis::LegitimateInterests, Some(60), Fate::Deleted);

/// The notes of all clusters.
#[derive(Debug)]
pub struct NoteHolding;

#[async_trait]
impl Holding for NoteHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let held = store::held(database, subject).await?.into_iter().map(|note| {
            // Where somebody is only named, the note may speak of others too: whoever answers reads it first.
            let (label, text, source) = match note.author_id.is_some() && note.author_id == subject.person_id() {
                true => ("personal-note-written", Saying::from(note.text), "personal-source-yourself"),
                false => ("personal-note-about", Saying::SomebodyElse(note.text), "personal-source-cluster"),
            };
            Held {
                fields: vec![Field::new("text", text), Field::new("created_at", note.created_at)],
                source,
                audience: Wording::new("personal-audience-contact", &[("cluster", &note.cluster)]),
                cluster: Some(note.cluster_id.0),
                restricted: note.restricted,
                ..Held::new(&PURPOSE, label, note.id, note.created_at)
            }
        });
        Ok(held.collect())
    }

    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        now: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let notes = store::held_in(transaction, subject).await?;
        for note in &notes {
            let author = note.author_id.filter(|author| Some(*author) != subject.person_id());
            store::unname(transaction, note.id, &subject.unnamed(&note.text, TAKEN_OUT), author).await?;
            audit::redact(transaction, KIND, &note.id.to_string(), now).await?;
        }
        store::lift(transaction, subject).await?;
        Ok(vec![Erased::anonymised(KIND, "personal-notes", notes.len() as u64, "personal-reason-notes")])
    }

    /// Notes that name the person rest. Those that the person wrote are the cluster's: only who wrote them is not shown.
    async fn restrict(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        on: bool,
        now: Timestamp,
    ) -> Result<u64, Error> {
        let lifted = store::lift(transaction, subject).await?;
        if !on {
            return Ok(lifted);
        }
        let naming = store::held_in(transaction, subject).await?.into_iter();
        let ids: Vec<_> = naming.filter(|note| subject.is_named_in(&note.text)).map(|note| note.id).collect();
        store::restrict(transaction, &ids, subject, now).await?;
        Ok(ids.len() as u64)
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
