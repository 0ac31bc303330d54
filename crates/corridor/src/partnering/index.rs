//! The ranking kept ready: built from the directory, saved in the folder of the instance, read back at the next start.

use std::{
    collections::HashMap,
    io::{BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, RwLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store;
use crate::{
    directory::{
        OrganisationId,
        model::{ProjectNaming, shown_name},
        search::last_change,
    },
    foundation::{
        database::Database,
        errors::Error,
        instance::{App, Part},
        languages::Language,
        meaning::embedder,
        time::Day,
    },
};

/// The first bytes of the file; raised when the form of what follows changes.
const MARK: &[u8; 8] = b"fits-003";
/// Of an organisation with so many projects, these say what it can do. A bare word that it declares beside them
/// («oncology») is near to every text of its field and would only blur the order.
const SPEAKS_FOR_ITSELF: usize = 5;
/// A project's name in a reason is cut after so many letters.
const LONGEST_NAME: usize = 60;
/// How many answers are kept: a few megabytes.
const MOST_ANSWERS: usize = 1_000;
/// How often a server looks whether the directory changed.
const LOOK: Duration = Duration::from_secs(2);

/// An organisation as the ranking shows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Body {
    /// Its id.
    pub id: OrganisationId,
    /// What it is called; its PIC where the data has no name.
    pub name: String,
    /// Its short name.
    pub short_name: Option<String>,
    /// Whether the data has a name for it.
    pub named: bool,
    /// Its country, two letters; empty when unknown.
    pub country: String,
    /// What it is, by the word of the directory.
    pub kind: String,
    /// Its past projects, as places in [`Built::projects`].
    pub projects: Vec<u32>,
    /// What it says of itself, and the cluster that vouches for it.
    pub declared: Vec<(String, Option<String>)>,
}

/// A past project as reasons name it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PastProject {
    /// Its id.
    pub id: Uuid,
    /// Its reference.
    pub reference: String,
    /// The framework programme.
    pub framework: String,
    /// Its short name.
    pub acronym: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The title of the topic it answered.
    pub topic_title: Option<String>,
    /// The year it began.
    pub year: Option<i16>,
}

impl PastProject {
    /// What it is called where reasons name it.
    pub fn name(&self) -> String {
        let naming = ProjectNaming {
            acronym: self.acronym.as_deref(),
            title: self.title.as_deref(),
            topic_title: self.topic_title.as_deref(),
            topic: None,
            framework: &self.framework,
            number: &self.reference,
        };
        naming.shown(LONGEST_NAME)
    }
}

#[derive(Default, Serialize, Deserialize)]
struct Saved {
    stamp: String,
    organisations: Vec<Body>,
    projects: Vec<PastProject>,
    french: HashMap<String, String>,
}

/// A ranking that is ready to be asked.
pub struct Built {
    /// The change of the directory it was built after.
    pub stamp: String,
    /// The engine; its keys are places in the two lists.
    pub engine: ranking::Index,
    /// All organisations.
    pub organisations: Vec<Body>,
    /// All past projects.
    pub projects: Vec<PastProject>,
    /// How many organisations with a name there are in each country, the most first.
    pub countries: Vec<(String, usize)>,
    /// How many organisations with a name there are of each kind, the most first.
    pub kinds: Vec<(String, usize)>,
    places: HashMap<OrganisationId, u64>,
    french: HashMap<String, String>,
    answers: Mutex<HashMap<Asked, Arc<Vec<ranking::Ranked>>>>,
}

/// A question with the members of the cluster that it is confined to: all that an answer depends on beside the ranking
/// itself, which never changes once it is built.
type Asked = (super::Question, Option<Vec<Uuid>>);

impl std::fmt::Debug for Built {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Built").field("stamp", &self.stamp).field("engine", &self.engine).finish()
    }
}

impl Built {
    fn new(saved: Saved, engine: ranking::Index) -> Self {
        let places = saved.organisations.iter().enumerate().map(|(place, body)| (body.id, place as u64)).collect();
        let named = || saved.organisations.iter().filter(|body| body.named);
        Built {
            countries: counted(named().map(|body| body.country.as_str())),
            kinds: counted(named().map(|body| body.kind.as_str())),
            stamp: saved.stamp,
            engine,
            organisations: saved.organisations,
            projects: saved.projects,
            french: saved.french,
            answers: Mutex::default(),
            places,
        }
    }

    /// The answer to a question, worked out when it is asked for the first time. Many people open one call.
    pub(super) fn answer(
        &self,
        asked: Asked,
        work_out: impl FnOnce(&super::Question) -> Vec<ranking::Ranked>,
    ) -> Arc<Vec<ranking::Ranked>> {
        let held = || self.answers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(known) = held().get(&asked) {
            return known.clone();
        }
        let answer = Arc::new(work_out(&asked.0));
        let mut answers = held();
        if answers.len() >= MOST_ANSWERS {
            answers.clear();
        }
        answers.insert(asked, answer.clone());
        answer
    }

    /// The key of an organisation.
    pub fn key(&self, id: OrganisationId) -> Option<u64> {
        self.places.get(&id).copied()
    }

    /// The organisation of a key.
    pub fn body(&self, key: u64) -> Option<&Body> {
        self.organisations.get(usize::try_from(key).ok()?)
    }

    /// The project of a key.
    pub fn project(&self, key: u64) -> Option<&PastProject> {
        self.projects.get(usize::try_from(key).ok()?)
    }

    /// A statement in the reader's language, where it is the label of a concept.
    pub fn statement<'a>(&'a self, text: &'a str, language: Language) -> &'a str {
        match language {
            Language::Fr => self.french.get(&text.to_lowercase()).map_or(text, String::as_str),
            Language::En => text,
        }
    }

    /// In how many past projects both took part.
    pub fn joint(&self, one: u64, other: u64) -> usize {
        let (Some(one), Some(other)) = (self.body(one), self.body(other)) else { return 0 };
        one.projects.iter().filter(|project| other.projects.binary_search(project).is_ok()).count()
    }
}

fn counted<'a>(values: impl Iterator<Item = &'a str>) -> Vec<(String, usize)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for value in values.filter(|value| !value.is_empty()) {
        *counts.entry(value).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

/// How far a build is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Steps {
    /// Steps done.
    pub done: u32,
    /// Steps in all; 0 while nothing is built.
    pub of: u32,
}

/// The ranking of an instance.
#[derive(Debug)]
pub struct Index {
    file: PathBuf,
    current: RwLock<Option<Arc<Built>>>,
    building: tokio::sync::Mutex<()>,
    done: Arc<AtomicU32>,
    of: Arc<AtomicU32>,
}

impl Part for Index {
    fn open(app: &App) -> Self {
        Index::open(&app.var)
    }
}

impl Index {
    /// The ranking of the instance in this folder; nothing is read yet.
    pub fn open(var: &Path) -> Self {
        Index {
            file: var.join("partnering.index"),
            current: RwLock::new(None),
            building: tokio::sync::Mutex::new(()),
            done: Arc::default(),
            of: Arc::default(),
        }
    }

    /// The ranking as it was last built, whether or not the directory changed since.
    pub fn current(&self) -> Option<Arc<Built>> {
        self.current.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// How far a build that is under way is.
    pub fn steps(&self) -> Steps {
        Steps { done: self.done.load(Ordering::Relaxed), of: self.of.load(Ordering::Relaxed) }
    }

    /// Whether the ranking is that of the last change of the directory.
    pub async fn is_fresh(&self, database: &Database) -> Result<bool, Error> {
        let stamp = last_change(database).await?;
        Ok(self.current().is_some_and(|built| built.stamp == stamp))
    }

    /// Whether the ranking of the last change is here or in the folder, where a server left it.
    pub async fn is_at_hand(&self, database: &Database) -> Result<bool, Error> {
        if self.is_fresh(database).await? {
            return Ok(true);
        }
        let (file, stamp) = (self.file.clone(), last_change(database).await?);
        let kept = tokio::task::spawn_blocking(move || load(&file, &stamp)).await.map_err(anyhow::Error::from)?;
        Ok(matches!(kept, Ok(Some(_))))
    }

    /// Brings the ranking up to date where it is not: read from the folder where another process left it, else built.
    /// Says whether anything was done.
    pub async fn refresh(&self, database: &Database) -> Result<bool, Error> {
        let _one_at_a_time = self.building.lock().await;
        // Read before the tables: a change in between makes the ranking stale again, never wrongly fresh.
        let stamp = last_change(database).await?;
        if self.current().is_some_and(|built| built.stamp == stamp) {
            return Ok(false);
        }
        let file = self.file.clone();
        let wanted = stamp.clone();
        let read = tokio::task::spawn_blocking(move || load(&file, &wanted)).await.map_err(anyhow::Error::from)?;
        let built = match read {
            Ok(Some(built)) => built,
            Ok(None) => self.build(database, stamp).await?,
            Err(error) => {
                tracing::warn!(%error, "the ranking index cannot be read and is built again");
                self.build(database, stamp).await?
            }
        };
        *self.current.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(Arc::new(built));
        Ok(true)
    }

    async fn build(&self, database: &Database, stamp: String) -> Result<Built, Error> {
        let started = std::time::Instant::now();
        self.of.store(8, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        let gathered = gather(database, stamp).await?;
        self.done.store(1, Ordering::Relaxed);
        let (file, done, of) = (self.file.clone(), self.done.clone(), self.of.clone());
        let built = tokio::task::spawn_blocking(move || -> Result<Built, Error> {
            let (saved, corpus) = gathered;
            let engine = ranking::Index::build(&corpus, Some(embedder()?), |progress| {
                of.store(progress.of + 2, Ordering::Relaxed);
                done.store(progress.done + 1, Ordering::Relaxed);
            })
            .map_err(anyhow::Error::from)?;
            save(&file, &saved, &engine)?;
            Ok(Built::new(saved, engine))
        })
        .await
        .map_err(|fault| anyhow::anyhow!("building the ranking index broke off: {fault}"))?;
        self.of.store(0, Ordering::Relaxed);
        let built = built?;
        tracing::info!(
            organisations = built.organisations.len(),
            projects = built.projects.len(),
            milliseconds = started.elapsed().as_millis() as u64,
            "the ranking is indexed"
        );
        Ok(built)
    }

    /// Keeps the ranking fresh until the process ends. While an import runs the directory changes all the time: a
    /// build begins when one look passed without a change.
    pub async fn watch(&self, database: &Database) {
        let mut seen: Option<String> = None;
        loop {
            match last_change(database).await {
                Ok(stamp) => {
                    let settled = self.current().is_none() || seen.as_ref() == Some(&stamp);
                    if settled && let Err(error) = self.refresh(database).await {
                        tracing::error!(error = ?error, "the ranking index could not be built");
                    }
                    seen = Some(stamp);
                }
                Err(error) => tracing::error!(%error, "the stamp of the directory could not be read"),
            }
            tokio::time::sleep(LOOK).await;
        }
    }
}

async fn gather(database: &Database, stamp: String) -> Result<(Saved, ranking::Corpus), Error> {
    let mut pics: HashMap<Uuid, String> = HashMap::new();
    for (organisation, pic) in store::pics(database).await? {
        pics.entry(organisation).or_insert(pic);
    }
    let mut corpus = ranking::Corpus::default();
    let mut saved = Saved { stamp, ..Saved::default() };
    saved.french = store::french_labels(database).await?.into_iter().map(|(en, fr)| (en.to_lowercase(), fr)).collect();
    let mut places: HashMap<Uuid, u64> = HashMap::new();
    for row in store::organisations(database).await? {
        let key = saved.organisations.len() as u64;
        places.insert(row.id, key);
        let id = OrganisationId(row.id);
        let declared = row.description.filter(|text| !text.trim().is_empty()).map(|text| (text, None));
        saved.organisations.push(Body {
            id,
            name: shown_name(row.name.as_deref(), pics.get(&row.id).map(String::as_str), id),
            named: row.name.as_deref().is_some_and(|name| !name.trim().is_empty()),
            short_name: row.short_name,
            country: row.country.unwrap_or_default(),
            kind: row.kind,
            projects: Vec::new(),
            declared: declared.into_iter().collect(),
        });
    }
    for (organisation, text, vouched_by) in store::declarations(database).await? {
        if let Some(place) = places.get(&organisation) {
            saved.organisations[*place as usize].declared.push((text, vouched_by));
        }
    }
    for (organisation, label, basis) in store::declared_competences(database).await? {
        if let Some(place) = places.get(&organisation) {
            let declared = &mut saved.organisations[*place as usize].declared;
            if !declared.iter().any(|(text, _)| text.eq_ignore_ascii_case(&label)) {
                // Who vouched is known for statements; a vouched concept is marked without a name.
                declared.push((label, (basis == "vouched").then(String::new)));
            }
        }
    }
    let mut projects: HashMap<Uuid, u32> = HashMap::new();
    for row in store::projects(database).await? {
        let key = saved.projects.len() as u32;
        projects.insert(row.id, key);
        let start = row.starts.as_deref().and_then(|day| day.parse::<Day>().ok());
        let epoch = Day(jiff::civil::Date::constant(1970, 1, 1));
        corpus.projects.push(ranking::Project {
            key: u64::from(key),
            title: row.title.clone().unwrap_or_default(),
            objective: row.objective.unwrap_or_default(),
            topic_title: row.topic_title.clone().unwrap_or_default(),
            topic_code: row.topic.unwrap_or_default(),
            programme: row.programme_part.unwrap_or_default(),
            start: start.and_then(|day| i32::try_from(epoch.days_until(day)).ok()),
        });
        saved.projects.push(PastProject {
            id: row.id,
            reference: row.reference,
            framework: row.framework,
            acronym: row.acronym.filter(|acronym| !acronym.trim().is_empty()),
            title: row.title.filter(|title| !title.trim().is_empty()),
            topic_title: row.topic_title,
            year: start.map(|day| day.0.year()),
        });
    }
    for (project, organisation, role) in store::participations(database).await? {
        // A row of an organisation that was merged in between leads nowhere: the next build finds it again.
        if let (Some(project), Some(organisation)) = (projects.get(&project), places.get(&organisation)) {
            saved.organisations[*organisation as usize].projects.push(*project);
            corpus.participations.push(ranking::Participation {
                project: u64::from(*project),
                organisation: *organisation,
                coordinator: role == "coordinator",
            });
        }
    }
    for (key, body) in saved.organisations.iter_mut().enumerate() {
        body.projects.sort_unstable();
        if body.projects.len() >= SPEAKS_FOR_ITSELF {
            body.declared.retain(|(text, vouched)| vouched.is_some() || text.split_whitespace().count() > 2);
        }
        corpus.organisations.push(ranking::Organisation {
            key: key as u64,
            name: body.name.clone(),
            short_name: body.short_name.clone().unwrap_or_default(),
            country: body.country.clone(),
            kind: body.kind.clone(),
            declared: body
                .declared
                .iter()
                .map(|(text, vouched)| ranking::Declaration { text: text.clone(), vouched: vouched.is_some() })
                .collect(),
        });
    }
    Ok((saved, corpus))
}

fn place(file: &Path) -> impl Fn(std::io::Error) -> Error + '_ {
    move |error| Error::input(format!("cannot write the ranking index at {}: {error}", file.display()))
}

/// Writes the file beside and renames it: a reader finds the old one or the new one, never half of either.
fn save(file: &Path, saved: &Saved, engine: &ranking::Index) -> Result<(), Error> {
    // A name of its own: two processes may build at once.
    let next = file.with_extension(format!("{}.next", std::process::id()));
    let mut writer = BufWriter::new(std::fs::File::create(&next).map_err(place(&next))?);
    let bytes = postcard::to_stdvec(saved).map_err(anyhow::Error::from)?;
    writer.write_all(MARK).map_err(place(&next))?;
    writer.write_all(&(bytes.len() as u64).to_le_bytes()).map_err(place(&next))?;
    writer.write_all(&bytes).map_err(place(&next))?;
    engine.save(&mut writer).map_err(anyhow::Error::from)?;
    writer.flush().map_err(place(&next))?;
    std::fs::rename(&next, file).map_err(place(file))
}

fn load(file: &Path, stamp: &str) -> anyhow::Result<Option<Built>> {
    let Ok(opened) = std::fs::File::open(file) else { return Ok(None) };
    let length = opened.metadata()?.len();
    let mut reader = BufReader::with_capacity(1 << 20, opened);
    let mut head = [0u8; 16];
    reader.read_exact(&mut head)?;
    if &head[..8] != MARK {
        return Ok(None);
    }
    let size = u64::from_le_bytes(head[8..].try_into()?);
    anyhow::ensure!(size < length, "the file {} is cut off", file.display());
    let mut bytes = vec![0u8; usize::try_from(size)?];
    reader.read_exact(&mut bytes)?;
    // Postcard writes the fields in order: the stamp comes first and says whether the rest is worth reading.
    let (written, _): (String, &[u8]) = postcard::take_from_bytes(&bytes)?;
    if written != stamp {
        return Ok(None);
    }
    let (saved, engine) = std::thread::scope(|scope| {
        let listed = scope.spawn(|| postcard::from_bytes::<Saved>(&bytes));
        let engine = embedder()
            .map_err(|error| anyhow::anyhow!("{error}"))
            .and_then(|embedder| ranking::Index::load(&mut reader, Some(embedder)).map_err(anyhow::Error::from));
        (listed.join(), engine)
    });
    let saved = saved.map_err(|_| anyhow::anyhow!("reading the lists broke off"))??;
    let engine = engine?;
    anyhow::ensure!(
        engine.organisations() == saved.organisations.len() && engine.projects() == saved.projects.len(),
        "the parts of {} do not belong together",
        file.display()
    );
    Ok(Some(Built::new(saved, engine)))
}
