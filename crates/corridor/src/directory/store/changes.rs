//! What a person changes: facts of a record, competences, declarations, and the sources that stand behind them.

use uuid::Uuid;

use crate::{
    accounts::ClusterId,
    directory::{OrganisationId, edit::Change},
    foundation::{
        database::{Batch, Transaction},
        errors::Error,
        ids::SourceId,
        time::Timestamp,
    },
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

/// Replaces what this source states of some fields.
pub(in crate::directory) async fn put_statements(
    transaction: &mut Transaction,
    id: OrganisationId,
    source: SourceId,
    fields: &[(&str, Option<String>)],
    today: &str,
) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO organisation_statements (organisation_id, field, source_id, value, qualifier, inferred, observed_on)",
        "ON CONFLICT (organisation_id, field, source_id, value) DO UPDATE SET observed_on = excluded.observed_on",
    );
    for (field, value) in fields {
        execute!(
            transaction,
            sqlx::query(
                "DELETE FROM organisation_statements WHERE organisation_id = $1 AND source_id = $2 AND field = $3"
            )
            .bind(id)
            .bind(source)
            .bind(*field)
        );
        if let Some(value) = value {
            batch.push(vec![
                id.into(),
                (*field).into(),
                source.into(),
                value.as_str().into(),
                None::<String>.into(),
                false.into(),
                today.into(),
            ]);
        }
    }
    batch.write(transaction).await?;
    Ok(())
}

/// Replaces the competences of one basis; what stays keeps the source that stated it first.
pub(in crate::directory) async fn put_competences(
    transaction: &mut Transaction,
    id: OrganisationId,
    basis: &str,
    concepts: &[String],
    source: SourceId,
) -> Result<(), Error> {
    let known: Vec<String> = on!(transaction, connection => sqlx::query_scalar(
        "SELECT concept_id FROM organisation_competences WHERE organisation_id = $1 AND basis = $2",
    )
    .bind(id)
    .bind(basis)
    .fetch_all(connection)
    .await?);
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
    let mut batch = Batch::new(
        "INSERT INTO organisation_competences (organisation_id, concept_id, basis, weight, project_count, source_id)",
        "ON CONFLICT DO NOTHING",
    );
    for concept in concepts {
        batch.push(vec![id.into(), concept.as_str().into(), basis.into(), 1.0.into(), 0i64.into(), source.into()]);
    }
    batch.write(transaction).await?;
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
) -> Result<(), Error> {
    let known: Vec<(Uuid, String)> = on!(transaction, connection => sqlx::query_as(
        "SELECT id, text FROM organisation_declarations WHERE organisation_id = $1 AND source_id = $2",
    )
    .bind(id)
    .bind(source)
    .fetch_all(connection)
    .await?);
    for (declaration, _) in known.iter().filter(|(_, text)| !texts.contains(text)) {
        execute!(transaction, sqlx::query("DELETE FROM organisation_declarations WHERE id = $1").bind(*declaration));
    }
    let mut batch = Batch::new(
        "INSERT INTO organisation_declarations (id, organisation_id, text, vouched_by, source_id, observed_on)",
        "ON CONFLICT DO NOTHING",
    );
    for text in texts.iter().filter(|text| !known.iter().any(|(_, known)| known == *text)) {
        batch.push(vec![
            Uuid::now_v7().into(),
            id.into(),
            text.as_str().into(),
            vouched_by.into(),
            source.into(),
            today.into(),
        ]);
    }
    batch.write(transaction).await?;
    Ok(())
}

/// The name of an organisation, as it is in this transaction.
pub(in crate::directory) async fn organisation_name(
    transaction: &mut Transaction,
    id: OrganisationId,
) -> Result<Option<String>, Error> {
    let name: Option<Option<String>> = on!(transaction, connection => sqlx::query_scalar("SELECT name FROM organisations WHERE id = $1")
            .bind(id)
            .fetch_optional(connection)
            .await?);
    Ok(name.flatten())
}
