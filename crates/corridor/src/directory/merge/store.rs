//! SQL of merging: the rows that belong to two organisations, table by table, read and put back exactly as they were,
//! and the merges themselves.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use sqlx::Row as _;

use super::{Done, Kept, MergeId};
use crate::{
    accounts::{ClusterId, visibility::Audience},
    directory::OrganisationId,
    foundation::{
        database::{Batch, Database, Transaction, Value},
        errors::Error,
        time::Timestamp,
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
    /// Empty where rows are changed where they are.
    delete: &'static str,
    insert: &'static str,
    tail: &'static str,
}

impl Table {
    pub(super) fn place(&self, column: &str) -> usize {
        self.columns.iter().position(|(name, _)| *name == column).unwrap_or(usize::MAX)
    }
}

/// A table with its statements, spelt from its columns: rows are put back by their key. `moves` takes the rows of both
/// organisations away and writes them anew; `stays` changes rows where they are, because others point to them.
macro_rules! table {
    (moves $name:literal [$first:literal $sort:ident $(, $column:literal $sorts:ident)*]
     owned by [$owner:literal $(, $owners:literal)*] key [$key:literal $(, $keys:literal)*]) => {
        table!(@ $name [$first $sort $(, $column $sorts)*] [$owner $(, $owners)*] [$owner $(, $owners)*]
            [$key $(, $keys)*]
            concat!("DELETE FROM ", $name, " WHERE ", $owner, " IN ($1, $2)" $(, " OR ", $owners, " IN ($1, $2)")*),
            "ON CONFLICT DO NOTHING")
    };
    (stays $name:literal [$first:literal $sort:ident $(, $column:literal $sorts:ident)*]
     owned by [$owner:literal] found by [$found:literal $(, $founds:literal)*]) => {
        table!(@ $name [$first $sort $(, $column $sorts)*] [$owner] [$found $(, $founds)*] ["id"] "",
            concat!("ON CONFLICT (id) DO UPDATE SET ", $first, " = excluded.", $first
                $(, ", ", $column, " = excluded.", $column)*))
    };
    (@ $name:literal [$first:literal $sort:ident $(, $column:literal $sorts:ident)*] [$($owner:literal),+]
     [$found:literal $(, $founds:literal)*] [$key:literal $(, $keys:literal)*] $delete:expr, $tail:expr) => {
        Table {
            name: $name,
            columns: &[($first, $sort) $(, ($column, $sorts))*],
            owners: &[$($owner),+],
            key: &[$key $(, $keys)*],
            select: concat!("SELECT ", $first $(, ", ", $column)*, " FROM ", $name, " WHERE ", $found, " IN ($1, $2)"
                $(, " OR ", $founds, " IN ($1, $2)")*, " ORDER BY ", $key $(, ", ", $keys)*),
            delete: $delete,
            insert: concat!("INSERT INTO ", $name, " (", $first $(, ", ", $column)*, ")"),
            tail: $tail,
        }
    };
}

/// Every table that holds rows of an organisation and moves with it. Roles, contacts and notes keep the record that they
/// were given and follow the merge when they are read (`merged_organisations`).
pub(super) static TABLES: &[Table] = &[
    table!(stays "organisations"
        ["id" Id, "name" Text, "short_name" Text, "name_key" Text, "kind" Text, "sme" Bool, "country" Text,
         "region" Text, "city" Text, "postcode" Text, "address" Text, "lat" Float, "lon" Float,
         "place_precision" Text, "website" Text, "description" Text, "parent_id" Id, "project_count" Int,
         "merged_into" Id, "revision" Int, "created_at" Int, "updated_at" Int]
        owned by ["parent_id"] found by ["id", "parent_id"]),
    table!(moves "organisation_identifiers"
        ["scheme" Text, "value" Text, "organisation_id" Id, "source_id" Id, "observed_on" Text]
        owned by ["organisation_id"] key ["scheme", "value"]),
    table!(moves "organisation_names"
        ["organisation_id" Id, "name" Text, "kind" Text, "language" Text, "source_id" Id]
        owned by ["organisation_id"] key ["organisation_id", "name"]),
    table!(moves "organisation_statements"
        ["organisation_id" Id, "field" Text, "source_id" Id, "value" Text, "qualifier" Text, "inferred"
         Bool, "observed_on" Text]
        owned by ["organisation_id"] key ["organisation_id", "field", "source_id", "value"]),
    table!(moves "organisation_competences"
        ["organisation_id" Id, "concept_id" Text, "basis" Text, "weight" Float, "project_count" Int,
         "source_id" Id]
        owned by ["organisation_id"] key ["organisation_id", "concept_id", "basis"]),
    table!(moves "organisation_declarations"
        ["id" Id, "organisation_id" Id, "text" Text, "vouched_by" Id, "source_id" Id, "observed_on" Text]
        owned by ["organisation_id"] key ["organisation_id", "text"]),
    table!(moves "memberships"
        ["cluster_id" Id, "organisation_id" Id, "college" Text, "since" Text, "until" Text, "basis" Text,
         "source_id" Id, "fee_cents" Int, "audience" Text, "fee_audience" Text,
         "also_derived" Bool]
        owned by ["organisation_id"] key ["cluster_id", "organisation_id"]),
    table!(moves "cluster_organisations"
        ["cluster_id" Id, "organisation_id" Id]
        owned by ["organisation_id"] key ["cluster_id"]),
    table!(moves "facilities"
        ["organisation_id" Id, "operator_id" Id, "purpose" Text, "source_id" Id]
        owned by ["organisation_id", "operator_id"] key ["organisation_id"]),
    table!(moves "participations"
        ["project_id" Id, "organisation_id" Id, "role" Text, "eu_contribution_cents" Int]
        owned by ["organisation_id"] key ["project_id", "organisation_id"]),
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

/// Leaves only the memberships of which the test says so; one whose audience cannot be read is not among them.
pub(super) fn keep_memberships(rows: &mut Rows, test: impl Fn(ClusterId, &Audience) -> bool) {
    let Some(table) = TABLES.iter().find(|table| table.name == "memberships") else { return };
    let (cluster, audience) = (table.place("cluster_id"), table.place("audience"));
    let seen = |row: &Row| {
        let cluster = row.get(cluster)?.as_str()?.parse::<ClusterId>().ok()?;
        let audience = row.get(audience)?.as_str()?.parse::<Audience>().ok()?;
        Some(test(cluster, &audience))
    };
    rows.entry(table.name.to_owned()).or_default().retain(|row| seen(row).unwrap_or(false));
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
            let mut values = Vec::with_capacity(table.columns.len());
            for (place, (name, column)) in table.columns.iter().enumerate() {
                // A row that was kept before the table had this column says nothing of it.
                values.push(stored(*column, row.get(place).unwrap_or(&Json::Null)).ok_or_else(|| {
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

/// Keeps what undoing a merge needs.
pub(super) async fn put(
    transaction: &mut Transaction,
    id: MergeId,
    (kept, merged): (OrganisationId, OrganisationId),
    person: Option<uuid::Uuid>,
    now: Timestamp,
    rows: Json,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO merges (id, kept_id, merged_id, person_id, merged_at, before) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id)
        .bind(kept)
        .bind(merged)
        .bind(person)
        .bind(now)
        .bind(sqlx::types::Json(&rows))
    );
    Ok(())
}

/// A merge that is not undone: the record that was kept, the one merged into it, their rows.
pub(super) async fn standing(
    transaction: &mut Transaction,
    id: MergeId,
) -> Result<Option<(OrganisationId, OrganisationId, sqlx::types::Json<Kept>)>, Error> {
    Ok(row!(transaction, "SELECT kept_id, merged_id, before FROM merges WHERE id = $1 AND undone_at IS NULL", id,))
}

pub(super) async fn mark_undone(transaction: &mut Transaction, id: MergeId, now: Timestamp) -> Result<(), Error> {
    execute!(transaction, sqlx::query("UPDATE merges SET undone_at = $2 WHERE id = $1").bind(id).bind(now));
    Ok(())
}

pub(super) async fn merges_into(database: &Database, kept: OrganisationId) -> Result<Vec<Done>, Error> {
    Ok(rows!(
        database,
        "SELECT merges.id, merged_id, organisations.name, merged_at FROM merges
         JOIN organisations ON organisations.id = merged_id
         WHERE kept_id = $1 AND undone_at IS NULL ORDER BY merged_at DESC",
        kept,
    ))
}
