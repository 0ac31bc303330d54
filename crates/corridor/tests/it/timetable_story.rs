//! Timetables: searched, moved by hand, published; agendas and calendars of who takes part; nobody booked twice, whatever
//! is published in whatever order.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use axum::http::StatusCode;
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty, ICalendarValue};
use corridor::{
    accounts::{Actor, ClusterRef, PersonId, Role, RoleId, Shared, clusters, tokens::Scopes},
    events::{
        self, EventId, ParticipantId, RequestId, Setup, Template, cells,
        participants::{self, Asked},
        slots,
        timetables::{self, Moved, Target, Timetable, publishing, search, what_if},
    },
    execute,
    foundation::{errors::Error, instance::App},
    rows, transact,
};
use proptest::prelude::*;
use rstest::rstest;

use crate::{
    databases::{Engine, NOW, fresh},
    mailbox::{letters_to, link_in},
    visitors::{Visitor, make_cluster, prepare_people},
};

/// An organiser of a cluster, whose letters leave.
pub async fn organiser(app: &Shared, slug: &str) -> Actor {
    let all = clusters(&app.database).await.unwrap();
    let cluster: ClusterRef = all.iter().find(|cluster| cluster.slug == slug).unwrap().clone();
    Actor::Person {
        person: PersonId::new(),
        role_id: RoleId::new(),
        name: "somebody".to_owned(),
        role: Role::EventOrganiser,
        cluster: Some(cluster),
        organisation: None,
        demonstration: false,
        scopes: Scopes::ALL,
    }
}

/// An event of eight slots on one morning.
pub struct Morning {
    pub id: EventId,
    pub participants: Vec<ParticipantId>,
    pub requests: Vec<RequestId>,
}

async fn written(app: &Shared, event: EventId, from: ParticipantId, to: ParticipantId) -> RequestId {
    let id = RequestId::new();
    let put: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query(
                "INSERT INTO event_requests (cluster_id, id, event_id, from_id, to_id, low_id, high_id, state, wish,
                     answer_wish, message, answer, sessions, by_team, asked_at)
                 SELECT cluster_id, $1, $2, $3, $4, $5, $6, 'accepted', 'meet', 'must', '', '', $7, $8, $9
                 FROM events WHERE id = $2",
            )
            .bind(id)
            .bind(event)
            .bind(from)
            .bind(to)
            .bind(from.min(to))
            .bind(from.max(to))
            .bind(sqlx::types::Json(Vec::<(usize, usize)>::new()))
            .bind(false)
            .bind(NOW));
            Ok(())
        })
    }
    .await;
    put.unwrap();
    id
}

/// An event whose participants come with one person each, at these addresses; each meets each.
pub async fn morning(
    app: &Shared,
    actor: &Actor,
    day: &str,
    addresses: &[&str],
    change: impl Fn(&mut Setup),
) -> Morning {
    let mut setup = Template::HalfDay.setup("Meetings", day.parse().unwrap(), "Europe/Paris", &str::to_owned);
    change(&mut setup);
    let id = events::create(app, actor, setup).await.unwrap();
    let mut all = Vec::new();
    for (at, address) in addresses.iter().enumerate() {
        let asked = Asked {
            organisation: format!("Firm {at}"),
            kind: "participant".to_owned(),
            name: format!("Person {at}"),
            email: (*address).to_owned(),
            language: "en".to_owned(),
            confirmed: "yes".to_owned(),
            ..Asked::default()
        };
        all.push(participants::invite(app, actor, id, &asked).await.unwrap());
    }
    let mut requests = Vec::new();
    for (at, one) in all.iter().enumerate() {
        for other in &all[at + 1..] {
            requests.push(written(app, id, *one, *other).await);
        }
    }
    Morning { id, participants: all, requests }
}

/// Searches to the end; the number of the version.
pub async fn searched(app: &Shared, actor: &Actor, id: EventId) -> i64 {
    let mut steps = search::begin(app, actor, id, Duration::from_secs(20)).await.unwrap();
    while let Some(step) = steps.recv().await {
        match step.unwrap() {
            search::Step::Better(snapshot) => assert!(snapshot.held.is_none_or(|held| held <= snapshot.asked)),
            search::Step::Ended(number) => return number,
            search::Step::Without(conflict) => panic!("no timetable: {conflict:?}"),
        }
    }
    panic!("the search ended without a word")
}

async fn newest(app: &App, actor: &Actor, id: EventId) -> Timetable {
    timetables::open(app, actor, id, None).await.unwrap()
}

/// Where a meeting could be held at another time than now.
async fn elsewhere(app: &App, actor: &Actor, id: EventId, request: RequestId) -> Target {
    let found = timetables::movable(app, actor, id, request).await.unwrap();
    let now = found.now.map(|now| now.starts);
    let slots = &found.timetable.built.slots;
    let (slot, _) = found.free.iter().find(|(slot, _)| Some(slots[*slot].starts) != now).expect("there is room");
    Target { starts: slots[*slot].starts, table: None }
}

fn worded(outcome: Result<impl std::fmt::Debug, Error>) -> String {
    match outcome {
        Err(Error::Worded(wording)) => wording.to_string(),
        other => panic!("{other:?}"),
    }
}

/// A meeting of a calendar: UID, SEQUENCE, STATUS, DTSTART.
type Dated = (String, String, String, String);

/// Reads a calendar with two parsers that know nothing of each other, and holds them against each other.
fn read(text: &str) -> Vec<Dated> {
    assert!(text.lines().all(|line| line.len() <= 75), "lines are folded");
    let unfolded = icalendar::parser::unfold(text);
    let one = icalendar::parser::read_calendar(&unfolded).unwrap();
    let mut first: Vec<Dated> = one
        .components
        .iter()
        .filter(|component| component.name == "VEVENT")
        .map(|component| {
            let of =
                |name: &str| component.find_prop(name).map(|property| property.val.to_string()).unwrap_or_default();
            (of("UID"), of("SEQUENCE"), of("STATUS"), of("DTSTART"))
        })
        .collect();
    let other = ICalendar::parse(text).unwrap();
    let mut second: Vec<Dated> = other
        .components
        .iter()
        .filter(|component| component.component_type == ICalendarComponentType::VEvent)
        .map(|component| {
            let of = |name: ICalendarProperty| match component.property(&name).and_then(|entry| entry.values.first()) {
                Some(ICalendarValue::Text(text)) => text.clone(),
                Some(ICalendarValue::Integer(number)) => number.to_string(),
                Some(ICalendarValue::Status(status)) => format!("{status:?}").to_uppercase(),
                Some(ICalendarValue::PartialDateTime(time)) => {
                    assert_eq!((time.tz_hour, time.tz_minute), (Some(0), Some(0)), "times are in UTC");
                    let part = |part: Option<u8>| part.unwrap();
                    let (year, month, day) = (time.year.unwrap(), part(time.month), part(time.day));
                    let (hour, minute, second) = (part(time.hour), part(time.minute), part(time.second));
                    format!("{year}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
                }
                other => panic!("{name:?}: {other:?}"),
            };
            (
                of(ICalendarProperty::Uid),
                of(ICalendarProperty::Sequence),
                of(ICalendarProperty::Status),
                of(ICalendarProperty::Dtstart),
            )
        })
        .collect();
    first.sort();
    second.sort();
    assert_eq!(first, second);
    first
}

const PEOPLE: [&str; 5] =
    ["ada@lab.example", "bob@firm.example", "cyd@clinic.example", "dan@fund.example", "eve@city.example"];

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_timetable_is_made_moved_published_and_read_in_calendars(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let actor = organiser(app, "medicen").await;
    let event = morning(app, &actor, "2027-03-10", &PEOPLE, |_| ()).await;

    // Nothing is published before somebody does.
    let nobody = Visitor::nobody(app);
    let own = link_in(letters_to(app, PEOPLE[0]).await.last().unwrap());
    let empty = nobody.get(&format!("{own}/agenda")).await;
    assert!(empty.text.contains("as soon as"), "{}", empty.text);
    assert_eq!(read(&nobody.get(&format!("{own}/agenda.ics")).await.text), []);

    let number = searched(app, &actor, event.id).await;
    let made = newest(app, &actor, event.id).await;
    assert_eq!((made.newest, number, made.meetings().len()), (1, 1, 10), "five meet each other");
    assert!(made.broken().is_empty());
    assert!(made.version.as_ref().unwrap().findings.is_proved(), "{:?}", made.version);

    // By hand: what breaks a rule is refused with the rule, and nothing is written.
    let request = event.requests[0];
    let placed = *made.meetings().iter().find(|meeting| meeting.request == request).unwrap();
    let clash = made.meetings().iter().find(|other| {
        other.request != request && other.starts != placed.starts && other.people.contains(&placed.people[0])
    });
    let there = Target { starts: clash.unwrap().starts, table: None };
    let Moved::Refused(broken) = timetables::move_meeting(app, &actor, event.id, 1, request, there).await.unwrap()
    else {
        panic!("a person cannot be in two meetings")
    };
    assert_eq!(broken[0].key, "timetable-rule-person-twice", "{broken:?}");
    let named: Vec<&str> = broken[0].names.iter().skip(1).map(|(_, name)| name.as_str()).collect();
    assert_ne!(named, ["Firm 0", "Firm 1"], "the other meeting is named, not the one that is moved");
    assert_eq!(newest(app, &actor, event.id).await.newest, 1);
    let free = elsewhere(app, &actor, event.id, request).await;
    let moved = timetables::move_meeting(app, &actor, event.id, 1, request, free).await.unwrap();
    assert!(matches!(moved, Moved::Version(2)), "{moved:?}");
    let late = timetables::move_meeting(app, &actor, event.id, 1, request, free).await;
    assert!(matches!(late, Err(Error::Clash(_))), "{late:?}");
    assert_eq!(timetables::set_locked(app, &actor, event.id, 2, request, true).await.unwrap(), 3);
    assert_eq!(searched(app, &actor, event.id).await, 4);
    let again = newest(app, &actor, event.id).await;
    let kept = again.meetings().iter().find(|meeting| meeting.request == request).unwrap();
    assert!(kept.locked && kept.starts == free.starts, "what is locked stays");

    // Published: bookings, letters with a private calendar, an agenda.
    let preview = publishing::preview(app, &actor, event.id, 4).await.unwrap();
    assert_eq!((preview.changes.len(), preview.touched.len(), preview.letters), (10, 5, 5));
    assert_eq!(publishing::publish(app, &actor, event.id, (4, None)).await.unwrap(), 5);
    let twice = publishing::publish(app, &actor, event.id, (4, Some(4))).await;
    assert!(matches!(twice, Err(Error::Clash(_))), "{twice:?}");
    let letters = letters_to(app, PEOPLE[0]).await;
    let letter = letters.last().unwrap();
    assert_eq!(letter.matches("New: Firm").count(), 8, "four meetings, in both forms of the letter: {letter}");
    let agenda = link_in(letter);
    let page = nobody.get(&agenda).await;
    assert_eq!((page.status, page.text.matches("agenda-one").count()), (StatusCode::OK, 4), "{}", page.text);
    let secret = agenda.trim_end_matches("/agenda").to_owned();
    for other in ["", "/answer"] {
        let answer = nobody.get(&format!("{secret}{other}")).await;
        assert_ne!(answer.status, StatusCode::OK, "a calendar opens no other page");
    }
    let first = read(&nobody.get(&format!("{secret}/agenda.ics")).await.text);
    assert_eq!(first.len(), 4);
    assert!(first.iter().all(|(uid, sequence, status, _)| {
        uid.ends_with("@corridor.example") && sequence == "0" && status == "CONFIRMED"
    }));

    // Moved and taken out: the same UID, a higher SEQUENCE; what is gone is cancelled.
    let mut of_ada = first.iter().map(|(uid, ..)| uid.split('@').next().unwrap().parse::<RequestId>().unwrap());
    let (one, gone) = (of_ada.find(|id| *id != request).unwrap(), of_ada.next_back().unwrap());
    let target = elsewhere(app, &actor, event.id, one).await;
    timetables::move_meeting(app, &actor, event.id, 4, one, target).await.unwrap();
    timetables::take_out(app, &actor, event.id, 5, gone).await.unwrap();
    // Whoever looked at it before another version was published does not publish over that unseen.
    for over in [None, Some(3)] {
        let unseen = publishing::publish(app, &actor, event.id, (6, over)).await;
        assert!(matches!(unseen, Err(Error::Clash(_))), "{unseen:?}");
    }
    publishing::publish(app, &actor, event.id, (6, Some(4))).await.unwrap();
    let second = read(&nobody.get(&format!("{secret}/agenda.ics")).await.text);
    let of = |id: RequestId| second.iter().find(|(uid, ..)| uid.starts_with(&id.to_string())).unwrap();
    let at = target.starts.to_jiff().strftime("%Y%m%dT%H%M%SZ").to_string();
    assert_eq!((of(one).1.as_str(), of(one).2.as_str(), &of(one).3), ("1", "CONFIRMED", &at));
    assert_eq!((of(gone).1.as_str(), of(gone).2.as_str()), ("1", "CANCELLED"));
    assert_eq!(second.iter().filter(|(_, sequence, ..)| sequence == "0").count(), 2);
    let letters = letters_to(app, PEOPLE[0]).await;
    let told = letters.last().unwrap();
    assert!(told.contains("Moved: Firm") && told.contains("Falls away: Firm") && !told.contains("New: Firm"), "{told}");
    assert!(!told.contains("/attend/"), "the calendar that there is stays what it is: {told}");

    // Cancelled: everything is, and nobody is booked any more.
    let audience = corridor::accounts::visibility::Audience::Members;
    events::set_state(app, &actor, event.id, events::EventState::Cancelled, &audience).await.unwrap();
    let third = read(&nobody.get(&format!("{secret}/agenda.ics")).await.text);
    assert!(third.iter().all(|(_, _, status, _)| status == "CANCELLED"), "{third:?}");
    assert_eq!(booked(app).await, BTreeMap::new());
    let again = publishing::publish(app, &actor, event.id, (6, None)).await;
    assert!(matches!(again, Err(Error::Over { .. })), "{again:?}");
}

/// What is done by hand is done to the newest version.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_change_it_at_once_the_second_is_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let actor = organiser(app, "medicen").await;
    let event = morning(app, &actor, "2027-03-10", &PEOPLE[..3], |_| ()).await;
    let mut number = searched(app, &actor, event.id).await;
    make_cluster(app, "lyonbiopole", "Lyonbiopole").await;
    let others = organiser(app, "lyonbiopole").await;
    for nowhere in [
        timetables::versions(app, &others, event.id).await.err(),
        timetables::set_locked(app, &others, event.id, number, event.requests[0], true).await.err(),
        search::stop(app, &others, event.id).await.err(),
    ] {
        assert!(matches!(nowhere, Some(Error::NotFound(_))), "{nowhere:?}");
    }
    for _ in 0..4 {
        let locks = |request| timetables::set_locked(app, &actor, event.id, number, request, true);
        let both = tokio::join!(locks(event.requests[0]), locks(event.requests[1]));
        let ((Ok(made), Err(Error::Clash(_))) | (Err(Error::Clash(_)), Ok(made))) = both else { panic!("{both:?}") };
        let late = timetables::take_out(app, &actor, event.id, number, event.requests[2]).await;
        assert!(matches!(late, Err(Error::Clash(_))), "{late:?}");
        let found = newest(app, &actor, event.id).await;
        let locked: Vec<_> = found.meetings().iter().filter(|meeting| meeting.locked).collect();
        assert_eq!((found.newest, locked.len()), (made, 1));
        number = timetables::set_locked(app, &actor, event.id, made, locked[0].request, false).await.unwrap();
    }
}

/// What stands in the way is said before anything is searched; what cannot hold together, in words.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_is_named_and_what_more_tables_bring_is_counted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let actor = organiser(app, "medicen").await;
    let bare = morning(app, &actor, "2027-03-10", &PEOPLE[..1], |_| ()).await;
    let nothing = search::begin(app, &actor, bare.id, Duration::from_secs(1)).await;
    assert!(worded(nothing).contains("nothing to place"));
    let nothing = publishing::publish(app, &actor, bare.id, (0, None)).await;
    assert!(matches!(nothing, Err(Error::NotFound(_))), "{nothing:?}");

    // Six meetings of four people at one table in eight slots: with a second table fewer wait.
    let event = morning(app, &actor, "2027-03-11", &PEOPLE[..4], |setup| setup.rooms[0].tables = 1).await;
    let compared = what_if::compare(app, &actor, event.id, 1, 0).await.unwrap();
    assert_eq!((compared.now.held, compared.then.held, compared.asked), (Some(6), Some(6), 6));
    assert!(compared.then.score.breaks < compared.now.score.breaks, "{compared:?}");
    for (tables, slots) in [(9_999, 0), (501, 0), (0, 13)] {
        let compared = what_if::compare(app, &actor, event.id, tables, slots).await;
        assert!(worded(compared).contains("midnight"), "{tables} {slots}");
    }

    // One table, and every meeting must be held in one slot: three of one person cannot.
    let set = async |sql: &'static str| {
        let written: Result<(), Error> = async {
            transact!(app.database, transaction => {
                execute!(transaction, sqlx::query(sql).bind(event.id));
                Ok(())
            })
        }
        .await;
        written.unwrap();
    };
    set("UPDATE event_requests SET by_team = (1 = 1) WHERE event_id = $1").await;
    let mut shorter = newest(app, &actor, event.id).await.event;
    shorter.setup.days[0].sessions[0].until = "09:45".to_owned();
    shorter.setup.rooms[0].tables = 6;
    events::save(app, &actor, event.id, shorter.revision, shorter.setup).await.unwrap();
    let mut steps = search::begin(app, &actor, event.id, Duration::from_secs(20)).await.unwrap();
    let mut last = None;
    while let Some(step) = steps.recv().await {
        last = Some(step.unwrap());
    }
    let Some(search::Step::Without(conflict)) = last else { panic!("{last:?}") };
    assert_eq!(conflict.len(), 3, "three meetings in two slots, and no more is named: {conflict:?}");
    assert!(conflict.iter().all(|one| one.key == "timetable-conflict-set"), "{conflict:?}");

    // Somebody without any time, who must be met.
    let people = timetables::open(app, &actor, event.id, None).await.unwrap().ground.participants;
    let times: Vec<i64> =
        slots(&newest(app, &actor, event.id).await.event.setup).iter().map(|slot| slot.starts.0).collect();
    let away: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query("UPDATE event_people SET away = $2 WHERE id = $1")
                .bind(people[0].1[0].id)
                .bind(sqlx::types::Json(times.clone())));
            Ok(())
        })
    }
    .await;
    away.unwrap();
    let refused = search::begin(app, &actor, event.id, Duration::from_secs(1)).await;
    assert!(worded(refused).contains("stands in the way"));
    let open = newest(app, &actor, event.id).await;
    assert_eq!(timetables::refusals(&open.built)[0].key, "timetable-refusal-no-time");
}

/// What published timetables keep of everybody's time, by attendee and cell.
async fn booked(app: &Shared) -> BTreeMap<(String, i64), i64> {
    let kept: Result<Vec<(String, i64, i64)>, Error> = async {
        Ok(rows!(app.database, "SELECT attendee, cell, COUNT(*) FROM event_bookings GROUP BY attendee, cell"))
    }
    .await;
    kept.unwrap().into_iter().map(|(attendee, cell, count)| ((attendee, cell), count)).collect()
}

/// Nobody sits in two meetings of published timetables at once; the bookings say the same as the timetables.
async fn nobody_twice(app: &Shared, all: &[(&Actor, EventId)]) {
    let mut taken: BTreeMap<(String, i64), usize> = BTreeMap::new();
    for (actor, id) in all {
        let timetable = timetables::open(app, actor, *id, None).await.unwrap();
        let people: BTreeMap<_, _> = timetable
            .ground
            .participants
            .iter()
            .flat_map(|(_, people)| people.iter().map(|person| (person.id, person.key.clone())))
            .collect();
        let Some(published) = timetables::published(app, &timetable.event).await.unwrap() else { continue };
        for meeting in &published.meetings {
            for person in meeting.people {
                for cell in cells(meeting.starts, meeting.ends) {
                    *taken.entry((people[&person].clone(), cell)).or_default() += 1;
                }
            }
        }
    }
    assert!(taken.values().all(|count| *count == 1), "somebody is in two meetings at once: {taken:?}");
    let booked: Vec<(String, i64)> = booked(app).await.into_keys().collect();
    assert_eq!(taken.into_keys().collect::<Vec<_>>(), booked);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_events_that_share_people_cannot_both_have_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    make_cluster(app, "lyonbiopole", "Lyonbiopôle").await;
    let (here, there) = (organiser(app, "medicen").await, organiser(app, "lyonbiopole").await);
    let one = morning(app, &here, "2027-03-10", &PEOPLE, |_| ()).await;
    let other = morning(app, &there, "2027-03-10", &PEOPLE[2..], |_| ()).await;
    let foreign = timetables::open(app, &there, one.id, None).await;
    assert!(matches!(foreign, Err(Error::NotFound(_))), "{foreign:?}");

    // Both drafts are made before either is published; both are published at the same moment.
    let (first, second) = (searched(app, &here, one.id).await, searched(app, &there, other.id).await);
    let (left, right) = tokio::join!(
        publishing::publish(app, &here, one.id, (first, None)),
        publishing::publish(app, &there, other.id, (second, None))
    );
    nobody_twice(app, &[(&here, one.id), (&there, other.id)]).await;
    let refused = match (left, right) {
        (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
        both => panic!("three people have all their meetings in one morning twice: {both:?}"),
    };
    let Error::Worded(words) = refused else { panic!("{refused:?}") };
    let words = words.to_string();
    assert!(words.contains("Booked at that time already") || words.contains("breaks rules"), "{words}");

    // The next search goes round what the other event keeps, or holds fewer meetings.
    for (actor, event) in [(&here, &one), (&there, &other)] {
        let timetable = newest(app, actor, event.id).await;
        if timetables::published(app, &timetable.event).await.unwrap().is_none() {
            let number = searched(app, actor, event.id).await;
            publishing::publish(app, actor, event.id, (number, None)).await.unwrap();
        }
    }
    nobody_twice(app, &[(&here, one.id), (&there, other.id)]).await;
}

/// What somebody does to one of two events.
#[derive(Clone, Copy, Debug)]
enum Act {
    Search,
    Publish,
    Move(usize, usize),
    TakeOut(usize),
    Cancel,
    Open,
}

fn acts() -> impl Strategy<Value = Vec<(bool, Act)>> {
    let act = prop_oneof![
        2 => Just(Act::Search),
        4 => Just(Act::Publish),
        5 => (0..3usize, 0..8usize).prop_map(|(request, slot)| Act::Move(request, slot)),
        1 => (0..3usize).prop_map(Act::TakeOut),
        1 => Just(Act::Cancel),
        1 => Just(Act::Open),
    ];
    prop::collection::vec((any::<bool>(), act), 4..14)
}

async fn act(app: &Shared, actor: &Actor, event: &Morning, act: Act) {
    let timetable = newest(app, actor, event.id).await;
    let audience = corridor::accounts::visibility::Audience::Members;
    // Whether an act is refused is not the question here: nothing that is let through may book anybody twice.
    match act {
        Act::Search => {
            if let Ok(mut steps) = search::begin(app, actor, event.id, Duration::from_secs(5)).await {
                while steps.recv().await.is_some() {}
            }
        }
        Act::Publish => {
            let over = timetables::published(app, &timetable.event).await.unwrap().map(|version| version.number);
            drop(publishing::publish(app, actor, event.id, (timetable.newest, over)).await);
        }
        Act::Move(request, slot) => {
            let target = Target { starts: timetable.built.slots[slot].starts, table: None };
            let request = event.requests[request];
            drop(timetables::move_meeting(app, actor, event.id, timetable.newest, request, target).await);
        }
        Act::TakeOut(request) => {
            drop(timetables::take_out(app, actor, event.id, timetable.newest, event.requests[request]).await);
        }
        Act::Cancel => {
            drop(events::set_state(app, actor, event.id, events::EventState::Cancelled, &audience).await);
        }
        Act::Open => drop(events::set_state(app, actor, event.id, events::EventState::Open, &audience).await),
    }
}

#[test]
fn whatever_is_published_in_whatever_order_nobody_is_booked_twice() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 12,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let outcome = runner.run(&acts(), |acts| {
        runtime.block_on(async {
            let fresh = fresh(Engine::Sqlite).await;
            let app = &fresh.app;
            prepare_people(app).await;
            let actor = organiser(app, "medicen").await;
            // The second begins ten minutes later: its slots lie across those of the first.
            let one = morning(app, &actor, "2027-03-10", &PEOPLE[..3], |_| ()).await;
            let later = |setup: &mut Setup| setup.days[0].sessions[0].from = "09:10".to_owned();
            let other = morning(app, &actor, "2027-03-10", &PEOPLE[..3], later).await;
            assert_eq!((one.participants.len(), other.participants.len()), (3, 3));
            for (first, what) in acts {
                act(app, &actor, if first { &one } else { &other }, what).await;
                nobody_twice(app, &[(&actor, one.id), (&actor, other.id)]).await;
            }
        });
        Ok(())
    });
    outcome.unwrap();
}

/// A search that nobody waits for any more leaves what it found as a draft.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_leaves_a_search_finds_its_draft() {
    let fresh = fresh(Engine::Sqlite).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let actor = organiser(app, "medicen").await;
    // So many that nothing is proved at once.
    let addresses: Vec<String> = (0..24).map(|at| format!("person{at}@firm.example")).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let event =
        morning(app, &actor, "2027-03-10", &addresses, |setup| setup.days[0].sessions[0].until = "18:00".into()).await;
    let mut steps = search::begin(app, &actor, event.id, Duration::from_secs(300)).await.unwrap();
    assert!(worded(search::begin(app, &actor, event.id, Duration::from_secs(1)).await).contains("runs already"));
    while let Some(step) = steps.recv().await {
        if matches!(step.unwrap(), search::Step::Better(snapshot) if snapshot.held.is_some()) {
            break;
        }
    }
    drop(steps);
    let app = Arc::clone(app);
    for _ in 0..600 {
        if !search::runs(&app, event.id) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let timetable = newest(&app, &actor, event.id).await;
    assert_eq!(timetable.newest, 1, "the draft is there");
    assert_eq!(timetable.version.as_ref().unwrap().reason, Some(timetables::Reason::Stopped));
    assert!(timetable.broken().is_empty());
}

/// The search writes a draft though it is asked for by GET: a link from elsewhere begins none.
#[tokio::test]
async fn an_address_that_somebody_is_led_to_begins_no_search() {
    let fresh = fresh(Engine::Sqlite).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let actor = organiser(app, "medicen").await;
    let event = morning(app, &actor, "2027-03-10", &PEOPLE[..3], |_| ()).await;
    let team = Visitor::invited(app, "team@medicen.example", Role::EventOrganiser, None).await;
    let led = team.get(&format!("/events/{}/timetable/live", event.id)).await;
    assert_eq!(led.status, StatusCode::BAD_REQUEST);
    assert_eq!(newest(app, &actor, event.id).await.newest, 0);
    let page = team.post(&format!("/events/{}/timetable/run", event.id), "").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    assert_eq!(newest(app, &actor, event.id).await.newest, 1);
}
