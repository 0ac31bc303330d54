//! Clusters as delegations: the organiser asks the team of another cluster to come with a delegation; that team accepts or
//! declines, and proposes who comes from among its members, up to a quota; the organiser lets them in. Of the other each team
//! sees what both need: the event with who takes part in it, and who was proposed.

mod letters;
mod model;

pub use model::{Delegation, DelegationState, MOST, places_left, takes_a_place};

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value as Json, json};

use super::{
    Attendee, AttendeeId, DelegationId, Event, EventId, Participant, ParticipantId, Standing, attendee_key, clash,
    editable, hold,
    inviting::{is_there, known, still_invites},
    model::address_key,
    open, own_cluster,
    participants::{LONGEST_NAME, MOST_PARTICIPANTS, kept},
    store, tell,
};
use crate::{
    accounts::{
        Action, Actor, ClusterId, ClusterRef, Resource,
        alliances::{self, AllianceId},
        clusters, decide,
        visibility::Reader,
    },
    directory::{
        OrganisationId,
        contacts::{self, Contact},
        search::Catalogue,
    },
    foundation::{
        errors::{Error, FieldProblem},
        instance::App,
        languages::Language,
        time::Timestamp,
    },
};

/// The longest words of a question or an answer.
const LONGEST: usize = 2_000;

fn problem(field: &str, message: &str, value: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: message.to_owned(), value: value.to_owned() }
}

fn no_such(id: DelegationId) -> Error {
    Error::NotFound(format!("the delegation {id}"))
}

fn told(delegation: &Delegation) -> Json {
    json!({
        "delegation": delegation.name, "state": delegation.state.key(), "quota": delegation.quota,
        "kind": delegation.kind, "message": delegation.message, "answer": delegation.answer,
    })
}

/// A delegation as the organiser sees it: whom it proposed, and nothing else of its members.
#[derive(Clone, Debug)]
pub struct Line {
    /// The delegation.
    pub delegation: Delegation,
    /// Whom it proposed, by name.
    pub proposed: Vec<Participant>,
}

/// The delegations of an event of the actor's cluster, and the clusters and alliances that could be asked.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else.
pub async fn of_event(app: &App, actor: &Actor, id: EventId) -> Result<(Event, Vec<Line>), Error> {
    let event = open(app, actor, id).await?;
    let mut proposed = store::delegations::proposed(&app.database, id).await?;
    let participants: HashMap<ParticipantId, Participant> =
        store::participants::of_event(&app.database, id).await?.into_iter().map(|one| (one.id, one)).collect();
    let lines = store::delegations::of_event(&app.database, id).await?.into_iter().map(|delegation| {
        let of = proposed.remove(&delegation.id).unwrap_or_default();
        Line { proposed: of.iter().filter_map(|(id, _)| participants.get(id).cloned()).collect(), delegation }
    });
    Ok((event, lines.collect()))
}

/// The clusters that an event of the actor's cluster could ask, by name, and the alliances that its cluster is in.
///
/// # Errors
/// When the database fails.
pub async fn who_could_be_asked(
    app: &App,
    event: &Event,
    lines: &[Line],
) -> Result<(Vec<ClusterRef>, Vec<(AllianceId, String)>), Error> {
    let asked = |id: ClusterId| {
        lines.iter().any(|line| line.delegation.asked == id && line.delegation.state != DelegationState::Withdrawn)
    };
    let mut all = clusters(&app.database).await?;
    all.retain(|cluster| cluster.id != event.cluster && !asked(cluster.id));
    let alliances = alliances::of_cluster(&app.database, event.cluster).await?;
    let own = alliances.into_iter().filter(|alliance| alliance.holds(event.cluster));
    Ok((all, own.map(|alliance| (alliance.id, alliance.name)).collect()))
}

/// Whom the organiser asks, and for what.
#[derive(Clone, Debug, Default)]
pub struct Asking {
    /// The clusters.
    pub clusters: Vec<ClusterId>,
    /// The clusters of this alliance of the own cluster.
    pub alliance: Option<AllianceId>,
    /// As what their participants come.
    pub kind: String,
    /// How many participants each may propose, as typed.
    pub quota: String,
    /// What is written to their teams.
    pub message: String,
}

fn quota(text: &str, problems: &mut Vec<FieldProblem>) -> u32 {
    match text.trim().parse::<u32>() {
        Ok(count) if (1..=MOST).contains(&count) => count,
        _ => {
            problems.push(problem("quota", "delegations-wrong-quota", text));
            0
        }
    }
}

/// Asks clusters to come with a delegation, each team by a letter; who was asked already stays as it is, and a question
/// that was taken back is asked anew. Says how many were asked.
///
/// # Errors
/// [`Error::Invalid`] for fields that cannot be used; [`Error::Over`] once the event is over; [`Error::Clash`] when somebody asked
/// one of them in between.
pub async fn ask(app: &App, actor: &Actor, id: EventId, asking: &Asking) -> Result<usize, Error> {
    let event = editable(app, actor, id).await?;
    still_invites(app, &event)?;
    let mut problems = Vec::new();
    let quota = quota(&asking.quota, &mut problems);
    if event.setup.participation(&asking.kind).is_none() {
        problems.push(problem("kind", "events-wrong-participation", &asking.kind));
    }
    let mut wanted: BTreeSet<ClusterId> = asking.clusters.iter().copied().collect();
    if let Some(alliance) = asking.alliance {
        let allied = alliances::allied(&app.database, event.cluster).await?;
        let of = allied.into_iter().find(|allied| allied.alliance == alliance);
        wanted.extend(of.map(|allied| allied.clusters).unwrap_or_default());
    }
    let before = store::delegations::of_event(&app.database, id).await?;
    let there = |cluster: ClusterId| before.iter().find(|one| one.asked == cluster);
    let mut asked = clusters(&app.database).await?;
    asked.retain(|cluster| {
        cluster.id != event.cluster
            && wanted.contains(&cluster.id)
            && there(cluster.id).is_none_or(|one| one.state == DelegationState::Withdrawn)
    });
    if asked.is_empty() {
        problems.push(problem("cluster", "delegations-wrong-nobody", ""));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let now = app.clock.now();
    let delegation = |cluster: &ClusterRef| Delegation {
        id: there(cluster.id).map_or_else(DelegationId::new, |one| one.id),
        cluster: event.cluster,
        event: id,
        asked: cluster.id,
        name: cluster.name.clone(),
        kind: asking.kind.clone(),
        quota,
        message: kept(&asking.message, LONGEST),
        answer: String::new(),
        state: DelegationState::Asked,
        revision: there(cluster.id).map_or(1, |one| one.revision + 1),
        asked_at: now,
        answered_at: None,
    };
    let delegations: Vec<Delegation> = asked.iter().map(delegation).collect();
    let (again, fresh): (Vec<Delegation>, Vec<Delegation>) =
        delegations.iter().cloned().partition(|one| there(one.asked).is_some());
    let teams = letters::teams(app, actor, &delegations).await?;
    transact!(app.database, transaction => {
        // Who was asked by somebody else meanwhile is not asked twice: the letter would lead to a question that is not there.
        if store::delegations::put(transaction, &fresh).await? != fresh.len() as u64 {
            return Err(clash(&event));
        }
        for one in &again {
            if !store::delegations::replace(transaction, one).await? {
                return Err(clash(&event));
            }
        }
        letters::write(transaction, app, &event, "asked", &teams, now).await?;
        let after = json!({ "asked": delegations.iter().map(told).collect::<Vec<_>>() });
        tell(transaction, actor, now, &event, "ask_delegations", (Json::Null, after)).await
    })?;
    app.jobs.notify_one();
    Ok(delegations.len())
}

/// Changes the quota of a delegation, or takes the question back; who is let in already stays.
///
/// # Errors
/// [`Error::Invalid`] for a quota that is none; [`Error::Clash`] when it was answered or changed since it was read.
pub async fn change(
    app: &App,
    actor: &Actor,
    id: EventId,
    delegation: DelegationId,
    revision: i64,
    said: Option<&str>,
) -> Result<(), Error> {
    let event = editable(app, actor, id).await?;
    let before = store::delegations::one(&app.database, delegation).await?;
    let before = before.filter(|one| one.event == id).ok_or_else(|| no_such(delegation))?;
    let mut problems = Vec::new();
    let after = match said {
        Some(text) => Delegation { quota: quota(text, &mut problems), ..before.clone() },
        None => Delegation { state: DelegationState::Withdrawn, ..before.clone() },
    };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let now = app.clock.now();
    let after = Delegation { revision: revision + 1, ..after };
    // Whoever said that it comes is told that it is not expected any more.
    let withdrawn = said.is_none() && before.state != DelegationState::Withdrawn;
    let teams = if withdrawn { letters::teams(app, actor, std::slice::from_ref(&after)).await? } else { Vec::new() };
    transact!(app.database, transaction => {
        if !store::delegations::replace(transaction, &after).await? {
            return Err(clash(&event));
        }
        letters::write(transaction, app, &event, "withdrawn", &teams, now).await?;
        tell(transaction, actor, now, &event, "change_delegation", (told(&before), told(&after))).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

/// What the actor's cluster is asked, with the events, the newest first.
///
/// # Errors
/// When the actor is of no team.
pub async fn asked_of(app: &App, actor: &Actor) -> Result<Vec<(Delegation, Event)>, Error> {
    let cluster = own_cluster(actor, Action::ReadEvents)?;
    let asked = store::delegations::asked_of(&app.database, cluster.id).await?;
    let ids: Vec<EventId> = asked.iter().map(|one| one.event).collect();
    let events = store::events::events(&app.database, &ids).await?;
    Ok(asked.into_iter().filter_map(|one| Some((one.clone(), events.get(&one.event)?.clone()))).collect())
}

/// A question to the actor's cluster, and the event.
pub(super) async fn own(
    app: &App,
    actor: &Actor,
    id: DelegationId,
    action: Action,
) -> Result<(Delegation, Event), Error> {
    own_cluster(actor, action)?;
    let found = store::delegations::one(&app.database, id).await?;
    let asked = found.filter(|one| {
        one.state != DelegationState::Withdrawn && decide(actor, action, Resource::Cluster(one.asked)).is_ok()
    });
    let asked = asked.ok_or_else(|| no_such(id))?;
    let event = store::events::event(&app.database, asked.event).await?.ok_or_else(|| no_such(id))?;
    Ok((asked, event))
}

/// A question as the asked team sees it.
#[derive(Clone, Debug)]
pub struct Question {
    /// The question.
    pub delegation: Delegation,
    /// The event.
    pub event: Event,
    /// Whom the own cluster proposed, by name.
    pub proposed: Vec<Participant>,
    /// Who else takes part in the event, by name. People are not told.
    pub others: Vec<Participant>,
    /// How many may still be proposed.
    pub left: usize,
}

/// A question to the actor's cluster with its proposals and the participants of the event.
///
/// # Errors
/// [`Error::NotFound`] for a question to somebody else, and for one that was taken back.
pub async fn question(app: &App, actor: &Actor, id: DelegationId) -> Result<Question, Error> {
    let (delegation, event) = own(app, actor, id, Action::ReadEvents).await?;
    let mine: BTreeMap<ParticipantId, Standing> = store::delegations::proposed(&app.database, event.id)
        .await?
        .remove(&id)
        .unwrap_or_default()
        .into_iter()
        .collect();
    let all = store::participants::of_event(&app.database, event.id).await?;
    let (proposed, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| mine.contains_key(&one.id));
    // Who comes is for those who come: before that an event tells nobody who else was asked.
    let comes = delegation.state == DelegationState::Accepted;
    let others = others.into_iter().filter(|one| comes && one.standing == Standing::Confirmed).collect();
    let left = places_left(delegation.quota, proposed.iter().map(|one| one.standing));
    Ok(Question { delegation, event, proposed, others, left })
}

/// Answers for the asked cluster; it may change its mind until the event is over.
///
/// # Errors
/// [`Error::Clash`] when the question changed since it was read; [`Error::Over`] once the event is over.
pub async fn answer(
    app: &App,
    actor: &Actor,
    id: DelegationId,
    revision: i64,
    (comes, words): (bool, &str),
) -> Result<(), Error> {
    let (before, event) = own(app, actor, id, Action::EditEvents).await?;
    still_invites(app, &event)?;
    let state = before.state.answered(comes).ok_or_else(|| no_such(id))?;
    let now = app.clock.now();
    let after = Delegation {
        state,
        answer: kept(words, LONGEST),
        answered_at: Some(now),
        revision: revision + 1,
        ..before.clone()
    };
    let what = if comes { "accepted" } else { "declined" };
    let organisers = letters::organisers(app, actor, &event, &after).await?;
    transact!(app.database, transaction => {
        if !store::delegations::replace(transaction, &after).await? {
            return Err(clash(&event));
        }
        letters::write(transaction, app, &event, what, &organisers, now).await?;
        tell(transaction, actor, now, &event, "answer_delegation", (told(&before), told(&after))).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

/// A member of the asked cluster that could be proposed.
#[derive(Clone, Debug)]
pub struct Member {
    /// The organisation.
    pub organisation: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Its country.
    pub country: String,
    /// The contact that would be handed on, where there is one.
    pub contact: Option<Contact>,
}

/// The members of the asked cluster that its team sees and has not proposed, by name.
///
/// # Errors
/// [`Error::NotFound`] for a question to somebody else.
pub async fn members(app: &App, actor: &Actor, reader: &Reader, id: DelegationId) -> Result<Vec<Member>, Error> {
    let (delegation, event) = own(app, actor, id, Action::EditEvents).await?;
    let (there, _) = known(&store::participants::of_event(&app.database, event.id).await?);
    let snapshot = app.part::<Catalogue>().snapshot();
    let view = snapshot.view(reader);
    let mut found: Vec<Member> = snapshot
        .members_of_cluster(&view, delegation.asked)
        .into_iter()
        .filter(|entry| entry.is_named() && !there.contains(&entry.id))
        .map(|entry| Member {
            organisation: entry.id,
            name: entry.shown_name(),
            country: entry.country.clone().unwrap_or_default(),
            contact: None,
        })
        .collect();
    let ids: Vec<OrganisationId> = found.iter().map(|one| one.organisation).collect();
    let refused = store::inviting::refused(&app.database, event.cluster).await?;
    let mut contacts: HashMap<OrganisationId, Contact> = HashMap::new();
    for contact in contacts::reachable(app, actor, reader, &ids).await? {
        let email = contact.values.email.as_deref().unwrap_or_default();
        if contact.cluster == delegation.asked && !refused.contains(&address_key(email)) {
            contacts.entry(contact.organisation).or_insert(contact);
        }
    }
    for one in &mut found {
        one.contact = contacts.remove(&one.organisation);
    }
    Ok(found)
}

/// Proposes members as participants; the organiser lets them in. With `hand_on` the organiser is given their first contact,
/// which is noted in the log of who received what.
///
/// # Errors
/// [`Error::Invalid`] where nobody can be proposed, or more than the quota leaves.
pub async fn propose(
    app: &App,
    actor: &Actor,
    reader: &Reader,
    id: DelegationId,
    chosen: &BTreeSet<OrganisationId>,
    hand_on: bool,
) -> Result<usize, Error> {
    let (delegation, event) = own(app, actor, id, Action::EditEvents).await?;
    still_invites(app, &event)?;
    let mut proposed = members(app, actor, reader, id).await?;
    proposed.retain(|member| chosen.contains(&member.organisation));
    if proposed.is_empty() {
        return Err(Error::Invalid(vec![problem("organisation", "delegations-wrong-nobody-proposed", "")]));
    }
    let now = app.clock.now();
    let prepared: Vec<(Participant, Option<(Attendee, Contact)>)> =
        proposed.iter().map(|member| prepare(&delegation, member, hand_on, now)).collect();
    let count = transact!(app.database, transaction => {
        hold(transaction, &event).await?;
        let held = store::delegations::hold(transaction, id).await?.ok_or_else(|| no_such(id))?;
        if held.state != DelegationState::Accepted {
            return Err(Error::Invalid(vec![problem("organisation", "delegations-wrong-not-accepted", "")]));
        }
        let there = store::participants::of_event_in(transaction, event.id).await?;
        let listed = known(&there);
        let fresh: Vec<&(Participant, Option<(Attendee, Contact)>)> =
            prepared.iter().filter(|(one, _)| !is_there(&listed, one.organisation, &one.name)).collect();
        let standings = store::delegations::standings(transaction, id).await?;
        if fresh.len() > places_left(held.quota, standings.into_iter()) {
            return Err(Error::Invalid(vec![problem("organisation", "delegations-wrong-full", "")]));
        }
        if there.len() + fresh.len() > MOST_PARTICIPANTS {
            return Err(Error::Invalid(vec![problem("organisation", "inviting-wrong-full", "")]));
        }
        let participants: Vec<Participant> = fresh.iter().map(|(one, _)| one.clone()).collect();
        let handed = || fresh.iter().filter_map(|(_, person)| person.clone());
        let people: Vec<Attendee> = handed().map(|(attendee, _)| attendee).collect();
        let contacts: Vec<Contact> = handed().map(|(_, contact)| contact).collect();
        store::inviting::put_participants(transaction, event.cluster, &participants, Some(id)).await?;
        store::inviting::put_people(transaction, event.place(), &people, now).await?;
        contacts::hand_on(transaction, actor, (&event.cluster_name, &event.setup.name), &contacts, now).await?;
        let names: Vec<&str> = participants.iter().map(|one| one.name.as_str()).collect();
        let after = json!({ "delegation": held.name, "proposed": names, "contacts": contacts.len() });
        tell(transaction, actor, now, &event, "propose_participants", (Json::Null, after)).await?;
        Ok(participants.len())
    })?;
    Ok(count)
}

fn prepare(
    delegation: &Delegation,
    member: &Member,
    hand_on: bool,
    now: Timestamp,
) -> (Participant, Option<(Attendee, Contact)>) {
    let participant = Participant {
        id: ParticipantId::new(),
        event: delegation.event,
        organisation: Some(member.organisation),
        name: member.name.clone(),
        country: member.country.clone(),
        kind: delegation.kind.clone(),
        delegation: kept(&delegation.name, LONGEST_NAME),
        standing: Standing::Registered,
        offers: String::new(),
        seeks: String::new(),
        minimum: None,
        maximum: None,
        booth: String::new(),
        revision: 1,
        asked_at: now,
        answered_at: None,
    };
    let handed = member.contact.clone().filter(|_| hand_on).map(|contact| {
        let id = AttendeeId::new();
        let email = contact.values.email.clone().unwrap_or_default();
        let attendee = Attendee {
            id,
            participant: participant.id,
            name: contact.values.name.clone().unwrap_or_else(|| email.clone()),
            job: contact.values.function.clone().unwrap_or_default(),
            language: Language::default(),
            key: attendee_key(&email, id),
            email,
            away: Vec::new(),
            rest: Vec::new(),
            checked_in_at: None,
        };
        (attendee, contact)
    });
    (participant, handed)
}

/// Takes a proposal back that the organiser has not let in yet.
///
/// # Errors
/// [`Error::NotFound`] where it is none of the delegation's, or was let in.
pub async fn take_back(app: &App, actor: &Actor, id: DelegationId, participant: ParticipantId) -> Result<(), Error> {
    let (delegation, event) = own(app, actor, id, Action::EditEvents).await?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !store::delegations::take_back(transaction, (event.cluster, id), participant).await? {
            return Err(super::participants::no_such(participant));
        }
        let before = json!({ "delegation": delegation.name, "participant": participant });
        tell(transaction, actor, now, &event, "take_back_proposal", (before, Json::Null)).await
    })
}
