//! Clusters as delegations: the organiser's tab, and the page of the team that is asked.

use std::collections::BTreeSet;

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    head,
    inviting::{Pairs, typed},
    messages,
    participants::{kinds, shown},
    team::programme,
};
use crate::{
    accounts::{Acting, Action, Resource},
    directory::OrganisationId,
    events::{
        DelegationId, Event, EventId, ParticipantId,
        delegations::{self, Asking, Delegation, DelegationState, Line, places_left},
    },
    foundation::{
        errors::{Error, FieldProblem},
        pages::by_field,
    },
};

/// How many members are offered to be proposed at once; a form of more is no form.
const OFFERED: usize = 500;

fn question(acting: &Acting, event: &Event, one: &Delegation) -> Value {
    context! {
        id => one.id.to_string(),
        name => one.name.as_str(),
        kind => event.setup.participation(&one.kind).map_or("–", |kind| kind.name.as_str()),
        quota => one.quota,
        message => one.message.as_str(),
        answer => one.answer.as_str(),
        state => one.state.key(),
        state_words => acting.say(&format!("delegations-state-{}", one.state.key())),
        revision => one.revision,
        asked_at => one.asked_at.0,
        answered_at => one.answered_at.map(|at| at.0),
    }
}

async fn page(acting: &Acting, id: EventId, pairs: &Pairs, problems: &[FieldProblem]) -> Result<Response, Error> {
    let (event, lines) = delegations::of_event(&acting.app, &acting.actor, id).await?;
    let (clusters, alliances) = delegations::who_could_be_asked(&acting.app, &event, &lines).await?;
    let first_kind = event.setup.kinds.first().map_or("", |kind| kind.key.as_str());
    let default = |field: &str, otherwise: &str| match typed(pairs, field) {
        "" => otherwise.to_owned(),
        text => text.to_owned(),
    };
    let line = |line: &Line| {
        context! {
            delegation => question(acting, &event, &line.delegation),
            proposed => line.proposed.iter().map(|one| shown(&event, one, &[])).collect::<Vec<_>>(),
            left => places_left(line.delegation.quota, line.proposed.iter().map(|one| one.standing)),
        }
    };
    let context = context! {
        event => head(acting, &event),
        tab => "delegations",
        lines => lines.iter().map(line).collect::<Vec<_>>(),
        clusters => clusters.iter().map(|cluster| context! {
            id => cluster.id.to_string(), name => cluster.name.as_str(),
            chosen => pairs.iter().any(|(field, value)| field == "cluster" && *value == cluster.id.to_string()),
        }).collect::<Vec<_>>(),
        alliances => alliances.iter().map(|(id, name)| context! { value => id.to_string(), label => name.as_str() }).collect::<Vec<_>>(),
        kinds => kinds(&event),
        fields => context! {
            alliance => typed(pairs, "alliance"), kind => default("kind", first_kind), quota => default("quota", "10"),
            message => typed(pairs, "message"),
        },
        problems => by_field(messages(acting, problems)),
        demonstration => acting.actor.is_of_the_demonstration(),
        may_edit => acting.may(Action::EditEvents, Resource::Cluster(event.cluster)).is_ok(),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("events/delegations.html", context).await?).into_response())
}

pub(super) async fn index(acting: Acting, Path(id): Path<EventId>) -> Result<Response, Error> {
    page(&acting, id, &Pairs::new(), &[]).await
}

pub(super) async fn ask(acting: Acting, Path(id): Path<EventId>, Form(pairs): Form<Pairs>) -> Result<Response, Error> {
    let asking = Asking {
        clusters: pairs
            .iter()
            .filter(|(field, _)| field == "cluster")
            .filter_map(|(_, value)| value.parse().ok())
            .collect(),
        alliance: typed(&pairs, "alliance").parse().ok(),
        kind: typed(&pairs, "kind").to_owned(),
        quota: typed(&pairs, "quota").to_owned(),
        message: typed(&pairs, "message").to_owned(),
    };
    match delegations::ask(&acting.app, &acting.actor, id, &asking).await {
        Ok(_) => Ok(Redirect::to(&format!("/events/{id}/delegations?done=delegations-asked")).into_response()),
        Err(Error::Invalid(problems)) => page(&acting, id, &pairs, &problems).await,
        Err(error) => Err(error),
    }
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Changed {
    revision: i64,
    quota: String,
    withdraw: String,
}

pub(super) async fn change(
    acting: Acting,
    Path((id, delegation)): Path<(EventId, DelegationId)>,
    Form(said): Form<Changed>,
) -> Result<Response, Error> {
    let quota = (said.withdraw != "yes").then_some(said.quota.as_str());
    match delegations::change(&acting.app, &acting.actor, id, delegation, said.revision, quota).await {
        Ok(()) => {
            let done = if quota.is_some() { "events-saved" } else { "delegations-withdrawn" };
            Ok(Redirect::to(&format!("/events/{id}/delegations?done={done}")).into_response())
        }
        Err(Error::Invalid(problems)) => {
            // The form of a question has its own field of this name: what is wrong stands at the head.
            let problems: Vec<FieldProblem> = problems
                .into_iter()
                .map(|problem| FieldProblem { field: "delegation".to_owned(), ..problem })
                .collect();
            page(&acting, id, &Pairs::new(), &problems).await
        }
        Err(error) => Err(error),
    }
}

/// What the actor's cluster is asked, for the list of events.
pub(super) async fn asked(acting: &Acting) -> Result<Vec<Value>, Error> {
    let asked = delegations::asked_of(&acting.app, &acting.actor).await?;
    Ok(asked
        .iter()
        .map(|(one, event)| context! { event => head(acting, event), question => question(acting, event, one) })
        .collect())
}

async fn own_page(
    acting: &Acting,
    id: DelegationId,
    chosen: &BTreeSet<OrganisationId>,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let asked = delegations::question(&acting.app, &acting.actor, id).await?;
    let may_edit = acting.may(Action::EditEvents, Resource::Cluster(asked.delegation.asked)).is_ok();
    let accepted = asked.delegation.state == DelegationState::Accepted;
    let members = if may_edit && accepted && asked.left > 0 {
        delegations::members(&acting.app, &acting.actor, acting.reader().await?, id).await?
    } else {
        Vec::new()
    };
    let offered: Vec<Value> = members
        .iter()
        .take(OFFERED)
        .map(|member| {
            context! {
                id => member.organisation.to_string(),
                name => member.name.as_str(),
                country => member.country.as_str(),
                contact => member.contact.as_ref().map(|contact| contact.shown_name()),
                chosen => chosen.contains(&member.organisation),
            }
        })
        .collect();
    let context = context! {
        event => head(acting, &asked.event),
        programme => programme(&asked.event),
        question => question(acting, &asked.event, &asked.delegation),
        proposed => asked.proposed.iter().map(|one| shown(&asked.event, one, &[])).collect::<Vec<_>>(),
        others => asked.others.iter().map(|one| shown(&asked.event, one, &[])).collect::<Vec<_>>(),
        left => asked.left,
        members => offered,
        member_count => members.len(),
        offered => OFFERED,
        may_edit,
        problems => by_field(messages(acting, problems)),
        demonstration => acting.actor.is_of_the_demonstration(),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("events/delegation.html", context).await?).into_response())
}

pub(super) async fn show(acting: Acting, Path(id): Path<DelegationId>) -> Result<Response, Error> {
    own_page(&acting, id, &BTreeSet::new(), &[]).await
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Answered {
    revision: i64,
    answer: String,
    words: String,
}

pub(super) async fn answer(
    acting: Acting,
    Path(id): Path<DelegationId>,
    Form(said): Form<Answered>,
) -> Result<Response, Error> {
    let comes = match said.answer.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Error::input("`answer` is neither `yes` nor `no`")),
    };
    delegations::answer(&acting.app, &acting.actor, id, said.revision, (comes, &said.words)).await?;
    let done = if comes { "delegations-accepted" } else { "delegations-declined" };
    Ok(Redirect::to(&format!("/delegations/{id}?done={done}")).into_response())
}

pub(super) async fn propose(
    acting: Acting,
    Path(id): Path<DelegationId>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    let chosen: BTreeSet<OrganisationId> =
        pairs.iter().filter(|(field, _)| field == "organisation").filter_map(|(_, value)| value.parse().ok()).collect();
    let hand_on = typed(&pairs, "hand_on") == "yes";
    let reader = acting.reader().await?;
    match delegations::propose(&acting.app, &acting.actor, reader, id, &chosen, hand_on).await {
        Ok(_) => Ok(Redirect::to(&format!("/delegations/{id}?done=delegations-proposed")).into_response()),
        Err(Error::Invalid(problems)) => own_page(&acting, id, &chosen, &problems).await,
        Err(error) => Err(error),
    }
}

pub(super) async fn take_back(
    acting: Acting,
    Path((id, participant)): Path<(DelegationId, ParticipantId)>,
) -> Result<Response, Error> {
    delegations::take_back(&acting.app, &acting.actor, id, participant).await?;
    Ok(Redirect::to(&format!("/delegations/{id}?done=delegations-taken-back")).into_response())
}
