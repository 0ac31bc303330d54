//! The best eligible team for a topic, proved: topic, instrument, candidates, rules, assembly, and the rules once more.
//!
//! The rules are compiled from the same values that later check the team, so the verdicts shown are never those of the
//! optimiser. Where no team exists, the answer is the smallest set of rules that cannot hold together.

mod pool;
mod problem;

use std::{
    ops::ControlFlow,
    time::{Duration, Instant},
};

use assembly::{Answer, Limits, Share, Status};
use eligibility::{Library, Verdict};
use serde::Serialize;

use pool::Candidate;
pub(super) use pool::usual_side;

use super::{
    OrganisationFacts, TopicFacts, competences, find_organisation, find_topic,
    fit::Reason,
    instruments,
    model::{Content, Member, MemberRole, MemberSide},
    rules,
};
use crate::{
    accounts::{Action, Actor, Resource, decide},
    calls,
    directory::OrganisationId,
    foundation::{errors::Error, instance::App, languages::Language},
};
use problem::{Built, Wish};

/// How many candidates the ranking gives.
const CANDIDATES: usize = 300;

/// How long the assembly may take when nobody says.
const USUAL_PATIENCE: Duration = Duration::from_millis(1_500);

/// In how many members an alternative differs at least, how many are shown, and how much worse they may be.
const APART: usize = 2;
const ALTERNATIVES: usize = 3;
const TOLERANCE: Share = Share::percent(30);

/// The smallest and largest team when nobody says.
pub const USUAL_SIZE: (usize, usize) = (6, 12);

/// What is asked for, as `POST /api/assemble` takes it.
#[derive(Clone, Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = AssembleRequest)]
pub struct Asked {
    /// The topic, by its identifier or id.
    pub topic: String,
    /// Who is in already: id, PIC, ROR, SIREN, VAT number or name.
    pub with: Vec<String>,
    /// Who must not be in.
    pub without: Vec<String>,
    /// The smallest and largest number of members.
    #[schema(value_type = Option<Vec<u32>>, min_items = 2, max_items = 2)]
    pub size: Option<(usize, usize)>,
    /// Competences that somebody in the team must have: concept ids or labels.
    pub must_cover: Vec<String>,
    /// The instrument, where the topic does not say or another is wanted.
    pub instrument: Option<String>,
    /// The stage of the instrument.
    pub stage: Option<String>,
    /// Countries from which partners may come; everywhere when empty. Who is in already may come from elsewhere.
    pub countries: Vec<String>,
    /// The most members from one country.
    pub most_per_country: Option<usize>,
    /// Kinds of which at least one member must be, in the words of the directory.
    pub kinds: Vec<String>,
    /// How long the assembly may take; a second and a half when nobody says. Three fifths of it are for the best team,
    /// the rest for alternatives or for the conflict.
    #[serde(skip)]
    pub patience: Option<Duration>,
}

/// How sure the answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProposalStatus {
    /// Proved: no eligible team of these candidates scores higher.
    Optimal,
    /// An eligible team; a better one may exist, at most as good as the bound.
    Feasible,
    /// Proved: no team keeps all rules.
    Infeasible,
    /// The time ran out before a team was found.
    Unknown,
}

/// A member of a proposed team.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ProposedMember {
    /// The organisation's id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: String,
    /// Its kind.
    pub kind: String,
    /// Its role.
    pub role: MemberRole,
    /// Its side.
    pub side: MemberSide,
    /// How well it fits, 0 to 1.
    pub score: f64,
    /// Whether it was asked for.
    pub given: bool,
    /// Past projects with the other members.
    pub joint_projects: i64,
    /// Why it fits, the strongest first.
    pub reasons: Vec<Reason>,
    /// Its page.
    #[serde(skip)]
    pub href: String,
}

/// Another team nearly as good.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Alternative {
    /// Its value.
    pub value: f64,
    /// Its members.
    pub members: Vec<ProposedMember>,
    /// Names of those who are only in this one.
    pub joins: Vec<String>,
    /// Names of those whom it leaves out.
    pub leaves: Vec<String>,
}

/// A rule of a set that cannot hold together.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ConflictRule {
    /// Its id.
    pub rule: String,
    /// What it asks.
    #[schema(value_type = Object)]
    pub text: eligibility::Text,
    /// The least change of it alone that makes a team possible.
    #[schema(value_type = Object)]
    pub relaxation: eligibility::Text,
}

/// The answer.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Proposal {
    /// The topic's identifier.
    pub topic: String,
    /// The instrument's id.
    pub instrument: String,
    /// How sure the answer is.
    pub status: ProposalStatus,
    /// What the team is worth: the sum of its members' scores and of what each pair of past partners adds.
    pub value: Option<f64>,
    /// No eligible team of these candidates is worth more than this.
    pub bound: Option<f64>,
    /// The team.
    pub members: Vec<ProposedMember>,
    /// What each rule says of it.
    #[schema(value_type = Vec<Object>)]
    pub verdicts: Vec<Verdict>,
    /// Other teams nearly as good.
    pub alternatives: Vec<Alternative>,
    /// The rules that cannot hold together, where there is no team.
    pub conflict: Vec<ConflictRule>,
    /// What the page shows beside.
    #[serde(skip)]
    pub context: Context,
}

/// What a page or a draft needs beside the answer itself.
#[derive(Clone, Debug)]
pub struct Context {
    /// The topic.
    pub topic: TopicFacts,
    /// The stage that was asked for.
    pub stage: Option<String>,
    /// How many candidates there were.
    pub candidates: usize,
    /// How long the assembly took.
    pub took: Duration,
    /// The competences that were asked for, with their labels.
    pub covered: Vec<(String, String)>,
    /// Whether eligibility is proved, broken or waits for facts.
    pub eligible: Option<bool>,
    /// Whether the conflict is proved to be the smallest.
    pub smallest: bool,
}

impl Proposal {
    /// The proposed team as the content of a draft.
    pub fn content(&self, name: String) -> Content {
        let members = self.members.iter().map(|proposed| {
            let mut member = Member::new(proposed.id);
            member.role = proposed.role;
            member.side = proposed.side;
            member
        });
        Content {
            name,
            topic: Some(self.context.topic.id),
            instrument: Some(self.instrument.clone()),
            stage: self.context.stage.clone(),
            members: members.collect(),
            ..Content::default()
        }
    }
}

/// Proposes the best eligible team.
///
/// # Errors
/// When the topic, a member, a competence or the instrument is not known; the message names it and what to give.
pub async fn propose(app: &App, actor: &Actor, asked: &Asked, language: Language) -> Result<Proposal, Error> {
    decide(actor, Action::RankPartners, Resource::Instance)?;
    let topic = find_topic(app, actor, &asked.topic).await?;
    let instrument = instrument_of(&topic, asked.instrument.as_deref())?;
    let stage = stage_of(&instrument, asked.stage.as_deref())?;
    let size = asked.size.unwrap_or(USUAL_SIZE);
    if size.0 == 0 || size.0 > size.1 || size.1 > 60 {
        return Err(Error::input(format!(
            "size {}..{}: give a smallest and a largest number of members, such as 6..12, at most 60",
            size.0, size.1
        )));
    }
    let mut given: Vec<OrganisationFacts> = Vec::new();
    for text in asked.with.iter().filter(|text| !text.trim().is_empty()) {
        let found = find_organisation(app, actor, text).await?;
        if found.country.is_none() {
            return Err(Error::input(format!(
                "the country of {} is not known: complete its record first, because rules count countries",
                found.shown()
            )));
        }
        if !given.iter().any(|known| known.id == found.id) {
            given.push(found);
        }
    }
    let mut refused = Vec::new();
    for text in asked.without.iter().filter(|text| !text.trim().is_empty()) {
        refused.push(find_organisation(app, actor, text).await?.id);
    }
    let wanted = competences::wanted(app, &asked.must_cover, language).await?;
    let countries: Vec<String> =
        asked.countries.iter().map(|code| code.trim().to_ascii_uppercase()).filter(|code| !code.is_empty()).collect();
    let candidates =
        pool::gather(app, actor, &topic, &given, &refused, &wanted, &countries, &asked.kinds, CANDIDATES, language)
            .await?;
    let day = rules::engine_day(rules::reading_day(topic.closes(), calls::today(app)))?;
    let wish = Wish {
        given: given.iter().map(|facts| facts.id).collect(),
        size,
        wanted,
        countries,
        most_per_country: asked.most_per_country,
        kinds: named_kinds(app, &asked.kinds)?,
        day,
    };
    let kept = stage.clone();
    let candidates_of_task = candidates.clone();
    let name = topic.identifier.clone();
    let of_task = instrument.clone();
    let patience = asked.patience.unwrap_or(USUAL_PATIENCE);
    // The search keeps a core busy for a second: not on the threads that answer requests.
    let solved = tokio::task::spawn_blocking(move || {
        solve(name, &of_task, kept.as_deref(), &candidates_of_task, &wish, patience)
    })
    .await
    .map_err(anyhow::Error::from)??;
    let covered = solved.wish.wanted.iter().map(|wanted| (wanted.id.clone(), wanted.label.clone())).collect();
    let team = |members: &[usize]| assemble_members(members, &candidates, &solved, &instrument);
    let members = team(&solved.best.members);
    let (eligible, verdicts) = match members.is_empty() {
        true => (None, Vec::new()),
        false => {
            let report = read_rules(&members, &candidates, &instrument, stage.as_deref(), solved.wish.day)?;
            (report.eligible, report.verdicts)
        }
    };
    let names = |members: &[ProposedMember], beside: &[ProposedMember]| {
        let only = members.iter().filter(|member| !beside.iter().any(|other| other.id == member.id));
        only.map(|member| member.name.clone()).collect::<Vec<_>>()
    };
    let alternatives = solved
        .alternatives
        .iter()
        .map(|answer| {
            let others = team(&answer.members);
            Alternative {
                value: worth(answer.value),
                joins: names(&others, &members),
                leaves: names(&members, &others),
                members: others,
            }
        })
        .collect();
    let found = !solved.best.members.is_empty();
    Ok(Proposal {
        topic: topic.identifier.clone(),
        instrument,
        status: match solved.best.status {
            Status::Optimal => ProposalStatus::Optimal,
            Status::Feasible => ProposalStatus::Feasible,
            Status::Infeasible => ProposalStatus::Infeasible,
            Status::Unknown => ProposalStatus::Unknown,
        },
        value: found.then(|| worth(solved.best.value)),
        bound: found.then(|| worth(solved.best.bound)),
        members,
        verdicts,
        alternatives,
        conflict: solved.conflict,
        context: Context {
            topic,
            stage,
            candidates: candidates.len(),
            took: solved.took,
            covered,
            eligible,
            smallest: solved.smallest,
        },
    })
}

/// Kinds with their names in both languages.
fn named_kinds(app: &App, kinds: &[String]) -> Result<Vec<(String, eligibility::Text)>, Error> {
    let mut named: Vec<(String, eligibility::Text)> = Vec::new();
    for kind in kinds.iter().map(|kind| kind.trim().replace('-', "_")).filter(|kind| !kind.is_empty()) {
        let key = format!("consortia-kind-{}", kind.replace('_', "-"));
        if !app.texts.knows(Language::En, &key) {
            return Err(Error::input(format!(
                "there is no kind of organisation `{kind}`: write sme, hospital, university …"
            )));
        }
        let name = |language| app.texts.text(language, &key, None).into_owned();
        if !named.iter().any(|(known, _)| *known == kind) {
            named.push((kind, eligibility::Text::new(name(Language::En), name(Language::Fr))));
        }
    }
    Ok(named)
}

/// Millionths as the score that pages show.
fn worth(millionths: i64) -> f64 {
    millionths as f64 / 1_000_000.0
}

fn instrument_of(topic: &TopicFacts, asked: Option<&str>) -> Result<String, Error> {
    let id = match asked.map(str::trim).filter(|id| !id.is_empty()) {
        Some(id) => id.to_owned(),
        None => topic.instrument.clone().ok_or_else(|| {
            Error::input(format!(
                "the topic {} is of the type `{}`, for which Corridor has no rules: choose an instrument (--instrument), one of {}",
                topic.identifier,
                topic.type_of_action,
                instruments::known_ids()
            ))
        })?,
    };
    if instruments::is_known(&id) {
        Ok(id)
    } else {
        Err(Error::input(format!("there is no instrument `{id}`: choose one of {}", instruments::known_ids())))
    }
}

/// The stage asked for as the instrument names it; the first one where several exist and none was asked for.
fn stage_of(instrument: &str, asked: Option<&str>) -> Result<Option<String>, Error> {
    let instrument = Library::embedded().instrument(instrument).map_err(|error| Error::input(error.to_string()))?;
    match asked.map(str::trim).filter(|stage| !stage.is_empty()) {
        None => Ok(instrument.stage.first().map(|stage| stage.id.clone())),
        Some(word) => {
            let by_number = word.parse::<usize>().ok().and_then(|number| instrument.stage.get(number.checked_sub(1)?));
            let stage = instrument.stage(word).or(by_number).ok_or_else(|| {
                let known: Vec<&str> = instrument.stage.iter().map(|stage| stage.id.as_str()).collect();
                Error::input(format!("{} has no stage `{word}`: choose one of {}", instrument.id, known.join(", ")))
            })?;
            Ok(Some(stage.id.clone()))
        }
    }
}

/// What the search found.
struct Solved {
    best: Answer,
    alternatives: Vec<Answer>,
    conflict: Vec<ConflictRule>,
    smallest: bool,
    took: Duration,
    wish: Wish,
    built: Built,
}

fn solve(
    name: String,
    instrument: &str,
    stage: Option<&str>,
    candidates: &[Candidate],
    wish: &Wish,
    patience: Duration,
) -> Result<Solved, Error> {
    let started = Instant::now();
    let built = problem::build(name, instrument, stage, candidates, wish)?;
    let unusable = |error: assembly::ProblemError| Error::Unexpected(anyhow::Error::new(error));
    let search_over = || started.elapsed() > patience * 3 / 5;
    let all_over = || started.elapsed() > patience;
    let best = assembly::solve(&built.problem, &Limits::until(&search_over), &mut |_| ControlFlow::Continue(()))
        .map_err(unusable)?;
    let (mut alternatives, mut conflict, mut smallest) = (Vec::new(), Vec::new(), false);
    if best.members.is_empty() {
        // What a team is worth does not matter when the question is whether there is one, and pairs make it slower.
        let bare = assembly::Problem { pairs: Vec::new(), ..built.problem.clone() };
        if let Some(found) = assembly::conflict(&bare, &Limits::until(&all_over)).map_err(unusable)? {
            let relaxations = found.relaxations(&bare, &Limits::until(&all_over));
            conflict = built.explain(&found.rules, &relaxations);
            smallest = found.smallest;
        }
    } else {
        let limits = Limits::until(&all_over);
        alternatives =
            assembly::alternatives(&built.problem, &best, ALTERNATIVES, APART, TOLERANCE, &limits).map_err(unusable)?;
    }
    Ok(Solved { best, alternatives, conflict, smallest, took: started.elapsed(), wish: wish.clone(), built })
}

/// The chosen candidates with their roles, the coordinator first, then by fit.
fn assemble_members(
    chosen: &[usize],
    candidates: &[Candidate],
    solved: &Solved,
    instrument: &str,
) -> Vec<ProposedMember> {
    let two_sided = instruments::has_sides(instrument);
    let leads = chosen
        .iter()
        .copied()
        .filter(|at| solved.built.may_coordinate(*at))
        .filter(|at| !two_sided || candidates[*at].side == MemberSide::Applicant)
        // Who has coordinated before is preferred, then who fits best; the place breaks ties, so that answers repeat.
        .max_by_key(|at| {
            let candidate = &candidates[*at];
            (candidate.coordinated > 0, candidate.fit_ppm, candidate.coordinated, std::cmp::Reverse(*at))
        });
    let mut order: Vec<usize> = chosen.to_vec();
    order.sort_by_key(|at| (Some(*at) != leads, candidates[*at].side, std::cmp::Reverse(candidates[*at].fit_ppm), *at));
    order
        .into_iter()
        .map(|at| {
            let candidate = &candidates[at];
            let joint = |other: &usize| solved.built.joint_projects(at, *other);
            ProposedMember {
                id: candidate.facts.id,
                name: candidate.facts.shown(),
                country: candidate.facts.country.clone().unwrap_or_default(),
                kind: candidate.facts.kind.clone(),
                role: if Some(at) == leads { MemberRole::Coordinator } else { MemberRole::Beneficiary },
                side: candidate.side,
                score: worth(candidate.fit_ppm),
                given: solved.wish.given.contains(&candidate.facts.id),
                joint_projects: chosen.iter().filter(|other| **other != at).map(joint).sum(),
                reasons: candidate.reasons.clone(),
                href: candidate.facts.href(),
            }
        })
        .collect()
}

fn read_rules(
    members: &[ProposedMember],
    candidates: &[Candidate],
    instrument: &str,
    stage: Option<&str>,
    day: eligibility::Date,
) -> Result<eligibility::Report, Error> {
    let mut consortium = eligibility::Consortium::new(instrument, day, stage.map(str::to_owned));
    for member in members {
        let Some(candidate) = candidates.iter().find(|candidate| candidate.facts.id == member.id) else { continue };
        let mut entity = candidate.entity()?;
        entity.role = Some(member.role.into());
        consortium.entities.push(entity);
    }
    rules::report(&consortium)
}
