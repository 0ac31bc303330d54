//! SQL of tokens.

use sqlx::QueryBuilder;

use super::{
    TokenId,
    model::{Asked, State, UNUSED_DAYS},
    others::OthersToken,
};
use crate::{
    accounts::{ClusterId, HeldRole, PersonId, Role, RoleId},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// A token to be kept.
pub(super) struct NewToken {
    pub(super) digest: String,
    pub(super) person: PersonId,
    pub(super) role: RoleId,
    pub(super) label: String,
    pub(super) scopes: String,
    pub(super) now: Timestamp,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn put(transaction: &mut Transaction, token: &NewToken) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO api_tokens (id, token_digest, person_id, role_id, label, scopes, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(TokenId::new())
        .bind(&token.digest)
        .bind(token.person)
        .bind(token.role)
        .bind(&token.label)
        .bind(&token.scopes)
        .bind(token.now)
        .bind(token.expires_at)
    );
    Ok(())
}

/// A token as its owner sees it.
#[derive(Clone, Debug, serde::Serialize, sqlx::FromRow)]
pub struct TokenLine {
    /// Its id.
    pub id: TokenId,
    /// What its owner calls it.
    pub label: String,
    /// The scopes, in one text.
    pub scopes: String,
    /// The role that a program acts in.
    pub role: String,
    /// The cluster that a program acts for.
    pub cluster: Option<String>,
    /// When it was made.
    pub created_at: i64,
    /// When it ends.
    pub expires_at: i64,
    /// When it was used last.
    pub used_at: Option<i64>,
}

pub(super) async fn of_person(database: &Database, person: PersonId) -> Result<Vec<TokenLine>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT api_tokens.id, label, scopes, roles.role, clusters.name AS cluster, api_tokens.created_at, expires_at, used_at
         FROM api_tokens JOIN roles ON roles.id = api_tokens.role_id LEFT JOIN clusters ON clusters.id = roles.cluster_id
         WHERE api_tokens.person_id = $1 ORDER BY api_tokens.created_at DESC, api_tokens.id DESC",
    )
    .bind(person)
    .fetch_all(pool)
    .await?))
}

#[derive(sqlx::FromRow)]
struct OthersRow {
    id: TokenId,
    label: String,
    scopes: String,
    person_id: PersonId,
    owner: String,
    email: Option<String>,
    role: Role,
    cluster_id: Option<ClusterId>,
    organisation_id: Option<uuid::Uuid>,
    organisation_name: Option<String>,
    cluster_name: Option<String>,
    created_at: i64,
    expires_at: i64,
    used_at: Option<i64>,
}

impl From<OthersRow> for OthersToken {
    fn from(row: OthersRow) -> Self {
        OthersToken {
            id: row.id,
            label: row.label,
            scopes: row.scopes,
            person: row.person_id,
            owner: row.owner,
            email: row.email,
            held: HeldRole {
                role: row.role,
                cluster: row.cluster_id,
                organisation: row.organisation_id,
                organisation_name: row.organisation_name,
            },
            cluster_name: row.cluster_name,
            created_at: row.created_at,
            expires_at: row.expires_at,
            used_at: row.used_at,
        }
    }
}

/// Puts behind the head of a query which tokens are meant: of everybody or of those who act for a cluster, and of these what
/// is asked for.
macro_rules! among_others {
    ($query:ident, $cluster:expr, $asked:expr, $now:expr) => {
        $query.push(
            " FROM api_tokens JOIN people ON people.id = api_tokens.person_id JOIN roles ON roles.id = api_tokens.role_id
             LEFT JOIN clusters ON clusters.id = roles.cluster_id WHERE people.restricted_at IS NULL",
        );
        let asked: &Asked = $asked;
        for cluster in [$cluster, asked.cluster].into_iter().flatten() {
            $query.push(" AND roles.cluster_id = ").push_bind(cluster);
        }
        if let Some(scope) = asked.scope {
            let word = format!("% {} %", scope.key());
            $query.push(" AND ' ' || api_tokens.scopes || ' ' LIKE ").push_bind(word);
        }
        match asked.state {
            None => {}
            Some(State::Over) => {
                $query.push(" AND api_tokens.expires_at <= ").push_bind($now);
            }
            Some(State::Valid) => {
                $query.push(" AND api_tokens.expires_at > ").push_bind($now);
            }
            Some(State::Unused) => {
                let since = $now.plus_seconds(-UNUSED_DAYS * 24 * 3600);
                $query.push(" AND api_tokens.expires_at > ").push_bind($now);
                $query.push(" AND COALESCE(api_tokens.used_at, api_tokens.created_at) <= ").push_bind(since);
            }
        }
        for patterns in asked.patterns() {
            $query.push(" AND (FALSE");
            for pattern in patterns {
                for column in ["people.name", "people.email", "api_tokens.label"] {
                    $query.push(format!(" OR LOWER({column}) LIKE ")).push_bind(pattern.clone()).push(" ESCAPE '\\'");
                }
            }
            $query.push(")");
        }
    };
}

const OTHERS: &str = "SELECT api_tokens.id, api_tokens.label, api_tokens.scopes, api_tokens.person_id, people.name AS owner,
    people.email, roles.role, roles.cluster_id, roles.organisation_id, roles.organisation_name, clusters.name AS cluster_name,
    api_tokens.created_at, api_tokens.expires_at, api_tokens.used_at";

/// Some of the tokens of everybody, or of those who act for a cluster, that a question holds, newest first: how many are passed
/// over, and how many are read.
pub(super) async fn of_others(
    database: &Database,
    cluster: Option<ClusterId>,
    asked: &Asked,
    now: Timestamp,
    (passed, most): (usize, usize),
) -> Result<Vec<OthersToken>, Error> {
    let rows: Vec<OthersRow> = on!(database, pool => {
        let mut query = QueryBuilder::new(OTHERS);
        among_others!(query, cluster, asked, now);
        query.push(" ORDER BY api_tokens.created_at DESC, api_tokens.id DESC LIMIT ").push_bind(most as i64);
        query.push(" OFFSET ").push_bind(passed as i64);
        query.build_query_as().fetch_all(pool).await?
    });
    Ok(rows.into_iter().map(OthersToken::from).collect())
}

/// How many tokens a question holds, and how many people own them.
pub(super) async fn count_of_others(
    database: &Database,
    cluster: Option<ClusterId>,
    asked: &Asked,
    now: Timestamp,
) -> Result<(usize, usize), Error> {
    let (tokens, owners): (i64, i64) = on!(database, pool => {
        let mut query = QueryBuilder::new("SELECT COUNT(*) AS tokens, COUNT(DISTINCT api_tokens.person_id) AS owners");
        among_others!(query, cluster, asked, now);
        query.build_query_as().fetch_one(pool).await?
    });
    let whole = |count: i64| usize::try_from(count).unwrap_or(0);
    Ok((whole(tokens), whole(owners)))
}

/// A token of somebody who acts for a cluster, or of anybody.
pub(super) async fn one_of_others(
    database: &Database,
    cluster: Option<ClusterId>,
    id: TokenId,
) -> Result<Option<OthersToken>, Error> {
    let row: Option<OthersRow> = on!(database, pool => {
        let mut query = QueryBuilder::new(OTHERS);
        among_others!(query, cluster, &Asked::default(), Timestamp(0));
        query.push(" AND api_tokens.id = ").push_bind(id);
        query.build_query_as().fetch_optional(pool).await?
    });
    Ok(row.map(OthersToken::from))
}

pub(super) async fn end(transaction: &mut Transaction, person: PersonId, id: TokenId) -> Result<Option<String>, Error> {
    Ok(on!(transaction, connection => sqlx::query_scalar(
        "DELETE FROM api_tokens WHERE id = $1 AND person_id = $2 RETURNING label",
    )
    .bind(id)
    .bind(person)
    .fetch_optional(connection)
    .await?))
}

/// A token that is not over.
#[derive(sqlx::FromRow)]
pub(super) struct Known {
    pub(super) id: TokenId,
    pub(super) person_id: PersonId,
    pub(super) role_id: RoleId,
    pub(super) scopes: String,
    pub(super) used_at: Option<Timestamp>,
}

pub(super) async fn read(database: &Database, digest: &str, now: Timestamp) -> Result<Option<Known>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, person_id, role_id, scopes, used_at FROM api_tokens WHERE token_digest = $1 AND expires_at > $2",
    )
    .bind(digest)
    .bind(now)
    .fetch_optional(pool)
    .await?))
}

pub(super) async fn used(transaction: &mut Transaction, id: TokenId, now: Timestamp) -> Result<(), Error> {
    execute!(transaction, sqlx::query("UPDATE api_tokens SET used_at = $2 WHERE id = $1").bind(id).bind(now));
    Ok(())
}
