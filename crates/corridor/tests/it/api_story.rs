//! The OpenAPI document: it says of every API route of the table what there is to say, and of no other.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use corridor::app::{openapi, routes};
use serde_json::Value;

use crate::{
    databases::{Engine, fresh},
    visitors::Visitor,
};

fn document() -> Value {
    serde_json::to_value(openapi::complete(&routes())).expect("the document is JSON")
}

#[test]
fn the_document_and_the_table_of_routes_say_the_same() {
    let table: BTreeSet<(String, String)> = routes()
        .iter()
        .filter(|route| route.path.starts_with("/api/"))
        .map(|route| (route.method.as_str().to_lowercase(), route.path.to_owned()))
        .collect();
    let document = document();
    let told: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().keys().map(move |method| (method.clone(), path.clone())))
        .collect();
    assert_eq!(table.difference(&told).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "missing in the document");
    assert_eq!(told.difference(&table).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "no route of the table");
}

#[test]
fn every_operation_is_described_for_somebody_who_does_not_know_it() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let mut described = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let place = format!("{method} {path}");
            assert!(operation["summary"].as_str().is_some_and(|text| text.len() > 10), "{place} has no summary");
            assert!(operation["tags"][0].is_string(), "{place} has no tag");
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                assert!(parameter["description"].is_string(), "{place}: {} has no description", parameter["name"]);
            }
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.contains_key("200") && responses.contains_key("400"), "{place}: {responses:?}");
            assert_eq!(path.contains('{'), responses.contains_key("404") && path.contains('{'), "{place}");
            let public = path == "/api/openapi.json";
            assert_eq!(responses.contains_key("401"), !public, "{place}");
            assert_eq!(operation["security"][0]["session"].is_array(), !public, "{place}");
            described += 1;
        }
    }
    assert!(described > 20);
    // A reference that leads nowhere makes the whole document useless to a generator.
    let text = document.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(schemas.contains_key(reference), "{reference} is nowhere described");
    }
}

#[tokio::test]
async fn the_document_is_served_to_everybody_and_refusals_are_as_it_says() {
    let fresh = fresh(Engine::Sqlite).await;
    let nobody = Visitor::nobody(&fresh.app);
    let answer = nobody.get("/api/openapi.json").await;
    assert_eq!(answer.status, StatusCode::OK);
    let served: Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(served, document());
    assert!(served["openapi"].as_str().unwrap().starts_with("3.1"));
    crate::visitors::prepare_people(&fresh.app).await;
    let officer = Visitor::acting_as(&fresh.app, corridor::accounts::Role::ProjectOfficer).await;
    for (path, status) in [
        ("/api/organisations/no-id", StatusCode::BAD_REQUEST),
        ("/api/organisations?page=first", StatusCode::BAD_REQUEST),
        ("/api/organisations/018f0000-0000-7000-8000-000000000000", StatusCode::NOT_FOUND),
        ("/api/nowhere", StatusCode::NOT_FOUND),
    ] {
        let answer = officer.get(path).await;
        assert_eq!(answer.status, status, "{path}");
        let body: Value = serde_json::from_str(&answer.text).unwrap_or_else(|_| panic!("{path}: {}", answer.text));
        assert!(body["error"].is_string() && body["detail"].is_string() && body["problems"].is_array(), "{body}");
    }
    let wrong = officer.post("/api/organisations", "").await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(wrong.headers.contains_key("allow") && wrong.text.starts_with('{'), "{}", wrong.text);
}

#[test]
fn the_document_changes_only_on_purpose() {
    insta::assert_json_snapshot!("openapi", document(), { ".info.version" => "[version]" });
}
