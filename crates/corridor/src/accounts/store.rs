//! SQL of clusters, people and the roles they hold.

use uuid::Uuid;

use super::{
    Actor, ClusterId, ClusterRef, Demonstration, Email, HeldRole, PersonId, Persona, Role, RoleId, model::scope_text,
    tokens::Scopes,
};
use crate::foundation::{
    database::{Database, Transaction},
    errors::Error,
    languages::Language,
    time::{Timestamp, Zone},
};

pub(super) async fn put_demonstration_person(
    transaction: &mut Transaction,
    who: Demonstration,
    cluster: &ClusterRef,
    member_organisation: Option<Uuid>,
    now: Timestamp,
) -> Result<(), Error> {
    let person: PersonId = on!(transaction, connection => sqlx::query_scalar(
        "INSERT INTO people (id, slug, name, demonstration, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (slug) DO UPDATE SET name = excluded.name RETURNING id",
    )
    .bind(PersonId::new())
    .bind(format!("demonstration-{}", who.key()))
    .bind(who.key())
    .bind(true)
    .bind(now)
    .fetch_one(connection)
    .await?);
    let held = HeldRole {
        role: who.role(),
        cluster: Some(cluster.id),
        organisation: member_organisation.filter(|_| who.role() == Role::MemberContact),
        organisation_name: None,
    };
    // One role each: a second preparation, perhaps for another cluster, replaces it.
    execute!(
        transaction,
        sqlx::query("DELETE FROM roles WHERE person_id = $1 AND (role <> $2 OR scope <> $3)")
            .bind(person)
            .bind(held.role.key())
            .bind(scope_text(held.cluster, held.organisation))
    );
    give_role(transaction, person, &held, None, now).await?;
    Ok(())
}

/// Gives a person a role, where they do not hold it yet.
pub(super) async fn give_role(
    transaction: &mut Transaction,
    person: PersonId,
    held: &HeldRole,
    by: Option<Uuid>,
    now: Timestamp,
) -> Result<RoleId, Error> {
    Ok(on!(transaction, connection => sqlx::query_scalar(
        "INSERT INTO roles (id, person_id, role, scope, cluster_id, organisation_id, organisation_name, given_by, given_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (person_id, role, scope) DO UPDATE
             SET organisation_name = COALESCE(excluded.organisation_name, roles.organisation_name)
         RETURNING id",
    )
    .bind(RoleId::new())
    .bind(person)
    .bind(held.role.key())
    .bind(scope_text(held.cluster, held.organisation))
    .bind(held.cluster)
    .bind(held.organisation)
    .bind(held.organisation_name.clone())
    .bind(by)
    .bind(now)
    .fetch_one(connection)
    .await?))
}

/// Ends a role; sessions in it go on in another role of the person, tokens for it end.
pub(super) async fn end_role(transaction: &mut Transaction, role: RoleId) -> Result<bool, Error> {
    Ok(execute!(transaction, sqlx::query("DELETE FROM roles WHERE id = $1").bind(role)) == 1)
}

#[derive(sqlx::FromRow)]
struct PersonaRow {
    id: RoleId,
    name: String,
    role: String,
    cluster: Option<String>,
}

fn role_of(text: &str) -> Result<Role, Error> {
    Role::of(text)
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
        let Some(who) = Demonstration::of(&row.name) else { continue };
        personas.push(Persona { id: row.id, who, role: role_of(&row.role)?, cluster: row.cluster });
    }
    personas.sort_by_key(|persona| persona.who);
    Ok(personas)
}

pub(super) async fn demonstration_person(database: &Database, role: RoleId) -> Result<Option<PersonId>, Error> {
    Ok(on!(database, pool => sqlx::query_scalar(
        "SELECT people.id FROM roles JOIN people ON people.id = roles.person_id WHERE roles.id = $1 AND people.demonstration",
    )
    .bind(role)
    .fetch_optional(pool)
    .await?))
}

/// A person as accounts need it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// The name shown.
    pub name: String,
    /// The address, proved to be theirs.
    pub email: Option<String>,
    /// Nobody in particular.
    pub demonstration: bool,
    language: Option<String>,
    /// The zone they chose to read times in.
    pub time_zone: Option<String>,
    cluster_zone: Option<String>,
    cluster_language: Option<String>,
}

impl Person {
    /// The language of letters to them: their own choice, else that of the cluster they came to first.
    pub fn language(&self) -> Language {
        let known = [&self.language, &self.cluster_language].into_iter().flatten();
        known.filter_map(|code| code.parse().ok()).next().unwrap_or_default()
    }

    /// The zone of times in letters to them: their own choice, else that of the cluster they came to first.
    pub fn zone(&self, of_instance: &Zone) -> Zone {
        let known = [&self.time_zone, &self.cluster_zone].into_iter().flatten();
        known.filter_map(|name| Zone::named(name)).next().unwrap_or_else(|| of_instance.clone())
    }
}

macro_rules! select_person {
    ($rest:literal) => {
        select_person!("", $rest)
    };
    ($more:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $more,
            "people.id, people.name, people.email, people.demonstration, people.language, people.time_zone, ",
            "clusters.time_zone AS cluster_zone, clusters.letter_language AS cluster_language FROM people ",
            "LEFT JOIN clusters ON clusters.id = (SELECT held.cluster_id FROM roles AS held WHERE held.person_id = people.id ",
            "AND held.cluster_id IS NOT NULL ORDER BY held.given_at, held.id LIMIT 1) ",
            $rest
        )
    };
}

pub(super) async fn person(database: &Database, id: PersonId) -> Result<Option<Person>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        select_person!("WHERE people.id = $1"),
    )
    .bind(id)
    .fetch_optional(pool)
    .await?))
}

pub(super) async fn person_by_email(database: &Database, email: &Email) -> Result<Option<Person>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        select_person!("WHERE people.email = $1"),
    )
    .bind(email.as_str())
    .fetch_optional(pool)
    .await?))
}

/// The people with an address who hold a role: in a cluster, or for the instance where none is named.
pub(super) async fn holders(database: &Database, role: Role, cluster: Option<ClusterId>) -> Result<Vec<Person>, Error> {
    Ok(rows!(
        database,
        select_person!(
            "WHERE NOT people.demonstration AND people.email IS NOT NULL AND people.id IN \
             (SELECT held.person_id FROM roles AS held WHERE held.role = $1 AND ($2 IS NULL OR held.cluster_id = $2)) \
             ORDER BY people.created_at, people.id"
        ),
        role.key(),
        cluster,
    ))
}

/// Somebody who speaks for an organisation.
#[derive(sqlx::FromRow)]
struct Speaker {
    organisation_id: Uuid,
    #[sqlx(flatten)]
    person: Person,
}

/// Who holds a role for one of these organisations, or for a record that has become one of them, each once for each.
/// Nobody of the demonstration.
pub(super) async fn speakers(
    database: &Database,
    role: Role,
    organisations: &[Uuid],
) -> Result<Vec<(Uuid, Person)>, Error> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Speaker> = on!(database, pool => {
        let mut query = sqlx::QueryBuilder::new(select_person!(
            "speaking.organisation_id, ",
            "JOIN (SELECT DISTINCT roles.person_id, COALESCE(merged.now_id, roles.organisation_id) AS organisation_id
                   FROM roles LEFT JOIN merged_organisations merged ON merged.id = roles.organisation_id
                   WHERE roles.role = "
        ));
        query.push_bind(role.key());
        query.push(" AND COALESCE(merged.now_id, roles.organisation_id) IN (");
        let mut listed = query.separated(", ");
        for organisation in organisations {
            listed.push_bind(*organisation);
        }
        query.push(
            ")) speaking ON speaking.person_id = people.id WHERE NOT people.demonstration AND people.restricted_at IS NULL
             ORDER BY people.name, people.id",
        );
        query.build_query_as().fetch_all(pool).await?
    });
    Ok(rows.into_iter().map(|row| (row.organisation_id, row.person)).collect())
}

/// Makes a person whose address is proved; none where the address is taken meanwhile.
pub(super) async fn put_person(
    transaction: &mut Transaction,
    name: &str,
    email: &Email,
    language: Language,
    now: Timestamp,
) -> Result<Option<PersonId>, Error> {
    let id = PersonId::new();
    Ok(on!(transaction, connection => sqlx::query_scalar(
        "INSERT INTO people (id, slug, name, email, language, demonstration, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (email) DO NOTHING RETURNING id",
    )
    .bind(id)
    .bind(format!("person-{id}"))
    .bind(name)
    .bind(email.as_str())
    .bind(language.code())
    .bind(false)
    .bind(now)
    .fetch_optional(connection)
    .await?))
}

pub(super) async fn rename_person(
    transaction: &mut Transaction,
    id: PersonId,
    name: &str,
    language: Language,
    zone: Option<&Zone>,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("UPDATE people SET name = $2, language = $3, time_zone = $4 WHERE id = $1")
            .bind(id)
            .bind(name)
            .bind(language.code())
            .bind(zone.map(|zone| zone.name().to_owned()))
    );
    Ok(())
}

#[derive(sqlx::FromRow)]
struct ActorRow {
    person: PersonId,
    name: String,
    demonstration: bool,
    role_id: Option<RoleId>,
    role: Option<String>,
    organisation_id: Option<Uuid>,
    cluster_id: Option<ClusterId>,
    cluster_slug: Option<String>,
    cluster_name: Option<String>,
    cluster_accent: Option<String>,
}

/// The person in the given role; where it ended meanwhile, in the one held longest. Whoever speaks for an organisation whose
/// record was merged speaks for the record that was kept.
pub(super) async fn actor(database: &Database, person: PersonId, role: Option<RoleId>) -> Result<Option<Actor>, Error> {
    let row: Option<ActorRow> = on!(database, pool => sqlx::query_as(
        "SELECT people.id AS person, people.name, people.demonstration, roles.id AS role_id, roles.role,
                COALESCE(merged.now_id, roles.organisation_id) AS organisation_id, clusters.id AS cluster_id, clusters.slug AS cluster_slug, clusters.name AS cluster_name,
                clusters.accent AS cluster_accent
         FROM people
         LEFT JOIN roles ON roles.person_id = people.id AND roles.id = COALESCE($2,
             (SELECT held.id FROM roles AS held WHERE held.person_id = $1 ORDER BY held.given_at, held.id LIMIT 1))
         LEFT JOIN clusters ON clusters.id = roles.cluster_id
         LEFT JOIN merged_organisations merged ON merged.id = roles.organisation_id
         WHERE people.id = $1",
    )
    .bind(person)
    .bind(role)
    .fetch_optional(pool)
    .await?);
    let Some(row) = row else { return Ok(None) };
    let (Some(role_id), Some(role)) = (row.role_id, row.role) else {
        return Ok(Some(Actor::Guest { person: row.person, name: row.name }));
    };
    let cluster = match (row.cluster_id, row.cluster_slug, row.cluster_name, row.cluster_accent) {
        (Some(id), Some(slug), Some(name), Some(accent)) => Some(ClusterRef { id, slug, name, accent }),
        _ => None,
    };
    Ok(Some(Actor::Person {
        person: row.person,
        role_id,
        name: row.name,
        role: role_of(&role)?,
        cluster,
        organisation: row.organisation_id,
        demonstration: row.demonstration,
        scopes: Scopes::ALL,
    }))
}

/// A role as its holder and the people's list show it.
#[derive(Clone, Debug)]
pub struct RoleLine {
    /// Its id.
    pub id: RoleId,
    /// Who holds it.
    pub person: PersonId,
    /// The holder's name.
    pub name: String,
    /// The holder's address.
    pub email: Option<String>,
    /// What it is.
    pub held: HeldRole,
    /// The cluster's name.
    pub cluster_name: Option<String>,
    /// Since when.
    pub given_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct RoleRow {
    id: RoleId,
    person_id: PersonId,
    name: String,
    email: Option<String>,
    role: String,
    cluster_id: Option<ClusterId>,
    cluster_name: Option<String>,
    organisation_id: Option<Uuid>,
    organisation_name: Option<String>,
    given_at: Timestamp,
}

impl RoleRow {
    fn line(self) -> Result<RoleLine, Error> {
        Ok(RoleLine {
            id: self.id,
            person: self.person_id,
            name: self.name,
            email: self.email,
            held: HeldRole {
                role: role_of(&self.role)?,
                cluster: self.cluster_id,
                organisation: self.organisation_id,
                organisation_name: self.organisation_name,
            },
            cluster_name: self.cluster_name,
            given_at: self.given_at,
        })
    }
}

macro_rules! select_roles {
    ($rest:literal) => {
        concat!(
            "SELECT roles.id, roles.person_id, people.name, people.email, roles.role, roles.cluster_id, ",
            "clusters.name AS cluster_name, COALESCE(merged.now_id, roles.organisation_id) AS organisation_id, ",
            "roles.organisation_name, roles.given_at ",
            "FROM roles JOIN people ON people.id = roles.person_id LEFT JOIN clusters ON clusters.id = roles.cluster_id ",
            "LEFT JOIN merged_organisations merged ON merged.id = roles.organisation_id ",
            $rest
        )
    };
}

/// The roles that a person holds, the longest held first.
pub(super) async fn roles_of(database: &Database, person: PersonId) -> Result<Vec<RoleLine>, Error> {
    let rows: Vec<RoleRow> = on!(database, pool => sqlx::query_as(
        select_roles!("WHERE roles.person_id = $1 ORDER BY roles.given_at, roles.id"),
    )
    .bind(person)
    .fetch_all(pool)
    .await?);
    rows.into_iter().map(RoleRow::line).collect()
}

/// Everybody's roles: of one cluster, of one organisation in it, or of the whole instance. Nobody of the demonstration.
pub(super) async fn roles(
    database: &Database,
    cluster: Option<ClusterId>,
    organisation: Option<Uuid>,
) -> Result<Vec<RoleLine>, Error> {
    let rows: Vec<RoleRow> = on!(database, pool => sqlx::query_as(
        select_roles!("WHERE NOT people.demonstration AND people.restricted_at IS NULL AND (roles.cluster_id = $1 OR $1 IS NULL) AND (COALESCE(merged.now_id, roles.organisation_id) = $2 OR $2 IS NULL) ORDER BY people.name, roles.given_at, roles.id LIMIT 2000"),
    )
    .bind(cluster)
    .bind(organisation)
    .fetch_all(pool)
    .await?);
    rows.into_iter().map(RoleRow::line).collect()
}

pub(super) async fn role(database: &Database, id: RoleId) -> Result<Option<RoleLine>, Error> {
    let row: Option<RoleRow> = on!(database, pool => sqlx::query_as(
        select_roles!("WHERE roles.id = $1 AND NOT people.demonstration"),
    )
    .bind(id)
    .fetch_optional(pool)
    .await?);
    row.map(RoleRow::line).transpose()
}

/// What people are called, those of the given ids.
pub(super) async fn names(database: &Database, ids: &[Uuid]) -> Result<Vec<(PersonId, String)>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on!(database, pool => {
        let mut query = sqlx::QueryBuilder::new("SELECT id, name FROM people WHERE restricted_at IS NULL AND id IN (");
        let mut listed = query.separated(", ");
        for id in ids {
            listed.push_bind(*id);
        }
        query.push(")");
        query.build_query_as().fetch_all(pool).await?
    }))
}

/// Notes when a person last came in.
pub(super) async fn came_in(transaction: &mut Transaction, person: PersonId, now: Timestamp) -> Result<(), Error> {
    execute!(transaction, sqlx::query("UPDATE people SET used_at = $2 WHERE id = $1").bind(person).bind(now));
    Ok(())
}
