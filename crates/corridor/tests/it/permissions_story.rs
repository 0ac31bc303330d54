//! Every route of the table, walked by everybody.

use axum::http::{Method, StatusCode};
use corridor::{
    accounts::{Action, Actor, Resource, Role, decide, tokens::Scopes},
    app::routes,
};
use rstest::rstest;

use crate::{
    databases::{Engine, fresh},
    visitors::{HOST, Visitor, prepare_people},
};

/// A path with every parameter filled in with something that does not exist.
fn filled(path: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with('{') { "018f0000-0000-7000-8000-000000000000" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

#[rstest]
#[tokio::test]
async fn every_route_refuses_whom_its_permission_refuses(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    prepare_people(&fresh.app).await;
    let mut walked = 0;
    for role in [None].into_iter().chain(Role::ALL.map(Some)) {
        let (visitor, actor) = match role {
            None => (Visitor::nobody(&fresh.app), Actor::Nobody),
            Some(role) => {
                let organisation = (role == Role::MemberContact).then(uuid::Uuid::now_v7);
                let email = format!("{}@institute.example", role.key());
                let visitor = Visitor::invited(&fresh.app, &email, role, organisation).await;
                let actor = Actor::Person {
                    person: corridor::accounts::PersonId::new(),
                    role_id: corridor::accounts::RoleId::new(),
                    name: String::new(),
                    role,
                    cluster: None,
                    organisation: None,
                    demonstration: false,
                    scopes: Scopes::ALL,
                };
                (visitor, actor)
            }
        };
        for route in routes() {
            // These end the session that the rest of the walk needs.
            if ["/sign-out", "/account/sessions/end-all"].contains(&route.path) {
                continue;
            }
            let answer = visitor.send(route.method.clone(), &filled(route.path), "").await;
            let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&answer.status);
            let allowed = decide(&actor, route.action, Resource::Instance).is_ok();
            assert_eq!(refused, !allowed, "{role:?} {} {} answered {}", route.method, route.path, answer.status);
            // 503 is what /ready says until the indexes are built; any other fault is one.
            let faulty = answer.status.is_server_error() && answer.status != StatusCode::SERVICE_UNAVAILABLE;
            assert!(!faulty, "{role:?} {} {}: {}", route.method, route.path, answer.status);
            walked += 1;
        }
    }
    assert!(walked > 30, "the table of routes is not empty");
}

#[tokio::test]
async fn writes_from_another_site_change_nothing() {
    let fresh = fresh(Engine::Sqlite).await;
    prepare_people(&fresh.app).await;
    use axum::{body::Body, http::Request};
    use tower::ServiceExt;
    for route in routes().into_iter().filter(|route| route.method == Method::POST) {
        let request = Request::post(filled(route.path))
            .header("host", HOST)
            .header("sec-fetch-site", "cross-site")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::empty())
            .unwrap();
        let answer = corridor::app::router(&fresh.app).oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{}", route.path);
    }
}

#[tokio::test]
async fn no_page_may_run_or_style_anything_inline() {
    let fresh = fresh(Engine::Sqlite).await;
    prepare_people(&fresh.app).await;
    let visitor = Visitor::acting_as(&fresh.app, Role::ProjectOfficer).await;
    for path in ["/", "/demo", "/nowhere"] {
        let answer = visitor.get(path).await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(!answer.text.contains(" style=") && !answer.text.contains("onclick="), "{path}");
        assert!(!answer.text.contains("<script>"), "{path}");
    }
}

#[tokio::test]
async fn errors_are_worded_for_the_reader_and_for_programs() {
    let fresh = fresh(Engine::Sqlite).await;
    prepare_people(&fresh.app).await;
    let visitor = Visitor::acting_as(&fresh.app, Role::NetworkOfficer).await;
    let page = visitor.get("/nowhere?lang=fr").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("Cette page n’existe pas"), "{}", page.text);
    let json = visitor.get("/api/nowhere").await;
    assert_eq!(json.status, StatusCode::NOT_FOUND);
    assert!(json.text.starts_with('{') && json.text.contains("\"error\""), "{}", json.text);
    assert!(decide(&Actor::Nobody, Action::ReadToday, Resource::Instance).is_err());
    assert_eq!(Visitor::nobody(&fresh.app).get("/").await.status, StatusCode::OK, "the choice of a person is public");
}

#[tokio::test]
async fn preferences_are_kept_and_lead_back_to_this_site_only() {
    let fresh = fresh(Engine::Sqlite).await;
    let visitor = Visitor::nobody(&fresh.app);
    let answer = visitor.post("/preferences", "lang=fr&back=%2Fdemo").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.headers["location"], "/demo");
    assert!(answer.headers["set-cookie"].to_str().unwrap().starts_with("corridor_language=fr"));
    let elsewhere = visitor.post("/preferences", "theme=dark&back=%2F%2Fother.example").await;
    assert_eq!(elsewhere.headers["location"], "/");
}
