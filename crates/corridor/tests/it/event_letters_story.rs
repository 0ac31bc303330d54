//! Letters about requests: each ends them for its own address, at one event; what was agreed and the timetable still come.

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, Role, Shared, clusters, visibility::Audience},
    directory::search,
    events::{
        self, EventHolding, EventId, EventState, ParticipantId, RequestState, Template, Wish, attending,
        participants::{self, Asked},
        requests::{self, Answer},
    },
    execute,
    foundation::{
        errors::Error,
        personal::{Holding, Subject},
    },
    on, transact,
};
use rstest::rstest;

use crate::{
    databases::{Engine, Fresh, NOW, fresh, open_with},
    mailbox::{letters_to, link_in},
    participation_story::acting,
    visitors::{Visitor, prepare_people},
};

struct World {
    fresh: Fresh,
    team: Actor,
    event: EventId,
}

impl World {
    async fn joins(&self, name: &str, email: &str) -> ParticipantId {
        let asked = Asked {
            organisation: name.to_owned(),
            kind: "participant".to_owned(),
            name: format!("Ada of {name}"),
            email: email.to_owned(),
            language: "en".to_owned(),
            confirmed: "yes".to_owned(),
            ..Asked::default()
        };
        participants::invite(&self.fresh.app, &self.team, self.event, &asked).await.unwrap()
    }

    async fn asks(&self, app: &Shared, from: ParticipantId, to: ParticipantId) {
        let seat = attending::seat(app, &self.team, &from.to_string()).await.unwrap();
        requests::ask(app, &self.team, &seat, to, (Wish::Meet, "Let us meet")).await.unwrap();
    }

    /// The same instance so many days later.
    async fn later(&self, days: i64) -> Shared {
        let then = NOW.plus_seconds(days * 86_400 + 3_600);
        open_with(&self.fresh.url, &self.fresh.folder, then, "http://corridor.example").await
    }
}

async fn world(engine: Engine) -> World {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let all = clusters(&app.database).await.unwrap();
    let team = acting(Role::EventOrganiser, all.iter().find(|cluster| cluster.slug == "medicen"), None);
    let setup = Template::HalfDay.setup("Biotech", "2026-10-06".parse().unwrap(), "Europe/Paris", &str::to_owned);
    let event = events::create(app, &team, setup).await.unwrap();
    events::set_state(app, &team, event, EventState::Open, &Audience::Members).await.unwrap();
    World { team, event, fresh }
}

async fn muted(app: &Shared) -> i64 {
    on!(app.database, pool => sqlx::query_scalar("SELECT COUNT(*) FROM event_muted").fetch_one(pool).await.unwrap())
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_wants_no_letters_about_requests_gets_none_and_hears_of_what_is_agreed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let (ada, bob) = ("ada@lab.example", "bob@clinic.example");
    let lab = world.joins("Lab", ada).await;
    let clinic = world.joins("Clinic", bob).await;
    let firm = world.joins("Firm", "cyd@firm.example").await;
    world.asks(app, clinic, lab).await;
    let letter = letters_to(app, ada).await.pop().unwrap();
    let link = link_in(&letter);
    assert!(link.ends_with("/requests") && letter.contains(&format!("{link}/letters")), "{letter}");

    // Asking for the page changes nothing; the one click of a mail program does.
    let nobody = Visitor::nobody(app);
    let stop = format!("{link}/letters");
    let page = nobody.get(&stop).await;
    assert!(page.status == StatusCode::OK && page.text.contains("No more letters about requests"), "{}", page.text);
    assert!(page.text.contains("still comes by letter") && page.text.contains(ada), "{}", page.text);
    assert_eq!(muted(app).await, 0);
    let ended = nobody.post(&stop, "List-Unsubscribe=One-Click").await;
    assert!(ended.status == StatusCode::OK && ended.text.contains("gets no more letters"), "{}", ended.text);
    assert_eq!(nobody.post(&stop, "List-Unsubscribe=One-Click").await.status, StatusCode::OK);
    assert_eq!(muted(app).await, 1);

    // Neither a new request nor the daily letter is told; what is agreed is.
    let count = letters_to(app, ada).await.len();
    for days in [1, 3, 6] {
        let app = world.later(days).await;
        if days == 1 {
            world.asks(&app, firm, lab).await;
        }
        requests::remind_of_all(&app).await.unwrap();
        assert_eq!(letters_to(&app, ada).await.len(), count, "day {days}");
    }
    let own = attending::seat(app, &world.team, &lab.to_string()).await.unwrap();
    let waits = requests::of_seat(app, &own).await.unwrap();
    assert_eq!(waits.len(), 2, "the page has them");
    let seat = attending::seat(app, &world.team, &clinic.to_string()).await.unwrap();
    let of_clinic = requests::of_seat(app, &seat).await.unwrap();
    let to_lab = of_clinic.iter().find(|one| one.other.id == lab).unwrap().request.id;
    let later = world.later(8).await;
    let state =
        requests::answer(&later, &world.team, &own, to_lab, RequestState::Waiting, (&Answer::Accept(Wish::Meet), ""));
    assert_eq!(state.await.unwrap(), RequestState::Accepted);
    assert!(letters_to(&later, bob).await.pop().unwrap().contains("Lab has accepted"));
    let taken = requests::answer(&later, &world.team, &seat, to_lab, RequestState::Accepted, (&Answer::Withdraw, ""));
    assert_eq!(taken.await.unwrap(), RequestState::Withdrawn);
    assert!(letters_to(&later, ada).await.pop().unwrap().contains("called off"), "what is agreed still comes");

    // The choice is of one address and of nobody's team; it can be taken back, and is told to whoever asks.
    let organiser = Visitor::invited(app, "organiser@medicen.example", Role::EventOrganiser, None).await;
    for method in ["get", "post"] {
        let path = format!("/attend/{lab}/requests/letters");
        let refused = if method == "get" { organiser.get(&path).await } else { organiser.post(&path, "").await };
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{method}");
    }
    let held = format!("{:?}", EventHolding.held(&app.database, &Subject::address(ada).unwrap()).await.unwrap());
    assert!(held.contains("personal-event-muted"), "{held}");
    let others = format!("{:?}", EventHolding.held(&app.database, &Subject::address(bob).unwrap()).await.unwrap());
    assert!(!others.contains("personal-event-muted"), "{others}");
    let again = nobody.post(&stop, "again=yes").await;
    assert!(again.text.contains("No more letters about requests"), "{}", again.text);
    assert_eq!(muted(app).await, 0);
    let count = letters_to(&later, ada).await.len();
    let later = world.later(9).await;
    requests::remind_of_all(&later).await.unwrap();
    assert_eq!(letters_to(&later, ada).await.len(), count + 1);

    // It goes with whoever made it.
    nobody.post(&stop, "").await;
    assert_eq!(muted(app).await, 1);
    let erased: Result<_, Error> = async {
        let subject = Subject::address(ada).unwrap();
        transact!(app.database, transaction => EventHolding.erase(transaction, &subject, NOW).await)
    }
    .await;
    erased.unwrap();
    assert_eq!(muted(app).await, 0);
}

/// An account that speaks for a participant without people of its own is written to as well, and chooses as well.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_chooses_for_its_own_address(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let organisation = uuid::Uuid::now_v7();
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query(
                "INSERT INTO organisations (id, name, name_key, kind, country, project_count, revision, created_at, updated_at)
                 VALUES ($1, 'Lab', 'lab', 'sme', 'FR', 0, 1, $2, $2)",
            ).bind(organisation).bind(NOW));
            search::touch(transaction, NOW).await
        })
    }
    .await;
    written.unwrap();
    app.part::<search::Catalogue>().refresh(&app.database).await.unwrap();
    let member = Visitor::invited(app, "ada@lab.example", Role::MemberContact, Some(organisation)).await;
    let registered = member.post(&format!("/meetings/{}", world.event), "kind=participant&offers=&seeks=").await;
    assert_eq!(registered.status, StatusCode::SEE_OTHER, "{}", registered.text);
    let seat = registered.headers["location"].to_str().unwrap().split('?').next().unwrap().to_owned();
    let own = member.get(&seat).await;
    assert!(own.text.contains(&format!("{seat}/letters")), "the profile leads there: {}", own.text);
    let ended = member.post(&format!("{seat}/requests/letters"), "").await;
    assert!(ended.status == StatusCode::OK && ended.text.contains("gets no more letters"), "{}", ended.text);
    let clinic = world.joins("Clinic", "bob@clinic.example").await;
    let count = letters_to(app, "ada@lab.example").await.len();
    world.asks(app, clinic, seat.trim_start_matches("/attend/").parse().unwrap()).await;
    assert_eq!(letters_to(app, "ada@lab.example").await.len(), count);
}
