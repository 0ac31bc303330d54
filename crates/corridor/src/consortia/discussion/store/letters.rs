//! The links of letters about drafts, and who wants none.

use crate::{
    accounts::{ClusterId, PersonId},
    consortia::DraftId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// Keeps the digest of the link of a letter.
pub(in super::super) async fn put_link(
    transaction: &mut Transaction,
    (cluster, draft): (ClusterId, DraftId),
    person: PersonId,
    digest: &str,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_letter_links (cluster_id, token_digest, draft_id, person_id) VALUES ($1, $2, $3, $4)",
        )
        .bind(cluster)
        .bind(digest)
        .bind(draft)
        .bind(person)
    );
    Ok(())
}

/// Whose letters about which draft a link is of.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in super::super) struct Linked {
    pub(in super::super) cluster_id: ClusterId,
    pub(in super::super) draft_id: DraftId,
    pub(in super::super) draft_name: String,
    pub(in super::super) person_id: PersonId,
    pub(in super::super) stopped: bool,
}

/// What a link leads to; nothing of drafts that were deleted.
pub(in super::super) async fn linked(database: &Database, digest: &str) -> Result<Option<Linked>, Error> {
    Ok(row!(
        database,
        "SELECT link.cluster_id, link.draft_id, drafts.name AS draft_name, link.person_id,
                COALESCE(stop.stopped_at IS NOT NULL, FALSE) AS stopped
         FROM draft_letter_links link JOIN drafts ON drafts.cluster_id = link.cluster_id AND drafts.id = link.draft_id
              AND drafts.deleted_at IS NULL
         LEFT JOIN draft_letter_stops stop ON stop.cluster_id = link.cluster_id AND stop.draft_id = link.draft_id
              AND stop.person_id = link.person_id
         WHERE link.token_digest = $1",
        digest,
    ))
}

/// Who wants no letters about a draft.
pub(in super::super) async fn stopped(
    database: &Database,
    cluster: ClusterId,
    draft: DraftId,
) -> Result<Vec<PersonId>, Error> {
    Ok(values!(
        database,
        "SELECT person_id FROM draft_letter_stops WHERE cluster_id = $1 AND draft_id = $2",
        cluster,
        draft,
    ))
}

/// Ends letters about a draft to somebody, or lets them be written again; answers whether that changed anything.
pub(in super::super) async fn stop(
    transaction: &mut Transaction,
    (cluster, draft): (ClusterId, DraftId),
    person: PersonId,
    stopped: Option<Timestamp>,
) -> Result<bool, Error> {
    let touched = match stopped {
        Some(now) => execute!(
            transaction,
            sqlx::query(
                "INSERT INTO draft_letter_stops (cluster_id, draft_id, person_id, stopped_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT DO NOTHING",
            )
            .bind(cluster)
            .bind(draft)
            .bind(person)
            .bind(now)
        ),
        None => execute!(
            transaction,
            sqlx::query("DELETE FROM draft_letter_stops WHERE cluster_id = $1 AND draft_id = $2 AND person_id = $3")
                .bind(cluster)
                .bind(draft)
                .bind(person)
        ),
    };
    Ok(touched > 0)
}
