//! The audit trail is a chain: what is changed, left out or cut off shows; what must be erased can go.

use corridor::{
    accounts::{Actor, Role, Shared},
    app::doctor,
    execute,
    foundation::{
        audit::{self, Asked, Entry, Fault, Head},
        errors::Error,
        time::Timestamp,
    },
    transact,
};
use rstest::rstest;

use crate::{
    databases::{Engine, NOW, fresh},
    visitors::{Visitor, prepare_people},
};

async fn told(app: &Shared, subject: &str, minute: i64) -> Result<(), Error> {
    let at = Timestamp(NOW.0 + minute * 60_000_000);
    transact!(app.database, transaction => {
        audit::record(transaction, Entry {
            at,
            person: None,
            cluster: None,
            action: "save",
            subject_kind: "draft",
            subject: subject.to_owned(),
            summary: format!("Draft {subject}"),
            before: serde_json::Value::Null,
            after: serde_json::json!({ "name": subject, "budget_cents": 1_250_000, "share": 0.1, "é": [1, null] }),
        })
        .await
    })
}

async fn tell(app: &Shared, subject: &str, minute: i64) {
    told(app, subject, minute).await.unwrap();
}

async fn changed(app: &Shared, statement: &'static str) -> Result<(), Error> {
    transact!(app.database, transaction => {
        execute!(transaction, sqlx::query(statement));
        Ok(())
    })
}

async fn change(app: &Shared, statement: &'static str) {
    changed(app, statement).await.unwrap();
}

async fn redact(app: &Shared, subject: &str) -> Result<u64, Error> {
    transact!(app.database, transaction => audit::redact(transaction, "draft", subject, NOW).await)
}

async fn faults(app: &Shared) -> Vec<(i64, Fault)> {
    audit::verify(&app.database, None).await.unwrap().faults
}

#[rstest]
#[tokio::test]
async fn a_change_of_the_trail_shows_where_it_was_made(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    for (minute, subject) in ["one", "two", "three", "four"].into_iter().enumerate() {
        tell(app, subject, i64::try_from(minute).unwrap()).await;
    }
    let before = audit::verify(&app.database, None).await.unwrap();
    assert_eq!((before.unsealed, before.head.sequence), (4, 0), "told, not sealed yet");
    assert_eq!(audit::seal(&app.database).await.unwrap(), 4);
    assert_eq!(audit::seal(&app.database).await.unwrap(), 0);
    let sealed = audit::verify(&app.database, None).await.unwrap();
    assert!(sealed.holds());
    assert_eq!((sealed.unsealed, sealed.head.sequence), (0, 4));

    change(app, "UPDATE audit_entries SET summary = 'Draft 2' WHERE subject_id = 'two'").await;
    assert_eq!(faults(app).await, [(2, Fault::ContentChanged)]);
    change(app, "UPDATE audit_entries SET summary = 'Draft two' WHERE subject_id = 'two'").await;
    assert_eq!(faults(app).await, []);
    change(app, "UPDATE audit_entries SET at = at + 1 WHERE subject_id = 'three'").await;
    assert_eq!(faults(app).await, [(3, Fault::SealBroken)]);
    change(app, "UPDATE audit_entries SET at = at - 1 WHERE subject_id = 'three'").await;

    // A head noted elsewhere proves what was there; a cut at the end shows even without it.
    let noted = sealed.head.clone();
    tell(app, "five", 9).await;
    audit::seal(&app.database).await.unwrap();
    let later = audit::verify(&app.database, Some(&noted)).await.unwrap();
    assert!(later.holds() && later.known_head_holds == Some(true));
    let foreign = Head { sequence: 4, digest: "0".repeat(64) };
    assert!(!audit::verify(&app.database, Some(&foreign)).await.unwrap().holds());
    change(app, "DELETE FROM audit_seals WHERE sequence = 5").await;
    assert_eq!(faults(app).await, [(5, Fault::Gap)]);
    change(app, "DELETE FROM audit_entries WHERE subject_id = 'one'").await;
    assert_eq!(faults(app).await, [(1, Fault::EntryGone)]);
}

#[rstest]
#[tokio::test]
async fn content_is_erased_and_the_chain_holds(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    for (minute, subject) in ["one", "two"].into_iter().enumerate() {
        tell(app, subject, i64::try_from(minute).unwrap()).await;
    }
    audit::seal(&app.database).await.unwrap();
    assert_eq!(redact(app, "one").await.unwrap(), 1);
    let verified = audit::verify(&app.database, None).await.unwrap();
    assert!(verified.holds());
    assert_eq!(verified.redacted, 1);
    let found = audit::find(&app.database, &Asked { subject: "one".to_owned(), ..Asked::default() }).await.unwrap();
    assert_eq!(found.len(), 1, "that it was done stays");
    assert_eq!((found[0].line.summary.as_str(), &found[0].after), ("", &serde_json::Value::Null));
    // Whoever writes something else in its place is found out through the entries that were not erased.
    change(app, "UPDATE audit_entries SET action = 'delete' WHERE subject_id = 'one'").await;
    assert_eq!(faults(app).await, [(1, Fault::SealBroken)]);
}

#[rstest]
#[tokio::test]
async fn the_doctor_says_what_is_not_well(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    tell(app, "one", 0).await;
    audit::seal(&app.database).await.unwrap();
    assert!(doctor::examine(app, &Actor::Nobody, None).await.is_err());
    let findings = doctor::examine(app, &Actor::Console, None).await.unwrap();
    assert_eq!(findings.len(), 4);
    assert!(findings.iter().all(|finding| finding.well), "{findings:?}");
    change(app, "UPDATE audit_entries SET summary = 'other'").await;
    let findings = doctor::examine(app, &Actor::Console, None).await.unwrap();
    let unwell: Vec<_> = findings.iter().filter(|finding| !finding.well).collect();
    assert_eq!(unwell.len(), 1);
    assert_eq!(unwell[0].organ, doctor::Organ::AuditTrail);
    assert!(unwell[0].lines.iter().any(|line| line == "entry 1: its content is not what was sealed"));
}

#[rstest]
#[tokio::test]
async fn the_trail_is_searched(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    for minute in 0..5 {
        tell(app, &format!("n{minute}"), minute).await;
    }
    let find = |asked: Asked| async move {
        let found = audit::find(&app.database, &asked).await.unwrap();
        found.into_iter().map(|found| found.line.subject_id).collect::<Vec<_>>()
    };
    assert_eq!(find(Asked { words: "DRAFT N3".to_owned(), ..Asked::default() }).await, ["n3"]);
    assert_eq!(find(Asked { until: NOW.0 + 60_000_000, ..Asked::default() }).await, ["n0"]);
    assert_eq!(find(Asked { from: NOW.0 + 3 * 60_000_000, ..Asked::default() }).await, ["n4", "n3"]);
    assert_eq!(find(Asked { action: "merge".to_owned(), ..Asked::default() }).await, Vec::<String>::new());
    let first = audit::find(&app.database, &Asked { limit: 2, ..Asked::default() }).await.unwrap();
    assert_eq!(first.iter().map(|found| found.line.subject_id.as_str()).collect::<Vec<_>>(), ["n4", "n3"]);
    let next = find(Asked { limit: 2, before: Some(first[1].line.id.0), ..Asked::default() }).await;
    assert_eq!(next, ["n2", "n1"]);
}

#[rstest]
#[tokio::test]
async fn administrators_read_the_trail_and_taking_it_away_is_told(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    tell(app, "<b>one</b>", 0).await;
    tell(app, "=two", 1).await;
    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    assert_eq!(officer.get("/administration/trail").await.status, 403);
    let administrator = Visitor::acting_as(app, Role::InstanceAdministrator).await;
    let page = administrator.get("/administration/trail").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Draft &lt;b&gt;one&lt;/b&gt;"), "names are escaped");
    assert!(page.text.contains("budget_cents"), "what changed is opened field by field");
    let some = administrator.get("/administration/trail?q=%3Dtwo&from=2026-09-01&to=2026-09-01").await;
    assert!(some.text.contains("=two") && !some.text.contains("one&lt;"));
    assert_eq!(administrator.get("/administration/trail?from=31/02/2026").await.status, 422);

    let file = administrator.get("/administration/trail/export?format=csv").await;
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    assert!(file.text.lines().any(|line| line.contains(",'=two,Draft =two,")), "cells do not run: {}", file.text);
    let lines = administrator.get("/administration/trail/export?format=json").await.text;
    let entries: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("a line is an entry")).collect();
    assert_eq!(entries.len(), 3);
    assert_eq!((&entries[0]["action"], &entries[0]["after"]["entries"]), (&"export".into(), &2.into()));
    assert_eq!(administrator.get("/administration/trail/export?format=pdf").await.status, 400);
}
