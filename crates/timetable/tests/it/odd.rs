//! Problems at the edge of sense: nothing panics, and what is said is true.

use std::ops::ControlFlow;

use timetable::{
    Limits, Meeting, Participant, Person, Place, Problem, Schedule, Score, Slot, SlotSet, Status, Wish, conflict, free,
    local, replan, solve, violations,
};

use crate::worlds;

fn odd() -> Vec<(&'static str, Problem, Status)> {
    let event = || worlds::hard(6, 4, 2, 2);
    let with = |change: &dyn Fn(&mut Problem)| {
        let mut problem = event();
        change(&mut problem);
        problem
    };
    let optional = |problem: &mut Problem| {
        problem.meetings.iter_mut().for_each(|meeting| meeting.wish = Wish::Weight(u32::MAX));
    };
    vec![
        ("nothing at all", Problem::default(), Status::Optimal),
        ("no meetings", with(&|problem| problem.meetings.clear()), Status::Optimal),
        ("no slots", with(&|problem| problem.slots.clear()), Status::Infeasible),
        ("no tables", with(&|problem| problem.places.clear()), Status::Infeasible),
        (
            "no slots, nothing that must be held",
            with(&|problem| {
                problem.slots.clear();
                optional(problem);
            }),
            Status::Optimal,
        ),
        (
            "no tables, nothing that must be held, much wanted",
            with(&|problem| {
                problem.places.clear();
                optional(problem);
                problem.participants.iter_mut().for_each(|one| one.minimum = u32::MAX);
            }),
            Status::Optimal,
        ),
        (
            "no run of meetings is short enough",
            with(&|problem| problem.people.iter_mut().for_each(|one| one.longest_run = Some(0))),
            Status::Infeasible,
        ),
        (
            "slots that take no time, at the end of all times",
            with(&|problem| problem.slots = vec![Slot { day: 9, session: 1, starts: u32::MAX, ends: u32::MAX }; 4]),
            Status::Optimal,
        ),
        (
            "a way that takes for ever",
            with(&|problem| {
                problem.places[1].room = usize::MAX;
                problem.travel = vec![vec![u32::MAX; 3]; 2];
            }),
            Status::Optimal,
        ),
    ]
}

#[test]
fn odd_problems_are_answered() {
    for (name, problem, expected) in odd() {
        assert_eq!(problem.faults(), [], "{name}");
        let limits = Limits::none().with_steps(100_000);
        let answer = solve(&problem, &limits, &mut |_| ControlFlow::Continue(())).expect("no faults");
        let status = if answer.status == Status::Feasible { Status::Optimal } else { answer.status };
        assert_eq!(status, expected, "{name}");
        assert_eq!(conflict(&problem, &limits).is_some(), expected == Status::Infeasible, "{name}");
        let found = local::search(&problem, &limits, None, &mut |_| ControlFlow::Continue(()));
        assert_eq!(found.best.is_some(), expected == Status::Optimal, "{name}");
        if let Some((schedule, score)) = found.best {
            assert_eq!(violations(&problem, &schedule), [], "{name}");
            assert!(found.bound <= score, "{name}");
        }
        assert!(replan(&problem, &Schedule::default(), &limits).is_some(), "{name}");
        assert!(free(&problem, &Schedule::default(), 0).len() <= 8, "{name}");
    }
}

#[test]
fn the_most_slots_there_can_be() {
    let all = SlotSet::first(128);
    let slots = (0..128).map(|at| Slot { day: at / 32, session: at % 32 / 16, starts: at * 30, ends: at * 30 + 20 });
    let person = Person { available: all, rest: [3, 127].into_iter().collect(), longest_run: Some(9) };
    let participant = |person| Participant { people: vec![person], minimum: 11, ..Participant::default() };
    let meetings = (0..12).flat_map(|one| (one + 1..12).map(move |other| Meeting::between(one, other, all)));
    let problem = Problem {
        slots: slots.collect(),
        people: vec![person; 12],
        participants: (0..12).map(participant).collect(),
        places: vec![Place { room: 0, available: all }; 3],
        meetings: meetings.collect(),
        ..Problem::default()
    };
    let limits = Limits::none().with_steps(200_000);
    let found = local::search(&problem, &limits, None, &mut |_| ControlFlow::Continue(()));
    let (schedule, score) = found.best.expect("there is plenty of room");
    assert_eq!(violations(&problem, &schedule), []);
    assert_eq!((score.shortfall, score.lost), (0, 0));
    assert_eq!(Score { changes: 0, ..score }, Score::default(), "nobody has to wait");
}
