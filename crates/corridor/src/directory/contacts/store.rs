//! SQL of contacts. Everything that is read for somebody is read through [`seen`], where a field that they may not see
//! is empty before anything is searched, counted or sorted: so nothing of it can show.

use sqlx::{Encode, QueryBuilder, Type};
use uuid::Uuid;

use super::{
    Selection,
    model::{Change, Contact, ContactId, Fields, KeptBy},
};
use crate::{
    accounts::{
        ClusterId, PersonId,
        visibility::{Audience, Reader},
    },
    directory::{OrganisationId, model::plain},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        personal::{Addressee, Subject, aged},
        time::Timestamp,
    },
};

#[derive(sqlx::FromRow)]
struct Row {
    id: ContactId,
    cluster_id: ClusterId,
    cluster: String,
    organisation_id: OrganisationId,
    organisation: Option<String>,
    #[sqlx(try_from = "String")]
    kept_by: KeptBy,
    person_id: Option<Uuid>,
    name: Option<String>,
    job: Option<String>,
    email: Option<String>,
    telephone: Option<String>,
    languages: Option<String>,
    #[sqlx(try_from = "String")]
    name_audience: Audience,
    #[sqlx(try_from = "String")]
    job_audience: Audience,
    #[sqlx(try_from = "String")]
    email_audience: Audience,
    #[sqlx(try_from = "String")]
    telephone_audience: Audience,
    #[sqlx(try_from = "String")]
    languages_audience: Audience,
    revision: i64,
}

impl Row {
    fn contact(self) -> Contact {
        Contact {
            id: self.id,
            cluster: self.cluster_id,
            cluster_name: self.cluster,
            organisation: self.organisation_id,
            organisation_name: self.organisation,
            kept_by: self.kept_by,
            person: self.person_id,
            values: Fields {
                name: self.name,
                function: self.job,
                email: self.email,
                telephone: self.telephone,
                languages: self.languages,
            },
            audiences: Fields {
                name: self.name_audience,
                function: self.job_audience,
                email: self.email_audience,
                telephone: self.telephone_audience,
                languages: self.languages_audience,
            },
            revision: self.revision,
        }
    }
}

/// Adds the contacts as the reader sees them, as a table in parentheses: fields not seen are NULL, contacts of which
/// nothing is seen are not there, and who speaks for an organisation sees all that it says of itself.
fn seen<'q, DB: sqlx::Database>(query: &mut QueryBuilder<DB>, reader: &Reader, deleted: bool)
where
    Uuid: Type<DB> + Encode<'q, DB> + 'q,
    String: Type<DB> + Encode<'q, DB> + 'q,
{
    query.push(
        "(SELECT masked.* FROM (SELECT contacts.id, contacts.cluster_id, clusters.name AS cluster, organisations.id AS organisation_id,
         organisations.name AS organisation, organisations.name_key AS organisation_key, organisations.kind, organisations.country, contacts.kept_by, contacts.person_id,
         contacts.revision, contacts.deleted_at, name_audience, job_audience, email_audience, telephone_audience, languages_audience",
    );
    let columns = [
        ("name", "name_audience"),
        ("name_key", "name_audience"),
        ("job", "job_audience"),
        ("job_key", "job_audience"),
        ("email", "email_audience"),
        ("telephone", "telephone_audience"),
        ("languages", "languages_audience"),
    ];
    for (column, audience) in columns {
        query.push(", CASE WHEN ");
        reader.condition(query, "contacts.cluster_id", audience);
        if let Some((cluster, organisation)) = reader.speaks_for() {
            query.push(" OR (kept_by <> 'cluster' AND contacts.cluster_id = ").push_bind(cluster.0);
            query.push(" AND organisations.id = ").push_bind(organisation).push(")");
        }
        query.push(" THEN contacts.").push(column).push(" END AS ").push(column);
    }
    query.push(
        " FROM contacts JOIN clusters ON clusters.id = contacts.cluster_id
         LEFT JOIN merged_organisations merged ON merged.id = contacts.organisation_id
         JOIN organisations ON organisations.id = COALESCE(merged.now_id, contacts.organisation_id)
         WHERE contacts.restricted_at IS NULL AND contacts.deleted_at IS ",
    );
    query.push(if deleted { "NOT NULL" } else { "NULL" });
    query.push(
        ") masked WHERE name IS NOT NULL OR job IS NOT NULL OR email IS NOT NULL OR telephone IS NOT NULL) contact",
    );
}

const COLUMNS: &str = "id, cluster_id, cluster, organisation_id, organisation, kept_by, person_id, name, job, email,
    telephone, languages, name_audience, job_audience, email_audience, telephone_audience, languages_audience, revision";

/// By name; what has none stands last, by what is seen of it.
const ORDER: &str =
    " ORDER BY CASE WHEN name_key IS NULL OR name_key = '' THEN 1 ELSE 0 END, name_key, job_key, email, id";

/// A value for `LIKE` that finds it anywhere; what `LIKE` itself reads as a sign is left out.
fn anywhere(text: &str) -> String {
    format!("%{}%", text.replace(['%', '_', '\\'], ""))
}

fn narrow<'q, DB: sqlx::Database>(query: &mut QueryBuilder<DB>, asked: &Selection)
where
    Uuid: Type<DB> + Encode<'q, DB> + 'q,
    String: Type<DB> + Encode<'q, DB> + 'q,
{
    query.push(" WHERE 1 = 1");
    for word in plain(&asked.q).split_whitespace() {
        let pattern = anywhere(word);
        query.push(" AND (name_key LIKE ").push_bind(pattern.clone());
        query.push(" OR job_key LIKE ").push_bind(pattern.clone());
        query.push(" OR organisation_key LIKE ").push_bind(pattern.clone());
        query.push(" OR email LIKE ").push_bind(pattern).push(")");
    }
    for (column, chosen) in [("kind", &asked.kind), ("country", &asked.country)] {
        if !chosen.is_empty() {
            query.push(" AND ").push(column).push(" IN (");
            let mut listed = query.separated(", ");
            for value in chosen {
                listed.push_bind(value.clone());
            }
            query.push(")");
        }
    }
    if !asked.concept.is_empty() {
        query.push(
            " AND EXISTS (SELECT 1 FROM organisation_competences
              WHERE organisation_competences.organisation_id = contact.organisation_id AND concept_id IN (",
        );
        let mut listed = query.separated(", ");
        for value in &asked.concept {
            listed.push_bind(value.clone());
        }
        query.push("))");
    }
}

/// A page of the contacts that a reader sees, and how many there are in all.
pub(super) async fn list(
    database: &Database,
    reader: &Reader,
    asked: &Selection,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Contact>, i64), Error> {
    let rows: Vec<Row> = on!(database, pool => {
        let mut query = QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM ");
        seen(&mut query, reader, false);
        narrow(&mut query, asked);
        query.push(ORDER).push(" LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
        query.build_query_as().fetch_all(pool).await?
    });
    let count: i64 = on!(database, pool => {
        let mut query = QueryBuilder::new("SELECT COUNT(*) FROM ");
        seen(&mut query, reader, false);
        narrow(&mut query, asked);
        query.build_query_scalar().fetch_one(pool).await?
    });
    Ok((rows.into_iter().map(Row::contact).collect(), count))
}

/// The kinds and the countries of the organisations of all contacts that a reader sees, with how many contacts.
pub(super) async fn facets(
    database: &Database,
    reader: &Reader,
    asked: &Selection,
    column: &'static str,
) -> Result<Vec<(String, i64)>, Error> {
    Ok(on!(database, pool => {
        let mut query = QueryBuilder::new("SELECT ");
        query.push(column).push(", COUNT(*) FROM ");
        seen(&mut query, reader, false);
        narrow(&mut query, asked);
        query.push(" AND ").push(column).push(" IS NOT NULL GROUP BY ").push(column).push(" ORDER BY 2 DESC, 1");
        query.build_query_as().fetch_all(pool).await?
    }))
}

/// The contacts at an organisation that a reader sees.
pub(super) async fn of_organisation(
    database: &Database,
    reader: &Reader,
    organisation: OrganisationId,
) -> Result<Vec<Contact>, Error> {
    let rows: Vec<Row> = on!(database, pool => {
        let mut query = QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM ");
        seen(&mut query, reader, false);
        query.push(" WHERE organisation_id = ").push_bind(organisation.0).push(ORDER).push(" LIMIT 200");
        query.build_query_as().fetch_all(pool).await?
    });
    Ok(rows.into_iter().map(Row::contact).collect())
}

/// The contacts with an address at organisations that a reader sees.
pub(super) async fn with_address_at(
    database: &Database,
    reader: &Reader,
    organisations: &[OrganisationId],
) -> Result<Vec<Contact>, Error> {
    let mut found = Vec::new();
    // A statement takes some 30,000 values.
    for part in organisations.chunks(5_000) {
        let rows: Vec<Row> = on!(database, pool => {
            let mut query = QueryBuilder::new("SELECT ");
            query.push(COLUMNS).push(" FROM ");
            seen(&mut query, reader, false);
            query.push(" WHERE email IS NOT NULL AND organisation_id IN (");
            let mut listed = query.separated(", ");
            for organisation in part {
                listed.push_bind(organisation.0);
            }
            query.push(")").push(ORDER).build_query_as().fetch_all(pool).await?
        });
        found.extend(rows.into_iter().map(Row::contact));
    }
    Ok(found)
}

/// A contact as a reader sees it; nothing where they see nothing of it.
pub(super) async fn one(
    database: &Database,
    reader: &Reader,
    id: ContactId,
    deleted: bool,
) -> Result<Option<Contact>, Error> {
    let row: Option<Row> = on!(database, pool => {
        let mut query = QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM ");
        seen(&mut query, reader, deleted);
        query.push(" WHERE id = ").push_bind(id.0);
        query.build_query_as().fetch_optional(pool).await?
    });
    Ok(row.map(Row::contact))
}

/// What was deleted and can still be brought back.
pub(super) async fn deleted(database: &Database, reader: &Reader) -> Result<Vec<Contact>, Error> {
    let rows: Vec<Row> = on!(database, pool => {
        let mut query = QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM ");
        seen(&mut query, reader, true);
        query.push(" ORDER BY deleted_at DESC, id LIMIT 50");
        query.build_query_as().fetch_all(pool).await?
    });
    Ok(rows.into_iter().map(Row::contact).collect())
}

/// Where else somebody with one of these addresses is a contact, as far as the reader sees it.
pub(super) async fn with_addresses(
    database: &Database,
    reader: &Reader,
    emails: &[&str],
) -> Result<Vec<Contact>, Error> {
    if emails.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = on!(database, pool => {
        let mut query = QueryBuilder::new("SELECT ");
        query.push(COLUMNS).push(" FROM ");
        seen(&mut query, reader, false);
        query.push(" WHERE email IN (");
        let mut listed = query.separated(", ");
        for email in emails {
            listed.push_bind((*email).to_owned());
        }
        query.push(")").push(ORDER).push(" LIMIT 200");
        query.build_query_as().fetch_all(pool).await?
    });
    Ok(rows.into_iter().map(Row::contact).collect())
}

/// The entry by which somebody shows their account at an organisation, for the cluster.
pub(super) async fn of_person(
    transaction: &mut Transaction,
    cluster: ClusterId,
    organisation: OrganisationId,
    person: Uuid,
) -> Result<Option<ContactId>, Error> {
    Ok(value!(
        transaction,
        "SELECT id FROM contacts WHERE cluster_id = $1 AND organisation_id = $2 AND person_id = $3",
        cluster,
        organisation,
        person,
    ))
}

/// A contact to be written for the first time.
pub(super) struct New {
    pub id: ContactId,
    pub cluster: ClusterId,
    pub organisation: OrganisationId,
    pub kept_by: KeptBy,
    pub person: Option<PersonId>,
}

/// A query with all fields of a change bound to its first twelve places: the value, what it is found and sorted by, the
/// audience.
macro_rules! binding_fields {
    ($query:expr, $change:expr) => {{
        let Change { values, audiences, .. } = $change;
        let key = |value: &Option<String>| plain(value.as_deref().unwrap_or(""));
        sqlx::query($query)
            .bind(&values.name)
            .bind(key(&values.name))
            .bind(audiences.name.to_string())
            .bind(&values.function)
            .bind(key(&values.function))
            .bind(audiences.function.to_string())
            .bind(&values.email)
            .bind(audiences.email.to_string())
            .bind(&values.telephone)
            .bind(audiences.telephone.to_string())
            .bind(&values.languages)
            .bind(audiences.languages.to_string())
    }};
}

pub(super) async fn put(
    transaction: &mut Transaction,
    new: &New,
    change: &Change,
    now: Timestamp,
) -> Result<(), Error> {
    execute!(transaction, binding_fields!(
        "INSERT INTO contacts (name, name_key, name_audience, job, job_key, job_audience, email, email_audience, telephone,
             telephone_audience, languages, languages_audience, cluster_id, id, organisation_id, kept_by, person_id, revision,
             created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1, $18, $18)",
        change
    )
    .bind(new.cluster)
    .bind(new.id)
    .bind(new.organisation)
    .bind(new.kept_by.key())
    .bind(new.person)
    .bind(now));
    Ok(())
}

/// Changes a contact that is still of this revision; whether it was.
pub(super) async fn change(
    transaction: &mut Transaction,
    (cluster, id): (ClusterId, ContactId),
    revision: i64,
    change: &Change,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(transaction, binding_fields!(
        "UPDATE contacts SET name = $1, name_key = $2, name_audience = $3, job = $4, job_key = $5, job_audience = $6, email = $7,
             email_audience = $8, telephone = $9, telephone_audience = $10, languages = $11, languages_audience = $12,
             revision = revision + 1, updated_at = $13
         WHERE cluster_id = $14 AND id = $15 AND revision = $16 AND deleted_at IS NULL",
        change
    )
    .bind(now)
    .bind(cluster)
    .bind(id)
    .bind(revision)) == 1)
}

/// Puts a contact aside, or back.
pub(super) async fn mark_deleted(
    transaction: &mut Transaction,
    (cluster, id): (ClusterId, ContactId),
    at: Option<Timestamp>,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE contacts SET deleted_at = $3, revision = revision + 1
             WHERE cluster_id = $1 AND id = $2 AND (deleted_at IS NULL) = $4",
        )
        .bind(cluster)
        .bind(id)
        .bind(at)
        .bind(at.is_some())
    ) == 1)
}

/// Removes a contact for good, if it was put aside by then.
pub(super) async fn remove(transaction: &mut Transaction, id: ContactId, deleted_by: Timestamp) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("DELETE FROM contacts WHERE id = $1 AND deleted_at IS NOT NULL AND deleted_at <= $2")
            .bind(id)
            .bind(deleted_by)
    ) == 1)
}

/// Removes one's own entry, of which nothing is shown any more.
pub(super) async fn remove_own(transaction: &mut Transaction, id: ContactId, person: Uuid) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("DELETE FROM contacts WHERE id = $1 AND person_id = $2").bind(id).bind(person)
    ) == 1)
}

/// A contact as it is kept, for whoever answers the person that it is about.
#[derive(sqlx::FromRow)]
pub(super) struct KeptRow {
    pub id: ContactId,
    pub cluster_id: ClusterId,
    pub cluster: String,
    pub organisation: Option<String>,
    pub kept_by: String,
    pub name: Option<String>,
    pub job: Option<String>,
    pub email: Option<String>,
    pub telephone: Option<String>,
    pub languages: Option<String>,
    pub created_at: Timestamp,
    pub restricted_at: Option<Timestamp>,
}

/// Everything kept about somebody, also what is put aside.
pub(super) async fn held(database: &Database, subject: &Subject) -> Result<Vec<KeptRow>, Error> {
    Ok(rows!(
        database,
        "SELECT contacts.id, contacts.cluster_id, clusters.name AS cluster, organisations.name AS organisation, kept_by,
                contacts.name, contacts.job, contacts.email, contacts.telephone, contacts.languages, contacts.created_at, contacts.restricted_at
         FROM contacts JOIN clusters ON clusters.id = contacts.cluster_id
         JOIN organisations ON organisations.id = contacts.organisation_id
         WHERE contacts.email = $1 OR contacts.person_id = $2 ORDER BY contacts.created_at, contacts.id",
        subject.email(),
        subject.person_id(),
    ))
}

/// Every contact of a cluster, or of all, oldest first: its id, what it is called, since when.
pub(super) async fn listed(
    database: &Database,
    cluster: Option<Uuid>,
) -> Result<Vec<(ContactId, String, Timestamp)>, Error> {
    Ok(rows!(
        database,
        "SELECT id, COALESCE(name, job, email, ''), created_at FROM contacts
         WHERE deleted_at IS NULL AND ($1 IS NULL OR cluster_id = $1) ORDER BY created_at, id",
        cluster,
    ))
}

/// Whom a letter about a contact goes to: nobody whose data is restricted or put aside.
pub(super) async fn addressee(database: &Database, id: ContactId) -> Result<Option<Addressee>, Error> {
    Ok(row!(
        database,
        "SELECT contacts.email, clusters.letter_language AS language, contacts.cluster_id AS cluster,
                clusters.name AS cluster_name, organisations.name AS about
         FROM contacts JOIN clusters ON clusters.id = contacts.cluster_id
         JOIN organisations ON organisations.id = contacts.organisation_id
         WHERE contacts.id = $1 AND contacts.email IS NOT NULL AND contacts.deleted_at IS NULL
           AND contacts.restricted_at IS NULL AND organisations.name IS NOT NULL",
        id,
    ))
}

/// The ids of everything kept about somebody.
pub(super) async fn ids_of(transaction: &mut Transaction, subject: &Subject) -> Result<Vec<ContactId>, Error> {
    Ok(values!(
        transaction,
        "SELECT id FROM contacts WHERE email = $1 OR person_id = $2 ORDER BY id",
        subject.email(),
        subject.person_id(),
    ))
}

pub(super) async fn restrict(
    transaction: &mut Transaction,
    subject: &Subject,
    at: Option<Timestamp>,
) -> Result<u64, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("UPDATE contacts SET restricted_at = $3 WHERE email = $1 OR person_id = $2")
            .bind(subject.email())
            .bind(subject.person_id())
            .bind(at)
    ))
}

/// Corrects one field; whether there was such a contact of the person and such a field.
pub(super) async fn rectify(
    transaction: &mut Transaction,
    subject: &Subject,
    id: ContactId,
    field: &str,
    value: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    macro_rules! setting {
        ($what:literal) => {
            concat!(
                "UPDATE contacts SET ",
                $what,
                ", revision = revision + 1, updated_at = $5 WHERE id = $1 AND (email = $2 OR person_id = $3)"
            )
        };
    }
    let (statement, key) = match field {
        "name" => (setting!("name = $4, name_key = $6"), Some(plain(value))),
        "function" => (setting!("job = $4, job_key = $6"), Some(plain(value))),
        "email" => (setting!("email = $4"), None),
        "telephone" => (setting!("telephone = $4"), None),
        "languages" => (setting!("languages = $4"), None),
        _ => return Ok(false),
    };
    let value = Some(value).filter(|value| !value.is_empty());
    Ok(on!(transaction, connection => {
        let query = sqlx::query(statement).bind(id).bind(subject.email()).bind(subject.person_id()).bind(value).bind(now);
        match key {
            Some(key) => query.bind(key).execute(connection).await?,
            None => query.execute(connection).await?,
        }
        .rows_affected()
    }) == 1)
}

pub(super) async fn erase(transaction: &mut Transaction, id: ContactId) -> Result<(), Error> {
    execute!(transaction, sqlx::query("DELETE FROM contacts WHERE id = $1").bind(id));
    Ok(())
}

/// A contact that nobody touched for long.
#[derive(sqlx::FromRow)]
pub(super) struct DueContact {
    pub id: ContactId,
    pub name: Option<String>,
    pub job: Option<String>,
    pub email: Option<String>,
    pub updated_at: Timestamp,
}

aged!(
    ContactId,
    DueContact,
    "id, name, job, email, updated_at",
    "updated_at",
    // What nobody touched, and neither a restriction nor an open request keeps.
    "FROM contacts WHERE updated_at < $1 AND restricted_at IS NULL
     AND NOT EXISTS (SELECT 1 FROM personal_holds
                     WHERE personal_holds.email = contacts.email OR personal_holds.person_id = contacts.person_id)"
);
