//! SQL of figures and owners. A merged record of an organisation stands for the one that it has become part of.

use uuid::Uuid;

use super::model::{Facts, Kept, Origin, Owner, Ownership, Year};
use crate::{
    accounts::ClusterId,
    directory::{OrganisationId, documents::StatedBy, model::shown_name},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::{Day, Timestamp},
    },
};

#[derive(sqlx::FromRow)]
struct YearRow {
    organisation_id: OrganisationId,
    year: i64,
    headcount: Option<i64>,
    turnover_cents: Option<i64>,
    balance_cents: Option<i64>,
    source: String,
    stated_on: String,
    #[sqlx(try_from = "String")]
    stated_by: StatedBy,
    created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct OwnershipRow {
    organisation_id: OrganisationId,
    source: String,
    stated_on: String,
    #[sqlx(try_from = "String")]
    stated_by: StatedBy,
    created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct OwnerRow {
    organisation_id: OrganisationId,
    owner_id: OrganisationId,
    percent_hundredths: i64,
    investor: Option<String>,
}

fn day(text: &str) -> Result<Day, Error> {
    text.parse().map_err(|error| Error::Unexpected(anyhow::anyhow!("a statement about size: {error}")))
}

/// All that a cluster keeps of organisations' sizes.
pub(super) async fn kept(database: &Database, cluster: ClusterId) -> Result<Kept, Error> {
    let years: Vec<YearRow> = rows!(
        database,
        "SELECT COALESCE(merged.now_id, figures.organisation_id) AS organisation_id, figures.year, figures.headcount,
                figures.turnover_cents, figures.balance_cents, figures.source, figures.stated_on, figures.stated_by,
                figures.created_at
         FROM organisation_figures figures
         LEFT JOIN merged_organisations merged ON merged.id = figures.organisation_id
         WHERE figures.cluster_id = $1 ORDER BY figures.year DESC, figures.created_at DESC",
        cluster,
    );
    let stated: Vec<OwnershipRow> = rows!(
        database,
        "SELECT COALESCE(merged.now_id, ownership.organisation_id) AS organisation_id, ownership.source,
                ownership.stated_on, ownership.stated_by, ownership.created_at
         FROM organisation_ownership ownership
         LEFT JOIN merged_organisations merged ON merged.id = ownership.organisation_id
         WHERE ownership.cluster_id = $1 ORDER BY ownership.created_at DESC",
        cluster,
    );
    let owners: Vec<OwnerRow> = rows!(
        database,
        "SELECT COALESCE(merged.now_id, owned.organisation_id) AS organisation_id,
                COALESCE(same.now_id, owned.owner_id) AS owner_id, owned.percent_hundredths, owned.investor
         FROM organisation_owners owned
         LEFT JOIN merged_organisations merged ON merged.id = owned.organisation_id
         LEFT JOIN merged_organisations same ON same.id = owned.owner_id
         WHERE owned.cluster_id = $1 ORDER BY owned.percent_hundredths DESC, owned.owner_id",
        cluster,
    );
    let named: Vec<(OrganisationId, Option<String>, Option<String>, String)> = rows!(
        database,
        "SELECT id, name, short_name, kind FROM organisations WHERE id IN (
             SELECT COALESCE(merged.now_id, figures.organisation_id) FROM organisation_figures figures
             LEFT JOIN merged_organisations merged ON merged.id = figures.organisation_id
             WHERE figures.cluster_id = $1
             UNION SELECT COALESCE(merged.now_id, ownership.organisation_id) FROM organisation_ownership ownership
             LEFT JOIN merged_organisations merged ON merged.id = ownership.organisation_id
             WHERE ownership.cluster_id = $1
             UNION SELECT COALESCE(merged.now_id, owned.owner_id) FROM organisation_owners owned
             LEFT JOIN merged_organisations merged ON merged.id = owned.owner_id WHERE owned.cluster_id = $1)",
        cluster,
    );
    let mut kept: Kept = named
        .into_iter()
        .map(|(id, name, short, kind)| {
            let name = shown_name(name.as_deref().or(short.as_deref()), None, id);
            (id, Facts { name, kind, ..Facts::default() })
        })
        .collect();
    for row in years {
        let Some(facts) = kept.get_mut(&row.organisation_id) else { continue };
        let year = u16::try_from(row.year).unwrap_or(0);
        // Of two records of one organisation that were merged, what was stated last counts.
        if facts.years.iter().any(|known| known.year == year) {
            continue;
        }
        let origin =
            Origin { source: row.source, stated_on: day(&row.stated_on)?, by: row.stated_by, at: row.created_at };
        facts.years.push(Year {
            year,
            headcount: row.headcount.and_then(|staff| u32::try_from(staff).ok()),
            turnover_cents: row.turnover_cents,
            balance_cents: row.balance_cents,
            origin,
        });
    }
    for row in stated {
        let Some(facts) = kept.get_mut(&row.organisation_id) else { continue };
        let stated_on = day(&row.stated_on)?;
        let origin = Origin { source: row.source, stated_on, by: row.stated_by, at: row.created_at };
        facts.ownership.get_or_insert(Ownership { owners: Vec::new(), origin });
    }
    for row in owners {
        let ownership = kept.get_mut(&row.organisation_id).and_then(|facts| facts.ownership.as_mut());
        let Some(ownership) = ownership else { continue };
        let again = ownership.owners.iter().any(|known| known.owner == row.owner_id);
        if row.owner_id == row.organisation_id || again {
            continue;
        }
        let investor = row.investor.as_deref().and_then(super::investor_of);
        ownership.owners.push(Owner { owner: row.owner_id, hundredths: row.percent_hundredths, investor });
    }
    Ok(kept)
}

/// Who states something of whom.
pub(super) struct Statement<'a> {
    pub(super) cluster: ClusterId,
    pub(super) organisation: OrganisationId,
    pub(super) source: &'a str,
    pub(super) stated_on: Day,
    pub(super) by: StatedBy,
    pub(super) person: Option<Uuid>,
    pub(super) at: Timestamp,
}

/// Keeps the figures of a year, in place of those that were there.
pub(super) async fn put_year(
    transaction: &mut Transaction,
    statement: &Statement<'_>,
    year: u16,
    (headcount, turnover, balance): (Option<u32>, Option<i64>, Option<i64>),
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO organisation_figures (cluster_id, organisation_id, year, headcount, turnover_cents, balance_cents,
                 source, stated_on, stated_by, person_id, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT (cluster_id, organisation_id, year) DO UPDATE SET headcount = excluded.headcount,
                 turnover_cents = excluded.turnover_cents, balance_cents = excluded.balance_cents,
                 source = excluded.source, stated_on = excluded.stated_on, stated_by = excluded.stated_by,
                 person_id = excluded.person_id, created_at = excluded.created_at",
        )
        .bind(statement.cluster)
        .bind(statement.organisation)
        .bind(i64::from(year))
        .bind(headcount.map(i64::from))
        .bind(turnover)
        .bind(balance)
        .bind(statement.source)
        .bind(statement.stated_on.to_string())
        .bind(statement.by.key())
        .bind(statement.person)
        .bind(statement.at)
    );
    Ok(())
}

/// Takes the figures of a year away, of every record that has become the organisation; whether there were any.
pub(super) async fn remove_year(
    transaction: &mut Transaction,
    cluster: ClusterId,
    organisation: OrganisationId,
    year: u16,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "DELETE FROM organisation_figures WHERE cluster_id = $1 AND year = $3
             AND (organisation_id = $2 OR organisation_id IN (SELECT id FROM merged_organisations WHERE now_id = $2))",
        )
        .bind(cluster)
        .bind(organisation)
        .bind(i64::from(year))
    ) > 0)
}

/// Keeps who holds an organisation, in place of what was stated before.
pub(super) async fn put_owners(
    transaction: &mut Transaction,
    statement: &Statement<'_>,
    owners: &[Owner],
) -> Result<(), Error> {
    // First the row of the organisation, for which whoever writes at the same moment waits.
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO organisation_ownership (cluster_id, organisation_id, source, stated_on, stated_by, person_id,
                 created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (cluster_id, organisation_id) DO UPDATE SET source = excluded.source,
                 stated_on = excluded.stated_on, stated_by = excluded.stated_by, person_id = excluded.person_id,
                 created_at = excluded.created_at",
        )
        .bind(statement.cluster)
        .bind(statement.organisation)
        .bind(statement.source)
        .bind(statement.stated_on.to_string())
        .bind(statement.by.key())
        .bind(statement.person)
        .bind(statement.at)
    );
    for query in [
        "DELETE FROM organisation_owners WHERE cluster_id = $1
         AND (organisation_id = $2 OR organisation_id IN (SELECT id FROM merged_organisations WHERE now_id = $2))",
        "DELETE FROM organisation_ownership WHERE cluster_id = $1
         AND organisation_id IN (SELECT id FROM merged_organisations WHERE now_id = $2)",
    ] {
        execute!(transaction, sqlx::query(query).bind(statement.cluster).bind(statement.organisation));
    }
    for owner in owners {
        execute!(
            transaction,
            sqlx::query(
                "INSERT INTO organisation_owners (cluster_id, organisation_id, owner_id, percent_hundredths, investor)
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(statement.cluster)
            .bind(statement.organisation)
            .bind(owner.owner)
            .bind(owner.hundredths)
            .bind(owner.investor.and_then(super::investor_key))
        );
    }
    Ok(())
}

/// A statement that somebody made, as it is told to them.
#[derive(sqlx::FromRow)]
pub(super) struct Told {
    pub(super) cluster_id: ClusterId,
    pub(super) cluster: String,
    pub(super) organisation_id: OrganisationId,
    pub(super) organisation: Option<String>,
    pub(super) source: String,
    pub(super) created_at: Timestamp,
}

pub(super) async fn stated_by(database: &Database, person: Option<Uuid>) -> Result<Vec<Told>, Error> {
    Ok(rows!(
        database,
        "SELECT told.cluster_id, clusters.name AS cluster, told.organisation_id, organisations.name AS organisation,
                told.source, told.created_at
         FROM (SELECT cluster_id, organisation_id, source, created_at, person_id FROM organisation_figures
               UNION ALL SELECT cluster_id, organisation_id, source, created_at, person_id FROM organisation_ownership) told
         JOIN clusters ON clusters.id = told.cluster_id JOIN organisations ON organisations.id = told.organisation_id
         WHERE told.person_id = $1 ORDER BY told.created_at, told.organisation_id",
        person,
    ))
}

/// Takes somebody out of what they stated; says of how many statements.
pub(super) async fn forget_person(transaction: &mut Transaction, person: Option<Uuid>) -> Result<u64, Error> {
    let mut touched = 0;
    for statement in [
        "UPDATE organisation_figures SET person_id = NULL WHERE person_id = $1",
        "UPDATE organisation_ownership SET person_id = NULL WHERE person_id = $1",
    ] {
        touched += execute!(transaction, sqlx::query(statement).bind(person));
    }
    Ok(touched)
}
