//! The audit trail as a page: who did what to which record, before and after; searched, opened, taken away.

use std::collections::BTreeSet;

use axum::{
    extract::Query,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use minijinja::context;

use crate::{
    accounts::{self, Acting, Action, Resource, Route},
    calls,
    directory::search::encoded,
    foundation::{
        audit::{self, Asked, Difference, Entry, Found},
        cells::inert,
        errors::{Error, FieldProblem},
        pages::Serde,
        time::{Day, Zone},
    },
};

/// Entries on one page.
const PAGE: i64 = 50;
/// The most entries of one export: what is older is reached by the days.
const MOST: i64 = 50_000;

/// The routes of the trail.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/administration/trail", Action::Administer, get(page)),
        Route::get("/administration/trail/export", Action::Administer, get(export)),
    ]
}

/// What the reader may be told: of what clusters do with records of their own, only that of the cluster acted for. Whoever comes by may be an administrator of the demonstration, and learns nothing of who
/// has an account.
fn seen_by(acting: &Acting, asked: Asked) -> Asked {
    let own_cluster = acting.actor.cluster().map(|cluster| cluster.id.0);
    Asked { own_cluster, without_kind: if acting.actor.is_of_the_demonstration() { "account" } else { "" }, ..asked }
}

/// What the form of filters sends.
#[derive(Clone, Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(default)]
struct Filters {
    q: String,
    what: String,
    subject: String,
    person: String,
    from: String,
    to: String,
    before: String,
    format: String,
}

impl Filters {
    /// What is asked for; days are those of the reader's zone.
    fn asked(&self, limit: i64, zone: &Zone) -> Result<Asked, Error> {
        let mut problems = Vec::new();
        let mut moment = |field: &str, value: &str, days_later: i64| -> Option<i64> {
            let day: Day = match value.trim() {
                "" => return None,
                text => text.parse().map_err(|_| problems.push(problem(field, text, "trail-no-day"))).ok()?,
            };
            let day = day.0.checked_add(jiff::Span::new().days(days_later)).map_or(day, Day);
            Some(zone.start_of(day).0)
        };
        let (from, until) = (moment("from", &self.from, 0), moment("to", &self.to, 1));
        let mut id = |field: &str, value: &str| match value.trim() {
            "" => None,
            text => text.parse().map_err(|_| problems.push(problem(field, text, "trail-no-id"))).ok(),
        };
        let (person, before) = (id("person", &self.person), id("before", &self.before));
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        let (kind, action) = self.what.split_once('/').unwrap_or((&self.what, ""));
        Ok(Asked {
            without_kind: "",
            own_cluster: None,
            cluster: None,
            person,
            subject_kind: kind.to_owned(),
            subject: self.subject.trim().to_owned(),
            action: action.to_owned(),
            words: self.q.clone(),
            from: from.unwrap_or(0),
            until: until.unwrap_or(i64::MAX),
            before,
            limit,
        })
    }

    fn query(&self) -> String {
        let pairs = [
            ("q", &self.q),
            ("what", &self.what),
            ("subject", &self.subject),
            ("person", &self.person),
            ("from", &self.from),
            ("to", &self.to),
            ("before", &self.before),
        ];
        let given = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        given.map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
    }

    fn in_force(&self) -> usize {
        let all = [&self.q, &self.what, &self.subject, &self.person, &self.from, &self.to];
        all.into_iter().filter(|value| !value.trim().is_empty()).count()
    }
}

fn problem(field: &str, value: &str, message: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: message.to_owned(), value: value.to_owned() }
}

/// A line of the trail in the reader's words.
#[derive(Clone, Debug, serde::Serialize)]
pub(super) struct Worded {
    /// When.
    pub at: i64,
    /// What was done to what kind of record.
    pub verb: String,
    /// What the record was called.
    pub name: String,
    /// Its page, where it has one.
    pub href: Option<String>,
}

/// Words a line: the verb and the kind by the language files, the record by its name.
pub(super) fn worded(acting: &Acting, line: &audit::Line) -> Worded {
    let href = match line.subject_kind.as_str() {
        "organisation" | "figures" => Some(format!("/organisations/{}", line.subject_id)),
        "draft" => Some(format!("/consortia/{}", line.subject_id)),
        "topic-rules" => Some(format!("{}/rules", calls::href(&line.summary))),
        "rules" => Some(format!("{}/versions", line.subject_id)),
        _ => None,
    };
    let name = if line.summary == line.subject_id { acting.say("change-this-draft") } else { line.summary.clone() };
    Worded { at: line.at, verb: verb(acting, &line.subject_kind, &line.action), name, href }
}

fn verb(acting: &Acting, kind: &str, action: &str) -> String {
    let key = format!("change-{kind}-{}", action.replace('_', "-"));
    if acting.app.texts.knows(acting.language, &key) { acting.say(&key) } else { format!("{kind}: {action}") }
}

#[derive(serde::Serialize)]
struct Row {
    #[serde(flatten)]
    worded: Worded,
    who: String,
    differences: Vec<Difference>,
}

#[derive(serde::Serialize)]
struct Choice {
    value: String,
    label: String,
}

async fn page(acting: Acting, Query(filters): Query<Filters>) -> Result<Response, Error> {
    acting.may(Action::Administer, Resource::Instance)?;
    let app = &acting.app;
    let mut found = audit::find(&app.database, &seen_by(&acting, filters.asked(PAGE + 1, &acting.zone())?)).await?;
    let older = (found.len() as i64 > PAGE).then(|| {
        found.truncate(PAGE as usize);
        let last = found.last().map(|found| found.line.id.to_string()).unwrap_or_default();
        format!("/administration/trail?{}", Filters { before: last, ..filters.clone() }.query())
    });
    let names = names(&acting, &found).await?;
    let rows: Vec<Row> = found
        .iter()
        .map(|found| Row {
            worded: worded(&acting, &found.line),
            who: who(&acting, &names, found.line.person_id),
            differences: audit::differences(&found.before, &found.after),
        })
        .collect();
    let known = audit::kinds_and_actions(&app.database, acting.actor.cluster().map(|cluster| cluster.id.0)).await?;
    let without = seen_by(&acting, Asked::default()).without_kind;
    let verbs: Vec<Choice> = known
        .iter()
        .filter(|(kind, _)| kind != without)
        .map(|(kind, action)| Choice { value: format!("{kind}/{action}"), label: verb(&acting, kind, action) })
        .collect();
    let export = format!("/administration/trail/export?{}&format=", filters.query());
    let context = context! {
        rows => Serde(&rows), older, verbs => Serde(&verbs), filters => Serde(&filters), export,
        in_force => filters.in_force(),
    };
    Ok(acting.page("app/trail.html", context).await?.into_response())
}

async fn names(acting: &Acting, found: &[Found]) -> Result<std::collections::HashMap<uuid::Uuid, String>, Error> {
    let ids: BTreeSet<uuid::Uuid> = found.iter().filter_map(|found| found.line.person_id).collect();
    accounts::names(&acting.app.database, &ids.into_iter().collect::<Vec<_>>()).await
}

pub(super) fn who(
    acting: &Acting,
    names: &std::collections::HashMap<uuid::Uuid, String>,
    person: Option<uuid::Uuid>,
) -> String {
    let Some(person) = person else { return acting.say("trail-program") };
    let Some(name) = names.get(&person) else { return acting.say("trail-erased-person") };
    // A demonstration person is called by its role.
    let role = format!("role-{}", name.replace('_', "-"));
    if acting.app.texts.knows(acting.language, &role) { acting.say(&role) } else { name.clone() }
}

async fn export(acting: Acting, Query(filters): Query<Filters>) -> Result<Response, Error> {
    acting.may(Action::Administer, Resource::Instance)?;
    let app = &acting.app;
    let found = audit::find(&app.database, &seen_by(&acting, filters.asked(MOST, &acting.zone())?)).await?;
    let names = names(&acting, &found).await?;
    let (kind, name, file) = match filters.format.as_str() {
        "json" => ("application/x-ndjson", "trail.jsonl", json_lines(&found)?),
        "csv" | "" => ("text/csv; charset=utf-8", "trail.csv", csv(&acting, &names, &found)?),
        other => return Err(Error::input(format!("the trail is not exported as `{other}`: ask for csv or json"))),
    };
    told(&acting, found.len()).await?;
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, file).into_response())
}

/// Taking the trail away is told in the trail.
async fn told(acting: &Acting, count: usize) -> Result<(), Error> {
    let app = &acting.app;
    transact!(app.database, transaction => {
        audit::record(transaction, Entry {
            at: app.clock.now(),
            person: acting.actor.person(),
            cluster: None,
            action: "export",
            subject_kind: "trail",
            subject: "trail".to_owned(),
            summary: acting.path_and_query(),
            before: serde_json::Value::Null,
            after: serde_json::json!({ "entries": count }),
        })
        .await
    })
}

fn json_lines(found: &[Found]) -> Result<Vec<u8>, Error> {
    let mut file = Vec::new();
    for one in found {
        serde_json::to_writer(&mut file, one).map_err(anyhow::Error::from)?;
        file.push(b'\n');
    }
    Ok(file)
}

fn csv(
    acting: &Acting,
    names: &std::collections::HashMap<uuid::Uuid, String>,
    found: &[Found],
) -> Result<Vec<u8>, Error> {
    let failed = |error: csv::Error| Error::Unexpected(anyhow::Error::new(error));
    let mut writer = csv::Writer::from_writer(Vec::new());
    let columns =
        ["id", "at", "who", "cluster_id", "action", "subject_kind", "subject_id", "summary", "before", "after"];
    writer.write_record(columns).map_err(failed)?;
    for one in found {
        let line = &one.line;
        let json = |json: &serde_json::Value| if json.is_null() { String::new() } else { json.to_string() };
        writer
            .write_record([
                line.id.to_string(),
                crate::foundation::time::Timestamp(line.at).to_jiff().to_string(),
                inert(&who(acting, names, line.person_id)),
                line.cluster_id.map(|id| id.to_string()).unwrap_or_default(),
                inert(&line.action),
                inert(&line.subject_kind),
                inert(&line.subject_id),
                inert(&line.summary),
                json(&one.before),
                json(&one.after),
            ])
            .map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Error::Unexpected(anyhow::anyhow!("writing the CSV file: {error}")))
}
