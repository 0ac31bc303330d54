//! The rows that belong to two organisations, table by table, read and put back exactly as they were.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use sqlx::Row as _;

use crate::{
    directory::OrganisationId,
    foundation::{
        database::{Batch, Transaction, Value},
        errors::Error,
    },
};

/// The sort of values in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Id,
    Text,
    Int,
    Float,
    Bool,
}

use Column::{Bool, Float, Id, Int, Text};

/// A table with rows of organisations.
#[derive(Debug)]
pub(super) struct Table {
    pub name: &'static str,
    pub columns: &'static [(&'static str, Column)],
    /// The columns that hold an organisation, all of which move when records are merged.
    pub owners: &'static [&'static str],
    /// The columns that make a row one of its kind.
    pub key: &'static [&'static str],
    select: &'static str,
    /// Empty where rows are changed in place, because others point to them.
    delete: &'static str,
    insert: &'static str,
    tail: &'static str,
}

impl Table {
    pub(super) fn place(&self, column: &str) -> usize {
        self.columns.iter().position(|(name, _)| *name == column).unwrap_or(usize::MAX)
    }
}

/// Every table that holds rows of an organisation and moves with it. `roles` belongs to accounts: whoever speaks for an
/// organisation goes on speaking for it under the record that is kept.
pub(super) static TABLES: &[Table] = &[
    Table {
        name: "organisations",
        columns: &[
            ("id", Id),
            ("name", Text),
            ("short_name", Text),
            ("name_key", Text),
            ("kind", Text),
            ("sme", Bool),
            ("country", Text),
            ("region", Text),
            ("city", Text),
            ("postcode", Text),
            ("address", Text),
            ("lat", Float),
            ("lon", Float),
            ("place_precision", Text),
            ("website", Text),
            ("description", Text),
            ("parent_id", Id),
            ("project_count", Int),
            ("merged_into", Id),
            ("revision", Int),
            ("created_at", Int),
            ("updated_at", Int),
        ],
        owners: &["parent_id"],
        key: &["id"],
        select: "SELECT id, name, short_name, name_key, kind, sme, country, region, city, postcode, address, lat, lon,
                        place_precision, website, description, parent_id, project_count, merged_into, revision, created_at,
                        updated_at
                 FROM organisations WHERE id IN ($1, $2) OR parent_id IN ($1, $2) ORDER BY id",
        delete: "",
        insert: "INSERT INTO organisations (id, name, short_name, name_key, kind, sme, country, region, city, postcode, address, lat, lon, place_precision, website, description, parent_id, project_count, merged_into, revision, created_at, updated_at)",
        tail: "ON CONFLICT (id) DO UPDATE SET name = excluded.name, short_name = excluded.short_name,
               name_key = excluded.name_key, kind = excluded.kind, sme = excluded.sme, country = excluded.country,
               region = excluded.region, city = excluded.city, postcode = excluded.postcode, address = excluded.address,
               lat = excluded.lat, lon = excluded.lon, place_precision = excluded.place_precision,
               website = excluded.website, description = excluded.description, parent_id = excluded.parent_id,
               project_count = excluded.project_count, merged_into = excluded.merged_into, revision = excluded.revision,
               updated_at = excluded.updated_at",
    },
    Table {
        name: "organisation_identifiers",
        columns: &[("scheme", Text), ("value", Text), ("organisation_id", Id), ("source_id", Id), ("observed_on", Text)],
        owners: &["organisation_id"],
        key: &["scheme", "value"],
        select: "SELECT scheme, value, organisation_id, source_id, observed_on FROM organisation_identifiers
                 WHERE organisation_id IN ($1, $2) ORDER BY scheme, value",
        delete: "DELETE FROM organisation_identifiers WHERE organisation_id IN ($1, $2)",
        insert: "INSERT INTO organisation_identifiers (scheme, value, organisation_id, source_id, observed_on)",
        tail: "ON CONFLICT DO NOTHING",
    },
    Table {
        name: "organisation_names",
        columns: &[("organisation_id", Id), ("name", Text), ("kind", Text), ("language", Text), ("source_id", Id)],
        owners: &["organisation_id"],
        key: &["organisation_id", "name"],
        select: "SELECT organisation_id, name, kind, language, source_id FROM organisation_names
                 WHERE organisation_id IN ($1, $2) ORDER BY organisation_id, name",
        delete: "DELETE FROM organisation_names WHERE organisation_id IN ($1, $2)",
        insert: "INSERT INTO organisation_names (organisation_id, name, kind, language, source_id)",
        tail: "ON CONFLICT DO NOTHING",
    },
    Table {
        name: "organisation_statements",
        columns: &[
            ("organisation_id", Id),
            ("field", Text),
            ("source_id", Id),
            ("value", Text),
            ("qualifier", Text),
            ("inferred", Bool),
            ("observed_on", Text),
        ],
        owners: &["organisation_id"],
        key: &["organisation_id", "field", "source_id", "value"],
        select: "SELECT organisation_id, field, source_id, value, qualifier, inferred, observed_on
                 FROM organisation_statements WHERE organisation_id IN ($1, $2)
                 ORDER BY organisation_id, field, source_id, value",
        delete: "DELETE FROM organisation_statements WHERE organisation_id IN ($1, $2)",
        insert: "INSERT INTO organisation_statements (organisation_id, field, source_id, value, qualifier, inferred, observed_on)",
        tail: "ON CONFLICT DO NOTHING",
    },
    Table {
        name: "organisation_competences",
        columns: &[
            ("organisation_id", Id),
            ("concept_id", Text),
            ("basis", Text),
            ("weight", Float),
            ("project_count", Int),
            ("source_id", Id),
        ],
        owners: &["organisation_id"],
        key: &["organisation_id", "concept_id", "basis"],
        select: "SELECT organisation_id, concept_id, basis, weight, project_count, source_id
                 FROM organisation_competences WHERE organisation_id IN ($1, $2)
                 ORDER BY organisation_id, concept_id, basis",
        delete: "DELETE FROM organisation_competences WHERE organisation_id IN ($1, $2)",
        insert: "INSERT INTO organisation_competences (organisation_id, concept_id, basis, weight, project_count, source_id)",
        tail: "ON CONFLICT DO NOTHING",
    },
    Table {
        name: "organisation_declarations",
        columns: &[
            ("id", Id),
            ("organisation_id", Id),
            ("text", Text),
            ("vouched_by", Id),
            ("source_id", Id),
            ("observed_on", Text),
        ],
        owners: &["organisation_id"],
        key: &["organisation_id", "text"],
        select: "SELECT id, organisation_id, text, vouched_by, source_id, observed_on FROM organisation_declarations
                 WHERE organisation_id IN ($1, $2) ORDER BY id",
        delete: "DELETE FROM organisation_declarations WHERE organisation_id IN ($1, $2)",
        insert: "INSERT INTO organisation_declarations (id, organisation_id, text, vouched_by, source_id, observed_on)",
        tail: "ON CONFLICT DO NOTHING",
    },
    Table {
        name: "memberships",
        columns: &[
            ("cluster_id", Id),
            ("organisation_id", Id),
            ("college", Text),
            ("since", Text),
            ("until", Text),
            ("basis", Text),
            ("source_id", Id),
        ],
        owners: &["organisation_id"],
        key: &["cluster_id", "organisation_id"],
        select: "SELECT cluster_id, organisation_id, college, since, until, basis, source_id FROM memberships
                 WHERE organisation_id IN ($1, $2) ORDER BY cluster_id, organisation_id",
        delete: "DELETE FROM memberships WHERE organisation_id IN ($1, $2)",
        insert: "INSERT INTO memberships (cluster_id, organisation_id, college, since, until, basis, source_id)",
        tail: "ON CONFLICT DO NOTHING",
    },
    Table {
        name: "cluster_organisations",
        columns: &[("cluster_id", Id), ("organisation_id", Id)],
        owners: &["organisation_id"],
        key: &["cluster_id"],
        select: "SELECT cluster_id, organisation_id FROM cluster_organisations WHERE organisation_id IN ($1, $2)
                 ORDER BY cluster_id",
        delete: "DELETE FROM cluster_organisations WHERE organisation_id IN ($1, $2)",
        insert: "INSERT INTO cluster_organisations (cluster_id, organisation_id)",
        tail: "ON CONFLICT DO NOTHING",
    },
    Table {
        name: "facilities",
        columns: &[("organisation_id", Id), ("operator_id", Id), ("purpose", Text), ("source_id", Id)],
        owners: &["organisation_id", "operator_id"],
        key: &["organisation_id"],
        select: "SELECT organisation_id, operator_id, purpose, source_id FROM facilities
                 WHERE organisation_id IN ($1, $2) OR operator_id IN ($1, $2) ORDER BY organisation_id",
        delete: "DELETE FROM facilities WHERE organisation_id IN ($1, $2) OR operator_id IN ($1, $2)",
        insert: "INSERT INTO facilities (organisation_id, operator_id, purpose, source_id)",
        tail: "ON CONFLICT DO NOTHING",
    },
    Table {
        name: "participations",
        columns: &[("project_id", Id), ("organisation_id", Id), ("role", Text), ("eu_contribution_cents", Int)],
        owners: &["organisation_id"],
        key: &["project_id", "organisation_id"],
        select: "SELECT project_id, organisation_id, role, eu_contribution_cents FROM participations
                 WHERE organisation_id IN ($1, $2) ORDER BY project_id, organisation_id",
        delete: "DELETE FROM participations WHERE organisation_id IN ($1, $2)",
        insert: "INSERT INTO participations (project_id, organisation_id, role, eu_contribution_cents)",
        tail: "ON CONFLICT DO NOTHING",
    },
    Table {
        name: "roles",
        columns: &[("id", Id), ("person_id", Id), ("role", Text), ("cluster_id", Id), ("organisation_id", Id)],
        owners: &["organisation_id"],
        key: &["id"],
        select: "SELECT id, person_id, role, cluster_id, organisation_id FROM roles
                 WHERE organisation_id IN ($1, $2) ORDER BY id",
        delete: "",
        insert: "INSERT INTO roles (id, person_id, role, cluster_id, organisation_id)",
        tail: "ON CONFLICT (id) DO UPDATE SET organisation_id = excluded.organisation_id",
    },
];

/// A row, its values in the order of the table's columns.
pub(super) type Row = Vec<Json>;
/// Rows by the name of their table.
pub(super) type Rows = BTreeMap<String, Vec<Row>>;

/// Reads all rows of the two organisations.
pub(super) async fn read(
    transaction: &mut Transaction,
    kept: OrganisationId,
    merged: OrganisationId,
) -> Result<Rows, Error> {
    let mut all = Rows::new();
    for table in TABLES {
        let rows: Vec<Row> = on!(transaction, connection => {
            let found = sqlx::query(table.select).bind(kept).bind(merged).fetch_all(connection).await?;
            let mut rows = Vec::with_capacity(found.len());
            for row in found {
                let mut values = Vec::with_capacity(table.columns.len());
                for (place, (_, column)) in table.columns.iter().enumerate() {
                    values.push(match column {
                        Id => row.try_get::<Option<uuid::Uuid>, _>(place)?.map(|id| Json::from(id.to_string())),
                        Text => row.try_get::<Option<String>, _>(place)?.map(Json::from),
                        Int => row.try_get::<Option<i64>, _>(place)?.map(Json::from),
                        // As its bits: a measure comes back as exactly the same one.
                        Float => row.try_get::<Option<f64>, _>(place)?.map(|value| Json::from(value.to_bits())),
                        Bool => row.try_get::<Option<bool>, _>(place)?.map(Json::from),
                    }.unwrap_or(Json::Null));
                }
                rows.push(values);
            }
            rows
        });
        all.insert(table.name.to_owned(), rows);
    }
    Ok(all)
}

/// Replaces all rows of the two organisations by these.
pub(super) async fn replace(
    transaction: &mut Transaction,
    kept: OrganisationId,
    merged: OrganisationId,
    rows: &Rows,
) -> Result<(), Error> {
    for table in TABLES.iter().filter(|table| !table.delete.is_empty()) {
        execute!(transaction, sqlx::query(table.delete).bind(kept).bind(merged));
    }
    for table in TABLES {
        let mut batch = Batch::new(table.insert, table.tail);
        for row in rows.get(table.name).into_iter().flatten() {
            let mut values = Vec::with_capacity(row.len());
            for ((name, column), value) in table.columns.iter().zip(row) {
                values.push(stored(*column, value).ok_or_else(|| {
                    anyhow::anyhow!("a kept row of {} has a value in {name} that cannot be read back", table.name)
                })?);
            }
            batch.push(values);
        }
        batch.write(transaction).await?;
    }
    Ok(())
}

fn stored(column: Column, value: &Json) -> Option<Value> {
    let null = value.is_null();
    Some(match column {
        Id if null => Value::Id(None),
        Id => Value::Id(Some(value.as_str()?.parse().ok()?)),
        Text if null => Value::Text(None),
        Text => Value::Text(Some(value.as_str()?.to_owned())),
        Int if null => Value::Int(None),
        Int => Value::Int(Some(value.as_i64()?)),
        Float if null => Value::Float(None),
        Float => Value::Float(Some(f64::from_bits(value.as_u64()?))),
        Bool if null => Value::Bool(None),
        Bool => Value::Bool(Some(value.as_bool()?)),
    })
}
