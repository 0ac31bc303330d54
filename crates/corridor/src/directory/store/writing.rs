//! What is written of organisations: rows of all their tables, in few statements.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::{
    accounts::{ClusterId, visibility::Audience},
    directory::{
        OrganisationId,
        imports::facts::{Fact, Stated},
        record::Organisation,
    },
    foundation::{
        database::{Batch, Database, Transaction, Value},
        errors::Error,
        ids::SourceId,
    },
};

/// A membership as it is stored.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub(in crate::directory) struct StoredMembership {
    pub organisation_id: OrganisationId,
    pub college: Option<String>,
    pub since: Option<String>,
    pub until: Option<String>,
    pub fee_cents: Option<i64>,
    pub basis: String,
    /// Who sees it, where it is new.
    #[sqlx(try_from = "String")]
    pub audience: Audience,
}

impl StoredMembership {
    /// A membership of which nothing is known but on what basis it stands.
    pub fn bare(organisation_id: OrganisationId, basis: &str) -> Self {
        StoredMembership {
            organisation_id,
            college: None,
            since: None,
            until: None,
            fee_cents: None,
            basis: basis.to_owned(),
            audience: Audience::Public,
        }
    }
}

/// Which memberships that are there give way to one that is written.
#[derive(Clone, Copy, Debug)]
pub(in crate::directory) enum Replacing {
    /// None; one that is there notes that the region says so too.
    Nothing,
    /// Those that were derived from the region.
    Derived,
    /// Every one: the cluster itself states it anew.
    Everything,
}

/// Rows about organisations that wait to be written together.
#[derive(Debug)]
pub(in crate::directory) struct Rows {
    organisations: HashMap<OrganisationId, Organisation>,
    order: Vec<OrganisationId>,
    replaced: Vec<(OrganisationId, String, SourceId)>,
    statements: Batch,
    identifiers: Batch,
    names: Batch,
    members: HashSet<(ClusterId, OrganisationId)>,
    memberships: Batch,
    declarations: Batch,
    competences: Batch,
}

impl Rows {
    pub fn new(replacing: Replacing) -> Self {
        Rows {
            organisations: HashMap::new(),
            order: Vec::new(),
            replaced: Vec::new(),
            statements: Batch::new(
                "INSERT INTO organisation_statements (organisation_id, field, source_id, value, qualifier, inferred, observed_on)",
                "ON CONFLICT (organisation_id, field, source_id, value) DO NOTHING",
            ),
            identifiers: Batch::new(
                "INSERT INTO organisation_identifiers (scheme, value, organisation_id, source_id, observed_on)",
                "ON CONFLICT DO NOTHING",
            ),
            names: Batch::new(
                "INSERT INTO organisation_names (organisation_id, name, kind, language, source_id)",
                "ON CONFLICT DO NOTHING",
            ),
            members: HashSet::new(),
            memberships: Batch::new(
                "INSERT INTO memberships (cluster_id, organisation_id, college, since, until, fee_cents, basis, source_id, audience)",
                match replacing {
                    Replacing::Nothing => {
                        "ON CONFLICT (cluster_id, organisation_id) DO UPDATE SET also_derived = TRUE
                         WHERE excluded.basis = 'derived_from_region' AND memberships.basis <> 'derived_from_region'"
                    }
                    Replacing::Derived => {
                        "ON CONFLICT (cluster_id, organisation_id) DO UPDATE SET college = excluded.college,
                         since = excluded.since, until = excluded.until, fee_cents = excluded.fee_cents,
                         basis = excluded.basis, source_id = excluded.source_id, audience = excluded.audience,
                         also_derived = TRUE
                         WHERE memberships.basis = 'derived_from_region'"
                    }
                    Replacing::Everything => {
                        "ON CONFLICT (cluster_id, organisation_id) DO UPDATE SET college = excluded.college,
                         since = excluded.since, until = excluded.until, fee_cents = excluded.fee_cents,
                         audience = CASE WHEN memberships.basis = 'derived_from_region' THEN excluded.audience
                                         ELSE memberships.audience END,
                         also_derived = memberships.also_derived OR memberships.basis = 'derived_from_region',
                         basis = excluded.basis, source_id = excluded.source_id"
                    }
                },
            ),
            declarations: Batch::new(
                "INSERT INTO organisation_declarations (id, organisation_id, text, vouched_by, source_id, observed_on)",
                "ON CONFLICT DO NOTHING",
            ),
            competences: Batch::new(
                "INSERT INTO organisation_competences (organisation_id, concept_id, basis, weight, project_count, source_id)",
                "ON CONFLICT DO NOTHING",
            ),
        }
    }

    /// The record that waits to be written, where one does.
    pub fn waiting(&self, id: OrganisationId) -> Option<&Organisation> {
        self.organisations.get(&id)
    }

    /// A record. Where one is stored, it is replaced only if its revision is the one before: what a person changed
    /// since the record was read stays.
    pub fn organisation(&mut self, record: Organisation) {
        let id = record.id;
        if self.organisations.insert(id, record).is_none() {
            self.order.push(id);
        }
    }

    /// A statement; `replaces` takes away what the same source stated of the field before.
    pub fn statement(&mut self, id: OrganisationId, fact: &Fact, replaces: bool) {
        if replaces {
            self.replaced.push((id, fact.field.clone(), fact.source));
        }
        self.statements.push(vec![
            id.into(),
            fact.field.as_str().into(),
            fact.source.into(),
            fact.value.as_str().into(),
            fact.qualifier.as_deref().into(),
            fact.inferred.into(),
            fact.observed_on.as_deref().into(),
        ]);
    }

    /// An identifier; one that is taken stays with the organisation that has it.
    pub fn identifier(&mut self, id: OrganisationId, scheme: &str, value: &str, source: SourceId, seen: Option<&str>) {
        self.identifiers.push(vec![scheme.into(), value.into(), id.into(), source.into(), seen.into()]);
    }

    /// Another name: `label`, `alias` or `acronym`.
    pub fn name(&mut self, id: OrganisationId, name: &str, kind: &str, language: Option<&str>, source: SourceId) {
        self.names.push(vec![id.into(), name.into(), kind.into(), language.into(), source.into()]);
    }

    /// A membership; the first one of an organisation counts.
    pub fn membership(&mut self, cluster: ClusterId, membership: &StoredMembership, source: SourceId) {
        if !self.members.insert((cluster, membership.organisation_id)) {
            return;
        }
        self.memberships.push(vec![
            cluster.into(),
            membership.organisation_id.into(),
            membership.college.as_deref().into(),
            membership.since.as_deref().into(),
            membership.until.as_deref().into(),
            membership.fee_cents.into(),
            membership.basis.as_str().into(),
            source.into(),
            membership.audience.to_string().into(),
        ]);
    }

    /// What an organisation says of itself in its own words.
    pub fn declaration(
        &mut self,
        id: OrganisationId,
        text: &str,
        vouched_by: Option<ClusterId>,
        source: SourceId,
        seen: Option<&str>,
    ) {
        self.declarations.push(vec![
            Uuid::now_v7().into(),
            id.into(),
            text.into(),
            vouched_by.into(),
            source.into(),
            seen.into(),
        ]);
    }

    /// A competence that somebody states.
    pub fn competence(&mut self, id: OrganisationId, concept: &str, basis: &str, source: SourceId) {
        self.weighed_competence(id, concept, basis, (1.0, 0), source);
    }

    /// A competence with its weight and the count of projects that show it.
    pub fn weighed_competence(
        &mut self,
        id: OrganisationId,
        concept: &str,
        basis: &str,
        (weight, projects): (f64, i64),
        source: SourceId,
    ) {
        self.competences.push(vec![
            id.into(),
            concept.into(),
            basis.into(),
            weight.into(),
            projects.into(),
            source.into(),
        ]);
    }

    /// Writes everything that waits, in the order that foreign keys ask for; tells how many memberships are new.
    pub async fn write(&mut self, transaction: &mut Transaction) -> Result<u64, Error> {
        let mut organisations = Batch::new(
            "INSERT INTO organisations (id, name, short_name, name_key, kind, sme, country, region, city, postcode, address, lat, lon, place_precision, website, description, slug, parent_id, project_count, merged_into, revision, created_at, updated_at)",
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, short_name = excluded.short_name,
             name_key = excluded.name_key, kind = excluded.kind, sme = excluded.sme, country = excluded.country,
             region = excluded.region, city = excluded.city, postcode = excluded.postcode, address = excluded.address,
             lat = excluded.lat, lon = excluded.lon, place_precision = excluded.place_precision,
             website = excluded.website, description = excluded.description, slug = excluded.slug,
             parent_id = excluded.parent_id, revision = excluded.revision, updated_at = excluded.updated_at
             WHERE organisations.revision = excluded.revision - 1",
        );
        for id in self.order.drain(..) {
            organisations.extend(self.organisations.remove(&id).map(values));
        }
        organisations.write(transaction).await?;
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
        self.declarations.write(transaction).await?;
        self.competences.write(transaction).await?;
        self.members.clear();
        self.memberships.write(transaction).await
    }
}

fn values(record: Organisation) -> Vec<Value> {
    vec![
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
    ]
}

/// The records of organisations, as they are shown and as imports compare them.
pub(in crate::directory) async fn organisations(
    database: &Database,
    ids: &[OrganisationId],
) -> Result<Vec<Organisation>, Error> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(10_000) {
        found.extend(on!(database, pool => {
            let mut query = sqlx::QueryBuilder::new(
                "SELECT id, name, short_name, name_key, kind, sme, country, region, city, postcode, address, lat, lon,
                        place_precision, website, description, slug, parent_id, project_count, merged_into, revision,
                        created_at, updated_at
                 FROM organisations WHERE id IN (",
            );
            let mut list = query.separated(", ");
            for id in some { list.push_bind(*id); }
            query.push(")");
            query.build_query_as::<Organisation>().fetch_all(pool).await?
        }));
    }
    Ok(found)
}

/// What sources state of organisations, field by field.
pub(in crate::directory) async fn stated(database: &Database, ids: &[OrganisationId]) -> Result<Vec<Stated>, Error> {
    let mut found = Vec::new();
    for some in ids.chunks(10_000) {
        found.extend(on!(database, pool => {
            let mut query = sqlx::QueryBuilder::new(
                "SELECT organisation_id, field, source_id, value,
                        sources.slug = 'own-statement' OR sources.slug LIKE 'cluster-statement-%' AS by_a_person
                 FROM organisation_statements JOIN sources ON sources.id = source_id WHERE organisation_id IN (",
            );
            let mut list = query.separated(", ");
            for id in some { list.push_bind(*id); }
            query.push(")");
            query.build_query_as::<Stated>().fetch_all(pool).await?
        }));
    }
    Ok(found)
}

/// The identifiers of a register, with the organisation that bears each.
pub(in crate::directory) async fn bearers(
    database: &Database,
    scheme: &str,
) -> Result<HashMap<String, OrganisationId>, Error> {
    let rows: Vec<(String, OrganisationId)> =
        rows!(database, "SELECT value, organisation_id FROM organisation_identifiers WHERE scheme = $1", scheme,);
    Ok(rows.into_iter().collect())
}

/// Makes an organisation a part of another, where it is a part of none.
pub(in crate::directory) async fn put_parent(
    transaction: &mut Transaction,
    id: OrganisationId,
    parent: OrganisationId,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("UPDATE organisations SET parent_id = $2 WHERE id = $1 AND parent_id IS NULL AND id <> $2")
            .bind(id)
            .bind(parent)
    );
    Ok(())
}

/// Brings the count of projects that every record shows up to date.
pub(in crate::directory) async fn count_projects(transaction: &mut Transaction) -> Result<(), Error> {
    execute!(transaction, sqlx::query(
        "UPDATE organisations SET project_count = (SELECT COUNT(*) FROM participations WHERE participations.organisation_id = organisations.id)
         WHERE project_count <> (SELECT COUNT(*) FROM participations WHERE participations.organisation_id = organisations.id)",
    ));
    Ok(())
}

/// Says who sees a membership and its fee; whether there is one.
pub(in crate::directory) async fn show_membership_to(
    transaction: &mut Transaction,
    organisation: OrganisationId,
    cluster: ClusterId,
    audience: &Audience,
    fee: &Audience,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE memberships SET audience = $3, fee_audience = $4 WHERE cluster_id = $1 AND organisation_id = $2",
        )
        .bind(cluster)
        .bind(organisation)
        .bind(audience.to_string())
        .bind(fee.to_string())
    ) == 1)
}
