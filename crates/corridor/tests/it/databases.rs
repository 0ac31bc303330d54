//! A fresh database a test, on both engines.
//!
//! PostgreSQL is reached through `CORRIDOR_TEST_POSTGRES` (a URL that may create databases), which `make test` sets after
//! starting a temporary cluster. Without it a test fails and says so: nothing is silently skipped.

use std::path::PathBuf;

use corridor::{
    accounts::Shared,
    app,
    foundation::{
        configuration::{Configuration, Provider},
        instance::Settings,
        time::{Clock, Timestamp},
    },
};
use sqlx::Connection;

/// The engines that every story runs on.
#[derive(Clone, Copy, Debug)]
pub enum Engine {
    /// One file.
    Sqlite,
    /// The temporary cluster.
    Postgres,
}

/// A moment of autumn 2026 at which all stories take place: 2026-09-01 08:00 UTC.
pub const NOW: Timestamp = Timestamp(1_788_249_600_000_000);

/// An application with an empty database, and the folder that goes with it when dropped.
pub struct Fresh {
    /// The application.
    pub app: Shared,
    /// Where its database is.
    pub url: String,
    /// Its folder.
    pub folder: PathBuf,
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Opens an application on a new, empty database of the engine.
pub async fn fresh(engine: Engine) -> Fresh {
    let name = format!("corridor_{}", uuid::Uuid::now_v7().simple());
    let folder = std::env::temp_dir().join(&name);
    std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
    let url = match engine {
        Engine::Sqlite => format!("sqlite:{}", folder.join("corridor.sqlite").display()),
        Engine::Postgres => postgres_database(&name).await,
    };
    let app = open(&url, &folder).await;
    Fresh { app, url, folder }
}

/// Opens an application on a database that is already there.
pub async fn open(url: &str, folder: &std::path::Path) -> Shared {
    open_with(url, folder, NOW, "http://corridor.example").await
}

/// The same at another moment, under another address.
pub async fn open_with(url: &str, folder: &std::path::Path, now: Timestamp, address: &str) -> Shared {
    app::open(Settings {
        database: url.to_owned(),
        var: folder.to_owned(),
        demonstration: true,
        clock: Clock::Fixed(now),
        strict: true,
        configuration: Configuration {
            address: Some(address.parse().expect("this is an address")),
            // Nobody is there: what needs an answer from it is a story of the browser.
            providers: vec![Provider {
                key: "campus".to_owned(),
                name: "Campus".to_owned(),
                issuer: "http://127.0.0.1:1".to_owned(),
                client_id: "corridor".to_owned(),
                client_secret_file: None,
            }],
            ..Default::default()
        },
        listening: None,
    })
    .await
    .expect("an empty database opens")
}

async fn postgres_database(name: &str) -> String {
    let server = std::env::var("CORRIDOR_TEST_POSTGRES").expect(
        "CORRIDOR_TEST_POSTGRES is not set: run the tests with `make test`, which starts a temporary PostgreSQL, \
         or set it to the URL of a server where databases may be created",
    );
    let mut connection = sqlx::PgConnection::connect(&server).await.expect("the PostgreSQL of the tests answers");
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&mut connection)
        .await
        .expect("a database can be created");
    let (base, _) = server.rsplit_once('/').expect("the URL names a database");
    format!("{base}/{name}")
}
