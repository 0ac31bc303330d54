//! SQL of notes.

use sqlx::{Encode, QueryBuilder, Type};
use uuid::Uuid;

use super::{Note, NoteId};
use crate::{
    accounts::{
        ClusterId,
        visibility::{Audience, Reader},
    },
    directory::OrganisationId,
    foundation::{
        database::{Batch, Database, Transaction},
        errors::Error,
        personal::{Subject, aged},
        time::Timestamp,
    },
};

/// Adds the notes that the reader sees, as a query that goes on after its conditions.
fn seen<'q, DB: sqlx::Database>(query: &mut QueryBuilder<DB>, reader: &Reader, deleted: bool)
where
    Uuid: Type<DB> + Encode<'q, DB> + 'q,
    String: Type<DB> + Encode<'q, DB> + 'q,
{
    query.push(
        "SELECT notes.id, notes.cluster_id, clusters.name AS cluster, COALESCE(merged.now_id, notes.organisation_id) AS
         organisation_id, notes.text, notes.audience, notes.author_id, notes.revision, notes.created_at, notes.updated_at
         FROM notes JOIN clusters ON clusters.id = notes.cluster_id
         LEFT JOIN merged_organisations merged ON merged.id = notes.organisation_id
         WHERE NOT EXISTS (SELECT 1 FROM note_restrictions WHERE note_id = notes.id) AND notes.deleted_at IS ",
    );
    query.push(if deleted { "NOT NULL AND " } else { "NULL AND " });
    reader.condition(query, "notes.cluster_id", "notes.audience");
}

pub(super) async fn of_organisation(
    database: &Database,
    reader: &Reader,
    organisation: OrganisationId,
) -> Result<Vec<Note>, Error> {
    Ok(on!(database, pool => {
        let mut query = QueryBuilder::new("");
        seen(&mut query, reader, false);
        query.push(" AND COALESCE(merged.now_id, notes.organisation_id) = ").push_bind(organisation.0);
        query.push(" ORDER BY notes.created_at DESC, notes.id DESC LIMIT 200");
        query.build_query_as().fetch_all(pool).await?
    }))
}

pub(super) async fn one(
    database: &Database,
    reader: &Reader,
    id: NoteId,
    deleted: bool,
) -> Result<Option<Note>, Error> {
    Ok(on!(database, pool => {
        let mut query = QueryBuilder::new("");
        seen(&mut query, reader, deleted);
        query.push(" AND notes.id = ").push_bind(id.0);
        query.build_query_as().fetch_optional(pool).await?
    }))
}

pub(super) async fn put(
    transaction: &mut Transaction,
    (cluster, id, organisation): (ClusterId, NoteId, OrganisationId),
    (text, audience): (&str, &Audience),
    author: Option<Uuid>,
    now: Timestamp,
) -> Result<(), Error> {
    execute!(transaction, sqlx::query(
        "INSERT INTO notes (cluster_id, id, organisation_id, text, audience, author_id, revision, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $7)",
    )
    .bind(cluster)
    .bind(id)
    .bind(organisation)
    .bind(text)
    .bind(audience.to_string())
    .bind(author)
    .bind(now));
    Ok(())
}

/// Changes a note that is still of this revision; whether it was.
pub(super) async fn change(
    transaction: &mut Transaction,
    id: NoteId,
    revision: i64,
    (text, audience): (&str, &Audience),
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE notes SET text = $3, audience = $4, revision = revision + 1, updated_at = $5
             WHERE id = $1 AND revision = $2 AND deleted_at IS NULL",
        )
        .bind(id)
        .bind(revision)
        .bind(text)
        .bind(audience.to_string())
        .bind(now)
    ) == 1)
}

/// Puts a note aside, or back.
pub(super) async fn mark_deleted(
    transaction: &mut Transaction,
    id: NoteId,
    at: Option<Timestamp>,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE notes SET deleted_at = $2, revision = revision + 1 WHERE id = $1 AND (deleted_at IS NULL) = $3",
        )
        .bind(id)
        .bind(at)
        .bind(at.is_some())
    ) == 1)
}

/// Removes a note for good, if it was put aside by then.
pub(super) async fn remove(transaction: &mut Transaction, id: NoteId, deleted_by: Timestamp) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("DELETE FROM notes WHERE id = $1 AND deleted_at IS NOT NULL AND deleted_at <= $2")
            .bind(id)
            .bind(deleted_by)
    );
    Ok(())
}

/// A note as it is kept, for whoever answers a person.
#[derive(sqlx::FromRow)]
pub(super) struct KeptNote {
    pub id: NoteId,
    pub cluster_id: ClusterId,
    pub cluster: String,
    pub text: String,
    pub author_id: Option<Uuid>,
    pub created_at: Timestamp,
    pub restricted: bool,
}

/// The notes that somebody wrote, and those whose text may name them, to be looked at again.
macro_rules! about {
    () => {
        "SELECT notes.id, notes.cluster_id, clusters.name AS cluster, text, author_id, notes.created_at,
                EXISTS (SELECT 1 FROM note_restrictions WHERE note_id = notes.id) AS restricted
         FROM notes JOIN clusters ON clusters.id = notes.cluster_id
         WHERE author_id = $1 OR LOWER(text) LIKE $2 OR LOWER(text) LIKE $3 OR LOWER(text) LIKE $4
         ORDER BY notes.created_at, notes.id"
    };
}

fn concerning(mut notes: Vec<KeptNote>, subject: &Subject) -> Vec<KeptNote> {
    notes.retain(|note| {
        (note.author_id.is_some() && note.author_id == subject.person_id()) || subject.is_named_in(&note.text)
    });
    notes
}

pub(super) async fn held(database: &Database, subject: &Subject) -> Result<Vec<KeptNote>, Error> {
    let [id, email, name] = subject.patterns();
    Ok(concerning(rows!(database, about!(), subject.person_id(), id, email, name), subject))
}

pub(super) async fn held_in(transaction: &mut Transaction, subject: &Subject) -> Result<Vec<KeptNote>, Error> {
    let [id, email, name] = subject.patterns();
    Ok(concerning(rows!(transaction, about!(), subject.person_id(), id, email, name), subject))
}

/// Lets notes rest for somebody whom they name.
pub(super) async fn restrict(
    transaction: &mut Transaction,
    notes: &[NoteId],
    subject: &Subject,
    now: Timestamp,
) -> Result<(), Error> {
    let mut batch = Batch::new("INSERT INTO note_restrictions (note_id, person_id, email, since)", "");
    batch.extend(
        notes.iter().map(|note| vec![note.0.into(), subject.person_id().into(), subject.email().into(), now.into()]),
    );
    batch.write(transaction).await?;
    Ok(())
}

/// Ends what lets notes rest for somebody; says of how many.
pub(super) async fn lift(transaction: &mut Transaction, subject: &Subject) -> Result<u64, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("DELETE FROM note_restrictions WHERE person_id = $1 OR email = $2")
            .bind(subject.person_id())
            .bind(subject.email())
    ))
}

pub(super) async fn unname(
    transaction: &mut Transaction,
    id: NoteId,
    text: &str,
    author: Option<Uuid>,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("UPDATE notes SET text = $2, author_id = $3, revision = revision + 1 WHERE id = $1")
            .bind(id)
            .bind(text)
            .bind(author)
    );
    Ok(())
}

aged!(
    NoteId,
    (NoteId, String, Timestamp),
    "id, text, updated_at",
    "updated_at",
    // What nobody touched, and neither a restriction nor an open request keeps: its author's, or of somebody it names.
    "FROM notes WHERE updated_at < $1
     AND NOT EXISTS (SELECT 1 FROM note_restrictions WHERE note_id = notes.id)
     AND NOT EXISTS (SELECT 1 FROM personal_holds WHERE personal_holds.person_id = notes.author_id
                     OR LOWER(notes.text) LIKE '%' || personal_holds.email || '%')"
);

pub(super) async fn erase(transaction: &mut Transaction, id: NoteId) -> Result<(), Error> {
    execute!(transaction, sqlx::query("DELETE FROM notes WHERE id = $1").bind(id));
    Ok(())
}
