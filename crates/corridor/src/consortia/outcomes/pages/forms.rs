//! The forms of a submission and of an answer.

use std::collections::BTreeMap;

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use minijinja::{Value, context};

use super::{
    super::{
        Answer, AnswerId, AnswerKind, Marks, Submission, SubmissionId, answer_of,
        model::{MOST_NAMED, by_name},
    },
    Fields, blank, criterion, head, one, title, write_hundredths,
};
use crate::{
    accounts::Acting,
    consortia::{
        Draft, DraftId,
        pages::amount,
        participation::{invitations::today_at, pages::messages},
        rulebook, versions,
    },
    foundation::{
        errors::{Error, FieldProblem},
        instance::App,
        pages::by_field,
    },
};

fn choice(value: String, label: String) -> Value {
    context! { value, label }
}

/// What the form of a submission shows; of `correct` where one is corrected.
pub(super) async fn for_submission(
    acting: &Acting,
    draft: &Draft,
    corrected: Option<&Submission>,
    typed: Fields,
    problems: &[FieldProblem],
) -> Result<Value, Error> {
    let revision = corrected.map_or(draft.revision, |one| one.revision);
    let mut kept: Vec<(i64, i64)> = versions(&acting.app, &acting.actor, draft.id)
        .await?
        .into_iter()
        .map(|version| (version.revision, version.saved_at.0))
        .collect();
    if !kept.iter().any(|(known, _)| *known == revision) {
        // An old version that the history no longer lists stays what it is.
        kept.push((revision, 0));
    }
    let named = |(revision, _): &(i64, i64)| {
        let key = if *revision == draft.revision { "outcomes-version-current" } else { "consortia-version" };
        let words = acting.app.texts.say(acting.language, key, &[("revision", (*revision).into())]);
        choice(revision.to_string(), words)
    };
    let instrument = match corrected {
        Some(one) => one.instrument.as_deref(),
        None => draft.content.instrument.as_deref(),
    };
    let today = today_at(&acting.app, draft.cluster).await?;
    let rules = rulebook(&acting.app).of_day(corrected.map_or(today, |one| one.on));
    let stages = instrument.map(|id| rules.stages(id, acting.language)).unwrap_or_default();
    let stage = match corrected {
        Some(one) => one.stage.clone(),
        None => draft.content.stage.clone(),
    };
    let mut fields = BTreeMap::from([
        ("submitted_on".to_owned(), corrected.map_or(today, |one| one.on).to_string()),
        ("stage".to_owned(), stage.unwrap_or_default()),
        ("version".to_owned(), revision.to_string()),
        ("reference".to_owned(), corrected.map(|one| one.reference.clone()).unwrap_or_default()),
    ]);
    fields.extend(by_name(&typed));
    Ok(context! {
        versions => kept.iter().map(named).collect::<Vec<_>>(),
        stages => stages.into_iter().map(|stage| choice(stage.id, stage.name)).collect::<Vec<_>>(),
        today => today.to_string(),
        fields => by_field(fields),
        problems => by_field(messages(acting, problems)),
    })
}

pub(super) async fn submission_page(
    acting: &Acting,
    draft: &Draft,
    submission: &Submission,
    typed: Fields,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let context = context! {
        draft => head(acting, draft),
        title => title(acting, submission),
        submission => submission.id.to_string(),
        changes => submission.changes,
        form => for_submission(acting, draft, Some(submission), typed, problems).await?,
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("consortia/outcomes/submission.html", context).await?).into_response())
}

pub(super) async fn submission(
    acting: Acting,
    Path((id, submission)): Path<(DraftId, SubmissionId)>,
) -> Result<Response, Error> {
    let (draft, submission) = one(&acting, id, submission).await?;
    submission_page(&acting, &draft, &submission, Vec::new(), &[]).await
}

/// The criteria of an answer that is corrected are those that it was noted with; of a new one, those of the instrument.
pub(super) fn marks_to_score(app: &App, submission: &Submission, corrected: Option<AnswerId>) -> Result<Marks, Error> {
    match corrected {
        Some(id) => Ok(answer_of(submission, id)?.marks.clone()),
        None => Ok(blank(app, submission)),
    }
}

/// What the inputs hold of an answer that is corrected.
fn stored(acting: &Acting, answer: &Answer) -> BTreeMap<String, String> {
    let points =
        |points: Option<i64>| points.map(|points| write_hundredths(acting.language, points)).unwrap_or_default();
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let (marks, grant) = (&answer.marks, &answer.grant);
    let mut fields = BTreeMap::from([
        ("kind".to_owned(), answer.kind.key().to_owned()),
        ("answered_on".to_owned(), answer.on.to_string()),
        ("total".to_owned(), points(marks.stated)),
        ("out_of".to_owned(), points(marks.out_of)),
        ("threshold".to_owned(), points(marks.threshold)),
        ("rank".to_owned(), number(marks.rank)),
        ("rank_of".to_owned(), number(marks.rank_of)),
        ("summary".to_owned(), answer.summary.clone()),
        ("grant".to_owned(), amount(acting.language, grant.grant_cents)),
        ("cost".to_owned(), amount(acting.language, grant.cost_cents)),
        ("agreement".to_owned(), grant.agreement.clone()),
        ("starts_on".to_owned(), grant.starts_on.map(|day| day.to_string()).unwrap_or_default()),
    ]);
    for (at, one) in marks.criteria.iter().enumerate() {
        fields.insert(format!("score.{at}"), points(one.score));
        fields.insert(format!("criterion.{at}"), one.shown(acting.language.code()).to_owned());
        fields.insert(format!("of.{at}"), points(Some(one.out_of)));
        fields.insert(format!("least.{at}"), points(one.threshold));
    }
    fields
}

pub(super) async fn answer_page(
    acting: &Acting,
    draft: &Draft,
    submission: &Submission,
    corrected: Option<AnswerId>,
    typed: Fields,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let marks = marks_to_score(&acting.app, submission, corrected)?;
    let today = today_at(&acting.app, draft.cluster).await?;
    let mut fields = match corrected {
        Some(id) => stored(acting, answer_of(submission, id)?),
        None => BTreeMap::from([("answered_on".to_owned(), today.to_string())]),
    };
    fields.extend(by_name(&typed));
    let kinds = AnswerKind::ALL.iter().map(|kind| {
        let (label, hint) = (acting.say(&format!("outcomes-state-{}", kind.key())), "");
        context! { value => kind.key(), label, hint }
    });
    // A few more than there are, to be filled.
    let rows = if marks.named { (marks.criteria.len() + 4).min(MOST_NAMED) } else { 0 };
    let context = context! {
        draft => head(acting, draft),
        title => title(acting, submission),
        submission => submission.id.to_string(),
        submitted_on => submission.on.to_string(),
        today => today.to_string(),
        answer => corrected.map(|id| id.to_string()),
        changes => submission.changes,
        kinds => kinds.collect::<Vec<_>>(),
        criteria => match marks.named {
            true => Vec::new(),
            false => marks.criteria.iter().map(|one| criterion(acting.language, one)).collect(),
        },
        named => marks.named,
        rows,
        out_of => marks.out_of.map(|points| write_hundredths(acting.language, points)),
        follows => !marks.named && marks.out_of == marks.scale(),
        fields => by_field(fields),
        problems => by_field(messages(acting, problems)),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("consortia/outcomes/answer.html", context).await?).into_response())
}

pub(super) async fn new_answer(
    acting: Acting,
    Path((id, submission)): Path<(DraftId, SubmissionId)>,
) -> Result<Response, Error> {
    let (draft, submission) = one(&acting, id, submission).await?;
    answer_page(&acting, &draft, &submission, None, Vec::new(), &[]).await
}

pub(super) async fn answer(
    acting: Acting,
    Path((id, submission, answer)): Path<(DraftId, SubmissionId, AnswerId)>,
) -> Result<Response, Error> {
    let (draft, submission) = one(&acting, id, submission).await?;
    answer_page(&acting, &draft, &submission, Some(answer), Vec::new(), &[]).await
}
