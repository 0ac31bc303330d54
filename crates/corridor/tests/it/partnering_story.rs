//! Partnering: who fits a topic or an idea, with reasons that add up, in both languages, kept ready on disk.

use std::{path::Path, sync::Arc};

use axum::http::StatusCode;
use corridor::directory::search::Catalogue;
use corridor::partnering::Index;
use corridor::{
    accounts::{self, Actor, Role, Shared},
    calls,
    directory::OrganisationId,
    foundation::{
        database::{Batch, Value},
        errors::Error,
        ids::SourceId,
        languages::Language,
    },
    partnering::{self, Question},
    transact,
};
use rstest::rstest;

use crate::{
    databases::{Engine, fresh, open},
    visitors::{Visitor, prepare_people},
};

/// The organisations of these stories by name.
struct People {
    toxicology: OrganisationId,
    partner: OrganisationId,
    farmer: OrganisationId,
    newcomer: OrganisationId,
}

/// Four organisations: one that did toxicology twice, its partner in one of these, one that grows wheat, and one that has
/// no project but declares what it can do, vouched for by the cluster `medicen`, of which it is a member.
async fn put_directory(app: &Shared) -> People {
    let people = People {
        toxicology: OrganisationId::new(),
        partner: OrganisationId::new(),
        farmer: OrganisationId::new(),
        newcomer: OrganisationId::new(),
    };
    let medicen = accounts::clusters(&app.database).await.unwrap()[0].id;
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            let source = SourceId::new();
            let mut batch =
                Batch::new("INSERT INTO sources (id, slug, name, publisher, licence, attribution, url, dated)", "");
            let mut row: Vec<Value> = vec![source.into()];
            row.extend(["test", "Test", "", "", "", "", ""].map(Value::from));
            batch.push(row);
            batch.write(transaction).await?;
            let mut batch = Batch::new(
                "INSERT INTO organisations (id, name, name_key, kind, country, project_count, revision, created_at, updated_at)",
                "",
            );
            for (id, name, kind, country, projects) in [
                (people.toxicology, Some("Institute of <Toxicology>"), "research_organisation", "FR", 2i64),
                (people.partner, Some("Leuven Proof"), "sme", "DE", 1),
                (people.farmer, None, "university", "FR", 1),
                (people.newcomer, Some("Nouvelle Toxicologie"), "sme", "FR", 0),
            ] {
                batch.push(vec![
                    id.into(), name.into(), "".into(), kind.into(), country.into(), projects.into(), 1i64.into(),
                    0i64.into(), 0i64.into(),
                ]);
            }
            batch.write(transaction).await?;
            let mut batch = Batch::new(
                "INSERT INTO organisation_identifiers (scheme, value, organisation_id, source_id, observed_on)", "",
            );
            for (scheme, value, id) in [("pic", "999999999", people.farmer), ("siren", "552100554", people.toxicology)] {
                batch.push(vec![scheme.into(), value.into(), id.into(), source.into(), None::<&str>.into()]);
            }
            batch.write(transaction).await?;
            let projects = [
                ("TOXI", "Toxicology of medicines", "Predictive toxicology models that replace animal studies in drug safety.",
                 vec![people.toxicology, people.partner]),
                ("ORGAN", "Liver toxicity on chips", "Organ models and artificial intelligence to foresee the toxicity of drugs.",
                 vec![people.toxicology]),
                ("WHEAT", "Wheat in dry soils", "Breeding of wheat for dry soils and better harvests.", vec![people.farmer]),
            ];
            let mut batch = Batch::new(
                "INSERT INTO past_projects (id, reference, framework, acronym, title, objective, programme_part, starts, partner_count, source_id, topic_inferred)",
                "",
            );
            let mut members = Batch::new(
                "INSERT INTO participations (project_id, organisation_id, role)", "",
            );
            for (place, (acronym, title, objective, who)) in projects.into_iter().enumerate() {
                let id = uuid::Uuid::now_v7();
                batch.push(vec![
                    id.into(), format!("h2020-{place}").into(), "H2020".into(), acronym.into(), title.into(),
                    objective.into(), "SC1".into(), "2018-01-01".into(), (who.len() as i64).into(), source.into(),
                    false.into(),
                ]);
                for organisation in who {
                    members.push(vec![id.into(), organisation.into(), "participant".into()]);
                }
            }
            batch.write(transaction).await?;
            members.write(transaction).await?;
            let mut batch = Batch::new(
                "INSERT INTO organisation_declarations (id, organisation_id, text, vouched_by, source_id, observed_on)", "",
            );
            batch.push(vec![
                uuid::Uuid::now_v7().into(), people.newcomer.into(),
                "Modèles prédictifs de toxicologie pour la sécurité des médicaments".into(),
                medicen.into(), source.into(), None::<&str>.into(),
            ]);
            batch.write(transaction).await?;
            let mut batch = Batch::new(
                "INSERT INTO memberships (cluster_id, organisation_id, college, since, until, basis, source_id)", "",
            );
            batch.push(vec![
                medicen.into(), people.newcomer.into(), None::<&str>.into(), None::<&str>.into(), None::<&str>.into(),
                "stated".into(), source.into(),
            ]);
            batch.write(transaction).await?;
            corridor::directory::search::touch(transaction, app.clock.now()).await
        })
    }
    .await;
    written.unwrap();
    people
}

fn question(text: &str) -> Question {
    Question { text: text.to_owned(), unnamed: true, limit: 10, ..Question::default() }
}

async fn ranked(app: &Shared, question: &Question, language: Language) -> Vec<partnering::Fit> {
    let built = partnering::ready(app).await.unwrap();
    let fits = partnering::rank(app, &Actor::Console, &built, question, language).await.unwrap();
    for fit in &fits {
        let sum: f64 = fit.reasons.iter().map(|reason| reason.share).sum();
        assert_eq!(sum, fit.score, "the reasons of {} add up exactly", fit.name);
        assert!((0.0..=1.0).contains(&fit.score));
    }
    assert!(fits.windows(2).all(|pair| question.newcomers_first || pair[0].score >= pair[1].score));
    fits
}

#[rstest]
#[tokio::test]
async fn who_did_it_comes_first_with_reasons_that_add_up(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let people = put_directory(app).await;

    for text in ["predictive toxicology of drugs", "toxicologie prédictive des médicaments"] {
        let fits = ranked(app, &question(text), Language::Fr).await;
        assert!(fits.iter().any(|fit| fit.id == people.newcomer && fit.newcomer), "{text}: newcomers are found");
        let tox = fits.iter().position(|fit| fit.id == people.toxicology).expect(text);
        let wheat = fits.iter().position(|fit| fit.id == people.farmer).unwrap_or(usize::MAX);
        assert!(tox < wheat, "{text}: {fits:?}");
    }
    let fits = ranked(app, &question("predictive toxicology of drugs"), Language::En).await;
    let tox = fits.iter().find(|fit| fit.id == people.toxicology).unwrap();
    assert!(
        tox.reasons.iter().any(|reason| reason.text.contains("TOXI (2018)") && !reason.named.is_empty()),
        "{tox:?}"
    );
    let newcomer = fits.iter().find(|fit| fit.id == people.newcomer).unwrap();
    assert!(newcomer.reasons[0].text.contains("vouched for by Medicen"), "{newcomer:?}");

    let with = Question { with: vec![people.toxicology], ..question("toxicology of drugs") };
    let fits = ranked(app, &with, Language::Fr).await;
    assert!(fits.iter().all(|fit| fit.id != people.toxicology), "who is in is not proposed");
    let partner = fits.iter().find(|fit| fit.id == people.partner).unwrap();
    let joint = "un projet commun avec Institute of <Toxicology>, déjà dans l’équipe";
    assert!(partner.reasons.iter().any(|reason| reason.text.starts_with(joint)), "{partner:?}");

    let french = Question { countries: vec!["FR".to_owned()], ..question("toxicology of drugs") };
    assert!(ranked(app, &french, Language::En).await.iter().all(|fit| fit.country == "FR"));
    let named = Question { unnamed: false, ..question("wheat harvests in dry soils") };
    assert!(ranked(app, &named, Language::En).await.iter().all(|fit| fit.id != people.farmer));
    let members =
        Question { cluster: Some(partnering::cluster(app, "medicen").await.unwrap()), ..question("toxicology") };
    let ids: Vec<OrganisationId> = ranked(app, &members, Language::En).await.iter().map(|fit| fit.id).collect();
    assert_eq!(ids, [people.newcomer]);
    let first = Question { newcomers_first: true, ..question("toxicology of drugs") };
    assert_eq!(ranked(app, &first, Language::En).await[0].id, people.newcomer);

    let built = partnering::ready(app).await.unwrap();
    for (word, id) in [
        ("institute of toxicology", people.toxicology),
        ("552 100 554", people.toxicology),
        ("999999999", people.farmer),
        (&people.partner.to_string(), people.partner),
    ] {
        assert_eq!(partnering::resolve(app, &Actor::Console, &built, word).await.unwrap(), id, "{word}");
    }
    let unknown = partnering::resolve(app, &Actor::Console, &built, "Nobody Knows").await.unwrap_err();
    assert!(unknown.to_string().contains("Nobody Knows"), "{unknown}");
    let near = partnering::similar_projects(&Actor::Console, &built, "toxicology of drugs", 5).await.unwrap();
    assert!(near.iter().any(|(project, _)| project.acronym.as_deref() == Some("TOXI")));
}

#[rstest]
#[tokio::test]
async fn the_ranking_is_kept_and_follows_the_directory(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    assert!(app.part::<Index>().current().is_none());
    let people = put_directory(app).await;
    assert!(app.part::<Index>().refresh(&app.database).await.unwrap());
    assert!(!app.part::<Index>().refresh(&app.database).await.unwrap(), "nothing changed: nothing is built");
    let before = ranked(app, &question("toxicology of drugs"), Language::En).await;

    // Another process on the same folder reads what this one built, and answers the same.
    let second = open(&fresh.url, &fresh.folder).await;
    let file = fresh.folder.join("partnering.index");
    let written = std::fs::metadata(&file).unwrap().modified().unwrap();
    assert_eq!(ranked(&second, &question("toxicology of drugs"), Language::En).await, before);
    assert_eq!(std::fs::metadata(&file).unwrap().modified().unwrap(), written, "read, not built again");

    let merged: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute(transaction, people.partner, people.toxicology).await?;
            corridor::directory::search::touch(transaction, app.clock.now()).await
        })
    }
    .await;
    merged.unwrap();
    assert!(!app.part::<Index>().is_fresh(&app.database).await.unwrap());
    assert!(app.part::<Index>().refresh(&app.database).await.unwrap());
    let after = ranked(app, &question("toxicology of drugs"), Language::En).await;
    assert!(after.iter().all(|fit| fit.id != people.partner), "who was merged is not proposed");

    // A damaged file is built again, not believed.
    std::fs::write(&file, b"fits-003 and then something else").unwrap();
    let third = open(&fresh.url, &fresh.folder).await;
    assert_eq!(ranked(&third, &question("toxicology of drugs"), Language::En).await, after);
}

async fn execute(
    transaction: &mut corridor::foundation::database::Transaction,
    merged: OrganisationId,
    kept: OrganisationId,
) -> Result<(), Error> {
    corridor::execute!(
        transaction,
        sqlx::query("UPDATE organisations SET merged_into = $2 WHERE id = $1").bind(merged).bind(kept)
    );
    Ok(())
}

#[rstest]
#[tokio::test]
async fn pages_and_programs_see_the_same_ranking(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app: &Arc<_> = &fresh.app;
    prepare_people(app).await;
    let people = put_directory(app).await;
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    calls::import(app, &Actor::Console, &pack, &|_, _, _| {}).await.unwrap();
    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let topic = "HORIZON-JU-IHI-2026-13-two-stage-02";

    let waiting = officer.get(&format!("/calls/{topic}/partners?lang=fr")).await;
    assert_eq!(waiting.status, StatusCode::OK);
    assert!(waiting.text.contains("en cours de construction"), "a page never waits for the index: {}", waiting.text);
    app.part::<Catalogue>().refresh(&app.database).await.unwrap();
    app.part::<Index>().refresh(&app.database).await.unwrap();

    let page = officer.get(&format!("/calls/{topic}/partners?lang=fr&country=FR")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("Institute of &lt;Toxicology&gt;"), "names are escaped: {}", page.text);
    assert!(!page.text.contains("Leuven Proof"), "only France was asked for");
    let api = officer.get(&format!("/api/rank?topic={topic}&country=FR")).await;
    let api: serde_json::Value = serde_json::from_str(&api.text).unwrap();
    assert_eq!(api["topic"], topic);
    let first = &api["organisations"][0];
    assert_eq!(first["rank"], 1);
    let sum: f64 = first["reasons"].as_array().unwrap().iter().map(|reason| reason["share"].as_f64().unwrap()).sum();
    assert_eq!(Some(sum), first["score"].as_f64());

    let with = officer.get(&format!("/calls/{topic}/partners?lang=fr&with={}", people.toxicology)).await;
    assert!(with.text.contains("déjà dans l’équipe") && with.text.contains("Leuven Proof"), "{}", with.text);
    let typed = officer.get("/partners?lang=en&text=toxicology&with=Nobody+Knows&exclude=Leuven+Proof").await;
    assert!(typed.text.contains("Not found") && typed.text.contains("Nobody Knows"), "{}", typed.text);
    assert!(!typed.text.contains("<h3><a href=\"/organisations/") || !typed.text.contains(">Leuven Proof</a></h3>"));
    for path in ["/partners", "/partners?text=%3Cscript%3Ealert(1)%3C%2Fscript%3E"] {
        let page = officer.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.text.contains("<script>alert"), "{path}");
    }
    for path in ["partners/short", "projects", "projects/short"] {
        let page = officer.get(&format!("/calls/{topic}/{path}?lang=fr")).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text);
        assert!(page.text.contains("TOXI") || page.text.contains("Toxicology"), "{path}: {}", page.text);
    }
    assert_eq!(officer.get("/calls/NO-SUCH/partners").await.status, StatusCode::NOT_FOUND);
    assert_eq!(officer.get("/api/rank").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(officer.get("/api/rank?text=x&with=Nobody").await.status, StatusCode::NOT_FOUND);
}
