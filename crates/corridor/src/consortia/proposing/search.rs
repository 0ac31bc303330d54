//! One search for a team: what it is made of, the run of the engine, and the answer in the words of the slice.

use std::{
    ops::ControlFlow,
    time::{Duration, Instant},
};

use assembly::{Answer, Limits, Share, Status};

use super::{
    Alternative, Asked, ConflictRule, Context, Proposal, ProposalStatus, ProposedMember, USUAL_PATIENCE, USUAL_SIZE,
    instrument_of, named_kinds,
    pool::{self, Candidate},
    problem::{self, Built, Wish},
    stage_of, worth,
};
use crate::{
    accounts::{Action, Actor, Resource, decide},
    calls,
    consortia::{
        MemberRole, MemberSide, OrganisationFacts, TopicFacts, competences, find_organisation, find_topic,
        instruments::{InForce, rulebook},
        rules,
    },
    foundation::{errors::Error, instance::App, languages::Language},
};

/// How many candidates the ranking gives.
const CANDIDATES: usize = 300;

/// In how many members an alternative differs at least, how many are shown, and how much worse they may be.
const APART: usize = 2;
const ALTERNATIVES: usize = 3;
const TOLERANCE: Share = Share::percent(30);

/// All that an answer is made of, before the engine runs.
pub(super) struct Search {
    topic: TopicFacts,
    in_force: InForce,
    stage: Option<String>,
    candidates: Vec<Candidate>,
    wish: Wish,
    patience: Duration,
}

/// What the engine found.
struct Solved {
    best: Answer,
    alternatives: Vec<Answer>,
    conflict: Vec<ConflictRule>,
    smallest: bool,
}

/// Told now and then while a search runs; with the way to the answer so far where it became better.
pub(super) type Observer<'a> = dyn FnMut(Option<&dyn Fn() -> Result<Proposal, Error>>) -> ControlFlow<()> + 'a;

impl Search {
    /// Gathers the topic, its instrument, the candidates and what is asked of the team.
    pub(super) async fn prepare(app: &App, actor: &Actor, asked: &Asked, language: Language) -> Result<Self, Error> {
        decide(actor, Action::RankPartners, Resource::Instance)?;
        let topic = find_topic(app, actor, &asked.topic).await?;
        let book = rulebook(app);
        let instrument = instrument_of(&book, &topic, asked.instrument.as_deref())?;
        let read_on = rules::reading_day(topic.closes(), calls::today(app));
        let cluster = actor.cluster().map(|cluster| cluster.id);
        let in_force = book
            .in_force(&instrument, Some(topic.id), cluster, Some(read_on))
            .ok_or_else(|| Error::input(format!("the instrument `{instrument}` has no rules on {read_on}")))?;
        let stage = stage_of(&in_force.instrument, asked.stage.as_deref())?;
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
        let countries: Vec<String> = asked
            .countries
            .iter()
            .map(|code| code.trim().to_ascii_uppercase())
            .filter(|code| !code.is_empty())
            .collect();
        let candidates =
            pool::gather(app, actor, &topic, &given, &refused, &wanted, &countries, &asked.kinds, CANDIDATES, language)
                .await?;
        let day = rules::engine_day(read_on)?;
        let wish = Wish {
            given: given.iter().map(|facts| facts.id).collect(),
            size,
            wanted,
            countries,
            most_per_country: asked.most_per_country,
            kinds: named_kinds(app, &asked.kinds)?,
            day,
        };
        let patience = asked.patience.unwrap_or(USUAL_PATIENCE);
        Ok(Search { topic, in_force, stage, candidates, wish, patience })
    }

    /// Runs the engine: three fifths of the patience for the best team, the rest for alternatives or for the conflict.
    ///
    /// # Errors
    /// When the rules cannot be compiled or read.
    pub(super) fn run(&self, observe: &mut Observer<'_>) -> Result<Proposal, Error> {
        let started = Instant::now();
        let built = problem::build(
            self.topic.identifier.clone(),
            &self.in_force,
            self.stage.as_deref(),
            &self.candidates,
            &self.wish,
        )?;
        let unusable = |error: assembly::ProblemError| Error::Unexpected(anyhow::Error::new(error));
        let observe = std::cell::RefCell::new(observe);
        let stopped = std::cell::Cell::new(false);
        let over = |share: Duration| {
            if !stopped.get() && observe.borrow_mut()(None).is_break() {
                stopped.set(true);
            }
            stopped.get() || started.elapsed() > share
        };
        let search_over = || over(self.patience * 3 / 5);
        let all_over = || over(self.patience);
        let mut tell = |news: assembly::Progress<'_>| {
            let so_far = || {
                let best = Answer {
                    members: news.members.to_vec(),
                    value: news.value.unwrap_or_default(),
                    bound: news.bound,
                    status: Status::Feasible,
                    statistics: assembly::Statistics::default(),
                };
                let solved = Solved { best, alternatives: Vec::new(), conflict: Vec::new(), smallest: false };
                self.proposal(&built, &solved, started.elapsed())
            };
            let better = news.value.map(|_| &so_far as &dyn Fn() -> Result<Proposal, Error>);
            let goes_on = observe.borrow_mut()(better);
            stopped.set(stopped.get() || goes_on.is_break());
            goes_on
        };
        let best = assembly::solve(&built.problem, &Limits::until(&search_over), &mut tell).map_err(unusable)?;
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
            alternatives = assembly::alternatives(&built.problem, &best, ALTERNATIVES, APART, TOLERANCE, &limits)
                .map_err(unusable)?;
        }
        self.proposal(&built, &Solved { best, alternatives, conflict, smallest }, started.elapsed())
    }

    /// What was found, with what each rule says of it.
    fn proposal(&self, built: &Built, solved: &Solved, took: Duration) -> Result<Proposal, Error> {
        let team = |members: &[usize]| self.members(members, built);
        let members = team(&solved.best.members);
        let (eligible, verdicts) = match members.is_empty() {
            true => (None, Vec::new()),
            false => {
                let report = self.read_rules(&members)?;
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
        let applicants = self.in_force.instrument.side.len() > 1
            && members.iter().all(|member| member.side == MemberSide::Applicant);
        let covered = self.wish.wanted.iter().map(|wanted| (wanted.id.clone(), wanted.label.clone())).collect();
        Ok(Proposal {
            topic: self.topic.identifier.clone(),
            instrument: self.in_force.instrument.id.clone(),
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
            conflict: solved.conflict.clone(),
            context: Context {
                topic: self.topic.clone(),
                stage: self.stage.clone(),
                candidates: self.candidates.len(),
                took,
                covered,
                eligible,
                smallest: solved.smallest,
                holds: applicants.then_some(MemberSide::Applicant),
            },
        })
    }

    /// The chosen candidates with their roles, the coordinator first, then by fit.
    fn members(&self, chosen: &[usize], built: &Built) -> Vec<ProposedMember> {
        let candidates = &self.candidates;
        let two_sided = self.in_force.instrument.side.len() > 1;
        let leads = chosen
            .iter()
            .copied()
            .filter(|at| built.may_coordinate(*at))
            .filter(|at| !two_sided || candidates[*at].side == MemberSide::Applicant)
            // Who has coordinated before is preferred, then who fits best; the place breaks ties, so that answers repeat.
            .max_by_key(|at| {
                let candidate = &candidates[*at];
                (candidate.coordinated > 0, candidate.fit_ppm, candidate.coordinated, std::cmp::Reverse(*at))
            });
        let mut order: Vec<usize> = chosen.to_vec();
        order.sort_by_key(|at| {
            (Some(*at) != leads, candidates[*at].side, std::cmp::Reverse(candidates[*at].fit_ppm), *at)
        });
        order
            .into_iter()
            .map(|at| {
                let candidate = &candidates[at];
                let joint = |other: &usize| built.joint_projects(at, *other);
                ProposedMember {
                    id: candidate.facts.id,
                    name: candidate.facts.shown(),
                    country: candidate.facts.country.clone().unwrap_or_default(),
                    kind: candidate.facts.kind.clone(),
                    role: if Some(at) == leads { MemberRole::Coordinator } else { MemberRole::Beneficiary },
                    side: candidate.side,
                    score: worth(candidate.fit_ppm),
                    given: self.wish.given.contains(&candidate.facts.id),
                    joint_projects: chosen.iter().filter(|other| **other != at).map(joint).sum(),
                    reasons: candidate.reasons.clone(),
                    href: candidate.facts.href(),
                }
            })
            .collect()
    }

    fn read_rules(&self, members: &[ProposedMember]) -> Result<eligibility::Report, Error> {
        let mut consortium =
            eligibility::Consortium::new(self.in_force.instrument.id.clone(), self.wish.day, self.stage.clone());
        for member in members {
            let Some(candidate) = self.candidates.iter().find(|candidate| candidate.facts.id == member.id) else {
                continue;
            };
            let mut entity = candidate.entity()?;
            entity.role = Some(member.role.into());
            consortium.entities.push(entity);
        }
        rules::report(&self.in_force, &consortium)
    }
}
