//! What runs later: a document that was taken away and not brought back is removed for good.

use std::sync::Arc;

use super::{DocumentId, store};
use crate::foundation::{
    errors::Error,
    instance::App,
    jobs::{Job, Progress},
    time::Timestamp,
};

/// Removes a document that was taken away and stayed so.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct ForgetDocument {
    /// The document.
    pub document: DocumentId,
    /// When it was taken away: taken away again later, it waits again.
    pub deleted_at: Timestamp,
}

impl Job<App> for ForgetDocument {
    const NAME: &'static str = "forget document";

    fn deduplication_key(&self) -> Option<String> {
        Some(format!("{}/{}", self.document, self.deleted_at.0))
    }

    async fn run(self, app: Arc<App>, _: Progress) -> Result<(), Error> {
        transact!(app.database, transaction => store::remove(transaction, self.document, self.deleted_at).await)
    }
}
