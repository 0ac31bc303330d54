//! What the reader of published events does with text from outside, as far as it goes: `fuzz/` calls this with
//! random input, the tests below with files cut and changed.

use std::ops::ControlFlow;

use timetable::{Limits, dzn, solve, violations};

/// An event: read, and where it is small, solved and judged.
pub fn event(data: &[u8]) {
    let Ok(problem) = dzn::read(data, Some(2)) else { return };
    assert_eq!(problem.faults(), [], "what is read can be searched");
    let _ = dzn::read_schedule(data, &problem);
    if problem.people.len() > 12 || problem.meetings.len() > 16 || problem.places.len() > 12 {
        return;
    }
    let answer = solve(&problem, &Limits::none().with_steps(2_000), &mut |_| ControlFlow::Continue(()));
    let answer = answer.expect("no faults");
    if let Some(schedule) = answer.schedule {
        assert_eq!(violations(&problem, &schedule), []);
        let written = dzn::write_schedule("event", &schedule);
        assert_eq!(dzn::read_schedule(written.as_bytes(), &problem), Ok(schedule), "what is written is read again");
    }
}
