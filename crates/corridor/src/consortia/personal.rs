//! What drafts hold about a person: who began them and who saved which version.

use super::store;
use crate::foundation::{
    database::{Database, Transaction},
    errors::Wording,
    personal::{Basis, Erased, Fate, Field, Held, Holding, Later, Purpose, Subject},
    time::Timestamp,
};

const PURPOSE: &str = "draft.authors";

/// The authors of drafts.
#[derive(Debug)]
pub struct DraftHolding;

impl Holding for DraftHolding {
    fn kind(&self) -> &'static str {
        "draft"
    }

    fn purposes(&self) -> &'static [Purpose] {
        &[Purpose { key: PURPOSE, basis: Basis::LegitimateInterests, months: None, fate: Fate::Anonymised }]
    }

    fn held<'a>(&'a self, database: &'a Database, subject: &'a Subject) -> Later<'a, Vec<Held>> {
        Box::pin(async move {
            let drafts = store::written_by(database, subject.person_id()).await?;
            let held = drafts.into_iter().map(|draft| Held {
                kind: self.kind(),
                id: draft.id.to_string(),
                label: "personal-draft",
                fields: vec![
                    Field::new("record", draft.name),
                    Field::new("versions", crate::foundation::personal::Saying::Plain(draft.versions.into())),
                    Field::new("used_at", draft.last),
                ],
                source: "personal-source-use",
                since: draft.first,
                purpose: PURPOSE,
                basis: Basis::LegitimateInterests,
                audience: Wording::new("personal-audience-cluster", &[]),
                cluster: Some(draft.cluster_id.0),
                given: false,
                restricted: false,
            });
            Ok(held.collect())
        })
    }

    fn erase<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        subject: &'a Subject,
        _now: Timestamp,
    ) -> Later<'a, Vec<Erased>> {
        Box::pin(async move {
            let count = store::forget_author(transaction, subject.person_id()).await?;
            let reason = "personal-reason-drafts";
            Ok(if count == 0 {
                Vec::new()
            } else {
                vec![Erased::anonymised("draft", "personal-drafts", count, reason)]
            })
        })
    }
}
