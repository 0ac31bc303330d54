//! What the ranking knows about: organisations, past projects and who took part in them.

use std::collections::HashMap;

use thiserror::Error;

/// Everything an index is built from.
///
/// Keys are the caller's own numbers and come back unchanged in every answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corpus {
    /// The organisations that can be ranked.
    pub organisations: Vec<Organisation>,
    /// The past projects, in any order.
    pub projects: Vec<Project>,
    /// Who took part in what.
    pub participations: Vec<Participation>,
}

/// An organisation that can be ranked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Organisation {
    /// The caller's key, unique among organisations.
    pub key: u64,
    /// The name, as registered.
    pub name: String,
    /// The short form it is known by, for instance `CNRS`; empty when unknown.
    pub short_name: String,
    /// The country, ISO 3166 alpha-2; empty when unknown.
    pub country: String,
    /// The kind (`sme`, `university` ...), in the caller's own words; empty when unknown.
    pub kind: String,
    /// What the organisation says of itself: competences, facilities, offers, a profile.
    pub declared: Vec<Declaration>,
}

/// A statement of an organisation about what it can do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Declaration {
    /// The statement, in French or English.
    pub text: String,
    /// Whether somebody else has confirmed it.
    pub vouched: bool,
}

/// A past project.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Project {
    /// The caller's key, unique among projects.
    pub key: u64,
    /// The title; empty when unknown.
    pub title: String,
    /// The objective or abstract; empty when unknown.
    pub objective: String,
    /// The title of the call topic that it answered; empty when unknown.
    pub topic_title: String,
    /// The code of that topic, for instance `HORIZON-HLTH-2026-01-TOOL-03`; empty when unknown.
    pub topic_code: String,
    /// The part of the programme, for instance `SC1`; empty when unknown.
    pub programme: String,
    /// The first day, in days since 1970-01-01; absent when unknown.
    pub start: Option<i32>,
}

/// The part that one organisation took in one project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Participation {
    /// The key of the project.
    pub project: u64,
    /// The key of the organisation.
    pub organisation: u64,
    /// Whether the organisation coordinated it.
    pub coordinator: bool,
}

/// Why a corpus cannot be indexed.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CorpusError {
    /// Two organisations carry one key.
    #[error("organisation key {0} occurs twice: give every organisation a key of its own")]
    DuplicateOrganisation(u64),
    /// Two projects carry one key.
    #[error("project key {0} occurs twice: give every project a key of its own")]
    DuplicateProject(u64),
    /// A participation names an organisation that is not there.
    #[error(
        "participation {row} names organisation {key}, which the corpus does not hold: add it or leave the row out"
    )]
    UnknownOrganisation {
        /// Place of the row among the participations, from 0.
        row: usize,
        /// The key that was not found.
        key: u64,
    },
    /// A participation names a project that is not there.
    #[error("participation {row} names project {key}, which the corpus does not hold: add it or leave the row out")]
    UnknownProject {
        /// Place of the row among the participations, from 0.
        row: usize,
        /// The key that was not found.
        key: u64,
    },
    /// There is more than the index can number.
    #[error("the corpus holds {0} rows of one sort, more than the 4,294,967,295 that an index can number")]
    TooLarge(usize),
}

/// Keys turned into places, once everything has been checked.
pub(crate) struct Places {
    pub organisations: HashMap<u64, u32>,
    pub projects: HashMap<u64, u32>,
}

impl Corpus {
    /// Checks that keys are unique and that every participation leads somewhere.
    ///
    /// # Errors
    /// The first [`CorpusError`] met.
    pub fn check(&self) -> Result<(), CorpusError> {
        self.places().map(|_| ())
    }

    pub(crate) fn places(&self) -> Result<Places, CorpusError> {
        let mut organisations = HashMap::with_capacity(self.organisations.len());
        for (place, organisation) in self.organisations.iter().enumerate() {
            let place = u32::try_from(place).map_err(|_| CorpusError::TooLarge(self.organisations.len()))?;
            if organisations.insert(organisation.key, place).is_some() {
                return Err(CorpusError::DuplicateOrganisation(organisation.key));
            }
        }
        let mut projects = HashMap::with_capacity(self.projects.len());
        for (place, project) in self.projects.iter().enumerate() {
            let place = u32::try_from(place).map_err(|_| CorpusError::TooLarge(self.projects.len()))?;
            if projects.insert(project.key, place).is_some() {
                return Err(CorpusError::DuplicateProject(project.key));
            }
        }
        for (row, participation) in self.participations.iter().enumerate() {
            if !organisations.contains_key(&participation.organisation) {
                return Err(CorpusError::UnknownOrganisation { row, key: participation.organisation });
            }
            if !projects.contains_key(&participation.project) {
                return Err(CorpusError::UnknownProject { row, key: participation.project });
            }
        }
        Ok(Places { organisations, projects })
    }
}
