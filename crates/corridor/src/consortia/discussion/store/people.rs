//! Who wrote, was given something to do, or wants no letters.

use uuid::Uuid;

use crate::{
    consortia::store::named::{Named, forget as forget_in, naming},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
    },
};

/// Every record in which an account is named, oldest first.
pub(in super::super) async fn naming(database: &Database, person: Option<Uuid>) -> Result<Vec<Named>, Error> {
    Ok(rows!(
        database,
        naming!(
            "SELECT cluster_id, id, draft_id, 'comment' AS part, text AS words, written_at AS at
             FROM draft_comments WHERE person_id = $1
             UNION ALL SELECT cluster_id, id, draft_id, 'settled', NULL, COALESCE(settled_at, started_at)
             FROM draft_threads WHERE settled_by = $1
             UNION ALL SELECT cluster_id, id, draft_id, 'task', what, created_at FROM draft_tasks WHERE person_id = $1
             UNION ALL SELECT cluster_id, id, draft_id, 'given', what, created_at FROM draft_tasks WHERE created_by = $1
             UNION ALL SELECT cluster_id, id, draft_id, 'done', what, COALESCE(done_at, created_at)
             FROM draft_tasks WHERE done_by = $1
             UNION ALL SELECT cluster_id, id, draft_id, 'milestone', name, created_at
             FROM draft_milestones WHERE created_by = $1
             UNION ALL SELECT cluster_id, draft_id, draft_id, 'stop', NULL, stopped_at
             FROM draft_letter_stops WHERE person_id = $1"
        ),
        person,
    ))
}

/// Takes an account out of every record, with the links of letters to it; says of how many.
pub(in super::super) async fn forget(transaction: &mut Transaction, person: Option<Uuid>) -> Result<u64, Error> {
    let statements = [
        "UPDATE draft_comments SET person_id = NULL WHERE person_id = $1",
        "UPDATE draft_threads SET settled_by = NULL WHERE settled_by = $1",
        "UPDATE draft_tasks SET person_id = NULL WHERE person_id = $1",
        "UPDATE draft_tasks SET created_by = NULL WHERE created_by = $1",
        "UPDATE draft_tasks SET done_by = NULL WHERE done_by = $1",
        "UPDATE draft_milestones SET created_by = NULL WHERE created_by = $1",
        "DELETE FROM draft_letter_stops WHERE person_id = $1",
    ];
    let touched = forget_in(transaction, &statements, person).await?;
    execute!(transaction, sqlx::query("DELETE FROM draft_letter_links WHERE person_id = $1").bind(person));
    Ok(touched)
}
