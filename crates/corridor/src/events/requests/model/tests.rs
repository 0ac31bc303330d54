use super::*;
use crate::{
    events::model::{AttendeeId, EventId, ParticipantId, Template, slots},
    foundation::languages::Language,
};

const NOW: Timestamp = Timestamp(1_788_249_600_000_000);

fn setup() -> Setup {
    let mut setup = Template::HalfDay.setup("M", "2027-03-10".parse().unwrap(), "Europe/Paris", &str::to_owned);
    setup.days[0].sessions.push(crate::events::model::Session {
        name: "Afternoon".to_owned(),
        from: "14:00".to_owned(),
        until: "15:00".to_owned(),
    });
    setup
}

fn ground(setup: &Setup) -> Ground<'_> {
    Ground { setup, open: true, over: false, slots: slots(setup) }
}

fn participant() -> Participant {
    Participant {
        id: ParticipantId::new(),
        event: EventId::new(),
        organisation: None,
        name: "Lab".to_owned(),
        country: "FR".to_owned(),
        kind: "participant".to_owned(),
        delegation: String::new(),
        standing: Standing::Confirmed,
        offers: String::new(),
        seeks: String::new(),
        minimum: None,
        maximum: None,
        booth: String::new(),
        revision: 1,
        asked_at: NOW,
        answered_at: None,
    }
}

fn attendee(of: &Participant, away: Vec<Timestamp>) -> Attendee {
    let id = AttendeeId::new();
    Attendee {
        id,
        participant: of.id,
        name: "Ada".to_owned(),
        email: String::new(),
        job: String::new(),
        language: Language::En,
        key: id.to_string(),
        away,
        rest: Vec::new(),
        checked_in_at: None,
    }
}

fn party(participant: &Participant) -> Party<'_> {
    Party { participant, people: &[], accepted: 0, sent: 0 }
}

fn request(from: &Participant, to: &Participant, state: RequestState) -> Request {
    Request {
        id: RequestId::new(),
        from: from.id,
        to: to.id,
        state,
        wish: Wish::Must,
        answer_wish: Wish::Meet,
        message: "please".to_owned(),
        answer: "perhaps".to_owned(),
        sessions: Vec::new(),
        by_team: false,
        asked_at: NOW,
        answered_at: None,
    }
}

#[test]
fn every_obstacle_has_its_words() {
    let texts = crate::foundation::languages::Texts::load().unwrap();
    for obstacle in Obstacle::ALL {
        assert!(Language::ALL.iter().all(|language| texts.knows(*language, obstacle.key())), "{obstacle:?}");
    }
}

#[test]
fn what_can_be_asked_depends_on_what_was_asked_before() {
    use RequestState::{Accepted, Countered, Declined, Waiting, Withdrawn};
    let (setup, me, other) = (setup(), participant(), participant());
    let ground = ground(&setup);
    let ask = |between: Option<&Request>| asking(&ground, &party(&me), &party(&other), between);
    assert_eq!(ask(None), Ok(Asking::New));
    for (state, mine, theirs) in [
        (Waiting, Err(Obstacle::Asked), Ok("accepts")),
        (Countered, Err(Obstacle::Proposed), Err(Obstacle::Asked)),
        (Accepted, Err(Obstacle::Agreed), Err(Obstacle::Agreed)),
        (Declined, Err(Obstacle::Refused), Ok("again")),
        (Withdrawn, Ok("again"), Ok("again")),
    ] {
        for (from, to, expected) in [(&me, &other, mine), (&other, &me, theirs)] {
            let request = request(from, to, state);
            let expected = expected.map(|word| match word {
                "accepts" => Asking::Accepts(request.id),
                _ => Asking::Again(request.id),
            });
            assert_eq!(ask(Some(&request)), expected, "{state:?} from {}", from.id == me.id);
        }
    }
}

#[test]
fn what_cannot_be_is_named() {
    let (setup, me, other) = (setup(), participant(), participant());
    let open = ground(&setup);
    assert_eq!(asking(&open, &party(&me), &party(&me), None), Err(Obstacle::Oneself));
    assert_eq!(setting(&open, &party(&me), &party(&me), None), Err(Obstacle::Oneself));
    let closed = Ground { open: false, ..open.clone() };
    assert_eq!(asking(&closed, &party(&me), &party(&other), None), Err(Obstacle::Closed));
    assert_eq!(setting(&closed, &party(&me), &party(&other), None), Ok(()), "the team prepares ahead");
    let over = Ground { over: true, ..closed };
    assert_eq!(asking(&over, &party(&me), &party(&other), None), Err(Obstacle::Over));
    assert_eq!(setting(&over, &party(&me), &party(&other), None), Err(Obstacle::Over));
    for standing in Standing::ALL.iter().copied().filter(|standing| *standing != Standing::Confirmed) {
        let outside = Participant { standing, ..me.clone() };
        assert_eq!(asking(&open, &party(&outside), &party(&other), None), Err(Obstacle::Outside));
        assert_eq!(asking(&open, &party(&other), &party(&outside), None), Err(Obstacle::Absent));
        assert_eq!(setting(&open, &party(&other), &party(&outside), None), Err(Obstacle::Absent));
    }
    let kind = Participant { kind: "nobody".to_owned(), ..other.clone() };
    assert_eq!(asking(&open, &party(&me), &party(&kind), None), Err(Obstacle::Kinds));

    // Ten requests are the cap of the template; accepting and the team are not capped.
    let capped = Party { sent: 10, ..party(&me) };
    assert_eq!(asking(&open, &capped, &party(&other), None), Err(Obstacle::Cap));
    assert_eq!(asking(&open, &Party { sent: 9, ..capped }, &party(&other), None), Ok(Asking::New));
    let theirs = request(&other, &me, RequestState::Waiting);
    assert_eq!(asking(&open, &capped, &party(&other), Some(&theirs)), Ok(Asking::Accepts(theirs.id)));
    assert_eq!(setting(&open, &capped, &party(&other), None), Ok(()));

    // Its own figure goes before that of its kind.
    let most = Participant { maximum: Some(2), ..other.clone() };
    let full = Party { accepted: 2, ..party(&most) };
    assert_eq!(asking(&open, &party(&me), &full, None), Err(Obstacle::OtherFull));
    assert_eq!(asking(&open, &full, &party(&me), None), Err(Obstacle::OwnFull));
    assert_eq!(setting(&open, &party(&me), &full, None), Err(Obstacle::OtherFull));
    assert_eq!(asking(&open, &party(&me), &Party { accepted: 1, ..full }, None), Ok(Asking::New));
    let refused = request(&me, &other, RequestState::Declined);
    assert_eq!(setting(&open, &party(&other), &party(&me), Some(&refused)), Err(Obstacle::Refused));
    assert_eq!(
        setting(&open, &party(&me), &party(&other), Some(&request(&me, &other, RequestState::Accepted))),
        Err(Obstacle::Agreed)
    );
}

#[test]
fn a_common_free_slot_is_one_that_somebody_of_each_has() {
    let (setup, me, other) = (setup(), participant(), participant());
    let ground = ground(&setup);
    let starts: Vec<Timestamp> = ground.slots.iter().map(|slot| slot.starts).collect();
    let half = starts.len() / 2;
    let early = [attendee(&me, starts[half..].to_vec())];
    let late = [attendee(&other, starts[..half].to_vec())];
    let mine = Party { people: &early, ..party(&me) };
    let theirs = Party { people: &late, ..party(&other) };
    assert_eq!(asking(&ground, &mine, &theirs, None), Err(Obstacle::NoSlot));
    let both = [attendee(&other, starts[..half].to_vec()), attendee(&other, starts[half..].to_vec())];
    assert_eq!(asking(&ground, &mine, &Party { people: &both, ..theirs }, None), Ok(Asking::New));
    assert_eq!(asking(&ground, &mine, &party(&other), None), Ok(Asking::New), "nobody named is free");
    // What was proposed for sessions in which one of the two is away is not set by the team either.
    let (first, last) = (ground.slots[0], ground.slots[ground.slots.len() - 1]);
    for (slot, expected) in [(first, Ok(())), (last, Err(Obstacle::NoSlot))] {
        let proposed =
            Request { sessions: vec![(slot.day, slot.session)], ..request(&me, &other, RequestState::Countered) };
        assert_eq!(setting(&ground, &mine, &party(&other), Some(&proposed)), expected);
    }
    let passed = Ground { slots: Vec::new(), ..ground.clone() };
    assert_eq!(asking(&passed, &party(&me), &party(&other), None), Err(Obstacle::NoSlot));
}

#[test]
fn table_of_answers() {
    use RequestState::{Accepted, Countered, Declined, Waiting, Withdrawn};
    let (setup, me, other) = (setup(), participant(), participant());
    let ground = ground(&setup);
    let answers = [Answer::Accept(Wish::Must), Answer::Decline, Answer::Counter(vec![(0, 1)]), Answer::Withdraw];
    let mut told = String::new();
    for state in RequestState::ALL {
        for (mine, from, to) in [(true, &me, &other), (false, &other, &me)] {
            for answer in &answers {
                let request = request(from, to, *state);
                let parties = (&party(&me), &party(&other));
                let after = answered(&ground, parties, &request, (answer, ""), NOW).ok().map(|after| after.state);
                told.push(match after {
                    Some(Accepted) => 'a',
                    Some(Declined) => 'd',
                    Some(Countered) => 'c',
                    Some(Withdrawn) => 'w',
                    Some(Waiting) => '!',
                    None => '.',
                });
            }
            told.push_str(if mine { " asked, " } else { " was asked, " });
        }
        told.push_str(&format!("{}\n", state.key()));
    }
    assert_eq!(
        told,
        "...w asked, adc. was asked, waiting\n\
         ad.w asked, .d.. was asked, countered\n\
         ...w asked, .d.. was asked, accepted\n\
         .... asked, .... was asked, declined\n\
         .... asked, .... was asked, withdrawn\n"
    );
}

#[test]
fn an_answer_keeps_the_words_and_says_who_declined() {
    let (setup, me, other) = (setup(), participant(), participant());
    let open = ground(&setup);
    let parties = (&party(&me), &party(&other));
    let asked = request(&other, &me, RequestState::Waiting);
    let after = answered(&open, parties, &asked, (&Answer::Accept(Wish::Must), "gladly"), NOW).unwrap();
    assert_eq!((after.answer_wish, after.answer.as_str(), after.message.as_str()), (Wish::Must, "gladly", "please"));
    let after = answered(&open, parties, &asked, (&Answer::Counter(vec![(0, 1)]), ""), NOW).unwrap();
    assert_eq!((after.sessions.as_slice(), after.answer.as_str()), ([(0, 1)].as_slice(), "perhaps"));

    // Whoever asked declines the other time: it stands as the one who was asked, and may ask again.
    let countered = request(&me, &other, RequestState::Countered);
    let after = answered(&open, parties, &countered, (&Answer::Decline, "too late"), NOW).unwrap();
    assert_eq!((after.from, after.to), (other.id, me.id));
    assert_eq!((after.message.as_str(), after.answer.as_str()), ("perhaps", "too late"));
    assert_eq!(asking(&open, &party(&me), &party(&other), Some(&after)), Ok(Asking::Again(after.id)));
    assert_eq!(asking(&open, &party(&other), &party(&me), Some(&after)), Err(Obstacle::Refused));

    for sessions in [vec![], vec![(0, 2)], vec![(1, 0)]] {
        let counter = Answer::Counter(sessions);
        assert_eq!(answered(&open, parties, &asked, (&counter, ""), NOW), Err(Obstacle::NoSession));
    }
    // The proposed session holds for the acceptance: who is away then cannot agree to it.
    let afternoon: Vec<Timestamp> =
        open.slots.iter().filter(|slot| slot.session == 1).map(|slot| slot.starts).collect();
    let busy = [attendee(&me, afternoon)];
    let mine = Party { people: &busy, ..party(&me) };
    let proposed = Request { sessions: vec![(0, 1)], ..countered };
    let accept = (&Answer::Accept(Wish::Meet), "");
    assert_eq!(answered(&open, (&mine, &party(&other)), &proposed, accept, NOW), Err(Obstacle::NoSlot));

    // Once requests are closed, nothing new is agreed on; what was agreed can be called off until the end.
    let closed = Ground { open: false, ..open.clone() };
    let accept = (&Answer::Accept(Wish::Meet), "");
    assert_eq!(answered(&closed, parties, &asked, accept, NOW), Err(Obstacle::Closed));
    let held = request(&other, &me, RequestState::Accepted);
    assert!(answered(&closed, parties, &held, (&Answer::Decline, ""), NOW).is_ok());
    let over = Ground { over: true, ..closed };
    assert_eq!(answered(&over, parties, &held, (&Answer::Decline, ""), NOW), Err(Obstacle::Over));
    let full = Party { accepted: 3, ..party(&other) };
    let small = Participant { maximum: Some(3), ..other.clone() };
    let full = Party { participant: &small, ..full };
    assert_eq!(answered(&open, (&party(&me), &full), &asked, accept, NOW), Err(Obstacle::OtherFull));
}

#[test]
fn requests_are_counted_as_caps_and_figures_read_them() {
    use RequestState::{Accepted, Countered, Declined, Waiting, Withdrawn};
    let (me, other) = (participant(), participant());
    let all: Vec<Request> = [Waiting, Countered, Accepted, Declined, Withdrawn]
        .into_iter()
        .flat_map(|state| [request(&me, &other, state), request(&other, &me, state)])
        .collect();
    assert_eq!(counted(&me, &all), (2, 3));
    let set = Request { by_team: true, ..request(&me, &other, Accepted) };
    assert_eq!(counted(&me, std::slice::from_ref(&set)), (1, 0), "what the team set nobody asked");
    assert_eq!(counted(&participant(), &all), (0, 0));
    let tally = Tally::of(&all);
    assert_eq!((tally.rate(), tally.waiting, tally.meetings()), (Some(0.5), 4, 2));
    assert_eq!(Tally::of(&[set]), Tally { by_team: 1, ..Tally::default() });
    assert_eq!(Tally::default().rate(), None);
}
