//! A partner's page of its own lines.

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{Fields, inputs, numbered, row, typed};
use crate::{
    accounts::Acting,
    consortia::{
        DraftId,
        budget::{BudgetForm, Category, flat_rate, partner_field, read_budget, save_own, settled, view_budget_for},
        participation::{self, Workspace},
        rules_of,
    },
    foundation::{
        errors::Error,
        pages::{Serde, by_field},
    },
};

pub(super) async fn show(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let workspace = participation::workspace(&acting.app, &acting.actor, id).await?;
    let form = BudgetForm { content: workspace.draft.content.clone(), ..BudgetForm::default() };
    page(&acting, &workspace, workspace.draft.revision, form, None).await
}

pub(super) async fn submit(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    let workspace = participation::workspace(&acting.app, &acting.actor, id).await?;
    let revision = typed(&fields, "revision").and_then(|text| text.parse().ok()).unwrap_or(workspace.draft.revision);
    let problem = match save_own(&acting.app, &acting.actor, id, revision, &fields).await {
        Ok(()) => return Ok(Redirect::to(&format!("/workspaces/{id}/budget?done=consortia-saved")).into_response()),
        Err(error @ (Error::Invalid(_) | Error::Clash(_))) => error,
        Err(error) => return Err(error),
    };
    // What was typed stays, on top of what is stored now.
    let workspace = participation::workspace(&acting.app, &acting.actor, id).await?;
    let mut form = read_budget(&fields, &workspace.draft.content, workspace.seat.organisation());
    form.content = settled(&rules_of(&acting.app, &workspace.draft), &form.content);
    let note = match problem {
        Error::Invalid(problems) => {
            form.problems = problems;
            "consortia-unsaved"
        }
        _ => "consortia-budget-clash",
    };
    page(&acting, &workspace, workspace.draft.revision, form, Some(note)).await
}

async fn page(
    acting: &Acting,
    workspace: &Workspace,
    revision: i64,
    form: BudgetForm,
    note: Option<&str>,
) -> Result<Response, Error> {
    let content = &form.content;
    let draft = participation::pages::head(acting, workspace).await?;
    let budget =
        view_budget_for(&acting.app, &acting.actor, Some(workspace.draft.cluster), content, acting.language).await?;
    let categories: Vec<Category> =
        Category::used(flat_rate(&rules_of(&acting.app, &workspace.draft), content.instrument.as_deref())).collect();
    let own = content.members.iter().find(|member| Some(member.organisation) == workspace.seat.organisation());
    let line = own.and_then(|own| {
        let id = own.organisation.to_string();
        budget.partners.iter().find(|partner| partner.id == id)
    });
    let rows: Vec<Value> = match own {
        Some(own) => content
            .facts
            .work_packages
            .iter()
            .map(|(number, package)| {
                let name = format!("{} {}", numbered(acting, *number), package.name);
                row(acting, own, name.trim(), *number, &categories)
            })
            .collect(),
        None => Vec::new(),
    };
    let whole = own.map(|own| {
        let id = own.organisation;
        context! {
            rate => partner_field("rate", id), aid => partner_field("aid", id), requested => partner_field("requested", id),
        }
    });
    let problems = form.problems.iter().map(|problem| (problem.field.clone(), acting.say(&problem.message))).collect();
    let context = context! {
        draft,
        revision,
        seat => "partner",
        rows,
        whole,
        line => Serde(&line),
        budget => Serde(&budget),
        columns => categories.iter().map(|category| acting.say(&format!("consortia-budget-{}", category.key().replace('_', "-")))).collect::<Vec<_>>(),
        fields => by_field(inputs(acting, &form)),
        problems => by_field(problems),
        wrong => super::wrong(acting, &form).await?,
        note => note.map(|note| acting.say(note)),
    };
    let status = match (note, form.problems.is_empty()) {
        (Some("consortia-budget-clash"), _) => StatusCode::CONFLICT,
        (_, false) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    Ok((status, acting.page("consortia/budget/own.html", context).await?).into_response())
}
