//! The notes on an organisation's page, their forms, and the same as JSON.

use axum::{
    Json,
    extract::Path,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};
use serde::Serialize;

use super::{Form, Note, NoteId};
use crate::{
    accounts::{Acting, Action, Resource, Route, names, visibility::Circle},
    directory::{self, OrganisationId, notes, pages::Sent},
    foundation::{
        errors::{Error, FieldProblem},
        pages::Serde,
    },
};

/// The routes of notes.
pub fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    let write = Action::EditNotes;
    vec![
        Route::get("/organisations/{id}/notes/new", write, get(new)),
        Route::post("/organisations/{id}/notes", write, post(add)),
        Route::get("/notes/{id}/edit", write, get(edit)),
        Route::post("/notes/{id}/edit", write, post(save)),
        Route::post("/notes/{id}/delete", write, post(delete)),
        Route::post("/notes/{id}/restore", write, post(restore)),
        Route::get("/api/organisations/{id}/notes", Action::ReadContacts, get(of_organisation)),
    ]
}

#[derive(Serialize)]
struct NoteView {
    id: String,
    text: String,
    cluster: String,
    author: Option<String>,
    at: i64,
    /// Who sees it, in words, for the team that keeps it.
    seen_by: Option<String>,
}

/// What the page of an organisation shows of its notes.
pub(in crate::directory) async fn section(acting: &Acting, organisation: OrganisationId) -> Result<Value, Error> {
    if acting.may(Action::ReadContacts, Resource::Instance).is_err() {
        return Ok(context! { shown => false });
    }
    let reader = acting.reader().await?;
    let found = notes::of_organisation(&acting.app, &acting.actor, reader, organisation).await?;
    // Who wrote a note is for the team that keeps it: to others it is the cluster's.
    let own = |note: &Note| reader.is_team_of(note.cluster_id);
    let authors: Vec<uuid::Uuid> = found.iter().filter(|note| own(note)).filter_map(|note| note.author_id).collect();
    let known = names(&acting.app.database, &authors).await?;
    let circle = acting.circle().await?;
    let rows: Vec<NoteView> = found
        .into_iter()
        .map(|note| {
            let own = own(&note);
            NoteView {
                author: note.author_id.filter(|_| own).and_then(|author| known.get(&author).cloned()),
                seen_by: circle
                    .filter(|_| own)
                    .map(|circle| circle.words(&acting.app.texts, acting.language, &note.audience)),
                id: note.id.to_string(),
                text: note.text,
                cluster: note.cluster,
                at: note.updated_at,
            }
        })
        .collect();
    let may_add = acting.may(Action::EditNotes, Resource::Instance).is_ok() && acting.actor.cluster().is_some();
    Ok(context! { shown => !rows.is_empty() || may_add, rows => Serde(&rows), may_add })
}

/// The notes on an organisation that the reader sees, newest first.
#[utoipa::path(get, path = "/api/organisations/{id}/notes", tag = "contacts", params(("id" = OrganisationId, Path, description = "The organisation.")),
    responses((status = 200, body = [Note])))]
pub async fn of_organisation(acting: Acting, Path(id): Path<OrganisationId>) -> Result<Json<Vec<Note>>, Error> {
    let reader = acting.reader().await?;
    Ok(Json(notes::of_organisation(&acting.app, &acting.actor, reader, id).await?))
}

/// What the form stands for.
struct Sheet {
    action: String,
    organisation: OrganisationId,
    organisation_name: String,
    /// The note that is changed.
    note: Option<Note>,
}

async fn form(
    acting: &Acting,
    sheet: &Sheet,
    filled: &Form,
    problems: &[FieldProblem],
    theirs: &str,
) -> Result<Html<String>, Error> {
    let cluster = notes::own_cluster(&acting.actor)?;
    let circle = Circle::of(&acting.app.database, &cluster).await?;
    let kept: Vec<_> = sheet.note.iter().map(|note| &note.audience).collect();
    let choices = circle.choices(&acting.app.texts, acting.language, &kept);
    let problem = |field: &str| {
        let found = problems.iter().find(|problem| problem.field == field);
        found.map(|problem| acting.say(&problem.message)).unwrap_or_default()
    };
    let context = context! {
        action => sheet.action.as_str(),
        organisation => sheet.organisation.to_string(),
        organisation_name => sheet.organisation_name.as_str(),
        note => sheet.note.as_ref().map(|note| note.id.to_string()).unwrap_or_default(),
        form => Serde(filled),
        choices => Serde(&choices),
        text_problem => problem("text"),
        audience_problem => problem("audience"),
        theirs,
    };
    acting.page("directory/note.html", context).await
}

fn back(organisation: OrganisationId, done: &str) -> Response {
    Redirect::to(&format!("/organisations/{organisation}?done={done}#notes")).into_response()
}

async fn sheet_of_new(acting: &Acting, id: OrganisationId) -> Result<(Sheet, directory::record::Record), Error> {
    let record = directory::record(&acting.app, &acting.actor, id).await?;
    if let Some(kept) = record.organisation.merged_into {
        return Err(Error::NotFound(format!("the organisation {id}: it was merged into {kept}")));
    }
    let action = format!("/organisations/{id}/notes");
    Ok((Sheet { action, organisation: id, organisation_name: record.shown_name(), note: None }, record))
}

async fn new(acting: Acting, Path(id): Path<OrganisationId>) -> Result<Html<String>, Error> {
    let (sheet, _) = sheet_of_new(&acting, id).await?;
    form(&acting, &sheet, &Form::default(), &[], "").await
}

async fn add(acting: Acting, Path(id): Path<OrganisationId>, Sent(sent): Sent<Form>) -> Result<Response, Error> {
    let (sheet, record) = sheet_of_new(&acting, id).await?;
    match notes::add(&acting.app, &acting.actor, &record, &sent).await {
        Ok(_) => Ok(back(id, "note-added")),
        Err(Error::Invalid(problems)) => {
            let page = form(&acting, &sheet, &sent, &problems, "").await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn sheet_of(acting: &Acting, id: NoteId) -> Result<(Sheet, Note), Error> {
    let note = notes::one_to_change(&acting.app, &acting.actor, acting.reader().await?, id).await?;
    let record = directory::record(&acting.app, &acting.actor, note.organisation_id).await?;
    let sheet = Sheet {
        action: format!("/notes/{id}/edit"),
        organisation: note.organisation_id,
        organisation_name: record.shown_name(),
        note: Some(note.clone()),
    };
    Ok((sheet, note))
}

fn form_of(note: &Note) -> Form {
    Form { revision: note.revision, text: note.text.clone(), audience: note.audience.to_string() }
}

async fn edit(acting: Acting, Path(id): Path<NoteId>) -> Result<Html<String>, Error> {
    let (sheet, note) = sheet_of(&acting, id).await?;
    form(&acting, &sheet, &form_of(&note), &[], "").await
}

async fn save(acting: Acting, Path(id): Path<NoteId>, Sent(sent): Sent<Form>) -> Result<Response, Error> {
    let (sheet, note) = sheet_of(&acting, id).await?;
    let reader = acting.reader().await?;
    match notes::change(&acting.app, &acting.actor, reader, (&note, &sheet.organisation_name), &sent).await {
        Ok(()) => Ok(back(note.organisation_id, "note-saved")),
        Err(Error::Invalid(problems)) => {
            let page = form(&acting, &sheet, &sent, &problems, "").await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(Error::Clash(_)) => {
            let (sheet, theirs) = sheet_of(&acting, id).await?;
            // Sent again with the new revision, the form is a decision taken with both versions in sight.
            let sent = Form { revision: theirs.revision, ..sent };
            let page = form(&acting, &sheet, &sent, &[], &theirs.text).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn delete(acting: Acting, Path(id): Path<NoteId>) -> Result<Response, Error> {
    let note = notes::delete(&acting.app, &acting.actor, acting.reader().await?, id).await?;
    acting
        .page(
            "directory/note_deleted.html",
            context! {
                note => id.to_string(),
                organisation => note.organisation_id.to_string(),
                days => directory::contacts::KEPT_DAYS,
            },
        )
        .await
        .map(IntoResponse::into_response)
}

async fn restore(acting: Acting, Path(id): Path<NoteId>) -> Result<Response, Error> {
    let note = notes::restore(&acting.app, &acting.actor, acting.reader().await?, id).await?;
    Ok(back(note.organisation_id, "note-restored"))
}
