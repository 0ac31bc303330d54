//! SQL of clusters.

use super::{Cluster, ClusterSettings};
use crate::{
    accounts::ClusterId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        languages::Language,
        time::{Timestamp, Zone},
    },
};

macro_rules! select_cluster {
    ($rest:literal) => {
        concat!(
            "SELECT id, slug, name, short_name, accent, time_zone, page_language, letter_language, revision FROM clusters ",
            $rest
        )
    };
}

pub(super) async fn by_slug(database: &Database, slug: &str) -> Result<Option<Cluster>, Error> {
    Ok(row!(database, select_cluster!("WHERE slug = $1"), slug))
}

pub(super) async fn by_id(database: &Database, id: ClusterId) -> Result<Option<Cluster>, Error> {
    Ok(row!(database, select_cluster!("WHERE id = $1"), id))
}

pub(super) async fn all(database: &Database) -> Result<Vec<Cluster>, Error> {
    Ok(rows!(database, select_cluster!("ORDER BY name")))
}

/// A cluster as an import of the world names it: what people have changed since stays as they left it.
pub(super) async fn put_imported(
    transaction: &mut Transaction,
    slug: &str,
    name: &str,
    accent: &str,
    now: Timestamp,
) -> Result<ClusterId, Error> {
    Ok(on!(transaction, connection => sqlx::query_scalar(
        "INSERT INTO clusters (id, slug, name, accent, time_zone, created_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (slug) DO UPDATE SET name = CASE WHEN clusters.revision = 1 THEN excluded.name ELSE clusters.name END
         RETURNING id",
    )
    .bind(ClusterId::new())
    .bind(slug)
    .bind(name)
    .bind(accent)
    .bind(Zone::default().name())
    .bind(now)
    .fetch_one(connection)
    .await?))
}

/// Where an imported cluster is, unless a person has said otherwise.
pub(super) async fn place_imported(
    transaction: &mut Transaction,
    id: ClusterId,
    zone: &Zone,
    language: Language,
) -> Result<(), Error> {
    execute!(transaction, sqlx::query(
        "UPDATE clusters SET time_zone = $2, page_language = $3, letter_language = $3 WHERE id = $1 AND revision = 1",
    )
    .bind(id)
    .bind(zone.name())
    .bind(language.code()));
    Ok(())
}

/// Makes a cluster; none where the word in addresses is taken.
pub(super) async fn make(
    transaction: &mut Transaction,
    slug: &str,
    settings: &ClusterSettings,
    now: Timestamp,
) -> Result<Option<ClusterId>, Error> {
    Ok(on!(transaction, connection => sqlx::query_scalar(
        "INSERT INTO clusters (id, slug, name, short_name, accent, time_zone, page_language, letter_language, revision, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 2, $9) ON CONFLICT (slug) DO NOTHING RETURNING id",
    )
    .bind(ClusterId::new())
    .bind(slug)
    .bind(&settings.name)
    .bind(&settings.short_name)
    .bind(&settings.accent)
    .bind(settings.time_zone.name())
    .bind(settings.page_language.code())
    .bind(settings.letter_language.code())
    .bind(now)
    .fetch_optional(connection)
    .await?))
}

/// Changes the settings, where nobody else has since the given revision; whether it was so.
pub(super) async fn change(
    transaction: &mut Transaction,
    id: ClusterId,
    settings: &ClusterSettings,
    revision: i64,
) -> Result<bool, Error> {
    Ok(execute!(transaction, sqlx::query(
        "UPDATE clusters SET name = $2, short_name = $3, accent = $4, time_zone = $5, page_language = $6, letter_language = $7,
                revision = revision + 1
         WHERE id = $1 AND revision = $8",
    )
    .bind(id)
    .bind(&settings.name)
    .bind(&settings.short_name)
    .bind(&settings.accent)
    .bind(settings.time_zone.name())
    .bind(settings.page_language.code())
    .bind(settings.letter_language.code())
    .bind(revision)) == 1)
}
