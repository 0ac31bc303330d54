//! What changed from one version of a topic to the next: fields side by side, texts word by word.

use similar::{ChangeTag, DiffOp, TextDiff};

use super::model::Content;

/// A field whose value changed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct FieldChange {
    /// The field, by its word in the language files.
    pub field: &'static str,
    /// How its values are to be shown: `text`, `date` or `money` (euro cents).
    pub kind: &'static str,
    /// The values before.
    pub before: Vec<String>,
    /// The values after.
    pub after: Vec<String>,
}

/// A stretch of a text that stayed, came or went.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Stretch {
    /// `same`, `added` or `removed`.
    pub kind: &'static str,
    /// The words.
    pub text: String,
}

/// What changed in a text: the paragraphs touched, each with the paragraph before and after it for orientation.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct TextChange {
    /// The text, by its word in the language files.
    pub field: &'static str,
    /// The places, in order.
    pub places: Vec<Vec<Stretch>>,
}

/// All that changed between two versions.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Changes {
    /// Fields.
    pub fields: Vec<FieldChange>,
    /// Texts.
    pub texts: Vec<TextChange>,
}

/// Compares two versions.
pub fn changes(before: &Content, after: &Content) -> Changes {
    let mut found = Changes::default();
    let mut field = |field, kind, before: Vec<String>, after: Vec<String>| {
        if before != after {
            found.fields.push(FieldChange { field, kind, before, after });
        }
    };
    let one = |text: &str| if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
    let maybe = |text: &Option<String>| text.iter().cloned().collect::<Vec<_>>();
    let number = |value: Option<i64>| value.iter().map(i64::to_string).collect::<Vec<_>>();
    field("title", "text", one(&before.title), one(&after.title));
    field("deadlines", "date", before.deadlines.clone(), after.deadlines.clone());
    field("opens-on", "date", maybe(&before.opens_on), maybe(&after.opens_on));
    field("deadline-model", "text", one(&before.deadline_model), one(&after.deadline_model));
    field("budget-min", "money", number(before.budget_min_cents), number(after.budget_min_cents));
    field("budget-max", "money", number(before.budget_max_cents), number(after.budget_max_cents));
    field("grants", "text", number(before.expected_grants), number(after.expected_grants));
    field("action", "text", one(&before.type_of_action), one(&after.type_of_action));
    field("status", "text", one(&before.status), one(&after.status));
    field("programme", "text", one(&before.programme), one(&after.programme));
    field("theme", "text", maybe(&before.theme), maybe(&after.theme));
    field("call", "text", one(&before.call_identifier), one(&after.call_identifier));
    field("call-title", "text", one(&before.call_title), one(&after.call_title));
    field("keywords", "text", before.keywords.clone(), after.keywords.clone());
    field("url", "text", maybe(&before.url), maybe(&after.url));
    for (name, before, after) in [
        ("description", &before.description, &after.description),
        ("conditions", &before.conditions, &after.conditions),
    ] {
        let places = text(before, after);
        if !places.is_empty() {
            found.texts.push(TextChange { field: name, places });
        }
    }
    found
}

fn text(before: &str, after: &str) -> Vec<Vec<Stretch>> {
    let (before, after) = (paragraphs(before), paragraphs(after));
    let by_paragraph = TextDiff::from_slices(&before, &after);
    let mut places = Vec::new();
    for group in by_paragraph.grouped_ops(1) {
        let mut place: Vec<Stretch> = Vec::new();
        for operation in group {
            match operation {
                DiffOp::Equal { old_index, len, .. } => {
                    for paragraph in &before[old_index..old_index + len] {
                        put(&mut place, "same", paragraph);
                        put(&mut place, "same", "\n");
                    }
                }
                other => {
                    let (gone, come) = (before[other.old_range()].join("\n"), after[other.new_range()].join("\n"));
                    let by_word = TextDiff::from_words(&gone, &come);
                    for change in by_word.iter_all_changes() {
                        let kind = match change.tag() {
                            ChangeTag::Equal => "same",
                            ChangeTag::Insert => "added",
                            ChangeTag::Delete => "removed",
                        };
                        put(&mut place, kind, change.value());
                    }
                    put(&mut place, "same", "\n");
                }
            }
        }
        places.push(place);
    }
    places
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

fn put(place: &mut Vec<Stretch>, kind: &'static str, text: &str) {
    match place.last_mut() {
        Some(last) if last.kind == kind => last.text.push_str(text),
        _ => place.push(Stretch { kind, text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_words_that_changed_are_shown_and_nothing_else() {
        let before = Content {
            title: "One".to_owned(),
            deadlines: vec!["2027-04-13".to_owned()],
            budget_max_cents: Some(400),
            description: "Far.\nNear.\nThe consortium needs three members.\nAfter.\nFar off.".to_owned(),
            ..Content::default()
        };
        assert_eq!(changes(&before, &before), Changes::default());
        let after = Content {
            deadlines: vec!["2027-05-04".to_owned()],
            budget_max_cents: Some(500),
            description: before.description.replace("three", "four"),
            ..before.clone()
        };
        let found = changes(&before, &after);
        let fields: Vec<&str> = found.fields.iter().map(|change| change.field).collect();
        assert_eq!(fields, ["deadlines", "budget-max"]);
        let stretches: Vec<(&str, &str)> =
            found.texts[0].places[0].iter().map(|stretch| (stretch.kind, stretch.text.as_str())).collect();
        assert_eq!(
            stretches,
            [
                ("same", "Near.\nThe consortium needs "),
                ("removed", "three"),
                ("added", "four"),
                ("same", " members.\nAfter.\n"),
            ]
        );
    }
}
