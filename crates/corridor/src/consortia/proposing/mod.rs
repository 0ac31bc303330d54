//! The best eligible team for a topic, proved: topic, instrument, candidates, rules, assembly, and the rules once more.
//!
//! The rules are compiled from the same values that later check the team, so the verdicts shown are never those of the
//! optimiser. Where no team exists, the answer is the smallest set of rules that cannot hold together.

mod pool;
mod problem;
mod search;

use std::{
    ops::ControlFlow,
    time::{Duration, Instant},
};

use eligibility::{Instrument, Verdict};
use serde::Serialize;
use tokio::sync::mpsc;

pub(super) use pool::usual_side;
use search::Search;

use super::{
    TopicFacts,
    fit::Reason,
    instruments::Rulebook,
    model::{Content, Member, MemberRole, MemberSide},
};
use crate::{
    accounts::Actor,
    directory::OrganisationId,
    foundation::{errors::Error, instance::App, languages::Language, turns::Turns},
};

/// How long the assembly may take when nobody says.
const USUAL_PATIENCE: Duration = Duration::from_millis(1_500);

/// How long one may let it search on.
pub const MOST_PATIENCE: Duration = Duration::from_secs(60);

/// How often at most a search that goes on tells of a better team.
const BETWEEN_STEPS: Duration = Duration::from_millis(500);

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
    /// The side that the team gathers, where the instrument has two and nobody of the other one is in it.
    pub holds: Option<MemberSide>,
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
        let mut content = Content {
            name,
            topic: Some(self.context.topic.id),
            instrument: Some(self.instrument.clone()),
            stage: self.context.stage.clone(),
            members: members.collect(),
            ..Content::default()
        };
        content.facts.holds = self.context.holds;
        content
    }
}

/// Proposes the best eligible team.
///
/// # Errors
/// When the topic, a member, a competence or the instrument is not known; the message names it and what to give.
pub async fn propose(app: &App, actor: &Actor, asked: &Asked, language: Language) -> Result<Proposal, Error> {
    let search = Search::prepare(app, actor, asked, language).await?;
    // The search keeps a core busy for a second: not on the threads that answer requests.
    tokio::task::spawn_blocking(move || search.run(&mut |_| ControlFlow::Continue(())))
        .await
        .map_err(anyhow::Error::from)?
}

/// Searches on and tells of each better team or bound; the last step is the answer that [`propose`] would give with that
/// much patience. Whoever stops listening ends the search.
///
/// # Errors
/// As [`propose`]; what goes wrong later is told instead of a step.
pub async fn propose_live(
    app: &App,
    actor: &Actor,
    asked: &Asked,
    language: Language,
) -> Result<mpsc::Receiver<Result<Step, Error>>, Error> {
    let search = Search::prepare(app, actor, asked, language).await?;
    let turns = app.part::<Turns>();
    let (teller, listener) = mpsc::channel(1);
    tokio::spawn(async move {
        let Some(turn) = turns.take(teller.closed()).await else { return };
        let told = teller.clone();
        let ended = tokio::task::spawn_blocking(move || {
            let mut last: Option<Instant> = None;
            search.run(&mut |partial| {
                if told.is_closed() {
                    return ControlFlow::Break(());
                }
                if let Some(partial) = partial
                    && last.is_none_or(|at| at.elapsed() >= BETWEEN_STEPS)
                {
                    match partial() {
                        // Who has not taken the last step yet gets the next one.
                        Ok(proposal) => drop(told.try_send(Ok(Step::Better(Box::new(proposal))))),
                        Err(error) => drop(told.try_send(Err(error))),
                    }
                    last = Some(Instant::now());
                }
                ControlFlow::Continue(())
            })
        })
        .await;
        let step = match ended {
            Ok(answer) => answer.map(|proposal| Step::Ended(Box::new(proposal))),
            Err(error) => Err(Error::Unexpected(error.into())),
        };
        // The next one need not wait for who is slow to listen.
        drop(turn);
        // Nobody listens any more: the answer is of no use.
        drop(teller.send(step).await);
    });
    Ok(listener)
}

/// What a search tells while it goes on.
#[derive(Debug)]
pub enum Step {
    /// A better team or a better bound; alternatives are not looked for yet.
    Better(Box<Proposal>),
    /// The answer.
    Ended(Box<Proposal>),
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

fn instrument_of(book: &Rulebook, topic: &TopicFacts, asked: Option<&str>) -> Result<String, Error> {
    let id = match asked.map(str::trim).filter(|id| !id.is_empty()) {
        Some(id) => id.to_owned(),
        None => topic.instrument.clone().ok_or_else(|| {
            Error::input(format!(
                "the topic {} is of the type `{}`, for which Corridor has no rules: choose an instrument (--instrument), one of {}",
                topic.identifier,
                topic.type_of_action,
                book.known_ids()
            ))
        })?,
    };
    if book.is_known(&id) {
        Ok(id)
    } else {
        Err(Error::input(format!("there is no instrument `{id}`: choose one of {}", book.known_ids())))
    }
}

/// The stage asked for as the instrument names it; the first one where several exist and none was asked for.
fn stage_of(instrument: &Instrument, asked: Option<&str>) -> Result<Option<String>, Error> {
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
