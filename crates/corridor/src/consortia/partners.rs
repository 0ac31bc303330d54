//! Who would help a draft most: ranked organisations that mend a broken rule first, then those that fit best.

use std::collections::BTreeMap;

use eligibility::{Severity, Status};
use serde::Serialize;

use super::{
    documents::{self, Ground},
    fit::{self, Question},
    instruments::rulebook,
    model::{Content, Member},
    proposing::usual_side,
    rules,
    store::{self, TopicFacts},
};
use crate::{
    accounts::{Action, Actor, Resource, decide},
    calls,
    directory::OrganisationId,
    foundation::{errors::Error, instance::App, languages::Language, time::Day},
};

/// How many ranked organisations are tried, and how many are suggested.
const TRIED: usize = 120;
const SUGGESTED: usize = 6;

/// An organisation that could join.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Addition {
    pub(super) id: OrganisationId,
    pub(super) name: String,
    pub(super) href: String,
    pub(super) country_name: String,
    pub(super) kind: String,
    pub(super) score: f64,
    /// The strongest reason, short.
    pub(super) why: Option<String>,
    /// The broken rules that it would mend, in the reader's language.
    pub(super) mends: Vec<String>,
    /// What the most telling of these rules still lacks with it, where it only helps.
    pub(super) helps: Option<String>,
}

/// Suggests whom to add.
pub(super) async fn suggest(
    app: &App,
    actor: &Actor,
    content: &Content,
    topic: Option<&TopicFacts>,
    language: Language,
) -> Result<Vec<Addition>, Error> {
    decide(actor, Action::RankPartners, Resource::Instance)?;
    let ids: Vec<OrganisationId> = content.members.iter().map(|member| member.organisation).collect();
    if topic.is_none() && ids.is_empty() {
        return Ok(Vec::new());
    }
    let question = Question { topic, members: &ids, countries: &[], kinds: &[], most: TRIED, language };
    let ranked = fit::rank(app, actor, &question).await?;
    let mut all: Vec<OrganisationId> = ranked.iter().map(|(id, _)| *id).collect();
    all.extend(&ids);
    let facts = documents::known(app, Ground::of_team(actor, None), &all).await?;
    let closes_on = topic.and_then(TopicFacts::closes);
    let day = rules::reading_day(closes_on, calls::today(app));
    let book = rulebook(app);
    let two_sided = content.instrument.as_deref().is_some_and(|id| book.of_day(day).has_sides(id));
    let scope = rules::Scope { book, cluster: actor.cluster().map(|cluster| cluster.id) };
    let broken = broken_rules(&scope, content, &facts, closes_on, day)?;
    let mut additions = Vec::new();
    for (id, fit) in ranked {
        let Some(known) = facts.get(&id).filter(|facts| facts.country.is_some()) else { continue };
        let (mut mends, mut gain) = (Vec::new(), 0);
        let mut helps = None;
        if !broken.is_empty() {
            let mut with = content.clone();
            let mut member = Member::new(id);
            if two_sided {
                member.side = usual_side(known);
            }
            with.members.push(member);
            let after = broken_rules(&scope, &with, &facts, closes_on, day)?;
            for (rule, (lacking, text)) in &broken {
                match after.get(rule) {
                    None => {
                        mends.push(rules::said(text, language));
                        gain += 1_000;
                    }
                    Some((still, text)) if still < lacking => {
                        helps.get_or_insert_with(|| rules::said(text, language));
                        gain += 10;
                    }
                    Some(_) => {}
                }
            }
            let worse = after.keys().filter(|rule| !broken.contains_key(*rule)).count() as i64;
            gain -= 1_000 * worse;
        }
        additions.push((
            gain,
            Addition {
                id,
                name: known.shown(),
                href: known.href(),
                country_name: known
                    .country
                    .as_deref()
                    .map(|code| rules::country_name(code, language))
                    .unwrap_or_default(),
                kind: known.kind.clone(),
                score: fit.score,
                why: fit.reasons.into_iter().next().map(|reason| reason.lead),
                mends,
                helps,
            },
        ));
    }
    // The sort is stable: among those that mend as much, who fits best comes first.
    additions.sort_by_key(|(gain, _)| std::cmp::Reverse(*gain));
    Ok(additions.into_iter().map(|(_, addition)| addition).take(SUGGESTED).collect())
}

/// The rules not met that make ineligible, with how much each lacks and what it says.
fn broken_rules(
    scope: &rules::Scope,
    content: &Content,
    facts: &BTreeMap<OrganisationId, store::OrganisationFacts>,
    closes_on: Option<Day>,
    day: Day,
) -> Result<BTreeMap<String, (i64, eligibility::Text)>, Error> {
    let Some(read) = rules::read(scope, content, facts, closes_on, day)? else { return Ok(BTreeMap::new()) };
    Ok(read
        .report
        .verdicts
        .into_iter()
        .filter(|verdict| verdict.status == Status::NotMet && verdict.severity == Severity::Ineligible)
        .map(|verdict| {
            let lacking = verdict.missing.and_then(|missing| missing.quantity).map_or(1, |quantity| quantity.amount);
            (verdict.rule, (lacking, verdict.text))
        })
        .collect())
}
