//! SQL of what accounts hold about a person.

use uuid::Uuid;

use crate::foundation::{
    database::{Database, Transaction},
    errors::Error,
    personal::{Due, DueRow, Subject, ToTell},
    time::Timestamp,
};

#[derive(sqlx::FromRow)]
pub(super) struct PersonRow {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) email: Option<String>,
    pub(super) language: Option<String>,
    pub(super) time_zone: Option<String>,
    pub(super) created_at: Timestamp,
    pub(super) used_at: Option<Timestamp>,
    pub(super) restricted_at: Option<Timestamp>,
    pub(super) password_since: Option<Timestamp>,
}

/// The account of the person; never one of the demonstration.
pub(super) async fn person(database: &Database, subject: &Subject) -> Result<Option<PersonRow>, Error> {
    Ok(row!(
        database,
        "SELECT people.id, name, email, language, time_zone, created_at, people.used_at, restricted_at, passwords.changed_at AS password_since
         FROM people LEFT JOIN passwords ON passwords.person_id = people.id
         WHERE NOT demonstration AND (people.id = $1 OR people.email = $2)",
        subject.person_id(),
        subject.email(),
    ))
}

/// The same in a transaction: its id.
pub(super) async fn person_in(transaction: &mut Transaction, subject: &Subject) -> Result<Option<Uuid>, Error> {
    Ok(value!(
        transaction,
        "SELECT id FROM people WHERE NOT demonstration AND (id = $1 OR email = $2)",
        subject.person_id(),
        subject.email(),
    ))
}

#[derive(sqlx::FromRow)]
pub(super) struct RoleRow {
    pub(super) id: Uuid,
    pub(super) role: String,
    pub(super) cluster_id: Option<Uuid>,
    pub(super) cluster: Option<String>,
    pub(super) organisation_name: Option<String>,
    pub(super) giver: Option<String>,
    pub(super) given_at: Timestamp,
}

pub(super) async fn roles(database: &Database, person: Uuid) -> Result<Vec<RoleRow>, Error> {
    Ok(rows!(
        database,
        "SELECT roles.id, role, cluster_id, clusters.name AS cluster, organisation_name, people.name AS giver, given_at
         FROM roles LEFT JOIN clusters ON clusters.id = cluster_id LEFT JOIN people ON people.id = given_by
         WHERE person_id = $1 ORDER BY given_at, roles.id",
        person,
    ))
}

/// A way in: a session, a passkey, an identity elsewhere, a token of a program.
#[derive(sqlx::FromRow)]
pub(super) struct WayRow {
    pub(super) id: Uuid,
    pub(super) what: String,
    pub(super) label: String,
    pub(super) detail: String,
    pub(super) since: Timestamp,
    pub(super) used_at: Option<Timestamp>,
}

pub(super) async fn ways(database: &Database, person: Uuid) -> Result<Vec<WayRow>, Error> {
    Ok(rows!(
        database,
        "SELECT id, 'session' AS what, agent AS label, place AS detail, created_at AS since, seen_at AS used_at
         FROM sessions WHERE person_id = $1
         UNION ALL SELECT id, 'passkey', label, '', created_at, used_at FROM passkeys WHERE person_id = $1
         UNION ALL SELECT id, 'identity', provider, email, linked_at, used_at FROM identities WHERE person_id = $1
         UNION ALL SELECT id, 'token', label, scopes, created_at, used_at FROM api_tokens WHERE person_id = $1
         UNION ALL SELECT id, 'address', label, feed, created_at, used_at FROM private_addresses WHERE person_id = $1
         ORDER BY 2, 5, 1",
        person,
    ))
}

/// Whether nobody else could run the instance.
pub(super) async fn is_last_administrator(transaction: &mut Transaction, person: Uuid) -> Result<bool, Error> {
    let runs: Vec<Uuid> = values!(
        transaction,
        "SELECT DISTINCT person_id FROM roles JOIN people ON people.id = person_id
         WHERE role = 'instance_administrator' AND NOT demonstration",
    );
    Ok(runs == [person])
}

/// Removes an account with everything that hangs on it; says how many ways in there were.
pub(super) async fn remove_account(transaction: &mut Transaction, person: Uuid) -> Result<u64, Error> {
    // What was begun in a session of theirs is bound to its id as text.
    let sessions: Vec<Uuid> = values!(transaction, "SELECT id FROM sessions WHERE person_id = $1", person);
    for session in sessions {
        let bound = session.to_string();
        execute!(transaction, sqlx::query("DELETE FROM ceremonies WHERE browser_digest = $1").bind(bound));
    }
    for statement in [
        "UPDATE invitations SET invited_by = NULL WHERE invited_by = $1",
        "UPDATE roles SET given_by = NULL WHERE given_by = $1",
        "UPDATE claims SET decided_by = NULL WHERE decided_by = $1",
        "DELETE FROM claims WHERE person_id = $1",
        "DELETE FROM sign_in_links WHERE person_id = $1",
    ] {
        execute!(transaction, sqlx::query(statement).bind(person));
    }
    let mut ways = 0;
    for statement in [
        "DELETE FROM api_tokens WHERE person_id = $1",
        "DELETE FROM private_addresses WHERE person_id = $1",
        "DELETE FROM sessions WHERE person_id = $1",
        "DELETE FROM passkeys WHERE person_id = $1",
        "DELETE FROM identities WHERE person_id = $1",
        "DELETE FROM passwords WHERE person_id = $1",
    ] {
        ways += execute!(transaction, sqlx::query(statement).bind(person));
    }
    execute!(transaction, sqlx::query("DELETE FROM roles WHERE person_id = $1").bind(person));
    execute!(transaction, sqlx::query("DELETE FROM people WHERE id = $1").bind(person));
    Ok(ways)
}

/// What was begun with this address at a provider and waits to be confirmed.
pub(super) async fn forget_ceremonies(transaction: &mut Transaction, subject: &Subject) -> Result<(), Error> {
    let [_, address, _] = subject.patterns();
    execute!(transaction, sqlx::query("DELETE FROM ceremonies WHERE LOWER(CAST(state AS TEXT)) LIKE $1").bind(address));
    Ok(())
}

pub(super) async fn restrict(transaction: &mut Transaction, person: Uuid, at: Option<Timestamp>) -> Result<u64, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE people SET restricted_at = CASE WHEN $2 IS NULL THEN NULL ELSE COALESCE(restricted_at, $2) END
             WHERE id = $1",
        )
        .bind(person)
        .bind(at)
    ))
}

pub(super) async fn rename(transaction: &mut Transaction, person: Uuid, name: &str) -> Result<bool, Error> {
    Ok(execute!(transaction, sqlx::query("UPDATE people SET name = $2 WHERE id = $1").bind(person).bind(name)) == 1)
}

/// Gives the account another address; false where somebody else has it.
pub(super) async fn readdress(transaction: &mut Transaction, person: Uuid, email: &str) -> Result<bool, Error> {
    let taken: Option<Uuid> = value!(transaction, "SELECT id FROM people WHERE email = $1", email);
    if taken.is_some_and(|other| other != person) {
        return Ok(false);
    }
    execute!(transaction, sqlx::query("UPDATE people SET email = $2 WHERE id = $1").bind(person).bind(email));
    Ok(true)
}

#[derive(sqlx::FromRow)]
pub(super) struct InvitationRow {
    pub(super) id: Uuid,
    pub(super) email: String,
    pub(super) role: String,
    pub(super) cluster_id: Option<Uuid>,
    pub(super) cluster: Option<String>,
    pub(super) organisation_name: Option<String>,
    pub(super) inviter: Option<String>,
    pub(super) created_at: Timestamp,
    pub(super) expires_at: Timestamp,
    pub(super) accepted_at: Option<Timestamp>,
}

pub(super) async fn invitations(database: &Database, subject: &Subject) -> Result<Vec<InvitationRow>, Error> {
    Ok(rows!(
        database,
        "SELECT invitations.id, invitations.email, role, cluster_id, clusters.name AS cluster, organisation_name,
                people.name AS inviter, invitations.created_at, expires_at, accepted_at
         FROM invitations LEFT JOIN clusters ON clusters.id = cluster_id LEFT JOIN people ON people.id = invited_by
         WHERE invitations.email = $1 ORDER BY invitations.created_at, invitations.id",
        subject.email(),
    ))
}

pub(super) async fn remove_invitations(transaction: &mut Transaction, subject: &Subject) -> Result<u64, Error> {
    Ok(execute!(transaction, sqlx::query("DELETE FROM invitations WHERE email = $1").bind(subject.email())))
}

#[derive(sqlx::FromRow)]
pub(super) struct ClaimRow {
    pub(super) id: Uuid,
    pub(super) organisation_name: String,
    pub(super) cluster_id: Option<Uuid>,
    pub(super) reason: String,
    pub(super) state: String,
    pub(super) created_at: Timestamp,
}

pub(super) async fn claims(database: &Database, subject: &Subject) -> Result<Vec<ClaimRow>, Error> {
    Ok(rows!(
        database,
        "SELECT id, organisation_name, cluster_id, reason, state, created_at FROM claims
         WHERE person_id = $1 ORDER BY created_at, id",
        subject.person_id(),
    ))
}

pub(super) async fn remove_claims(transaction: &mut Transaction, subject: &Subject) -> Result<u64, Error> {
    Ok(execute!(transaction, sqlx::query("DELETE FROM claims WHERE person_id = $1").bind(subject.person_id())))
}

#[derive(sqlx::FromRow)]
struct OldRow {
    id: Uuid,
    name: String,
    email: Option<String>,
    at: Timestamp,
}

/// Accounts by when they were last used, invitations by their end, claims by their decision: what is before the moment,
/// oldest first. Who answers for the instance, is restricted or waits for an answer is not among them.
///
/// Signing in writes when somebody last came in; an account from before that counts from its beginning.
macro_rules! unused_accounts {
    ($columns:literal, $which:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM people JOIN
     (SELECT person_id, MAX(at) AS at FROM
         (SELECT id AS person_id, COALESCE(used_at, created_at) AS at FROM people
          UNION ALL SELECT person_id, seen_at FROM sessions
          UNION ALL SELECT person_id, used_at FROM api_tokens WHERE used_at IS NOT NULL
          UNION ALL SELECT person_id, used_at FROM private_addresses WHERE used_at IS NOT NULL) AS uses
      GROUP BY person_id) AS used ON used.person_id = people.id
     WHERE NOT demonstration AND restricted_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM personal_holds AS held WHERE held.person_id = people.id OR held.email = people.email)
       AND NOT EXISTS (SELECT 1 FROM roles WHERE roles.person_id = people.id AND role = 'instance_administrator') AND ",
            $which
        )
    };
}

const ACCOUNTS: &str = unused_accounts!(
    "people.id, people.name, people.email, used.at",
    "used.at < $1 ORDER BY used.at, people.id LIMIT $2"
);

/// Whose account will be due.
pub(super) async fn to_tell(
    transaction: &mut Transaction,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<ToTell>, Error> {
    const SOON: &str = unused_accounts!(
        "people.name, people.email, people.language",
        "people.email IS NOT NULL AND used.at >= $1 AND used.at < $2 ORDER BY used.at, people.id"
    );
    Ok(rows!(transaction, SOON, from, until))
}

const INVITATIONS: &str = "SELECT id, email AS name, email, expires_at AS at FROM invitations
     WHERE accepted_at IS NULL AND expires_at < $1
       AND NOT EXISTS (SELECT 1 FROM personal_holds AS held WHERE held.email = invitations.email)
     ORDER BY expires_at, id LIMIT $2";

const CLAIMS: &str = "SELECT claims.id, organisation_name AS name, people.email, decided_at AS at FROM claims
     JOIN people ON people.id = claims.person_id
     WHERE decided_at < $1 AND people.restricted_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM personal_holds AS held WHERE held.person_id = people.id OR held.email = people.email)
     ORDER BY decided_at, claims.id LIMIT $2";

fn query_of(kind: &str) -> &'static str {
    match kind {
        "invitation" => INVITATIONS,
        "claim" => CLAIMS,
        _ => ACCOUNTS,
    }
}

/// More than any instance holds.
const ALL: i64 = i64::MAX;

pub(super) async fn due(database: &Database, kind: &str, before: Timestamp) -> Result<Due, Error> {
    let rows: Vec<OldRow> = rows!(database, query_of(kind), before, ALL);
    let row = |row: OldRow| DueRow {
        subject: Some(
            Subject::default().with_person((kind == "account").then_some(row.id)).with_address(row.email.as_deref()),
        ),
        id: row.id.to_string(),
        label: row.name,
        at: row.at,
    };
    Ok(rows.into_iter().map(row).collect())
}

pub(super) async fn expire(
    transaction: &mut Transaction,
    kind: &str,
    before: Timestamp,
    limit: i64,
) -> Result<u64, Error> {
    let rows: Vec<OldRow> = rows!(transaction, query_of(kind), before, limit);
    for row in &rows {
        match kind {
            "invitation" => {
                execute!(transaction, sqlx::query("DELETE FROM invitations WHERE id = $1").bind(row.id));
            }
            "claim" => {
                execute!(transaction, sqlx::query("DELETE FROM claims WHERE id = $1").bind(row.id));
            }
            _ => {
                remove_account(transaction, row.id).await?;
            }
        }
    }
    Ok(rows.len() as u64)
}
