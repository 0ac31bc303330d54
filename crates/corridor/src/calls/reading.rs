//! A file of topics, line by line: what can be used becomes a row, what cannot becomes a problem that names its place.

use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use serde_json::{Map, Value as Json};

use super::model::Content;
use crate::{
    directory::imports::reading::cannot_open,
    foundation::{errors::Error, time::Day},
};

/// A line longer than this is no topic; the largest published one has some 50,000 characters.
const LONGEST_LINE: usize = 4 * 1024 * 1024;
/// No project asks for more: a larger sum is a slip of the pen.
const LARGEST_SUM_EUR: f64 = 1e11;

/// Something about one line of the file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// The line, from 1.
    pub line: u64,
    /// The field, as the file names it; `line` where the whole line is meant.
    pub field: String,
    /// What the field holds, cut to a readable length.
    pub value: String,
    /// A word for the kind of problem (`not-a-day`, `missing` ...).
    pub code: &'static str,
    /// What is wrong and what would mend it.
    pub detail: String,
    /// Whether the row was kept all the same.
    pub kept: bool,
}

/// A topic as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its identifier.
    pub identifier: String,
    /// All else.
    pub content: Content,
}

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The rows that can be used, in the order of the file; of two with one identifier the first.
    pub rows: Vec<Row>,
    /// What was wrong.
    pub problems: Vec<Problem>,
    /// Lines in all.
    pub lines: u64,
}

/// The file of topics at `path`: itself, or the one in the folder (also in its folder `calls`).
pub fn locate(path: &Path) -> Result<PathBuf, Error> {
    if path.is_file() {
        return Ok(path.to_owned());
    }
    for folder in [path.to_owned(), path.join("calls")] {
        for name in ["open_calls.jsonl", "open_calls.jsonl.zst"] {
            let file = folder.join(name);
            if file.is_file() {
                return Ok(file);
            }
        }
    }
    Err(Error::worded("import-file-missing", &[("file", &"open_calls.jsonl"), ("folder", &path.display())]))
}

/// Reads the file. A file that breaks off keeps what came before.
pub fn read(path: &Path) -> Result<Reading, Error> {
    let file = File::open(path).map_err(|error| cannot_open(path, &error))?;
    if path.extension().is_some_and(|ending| ending == "zst") {
        let decoder = zstd::Decoder::new(file).map_err(|error| cannot_open(path, &error))?;
        Ok(read_lines(BufReader::new(decoder)))
    } else {
        Ok(read_lines(BufReader::new(file)))
    }
}

/// Reads lines of JSON.
pub fn read_lines(mut from: impl BufRead) -> Reading {
    let mut reading = Reading::default();
    let mut known = std::collections::HashMap::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        let taken = from.by_ref().take(LONGEST_LINE as u64 + 1).read_until(b'\n', &mut line);
        let number = reading.lines + 1;
        let whole = |code, detail: String| Problem {
            line: number,
            field: "line".to_owned(),
            value: String::new(),
            code,
            detail,
            kept: false,
        };
        match taken {
            Ok(0) => return reading,
            Ok(_) => {}
            Err(error) => {
                let detail = format!("the file breaks off after line {}: {error}; fetch it again", reading.lines);
                reading.problems.push(whole("breaks-off", detail));
                return reading;
            }
        }
        reading.lines = number;
        if line.len() > LONGEST_LINE {
            reading.problems.push(whole("too-long", format!("longer than {LONGEST_LINE} bytes: no topic is")));
            if !skip_line(&mut from) {
                return reading;
            }
            continue;
        }
        let Ok(text) = std::str::from_utf8(&line) else {
            reading.problems.push(whole("not-utf8", "not UTF-8: save the file as UTF-8".to_owned()));
            continue;
        };
        if text.trim().is_empty() {
            continue;
        }
        let fields = match serde_json::from_str::<Json>(text) {
            Ok(Json::Object(fields)) => fields,
            Ok(_) => {
                reading.problems.push(whole("not-an-object", "not a JSON object: write one topic a line".to_owned()));
                continue;
            }
            Err(error) => {
                let detail = format!("not JSON ({error}): write one topic a line");
                reading.problems.push(whole("not-json", detail));
                continue;
            }
        };
        let mut fields = Fields { fields, line: number, problems: Vec::new() };
        let row = fields.row();
        reading.problems.append(&mut fields.problems);
        if let Some(row) = row {
            if let Some(first) = known.insert(row.identifier.clone(), number) {
                reading.problems.push(Problem {
                    line: number,
                    field: "identifier".to_owned(),
                    value: row.identifier,
                    code: "twice",
                    detail: format!("line {first} has this identifier already: that one counts"),
                    kept: false,
                });
                known.insert(reading.problems[reading.problems.len() - 1].value.clone(), first);
            } else {
                reading.rows.push(row);
            }
        }
    }
}

fn skip_line(from: &mut impl BufRead) -> bool {
    loop {
        let (found, length) = match from.fill_buf() {
            Ok([]) | Err(_) => return false,
            Ok(buffer) => match buffer.iter().position(|byte| *byte == b'\n') {
                Some(place) => (true, place + 1),
                None => (false, buffer.len()),
            },
        };
        from.consume(length);
        if found {
            return true;
        }
    }
}

struct Fields {
    fields: Map<String, Json>,
    line: u64,
    problems: Vec<Problem>,
}

impl Fields {
    fn row(&mut self) -> Option<Row> {
        let identifier = self.needed("identifier");
        let title = self.needed("title");
        let deadlines = self.days("deadlines");
        let opens_on = self.text("opening_date").and_then(|text| self.day("opening_date", &text));
        let budget_min_cents = self.money("min_per_project_eur");
        let budget_max_cents = self.money("max_per_project_eur");
        let expected_grants = self.grants();
        let fine = self.problems.is_empty();
        let (identifier, title, deadlines) = (identifier?, title?, deadlines?);
        if !fine {
            return None;
        }
        let description = self.text("description_text").unwrap_or_default();
        if description.is_empty() {
            let detail = "no text published: kept, and shown as such".to_owned();
            self.problem("description_text", "", "no-text", detail, true);
        }
        let content = Content {
            title,
            call_identifier: self.text("call_identifier").unwrap_or_else(|| identifier.clone()),
            call_title: self.text("call_title").unwrap_or_default(),
            programme: self.text("programme").unwrap_or_default(),
            theme: self.text("cluster"),
            type_of_action: self.text("type_of_action").unwrap_or_default(),
            action_code: self.text("action_code").unwrap_or_default(),
            status: self.text("status").unwrap_or_default(),
            opens_on,
            deadlines,
            deadline_model: self.text("deadline_model").unwrap_or_default(),
            budget_min_cents,
            budget_max_cents,
            expected_grants,
            description,
            conditions: self.text("conditions_text").unwrap_or_default(),
            keywords: self.keywords(),
            url: self.text("url").filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        };
        Some(Row { identifier, content })
    }

    fn problem(&mut self, field: &str, value: &str, code: &'static str, detail: String, kept: bool) {
        let value = value.chars().filter(|c| *c != '\0').take(120).collect();
        self.problems.push(Problem { line: self.line, field: field.to_owned(), value, code, detail, kept });
    }

    fn text(&self, field: &str) -> Option<String> {
        // PostgreSQL refuses the zero character in texts, and no text means anything by it.
        let text = self.fields.get(field)?.as_str()?.replace('\0', "");
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn needed(&mut self, field: &str) -> Option<String> {
        let text = self.text(field);
        if text.is_none() {
            self.problem(field, "", "missing", format!("`{field}` is missing: every topic needs one"), false);
        }
        text
    }

    fn day(&mut self, field: &str, text: &str) -> Option<String> {
        match text.parse::<Day>() {
            Ok(day) => Some(day.to_string()),
            Err(error) => {
                self.problem(field, text, "not-a-day", error.to_string(), false);
                None
            }
        }
    }

    fn days(&mut self, field: &str) -> Option<Vec<String>> {
        let given: Vec<String> = match self.fields.get(field) {
            None | Some(Json::Null) => Vec::new(),
            Some(Json::Array(days)) => days.iter().map(|day| day.as_str().unwrap_or_default().to_owned()).collect(),
            Some(other) => vec![other.as_str().unwrap_or_default().to_owned()],
        };
        let mut days: Vec<String> = given.iter().filter_map(|text| self.day(field, text)).collect();
        days.sort();
        days.dedup();
        (self.problems.iter().all(|problem| problem.field != field)).then_some(days)
    }

    fn money(&mut self, field: &str) -> Option<i64> {
        let given = self.fields.get("budget")?.get(field)?.clone();
        if given.is_null() {
            return None;
        }
        let place = format!("budget.{field}");
        match given.as_f64() {
            Some(sum) if sum < 0.0 => {
                self.problem(&place, &given.to_string(), "negative", "money cannot be negative".to_owned(), false);
                None
            }
            Some(sum) if sum <= LARGEST_SUM_EUR => Some((sum * 100.0).round() as i64),
            _ => {
                let detail = "not a sum in euro: write a number".to_owned();
                self.problem(&place, &given.to_string(), "not-money", detail, false);
                None
            }
        }
    }

    fn grants(&mut self) -> Option<i64> {
        let given = self.fields.get("budget")?.get("expected_grants")?.clone();
        match given.as_i64() {
            Some(count) if count >= 0 => Some(count),
            None if given.is_null() => None,
            _ => {
                let detail = "not a number of grants: write a whole number".to_owned();
                self.problem("budget.expected_grants", &given.to_string(), "not-a-count", detail, false);
                None
            }
        }
    }

    fn keywords(&self) -> Vec<String> {
        let own = self.fields.get("keywords").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
        let mut keywords: Vec<String> = Vec::new();
        for word in own.map(|word| word.replace('\0', "").trim().to_owned()).filter(|word| !word.is_empty()) {
            if !keywords.iter().any(|known| known.eq_ignore_ascii_case(&word)) {
                keywords.push(word);
            }
        }
        keywords
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<(u64, String, &'static str)> {
        read_lines(text.as_bytes()).problems.into_iter().map(|p| (p.line, p.field, p.code)).collect()
    }

    #[test]
    fn what_is_wrong_is_named_and_what_is_good_is_kept() {
        let good = r#"{"identifier":"T1","title":"One","deadlines":["2027-04-13"],"description_text":"Scope:\nX","budget":{"max_per_project_eur":4000000.5}}"#;
        let text = [
            good,
            r#"{"identifier":"T2","title":"Two","deadlines":["2027-02-31"],"description_text":"x"}"#,
            r#"{"identifier":"T3","title":"Three","deadlines":[],"description_text":"x","budget":{"max_per_project_eur":-1}}"#,
            r#"{"identifier":"T4","title":"Four","deadlines":[]}"#,
            r#"{"identifier":"T1","title":"Again","deadlines":[],"description_text":"x"}"#,
            "[1]",
            r#"{"identifier":"T5","tit"#,
        ]
        .join("\n");
        let reading = read_lines(text.as_bytes());
        let kept: Vec<&str> = reading.rows.iter().map(|row| row.identifier.as_str()).collect();
        assert_eq!(kept, ["T1", "T4"]);
        assert_eq!(reading.rows[0].content.budget_max_cents, Some(400_000_050));
        let expected = [
            (2, "deadlines", "not-a-day"),
            (3, "budget.max_per_project_eur", "negative"),
            (4, "description_text", "no-text"),
            (5, "identifier", "twice"),
            (6, "line", "not-an-object"),
            (7, "line", "not-json"),
        ];
        assert_eq!(problems(&text), expected.map(|(line, field, code)| (line, field.to_owned(), code)));
    }

    #[test]
    fn a_line_without_end_costs_neither_memory_nor_the_next_line() {
        let mut bytes = vec![b'x'; LONGEST_LINE + 10_000];
        bytes.extend_from_slice(b"\n\xff\xfe\n{\"identifier\":\"T\",\"title\":\"T\",\"description_text\":\"x\"}\n");
        let reading = read_lines(bytes.as_slice());
        assert_eq!(reading.rows.len(), 1);
        let codes: Vec<(u64, &str)> = reading.problems.iter().map(|p| (p.line, p.code)).collect();
        assert_eq!(codes, [(1, "too-long"), (2, "not-utf8")]);
    }
}
