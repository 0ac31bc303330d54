//! What people ask about their data: made signed in, by an address, or in writing; answered within the law.

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, Role, Shared, personal::known_as},
    execute,
    foundation::{
        audit,
        errors::Error,
        personal::{self, Basis, BasisEntry, Disclosed, Disclosure, Event, Proof, Subject, standing},
    },
    privacy::jobs,
    transact,
};
use rstest::rstest;

use crate::{
    databases::{Engine, NOW, fresh, open_with},
    mailbox::{letters_to, link_in, run_jobs},
    visitors::{Answer, Visitor, prepare_people},
};

const ADA: &str = "ada@institute.example";
const KEEPER: &str = "keeper@institute.example";
const DAY: i64 = 24 * 3600;

/// The instance with somebody who runs it.
async fn keeper(app: &Shared) -> Visitor {
    prepare_people(app).await;
    let keeper = Visitor::invited(app, KEEPER, Role::InstanceAdministrator, None).await;
    keeper.post("/account/name", "name=Grace+Keeper&language=en").await;
    keeper
}

async fn subject(app: &Shared, email: &str) -> Subject {
    known_as(&app.database, Subject::address(email).unwrap()).await.unwrap()
}

/// The first open request of the desk's list.
async fn first(desk: &Visitor) -> String {
    let list = desk.get("/data-requests").await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.text);
    let at = list.text.find("\"/data-requests/0").expect("there is a request") + 1;
    list.text[at..].split('"').next().unwrap().to_owned()
}

/// Takes a step with a request at the revision that its page shows.
async fn step(desk: &Visitor, path: &str, step: &str, more: &str) -> Answer {
    let page = desk.get(path).await;
    let revision =
        page.text.split("name=\"revision\" value=\"").nth(1).map_or("0", |rest| rest.split('"').next().unwrap());
    desk.post(path, &format!("step={step}&revision={revision}{more}")).await
}

async fn done(desk: &Visitor, path: &str, name: &str, more: &str) {
    let answer = step(desk, path, name, more).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}: {}", answer.text);
}

#[rstest]
#[tokio::test]
async fn somebody_sees_everything_held_and_gets_an_answer(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let desk = keeper(app).await;
    let ada = Visitor::invited(app, ADA, Role::ProjectOfficer, None).await;
    desk.post("/people/invitations", &format!("email={ADA}&role=network_officer")).await;
    let page = ada.get("/my-data").await;
    assert!(page.text.contains("About somebody else, left out"), "who invited her is not hers to read");
    for part in [ADA, "Ada Example", "Project officer", "Legitimate interests", "Firefox, Linux"] {
        assert!(page.text.contains(part), "{part}");
    }
    assert_eq!(page.headers["cache-control"], "no-store");
    let file = ada.get("/my-data/file").await;
    let json: serde_json::Value = serde_json::from_str(&file.text).unwrap();
    assert_eq!(json["format"], "corridor-personal-data-1");
    let account = json["records"].as_array().unwrap().iter().find(|one| one["kind"] == "account").unwrap();
    assert!(
        account["fields"].as_array().unwrap().iter().any(|field| field["name"] == "email" && field["value"] == ADA)
    );
    let invited = json["records"].as_array().unwrap().iter().filter(|one| one["kind"] == "invitation");
    let giver =
        invited.flat_map(|one| one["fields"].as_array().unwrap()).find(|field| field["masked"] == true).unwrap();
    assert!(giver["name"] == "given_by" && giver["value"].is_null() && giver["words"] == "", "{giver}");
    assert!(json["masked"].as_i64() > Some(0));
    let portable: serde_json::Value = serde_json::from_str(&ada.get("/my-data/file?portable=true").await.text).unwrap();
    let records = portable["records"].as_array().unwrap();
    assert!(!records.is_empty() && records.iter().all(|one| one["given"] == true));

    let made = ada.post("/my-data/requests", "kind=access&words=everything").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    assert!(
        letters_to(app, ADA)
            .await
            .iter()
            .any(|letter| letter.contains("Your request has come in") && letter.contains("1 October 2026"))
    );
    let path = first(&desk).await;
    let preview = desk.get(&format!("{path}/preview")).await;
    assert!(preview.text.contains(ADA) && preview.text.contains("Nothing has been sent yet"), "{}", preview.text);
    assert_eq!(step(&desk, &path, "answer", "").await.status, StatusCode::GONE, "nobody has taken it up");
    done(&desk, &path, "take", "").await;
    done(&desk, &path, "answer", "").await;
    let mine = ada.get("/my-data").await.text;
    let at = mine.find("/my-data/requests/0").expect("the answer is there");
    let answer = mine[at..].split('"').next().unwrap();
    let read = ada.get(answer).await;
    assert!(read.status == StatusCode::OK && read.text.contains(ADA));
    let other = Visitor::invited(app, "bob@institute.example", Role::Reader, None).await;
    assert_eq!(other.get(answer).await.status, StatusCode::NOT_FOUND, "an answer is its owner's alone");
    assert!(step(&desk, &path, "take", "").await.status.is_client_error(), "it is over");
}

#[rstest]
#[tokio::test]
async fn an_address_is_proved_before_anything_is_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let desk = keeper(app).await;
    Visitor::invited(app, ADA, Role::Reader, None).await;
    let ask = async |visitor: &Visitor, email: &str| {
        visitor.post("/privacy/requests", &format!("email={email}&kind=access&words=")).await
    };
    // Known or not: the same answer, the same letter.
    let (visitor, other) = (Visitor::nobody(app), Visitor::nobody(app));
    let (known, unknown) = (ask(&visitor, ADA).await, ask(&other, "nobody@institute.example").await);
    assert_eq!((known.status, unknown.status), (StatusCode::OK, StatusCode::OK));
    assert_eq!(known.text.replace(ADA, ""), unknown.text.replace("nobody@institute.example", ""));
    let letters = (letters_to(app, ADA).await, letters_to(app, "nobody@institute.example").await);
    let asked = |letters: &[String]| letters.iter().find(|letter| letter.contains("Confirm your request")).cloned();
    let (mine, theirs) = (asked(&letters.0).expect("a letter"), asked(&letters.1).expect("the same letter"));
    let wrong = ask(&visitor, "nonsense").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);

    let list = desk.get("/data-requests").await.text;
    assert!(list.contains("Identity to be confirmed"));
    let link = link_in(&mine);
    assert_eq!(Visitor::nobody(app).post(&link, "").await.status, StatusCode::GONE, "not in another browser");
    let asked = visitor.get(&link).await;
    assert!(asked.status == StatusCode::OK && asked.headers["referrer-policy"] == "no-referrer");
    let confirmed = visitor.post(&link, "").await;
    assert!(
        confirmed.status == StatusCode::OK && confirmed.text.contains("Your request has come in"),
        "{}",
        confirmed.text
    );
    assert_eq!(visitor.post(&link, "").await.status, StatusCode::GONE, "once");
    // A link for a request does not sign in, and one for signing in proves no request.
    assert_eq!(visitor.post(&link.replace("/privacy/confirm/", "/sign-in/link/"), "").await.status, StatusCode::GONE);

    // Nothing is held about the other: they get an answer that says so, through a link that opens once.
    let link = link_in(&theirs);
    assert_eq!(other.post(&link, "").await.status, StatusCode::OK);
    let list = desk.get("/data-requests").await.text;
    let at = list.find("nobody@institute.example").unwrap();
    let from = list[..at].rfind("\"/data-requests/").unwrap() + 1;
    let path = list[from..].split('"').next().unwrap().to_owned();
    done(&desk, &path, "take", "").await;
    done(&desk, &path, "answer", "").await;
    let letters = letters_to(app, "nobody@institute.example").await;
    let answer = link_in(letters.iter().find(|letter| letter.contains("/privacy/answers/")).unwrap());
    let reader = Visitor::nobody(app);
    assert_eq!(reader.get(&answer).await.status, StatusCode::OK, "looking uses nothing up");
    let opened = reader.post(&answer, "").await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER);
    let place = opened.headers["location"].to_str().unwrap().to_owned();
    assert!(reader.get(&place).await.text.contains("What is held about you"));
    assert!(reader.get(&format!("{place}?file=true")).await.text.starts_with('{'));
    assert_eq!(Visitor::nobody(app).get(&place).await.status, StatusCode::NOT_FOUND, "in this browser only");
    assert_eq!(Visitor::nobody(app).post(&answer, "").await.status, StatusCode::GONE, "once");
}

#[rstest]
#[tokio::test]
async fn somebody_is_erased_and_everybody_who_has_a_copy_is_told(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let desk = keeper(app).await;
    let ada = Visitor::invited(app, ADA, Role::ProjectOfficer, None).await;
    let person = subject(app, ADA).await;
    let disclosed: Result<(), Error> = async {
        transact!(app.database, transaction => {
            let disclosure = Disclosure {
                at: NOW,
                channel: "export",
                purpose: "contacts",
                recipient: "Partner",
                recipient_person: None,
                recipient_email: Some("partner@elsewhere.example"),
                cluster: None,
            };
            let whose = [Disclosed { subject: person.clone(), kind: "contact", datum: "1".to_owned() }];
            personal::disclose(transaction, &disclosure, &whose).await.map(|_| ())
        })
    }
    .await;
    disclosed.unwrap();
    assert!(ada.get("/my-data").await.text.contains("Partner"), "who received a copy is told");
    ada.post("/my-data/requests", "kind=erasure&words=Ada+Example+wants+to+go").await;
    let path = first(&desk).await;
    done(&desk, &path, "take", "").await;
    // A browser without script is asked on a page of its own, with what it sent; nothing is done before.
    let asked = step(&desk, &path, "answer", "").await;
    assert!(asked.text.contains("It cannot be undone") && asked.text.contains("name=\"sure\""), "{}", asked.text);
    assert!(asked.text.contains("name=\"step\" value=\"answer\""), "{}", asked.text);
    assert_eq!(ada.get("/my-data").await.status, StatusCode::OK, "she is still there");
    done(&desk, &path, "answer", "&sure=yes").await;
    let farewell = letters_to(app, ADA).await;
    let farewell = farewell.iter().find(|letter| letter.contains("Your data is erased")).expect("a farewell");
    assert!(farewell.contains("Your data is erased") && farewell.contains("Account: 1 deleted"), "{farewell}");
    assert!(
        farewell.contains("kept without the person") && farewell.contains("accountability"),
        "why something stays: {farewell}"
    );
    let told = letters_to(app, "partner@elsewhere.example").await;
    assert!(told.len() == 1 && told[0].contains(ADA) && told[0].contains("erase your copy"), "{told:?}");

    assert_eq!(ada.get("/my-data").await.status, StatusCode::UNAUTHORIZED, "every session is over");
    assert_eq!(personal::mentions(&app.database, &person).await.unwrap(), [], "no text of the database names her");
    let page = desk.get(&path).await;
    assert!(page.text.contains("Erased, or not known") && page.text.contains("Answered"), "{}", page.text);
    audit::seal(&app.database).await.unwrap();
    assert!(audit::verify(&app.database, None).await.unwrap().holds());
    let again = Visitor::invited(app, ADA, Role::Reader, None).await;
    assert_eq!(again.get("/my-data").await.status, StatusCode::OK, "the address can be invited anew");

    // Whoever runs the instance alone cannot go without a successor.
    desk.post("/my-data/requests", "kind=erasure&words=").await;
    let path = first(&desk).await;
    done(&desk, &path, "take", "").await;
    assert_eq!(step(&desk, &path, "answer", "&sure=yes").await.status, StatusCode::FORBIDDEN);
    assert_eq!(desk.get("/my-data").await.status, StatusCode::OK);
}

#[rstest]
#[tokio::test]
async fn corrections_restrictions_and_objections_do_what_they_say(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let desk = keeper(app).await;
    let ada = Visitor::invited(app, ADA, Role::ProjectOfficer, None).await;
    let id = subject(app, ADA).await.person_id().unwrap();

    let foreign = format!("kind=rectification&what=account+{}+name&value=Eve", uuid::Uuid::now_v7());
    assert_eq!(ada.post("/my-data/requests", &foreign).await.status, StatusCode::NOT_FOUND, "nobody else's record");
    let wanted = format!("kind=rectification&what=account+{id}+email&value=ada.new%40institute.example");
    ada.post("/my-data/requests", &wanted).await;
    let path = first(&desk).await;
    assert!(desk.get(&path).await.text.contains("ada.new@institute.example"));
    done(&desk, &path, "take", "").await;
    done(&desk, &path, "answer", "").await;
    assert!(subject(app, "ada.new@institute.example").await.person_id() == Some(id));

    ada.post("/my-data/requests", "kind=restriction&words=wait").await;
    let path = first(&desk).await;
    done(&desk, &path, "take", "").await;
    done(&desk, &path, "answer", "").await;
    assert!(!desk.get("/people").await.text.contains("ada.new@institute.example"));
    assert!(ada.get("/my-data").await.text.contains("Kept, not used"), "the person herself still sees it");
    done(&desk, &path, "lift", "").await;
    assert!(desk.get("/people").await.text.contains("ada.new@institute.example"));
    assert!(step(&desk, &path, "lift", "").await.status.is_client_error(), "once");

    ada.post("/my-data/requests", "kind=objection&words=no").await;
    let path = first(&desk).await;
    assert!(!desk.get("/people").await.text.contains("ada.new@institute.example"), "it rests until decided");
    assert_eq!(step(&desk, &path, "refuse", "").await.status, StatusCode::UNPROCESSABLE_ENTITY, "not without a reason");
    done(&desk, &path, "refuse", "&reason=The+trail+must+stay").await;
    assert!(desk.get("/people").await.text.contains("ada.new@institute.example"));
    let letters = letters_to(app, "ada.new@institute.example").await;
    assert!(letters.iter().any(|letter| letter.contains("The trail must stay") && letter.contains("CNIL")));
    let log = personal::recent_bases(&app.database, None, None, 100).await.unwrap();
    let one: Vec<_> = log.iter().filter(|entry| entry.field == log[0].field).cloned().collect();
    let stands = standing(one.iter().rev());
    assert!(one.len() == 3 && stands.allows() && !stands.objection_open, "{one:?}");
}

/// Two entries about Ada in the contacts of a cluster: one on its own interests, one that she consented to.
async fn two_contacts(app: &Shared) -> [uuid::Uuid; 2] {
    let cluster = corridor::accounts::clusters(&app.database).await.unwrap()[0].id.0;
    let (organisation, ids) = (uuid::Uuid::now_v7(), [uuid::Uuid::now_v7(), uuid::Uuid::now_v7()]);
    let made: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query(
                "INSERT INTO organisations (id, name_key, kind, project_count, revision, created_at, updated_at)
                 VALUES ($1, '', 'company', 0, 1, 0, 0)",
            )
            .bind(organisation));
            for (id, name) in ids.into_iter().zip(["Ada Example", "A. Example"]) {
                execute!(transaction, sqlx::query(
                    "INSERT INTO contacts (cluster_id, id, organisation_id, kept_by, name, name_key, name_audience, job_key,
                                           job_audience, email, email_audience, telephone_audience, languages_audience,
                                           revision, created_at, updated_at)
                     VALUES ($1, $2, $3, 'cluster', $5, 'example', 'public', '', 'team', $4, 'team', 'team',
                             'team', 1, 0, 0)",
                )
                .bind(cluster)
                .bind(id)
                .bind(organisation)
                .bind(ADA)
                .bind(name));
            }
            personal::record_basis(transaction, &BasisEntry {
                at: NOW,
                kind: "contact".to_owned(),
                id: ids[1].to_string(),
                field: String::new(),
                event: Event::Given,
                basis: Basis::Consent,
                proof: Proof::default(),
                entered_by: None,
                cluster: Some(cluster),
            })
            .await
        })
    }
    .await;
    made.unwrap();
    ids
}

#[rstest]
#[tokio::test]
async fn a_corrected_name_reaches_what_repeats_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let desk = keeper(app).await;
    let ada = Visitor::invited(app, ADA, Role::ProjectOfficer, None).await;
    let id = subject(app, ADA).await.person_id().unwrap();
    let contacts = two_contacts(app).await;
    let names = async || {
        let held = app.part::<personal::Holdings>().held(&app.database, &subject(app, ADA).await).await.unwrap();
        contacts.map(|id| {
            let contact = held.iter().find(|one| one.kind == "contact" && one.id == id.to_string()).unwrap();
            contact.correctable("name").unwrap().to_owned()
        })
    };
    ada.post("/my-data/requests", &format!("kind=rectification&what=account+{id}+name&value=Ada+Lovelace")).await;
    let path = first(&desk).await;
    let page = desk.get(&path).await.text;
    assert!(page.contains("Says the same, and is corrected with it"), "{page}");
    assert_eq!(page.matches("A contact at an organisation · Medicen Paris Region").count(), 1, "{page}");
    done(&desk, &path, "take", "").await;
    done(&desk, &path, "answer", "").await;
    assert_eq!(names().await, ["Ada Lovelace", "A. Example"], "what never said the same stays");
    let letters = letters_to(app, ADA).await;
    assert!(letters.last().unwrap().contains("A contact at an organisation: 1 corrected."), "{letters:?}");
    assert!(!desk.get(&path).await.text.contains("Says the same"), "it is done");

    // She goes by another name: what she shows herself follows at once, what a cluster keeps waits for her to ask.
    let made: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query("UPDATE contacts SET name = 'Ada Lovelace' WHERE id = $1").bind(contacts[1]));
            execute!(transaction, sqlx::query("UPDATE contacts SET kept_by = 'person', person_id = $2 WHERE id = $1")
                .bind(contacts[0])
                .bind(id));
            Ok(())
        })
    }
    .await;
    made.unwrap();
    assert_eq!(ada.post("/account/name", "name=Ada+King&language=en").await.status, StatusCode::SEE_OTHER);
    assert_eq!(names().await, ["Ada King", "Ada Lovelace"]);
}

#[rstest]
#[tokio::test]
async fn an_objection_that_holds_says_what_goes_and_why_the_rest_stays(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let desk = keeper(app).await;
    let ada = Visitor::invited(app, ADA, Role::ProjectOfficer, None).await;
    desk.post("/people/invitations", &format!("email={ADA}&role=network_officer")).await;
    let [on_interests, on_consent] = two_contacts(app).await;
    let path = {
        ada.post("/my-data/requests", "kind=objection&words=no").await;
        first(&desk).await
    };
    done(&desk, &path, "take", "").await;
    done(&desk, &path, "answer", "&sure=yes").await;

    let held = app.part::<personal::Holdings>().held(&app.database, &subject(app, ADA).await).await.unwrap();
    let of = |kind: &str| held.iter().filter(|one| one.kind == kind).map(|one| one.id.as_str()).collect::<Vec<_>>();
    assert_eq!(of("contact"), [on_consent.to_string()], "{on_interests} rested on interests alone");
    assert!(of("invitation").is_empty());
    assert!(!of("account").is_empty() && !of("request").is_empty() && !of("trail").is_empty());
    assert_eq!(of("letter").len(), 1, "of what was written to her only the answer is kept");
    let letters = letters_to(app, ADA).await;
    let answer = letters.last().unwrap();
    let page = desk.get(&path).await.text;
    for said in [
        "Contacts at organisations: 1 deleted.",
        "A contact at an organisation: 1 kept. It rests on a consent",
        "Account: 1 kept. It is needed for what the person asked for",
        "Letters: ",
        "Request about personal data: 1 kept. The law asks for it",
        "It is needed to establish, exercise or defend legal claims",
    ] {
        assert!(answer.contains(said), "the letter says {said}: {answer}");
        assert!(page.contains(said), "the desk reads {said}: {page}");
    }
    let log = personal::recent_bases(&app.database, None, None, 100).await.unwrap();
    let decided = |purpose: &str| log.iter().find(|entry| entry.field == purpose).map(|entry| entry.event);
    assert_eq!(decided("contact.network"), Some(Event::ObjectionUpheld));
    assert_eq!(decided("trail.trail"), Some(Event::ObjectionOverruled), "it stays, and the log says so");
    assert_eq!(decided("account.account"), None, "nobody objects to what they asked for");
}

#[rstest]
#[tokio::test]
async fn the_clock_runs_reminds_and_is_extended(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let desk = keeper(&fresh.app).await;
    let entered = "kind=access&email=zoe%40institute.example&name=Zoe&words=all&channel=letter&language=fr&received_on=2026-08-28";
    let future = entered.replace("2026-08-28", "2026-09-20");
    assert_eq!(desk.post("/data-requests", &future).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = desk.post("/data-requests", entered).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let path = first(&desk).await;
    // Received on 28 August, in doubt for four days: the limit has moved from 28 September to 2 October.
    assert!(desk.get(&path).await.text.contains("2 October 2026"));
    assert_eq!(step(&desk, &path, "check_identity", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    done(&desk, &path, "check_identity", "&identity=identity+card+seen").await;
    assert!(letters_to(&fresh.app, "zoe@institute.example").await[0].contains("2 octobre 2026"));

    let reminders = async |days: i64| {
        let later = open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(days * DAY), "http://corridor.example").await;
        jobs::look(&later).await.unwrap();
        jobs::look(&later).await.unwrap();
        letters_to(&later, KEEPER)
            .await
            .iter()
            .filter(|letter| letter.contains("A request about personal data is"))
            .count()
    };
    assert_eq!(reminders(16).await, 0, "15 days left");
    assert_eq!(reminders(17).await, 1, "14 days left, told once");
    assert_eq!(reminders(20).await, 1);
    assert_eq!(reminders(24).await, 2, "7 days left");
    assert_eq!(reminders(32).await, 3, "late: one letter, not two");
    let today = desk.get("/").await.text;
    assert!(!today.contains("Requests about personal data"), "31 days left at the moment of the story");

    done(&desk, &path, "extend", "&reason=Many+records").await;
    let page = desk.get(&path).await.text;
    // Three months from 28 August and four days of doubt: 2 December.
    assert!(page.contains("2 December 2026") && page.contains("Many records"), "{page}");
    assert!(!page.contains("value=\"extend\""), "once");
    let letters = letters_to(&fresh.app, "zoe@institute.example").await;
    assert!(letters.iter().any(|letter| letter.contains("Many records") && letter.contains("2 décembre 2026")));
    // Somebody else took a step in between.
    assert_eq!(desk.post(&path, "step=take&revision=1").await.status, StatusCode::CONFLICT);

    let later = open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(85 * DAY), "http://corridor.example").await;
    let head = Visitor::invited(&later, "head@institute.example", Role::InstanceAdministrator, None).await;
    assert!(head.get("/").await.text.contains("Requests about personal data"));
}

#[rstest]
#[tokio::test]
async fn requests_nobody_confirmed_are_forgotten(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let desk = keeper(&fresh.app).await;
    Visitor::nobody(&fresh.app).post("/privacy/requests", "email=spam%40institute.example&kind=erasure&words=").await;
    run_jobs(&fresh.app).await;
    let path = first(&desk).await;
    let later = open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(31 * DAY), "http://corridor.example").await;
    jobs::look(&later).await.unwrap();
    assert_eq!(desk.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(letters_to(&later, KEEPER).await.iter().all(|letter| !letter.contains("A request about personal data")));
}

#[rstest]
#[tokio::test]
async fn a_cluster_answers_for_its_own_people_and_sees_its_part_of_others(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let desk = keeper(app).await;
    let made: Result<_, Error> = async {
        transact!(app.database, transaction => {
            corridor::accounts::put_cluster(transaction, "other", "Other Cluster", "#333333", app.clock).await
        })
    }
    .await;
    let other = made.unwrap();
    let head = Visitor::invited(app, "head@institute.example", Role::ClusterAdministrator, None).await;
    let ada = Visitor::invited(app, ADA, Role::ProjectOfficer, None).await;
    ada.post("/my-data/requests", "kind=access&words=one").await;
    let path = first(&head).await;
    assert!(head.get(&path).await.text.contains("name=\"step\""), "her cluster's desk acts");

    // In a second cluster too: the instance answers, each cluster sees its part.
    let held = corridor::accounts::HeldRole {
        role: Role::Reader,
        cluster: Some(other),
        organisation: None,
        organisation_name: None,
    };
    let link = crate::visitors::invite(app, ADA, &held).await;
    assert_eq!(ada.post(&link, "name=Ada").await.status, StatusCode::SEE_OTHER);
    ada.post("/my-data/requests", "kind=portability&words=secret+words").await;
    let list = head.get("/data-requests").await.text;
    let at = list.find("Portability").unwrap();
    let from = list[..at].rfind("\"/data-requests/").unwrap() + 1;
    let second = list[from..].split('"').next().unwrap().to_owned();
    let page = head.get(&second).await;
    assert!(
        page.status == StatusCode::OK && !page.text.contains("name=\"step\"") && !page.text.contains("secret words")
    );
    assert!(desk.get(&second).await.text.contains("name=\"step\""));
    assert_eq!(head.post(&second, "step=take&revision=1").await.status, StatusCode::FORBIDDEN);
    let part = head.get(&format!("{second}/preview")).await.text;
    assert!(!part.contains("Other Cluster"), "only what the own cluster holds: {part}");
    assert_eq!(head.get(&format!("{second}/mentions")).await.status, StatusCode::NOT_FOUND);

    // A cluster that holds nothing does not learn that there is a request.
    let third: Result<_, Error> = async {
        transact!(app.database, transaction => {
            corridor::accounts::put_cluster(transaction, "third", "Third Cluster", "#333333", app.clock).await
        })
    }
    .await;
    let held = corridor::accounts::HeldRole {
        role: Role::ClusterAdministrator,
        cluster: Some(third.unwrap()),
        organisation: None,
        organisation_name: None,
    };
    let stranger = Visitor::nobody(app);
    let link = crate::visitors::invite(app, "stranger@institute.example", &held).await;
    assert_eq!(stranger.post(&link, "name=Stranger").await.status, StatusCode::SEE_OTHER);
    assert_eq!(stranger.get(&second).await.status, StatusCode::NOT_FOUND);
    assert!(!stranger.get("/data-requests").await.text.contains(ADA));
    // Nor do people of the demonstration.
    let demonstration = Visitor::acting_as(app, Role::InstanceAdministrator).await;
    assert_eq!(demonstration.get("/data-requests").await.status, StatusCode::FORBIDDEN);
    assert!(!demonstration.get("/administration/trail").await.text.contains("Request about personal data"));
    assert!(!demonstration.get("/").await.text.contains("about personal data"));
}

#[tokio::test]
async fn the_register_and_the_public_page_say_what_is_held() {
    let fresh = fresh(Engine::Sqlite).await;
    let desk = keeper(&fresh.app).await;
    let register = desk.get("/register-of-processing").await;
    assert!(register.text.contains("Audit trail") && register.text.contains("Legitimate interests"));
    let file = desk.get("/register-of-processing/file").await;
    let mut rows = csv::Reader::from_reader(file.text.as_bytes());
    assert_eq!(rows.headers().unwrap().len(), 7);
    let purposes = fresh.app.part::<personal::Holdings>().purposes().count();
    assert_eq!(rows.records().count(), purposes);
    let public = Visitor::nobody(&fresh.app).get("/privacy").await;
    assert!(public.status == StatusCode::OK && public.text.contains("Audit trail"));
    assert!(Visitor::nobody(&fresh.app).get("/sign-in").await.text.contains("href=\"/privacy\""), "from every page");
    assert!(matches!(
        corridor::privacy::requests::list(&fresh.app, &Actor::Nobody).await,
        Err(Error::Refused { sign_in: true, .. })
    ));
}
