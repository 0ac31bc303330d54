//! How long data is kept: nothing goes before somebody saw it and let it; then it goes every day.

use axum::http::StatusCode;
use corridor::{
    accounts::{Role, Shared},
    foundation::{
        audit,
        errors::Error,
        jobs::Job,
        personal::{self, Subject},
    },
    privacy::retention::EveryDay,
    transact,
};
use rstest::rstest;

use crate::{
    databases::{Engine, Fresh, NOW, fresh, open_with},
    mailbox::{letters_to, run_jobs},
    visitors::{HOST, Visitor, invite, prepare_people},
};

const DAY: i64 = 24 * 3600;
const INVITATIONS: &str = "/retention/invitation.invitation";
const ACCOUNTS: &str = "/retention/account.account";

/// The instance so many days later.
async fn later(fresh: &Fresh, days: i64) -> Shared {
    open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(days * DAY), &format!("http://{HOST}")).await
}

/// Whoever runs the instance, signed in there.
async fn keeper(app: &Shared, email: &str) -> Visitor {
    Visitor::invited(app, email, Role::InstanceAdministrator, None).await
}

async fn invite_somebody(app: &Shared, email: &str) {
    let offered = corridor::accounts::HeldRole {
        role: Role::InstanceAdministrator,
        cluster: None,
        organisation: None,
        organisation_name: None,
    };
    invite(app, email, &offered).await;
}

/// What every day does, done now.
async fn a_day(app: &Shared) {
    EveryDay {}.run(app.clone(), corridor::foundation::jobs::Progress::unwatched(&app.database)).await.unwrap();
    run_jobs(app).await;
}

async fn invitations(app: &Shared) -> Vec<String> {
    let found: Result<Vec<String>, Error> = async {
        Ok(corridor::values!(app.database, "SELECT email FROM invitations WHERE accepted_at IS NULL ORDER BY email"))
    }
    .await;
    found.unwrap()
}

/// Asks for a preview; its address.
async fn preview(visitor: &Visitor, purpose: &str) -> String {
    let answer = visitor.post(&format!("{purpose}/preview"), "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    answer.headers["location"].to_str().unwrap().to_owned()
}

async fn done(visitor: &Visitor, path: &str, form: &str) {
    let answer = visitor.post(path, form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.text);
}

#[rstest]
#[tokio::test]
async fn nothing_goes_before_somebody_saw_it_and_let_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    prepare_people(&fresh.app).await;
    invite_somebody(&fresh.app, "early@institute.example").await;
    invite_somebody(&fresh.app, "held@institute.example").await;
    // Half a year later: the invitations are long over.
    let app = later(&fresh, 183).await;
    let visitor = keeper(&app, "keeper@institute.example").await;
    a_day(&app).await;
    assert_eq!(invitations(&app).await.len(), 2, "nobody let anything run");
    let page = visitor.get("/retention").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("Invitations not taken up") && page.text.contains("Waits for its preview"));
    assert!(page.text.contains("No period has run yet"));

    let hold: Result<_, Error> = async {
        let subject = Subject::address("held@institute.example").unwrap();
        transact!(app.database, transaction => personal::hold(transaction, &subject, NOW).await)
    }
    .await;
    hold.unwrap();
    let seen = preview(&visitor, INVITATIONS).await;
    let page = visitor.get(&seen).await.text;
    assert!(page.contains("One record was due") && page.contains("early@institute.example"), "{page}");
    assert!(!page.contains("held@institute.example"), "an open request keeps it: {page}");
    assert_eq!(invitations(&app).await.len(), 2, "looking removes nothing");
    // Left as it is, the preview cannot be let run any more.
    done(&visitor, &format!("{seen}/cancel"), "").await;
    assert_eq!(visitor.post(&format!("{seen}/run"), "").await.status, StatusCode::GONE);
    run_jobs(&app).await;
    assert_eq!(invitations(&app).await.len(), 2);

    let seen = preview(&visitor, INVITATIONS).await;
    done(&visitor, &format!("{seen}/run"), "").await;
    run_jobs(&app).await;
    assert_eq!(invitations(&app).await, ["held@institute.example"], "what was seen is gone, what is held stays");
    assert_eq!(visitor.post(&format!("{seen}/run"), "").await.status, StatusCode::GONE, "once");
    let page = visitor.get(INVITATIONS).await.text;
    assert!(page.contains("Runs every day") && page.contains("Done"), "{page}");
    a_day(&app).await;
    a_day(&app).await;
    let runs: Result<i64, Error> =
        async { Ok(corridor::value!(app.database, "SELECT COUNT(*) FROM retention_runs").unwrap_or(0)) }.await;
    assert_eq!(runs.unwrap(), 1, "one run a purpose and day");
    let told: Result<Vec<String>, Error> = async {
        Ok(corridor::values!(
            app.database,
            "SELECT action FROM audit_entries WHERE subject_kind = 'retention' ORDER BY id"
        ))
    }
    .await;
    assert_eq!(told.unwrap(), ["preview", "cancel_preview", "preview", "let_run", "run"]);
    let entries: Result<Vec<String>, Error> = async {
        Ok(corridor::values!(
            app.database,
            "SELECT CAST(after AS TEXT) FROM audit_entries WHERE subject_kind = 'retention' AND action = 'run'"
        ))
    }
    .await;
    let figures = entries.unwrap().join("");
    assert!(figures.contains("\"removed\"") && !figures.contains("institute"), "figures, not the data: {figures}");
    audit::seal(&app.database).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_period_that_changed_or_rests_removes_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    prepare_people(&fresh.app).await;
    let app = later(&fresh, 1).await;
    let visitor = keeper(&app, "keeper@institute.example").await;
    let seen = preview(&visitor, INVITATIONS).await;
    done(&visitor, &format!("{seen}/run"), "").await;
    run_jobs(&app).await;
    invite_somebody(&app, "early@institute.example").await;

    // It rests when its day comes.
    done(&visitor, &format!("{INVITATIONS}/pause"), "").await;
    let app = later(&fresh, 200).await;
    a_day(&app).await;
    assert_eq!(invitations(&app).await.len(), 1, "it rests");
    let visitor = keeper(&app, "second@institute.example").await;
    done(&visitor, &format!("{INVITATIONS}/resume"), "").await;

    // A shorter period waits for a preview of its own; what ran before does not run on.
    for wrong in ["months=0&reason=x", "months=1.5&reason=x", "months=300&reason=x", "months=2&reason=+"] {
        let answer = visitor.post(&format!("{INVITATIONS}/period"), wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(answer.text.contains("field-wrong"), "{wrong}");
    }
    let old = preview(&visitor, INVITATIONS).await;
    done(&visitor, &format!("{INVITATIONS}/period"), "months=1&reason=The+board+asked").await;
    assert_eq!(visitor.post(&format!("{old}/run"), "").await.status, StatusCode::GONE, "a preview of another period");
    a_day(&app).await;
    assert_eq!(invitations(&app).await.len(), 1, "nobody saw what a month removes");
    let page = visitor.get(INVITATIONS).await.text;
    assert!(page.contains("Waits for its preview") && page.contains("The board asked"), "{page}");
    let seen = preview(&visitor, INVITATIONS).await;
    // The day after tomorrow that preview is too old.
    let app = later(&fresh, 202).await;
    let visitor = keeper(&app, "third@institute.example").await;
    assert_eq!(visitor.post(&format!("{seen}/run"), "").await.status, StatusCode::GONE);
    let seen = preview(&visitor, INVITATIONS).await;
    done(&visitor, &format!("{seen}/run"), "").await;
    run_jobs(&app).await;
    assert_eq!(invitations(&app).await.len(), 0);

    // And back to the default: no reason is asked for.
    done(&visitor, &format!("{INVITATIONS}/period"), "months=3&reason=").await;
}

#[rstest]
#[tokio::test]
async fn a_run_that_is_stopped_removes_nothing_more(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    prepare_people(&fresh.app).await;
    invite_somebody(&fresh.app, "early@institute.example").await;
    let app = later(&fresh, 183).await;
    let visitor = keeper(&app, "keeper@institute.example").await;
    let seen = preview(&visitor, INVITATIONS).await;
    done(&visitor, &format!("{seen}/run"), "").await;
    let page = visitor.get("/retention").await.text;
    let stop = page.split("action=\"").find(|part| part.starts_with("/retention-runs/")).unwrap();
    let stop = stop.split('"').next().unwrap().to_owned();
    done(&visitor, &stop, "").await;
    run_jobs(&app).await;
    assert_eq!(invitations(&app).await.len(), 1, "it was stopped before it began");
    assert!(visitor.get(INVITATIONS).await.text.contains("Stopped"));
    assert_eq!(visitor.post(&stop, "").await.status, StatusCode::GONE, "it has ended");
    // Seen and let run again the same day, it begins anew.
    let seen = preview(&visitor, INVITATIONS).await;
    done(&visitor, &format!("{seen}/run"), "").await;
    run_jobs(&app).await;
    assert_eq!(invitations(&app).await.len(), 0);
}

#[rstest]
#[tokio::test]
async fn nobodys_account_goes_before_they_were_told_in_time(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    prepare_people(&fresh.app).await;
    Visitor::invited(&fresh.app, "gone@institute.example", Role::Reader, None).await;
    Visitor::invited(&fresh.app, "back@institute.example", Role::Reader, None).await;
    let accounts = async |app: &Shared| -> Vec<String> {
        let found: Result<Vec<String>, Error> = async {
            Ok(corridor::values!(
                app.database,
                "SELECT email FROM people WHERE email IN ('gone@institute.example', 'back@institute.example') ORDER BY email"
            ))
        }
        .await;
        found.unwrap()
    };
    // Three years later both are overdue. They are told, and nobody goes.
    let app = later(&fresh, 3 * 365).await;
    let visitor = keeper(&app, "keeper@institute.example").await;
    let seen = preview(&visitor, ACCOUNTS).await;
    let page = visitor.get(&seen).await.text;
    assert!(page.contains("2 records were due") && page.contains("30 days before"), "{page}");
    done(&visitor, &format!("{seen}/run"), "").await;
    for email in ["gone@institute.example", "back@institute.example"] {
        let letters = letters_to(&app, email).await;
        let last = letters.last().unwrap();
        assert!(last.contains("You have not signed in for nearly 24 months"), "{last}");
    }
    assert_eq!(accounts(&app).await.len(), 2, "nobody goes the day they are told");
    let before = letters_to(&app, "gone@institute.example").await.len();
    let app = later(&fresh, 3 * 365 + 29).await;
    a_day(&app).await;
    assert_eq!(accounts(&app).await.len(), 2, "nor a day too early");
    assert_eq!(letters_to(&app, "gone@institute.example").await.len(), before, "and nobody is told twice");
    // One comes back.
    let back = Visitor::nobody(&app);
    back.post("/sign-in/link", "email=back@institute.example").await;
    let link = crate::mailbox::link_in(letters_to(&app, "back@institute.example").await.last().unwrap());
    assert_eq!(back.post(&link, "").await.status, StatusCode::SEE_OTHER);
    let app = later(&fresh, 3 * 365 + 31).await;
    a_day(&app).await;
    assert_eq!(accounts(&app).await, ["back@institute.example"]);
}

/// The trail forgets sign-ins sooner than accounts end: who came in lately keeps the account all the same.
#[rstest]
#[tokio::test]
async fn an_account_outlives_the_trace_of_its_sign_in(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    prepare_people(&fresh.app).await;
    Visitor::invited(&fresh.app, "ada@institute.example", Role::Reader, None).await;
    let app = later(&fresh, 700).await;
    let ada = Visitor::nobody(&app);
    ada.post("/sign-in/link", "email=ada@institute.example").await;
    let link = crate::mailbox::link_in(letters_to(&app, "ada@institute.example").await.last().unwrap());
    assert_eq!(ada.post(&link, "").await.status, StatusCode::SEE_OTHER);
    let holdings = app.part::<personal::Holdings>();
    let trail = holdings.of("trail").unwrap();
    let all = NOW.plus_seconds(5000 * DAY);
    let gone: Result<u64, Error> = async {
        transact!(app.database, transaction => trail.expire(transaction, "trail.sign_in", all, 1000, NOW).await)
    }
    .await;
    assert!(gone.unwrap() > 0);
    let ended: Result<(), Error> = async {
        transact!(app.database, transaction => {
            corridor::execute!(transaction, sqlx::query("DELETE FROM sessions"));
            Ok(())
        })
    }
    .await;
    ended.unwrap();
    let account = holdings.of("account").unwrap();
    let due = account.due(&app.database, "account.account", NOW.plus_seconds(699 * DAY)).await.unwrap();
    assert_eq!(due.count, 0, "{due:?}");
    let due = account.due(&app.database, "account.account", all).await.unwrap();
    assert_eq!(due.count, 1, "it ends by its last use");
}

#[rstest]
#[tokio::test]
async fn periods_are_for_whoever_runs_the_instance(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    prepare_people(&fresh.app).await;
    let visitor = keeper(&fresh.app, "keeper@institute.example").await;
    let seen = preview(&visitor, INVITATIONS).await;
    let paths = ["/retention", INVITATIONS, seen.as_str()];
    let others = [
        Visitor::acting_as(&fresh.app, Role::InstanceAdministrator).await,
        Visitor::invited(&fresh.app, "officer@institute.example", Role::ClusterAdministrator, None).await,
    ];
    for path in paths {
        assert_eq!(visitor.get(path).await.status, StatusCode::OK);
        assert_eq!(visitor.get(&format!("{path}?lang=fr")).await.status, StatusCode::OK);
        for other in &others {
            assert_eq!(other.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    assert_eq!(visitor.get("/retention/nothing.there").await.status, StatusCode::NOT_FOUND);
    let unlimited = visitor.get("/retention/account.ways_in").await;
    assert!(unlimited.text.contains("Not by age") && !unlimited.text.contains("name=\"months\""));
    assert_eq!(visitor.post("/retention/account.ways_in/preview", "").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(visitor.post(&format!("{INVITATIONS}/pause"), "").await.status, StatusCode::GONE, "nothing runs yet");
}
