//! Room for the meetings of a slot.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::super::count::{at_most, pairwise};
use super::super::sat::{Lit, Sat};
use super::agenda::Agenda;
use crate::problem::Problem;

/// In each slot no more meetings than free places, and one at a booth; none when two locked meetings
/// share a place.
pub fn places(problem: &Problem, sat: &mut Sat<'_>, when: &[Vec<(usize, Lit)>], agendas: &[Agenda]) -> Option<()> {
    let mut spots = BTreeSet::new();
    for meeting in &problem.meetings {
        if let Some((slot, place)) = meeting.locked.and_then(|locked| Some((locked.slot, locked.place?)))
            && !spots.insert((slot, place))
        {
            return None;
        }
    }
    let mut booth = vec![false; problem.places.len()];
    for place in problem.participants.iter().filter_map(|participant| participant.booth) {
        booth[place] = true;
    }
    let (hosted, free): (Vec<usize>, Vec<usize>) =
        (0..problem.meetings.len()).partition(|&meeting| problem.booth_of(meeting).is_some());
    let at = |meetings: &[usize], slot: usize| -> Vec<Lit> {
        let lit = |&m: &usize| when[m].iter().find(|&&(other, _)| other == slot).map(|&(_, lit)| lit);
        meetings.iter().filter_map(lit).collect()
    };
    let mut by_booth: Vec<Vec<usize>> = vec![Vec::new(); problem.places.len()];
    for &meeting in &hosted {
        if let Some(place) = problem.booth_of(meeting) {
            by_booth[place].push(meeting);
        }
    }
    let groups = clusters(problem, free);
    for slot in 0..problem.slots.len() {
        for meetings in &by_booth {
            pairwise(sat, &at(meetings, slot));
        }
        let open = problem.places.iter().zip(&booth).filter(|(place, booth)| !**booth && place.available.has(slot));
        let open = open.count();
        let used: Vec<Lit> = groups.iter().filter_map(|group| any(sat, &at(group, slot))).collect();
        at_most(sat, &used, open);
        if hosted.is_empty() {
            // implied: two people a place are busy at most
            let busy: Vec<Lit> = agendas.iter().filter_map(|agenda| agenda.busy[slot]).collect();
            at_most(sat, &busy, 2 * open);
        }
    }
    Some(())
}

/// A literal that is true when one of these is.
fn any(sat: &mut Sat<'_>, lits: &[Lit]) -> Option<Lit> {
    if lits.len() < 2 {
        return lits.first().copied();
    }
    let lit = sat.var();
    for &one in lits {
        sat.clause(&[-one, lit]);
    }
    Some(lit)
}

/// Meetings in groups of which one at most is held in a slot, since one person sits in all of them: places are
/// counted over few groups instead of many meetings.
fn clusters(problem: &Problem, meetings: Vec<usize>) -> Vec<Vec<usize>> {
    let mut of: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); problem.people.len()];
    let surely = |meeting: usize| {
        [0, 1].into_iter().filter_map(move |side| match problem.people_of(meeting, side) {
            &[person] => Some(person),
            _ => None,
        })
    };
    let mut groups = Vec::new();
    for meeting in meetings {
        let mut people = surely(meeting).peekable();
        if people.peek().is_none() {
            groups.push(vec![meeting]);
        }
        for person in people {
            of[person].insert(meeting);
        }
    }
    while let Some(person) = (0..of.len()).filter(|&p| !of[p].is_empty()).max_by_key(|&p| (of[p].len(), Reverse(p))) {
        let group = std::mem::take(&mut of[person]);
        for &meeting in &group {
            for other in surely(meeting) {
                of[other].remove(&meeting);
            }
        }
        groups.push(group.into_iter().collect());
    }
    groups
}
