//! Pages of the budget of a draft: the team's, with import and export, and the partner's own lines.

mod import;
mod own;

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{Path, Query},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use minijinja::{Value, context};

use super::{
    BudgetForm, BudgetView, Category, amount_field, flat_rate, months_field, partner_field, read_budget, settled,
    too_much_aid, view_budget, workbook, write_months,
};
use crate::{
    accounts::{Acting, Action, Resource, Route},
    consortia::{
        Choices, Content, Draft, DraftId, Keep, Member, contradictions, merge, money::write_money, open, pages::head,
        rules_of, save, store, version,
    },
    directory::OrganisationId,
    foundation::{
        errors::{Error, FieldProblem},
        pages::{Serde, by_field},
    },
};

type Fields = Vec<(String, String)>;

/// The routes of budgets.
pub fn routes() -> Vec<Route> {
    use Action::{EditDrafts, ReadDrafts, TakePart};
    vec![
        Route::get("/consortia/{id}/budget", ReadDrafts, get(show)),
        Route::post("/consortia/{id}/budget", EditDrafts, post(submit)),
        Route::post("/consortia/{id}/budget/preview", ReadDrafts, post(preview)),
        Route::get("/consortia/{id}/budget/xlsx", ReadDrafts, get(export)),
        Route::get("/consortia/{id}/budget/import", EditDrafts, get(import::ask)),
        Route::post("/consortia/{id}/budget/import", EditDrafts, post(import::upload)),
        Route::post("/consortia/{id}/budget/import/columns", EditDrafts, post(import::columns)),
        Route::get("/workspaces/{id}/budget", TakePart, get(own::show)),
        Route::post("/workspaces/{id}/budget", TakePart, post(own::submit)),
    ]
}

/// A work package by its number.
pub(in crate::consortia) fn numbered(acting: &Acting, number: u16) -> String {
    acting.app.texts.say(acting.language, "consortia-budget-numbered", &[("number", i64::from(number).into())])
}

#[derive(serde::Deserialize)]
struct Shown {
    /// The work package that is edited.
    package: Option<u16>,
    /// The partner whose lines are edited.
    partner: Option<OrganisationId>,
}

async fn show(acting: Acting, Path(id): Path<DraftId>, Query(shown): Query<Shown>) -> Result<Response, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    let form = BudgetForm { content: draft.content.clone(), ..BudgetForm::default() };
    page(&acting, &draft, draft.revision, form, &shown, None).await
}

/// The version that a form began with; what the form does not mention is as it says.
async fn begun_with(acting: &Acting, draft: &Draft, fields: &Fields) -> Result<(i64, Content), Error> {
    let given = fields.iter().find(|(name, _)| name == "revision").and_then(|(_, value)| value.parse().ok());
    let revision = given.unwrap_or(draft.revision);
    if revision == draft.revision {
        return Ok((revision, draft.content.clone()));
    }
    Ok((revision, version(&acting.app, &acting.actor, draft.id, revision).await?))
}

fn typed<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim())
}

fn place_of(fields: &Fields) -> Shown {
    let of = |name: &str| typed(fields, name);
    Shown {
        package: of("package").and_then(|number| number.parse().ok()),
        partner: of("partner").and_then(|id| id.parse().ok()),
    }
}

async fn submit(acting: Acting, Path(id): Path<DraftId>, Form(fields): Form<Fields>) -> Result<Response, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    let (revision, base) = begun_with(&acting, &draft, &fields).await?;
    let mut form = read_budget(&fields, &base, None);
    let mut shown = place_of(&fields);
    let act = typed(&fields, "act").unwrap_or("save");
    if act == "add-package" {
        match form.add_package(typed(&fields, "new-package").unwrap_or_default()) {
            Ok(number) => shown = Shown { package: Some(number), partner: None },
            Err(message) => form.problems.push(FieldProblem {
                field: "new-package".to_owned(),
                message: message.to_owned(),
                value: String::new(),
            }),
        }
    } else if let Some(number) = act.strip_prefix("remove-package:").and_then(|number| number.parse::<u16>().ok()) {
        form.content.facts.work_packages.remove(&number);
        form.problems.retain(|problem| !problem.field.contains(&format!(".{number}.")));
        shown.package = None;
    }
    form.content = settled(&rules_of(&acting.app, &draft), &form.content);
    if act == "ask-most" {
        let budget = view_budget(&acting.app, &acting.actor, &form.content, acting.language).await?;
        ask_most(&mut form.content, &budget);
    }
    form.problems.extend(too_much_aid(&form.content, None));
    if act == "check" || !form.problems.is_empty() {
        return page(&acting, &draft, revision, form, &shown, Some("consortia-unsaved")).await;
    }
    match save(&acting.app, &acting.actor, id, revision, &form.content).await {
        Ok(_) => {
            let place = match (shown.package, shown.partner) {
                (_, Some(partner)) => format!("&partner={partner}"),
                (Some(package), None) => format!("&package={package}"),
                (None, None) => String::new(),
            };
            Ok(Redirect::to(&format!("/consortia/{id}/budget?done=consortia-saved{place}")).into_response())
        }
        // What was typed stays on the page beside all that others changed, to be looked at and saved again.
        Err(Error::Clash(_)) => {
            let (app, actor) = (&acting.app, &acting.actor);
            let (stored, open, _) = contradictions(app, actor, id, revision, &form.content).await?;
            let choices: Choices = open.into_iter().map(|one| (one.place, Keep::Own)).collect();
            let merged = merge(&base, &stored.content, &form.content, &choices).map_err(anyhow::Error::from)?;
            form.content = settled(&rules_of(&acting.app, &stored), &merged.content);
            page(&acting, &stored, stored.revision, form, &shown, Some("consortia-budget-clash")).await
        }
        Err(Error::Invalid(problems)) => {
            form.problems = problems;
            page(&acting, &draft, revision, form, &shown, Some("consortia-unsaved")).await
        }
        Err(error) => Err(error),
    }
}

/// Lets who asks for nothing ask for the highest grant that its costs and its rate allow.
fn ask_most(content: &mut Content, budget: &BudgetView) {
    for member in content.members.iter_mut().filter(|member| member.requested_cents.is_none()) {
        let id = member.organisation.to_string();
        let line = budget.partners.iter().find(|line| line.id == id);
        member.requested_cents = line.and_then(|line| line.most_cents).filter(|most| *most > 0);
    }
}

/// What follows from the values in the form, before they are saved.
async fn preview(acting: Acting, Path(id): Path<DraftId>, Form(fields): Form<Fields>) -> Result<Response, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    let (_, base) = begun_with(&acting, &draft, &fields).await?;
    let mut form = read_budget(&fields, &base, None);
    form.content = settled(&rules_of(&acting.app, &draft), &form.content);
    form.problems.extend(too_much_aid(&form.content, None));
    let budget = view_budget(&acting.app, &acting.actor, &form.content, acting.language).await?;
    let context = context! { budget => Serde(&budget), wrong => wrong(&acting, &form).await? };
    Ok(acting.page("consortia/budget/live.html", context).await?.into_response())
}

/// Problems with the place they are in.
async fn wrong(acting: &Acting, form: &BudgetForm) -> Result<Vec<String>, Error> {
    let names = names(acting, &form.content).await?;
    let named = |problem: &FieldProblem| {
        let mut place = Vec::new();
        for part in problem.field.split('.') {
            if let Some(name) = part.parse::<OrganisationId>().ok().and_then(|id| names.get(&id)) {
                place.insert(0, name.clone());
            } else if let Ok(number) = part.parse::<u16>() {
                place.push(numbered(acting, number));
            } else if part != "amount" {
                place.push(acting.say(&format!("consortia-budget-{}", part.replace('_', "-"))));
            }
        }
        format!("{}: {} ({})", place.join(" · "), acting.say(&problem.message), problem.value)
    };
    Ok(form.problems.iter().map(named).collect())
}

async fn names(acting: &Acting, content: &Content) -> Result<BTreeMap<OrganisationId, String>, Error> {
    let ids: Vec<OrganisationId> = content.members.iter().map(|member| member.organisation).collect();
    let known = store::organisations(&acting.app.database, &ids).await?;
    Ok(known.into_iter().map(|(id, facts)| (id, facts.shown())).collect())
}

/// Every input's value: as typed where it could not be read, else as it stands.
fn inputs(acting: &Acting, form: &BudgetForm) -> BTreeMap<String, String> {
    let money = |cents: i64| write_money(acting.language, cents);
    let mut fields = BTreeMap::new();
    for (number, package) in &form.content.facts.work_packages {
        fields.insert(format!("package-name.{number}"), package.name.clone());
        let research = package.research.map(|research| research.key().to_owned()).unwrap_or_default();
        fields.insert(format!("package-research.{number}"), research);
    }
    for member in &form.content.members {
        let id = member.organisation;
        let whole = [
            ("rate", member.budget.monthly_rate_cents),
            ("aid", member.budget.other_aid_cents),
            ("requested", member.requested_cents),
        ];
        for (of, cents) in whole {
            fields.extend(cents.map(|cents| (partner_field(of, id), money(cents))));
        }
        for (package, line) in &member.budget.packages {
            fields.extend(line.months.map(|months| {
                (months_field(*package, id), write_months(acting.language, months).replace('\u{202f}', ""))
            }));
            let amounts = line.amounts.iter();
            fields.extend(amounts.map(|(category, cents)| (amount_field(*package, *category, id), money(*cents))));
        }
    }
    for problem in &form.problems {
        if let Some(typed) = form.typed.get(&problem.field) {
            fields.insert(problem.field.clone(), typed.clone());
        }
    }
    fields
}

/// A row of inputs: one partner in one work package.
fn row(acting: &Acting, member: &Member, name: &str, package: u16, categories: &[Category]) -> Value {
    let id = member.organisation;
    let computed = member.budget.monthly_rate_cents.is_some()
        && member.budget.packages.get(&package).is_some_and(|line| line.months.is_some());
    let cell = |category: &Category| {
        let amount = member.budget.amount(package, *category);
        context! {
            field => amount_field(package, *category, id),
            label => acting.say(&format!("consortia-budget-{}", category.key().replace('_', "-"))),
            computed => computed && *category == Category::Personnel,
            text => amount.map(|cents| acting.language.money(cents)),
        }
    };
    context! {
        name,
        months => months_field(package, id),
        months_text => member.budget.packages.get(&package).and_then(|line| line.months).map(|months| write_months(acting.language, months)),
        cells => categories.iter().map(cell).collect::<Vec<_>>(),
    }
}

async fn page(
    acting: &Acting,
    draft: &Draft,
    revision: i64,
    form: BudgetForm,
    shown: &Shown,
    note: Option<&str>,
) -> Result<Response, Error> {
    let content = &form.content;
    let names = names(acting, content).await?;
    let budget = view_budget(&acting.app, &acting.actor, content, acting.language).await?;
    let categories: Vec<Category> =
        Category::used(flat_rate(&rules_of(&acting.app, draft), content.instrument.as_deref())).collect();
    let of = |member: &Member| names.get(&member.organisation).cloned().unwrap_or_default();
    let partner = content.members.iter().find(|member| Some(member.organisation) == shown.partner);
    let packages = &content.facts.work_packages;
    let package = shown.package.filter(|number| packages.contains_key(number)).or(packages.keys().next().copied());
    let rows: Vec<Value> = match (partner, package) {
        (Some(member), _) => packages
            .iter()
            .map(|(number, package)| {
                let name = format!("{} {}", numbered(acting, *number), package.name);
                row(acting, member, name.trim(), *number, &categories)
            })
            .collect(),
        (None, Some(package)) => {
            content.members.iter().map(|member| row(acting, member, &of(member), package, &categories)).collect()
        }
        (None, None) => Vec::new(),
    };
    let whole = |member: &Member| {
        let id = member.organisation;
        context! {
            id => id.to_string(), name => of(member), rate => partner_field("rate", id),
            aid => partner_field("aid", id), requested => partner_field("requested", id),
            rate_text => member.budget.monthly_rate_cents.map(|cents| acting.language.money(cents)),
            aid_text => member.budget.other_aid_cents.map(|cents| acting.language.money(cents)),
            requested_text => member.requested_cents.map(|cents| acting.language.money(cents)),
        }
    };
    let wholes: Vec<Value> = content.members.iter().map(whole).collect();
    let problems: BTreeMap<String, String> =
        form.problems.iter().map(|problem| (problem.field.clone(), acting.say(&problem.message))).collect();
    let research = super::Research::ALL.iter().map(|research| {
        context! { value => research.key(), label => acting.say(&format!("consortia-budget-research-{}", research.key())) }
    });
    let context = context! {
        draft => head(acting, draft),
        revision,
        seat => "team",
        may_edit => draft.merged_into.is_none()
            && acting.may(Action::EditDrafts, Resource::Cluster(draft.cluster)).is_ok(),
        budget => Serde(&budget),
        rows,
        wholes,
        package,
        partner => partner.map(|member| context! { id => member.organisation.to_string(), name => of(member) }),
        columns => categories.iter().map(|category| acting.say(&format!("consortia-budget-{}", category.key().replace('_', "-")))).collect::<Vec<_>>(),
        research => research.collect::<Vec<_>>(),
        fields => by_field(inputs(acting, &form)),
        problems => by_field(problems),
        wrong => wrong(acting, &form).await?,
        note => note.map(|note| acting.say(note)),
    };
    let clash = note == Some("consortia-budget-clash");
    let status = match (clash, form.problems.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (_, false) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    Ok((status, acting.page("consortia/budget/budget.html", context).await?).into_response())
}

async fn export(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    let content = settled(&rules_of(&acting.app, &draft), &draft.content);
    let names = names(&acting, &content).await?;
    let grants = super::view::grants(&acting.app, draft.cluster, &content).await?;
    let say = |key: &str| acting.say(key);
    let flat = flat_rate(&rules_of(&acting.app, &draft), content.instrument.as_deref());
    let book = super::Book { content: &content, names: &names, flat, grants: &grants, say: &say };
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"budget-{id}.xlsx\"")),
    ];
    Ok((headers, workbook(book)?).into_response())
}
