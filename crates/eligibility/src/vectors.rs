//! Test vectors: consortia with the answers they must get, kept beside the instruments.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::check::{check, check_with};
use crate::consortium::Consortium;
use crate::library::Library;
use crate::verdict::{Report, Status};

/// What running vectors gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many were run.
    pub run: usize,
    /// What differed, one sentence each.
    pub failures: Vec<String>,
    /// Each vector with what differed of it.
    pub ran: Vec<Ran>,
}

/// A vector that was run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ran {
    /// Its name.
    pub name: String,
    /// What differed, one sentence each; nothing where it got the answers it must get.
    pub differences: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VectorFile {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    name: String,
    consortium: Value,
    #[serde(default)]
    changes: Option<String>,
    #[serde(default)]
    eligible: Option<Option<bool>>,
    #[serde(default)]
    rules: BTreeMap<String, String>,
    #[serde(default)]
    grants_cents: BTreeMap<String, i64>,
    #[serde(default)]
    missing: BTreeMap<String, i64>,
    #[serde(default)]
    refused_at: Option<String>,
}

/// Checks a consortium against its instrument, with the changes of a topic where the vector gives any.
fn checked(library: &Library, changes: Option<&str>, consortium: &Consortium) -> Result<Report, String> {
    let Some(changes) = changes else {
        return check(library, consortium).map_err(|error| error.to_string());
    };
    let changes = library.changes_from_toml("changes", changes).map_err(|error| error.to_string())?;
    let instrument = library.with_changes(&consortium.instrument, &changes).map_err(|error| error.to_string())?;
    check_with(library, &instrument, consortium).map_err(|error| error.to_string())
}

/// Runs the vectors of one file: `{"vectors": [{"name", "consortium", "changes": TOML of a topic, "eligible", "rules": {id: status}, "missing": {id: amount},
/// "grants_cents": {entity: cents}, "refused_at": path}]}`. What a vector leaves out is not compared; `eligible` is written always,
/// unless the input must be refused.
pub fn run(library: &Library, file: &str, text: &str) -> Outcome {
    let mut outcome = Outcome::default();
    let read: VectorFile = match serde_json::from_str(text) {
        Ok(read) => read,
        Err(error) => {
            outcome.failures.push(format!("{file}: {error}"));
            return outcome;
        }
    };
    let raw: Value = serde_json::from_str(text).unwrap_or(Value::Null);
    for (at, vector) in read.vectors.iter().enumerate() {
        outcome.run += 1;
        outcome.ran.push(Ran { name: vector.name.clone(), differences: Vec::new() });
        let mut fail = |difference: String| {
            outcome.failures.push(format!("{file}: {}: {difference}", vector.name));
            if let Some(ran) = outcome.ran.last_mut() {
                ran.differences.push(difference);
            }
        };
        // serde reads an absent field and null alike, so presence is looked up in the text itself.
        let states_eligible =
            raw.get("vectors").and_then(|all| all.get(at)).is_some_and(|one| one.get("eligible").is_some());
        let expected = vector.eligible.flatten();
        match (Consortium::from_value(&vector.consortium), &vector.refused_at) {
            (Err(error), Some(place)) if error.to_string().starts_with(&format!("{place}:")) => {}
            (Err(error), _) => fail(format!("refused: {error}")),
            (Ok(_), Some(place)) => fail(format!("accepted, though {place} is wrong")),
            (Ok(reading), None) => {
                if !states_eligible {
                    fail("the vector does not say whether it is eligible".into());
                }
                for field in reading.unknown_fields {
                    fail(format!("unknown field {field}"));
                }
                let report = match checked(library, vector.changes.as_deref(), &reading.consortium) {
                    Ok(report) => report,
                    Err(error) => {
                        fail(format!("not checked: {error}"));
                        continue;
                    }
                };
                if report.eligible != expected {
                    let why: Vec<String> = report
                        .verdicts
                        .iter()
                        .filter(|verdict| verdict.status != Status::Met)
                        .map(|verdict| format!("{}: {}", verdict.rule, verdict.text.en))
                        .collect();
                    fail(format!("eligible is {:?}, expected {expected:?} ({})", report.eligible, why.join(" | ")));
                }
                for (rule, status) in &vector.rules {
                    let found = match report.verdict(rule).map(|verdict| verdict.status) {
                        Some(Status::Met) => "met",
                        Some(Status::NotMet) => "not_met",
                        Some(Status::Unknown) => "unknown",
                        None => "absent",
                    };
                    if found != status {
                        fail(format!("rule {rule} is {found}, expected {status}"));
                    }
                }
                for (rule, amount) in &vector.missing {
                    let verdict = report.verdict(rule);
                    let found =
                        verdict.and_then(|verdict| verdict.missing.as_ref()?.quantity).map(|quantity| quantity.amount);
                    if found != Some(*amount) {
                        fail(format!("rule {rule} misses {found:?}, expected {amount}"));
                    }
                }
                for (entity, cents) in &vector.grants_cents {
                    let found = report
                        .funding
                        .iter()
                        .find(|funding| funding.entity == *entity)
                        .and_then(|funding| funding.grant_cents);
                    if found != Some(*cents) {
                        fail(format!("the grant of {entity} is {found:?}, expected {cents}"));
                    }
                }
            }
        }
    }
    outcome
}
