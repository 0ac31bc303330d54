//! A team proposed for a topic: the question, the team with its verdicts and alternatives, or the conflict.

use std::time::Duration;

use axum::{
    extract::{Query, RawQuery},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use serde::Serialize;
use tokio_stream::{StreamExt, wrappers::ReceiverStream};

use super::{
    super::{
        Alternative, Asked, DayRules, Proposal, ProposalStatus, ProposedMember, RuleVerdict, TopicFacts,
        find_organisation, find_topic, propose,
        proposing::{MOST_PATIENCE, Step, USUAL_SIZE, propose_live},
        rulebook,
        rules::{self, said},
    },
    words,
};
use crate::{
    accounts::{Acting, Action, Resource},
    calls,
    directory::OrganisationId,
    foundation::{errors::Error, instance::App, pages::Serde},
};

/// The kinds that one may ask for.
const KINDS: [&str; 6] =
    ["sme", "large_company", "hospital", "university", "research_organisation", "patient_organisation"];

type Pairs = Query<Vec<(String, String)>>;

/// The question as the address holds it; several values under one name are several.
#[derive(Clone, Debug, Default)]
struct Question {
    pairs: Vec<(String, String)>,
}

impl Question {
    fn one(&self, name: &str) -> Option<String> {
        self.all(name).into_iter().next()
    }

    fn all(&self, name: &str) -> Vec<String> {
        let named = self.pairs.iter().filter(|(known, value)| known == name && !value.trim().is_empty());
        named.map(|(_, value)| value.trim().to_owned()).collect()
    }

    fn number(&self, name: &str, usual: usize) -> Result<usize, Error> {
        self.one(name).map_or(Ok(usual), |text| {
            text.parse().map_err(|_| Error::input(format!("{name}: `{text}` is no number of members")))
        })
    }

    /// Members asked for: chosen from the list, else as typed.
    fn with(&self) -> Vec<String> {
        let mut all = self.all("member");
        let chosen = self.one("with_id");
        // A form sends the typed name beside the id that was chosen for it; links send ids alone.
        let is_id = |text: &String| text.parse::<OrganisationId>().is_ok();
        all.extend(self.all("with").into_iter().filter(|text| chosen.is_none() || is_id(text)));
        all.extend(chosen);
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|text| seen.insert(text.clone()));
        all
    }

    /// Competences: those kept from before and the one typed last.
    fn must_cover(&self) -> Vec<String> {
        let mut all = self.all("cover");
        let chosen = self.one("must_cover_id");
        all.extend(chosen.or_else(|| self.one("must_cover")));
        all
    }

    fn asked(&self) -> Result<Asked, Error> {
        let typed = self.all("country").join(" ");
        let countries = typed.split([',', ';', ' ']).filter(|code| !code.is_empty()).map(str::to_owned).collect();
        Ok(Asked {
            topic: self.one("topic").unwrap_or_default(),
            with: self.with(),
            without: self.all("without"),
            size: Some((self.number("least", USUAL_SIZE.0)?, self.number("most", USUAL_SIZE.1)?)),
            must_cover: self.must_cover(),
            instrument: self.one("instrument"),
            stage: self.one("stage"),
            countries,
            most_per_country: match self.one("per_country") {
                Some(_) => Some(self.number("per_country", 0)?),
                None => None,
            },
            kinds: self.all("kind"),
            patience: match self.one("patience") {
                Some(_) => Some(MOST_PATIENCE.min(Duration::from_secs(self.number("patience", 0)? as u64))),
                None => None,
            },
        })
    }
}

#[derive(Serialize)]
struct Kept {
    value: String,
    label: String,
}

/// What the form shows: kept members and competences with their names.
async fn form(acting: &Acting, question: &Question) -> Result<minijinja::Value, Error> {
    let app = &acting.app;
    let topic = match question.one("topic") {
        Some(text) => Some(find_topic(app, &acting.actor, &text).await?),
        None => None,
    };
    let mut members = Vec::new();
    for text in question.with() {
        let found = find_organisation(app, &acting.actor, &text).await?;
        members.push(Kept { value: found.id.to_string(), label: found.shown() });
    }
    let covered = super::super::competences::wanted(app, &question.must_cover(), acting.language).await?;
    let covered: Vec<Kept> = covered.into_iter().map(|wanted| Kept { value: wanted.id, label: wanted.label }).collect();
    let instrument = question.one("instrument").or_else(|| topic.as_ref().and_then(|topic| topic.instrument.clone()));
    let rules = of_topic(app, topic.as_ref());
    let stages = instrument.as_deref().map(|id| rules.stages(id, acting.language)).unwrap_or_default();
    Ok(minijinja::context! {
        topic => topic.as_ref().map(|topic| minijinja::context! {
            id => topic.id.to_string(), identifier => topic.identifier.clone(), title => topic.title.clone(),
            type_of_action => topic.type_of_action.clone(), known => topic.instrument.is_some(),
        }),
        members => Serde(&members),
        covered => Serde(&covered),
        least => question.number("least", USUAL_SIZE.0)?,
        most => question.number("most", USUAL_SIZE.1)?,
        countries => question.all("country").join(", "),
        instrument => instrument.clone(),
        instrument_name => instrument.as_deref().map(|id| rules.name(id, acting.language)),
        instruments => Serde(&options(rules.list(acting.language).into_iter().map(|line| (line.id, line.name)))),
        stages => Serde(&options(stages.into_iter().map(|stage| (stage.id, stage.name)))),
        stage => question.one("stage"),
        two_sided => instrument.as_deref().is_some_and(|id| rules.has_sides(id)),
        per_country => question.one("per_country").unwrap_or_else(|| {
            // Prefilled where the question is first put; an empty field means no limit.
            if question.pairs.iter().any(|(name, _)| name == "least") { String::new() } else { "3".to_owned() }
        }),
        kinds => Serde(&KINDS.map(|kind| Kept {
            value: kind.to_owned(),
            label: acting.say(&format!("consortia-kind-{}", kind.replace('_', "-"))),
        })),
        kinds_chosen => Serde(&question.all("kind")),
    })
}

/// What instruments are on the day by whose rules a team for a topic is read.
fn of_topic(app: &App, topic: Option<&TopicFacts>) -> DayRules {
    rulebook(app).of_day(rules::reading_day(topic.and_then(TopicFacts::closes), calls::today(app)))
}

fn options(pairs: impl Iterator<Item = (String, String)>) -> Vec<Kept> {
    pairs.map(|(value, label)| Kept { value, label }).collect()
}

pub(super) async fn ask(acting: Acting, Query(pairs): Pairs) -> Result<Response, Error> {
    acting.may(Action::RankPartners, Resource::Instance)?;
    let question = Question { pairs };
    let may_save = acting.may(Action::EditDrafts, Resource::Instance).is_ok();
    let context = minijinja::context! { form => form(&acting, &question).await?, may_save };
    Ok(acting.page("consortia/new.html", context).await?.into_response())
}

#[derive(Serialize)]
struct MemberLine {
    #[serde(flatten)]
    member: ProposedMember,
    href: String,
    country_name: String,
    kind_name: String,
    role_name: String,
    side_name: String,
    /// The reasons, short: the page of the topic's partners names the projects.
    why: Vec<Why>,
}

#[derive(Serialize)]
struct Why {
    lead: String,
    share: f64,
}

#[derive(Serialize)]
struct AlternativeLine {
    value: f64,
    /// Whether it is worth less, in percent of the best.
    less: f64,
    members: Vec<AlternativeMember>,
    leaves: Vec<String>,
}

#[derive(Serialize)]
struct AlternativeMember {
    id: String,
    name: String,
    country: String,
    role: &'static str,
    side: &'static str,
    joins: bool,
}

pub(super) async fn answer(acting: Acting, RawQuery(typed): RawQuery, Query(pairs): Pairs) -> Result<Response, Error> {
    let question = Question { pairs };
    if question.one("topic").is_none() {
        return ask(acting, Query(question.pairs)).await;
    }
    let asked = question.asked()?;
    let proposal = propose(&acting.app, &acting.actor, &asked, acting.language).await?;
    let proved = matches!(proposal.status, ProposalStatus::Optimal | ProposalStatus::Infeasible);
    // What is not proved yet can be searched on.
    let on = !proved && asked.patience.is_none_or(|patience| patience < MOST_PATIENCE);
    let question_again =
        |typed: &str| typed.split('&').filter(|pair| !pair.starts_with("patience=")).collect::<Vec<_>>().join("&");
    let search_on = on.then(|| question_again(typed.as_deref().unwrap_or_default()));
    let context = minijinja::context! {
        form => form(&acting, &question).await?,
        search_on,
        most => MOST_PATIENCE.as_secs(),
        ..told(&acting, &proposal)
    };
    Ok(acting.page("consortia/proposal.html", context).await?.into_response())
}

/// Searches on for the question, and sends the parts of the page anew whenever they became better.
pub(super) async fn live(acting: Acting, Query(pairs): Pairs) -> Result<Response, Error> {
    let question = Question { pairs };
    let asked = Asked { patience: Some(MOST_PATIENCE), ..question.asked()? };
    let steps = propose_live(&acting.app, &acting.actor, &asked, acting.language).await?;
    let events = ReceiverStream::new(steps).then(move |step| {
        let acting = acting.clone();
        async move {
            let sent = match step {
                Ok(Step::Better(proposal)) => parts(&acting, &proposal, "better").await,
                Ok(Step::Ended(proposal)) => parts(&acting, &proposal, "ended").await,
                Err(error) => Err(error),
            };
            sent.or_else(|error| {
                tracing::error!(%error, "a search for a team ended");
                Event::default().event("trouble").json_data(acting.say("consortia-search-trouble"))
            })
        }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

/// The parts of the page that an answer stands in.
async fn parts(acting: &Acting, proposal: &Proposal, name: &str) -> Result<Event, Error> {
    let context = told(acting, proposal);
    let answer = acting.page("consortia/proposal/answer.html", context.clone()).await?.0;
    let rules = acting.page("consortia/proposal/rules.html", context).await?.0;
    let sent = Event::default().event(name).json_data(serde_json::json!({ "answer": answer, "rules": rules }));
    Ok(sent.map_err(anyhow::Error::from)?)
}

/// What the page says of an answer.
fn told(acting: &Acting, proposal: &Proposal) -> minijinja::Value {
    let members: Vec<MemberLine> = proposal.members.iter().map(|member| line(acting, member)).collect();
    let alternatives: Vec<AlternativeLine> =
        proposal.alternatives.iter().map(|other| alternative(proposal, other)).collect();
    let verdicts: Vec<RuleVerdict> =
        proposal.verdicts.iter().map(|verdict| RuleVerdict::of(verdict, acting.language)).collect();
    let conflict: Vec<_> = proposal
        .conflict
        .iter()
        .map(|rule| {
            minijinja::context! {
                text => said(&rule.text, acting.language),
                relaxation => said(&rule.relaxation, acting.language),
            }
        })
        .collect();
    let on_day = of_topic(&acting.app, Some(&proposal.context.topic));
    let stage = proposal.context.stage.as_deref();
    let gap = proposal.value.zip(proposal.bound).map(|(value, bound)| (bound - value) / value.max(f64::MIN_POSITIVE));
    minijinja::context! {
        topic => minijinja::context! {
            id => proposal.context.topic.id.to_string(),
            identifier => proposal.context.topic.identifier.clone(),
        },
        status => match proposal.status {
            ProposalStatus::Optimal => "optimal",
            ProposalStatus::Feasible => "feasible",
            ProposalStatus::Infeasible => "infeasible",
            ProposalStatus::Unknown => "unknown",
        },
        value => proposal.value,
        bound => proposal.bound,
        gap,
        seconds => proposal.context.took.as_secs_f64(),
        candidates => proposal.context.candidates,
        instrument => proposal.instrument.clone(),
        instrument_name => on_day.name(&proposal.instrument, acting.language),
        stage,
        stage_name => stage.map(|stage| words::stage_name(&on_day, &proposal.instrument, stage, acting.language)),
        two_sided => on_day.has_sides(&proposal.instrument),
        holds => proposal.context.holds.map(|side| side.key()),
        eligible => proposal.context.eligible,
        smallest => proposal.context.smallest,
        met => count(&verdicts, rules::VerdictStatus::Met),
        not_met => count(&verdicts, rules::VerdictStatus::NotMet),
        unknown => count(&verdicts, rules::VerdictStatus::Unknown),
        members => Serde(&members),
        verdicts => Serde(&verdicts),
        alternatives => Serde(&alternatives),
        conflict,
        may_save => acting.may(Action::EditDrafts, Resource::Instance).is_ok(),
    }
}

fn count(verdicts: &[RuleVerdict], status: rules::VerdictStatus) -> usize {
    verdicts.iter().filter(|verdict| verdict.status == status).count()
}

fn line(acting: &Acting, member: &ProposedMember) -> MemberLine {
    MemberLine {
        href: member.href.clone(),
        country_name: rules::country_name(&member.country, acting.language),
        kind_name: acting.say(&format!("consortia-kind-{}", member.kind.replace('_', "-"))),
        role_name: acting.say(&format!("consortia-role-{}", member.role.key())),
        side_name: acting.say(&format!("consortia-side-{}", member.side.key())),
        why: member.reasons.iter().map(|reason| Why { lead: reason.lead.clone(), share: reason.share }).collect(),
        member: member.clone(),
    }
}

fn alternative(proposal: &Proposal, other: &Alternative) -> AlternativeLine {
    let best = proposal.value.unwrap_or(other.value);
    AlternativeLine {
        value: other.value,
        less: if best > 0.0 { (best - other.value) / best } else { 0.0 },
        leaves: other.leaves.clone(),
        members: other
            .members
            .iter()
            .map(|member| AlternativeMember {
                id: member.id.to_string(),
                joins: other.joins.contains(&member.name),
                name: member.name.clone(),
                country: member.country.clone(),
                role: member.role.key(),
                side: member.side.key(),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_asks_for_more_patience_than_there_is() {
        let asked = |patience: &str| Question {
            pairs: vec![("topic".to_owned(), "T".to_owned()), ("patience".to_owned(), patience.to_owned())],
        };
        let patience = |text: &str| asked(text).asked().unwrap().patience;
        assert_eq!((patience("3"), patience("99999")), (Some(Duration::from_secs(3)), Some(MOST_PATIENCE)));
        assert!(asked("-1").asked().is_err());
    }
}
