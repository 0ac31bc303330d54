//! Calls: in from files, kept in versions, found in both languages, shown, exported, put into calendars.

use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, Role, Shared},
    calls::{self, Filter, Outcome, State},
    foundation::{database::Batch, errors::Error, ids::SourceId},
    transact,
};
use rstest::rstest;

use crate::{
    databases::{Engine, fresh},
    visitors::{Visitor, prepare_people},
};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

async fn import(app: &Shared, path: &Path) -> Outcome {
    calls::import(app, &Actor::Console, path, &|_, _, _| {}).await.expect("the file can be imported")
}

async fn found(app: &Shared, words: &str) -> Vec<String> {
    let every = State::ALL.map(|state| state.key().to_owned()).to_vec();
    let filter = Filter { q: words.to_owned(), state: every, ..Filter::default() };
    let list = calls::list(app, &Actor::Console, &filter).await.unwrap();
    list.lines().map(|line| line.identifier.clone()).collect()
}

/// Two concepts with their labels, as an import of the thesaurus would leave them.
async fn put_concepts(app: &Shared) {
    let done: Result<(), Error> = async {
        transact!(app.database, transaction => {
            let source = SourceId::new();
            let mut sources = Batch::new(
                "INSERT INTO sources (id, slug, name, publisher, licence, attribution, url, dated)", "",
            );
            let mut row: Vec<_> = vec![source.into()];
            row.extend(["thesaurus", "A thesaurus", "", "", "", "", ""].map(Into::into));
            sources.push(row);
            sources.write(transaction).await?;
            let mut concepts = Batch::new("INSERT INTO concepts (id, scheme, broader, level)", "");
            let mut labels =
                Batch::new("INSERT INTO concept_labels (concept_id, language, kind, label, source_id)", "");
            for (id, en, fr) in [("tox", "toxicology", "toxicologie"), ("imm", "immunology", "immunologie")] {
                concepts.push(vec![id.into(), "test".into(), None::<&str>.into(), 3i64.into()]);
                for (language, label) in [("en", en), ("fr", fr)] {
                    labels.push(vec![
                        id.into(), language.into(), "preferred".into(), label.into(), source.into(),
                    ]);
                }
            }
            concepts.write(transaction).await?;
            labels.write(transaction).await?;
            Ok(())
        })
    }
    .await;
    done.unwrap();
}

#[rstest]
#[tokio::test]
async fn topics_come_in_once_and_are_found_in_both_languages(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    put_concepts(app).await;
    let pack = fixtures().join("pack");
    let first = import(app, &pack).await;
    assert_eq!((first.created, first.changed, first.unchanged, first.refused), (25, 0, 0, 0));
    assert_eq!(first.problems.len(), 1, "one topic has no text: {:?}", first.problems);
    assert_eq!((first.problems[0].code, first.problems[0].kept), ("no-text", true));
    let second = import(app, &pack).await;
    assert_eq!((second.created, second.changed, second.unchanged), (0, 0, 25), "a second import changes nothing");

    let toxicology = "HORIZON-JU-IHI-2026-13-two-stage-02";
    for words in [
        "toxicology foundation model",
        "toxicolgy",
        "modèle de toxicologie pour la sécurité des médicaments",
        "two-stage-02",
    ] {
        assert_eq!(found(app, words).await.first().map(String::as_str), Some(toxicology), "{words}");
    }
    let children = found(app, "prévention des maladies chroniques chez l’enfant et l’adolescent").await;
    assert_eq!(children.first().map(String::as_str), Some("HORIZON-HLTH-2027-01-DISEASE-10"), "{children:?}");
    assert!(found(app, "qwertzuiop asdfghjkl").await.is_empty());

    let topic =
        calls::topic(app, &Actor::Console, toxicology, corridor::foundation::languages::Language::Fr).await.unwrap();
    assert_eq!(topic.line.instrument.as_deref(), Some("ihi-two-stage"));
    assert_eq!(topic.line.budget_max_cents, Some(920_000_000_i64 - 20_000_000));
    assert_eq!(topic.cut_offs, [(1, "2026-10-08".to_owned())]);
    assert!(topic.sections.iter().any(|section| section.key == Some("scope")));
    assert_eq!(topic.concepts.first().map(|concept| concept.label.as_str()), Some("toxicologie"));
    assert!(topic.similar.iter().all(|(line, _)| line.identifier != toxicology));

    let suggested =
        calls::suggest(app, &Actor::Console, "toxic", corridor::foundation::languages::Language::En, 3).await.unwrap();
    assert_eq!(suggested[0].id, toxicology);
}

#[rstest]
#[tokio::test]
async fn bad_rows_are_named_and_good_ones_kept(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let outcome = import(&fresh.app, &fixtures().join("members/topic_without_text.jsonl")).await;
    let named: Vec<(u64, &str, &str, bool)> =
        outcome.problems.iter().map(|p| (p.line, p.field.as_str(), p.code, p.kept)).collect();
    assert_eq!(
        named,
        [
            (2, "description_text", "no-text", true),
            (3, "description_text", "no-text", true),
            (4, "title", "missing", false),
            (5, "deadlines", "not-a-day", false),
            (6, "identifier", "missing", false),
            (7, "line", "not-json", false),
        ]
    );
    assert_eq!((outcome.created, outcome.refused), (3, 4));
    prepare_people(&fresh.app).await;
    let officer = Visitor::acting_as(&fresh.app, Role::ProjectOfficer).await;
    let page = officer.get("/calls/TEST-HLTH-2027-02?lang=en").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("No text published"), "a topic without text says so");
    let refused = calls::import(&fresh.app, &Actor::Nobody, &fixtures().join("pack"), &|_, _, _| {}).await;
    assert!(matches!(refused, Err(Error::Refused { .. })));
    let missing = calls::import(&fresh.app, &Actor::Console, Path::new("/nowhere"), &|_, _, _| {}).await;
    assert!(missing.unwrap_err().to_string().contains("/nowhere"));
}

fn topic(deadline: &str, budget: u64, text: &str) -> String {
    serde_json::json!({
        "identifier": "EXTERNAL/1/A", "title": "Tools <b>&amp;</b> tests", "programme": "Horizon Europe",
        "call_identifier": "EXTERNAL", "call_title": "External", "action_code": "RIA",
        "type_of_action": "HORIZON Research and Innovation Actions", "status": "open",
        "deadlines": [deadline], "deadline_model": "single-stage",
        "budget": {"min_per_project_eur": budget, "max_per_project_eur": budget, "expected_grants": 2},
        "description_text": format!("Scope:\nFirst paragraph.\n{text}\nLast <script>alert(1)</script> paragraph."),
        "conditions_text": "1. Admissibility Conditions: described in section 5.", "url": "javascript:alert(1)",
    })
    .to_string()
}

#[rstest]
#[tokio::test]
async fn a_changed_topic_gets_a_version_that_says_what_changed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let file = fresh.folder.join("calls.jsonl");
    std::fs::write(&file, topic("2026-12-01", 4_000_000, "Three members are needed.")).unwrap();
    import(app, &file).await;
    std::fs::write(&file, topic("2027-01-15", 5_000_000, "Four members are needed.")).unwrap();
    let outcome = import(app, &file).await;
    assert_eq!((outcome.created, outcome.changed, outcome.unchanged), (0, 1, 0));

    let compared = calls::versions(app, &Actor::Console, "EXTERNAL/1/A", None, None).await.unwrap();
    assert_eq!((compared.from, compared.to, compared.versions.len()), (1, 2, 2));
    let fields: Vec<&str> = compared.changes.fields.iter().map(|change| change.field).collect();
    assert_eq!(fields, ["deadlines", "budget-min", "budget-max"]);

    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let page = officer.get("/calls/EXTERNAL%2F1%2FA?lang=fr").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("15 janvier 2027") && page.text.contains("Version 2"), "{}", page.text);
    assert!(page.text.contains("&lt;script&gt;alert(1)") && !page.text.contains("<script>alert"), "pages escape");
    assert!(!page.text.contains("javascript:"), "only web addresses become links");
    let page = officer.get("/calls/EXTERNAL%2F1%2FA/versions?lang=en").await;
    for part in ["<del>1 December 2026</del>", "<ins>15 January 2027</ins>", "<ins>€5,000,000</ins>", "Three", "Four"]
    {
        assert!(page.text.contains(part), "{part} in {}", page.text);
    }
    assert_eq!(officer.get("/calls/EXTERNAL%2F1%2FA/versions?to=9").await.status, StatusCode::NOT_FOUND);

    let calendar = officer.get("/calls/EXTERNAL%2F1%2FA.ics").await;
    assert!(calendar.headers["content-type"].to_str().unwrap().starts_with("text/calendar"));
    let event: Vec<&str> = calendar.text.lines().collect();
    for line in ["DTSTART;VALUE=DATE:20270115", "DTEND;VALUE=DATE:20270116", "SEQUENCE:1", "END:VCALENDAR"] {
        assert!(event.contains(&line), "{line} in {}", calendar.text);
    }
}

#[rstest]
#[tokio::test]
async fn the_list_filters_sorts_exports_and_feeds(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    import(app, &fixtures().join("pack")).await;
    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let api = |query: &str| {
        let path = format!("/api/calls?{query}");
        let officer = &officer;
        async move {
            let answer = officer.get(&path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
            let value: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
            value["topics"].as_array().unwrap().clone()
        }
    };
    // The stories take place on 1 September 2026.
    let open = api("").await;
    let days: Vec<i64> =
        open.iter().filter_map(|topic| topic["days_left"].as_i64()).filter(|left| *left >= 0).collect();
    assert!(days.is_sorted() && days.first() == Some(&2), "the next to close comes first: {days:?}");
    assert!(open.iter().all(|topic| topic["state"] != "closed"));
    let soon = api("closing=30&theme=MISS").await;
    assert_eq!(soon.len(), 2, "{soon:?}");
    assert!(soon.iter().all(|topic| topic["theme"] == "MISS" && topic["closes_on"] == "2026-09-15"));
    assert_eq!(api("action=CoFund&instrument=horizon-europe-ria").await.len(), 0);
    assert_eq!(api("instrument=ihi-two-stage").await.len(), 3);
    assert_eq!(api("budget=10-&instrument=ihi-two-stage").await.len(), 1);
    let closed = api("state=closed").await;
    assert!(closed.iter().any(|topic| topic["identifier"] == "ERC-2026-POC"), "{closed:?}");

    let page = officer.get("/calls?theme=JU&lang=fr").await;
    assert!(page.text.contains("Entreprises communes") && page.text.contains("3 sujets"), "{}", page.text);
    let csv = officer.get("/calls/export?theme=JU&format=csv").await;
    assert_eq!(csv.text.lines().count(), 4);
    assert!(csv.text.starts_with("identifier,title,call_identifier"));
    let xlsx = officer.get("/calls/export?theme=JU&format=xlsx").await;
    assert!(xlsx.text.starts_with("PK"), "a workbook is a zip archive");
    assert_eq!(officer.get("/calls/export?format=pdf").await.status, StatusCode::BAD_REQUEST);
    let feed = officer.get("/calls.atom?theme=JU").await;
    assert_eq!(feed.text.matches("<entry>").count(), 3);
    assert!(feed.text.contains("http://corridor.example/calls/HORIZON-JU-IHI-2026-13-two-stage-01"), "{}", feed.text);
    let calendar = officer.get("/calls.ics?theme=JU").await;
    assert_eq!(calendar.text.matches("BEGIN:VEVENT").count(), 3);
    let strip = officer.get("/api/calls/calendar?theme=JU").await;
    let strip: serde_json::Value = serde_json::from_str(&strip.text).unwrap();
    assert_eq!(strip["rows"].as_array().map(Vec::len), Some(3));
    assert_eq!(officer.get("/calls/NO-SUCH-TOPIC").await.status, StatusCode::NOT_FOUND);
    assert_eq!(Visitor::nobody(app).get("/calls").await.status, StatusCode::UNAUTHORIZED);
}

#[rstest]
#[tokio::test]
async fn calls_without_topics_are_shown_as_such(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let world = fixtures().join("pack/world");
    let first = calls::import_world(app, &Actor::Console, &world).await.unwrap();
    assert_eq!((first.created, first.changed, first.refused), (14, 0, 0));
    assert!(first.problems.iter().all(|problem| problem.code == "unknown"), "no organisation has been imported here");
    let second = calls::import_world(app, &Actor::Console, &world).await.unwrap();
    assert_eq!((second.created, second.changed, second.unchanged), (0, 0, 14));
    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let page = officer.get("/calls/imi-call-2?lang=fr").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("Connu par un document"), "{}", page.text);
    assert!(page.text.contains("patient organisation"), "the phases of its rule are shown");
    assert!(officer.get("/calls?lang=en").await.text.contains("IMI second call"));
}

/// The private address that a page shows once, as a path.
fn address_in(page: &str) -> String {
    let shown = page.split("<code class=\"token\">http://corridor.example").nth(1).expect("the address is shown");
    shown.split('<').next().unwrap().to_owned()
}

#[rstest]
#[tokio::test]
async fn a_program_reads_one_feed_under_a_private_address_and_nothing_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    import(app, &fixtures().join("pack")).await;
    let ada = Visitor::invited(app, "ada@institute.example", Role::ProjectOfficer, None).await;
    assert!(ada.get("/calls?theme=JU").await.text.contains("action=\"/calls/addresses\""));
    let demonstration = Visitor::acting_as(app, Role::ProjectOfficer).await;
    assert!(!demonstration.get("/calls").await.text.contains("/calls/addresses"), "without an account of one's own");
    assert_eq!(demonstration.post("/calls/addresses", "feed=calls.ics&label=x").await.status, StatusCode::FORBIDDEN);

    let make = async |feed: &str, query: &str| {
        let made = ada.post("/calls/addresses", &format!("feed={feed}&query={query}&label=My+agenda")).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.text);
        address_in(&made.text)
    };
    let calendar = make("calls.ics", "theme%3DJU").await;
    let (changes, topic) =
        (make("calls.atom", "theme%3DJU").await, make("topic.ics", "HORIZON-HLTH-2027-01-DISEASE-05").await);
    let account = ada.get("/account").await.text;
    assert!(account.contains("theme=JU") && account.contains("My agenda") && account.contains("never"));
    let secret = calendar.split('/').nth(2).unwrap();
    assert!(!account.contains(secret), "the address is shown once");

    // A program keeps no cookie and speaks no language.
    let program = Visitor::nobody(app).in_french();
    let read = program.get(&calendar).await;
    assert_eq!(read.status, StatusCode::OK, "{}", read.text);
    assert_eq!(read.text.matches("BEGIN:VEVENT").count(), 3, "with its filter");
    assert!(read.text.contains("Corridor: dates of c"), "in the language it was made in: {}", read.text);
    assert_eq!(read.headers["cache-control"], "private, max-age=900");
    assert_eq!(read.headers["referrer-policy"], "no-referrer");
    let wider = program.get(&format!("{calendar}?theme=HLTH&state=closed")).await;
    assert_eq!(wider.text.matches("BEGIN:VEVENT").count(), 3, "no other filter than its own");
    let feed = program.get(&changes).await.text;
    assert_eq!(feed.matches("<entry>").count(), 3);
    assert!(
        !feed.contains("/private/") && feed.contains("/calls.atom?theme=JU"),
        "it does not tell its address: {feed}"
    );
    assert!(program.get(&topic).await.text.contains("HORIZON-HLTH-2027-01-DISEASE-05"));
    let elsewhere = [format!("/private/{secret}/calls.atom"), format!("/private/{secret}/topic.ics")];
    for path in elsewhere.iter().map(String::as_str).chain(["/private/unknown/calls.ics"]) {
        assert_eq!(program.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(program.get("/calls").await.status, StatusCode::UNAUTHORIZED, "it opens no session");
    assert_eq!(
        program.as_program(axum::http::Method::GET, "/api/calls", secret).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(program.post(&calendar, "").await.status, StatusCode::METHOD_NOT_ALLOWED, "it only reads");

    // Ended by its owner, by nobody else, and with the role.
    let end = ada.get("/account").await.text;
    let ends: Vec<&str> = end
        .split("action=\"")
        .filter(|part| part.starts_with("/account/addresses/"))
        .filter_map(|part| part.split('"').next())
        .collect();
    assert_eq!(ends.len(), 3);
    let keeper = Visitor::invited(app, "keeper@institute.example", Role::InstanceAdministrator, None).await;
    assert_eq!(keeper.post(ends[2], "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(ada.post(ends[2], "").await.status, StatusCode::SEE_OTHER, "the oldest stands last");
    assert_eq!(program.get(&calendar).await.status, StatusCode::NOT_FOUND);
    assert_eq!(program.get(&changes).await.status, StatusCode::OK);
    let people = keeper.get("/people").await.text;
    let of_ada = people.split("<tr>").find(|row| row.contains("ada@institute.example")).unwrap();
    let role = of_ada.split("action=\"").nth(1).and_then(|part| part.split('"').next()).unwrap();
    assert_eq!(keeper.post(role, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(program.get(&changes).await.status, StatusCode::NOT_FOUND, "the role is over");
}
