//! Who is named in invitations, expressions of interest and sign-offs.

use uuid::Uuid;

use crate::{
    consortia::store::named::{Named, forget as forget_in, naming},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
    },
};

/// Every record in which an account or an address is named, oldest first.
pub(in super::super) async fn naming(
    database: &Database,
    person: Option<Uuid>,
    email: Option<&str>,
) -> Result<Vec<Named>, Error> {
    Ok(rows!(
        database,
        naming!(
            "SELECT cluster_id, id, draft_id, 'invited' AS part, email AS words, created_at AS at
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
             FROM draft_signoff_rounds WHERE asked_by = $1"
        ),
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
    let statements = [
        "UPDATE draft_invitations SET invited_by = NULL WHERE invited_by = $1",
        "UPDATE draft_invitations SET answered_by = NULL WHERE answered_by = $1",
        "UPDATE draft_interests SET person_id = NULL WHERE person_id = $1",
        "UPDATE draft_interests SET answered_by = NULL WHERE answered_by = $1",
        "UPDATE draft_openings SET opened_by = NULL WHERE opened_by = $1",
        "UPDATE draft_signoffs SET person_id = NULL WHERE person_id = $1",
        "UPDATE draft_signoff_rounds SET asked_by = NULL WHERE asked_by = $1",
    ];
    let mut touched = forget_in(transaction, &statements, person).await?;
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
