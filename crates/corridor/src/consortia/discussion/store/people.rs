//! Who wrote, was given something to do, or wants no letters.

use uuid::Uuid;

use crate::{
    accounts::ClusterId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// A record in which somebody is named, and as what.
#[derive(sqlx::FromRow)]
pub(in super::super) struct Named {
    pub(in super::super) cluster_id: ClusterId,
    pub(in super::super) id: Uuid,
    /// `comment`, `settled`, `task`, `given`, `done`, `milestone` or `stop`.
    pub(in super::super) part: String,
    pub(in super::super) draft: String,
    pub(in super::super) words: Option<String>,
    pub(in super::super) at: Timestamp,
}

/// Every record in which an account is named, oldest first.
pub(in super::super) async fn naming(database: &Database, person: Option<Uuid>) -> Result<Vec<Named>, Error> {
    Ok(rows!(
        database,
        "SELECT named.cluster_id, named.id, named.part, drafts.name AS draft, named.words, named.at FROM (
             SELECT cluster_id, id, draft_id, 'comment' AS part, text AS words, written_at AS at
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
             FROM draft_letter_stops WHERE person_id = $1
         ) named JOIN drafts ON drafts.cluster_id = named.cluster_id AND drafts.id = named.draft_id
         ORDER BY named.at, named.id",
        person,
    ))
}

/// Takes an account out of every record, with the links of letters to it; says of how many.
pub(in super::super) async fn forget(transaction: &mut Transaction, person: Option<Uuid>) -> Result<u64, Error> {
    let mut touched = 0;
    for statement in [
        "UPDATE draft_comments SET person_id = NULL WHERE person_id = $1",
        "UPDATE draft_threads SET settled_by = NULL WHERE settled_by = $1",
        "UPDATE draft_tasks SET person_id = NULL WHERE person_id = $1",
        "UPDATE draft_tasks SET created_by = NULL WHERE created_by = $1",
        "UPDATE draft_tasks SET done_by = NULL WHERE done_by = $1",
        "UPDATE draft_milestones SET created_by = NULL WHERE created_by = $1",
        "DELETE FROM draft_letter_stops WHERE person_id = $1",
    ] {
        touched += execute!(transaction, sqlx::query(statement).bind(person));
    }
    execute!(transaction, sqlx::query("DELETE FROM draft_letter_links WHERE person_id = $1").bind(person));
    Ok(touched)
}
