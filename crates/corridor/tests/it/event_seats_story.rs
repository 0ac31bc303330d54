//! Who sits where at an event and who lets whom in: nobody acts from a seat that is not theirs, nor once it is closed.

use axum::http::StatusCode;
use corridor::{
    accounts::{
        Actor, ClusterId, Role, Shared,
        visibility::{Audience, Reader, reader},
    },
    directory::OrganisationId,
    events::{
        self, Attendee, Event, EventId, EventKind, EventState, ParticipantId, RequestState, Setup, Standing, Template,
        Wish,
        attending::{self, PersonForm, Profile, Seat, Seen},
        delegations,
        inviting::{self, refusals},
        participants::{self, Asked, Said},
        requests::{self, Answer, Obstacle},
        timetables::agenda,
    },
    foundation::{languages::Language, time::Timestamp},
};
use rstest::rstest;

use crate::{
    databases::{Engine, open_with},
    event_invitations_story::{World, asking, count, members, named, plainly, told, world},
    events_story::half_day,
    mailbox::{letters_to, link_in},
    participation_story::acting,
    visitors::Visitor,
};

const NOWHERE: &str = "018f0000-0000-7000-8000-000000000000";

/// A member of the organising cluster, with a contact where it has an address.
async fn member(world: &World, name: &str, email: &str) -> OrganisationId {
    let own = world.medicen.id;
    members(&world.fresh.app, (own, own), &Audience::Members, &named(&[(name, email)])).await.remove(0)
}

/// Somebody who speaks for an organisation, and what they see.
async fn speaker(world: &World, organisation: Option<OrganisationId>) -> (Actor, Reader) {
    let actor = acting(Role::MemberContact, Some(&world.medicen), organisation);
    let sees = reader(&world.fresh.app.database, &actor).await.unwrap();
    (actor, sees)
}

/// Somebody who takes part, known by name, with a person at an address.
async fn joins(world: &World, name: &str, email: &str) -> ParticipantId {
    let asked = Asked { confirmed: "yes".to_owned(), ..invited(name, email) };
    participants::invite(&world.fresh.app, &world.team, world.event, &asked).await.unwrap()
}

fn invited(name: &str, email: &str) -> Asked {
    Asked {
        organisation: name.to_owned(),
        kind: "participant".to_owned(),
        email: email.to_owned(),
        language: "en".to_owned(),
        ..Asked::default()
    }
}

async fn opened(world: &World) {
    events::set_state(&world.fresh.app, &world.team, world.event, EventState::Open, &Audience::Members).await.unwrap();
}

/// The same instance at another moment.
pub async fn later(world: &World, now: &str) -> Shared {
    let now = Timestamp(now.parse::<jiff::Timestamp>().unwrap().as_microsecond());
    open_with(&world.fresh.url, &world.fresh.folder, now, "http://corridor.example").await
}

async fn seat(app: &Shared, actor: &Actor, id: ParticipantId) -> Seat {
    attending::seat(app, actor, &id.to_string()).await.unwrap()
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_registers_is_let_in_by_the_team(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (app, event) = (&world.fresh.app, world.event);
    let lab = member(&world, "Lab", "").await;
    let (ada, sees) = speaker(&world, Some(lab)).await;
    let registers = async |app: &Shared, kind: &str| {
        let profile = Profile { kind: kind.to_owned(), ..Profile::default() };
        attending::register(app, &ada, &sees, event, &profile).await
    };
    assert_eq!(told(registers(app, "participant").await), "nowhere", "it is in preparation");
    assert_eq!(told(attending::open_event(app, &ada, &sees, event).await), "nowhere");
    // Nor is it among those that one can come to; nor is what another cluster keeps to its team.
    let lyon = acting(Role::EventOrganiser, Some(&world.lyon), None);
    let theirs = events::create(app, &lyon, half_day()).await.unwrap();
    events::set_state(app, &lyon, theirs, EventState::Open, &Audience::Team).await.unwrap();
    assert_eq!(told(attending::open_event(app, &ada, &sees, theirs).await), "nowhere");
    let coming = async || {
        let (_, open) = attending::of_organisation(app, &ada, &sees).await.unwrap();
        open.into_iter().map(|event| event.id).collect::<Vec<_>>()
    };
    assert_eq!(coming().await, []);
    let mut setup = events::open(app, &world.team, event).await.unwrap().setup;
    (setup.admits, setup.registration_until) = (false, "2026-09-20".parse().ok());
    events::save(app, &world.team, event, 1, setup.clone()).await.unwrap();
    opened(&world).await;
    assert_eq!(coming().await, [event]);
    assert_eq!(told(registers(app, "guest").await), "events-wrong-participation");
    let id = registers(app, "participant").await.unwrap();
    assert_eq!(told(registers(app, "participant").await), "events-wrong-twice");

    // Saying again that one comes lets nobody in; nor does it after the team took one out.
    let stands = async || seat(app, &ada, id).await.participant.standing;
    let says = async |comes: bool| attending::answer(app, &ada, &seat(app, &ada, id).await, comes).await;
    assert_eq!(stands().await, Standing::Registered);
    says(true).await.unwrap();
    assert_eq!(stands().await, Standing::Registered);
    for (given, expected) in [(Standing::Confirmed, Standing::Confirmed), (Standing::Withdrawn, Standing::Registered)] {
        participants::set_standing(app, &world.team, event, id, given).await.unwrap();
        says(true).await.unwrap();
        assert_eq!(stands().await, expected);
    }
    let wrong = participants::set_standing(app, &world.team, event, id, Standing::Declined).await;
    assert!(format!("{wrong:?}").contains("`declined` is neither"), "{wrong:?}");
    assert_eq!(stands().await, Standing::Registered);

    // After the last day for it, and once the event is over.
    let late = later(&world, "2026-09-21T08:00:00Z").await;
    assert_eq!(told(registers(&late, "participant").await), "events-registration-over");
    setup.registration_until = None;
    let revision = events::open(app, &world.team, event).await.unwrap().revision;
    events::save(app, &world.team, event, revision, setup).await.unwrap();
    let over = later(&world, "2026-10-07T08:00:00Z").await;
    assert_eq!(told(registers(&over, "participant").await), "events-registration-over");
    let own = seat(&over, &ada, id).await;
    assert_eq!(told(attending::answer(&over, &ada, &own, false).await), "events-over");
    events::set_state(app, &world.team, event, EventState::Cancelled, &Audience::Members).await.unwrap();
    assert_eq!(told(says(false).await), "events-over");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn seats_are_of_organisations_and_events(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    opened(&world).await;
    let lab = joins(&world, "Lab", "ada@lab.example").await;
    // Who takes part without a record is nobody's by an account: not of who speaks for none either.
    for organisation in [None, Some(member(&world, "Other", "").await)] {
        let (somebody, sees) = speaker(&world, organisation).await;
        assert_eq!(told(attending::seat(app, &somebody, &lab.to_string()).await), "nowhere");
        let own = attending::of_organisation(app, &somebody, &sees).await;
        assert_eq!(own.is_ok(), organisation.is_some(), "{own:?}");
    }

    // Another event of the same team is another event.
    let setup = Template::HalfDay.setup("Next", "2026-11-10".parse().unwrap(), "Europe/Paris", &str::to_owned);
    let next = events::create(app, &world.team, setup.clone()).await.unwrap();
    let there = participants::invite(
        app,
        &world.team,
        next,
        &Asked { confirmed: "yes".to_owned(), ..invited("There", "zoe@there.example") },
    )
    .await
    .unwrap();
    assert_eq!(told(participants::one(app, &world.team, next, lab).await), "nowhere");
    let said = Said { revision: 1, kind: "participant".to_owned(), ..Said::default() };
    assert_eq!(told(participants::correct(app, &world.team, next, lab, &said).await), "nowhere");
    assert_eq!(told(participants::set_standing(app, &world.team, next, lab, Standing::Withdrawn).await), "nowhere");
    let own = seat(app, &world.team, lab).await;
    assert_eq!(told(requests::ask(app, &world.team, &own, there, (Wish::Meet, "")).await), "nowhere");

    // What is written over what somebody else saved meanwhile is told; of two at once, too.
    events::save(app, &world.team, next, 1, Setup { place: "Lyon".to_owned(), ..setup.clone() }).await.unwrap();
    let stale = events::save(app, &world.team, next, 1, setup.clone()).await;
    assert_eq!(told(stale), "clash");
    let [one, other] = ["Nice", "Metz"].map(|place| Setup { place: place.to_owned(), ..setup.clone() });
    let both =
        tokio::join!(events::save(app, &world.team, next, 2, one), events::save(app, &world.team, next, 2, other));
    let mut both = [told(both.0), told(both.1)];
    both.sort();
    assert_eq!(both, ["Ok(())", "clash"]);

    // An audience is the cluster's to choose; its alliances only.
    let organiser = Visitor::invited(app, "organiser@medicen.example", Role::EventOrganiser, None).await;
    let form = format!("state=open&audience=alliances:{NOWHERE}");
    let wrong = organiser.post(&format!("/events/{}/state", world.event), &form).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST, "{}", wrong.text);
    assert_eq!(events::open(app, &world.team, world.event).await.unwrap().audience, Audience::Members);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_team_says_of_a_participant_fits_the_event(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (app, event) = (&world.fresh.app, world.event);
    let (lab, clinic) = (joins(&world, "Lab", "").await, joins(&world, "Clinic", "").await);
    let said = |minimum: &str, maximum: &str, booth: &str| Said {
        revision: 1,
        kind: "participant".to_owned(),
        delegation: String::new(),
        minimum: minimum.to_owned(),
        maximum: maximum.to_owned(),
        booth: booth.to_owned(),
    };
    let corrects = async |id, said: Said| told(participants::correct(app, &world.team, event, id, &said).await);
    assert_eq!(corrects(clinic, said("", "", "1/1")).await, "Ok(())");
    for (wrong, message) in [
        (said("201", "", ""), "events-wrong-count"),
        (said("3", "2", ""), "events-wrong-minimum"),
        (said("", "", "1/999"), "events-wrong-booth"),
        (said("", "", "1/1"), "events-wrong-booth-taken"),
        (Said { kind: "guest".to_owned(), ..said("", "", "") }, "events-wrong-participation"),
    ] {
        assert_eq!(corrects(lab, wrong).await, message);
    }
    assert_eq!(corrects(clinic, said("1", "", "1/1")).await, "clash", "it was corrected since that was read");
    let both = tokio::join!(corrects(lab, said("1", "", "")), corrects(lab, said("2", "", "")));
    let mut both = [both.0, both.1];
    both.sort();
    assert_eq!(both, ["Ok(())", "clash"]);

    // A name that two have is nobody's: the team says whom it means.
    joins(&world, "Twin", "").await;
    let twin = member(&world, "Twin", "").await.to_string();
    let of_record = Asked { organisation_id: twin, confirmed: "yes".to_owned(), ..invited("", "") };
    participants::invite(app, &world.team, event, &of_record).await.unwrap();
    assert_eq!(told(requests::set(app, &world.team, event, "Twin", "Lab").await), "meet-wrong-name-twice");

    // Nothing can be asked once no slot is to come, or the event is over.
    let mut setup = events::open(app, &world.team, event).await.unwrap().setup;
    (setup.requests_from, setup.requests_until) = (None, None);
    events::save(app, &world.team, event, 1, setup).await.unwrap();
    opened(&world).await;
    for (now, expected) in [("2026-10-06T20:00:00Z", Obstacle::NoSlot), ("2026-10-07T08:00:00Z", Obstacle::Over)] {
        let later = later(&world, now).await;
        let own = seat(&later, &world.team, lab).await;
        let asked = requests::ask(&later, &world.team, &own, clinic, (Wish::Meet, "")).await;
        assert_eq!(told(asked), expected.key(), "{now}");
    }
    let own = seat(app, &world.team, lab).await;
    let asked = requests::ask(app, &world.team, &own, clinic, (Wish::Meet, "")).await;
    assert_eq!(asked.unwrap(), RequestState::Waiting);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_are_named_and_written_to_from_their_own_seat(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (app, team) = (&world.fresh.app, &world.team);
    joins(&world, "Lab", "ada@lab.example").await;
    let clinic = joins(&world, "Clinic", "bob@clinic.example").await;
    let clinic = seat(app, team, clinic).await;
    let link = link_in(&letters_to(app, "ada@lab.example").await[0]);
    let lab = attending::seat(app, &Actor::Nobody, link.trim_start_matches("/attend/")).await.unwrap();
    let [ada, bob]: [Attendee; 2] =
        [attending::people(app, &lab).await.unwrap(), attending::people(app, &clinic).await.unwrap()]
            .map(|people| people.into_iter().next().unwrap());
    let form = |id, name: &str, email: &str| PersonForm {
        id,
        name: name.to_owned(),
        email: email.to_owned(),
        ..PersonForm::default()
    };
    let again = async || attending::seat(app, &Actor::Nobody, &lab.key).await.unwrap();
    let saves = async |forms: &[PersonForm]| {
        let lab = again().await;
        let seen = Seen { participant: lab.participant.revision, event: lab.event.revision };
        told(attending::save_people(app, team, &lab, seen, forms).await)
    };
    let own = form(Some(ada.id), "Ada", "ada@lab.example");
    assert_eq!(saves(&[own.clone(), form(None, "Eve", " ADA@lab.example")]).await, "events-wrong-email-twice");
    let crowd: Vec<PersonForm> = (0..31).map(|at| form(None, &format!("Person {at}"), "")).collect();
    assert_eq!(saves(&crowd).await, "events-wrong-many-people");
    // Whoever names the person of another participant adds one of its own.
    assert_eq!(saves(&[own.clone(), form(Some(bob.id), "Eve", "eve@lab.example")]).await, "Ok(())");
    assert_eq!(attending::people(app, &clinic).await.unwrap(), std::slice::from_ref(&bob));
    let people = attending::people(app, &lab).await.unwrap();
    assert!(people.len() == 2 && people.iter().all(|person| person.id != bob.id), "{people:?}");
    assert_eq!(told(agenda::make_calendar(app, &lab, bob.id).await), "nowhere");

    // A profile is saved over the one that was read.
    let seen = again().await;
    let profile = Profile { revision: seen.participant.revision, offers: "Imaging".to_owned(), ..Profile::default() };
    attending::save_profile(app, team, &seen, &profile).await.unwrap();
    assert_eq!(told(attending::save_profile(app, team, &again().await, &profile).await), "clash");

    // The link of a letter ends the letters to whom it was written, not those to colleagues.
    let found = refusals::of_seat(app, &Actor::Nobody, &lab).await.unwrap();
    assert_eq!((found.addresses, found.refused), (vec!["ada@lab.example".to_owned()], false));
    refusals::set(app, &Actor::Nobody, &lab, true).await.unwrap();
    assert_eq!(count(app, "SELECT COUNT(*) FROM event_refusals").await, 1);
    let eve = people.iter().find(|person| person.name == "Eve").unwrap().id;
    let silent = [form(Some(ada.id), "Ada", ""), form(Some(eve), "Eve", "eve@lab.example")];
    assert_eq!(saves(&silent).await, "Ok(())");
    let nobody = refusals::set(app, &Actor::Nobody, &lab, true).await;
    assert_eq!(told(nobody), "inviting-wrong-no-address");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_are_told_and_answered_by_whose_they_are(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (app, team) = (&world.fresh.app, &world.team);
    opened(&world).await;
    let silent = participants::invite(app, team, world.event, &invited("Silent", "")).await;
    assert_eq!(told(silent), "events-wrong-nobody", "a letter must reach somebody");
    let lab = joins(&world, "Lab", "ada@lab.example").await;
    let clinic = joins(&world, "Clinic", "bob@clinic.example").await;
    let firm = joins(&world, "Firm", "cyd@firm.example").await;
    let only_asked = participants::invite(app, team, world.event, &invited("Late", "dan@late.example")).await.unwrap();
    for to in [clinic, lab] {
        let own = seat(app, team, firm).await;
        requests::ask(app, team, &own, to, (Wish::Meet, "")).await.unwrap();
    }
    // Who answers the request of two others answers nothing, also not the one that it has with one of them.
    let of = async |id: ParticipantId| requests::of_seat(app, &seat(app, team, id).await).await.unwrap();
    let foreign = of(clinic).await.remove(0).request;
    let own = seat(app, team, lab).await;
    let accepts = (&Answer::Accept(Wish::Meet), "");
    let found = requests::answer(app, team, &own, foreign.id, RequestState::Waiting, accepts).await;
    assert_eq!(told(found), "nowhere");
    let waiting = of(lab).await.remove(0);
    assert_eq!((waiting.request.state, waiting.people), (RequestState::Waiting, Vec::new()), "nobody is named yet");
    requests::answer(app, team, &own, waiting.request.id, RequestState::Waiting, accepts).await.unwrap();
    assert_eq!(of(lab).await[0].people.len(), 1, "both agreed");

    // Whom one can meet is for who takes part.
    let whom = async |id| {
        let found = requests::whom(app, &seat(app, team, id).await, Language::En).await.unwrap();
        found.others.into_iter().map(|other| other.participant.name).collect::<Vec<_>>()
    };
    assert_eq!(whom(lab).await, ["Clinic", "Firm"]);
    assert_eq!(whom(only_asked).await, Vec::<String>::new());
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_of_a_demonstration_writes_to_people(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (app, event) = (&world.fresh.app, world.event);
    let shown = |role, cluster| {
        let mut actor = acting(role, Some(cluster), None);
        if let Actor::Person { demonstration, .. } = &mut actor {
            *demonstration = true;
        }
        actor
    };
    let quiet = shown(Role::EventOrganiser, &world.medicen);
    let lab = member(&world, "Lab", "ada@lab.example").await;
    let clinic = member(&world, "Clinic", "").await;
    Visitor::invited(app, "cyd@clinic.example", Role::MemberContact, Some(clinic.0)).await;
    Visitor::invited(app, "organiser@medicen.example", Role::EventOrganiser, None).await;
    Visitor::invited_to(app, "lyonbiopole", "team@lyon.example", Role::EventOrganiser, None).await;
    let mut setup = events::open(app, &world.team, event).await.unwrap().setup;
    setup.admits = false;
    events::save(app, &world.team, event, 1, setup).await.unwrap();
    opened(&world).await;
    // One registers by an account, one is on the list with an address.
    let (cyd, sees) = speaker(&world, Some(clinic)).await;
    let profile = Profile { kind: "participant".to_owned(), ..Profile::default() };
    let by_account = attending::register(app, &cyd, &sees, event, &profile).await.unwrap();
    let letters = async || count(app, "SELECT COUNT(*) FROM letters").await;
    let before = letters().await;
    let by_address = participants::invite(app, &quiet, event, &invited("Firm", "bob@firm.example")).await.unwrap();
    let sees = reader(&app.database, &quiet).await.unwrap();
    let source = world.of(&[&world.medicen]);
    let sent = inviting::invite_from(app, &quiet, &sees, event, &source, &[lab].into(), &plainly()).await.unwrap();
    assert_eq!((sent.invited, sent.letters), (1, 0));
    for id in [by_account, by_address] {
        participants::set_standing(app, &quiet, event, id, Standing::Confirmed).await.unwrap();
    }
    assert_eq!(delegations::ask(app, &quiet, event, &asking(world.lyon.id, "2")).await.unwrap(), 1);
    let asked = world.question().await.delegation.id;
    let them = shown(Role::EventOrganiser, &world.lyon);
    delegations::answer(app, &them, asked, 1, (true, "Gladly")).await.unwrap();
    assert_eq!(letters().await, before, "nobody was written to");

    // The same by somebody real.
    for id in [by_account, by_address] {
        participants::set_standing(app, &world.team, event, id, Standing::Withdrawn).await.unwrap();
    }
    let them = acting(Role::EventOrganiser, Some(&world.lyon), None);
    delegations::answer(app, &them, asked, 2, (false, "")).await.unwrap();
    delegations::change(app, &world.team, event, asked, 3, None).await.unwrap();
    assert!(letters().await >= before + 4, "each of them is told");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_wants_no_more_invitations_gets_none(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let clinic = member(&world, "Clinic", "").await;
    let mut people = Vec::new();
    for address in ["cyd@clinic.example", "dan@clinic.example"] {
        people.push((address, Visitor::invited(app, address, Role::MemberContact, Some(clinic.0)).await));
    }
    let asked = Asked { organisation_id: clinic.to_string(), ..invited("", "") };
    let mut counts = Vec::new();
    // Before each event one more of them says that it wants no more.
    for day in ["2026-11-10", "2026-11-11", "2026-11-12"] {
        let setup = Template::HalfDay.setup("Biotechnica", day.parse().unwrap(), "Europe/Paris", &str::to_owned);
        let event = events::create(app, &world.team, setup).await.unwrap();
        let invited = participants::invite(app, &world.team, event, &asked).await;
        let mut letters = Vec::new();
        for (address, _) in &people {
            letters.push(letters_to(app, address).await.iter().filter(|letter| letter.contains("Biotechnica")).count());
        }
        counts.push(letters);
        let Ok(id) = invited else {
            assert_eq!(told(invited), "events-wrong-refused");
            continue;
        };
        let refusing = &people[counts.len() - 1].1;
        let ended = refusing.post(&format!("/attend/{id}/letters"), "List-Unsubscribe=One-Click").await;
        assert_eq!(ended.status, StatusCode::OK, "{}", ended.text);
    }
    assert_eq!(counts, [[1, 1], [1, 2], [1, 2]]);
}

/// An event as its use cases give it, so that the story reads what pages read.
#[test]
fn days_of_registration_and_requests_are_those_of_the_event() {
    let event = |setup: Setup| Event {
        id: EventId::new(),
        cluster: ClusterId::new(),
        cluster_name: String::new(),
        revision: 1,
        state: EventState::Open,
        audience: Audience::Members,
        setup,
        polled: false,
        updated_at: Timestamp(0),
    };
    let mut setup = half_day();
    (setup.requests_from, setup.registration_until) = ("2026-09-10".parse().ok(), "2026-09-20".parse().ok());
    let limited = event(setup);
    for (day, registers, requests) in [
        ("2026-09-09", true, false),
        ("2026-09-10", true, true),
        ("2026-09-20", true, true),
        ("2026-09-21", false, true),
        ("2026-09-30", false, true),
        ("2026-10-01", false, false),
    ] {
        let found = (limited.registers(day.parse().unwrap()), limited.takes_requests(day.parse().unwrap()));
        assert_eq!(found, (registers, requests), "{day}");
    }
    // Without such days, until it is over; never before it is open, nor where there are no meetings.
    let open = event(Setup { requests_until: None, ..half_day() });
    let preparing = Event { state: EventState::Preparing, ..open.clone() };
    let cancelled = Event { state: EventState::Cancelled, ..open.clone() };
    let committee = event(Setup { kind: EventKind::Committee, ..open.setup.clone() });
    for (event, day, registers, requests) in [
        (&open, "2026-10-06", true, true),
        (&open, "2026-10-07", false, false),
        (&preparing, "2026-10-06", false, false),
        (&cancelled, "2026-10-06", false, false),
        (&committee, "2026-10-06", true, false),
    ] {
        let found = (event.registers(day.parse().unwrap()), event.takes_requests(day.parse().unwrap()));
        assert_eq!(found, (registers, requests), "{:?} {day}", event.state);
    }
}
