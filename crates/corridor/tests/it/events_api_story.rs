//! Events for programs: within the scopes of a token, of the own cluster only, and without people.

use axum::http::{Method, StatusCode};
use corridor::{
    accounts::Role,
    events::{self, timetables::publishing},
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    databases::{Engine, fresh},
    event_invitations_story::count,
    timetable_story::{morning, organiser, searched},
    visitors::{Visitor, make_cluster, prepare_people, token_of},
};

const PEOPLE: [&str; 3] = ["ada@lab.example", "bob@firm.example", "cyd@clinic.example"];

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| panic!("{text}"))
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn programs_read_and_prepare_events(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    make_cluster(app, "lyonbiopole", "Lyonbiopole").await;
    let team = organiser(app, "medicen").await;
    let event = morning(app, &team, "2026-10-06", &PEOPLE, |_| ()).await;
    let id = event.id;
    let ours = Visitor::invited(app, "org@medicen.example", Role::EventOrganiser, None).await;
    let others = Visitor::invited_to(app, "lyonbiopole", "org@lyon.example", Role::EventOrganiser, None).await;

    let listed = read(&ours.get("/api/events").await.text);
    assert_eq!(listed[0]["id"], json!(id));
    assert_eq!((&listed[0]["state"], &listed[0]["over"]), (&json!("preparing"), &json!(false)));
    assert_eq!(others.get("/api/events").await.text, "[]");
    let one = read(&ours.get(&format!("/api/events/{id}")).await.text);
    assert_eq!((&one["counts"]["confirmed"], &one["counts"]["accepted"]), (&json!(3), &json!(3)));
    assert_eq!(one["setup"]["minutes"], json!(20));

    let coming = ours.get(&format!("/api/events/{id}/participants")).await.text;
    assert_eq!(read(&coming)[0]["name"], "Firm 0");
    assert_eq!(read(&coming)[0]["people"], 1);
    assert!(!coming.contains("Person 0") && !coming.contains("ada@lab.example"), "no people leave: {coming}");

    // Nothing is published yet.
    let place = format!("/api/events/{id}/timetable");
    assert_eq!(ours.get(&place).await.status, StatusCode::NOT_FOUND);
    let version = searched(app, &team, id).await;
    assert_eq!(read(&ours.get(&format!("{place}?version={version}")).await.text)["state"], "draft");
    publishing::publish(app, &team, id, (version, None)).await.unwrap();
    let published = read(&ours.get(&place).await.text);
    assert_eq!((&published["state"], &published["proved"]), (&json!("published"), &json!(true)));
    let meetings = published["meetings"].as_array().unwrap();
    assert_eq!(meetings.len(), 3);
    let starts: jiff::Timestamp = meetings[0]["starts"].as_str().unwrap().parse().unwrap();
    assert_eq!(starts.to_zoned(jiff::tz::TimeZone::UTC).date().to_string(), "2026-10-06", "{}", meetings[0]);
    let names: Vec<&str> =
        meetings[0]["participants"].as_array().unwrap().iter().filter_map(|one| one["name"].as_str()).collect();
    assert!(names.len() == 2 && names.iter().all(|name| name.starts_with("Firm ")), "{names:?}");
    assert_eq!(ours.get(&format!("{place}?version=99")).await.status, StatusCode::NOT_FOUND);

    // Somebody is added and given a meeting.
    let asked = r#"{"organisation":"Fund","country":"FR","kind":"participant","name":"Dan","email":"dan@fund.example","confirmed":true}"#;
    let added = ours.post(&format!("/api/events/{id}/participants"), asked).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.text);
    assert!(read(&added.text)["id"].is_string());
    let set = ours.post(&format!("/api/events/{id}/requests"), r#"{"one":"fund","other":"Firm 1"}"#).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text);
    let requests = read(&ours.get(&format!("/api/events/{id}/requests?state=accepted")).await.text);
    assert_eq!(requests.as_array().unwrap().len(), 4);
    assert_eq!(requests[3]["by_team"], true);

    // What cannot be used is told with its place.
    for (path, body, status, told) in [
        ("participants", r#"{"organisation":"Fund","kind":"nobody"}"#, StatusCode::UNPROCESSABLE_ENTITY, "kind"),
        ("participants", r#"{"organisation":"Fund","sort":"x"}"#, StatusCode::BAD_REQUEST, "unknown field `sort`"),
        ("requests", r#"{"one":"Fund","other":"Nobody"}"#, StatusCode::UNPROCESSABLE_ENTITY, "other"),
        ("requests", r#"{"one":"Fund","other":"Fund"}"#, StatusCode::UNPROCESSABLE_ENTITY, "other"),
        ("requests", "[", StatusCode::BAD_REQUEST, "the body is not what is expected"),
    ] {
        let refused = ours.post(&format!("/api/events/{id}/{path}"), body).await;
        assert_eq!(refused.status, status, "{path} {body}: {}", refused.text);
        assert!(refused.text.contains(told), "{path} {body}: {}", refused.text);
    }
    assert_eq!(
        ours.get(&format!("/api/events/{id}/requests?state=glad")).await.status,
        StatusCode::BAD_REQUEST,
        "no state of a request"
    );

    // Another cluster's team cannot tell that there is such an event.
    let dates = ours.get(&format!("/api/events/{id}/dates")).await;
    assert_eq!(dates.status, StatusCode::NOT_FOUND, "no day was asked about");
    for path in ["", "/participants", "/requests", "/dates", "/timetable", "/timetable?version=1"] {
        let answer = others.get(&format!("/api/events/{id}{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    for (path, body) in [("participants", asked), ("requests", r#"{"one":"Fund","other":"Firm 1"}"#)] {
        let answer = others.post(&format!("/api/events/{id}/{path}"), body).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }

    // A program needs the scope.
    for (scope, status) in [
        ("events:read", StatusCode::OK),
        ("events:write", StatusCode::FORBIDDEN),
        ("calls:read", StatusCode::FORBIDDEN),
    ] {
        let token = token_of(&ours, "Hall", scope).await;
        let answer = Visitor::nobody(app).as_program(Method::GET, &place, &token).await;
        assert_eq!(answer.status, status, "{scope}: {}", answer.text);
    }
    let booked = async || count(app, "SELECT COUNT(*) FROM event_bookings").await;
    assert!(booked().await > 0);
    events::set_deleted(app, &team, id, true).await.unwrap();
    assert_eq!(booked().await, 0, "nobody's time is kept by what is deleted");
    assert_eq!(ours.get(&format!("/api/events/{id}")).await.status, StatusCode::NOT_FOUND);
}
