//! Countries by their two-letter code, in both languages, from the packaged code list.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::foundation::languages::Language;

/// The packaged list (`data/reference/countries.csv`, licence in `data/README.md`).
static LIST: &str = include_str!("../../../../data/reference/countries.csv");

#[derive(serde::Deserialize)]
struct Row {
    alpha2: String,
    name_en: String,
    name_fr: String,
}

static NAMES: LazyLock<BTreeMap<String, (String, String)>> = LazyLock::new(|| {
    csv::Reader::from_reader(LIST.as_bytes())
        .deserialize()
        .filter_map(|row: Result<Row, csv::Error>| row.ok())
        .map(|row| (row.alpha2, (row.name_en, row.name_fr)))
        .collect()
});

/// The name of a country; its code where the list does not know it.
pub fn country_name(code: &str, language: Language) -> &str {
    match NAMES.get_key_value(code) {
        Some((_, (en, fr))) => match language {
            Language::En => en,
            Language::Fr => fr,
        },
        None => code,
    }
}

/// All countries of the list, as code and name, by name.
pub fn all(language: Language) -> Vec<(&'static str, &'static str)> {
    let names: &'static BTreeMap<String, (String, String)> = &NAMES;
    let mut list: Vec<(&str, &str)> = names.keys().map(|code| (code.as_str(), country_name(code, language))).collect();
    list.sort_by_key(|(_, name)| super::model::plain(name));
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_have_names_in_both_languages() {
        assert_eq!(country_name("DE", Language::Fr), "Allemagne");
        assert_eq!(country_name("DE", Language::En), "Germany");
        assert_eq!(country_name("QQ", Language::En), "QQ");
        assert!(all(Language::Fr).len() > 200);
    }
}
