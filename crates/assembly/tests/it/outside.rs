//! What the reader of instances does with text from outside, as far as it goes: `fuzz/` calls this with random input, `seeds`
//! with the inputs kept in `fuzz/seeds`.

use std::ops::ControlFlow;

use assembly::{Limits, Progress, Share, Status, alternatives, check, conflict, instance, solve};

/// An instance: read, and where it is small, solved and checked.
pub fn instance(data: &[u8]) {
    // What is packed is read as well; only small inputs are, so that nothing unpacks to gigabytes.
    let _ = instance::read(data, true);
    let _ = instance::read_members(data);
    let Ok(problem) = instance::parse(data) else { return };
    if problem.candidates.len() > 24 || problem.rules.len() > 40 {
        return;
    }
    let limits = Limits::nodes(300);
    let mut quiet = |_: Progress<'_>| ControlFlow::Continue(());
    let Ok(answer) = solve(&problem, &limits, &mut quiet) else { return };
    match answer.status {
        Status::Optimal | Status::Feasible => {
            assert_eq!(check(&problem, &answer.members).ok(), Some(answer.value), "the answer is checked");
            assert!(answer.bound >= answer.value, "the bound is no lower than the answer");
            let _ = alternatives(&problem, &answer, 2, 1, Share::percent(20), &limits);
        }
        Status::Infeasible => assert!(conflict(&problem, &limits).is_ok()),
        Status::Unknown => {}
    }
}
