//! What a document is, when it counts, and how a form becomes one. Pure: no SQL, no clock.

use crate::foundation::{errors::FieldProblem, time::Day};

/// The longest title of a document.
const LONGEST_TITLE: usize = 200;
/// The longest address.
const LONGEST_LINK: usize = 500;
/// With how many days of validity left a document is told to be expiring.
pub const EXPIRING_DAYS: i64 = 60;

/// What kind of document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentKind {
    /// Gender equality plan.
    GenderEqualityPlan,
    /// Declaration of being an SME.
    SmeDeclaration,
    /// Declaration of who controls it.
    OwnershipDeclaration,
    /// Label of a cluster, or recognition of one by a programme.
    ClusterLabel,
    /// Letter by which it commits itself to a project.
    CommitmentLetter,
    /// Letter by which it says that it means to take part.
    IntentLetter,
    /// Mandate to sign or submit in its name.
    Mandate,
    /// Anything else, called by its title.
    Other,
}

impl DocumentKind {
    /// All of them, in the order of forms.
    pub const ALL: [DocumentKind; 8] = [
        DocumentKind::GenderEqualityPlan,
        DocumentKind::SmeDeclaration,
        DocumentKind::OwnershipDeclaration,
        DocumentKind::ClusterLabel,
        DocumentKind::CommitmentLetter,
        DocumentKind::IntentLetter,
        DocumentKind::Mandate,
        DocumentKind::Other,
    ];

    /// The word used in forms and the database.
    pub fn key(self) -> &'static str {
        match self {
            DocumentKind::GenderEqualityPlan => "gep",
            DocumentKind::SmeDeclaration => "sme_declaration",
            DocumentKind::OwnershipDeclaration => "ownership_declaration",
            DocumentKind::ClusterLabel => "cluster_label",
            DocumentKind::CommitmentLetter => "commitment_letter",
            DocumentKind::IntentLetter => "intent_letter",
            DocumentKind::Mandate => "mandate",
            DocumentKind::Other => "other",
        }
    }

    /// The kind of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == word)
    }

    /// The key of its name in the language files.
    pub fn label_key(self) -> String {
        format!("document-kind-{}", self.key().replace('_', "-"))
    }

    /// The words by which rules of instruments may ask for it.
    fn words(self) -> &'static [&'static str] {
        match self {
            DocumentKind::GenderEqualityPlan => &["gep", "gender-equality-plan"],
            DocumentKind::SmeDeclaration => &["sme-declaration"],
            DocumentKind::OwnershipDeclaration => &["ownership-declaration", "ownership-control-declaration"],
            DocumentKind::ClusterLabel => &["cluster-label", "programme-label"],
            DocumentKind::CommitmentLetter => &["commitment-letter", "letter-of-commitment"],
            DocumentKind::IntentLetter => &["intent-letter", "letter-of-intent"],
            DocumentKind::Mandate => &["mandate"],
            DocumentKind::Other => &[],
        }
    }

    /// The kind that rules ask for by this word, where there is one.
    pub fn asked_by(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase().replace([' ', '_'], "-");
        Self::ALL.into_iter().find(|kind| kind.words().contains(&word.as_str()))
    }

    /// The word by which rules ask for it first of all.
    pub fn rule_word(self) -> Option<&'static str> {
        self.words().first().copied()
    }

    /// Whether it is written for one draft, so that it counts in no other.
    pub fn is_of_one_draft(self) -> bool {
        matches!(self, DocumentKind::CommitmentLetter | DocumentKind::IntentLetter | DocumentKind::Mandate)
    }
}

impl TryFrom<String> for DocumentKind {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        Self::of(&word).ok_or_else(|| format!("`{word}` is no kind of document"))
    }
}

/// Who says something about an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StatedBy {
    /// The team of the cluster.
    Team,
    /// The organisation itself.
    Organisation,
}

impl StatedBy {
    /// The word in the database and in keys.
    pub fn key(self) -> &'static str {
        match self {
            StatedBy::Team => "team",
            StatedBy::Organisation => "organisation",
        }
    }
}

impl TryFrom<String> for StatedBy {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        [StatedBy::Team, StatedBy::Organisation]
            .into_iter()
            .find(|by| by.key() == word)
            .ok_or_else(|| format!("`{word}` states nothing"))
    }
}

/// How a document stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It counts.
    Valid,
    /// It counts, and not for long.
    Expiring,
    /// It is dated later.
    NotYet,
    /// Its validity is over.
    Expired,
}

impl Standing {
    /// The word in keys of texts.
    pub fn key(self) -> &'static str {
        match self {
            Standing::Valid => "valid",
            Standing::Expiring => "expiring",
            Standing::NotYet => "not-yet",
            Standing::Expired => "expired",
        }
    }

    /// Whether it counts.
    pub fn counts(self) -> bool {
        matches!(self, Standing::Valid | Standing::Expiring)
    }
}

/// How a document of these days stands on a day; without days it counts always.
pub fn standing(issued_on: Option<Day>, valid_until: Option<Day>, day: Day) -> Standing {
    match (issued_on, valid_until) {
        (_, Some(until)) if until < day => Standing::Expired,
        (Some(issued), _) if issued > day => Standing::NotYet,
        (_, Some(until)) if day.days_until(until) <= EXPIRING_DAYS => Standing::Expiring,
        _ => Standing::Valid,
    }
}

/// The form of a document as it was sent.
#[derive(Clone, Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(default)]
pub struct DocumentForm {
    /// Its kind.
    pub kind: String,
    /// What it is called beside its kind.
    pub title: String,
    /// When it was signed or adopted.
    pub issued_on: String,
    /// Until when it counts.
    pub valid_until: String,
    /// Where it can be read.
    pub link: String,
}

impl DocumentForm {
    /// The form of the fields that were sent.
    pub fn of(fields: &[(String, String)]) -> Self {
        let field = |name: &str| {
            fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        DocumentForm {
            kind: field("kind"),
            title: field("title"),
            issued_on: field("issued_on"),
            valid_until: field("valid_until"),
            link: field("link"),
        }
    }
}

/// What a form says of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Its kind.
    pub kind: DocumentKind,
    /// What it is called beside its kind.
    pub title: String,
    /// When it was signed or adopted.
    pub issued_on: Option<Day>,
    /// Until when it counts.
    pub valid_until: Option<Day>,
    /// Where it can be read.
    pub link: Option<String>,
}

/// Reads the form of a document, of an organisation or of a draft, with or without a file.
///
/// # Errors
/// The fields that cannot be used.
pub fn read(form: &DocumentForm, has_file: bool, of_draft: bool, today: Day) -> Result<Stated, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, message: &str, value: &str| {
        let value = value.chars().take(200).collect();
        problems.push(FieldProblem { field: field.to_owned(), message: message.to_owned(), value });
    };
    let kind = DocumentKind::of(&form.kind).filter(|kind| of_draft || !kind.is_of_one_draft());
    if kind.is_none() {
        wrong("kind", "document-wrong-kind", &form.kind);
    }
    let title: String = form.title.trim().chars().filter(|letter| !letter.is_control()).collect();
    if title.chars().count() > LONGEST_TITLE {
        wrong("title", "directory-problem-too-long", &title);
    } else if kind == Some(DocumentKind::Other) && title.is_empty() {
        wrong("title", "document-wrong-title", "");
    }
    let mut day = |field: &str, value: &str| match value.trim() {
        "" => None,
        text => text.parse::<Day>().map_err(|_| wrong(field, "consortia-wrong-day", text)).ok(),
    };
    let (issued_on, valid_until) = (day("issued_on", &form.issued_on), day("valid_until", &form.valid_until));
    if issued_on.is_some_and(|issued| issued > today) {
        wrong("issued_on", "document-wrong-future", &form.issued_on);
    }
    if issued_on.zip(valid_until).is_some_and(|(issued, until)| until < issued) {
        wrong("valid_until", "document-wrong-order", &form.valid_until);
    }
    let link = form.link.trim();
    let link = match (link.is_empty(), is_web_address(link)) {
        (true, _) => None,
        (false, true) => Some(link.to_owned()),
        (false, false) => {
            wrong("link", "document-wrong-link", link);
            None
        }
    };
    if form.link.trim().is_empty() && !has_file {
        wrong("link", "document-wrong-nowhere", "");
    }
    match kind {
        Some(kind) if problems.is_empty() => Ok(Stated { kind, title, issued_on, valid_until, link }),
        _ => Err(problems),
    }
}

/// Whether it is an address of the web, and so nothing that a browser would run.
fn is_web_address(text: &str) -> bool {
    let web = text.starts_with("https://") || text.starts_with("http://");
    let address = text.parse::<axum::http::Uri>();
    web && text.chars().count() <= LONGEST_LINK
        && address.is_ok_and(|address| address.host().is_some_and(|host| !host.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Day> {
        Some(text.parse().unwrap())
    }

    /// Dated, valid until, and how it stands on 1 September 2026.
    #[test]
    fn table_of_standings() {
        let today = day("2026-09-01").unwrap();
        for (issued, until, expected) in [
            (None, None, Standing::Valid),
            (day("2026-09-01"), None, Standing::Valid),
            (day("2026-09-02"), None, Standing::NotYet),
            (None, day("2026-08-31"), Standing::Expired),
            (None, day("2026-09-01"), Standing::Expiring),
            (None, day("2026-10-31"), Standing::Expiring),
            (None, day("2026-11-01"), Standing::Valid),
            (day("2020-01-01"), day("2025-01-01"), Standing::Expired),
        ] {
            assert_eq!(standing(issued, until, today), expected, "{issued:?} {until:?}");
        }
    }

    #[test]
    fn a_form_is_read_or_told_field_by_field() {
        let today = day("2026-09-01").unwrap();
        let form = |kind: &str, title: &str, issued: &str, until: &str, link: &str| DocumentForm {
            kind: kind.to_owned(),
            title: title.to_owned(),
            issued_on: issued.to_owned(),
            valid_until: until.to_owned(),
            link: link.to_owned(),
        };
        let good =
            read(&form("gep", " ", "2024-03-01", "2027-03-01", "https://lab.example/gep.pdf"), false, false, today);
        let good = good.unwrap();
        assert_eq!(
            (good.kind, good.issued_on, good.valid_until),
            (DocumentKind::GenderEqualityPlan, day("2024-03-01"), day("2027-03-01"))
        );
        assert!(read(&form("commitment_letter", "", "", "", ""), true, true, today).is_ok());
        let wrong = |form: &DocumentForm, file: bool, draft: bool| -> Vec<String> {
            read(form, file, draft, today).unwrap_err().into_iter().map(|problem| problem.field).collect()
        };
        assert_eq!(wrong(&form("commitment_letter", "", "", "", ""), true, false), ["kind"], "a letter is of a draft");
        assert_eq!(
            wrong(&form("nonsense", "", "1/2", "x", ""), false, true),
            ["kind", "issued_on", "valid_until", "link"]
        );
        assert_eq!(wrong(&form("other", "", "", "", ""), true, false), ["title"]);
        assert_eq!(wrong(&form("gep", "", "2026-09-02", "", ""), true, false), ["issued_on"]);
        assert_eq!(wrong(&form("gep", "", "2026-03-02", "2026-03-01", ""), true, false), ["valid_until"]);
        for link in ["javascript:alert(1)", "data:text/html,x", "//lab.example", "https://", "ftp://lab.example/x"] {
            assert_eq!(wrong(&form("gep", "", "", "", link), true, false), ["link"], "{link}");
        }
    }

    #[test]
    fn rules_ask_for_documents_by_several_words() {
        for (word, kind) in [
            ("gep", Some(DocumentKind::GenderEqualityPlan)),
            ("Gender equality plan", Some(DocumentKind::GenderEqualityPlan)),
            ("letter-of-commitment", Some(DocumentKind::CommitmentLetter)),
            ("national-programme", None),
        ] {
            assert_eq!(DocumentKind::asked_by(word), kind, "{word}");
        }
        for kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::of(kind.key()), Some(kind));
            assert!(kind.words().iter().all(|word| DocumentKind::asked_by(word) == Some(kind)), "{kind:?}");
        }
    }
}
