//! What a source states of an organisation, and how it becomes the record that Corridor shows.
//!
//! Every value is kept as a statement with its source. The record shows a value of a source until somebody or another
//! source has said something else: an import never overwrites what it did not write itself.

use std::collections::{HashMap, HashSet};

use crate::{
    directory::OrganisationId,
    foundation::{
        database::{Batch, Database, Transaction},
        errors::Error,
        ids::SourceId,
        time::Timestamp,
    },
};

/// A record of an organisation as the table holds it.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub(super) struct Record {
    pub id: OrganisationId,
    pub name: Option<String>,
    pub short_name: Option<String>,
    pub name_key: String,
    pub kind: String,
    pub sme: Option<bool>,
    pub country: Option<String>,
    pub region: Option<String>,
    pub city: Option<String>,
    pub postcode: Option<String>,
    pub address: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub place_precision: Option<String>,
    pub website: Option<String>,
    pub description: Option<String>,
    pub slug: Option<String>,
    pub parent_id: Option<OrganisationId>,
    pub project_count: i64,
    pub merged_into: Option<OrganisationId>,
    pub revision: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Record {
    /// An empty record.
    pub fn new(now: Timestamp) -> Self {
        Record {
            id: OrganisationId::new(),
            name: None,
            short_name: None,
            name_key: String::new(),
            kind: "other".to_owned(),
            sme: None,
            country: None,
            region: None,
            city: None,
            postcode: None,
            address: None,
            lat: None,
            lon: None,
            place_precision: None,
            website: None,
            description: None,
            slug: None,
            parent_id: None,
            project_count: 0,
            merged_into: None,
            revision: 1,
            created_at: now,
            updated_at: now,
        }
    }

    /// The shown value of a field, as a statement would spell it.
    fn shown(&self, field: &str) -> Option<String> {
        match field {
            "name" => self.name.clone(),
            "short_name" => self.short_name.clone(),
            "kind" => Some(self.kind.clone()),
            "sme" => self.sme.map(|sme| sme.to_string()),
            "country" => self.country.clone(),
            "region" => self.region.clone(),
            "city" => self.city.clone(),
            "postcode" => self.postcode.clone(),
            "address" => self.address.clone(),
            "position" => {
                let precision = self.place_precision.as_deref().unwrap_or("city");
                self.lat.zip(self.lon).map(|(lat, lon)| position(lat, lon, precision))
            }
            "website" => self.website.clone(),
            "description" => self.description.clone(),
            _ => None,
        }
    }

    /// Shows a value; fields that have no column stay statements.
    fn show(&mut self, field: &str, value: &str) {
        let text = Some(value.to_owned());
        match field {
            "name" => {
                self.name_key = ranking::identity::normalise(value);
                self.name = text;
            }
            "short_name" => self.short_name = text,
            "kind" => self.kind = value.to_owned(),
            "sme" => self.sme = Some(value == "true"),
            "country" => self.country = text,
            "region" => self.region = text,
            "city" => self.city = text,
            "postcode" => self.postcode = text,
            "address" => self.address = text,
            "position" => {
                let mut parts = value.split(' ');
                let mut number = || parts.next().and_then(|part| part.parse().ok());
                (self.lat, self.lon) = (number(), number());
                self.place_precision = value.split(' ').nth(2).map(str::to_owned);
            }
            "website" => self.website = text,
            "description" => self.description = text,
            _ => {}
        }
    }
}

/// A place on the map as a statement spells it.
pub(super) fn position(lat: f64, lon: f64, precision: &str) -> String {
    format!("{lat} {lon} {precision}")
}

/// One fact as a source states it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Fact {
    pub field: String,
    pub value: String,
    pub qualifier: Option<String>,
    pub inferred: bool,
    pub observed_on: Option<String>,
    pub source: SourceId,
    /// Whether a later statement of the source replaces this one; facts such as roles stand beside each other.
    pub single: bool,
}

impl Fact {
    /// A fact of a field that has one value.
    pub fn single(source: SourceId, field: &str, value: impl Into<String>, observed_on: Option<&str>) -> Self {
        Fact {
            field: field.to_owned(),
            value: value.into(),
            qualifier: None,
            inferred: false,
            observed_on: observed_on.map(str::to_owned),
            source,
            single: true,
        }
    }

    /// The same, concluded rather than stated.
    pub fn inferred(mut self) -> Self {
        self.inferred = true;
        self
    }
}

/// Another name of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct OtherName {
    pub name: String,
    /// `label`, `alias` or `acronym`.
    pub kind: &'static str,
    pub language: Option<String>,
}

/// A statement as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Statement {
    pub organisation_id: OrganisationId,
    pub field: String,
    pub source_id: SourceId,
    pub value: String,
}

/// What is known already of the organisations that a batch touches.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub records: HashMap<OrganisationId, Record>,
    pub statements: HashMap<(OrganisationId, String, SourceId), HashSet<String>>,
}

/// Reads the records and statements of organisations.
pub(super) async fn known(database: &Database, ids: &[OrganisationId]) -> Result<Known, Error> {
    let mut known = Known::default();
    for some in ids.chunks(10_000) {
        let records: Vec<Record> = on!(database, pool => {
            let mut query = sqlx::QueryBuilder::new(
                "SELECT id, name, short_name, name_key, kind, sme, country, region, city, postcode, address, lat, lon,
                        place_precision, website, description, slug, parent_id, project_count, merged_into, revision,
                        created_at, updated_at
                 FROM organisations WHERE id IN (",
            );
            let mut list = query.separated(", ");
            for id in some { list.push_bind(*id); }
            query.push(")");
            query.build_query_as::<Record>().fetch_all(pool).await?
        });
        known.records.extend(records.into_iter().map(|record| (record.id, record)));
        let statements: Vec<Statement> = on!(database, pool => {
            let mut query = sqlx::QueryBuilder::new(
                "SELECT organisation_id, field, source_id, value FROM organisation_statements WHERE organisation_id IN (",
            );
            let mut list = query.separated(", ");
            for id in some { list.push_bind(*id); }
            query.push(")");
            query.build_query_as::<Statement>().fetch_all(pool).await?
        });
        for statement in statements {
            let key = (statement.organisation_id, statement.field, statement.source_id);
            known.statements.entry(key).or_default().insert(statement.value);
        }
    }
    Ok(known)
}

/// What came of stating facts about one organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Created,
    Changed,
    Unchanged,
}

/// Rows to be written about organisations, in the order that foreign keys ask for.
#[derive(Debug)]
pub(super) struct Writer {
    records: HashMap<OrganisationId, Record>,
    order: Vec<OrganisationId>,
    statements: Batch,
    replaced: Vec<(OrganisationId, String, SourceId)>,
    identifiers: Batch,
    names: Batch,
    now: Timestamp,
}

impl Writer {
    pub fn new(now: Timestamp) -> Self {
        Writer {
            records: HashMap::new(),
            order: Vec::new(),
            statements: Batch::new(
                "INSERT INTO organisation_statements (organisation_id, field, source_id, value, qualifier, inferred, observed_on)",
                "ON CONFLICT DO NOTHING",
            ),
            replaced: Vec::new(),
            identifiers: Batch::new(
                "INSERT INTO organisation_identifiers (scheme, value, organisation_id, source_id, observed_on)",
                "ON CONFLICT DO NOTHING",
            ),
            names: Batch::new(
                "INSERT INTO organisation_names (organisation_id, name, kind, language, source_id)",
                "ON CONFLICT DO NOTHING",
            ),
            now,
        }
    }

    /// States facts of a new organisation (`known` has no record of it) or of one that is there.
    pub fn state(&mut self, base: Record, is_new: bool, known: &Known, facts: &[Fact]) -> Change {
        let id = base.id;
        let before = self.records.get(&id).cloned().unwrap_or(base);
        let mut record = before.clone();
        let mut stated = false;
        for fact in facts {
            let key = (id, fact.field.clone(), fact.source);
            let old = known.statements.get(&key);
            if old.is_some_and(|values| values.contains(&fact.value)) {
                continue;
            }
            stated = true;
            let shown = record.shown(&fact.field);
            let own = old.is_some_and(|values| shown.as_ref().is_some_and(|shown| values.contains(shown)));
            // «other» is the kind of a record of which none is known.
            let empty = shown.is_none() || (fact.field == "kind" && shown.as_deref() == Some("other"));
            if is_new || own || empty {
                record.show(&fact.field, &fact.value);
            }
            if fact.single && old.is_some() {
                self.replaced.push(key);
            }
            self.statements.push(vec![
                id.into(),
                fact.field.clone().into(),
                fact.source.into(),
                fact.value.clone().into(),
                fact.qualifier.clone().into(),
                fact.inferred.into(),
                fact.observed_on.clone().into(),
            ]);
        }
        let changed = record != before;
        if changed || is_new {
            if !is_new {
                record.revision += 1;
                record.updated_at = self.now;
            }
            self.put(record);
        }
        match (is_new, stated || changed) {
            (true, _) => Change::Created,
            (false, true) => Change::Changed,
            (false, false) => Change::Unchanged,
        }
    }

    /// Writes a record as it is given.
    pub fn put(&mut self, record: Record) {
        if self.records.insert(record.id, record.clone()).is_none() {
            self.order.push(record.id);
        }
    }

    pub fn identify(
        &mut self,
        id: OrganisationId,
        scheme: &str,
        value: &str,
        source: SourceId,
        observed_on: Option<&str>,
    ) {
        self.identifiers.push(vec![scheme.into(), value.into(), id.into(), source.into(), observed_on.into()]);
    }

    pub fn name(&mut self, id: OrganisationId, name: &OtherName, source: SourceId) {
        self.names.push(vec![
            id.into(),
            name.name.clone().into(),
            name.kind.into(),
            name.language.clone().into(),
            source.into(),
        ]);
    }

    /// Writes everything that waits.
    pub async fn write(&mut self, transaction: &mut Transaction) -> Result<(), Error> {
        let mut records = Batch::new(
            "INSERT INTO organisations (id, name, short_name, name_key, kind, sme, country, region, city, postcode, address, lat, lon, place_precision, website, description, slug, parent_id, project_count, merged_into, revision, created_at, updated_at)",
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, short_name = excluded.short_name,
             name_key = excluded.name_key, kind = excluded.kind, sme = excluded.sme, country = excluded.country,
             region = excluded.region, city = excluded.city, postcode = excluded.postcode, address = excluded.address,
             lat = excluded.lat, lon = excluded.lon, place_precision = excluded.place_precision,
             website = excluded.website, description = excluded.description, slug = excluded.slug,
             parent_id = excluded.parent_id, revision = excluded.revision, updated_at = excluded.updated_at",
        );
        for id in self.order.drain(..) {
            let Some(record) = self.records.remove(&id) else { continue };
            records.push(vec![
                record.id.into(),
                record.name.into(),
                record.short_name.into(),
                record.name_key.into(),
                record.kind.into(),
                record.sme.into(),
                record.country.into(),
                record.region.into(),
                record.city.into(),
                record.postcode.into(),
                record.address.into(),
                record.lat.into(),
                record.lon.into(),
                record.place_precision.into(),
                record.website.into(),
                record.description.into(),
                record.slug.into(),
                record.parent_id.into(),
                record.project_count.into(),
                record.merged_into.into(),
                record.revision.into(),
                record.created_at.into(),
                record.updated_at.into(),
            ]);
        }
        records.write(transaction).await?;
        for keys in self.replaced.chunks(1_000) {
            on!(transaction, connection => {
                let mut query = sqlx::QueryBuilder::new(
                    "DELETE FROM organisation_statements WHERE (organisation_id, field, source_id) IN (",
                );
                query.push_values(keys, |mut tuple, (id, field, source)| {
                    tuple.push_bind(*id).push_bind(field.clone()).push_bind(*source);
                });
                query.push(")");
                query.build().execute(connection).await?;
            });
        }
        self.replaced.clear();
        self.statements.write(transaction).await?;
        self.identifiers.write(transaction).await?;
        self.names.write(transaction).await?;
        Ok(())
    }
}

/// The identifiers of a scheme, by value.
pub(super) async fn identifiers(database: &Database, scheme: &str) -> Result<HashMap<String, OrganisationId>, Error> {
    let rows: Vec<(String, OrganisationId)> = on!(database, pool => sqlx::query_as(
        "SELECT value, organisation_id FROM organisation_identifiers WHERE scheme = $1",
    )
    .bind(scheme)
    .fetch_all(pool)
    .await?);
    Ok(rows.into_iter().collect())
}
