//! What is held about people: told whole, kept without use, removed everywhere, and the logs beside it.

use corridor::{
    accounts::{ClusterId, PersonId, Role, Shared, personal::known_as},
    execute,
    foundation::{
        audit,
        errors::Error,
        personal::{
            self, Basis, BasisEntry, Consent, Datum, Disclosed, Disclosure, Event, Holdings, Proof, Subject, standing,
        },
    },
    transact,
};
use rstest::rstest;

use crate::{
    databases::{Engine, NOW, fresh},
    mailbox::letters_to,
    visitors::{Visitor, prepare_people},
};

/// What a transaction answers.
macro_rules! written {
    ($database:expr, $transaction:ident => $body:expr) => {{
        let outcome: Result<_, Error> = async { transact!($database, $transaction => $body) }.await;
        outcome
    }};
}

const ADA: &str = "ada@institute.example";

fn holdings(app: &Shared) -> std::sync::Arc<Holdings> {
    app.part::<Holdings>()
}

async fn ada(app: &Shared) -> Subject {
    known_as(&app.database, Subject::address(ADA).unwrap()).await.unwrap()
}

/// Ada comes in by an invitation, signs in, makes a token, invites a colleague, and somebody writes of her.
async fn lived(app: &Shared) -> Visitor {
    prepare_people(app).await;
    let keeper = Visitor::invited(app, "keeper@institute.example", Role::InstanceAdministrator, None).await;
    keeper.post("/account/name", "name=Grace+Keeper&language=en").await;
    let visitor = Visitor::invited(app, ADA, Role::ClusterAdministrator, None).await;
    visitor.post("/account/tokens", "label=report&scope=calls:read&days=7").await;
    visitor.post("/people/invitations", "email=bob@institute.example&role=reader").await;
    visitor.post("/sign-in/link", &format!("email={ADA}")).await;
    visitor
}

/// Ada shows her account at an organisation and subscribes to a calendar: what other slices hang on an account.
async fn shown_and_subscribed(app: &Shared, person: uuid::Uuid) {
    let (organisation, cluster) =
        (uuid::Uuid::now_v7(), corridor::accounts::clusters(&app.database).await.unwrap()[0].id);
    let made = written!(app.database, transaction => {
        execute!(transaction, sqlx::query(
            "INSERT INTO organisations (id, name_key, kind, project_count, revision, created_at, updated_at)
             VALUES ($1, '', 'company', 0, 1, 0, 0)",
        )
        .bind(organisation));
        execute!(transaction, sqlx::query(
            "INSERT INTO contacts (cluster_id, id, organisation_id, kept_by, person_id, name, name_key, name_audience, job_key,
                                   job_audience, email_audience, telephone_audience, languages_audience, revision, created_at,
                                   updated_at)
             VALUES ($1, $2, $3, 'person', $4, 'Ada Example', 'ada example', 'public', '', 'team', 'team', 'team', 'team', 1, 0, 0)",
        )
        .bind(cluster)
        .bind(uuid::Uuid::now_v7())
        .bind(organisation)
        .bind(person));
        execute!(transaction, sqlx::query(
            "INSERT INTO private_addresses (id, token_digest, person_id, role_id, feed, query, language, label, created_at)
             SELECT $1, 'x', $2, id, 'calls', '', 'en', 'my calendar', 0 FROM roles WHERE person_id = $2",
        )
        .bind(uuid::Uuid::now_v7())
        .bind(person));
        Ok(())
    });
    made.unwrap();
}

#[rstest]
#[tokio::test]
async fn everything_held_is_told_and_gone_once_erased(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let visitor = lived(app).await;
    assert!(
        letters_to(app, "bob@institute.example").await[0].contains("Ada Example"),
        "the invitation names who invites"
    );
    let subject = ada(app).await;
    assert!(subject.person_id().is_some());
    shown_and_subscribed(app, subject.person_id().unwrap()).await;
    assert_eq!(subject.name(), Some("Ada Example"));

    let held = holdings(app).held(&app.database, &subject).await.unwrap();
    let labels: std::collections::BTreeSet<&str> = held.iter().map(|one| one.label).collect();
    for label in [
        "personal-account",
        "personal-role",
        "personal-session",
        "personal-token",
        "personal-invitation",
        "personal-letter",
        "personal-entry-by",
        "personal-entry-about",
        "personal-address",
    ] {
        assert!(labels.contains(label), "{label} is not among {labels:?}");
    }
    let before = personal::mentions(&app.database, &subject).await.unwrap();
    for place in [
        ("people", "email"),
        ("people", "name"),
        ("letters", "recipient"),
        ("letters", "text"),
        ("invitations", "email"),
        ("audit_entries", "summary"),
    ] {
        assert!(
            before.iter().any(|one| (one.table.as_str(), one.column.as_str()) == place),
            "{place:?} is not in {before:?}"
        );
    }

    let erased = written!(app.database, transaction => holdings(app).erase(transaction, &subject, NOW).await).unwrap();
    assert!(erased.iter().any(|one| one.label == "personal-account" && one.count == 1), "{erased:?}");
    assert_eq!(personal::mentions(&app.database, &subject).await.unwrap(), []);
    assert!(holdings(app).held(&app.database, &ada(app).await).await.unwrap().is_empty());
    assert_eq!(visitor.get("/account").await.status, axum::http::StatusCode::UNAUTHORIZED);
    let again = written!(app.database, transaction => holdings(app).erase(transaction, &subject, NOW).await).unwrap();
    assert!(
        again.iter().all(|one| one.label == "personal-entries-by"),
        "a second time there is nothing left: {again:?}"
    );
    audit::seal(&app.database).await.unwrap();
    assert!(audit::verify(&app.database, None).await.unwrap().holds(), "the chain holds without the names");

    // Others stay as they were, and the same address can be invited anew.
    let keeper = known_as(&app.database, Subject::address("keeper@institute.example").unwrap()).await.unwrap();
    assert_eq!(keeper.name(), Some("Grace Keeper"));
    Visitor::invited(app, ADA, Role::Reader, None).await;
}

#[rstest]
#[tokio::test]
async fn whoever_runs_the_instance_alone_stays(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    lived(app).await;
    let keeper = known_as(&app.database, Subject::address("keeper@institute.example").unwrap()).await.unwrap();
    let outcome = written!(app.database, transaction => holdings(app).erase(transaction, &keeper, NOW).await);
    assert!(matches!(outcome, Err(Error::Refused { reason: "refused-last-administrator", .. })), "{outcome:?}");
    assert!(!holdings(app).held(&app.database, &keeper).await.unwrap().is_empty());
}

#[rstest]
#[tokio::test]
async fn what_is_restricted_is_kept_and_not_shown(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    lived(app).await;
    let keeper = Visitor::invited(app, "second@institute.example", Role::InstanceAdministrator, None).await;
    let subject = ada(app).await;
    assert!(keeper.get("/people").await.text.contains(ADA));
    let set = async |on: bool| {
        written!(app.database, transaction => holdings(app).restrict(transaction, &subject, on, NOW).await).unwrap()
    };
    assert_eq!(set(true).await, 1);
    assert!(!keeper.get("/people").await.text.contains(ADA));
    let account = holdings(app).held(&app.database, &subject).await.unwrap();
    assert!(account.iter().any(|one| one.label == "personal-account" && one.restricted));
    let later = app.clock.now().plus_seconds(1);
    let due = async || holdings(app).of("account").unwrap().due(&app.database, "account.account", later).await.unwrap();
    assert!(due().await.first.iter().all(|row| row.label != "Ada Example"), "what is restricted does not age");
    assert_eq!(set(false).await, 1);
    assert!(keeper.get("/people").await.text.contains(ADA));
    assert!(due().await.count >= 1);
}

#[rstest]
#[tokio::test]
async fn age_removes_what_is_due_and_nothing_that_is_held(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    lived(app).await;
    let subject = ada(app).await;
    let later = NOW.plus_seconds(400 * 24 * 3600);
    let hold = written!(app.database, transaction => personal::hold(transaction, &subject, NOW).await).unwrap();
    audit::seal(&app.database).await.unwrap();
    let run_at = NOW.plus_seconds(500 * 24 * 3600);
    for (kind, purpose) in [
        ("invitation", "invitation.invitation"),
        ("letter", "letter.letter"),
        ("trail", "trail.sign_in"),
        ("trail", "trail.trail"),
        ("account", "account.account"),
    ] {
        let holding = holdings(app).of(kind).unwrap();
        letters_to(app, ADA).await;
        let due = holding.due(&app.database, purpose, later).await.unwrap();
        if purpose != "account.account" {
            assert!(due.count > 0, "{purpose}");
        }
        assert!(due.first.iter().all(|row| row.label != ADA && !row.label.ends_with(ADA)), "{purpose}: {due:?}");
        assert_eq!(holding.due(&app.database, purpose, NOW.plus_seconds(-1)).await.unwrap().count, 0, "{purpose}");
        let mut removed = 0;
        loop {
            let some =
                written!(app.database, transaction => holding.expire(transaction, purpose, later, 1, run_at).await)
                    .unwrap();
            assert!(some <= 1);
            removed += some;
            if some == 0 {
                break;
            }
        }
        assert_eq!(removed, due.count, "{purpose}: what the preview counted is what went");
        assert_eq!(holding.due(&app.database, purpose, later).await.unwrap().count, 0);
    }
    let emptied: Result<Vec<i64>, Error> = async {
        Ok(corridor::values!(
            app.database,
            "SELECT DISTINCT redacted_at FROM audit_seals WHERE redacted_at IS NOT NULL"
        ))
    }
    .await;
    assert_eq!(emptied.unwrap(), [run_at.0], "entries were emptied when the run emptied them");
    assert!(ada(app).await.person_id().is_some(), "an open request keeps the account");
    written!(app.database, transaction => personal::release(transaction, hold).await).unwrap();
    let account = holdings(app).of("account").unwrap();
    assert_eq!(account.due(&app.database, "account.account", later).await.unwrap().first[0].label, "Ada Example");
    audit::seal(&app.database).await.unwrap();
    assert!(audit::verify(&app.database, None).await.unwrap().holds());
}

#[rstest]
#[tokio::test]
async fn bases_are_appended_and_the_last_state_wins(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let database = &fresh.app.database;
    let entry = |seconds: i64, event, basis| BasisEntry {
        at: NOW.plus_seconds(seconds),
        kind: "contact".to_owned(),
        id: "1".to_owned(),
        field: String::new(),
        event,
        basis,
        proof: Proof { wording: "May we keep this?".to_owned(), version: "1".to_owned(), channel: "paper".to_owned() },
        entered_by: Some(PersonId::new().0),
        cluster: Some(ClusterId::new().0),
    };
    let events = [
        entry(0, Event::Given, Basis::Consent),
        entry(1, Event::Withdrawn, Basis::Consent),
        entry(2, Event::Confirmed, Basis::Consent),
    ];
    written!(database, transaction => personal::record_bases(transaction, &events).await).unwrap();
    let log = personal::bases(database, "contact", "1").await.unwrap();
    assert_eq!(log, events);
    assert_eq!(standing(&log).consent, Consent::Confirmed);
    assert_eq!(personal::recent_bases(database, events[0].cluster, None, 10).await.unwrap(), [events[0].clone()]);
    assert_eq!(personal::recent_bases(database, None, Some(Basis::Contract), 10).await.unwrap(), []);
}

#[rstest]
#[tokio::test]
async fn who_received_a_copy_is_known_until_erased(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    lived(app).await;
    let subject = ada(app).await;
    let keeper = known_as(&app.database, Subject::address("keeper@institute.example").unwrap()).await.unwrap();
    let disclosure = Disclosure {
        at: NOW,
        channel: "export",
        purpose: "contacts of the members",
        recipient: "Grace Keeper",
        recipient_person: keeper.person_id(),
        recipient_email: None,
        cluster: None,
    };
    let whose = [Disclosed { subject: subject.clone(), kind: "contact", datum: "1".to_owned() }];
    written!(app.database, transaction => personal::disclose(transaction, &disclosure, &whose).await.map(|_| ()))
        .unwrap();
    let known = personal::disclosures(&app.database, &subject).await.unwrap();
    assert_eq!((known.len(), known[0].recipient.as_str()), (1, "Grace Keeper"));
    let received = holdings(app).held(&app.database, &keeper).await.unwrap();
    assert!(received.iter().any(|one| one.kind == "disclosure"), "who received something is told that this is noted");
    written!(app.database, transaction => holdings(app).erase(transaction, &subject, NOW).await.map(|_| ())).unwrap();
    assert!(personal::disclosures(&app.database, &subject).await.unwrap().is_empty());
}

#[rstest]
#[tokio::test]
async fn own_fields_are_corrected_and_those_of_others_are_not(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    lived(app).await;
    let subject = ada(app).await;
    let id = subject.person_id().unwrap().to_string();
    let account = holdings(app).of("account").unwrap();
    let correct = async |id: &str, field: &str, value: &str| {
        let datum = Datum { kind: "account", id, field };
        written!(app.database, transaction => account.rectify(transaction, &subject, datum, value, NOW).await)
    };
    assert!(correct(&id, "name", "Ada Lovelace").await.unwrap());
    assert_eq!(ada(app).await.name(), Some("Ada Lovelace"));
    assert!(!correct(&uuid::Uuid::now_v7().to_string(), "name", "Eve").await.unwrap(), "another record");
    assert!(!correct(&id, "role", "instance_administrator").await.unwrap(), "not a field that is corrected so");
    assert!(correct(&id, "email", "nonsense").await.is_err());
    assert!(correct(&id, "email", "keeper@institute.example").await.is_err(), "an address that somebody else has");
    assert!(correct(&id, "email", "Ada.New@institute.example").await.unwrap());
    assert!(ada(app).await.person_id().is_none());
}
