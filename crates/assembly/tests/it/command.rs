//! The `assemble` command: what it prints, what it writes, how it ends.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

use crate::reading::SOUND;

/// A folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

fn assemble(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_assemble")).args(arguments).output().expect("the command starts")
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("one JSON value")
}

#[test]
fn solve_prints_one_line_and_writes_members_that_check_accepts() {
    let folder = folder("solve");
    let (instance, out) = (folder.join("four.json"), folder.join("out.json"));
    std::fs::write(&instance, SOUND).expect("written");
    let (instance, out) = (instance.to_str().expect("a path"), out.to_str().expect("a path"));

    let solved = assemble(&["solve", instance, "--time-limit", "20", "--out", out, "--pairs", "on", "--seed", "3"]);
    assert!(solved.status.success());
    let line = json(&solved.stdout);
    assert_eq!(
        (&line["status"], &line["objective"], &line["bound"]),
        (&"optimal".into(), &2_600_000.into(), &2_600_000.into())
    );
    assert_eq!(line["instance"], "four");
    assert!(line["seconds"].is_f64());
    assert_eq!(json(&std::fs::read(out).expect("written"))["members"], serde_json::json!([0, 1, 3]));

    let judged = assemble(&["check", instance, out]);
    assert_eq!((judged.status.code(), String::from_utf8_lossy(&judged.stdout).trim()), (Some(0), "2600000"));
    let linear = assemble(&["solve", instance, "--pairs", "off"]);
    assert_eq!(json(&linear.stdout)["objective"], 2_300_000);

    std::fs::write(out, r#"{"instance": "four", "members": [0, 2]}"#).expect("written");
    let judged = assemble(&["check", instance, out]);
    assert_eq!(judged.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&judged.stdout).trim(), "VIOLATION: co: 1, at least 2 wanted");
}

#[test]
fn solve_names_the_rules_that_collide_and_what_would_help() {
    let folder = folder("conflict");
    let (instance, out) = (folder.join("four.json"), folder.join("out.json"));
    std::fs::write(&instance, SOUND.replace("\"value_eur\": 260", "\"value_eur\": 160")).expect("written");
    let (instance, out) = (instance.to_str().expect("a path"), out.to_str().expect("a path"));
    let solved = assemble(&["solve", instance, "--out", out]);
    assert!(solved.status.success());
    let line = json(&solved.stdout);
    assert_eq!(
        (&line["status"], &line["objective"], &line["bound"]),
        (&"infeasible".into(), &Value::Null, &Value::Null)
    );
    let written = json(&std::fs::read(out).expect("written"));
    let rules: Vec<&str> = written["infeasible"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert!(rules.contains(&"budget"));
    assert_eq!((&written["minimal"], &written["smallest"]), (&true.into(), &true.into()));
    let budget = written["relaxations"].as_array().expect("a list").iter().find(|r| r["rule"] == "budget");
    // the lead and the cheapest partner from another country that is eligible: 100 + 90
    assert_eq!(budget.expect("the budget is there")["to"], 190);
}

#[test]
fn alternatives_come_with_what_each_member_is_worth() {
    let folder = folder("alternatives");
    let instance = folder.join("four.json");
    std::fs::write(&instance, SOUND).expect("written");
    let instance = instance.to_str().expect("a path");
    let found = assemble(&["alternatives", instance, "--differ", "1", "--tolerance", "60", "--losses"]);
    let report = json(&found.stdout);
    assert_eq!(report["best"]["value"], 2_600_000);
    assert_eq!(report["alternatives"][0]["members"], serde_json::json!([0, 1]));
    let losses = report["losses"].as_array().expect("a list");
    assert_eq!(losses[0], serde_json::json!({"member": 0, "lost": null, "irreplaceable": true}));
    assert_eq!(losses[2], serde_json::json!({"member": 3, "lost": 900_000, "irreplaceable": false}));
}

#[test]
fn unusable_input_ends_with_2_and_names_the_place() {
    let folder = folder("unusable");
    let instance = folder.join("bad.json");
    std::fs::write(&instance, "{\n  \"format\": 3}").expect("written");
    let refused = assemble(&["solve", instance.to_str().expect("a path")]);
    assert_eq!(refused.status.code(), Some(2));
    let message = String::from_utf8_lossy(&refused.stderr);
    assert!(message.contains("bad.json: line 2 column 13: invalid type"), "{message}");
    let missing = assemble(&["solve", "nowhere.json"]);
    assert_eq!(missing.status.code(), Some(2));
    let refused = assemble(&["solve", "nowhere.json", "--time-limit", "-1"]);
    assert_eq!(refused.status.code(), Some(2));
}
