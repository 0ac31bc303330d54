//! French and English as equals: Fluent texts, and numbers, money and days as each language writes them.

use std::{borrow::Cow, collections::BTreeSet, str::FromStr};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use jiff::civil::{Date, Time};
use unic_langid::LanguageIdentifier;

use super::time::{Timestamp, Zone};

/// A language of the pages.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Language {
    /// Both languages, for tests and tables.
    pub const ALL: [Language; 2] = [Language::En, Language::Fr];

    /// The ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Fr => "fr",
        }
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Language::En => Language::Fr,
            Language::Fr => Language::En,
        }
    }

    /// The first of the two that an `Accept-Language` header names.
    pub fn from_accept_header(header: &str) -> Option<Self> {
        header.split(',').find_map(|part| part.trim().get(..2)?.to_ascii_lowercase().parse().ok())
    }

    /// A whole number with the thousands apart: `12,345`, `12 345`.
    pub fn number(self, value: i64) -> String {
        let digits = value.unsigned_abs().to_string();
        let mut text = String::new();
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                // U+202F: the narrow no-break space that French typography puts between thousands.
                text.push(if self == Language::Fr { '\u{202f}' } else { ',' });
            }
            text.push(digit);
        }
        if value < 0 { format!("\u{2212}{text}") } else { text }
    }

    /// A number with the given count of decimals.
    pub fn decimal(self, value: f64, decimals: usize) -> String {
        let rounded = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = rounded.split_once('.').unwrap_or((&rounded, ""));
        let mut text = self.number(whole.parse().unwrap_or(0));
        if !fraction.is_empty() {
            text.push(if self == Language::Fr { ',' } else { '.' });
            text.push_str(fraction);
        }
        if value < 0.0 && rounded.chars().any(|c| ('1'..='9').contains(&c)) { format!("\u{2212}{text}") } else { text }
    }

    /// A share of one as percent: `43 %`, `43%`.
    pub fn percent(self, share: f64) -> String {
        let decimals = if share != 0.0 && share.abs() < 0.1 { 1 } else { 0 };
        let number = self.decimal(share * 100.0, decimals);
        if self == Language::Fr { format!("{number}\u{202f}%") } else { format!("{number}%") }
    }

    /// Euro cents as an amount without cents where there are none: `€1,250,000`, `1 250 000 €`.
    pub fn money(self, cents: i64) -> String {
        let number = if cents % 100 == 0 { self.number(cents / 100) } else { self.decimal(cents as f64 / 100.0, 2) };
        if self == Language::Fr { format!("{number}\u{a0}€") } else { format!("€{number}") }
    }

    /// A day in words: `5 March 2026`, `5 mars 2026`, `1er mars 2026`.
    pub fn day(self, day: Date) -> String {
        const FR: [&str; 12] = [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ];
        let month = usize::from(day.month().unsigned_abs().clamp(1, 12)) - 1;
        match self {
            Language::En => format!("{} {} {}", day.day(), eligibility::MONTHS[month], day.year()),
            Language::Fr if day.day() == 1 => format!("1er {} {}", FR[month], day.year()),
            Language::Fr => format!("{} {} {}", day.day(), FR[month], day.year()),
        }
    }

    /// A day in words with its day of the week: `Friday 5 March 2027`, `vendredi 5 mars 2027`.
    pub fn weekday(self, day: Date) -> String {
        const EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        const FR: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
        let at = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
        let word = if self == Language::Fr { FR[at] } else { EN[at] };
        format!("{word} {}", self.day(day))
    }

    /// The days from one to another, saying month and year once where they are the same:
    /// `Monday 11 – Tuesday 12 January 2027`, `du lundi 11 au mardi 12 janvier 2027`.
    pub fn days(self, first: Date, last: Date) -> String {
        if first == last {
            return self.weekday(first);
        }
        let (whole, until) = (self.weekday(first), self.weekday(last));
        // What the first day says like the last, is left to the last.
        let parts = match (first.year() == last.year(), first.month() == last.month()) {
            (true, true) => 2,
            (true, false) => 3,
            (false, _) => 4,
        };
        let from = whole.split(' ').take(parts).collect::<Vec<_>>().join(" ");
        match self {
            Language::En => format!("{from} – {until}"),
            Language::Fr => format!("du {from} au {until}"),
        }
    }

    /// A month, `YYYY-MM`, or a year in words: `March 2026`, `mars 2026`, `2026`; any other text as it is.
    pub fn month(self, text: &str) -> String {
        // The second of a month is written alike in all of them.
        match format!("{text}-02").parse::<Date>() {
            Ok(day) => self.day(day).trim_start_matches("2 ").to_owned(),
            Err(_) => text.to_owned(),
        }
    }

    /// A moment in words, on the clocks of a place and naming them: `5 March 2026, 10:45 CET`,
    /// `5 mars 2026 à 10 h 45, heure de Paris`. What belongs together is not broken apart.
    pub fn moment(self, zone: &Zone, time: Timestamp) -> String {
        let zoned = zone.at(time);
        let day = self.day(zoned.date()).replace(' ', "\u{a0}");
        let clock = self.clock(zoned.time());
        match self {
            Language::En => format!("{day}, {clock}\u{a0}{}", self.zone(zone, time)),
            Language::Fr => format!("{day} à\u{a0}{clock}, {}", self.zone(zone, time)),
        }
    }

    /// A time of the day: `17:05`, `17 h 05`.
    pub fn clock(self, time: Time) -> String {
        match (self, time.minute()) {
            (Language::En, minute) => format!("{:02}:{minute:02}", time.hour()),
            (Language::Fr, 0) => format!("{}\u{a0}h", time.hour()),
            (Language::Fr, minute) => format!("{}\u{a0}h\u{a0}{minute:02}", time.hour()),
        }
    }

    /// What a zone is called at a moment: in English by its letters where it has such (`CEST`), in French by its place
    /// (`heure de Paris`, `heure d’Athènes`), as each language does.
    pub fn zone(self, zone: &Zone, time: Timestamp) -> String {
        let name = zone.name();
        let place = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
        let zoned = zone.at(time);
        let letters = zoned.strftime("%Z").to_string();
        match self {
            _ if name == "UTC" => "UTC".to_owned(),
            Language::En if letters.chars().all(|c| c.is_ascii_alphabetic()) => letters,
            Language::En => format!("{place} time").replace(' ', "\u{a0}"),
            Language::Fr => {
                let place = FRENCH_PLACES.iter().find(|(iana, _)| *iana == place).map_or(place.as_str(), |(_, fr)| fr);
                let elided = place.starts_with(['A', 'E', 'I', 'O', 'U', 'Î', 'É', 'H']);
                let said = match place.split_once(' ') {
                    Some(("Le", place)) => format!("heure du {place}"),
                    Some(("Les", place)) => format!("heure des {place}"),
                    _ if elided => format!("heure d’{place}"),
                    _ => format!("heure de {place}"),
                };
                said.replace(' ', "\u{a0}")
            }
        }
    }
}

/// Places of zones that French calls otherwise than the IANA database does.
const FRENCH_PLACES: [(&str, &str); 31] = [
    ("Algiers", "Alger"),
    ("Andorra", "Andorre"),
    ("Athens", "Athènes"),
    ("Azores", "Les Açores"),
    ("Baghdad", "Bagdad"),
    ("Beirut", "Beyrouth"),
    ("Brussels", "Bruxelles"),
    ("Bucharest", "Bucarest"),
    ("Cairo", "Le Caire"),
    ("Canary", "Les Canaries"),
    ("Chisinau", "Chișinău"),
    ("Copenhagen", "Copenhague"),
    ("Damascus", "Damas"),
    ("Dubai", "Dubaï"),
    ("Famagusta", "Famagouste"),
    ("Jerusalem", "Jérusalem"),
    ("Lisbon", "Lisbonne"),
    ("London", "Londres"),
    ("Madeira", "Madère"),
    ("Malta", "Malte"),
    ("Mexico City", "Mexico"),
    ("Montreal", "Montréal"),
    ("Moscow", "Moscou"),
    ("Reunion", "La Réunion"),
    ("San Marino", "Saint-Marin"),
    ("Sao Paulo", "São Paulo"),
    ("Seoul", "Séoul"),
    ("Singapore", "Singapour"),
    ("Tehran", "Téhéran"),
    ("Vienna", "Vienne"),
    ("Warsaw", "Varsovie"),
];

/// A text names no language of the pages.
#[derive(Debug, thiserror::Error)]
#[error("not a language of the pages: `{0}` (write en or fr)")]
pub struct UnknownLanguage(String);

impl FromStr for Language {
    type Err = UnknownLanguage;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "en" => Ok(Language::En),
            "fr" => Ok(Language::Fr),
            other => Err(UnknownLanguage(other.to_owned())),
        }
    }
}

impl TryFrom<String> for Language {
    type Error = UnknownLanguage;
    fn try_from(code: String) -> Result<Self, Self::Error> {
        code.parse()
    }
}

#[derive(rust_embed::RustEmbed)]
#[folder = "locales/"]
struct Files;

/// All texts of both languages.
pub struct Texts {
    en: FluentBundle<FluentResource>,
    fr: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Texts")
    }
}

impl Texts {
    /// Reads the bundled texts. A file with a mistake is a fault of the build, found by the first test.
    pub fn load() -> anyhow::Result<Self> {
        Ok(Texts { en: bundle(Language::En)?, fr: bundle(Language::Fr)? })
    }

    /// The text of a key. A key that is missing shows itself: the test `languages_say_the_same` keeps that from happening.
    pub fn text<'a>(&'a self, language: Language, key: &str, arguments: Option<&FluentArgs<'_>>) -> Cow<'a, str> {
        let bundle = match language {
            Language::En => &self.en,
            Language::Fr => &self.fr,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return Cow::Owned(key.to_owned());
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, arguments, &mut errors).into_owned();
        Cow::Owned(text)
    }

    /// The text of a key with named values.
    pub fn say(&self, language: Language, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set((*name).to_owned(), value.clone());
        }
        self.text(language, key, Some(&arguments)).into_owned()
    }

    /// Whether the key has a text that these values complete; else what is wrong with it.
    pub fn check(&self, language: Language, key: &str, arguments: &FluentArgs<'_>) -> Result<(), String> {
        let bundle = match language {
            Language::En => &self.en,
            Language::Fr => &self.fr,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return Err(format!("no text `{key}` in {}", language.code()));
        };
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, Some(arguments), &mut errors);
        match errors.first() {
            Some(error) => Err(format!("the text `{key}` in {}: {error}", language.code())),
            None => Ok(()),
        }
    }

    /// Whether the key has a text.
    pub fn knows(&self, language: Language, key: &str) -> bool {
        match language {
            Language::En => self.en.has_message(key),
            Language::Fr => self.fr.has_message(key),
        }
    }

    /// Every key of a language, for the test that compares the two.
    pub fn keys(language: Language) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for path in Files::iter().filter(|path| path.starts_with(language.code())) {
            let Some(file) = Files::get(&path) else {
                continue;
            };
            for line in String::from_utf8_lossy(&file.data).lines() {
                if line.starts_with(|c: char| c.is_ascii_lowercase())
                    && let Some((key, _)) = line.split_once(" =")
                {
                    keys.insert(key.to_owned());
                }
            }
        }
        keys
    }
}

fn bundle(language: Language) -> anyhow::Result<FluentBundle<FluentResource>> {
    let identifier: LanguageIdentifier = language.code().parse()?;
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // Pages mark no bidirectional text; the isolation marks would only end up in copied text and in tests.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::En => |value, _| format_number(Language::En, value),
        Language::Fr => |value, _| format_number(Language::Fr, value),
    }));
    for path in Files::iter().filter(|path| path.starts_with(language.code())) {
        let Some(file) = Files::get(&path) else {
            continue;
        };
        let text = String::from_utf8(file.data.into_owned())?;
        let resource = FluentResource::try_new(text)
            .map_err(|(_, errors)| anyhow::anyhow!("mistakes in locales/{path}: {errors:?}"))?;
        bundle
            .add_resource(resource)
            .map_err(|errors| anyhow::anyhow!("texts said twice in locales/{path}: {errors:?}"))?;
    }
    Ok(bundle)
}

fn format_number(language: Language, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    Some(if number.value.fract() == 0.0 {
        language.number(number.value as i64)
    } else {
        language.decimal(number.value, 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_with_their_day_of_the_week() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(Language::En.weekday(day("2027-03-05")), "Friday 5 March 2027");
        assert_eq!(Language::Fr.weekday(day("2027-03-01")), "lundi 1er mars 2027");
        assert_eq!(Language::Fr.weekday(day("2027-03-07")), "dimanche 7 mars 2027");
    }

    #[test]
    fn languages_say_the_same() {
        let (en, fr) = (Texts::keys(Language::En), Texts::keys(Language::Fr));
        assert!(!en.is_empty());
        assert_eq!(en.difference(&fr).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in French");
        assert_eq!(fr.difference(&en).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in English");
        Texts::load().unwrap();
    }

    #[test]
    fn moments_are_told_on_the_clocks_of_the_place_and_name_it() {
        let at = |text: &str| Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_microsecond());
        for (zone, instant, en, fr) in [
            (
                "Europe/Paris",
                "2026-03-05T09:45:00Z",
                "5 March 2026, 10:45 CET",
                "5 mars 2026 à 10 h 45, heure de Paris",
            ),
            (
                "Europe/Paris",
                "2026-07-01T07:00:00Z",
                "1 July 2026, 09:00 CEST",
                "1er juillet 2026 à 9 h, heure de Paris",
            ),
            (
                "Europe/London",
                "2026-03-28T23:30:00Z",
                "28 March 2026, 23:30 GMT",
                "28 mars 2026 à 23 h 30, heure de Londres",
            ),
            (
                "Europe/Athens",
                "2026-03-29T01:05:00Z",
                "29 March 2026, 04:05 EEST",
                "29 mars 2026 à 4 h 05, heure d’Athènes",
            ),
            (
                "Europe/Istanbul",
                "2026-07-01T21:00:00Z",
                "2 July 2026, 00:00 Istanbul time",
                "2 juillet 2026 à 0 h, heure d’Istanbul",
            ),
            (
                "Africa/Cairo",
                "2026-01-01T10:00:00Z",
                "1 January 2026, 12:00 EET",
                "1er janvier 2026 à 12 h, heure du Caire",
            ),
            (
                "Atlantic/Azores",
                "2026-01-01T10:00:00Z",
                "1 January 2026, 09:00 Azores time",
                "1er janvier 2026 à 9 h, heure des Açores",
            ),
            (
                "America/New_York",
                "2026-01-01T03:00:00Z",
                "31 December 2025, 22:00 EST",
                "31 décembre 2025 à 22 h, heure de New York",
            ),
            ("UTC", "2026-03-05T09:45:00Z", "5 March 2026, 09:45 UTC", "5 mars 2026 à 9 h 45, UTC"),
        ] {
            let zone = Zone::named(zone).unwrap();
            let plain = |language: Language| language.moment(&zone, at(instant)).replace('\u{a0}', " ");
            assert_eq!(plain(Language::En), en);
            assert_eq!(plain(Language::Fr), fr);
        }
    }

    #[test]
    fn days_have_their_names_and_say_month_and_year_once() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        for (first, last, en, fr) in [
            ("2027-01-06", "2027-01-06", "Wednesday 6 January 2027", "mercredi 6 janvier 2027"),
            ("2027-01-11", "2027-01-12", "Monday 11 – Tuesday 12 January 2027", "du lundi 11 au mardi 12 janvier 2027"),
            (
                "2027-01-31",
                "2027-02-01",
                "Sunday 31 January – Monday 1 February 2027",
                "du dimanche 31 janvier au lundi 1er février 2027",
            ),
            (
                "2026-12-31",
                "2027-01-01",
                "Thursday 31 December 2026 – Friday 1 January 2027",
                "du jeudi 31 décembre 2026 au vendredi 1er janvier 2027",
            ),
            (
                "2026-01-05",
                "2027-01-05",
                "Monday 5 January 2026 – Tuesday 5 January 2027",
                "du lundi 5 janvier 2026 au mardi 5 janvier 2027",
            ),
        ] {
            assert_eq!(Language::En.days(date(first), date(last)), en);
            assert_eq!(Language::Fr.days(date(first), date(last)), fr);
        }
    }

    #[test]
    fn numbers_are_written_as_each_language_writes_them() {
        assert_eq!(Language::En.number(1_234_567), "1,234,567");
        assert_eq!(Language::Fr.number(-1_234), "\u{2212}1\u{202f}234");
        assert_eq!(Language::En.money(125_050), "€1,250.50");
        assert_eq!(Language::Fr.money(125_000_000), "1\u{202f}250\u{202f}000\u{a0}€");
        assert_eq!(Language::Fr.percent(0.4545), "45\u{202f}%");
        assert_eq!(Language::En.percent(0.041), "4.1%");
        assert_eq!(Language::Fr.day(Date::constant(2026, 3, 1)), "1er mars 2026");
    }
}
