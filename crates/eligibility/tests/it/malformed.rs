//! Input that cannot be used: each error names the place and the mend.

use eligibility::{Consortium, InputError, Library, LibraryError, check};

fn refused(text: &str) -> String {
    match Consortium::from_json(text) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("accepted: {text}"),
    }
}

#[test]
fn a_text_that_is_no_json_names_line_and_column() {
    let error = Consortium::from_json("{\n  \"instrument\": \"x\",\n  oops\n}").expect_err("no JSON");
    assert!(matches!(error, InputError::Syntax { line: 3, .. }), "{error}");
    assert!(refused("").starts_with("line 1"));
}

#[test]
fn a_deeply_nested_text_is_refused_and_does_not_overflow() {
    let text = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(refused(&text).contains("recursion"), "{}", refused(&text));
}

#[test]
fn required_fields_are_named() {
    assert_eq!(refused("{}"), "instrument: missing: this field is required");
    assert_eq!(refused("[]"), "the input: expected an object, found a list");
    let without = r#"{"instrument": "i", "date": "2025-01-01"}"#;
    assert_eq!(refused(without), "entities: missing: this list is required");
}

#[test]
fn the_calendar_is_kept() {
    let with = |date: &str| refused(&format!(r#"{{"instrument": "i", "date": "{date}", "entities": []}}"#));
    assert_eq!(with("2026-02-31"), "date: the calendar has no day 2026-02-31");
    assert_eq!(with("2023-02-29"), "date: the calendar has no day 2023-02-29");
    assert_eq!(with("2026-13-01"), "date: the calendar has no day 2026-13-01");
    assert_eq!(with("26-1-1"), "date: \"26-1-1\" is not a date: write YYYY-MM-DD");
    assert_eq!(with("２０２6-01-01"), "date: \"２０２6-01-01\" is not a date: write YYYY-MM-DD");
}

#[test]
fn an_unknown_country_is_named_with_the_mend() {
    let text =
        r#"{"instrument": "i", "date": "2025-01-01", "entities": [{"id": "a", "country": "France", "kind": "sme"}]}"#;
    assert_eq!(
        refused(text),
        "entities[0].country: unknown country \"France\": write the two capital letters of ISO 3166-1"
    );
}

#[test]
fn the_european_habits_for_two_countries_are_understood() {
    let text = r#"{"instrument": "i", "date": "2025-01-01", "entities": [
        {"id": "a", "country": "EL", "kind": "sme"}, {"id": "b", "country": "UK", "kind": "sme"}]}"#;
    let consortium = Consortium::from_json(text).expect("a sound text").consortium;
    let codes: Vec<&str> = consortium.entities.iter().map(|entity| entity.country.code()).collect();
    assert_eq!(codes, ["GR", "GB"]);
}

#[test]
fn an_entity_twice_names_both_places() {
    let text = r#"{"instrument": "i", "date": "2025-01-01", "entities": [
        {"id": "a", "country": "FR", "kind": "sme"}, {"id": "a", "country": "DE", "kind": "sme"}]}"#;
    assert_eq!(refused(text), "entities[1].id: \"a\" is already entities[0]: list each entity once");
}

#[test]
fn money_that_could_overflow_is_refused() {
    let text = r#"{"instrument": "i", "date": "2025-01-01", "entities": [
        {"id": "a", "country": "FR", "kind": "sme", "cost_cents": 9223372036854775807}]}"#;
    assert!(refused(text).starts_with("entities[0].cost_cents: 9223372036854775807 is too large"), "{}", refused(text));
}

#[test]
fn fields_that_nobody_knows_are_listed() {
    let text = r#"{"instrument": "i", "date": "2025-01-01", "colour": 1, "entities": [
        {"id": "a", "country": "FR", "kind": "sme", "headcout": 3}]}"#;
    let reading = Consortium::from_json(text).expect("a sound text");
    assert_eq!(reading.unknown_fields, ["entities[0].headcout", "colour"]);
}

#[test]
fn an_unknown_instrument_names_those_that_are_known() {
    let text = r#"{"instrument": "horizon", "date": "2025-01-01", "entities": []}"#;
    let consortium = Consortium::from_json(text).expect("a sound text").consortium;
    let error = check(Library::embedded(), &consortium).expect_err("unknown").to_string();
    assert!(error.starts_with("instrument: unknown instrument \"horizon\": known are "), "{error}");
    assert!(error.contains("horizon-europe-ria"), "{error}");
}

#[test]
fn an_unknown_stage_names_those_that_are_known() {
    let text = r#"{"instrument": "ihi-two-stage", "date": "2025-01-01", "stage": "third", "entities": []}"#;
    let consortium = Consortium::from_json(text).expect("a sound text").consortium;
    let error = check(Library::embedded(), &consortium).expect_err("unknown").to_string();
    assert_eq!(error, "stage: unknown stage \"third\": ihi-two-stage has stage-1, stage-2");
}

/// A small instrument with one rule.
fn instrument(require: &str) -> String {
    format!(
        r#"id = "own"
name = {{ en = "Own", fr = "Propre" }}
programme = "own"

[[stage]]
id = "single"
name = {{ en = "single", fr = "unique" }}

[[rule]]
id = "first"
severity = "ineligible"
source = "own text"
source_date = "2026-11-21"
verified = false
require = {{ {require} }}
"#
    )
}

fn flawed(text: &str) -> String {
    match Library::from_files([("own.toml", text)]) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("accepted: {text}"),
    }
}

#[test]
fn a_small_instrument_is_sound() {
    let library = Library::from_files([("own.toml", instrument("count = { at_least = 1 }").as_str())])
        .expect("a sound instrument");
    assert_eq!(library.instrument("own").expect("the instrument").rules.len(), 1);
}

#[test]
fn an_unknown_predicate_names_file_and_line() {
    let error = flawed(&instrument("cuont = { at_least = 1 }"));
    assert!(error.starts_with("own.toml: line 15: "), "{error}");
    assert!(error.contains("unknown variant `cuont`") && error.contains("`count`"), "{error}");
}

#[test]
fn an_unknown_parameter_names_file_and_line() {
    let error = flawed(&instrument("count = { at_leats = 1 }"));
    assert!(error.starts_with("own.toml: line 15: ") && error.contains("at_leats"), "{error}");
}

#[test]
fn names_that_nothing_defines_are_told_with_the_rule() {
    let cases = [
        ("count = { who = \"smes\", at_least = 1 }", "unknown group \"smes\": define it under [group.smes]"),
        (
            "distinct_countries = { countries = \"europe\", at_least = 1 }",
            "unknown country set \"europe\": define it as [[set]] under sets/",
        ),
        ("count = {}", "give at_least, at_most or both"),
        ("count = { at_least = 3, at_most = 2 }", "at_most 2 is under at_least 3"),
        ("any_of = []", "any_of needs at least one requirement"),
        ("trl = { start = [6, 4] }", "a range of levels is [first, last], within 1 to 9"),
        (
            "statement = { en = \"a\", fr = \"b\" }",
            "a statement cannot decide eligibility: make its severity advice or weak",
        ),
    ];
    for (require, reason) in cases {
        let error = flawed(&instrument(require));
        assert_eq!(error, format!("own.toml: line 9: rule \"first\": {reason}"));
    }
}

#[test]
fn a_percentage_above_one_hundred_is_refused() {
    let error = flawed(&instrument("entity_share = { at_most = 101 }"));
    assert!(error.starts_with("own.toml: line 15: ") && error.contains("101 is not a percentage"), "{error}");
}

#[test]
fn a_date_that_does_not_exist_is_refused() {
    let text = instrument("civil_use = {}").replace("2026-11-21", "2026-02-31");
    let error = flawed(&text);
    assert_eq!(error, "own.toml: line 13: the calendar has no day 2026-02-31");
}

#[test]
fn a_file_must_carry_the_id_it_is_named_by() {
    let error = flawed(&instrument("civil_use = {}").replace("id = \"own\"", "id = \"other\""));
    assert_eq!(error, "own.toml: the id \"other\" is not the name of the file: write id = \"own\"");
}

#[test]
fn two_rules_of_one_id_may_not_apply_at_once() {
    let text = instrument("civil_use = {}");
    let rule = &text[text.find("[[rule]]").expect("a rule")..];
    let error = flawed(&format!("{text}\n{rule}"));
    assert_eq!(
        error,
        "own.toml: line 17: rule \"first\": a rule of this id already stands at line 9 for the same stage and days"
    );
    let dated = rule.replace("verified", "valid_from = \"2027-01-01\"\nverified");
    let ended = text.replace("verified", "valid_to = \"2026-12-31\"\nverified");
    let both = format!("{ended}\n{dated}");
    assert!(Library::from_files([("own.toml", both.as_str())]).is_ok());
}

#[test]
fn a_rule_for_a_stage_that_does_not_exist_is_refused() {
    let text = instrument("civil_use = {}").replace("severity", "stages = [\"second\"]\nseverity");
    assert_eq!(flawed(&text), "own.toml: line 9: rule \"first\": unknown stage \"second\": define it under [[stage]]");
}

#[test]
fn a_group_defined_by_itself_is_refused() {
    let group = "\n[group.a]\none = { en = \"a\", fr = \"a\" }\nmany = { en = \"a\", fr = \"a\" }\nany = [\"b\"]\n\n[group.b]\none = { en = \"b\", fr = \"b\" }\nmany = { en = \"b\", fr = \"b\" }\nnone = [\"a\"]\n";
    let error = flawed(&format!("{}{group}", instrument("civil_use = {}")));
    assert_eq!(error, "own.toml: the group \"a\" is defined by itself");
}

#[test]
fn a_country_set_that_contains_itself_is_refused() {
    let set = r#"[[set]]
id = "loop"
one = { en = "a", fr = "a" }
many = { en = "a", fr = "a" }
source = "own"
source_date = "2026-11-21"
include = [{ set = "loop" }]
"#;
    let error = Library::from_files([("sets/own.toml", set)]).expect_err("circular");
    assert!(matches!(error, LibraryError::File { .. }));
    assert_eq!(error.to_string(), "sets: the country set \"loop\" contains itself");
}

#[test]
fn a_country_in_a_set_without_a_date_names_file_and_line() {
    let set = r#"[[set]]
id = "undated"
one = { en = "a", fr = "a" }
many = { en = "a", fr = "a" }
source = "own"
source_date = "2026-11-21"
members = [
  { country = "FR", since = "2021-01-01" },
  { country = "DE" },
]
"#;
    let error = Library::from_files([("sets/own.toml", set)]).expect_err("undated").to_string();
    assert_eq!(error, "sets/own.toml: line 9: missing field `since`");
    let unread = set.replace("source_date = \"2026-11-21\"\n", "").replace("\"DE\"", "\"DE\", since = \"2021-01-01\"");
    let error = Library::from_files([("sets/own.toml", unread.as_str())]).expect_err("undated").to_string();
    assert_eq!(error, "sets/own.toml: line 1: missing field `source_date`");
}

#[test]
fn an_area_that_nothing_defines_is_told() {
    let group = "\n[group.a]\none = { en = \"a\", fr = \"a\" }\nmany = { en = \"a\", fr = \"a\" }\narea = \"moon\"\n";
    let error = flawed(&format!("{}{group}", instrument("civil_use = {}")));
    assert_eq!(error, "own.toml: the group \"a\" names the unknown area \"moon\": define it as [[area]] under sets/");
}

#[test]
fn a_milestone_after_one_that_is_not_there_is_refused() {
    let milestone = |id: &str, after: &str| {
        format!(
            "\n[[milestone]]\nid = \"{id}\"\nname = {{ en = \"a\", fr = \"a\" }}\n{after}days = 3\nsource = \"own\"\nsource_date = \"2026-11-21\"\nverified = false\n"
        )
    };
    let error = flawed(&format!("{}{}", instrument("civil_use = {}"), milestone("b", "after = \"a\"\n")));
    assert_eq!(error, "own.toml: the milestone \"b\" comes after \"a\", which is none before it");
    let error = flawed(&format!("{}{}{}", instrument("civil_use = {}"), milestone("a", ""), milestone("a", "")));
    assert_eq!(error, "own.toml: the milestone \"a\" is defined twice");
}

fn owned(holdings: &[(&str, &str, u32)]) -> String {
    let mut ids: Vec<&str> = holdings.iter().map(|(held, ..)| *held).collect();
    ids.sort_unstable();
    ids.dedup();
    let entities: Vec<String> = ids
        .iter()
        .map(|id| {
            let of: Vec<String> = holdings
                .iter()
                .filter(|(held, ..)| held == id)
                .map(|(_, owner, percent)| format!(r#"{{"id": "{owner}", "percent": {percent}}}"#))
                .collect();
            format!(r#"{{"id": "{id}", "country": "FR", "kind": "sme", "owned_by": [{}]}}"#, of.join(", "))
        })
        .collect();
    format!(r#"{{"instrument": "i", "date": "2025-01-01", "entities": [{}]}}"#, entities.join(", "))
}

#[test]
fn circular_ownership_names_the_holding_and_the_circle() {
    assert_eq!(
        refused(&owned(&[("a", "b", 60), ("b", "x", 10), ("b", "a", 51)])),
        "entities[1].owned_by[1]: circular ownership: \"a\" is owned by \"b\" is owned by \"a\": state each holding in one direction"
    );
    let three = refused(&owned(&[("a", "b", 25), ("b", "c", 25), ("c", "a", 100)]));
    assert!(three.starts_with("entities[2].owned_by[0]: circular ownership: "), "{three}");
    // A circle that does not begin at the first entity, beside a common owner, which is none.
    let later = refused(&owned(&[("a", "b", 30), ("b", "c", 30), ("c", "b", 30)]));
    assert!(later.starts_with("entities[2].owned_by[0]: circular ownership: \"b\""), "{later}");
    let sound = owned(&[("a", "c", 30), ("b", "c", 30), ("a", "b", 30)]);
    assert!(Consortium::from_json(&sound).is_ok());
    // Small holdings in each other weigh nothing.
    assert!(Consortium::from_json(&owned(&[("a", "b", 10), ("b", "a", 24)])).is_ok());
}

#[test]
fn a_long_chain_of_owners_is_no_circle_and_does_not_overflow() {
    let names: Vec<String> = (0..3000).map(|at| format!("e{at}")).collect();
    let chain: Vec<(&str, &str, u32)> = (0..2999).map(|at| (names[at].as_str(), names[at + 1].as_str(), 60)).collect();
    assert!(Consortium::from_json(&owned(&chain)).is_ok());
}

#[test]
fn figures_of_a_year_twice_and_impossible_years_are_refused() {
    let with = |figures: &str| {
        format!(
            r#"{{"instrument": "i", "date": "2025-01-01", "entities": [{{"id": "a", "country": "FR", "kind": "sme", "figures": [{figures}]}}]}}"#
        )
    };
    assert_eq!(
        refused(&with(r#"{"year": 2024}, {"year": 2024}"#)),
        "entities[0].figures[1].year: 2024 is already figures[0]: give each year once"
    );
    assert!(refused(&with(r#"{"year": 24}"#)).starts_with("entities[0].figures[0].year: expected a year such as 2025"));
    assert_eq!(refused(&with("{}")), "entities[0].figures[0].year: missing: this field is required");
    assert!(
        refused(&with(r#"{"year": 2024, "turnover_cents": -1}"#))
            .starts_with("entities[0].figures[0].turnover_cents: -1 is negative")
    );
}

#[test]
fn an_investor_of_an_unknown_sort_names_those_that_are_known() {
    let text = r#"{"instrument": "i", "date": "2025-01-01", "entities": [
        {"id": "a", "country": "FR", "kind": "sme", "owned_by": [{"id": "f", "percent": 40, "investor": "fund"}]}]}"#;
    assert!(
        refused(text).starts_with("entities[0].owned_by[0].investor: \"fund\" is none of venture_capital, "),
        "{}",
        refused(text)
    );
}
