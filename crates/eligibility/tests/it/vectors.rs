//! The vectors beside the instruments, and what they cover.

use std::collections::{BTreeMap, BTreeSet};

use eligibility::{Library, vectors};
use serde_json::Value;

#[test]
fn every_vector_holds() {
    let mut failures = Vec::new();
    let mut run = 0;
    for (name, text) in Library::embedded_vectors() {
        let outcome = vectors::run(Library::embedded(), name, text);
        run += outcome.run;
        failures.extend(outcome.failures);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(run >= 450, "only {run} vectors were run");
}

#[test]
fn the_twenty_cases_of_the_field_are_there() {
    let all: String = Library::embedded_vectors().iter().map(|(_, text)| *text).collect();
    for case in 1..=20 {
        assert!(all.contains(&format!("\"D9.{case} ")), "no vector for case {case}");
    }
}

/// Each rule that is no statement, in every instrument: seen met, and seen not met (or unknown, where it cannot be broken).
#[test]
fn every_rule_is_seen_both_ways() {
    let mut seen: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for (_, text) in Library::embedded_vectors() {
        let file: Value = serde_json::from_str(text).expect("JSON");
        for vector in file["vectors"].as_array().expect("a list of vectors") {
            let instrument = vector["consortium"]["instrument"].as_str().unwrap_or_default();
            for (rule, status) in vector["rules"].as_object().into_iter().flatten() {
                let status = status.as_str().unwrap_or_default().to_owned();
                seen.entry((instrument.to_owned(), rule.clone())).or_default().insert(status);
            }
        }
    }
    let mut lacking = Vec::new();
    for instrument in Library::embedded().instruments() {
        for rule in instrument.rules.iter().filter(|rule| !rule.is_statement()) {
            let found = seen.get(&(instrument.id.clone(), rule.id.clone()));
            let contrary = if rule.id == "ownership-stated" { "unknown" } else { "not_met" };
            for status in ["met", contrary] {
                if !found.is_some_and(|found| found.contains(status)) {
                    lacking.push(format!("{}: {}: {status}", instrument.id, rule.id));
                }
            }
        }
    }
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

#[test]
fn a_vector_that_differs_is_told() {
    let text = r#"{"vectors": [{"name": "wrong", "eligible": true, "rules": {"minimum-composition": "met"},
        "consortium": {"instrument": "horizon-europe-ria", "date": "2025-01-01", "stage": "single", "entities": []}}]}"#;
    let outcome = vectors::run(Library::embedded(), "own.json", text);
    assert_eq!(outcome.run, 1);
    assert_eq!(outcome.failures.len(), 2, "{:?}", outcome.failures);
}

#[test]
fn a_vector_file_that_is_no_json_is_told() {
    let outcome = vectors::run(Library::embedded(), "own.json", "{");
    assert_eq!(outcome.run, 0);
    assert_eq!(outcome.failures.len(), 1);
}
