//! Events as they were published with the problem: MiniZinc data files (`.dzn`), and schedules as JSON.
//!
//! A file gives `nBusiness`, `nMeetings`, `nTables`, `nTotalSlots`, `nMorningSlots`, `requested`,
//! `forbidden`, and may give `fixed` (or `fixat`) and `precedences`. What else it gives is redundant and is not
//! read. Participants, meetings and slots are counted from 1 there, from 0 here; 0 is a dummy there.

use std::collections::BTreeMap;

use serde_json::json;

use crate::problem::{Locked, Meeting, Participant, Person, Place, Problem, Rules, Side, Slot, Wish};
use crate::schedule::{Held, Schedule};
use crate::slots::{MOST_SLOTS, SlotSet};

/// Most participants, meetings or tables a file may announce.
pub const MOST: usize = 1_000_000;

/// Minutes between the slots of a published event, whose files give no times.
const SLOT_MINUTES: u32 = 20;

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct Unreadable {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

/// An event, at most this difference between the breaks of two people.
///
/// # Errors
/// The first mistake of the file, with its line.
pub fn read(bytes: &[u8], fairness: Option<u32>) -> Result<Problem, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        Unreadable { line, what: "not UTF-8 text".to_owned() }
    })?;
    let file = File { items: Reader::new(text)?.items()?, last: text.lines().count().max(1) };
    let people = file.number("nBusiness", 0, MOST)?;
    let meetings = file.number("nMeetings", 0, MOST)?;
    let tables = file.number("nTables", 0, MOST)?;
    let slots = file.number("nTotalSlots", 1, MOST_SLOTS)?;
    let morning = file.number("nMorningSlots", 0, slots)?;

    let mut problem = Problem {
        slots: (0..slots)
            .zip(0u32..)
            .map(|(slot, at)| Slot {
                day: 0,
                session: u32::from(slot >= morning),
                starts: at * SLOT_MINUTES,
                ends: (at + 1) * SLOT_MINUTES,
            })
            .collect(),
        people: Vec::with_capacity(people),
        participants: (0..people)
            .map(|person| Participant { people: vec![person], ..Participant::default() })
            .collect(),
        places: vec![Place { room: 0, available: SlotSet::first(slots) }; tables],
        meetings: Vec::with_capacity(meetings),
        travel: Vec::new(),
        rules: Rules { fairness },
    };
    for (line, forbidden) in file.sets("forbidden", people)? {
        let mut available = SlotSet::first(slots);
        for slot in forbidden {
            if let Some(slot) = counted(slot, slots, line, "slot")? {
                available = available.without(slot);
            }
        }
        problem.people.push(Person { available, rest: SlotSet::NONE, longest_run: None });
    }
    for (line, [first, second, session]) in file.rows("requested", meetings)? {
        let side = |number| match counted(number, people, line, "participant")? {
            Some(participant) => Ok(Side { participant, person: None }),
            None => Err(Unreadable { line, what: "participant 0: participants are counted from 1".to_owned() }),
        };
        let slots = match session {
            1 => SlotSet::first(morning),
            2 => SlotSet::first(slots).minus(SlotSet::first(morning)),
            3 => SlotSet::first(slots),
            other => {
                let what = format!("session {other}: it is 1 (morning), 2 (afternoon) or 3 (either)");
                return Err(Unreadable { line, what });
            }
        };
        let sides = [side(first)?, side(second)?];
        if sides[0] == sides[1] {
            return Err(Unreadable { line, what: format!("participant {first} is to meet itself") });
        }
        problem.meetings.push(Meeting { sides, wish: Wish::Must, slots, locked: None, after: Vec::new() });
    }
    let fixed = if file.has("fixed") { "fixed" } else { "fixat" };
    if file.has(fixed) {
        for ((line, slot), meeting) in file.numbers(fixed, meetings)?.into_iter().zip(&mut problem.meetings) {
            meeting.locked = counted(slot, slots, line, "slot")?.map(|slot| Locked { slot, place: None });
        }
    }
    if file.has("precedences") {
        for ((line, before), meeting) in file.sets("precedences", meetings)?.into_iter().zip(&mut problem.meetings) {
            for number in before {
                meeting.after.extend(counted(number, meetings, line, "meeting")?);
            }
        }
    }
    Ok(problem)
}

/// A schedule as the published checker reads it, and the table of each meeting; slots and tables counted from 1.
#[must_use]
pub fn write_schedule(instance: &str, schedule: &Schedule) -> String {
    let slots: Vec<usize> = schedule.held.iter().map(|held| held.map_or(0, |held| held.slot + 1)).collect();
    let tables: Vec<usize> = schedule.held.iter().map(|held| held.map_or(0, |held| held.place + 1)).collect();
    format!("{}\n", json!({"instance": instance, "slots": slots, "tables": tables}))
}

/// A schedule as written by [`write_schedule`]; where it names no tables, the meetings of a slot get them in order.
///
/// # Errors
/// A text that is no such JSON, or of another number of meetings.
pub fn read_schedule(bytes: &[u8], problem: &Problem) -> Result<Schedule, Unreadable> {
    #[derive(serde::Deserialize)]
    struct Listed {
        slots: Vec<usize>,
        tables: Option<Vec<usize>>,
    }
    let listed: Listed = serde_json::from_slice(bytes)
        .map_err(|error| Unreadable { line: error.line(), what: format!("not a schedule: {error}") })?;
    let meetings = problem.meetings.len();
    let lengths = [Some(listed.slots.len()), listed.tables.as_ref().map(Vec::len)];
    if let Some(length) = lengths.into_iter().flatten().find(|&length| length != meetings) {
        let what = format!("{length} meetings in the schedule, {meetings} in the event");
        return Err(Unreadable { line: 1, what });
    }
    let mut in_slot: BTreeMap<usize, usize> = BTreeMap::new();
    let held = listed.slots.iter().enumerate().map(|(meeting, &slot)| {
        let slot = slot.checked_sub(1)?;
        let people = [0, 1].map(|side| problem.people_of(meeting, side).first().copied().unwrap_or_default());
        let table = in_slot.entry(slot).or_default();
        *table += 1;
        let place = listed.tables.as_ref().map_or(*table, |tables| tables[meeting]);
        Some(Held { slot, people, place: place.saturating_sub(1) })
    });
    Ok(Schedule { held: held.collect() })
}

/// A number counted from 1, counted from 0; none for the dummy 0.
fn counted(number: i64, most: usize, line: usize, what: &str) -> Result<Option<usize>, Unreadable> {
    match usize::try_from(number) {
        Ok(0) => Ok(None),
        Ok(number) if number <= most => Ok(Some(number - 1)),
        _ => Err(Unreadable { line, what: format!("{what} {number}, but they are counted from 1 to {most}") }),
    }
}

/// A value of the file.
#[derive(Clone, Debug)]
enum Value {
    Number(i64),
    Set(Vec<i64>),
    /// Elements with their lines.
    List(Vec<(usize, Value)>),
    /// Rows with their lines.
    Table(Vec<(usize, Vec<i64>)>),
    /// Something else that no field needs: a text, a range, a truth value.
    Other,
}

/// The items of a file, by name.
struct File {
    items: BTreeMap<String, (usize, Value)>,
    last: usize,
}

impl File {
    fn has(&self, name: &str) -> bool {
        self.items.contains_key(name)
    }

    fn item(&self, name: &str) -> Result<&(usize, Value), Unreadable> {
        self.items
            .get(name)
            .ok_or_else(|| Unreadable { line: self.last, what: format!("the file ends without {name}") })
    }

    fn number(&self, name: &str, least: usize, most: usize) -> Result<usize, Unreadable> {
        match self.item(name)? {
            (line, Value::Number(number)) => match usize::try_from(*number) {
                Ok(number) if (least..=most).contains(&number) => Ok(number),
                _ => Err(Unreadable { line: *line, what: format!("{name} is {number}, not {least} to {most}") }),
            },
            (line, _) => Err(Unreadable { line: *line, what: format!("{name} is not a number") }),
        }
    }

    fn list(&self, name: &str, length: usize, of: &str) -> Result<&[(usize, Value)], Unreadable> {
        match self.item(name)? {
            (_, Value::List(list)) if list.len() == length => Ok(list),
            (line, Value::List(list)) => {
                Err(Unreadable { line: *line, what: format!("{name} has {} entries, not {length}", list.len()) })
            }
            (line, _) => Err(Unreadable { line: *line, what: format!("{name} is not a list of {of}") }),
        }
    }

    fn numbers(&self, name: &str, length: usize) -> Result<Vec<(usize, i64)>, Unreadable> {
        self.list(name, length, "numbers")?
            .iter()
            .map(|(line, value)| match value {
                Value::Number(number) => Ok((*line, *number)),
                _ => Err(Unreadable { line: *line, what: format!("an entry of {name} is not a number") }),
            })
            .collect()
    }

    fn sets(&self, name: &str, length: usize) -> Result<Vec<(usize, Vec<i64>)>, Unreadable> {
        self.list(name, length, "sets")?
            .iter()
            .map(|(line, value)| match value {
                Value::Set(set) => Ok((*line, set.clone())),
                _ => Err(Unreadable { line: *line, what: format!("an entry of {name} is not a set") }),
            })
            .collect()
    }

    fn rows(&self, name: &str, length: usize) -> Result<Vec<(usize, [i64; 3])>, Unreadable> {
        let (line, rows) = match self.item(name)? {
            (line, Value::Table(rows)) => (*line, rows),
            (line, _) => return Err(Unreadable { line: *line, what: format!("{name} is not a table [|a, b, c|]") }),
        };
        if rows.len() != length {
            return Err(Unreadable { line, what: format!("{name} has {} rows, not {length}", rows.len()) });
        }
        rows.iter()
            .map(|(line, row)| match row[..] {
                [first, second, third] => Ok((*line, [first, second, third])),
                _ => Err(Unreadable { line: *line, what: format!("a row of {name} has {} numbers, not 3", row.len()) }),
            })
            .collect()
    }
}

/// A word of the file.
#[derive(Clone, Debug, PartialEq)]
enum Word<'a> {
    Number(i64),
    Name(&'a str),
    Mark(char),
    Range,
    Text,
    End,
}

/// Reads a file word by word.
struct Reader<'a> {
    rest: &'a str,
    line: usize,
    word: Word<'a>,
    /// Line of `word`.
    at: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Result<Reader<'a>, Unreadable> {
        let mut reader = Reader { rest: text, line: 1, word: Word::End, at: 1 };
        reader.step()?;
        Ok(reader)
    }

    fn wrong(&self, what: impl Into<String>) -> Unreadable {
        Unreadable { line: self.at, what: what.into() }
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken
    }

    fn until(&self, stop: impl Fn(char) -> bool) -> usize {
        self.rest.find(stop).unwrap_or(self.rest.len())
    }

    /// Goes on to the next word, over spaces and comments.
    fn step(&mut self) -> Result<(), Unreadable> {
        loop {
            self.take(self.until(|c| !c.is_whitespace()));
            if !self.rest.starts_with('%') {
                break;
            }
            self.take(self.until(|c| c == '\n'));
        }
        self.at = self.line;
        let Some(first) = self.rest.chars().next() else {
            self.word = Word::End;
            return Ok(());
        };
        self.word = if self.rest.starts_with("..") {
            self.take(2);
            Word::Range
        } else if first == '"' {
            let length = self.rest[1..].find('"').ok_or_else(|| self.wrong("a text that does not end"))?;
            self.take(length + 2);
            Word::Text
        } else if first.is_ascii_digit() || first == '-' {
            let digits = self.rest[1..].find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len() - 1);
            let number = self.take(1 + digits);
            Word::Number(number.parse().map_err(|_| self.wrong(format!("{number:.30} is not a number in reach")))?)
        } else if first.is_alphabetic() || first == '_' {
            Word::Name(self.take(self.until(|c| !c.is_alphanumeric() && c != '_')))
        } else {
            self.take(first.len_utf8());
            Word::Mark(first)
        };
        Ok(())
    }

    fn eat(&mut self, mark: char) -> Result<bool, Unreadable> {
        let there = self.word == Word::Mark(mark);
        if there {
            self.step()?;
        }
        Ok(there)
    }

    fn demand(&mut self, mark: char, after: &str) -> Result<(), Unreadable> {
        if self.eat(mark)? { Ok(()) } else { Err(self.wrong(format!("'{mark}' expected {after}"))) }
    }

    fn items(mut self) -> Result<BTreeMap<String, (usize, Value)>, Unreadable> {
        let mut items = BTreeMap::new();
        while self.word != Word::End {
            let line = self.at;
            let Word::Name(name) = self.word else { return Err(self.wrong("the name of a field expected")) };
            self.step()?;
            self.demand('=', &format!("after {name:.40}"))?;
            let value = self.value()?;
            // the last item of a file may do without
            if self.word != Word::End {
                self.demand(';', &format!("after the value of {name:.40}"))?;
            }
            if items.insert(name.to_owned(), (line, value)).is_some() {
                return Err(Unreadable { line, what: format!("{name:.40} is given twice") });
            }
        }
        Ok(items)
    }

    fn value(&mut self) -> Result<Value, Unreadable> {
        if self.eat('[')? {
            return if self.eat('|')? { self.table() } else { self.list() };
        }
        self.plain()
    }

    /// A number, a set, or something that no field needs.
    fn plain(&mut self) -> Result<Value, Unreadable> {
        if self.eat('{')? {
            return Ok(Value::Set(self.integers('}')?));
        }
        match self.word {
            Word::Number(from) => {
                self.step()?;
                if self.word != Word::Range {
                    return Ok(Value::Number(from));
                }
                self.step()?;
                let Word::Number(to) = self.word else { return Err(self.wrong("a number expected after '..'")) };
                self.step()?;
                match to.checked_sub(from) {
                    Some(span) if span <= MOST_SLOTS as i64 => Ok(Value::Set((from..=to).collect())),
                    _ => Ok(Value::Other),
                }
            }
            Word::Name(_) | Word::Text => {
                self.step()?;
                Ok(Value::Other)
            }
            _ => Err(self.wrong("a value expected")),
        }
    }

    /// Numbers with commas between, up to a closing mark.
    fn integers(&mut self, close: char) -> Result<Vec<i64>, Unreadable> {
        let mut numbers = Vec::new();
        while !self.eat(close)? {
            let Word::Number(number) = self.word else { return Err(self.wrong("a number expected")) };
            numbers.push(number);
            self.step()?;
            if !self.eat(',')? && self.word != Word::Mark(close) {
                return Err(self.wrong(format!("',' or '{close}' expected")));
            }
        }
        Ok(numbers)
    }

    fn list(&mut self) -> Result<Value, Unreadable> {
        let mut entries = Vec::new();
        while !self.eat(']')? {
            entries.push((self.at, self.plain()?));
            if !self.eat(',')? && self.word != Word::Mark(']') {
                return Err(self.wrong("',' or ']' expected"));
            }
        }
        Ok(Value::List(entries))
    }

    fn table(&mut self) -> Result<Value, Unreadable> {
        let mut rows = Vec::new();
        while !self.eat(']')? {
            let line = self.at;
            let row = self.integers('|')?;
            if !row.is_empty() {
                rows.push((line, row));
            }
        }
        Ok(Value::Table(rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "nBusiness = 3; % who\nnMeetings = 2;\nnTables = 1;\nnTotalSlots = 4;\nnMorningSlots = 2;\n\
        requested = [|1, 2,1, \n|2, 3,3, |];\nmeetingsxBusiness = [{1, 2}, {1, 2, 3}, {1, 3}];\n\
        forbidden = [{0}, {0, 4}, {}];\nfixed = [0, 3];\nprecedences = [{0}, {1}];\n";

    #[test]
    fn a_published_file_is_read() {
        let problem = read(SMALL.as_bytes(), Some(2)).unwrap();
        assert_eq!((problem.people.len(), problem.places.len(), problem.slots.len()), (3, 1, 4));
        assert_eq!(problem.people[1].available, SlotSet::first(3));
        assert_eq!(problem.meetings[0].slots, SlotSet::first(2));
        assert_eq!(problem.meetings[1].locked, Some(Locked { slot: 2, place: None }));
        assert_eq!(problem.meetings[1].after, [0]);
        assert_eq!(problem.meetings[1].sides.map(|side| side.participant), [1, 2]);
        assert_eq!(problem.slots.iter().map(|slot| slot.session).collect::<Vec<_>>(), [0, 0, 1, 1]);
    }

    #[test]
    fn a_schedule_written_is_read_again() {
        let problem = read(SMALL.as_bytes(), Some(2)).unwrap();
        let held = |slot, people| Some(Held { slot, people, place: 0 });
        let schedule = Schedule { held: vec![held(0, [0, 1]), held(2, [1, 2])] };
        let text = write_schedule("small", &schedule);
        assert_eq!(text, "{\"instance\":\"small\",\"slots\":[1,3],\"tables\":[1,1]}\n");
        assert_eq!(read_schedule(text.as_bytes(), &problem), Ok(schedule));
        let crowded = read_schedule(br#"{"slots": [2, 2]}"#, &problem).unwrap();
        assert_eq!(crowded.held.iter().flatten().map(|held| held.place).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(read_schedule(br#"{"slots": [0, 2]}"#, &problem).unwrap().held[0], None);
        let short = read_schedule(br#"{"slots": [1]}"#, &problem).unwrap_err();
        assert_eq!(short.what, "1 meetings in the schedule, 2 in the event");
        assert!(read_schedule(b"\n{", &problem).unwrap_err().to_string().starts_with("line 2: not a schedule"));
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        for (from, to, line, what) in [
            ("nTables = 1", "nTables = many", 3, "nTables is not a number"),
            ("nTables = 1;", "nTables = 1", 4, "';' expected after the value of nTables"),
            ("nTables = 1;", "", 11, "the file ends without nTables"),
            ("nTotalSlots = 4", "nTotalSlots = 129", 4, "nTotalSlots is 129, not 1 to 128"),
            ("nMorningSlots = 2", "nMorningSlots = 5", 5, "nMorningSlots is 5, not 0 to 4"),
            ("|2, 3,3", "|2, 4,3", 7, "participant 4, but they are counted from 1 to 3"),
            ("|2, 3,3", "|2, 2,3", 7, "participant 2 is to meet itself"),
            ("|2, 3,3", "|0, 2,3", 7, "participant 0: participants are counted from 1"),
            ("|2, 3,3", "|2, 3,4", 7, "session 4: it is 1 (morning), 2 (afternoon) or 3 (either)"),
            ("|2, 3,3", "|2, 3", 7, "a row of requested has 2 numbers, not 3"),
            ("|2, 3,3, |]", "|]", 6, "requested has 1 rows, not 2"),
            ("{0, 4}", "{0, 5}", 9, "slot 5, but they are counted from 1 to 4"),
            ("{0, 4}", "{0; 4}", 9, "',' or '}' expected"),
            ("{0, 4}, {}]", "{0, 4}]", 9, "forbidden has 2 entries, not 3"),
            ("{0, 4}", "4", 9, "an entry of forbidden is not a set"),
            ("[0, 3]", "[0, -3]", 10, "slot -3, but they are counted from 1 to 4"),
            ("[0, 3]", "[0, 99999999999999999999]", 10, "99999999999999999999 is not a number in reach"),
            ("[{0}, {1}]", "[{0}, {1}", 11, "',' or ']' expected"),
            ("[{0}, {1}]", "[{0}, {3}]", 11, "meeting 3, but they are counted from 1 to 2"),
            ("fixed =", "nTables =", 10, "nTables is given twice"),
        ] {
            let text = SMALL.replacen(from, to, 1);
            let error = read(text.as_bytes(), None).unwrap_err();
            assert_eq!((error.line, error.what.as_str()), (line, what), "{from} -> {to}");
        }
        assert_eq!(read(b"nTables = 1;\n\xff", None).unwrap_err().to_string(), "line 2: not UTF-8 text");
    }
}
