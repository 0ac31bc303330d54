//! The exchange format `corridor-assembly-1`: one JSON file, plain or compressed with zstd.

use std::collections::HashSet;
use std::io::Read;

use serde::Deserialize;
use thiserror::Error;

use crate::problem::{Candidate, Pair, Problem, ProblemError, RuleKind, Share};

/// Name of the format.
pub const FORMAT: &str = "corridor-assembly-1";
/// Largest size of an instance once decompressed, in bytes.
pub const SIZE_LIMIT: u64 = 512 << 20;

/// Why a text is not an instance.
#[derive(Debug, Error)]
pub enum InstanceError {
    /// Not JSON, or a field is missing or of another type.
    #[error("line {line} column {column}: {text}")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the reader says.
        text: String,
    },
    /// Compressed data is broken.
    #[error("the file ends in .zst but cannot be decompressed: {0}")]
    Compressed(std::io::Error),
    /// Too large once decompressed.
    #[error("the instance is larger than {SIZE_LIMIT} bytes")]
    TooLarge,
    /// Another format.
    #[error("format: {found:?} is not known, {FORMAT:?} is expected")]
    Format {
        /// What stands there.
        found: String,
    },
    /// A rule kind that does not exist.
    #[error("rules[{index}].kind: {kind:?} is not known; known are {known}", known = KINDS.join(", "))]
    UnknownKind {
        /// Place of the rule.
        index: usize,
        /// What stands there.
        kind: String,
    },
    /// A rule without a field that its kind needs.
    #[error("rules[{index}] ({id}): kind {kind:?} needs the field {field:?}")]
    MissingField {
        /// Place of the rule.
        index: usize,
        /// Its identifier.
        id: String,
        /// Its kind.
        kind: String,
        /// The field.
        field: &'static str,
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
    /// A pair whose first end is not the smaller.
    #[error("pairs[{index}]: the first candidate {first} must have a smaller number than the second, {second}")]
    PairOrder {
        /// Place of the pair.
        index: usize,
        /// First end.
        first: usize,
        /// Second end.
        second: usize,
    },
    /// Numbers do not fit together.
    #[error(transparent)]
    Problem(#[from] ProblemError),
}

const KINDS: [&str; 13] = [
    "size_min",
    "size_max",
    "member_states_min",
    "countries_min",
    "type_min",
    "type_max",
    "sme_min",
    "cover",
    "budget_max",
    "entity_share_max",
    "country_share_max",
    "coordinator",
    "forbid_pair",
];

#[derive(Deserialize)]
struct InstanceText {
    format: String,
    name: String,
    #[serde(default)]
    competences: Vec<String>,
    candidates: Vec<CandidateText>,
    #[serde(default)]
    pairs: Vec<(usize, usize, i64)>,
    #[serde(default)]
    rules: Vec<RuleText>,
}

#[derive(Deserialize)]
struct CandidateText {
    id: String,
    country: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    sme: bool,
    #[serde(default)]
    member_state: bool,
    #[serde(default)]
    eligible: bool,
    cost_eur: i64,
    fit_ppm: i64,
    #[serde(default)]
    competences: Vec<usize>,
}

#[derive(Deserialize)]
struct RuleText {
    id: String,
    kind: String,
    value: Option<i64>,
    value_eur: Option<i64>,
    percent: Option<i64>,
    #[serde(rename = "type")]
    type_: Option<String>,
    competence: Option<usize>,
    candidate: Option<usize>,
    candidates: Option<(usize, usize)>,
}

/// Read an instance; `compressed` says whether the bytes are zstd.
///
/// # Errors
/// Names the place of the first thing that cannot be used.
pub fn read(bytes: &[u8], compressed: bool) -> Result<Problem, InstanceError> {
    if !compressed {
        return parse(bytes);
    }
    let mut text = Vec::new();
    zstd::stream::read::Decoder::new(bytes)
        .and_then(|decoder| decoder.take(SIZE_LIMIT + 1).read_to_end(&mut text))
        .map_err(InstanceError::Compressed)?;
    if text.len() as u64 > SIZE_LIMIT {
        return Err(InstanceError::TooLarge);
    }
    parse(&text)
}

/// Read an instance from JSON text.
///
/// # Errors
/// Names the place of the first thing that cannot be used.
pub fn parse(text: &[u8]) -> Result<Problem, InstanceError> {
    let raw: InstanceText = serde_json::from_slice(text).map_err(|error| InstanceError::Json {
        line: error.line(),
        column: error.column(),
        text: strip_position(&error.to_string()),
    })?;
    if raw.format != FORMAT {
        return Err(InstanceError::Format { found: raw.format });
    }
    let mut problem = Problem { name: raw.name, ..Problem::default() };
    let known = raw.competences.len();
    for (index, text) in raw.candidates.into_iter().enumerate() {
        in_range(|| format!("candidates[{index}].fit_ppm"), text.fit_ppm, 0, 1_000_000)?;
        in_range(|| format!("candidates[{index}].cost_eur"), text.cost_eur, 1, crate::problem::COST_LIMIT)?;
        for &competence in &text.competences {
            competence_exists(|| format!("candidates[{index}].competences"), competence, known)?;
        }
        let flags = [("sme", text.sme), ("member_state", text.member_state), ("eligible", text.eligible)];
        problem.candidates.push(Candidate {
            id: text.id,
            country: text.country,
            kind: text.kind,
            flags: flags.iter().filter(|(_, on)| *on).map(|(flag, _)| (*flag).to_owned()).collect(),
            cost: text.cost_eur,
            fit_ppm: text.fit_ppm,
            competences: text.competences,
        });
    }
    for (index, (first, second, bonus_ppm)) in raw.pairs.into_iter().enumerate() {
        if first > second {
            return Err(InstanceError::PairOrder { index, first, second });
        }
        problem.pairs.push(Pair { first, second, bonus_ppm });
    }
    for (index, rule) in raw.rules.into_iter().enumerate() {
        let kind = rule_kind(&problem, index, &rule, known)?;
        problem.add(rule.id, kind);
    }
    problem.validate()?;
    Ok(problem)
}

fn rule_kind(problem: &Problem, index: usize, rule: &RuleText, known: usize) -> Result<RuleKind, InstanceError> {
    let missing = |field: &'static str| InstanceError::MissingField {
        index,
        id: rule.id.clone(),
        kind: rule.kind.clone(),
        field,
    };
    let place = |field: &str| format!("rules[{index}] ({}).{field}", rule.id);
    let value = || -> Result<usize, InstanceError> {
        let value = rule.value.ok_or_else(|| missing("value"))?;
        in_range(|| place("value"), value, 0, i64::from(u32::MAX))?;
        Ok(usize::try_from(value).unwrap_or(usize::MAX))
    };
    let share = || -> Result<Share, InstanceError> {
        let percent = rule.percent.ok_or_else(|| missing("percent"))?;
        in_range(|| place("percent"), percent, 0, 100)?;
        Ok(Share::percent(u32::try_from(percent).unwrap_or(100)))
    };
    let kind = || -> Result<&str, InstanceError> { rule.type_.as_deref().ok_or_else(|| missing("type")) };
    Ok(match rule.kind.as_str() {
        "size_min" => RuleKind::SizeMin { value: value()? },
        "size_max" => RuleKind::SizeMax { value: value()? },
        "member_states_min" => {
            RuleKind::CountMin { group: problem.group(|c| c.has_flag("member_state")), value: value()? }
        }
        "countries_min" => RuleKind::DistinctMin {
            labels: problem.labels(|c| c.has_flag("eligible").then_some(c.country.as_str())),
            value: value()?,
        },
        "type_min" => {
            let kind = kind()?;
            RuleKind::CountMin { group: problem.group(|c| c.kind == kind), value: value()? }
        }
        "type_max" => {
            let kind = kind()?;
            RuleKind::CountMax { group: problem.group(|c| c.kind == kind), value: value()? }
        }
        "sme_min" => RuleKind::CountMin { group: problem.group(|c| c.has_flag("sme")), value: value()? },
        "cover" => {
            let competence = rule.competence.ok_or_else(|| missing("competence"))?;
            competence_exists(|| place("competence"), competence, known)?;
            RuleKind::CountMin { group: problem.group(|c| c.competences.contains(&competence)), value: value()? }
        }
        "budget_max" => {
            let value = rule.value_eur.ok_or_else(|| missing("value_eur"))?;
            RuleKind::BudgetMax { value }
        }
        "entity_share_max" => {
            RuleKind::EntityShareMax { group: (0..problem.candidates.len()).collect(), share: share()? }
        }
        "country_share_max" => {
            RuleKind::LabelShareMax { labels: problem.labels(|c| Some(c.country.as_str())), share: share()? }
        }
        "coordinator" => RuleKind::Require { candidate: rule.candidate.ok_or_else(|| missing("candidate"))? },
        "forbid_pair" => {
            let (first, second) = rule.candidates.ok_or_else(|| missing("candidates"))?;
            RuleKind::ForbidPair { first, second }
        }
        other => {
            return Err(InstanceError::UnknownKind { index, kind: other.to_owned() });
        }
    })
}

fn in_range(place: impl Fn() -> String, value: i64, least: i64, most: i64) -> Result<(), InstanceError> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(InstanceError::OutOfRange { place: place(), value, least, most })
    }
}

fn competence_exists(place: impl Fn() -> String, competence: usize, known: usize) -> Result<(), InstanceError> {
    let value = i64::try_from(competence).unwrap_or(i64::MAX);
    in_range(place, value, 0, known as i64 - 1)
}

fn strip_position(text: &str) -> String {
    text.split(" at line ").next().unwrap_or(text).to_owned()
}

/// The problem without pair bonuses (linear mode).
#[must_use]
pub fn without_pairs(mut problem: Problem) -> Problem {
    problem.pairs.clear();
    problem
}

/// Members from an answer file: a list of different candidate numbers.
///
/// # Errors
/// Says what is wrong with the text.
pub fn read_members(text: &[u8]) -> Result<Vec<usize>, InstanceError> {
    #[derive(Deserialize)]
    struct SolutionText {
        members: Vec<usize>,
    }
    let solution: SolutionText = serde_json::from_slice(text).map_err(|error| InstanceError::Json {
        line: error.line(),
        column: error.column(),
        text: strip_position(&error.to_string()),
    })?;
    let mut seen = HashSet::new();
    Ok(solution.members.into_iter().filter(|&member| seen.insert(member)).collect())
}
