//! Who is busy when.

use super::super::count::{Totalizer, exactly, pairwise};
use super::super::sat::{Lit, Sat};
use crate::problem::Problem;
use crate::slots::SlotSet;

/// What a person attends.
pub struct Agenda {
    /// By slot, the literal of being busy; none where this person cannot be.
    pub busy: Vec<Option<Lit>>,
    /// The slots each meeting this person may attend can be in.
    pub domains: Vec<SlotSet>,
    /// Whether all those meetings are attended in every timetable.
    pub sure: bool,
}

/// The agenda of each person: one meeting at a time, not too many in a row.
pub fn agendas(
    problem: &Problem,
    sat: &mut Sat<'_>,
    when: &[Vec<(usize, Lit)>],
    who: &[[Vec<(usize, Lit)>; 2]],
    held: &[Lit],
    yes: Lit,
) -> Option<Vec<Agenda>> {
    let mut at: Vec<Vec<Vec<Lit>>> = vec![vec![Vec::new(); problem.slots.len()]; problem.people.len()];
    let mut agendas: Vec<Agenda> =
        problem.people.iter().map(|_| Agenda { busy: Vec::new(), domains: Vec::new(), sure: true }).collect();
    for (meeting, sides) in who.iter().enumerate() {
        for &(person, chosen) in sides.iter().flatten() {
            let available = problem.people[person].available;
            let agenda = &mut agendas[person];
            agenda.sure &= chosen == yes && held[meeting] == yes;
            agenda.domains.push(when[meeting].iter().map(|&(slot, _)| slot).filter(|&s| available.has(s)).collect());
            for &(slot, lit) in &when[meeting] {
                if chosen == yes {
                    at[person][slot].push(lit);
                } else if available.has(slot) {
                    let there = sat.var();
                    sat.clause(&[-lit, -chosen, there]);
                    sat.clause(&[-there, lit]);
                    sat.clause(&[-there, chosen]);
                    at[person][slot].push(there);
                } else {
                    sat.clause(&[-lit, -chosen]);
                }
            }
        }
    }
    let sessions = sessions(problem);
    for (person, agenda) in agendas.iter_mut().enumerate() {
        agenda.busy = at[person].iter().map(|lits| busy(sat, lits)).collect();
        let lits: Vec<Lit> = agenda.busy.iter().flatten().copied().collect();
        if agenda.sure {
            if lits.len() < agenda.domains.len() {
                return None;
            }
            exactly(sat, &lits, agenda.domains.len());
            for &session in &sessions {
                fill(sat, agenda, session);
            }
        }
        if let Some(longest) = problem.people[person].longest_run {
            longest_run(problem, sat, &agenda.busy, longest as usize);
        }
    }
    Some(agendas)
}

/// Busy with one of these, and with one at most.
fn busy(sat: &mut Sat<'_>, lits: &[Lit]) -> Option<Lit> {
    pairwise(sat, lits);
    match *lits {
        [] => None,
        [one] => Some(one),
        _ => {
            let lit = sat.var();
            for &meeting in lits {
                sat.clause(&[-meeting, lit]);
            }
            let mut any = lits.to_vec();
            any.push(-lit);
            sat.clause(&any);
            Some(lit)
        }
    }
}

/// The slots of each session; none when there is only one.
fn sessions(problem: &Problem) -> Vec<SlotSet> {
    let mut sessions: Vec<((u32, u32), SlotSet)> = Vec::new();
    for (at, slot) in problem.slots.iter().enumerate() {
        let name = (slot.day, slot.session);
        match sessions.iter_mut().find(|session| session.0 == name) {
            Some((_, slots)) => *slots = slots.with(at),
            None => sessions.push((name, SlotSet::one(at))),
        }
    }
    if sessions.len() < 2 { Vec::new() } else { sessions.into_iter().map(|(_, slots)| slots).collect() }
}

/// Implied: meetings that can only be in a session fill so many slots of it, those that cannot be there none.
fn fill(sat: &mut Sat<'_>, agenda: &Agenda, session: SlotSet) {
    let lits: Vec<Lit> = session.iter().filter_map(|slot| agenda.busy[slot]).collect();
    let least = agenda.domains.iter().filter(|domain| domain.minus(session).is_empty()).count();
    let most = agenda.domains.iter().filter(|domain| !domain.and(session).is_empty()).count();
    if least == most {
        exactly(sat, &lits, least);
        return;
    }
    let mut sum = Totalizer::new(&lits);
    if least > lits.len() {
        sat.clause(&[]);
    } else if least > 0 {
        let enough = sum.at_least(sat, least, true);
        sat.clause(&[enough]);
    }
    if most < lits.len() && most < agenda.domains.len() {
        let over = sum.at_least(sat, most + 1, true);
        sat.clause(&[-over]);
    }
}

/// Not more than so many meetings in a row on one day.
fn longest_run(problem: &Problem, sat: &mut Sat<'_>, busy: &[Option<Lit>], longest: usize) {
    let Some(beyond) = longest.checked_add(1).filter(|&beyond| beyond <= busy.len()) else { return };
    for first in 0..=busy.len() - beyond {
        if problem.slots[first].day == problem.slots[first + beyond - 1].day {
            let run: Option<Vec<Lit>> = busy[first..first + beyond].iter().map(|lit| lit.map(|lit| -lit)).collect();
            if let Some(run) = run {
                sat.clause(&run);
            }
        }
    }
}
