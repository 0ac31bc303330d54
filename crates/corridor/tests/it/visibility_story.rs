//! Who sees what: alliances between clusters, and what is shown through them.

use axum::http::{Method, StatusCode};
use corridor::{
    accounts::{
        Actor, Role, Shared,
        alliances::{self, AllianceId},
        visibility::{Audience, membership_default},
    },
    app,
    directory::search::Catalogue,
    execute,
    foundation::errors::Error,
    on, transact,
};
use rstest::rstest;

use crate::{
    databases::{Engine, fresh},
    mailbox::letters_to,
    visitors::{Visitor, cluster, make_cluster, prepare_people, token_of},
};

/// An instance with three clusters, and the administrator of each.
async fn three_clusters(app: &Shared) -> [Visitor; 3] {
    prepare_people(app).await;
    make_cluster(app, "lyonbiopole", "Lyonbiopôle").await;
    make_cluster(app, "eurobiomed", "Eurobiomed").await;
    let head = async |slug: &str| {
        let email = format!("head@{slug}.example");
        Visitor::invited_to(app, slug, &email, Role::ClusterAdministrator, None).await
    };
    [head("medicen").await, head("lyonbiopole").await, head("eurobiomed").await]
}

async fn the_alliance(app: &Shared, slug: &str) -> AllianceId {
    let known = alliances::of_cluster(&app.database, cluster(app, slug).await).await.unwrap();
    known.last().expect("an alliance names the cluster").id
}

#[rstest]
#[tokio::test]
async fn an_alliance_is_proposed_joined_and_left_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let [medicen, lyon, euro] = three_clusters(app).await;
    let (first, second) = (cluster(app, "lyonbiopole").await, cluster(app, "medicen").await);
    let before = letters_to(app, "head@medicen.example").await.len();
    let proposed = medicen.post("/administration/alliances", &format!("name=Axis&cluster={first}")).await;
    assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.text);
    let letters = letters_to(app, "head@lyonbiopole.example").await;
    let asked = letters.iter().find(|letter| letter.contains("asks Lyonbiopôle into the alliance Axis"));
    let asked = asked.expect("who runs the cluster is written to");
    assert!(
        asked.contains("http://corridor.example/administration/alliances") && !asked.contains("Also asked"),
        "{asked}"
    );
    let others = letters_to(app, "head@eurobiomed.example").await;
    assert!(!others.iter().any(|letter| letter.contains("Axis")), "who is not asked hears nothing");
    assert_eq!(letters_to(app, "head@medicen.example").await.len(), before, "who proposes knows");
    let id = the_alliance(app, "medicen").await;
    // Who is asked sees it, who is not named learns nothing of it.
    assert!(lyon.get("/administration/alliances").await.text.contains("Your answer is awaited"));
    assert!(!euro.get("/administration/alliances").await.text.contains("Axis"));
    for verb in ["accept", "decline", "leave"] {
        let refused = euro.post(&format!("/administration/alliances/{id}/{verb}"), "sure=").await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{verb}");
    }
    let allied = async || alliances::allied(&app.database, first).await.unwrap();
    assert!(allied().await.is_empty(), "who is asked is not in it yet");
    assert_eq!(lyon.post(&format!("/administration/alliances/{id}/accept"), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(allied().await[0].clusters, [first, second].into());
    let page = medicen.get("/administration/alliances").await.text;
    assert!(page.contains("the teams of Medicen Paris Region and Lyonbiopôle"), "{page}");
    // Leaving ends it for both sides, and there is no way back.
    let leave = format!("/administration/alliances/{id}/leave");
    let asked = lyon.post(&leave, "sure=").await;
    assert!(asked.text.contains("There is no way back into it") && !allied().await.is_empty(), "asked first");
    assert_eq!(lyon.post(&leave, "sure=yes").await.status, StatusCode::SEE_OTHER);
    assert!(allied().await.is_empty());
    assert_eq!(alliances::allied(&app.database, second).await.unwrap()[0].clusters, [second].into());
    assert_eq!(lyon.post(&format!("/administration/alliances/{id}/accept"), "").await.status, StatusCode::NOT_FOUND);
    let json = medicen.get("/api/alliances").await;
    assert!(json.text.contains("\"standing\":\"left\""), "{}", json.text);
    // A program reads them within its scope, in a role that runs a cluster.
    let officer = Visitor::invited(app, "ada@medicen.example", Role::ProjectOfficer, None).await;
    for (visitor, scope, status) in [
        (&medicen, "alliances:read", StatusCode::OK),
        (&medicen, "directory:read", StatusCode::FORBIDDEN),
        (&officer, "alliances:read", StatusCode::FORBIDDEN),
    ] {
        let token = token_of(visitor, "Alliances", scope).await;
        let read = visitor.as_program(Method::GET, "/api/alliances", &token).await;
        assert_eq!(read.status, status, "{scope}: {}", read.text);
    }
}

#[rstest]
#[tokio::test]
async fn a_proposal_names_other_clusters_of_the_instance(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let [medicen, ..] = three_clusters(app).await;
    let own = cluster(app, "medicen").await;
    let nowhere = uuid::Uuid::now_v7();
    for form in ["name=Alone".to_owned(), format!("name=Self&cluster={own}"), format!("name=No&cluster={nowhere}")] {
        let answer = medicen.post("/administration/alliances", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
    }
    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let refused = officer.post("/administration/alliances", &format!("name=X&cluster={own}")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(alliances::of_cluster(&app.database, own).await.unwrap().is_empty());
}

#[tokio::test]
async fn packaged_alliances_hold_the_clusters_that_the_documents_name() {
    let fresh = fresh(Engine::Sqlite).await;
    let app = &fresh.app;
    let pack = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    app::import_pack(app, &Actor::Console, &pack, false, &|_, _, _| {}).await.unwrap();
    let known = alliances::of_cluster(&app.database, cluster(app, "lyonbiopole").await).await.unwrap();
    let names: Vec<&str> = known[0].clusters.iter().map(|place| place.cluster.slug.as_str()).collect();
    assert_eq!(known[0].name, "LifeScience Corridor France");
    assert_eq!(names, ["alsace-biovalley", "cancer-bio-sante", "lyonbiopole"]);
    assert_ne!(alliances::shared_with(known[0].id), Audience::Team);
}

/// The packaged data with one more membership, stated by Medicen and shown to this audience; the id of the organisation.
async fn with_membership(app: &Shared, audience: &Audience) -> uuid::Uuid {
    let pack = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    app::import_pack(app, &Actor::Console, &pack, false, &|_, _, _| {}).await.unwrap();
    prepare_people(app).await;
    let medicen = cluster(app, "medicen").await;
    let organisation: uuid::Uuid = on!(app.database, pool => sqlx::query_scalar(
        "SELECT id FROM organisations WHERE name IS NOT NULL AND country = 'DE' AND merged_into IS NULL ORDER BY id LIMIT 1",
    )
    .fetch_one(pool)
    .await
    .unwrap());
    let stated: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query(
                "INSERT INTO memberships (cluster_id, organisation_id, college, fee_cents, basis, source_id, audience)
                 VALUES ($1, $2, 'sme', 123400, 'stated', (SELECT id FROM sources ORDER BY slug LIMIT 1), $3)",
            )
            .bind(medicen)
            .bind(organisation)
            .bind(audience.to_string()));
            Ok(())
        })
    }
    .await;
    stated.unwrap();
    app.part::<Catalogue>().refresh(&app.database).await.unwrap();
    organisation
}

#[rstest]
#[tokio::test]
async fn a_membership_is_seen_by_whom_it_is_shown_to(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let organisation = with_membership(app, &Audience::Members).await;
    let place = format!("/organisations/{organisation}");
    let officer = Visitor::invited(app, "officer@medicen.example", Role::ProjectOfficer, None).await;
    let reader = Visitor::invited(app, "reader@medicen.example", Role::Reader, None).await;
    let outside = Visitor::invited_to(app, "lyonbiopole", "o@lyon.example", Role::ProjectOfficer, None).await;
    let german = "/api/organisations?cluster=medicen&country=DE";
    let seen = async |visitor: &Visitor| {
        let found: serde_json::Value = serde_json::from_str(&visitor.get(german).await.text).unwrap();
        let listed = found["organisations"].as_array().unwrap().len();
        let page = visitor.get(&place).await.text.contains("?cluster=medicen\">")
            || visitor.get(&format!("/api{place}")).await.text.contains("\"slug\":\"medicen\"");
        let facets = visitor.get("/organisations?country=DE").await.text.contains("value=\"medicen\"");
        assert_eq!((listed == 1, page), (facets, facets), "list, page and facets say the same");
        let export = visitor.get(&format!("/organisations/export{}&format=csv", &german[18..])).await.text;
        assert_eq!(export.lines().count() == 2, facets);
        facets
    };
    assert_eq!((seen(&officer).await, seen(&reader).await, seen(&outside).await), (true, true, false));
    assert!(officer.get(&place).await.text.contains("1,234"), "the fee is the team's");
    assert!(!reader.get(&place).await.text.contains("1,234"));
    assert_eq!(reader.post(&format!("{place}/membership"), "audience=public").await.status, StatusCode::FORBIDDEN);
    let unknown = outside.post(&format!("{place}/membership"), "audience=public&fee_audience=team").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND, "of another cluster's membership there is nothing to change");
    let narrowed = officer.post(&format!("{place}/membership"), "audience=team&fee_audience=team").await;
    assert_eq!(narrowed.status, StatusCode::SEE_OTHER, "{}", narrowed.text);
    app.part::<Catalogue>().refresh(&app.database).await.unwrap();
    assert_eq!((seen(&officer).await, seen(&reader).await, seen(&outside).await), (true, false, false));
    officer.post(&format!("{place}/membership"), "audience=public&fee_audience=public").await;
    app.part::<Catalogue>().refresh(&app.database).await.unwrap();
    assert_eq!((seen(&officer).await, seen(&reader).await, seen(&outside).await), (true, true, true));
    assert!(outside.get(&place).await.text.contains("1,234"));
}

#[rstest]
#[tokio::test]
async fn new_memberships_are_seen_by_whom_the_cluster_chose(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let head = Visitor::invited(app, "head@medicen.example", Role::ClusterAdministrator, None).await;
    let cluster = cluster(app, "medicen").await;
    let default = async || membership_default(&app.database, cluster).await.unwrap();
    assert_eq!(default().await, Audience::Members);
    let chosen = head.post("/administration/alliances/memberships", "audience=team").await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.text);
    assert_eq!(default().await, Audience::Team);
    let foreign = format!("audience=alliances:{}", uuid::Uuid::now_v7());
    let refused = head.post("/administration/alliances/memberships", &foreign).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "an alliance that the cluster is not in");
}
