//! The budget of a draft: what each partner spends by work package and category, and what follows from it.
//!
//! Lines are kept with the members of the draft, so that a version keeps them and a seat hides them. From them follow a
//! member's costs ([`settled`]), its indirect costs, its grant and what it bears itself, and the ceilings of state aid;
//! rates, ceilings and verdicts are the engine's.

mod book;
mod form;
mod importing;
mod model;
pub mod pages;
mod view;

pub use book::{Book, workbook};
pub use form::{BudgetForm, amount_field, months_field, partner_field, read_budget, read_months};
pub use importing::{Column, Columns, Imported, LARGEST, MOST_ROWS, RowProblem, Table, read_table};
pub use model::{
    Category, Grant, Line, Lines, MOST_PACKAGES, Research, Totals, WorkPackage, grant, personnel, renumbered, settle,
    spread,
};
pub(in crate::consortia) use pages::numbered;
pub(in crate::consortia) use view::grants;
pub use view::{AidLine, BudgetView, PartnerLine, view_budget, view_budget_for};

use eligibility::Percent;

use super::{
    Choices, Content, DayRules, DraftId, MemberSide, merge, no_such_draft, participation, rules_of,
    saving::{Attempts, write},
    store,
};
use crate::{
    accounts::Actor,
    directory::OrganisationId,
    foundation::{
        errors::{Error, FieldProblem},
        instance::App,
        languages::Language,
    },
};

/// The flat rate of indirect costs of an instrument, where it has one.
pub fn flat_rate(rules: &DayRules, instrument: Option<&str>) -> Option<Percent> {
    rules.instrument(instrument?)?.indirect_costs.first().map(|costs| costs.flat_percent)
}

/// Makes costs follow from the budget, and sides from whether there are any, by the instrument of the draft.
pub(super) fn settle_by_instrument(rules: &DayRules, content: &mut Content) {
    let flat = flat_rate(rules, content.instrument.as_deref());
    settle(content, flat);
    // Where an instrument has no sides nobody is shown one, and partners see each other.
    if content.instrument.as_deref().is_some_and(|id| !rules.has_sides(id)) {
        for member in &mut content.members {
            member.side = MemberSide::Applicant;
        }
    }
}

/// A content whose costs follow from its budget, and in which all stand on one side where the instrument has no two.
pub fn settled(rules: &DayRules, content: &Content) -> Content {
    let mut content = content.clone();
    settle_by_instrument(rules, &mut content);
    content
}

/// Person-months as people write them.
pub fn write_months(language: Language, months: i64) -> String {
    let decimals = if months % 100 == 0 {
        0
    } else if months % 10 == 0 {
        1
    } else {
        2
    };
    language.decimal(months as f64 / 100.0, decimals)
}

/// Writes what the partner of the actor changed of its own lines, as a version by them. `fields` is the form; `revision`
/// the version that was shown.
///
/// # Errors
/// [`Error::Invalid`] for fields that cannot be read; [`Error::Clash`] when its lines were changed by somebody else since
/// they were shown; [`Error::NotFound`] when the organisation of the actor has no seat in the draft.
pub async fn save_own(
    app: &App,
    actor: &Actor,
    id: DraftId,
    revision: i64,
    fields: &[(String, String)],
) -> Result<(), Error> {
    let workspace = participation::workspace(app, actor, id).await?;
    let own = workspace.seat.organisation().ok_or_else(|| no_such_draft(id))?;
    let cluster = workspace.draft.cluster;
    let shown = store::version(&app.database, cluster, id, revision).await?;
    let mut attempts = Attempts::new(cluster, id);
    loop {
        let before = attempts.read(app).await?;
        let Some(shown) = &shown else { return Err(Error::Clash(format!("the draft {}", before.content.name))) };
        if !before.content.members.iter().any(|member| member.organisation == own) {
            return Err(no_such_draft(id));
        }
        let form = read_budget(fields, shown, Some(own));
        if !form.problems.is_empty() {
            return Err(Error::Invalid(form.problems));
        }
        let merged = merge(shown, &before.content, &form.content, &Choices::new()).map_err(anyhow::Error::from)?;
        if !merged.open.is_empty() {
            return Err(Error::Clash(format!("the draft {}", before.content.name)));
        }
        let after = settled(&rules_of(app, &before), &merged.content);
        let wrong = too_much_aid(&after, Some(own));
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        if after == before.content {
            return Ok(());
        }
        match write(app, actor, &before, &after, "budget").await {
            Err(Error::Clash(_)) => continue,
            written => return written,
        }
    }
}

/// Members that ask for more than they cost: no rate is above that, whatever the instrument.
pub fn too_much_aid(content: &Content, only: Option<OrganisationId>) -> Vec<FieldProblem> {
    let members = content.members.iter().filter(|member| !member.budget.is_empty());
    members
        .filter(|member| only.is_none_or(|only| member.organisation == only))
        .filter(|member| member.requested_cents > member.cost_cents)
        .map(|member| FieldProblem {
            field: partner_field("requested", member.organisation),
            message: "consortia-budget-wrong-requested".to_owned(),
            value: member.requested_cents.map(|cents| super::write_money(Language::En, cents)).unwrap_or_default(),
        })
        .collect()
}
