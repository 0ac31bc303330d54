//! What is held about those who take part in drafts: addresses that were invited, and who answered, wrote or signed.

use super::store::people;
use crate::foundation::{
    database::{Database, Transaction},
    errors::Wording,
    personal::{Basis, Erased, Fate, Field, Held, Holding, Later, Purpose, Saying, Subject},
    time::Timestamp,
};

const PURPOSE: &str = "participation.partners";

/// Invitations, expressions of interest and sign-offs.
#[derive(Debug)]
pub struct ParticipationHolding;

impl Holding for ParticipationHolding {
    fn kind(&self) -> &'static str {
        "participation"
    }

    fn purposes(&self) -> &'static [Purpose] {
        &[Purpose { key: PURPOSE, basis: Basis::LegitimateInterests, months: None, fate: Fate::Anonymised }]
    }

    fn held<'a>(&'a self, database: &'a Database, subject: &'a Subject) -> Later<'a, Vec<Held>> {
        Box::pin(async move {
            let named = people::naming(database, subject.person_id(), subject.email()).await?;
            let held = named.into_iter().map(|named| Held {
                kind: self.kind(),
                id: named.id.to_string(),
                label: "personal-participation",
                fields: vec![
                    Field::new("record", named.draft),
                    Field::new("part", Saying::Word(format!("personal-participation-{}", named.part))),
                    Field::new("text", named.words),
                ],
                source: if named.part == "invited" { "personal-source-cluster" } else { "personal-source-use" },
                since: Some(named.at),
                purpose: PURPOSE,
                basis: Basis::LegitimateInterests,
                audience: Wording::new("personal-audience-cluster", &[]),
                cluster: Some(named.cluster_id.0),
                given: named.part != "invited",
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
            let count = people::forget(transaction, subject.person_id(), subject.email()).await?;
            let reason = "personal-reason-drafts";
            Ok(match count {
                0 => Vec::new(),
                count => vec![Erased::anonymised(self.kind(), "personal-participations", count, reason)],
            })
        })
    }
}
