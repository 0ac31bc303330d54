//! Jobs, sessions and transactions on both engines.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use corridor::{
    accounts::{
        self,
        sessions::{self, Browser},
    },
    foundation::{
        database::Database,
        errors::Error,
        instance::{App, Part},
        jobs::{self, Job, Progress, Runner},
        time::{Clock, Zone},
    },
    transact,
};
use rstest::rstest;
use serde::{Deserialize, Serialize};

use crate::databases::{Engine, NOW, fresh};

#[derive(Default)]
struct Counter(AtomicUsize);

#[derive(Serialize, Deserialize)]
struct Count {
    by: usize,
}

impl Job<Counter> for Count {
    const NAME: &'static str = "count";

    fn deduplication_key(&self) -> Option<String> {
        Some("only".to_owned())
    }

    async fn run(self, context: Arc<Counter>, progress: Progress) -> Result<(), Error> {
        progress.tell(1, 2, "counting").await;
        if self.by == 0 {
            return Err(Error::input("cannot count by nothing"));
        }
        context.0.fetch_add(self.by, Ordering::SeqCst);
        Ok(())
    }
}

async fn ask_for(database: &Database, by: usize) -> jobs::JobId {
    let asked: Result<_, Error> = async {
        transact!(database, transaction => jobs::schedule::<Counter, _>(transaction, &Count { by }, NOW).await)
    }
    .await;
    asked.expect("a job can be stored")
}

#[rstest]
#[tokio::test]
async fn jobs_run_once_and_say_how_they_ended(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let database = &fresh.app.database;
    let counter = Arc::new(Counter::default());
    let runner = Runner::new(Arc::new(tokio::sync::Notify::new()), Zone::default()).with::<Count>();
    let first = ask_for(database, 3).await;
    ask_for(database, 4).await; // the same key while the first waits: one job
    while runner.run_one(database, &counter, Clock::Fixed(NOW)).await.expect("the runner reaches the database") {}
    assert_eq!(counter.0.load(Ordering::SeqCst), 3);
    let state = jobs::state(database, first).await.unwrap().expect("the job is still there");
    assert_eq!((state.state.as_str(), state.progress_done, state.progress_text.as_str()), ("done", 1, "counting"));

    let wrong = ask_for(database, 0).await;
    while runner.run_one(database, &counter, Clock::Fixed(NOW)).await.unwrap() {}
    let state = jobs::state(database, wrong).await.unwrap().unwrap();
    assert_eq!((state.state.as_str(), state.attempts), ("failed", 1), "bad input is not tried again");
    assert_eq!(state.last_error.as_deref(), Some("cannot count by nothing"));
}

#[rstest]
#[tokio::test]
async fn an_error_rolls_everything_back(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let database = &fresh.app.database;
    let outcome: Result<(), Error> = async {
        transact!(database, transaction => {
            accounts::put_cluster(transaction, "medicen", "Medicen", "#0a5a6a", Clock::Fixed(NOW)).await?;
            Err(Error::input("stop"))
        })
    }
    .await;
    assert!(outcome.is_err());
    assert!(accounts::clusters(database).await.unwrap().is_empty());
}

#[rstest]
#[tokio::test]
async fn a_visitor_becomes_a_demonstration_person_and_leaves(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let (database, clock) = (&fresh.app.database, Clock::Fixed(NOW));
    assert!(accounts::prepare_demonstration(database, clock, "medicen", None).await.is_err(), "no cluster yet");
    let made: Result<_, Error> = async {
        transact!(database, transaction => accounts::put_cluster(transaction, "medicen", "Medicen", "#0a5a6a", clock).await)
    }
    .await;
    made.unwrap();
    accounts::prepare_demonstration(database, clock, "medicen", None).await.unwrap();
    accounts::prepare_demonstration(database, clock, "medicen", None).await.unwrap();
    let personas = accounts::personas(database).await.unwrap();
    assert_eq!(personas.len(), accounts::Demonstration::ALL.len(), "a second preparation changes nothing");
    let (app, browser) = (&fresh.app, Browser::default());
    let token = accounts::become_persona(app, personas[0].id, &browser, None).await.unwrap();
    let actor = sessions::actor_of(app, clock, &token).await.unwrap().expect("the session is open");
    assert_eq!(actor.cluster().map(|cluster| cluster.slug.as_str()), Some("medicen"));
    let later = Clock::Fixed(NOW.plus_seconds(13 * 3600));
    assert_eq!(sessions::actor_of(app, later, &token).await.unwrap(), None, "sessions end");
    sessions::leave(app, &token).await.unwrap();
    assert_eq!(sessions::actor_of(app, clock, &token).await.unwrap(), None);
    assert!(accounts::become_persona(app, accounts::RoleId::new(), &browser, None).await.is_err());
}

struct Kept(u8);

impl Part for Kept {
    fn open(_: &App) -> Self {
        Kept(1)
    }
}

#[tokio::test]
async fn all_who_ask_for_a_part_share_one() {
    let fresh = fresh(Engine::Sqlite).await;
    let first = fresh.app.part::<Kept>();
    assert_eq!(first.0, 1);
    assert!(Arc::ptr_eq(&first, &fresh.app.part::<Kept>()));
    assert_eq!(fresh.app.keep(Kept(2)).0, 1, "what is there stays");
}
