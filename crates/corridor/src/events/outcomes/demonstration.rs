//! A past event to look at: real members of several clusters as delegations, what they said afterwards made up.

use std::{
    cmp::Reverse,
    collections::BTreeSet,
    ops::ControlFlow,
    time::{Duration, Instant},
};

use jiff::ToSpan;
use timetable::Limits;

use super::{Said, say};
use crate::{
    accounts::{Actor, ClusterRef, clusters, visibility::Audience},
    directory::search::{Entry, Snapshot, View},
    events::{
        Attendee, AttendeeId, Event, EventId, EventState, Participant, ParticipantId, Request, RequestId, RequestState,
        Standing, Template, Wish, attendee_key,
        attending::Seat,
        store,
        timetables::{self, Findings, Reason, Version, VersionState},
    },
    foundation::{
        errors::Error,
        instance::App,
        languages::Language,
        time::{Day, Timestamp, Zone},
    },
};

/// How many days ago it was.
const AGO: i64 = 30;
/// How many delegations, and how many come with each at most.
const DELEGATIONS: usize = 4;
const IN_A_DELEGATION: usize = 6;
/// How many each asks to meet.
const ASKS: usize = 3;
/// For how long its timetable is searched: the first one is there much sooner.
const PATIENCE: Duration = Duration::from_millis(300);

/// Makes the event of a cluster: who comes with which delegation, whom each met, and what most said of it.
///
/// # Errors
/// When the database fails.
pub(in crate::events) async fn prepare(
    app: &App,
    cluster: &ClusterRef,
    (zone, language): (&Zone, Language),
    (snapshot, view): (&Snapshot, &View),
) -> Result<(), Error> {
    let mut all = clusters(&app.database).await?;
    // The organiser first, the others by how many of their members are known.
    let members = |of: &ClusterRef| {
        let mut members = snapshot.members_of_cluster(view, of.id);
        members.retain(|entry| entry.is_named() && !entry.concepts.is_empty());
        members.sort_by_key(|entry| (Reverse(entry.project_count), entry.id));
        members
    };
    all.sort_by_key(|one| (one.id != cluster.id, Reverse(members(one).len()), one.slug.clone()));
    let mut taken = BTreeSet::new();
    let mut coming: Vec<(&ClusterRef, &Entry)> = Vec::new();
    for of in all.iter().take(DELEGATIONS) {
        let fresh: Vec<&Entry> = members(of).into_iter().filter(|entry| taken.insert(entry.id)).collect();
        coming.extend(fresh.into_iter().take(IN_A_DELEGATION).map(|entry| (of, entry)));
    }
    if coming.iter().map(|(of, _)| of.id).collect::<BTreeSet<_>>().len() < 2 {
        return Ok(());
    }
    let say_in = |key: &str| app.texts.text(language, key, None).into_owned();
    let now = app.clock.now();
    let before = now.plus_seconds(-(AGO + 14) * 86_400);
    let day = Day(app.clock.today(zone).0.checked_sub(AGO.days()).map_err(anyhow::Error::from)?);
    let mut setup = Template::Delegations.setup(&say_in("event-results-demonstration-name"), day, zone.name(), &say_in);
    setup.days.truncate(1);
    setup.rooms.truncate(1);
    setup.summary = say_in("event-results-demonstration-summary");
    let event = Event {
        id: EventId::new(),
        cluster: cluster.id,
        cluster_name: cluster.name.clone(),
        revision: 1,
        state: EventState::Open,
        audience: Audience::Members,
        setup,
        polled: false,
        updated_at: before,
    };
    let participants: Vec<(Participant, Attendee)> =
        coming.iter().map(|(of, entry)| seated(app, language, &event, of, entry)).collect();
    let requests = requests(&coming, &participants, before);
    transact!(app.database, transaction => {
        store::events::put(transaction, &event, None).await?;
        for (participant, person) in &participants {
            store::participants::put(transaction, event.cluster, participant).await?;
            store::people::put(transaction, event.place(), person, before).await?;
        }
        for request in &requests {
            store::requests::put(transaction, event.place(), request).await?;
            store::requests::hush(transaction, event.cluster, request.id).await?;
        }
        Ok(())
    })?;
    publish(app, &event, before).await?;
    // Said as participants say it, one meeting after the other.
    let met = super::of_event(app, event.clone()).await?.met;
    for (at, met) in met.iter().enumerate() {
        for (side, said) in met.sides.iter().zip(made_up(at)) {
            let Some(said) = said else { continue };
            let participant = side.participant.clone();
            let key = participant.id.to_string();
            let seat = Seat { event: event.clone(), participant, key, by_link: true, runs: false };
            say(app, &Actor::Console, &seat, met.meeting.request, (None, Some(said))).await?;
        }
    }
    Ok(())
}

fn seated(
    app: &App,
    language: Language,
    event: &Event,
    delegation: &ClusterRef,
    entry: &Entry,
) -> (Participant, Attendee) {
    let participant = Participant {
        id: ParticipantId::new(),
        event: event.id,
        organisation: Some(entry.id),
        name: entry.shown_name(),
        country: entry.country.clone().unwrap_or_default(),
        kind: "member".to_owned(),
        delegation: delegation.name.clone(),
        standing: Standing::Confirmed,
        offers: String::new(),
        seeks: String::new(),
        minimum: None,
        maximum: None,
        booth: String::new(),
        revision: 1,
        asked_at: event.updated_at,
        answered_at: Some(event.updated_at),
    };
    let id = AttendeeId::new();
    let organisation = [("organisation", participant.name.as_str().into())];
    let person = Attendee {
        id,
        participant: participant.id,
        name: app.texts.say(language, "events-demonstration-person", &organisation),
        email: String::new(),
        job: String::new(),
        language,
        key: attendee_key("", id),
        away: Vec::new(),
        rest: Vec::new(),
        checked_in_at: None,
    };
    (participant, person)
}

/// Each asks those of other delegations whose competences are most like its own; every third is declined.
fn requests(coming: &[(&ClusterRef, &Entry)], participants: &[(Participant, Attendee)], at: Timestamp) -> Vec<Request> {
    let mut asked = BTreeSet::new();
    let mut found = Vec::new();
    for (from, (delegation, entry)) in coming.iter().enumerate() {
        let own: BTreeSet<u16> = entry.concepts.iter().copied().collect();
        let mut others: Vec<(usize, usize)> = coming
            .iter()
            .enumerate()
            .filter(|(_, (of, _))| of.id != delegation.id)
            .map(|(to, (_, other))| (to, other.concepts.iter().filter(|concept| own.contains(concept)).count()))
            .collect();
        others.sort_by_key(|(to, shared)| (Reverse(*shared), *to));
        for (to, _) in others.into_iter().take(ASKS) {
            if !asked.insert((from.min(to), from.max(to))) {
                continue;
            }
            let state = if (from + to) % 3 == 0 { RequestState::Declined } else { RequestState::Accepted };
            found.push(Request {
                id: RequestId::new(),
                from: participants[from].0.id,
                to: participants[to].0.id,
                state,
                wish: Wish::Meet,
                answer_wish: Wish::Meet,
                message: String::new(),
                answer: String::new(),
                sessions: Vec::new(),
                by_team: false,
                asked_at: at,
                answered_at: Some(at),
            });
        }
    }
    found
}

/// Finds a timetable and publishes it as it was then.
async fn publish(app: &App, event: &Event, at: Timestamp) -> Result<(), Error> {
    let built = timetables::build(&timetables::ground(app, event).await?, &[]);
    let searched = tokio::task::spawn_blocking(move || {
        let begun = Instant::now();
        let expired = || begun.elapsed() > PATIENCE;
        let answer = timetable::solve(&built.problem, &Limits::until(&expired), &mut |_| ControlFlow::Continue(()));
        (built, answer)
    });
    let (built, answer) = searched.await.map_err(anyhow::Error::from)?;
    let answer = answer.map_err(|faults| anyhow::anyhow!("the past event has faults: {faults:?}"))?;
    let (Some(schedule), Some(score)) = (answer.schedule, answer.score) else { return Ok(()) };
    let version = Version {
        number: 1,
        state: VersionState::Draft,
        reason: Some(Reason::Searched),
        meetings: built.placed(&schedule, &[]),
        findings: Findings { asked: built.meetings.len(), score, bound: Some(answer.bound), took_ms: 0 },
        made_by: None,
        made_at: at,
        published_at: None,
    };
    transact!(app.database, transaction => {
        store::timetables::put(transaction, event.place(), &version).await?;
        store::timetables::publish(transaction, event.place(), version.number, at).await?;
        Ok(())
    })
}

/// What the two sides of the meeting of a number say: most were held, some not, some said nothing, one contradicts the other.
fn made_up(at: usize) -> [Option<Said>; 2] {
    let held = |second: Option<bool>, rating: u8| {
        Some(Said { kept: true, second, rating: Some(rating), words: String::new() })
    };
    match at % 12 {
        0 => [held(Some(true), 5), held(Some(true), 4)],
        4 => [held(Some(true), 5), None],
        7 => [held(Some(true), 4), held(Some(false), 3)],
        2 | 9 => [Some(Said::default()), None],
        5 => [None, None],
        10 if at == 10 => [held(None, 3), Some(Said::default())],
        other => [held(Some(false), if other % 2 == 0 { 4 } else { 3 }), held(Some(false), 4)],
    }
}
