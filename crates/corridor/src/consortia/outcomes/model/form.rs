//! What somebody types of a submission and of an answer, and what is wrong with it.

use std::collections::BTreeMap;

use super::{AnswerKind, Criterion, Grant, Marks, points};
use crate::{
    consortia::parse_money,
    foundation::{errors::FieldProblem, time::Day},
};

/// How many criteria somebody may name where the instrument says none.
pub const MOST_NAMED: usize = 8;
const LONGEST_LINE: usize = 200;
const LONGEST_SUMMARY: usize = 20_000;

/// The fields of a form.
pub type Fields = [(String, String)];

fn typed<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
}

/// Text as it is kept: at most so long; a line has no control characters, a text keeps its line breaks.
fn kept(text: &str, longest: usize, lines: bool) -> String {
    text.chars().filter(|c| !c.is_control() || (lines && *c == '\n')).take(longest).collect()
}

/// Collects what is wrong with a form.
#[derive(Default)]
struct Reader {
    problems: Vec<FieldProblem>,
}

impl Reader {
    fn wrong(&mut self, field: &str, message: &str, value: &str) {
        let problem = FieldProblem { field: field.into(), message: message.into(), value: value.into() };
        self.problems.push(problem);
    }

    /// A value that may be left out.
    fn value<T>(
        &mut self,
        fields: &Fields,
        name: &str,
        read: impl Fn(&str) -> Result<Option<T>, &'static str>,
    ) -> Option<T> {
        let text = typed(fields, name);
        read(text).unwrap_or_else(|message| {
            self.wrong(name, message, text);
            None
        })
    }

    fn points(&mut self, fields: &Fields, name: &str) -> Option<i64> {
        self.value(fields, name, points)
    }

    fn money(&mut self, fields: &Fields, name: &str) -> Option<i64> {
        self.value(fields, name, |text| parse_money(text).map_err(|problem| problem.key()))
    }

    fn place(&mut self, fields: &Fields, name: &str) -> Option<u32> {
        self.value(fields, name, |text| match text {
            "" => Ok(None),
            text => {
                text.parse().ok().filter(|place| (1..=100_000).contains(place)).map(Some).ok_or("outcomes-wrong-place")
            }
        })
    }

    fn day(&mut self, fields: &Fields, name: &str) -> Option<Day> {
        self.value(fields, name, |text| match text {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| "consortia-wrong-day"),
        })
    }

    /// A day that has come, not before another.
    fn past_day(&mut self, fields: &Fields, name: &str, from: Option<Day>, today: Day) -> Option<Day> {
        let problems = self.problems.len();
        let day = self.day(fields, name);
        let text = typed(fields, name);
        match day {
            None if self.problems.len() == problems => self.wrong(name, "consortia-wrong-day", text),
            Some(day) if day > today => self.wrong(name, "outcomes-wrong-future", text),
            Some(day) if from.is_some_and(|from| day < from) => self.wrong(name, "outcomes-wrong-before", text),
            _ => {}
        }
        day
    }
}

/// What somebody says of a submission.
#[derive(Clone, Debug, Default)]
pub struct SubmissionForm {
    /// The version that was sent.
    pub revision: i64,
    /// The stage.
    pub stage: Option<String>,
    /// The day.
    pub on: Option<Day>,
    /// The number of the funder.
    pub reference: String,
    /// What is wrong.
    pub problems: Vec<FieldProblem>,
}

/// Reads a submission; `until` is the day of the first answer to it, which it cannot follow.
pub fn read_submission(fields: &Fields, until: Option<Day>, today: Day) -> SubmissionForm {
    let mut reader = Reader::default();
    let on = reader.past_day(fields, "submitted_on", None, today);
    if on.zip(until).is_some_and(|(on, until)| on > until) {
        reader.wrong("submitted_on", "outcomes-wrong-after-answer", typed(fields, "submitted_on"));
    }
    let revision = typed(fields, "version").parse().unwrap_or_default();
    let stage = Some(typed(fields, "stage").to_owned()).filter(|stage| !stage.is_empty());
    let reference = kept(typed(fields, "reference"), LONGEST_LINE, false);
    SubmissionForm { revision, stage, on, reference, problems: reader.problems }
}

/// What somebody says of an answer.
#[derive(Clone, Debug, Default)]
pub struct AnswerForm {
    /// What was answered.
    pub kind: Option<AnswerKind>,
    /// The day.
    pub on: Option<Day>,
    /// Scores and place.
    pub marks: Marks,
    /// What the evaluators wrote.
    pub summary: String,
    /// What is granted.
    pub grant: Grant,
    /// What is wrong.
    pub problems: Vec<FieldProblem>,
}

/// The scores of the criteria that are asked, by the place of each.
fn read_asked(reader: &mut Reader, fields: &Fields, blank: &Marks) -> Vec<Criterion> {
    let read = |(at, criterion): (usize, &Criterion)| {
        let name = format!("score.{at}");
        let score = reader.points(fields, &name);
        if score.is_some_and(|score| score > criterion.out_of) {
            reader.wrong(&name, "outcomes-wrong-scale", typed(fields, &name));
        }
        Criterion { score, ..criterion.clone() }
    };
    blank.criteria.iter().enumerate().map(read).collect()
}

/// The criteria that somebody named, with what they are out of.
fn read_named(reader: &mut Reader, fields: &Fields) -> Vec<Criterion> {
    let mut found = Vec::new();
    for at in 0..MOST_NAMED {
        let [name, score, out_of, least] = ["criterion", "score", "of", "least"].map(|head| format!("{head}.{at}"));
        let called = kept(typed(fields, &name), LONGEST_LINE, false);
        let (points, top) = (reader.points(fields, &score), reader.points(fields, &out_of));
        let threshold = reader.points(fields, &least);
        if called.is_empty() {
            if points.or(top).or(threshold).is_some() {
                reader.wrong(&name, "outcomes-wrong-criterion", "");
            }
            continue;
        }
        let Some(top) = top.filter(|top| *top > 0) else {
            reader.wrong(&out_of, "outcomes-wrong-out-of", typed(fields, &out_of));
            continue;
        };
        for (field, points) in [(&score, points), (&least, threshold)] {
            if points.is_some_and(|points| points > top) {
                reader.wrong(field, "outcomes-wrong-scale", typed(fields, field));
            }
        }
        found.push(Criterion::named(&called, top, threshold, points));
    }
    found
}

fn read_marks(reader: &mut Reader, fields: &Fields, blank: &Marks) -> Marks {
    let mut marks = Marks { criteria: Vec::new(), ..blank.clone() };
    if blank.named {
        marks.criteria = read_named(reader, fields);
        marks.out_of = reader.points(fields, "out_of").or_else(|| marks.scale());
        marks.threshold = reader.points(fields, "threshold");
    } else {
        marks.criteria = read_asked(reader, fields, blank);
    }
    marks.stated = reader.points(fields, "total");
    let text = typed(fields, "total");
    match marks.out_of {
        None if marks.stated.is_some() => reader.wrong("out_of", "outcomes-wrong-out-of", ""),
        Some(out_of) if marks.stated.is_some_and(|total| total > out_of) => {
            reader.wrong("total", "outcomes-wrong-scale", text);
        }
        _ => {}
    }
    if marks.stated.is_some() && marks.stated == marks.computed() {
        // What follows from the criteria is not kept twice: a corrected score then moves the total with it.
        marks.stated = None;
    }
    marks.rank = reader.place(fields, "rank");
    marks.rank_of = reader.place(fields, "rank_of");
    if marks.rank_of.is_some_and(|of| marks.rank.is_none_or(|rank| rank > of)) {
        reader.wrong("rank", "outcomes-wrong-rank", typed(fields, "rank"));
    }
    marks
}

/// Reads an answer to what was submitted `from` a day on; `blank` says what is scored.
pub fn read_answer(fields: &Fields, blank: &Marks, from: Day, today: Day) -> AnswerForm {
    let mut reader = Reader::default();
    let kind = AnswerKind::of(typed(fields, "kind"));
    if kind.is_none() {
        reader.wrong("kind", "outcomes-wrong-kind", typed(fields, "kind"));
    }
    let on = reader.past_day(fields, "answered_on", Some(from), today);
    let marks = read_marks(&mut reader, fields, blank);
    let grant = Grant {
        grant_cents: reader.money(fields, "grant"),
        cost_cents: reader.money(fields, "cost"),
        agreement: kept(typed(fields, "agreement"), LONGEST_LINE, false),
        starts_on: reader.day(fields, "starts_on"),
    };
    if kind.is_some_and(|kind| kind != AnswerKind::Granted) && grant != Grant::default() {
        reader.wrong("kind", "outcomes-wrong-grant-only", typed(fields, "kind"));
    }
    if grant.grant_cents.zip(grant.cost_cents).is_some_and(|(grant, cost)| grant > cost) {
        reader.wrong("grant", "outcomes-wrong-grant", typed(fields, "grant"));
    }
    let summary = kept(typed(fields, "summary"), LONGEST_SUMMARY, true);
    AnswerForm { kind, on, marks, summary, grant, problems: reader.problems }
}

/// The fields of a form, by name.
pub fn by_name(fields: &Fields) -> BTreeMap<String, String> {
    fields.iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use eligibility::Library;

    use super::{super::asked_by, *};

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn wrong(problems: &[FieldProblem]) -> Vec<(&str, &str)> {
        problems.iter().map(|problem| (problem.field.as_str(), problem.message.as_str())).collect()
    }

    #[test]
    fn an_answer_is_read_with_the_criteria_of_its_instrument() {
        let blank = asked_by(Library::embedded().instrument("horizon-europe-ria").ok(), Some("single"));
        let given = fields(&[
            ("kind", "granted"),
            ("answered_on", "2026-03-01"),
            ("score.0", "4,5"),
            ("score.1", "4"),
            ("score.2", "4.5"),
            ("total", "13"),
            ("rank", "2"),
            ("rank_of", "30"),
            ("grant", "3,2 M€"),
            ("summary", "Clear aims.\r\nGood plan."),
        ]);
        let read = read_answer(&given, &blank, day("2025-09-16"), day("2026-09-01"));
        assert!(read.problems.is_empty(), "{:?}", read.problems);
        assert_eq!((read.marks.stated, read.marks.total()), (None, Some(1300)), "a total that follows is not kept");
        assert_eq!((read.grant.grant_cents, read.summary.as_str()), (Some(320_000_000), "Clear aims.\nGood plan."));
    }

    #[test]
    fn what_cannot_be_is_told_field_by_field() {
        let blank = asked_by(Library::embedded().instrument("horizon-europe-ria").ok(), Some("single"));
        for (pairs, expected) in [
            (&[("kind", "lost"), ("answered_on", "2026-03-01")][..], ("kind", "outcomes-wrong-kind")),
            (&[("kind", "rejected"), ("answered_on", "")], ("answered_on", "consortia-wrong-day")),
            (&[("kind", "rejected"), ("answered_on", "2025-09-15")], ("answered_on", "outcomes-wrong-before")),
            (&[("kind", "rejected"), ("answered_on", "2026-09-02")], ("answered_on", "outcomes-wrong-future")),
            (
                &[("kind", "rejected"), ("answered_on", "2026-03-01"), ("score.0", "5.5")],
                ("score.0", "outcomes-wrong-scale"),
            ),
            (
                &[("kind", "rejected"), ("answered_on", "2026-03-01"), ("total", "16")],
                ("total", "outcomes-wrong-scale"),
            ),
            (
                &[("kind", "rejected"), ("answered_on", "2026-03-01"), ("grant", "5")],
                ("kind", "outcomes-wrong-grant-only"),
            ),
            (&[("kind", "rejected"), ("answered_on", "2026-03-01"), ("rank_of", "5")], ("rank", "outcomes-wrong-rank")),
            (&[("kind", "rejected"), ("answered_on", "2026-03-01"), ("rank", "0")], ("rank", "outcomes-wrong-place")),
        ] {
            let read = read_answer(&fields(pairs), &blank, day("2025-09-16"), day("2026-09-01"));
            assert_eq!(wrong(&read.problems), [expected], "{pairs:?}");
        }
    }

    #[test]
    fn criteria_are_named_where_the_instrument_says_none() {
        let blank = asked_by(None, None);
        let base = [("kind", "reserve"), ("answered_on", "2026-03-01")];
        let with = |more: &[(&str, &str)]| {
            let given = fields(&[&base[..], more].concat());
            read_answer(&given, &blank, day("2025-09-16"), day("2026-09-01"))
        };
        let read = with(&[("criterion.0", "Marché"), ("of.0", "20"), ("score.0", "15"), ("least.0", "12")]);
        assert!(read.problems.is_empty(), "{:?}", read.problems);
        assert_eq!((read.marks.total(), read.marks.out_of, read.marks.percent()), (Some(1500), Some(2000), Some(75)));
        assert_eq!(
            wrong(&with(&[("criterion.0", "Marché"), ("score.0", "15")]).problems),
            [("of.0", "outcomes-wrong-out-of")]
        );
        assert_eq!(wrong(&with(&[("score.3", "15")]).problems), [("criterion.3", "outcomes-wrong-criterion")]);
        assert_eq!(wrong(&with(&[("total", "15")]).problems), [("out_of", "outcomes-wrong-out-of")]);
    }

    #[test]
    fn a_submission_has_a_day_that_has_come_and_precedes_its_answers() {
        let read = |on: &str, until: Option<&str>| {
            let given = fields(&[("submitted_on", on), ("version", "3"), ("reference", " 101 \u{7}234 ")]);
            read_submission(&given, until.map(day), day("2026-09-01"))
        };
        let good = read("2026-08-31", Some("2026-08-31"));
        assert!(good.problems.is_empty() && good.revision == 3 && good.stage.is_none());
        assert_eq!(good.reference, "101 234");
        for (on, until, message) in [
            ("2026-09-02", None, "outcomes-wrong-future"),
            ("", None, "consortia-wrong-day"),
            ("2026-08-31", Some("2026-08-30"), "outcomes-wrong-after-answer"),
        ] {
            assert_eq!(wrong(&read(on, until).problems), [("submitted_on", message)]);
        }
    }
}
