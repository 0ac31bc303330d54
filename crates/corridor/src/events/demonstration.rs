//! An event to try: real members of a cluster; what they offer, seek and ask is made up from what is public about them.

use std::{cmp::Reverse, collections::BTreeSet};

use jiff::ToSpan;

use super::{
    Attendee, AttendeeId, Event, EventId, EventState, Participant, ParticipantId, ParticipationKind, Request,
    RequestId, RequestState, Standing, Template, Wish, attendee_key, store,
};
use crate::{
    accounts::{
        cluster_by_slug,
        visibility::{Audience, Reader},
    },
    directory::{
        model::Kind,
        search::{Catalogue, Entry, Snapshot},
    },
    foundation::{errors::Error, instance::App, languages::Language, time::Day},
};

/// How many take part, and whom each asks at most.
const PARTICIPANTS: usize = 60;
const ASKS: usize = 8;
/// In how many days from now the event is.
const AHEAD: i64 = 45;

/// The kind of participation of an organisation: who buys, who sells, who researches.
fn kind_of(kind: Kind) -> &'static str {
    match kind {
        Kind::LargeCompany | Kind::MidCap | Kind::Hospital | Kind::PublicAuthority => "buyer",
        Kind::Sme | Kind::Company | Kind::Fund | Kind::Media => "seller",
        _ => "laboratory",
    }
}

fn labels(snapshot: &Snapshot, concepts: impl Iterator<Item = u16>, language: Language) -> Vec<&str> {
    concepts.filter_map(|at| snapshot.concepts.get(usize::from(at))).map(|concept| concept.label(language)).collect()
}

/// Makes the event where the cluster has none yet.
///
/// # Errors
/// When the database fails, or there is no such cluster.
pub async fn prepare_demonstration(app: &App, cluster: &str) -> Result<(), Error> {
    let cluster = cluster_by_slug(&app.database, cluster)
        .await?
        .ok_or_else(|| Error::input(format!("there is no cluster `{cluster}` to demonstrate with")))?;
    if !store::events::of_cluster(&app.database, cluster.id).await?.is_empty() {
        return Ok(());
    }
    let snapshot = app.part::<Catalogue>().snapshot();
    let view = snapshot.view(&Reader::console());
    let mut members = snapshot.members_of_cluster(&view, cluster.id);
    members.retain(|entry| entry.is_named() && !entry.concepts.is_empty());
    members.sort_by_key(|entry| (Reverse(entry.project_count), entry.id));
    members.truncate(PARTICIPANTS);
    if members.len() < 4 {
        return Ok(());
    }
    let language = cluster.settings.page_language;
    let place = cluster.settings.time_zone.clone();
    let say = |key: &str| app.texts.text(language, key, None).into_owned();
    let today = app.clock.today(&cluster.settings.time_zone);
    let first = Day(today.0.checked_add(AHEAD.days()).map_err(anyhow::Error::from)?);
    let zone = cluster.settings.time_zone.name().to_owned();
    let mut setup = Template::Convention.setup(&say("events-demonstration-name"), first, &zone, &say);
    setup.days.truncate(1);
    setup.rooms[0].tables = 14;
    setup.summary = say("events-demonstration-summary");
    // Everybody may ask more than the demonstration does, so that a visitor can go on.
    setup.kinds.iter_mut().for_each(|kind: &mut ParticipationKind| kind.most_requests = Some(25));
    let now = app.clock.now();
    let event = Event {
        id: EventId::new(),
        cluster: cluster.id,
        cluster_name: cluster.settings.name.clone(),
        revision: 1,
        state: EventState::Open,
        audience: Audience::Members,
        setup,
        polled: false,
        updated_at: now,
    };
    let known: Vec<BTreeSet<u32>> =
        members.iter().map(|entry| snapshot.partners(entry.id).into_iter().map(|(at, _)| at).collect()).collect();
    let participants: Vec<Participant> = members
        .iter()
        .zip(&known)
        .map(|(entry, partners)| {
            // It seeks what its partners of past projects can do and it cannot.
            let own: BTreeSet<u16> = entry.concepts.iter().copied().collect();
            let theirs: BTreeSet<u16> =
                partners.iter().flat_map(|at| snapshot.entries[*at as usize].concepts.iter().copied()).collect();
            Participant {
                id: ParticipantId::new(),
                event: event.id,
                organisation: Some(entry.id),
                name: entry.shown_name(),
                country: entry.country.clone().unwrap_or_default(),
                kind: kind_of(entry.kind).to_owned(),
                delegation: String::new(),
                standing: Standing::Confirmed,
                offers: labels(&snapshot, entry.concepts.iter().copied().take(4), language).join(", "),
                seeks: labels(&snapshot, theirs.difference(&own).copied().take(3), language).join(", "),
                minimum: None,
                maximum: None,
                booth: String::new(),
                revision: 1,
                asked_at: now,
                answered_at: Some(now),
            }
        })
        .collect();
    let people: Vec<Attendee> = participants
        .iter()
        .map(|participant| {
            let id = AttendeeId::new();
            Attendee {
                id,
                participant: participant.id,
                name: app.texts.say(
                    language,
                    "events-demonstration-person",
                    &[("organisation", participant.name.as_str().into())],
                ),
                email: String::new(),
                job: String::new(),
                language,
                key: attendee_key("", id),
                away: Vec::new(),
                rest: Vec::new(),
                checked_in_at: None,
            }
        })
        .collect();
    let requests = requests(&event, &members, &known, &participants, &snapshot);
    transact!(app.database, transaction => {
        store::events::put(transaction, &event, None).await?;
        for (participant, person) in participants.iter().zip(&people) {
            store::participants::put(transaction, event.cluster, participant).await?;
            store::people::put(transaction, event.place(), person, now).await?;
        }
        for request in &requests {
            store::requests::put(transaction, event.place(), request).await?;
            store::requests::hush(transaction, event.cluster, request.id).await?;
        }
        Ok::<(), Error>(())
    })?;
    super::outcomes::demonstration::prepare(app, &cluster.into(), (&place, language), (&snapshot, &view)).await
}

/// Each asks those whose competences are most like its own and with whom it has no project yet: whom both would ask, meets;
/// of the others every third still waits and every fifth declined.
fn requests(
    event: &Event,
    members: &[&Entry],
    known: &[BTreeSet<u32>],
    participants: &[Participant],
    snapshot: &Snapshot,
) -> Vec<Request> {
    let wanted: Vec<Vec<usize>> = members
        .iter()
        .enumerate()
        .map(|(at, entry)| {
            let own: BTreeSet<u16> = entry.concepts.iter().copied().collect();
            let mut others: Vec<(usize, usize)> = members
                .iter()
                .enumerate()
                .filter(|(other, with)| {
                    let partner = snapshot.position(with.id).is_some_and(|place| known[at].contains(&place));
                    *other != at
                        && !partner
                        && super::may_meet(&event.setup, &participants[at].kind, &participants[*other].kind)
                })
                .map(|(other, with)| (other, with.concepts.iter().filter(|concept| own.contains(concept)).count()))
                .collect();
            others.sort_by_key(|(other, shared)| (Reverse(*shared), *other));
            others.into_iter().take(ASKS).map(|(other, _)| other).collect()
        })
        .collect();
    let mut found = Vec::new();
    for (at, others) in wanted.iter().enumerate() {
        for (rank, other) in others.iter().enumerate() {
            let mutual = wanted[*other].contains(&at);
            if mutual && *other < at {
                continue;
            }
            let state = match (mutual, (at + other) % 15) {
                (true, _) => RequestState::Accepted,
                (false, 0 | 3 | 6 | 9 | 12) => RequestState::Waiting,
                (false, 5 | 10) => RequestState::Declined,
                (false, _) => RequestState::Accepted,
            };
            found.push(Request {
                id: RequestId::new(),
                from: participants[at].id,
                to: participants[*other].id,
                state,
                wish: if rank < 2 { Wish::Must } else { Wish::Meet },
                answer_wish: Wish::Meet,
                message: String::new(),
                answer: String::new(),
                sessions: Vec::new(),
                by_team: false,
                asked_at: event.updated_at,
                answered_at: (state != RequestState::Waiting).then_some(event.updated_at),
            });
        }
    }
    found
}
