//! Events: made from a template, with participants in their seats, and the requests that they send one another.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, ClusterRef, Role, Shared, clusters, visibility::Audience},
    app::import_pack,
    events::{
        self, EventId, EventState, ParticipantId, RequestId, RequestState, Setup, Template, Wish,
        attending::{self, Seat},
        participants::{self, Asked},
        requests::{self, Answer, Filter, Obstacle},
    },
    execute,
    foundation::{errors::Error, languages::Language},
    on,
    partnering::Index,
    transact,
};
use rstest::rstest;
use uuid::Uuid;

use crate::{
    databases::{Engine, Fresh, NOW, fresh, open_with},
    mailbox::{letters_to, link_in},
    participation_story::acting,
    visitors::{Visitor, make_cluster, prepare_people},
};

const NOWHERE: &str = "018f0000-0000-7000-8000-000000000000";

/// An open event of `medicen` in October, and somebody of its team.
struct World {
    fresh: Fresh,
    team: Actor,
    event: EventId,
}

async fn medicen(app: &Shared) -> ClusterRef {
    let all = clusters(&app.database).await.unwrap();
    all.into_iter().find(|cluster| cluster.slug == "medicen").unwrap()
}

/// A half day in October, with requests until the end of September.
pub fn half_day() -> Setup {
    let mut setup = Template::HalfDay.setup("Biotech", "2026-10-06".parse().unwrap(), "Europe/Paris", &str::to_owned);
    setup.requests_until = "2026-09-30".parse().ok();
    setup
}

async fn open(app: &Shared, team: &Actor, setup: Setup) -> EventId {
    let event = events::create(app, team, setup).await.unwrap();
    events::set_state(app, team, event, EventState::Open, &Audience::Members).await.unwrap();
    event
}

async fn world(engine: Engine) -> World {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    make_cluster(app, "lyonbiopole", "Lyonbiopole").await;
    let team = acting(Role::EventOrganiser, Some(&medicen(app).await), None);
    let event = open(app, &team, half_day()).await;
    World { fresh, team, event }
}

impl World {
    /// Somebody who takes part, known by name only; with an address it is written to.
    async fn joins(&self, name: &str, email: &str) -> ParticipantId {
        self.invites(name, email, "yes").await
    }

    async fn invites(&self, name: &str, email: &str, confirmed: &str) -> ParticipantId {
        let asked = Asked {
            organisation: name.to_owned(),
            kind: "participant".to_owned(),
            name: if email.is_empty() { String::new() } else { format!("Ada of {name}") },
            email: email.to_owned(),
            language: "en".to_owned(),
            confirmed: confirmed.to_owned(),
            ..Asked::default()
        };
        participants::invite(&self.fresh.app, &self.team, self.event, &asked).await.unwrap()
    }

    async fn seat(&self, id: ParticipantId) -> Seat {
        attending::seat(&self.fresh.app, &self.team, &id.to_string()).await.unwrap()
    }

    async fn ask(&self, from: ParticipantId, to: ParticipantId) -> Result<RequestState, Error> {
        let seat = self.seat(from).await;
        requests::ask(&self.fresh.app, &self.team, &seat, to, (Wish::Meet, "Let us meet")).await
    }

    async fn answers(
        &self,
        by: ParticipantId,
        id: RequestId,
        seen: RequestState,
        answer: Answer,
    ) -> Result<RequestState, Error> {
        let seat = self.seat(by).await;
        requests::answer(&self.fresh.app, &self.team, &seat, id, seen, (&answer, "")).await
    }

    /// The request of two participants.
    async fn between(&self, one: ParticipantId, other: ParticipantId) -> events::Request {
        let all = requests::of_seat(&self.fresh.app, &self.seat(one).await).await.unwrap();
        all.into_iter().map(|exchange| exchange.request).find(|request| request.other(one) == other).unwrap()
    }

    async fn states(&self) -> BTreeMap<&'static str, usize> {
        let (_, _, all, _) = requests::list(&self.fresh.app, &self.team, self.event, &Filter::default()).await.unwrap();
        let mut states = BTreeMap::new();
        for request in all {
            *states.entry(request.state.key()).or_default() += 1;
        }
        states
    }
}

/// What a form was told, by its first field.
fn told(found: Result<RequestState, Error>) -> String {
    match found {
        Err(Error::Invalid(problems)) => problems[0].message.clone(),
        Err(Error::Clash(_)) => "clash".to_owned(),
        other => format!("{other:?}"),
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_is_made_opened_and_seats_are_of_whom_they_are(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let pack = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    import_pack(app, &Actor::Console, &pack, false, &|_, _, _| {}).await.unwrap();
    prepare_people(app).await;
    let organisations: Vec<Uuid> = on!(app.database, pool => sqlx::query_scalar(
        "SELECT id FROM organisations WHERE name IS NOT NULL AND country = 'DE' AND merged_into IS NULL ORDER BY id LIMIT 2",
    )
    .fetch_all(pool)
    .await
    .unwrap());
    let organiser = Visitor::invited(app, "organiser@medicen.example", Role::EventOrganiser, None).await;
    let made = organiser.post("/events", "name=Biotech&template=half-day&first_day=2026-10-06").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let setup = made.headers["location"].to_str().unwrap().split('?').next().unwrap().to_owned();
    let event = setup.trim_end_matches("/setup").to_owned();
    let page = organiser.get(&setup).await;
    assert!(page.text.contains("value=\"Biotech\"") && page.text.contains("value=\"09:00\""), "{}", page.text);
    let opened = organiser.post(&format!("{event}/state"), "state=open&audience=members").await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text);

    // One is invited by letter and answers by its link; one has an account.
    let participants = format!("{event}/participants");
    let form = "organisation=Small+Lab&kind=participant&name=Bob&email=bob@lab.example&language=en";
    assert_eq!(organiser.post(&participants, form).await.status, StatusCode::SEE_OTHER);
    let form = format!("organisation_id={}&organisation=x&kind=participant&confirmed=yes", organisations[0]);
    assert_eq!(organiser.post(&participants, &form).await.status, StatusCode::SEE_OTHER);
    let twice = organiser.post(&participants, &form).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "an organisation takes part once");
    let link = link_in(&letters_to(app, "bob@lab.example").await[0]);
    let nobody = Visitor::nobody(app);
    let page = nobody.get(&link).await;
    assert_eq!((page.status, &page.headers["referrer-policy"]), (StatusCode::OK, &"no-referrer".parse().unwrap()));
    assert_eq!(nobody.post(&format!("{link}/answer"), "answer=yes").await.status, StatusCode::SEE_OTHER);
    let member = Visitor::invited(app, "ada@lab.example", Role::MemberContact, Some(organisations[0])).await;
    let own = member.get("/meetings").await;
    let at = own.text.find("/attend/").expect("the event is listed");
    let own = own.text[at..].split('"').next().unwrap().to_owned();
    assert_eq!(member.get(&own).await.status, StatusCode::OK);
    assert_eq!(organiser.get(&own).await.status, StatusCode::OK, "the team looks at it in its place");

    // To everybody else it is nowhere: another organisation, another cluster's team, a wrong link.
    let other = Visitor::invited(app, "eve@other.example", Role::MemberContact, Some(organisations[1])).await;
    let abroad = Visitor::invited_to(app, "lyonbiopole", "x@lyon.example", Role::EventOrganiser, None).await;
    for ending in ["", "/meet", "/requests"] {
        for somebody in [&other, &abroad, &nobody] {
            let there = somebody.get(&format!("{own}{ending}")).await;
            let nowhere = somebody.get(&format!("/attend/{NOWHERE}{ending}")).await;
            assert_eq!((there.status, &there.text.replace(&own[8..], NOWHERE)), (StatusCode::NOT_FOUND, &nowhere.text));
        }
        assert_eq!(nobody.get(&format!("/attend/not-this-link{ending}")).await.status, StatusCode::NOT_FOUND);
    }
    for path in [event.clone(), participants.clone(), setup.clone(), format!("{event}/requests")] {
        let nowhere = path.replace(event.trim_start_matches("/events/"), NOWHERE);
        let (there, nowhere) = (abroad.get(&path).await, abroad.get(&nowhere).await);
        assert_eq!(there.status, StatusCode::NOT_FOUND);
        assert_eq!(there.text.replace(event.trim_start_matches("/events/"), NOWHERE), nowhere.text);
    }
    let stolen = abroad.post(&format!("{event}/requests"), "one=Small+Lab&other=x").await;
    assert_eq!(stolen.status, StatusCode::NOT_FOUND);

    // Whoever takes part sees the others, and asks; who only was invited sees nobody.
    let page = nobody.get(&format!("{link}/meet")).await;
    assert!(page.text.contains("Ask to meet"), "{}", page.text);
    let form = "organisation=Late+Lab&kind=participant&name=Zoe&email=zoe@late.example&language=en";
    organiser.post(&participants, form).await;
    let late = link_in(&letters_to(app, "zoe@late.example").await[0]);
    let page = nobody.get(&format!("{late}/meet")).await;
    assert!(page.status == StatusCode::OK && !page.text.contains("Small Lab"), "{}", page.text);
    assert!(!nobody.get(&format!("{link}/meet")).await.text.contains("Late Lab"), "nor is it seen");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_are_asked_answered_and_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let lab = world.joins("Lab", "lab@a.example").await;
    let clinic = world.joins("Clinic", "clinic@b.example").await;
    let firm = world.joins("Firm", "firm@c.example").await;
    let stranger = world.invites("Stranger", "stranger@d.example", "").await;
    let nobody = Visitor::nobody(app);
    let seat = link_in(&letters_to(app, "lab@a.example").await[0]);

    // Asked on the page; the asked one gets a letter with a link of its own, and the first link goes on to work.
    let form = format!("to={clinic}&wish=must&message=We+both+image+hearts");
    let asked = nobody.post(&format!("{seat}/meet"), &form).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text);
    let letters = letters_to(app, "clinic@b.example").await;
    let (first, second) = (link_in(&letters[0]), link_in(&letters[1]));
    assert!(letters[1].contains("We both image hearts") && letters[1].contains("30 September"), "{}", letters[1]);
    assert!(second.ends_with("/requests") && !second.starts_with(&first), "{second}");
    for link in [format!("{first}/requests"), second.clone()] {
        let page = nobody.get(&link).await;
        assert!(page.text.contains("We both image hearts") && page.text.contains("Matters most"), "{}", page.text);
        assert!(!page.text.contains("Ada of Lab"), "people are named once the two have agreed");
    }
    // At most one letter a day; what cannot be is told in words.
    world.ask(firm, clinic).await.unwrap();
    assert_eq!(letters_to(app, "clinic@b.example").await.len(), 2);
    for (from, to, found) in [
        (lab, lab, Obstacle::Oneself),
        (lab, clinic, Obstacle::Asked),
        (lab, stranger, Obstacle::Absent),
        (stranger, lab, Obstacle::Outside),
    ] {
        assert_eq!(told(world.ask(from, to).await), found.key());
    }
    let page = nobody.post(&format!("{seat}/meet"), &format!("to={clinic}")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("it is asked already") && page.text.contains("Not possible"), "{}", page.text);
    let elsewhere = nobody.post(&format!("{seat}/meet"), &format!("to={NOWHERE}")).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);

    // The clinic accepts by its link; the lab is told at once, and both are named to each other.
    let request = world.between(lab, clinic).await;
    let place = format!("{second}/{}", request.id);
    let done = nobody.post(&place, "act=accept&seen=waiting&wish=must&words=Gladly").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let again = nobody.post(&place, "act=decline&seen=waiting").await;
    assert_eq!(again.status, StatusCode::CONFLICT, "what was answered in between is told");
    let letters = letters_to(app, "lab@a.example").await;
    assert!(letters.last().unwrap().contains("Clinic has accepted") && letters.last().unwrap().contains("Gladly"));
    let page = nobody.get(&format!("{seat}/requests")).await;
    assert!(page.text.contains("One meeting agreed on") && page.text.contains("Ada of Clinic"), "{}", page.text);
    assert_eq!(told(world.ask(clinic, lab).await), Obstacle::Agreed.key());
    // A request of others is nowhere.
    let foreign = world.between(firm, clinic).await.id;
    let found = nobody.post(&format!("{seat}/requests/{foreign}"), "act=accept&seen=waiting").await;
    assert_eq!(found.status, StatusCode::NOT_FOUND);
    assert!(!nobody.get(&format!("{seat}/requests")).await.text.contains("Firm"));

    // «No thanks» is final, until whoever said it asks.
    use RequestState::{Accepted, Countered, Declined, Waiting, Withdrawn};
    assert_eq!(world.answers(clinic, foreign, Waiting, Answer::Decline).await.unwrap(), Declined);
    assert_eq!(told(world.ask(firm, clinic).await), Obstacle::Refused.key());
    assert_eq!(world.ask(clinic, firm).await.unwrap(), Waiting);
    // Whoever is asked by somebody it wants to ask accepts by asking.
    assert_eq!(world.ask(firm, clinic).await.unwrap(), Accepted);
    // What was agreed on is called off, and the other is told; withdrawn can be asked again.
    let between = world.between(firm, clinic).await;
    assert_eq!((between.from, between.message.as_str()), (clinic, "Let us meet"));
    assert_eq!(world.answers(clinic, between.id, Accepted, Answer::Withdraw).await.unwrap(), Withdrawn);
    assert!(letters_to(app, "firm@c.example").await.last().unwrap().contains("called off"));
    assert_eq!(world.ask(firm, clinic).await.unwrap(), Waiting);

    // Another session is proposed and accepted.
    world.ask(lab, firm).await.unwrap();
    let id = world.between(lab, firm).await.id;
    assert_eq!(told(world.answers(firm, id, Waiting, Answer::Counter(vec![(3, 0)])).await), Obstacle::NoSession.key());
    assert_eq!(world.answers(firm, id, Waiting, Answer::Counter(vec![(0, 0)])).await.unwrap(), Countered);
    assert_eq!(told(world.answers(firm, id, Countered, Answer::Accept(Wish::Meet)).await), Obstacle::NotSo.key());
    assert_eq!(world.answers(lab, id, Countered, Answer::Accept(Wish::Must)).await.unwrap(), Accepted);
    assert_eq!(world.between(lab, firm).await.sessions, [(0, 0)]);

    // The team: its page, files, a meeting that it sets, and what holds for it too.
    let organiser = Visitor::invited(app, "organiser@medicen.example", Role::EventOrganiser, None).await;
    let tab = format!("/events/{}/requests", world.event);
    let page = organiser.get(&tab).await;
    assert!(
        page.text.contains("100\u{a0}%") || page.text.contains("100%") || page.text.contains("100 %"),
        "{}",
        page.text
    );
    assert!(!page.text.contains("We both image hearts"), "what two wrote to one another is theirs");
    let json = organiser.get(&format!("{tab}/export?format=json&state=accepted")).await.text;
    assert!(!json.contains("We both image hearts"), "nor is it in a file: {json}");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 2);
    let csv = organiser.get(&format!("{tab}/export?format=csv")).await;
    assert!(csv.text.contains("Lab,") && csv.headers["content-disposition"].to_str().unwrap().contains("requests.csv"));
    assert!(organiser.get(&format!("{tab}/export?format=xlsx")).await.bytes.starts_with(b"PK"));
    assert_eq!(organiser.get(&format!("{tab}?state=none")).await.status, StatusCode::BAD_REQUEST);
    let late = world.joins("Late", "late@e.example").await;
    for (form, words) in [
        ("one=Nobody&other=Lab", "No participant is called so"),
        ("one=lab&other=LAB", "nobody meets oneself"),
        ("one=Lab&other=Clinic", "the meeting is agreed on"),
        ("one=Lab&other=Stranger", "does not take part"),
    ] {
        let answer = organiser.post(&tab, form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(answer.text.contains(words), "{form}: {}", answer.text);
    }
    assert_eq!(organiser.post(&tab, "one=Lab&other=Late").await.status, StatusCode::SEE_OTHER);
    let set = world.between(lab, late).await;
    assert!(set.by_team && set.state == Accepted);
    for address in ["lab@a.example", "late@e.example"] {
        assert!(letters_to(app, address).await.last().unwrap().contains("has set a meeting"), "{address}");
    }

    // Once requests are closed nothing new is agreed on.
    let later = NOW.plus_seconds(31 * 86_400);
    let closed = open_with(&world.fresh.url, &world.fresh.folder, later, "http://corridor.example").await;
    let seat = attending::seat(&closed, &world.team, &late.to_string()).await.unwrap();
    let asked = requests::ask(&closed, &world.team, &seat, clinic, (Wish::Meet, "")).await;
    assert_eq!(told(asked), Obstacle::Closed.key());
    // Who is erased leaves no link behind.
    transact_forget(app, "clinic@b.example").await;
    assert_eq!(nobody.get(&second).await.status, StatusCode::NOT_FOUND);
}

async fn transact_forget(app: &Shared, email: &str) {
    use corridor::foundation::personal::{Holding, Subject};
    let subject = Subject::address(email).unwrap();
    let forgotten: Result<_, Error> =
        async { transact!(app.database, transaction => events::EventHolding.erase(transaction, &subject, NOW).await) }
            .await;
    assert_eq!(forgotten.unwrap()[0].count, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_answer_at_once_the_second_is_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = std::sync::Arc::new(world(engine).await);
    let mut both = Vec::new();
    for at in 0..14 {
        both.push(world.joins(&format!("Body {at}"), "").await);
    }
    // Two people of one participant answer at once: one is told that the other did.
    for asked in both[1..6].iter().copied() {
        world.ask(both[0], asked).await.unwrap();
        let id = world.between(both[0], asked).await.id;
        let tasks = [Answer::Accept(Wish::Meet), Answer::Decline].map(|answer| {
            let world = world.clone();
            tokio::spawn(async move { told(world.answers(asked, id, RequestState::Waiting, answer).await) })
        });
        let mut found = Vec::new();
        for task in tasks {
            found.push(task.await.unwrap());
        }
        assert_eq!(found.iter().filter(|told| *told == "clash").count(), 1, "{found:?}");
    }
    // Two who ask each other at once have agreed, in one request.
    for asked in both[6..10].iter().copied() {
        let tasks = [(both[0], asked), (asked, both[0])].map(|(from, to)| {
            let world = world.clone();
            tokio::spawn(async move { world.ask(from, to).await.unwrap() })
        });
        let mut found = Vec::new();
        for task in tasks {
            found.push(task.await.unwrap());
        }
        found.sort();
        assert_eq!(found, [RequestState::Waiting, RequestState::Accepted]);
    }
    // The cap of ten holds also for who asks all at once.
    let others = [&both[..6], &both[6..13]].concat();
    let tasks: Vec<_> = others
        .into_iter()
        .map(|to| {
            let (world, from) = (world.clone(), both[13]);
            tokio::spawn(async move { told(world.ask(from, to).await) })
        })
        .collect();
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for task in tasks {
        *found.entry(task.await.unwrap()).or_default() += 1;
    }
    assert_eq!(found, BTreeMap::from([("Ok(Waiting)".to_owned(), 10), (Obstacle::Cap.key().to_owned(), 3)]));
}

/// Writes participants, and a request each from one of the first to one of the others.
async fn many(world: &World, askers: usize, asked: usize) -> Vec<(ParticipantId, RequestId)> {
    let app = &world.fresh.app;
    let cluster = medicen(app).await.id;
    let ids: Vec<ParticipantId> = (0..askers + asked).map(|_| ParticipantId::new()).collect();
    let pairs: Vec<(ParticipantId, RequestId)> = ids[askers..].iter().map(|id| (*id, RequestId::new())).collect();
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            for (at, id) in ids.iter().enumerate() {
                execute!(transaction, sqlx::query(
                    "INSERT INTO event_participants (cluster_id, id, event_id, name, country, kind, delegation, standing,
                         offers, seeks, booth, revision, asked_at)
                     VALUES ($1, $2, $3, $4, 'FR', 'participant', '', 'confirmed', '', '', '', 1, $5)",
                )
                .bind(cluster)
                .bind(id)
                .bind(world.event)
                .bind(format!("Participant {at}"))
                .bind(NOW));
            }
            for (at, (to, request)) in pairs.iter().enumerate() {
                let from = ids[at % askers];
                execute!(transaction, sqlx::query(
                    "INSERT INTO event_requests (cluster_id, id, event_id, from_id, to_id, low_id, high_id, state, wish,
                         answer_wish, message, answer, sessions, by_team, asked_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 'meet', 'meet', '', '', $8, FALSE, $9)",
                )
                .bind(cluster)
                .bind(request)
                .bind(world.event)
                .bind(from)
                .bind(to)
                .bind(from.min(*to))
                .bind(from.max(*to))
                .bind(sqlx::types::Json(Vec::<(usize, usize)>::new()))
                .bind(NOW));
            }
            Ok(())
        })
    }
    .await;
    written.unwrap();
    pairs
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_participants_answer_at_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = std::sync::Arc::new(world(engine).await);
    let asked = many(&world, 20, 1_000).await;
    let tasks: Vec<_> = asked
        .into_iter()
        .enumerate()
        .map(|(at, (by, id))| {
            let world = world.clone();
            let answer = if at % 4 == 3 { Answer::Decline } else { Answer::Accept(Wish::Meet) };
            tokio::spawn(async move { world.answers(by, id, RequestState::Waiting, answer).await.unwrap() })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(world.states().await, BTreeMap::from([("accepted", 750), ("declined", 250)]));
    let entries: i64 = on!(world.fresh.app.database, pool => sqlx::query_scalar(
        "SELECT COUNT(*) FROM audit_entries WHERE action IN ('request_accepted', 'request_declined')",
    )
    .fetch_one(pool)
    .await
    .unwrap());
    assert_eq!(entries, 1_000, "each of them is in the trail");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_leaves_requests_unanswered_is_reminded(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let lab = world.joins("Lab", "").await;
    let (clinic, firm) = (world.joins("Clinic", "clinic@b.example").await, world.joins("Firm", "").await);
    world.ask(lab, clinic).await.unwrap();
    let hour = NOW.plus_seconds(3_600);
    let later = open_with(&world.fresh.url, &world.fresh.folder, hour, "http://corridor.example").await;
    let seat = attending::seat(&later, &world.team, &firm.to_string()).await.unwrap();
    requests::ask(&later, &world.team, &seat, clinic, (Wish::Meet, "")).await.unwrap();
    // Somebody of a demonstration asks as well: nobody is written to about that.
    let quiet = world.joins("Quiet", "quiet@q.example").await;
    let before = letters_to(app, "quiet@q.example").await.len();
    let shown = Visitor::acting_as(app, Role::EventOrganiser).await;
    let asked = shown.post(&format!("/attend/{lab}/meet"), &format!("to={quiet}&wish=must")).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text);
    let at = async |hours: i64| {
        let later = NOW.plus_seconds(hours * 3_600);
        let app = open_with(&world.fresh.url, &world.fresh.folder, later, "http://corridor.example").await;
        for _ in 0..2 {
            requests::remind_of_all(&app).await.unwrap();
        }
        let all = letters_to(&app, "clinic@b.example").await;
        (all.len(), all.last().unwrap().clone())
    };
    // The list of the event, then one request at once, the other on the next day, then every third day until the end.
    assert_eq!(at(2).await.0, 2);
    let (count, letter) = at(23).await;
    assert!(count == 3 && letter.contains("2 participants"), "{count} {letter}");
    for (day, expected) in [(2, 3), (3, 3), (4, 4), (5, 4), (7, 5), (28, 6), (31, 6), (60, 6)] {
        assert_eq!(at(day * 24 + 1).await.0, expected, "day {day}");
    }
    assert_eq!(letters_to(app, "quiet@q.example").await.len(), before);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whom_to_meet_is_suggested_with_reasons(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let pack = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    import_pack(app, &Actor::Console, &pack, false, &|_, _, _| {}).await.unwrap();
    prepare_people(app).await;
    app.part::<Index>().refresh(&app.database).await.unwrap();
    let team = acting(Role::EventOrganiser, Some(&medicen(app).await), None);
    let event = open(app, &team, half_day()).await;
    let world = World { team, event, fresh };
    let app = &world.fresh.app;
    let known: Vec<Uuid> = on!(app.database, pool => sqlx::query_scalar(
        "SELECT organisations.id FROM organisations JOIN participations ON participations.organisation_id = organisations.id
         WHERE organisations.name IS NOT NULL AND organisations.merged_into IS NULL
         GROUP BY organisations.id ORDER BY COUNT(*) DESC, organisations.id LIMIT 12",
    )
    .fetch_all(pool)
    .await
    .unwrap());
    for organisation in &known {
        let asked = Asked {
            organisation_id: organisation.to_string(),
            kind: "participant".to_owned(),
            confirmed: "yes".to_owned(),
            ..Asked::default()
        };
        participants::invite(app, &world.team, event, &asked).await.unwrap();
    }
    let profile = async |id: ParticipantId, offers: &str, seeks: &str| {
        let seat = world.seat(id).await;
        let (offers, seeks) = (offers.to_owned(), seeks.to_owned());
        let profile =
            attending::Profile { revision: seat.participant.revision, offers, seeks, ..attending::Profile::default() };
        attending::save_profile(app, &world.team, &seat, &profile).await.unwrap();
    };
    let me = world.joins("Me", "").await;
    let plain = world.joins("Small imaging", "").await;
    profile(plain, "Imagerie cardiaque, capteurs", "vaccine adjuvants").await;
    let whom = async || requests::whom(app, &world.seat(me).await, Language::En).await.unwrap();
    assert_eq!(whom().await.suggestions, [], "who says nothing is advised nothing");
    profile(me, "antibiotic resistance, vaccines, adjuvants", "imagerie, antibiotic resistance diagnostics").await;
    let found = whom().await;
    assert_eq!(found.others.len(), 13, "everybody but oneself");
    assert!(found.suggestions.len() >= 5 && found.suggestions.len() <= 10, "{}", found.suggestions.len());
    let of = |id: ParticipantId| found.suggestions.iter().find(|one| found.others[one.other].participant.id == id);
    let words = of(plain).expect("shared words are a reason").reasons.join("\n");
    assert!(words.contains("Offers what you seek: Imagerie") && words.contains("vaccine, adjuvants"), "{words}");
    let ranked = found.suggestions.iter().filter(|one| found.others[one.other].participant.organisation.is_some());
    let ranked: Vec<_> = ranked.collect();
    assert!(ranked.len() >= 4 && ranked.iter().all(|one| !one.reasons.is_empty()), "{ranked:?}");
    // Who cannot be asked is not suggested.
    world.ask(me, plain).await.unwrap();
    let after = whom().await;
    assert!(after.suggestions.iter().all(|one| after.others[one.other].participant.id != plain));
    let asked = after.others.iter().find(|other| other.participant.id == plain).unwrap();
    assert_eq!(asked.obstacle, Some(Obstacle::Asked));
    assert_eq!((after.sent, after.cap, after.minimum), (1, Some(10), 2));
}
