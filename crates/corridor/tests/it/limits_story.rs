//! How often one may try: counted in the database, together by all servers.

use corridor::{
    accounts::{Limits, Shared, sessions::Browser},
    foundation::errors::Error,
};
use rstest::rstest;

use crate::databases::{Engine, NOW, fresh, open, open_with};

fn browser(address: &str) -> Browser {
    Browser { agent: String::new(), address: Some(address.parse().unwrap()) }
}

/// How many tries to sign in are let through before the first that is refused.
async fn tries(app: &Shared, address: impl Fn(u32) -> String, account: impl Fn(u32) -> String) -> u32 {
    let limits = app.part::<Limits>();
    for n in 0..200 {
        match limits.attempt(&browser(&address(n)), &account(n)).await {
            Ok(()) => {}
            Err(Error::TooOften { .. }) => return n,
            Err(other) => panic!("{other}"),
        }
    }
    200
}

#[rstest]
#[tokio::test]
async fn an_account_is_guarded_from_many_addresses_and_an_address_from_many_accounts(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let scattered = |n: u32| format!("10.{}.{}.1", n / 250, n % 250);
    assert_eq!(tries(app, scattered, |_| "ada@institute.example".to_owned()).await, 10);
    assert_eq!(tries(app, |_| "192.0.2.1".to_owned(), |n| format!("{n}@institute.example")).await, 60);
    let one_line = |n: u32| format!("2001:db8:1:2::{n:x}");
    assert_eq!(tries(app, one_line, |n| format!("{n}@other.example")).await, 60, "a /64 is one line");
    // What is guarded from sign-ins is not thereby guarded from letters: each has its own bucket.
    assert!(app.part::<Limits>().letter(&browser("192.0.2.8"), "ada@institute.example").await.is_ok());
}

#[rstest]
#[tokio::test]
async fn who_is_refused_is_told_when_to_come_back_and_is_let_in_then(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let (ada, from) = ("ada@institute.example", browser("192.0.2.9"));
    let mut refused = None;
    for _ in 0..20 {
        if let Err(error) = fresh.app.part::<Limits>().letter(&from, ada).await {
            refused = Some(error);
            break;
        }
    }
    let Some(Error::TooOften { seconds }) = refused else { panic!("the fifth letter is refused") };
    assert_eq!(seconds, 301);
    let at = async |seconds: i64| {
        let app = open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(seconds), "http://corridor.example").await;
        let outcome = app.part::<Limits>().letter(&from, ada).await;
        app.database.close().await;
        outcome
    };
    assert!(matches!(at(298).await, Err(Error::TooOften { seconds: 3 })));
    assert!(at(301).await.is_ok(), "one more after five minutes");
    assert!(matches!(at(302).await, Err(Error::TooOften { .. })), "and no other");
    assert!(at(3600).await.is_ok(), "a bucket that is full again begins anew");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_that_share_a_database_count_together() {
    let fresh = fresh(Engine::Postgres).await;
    let other = open(&fresh.url, &fresh.folder).await;
    let mut asked = tokio::task::JoinSet::new();
    for n in 0..60 {
        let app = if n % 2 == 0 { fresh.app.clone() } else { other.clone() };
        asked.spawn(async move {
            let address = format!("10.0.{n}.1");
            app.part::<Limits>().attempt(&browser(&address), "ada@institute.example").await.is_ok()
        });
    }
    let let_in = asked.join_all().await.into_iter().filter(|allowed| *allowed).count();
    assert_eq!(let_in, 10, "as many as with one server, though sixty asked two at once");
}
