//! SQL of invitations.

use uuid::Uuid;

use super::InvitationId;
use crate::{
    accounts::{ClusterId, Email, HeldRole, Role, model::scope_text},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// An invitation.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Who is invited.
    pub email: String,
    /// Into what.
    pub offered: HeldRole,
    /// The cluster's name.
    pub cluster_name: Option<String>,
    /// Who invites.
    pub invited_by: Option<Uuid>,
    /// The name of who invites.
    pub inviter: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct InvitationRow {
    id: InvitationId,
    email: String,
    role: String,
    cluster_id: Option<ClusterId>,
    organisation_id: Option<Uuid>,
    organisation_name: Option<String>,
    cluster_name: Option<String>,
    invited_by: Option<Uuid>,
    inviter: Option<String>,
    created_at: Timestamp,
    expires_at: Timestamp,
}

impl InvitationRow {
    fn read(self) -> Option<Invitation> {
        Some(Invitation {
            id: self.id,
            email: self.email,
            offered: HeldRole {
                role: Role::of(&self.role)?,
                cluster: self.cluster_id,
                organisation: self.organisation_id,
                organisation_name: self.organisation_name,
            },
            cluster_name: self.cluster_name,
            invited_by: self.invited_by,
            inviter: self.inviter,
            created_at: self.created_at,
            expires_at: self.expires_at,
        })
    }
}

pub(super) async fn put(
    transaction: &mut Transaction,
    token_digest: &str,
    email: &Email,
    offered: &HeldRole,
    by: Option<Uuid>,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Error> {
    let scope = scope_text(offered.cluster, offered.organisation);
    // A second invitation into the same role replaces the first: only the newest letter counts.
    execute!(
        transaction,
        sqlx::query(
            "UPDATE invitations SET withdrawn_at = $4
         WHERE email = $1 AND role = $2 AND scope = $3 AND accepted_at IS NULL AND withdrawn_at IS NULL",
        )
        .bind(email.as_str())
        .bind(offered.role.key())
        .bind(&scope)
        .bind(now)
    );
    execute!(transaction, sqlx::query(
        "INSERT INTO invitations (id, token_digest, email, role, scope, cluster_id, organisation_id, organisation_name,
                                  invited_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(InvitationId::new())
    .bind(token_digest)
    .bind(email.as_str())
    .bind(offered.role.key())
    .bind(&scope)
    .bind(offered.cluster)
    .bind(offered.organisation)
    .bind(offered.organisation_name.clone())
    .bind(by)
    .bind(now)
    .bind(expires_at));
    Ok(())
}

pub(super) async fn waiting(database: &Database, now: Timestamp) -> Result<Vec<Invitation>, Error> {
    let rows: Vec<InvitationRow> = on!(database, pool => sqlx::query_as(
        "SELECT invitations.id, invitations.email, role, cluster_id, organisation_id, organisation_name,
                clusters.name AS cluster_name, invited_by, people.name AS inviter, invitations.created_at, expires_at
         FROM invitations LEFT JOIN clusters ON clusters.id = cluster_id LEFT JOIN people ON people.id = invited_by AND people.restricted_at IS NULL
         WHERE accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $1
         ORDER BY invitations.created_at DESC, invitations.id DESC",
    )
    .bind(now)
    .fetch_all(pool)
    .await?);
    Ok(rows.into_iter().filter_map(InvitationRow::read).collect())
}

pub(super) async fn read(database: &Database, token_digest: &str, now: Timestamp) -> Result<Option<Invitation>, Error> {
    let row: Option<InvitationRow> = on!(database, pool => sqlx::query_as(
        "SELECT invitations.id, invitations.email, role, cluster_id, organisation_id, organisation_name,
                clusters.name AS cluster_name, invited_by, people.name AS inviter, invitations.created_at, expires_at
         FROM invitations LEFT JOIN clusters ON clusters.id = cluster_id LEFT JOIN people ON people.id = invited_by AND people.restricted_at IS NULL
         WHERE token_digest = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2",
    )
    .bind(token_digest)
    .bind(now)
    .fetch_optional(pool)
    .await?);
    Ok(row.and_then(InvitationRow::read))
}

pub(super) async fn accept(transaction: &mut Transaction, id: InvitationId, now: Timestamp) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE invitations SET accepted_at = $2 WHERE id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL",
        )
        .bind(id)
        .bind(now)
    ) == 1)
}

pub(super) async fn withdraw(transaction: &mut Transaction, id: InvitationId, now: Timestamp) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("UPDATE invitations SET withdrawn_at = $2 WHERE id = $1 AND accepted_at IS NULL")
            .bind(id)
            .bind(now)
    );
    Ok(())
}
