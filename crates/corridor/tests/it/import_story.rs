//! Data in: the packaged data, broken files, and lists of members, on both engines.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use corridor::{
    accounts::{self, Actor, ClusterRef, Role, Shared},
    directory::{
        self,
        imports::{self, Counts, Intake, Outcome, Problem, members},
        search,
    },
    foundation::{database::Database, time::Clock},
    on,
};
use rstest::rstest;

use crate::{
    databases::{Engine, Fresh, NOW, fresh},
    visitors::Visitor,
};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn silent(_: &str, _: u64, _: u64) {}

fn intake(app: &Shared, again: bool) -> Intake<'_> {
    Intake { database: &app.database, clock: app.clock, again, report: &silent }
}

async fn import_pack(app: &Shared, again: bool) -> Vec<Outcome> {
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

async fn one<T>(app: &Shared, query: &'static str) -> T
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

async fn cluster(app: &Shared) -> ClusterRef {
    crate::visitors::prepare_people(app).await;
    accounts::clusters(&app.database).await.unwrap().remove(0)
}

async fn import_members(
    app: &Shared,
    cluster: &ClusterRef,
    file: &str,
) -> Result<Outcome, corridor::foundation::errors::Error> {
    let bytes = std::fs::read(fixtures().join("members").join(file)).unwrap();
    import_bytes(app, cluster, file, bytes).await
}

async fn import_bytes(
    app: &Shared,
    cluster: &ClusterRef,
    file: &str,
    bytes: Vec<u8>,
) -> Result<Outcome, corridor::foundation::errors::Error> {
    members::import(app, &Actor::Console, cluster, file, bytes, &[], false, false).await.map(|(outcome, _)| outcome)
}

fn places(problems: &[Problem]) -> Vec<(i64, &str)> {
    problems.iter().map(|problem| (problem.position, &*problem.code)).collect()
}

#[rstest]
#[tokio::test]
async fn a_list_of_members_is_imported_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Fresh { app, .. } = &fresh(engine).await;
    imports::reference::import_concepts(intake(app, false), &fixtures().join("pack/reference")).await.unwrap();
    let cluster = cluster(app).await;
    let first = import_members(app, &cluster, "good_members.csv").await.unwrap();
    assert_eq!((first.counts.created, first.counts.refused, first.problems.len()), (40, 0, 0));
    let before = contents(&app.database).await;
    assert_eq!(before["memberships"].len(), 40);
    assert!(before["memberships"].contains(&"medicen Novalys Thérapeutique stated Entreprises 2018-03-12".to_owned()));
    assert!(before["competences"].len() >= 60, "{} competences are concepts", before["competences"].len());
    let identified: i64 = one(app, "SELECT COUNT(*) FROM organisation_identifiers WHERE scheme = 'siren'").await;
    assert_eq!(identified, 36);
    let second = import_members(app, &cluster, "good_members.csv").await.unwrap();
    assert!(second.known);
    let bytes = std::fs::read(fixtures().join("members/good_members.csv")).unwrap();
    let (forced, _) =
        members::import(app, &Actor::Console, &cluster, "good_members.csv", bytes, &[], false, true).await.unwrap();
    assert_eq!((forced.counts.created, forced.counts.changed, forced.counts.unchanged), (0, 0, 40));
    assert_eq!(contents(&app.database).await, before);
}

#[rstest]
#[tokio::test]
async fn lists_with_mistakes_say_where_and_keep_the_rest(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Fresh { app, .. } = &fresh(engine).await;
    let cluster = cluster(app).await;
    // First: the rows of the other lists bear the same identifiers and join what is there.
    let html = import_members(app, &cluster, "html_names.csv").await.unwrap();
    assert_eq!(html.counts.refused, 0, "{:?}", html.problems);
    let kept: i64 =
        one(app, "SELECT COUNT(*) FROM organisations WHERE name = '<script>alert(''adhérent'')</script>'").await;
    assert_eq!(kept, 1, "markup is text");
    let marked: i64 = one(app, "SELECT COUNT(*) FROM organisations WHERE name LIKE '%\u{202e}%'").await;
    assert_eq!(marked, 0, "direction marks are taken out");
    let expected: &[(&str, &[(i64, &str)])] = &[
        ("formulas.csv", &[(3, "formula"), (4, "formula"), (5, "formula"), (6, "formula"), (7, "formula")]),
        ("negative_money.csv", &[(3, "money-negative"), (4, "money-negative"), (6, "money-negative"), (7, "money")]),
        ("impossible_date.csv", &[(3, "day"), (4, "day"), (5, "day"), (6, "day"), (7, "day"), (8, "day"), (9, "day")]),
        (
            "unknown_identifier.csv",
            &[
                (3, "identifier"),
                (4, "identifier"),
                (5, "identifier"),
                (6, "identifiers-disagree"),
                (7, "identifier"),
                (8, "identifier"),
                (9, "identifier"),
                (10, "identifier"),
                (12, "country"),
            ],
        ),
        ("two_with_one_pic.csv", &[(4, "twice"), (6, "identifier"), (7, "identifier"), (8, "identifier")]),
    ];
    for (file, problems) in expected {
        let outcome = import_members(app, &cluster, file).await.unwrap();
        assert_eq!(places(&outcome.problems), *problems, "{file}");
        assert_eq!(outcome.counts.refused, problems.len() as i64, "{file}");
        assert!(
            outcome.problems.iter().all(|problem| !problem.field.is_empty() && !problem.detail.is_empty()),
            "{file}"
        );
        let imported = outcome.counts.created + outcome.counts.changed + outcome.counts.unchanged;
        assert!(imported >= 2, "{file}: good rows are kept");
    }
}

#[rstest]
#[tokio::test]
async fn files_that_cannot_be_read_name_the_place(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Fresh { app, .. } = &fresh(engine).await;
    let cluster = cluster(app).await;
    let error = import_members(app, &cluster, "wrong_encoding.csv").await.unwrap_err().to_string();
    assert!(error.contains("byte ") && error.contains("row ") && error.contains("CSV UTF-8"), "{error}");

    // All of this archive is one block: nothing stands before the cut.
    let error = import_members(app, &cluster, "truncated.csv.zst").await.unwrap_err().to_string();
    assert!(error.contains("breaks off before its first row"), "{error}");

    let mut list = String::from("nom;pays;description\n");
    for place in 0..1_500u64 {
        let noise: Vec<String> =
            (0..24).map(|word| format!("{:x}", (place * 31 + word + 7).wrapping_mul(0x9e37_79b9_7f4a_7c15))).collect();
        list.push_str(&format!("Membre {};FR;{}\n", noise[0], noise.join(" ")));
    }
    let archive = zstd::encode_all(list.as_bytes(), 3).unwrap();
    let cut = import_bytes(app, &cluster, "cut.csv.zst", archive[..archive.len() * 6 / 10].to_vec()).await.unwrap();
    assert!(cut.counts.created > 100, "what was read before the end is kept: {cut:?}");
    assert_eq!(cut.problems.last().map(|problem| &*problem.code), Some("broken-off"));
    assert_eq!(cut.problems[0].position, cut.counts.created + 2, "the row is named");
    let state: String = one(app, "SELECT state FROM imports WHERE file_name = 'cut.csv.zst'").await;
    assert_eq!(state, "broken");

    let long = format!("nom;pays\nAvant;FR\n{};FR\nAprès-demain;FR\n", "x".repeat(10_000_000));
    let outcome = import_bytes(app, &cluster, "long.csv", long.into_bytes()).await.unwrap();
    assert_eq!(places(&outcome.problems), [(3, "cell-too-long")]);
    assert_eq!(outcome.counts.created, 2);

    for (name, bytes, words) in [
        ("empty.csv", &b"\n\n"[..], "empty"),
        ("columns.csv", b"a;b\n1;2\n", "name of the organisation"),
        ("twice.csv", b"nom;nom\n1;2\n", "two columns"),
        ("book.xlsx", b"PK\x03\x04 not a workbook", "workbook"),
    ] {
        let error = import_bytes(app, &cluster, name, bytes.to_vec()).await.unwrap_err().to_string();
        assert!(error.contains(words), "{name}: {error}");
    }
}

#[rstest]
#[tokio::test]
async fn duplicates_are_proposed_and_only_certain_ones_joined(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Fresh { app, .. } = &fresh(engine).await;
    import_pack(app, false).await;
    let cluster = accounts::clusters(&app.database)
        .await
        .unwrap()
        .into_iter()
        .find(|cluster| cluster.slug == "eurobiomed")
        .unwrap();
    let (pic, name): (String, String) = on!(app.database, pool => sqlx::query_as(
        "SELECT i.value, o.name FROM organisation_identifiers i JOIN organisations o ON o.id = i.organisation_id
         WHERE i.scheme = 'pic' AND o.country = 'FR' AND o.name IS NOT NULL AND o.slug IS NULL ORDER BY i.value LIMIT 1",
    )
    .fetch_one(pool)
    .await
    .unwrap());
    let list = format!(
        "nom;pic;pays\nUn autre nom;{pic};FR\nInstitut Pasteur;;FR\nInstitut Pasteurs;;FR\nTout à fait neuve;;FR\n"
    );
    let dry = members::import(app, &Actor::Console, &cluster, "list.csv", list.clone().into_bytes(), &[], true, false);
    let plan = dry.await.unwrap().1.expect("a dry run tells its plan");
    assert_eq!(plan.rows.len(), 4);
    assert_eq!(
        (plan.rows[0].candidates[0].name.as_str(), plan.rows[0].candidates[0].ground),
        (name.as_str(), "identifier")
    );
    assert!(matches!(plan.rows[1].choice, members::Choice::Into(_)), "the same distinctive name in the same country");
    assert!(
        plan.rows[2].is_open() && plan.rows[2].choice == members::Choice::Create,
        "a resembling name is for a person to decide"
    );
    assert_eq!(plan.rows[3].choice, members::Choice::Create);
    let count: i64 = one(app, "SELECT COUNT(*) FROM memberships WHERE basis = 'stated'").await;
    let before: i64 = one(app, "SELECT COUNT(*) FROM organisations").await;
    let outcome = import_bytes(app, &cluster, "list.csv", list.into_bytes()).await.unwrap();
    assert_eq!((outcome.counts.created, outcome.counts.changed), (2, 2));
    let after: i64 = one(app, "SELECT COUNT(*) FROM organisations").await;
    let stated: i64 = one(app, "SELECT COUNT(*) FROM memberships WHERE basis = 'stated'").await;
    assert_eq!((after - before, stated - count), (2, 4));
}

#[rstest]
#[tokio::test]
async fn a_project_officer_imports_members_in_the_browser(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Fresh { app, .. } = &fresh(engine).await;
    import_pack(app, false).await;
    imports::prepare_demonstration(&app.database, app.clock, "medicen").await.unwrap();
    let member = Visitor::acting_as(app, Role::MemberContact).await;
    assert_eq!(member.get("/organisations/import").await.status, 403);
    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    assert!(officer.get("/organisations/import").await.text.contains("Import members"));

    let wrong = std::fs::read(fixtures().join("members/wrong_encoding.csv")).unwrap();
    let answer = officer.upload("/organisations/import", "wrong_encoding.csv", &wrong).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("is not UTF-8: byte"), "{}", answer.text);

    let french = Visitor::acting_as(app, Role::ProjectOfficer).await.in_french();
    let answer = french.upload("/organisations/import", "wrong_encoding.csv", &wrong).await;
    assert!(answer.text.contains("n’est pas en UTF-8\u{202f}: l’octet"), "{}", answer.text);

    let list = "Raison sociale;Ville;Pays;Nature\nInstitut Pasteur;Paris;FR;laboratoire\nInstitut Pasteurs;Paris;FR;\n\
                <b>Gras</b>;Lyon;FR;PME\nSans pays;Lyon;QQ;PME\n";
    let answer = officer.upload("/organisations/import", "C:\\adhérents.csv", list.as_bytes()).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let page = answer.headers["location"].to_str().unwrap().to_owned();
    let columns = officer.get(&page).await;
    assert_eq!(columns.status, 200, "{}", columns.text);
    assert!(
        columns.text.contains("<option value=\"Raison sociale\" selected>"),
        "the guess is chosen: {}",
        columns.text
    );
    let none = officer.post(&format!("{page}/columns"), "city=Ville").await;
    assert_eq!(none.status, 422, "a name there must be");
    let mapped =
        officer.post(&format!("{page}/columns"), "name=Raison+sociale&city=Ville&country=Pays&kind=Nature").await;
    assert_eq!(mapped.status, 303, "{}", mapped.text);

    let check = officer.get(&page).await;
    assert_eq!(check.status, 200, "{}", check.text);
    assert!(check.text.contains("Institut Pasteurs") && check.text.contains("similar name"), "duplicates are shown");
    assert!(check.text.contains("Not a country"), "problems are shown");
    assert!(!check.text.contains("<b>Gras</b>"), "names are escaped");
    let before: i64 = one(app, "SELECT COUNT(*) FROM organisations").await;
    let stranger = Visitor::nobody(app);
    assert_eq!(stranger.get(&page).await.status, 401);
    let answer = officer.post(&format!("{page}/start"), "row-3=skip").await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert!(officer.get(&page).await.text.contains("hx-get"), "the page looks again while the job runs");
    while corridor::app::runner(app).run_one(&app.database, app, app.clock).await.unwrap() {}
    let done = officer.get(&page).await;
    assert!(done.text.contains("The list is in the directory"), "{}", done.text);
    let after: i64 = one(app, "SELECT COUNT(*) FROM organisations").await;
    assert_eq!(after - before, 1, "one is known, one left out, one refused");
    let problems = officer.get(&format!("{page}/problems.csv")).await;
    assert!(problems.text.contains(";Pays;QQ;country;"), "{}", problems.text);
    let told: i64 = one(app, "SELECT COUNT(*) FROM audit_entries WHERE action = 'import'").await;
    assert_eq!(told, 1);
    let again = officer.post(&format!("{page}/start"), "").await;
    assert_eq!(again.status, 409, "an import runs once");
}

#[rstest]
#[tokio::test]
async fn an_uploaded_list_is_not_kept_for_ever(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Fresh { app, folder, .. } = &fresh(engine).await;
    import_pack(app, false).await;
    imports::prepare_demonstration(&app.database, app.clock, "medicen").await.unwrap();
    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let kept = || std::fs::read_dir(folder.join("uploads")).unwrap().count();
    let upload = async || {
        let answer = officer.upload("/organisations/import", "list.csv", b"Nom;Pays\nInstitut Pasteur;FR\n").await;
        answer.headers["location"].to_str().unwrap().to_owned()
    };
    let run_jobs = async |days: i64| {
        let clock = Clock::Fixed(NOW.plus_seconds(days * 24 * 3600));
        while corridor::app::runner(app).run_one(&app.database, app, clock).await.unwrap() {}
    };
    let (done, discarded, left) = (upload().await, upload().await, upload().await);
    assert_eq!(kept(), 3);
    assert_eq!(officer.post(&format!("{discarded}/discard"), "").await.status, 303);
    assert_eq!(kept(), 2, "what is discarded goes at once");
    assert_eq!(officer.post(&format!("{done}/columns"), "name=Nom&country=Pays").await.status, 303);
    assert_eq!(officer.post(&format!("{done}/start"), "").await.status, 303);
    run_jobs(0).await;
    assert_eq!(kept(), 1, "what is imported goes with the import");
    run_jobs(13).await;
    assert_eq!((kept(), officer.get(&left).await.status.as_u16()), (1, 200), "there is time to go on");
    run_jobs(15).await;
    assert_eq!((kept(), officer.get(&left).await.status.as_u16()), (0, 404), "what nobody went on with goes");
    assert!(
        officer.get(&done).await.text.contains("The list is in the directory"),
        "an import that ran keeps its record"
    );
}

#[test]
fn problems_in_a_spreadsheet_are_never_formulas() {
    let problem = Problem::at(3, "nom", "=HYPERLINK(\"x\")", "formula", "-mend");
    let csv = String::from_utf8(members::problems_as_csv(&[problem]).unwrap()).unwrap();
    assert!(csv.starts_with('\u{feff}'));
    assert!(csv.contains("'=HYPERLINK") && csv.contains("'-mend"), "{csv}");
}

#[rstest]
#[tokio::test]
async fn a_workbook_is_a_list_too(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
    let Fresh { app, .. } = &fresh(engine).await;
    let cluster = cluster(app).await;
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, header) in ["Nom", "SIREN", "Pays", "Date d'adhésion", "Cotisation"].into_iter().enumerate() {
        sheet.write(0, column as u16, header).unwrap();
    }
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write(1, 0, "Novalys Thérapeutique").unwrap();
    sheet.write(1, 1, 892_000_001).unwrap();
    sheet.write(1, 2, "France").unwrap();
    sheet.write_with_format(1, 3, ExcelDateTime::from_ymd(2018, 3, 12).unwrap(), &day).unwrap();
    sheet.write(1, 4, 1_200.5).unwrap();
    sheet.write(2, 0, "Hémacarte").unwrap();
    sheet.write(2, 1, 892_079_196).unwrap();
    sheet.write(3, 0, Formula::new("=1+1").set_result("Calculée")).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let outcome = import_bytes(app, &cluster, "list.xlsx", bytes).await.unwrap();
    assert_eq!(places(&outcome.problems), [(3, "identifier")]);
    assert_eq!(outcome.counts.created, 2);
    let (since, fee): (String, i64) = on!(app.database, pool => sqlx::query_as(
        "SELECT since, fee_cents FROM memberships WHERE fee_cents IS NOT NULL",
    )
    .fetch_one(pool)
    .await
    .unwrap());
    assert_eq!((since.as_str(), fee), ("2018-03-12", 120_050));
    let computed: i64 = one(app, "SELECT COUNT(*) FROM organisations WHERE name = 'Calculée'").await;
    assert_eq!(computed, 1, "a formula counts as the value that the spreadsheet stored");
}
