//! Tasks.

use uuid::Uuid;

use super::super::{
    model::Whose,
    tasks::{Task, TaskId},
};
use crate::{
    accounts::{ClusterId, PersonId},
    consortia::DraftId,
    directory::OrganisationId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::{Day, Timestamp},
    },
};

#[derive(sqlx::FromRow)]
struct TaskRow {
    id: TaskId,
    cluster_id: ClusterId,
    draft_id: DraftId,
    draft_name: String,
    what: String,
    person_id: Option<PersonId>,
    person: Option<String>,
    organisation_id: Option<OrganisationId>,
    due_on: Option<String>,
    created_by: Option<PersonId>,
    created_at: Timestamp,
    done_at: Option<Timestamp>,
    done_by: Option<String>,
    reminded_on: Option<String>,
}

impl TaskRow {
    fn read(self) -> Result<Task, Error> {
        let day = |text: Option<String>| {
            text.map(|text| text.parse::<Day>())
                .transpose()
                .map_err(|_| anyhow::anyhow!("the task {} holds a day that is not read", self.id))
        };
        Ok(Task {
            id: self.id,
            cluster: self.cluster_id,
            draft: self.draft_id,
            draft_name: self.draft_name,
            what: self.what,
            whose: match (self.person_id, self.organisation_id) {
                (Some(person), _) => Whose::Person(person),
                (None, Some(organisation)) => Whose::Organisation(organisation),
                (None, None) => Whose::Nobody,
            },
            person: self.person,
            due_on: day(self.due_on)?,
            created_by: self.created_by,
            created_at: self.created_at,
            done_at: self.done_at,
            done_by: self.done_by,
            reminded_on: day(self.reminded_on)?,
        })
    }
}

macro_rules! select_tasks {
    ($rest:literal) => {
        concat!(
            "SELECT task.id, task.cluster_id, task.draft_id, drafts.name AS draft_name, task.what, task.person_id, ",
            "person.name AS person, COALESCE(merged.now_id, task.organisation_id) AS organisation_id, task.due_on, ",
            "task.created_by, task.created_at, task.done_at, doer.name AS done_by, task.reminded_on ",
            "FROM draft_tasks task ",
            "JOIN drafts ON drafts.cluster_id = task.cluster_id AND drafts.id = task.draft_id ",
            "AND drafts.deleted_at IS NULL ",
            "LEFT JOIN merged_organisations merged ON merged.id = task.organisation_id ",
            "LEFT JOIN people person ON person.id = task.person_id AND person.restricted_at IS NULL ",
            "LEFT JOIN people doer ON doer.id = task.done_by AND doer.restricted_at IS NULL ",
            $rest
        )
    };
}

fn read(rows: Vec<TaskRow>) -> Result<Vec<Task>, Error> {
    rows.into_iter().map(TaskRow::read).collect()
}

/// The tasks of a draft: what is open first, the first to be done at the top; then what was done last.
pub(in super::super) async fn tasks(
    database: &Database,
    cluster: ClusterId,
    draft: DraftId,
) -> Result<Vec<Task>, Error> {
    read(rows!(
        database,
        select_tasks!(
            "WHERE task.cluster_id = $1 AND task.draft_id = $2
             ORDER BY CASE WHEN task.done_at IS NULL THEN 0 ELSE 1 END, task.done_at DESC,
                      COALESCE(task.due_on, '9999'), task.id LIMIT 500"
        ),
        cluster,
        draft,
    ))
}

/// The tasks of a cluster's drafts that are not done and have a day, the first to be done at the top. Nothing of drafts
/// that were put aside or go on in another one.
pub(in super::super) async fn open_of_cluster(database: &Database, cluster: ClusterId) -> Result<Vec<Task>, Error> {
    read(rows!(
        database,
        select_tasks!(
            "WHERE task.cluster_id = $1 AND task.done_at IS NULL AND task.due_on IS NOT NULL
             AND drafts.archived_at IS NULL AND drafts.merged_into IS NULL ORDER BY task.due_on, task.id LIMIT 500"
        ),
        cluster,
    ))
}

/// The tasks of all clusters that are not done and of which somebody may have to be reminded, for the daily look: to be done
/// by `until`, and not reminded of since their last day; of drafts as above.
pub(in super::super) async fn to_remind(database: &Database, until: Day) -> Result<Vec<Task>, Error> {
    read(rows!(
        database,
        select_tasks!(
            "WHERE task.done_at IS NULL AND task.due_on <= $1
             AND (task.reminded_on IS NULL OR task.reminded_on <= task.due_on)
             AND drafts.archived_at IS NULL AND drafts.merged_into IS NULL ORDER BY task.id"
        ),
        until.to_string(),
    ))
}

/// Notes that somebody was reminded of a task on a day; answers whether it is not done and nobody did so before on that day.
pub(in super::super) async fn reminded(
    transaction: &mut Transaction,
    cluster: ClusterId,
    task: TaskId,
    today: Day,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_tasks SET reminded_on = $3
             WHERE cluster_id = $1 AND id = $2 AND done_at IS NULL AND (reminded_on IS NULL OR reminded_on < $3)",
        )
        .bind(cluster)
        .bind(task)
        .bind(today.to_string())
    ) > 0)
}

pub(in super::super) async fn put(
    transaction: &mut Transaction,
    task: &Task,
    organisation: Option<OrganisationId>,
    person: Option<PersonId>,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_tasks (cluster_id, id, draft_id, what, person_id, organisation_id, due_on, created_by,
                 created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(task.cluster)
        .bind(task.id)
        .bind(task.draft)
        .bind(&task.what)
        .bind(person)
        .bind(organisation)
        .bind(task.due_on.map(|day| day.to_string()))
        .bind(task.created_by)
        .bind(task.created_at)
    );
    Ok(())
}

/// Notes that a task is done, or is not; answers whether that changed anything.
pub(in super::super) async fn finish(
    transaction: &mut Transaction,
    cluster: ClusterId,
    task: TaskId,
    done: Option<Timestamp>,
    person: Option<Uuid>,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_tasks SET done_at = $3, done_by = $4
             WHERE cluster_id = $1 AND id = $2 AND (done_at IS NULL) = ($3 IS NOT NULL)",
        )
        .bind(cluster)
        .bind(task)
        .bind(done)
        .bind(person.filter(|_| done.is_some()))
    ) > 0)
}

pub(in super::super) async fn delete(
    transaction: &mut Transaction,
    cluster: ClusterId,
    task: TaskId,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("DELETE FROM draft_tasks WHERE cluster_id = $1 AND id = $2").bind(cluster).bind(task)
    ) > 0)
}
