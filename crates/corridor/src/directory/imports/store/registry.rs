//! The records of registers, and the organisations that they may be.

use std::collections::HashMap;

use crate::{
    directory::OrganisationId,
    foundation::{
        database::{Batch, Database, Transaction},
        errors::Error,
        ids::SourceId,
    },
};

/// A record of a register as it is stored.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct RegistryEntry {
    pub value: String,
    pub name: String,
    /// The other names, one a line.
    pub other_names: String,
    pub kind: String,
    pub country: Option<String>,
    pub city: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub website: Option<String>,
}

/// The stored records of a register, by their identifiers.
pub async fn registry_entries(database: &Database, scheme: &str) -> Result<HashMap<String, RegistryEntry>, Error> {
    let rows: Vec<RegistryEntry> = rows!(
        database,
        "SELECT value, name, other_names, kind, country, city, lat, lon, website FROM registry_entries WHERE scheme = $1",
        scheme,
    );
    Ok(rows.into_iter().map(|entry| (entry.value.clone(), entry)).collect())
}

/// Writes new and changed records of a register.
pub async fn put_registry_entries(
    transaction: &mut Transaction,
    scheme: &str,
    entries: impl Iterator<Item = RegistryEntry>,
    source: SourceId,
) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO registry_entries (scheme, value, name, other_names, name_key, kind, country, city, lat, lon, website, source_id)",
        "ON CONFLICT (scheme, value) DO UPDATE SET name = excluded.name, other_names = excluded.other_names,
         name_key = excluded.name_key, kind = excluded.kind, country = excluded.country, city = excluded.city,
         lat = excluded.lat, lon = excluded.lon, website = excluded.website",
    );
    batch.extend(entries.map(|entry| {
        vec![
            scheme.into(),
            entry.value.into(),
            entry.name.as_str().into(),
            entry.other_names.into(),
            ranking::identity::normalise(&entry.name).into(),
            entry.kind.into(),
            entry.country.into(),
            entry.city.into(),
            entry.lat.into(),
            entry.lon.into(),
            entry.website.into(),
            source.into(),
        ]
    }));
    batch.write(transaction).await?;
    Ok(())
}

/// Organisations by which a record may be meant: id, country, short name, name as names are compared.
pub async fn linkable(database: &Database) -> Result<Vec<(OrganisationId, String, Option<String>, String)>, Error> {
    Ok(rows!(
        database,
        "SELECT id, country, short_name, name_key FROM organisations
         WHERE country IS NOT NULL AND name IS NOT NULL AND merged_into IS NULL",
    ))
}

/// How many organisations there are to link: when there are more, linking again may find more.
pub async fn count_linkable(database: &Database) -> Result<i64, Error> {
    let count: Option<i64> = value!(database, "SELECT COUNT(*) FROM organisations WHERE name IS NOT NULL");
    Ok(count.unwrap_or(0))
}
