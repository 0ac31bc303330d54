//! After the answer: what was submitted, what the funder answered, with which scores.
//!
//! A submission freezes a version of its draft; the draft may go on. Answers follow one another (a reserve list, then a
//! grant), the newest counts; corrections are told to the trail with what was said before.

pub mod api;
mod holding;
mod list;
mod model;
pub mod pages;
pub(super) mod prior;
mod store;

pub use holding::OutcomeHolding;
pub use list::{Table, json_of, learn, list};
pub use model::{
    Answer, AnswerForm, AnswerId, AnswerKind, By, ClusterPart, Criterion, Filter, Grant, Line, Marks, Participant,
    Recorded, Standing, Submission, SubmissionForm, SubmissionId, Tally, asked_by, read_answer, read_submission,
    tallies,
};
pub(super) use store::FORGOTTEN;

use std::{collections::BTreeMap, sync::Arc};

use eligibility::Instrument;
use serde_json::Value;

use super::{
    Content, Draft, DraftId, MemberSide, open,
    participation::{
        Workspace,
        invitations::{own_draft, problem, tell, today_at},
    },
    rulebook, store as drafts,
};
use crate::{
    accounts::{Actor, ClusterId},
    foundation::{database::Transaction, errors::Error, instance::App, time::Day},
};

/// The instrument of an id as its rules stand on a day, where it is known.
fn instrument(app: &App, id: Option<&str>, on: Day) -> Option<Arc<Instrument>> {
    rulebook(app).in_force(id?, None, None, Some(on)).map(|in_force| in_force.instrument)
}

/// What evaluators score of a submission, nothing being scored yet.
pub fn blank(app: &App, submission: &Submission) -> Marks {
    let instrument = instrument(app, submission.instrument.as_deref(), submission.on);
    asked_by(instrument.as_deref(), submission.stage.as_deref())
}

/// Whether the instrument has a stage behind that of the submission; none where its stages are not known.
fn goes_on(app: &App, submission: &Submission) -> Option<bool> {
    let stages = &instrument(app, submission.instrument.as_deref(), submission.on)?.stage;
    let at = stages.iter().position(|stage| Some(&stage.id) == submission.stage.as_ref())?;
    // Stages are alternatives too: one that takes the whole proposal at once has nothing behind it.
    Some(stages[at].id != "single" && at + 1 < stages.len())
}

/// A draft of the actor's cluster with its submissions, newest first.
///
/// # Errors
/// [`Error::NotFound`] for a draft of somebody else.
pub async fn of_draft(app: &App, actor: &Actor, id: DraftId) -> Result<(Draft, Vec<Submission>), Error> {
    let draft = open(app, actor, id).await?;
    let submissions = store::submissions(&app.database, draft.cluster, Some(id)).await?;
    Ok((draft, submissions))
}

/// The submissions in which the partner whose workspace it is took part, newest first, without what the evaluators wrote
/// and what is granted: that names others.
///
/// Before the sides are put together only applicants submit: industry is told nothing of it.
pub async fn of_partner(app: &App, workspace: &Workspace) -> Result<Vec<Submission>, Error> {
    let draft = &workspace.draft;
    let Some(organisation) = workspace.seat.organisation() else { return Ok(Vec::new()) };
    let part = store::taking_part(&app.database, (draft.cluster, draft.id), organisation).await?;
    let sent = match part.values().any(|side| side != MemberSide::Applicant.key()) {
        true => frozen(app, draft.cluster, draft.id).await?,
        false => BTreeMap::new(),
    };
    let merged = |revision| sent.get(&revision).is_some_and(|content| content.facts.merged);
    let mut seen = Vec::new();
    for mut submission in store::submissions(&app.database, draft.cluster, Some(draft.id)).await? {
        let Some(side) = part.get(&submission.id) else { continue };
        if side != MemberSide::Applicant.key() && !merged(submission.revision) {
            continue;
        }
        for answer in &mut submission.answers {
            answer.summary.clear();
            answer.grant = Grant::default();
        }
        seen.push(submission);
    }
    Ok(seen)
}

/// What a draft said in the versions that were submitted, by revision.
pub async fn frozen(app: &App, cluster: ClusterId, draft: DraftId) -> Result<BTreeMap<i64, Content>, Error> {
    store::frozen(&app.database, cluster, draft).await
}

fn wrong(field: &str, message: &str, value: String) -> Error {
    Error::Invalid(vec![problem(field, message, &value)])
}

/// The stage of a submission: as said, or the only one.
fn stage_of(app: &App, content: &Content, on: Day, said: Option<&String>) -> Result<Option<String>, Error> {
    let Some(instrument) = instrument(app, content.instrument.as_deref(), on) else { return Ok(None) };
    match (said, instrument.stage.as_slice()) {
        (None, [only]) => Ok(Some(only.id.clone())),
        (None, []) => Ok(None),
        (Some(said), stages) if stages.iter().any(|stage| stage.id == *said) => Ok(Some(said.clone())),
        (said, _) => Err(wrong("stage", "outcomes-wrong-stage", said.cloned().unwrap_or_default())),
    }
}

/// What a form makes of a submission, with the version that it froze.
async fn made(
    app: &App,
    draft: &Draft,
    form: &SubmissionForm,
    before: Submission,
) -> Result<(Submission, Content), Error> {
    let Some(on) = form.on.filter(|_| form.problems.is_empty()) else {
        return Err(Error::Invalid(form.problems.clone()));
    };
    let Some(content) = drafts::version(&app.database, draft.cluster, draft.id, form.revision).await? else {
        return Err(wrong("version", "outcomes-wrong-version", form.revision.to_string()));
    };
    if content.members.is_empty() {
        return Err(wrong("version", "outcomes-wrong-empty", form.revision.to_string()));
    }
    let stage = stage_of(app, &content, on, form.stage.as_ref())?;
    let (instrument, topic, reference) = (content.instrument.clone(), content.topic, form.reference.clone());
    let made = Submission { revision: form.revision, stage, instrument, topic, on, reference, ..before };
    Ok((made, content))
}

/// Tells the trail what was said of a submission before, and what is said now.
async fn told(
    transaction: &mut Transaction,
    app: &App,
    actor: &Actor,
    draft: &Draft,
    action: &str,
    (before, after): (Option<&Submission>, Option<&Submission>),
) -> Result<(), Error> {
    let json = |submission: Option<&Submission>| {
        submission.map_or(Ok(Value::Null), serde_json::to_value).map_err(anyhow::Error::from)
    };
    let of = (draft.cluster, draft.id, draft.content.name.as_str());
    tell(transaction, actor, app.clock.now(), of, action, json(before)?, json(after)?).await
}

fn taken(submission: &Submission) -> Error {
    wrong("submitted_on", "outcomes-wrong-taken", submission.on.to_string())
}

/// Notes that a version of a draft was submitted.
///
/// # Errors
/// [`Error::Invalid`] for fields that cannot be used; [`Error::NotFound`] for a draft of somebody else; refused where the
/// draft goes on in another one.
pub async fn submit(app: &App, actor: &Actor, id: DraftId, form: &SubmissionForm) -> Result<SubmissionId, Error> {
    let draft = own_draft(app, actor, id).await?;
    let now = app.clock.now();
    let begun = Submission {
        id: SubmissionId::new(),
        draft: id,
        revision: 0,
        stage: None,
        instrument: None,
        topic: None,
        on: today_at(app, draft.cluster).await?,
        reference: String::new(),
        person: None,
        recorded_at: now,
        changes: 1,
        answers: Vec::new(),
    };
    let (submission, content) = made(app, &draft, form, begun).await?;
    transact!(app.database, transaction => {
        if !store::put(transaction, draft.cluster, &submission, &content, actor.person()).await? {
            return Err(taken(&submission));
        }
        told(transaction, app, actor, &draft, "submit", (None, Some(&submission))).await
    })?;
    Ok(submission.id)
}

/// A submission of a draft. Whether somebody corrected it since it was read is decided by the statement that counts the next
/// correction.
async fn known(app: &App, draft: &Draft, submission: SubmissionId) -> Result<Submission, Error> {
    let all = store::submissions(&app.database, draft.cluster, Some(draft.id)).await?;
    let found = all.into_iter().find(|one| one.id == submission);
    found.ok_or_else(|| Error::NotFound(format!("the submission {submission}")))
}

fn clash(draft: &Draft) -> Error {
    Error::Clash(format!("the outcome of {}", draft.content.name))
}

/// Corrects a submission; `changes` is the count that was read.
///
/// # Errors
/// [`Error::Clash`] when somebody corrected it since; otherwise as [`submit`].
pub async fn correct(
    app: &App,
    actor: &Actor,
    id: DraftId,
    (submission, changes): (SubmissionId, i64),
    form: &SubmissionForm,
) -> Result<(), Error> {
    let draft = own_draft(app, actor, id).await?;
    let before = known(app, &draft, submission).await?;
    let (after, content) = made(app, &draft, form, before.clone()).await?;
    if after == before {
        return Ok(());
    }
    transact!(app.database, transaction => {
        if !store::count(transaction, draft.cluster, submission, changes).await? {
            return Err(clash(&draft));
        }
        if store::is_taken(transaction, draft.cluster, &after).await? {
            return Err(taken(&after));
        }
        store::replace(transaction, draft.cluster, &after, &content).await?;
        told(transaction, app, actor, &draft, "correct_submission", (Some(&before), Some(&after))).await
    })
}

/// Takes a submission away that was noted by mistake, with its answers.
///
/// # Errors
/// [`Error::Clash`] when somebody corrected it since it was read.
pub async fn remove(
    app: &App,
    actor: &Actor,
    id: DraftId,
    (submission, changes): (SubmissionId, i64),
) -> Result<(), Error> {
    let draft = own_draft(app, actor, id).await?;
    let before = known(app, &draft, submission).await?;
    transact!(app.database, transaction => {
        if !store::count(transaction, draft.cluster, submission, changes).await? {
            return Err(clash(&draft));
        }
        store::remove(transaction, draft.cluster, submission).await?;
        told(transaction, app, actor, &draft, "delete_submission", (Some(&before), None)).await
    })
}

/// Notes an answer to a submission, or corrects one of its answers.
///
/// # Errors
/// [`Error::Invalid`] for fields that cannot be used; [`Error::Clash`] when somebody corrected the submission or its answers
/// since they were read.
pub async fn answer(
    app: &App,
    actor: &Actor,
    id: DraftId,
    (submission, changes): (SubmissionId, i64),
    corrected: Option<AnswerId>,
    form: &AnswerForm,
) -> Result<AnswerId, Error> {
    let draft = own_draft(app, actor, id).await?;
    let before = known(app, &draft, submission).await?;
    let earlier = corrected.map(|id| answer_of(&before, id)).transpose()?;
    let (Some(kind), Some(on), true) = (form.kind, form.on, form.problems.is_empty()) else {
        return Err(Error::Invalid(form.problems.clone()));
    };
    if kind == AnswerKind::Invited && goes_on(app, &before) == Some(false) {
        return Err(wrong("kind", "outcomes-wrong-last-stage", kind.key().to_owned()));
    }
    let now = app.clock.now();
    let new = Answer {
        id: earlier.map_or_else(AnswerId::new, |answer| answer.id),
        kind,
        on,
        marks: form.marks.clone(),
        summary: form.summary.clone(),
        grant: form.grant.clone(),
        person: earlier.and_then(|answer| answer.person.clone()),
        recorded_at: earlier.map_or(now, |answer| answer.recorded_at),
    };
    if earlier == Some(&new) {
        return Ok(new.id);
    }
    let mut after = before.clone();
    after.answers.retain(|answer| answer.id != new.id);
    after.answers.push(new.clone());
    after.answers.sort_by_key(|answer| std::cmp::Reverse((answer.on, answer.id)));
    let action = if earlier.is_some() { "correct_answer" } else { "answer" };
    transact!(app.database, transaction => {
        if !store::count(transaction, draft.cluster, submission, changes).await? {
            return Err(clash(&draft));
        }
        store::put_answer(transaction, draft.cluster, submission, &new, actor.person()).await?;
        told(transaction, app, actor, &draft, action, (Some(&before), Some(&after))).await
    })?;
    Ok(new.id)
}

fn answer_of(submission: &Submission, id: AnswerId) -> Result<&Answer, Error> {
    let found = submission.answers.iter().find(|answer| answer.id == id);
    found.ok_or_else(|| Error::NotFound(format!("the answer {id}")))
}

/// Takes an answer away that was noted by mistake.
///
/// # Errors
/// [`Error::Clash`] when somebody corrected the submission or its answers since they were read.
pub async fn remove_answer(
    app: &App,
    actor: &Actor,
    id: DraftId,
    (submission, changes): (SubmissionId, i64),
    answer: AnswerId,
) -> Result<(), Error> {
    let draft = own_draft(app, actor, id).await?;
    let before = known(app, &draft, submission).await?;
    answer_of(&before, answer)?;
    let mut after = before.clone();
    after.answers.retain(|one| one.id != answer);
    transact!(app.database, transaction => {
        if !store::count(transaction, draft.cluster, submission, changes).await? {
            return Err(clash(&draft));
        }
        store::remove_answer(transaction, draft.cluster, answer).await?;
        told(transaction, app, actor, &draft, "delete_answer", (Some(&before), Some(&after))).await
    })
}
