//! The submissions of a cluster as a list: which a question keeps, and how often they were granted.

use std::collections::{BTreeMap, BTreeSet};

use super::{AnswerKind, Submission};
use crate::{
    calls::escaped,
    consortia::{MemberRole, model::worded},
    directory::OrganisationId,
    foundation::errors::Error,
};

worded! {
    /// What part the members of the cluster have in a submission.
    ClusterPart {
        /// One of them coordinates.
        #[default]
        Coordinator = "coordinator",
        /// Some take part.
        Partner = "partner",
        /// None does.
        Nobody = "nobody",
    }
}

/// Who took part in a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participant {
    /// The organisation, as it is known now.
    pub organisation: OrganisationId,
    /// Its role.
    pub role: MemberRole,
    /// Whether it is a member of the cluster.
    pub own: bool,
}

/// A submission in the list of the cluster.
#[derive(Clone, Debug)]
pub struct Line {
    /// The submission.
    pub submission: Submission,
    /// The name of the draft.
    pub draft_name: String,
    /// The identifier of the topic.
    pub topic: Option<String>,
    /// The title of the topic.
    pub topic_title: Option<String>,
    /// Who took part.
    pub participants: Vec<Participant>,
}

impl Line {
    /// The part of the cluster's members.
    pub fn part(&self) -> ClusterPart {
        let own = || self.participants.iter().filter(|one| one.own);
        if own().any(|one| one.role == MemberRole::Coordinator) {
            ClusterPart::Coordinator
        } else if own().next().is_some() {
            ClusterPart::Partner
        } else {
            ClusterPart::Nobody
        }
    }

    /// The year in which it was submitted.
    pub fn year(&self) -> String {
        self.submission.on.to_string().chars().take(4).collect()
    }

    /// The value of a question.
    fn value(&self, by: By) -> String {
        match by {
            By::Instrument => self.submission.instrument.clone().unwrap_or_else(|| NONE.to_owned()),
            By::Year => self.year(),
            By::Part => self.part().key().to_owned(),
        }
    }
}

/// The word for no instrument in a question.
pub const NONE: &str = "none";

/// By what submissions are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The instrument.
    Instrument,
    /// The year of submission.
    Year,
    /// The part of the cluster's members.
    Part,
}

impl By {
    /// All of them, in the order of the page.
    pub const ALL: [By; 3] = [By::Instrument, By::Year, By::Part];

    /// The name in addresses.
    pub fn key(self) -> &'static str {
        match self {
            By::Instrument => "instrument",
            By::Year => "year",
            By::Part => "part",
        }
    }
}

/// Which submissions somebody asks for; an empty value asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// The id of an instrument, or `none`.
    pub instrument: String,
    /// The year of submission, in four digits.
    #[param(pattern = "^([0-9]{4})?$")]
    pub year: String,
    /// The answer that counts: `waiting`, `granted`, `reserve`, `rejected`, `withdrawn` or `invited`; `decided` for granted
    /// and rejected together.
    #[param(pattern = "^(waiting|granted|reserve|rejected|withdrawn|invited|decided)?$")]
    pub state: String,
    /// The part of the cluster's members: `coordinator`, `partner` or `nobody`.
    #[param(pattern = "^(coordinator|partner|nobody)?$")]
    pub part: String,
    /// The identifier of a topic.
    pub topic: String,
    /// An organisation that took part, by its id.
    #[param(pattern = "^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$")]
    pub organisation: String,
}

/// The word for what was granted or rejected.
pub const DECIDED: &str = "decided";

impl Filter {
    fn pairs(&self) -> [(&'static str, &String); 6] {
        [
            ("instrument", &self.instrument),
            ("year", &self.year),
            ("state", &self.state),
            ("part", &self.part),
            ("topic", &self.topic),
            ("organisation", &self.organisation),
        ]
    }

    /// The address of the list with this question.
    pub fn query(&self) -> String {
        let given = self.pairs().into_iter().filter(|(_, value)| !value.is_empty());
        given.map(|(name, value)| format!("{name}={}", escaped(value))).collect::<Vec<_>>().join("&")
    }

    /// The names and values that ask for something.
    pub fn given(&self) -> Vec<(&'static str, String)> {
        let given = self.pairs().into_iter().filter(|(_, value)| !value.is_empty());
        given.map(|(name, value)| (name, value.clone())).collect()
    }

    /// The same with another value.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        let field = match name {
            "instrument" => &mut other.instrument,
            "year" => &mut other.year,
            "state" => &mut other.state,
            "part" => &mut other.part,
            "topic" => &mut other.topic,
            _ => &mut other.organisation,
        };
        value.clone_into(field);
        other
    }

    /// Refuses values that no submission can have, so that a slip is not read as «none».
    ///
    /// # Errors
    /// Names the parameter and what it may be.
    pub fn sound(&self) -> Result<(), Error> {
        let state = |word: &str| word == "waiting" || word == DECIDED || AnswerKind::of(word).is_some();
        if !self.state.is_empty() && !state(&self.state) {
            let known: Vec<&str> = AnswerKind::ALL.iter().map(|kind| kind.key()).chain(["waiting", DECIDED]).collect();
            return Err(Error::input(format!("there is no state {}: one of {}", self.state, known.join(", "))));
        }
        if !self.part.is_empty() && ClusterPart::of(&self.part).is_none() {
            return Err(Error::input(format!("there is no part {}: one of coordinator, partner, nobody", self.part)));
        }
        let a_year = self.year.len() == 4 && self.year.bytes().all(|byte| byte.is_ascii_digit());
        if !(self.year.is_empty() || a_year) {
            return Err(Error::input(format!("{} is no year: write four digits", self.year)));
        }
        if !self.organisation.is_empty() && self.organisation.parse::<OrganisationId>().is_err() {
            return Err(Error::input(format!("{} is no id of an organisation", self.organisation)));
        }
        Ok(())
    }

    /// Whether it keeps a submission.
    pub fn keeps(&self, line: &Line) -> bool {
        let is = |asked: &str, value: &str| asked.is_empty() || asked == value;
        let state = line.submission.state();
        let organisation = self.organisation.parse::<OrganisationId>().ok();
        is(&self.instrument, &line.value(By::Instrument))
            && is(&self.year, &line.year())
            && is(&self.part, line.part().key())
            && (is(&self.state, state) || (self.state == DECIDED && matches!(state, "granted" | "rejected")))
            && (self.topic.is_empty()
                || line.topic.as_ref().is_some_and(|topic| topic.eq_ignore_ascii_case(&self.topic)))
            && (self.organisation.is_empty()
                || organisation.is_some_and(|asked| line.participants.iter().any(|one| one.organisation == asked)))
    }
}

/// What became of some submissions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many of each state.
    pub states: BTreeMap<&'static str, usize>,
    /// The grants together, in cents.
    pub grant_cents: i64,
}

impl Tally {
    /// Counts submissions.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Self {
        let mut tally = Tally::default();
        for line in lines {
            *tally.states.entry(line.submission.state()).or_default() += 1;
            let grant = line.submission.answer().and_then(|answer| answer.grant.grant_cents).unwrap_or_default();
            tally.grant_cents = tally.grant_cents.saturating_add(grant);
        }
        tally
    }

    /// How many are of a state.
    pub fn count(&self, state: &str) -> usize {
        self.states.get(state).copied().unwrap_or_default()
    }

    /// How many there are.
    pub fn all(&self) -> usize {
        self.states.values().sum()
    }

    /// How many were granted or rejected: what waits, stands in reserve, was taken back or goes on at the next stage is
    /// neither.
    pub fn decided(&self) -> usize {
        self.count("granted") + self.count("rejected")
    }

    /// The share of the decided ones that was granted; none while none is decided.
    pub fn rate(&self) -> Option<f64> {
        (self.decided() > 0).then(|| self.count("granted") as f64 / self.decided() as f64)
    }
}

/// What became of submissions by the values of a question, in order; years newest first.
pub fn tallies(lines: &[Line], by: By) -> Vec<(String, Tally)> {
    let values: BTreeSet<String> = lines.iter().map(|line| line.value(by)).collect();
    let mut found: Vec<(String, Tally)> = values
        .into_iter()
        .map(|value| {
            let of = Tally::of(lines.iter().filter(|line| line.value(by) == value));
            (value, of)
        })
        .collect();
    if by == By::Year {
        found.reverse();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Answer, AnswerId, Grant, Marks, SubmissionId},
        *,
    };
    use crate::{consortia::DraftId, foundation::time::Timestamp};

    fn line(on: &str, instrument: &str, state: &str, role: MemberRole, own: bool) -> Line {
        let answers = AnswerKind::of(state).map(|kind| Answer {
            id: AnswerId::new(),
            kind,
            on: "2026-08-01".parse().unwrap(),
            marks: Marks::default(),
            summary: String::new(),
            grant: Grant { grant_cents: (kind == AnswerKind::Granted).then_some(500), ..Grant::default() },
            person: None,
            recorded_at: Timestamp(0),
        });
        let submission = Submission {
            id: SubmissionId::new(),
            draft: DraftId::new(),
            revision: 1,
            stage: None,
            instrument: Some(instrument.to_owned()).filter(|id| !id.is_empty()),
            topic: None,
            on: on.parse().unwrap(),
            reference: String::new(),
            person: None,
            recorded_at: Timestamp(0),
            changes: 1,
            answers: answers.into_iter().collect(),
        };
        let participants = vec![Participant { organisation: OrganisationId::new(), role, own }];
        Line { submission, draft_name: String::new(), topic: Some("T-1".into()), topic_title: None, participants }
    }

    fn some() -> Vec<Line> {
        use MemberRole::{Beneficiary, Coordinator};
        vec![
            line("2026-03-01", "ria", "granted", Coordinator, true),
            line("2026-02-01", "ria", "rejected", Beneficiary, true),
            line("2025-02-01", "ria", "rejected", Coordinator, false),
            line("2025-03-01", "eic", "waiting", Beneficiary, true),
            line("2025-04-01", "", "invited", Beneficiary, true),
            line("2025-05-01", "eic", "reserve", Beneficiary, false),
        ]
    }

    #[test]
    fn what_is_open_is_no_failure() {
        let lines = some();
        let all = Tally::of(&lines);
        assert_eq!((all.all(), all.decided(), all.grant_cents), (6, 3, 500));
        assert_eq!(all.rate(), Some(1.0 / 3.0));
        let eic = tallies(&lines, By::Instrument);
        assert_eq!(eic.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["eic", "none", "ria"]);
        assert_eq!((eic[0].1.rate(), eic[2].1.rate()), (None, Some(1.0 / 3.0)));
        let years: Vec<(String, Option<f64>)> =
            tallies(&lines, By::Year).into_iter().map(|(year, of)| (year, of.rate())).collect();
        assert_eq!(years, [("2026".to_owned(), Some(0.5)), ("2025".to_owned(), Some(0.0))]);
        let parts: Vec<(String, usize)> =
            tallies(&lines, By::Part).into_iter().map(|(part, of)| (part, of.all())).collect();
        assert_eq!(parts, [("coordinator".to_owned(), 1), ("nobody".to_owned(), 2), ("partner".to_owned(), 3)]);
    }

    #[test]
    fn every_count_opens_on_as_many_records() {
        let lines = some();
        for by in By::ALL {
            for (value, of) in tallies(&lines, by) {
                let asked = Filter::default().with(by.key(), &value);
                let kept = |filter: &Filter| lines.iter().filter(|line| filter.keeps(line)).count();
                assert_eq!(kept(&asked), of.all(), "{by:?} {value}");
                assert_eq!(kept(&asked.with("state", DECIDED)), of.decided(), "{by:?} {value}");
                for (state, count) in &of.states {
                    assert_eq!(kept(&asked.with("state", state)), *count, "{by:?} {value} {state}");
                }
            }
        }
        let organisation = lines[0].participants[0].organisation.to_string();
        let asked = Filter::default().with("organisation", &organisation).with("topic", "t-1");
        assert_eq!(lines.iter().filter(|line| asked.keeps(line)).count(), 1);
        assert_eq!(asked.query(), format!("topic=t-1&organisation={organisation}"));
    }

    #[test]
    fn a_slip_in_a_question_is_told() {
        for (name, value) in [("state", "won"), ("part", "leader"), ("year", "26"), ("organisation", "x")] {
            assert!(matches!(Filter::default().with(name, value).sound(), Err(Error::Input(_))), "{name}={value}");
        }
        for (name, value) in [("state", "waiting"), ("state", DECIDED), ("year", "2026"), ("instrument", "any")] {
            assert!(Filter::default().with(name, value).sound().is_ok(), "{name}={value}");
        }
    }
}
