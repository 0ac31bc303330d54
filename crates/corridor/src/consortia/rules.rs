//! From a sheet to the rules and back: the eligibility engine with what the directory knows.

use std::{collections::BTreeMap, sync::Arc};

use eligibility::{
    Commitment, Consortium, Contribution, ContributionKind, Country, Entity, Holding, Instrument, Kind, Library,
    Percent, Report, Role, Severity, Side, SmeClaim, Status, Text, Verdict,
};
use serde::Serialize;

use super::{
    declared,
    documents::WantedDocument,
    instruments::{InForce, Rulebook},
    model::{Content, Earlier, Member, MemberRole, MemberSide},
    outcomes::prior,
    store::OrganisationFacts,
};
use crate::{
    accounts::ClusterId,
    directory::OrganisationId,
    foundation::{errors::Error, languages::Language, time::Day},
};

/// Whether a rule is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictStatus {
    /// Met.
    Met,
    /// Not met.
    NotMet,
    /// A fact is missing.
    Unknown,
}

/// What a rule says of a sheet, in the reader's language.
#[derive(Clone, Debug, Serialize)]
pub struct RuleVerdict {
    /// The rule's id.
    pub rule: String,
    /// Whether it is met.
    pub status: VerdictStatus,
    /// `ineligible`, `weak` or `advice`.
    pub severity: &'static str,
    /// The answer as a sentence.
    pub text: String,
    /// What is missing.
    pub missing: Option<String>,
    /// What would mend it.
    pub fixes: Vec<String>,
    /// Where the rule was read.
    pub source: String,
    /// When it was read.
    pub source_date: String,
    /// Whether the source was seen to say so.
    pub verified: bool,
    /// Whether eligibility does not wait for the missing fact.
    pub presumed: bool,
    /// The documents that would mend it.
    pub wanted: Vec<WantedDocument>,
}

/// A text of the engine in the reader's language.
pub(super) fn said(text: &Text, language: Language) -> String {
    match language {
        Language::En => text.en.clone(),
        Language::Fr => text.fr.clone(),
    }
}

/// The word of a severity.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Ineligible => "ineligible",
        Severity::Weak => "weak",
        Severity::Advice => "advice",
    }
}

impl RuleVerdict {
    /// A verdict of the engine in the reader's language.
    pub(super) fn of(verdict: &Verdict, language: Language) -> Self {
        RuleVerdict {
            rule: verdict.rule.clone(),
            status: match verdict.status {
                Status::Met => VerdictStatus::Met,
                Status::NotMet => VerdictStatus::NotMet,
                Status::Unknown => VerdictStatus::Unknown,
            },
            severity: severity(verdict.severity),
            text: said(&verdict.text, language),
            missing: verdict.missing.as_ref().map(|missing| said(&missing.text, language)),
            fixes: verdict.fixes.iter().map(|fix| said(&fix.text, language)).collect(),
            source: said(&verdict.source.reference, language),
            source_date: verdict.source.date.to_string(),
            verified: verdict.verified,
            presumed: verdict.presumed,
            wanted: Vec::new(),
        }
    }
}

/// The name of a country in the reader's language; its code where no name is kept.
pub(super) fn country_name(code: &str, language: Language) -> String {
    match code.parse::<Country>() {
        Ok(country) => said(&Library::embedded().sets().country_name(country), language),
        Err(_) => code.to_owned(),
    }
}

/// A day as the engine knows it.
pub(super) fn engine_day(day: Day) -> Result<eligibility::Date, Error> {
    day.to_string().parse().map_err(|error| Error::Unexpected(anyhow::anyhow!("the day {day}: {error}")))
}

/// An organisation as rules see it; `independent` says that the owners which are not known do not matter.
pub(super) fn entity_of(facts: &OrganisationFacts) -> Result<Entity, Error> {
    let code = facts.country.as_deref().unwrap_or_default();
    let country: Country = code
        .parse()
        .map_err(|error| Error::input(format!("the country of {} in the directory: {error}", facts.shown())))?;
    let mut entity = Entity::new(facts.id.to_string(), country, kind_of(facts));
    entity.name = Some(facts.shown());
    entity.region = facts.region.clone();
    entity.sme = match facts.sme {
        Some(true) => SmeClaim::Yes,
        Some(false) => SmeClaim::No,
        // A company of which nobody has said how large it is: only its figures could tell.
        None if facts.kind == "company" => SmeClaim::FromFigures,
        None => SmeClaim::FromKind,
    };
    // The directory knows parents of some organisations and no other owners: the sheet says that it takes the rest for
    // independent until somebody confirms it.
    let parent = facts.parent_id.map(|parent| Holding::new(parent.to_string(), Percent::HUNDRED));
    entity.owned_by = Some(parent.into_iter().collect());
    Ok(entity)
}

/// The kind as rules know it: to them a company of unknown size is a company whose being an SME is open.
fn kind_of(facts: &OrganisationFacts) -> Kind {
    match facts.kind.as_str() {
        "company" if facts.sme == Some(true) => Kind::Sme,
        "company" => Kind::LargeCompany,
        word => Kind::ALL.iter().find(|(_, known)| *known == word).map_or(Kind::Other, |(kind, _)| *kind),
    }
}

/// A sheet as rules see it; `closes_on` is the day on which its topic closes, where it has one.
pub(super) fn consortium_of(
    content: &Content,
    facts: &BTreeMap<OrganisationId, OrganisationFacts>,
    instrument: &Instrument,
    day: Day,
    closes_on: Option<Day>,
) -> Result<Consortium, Error> {
    let stage = content.stage.clone().filter(|stage| instrument.stage(stage).is_some());
    let mut consortium = Consortium::new(instrument.id.clone(), engine_day(day)?, stage);
    let mut ledger = Vec::new();
    for member in &content.members {
        let Some(known) = facts.get(&member.organisation) else { continue };
        let mut entity = entity_of(known)?;
        entity.role = Some(member.role.into());
        entity.side = Some(member.side.into());
        entity.cost_cents = member.cost_cents;
        entity.subcontracting_cents = member.subcontracting_cents;
        entity.requested_cents = member.requested_cents;
        declared::declare(&mut entity, &member.declared, instrument, &known.evidence, day)?;
        for (kind, amount) in [
            (ContributionKind::Ikop, member.ikop_cents),
            (ContributionKind::Fc, member.fc_cents),
            (ContributionKind::Ikaa, member.ikaa_cents),
        ] {
            ledger.extend(amount.map(|amount_cents| Contribution { payer: entity.id.clone(), kind, amount_cents }));
        }
        consortium.entities.push(entity);
    }
    consortium.contributions = (!ledger.is_empty()).then_some(ledger);
    let proposal = &content.facts;
    consortium.duration_months = proposal.duration_months;
    consortium.trl_start = proposal.trl_start;
    consortium.trl_end = proposal.trl_end;
    consortium.pages = proposal.pages;
    consortium.civil_use = proposal.civil_use;
    if proposal.label_issuer.is_some() || proposal.label_on.is_some() {
        let date = proposal.label_on.map(engine_day).transpose()?;
        consortium.label = Some(eligibility::Label { issuer: proposal.label_issuer.clone(), date });
    }
    consortium.closing_date = closes_on.or(proposal.closes_on).map(engine_day).transpose()?;
    consortium.prior =
        proposal.earlier.as_ref().map(|all| all.iter().map(prior_of).collect::<Result<_, _>>()).transpose()?;
    Ok(consortium)
}

fn prior_of(earlier: &Earlier) -> Result<eligibility::Prior, Error> {
    Ok(eligibility::Prior {
        entity: earlier.member.map(|member| member.to_string()),
        programme: Some(earlier.programme.clone()),
        result: Some(earlier.outcome.key().to_owned()),
        score: earlier.score.map(|percent| Percent::whole(percent.into())),
        date: earlier.on.map(engine_day).transpose()?,
    })
}

impl From<MemberRole> for Role {
    fn from(role: MemberRole) -> Self {
        match role {
            MemberRole::Coordinator => Role::Coordinator,
            MemberRole::Beneficiary => Role::Beneficiary,
            MemberRole::Affiliated => Role::Affiliated,
            MemberRole::Associated => Role::Associated,
            MemberRole::Subcontractor => Role::Subcontractor,
        }
    }
}

impl From<MemberSide> for Side {
    fn from(side: MemberSide) -> Self {
        match side {
            MemberSide::Applicant => Side::Applicant,
            MemberSide::Industry => Side::Industry,
        }
    }
}

/// A sheet that rules can be read on, with what they say.
pub(super) struct Read {
    /// Whose rules, in which version.
    pub(super) in_force: InForce,
    /// The sheet as rules see it.
    pub(super) consortium: Consortium,
    /// What they say.
    pub(super) report: Report,
}

impl Read {
    /// The instrument.
    pub(super) fn instrument(&self) -> &Instrument {
        &self.in_force.instrument
    }
}

/// Whose rules a draft is read by: those in force, with what its topic changes for its cluster.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// What is in force.
    pub(super) book: Arc<Rulebook>,
    /// The cluster whose draft it is.
    pub(super) cluster: Option<ClusterId>,
}

impl Scope {
    /// The rules for what a draft says, on a day; none while it has no instrument that is known.
    pub(super) fn in_force(&self, content: &Content, day: Day) -> Option<InForce> {
        self.book.in_force(content.instrument.as_deref()?, content.topic, self.cluster, Some(day))
    }
}

/// Reads the rules of a day on a sheet; none while it has no instrument, no members, or one whose country is not known: a rule that
/// counts countries must not count these, and no verdict is better than a wrong one.
pub(super) fn read(
    scope: &Scope,
    content: &Content,
    facts: &BTreeMap<OrganisationId, OrganisationFacts>,
    closes_on: Option<Day>,
    day: Day,
) -> Result<Option<Read>, Error> {
    let Some(in_force) = scope.in_force(content, day) else { return Ok(None) };
    let instrument = &in_force.instrument;
    let placed = |member: &Member| facts.get(&member.organisation).is_some_and(|facts| facts.country.is_some());
    if content.members.is_empty() || !content.members.iter().all(placed) {
        return Ok(None);
    }
    let mut consortium = consortium_of(content, facts, instrument, day, closes_on)?;
    if content.is_industry_alone() {
        consortium.stage = stage_of_industry(instrument);
    }
    let mut report = prior::report(&in_force, &mut consortium, content)?;
    if content.is_industry_alone() {
        // Industry by itself is no consortium: only what is asked of who contributes can be said of it.
        report.verdicts.retain(|verdict| asks_payers(instrument, &verdict.rule));
        report.eligible = None;
    }
    Ok(Some(Read { in_force, consortium, report }))
}

/// The stage at which industry takes part, where the instrument has stages.
pub(super) fn stage_of_industry(instrument: &Instrument) -> Option<String> {
    let side = instrument.side.iter().find(|side| side.id == Side::Industry)?;
    side.stages.first().or_else(|| Some(&instrument.stage.last()?.id)).cloned()
}

/// Whether a rule is about who may contribute, or may be funded beside contributing.
fn asks_payers(instrument: &Instrument, rule: &str) -> bool {
    let mut asked = instrument.rules.iter().filter(|known| known.id == rule).filter_map(eligibility::Rule::commitment);
    asked.any(|asked| matches!(asked, Commitment::Payers { .. } | Commitment::Unfunded))
}

/// The day on which rules are read: that of the deadline while it lies ahead, else today.
pub(super) fn reading_day(closes_on: Option<Day>, today: Day) -> Day {
    closes_on.filter(|day| *day >= today).unwrap_or(today)
}

/// What the rules say of a consortium.
pub(super) fn report(in_force: &InForce, consortium: &Consortium) -> Result<Report, Error> {
    eligibility::check_with(&in_force.library, &in_force.instrument, consortium)
        .map_err(|error| Error::input(error.to_string()))
}

/// Checks a consortium given as JSON, in the form that the command `eligibility check` takes, by the rules of its day.
///
/// # Errors
/// Names the place in the JSON that cannot be used.
pub fn check_json(book: &Rulebook, text: &str) -> Result<Report, Error> {
    let reading = Consortium::from_json(text).map_err(|error| Error::input(error.to_string()))?;
    if let Some(field) = reading.unknown_fields.first() {
        tracing::warn!(%field, "a field of the consortium is known to no rule");
    }
    let consortium = &reading.consortium;
    let day: Day = consortium.date.to_string().parse().map_err(anyhow::Error::from)?;
    eligibility::check(&book.on(Some(day)), consortium).map_err(|error| Error::input(error.to_string()))
}
