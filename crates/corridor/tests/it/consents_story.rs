//! Consents: asked for by letter, given, withdrawn and given again by whom they are of; by what right every record is held.

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, Role, Shared},
    app::import_pack,
    foundation::{
        errors::Error,
        personal::{self, Basis, BasisEntry, Consent, Event, Proof, standing},
    },
    transact, values,
};
use rstest::rstest;

use crate::{
    databases::{Engine, Fresh, NOW, fresh},
    mailbox::{letters_to, link_in},
    visitors::{Visitor, prepare_people},
};

const MARIE: &str = "marie@institute.example";

/// The packaged data, and the address of one of its organisations.
async fn instance(engine: Engine) -> (Fresh, String) {
    let fresh = fresh(engine).await;
    let pack = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    import_pack(&fresh.app, &Actor::Console, &pack, false, &|_, _, _| {}).await.unwrap();
    prepare_people(&fresh.app).await;
    let found: Result<Vec<uuid::Uuid>, Error> = async {
        Ok(values!(fresh.app.database, "SELECT id FROM organisations WHERE name IS NOT NULL ORDER BY id LIMIT 1"))
    }
    .await;
    let place = format!("/organisations/{}", found.unwrap()[0]);
    (fresh, place)
}

async fn contacts(app: &Shared) -> Vec<String> {
    let found: Result<Vec<uuid::Uuid>, Error> =
        async { Ok(values!(app.database, "SELECT id FROM contacts WHERE deleted_at IS NULL ORDER BY created_at, id")) }
            .await;
    found.unwrap().iter().map(uuid::Uuid::to_string).collect()
}

/// Somebody of the team notes Marie at the organisation, on this basis; the contact's id.
async fn noted(app: &Shared, officer: &Visitor, place: &str, basis: &str) -> String {
    let form = format!("name=Marie+Essai&function=Head&email={MARIE}&basis={basis}&known_by=meeting");
    let added = officer.post(&format!("{place}/contacts"), &form).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
    contacts(app).await.pop().expect("a contact")
}

async fn stands(app: &Shared, id: &str) -> personal::Standing {
    standing(&personal::bases(&app.database, "contact", id).await.unwrap())
}

async fn record(app: &Shared, id: &str, event: Event, basis: Basis) {
    let entry = BasisEntry {
        at: NOW,
        kind: "contact".to_owned(),
        id: id.to_owned(),
        field: String::new(),
        event,
        basis,
        proof: Proof {
            wording: "As I said on the telephone.".to_owned(),
            version: "1".to_owned(),
            channel: "telephone".to_owned(),
        },
        entered_by: None,
        cluster: None,
    };
    let done: Result<(), Error> =
        async { transact!(app.database, transaction => personal::record_basis(transaction, &entry).await) }.await;
    done.unwrap();
}

async fn head(app: &Shared) -> Visitor {
    Visitor::invited(app, "head@institute.example", Role::ClusterAdministrator, None).await
}

/// Asks Marie by letter; the path of the answer.
async fn asked(app: &Shared, head: &Visitor, id: &str) -> String {
    let sent = head.post(&format!("/legal-bases/contact/{id}/ask"), "").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    link_in(letters_to(app, MARIE).await.last().expect("a letter asks"))
}

#[rstest]
#[tokio::test]
async fn an_address_that_staff_entered_is_asked_and_only_its_answer_confirms(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (fresh, place) = instance(engine).await;
    let app = &fresh.app;
    let head = head(app).await;
    let id = noted(app, &head, &place, "legitimate_interests").await;
    let datum = format!("/legal-bases/contact/{id}");
    let page = head.get(&datum).await;
    assert!(page.text.contains(MARIE) && page.text.contains("Legitimate interests"), "{}", page.text);
    let link = asked(app, &head, &id).await;
    assert_eq!(stands(app, &id).await.consent, Consent::Asked);
    assert_eq!(
        head.post(&format!("{datum}/ask"), "").await.status,
        StatusCode::GONE,
        "not twice while it may be answered"
    );
    let letter = letters_to(app, MARIE).await.pop().unwrap();
    assert!(letter.contains("30 jours"), "in the language of the cluster's letters: {letter}");

    let marie = Visitor::nobody(app);
    let shown = marie.get(&link).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert_eq!(shown.headers["referrer-policy"], "no-referrer", "the address holds a token");
    assert_eq!(stands(app, &id).await.consent, Consent::Asked, "opening it answers nothing");
    let answered = marie.post(&format!("{link}/yes"), "").await;
    assert!(answered.text.contains("Your consent is noted"), "{}", answered.text);
    let now = stands(app, &id).await;
    assert_eq!((now.consent, now.other), (Consent::Confirmed, Some(Basis::LegitimateInterests)));
    assert_eq!(marie.post(&format!("{link}/no"), "").await.status, StatusCode::GONE, "once");
    assert_eq!(marie.get("/consents/made-up").await.status, StatusCode::GONE);
    let log = head.get(&datum).await.text;
    assert!(log.contains("Consent confirmed by letter") && log.contains("The person"), "{log}");
    assert!(!log.contains("Send the letter"), "confirmed is confirmed");

    // Withdrawn since, and asked again: the answer counts after an earlier withdrawal too.
    record(app, &id, Event::Withdrawn, Basis::Consent).await;
    assert_eq!(stands(app, &id).await.consent, Consent::Withdrawn);
    let link = asked(app, &head, &id).await;
    assert_eq!(marie.post(&format!("{link}/yes"), "").await.status, StatusCode::OK);
    assert_eq!(stands(app, &id).await.consent, Consent::Confirmed);

    // A no takes it back, and pauses the use on other grounds.
    record(app, &id, Event::Withdrawn, Basis::Consent).await;
    let link = asked(app, &head, &id).await;
    let refused = marie.post(&format!("{link}/no"), "").await;
    assert!(refused.text.contains("not used any more until"), "{}", refused.text);
    let now = stands(app, &id).await;
    assert!(!now.allows() && now.objection_open);
    assert_eq!(contacts(app).await.len(), 1);
}

#[rstest]
#[tokio::test]
async fn a_no_removes_what_only_a_consent_would_keep(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, place) = instance(engine).await;
    let app = &fresh.app;
    let head = head(app).await;
    let id = noted(app, &head, &place, "consent").await;
    let link = asked(app, &head, &id).await;
    let refused = Visitor::nobody(app).post(&format!("{link}/no"), "").await;
    assert!(refused.text.contains("your details are deleted"), "{}", refused.text);
    assert_eq!(contacts(app).await, Vec::<String>::new());
}

#[rstest]
#[tokio::test]
async fn who_consented_withdraws_and_gives_again(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, place) = instance(engine).await;
    let app = &fresh.app;
    let head = head(app).await;
    let kept = noted(app, &head, &place, "legitimate_interests").await;
    record(app, &kept, Event::Given, Basis::Consent).await;
    let only = noted(app, &head, &place, "consent").await;
    assert_ne!(kept, only);
    let marie = Visitor::invited(app, MARIE, Role::Reader, None).await;
    let page = marie.get("/my-data/consents").await.text;
    assert!(
        page.contains("As I said on the telephone.") && page.contains("by telephone"),
        "its wording and way: {page}"
    );
    assert!(page.contains("stays on another legal basis: Legitimate interests") && page.contains("is deleted at once"));

    // Another's consent does not exist for others.
    for verb in ["withdraw", "give"] {
        let path = format!("/my-data/consents/contact/{kept}/{verb}");
        assert_eq!(head.post(&path, "").await.status, StatusCode::NOT_FOUND, "{verb}");
        let demonstration = Visitor::acting_as(app, Role::InstanceAdministrator).await;
        assert_eq!(demonstration.post(&path, "").await.status, StatusCode::FORBIDDEN, "{verb}");
    }
    let path = |id: &str, verb: &str| format!("/my-data/consents/contact/{id}/{verb}");
    assert_eq!(marie.post(&path(&kept, "give"), "").await.status, StatusCode::GONE, "it is given");
    let done = marie.post(&path(&kept, "withdraw"), "").await;
    assert_eq!(done.headers["location"], "/my-data/consents?done=consent-withdrawn");
    assert_eq!(stands(app, &kept).await.consent, Consent::Withdrawn);
    assert_eq!(marie.post(&path(&kept, "withdraw"), "").await.status, StatusCode::GONE, "it is withdrawn");
    let done = marie.post(&path(&only, "withdraw"), "").await;
    assert_eq!(done.headers["location"], "/my-data/consents?done=consent-withdrawn-erased");
    assert_eq!(contacts(app).await, std::slice::from_ref(&kept), "what only the consent kept is gone");

    let page = marie.get("/my-data/consents").await.text;
    assert!(page.contains("Give this consent again") && !page.contains(&only));
    assert_eq!(marie.post(&path(&kept, "give"), "").await.status, StatusCode::SEE_OTHER);
    let log = personal::bases(&app.database, "contact", &kept).await.unwrap();
    let given = log.last().unwrap();
    assert_eq!((given.event, given.proof.channel.as_str()), (Event::Given, "page"));
    assert!(given.proof.wording.contains("I agree that this is kept and used"), "the words that were shown: {given:?}");
    assert!(stands(app, &kept).await.consents());
    assert_eq!(marie.get("/my-data/consents?lang=fr").await.status, StatusCode::OK);
}

#[rstest]
#[tokio::test]
async fn records_without_a_basis_are_named_to_their_cluster(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (fresh, place) = instance(engine).await;
    let app = &fresh.app;
    let head = head(app).await;
    let id = noted(app, &head, &place, "legitimate_interests").await;
    let page = head.get("/legal-bases").await.text;
    assert!(page.contains("Every record that needs a basis of its own has one"), "{page}");
    assert!(page.contains("Basis noted"));
    let filtered = head.get("/legal-bases?basis=consent").await.text;
    assert!(filtered.contains("Nothing was noted yet"), "{filtered}");
    let lost: Result<(), Error> = async {
        transact!(app.database, transaction => {
            corridor::execute!(transaction, sqlx::query("DELETE FROM personal_bases"));
            Ok(())
        })
    }
    .await;
    lost.unwrap();
    let page = head.get("/legal-bases").await.text;
    assert!(page.contains("Marie Essai") && page.contains(&format!("/legal-bases/contact/{id}")), "{page}");

    let elsewhere =
        Visitor::invited_to(app, "lyonbiopole", "head@lyon.example", Role::ClusterAdministrator, None).await;
    assert!(!elsewhere.get("/legal-bases").await.text.contains("Marie Essai"));
    let datum = format!("/legal-bases/contact/{id}");
    assert_eq!(elsewhere.get(&datum).await.status, StatusCode::NOT_FOUND);
    assert_eq!(elsewhere.post(&format!("{datum}/ask"), "").await.status, StatusCode::NOT_FOUND);
    let officer = Visitor::invited(app, "officer@institute.example", Role::ProjectOfficer, None).await;
    assert_eq!(officer.get("/legal-bases").await.status, StatusCode::FORBIDDEN);
}
