//! Documents set in type: Typst markup and the values it shows in, a tagged PDF out.
//!
//! The markup belongs to whoever has something to print; it reads its values by `json("values.json")`, so that nothing
//! that somebody typed is ever read as markup. There are no packages, no files and no clock; the fonts are bundled.
//!
//! ```
//! let markup = r#"#let said = json("values.json"); #set document(title: said.title); = #said.title"#;
//! let pdf = typesetting::pdf(markup, &serde_json::json!({ "title": "A *summary*" }))?;
//! assert!(pdf.starts_with(b"%PDF-"));
//! # Ok::<(), typesetting::TypesettingError>(())
//! ```

use std::sync::OnceLock;

use typst::{
    Library, LibraryExt, World, WorldExt,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// Markup that cannot be set.
#[derive(Debug, thiserror::Error)]
#[error("the document cannot be set: {0}")]
pub struct TypesettingError(String);

/// The bundled fonts: Libertinus Serif (Latin, Greek, Cyrillic), SIL Open Font License 1.1.
const FONTS: [&[u8]; 3] = [
    include_bytes!("../fonts/LibertinusSerif-Regular.otf"),
    include_bytes!("../fonts/LibertinusSerif-Semibold.otf"),
    include_bytes!("../fonts/LibertinusSerif-Italic.otf"),
];

/// How many documents ago something computed must have been used for the last time to be forgotten.
const KEPT_FOR: usize = 4;

/// Sets a document of markup that reads its values by `json("values.json")`.
///
/// The PDF is tagged and keeps to PDF/UA-1, so that screen readers find headings, tables and their order: the markup
/// must give the document a title, and pictures a text.
///
/// # Errors
/// When the markup has a mistake or asks for a value that is not there; the message names the line.
pub fn pdf(markup: &str, values: &serde_json::Value) -> Result<Vec<u8>, TypesettingError> {
    let desk = Desk::new(markup, values)?;
    let document = typst::compile::<PagedDocument>(&desk).output.map_err(|wrong| desk.told(&wrong))?;
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|wrong| TypesettingError(wrong.message().to_string()))?;
    let options = PdfOptions { standards, ..PdfOptions::default() };
    let pdf = typst_pdf::pdf(&document, &options).map_err(|wrong| desk.told(&wrong));
    typst::comemo::evict(KEPT_FOR);
    pdf
}

/// All that a document may read.
struct Desk {
    shared: &'static Shared,
    main: Source,
    values: (FileId, Bytes),
}

/// What every document uses.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

fn shared() -> &'static Shared {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    SHARED.get_or_init(|| {
        let fonts: Vec<Font> = FONTS.iter().flat_map(|font| Font::iter(Bytes::new(*font))).collect();
        Shared { library: LazyHash::new(Library::default()), book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
    })
}

fn place(name: &str) -> Result<FileId, TypesettingError> {
    let path = VirtualPath::new(name).map_err(|wrong| TypesettingError(format!("{name}: {wrong:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl Desk {
    fn new(markup: &str, values: &serde_json::Value) -> Result<Self, TypesettingError> {
        Ok(Desk {
            shared: shared(),
            main: Source::new(place("main.typ")?, markup.to_owned()),
            values: (place("values.json")?, Bytes::new(values.to_string().into_bytes())),
        })
    }

    /// The first thing that is wrong, with its line.
    fn told(&self, wrong: &[SourceDiagnostic]) -> TypesettingError {
        let Some(first) = wrong.first() else { return TypesettingError("no reason is given".to_owned()) };
        let line = self.range(first.span).and_then(|range| self.main.lines().byte_to_line(range.start));
        TypesettingError(match line {
            Some(line) => format!("line {}: {}", line + 1, first.message),
            None => first.message.to_string(),
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.values.0 { Ok(self.values.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const MARKUP: &str = r#"#let said = json("values.json")
#set document(title: said.title)
#set text(lang: "fr")
= #said.title
#table(columns: 2, table.header([Nom], [Pays]), ..said.rows.flatten())
"#;

    #[test]
    fn what_people_typed_is_text_and_never_markup() {
        let values = json!({ "title": "#panic() *Cœur* « \u{202f}»", "rows": [["#read(\"/etc/passwd\")", "Ελλάδα"]] });
        assert!(pdf(MARKUP, &values).unwrap().starts_with(b"%PDF-"));
    }

    #[test]
    fn the_same_document_is_the_same_bytes() {
        let values = json!({ "title": "A", "rows": [] });
        assert_eq!(pdf(MARKUP, &values).unwrap(), pdf(MARKUP, &values).unwrap());
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        for (markup, told) in [
            ("= One\n#nothing", "line 2"),
            ("#set document(title: \"A\")\n#read(\"main.txt\")", "line 2"),
            ("#import \"@preview/cetz:0.4.0\"", "line 1"),
            ("= No title", "title"),
        ] {
            let wrong = pdf(markup, &json!({})).unwrap_err().to_string();
            assert!(wrong.contains(told), "{markup}: {wrong}");
        }
    }
}
