//! What a person changes: facts of a record, competences, declarations, and the sources that stand behind them.

use uuid::Uuid;

use super::Rows;
use crate::{
    accounts::ClusterId,
    directory::{OrganisationId, edit::Change},
    foundation::{database::Transaction, errors::Error, ids::SourceId, time::Timestamp},
};

/// Changes the facts shown first, where nobody else changed them since; says whether it did.
pub(in crate::directory) async fn change_facts(
    transaction: &mut Transaction,
    id: OrganisationId,
    change: &Change,
    name_key: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = execute!(
        transaction,
        sqlx::query(
            "UPDATE organisations SET name = $3, name_key = $4, kind = $5, website = $6, description = $7,
                revision = revision + 1, updated_at = $8
         WHERE id = $1 AND revision = $2 AND merged_into IS NULL",
        )
        .bind(id)
        .bind(change.revision)
        .bind(&change.name)
        .bind(name_key)
        .bind(change.kind.key())
        .bind(&change.website)
        .bind(&change.description)
        .bind(now)
    );
    Ok(touched == 1)
}

/// Replaces the competences of one basis; what stays keeps the source that stated it first.
pub(in crate::directory) async fn put_competences(
    transaction: &mut Transaction,
    id: OrganisationId,
    basis: &str,
    concepts: &[String],
    source: SourceId,
    rows: &mut Rows,
) -> Result<(), Error> {
    let known: Vec<String> = values!(
        transaction,
        "SELECT concept_id FROM organisation_competences WHERE organisation_id = $1 AND basis = $2",
        id,
        basis,
    );
    for gone in known.iter().filter(|concept| !concepts.contains(concept)) {
        execute!(
            transaction,
            sqlx::query(
                "DELETE FROM organisation_competences WHERE organisation_id = $1 AND basis = $2 AND concept_id = $3",
            )
            .bind(id)
            .bind(basis)
            .bind(gone)
        );
    }
    for concept in concepts {
        rows.competence(id, concept, basis, source);
    }
    Ok(())
}

/// Replaces what this source says of the organisation in its own words; what others say stays.
pub(in crate::directory) async fn put_declarations(
    transaction: &mut Transaction,
    id: OrganisationId,
    texts: &[String],
    vouched_by: Option<ClusterId>,
    source: SourceId,
    today: &str,
    rows: &mut Rows,
) -> Result<(), Error> {
    let known: Vec<(Uuid, String)> = rows!(
        transaction,
        "SELECT id, text FROM organisation_declarations WHERE organisation_id = $1 AND source_id = $2",
        id,
        source,
    );
    for (declaration, _) in known.iter().filter(|(_, text)| !texts.contains(text)) {
        execute!(transaction, sqlx::query("DELETE FROM organisation_declarations WHERE id = $1").bind(*declaration));
    }
    for text in texts.iter().filter(|text| !known.iter().any(|(_, known)| known == *text)) {
        rows.declaration(id, text, vouched_by, source, Some(today));
    }
    Ok(())
}

/// The name of an organisation, as it is in this transaction.
pub(in crate::directory) async fn organisation_name(
    transaction: &mut Transaction,
    id: OrganisationId,
) -> Result<Option<String>, Error> {
    let name: Option<Option<String>> = value!(transaction, "SELECT name FROM organisations WHERE id = $1", id);
    Ok(name.flatten())
}
