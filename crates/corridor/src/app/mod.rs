//! The program put together: what is shared by all requests, the table of routes, and the layers around them.

mod administration;
pub mod doctor;
mod errors;
mod home;
pub mod openapi;
mod pack;
mod people;
mod personal;
mod search;
mod trail;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, http::StatusCode, middleware, response::IntoResponse, routing::MethodRouter};
use jiff::civil::Time;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer, trace::TraceLayer,
};

use crate::{
    accounts::{self, Action, Rail, RailEntry, Route, Shared},
    calls, consortia,
    directory::{
        self,
        contacts::ForgetContact,
        documents::{self, ForgetDocument},
        imports::members::{ForgetUpload, ImportMembers},
        merge::Duplicates,
        notes::ForgetNote,
        search::{BuildDirectoryIndex, Catalogue},
    },
    events,
    foundation::{
        audit,
        errors::Error,
        instance::{App, Settings},
        jobs::{ForgetJobs, Runner},
        mail::SendLetter,
        pages, security,
    },
    partnering, privacy,
};

pub use pack::import_pack;

/// The largest body a request may have where a file is sent: an import of members with generous room.
const LARGEST_FILE: usize = 64 * 1024 * 1024;
/// The largest body of any other request: the sheet of the largest draft is a tenth of it.
const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// The largest body of a request to a route.
fn largest_body(path: &str) -> usize {
    match path {
        "/organisations/import" => LARGEST_FILE,
        // A file of a document with the fields beside it.
        path if path.ends_with("/documents") => documents::LARGEST + 64 * 1024,
        path if path.ends_with("/budget/import") => consortia::budget::LARGEST + 64 * 1024,
        // What was read of such a file comes back with the form, each of its marks in three.
        path if path.ends_with("/budget/import/columns") => 4 * consortia::budget::LARGEST,
        path if path.ends_with("/invite/list") => events::inviting::list::LARGEST + 64 * 1024,
        path if path.contains("/invite/list/") => 4 * events::inviting::list::LARGEST,
        _ => LARGEST_BODY,
    }
}

/// The rail. A slice whose work is not built has no entry.
static RAIL: &[RailEntry] = &[
    RailEntry { key: "today", href: "/", holds: &[], icon: "newspaper", action: Action::ReadToday },
    RailEntry {
        key: "directory",
        href: "/organisations",
        holds: &["/past-projects", "/competences", "/concepts", "/facilities"],
        icon: "building-2",
        action: Action::ReadDirectory,
    },
    RailEntry { key: "map", href: "/map", holds: &[], icon: "map", action: Action::ReadDirectory },
    RailEntry {
        key: "calls",
        href: "/calls",
        holds: &["/instruments", "/rule-sets"],
        icon: "megaphone",
        action: Action::ReadCalls,
    },
    RailEntry { key: "partnering", href: "/partners", holds: &[], icon: "handshake", action: Action::RankPartners },
    RailEntry {
        key: "consortia",
        href: "/consortia",
        holds: &["/submissions"],
        icon: "users-round",
        action: Action::ReadDrafts,
    },
    RailEntry { key: "workspaces", href: "/workspaces", holds: &[], icon: "users-round", action: Action::TakePart },
    RailEntry { key: "events", href: "/events", holds: &[], icon: "calendar-days", action: Action::ReadEvents },
    RailEntry {
        key: "meetings",
        href: "/meetings",
        holds: &["/attend"],
        icon: "calendar-days",
        action: Action::Attend,
    },
    RailEntry { key: "contacts", href: "/contacts", holds: &[], icon: "user", action: Action::ReadContacts },
    RailEntry { key: "people", href: "/people", holds: &[], icon: "users", action: Action::InvitePeople },
    RailEntry {
        key: "administration",
        href: "/administration",
        holds: &[],
        icon: "settings",
        action: Action::ManageCluster,
    },
    RailEntry {
        key: "privacy",
        href: "/data-requests",
        holds: &["/register-of-processing", "/legal-bases", "/retention"],
        icon: "shield-check",
        action: Action::HandleDataRequests,
    },
];

/// Opens an instance.
///
/// # Errors
/// When the database cannot be opened or the bundled texts and templates have a mistake.
pub async fn open(settings: Settings) -> Result<Shared, Error> {
    let app = App::open(settings).await?;
    app.keep(Rail(RAIL));
    app.keep(personal::HOLDINGS);
    consortia::refresh_rules(&app).await?;
    Ok(Arc::new(app))
}

/// The runner of this program's jobs.
pub fn runner(app: &App) -> Runner<App> {
    Runner::new(app.jobs.clone(), app.configuration.time_zone.clone())
        .with::<BuildDirectoryIndex>()
        .with::<ImportMembers>()
        .with::<ForgetUpload>()
        .with::<SendLetter>()
        .with::<ForgetContact>()
        .with::<ForgetNote>()
        .with::<ForgetDocument>()
        .with::<privacy::retention::RunPeriod>()
        .daily(Time::constant(3, 20, 0, 0), || privacy::retention::EveryDay {})
        .daily(Time::constant(3, 40, 0, 0), || ForgetJobs {})
        .daily(Time::constant(6, 40, 0, 0), || consortia::participation::LookAtInvitations {})
        .daily(Time::constant(6, 50, 0, 0), || consortia::discussion::RemindOfTasks {})
        .daily(Time::constant(7, 0, 0, 0), || privacy::LookAtRequests {})
        .daily(Time::constant(7, 10, 0, 0), || events::requests::RemindOfRequests {})
        .daily(Time::constant(7, 20, 0, 0), || events::outcomes::AskForOutcomes {})
}

/// Builds what is searched and ranked, where the last process did not leave it ready.
///
/// # Errors
/// When the database cannot be read or the folder of the instance not written.
pub async fn make_ready(app: &Shared, report: &(dyn Fn(&str, u64, u64) + Send + Sync)) -> Result<(), Error> {
    report("index.directory", 0, 3);
    app.part::<Catalogue>().refresh(&app.database).await?;
    report("index.calls", 1, 3);
    app.part::<calls::Shelf>().at_hand(&app.database).await?;
    report("index.partnering", 2, 3);
    app.part::<partnering::Index>().refresh(&app.database).await?;
    report("index.partnering", 3, 3);
    Ok(())
}

/// Whether everything is at hand, for scripts and load balancers: 200 once it is, 503 until then.
async fn ready(axum::extract::State(app): axum::extract::State<Shared>) -> Result<axum::response::Response, Error> {
    let (catalogue, index) = (app.part::<Catalogue>(), app.part::<partnering::Index>());
    let there = catalogue.is_fresh(&app.database).await? && index.is_fresh(&app.database).await?;
    let status = if there { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    Ok((status, if there { "ready" } else { "building the indexes" }).into_response())
}

/// Every route of the program.
pub fn routes() -> Vec<Route> {
    let mut routes = vec![Route::get("/health", Action::ReadPublic, axum::routing::get(|| async { "ok" }))];
    routes.push(Route::get("/ready", Action::ReadPublic, axum::routing::get(ready)));
    routes.extend(home::routes());
    routes.extend(openapi::routes());
    routes.extend(search::routes());
    routes.extend(people::routes());
    routes.extend(administration::routes());
    routes.extend(trail::routes());
    routes.extend(accounts::pages::routes());
    routes.extend(directory::pages::routes());
    routes.extend(directory::imports::members::pages::routes());
    routes.extend(calls::pages::routes());
    routes.extend(calls::api::routes());
    routes.extend(partnering::pages::routes());
    routes.extend(partnering::api::routes());
    routes.extend(consortia::pages::routes());
    routes.extend(consortia::api::routes());
    routes.extend(events::api::routes());
    routes.extend(consortia::instruments::pages::routes());
    routes.extend(consortia::participation::pages::routes());
    routes.extend(consortia::discussion::pages::routes());
    routes.extend(consortia::sides::pages::routes());
    routes.extend(consortia::budget::pages::routes());
    routes.extend(consortia::outcomes::pages::routes());
    routes.extend(consortia::outcomes::api::routes());
    routes.extend(consortia::documents::pages::routes());
    routes.extend(consortia::figures::pages::routes());
    routes.extend(events::pages::routes());
    routes.extend(privacy::pages::routes());
    routes.extend(privacy::consents::pages::routes());
    routes.extend(privacy::retention::pages::routes());
    routes
}

/// Whether what answers there reads rules of instruments.
fn reads_rules(path: &str) -> bool {
    const ROOMS: [&str; 12] = [
        "/calls",
        "/consortia",
        "/instruments",
        "/interests",
        "/rule-sets",
        "/submissions",
        "/workspaces",
        "/api/assemble",
        "/api/calls",
        "/api/check",
        "/api/consortia",
        "/api/submissions",
    ];
    path == "/" || path.ends_with("/submissions") || ROOMS.iter().any(|room| path.starts_with(room))
}

/// Takes in what another server published before a page reads rules.
async fn rules_of_now(
    axum::extract::State(app): axum::extract::State<Shared>,
    request: axum::extract::Request,
    next: middleware::Next,
) -> Result<axum::response::Response, Error> {
    consortia::refresh_rules(&app).await?;
    Ok(next.run(request).await)
}

/// The program as one service.
pub fn router(app: &Shared) -> Router {
    let mut router: Router<Shared> = Router::new();
    for route in routes() {
        let guard = middleware::from_fn_with_state((app.clone(), route.action), accounts::guard);
        let limit = RequestBodyLimitLayer::new(largest_body(route.path));
        let handler = match reads_rules(route.path) {
            true => route.handler.layer(middleware::from_fn_with_state(app.clone(), rules_of_now)),
            false => route.handler,
        };
        let guarded: MethodRouter<Shared> = handler.layer(guard);
        router = router.route(route.path, guarded.layer(limit));
    }
    router
        .route("/assets/{*path}", axum::routing::get(pages::serve_asset))
        .fallback(|uri: axum::http::Uri| async move { Error::NotFound(uri.path().to_owned()) })
        .layer(middleware::from_fn(security::same_site_writes))
        .layer(axum::extract::DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(app.clone(), errors::render))
        .layer(middleware::from_fn_with_state(app.clone(), security::harden))
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), security::own_host))
        .layer(TraceLayer::new_for_http().make_span_with(security::span_of))
        .with_state(app.clone())
}

/// Answers requests on the listener until the process is told to stop; jobs run beside.
///
/// # Errors
/// When the listener fails.
pub async fn serve(app: Shared, listener: tokio::net::TcpListener) -> anyhow::Result<()> {
    let worker = tokio::spawn(runner(&app).run(app.database.clone(), app.clone(), app.clock));
    let watched = app.clone();
    let watcher = tokio::spawn(async move { watched.part::<Catalogue>().watch(&watched.database).await });
    let paired = app.clone();
    let pairer = tokio::spawn(async move { paired.part::<Duplicates>().watch(&paired).await });
    let ranked = app.clone();
    let ranker = tokio::spawn(async move { ranked.part::<partnering::Index>().watch(&ranked.database).await });
    let told = app.clone();
    let sealer = tokio::spawn(async move { audit::watch(&told.database).await });
    let measured = app.clone();
    let measurer = tokio::spawn(async move { partnering::fits::watch(&measured).await });
    let service = router(&app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(told_to_stop()).await?;
    worker.abort();
    watcher.abort();
    pairer.abort();
    ranker.abort();
    measurer.abort();
    sealer.abort();
    let closing = tokio::time::timeout(Duration::from_secs(5), app.database.close());
    if closing.await.is_err() {
        tracing::warn!("the database was still busy after five seconds");
    }
    Ok(())
}

async fn told_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => {}, () = terminate => {} }
}
