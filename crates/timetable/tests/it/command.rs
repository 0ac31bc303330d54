//! The command line: events in JSON, planning anew, conflicts, and input that is none.

use std::path::PathBuf;
use std::process::{Command, Output};

use timetable::{Problem, Schedule, SlotSet};

use crate::worlds;

/// A folder of its own, gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("timetable-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder for files");
        Folder(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn write(&self, name: &str, text: &str) -> String {
        std::fs::write(self.0.join(name), text).expect("a file");
        self.path(name)
    }

    fn read(&self, name: &str) -> serde_json::Value {
        serde_json::from_slice(&std::fs::read(self.0.join(name)).expect("a file")).expect("JSON")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn timetable(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_timetable")).args(arguments).output().expect("the command runs")
}

fn line(output: &Output) -> serde_json::Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one line of JSON")
}

fn event() -> Problem {
    worlds::hard(12, 8, 5, 4)
}

#[test]
fn an_event_in_json_is_solved_checked_and_planned_anew() {
    let folder = Folder::new("json");
    let text = serde_json::to_string(&event()).expect("JSON");
    let problem = folder.write("event.json", &text);
    let out = folder.path("plan.json");
    let solved = line(&timetable(&["solve", &problem, "--time-limit", "20", "--out", &out]));
    assert!(solved["status"] == "optimal" || solved["status"] == "feasible", "{solved}");
    let checked = timetable(&["check", &problem, &out]);
    assert_eq!(String::from_utf8_lossy(&checked.stdout).trim(), solved["breaks"].to_string());

    let (new, changes) = (folder.path("new.json"), folder.path("changes.json"));
    let options = ["--without-participant", "3", "--out", &new, "--changes", &changes];
    let planned = line(&timetable(&[&["replan", &problem, &out][..], &options].concat()));
    let published: Schedule = serde_json::from_value(folder.read("plan.json")).expect("a timetable");
    let after: Schedule = serde_json::from_value(folder.read("new.json")).expect("a timetable");
    let mut moved = 0;
    for (asked, (before, after)) in event().meetings.iter().zip(published.held.iter().zip(&after.held)) {
        if asked.sides.iter().any(|side| side.participant == 2) {
            assert_eq!(*after, None);
        } else {
            let (before, after) = (before.expect("held before"), after.expect("held now"));
            moved += u64::from((before.slot, before.people) != (after.slot, after.people));
        }
    }
    assert_eq!(planned["moved"], moved);
    assert_eq!(folder.read("changes.json")["moved"].as_array().map(Vec::len), Some(moved as usize));
    assert_eq!(timetable(&["replan", &problem, &out, "--without-table", "2"]).status.code(), Some(0));
}

#[test]
fn a_conflict_is_said_in_words() {
    let folder = Folder::new("conflict");
    let mut problem = event();
    problem.people[5].available = SlotSet::NONE;
    let file = folder.write("event.json", &serde_json::to_string(&problem).expect("JSON"));
    assert_eq!(line(&timetable(&["solve", &file]))["status"], "infeasible");
    let said = line(&timetable(&["conflict", &file]));
    assert_eq!(said["minimal"], true);
    assert_eq!(said["texts"][1], "person 5 is available in some slots only");
}

#[test]
fn what_is_no_event_is_refused_with_its_place() {
    let folder = Folder::new("refused");
    let refused = |name: &str, text: &str, arguments: &[&str]| {
        let file = folder.write(name, text);
        let output = timetable(&[&["solve", &file][..], arguments].concat());
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        said.trim().rsplit("event.json: ").next().unwrap_or_default().to_owned()
    };
    let said = refused("event.json", "{\"slots\": [1]}", &[]);
    assert!(said.contains("line 1 column 12"), "{said}");
    let mut problem = event();
    problem.meetings[0].sides[1].participant = 40;
    let said = refused("event.json", &serde_json::to_string(&problem).expect("JSON"), &[]);
    assert_eq!(said, "meeting 0 names participant 40, but there are only 12");
    let good = serde_json::to_string(&event()).expect("JSON");
    let said = refused("event.json", &good, &["--time-limit=-1"]);
    assert!(said.contains("--time-limit"), "{said}");
    let file = folder.write("event.json", &good);
    let far = timetable(&["replan", &file, &folder.write("plan.json", "{\"held\": []}"), "--without-table", "9"]);
    let said = String::from_utf8_lossy(&far.stderr).into_owned();
    assert_eq!(
        (far.status.code(), said.trim()),
        (Some(2), "timetable: --without-table: 9, but they are counted from 1 to 5")
    );
}
