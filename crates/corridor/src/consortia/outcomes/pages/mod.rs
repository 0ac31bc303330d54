//! The tab «Outcome» of a draft: what was submitted and answered, as its team notes it and its partners read it.

mod forms;
mod list;

pub(in crate::consortia) use list::recorded;

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use minijinja::{Value, context};

use super::{
    Answer, AnswerId, Criterion, Marks, Submission, SubmissionId, answer, blank, correct, frozen, of_draft, of_partner,
    read_answer, read_submission, remove, remove_answer, submit,
};
use crate::{
    accounts::{Acting, Action, Resource, Route},
    consortia::{
        Content, Draft, DraftId,
        budget::write_months as write_hundredths,
        differences,
        pages::{
            person_name,
            words::{self, stage_name},
        },
        participation::{self, pages::head as partner_head},
        rulebook, rules_of, store as drafts,
    },
    directory::OrganisationId,
    foundation::{
        errors::{Error, FieldProblem},
        languages::Language,
        pages::Serde,
    },
};

/// The routes of outcomes.
pub fn routes() -> Vec<Route> {
    use Action::{EditDrafts, ReadCalls, ReadDirectory, ReadDrafts, TakePart};
    vec![
        Route::get("/consortia/{id}/outcome", ReadDrafts, get(show)),
        Route::post("/consortia/{id}/outcome", EditDrafts, post(note)),
        Route::get("/consortia/{id}/outcome/{submission}", EditDrafts, get(forms::submission)),
        Route::post("/consortia/{id}/outcome/{submission}", EditDrafts, post(amend)),
        Route::post("/consortia/{id}/outcome/{submission}/delete", EditDrafts, post(delete)),
        Route::get("/consortia/{id}/outcome/{submission}/answer", EditDrafts, get(forms::new_answer)),
        Route::post("/consortia/{id}/outcome/{submission}/answer", EditDrafts, post(note_answer)),
        Route::get("/consortia/{id}/outcome/{submission}/answers/{answer}", EditDrafts, get(forms::answer)),
        Route::post("/consortia/{id}/outcome/{submission}/answers/{answer}", EditDrafts, post(amend_answer)),
        Route::post("/consortia/{id}/outcome/{submission}/answers/{answer}/delete", EditDrafts, post(delete_answer)),
        Route::get("/workspaces/{id}/outcome", TakePart, get(partner)),
        Route::get("/submissions", ReadDrafts, get(list::index)),
        Route::get("/submissions/export", ReadDrafts, get(list::export)),
        Route::get("/submissions/learning/{table}", ReadDrafts, get(list::learning)),
        Route::get("/calls/{identifier}/submissions", ReadCalls, get(list::of_topic)),
        Route::get("/organisations/{id}/submissions", ReadDirectory, get(list::of_organisation)),
    ]
}

type Fields = Vec<(String, String)>;

/// What the pages of a draft name in their head and tabs.
fn head(acting: &Acting, draft: &Draft) -> Value {
    let content = &draft.content;
    context! {
        id => draft.id.to_string(),
        name => content.name.as_str(),
        revision => draft.revision,
        two_sided => content.instrument.as_deref().is_some_and(|id| rules_of(&acting.app, draft).has_sides(id)),
        archived => draft.archived_at.is_some(),
        closed => draft.merged_into.is_some(),
    }
}

/// What a submission is called, as a heading: its stage, else that it is one.
pub(super) fn title(acting: &Acting, submission: &Submission) -> String {
    let stage = match (submission.instrument.as_deref(), submission.stage.as_deref()) {
        (Some(instrument), Some(stage)) => {
            stage_name(&rulebook(&acting.app).of_day(submission.on), instrument, stage, acting.language)
        }
        _ => acting.say("outcomes-submission"),
    };
    let mut letters = stage.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn criterion(language: Language, one: &Criterion) -> Value {
    let points = |points: i64| write_hundredths(language, points);
    context! {
        name => one.shown(language.code()),
        score => one.score.map(points),
        out_of => points(one.out_of),
        threshold => one.threshold.map(points),
        weight => one.weight_percent,
        standing => Serde(&Marks::of_criterion(one)),
    }
}

/// Scores as pages show them; nothing where nobody has said any.
fn marks(acting: &Acting, marks: &Marks) -> Option<Value> {
    let points = |points: i64| write_hundredths(acting.language, points);
    (!marks.is_empty()).then(|| {
        context! {
            criteria => marks.criteria.iter().map(|one| criterion(acting.language, one)).collect::<Vec<_>>(),
            total => marks.total().map(points),
            stated => marks.stated.is_some(),
            computed => marks.computed().filter(|computed| marks.stated.is_some_and(|stated| stated != *computed)).map(points),
            out_of => marks.out_of.map(points),
            threshold => marks.threshold.map(points),
            of_total => Serde(&marks.of_total()),
            standing => Serde(&marks.standing()),
            percent => marks.percent(),
            rank => marks.rank,
            rank_of => marks.rank_of,
        }
    })
}

fn answered(acting: &Acting, one: &Answer) -> Value {
    let grant = &one.grant;
    context! {
        id => one.id.to_string(),
        kind => one.kind.key(),
        on => one.on.to_string(),
        marks => marks(acting, &one.marks),
        summary => one.summary.as_str(),
        grant_cents => grant.grant_cents,
        cost_cents => grant.cost_cents,
        agreement => grant.agreement.as_str(),
        starts_on => grant.starts_on.map(|day| day.to_string()),
        person => one.person.as_deref().map(|name| person_name(acting, name)),
        recorded_at => one.recorded_at.0,
    }
}

fn shown(acting: &Acting, one: &Submission) -> Value {
    context! {
        id => one.id.to_string(),
        title => title(acting, one),
        state => one.state(),
        on => one.on.to_string(),
        revision => one.revision,
        reference => one.reference.as_str(),
        person => one.person.as_deref().map(|name| person_name(acting, name)),
        recorded_at => one.recorded_at.0,
        changes => one.changes,
        answers => one.answers.iter().map(|one| answered(acting, one)).collect::<Vec<_>>(),
    }
}

type Known = BTreeMap<OrganisationId, drafts::OrganisationFacts>;

/// What was sent, and what the draft says differently by now.
fn sent(acting: &Acting, content: &Content, now: &Content, known: &Known) -> Value {
    let rows = content.members.iter().filter_map(|member| {
        let facts = known.get(&member.organisation)?;
        Some(context! {
            name => facts.shown(),
            href => facts.href(),
            country => facts.country.as_deref(),
            role => acting.say(&format!("consortia-role-{}", member.role.key())),
            cost_cents => member.cost_cents,
            requested_cents => member.requested_cents,
        })
    });
    let changed = words::differences(acting, &differences(content, now), known);
    context! {
        members => rows.collect::<Vec<_>>(),
        cost_cents => content.total(|member| member.cost_cents),
        requested_cents => content.total(|member| member.requested_cents),
        changed => Serde(&changed),
    }
}

/// The page of the team; `typed` is what a form held that could not be used.
async fn page(acting: &Acting, id: DraftId, typed: Fields, problems: &[FieldProblem]) -> Result<Response, Error> {
    let (draft, submissions) = of_draft(&acting.app, &acting.actor, id).await?;
    let may_edit = acting.may(Action::EditDrafts, Resource::Cluster(draft.cluster)).is_ok();
    let contents = frozen(&acting.app, draft.cluster, id).await?;
    let members = contents.values().chain([&draft.content]).flat_map(|content| &content.members);
    let mut ids: Vec<OrganisationId> = members.map(|member| member.organisation).collect();
    ids.sort_unstable();
    ids.dedup();
    let known = drafts::organisations(&acting.app.database, &ids).await?;
    let line = |one: &Submission| {
        let sent = contents.get(&one.revision).map(|content| sent(acting, content, &draft.content, &known));
        context! { sent, ..shown(acting, one) }
    };
    let lines: Vec<Value> = submissions.iter().map(line).collect();
    let form = match may_edit && draft.merged_into.is_none() {
        true => Some(forms::for_submission(acting, &draft, None, typed, problems).await?),
        false => None,
    };
    let context = context! { draft => head(acting, &draft), seat => "team", may_edit, submissions => lines, form };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("consortia/outcomes/outcome.html", context).await?).into_response())
}

async fn show(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    page(&acting, id, Vec::new(), &[]).await
}

async fn partner(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let workspace = participation::workspace(&acting.app, &acting.actor, id).await?;
    let submissions = of_partner(&acting.app, &workspace).await?;
    let nothing = Value::from(());
    let lines = submissions.iter().map(|one| context! { sent => nothing.clone(), ..shown(&acting, one) });
    let context = context! {
        draft => partner_head(&acting, &workspace).await?,
        seat => "partner",
        may_edit => false,
        submissions => lines.collect::<Vec<_>>(),
        form => nothing.clone(),
    };
    Ok(acting.page("consortia/outcomes/outcome.html", context).await?.into_response())
}

fn to_outcome(id: DraftId, done: &str) -> Response {
    Redirect::to(&format!("/consortia/{id}/outcome?done=outcomes-{done}")).into_response()
}

async fn note(acting: Acting, Path(id): Path<DraftId>, Form(fields): Form<Fields>) -> Result<Response, Error> {
    let (draft, _) = of_draft(&acting.app, &acting.actor, id).await?;
    let form = read_submission(&fields, None, participation::invitations::today_at(&acting.app, draft.cluster).await?);
    match submit(&acting.app, &acting.actor, id, &form).await {
        Ok(_) => Ok(to_outcome(id, "submitted")),
        Err(Error::Invalid(problems)) => page(&acting, id, fields, &problems).await,
        Err(error) => Err(error),
    }
}

/// The count of corrections that a form began with.
fn begun_with(fields: &Fields) -> i64 {
    fields.iter().find(|(name, _)| name == "changes").and_then(|(_, text)| text.parse().ok()).unwrap_or_default()
}

/// A draft with one of its submissions.
async fn one(acting: &Acting, id: DraftId, submission: SubmissionId) -> Result<(Draft, Submission), Error> {
    let (draft, submissions) = of_draft(&acting.app, &acting.actor, id).await?;
    let found = submissions.into_iter().find(|one| one.id == submission);
    Ok((draft, found.ok_or_else(|| Error::NotFound(format!("the submission {submission}")))?))
}

async fn amend(
    acting: Acting,
    Path((id, submission)): Path<(DraftId, SubmissionId)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    let (draft, before) = one(&acting, id, submission).await?;
    let first_answer = before.answers.iter().map(|answer| answer.on).min();
    let today = participation::invitations::today_at(&acting.app, draft.cluster).await?;
    let form = read_submission(&fields, first_answer, today);
    match correct(&acting.app, &acting.actor, id, (submission, begun_with(&fields)), &form).await {
        Ok(()) => Ok(to_outcome(id, "corrected")),
        Err(Error::Invalid(problems)) => forms::submission_page(&acting, &draft, &before, fields, &problems).await,
        Err(error) => Err(error),
    }
}

async fn delete(
    acting: Acting,
    Path((id, submission)): Path<(DraftId, SubmissionId)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    remove(&acting.app, &acting.actor, id, (submission, begun_with(&fields))).await?;
    Ok(to_outcome(id, "deleted"))
}

async fn save_answer(
    acting: &Acting,
    (id, submission): (DraftId, SubmissionId),
    corrected: Option<AnswerId>,
    fields: Fields,
) -> Result<Response, Error> {
    let (draft, before) = one(acting, id, submission).await?;
    let known = forms::marks_to_score(&acting.app, &before, corrected)?;
    let today = participation::invitations::today_at(&acting.app, draft.cluster).await?;
    let form = read_answer(&fields, &known, before.on, today);
    match answer(&acting.app, &acting.actor, id, (submission, begun_with(&fields)), corrected, &form).await {
        Ok(_) => Ok(to_outcome(id, if corrected.is_some() { "corrected" } else { "answered" })),
        Err(Error::Invalid(problems)) => {
            forms::answer_page(acting, &draft, &before, corrected, fields, &problems).await
        }
        Err(error) => Err(error),
    }
}

async fn note_answer(
    acting: Acting,
    Path(place): Path<(DraftId, SubmissionId)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    save_answer(&acting, place, None, fields).await
}

async fn amend_answer(
    acting: Acting,
    Path((id, submission, answer)): Path<(DraftId, SubmissionId, AnswerId)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    save_answer(&acting, (id, submission), Some(answer), fields).await
}

async fn delete_answer(
    acting: Acting,
    Path((id, submission, answer)): Path<(DraftId, SubmissionId, AnswerId)>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    remove_answer(&acting.app, &acting.actor, id, (submission, begun_with(&fields)), answer).await?;
    Ok(to_outcome(id, "deleted"))
}
