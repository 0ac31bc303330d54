//! The tab «Documents» of a draft: what its members can show, what rules miss, what was asked; a partner has its own of it.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{Path, Query, Request},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use minijinja::{Value, context};

use super::{Asking, Ground, Request as Asked, WantedDocument, ask, known, waited_for, wanted};
use crate::{
    accounts::{Acting, Action, Resource, Route},
    consortia::{
        Draft, DraftId, open as open_draft, own_cluster,
        participation::{self, Seat, Workspace},
        rulebook, rules, rules_of, still_open, store as drafts,
    },
    directory::{
        OrganisationId,
        documents::{
            self as kept, About, Document, DocumentForm, DocumentId, DocumentKind, Reach,
            pages::{Asked as Beginning, form, line, of_file, today},
        },
    },
    foundation::{
        errors::{Error, FieldProblem},
        pages::{Serde, by_field},
    },
};

/// The routes of a draft's documents.
pub fn routes() -> Vec<Route> {
    use Action::{EditDrafts, ReadDrafts, TakePart};
    vec![
        Route::get("/consortia/{id}/documents", ReadDrafts, get(team)),
        Route::post("/consortia/{id}/documents", EditDrafts, post(team_add)),
        Route::post("/consortia/{id}/document-requests", EditDrafts, post(team_ask)),
        Route::get("/consortia/{id}/documents/{document}", ReadDrafts, get(team_file)),
        Route::post("/consortia/{id}/documents/{document}/remove", EditDrafts, post(team_remove)),
        Route::post("/consortia/{id}/documents/{document}/restore", EditDrafts, post(team_restore)),
        Route::get("/workspaces/{id}/documents", TakePart, get(partner)),
        Route::post("/workspaces/{id}/documents", TakePart, post(partner_add)),
        Route::get("/workspaces/{id}/documents/{document}", TakePart, get(partner_file)),
        Route::post("/workspaces/{id}/documents/{document}/remove", TakePart, post(partner_remove)),
        Route::post("/workspaces/{id}/documents/{document}/restore", TakePart, post(partner_restore)),
    ]
}

/// What stands in the forms of a page, and what is wrong with them.
#[derive(Default)]
struct Typed {
    document: DocumentForm,
    organisation: String,
    asking: Asking,
    /// Of the form that adds a document.
    problems: Vec<FieldProblem>,
    /// Of the form that asks for one.
    ask_problems: Vec<FieldProblem>,
    /// What is wrong with what was sent as a whole.
    error: Option<String>,
    removed: Option<DocumentId>,
}

impl Typed {
    fn beginning_with(asked: Beginning) -> Self {
        Typed {
            document: DocumentForm { kind: asked.kind.clone(), ..DocumentForm::default() },
            asking: Asking { organisation: asked.organisation.clone(), kind: asked.kind, ..Asking::default() },
            organisation: asked.organisation,
            removed: asked.removed,
            ..Typed::default()
        }
    }

    fn status(&self) -> StatusCode {
        match self.error.is_none() && self.problems.is_empty() && self.ask_problems.is_empty() {
            true => StatusCode::OK,
            false => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

fn request(acting: &Acting, one: &Asked) -> Value {
    context! {
        organisation => one.organisation_id.to_string(),
        kind => one.kind.key(),
        label => acting.say(&one.kind.label_key()),
        message => one.message.as_str(),
        due_on => one.due_on.as_str(),
        asked_at => one.asked_at.0,
    }
}

/// What rules miss of the members of a draft, or of one of them.
async fn missing(acting: &Acting, draft: &Draft, seat: Seat) -> Result<Vec<WantedDocument>, Error> {
    let app = &acting.app;
    let content = &draft.content;
    let ids: Vec<OrganisationId> = content.members.iter().map(|member| member.organisation).collect();
    let facts = known(app, Some(Ground::about_seat(draft, seat)), &ids).await?;
    let topic = match content.topic {
        Some(topic) => drafts::topic_by_id(&app.database, topic).await?,
        None => None,
    };
    let closes = topic.as_ref().and_then(drafts::TopicFacts::closes);
    let day = super::reading_day(app, draft).await?;
    let scope = rules::Scope { book: rulebook(app), cluster: Some(draft.cluster) };
    let read = match rules::read(&scope, content, &facts, closes, day) {
        Ok(Some(read)) => read,
        // What cannot be read as a consortium is told on the sheet.
        Ok(None) | Err(Error::Input(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let verdicts = read.report.verdicts.iter();
    let mut found: Vec<WantedDocument> = Vec::new();
    for one in verdicts.flat_map(|verdict| wanted(app, acting.language, verdict, read.instrument(), &facts, day)) {
        if seat.organisation().is_none_or(|own| own == one.organisation) && !found.contains(&one) {
            found.push(one);
        }
    }
    Ok(found)
}

async fn team_page(acting: &Acting, draft: &Draft, typed: Typed) -> Result<Response, Error> {
    let reach = Reach::team(&acting.actor, Action::ReadDrafts)?;
    let ids: Vec<OrganisationId> = draft.content.members.iter().map(|member| member.organisation).collect();
    let waiting = waited_for(&acting.app, draft).await?;
    // Who was asked may have left the sheet since.
    let named: Vec<OrganisationId> = ids.iter().copied().chain(waiting.iter().map(|one| one.organisation_id)).collect();
    let facts = drafts::organisations(&acting.app.database, &named).await?;
    let names: BTreeMap<String, String> = facts.values().map(|known| (known.id.to_string(), known.shown())).collect();
    let mut found = kept::of_organisations(&acting.app, &reach, &ids, Some(draft.id.0)).await?;
    // In the order of the sheet, the newest of each member first.
    found.sort_by_key(|document| ids.iter().position(|id| *id == document.organisation));
    let today = today(acting, &reach).await?;
    let members = ids.iter().filter_map(|id| facts.get(id));
    let members: Vec<Value> =
        members.map(|known| context! { value => known.id.to_string(), label => known.shown() }).collect();
    let closed = draft.merged_into.is_some();
    let messages = |problems: &[FieldProblem]| {
        by_field(problems.iter().map(|problem| (problem.field.clone(), acting.say(&problem.message))).collect())
    };
    let asked_kinds: Vec<Value> = DocumentKind::ALL
        .into_iter()
        .filter(|kind| *kind != DocumentKind::Other)
        .map(|kind| context! { value => kind.key(), label => acting.say(&kind.label_key()) })
        .collect();
    let context = context! {
        draft => context! {
            id => draft.id.to_string(),
            name => draft.content.name.as_str(),
            two_sided => draft.content.instrument.as_deref().is_some_and(|id| rules_of(&acting.app, draft).has_sides(id)),
        },
        seat => "team",
        place => format!("/consortia/{}/documents", draft.id),
        lines => found.iter().map(|document| line(acting, &reach, document, today)).collect::<Vec<_>>(),
        names => Serde(&names),
        missing => Serde(&missing(acting, draft, Seat::Team).await?),
        requests => waiting.iter().map(|one| request(acting, one)).collect::<Vec<_>>(),
        removed => typed.removed.map(|id| id.to_string()),
        may_edit => !closed && acting.may(Action::EditDrafts, Resource::Cluster(draft.cluster)).is_ok(),
        form => form(acting, &typed.document, &typed.problems, true),
        members,
        chosen => typed.organisation.as_str(),
        asking => context! {
            organisation => typed.asking.organisation.as_str(),
            kind => typed.asking.kind.as_str(),
            due_on => typed.asking.due_on.as_str(),
            message => typed.asking.message.as_str(),
            problems => messages(&typed.ask_problems),
            kinds => asked_kinds,
            open => !typed.ask_problems.is_empty() || !typed.asking.organisation.is_empty(),
        },
        error => typed.error.as_deref(),
    };
    Ok((typed.status(), acting.page("consortia/documents/team.html", context).await?).into_response())
}

async fn team(acting: Acting, Path(id): Path<DraftId>, Query(asked): Query<Beginning>) -> Result<Response, Error> {
    let draft = open_draft(&acting.app, &acting.actor, id).await?;
    team_page(&acting, &draft, Typed::beginning_with(asked)).await
}

async fn team_add(acting: Acting, Path(id): Path<DraftId>, request: Request) -> Result<Response, Error> {
    own_cluster(&acting.actor, Action::EditDrafts)?;
    let reach = Reach::team(&acting.actor, Action::EditDrafts)?;
    let draft = open_draft(&acting.app, &acting.actor, id).await?;
    still_open(&draft)?;
    let received = match kept::receive(request).await {
        Ok(received) => received,
        Err(error) => {
            let typed = Typed { error: Some(of_file(&acting, error)?), ..Typed::default() };
            return team_page(&acting, &draft, typed).await;
        }
    };
    let mut typed = Typed {
        document: DocumentForm::of(&received.fields),
        organisation: received.field("organisation").to_owned(),
        ..Typed::default()
    };
    let member = typed.organisation.parse::<OrganisationId>().ok();
    let Some(organisation) = member.filter(|id| draft.content.members.iter().any(|member| member.organisation == *id))
    else {
        let (field, message) = ("organisation".to_owned(), "document-wrong-member".to_owned());
        typed.problems = vec![FieldProblem { field, message, value: String::new() }];
        return team_page(&acting, &draft, typed).await;
    };
    let name = participation::invitations::drafts_name(&acting.app, organisation).await?;
    let about = About { organisation, name: &name, draft: Some(draft.id.0) };
    match kept::keep(&acting.app, &acting.actor, &reach, about, received).await {
        Ok(_) => Ok(Redirect::to(&format!("/consortia/{id}/documents?done=document-added")).into_response()),
        Err(Error::Invalid(problems)) => team_page(&acting, &draft, Typed { problems, ..typed }).await,
        Err(error) => Err(error),
    }
}

async fn team_ask(acting: Acting, Path(id): Path<DraftId>, Form(asking): Form<Asking>) -> Result<Response, Error> {
    match ask(&acting.app, &acting.actor, id, &asking).await {
        Ok(()) => Ok(Redirect::to(&format!("/consortia/{id}/documents?done=document-asked")).into_response()),
        Err(Error::Invalid(ask_problems)) => {
            let draft = open_draft(&acting.app, &acting.actor, id).await?;
            team_page(&acting, &draft, Typed { asking, ask_problems, ..Typed::default() }).await
        }
        Err(error) => Err(error),
    }
}

type Place = Path<(DraftId, DocumentId)>;

async fn team_file(acting: Acting, Path((id, document)): Place) -> Result<Response, Error> {
    let reach = Reach::team(&acting.actor, Action::ReadDrafts)?;
    open_draft(&acting.app, &acting.actor, id).await?;
    Ok(kept::file(&acting.app, &reach, document).await?.into_response())
}

async fn about(acting: &Acting, document: &Document) -> Result<String, Error> {
    participation::invitations::drafts_name(&acting.app, document.organisation).await
}

async fn team_remove(acting: Acting, Path((id, document)): Place) -> Result<Response, Error> {
    let reach = Reach::team(&acting.actor, Action::EditDrafts)?;
    still_open(&open_draft(&acting.app, &acting.actor, id).await?)?;
    taken_away(&acting, &reach, document).await?;
    Ok(Redirect::to(&format!("/consortia/{id}/documents?removed={document}")).into_response())
}

async fn taken_away(acting: &Acting, reach: &Reach, id: DocumentId) -> Result<(), Error> {
    let name = about(acting, &kept::one(&acting.app, reach, id).await?).await?;
    kept::remove(&acting.app, &acting.actor, reach, id, &name).await?;
    Ok(())
}

async fn team_restore(acting: Acting, Path((id, document)): Place) -> Result<Response, Error> {
    let reach = Reach::team(&acting.actor, Action::EditDrafts)?;
    let draft = open_draft(&acting.app, &acting.actor, id).await?;
    still_open(&draft)?;
    kept::restore(&acting.app, &acting.actor, &reach, document, &draft.content.name).await?;
    Ok(Redirect::to(&format!("/consortia/{id}/documents?done=document-restored")).into_response())
}

/// The draft as the partner sees it, and which documents it may handle there.
async fn own(acting: &Acting, id: DraftId) -> Result<(Workspace, Reach, OrganisationId), Error> {
    let workspace = participation::workspace(&acting.app, &acting.actor, id).await?;
    let organisation = workspace.seat.organisation().ok_or_else(|| Error::NotFound(format!("the draft {id}")))?;
    let reach = Reach::Organisation { cluster: workspace.draft.cluster, organisation, draft: id.0 };
    Ok((workspace, reach, organisation))
}

/// The same, to change something there.
async fn own_open(acting: &Acting, id: DraftId) -> Result<(Reach, OrganisationId), Error> {
    let (workspace, reach, organisation) = own(acting, id).await?;
    still_open(&workspace.draft)?;
    Ok((reach, organisation))
}

async fn partner_page(acting: &Acting, id: DraftId, typed: Typed) -> Result<Response, Error> {
    let (workspace, reach, organisation) = own(acting, id).await?;
    let found = kept::of_organisations(&acting.app, &reach, &[organisation], Some(id.0)).await?;
    let today = today(acting, &reach).await?;
    let asked = waited_for(&acting.app, &workspace.draft).await?;
    let asked = asked.iter().filter(|one| one.organisation_id == organisation);
    // Rules are read on what the partner's side says; told is what they miss of the partner itself.
    let side = Draft { content: workspace.on_its_side(), ..workspace.draft.clone() };
    let context = context! {
        draft => participation::pages::head(acting, &workspace).await?,
        seat => "partner",
        place => format!("/workspaces/{id}/documents"),
        lines => found.iter().map(|document| line(acting, &reach, document, today)).collect::<Vec<_>>(),
        names => Value::from(()),
        missing => Serde(&missing(acting, &side, workspace.seat).await?),
        requests => asked.map(|one| request(acting, one)).collect::<Vec<_>>(),
        removed => typed.removed.map(|id| id.to_string()),
        may_edit => workspace.draft.merged_into.is_none(),
        form => form(acting, &typed.document, &typed.problems, true),
        members => Value::from(()),
        chosen => "",
        error => typed.error.as_deref(),
    };
    Ok((typed.status(), acting.page("consortia/documents/partner.html", context).await?).into_response())
}

async fn partner(acting: Acting, Path(id): Path<DraftId>, Query(asked): Query<Beginning>) -> Result<Response, Error> {
    partner_page(&acting, id, Typed::beginning_with(asked)).await
}

async fn partner_add(acting: Acting, Path(id): Path<DraftId>, request: Request) -> Result<Response, Error> {
    let (reach, organisation) = own_open(&acting, id).await?;
    let received = match kept::receive(request).await {
        Ok(received) => received,
        Err(error) => {
            let typed = Typed { error: Some(of_file(&acting, error)?), ..Typed::default() };
            return partner_page(&acting, id, typed).await;
        }
    };
    let document = DocumentForm::of(&received.fields);
    let name = participation::invitations::drafts_name(&acting.app, organisation).await?;
    let about = About { organisation, name: &name, draft: Some(id.0) };
    match kept::keep(&acting.app, &acting.actor, &reach, about, received).await {
        Ok(_) => Ok(Redirect::to(&format!("/workspaces/{id}/documents?done=document-added")).into_response()),
        Err(Error::Invalid(problems)) => {
            partner_page(&acting, id, Typed { document, problems, ..Typed::default() }).await
        }
        Err(error) => Err(error),
    }
}

async fn partner_file(acting: Acting, Path((id, document)): Place) -> Result<Response, Error> {
    let (_, reach, _) = own(&acting, id).await?;
    Ok(kept::file(&acting.app, &reach, document).await?.into_response())
}

async fn partner_remove(acting: Acting, Path((id, document)): Place) -> Result<Response, Error> {
    let (reach, _) = own_open(&acting, id).await?;
    taken_away(&acting, &reach, document).await?;
    Ok(Redirect::to(&format!("/workspaces/{id}/documents?removed={document}")).into_response())
}

async fn partner_restore(acting: Acting, Path((id, document)): Place) -> Result<Response, Error> {
    let (reach, organisation) = own_open(&acting, id).await?;
    let name = participation::invitations::drafts_name(&acting.app, organisation).await?;
    kept::restore(&acting.app, &acting.actor, &reach, document, &name).await?;
    Ok(Redirect::to(&format!("/workspaces/{id}/documents?done=document-restored")).into_response())
}
