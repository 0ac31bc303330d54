//! SQL of merge codes, mergers, and the seats that industry's partners take along.

use super::{Merger, MergerId};
use crate::{
    accounts::ClusterId,
    consortia::DraftId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// What goes with the cluster's drafts that were deleted before a moment.
pub(in crate::consortia) const FORGOTTEN: &[&str] = &[
    "DELETE FROM draft_merge_codes WHERE cluster_id = $1
     AND draft_id IN (SELECT id FROM drafts WHERE cluster_id = $1 AND deleted_at < $2)",
    "DELETE FROM draft_mergers WHERE (cluster_id = $1
     AND draft_id IN (SELECT id FROM drafts WHERE cluster_id = $1 AND deleted_at < $2))
     OR (industry_cluster_id = $1
     AND industry_draft_id IN (SELECT id FROM drafts WHERE cluster_id = $1 AND deleted_at < $2))",
];

/// A merge code as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Code {
    pub(super) cluster_id: ClusterId,
    pub(super) draft_id: DraftId,
}

/// Keeps the code of a draft; the one before no longer works.
pub(super) async fn put_code(
    transaction: &mut Transaction,
    (cluster, draft): (ClusterId, DraftId),
    digest: &str,
    expires: Timestamp,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("DELETE FROM draft_merge_codes WHERE cluster_id = $1 AND draft_id = $2").bind(cluster).bind(draft)
    );
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_merge_codes (cluster_id, draft_id, token_digest, expires_at) VALUES ($1, $2, $3, $4)",
        )
        .bind(cluster)
        .bind(draft)
        .bind(digest)
        .bind(expires)
    );
    Ok(())
}

/// The draft of a code that still works.
pub(super) async fn code(database: &Database, digest: &str, now: Timestamp) -> Result<Option<Code>, Error> {
    Ok(row!(
        database,
        "SELECT cluster_id, draft_id FROM draft_merge_codes
         WHERE token_digest = $1 AND used_at IS NULL AND expires_at > $2",
        digest,
        now,
    ))
}

/// Until when the code of a draft works, where it has one.
pub(super) async fn code_until(
    database: &Database,
    (cluster, draft): (ClusterId, DraftId),
    now: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    Ok(value!(
        database,
        "SELECT expires_at FROM draft_merge_codes
         WHERE cluster_id = $1 AND draft_id = $2 AND used_at IS NULL AND expires_at > $3",
        cluster,
        draft,
        now,
    ))
}

/// Uses a code up; answers whether it still worked.
pub(super) async fn use_code(transaction: &mut Transaction, digest: &str, now: Timestamp) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_merge_codes SET used_at = $2 WHERE token_digest = $1 AND used_at IS NULL AND expires_at > $2",
        )
        .bind(digest)
        .bind(now)
    ) == 1)
}

pub(super) async fn put(transaction: &mut Transaction, merger: &Merger) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_mergers (cluster_id, id, draft_id, industry_cluster_id, industry_draft_id, proposed_by,
                 proposed_at, state)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'proposed')",
        )
        .bind(merger.cluster_id)
        .bind(merger.id)
        .bind(merger.draft_id)
        .bind(merger.industry_cluster_id)
        .bind(merger.industry_draft_id)
        .bind(merger.proposed_by.key())
        .bind(merger.proposed_at)
    );
    Ok(())
}

/// The mergers that a draft is or was in, newest first.
pub(super) async fn of_draft(database: &Database, cluster: ClusterId, draft: DraftId) -> Result<Vec<Merger>, Error> {
    Ok(rows!(
        database,
        "SELECT cluster_id, id, draft_id, industry_cluster_id, industry_draft_id, proposed_by, proposed_at, state,
                answered_at, revision_before, industry_revision_before
         FROM draft_mergers
         WHERE (cluster_id = $1 AND draft_id = $2) OR (industry_cluster_id = $1 AND industry_draft_id = $2)
         ORDER BY proposed_at DESC, id DESC",
        cluster,
        draft,
    ))
}

/// Moves a merger from one state to another; answers whether it was in the first.
pub(super) async fn answer(
    transaction: &mut Transaction,
    id: MergerId,
    from: &str,
    to: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("UPDATE draft_mergers SET state = $3, answered_at = $4 WHERE id = $1 AND state = $2")
            .bind(id)
            .bind(from)
            .bind(to)
            .bind(now)
    ) == 1)
}

/// Undoes a merger that was accepted since a moment, unless somebody signed the merged draft off or noted that it was
/// submitted; answers whether it did.
pub(super) async fn undo(
    transaction: &mut Transaction,
    merger: &Merger,
    since: Timestamp,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_mergers SET state = 'undone', answered_at = $5
             WHERE id = $1 AND state = 'accepted' AND answered_at >= $4
             AND NOT EXISTS (SELECT 1 FROM draft_signoffs WHERE cluster_id = $2 AND draft_id = $3
                             AND decision = 'signed' AND decided_at >= draft_mergers.answered_at)
             AND NOT EXISTS (SELECT 1 FROM draft_submissions WHERE cluster_id = $2 AND draft_id = $3
                             AND revision > draft_mergers.revision_before)",
        )
        .bind(merger.id)
        .bind(merger.cluster_id)
        .bind(merger.draft_id)
        .bind(since)
        .bind(now)
    ) == 1)
}

/// What came to a merged draft since the merger, after which it is not undone: whether somebody signed it off, and whether
/// somebody noted that it was submitted.
pub(super) async fn grown(database: &Database, merger: &Merger) -> Result<(bool, bool), Error> {
    let found: Option<(bool, bool)> = row!(
        database,
        "SELECT EXISTS (SELECT 1 FROM draft_signoffs WHERE cluster_id = $1 AND draft_id = $2
                        AND decision = 'signed' AND decided_at >= $3),
                EXISTS (SELECT 1 FROM draft_submissions WHERE cluster_id = $1 AND draft_id = $2 AND revision > $4)",
        merger.cluster_id,
        merger.draft_id,
        merger.answered_at,
        merger.revision_before,
    );
    Ok(found.unwrap_or_default())
}

/// Notes what both drafts go back to, and lets go of what else was proposed to either of them.
pub(super) async fn settle(
    transaction: &mut Transaction,
    merger: &Merger,
    (before, industry_before): (i64, i64),
    now: Timestamp,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("UPDATE draft_mergers SET revision_before = $2, industry_revision_before = $3 WHERE id = $1")
            .bind(merger.id)
            .bind(before)
            .bind(industry_before)
    );
    execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_mergers SET state = 'withdrawn', answered_at = $4
             WHERE state = 'proposed' AND id <> $1 AND (draft_id = $2 OR industry_draft_id = $3)",
        )
        .bind(merger.id)
        .bind(merger.draft_id)
        .bind(merger.industry_draft_id)
        .bind(now)
    );
    execute!(
        transaction,
        sqlx::query("DELETE FROM draft_merge_codes WHERE draft_id = $1 OR draft_id = $2")
            .bind(merger.draft_id)
            .bind(merger.industry_draft_id)
    );
    Ok(())
}

/// Closes the industry draft, which goes on in the other one, or opens it again.
pub(super) async fn close(
    transaction: &mut Transaction,
    merger: &Merger,
    closed_at: Option<Timestamp>,
) -> Result<bool, Error> {
    let into = closed_at.map(|_| merger.draft_id);
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE drafts SET merged_into = $3, archived_at = $4
             WHERE cluster_id = $1 AND id = $2 AND deleted_at IS NULL",
        )
        .bind(merger.industry_cluster_id)
        .bind(merger.industry_draft_id)
        .bind(into)
        .bind(closed_at)
    ) == 1)
}

#[derive(sqlx::FromRow)]
struct Invited {
    id: uuid::Uuid,
    state: String,
}

/// Gives the partners of the industry draft their seats in the draft that goes on. Links of those who have not answered
/// lead to the new seat.
pub(super) async fn carry_seats(transaction: &mut Transaction, merger: &Merger) -> Result<(), Error> {
    let invited: Vec<Invited> = rows!(
        transaction,
        "SELECT id, state FROM draft_invitations
         WHERE cluster_id = $1 AND draft_id = $2 AND state IN ('accepted', 'waiting')",
        merger.industry_cluster_id,
        merger.industry_draft_id,
    );
    for one in invited {
        let copy = uuid::Uuid::now_v7();
        execute!(
            transaction,
            sqlx::query(
                "INSERT INTO draft_invitations (cluster_id, id, draft_id, organisation_id, role, side, email, language,
                     message, answer_by, invited_by, created_at, reminded_at, state, answered_at, answered_by, answer_words,
                     carried_from)
                 SELECT $3, $4, $5, organisation_id, role, 'industry', email, language, message, answer_by, invited_by,
                     created_at, reminded_at, state, answered_at, answered_by, answer_words, id
                 FROM draft_invitations WHERE cluster_id = $1 AND id = $2",
            )
            .bind(merger.industry_cluster_id)
            .bind(one.id)
            .bind(merger.cluster_id)
            .bind(copy)
            .bind(merger.draft_id)
        );
        execute!(
            transaction,
            sqlx::query(
                "UPDATE draft_invitation_links SET cluster_id = $3, invitation_id = $4
                 WHERE cluster_id = $1 AND invitation_id = $2",
            )
            .bind(merger.industry_cluster_id)
            .bind(one.id)
            .bind(merger.cluster_id)
            .bind(copy)
        );
        if one.state == "waiting" {
            execute!(
                transaction,
                sqlx::query("UPDATE draft_invitations SET state = 'withdrawn' WHERE cluster_id = $1 AND id = $2")
                    .bind(merger.industry_cluster_id)
                    .bind(one.id)
            );
        }
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Carried {
    id: uuid::Uuid,
    carried_from: uuid::Uuid,
}

/// Gives the partners of the industry draft their seats back there, with what they answered meanwhile.
pub(super) async fn return_seats(transaction: &mut Transaction, merger: &Merger) -> Result<(), Error> {
    let carried: Vec<Carried> = rows!(
        transaction,
        "SELECT id, carried_from FROM draft_invitations
         WHERE cluster_id = $1 AND draft_id = $2 AND carried_from IN
               (SELECT id FROM draft_invitations WHERE cluster_id = $3 AND draft_id = $4)",
        merger.cluster_id,
        merger.draft_id,
        merger.industry_cluster_id,
        merger.industry_draft_id,
    );
    for one in carried {
        for statement in [
            "UPDATE draft_invitations SET
                 state = (SELECT state FROM draft_invitations WHERE cluster_id = $1 AND id = $2),
                 email = (SELECT email FROM draft_invitations WHERE cluster_id = $1 AND id = $2),
                 reminded_at = (SELECT reminded_at FROM draft_invitations WHERE cluster_id = $1 AND id = $2),
                 answered_at = (SELECT answered_at FROM draft_invitations WHERE cluster_id = $1 AND id = $2),
                 answered_by = (SELECT answered_by FROM draft_invitations WHERE cluster_id = $1 AND id = $2),
                 answer_words = (SELECT answer_words FROM draft_invitations WHERE cluster_id = $1 AND id = $2)
             WHERE cluster_id = $3 AND id = $4",
            "UPDATE draft_invitation_links SET cluster_id = $3, invitation_id = $4
             WHERE cluster_id = $1 AND invitation_id = $2",
        ] {
            execute!(
                transaction,
                sqlx::query(statement)
                    .bind(merger.cluster_id)
                    .bind(one.id)
                    .bind(merger.industry_cluster_id)
                    .bind(one.carried_from)
            );
        }
        execute!(
            transaction,
            sqlx::query("DELETE FROM draft_invitations WHERE cluster_id = $1 AND id = $2")
                .bind(merger.cluster_id)
                .bind(one.id)
        );
    }
    Ok(())
}
