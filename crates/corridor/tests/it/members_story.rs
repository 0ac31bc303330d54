//! Lists of members in: mistakes, duplicates, the wizard in the browser, workbooks, on both engines.

use corridor::{
    accounts::{self, Actor, ClusterRef, Role, Shared},
    directory::imports::{self, Outcome, Problem, members},
    foundation::time::Clock,
    on,
};
use rstest::rstest;

use crate::{
    databases::{Engine, Fresh, NOW, fresh},
    import_story::{cluster, contents, fixtures, import_bytes, import_pack, intake, one},
    visitors::Visitor,
};

async fn import_members(
    app: &Shared,
    cluster: &ClusterRef,
    file: &str,
) -> Result<Outcome, corridor::foundation::errors::Error> {
    let bytes = std::fs::read(fixtures().join("members").join(file)).unwrap();
    import_bytes(app, cluster, file, bytes).await
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
