//! The exact search: the problem as clauses, then the fewest costs level by level, each proved.
//!
//! It proves shortfall, lost meetings and breaks. Changes of tables are kept few, not proved fewest.

mod count;
mod encode;
mod maxsat;
mod sat;
mod tables;

use std::ops::ControlFlow;

use crate::check;
use crate::problem::Problem;
use crate::schedule::{Held, Schedule, Score};
use crate::solve::{Answer, Limits, Progress};
use encode::Encoding;
use maxsat::{News, Outcome};
use sat::{Lit, Sat};

/// Most pairs of a meeting and a slot it can be in; beyond, the clauses would need too much memory.
const MOST_SPOTS: usize = 400_000;

/// Most pairs of meetings that cannot be in the same slot, counted in each slot.
const MOST_CLASHES: usize = 20_000_000;

/// Whether the exact search can read this problem in full: it knows no way between rooms that takes longer
/// than the time between two slots, and no problem of a size that would need gigabytes.
#[must_use]
pub fn covers(problem: &Problem) -> bool {
    let gap = problem.slots.windows(2).map(|pair| pair[1].starts.saturating_sub(pair[0].ends)).min();
    let rooms: std::collections::BTreeSet<usize> = problem.places.iter().map(|place| place.room).collect();
    let way = |from: usize, to: usize| problem.travel.get(from).and_then(|row| row.get(to)).copied().unwrap_or(0);
    let farthest = rooms.iter().flat_map(|&from| rooms.iter().map(move |&to| way(from, to))).max();
    if let (Some(gap), Some(farthest)) = (gap, farthest)
        && farthest > gap
    {
        return false;
    }
    let mut spots = 0;
    let mut of_person = vec![0usize; problem.people.len()];
    for meeting in 0..problem.meetings.len() {
        spots += encode::domain(problem, meeting).len();
        for side in 0..2 {
            let people = problem.people_of(meeting, side);
            spots += if people.len() > 1 { people.len() * problem.slots.len() } else { 0 };
            for &person in people {
                of_person[person] += 1;
            }
        }
    }
    let clashes: usize = of_person.iter().map(|&count| count * count / 2 * problem.slots.len()).sum();
    spots <= MOST_SPOTS && clashes <= MOST_CLASHES
}

/// Searches for the best timetable until it is proved or the limits end the search, beginning near `first`, a
/// timetable that keeps every rule, if there is one. The problem must be without faults and covered ([`covers`]).
pub fn solve(
    problem: &Problem,
    limits: &Limits<'_>,
    first: Option<&Schedule>,
    tell: &mut dyn FnMut(&Progress<'_>) -> ControlFlow<()>,
) -> Answer {
    let mut sat = Sat::new(*limits);
    let Some(encoding) = encode::encode(problem, &mut sat) else { return Answer::infeasible() };
    let mut best: Option<(Schedule, Score)> = first.map(|schedule| (schedule.clone(), check::score(problem, schedule)));
    if let Some(first) = first {
        sat.solve(&literals(&encoding, first), None);
    }
    let mut bound = Score::default();
    let levels = encoding.costs.len();
    for (level, costs) in encoding.costs.iter().enumerate() {
        let mut told = bound;
        let outcome = maxsat::least(&mut sat, costs, &mut |news| {
            match news {
                News::Bound(at_least) => *part(&mut told, level) = at_least,
                News::Model(sat) => {
                    let schedule = read(problem, &encoding, sat);
                    let score = check::score(problem, &schedule);
                    if best.as_ref().is_none_or(|(_, best)| score < *best) {
                        best = Some((schedule, score));
                    }
                }
            }
            let (schedule, score) = best.as_ref().map(|(schedule, score)| (schedule, *score)).unzip();
            tell(&Progress { schedule, score, bound: told })?;
            // the last level is done as soon as a timetable found elsewhere reaches the bound
            match score {
                Some(score) if level + 1 == levels && score.but_changes() <= told => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            }
        });
        match outcome {
            Outcome::Contradiction => return Answer::infeasible(),
            Outcome::Least(cost) => *part(&mut bound, level) = cost,
            Outcome::Stopped(cost) => {
                *part(&mut bound, level) = cost;
                break;
            }
        }
    }
    Answer::within(best, bound)
}

/// The part of a score that a level is about.
fn part(score: &mut Score, level: usize) -> &mut u64 {
    match level {
        0 => &mut score.shortfall,
        1 => &mut score.lost,
        _ => &mut score.breaks,
    }
}

/// What holds in a timetable: where it is tried first, the search goes on from there.
fn literals(encoding: &Encoding, schedule: &Schedule) -> Vec<Lit> {
    let mut lits = Vec::new();
    for ((when, who), held) in encoding.when.iter().zip(&encoding.who).zip(&schedule.held) {
        match held {
            None => lits.extend(when.iter().map(|&(_, lit)| -lit)),
            Some(held) => {
                lits.extend(when.iter().filter(|(slot, _)| *slot == held.slot).map(|&(_, lit)| lit));
                for (names, sits) in who.iter().zip(held.people) {
                    lits.extend(names.iter().filter(|(person, _)| *person == sits).map(|&(_, lit)| lit));
                }
            }
        }
    }
    lits
}

/// The timetable of a model.
fn read(problem: &Problem, encoding: &Encoding, sat: &Sat<'_>) -> Schedule {
    let mut held: Vec<Option<Held>> = encoding
        .when
        .iter()
        .zip(&encoding.who)
        .map(|(when, who)| {
            let &(slot, _) = when.iter().find(|&&(_, lit)| sat.holds(lit))?;
            let [Some(one), Some(other)] =
                [0, 1].map(|side: usize| who[side].iter().find(|&&(_, lit)| sat.holds(lit)).map(|&(person, _)| person))
            else {
                return None;
            };
            Some(Held { slot, people: [one, other], place: 0 })
        })
        .collect();
    tables::assign(problem, &mut held);
    Schedule { held }
}
