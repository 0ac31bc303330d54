//! What if: a partner less, money moved, another instrument or day, beside the draft as it stands.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    super::{Content, Draft, DraftId, Sheet, compare, differences, open, read_sheet, rulebook, store},
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
    page(&acting, &draft, draft.revision, &draft.content, &sheet).await
}

/// The draft beside what somebody typed here, or on the sheet without saving it.
pub(super) async fn answer(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    let (revision, base) = begun_with(&acting, &draft, &fields).await?;
    let mut sheet = read_sheet(&rulebook(&acting.app), &fields, &base);
    if let Some(day) = sheet.typed.get("day").filter(|day| !day.trim().is_empty())
        && day.parse::<Day>().is_err()
    {
        let message = "consortia-wrong-day".to_owned();
        sheet.problems.push(FieldProblem { field: "day".to_owned(), message, value: day.clone() });
    }
    page(&acting, &draft, revision, &base, &sheet).await
}

async fn page(acting: &Acting, draft: &Draft, revision: i64, base: &Content, sheet: &Sheet) -> Result<Response, Error> {
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
    let members: Vec<_> = rows
        .iter()
        .filter_map(|id| Some((id, known.get(id)?)))
        .map(|(id, facts)| minijinja::context! { id => id.to_string(), name => facts.shown(), kept => still(id) })
        .collect();
    // A partner who is left out keeps the amounts it had, so that it can be taken in again.
    let mut fields: BTreeMap<String, String> = fields_of(acting, &Sheet { content: base.clone(), ..Sheet::default() });
    fields.extend(fields_of(acting, sheet));
    fields.insert("day".to_owned(), sheet.typed.get("day").cloned().unwrap_or_default());
    let choices = |pairs: Vec<(String, String)>| {
        pairs.into_iter().map(|(value, label)| minijinja::context! { value, label }).collect::<Vec<_>>()
    };
    let book = rulebook(&acting.app);
    let all = book.list(acting.language).into_iter().map(|line| (line.id, line.name)).collect();
    let stages = sheet.content.instrument.as_deref().map(|id| book.stages(id, acting.language));
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
        may_edit => acting.may(Action::EditDrafts, Resource::Cluster(draft.cluster)).is_ok(),
    };
    let status = if sheet.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("consortia/what_if.html", context).await?).into_response())
}

/// The fields that stand on the page; everything else that came from a sheet is carried along unseen.
const ASKED_HERE: [&str; 9] =
    ["revision", "act", "has_members", "instrument", "stage", "day", "cost", "requested", "subcontracting"];
