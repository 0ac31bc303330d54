//! Conflicts that only a search shows: statements are taken away as long as the rest is still impossible.

use std::collections::HashSet;
use std::ops::ControlFlow;

use super::{Conflict, Statement};
use crate::exact;
use crate::problem::{Place, Problem, Wish};
use crate::slots::SlotSet;
use crate::solve::{Limits, Status};

/// Meetings above which no conflict is searched.
const MOST_MEETINGS: usize = 600;

/// A conflict among these statements, minimal if the limits let it be; none if they are possible together, or not proved
/// impossible.
pub(super) fn shrink(problem: &Problem, mut kept: Vec<Statement>, limits: &Limits<'_>) -> Option<Conflict> {
    if problem.meetings.len() > MOST_MEETINGS || !exact::covers(problem) {
        return None;
    }
    let impossible = |kept: &[Statement]| {
        let less = only(problem, kept);
        exact::solve(&less, limits, None, &mut |progress| match progress.schedule {
            // one timetable is enough to know that it is possible
            Some(_) => ControlFlow::Break(()),
            None => ControlFlow::Continue(()),
        })
        .status
            == Status::Infeasible
    };
    if !impossible(&kept) {
        return None;
    }
    // by halves, quarters …, down to one at a time
    let mut part = kept.len().div_ceil(2).max(1);
    loop {
        let mut at = 0;
        while at < kept.len() && !limits.over() {
            let end = (at + part).min(kept.len());
            let without: Vec<Statement> = kept[..at].iter().chain(&kept[end..]).copied().collect();
            if impossible(&without) {
                kept = without;
            } else {
                at = end;
            }
        }
        if part == 1 || limits.over() {
            break;
        }
        part = part.div_ceil(2);
    }
    Some(Conflict::new(kept, !limits.over()))
}

/// Everything that is asked for and could be asked for less.
pub(super) fn statements(problem: &Problem) -> Vec<Statement> {
    let all = SlotSet::first(problem.slots.len());
    let mut found = Vec::new();
    if problem.rules.fairness.is_some() {
        found.push(Statement::Fairness);
    }
    for (person, asked) in problem.people.iter().enumerate() {
        if asked.available.and(all) != all {
            found.push(Statement::Available { person });
        }
        if asked.longest_run.is_some() {
            found.push(Statement::LongestRun { person });
        }
    }
    for (participant, asked) in problem.participants.iter().enumerate() {
        if asked.maximum.is_some() {
            found.push(Statement::Maximum { participant });
        }
        if asked.booth.is_some() {
            found.push(Statement::Booth { participant });
        }
    }
    found.extend((0..problem.slots.len()).map(|slot| Statement::Tables { slot }));
    for (meeting, asked) in problem.meetings.iter().enumerate() {
        if asked.slots.and(all) != all {
            found.push(Statement::Window { meeting });
        }
        found.extend(asked.after.iter().map(|&earlier| Statement::Order { meeting, earlier }));
        if asked.locked.is_some() {
            found.push(Statement::Locked { meeting });
        }
        if asked.wish == Wish::Must {
            found.push(Statement::Held { meeting });
        }
    }
    found
}

/// The problem with these statements only: nobody is away, nothing has to be held and so on, unless it is stated. Ways
/// between rooms stay.
#[must_use]
pub fn only(problem: &Problem, kept: &[Statement]) -> Problem {
    let kept: HashSet<Statement> = kept.iter().copied().collect();
    let all = SlotSet::first(problem.slots.len());
    let mut less = problem.clone();
    less.rules.fairness = less.rules.fairness.filter(|_| kept.contains(&Statement::Fairness));
    for (person, asked) in less.people.iter_mut().enumerate() {
        if !kept.contains(&Statement::Available { person }) {
            asked.available = all;
        }
        asked.longest_run = asked.longest_run.filter(|_| kept.contains(&Statement::LongestRun { person }));
    }
    for (participant, asked) in less.participants.iter_mut().enumerate() {
        asked.maximum = asked.maximum.filter(|_| kept.contains(&Statement::Maximum { participant }));
        let booth = asked.booth.filter(|_| !kept.contains(&Statement::Booth { participant }));
        if let Some(place) = booth {
            // a booth that nobody has to use is no further table
            asked.booth = None;
            less.places[place].available = SlotSet::NONE;
        }
    }
    for (meeting, asked) in problem.meetings.iter().enumerate() {
        let locked = asked.locked.filter(|_| kept.contains(&Statement::Locked { meeting }));
        if let Some((slot, place)) = locked.and_then(|locked| Some((locked.slot, locked.place?)))
            && problem.places[place].available.has(slot)
        {
            less.places[place].available = less.places[place].available.with(slot);
        }
    }
    for (meeting, asked) in less.meetings.iter_mut().enumerate() {
        if !kept.contains(&Statement::Window { meeting }) {
            asked.slots = all;
        }
        asked.after.retain(|&earlier| kept.contains(&Statement::Order { meeting, earlier }));
        asked.locked = asked.locked.filter(|_| kept.contains(&Statement::Locked { meeting }));
        if !kept.contains(&Statement::Held { meeting }) && asked.wish == Wish::Must {
            asked.wish = Wish::Weight(0);
        }
    }
    let plenty: SlotSet = all.iter().filter(|&slot| !kept.contains(&Statement::Tables { slot })).collect();
    if !plenty.is_empty() {
        less.places.extend(vec![Place { room: 0, available: plenty }; less.meetings.len()]);
    }
    less
}
