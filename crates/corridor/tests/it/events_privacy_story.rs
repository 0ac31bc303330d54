//! What events keep of people: until an erasure, two years after the last day, a month after the event was deleted.

use corridor::{
    accounts::{Actor, Shared, clusters},
    events::{
        self, EventId, attending,
        delegations::{self, Asking},
        timetables::{self, orders, publishing},
    },
    execute,
    foundation::{
        errors::Error,
        personal::{self, Subject},
        time::Timestamp,
    },
    rows, transact, values,
};
use rstest::rstest;

use crate::{
    databases::{Engine, Fresh, NOW, fresh, open_with},
    mailbox::{letters_to, link_in},
    timetable_story::{morning, organiser, searched},
    visitors::{HOST, make_cluster, prepare_people},
};

const DAY: i64 = 24 * 3600;
const PEOPLE: [&str; 3] = ["ada@lab.example", "bob@firm.example", "cyd@clinic.example"];

async fn later(fresh: &Fresh, days: i64) -> Shared {
    open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(days * DAY), &format!("http://{HOST}")).await
}

async fn published(app: &Shared, team: &Actor, day: &str) -> EventId {
    let event = morning(app, team, day, &PEOPLE, |_| ()).await.id;
    let version = searched(app, team, event).await;
    publishing::publish(app, team, event, (version, None)).await.unwrap();
    event
}

/// Names and keys of the people of an event, and the keys under which their time is booked.
async fn kept(app: &Shared, event: EventId) -> (Vec<(String, String)>, Vec<String>) {
    let found: Result<_, Error> = async {
        let people: Vec<(String, String)> =
            rows!(app.database, "SELECT name, attendee FROM event_people WHERE event_id = $1 ORDER BY name", event);
        let booked: Vec<String> = values!(
            app.database,
            "SELECT DISTINCT attendee FROM event_bookings WHERE event_id = $1 ORDER BY attendee",
            event
        );
        Ok((people, booked))
    }
    .await;
    found.unwrap()
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_erased_leaves_a_seat_without_a_trace(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let team = organiser(app, "medicen").await;
    let first = published(app, &team, "2026-10-06").await;
    let second = published(app, &team, "2026-10-07").await;
    let link = link_in(letters_to(app, "ada@lab.example").await.first().unwrap());
    let key = link.rsplit('/').next().unwrap().to_owned();
    assert!(attending::seat(app, &Actor::Nobody, &key).await.is_ok());
    let (before, booked) = kept(app, first).await;
    let digest = before.iter().find(|(name, _)| name == "Person 0").unwrap().1.clone();
    assert!(booked.contains(&digest) && kept(app, second).await.1.contains(&digest), "one person in both events");

    let holdings = app.part::<personal::Holdings>();
    let holding = holdings.of("event").unwrap();
    let erased: Result<_, Error> = async {
        let subject = Subject::address("ada@lab.example").unwrap();
        transact!(app.database, transaction => holding.erase(transaction, &subject, NOW).await)
    }
    .await;
    assert_eq!(erased.unwrap()[0].count, 2);
    for event in [first, second] {
        let (people, booked) = kept(app, event).await;
        assert_eq!(people.len(), 3, "the seat stays");
        let (name, key) = &people[0];
        assert_eq!(name, "");
        assert_ne!(key, &digest, "nothing is left to recognise the address by");
        assert_eq!(booked.len(), 3, "and the time of the seat stays booked");
        assert!(booked.contains(key) && !booked.contains(&digest), "{booked:?}");
    }
    let gone = attending::seat(app, &Actor::Nobody, &key).await;
    assert!(matches!(gone, Err(Error::NotFound(_))), "the private link went with the person");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_go_two_years_after_the_last_day(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let team = organiser(app, "medicen").await;
    let event = published(app, &team, "2026-10-06").await;
    let holdings = app.part::<personal::Holdings>();
    let holding = holdings.of("event").unwrap();
    let at =
        |text: &str| -> Timestamp { text.parse::<jiff::Timestamp>().map(|at| Timestamp(at.as_microsecond())).unwrap() };
    let due = async |before: Timestamp| holding.due(&app.database, "event.people", before).await.unwrap();
    assert_eq!(due(at("2026-10-06T12:00:00Z")).await.count, 0, "not before the day is over");
    let found = due(at("2026-10-07T00:00:00Z")).await;
    assert_eq!((found.count, found.first.len(), found.oldest), (3, 3, Some(at("2026-10-06T00:00:00Z"))));
    assert!(found.first.iter().any(|row| row.label == "Person 0, Meetings"), "{found:?}");
    let gone: Result<Vec<u64>, Error> = async {
        let before = at("2026-10-07T00:00:00Z");
        let mut gone = Vec::new();
        for _ in 0..3 {
            gone.push(transact!(app.database, transaction => {
                holding.expire(transaction, "event.people", before, 2, NOW).await
            })?);
        }
        Ok(gone)
    }
    .await;
    assert_eq!(gone.unwrap(), [2, 1, 0]);
    assert!(kept(app, event).await.0.iter().all(|(name, _)| name.is_empty()));
}

/// Something that goes otherwise, and outcomes: what hangs on an event beside its people.
async fn hang_on(app: &Shared, event: EventId) {
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query(
                "INSERT INTO event_incidents (cluster_id, id, event_id, kind, room, table_number, from_at, why, noted_at)
                 SELECT cluster_id, id, id, 'table', 0, 1, 0, '', 0 FROM events WHERE id = $1",
            ).bind(event));
            execute!(transaction, sqlx::query(
                "INSERT INTO event_outcomes (cluster_id, id, event_id, request_id, participant_id, revision, kept, words, by_team,
                     said_at)
                 SELECT cluster_id, id, event_id, id, from_id, 1, $2, '', $2, 0 FROM event_requests WHERE event_id = $1",
            ).bind(event).bind(true));
            Ok(())
        })
    }
    .await;
    written.unwrap();
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_event_is_forgotten_after_a_month(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    prepare_people(&fresh.app).await;
    let team = organiser(&fresh.app, "medicen").await;
    let event = published(&fresh.app, &team, "2026-10-06").await;
    let other = published(&fresh.app, &team, "2026-10-08").await;
    let third = published(&fresh.app, &team, "2026-10-09").await;
    // A cluster that was asked to come hangs on the event too.
    make_cluster(&fresh.app, "lyonbiopole", "Lyonbiopole").await;
    let all = clusters(&fresh.app.database).await.unwrap();
    let asked = all.iter().filter(|cluster| cluster.slug == "lyonbiopole").map(|cluster| cluster.id).collect();
    let asking = Asking { clusters: asked, kind: "participant".into(), quota: "2".into(), ..Asking::default() };
    delegations::ask(&fresh.app, &team, event, &asking).await.unwrap();
    hang_on(&fresh.app, event).await;
    let requests = timetables::open(&fresh.app, &team, event, None).await.unwrap().ground.requests;
    orders::set(&fresh.app, &team, event, (requests[0].id, requests[1].id)).await.unwrap();
    events::set_deleted(&fresh.app, &team, event, true).await.unwrap();
    let app = later(&fresh, 29).await;
    events::set_deleted(&app, &team, other, true).await.unwrap();
    events::set_deleted(&app, &team, event, false).await.expect("within a month it can be brought back");
    events::set_deleted(&app, &team, event, true).await.unwrap();
    let app = later(&fresh, 60).await;
    events::set_deleted(&app, &team, third, true).await.unwrap();
    for gone in [event, other] {
        assert!(matches!(events::set_deleted(&app, &team, gone, false).await, Err(Error::NotFound(_))));
        assert_eq!(kept(&app, gone).await, (Vec::new(), Vec::new()));
    }
    events::set_deleted(&app, &team, third, false).await.expect("what was deleted just now is there");
    assert_eq!(kept(&app, third).await.0.len(), 3);
}
