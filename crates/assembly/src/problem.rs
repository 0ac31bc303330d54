//! What is asked: candidates, the worth of working together, and the rules.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Largest cost of one candidate; keeps every sum of shares inside 64 bits.
pub const COST_LIMIT: i64 = 1_000_000_000_000;
/// Largest fit of one candidate or bonus of one pair.
pub const WORTH_LIMIT: i64 = 1_000_000_000_000;
/// Largest number of candidates.
pub const CANDIDATE_LIMIT: usize = 20_000;

/// One organisation that may become a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Identifier of the organisation, unique in the problem.
    pub id: String,
    /// Country code; rules read it only through [`Problem::labels`].
    pub country: String,
    /// Kind of organisation; rules read it only through [`Problem::group`].
    pub kind: String,
    /// Further properties by name (`sme`, `member_state`, ...), for [`Problem::group`].
    pub flags: Vec<String>,
    /// What its part costs, in any one currency unit.
    pub cost: i64,
    /// How well it fits, in millionths.
    pub fit_ppm: i64,
    /// Numbers of the competences it holds, for [`Problem::group`].
    pub competences: Vec<usize>,
}

impl Candidate {
    /// True when the candidate carries the flag.
    #[must_use]
    pub fn has_flag(&self, flag: &str) -> bool {
        self.flags.iter().any(|own| own == flag)
    }
}

/// What two candidates add when both are members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// One candidate, by its place in [`Problem::candidates`].
    pub first: usize,
    /// The other candidate.
    pub second: usize,
    /// The bonus in millionths, not negative.
    pub bonus_ppm: i64,
}

/// An exact share of a total, as a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Upper part of the fraction.
    pub part: u32,
    /// Lower part of the fraction, 1 to 100.
    pub whole: u32,
}

impl Share {
    /// A share in whole percent.
    #[must_use]
    pub const fn percent(part: u32) -> Self {
        Self { part, whole: 100 }
    }
}

/// A set of candidates that a rule counts, by place in [`Problem::candidates`].
pub type Group = Vec<usize>;

/// What a rule asks; every rule is hard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum RuleKind {
    /// At least so many members.
    SizeMin {
        /// The least number.
        value: usize,
    },
    /// At most so many members.
    SizeMax {
        /// The largest number.
        value: usize,
    },
    /// At least so many members out of a group.
    CountMin {
        /// Who counts.
        group: Group,
        /// The least number.
        value: usize,
    },
    /// At most so many members out of a group.
    CountMax {
        /// Who counts.
        group: Group,
        /// The largest number.
        value: usize,
    },
    /// At least so many different labels (countries, regions) among the members.
    DistinctMin {
        /// The label of each candidate, `None` where it has none that counts.
        labels: Vec<Option<u32>>,
        /// The least number of different labels.
        value: usize,
    },
    /// The members together cost at most this.
    BudgetMax {
        /// The largest total.
        value: i64,
    },
    /// The members together cost at least this.
    BudgetMin {
        /// The least total.
        value: i64,
    },
    /// No single member of the group costs more than this share of the total.
    EntityShareMax {
        /// Who is looked at.
        group: Group,
        /// The largest share.
        share: Share,
    },
    /// The members under one label together cost at most this share of the total, for every label.
    LabelShareMax {
        /// The label of each candidate, `None` where the rule does not look.
        labels: Vec<Option<u32>>,
        /// The largest share.
        share: Share,
    },
    /// The members out of the group together cost at most this share of the total.
    GroupShareMax {
        /// Whose cost is added.
        group: Group,
        /// The largest share.
        share: Share,
    },
    /// The members out of the group together cost at least this share of the total.
    GroupShareMin {
        /// Whose cost is added.
        group: Group,
        /// The least share.
        share: Share,
    },
    /// The candidate is a member (a coordinator, somebody already in).
    Require {
        /// The candidate.
        candidate: usize,
    },
    /// The candidate is not a member.
    Exclude {
        /// The candidate.
        candidate: usize,
    },
    /// The two are not members together.
    ForbidPair {
        /// One candidate.
        first: usize,
        /// The other.
        second: usize,
    },
    /// A weighted count of members is at most this; for what no other kind says.
    WeightMax {
        /// Weight by candidate; absent candidates weigh nothing.
        weights: Vec<(usize, i64)>,
        /// The largest sum.
        value: i64,
    },
}

/// One rule with the identifier by which answers name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Identifier, unique in the problem.
    pub id: String,
    /// What it asks.
    #[serde(flatten)]
    pub kind: RuleKind,
}

impl Rule {
    /// A rule with its identifier.
    pub fn new(id: impl Into<String>, kind: RuleKind) -> Self {
        Self { id: id.into(), kind }
    }
}

/// Everything the engine needs to know: the best non-empty set of candidates that keeps every rule is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Name, repeated in answers.
    pub name: String,
    /// Who may become a member.
    pub candidates: Vec<Candidate>,
    /// Who is worth more together; each pair at most once.
    pub pairs: Vec<Pair>,
    /// What must hold.
    pub rules: Vec<Rule>,
}

/// Why a problem cannot be read as one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProblemError {
    /// There is nobody to choose from.
    #[error("candidates: the list is empty, at least one candidate is needed")]
    NoCandidates,
    /// There are more candidates than sums in 64 bits allow.
    #[error("candidates: {count} are too many, at most {CANDIDATE_LIMIT} are possible")]
    TooManyCandidates {
        /// How many there are.
        count: usize,
    },
    /// Two candidates share an identifier.
    #[error("candidates[{index}].id: {id:?} is already used by candidates[{earlier}]")]
    CandidateRepeated {
        /// Place of the second one.
        index: usize,
        /// Place of the first one.
        earlier: usize,
        /// The identifier.
        id: String,
    },
    /// A number is outside its range.
    #[error("{place}: {value} is not between {least} and {most}")]
    OutOfRange {
        /// Where it stands.
        place: String,
        /// The number.
        value: i64,
        /// Least possible value.
        least: i64,
        /// Largest possible value.
        most: i64,
    },
    /// A candidate number does not exist.
    #[error("{place}: there is no candidate {index}, the last one is {last}")]
    NoSuchCandidate {
        /// Where it stands.
        place: String,
        /// The number given.
        index: usize,
        /// The largest number possible.
        last: usize,
    },
    /// A pair joins a candidate with itself.
    #[error("{place}: both ends are candidate {index}, give two different candidates")]
    PairOfOne {
        /// Where it stands.
        place: String,
        /// The candidate.
        index: usize,
    },
    /// A pair is listed twice.
    #[error("pairs[{index}]: candidates {first} and {second} are already paired in pairs[{earlier}]")]
    PairRepeated {
        /// Place of the second one.
        index: usize,
        /// Place of the first one.
        earlier: usize,
        /// One candidate.
        first: usize,
        /// The other.
        second: usize,
    },
    /// Two rules share an identifier.
    #[error("rules[{index}].id: {id:?} is already used by rules[{earlier}]")]
    RuleRepeated {
        /// Place of the second one.
        index: usize,
        /// Place of the first one.
        earlier: usize,
        /// The identifier.
        id: String,
    },
    /// A list that has an entry a candidate has another length.
    #[error("{place}: {count} labels for {wanted} candidates, give one (or null) for each")]
    LabelCount {
        /// Where it stands.
        place: String,
        /// How many there are.
        count: usize,
        /// How many are needed.
        wanted: usize,
    },
    /// A candidate stands twice in one list.
    #[error("{place}: candidate {index} is listed twice")]
    ListedTwice {
        /// Where it stands.
        place: String,
        /// The candidate.
        index: usize,
    },
}

impl Problem {
    /// The candidates that satisfy a predicate, as a group for a rule.
    pub fn group(&self, mut counts: impl FnMut(&Candidate) -> bool) -> Group {
        (0..self.candidates.len()).filter(|&i| counts(&self.candidates[i])).collect()
    }

    /// A label for each candidate from a text such as its country; `None` does not count.
    pub fn labels<'a>(&'a self, mut label: impl FnMut(&'a Candidate) -> Option<&'a str>) -> Vec<Option<u32>> {
        let mut seen = std::collections::BTreeMap::new();
        self.candidates
            .iter()
            .map(|candidate| {
                let text = label(candidate)?;
                let next = u32::try_from(seen.len()).ok()?;
                Some(*seen.entry(text).or_insert(next))
            })
            .collect()
    }

    /// Add a rule.
    pub fn add(&mut self, id: impl Into<String>, kind: RuleKind) {
        self.rules.push(Rule::new(id, kind));
    }

    /// Say what is wrong with the problem, if anything.
    ///
    /// # Errors
    /// Names the first place whose value cannot be used.
    pub fn validate(&self) -> Result<(), ProblemError> {
        let n = self.candidates.len();
        if n == 0 {
            return Err(ProblemError::NoCandidates);
        }
        if n > CANDIDATE_LIMIT {
            return Err(ProblemError::TooManyCandidates { count: n });
        }
        let mut ids = std::collections::HashMap::with_capacity(n);
        for (index, candidate) in self.candidates.iter().enumerate() {
            if let Some(earlier) = ids.insert(candidate.id.as_str(), index) {
                return Err(ProblemError::CandidateRepeated { index, earlier, id: candidate.id.clone() });
            }
            within(|| format!("candidates[{index}].cost"), candidate.cost, 0, COST_LIMIT)?;
            within(|| format!("candidates[{index}].fit_ppm"), candidate.fit_ppm, 0, WORTH_LIMIT)?;
        }
        // pairs that come in rising order, as they mostly do, cannot repeat
        let (mut rising, mut last) = (true, None);
        for (index, pair) in self.pairs.iter().enumerate() {
            let place = || format!("pairs[{index}]");
            exists(place, pair.first, n)?;
            exists(place, pair.second, n)?;
            if pair.first == pair.second {
                return Err(ProblemError::PairOfOne { place: place(), index: pair.first });
            }
            within(|| format!("pairs[{index}].bonus_ppm"), pair.bonus_ppm, 0, WORTH_LIMIT)?;
            let key = (pair.first.min(pair.second), pair.first.max(pair.second));
            rising &= last < Some(key);
            last = Some(key);
        }
        if !rising {
            self.pairs_once()?;
        }
        let mut named = std::collections::HashMap::with_capacity(self.rules.len());
        for (index, rule) in self.rules.iter().enumerate() {
            if let Some(earlier) = named.insert(rule.id.as_str(), index) {
                return Err(ProblemError::RuleRepeated { index, earlier, id: rule.id.clone() });
            }
            validate_rule(index, rule, n)?;
        }
        Ok(())
    }
}

impl Problem {
    fn pairs_once(&self) -> Result<(), ProblemError> {
        let mut joined = std::collections::HashMap::with_capacity(self.pairs.len());
        for (index, pair) in self.pairs.iter().enumerate() {
            let key = (pair.first.min(pair.second), pair.first.max(pair.second));
            if let Some(earlier) = joined.insert(key, index) {
                return Err(ProblemError::PairRepeated { index, earlier, first: key.0, second: key.1 });
            }
        }
        Ok(())
    }
}

fn validate_rule(index: usize, rule: &Rule, n: usize) -> Result<(), ProblemError> {
    let place = || format!("rules[{index}] ({})", rule.id);
    match &rule.kind {
        RuleKind::SizeMin { .. } | RuleKind::SizeMax { .. } => Ok(()),
        RuleKind::CountMin { group, .. } | RuleKind::CountMax { group, .. } => listed_once(place, group.iter(), n),
        RuleKind::DistinctMin { labels, .. } => one_each(place, labels, n),
        RuleKind::BudgetMax { value } | RuleKind::BudgetMin { value } => {
            within(place, *value, 0, COST_LIMIT * CANDIDATE_LIMIT as i64)
        }
        RuleKind::EntityShareMax { group, share }
        | RuleKind::GroupShareMax { group, share }
        | RuleKind::GroupShareMin { group, share } => {
            fraction(place, *share)?;
            listed_once(place, group.iter(), n)
        }
        RuleKind::LabelShareMax { labels, share } => {
            fraction(place, *share)?;
            one_each(place, labels, n)
        }
        RuleKind::Require { candidate } | RuleKind::Exclude { candidate } => exists(place, *candidate, n),
        RuleKind::ForbidPair { first, second } => {
            exists(place, *first, n)?;
            exists(place, *second, n)?;
            if first == second {
                return Err(ProblemError::PairOfOne { place: place(), index: *first });
            }
            Ok(())
        }
        RuleKind::WeightMax { weights, value } => {
            let most = COST_LIMIT * 100;
            within(place, *value, -most * 100, most * 100)?;
            for &(_, weight) in weights {
                within(place, weight, -most, most)?;
            }
            listed_once(place, weights.iter().map(|(candidate, _)| candidate), n)
        }
    }
}

fn within(place: impl Fn() -> String, value: i64, least: i64, most: i64) -> Result<(), ProblemError> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(ProblemError::OutOfRange { place: place(), value, least, most })
    }
}

fn exists(place: impl Fn() -> String, index: usize, n: usize) -> Result<(), ProblemError> {
    if index < n { Ok(()) } else { Err(ProblemError::NoSuchCandidate { place: place(), index, last: n - 1 }) }
}

fn listed_once<'a>(
    place: impl Fn() -> String,
    list: impl Iterator<Item = &'a usize>,
    n: usize,
) -> Result<(), ProblemError> {
    let mut seen = vec![false; n];
    for &index in list {
        exists(&place, index, n)?;
        if std::mem::replace(&mut seen[index], true) {
            return Err(ProblemError::ListedTwice { place: place(), index });
        }
    }
    Ok(())
}

fn one_each(place: impl Fn() -> String, labels: &[Option<u32>], n: usize) -> Result<(), ProblemError> {
    if labels.len() == n {
        Ok(())
    } else {
        Err(ProblemError::LabelCount { place: place(), count: labels.len(), wanted: n })
    }
}

fn fraction(place: impl Fn() -> String, share: Share) -> Result<(), ProblemError> {
    within(&place, i64::from(share.whole), 1, 100)?;
    within(place, i64::from(share.part), 0, i64::from(share.whole))
}
