//! The network's files as they are written.

use std::{collections::HashSet, path::Path};

use serde::Deserialize;

use crate::{directory::imports::reading::cannot_open, foundation::errors::Error};

#[derive(Deserialize)]
pub(super) struct Network {
    pub organisation: Vec<Organisation>,
}

#[derive(Deserialize)]
pub(super) struct Organisation {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub kind: String,
    pub country: Option<String>,
    pub region: Option<String>,
    pub city: Option<String>,
    pub parent: Option<String>,
    pub website: Option<String>,
    #[serde(default)]
    pub competences: Vec<String>,
    #[serde(default)]
    pub members: Vec<String>,
    pub description: Option<String>,
    #[serde(default)]
    pub inferred: Vec<String>,
    pub source: String,
    #[serde(default)]
    pub fact: Vec<StatedFact>,
}

#[derive(Deserialize)]
pub(super) struct StatedFact {
    pub key: String,
    pub text: Option<String>,
    pub value: Option<toml::Value>,
    pub unit: Option<String>,
    pub qualifier: Option<String>,
    pub as_of: Option<String>,
    pub note: Option<String>,
    pub source: String,
}

impl StatedFact {
    /// The fact as one text: the words, or the figure with its unit.
    pub fn said(&self) -> Option<String> {
        let figure = self.value.as_ref().map(|value| match value {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        let figure = figure.map(|figure| match &self.unit {
            Some(unit) => format!("{figure} {unit}"),
            None => figure,
        });
        match (figure, &self.text) {
            (Some(figure), Some(text)) => Some(format!("{figure}: {text}")),
            (Some(figure), None) => Some(figure),
            (None, text) => text.clone(),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Clusters {
    pub cluster: Vec<Cluster>,
}

#[derive(Deserialize)]
pub(super) struct Cluster {
    pub id: String,
    pub name: String,
    pub country: Option<String>,
    #[serde(default)]
    pub founder: Vec<Founder>,
}

#[derive(Deserialize)]
pub(super) struct Founder {
    pub organisation: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub source: String,
}

/// What documents say of alliances between clusters, as far as it matters here.
#[derive(Default, Deserialize)]
pub(super) struct Alliances {
    #[serde(default)]
    pub alliance: Vec<Alliance>,
}

#[derive(Deserialize)]
pub(super) struct Alliance {
    pub id: String,
    pub name: String,
    pub kind: String,
    #[serde(default)]
    pub member: Vec<AllianceMember>,
}

#[derive(Deserialize)]
pub(super) struct AllianceMember {
    pub organisation: String,
}

/// Reads a file; a mistake in it is told with its line and column.
pub(super) fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let text = std::fs::read_to_string(path).map_err(|error| cannot_open(path, &error))?;
    toml::from_str(&text)
        .map_err(|error| Error::worded("import-file-not-toml", &[("file", &path.display()), ("why", &error)]))
}

impl Network {
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.organisation.iter().flat_map(|entry| {
            std::iter::once(entry.source.as_str()).chain(entry.fact.iter().map(|fact| fact.source.as_str()))
        })
    }

    /// Every reference leads to a record, and every kind is known.
    pub fn check(&self, clusters: &Clusters) -> Result<(), Error> {
        let mut ids: HashSet<&str> = HashSet::new();
        for entry in &self.organisation {
            if !ids.insert(&entry.id) {
                return Err(Error::worded("import-file-id-twice", &[("id", &entry.id)]));
            }
            if !super::super::kinds::KINDS.contains(&super::kind_of(&entry.kind)) {
                return Err(Error::worded("import-file-unknown-kind", &[("id", &entry.id), ("kind", &entry.kind)]));
            }
        }
        let references = self
            .organisation
            .iter()
            .flat_map(|entry| {
                entry.members.iter().chain(&entry.parent).map(move |other| (entry.id.as_str(), other.as_str()))
            })
            .chain(clusters.cluster.iter().flat_map(|cluster| {
                let founders =
                    cluster.founder.iter().map(|founder| (cluster.id.as_str(), founder.organisation.as_str()));
                founders.chain(std::iter::once((cluster.id.as_str(), cluster.id.as_str())))
            }));
        for (from, to) in references {
            if !ids.contains(to) {
                return Err(Error::worded("import-file-dangling", &[("from", &from), ("to", &to)]));
            }
        }
        Ok(())
    }
}

impl Clusters {
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.cluster.iter().flat_map(|cluster| cluster.founder.iter().map(|founder| founder.source.as_str()))
    }
}
