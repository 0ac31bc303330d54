//! The form that corrects a record.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{Link, Sent, concept_link};
use crate::{
    accounts::{Acting, Actor},
    directory::{
        self, OrganisationId,
        edit::{self, Form},
        model::Kind,
        record::Record,
        search::Catalogue,
    },
    foundation::{
        errors::{Error, FieldProblem},
        pages::Serde,
    },
};

#[derive(Serialize)]
struct Choice {
    value: &'static str,
    label: String,
}

#[derive(Serialize)]
struct Chosen {
    id: String,
    concept: Link,
}

/// A field that somebody else changed in between, with both values.
#[derive(Serialize)]
struct Difference {
    label: String,
    yours: String,
    theirs: String,
}

fn form_of(record: &Record, actor: &Actor) -> Form {
    let organisation = &record.organisation;
    let (basis, source) = (edit::basis_of(actor).key(), edit::source_of(actor));
    Form {
        revision: organisation.revision,
        name: organisation.name.clone().unwrap_or_default(),
        kind: Kind::stored(&organisation.kind).key().to_owned(),
        website: organisation.website.clone().unwrap_or_default(),
        description: organisation.description.clone().unwrap_or_default(),
        concept: record
            .competences
            .iter()
            .filter(|competence| competence.basis == basis)
            .map(|competence| competence.concept_id.clone())
            .collect(),
        competence: Vec::new(),
        competence_id: Vec::new(),
        declaration: record
            .declarations
            .iter()
            .filter(|declaration| declaration.source == source)
            .map(|declaration| declaration.text.clone())
            .collect(),
    }
}

async fn record_to_edit(acting: &Acting, id: OrganisationId) -> Result<Record, Error> {
    let record = directory::record(&acting.app, &acting.actor, id).await?;
    edit::may_edit(&acting.app, &acting.actor, id).await?;
    if let Some(kept) = record.organisation.merged_into {
        return Err(Error::NotFound(format!("the organisation {id}: it was merged into {kept}")));
    }
    Ok(record)
}

pub(super) async fn page(acting: Acting, Path(id): Path<OrganisationId>) -> Result<Response, Error> {
    let record = record_to_edit(&acting, id).await?;
    let form = form_of(&record, &acting.actor);
    show(&acting, &record, &form, &[], &[]).await
}

pub(super) async fn save(
    acting: Acting,
    Path(id): Path<OrganisationId>,
    Sent(form): Sent<Form>,
) -> Result<Response, Error> {
    let record = record_to_edit(&acting, id).await?;
    match edit::edit(&acting.app, &acting.actor, &record, &form).await {
        Ok(()) => Ok(Redirect::to(&format!("/organisations/{id}?done=saved")).into_response()),
        Err(Error::Invalid(problems)) => {
            let page = show(&acting, &record, &form, &problems, &[]).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(Error::Clash(_)) => {
            let theirs = directory::record(&acting.app, &acting.actor, id).await?;
            let differences = differences(&acting, &form, &form_of(&theirs, &acting.actor));
            // Sent again with the new revision, the form is a decision taken with both versions in sight.
            let form = Form { revision: theirs.organisation.revision, ..form };
            let page = show(&acting, &theirs, &form, &[], &differences).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error),
    }
}

fn differences(acting: &Acting, yours: &Form, theirs: &Form) -> Vec<Difference> {
    let kind = |word: &str| acting.say(&Kind::stored(word).label_key());
    [
        ("directory-field-name", yours.name.clone(), theirs.name.clone()),
        ("directory-field-kind", kind(&yours.kind), kind(&theirs.kind)),
        ("directory-field-website", yours.website.clone(), theirs.website.clone()),
        ("directory-field-description", yours.description.clone(), theirs.description.clone()),
    ]
    .into_iter()
    .filter(|(_, yours, theirs)| yours.trim() != theirs.trim())
    .map(|(key, yours, theirs)| Difference { label: acting.say(key), yours, theirs })
    .collect()
}

async fn show(
    acting: &Acting,
    record: &Record,
    form: &Form,
    problems: &[FieldProblem],
    differences: &[Difference],
) -> Result<Response, Error> {
    let snapshot = acting.app.part::<Catalogue>().snapshot();
    let chosen: Vec<Chosen> = form
        .concept
        .iter()
        .chain(form.competence_id.iter().filter(|id| !id.is_empty()))
        .map(|id| Chosen { id: id.clone(), concept: concept_link(&snapshot, id, acting) })
        .collect();
    let kinds: Vec<Choice> =
        Kind::ALL.into_iter().map(|kind| Choice { value: kind.key(), label: acting.say(&kind.label_key()) }).collect();
    // What was typed and not chosen stays typed.
    let typed: Vec<&String> = form
        .competence
        .iter()
        .enumerate()
        .filter(|(place, _)| form.competence_id.get(*place).is_none_or(|id| id.is_empty()))
        .map(|(_, text)| text)
        .filter(|text| !text.trim().is_empty())
        .collect();
    let problem = |field: &str| {
        problems.iter().find(|problem| problem.field == field).map(|problem| acting.say(&problem.message))
    };
    let context = minijinja::context! {
        id => record.organisation.id.to_string(),
        name => record.shown_name(),
        form => Serde(form),
        kinds => Serde(&kinds),
        chosen => Serde(&chosen),
        typed => Serde(&typed),
        vouches => edit::basis_of(&acting.actor) == directory::model::CompetenceBasis::Vouched,
        name_problem => problem("name").unwrap_or_default(),
        kind_problem => problem("kind").unwrap_or_default(),
        website_problem => problem("website").unwrap_or_default(),
        description_problem => problem("description").unwrap_or_default(),
        competence_problem => problem("competence").unwrap_or_default(),
        problem_count => problems.len(),
        differences => Serde(differences),
    };
    Ok(acting.page("directory/edit.html", context).await?.into_response())
}
