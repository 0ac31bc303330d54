//! Search in the directory: a full-text index beside small entries in memory, kept in the folder of the instance.
//!
//! Whoever changes the directory calls [`touch`] in the same transaction. The index is then built again beside the old
//! one, which answers until the new one is complete; at the next start it is read back from its folder.

mod selection;
mod snapshot;
mod store;
mod suggestions;
mod text;
mod weighing;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
    time::Duration,
};

pub use crate::foundation::pages::escaped as encoded;
pub use selection::{Dimension, Found, PAGE, Selection, Sort};
pub use snapshot::{ClusterEntry, ConceptEntry, Entry, EntryMembership, MembershipCircle, Snapshot, View};
pub use suggestions::Suggestion;
pub(crate) use suggestions::place;

use self::{snapshot::Contents, text::TextIndex};
use crate::foundation::{
    database::{Database, Transaction},
    errors::Error,
    instance::{App, Part},
    jobs::{self, Job, Progress},
    settings,
    time::Timestamp,
};

/// The setting that says after which change the directory is.
const CHANGED: &str = "directory_changed";
/// The file that names the folder in use.
const CURRENT: &str = "current";
/// Raised whenever the form of the stored entries changes.
const FORM: &str = "3";
/// How often a server looks whether another process changed the directory.
const LOOK: Duration = Duration::from_secs(2);

/// Says that the directory changed, so that its index is built again.
///
/// Call it in the transaction that changes organisations, names, identifiers, memberships, competences, concepts or
/// participations. Several changes before the next build are one build.
pub async fn touch(transaction: &mut Transaction, now: Timestamp) -> Result<(), Error> {
    mark(transaction).await?;
    jobs::schedule::<App, _>(transaction, &BuildDirectoryIndex {}, now).await?;
    Ok(())
}

/// Says that the directory changed, without asking for the index at once: a server that watches builds it by itself.
/// Tells the new mark.
pub(in crate::directory) async fn mark(transaction: &mut Transaction) -> Result<String, Error> {
    settings::raise(transaction, CHANGED).await
}

/// Builds the index of the directory again, where it is not that of the last change.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct BuildDirectoryIndex {}

impl Job<App> for BuildDirectoryIndex {
    const NAME: &'static str = "build_directory_index";

    fn deduplication_key(&self) -> Option<String> {
        Some("directory".to_owned())
    }

    async fn run(self, app: Arc<App>, progress: Progress) -> Result<(), Error> {
        progress.tell(0, 1, "index of the directory").await;
        app.part::<Catalogue>().refresh(&app.database).await?;
        progress.tell(1, 1, "index of the directory").await;
        Ok(())
    }
}

/// The directory, ready to be searched.
#[derive(Debug)]
pub struct Catalogue {
    folder: PathBuf,
    current: RwLock<Arc<Snapshot>>,
    building: tokio::sync::Mutex<()>,
}

impl Part for Catalogue {
    fn open(app: &App) -> Self {
        Catalogue::open(&app.var)
    }
}

impl Catalogue {
    /// Opens what the last process left in the folder of the instance; an empty directory where there is nothing.
    pub fn open(var: &Path) -> Self {
        let folder = var.join("directory");
        let snapshot = match open_current(&folder) {
            Ok(Some(snapshot)) => snapshot,
            Ok(None) => Snapshot::empty(),
            Err(error) => {
                tracing::warn!(%error, "the index of the directory cannot be read and will be built again");
                Snapshot::empty()
            }
        };
        Catalogue { folder, current: RwLock::new(Arc::new(snapshot)), building: tokio::sync::Mutex::new(()) }
    }

    /// The directory as it was last indexed.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Whether the index is that of the last change.
    pub async fn is_fresh(&self, database: &Database) -> Result<bool, Error> {
        Ok(last_change(database).await? == self.snapshot().stamp)
    }

    /// Builds the index again where it is not that of the last change; says whether it did.
    pub async fn refresh(&self, database: &Database) -> Result<bool, Error> {
        let _one_at_a_time = self.building.lock().await;
        // Read before the tables: a change in between makes the index stale again, never wrongly fresh.
        let stamp = last_change(database).await?;
        if stamp == self.snapshot().stamp {
            return Ok(false);
        }
        let started = std::time::Instant::now();
        let read = store::read(database).await?;
        let folder = self.folder.clone();
        let snapshot = tokio::task::spawn_blocking(move || keep(&folder, stamp, read))
            .await
            .map_err(|fault| anyhow::anyhow!("building the index of the directory broke off: {fault}"))??;
        tracing::info!(
            organisations = snapshot.entries.len(),
            milliseconds = started.elapsed().as_millis() as u64,
            "the directory is indexed"
        );
        *self.current.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(snapshot);
        Ok(true)
    }

    /// Keeps the index fresh until the process ends, whoever changes the directory: this server, another one, or a
    /// command.
    pub async fn watch(&self, database: &Database) {
        loop {
            if let Err(error) = self.refresh(database).await {
                tracing::error!(%error, "the index of the directory could not be built");
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// The mark of the last change; what is built from the directory keeps the mark it was built for, and so knows when it
/// is stale.
pub async fn last_change(database: &Database) -> Result<String, Error> {
    settings::read(database, CHANGED).await
}

fn with_path(path: &Path) -> impl FnOnce(std::io::Error) -> Error + '_ {
    move |error| Error::input(format!("cannot write the index of the directory at {}: {error}", path.display()))
}

/// Writes the index into a new folder, then makes it the one in use.
fn keep(folder: &Path, stamp: String, read: store::Read) -> Result<Snapshot, Error> {
    let name = format!("{FORM}-{stamp}");
    let place = folder.join(&name);
    if place.exists() {
        std::fs::remove_dir_all(&place).map_err(with_path(&place))?;
    }
    let text_place = place.join("text");
    std::fs::create_dir_all(&text_place).map_err(with_path(&text_place))?;
    let text = TextIndex::build(&text_place, read.indexed.into_iter())?;
    let entries = place.join("entries.json");
    let file = std::fs::File::create(&entries).map_err(with_path(&entries))?;
    let mut writer = std::io::BufWriter::new(file);
    serde_json::to_writer(&mut writer, &read.contents).map_err(anyhow::Error::from)?;
    std::io::Write::flush(&mut writer).map_err(with_path(&entries))?;
    // The pointer is replaced in one step: a reader finds the old folder or the new one, never half of either.
    let pointer = folder.join(CURRENT);
    let next = folder.join(format!("{CURRENT}.next"));
    std::fs::write(&next, &name).map_err(with_path(&next))?;
    std::fs::rename(&next, &pointer).map_err(with_path(&pointer))?;
    remove_others(folder, &name);
    Ok(Snapshot::new(stamp, read.contents, Some(text)))
}

/// Takes away the folders of earlier states. What cannot be taken away now is taken away next time.
fn remove_others(folder: &Path, kept: &str) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if entry.path().is_dir() && entry.file_name() != kept {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

fn open_current(folder: &Path) -> Result<Option<Snapshot>, Error> {
    let Ok(name) = std::fs::read_to_string(folder.join(CURRENT)) else { return Ok(None) };
    let Some(stamp) = name.strip_prefix(&format!("{FORM}-")) else { return Ok(None) };
    // The name comes from a file: only what this program writes is followed.
    if !stamp.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let place = folder.join(&name);
    let text = TextIndex::open(&place.join("text"))?;
    let file = std::fs::read(place.join("entries.json")).map_err(anyhow::Error::from)?;
    let contents: Contents = serde_json::from_slice(&file).map_err(anyhow::Error::from)?;
    Ok(Some(Snapshot::new(stamp.to_owned(), contents, Some(text))))
}
