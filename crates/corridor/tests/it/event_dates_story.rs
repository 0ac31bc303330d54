//! The days of an event are asked about, answered by those who would come, and one is fixed.

use axum::http::StatusCode;
use corridor::{
    accounts::{ClusterId, Role, Shared, clusters, visibility::reader},
    events::{
        self, EventId, ParticipantId, Standing, Template, attending,
        delegations::{self, Asking},
        participants::{self, Asked},
        polls::{self, PollState, Proposed, Suits},
        slots,
        timetables::publishing,
    },
    foundation::{errors::Error, time::Timestamp},
};
use rstest::rstest;

use crate::{
    databases::{Engine, Fresh, NOW, fresh, open_with},
    mailbox::{letters_to, link_in},
    timetable_story::{morning, organiser, searched},
    visitors::{Visitor, make_cluster, prepare_people},
};

const DAY: i64 = 24 * 3600;

fn proposed(days: &[&str]) -> Proposed {
    let days = days.iter().map(|day| (*day).to_owned()).collect();
    Proposed { days, until: "2026-09-15".to_owned(), message: "Which one?".to_owned() }
}

fn answer(words: &[(&str, Suits)]) -> polls::Answer {
    words.iter().map(|(on, suits)| (on.parse().unwrap(), *suits)).collect()
}

fn said<T: std::fmt::Debug>(found: Result<T, Error>) -> String {
    match found {
        Err(Error::Invalid(problems)) => problems[0].message.clone(),
        Err(Error::Over { reason }) => reason.to_owned(),
        Err(Error::Clash(_)) => "clash".to_owned(),
        Err(Error::NotFound(_)) => "nowhere".to_owned(),
        Err(Error::Worded(wording)) => format!("{wording:?}"),
        other => format!("{other:?}"),
    }
}

async fn invited(app: &Shared, event: EventId, name: &str, email: &str, confirmed: &str) -> ParticipantId {
    let asked = Asked {
        organisation: name.to_owned(),
        kind: "participant".to_owned(),
        name: format!("Ada of {name}"),
        email: email.to_owned(),
        language: "en".to_owned(),
        confirmed: confirmed.to_owned(),
        ..Asked::default()
    };
    participants::invite(app, &organiser(app, "medicen").await, event, &asked).await.unwrap()
}

async fn half_day(app: &Shared) -> EventId {
    let mut setup = Template::HalfDay.setup("Biotech", "2026-10-01".parse().unwrap(), "Europe/Paris", &str::to_owned);
    setup.registration_until = "2026-09-24".parse().ok();
    events::create(app, &organiser(app, "medicen").await, setup).await.unwrap()
}

async fn world(engine: Engine) -> (Fresh, ClusterId) {
    let fresh = fresh(engine).await;
    prepare_people(&fresh.app).await;
    make_cluster(&fresh.app, "lyonbiopole", "Lyonbiopole").await;
    let all = clusters(&fresh.app.database).await.unwrap();
    let lyon = all.iter().find(|cluster| cluster.slug == "lyonbiopole").unwrap().id;
    (fresh, lyon)
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_day_that_suits_most_is_found_and_fixed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, lyon) = world(engine).await;
    let app = &fresh.app;
    let actor = organiser(app, "medicen").await;
    let team = Visitor::invited(app, "organiser@medicen.example", Role::EventOrganiser, None).await;
    let them = Visitor::invited_to(app, "lyonbiopole", "team@lyon.example", Role::EventOrganiser, None).await;
    let event = half_day(app).await;
    let first = invited(app, event, "First lab", "a@first.example", "yes").await;
    let second = invited(app, event, "Second lab", "b@second.example", "").await;
    let gone = invited(app, event, "Gone lab", "c@gone.example", "").await;
    let silent = invited(app, event, "Silent lab", "d@silent.example", "").await;
    participants::set_standing(app, &actor, event, gone, Standing::Withdrawn).await.unwrap();
    let asking =
        Asking { clusters: vec![lyon], kind: "participant".to_owned(), quota: "2".to_owned(), ..Asking::default() };
    delegations::ask(app, &actor, event, &asking).await.unwrap();
    let delegation = delegations::of_event(app, &actor, event).await.unwrap().1.remove(0).delegation.id;
    // Another event of the programme on one of the days.
    let other = Template::HalfDay.setup("Quantum day", "2026-10-13".parse().unwrap(), "Europe/Paris", &str::to_owned);
    events::create(app, &actor, other).await.unwrap();
    let sent = |letters: Vec<String>| letters.iter().filter(|letter| letter.contains("day suits")).count();

    let path = format!("/events/{event}/dates");
    let none = team.get(&path).await;
    assert!(none.text.contains("Ask which day suits") && none.text.contains("2026-10-01"), "{}", none.text);
    let wrong = team.post(&path, "day.0=2026-10-13&day.1=soon&until=2026-09-15").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("This is no day") && wrong.text.contains("value=\"soon\""), "{}", wrong.text);
    assert_eq!(sent(letters_to(app, "a@first.example").await), 0);

    // Two officers ask at the same moment: everybody is written to once.
    let question = proposed(&["2026-10-27", "2026-10-13", "2026-10-06"]);
    let (one, other) =
        tokio::join!(polls::begin(app, &actor, event, &question), polls::begin(app, &actor, event, &question));
    let (one, other) = (said(one), said(other));
    let mut both = [one.as_str(), other.as_str()];
    both.sort_unstable();
    assert_eq!(both, ["Ok(4)", "clash"]);
    for email in ["a@first.example", "b@second.example", "d@silent.example", "team@lyon.example"] {
        let letters = letters_to(app, email).await;
        assert_eq!(sent(letters.clone()), 1, "{email}");
        let letter = letters.last().unwrap();
        assert!(letter.contains("Which one?") && letter.contains("Tuesday 27 October 2026"), "{letter}");
        assert!(letter.contains("Tuesday 15 September 2026"), "{letter}");
    }
    assert_eq!(sent(letters_to(app, "c@gone.example").await), 0);
    let standing = events::open(app, &actor, event).await.unwrap();
    assert!(standing.polled);
    assert_eq!(standing.setup.days[0].on, "2026-10-06", "it stands at the earliest");
    assert_eq!(standing.setup.registration_until, "2026-09-29".parse().ok());
    for page in [format!("/events/{event}"), "/events".to_owned(), "/events/programme".to_owned()] {
        assert!(team.get(&page).await.text.contains("not fixed yet"), "{page}");
    }
    assert!(team.get("/events/programme.ics").await.text.contains("STATUS:TENTATIVE"));

    // Each answers for itself, by the link of the letter, and reads nothing of the others.
    let link = |letters: Vec<String>| link_in(letters.last().unwrap());
    let (nobody, a, b) = (
        Visitor::nobody(app),
        link(letters_to(app, "a@first.example").await),
        link(letters_to(app, "b@second.example").await),
    );
    assert!(a.ends_with("/dates"), "{a}");
    let page = nobody.get(&a).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
    let seat = nobody.get(a.trim_end_matches("/dates")).await;
    assert!(seat.text.contains("The day is not fixed yet"), "{}", seat.text);
    let nothing = nobody.post(&a, "day.2026-12-24=yes&day.2026-10-06=perhaps").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.text.contains("Answer for at least one day"), "{}", nothing.text);
    let form = "day.2026-10-06=no&day.2026-10-13=yes&day.2026-10-27=if-need-be&day.2026-12-24=yes";
    assert_eq!(nobody.post(&a, form).await.status, StatusCode::SEE_OTHER);
    let form = "day.2026-10-06=no&day.2026-10-13=no&day.2026-10-27=yes";
    assert_eq!(nobody.post(&b, form).await.status, StatusCode::SEE_OTHER);
    let page = nobody.get(&b).await;
    assert!(!page.text.contains("First lab") && page.text.contains("Your answer of"), "{}", page.text);
    let at_delegation = format!("/delegations/{delegation}/dates");
    assert!(them.get(&format!("/delegations/{delegation}")).await.text.contains(&at_delegation));
    let form = "day.2026-10-06=yes&day.2026-10-13=no&day.2026-10-27=yes";
    assert_eq!(them.post(&at_delegation, form).await.status, StatusCode::SEE_OTHER);
    assert!(!them.get(&at_delegation).await.text.contains("First lab"));

    // The team reads the best day first, who refuses it, what else is on, and who is missing.
    let view = polls::of_event(app, &actor, event).await.unwrap();
    let days: Vec<(String, usize, usize, usize, usize)> = view
        .tallies
        .iter()
        .map(|tally| (tally.day.to_string(), tally.yes, tally.if_need_be, tally.no, tally.silent))
        .collect();
    let expected = [("2026-10-27", 2, 1, 0, 1), ("2026-10-06", 1, 0, 2, 1), ("2026-10-13", 1, 0, 2, 1)];
    let expected: Vec<_> = expected.map(|(day, yes, need, no, none)| (day.to_owned(), yes, need, no, none)).into();
    assert_eq!(days, expected);
    assert_eq!((view.lines.len(), view.answered()), (4, 3));
    let reads = reader(&app.database, &actor).await.unwrap();
    let days: Vec<_> = view.tallies.iter().map(|tally| tally.day).collect();
    let beside = polls::beside(app, &reads, &view.event, &days).await.unwrap();
    assert_eq!(beside.len(), 1);
    assert_eq!(beside[&"2026-10-13".parse().unwrap()][0].name, "Quantum day");
    let page = team.get(&path).await.text;
    // The head of the page names the day on which the event stands, too.
    let table = page.split("id=\"days\"").nth(1).unwrap();
    let places: Vec<usize> =
        ["27 October", "6 October", "13 October"].map(|day| table.find(&format!("Tuesday {day}")).unwrap()).into();
    assert!(places.is_sorted(), "{places:?}");
    assert!(page.contains("Quantum day") && page.contains("Silent lab"), "{page}");
    let missing = team.get(&format!("{path}?show=silent")).await.text;
    let voices = missing.split("id=\"voices\"").nth(1).unwrap().split("id=\"propose\"").next().unwrap();
    assert!(voices.contains("Silent lab") && !voices.contains("Second lab"), "{voices}");
    let file = team.get(&format!("{path}/export?format=csv")).await.text;
    assert!(file.contains("First lab,organisation,no,yes,if-need-be,no,"), "{file}");
    assert!(
        file.contains("Lyonbiopole,cluster,yes,no,yes,no,") && file.contains("Silent lab,organisation,,,,,"),
        "{file}"
    );

    let told: serde_json::Value =
        serde_json::from_str(&team.get(&format!("/api/events/{event}/dates")).await.text).unwrap();
    assert_eq!((&told["state"], &told["fixed"]), (&"open".into(), &serde_json::Value::Null));
    assert_eq!((&told["days"][0]["day"], &told["days"][0]["yes"]), (&"2026-10-27".into(), &2.into()));
    assert_eq!(told["voices"][0]["days"]["2026-10-27"], "if-need-be", "{told}");

    // Nobody is pressed: a reminder goes to who is missing, a day later.
    let revision = view.poll.unwrap().revision;
    assert_eq!(said(polls::remind(app, &actor, event, revision).await), "polls-reminded");
    let later = open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(DAY), "http://corridor.example").await;
    assert_eq!(said(polls::remind(&later, &actor, event, revision + 1).await), "clash");
    assert_eq!(said(polls::remind(&later, &actor, event, revision).await), "Ok(1)");
    assert!(letters_to(&later, "d@silent.example").await.pop().unwrap().contains("Your answer is missing"));
    assert_eq!(letters_to(&later, "a@first.example").await.len(), 2);

    // Other days are proposed: what was said of those that stay, stays.
    let form = format!("revision={}&day.0=2026-10-27&day.1=2026-11-03&until=2026-09-20", revision + 1);
    assert_eq!(team.post(&path, &form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(team.post(&path, &form).await.status, StatusCode::CONFLICT, "of a page that is old by now");
    let view = polls::of_event(app, &actor, event).await.unwrap();
    assert_eq!((view.answered(), view.tallies[0].day.to_string()), (0, "2026-10-27".to_owned()));
    assert_eq!((view.tallies[0].yes, view.tallies[0].if_need_be), (2, 1));
    assert_eq!(view.event.setup.days[0].on, "2026-10-27");

    // The team answers in somebody's place, and that is told.
    assert_eq!(team.post(&format!("/attend/{silent}/dates"), "day.2026-11-03=no").await.status, StatusCode::SEE_OTHER);
    assert!(team.get(&path).await.text.contains("noted by the team"));
    // Who does not come has no voice.
    let seat = attending::seat(app, &actor, &gone.to_string()).await.unwrap();
    let late = polls::answer(app, &actor, &seat, &answer(&[("2026-10-27", Suits::No)])).await;
    assert_eq!(said(late), "polls-answers-over");

    // After the last day of answers nobody answers; the team fixes the day.
    let after = open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(20 * DAY), "http://corridor.example").await;
    let seat = attending::seat(&after, &actor, &second.to_string()).await.unwrap();
    let late = polls::answer(&after, &actor, &seat, &answer(&[("2026-10-27", Suits::No)])).await;
    assert_eq!(said(late), "polls-answers-over");
    let revision = view.poll.unwrap().revision;
    let day = |text: &str| text.parse().unwrap();
    let told = said(polls::fix(&after, &actor, event, revision, day("2026-10-06")).await);
    assert!(told.contains("polls-not-proposed"), "{told}");
    assert_eq!(said(polls::fix(&after, &actor, event, revision - 1, day("2026-10-27")).await), "clash");
    // A day that has passed is not fixed; the event is not over for all that: another one is to come.
    let passed = open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(60 * DAY), "http://corridor.example").await;
    assert!(said(polls::fix(&passed, &actor, event, revision, day("2026-10-27")).await).contains("polls-has-passed"));
    assert!(!events::open(app, &actor, event).await.unwrap().is_over(day("2026-10-31")));
    let hours = |setup: &events::Setup| slots(setup).iter().map(|slot| slot.starts).collect::<Vec<Timestamp>>();
    let before = hours(&events::open(app, &actor, event).await.unwrap().setup.moved_to(day("2026-10-06")));
    assert_eq!(said(polls::fix(&after, &actor, event, revision, day("2026-10-27")).await), "Ok(4)");
    let fixed = events::open(app, &actor, event).await.unwrap();
    assert!(!fixed.polled);
    assert_eq!(
        (fixed.setup.days[0].on.as_str(), fixed.setup.registration_until),
        ("2026-10-27", "2026-10-20".parse().ok())
    );
    let moved: Vec<i64> = hours(&fixed.setup).iter().zip(&before).map(|(now, then)| now.0 - then.0).collect();
    assert!(!moved.is_empty());
    // Clocks in Paris went back on 25 October: the same hour of the morning is one hour later.
    assert!(moved.iter().all(|by| *by == (21 * DAY + 3600) * 1_000_000), "{moved:?}");
    for email in ["a@first.example", "b@second.example", "d@silent.example", "team@lyon.example"] {
        let letter = letters_to(&after, email).await.pop().unwrap();
        assert!(letter.contains("takes place on Tuesday 27 October 2026"), "{letter}");
    }
    for act in ["fix", "end", "remind"] {
        let over = team.post(&format!("{path}/{act}"), &format!("revision={}&day=2026-10-27", revision + 1)).await;
        assert_eq!(over.status, StatusCode::GONE, "{act}");
    }
    assert_eq!(nobody.post(&a, "day.2026-10-27=no").await.status, StatusCode::GONE);
    assert!(nobody.get(&a).await.text.contains("Fixed: Tuesday 27 October 2026"));
    assert!(team.get(&path).await.text.contains("Ask again"));

    // Asked again, nothing is left of what was said; given up, the event stays where it stands.
    assert_eq!(said(polls::begin(app, &actor, event, &proposed(&["2026-10-27", "2026-10-29"])).await), "Ok(4)");
    let view = polls::of_event(app, &actor, event).await.unwrap();
    assert!(view.lines.iter().all(|line| line.given.is_none()));
    let poll = view.poll.unwrap();
    assert_eq!((poll.state, poll.fixed), (PollState::Open, None));
    polls::end(app, &actor, event, poll.revision).await.unwrap();
    let ended = events::open(app, &actor, event).await.unwrap();
    assert_eq!((ended.polled, ended.setup.days[0].on.as_str()), (false, "2026-10-27"));
    assert!(nobody.get(&a).await.text.contains("asks about these days no more"));
    let _ = first;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dates_are_asked_by_the_team_and_answered_by_whom_they_are_asked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (fresh, lyon) = world(engine).await;
    let app = &fresh.app;
    let actor = organiser(app, "medicen").await;
    let event = half_day(app).await;
    let participant = invited(app, event, "First lab", "a@first.example", "yes").await;
    let asking =
        Asking { clusters: vec![lyon], kind: "participant".to_owned(), quota: "2".to_owned(), ..Asking::default() };
    delegations::ask(app, &actor, event, &asking).await.unwrap();
    let delegation = delegations::of_event(app, &actor, event).await.unwrap().1.remove(0).delegation.id;
    polls::begin(app, &actor, event, &proposed(&["2026-10-06", "2026-10-13"])).await.unwrap();
    make_cluster(app, "atlanpole", "Atlanpole").await;
    let third = Visitor::invited_to(app, "atlanpole", "x@atlan.example", Role::EventOrganiser, None).await;
    let them = Visitor::invited_to(app, "lyonbiopole", "team@lyon.example", Role::EventOrganiser, None).await;
    let nowhere = "018f0000-0000-7000-8000-000000000000";

    // To others there is no such event, question or seat, whatever they try.
    let begin = "day.0=2026-10-06&day.1=2026-10-13&until=2026-09-15";
    let (id, asked, seat) = (event.to_string(), delegation.to_string(), participant.to_string());
    for (visitor, id, path, form) in [
        (&them, &id, "/events/{}/dates", ""),
        (&them, &id, "/events/{}/dates/export?format=csv", ""),
        (&them, &id, "/events/{}/dates", begin),
        (&them, &id, "/events/{}/dates/remind", "revision=1"),
        (&them, &id, "/events/{}/dates/fix", "revision=1&day=2026-10-06"),
        (&them, &id, "/events/{}/dates/end", "revision=1"),
        (&third, &asked, "/delegations/{}/dates", ""),
        (&third, &asked, "/delegations/{}/dates", "day.2026-10-06=yes"),
        (&them, &seat, "/attend/{}/dates", ""),
        (&them, &seat, "/attend/{}/dates", "day.2026-10-06=yes"),
    ] {
        let at = |id: &str| path.replace("{}", id);
        let (there, none) = match form {
            "" => (visitor.get(&at(id)).await, visitor.get(&at(nowhere)).await),
            form => (visitor.post(&at(id), form).await, visitor.post(&at(nowhere), form).await),
        };
        assert_eq!(
            (there.status, there.text.replace(id.as_str(), nowhere)),
            (StatusCode::NOT_FOUND, none.text),
            "{path}"
        );
    }
    let view = polls::of_event(app, &actor, event).await.unwrap();
    assert_eq!((view.answered(), view.poll.as_ref().unwrap().state), (0, PollState::Open));

    // A question that was taken back is asked no more, and is no voice.
    let revision = delegations::of_event(app, &actor, event).await.unwrap().1[0].delegation.revision;
    delegations::change(app, &actor, event, delegation, revision, None).await.unwrap();
    assert_eq!(
        them.post(&format!("/delegations/{asked}/dates"), "day.2026-10-06=yes").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(polls::of_event(app, &actor, event).await.unwrap().lines.len(), 1);

    // Who is asked meanwhile is not told a day as if it were fixed.
    let all = clusters(&app.database).await.unwrap();
    let atlan = all.iter().find(|cluster| cluster.slug == "atlanpole").unwrap().id;
    delegations::ask(app, &actor, event, &Asking { clusters: vec![atlan], ..asking }).await.unwrap();
    let letter = letters_to(app, "x@atlan.example").await.pop().unwrap();
    assert!(letter.contains("Biotech") && !letter.contains("October"), "{letter}");

    // Many answer while the day is fixed: what was acknowledged is kept, and nothing comes after it.
    let mut all = Vec::new();
    for at in 0..30 {
        all.push(invited(app, event, &format!("Lab {at}"), &format!("l{at}@lab.example"), "yes").await);
    }
    let letter = letters_to(app, "l7@lab.example").await.remove(0);
    assert!(letter.contains("The day is not fixed yet") && !letter.contains("6 October"), "{letter}");
    let words = answer(&[("2026-10-06", Suits::Yes)]);
    let answers = all.iter().map(|id| {
        let (app, actor, words) = (app.clone(), actor.clone(), words.clone());
        let id = *id;
        tokio::spawn(async move {
            let seat = attending::seat(&app, &actor, &id.to_string()).await.unwrap();
            polls::answer(&app, &actor, &seat, &words).await
        })
    });
    let answers: Vec<_> = answers.collect();
    let revision = view.poll.unwrap().revision;
    polls::fix(app, &actor, event, revision, "2026-10-13".parse().unwrap()).await.unwrap();
    let mut kept = 0;
    for answer in answers {
        match answer.await.unwrap() {
            Ok(()) => kept += 1,
            Err(Error::Over { reason: "polls-answers-over" }) => {}
            other => panic!("{other:?}"),
        }
    }
    let view = polls::of_event(app, &actor, event).await.unwrap();
    assert_eq!(view.lines.iter().filter(|line| line.given.is_some()).count(), kept);

    // Deleted, the event is forgotten with what was asked and answered.
    events::set_deleted(app, &actor, event, true).await.unwrap();
    let later = open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(31 * DAY), "http://corridor.example").await;
    let other = half_day(&later).await;
    events::set_deleted(&later, &actor, other, true).await.unwrap();
    let left: Option<i64> = corridor::on!(app.database, pool => sqlx::query_scalar("SELECT COUNT(*) FROM event_polls").fetch_one(pool).await.unwrap());
    assert_eq!(left, Some(0));
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn days_that_are_asked_about_are_not_published(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, _) = world(engine).await;
    let app = &fresh.app;
    let actor = organiser(app, "medicen").await;
    let event = morning(app, &actor, "2026-10-06", &["a@lab.example", "b@lab.example"], |_| {}).await;
    let number = searched(app, &actor, event.id).await;
    let question = proposed(&["2026-10-06", "2026-10-13"]);
    polls::begin(app, &actor, event.id, &question).await.unwrap();
    assert_eq!(said(publishing::publish(app, &actor, event.id, (number, None)).await), "polls-publish");
    let poll = polls::of_event(app, &actor, event.id).await.unwrap().poll.unwrap();
    polls::end(app, &actor, event.id, poll.revision).await.unwrap();

    // Whoever comes first: a timetable that everybody has been told of, or a question about its days. Never both.
    let (asked, published) = tokio::join!(
        polls::begin(app, &actor, event.id, &question),
        publishing::publish(app, &actor, event.id, (number, None))
    );
    match (said(asked).as_str(), said(published).as_str()) {
        ("polls-published" | "clash", text) => assert!(text.starts_with("Ok"), "{text}"),
        (text, "polls-publish" | "clash") => assert!(text.starts_with("Ok"), "{text}"),
        both => panic!("{both:?}"),
    }
    let view = polls::of_event(app, &actor, event.id).await.unwrap();
    assert_ne!(view.event.polled, view.published);
}
