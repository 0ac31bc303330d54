//! SQL of accounts.

use uuid::Uuid;

use super::{Actor, ClusterId, ClusterRef, PersonId, Persona, Role, RoleId};
use crate::foundation::{
    database::{Database, Transaction},
    errors::Error,
    time::Timestamp,
};

pub(super) async fn cluster_by_slug(database: &Database, slug: &str) -> Result<Option<ClusterRef>, Error> {
    Ok(on!(database, pool => sqlx::query_as("SELECT id, slug, name, accent FROM clusters WHERE slug = $1")
        .bind(slug)
        .fetch_optional(pool)
        .await?))
}

pub(super) async fn clusters(database: &Database) -> Result<Vec<ClusterRef>, Error> {
    Ok(on!(database, pool => sqlx::query_as("SELECT id, slug, name, accent FROM clusters ORDER BY name")
        .fetch_all(pool)
        .await?))
}

pub(super) async fn put_cluster(
    transaction: &mut Transaction,
    slug: &str,
    name: &str,
    accent: &str,
    now: Timestamp,
) -> Result<ClusterId, Error> {
    Ok(on!(transaction, connection => sqlx::query_scalar(
        "INSERT INTO clusters (id, slug, name, accent, time_zone, created_at) VALUES ($1, $2, $3, $4, 'Europe/Paris', $5)
         ON CONFLICT (slug) DO UPDATE SET name = excluded.name RETURNING id",
    )
    .bind(ClusterId::new())
    .bind(slug)
    .bind(name)
    .bind(accent)
    .bind(now)
    .fetch_one(connection)
    .await?))
}

pub(super) async fn put_demonstration_person(
    transaction: &mut Transaction,
    role: Role,
    cluster: &ClusterRef,
    member_organisation: Option<Uuid>,
    now: Timestamp,
) -> Result<(), Error> {
    let person: PersonId = on!(transaction, connection => sqlx::query_scalar(
        "INSERT INTO people (id, slug, name, demonstration, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (slug) DO UPDATE SET name = excluded.name RETURNING id",
    )
    .bind(PersonId::new())
    .bind(format!("demonstration-{}", role.key()))
    .bind(role.key())
    .bind(true)
    .bind(now)
    .fetch_one(connection)
    .await?);
    let organisation = member_organisation.filter(|_| role == Role::Member);
    execute!(transaction, sqlx::query(
        "INSERT INTO roles (id, person_id, role, cluster_id, organisation_id) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (person_id, role) DO UPDATE SET cluster_id = excluded.cluster_id, organisation_id = excluded.organisation_id",
    )
    .bind(RoleId::new())
    .bind(person)
    .bind(role.key())
    .bind(cluster.id)
    .bind(organisation));
    Ok(())
}

#[derive(sqlx::FromRow)]
struct PersonaRow {
    id: RoleId,
    name: String,
    role: String,
    cluster: Option<String>,
}

fn role_of(text: &str) -> Result<Role, Error> {
    Role::ALL
        .into_iter()
        .find(|role| role.key() == text)
        .ok_or_else(|| anyhow::anyhow!("the database holds a role that this version does not know: {text}").into())
}

pub(super) async fn personas(database: &Database) -> Result<Vec<Persona>, Error> {
    let rows: Vec<PersonaRow> = on!(database, pool => sqlx::query_as(
        "SELECT roles.id, people.name, roles.role, clusters.name AS cluster FROM roles
         JOIN people ON people.id = roles.person_id LEFT JOIN clusters ON clusters.id = roles.cluster_id
         WHERE people.demonstration",
    )
    .fetch_all(pool)
    .await?);
    let mut personas = Vec::with_capacity(rows.len());
    for row in rows {
        personas.push(Persona { id: row.id, name: row.name, role: role_of(&row.role)?, cluster: row.cluster });
    }
    personas.sort_by_key(|persona| persona.role);
    Ok(personas)
}

pub(super) async fn open_session(
    transaction: &mut Transaction,
    token_digest: &str,
    role: RoleId,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), Error> {
    execute!(transaction, sqlx::query("DELETE FROM sessions WHERE expires_at < $1").bind(now));
    execute!(
        transaction,
        sqlx::query("INSERT INTO sessions (token_digest, role_id, created_at, expires_at) VALUES ($1, $2, $3, $4)",)
            .bind(token_digest)
            .bind(role)
            .bind(now)
            .bind(until)
    );
    Ok(())
}

pub(super) async fn close_session(transaction: &mut Transaction, token_digest: &str) -> Result<(), Error> {
    execute!(transaction, sqlx::query("DELETE FROM sessions WHERE token_digest = $1").bind(token_digest));
    Ok(())
}

#[derive(sqlx::FromRow)]
struct ActorRow {
    person: PersonId,
    role_id: RoleId,
    name: String,
    role: String,
    organisation_id: Option<Uuid>,
    cluster_id: Option<ClusterId>,
    cluster_slug: Option<String>,
    cluster_name: Option<String>,
    cluster_accent: Option<String>,
}

pub(super) async fn actor_of(database: &Database, token_digest: &str, now: Timestamp) -> Result<Option<Actor>, Error> {
    let row: Option<ActorRow> = on!(database, pool => sqlx::query_as(
        "SELECT people.id AS person, roles.id AS role_id, people.name, roles.role, roles.organisation_id,
                clusters.id AS cluster_id, clusters.slug AS cluster_slug, clusters.name AS cluster_name,
                clusters.accent AS cluster_accent
         FROM sessions JOIN roles ON roles.id = sessions.role_id JOIN people ON people.id = roles.person_id
         LEFT JOIN clusters ON clusters.id = roles.cluster_id
         WHERE sessions.token_digest = $1 AND sessions.expires_at > $2",
    )
    .bind(token_digest)
    .bind(now)
    .fetch_optional(pool)
    .await?);
    let Some(row) = row else { return Ok(None) };
    let cluster = match (row.cluster_id, row.cluster_slug, row.cluster_name, row.cluster_accent) {
        (Some(id), Some(slug), Some(name), Some(accent)) => Some(ClusterRef { id, slug, name, accent }),
        _ => None,
    };
    Ok(Some(Actor::Person {
        person: row.person,
        role_id: row.role_id,
        name: row.name,
        role: role_of(&row.role)?,
        cluster,
        organisation: row.organisation_id,
    }))
}

/// What people are called, those of the given ids.
pub(super) async fn names(database: &Database, ids: &[Uuid]) -> Result<Vec<(PersonId, String)>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on!(database, pool => {
        let mut query = sqlx::QueryBuilder::new("SELECT id, name FROM people WHERE id IN (");
        let mut listed = query.separated(", ");
        for id in ids {
            listed.push_bind(*id);
        }
        query.push(")");
        query.build_query_as().fetch_all(pool).await?
    }))
}
