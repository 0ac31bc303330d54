//! Data in: the packaged data and broken files, on both engines.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use corridor::{
    accounts::{self, Actor, ClusterRef, Role, Shared},
    directory::{
        self,
        imports::{self, Counts, Intake, Outcome, members},
        search,
    },
    foundation::database::Database,
    on,
};
use rstest::rstest;

use crate::{
    databases::{Engine, Fresh, fresh},
    visitors::Visitor,
};

/// Where the fixtures are.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn silent(_: &str, _: u64, _: u64) {}

/// What an importer is given.
pub fn intake(app: &Shared, again: bool) -> Intake<'_> {
    Intake { database: &app.database, clock: app.clock, again, report: &silent }
}

/// Imports the packaged data of the tests.
pub async fn import_pack(app: &Shared, again: bool) -> Vec<Outcome> {
    imports::import_pack(intake(app, again), &Actor::Console, &fixtures().join("pack"))
        .await
        .expect("the pack can be imported")
}

/// Everything that an import writes, by natural keys: equal for databases that say the same.
pub async fn contents(database: &Database) -> BTreeMap<&'static str, Vec<String>> {
    const QUERIES: &[(&str, &str)] = &[
        (
            "organisations",
            "SELECT i.scheme || ' ' || i.value || ' ' || COALESCE(o.name, '-') || ' ' || o.kind || ' ' || COALESCE(o.country, '-')
             || ' ' || COALESCE(o.city, '-') || ' ' || CAST(o.project_count AS TEXT)
             FROM organisation_identifiers i JOIN organisations o ON o.id = i.organisation_id",
        ),
        (
            "statements",
            "SELECT COALESCE(o.slug, i.value, '-') || ' ' || s.field || ' ' || s.value || ' ' || sources.slug
             FROM organisation_statements s JOIN sources ON sources.id = s.source_id JOIN organisations o ON o.id = s.organisation_id
             LEFT JOIN organisation_identifiers i ON i.organisation_id = s.organisation_id AND i.scheme = 'pic'",
        ),
        ("names", "SELECT COALESCE(o.name, '-') || ' ' || n.name || ' ' || n.kind FROM organisation_names n JOIN organisations o ON o.id = n.organisation_id"),
        (
            "projects",
            "SELECT reference || ' ' || COALESCE(title, '-') || ' ' || COALESCE(CAST(eu_contribution_cents AS TEXT), '-') FROM past_projects",
        ),
        (
            "participations",
            "SELECT p.reference || ' ' || i.value || ' ' || a.role || ' ' || COALESCE(CAST(a.eu_contribution_cents AS TEXT), '-')
             FROM participations a JOIN past_projects p ON p.id = a.project_id
             JOIN organisation_identifiers i ON i.organisation_id = a.organisation_id AND i.scheme = 'pic'",
        ),
        ("registry", "SELECT value || ' ' || name || ' ' || kind FROM registry_entries"),
        ("concepts", "SELECT concept_id || ' ' || language || ' ' || label FROM concept_labels"),
        (
            "memberships",
            "SELECT c.slug || ' ' || COALESCE(o.name, '-') || ' ' || m.basis || ' ' || COALESCE(m.college, '-') || ' ' || COALESCE(m.since, '-')
             FROM memberships m JOIN clusters c ON c.id = m.cluster_id JOIN organisations o ON o.id = m.organisation_id",
        ),
        (
            "competences",
            "SELECT COALESCE(o.name, '-') || ' ' || c.concept_id || ' ' || c.basis || ' ' || CAST(c.project_count AS TEXT)
             FROM organisation_competences c JOIN organisations o ON o.id = c.organisation_id",
        ),
        ("declarations", "SELECT COALESCE(o.name, '-') || ' ' || d.text FROM organisation_declarations d JOIN organisations o ON o.id = d.organisation_id"),
    ];
    let mut contents = BTreeMap::new();
    for (what, query) in QUERIES {
        let mut rows: Vec<String> =
            on!(database, pool => sqlx::query_scalar(*query).fetch_all(pool).await.expect(what));
        rows.sort();
        contents.insert(*what, rows);
    }
    contents
}

/// The first column of the first row of a query.
pub async fn one<T>(app: &Shared, query: &'static str) -> T
where
    T: for<'r> sqlx::Decode<'r, sqlx::Sqlite>
        + sqlx::Type<sqlx::Sqlite>
        + for<'r> sqlx::Decode<'r, sqlx::Postgres>
        + sqlx::Type<sqlx::Postgres>
        + Send
        + Unpin,
{
    on!(app.database, pool => sqlx::query_scalar(query).fetch_one(pool).await.expect(query))
}

/// The first cluster by name.
pub async fn cluster(app: &Shared) -> ClusterRef {
    crate::visitors::prepare_people(app).await;
    accounts::clusters(&app.database).await.unwrap().remove(0)
}

/// Imports a list of members that stands in memory.
pub async fn import_bytes(
    app: &Shared,
    cluster: &ClusterRef,
    file: &str,
    bytes: Vec<u8>,
) -> Result<Outcome, corridor::foundation::errors::Error> {
    members::import(app, &Actor::Console, cluster, file, bytes, &[], false, false).await.map(|(outcome, _)| outcome)
}

#[rstest]
#[tokio::test]
async fn the_pack_is_imported_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Fresh { app, .. } = &fresh(engine).await;
    let first = import_pack(app, false).await;
    let by_kind: BTreeMap<&str, Counts> = first.iter().map(|outcome| (outcome.kind.as_str(), outcome.counts)).collect();
    assert_eq!(by_kind["cordis.organisations"].created, 272);
    assert_eq!(by_kind["cordis.projects"].created, 150);
    assert_eq!(by_kind["cordis.participations"].created, 1672);
    assert_eq!(by_kind["ror.entries"].created, 200);
    assert_eq!(by_kind["world"].created + by_kind["world"].changed, 131);
    assert!(first.iter().all(|outcome| outcome.counts.refused == 0), "{first:?}");
    let contents_before = contents(&app.database).await;
    assert!(contents_before.values().all(|rows| !rows.is_empty()), "every table has rows");
    let version = search::last_change(&app.database).await.unwrap();
    assert!(!version.is_empty());

    let second = import_pack(app, false).await;
    assert!(second.iter().all(|outcome| outcome.known), "{second:?}");
    assert_eq!(contents(&app.database).await, contents_before);
    assert_eq!(search::last_change(&app.database).await.unwrap(), version, "nothing that is built is stale");

    let forced = import_pack(app, true).await;
    for outcome in forced.iter().filter(|outcome| !outcome.kind.starts_with("derived")) {
        assert_eq!((outcome.counts.created, outcome.counts.changed), (0, 0), "{outcome:?}");
    }
    assert_eq!(contents(&app.database).await, contents_before);
}

#[rstest]
#[tokio::test]
async fn facts_keep_their_source(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Fresh { app, .. } = &fresh(engine).await;
    import_pack(app, false).await;
    let named: i64 = one(
        app,
        "SELECT COUNT(*) FROM organisation_statements s JOIN sources ON sources.id = s.source_id
         WHERE sources.licence = '' OR sources.attribution = '' OR sources.dated = ''",
    )
    .await;
    assert_eq!(named, 0, "every source says its licence, its date and the words to show");
    let concluded: i64 = one(
        app,
        "SELECT COUNT(*) FROM organisation_statements s JOIN sources ON sources.id = s.source_id
         WHERE sources.slug = 'inference' AND NOT s.inferred",
    )
    .await;
    assert_eq!(concluded, 0, "what Corridor concludes is marked");
    let derived: i64 = one(app, "SELECT COUNT(*) FROM memberships WHERE basis = 'derived_from_region'").await;
    assert!(derived > 0);
    let elsewhere: i64 = one(
        app,
        "SELECT COUNT(*) FROM memberships m JOIN organisations o ON o.id = m.organisation_id
         WHERE m.basis = 'derived_from_region' AND o.country <> 'FR'",
    )
    .await;
    assert_eq!(elsewhere, 0);
    let founders: i64 = one(
        app,
        "SELECT COUNT(*) FROM memberships m JOIN clusters c ON c.id = m.cluster_id WHERE c.slug = 'lyonbiopole' AND m.basis = 'stated'",
    )
    .await;
    assert_eq!(founders, 6);
    let linked: i64 = one(app, "SELECT COUNT(*) FROM organisation_identifiers WHERE scheme = 'ror'").await;
    assert!(linked >= 60, "{linked} of 94 records of organisations of the pack are linked");
    let facilities: i64 = one(app, "SELECT COUNT(*) FROM facilities WHERE operator_id IS NOT NULL").await;
    assert!(facilities > 0);
    imports::prepare_demonstration(&app.database, app.clock, "medicen").await.unwrap();
    let speaks: i64 =
        one(app, "SELECT COUNT(*) FROM roles WHERE role = 'member_contact' AND organisation_id IS NOT NULL").await;
    assert_eq!(speaks, 1, "the member speaks for an organisation");
}

#[rstest]
#[tokio::test]
async fn a_changed_file_changes_only_what_it_wrote_itself(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Fresh { app, folder, .. } = &fresh(engine).await;
    let list = folder.join("cordis");
    std::fs::create_dir_all(&list).unwrap();
    let header =
        "pic,name,short_name,type,sme,country,city,postcode,address,lat,lon,geo_precision,url,vat,n_projects,source\n";
    let write = |rows: &str| std::fs::write(list.join("organisations.csv"), format!("{header}{rows}")).unwrap();
    let import = || imports::cordis::import_organisations(intake(app, false), &list);
    write(
        "912345678,NOVALYS,,PRC,,FR,Lyon,69007,,,,,,,1,test\n923456789,HAUTE-COMBE,,HES,,FR,Annecy,74000,,,,,,,1,test\n",
    );
    assert_eq!(import().await.unwrap().counts.created, 2);
    let corrected: Result<(), corridor::foundation::errors::Error> = async {
        corridor::transact!(app.database, transaction => {
            corridor::execute!(transaction, sqlx::query("UPDATE organisations SET city = 'Villeurbanne' WHERE name = 'NOVALYS'"));
            Ok(())
        })
    }
    .await;
    corrected.unwrap();
    write(
        "912345678,NOVALYS,,PRC,true,FR,Oullins,69600,,,,,,,1,test\n923456789,HAUTE-COMBE,,HES,,FR,Chambery,73000,,,,,,,1,test\n",
    );
    let counts = import().await.unwrap().counts;
    assert_eq!((counts.created, counts.changed), (0, 2));
    let rows: Vec<(String, String, String)> = on!(app.database, pool => sqlx::query_as(
        "SELECT name, kind, city FROM organisations ORDER BY name",
    )
    .fetch_all(pool)
    .await
    .unwrap());
    let rows: Vec<(&str, &str, &str)> = rows.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
    assert_eq!(
        rows,
        [("HAUTE-COMBE", "university", "Chambery"), ("NOVALYS", "sme", "Villeurbanne")],
        "a correction by a person stays"
    );
}

/// What the record of the organisation with this PIC shows: name, kind, website, city.
async fn shown(app: &Shared, pic: &str) -> (String, String, Option<String>, String) {
    on!(app.database, pool => sqlx::query_as(
        "SELECT name, kind, website, city FROM organisations o JOIN organisation_identifiers i ON i.organisation_id = o.id
         WHERE i.scheme = 'pic' AND i.value = $1",
    )
    .bind(pic)
    .fetch_one(pool)
    .await
    .unwrap())
}

#[rstest]
#[tokio::test]
async fn what_a_person_corrected_stays_whatever_is_imported(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Fresh { app, folder, .. } = &fresh(engine).await;
    let cluster = cluster(app).await;
    let list = folder.join("cordis");
    std::fs::create_dir_all(&list).unwrap();
    let write = |row: &str| {
        let header = "pic,name,short_name,type,sme,country,city,postcode,address,lat,lon,geo_precision,url,vat,n_projects,source";
        std::fs::write(list.join("organisations.csv"), format!("{header}\n912345678,{row},,,1,test\n")).unwrap();
    };
    let import = async || imports::cordis::import_organisations(intake(app, false), &list).await.unwrap().counts;
    let of_list = async |name: &str, row: &str| {
        let text = format!("nom;pic;nature;site web;college;adhésion;cotisation\n{row}\n");
        import_bytes(app, &cluster, name, text.into_bytes()).await.unwrap()
    };
    write("NOVALYS,,PRC,,FR,Lyon,69007,,,,");
    assert_eq!(import().await.created, 1);
    of_list("first.csv", "NOVALYS;912345678;;https://old.example;Entreprises;2018-03-12;1200").await;
    assert_eq!(shown(app, "912345678").await.2.as_deref(), Some("https://old.example"));

    // Corrected to what another list says (the name), to «other» (the kind), and to nothing (the website).
    let id: uuid::Uuid = one(app, "SELECT id FROM organisations WHERE name = 'NOVALYS'").await;
    let revision: i64 = one(app, "SELECT revision FROM organisations WHERE name = 'NOVALYS'").await;
    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let form = format!("revision={revision}&name=NOVALYS+SANTE&kind=other&website=&description=");
    let saved = officer.post(&format!("/organisations/{id}/edit"), &form).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    let corrected = |city: &str| ("NOVALYS SANTE".to_owned(), "other".to_owned(), None, city.to_owned());
    assert_eq!(shown(app, "912345678").await, corrected("Lyon"));
    let page = officer.get(&format!("/organisations/{id}")).await.text;
    assert!(page.contains("NOVALYS SANTE"), "{page}");

    // The register agrees at first, then says something else: the correction is no value of the register's own.
    write("NOVALYS SANTE,,PRC,true,FR,Lyon,69007,,,,");
    import().await;
    write("NOVALYS GROUP,,HES,,FR,Oullins,69600,,,,");
    assert_eq!(import().await.changed, 1);
    assert_eq!(shown(app, "912345678").await, corrected("Oullins"), "only the city, which nobody corrected, follows");
    of_list("second.csv", "Novalys SA;912345678;PME;https://new.example;Entreprises;2018-03-12;1200").await;
    assert_eq!(shown(app, "912345678").await, corrected("Oullins"));
    let registry = folder.join("ror.jsonl");
    std::fs::write(
        &registry,
        "{\"id\":\"https://ror.org/0495fxg12\",\"names\":[{\"value\":\"Novalys Santé\",\"lang\":\"fr\",\"types\":[\"label\",\"ror_display\"]}],\
         \"types\":[\"healthcare\"],\"country_code\":\"FR\",\"city\":\"Oullins\",\"lat\":45.7,\"lon\":4.8,\
         \"links\":[{\"type\":\"website\",\"value\":\"https://ror.example\"}]}\n",
    )
    .unwrap();
    let outcomes = imports::ror::import(intake(app, false), &registry).await.unwrap();
    assert_eq!(outcomes[1].counts.created, 1, "linked by the corrected name: {outcomes:?}");
    assert_eq!(shown(app, "912345678").await, corrected("Oullins"), "a correction in capitals is none to be respelt");
    let said: i64 = one(app, "SELECT COUNT(DISTINCT value) FROM organisation_statements WHERE field = 'name'").await;
    assert!(said >= 4, "what the sources say is kept beside: {said}");
}

#[rstest]
#[tokio::test]
async fn two_registered_bodies_that_were_merged_do_not_take_turns(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Fresh { app, folder, .. } = &fresh(engine).await;
    crate::visitors::prepare_people(app).await;
    let list = folder.join("cordis");
    std::fs::create_dir_all(&list).unwrap();
    let import = async |first: &str| {
        let header = "pic,name,short_name,type,sme,country,city,postcode,address,lat,lon,geo_precision,url,vat,n_projects,source";
        let rows = format!(
            "912345678,{first},,PRC,,FR,Lyon,,,,,,,,1,test\n923456789,NOVALYS BIS,,PRC,,FR,Nantes,,,,,,,,1,test"
        );
        std::fs::write(list.join("organisations.csv"), format!("{header}\n{rows}\n")).unwrap();
        imports::cordis::import_organisations(intake(app, true), &list).await.unwrap().counts
    };
    import("NOVALYS").await;
    let of = async |name: &'static str| -> directory::OrganisationId {
        on!(app.database, pool => sqlx::query_scalar("SELECT id FROM organisations WHERE name = $1")
            .bind(name)
            .fetch_one(pool)
            .await
            .unwrap())
    };
    directory::merge::merge(app, &Actor::Console, of("NOVALYS").await, of("NOVALYS BIS").await).await.unwrap();
    assert_eq!(import("NOVALYS").await.changed, 0, "a merge changes nothing of what the register states");
    assert_eq!(import("NOVALYS SAS").await.changed, 1);
    let before = contents(&app.database).await;
    assert_eq!(import("NOVALYS SAS").await.changed, 0);
    assert_eq!(contents(&app.database).await, before);
}

#[rstest]
#[tokio::test]
async fn a_stated_membership_outlives_what_is_derived_and_what_documents_say(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Fresh { app, .. } = &fresh(engine).await;
    import_pack(app, false).await;
    let cluster = accounts::clusters(&app.database).await.unwrap().into_iter().find(|one| one.slug == "lyonbiopole");
    let cluster = cluster.expect("the network has the cluster");
    let members = async |basis: &'static str| -> Vec<(String, String)> {
        on!(app.database, pool => sqlx::query_as(
            "SELECT i.value, o.name FROM memberships m JOIN organisations o ON o.id = m.organisation_id
             JOIN organisation_identifiers i ON i.organisation_id = o.id AND i.scheme = 'pic'
             WHERE m.cluster_id = $1 AND m.basis = $2 ORDER BY i.value",
        )
        .bind(cluster.id)
        .bind(basis)
        .fetch_all(pool)
        .await
        .unwrap())
    };
    let (derived, founders) = (members("derived_from_region").await, members("stated").await);
    let (derived, founder) = (&derived[0], &founders[0]);
    let list = format!(
        "nom;pic;college;adhésion;fin d'adhésion;cotisation\n{};{};Entreprises;2018-03-12;2024-12-31;1200\n{};{};Recherche;2006-01-01;;800\n",
        derived.1, derived.0, founder.1, founder.0
    );
    assert_eq!(import_bytes(app, &cluster, "list.csv", list.into_bytes()).await.unwrap().counts.changed, 2);
    /// Basis, college, first and last day, fee.
    type Stated = (String, Option<String>, Option<String>, Option<String>, Option<i64>);
    let stated = async || -> Vec<Stated> {
        on!(app.database, pool => sqlx::query_as(
            "SELECT basis, college, since, until, fee_cents FROM memberships WHERE fee_cents IS NOT NULL ORDER BY since",
        )
        .fetch_all(pool)
        .await
        .unwrap())
    };
    let text = |text: &str| Some(text.to_owned());
    let expected = [
        ("stated".to_owned(), text("Recherche"), text("2006-01-01"), None, Some(80_000)),
        ("stated".to_owned(), text("Entreprises"), text("2018-03-12"), text("2024-12-31"), Some(120_000)),
    ];
    assert_eq!(stated().await, expected);
    import_pack(app, true).await;
    assert_eq!(stated().await, expected);

    // The other way round: a document that states a membership stands before one that was derived.
    let execute = async |query: &'static str| {
        let outcome: Result<(), corridor::foundation::errors::Error> = async {
            corridor::transact!(app.database, transaction => {
                corridor::execute!(transaction, sqlx::query(query));
                Ok(())
            })
        }
        .await;
        outcome.unwrap();
    };
    execute("UPDATE memberships SET basis = 'derived_from_region', fee_cents = NULL WHERE fee_cents = 80000").await;
    import_pack(app, true).await;
    assert!(members("stated").await.contains(founder), "the founder is a stated member again");
}

#[rstest]
#[tokio::test]
async fn broken_rows_are_named_and_good_ones_kept(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Fresh { app, .. } = &fresh(engine).await;
    let outcomes = imports::cordis::import(intake(app, false), &fixtures().join("cordis_bad")).await.unwrap();
    let told: Vec<(i64, &str, &str)> = outcomes
        .iter()
        .flat_map(|outcome| &outcome.problems)
        .map(|problem| (problem.position, problem.field.as_str(), &*problem.code))
        .collect();
    assert_eq!(
        told,
        [
            (4, "pic", "twice"),
            (5, "lat", "position"),
            (6, "pic", "identifier"),
            (7, "type", "kind"),
            (8, "country", "country"),
            (3, "start", "day"),
            (4, "total_cost", "money-negative"),
            (5, "end", "order-of-days"),
            (6, "rcn", "twice"),
            (3, "ec_contribution", "money-negative"),
            (5, "rcn", "unknown-reference"),
            (6, "pic", "unknown-reference"),
            (7, "", "length"),
        ]
    );
    let kept: Vec<i64> = outcomes.iter().map(|outcome| outcome.counts.created).collect();
    assert_eq!(kept, [3, 1, 2]);
    let stored: i64 = one(app, "SELECT COUNT(*) FROM import_problems").await;
    assert_eq!(stored, 13);
    let cents: i64 = one(app, "SELECT eu_contribution_cents FROM participations WHERE role = 'coordinator'").await;
    assert_eq!(cents, 150_000_050, "money is exact");
}
