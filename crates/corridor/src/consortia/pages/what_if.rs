//! What if: a partner less, money moved, another instrument or day, beside the draft as it stands.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    super::{
        Content, Draft, DraftId, Sheet, compare, differences, open, parse_money, read_sheet, rulebook, rules_of, store,
    },
    head,
    sheet::{Fields, begun_with, fields_of, messages},
    words,
};
use crate::{
    accounts::{Acting, Action, Resource},
    directory::OrganisationId,
    foundation::{
        errors::{Error, FieldProblem},
        pages::{Serde, by_field},
        time::Day,
    },
};

/// The draft beside itself, to begin with.
pub(super) async fn ask(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    let sheet = Sheet { content: draft.content.clone(), ..Sheet::default() };
    page(&acting, &draft, (draft.revision, &draft.content), &draft.content, &sheet).await
}

/// The draft beside what somebody typed here, or on the sheet without saving it.
pub(super) async fn answer(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    let (revision, base) = begun_with(&acting, &draft, &fields).await?;
    let typed_day = fields.iter().rev().find(|(name, _)| name == "day").and_then(|(_, day)| day.parse().ok());
    let rules = typed_day.map_or_else(|| rules_of(&acting.app, &draft), |day| rulebook(&acting.app).of_day(day));
    let mut sheet = read_sheet(&rules, &fields, &base);
    let following = sheet.content.clone();
    try_costs(&mut sheet);
    if let Some(day) = sheet.typed.get("day").filter(|day| !day.trim().is_empty())
        && day.parse::<Day>().is_err()
    {
        let wrong = problem("day", "consortia-wrong-day", day);
        sheet.problems.push(wrong);
    }
    page(&acting, &draft, (revision, &base), &following, &sheet).await
}

/// Takes the costs that somebody typed for members with a budget: they are tried here and saved nowhere, because saved costs
/// follow from the lines.
fn try_costs(sheet: &mut Sheet) {
    for member in sheet.content.members.iter_mut().filter(|member| !member.budget.is_empty()) {
        let field = |name: &str| format!("{name}-{}", member.organisation);
        let (cost, subcontracting) = (field("cost"), field("subcontracting"));
        let mut tried = false;
        for (name, amount) in [(&cost, &mut member.cost_cents), (&subcontracting, &mut member.subcontracting_cents)] {
            let Some(value) = sheet.typed.get(name).filter(|value| !value.trim().is_empty()) else { continue };
            tried = true;
            match parse_money(value) {
                Ok(cents) => *amount = cents,
                Err(wrong) => sheet.problems.push(problem(name, wrong.key(), value)),
            }
        }
        if tried && member.subcontracting_cents > member.cost_cents {
            let value = sheet.typed.get(&subcontracting).cloned().unwrap_or_default();
            sheet.problems.push(problem(&subcontracting, "consortia-wrong-subcontracting", &value));
        }
    }
}

fn problem(field: &str, message: &str, value: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: message.to_owned(), value: value.to_owned() }
}

/// The page of a sheet beside the draft; `following` is the sheet with costs as they follow from budgets.
async fn page(
    acting: &Acting,
    draft: &Draft,
    (revision, base): (i64, &Content),
    following: &Content,
    sheet: &Sheet,
) -> Result<Response, Error> {
    let day: Option<Day> = sheet.typed.get("day").and_then(|day| day.parse().ok());
    let shown = compare(&acting.app, &acting.actor, draft, &sheet.content, day, acting.language).await?;
    let mut ids: Vec<OrganisationId> = base.members.iter().map(|member| member.organisation).collect();
    ids.extend(sheet.content.members.iter().map(|member| member.organisation));
    let known = store::organisations(&acting.app.database, &ids).await?;
    let changed = words::differences(acting, &differences(&draft.content, &sheet.content), &known);
    let mut rows: Vec<OrganisationId> = Vec::with_capacity(ids.len());
    ids.retain(|id| {
        !rows.contains(id) && {
            rows.push(*id);
            true
        }
    });
    let still = |id: &OrganisationId| sheet.content.members.iter().any(|member| member.organisation == *id);
    let followed = |id: OrganisationId| {
        let mut known = following.members.iter().chain(&base.members);
        known.find(|member| member.organisation == id).filter(|member| !member.budget.is_empty())
    };
    let members: Vec<_> = rows
        .iter()
        .filter_map(|id| Some((id, known.get(id)?)))
        .map(|(id, facts)| {
            minijinja::context! {
                id => id.to_string(), name => facts.shown(), kept => still(id),
                budget => followed(*id).map(|member| minijinja::context! {
                    cost => member.cost_cents.unwrap_or(0), subcontracting => member.subcontracting_cents.unwrap_or(0),
                }),
            }
        })
        .collect();
    // A partner who is left out keeps the amounts it had, so that it can be taken in again.
    let mut fields: BTreeMap<String, String> = fields_of(acting, &Sheet { content: base.clone(), ..Sheet::default() });
    fields.extend(fields_of(acting, sheet));
    // Costs that follow from a budget stand beside their fields, which are for others to be tried.
    for member in rows.iter().filter_map(|id| followed(*id)) {
        for name in ["cost", "subcontracting"] {
            let field = format!("{name}-{}", member.organisation);
            let typed = sheet.typed.get(&field).cloned().unwrap_or_default();
            fields.insert(field, typed);
        }
    }
    fields.insert("day".to_owned(), sheet.typed.get("day").cloned().unwrap_or_default());
    let choices = |pairs: Vec<(String, String)>| {
        pairs.into_iter().map(|(value, label)| minijinja::context! { value, label }).collect::<Vec<_>>()
    };
    let rules = day.map_or_else(|| rules_of(&acting.app, draft), |day| rulebook(&acting.app).of_day(day));
    let all = rules.list(acting.language).into_iter().map(|line| (line.id, line.name)).collect();
    let stages = sheet.content.instrument.as_deref().map(|id| rules.stages(id, acting.language));
    let stages = stages.unwrap_or_default().into_iter().map(|stage| (stage.id, stage.name)).collect();
    let carried: Vec<(&String, &String)> = sheet
        .typed
        .iter()
        .filter(|(name, _)| !ASKED_HERE.iter().any(|own| name == own || name.starts_with(&format!("{own}-"))))
        .collect();
    let context = minijinja::context! {
        draft => head(acting, draft),
        revision,
        sides => Serde(&shown),
        changed => Serde(&changed),
        members,
        fields => by_field(fields),
        problems => by_field(messages(acting, &sheet.problems)),
        instruments => choices(all),
        stages => choices(stages),
        carried => Serde(&carried),
        may_take => draft.merged_into.is_none()
            && !differences(&draft.content, following).is_empty()
            && acting.may(Action::EditDrafts, Resource::Cluster(draft.cluster)).is_ok(),
        tried => sheet.content != *following,
    };
    let status = if sheet.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("consortia/what_if.html", context).await?).into_response())
}

/// The fields that stand on the page; everything else that came from a sheet is carried along unseen.
const ASKED_HERE: [&str; 9] =
    ["revision", "act", "has_members", "instrument", "stage", "day", "cost", "requested", "subcontracting"];
