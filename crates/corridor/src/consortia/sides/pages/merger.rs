//! The page on which two drafts come together: the code, the proposal, the preview, where the industry draft went.

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    super::{self as sides, Merger, MergerId, MergerState, Preview, store},
    may_edit,
};
use crate::{
    accounts::{Acting, cluster},
    consortia::{Draft, DraftId, SheetView, VerdictStatus, pages::head, store as drafts, view},
    foundation::{
        errors::{Error, FieldProblem},
        pages::Serde,
        secrets::Secret,
    },
};

/// What a rule says before and after.
#[derive(serde::Serialize)]
struct RuleChange {
    text: String,
    before: Option<VerdictStatus>,
    after: Option<VerdictStatus>,
}

/// How the verdicts change from one sheet to another, rule by rule.
fn rule_changes(before: &SheetView, after: &SheetView) -> Vec<RuleChange> {
    let status = |sheet: &SheetView, rule: &str| {
        sheet.verdicts.iter().find(|verdict| verdict.rule == rule).map(|verdict| verdict.status)
    };
    let mut changes: Vec<RuleChange> = after
        .verdicts
        .iter()
        .map(|verdict| RuleChange {
            text: verdict.text.clone(),
            before: status(before, &verdict.rule),
            after: Some(verdict.status),
        })
        .collect();
    let gone = before.verdicts.iter().filter(|verdict| status(after, &verdict.rule).is_none());
    changes.extend(gone.map(|verdict| RuleChange {
        text: verdict.text.clone(),
        before: Some(verdict.status),
        after: None,
    }));
    changes
}

async fn preview_of(acting: &Acting, preview: &Preview, merger: &Merger) -> Result<Value, Error> {
    let (app, actor, language) = (&acting.app, &acting.actor, acting.language);
    let before = view(app, actor, &preview.own.content, language).await?;
    let after = view(app, actor, &preview.union, language).await?;
    let theirs = |id| preview.theirs.content.members.iter().any(|member| member.organisation == id);
    let coming: Vec<_> = after.members.iter().filter(|member| theirs(member.id)).collect();
    let doubled: Vec<&str> = after
        .members
        .iter()
        .filter(|member| preview.doubled.contains(&member.id))
        .map(|member| member.name.as_str())
        .collect();
    let mut doubled = doubled;
    doubled.dedup();
    Ok(context! {
        id => merger.id.to_string(),
        cluster => preview.from.settings.name.as_str(),
        name => preview.theirs.content.name.as_str(),
        coming => Serde(&coming),
        changes => Serde(&rule_changes(&before, &after)),
        eligible => after.eligible,
        met => after.met,
        not_met => after.not_met,
        unknown => after.unknown,
        obstacle => preview.obstacle.map(|key| acting.say(key)),
        doubled => Serde(&doubled),
        own_revision => preview.own.revision,
        their_revision => preview.theirs.revision,
    })
}

#[derive(Default)]
struct Shown<'a> {
    code: Option<&'a Secret>,
    typed: &'a str,
    problems: Vec<FieldProblem>,
}

async fn page(acting: &Acting, id: DraftId, shown: Shown<'_>) -> Result<Response, Error> {
    let (app, actor) = (&acting.app, &acting.actor);
    let (draft, mergers) = sides::mergers(app, actor, id).await?;
    let now = app.clock.now();
    let (mut asked, mut own) = (Vec::new(), Vec::new());
    for merger in mergers.iter().filter(|merger| merger.state == MergerState::Proposed) {
        if merger.proposed_by == merger.side(id) {
            own.push(context! { id => merger.id.to_string(), at => merger.proposed_at.0 });
        } else {
            match sides::preview(app, actor, id, merger).await {
                Ok(preview) => asked.push(preview_of(acting, &preview, merger).await?),
                // The other draft was deleted meanwhile.
                Err(Error::NotFound(_)) => {}
                Err(error) => return Err(error),
            }
        }
    }
    let accepted = mergers.iter().find(|merger| merger.state == MergerState::Accepted);
    let together = match accepted {
        Some(merger) => Some(together(acting, &draft, merger).await?),
        None => None,
    };
    let unreached = sides::unreached(app, &draft).await?;
    let names = drafts::organisations(&app.database, &unreached).await?;
    let until = store::code_until(&app.database, (draft.cluster, draft.id), now).await?;
    let problem = |field: &str| {
        let found = shown.problems.iter().find(|problem| problem.field == field);
        found.map(|problem| acting.say(&problem.message)).unwrap_or_default()
    };
    let context = context! {
        draft => head(acting, &draft),
        may_edit => may_edit(acting, &draft),
        asked,
        own,
        together,
        code => shown.code.map(|code| code.reveal().to_owned()),
        code_until => until.map(|until| until.0),
        unreached => names.values().map(drafts::OrganisationFacts::shown).collect::<Vec<_>>(),
        typed => shown.typed,
        wrong_code => problem("code"),
        wrong_merger => problem("merger"),
    };
    let status = if shown.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let answer = acting.page("consortia/sides/merger.html", context).await?;
    // A page with a code is nobody else's, not even the browser's that is left open.
    Ok((status, [(axum::http::header::CACHE_CONTROL, "no-store")], answer).into_response())
}

/// What both teams see once the drafts are one.
async fn together(acting: &Acting, draft: &Draft, merger: &Merger) -> Result<Value, Error> {
    let side = merger.side(draft.id);
    let (their_cluster, _) = merger.of(sides::other(side));
    let merged = sides::merged(&acting.app, &acting.actor, merger, acting.language).await?;
    let merged = merged.filter(|_| draft.id == merger.industry_draft_id);
    let undo_over = sides::undo_over(&acting.app, merger, acting.app.clock.now()).await?;
    Ok(context! {
        id => merger.id.to_string(),
        at => merger.answered_at.map(|at| at.0),
        cluster => cluster(&acting.app.database, their_cluster).await?.settings.name,
        undo_until => merger.undo_until().filter(|_| undo_over.is_none()).map(|until| until.0),
        undo_over,
        may_undo => acting.may(crate::accounts::Action::EditDrafts, crate::accounts::Resource::Cluster(draft.cluster)).is_ok(),
        merged => merged.as_ref().map(|merged| context! {
            name => merged.name.as_str(),
            revision => merged.revision,
            cluster => merged.cluster.settings.name.as_str(),
            members => Serde(&merged.sheet.members),
            verdicts => Serde(&merged.sheet.verdicts),
            eligible => merged.sheet.eligible,
            met => merged.sheet.met,
            not_met => merged.sheet.not_met,
            unknown => merged.sheet.unknown,
        }),
    })
}

pub(super) async fn show(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    page(&acting, id, Shown::default()).await
}

pub(super) async fn code(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    match sides::make_code(&acting.app, &acting.actor, id).await {
        Ok(code) => page(&acting, id, Shown { code: Some(&code), ..Shown::default() }).await,
        Err(Error::Invalid(problems)) => page(&acting, id, Shown { problems, ..Shown::default() }).await,
        Err(error) => Err(error),
    }
}

#[derive(serde::Deserialize)]
pub(super) struct Offer {
    #[serde(default)]
    code: String,
}

pub(super) async fn offer(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(offer): Form<Offer>,
) -> Result<Response, Error> {
    match sides::propose(&acting.app, &acting.actor, id, &offer.code).await {
        Ok(_) => Ok(Redirect::to(&format!("/consortia/{id}/merger?done=sides-proposed")).into_response()),
        Err(Error::Invalid(problems)) => {
            page(&acting, id, Shown { typed: offer.code.trim(), problems, ..Shown::default() }).await
        }
        Err(error) => Err(error),
    }
}

/// The revisions that the preview showed.
#[derive(serde::Deserialize)]
pub(super) struct Agreed {
    own: i64,
    theirs: i64,
}

type MergerPath = Path<(DraftId, MergerId)>;

pub(super) async fn agree(
    acting: Acting,
    Path((id, merger)): MergerPath,
    Form(agreed): Form<Agreed>,
) -> Result<Response, Error> {
    match sides::accept(&acting.app, &acting.actor, id, merger, (agreed.own, agreed.theirs)).await {
        Ok(()) => Ok(Redirect::to(&format!("/consortia/{id}/merger?done=sides-merged")).into_response()),
        Err(Error::Invalid(problems)) => page(&acting, id, Shown { problems, ..Shown::default() }).await,
        Err(error) => Err(error),
    }
}

pub(super) async fn decline(acting: Acting, Path((id, merger)): MergerPath) -> Result<Response, Error> {
    sides::refuse(&acting.app, &acting.actor, id, merger).await?;
    Ok(Redirect::to(&format!("/consortia/{id}/merger?done=sides-refused")).into_response())
}

pub(super) async fn take_apart(acting: Acting, Path((id, merger)): MergerPath) -> Result<Response, Error> {
    sides::undo(&acting.app, &acting.actor, id, merger).await?;
    Ok(Redirect::to(&format!("/consortia/{id}/merger?done=sides-undone")).into_response())
}
