//! Inviting many: from where, who would be, and the one act.

use std::collections::BTreeSet;

use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    head, messages,
    participants::{kinds, languages},
};
use crate::{
    accounts::{Acting, ClusterId},
    directory::{OrganisationId, model::Kind},
    events::{
        Event, EventId, EventKind, EventState,
        inviting::{self, Candidate, Group, MOST_AT_ONCE, Manner, Reach, Source},
    },
    foundation::{
        errors::{Error, FieldProblem},
        languages::Language,
        pages::by_field,
    },
};

/// How many names of a group that cannot be invited the preview lists.
const NAMED: usize = 60;

pub(super) type Pairs = Vec<(String, String)>;

pub(super) fn typed<'p>(pairs: &'p Pairs, name: &str) -> &'p str {
    pairs.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
}

/// The source that an address or a form names; what it cannot name is left out.
fn source(pairs: &Pairs) -> Source {
    Source {
        clusters: pairs
            .iter()
            .filter(|(field, _)| field == "cluster")
            .filter_map(|(_, value)| value.parse::<ClusterId>().ok())
            .collect(),
        alliance: typed(pairs, "alliance").parse().ok(),
        kind: Kind::ALL.into_iter().find(|kind| kind.key() == typed(pairs, "kind")),
        words: typed(pairs, "q").chars().take(200).collect(),
    }
}

fn line(candidate: &Candidate, chosen: Option<&BTreeSet<OrganisationId>>) -> Value {
    let (to, email) = match &candidate.reach {
        Reach::By(to) => (to.name.as_str(), to.email.as_str()),
        Reach::Refused | Reach::Nobody => ("", ""),
    };
    context! {
        id => candidate.organisation.to_string(),
        name => candidate.name.as_str(),
        country => candidate.country.as_str(),
        cluster => candidate.cluster_name.as_str(),
        to, email,
        account => matches!(&candidate.reach, Reach::By(to) if to.account),
        standing => candidate.standing.map(|standing| standing.key()),
        chosen => chosen.is_none_or(|chosen| chosen.contains(&candidate.organisation)),
    }
}

async fn page(
    acting: &Acting,
    id: EventId,
    pairs: &Pairs,
    sent: bool,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let reader = acting.reader().await?;
    let (event, offer) = inviting::offer(&acting.app, &acting.actor, reader, id).await?;
    let source = source(pairs);
    let asked = !source.clusters.is_empty() || source.alliance.is_some();
    let candidates =
        if asked { inviting::candidates(&acting.app, &acting.actor, reader, id, &source).await?.1 } else { Vec::new() };
    let quiet = acting.actor.is_of_the_demonstration();
    let counts = inviting::counts(&candidates, quiet);
    let of = |group: Group| candidates.iter().filter(move |one| one.group(quiet) == group);
    let chosen: Option<BTreeSet<OrganisationId>> = sent.then(|| chosen(pairs));
    let others: Vec<Value> = [Group::There, Group::Refused, Group::Nobody]
        .into_iter()
        .filter(|group| counts[group] > 0)
        .map(|group| {
            context! {
                title => acting.app.texts.say(
                    acting.language,
                    &format!("inviting-group-{}", group.key()),
                    &[("count", counts[&group].into())],
                ),
                hint => acting.say(&format!("inviting-group-{}-hint", group.key())),
                lines => of(group).take(NAMED).map(|one| line(one, None)).collect::<Vec<_>>(),
                more => counts[&group].saturating_sub(NAMED),
            }
        })
        .collect();
    let clusters: Vec<Value> = offer
        .clusters
        .iter()
        .map(|(cluster, name, count)| {
            context! { id => cluster.to_string(), name => name.as_str(), count => count, chosen => source.clusters.contains(cluster) }
        })
        .collect();
    let alliances: Vec<Value> = offer
        .alliances
        .iter()
        .map(|(alliance, name, of)| context! { value => alliance.to_string(), label => format!("{name} ({})", of.join(", ")) })
        .collect();
    let organisation_kinds: Vec<Value> = Kind::ALL
        .into_iter()
        .map(|kind| context! { value => kind.key(), label => acting.say(&kind.label_key()) })
        .collect();
    let default = |field: &str, otherwise: &str| match typed(pairs, field) {
        "" if !sent => otherwise.to_owned(),
        text => text.to_owned(),
    };
    let first_kind = event.setup.kinds.first().map_or("", |kind| kind.key.as_str());
    let by_cluster = event.setup.kind == EventKind::Clusters || source.alliance.is_some();
    let context = context! {
        event => head(acting, &event),
        tab => "participants",
        clusters, alliances, organisation_kinds,
        asked,
        source => context! {
            alliance => source.alliance.map(|id| id.to_string()).unwrap_or_default(),
            kind => source.kind.map_or("", Kind::key),
            q => source.words.as_str(),
        },
        total => candidates.len(),
        free => counts[&Group::Free],
        lines => of(Group::Free).take(MOST_AT_ONCE).map(|one| line(one, chosen.as_ref())).collect::<Vec<_>>(),
        most => MOST_AT_ONCE,
        others,
        kinds => kinds(&event),
        languages => languages(),
        fields => context! {
            participation => default("participation", first_kind),
            delegation => typed(pairs, "delegation"),
            by_cluster => if sent { typed(pairs, "by_cluster") == "yes" } else { by_cluster },
            language => default("language", acting.language.code()),
        },
        problems => by_field(messages(acting, problems)),
        demonstration => quiet,
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("events/invite.html", context).await?).into_response())
}

pub(super) async fn ask(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Error> {
    page(&acting, id, &pairs, false, &[]).await
}

fn chosen(pairs: &Pairs) -> BTreeSet<OrganisationId> {
    pairs.iter().filter(|(field, _)| field == "organisation").filter_map(|(_, value)| value.parse().ok()).collect()
}

pub(super) async fn send(acting: Acting, Path(id): Path<EventId>, Form(pairs): Form<Pairs>) -> Result<Response, Error> {
    let reader = acting.reader().await?;
    let manner = Manner {
        kind: typed(&pairs, "participation").to_owned(),
        delegation: typed(&pairs, "delegation").to_owned(),
        by_cluster: typed(&pairs, "by_cluster") == "yes",
        language: typed(&pairs, "language").parse::<Language>().unwrap_or(acting.language),
    };
    let (app, actor) = (&acting.app, &acting.actor);
    match inviting::invite_from(app, actor, reader, id, &source(&pairs), &chosen(&pairs), &manner).await {
        Ok(_) => {
            let to = format!("/events/{id}/participants?standing=invited&done=inviting-sent");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Error::Invalid(problems)) => page(&acting, id, &pairs, true, &problems).await,
        Err(error) => Err(error),
    }
}

/// To whom an event is open, in words: those register by themselves. Nobody does before it is opened.
pub(super) async fn open_to(acting: &Acting, event: &Event) -> Result<Option<String>, Error> {
    let circle = acting.circle().await?.filter(|_| event.state == EventState::Open);
    Ok(circle.map(|circle| circle.words(&acting.app.texts, acting.language, &event.audience)))
}
