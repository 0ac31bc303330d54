//! What a topic changes in the rules of its instrument.

use eligibility::{Change, Consortium, Library, Status, check_with};

fn consortium(pages: u32) -> Consortium {
    let text = format!(
        r#"{{"instrument": "horizon-europe-ria", "date": "2024-06-01", "stage": "single", "pages": {pages}, "entities": [
        {{"id": "a", "country": "FR", "kind": "university"}}, {{"id": "b", "country": "DE", "kind": "university"}},
        {{"id": "c", "country": "IT", "kind": "university"}}]}}"#
    );
    Consortium::from_json(&text).expect("a sound consortium").consortium
}

const LONGER: &str = r#"
[[change]]
[change.replace]
id = "pages"
severity = "ineligible"
source = "text of the topic"
source_date = "2026-11-21"
verified = false
require = { pages = { at_most = 53 } }

[[change]]
[change.add]
id = "with-sme"
severity = "ineligible"
source = "text of the topic"
source_date = "2026-11-21"
verified = false
require = { count = { who = "sme", at_least = 1 } }

[[change]]
remove = "gender-equality-plan"
source = "text of the topic"
"#;

#[test]
fn a_topic_adds_replaces_and_removes() {
    let library = Library::embedded();
    let changes = library.changes_from_toml("topic.toml", LONGER).expect("sound changes");
    let instrument = library.with_changes("horizon-europe-ria", &changes).expect("a sound instrument");
    let report = check_with(library, &instrument, &consortium(53)).expect("a report");
    let status = |rule: &str| report.verdict(rule).map(|verdict| verdict.status);
    assert_eq!(status("pages"), Some(Status::Met));
    assert_eq!(status("with-sme"), Some(Status::NotMet));
    assert_eq!(status("gender-equality-plan"), None);
    assert_eq!(report.eligible, Some(false));
}

#[test]
fn a_rule_that_the_instrument_does_not_have_cannot_be_changed() {
    let change = Change::Remove { rule: "civil".into(), source: "text of the topic".into() };
    let error = Library::embedded().with_changes("horizon-europe-ria", &[change]).expect_err("unknown rule");
    assert_eq!(
        error.to_string(),
        "horizon-europe-ria.toml: a topic changes the rule \"civil\", which the instrument does not have"
    );
}

#[test]
fn a_removal_needs_its_source() {
    let error = Library::embedded()
        .changes_from_toml("topic.toml", "\n[[change]]\nremove = \"pages\"\n")
        .expect_err("no source");
    assert_eq!(error.to_string(), "topic.toml: line 2: a removal needs its source");
}

#[test]
fn an_added_rule_is_validated() {
    let text = LONGER.replace("who = \"sme\"", "who = \"smes\"");
    let library = Library::embedded();
    let changes = library.changes_from_toml("topic.toml", &text).expect("readable changes");
    let error = library.with_changes("horizon-europe-ria", &changes).expect_err("an unknown group");
    assert!(
        error.to_string().ends_with("rule \"with-sme\": unknown group \"smes\": define it under [group.smes]"),
        "{error}"
    );
}
