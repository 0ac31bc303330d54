//! The day of an event: who is there, what goes otherwise than published, and the timetable planned anew.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, Role, Shared, visibility::Audience},
    events::{
        self, Attendee, AttendeeId, EventHolding, EventId, EventState, ParticipantId, attendee_key,
        day::{
            self, Because, Incident, IncidentId, Noted, Today, What,
            replanning::{self, Accepted, Preview},
        },
        participants, slots,
        timetables::{self, Change, Ground, Placed, Reason, Timetable, publishing, search},
    },
    execute,
    foundation::{
        errors::Error,
        personal::{Holding, Subject},
        time::Timestamp,
    },
    rows, transact,
};
use proptest::prelude::*;
use rstest::rstest;
use timetable::Limits;

use crate::{
    databases::{Engine, Fresh, NOW, fresh, open_with},
    mailbox::{letters_to, link_in},
    timetable_story::{Morning, morning, organiser},
    visitors::{Visitor, make_cluster, prepare_people},
};

const PEOPLE: [&str; 5] =
    ["ada@lab.example", "bob@firm.example", "cyd@clinic.example", "dan@fund.example", "eve@city.example"];

async fn published(app: &Shared, actor: &Actor, id: EventId) -> (Timetable, Vec<Placed>) {
    let open = timetables::open(app, actor, id, None).await.unwrap();
    let version = timetables::published(app, &open.event).await.unwrap().expect("it is published");
    (open, version.meetings)
}

/// An event of five who all meet, published weeks before.
async fn prepared(fresh: &Fresh) -> (Actor, Morning) {
    prepare_people(&fresh.app).await;
    let actor = organiser(&fresh.app, "medicen").await;
    let event = morning(&fresh.app, &actor, "2026-10-06", &PEOPLE, |_| ()).await;
    let mut steps = search::begin(&fresh.app, &actor, event.id, std::time::Duration::from_secs(20)).await.unwrap();
    while steps.recv().await.is_some() {}
    publishing::publish(&fresh.app, &actor, event.id, (1, None)).await.unwrap();
    (actor, event)
}

/// The same instance when the third slot with meetings has just begun.
async fn in_the_morning(fresh: &Fresh, actor: &Actor, event: &Morning) -> (Shared, Timestamp) {
    let (_, meetings) = published(&fresh.app, actor, event.id).await;
    let starts: BTreeSet<Timestamp> = meetings.iter().map(|meeting| meeting.starts).collect();
    let now = starts.into_iter().nth(2).unwrap().plus_seconds(60);
    (open_with(&fresh.url, &fresh.folder, now, "http://corridor.example").await, now)
}

fn away(participant: ParticipantId) -> Noted {
    Noted { what: "away".into(), participant: participant.to_string(), ..Noted::default() }
}

fn accepted(preview: &Preview) -> Accepted {
    Accepted { version: preview.published.number, plan: preview.plan.mark(), fill: String::new() }
}

fn worded(outcome: Result<impl std::fmt::Debug, Error>) -> String {
    match outcome {
        Err(Error::Worded(wording)) => wording.to_string(),
        other => panic!("{other:?}"),
    }
}

/// What is booked, against what is published.
async fn booked_as_published(app: &Shared, actor: &Actor, id: EventId) {
    let (open, meetings) = published(app, actor, id).await;
    let keys: BTreeMap<AttendeeId, &str> = open
        .ground
        .participants
        .iter()
        .flat_map(|(_, people)| people.iter().map(|person| (person.id, person.key.as_str())))
        .collect();
    let mut expected: Vec<(String, i64)> = Vec::new();
    for meeting in &meetings {
        for person in meeting.people {
            let cells = corridor::events::cells(meeting.starts, meeting.ends);
            expected.extend(cells.map(|cell| (keys[&person].to_owned(), cell)));
        }
    }
    expected.sort();
    let read: Result<Vec<(String, i64)>, Error> =
        async { Ok(rows!(app.database, "SELECT attendee, cell FROM event_bookings")) }.await;
    let mut booked = read.unwrap();
    booked.sort();
    assert_eq!(booked, expected);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_day_is_noted_planned_anew_and_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let (actor, event) = prepared(&fresh).await;
    let nobody = Visitor::nobody(&fresh.app);
    let mut calendars = Vec::new();
    for address in PEOPLE {
        calendars.push(link_in(letters_to(&fresh.app, address).await.last().unwrap()));
    }
    let (app, now) = in_the_morning(&fresh, &actor, &event).await;
    let app = &app;
    let (_, before) = published(app, &actor, event.id).await;

    // Nothing was noted: nothing has to move, and nothing is made of it.
    let calm = replanning::preview(app, &actor, event.id, false).await.unwrap();
    assert_eq!((calm.plan.changes.len(), calm.letters, calm.plan.meetings == before), (0, 0, true));

    // Firm 0 does not come any more: what it touches is seen first, and noting it changes no agenda.
    let look = day::look(app, &actor, event.id).await.unwrap();
    let ada = look.all.iter().find(|(one, _)| one.id == event.participants[0]).unwrap().1[0].id;
    let seen = day::read(&look, &actor, now, &away(event.participants[0])).unwrap();
    let touched: BTreeSet<_> = look.touched(&seen, now).iter().map(|meeting| meeting.request).collect();
    let to_come = |meeting: &&Placed| meeting.starts > now && meeting.people.contains(&ada);
    let hers: BTreeSet<_> = before.iter().filter(to_come).map(|meeting| meeting.request).collect();
    assert!(!hers.is_empty() && touched == hers, "{touched:?} {hers:?}");
    let noted = Noted { why: "train stopped".into(), ..away(event.participants[0]) };
    day::note(app, &actor, event.id, &noted).await.unwrap();
    assert_eq!(published(app, &actor, event.id).await.1, before, "nobody's agenda changes by a note");

    let preview = replanning::preview(app, &actor, event.id, false).await.unwrap();
    let gone: BTreeSet<_> = preview.plan.changes.iter().map(|change| change.shown().request).collect();
    assert!(gone == hers && preview.plan.changes.iter().all(|change| matches!(change, Change::Gone(_))), "{preview:?}");
    let away_firm = Because::Away("Firm 0".to_owned());
    assert!(preview.plan.because.values().all(|because| *because == away_firm), "{:?}", preview.plan.because);
    assert_eq!(preview.letters, hers.len() + 1, "those who lose a meeting, and whoever is away");

    // Two officers accept at the same moment: one does, the other is told.
    let looked_at = accepted(&preview);
    let (one, other) = tokio::join!(
        replanning::accept(app, &actor, event.id, &looked_at),
        replanning::accept(app, &actor, event.id, &looked_at)
    );
    let (letters, refused) = match (one, other) {
        (Ok(letters), Err(refused)) | (Err(refused), Ok(letters)) => (letters, refused),
        both => panic!("{both:?}"),
    };
    assert_eq!(letters, preview.letters);
    assert!(matches!(refused, Error::Clash(_) | Error::Worded(_)), "{refused:?}");
    let late = replanning::accept(app, &actor, event.id, &accepted(&preview)).await;
    assert!(matches!(late, Err(Error::Clash(_))), "{late:?}");

    let (open, after) = published(app, &actor, event.id).await;
    let version = open.version.as_ref().unwrap();
    assert_eq!((version.number, version.reason), (2, Some(Reason::Replanned)));
    let kept: Vec<Placed> = before.iter().filter(|meeting| !hers.contains(&meeting.request)).copied().collect();
    assert_eq!(after, kept, "what has begun and what nobody lost stays where it was");
    booked_as_published(app, &actor, event.id).await;
    let look = day::look(app, &actor, event.id).await.unwrap();
    assert_eq!((look.incidents[0].version, look.unplanned()), (Some(2), 0));

    // Letters to those whose meetings changed; calendars and agendas of the others are what they were.
    for (at, address) in PEOPLE.iter().enumerate() {
        let person = look.all.iter().find(|(one, _)| one.id == event.participants[at]).unwrap().1[0].id;
        let lost = before.iter().filter(|meeting| hers.contains(&meeting.request) && meeting.people.contains(&person));
        let lost = lost.count();
        let letters = letters_to(app, address).await;
        let told = letters.last().unwrap();
        assert_eq!(told.contains("Your meetings have changed"), lost > 0, "{address}: {told}");
        let calendar = nobody_at(app).get(&format!("{}.ics", calendars[at])).await.text;
        assert_eq!(calendar.matches("STATUS:CANCELLED").count(), lost, "{calendar}");
        assert_eq!(calendar.matches("SEQUENCE:1").count(), lost, "{calendar}");
        let agenda = nobody_at(app).get(&calendars[at]).await.text;
        assert_eq!(agenda.contains("Called off today"), lost > 0, "{agenda}");
        assert!(!agenda.contains("train stopped"), "why is for the team");
    }
    drop(nobody);
    let team = Visitor::invited(app, "team@medicen.example", Role::EventOrganiser, None).await;
    let board = team.get(&format!("/events/{}/board", event.id)).await.text;
    assert!(board.contains("Changed today") && board.contains("Firm 0") && board.contains("falls out"), "{board}");

    // A table is lost: its meetings stay in their slots, at another one; the agenda says where it was.
    let lost = *after.iter().find(|meeting| meeting.starts > now).unwrap();
    let table = Noted {
        what: "table".into(),
        room: (lost.room + 1).to_string(),
        table: lost.table.to_string(),
        ..Noted::default()
    };
    day::note(app, &actor, event.id, &table).await.unwrap();
    let preview = replanning::preview(app, &actor, event.id, false).await.unwrap();
    assert!(!preview.plan.changes.is_empty());
    for change in &preview.plan.changes {
        let Change::Moved(was, is) = change else { panic!("{change:?}") };
        assert_eq!((was.starts, was.people, was.table), (is.starts, is.people, lost.table));
    }
    // What is looked at is what is accepted: something noted in between is told.
    let off = *after.iter().rfind(|meeting| meeting.starts > now).unwrap();
    let called_off = Noted { what: "called_off".into(), request: off.request.to_string(), ..Noted::default() };
    day::note(app, &actor, event.id, &called_off).await.unwrap();
    let other = worded(replanning::accept(app, &actor, event.id, &accepted(&preview)).await);
    assert!(other.contains("another one by now"), "{other}");
    assert_eq!(published(app, &actor, event.id).await.1, after);
    let preview = replanning::preview(app, &actor, event.id, false).await.unwrap();
    assert_eq!(preview.plan.because[&off.request], Because::CalledOff);
    replanning::accept(app, &actor, event.id, &accepted(&preview)).await.unwrap();
    booked_as_published(app, &actor, event.id).await;
    let (open, third) = published(app, &actor, event.id).await;
    assert!(open.broken().is_empty(), "{:?}", open.broken());
    assert!(third.iter().all(|meeting| meeting.request != off.request));
    let sits = lost
        .people
        .map(|person| look.all.iter().position(|(_, people)| people.iter().any(|one| one.id == person)).unwrap());
    let at = event.participants.iter().position(|id| *id == look.all[sits[0]].0.id).unwrap();
    let agenda = nobody_at(app).get(&calendars[at]).await.text;
    if off.request != lost.request {
        assert!(agenda.contains("changed</span>"), "{agenda}");
    }

    // It is over: Firm 0 is there, the meeting is to be held, and what is free is filled.
    for incident in day::look(app, &actor, event.id).await.unwrap().incidents {
        day::end(app, &actor, event.id, incident.id).await.unwrap();
    }
    let calm = replanning::preview(app, &actor, event.id, false).await.unwrap();
    assert_eq!(calm.plan.changes, [], "nothing moves back by itself");
    let fill = replanning::preview(app, &actor, event.id, true).await.unwrap();
    let back: BTreeSet<_> = fill.plan.changes.iter().map(|change| (change.key(), change.shown().request)).collect();
    let expected: BTreeSet<_> = hers.iter().chain([&off.request]).map(|id| ("new", *id)).collect();
    assert_eq!(back, expected);
    replanning::accept(app, &actor, event.id, &Accepted { fill: "yes".into(), ..accepted(&fill) }).await.unwrap();
    booked_as_published(app, &actor, event.id).await;
    assert_eq!(published(app, &actor, event.id).await.1.len(), before.len());
}

fn nobody_at(app: &Shared) -> Visitor {
    Visitor::nobody(app)
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_door_is_the_teams_and_what_cannot_be_noted_is_refused(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let (actor, event) = prepared(&fresh).await;
    make_cluster(&fresh.app, "lyonbiopole", "Lyonbiopôle").await;
    let (app, now) = in_the_morning(&fresh, &actor, &event).await;
    let app = &app;
    let there = organiser(app, "lyonbiopole").await;
    let other = morning(app, &actor, "2026-10-07", &["zoe@firm.example"], |_| ()).await;
    let person =
        |look: &day::Day, at: usize| look.all.iter().find(|(one, _)| one.id == event.participants[at]).unwrap().1[0].id;
    let look = day::look(app, &actor, event.id).await.unwrap();
    let ada = person(&look, 0);

    // In, and a mistake; twice is once.
    for (here, count) in [(true, 1), (true, 1), (false, 0), (true, 1)] {
        day::check_in(app, &actor, event.id, ada, here).await.unwrap();
        let presence = day::presence(&day::look(app, &actor, event.id).await.unwrap().all);
        assert_eq!((presence.here, presence.people, presence.participants_here), (count, 5, count));
    }
    // Nobody of another event, and nobody by another team.
    let elsewhere = day::check_in(app, &actor, other.id, ada, true).await;
    assert!(matches!(elsewhere, Err(Error::NotFound(_))), "{elsewhere:?}");
    let foreign = [
        day::look(app, &there, event.id).await.err(),
        day::check_in(app, &there, event.id, ada, false).await.err(),
        day::note(app, &there, event.id, &away(event.participants[0])).await.err(),
        replanning::preview(app, &there, event.id, false).await.err(),
        replanning::accept(app, &there, event.id, &Accepted::default()).await.err(),
        day::end(app, &there, event.id, IncidentId::new()).await.err(),
        day::end(app, &actor, event.id, IncidentId::new()).await.err(),
    ];
    for outcome in foreign {
        assert!(matches!(outcome, Some(Error::NotFound(_))), "{outcome:?}");
    }
    let incident = day::note(app, &actor, event.id, &away(event.participants[1])).await.unwrap();
    for (event, incident) in [(other.id, incident), (event.id, IncidentId::new())] {
        let nothing = day::end(app, &actor, event, incident).await;
        assert!(matches!(nothing, Err(Error::NotFound(_))), "{nothing:?}");
    }
    let member = Visitor::acting_as(app, Role::MemberContact).await;
    for path in ["", "/incidents", "/replan"] {
        let answer = member.get(&format!("/events/{}/day{path}", event.id)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    for path in ["/check-in", "/incidents", "/replan"] {
        let answer = member.post(&format!("/events/{}/day{path}", event.id), "").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }

    // Who was invited and has not said that it comes is neither at the door nor missed.
    let asked = participants::Asked {
        organisation: "Late".to_owned(),
        kind: "participant".to_owned(),
        email: "late@late.example".to_owned(),
        ..participants::Asked::default()
    };
    let late = participants::invite(app, &actor, event.id, &asked).await.unwrap();
    let (_, _, people) = participants::one(app, &actor, event.id, late).await.unwrap();
    let in_advance = day::check_in(app, &actor, event.id, people[0].id, true).await;
    assert!(matches!(in_advance, Err(Error::NotFound(_))), "{in_advance:?}");

    // What there is not, and what lies behind.
    let wrong = async |noted: Noted| match day::note(app, &actor, event.id, &noted).await {
        Err(Error::Invalid(problems)) => problems[0].message.clone(),
        other => panic!("{noted:?}: {other:?}"),
    };
    let times = slots(&look.event.setup);
    let (first, last) = (times[0].starts.0.to_string(), times[times.len() - 1].starts.0.to_string());
    let begun = look.meetings().iter().find(|meeting| meeting.starts <= now).unwrap().request.to_string();
    let table = |table: &str| Noted { what: "table".into(), table: table.into(), ..Noted::default() };
    let of_first = away(event.participants[0]);
    let cases = [
        (table("99"), "day-wrong-table"),
        (table("x"), "day-wrong-table"),
        (Noted { what: "called_off".into(), request: begun, ..Noted::default() }, "day-wrong-request"),
        (away(other.participants[0]), "day-wrong-participant"),
        (away(late), "day-wrong-participant"),
        (Noted { person: person(&look, 1).to_string(), ..of_first.clone() }, "day-wrong-person"),
        (Noted { from: "12".into(), ..of_first.clone() }, "day-wrong-time"),
        (Noted { until: first, ..of_first.clone() }, "day-wrong-no-slot"),
        (Noted { from: last.clone(), until: last, ..of_first }, "day-wrong-no-slot"),
    ];
    for (noted, message) in cases {
        assert_eq!(wrong(noted).await, message);
    }
    let nothing = worded(day::note(app, &actor, other.id, &away(other.participants[0])).await);
    assert!(nothing.contains("none is yet"), "{nothing}");
    assert!(worded(replanning::preview(app, &actor, other.id, false).await).contains("none is yet"));

    // A search and a move by hand reckon with it as well: who is away cannot be put into a slot to come.
    let open = timetables::open(app, &actor, event.id, None).await.unwrap();
    assert!(open.broken().iter().any(|one| one.key == "timetable-rule-away"), "{:?}", open.broken());
    let mut steps = search::begin(app, &actor, event.id, std::time::Duration::from_secs(20)).await.unwrap();
    while steps.recv().await.is_some() {}
    let made = timetables::open(app, &actor, event.id, None).await.unwrap();
    let bob = person(&look, 1);
    assert!(made.meetings().iter().all(|meeting| meeting.starts <= now || !meeting.people.contains(&bob)));
    for meeting in look.meetings().iter().filter(|meeting| meeting.starts <= now) {
        assert!(made.meetings().contains(meeting), "what has begun stays");
    }
    publishing::publish(app, &actor, event.id, (made.newest, Some(1))).await.unwrap();
    assert_eq!(day::look(app, &actor, event.id).await.unwrap().unplanned(), 0, "it is reckoned with");
}

/// What was noted of somebody is told to them, and its words go with them.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_noted_of_somebody_goes_with_them(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let (actor, event) = prepared(&fresh).await;
    let app = &fresh.app;
    for at in [0, 1] {
        let noted = Noted { why: format!("missed train {at}"), ..away(event.participants[at]) };
        day::note(app, &actor, event.id, &noted).await.unwrap();
    }
    // What was noted of a colleague alone is the colleague's.
    let colleague = AttendeeId::new();
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query(
                "INSERT INTO event_people (cluster_id, id, event_id, participant_id, name, email, job, language, attendee,
                     away, rest, added_at)
                 SELECT cluster_id, $1, event_id, participant_id, 'Zoe', 'zoe@lab.example', '', 'en', 'zoe', away, rest, 1
                 FROM event_people WHERE participant_id = $2",
            ).bind(colleague).bind(event.participants[0]));
            Ok(())
        })
    }
    .await;
    written.unwrap();
    let of_colleague = Noted { why: "is ill".to_owned(), person: colleague.to_string(), ..away(event.participants[0]) };
    day::note(app, &actor, event.id, &of_colleague).await.unwrap();
    let ada = Subject::address(PEOPLE[0]).unwrap();
    let held = format!("{:?}", EventHolding.held(&app.database, &ada).await.unwrap());
    assert!(held.contains("missed train 0") && !held.contains("missed train 1"), "{held}");
    let erased: Result<_, Error> =
        async { transact!(app.database, transaction => EventHolding.erase(transaction, &ada, NOW).await) }.await;
    erased.unwrap();
    let mut left: Vec<String> =
        day::look(app, &actor, event.id).await.unwrap().incidents.into_iter().map(|incident| incident.why).collect();
    left.sort();
    assert_eq!(left, ["", "is ill", "missed train 1"]);
}

/// After the last slot has begun there is nothing to plan, and before the day everything can be.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plan_is_made_before_the_day_and_not_after_it() {
    let fresh = fresh(Engine::Sqlite).await;
    let (actor, event) = prepared(&fresh).await;
    day::note(&fresh.app, &actor, event.id, &away(event.participants[0])).await.unwrap();
    let preview = replanning::preview(&fresh.app, &actor, event.id, false).await.unwrap();
    assert_eq!(preview.plan.changes.len(), 4, "all four of its meetings");
    let times = slots(&preview.timetable.event.setup);
    let end = times[times.len() - 1].starts;
    let app = open_with(&fresh.url, &fresh.folder, end, "http://corridor.example").await;
    assert!(worded(replanning::preview(&app, &actor, event.id, false).await).contains("nothing left"));
    events::set_state(&fresh.app, &actor, event.id, EventState::Cancelled, &Audience::Members).await.unwrap();
    let cancelled = replanning::preview(&fresh.app, &actor, event.id, false).await;
    assert!(matches!(cancelled, Err(Error::Over { .. })), "{cancelled:?}");
}

/// A plan is accepted while somebody makes a draft by hand: whichever is second is told, and only what was looked at is
/// published.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_made_meanwhile_is_not_published_for_a_plan(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let (actor, event) = prepared(&fresh).await;
    let app = &fresh.app;
    let (_, before) = published(app, &actor, event.id).await;
    day::note(app, &actor, event.id, &away(event.participants[0])).await.unwrap();
    let preview = replanning::preview(app, &actor, event.id, false).await.unwrap();
    let looked_at = accepted(&preview);
    let kept = before.iter().find(|meeting| !preview.plan.because.contains_key(&meeting.request)).unwrap().request;
    let (planned, locked) = tokio::join!(
        replanning::accept(app, &actor, event.id, &looked_at),
        timetables::set_locked(app, &actor, event.id, 1, kept, true),
    );
    let expected = match (planned, locked) {
        (Ok(_), Err(Error::Clash(_))) => preview.plan.meetings,
        (Err(Error::Clash(_)), Ok(2)) => before,
        both => panic!("{both:?}"),
    };
    assert_eq!(published(app, &actor, event.id).await.1, expected);
}

/// An event of six, two of them with two people, with its published meetings.
async fn ground() -> (Ground, Vec<Placed>) {
    let fresh = fresh(Engine::Sqlite).await;
    prepare_people(&fresh.app).await;
    let actor = organiser(&fresh.app, "medicen").await;
    let addresses = [&PEOPLE[..], &["flo@park.example"]].concat();
    let event = morning(&fresh.app, &actor, "2026-10-06", &addresses, |setup| setup.rooms[0].tables = 3).await;
    let mut ground = timetables::open(&fresh.app, &actor, event.id, None).await.unwrap().ground;
    for (participant, people) in ground.participants.iter_mut().take(2) {
        let id = AttendeeId::new();
        people.push(Attendee { id, participant: participant.id, key: attendee_key("", id), ..people[0].clone() });
    }
    let built = timetables::build(&ground, &[]);
    let limits = Limits::none().with_steps(200_000);
    let answer = timetable::solve(&built.problem, &limits, &mut |_| std::ops::ControlFlow::Continue(())).unwrap();
    let mut meetings = built.placed(&answer.schedule.expect("three tables are enough"), &[]);
    // One is locked by the team.
    meetings[9].locked = true;
    (ground, meetings)
}

/// An absence of somebody or of all, or a table that is lost: which, from which slot on, for how many slots, noted before
/// which slot.
type Happening = (u8, usize, usize, usize);

fn incident(ground: &Ground, starts: &[Timestamp], (kind, which, from, span): Happening) -> Incident {
    let (participant, people) = &ground.participants[which % ground.participants.len()];
    let what = match kind % 3 {
        0 => What::Away { participant: participant.id, person: None },
        1 => What::Away { participant: participant.id, person: Some(people[which % people.len()].id) },
        _ => What::Table { room: 0, table: 1 + (which % 3) as u32 },
    };
    Incident {
        id: IncidentId::new(),
        what,
        from: starts[from % starts.len()],
        until: starts.get(from % starts.len() + 1 + span).copied(),
        why: String::new(),
        noted_by: None,
        noted_at: Timestamp(0),
        version: None,
        ended_at: None,
    }
}

#[test]
fn whatever_happens_nobody_is_booked_twice_and_what_has_begun_stays() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (ground, meetings) = runtime.block_on(ground());
    let times = slots(&ground.setup);
    let starts: Vec<Timestamp> = times.iter().map(|slot| slot.starts).collect();
    let happening = (any::<u8>(), 0..30usize, 0..8usize, 0..8usize);
    let strategy = (0..7usize, prop::collection::vec(happening, 0..6), any::<bool>());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let outcome = runner.run(&strategy, |(slot, happenings, fill)| {
        let now = starts[slot].plus_seconds(60);
        let incidents: Vec<Incident> =
            happenings.iter().map(|happening| incident(&ground, &starts, *happening)).collect();
        let mut ground = ground.clone();
        ground.today = Today::at(now, &meetings, incidents.clone(), &times);
        let plan = day::plan(&ground, &meetings, fill, &Limits::none()).expect("there is always a plan");
        let begun =
            |all: &[Placed]| -> Vec<Placed> { all.iter().filter(|meeting| meeting.starts <= now).copied().collect() };
        prop_assert_eq!(begun(&plan.meetings), begun(&meetings));
        let mut taken = BTreeSet::new();
        for meeting in &plan.meetings {
            for person in meeting.people {
                prop_assert!(taken.insert((person, meeting.starts)), "{:?} is booked twice", person);
            }
            prop_assert!(
                !meeting.locked
                    || meetings.contains(meeting)
                    || incidents.iter().any(|one| { one.covers(meetings[9].starts) }),
                "what is locked stays where nothing touches it"
            );
            let request = ground.requests.iter().find(|request| request.id == meeting.request);
            let impossible = incidents.iter().find(|one| meeting.starts > now && one.touches(meeting, request));
            prop_assert!(impossible.is_none(), "{:?} in spite of {:?}", meeting, impossible);
        }
        let tables: BTreeSet<_> = plan.meetings.iter().map(|one| (one.starts, one.room, one.table)).collect();
        prop_assert_eq!(tables.len(), plan.meetings.len(), "a table is given twice");
        for change in &plan.changes {
            prop_assert!(change.shown().starts > now, "{:?} had begun", change);
        }
        // The same again is the same plan: what is looked at can be accepted.
        prop_assert_eq!(day::plan(&ground, &meetings, fill, &Limits::none()).unwrap().mark(), plan.mark());
        Ok(())
    });
    outcome.unwrap();
}
