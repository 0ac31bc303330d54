//! The ledger of a draft: who commits what besides public money, who may, and how far that is from the share asked for.

use std::collections::BTreeMap;

use eligibility::{Commitment, Contribution, ContributionKind, Instrument, Status};
use serde::Serialize;

use super::model::{Measure, Terms, amount, measure};
use crate::{
    accounts::ClusterId,
    calls,
    consortia::{
        Content, Member,
        instruments::{InForce, rulebook},
        rules::{self, said},
        store::{self as drafts, OrganisationFacts, TopicFacts},
    },
    directory::OrganisationId,
    foundation::{errors::Error, instance::App, languages::Language, time::Day},
};

/// The kinds in the order of the sheet, each with the name of its field.
pub const KINDS: [(ContributionKind, &str); 3] =
    [(ContributionKind::Ikop, "ikop"), (ContributionKind::Fc, "fc"), (ContributionKind::Ikaa, "ikaa")];

/// Whether a member may commit a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum May {
    /// It may.
    Yes,
    /// A rule says that it may not.
    No,
    /// A fact about it is missing.
    Open,
}

/// What a member commits of a kind.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// The name of the field: `ikop`, `fc` or `ikaa`.
    pub kind: &'static str,
    /// The amount in cents; none where nobody has said.
    pub cents: Option<i64>,
    /// Whether it may.
    pub may: May,
}

/// The line of a member.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Its side.
    pub side: &'static str,
    /// What it commits of each kind.
    pub entries: Vec<Entry>,
    /// What is wrong with it, or open, in the reader's language: each rule once.
    pub problems: Vec<String>,
}

/// A ledger.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// The members in the order of the sheet.
    pub lines: Vec<Line>,
    /// What the instrument asks for; none where it asks for nothing.
    pub terms: Option<Terms>,
    /// How the commitments stand against it.
    pub measure: Option<Measure>,
    /// Who may still commit what: by kind, the names.
    pub may_pay: Vec<(&'static str, Vec<String>)>,
}

/// What the rules of an instrument ask contributions to add up to.
pub fn terms(instrument: &Instrument) -> Option<Terms> {
    instrument.rules.iter().find_map(|rule| match rule.commitment()? {
        Commitment::Share { kinds, at_least, with_additional } => Some(Terms { kinds, at_least, with_additional }),
        _ => None,
    })
}

/// Reads the ledger of what a draft says, whoever asks: the use case has decided before.
///
/// # Errors
/// When the database fails.
pub(super) async fn read(
    app: &App,
    cluster: ClusterId,
    content: &Content,
    language: Language,
) -> Result<Ledger, Error> {
    let ids: Vec<OrganisationId> = content.members.iter().map(|member| member.organisation).collect();
    let facts = drafts::organisations(&app.database, &ids).await?;
    let topic = match content.topic {
        Some(topic) => drafts::topic_by_id(&app.database, topic).await?,
        None => None,
    };
    let closes_on = topic.as_ref().and_then(TopicFacts::closes);
    let day = rules::reading_day(closes_on, calls::today(app));
    let in_force = rules::Scope { book: rulebook(app), cluster: Some(cluster) }.in_force(content, day);
    let instrument = in_force.as_ref();
    let terms = instrument.and_then(|in_force| terms(&in_force.instrument));
    let scene = Scene { content, facts: &facts, closes_on, day, language };
    let permissions = match instrument {
        Some(instrument) => scene.permissions(instrument)?,
        None => Permissions::default(),
    };
    let beside = match instrument {
        Some(instrument) => scene.funded_beside(instrument)?,
        None => BTreeMap::new(),
    };
    let mut lines = Vec::with_capacity(content.members.len());
    for member in &content.members {
        let Some(known) = facts.get(&member.organisation) else { continue };
        let of = permissions.get(&member.organisation);
        let mut problems: Vec<String> = Vec::new();
        let mut entries = Vec::with_capacity(KINDS.len());
        for (kind, field) in KINDS {
            let (may, why) = of.and_then(|of| of.get(&kind)).map_or((May::Yes, None), |(may, why)| (*may, Some(why)));
            let cents = amount(member, kind);
            let commits = cents.is_some_and(|cents| cents > 0);
            problems.extend(why.filter(|why| commits && !problems.contains(why)).cloned());
            entries.push(Entry { kind: field, cents, may });
        }
        problems.extend(beside.get(&member.organisation).into_iter().flatten().cloned());
        let (id, name, href) = (known.id, known.shown(), known.href());
        lines.push(Line { id, name, href, side: member.side.key(), entries, problems });
    }
    let counts = |kind: &ContributionKind| terms.as_ref().is_some_and(|terms| terms.kinds.contains(kind));
    let may_pay = KINDS
        .iter()
        .filter(|(kind, _)| counts(kind))
        .map(|(_, field)| {
            let may = |line: &&Line| line.entries.iter().any(|entry| entry.kind == *field && entry.may == May::Yes);
            (*field, lines.iter().filter(may).map(|line| line.name.clone()).collect())
        })
        .collect();
    Ok(Ledger { measure: terms.as_ref().map(|terms| measure(&content.members, terms)), lines, terms, may_pay })
}

/// By member and kind, what is not simply allowed, and why.
type Permissions = BTreeMap<OrganisationId, BTreeMap<ContributionKind, (May, String)>>;

struct Scene<'a> {
    content: &'a Content,
    facts: &'a BTreeMap<OrganisationId, OrganisationFacts>,
    closes_on: Option<Day>,
    day: Day,
    language: Language,
}

impl Scene<'_> {
    /// The consortium at the stage where industry takes part; none where a member cannot be placed.
    fn consortium(&self, in_force: &InForce) -> Result<Option<eligibility::Consortium>, Error> {
        let placed =
            |member: &Member| self.facts.get(&member.organisation).is_some_and(|facts| facts.country.is_some());
        if self.content.members.is_empty() || !self.content.members.iter().all(placed) {
            return Ok(None);
        }
        let instrument = &in_force.instrument;
        let mut consortium = rules::consortium_of(self.content, self.facts, instrument, self.day, self.closes_on)?;
        consortium.stage = rules::stage_of_industry(instrument);
        Ok(Some(consortium))
    }

    /// Asks the rules about each kind as if everybody committed it: first who may not, then of whom a fact is missing.
    fn permissions(&self, in_force: &InForce) -> Result<Permissions, Error> {
        let mut found = Permissions::new();
        let Some(mut consortium) = self.consortium(in_force)? else { return Ok(found) };
        for (kind, _) in KINDS {
            for _ in 0..2 {
                let free = |id: &String| {
                    id.parse::<OrganisationId>().is_ok_and(|id| found.get(&id).is_none_or(|of| !of.contains_key(&kind)))
                };
                let payers: Vec<String> =
                    consortium.entities.iter().map(|entity| entity.id.clone()).filter(free).collect();
                let line = |payer| Contribution { payer, kind, amount_cents: 1 };
                consortium.contributions = Some(payers.into_iter().map(line).collect());
                let report = rules::report(in_force, &consortium)?;
                for verdict in &report.verdicts {
                    let asks = |rule: &eligibility::Rule| {
                        rule.id == verdict.rule
                            && matches!(rule.commitment(), Some(Commitment::Payers { kinds }) if kinds.contains(&kind))
                    };
                    let Some(rule) = in_force.instrument.rules.iter().find(|rule| asks(rule)) else { continue };
                    let (may, ids): (May, Vec<String>) = match verdict.status {
                        Status::Met => continue,
                        Status::NotMet => {
                            (May::No, verdict.fixes.iter().flat_map(|fix| fix.entities.clone()).collect())
                        }
                        Status::Unknown => {
                            let facts = verdict.missing.iter().flat_map(|missing| &missing.facts);
                            (May::Open, facts.filter_map(|fact| fact.entity.clone()).collect())
                        }
                    };
                    let why = self.statement(in_force, rule);
                    for id in ids.iter().filter_map(|id| id.parse().ok()) {
                        found.entry(id).or_default().entry(kind).or_insert_with(|| (may, why.clone()));
                    }
                }
            }
        }
        Ok(found)
    }

    /// What a rule requires, in the reader's language.
    fn statement(&self, in_force: &InForce, rule: &eligibility::Rule) -> String {
        let explained = eligibility::explain(&in_force.library, &in_force.instrument, None);
        let line = explained.rules.iter().find(|line| line.rule == rule.id && line.stages == rule.stages);
        line.map_or_else(|| rule.id.clone(), |line| said(&line.text, self.language))
    }

    /// By member, the rules by which who contributes may not ask for public money, where it does.
    fn funded_beside(&self, in_force: &InForce) -> Result<BTreeMap<OrganisationId, Vec<String>>, Error> {
        let both = |member: &&Member| {
            member.requested_cents.is_some_and(|cents| cents > 0)
                && KINDS.iter().any(|(kind, _)| amount(member, *kind).is_some_and(|cents| cents > 0))
        };
        let both: Vec<OrganisationId> =
            self.content.members.iter().filter(both).map(|member| member.organisation).collect();
        let mut found: BTreeMap<OrganisationId, Vec<String>> = BTreeMap::new();
        if both.is_empty() {
            return Ok(found);
        }
        let Some(consortium) = self.consortium(in_force)? else { return Ok(found) };
        let verdicts = rules::report(in_force, &consortium)?.verdicts;
        for verdict in verdicts.iter().filter(|verdict| verdict.status == Status::NotMet) {
            let unfunded = in_force
                .instrument
                .rules
                .iter()
                .find(|rule| rule.id == verdict.rule && matches!(rule.commitment(), Some(Commitment::Unfunded)));
            let Some(rule) = unfunded else { continue };
            let concerns = |id: &OrganisationId| {
                let id = id.to_string();
                verdict.fixes.iter().any(|fix| fix.entities.contains(&id))
            };
            for id in both.iter().filter(|id| concerns(id)) {
                found.entry(*id).or_default().push(self.statement(in_force, rule));
            }
        }
        Ok(found)
    }
}
