//! The permission matrix, made by really walking: every route by everybody, and every kind of record of a cluster, shown to
//! every audience, as everybody sees it. The snapshot is what a person reads to know who may do what.

use std::fmt::Write as _;

use axum::http::{Method, StatusCode};
use corridor::{
    accounts::{
        Actor, Role, Shared,
        alliances::{self, AllianceId},
        visibility::Audience,
    },
    app::{import_pack, routes},
    execute,
    foundation::errors::Error,
    on, transact,
};
use uuid::Uuid;

use crate::{
    databases::{Engine, fresh},
    visitors::{Visitor, cluster, prepare_people},
};

/// A path with every parameter filled in with something that does not exist.
fn filled(path: &str) -> String {
    let parts =
        path.split('/').map(|part| if part.starts_with('{') { "018f0000-0000-7000-8000-000000000000" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Nobody, and somebody in every role of `medicen`.
async fn everybody(app: &Shared, organisation: Uuid) -> Vec<Visitor> {
    let mut visitors = vec![Visitor::nobody(app)];
    for role in Role::ALL {
        let own = (role == Role::MemberContact).then_some(organisation);
        visitors.push(Visitor::invited(app, &format!("{}@medicen.example", role.key()), role, own).await);
    }
    visitors
}

async fn alliance_of(app: &Shared, one: &str, other: &str) -> AllianceId {
    let heads = async |slug: &str| {
        let email = format!("head@{slug}.example");
        Visitor::invited_to(app, slug, &email, Role::ClusterAdministrator, None).await
    };
    let (first, second) = (heads(one).await, heads(other).await);
    let with = cluster(app, other).await;
    first.post("/administration/alliances", &format!("name=Axis&cluster={with}")).await;
    let known = alliances::of_cluster(&app.database, cluster(app, one).await).await.unwrap();
    let id = known.iter().find(|alliance| alliance.name == "Axis").unwrap().id;
    second.post(&format!("/administration/alliances/{id}/accept"), "").await;
    id
}

/// The record as it answers: seen and changed, seen, refused, or not there.
fn cell(seen: bool, form: StatusCode) -> char {
    match (seen, form) {
        (true, StatusCode::OK) => 'w',
        (true, _) => 'r',
        (false, StatusCode::OK) => '!',
        (false, StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED) => 'x',
        (false, _) => '.',
    }
}

async fn newest(app: &Shared, query: &'static str) -> Uuid {
    on!(app.database, pool => sqlx::query_scalar(query).fetch_one(pool).await.unwrap())
}

async fn member(app: &Shared, slug: &str, organisation: Uuid, audience: &Audience) {
    let id = cluster(app, slug).await;
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query("DELETE FROM memberships WHERE organisation_id = $1").bind(organisation));
            execute!(transaction, sqlx::query(
                "INSERT INTO memberships (cluster_id, organisation_id, basis, source_id, audience)
                 VALUES ($1, $2, 'stated', (SELECT id FROM sources ORDER BY slug LIMIT 1), $3)",
            )
            .bind(id)
            .bind(organisation)
            .bind(audience.to_string()));
            Ok(())
        })
    }
    .await;
    written.unwrap();
}

#[tokio::test]
async fn the_permission_matrix_changes_only_on_purpose() {
    let fresh = fresh(Engine::Sqlite).await;
    let app = &fresh.app;
    let pack = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    import_pack(app, &Actor::Console, &pack, false, &|_, _, _| {}).await.unwrap();
    prepare_people(app).await;
    let organisation: Uuid =
        newest(app, "SELECT id FROM organisations WHERE name IS NOT NULL AND country = 'DE' ORDER BY id LIMIT 1").await;
    let visitors = everybody(app, organisation).await;
    let mut matrix = String::from("Columns: nobody");
    for role in Role::ALL {
        matrix.push_str(&format!(", {}", role.key()));
    }
    matrix.push_str(" (all of medicen)\n\nRoutes: + let in, x refused\n");
    for route in routes() {
        // These end the session that the rest of the walk needs.
        if ["/sign-out", "/account/sessions/end-all"].contains(&route.path) {
            continue;
        }
        for visitor in &visitors {
            let answer = visitor.send(route.method.clone(), &filled(route.path), "").await;
            let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&answer.status);
            matrix.push(if refused { 'x' } else { '+' });
        }
        let verb = if route.method == Method::GET { "GET " } else { "POST" };
        writeln!(matrix, " {verb} {}", route.path).unwrap();
    }
    matrix.push_str(
        "\nRecords: w seen and changed, r seen, x not seen and its form refused to the role, . as if it were not there, \
         ! changed without being seen\n",
    );
    let alliance = alliance_of(app, "medicen", "lyonbiopole").await;
    let stranger = alliances::shared_with(AllianceId::new());
    let allied = alliances::shared_with(alliance);
    let place = format!("/organisations/{organisation}");
    for (owner, slug) in [("own", "medicen"), ("allied", "lyonbiopole"), ("other", "eurobiomed")] {
        let officer =
            Visitor::invited_to(app, slug, &format!("officer@{slug}.example"), Role::ProjectOfficer, None).await;
        let of_alliance = if owner == "other" { &stranger } else { &allied };
        for (word, audience) in [
            ("team", &Audience::Team),
            ("alliance", of_alliance),
            ("members", &Audience::Members),
            ("public", &Audience::Public),
        ] {
            // A cluster that is in no alliance can show nothing to one.
            if owner == "other" && word == "alliance" {
                continue;
            }
            let form = format!("name=Record&name_audience={audience}&basis=contract&known_by=paper");
            assert_eq!(officer.post(&format!("{place}/contacts"), &form).await.status, StatusCode::SEE_OTHER);
            let contact = newest(app, "SELECT id FROM contacts ORDER BY id DESC LIMIT 1").await;
            let note = format!("text=Record+{owner}+{word}&audience={audience}");
            assert_eq!(officer.post(&format!("{place}/notes"), &note).await.status, StatusCode::SEE_OTHER);
            let note = newest(app, "SELECT id FROM notes ORDER BY id DESC LIMIT 1").await;
            member(app, slug, organisation, audience).await;
            let (mut contacts, mut notes, mut memberships) = (String::new(), String::new(), String::new());
            for visitor in &visitors {
                let seen = visitor.get(&format!("/api/contacts/{contact}")).await.status == StatusCode::OK;
                contacts.push(cell(seen, visitor.get(&format!("/contacts/{contact}/edit")).await.status));
                let seen = visitor.get(&format!("/api{place}/notes")).await.text.contains(&note.to_string());
                notes.push(cell(seen, visitor.get(&format!("/notes/{note}/edit")).await.status));
                let listed = format!("\"slug\":\"{slug}\"");
                let seen = visitor.get(&format!("/api{place}")).await.text.contains(&listed);
                let form = visitor.get(&place).await.text.contains(&format!("action=\"{place}/membership\""));
                memberships.push(cell(seen, if form { StatusCode::OK } else { StatusCode::NOT_FOUND }));
            }
            for (kind, cells) in [("contact", contacts), ("note", notes), ("membership", memberships)] {
                writeln!(matrix, "{cells} {kind} of {owner} cluster shown to {word}").unwrap();
            }
        }
        officer.post("/consortia", "name=Draft&topic=HORIZON-HLTH-2027-01-DISEASE-05").await;
        let draft = newest(app, "SELECT id FROM drafts ORDER BY id DESC LIMIT 1").await;
        let mut drafts = String::new();
        for visitor in &visitors {
            let seen = visitor.get(&format!("/api/consortia/{draft}")).await.status;
            drafts.push(cell(seen == StatusCode::OK, if seen == StatusCode::OK { StatusCode::FOUND } else { seen }));
        }
        writeln!(matrix, "{drafts} draft of {owner} cluster").unwrap();
    }
    assert!(!matrix.contains('!') || matrix.matches('!').count() == 1, "nobody changes what they do not see");
    insta::assert_snapshot!("permission_matrix", matrix);
}
