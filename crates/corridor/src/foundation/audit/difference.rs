//! What changed between a record before and after, field by field.

use serde_json::Value as Json;

/// A field that differs.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Difference {
    /// The way to it: `members.2.role`.
    pub field: String,
    /// The value before; nothing where it did not exist.
    pub before: Option<String>,
    /// The value after; nothing where it does not exist any more.
    pub after: Option<String>,
}

/// The fields that differ, in the order of their names; all fields where one of the two is missing.
pub fn differences(before: &Json, after: &Json) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", Some(before), Some(after), &mut found);
    found
}

fn compare(field: &str, before: Option<&Json>, after: Option<&Json>, found: &mut Vec<Difference>) {
    if before == after {
        return;
    }
    let mut parts: Vec<String> = [before, after].into_iter().flatten().flat_map(parts).collect();
    if parts.is_empty() {
        let spelt = |json: Option<&Json>| match json {
            None | Some(Json::Null) => None,
            Some(Json::String(text)) => Some(text.clone()),
            Some(other) => Some(other.to_string()),
        };
        let (before, after) = (spelt(before), spelt(after));
        if before != after {
            found.push(Difference { field: field.to_owned(), before, after });
        }
        return;
    }
    // Numbers of a list in their order, names in theirs.
    parts.sort_by_key(|part| (part.parse::<usize>().unwrap_or(usize::MAX), part.clone()));
    parts.dedup();
    for part in parts {
        let below = if field.is_empty() { part.clone() } else { format!("{field}.{part}") };
        compare(&below, before.and_then(|json| inside(json, &part)), after.and_then(|json| inside(json, &part)), found);
    }
}

fn parts(json: &Json) -> Vec<String> {
    match json {
        Json::Object(fields) => fields.keys().cloned().collect(),
        Json::Array(items) => (0..items.len()).map(|place| place.to_string()).collect(),
        _ => Vec::new(),
    }
}

fn inside<'a>(json: &'a Json, part: &str) -> Option<&'a Json> {
    match json {
        Json::Array(items) => items.get(part.parse::<usize>().ok()?),
        other => other.get(part),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(before: Json, after: Json) -> Vec<String> {
        let words = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        differences(&before, &after)
            .into_iter()
            .map(|one| format!("{}: {} > {}", one.field, words(one.before), words(one.after)))
            .collect()
    }

    #[test]
    fn fields_that_differ_are_named_by_their_way() {
        let before = json!({"name": "A", "size": 3, "members": [{"role": "partner"}, {"role": "partner"}]});
        let after = json!({"name": "A", "size": 4, "members": [{"role": "coordinator"}], "note": "x"});
        assert_eq!(
            told(before, after),
            ["members.0.role: partner > coordinator", "members.1.role: partner > -", "note: - > x", "size: 3 > 4"]
        );
    }

    #[test]
    fn a_record_that_is_new_or_gone_tells_all_its_fields() {
        assert_eq!(told(Json::Null, json!({"a": 1, "b": null})), ["a: - > 1"]);
        assert_eq!(told(json!("x"), Json::Null), [": x > -"]);
        assert_eq!(told(json!({"a": {"b": 1}}), json!({"a": 2})), ["a.b: 1 > -"]);
        assert!(told(json!([1, 2]), json!([1, 2])).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn equal_records_do_not_differ_and_unequal_ones_do(one in 0i64..3, other in 0i64..3) {
            let record = |n: i64| json!({"list": [n, {"deep": n}]});
            proptest::prop_assert_eq!(differences(&record(one), &record(other)).is_empty(), one == other);
        }
    }
}
