//! What notes hold about a person: who wrote them, and whom they name.

use super::{KIND, store};
use crate::foundation::{
    audit,
    database::{Database, Transaction},
    errors::Wording,
    personal::{Basis, Due, DueRow, Erased, Fate, Field, Held, Holding, Later, Purpose, Saying, Subject},
    time::Timestamp,
};

const PURPOSE: &str = "note.network";

/// What stands where a name was taken out.
const TAKEN_OUT: &str = "[…]";

/// The notes of all clusters.
#[derive(Debug)]
pub struct NoteHolding;

impl Holding for NoteHolding {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn purposes(&self) -> &'static [Purpose] {
        &[Purpose { key: PURPOSE, basis: Basis::LegitimateInterests, months: Some(60), fate: Fate::Deleted }]
    }

    fn held<'a>(&'a self, database: &'a Database, subject: &'a Subject) -> Later<'a, Vec<Held>> {
        Box::pin(async move {
            let notes = store::held(database, subject).await?;
            let held = notes.into_iter().map(|note| {
                let own = note.author_id.is_some() && note.author_id == subject.person_id();
                Held {
                    kind: KIND,
                    id: note.id.to_string(),
                    label: if own { "personal-note-written" } else { "personal-note-about" },
                    fields: vec![
                        // Where somebody is only named, the note may speak of others too: whoever answers reads it first.
                        Field::new("text", if own { Saying::from(note.text) } else { Saying::SomebodyElse(note.text) }),
                        Field::new("created_at", note.created_at),
                    ],
                    source: if own { "personal-source-yourself" } else { "personal-source-cluster" },
                    since: Some(note.created_at),
                    purpose: PURPOSE,
                    basis: Basis::LegitimateInterests,
                    audience: Wording::new("personal-audience-contact", &[("cluster", &note.cluster)]),
                    cluster: Some(note.cluster_id.0),
                    given: false,
                    restricted: false,
                }
            });
            Ok(held.collect())
        })
    }

    fn erase<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        subject: &'a Subject,
        now: Timestamp,
    ) -> Later<'a, Vec<Erased>> {
        Box::pin(async move {
            let notes = store::held_in(transaction, subject).await?;
            for note in &notes {
                let author = note.author_id.filter(|author| Some(*author) != subject.person_id());
                store::unname(transaction, note.id, &subject.unnamed(&note.text, TAKEN_OUT), author).await?;
                audit::redact(transaction, KIND, &note.id.to_string(), now).await?;
            }
            let (count, reason) = (notes.len() as u64, "personal-reason-notes");
            Ok(if count == 0 { Vec::new() } else { vec![Erased::anonymised(KIND, "personal-notes", count, reason)] })
        })
    }

    fn due<'a>(&'a self, database: &'a Database, _purpose: &'a str, before: Timestamp) -> Later<'a, Due> {
        Box::pin(async move {
            let (count, oldest) = store::due_count(database, before).await?;
            let first = store::due(database, before).await?.into_iter().map(|(id, text, at)| DueRow {
                id: id.to_string(),
                label: text.chars().take(80).collect(),
                at,
                subject: None,
            });
            Ok(Due { count: count.max(0) as u64, oldest, first: first.collect() })
        })
    }

    fn expire<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        _purpose: &'a str,
        before: Timestamp,
        limit: i64,
    ) -> Later<'a, u64> {
        Box::pin(async move {
            let ids = store::expiring(transaction, before, limit).await?;
            for id in &ids {
                store::erase(transaction, *id).await?;
                audit::redact(transaction, KIND, &id.to_string(), before).await?;
            }
            Ok(ids.len() as u64)
        })
    }
}
