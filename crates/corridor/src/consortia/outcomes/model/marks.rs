//! Scores by criterion, their total, and whether they reach what was asked for. Points are whole hundredths.

use std::collections::BTreeMap;

use eligibility::{Instrument, Text};
use serde::{Deserialize, Serialize};

use crate::consortia::budget::read_months as read_hundredths;

/// The highest scale, in hundredths of a point.
const MOST_POINTS: i64 = 1_000_000;

/// A criterion with its score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// What it is called, by language.
    pub name: BTreeMap<String, String>,
    /// The top of its scale.
    pub out_of: i64,
    /// What must be reached.
    #[serde(default)]
    pub threshold: Option<i64>,
    /// Its weight in percent.
    #[serde(default)]
    pub weight_percent: Option<u16>,
    /// What it got; none where nobody has said.
    #[serde(default)]
    pub score: Option<i64>,
}

impl Criterion {
    /// A criterion that somebody named, in whatever language.
    pub fn named(name: &str, out_of: i64, threshold: Option<i64>, score: Option<i64>) -> Self {
        let name = ["en", "fr"].map(|language| (language.to_owned(), name.to_owned())).into();
        Criterion { name, out_of, threshold, weight_percent: None, score }
    }

    /// What it is called in a language.
    pub fn shown(&self, language: &str) -> &str {
        self.name.get(language).or_else(|| self.name.values().next()).map_or("", String::as_str)
    }
}

/// How a score stands against what must be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It reaches it.
    Met,
    /// It does not.
    NotMet,
    /// A score is missing.
    Unknown,
    /// Nothing must be reached.
    NotApplicable,
}

impl Standing {
    fn of(score: Option<i64>, threshold: Option<i64>) -> Self {
        match (score, threshold) {
            (_, None) => Standing::NotApplicable,
            (None, Some(_)) => Standing::Unknown,
            (Some(score), Some(threshold)) if score >= threshold => Standing::Met,
            _ => Standing::NotMet,
        }
    }
}

/// The scores of a submission, and its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Marks {
    /// By criterion, as the instrument had them then.
    pub criteria: Vec<Criterion>,
    /// Whether somebody named the criteria, because the instrument says none.
    pub named: bool,
    /// The total that the funder stated; none where it follows from the criteria.
    pub stated: Option<i64>,
    /// What the total is out of.
    pub out_of: Option<i64>,
    /// What the total must reach.
    pub threshold: Option<i64>,
    /// Its place among those that were evaluated.
    pub rank: Option<u32>,
    /// How many were evaluated.
    pub rank_of: Option<u32>,
}

impl Marks {
    /// Whether the weights are those of a mean, all scores being on one scale.
    fn is_mean(&self) -> bool {
        let weights: Option<Vec<u16>> = self.criteria.iter().map(|one| one.weight_percent).collect();
        let one_scale = self.criteria.windows(2).all(|pair| pair[0].out_of == pair[1].out_of);
        one_scale && weights.is_some_and(|weights| weights.iter().map(|weight| u32::from(*weight)).sum::<u32>() == 100)
    }

    /// What the total is out of: as stated, else as the criteria add up.
    pub fn scale(&self) -> Option<i64> {
        let first = self.criteria.first()?;
        let sum = || self.criteria.iter().map(|one| one.out_of).sum();
        Some(if self.is_mean() { first.out_of } else { sum() })
    }

    /// What the scores add up to, once all are known: their weighted mean where the weights make a hundred, else their
    /// sum, for weights of other sorts part equal totals only.
    pub fn computed(&self) -> Option<i64> {
        if self.criteria.is_empty() || self.out_of != self.scale() {
            return None;
        }
        let scores: Vec<i64> = self.criteria.iter().map(|one| one.score).collect::<Option<_>>()?;
        if !self.is_mean() {
            return Some(scores.iter().sum());
        }
        let weights = self.criteria.iter().map(|one| i64::from(one.weight_percent.unwrap_or_default()));
        let weighted: i64 = scores.iter().zip(weights).map(|(score, weight)| score * weight).sum();
        Some((weighted + 50) / 100)
    }

    /// The total: as the funder stated it, else as it follows.
    pub fn total(&self) -> Option<i64> {
        self.stated.or_else(|| self.computed())
    }

    /// The total in whole percent, rounded down: 79.9 is not 80.
    pub fn percent(&self) -> Option<u8> {
        let out_of = self.out_of.filter(|out_of| *out_of > 0)?;
        u8::try_from((self.total()?.clamp(0, out_of)) * 100 / out_of).ok()
    }

    /// How each criterion stands against its threshold.
    pub fn of_criterion(criterion: &Criterion) -> Standing {
        Standing::of(criterion.score, criterion.threshold)
    }

    /// How the total stands against its own.
    pub fn of_total(&self) -> Standing {
        Standing::of(self.total(), self.threshold)
    }

    /// Whether everything that must be reached is reached.
    pub fn standing(&self) -> Standing {
        let all: Vec<Standing> = self.criteria.iter().map(Self::of_criterion).chain([self.of_total()]).collect();
        let any = |standing| all.contains(&standing);
        match () {
            () if any(Standing::NotMet) => Standing::NotMet,
            () if any(Standing::Unknown) => Standing::Unknown,
            () if any(Standing::Met) => Standing::Met,
            () => Standing::NotApplicable,
        }
    }

    /// Whether anything is said.
    pub fn is_empty(&self) -> bool {
        self.stated.is_none() && self.rank.is_none() && self.criteria.iter().all(|one| one.score.is_none())
    }
}

/// Reads points as hundredths: `4`, `4,5`, `13.25`.
pub fn points(text: &str) -> Result<Option<i64>, &'static str> {
    const WRONG: &str = "outcomes-wrong-points";
    let points = read_hundredths(text).map_err(|_| WRONG)?;
    if points.is_some_and(|points| points > MOST_POINTS) { Err(WRONG) } else { Ok(points) }
}

/// What an instrument asks evaluators to score at a stage; empty where it does not say.
pub fn asked_by(instrument: Option<&Instrument>, stage: Option<&str>) -> Marks {
    let of = instrument.and_then(|instrument| Some((instrument, instrument.award.as_ref()?)));
    let Some((instrument, award)) = of else { return Marks { named: true, ..Marks::default() } };
    let stage = stage.or_else(|| instrument.stage.last().map(|stage| stage.id.as_str()));
    let at = |stages: &Vec<String>| stages.is_empty() || stages.iter().any(|one| Some(one.as_str()) == stage);
    let hundredths = |tenths: u16| i64::from(tenths) * 10;
    let words =
        |text: &Text| [("en", &text.en), ("fr", &text.fr)].map(|(to, text)| (to.to_owned(), text.clone())).into();
    let criteria = award.criterion.iter().filter(|one| at(&one.stages)).map(|one| Criterion {
        name: words(&one.name),
        out_of: i64::from(award.scale) * 100,
        threshold: one.threshold_tenths.map(hundredths),
        weight_percent: one.weight_percent,
        score: None,
    });
    let total = award.total.iter().find(|total| at(&total.stages));
    let mut marks = Marks { criteria: criteria.collect(), ..Marks::default() };
    marks.out_of = total.map(|total| hundredths(total.out_of_tenths)).or_else(|| marks.scale());
    marks.threshold = total.map(|total| hundredths(total.at_least_tenths));
    marks.named = marks.criteria.is_empty();
    marks
}

#[cfg(test)]
mod tests {
    use eligibility::Library;

    use super::*;

    fn scored(instrument: &str, stage: &str, scores: &[i64]) -> Marks {
        let library = Library::embedded();
        let mut marks = asked_by(library.instrument(instrument).ok(), Some(stage));
        assert_eq!(marks.criteria.len(), scores.len(), "{instrument} {stage}");
        for (criterion, score) in marks.criteria.iter_mut().zip(scores) {
            criterion.score = Some(*score);
        }
        marks
    }

    #[test]
    fn totals_and_thresholds_are_those_of_the_instrument_and_stage() {
        use Standing::{Met, NotApplicable, NotMet};
        for (instrument, stage, scores, total, percent, standing) in [
            ("horizon-europe-ria", "stage-1", &[400, 450][..], 850, 85, Met),
            ("horizon-europe-ria", "stage-1", &[400, 350], 750, 75, NotMet),
            ("horizon-europe-ria", "single", &[300, 300, 350], 950, 63, NotMet),
            ("horizon-europe-ria", "single", &[400, 300, 300], 1000, 66, Met),
            // Weights of half as much again order proposals; the total stays out of 15.
            ("horizon-europe-ia", "single", &[400, 500, 300], 1200, 80, Met),
            ("msca-doctoral-networks", "single", &[8000, 7990, 7985], 7994, 79, Met),
            ("ihi-two-stage", "stage-1", &[300, 300, 300], 900, 60, NotApplicable),
        ] {
            let marks = scored(instrument, stage, scores);
            assert_eq!((marks.total(), marks.percent()), (Some(total), Some(percent)), "{instrument} {scores:?}");
            assert_eq!(marks.standing(), standing, "{instrument} {stage} {scores:?}");
        }
    }

    #[test]
    fn what_is_missing_is_said_and_what_was_stated_counts() {
        let mut marks = scored("horizon-europe-ria", "single", &[400, 400, 400]);
        marks.criteria[2].score = None;
        assert_eq!((marks.total(), marks.standing()), (None, Standing::Unknown));
        marks.stated = Some(1150);
        assert_eq!((marks.total(), marks.percent()), (Some(1150), Some(76)));
        marks.criteria[0].score = Some(250);
        assert_eq!(marks.standing(), Standing::NotMet, "one that fails decides, whatever is missing");
        let none = asked_by(None, None);
        assert!(none.named && none.is_empty() && none.standing() == Standing::NotApplicable);
    }

    #[test]
    fn points_are_read_both_ways_and_bounded() {
        for (text, read) in [("4,5", Ok(Some(450))), ("13.25", Ok(Some(1325))), ("", Ok(None))] {
            assert_eq!(points(text), read, "{text}");
        }
        for text in ["-1", "x", "1.234", "10001"] {
            assert_eq!(points(text), Err("outcomes-wrong-points"), "{text}");
        }
    }
}
