//! What rules, lists and assembly read of organisations and topics.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;
use uuid::Uuid;

use crate::{
    calls::TopicId,
    consortia::documents::Evidence,
    directory::{OrganisationId, model::shown_name},
    foundation::{database::Database, errors::Error, time::Day},
    partnering,
};

/// What rules, lists and assembly read of an organisation.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OrganisationFacts {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: Option<String>,
    /// Its short name.
    pub short_name: Option<String>,
    /// Its kind, in the words of the directory.
    pub kind: String,
    /// Whether it is an SME, where somebody says so.
    pub sme: Option<bool>,
    /// Its country, ISO 3166 two letters.
    pub country: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// Its town.
    pub city: Option<String>,
    /// The organisation it is a part of.
    pub parent_id: Option<OrganisationId>,
    /// Its past projects.
    pub project_count: i64,
    /// What can be shown of it; nothing until somebody asks with whose documents.
    #[sqlx(skip)]
    pub evidence: Evidence,
}

impl OrganisationFacts {
    /// The name to show.
    pub fn shown(&self) -> String {
        shown_name(self.name.as_deref().or(self.short_name.as_deref()), None, self.id)
    }

    /// The address of its page.
    pub fn href(&self) -> String {
        partnering::organisation_page(self.id)
    }
}

macro_rules! with_list {
    ($database:expr, $head:expr, $ids:expr, $tail:expr, $fetch:ident) => {
        on!($database, pool => {
            let mut query = QueryBuilder::new($head);
            query.push(" (");
            let mut list = query.separated(", ");
            for id in $ids {
                list.push_bind(*id);
            }
            query.push(") ").push($tail);
            query.$fetch().fetch_all(pool).await?
        })
    };
}

/// What is known of these organisations, by id.
pub(in super::super) async fn organisations(
    database: &Database,
    ids: &[OrganisationId],
) -> Result<BTreeMap<OrganisationId, OrganisationFacts>, Error> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<OrganisationFacts> = with_list!(
        database,
        "SELECT id, name, short_name, kind, sme, country, region, city, parent_id, project_count
         FROM organisations WHERE id IN",
        ids,
        "",
        build_query_as
    );
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The participant identification codes of these organisations, where they have one; the least where they have several.
pub(in super::super) async fn pics(
    database: &Database,
    ids: &[OrganisationId],
) -> Result<BTreeMap<OrganisationId, String>, Error> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(OrganisationId, String)> = with_list!(
        database,
        "SELECT organisation_id, MIN(value) FROM organisation_identifiers WHERE scheme = 'pic' AND organisation_id IN",
        ids,
        "GROUP BY organisation_id",
        build_query_as
    );
    Ok(rows.into_iter().collect())
}

/// Which past projects these organisations took part in, and in what role.
pub(in super::super) async fn participations(
    database: &Database,
    ids: &[OrganisationId],
) -> Result<Vec<(Uuid, OrganisationId, String)>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(with_list!(
        database,
        "SELECT project_id, organisation_id, role FROM participations WHERE organisation_id IN",
        ids,
        "ORDER BY project_id, organisation_id",
        build_query_as
    ))
}

/// A topic as rules and assembly need it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TopicFacts {
    /// Its id.
    pub id: TopicId,
    /// The identifier that the funder gave it.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// The type of action.
    pub type_of_action: String,
    /// The id of its instrument, where Corridor has its rules.
    pub instrument: Option<String>,
    /// When it closes.
    pub closes_on: Option<String>,
    /// The text of the topic.
    pub description: String,
}

impl TopicFacts {
    /// The day on which it closes.
    pub fn closes(&self) -> Option<Day> {
        self.closes_on.as_deref()?.parse().ok()
    }
}

pub(in super::super) async fn topic_by_id(database: &Database, id: TopicId) -> Result<Option<TopicFacts>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, identifier, title, type_of_action, instrument, closes_on, description FROM topics WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(pool)
    .await?))
}

pub(in super::super) async fn topic_by_identifier(
    database: &Database,
    identifier: &str,
) -> Result<Option<TopicFacts>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, identifier, title, type_of_action, instrument, closes_on, description FROM topics
         WHERE LOWER(identifier) = $1",
    )
    .bind(identifier.trim().to_lowercase())
    .fetch_optional(pool)
    .await?))
}
