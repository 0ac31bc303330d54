//! Breaks, and that they are shared out fairly.

use super::super::count::{Totalizer, pairwise};
use super::super::sat::{Lit, Sat};
use super::Cost;
use super::agenda::Agenda;
use crate::problem::Problem;
use crate::slots::{MOST_SLOTS, SlotSet};

/// Counts the breaks of each person, sets their price, keeps them fair.
pub fn breaks(problem: &Problem, sat: &mut Sat<'_>, agendas: &[Agenda], costs: &mut Vec<Cost>) {
    let breaks: Vec<Vec<Lit>> =
        agendas.iter().enumerate().map(|(person, agenda)| breaks_of(problem, sat, agenda, person)).collect();
    let fairness = problem.rules.fairness.map(|limit| limit as usize);
    let somebody_has_none = breaks.iter().any(Vec::is_empty);
    let mut counts: Vec<Vec<Lit>> = Vec::with_capacity(breaks.len());
    for mine in &breaks {
        // counts[person][k]: more than k breaks
        let mut count = Vec::new();
        if !mine.is_empty() {
            let mut sum = Totalizer::new(mine);
            let most = fairness.filter(|_| somebody_has_none).unwrap_or(mine.len()).min(mine.len());
            let asked = (most + 1).min(mine.len());
            sum.at_least(sat, asked, true);
            count = (1..=asked).map(|k| sum.at_least(sat, k, true)).collect();
            for over in count.drain(most..) {
                sat.clause(&[-over]);
            }
        }
        costs.extend(count.iter().map(|&lit| Cost { lit, weight: 1 }));
        counts.push(count);
    }
    if let Some(limit) = fairness.filter(|_| !somebody_has_none) {
        let longest = counts.iter().map(Vec::len).max().unwrap_or(0);
        for k in 0..longest.saturating_sub(limit) {
            // somebody has more than k + limit breaks only if everybody has more than k
            let everybody = sat.var();
            for count in &counts {
                match count.get(k) {
                    Some(&more) => sat.clause(&[-everybody, more]),
                    None => sat.clause(&[-everybody]),
                }
                if let Some(&more) = count.get(k + limit) {
                    sat.clause(&[-more, everybody]);
                }
            }
        }
    }
    if problem.slots.windows(2).all(|pair| pair[0].day == pair[1].day) {
        for ((agenda, count), person) in agendas.iter().zip(&counts).zip(&problem.people) {
            if let Some(&some) = count.first()
                && agenda.sure
                && person.rest.is_empty()
            {
                runs(sat, agenda, some);
            }
        }
    }
}

/// Literals of which as many are true as the person has breaks.
fn breaks_of(problem: &Problem, sat: &mut Sat<'_>, agenda: &Agenda, person: usize) -> Vec<Lit> {
    let rest = problem.people[person].rest;
    let busy = &agenda.busy;
    let mut breaks: Vec<Lit> = rest.iter().filter_map(|slot| *busy.get(slot)?).collect();
    if agenda.domains.len() < 2 {
        return breaks;
    }
    let mut had: Option<Lit> = None; // a meeting earlier on this day
    let mut pause: Option<Lit> = None; // and idle time that counts since the last one
    for (slot, &here) in busy.iter().enumerate() {
        if slot > 0 && problem.slots[slot].day != problem.slots[slot - 1].day {
            (had, pause) = (None, None);
        }
        if let (Some(here), Some(pause)) = (here, pause) {
            breaks.push(both(sat, here, pause));
        }
        let since = if rest.has(slot) { pause } else { had };
        pause = match (since, here) {
            (Some(since), Some(here)) => Some(both(sat, since, -here)),
            (since, _) => since,
        };
        had = match (had, here) {
            (Some(had), Some(here)) => Some(-both(sat, -had, -here)),
            (had, here) => had.or(here),
        };
    }
    breaks
}

/// A literal that is true when both are.
fn both(sat: &mut Sat<'_>, one: Lit, other: Lit) -> Lit {
    let lit = sat.var();
    sat.clause(&[lit, -one, -other]);
    sat.clause(&[-lit, one]);
    sat.clause(&[-lit, other]);
    lit
}

/// Implied: without a break, sure meetings fill one run of slots. A run is possible only if a matching
/// puts a meeting into each of its slots.
fn runs(sat: &mut Sat<'_>, agenda: &Agenda, some_break: Lit) {
    let (busy, length) = (&agenda.busy, agenda.domains.len());
    let mut runs: Vec<(SlotSet, Lit)> = Vec::new();
    for first in 0..(busy.len() + 1).saturating_sub(length) {
        let run = SlotSet::first(first + length).minus(SlotSet::first(first));
        if run.iter().all(|slot| busy[slot].is_some()) && fill(&agenda.domains, run) {
            runs.push((run, sat.var()));
        }
    }
    let mut one: Vec<Lit> = runs.iter().map(|&(_, lit)| lit).collect();
    one.push(some_break);
    sat.clause(&one);
    pairwise(sat, &one);
    for (slot, here) in busy.iter().enumerate().filter_map(|(slot, here)| Some((slot, (*here)?))) {
        let mut runs_with = vec![some_break, -here];
        let mut runs_without = vec![some_break, here];
        for &(run, lit) in &runs {
            if run.has(slot) {
                sat.clause(&[-lit, here]);
                runs_with.push(lit);
            } else {
                sat.clause(&[-lit, -here]);
                runs_without.push(lit);
            }
        }
        sat.clause(&runs_with);
        sat.clause(&runs_without);
    }
}

/// Whether meetings that can be in these slots fill the run, one in each slot.
fn fill(domains: &[SlotSet], run: SlotSet) -> bool {
    fn put(
        meeting: usize,
        domains: &[SlotSet],
        run: SlotSet,
        seen: &mut SlotSet,
        by: &mut [Option<usize>; MOST_SLOTS],
    ) -> bool {
        for slot in domains[meeting].and(run).iter() {
            if seen.has(slot) {
                continue;
            }
            *seen = seen.with(slot);
            if by[slot].is_none_or(|other| put(other, domains, run, seen, by)) {
                by[slot] = Some(meeting);
                return true;
            }
        }
        false
    }
    let mut by = [None; MOST_SLOTS];
    (0..domains.len()).all(|meeting| {
        let mut seen = SlotSet::NONE;
        put(meeting, domains, run, &mut seen, &mut by)
    })
}

#[cfg(test)]
mod tests {
    use super::{SlotSet, fill};

    #[test]
    fn a_run_is_filled_by_matching() {
        let set = |slots: &[usize]| slots.iter().copied().collect::<SlotSet>();
        let meetings = [set(&[1, 2]), set(&[1]), set(&[2, 3])];
        assert!(fill(&meetings, set(&[1, 2, 3])));
        assert!(!fill(&meetings, set(&[2, 3, 4])));
        assert!(!fill(&[set(&[1, 2]), set(&[1, 2]), set(&[1, 2, 3]), set(&[1, 2, 3])], set(&[1, 2, 3, 4])));
    }
}
