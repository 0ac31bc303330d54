//! Who imported and who merged.

use uuid::Uuid;

use crate::foundation::{
    database::{Database, Transaction},
    errors::Error,
    personal::Subject,
    time::Timestamp,
};

/// An import or a merge that somebody did.
#[derive(sqlx::FromRow)]
pub(in super::super) struct Act {
    pub(in super::super) id: Uuid,
    pub(in super::super) what: String,
    pub(in super::super) name: String,
    pub(in super::super) cluster_id: Option<Uuid>,
    pub(in super::super) at: Timestamp,
}

pub(in super::super) async fn acts(database: &Database, person: Option<Uuid>) -> Result<Vec<Act>, Error> {
    Ok(rows!(
        database,
        "SELECT id, 'import' AS what, file_name AS name, cluster_id, started_at AS at FROM imports WHERE person_id = $1
         UNION ALL SELECT merges.id, 'merge', COALESCE(organisations.name, ''), NULL, merged_at
         FROM merges LEFT JOIN organisations ON organisations.id = kept_id WHERE person_id = $1
         ORDER BY 5, 1",
        person,
    ))
}

pub(in super::super) async fn forget_author(
    transaction: &mut Transaction,
    subject: &Subject,
) -> Result<(u64, u64), Error> {
    let mut acts = 0;
    for statement in [
        "UPDATE imports SET person_id = NULL WHERE person_id = $1",
        "UPDATE merges SET person_id = NULL WHERE person_id = $1",
    ] {
        acts += execute!(transaction, sqlx::query(statement).bind(subject.person_id()));
    }
    let [_, address, name] = subject.patterns();
    let values = execute!(
        transaction,
        sqlx::query(
            "UPDATE import_problems SET value = '', detail = ''
             WHERE LOWER(value) LIKE $1 OR LOWER(value) LIKE $2 OR LOWER(detail) LIKE $1 OR LOWER(detail) LIKE $2",
        )
        .bind(address)
        .bind(name)
    );
    Ok((acts, values))
}
