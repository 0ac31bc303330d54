//! The ledger as the team sees and fills it in, and the line of a partner.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    super::ledger::{self, KINDS, Ledger, May},
    is_two_sided, may_edit,
};
use crate::{
    accounts::Acting,
    consortia::{
        Content, Draft, DraftId, Sheet, money::write_money, open, pages::head, participation, read_sheet, rules_of,
        save, version,
    },
    foundation::{
        cells::inert,
        errors::Error,
        pages::{Serde, by_field},
    },
};

fn no_ledger(id: DraftId) -> Error {
    Error::NotFound(format!("a ledger of the draft {id}: its instrument has one side"))
}

/// The amounts of a ledger, the share asked for and what is missing, for the page.
fn sums(acting: &Acting, ledger: &Ledger) -> Value {
    let cents = |cents: i128| i64::try_from(cents).unwrap_or(i64::MAX);
    let Some((terms, measure)) = ledger.terms.as_ref().zip(ledger.measure) else { return Value::from(()) };
    let share = eligibility::Percent::shown(measure.given, measure.base, false);
    let percent = |percent: eligibility::Percent| match acting.language {
        crate::foundation::languages::Language::En => percent.english(),
        crate::foundation::languages::Language::Fr => percent.french(),
    };
    context! {
        at_least => percent(terms.at_least),
        share => (measure.base > 0).then(|| percent(share)),
        reached => measure.reached,
        given => cents(measure.given),
        costs => cents(measure.costs),
        base => cents(measure.base),
        with_additional => terms.with_additional,
        lack => cents(measure.lack),
        lack_additional => measure.lack_additional.map(cents),
        carries => cents(measure.carries),
        room => cents((measure.carries - measure.base).max(0)),
        without_costs => measure.without_costs,
    }
}

async fn page(acting: &Acting, draft: &Draft, sheet: &Sheet) -> Result<Response, Error> {
    let ledger = ledger::read(&acting.app, draft.cluster, &sheet.content, acting.language).await?;
    let mut fields = BTreeMap::new();
    for line in &ledger.lines {
        for entry in &line.entries {
            let text = entry.cents.map(|cents| write_money(acting.language, cents)).unwrap_or_default();
            fields.insert(format!("{}-{}", entry.kind, line.id), text);
        }
    }
    let mut problems = BTreeMap::new();
    for problem in &sheet.problems {
        fields.insert(problem.field.clone(), problem.value.clone());
        problems.insert(problem.field.clone(), acting.say(&problem.message));
    }
    let context = context! {
        draft => head(acting, draft),
        may_edit => may_edit(acting, draft),
        lines => Serde(&ledger.lines),
        kinds => KINDS.map(|(_, field)| field).to_vec(),
        sums => sums(acting, &ledger),
        may_pay => Serde(&ledger.may_pay),
        fields => by_field(fields),
        problems => by_field(problems),
    };
    let status = if sheet.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("consortia/sides/ledger.html", context).await?).into_response())
}

async fn two_sided(acting: &Acting, id: DraftId) -> Result<Draft, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    if is_two_sided(acting, &draft) { Ok(draft) } else { Err(no_ledger(id)) }
}

pub(super) async fn show(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let draft = two_sided(&acting, id).await?;
    let sheet = Sheet { content: draft.content.clone(), ..Sheet::default() };
    page(&acting, &draft, &sheet).await
}

/// Saves the amounts of the ledger and nothing else of the sheet.
pub(super) async fn save_lines(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let draft = two_sided(&acting, id).await?;
    let of_ledger =
        |name: &str| name.split_once('-').is_some_and(|(head, _)| KINDS.iter().any(|(_, field)| *field == head));
    let begun = fields.iter().find(|(name, _)| name == "revision").and_then(|(_, text)| text.parse().ok());
    let revision = begun.unwrap_or(draft.revision);
    // What others saved since the ledger was shown is put together with it: the edit is read against what was shown.
    let base = match revision == draft.revision {
        true => draft.content.clone(),
        false => version(&acting.app, &acting.actor, id, revision).await?,
    };
    let mut kept: Vec<(String, String)> = fields.into_iter().filter(|(name, _)| of_ledger(name)).collect();
    // Every member stays, whatever the form names.
    kept.extend(base.members.iter().map(|member| ("member".to_owned(), member.organisation.to_string())));
    let mut sheet = read_sheet(&rules_of(&acting.app, &draft), &kept, &base);
    if !sheet.problems.is_empty() {
        return page(&acting, &draft, &sheet).await;
    }
    match save(&acting.app, &acting.actor, id, revision, &sheet.content).await {
        Ok(_) => Ok(Redirect::to(&format!("/consortia/{id}/ledger?done=sides-ledger-saved")).into_response()),
        Err(Error::Invalid(problems)) => {
            sheet.problems = problems;
            page(&acting, &draft, &sheet).await
        }
        Err(error) => Err(error),
    }
}

fn csv(acting: &Acting, ledger: &Ledger, id: DraftId) -> Result<Response, Error> {
    let failed = |error: csv::Error| Error::Unexpected(anyhow::Error::new(error));
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let headings =
        ["consortia-column-organisation", "consortia-field-side", "sides-column-kind", "sides-column-amount"];
    let more = ["sides-column-may", "sides-column-problems"];
    writer.write_record(headings.iter().chain(&more).map(|key| acting.say(key))).map_err(failed)?;
    for line in &ledger.lines {
        for entry in &line.entries {
            let Some(cents) = entry.cents else { continue };
            let may = match entry.may {
                May::Yes => "ui-yes",
                May::No => "ui-no",
                May::Open => "consortia-not-said",
            };
            let row = [
                inert(&line.name).to_string(),
                acting.say(&format!("consortia-side-{}", line.side)),
                acting.say(&format!("consortia-field-{}", entry.kind)),
                format!("{}.{:02}", cents / 100, cents % 100),
                acting.say(may),
                inert(&line.problems.join(" ")).to_string(),
            ];
            writer.write_record(row).map_err(failed)?;
        }
    }
    let body = writer.into_inner().map_err(|error| Error::Unexpected(anyhow::anyhow!("{error}")))?;
    let disposition = format!("attachment; filename=\"ledger-{id}.csv\"");
    let kind = "text/csv; charset=utf-8".to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], body).into_response())
}

pub(super) async fn export(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let draft = two_sided(&acting, id).await?;
    let ledger = ledger::read(&acting.app, draft.cluster, &draft.content, acting.language).await?;
    csv(&acting, &ledger, id)
}

/// The partner's own line of the ledger: of the others it is told nothing, not even whether they may pay.
async fn own_ledger(acting: &Acting, id: DraftId) -> Result<(participation::Workspace, Ledger), Error> {
    let workspace = participation::workspace(&acting.app, &acting.actor, id).await?;
    if !is_two_sided(acting, &workspace.draft) {
        return Err(no_ledger(id));
    }
    let own = workspace.seat.organisation();
    let mut content: Content = workspace.draft.content.clone();
    content.members.retain(|member| Some(member.organisation) == own);
    let ledger = ledger::read(&acting.app, workspace.draft.cluster, &content, acting.language).await?;
    Ok((workspace, ledger))
}

pub(super) async fn partner(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let (workspace, ledger) = own_ledger(&acting, id).await?;
    let totals = workspace.totals();
    let context = context! {
        draft => head(&acting, &workspace.draft),
        lines => Serde(&ledger.lines),
        totals => KINDS
            .iter()
            .filter_map(|(_, field)| Some(context! { name => *field, cents => *totals.get(field)? }))
            .collect::<Vec<_>>(),
    };
    Ok(acting.page("consortia/sides/own_ledger.html", context).await?.into_response())
}

pub(super) async fn partner_export(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let (_, ledger) = own_ledger(&acting, id).await?;
    csv(&acting, &ledger, id)
}
