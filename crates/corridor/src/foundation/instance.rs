//! What all requests, jobs and commands of an instance share, and the parts that slices keep in it.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt,
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::Notify;

use super::{
    configuration::{Address, Configuration},
    database::Database,
    errors::Error,
    languages::Texts,
    mail::Post,
    pages::Renderer,
    time::Clock,
};

/// How an instance is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the database is: a path, `sqlite:PATH` or `postgres://...`.
    pub database: String,
    /// The folder for indexes and uploaded files.
    pub var: PathBuf,
    /// Whether visitors choose a demonstration person instead of signing in.
    pub demonstration: bool,
    /// The clock; fixed in tests.
    pub clock: Clock,
    /// Whether a page that asks for a value or a text that is not there is a fault: so in tests.
    pub strict: bool,
    /// What the instance was told.
    pub configuration: Configuration,
    /// Where it listens: its address, where none is configured.
    pub listening: Option<SocketAddr>,
}

/// What all requests share.
#[derive(Debug)]
pub struct App {
    /// The database.
    pub database: Database,
    /// The texts of both languages.
    pub texts: Arc<Texts>,
    /// The templates.
    pub renderer: Renderer,
    /// The clock.
    pub clock: Clock,
    /// Whether visitors choose a demonstration person.
    pub demonstration: bool,
    /// The folder for indexes and uploaded files.
    pub var: PathBuf,
    /// Rung after a job was stored.
    pub jobs: Arc<Notify>,
    /// What the instance was told.
    pub configuration: Configuration,
    /// Where people reach it.
    pub address: Address,
    /// The way out for letters.
    pub post: Post,
    parts: Parts,
}

/// What a slice keeps in memory for the whole instance, such as an index. The foundation need not know the slices: each
/// asks for its part by type, and it is made when it is first asked for.
pub trait Part: Send + Sync + 'static {
    /// The part as it is when an instance opens; slow work waits until it is refreshed.
    fn open(app: &App) -> Self;
}

#[derive(Default)]
struct Parts(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl fmt::Debug for Parts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Parts")
    }
}

impl App {
    /// Opens the database, the texts and the templates.
    ///
    /// # Errors
    /// When the database cannot be opened or the bundled texts and templates have a mistake.
    pub async fn open(settings: Settings) -> Result<Self, Error> {
        let database = Database::open(&settings.database).await?;
        std::fs::create_dir_all(&settings.var).map_err(|error| {
            Error::input(format!(
                "cannot create the folder {} for indexes and uploads: {error}",
                settings.var.display()
            ))
        })?;
        let texts = Arc::new(Texts::load()?);
        Ok(App {
            database,
            renderer: Renderer::new(texts.clone(), settings.strict)?,
            texts,
            clock: settings.clock,
            demonstration: settings.demonstration,
            post: Post::open(&settings.configuration.mail, &settings.var.join("mail"))?,
            address: settings.configuration.address(settings.listening),
            configuration: settings.configuration,
            var: settings.var,
            jobs: Arc::new(Notify::new()),
            parts: Parts::default(),
        })
    }

    /// The part of this type; all who ask share one.
    pub fn part<P: Part>(&self) -> Arc<P> {
        let known = self.parts.0.lock().unwrap_or_else(PoisonError::into_inner).get(&TypeId::of::<P>()).cloned();
        match known.and_then(|part| part.downcast().ok()) {
            Some(part) => part,
            // Opened outside the lock, so that a part may ask for another; who came second takes what is there.
            None => self.keep(P::open(self)),
        }
    }

    /// Keeps a part that the program makes itself, unless there is one already; returns the one that stays.
    pub fn keep<P: Part>(&self, part: P) -> Arc<P> {
        let part = Arc::new(part);
        let mut parts = self.parts.0.lock().unwrap_or_else(PoisonError::into_inner);
        let stays = parts.entry(TypeId::of::<P>()).or_insert_with(|| part.clone()).clone();
        stays.downcast().unwrap_or(part)
    }
}
