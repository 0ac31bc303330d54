//! SQL of what drafts ask for. A merged record of an organisation stands for the one that it has become part of.

use uuid::Uuid;

use crate::{
    accounts::ClusterId,
    consortia::{
        DraftId,
        store::named::{self, Named, naming},
    },
    directory::{OrganisationId, documents::DocumentKind},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

macro_rules! of_deleted {
    ($head:literal) => {
        concat!($head, " AND draft_id IN (SELECT id FROM drafts WHERE cluster_id = $1 AND deleted_at < $2)")
    };
}

/// What goes with the cluster's drafts that were deleted before a moment, in this order. What is said of the organisations
/// themselves stays.
pub(in crate::consortia) const FORGOTTEN: &[&str] = &[
    of_deleted!("DELETE FROM document_requests WHERE cluster_id = $1"),
    concat!(
        of_deleted!(
            "DELETE FROM document_files WHERE cluster_id = $1 AND document_id IN
             (SELECT id FROM organisation_documents WHERE cluster_id = $1"
        ),
        ")"
    ),
    of_deleted!("DELETE FROM organisation_documents WHERE cluster_id = $1"),
];

/// A document that the team of a draft asked an organisation for.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Request {
    /// Whose draft it is.
    pub cluster_id: ClusterId,
    /// The draft.
    pub draft_id: DraftId,
    /// What the draft is called.
    pub draft: String,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Which kind of document.
    #[sqlx(try_from = "String")]
    pub kind: DocumentKind,
    /// What was said beside.
    pub message: String,
    /// Until when.
    pub due_on: String,
    /// When it was last asked for.
    pub asked_at: Timestamp,
}

/// Requests that wait: no document of that kind was stated since, of the organisation or, for a letter, for that draft.
macro_rules! waiting {
    ($tail:literal) => {
        concat!(
            "SELECT request.cluster_id, request.draft_id, drafts.name AS draft,
                    COALESCE(merged.now_id, request.organisation_id) AS organisation_id, request.kind, request.message,
                    request.due_on, request.asked_at
             FROM document_requests request
             JOIN drafts ON drafts.cluster_id = request.cluster_id AND drafts.id = request.draft_id
                  AND drafts.deleted_at IS NULL AND drafts.archived_at IS NULL
             LEFT JOIN merged_organisations merged ON merged.id = request.organisation_id
             WHERE NOT EXISTS (
                 SELECT 1 FROM organisation_documents document
                 LEFT JOIN merged_organisations same ON same.id = document.organisation_id
                 WHERE document.cluster_id = request.cluster_id AND document.kind = request.kind
                   AND document.deleted_at IS NULL AND document.created_at >= request.asked_at
                   AND COALESCE(same.now_id, document.organisation_id)
                       = COALESCE(merged.now_id, request.organisation_id)
                   AND (document.draft_id IS NULL OR document.draft_id = request.draft_id)) ",
            $tail
        )
    };
}

/// What a draft waits for.
pub(super) async fn of_draft(database: &Database, cluster: ClusterId, draft: DraftId) -> Result<Vec<Request>, Error> {
    Ok(rows!(
        database,
        waiting!("AND request.cluster_id = $1 AND request.draft_id = $2 ORDER BY request.due_on, request.kind"),
        cluster,
        draft,
    ))
}

/// What an organisation is asked for, in whatever draft.
pub(super) async fn of_organisation(database: &Database, organisation: OrganisationId) -> Result<Vec<Request>, Error> {
    Ok(rows!(
        database,
        waiting!(
            "AND COALESCE(merged.now_id, request.organisation_id) = $1 ORDER BY request.due_on, request.kind LIMIT 100"
        ),
        organisation,
    ))
}

/// Asks, or asks again; not twice within a moment. Whether it was asked.
pub(super) async fn ask(
    transaction: &mut Transaction,
    request: &Request,
    by: Option<Uuid>,
    not_since: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "INSERT INTO document_requests (cluster_id, draft_id, organisation_id, kind, message, due_on, asked_by, asked_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (cluster_id, draft_id, organisation_id, kind) DO UPDATE SET message = excluded.message,
                 due_on = excluded.due_on, asked_by = excluded.asked_by, asked_at = excluded.asked_at
             WHERE document_requests.asked_at < $9",
        )
        .bind(request.cluster_id)
        .bind(request.draft_id)
        .bind(request.organisation_id)
        .bind(request.kind.key())
        .bind(&request.message)
        .bind(&request.due_on)
        .bind(by)
        .bind(request.asked_at)
        .bind(not_since)
    ) == 1)
}

/// The requests that somebody made, oldest first.
pub(super) async fn asked_by(database: &Database, person: Option<Uuid>) -> Result<Vec<Named>, Error> {
    Ok(rows!(
        database,
        naming!(
            "SELECT cluster_id, draft_id AS id, draft_id, 'request' AS part, message AS words, asked_at AS at
             FROM document_requests WHERE asked_by = $1"
        ),
        person,
    ))
}

/// Takes somebody out of what they asked for; says of how many requests.
pub(super) async fn forget_person(transaction: &mut Transaction, person: Option<Uuid>) -> Result<u64, Error> {
    named::forget(transaction, &["UPDATE document_requests SET asked_by = NULL WHERE asked_by = $1"], person).await
}
