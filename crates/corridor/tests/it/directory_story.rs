//! The directory: found in both languages, shown with its sources, corrected, merged and taken apart again.

use axum::http::StatusCode;
use corridor::{
    accounts::{Role, Shared},
    directory::{
        OrganisationId,
        merge::{self, Duplicates, candidates},
        search::{Catalogue, Selection, touch},
    },
    foundation::{
        database::{Batch, Database, Transaction, Value},
        errors::Error,
        ids::SourceId,
    },
    on, transact,
};
use proptest::prelude::*;
use rstest::rstest;
use uuid::Uuid;

use crate::{
    databases::{Engine, NOW, fresh},
    visitors::{Visitor, prepare_people},
};

/// The organisations of the stories.
struct Network {
    pasteur: OrganisationId,
    hospital: OrganisationId,
    script: OrganisationId,
    nameless: OrganisationId,
    acme: OrganisationId,
    acme_twin: OrganisationId,
    shared_project: Uuid,
}

fn none() -> Value {
    Value::Text(None)
}

async fn organisation(
    transaction: &mut Transaction,
    source: SourceId,
    name: Option<&str>,
    kind: &str,
    place: (&str, &str),
    pic: &str,
    projects: i64,
) -> Result<OrganisationId, Error> {
    let id = OrganisationId::new();
    let mut batch = Batch::new(
        "INSERT INTO organisations (id, name, name_key, kind, country, city, lat, lon, project_count, revision, created_at, updated_at)",
        "",
    );
    batch.push(vec![
        id.into(),
        name.into(),
        name.unwrap_or("").to_lowercase().into(),
        kind.into(),
        place.0.into(),
        place.1.into(),
        48.8566.into(),
        2.3522.into(),
        projects.into(),
        1i64.into(),
        NOW.into(),
        NOW.into(),
    ]);
    batch.write(transaction).await?;
    let mut batch =
        Batch::new("INSERT INTO organisation_identifiers (scheme, value, organisation_id, source_id, observed_on)", "");
    batch.push(vec!["pic".into(), pic.into(), id.into(), source.into(), none()]);
    batch.write(transaction).await?;
    let mut batch = Batch::new(
        "INSERT INTO organisation_statements (organisation_id, field, source_id, value, qualifier, inferred, observed_on)",
        "",
    );
    batch.push(vec![
        id.into(),
        "beds".into(),
        source.into(),
        "600".into(),
        "at_least".into(),
        true.into(),
        "2018".into(),
    ]);
    batch.write(transaction).await?;
    Ok(id)
}

async fn seed(app: &Shared) -> Network {
    prepare_people(app).await;
    let network: Result<Network, Error> = async {
        transact!(app.database, transaction => {
            let source = SourceId::new();
            let mut batch = Batch::new(
                "INSERT INTO sources (id, slug, name, publisher, licence, attribution, url, dated)",
                "",
            );
            batch.push(vec![
                source.into(), "register".into(), "The register".into(), "Its office".into(), "CC BY 4.0".into(),
                "The office".into(), none(), "2024-01-01".into(),
            ]);
            batch.write(transaction).await?;
            let mut concepts = Batch::new("INSERT INTO concepts (id, scheme, broader, level)", "");
            concepts.push(vec!["med".into(), "euroscivoc".into(), none(), 1i64.into()]);
            concepts.push(vec!["pm".into(), "euroscivoc".into(), "med".into(), 2i64.into()]);
            concepts.write(transaction).await?;
            let mut labels = Batch::new("INSERT INTO concept_labels (concept_id, language, kind, label, source_id)", "");
            for (concept, language, kind, label) in [
                ("med", "en", "preferred", "medical sciences"),
                ("med", "fr", "preferred", "sciences médicales"),
                ("pm", "en", "preferred", "personalised medicine"),
                ("pm", "fr", "preferred", "médecine personnalisée"),
                ("pm", "fr", "alternative", "médecine de précision"),
            ] {
                labels.push(vec![concept.into(), language.into(), kind.into(), label.into(), source.into()]);
            }
            labels.write(transaction).await?;
            let paris = ("FR", "PARIS CEDEX 15");
            let pasteur = organisation(transaction, source, Some("Institut Pasteur"), "research_organisation", paris, "111111111", 2).await?;
            let hospital = organisation(transaction, source, Some("Hôpital Necker"), "hospital", paris, "222222222", 0).await?;
            let script = organisation(transaction, source, Some("=<script>alert(1)</script> & Söhne"), "company", ("DE", "Berlin"), "333333333", 0).await?;
            let nameless = organisation(transaction, source, None, "university", ("PT", "Lisboa"), "888888170", 1).await?;
            let acme = organisation(transaction, source, Some("Acme Biotech SAS"), "company", ("FR", "Lyon"), "444444444", 2).await?;
            let acme_twin = organisation(transaction, source, Some("ACME BIOTECH"), "sme", ("FR", "LYON 3"), "555555555", 2).await?;
            let mut competences = Batch::new(
                "INSERT INTO organisation_competences (organisation_id, concept_id, basis, weight, project_count, source_id)",
                "",
            );
            competences.push(vec![pasteur.into(), "pm".into(), "derived".into(), 0.1.into(), 1i64.into(), source.into()]);
            competences.push(vec![acme.into(), "pm".into(), "derived".into(), 0.3.into(), 1i64.into(), source.into()]);
            competences.push(vec![acme_twin.into(), "pm".into(), "derived".into(), 0.7.into(), 2i64.into(), source.into()]);
            competences.write(transaction).await?;
            let cluster: Uuid = on!(transaction, connection => sqlx::query_scalar("SELECT id FROM clusters WHERE slug = $1")
                .bind("medicen").fetch_one(connection).await?);
            let mut memberships = Batch::new(
                "INSERT INTO memberships (cluster_id, organisation_id, college, since, until, basis, source_id, fee_cents)",
                "",
            );
            for (id, college, since, basis) in [
                (pasteur, Some("research"), Some("2005-07-12"), "stated"),
                (hospital, None, None, "derived_from_region"),
                (acme, None, None, "derived_from_region"),
                (acme_twin, Some("companies"), Some("2012-01-01"), "stated"),
            ] {
                memberships.push(vec![
                    cluster.into(), id.into(), college.into(), since.into(), none(), basis.into(), source.into(),
                    since.map(|_| 120_000i64).into(),
                ]);
            }
            memberships.write(transaction).await?;
            let projects = [Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7()];
            let mut batch = Batch::new(
                "INSERT INTO past_projects (id, reference, framework, acronym, title, starts, ends, partner_count, topic_inferred, source_id)",
                "",
            );
            for (project, acronym, starts) in
                [(projects[0], "ALPHA", "2015-01-01"), (projects[1], "BETA", "2016-01-01"), (projects[2], "GAMMA", "2016-05-01")]
            {
                batch.push(vec![
                    project.into(), acronym.into(), "H2020".into(), acronym.into(), "A <b>title</b>".into(), starts.into(),
                    "2019-12-31".into(), 3i64.into(), false.into(), source.into(),
                ]);
            }
            batch.write(transaction).await?;
            let mut batch = Batch::new("INSERT INTO participations (project_id, organisation_id, role, eu_contribution_cents)", "");
            for (project, id, role, cents) in [
                (projects[0], acme, "participant", Some(100i64)),
                (projects[0], acme_twin, "coordinator", Some(250)),
                (projects[0], pasteur, "participant", None),
                (projects[1], acme, "participant", None),
                (projects[1], pasteur, "coordinator", Some(7_000_000)),
                (projects[2], acme_twin, "participant", None),
                (projects[2], nameless, "coordinator", None),
            ] {
                batch.push(vec![project.into(), id.into(), role.into(), cents.into()]);
            }
            batch.write(transaction).await?;
            let mut batch = Batch::new("INSERT INTO project_concepts (project_id, concept_id, weight)", "");
            batch.push(vec![projects[1].into(), "pm".into(), 1.0.into()]);
            batch.write(transaction).await?;
            touch(transaction, NOW).await?;
            Ok(Network { pasteur, hospital, script, nameless, acme, acme_twin, shared_project: projects[0] })
        })
    }
    .await;
    let network = network.expect("the rows of the story fit the schema");
    assert!(app.part::<Catalogue>().refresh(&app.database).await.expect("the directory can be indexed"));
    network
}

/// The names on a list, in order.
async fn found(visitor: &Visitor, query: &str) -> Vec<String> {
    let answer = visitor.get(&format!("/api/organisations?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let page: serde_json::Value = serde_json::from_str(&answer.text).expect("the API answers JSON");
    let organisations = page["organisations"].as_array().expect("the page has organisations").clone();
    organisations.iter().map(|one| one["name"].as_str().unwrap_or_default().to_owned()).collect()
}

#[rstest]
#[tokio::test]
async fn organisations_are_found_in_both_languages(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let network = seed(&fresh.app).await;
    let visitor = Visitor::acting_as(&fresh.app, Role::ProjectOfficer).await;
    assert_eq!(found(&visitor, "q=hopital").await, ["Hôpital Necker"]);
    assert_eq!(found(&visitor, "q=pastuer").await, ["Institut Pasteur"], "a typing error");
    let three = found(&visitor, "q=m%C3%A9decine%20personnalis%C3%A9e").await;
    assert_eq!(three.len(), 3, "French words, a competence read from English texts: {three:?}");
    assert_eq!(found(&visitor, "q=personalised+medicine").await.len(), 3);
    assert_eq!(found(&visitor, "q=medecine+de+precision&country=FR&kind=sme").await, ["Acme Biotech"]);
    assert_eq!(found(&visitor, "q=222222222").await, ["Hôpital Necker"], "by its PIC");
    assert_eq!(found(&visitor, "concept=med&sort=name").await.len(), 3, "what is narrower counts too");
    assert_eq!(found(&visitor, "cluster=medicen&college=research").await, ["Institut Pasteur"]);
    assert_eq!(found(&visitor, "city=Paris&sort=name").await, ["Hôpital Necker", "Institut Pasteur"]);
    let named = found(&visitor, "").await;
    assert_eq!(named.len(), 5);
    let all = found(&visitor, "unnamed=yes").await;
    assert_eq!(all.last().map(String::as_str), Some("PIC 888888170"), "organisations without a name come last");

    let page = visitor.get("/organisations?lang=fr&q=pastuer").await;
    assert!(page.text.contains("orthographes voisines"), "{}", page.text);
    assert!(page.text.contains("Sciences médicales") || page.text.contains("sciences médicales"));
    let suggestions = visitor.get("/api/organisations/suggest?q=hop").await;
    assert!(suggestions.text.contains(&network.hospital.to_string()), "{}", suggestions.text);
    let concepts = visitor.get("/api/concepts/suggest?q=precision&lang=fr").await;
    assert!(concepts.text.contains("médecine personnalisée"), "{}", concepts.text);
    let bad = visitor.get("/organisations?page=many").await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    assert_eq!(visitor.get("/organisations?page=99999999999").await.status, StatusCode::OK);
}

#[rstest]
#[tokio::test]
async fn pages_show_facts_with_their_sources(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let network = seed(&fresh.app).await;
    let visitor = Visitor::acting_as(&fresh.app, Role::NetworkOfficer).await;
    let page = visitor.get(&format!("/organisations/{}", network.pasteur)).await;
    assert_eq!(page.status, StatusCode::OK);
    for said in
        ["Institut Pasteur", "111111111", "Medicen Paris Region", "12 July 2005", "BETA", "personalised medicine"]
    {
        assert!(page.text.contains(said), "{said} is on the page");
    }
    assert!(page.text.contains("at least") && page.text.contains("The register") && page.text.contains("inferred"));
    assert!(page.text.contains("€70,000"));
    assert!(!page.text.contains("<b>title"), "titles are escaped");
    let derived = visitor.get(&format!("/organisations/{}", network.hospital)).await;
    assert!(derived.text.contains("no source states this membership"));
    let evidence = visitor.get(&format!("/organisations/{}?concept=pm", network.pasteur)).await;
    assert!(evidence.text.contains("BETA") && !evidence.text.contains("ALPHA"), "only the projects that show it");
    let with = visitor.get(&format!("/organisations/{}?with={}", network.pasteur, network.acme_twin)).await;
    assert!(with.text.contains("ALPHA") && !with.text.contains("BETA"));
    let nameless = visitor.get(&format!("/organisations/{}", network.nameless)).await;
    assert!(nameless.text.contains("PIC 888888170") && nameless.text.contains("gives no name"));
    let script = visitor.get(&format!("/organisations/{}", network.script)).await;
    assert!(!script.text.contains("<script>alert") && script.text.contains("&lt;script&gt;alert"));
    let project = visitor.get(&format!("/past-projects/{}", network.shared_project)).await;
    assert!(project.text.contains("Acme Biotech SAS") && project.text.contains("Coordinator"));
    let drawing = visitor.get(&format!("/api/organisations/{}/network", network.pasteur)).await;
    assert!(drawing.text.contains("\"focus\":true") && drawing.text.contains("Acme Biotech SAS"));
    let timeline = visitor.get(&format!("/api/organisations/{}/timeline", network.pasteur)).await;
    assert!(timeline.text.contains("[\"2015\",\"2016\"]"), "{}", timeline.text);
    let map = visitor.get("/api/map?country=FR").await;
    assert!(map.text.contains("\"label\":\"Paris\"") && map.text.contains("\"weight\":2"), "{}", map.text);
    for path in ["/map", "/competences", "/concepts/pm", "/facilities", "/map?lang=fr&q=acme"] {
        assert_eq!(visitor.get(path).await.status, StatusCode::OK, "{path}");
    }
    for path in ["/concepts/nothing", &format!("/organisations/{}", OrganisationId::new())] {
        assert_eq!(visitor.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let csv = visitor.get("/organisations/export?format=csv&country=DE").await;
    assert!(csv.text.contains("'=<script>"), "a formula is disarmed: {}", csv.text);
    let json = visitor.get("/organisations/export?format=json&country=FR").await;
    assert!(json.text.contains("\"sources\"") && json.text.contains("Institut Pasteur"));
    let workbook = visitor.get("/organisations/export?format=xlsx").await;
    assert!(workbook.text.starts_with("PK"), "a workbook is a ZIP archive");
}

#[rstest]
#[tokio::test]
async fn a_record_is_corrected_by_those_who_may(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let network = seed(&fresh.app).await;
    let officer = Visitor::acting_as(&fresh.app, Role::ProjectOfficer).await;
    let edit = |id: OrganisationId| format!("/organisations/{id}/edit");
    let form = officer.get(&edit(network.pasteur)).await;
    assert!(form.text.contains("name=\"revision\" value=\"1\""), "{}", form.text);
    let refused = officer.get(&edit(network.script)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "no member of the officer's cluster");
    let region = Visitor::acting_as(&fresh.app, Role::NetworkOfficer).await;
    assert_eq!(region.post(&edit(network.pasteur), "revision=1&name=X&kind=sme").await.status, StatusCode::FORBIDDEN);

    let wrong = officer
        .post(&edit(network.pasteur), "revision=1&name=Institut+Pasteur&kind=hospital&website=javascript%3Aalert(1)")
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("This is no web address") && wrong.text.contains("javascript:alert(1)"));

    let saved = officer
        .post(
            &edit(network.pasteur),
            "revision=1&name=Institut+Pasteur+de+Paris&kind=research_organisation&website=www.pasteur.fr\
             &competence=m%C3%A9decine+de+pr%C3%A9cision&competence_id=&competence=organo%C3%AFdes&competence_id=",
        )
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let page = officer.get(&format!("/organisations/{}", network.pasteur)).await;
    for said in ["Institut Pasteur de Paris", "www.pasteur.fr", "vouched for", "organoïdes", "Statement of Medicen"] {
        assert!(page.text.contains(said), "{said}");
    }
    let clash = officer
        .post(&edit(network.pasteur), "revision=1&name=Pasteur&kind=research_organisation&website=www.pasteur.fr")
        .await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    assert!(
        clash.text.contains("Institut Pasteur de Paris") && clash.text.contains("value=\"Pasteur\""),
        "both versions"
    );
    assert!(clash.text.contains("name=\"revision\" value=\"2\""), "sent again it is a decision");
    let told: i64 = on!(fresh.app.database, pool => sqlx::query_scalar(
        "SELECT COUNT(*) FROM audit_entries WHERE action = 'correct' AND subject_id = $1",
    )
    .bind(network.pasteur.to_string())
    .fetch_one(pool)
    .await
    .unwrap());
    assert_eq!(told, 1);
    assert!(!fresh.app.part::<Catalogue>().is_fresh(&fresh.app.database).await.unwrap());
    let runner = corridor::app::runner(&fresh.app);
    while runner.run_one(&fresh.app.database, &fresh.app, fresh.app.clock).await.unwrap() {}
    assert!(
        fresh.app.part::<Catalogue>().is_fresh(&fresh.app.database).await.unwrap(),
        "the job builds the index again"
    );
    assert_eq!(found(&officer, "q=organoides").await, ["Institut Pasteur de Paris"]);
}

/// All rows of the tables that a merge touches, as text, in a fixed order.
async fn everything(database: &Database) -> Vec<String> {
    let mut all = Vec::new();
    macro_rules! rows {
        ($shape:ty, $text:literal) => {{
            let rows: Vec<$shape> = on!(database, pool => sqlx::query_as($text).fetch_all(pool).await.unwrap());
            all.extend(rows.into_iter().map(|row| format!("{row:?}")));
        }};
    }
    rows!(
        (Uuid, Option<String>, String, Option<String>, Option<f64>, i64, Option<Uuid>, i64, i64),
        "SELECT id, name, kind, city, lat, project_count, merged_into, revision, updated_at FROM organisations ORDER BY id"
    );
    rows!(
        (String, String, Uuid, Uuid, Option<String>),
        "SELECT scheme, value, organisation_id, source_id, observed_on FROM organisation_identifiers ORDER BY value"
    );
    rows!(
        (Uuid, String, String, Option<String>, Uuid),
        "SELECT organisation_id, name, kind, language, source_id FROM organisation_names ORDER BY organisation_id, name"
    );
    rows!(
        (Uuid, String, Uuid, String, Option<String>, bool, Option<String>),
        "SELECT organisation_id, field, source_id, value, qualifier, inferred, observed_on FROM organisation_statements
         ORDER BY organisation_id, field, value"
    );
    rows!(
        (Uuid, String, String, f64, i64, Uuid),
        "SELECT organisation_id, concept_id, basis, weight, project_count, source_id FROM organisation_competences
         ORDER BY organisation_id, concept_id, basis"
    );
    rows!(
        (Uuid, Uuid, Option<String>, Option<String>, Option<String>, String, Uuid, Option<i64>),
        "SELECT cluster_id, organisation_id, college, since, until, basis, source_id, fee_cents FROM memberships
         ORDER BY cluster_id, organisation_id"
    );
    rows!(
        (Uuid, Uuid, String, Option<i64>),
        "SELECT project_id, organisation_id, role, eu_contribution_cents FROM participations
         ORDER BY project_id, organisation_id"
    );
    all
}

#[rstest]
#[tokio::test]
async fn two_records_become_one_and_two_again(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let network = seed(&fresh.app).await;
    let (app, database) = (&fresh.app, &fresh.app.database);
    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let console = corridor::accounts::Actor::Console;
    assert!(officer.get("/organisations/duplicates").await.text.contains("being looked through"));
    assert!(app.part::<Duplicates>().refresh(app).await.unwrap());
    assert!(!app.part::<Duplicates>().refresh(app).await.unwrap(), "nothing has changed since");
    let pairs = candidates(app, &console).unwrap().unwrap();
    assert_eq!(pairs.len(), 1, "Acme Biotech SAS and ACME BIOTECH: {pairs:?}");
    assert!(officer.get("/organisations/duplicates").await.text.contains("Acme Biotech"));
    let path = format!("/organisations/{}/merge/{}", network.acme, network.acme_twin);
    let preview = officer.get(&path).await;
    assert_eq!(preview.status, StatusCode::OK);
    assert!(preview.text.contains("Acme Biotech SAS") && preview.text.contains("555555555"));
    let before = everything(database).await;

    let merged = officer.post(&path, "").await;
    assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.text);
    app.part::<Catalogue>().refresh(database).await.unwrap();
    assert_eq!(candidates(app, &console).unwrap().unwrap(), [], "what was merged is no pair any more");
    let old = officer.get(&format!("/organisations/{}", network.acme_twin)).await;
    assert_eq!(old.headers["location"], format!("/organisations/{}", network.acme));
    let page = officer.get(&format!("/organisations/{}", network.acme)).await;
    for said in ["444444444", "555555555", "Acme Biotech", "ALPHA", "BETA", "GAMMA"] {
        assert!(page.text.contains(said), "{said} is on the page of the kept record");
    }
    assert!(!page.text.contains("no source states this membership"), "the stated membership is kept, not the derived");
    let fee: Option<i64> = on!(database, pool => sqlx::query_scalar("SELECT fee_cents FROM memberships WHERE organisation_id = $1")
        .bind(network.acme)
        .fetch_one(pool)
        .await
        .unwrap());
    assert_eq!(fee, Some(120_000), "the fee moves with the membership");
    let shared: Vec<(String, Option<i64>)> = on!(database, pool => sqlx::query_as(
        "SELECT role, eu_contribution_cents FROM participations WHERE project_id = $1 AND organisation_id = $2",
    )
    .bind(network.shared_project)
    .bind(network.acme)
    .fetch_all(pool)
    .await
    .unwrap());
    assert_eq!(shared, [("coordinator".to_owned(), Some(350))], "one participation, nothing lost");
    app.part::<Catalogue>().refresh(database).await.unwrap();
    assert_eq!(found(&officer, "q=acme").await.len(), 1);
    assert_eq!(officer.post(&path, "").await.status, StatusCode::UNPROCESSABLE_ENTITY, "it was merged already");

    let actor = corridor::accounts::Actor::Console;
    let done = merge::merges_into(app, &actor, network.acme).await.unwrap();
    assert!(page.text.contains(&done[0].id.to_string()), "the undo button");
    let undone = officer.post(&format!("/merges/{}/undo", done[0].id), "").await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.text);
    assert_eq!(everything(database).await, before, "everything is as it was");
    assert_eq!(officer.post(&format!("/merges/{}/undo", done[0].id), "").await.status, StatusCode::NOT_FOUND);

    // Corrected in between, a merge is not undone silently.
    let id = merge::merge(app, &actor, network.acme, network.acme_twin).await.unwrap();
    let saved = officer.post(&format!("/organisations/{}/edit", network.acme), "revision=3&name=Acme&kind=sme").await;
    let state = saved.status;
    assert!(state == StatusCode::SEE_OTHER || state == StatusCode::CONFLICT);
    let revision: i64 = on!(database, pool => sqlx::query_scalar("SELECT revision FROM organisations WHERE id = $1")
        .bind(network.acme).fetch_one(pool).await.unwrap());
    if state == StatusCode::CONFLICT {
        let form = format!("revision={revision}&name=Acme&kind=sme");
        let again = officer.post(&format!("/organisations/{}/edit", network.acme), &form).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
    }
    let stopped = merge::undo(app, &actor, id).await;
    assert!(matches!(stopped, Err(Error::Clash(_))), "{stopped:?}");
    let member = Visitor::acting_as(app, Role::MemberContact).await;
    assert_eq!(member.post(&path, "").await.status, StatusCode::FORBIDDEN);
}

#[rstest]
#[tokio::test]
async fn the_index_is_read_back_at_the_next_start(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    seed(&fresh.app).await;
    let reopened = Catalogue::open(&fresh.app.var);
    assert!(reopened.is_fresh(&fresh.app.database).await.unwrap());
    assert!(!reopened.refresh(&fresh.app.database).await.unwrap(), "nothing is built twice");
    let selection = Selection { q: "necker".to_owned(), ..Selection::default() };
    assert_eq!(reopened.snapshot().select(&Default::default(), &selection).unwrap().positions.len(), 1);
    std::fs::write(fresh.app.var.join("directory").join("current"), "1-../../etc").unwrap();
    assert!(Catalogue::open(&fresh.app.var).snapshot().entries.is_empty(), "only what Corridor wrote is followed");
    std::fs::write(fresh.app.var.join("directory").join("current"), "1-123").unwrap();
    assert!(Catalogue::open(&fresh.app.var).snapshot().entries.is_empty(), "a lost index is built again");
}

#[test]
fn pages_escape_any_name() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (fresh, network, visitor) = runtime.block_on(async {
        let fresh = fresh(Engine::Sqlite).await;
        let network = seed(&fresh.app).await;
        let visitor = Visitor::acting_as(&fresh.app, Role::ProjectOfficer).await;
        (fresh, network, visitor)
    });
    let mut tests = proptest::test_runner::TestRunner::new(ProptestConfig { cases: 24, ..ProptestConfig::default() });
    let names = "[<>\"'&][<>\"'&{}%a-z/= #]{0,30}";
    let outcome = tests.run(&names, |dangerous| {
        let name = format!("zqx{dangerous}");
        runtime.block_on(async {
            let renamed: Result<(), Error> = async {
                transact!(fresh.app.database, transaction => {
                    corridor::execute!(transaction, sqlx::query("UPDATE organisations SET name = $2 WHERE id = $1")
                        .bind(network.acme)
                        .bind(&name));
                    touch(transaction, NOW).await
                })
            }
            .await;
            renamed.unwrap();
            fresh.app.part::<Catalogue>().refresh(&fresh.app.database).await.unwrap();
        });
        let paths = [
            format!("/organisations/{}", network.acme),
            format!("/organisations/{}/edit", network.acme),
            "/organisations?country=FR".to_owned(),
            format!("/organisations/{}/merge/{}", network.acme, network.pasteur),
            format!("/past-projects/{}", network.shared_project),
        ];
        for path in paths {
            let answer = runtime.block_on(visitor.get(&path));
            prop_assert_eq!(answer.status, StatusCode::OK, "{}", path);
            prop_assert!(answer.text.contains("zqx&"), "the name is on {}", path);
            for sign in ["<", ">", "\"", "'"] {
                let raw = format!("zqx{sign}");
                prop_assert!(!answer.text.contains(&raw), "{} on {}", raw, path);
            }
        }
        Ok(())
    });
    outcome.unwrap();
}
