//! Requirements and groups that the instruments use seldom, each on an instrument of its own.

use eligibility::{Consortium, Library, Report, Status, check};
use serde_json::{Value, json};

/// The verdict of one requirement on a consortium.
fn judged(require: &str, groups: &str, mut consortium: Value) -> (Option<Status>, Report) {
    let text = format!(
        r#"id = "own"
name = {{ en = "Own", fr = "Propre" }}
programme = "own"

{groups}

[[rule]]
id = "it"
severity = "ineligible"
source = "own text"
source_date = "2026-11-21"
verified = false
{require}
"#
    );
    let library = Library::from_files([("own.toml", text.as_str())]).expect("a sound instrument");
    consortium["instrument"] = json!("own");
    consortium["date"] = json!("2026-03-01");
    let reading = Consortium::from_value(&consortium).expect("a sound consortium");
    assert!(reading.unknown_fields.is_empty(), "{:?}", reading.unknown_fields);
    let report = check(&library, &reading.consortium).expect("a report");
    (report.verdict("it").map(|verdict| verdict.status), report)
}

fn status(require: &str, consortium: Value) -> Option<Status> {
    judged(&format!("require = {{ {require} }}"), "", consortium).0
}

fn firm(id: &str, country: &str, cost: i64) -> Value {
    json!({"id": id, "country": country, "kind": "sme", "sme": true, "cost_cents": cost})
}

const MET: Option<Status> = Some(Status::Met);
const NOT_MET: Option<Status> = Some(Status::NotMet);
const UNKNOWN: Option<Status> = Some(Status::Unknown);

#[test]
fn one_of_several_requirements_is_enough() {
    let require = "any_of = [{ count = { at_least = 3 } }, { civil_use = {} }]";
    let two = || json!([firm("a", "FR", 1), firm("b", "DE", 1)]);
    assert_eq!(status(require, json!({"entities": two(), "civil_use": true})), MET);
    assert_eq!(status(require, json!({"entities": two(), "civil_use": false})), NOT_MET);
    assert_eq!(status(require, json!({"entities": two()})), UNKNOWN);
    assert_eq!(status(require, json!({"entities": [firm("a", "FR", 1), firm("b", "DE", 1), firm("c", "DE", 1)]})), MET);
}

#[test]
fn the_amount_of_each_is_bounded() {
    let require = "entity_amount = { who = \"sme\", at_most_eur = 60_000 }";
    assert_eq!(status(require, json!({"entities": [firm("a", "FR", 6_000_000)]})), MET);
    assert_eq!(status(require, json!({"entities": [firm("a", "FR", 6_000_001)]})), NOT_MET);
    assert_eq!(status(require, json!({"entities": [{"id": "a", "country": "FR", "kind": "sme"}]})), UNKNOWN);
    assert_eq!(status(require, json!({"entities": [{"id": "a", "country": "FR", "kind": "university"}]})), MET);
}

#[test]
fn a_document_is_held_by_the_closing_date() {
    let require = "holds = { documents = [\"declaration\"], name = { en = \"declaration\", fr = \"déclaration\" }, by_closing = true }";
    let with = |documents: Value| json!({"closing_date": "2026-04-01", "entities": [{"id": "a", "country": "FR", "kind": "sme", "documents": documents}]});
    assert_eq!(status(require, with(json!([{"kind": "declaration", "date": "2026-04-01"}]))), MET);
    assert_eq!(status(require, with(json!([{"kind": "declaration", "date": "2026-04-02"}]))), NOT_MET);
    assert_eq!(status(require, with(json!([{"kind": "Declaration", "date": "2026-03-31"}]))), MET);
    assert_eq!(status(require, with(json!([{"kind": "declaration"}]))), UNKNOWN);
    assert_eq!(status(require, with(json!([]))), NOT_MET);
    assert_eq!(status(require, with(Value::Null)), UNKNOWN);
}

#[test]
fn subcontracting_counts_as_the_rule_says() {
    let team = || {
        json!({"entities": [
            {"id": "a", "country": "FR", "kind": "sme", "sme": true, "cost_cents": 55, "subcontracting_cents": 10},
            {"id": "b", "country": "DE", "kind": "university", "cost_cents": 45}]})
    };
    let with = |how: &str| {
        status(&format!("group_share = {{ who = \"sme\", at_least = 50, subcontracting = \"{how}\" }}"), team())
    };
    assert_eq!(with("included"), MET);
    // 45 of 90.
    assert_eq!(with("excluded"), MET);
    // 45 of 100.
    assert_eq!(with("excluded_from_part"), NOT_MET);
}

#[test]
fn a_share_has_an_upper_bound_strict_or_not() {
    let team = || json!({"entities": [firm("a", "FR", 40), {"id": "b", "country": "DE", "kind": "university", "cost_cents": 60}]});
    assert_eq!(status("group_share = { who = \"sme\", at_most = 40 }", team()), MET);
    assert_eq!(status("group_share = { who = \"sme\", at_most = 40, strictly = true }", team()), NOT_MET);
    assert_eq!(status("group_share = { who = \"sme\", at_most = 39.999 }", team()), NOT_MET);
    let open = json!({"entities": [firm("a", "FR", 40), {"id": "b", "country": "DE", "kind": "university"}]});
    assert_eq!(status("group_share = { who = \"sme\", at_most = 40 }", open), UNKNOWN);
    let decided = json!({"entities": [firm("a", "FR", 60), firm("c", "FR", 1), {"id": "b", "country": "DE", "kind": "university", "cost_cents": 40},
        {"id": "d", "country": "DE", "kind": "sme", "sme": true}]});
    assert_eq!(status("group_share = { who = \"sme\", at_most = 40 }", decided), NOT_MET);
}

#[test]
fn a_share_that_is_certainly_reached_is_met_though_a_cost_is_missing() {
    let team = json!({"entities": [firm("a", "FR", 60), {"id": "b", "country": "DE", "kind": "university", "cost_cents": 40},
        {"id": "d", "country": "DE", "kind": "sme", "sme": true}]});
    assert_eq!(status("group_share = { who = \"sme\", at_least = 50 }", team), MET);
}

#[test]
fn independence_of_all() {
    let pair = |percent: i64| {
        let mut second = firm("b", "DE", 1);
        second["owned_by"] = json!([{"id": "a", "percent": percent}]);
        json!({"entities": [firm("a", "FR", 1), second]})
    };
    assert_eq!(status("independent = {}", pair(50)), MET);
    assert_eq!(status("independent = {}", pair(51)), NOT_MET);
}

#[test]
fn a_condition_that_is_not_certain_leaves_only_a_broken_rule_open() {
    let rule = "when = { includes = \"for-profit\" }\nrequire = { count = { at_least = 2 } }";
    let one = json!({"entities": [{"id": "a", "country": "FR", "kind": "other"}]});
    let two = json!({"entities": [{"id": "a", "country": "FR", "kind": "other"}, {"id": "b", "country": "FR", "kind": "university"}]});
    assert_eq!(judged(rule, "", one).0, UNKNOWN);
    assert_eq!(judged(rule, "", two).0, MET);
    let without = json!({"entities": [{"id": "b", "country": "FR", "kind": "university"}]});
    assert_eq!(judged(rule, "", without).0, None);
}

#[test]
fn a_register_that_is_not_stated_is_unknown_and_a_mark_is_not_there() {
    let noun = "one = { en = \"x\", fr = \"x\" }\nmany = { en = \"xs\", fr = \"xs\" }";
    let rule = "require = { count = { who = \"x\", at_least = 1 } }";
    let entity = |registrations: Value| json!({"entities": [{"id": "a", "country": "FR", "kind": "sme", "registrations": registrations}]});
    let by = |condition: &str, registrations: Value| {
        judged(rule, &format!("[group.x]\n{noun}\n{condition} = [\"ECCP\"]"), entity(registrations)).0
    };
    assert_eq!(by("registered", Value::Null), UNKNOWN);
    assert_eq!(by("marked", Value::Null), NOT_MET);
    assert_eq!(by("registered", json!(["eccp:123"])), MET);
    assert_eq!(by("marked", json!(["ECCP"])), MET);
    assert_eq!(by("registered", json!(["SIREN"])), NOT_MET);
}

#[test]
fn a_count_is_open_only_where_doubtful_members_matter() {
    let require = "count = { who = \"sme\", at_least = 1, at_most = 2 }";
    let doubt = || json!({"id": "d", "country": "FR", "kind": "sme", "sme": null});
    assert_eq!(status(require, json!({"entities": [doubt()]})), UNKNOWN);
    assert_eq!(status(require, json!({"entities": [firm("a", "FR", 1), doubt()]})), MET);
    assert_eq!(status(require, json!({"entities": [firm("a", "FR", 1), firm("b", "FR", 1), doubt()]})), UNKNOWN);
    assert_eq!(
        status(require, json!({"entities": [firm("a", "FR", 1), firm("b", "FR", 1), firm("c", "FR", 1), doubt()]})),
        NOT_MET
    );
    assert_eq!(status(require, json!({"entities": []})), NOT_MET);
}

#[test]
fn whole_numbers_may_be_written_with_a_point() {
    let team = json!({"entities": [{"id": "a", "country": "FR", "kind": "sme", "sme": null, "headcount": 249.5, "turnover_cents": 100.0, "cost_cents": 5.0}]});
    let (status, report) = judged("require = { count = { who = \"sme\", at_least = 1 } }", "", team);
    assert_eq!(status, MET);
    assert_eq!(report.eligible, Some(true));
}
