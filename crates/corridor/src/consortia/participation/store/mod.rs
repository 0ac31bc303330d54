//! SQL of who takes part in drafts from outside the team. A merged record of an organisation stands for the one that it has
//! become part of.

pub(super) mod interests;
pub(super) mod invitations;
pub(super) mod people;
pub(super) mod signoffs;

use super::signoff::RoundId;
use crate::{
    accounts::{ClusterId, PersonId},
    consortia::DraftId,
    directory::OrganisationId,
    foundation::{database::Database, errors::Error},
};

macro_rules! of_deleted {
    ($head:literal) => {
        concat!($head, " AND draft_id IN (SELECT id FROM drafts WHERE cluster_id = $1 AND deleted_at < $2)")
    };
}

/// What goes with the cluster's drafts that were deleted before a moment, in this order.
pub(in crate::consortia) const FORGOTTEN: &[&str] = &[
    of_deleted!("DELETE FROM draft_signoffs WHERE cluster_id = $1"),
    of_deleted!("DELETE FROM draft_signoff_rounds WHERE cluster_id = $1"),
    of_deleted!("DELETE FROM draft_interests WHERE cluster_id = $1"),
    of_deleted!("DELETE FROM draft_openings WHERE cluster_id = $1"),
    concat!(
        of_deleted!(
            "DELETE FROM draft_invitation_links WHERE cluster_id = $1 AND invitation_id IN
             (SELECT id FROM draft_invitations WHERE cluster_id = $1"
        ),
        ")"
    ),
    of_deleted!("DELETE FROM draft_invitations WHERE cluster_id = $1"),
];

/// Whether the cluster has this draft.
pub(super) async fn is_of_cluster(database: &Database, cluster: ClusterId, draft: DraftId) -> Result<bool, Error> {
    let found: Option<DraftId> = value!(
        database,
        "SELECT id FROM drafts WHERE cluster_id = $1 AND id = $2 AND deleted_at IS NULL",
        cluster,
        draft,
    );
    Ok(found.is_some())
}

/// A draft in which an organisation has accepted to take part.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Taken {
    pub(super) cluster_id: ClusterId,
    pub(super) draft_id: DraftId,
    pub(super) cluster_name: String,
}

/// The drafts in which the organisation accepted to take part, or one of them; whether it still is a member of them is
/// not asked here. Nothing of drafts that were deleted.
pub(super) async fn accepted(
    database: &Database,
    organisation: OrganisationId,
    draft: Option<DraftId>,
) -> Result<Vec<Taken>, Error> {
    Ok(rows!(
        database,
        "SELECT DISTINCT draft_invitations.cluster_id, draft_invitations.draft_id, clusters.name AS cluster_name
         FROM draft_invitations JOIN drafts ON drafts.cluster_id = draft_invitations.cluster_id
              AND drafts.id = draft_invitations.draft_id AND drafts.deleted_at IS NULL
         JOIN clusters ON clusters.id = draft_invitations.cluster_id
         LEFT JOIN merged_organisations ON merged_organisations.id = draft_invitations.organisation_id
         WHERE draft_invitations.state = 'accepted'
               AND COALESCE(merged_organisations.now_id, draft_invitations.organisation_id) = $1
               AND draft_invitations.draft_id = COALESCE($2, draft_invitations.draft_id)
         ORDER BY draft_invitations.draft_id DESC",
        organisation,
        draft,
    ))
}

/// The organisations that have accepted to take part in a draft, whether they still are members of it or not.
pub(in crate::consortia) async fn partners(
    database: &Database,
    cluster: ClusterId,
    draft: DraftId,
) -> Result<Vec<OrganisationId>, Error> {
    Ok(values!(
        database,
        "SELECT DISTINCT COALESCE(merged.now_id, draft_invitations.organisation_id) FROM draft_invitations
         LEFT JOIN merged_organisations merged ON merged.id = draft_invitations.organisation_id
         WHERE draft_invitations.cluster_id = $1 AND draft_invitations.draft_id = $2
               AND draft_invitations.state = 'accepted'",
        cluster,
        draft,
    ))
}

/// Who asked for a round of sign-off.
pub(super) async fn asked_by(database: &Database, round: RoundId) -> Result<Option<PersonId>, Error> {
    let found: Option<Option<PersonId>> =
        value!(database, "SELECT asked_by FROM draft_signoff_rounds WHERE id = $1", round);
    Ok(found.flatten())
}
