//! Code lists: concepts with their labels, regions.

use std::collections::{HashMap, HashSet};

use crate::foundation::{
    database::{Batch, Database, Transaction},
    errors::Error,
    ids::SourceId,
};

/// A label of a concept.
pub struct Label {
    pub concept: String,
    pub language: &'static str,
    /// `preferred` or `alternative`.
    pub kind: &'static str,
    pub label: String,
    pub source: SourceId,
}

pub async fn concept_ids(database: &Database) -> Result<HashSet<String>, Error> {
    let ids: Vec<String> = values!(database, "SELECT id FROM concepts");
    Ok(ids.into_iter().collect())
}

/// Writes concepts (id, the broader one, level; broader ones first) and labels.
pub async fn put_concepts(
    transaction: &mut Transaction,
    concepts: impl Iterator<Item = (String, Option<String>, i64)>,
    labels: impl Iterator<Item = Label>,
) -> Result<(), Error> {
    let mut put = Batch::new(
        "INSERT INTO concepts (id, scheme, broader, level)",
        "ON CONFLICT (id) DO UPDATE SET broader = excluded.broader, level = excluded.level",
    );
    put.extend(concepts.map(|(id, broader, level)| vec![id.into(), "euroscivoc".into(), broader.into(), level.into()]));
    put.write(transaction).await?;
    let mut say = Batch::new(
        "INSERT INTO concept_labels (concept_id, language, kind, label, source_id)",
        "ON CONFLICT DO NOTHING",
    );
    say.extend(labels.map(|one| {
        vec![one.concept.into(), one.language.into(), one.kind.into(), one.label.into(), one.source.into()]
    }));
    say.write(transaction).await?;
    Ok(())
}

/// Every label with its concept, preferred ones first.
pub async fn labels(database: &Database) -> Result<Vec<(String, String)>, Error> {
    Ok(rows!(database, "SELECT concept_id, label FROM concept_labels ORDER BY kind DESC, concept_id"))
}

/// The names of regions by their codes.
pub async fn region_names(database: &Database) -> Result<HashMap<String, String>, Error> {
    let rows: Vec<(String, String)> = rows!(database, "SELECT code, name FROM regions");
    Ok(rows.into_iter().collect())
}

/// Writes regions: code, country, level, name.
pub async fn put_regions(
    transaction: &mut Transaction,
    regions: impl Iterator<Item = (String, String, i64, String)>,
    source: SourceId,
) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO regions (code, country, level, name, source_id)",
        "ON CONFLICT (code) DO UPDATE SET name = excluded.name, level = excluded.level, country = excluded.country",
    );
    batch.extend(regions.map(|(code, country, level, name)| {
        vec![code.into(), country.into(), level.into(), name.into(), source.into()]
    }));
    batch.write(transaction).await?;
    Ok(())
}
