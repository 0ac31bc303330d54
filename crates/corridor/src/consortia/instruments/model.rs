//! What a changed file of rules is worth before it is published: read, said in plain words, held against its vectors.

use eligibility::{Library, LibraryError, vectors};
use serde::Serialize;

use super::{
    plain::{self, InstrumentPage},
    rulebook::{Rulebook, file_of},
};
use crate::foundation::{languages::Language, time::Day};

/// The longest file: ten times the longest that comes with the program.
pub const LONGEST_TEXT: usize = 256 * 1024;
/// The longest vectors of a file.
pub const LONGEST_VECTORS: usize = 1024 * 1024;
/// The longest id of an instrument.
const LONGEST_ID: usize = 60;
/// What an instrument may not be called, because pages have these addresses.
const TAKEN: [&str; 1] = ["new"];

/// What is edited: an instrument, or dated facts that instruments share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// An instrument, by its id.
    Instrument(String),
    /// A file of sets, such as `countries`.
    Set(String),
}

impl Document {
    /// The instrument of this id, where it can be one.
    pub fn instrument(id: &str) -> Option<Self> {
        is_word(id).then(|| Document::Instrument(id.to_owned()))
    }

    /// The sets of this name, which came with the program.
    pub fn set(name: &str) -> Option<Self> {
        let document = Document::Set(name.to_owned());
        super::rulebook::shipped_text(&document.file()).map(|_| document)
    }

    /// The path below the folder of instruments.
    pub fn file(&self) -> String {
        match self {
            Document::Instrument(id) => file_of(id),
            Document::Set(name) => format!("sets/{name}.toml"),
        }
    }

    /// The id of the instrument, or the name of the sets.
    pub fn word(&self) -> &str {
        match self {
            Document::Instrument(word) | Document::Set(word) => word,
        }
    }

    /// The address of its pages.
    pub fn href(&self) -> String {
        match self {
            Document::Instrument(id) => format!("/instruments/{id}"),
            Document::Set(name) => format!("/rule-sets/{name}"),
        }
    }

    /// Whether it has vectors of its own; sets are held against those of every instrument.
    pub fn has_vectors(&self) -> bool {
        matches!(self, Document::Instrument(_))
    }
}

/// Whether an instrument can have this id: small letters, digits and hyphens.
fn is_word(id: &str) -> bool {
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (2..=LONGEST_ID).contains(&id.len()) && id.chars().all(sound) && !id.starts_with('-') && !TAKEN.contains(&id)
}

/// Why a text cannot be used, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flaw {
    /// The file, where it is another one than the one that is edited.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<usize>,
    /// What stands there.
    pub excerpt: String,
    /// What is wrong and how to mend it.
    pub reason: String,
}

impl Flaw {
    pub(super) fn of(error: &LibraryError, file: &str, text: &str) -> Self {
        let (place, line, reason) = match error {
            LibraryError::Text { file, line, reason } => (file.clone(), Some(*line), reason.clone()),
            LibraryError::File { file, reason } => (file.clone(), None, reason.clone()),
            LibraryError::UnknownInstrument { .. } => (file.to_owned(), None, error.to_string()),
        };
        let own = place == file;
        let excerpt = line.filter(|_| own).and_then(|line| text.lines().nth(line.checked_sub(1)?)).unwrap_or_default();
        Flaw { file: (!own).then_some(place), line, excerpt: shortened(excerpt), reason }
    }

    pub(super) fn whole(reason: String) -> Self {
        Flaw { file: None, line: None, excerpt: String::new(), reason }
    }
}

/// A long line cut so that it fits beside its number.
fn shortened(line: &str) -> String {
    const LONGEST: usize = 160;
    let line = line.trim();
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    format!("{}…", line.chars().take(LONGEST).collect::<String>())
}

/// A vector that was run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VectorLine {
    /// The instrument, where several are run.
    pub file: Option<String>,
    /// Its name.
    pub name: String,
    /// What differed, one sentence each.
    pub differences: Vec<String>,
}

/// What a changed file is worth.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Judgement {
    /// Why the text cannot be used.
    pub flaw: Option<Flaw>,
    /// Why the vectors cannot be read.
    pub vectors_flaw: Option<String>,
    /// The instrument in plain words, once the text can be read.
    pub(in crate::consortia) plain: Option<InstrumentPage>,
    /// The vectors, those that differ first.
    pub vectors: Vec<VectorLine>,
    /// How many vectors got other answers than they must.
    pub failed: usize,
}

impl Judgement {
    /// Whether it may be published.
    pub fn is_green(&self) -> bool {
        self.flaw.is_none() && self.vectors_flaw.is_none() && self.failed == 0 && !self.vectors.is_empty()
    }
}

/// Judges a changed file as it would hold from a day on, beside everything else that holds then or later.
pub fn judge(
    book: &Rulebook,
    document: &Document,
    text: &str,
    own_vectors: &str,
    valid_from: Day,
    language: Language,
) -> Judgement {
    let file = document.file();
    let mut judgement = Judgement::default();
    for (what, given, most) in [("rules", text, LONGEST_TEXT), ("vectors", own_vectors, LONGEST_VECTORS)] {
        if given.len() > most {
            let reason = format!("the {what} are {} bytes long: at most {most} are kept", given.len());
            judgement.flaw = Some(Flaw::whole(reason));
            return judgement;
        }
    }
    let library = match book.library_with(Some(valid_from), Some((&file, text))) {
        Ok(library) => library,
        Err(error) => {
            judgement.flaw = Some(Flaw::of(&error, &file, text));
            return judgement;
        }
    };
    // While it holds, other files change: it must go together with each of them too.
    for day in book.turns().into_iter().filter(|day| *day > valid_from) {
        if book.edition(&file, Some(day)).is_some_and(|next| next.valid_from > valid_from) {
            break;
        }
        if let Err(error) = book.library_with(Some(day), Some((&file, text))) {
            let mut flaw = Flaw::of(&error, &file, text);
            flaw.reason = format!("{}, together with what holds from {day} on", flaw.reason);
            judgement.flaw = Some(flaw);
            return judgement;
        }
    }
    match document {
        Document::Instrument(id) => {
            if let Ok(instrument) = library.instrument(id) {
                judgement.plain = Some(plain::explained(&library, instrument, None, language));
            }
            run(&library, &file, own_vectors, Some(id), &mut judgement);
        }
        Document::Set(_) => {
            let ids: Vec<String> = library.instruments().map(|instrument| instrument.id.clone()).collect();
            for id in ids {
                let Some(vectors) = book.vectors(&file_of(&id), Some(valid_from)) else { continue };
                run(&library, &file_of(&id), vectors, None, &mut judgement);
            }
        }
    }
    judgement.failed = judgement.vectors.iter().filter(|vector| !vector.differences.is_empty()).count();
    judgement.vectors.sort_by_key(|vector| vector.differences.is_empty());
    judgement
}

/// Runs the vectors of a file; `own` is the instrument that all of them must be about.
fn run(library: &Library, file: &str, text: &str, own: Option<&str>, judgement: &mut Judgement) {
    let name = file.replace(".toml", ".json");
    let outcome = vectors::run(library, &name, text);
    if outcome.ran.is_empty() {
        let reason = outcome.failures.into_iter().next();
        judgement.vectors_flaw = Some(reason.unwrap_or_else(|| {
            format!("{name}: there is no vector: give at least one consortium with the answer it must get")
        }));
        return;
    }
    if let Some(own) = own
        && let Some(stranger) = stranger(text, own)
    {
        judgement.vectors_flaw = Some(format!(
            "{name}: the vector {stranger:?} is about another instrument: write \"instrument\": {own:?} in its consortium"
        ));
    }
    let shown = own.is_none().then(|| file.replace(".toml", ""));
    judgement.vectors.extend(outcome.ran.into_iter().map(|ran| VectorLine {
        file: shown.clone(),
        name: ran.name,
        differences: ran.differences,
    }));
}

/// The first vector that is about another instrument, by its name: it would prove nothing of this one.
fn stranger(text: &str, own: &str) -> Option<String> {
    let read: serde_json::Value = serde_json::from_str(text).ok()?;
    let about = |vector: &&serde_json::Value| {
        let refused = vector.get("refused_at").is_some();
        !refused && vector["consortium"]["instrument"].as_str() != Some(own)
    };
    let found = read["vectors"].as_array()?.iter().find(about)?;
    Some(found["name"].as_str().unwrap_or_default().to_owned())
}

/// What the editor begins with: a version of a file, what holds now, or a first sketch of a new instrument.
pub fn beginning(book: &Rulebook, document: &Document, day: Day) -> (String, String) {
    let file = document.file();
    let text = book.text(&file, Some(day)).map(str::to_owned).unwrap_or_else(|| sketch(document.word(), day));
    let vectors = match document.has_vectors() {
        true => {
            book.vectors(&file, Some(day)).map(str::to_owned).unwrap_or_else(|| sketched_vectors(document.word(), day))
        }
        false => String::new(),
    };
    (text, vectors)
}

/// A new instrument to begin with: one stage, one rule, one rate, all to be read in its source.
fn sketch(id: &str, day: Day) -> String {
    format!(
        r#"id = "{id}"
name = {{ en = "{id}", fr = "{id}" }}
programme = "{id}"
valid_from = "{day}"

[[stage]]
id = "single"
name = {{ en = "proposal", fr = "dossier" }}

[[rule]]
id = "minimum-participants"
severity = "ineligible"
source = {{ en = "text of the call, section …", fr = "texte de l’appel, section …" }}
source_date = "{day}"
verified = false
require = {{ count = {{ who = "entity", at_least = 2 }} }}
"#
    )
}

fn sketched_vectors(id: &str, day: Day) -> String {
    format!(
        r#"{{"vectors": [
  {{"name": "two participants", "consortium": {{"instrument": "{id}", "date": "{day}", "stage": "single", "entities": [
    {{"id": "a", "country": "FR", "kind": "university", "role": "coordinator"}},
    {{"id": "b", "country": "DE", "kind": "sme"}}]}}, "eligible": true, "rules": {{"minimum-participants": "met"}}}},
  {{"name": "one participant alone", "consortium": {{"instrument": "{id}", "date": "{day}", "stage": "single", "entities": [
    {{"id": "a", "country": "FR", "kind": "university", "role": "coordinator"}}]}}, "eligible": false, "rules": {{"minimum-participants": "not_met"}}}}
]}}
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn eurostars() -> Document {
        Document::instrument("eurostars-3").unwrap()
    }

    fn edition(file: &str, number: i64, valid_from: &str, text: String) -> super::super::Edition {
        super::super::Edition {
            file: file.to_owned(),
            number,
            valid_from: day(valid_from),
            text,
            vectors: String::new(),
        }
    }

    #[test]
    fn a_sketch_can_be_published_as_it_is() {
        let book = Rulebook::shipped();
        let document = Document::instrument("my-call").unwrap();
        let today = day("2026-11-22");
        let (text, vectors) = beginning(&book, &document, today);
        let judgement = judge(&book, &document, &text, &vectors, today, Language::En);
        assert!(judgement.is_green(), "{judgement:?}");
        assert_eq!(judgement.vectors.len(), 2);
    }

    #[test]
    fn what_came_with_the_program_is_green() {
        let book = Rulebook::shipped();
        let (text, vectors) = beginning(&book, &eurostars(), day("2026-11-22"));
        assert!(judge(&book, &eurostars(), &text, &vectors, day("2027-01-01"), Language::Fr).is_green());
        let countries = Document::set("countries").unwrap();
        let (text, none) = beginning(&book, &countries, day("2026-11-22"));
        let judgement = judge(&book, &countries, &text, &none, day("2027-01-01"), Language::En);
        assert!(judgement.is_green(), "{:?}", judgement.flaw);
        assert!(judgement.vectors.iter().any(|vector| vector.file.as_deref() == Some("ihi-two-stage")));
    }

    /// Each of these is refused for what it is, with its line where it has one.
    #[test]
    fn table_of_what_is_not_published() {
        let book = Rulebook::shipped();
        let (text, vectors) = beginning(&book, &eurostars(), day("2026-11-22"));
        let with = |from: &str, to: &str| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        };
        let nested = format!("id = \"eurostars-3\"\nx = {}1{}", "[".repeat(5_000), "]".repeat(5_000));
        for (changed, line, reason) in [
            (with("entity_share", "entity_shar"), true, "unknown variant"),
            (with("source_date = \"2026-11-21\"", "source_date = \"2026-13-21\""), true, "2026-13-21"),
            (with("source_date = \"2026-11-21\"\n", ""), true, "source_date"),
            (with("id = \"eurostars-3\"", "id = \"eurostars-4\""), false, "name of the file"),
            (with("coordinator = { who = \"eurostars-sme\" }", "coordinator = { who = \"nobody\" }"), true, "nobody"),
            (nested, true, ""),
            ("\u{0}".to_owned(), true, ""),
            ("x".repeat(LONGEST_TEXT + 1), false, "at most"),
        ] {
            let judgement = judge(&book, &eurostars(), &changed, &vectors, day("2027-01-01"), Language::En);
            let flaw = judgement.flaw.clone().unwrap_or_else(|| panic!("{reason} was not found"));
            assert!(!judgement.is_green());
            assert_eq!(flaw.line.is_some(), line, "{flaw:?}");
            assert!(flaw.reason.contains(reason), "{flaw:?}");
        }
        // Sound, and another answer than the vectors want.
        let looser = with("entity_share = { at_most = 70 }", "entity_share = { at_most = 99 }");
        let judgement = judge(&book, &eurostars(), &looser, &vectors, day("2027-01-01"), Language::En);
        assert!(judgement.flaw.is_none() && judgement.failed > 0 && !judgement.is_green());
        for (vectors, reason) in [
            ("{\"vectors\": []}", "at least one"),
            ("{\"vectors\": [", "line 1"),
            (
                "{\"vectors\": [{\"name\": \"other\", \"consortium\": {\"instrument\": \"ihi-two-stage\", \"date\": \"2026-01-01\", \
                 \"stage\": null, \"entities\": []}, \"eligible\": null}]}",
                "another instrument",
            ),
        ] {
            let judgement = judge(&book, &eurostars(), &text, vectors, day("2027-01-01"), Language::En);
            let flaw = judgement.vectors_flaw.clone().unwrap_or_default();
            assert!(flaw.contains(reason) && !judgement.is_green(), "{reason}: {judgement:?}");
        }
    }

    #[test]
    fn a_version_holds_from_its_day_until_the_next_one_begins() {
        let file = file_of("eurostars-3");
        let shipped = super::super::rulebook::shipped_text(&file).unwrap();
        let share = |percent: u32| {
            shipped.replace("entity_share = { at_most = 70 }", &format!("entity_share = {{ at_most = {percent} }}"))
        };
        let book = Rulebook::new(
            "1".to_owned(),
            vec![
                edition(&file, 1, "2027-03-01", share(60)),
                edition(&file, 2, "2027-01-01", share(65)),
                edition(&file, 3, "2027-03-01", share(55)),
                edition("new-call.toml", 1, "2027-02-01", sketch("new-call", day("2027-02-01"))),
            ],
            Vec::new(),
        );
        for (on, number, percent) in
            [("2026-12-31", 0, "70%"), ("2027-01-01", 2, "65%"), ("2027-02-28", 2, "65%"), ("2027-03-01", 3, "55%")]
        {
            let in_force = book.in_force("eurostars-3", None, None, Some(day(on))).unwrap();
            assert_eq!(in_force.version.number, number, "{on}");
            let words = plain::in_words(&in_force, Language::En);
            let rule = words.rules.iter().find(|rule| rule.id == "entity-share").unwrap();
            assert!(rule.text.contains(percent), "{on}: {}", rule.text);
        }
        assert_eq!(book.newest_number(&file), 3);
        // What is new holds on the days before it, too: nothing came before.
        assert_eq!(book.in_force("new-call", None, None, Some(day("2020-01-01"))).unwrap().version.number, 1);
        assert!(Document::instrument("new").is_none() && Document::instrument("../x").is_none());
        assert!(Document::set("countries").is_some() && Document::set("nothing").is_none());
    }

    #[test]
    fn a_file_must_go_together_with_what_holds_later() {
        let sets = super::super::rulebook::shipped_text("sets/groups.toml").unwrap();
        let book = Rulebook::new(
            "1".to_owned(),
            vec![edition(
                "sets/groups.toml",
                1,
                "2027-06-01",
                sets.replace("group.sme-or-mid-cap", "group.small-or-middle"),
            )],
            Vec::new(),
        );
        let document = Document::instrument("my-call").unwrap();
        let text = sketch("my-call", day("2027-01-01")).replace("\"entity\"", "\"sme-or-mid-cap\"");
        let flaw = judge(&book, &document, &text, "", day("2027-01-01"), Language::En).flaw.unwrap();
        assert!(flaw.reason.contains("2027-06-01") && flaw.line.is_some(), "{flaw:?}");
    }
}
