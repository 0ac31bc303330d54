//! What came of meetings: said from their beginning on by whose they are, counted for the team, asked for once by letter.

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, Role, Shared},
    app::import_pack,
    directory::search::Catalogue,
    events::{
        self, EventState, RequestId, Standing,
        outcomes::{self, Came, Filter, Said, Second, Share, ask_for_all},
        participants,
        timetables::{Placed, publishing},
    },
    execute,
    foundation::{
        errors::Error,
        personal::{Holding, Subject},
        time::Timestamp,
    },
    on, transact, values,
};
use rstest::rstest;

use crate::{
    databases::{Engine, Fresh, fresh, open_with},
    mailbox::{letters_to, link_in},
    timetable_story::{Morning, morning, organiser, searched},
    visitors::{Visitor, make_cluster, prepare_people},
};

const NOWHERE: &str = "018f0000-0000-7000-8000-000000000000";
const ADDRESSES: [&str; 4] = ["zero@a.example", "one@b.example", "two@c.example", "three@d.example"];

/// A published morning of the second of September in Paris, on which each of four meets each; it is the day before.
struct World {
    fresh: Fresh,
    team: Actor,
    morning: Morning,
    meetings: Vec<Placed>,
    links: Vec<String>,
}

async fn world(engine: Engine) -> World {
    world_in(engine, "Europe/Paris").await
}

async fn world_in(engine: Engine, zone: &str) -> World {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    make_cluster(app, "lyonbiopole", "Lyonbiopole").await;
    let team = organiser(app, "medicen").await;
    let morning = morning(app, &team, "2026-09-02", &ADDRESSES, |setup| setup.zone = zone.to_owned()).await;
    let number = searched(app, &team, morning.id).await;
    publishing::publish(app, &team, morning.id, (number, None)).await.unwrap();
    let found = outcomes::results(app, &team, morning.id).await.unwrap();
    let meetings: Vec<Placed> = found.met.iter().map(|met| met.meeting).collect();
    assert_eq!(meetings.len(), 6, "everybody meets everybody");
    let mut links = Vec::new();
    for address in ADDRESSES {
        links.push(link_in(&letters_to(app, address).await[0]));
    }
    World { fresh, team, morning, meetings, links }
}

impl World {
    /// The same instance at another time.
    async fn at(&self, now: Timestamp) -> Shared {
        open_with(&self.fresh.url, &self.fresh.folder, now, "http://corridor.example").await
    }

    /// The meeting of two participants, by their numbers.
    async fn between(&self, one: usize, other: usize) -> RequestId {
        let [one, other] = [one, other].map(|at| self.morning.participants[at]);
        let found = outcomes::results(&self.fresh.app, &self.team, self.morning.id).await.unwrap();
        let met = found.met.into_iter().find(|met| {
            let [first, second] = met.sides.each_ref().map(|side| side.participant.id);
            (first, second) == (one, other) || (first, second) == (other, one)
        });
        met.unwrap().meeting.request
    }

    fn meeting(&self, request: RequestId) -> Placed {
        *self.meetings.iter().find(|meeting| meeting.request == request).unwrap()
    }

    async fn came(&self, app: &Shared, request: RequestId) -> (Came, Second) {
        let found = outcomes::results(app, &self.team, self.morning.id).await.unwrap();
        let met = found.met.into_iter().find(|met| met.meeting.request == request).unwrap();
        (met.came(), met.second())
    }
}

fn moment(text: &str) -> Timestamp {
    Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn outcomes_are_said_from_the_beginning_on_by_whose_they_are(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (zero, request) = (&world.links[0], world.between(0, 1).await);
    let begins = world.meeting(request).starts;
    let place = format!("{zero}/outcomes/{request}");

    // The day before, and one second before: too early, and the page says so.
    let before = world.at(begins.plus_seconds(-1)).await;
    let nobody = Visitor::nobody(&world.fresh.app);
    assert!(!nobody.get(zero).await.text.contains("/outcomes"), "the day before nothing leads there");
    let page = nobody.get(&format!("{zero}/outcomes")).await;
    assert!(page.text.contains("None of your 3 meetings has begun"), "{}", page.text);
    let early = Visitor::nobody(&before).post(&place, "kept=yes").await;
    assert_eq!(early.status, StatusCode::BAD_REQUEST, "{}", early.text);
    assert!(early.text.contains("has not begun yet"), "{}", early.text);
    assert_eq!(world.came(&before, request).await.0, Came::ToCome);

    // From its beginning on, on the event's clock.
    let during = world.at(begins).await;
    let nobody = Visitor::nobody(&during);
    assert!(nobody.get(zero).await.text.contains("/outcomes"));
    let page = nobody.get(&format!("{zero}/outcomes")).await;
    assert!(page.text.contains("0 of one meeting said") || page.text.contains("meetings said"), "{}", page.text);
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
    let silent = nobody.post(&place, "words=Well&rating=5").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.text.contains("Say whether the meeting was held") && silent.text.contains("Well"));
    let form = "kept=yes&second=yes&rating=5&words=A+joint+study+with+Zacharias";
    let said = nobody.post(&place, form).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.text);
    assert_eq!(world.came(&during, request).await, (Came::Kept, Second::One));
    let page = nobody.get(&format!("{zero}/outcomes")).await;
    assert!(page.text.contains("rated 5 of 5") && page.text.contains("A joint study with Zacharias"), "{}", page.text);
    // Said again as if nothing had been said: it is told; over what was read it is corrected, and taken back.
    assert_eq!(nobody.post(&place, "kept=no").await.status, StatusCode::CONFLICT);
    assert_eq!(nobody.post(&place, "kept=no&rating=3&seen=1").await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.came(&during, request).await, (Came::NotKept, Second::Unsaid));
    assert_eq!(nobody.post(&place, "act=take-back&seen=1").await.status, StatusCode::CONFLICT);
    assert_eq!(nobody.post(&place, "act=take-back&seen=2").await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.came(&during, request).await.0, Came::Unsaid);
    assert_eq!(nobody.post(&place, form).await.status, StatusCode::SEE_OTHER);

    // A meeting of others is nowhere, also for who is there; and what one side wrote the other does not read.
    let after = world.at(moment("2026-09-02T11:00:00Z")).await;
    let nobody = Visitor::nobody(&after);
    let foreign = world.between(2, 3).await;
    for id in [foreign.to_string(), NOWHERE.to_owned()] {
        for form in ["kept=yes", "kept=perhaps", "act=take-back&seen=1"] {
            let found = nobody.post(&format!("{zero}/outcomes/{id}"), form).await;
            assert_eq!(found.status, StatusCode::NOT_FOUND, "{id} {form}");
        }
    }
    let other = nobody.get(&format!("{}/outcomes", world.links[1])).await;
    assert!(other.text.contains("Firm 0") && !other.text.contains("Zacharias"), "{}", other.text);
    assert!(!nobody.get(&format!("{}/outcomes", world.links[2])).await.text.contains("Zacharias"));
    let eve = Visitor::invited_to(&after, "lyonbiopole", "eve@lyon.example", Role::EventOrganiser, None).await;
    let ada = Visitor::invited(&after, "ada@medicen.example", Role::EventOrganiser, None).await;
    let tab = format!("/events/{}/results", world.morning.id);
    let (own, meeting) = (world.morning.participants[1], format!("{tab}/meeting/{request}"));
    for path in [tab.clone(), format!("{tab}/participants"), format!("{tab}/delegations"), meeting.clone()] {
        assert_eq!(eve.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(ada.get(&path).await.status, StatusCode::OK, "{path}");
    }
    for path in [format!("{meeting}/{own}"), format!("/attend/{own}/outcomes/{request}")] {
        assert_eq!(eve.post(&path, "kept=yes").await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(eve.get(&format!("{tab}/export?format=json")).await.status, StatusCode::NOT_FOUND);

    // The team reads the words, and notes for the other side; a third is no side of the meeting.
    let third = world.morning.participants[2];
    assert_eq!(ada.post(&format!("{meeting}/{third}"), "kept=yes").await.status, StatusCode::NOT_FOUND);
    assert!(ada.get(&tab).await.text.contains("A joint study with Zacharias"));
    assert_eq!(ada.post(&format!("{meeting}/{own}"), "second=yes").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ada.post(&format!("{meeting}/{own}"), "kept=no").await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.came(&after, request).await.0, Came::Contradicted);
    let page = ada.get(&meeting).await;
    assert!(page.text.contains("It counts as neither"), "{}", page.text);
    let page = nobody.get(&format!("{}/outcomes", world.links[1])).await;
    assert!(page.text.contains("Noted by the organiser"), "{}", page.text);
    let mended = format!("{}/outcomes/{request}", world.links[1]);
    assert_eq!(nobody.post(&mended, "kept=yes&second=no&seen=1").await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.came(&after, request).await, (Came::Kept, Second::Disputed));
    assert!(!nobody.get(&format!("{}/outcomes", world.links[1])).await.text.contains("Noted by the organiser"));
    // What the trail tells are no words.
    let told: Vec<String> = async {
        Ok::<_, Error>(values!(
            after.database,
            "SELECT CAST(after AS TEXT) FROM audit_entries WHERE action = 'outcome'"
        ))
    }
    .await
    .unwrap();
    assert!(told.len() >= 6 && told.iter().all(|entry| !entry.contains("Zacharias")), "{told:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_figure_opens_on_its_meetings(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = world.at(moment("2026-09-03T08:00:00Z")).await;
    let (id, [zero, one, two, three]) = (world.morning.id, world.morning.participants[..].try_into().unwrap());
    for (participant, delegation) in [(zero, "Kansai"), (one, "Kansai"), (two, "Lyon")] {
        let said = participants::Said {
            revision: 1,
            kind: "participant".to_owned(),
            delegation: delegation.to_owned(),
            ..Default::default()
        };
        participants::correct(&app, &world.team, id, participant, &said).await.unwrap();
    }
    // Who leaves on the day may still say what came of its meetings; who was to meet it may as well.
    participants::set_standing(&app, &world.team, id, three, Standing::Withdrawn).await.unwrap();
    let yes = |second: Option<bool>| Some(Said { kept: true, second, rating: Some(4), words: String::new() });
    let no = Some(Said { kept: false, rating: Some(1), ..Said::default() });
    for (by, at, said) in [
        (zero, world.between(0, 1).await, yes(Some(true))),
        (one, world.between(0, 1).await, yes(Some(true))),
        (zero, world.between(0, 2).await, yes(Some(false))),
        (three, world.between(0, 3).await, no.clone()),
        (one, world.between(1, 3).await, yes(None)),
        (three, world.between(1, 3).await, no),
    ] {
        outcomes::note(&app, &world.team, (id, at, by), (None, said)).await.unwrap();
    }
    let found = outcomes::results(&app, &world.team, id).await.unwrap();
    let results = outcomes::Results::of(&found.met);
    assert_eq!((results.kept, results.not_kept, results.contradicted, results.unsaid), (2, 1, 1, 2));
    assert_eq!((results.held(), results.second()), (Share { count: 2, of: 3 }, Share { count: 1, of: 2 }));
    assert_eq!((results.rating(), results.ratings), (Some(4.0), 4), "what was not held has no rating");
    assert_eq!(found.enough(), Share { count: 3, of: 3 }, "who left is not counted");
    assert_eq!(found.accepted(), Share { count: 6, of: 6 });

    // Each figure of the page is a link, and the list behind it has as many lines.
    let ada = Visitor::invited(&app, "ada@medicen.example", Role::EventOrganiser, None).await;
    let tab = format!("/events/{id}/results");
    let page = ada.get(&tab).await;
    assert_eq!(page.status, StatusCode::OK);
    for (question, expected) in [
        ("", 6),
        ("came=kept", 2),
        ("came=not-kept", 1),
        ("came=contradicted", 1),
        ("came=unsaid", 2),
        ("came=to-come", 0),
        ("came=kept&second=wanted", 1),
        ("came=kept&second=both", 1),
        ("came=kept&second=no", 1),
        ("second=wish", 1),
        ("between=Kansai&and=Lyon", 2),
        ("between=Lyon&and=Kansai", 2),
        ("between=Kansai&and=Kansai", 1),
        ("between=Kansai&and=", 2),
        ("between=&and=Lyon", 1),
        ("between=&and=", 0),
    ] {
        if expected > 0 && !question.is_empty() && !question.contains("between") && !question.contains("wish") {
            assert!(
                page.text.contains(&format!("{tab}?{}", question.replace('&', "&amp;"))),
                "{question}: {}",
                page.text
            );
        }
        let json = ada.get(&format!("{tab}/export?format=json&{question}")).await;
        let listed: serde_json::Value = serde_json::from_str(&json.text).unwrap();
        assert_eq!(listed.as_array().unwrap().len(), expected, "{question}");
        let rows = ada.get(&format!("{tab}?{question}")).await.text.matches("/results/meeting/").count();
        assert_eq!(rows, expected, "{question}");
    }
    for wrong in ["came=held", "second=perhaps", "participant=me"] {
        assert_eq!(ada.get(&format!("{tab}?{wrong}")).await.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    let csv = ada.get(&format!("{tab}/export?format=csv")).await;
    assert!(csv.text.contains("contradicted") && csv.text.lines().count() == 7, "{}", csv.text);
    assert!(ada.get(&format!("{tab}/export?format=xlsx")).await.bytes.starts_with(b"PK"));
    // By participant, by pair of delegations.
    let people: serde_json::Value =
        serde_json::from_str(&ada.get(&format!("{tab}/participants/export?format=json")).await.text).unwrap();
    let line = |name: &str| people.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone();
    assert_eq!((line("Firm 0")["meetings"].as_u64(), line("Firm 0")["not_said_by_it"].as_u64()), (Some(3), Some(1)));
    assert_eq!(line("Firm 3")["standing"], "withdrawn");
    for (with, count) in [("two", 3), ("fewer", 0), ("unsaid", 4)] {
        let json = ada.get(&format!("{tab}/participants/export?format=json&with={with}")).await;
        let listed: serde_json::Value = serde_json::from_str(&json.text).unwrap();
        assert_eq!(listed.as_array().unwrap().len(), count, "{with}");
    }
    assert_eq!(ada.get(&format!("{tab}/participants?with=many")).await.status, StatusCode::BAD_REQUEST);
    let page = ada.get(&format!("{tab}/delegations")).await;
    assert!(page.text.contains("?between=Kansai&amp;and=Lyon&amp;"), "{}", page.text);
    let pairs: serde_json::Value =
        serde_json::from_str(&ada.get(&format!("{tab}/delegations/export?format=json")).await.text).unwrap();
    let pair = |one: &str, other: &str| {
        let pairs = pairs.as_array().unwrap();
        let found = pairs.iter().find(|pair| pair["delegation"] == one && pair["other_delegation"] == other).unwrap();
        (found["meetings"].as_u64().unwrap(), found["held"].as_u64().unwrap(), found["second_wanted"].as_u64().unwrap())
    };
    assert_eq!((pair("Kansai", "Kansai"), pair("Kansai", "Lyon")), ((1, 1, 1), (2, 1, 0)));
    assert_eq!((pair("", "Kansai"), pair("", "Lyon")), ((2, 0, 0), (1, 0, 0)));

    // What was called off before it began does not count; nor does anything of an event that is cancelled.
    let called_off = world.between(2, 3).await;
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query("UPDATE event_requests SET state = 'withdrawn', answered_at = 1 WHERE id = $1")
                .bind(called_off));
            Ok(())
        })
    }
    .await;
    written.unwrap();
    let (found, _) = outcomes::list(&app, &world.team, id, &Filter::default()).await.unwrap();
    assert_eq!(found.met.len(), 5);
    let late = outcomes::note(&app, &world.team, (id, called_off, two), (None, yes(None))).await;
    assert!(matches!(late, Err(Error::NotFound(_))), "{late:?}");
    let event = events::editable(&app, &world.team, id).await.unwrap();
    events::set_state(&app, &world.team, id, EventState::Cancelled, &event.audience).await.unwrap();
    assert!(outcomes::results(&app, &world.team, id).await.unwrap().met.is_empty());
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_not_said_is_asked_once_by_letter(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let after = world.at(moment("2026-09-02T20:00:00Z")).await;
    let (id, participants) = (world.morning.id, &world.morning.participants);
    // The first has said all; the last has left; the third has meetings of a demonstration only.
    for other in 1..4 {
        let said = Some(Said { kept: true, ..Said::default() });
        outcomes::note(&after, &world.team, (id, world.between(0, other).await, participants[0]), (None, said))
            .await
            .unwrap();
    }
    participants::set_standing(&after, &world.team, id, participants[3], Standing::Withdrawn).await.unwrap();
    let quiet: Result<(), Error> = async {
        transact!(after.database, transaction => {
            execute!(transaction, sqlx::query(
                "UPDATE event_requests SET quiet = (1 = 1) WHERE from_id = $1 OR to_id = $1",
            )
            .bind(participants[2]));
            Ok(())
        })
    }
    .await;
    quiet.unwrap();
    let mut before = Vec::new();
    for address in ADDRESSES {
        before.push(letters_to(&after, address).await.len());
    }
    ask_for_all(&after).await.unwrap();
    for (address, count) in ADDRESSES.into_iter().zip(&before) {
        assert_eq!(letters_to(&after, address).await.len(), *count, "on the evening of its last day nobody is asked");
    }
    let next = world.at(moment("2026-09-03T05:20:00Z")).await;
    for round in 0..2 {
        // Two servers may look at the same moment.
        let both = tokio::join!(ask_for_all(&next), ask_for_all(&next));
        both.0.and(both.1).unwrap();
        for (at, (address, count)) in ADDRESSES.into_iter().zip(&before).enumerate() {
            let letters = letters_to(&next, address).await;
            assert_eq!(letters.len() - count, usize::from(at == 1), "{address}, round {round}");
        }
    }
    let letters = letters_to(&next, ADDRESSES[1]).await;
    let letter = letters.last().unwrap();
    assert!(letter.contains("What came of your meetings") && letter.contains("Of 2 meetings of Firm 1"), "{letter}");
    let link = link_in(letter);
    assert!(link.ends_with("/outcomes"), "{link}");
    let page = Visitor::nobody(&next).get(&link).await;
    assert!(page.status == StatusCode::OK && page.text.contains("Firm 0"), "{}", page.text);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_day_after_is_that_of_the_event(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    // Midnight in Auckland is noon of the same day here.
    let world = world_in(engine, "Pacific/Auckland").await;
    let count = letters_to(&world.fresh.app, ADDRESSES[0]).await.len();
    for (now, more) in [("2026-09-02T11:50:00Z", 0), ("2026-09-02T12:10:00Z", 1), ("2026-09-12T12:10:00Z", 1)] {
        let app = world.at(moment(now)).await;
        ask_for_all(&app).await.unwrap();
        assert_eq!(letters_to(&app, ADDRESSES[0]).await.len() - count, more, "{now}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_say_it_at_once_the_second_is_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = world.at(moment("2026-09-02T20:00:00Z")).await;
    let (id, by) = (world.morning.id, world.morning.participants[0]);
    for other in 1..4 {
        let at = world.between(0, other).await;
        for seen in [None, Some(1)] {
            let tasks = [true, false].map(|kept| {
                let (app, team) = (app.clone(), world.team.clone());
                // The second time it is a correction, by both.
                let words = seen.map(|_| "again".to_owned()).unwrap_or_default();
                let said = Said { kept, words, ..Said::default() };
                tokio::spawn(async move { outcomes::note(&app, &team, (id, at, by), (seen, Some(said))).await })
            });
            let mut refused = 0;
            for task in tasks {
                match task.await.unwrap() {
                    Ok(()) => {}
                    Err(Error::Clash(_)) => refused += 1,
                    Err(error) => panic!("{error}"),
                }
            }
            assert_eq!(refused, 1);
        }
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_erased_is_named_in_no_words_and_old_words_go(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let app = world.at(moment("2026-09-02T20:00:00Z")).await;
    let (id, by) = (world.morning.id, world.morning.participants[0]);
    let said = |words: &str| Some(Said { kept: true, second: Some(true), words: words.to_owned(), rating: Some(3) });
    let first = world.between(0, 1).await;
    let words = "Ada Example (ada@lab.example) was very clear, Adam Example less.";
    outcomes::note(&app, &world.team, (id, first, by), (None, said(words))).await.unwrap();
    outcomes::note(&app, &world.team, (id, world.between(0, 2).await, by), (None, said("Nobody is named")))
        .await
        .unwrap();
    let holding = outcomes::MeetingHolding;
    let ada = Subject::address("ada@lab.example").unwrap().with_name(Some("Ada Example"));
    let organiser = Subject::person(world.team.person().unwrap());
    assert_eq!(holding.held(&app.database, &ada).await.unwrap().len(), 1);
    let written = holding.held(&app.database, &organiser).await.unwrap();
    assert!(written.len() == 2 && written.iter().all(|held| held.given), "{written:?}");
    for (subject, count) in [(&ada, 1), (&ada, 0), (&organiser, 2), (&organiser, 0)] {
        let erased: Result<_, Error> = async {
            transact!(app.database, transaction => holding.erase(transaction, subject, app.clock.now()).await)
        }
        .await;
        assert_eq!(erased.unwrap()[0].count, count, "{subject:?}");
    }
    let (_, met) = outcomes::one(&app, &world.team, id, first).await.unwrap();
    let side = met.sides.iter().find(|side| side.participant.id == by).unwrap();
    let kept = side.said().unwrap();
    assert_eq!(kept.words, "[…] ([…]) was very clear, Adam Example less.");
    assert_eq!((met.came(), kept.rating), (Came::Kept, Some(3)));

    // By age words go, and what came of the meeting stays.
    let due = async |before| holding.due(&app.database, "meeting.words", before).await.unwrap().count;
    let (now, later) = (app.clock.now(), app.clock.now().plus_seconds(1));
    assert_eq!((due(now).await, due(later).await), (0, 2));
    for expected in [1, 1, 0] {
        let gone: Result<u64, Error> = async {
            transact!(app.database, transaction => holding.expire(transaction, "meeting.words", later, 1, later).await)
        }
        .await;
        assert_eq!(gone.unwrap(), expected);
    }
    let (_, met) = outcomes::one(&app, &world.team, id, first).await.unwrap();
    assert!(met.sides.iter().filter_map(|side| side.said()).all(|said| said.words.is_empty() && said.kept));
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_came_of_it_leads_to_a_draft(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = world.at(moment("2026-09-02T20:00:00Z")).await;
    let pack = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    import_pack(&app, &Actor::Console, &pack, false, &|_, _, _| {}).await.unwrap();
    let organisations: Vec<uuid::Uuid> = on!(app.database, pool => sqlx::query_scalar(
        "SELECT id FROM organisations WHERE name IS NOT NULL AND country = 'DE' AND merged_into IS NULL ORDER BY id LIMIT 2",
    )
    .fetch_all(pool)
    .await
    .unwrap());
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            for (organisation, participant) in organisations.iter().zip(&world.morning.participants) {
                execute!(transaction, sqlx::query("UPDATE event_participants SET organisation_id = $1 WHERE id = $2")
                    .bind(*organisation)
                    .bind(*participant));
            }
            Ok(())
        })
    }
    .await;
    written.unwrap();
    let (id, at, by) = (world.morning.id, world.between(0, 1).await, world.morning.participants[0]);
    let officer = Visitor::invited(&app, "officer@medicen.example", Role::ProjectOfficer, None).await;
    let member = Visitor::invited(&app, "member@lab.example", Role::MemberContact, Some(organisations[0])).await;
    let abroad = Visitor::invited_to(&app, "lyonbiopole", "x@lyon.example", Role::ProjectOfficer, None).await;
    let own = format!("/organisations/{}/meetings", organisations[0]);
    assert_eq!(officer.get(&own).await.text, "", "nothing was said yet");
    assert!(!officer.get(&format!("/events/{id}/results/meeting/{at}")).await.text.contains("/consortia/new"));
    let said = Some(Said { kept: true, second: Some(true), ..Said::default() });
    outcomes::note(&app, &world.team, (id, at, by), (None, said)).await.unwrap();

    // A meeting that was not held and that nobody wants again is nothing to remember an organisation by.
    let missed = (id, world.between(0, 2).await, by);
    outcomes::note(&app, &world.team, missed, (None, Some(Said::default()))).await.unwrap();
    let own_organisation = events::participants::one(&app, &world.team, id, by).await.unwrap().1.organisation.unwrap();
    let remembered = outcomes::met_by(&app, &world.team, own_organisation).await.unwrap();
    assert_eq!(remembered.iter().map(|one| one.request).collect::<Vec<_>>(), [at]);

    // On the pages of the team, of the organisation, and of the participant that has an account.
    let met = outcomes::results(&app, &world.team, id).await.unwrap().met;
    let [one, other] = met.iter().find(|met| met.meeting.request == at).unwrap().sides.each_ref();
    let ids = [one, other].map(|side| side.participant.organisation.unwrap());
    let draft = format!("/consortia/new?member={}&amp;member={}", ids[0], ids[1]);
    for path in [format!("/events/{id}/results"), format!("/events/{id}/results/meeting/{at}")] {
        let page = officer.get(&path).await;
        assert!(page.text.contains(&draft) && page.text.contains("Take up as a draft"), "{path}: {}", page.text);
    }
    let page = officer.get(&own).await;
    assert!(page.text.contains("Meetings") && page.text.contains("/consortia/new?member="), "{}", page.text);
    let opened = officer.get(&draft.replace("&amp;", "&")).await;
    assert_eq!(opened.status, StatusCode::OK);
    for organisation in &organisations {
        let kept = format!("name=\"member\" value=\"{organisation}\"");
        assert!(opened.text.contains(&kept), "both are taken up: {}", opened.text);
    }
    for visitor in [&member, &abroad, &Visitor::nobody(&app)] {
        assert!(!visitor.get(&own).await.text.contains("Firm"), "it is the team’s");
    }
    let page = member.get(&format!("/attend/{by}/outcomes")).await;
    assert!(
        page.text.contains("/consortia/new?member=") && page.text.contains("Look for a team with both"),
        "{}",
        page.text
    );
    let page = Visitor::nobody(&app).get(&format!("{}/outcomes", world.links[0])).await;
    assert!(!page.text.contains("/consortia/new"), "a private link opens no draft: {}", page.text);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demonstration_has_a_past_event_with_its_outcomes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let pack = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    import_pack(app, &Actor::Console, &pack, false, &|_, _, _| {}).await.unwrap();
    app.part::<Catalogue>().refresh(&app.database).await.unwrap();
    events::prepare_demonstration(app, "medicen").await.unwrap();
    let team = organiser(app, "medicen").await;
    let all = events::list(app, &team).await.unwrap();
    let (over, coming): (Vec<_>, Vec<_>) = all.iter().partition(|event| event.is_over(events::today_at(app, event)));
    assert_eq!((over.len(), coming.len()), (1, 1));
    let found = outcomes::results(app, &team, over[0].id).await.unwrap();
    let results = outcomes::Results::of(&found.met);
    assert!(results.kept > results.not_kept && results.unsaid > 0 && results.second().count > 0, "{results:?}");
    assert!(outcomes::pairs(&found.met).len() >= 2);
    // Nobody is written to about it.
    ask_for_all(app).await.unwrap();
    let letters: Vec<i64> =
        async { Ok::<_, Error>(values!(app.database, "SELECT COUNT(*) FROM letters")) }.await.unwrap();
    assert_eq!(letters, [0]);
    // A second start makes no second one.
    events::prepare_demonstration(app, "medicen").await.unwrap();
    assert_eq!(events::list(app, &team).await.unwrap().len(), 2);
}
