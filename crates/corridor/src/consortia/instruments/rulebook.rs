//! The rules in force: what came with the program and what was published here, by day, with what a topic changes.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use eligibility::{Change, Instrument, Library, LibraryError};

use super::store;
use crate::{
    accounts::ClusterId,
    calls::{self, TopicId},
    consortia::{
        Draft,
        rules::{engine_day, reading_day},
    },
    foundation::{
        errors::Error,
        instance::{App, Part},
        settings,
        time::Day,
    },
};

/// The key of the mark that is raised when a version or a change of a topic is published.
pub(super) const MARK: &str = "rules";

/// A version of a file that was published here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The path below the folder of instruments.
    pub file: String,
    /// Its number, from 1; 0 stands for what came with the program.
    pub number: i64,
    /// The first day on which it holds.
    pub valid_from: Day,
    /// The TOML.
    pub text: String,
    /// Its test vectors, as JSON.
    pub vectors: String,
}

/// What a topic changes, as a cluster or the instance says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicRules {
    /// The topic.
    pub topic: TopicId,
    /// The cluster for whose drafts it holds; all of them where there is none.
    pub cluster: Option<ClusterId>,
    /// The instrument of the topic: what it changes is said of that one only.
    pub instrument: String,
    /// `[[change]]` tables.
    pub text: String,
}

/// Which version of its instrument a draft is read by.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Version {
    /// The number; 0 for what came with the program.
    pub number: i64,
    /// Since when it holds, for what was published here.
    pub since: Option<String>,
    /// Whether the topic changes some of its rules.
    pub changed: bool,
}

/// The rules of an instrument on a day.
#[derive(Clone, Debug)]
pub struct InForce {
    /// All that held on the day.
    pub library: Arc<Library>,
    /// The instrument, as the topic changes it.
    pub instrument: Arc<Instrument>,
    /// The version of its file.
    pub version: Version,
    /// Why what the topic changes cannot be applied to this version, where it cannot; the version then holds unchanged.
    pub flaw: Option<String>,
}

/// What came with the program and what was published here.
#[derive(Debug)]
pub struct Rulebook {
    mark: String,
    editions: Vec<Edition>,
    topics: Vec<TopicRules>,
    /// By the last day on which a version began; none before the first.
    libraries: Mutex<BTreeMap<Option<Day>, Arc<Library>>>,
}

impl Rulebook {
    /// What came with the program, and nothing else.
    pub fn shipped() -> Self {
        Rulebook::new(String::new(), Vec::new(), Vec::new())
    }

    /// With these versions, in any order, and these changes of topics.
    pub fn new(mark: String, mut editions: Vec<Edition>, topics: Vec<TopicRules>) -> Self {
        editions.sort_by(|one, other| {
            (&one.file, one.valid_from, one.number).cmp(&(&other.file, other.valid_from, other.number))
        });
        Rulebook { mark, editions, topics, libraries: Mutex::default() }
    }

    /// Up to which mark it was read.
    pub(super) fn mark(&self) -> &str {
        &self.mark
    }

    /// The version of a file that holds on a day; none for what came with the program.
    ///
    /// A file that did not come with the program has nothing before its first version, which then holds on all days before.
    pub fn edition(&self, file: &str, day: Option<Day>) -> Option<&Edition> {
        let of_file = || self.editions.iter().filter(|edition| edition.file == file);
        let begun = of_file().rfind(|edition| day.is_none_or(|day| edition.valid_from <= day));
        begun.or_else(|| of_file().next().filter(|_| shipped_text(file).is_none()))
    }

    /// The number of the newest version of a file; 0 where none was published.
    pub fn newest_number(&self, file: &str) -> i64 {
        self.editions.iter().filter(|edition| edition.file == file).map(|edition| edition.number).max().unwrap_or(0)
    }

    /// Every file that is known, shipped or published, in order.
    pub fn files(&self) -> Vec<String> {
        let shipped = Library::embedded_files().iter().map(|(file, _)| (*file).to_owned());
        let mut all: Vec<String> = shipped.chain(self.editions.iter().map(|edition| edition.file.clone())).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The text of a file on a day; without one, that of the version that begins last.
    pub fn text(&self, file: &str, day: Option<Day>) -> Option<&str> {
        self.edition(file, day).map(|edition| edition.text.as_str()).or_else(|| shipped_text(file))
    }

    /// The vectors of an instrument's file on a day.
    pub fn vectors(&self, file: &str, day: Option<Day>) -> Option<&str> {
        self.edition(file, day).map(|edition| edition.vectors.as_str()).or_else(|| shipped_vectors(file))
    }

    /// The days on which a version of anything begins.
    pub fn turns(&self) -> Vec<Day> {
        let mut days: Vec<Day> = self.editions.iter().map(|edition| edition.valid_from).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// Everything that holds on a day; without one, once every version has begun.
    pub fn on(&self, day: Option<Day>) -> Arc<Library> {
        let turn = match day {
            Some(day) => self.turns().into_iter().rfind(|turn| *turn <= day),
            None => self.turns().pop(),
        };
        let known = self.libraries.lock().unwrap_or_else(PoisonError::into_inner).get(&turn).cloned();
        if let Some(library) = known {
            return library;
        }
        let library = Arc::new(self.build(turn));
        let mut libraries = self.libraries.lock().unwrap_or_else(PoisonError::into_inner);
        libraries.entry(turn).or_insert(library).clone()
    }

    /// All files as they stand on a day, with `instead` in place of one of them.
    ///
    /// # Errors
    /// Names the file and line that cannot be used.
    pub fn library_with(&self, day: Option<Day>, instead: Option<(&str, &str)>) -> Result<Library, LibraryError> {
        let files = self.files();
        let mut texts: BTreeMap<&str, &str> =
            files.iter().filter_map(|file| Some((file.as_str(), self.text(file, day)?))).collect();
        texts.extend(instead);
        Library::from_files(texts)
    }

    fn build(&self, turn: Option<Day>) -> Library {
        // Before the first version, what is new still holds: see `edition`.
        let day = Some(turn.unwrap_or(Day(jiff::civil::Date::MIN)));
        if self.editions.is_empty() {
            return Library::embedded().clone();
        }
        match self.library_with(day, None) {
            Ok(library) => library,
            Err(error) => {
                // Only a newer program whose own files no longer go with what was published here gets there: what can be
                // used of it is used, file by file, and the rest is as it came.
                tracing::error!(%error, "the published rules do not go together; those that do are used");
                let mut usable: BTreeMap<&str, &str> = Library::embedded_files().iter().copied().collect();
                let mut library = Library::embedded().clone();
                let files = self.files();
                for file in &files {
                    let Some(edition) = self.edition(file, day) else { continue };
                    let before = usable.insert(file, &edition.text);
                    match Library::from_files(usable.iter().map(|(file, text)| (*file, *text))) {
                        Ok(read) => library = read,
                        Err(error) => {
                            tracing::error!(%error, file, number = edition.number, "a published version cannot be used");
                            match before {
                                Some(text) => usable.insert(file, text),
                                None => usable.remove(file.as_str()),
                            };
                        }
                    }
                }
                library
            }
        }
    }

    /// The rules of an instrument for a draft of a cluster on a topic, on a day; none where there is no such instrument.
    ///
    /// What the instance says of a topic is applied before what the cluster says.
    pub fn in_force(
        &self,
        id: &str,
        topic: Option<TopicId>,
        cluster: Option<ClusterId>,
        day: Option<Day>,
    ) -> Option<InForce> {
        let library = self.on(day);
        let plain = library.instrument(id).ok()?.clone();
        let edition = self.edition(&file_of(id), day);
        let mut version = Version {
            number: edition.map_or(0, |edition| edition.number),
            since: edition.map(|edition| edition.valid_from.to_string()),
            changed: false,
        };
        let mut flaw = None;
        let changes = topic.map(|topic| self.changes(&library, id, topic, cluster)).transpose();
        let changed = changes.and_then(|changes| match changes.filter(|changes| !changes.is_empty()) {
            Some(changes) => library.with_changes(id, &changes).map(Some),
            None => Ok(None),
        });
        let instrument = match changed {
            Ok(None) => plain,
            Ok(Some(changed)) => {
                version.changed = true;
                changed
            }
            Err(error) => {
                flaw = Some(error.to_string());
                plain
            }
        };
        Some(InForce { instrument: Arc::new(instrument), library, version, flaw })
    }

    /// What is changed for a topic: by the instance, then by the cluster.
    fn changes(
        &self,
        library: &Library,
        id: &str,
        topic: TopicId,
        own: Option<ClusterId>,
    ) -> Result<Vec<Change>, LibraryError> {
        let mut changes = Vec::new();
        for cluster in std::iter::once(None).chain(own.map(Some)) {
            if let Some(rules) = self.topic_rules(topic, cluster).filter(|rules| rules.instrument == id) {
                changes.extend(library.changes_from_toml("topic", &rules.text)?);
            }
        }
        Ok(changes)
    }

    /// What a cluster, or the instance, says that a topic changes.
    pub fn topic_text(&self, topic: TopicId, cluster: Option<ClusterId>) -> Option<&str> {
        self.topic_rules(topic, cluster).map(|rules| rules.text.as_str())
    }

    fn topic_rules(&self, topic: TopicId, cluster: Option<ClusterId>) -> Option<&TopicRules> {
        let own = |rules: &&TopicRules| rules.topic == topic && rules.cluster == cluster && !rules.text.is_empty();
        self.topics.iter().find(own)
    }

    /// Whether there is an instrument of that id.
    pub fn is_known(&self, id: &str) -> bool {
        self.on(None).instrument(id).is_ok()
    }

    /// What instruments are on a day.
    pub fn of_day(&self, day: Day) -> DayRules {
        DayRules { library: self.on(Some(day)) }
    }
}

/// What instruments are on a day, apart from what topics change: names, stages, sides, flat rates.
#[derive(Clone, Debug)]
pub struct DayRules {
    library: Arc<Library>,
}

impl DayRules {
    /// All that holds on the day.
    pub(in crate::consortia) fn library(&self) -> &Library {
        &self.library
    }

    /// An instrument, where it is known.
    pub(in crate::consortia) fn instrument(&self, id: &str) -> Option<&Instrument> {
        self.library.instrument(id).ok()
    }

    /// Whether the instrument tells applicants from industry.
    pub fn has_sides(&self, id: &str) -> bool {
        self.instrument(id).is_some_and(|instrument| instrument.side.len() > 1)
    }
}

/// The file of an instrument.
pub fn file_of(id: &str) -> String {
    format!("{id}.toml")
}

/// The text of a file as it came with the program.
pub fn shipped_text(file: &str) -> Option<&'static str> {
    Library::embedded_files().iter().find(|(known, _)| *known == file).map(|(_, text)| *text)
}

/// The vectors of an instrument's file as they came with the program.
pub fn shipped_vectors(file: &str) -> Option<&'static str> {
    let wanted = format!("vectors/{}.json", file.strip_suffix(".toml")?);
    Library::embedded_vectors().iter().find(|(known, _)| *known == wanted).map(|(_, text)| *text)
}

/// Where the rules in force stand for the whole instance.
pub(super) struct Shelf(RwLock<Arc<Rulebook>>);

impl Part for Shelf {
    fn open(_: &App) -> Self {
        Shelf(RwLock::new(Arc::new(Rulebook::shipped())))
    }
}

/// The rules in force, as this server last took them in.
pub fn rulebook(app: &App) -> Arc<Rulebook> {
    app.part::<Shelf>().0.read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// What instruments are on the day by whose rules a draft is read.
pub fn rules_of(app: &App, draft: &Draft) -> DayRules {
    rulebook(app).of_day(reading_day(draft.closes_on, calls::today(app)))
}

/// What instruments are today, for what belongs to no draft.
pub fn rules_of_today(app: &App) -> DayRules {
    rulebook(app).of_day(calls::today(app))
}

/// Takes in what was published since, by this server or another one.
///
/// # Errors
/// When the database cannot be read.
pub async fn refresh(app: &App) -> Result<(), Error> {
    let mark = settings::read(&app.database, MARK).await?;
    if rulebook(app).mark == mark {
        return Ok(());
    }
    let editions = store::editions(&app.database).await?;
    let topics = store::topic_rules(&app.database).await?;
    let read = Arc::new(Rulebook::new(mark, editions, topics));
    *app.part::<Shelf>().0.write().unwrap_or_else(PoisonError::into_inner) = read;
    Ok(())
}

/// A day as the engine knows it, where there is one.
pub(super) fn day_of(day: Option<Day>) -> Result<Option<eligibility::Date>, Error> {
    day.map(engine_day).transpose()
}
