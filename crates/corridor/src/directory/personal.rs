//! What the directory holds about a person beside contacts: who imported and merged, and their address among what an
//! import could not use.

use super::store;
use crate::foundation::{
    database::{Database, Transaction},
    errors::Wording,
    personal::{Basis, Erased, Fate, Field, Held, Holding, Later, Purpose, Saying, Subject},
    time::Timestamp,
};

const PURPOSE: &str = "import.authors";

/// Who imported and who merged.
#[derive(Debug)]
pub struct ImportHolding;

impl Holding for ImportHolding {
    fn kind(&self) -> &'static str {
        "import"
    }

    fn purposes(&self) -> &'static [Purpose] {
        &[Purpose { key: PURPOSE, basis: Basis::LegitimateInterests, months: None, fate: Fate::Anonymised }]
    }

    fn held<'a>(&'a self, database: &'a Database, subject: &'a Subject) -> Later<'a, Vec<Held>> {
        Box::pin(async move {
            let held = store::acts(database, subject.person_id()).await?.into_iter().map(|act| Held {
                kind: self.kind(),
                id: act.id.to_string(),
                label: "personal-import",
                fields: vec![
                    Field::new("action", Saying::Word(format!("personal-act-{}", act.what))),
                    Field::new("record", act.name),
                ],
                source: "personal-source-use",
                since: Some(act.at),
                purpose: PURPOSE,
                basis: Basis::LegitimateInterests,
                audience: Wording::new("personal-audience-instance", &[]),
                cluster: act.cluster_id,
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
            let (acts, values) = store::forget_author(transaction, subject).await?;
            let mut erased = Vec::new();
            if acts > 0 {
                erased.push(Erased::anonymised("import", "personal-imports", acts, "personal-reason-imports"));
            }
            if values > 0 {
                erased.push(Erased::deleted("import", "personal-import-problems", values));
            }
            Ok(erased)
        })
    }
}
