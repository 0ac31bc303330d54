//! Who may be in the team: who fits the topic best, who holds a competence that must be covered, who is in already.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    competences::Wanted,
    fit::{self, Fit, Reason},
    model::MemberSide,
    rules,
    store::{self, OrganisationFacts, TopicFacts},
};
use crate::{
    accounts::Actor,
    directory::OrganisationId,
    foundation::{errors::Error, instance::App, languages::Language},
};

/// How many holders of a competence that must be covered are added to the pool, beside those who rank high anyway.
const HOLDERS: i64 = 25;

/// How many of each kind that must be in are added to the pool.
const OF_KIND: usize = 20;

/// How many come from everywhere when partners may come from some countries only: rules that need other countries must
/// find candidates to be in conflict with.
const FROM_ELSEWHERE: usize = 60;

/// A candidate with all that the optimiser and the rules read of it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// What the directory knows.
    pub(super) facts: OrganisationFacts,
    /// How well it fits, in millionths.
    pub(super) fit_ppm: i64,
    /// Why.
    pub(super) reasons: Vec<Reason>,
    /// Which of the competences asked for it holds.
    pub(super) covers: BTreeSet<String>,
    /// How many past projects it coordinated.
    pub(super) coordinated: i64,
    /// Its past projects.
    pub(super) projects: Vec<uuid::Uuid>,
    /// On which side it stands where the instrument has two.
    pub(super) side: MemberSide,
}

impl Candidate {
    /// The candidate as rules see it.
    pub(super) fn entity(&self) -> Result<eligibility::Entity, Error> {
        let mut entity = rules::entity_of(&self.facts)?;
        entity.side = Some(self.side.into());
        Ok(entity)
    }
}

/// On which side an organisation usually stands: companies that are no SMEs with industry, everybody else with the
/// applicants. Whoever edits the draft may say otherwise.
pub(crate) fn usual_side(facts: &OrganisationFacts) -> MemberSide {
    match (facts.kind.as_str(), facts.sme) {
        ("large_company", _) | ("company", Some(false)) => MemberSide::Industry,
        _ => MemberSide::Applicant,
    }
}

/// Gathers the candidates, in an order that repeats.
#[expect(clippy::too_many_arguments, reason = "each is one clause of the question, and there is one caller")]
pub(super) async fn gather(
    app: &App,
    actor: &Actor,
    topic: &TopicFacts,
    given: &[OrganisationFacts],
    refused: &[OrganisationId],
    wanted: &[Wanted],
    countries: &[String],
    kinds: &[String],
    most: usize,
    language: Language,
) -> Result<Vec<Candidate>, Error> {
    let given_ids: Vec<OrganisationId> = given.iter().map(|facts| facts.id).collect();
    let question =
        fit::Question { topic: Some(topic), members: &given_ids, countries: &[], kinds: &[], most, language };
    let mut fits: BTreeMap<OrganisationId, Fit> = BTreeMap::new();
    if countries.is_empty() {
        fits.extend(fit::rank(app, actor, &question).await?);
    } else {
        fits.extend(fit::rank(app, actor, &fit::Question { most: FROM_ELSEWHERE, ..question }).await?);
        let near = fit::Question { countries, most: most - FROM_ELSEWHERE, ..question };
        fits.extend(fit::rank(app, actor, &near).await?);
    }
    for kind in kinds {
        let of_kind = fit::Question { kinds: std::slice::from_ref(kind), countries, most: OF_KIND, ..question };
        fits.extend(fit::rank(app, actor, &of_kind).await?);
    }
    if !given_ids.is_empty() {
        fits.extend(fit::of_members(app, actor, &question).await?);
    }
    let mut ids: BTreeSet<OrganisationId> = fits.keys().copied().chain(given_ids.iter().copied()).collect();
    for wanted in wanted {
        ids.extend(store::holders(&app.database, &wanted.concepts, HOLDERS).await?);
    }
    let ids: Vec<OrganisationId> = ids.into_iter().filter(|id| !refused.contains(id)).collect();
    let facts = store::organisations(&app.database, &ids).await?;
    let mut projects: BTreeMap<OrganisationId, (Vec<uuid::Uuid>, i64)> = BTreeMap::new();
    for (project, organisation, role) in store::participations(&app.database, &ids).await? {
        let entry = projects.entry(organisation).or_default();
        entry.0.push(project);
        entry.1 += i64::from(role == "coordinator");
    }
    let concepts: Vec<String> = wanted.iter().flat_map(|wanted| wanted.concepts.iter().cloned()).collect();
    let held = store::competences(&app.database, &ids, &concepts).await?;
    let mut candidates: Vec<Candidate> = facts
        .into_values()
        .filter(|facts| facts.country.is_some())
        .map(|facts| {
            let fit = fits.remove(&facts.id);
            let (projects, coordinated) = projects.remove(&facts.id).unwrap_or_default();
            let covers = wanted
                .iter()
                .filter(|wanted| held.iter().any(|(id, concept)| *id == facts.id && wanted.concepts.contains(concept)))
                .map(|wanted| wanted.id.clone())
                .collect();
            let score = fit.as_ref().map_or(0.0, |fit| fit.score);
            Candidate {
                fit_ppm: (score * 1_000_000.0).round().clamp(0.0, 1_000_000.0) as i64,
                reasons: fit.map(|fit| fit.reasons).unwrap_or_default(),
                covers,
                coordinated,
                projects,
                side: usual_side(&facts),
                facts,
            }
        })
        .collect();
    // Best first; names and not ids break ties, because ids differ from one instance to the next.
    candidates.sort_by(|one, other| {
        let name = |candidate: &Candidate| candidate.facts.shown();
        other
            .fit_ppm
            .cmp(&one.fit_ppm)
            .then_with(|| name(one).cmp(&name(other)))
            .then(one.facts.id.cmp(&other.facts.id))
    });
    Ok(candidates)
}
