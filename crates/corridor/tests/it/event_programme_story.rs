//! The programme of all clusters: who sees which events, what is counted of them, and events without meetings by request.

use axum::http::StatusCode;
use corridor::{
    accounts::{
        Actor, ClusterRef, Role, Shared, clusters,
        visibility::{Audience, reader},
    },
    events::{
        self, EventId, EventKind, EventState, Setup, Template, participants,
        participants::Asked,
        programme::{self, Attendance, Narrowed, Programme},
    },
    execute,
    foundation::{errors::Error, time::Timestamp},
    transact,
};
use rstest::rstest;
use uuid::Uuid;

use crate::{
    databases::{Engine, NOW, fresh},
    participation_story::acting,
    visitors::{Visitor, make_cluster, prepare_people},
};

fn plain(name: &str, kind: EventKind, about: &str, day: &str) -> Setup {
    let first = day.parse().unwrap_or_else(|_| "2026-10-06".parse().unwrap());
    let mut setup = Template::Plain.setup(name, first, "Europe/Paris", &str::to_owned);
    setup.kind = kind;
    if day.is_empty() {
        (setup.days, setup.about) = (Vec::new(), about.to_owned());
    }
    setup
}

async fn put(app: &Shared, team: &Actor, setup: Setup, opened: Option<&Audience>) -> EventId {
    let event = events::create(app, team, setup).await.unwrap();
    if let Some(audience) = opened {
        events::set_state(app, team, event, EventState::Open, audience).await.unwrap();
    }
    event
}

async fn of(app: &Shared, actor: &Actor, narrowed: &Narrowed) -> Programme {
    let reader = reader(&app.database, actor).await.unwrap();
    programme::programme(app, actor, &reader, narrowed).await.unwrap()
}

fn names(programme: &Programme) -> Vec<&str> {
    programme.lines.iter().map(|line| line.event.setup.name.as_str()).collect()
}

/// Where a cluster is, as its record in the directory says.
async fn place(app: &Shared, cluster: &ClusterRef, region: &str) {
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            let id = Uuid::now_v7();
            execute!(transaction, sqlx::query(
                "INSERT INTO organisations (id, name, name_key, kind, country, region, project_count, revision, created_at, updated_at)
                 VALUES ($1, $2, $2, 'cluster', 'FR', $3, 0, 1, $4, $4)",
            )
            .bind(id)
            .bind(&cluster.name)
            .bind(region)
            .bind(NOW));
            execute!(transaction, sqlx::query(
                "INSERT INTO cluster_organisations (cluster_id, organisation_id) VALUES ($1, $2)",
            )
            .bind(cluster.id)
            .bind(id));
            Ok(())
        })
    }
    .await;
    written.unwrap();
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_reads_the_events_that_are_shown_to_them(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    make_cluster(app, "lyonbiopole", "Lyonbiopole").await;
    let all = clusters(&app.database).await.unwrap();
    let cluster = |slug: &str| all.iter().find(|cluster| cluster.slug == slug).unwrap().clone();
    let (medicen, lyon) = (cluster("medicen"), cluster("lyonbiopole"));
    place(app, &medicen, "Île-de-France").await;
    place(app, &lyon, "Auvergne-Rhône-Alpes").await;
    let ours = acting(Role::EventOrganiser, Some(&medicen), None);
    let theirs = acting(Role::EventOrganiser, Some(&lyon), None);

    let signing = plain("Signing", EventKind::Signing, "2026-11", "");
    let year = plain("Some day", EventKind::Kickoff, "2027", "");
    let undated = plain("Committee", EventKind::Committee, "", "");
    let conference = plain("Conference", EventKind::Conference, "", "2026-10-07");
    let business = Template::HalfDay.setup("Business", "2026-10-06".parse().unwrap(), "Europe/Paris", &str::to_owned);
    put(app, &ours, signing, Some(&Audience::Public)).await;
    put(app, &ours, undated, Some(&Audience::Team)).await;
    put(app, &ours, year, None).await;
    let conference = put(app, &theirs, conference, Some(&Audience::Members)).await;
    let business = put(app, &theirs, business, Some(&Audience::Public)).await;

    let everything = Narrowed::default();
    let (seen_here, seen_there) = (of(app, &ours, &everything).await, of(app, &theirs, &everything).await);
    assert_eq!(names(&seen_here), ["Some day", "Signing", "Business", "Committee"], "undated last, private ones too");
    assert_eq!(names(&seen_there), ["Signing", "Conference", "Business"]);
    let member = acting(Role::MemberContact, Some(&lyon), None);
    assert_eq!(names(&of(app, &member, &everything).await), ["Signing", "Conference", "Business"]);
    let member = acting(Role::MemberContact, Some(&medicen), None);
    assert_eq!(
        names(&of(app, &member, &everything).await),
        ["Signing", "Business"],
        "what the team keeps is the team's"
    );
    let region = Narrowed { region: "Île-de-France".to_owned(), ..Narrowed::default() };
    assert_eq!(names(&of(app, &theirs, &region).await), ["Signing"]);
    let kind = Narrowed { kind: "business".to_owned(), year: "2026".to_owned(), ..Narrowed::default() };
    assert_eq!(names(&of(app, &ours, &kind).await), ["Business"]);
    let nothing = Narrowed { year: "1999".to_owned(), ..Narrowed::default() };
    assert_eq!(names(&of(app, &ours, &nothing).await), Vec::<&str>::new());
    assert!(matches!(
        programme::programme(app, &Actor::Nobody, &reader(&app.database, &Actor::Nobody).await.unwrap(), &everything)
            .await,
        Err(Error::Refused { .. })
    ));

    // Who was asked and who came is of the organiser; to others it is told who takes part.
    for (name, confirmed) in [("One", "yes"), ("Two", "yes"), ("Three", "")] {
        let asked = Asked {
            organisation: name.to_owned(),
            kind: "participant".to_owned(),
            email: format!("{}@lab.example", name.to_lowercase()),
            confirmed: confirmed.to_owned(),
            ..Asked::default()
        };
        participants::invite(app, &theirs, business, &asked).await.unwrap();
    }
    let came: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query("UPDATE event_people SET checked_in_at = $1 WHERE email = 'one@lab.example'").bind(NOW));
            Ok(())
        })
    }
    .await;
    came.unwrap();
    let counted = |programme: &Programme| {
        programme.lines.iter().find(|line| line.event.id == business).map(|line| (line.own, line.attendance)).unwrap()
    };
    let full = Attendance { invited: 3, confirmed: 2, came: 1, kept: 0, told: 0 };
    assert_eq!(counted(&of(app, &theirs, &everything).await), (true, full));
    let public = Attendance { confirmed: 2, ..Attendance::default() };
    assert_eq!(counted(&of(app, &ours, &everything).await), (false, public));

    // The page, and the calendar of what has days.
    let visitor = Visitor::invited_to(app, "lyonbiopole", "x@lyon.example", Role::Reader, None).await;
    let page = visitor.get("/events/programme").await;
    assert_eq!(page.status, StatusCode::OK);
    for said in ["November 2026", "October 2026", "Conference", "2 take part"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert!(!page.text.contains("Some day") && !page.text.contains("3 invited"), "{}", page.text);
    assert!(!page.text.contains(&format!("/events/{conference}")), "a reader has no page of the event");
    events::set_state(app, &theirs, conference, EventState::Cancelled, &Audience::Members).await.unwrap();
    let calendar = visitor.get("/events/programme.ics").await;
    assert_eq!(calendar.headers["content-type"], "text/calendar; charset=utf-8");
    let text = calendar.text.replace("\r\n ", "");
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 2, "what is known to the month is no date: {text}");
    for said in ["DTSTART;VALUE=DATE:20261007", "DTEND;VALUE=DATE:20261008", "STATUS:CANCELLED", "STATUS:CONFIRMED"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    put(app, &ours, plain("Prepared", EventKind::Conference, "", "2026-10-09"), None).await;
    let organiser = Visitor::invited(app, "organiser@medicen.example", Role::EventOrganiser, None).await;
    let own = organiser.get("/events/programme.ics").await.text;
    assert!(own.contains("STATUS:TENTATIVE"), "what is prepared may change: {own}");
    let stranger = Visitor::nobody(app);
    for path in ["/events/programme", "/events/programme.ics"] {
        assert_ne!(stranger.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_without_requests_is_days_a_place_and_who_comes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let organiser = Visitor::invited(app, "organiser@medicen.example", Role::EventOrganiser, None).await;
    let made = organiser.post("/events", "name=Signing&template=plain&first_day=2026-10-06").await;
    let setup = made.headers["location"].to_str().unwrap().split('?').next().unwrap().to_owned();
    let event = setup.trim_end_matches("/setup").to_owned();
    let page = organiser.get(&event).await;
    assert!(!page.text.contains(&format!("{event}/timetable")) && !page.text.contains(&format!("{event}/requests\"")));
    let form = "revision=1&name=Signing&kind=signing&zone=Europe%2FParis&minutes=20&pause=5&about=2027-03\
                &kind.0.key=participant&kind.0.name=Guest&kind.0.minimum=0&place=Osaka";
    let saved = organiser.post(&setup, form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let page = organiser.get(&event).await;
    assert!(page.text.contains("March 2027"), "{}", page.text);
    let page = organiser.get(&setup).await;
    assert!(page.text.contains("value=\"2027-03\""), "{}", page.text);
    for (wrong, told) in [
        (form.replace("about=2027-03", "about=spring"), "Write a month"),
        (form.replace("kind=signing", "kind=business"), "An event has one to ten days"),
    ] {
        let refused = organiser.post(&setup, &wrong.replace("revision=1", "revision=2")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains(told), "{told}: {}", refused.text);
    }
    // Who comes is asked and answers as elsewhere.
    let asked = "organisation=Guest&kind=participant&confirmed=yes&email=g@guest.example&language=en";
    assert_eq!(organiser.post(&format!("{event}/participants"), asked).await.status, StatusCode::SEE_OTHER);
    let (_, all) = participants::list(
        app,
        &acting(Role::EventOrganiser, Some(&clusters(&app.database).await.unwrap()[0]), None),
        event.trim_start_matches("/events/").parse().unwrap(),
    )
    .await
    .unwrap();
    let seat = organiser.get(&format!("/attend/{}", all[0].0.id)).await;
    assert!(seat.status == StatusCode::OK && !seat.text.contains("/meet\""), "{}", seat.text);
    assert!(all[0].0.asked_at > Timestamp(0));
}
