//! Contacts and notes: private to the team until somebody says otherwise, field by field.

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, Role, Shared, alliances, visibility::Audience},
    app::{self, import_pack},
    directory::{contacts::ContactHolding, notes::NoteHolding},
    execute,
    foundation::{
        audit,
        errors::Error,
        personal::{self, Basis, Datum, Holding, Subject, bases, disclosures, standing},
    },
    on, transact,
};
use rstest::rstest;

use crate::{
    databases::{Engine, Fresh, fresh},
    mailbox::readings,
    visitors::{Visitor, cluster, prepare_people},
};

const FORM: &str = "name=Marie+Essai&function=Head+of+research&email=Marie@institute.example&telephone=%2B33+1+40+00+00+00\
                    &languages=French&basis=legitimate_interests&known_by=meeting";

/// The packaged data, and two of its organisations that are members of nothing in particular.
async fn instance(engine: Engine) -> (Fresh, [uuid::Uuid; 2]) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let pack = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    import_pack(app, &Actor::Console, &pack, false, &|_, _, _| {}).await.unwrap();
    prepare_people(app).await;
    let ids: Vec<uuid::Uuid> = on!(app.database, pool => sqlx::query_scalar(
        "SELECT id FROM organisations WHERE name IS NOT NULL ORDER BY id LIMIT 2",
    )
    .fetch_all(pool)
    .await
    .unwrap());
    (fresh, [ids[0], ids[1]])
}

async fn team_of(app: &Shared, slug: &str) -> Visitor {
    Visitor::invited_to(app, slug, &format!("officer@{slug}.example"), Role::ProjectOfficer, None).await
}

/// The id of the first contact that the visitor can change on a page.
fn contact_of(page: &str) -> String {
    let ids = page.split("/contacts/").filter(|rest| rest.get(36..41) == Some("/edit"));
    ids.map(|rest| rest[..36].to_owned()).next().expect("a contact")
}

async fn allied(app: &Shared) -> String {
    let (one, two) = (cluster(app, "medicen").await, cluster(app, "lyonbiopole").await);
    let head = async |slug: &str| {
        let email = format!("head@{slug}.example");
        Visitor::invited_to(app, slug, &email, Role::ClusterAdministrator, None).await
    };
    let (first, second) = (head("medicen").await, head("lyonbiopole").await);
    first.post("/administration/alliances", &format!("name=Axis&cluster={two}")).await;
    let id = alliances::of_cluster(&app.database, one).await.unwrap()[0].id;
    assert_eq!(second.post(&format!("/administration/alliances/{id}/accept"), "").await.status, StatusCode::SEE_OTHER);
    alliances::shared_with(id).to_string()
}

#[rstest]
#[tokio::test]
async fn every_field_is_seen_by_whom_it_is_shown_to(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, [organisation, _]) = instance(engine).await;
    let app = &fresh.app;
    let alliance = allied(app).await;
    let medicen = team_of(app, "medicen").await;
    let place = format!("/organisations/{organisation}");
    let form = medicen.get(&format!("{place}/contacts/new")).await.text;
    for words in
        ["the team of Medicen", "the teams of Medicen", "everybody acting for Medicen", "everybody on this instance"]
    {
        assert!(form.contains(words), "before saving the form says: {words}");
    }
    let audiences = format!("{FORM}&name_audience=members&function_audience=public&email_audience={alliance}");
    let added = medicen.post(&format!("{place}/contacts"), &audiences).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
    let saved = medicen.get(&place).await.text;
    assert!(saved.contains("Seen by the team of Medicen"), "the page says again who sees what");
    let reader = Visitor::invited(app, "reader@institute.example", Role::Reader, None).await;
    let lyon = team_of(app, "lyonbiopole").await;
    let lyon_reader = Visitor::invited_to(app, "lyonbiopole", "r@lyon.example", Role::Reader, None).await;
    let strangers = team_of(app, "eurobiomed").await;
    let (name, function, email, telephone) = ("Marie Essai", "Head of research", "marie@institute.example", "+33 1 40");
    for (who, visitor, sees) in [
        ("team", &medicen, [true, true, true, true]),
        ("member", &reader, [true, true, false, false]),
        ("ally", &lyon, [false, true, true, false]),
        ("member of the ally", &lyon_reader, [false, true, false, false]),
        ("another team", &strangers, [false, true, false, false]),
    ] {
        for path in [
            place.clone(),
            "/contacts".to_owned(),
            "/api/contacts".to_owned(),
            "/contacts/export?format=csv".to_owned(),
        ] {
            let text = visitor.get(&path).await.text;
            for (value, seen) in [name, function, email, telephone].into_iter().zip(sees) {
                assert_eq!(text.contains(value), seen, "{who} {path} {value}");
            }
        }
        // What is not seen is not found either, neither by its words nor in what is counted.
        let count = async |q: &str| {
            let json: serde_json::Value =
                serde_json::from_str(&visitor.get(&format!("/api/contacts?q={q}")).await.text).unwrap();
            json["total"].as_i64().unwrap()
        };
        assert_eq!(count("marie").await, i64::from(sees[0] || sees[2]), "{who}");
        assert_eq!(count("research").await, 1, "{who}");
        let found = visitor.get("/api/suggest?q=marie+essai").await.text;
        assert_eq!(found.contains("Marie Essai"), sees[0], "{who} {found}");
    }
    let mine = contact_of(&medicen.get(&place).await.text);
    for visitor in [&reader, &lyon_reader] {
        assert_eq!(visitor.get(&format!("/contacts/{mine}/edit")).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(lyon.get(&format!("/contacts/{mine}/edit")).await.status, StatusCode::FORBIDDEN, "seen, kept by others");
    assert!(!lyon.get(&place).await.text.contains("Seen by the team"), "who else sees it is for those who keep it");
    // Leaving the alliance ends what was shared that very moment.
    let id = alliance.split(':').nth(1).unwrap();
    let head = Visitor::invited(app, "head2@institute.example", Role::ClusterAdministrator, None).await;
    head.post(&format!("/administration/alliances/{id}/leave"), "sure=yes").await;
    assert!(!lyon.get(&place).await.text.contains(email));
    assert!(medicen.get(&place).await.text.contains("the alliance it was shared with is over"));
}

#[rstest]
#[tokio::test]
async fn a_contact_is_changed_with_both_versions_in_sight_deleted_and_brought_back(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (fresh, [organisation, other]) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, place) = (team_of(app, "medicen").await, format!("/organisations/{organisation}"));
    let nobody = medicen.post(&format!("{place}/contacts"), "telephone=x&name_audience=everybody").await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    medicen.post(&format!("{place}/contacts"), FORM).await;
    medicen.post(&format!("/organisations/{other}/contacts"), FORM).await;
    let page = medicen.get(&place).await.text;
    assert!(page.contains("The same address is also a contact at:"), "two contacts with one address say so");
    let id = contact_of(&page);
    let log = bases(&app.database, "contact", &id).await.unwrap();
    assert_eq!(standing(&log).basis(), Some(Basis::LegitimateInterests));
    let edit = format!("/contacts/{id}/edit");
    let changed = "name=Marie+Essai&email=marie@institute.example&function=";
    assert_eq!(medicen.post(&edit, &format!("revision=1&{changed}Dean")).await.status, StatusCode::SEE_OTHER);
    let clash = medicen.post(&edit, &format!("revision=1&{changed}Deputy")).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    assert!(clash.text.contains("Dean") && clash.text.contains("Deputy"));
    assert_eq!(medicen.post(&format!("/contacts/{id}/delete"), "").await.status, StatusCode::SEE_OTHER);
    assert!(!medicen.get(&place).await.text.contains("Dean"));
    assert!(medicen.get("/contacts/deleted").await.text.contains("Dean"));
    let reader = Visitor::invited(app, "reader@institute.example", Role::Reader, None).await;
    assert_eq!(reader.post(&format!("/contacts/{id}/restore"), "").await.status, StatusCode::FORBIDDEN);
    let stranger = team_of(app, "lyonbiopole").await;
    assert_eq!(stranger.post(&format!("/contacts/{id}/restore"), "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(medicen.post(&format!("/contacts/{id}/restore"), "").await.status, StatusCode::SEE_OTHER);
    assert!(medicen.get(&place).await.text.contains("Dean"));
}

#[rstest]
#[tokio::test]
async fn who_speaks_for_an_organisation_keeps_its_contacts_and_shows_themselves(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (fresh, [organisation, other]) = instance(engine).await;
    let app = &fresh.app;
    let place = format!("/organisations/{organisation}");
    let medicen = team_of(app, "medicen").await;
    medicen.post(&format!("{place}/contacts"), &format!("{FORM}&name=Private+Person")).await;
    let member = Visitor::invited(app, "grace@institute.example", Role::MemberContact, Some(organisation)).await;
    assert_eq!(member.get(&format!("/organisations/{other}/contacts/new")).await.status, StatusCode::FORBIDDEN);
    let added =
        member.post(&format!("{place}/contacts"), "name=Reception&basis=legitimate_interests&known_by=page").await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
    let seen = member.get(&place).await.text;
    assert!(seen.contains("Reception") && !seen.contains("Marie Essai"), "what the team keeps of them is the team's");
    assert!(medicen.get(&place).await.text.contains("Reception"));
    // One's own account: hidden in every field until its owner says to whom, and only with the address that was proved.
    let own = format!("{place}/contacts/own");
    assert_eq!(member.get(&own).await.text.matches("value=\"hidden\" selected").count(), 5);
    let shown = "name=Grace+Example&name_audience=members&email=forged@institute.example&email_audience=members\
                 &function_audience=hidden&function=Secret&telephone_audience=hidden&languages_audience=hidden";
    assert_eq!(member.post(&own, shown).await.status, StatusCode::SEE_OTHER);
    let reader = Visitor::invited(app, "reader@institute.example", Role::Reader, None).await;
    let page = reader.get(&place).await.text;
    assert!(page.contains("Grace Example") && page.contains("grace@institute.example"), "{page}");
    assert!(!page.contains("forged") && !page.contains("Secret"));
    let id = contact_of(&member.get("/contacts?q=grace").await.text);
    assert_eq!(standing(&bases(&app.database, "contact", &id).await.unwrap()).basis(), Some(Basis::Consent));
    let refused = medicen.post(&format!("/contacts/{id}/edit"), "revision=1&name=Other").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "nobody else says what somebody shows of themselves");
    // Taken back: nothing is left of it.
    member.post(&own, "name_audience=hidden&email_audience=hidden&name=Grace+Example").await;
    assert!(!reader.get(&place).await.text.contains("Grace Example"));
    assert!(!standing(&bases(&app.database, "contact", &id).await.unwrap()).allows());
    let officer = medicen.post(&own, shown).await;
    assert_eq!(officer.status, StatusCode::FORBIDDEN, "who speaks for nobody shows nobody");
}

#[rstest]
#[tokio::test]
async fn reading_several_people_at_once_is_an_entry_from_the_first_page_on(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (fresh, [organisation, _]) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, lyon) = (team_of(app, "medicen").await, team_of(app, "lyonbiopole").await);
    let place = format!("/organisations/{organisation}/contacts");
    medicen.post(&place, FORM).await;
    for one_person in ["/api/contacts", "/contacts"] {
        assert!(medicen.get(one_person).await.text.contains("marie@institute.example"), "{one_person}");
    }
    medicen.post(&place, &FORM.replace("Marie", "Paul")).await;
    for nobody_or_one in ["/api/contacts?q=marie", "/contacts?q=paul", "/api/contacts?page=2", "/contacts?page=2"] {
        assert_eq!(medicen.get(nobody_or_one).await.status, StatusCode::OK);
    }
    for hidden in ["/api/contacts", "/contacts"] {
        assert_eq!(lyon.get(hidden).await.status, StatusCode::OK);
    }
    for several in ["/api/contacts?q=institute", "/contacts", "/contacts/export?format=csv"] {
        assert_eq!(medicen.get(several).await.status, StatusCode::OK);
    }
    let own = Some(cluster(app, "medicen").await.0);
    let kept = readings(app, "contact", own, 3).await;
    assert_eq!(kept, [("api".to_owned(), 2), ("export".to_owned(), 2), ("screen".to_owned(), 2)]);
    let asked = audit::Asked {
        subject_kind: "contact".into(),
        action: "read_many".into(),
        own_cluster: own,
        ..Default::default()
    };
    let by_program = audit::find(&app.database, &asked).await.unwrap();
    let by_program = by_program.iter().find(|one| one.after["channel"] == "api").unwrap();
    assert_eq!(by_program.after["filter"]["q"], "institute", "by which question");
    assert!(by_program.line.person_id.is_some(), "who");
    let marie = Subject::address("marie@institute.example").unwrap();
    let copies = disclosures(&app.database, &marie).await.unwrap();
    let mut copies: Vec<&str> = copies.iter().map(|one| one.channel.as_str()).collect();
    copies.sort_unstable();
    assert_eq!(copies, ["api", "export"], "what left the program, and not what was on a screen");
}

#[rstest]
#[tokio::test]
async fn copies_are_noted_and_a_person_is_told_restricted_corrected_and_erased(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (fresh, [organisation, _]) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, place) = (team_of(app, "medicen").await, format!("/organisations/{organisation}"));
    medicen.post(&format!("{place}/contacts"), FORM).await;
    for format in ["csv", "xlsx", "json"] {
        assert_eq!(medicen.get(&format!("/contacts/export?format={format}")).await.status, StatusCode::OK);
    }
    let marie = Subject::address("marie@institute.example").unwrap();
    let told = disclosures(&app.database, &marie).await.unwrap();
    assert_eq!((told.len(), told[0].kind.as_str(), told[0].channel.as_str()), (3, "contact", "export"));
    let trail = Visitor::acting_as(app, Role::InstanceAdministrator).await.get("/administration/trail").await.text;
    assert!(trail.contains("Contacts read in bulk"));
    let held = ContactHolding.held(&app.database, &marie).await.unwrap();
    assert_eq!((held.len(), held[0].basis, held[0].restricted), (1, Basis::LegitimateInterests, false));
    let change = async |what: u8| -> Result<(), Error> {
        transact!(app.database, transaction => {
            let now = app.clock.now();
            match what {
                0 => { ContactHolding.restrict(transaction, &marie, true, now).await?; }
                1 => { ContactHolding.restrict(transaction, &marie, false, now).await?; }
                2 => {
                    let datum = Datum { kind: "contact", id: &held[0].id, field: "name" };
                    assert!(ContactHolding.rectify(transaction, &marie, datum, "Marie Exemple", now).await?);
                }
                _ => { ContactHolding.erase(transaction, &marie, now).await?; }
            }
            Ok(())
        })
    };
    change(0).await.unwrap();
    assert!(!medicen.get(&place).await.text.contains("Marie Essai"), "kept, not used");
    assert!(medicen.get("/contacts").await.text.contains("0 contacts"));
    change(1).await.unwrap();
    change(2).await.unwrap();
    assert!(medicen.get(&place).await.text.contains("Marie Exemple"));
    change(3).await.unwrap();
    assert!(!medicen.get(&place).await.text.contains("Marie Exemple"));
    assert!(ContactHolding.held(&app.database, &marie).await.unwrap().is_empty());
    let trail =
        Visitor::acting_as(app, Role::InstanceAdministrator).await.get("/administration/trail?q=marie").await.text;
    assert!(!trail.contains("Marie E"), "the trail keeps that it was done, not of whom");
}

#[rstest]
#[tokio::test]
async fn contacts_notes_and_roles_follow_a_merge_and_its_undoing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (fresh, [kept, merged]) = instance(engine).await;
    let app = &fresh.app;
    let medicen = team_of(app, "medicen").await;
    medicen.post(&format!("/organisations/{merged}/contacts"), FORM).await;
    medicen.post(&format!("/organisations/{merged}/notes"), "text=Met+at+BIO").await;
    let member = Visitor::invited(app, "grace@institute.example", Role::MemberContact, Some(merged)).await;
    let done = medicen.post(&format!("/organisations/{kept}/merge/{merged}"), "").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let page = medicen.get(&format!("/organisations/{kept}")).await.text;
    assert!(page.contains("Marie Essai") && page.contains("Met at BIO"));
    assert_eq!(member.get(&format!("/organisations/{kept}/contacts/new")).await.status, StatusCode::OK);
    let undo = page.split("action=\"").find(|part| part.contains("/undo\"")).unwrap().split('"').next().unwrap();
    assert_eq!(medicen.post(undo, "").await.status, StatusCode::SEE_OTHER);
    assert!(!medicen.get(&format!("/organisations/{kept}")).await.text.contains("Marie Essai"));
    assert!(medicen.get(&format!("/organisations/{merged}")).await.text.contains("Marie Essai"));
    assert_eq!(member.get(&format!("/organisations/{kept}/contacts/new")).await.status, StatusCode::FORBIDDEN);
}

#[rstest]
#[tokio::test]
async fn a_note_is_the_teams_until_it_is_shown(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, [organisation, _]) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, place) = (team_of(app, "medicen").await, format!("/organisations/{organisation}"));
    let reader = Visitor::invited(app, "reader@institute.example", Role::Reader, None).await;
    assert_eq!(medicen.post(&format!("{place}/notes"), "text=").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(medicen.post(&format!("{place}/notes"), "text=Wants+a+partner").await.status, StatusCode::SEE_OTHER);
    assert_eq!(reader.post(&format!("{place}/notes"), "text=x").await.status, StatusCode::FORBIDDEN);
    let page = medicen.get(&place).await.text;
    assert!(page.contains("Wants a partner") && page.contains("Seen by the team of Medicen"));
    assert!(!reader.get(&place).await.text.contains("Wants a partner"));
    assert!(!reader.get("/").await.text.contains("Note written"), "news of the team are the team's");
    let id = page.split("/notes/").find(|rest| rest.get(36..41) == Some("/edit")).map(|rest| &rest[..36]).unwrap();
    let edit = format!("/notes/{id}/edit");
    let shown = format!("revision=1&text=Wants+a+partner&audience={}", Audience::Members);
    assert_eq!(medicen.post(&edit, &shown).await.status, StatusCode::SEE_OTHER);
    assert_eq!(medicen.post(&edit, &shown).await.status, StatusCode::CONFLICT);
    assert!(reader.get(&place).await.text.contains("Wants a partner"));
    assert!(reader.get(&format!("/api{place}/notes")).await.text.contains("Wants a partner"));
    let lyon = team_of(app, "lyonbiopole").await;
    assert_eq!(lyon.get(&edit).await.status, StatusCode::NOT_FOUND);
    assert!(medicen.post(&format!("/notes/{id}/delete"), "").await.text.contains("Bring it back"));
    assert!(!reader.get(&place).await.text.contains("Wants a partner"));
    assert_eq!(medicen.post(&format!("/notes/{id}/restore"), "").await.status, StatusCode::SEE_OTHER);
    assert!(reader.get(&place).await.text.contains("Wants a partner"));
    // Deleted again and not brought back, it is gone for good.
    medicen.post(&format!("/notes/{id}/delete"), "").await;
    let due: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query("UPDATE jobs SET run_at = 0 WHERE name = 'forget note'"));
            Ok(())
        })
    }
    .await;
    due.unwrap();
    while app::runner(app).run_one(&app.database, app, app.clock).await.unwrap() {}
    assert_eq!(medicen.post(&format!("/notes/{id}/restore"), "").await.status, StatusCode::NOT_FOUND);
}

#[rstest]
#[tokio::test]
async fn a_note_rests_while_somebody_whom_it_names_is_restricted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (fresh, [organisation, _]) = instance(engine).await;
    let app = &fresh.app;
    let medicen = team_of(app, "medicen").await;
    let texts =
        ["Write to Marie@institute.example", "Marie@institute.example or paul@institute.example", "Wants a partner"];
    for text in texts {
        let form = format!("text={}", text.replace(' ', "+"));
        medicen.post(&format!("/organisations/{organisation}/notes"), &form).await;
    }
    let shown = async || {
        let page = medicen.get(&format!("/organisations/{organisation}")).await.text;
        let json = medicen.get(&format!("/api/organisations/{organisation}/notes")).await.text;
        texts.map(|text| {
            assert_eq!(page.contains(text), json.contains(text), "{text}");
            json.contains(text)
        })
    };
    let restrict = async |who: &Subject, on: bool| {
        let done: Result<u64, Error> = async {
            transact!(app.database, transaction => NoteHolding.restrict(transaction, who, on, app.clock.now()).await)
        }
        .await;
        done.unwrap()
    };
    let [marie, paul] = ["marie", "paul"].map(|who| Subject::address(&format!("{who}@institute.example")).unwrap());
    assert_eq!(shown().await, [true, true, true]);
    assert_eq!(restrict(&marie, true).await, 2);
    assert_eq!(restrict(&marie, true).await, 2, "twice is once");
    assert_eq!(shown().await, [false, false, true]);
    let held = NoteHolding.held(&app.database, &marie).await.unwrap();
    assert!(held.len() == 2 && held.iter().all(|one| one.restricted), "the desk still reads them: {held:?}");
    let edit = medicen.get(&format!("/notes/{}/edit", held[0].id)).await;
    assert_eq!(edit.status, StatusCode::NOT_FOUND, "nor is it changed");
    let purpose = NoteHolding.purposes()[0].key;
    let due = NoteHolding.due(&app.database, purpose, app.clock.now().plus_seconds(1)).await.unwrap();
    assert_eq!(due.first.iter().map(|row| row.label.as_str()).collect::<Vec<_>>(), [texts[2]], "nor does it age");
    // What rests for two people is shown again once it rests for neither.
    restrict(&paul, true).await;
    restrict(&marie, false).await;
    assert_eq!(shown().await, [true, false, true]);
    restrict(&paul, false).await;
    assert_eq!(shown().await, [true, true, true]);
}

#[rstest]
#[tokio::test]
async fn a_note_that_names_whom_somebody_answers_does_not_age(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (fresh, [organisation, _]) = instance(engine).await;
    let app = &fresh.app;
    let medicen = team_of(app, "medicen").await;
    for text in ["Write+to+Marie@institute.example", "Wants+a+partner"] {
        medicen.post(&format!("/organisations/{organisation}/notes"), &format!("text={text}")).await;
    }
    let later = app.clock.now().plus_seconds(1);
    let due = async || {
        let purpose = NoteHolding.purposes()[0].key;
        NoteHolding
            .due(&app.database, purpose, later)
            .await
            .unwrap()
            .first
            .into_iter()
            .map(|row| row.label)
            .collect::<Vec<_>>()
    };
    assert_eq!(due().await.len(), 2);
    let held: Result<_, Error> = async {
        let marie = Subject::address("marie@institute.example").unwrap();
        transact!(app.database, transaction => personal::hold(transaction, &marie, app.clock.now()).await)
    }
    .await;
    let held = held.unwrap();
    assert_eq!(due().await, ["Wants a partner"]);
    let released: Result<_, Error> =
        async { transact!(app.database, transaction => personal::release(transaction, held).await) }.await;
    released.unwrap();
    assert_eq!(due().await.len(), 2);
}
