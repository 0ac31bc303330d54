//! What the directory holds, as values: organisations, what they can do, where they belong, what they did.

use std::str::FromStr;

use super::{OrganisationId, names::readable};

/// What an organisation is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A small or medium-sized enterprise.
    Sme,
    /// A company between SME and large company (in French law: ETI).
    MidCap,
    /// A large company.
    LargeCompany,
    /// A company whose size no source states.
    Company,
    /// A university or school of higher education.
    University,
    /// A research organisation.
    ResearchOrganisation,
    /// A hospital.
    Hospital,
    /// An organisation of patients.
    PatientOrganisation,
    /// A State, region, town, ministry or agency.
    PublicAuthority,
    /// A cluster.
    Cluster,
    /// An association, federation or network.
    Association,
    /// A foundation.
    Foundation,
    /// A fund that invests.
    Fund,
    /// A facility or research infrastructure.
    Facility,
    /// A newspaper, review or broadcaster.
    Media,
    /// Anything else, also what no source says.
    Other,
}

impl Kind {
    /// All kinds, in the order of lists.
    pub const ALL: [Kind; 16] = [
        Kind::Sme,
        Kind::MidCap,
        Kind::LargeCompany,
        Kind::Company,
        Kind::University,
        Kind::ResearchOrganisation,
        Kind::Hospital,
        Kind::PatientOrganisation,
        Kind::PublicAuthority,
        Kind::Cluster,
        Kind::Association,
        Kind::Foundation,
        Kind::Fund,
        Kind::Facility,
        Kind::Media,
        Kind::Other,
    ];

    /// The word used in keys, the database and addresses.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Sme => "sme",
            Kind::MidCap => "mid_cap",
            Kind::LargeCompany => "large_company",
            Kind::Company => "company",
            Kind::University => "university",
            Kind::ResearchOrganisation => "research_organisation",
            Kind::Hospital => "hospital",
            Kind::PatientOrganisation => "patient_organisation",
            Kind::PublicAuthority => "public_authority",
            Kind::Cluster => "cluster",
            Kind::Association => "association",
            Kind::Foundation => "foundation",
            Kind::Fund => "fund",
            Kind::Facility => "facility",
            Kind::Media => "media",
            Kind::Other => "other",
        }
    }

    /// The key of its name in the language files.
    pub fn label_key(self) -> String {
        format!("kind-{}", self.key().replace('_', "-"))
    }

    /// The kind that a stored word names; a word of a newer version is [`Kind::Other`].
    pub fn stored(word: &str) -> Self {
        word.parse().unwrap_or(Kind::Other)
    }
}

/// A word names no kind of organisation.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a kind of organisation: `{0}`")]
pub struct UnknownKind(pub String);

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(word: &str) -> Result<Self, UnknownKind> {
        Kind::ALL
            .into_iter()
            .find(|kind| kind.key() == word)
            // A research infrastructure is a facility that several bodies share.
            .or((word == "infrastructure").then_some(Kind::Facility))
            .ok_or_else(|| UnknownKind(word.to_owned()))
    }
}

/// Why Corridor says that an organisation has a competence.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CompetenceBasis {
    /// A cluster vouches for it.
    Vouched,
    /// The organisation says so.
    Declared,
    /// The texts of its past projects show it.
    Derived,
}

impl CompetenceBasis {
    /// The word of the database.
    pub fn key(self) -> &'static str {
        match self {
            CompetenceBasis::Vouched => "vouched",
            CompetenceBasis::Declared => "declared",
            CompetenceBasis::Derived => "derived",
        }
    }

    /// The basis that a stored word names.
    pub fn stored(word: &str) -> Self {
        match word {
            "vouched" => CompetenceBasis::Vouched,
            "declared" => CompetenceBasis::Declared,
            _ => CompetenceBasis::Derived,
        }
    }
}

/// The basis of a membership that was derived from the region, and must be shown as such.
pub const DERIVED_FROM_REGION: &str = "derived_from_region";
/// The basis of a membership that a source states.
pub const STATED: &str = "stated";

/// What an organisation is called where the data has no name for it.
pub fn shown_name(name: Option<&str>, pic: Option<&str>, id: OrganisationId) -> String {
    match (name.map(str::trim).filter(|name| !name.is_empty()), pic) {
        (Some(name), _) => readable(name),
        (None, Some(pic)) => format!("PIC {pic}"),
        // The last block of a UUIDv7 is random: short, and different for nearly all.
        (None, None) => format!("ID {}", id.0.simple().to_string().split_off(24)),
    }
}

/// What sources say of a past project that it can be called by.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProjectNaming<'a> {
    /// Its acronym.
    pub acronym: Option<&'a str>,
    /// Its title.
    pub title: Option<&'a str>,
    /// The title of the topic it answered.
    pub topic_title: Option<&'a str>,
    /// The topic it answered.
    pub topic: Option<&'a str>,
    /// The framework programme.
    pub framework: &'a str,
    /// Its number there.
    pub number: &'a str,
}

impl ProjectNaming<'_> {
    /// What it is called wherever it is shown: its acronym or title; else the topic it answered, with its number because
    /// several may have answered; else programme and number, since a bare number tells nobody anything. Texts are cut
    /// after so many letters.
    pub fn shown(&self, longest: usize) -> String {
        let said = |text: Option<&str>| {
            text.map(str::trim).filter(|text| !text.is_empty()).map(|text| shortened(text, longest))
        };
        let number = format!("{} {}", self.framework, self.number);
        said(self.acronym)
            .or_else(|| said(self.title))
            .or_else(|| said(self.topic_title.or(self.topic)).map(|topic| format!("{topic} ({number})")))
            .unwrap_or(number)
    }
}

/// A city as people read it: without the sorting codes of the French post, and in small letters where a source writes
/// capitals (`PARIS CEDEX 07`, `LYON 3`).
pub fn shown_city(city: &str) -> String {
    let mut words: Vec<&str> = city.split_whitespace().collect();
    if let Some(code) = words.iter().position(|word| word.eq_ignore_ascii_case("cedex"))
        && code > 0
    {
        words.truncate(code);
    }
    while words.len() > 1 && words.last().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit())) {
        words.pop();
    }
    let city = words.join(" ");
    if city.chars().any(char::is_lowercase) {
        return city;
    }
    let mut fresh = true;
    let mut shown = String::with_capacity(city.len());
    for letter in city.chars() {
        if fresh {
            shown.push(letter);
        } else {
            shown.extend(letter.to_lowercase());
        }
        fresh = !letter.is_alphabetic();
    }
    shown
}

/// The beginning of a long text, cut between words.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

/// A text as it is compared and searched: lower-case, accents taken off, anything else than letters and digits a space.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.chars() {
        if !letter.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        for lower in letter.to_lowercase() {
            match folded(lower) {
                Some(plain) => out.push_str(plain),
                None => out.push(lower),
            }
        }
    }
    out
}

/// The plain letters of an accented Latin letter, where it has one.
fn folded(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' | 'ĉ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ģ' | 'ĝ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ľ' | 'ļ' | 'ĺ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'ŕ' | 'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ž' | 'ż' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_back_from_their_words() {
        for kind in Kind::ALL {
            assert_eq!(kind.key().parse(), Ok(kind));
        }
        assert_eq!("infrastructure".parse(), Ok(Kind::Facility));
        assert_eq!("gremium".parse::<Kind>(), Err(UnknownKind("gremium".to_owned())));
        assert_eq!(Kind::stored("gremium"), Kind::Other);
    }

    #[test]
    fn a_text_is_compared_without_case_and_accents() {
        assert_eq!(plain("  Hôpital Saint-Œdème, «É.N.S.» "), "hopital saint oedeme e n s");
        assert_eq!(plain("Łódź STRAßE"), "lodz strasse");
        assert_eq!(plain("Ελλάδα"), "ελλάδα");
    }

    #[test]
    fn cities_are_shown_as_people_read_them() {
        assert_eq!(shown_city("LE KREMLIN-BICETRE"), "Le Kremlin-Bicetre");
        assert_eq!(shown_city("PARIS CEDEX 07"), "Paris");
        assert_eq!(shown_city("Lyon 3"), "Lyon");
        assert_eq!(shown_city("75013"), "75013");
        assert_eq!(shown_city("München"), "München");
        assert_eq!(shortened("one two three", 8), "one two…");
        assert_eq!(shortened("one", 8), "one");
    }

    #[test]
    fn an_organisation_without_a_name_is_called_by_its_pic() {
        let id = OrganisationId::new();
        assert_eq!(shown_name(Some("Institut Curie"), Some("999"), id), "Institut Curie");
        assert_eq!(shown_name(Some(" "), Some("888888170"), id), "PIC 888888170");
        assert!(shown_name(None, None, id).starts_with("ID "));
        let bare = ProjectNaming { framework: "FP7", number: "221594", ..ProjectNaming::default() };
        assert_eq!(bare.shown(60), "FP7 221594");
        let of_topic = ProjectNaming { acronym: Some(" "), topic_title: Some("New antibiotics"), ..bare };
        assert_eq!(of_topic.shown(60), "New antibiotics (FP7 221594)");
        assert_eq!(of_topic.shown(5), "New… (FP7 221594)");
        assert_eq!(ProjectNaming { title: Some("Été"), ..of_topic }.shown(3), "Été");
    }
}
