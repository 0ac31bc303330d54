//! Running an instance and its clusters in the browser: settings, zones, jobs, imports, private addresses.

use axum::http::StatusCode;
use corridor::{
    accounts::{self, HeldRole, Role, Shared, clusters::Cluster},
    app, execute,
    foundation::{audit, errors::Error, jobs, time::Zone},
    transact,
};
use rstest::rstest;

use crate::{
    databases::{Engine, NOW, fresh},
    mailbox::{letters_to, readings, run_jobs},
    visitors::{Visitor, invite, prepare_people, token_of},
};

/// The scope of the tokens of these stories.
const READS: &str = "directory:read";

const MEDICEN: &str = "/administration/clusters/medicen";

async fn medicen(app: &Shared) -> Cluster {
    accounts::clusters::cluster_by_slug(&app.database, "medicen").await.unwrap().expect("it was made")
}

async fn another_cluster(app: &Shared) {
    let made: Result<_, Error> = async {
        transact!(app.database, transaction => {
            accounts::put_cluster(transaction, "other", "Other cluster", "#8a2b4f", app.clock).await
        })
    }
    .await;
    made.unwrap();
}

fn form(name: &str, accent: &str, zone: &str, revision: i64) -> String {
    format!(
        "name={name}&short_name=&accent={}&time_zone={zone}&page_language=fr&letter_language=en&revision={revision}",
        accent.replace('#', "%23")
    )
}

#[rstest]
#[tokio::test]
async fn a_cluster_is_set_up_by_those_who_run_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    another_cluster(app).await;
    let head = Visitor::invited(app, "head@institute.example", Role::ClusterAdministrator, None).await;
    let page = head.get(MEDICEN).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for told in ["Medicen Paris Region", "#0a5f70", "Europe/Paris", "<datalist", "Pacific/Auckland"] {
        assert!(page.text.contains(told), "{told}");
    }
    for elsewhere in ["/administration/clusters/other", "/administration/clusters"] {
        assert_eq!(head.get(elsewhere).await.status, StatusCode::FORBIDDEN, "{elsewhere}");
    }
    let refused = head.post("/administration/clusters/other", &form("Mine", "#000000", "UTC", 1)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    let wrong = head.post(MEDICEN, &form("", "teal", "Europe/Atlantis", 1)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.text.matches("aria-invalid=\"true\"").count(), 3, "each field says what is wrong with it");
    assert!(wrong.text.contains("value=\"Europe/Atlantis\""), "what was typed is kept");

    let tried = head.post(MEDICEN, &format!("{}&act=preview", form("Medicen", "#ffdd00", "Asia/Tokyo", 1))).await;
    assert!(tried.text.contains("#ffdd00") && tried.text.contains("nearest shade"), "{}", tried.text);
    assert_eq!(medicen(app).await.settings.accent, "#0a5f70", "a preview keeps nothing");
    let part = head.get("/administration/accent?accent=%23ffdd00").await;
    assert!(part.text.contains("accent-preview") && !part.text.contains("<html"), "{}", part.text);
    assert!(!head.get("/administration/accent?accent=nothing").await.text.contains("<svg"));

    let saved = head.post(MEDICEN, &form("Medicen", "#ffdd00", "Asia/Tokyo", 1)).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let now = medicen(app).await;
    assert_eq!((now.settings.name.as_str(), now.settings.accent.as_str(), now.revision), ("Medicen", "#ffdd00", 2));
    let sheet = head.get("/clusters/medicen/accent.css").await.text;
    assert!(sheet.contains("#ffdd00") && sheet.contains("light-dark(#"), "yellow is shown on dark paper only: {sheet}");
    assert_eq!(sheet.matches("#ffdd00").count(), 1, "{sheet}");

    let clash = head.post(MEDICEN, &form("Too late", "#000000", "UTC", 1)).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    assert!(clash.text.contains("Too late") && clash.text.contains("Asia/Tokyo") && clash.text.contains("value=\"2\""));
    assert_eq!(medicen(app).await.settings.name, "Medicen", "nothing was overwritten");

    let trail =
        audit::find(&app.database, &audit::Asked { subject_kind: "cluster".into(), ..Default::default() }).await;
    let told: Vec<_> = trail.unwrap().into_iter().map(|one| (one.line.action, one.before, one.after)).collect();
    let [(action, before, after)] = &told[..] else { panic!("one change: {told:?}") };
    assert_eq!(
        (action.as_str(), &before["time_zone"], &after["time_zone"]),
        ("change", &"Europe/Paris".into(), &"Asia/Tokyo".into())
    );

    // An import of the world names clusters anew, but not those that people have set up.
    let imported: Result<_, Error> = async {
        transact!(app.database, transaction => {
            let id = accounts::put_cluster(transaction, "medicen", "As in the file", "#000000", app.clock).await?;
            accounts::place_cluster(transaction, id, &Zone::default(), corridor::foundation::languages::Language::Fr).await
        })
    }
    .await;
    imported.unwrap();
    let now = medicen(app).await;
    assert_eq!((now.settings.name.as_str(), now.settings.time_zone.name()), ("Medicen", "Asia/Tokyo"));
}

#[rstest]
#[tokio::test]
async fn who_runs_the_instance_makes_clusters_and_sets_up_each(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let keeper = Visitor::invited(app, "keeper@institute.example", Role::InstanceAdministrator, None).await;
    assert_eq!(keeper.get("/administration/clusters/new").await.status, StatusCode::OK);
    let new = "/administration/clusters/new";
    for (slug, told) in [("medicen", "of this word already"), ("../x", "small letters")] {
        let wrong = keeper.post(new, &format!("{}&slug={slug}", form("New", "#123456", "Europe/Rome", 0))).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{slug}");
        assert!(wrong.text.contains(told), "{slug}: {}", wrong.text);
    }
    let made = keeper.post(new, &format!("{}&slug=roma", form("Roma+Salute", "#123456", "Europe/Rome", 0))).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let list = keeper.get("/administration/clusters").await.text;
    assert!(list.contains("/administration/clusters/roma") && list.contains("Europe/Rome"), "{list}");
    let saved = keeper.post(MEDICEN, &form("Medicen", "#0a5f70", "Europe/Paris", 1)).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "each cluster, also those of others");
    let officer = Visitor::invited(app, "officer@institute.example", Role::ProjectOfficer, None).await;
    for (path, sent) in [(MEDICEN, form("Mine", "#000000", "UTC", 2)), (new, form("Mine", "#000000", "UTC", 0))] {
        assert_eq!(officer.post(path, &sent).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[rstest]
#[tokio::test]
async fn times_are_told_on_the_clocks_of_the_reader(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let ada = Visitor::invited(app, "ada@institute.example", Role::Reader, None).await;
    let plain = |text: &str| text.replace('\u{a0}', " ");
    assert!(plain(&ada.get("/account").await.text).contains("1 September 2026, 10:00 CEST"), "as the cluster does");
    let french = ada.in_french();
    assert!(plain(&french.get("/account").await.text).contains("1er septembre 2026 à 10 h, heure de Paris"));
    let wrong = french.post("/account/name", "name=Ada&language=en&time_zone=Mars").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = french.post("/account/name", "name=Ada&language=en&time_zone=Asia/Tokyo").await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER);
    assert!(
        plain(&french.get("/account").await.text).contains("1er septembre 2026 à 17 h, heure de Tokyo"),
        "one's own"
    );

    // Letters: in the zone of who gets them, and of the cluster for whom nothing is known of yet.
    french.post("/sign-in/link", "email=ada@institute.example").await;
    let letter = letters_to(app, "ada@institute.example").await.pop().unwrap();
    assert!(plain(&letter).contains("1 September 2026, 17:00 JST"), "{letter}");
    let cluster = medicen(app).await;
    let offered =
        HeldRole { role: Role::Reader, cluster: Some(cluster.id), organisation: None, organisation_name: None };
    invite(app, "new@institute.example", &offered).await;
    let letter = letters_to(app, "new@institute.example").await.pop().unwrap();
    assert!(plain(&letter).contains("15 September 2026, 10:00 CEST"), "{letter}");

    // The days of the trail are those of the reader: the entry of 1 September, 17:00 in Tokyo, is of no other day there.
    let keeper = Visitor::invited(app, "keeper@institute.example", Role::InstanceAdministrator, None).await;
    keeper.post("/account/name", "name=Keeper&language=en&time_zone=Pacific/Kiritimati").await;
    let on = |day: &str| format!("/administration/trail?from={day}&to={day}&what=account/rename");
    assert!(keeper.get(&on("2026-09-01")).await.text.contains("<strong>Name changed"), "22:00 there");
    assert_eq!(Zone::named("Pacific/Kiritimati").unwrap().at(NOW).hour(), 22);
    assert!(!keeper.get(&on("2026-09-02")).await.text.contains("<strong>Name changed"));
    assert!(!keeper.get(&on("2026-08-31")).await.text.contains("<strong>Name changed"));
}

#[tokio::test]
async fn a_page_is_in_the_language_of_the_cluster_where_nobody_asks_for_one() {
    use axum::{body::Body, http::Request};
    let fresh = fresh(Engine::Sqlite).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let session = officer.cookie("corridor_session").unwrap();
    let asked = |accepts: &'static str| {
        let request =
            Request::get("/organisations").header("host", "corridor.example").header("accept-language", accepts);
        request.header("cookie", format!("corridor_session={session}")).body(Body::empty()).unwrap()
    };
    for (accepts, language) in [("de, it", "fr"), ("", "fr"), ("de, en", "en"), ("fr-CA, en", "fr")] {
        let answer = officer.ask(asked(accepts)).await;
        assert!(answer.text.contains(&format!("<html lang=\"{language}\"")), "{accepts}");
    }
}

fn action(page: &str, ending: &str) -> String {
    let found = page.split("action=\"").find(|part| part.split('"').next().is_some_and(|path| path.ends_with(ending)));
    found
        .and_then(|part| part.split('"').next())
        .unwrap_or_else(|| panic!("no form ends in {ending}: {page}"))
        .to_owned()
}

#[rstest]
#[tokio::test]
async fn one_page_leads_to_what_a_role_runs_and_says_what_needs_somebody(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let head = Visitor::invited(app, "head@institute.example", Role::ClusterAdministrator, None).await;
    let keeper = Visitor::invited(app, "keeper@institute.example", Role::InstanceAdministrator, None).await;
    let officer = Visitor::invited(app, "officer@institute.example", Role::ProjectOfficer, None).await;
    assert_eq!(officer.get("/administration").await.status, StatusCode::FORBIDDEN);
    assert!(!officer.get("/organisations").await.text.contains("href=\"/administration\""), "no dead entry");
    let page = head.get("/administration").await.text;
    for href in ["/people", "/administration/tokens", MEDICEN, "/administration/alliances", "/organisations/import"] {
        assert!(page.contains(&format!("<h3><a href=\"{href}\"")), "{href}");
    }
    for href in
        ["/administration/jobs", "/administration/letters", "/administration/clusters\"", "/administration/trail"]
    {
        assert!(!page.contains(&format!("<h3><a href=\"{href}")), "{href} is not of a cluster");
    }
    assert!(page.contains("Nothing needs you here"), "{page}");
    let page = keeper.get("/administration").await.text;
    for href in
        ["/administration/clusters", "/administration/jobs", "/administration/imports", "/administration/letters"]
    {
        assert!(page.contains(&format!("<h3><a href=\"{href}\"")), "{href}");
    }
    failing_job(app, "nobody knows this").await;
    run_jobs(app).await;
    assert!(keeper.get("/administration").await.text.contains("One job failed"));
    let demonstration = Visitor::acting_as(app, Role::InstanceAdministrator).await.get("/administration").await.text;
    assert!(!demonstration.contains("/administration/letters") && demonstration.contains("/administration/jobs"));
}

/// A job of a kind that this version does not know: it fails at its first try.
async fn failing_job(app: &Shared, name: &str) {
    let stored: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query(
                "INSERT INTO jobs (id, name, payload, state, attempts, run_at, created_at, progress_done, progress_total, progress_text)
                 VALUES ($1, $2, $3, 'waiting', 0, $4, $4, 0, 0, '')",
            )
            .bind(uuid::Uuid::now_v7())
            .bind(name)
            .bind(sqlx::types::Json(serde_json::json!({})))
            .bind(NOW));
            Ok(())
        })
    }
    .await;
    stored.unwrap();
}

#[rstest]
#[tokio::test]
async fn jobs_are_seen_run_again_and_called_off(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let keeper = Visitor::acting_as(app, Role::InstanceAdministrator).await;
    let page = "/administration/jobs";
    failing_job(app, "<b>unknown</b>").await;
    failing_job(app, "<b>unknown</b>").await;
    let waiting = keeper.get(page).await.text;
    assert!(waiting.contains("hx-trigger=\"every 2s\""), "the page looks again while something waits for its turn");
    assert!(!waiting.contains("<b>unknown"), "names are escaped");
    run_jobs(app).await;
    app::runner(app).plan(&app.database, NOW).await.unwrap();
    let failed = keeper.get(page).await.text;
    assert!(failed.contains("no kind of job is named `&lt;b&gt;unknown&lt;/b&gt;`"), "the whole error: {failed}");
    assert!(!failed.contains("every 2s"), "an instance at rest is left at rest");
    assert!(failed.contains("Forget jobs that ended well") && failed.contains("03:40"), "what is done daily");
    assert_eq!(failed.matches("/retry\"").count(), 3, "each, and all of a kind");

    let unknown = format!("{page}/{}/retry", uuid::Uuid::now_v7());
    assert_eq!(keeper.post(&unknown, "").await.status, StatusCode::NOT_FOUND, "what is no job is not run");
    let one = failed.split("action=\"").find(|part| part.starts_with(&format!("{page}/0"))).unwrap();
    let one = one.split('"').next().unwrap();
    assert_eq!(keeper.post(one, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(keeper.post(one, "").await.status, StatusCode::NOT_FOUND, "it waits already");
    run_jobs(app).await;
    let all = keeper.post(&format!("{page}/retry"), "name=%3Cb%3Eunknown%3C%2Fb%3E").await;
    assert_eq!(all.status, StatusCode::SEE_OTHER);
    assert_eq!(jobs::count_failed(&app.database).await.unwrap(), 0);
    let refused = keeper.post(&one.replace("/retry", "/cancel"), "").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "only what says so is called off");
    let told = audit::find(&app.database, &audit::Asked { subject_kind: "job".into(), ..Default::default() }).await;
    let told: Vec<String> = told.unwrap().into_iter().map(|one| one.line.action).collect();
    assert_eq!(told, ["retry_all", "retry"]);
}

#[rstest]
#[tokio::test]
async fn an_import_is_called_off_and_goes_on(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let officer = Visitor::invited(app, "officer@institute.example", Role::ProjectOfficer, None).await;
    let keeper = Visitor::invited(app, "keeper@institute.example", Role::InstanceAdministrator, None).await;
    let upload = officer.upload("/organisations/import", "list.csv", b"Nom;Pays\nInstitut Pasteur;FR\n").await;
    let place = upload.headers["location"].to_str().unwrap().to_owned();
    officer.post(&format!("{place}/columns"), "name=Nom&country=Pays").await;
    officer.post(&format!("{place}/start"), "").await;
    let jobs = keeper.get("/administration/jobs").await.text;
    assert_eq!(officer.post(&action(&jobs, "/cancel"), "").await.status, StatusCode::FORBIDDEN);
    assert_eq!(keeper.post(&action(&jobs, "/cancel"), "").await.status, StatusCode::SEE_OTHER);
    run_jobs(app).await;
    let page = officer.get(&place).await.text;
    assert!(page.contains("called off") && !page.contains("is in the directory"), "{page}");
    let list = keeper.get("/administration/imports").await.text;
    assert!(list.contains("list.csv") && list.contains("Ada Example"), "who began it: {list}");
    let run = list.split("href=\"").find(|part| part.starts_with("/administration/imports/0")).unwrap();
    let run = run.split('"').next().unwrap();
    assert_eq!(officer.post(&format!("{place}/go-on"), "").await.status, StatusCode::SEE_OTHER);
    let twice = keeper.post(&format!("{run}/go-on"), "").await;
    assert_eq!(twice.status, StatusCode::NOT_FOUND, "it goes on already");
    run_jobs(app).await;
    assert!(officer.get(&place).await.text.contains("is in the directory"));
    assert_eq!(officer.post(&format!("{place}/go-on"), "").await.status, StatusCode::NOT_FOUND, "it is over");
    let run = keeper.get(run).await.text;
    assert!(run.contains("Done") && !run.contains("go-on"), "{run}");
    assert_eq!(officer.get("/administration/imports").await.status, StatusCode::FORBIDDEN);
}

#[rstest]
#[tokio::test]
async fn tokens_of_people_are_seen_and_ended_by_those_who_run_their_cluster(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    const LIST: &str = "/administration/tokens";
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    another_cluster(app).await;
    let head = Visitor::invited(app, "head@institute.example", Role::ClusterAdministrator, None).await;
    let keeper = Visitor::invited(app, "keeper@institute.example", Role::InstanceAdministrator, None).await;
    let ada = Visitor::invited(app, "ada@institute.example", Role::ProjectOfficer, None).await;
    let of_others = Visitor::invited_to(app, "other", "grace@elsewhere.example", Role::Reader, None).await;
    let head_of_others =
        Visitor::invited_to(app, "other", "head@elsewhere.example", Role::ClusterAdministrator, None).await;
    assert!(head.get(LIST).await.text.contains("No program acts for anybody"));
    let token = token_of(&ada, "Monthly+report", READS).await;
    token_of(&keeper, "Backup", READS).await;
    token_of(&of_others, "Foreign+sheet", READS).await;

    let page = head.get(LIST).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for told in ["ada@institute.example", "Monthly report", "Directory: read", "Backup", "2 tokens"] {
        assert!(page.text.contains(told), "{told}: {}", page.text);
    }
    assert!(!page.text.contains("Foreign sheet") && !page.text.contains("elsewhere.example"), "of another cluster");
    assert!(!page.text.contains(&token), "the secret is shown once, to its owner");
    assert_eq!(page.text.matches("/end\"").count(), 1, "who runs the instance is not ended by who runs a cluster");
    let whole = keeper.get(LIST).await.text;
    assert!(whole.contains("3 tokens") && whole.matches("/end\"").count() == 3, "{whole}");
    for (asked, count) in [
        ("?q=ADA+monthly", "One token"),
        ("?q=elsewhere", "One token"),
        ("?scope=contacts:read", "No tokens"),
        ("?scope=directory:read&state=valid", "3 tokens"),
        ("?state=unused", "No tokens"),
        ("?state=over&page=9", "No tokens"),
        ("?q=%25", "No tokens"),
        ("?q=_ackup", "No tokens"),
    ] {
        let list = keeper.get(&format!("{LIST}{asked}")).await.text;
        assert!(list.contains(&format!(">{count}<")), "{asked}: {list}");
    }
    let place = format!("{LIST}?cluster={}", crate::visitors::cluster(app, "other").await);
    assert!(keeper.get(&place).await.text.contains(">One token<"));
    assert!(head.get(&place).await.text.contains(">No tokens<"), "the own cluster bounds what is asked");

    // Another cluster's administrator gets the answer of what is nowhere; of the own, who runs more is refused.
    let end = action(&head.get(LIST).await.text, "/end");
    let nowhere = format!("{LIST}/018f0000-0000-7000-8000-000000000000/end");
    let (hidden, missing) = (head_of_others.post(&end, "").await, head_of_others.post(&nowhere, "").await);
    assert_eq!((hidden.status, missing.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(hidden.text.replace(&end, &nowhere), missing.text);
    let of_keeper = action(&keeper.get(&format!("{LIST}?q=backup")).await.text, "/end");
    assert_eq!(head.post(&of_keeper, "").await.status, StatusCode::FORBIDDEN);
    assert_eq!(ada.get(LIST).await.status, StatusCode::FORBIDDEN);
    assert_eq!(ada.post(&end, "").await.status, StatusCode::FORBIDDEN);
    let demonstration = Visitor::acting_as(app, Role::InstanceAdministrator).await;
    assert_eq!(demonstration.get(LIST).await.status, StatusCode::FORBIDDEN, "whoever comes by sees nobody's tokens");
    let asks = || ada.as_program(axum::http::Method::GET, "/api/organisations", &token);
    assert_eq!(asks().await.status, StatusCode::OK);

    assert_eq!(head.post(&end, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(asks().await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(head.post(&end, "").await.status, StatusCode::NOT_FOUND, "it is over already");
    let letter = letters_to(app, "ada@institute.example").await.pop().unwrap();
    for told in ["Monthly report", "Ada Example ended your token", "Project officer", "/account"] {
        assert!(letter.contains(told), "{told}: {letter}");
    }
    // Page by page, whatever the case of letters; the database is asked for one page only.
    for number in 0..51 {
        token_of(&keeper, &format!("%C3%89T%C3%89+{number}"), READS).await;
    }
    for (asked, said, rows) in [("", "52 tokens", 50), ("&page=2", "52 tokens", 2), ("&page=7", "52 tokens", 2)] {
        let page = head.get(&format!("{LIST}?q={asked}")).await.text;
        assert!(page.contains(said) && page.matches("<th scope=\"row\">").count() == rows, "{asked}: {page}");
    }
    for (words, said) in
        [("%C3%A9t%C3%A9", ">51 tokens<"), ("%C3%89T%C3%89+50", ">One token<"), ("keeper+backup", ">One token<")]
    {
        let page = head.get(&format!("{LIST}?q={words}")).await.text;
        assert!(page.contains(said), "{words}: {page}");
    }
    // Who asked for their data to rest is not listed.
    let rests = async |since: Option<i64>| -> Result<(), Error> {
        transact!(app.database, transaction => {
            let text = "UPDATE people SET restricted_at = $1 WHERE email = 'keeper@institute.example'";
            execute!(transaction, sqlx::query(text).bind(since));
            Ok(())
        })
    };
    rests(Some(NOW.0)).await.unwrap();
    assert!(!head.get(LIST).await.text.contains("keeper@institute.example"));
    rests(None).await.unwrap();
    // How they stand: one that nobody used for thirty days, one that ends this moment.
    let day = 24 * 3600;
    let aged: Result<(), Error> = async {
        transact!(app.database, transaction => {
            for (column, at, label) in
                [("created_at", NOW.plus_seconds(-30 * day), "Backup"), ("expires_at", NOW, "ÉTÉ 7")]
            {
                let text = format!("UPDATE api_tokens SET {column} = $1 WHERE label = $2");
                execute!(transaction, sqlx::query(sqlx::AssertSqlSafe(text)).bind(at).bind(label));
            }
            Ok(())
        })
    }
    .await;
    aged.unwrap();
    for (state, said) in [("valid", ">51 tokens<"), ("unused", ">One token<"), ("over", ">One token<")] {
        let page = head.get(&format!("{LIST}?state={state}")).await.text;
        assert!(page.contains(said), "{state}: {page}");
    }
    let asked = audit::Asked { action: "end_token_of".into(), ..Default::default() };
    let told = audit::find(&app.database, &asked).await.unwrap();
    let [one] = &told[..] else { panic!("one entry: {told:?}") };
    assert_eq!(one.after["label"], "Monthly report");
    assert_eq!(one.line.person_id.map(|id| id.to_string()), Some(one.line.subject_id.clone()), "who did it");
    assert!(!one.after.to_string().contains(&token));
}

#[rstest]
#[tokio::test]
async fn lists_of_accounts_on_a_screen_are_entries_of_the_trail(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let keeper = Visitor::invited(app, "keeper@institute.example", Role::InstanceAdministrator, None).await;
    for list in ["/people", "/administration/letters", "/administration/tokens"] {
        assert_eq!(keeper.get(list).await.status, StatusCode::OK, "of one person: no entry");
    }
    let ada = Visitor::invited(app, "ada@institute.example", Role::ProjectOfficer, None).await;
    token_of(&keeper, "Backup", READS).await;
    token_of(&ada, "Report", READS).await;
    for list in ["/people", "/administration/letters", "/administration/tokens", "/administration/tokens?q=report"] {
        assert_eq!(keeper.get(list).await.status, StatusCode::OK);
    }
    let kept = readings(app, "account", None, 3).await;
    assert_eq!(kept, vec![("screen".to_owned(), 2); 3]);
    let trail = keeper.get("/administration/trail?what=account%2Fread_many").await.text;
    assert!(trail.contains("Accounts read in bulk") && trail.contains("/administration/letters"), "{trail}");
}
