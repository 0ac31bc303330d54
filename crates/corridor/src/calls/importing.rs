//! Calls in: topics from a file, and the calls, programmes and funds of the demonstration network.

use std::{collections::BTreeMap, path::Path};

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::{
    model::{Content, TopicId, instrument},
    reading::{self, Problem},
    store, tagging,
};
use crate::{
    accounts::{Action, Actor, Resource, decide},
    directory::imports::{self, Report, reading::cannot_open},
    foundation::{
        audit,
        errors::Error,
        instance::App,
        sources::{self, Source},
    },
};

/// Topics in one transaction: few enough that a killed import loses little, many enough that it is quick.
const AT_ONCE: usize = 200;

/// What an import came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Outcome {
    /// The file.
    pub file: String,
    /// New records.
    pub created: usize,
    /// Records that changed.
    pub changed: usize,
    /// Records that were there already just so.
    pub unchanged: usize,
    /// Rows that could not be used.
    pub refused: usize,
    /// What was wrong, by line and field.
    pub problems: Vec<Problem>,
}

impl Outcome {
    /// The same, as all importers tell it.
    pub fn told(self, kind: &str) -> imports::Outcome {
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        imports::Outcome {
            kind: kind.to_owned(),
            file: self.file,
            counts: imports::Counts {
                created: count(self.created),
                changed: count(self.changed),
                unchanged: count(self.unchanged),
                refused: count(self.refused),
            },
            known: false,
            problems: self
                .problems
                .into_iter()
                .take(20)
                .map(|problem| imports::Problem {
                    position: i64::try_from(problem.line).unwrap_or(i64::MAX),
                    place: format!("line {}", problem.line),
                    field: problem.field,
                    value: problem.value,
                    code: problem.code.into(),
                    detail: problem.detail,
                })
                .collect(),
        }
    }
}

/// Imports topics from `open_calls.jsonl`, its `.zst`, or a folder that holds it.
///
/// Running it again changes nothing; a topic whose content changed gets a new version. A killed run is taken up by
/// running it again: what was committed counts as unchanged.
pub async fn import(app: &App, actor: &Actor, path: &Path, report: Report<'_>) -> Result<Outcome, Error> {
    decide(actor, Action::ImportRegisters, Resource::Instance)?;
    let file = reading::locate(path)?;
    let read = {
        let file = file.clone();
        tokio::task::spawn_blocking(move || reading::read(&file)).await.map_err(anyhow::Error::from)??
    };
    let total = read.rows.len();
    let mut outcome = Outcome { problems: read.problems, ..Outcome::default() };
    let mut refused: Vec<u64> = outcome.problems.iter().filter(|p| !p.kept).map(|p| p.line).collect();
    refused.dedup();
    outcome.refused = refused.len();
    let rows: Vec<(reading::Row, String)> = read
        .rows
        .into_iter()
        .map(|row| digest(&row.content).map(|digest| (row, digest)))
        .collect::<Result<_, Error>>()?;
    let now = app.clock.now();
    for (number, rows) in rows.chunks(AT_ONCE).enumerate() {
        report("calls", (number * AT_ONCE) as u64, total as u64);
        let (created, changed) = transact!(app.database, transaction => {
            let source = sources::put(transaction, &SOURCE).await?;
            let known = store::known_topics(transaction).await?;
            let fresh: Vec<&(reading::Row, String)> = rows
                .iter()
                .filter(|(row, digest)| known.get(&row.identifier).is_none_or(|known| known.digest != *digest))
                .collect();
            if fresh.is_empty() {
                return Ok((0, 0));
            }
            let mut calls: BTreeMap<&str, &Content> = BTreeMap::new();
            for (row, _) in &fresh {
                calls.entry(&row.content.call_identifier).or_insert(&row.content);
            }
            let calls: Vec<(String, String, String)> = calls
                .into_iter()
                .map(|(identifier, content)| {
                    let title = if content.call_title.is_empty() { identifier } else { &content.call_title };
                    (identifier.to_owned(), title.to_owned(), content.programme.clone())
                })
                .collect();
            let calls = store::put_calls(transaction, &calls, source).await?;
            let mut created = 0;
            let mut written = Vec::with_capacity(fresh.len());
            for (row, digest) in &fresh {
                let before = known.get(&row.identifier);
                created += usize::from(before.is_none());
                let Some(call) = calls.get(&row.content.call_identifier) else { continue };
                written.push(store::Written {
                    id: before.map_or_else(TopicId::new, |before| before.id),
                    call: *call,
                    identifier: &row.identifier,
                    content: &row.content,
                    instrument: instrument(
                        &row.identifier,
                        &row.content.type_of_action,
                        &row.content.deadline_model,
                    ),
                    version: before.map_or(1, |before| before.version + 1),
                    digest,
                });
            }
            store::put_topics(transaction, &written, source, now).await?;
            store::raise_stamp(transaction).await?;
            Ok((created, written.len() - created))
        })?;
        outcome.created += created;
        outcome.changed += changed;
        outcome.unchanged += rows.len() - created - changed;
    }
    if outcome.created + outcome.changed > 0 || store::concepts_missing(&app.database).await? {
        tagging::tag(&app.database).await?;
    }
    outcome.file = name_of(&file);
    store_run(app, actor, "calls", &outcome, total).await?;
    report("calls", total as u64, total as u64);
    Ok(outcome)
}

static SOURCE: Source = Source::fixed(
    [
        "eu-open-calls",
        "EU Funding & Tenders Portal, open calls",
        "European Commission",
        "CC BY 4.0",
        "© European Union, EU Funding & Tenders Portal, CC BY 4.0, selected and cleaned by the Corridor project",
    ],
    Some("https://ec.europa.eu/info/funding-tenders/opportunities/portal/"),
    "2026-08-17",
);

fn digest(content: &Content) -> Result<String, Error> {
    let bytes = serde_json::to_vec(content).map_err(anyhow::Error::from)?;
    Ok(Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

async fn store_run(app: &App, actor: &Actor, kind: &'static str, outcome: &Outcome, total: usize) -> Result<(), Error> {
    let now = app.clock.now();
    let name = &outcome.file;
    transact!(app.database, transaction => {
        let run = store::put_run(transaction, kind, name, actor.person(), outcome, total, now).await?;
        if outcome.created + outcome.changed == 0 {
            return Ok(());
        }
        audit::record(transaction, audit::Entry {
            at: now,
            person: actor.person(),
            cluster: actor.cluster().map(|cluster| cluster.id.0),
            action: "import",
            subject_kind: "import",
            subject: run.to_string(),
            summary: name.to_owned(),
            before: Json::Null,
            after: serde_json::json!({ "created": outcome.created, "changed": outcome.changed, "refused": outcome.refused }),
        })
        .await
    })
}

/// Imports the calls, programmes, funds and commitments of the demonstration network: `world/calls.toml`.
///
/// Their parties are found by the address words of organisations, so the organisations of the network come first.
pub async fn import_world(app: &App, actor: &Actor, path: &Path) -> Result<Outcome, Error> {
    decide(actor, Action::ImportRegisters, Resource::Instance)?;
    let file = [path.to_owned(), path.join("calls.toml"), path.join("world").join("calls.toml")]
        .into_iter()
        .find(|file| file.is_file())
        .ok_or_else(|| Error::worded("import-file-missing", &[("file", &"calls.toml"), ("folder", &path.display())]))?;
    let text = std::fs::read_to_string(&file).map_err(|error| cannot_open(&file, &error))?;
    let table: toml::Table = text
        .parse()
        .map_err(|error| Error::worded("import-file-not-toml", &[("file", &file.display()), ("why", &error)]))?;
    let world = Json::try_from_table(&table)?;
    let none = Vec::new();
    let list = |name: &str| world.get(name).and_then(Json::as_array).unwrap_or(&none);
    let (calls, rules) = (list("call"), list("rule"));
    let mut outcome = Outcome::default();
    let counts = transact!(app.database, transaction => {
        let organisations = store::organisations_by_slug(transaction).await?;
        let before = store::others_in(transaction).await?;
        let mut problems = Vec::new();
        let mut documents = BTreeMap::new();
        for call in calls {
            let named = text_of(call, "source").unwrap_or("demonstration network");
            if !documents.contains_key(named) {
                documents.insert(named.to_owned(), sources::put(transaction, &Source::document(named)).await?);
            }
        }
        let mut written = Vec::new();
        for (place, call) in calls.iter().enumerate() {
            let mut problem = |field: &str, value: &str, code, detail: String, kept| {
                problems.push(Problem {
                    line: place as u64 + 1,
                    field: field.to_owned(),
                    value: value.to_owned(),
                    code,
                    detail,
                    kept,
                });
            };
            let (Some(identifier), Some(title)) = (text_of(call, "id"), text_of(call, "name")) else {
                problem("id", "", "missing", "a call needs `id` and `name`".to_owned(), false);
                continue;
            };
            let mut parties = Vec::new();
            for party in call.get("party").and_then(Json::as_array).unwrap_or(&none) {
                let (slug, role) =
                    (text_of(party, "organisation").unwrap_or(""), text_of(party, "role").unwrap_or("party"));
                match organisations.get(slug) {
                    Some(organisation) => parties.push((*organisation, role)),
                    None => {
                        let detail = "no organisation has this word: import the organisations of the network first";
                        problem("party.organisation", slug, "unknown", detail.to_owned(), true);
                    }
                }
            }
            let source = documents[text_of(call, "source").unwrap_or("demonstration network")];
            let day = |names: [&str; 2]| names.iter().find_map(|name| call.get(*name)).map(plain);
            written.push(store::WrittenOther {
                identifier,
                title,
                kind: text_of(call, "kind").unwrap_or("call"),
                programme: text_of(call, "programme"),
                facts: facts(call, rules, identifier),
                starts: day(["start", "year"]),
                ends: day(["end", "end"]),
                source,
                parties,
            });
        }
        let created = written.iter().filter(|call| !before.contains_key(call.identifier)).count();
        let same = written.iter().filter(|call| {
            before.get(call.identifier).is_some_and(|(title, facts)| title == call.title && *facts == call.facts)
        });
        let unchanged = same.count();
        store::put_others(transaction, &written).await?;
        if unchanged < written.len() {
            store::raise_stamp(transaction).await?;
        }
        Ok((created, unchanged, written.len(), problems))
    })?;
    let (created, unchanged, total, problems) = counts;
    outcome.created = created;
    outcome.unchanged = unchanged;
    outcome.changed = total - created - unchanged;
    outcome.refused = calls.len() - total;
    outcome.problems = problems;
    outcome.file = name_of(&file);
    store_run(app, actor, "calls.world", &outcome, calls.len()).await?;
    Ok(outcome)
}

/// TOML as JSON: days become texts.
trait FromTable: Sized {
    fn try_from_table(table: &toml::Table) -> Result<Self, Error>;
}

impl FromTable for Json {
    fn try_from_table(table: &toml::Table) -> Result<Self, Error> {
        fn value(of: &toml::Value) -> Json {
            match of {
                toml::Value::String(text) => Json::from(text.as_str()),
                toml::Value::Integer(number) => Json::from(*number),
                toml::Value::Float(number) => Json::from(*number),
                toml::Value::Boolean(yes) => Json::from(*yes),
                toml::Value::Datetime(day) => Json::from(day.to_string()),
                toml::Value::Array(values) => Json::Array(values.iter().map(value).collect()),
                toml::Value::Table(table) => {
                    Json::Object(table.iter().map(|(key, own)| (key.clone(), value(own))).collect())
                }
            }
        }
        Ok(value(&toml::Value::Table(table.clone())))
    }
}

fn text_of<'a>(of: &'a Json, field: &str) -> Option<&'a str> {
    of.get(field)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What a page shows of a call beside its name and parties: all other facts, and the phases of its rule.
fn facts(call: &Json, rules: &[Json], identifier: &str) -> Json {
    let known = ["id", "name", "kind", "programme", "party", "source", "start", "end", "year"];
    let mut facts: serde_json::Map<String, Json> = call
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, _)| !known.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let rule = rules.iter().find(|rule| {
        text_of(rule, "call") == Some(identifier)
            || text_of(rule, "id") == text_of(call, "rule") && call.get("rule").is_some()
    });
    if let Some(rule) = rule {
        facts.insert("rule".to_owned(), rule.clone());
    }
    Json::Object(facts)
}
