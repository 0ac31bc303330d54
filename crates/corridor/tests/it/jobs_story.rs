//! Jobs on both engines: done daily by one server only, called off, tried again, taken up after a crash.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use corridor::{
    execute,
    foundation::{
        database::Database,
        errors::Error,
        jobs::{self, Job, JobId, Progress, Runner},
        time::{Clock, Timestamp, Zone},
    },
    transact,
};
use jiff::civil::Time;
use rstest::rstest;
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use crate::databases::{Engine, NOW, fresh};

struct World {
    database: Database,
    done: AtomicUsize,
}

fn world(database: &Database) -> Arc<World> {
    Arc::new(World { database: database.clone(), done: AtomicUsize::default() })
}

fn runner(zone: &str) -> Runner<World> {
    let zone = Zone::named(zone).unwrap();
    let three = Time::constant(3, 10, 0, 0);
    Runner::new(Arc::new(Notify::new()), zone).daily(three, || Sweep {}).with::<Steps>().with::<Twin>()
}

async fn in_state(database: &Database, state: &str) -> Vec<jobs::JobLine> {
    jobs::in_state(database, state, 100).await.unwrap()
}

async fn scheduled<J: Job<World>>(database: &Database, job: &J) -> JobId {
    let stored: Result<JobId, Error> =
        async { transact!(database, transaction => jobs::schedule(transaction, job, NOW).await) }.await;
    stored.unwrap()
}

async fn cancelled(database: &Database, id: JobId) -> Result<String, Error> {
    let kinds = runner("UTC").kinds();
    transact!(database, transaction => jobs::cancel(transaction, &kinds, id, NOW).await)
}

async fn run_all(database: &Database, world: &Arc<World>, now: Timestamp) {
    let runner = runner("UTC");
    while runner.run_one(database, world, Clock::Fixed(now)).await.unwrap() {}
}

#[derive(Serialize, Deserialize)]
struct Sweep {}

impl Job<World> for Sweep {
    const NAME: &'static str = "sweep";

    async fn run(self, world: Arc<World>, _: Progress) -> Result<(), Error> {
        world.done.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_done_daily_is_done_by_one_server_and_made_up_for_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let (database, world) = (&fresh.app.database, world(&fresh.app.database));
    // Several servers plan and look at once, all day long.
    let day = |days: i64| NOW.plus_seconds(days * 86_400);
    let servers: Vec<_> = (0..4).map(|_| runner("Europe/Paris")).collect();
    let plan = async |now: Timestamp| {
        let (a, b) = tokio::join!(servers[0].plan(database, now), servers[1].plan(database, now));
        let (c, d) = tokio::join!(servers[2].plan(database, now), servers[3].plan(database, now));
        a.and(b).and(c).and(d).unwrap();
    };
    plan(NOW).await;
    let [waits] = &in_state(database, "waiting").await[..] else { panic!("one occurrence") };
    assert_eq!(waits.run_at, Zone::default().moment("2026-09-02".parse().unwrap(), Time::constant(3, 10, 0, 0)).0);
    for server in &servers {
        assert!(!server.run_one(database, &world, Clock::Fixed(NOW)).await.unwrap(), "it is not due");
    }
    for server in &servers {
        while server.run_one(database, &world, Clock::Fixed(day(1))).await.unwrap() {}
        plan(day(1)).await;
        plan(NOW).await; // a clock that is slow brings nothing back
    }
    assert_eq!(world.done.load(Ordering::SeqCst), 1);
    assert_eq!(in_state(database, "waiting").await.len(), 1, "the next day's waits");

    // Nobody was there for a week: it is made up for once, not seven times.
    while servers[0].run_one(database, &world, Clock::Fixed(day(8))).await.unwrap() {}
    plan(day(8)).await;
    while servers[1].run_one(database, &world, Clock::Fixed(day(8))).await.unwrap() {}
    assert_eq!(world.done.load(Ordering::SeqCst), 2);

    // Another zone takes the place of what waits.
    runner("Asia/Tokyo").plan(database, day(8)).await.unwrap();
    let [waits] = &in_state(database, "waiting").await[..] else { panic!("one occurrence") };
    let tokyo = Zone::named("Asia/Tokyo").unwrap();
    assert_eq!(waits.run_at, tokyo.moment("2026-09-10".parse().unwrap(), Time::constant(3, 10, 0, 0)).0);
}

/// Takes ten steps, and is called off by itself at the third.
#[derive(Serialize, Deserialize)]
struct Steps {}

impl Job<World> for Steps {
    const NAME: &'static str = "steps";
    const CANCELLABLE: bool = true;

    async fn run(self, world: Arc<World>, progress: Progress) -> Result<(), Error> {
        let running = in_state(&world.database, "running").await;
        for step in 1..=10 {
            if step == 3 && world.done.load(Ordering::SeqCst) < 10 {
                cancelled(&world.database, running[0].id).await?;
            }
            world.done.fetch_add(1, Ordering::SeqCst);
            progress.tell(step, 10, "steps").await;
            progress.go_on()?;
        }
        Ok(())
    }
}

#[rstest]
#[tokio::test]
async fn a_job_is_called_off_while_it_waits_and_between_two_steps(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let (database, world) = (&fresh.app.database, world(&fresh.app.database));
    let waits = scheduled(database, &Steps {}).await;
    assert_eq!(cancelled(database, waits).await.unwrap(), "steps");
    assert!(matches!(cancelled(database, waits).await, Err(Error::NotFound(_))), "once");
    run_all(database, &world, NOW).await;
    assert_eq!(world.done.load(Ordering::SeqCst), 0, "it never ran");

    let runs = scheduled(database, &Steps {}).await;
    run_all(database, &world, NOW).await;
    assert_eq!(world.done.load(Ordering::SeqCst), 3, "it stopped after the step it was at");
    let state = jobs::state(database, runs).await.unwrap().unwrap();
    assert_eq!((state.state.as_str(), state.progress_done, state.last_error), ("cancelled", 3, None));
    assert!(jobs::unfinished(database).await.unwrap().is_empty(), "what was called off waits for nobody");

    world.done.store(10, Ordering::SeqCst);
    let again: Result<bool, Error> =
        async { transact!(database, transaction => jobs::retry(transaction, runs, NOW).await) }.await;
    assert!(again.unwrap());
    run_all(database, &world, NOW).await;
    assert_eq!(jobs::state(database, runs).await.unwrap().unwrap().state, "done", "a job called off can go on");

    let twin = scheduled(database, &Twin {}).await;
    let refused = cancelled(database, twin).await.unwrap_err();
    assert!(matches!(refused, Error::Refused { reason: "refused-not-cancellable", .. }), "{refused}");
}

/// Fails for a reason that may pass, after another like it was asked for.
#[derive(Serialize, Deserialize)]
struct Twin {}

impl Job<World> for Twin {
    const NAME: &'static str = "twin";

    fn deduplication_key(&self) -> Option<String> {
        Some("one".to_owned())
    }

    async fn run(self, world: Arc<World>, _: Progress) -> Result<(), Error> {
        if world.done.fetch_add(1, Ordering::SeqCst) == 0 {
            scheduled(&world.database, &Twin {}).await;
            return Err(anyhow::anyhow!("the first time it breaks").into());
        }
        Ok(())
    }
}

#[rstest]
#[tokio::test]
async fn a_job_that_fails_makes_room_for_the_one_like_it_that_waits(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let (database, world) = (&fresh.app.database, world(&fresh.app.database));
    let first = scheduled(database, &Twin {}).await;
    run_all(database, &world, NOW).await;
    assert_eq!(world.done.load(Ordering::SeqCst), 2, "the second did the work");
    let state = jobs::state(database, first).await.unwrap().unwrap();
    assert_eq!((state.state.as_str(), state.last_error.as_deref()), ("failed", Some("the first time it breaks")));

    // Tried again by hand: unless one like it waits.
    let other = scheduled(database, &Twin {}).await;
    assert_eq!(jobs::retry_all(database, "twin", NOW).await.unwrap(), 0, "another waits already");
    run_all(database, &world, NOW).await;
    assert_eq!(jobs::state(database, other).await.unwrap().unwrap().state, "done");
    assert_eq!(jobs::retry_all(database, "twin", NOW).await.unwrap(), 1);
    run_all(database, &world, NOW).await;
    assert_eq!(jobs::count_failed(database).await.unwrap(), 0);
    assert_eq!(world.done.load(Ordering::SeqCst), 4);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_ran_when_its_server_died_is_taken_up_by_another(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let (database, world) = (&fresh.app.database, world(&fresh.app.database));
    let lost = scheduled(database, &Sweep {}).await;
    let twin = scheduled(database, &Twin {}).await;
    let died: Result<(), Error> = async {
        transact!(database, transaction => {
            execute!(transaction, sqlx::query(
                "UPDATE jobs SET state = 'running', started_at = $1, heartbeat_at = $1",
            ).bind(NOW));
            Ok(())
        })
    }
    .await;
    died.unwrap();
    let waits = scheduled(database, &Twin {}).await;
    world.done.store(1, Ordering::SeqCst);
    let later = Clock::Fixed(NOW.plus_seconds(120));
    let another = tokio::spawn(runner("UTC").run(database.clone(), world.clone(), later));
    for _ in 0..100 {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        if in_state(database, "done").await.len() == 2 {
            break;
        }
    }
    another.abort();
    let state = async |id| jobs::state(database, id).await.unwrap().unwrap().state;
    assert_eq!((state(lost).await.as_str(), state(waits).await.as_str()), ("done", "done"));
    assert_eq!(state(twin).await, "failed", "the one like it that waited did its work");
}
