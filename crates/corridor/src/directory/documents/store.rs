//! SQL of documents. A merged record of an organisation stands for the one that it has become part of.

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Document, DocumentId, DocumentKind, File, Reach, Stated, StatedBy};
use crate::{
    accounts::ClusterId,
    directory::OrganisationId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        personal::aged,
        time::{Day, Timestamp},
    },
};

#[derive(sqlx::FromRow)]
struct Row {
    id: DocumentId,
    cluster_id: ClusterId,
    organisation_id: OrganisationId,
    draft_id: Option<Uuid>,
    #[sqlx(try_from = "String")]
    kind: DocumentKind,
    title: String,
    issued_on: Option<String>,
    valid_until: Option<String>,
    link: Option<String>,
    #[sqlx(try_from = "String")]
    stated_by: StatedBy,
    person: Option<String>,
    created_at: Timestamp,
    file_name: Option<String>,
    file_size: Option<i64>,
}

impl From<Row> for Document {
    fn from(row: Row) -> Self {
        let day = |text: Option<String>| text.and_then(|text| text.parse::<Day>().ok());
        Document {
            id: row.id,
            cluster: row.cluster_id,
            organisation: row.organisation_id,
            draft: row.draft_id,
            kind: row.kind,
            title: row.title,
            issued_on: day(row.issued_on),
            valid_until: day(row.valid_until),
            link: row.link,
            stated_by: row.stated_by,
            person: row.person,
            created_at: row.created_at,
            file: row.file_name.zip(row.file_size),
        }
    }
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT document.id, document.cluster_id, COALESCE(merged.now_id, document.organisation_id) AS organisation_id,
                    document.draft_id, document.kind, document.title, document.issued_on, document.valid_until,
                    document.link, document.stated_by, people.name AS person, document.created_at,
                    document_files.name AS file_name, document_files.size AS file_size
             FROM organisation_documents document
             LEFT JOIN merged_organisations merged ON merged.id = document.organisation_id
             LEFT JOIN people ON people.id = document.person_id AND people.restricted_at IS NULL
             LEFT JOIN document_files ON document_files.cluster_id = document.cluster_id
                  AND document_files.document_id = document.id ",
            $tail
        )
    };
}

/// The documents that a cluster keeps of these organisations, letters of whatever draft among them, newest first.
pub(super) async fn of_organisations(
    database: &Database,
    cluster: ClusterId,
    organisations: &[OrganisationId],
) -> Result<Vec<Document>, Error> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = on!(database, pool => {
        let mut query = QueryBuilder::new(select!("WHERE document.deleted_at IS NULL AND document.cluster_id = "));
        query.push_bind(cluster.0);
        query.push(" AND COALESCE(merged.now_id, document.organisation_id) IN (");
        let mut list = query.separated(", ");
        for organisation in organisations {
            list.push_bind(organisation.0);
        }
        query.push(") ORDER BY document.created_at DESC, document.id DESC LIMIT 5000");
        query.build_query_as().fetch_all(pool).await?
    });
    Ok(rows.into_iter().map(Document::from).collect())
}

/// A document of a cluster.
pub(super) async fn one(
    database: &Database,
    reach: &Reach,
    id: DocumentId,
    deleted: bool,
) -> Result<Option<Document>, Error> {
    let row: Option<Row> = row!(
        database,
        select!("WHERE document.cluster_id = $1 AND document.id = $2 AND (document.deleted_at IS NOT NULL) = $3"),
        reach.cluster(),
        id,
        deleted,
    );
    Ok(row.map(Document::from).filter(|document| reach.reaches(document)))
}

/// The file of a document.
pub(super) async fn file(database: &Database, cluster: ClusterId, id: DocumentId) -> Result<Option<File>, Error> {
    let found: Option<(String, String, Vec<u8>)> = row!(
        database,
        "SELECT name, media, content FROM document_files WHERE cluster_id = $1 AND document_id = $2",
        cluster,
        id,
    );
    Ok(found.map(|(name, media, content)| File { name, media, content }))
}

/// Whose and of which draft a document is.
pub(super) struct Place {
    pub(super) cluster: ClusterId,
    pub(super) organisation: OrganisationId,
    pub(super) draft: Option<Uuid>,
}

pub(super) async fn put(
    transaction: &mut Transaction,
    id: DocumentId,
    place: &Place,
    stated: &Stated,
    file: Option<&File>,
    (by, person): (StatedBy, Option<Uuid>),
    (now, counts_until): (Timestamp, Timestamp),
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO organisation_documents (cluster_id, id, organisation_id, draft_id, kind, title, issued_on,
                 valid_until, link, stated_by, person_id, created_at, counts_until)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(place.cluster)
        .bind(id)
        .bind(place.organisation)
        .bind(place.draft)
        .bind(stated.kind.key())
        .bind(&stated.title)
        .bind(stated.issued_on.map(|day| day.to_string()))
        .bind(stated.valid_until.map(|day| day.to_string()))
        .bind(&stated.link)
        .bind(by.key())
        .bind(person)
        .bind(now)
        .bind(counts_until)
    );
    if let Some(file) = file {
        execute!(
            transaction,
            sqlx::query(
                "INSERT INTO document_files (cluster_id, document_id, name, media, size, digest, content)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(place.cluster)
            .bind(id)
            .bind(&file.name)
            .bind(&file.media)
            .bind(file.content.len() as i64)
            .bind(file.digest())
            .bind(&file.content)
        );
    }
    Ok(())
}

/// Puts a document aside, or back; whether it was otherwise.
pub(super) async fn mark_deleted(
    transaction: &mut Transaction,
    id: DocumentId,
    at: Option<Timestamp>,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("UPDATE organisation_documents SET deleted_at = $2 WHERE id = $1 AND (deleted_at IS NULL) = $3",)
            .bind(id)
            .bind(at)
            .bind(at.is_some())
    ) == 1)
}

/// Removes a document for good, if it was put aside by then.
pub(super) async fn remove(transaction: &mut Transaction, id: DocumentId, deleted_by: Timestamp) -> Result<(), Error> {
    for statement in [
        "DELETE FROM document_files WHERE document_id IN (SELECT id FROM organisation_documents
             WHERE id = $1 AND deleted_at IS NOT NULL AND deleted_at <= $2)",
        "DELETE FROM organisation_documents WHERE id = $1 AND deleted_at IS NOT NULL AND deleted_at <= $2",
    ] {
        execute!(transaction, sqlx::query(statement).bind(id).bind(deleted_by));
    }
    Ok(())
}

/// A document that somebody stated, as it is told to them.
#[derive(sqlx::FromRow)]
pub(super) struct StatedDocument {
    pub(super) id: DocumentId,
    pub(super) cluster_id: ClusterId,
    pub(super) cluster: String,
    pub(super) organisation: Option<String>,
    pub(super) title: String,
    pub(super) file: Option<String>,
    pub(super) created_at: Timestamp,
}

pub(super) async fn stated_by(database: &Database, person: Option<Uuid>) -> Result<Vec<StatedDocument>, Error> {
    Ok(rows!(
        database,
        "SELECT document.id, document.cluster_id, clusters.name AS cluster, organisations.name AS organisation,
                document.title, document_files.name AS file, document.created_at
         FROM organisation_documents document JOIN clusters ON clusters.id = document.cluster_id
         JOIN organisations ON organisations.id = document.organisation_id
         LEFT JOIN document_files ON document_files.cluster_id = document.cluster_id
              AND document_files.document_id = document.id
         WHERE document.person_id = $1 ORDER BY document.created_at, document.id",
        person,
    ))
}

/// Takes somebody out of what they stated; says of how many documents.
pub(super) async fn forget_person(transaction: &mut Transaction, person: Option<Uuid>) -> Result<u64, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("UPDATE organisation_documents SET person_id = NULL WHERE person_id = $1").bind(person)
    ))
}

aged!(
    DocumentId,
    (DocumentId, String, String, Timestamp),
    "id, kind, title, counts_until",
    "counts_until",
    // What is no longer valid, and no open request keeps.
    "FROM organisation_documents document WHERE counts_until < $1
     AND NOT EXISTS (SELECT 1 FROM personal_holds WHERE personal_holds.person_id = document.person_id)"
);

pub(super) async fn erase(transaction: &mut Transaction, id: DocumentId) -> Result<(), Error> {
    for statement in
        ["DELETE FROM document_files WHERE document_id = $1", "DELETE FROM organisation_documents WHERE id = $1"]
    {
        execute!(transaction, sqlx::query(statement).bind(id));
    }
    Ok(())
}
