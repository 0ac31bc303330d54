//! A sheet as people see it: members with what is known of them, what they add up to, and what the rules say.

use std::collections::BTreeMap;

use fluent_bundle::FluentValue;
use serde::Serialize;

use super::{
    declared::{self, Asked},
    documents::{self, Ground},
    instruments::{Version, rulebook},
    model::{Content, Member, MemberSide},
    rules::{self, RuleVerdict, VerdictStatus},
    store::{self, OrganisationFacts, TopicFacts},
};
use crate::{
    accounts::{Action, Actor, ClusterId, Resource, decide},
    calls,
    directory::OrganisationId,
    foundation::{errors::Error, instance::App, languages::Language, time::Day},
};

/// A member of a sheet with what the directory knows of it.
#[derive(Clone, Debug, Serialize)]
pub struct MemberView {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Its country's code.
    pub country: Option<String>,
    /// Its country in the reader's language.
    pub country_name: String,
    /// Its kind.
    pub kind: String,
    /// Its kind in the reader's language.
    pub kind_name: String,
    /// Whether it is an SME.
    pub sme: Option<bool>,
    /// Its past projects.
    pub projects: i64,
    /// Its role.
    pub role: &'static str,
    /// Its role in the reader's language.
    pub role_name: String,
    /// Its side.
    pub side: &'static str,
    /// Its side in the reader's language.
    pub side_name: String,
    /// Its amounts in cents by the name of their field; none where nobody has said.
    pub amounts: BTreeMap<&'static str, Option<i64>>,
    /// Whether its costs follow from its budget.
    pub budgeted: bool,
    /// Past projects shared with the other members.
    pub joint_projects: i64,
}

/// One way of cutting the consortium.
#[derive(Clone, Debug, Serialize)]
pub struct Composition {
    /// What it is cut by.
    pub title: String,
    /// The parts, largest first: label, value, the value as text.
    pub rows: Vec<Part>,
}

/// A part of a whole.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// What it is.
    pub label: String,
    /// How much.
    pub value: i64,
    /// How much, in words.
    pub text: String,
}

/// Past projects that two members share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JointProjects {
    /// One member.
    pub first: OrganisationId,
    /// Its name.
    pub first_name: String,
    /// The other.
    pub second: OrganisationId,
    /// Its name.
    pub second_name: String,
    /// How many projects.
    pub projects: i64,
}

/// All of a sheet.
#[derive(Clone, Debug, Serialize)]
pub struct SheetView {
    /// The members in order.
    pub members: Vec<MemberView>,
    /// Sums by the name of the field; none while nobody has said any.
    pub totals: BTreeMap<&'static str, Option<i64>>,
    /// Whether the instrument has two sides, so that sides and contributions matter.
    pub two_sided: bool,
    /// Whether the draft gathers industry alone, so that most rules wait for the applicants.
    pub industry_alone: bool,
    /// How many countries.
    pub countries: usize,
    /// The whole answer of the rules: nothing while a fact is missing.
    pub eligible: Option<bool>,
    /// Each rule.
    pub verdicts: Vec<RuleVerdict>,
    /// How many rules are met.
    pub met: usize,
    /// How many are not.
    pub not_met: usize,
    /// How many wait for a fact.
    pub unknown: usize,
    /// Why there are no verdicts, or what they take for granted.
    pub notes: Vec<String>,
    /// By country, kind, side and money.
    pub compositions: Vec<Composition>,
    /// Who has worked with whom, most projects first.
    pub joint: Vec<JointProjects>,
    /// How many pairs of members there are.
    pub pairs: usize,
    /// The instrument.
    pub instrument: Option<String>,
    /// By which version of its rules it was read, on which day.
    pub read_by: Option<(Version, String)>,
    /// The page of the rules of its topic, where that changes some of them.
    pub changed_by: Option<String>,
    /// What the rules ask somebody to declare.
    pub asked: Asked,
    /// Whether somebody must say when the call closes, because no topic does.
    pub asks_closing: bool,
}

/// Reads the facts and the rules on a sheet, saved or not. Whoever hands a sheet in has been shown it, or typed it.
pub async fn view(app: &App, actor: &Actor, content: &Content, language: Language) -> Result<SheetView, Error> {
    view_with(app, actor, Ground::of_team(actor, None), content, language).await
}

/// [`view`] with the documents of this ground.
pub(super) async fn view_with(
    app: &App,
    actor: &Actor,
    ground: Option<Ground>,
    content: &Content,
    language: Language,
) -> Result<SheetView, Error> {
    let own = actor.cluster().map(|cluster| cluster.id);
    view_on(app, actor, ground.map(Ground::cluster).or(own), ground, content, None, language).await
}

/// [`view_with`] by the rules of another day than that of the call.
pub(super) async fn view_on(
    app: &App,
    actor: &Actor,
    cluster: Option<ClusterId>,
    ground: Option<Ground>,
    content: &Content,
    day: Option<Day>,
    language: Language,
) -> Result<SheetView, Error> {
    decide(actor, Action::ReadDirectory, Resource::Instance)?;
    let ids: Vec<OrganisationId> = content.members.iter().map(|member| member.organisation).collect();
    let facts = documents::known(app, ground, &ids).await?;
    let topic = match content.topic {
        Some(topic) => store::topic_by_id(&app.database, topic).await?,
        None => None,
    };
    let joint = joint_projects(&store::participations(&app.database, &ids).await?);
    let closes_on = topic.as_ref().and_then(TopicFacts::closes);
    let day = day.unwrap_or_else(|| rules::reading_day(closes_on, calls::today(app)));
    let scope = rules::Scope { book: rulebook(app), cluster };
    let has_sides = content.instrument.as_deref().is_some_and(|id| scope.book.of_day(day).has_sides(id));
    let mut sheet = lay_out(app, content, has_sides, &facts, &joint, language);
    let changes = read_rules(app, &scope, content, &facts, (closes_on, day), language, &mut sheet)?;
    sheet.changed_by = topic.filter(|_| changes).map(|topic| format!("{}/rules", calls::href(&topic.identifier)));
    Ok(sheet)
}

/// How many past projects each pair shares; from rows sorted by project.
pub(super) fn joint_projects(
    participations: &[(uuid::Uuid, OrganisationId, String)],
) -> BTreeMap<(OrganisationId, OrganisationId), i64> {
    let mut counts = BTreeMap::new();
    for project in participations.chunk_by(|one, other| one.0 == other.0) {
        for (at, (_, first, _)) in project.iter().enumerate() {
            for (_, second, _) in &project[at + 1..] {
                let key = if first <= second { (*first, *second) } else { (*second, *first) };
                *counts.entry(key).or_insert(0) += 1;
            }
        }
    }
    counts
}

fn lay_out(
    app: &App,
    content: &Content,
    two_sided: bool,
    facts: &BTreeMap<OrganisationId, OrganisationFacts>,
    joint: &BTreeMap<(OrganisationId, OrganisationId), i64>,
    language: Language,
) -> SheetView {
    let say = |key: String| app.texts.text(language, &key, None).into_owned();
    let mut members = Vec::with_capacity(content.members.len());
    for member in &content.members {
        let Some(known) = facts.get(&member.organisation) else { continue };
        let of_pair = joint.iter().filter(|((one, other), _)| *one == known.id || *other == known.id);
        members.push(MemberView {
            id: known.id,
            name: known.shown(),
            href: known.href(),
            country: known.country.clone(),
            country_name: match &known.country {
                Some(code) => rules::country_name(code, language),
                None => say("ui-unknown".to_owned()),
            },
            kind: known.kind.clone(),
            kind_name: say(format!("consortia-kind-{}", known.kind.replace('_', "-"))),
            sme: known.sme,
            projects: known.project_count,
            role: member.role.key(),
            role_name: say(format!("consortia-role-{}", member.role.key())),
            side: member.side.key(),
            side_name: say(format!("consortia-side-{}", member.side.key())),
            amounts: member.amounts().into_iter().collect(),
            budgeted: !member.budget.is_empty(),
            joint_projects: of_pair.map(|(_, count)| count).sum(),
        });
    }
    let names: BTreeMap<OrganisationId, String> =
        members.iter().map(|member| (member.id, member.name.clone())).collect();
    let mut worked: Vec<JointProjects> = joint
        .iter()
        .filter_map(|((first, second), projects)| {
            Some(JointProjects {
                first: *first,
                first_name: names.get(first)?.clone(),
                second: *second,
                second_name: names.get(second)?.clone(),
                projects: *projects,
            })
        })
        .collect();
    worked.sort_by(|one, other| other.projects.cmp(&one.projects).then(one.first_name.cmp(&other.first_name)));
    let mut countries: Vec<&str> = members.iter().filter_map(|member| member.country.as_deref()).collect();
    countries.sort_unstable();
    countries.dedup();
    let countries = countries.len();
    let total = |name: &'static str| {
        let amount = |member: &Member| member.amounts().into_iter().find(|(field, _)| *field == name)?.1;
        (name, content.total(amount))
    };
    let totals = ["cost", "subcontracting", "requested", "ikop", "fc", "ikaa"].into_iter().map(total).collect();
    SheetView {
        compositions: compositions(app, content, &members, two_sided, language),
        pairs: members.len() * members.len().saturating_sub(1) / 2,
        members,
        totals,
        two_sided,
        industry_alone: two_sided && content.is_industry_alone(),
        countries,
        eligible: None,
        verdicts: Vec::new(),
        met: 0,
        not_met: 0,
        unknown: 0,
        notes: Vec::new(),
        joint: worked,
        instrument: content.instrument.clone(),
        read_by: None,
        changed_by: None,
        asked: Asked::default(),
        asks_closing: false,
    }
}

/// A long legal name cut for a bar's label; the members' table has it in full.
pub(super) fn shortened(name: &str) -> String {
    const LONGEST: usize = 26;
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let cut: String = name.chars().take(LONGEST - 1).collect();
    format!("{}…", cut.trim_end())
}

fn compositions(
    app: &App,
    content: &Content,
    members: &[MemberView],
    two_sided: bool,
    language: Language,
) -> Vec<Composition> {
    let title = |key: &str| app.texts.text(language, key, None).into_owned();
    let by = |key: &str, label: &dyn Fn(&MemberView) -> String| {
        let mut counts: BTreeMap<String, i64> = BTreeMap::new();
        for member in members {
            *counts.entry(label(member)).or_default() += 1;
        }
        let mut rows: Vec<Part> =
            counts.into_iter().map(|(label, value)| Part { label, value, text: language.number(value) }).collect();
        rows.sort_by(|one, other| other.value.cmp(&one.value).then(one.label.cmp(&other.label)));
        Composition { title: title(key), rows }
    };
    let mut cuts = vec![
        by("consortia-by-country", &|member| member.country_name.clone()),
        by("consortia-by-kind", &|member| member.kind_name.clone()),
    ];
    if two_sided {
        cuts.push(by("consortia-by-side", &|member| member.side_name.clone()));
    }
    if let Some(total) = content.total(|member| member.cost_cents).filter(|total| *total > 0) {
        let mut rows: Vec<Part> = members
            .iter()
            .filter_map(|member| {
                let cents = member.amounts.get("cost").copied().flatten().filter(|cents| *cents > 0)?;
                let text = format!("{} · {}", language.money(cents), language.percent(cents as f64 / total as f64));
                Some(Part { label: shortened(&member.name), value: cents, text })
            })
            .collect();
        rows.sort_by(|one, other| other.value.cmp(&one.value).then(one.label.cmp(&other.label)));
        cuts.push(Composition { title: title("consortia-by-cost"), rows });
    }
    cuts
}

/// Reads the rules on a sheet; answers whether its topic changes some of them, or would.
fn read_rules(
    app: &App,
    scope: &rules::Scope,
    content: &Content,
    facts: &BTreeMap<OrganisationId, OrganisationFacts>,
    (closes_on, day): (Option<Day>, Day),
    language: Language,
    sheet: &mut SheetView,
) -> Result<bool, Error> {
    let mut note =
        |key: &str, values: &[(&str, FluentValue<'_>)]| sheet.notes.push(app.texts.say(language, key, values));
    if content.instrument.is_none() {
        note("consortia-note-no-instrument", &[]);
        return Ok(false);
    }
    if content.members.is_empty() {
        note("consortia-note-no-members", &[]);
        return Ok(false);
    }
    let placeless: Vec<String> = content
        .members
        .iter()
        .filter_map(|member| facts.get(&member.organisation))
        .filter(|facts| facts.country.is_none())
        .map(OrganisationFacts::shown)
        .collect();
    if !placeless.is_empty() {
        note("consortia-note-no-country", &[("names", placeless.join(", ").into())]);
        return Ok(false);
    }
    if !content.facts.independence_confirmed && content.members.len() > 1 {
        note("consortia-note-independence", &[]);
    }
    if sheet.industry_alone {
        note("sides-note-industry", &[]);
    }
    let industry = !sheet.industry_alone && content.members.iter().any(|member| member.side == MemberSide::Industry);
    if sheet.two_sided && industry && content.stage.is_none() {
        note("consortia-note-no-stage", &[]);
    }
    let read = match rules::read(scope, content, facts, closes_on, day) {
        Ok(Some(read)) => read,
        Ok(None) => return Ok(false),
        // What was typed cannot be read as a consortium; the sheet says why and stays.
        Err(Error::Input(reason)) => {
            sheet.notes.push(reason);
            return Ok(false);
        }
        Err(error) => return Err(error),
    };
    sheet.read_by = Some((read.in_force.version.clone(), day.to_string()));
    if let Some(flaw) = &read.in_force.flaw {
        note("rules-note-flaw", &[("flaw", flaw.as_str().into())]);
    }
    let report = &read.report;
    let told = |verdict| RuleVerdict {
        wanted: documents::wanted(app, language, verdict, read.instrument(), facts, day),
        ..RuleVerdict::of(verdict, language)
    };
    let verdicts: Vec<RuleVerdict> = report.verdicts.iter().map(told).collect();
    let count = |status| verdicts.iter().filter(|verdict| verdict.status == status).count();
    sheet.met = count(VerdictStatus::Met);
    sheet.not_met = count(VerdictStatus::NotMet);
    sheet.unknown = count(VerdictStatus::Unknown);
    sheet.eligible = report.eligible;
    sheet.verdicts = verdicts;
    sheet.asked = declared::asked(
        app,
        content,
        &read.consortium.entities,
        report,
        read.instrument(),
        &declared::Kept { facts, day },
        language,
    );
    sheet.asks_closing = sheet.asked.label && closes_on.is_none();
    Ok(read.in_force.version.changed || read.in_force.flaw.is_some())
}
