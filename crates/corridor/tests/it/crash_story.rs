//! A process that is killed in the middle of an import loses nothing that it acknowledged, and the next one goes on.

use std::{
    fmt::Write,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use corridor::{
    directory::imports::{self, Intake},
    foundation::{database::Database, time::Clock},
    on,
};
use rstest::rstest;

use crate::{
    databases::{Engine, Fresh, fresh},
    import_story::contents,
};

const ORGANISATIONS: usize = 22_000;
const PROJECTS: usize = 12_000;

/// A folder in the form of CORDIS, large enough to be killed in.
fn write_folder(folder: &Path) {
    let mut organisations = String::from(
        "pic,name,short_name,type,sme,country,city,postcode,address,lat,lon,geo_precision,url,vat,n_projects,source\n",
    );
    let mut projects = String::from(
        "rcn,framework,project_id,acronym,title,objective,topic,topic_title,call,funding_scheme,programme_part,start,end,total_cost,ec_max_contribution,n_partners,n_countries,id_match,topic_match,text_source\n",
    );
    let mut participations = String::from("rcn,pic,role,ec_contribution,country,type\n");
    for place in 0..ORGANISATIONS {
        let kind = ["HES", "REC", "PRC", "OTH"][place % 4];
        writeln!(
            organisations,
            "{},ORGANISATION {place},O{place},{kind},,FR,Lyon,69007,,45.7,4.8,city,,,1,test",
            900_000_000 + place
        )
        .unwrap();
    }
    for place in 0..PROJECTS {
        writeln!(
            projects,
            "{place},H2020,,P{place},Project {place},,,,,RIA,SC1,2018-01-01,2020-12-31,{}.5,{place},2,1,,,test",
            place * 7
        )
        .unwrap();
        for partner in 0..4 {
            let pic = 900_000_000 + (place * 5 + partner * 31) % ORGANISATIONS;
            writeln!(participations, "{place},{pic},participant,{}.25,FR,HES", place + partner).unwrap();
        }
    }
    std::fs::create_dir_all(folder).unwrap();
    for (name, text) in [("organisations", organisations), ("projects", projects), ("participations", participations)] {
        std::fs::write(folder.join(format!("{name}.csv")), text).unwrap();
    }
}

async fn acknowledged(database: &Database) -> i64 {
    on!(database, pool => sqlx::query_scalar("SELECT CAST(COALESCE(SUM(rows_done), 0) AS BIGINT) FROM imports")
        .fetch_one(pool)
        .await
        .expect("the runs can be counted"))
}

/// How many rows the tables hold of what the runs say was created: organisations, projects, participations.
async fn told_and_there(database: &Database) -> (i64, i64) {
    let told: i64 = on!(database, pool => sqlx::query_scalar("SELECT CAST(COALESCE(SUM(created), 0) AS BIGINT) FROM imports")
        .fetch_one(pool)
        .await
        .expect("the runs can be counted"));
    let there: i64 = on!(database, pool => sqlx::query_scalar(
        "SELECT (SELECT COUNT(*) FROM organisations) + (SELECT COUNT(*) FROM past_projects) + (SELECT COUNT(*) FROM participations)",
    )
    .fetch_one(pool)
    .await
    .expect("the rows can be counted"));
    (told, there)
}

fn program(url: &str, var: &Path, data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corridor"));
    command.args(["--database", url, "--var"]).arg(var).args(["import", "cordis"]).arg(data);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[rstest]
#[tokio::test]
async fn a_killed_import_goes_on_where_it_was(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Fresh { app, folder, url } = &fresh(engine).await;
    let data = folder.join("data");
    write_folder(&data);
    app.database.close().await;
    let mut kills = 0;
    // Killed after each of several acknowledged batches, and once before the first.
    for wait_for_more in [false, true, true, true, true] {
        let database = Database::open(url).await.expect("the database opens after a kill");
        let (told, there) = told_and_there(&database).await;
        assert_eq!(told, there, "the runs tell exactly what is there");
        let before = acknowledged(&database).await;
        let mut child = program(url, folder, &data).spawn().expect("the program starts");
        let began = std::time::Instant::now();
        let mut seen = before;
        while began.elapsed() < Duration::from_secs(60) {
            seen = acknowledged(&database).await;
            if seen > before || !wait_for_more || child.try_wait().unwrap().is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        child.kill().expect("the program can be killed");
        let status = child.wait().unwrap();
        kills += i32::from(!status.success());
        let after = acknowledged(&database).await;
        assert!(after >= seen, "what was acknowledged is there after the kill: {after} of {seen}");
        database.close().await;
    }
    assert!(kills >= 3, "the import was still running at {kills} of 5 kills");
    assert!(program(url, folder, &data).status().unwrap().success(), "the last run comes to its end");
    let database = Database::open(url).await.unwrap();
    let disturbed = contents(&database).await;
    assert_eq!(disturbed["participations"].len(), PROJECTS * 4);

    let Fresh { app: undisturbed, .. } = &fresh(engine).await;
    let intake = Intake { database: &undisturbed.database, clock: Clock::System, again: false, report: &|_, _, _| {} };
    imports::cordis::import(intake, &data).await.unwrap();
    let expected = contents(&undisturbed.database).await;
    for (what, rows) in &expected {
        assert_eq!(rows.len(), disturbed[what].len(), "{what}");
        assert!(*rows == disturbed[what], "{what} differ from an import that was not killed");
    }
    database.close().await;
}
