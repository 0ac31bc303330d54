//! The exact search against every timetable there is, on problems small enough to walk through.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

use proptest::prelude::*;
use timetable::{Answer, Held, Limits, Problem, Rules, Schedule, Score, Status, Wish, exact, score, solve, violations};

use crate::worlds;

/// The least score of all timetables that keep every rule, changes of tables apart; none if there is none.
fn best_of_all(problem: &Problem) -> Option<Score> {
    let mut best = None;
    let mut schedule = Schedule { held: vec![None; problem.meetings.len()] };
    walk(problem, 0, &mut schedule, &mut best);
    best
}

fn walk(problem: &Problem, meeting: usize, schedule: &mut Schedule, best: &mut Option<Score>) {
    let Some(asked) = problem.meetings.get(meeting) else {
        if seat(problem, schedule) && violations(problem, schedule).is_empty() {
            let score = Score { changes: 0, ..score(problem, schedule) };
            *best = Some(best.map_or(score, |best| best.min(score)));
        }
        return;
    };
    if asked.wish != Wish::Must {
        schedule.held[meeting] = None;
        walk(problem, meeting + 1, schedule, best);
    }
    for slot in asked.slots.iter().filter(|&slot| asked.locked.is_none_or(|locked| locked.slot == slot)) {
        for &one in problem.people_of(meeting, 0) {
            for &other in problem.people_of(meeting, 1) {
                let here = |person: usize| problem.people[person].available.has(slot);
                let met = |held: &Held| held.slot == slot && held.people.iter().any(|who| [one, other].contains(who));
                if here(one) && here(other) && !schedule.held[..meeting].iter().flatten().any(met) {
                    schedule.held[meeting] = Some(Held { slot, people: [one, other], place: 0 });
                    walk(problem, meeting + 1, schedule, best);
                }
            }
        }
    }
    schedule.held[meeting] = None;
}

/// Gives each meeting its booth, the place it is locked to, or the first that is left.
fn seat(problem: &Problem, schedule: &mut Schedule) -> bool {
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut open = Vec::new();
    for meeting in 0..schedule.held.len() {
        let Some(held) = &mut schedule.held[meeting] else { continue };
        let locked = problem.meetings[meeting].locked.and_then(|locked| locked.place);
        match problem.booth_of(meeting).or(locked) {
            Some(place) => {
                held.place = place;
                taken.push((held.slot, place));
            }
            None => open.push(meeting),
        }
    }
    let owned = |place| problem.participants.iter().any(|one| one.booth == Some(place));
    for meeting in open {
        let Some(held) = &mut schedule.held[meeting] else { continue };
        let free = |&place: &usize| {
            !owned(place) && problem.places[place].available.has(held.slot) && !taken.contains(&(held.slot, place))
        };
        let Some(place) = (0..problem.places.len()).find(free) else { return false };
        held.place = place;
        taken.push((held.slot, place));
    }
    true
}

fn proved(problem: &Problem) -> Answer {
    exact::solve(problem, &Limits::none(), None, &mut |_| ControlFlow::Continue(()))
}

fn assert_best(problem: &Problem) -> Result<(), TestCaseError> {
    let answer = proved(problem);
    match best_of_all(problem) {
        None => prop_assert_eq!(answer.status, Status::Infeasible),
        Some(best) => {
            prop_assert_eq!(answer.status, Status::Optimal);
            let schedule = answer.schedule.expect("an optimal answer has a timetable");
            prop_assert_eq!(violations(problem, &schedule), []);
            let found = score(problem, &schedule);
            prop_assert_eq!(answer.score, Some(found));
            prop_assert_eq!(Score { changes: 0, ..found }, best);
            prop_assert_eq!(answer.bound, best);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn rich_problems_are_solved_to_the_best(mut problem in worlds::problem()) {
        problem.meetings.truncate(4);
        for meeting in &mut problem.meetings {
            meeting.after.retain(|&earlier| earlier < 4);
        }
        prop_assume!(exact::covers(&problem));
        assert_best(&problem)?;
    }

    #[test]
    fn published_problems_are_solved_to_the_best(problem in worlds::published(4, 5, 6), fairness in 0u32..4) {
        let fairness = Rules { fairness: (fairness < 3).then_some(fairness) };
        assert_best(&Problem { rules: fairness, ..problem })?;
    }

    #[test]
    fn everybody_may_need_a_break(problem in worlds::crossed(), fairness in 0u32..3) {
        assert_best(&Problem { rules: Rules { fairness: Some(fairness) }, ..problem })?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn larger_events_are_sound_and_repeat(problem in worlds::published(12, 8, 30), seed in 0u64..3) {
        let limits = Limits::none().with_seed(seed);
        let mut last = Score::default();
        let answer = solve(&problem, &limits, &mut |news| {
            assert!(news.bound >= last, "a bound never falls");
            assert!(news.score.is_none_or(|score| news.bound <= score));
            last = news.bound;
            ControlFlow::Continue(())
        }).expect("no faults");
        prop_assert!(matches!(answer.status, Status::Optimal | Status::Infeasible));
        if let Some(schedule) = &answer.schedule {
            prop_assert_eq!(violations(&problem, schedule), []);
        }
        prop_assert_eq!(solve(&problem, &limits, &mut |_| ControlFlow::Continue(())), Ok(answer));
    }
}

#[test]
fn a_search_ends_when_it_is_told_to() {
    let problem = worlds::hard(60, 16, 10, 3);
    assert!(exact::covers(&problem));
    let at_once = exact::solve(&problem, &Limits::until(&|| true), None, &mut |_| ControlFlow::Continue(()));
    assert_eq!(at_once.status, Status::Nothing);

    let stop = AtomicBool::new(false);
    let limits = Limits::none().or_stopped_by(&stop);
    let begun = std::time::Instant::now();
    let (answer, late) = std::thread::scope(|scope| {
        let search = scope.spawn(|| exact::solve(&problem, &limits, None, &mut |_| ControlFlow::Continue(())));
        std::thread::sleep(std::time::Duration::from_millis(300));
        stop.store(true, Ordering::Relaxed);
        let told = std::time::Instant::now();
        (search.join().expect("no panic"), told.elapsed())
    });
    assert!(begun.elapsed().as_secs() < 30 && late.as_secs() < 5, "ended {late:?} after it was told to");
    if let (Some(schedule), Some(score)) = (&answer.schedule, answer.score) {
        assert_eq!(violations(&problem, schedule), []);
        assert!(answer.bound <= score);
    }
}

#[test]
fn whoever_listens_may_end_the_search() {
    let problem = worlds::hard(20, 8, 5, 4);
    let mut heard = 0;
    let answer = exact::solve(&problem, &Limits::none(), None, &mut |_| {
        heard += 1;
        ControlFlow::Break(())
    });
    assert_eq!(heard, 1, "nothing is told after the end");
    assert!(answer.score.is_none_or(|score| answer.bound <= score));
}

#[test]
fn long_ways_between_rooms_are_not_covered() {
    let mut problem = worlds::hard(4, 3, 2, 1);
    assert!(exact::covers(&problem));
    problem.places[1].room = 1;
    problem.travel = vec![vec![0, 1], vec![1, 0]];
    assert!(!exact::covers(&problem), "one minute where slots follow each other at once");
    for (slot, at) in problem.slots.iter_mut().zip(0..) {
        (slot.starts, slot.ends) = (at * 21, at * 21 + 20);
    }
    assert!(exact::covers(&problem));
}

/// Where meetings may be left out and no proof comes, local search goes on from what the exact one has found.
#[test]
fn what_is_not_proved_is_searched_on() {
    let mut problem = worlds::hard(24, 10, 9, 8);
    for (meeting, weight) in problem.meetings.iter_mut().zip([1, 3, 8, 3].into_iter().cycle()) {
        meeting.wish = Wish::Weight(weight);
    }
    let steps = Limits::none().with_steps(300_000);
    let solved = |conflicts: u64| {
        let mut told: Option<Score> = None;
        let answer = solve(&problem, &steps.with_conflicts(conflicts), &mut |news| {
            if let (Some(schedule), Some(score)) = (news.schedule, news.score) {
                assert_eq!(violations(&problem, schedule), vec![]);
                assert!(told.is_none_or(|before| score <= before), "{score:?} after {told:?}");
                told = Some(score);
            }
            ControlFlow::Continue(())
        })
        .expect("no faults");
        assert_eq!(told, answer.score);
        answer
    };
    let answer = solved(200);
    let (schedule, score) = (answer.schedule.expect("a timetable"), answer.score.expect("its score"));
    assert_eq!((violations(&problem, &schedule), timetable::score(&problem, &schedule)), (vec![], score));
    // ninety meetings fit at nine tables in ten slots, of 96
    assert!(answer.bound.lost >= 6 && answer.bound.lost <= score.lost, "{score:?} {:?}", answer.bound);
    assert_eq!(solved(200).score, Some(score), "the same work each time");
}
