//! What derivations read, and the rows that each derivation replaces.

use std::collections::HashMap;

use crate::{
    accounts::ClusterId,
    directory::{OrganisationId, record::PastProjectId},
    foundation::{
        database::{Batch, Database, Transaction},
        errors::Error,
    },
};

/// What the record of a past project says of its subject.
#[derive(sqlx::FromRow)]
pub struct ProjectText {
    pub id: PastProjectId,
    pub title: Option<String>,
    pub objective: Option<String>,
    pub topic: Option<String>,
    pub topic_title: Option<String>,
    pub programme_part: Option<String>,
}

pub async fn project_texts(database: &Database) -> Result<Vec<ProjectText>, Error> {
    Ok(rows!(
        database,
        "SELECT id, title, objective, topic, topic_title, programme_part FROM past_projects ORDER BY reference",
    ))
}

/// The fields of science: id, the broader one, level.
pub async fn fields_of_science(database: &Database) -> Result<Vec<(String, Option<String>, i64)>, Error> {
    Ok(rows!(database, "SELECT id, broader, level FROM concepts WHERE scheme = 'euroscivoc' ORDER BY id"))
}

/// The English labels of every concept, the preferred one first.
pub async fn english_labels(database: &Database) -> Result<HashMap<String, Vec<String>>, Error> {
    let rows: Vec<(String, String)> = rows!(
        database,
        "SELECT concept_id, label FROM concept_labels WHERE language = 'en' ORDER BY kind DESC, label",
    );
    let mut labels: HashMap<String, Vec<String>> = HashMap::new();
    for (concept, label) in rows {
        labels.entry(concept).or_default().push(label);
    }
    Ok(labels)
}

/// The organisations of every project.
pub async fn participants(database: &Database) -> Result<HashMap<PastProjectId, Vec<OrganisationId>>, Error> {
    let rows: Vec<(PastProjectId, OrganisationId)> =
        rows!(database, "SELECT project_id, organisation_id FROM participations");
    let mut participants: HashMap<PastProjectId, Vec<OrganisationId>> = HashMap::new();
    for (project, organisation) in rows {
        participants.entry(project).or_default().push(organisation);
    }
    Ok(participants)
}

/// Replaces what projects are about; takes away what was derived from it for organisations.
pub async fn replace_project_concepts(
    transaction: &mut Transaction,
    concepts: impl Iterator<Item = (PastProjectId, String, f64)>,
) -> Result<(), Error> {
    execute!(transaction, sqlx::query("DELETE FROM organisation_competences WHERE basis = 'derived'"));
    execute!(transaction, sqlx::query("DELETE FROM project_concepts"));
    let mut batch =
        Batch::new("INSERT INTO project_concepts (project_id, concept_id, weight)", "ON CONFLICT DO NOTHING");
    batch.extend(concepts.map(|(project, concept, weight)| vec![project.into(), concept.into(), weight.into()]));
    batch.write(transaction).await?;
    Ok(())
}

/// A French organisation, as far as its place and its activity go.
#[derive(sqlx::FromRow)]
pub struct French {
    pub id: OrganisationId,
    pub kind: String,
    pub region: Option<String>,
    pub city: Option<String>,
    pub postcode: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub project_count: i64,
    pub slug: Option<String>,
    pub name: String,
}

pub async fn french(database: &Database) -> Result<Vec<French>, Error> {
    Ok(rows!(
        database,
        "SELECT id, kind, region, city, postcode, lat, lon, project_count, slug, name FROM organisations
         WHERE country = 'FR' AND name IS NOT NULL AND merged_into IS NULL ORDER BY name, id",
    ))
}

/// The clusters by their words.
pub async fn clusters(database: &Database) -> Result<HashMap<String, ClusterId>, Error> {
    let rows: Vec<(String, ClusterId)> = rows!(database, "SELECT slug, id FROM clusters");
    Ok(rows.into_iter().collect())
}

pub async fn forget_derived_memberships(transaction: &mut Transaction) -> Result<(), Error> {
    execute!(transaction, sqlx::query("DELETE FROM memberships WHERE basis = 'derived_from_region'"));
    execute!(transaction, sqlx::query("UPDATE memberships SET also_derived = FALSE WHERE also_derived"));
    Ok(())
}

/// How many stated memberships the region says too.
pub async fn also_derived(transaction: &mut Transaction) -> Result<i64, Error> {
    let count: Option<i64> = value!(transaction, "SELECT COUNT(*) FROM memberships WHERE also_derived");
    Ok(count.unwrap_or(0))
}
