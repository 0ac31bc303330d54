//! What two do to an event at the same moment, and what somebody does who looked at it before it changed: people of a
//! participant, booths, publishing beside cancelling, rooms that meetings are held in.

use corridor::{
    accounts::{Actor, ClusterId, Role, Shared, clusters, visibility::Audience},
    events::{
        self, AttendeeId, Event, EventId, EventState, ParticipantId, Room, Setup,
        attending::{self, PersonForm, Seen},
        day,
        delegations::{self, Asking},
        participants::{self, Asked, Said},
        slots,
        timetables::{self, publishing},
    },
    foundation::{errors::Error, languages::Language, time::Timestamp},
    values,
};
use rstest::rstest;

use crate::{
    databases::{Engine, fresh},
    mailbox::{letters_to, link_in},
    timetable_story::{Morning, morning, organiser, searched},
    visitors::{Visitor, make_cluster, prepare_people},
};

const PEOPLE: [&str; 3] = ["ada@lab.example", "bob@firm.example", "cyd@clinic.example"];

async fn event(app: &Shared, team: &Actor, id: EventId) -> Event {
    events::open(app, team, id).await.unwrap()
}

async fn published(app: &Shared, team: &Actor, day: &str, addresses: &[&str], change: impl Fn(&mut Setup)) -> Morning {
    let morning = morning(app, team, day, addresses, change).await;
    let number = searched(app, team, morning.id).await;
    publishing::publish(app, team, morning.id, (number, None)).await.unwrap();
    morning
}

/// Under what the time of an event is booked.
async fn booked(app: &Shared, event: EventId) -> Vec<String> {
    let found: Result<Vec<String>, Error> = async {
        Ok(values!(
            app.database,
            "SELECT DISTINCT attendee FROM event_bookings WHERE event_id = $1 ORDER BY attendee",
            event
        ))
    }
    .await;
    found.unwrap()
}

/// A form as it was opened: everybody of a participant, free at all times.
async fn opened(app: &Shared, team: &Actor, id: ParticipantId) -> (Seen, Vec<PersonForm>) {
    let seat = attending::seat(app, team, &id.to_string()).await.unwrap();
    let times: Vec<Timestamp> = slots(&seat.event.setup).iter().map(|slot| slot.starts).collect();
    let form = |person: &events::Attendee| PersonForm {
        id: Some(person.id),
        name: person.name.clone(),
        email: person.email.clone(),
        job: person.job.clone(),
        language: Language::En,
        available: times.clone(),
        rest: Vec::new(),
    };
    let forms = attending::people(app, &seat).await.unwrap().iter().map(form).collect();
    (Seen { participant: seat.participant.revision, event: seat.event.revision }, forms)
}

async fn saves(app: &Shared, team: &Actor, id: ParticipantId, seen: Seen, forms: &[PersonForm]) -> Result<(), Error> {
    let seat = attending::seat(app, team, &id.to_string()).await.unwrap();
    attending::save_people(app, team, &seat, seen, forms).await
}

fn told<T: std::fmt::Debug>(found: Result<T, Error>) -> String {
    match found {
        Err(Error::Invalid(problems)) => format!("{} {}", problems[0].field, problems[0].message),
        Err(Error::Clash(_)) => "clash".to_owned(),
        Err(Error::Over { .. }) => "over".to_owned(),
        Err(Error::NotFound(_)) => "nowhere".to_owned(),
        other => format!("{other:?}"),
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_people_who_save_at_once_none_is_written_over(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let team = organiser(app, "medicen").await;
    let made = morning(app, &team, "2026-10-06", &PEOPLE, |_| ()).await;
    let lab = made.participants[0];
    let (seen, mut forms) = opened(app, &team, lab).await;
    let more = PersonForm { id: None, name: "Zoe".to_owned(), email: "zoe@lab.example".to_owned(), ..forms[0].clone() };
    forms.push(more);
    saves(app, &team, lab, seen, &forms).await.unwrap();

    // Both opened the page; each changes its own hours. One of the two is told, and sees the other's when it comes back.
    let (seen, forms) = opened(app, &team, lab).await;
    let mut first = forms.clone();
    first[0].available.remove(0);
    let mut second = forms.clone();
    second[1].available.truncate(1);
    let (one, other) = tokio::join!(saves(app, &team, lab, seen, &first), saves(app, &team, lab, seen, &second));
    let (one, other) = (told(one), told(other));
    assert!([&one, &other].contains(&&"clash".to_owned()) && one != other, "{one} {other}");
    let (now, _) = opened(app, &team, lab).await;
    assert_eq!(now.participant, seen.participant + 1);

    // Somebody who was taken out does not come back with a page that was opened before.
    let (seen, forms) = opened(app, &team, lab).await;
    saves(app, &team, lab, seen, &forms[..1]).await.unwrap();
    assert_eq!(told(saves(app, &team, lab, seen, &forms).await), "clash");
    assert_eq!(opened(app, &team, lab).await.1.len(), 1);

    // Hours that were added since the page was opened are nobody's «away».
    let (seen, forms) = opened(app, &team, lab).await;
    let before = event(app, &team, made.id).await;
    let mut longer = before.setup.clone();
    longer.days[0].sessions[0].until = "13:30".to_owned();
    events::save(app, &team, made.id, before.revision, longer).await.unwrap();
    assert_eq!(told(saves(app, &team, lab, seen, &forms).await), "clash");

    // The page itself says what it has seen.
    let link = link_in(&letters_to(app, PEOPLE[1]).await[0]);
    let nobody = Visitor::nobody(app);
    let page = nobody.get(&link).await.text;
    let field = |name: &str| {
        let at = page.find(&format!("name=\"{name}\" value=\"")).expect(name);
        page[at..].split('"').nth(3).unwrap().to_owned()
    };
    let form = format!(
        "revision={}&event_revision={}&person.0.id={}&person.0.name=Bob&person.0.email={}&person.0.language=en",
        field("revision"),
        field("event_revision"),
        field("person.0.id"),
        PEOPLE[1]
    );
    let saved = nobody.post(&format!("{link}/people"), &form).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    assert_eq!(nobody.post(&format!("{link}/people"), &form).await.status, 409, "the same page once more");
    assert_eq!(nobody.post(&format!("{link}/people"), "person.0.name=Bob").await.status, 400);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_another_address_is_booked_under_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let team = organiser(app, "medicen").await;
    let one = published(app, &team, "2026-10-06", &PEOPLE, |_| ()).await;
    let away = ["dan@fund.example", "eve@city.example", "flo@park.example"];
    let other = published(app, &team, "2026-10-06", &away, |_| ()).await;
    let before = booked(app, one.id).await;

    // Dan has all the morning; Ada cannot be him.
    let (seen, mut forms) = opened(app, &team, one.participants[0]).await;
    forms[0].email = away[0].to_owned();
    let found = told(saves(app, &team, one.participants[0], seen, &forms).await);
    assert_eq!(found, "person.0.email events-wrong-email-booked");
    assert_eq!(booked(app, one.id).await, before);

    // Another address is Ada's from now on, wherever she is booked; the old one is free again.
    forms[0].email = "ada@new.example".to_owned();
    saves(app, &team, one.participants[0], seen, &forms).await.unwrap();
    let after = booked(app, one.id).await;
    assert_eq!((after.len(), after == before), (3, false));
    let (seen, mut forms) = opened(app, &team, other.participants[0]).await;
    forms[0].email = "ada@new.example".to_owned();
    let found = told(saves(app, &team, other.participants[0], seen, &forms).await);
    assert_eq!(found, "person.0.email events-wrong-email-booked", "nobody is in two rooms");
    forms[0].email = PEOPLE[0].to_owned();
    saves(app, &team, other.participants[0], seen, &forms).await.unwrap();

    // Who is taken out leaves no digest of the address behind.
    let id: AttendeeId = forms[0].id.unwrap();
    let key = events::attendee_key(PEOPLE[0], id);
    assert!(booked(app, other.id).await.contains(&key));
    let (seen, _) = opened(app, &team, other.participants[0]).await;
    saves(app, &team, other.participants[0], seen, &[]).await.unwrap();
    let left = booked(app, other.id).await;
    assert!(!left.contains(&key) && left.contains(&id.to_string()), "{left:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_of_a_team_who_act_at_once_are_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    make_cluster(app, "lyonbiopole", "Lyonbiopole").await;
    let lyon: ClusterId =
        clusters(&app.database).await.unwrap().into_iter().find(|one| one.slug == "lyonbiopole").unwrap().id;
    Visitor::invited_to(app, "lyonbiopole", "team@lyon.example", Role::EventOrganiser, None).await;
    let team = organiser(app, "medicen").await;
    let made = morning(app, &team, "2026-10-06", &PEOPLE, |_| ()).await;

    // One table is one booth, however it is written, whoever is first.
    let said =
        |booth: &str| Said { revision: 1, kind: "participant".to_owned(), booth: booth.to_owned(), ..Said::default() };
    let gives = |at: usize, booth: &str| {
        let (said, id) = (said(booth), made.participants[at]);
        let (app, team) = (app.clone(), team.clone());
        async move { told(participants::correct(&app, &team, made.id, id, &said).await) }
    };
    let (one, other) = tokio::join!(gives(0, "1/3"), gives(1, "01/03"));
    let mut both = [one, other];
    both.sort();
    assert_eq!(both, ["Ok(())", "booth events-wrong-booth-taken"]);
    assert_eq!(gives(2, "1/99").await, "booth events-wrong-booth");
    let kept = participants::list(app, &team, made.id).await.unwrap().1;
    assert_eq!(kept.iter().filter(|(one, _)| one.booth == "1/3").count(), 1);

    // One cluster is asked once, and no letter leads to a question that is not there.
    let asking = Asking { clusters: vec![lyon], kind: "participant".into(), quota: "2".into(), ..Asking::default() };
    let asks = || delegations::ask(app, &team, made.id, &asking);
    let (one, other) = tokio::join!(asks(), asks());
    assert_eq!([&one, &other].iter().filter(|found| found.is_ok()).count(), 1, "{one:?} {other:?}");
    let letters = letters_to(app, "team@lyon.example").await;
    let asked = letters.iter().filter(|letter| letter.contains("/delegations/")).count();
    assert_eq!(asked, 1, "{letters:?}");

    // Published beside a cancellation: what is cancelled keeps nobody's time, whoever was first.
    for day in 7..13 {
        let made = morning(app, &team, &format!("2026-10-{day:02}"), &PEOPLE, |_| ()).await;
        let number = searched(app, &team, made.id).await;
        let (_, cancelled) = tokio::join!(
            publishing::publish(app, &team, made.id, (number, None)),
            events::set_state(app, &team, made.id, EventState::Cancelled, &Audience::Members)
        );
        cancelled.unwrap();
        assert_eq!(booked(app, made.id).await, Vec::<String>::new());
        let event = event(app, &team, made.id).await;
        assert!(timetables::published(app, &event).await.unwrap().is_none());
        let late = Asked {
            organisation: "Late".to_owned(),
            kind: "participant".to_owned(),
            email: "late@lab.example".to_owned(),
            ..Asked::default()
        };
        assert_eq!(told(participants::invite(app, &team, made.id, &late).await), "over");
    }
    assert_eq!(letters_to(app, "late@lab.example").await.len(), 0);
    let again = Asked {
        organisation: "firm 0".to_owned(),
        kind: "participant".to_owned(),
        confirmed: "yes".to_owned(),
        ..Asked::default()
    };
    assert_eq!(told(participants::invite(app, &team, made.id, &again).await), "organisation events-wrong-twice");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rooms_and_days_stay_where_meetings_are(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    let team = organiser(app, "medicen").await;
    let hall = |setup: &mut Setup| {
        setup.rooms = ["Hall", "Attic"].map(|name| Room { name: name.to_owned(), tables: 4, days: vec![] }).to_vec();
    };
    let made = morning(app, &team, "2026-10-06", &PEOPLE, hall).await;
    let saves = async |change: &dyn Fn(&mut Setup)| {
        let event = event(app, &team, made.id).await;
        let mut setup = event.setup.clone();
        change(&mut setup);
        told(events::save(app, &team, made.id, event.revision, setup).await)
    };
    let swap = |setup: &mut Setup| setup.rooms.swap(0, 1);
    assert_eq!(saves(&swap).await, "Ok(())", "nothing is held there yet");
    let number = searched(app, &team, made.id).await;
    publishing::publish(app, &team, made.id, (number, None)).await.unwrap();
    assert_eq!(saves(&swap).await, "rooms events-wrong-rooms-moved");
    assert_eq!(saves(&|setup| drop(setup.rooms.remove(0))).await, "rooms events-wrong-rooms-moved");
    assert_eq!(saves(&|setup| setup.rooms[0].name = "Cellar".to_owned()).await, "Ok(())");
    assert_eq!(
        saves(&|setup| drop(setup.rooms.pop())).await,
        "Ok(())",
        "what is lost with it is told by the timetable"
    );

    // A room that is none is not taken for the first one.
    for room in ["x", "0", "7"] {
        let noted =
            day::Noted { what: "table".into(), room: room.to_owned(), table: "1".into(), ..day::Noted::default() };
        assert_eq!(told(day::note(app, &team, made.id, &noted).await), "table day-wrong-table", "{room}");
    }
}
