//! Frequent changes by a form: a figure, a date, a source, a severity, whether a rule was verified, who belongs to a country
//! set. The form changes the text and nothing else of it: comments, order and spaces stay as somebody wrote them.

use std::collections::BTreeMap;

use serde::Serialize;
use toml_edit::{Array, ArrayOfTables, Decor, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use crate::foundation::time::Day;

/// The tables that have a form, with the key by which each is called; the number of the table where it has none.
const TABLES: [(&str, &str); 6] =
    [("rule", "id"), ("rate", "who"), ("indirect_costs", ""), ("set", "id"), ("milestone", "id"), ("cutoff", "day")];
/// What a field of a country set is called in the form.
const MEMBER: [&str; 3] = ["country", "since", "until"];

/// Something in the text that has a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its place: `rule.3`.
    pub place: String,
    /// What it is: `rule`, `rate`, `indirect_costs`, `set`, `milestone` or `cutoff`.
    pub kind: &'static str,
    /// What it is called in the text.
    pub name: String,
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// A number.
    Figure,
    /// A day, or nothing.
    Day,
    /// Words.
    Words,
    /// `ineligible`, `weak` or `advice`.
    Severity,
    /// `yes` or `no`.
    YesNo,
    /// A country by its two letters.
    Country,
}

/// A field of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name: the keys that lead to the value, with dots between.
    pub name: String,
    /// How it is filled in.
    pub kind: FieldKind,
    /// What the text says.
    pub value: String,
}

/// Why a field cannot be put into the text: its name and the key of the message.
pub type Problem = (String, &'static str);

/// What in a text has a form; nothing while it cannot be read.
pub fn parts(text: &str) -> Vec<Part> {
    let Ok(document) = text.parse::<DocumentMut>() else { return Vec::new() };
    let mut found = Vec::new();
    for (kind, named_by) in TABLES {
        let Some(tables) = document.get(kind).and_then(Item::as_array_of_tables) else { continue };
        for (at, table) in tables.iter().enumerate() {
            let name = table.get(named_by).and_then(Item::as_str).map_or_else(|| (at + 1).to_string(), str::to_owned);
            found.push(Part { place: format!("{kind}.{at}"), kind, name });
        }
    }
    found
}

/// The table at a place.
fn table_at<'d>(document: &'d mut DocumentMut, place: &str) -> Option<(&'static str, &'d mut Table)> {
    let (kind, at) = place.split_once('.')?;
    let (kind, _) = TABLES.into_iter().find(|(known, _)| *known == kind)?;
    let tables: &mut ArrayOfTables = document.get_mut(kind)?.as_array_of_tables_mut()?;
    Some((kind, tables.get_mut(at.parse().ok()?)?))
}

/// The fields of what stands at a place, as the text says it; none where nothing stands there.
pub fn fields(text: &str, place: &str) -> Option<Vec<Field>> {
    let mut document = text.parse::<DocumentMut>().ok()?;
    let (kind, table) = table_at(&mut document, place)?;
    let mut found = Vec::new();
    let text_of = |key: &str| table.get(key).and_then(Item::as_str).unwrap_or_default().to_owned();
    let mut put = |name: &str, kind, value| found.push(Field { name: name.to_owned(), kind, value });
    if kind == "rule" {
        put("severity", FieldKind::Severity, text_of("severity"));
    }
    for (name, value) in figures(table) {
        put(&name, FieldKind::Figure, value);
    }
    if kind == "cutoff" {
        put("day", FieldKind::Day, text_of("day"));
    }
    if matches!(kind, "rule" | "rate") {
        put("valid_from", FieldKind::Day, text_of("valid_from"));
        put("valid_to", FieldKind::Day, text_of("valid_to"));
    }
    let source = table.get("source");
    let in_language = |language: &str| {
        let each = source.and_then(Item::as_table_like).and_then(|each| each.get(language));
        each.or(source).and_then(Item::as_str).unwrap_or_default().to_owned()
    };
    // Shared facts say their source once; rules in both languages.
    if kind == "set" {
        put("source", FieldKind::Words, text_of("source"));
    } else {
        put("source.en", FieldKind::Words, in_language("en"));
        put("source.fr", FieldKind::Words, in_language("fr"));
    }
    put("source_date", FieldKind::Day, text_of("source_date"));
    let verified = table.get("verified").and_then(Item::as_bool).unwrap_or(false);
    put("verified", FieldKind::YesNo, if verified { "yes" } else { "no" }.to_owned());
    if kind == "set" && members(table).is_some() {
        put("country", FieldKind::Country, String::new());
        put("since", FieldKind::Day, String::new());
        put("until", FieldKind::Day, String::new());
    }
    Some(found)
}

/// Every number below a table, by the keys that lead to it.
fn figures(table: &dyn TableLike) -> Vec<(String, String)> {
    fn of_value(path: &str, value: &Value, found: &mut Vec<(String, String)>) {
        match value {
            Value::Integer(number) => found.push((path.to_owned(), number.value().to_string())),
            Value::Float(number) => found.push((path.to_owned(), number.value().to_string())),
            Value::InlineTable(inner) => {
                for (key, value) in inner.iter() {
                    of_value(&format!("{path}.{key}"), value, found);
                }
            }
            Value::Array(all) => {
                for (at, value) in all.iter().enumerate() {
                    of_value(&format!("{path}.{at}"), value, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for (key, item) in table.iter().filter(|(key, _)| !matches!(*key, "members" | "include")) {
        match item {
            Item::Value(value) => of_value(key, value, &mut found),
            Item::Table(inner) => {
                found.extend(figures(inner).into_iter().map(|(path, value)| (format!("{key}.{path}"), value)));
            }
            _ => {}
        }
    }
    found
}

/// The value to which the keys of a path lead.
fn value_at<'t>(table: &'t mut dyn TableLike, path: &str) -> Option<&'t mut Value> {
    let (head, rest) = path.split_once('.').map_or((path, None), |(head, rest)| (head, Some(rest)));
    let item = table.get_mut(head)?;
    let Some(rest) = rest else { return item.as_value_mut() };
    match item {
        Item::Table(inner) => value_at(inner, rest),
        Item::Value(value) => rest.split('.').try_fold(value, |value, key| match value {
            Value::InlineTable(inner) => inner.get_mut(key),
            Value::Array(all) => all.get_mut(key.parse().ok()?),
            _ => None,
        }),
        _ => None,
    }
}

/// Puts a value where another one stood, with the spaces and comments around it.
fn replace(old: &mut Value, new: Value) {
    let decor: Decor = old.decor().clone();
    *old = new;
    *old.decor_mut() = decor;
}

fn set(table: &mut Table, key: &str, new: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => replace(old, new),
        None => {
            table.insert(key, Item::Value(new));
        }
    }
}

/// The text with what the form says of the part at a place; a field that the form does not mention stays.
///
/// # Errors
/// The fields that cannot be used; nothing is changed then.
pub fn put(text: &str, place: &str, given: &BTreeMap<String, String>) -> Result<String, Vec<Problem>> {
    let nowhere = || vec![("part".to_owned(), "rules-wrong-part")];
    let known = fields(text, place).ok_or_else(nowhere)?;
    let mut document = text.parse::<DocumentMut>().map_err(|_| nowhere())?;
    let (_, table) = table_at(&mut document, place).ok_or_else(nowhere)?;
    let mut problems: Vec<Problem> = Vec::new();
    let changed = known.iter().filter_map(|field| {
        let value = given.get(&field.name)?.trim();
        (value != field.value).then_some((field, value))
    });
    for (field, value) in changed {
        let name = field.name.as_str();
        let outcome = match field.kind {
            FieldKind::Figure => put_figure(table, name, value),
            FieldKind::Severity if matches!(value, "ineligible" | "weak" | "advice") => {
                set(table, name, value.into());
                Ok(())
            }
            FieldKind::Severity => Err("rules-wrong-severity"),
            FieldKind::YesNo => {
                set(table, name, (value == "yes").into());
                Ok(())
            }
            FieldKind::Day if MEMBER.contains(&name) => Ok(()),
            FieldKind::Day => put_day(table, name, value),
            // Both languages of a source are put together below.
            FieldKind::Words if name.starts_with("source.") => {
                if value.is_empty() {
                    Err("rules-wrong-source")
                } else {
                    Ok(())
                }
            }
            FieldKind::Words if value.is_empty() => Err("rules-wrong-source"),
            FieldKind::Words => {
                set(table, name, value.into());
                Ok(())
            }
            FieldKind::Country => Ok(()),
        };
        problems.extend(outcome.err().map(|problem| (name.to_owned(), problem)));
    }
    if problems.is_empty() && known.iter().any(|field| field.name == "source.en") {
        let of = |name: &str| {
            let stands = known.iter().find(|field| field.name == name).map(|field| field.value.as_str());
            given.get(name).map(|value| value.trim()).or(stands).unwrap_or_default().to_owned()
        };
        let (en, fr) = (of("source.en"), of("source.fr"));
        let stands = |name: &str, value: &str| known.iter().any(|field| field.name == name && field.value == value);
        if !stands("source.en", &en) || !stands("source.fr", &fr) {
            let source = if en == fr {
                Value::from(en)
            } else {
                let mut each = InlineTable::new();
                each.insert("en", en.into());
                each.insert("fr", fr.into());
                Value::InlineTable(each)
            };
            set(table, "source", source);
        }
    }
    if problems.is_empty()
        && known.iter().any(|field| field.kind == FieldKind::Country)
        && let Err(problem) = put_member(table, given)
    {
        problems.push(problem);
    }
    if problems.is_empty() { Ok(document.to_string()) } else { Err(problems) }
}

fn put_figure(table: &mut Table, path: &str, value: &str) -> Result<(), &'static str> {
    let typed = value.replace(',', ".");
    let new = match (typed.parse::<i64>(), typed.parse::<f64>()) {
        (Ok(whole), _) => Value::from(whole),
        (_, Ok(number)) if number.is_finite() => Value::from(number),
        _ => return Err("rules-wrong-figure"),
    };
    let old = value_at(table, path).ok_or("rules-wrong-part")?;
    replace(old, new);
    Ok(())
}

fn put_day(table: &mut Table, key: &str, value: &str) -> Result<(), &'static str> {
    if value.is_empty() {
        return match key {
            // A rule without the day on which its source was read cannot be published, nor a cut-off without its day.
            "source_date" | "day" => Err("rules-wrong-day"),
            key => {
                table.remove(key);
                Ok(())
            }
        };
    }
    let day: Day = value.parse().map_err(|_| "rules-wrong-day")?;
    set(table, key, day.to_string().into());
    Ok(())
}

fn members(table: &Table) -> Option<&Array> {
    table.get("members").and_then(Item::as_array)
}

/// Lets a country join a set from a day on, or leave it on a day.
fn put_member(table: &mut Table, given: &BTreeMap<String, String>) -> Result<(), Problem> {
    let of = |name: &str| given.get(name).map(|value| value.trim()).unwrap_or_default();
    let code = of("country").to_ascii_uppercase();
    if code.is_empty() && of("since").is_empty() && of("until").is_empty() {
        return Ok(());
    }
    let wrong = |field: &str, message| Err((field.to_owned(), message));
    if code.len() != 2 || code.parse::<eligibility::Country>().is_err() {
        return wrong("country", "rules-wrong-country");
    }
    let mut days = BTreeMap::new();
    for name in ["since", "until"] {
        if !of(name).is_empty() {
            match of(name).parse::<Day>() {
                Ok(day) => days.insert(name, day),
                Err(_) => return wrong(name, "rules-wrong-day"),
            };
        }
    }
    let Some(all) = table.get_mut("members").and_then(Item::as_array_mut) else {
        return wrong("country", "rules-wrong-part");
    };
    let of_country = |value: &&mut Value| {
        let table = value.as_inline_table();
        let text = |key: &str| table.and_then(|table| table.get(key)).and_then(Value::as_str);
        text("country") == Some(&code) && text("until").is_none() && text("scope").is_none()
    };
    let open = all.iter_mut().filter(of_country).last().and_then(Value::as_inline_table_mut);
    match (open, days.get("since"), days.get("until")) {
        (_, None, None) => wrong("since", "rules-wrong-day"),
        (Some(open), None, Some(until)) => {
            let since = open.get("since").and_then(Value::as_str).and_then(|day| day.parse::<Day>().ok());
            if since.is_some_and(|since| *until < since) {
                return wrong("until", "rules-wrong-before");
            }
            // The space before the brace goes behind the new pair.
            if let Some((_, last)) = open.iter_mut().last() {
                last.decor_mut().set_suffix("");
            }
            let mut left = Value::from(until.to_string());
            *left.decor_mut() = Decor::new(" ", " ");
            open.insert("until", left);
            Ok(())
        }
        (Some(_), Some(_), _) => wrong("since", "rules-wrong-member"),
        (None, None, Some(_)) => wrong("country", "rules-wrong-no-member"),
        (None, Some(since), until) => {
            if until.is_some_and(|until| until < since) {
                return wrong("until", "rules-wrong-before");
            }
            let mut joined = InlineTable::new();
            joined.insert("country", code.as_str().into());
            joined.insert("since", since.to_string().into());
            if let Some(until) = until {
                joined.insert("until", until.to_string().into());
            }
            // On a line of its own, as the others are.
            let head = all.iter().last().and_then(|last| last.decor().prefix()).and_then(|prefix| prefix.as_str());
            let head = head.filter(|head| head.trim().is_empty()).unwrap_or("\n  ").to_owned();
            let mut value = Value::InlineTable(joined);
            *value.decor_mut() = Decor::new(head, "");
            all.push_formatted(value);
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consortia::instruments::shipped_text;

    fn given(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn place(text: &str, kind: &str, name: &str) -> String {
        parts(text).into_iter().find(|part| part.kind == kind && part.name == name).unwrap().place
    }

    /// The lines between those that both begin with and those that both end with.
    fn changed(before: &str, after: &str) -> Vec<String> {
        let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
        let same = |(one, other): &(&&str, &&str)| one == other;
        let head = before.iter().zip(&after).take_while(same).count();
        let tail = before[head..].iter().rev().zip(after[head..].iter().rev()).take_while(same).count();
        after[head..after.len() - tail].iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn every_file_has_forms_and_stays_as_it_is_where_nothing_is_changed() {
        let mut forms = 0;
        for file in ["eurostars-3.toml", "ihi-two-stage.toml", "sets/countries.toml"] {
            let text = shipped_text(file).unwrap();
            for part in parts(text) {
                let fields = fields(text, &part.place).unwrap();
                let same = fields.iter().map(|field| (field.name.clone(), field.value.clone())).collect();
                assert_eq!(put(text, &part.place, &same).as_deref(), Ok(text), "{file}, {}", part.place);
                forms += 1;
            }
        }
        assert!(forms > 50, "{forms}");
    }

    #[test]
    fn table_of_changes() {
        let text = shipped_text("eurostars-3.toml").unwrap();
        let rule = place(text, "rule", "entity-share");
        for (fields, line) in [
            (given(&[("require.entity_share.at_most", "65")]), "require = { entity_share = { at_most = 65 } }"),
            (given(&[("require.entity_share.at_most", "62,5")]), "require = { entity_share = { at_most = 62.5 } }"),
            (given(&[("severity", "weak")]), "severity = \"weak\""),
            (given(&[("source_date", "01/12/2026")]), "source_date = \"2026-12-01\""),
            (given(&[("verified", "no")]), "verified = false"),
            (given(&[("valid_from", "2027-01-01")]), "valid_from = \"2027-01-01\""),
            (given(&[("source.en", "text"), ("source.fr", "text")]), "source = \"text\""),
            (given(&[("source.en", "text"), ("source.fr", "texte")]), "source = { en = \"text\", fr = \"texte\" }"),
        ] {
            let after = put(text, &rule, &fields).unwrap();
            assert_eq!(changed(text, &after).first().map(|line| line.trim().to_owned()), Some(line.to_owned()));
            assert_eq!(changed(text, &after).len(), 1, "nothing else changes: {fields:?}");
        }
        for (fields, problem) in [
            (given(&[("require.entity_share.at_most", "many")]), "rules-wrong-figure"),
            (given(&[("severity", "deadly")]), "rules-wrong-severity"),
            (given(&[("source_date", "")]), "rules-wrong-day"),
            (given(&[("valid_to", "soon")]), "rules-wrong-day"),
            (given(&[("source.fr", " ")]), "rules-wrong-source"),
        ] {
            assert_eq!(put(text, &rule, &fields).unwrap_err()[0].1, problem, "{fields:?}");
        }
        assert_eq!(put(text, "rule.999", &given(&[])).unwrap_err()[0].1, "rules-wrong-part");
        assert_eq!(put("x = [", "rule.0", &given(&[])).unwrap_err()[0].1, "rules-wrong-part");
        assert!(parts("x = [").is_empty() && fields(text, "title.0").is_none());
    }

    #[test]
    fn a_country_joins_and_leaves() {
        let text = shipped_text("sets/countries.toml").unwrap();
        let set = place(text, "set", "member-state");
        let joined = put(text, &set, &given(&[("country", "me"), ("since", "2028-01-01")])).unwrap();
        assert_eq!(changed(text, &joined), ["  { country = \"ME\", since = \"2028-01-01\" },"]);
        let left = put(&joined, &set, &given(&[("country", "ME"), ("until", "2029-12-31")])).unwrap();
        assert_eq!(
            changed(&joined, &left),
            ["  { country = \"ME\", since = \"2028-01-01\", until = \"2029-12-31\" },"]
        );
        for (fields, problem) in [
            (given(&[("country", "FR"), ("since", "2028-01-01")]), "rules-wrong-member"),
            (given(&[("country", "ME"), ("until", "2028-01-01")]), "rules-wrong-no-member"),
            (given(&[("country", "FR"), ("until", "1900-01-01")]), "rules-wrong-before"),
            (given(&[("country", "Montenegro"), ("since", "2028-01-01")]), "rules-wrong-country"),
            (given(&[("country", "ME")]), "rules-wrong-day"),
        ] {
            assert_eq!(put(text, &set, &fields).unwrap_err()[0].1, problem, "{fields:?}");
        }
    }
}
