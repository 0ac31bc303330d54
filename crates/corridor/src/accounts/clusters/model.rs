//! What can be set of a cluster, and what is wrong with what somebody typed.

use super::accent::Accent;
use crate::{
    accounts::ClusterId,
    foundation::{errors::FieldProblem, languages::Language, time::Zone},
};

/// The longest name.
const LONGEST_NAME: usize = 120;
/// The longest short name: what fits beside the search of a narrow window.
const LONGEST_SHORT_NAME: usize = 24;
/// The longest word in addresses.
const LONGEST_SLUG: usize = 40;

/// A cluster with its settings.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, sqlx::FromRow)]
pub struct Cluster {
    /// Its id.
    pub id: ClusterId,
    /// Its word in addresses.
    pub slug: String,
    /// What is set of it.
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub settings: ClusterSettings,
    /// How often that was changed.
    pub revision: i64,
}

/// What is set of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, sqlx::FromRow)]
pub struct ClusterSettings {
    /// Its name.
    pub name: String,
    /// Its name where there is little room; empty where the name itself is short.
    pub short_name: String,
    /// Its accent colour, `#rrggbb`, as it was chosen.
    pub accent: String,
    /// The zone of its times.
    #[sqlx(try_from = "String")]
    pub time_zone: Zone,
    /// The language of pages, for readers whose browser asks for neither.
    #[sqlx(try_from = "String")]
    pub page_language: Language,
    /// The language of letters to people who have chosen none.
    #[sqlx(try_from = "String")]
    pub letter_language: Language,
}

/// The settings as a form sends them.
#[derive(Clone, Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(default)]
pub struct ClusterForm {
    /// The name.
    pub name: String,
    /// The short name.
    pub short_name: String,
    /// The colour.
    pub accent: String,
    /// The zone.
    pub time_zone: String,
    /// The language of pages.
    pub page_language: String,
    /// The language of letters.
    pub letter_language: String,
}

impl From<&ClusterSettings> for ClusterForm {
    fn from(settings: &ClusterSettings) -> Self {
        ClusterForm {
            name: settings.name.clone(),
            short_name: settings.short_name.clone(),
            accent: settings.accent.clone(),
            time_zone: settings.time_zone.name().to_owned(),
            page_language: settings.page_language.code().to_owned(),
            letter_language: settings.letter_language.code().to_owned(),
        }
    }
}

impl ClusterForm {
    /// The settings that the form says.
    ///
    /// # Errors
    /// All that is wrong with it, field by field.
    pub fn read(&self) -> Result<ClusterSettings, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, value: &str, message: &str| {
            problems.push(FieldProblem { field: field.into(), message: message.into(), value: value.into() });
        };
        let name = one_line(&self.name, LONGEST_NAME);
        if name.as_deref().unwrap_or_default().is_empty() {
            wrong("name", &self.name, "cluster-problem-name");
        }
        let short_name = one_line(&self.short_name, LONGEST_SHORT_NAME);
        if short_name.is_none() {
            wrong("short_name", &self.short_name, "cluster-problem-short-name");
        }
        let accent = self.accent.parse::<Accent>();
        if accent.is_err() {
            wrong("accent", &self.accent, "cluster-problem-accent");
        }
        let time_zone = Zone::named(&self.time_zone);
        if time_zone.is_none() {
            wrong("time_zone", &self.time_zone, "cluster-problem-time-zone");
        }
        let page_language = self.page_language.parse::<Language>();
        if page_language.is_err() {
            wrong("page_language", &self.page_language, "cluster-problem-language");
        }
        let letter_language = self.letter_language.parse::<Language>();
        if letter_language.is_err() {
            wrong("letter_language", &self.letter_language, "cluster-problem-language");
        }
        match (name, short_name, accent, time_zone, page_language, letter_language) {
            (Some(name), Some(short_name), Ok(accent), Some(time_zone), Ok(page_language), Ok(letter_language))
                if problems.is_empty() =>
            {
                let accent = accent.to_string();
                Ok(ClusterSettings { name, short_name, accent, time_zone, page_language, letter_language })
            }
            _ => Err(problems),
        }
    }
}

/// The text in one line; nothing where it is too long or cannot be shown.
fn one_line(text: &str, longest: usize) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (line.chars().count() <= longest && !line.chars().any(char::is_control)).then_some(line)
}

/// The word of a new cluster in addresses: small letters, digits and hyphens.
///
/// # Errors
/// When it is none.
pub fn slug(text: &str) -> Result<String, FieldProblem> {
    let word = text.trim();
    let fine = (2..=LONGEST_SLUG).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !word.starts_with('-')
        && !word.ends_with('-');
    if fine {
        return Ok(word.to_owned());
    }
    Err(FieldProblem { field: "slug".into(), message: "cluster-problem-slug".into(), value: text.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ClusterForm {
        ClusterForm {
            name: "  Medicen  Paris Region ".into(),
            short_name: "Medicen".into(),
            accent: "06c".into(),
            time_zone: "europe/paris".into(),
            page_language: "fr".into(),
            letter_language: "en".into(),
        }
    }

    #[test]
    fn settings_are_read_and_every_field_says_what_is_wrong_with_it() {
        let read = form().read().unwrap();
        assert_eq!((read.name.as_str(), read.accent.as_str()), ("Medicen Paris Region", "#0066cc"));
        assert_eq!(read.time_zone.name(), "Europe/Paris");
        let again = ClusterForm::from(&read).read().unwrap();
        assert_eq!(again, read, "what is stored can be sent again");
        let wrong = |change: &dyn Fn(&mut ClusterForm)| {
            let mut form = form();
            change(&mut form);
            let problems = form.read().unwrap_err();
            problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        assert_eq!(wrong(&|form| form.name = " ".into()), ["name"]);
        assert_eq!(wrong(&|form| form.name = "x".repeat(121)), ["name"]);
        assert_eq!(wrong(&|form| form.name = "x\u{7}".into()), ["name"]);
        assert_eq!(wrong(&|form| form.short_name = "x".repeat(25)), ["short_name"]);
        assert_eq!(wrong(&|form| form.accent = "blue".into()), ["accent"]);
        assert_eq!(wrong(&|form| form.time_zone = "Paris".into()), ["time_zone"]);
        assert_eq!(wrong(&|form| form.page_language = "de".into()), ["page_language"]);
        assert_eq!(wrong(&|form| form.letter_language = String::new()), ["letter_language"]);
        let all = ["name", "accent", "time_zone", "page_language", "letter_language"];
        assert_eq!(wrong(&|form| *form = ClusterForm::default()), all, "all at once");
    }

    #[test]
    fn a_word_in_addresses_needs_no_escape() {
        assert_eq!(slug(" medicen-2 ").unwrap(), "medicen-2");
        for wrong in ["", "m", "Medicen", "a b", "-a", "a-", "é1", "../x", &"a".repeat(41)] {
            assert!(slug(wrong).is_err(), "{wrong}");
        }
    }
}
