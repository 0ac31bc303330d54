//! What the meetings of an event came to, beside what the field counts as good, and by pair of delegations.

use std::collections::BTreeMap;

use super::{Came, Met, Second};
use crate::events::model::{Participant, ParticipantId, Standing};

/// How many of the answered requests are accepted at good events, in percent.
pub const FIELD_ACCEPTED: (usize, usize) = (40, 60);
/// How many meetings are held, in percent, at least.
pub const FIELD_KEPT: (usize, usize) = (80, 100);
/// How many meetings lead to a second one, in percent.
pub const FIELD_SECOND: (usize, usize) = (20, 30);

/// «n of m».
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// n.
    pub count: usize,
    /// m.
    pub of: usize,
}

/// Where a share stands beside that of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Less.
    Below,
    /// As good events have it.
    Within,
    /// More.
    Above,
}

impl Beside {
    /// Its word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Beside::Below => "below",
            Beside::Within => "within",
            Beside::Above => "above",
        }
    }
}

impl Share {
    /// The share; none where there is nothing to have one of.
    #[must_use]
    pub fn rate(self) -> Option<f64> {
        (self.of > 0).then(|| self.count as f64 / self.of as f64)
    }

    /// Where it stands beside a range in percent, both ends in; none where there is nothing to have a share of.
    #[must_use]
    pub fn beside(self, (least, most): (usize, usize)) -> Option<Beside> {
        match self.count * 100 {
            _ if self.of == 0 => None,
            hundredfold if hundredfold < least * self.of => Some(Beside::Below),
            hundredfold if hundredfold > most * self.of => Some(Beside::Above),
            _ => Some(Beside::Within),
        }
    }
}

/// What became of some meetings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// Those that were held.
    pub kept: usize,
    /// Those that were not.
    pub not_kept: usize,
    /// Those of which one side says this and the other that.
    pub contradicted: usize,
    /// Those that have begun and of which nobody said anything.
    pub unsaid: usize,
    /// Those that have not begun.
    pub to_come: usize,
    /// Of those held: where both want a second one.
    pub both: usize,
    /// Where one wants it, and the other has not said.
    pub one: usize,
    /// Where one wants it, and the other does not.
    pub disputed: usize,
    /// Where nobody who said something wants it.
    pub no: usize,
    /// Where nobody said.
    pub second_unsaid: usize,
    /// The sum of all ratings.
    pub rated: usize,
    /// How many there are.
    pub ratings: usize,
}

impl Results {
    /// Those of some meetings.
    pub fn of<'a>(all: impl IntoIterator<Item = &'a Met>) -> Self {
        let mut results = Results::default();
        for met in all {
            results.put(met);
        }
        results
    }

    fn put(&mut self, met: &Met) {
        match met.came() {
            Came::Kept => {
                self.kept += 1;
                match met.second() {
                    Second::Both => self.both += 1,
                    Second::One => self.one += 1,
                    Second::Disputed => self.disputed += 1,
                    Second::No => self.no += 1,
                    Second::Unsaid => self.second_unsaid += 1,
                }
            }
            Came::NotKept => self.not_kept += 1,
            Came::Contradicted => self.contradicted += 1,
            Came::Unsaid => self.unsaid += 1,
            Came::ToCome => self.to_come += 1,
        }
        for rating in met.ratings() {
            self.rated += usize::from(rating);
            self.ratings += 1;
        }
    }

    /// All of them.
    #[must_use]
    pub fn meetings(&self) -> usize {
        self.begun() + self.to_come
    }

    /// Those that have begun.
    #[must_use]
    pub fn begun(&self) -> usize {
        self.kept + self.not_kept + self.contradicted + self.unsaid
    }

    /// How many were held, of those of which it is known.
    #[must_use]
    pub fn held(&self) -> Share {
        Share { count: self.kept, of: self.kept + self.not_kept }
    }

    /// In how many a second meeting is wanted, of those that were held and of which somebody said.
    #[must_use]
    pub fn second(&self) -> Share {
        Share { count: self.both + self.one, of: self.kept - self.second_unsaid }
    }

    /// The mean of the ratings; none without one.
    #[must_use]
    pub fn rating(&self) -> Option<f64> {
        (self.ratings > 0).then(|| self.rated as f64 / self.ratings as f64)
    }
}

/// What the meetings of one participant came to.
#[derive(Clone, Debug)]
pub struct Each {
    /// Who.
    pub participant: Participant,
    /// Its meetings.
    pub results: Results,
    /// Those that have begun and of which it said nothing itself.
    pub unsaid: usize,
}

impl Each {
    /// Its meetings, those left out that were not held.
    #[must_use]
    pub fn meetings(&self) -> usize {
        self.results.meetings() - self.results.not_kept
    }

    /// Whether it has two or more.
    #[must_use]
    pub fn has_enough(&self) -> bool {
        self.meetings() >= 2
    }
}

/// What the meetings of each participant came to, in the order of the participants: of who takes part, and of who had a
/// meeting and left.
#[must_use]
pub fn each(participants: &[Participant], all: &[Met]) -> Vec<Each> {
    let mut of: BTreeMap<ParticipantId, (Results, usize)> = BTreeMap::new();
    for met in all {
        for side in &met.sides {
            let (results, unsaid) = of.entry(side.participant.id).or_default();
            results.put(met);
            *unsaid += usize::from(met.begun && side.outcome.is_none());
        }
    }
    participants
        .iter()
        .filter(|one| one.standing == Standing::Confirmed || of.contains_key(&one.id))
        .map(|one| {
            let (results, unsaid) = of.get(&one.id).copied().unwrap_or_default();
            Each { participant: one.clone(), results, unsaid }
        })
        .collect()
}

/// Two delegations in the order of their names, the empty one for who comes with none; they may be the same.
pub type Delegations = (String, String);

/// What the meetings between delegations came to: the pair with the most meetings first, then by name.
#[must_use]
pub fn pairs(all: &[Met]) -> Vec<(Delegations, Results)> {
    let mut of: BTreeMap<(&str, &str), Results> = BTreeMap::new();
    for met in all {
        of.entry(met.delegations()).or_default().put(met);
    }
    let mut found: Vec<(Delegations, Results)> =
        of.into_iter().map(|((one, other), results)| ((one.to_owned(), other.to_owned()), results)).collect();
    found.sort_by_key(|(_, results)| std::cmp::Reverse(results.meetings()));
    found
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{met, participant},
        *,
    };

    #[test]
    fn a_share_of_nothing_is_none_and_stands_nowhere() {
        for (count, of, range, rate, beside) in [
            (0, 0, FIELD_KEPT, None, None),
            (0, 5, FIELD_KEPT, Some(0.0), Some(Beside::Below)),
            (4, 5, FIELD_KEPT, Some(0.8), Some(Beside::Within)),
            (5, 5, FIELD_KEPT, Some(1.0), Some(Beside::Within)),
            (2, 5, FIELD_ACCEPTED, Some(0.4), Some(Beside::Within)),
            (3, 5, FIELD_ACCEPTED, Some(0.6), Some(Beside::Within)),
            (61, 100, FIELD_ACCEPTED, Some(0.61), Some(Beside::Above)),
            (39, 100, FIELD_ACCEPTED, Some(0.39), Some(Beside::Below)),
            (1, 4, FIELD_SECOND, Some(0.25), Some(Beside::Within)),
            (1, 3, FIELD_SECOND, Some(1.0 / 3.0), Some(Beside::Above)),
        ] {
            let share = Share { count, of };
            assert_eq!((share.rate(), share.beside(range)), (rate, beside), "{count} of {of}");
        }
    }

    #[test]
    fn without_a_meeting_there_is_no_figure() {
        let results = Results::of([]);
        assert_eq!((results.meetings(), results.held().rate(), results.second().rate()), (0, None, None));
        assert_eq!(results.rating(), None);
        assert_eq!(pairs(&[]), []);
        let alone = each(&[participant("Lab", "")], &[]);
        assert_eq!((alone.len(), alone[0].meetings(), alone[0].has_enough()), (1, 0, false));
    }

    #[test]
    fn what_is_not_said_or_contradicted_counts_as_neither() {
        let (lab, clinic) = (participant("Lab", "Kansai"), participant("Clinic", "Lyon"));
        let both = [&lab, &clinic];
        let (yes, no) = (Some((true, Some(true))), Some((false, None)));
        let all = [
            met(both, [yes, yes], true),
            met(both, [yes, None], true),
            met(both, [yes, Some((true, Some(false)))], true),
            met(both, [Some((true, Some(false))), None], true),
            met(both, [Some((true, None)), None], true),
            met(both, [no, no], true),
            met(both, [yes, no], true),
            met(both, [None, None], true),
            met(both, [None, None], false),
        ];
        let results = Results::of(&all);
        assert_eq!((results.meetings(), results.begun()), (9, 8));
        assert_eq!((results.kept, results.not_kept, results.contradicted, results.unsaid), (5, 1, 1, 1));
        assert_eq!(results.held(), Share { count: 5, of: 6 });
        let second = (results.both, results.one, results.disputed, results.no, results.second_unsaid);
        assert_eq!(second, (1, 1, 1, 1, 1));
        assert_eq!(results.second(), Share { count: 2, of: 4 }, "also not the wish in the contradicted one");
    }

    #[test]
    fn ratings_are_those_that_were_given() {
        let (lab, clinic) = (participant("Lab", ""), participant("Clinic", ""));
        let mut all = [met([&lab, &clinic], [Some((true, None)), Some((true, None))], true)];
        for (side, rating) in all[0].sides.iter_mut().zip([Some(4), None]) {
            side.outcome.as_mut().unwrap().said.rating = rating;
        }
        let results = Results::of(&all);
        assert_eq!((results.rating(), results.ratings), (Some(4.0), 1));
    }

    #[test]
    fn two_meetings_are_enough_and_those_not_held_are_none() {
        let mut left = participant("Left", "");
        left.standing = Standing::Withdrawn;
        let (lab, clinic, absent) = (participant("Lab", ""), participant("Clinic", ""), {
            let mut absent = participant("Absent", "");
            absent.standing = Standing::Withdrawn;
            absent
        });
        let all = [
            met([&lab, &clinic], [Some((true, None)), None], true),
            met([&lab, &left], [None, Some((false, None))], true),
            met([&clinic, &left], [None, None], false),
        ];
        let found = each(&[lab, clinic, left, absent], &all);
        let told: Vec<(&str, usize, bool, usize)> = found
            .iter()
            .map(|one| (one.participant.name.as_str(), one.meetings(), one.has_enough(), one.unsaid))
            .collect();
        assert_eq!(told, [("Lab", 1, false, 1), ("Clinic", 2, true, 1), ("Left", 1, false, 0)]);
    }

    #[test]
    fn delegations_are_paired_whoever_asked() {
        let (kansai, lyon, other) = (participant("K", "Kansai"), participant("L", "Lyon"), participant("O", ""));
        let all = [
            met([&kansai, &lyon], [Some((true, Some(true))), None], true),
            met([&lyon, &kansai], [Some((false, None)), None], true),
            met([&other, &kansai], [None, None], true),
            met([&lyon, &lyon], [None, None], false),
        ];
        let found: Vec<(String, usize, Share)> = pairs(&all)
            .into_iter()
            .map(|((one, other), results)| (format!("{one}–{other}"), results.meetings(), results.held()))
            .collect();
        let share = |count, of| Share { count, of };
        assert_eq!(
            found,
            [
                ("Kansai–Lyon".to_owned(), 2, share(1, 2)),
                ("–Kansai".to_owned(), 1, share(0, 0)),
                ("Lyon–Lyon".to_owned(), 1, share(0, 0)),
            ]
        );
    }
}
