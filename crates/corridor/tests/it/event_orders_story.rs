//! Meetings in an order: kept by the search, by moves and by publishing; a circle is refused with its meetings.

use axum::http::StatusCode;
use corridor::{
    accounts::Role,
    events::timetables::{self, Moved, Target, orders, publishing},
    foundation::errors::Error,
};
use rstest::rstest;

use crate::{
    databases::{Engine, fresh},
    timetable_story::{morning, organiser, searched},
    visitors::{Visitor, make_cluster, prepare_people},
};

const PEOPLE: [&str; 3] = ["ada@lab.example", "bob@firm.example", "cyd@clinic.example"];

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_before_what_is_kept(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    make_cluster(app, "lyonbiopole", "Lyonbiopole").await;
    let team = organiser(app, "medicen").await;
    let event = morning(app, &team, "2026-10-06", &PEOPLE, |_| ()).await;
    let [first, second, third] = event.requests[..] else { panic!("three meetings") };
    // Against the order in which they would come by themselves, whatever that is.
    orders::set(app, &team, event.id, (third, second)).await.unwrap();
    orders::set(app, &team, event.id, (second, first)).await.unwrap();
    orders::set(app, &team, event.id, (second, first)).await.expect("said twice is said once");
    let circle = orders::set(app, &team, event.id, (first, third)).await;
    let Err(Error::Invalid(problems)) = circle else { panic!("{circle:?}") };
    assert_eq!(problems[0].message, "timetable-order-circle");
    assert_eq!(problems[0].value, "Firm 1 – Firm 2 → Firm 0 – Firm 2 → Firm 0 – Firm 1", "the whole circle is named");
    let itself = orders::set(app, &team, event.id, (first, first)).await;
    let Err(Error::Invalid(problems)) = itself else { panic!("{itself:?}") };
    assert_eq!(problems[0].message, "timetable-order-itself");
    // Orders are of the meetings of one event, and taken away there.
    let other = morning(app, &team, "2026-10-07", &["dan@fund.example", "eve@city.example"], |_| ()).await;
    for both in [(first, other.requests[0]), (other.requests[0], first)] {
        let elsewhere = orders::set(app, &team, event.id, both).await;
        assert!(matches!(elsewhere, Err(Error::NotFound(_))), "{elsewhere:?}");
    }
    let elsewhere = orders::remove(app, &team, other.id, (second, first)).await;
    assert!(matches!(elsewhere, Err(Error::NotFound(_))), "{elsewhere:?}");

    searched(app, &team, event.id).await;
    let found = timetables::open(app, &team, event.id, None).await.unwrap();
    let starts = |request| found.meetings().iter().find(|one| one.request == request).unwrap().starts;
    assert!(starts(third) < starts(second) && starts(second) < starts(first));
    // A move that breaks it says so.
    let last = *found.built.slots.last().unwrap();
    let target = Target { starts: last.starts, table: None };
    let moved = timetables::move_meeting(app, &team, event.id, 1, third, target).await.unwrap();
    let Moved::Refused(broken) = moved else { panic!("{moved:?}") };
    assert!(broken.iter().any(|one| one.key == "timetable-rule-order"), "{broken:?}");
    // What was searched before an order was set is not published against it.
    orders::remove(app, &team, event.id, (second, first)).await.unwrap();
    let gone = orders::remove(app, &team, event.id, (second, first)).await;
    assert!(matches!(gone, Err(Error::NotFound(_))));
    orders::remove(app, &team, event.id, (third, second)).await.unwrap();
    orders::set(app, &team, event.id, (first, third)).await.unwrap();
    let refused = publishing::publish(app, &team, event.id, (1, None)).await;
    assert!(matches!(refused, Err(Error::Worded(_))), "{refused:?}");

    // By the page, and not for another cluster.
    let ours = Visitor::invited(app, "org@medicen.example", Role::EventOrganiser, None).await;
    let others = Visitor::invited_to(app, "lyonbiopole", "org@lyon.example", Role::EventOrganiser, None).await;
    let page = format!("/events/{}/timetable/meeting/{first}", event.id);
    assert!(ours.get(&page).await.text.contains("Before Firm 1 – Firm 2"));
    let form = format!("other={second}&how=after");
    assert_eq!(others.post(&format!("{page}/order"), &form).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ours.post(&format!("{page}/order"), &form).await.status, StatusCode::SEE_OTHER);
    let circle = ours.post(&format!("{page}/order"), &format!("other={third}&how=after")).await;
    assert_eq!(circle.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(circle.text.contains("close a circle of meetings"), "{}", circle.text);
    assert_eq!(others.post(&format!("{page}/unorder"), &form).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ours.post(&format!("{page}/unorder"), &form).await.status, StatusCode::SEE_OTHER);
    let wrong = ours.post(&format!("{page}/order"), &format!("other={second}&how=beside")).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

/// Thirty versions stand on two pages; the first page is that of the version that is looked at.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn versions_of_a_timetable_stand_on_pages() {
    let fresh = fresh(Engine::Sqlite).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let team = organiser(app, "medicen").await;
    let event = morning(app, &team, "2026-10-06", &PEOPLE, |_| ()).await;
    searched(app, &team, event.id).await;
    for number in 1..30 {
        let locked = number % 2 == 1;
        timetables::set_locked(app, &team, event.id, number, event.requests[0], locked).await.unwrap();
    }
    let ours = Visitor::invited(app, "org@medicen.example", Role::EventOrganiser, None).await;
    let list = format!("/events/{}/timetable/versions", event.id);
    let row = |number: i64| format!("/events/{}/timetable?version={number}\"", event.id);
    let first = ours.get(&list).await.text;
    assert!(first.contains(&row(30)) && first.contains(&row(6)) && !first.contains(&row(5)), "{first}");
    assert!(first.contains(&format!("{list}?page=2")), "{first}");
    for second in [format!("{list}?page=2"), format!("{list}?page=99"), format!("{list}?to=3")] {
        let page = ours.get(&second).await.text;
        assert!(page.contains(&row(5)) && page.contains(&row(1)) && !page.contains(&row(6)), "{second}: {page}");
    }
}
