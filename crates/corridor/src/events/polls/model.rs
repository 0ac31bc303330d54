//! The days that are proposed, what is said of them, and which suits best. Pure.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use jiff::ToSpan;
use uuid::Uuid;

use crate::{
    accounts::ClusterId,
    events::{
        delegations::DelegationState,
        model::{DelegationId, EventId, ParticipantId, Standing},
    },
    foundation::{
        errors::FieldProblem,
        time::{Day, Timestamp},
    },
};

/// The fewest days that a poll proposes: one is no question.
pub const FEWEST: usize = 2;
/// The most days that a poll proposes: more than that nobody answers.
pub const MOST: usize = 12;
/// How long who was written to is left alone before a reminder.
const QUIET_SECONDS: i64 = 24 * 3600;

/// Whether a day suits somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Suits {
    /// It does.
    Yes,
    /// It can be made possible.
    IfNeedBe,
    /// It does not.
    No,
}

impl Suits {
    /// All of them.
    pub const ALL: [Suits; 3] = [Suits::Yes, Suits::IfNeedBe, Suits::No];

    /// Its word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Suits::Yes => "yes",
            Suits::IfNeedBe => "if-need-be",
            Suits::No => "no",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Suits::ALL.into_iter().find(|suits| suits.key() == key)
    }
}

/// What a poll is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PollState {
    /// It is answered.
    Open,
    /// A day was chosen.
    Fixed,
    /// It was given up without a day.
    Ended,
}

impl PollState {
    /// Its word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            PollState::Open => "open",
            PollState::Fixed => "fixed",
            PollState::Ended => "ended",
        }
    }

    /// That of a word.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        [PollState::Open, PollState::Fixed, PollState::Ended].into_iter().find(|state| state.key() == key)
    }
}

/// The question on which day an event begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// Whose event it is.
    pub cluster: ClusterId,
    /// The event.
    pub event: EventId,
    /// Counts its saves.
    pub revision: i64,
    /// What it is at.
    pub state: PollState,
    /// The days on which the event could begin, the earliest first.
    pub proposals: Vec<Day>,
    /// The last day on which it is answered.
    pub until: Day,
    /// What the team writes to those it asks.
    pub message: String,
    /// The day that was chosen.
    pub fixed: Option<Day>,
    /// When it began.
    pub begun_at: Timestamp,
    /// When everybody who had not answered was written to last.
    pub written_at: Timestamp,
}

impl Poll {
    /// Whether it is answered on a day.
    #[must_use]
    pub fn takes_answers(&self, today: Day) -> bool {
        self.state == PollState::Open && today <= self.until
    }

    /// Whether who has not answered can be reminded now.
    #[must_use]
    pub fn reminds(&self, today: Day, now: Timestamp) -> bool {
        self.takes_answers(today) && self.written_at.plus_seconds(QUIET_SECONDS) <= now
    }

    /// Whether an answer says something of each day.
    #[must_use]
    pub fn is_answered_by(&self, answer: &Answer) -> bool {
        self.proposals.iter().all(|day| answer.contains_key(day))
    }
}

/// What somebody says of the days.
pub type Answer = BTreeMap<Day, Suits>;

/// Who has a voice: an organisation that takes part or is invited, or a cluster that is asked to come with a delegation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voter {
    /// An organisation.
    Participant(ParticipantId),
    /// A cluster.
    Delegation(DelegationId),
}

impl Voter {
    /// The id of the organisation's or the cluster's place at the event.
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Voter::Participant(id) => id.0,
            Voter::Delegation(id) => id.0,
        }
    }
}

/// Whether an organisation has a voice.
#[must_use]
pub fn has_a_voice(standing: Standing) -> bool {
    matches!(standing, Standing::Invited | Standing::Registered | Standing::Confirmed)
}

/// Whether an asked cluster has a voice.
#[must_use]
pub fn delegation_has_a_voice(state: DelegationState) -> bool {
    matches!(state, DelegationState::Asked | DelegationState::Accepted)
}

/// An answer as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// What was said.
    pub answer: Answer,
    /// Whether the team of the event said it in the other's place.
    pub by_team: bool,
    /// When.
    pub at: Timestamp,
}

/// What is said of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The day.
    pub day: Day,
    /// Whom it suits.
    pub yes: usize,
    /// Who can make it possible.
    pub if_need_be: usize,
    /// Who cannot.
    pub no: usize,
    /// Who has not said.
    pub silent: usize,
}

impl Tally {
    /// Who can come.
    #[must_use]
    pub fn can(&self) -> usize {
        self.yes + self.if_need_be
    }
}

/// The days with what is said of each, the best first: on which most can come; of these the one that suits most of them without
/// an effort; of these the one on which fewest say that they cannot; of these the earliest. Each voice counts alike.
#[must_use]
pub fn tallies<'a>(proposals: &[Day], answers: impl Iterator<Item = Option<&'a Answer>>) -> Vec<Tally> {
    let tally = |day: &Day| Tally { day: *day, yes: 0, if_need_be: 0, no: 0, silent: 0 };
    let mut found: Vec<Tally> = proposals.iter().map(tally).collect();
    for answer in answers {
        for tally in &mut found {
            let count = match answer.and_then(|answer| answer.get(&tally.day)) {
                Some(Suits::Yes) => &mut tally.yes,
                Some(Suits::IfNeedBe) => &mut tally.if_need_be,
                Some(Suits::No) => &mut tally.no,
                None => &mut tally.silent,
            };
            *count += 1;
        }
    }
    found.sort_by_key(|tally| (Reverse(tally.can()), Reverse(tally.yes), tally.no, tally.day));
    found
}

/// A poll as somebody typed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposed {
    /// The days; empty ones are left out.
    pub days: Vec<String>,
    /// The last day on which it is answered.
    pub until: String,
    /// What is written to those who are asked.
    pub message: String,
}

/// Reads the days of a poll, the earliest first, and until when it is answered: before the earliest of them, so that a
/// question never outlives its event.
///
/// # Errors
/// What cannot be so, by field: `day.0`, `day.1`… as typed, and `until`.
pub fn read(proposed: &Proposed, today: Day) -> Result<(Vec<Day>, Day), Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut wrong = |field: String, message: &str, value: &str| {
        problems.push(FieldProblem { field, message: message.to_owned(), value: value.to_owned() });
    };
    let mut days: BTreeSet<Day> = BTreeSet::new();
    let typed = proposed.days.iter().map(|text| text.trim()).enumerate().filter(|(_, text)| !text.is_empty());
    for (at, text) in typed {
        let field = format!("day.{at}");
        match text.parse::<Day>() {
            Err(_) => wrong(field, "events-wrong-day", text),
            Ok(day) if day <= today => wrong(field, "polls-wrong-past", text),
            Ok(day) if !days.insert(day) => wrong(field, "polls-wrong-twice", text),
            Ok(_) => {}
        }
    }
    let until: Option<Day> = proposed.until.trim().parse().ok();
    match (until, days.first()) {
        (None, _) => wrong("until".to_owned(), "events-wrong-day", proposed.until.trim()),
        (Some(until), _) if until < today => wrong("until".to_owned(), "polls-wrong-until-past", ""),
        (Some(until), Some(first)) if until >= *first => wrong("until".to_owned(), "polls-wrong-until", ""),
        _ => {}
    }
    if days.len() > MOST || days.len() < FEWEST {
        wrong("days".to_owned(), "polls-wrong-days", &days.len().to_string());
    }
    match until {
        Some(until) if problems.is_empty() => Ok((days.into_iter().collect(), until)),
        _ => Err(problems),
    }
}

/// Until when a poll is answered where nobody says otherwise: two weeks from now, before the first of its days.
#[must_use]
pub fn usual_end(first: Option<Day>, today: Day) -> Day {
    let two_weeks = today.0.checked_add(14.days()).map_or(today, Day);
    let before = first.and_then(|first| first.0.yesterday().ok()).map(Day);
    before.filter(|before| *before >= today).map_or(two_weeks, |before| before.min(two_weeks))
}

/// What of an answer is about the days of a poll.
///
/// # Errors
/// The problem where nothing is.
pub fn answer_to(poll: &Poll, said: &Answer) -> Result<Answer, FieldProblem> {
    let of: Answer = said.iter().filter(|(day, _)| poll.proposals.contains(day)).map(|(day, of)| (*day, *of)).collect();
    if of.is_empty() {
        let (field, message) = ("days".to_owned(), "polls-wrong-nothing".to_owned());
        return Err(FieldProblem { field, message, value: String::new() });
    }
    Ok(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn answer(words: &[(&str, Suits)]) -> Answer {
        words.iter().map(|(on, suits)| (day(on), *suits)).collect()
    }

    #[test]
    fn the_best_day_is_that_on_which_most_can_come() {
        use Suits::{IfNeedBe, No, Yes};
        let (a, b, c) = ("2027-03-10", "2027-03-17", "2027-03-24");
        let proposals = [day(a), day(b), day(c)];
        let order = |answers: &[Option<Answer>]| {
            let found = tallies(&proposals, answers.iter().map(Option::as_ref));
            found.iter().map(|tally| tally.day.to_string()).collect::<Vec<_>>()
        };
        // More can come on the second, although the first suits more of them without an effort.
        let answers = [
            Some(answer(&[(a, Yes), (b, IfNeedBe), (c, No)])),
            Some(answer(&[(a, Yes), (b, IfNeedBe), (c, No)])),
            Some(answer(&[(a, No), (b, IfNeedBe), (c, No)])),
        ];
        assert_eq!(order(&answers), [b, a, c]);
        // As many can come: «yes» goes before «if need be».
        let answers =
            [Some(answer(&[(a, IfNeedBe), (b, Yes), (c, Yes)])), Some(answer(&[(a, Yes), (b, Yes), (c, No)]))];
        assert_eq!(order(&answers), [b, a, c]);
        // As many can and gladly: the one that fewer refuse, and who is silent is no refusal.
        let answers = [Some(answer(&[(a, No), (b, Yes)])), Some(answer(&[(a, Yes)])), Some(answer(&[(c, Yes)])), None];
        assert_eq!(order(&answers), [b, c, a]);
        assert_eq!(order(&[None]), [a, b, c], "and the earliest where nothing else tells them apart");
        let found = tallies(&proposals, answers.iter().map(Option::as_ref));
        assert!(found.iter().all(|tally| tally.can() + tally.no + tally.silent == 4));
    }

    #[test]
    fn what_cannot_be_asked_is_named_where_it_stands() {
        let today = day("2026-11-01");
        let wrong = |days: &[&str], until: &str| -> Vec<(String, String)> {
            let days = days.iter().map(|day| (*day).to_owned()).collect();
            let found = read(&Proposed { days, until: until.to_owned(), ..Proposed::default() }, today);
            found.unwrap_err().into_iter().map(|problem| (problem.field, problem.message)).collect()
        };
        let told = |field: &str, message: &str| (field.to_owned(), message.to_owned());
        assert_eq!(wrong(&["2027-03-10", "soon", "2027-03-11"], "2026-12-01"), [told("day.1", "events-wrong-day")]);
        assert_eq!(
            wrong(&["2027-03-10", "", "2026-11-01", "2027-03-12"], "2026-12-01"),
            [told("day.2", "polls-wrong-past")]
        );
        assert_eq!(
            wrong(&["2027-03-10", "10/03/2027", "2027-03-12"], "2026-12-01"),
            [told("day.1", "polls-wrong-twice")]
        );
        assert_eq!(wrong(&["2027-03-10"], "2026-12-01"), [told("days", "polls-wrong-days")]);
        let many: Vec<String> = (1..=13).map(|on| format!("2027-03-{on:02}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(wrong(&many, "2026-12-01"), [told("days", "polls-wrong-days")]);
        assert_eq!(wrong(&["2027-03-10", "2027-03-12"], ""), [told("until", "events-wrong-day")]);
        assert_eq!(wrong(&["2027-03-10", "2027-03-12"], "2026-10-31"), [told("until", "polls-wrong-until-past")]);
        assert_eq!(wrong(&["2027-03-10", "2027-03-12"], "2027-03-10"), [told("until", "polls-wrong-until")]);
        let days = ["2027-03-12", " 2027-03-10 ", ""].map(str::to_owned).to_vec();
        let good = Proposed { days, until: "2027-03-09".to_owned(), ..Proposed::default() };
        assert_eq!(read(&good, today), Ok((vec![day("2027-03-10"), day("2027-03-12")], day("2027-03-09"))));
    }

    #[test]
    fn a_poll_ends_in_two_weeks_or_before_its_first_day() {
        let today = day("2026-11-01");
        assert_eq!(usual_end(None, today), day("2026-11-15"));
        assert_eq!(usual_end(Some(day("2027-03-10")), today), day("2026-11-15"));
        assert_eq!(usual_end(Some(day("2026-11-05")), today), day("2026-11-04"));
        assert_eq!(usual_end(Some(day("2026-10-05")), today), day("2026-11-15"), "a day that has passed says nothing");
    }

    #[test]
    fn a_poll_is_answered_until_its_last_day_and_reminds_once_a_day() {
        let poll = Poll {
            cluster: ClusterId::new(),
            event: EventId::new(),
            revision: 1,
            state: PollState::Open,
            proposals: vec![day("2027-03-10"), day("2027-03-12")],
            until: day("2026-12-01"),
            message: String::new(),
            fixed: None,
            begun_at: Timestamp(0),
            written_at: Timestamp(0),
        };
        let (last, after) = (day("2026-12-01"), day("2026-12-02"));
        let (soon, later) = (Timestamp(86_399_000_000), Timestamp(86_400_000_000));
        assert!(poll.takes_answers(last) && !poll.takes_answers(after));
        assert!(poll.reminds(last, later) && !poll.reminds(last, soon) && !poll.reminds(after, later));
        for state in [PollState::Fixed, PollState::Ended] {
            let over = Poll { state, ..poll.clone() };
            assert!(!over.takes_answers(last) && !over.reminds(last, later));
        }
        let half = answer(&[("2027-03-10", Suits::Yes), ("2027-04-01", Suits::Yes)]);
        assert!(!poll.is_answered_by(&half));
        assert_eq!(answer_to(&poll, &half).unwrap(), answer(&[("2027-03-10", Suits::Yes)]), "other days are left out");
        assert!(answer_to(&poll, &answer(&[("2027-04-01", Suits::Yes)])).is_err());
    }
}
