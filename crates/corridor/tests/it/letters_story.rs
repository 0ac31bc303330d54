//! Letters leave by a server, wait while it is away, and say the same in both languages; nothing secret reaches the log.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use axum::http::{Method, StatusCode};
use corridor::{
    accounts::{Role, Shared},
    app,
    foundation::{
        audit,
        configuration::{Configuration, Encryption, Mail, Smtp},
        instance::Settings,
        mail,
        time::Clock,
    },
};
use rstest::rstest;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

use crate::{
    databases::{Engine, Fresh, NOW, fresh, open_with},
    mailbox::{letters_to, link_in, run_jobs},
    visitors::{Visitor, prepare_people},
};

const ADA: &str = "ada@institute.example";

/// The same instance, sending by a server at this port.
async fn sending_to(fresh: &Fresh, port: u16, seconds_later: i64) -> Shared {
    let smtp =
        Smtp { host: "127.0.0.1".to_owned(), port, encryption: Encryption::None, user: None, password_file: None };
    app::open(Settings {
        database: fresh.url.clone(),
        var: fresh.folder.clone(),
        demonstration: true,
        clock: Clock::Fixed(NOW.plus_seconds(seconds_later)),
        configuration: Configuration {
            address: Some("http://corridor.example".parse().unwrap()),
            mail: Mail { from: "Corridor <corridor@corridor.example>".to_owned(), smtp: Some(smtp) },
            ..Default::default()
        },
        listening: None,
        strict: true,
    })
    .await
    .unwrap()
}

/// A server that takes every letter and keeps what it was told.
async fn server() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, kept) = (listener.local_addr().unwrap().port(), Arc::new(Mutex::new(Vec::new())));
    let told = kept.clone();
    tokio::spawn(async move {
        while let Ok((line, _)) = listener.accept().await {
            let told = told.clone();
            tokio::spawn(async move {
                let (reading, mut writing) = line.into_split();
                let mut lines = BufReader::new(reading).lines();
                let mut letter: Option<String> = None;
                writing.write_all(b"220 here\r\n").await.unwrap();
                while let Ok(Some(said)) = lines.next_line().await {
                    let answer: &[u8] = match &mut letter {
                        Some(text) if said == "." => {
                            told.lock().unwrap().push(std::mem::take(text));
                            letter = None;
                            b"250 taken\r\n"
                        }
                        Some(text) => {
                            text.push_str(&said);
                            text.push('\n');
                            continue;
                        }
                        None if said == "DATA" => {
                            letter = Some(String::new());
                            b"354 go on\r\n"
                        }
                        None if said == "QUIT" => b"221 bye\r\n",
                        None => b"250 fine\r\n",
                    };
                    writing.write_all(answer).await.unwrap();
                }
            });
        }
    });
    (port, kept)
}

#[rstest]
#[tokio::test]
async fn a_letter_waits_while_the_server_is_away_and_leaves_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    prepare_people(&fresh.app).await;
    let away = sending_to(&fresh, 1, 0).await;
    Visitor::nobody(&away).post("/sign-in/link", &format!("email={ADA}")).await;
    run_jobs(&away).await;
    let letter = mail::letters(&away.database, 10).await.unwrap().pop().unwrap();
    assert_eq!((letter.state.as_str(), letter.attempts), ("waiting", 1));
    assert!(letter.last_error.is_some_and(|error| !error.is_empty()), "why is told");

    let (port, kept) = server().await;
    let soon = sending_to(&fresh, port, 30).await;
    run_jobs(&soon).await;
    assert_eq!(kept.lock().unwrap().len(), 0, "not before the pause is over");
    let later = sending_to(&fresh, port, 61).await;
    run_jobs(&later).await;
    run_jobs(&later).await;
    let letter = mail::letters(&later.database, 10).await.unwrap().pop().unwrap();
    assert_eq!((letter.state.as_str(), letter.attempts), ("sent", 2));
    let kept = kept.lock().unwrap();
    assert_eq!(kept.len(), 1);
    for part in [
        "From: Corridor <corridor@corridor.example>",
        "To: ada@institute.example",
        "Auto-Submitted: auto-generated",
        "multipart/alternative",
        "text/plain",
        "text/html",
    ] {
        assert!(kept[0].contains(part), "{part} is in {}", kept[0]);
    }
}

#[tokio::test]
async fn a_letter_that_never_leaves_is_given_up_and_can_be_sent_again() {
    let fresh = fresh(Engine::Sqlite).await;
    prepare_people(&fresh.app).await;
    let away = sending_to(&fresh, 1, 0).await;
    Visitor::nobody(&away).post("/sign-in/link", &format!("email={ADA}")).await;
    for day in 0..8 {
        run_jobs(&sending_to(&fresh, 1, day * 86_400).await).await;
    }
    let letter = mail::letters(&away.database, 10).await.unwrap().pop().unwrap();
    assert_eq!((letter.state.as_str(), letter.attempts), ("failed", 7));
    let (port, kept) = server().await;
    let back = sending_to(&fresh, port, 9 * 86_400).await;
    let administrator = Visitor::invited(&back, "head@institute.example", Role::InstanceAdministrator, None).await;
    let again = administrator.post(&format!("/administration/letters/{}/again", letter.id), "").await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    run_jobs(&back).await;
    let kept = kept.lock().unwrap();
    assert_eq!(kept.iter().filter(|letter| letter.contains(ADA)).count(), 1);
}

#[rstest]
#[tokio::test]
async fn every_way_in_and_out_is_told_to_the_trail_and_to_nobodys_today(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let ada = Visitor::invited(app, ADA, Role::Reader, None).await;
    ada.post("/sign-in/password", &format!("email={ADA}&password=not+the+right+one")).await;
    ada.post("/account/password", "password=brique+tulipe+neuf+hiver").await;
    ada.post("/sign-out", "").await;
    let told = audit::find(&app.database, &audit::Asked { subject_kind: "account".to_owned(), ..Default::default() })
        .await
        .unwrap();
    let actions: Vec<&str> = told.iter().map(|found| found.line.action.as_str()).collect();
    for action in ["invite", "accept_invitation", "sign_in", "sign_in_failed", "choose_password", "sign_out"] {
        assert!(actions.contains(&action), "{action} is told: {actions:?}");
    }
    assert!(
        audit::recent(&app.database, None, audit::News { drafts: true, team: true }, 50)
            .await
            .unwrap()
            .iter()
            .all(|line| line.subject_kind != "account")
    );
}

/// A log that a test can read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_secret_reaches_the_log_however_much_it_tells() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let fresh = fresh(Engine::Sqlite).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let ada = Visitor::invited(app, ADA, Role::Reader, None).await;
    let password = "brique tulipe neuf hiver";
    ada.post("/account/password", &format!("password={}", password.replace(' ', "+"))).await;
    let visitor = Visitor::nobody(app);
    visitor.post("/sign-in/link", &format!("email={ADA}")).await;
    let asking = visitor.cookie("corridor_asking").unwrap();
    let link = link_in(letters_to(app, ADA).await.last().unwrap());
    visitor.get(&link).await;
    visitor.post(&link, "").await;
    visitor.post("/sign-in/password", &format!("email={ADA}&password={}", password.replace(' ', "+"))).await;
    let made = ada.post("/account/tokens", "label=report&scope=calls:read&days=30").await.text;
    let token = made.split("<code class=\"token\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    visitor.as_program(Method::GET, "/api/calls", &token).await;
    let made = ada.post("/calls/addresses", "feed=calls.ics&query=&label=agenda").await.text;
    let address = made.split("/private/").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
    visitor.get(&format!("/private/{address}/calls.ics")).await;
    let session = visitor.cookie("corridor_session").unwrap();
    let later = open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(3600), "http://corridor.example").await;
    let _ = Visitor::nobody(&later).as_program(Method::GET, "/api/calls", "corridor_wrong-token-of-somebody").await;
    drop(guard);
    let text = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(text.contains("/sign-in/link/{token}"), "the log tells which route was asked");
    let link = link.rsplit('/').next().unwrap().to_owned();
    let secrets =
        [password, &password.replace(' ', "+"), &asking, &link, &token, &session, "corridor_wrong-token-of-somebody"];
    for secret in secrets.into_iter().chain([address.as_str()]) {
        assert!(!secret.is_empty() && !text.contains(secret), "a secret stands in the log");
    }
}
