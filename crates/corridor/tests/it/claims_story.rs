//! "This is our organisation": proved by the domain of one's address, or vouched for by the cluster, by nobody else.

use std::path::Path;

use axum::http::StatusCode;
use corridor::{
    accounts::{self, Actor, HeldRole, Role, Shared},
    app, execute,
    foundation::errors::Error,
    on, transact,
};
use rstest::rstest;

use crate::{
    databases::{Engine, Fresh, fresh},
    mailbox::letters_to,
    visitors::{Visitor, invite},
};

/// An instance with the packaged data, and a member of `medicen` whose website is at institute.example.
async fn instance(engine: Engine) -> (Fresh, uuid::Uuid) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    app::import_pack(app, &Actor::Console, &pack, false, &|_, _, _| {}).await.unwrap();
    let member: uuid::Uuid = on!(app.database, pool => sqlx::query_scalar(
        "SELECT memberships.organisation_id FROM memberships JOIN clusters ON clusters.id = memberships.cluster_id
         WHERE clusters.slug = 'medicen' ORDER BY memberships.organisation_id LIMIT 1",
    )
    .fetch_one(pool)
    .await
    .unwrap());
    let named: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query("UPDATE organisations SET website = $2 WHERE id = $1")
                .bind(member)
                .bind("https://www.institute.example/en"));
            Ok(())
        })
    }
    .await;
    named.unwrap();
    (fresh, member)
}

/// Switches to the role whose words begin so.
async fn act_as(visitor: &Visitor, words: &str) {
    let page = visitor.get("/account").await.text;
    let role = page
        .split("name=\"role\" value=\"")
        .skip(1)
        .find(|part| part.contains(&format!("menu-item-main\">{words}")) && part.find(words) < part.find("</form>"))
        .and_then(|part| part.split('"').next())
        .unwrap_or_else(|| panic!("no role {words}"));
    assert_eq!(visitor.post("/account/role", &format!("role={role}")).await.status, StatusCode::SEE_OTHER);
}

fn first<'a>(page: &'a str, ending: &str) -> Option<&'a str> {
    page.split("action=\"").skip(1).filter_map(|part| part.split('"').next()).find(|path| path.ends_with(ending))
}

#[rstest]
#[tokio::test]
async fn an_address_of_the_website_proves_it_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, organisation) = instance(engine).await;
    let ada = Visitor::invited(&fresh.app, "ada@institute.example", Role::Reader, None).await;
    let record = format!("/organisations/{organisation}");
    assert!(ada.get(&record).await.text.contains("Is this your organisation?"));
    assert_eq!(ada.get(&format!("{record}/edit")).await.status, StatusCode::FORBIDDEN);
    let claimed = ada.post(&format!("{record}/claim"), "reason=").await;
    assert_eq!(claimed.headers["location"], format!("{record}?done=claim-proved"));
    act_as(&ada, "Contact of an organisation").await;
    assert_eq!(ada.get(&format!("{record}/edit")).await.status, StatusCode::OK);
    let invited = ada.post("/people/invitations", "email=next@institute.example&role=member_contact").await;
    assert_eq!(invited.headers["location"], "/people?done=invited", "{}", invited.text);
    assert_eq!(letters_to(&fresh.app, "next@institute.example").await.len(), 1, "a contact invites the next");
}

#[rstest]
#[tokio::test]
async fn otherwise_the_cluster_vouches_and_no_other(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, organisation) = instance(engine).await;
    let app = &fresh.app;
    let (eve, record) = (
        Visitor::invited(app, "eve@other.example", Role::Reader, None).await,
        format!("/organisations/{organisation}"),
    );
    for _ in 0..2 {
        let claimed = eve.post(&format!("{record}/claim"), "reason=I+work+there").await;
        assert_eq!(claimed.headers["location"], format!("{record}?done=claim-waiting"));
    }
    assert_eq!(eve.get(&format!("{record}/edit")).await.status, StatusCode::FORBIDDEN, "a claim gives nothing yet");

    let head = Visitor::invited(app, "head@medicen.example", Role::ClusterAdministrator, None).await;
    let page = head.get("/people").await.text;
    assert_eq!(page.matches("/vouch\"").count(), 1, "who claims twice waits once");
    let vouch = first(&page, "/vouch").unwrap().to_owned();
    let officer = Visitor::invited(app, "officer@medicen.example", Role::ProjectOfficer, None).await;
    assert_eq!(officer.post(&vouch, "").await.status, StatusCode::FORBIDDEN);
    let other = other_head(app).await;
    assert!(first(&other.get("/people").await.text, "/vouch").is_none());
    assert_eq!(other.post(&vouch, "").await.status, StatusCode::NOT_FOUND, "of another cluster's claims nobody learns");

    assert_eq!(head.post(&vouch, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(head.post(&vouch, "").await.status, StatusCode::NOT_FOUND, "it is decided once");
    act_as(&eve, "Contact of an organisation").await;
    assert_eq!(eve.get(&format!("{record}/edit")).await.status, StatusCode::OK);
    assert!(letters_to(app, "eve@other.example").await.iter().any(|letter| letter.contains("You are now a contact")));
}

#[rstest]
#[tokio::test]
async fn a_claim_that_is_refused_gives_nothing_and_is_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, organisation) = instance(engine).await;
    let app = &fresh.app;
    let eve = Visitor::invited(app, "eve@other.example", Role::Reader, None).await;
    eve.post(&format!("/organisations/{organisation}/claim"), "reason=").await;
    let head = Visitor::invited(app, "head@medicen.example", Role::ClusterAdministrator, None).await;
    let refuse = first(&head.get("/people").await.text, "/refuse").unwrap().to_owned();
    assert_eq!(head.post(&refuse, "").await.status, StatusCode::SEE_OTHER);
    assert!(!eve.get("/account").await.text.contains("Contact of an organisation"));
    assert!(letters_to(app, "eve@other.example").await.iter().any(|letter| letter.contains("did not confirm")));
}

/// Somebody who runs another cluster.
async fn other_head(app: &Shared) -> Visitor {
    let clusters = accounts::clusters(&app.database).await.unwrap();
    let other = clusters.iter().find(|cluster| cluster.slug != "medicen").unwrap();
    let offered = HeldRole {
        role: Role::ClusterAdministrator,
        cluster: Some(other.id),
        organisation: None,
        organisation_name: None,
    };
    let link = invite(app, "head@other.example", &offered).await;
    let visitor = Visitor::nobody(app);
    assert_eq!(visitor.post(&link, "name=Head").await.status, StatusCode::SEE_OTHER);
    visitor
}
