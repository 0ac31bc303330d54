//! What runs later: a contact that was deleted and not brought back is removed for good.

use std::sync::Arc;

use super::{ContactId, store};
use crate::foundation::{
    errors::Error,
    instance::App,
    jobs::{Job, Progress},
    time::Timestamp,
};

/// Removes a contact that was deleted and stayed so.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct ForgetContact {
    /// The contact.
    pub contact: ContactId,
    /// When it was deleted: deleted again later, it waits again.
    pub deleted_at: Timestamp,
}

impl Job<App> for ForgetContact {
    const NAME: &'static str = "forget contact";

    fn deduplication_key(&self) -> Option<String> {
        Some(format!("{}/{}", self.contact, self.deleted_at.0))
    }

    async fn run(self, app: Arc<App>, _: Progress) -> Result<(), Error> {
        transact!(app.database, transaction => {
            store::remove(transaction, self.contact, self.deleted_at).await?;
            Ok(())
        })
    }
}
