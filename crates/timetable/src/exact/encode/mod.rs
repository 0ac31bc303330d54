//! A problem as clauses.
//!
//! The frame is the published one (Bofill et al., JAIR 74, 2022: `imp1`, `imp2` and clusters). On top of
//! it: costs by person («at least one break», «at least two») instead of one by person and slot; for
//! whoever has all meetings sure, the runs of slots that they can fill without a break, each checked by
//! matching; and how many slots of each session they fill.

mod agenda;
mod breaks;
mod places;

use super::count::{Totalizer, at_most, pairwise};
use super::sat::{Lit, Sat};
use crate::problem::{Problem, Wish};
use crate::slots::SlotSet;

/// A literal that should be false, and what it costs when it is true.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// The literal.
    pub lit: Lit,
    /// Its cost.
    pub weight: u64,
}

/// The literals of a formula that say what they say of a problem.
pub struct Encoding {
    /// For each meeting: in which slots it can be, and the literal of each.
    pub when: Vec<Vec<(usize, Lit)>>,
    /// For each meeting and side: who can sit there, and the literal of each.
    pub who: Vec<[Vec<(usize, Lit)>; 2]>,
    /// Costs by level, the weightiest level first: shortfall, lost meetings, breaks.
    pub costs: [Vec<Cost>; 3],
}

/// Slots in which a meeting can be, by everything that concerns it alone.
pub fn domain(problem: &Problem, meeting: usize) -> SlotSet {
    let asked = &problem.meetings[meeting];
    let mut slots = asked.slots.and(SlotSet::first(problem.slots.len()));
    for side in 0..2 {
        let free = |free: SlotSet, &person: &usize| free.or(problem.people[person].available);
        slots = slots.and(problem.people_of(meeting, side).iter().fold(SlotSet::NONE, free));
    }
    let booth = problem.booth_of(meeting);
    if let Some(booth) = booth {
        slots = slots.and(problem.places[booth].available);
    }
    if let Some(locked) = asked.locked {
        slots = slots.and(SlotSet::one(locked.slot));
        if let Some(place) = locked.place {
            let owned = problem.participants.iter().any(|participant| participant.booth == Some(place));
            let sound = booth.map_or(!owned, |booth| booth == place);
            slots = slots.and(if sound { problem.places[place].available } else { SlotSet::NONE });
        }
    }
    slots
}

/// Writes the clauses; none when it is plain on the way that no timetable exists.
pub fn encode(problem: &Problem, sat: &mut Sat<'_>) -> Option<Encoding> {
    let yes = sat.var();
    sat.clause(&[yes]);
    let mut costs: [Vec<Cost>; 3] = Default::default();
    let mut when = Vec::with_capacity(problem.meetings.len());
    let mut held = Vec::with_capacity(problem.meetings.len());
    for (at, meeting) in problem.meetings.iter().enumerate() {
        let lits: Vec<(usize, Lit)> = domain(problem, at).iter().map(|slot| (slot, sat.var())).collect();
        let mut any: Vec<Lit> = lits.iter().map(|&(_, lit)| lit).collect();
        pairwise(sat, &any);
        match meeting.wish {
            Wish::Weight(weight) if meeting.locked.is_none() => {
                let lit = sat.var();
                for &slot in &any {
                    sat.clause(&[-slot, lit]);
                }
                any.push(-lit);
                sat.clause(&any);
                if weight > 0 {
                    costs[1].push(Cost { lit: -lit, weight: weight.into() });
                }
                held.push(lit);
            }
            _ if any.is_empty() => return None,
            _ => {
                sat.clause(&any);
                held.push(yes);
            }
        }
        when.push(lits);
    }
    let who = attendance(problem, sat, &when, yes);
    let agendas = agenda::agendas(problem, sat, &when, &who, &held, yes)?;
    places::places(problem, sat, &when, &agendas)?;
    wanted(problem, sat, &held, yes, &mut costs[0])?;
    for (late, meeting) in problem.meetings.iter().enumerate() {
        for &early in &meeting.after {
            order(sat, &when[early], &when[late]);
        }
    }
    breaks::breaks(problem, sat, &agendas, &mut costs[2]);
    Some(Encoding { when, who, costs })
}

/// Who sits in each meeting: one of the people who can.
fn attendance(
    problem: &Problem,
    sat: &mut Sat<'_>,
    when: &[Vec<(usize, Lit)>],
    yes: Lit,
) -> Vec<[Vec<(usize, Lit)>; 2]> {
    let mut who = Vec::with_capacity(when.len());
    for at in 0..when.len() {
        who.push([0, 1].map(|side| match problem.people_of(at, side) {
            &[person] => vec![(person, yes)],
            people => {
                let names: Vec<(usize, Lit)> = people.iter().map(|&person| (person, sat.var())).collect();
                let lits: Vec<Lit> = names.iter().map(|&(_, lit)| lit).collect();
                sat.clause(&lits);
                pairwise(sat, &lits);
                names
            }
        }));
    }
    who
}

/// Most and fewest meetings of each participant.
fn wanted(problem: &Problem, sat: &mut Sat<'_>, held: &[Lit], yes: Lit, costs: &mut Vec<Cost>) -> Option<()> {
    let mut of: Vec<Vec<Lit>> = vec![Vec::new(); problem.participants.len()];
    for (meeting, &lit) in problem.meetings.iter().zip(held) {
        for side in meeting.sides {
            of[side.participant].push(lit);
        }
    }
    for (participant, theirs) in problem.participants.iter().zip(of) {
        let sure = theirs.iter().filter(|&&lit| lit == yes).count();
        let open: Vec<Lit> = theirs.into_iter().filter(|&lit| lit != yes).collect();
        if let Some(maximum) = participant.maximum {
            at_most(sat, &open, (maximum as usize).checked_sub(sure)?);
        }
        let minimum = participant.minimum as usize;
        let short = minimum.saturating_sub(sure + open.len());
        if short > 0 {
            costs.push(Cost { lit: yes, weight: short as u64 });
        }
        let wanted = minimum.saturating_sub(sure).min(open.len());
        if wanted > 0 {
            // one is missing where all but wanted - 1 of the open ones are left out, and so on
            let left_out: Vec<Lit> = open.iter().map(|&lit| -lit).collect();
            let mut sum = Totalizer::new(&left_out);
            for missing in open.len() - wanted + 1..=open.len() {
                costs.push(Cost { lit: sum.at_least(sat, missing, false), weight: 1 });
            }
        }
    }
    Some(())
}

/// One meeting is held before another, when both are held.
fn order(sat: &mut Sat<'_>, early: &[(usize, Lit)], late: &[(usize, Lit)]) {
    for &(second, late) in late {
        for &(first, early) in early {
            if first >= second {
                sat.clause(&[-late, -early]);
            }
        }
    }
}
