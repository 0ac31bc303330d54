//! Who is named in invitations, expressions of interest and sign-offs.

use uuid::Uuid;

use crate::{
    accounts::ClusterId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// A record in which somebody is named, and as what.
#[derive(sqlx::FromRow)]
pub(in super::super) struct Named {
    pub(in super::super) cluster_id: ClusterId,
    pub(in super::super) id: Uuid,
    /// `invited`, `inviter`, `answer`, `interest`, `signoff` or `asked`.
    pub(in super::super) part: String,
    pub(in super::super) draft: String,
    pub(in super::super) words: Option<String>,
    pub(in super::super) at: Timestamp,
}

/// Every record in which an account or an address is named, oldest first.
pub(in super::super) async fn naming(
    database: &Database,
    person: Option<Uuid>,
    email: Option<&str>,
) -> Result<Vec<Named>, Error> {
    Ok(rows!(
        database,
        "SELECT named.cluster_id, named.id, named.part, drafts.name AS draft, named.words, named.at FROM (
             SELECT cluster_id, id, draft_id, 'invited' AS part, email AS words, created_at AS at
             FROM draft_invitations WHERE email = $2
             UNION ALL SELECT cluster_id, id, draft_id, 'inviter', message, created_at
             FROM draft_invitations WHERE invited_by = $1
             UNION ALL SELECT cluster_id, id, draft_id, 'answer', answer_words, COALESCE(answered_at, created_at)
             FROM draft_invitations WHERE answered_by = $1
             UNION ALL SELECT cluster_id, id, draft_id, 'interest', message, created_at
             FROM draft_interests WHERE person_id = $1
             UNION ALL SELECT cluster_id, id, draft_id, 'reply', answer_words, COALESCE(answered_at, created_at)
             FROM draft_interests WHERE answered_by = $1
             UNION ALL SELECT cluster_id, draft_id, draft_id, 'opening', words, opened_at
             FROM draft_openings WHERE opened_by = $1
             UNION ALL SELECT cluster_id, id, draft_id, 'signoff', words, decided_at
             FROM draft_signoffs WHERE person_id = $1
             UNION ALL SELECT cluster_id, id, draft_id, 'asked', statement, asked_at
             FROM draft_signoff_rounds WHERE asked_by = $1
         ) named JOIN drafts ON drafts.cluster_id = named.cluster_id AND drafts.id = named.draft_id
         ORDER BY named.at, named.id",
        person,
        email,
    ))
}

/// Takes an account out of every record, and an address out of the invitations that went to it; links to an invitation
/// that waits go with the address. Says of how many.
pub(in super::super) async fn forget(
    transaction: &mut Transaction,
    person: Option<Uuid>,
    email: Option<&str>,
) -> Result<u64, Error> {
    let mut touched = 0;
    for statement in [
        "UPDATE draft_invitations SET invited_by = NULL WHERE invited_by = $1",
        "UPDATE draft_invitations SET answered_by = NULL WHERE answered_by = $1",
        "UPDATE draft_interests SET person_id = NULL WHERE person_id = $1",
        "UPDATE draft_interests SET answered_by = NULL WHERE answered_by = $1",
        "UPDATE draft_openings SET opened_by = NULL WHERE opened_by = $1",
        "UPDATE draft_signoffs SET person_id = NULL WHERE person_id = $1",
        "UPDATE draft_signoff_rounds SET asked_by = NULL WHERE asked_by = $1",
    ] {
        touched += execute!(transaction, sqlx::query(statement).bind(person));
    }
    execute!(
        transaction,
        sqlx::query(
            "DELETE FROM draft_invitation_links
             WHERE invitation_id IN (SELECT id FROM draft_invitations WHERE email = $1)",
        )
        .bind(email)
    );
    touched +=
        execute!(transaction, sqlx::query("UPDATE draft_invitations SET email = NULL WHERE email = $1").bind(email));
    Ok(touched)
}
