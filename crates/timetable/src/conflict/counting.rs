//! Conflicts that counting shows.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use super::shortage::Crowd;
use super::{Conflict, Statement, host, is_sure, narrowing, needed, person_left, slots_left, sure};
use crate::problem::Problem;
use crate::slots::SlotSet;

/// One conflict of each kind and place, as far as counting sees them.
pub(super) fn all(problem: &Problem) -> Vec<Conflict> {
    let sure: Vec<usize> = (0..problem.meetings.len()).filter(|&meeting| is_sure(problem, meeting)).collect();
    let mut of_participant: Vec<Vec<usize>> = vec![Vec::new(); problem.participants.len()];
    for &meeting in &sure {
        for side in problem.meetings[meeting].sides {
            of_participant[side.participant].push(meeting);
        }
    }
    let mut found: Vec<Conflict> = sure.iter().filter_map(|&meeting| nowhere(problem, meeting)).collect();
    found.extend(sure.iter().filter_map(|&meeting| wrong_booth(problem, meeting)));
    found.extend(same_place(problem, &sure));
    for (participant, meetings) in of_participant.iter().enumerate() {
        found.extend(too_few_slots(problem, participant, meetings));
        found.extend(too_few_at_booth(problem, participant, meetings));
        found.extend(above_maximum(problem, participant, meetings));
        found.extend(too_long_runs(problem, participant, meetings));
    }
    found.extend(orders(problem, &sure));
    if found.is_empty() {
        found.extend(too_few_tables(problem, &sure));
    }
    found
}

/// A meeting for which no slot is left.
fn nowhere(problem: &Problem, meeting: usize) -> Option<Conflict> {
    let empty = |dropped: &HashSet<Statement>| slots_left(problem, meeting, dropped).is_empty();
    if !empty(&HashSet::new()) {
        return None;
    }
    let reasons = narrowing(problem, meeting);
    // of several minimal sets the smallest: each order of dropping finds one
    let turns = (0..reasons.len()).map(|turn| {
        let mut turned = reasons.clone();
        turned.rotate_left(turn);
        needed(turned, empty)
    });
    let fewest = turns.min_by_key(Vec::len).unwrap_or_default();
    Some(Conflict::new(fewest.into_iter().chain([sure(problem, meeting)]), true))
}

/// A meeting locked to another place than its host's booth, or to somebody else's.
fn wrong_booth(problem: &Problem, meeting: usize) -> Option<Conflict> {
    let place = problem.meetings[meeting].locked?.place?;
    let participant = match host(problem, meeting) {
        Some(host) if problem.participants[host].booth != Some(place) => host,
        Some(_) => return None,
        None => problem.participants.iter().position(|one| one.booth == Some(place))?,
    };
    Some(Conflict::new([Statement::Locked { meeting }, Statement::Booth { participant }], true))
}

/// Two meetings locked to one place at one time.
fn same_place(problem: &Problem, sure: &[usize]) -> Option<Conflict> {
    let mut there = HashMap::new();
    sure.iter().find_map(|&meeting| {
        let locked = problem.meetings[meeting].locked?;
        let other = there.insert((locked.slot, locked.place?), meeting)?;
        Some(Conflict::new([Statement::Locked { meeting }, Statement::Locked { meeting: other }], true))
    })
}

/// A participant whose people have fewer slots than meetings.
fn too_few_slots(problem: &Problem, participant: usize, meetings: &[usize]) -> Option<Conflict> {
    let slots = problem.slots.len();
    let people = &problem.participants[participant].people;
    let crowd = |meetings: &[usize], dropped: &HashSet<Statement>| {
        let wishes = meetings.iter().map(|&meeting| {
            let left = slots_left(problem, meeting, dropped);
            let side = usize::from(problem.meetings[meeting].sides[1].participant == participant);
            let seats = problem.people_of(meeting, side).iter().flat_map(|&person| {
                let at = people.iter().position(|&other| other == person).unwrap_or(0);
                let free = left.and(person_left(problem, person, dropped));
                free.iter().map(move |slot| at * slots + slot).collect::<Vec<usize>>()
            });
            seats.collect()
        });
        Crowd { wishes: wishes.collect(), takes: vec![1; people.len() * slots] }.too_many()
    };
    crowded(problem, meetings, crowd)
}

/// A booth with fewer open slots than meetings.
fn too_few_at_booth(problem: &Problem, participant: usize, meetings: &[usize]) -> Option<Conflict> {
    problem.participants[participant].booth?;
    let hosted: Vec<usize> =
        meetings.iter().copied().filter(|&meeting| host(problem, meeting) == Some(participant)).collect();
    let crowd = |meetings: &[usize], dropped: &HashSet<Statement>| {
        if dropped.contains(&Statement::Booth { participant }) {
            return None;
        }
        let wishes = meetings.iter().map(|&meeting| slots_left(problem, meeting, dropped).iter().collect());
        Crowd { wishes: wishes.collect(), takes: vec![1; problem.slots.len()] }.too_many()
    };
    crowded(problem, &hosted, crowd)
}

/// The smallest crowd, and what makes its places few.
fn crowded(
    problem: &Problem,
    meetings: &[usize],
    crowd: impl Fn(&[usize], &HashSet<Statement>) -> Option<Vec<usize>>,
) -> Option<Conflict> {
    let nothing = HashSet::new();
    let first = crowd(meetings, &nothing)?;
    let mut few: Vec<usize> = first.into_iter().map(|at| meetings[at]).collect();
    for meeting in few.clone() {
        let without: Vec<usize> = few.iter().copied().filter(|&other| other != meeting).collect();
        if without.len() < few.len()
            && let Some(fewer) = crowd(&without, &nothing)
        {
            few = fewer.into_iter().map(|at| without[at]).collect();
        }
    }
    let reasons = few.iter().flat_map(|&meeting| narrowing(problem, meeting)).collect();
    let reasons = needed(reasons, |dropped| crowd(&few, dropped).is_some());
    let held = few.iter().map(|&meeting| sure(problem, meeting));
    Some(Conflict::new(held.chain(reasons), true))
}

/// A participant with more meetings to be held than it may have.
fn above_maximum(problem: &Problem, participant: usize, meetings: &[usize]) -> Option<Conflict> {
    let most = problem.participants[participant].maximum? as usize;
    let held = meetings.iter().take(most.saturating_add(1)).map(|&meeting| sure(problem, meeting));
    (meetings.len() > most).then(|| Conflict::new(held.chain([Statement::Maximum { participant }]), true))
}

/// A person alone for a participant who cannot bear so many meetings in the slots there are.
fn too_long_runs(problem: &Problem, participant: usize, meetings: &[usize]) -> Option<Conflict> {
    let [person] = problem.participants[participant].people[..] else { return None };
    let most_in_row = problem.people[person].longest_run? as usize;
    let room = |available: SlotSet| {
        let (mut room, mut run) = (0, 0);
        for slot in 0..problem.slots.len() {
            let new_day = slot > 0 && problem.slots[slot].day != problem.slots[slot - 1].day;
            run = if new_day { 0 } else { run };
            if available.has(slot) && run < most_in_row {
                run += 1;
                room += 1;
            } else {
                run = 0;
            }
        }
        room
    };
    let crowd = |dropped: &HashSet<Statement>| room(person_left(problem, person, dropped));
    let most = crowd(&HashSet::new());
    if meetings.len() <= most {
        return None;
    }
    let all = needed(vec![Statement::Available { person }], |dropped| meetings.len() > crowd(dropped));
    let most = if all.is_empty() { room(SlotSet::first(problem.slots.len())) } else { most };
    let held = meetings.iter().take(most + 1).map(|&meeting| sure(problem, meeting));
    // where they may be held is not looked at, and may make fewer statements do
    Some(Conflict::new(held.chain(all).chain([Statement::LongestRun { person }]), false))
}

/// Orders that bite their tail, or need more slots than there are.
fn orders(problem: &Problem, sure_ones: &[usize]) -> Option<Conflict> {
    let is_in: HashSet<usize> = sure_ones.iter().copied().collect();
    let before =
        |meeting: usize| problem.meetings[meeting].after.iter().copied().filter(|earlier| is_in.contains(earlier));
    let asking: Vec<usize> = sure_ones.iter().copied().filter(|&meeting| before(meeting).next().is_some()).collect();
    let circle = asking.iter().filter_map(|&meeting| circle_from(meeting, &before)).min_by_key(Vec::len);
    let describe = |way: &[usize]| {
        let orders = way.windows(2).map(|pair| Statement::Order { meeting: pair[0], earlier: pair[1] });
        let held = way.iter().map(|&meeting| sure(problem, meeting));
        orders.chain(held).collect::<Vec<Statement>>()
    };
    if let Some(circle) = circle {
        return Some(Conflict::new(describe(&circle), true));
    }
    let mut earliest = BTreeMap::new();
    asking.iter().find_map(|&meeting| {
        let mut way = late_for(problem, meeting, &before, &mut earliest)?;
        way.dedup();
        let fails = |way: &[usize], dropped: &HashSet<Statement>| {
            let mut from = 0;
            way.iter().rev().any(|&meeting| {
                let slot = slots_left(problem, meeting, dropped).iter().find(|&slot| slot >= from);
                from = slot.map_or(from, |slot| slot + 1);
                slot.is_none()
            })
        };
        // a later start of the way may do as well
        while way.len() > 1 && fails(&way[..way.len() - 1], &HashSet::new()) {
            way.pop();
        }
        let reasons = way.iter().flat_map(|&meeting| narrowing(problem, meeting)).collect();
        let reasons = needed(reasons, |dropped| fails(&way, dropped));
        Some(Conflict::new(describe(&way).into_iter().chain(reasons), true))
    })
}

/// The shortest way from a meeting back to itself, both ends listed.
fn circle_from<I: Iterator<Item = usize>>(meeting: usize, before: &impl Fn(usize) -> I) -> Option<Vec<usize>> {
    let mut from: HashMap<usize, usize> = HashMap::new();
    let mut next = VecDeque::from([meeting]);
    while let Some(at) = next.pop_front() {
        for earlier in before(at) {
            if earlier == meeting {
                let mut way = vec![meeting, at];
                while way.last() != Some(&meeting) {
                    way.extend(way.last().and_then(|last| from.get(last)).copied());
                }
                way.reverse();
                return Some(way);
            }
            if let Entry::Vacant(unseen) = from.entry(earlier) {
                unseen.insert(at);
                next.push_back(earlier);
            }
        }
    }
    None
}

/// The way from a meeting down to the one that pushes it out of its slots, latest first; none if it has a slot.
/// `earliest` remembers the first slot of each meeting and what pushes it there. Orders must not go in circles.
fn late_for<I: Iterator<Item = usize>>(
    problem: &Problem,
    meeting: usize,
    before: &impl Fn(usize) -> I,
    earliest: &mut BTreeMap<usize, (usize, Option<usize>)>,
) -> Option<Vec<usize>> {
    let nothing = HashSet::new();
    let mut open = vec![meeting];
    while let Some(&at) = open.last() {
        if earliest.contains_key(&at) {
            open.pop();
            continue;
        }
        let missing: Vec<usize> = before(at).filter(|earlier| !earliest.contains_key(earlier)).collect();
        if !missing.is_empty() {
            open.extend(missing);
            continue;
        }
        let pushed = before(at).map(|earlier| (earliest[&earlier].0 + 1, earlier)).max();
        let from = pushed.map_or(0, |(slot, _)| slot);
        match slots_left(problem, at, &nothing).iter().find(|&slot| slot >= from) {
            Some(slot) => {
                // who is pushed nowhere is the end of the way
                earliest.insert(at, (slot, pushed.map(|(_, earlier)| earlier)));
                open.pop();
            }
            None => {
                let mut way = vec![at];
                let mut back = pushed.map(|(_, earlier)| earlier);
                while let Some(earlier) = back {
                    way.push(earlier);
                    back = earliest[&earlier].1;
                }
                return Some(way);
            }
        }
    }
    None
}

/// More meetings than tables in the slots they could have.
fn too_few_tables(problem: &Problem, sure_ones: &[usize]) -> Option<Conflict> {
    let booths: HashSet<usize> = problem.participants.iter().filter_map(|one| one.booth).collect();
    let mut takes = vec![0; problem.slots.len()];
    for (_, table) in problem.places.iter().enumerate().filter(|(place, _)| !booths.contains(place)) {
        for (slot, takes) in takes.iter_mut().enumerate() {
            *takes += usize::from(table.available.has(slot));
        }
    }
    let at_tables: Vec<usize> = sure_ones.iter().copied().filter(|&meeting| host(problem, meeting).is_none()).collect();
    let crowd = |meetings: &[usize], dropped: &HashSet<Statement>| {
        let wishes = meetings.iter().map(|&meeting| slots_left(problem, meeting, dropped).iter().collect());
        Crowd { wishes: wishes.collect(), takes: takes.clone() }.too_many()
    };
    let nothing = HashSet::new();
    let few: Vec<usize> = crowd(&at_tables, &nothing)?.into_iter().map(|at| at_tables[at]).collect();
    let slots = |dropped: &HashSet<Statement>| {
        few.iter().fold(SlotSet::NONE, |all, &meeting| all.or(slots_left(problem, meeting, dropped)))
    };
    // enough is said when the slots of all of them together still have one table too few
    let short = |dropped: &HashSet<Statement>| slots(dropped).iter().map(|slot| takes[slot]).sum::<usize>() < few.len();
    let reasons: Vec<Statement> = few.iter().flat_map(|&meeting| narrowing(problem, meeting)).collect();
    const MOST_REASONS: usize = 400;
    let mut dropped: HashSet<Statement> = HashSet::new();
    let mut kept = Vec::new();
    let everything: HashSet<Statement> = reasons.iter().copied().collect();
    if short(&everything) {
        dropped = everything;
    } else if reasons.len() <= MOST_REASONS {
        kept = needed(reasons, short);
        dropped.extend(few.iter().flat_map(|&meeting| narrowing(problem, meeting)).filter(|one| !kept.contains(one)));
    } else {
        kept = reasons;
    }
    let tables = slots(&dropped).iter().map(|slot| Statement::Tables { slot }).collect::<Vec<_>>();
    let held = few.iter().map(|&meeting| sure(problem, meeting));
    // people who are in several of them may make fewer statements do
    Some(Conflict::new(held.chain(kept).chain(tables), false))
}
