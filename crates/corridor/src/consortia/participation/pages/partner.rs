//! What a partner has: the list of its drafts, its page of each, its own lines, its signature.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    super::{
        Decision, Workspace, correct as correct_own, interests, invitations, own_organisation,
        signoff::{self, Signing},
        workspace, workspaces,
    },
    answers, decided, head, messages,
};
use crate::{
    accounts::Acting,
    calls,
    consortia::{
        DraftId, MemberRole, MemberView, RuleVerdict, SheetView, VerdictStatus,
        documents::{self, Ground},
        instruments,
        pages::amount,
        rulebook, rules, store as drafts,
        view::view_with,
    },
    foundation::{
        errors::{Error, FieldProblem},
        pages::{Serde, by_field},
    },
};

pub(super) async fn index(acting: Acting) -> Result<Response, Error> {
    let mut lines = Vec::new();
    for workspace in workspaces(&acting.app, &acting.actor).await? {
        lines.push(head(&acting, &workspace).await?);
    }
    let offers = invitations::offers(&acting.app, &acting.actor).await?;
    let interests = interests::own(&acting.app, &acting.actor).await?;
    let context = context! {
        drafts => lines,
        offers => offers.iter().map(|offer| answers::offered(&acting, offer)).collect::<Vec<_>>(),
        interests => interests.iter().map(super::interests::told).collect::<Vec<_>>(),
        problems => by_field(BTreeMap::new()),
    };
    Ok(acting.page("consortia/participation/workspaces.html", context).await?.into_response())
}

/// The rules that say something about the partner itself: not met because of it, or waiting for a fact of it. They are read
/// with what is said of its side, and told in their own words: what is said of others is not among them.
async fn concerning(acting: &Acting, workspace: &Workspace, own: &str) -> Result<Vec<RuleVerdict>, Error> {
    let content = workspace.on_its_side();
    let ids: Vec<_> = content.members.iter().map(|member| member.organisation).collect();
    let facts = documents::known(&acting.app, Some(Ground::about_seat(&workspace.draft, workspace.seat)), &ids).await?;
    let topic = match content.topic {
        Some(topic) => drafts::topic_by_id(&acting.app.database, topic).await?,
        None => None,
    };
    let closes = topic.as_ref().and_then(drafts::TopicFacts::closes);
    let day = rules::reading_day(closes, calls::today(&acting.app));
    let scope = rules::Scope { book: rulebook(&acting.app), cluster: Some(workspace.draft.cluster) };
    let read = match rules::read(&scope, &content, &facts, closes, day) {
        Ok(Some(read)) => read,
        // What the team typed cannot be read as a consortium yet: that is for the team to see.
        Ok(None) | Err(Error::Input(_)) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let plain = instruments::plain::in_words(&read.in_force, acting.language);
    let about_it = read.report.verdicts.iter().filter(|verdict| {
        let facts = verdict.missing.iter().flat_map(|missing| &missing.facts);
        facts.filter_map(|fact| fact.entity.as_deref()).any(|entity| entity == own)
            || verdict.fixes.iter().any(|fix| fix.entities.iter().any(|entity| entity == own))
    });
    let mut told = Vec::new();
    for verdict in about_it {
        let mut said = RuleVerdict::of(verdict, acting.language);
        let Some(rule) = plain.rules.iter().find(|rule| rule.id == said.rule) else { continue };
        if said.status == VerdictStatus::Met {
            continue;
        }
        said.text.clone_from(&rule.text);
        (said.missing, said.fixes) = (None, Vec::new());
        let wanted = documents::wanted(&acting.app, acting.language, verdict, read.instrument(), &facts, day);
        said.wanted = wanted.into_iter().filter(|one| one.organisation.to_string() == own).collect();
        told.push(said);
    }
    Ok(told)
}

/// The amounts that a partner says of itself.
fn amounts(sheet: &SheetView) -> &'static [&'static str] {
    if sheet.two_sided {
        &["cost", "subcontracting", "requested", "ikop", "fc", "ikaa"]
    } else {
        &["cost", "subcontracting", "requested"]
    }
}

fn own_fields(acting: &Acting, workspace: &Workspace, own: &MemberView) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    for (name, cents) in &own.amounts {
        fields.insert(format!("{name}-{}", own.id), amount(acting.language, *cents));
    }
    if let Some(declared) = workspace.draft.content.declared_of(own.id) {
        let answers = declared.answers().into_iter();
        fields.extend(answers.map(|(name, answer)| (format!("{name}-{}", own.id), answer)));
    }
    fields
}

async fn page(
    acting: &Acting,
    workspace: &Workspace,
    given: &[(String, String)],
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let (draft, seat) = (&workspace.draft, workspace.seat);
    let ground = Some(Ground::of_seat(draft, seat));
    let mut sheet = view_with(&acting.app, &acting.actor, ground, &draft.content, acting.language).await?;
    let own = own_organisation(&acting.actor)?;
    let Some(member) = sheet.members.iter().find(|member| member.id == own).cloned() else {
        return Err(Error::NotFound(format!("the draft {}", workspace.draft.id)));
    };
    sheet.asked.rows.retain(|row| row.id == own.to_string());
    let mut fields = own_fields(acting, workspace, &member);
    fields.extend(given.iter().cloned());
    let coordinator = sheet.members.iter().find(|member| member.role == MemberRole::Coordinator.key());
    let totals: Vec<Value> = workspace.totals().into_iter().map(|(name, cents)| context! { name, cents }).collect();
    let round = signoff::of_partner(&acting.app, workspace).await?;
    let verdicts = concerning(acting, workspace, &own.to_string()).await?;
    let context = context! {
        draft => head(acting, workspace).await?,
        seat => "partner",
        own => Serde(&member),
        amounts => Serde(amounts(&sheet)),
        coordinator => coordinator.map(|member| member.name.as_str()),
        totals,
        fields => by_field(fields),
        problems => by_field(messages(acting, problems)),
        verdicts => Serde(&verdicts),
        round => round.map(|(round, line)| context! {
            statement => round.statement,
            due_on => round.due_on,
            asked_at => round.asked_at.0,
            standing => line.standing.key(),
            decided => line.decided.as_ref().map(|one| decided(acting, one)),
        }),
        sheet => Serde(&sheet),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("consortia/participation/partner.html", context).await?).into_response())
}

pub(super) async fn show(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let workspace = workspace(&acting.app, &acting.actor, id).await?;
    page(&acting, &workspace, &[], &[]).await
}

pub(super) async fn correct(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Error> {
    match correct_own(&acting.app, &acting.actor, id, &fields).await {
        Ok(()) => Ok(Redirect::to(&format!("/workspaces/{id}?done=consortia-saved#own")).into_response()),
        Err(Error::Invalid(problems)) => {
            let workspace = workspace(&acting.app, &acting.actor, id).await?;
            page(&acting, &workspace, &fields, &problems).await
        }
        Err(error) => Err(error),
    }
}

#[derive(serde::Deserialize)]
pub(super) struct Signed {
    revision: i64,
    decision: String,
    #[serde(default)]
    words: String,
}

pub(super) async fn sign(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(signed): Form<Signed>,
) -> Result<Response, Error> {
    let decision =
        Decision::of(&signed.decision).ok_or_else(|| Error::input("`decision` is neither `signed` nor `objected`"))?;
    let signing = Signing { revision: signed.revision, decision, words: &signed.words };
    match signoff::sign(&acting.app, &acting.actor, id, &signing).await {
        Ok(()) => {
            Ok(Redirect::to(&format!("/workspaces/{id}?done=participation-{}#signoff", decision.key())).into_response())
        }
        Err(Error::Invalid(problems)) => {
            let workspace = workspace(&acting.app, &acting.actor, id).await?;
            page(&acting, &workspace, &[], &problems).await
        }
        Err(error) => Err(error),
    }
}
