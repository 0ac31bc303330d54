//! SQL of legal bases, disclosures and holds.

use std::collections::HashSet;

use uuid::Uuid;

use super::{
    Basis, BasisEntry, DUE_SHOWN, Disclosed, Disclosure, DisclosureId, DisclosureLine, Due, DueRow, Event, HoldId,
    Mention, Proof, Subject,
};
use crate::foundation::{
    database::{Batch, Database, Transaction},
    errors::Error,
    time::Timestamp,
};

pub(super) async fn put_bases(transaction: &mut Transaction, entries: &[BasisEntry]) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO personal_bases (id, at, kind, datum, field, event, basis, wording, wording_version, channel, \
         entered_by, cluster_id)",
        "",
    );
    batch.extend(entries.iter().map(|entry| {
        vec![
            Uuid::now_v7().into(),
            entry.at.into(),
            entry.kind.as_str().into(),
            entry.id.as_str().into(),
            entry.field.as_str().into(),
            entry.event.key().into(),
            entry.basis.key().into(),
            entry.proof.wording.as_str().into(),
            entry.proof.version.as_str().into(),
            entry.proof.channel.as_str().into(),
            entry.entered_by.into(),
            entry.cluster.into(),
        ]
    }));
    batch.write(transaction).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct BasisRow {
    at: Timestamp,
    kind: String,
    datum: String,
    field: String,
    event: String,
    basis: String,
    wording: String,
    wording_version: String,
    channel: String,
    entered_by: Option<Uuid>,
    cluster_id: Option<Uuid>,
}

impl BasisRow {
    fn entry(self) -> Result<BasisEntry, Error> {
        let unknown =
            |word: &str| anyhow::anyhow!("the log of legal bases has a word that this version does not know: {word}");
        Ok(BasisEntry {
            at: self.at,
            kind: self.kind,
            id: self.datum,
            field: self.field,
            event: Event::of(&self.event).ok_or_else(|| unknown(&self.event))?,
            basis: Basis::of(&self.basis).ok_or_else(|| unknown(&self.basis))?,
            proof: Proof { wording: self.wording, version: self.wording_version, channel: self.channel },
            entered_by: self.entered_by,
            cluster: self.cluster_id,
        })
    }
}

const OF_DATUM: &str =
    "SELECT at, kind, datum, field, event, basis, wording, wording_version, channel, entered_by, cluster_id
     FROM personal_bases WHERE kind = $1 AND datum = $2 ORDER BY at, id";

pub(super) async fn bases(database: &Database, kind: &str, id: &str) -> Result<Vec<BasisEntry>, Error> {
    let rows: Vec<BasisRow> = rows!(database, OF_DATUM, kind, id);
    rows.into_iter().map(BasisRow::entry).collect()
}

pub(super) async fn bases_in(transaction: &mut Transaction, kind: &str, id: &str) -> Result<Vec<BasisEntry>, Error> {
    let rows: Vec<BasisRow> = rows!(transaction, OF_DATUM, kind, id);
    rows.into_iter().map(BasisRow::entry).collect()
}

pub(super) async fn recent_bases(
    database: &Database,
    cluster: Option<Uuid>,
    basis: Option<Basis>,
    limit: i64,
) -> Result<Vec<BasisEntry>, Error> {
    let rows: Vec<BasisRow> = rows!(
        database,
        "SELECT at, kind, datum, field, event, basis, wording, wording_version, channel, entered_by, cluster_id
         FROM personal_bases WHERE ($1 IS NULL OR cluster_id = $1) AND ($2 = '' OR basis = $2)
         ORDER BY at DESC, id DESC LIMIT $3",
        cluster,
        basis.map_or("", Basis::key),
        limit,
    );
    rows.into_iter().map(BasisRow::entry).collect()
}

pub(super) async fn founded(database: &Database, kind: &str) -> Result<HashSet<String>, Error> {
    let data: Vec<String> = values!(database, "SELECT DISTINCT datum FROM personal_bases WHERE kind = $1", kind);
    Ok(data.into_iter().collect())
}

pub(super) async fn put_disclosure(
    transaction: &mut Transaction,
    disclosure: &Disclosure<'_>,
    whose: &[Disclosed],
) -> Result<DisclosureId, Error> {
    let id = DisclosureId::new();
    let mut batch = Batch::new(
        "INSERT INTO personal_disclosures (id, at, channel, purpose, recipient, recipient_person, recipient_email, cluster_id)",
        "",
    );
    batch.push(vec![
        id.into(),
        disclosure.at.into(),
        disclosure.channel.into(),
        disclosure.purpose.into(),
        disclosure.recipient.into(),
        disclosure.recipient_person.into(),
        disclosure.recipient_email.map(str::to_lowercase).into(),
        disclosure.cluster.into(),
    ]);
    batch.write(transaction).await?;
    let mut batch = Batch::new("INSERT INTO personal_disclosed (id, disclosure_id, person_id, email, kind, datum)", "");
    batch.extend(whose.iter().map(|one| {
        vec![
            Uuid::now_v7().into(),
            id.into(),
            one.subject.person_id().into(),
            one.subject.email().into(),
            one.kind.into(),
            one.datum.as_str().into(),
        ]
    }));
    batch.write(transaction).await?;
    Ok(id)
}

pub(super) async fn disclosures(database: &Database, subject: &Subject) -> Result<Vec<DisclosureLine>, Error> {
    Ok(rows!(
        database,
        "SELECT personal_disclosures.id, at, channel, purpose, recipient, recipient_person, recipient_email, cluster_id,
                kind, datum
         FROM personal_disclosed JOIN personal_disclosures ON personal_disclosures.id = disclosure_id
         WHERE personal_disclosed.person_id = $1 OR personal_disclosed.email = $2
         ORDER BY at DESC, personal_disclosed.id DESC LIMIT 1000",
        subject.person_id(),
        subject.email(),
    ))
}

/// A release that the person received.
#[derive(sqlx::FromRow)]
pub(super) struct Received {
    pub(super) id: Uuid,
    pub(super) at: Timestamp,
    pub(super) channel: String,
    pub(super) purpose: String,
    pub(super) recipient: String,
    pub(super) cluster_id: Option<Uuid>,
}

pub(super) async fn received(database: &Database, subject: &Subject) -> Result<Vec<Received>, Error> {
    Ok(rows!(
        database,
        "SELECT id, at, channel, purpose, recipient, cluster_id FROM personal_disclosures
         WHERE recipient_person = $1 OR recipient_email = $2 ORDER BY at DESC, id DESC LIMIT 1000",
        subject.person_id(),
        subject.email(),
    ))
}

/// Takes the person out of the log, as the one it is about and as the one who received something.
pub(super) async fn unname_disclosures(transaction: &mut Transaction, subject: &Subject) -> Result<u64, Error> {
    let received = execute!(
        transaction,
        sqlx::query(
            "UPDATE personal_disclosures SET recipient = '', recipient_person = NULL, recipient_email = NULL
             WHERE recipient_person = $1 OR recipient_email = $2",
        )
        .bind(subject.person_id())
        .bind(subject.email())
    );
    let about = execute!(
        transaction,
        sqlx::query("UPDATE personal_disclosed SET person_id = NULL, email = NULL WHERE person_id = $1 OR email = $2")
            .bind(subject.person_id())
            .bind(subject.email())
    );
    // There is nothing left that a hold could keep.
    execute!(
        transaction,
        sqlx::query("DELETE FROM personal_holds WHERE person_id = $1 OR email = $2")
            .bind(subject.person_id())
            .bind(subject.email())
    );
    Ok(received + about)
}

#[derive(sqlx::FromRow)]
struct OldDisclosure {
    id: Uuid,
    channel: String,
    purpose: String,
    at: Timestamp,
}

pub(super) async fn due_disclosures(database: &Database, before: Timestamp) -> Result<Due, Error> {
    let count: Option<i64> = value!(database, "SELECT COUNT(*) FROM personal_disclosures WHERE at < $1", before);
    let first: Vec<OldDisclosure> = rows!(
        database,
        "SELECT id, channel, purpose, at FROM personal_disclosures WHERE at < $1 ORDER BY at, id LIMIT $2",
        before,
        DUE_SHOWN,
    );
    Ok(Due {
        count: count.unwrap_or_default().unsigned_abs(),
        oldest: first.first().map(|row| row.at),
        first: first
            .into_iter()
            .map(|row| DueRow {
                id: row.id.to_string(),
                label: format!("{} {}", row.channel, row.purpose),
                at: row.at,
                subject: None,
            })
            .collect(),
    })
}

pub(super) async fn expire_disclosures(
    transaction: &mut Transaction,
    before: Timestamp,
    limit: i64,
) -> Result<u64, Error> {
    execute!(
        transaction,
        sqlx::query(
            "DELETE FROM personal_disclosed WHERE disclosure_id IN
             (SELECT id FROM personal_disclosures WHERE at < $1 ORDER BY at, id LIMIT $2)",
        )
        .bind(before)
        .bind(limit)
    );
    Ok(execute!(
        transaction,
        sqlx::query(
            "DELETE FROM personal_disclosures WHERE id IN
             (SELECT id FROM personal_disclosures WHERE at < $1 ORDER BY at, id LIMIT $2)",
        )
        .bind(before)
        .bind(limit)
    ))
}

pub(super) async fn put_hold(
    transaction: &mut Transaction,
    subject: &Subject,
    now: Timestamp,
) -> Result<HoldId, Error> {
    let id = HoldId::new();
    let mut batch = Batch::new("INSERT INTO personal_holds (id, person_id, email, since)", "");
    batch.push(vec![id.into(), subject.person_id().into(), subject.email().into(), now.into()]);
    batch.write(transaction).await?;
    Ok(id)
}

pub(super) async fn remove_hold(transaction: &mut Transaction, hold: HoldId) -> Result<(), Error> {
    execute!(transaction, sqlx::query("DELETE FROM personal_holds WHERE id = $1").bind(hold));
    Ok(())
}

/// Every column of every table that holds texts or documents.
async fn text_columns(database: &Database) -> Result<Vec<(String, String)>, Error> {
    Ok(match database {
        Database::Sqlite { readers, .. } => {
            sqlx::query_as(
                "SELECT tables.name, columns.name FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
                 WHERE tables.type = 'table' AND columns.type IN ('TEXT', 'JSONB') ORDER BY 1, 2",
            )
            .fetch_all(readers)
            .await?
        }
        Database::Postgres(pool) => {
            sqlx::query_as(
                "SELECT CAST(tables.table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns
                 JOIN information_schema.tables ON tables.table_schema = columns.table_schema
                      AND tables.table_name = columns.table_name
                 WHERE columns.table_schema = CURRENT_SCHEMA AND table_type = 'BASE TABLE' AND data_type IN ('text', 'jsonb')
                 ORDER BY 1, 2",
            )
            .fetch_all(pool)
            .await?
        }
    })
}

pub(super) async fn mentions(database: &Database, subject: &Subject) -> Result<Vec<Mention>, Error> {
    let [_, address, name] = subject.patterns();
    let mut found = Vec::new();
    for (table, column) in text_columns(database).await? {
        // The names come from the database's own list of its columns.
        let query = format!(
            "SELECT CAST(\"{column}\" AS TEXT) FROM \"{table}\"
             WHERE LOWER(CAST(\"{column}\" AS TEXT)) LIKE $1 OR LOWER(CAST(\"{column}\" AS TEXT)) LIKE $2 LIMIT 1000"
        );
        let texts: Vec<String> = on!(database, pool => {
            let query = sqlx::query_scalar(sqlx::AssertSqlSafe(query.clone()));
            query.bind(address.clone()).bind(name.clone()).fetch_all(pool).await?
        });
        let rows = texts.iter().filter(|text| subject.is_named_in(text)).count();
        if rows > 0 {
            found.push(Mention { table, column, rows });
        }
    }
    Ok(found)
}
