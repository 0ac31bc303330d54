//! The participants of a draft as the application form of the Funding & Tenders portal asks for them: who, under which
//! code, in what role, and the budget by its categories of cost.

use std::collections::BTreeMap;

use super::{
    Draft, Member,
    budget::{Category, flat_rate, grant, grants, settled},
    rules_of,
    store::{self, OrganisationFacts},
};
use crate::{
    accounts::Acting,
    directory::OrganisationId,
    foundation::{
        cells::{self, Cell},
        errors::Error,
    },
};

/// What is said of each participant before its budget.
const WHO: [&str; 9] = ["number", "role", "short-name", "legal-name", "pic", "country", "department", "type", "sme"];

/// The categories in the order of the form: personnel, subcontracting, purchases, others.
const CATEGORIES: [Category; 7] = [
    Category::Personnel,
    Category::Subcontracting,
    Category::Travel,
    Category::Equipment,
    Category::Goods,
    Category::ThirdParties,
    Category::Internal,
];

/// What stands behind the categories.
const SUMS: [&str; 5] = ["indirect", "total", "most", "requested", "own"];

/// What is known of the participants and of the organisations that they are parts of.
struct Known {
    facts: BTreeMap<OrganisationId, OrganisationFacts>,
    pics: BTreeMap<OrganisationId, String>,
    grants: BTreeMap<OrganisationId, i64>,
}

fn headings(acting: &Acting) -> Vec<String> {
    let who = WHO.iter().map(|key| acting.say(&format!("portal-{key}")));
    let category = |category: &Category| acting.say(&format!("portal-{}", category.key().replace('_', "-")));
    let sums = SUMS.iter().map(|key| acting.say(&format!("portal-{key}")));
    who.chain(CATEGORIES.iter().map(category)).chain(sums).collect()
}

/// The legal entity of a participant, and the part of it that takes part where it is one.
fn entity<'a>(
    known: &'a Known,
    member: &'a OrganisationFacts,
) -> (&'a OrganisationFacts, Option<&'a OrganisationFacts>) {
    let code = known.pics.contains_key(&member.id);
    match member.parent_id.and_then(|parent| known.facts.get(&parent)) {
        // A part that has a code of its own stands in the form by itself.
        Some(parent) if !code => (parent, Some(member)),
        _ => (member, None),
    }
}

fn row(
    acting: &Acting,
    number: usize,
    member: &Member,
    known: &Known,
    flat: Option<eligibility::Percent>,
) -> Vec<Cell> {
    let Some(facts) = known.facts.get(&member.organisation) else { return Vec::new() };
    let (legal, part) = entity(known, facts);
    let text = |text: Option<&str>| {
        text.filter(|text| !text.is_empty()).map_or(Cell::Empty, |text| Cell::Text(text.to_owned()))
    };
    let sme = member.declared.sme.or(facts.sme).or((facts.kind != "company").then_some(facts.kind == "sme"));
    let mut cells = vec![
        Cell::Number(number as f64),
        Cell::Text(acting.say(&format!("consortia-role-{}", member.role.key()))),
        text(legal.short_name.as_deref()),
        text(legal.name.as_deref()),
        text(known.pics.get(&legal.id).map(String::as_str)),
        text(legal.country.as_deref()),
        text(part.map(OrganisationFacts::shown).as_deref()),
        Cell::Text(acting.say(&format!("consortia-kind-{}", facts.kind.replace('_', "-")))),
        sme.map_or(Cell::Empty, |sme| Cell::Text(acting.say(if sme { "ui-yes" } else { "ui-no" }))),
    ];
    let euros = |cents: Option<i64>| cents.map_or(Cell::Empty, |cents| Cell::Number(cents as f64 / 100.0));
    let budgeted = !member.budget.is_empty();
    let totals = member.budget.totals(flat);
    for category in CATEGORIES {
        let spent = totals.by_category.get(&category).copied();
        cells.push(euros(spent.or(budgeted.then_some(0))));
    }
    let overheads = totals.by_category.get(&Category::Overheads).copied().unwrap_or(0);
    let most = known.grants.get(&member.organisation).copied();
    let granted = most.map(|most| grant(member, most));
    cells.push(euros(budgeted.then(|| totals.indirect.saturating_add(overheads))));
    cells.push(euros(member.cost_cents));
    cells.push(euros(most));
    cells.push(euros(granted.map(|granted| granted.asked).or(member.requested_cents)));
    cells.push(euros(granted.map(|granted| granted.own)));
    cells
}

/// The table, in the order of the sheet with the coordinator first, as the form numbers participants.
///
/// # Errors
/// When the database fails.
pub(super) async fn table(acting: &Acting, draft: &Draft) -> Result<(Vec<String>, Vec<Vec<Cell>>), Error> {
    let rules = rules_of(&acting.app, draft);
    let content = settled(&rules, &draft.content);
    let database = &acting.app.database;
    let ids: Vec<OrganisationId> = content.members.iter().map(|member| member.organisation).collect();
    let mut facts = store::organisations(database, &ids).await?;
    let parents: Vec<OrganisationId> = facts.values().filter_map(|facts| facts.parent_id).collect();
    facts.extend(store::organisations(database, &parents).await?);
    let all: Vec<OrganisationId> = facts.keys().copied().collect();
    let known = Known {
        pics: store::pics(database, &all).await?,
        grants: grants(&acting.app, draft.cluster, &content).await?,
        facts,
    };
    let flat = flat_rate(&rules, content.instrument.as_deref());
    let mut members: Vec<&Member> = content.members.iter().collect();
    members.sort_by_key(|member| member.role != super::MemberRole::Coordinator);
    let rows = members.iter().enumerate().map(|(at, member)| row(acting, at + 1, member, &known, flat));
    Ok((headings(acting), rows.collect()))
}

/// The table as a file.
///
/// # Errors
/// [`Error::NotFound`] for another format; when the database fails.
pub(super) async fn file(acting: &Acting, draft: &Draft, format: &str) -> Result<Vec<u8>, Error> {
    let (headings, rows) = table(acting, draft).await?;
    match format {
        "csv" => cells::csv(&headings, rows),
        "xlsx" => cells::xlsx(&headings, rows),
        other => Err(Error::NotFound(format!("the portal's table as {other}: there are csv and xlsx"))),
    }
}
