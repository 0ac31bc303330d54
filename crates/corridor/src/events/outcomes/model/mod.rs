//! What is said of a meeting, and what follows from what its two sides say.

mod figures;

pub use figures::{Beside, Delegations, Each, FIELD_ACCEPTED, FIELD_KEPT, FIELD_SECOND, Results, Share, each, pairs};

use crate::{
    events::{
        model::{Participant, ParticipantId, Request, RequestId, RequestState},
        timetables::Placed,
    },
    foundation::time::{Day, Timestamp},
};

/// The longest words about a meeting.
pub const LONGEST_WORDS: usize = 1_000;
/// The best rating; the worst is 1.
pub const BEST: u8 = 5;
/// For how many days after an event its participants are still asked by letter: a server that stood still catches up.
pub const ASKED_FOR_DAYS: i64 = 7;

/// What one participant says of a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Whether it was held.
    pub kept: bool,
    /// Whether it wants a second one; none: it did not say.
    pub second: Option<bool>,
    /// How good it was, from 1 to [`BEST`]; none: it did not say, or it was not held.
    pub rating: Option<u8>,
    /// Words for the team of the event.
    pub words: String,
}

impl Said {
    /// Without what a meeting that was not held cannot have, and with words of a bearable length.
    #[must_use]
    pub fn sound(self) -> Self {
        let rating = self.rating.filter(|rating| self.kept && (1..=BEST).contains(rating));
        let words = self.words.trim().chars().filter(|c| *c == '\n' || !c.is_control()).take(LONGEST_WORDS).collect();
        Said { rating, words, ..self }
    }
}

/// What one participant said of a meeting, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The meeting.
    pub request: RequestId,
    /// Who said it.
    pub participant: ParticipantId,
    /// Counts its corrections, from 1.
    pub revision: i64,
    /// What.
    pub said: Said,
    /// Whether the team of the event noted it for the participant.
    pub by_team: bool,
    /// When.
    pub said_at: Timestamp,
}

/// Whether a published meeting counts: what was called off before it began was never to be held.
#[must_use]
pub fn counts(request: &Request, meeting: &Placed) -> bool {
    request.state == RequestState::Accepted || request.answered_at.is_some_and(|at| at >= meeting.starts)
}

/// Whether something can be said of a meeting: from the beginning of its slot on.
#[must_use]
pub fn has_begun(meeting: &Placed, now: Timestamp) -> bool {
    meeting.starts <= now
}

/// Whether the participants of an event that ended on a day are asked by letter today what came of their meetings.
#[must_use]
pub fn is_asked(last: Day, today: Day) -> bool {
    let since = (today.0 - last.0).get_days();
    (1..=ASKED_FOR_DAYS).contains(&i64::from(since))
}

/// What became of a meeting, from what its two sides say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Came {
    /// It was held: one side says so, and the other does not say otherwise.
    Kept,
    /// It was not held: one side says so, and the other does not say otherwise.
    NotKept,
    /// One side says that it was held, the other that it was not. It counts as neither.
    Contradicted,
    /// It has begun, and nobody said anything. It counts as neither.
    Unsaid,
    /// It has not begun.
    ToCome,
}

impl Came {
    /// All of them.
    pub const ALL: [Came; 5] = [Came::Kept, Came::NotKept, Came::Contradicted, Came::Unsaid, Came::ToCome];

    /// That of a meeting: whether it has begun, and what each side says.
    #[must_use]
    pub fn of(begun: bool, sides: [Option<bool>; 2]) -> Self {
        match sides {
            [Some(one), Some(other)] if one != other => Came::Contradicted,
            [Some(kept), _] | [None, Some(kept)] => {
                if kept {
                    Came::Kept
                } else {
                    Came::NotKept
                }
            }
            [None, None] if begun => Came::Unsaid,
            [None, None] => Came::ToCome,
        }
    }

    /// Its word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Came::Kept => "kept",
            Came::NotKept => "not-kept",
            Came::Contradicted => "contradicted",
            Came::Unsaid => "unsaid",
            Came::ToCome => "to-come",
        }
    }
}

/// Whether there is to be a second meeting, from what the two sides say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Second {
    /// Both want it.
    Both,
    /// One wants it, the other has not said.
    One,
    /// One wants it, the other does not. It counts as not wanted.
    Disputed,
    /// Nobody who said something wants it.
    No,
    /// Nobody said.
    Unsaid,
}

impl Second {
    /// All of them.
    pub const ALL: [Second; 5] = [Second::Both, Second::One, Second::Disputed, Second::No, Second::Unsaid];

    /// That of what each side says.
    #[must_use]
    pub fn of(sides: [Option<bool>; 2]) -> Self {
        match sides {
            [Some(true), Some(true)] => Second::Both,
            [Some(true), None] | [None, Some(true)] => Second::One,
            [Some(true), Some(false)] | [Some(false), Some(true)] => Second::Disputed,
            [Some(false), _] | [_, Some(false)] => Second::No,
            [None, None] => Second::Unsaid,
        }
    }

    /// Whether it counts as wanted: somebody wants it, and nobody says no.
    #[must_use]
    pub fn is_wanted(self) -> bool {
        matches!(self, Second::Both | Second::One)
    }

    /// Whether somebody at least wants it: worth a word, also where the other side does not.
    #[must_use]
    pub fn has_a_wish(self) -> bool {
        self.is_wanted() || self == Second::Disputed
    }

    /// Its word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Second::Both => "both",
            Second::One => "one",
            Second::Disputed => "disputed",
            Second::No => "no",
            Second::Unsaid => "unsaid",
        }
    }
}

/// A side of a meeting: who sat there for it, and what it says.
#[derive(Clone, Debug)]
pub struct Side {
    /// The participant.
    pub participant: Participant,
    /// What it says; none: nothing yet.
    pub outcome: Option<Outcome>,
}

impl Side {
    /// What it says.
    #[must_use]
    pub fn said(&self) -> Option<&Said> {
        self.outcome.as_ref().map(|outcome| &outcome.said)
    }
}

/// A published meeting with what came of it.
#[derive(Clone, Debug)]
pub struct Met {
    /// When and where.
    pub meeting: Placed,
    /// Whoever asked for it, and whoever was asked.
    pub sides: [Side; 2],
    /// Whether its slot has begun.
    pub begun: bool,
}

impl Met {
    /// What became of it.
    #[must_use]
    pub fn came(&self) -> Came {
        Came::of(self.begun, self.sides.each_ref().map(|side| side.said().map(|said| said.kept)))
    }

    /// Whether there is to be a second one.
    #[must_use]
    pub fn second(&self) -> Second {
        Second::of(self.sides.each_ref().map(|side| side.said().and_then(|said| said.second)))
    }

    /// The ratings of its sides, those that were given.
    pub fn ratings(&self) -> impl Iterator<Item = u8> {
        self.sides.iter().filter_map(|side| side.said()?.rating)
    }

    /// The delegations of its sides, in the order of their names; empty: none.
    #[must_use]
    pub fn delegations(&self) -> (&str, &str) {
        let [one, other] = self.sides.each_ref().map(|side| side.participant.delegation.as_str());
        if one <= other { (one, other) } else { (other, one) }
    }
}

/// Which meetings are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct Filter {
    /// With this word of [`Came`]; empty: with any.
    pub came: String,
    /// With this word of [`Second`], or `wanted` for what counts so, or `wish` for what somebody wants; empty: with any.
    pub second: String,
    /// Between people of this delegation, empty for those without one; none: of any.
    pub between: Option<String>,
    /// And those of this one.
    pub and: Option<String>,
    /// Of this participant; empty: of any.
    pub participant: String,
}

impl Filter {
    /// The value that is none, with its name, where there is one.
    #[must_use]
    pub fn wrong(&self) -> Option<(&'static str, &str)> {
        if !self.came.is_empty() && !Came::ALL.iter().any(|one| one.key() == self.came) {
            return Some(("came", &self.came));
        }
        let known =
            |word: &str| matches!(word, "" | "wanted" | "wish") || Second::ALL.iter().any(|one| one.key() == word);
        if !known(&self.second) {
            return Some(("second", &self.second));
        }
        if !self.participant.is_empty() && self.participant.parse::<ParticipantId>().is_err() {
            return Some(("participant", &self.participant));
        }
        None
    }

    /// Whether a meeting is listed.
    #[must_use]
    pub fn keeps(&self, met: &Met) -> bool {
        let second = met.second();
        let pair = || {
            let all = met.delegations();
            let asked = (self.between.as_deref(), self.and.as_deref());
            match asked {
                (None, None) => true,
                (Some(one), None) | (None, Some(one)) => all.0 == one || all.1 == one,
                (Some(one), Some(other)) => all == (one, other) || all == (other, one),
            }
        };
        (self.came.is_empty() || self.came == met.came().key())
            && match self.second.as_str() {
                "" => true,
                "wanted" => second.is_wanted(),
                "wish" => second.has_a_wish(),
                word => word == second.key(),
            }
            && pair()
            && (self.participant.is_empty()
                || met.sides.iter().any(|side| side.participant.id.to_string() == self.participant))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::events::model::{AttendeeId, EventId, Standing, Wish};

    /// A participant with a delegation.
    pub(in crate::events::outcomes) fn participant(name: &str, delegation: &str) -> Participant {
        Participant {
            id: ParticipantId::new(),
            event: EventId::new(),
            organisation: None,
            name: name.to_owned(),
            country: String::new(),
            kind: "participant".to_owned(),
            delegation: delegation.to_owned(),
            standing: Standing::Confirmed,
            offers: String::new(),
            seeks: String::new(),
            minimum: None,
            maximum: None,
            booth: String::new(),
            revision: 1,
            asked_at: Timestamp(0),
            answered_at: None,
        }
    }

    /// A meeting of two of whom each says this: held, and a second one wanted.
    pub(in crate::events::outcomes) fn met(
        [one, other]: [&Participant; 2],
        said: [Option<(bool, Option<bool>)>; 2],
        begun: bool,
    ) -> Met {
        let meeting = Placed {
            request: RequestId::new(),
            starts: Timestamp(60_000_000),
            ends: Timestamp(120_000_000),
            room: 0,
            table: 1,
            people: [AttendeeId::new(), AttendeeId::new()],
            locked: false,
        };
        let side = |participant: &Participant, said: Option<(bool, Option<bool>)>| Side {
            participant: participant.clone(),
            outcome: said.map(|(kept, second)| Outcome {
                request: meeting.request,
                participant: participant.id,
                revision: 1,
                said: Said { kept, second, ..Said::default() },
                by_team: false,
                said_at: Timestamp(0),
            }),
        };
        Met { meeting, sides: [side(one, said[0]), side(other, said[1])], begun }
    }

    #[test]
    fn table_of_what_became_of_a_meeting() {
        for (begun, one, other, expected) in [
            (false, None, None, Came::ToCome),
            (true, None, None, Came::Unsaid),
            (true, Some(true), None, Came::Kept),
            (true, None, Some(true), Came::Kept),
            (true, Some(true), Some(true), Came::Kept),
            (true, Some(false), None, Came::NotKept),
            (true, None, Some(false), Came::NotKept),
            (true, Some(false), Some(false), Came::NotKept),
            (true, Some(true), Some(false), Came::Contradicted),
            (true, Some(false), Some(true), Came::Contradicted),
            // It was said, and then moved by the team to later: what was said stays.
            (false, Some(true), None, Came::Kept),
        ] {
            assert_eq!(Came::of(begun, [one, other]), expected, "{begun} {one:?} {other:?}");
        }
    }

    #[test]
    fn table_of_second_meetings() {
        for (one, other, expected, wanted, wish) in [
            (None, None, Second::Unsaid, false, false),
            (Some(true), None, Second::One, true, true),
            (None, Some(true), Second::One, true, true),
            (Some(true), Some(true), Second::Both, true, true),
            (Some(true), Some(false), Second::Disputed, false, true),
            (Some(false), Some(true), Second::Disputed, false, true),
            (Some(false), None, Second::No, false, false),
            (None, Some(false), Second::No, false, false),
            (Some(false), Some(false), Second::No, false, false),
        ] {
            let found = Second::of([one, other]);
            assert_eq!((found, found.is_wanted(), found.has_a_wish()), (expected, wanted, wish), "{one:?} {other:?}");
        }
    }

    #[test]
    fn what_was_called_off_in_time_does_not_count() {
        let (lab, clinic) = (participant("Lab", ""), participant("Clinic", ""));
        let meeting = met([&lab, &clinic], [None, None], true).meeting;
        let at = |seconds: i64| Some(Timestamp(seconds * 1_000_000));
        for (state, answered_at, expected) in [
            (RequestState::Accepted, at(1), true),
            (RequestState::Accepted, None, true),
            (RequestState::Withdrawn, at(59), false),
            (RequestState::Declined, at(59), false),
            (RequestState::Withdrawn, None, false),
            // Called off once it had begun: it was to be held.
            (RequestState::Withdrawn, at(60), true),
        ] {
            let request = Request {
                id: meeting.request,
                from: lab.id,
                to: clinic.id,
                state,
                wish: Wish::Meet,
                answer_wish: Wish::Meet,
                message: String::new(),
                answer: String::new(),
                sessions: Vec::new(),
                by_team: false,
                asked_at: Timestamp(0),
                answered_at,
            };
            assert_eq!(counts(&request, &meeting), expected, "{state:?} {answered_at:?}");
        }
        assert!(!has_begun(&meeting, Timestamp(59_999_999)) && has_begun(&meeting, Timestamp(60_000_000)));
    }

    #[test]
    fn what_was_not_held_has_no_rating_and_words_end() {
        let said = |kept, rating| Said { kept, rating, second: Some(true), words: String::new() }.sound().rating;
        assert_eq!((said(true, Some(5)), said(true, Some(6)), said(true, Some(0))), (Some(5), None, None));
        assert_eq!(said(false, Some(5)), None);
        let long = Said { words: format!(" {}\u{7}\nz", "é".repeat(2_000)), ..Said::default() }.sound();
        assert_eq!(long.words.chars().count(), LONGEST_WORDS);
        assert_eq!(Said { words: " a\u{7}\nb ".to_owned(), ..Said::default() }.sound().words, "a\nb");
    }

    #[test]
    fn letters_ask_within_a_week_after_the_last_day() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let last = day("2026-10-30");
        for (today, expected) in [
            ("2026-10-29", false),
            ("2026-10-30", false),
            ("2026-10-31", true),
            ("2026-11-06", true),
            ("2026-11-07", false),
            ("2027-10-31", false),
        ] {
            assert_eq!(is_asked(last, day(today)), expected, "{today}");
        }
    }

    #[test]
    fn lists_are_kept_by_what_is_asked() {
        let (lab, clinic) = (participant("Lab", "Kansai"), participant("Clinic", ""));
        let wanted = met([&lab, &clinic], [Some((true, Some(true))), Some((true, None))], true);
        let filter = |change: &dyn Fn(&mut Filter)| {
            let mut filter = Filter::default();
            change(&mut filter);
            assert_eq!(filter.wrong(), None, "{filter:?}");
            filter.keeps(&wanted)
        };
        let text = |text: &str| Some(text.to_owned());
        assert!(filter(&|_| ()));
        assert!(filter(&|filter| filter.came = "kept".to_owned()));
        assert!(!filter(&|filter| filter.came = "unsaid".to_owned()));
        for (word, expected) in [("one", true), ("wanted", true), ("wish", true), ("both", false), ("unsaid", false)] {
            assert_eq!(filter(&|filter| filter.second = word.to_owned()), expected, "{word}");
        }
        for (between, and, expected) in [
            (text("Kansai"), text(""), true),
            (text(""), text("Kansai"), true),
            (text("Kansai"), None, true),
            (text("Kansai"), text("Kansai"), false),
            (text(""), text(""), false),
            (text("Lyon"), None, false),
        ] {
            let found = filter(&|filter| (filter.between, filter.and) = (between.clone(), and.clone()));
            assert_eq!(found, expected, "{between:?} {and:?}");
        }
        assert!(filter(&|filter| filter.participant = clinic.id.to_string()));
        assert!(!filter(&|filter| filter.participant = ParticipantId::new().to_string()));
        for (came, second, participant) in [("held", "", ""), ("", "perhaps", ""), ("", "", "me")] {
            let (came, second) = (came.to_owned(), second.to_owned());
            let filter = Filter { came, second, participant: participant.to_owned(), ..Filter::default() };
            assert!(filter.wrong().is_some(), "{filter:?}");
        }
    }
}
