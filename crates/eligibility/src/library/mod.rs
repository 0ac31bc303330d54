//! Instruments, country sets and region classes, read from TOML.

mod change;
mod embedded;
mod group;
mod instrument;
mod sets;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;

pub use change::Change;
pub use group::Group;
pub(crate) use group::Groups;
pub use instrument::{
    Award, AwardTotal, Criterion, Cutoff, IndirectCosts, Instrument, Milestone, Rate, Rule, Severity, SideDefinition,
    Source, Stage, When,
};
pub use sets::{Area, AreaMember, CountrySet, Include, Membership, Region, RegionClass, RegionList, Sets};

/// Why an instrument file cannot be used, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LibraryError {
    /// The text of a file is wrong at one place.
    #[error("{file}: line {line}: {reason}")]
    Text {
        /// Name of the file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong and how to mend it.
        reason: String,
    },
    /// A file is wrong as a whole.
    #[error("{file}: {reason}")]
    File {
        /// Name of the file.
        file: String,
        /// What is wrong and how to mend it.
        reason: String,
    },
    /// No instrument has that id.
    #[error("unknown instrument {id:?}: known are {known}")]
    UnknownInstrument {
        /// The id asked for.
        id: String,
        /// The ids there are.
        known: String,
    },
}

/// Everything the engine knows: instruments, and the dated facts that they share.
#[derive(Clone, Debug)]
pub struct Library {
    instruments: BTreeMap<String, Instrument>,
    sets: Sets,
    shared: BTreeMap<String, Group>,
}

impl Library {
    /// The instruments that come with the program.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: OnceLock<Library> = OnceLock::new();
        EMBEDDED.get_or_init(|| match Self::from_files(embedded::FILES.iter().copied()) {
            Ok(library) => library,
            // Reached only by a build whose own tests fail.
            Err(error) => unreachable!("the embedded instruments are sound: {error}"),
        })
    }

    /// The test vectors that come with the program: file name and text.
    pub fn embedded_vectors() -> &'static [(&'static str, &'static str)] {
        embedded::VECTORS
    }

    /// The instruments and sets that come with the program: path below the folder of instruments, and text.
    pub fn embedded_files() -> &'static [(&'static str, &'static str)] {
        embedded::FILES
    }

    /// A library from files given as `(path, text)`; paths are relative to the folder of instruments, such as
    /// `eurostars-3.toml` or `sets/countries.toml`. Set files that are absent are taken from those that come with the program.
    pub fn from_files<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self, LibraryError> {
        let mut given: BTreeMap<&str, &str> = files.into_iter().filter(|(path, _)| path.ends_with(".toml")).collect();
        let is_set = |path: &str| path.starts_with("sets/");
        let (sets, shared) = if given.keys().any(|path| is_set(path)) {
            for (path, text) in embedded::FILES.iter().filter(|(path, _)| is_set(path)) {
                given.entry(path).or_insert(text);
            }
            let (mut sets, mut shared) = (Sets::default(), BTreeMap::new());
            for (path, text) in given.iter().filter(|(path, _)| is_set(path)) {
                sets.read(path, text, &mut shared)?;
            }
            sets.settle()?;
            (sets, shared)
        } else {
            let own = Self::embedded();
            (own.sets.clone(), own.shared.clone())
        };
        let mut instruments = BTreeMap::new();
        for (path, text) in given.iter().filter(|(path, _)| !path.contains('/')) {
            let instrument = Instrument::read(path, text, &sets, &shared)?;
            instruments.insert(instrument.id.clone(), instrument);
        }
        Ok(Self { instruments, sets, shared })
    }

    /// The instrument of that id.
    pub fn instrument(&self, id: &str) -> Result<&Instrument, LibraryError> {
        self.instruments.get(id).ok_or_else(|| LibraryError::UnknownInstrument {
            id: id.chars().take(60).collect(),
            known: self.instruments.keys().cloned().collect::<Vec<_>>().join(", "),
        })
    }

    /// All instruments, by id.
    pub fn instruments(&self) -> impl Iterator<Item = &Instrument> {
        self.instruments.values()
    }

    /// Country sets and region classes.
    pub fn sets(&self) -> &Sets {
        &self.sets
    }

    /// The instrument with the rules that a topic adds, replaces or removes.
    pub fn with_changes(&self, id: &str, changes: &[Change]) -> Result<Instrument, LibraryError> {
        self.instrument(id)?.with_changes(changes, &self.sets, &self.shared)
    }

    /// Reads the changes of a topic from TOML: `[[change]]` tables.
    pub fn changes_from_toml(&self, file: &str, text: &str) -> Result<Vec<Change>, LibraryError> {
        change::read_changes(file, text)
    }

    pub(crate) fn groups<'l>(&'l self, instrument: &'l Instrument) -> Groups<'l> {
        Groups { shared: &self.shared, own: &instrument.groups }
    }
}

/// Reads one TOML text; an error names the file and the line.
fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, LibraryError> {
    toml::from_str(text).map_err(|error| {
        let reason = error.message().replace('\n', " ");
        match error.span() {
            Some(span) => LibraryError::Text { file: file.into(), line: line_at(text, span.start), reason },
            None => LibraryError::File { file: file.into(), reason },
        }
    })
}

/// The line, from 1, in which a byte of the text lies.
fn line_at(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}
