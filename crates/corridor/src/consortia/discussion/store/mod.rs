//! SQL of what is said and to be done in drafts. A merged record of an organisation stands for the one that it has become
//! part of.

pub(super) mod letters;
pub(super) mod milestones;
pub(super) mod people;
pub(super) mod tasks;
pub(super) mod threads;

macro_rules! of_deleted {
    ($table:literal) => {
        concat!(
            "DELETE FROM ",
            $table,
            " WHERE cluster_id = $1 AND draft_id IN (SELECT id FROM drafts WHERE cluster_id = $1 AND deleted_at < $2)"
        )
    };
}

/// What goes with the cluster's drafts that were deleted before a moment, in this order.
pub(in crate::consortia) const FORGOTTEN: &[&str] = &[
    of_deleted!("draft_comments"),
    of_deleted!("draft_threads"),
    of_deleted!("draft_tasks"),
    of_deleted!("draft_milestones"),
    of_deleted!("draft_letter_links"),
    of_deleted!("draft_letter_stops"),
];
