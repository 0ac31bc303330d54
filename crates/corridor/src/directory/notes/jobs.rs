//! What runs later: a note that was deleted and not brought back is removed for good.

use std::sync::Arc;

use super::{NoteId, store};
use crate::foundation::{
    errors::Error,
    instance::App,
    jobs::{Job, Progress},
    time::Timestamp,
};

/// Removes a note that was deleted and stayed so.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct ForgetNote {
    /// The note.
    pub note: NoteId,
    /// When it was deleted: deleted again later, it waits again.
    pub deleted_at: Timestamp,
}

impl Job<App> for ForgetNote {
    const NAME: &'static str = "forget note";

    fn deduplication_key(&self) -> Option<String> {
        Some(format!("{}/{}", self.note, self.deleted_at.0))
    }

    async fn run(self, app: Arc<App>, _: Progress) -> Result<(), Error> {
        transact!(app.database, transaction => store::remove(transaction, self.note, self.deleted_at).await)
    }
}
