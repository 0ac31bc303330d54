use uuid::Uuid;

use super::*;
use crate::{
    events::{EventDay, EventId, ParticipationKind, Room, Session, Walk},
    foundation::languages::Language,
};

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn participant(number: u128, name: &str) -> Participant {
    Participant {
        id: ParticipantId(id(number)),
        event: EventId(id(99)),
        organisation: None,
        name: name.to_owned(),
        country: String::new(),
        kind: "participant".to_owned(),
        delegation: String::new(),
        standing: Standing::Confirmed,
        offers: String::new(),
        seeks: String::new(),
        minimum: None,
        maximum: None,
        booth: String::new(),
        revision: 1,
        asked_at: Timestamp(0),
        answered_at: None,
    }
}

fn person(number: u128, of: u128, key: &str) -> Attendee {
    Attendee {
        id: AttendeeId(id(number)),
        participant: ParticipantId(id(of)),
        name: format!("Person {number}"),
        email: String::new(),
        job: String::new(),
        language: Language::En,
        key: key.to_owned(),
        away: Vec::new(),
        rest: Vec::new(),
        checked_in_at: None,
    }
}

fn request(number: u128, from: u128, to: u128) -> Request {
    Request {
        id: RequestId(id(number)),
        from: ParticipantId(id(from)),
        to: ParticipantId(id(to)),
        state: RequestState::Accepted,
        wish: Wish::Meet,
        answer_wish: Wish::Meet,
        message: String::new(),
        answer: String::new(),
        sessions: Vec::new(),
        by_team: false,
        asked_at: Timestamp(0),
        answered_at: None,
    }
}

/// A morning of three slots in one room of two tables; Lab (two people), Firm and Clinic, of which all want to meet Lab.
fn ground() -> Ground {
    let session = Session { name: "Morning".into(), from: "09:00".into(), until: "10:00".into() };
    let setup = Setup {
        name: "Meetings".into(),
        zone: "UTC".into(),
        minutes: 20,
        days: vec![EventDay { on: "2027-03-10".into(), place: String::new(), sessions: vec![session] }],
        rooms: vec![Room { name: "Main".into(), tables: 2, days: Vec::new() }],
        kinds: vec![ParticipationKind { key: "participant".into(), minimum: 2, ..ParticipationKind::default() }],
        fairness: Some(2),
        ..Setup::default()
    };
    let participants = vec![
        (participant(1, "Lab"), vec![person(11, 1, "ada"), person(12, 1, "bob")]),
        (participant(2, "Firm"), vec![person(21, 2, "cyd")]),
        (participant(3, "Clinic"), vec![person(31, 3, "dan")]),
    ];
    Ground {
        setup,
        participants,
        requests: vec![request(101, 1, 2), request(102, 3, 1), request(103, 2, 3)],
        orders: Vec::new(),
        taken: BTreeMap::new(),
        today: Today::default(),
    }
}

fn locked(built: &Built, meeting: usize, slot: usize, place: usize) -> Placed {
    let people = [0, 1].map(|side| built.problem.people_of(meeting, side)[0]);
    let held = Held { slot, people, place };
    Placed { locked: true, ..built.one(built.meetings[meeting], &held).unwrap() }
}

#[test]
fn an_event_becomes_a_problem_that_the_engine_takes() {
    let mut ground = ground();
    ground.requests.push(Request { state: RequestState::Declined, ..request(104, 1, 2) });
    ground.requests[0].wish = Wish::Must;
    ground.requests[1] = Request { wish: Wish::Must, answer_wish: Wish::Must, ..ground.requests[1].clone() };
    ground.requests[2].by_team = true;
    ground.setup.rooms.push(Room { name: "Other".into(), tables: 1, days: vec![3] });
    ground.setup.walks.push(Walk { from: 0, to: 1, minutes: 7 });
    let built = build(&ground, &[]);
    assert_eq!(built.problem.faults(), []);
    assert_eq!((built.slots.len(), built.people.len(), built.places.len()), (3, 4, 3));
    assert_eq!(built.problem.slots[2], Slot { day: 0, session: 0, starts: 40, ends: 60 });
    assert!(built.problem.places[2].available.is_empty(), "the other room is there on another day");
    assert_eq!(built.problem.travel, [[0, 7], [7, 0]]);
    let wishes: Vec<Wanted> = built.problem.meetings.iter().map(|meeting| meeting.wish).collect();
    assert_eq!(wishes, [Wanted::Weight(3), Wanted::Weight(8), Wanted::Must]);
    let minimums: Vec<u32> = built.problem.participants.iter().map(|one| one.minimum).collect();
    assert_eq!(minimums, [2, 2, 2], "each has two meetings");
    assert_eq!(refusals(&built), []);
}

#[test]
fn sessions_absence_rest_and_bookings_elsewhere_take_slots_away() {
    let mut ground = ground();
    let times = slots(&ground.setup);
    ground.participants[1].1[0].away = vec![times[0].starts];
    ground.participants[1].1[0].rest = vec![times[2].starts];
    ground.taken.insert("dan".into(), cells(times[1].starts, times[1].ends).take(1).collect());
    ground.requests[0].sessions = vec![(0, 1)];
    let built = build(&ground, &[]);
    let people = &built.problem.people;
    assert_eq!(people[2].available.iter().collect::<Vec<_>>(), [1, 2]);
    assert_eq!(people[2].rest.iter().collect::<Vec<_>>(), [2]);
    assert_eq!(people[3].available.iter().collect::<Vec<_>>(), [0, 2], "five minutes elsewhere are enough");
    assert_eq!(built.common(2).iter().collect::<Vec<_>>(), [2]);
    let told: Vec<(&str, bool)> = refusals(&built).iter().map(|one| (one.key, one.blocks)).collect();
    assert_eq!(told, [("timetable-refusal-no-common", false)], "there is no second session");
}

#[test]
fn an_order_of_two_meetings_is_kept_or_named() {
    let mut ground = ground();
    let [first, second, third] = [101, 102, 103].map(|number| RequestId(id(number)));
    ground.orders = vec![(third, first), (first, RequestId(id(9)))];
    let built = build(&ground, &[]);
    assert_eq!(built.problem.meetings[0].after, [2], "what is not agreed comes before nothing");
    let kept = [locked(&built, 0, 0, 0), locked(&built, 2, 1, 1)];
    let (schedule, _) = build(&ground, &kept).schedule(&kept);
    let broken = timetable::violations(&built.problem, &schedule);
    assert!(broken.iter().any(|one| matches!(one, timetable::Violation::Order { .. })), "{broken:?}");
    ground.orders = vec![(first, second), (second, third), (third, first)];
    ground.requests.iter_mut().for_each(|request| request.by_team = true);
    let conflict = timetable::conflict(&build(&ground, &[]).problem, &timetable::Limits::none()).unwrap();
    let order = |one: &timetable::Statement| matches!(one, timetable::Statement::Order { .. });
    assert_eq!(conflict.statements.iter().filter(|one| order(one)).count(), 3, "{conflict:?}");
}

#[test]
fn own_figures_go_before_those_of_the_kind() {
    let mut ground = ground();
    ground.participants[0].0 =
        Participant { minimum: Some(1), maximum: Some(1), booth: "1/2".into(), ..ground.participants[0].0.clone() };
    ground.participants[1].0.standing = Standing::Withdrawn;
    let built = build(&ground, &[]);
    let lab = &built.problem.participants[0];
    assert_eq!((lab.minimum, lab.maximum, lab.booth), (1, Some(1), Some(1)));
    assert_eq!(built.meetings.len(), 1, "who withdrew meets nobody");
    assert_eq!(built.problem.participants[1].minimum, 1, "not more than it has");
}

#[test]
fn a_version_is_read_back_as_it_was_written() {
    let ground = ground();
    let built = build(&ground, &[]);
    let kept = [locked(&built, 0, 1, 0), Placed { locked: false, ..locked(&built, 2, 2, 1) }];
    let again = build(&ground, &kept);
    assert_eq!(again.problem.meetings[0].locked, Some(Locked { slot: 1, place: Some(0) }));
    assert_eq!(again.problem.meetings[0].sides[0].person, Some(0));
    assert_eq!(again.problem.meetings[2].locked, None);
    let (schedule, lost) = again.schedule(&kept);
    assert!(lost.is_empty());
    assert_eq!(again.placed(&schedule, &kept), kept);
    let gone = Placed { table: 7, ..kept[0] };
    assert_eq!(again.schedule(&[gone]).1, [gone]);
    assert_eq!(build(&ground, &[gone]).lost, [gone]);
}

#[test]
fn what_stands_in_the_way_is_named_before_the_search() {
    let whole = ground();
    let built = build(&whole, &[]);
    let told = |change: &dyn Fn(&mut Ground), kept: &[Placed]| -> Vec<(String, bool)> {
        let mut ground = whole.clone();
        change(&mut ground);
        let told = |one: &Refusal| {
            let names: Vec<&str> = one.names.iter().map(|(_, name)| name.as_str()).collect();
            (format!("{} {}", one.key.trim_start_matches("timetable-refusal-"), names.join("|")), one.blocks)
        };
        refusals(&build(&ground, kept)).iter().map(told).collect()
    };
    let all: Vec<Timestamp> = built.slots.iter().map(|slot| slot.starts).collect();
    let away = |ground: &mut Ground| ground.participants[1].1[0].away = all.clone();
    assert_eq!(told(&away, &[]), [("no-time Firm|2".to_owned(), false)]);
    let set = |ground: &mut Ground| {
        away(ground);
        ground.requests[0].by_team = true;
    };
    assert_eq!(told(&set, &[]), [("no-time Firm|2".to_owned(), true)]);
    assert_eq!(told(&|ground| ground.participants[2].1.clear(), &[]), [("nobody Clinic".to_owned(), true)]);
    let twin = |ground: &mut Ground| ground.participants[2].1[0].key = "cyd".into();
    assert_eq!(told(&twin, &[]), [("two-participants Person 31|Firm|Clinic".to_owned(), true)]);
    let kept = [locked(&built, 0, 1, 0), locked(&built, 1, 1, 1)];
    assert_eq!(told(&|_| (), &kept), [("locked-person Person 11".to_owned(), true)]);
    let one_table = |ground: &mut Ground| ground.setup.rooms[0].tables = 1;
    let same = [locked(&built, 0, 1, 0), locked(&built, 2, 1, 0)];
    assert_eq!(
        told(&one_table, &same),
        [
            ("locked-tables 2|1".to_owned(), true),
            ("locked-person Person 21".to_owned(), true),
            ("locked-place 1".to_owned(), true),
        ]
    );
    let late = |ground: &mut Ground| ground.participants[1].1[0].away = vec![all[1]];
    assert_eq!(told(&late, &kept[..1]), [("locked-away Lab|Firm".to_owned(), true)]);
    let tomorrow = |ground: &mut Ground| ground.setup.rooms[0].days = vec![4];
    assert!(told(&tomorrow, &kept[..1]).contains(&("locked-closed Lab|Firm".to_owned(), true)));
    assert_eq!(told(&one_table, &kept[1..]), [("lost 1".to_owned(), true)]);
}

#[test]
fn the_engine_finds_a_timetable_of_it() {
    let ground = ground();
    let built = build(&ground, &[]);
    let steps = std::cell::Cell::new(0);
    let answer = timetable::solve(&built.problem, &timetable::Limits::none().with_steps(200_000), &mut |_| {
        steps.set(steps.get() + 1);
        std::ops::ControlFlow::Continue(())
    })
    .unwrap();
    let found = built.placed(answer.schedule.as_ref().unwrap(), &[]);
    assert_eq!(found.len(), 3, "{answer:?}");
    let (schedule, lost) = built.schedule(&found);
    assert!(lost.is_empty());
    assert_eq!(timetable::violations(&built.problem, &schedule), []);
}
