//! The documents of an organisation: a section of its page and a page of their own, for the team of the cluster that keeps
//! them. The lines and the form are those of a draft's documents too.

use axum::{
    extract::{Path, Query, Request},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{About, Document, DocumentForm, DocumentId, DocumentKind, LARGEST, Reach, Received, StatedBy};
use crate::{
    accounts::{Acting, Action, Resource, Route, cluster},
    directory::{self, OrganisationId, documents},
    foundation::{
        errors::{Error, FieldProblem},
        pages::{Serde, by_field},
        time::Day,
    },
};

/// How many documents the page of an organisation shows.
const SHOWN: usize = 5;

/// The routes of an organisation's documents.
pub fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    let (read, write) = (Action::ReadDrafts, Action::EditDrafts);
    vec![
        Route::get("/organisations/{id}/documents", read, get(show)),
        Route::post("/organisations/{id}/documents", write, post(add)),
        Route::get("/organisations/{id}/documents/{document}", read, get(file)),
        Route::post("/organisations/{id}/documents/{document}/remove", write, post(remove)),
        Route::post("/organisations/{id}/documents/{document}/restore", write, post(restore)),
    ]
}

/// What a page asks beside its address: which document was taken away just now, and what a form begins with.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// The document that was taken away, to be brought back.
    pub(crate) removed: Option<DocumentId>,
    /// An organisation that a form begins with.
    pub(crate) organisation: String,
    /// A kind that a form begins with.
    pub(crate) kind: String,
}

/// The day it is in the cluster whose documents are shown.
pub(crate) async fn today(acting: &Acting, reach: &Reach) -> Result<Day, Error> {
    Ok(acting.app.clock.today(&cluster(&acting.app.database, reach.cluster()).await?.settings.time_zone))
}

/// A demonstration person is named after its role; everybody else by name.
fn person_name(acting: &Acting, name: &str) -> String {
    let key = format!("role-{}", name.replace('_', "-"));
    if acting.app.texts.knows(acting.language, &key) { acting.say(&key) } else { name.to_owned() }
}

/// A document as a row of a table. Who stated it is said to the team alone.
pub(crate) fn line(acting: &Acting, reach: &Reach, document: &Document, today: Day) -> Value {
    let standing = document.standing(today);
    let by_team = matches!(reach, Reach::Team(_));
    let by = match (document.stated_by, by_team) {
        (StatedBy::Team, true) => "document-by-team",
        (StatedBy::Team, false) => "document-by-cluster",
        (StatedBy::Organisation, true) => "document-by-organisation",
        (StatedBy::Organisation, false) => "document-by-own",
    };
    context! {
        id => document.id.to_string(),
        organisation => document.organisation.to_string(),
        kind => acting.say(&document.kind.label_key()),
        title => document.title.as_str(),
        issued_on => document.issued_on.map(|day| day.to_string()),
        valid_until => document.valid_until.map(|day| day.to_string()),
        standing => standing.key(),
        link => document.link.as_deref(),
        file => document.file.as_ref().map(|(name, size)| context! { name, kilobytes => (size + 999) / 1000 }),
        by => acting.say(by),
        person => document.person.as_deref().filter(|_| by_team).map(|name| person_name(acting, name)),
        at => document.created_at.0,
        of_draft => document.draft.is_some(),
        may_remove => reach.may_remove(document),
    }
}

/// The kinds that a form offers.
fn kinds(acting: &Acting, of_draft: bool) -> Vec<Value> {
    let offered = DocumentKind::ALL.into_iter().filter(|kind| of_draft || !kind.is_of_one_draft());
    offered.map(|kind| context! { value => kind.key(), label => acting.say(&kind.label_key()) }).collect()
}

/// What the form of a document shows: what was typed, and what is wrong with it.
pub(crate) fn form(acting: &Acting, typed: &DocumentForm, problems: &[FieldProblem], of_draft: bool) -> Value {
    let problems = problems.iter().map(|problem| (problem.field.clone(), acting.say(&problem.message))).collect();
    context! {
        typed => Serde(typed),
        problems => by_field(problems),
        kinds => kinds(acting, of_draft),
        megabytes => LARGEST / 1024 / 1024,
        demonstration => acting.actor.is_of_the_demonstration(),
    }
}

/// What is wrong with what was sent as a whole, as a problem of its file.
pub(crate) fn of_file(acting: &Acting, error: Error) -> Result<String, Error> {
    error.about_input(&acting.app.texts, acting.language).ok_or(error)
}

/// What the page of an organisation shows of its documents.
pub(in crate::directory) async fn section(acting: &Acting, organisation: OrganisationId) -> Result<Value, Error> {
    let Ok(reach) = Reach::team(&acting.actor, Action::ReadDrafts) else {
        return Ok(context! { shown => false });
    };
    let found = documents::of_organisations(&acting.app, &reach, &[organisation], None).await?;
    let today = today(acting, &reach).await?;
    let rows: Vec<Value> = found.iter().take(SHOWN).map(|document| line(acting, &reach, document, today)).collect();
    Ok(context! { shown => true, rows, count => found.len() })
}

async fn page(
    acting: &Acting,
    id: OrganisationId,
    asked: &Asked,
    (typed, problems): (&DocumentForm, &[FieldProblem]),
    error: Option<String>,
) -> Result<Response, Error> {
    let reach = Reach::team(&acting.actor, Action::ReadDrafts)?;
    let record = directory::record(&acting.app, &acting.actor, id).await?;
    if let Some(kept) = record.organisation.merged_into {
        return Ok(Redirect::permanent(&format!("/organisations/{kept}/documents")).into_response());
    }
    let found = documents::of_organisations(&acting.app, &reach, &[id], None).await?;
    let today = today(acting, &reach).await?;
    let wrong = error.is_some() || !problems.is_empty();
    let context = context! {
        id => id.to_string(),
        name => record.shown_name(),
        place => format!("/organisations/{id}/documents"),
        lines => found.iter().map(|document| line(acting, &reach, document, today)).collect::<Vec<_>>(),
        removed => asked.removed.map(|id| id.to_string()),
        may_edit => acting.may(Action::EditDrafts, Resource::Instance).is_ok(),
        form => form(acting, typed, problems, false),
        members => Value::from(()),
        error,
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, acting.page("directory/documents.html", context).await?).into_response())
}

async fn show(acting: Acting, Path(id): Path<OrganisationId>, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let typed = DocumentForm { kind: asked.kind.clone(), ..DocumentForm::default() };
    page(&acting, id, &asked, (&typed, &[]), None).await
}

async fn add(acting: Acting, Path(id): Path<OrganisationId>, request: Request) -> Result<Response, Error> {
    let reach = Reach::team(&acting.actor, Action::EditDrafts)?;
    let record = directory::record(&acting.app, &acting.actor, id).await?;
    if let Some(kept) = record.organisation.merged_into {
        return Err(Error::NotFound(format!("the organisation {id}: it was merged into {kept}")));
    }
    let received: Received = match documents::receive(request).await {
        Ok(received) => received,
        Err(error) => {
            let told = of_file(&acting, error)?;
            return page(&acting, id, &Asked::default(), (&DocumentForm::default(), &[]), Some(told)).await;
        }
    };
    let typed = DocumentForm::of(&received.fields);
    let about = About { organisation: id, name: &record.shown_name(), draft: None };
    match documents::keep(&acting.app, &acting.actor, &reach, about, received).await {
        Ok(_) => Ok(Redirect::to(&format!("/organisations/{id}/documents?done=document-added")).into_response()),
        Err(Error::Invalid(problems)) => page(&acting, id, &Asked::default(), (&typed, &problems), None).await,
        Err(error) => Err(error),
    }
}

type Place = Path<(OrganisationId, DocumentId)>;

/// The document, where it is one of the organisation in the address.
async fn named(acting: &Acting, reach: &Reach, (of, id): (OrganisationId, DocumentId)) -> Result<Document, Error> {
    let document = documents::one(&acting.app, reach, id).await?;
    if document.organisation == of { Ok(document) } else { Err(Error::NotFound(format!("the document {id}"))) }
}

async fn file(acting: Acting, Path(place): Place) -> Result<Response, Error> {
    let reach = Reach::team(&acting.actor, Action::ReadDrafts)?;
    let document = named(&acting, &reach, place).await?;
    Ok(documents::file(&acting.app, &reach, document.id).await?.into_response())
}

async fn remove(acting: Acting, Path(place): Place) -> Result<Response, Error> {
    let reach = Reach::team(&acting.actor, Action::EditDrafts)?;
    let document = named(&acting, &reach, place).await?;
    let record = directory::record(&acting.app, &acting.actor, place.0).await?;
    documents::remove(&acting.app, &acting.actor, &reach, document.id, &record.shown_name()).await?;
    let of = place.0;
    Ok(Redirect::to(&format!("/organisations/{of}/documents?removed={}", document.id)).into_response())
}

async fn restore(acting: Acting, Path((of, id)): Place) -> Result<Response, Error> {
    let reach = Reach::team(&acting.actor, Action::EditDrafts)?;
    let record = directory::record(&acting.app, &acting.actor, of).await?;
    documents::restore(&acting.app, &acting.actor, &reach, id, &record.shown_name()).await?;
    Ok(Redirect::to(&format!("/organisations/{of}/documents?done=document-restored")).into_response())
}
