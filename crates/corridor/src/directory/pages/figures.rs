//! What a source states of an organisation, in the reader's words: fields, qualifiers, figures with their unit.

use crate::{
    accounts::Acting,
    foundation::languages::{Language, Texts},
};

/// A field of a statement in words; fields of the data that have no text yet are shown as the data names them.
pub(super) fn field_label(field: &str, acting: &Acting) -> String {
    // «members (note)»: what the source adds to a figure.
    let (field, noted) = match field.strip_suffix(" (note)") {
        Some(field) => (field, true),
        None => (field, false),
    };
    let key = format!("field-{}", field.to_lowercase().replace(['_', ' ', '.'], "-"));
    let label = if acting.app.texts.knows(acting.language, &key) { acting.say(&key) } else { field.replace('_', " ") };
    if noted { format!("{label} ({})", acting.say("directory-note")) } else { label }
}

/// A qualifier in words; one that has no text yet is shown as the data has it.
pub(super) fn qualifier_label(qualifier: Option<&str>, acting: &Acting) -> String {
    let Some(qualifier) = qualifier else { return String::new() };
    let key = format!("qualifier-{}", qualifier.to_lowercase().replace(['_', ' '], "-"));
    if acting.app.texts.knows(acting.language, &key) { acting.say(&key) } else { qualifier.replace('_', " ") }
}

/// A value as the reader writes it.
pub(super) fn value_words(value: &str, acting: &Acting) -> String {
    in_words(value, &acting.app.texts, acting.language).unwrap_or_else(|| value.to_owned())
}

/// A figure with a unit in words: `28500 m2` is «28 500 m²». Nothing where it is none, or its unit has no words: such a
/// value is shown as the source says it.
fn in_words(value: &str, texts: &Texts, language: Language) -> Option<String> {
    let (figure, added) = value.split_once(": ").map_or((value, None), |(figure, added)| (figure, Some(added)));
    let (number, unit) = figure.split_once(' ')?;
    let amount: f64 = number.parse().ok()?;
    let key = unit_key(unit);
    if !texts.knows(language, &key) {
        return None;
    }
    let decimals = number.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let written = language.decimal(amount, decimals);
    let words = texts.say(language, &key, &[("figure", written.into()), ("count", amount.into())]);
    Some(added.map_or_else(|| words.clone(), |added| format!("{words} ({added})")))
}

/// The key of a unit in the language files.
fn unit_key(unit: &str) -> String {
    let plain: String = unit.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    format!("stated-unit-{}", parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_the_reader_writes_them() {
        let texts = Texts::load().unwrap();
        let french = |value| in_words(value, &texts, Language::Fr);
        assert_eq!(french("28500 m2").as_deref(), Some("28\u{202f}500\u{a0}m²"));
        assert_eq!(french("11.75 million EUR").as_deref(), Some("11,75\u{a0}M€"));
        assert_eq!(french("1 companies").as_deref(), Some("1 entreprise"));
        assert_eq!(french("19 units: in Île-de-France").as_deref(), Some("19 unités (in Île-de-France)"));
        for left_alone in ["2008", "about 20 beds", "42 unheard-of things", "member of the task force"] {
            assert_eq!(french(left_alone), None);
        }
    }

    #[test]
    fn every_unit_of_the_packaged_network_has_its_words() {
        let texts = Texts::load().unwrap();
        let network = include_str!("../../../../../data/world/organisations.toml");
        let units: Vec<String> = network
            .lines()
            .filter_map(|line| line.strip_prefix("unit = "))
            .map(|unit| unit_key(unit.trim_matches('"')))
            .collect();
        assert!(units.len() > 20);
        for unit in units {
            for language in Language::ALL {
                assert!(texts.knows(language, &unit), "{unit} in {language:?}");
            }
        }
    }
}
