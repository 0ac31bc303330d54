//! What the desk itself holds about a person: their requests.

use super::store;
use crate::foundation::{
    database::{Database, Transaction},
    errors::Wording,
    personal::{Basis, Due, Erased, Fate, Field, Held, Holding, Later, Purpose, Saying, Subject},
    time::Timestamp,
};

const PURPOSE: &str = "request.request";

/// Requests about personal data.
#[derive(Debug)]
pub struct RequestHolding;

impl Holding for RequestHolding {
    fn kind(&self) -> &'static str {
        "request"
    }

    fn purposes(&self) -> &'static [Purpose] {
        &[Purpose { key: PURPOSE, basis: Basis::LegalObligation, months: Some(60), fate: Fate::Deleted }]
    }

    fn held<'a>(&'a self, database: &'a Database, subject: &'a Subject) -> Later<'a, Vec<Held>> {
        Box::pin(async move {
            let requests = store::of_person(database, subject).await?;
            let held = requests.into_iter().map(|request| Held {
                kind: self.kind(),
                id: request.id.to_string(),
                label: "personal-request",
                fields: vec![
                    Field::new("kind", Saying::Word(format!("request-kind-{}", request.kind.key()))),
                    Field::new(
                        "state",
                        Saying::Word(format!("request-state-{}", request.state.key().replace('_', "-"))),
                    ),
                    Field::new("name", request.name),
                    Field::new("email", request.email),
                    Field::new("reason", request.words),
                ],
                source: "personal-source-yourself",
                since: Some(request.created_at),
                purpose: PURPOSE,
                basis: Basis::LegalObligation,
                audience: Wording::new("personal-audience-administrators", &[]),
                cluster: request.desk.map(|cluster| cluster.0),
                given: true,
                restricted: request.restricted,
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
            let count = store::unname(transaction, subject, now).await?;
            let reason = "personal-reason-request";
            Ok(if count == 0 {
                Vec::new()
            } else {
                vec![Erased::anonymised("request", "personal-requests", count, reason)]
            })
        })
    }

    fn due<'a>(&'a self, database: &'a Database, _purpose: &'a str, before: Timestamp) -> Later<'a, Due> {
        Box::pin(store::due(database, before))
    }

    fn expire<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        _purpose: &'a str,
        before: Timestamp,
        limit: i64,
    ) -> Later<'a, u64> {
        Box::pin(store::expire(transaction, before, limit))
    }
}
