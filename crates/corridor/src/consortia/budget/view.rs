//! A budget as people see it: sums, grants, shares beside their limits, ceilings of aid.

use std::collections::BTreeMap;

use eligibility::{AidFacts, Percent, PublicAid, aid_verdicts};
use serde::Serialize;

use super::{
    flat_rate,
    model::{Category, Research, Totals, grant, shares, spread},
    write_months,
};
use crate::{
    accounts::{Action, Actor, ClusterId, Resource, decide},
    calls,
    consortia::{
        Content, RuleVerdict, TopicFacts,
        documents::{self, Ground},
        rulebook,
        rules::{self, said},
        store,
        view::{Composition, Part, shortened},
    },
    directory::OrganisationId,
    foundation::{errors::Error, instance::App, languages::Language},
};

/// A partner of a budget; the last line of a table is that of all.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PartnerLine {
    /// The organisation's id; empty for all together.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it has lines; costs are typed on the sheet where it has none.
    pub budgeted: bool,
    /// Person-months.
    pub months: String,
    /// Amounts by category, in the order of the columns; empty where there is none.
    pub cells: Vec<String>,
    /// Indirect costs, where they are a flat rate.
    pub indirect: String,
    /// All costs.
    pub cost: String,
    /// Costs in cents.
    pub cost_cents: i64,
    /// The rate of funding.
    pub rate: String,
    /// What it can be granted at most.
    pub most: String,
    /// The same in cents, where the rate is known.
    #[serde(skip)]
    pub most_cents: Option<i64>,
    /// What it asks for.
    pub asked: String,
    /// What it bears itself.
    pub own: String,
    /// Whether more was typed than can be granted.
    pub too_much: bool,
    /// The parts of its bar in cents: personnel, other direct costs, subcontracting, priced with overheads, indirect.
    pub bar: Vec<i64>,
}

/// The aid of a partner in a category of research against its ceiling.
#[derive(Clone, Debug, Serialize)]
pub struct AidLine {
    /// Its name.
    pub name: String,
    /// Whether the aid keeps within the ceiling: `met`, `not-met`, `unknown`.
    pub status: &'static str,
    /// The costs.
    pub cost: String,
    /// What grant and other aid make.
    pub aid: String,
    /// The most aid.
    pub most: String,
    /// The answer as a sentence.
    pub text: String,
    /// How the ceiling is made up.
    pub terms: Vec<String>,
    /// What else is asked.
    pub note: Option<String>,
    /// Where it was read.
    pub source: Option<String>,
    /// Whether every part of the ceiling was read there.
    pub verified: bool,
}

/// A work package in the row of them.
#[derive(Clone, Debug, Serialize)]
pub struct PackageLine {
    /// Its number.
    pub number: u16,
    /// Its title.
    pub name: String,
    /// The word of its category of research.
    pub research: String,
    /// Its direct costs.
    pub direct: String,
}

/// All of a budget.
#[derive(Clone, Debug, Serialize)]
pub struct BudgetView {
    /// The work packages.
    pub packages: Vec<PackageLine>,
    /// The categories: word and name.
    pub categories: Vec<(&'static str, String)>,
    /// The flat rate of indirect costs with what it is taken of and where that was read; none where there is none.
    pub flat: Option<(String, String, String)>,
    /// Whether that was seen in the source.
    pub flat_verified: bool,
    /// The partners.
    pub partners: Vec<PartnerLine>,
    /// All together.
    pub all: PartnerLine,
    /// The names of the parts of a bar.
    pub legend: Vec<String>,
    /// By partner, country and kind.
    pub compositions: Vec<Composition>,
    /// What the rules say of costs and grants.
    pub verdicts: Vec<RuleVerdict>,
    /// Whether a work package is aided as research.
    pub aided: bool,
    /// Public aid against its ceilings.
    pub aid: Vec<AidLine>,
    /// What is missing for rates and verdicts.
    pub notes: Vec<String>,
}

/// Reads a budget as it would be, saved or not. Whoever hands it in has been shown it, or typed it; its costs are settled.
pub async fn view_budget(app: &App, actor: &Actor, content: &Content, language: Language) -> Result<BudgetView, Error> {
    view_budget_for(app, actor, actor.cluster().map(|cluster| cluster.id), content, language).await
}

/// [`view_budget`] of a draft of a cluster that the reader may not be acting for.
pub async fn view_budget_for(
    app: &App,
    actor: &Actor,
    cluster: Option<ClusterId>,
    content: &Content,
    language: Language,
) -> Result<BudgetView, Error> {
    decide(actor, Action::ReadDirectory, Resource::Instance)?;
    let ids: Vec<OrganisationId> = content.members.iter().map(|member| member.organisation).collect();
    let facts = documents::known(app, Ground::of_team(actor, None), &ids).await?;
    let topic = match content.topic {
        Some(topic) => store::topic_by_id(&app.database, topic).await?,
        None => None,
    };
    let say = |key: &str| app.texts.text(language, key, None).into_owned();
    let money = |cents: i64| language.money(cents);
    let book = rulebook(app);
    let closes = topic.as_ref().and_then(TopicFacts::closes);
    let day = rules::reading_day(closes, calls::today(app));
    let on_day = book.of_day(day);
    let flat = flat_rate(&on_day, content.instrument.as_deref());
    let categories: Vec<Category> = Category::used(flat).collect();
    let named = |category: Category| say(&format!("consortia-budget-{}", category.key().replace('_', "-")));
    let mut notes = Vec::new();
    let scope = rules::Scope { book, cluster };
    let read = match rules::read(&scope, content, &facts, closes, day) {
        Ok(read) => read,
        Err(Error::Input(reason)) => {
            notes.push(reason);
            None
        }
        Err(error) => return Err(error),
    };
    if read.is_none() && notes.is_empty() {
        notes.push(say("consortia-budget-no-rates"));
    }
    let funding: BTreeMap<&str, &eligibility::Funding> =
        read.iter().flat_map(|read| &read.report.funding).map(|funding| (funding.entity.as_str(), funding)).collect();

    let (mut partners, mut whole) = (Vec::new(), Totals::default());
    let (mut most_in_all, mut asked_in_all, mut own_in_all) = (None::<i64>, 0_i64, 0_i64);
    let mut costs: Vec<(OrganisationId, i64)> = Vec::new();
    for member in &content.members {
        let Some(known) = facts.get(&member.organisation) else { continue };
        let mut totals = member.budget.totals(flat);
        if member.budget.is_empty() {
            // Costs typed on the sheet are not cut by category.
            totals.cost = member.cost_cents.unwrap_or(0);
        }
        let id = member.organisation.to_string();
        let funded = funding.get(id.as_str());
        let most = funded.and_then(|funded| funded.grant_cents);
        let granted = most.map(|most| grant(member, most));
        costs.push((member.organisation, totals.cost));
        if let Some(granted) = granted {
            most_in_all = Some(most_in_all.unwrap_or(0).saturating_add(granted.most));
            asked_in_all = asked_in_all.saturating_add(granted.asked);
            own_in_all = own_in_all.saturating_add(granted.own);
        }
        whole.add(&totals);
        let mut line = written(&totals, &categories, flat, language);
        line.id = id;
        line.name = known.shown();
        line.budgeted = !member.budget.is_empty();
        line.rate = funded.map(|funded| percent(funded.rate_percent, language)).unwrap_or_default();
        if let Some(granted) = granted {
            line.most = money(granted.most);
            line.most_cents = Some(granted.most);
            line.asked = money(granted.asked);
            line.own = money(granted.own);
            line.too_much = granted.too_much;
        }
        partners.push(line);
    }
    let mut all = written(&whole, &categories, flat, language);
    all.name = say("consortia-budget-all");
    if let Some(most) = most_in_all {
        (all.most, all.asked, all.own) = (money(most), money(asked_in_all), money(own_in_all));
    }

    let total: i64 = costs.iter().fold(0, |sum, (_, cents)| sum.saturating_add(*cents));
    let cut = |title: &str, rows: Vec<(String, i64)>| Composition {
        title: say(title),
        rows: rows
            .into_iter()
            .map(|(label, value)| Part {
                label: shortened(&label),
                value,
                text: format!("{} · {}", money(value), language.percent(value as f64 / total.max(1) as f64)),
            })
            .collect(),
    };
    let place = |id: &OrganisationId| facts.get(id).and_then(|facts| facts.country.clone());
    let by_country = shares(costs.iter().map(|(id, cents)| {
        (place(id).map_or_else(|| say("ui-unknown"), |code| rules::country_name(&code, language)), *cents)
    }));
    let by_kind = shares(costs.iter().filter_map(|(id, cents)| {
        let known = facts.get(id)?;
        let kind = if known.sme == Some(true) { "sme" } else { known.kind.as_str() };
        Some((say(&format!("consortia-kind-{}", kind.replace('_', "-"))), *cents))
    }));
    let compositions = match total {
        0 => Vec::new(),
        _ => vec![cut("consortia-by-country", by_country), cut("consortia-by-kind", by_kind)],
    };

    let mut view = BudgetView {
        packages: content
            .facts
            .work_packages
            .iter()
            .map(|(number, package)| {
                let lines = content.members.iter().filter_map(|member| member.budget.packages.get(number));
                PackageLine {
                    number: *number,
                    name: package.name.clone(),
                    research: package.research.map(|research| research.key().to_owned()).unwrap_or_default(),
                    direct: money(Totals::of(lines, None).direct),
                }
            })
            .collect(),
        categories: categories.iter().map(|category| (category.key(), named(*category))).collect(),
        flat: None,
        flat_verified: true,
        partners,
        all,
        legend: ["personnel", "direct-other", "subcontracting", "priced", "indirect"]
            .iter()
            .map(|word| say(&format!("consortia-budget-{word}")))
            .collect(),
        compositions,
        verdicts: Vec::new(),
        aided: content.facts.work_packages.values().any(|package| package.research.is_some()),
        aid: Vec::new(),
        notes,
    };
    let known = content.instrument.as_deref().and_then(|id| on_day.instrument(id));
    if let Some(indirect) = known.and_then(|known| known.indirect_costs.first()) {
        let of = (
            percent(indirect.flat_percent, language),
            said(&indirect.base, language),
            said(&indirect.source, language),
        );
        view.flat = Some(of);
        view.flat_verified = indirect.verified;
    }
    if let Some(read) = &read {
        let about_money =
            |rule: &str| read.instrument().rules.iter().any(|known| known.id == rule && known.is_about_money());
        let verdicts = read.report.verdicts.iter().filter(|verdict| about_money(&verdict.rule));
        view.verdicts = verdicts.map(|verdict| RuleVerdict::of(verdict, language)).collect();
        if view.aided {
            ceilings(content, flat, &funding, read, language, &mut view);
        }
    }
    Ok(view)
}

/// Holds the grants and other aid of work packages that are aided as research against their ceilings.
fn ceilings(
    content: &Content,
    flat: Option<Percent>,
    funding: &BTreeMap<&str, &eligibility::Funding>,
    read: &rules::Read,
    language: Language,
    view: &mut BudgetView,
) {
    let money = |cents: i64| language.money(cents);
    let named = |id: &str| read.consortium.entity(id).map(|entity| entity.shown().to_owned()).unwrap_or_default();
    let mut lines = Vec::new();
    for member in &content.members {
        let costs = member.budget.by_research(&content.facts.work_packages, flat);
        let id = member.organisation.to_string();
        if costs.is_empty() || read.consortium.entity(&id).is_none() {
            continue;
        }
        let most = funding.get(id.as_str()).and_then(|funding| funding.grant_cents);
        let asked = most.map_or_else(|| member.requested_cents.unwrap_or(0), |most| grant(member, most).asked);
        // Nobody says for which part of its costs a partner is paid: aid falls on them evenly.
        let whole = member.cost_cents.unwrap_or(0);
        let granted = spread(asked, &costs, whole);
        let other = spread(member.budget.other_aid_cents.unwrap_or(0), &costs, whole);
        for (research, cost) in &costs {
            let paid = |payer: &str, by: &BTreeMap<Research, i64>| PublicAid {
                payer: payer.to_owned(),
                amount_cents: by.get(research).copied().unwrap_or(0),
            };
            lines.push(eligibility::AidLine {
                entity: id.clone(),
                category: (*research).into(),
                cost_cents: *cost,
                aid: vec![paid("grant", &granted), paid("other", &other)],
            });
        }
    }
    let verdicts = match aid_verdicts(&read.in_force.library, &read.consortium, &lines, &AidFacts::default()) {
        Ok(verdicts) => verdicts,
        Err(error) => return view.notes.push(error.to_string()),
    };
    view.aid = verdicts
        .iter()
        .map(|verdict| AidLine {
            name: named(&verdict.entity),
            status: match verdict.status {
                eligibility::Status::Met => "met",
                eligibility::Status::NotMet => "not-met",
                eligibility::Status::Unknown => "unknown",
            },
            cost: money(verdict.cost_cents),
            aid: money(verdict.aid_cents),
            most: verdict.at_most_cents.map(money).unwrap_or_default(),
            text: said(&verdict.text, language),
            terms: verdict
                .terms
                .iter()
                .map(|term| format!("{} {}", said(&term.text, language), percent(term.percent, language)))
                .collect(),
            note: verdict.note.as_ref().map(|note| said(note, language)),
            source: verdict.source.as_ref().map(|source| said(&source.reference, language)),
            verified: verdict.ceiling.is_some_and(|ceiling| ceiling.verified),
        })
        .collect();
}

fn percent(percent: Percent, language: Language) -> String {
    match language {
        Language::En => percent.english(),
        Language::Fr => percent.french(),
    }
}

/// Sums in words, with the parts of their bar.
fn written(totals: &Totals, categories: &[Category], flat: Option<Percent>, language: Language) -> PartnerLine {
    let of = |category: &Category| totals.by_category.get(category).copied();
    let sum = |all: &[Category]| all.iter().filter_map(of).fold(0_i64, i64::saturating_add);
    PartnerLine {
        months: if totals.months > 0 { write_months(language, totals.months) } else { String::new() },
        cells: categories
            .iter()
            .map(|category| of(category).map_or_else(String::new, |cents| language.money(cents)))
            .collect(),
        indirect: flat.map_or_else(String::new, |_| language.money(totals.indirect)),
        cost: language.money(totals.cost),
        cost_cents: totals.cost,
        bar: vec![
            sum(&[Category::Personnel]),
            sum(&[Category::Travel, Category::Equipment, Category::Goods]),
            sum(&[Category::Subcontracting]),
            sum(&[Category::ThirdParties, Category::Internal]),
            totals.indirect.saturating_add(sum(&[Category::Overheads])),
        ],
        ..PartnerLine::default()
    }
}

/// The most that each member can be granted, where its rate is known.
pub(in crate::consortia) async fn grants(
    app: &App,
    cluster: ClusterId,
    content: &Content,
) -> Result<BTreeMap<OrganisationId, i64>, Error> {
    let ids: Vec<OrganisationId> = content.members.iter().map(|member| member.organisation).collect();
    let facts = documents::known(app, Some(Ground::of_cluster(cluster)), &ids).await?;
    let topic = match content.topic {
        Some(topic) => store::topic_by_id(&app.database, topic).await?,
        None => None,
    };
    let closes = topic.as_ref().and_then(TopicFacts::closes);
    let scope = rules::Scope { book: rulebook(app), cluster: Some(cluster) };
    let read = match rules::read(&scope, content, &facts, closes, rules::reading_day(closes, calls::today(app))) {
        Ok(read) => read,
        Err(Error::Input(_)) => None,
        Err(error) => return Err(error),
    };
    let funding = read.iter().flat_map(|read| &read.report.funding);
    Ok(funding.filter_map(|funding| Some((funding.entity.parse().ok()?, funding.grant_cents?))).collect())
}
