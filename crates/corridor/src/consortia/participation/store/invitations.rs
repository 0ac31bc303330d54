//! Invitations of organisations into drafts.

use uuid::Uuid;

use super::super::{
    invitations::InvitationId,
    model::{Part, State},
};
use crate::{
    accounts::{ClusterId, PersonId},
    consortia::{DraftId, MemberRole, MemberSide},
    directory::OrganisationId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        languages::Language,
        time::{Day, Timestamp},
    },
};

/// An invitation as it stands.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// The cluster whose draft it is.
    pub cluster: ClusterId,
    /// What that cluster is called.
    pub cluster_name: String,
    /// The draft.
    pub draft: DraftId,
    /// What the draft is called.
    pub draft_name: String,
    /// Who is invited.
    pub organisation: OrganisationId,
    /// As what, and on which side.
    pub part: Part,
    /// The address it went to; none where it went to the accounts of the organisation, or was erased.
    pub email: Option<String>,
    /// The language of its letters.
    pub language: Language,
    /// What the team wrote.
    pub message: String,
    /// The last day on which it can be answered.
    pub answer_by: Day,
    /// Who invited.
    pub invited_by: Option<PersonId>,
    /// The name of who invited.
    pub inviter: Option<String>,
    /// When.
    pub created_at: Timestamp,
    /// When its addressee was reminded.
    pub reminded_at: Option<Timestamp>,
    /// How it stands, whatever the day.
    pub state: State,
    /// When it was answered, withdrawn or lapsed.
    pub answered_at: Option<Timestamp>,
    /// The name of who answered with an account.
    pub answered_by: Option<String>,
    /// What they said.
    pub answer_words: Option<String>,
}

#[derive(sqlx::FromRow)]
struct InvitationRow {
    id: InvitationId,
    cluster_id: ClusterId,
    cluster_name: String,
    draft_id: DraftId,
    draft_name: String,
    organisation_id: OrganisationId,
    #[sqlx(try_from = "String")]
    role: MemberRole,
    #[sqlx(try_from = "String")]
    side: MemberSide,
    email: Option<String>,
    language: String,
    message: String,
    answer_by: String,
    invited_by: Option<PersonId>,
    inviter: Option<String>,
    created_at: Timestamp,
    reminded_at: Option<Timestamp>,
    state: String,
    answered_at: Option<Timestamp>,
    answered_by: Option<String>,
    answer_words: Option<String>,
}

impl InvitationRow {
    fn read(self) -> Result<Invitation, Error> {
        let unread = |what: &str| anyhow::anyhow!("the invitation {} holds {what} that is not read", self.id);
        Ok(Invitation {
            answer_by: self.answer_by.parse().map_err(|_| unread("a day"))?,
            state: State::of(&self.state).ok_or_else(|| unread("a state"))?,
            id: self.id,
            cluster: self.cluster_id,
            cluster_name: self.cluster_name,
            draft: self.draft_id,
            draft_name: self.draft_name,
            organisation: self.organisation_id,
            part: Part { role: self.role, side: self.side },
            email: self.email,
            language: self.language.parse().unwrap_or_default(),
            message: self.message,
            invited_by: self.invited_by,
            inviter: self.inviter,
            created_at: self.created_at,
            reminded_at: self.reminded_at,
            answered_at: self.answered_at,
            answered_by: self.answered_by,
            answer_words: self.answer_words,
        })
    }
}

macro_rules! select_invitations {
    ($rest:literal) => {
        concat!(
            "SELECT invitation.id, invitation.cluster_id, clusters.name AS cluster_name, invitation.draft_id, ",
            "drafts.name AS draft_name, COALESCE(merged.now_id, invitation.organisation_id) AS organisation_id, ",
            "invitation.role, invitation.side, invitation.email, invitation.language, invitation.message, ",
            "invitation.answer_by, invitation.invited_by, inviter.name AS inviter, invitation.created_at, ",
            "invitation.reminded_at, invitation.state, invitation.answered_at, answerer.name AS answered_by, ",
            "invitation.answer_words FROM draft_invitations invitation ",
            "JOIN clusters ON clusters.id = invitation.cluster_id ",
            "JOIN drafts ON drafts.cluster_id = invitation.cluster_id AND drafts.id = invitation.draft_id ",
            "AND drafts.deleted_at IS NULL ",
            "LEFT JOIN merged_organisations merged ON merged.id = invitation.organisation_id ",
            "LEFT JOIN people inviter ON inviter.id = invitation.invited_by AND inviter.restricted_at IS NULL ",
            "LEFT JOIN people answerer ON answerer.id = invitation.answered_by AND answerer.restricted_at IS NULL ",
            $rest
        )
    };
}

fn read(rows: Vec<InvitationRow>) -> Result<Vec<Invitation>, Error> {
    rows.into_iter().map(InvitationRow::read).collect()
}

/// All invitations into a draft, newest first.
pub(in super::super) async fn of_draft(
    database: &Database,
    cluster: ClusterId,
    draft: DraftId,
) -> Result<Vec<Invitation>, Error> {
    read(rows!(
        database,
        select_invitations!(
            "WHERE invitation.cluster_id = $1 AND invitation.draft_id = $2 ORDER BY invitation.id DESC LIMIT 500"
        ),
        cluster,
        draft,
    ))
}

/// The invitations that wait for the answer of an organisation, the first to be answered first. Nothing of drafts that
/// were put aside.
pub(in super::super) async fn waiting_for(
    database: &Database,
    organisation: OrganisationId,
) -> Result<Vec<Invitation>, Error> {
    read(rows!(
        database,
        select_invitations!(
            "WHERE invitation.state = 'waiting' AND drafts.archived_at IS NULL
             AND COALESCE(merged.now_id, invitation.organisation_id) = $1
             ORDER BY invitation.answer_by, invitation.id"
        ),
        organisation,
    ))
}

/// Every invitation that waits, of all clusters: for the daily look.
pub(in super::super) async fn waiting(database: &Database) -> Result<Vec<Invitation>, Error> {
    read(rows!(database, select_invitations!("WHERE invitation.state = 'waiting' ORDER BY invitation.id")))
}

/// The invitation of a link.
pub(in super::super) async fn of_link(database: &Database, digest: &str) -> Result<Option<Invitation>, Error> {
    let row: Option<InvitationRow> = row!(
        database,
        select_invitations!(
            "WHERE drafts.archived_at IS NULL AND invitation.id IN
             (SELECT invitation_id FROM draft_invitation_links WHERE token_digest = $1)"
        ),
        digest,
    );
    row.map(InvitationRow::read).transpose()
}

/// What a new invitation says.
pub(in super::super) struct New<'a> {
    pub(in super::super) id: InvitationId,
    pub(in super::super) cluster: ClusterId,
    pub(in super::super) draft: DraftId,
    pub(in super::super) organisation: OrganisationId,
    pub(in super::super) part: Part,
    pub(in super::super) email: Option<&'a str>,
    pub(in super::super) language: Language,
    pub(in super::super) message: &'a str,
    pub(in super::super) answer_by: Day,
    pub(in super::super) by: Option<Uuid>,
    pub(in super::super) now: Timestamp,
}

pub(in super::super) async fn put(transaction: &mut Transaction, new: &New<'_>) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_invitations (cluster_id, id, draft_id, organisation_id, role, side, email, language,
                 message, answer_by, invited_by, created_at, state)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'waiting')",
        )
        .bind(new.cluster)
        .bind(new.id)
        .bind(new.draft)
        .bind(new.organisation)
        .bind(new.part.role.key())
        .bind(new.part.side.key())
        .bind(new.email)
        .bind(new.language.code())
        .bind(new.message)
        .bind(new.answer_by.to_string())
        .bind(new.by)
        .bind(new.now)
    );
    Ok(())
}

/// Keeps the digest of a link to an invitation.
pub(in super::super) async fn put_link(
    transaction: &mut Transaction,
    cluster: ClusterId,
    invitation: InvitationId,
    digest: &str,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_invitation_links (cluster_id, token_digest, invitation_id) VALUES ($1, $2, $3)",
        )
        .bind(cluster)
        .bind(digest)
        .bind(invitation)
    );
    Ok(())
}

/// Ends an invitation that waits; answers whether it did wait. Its links are worth nothing from then on.
pub(in super::super) async fn end(
    transaction: &mut Transaction,
    id: InvitationId,
    state: State,
    by: Option<Uuid>,
    words: Option<&str>,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_invitations SET state = $2, answered_at = $3, answered_by = $4, answer_words = $5
             WHERE id = $1 AND state = 'waiting'",
        )
        .bind(id)
        .bind(state.key())
        .bind(now)
        .bind(by)
        .bind(words)
    );
    execute!(transaction, sqlx::query("DELETE FROM draft_invitation_links WHERE invitation_id = $1").bind(id));
    Ok(touched > 0)
}

/// Notes that the addressee was reminded; answers whether the invitation waits and nobody did so before.
pub(in super::super) async fn remind(
    transaction: &mut Transaction,
    id: InvitationId,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_invitations SET reminded_at = $2 WHERE id = $1 AND state = 'waiting' AND reminded_at IS NULL",
        )
        .bind(id)
        .bind(now)
    );
    Ok(touched > 0)
}
