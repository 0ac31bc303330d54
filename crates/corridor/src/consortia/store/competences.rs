//! Concepts by their labels, and who holds them.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;

use crate::{
    directory::OrganisationId,
    foundation::{database::Database, errors::Error},
};

/// A concept with the label that is shown.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow, serde::Serialize)]
pub struct ConceptLabel {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
}

/// Whether there is a concept of that id.
pub(in super::super) async fn concept_exists(database: &Database, id: &str) -> Result<bool, Error> {
    let found: Option<String> = on!(database, pool => sqlx::query_scalar("SELECT id FROM concepts WHERE id = $1")
        .bind(id)
        .fetch_optional(pool)
        .await?);
    Ok(found.is_some())
}

/// The labels of these concepts in the language, else in any.
pub(in super::super) async fn concept_labels(
    database: &Database,
    ids: &[String],
    language: &str,
) -> Result<BTreeMap<String, String>, Error> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(String, String, String, String)> = on!(database, pool => {
        let mut query = QueryBuilder::new("SELECT concept_id, language, kind, label FROM concept_labels WHERE concept_id IN (");
        let mut list = query.separated(", ");
        for id in ids {
            list.push_bind(id.clone());
        }
        query.push(")");
        query.build_query_as().fetch_all(pool).await?
    });
    // The reader's language before the other, the preferred label before the rest.
    let mut best: BTreeMap<String, (bool, bool, String)> = BTreeMap::new();
    for (id, of, kind, label) in rows {
        let entry = (of != language, kind != "preferred" && kind != "pref", label);
        match best.get(&id) {
            Some(known) if *known <= entry => {}
            _ => {
                best.insert(id, entry);
            }
        }
    }
    Ok(best.into_iter().map(|(id, (_, _, label))| (id, label)).collect())
}

/// All labels in the language: a thousand or so, matched in memory because accents and capitals must not matter.
pub(in super::super) async fn labels_of_language(
    database: &Database,
    language: &str,
) -> Result<Vec<ConceptLabel>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT concept_id AS id, label FROM concept_labels WHERE language = $1 ORDER BY label, concept_id",
    )
    .bind(language)
    .fetch_all(pool)
    .await?))
}

/// The concept and all concepts under it.
pub(in super::super) async fn concept_with_narrower(database: &Database, id: &str) -> Result<Vec<String>, Error> {
    Ok(on!(database, pool => sqlx::query_scalar(
        "WITH RECURSIVE below(id) AS (
             SELECT id FROM concepts WHERE id = $1
             UNION
             SELECT concepts.id FROM concepts JOIN below ON concepts.broader = below.id
         ) SELECT id FROM below ORDER BY id",
    )
    .bind(id)
    .fetch_all(pool)
    .await?))
}

/// Which of these organisations hold which of these concepts, by any basis.
pub(in super::super) async fn competences(
    database: &Database,
    organisations: &[OrganisationId],
    concepts: &[String],
) -> Result<Vec<(OrganisationId, String)>, Error> {
    if organisations.is_empty() || concepts.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on!(database, pool => {
        let mut query = QueryBuilder::new("SELECT DISTINCT organisation_id, concept_id FROM organisation_competences WHERE concept_id IN (");
        let mut list = query.separated(", ");
        for concept in concepts {
            list.push_bind(concept.clone());
        }
        query.push(") AND organisation_id IN (");
        let mut list = query.separated(", ");
        for organisation in organisations {
            list.push_bind(*organisation);
        }
        query.push(") ORDER BY organisation_id, concept_id");
        query.build_query_as().fetch_all(pool).await?
    }))
}

/// The organisations with most past projects that hold one of the concepts.
pub(in super::super) async fn holders(
    database: &Database,
    concepts: &[String],
    most: i64,
) -> Result<Vec<OrganisationId>, Error> {
    if concepts.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on!(database, pool => {
        let mut query = QueryBuilder::new(
            "SELECT organisations.id FROM organisations WHERE merged_into IS NULL AND id IN
             (SELECT organisation_id FROM organisation_competences WHERE concept_id IN (",
        );
        let mut list = query.separated(", ");
        for concept in concepts {
            list.push_bind(concept.clone());
        }
        query.push(")) ORDER BY project_count DESC, id LIMIT ").push_bind(most);
        query.build_query_scalar().fetch_all(pool).await?
    }))
}
