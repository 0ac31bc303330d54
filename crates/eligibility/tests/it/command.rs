//! The command that is measured.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_eligibility"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("an input");
    // A command that refuses its arguments may close its input before reading.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("the command ends")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const SOUND: &str = r#"{"instrument": "horizon-europe-csa", "date": "2025-06-01", "stage": "single",
    "entities": [{"id": "a", "country": "FR", "kind": "university", "cost_cents": 1000}]}"#;

#[test]
fn check_prints_the_report() {
    let output = run(&["check", "-"], SOUND);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["eligible"], Value::Bool(true));
    let verdict = &report["verdicts"][0];
    assert_eq!(verdict["rule"], "minimum-composition");
    assert_eq!(verdict["status"], "met");
    assert_eq!(verdict["severity"], "ineligible");
    assert_eq!(verdict["missing"], Value::Null);
    assert!(verdict["text"]["en"].is_string() && verdict["text"]["fr"].is_string());
    assert!(verdict["source"]["ref"].is_string() && verdict["source"]["date"].is_string());
    assert_eq!(report["funding"][0]["grant_cents"], 1000);
}

#[test]
fn check_ends_with_zero_whatever_the_answer() {
    let output = run(&["check", "-"], &SOUND.replace("\"FR\"", "\"US\""));
    assert_eq!(output.status.code(), Some(0));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["eligible"], Value::Bool(false));
}

#[test]
fn unusable_input_ends_with_two_and_names_the_place() {
    let cases = [
        (SOUND.replace("2025-06-01", "2025-02-31"), "-: date: the calendar has no day 2025-02-31"),
        (SOUND.replace("1000", "-1"), "-: entities[0].cost_cents: -1 is negative"),
        (SOUND.replace("\"FR\"", "\"QQ\""), "-: entities[0].country: unknown country \"QQ\""),
        (SOUND.replace("-csa", "-xyz"), "instrument: unknown instrument \"horizon-europe-xyz\""),
        (SOUND.replace("single", "ninth"), "stage: unknown stage \"ninth\""),
        ("{".to_owned(), "-: line 1, column 1: not JSON"),
    ];
    for (input, message) in cases {
        let output = run(&["check", "-"], &input);
        assert_eq!(output.status.code(), Some(2), "{input}");
        assert!(output.stdout.is_empty());
        assert!(said(&output).contains(message), "{} lacks {message}", said(&output));
    }
    let output = run(&["check", "no/such/file.json"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("no/such/file.json"), "{}", said(&output));
}

#[test]
fn unknown_fields_are_told_and_left_out() {
    let output = run(&["check", "-"], &SOUND.replace("\"date\"", "\"colour\": 1, \"date\""));
    assert_eq!(output.status.code(), Some(0));
    assert!(said(&output).contains("colour: unknown field"), "{}", said(&output));
}

#[test]
fn a_folder_of_instruments_takes_the_place_of_the_embedded_ones() {
    let folder = std::env::temp_dir().join(format!("eligibility-instruments-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let own = "id = \"own\"\nname = { en = \"Own\", fr = \"Propre\" }\nprogramme = \"own\"\n\n[[rule]]\nid = \"two\"\nseverity = \"ineligible\"\nsource = \"own text\"\nsource_date = \"2026-11-21\"\nverified = false\nrequire = { count = { at_least = 2 } }\n";
    std::fs::write(folder.join("own.toml"), own).expect("a file");
    let folder_text = folder.to_string_lossy().into_owned();
    let output = run(&["list", "--instruments", &folder_text], "");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
    let output = run(
        &["check", "-", "--instruments", &folder_text],
        &SOUND.replace("horizon-europe-csa", "own").replace("\"stage\": \"single\",", ""),
    );
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["eligible"], Value::Bool(false));
    std::fs::write(folder.join("own.toml"), own.replace("count", "cuont")).expect("a file");
    let output = run(&["list", "--instruments", &folder_text], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("own.toml: line 11: unknown variant `cuont`"), "{}", said(&output));
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}

#[test]
fn explain_speaks_both_languages() {
    let output = run(&["explain", "eurostars-3", "--lang", "fr"], "");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("Les PME représentent au moins"), "{text}");
    let output = run(&["explain", "eurostars-3", "--json"], "");
    let explanation: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(explanation["instrument"], "eurostars-3");
    assert_eq!(run(&["explain", "nothing"], "").status.code(), Some(2));
}

#[test]
fn vectors_run_from_the_command() {
    let output = run(&["vectors"], "");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains(" 0 differ"));
}

#[test]
fn compile_prints_constraints() {
    let output = run(&["compile", "-"], SOUND);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let compiled: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(compiled["constraints"][0]["rule"], "minimum-composition");
    assert_eq!(compiled["constraints"][0]["form"], "countries_min");
    assert!(compiled["undecided"].as_array().expect("a list").iter().any(|rule| rule["rule"] == "pages"));
}
