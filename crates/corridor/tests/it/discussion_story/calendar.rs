//! The dates of a draft: who sees which, and who is reminded.

use axum::http::StatusCode;
use corridor::{
    accounts::{Role, Shared},
    consortia,
    foundation::errors::Error,
    transact,
};
use rstest::rstest;
use uuid::Uuid;

use super::{NOWHERE, partner, world};
use crate::{
    databases::{Engine, NOW, open_with},
    mailbox::letters_to,
    visitors::Visitor,
};

/// The days of a calendar with what happens on them, as `DTSTART SUMMARY`.
fn days(calendar: &str) -> Vec<String> {
    let unfolded = calendar.replace("\r\n ", "").replace("\n ", "");
    let of = |event: &str, name: &str| {
        let line = event.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name} in {event}"));
        line.split_once(':').unwrap().1.trim().to_owned()
    };
    let mut found: Vec<String> = unfolded
        .split("BEGIN:VEVENT")
        .skip(1)
        .map(|event| format!("{} {}", of(event, "DTSTART"), of(event, "SUMMARY")))
        .collect();
    found.sort();
    found
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_calendar_holds_every_date_and_each_sees_its_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (app, of) = (&world.fresh.app, &world.organisations);
    let first = partner(app, "ada@lab.example", of[0]).await;
    let industry = partner(app, "ida@industry.example", of[2]).await;
    let mut content = consortia::open(app, &world.actor, world.draft).await.unwrap().content;
    let topic = consortia::find_topic(app, &world.actor, "HORIZON-JU-IHI-2026-13-two-stage-01").await.unwrap();
    content.topic = Some(topic.id);
    consortia::save(app, &world.actor, world.draft, 1, &content).await.unwrap();
    // The source shows one date of two stages and no opening: both are put beside it.
    let stages: Vec<(i64, String)> = corridor::on!(app.database, pool => sqlx::query_as(
        "SELECT stage, closes_on FROM cut_offs WHERE topic_id = $1 ORDER BY stage, closes_on",
    )
    .bind(topic.id)
    .fetch_all(pool)
    .await
    .unwrap());
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            corridor::execute!(transaction, sqlx::query("INSERT INTO cut_offs (topic_id, stage, closes_on) VALUES ($1, 2, '2027-05-05')").bind(topic.id));
            corridor::execute!(transaction, sqlx::query("UPDATE topics SET opens_on = '2026-06-16' WHERE id = $1").bind(topic.id));
            for (organisation, until) in [(of[0], "2026-09-20"), (of[2], "2026-09-21")] {
                corridor::execute!(transaction, sqlx::query(
                    "INSERT INTO organisation_documents (cluster_id, id, organisation_id, kind, title, valid_until, stated_by,
                         created_at, counts_until)
                     VALUES ((SELECT id FROM clusters WHERE slug = 'medicen'), $1, $2, 'gep', 'Plan', $3, 'team', $4, $4)",
                )
                .bind(Uuid::now_v7())
                .bind(organisation)
                .bind(until)
                .bind(NOW));
            }
            Ok(())
        })
    }
    .await;
    written.unwrap();
    let (team, theirs) = (format!("{}/calendar", world.team()), format!("{}/calendar", world.theirs()));
    for form in [
        "name=Team+day&day=2026-09-10&audience=team".to_owned(),
        "name=Side+day&day=2026-09-11&audience=applicant".to_owned(),
        format!("name=One+day&day=2026-09-12&audience=partner:{}", of[2]),
        "name=Long+ago&day=2026-08-01&audience=team".to_owned(),
    ] {
        let set = world.officer.post(&team, &form).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.text);
    }
    for form in [
        format!("what=Their+task&whose=organisation:{}&due_on=2026-09-05", of[0]),
        "what=Open+task&due_on=2026-09-06".to_owned(),
        "what=Whenever".to_owned(),
    ] {
        assert_eq!(world.officer.post(&format!("{}/tasks", world.team()), &form).await.status, StatusCode::SEE_OTHER);
    }
    let invited =
        format!("organisation={}&role=beneficiary&side=applicant&answer_by=2026-09-07&email=new@lab.example", of[4]);
    assert_eq!(
        world.officer.post(&format!("{}/partners/invite", world.team()), &invited).await.status,
        StatusCode::SEE_OTHER
    );
    let round = "statement=We+confirm&due_on=2026-09-08";
    assert_eq!(world.officer.post(&format!("{}/signoff", world.team()), round).await.status, StatusCode::SEE_OTHER);
    let search = "words=A+hospital&open_until=2026-09-09&audience=team";
    assert_eq!(world.officer.post(&format!("{}/opening", world.team()), search).await.status, StatusCode::SEE_OTHER);

    let whole = world.officer.get(&format!("{team}.ics")).await;
    assert_eq!(whole.headers["content-type"], "text/calendar; charset=utf-8");
    let seen = days(&whole.text);
    let told =
        |seen: &[String], what: &str| seen.iter().filter(|line| line.contains(what)).cloned().collect::<Vec<_>>();
    assert_eq!(told(&seen, "Second stage").len() + told(&seen, "First stage").len(), stages.len() + 1, "{seen:?}");
    assert!(told(&seen, "20270505")[0].contains("Second stage"), "{seen:?}");
    assert_eq!(told(&seen, "Opens"), told(&seen, "20260616"), "{seen:?}");
    assert_eq!(told(&seen, "Opens").len(), 1, "{seen:?}");
    for (day, what) in [
        ("20260801", "Long ago"),
        ("20260905", "Their task"),
        ("20260906", "Open task"),
        ("20260908", "We confirm"),
        ("20260909", "A hospital"),
        ("20260910", "Team day"),
        ("20260911", "Side day"),
        ("20260912", "One day"),
    ] {
        assert_eq!(told(&seen, what), told(&seen, day), "{seen:?}");
        assert_eq!(told(&seen, what).len(), 1, "{what}: {seen:?}");
    }
    for day in ["20260920", "20260921"] {
        let ends = told(&seen, day);
        assert!(ends.len() == 1 && ends[0].contains("End of a document"), "{seen:?}");
    }
    assert!(told(&seen, "20260907")[0].contains("invitation") && told(&seen, "Whenever").is_empty(), "{seen:?}");
    let own = async |visitor: &Visitor| {
        let calendar = visitor.get(&format!("{theirs}.ics")).await;
        assert_eq!(calendar.status, StatusCode::OK, "{}", calendar.text);
        let all = [
            "Their task",
            "Open task",
            "We confirm",
            "A hospital",
            "Team day",
            "Side day",
            "One day",
            "Long ago",
            "invitation",
            "Second stage",
            "20260920",
            "20260921",
        ];
        let seen = days(&calendar.text).join("\n");
        all.map(|what| if seen.contains(what) { '+' } else { '.' }).iter().collect::<String>()
    };
    assert_eq!(own(&first).await, "+.+..+...++.");
    assert_eq!(own(&industry).await, "..+...+..+.+");
    let page = first.get(&theirs).await;
    assert!(
        page.text.contains("Side day") && !page.text.contains("Team day") && page.text.contains("in 4 days"),
        "{}",
        page.text
    );
    let page = world.officer.get(&team).await;
    assert!(page.text.contains("Past") && page.text.contains("Long ago"), "{}", page.text);

    // A task that is done, an answer that came and a date that is deleted are no dates any more.
    for table in ["draft_tasks", "draft_milestones"] {
        let text = format!("SELECT id FROM {table} ORDER BY id");
        let ids: Vec<Uuid> = corridor::on!(app.database, pool => sqlx::query_scalar(sqlx::AssertSqlSafe(text.clone())).fetch_all(pool).await.unwrap());
        let (path, form) = match table {
            "draft_tasks" => (format!("{}/tasks/{}", world.team(), ids[0]), "act=done"),
            _ => (format!("{team}/{}/delete", ids[0]), "sure=yes"),
        };
        if table == "draft_milestones" {
            let asked = world.officer.post(&path, "sure=").await;
            assert!(asked.status == StatusCode::OK && asked.text.contains("Delete this date"), "{}", asked.text);
        }
        assert_eq!(world.officer.post(&path, form).await.status, StatusCode::SEE_OTHER);
        assert_eq!(
            world.officer.post(&format!("{team}/{NOWHERE}/delete"), "sure=yes").await.status,
            StatusCode::NOT_FOUND
        );
    }
    let seen = days(&world.officer.get(&format!("{team}.ics")).await.text);
    assert!(told(&seen, "Their task").is_empty() && told(&seen, "Team day").is_empty(), "{seen:?}");
    for (form, problem) in [
        ("name=&day=2026-09-10&audience=team", "say what happens on that day"),
        ("name=X&day=never&audience=team", "write a day"),
        ("name=X&day=2026-09-10&audience=king", "you cannot address these"),
    ] {
        let wrong = world.officer.post(&team, form).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text.contains(problem), "{}", wrong.text);
    }
    let partners = first.post(&theirs, "name=X&day=2026-09-10&audience=team").await;
    assert_eq!(partners.status, StatusCode::METHOD_NOT_ALLOWED, "only the team sets dates");

    // Under a private address a program reads what its owner sees now, and nothing once the seat is gone.
    let private = async |visitor: &Visitor, place: &str| {
        let made = visitor.post(&format!("{place}/address"), "label=My+agenda").await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.text);
        let (_, rest) = made.text.split_once("/private/").unwrap();
        format!("/private/{}", rest.split(['"', '<', ' ']).next().unwrap())
    };
    let (of_team, of_partner) = (private(&world.officer, &team).await, private(&first, &theirs).await);
    let nobody = Visitor::nobody(app);
    let read = nobody.get(&of_team).await;
    assert!(read.status == StatusCode::OK && read.text.contains("Open task"), "{}", read.text);
    assert_eq!(read.headers["referrer-policy"], "no-referrer");
    let read = nobody.get(&of_partner).await;
    assert!(
        read.status == StatusCode::OK && read.text.contains("Side day") && !read.text.contains("Open task"),
        "{}",
        read.text
    );
    let swapped = [of_team.replace("draft.ics", "workspace.ics"), of_partner.replace("workspace.ics", "draft.ics")];
    for path in
        swapped.iter().map(String::as_str).chain(["/private/unknown/draft.ics", "/private/unknown/workspace.ics"])
    {
        assert_eq!(nobody.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let draft = consortia::open(app, &world.actor, world.draft).await.unwrap();
    let mut without = draft.content.clone();
    without.members.remove(0);
    consortia::save(app, &world.actor, world.draft, draft.revision, &without).await.unwrap();
    assert_eq!(
        nobody.get(&of_partner).await.status,
        StatusCode::NOT_FOUND,
        "whoever left the sheet has no calendar of it"
    );
    let lyon = Visitor::invited_to(app, "lyonbiopole", "officer@lyon.example", Role::ProjectOfficer, None).await;
    for path in ["calendar", "calendar.ics"] {
        let there = lyon.get(&format!("{}/{path}", world.team())).await;
        let nowhere = lyon.get(&format!("/consortia/{NOWHERE}/{path}")).await;
        assert_eq!(
            (there.status, there.text.replace(&world.draft.to_string(), NOWHERE)),
            (nowhere.status, nowhere.text)
        );
    }
    assert_eq!(lyon.post(&format!("{team}/address"), "label=x").await.status, StatusCode::NOT_FOUND);
    assert_eq!(lyon.post(&team, "name=X&day=2026-09-10&audience=team").await.status, StatusCode::NOT_FOUND);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reminders_of_tasks_come_before_and_after_the_last_day(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (app, of) = (&world.fresh.app, &world.organisations);
    partner(app, "ada@lab.example", of[0]).await;
    let shown = Visitor::acting_as(app, Role::ProjectOfficer).await;
    for (visitor, form) in [
        (&world.officer, format!("what=Send+the+letter&whose=organisation:{}&due_on=2026-09-10", of[0])),
        (&world.officer, "what=Nobody+does+it&due_on=2026-09-10".to_owned()),
        (&shown, format!("what=Of+the+demonstration&whose=organisation:{}&due_on=2026-09-10", of[0])),
    ] {
        assert_eq!(visitor.post(&format!("{}/tasks", world.team()), &form).await.status, StatusCode::SEE_OTHER);
    }
    let count = async |app: &Shared, email: &str, words: &str, subject: &str| {
        let letters = letters_to(app, email).await;
        letters.iter().filter(|letter| letter.contains(words) && letter.contains(subject)).count()
    };
    for (days, soon, late) in [(1, 0, 0), (5, 0, 0), (6, 1, 0), (7, 1, 0), (9, 1, 0), (10, 1, 1), (20, 1, 1)] {
        let later = NOW.plus_seconds(days * 86_400);
        let app = open_with(&world.fresh.url, &world.fresh.folder, later, "http://corridor.example").await;
        corridor::consortia::discussion::remind_of_all(&app).await.unwrap();
        corridor::consortia::discussion::remind_of_all(&app).await.unwrap();
        for (email, words) in [("ada@lab.example", "Send the letter"), ("officer@medicen.example", "Nobody does it")] {
            let found =
                (count(&app, email, words, "Reminder:").await, count(&app, email, words, "Overdue since").await);
            assert_eq!(found, (soon, late), "{email} on day {days}");
        }
        assert_eq!(count(&app, "ada@lab.example", "Of the demonstration", "").await, 0);
    }
    // What is done, and what belongs to a draft put aside, is not reminded of.
    for what in ["Quick", "Aside"] {
        let form = format!("what={what}&whose=organisation:{}&due_on=2026-12-01", of[0]);
        assert_eq!(world.officer.post(&format!("{}/tasks", world.team()), &form).await.status, StatusCode::SEE_OTHER);
    }
    let quick: Uuid = corridor::on!(app.database, pool => sqlx::query_scalar("SELECT id FROM draft_tasks WHERE what = 'Quick'")
        .fetch_one(pool)
        .await
        .unwrap());
    world.officer.post(&format!("{}/tasks/{quick}", world.team()), "act=done").await;
    consortia::archive(app, &world.actor, world.draft, true).await.unwrap();
    let later = NOW.plus_seconds(120 * 86_400);
    let app = open_with(&world.fresh.url, &world.fresh.folder, later, "http://corridor.example").await;
    corridor::consortia::discussion::remind_of_all(&app).await.unwrap();
    assert_eq!(count(&app, "ada@lab.example", "Overdue since", "").await, 1);
    consortia::archive(&app, &world.actor, world.draft, false).await.unwrap();
    corridor::consortia::discussion::remind_of_all(&app).await.unwrap();
    assert_eq!(count(&app, "ada@lab.example", "Aside", "Overdue since").await, 1);
    assert_eq!(count(&app, "ada@lab.example", "Quick", "Overdue since").await, 0);
}
