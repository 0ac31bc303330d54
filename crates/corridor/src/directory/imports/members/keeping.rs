//! The uploaded file: kept from the upload to the end of the import, and not for ever where the import never ends.

use std::{path::PathBuf, sync::Arc};

use crate::{
    directory::imports::run::ImportId,
    foundation::{
        errors::Error,
        instance::App,
        jobs::{Job, Progress},
        time::Timestamp,
    },
};

/// How long a file waits for somebody to go on with its import.
const KEPT_DAYS: i64 = 14;

/// Where the file of an import is kept.
pub(super) fn kept(app: &App, id: ImportId) -> PathBuf {
    app.var.join("uploads").join(format!("{id}.list"))
}

/// Takes the file away; one that is gone already is as good.
pub(super) async fn forget(app: &App, id: ImportId) -> Result<(), Error> {
    match tokio::fs::remove_file(kept(app, id)).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(anyhow::Error::new(error).context("removing the file of an import that is over").into())
        }
        _ => Ok(()),
    }
}

/// When a file that is uploaded now is taken away if nobody goes on with its import.
pub(super) fn due(now: Timestamp) -> Timestamp {
    now.plus_seconds(KEPT_DAYS * 24 * 3600)
}

/// The job that takes an upload away with which nobody went on.
///
/// An import that has ended keeps its record; one that was never begun goes with its file.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct ForgetUpload {
    /// The import.
    pub import: ImportId,
}

impl Job<App> for ForgetUpload {
    const NAME: &'static str = "forget upload";

    fn deduplication_key(&self) -> Option<String> {
        Some(self.import.to_string())
    }

    async fn run(self, app: Arc<App>, _: Progress) -> Result<(), Error> {
        super::drop_unbegun(&app, self.import).await?;
        forget(&app, self.import).await
    }
}
