//! Progress, cancelling, and problems that are not problems.

use std::ops::ControlFlow;

use assembly::{Candidate, Limits, Pair, Problem, ProblemError, RuleKind, Share, Status, check, solve};

fn candidate(id: usize, fit_ppm: i64, cost: i64) -> Candidate {
    let country = ["FR", "DE", "IT", "ES"][id % 4].to_owned();
    let flags = if id.is_multiple_of(3) { vec!["sme".to_owned()] } else { Vec::new() };
    Candidate { id: format!("c{id}"), country, kind: "HES".to_owned(), flags, cost, fit_ppm, competences: vec![id % 5] }
}

/// A pool of the size a call page works with.
fn pool(n: usize) -> Problem {
    let mut problem = Problem { name: "pool".to_owned(), ..Problem::default() };
    for i in 0..n {
        let spread = (i * 7919 + 13) % 1000;
        problem.candidates.push(candidate(
            i,
            1_000_000 - (i as i64 * 900_000 / n as i64),
            40_000 + spread as i64 * 500,
        ));
    }
    for i in 0..n {
        for k in 1..12 {
            let j = (i * 31 + k * k * 17 + k) % n;
            if i < j && problem.pairs.iter().all(|p| (p.first, p.second) != (i, j)) {
                problem.pairs.push(Pair { first: i, second: j, bonus_ppm: 14_000 + ((i + j) * 37 % 60) as i64 * 1000 });
            }
        }
    }
    problem.add("size", RuleKind::SizeMax { value: 10 });
    problem.add("budget", RuleKind::BudgetMax { value: 1_800_000 });
    let labels = problem.labels(|c| Some(c.country.as_str()));
    problem.add("countries", RuleKind::DistinctMin { labels: labels.clone(), value: 3 });
    problem.add("country share", RuleKind::LabelShareMax { labels, share: Share::percent(40) });
    let small = problem.group(|c| c.has_flag("sme"));
    problem.add("sme share", RuleKind::GroupShareMin { group: small, share: Share::percent(30) });
    let holders = problem.group(|c| c.competences.contains(&3));
    problem.add("cover", RuleKind::CountMin { group: holders, value: 2 });
    problem.add("lead", RuleKind::Require { candidate: 20 });
    problem
}

#[test]
fn a_page_sized_pool_is_proved_and_keeps_every_rule() {
    let problem = pool(300);
    let mut values = Vec::new();
    let mut bounds = Vec::new();
    let answer = solve(&problem, &Limits::none(), &mut |news| {
        if let Some(value) = news.value {
            assert_eq!(check(&problem, news.members), Ok(value), "every set that is shown keeps the rules");
            values.push(value);
        }
        bounds.push(news.bound);
        ControlFlow::Continue(())
    })
    .expect("the problem is sound");
    assert_eq!(answer.status, Status::Optimal);
    assert_eq!(answer.gap(), 0);
    assert_eq!(check(&problem, &answer.members), Ok(answer.value));
    assert!(answer.members.contains(&20));
    assert!(values.is_sorted(), "values only rise");
    assert!(bounds.iter().rev().is_sorted(), "bounds only fall");
    assert!(bounds.iter().all(|&bound| bound >= answer.value), "no bound is below the best");
}

#[test]
fn a_seed_changes_the_way_but_not_the_proved_value() {
    let problem = pool(120);
    let mut quiet = |_: assembly::Progress<'_>| ControlFlow::Continue(());
    let one = solve(&problem, &Limits::none().with_seed(1), &mut quiet).expect("sound");
    let again = solve(&problem, &Limits::none().with_seed(1), &mut quiet).expect("sound");
    let other = solve(&problem, &Limits::none().with_seed(2), &mut quiet).expect("sound");
    assert_eq!(one, again);
    assert_eq!((one.value, one.status), (other.value, other.status));
}

#[test]
fn it_stops_when_told_and_keeps_what_it_has() {
    let problem = pool(300);
    let answer = solve(&problem, &Limits::none(), &mut |_| ControlFlow::Break(())).expect("sound");
    assert_eq!(answer.status, Status::Feasible);
    assert_eq!(check(&problem, &answer.members), Ok(answer.value));
    assert!(answer.bound >= answer.value);

    let nothing = solve(&problem, &Limits::until(&|| true), &mut |_| ControlFlow::Continue(())).expect("sound");
    assert_eq!(nothing.status, Status::Unknown);
    assert!(nothing.members.is_empty());
}

fn refused(problem: &Problem) -> ProblemError {
    solve(problem, &Limits::none(), &mut |_| ControlFlow::Continue(())).expect_err("the problem is not sound")
}

#[test]
fn unsound_problems_are_named_by_their_place() {
    assert_eq!(
        refused(&Problem::default()).to_string(),
        "candidates: the list is empty, at least one candidate is needed"
    );

    let mut problem = pool(10);
    problem.candidates[4].cost = -1;
    assert_eq!(refused(&problem).to_string(), "candidates[4].cost: -1 is not between 0 and 1000000000000");

    let mut problem = pool(10);
    problem.candidates[4].id = "c2".to_owned();
    assert_eq!(refused(&problem).to_string(), "candidates[4].id: \"c2\" is already used by candidates[2]");

    let mut problem = pool(10);
    problem.pairs = vec![Pair { first: 1, second: 2, bonus_ppm: 1 }, Pair { first: 2, second: 1, bonus_ppm: 1 }];
    assert_eq!(refused(&problem).to_string(), "pairs[1]: candidates 1 and 2 are already paired in pairs[0]");

    let mut problem = pool(30);
    problem.add("far", RuleKind::Require { candidate: 30 });
    assert_eq!(refused(&problem).to_string(), "rules[7] (far): there is no candidate 30, the last one is 29");

    let mut problem = pool(30);
    problem.add("lead", RuleKind::SizeMin { value: 2 });
    assert_eq!(refused(&problem).to_string(), "rules[7].id: \"lead\" is already used by rules[6]");

    let mut problem = pool(30);
    problem.add("labels", RuleKind::DistinctMin { labels: vec![None; 3], value: 1 });
    assert_eq!(
        refused(&problem).to_string(),
        "rules[7] (labels): 3 labels for 30 candidates, give one (or null) for each"
    );

    let mut problem = pool(30);
    problem.add("share", RuleKind::GroupShareMin { group: vec![1], share: Share { part: 3, whole: 2 } });
    assert_eq!(refused(&problem).to_string(), "rules[7] (share): 3 is not between 0 and 2");

    let mut problem = pool(30);
    problem.add("twice", RuleKind::CountMin { group: vec![1, 2, 1], value: 1 });
    assert_eq!(refused(&problem).to_string(), "rules[7] (twice): candidate 1 is listed twice");
}

#[test]
fn extreme_numbers_do_not_overflow() {
    let mut problem = pool(40);
    for candidate in &mut problem.candidates {
        candidate.cost = assembly::COST_LIMIT;
        candidate.fit_ppm = assembly::WORTH_LIMIT;
    }
    for pair in &mut problem.pairs {
        pair.bonus_ppm = assembly::WORTH_LIMIT;
    }
    problem.rules.clear();
    problem.add("many", RuleKind::CountMax { group: (0..39).collect(), value: usize::MAX });
    problem.add("size", RuleKind::SizeMax { value: usize::MAX });
    let everybody = solve(&problem, &Limits::none(), &mut |_| ControlFlow::Continue(())).expect("sound");
    assert_eq!((everybody.members.len(), everybody.status), (40, Status::Optimal));
    problem.add("impossible", RuleKind::CountMin { group: vec![0], value: usize::MAX });
    let nobody = solve(&problem, &Limits::none(), &mut |_| ControlFlow::Continue(())).expect("sound");
    assert_eq!(nobody.status, Status::Infeasible);
}
