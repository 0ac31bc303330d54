//! Files that people send: taken in whole and small, known by their content, given back as something to save.

use std::io::{Cursor, Read};

use axum::{
    extract::{FromRequest, Multipart, Request},
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

use crate::foundation::errors::Error;

/// The largest file.
pub const LARGEST: usize = 4 * 1024 * 1024;
/// The longest text of a field beside the file.
const LONGEST_FIELD: usize = 20_000;
/// The most fields of a form.
const MOST_FIELDS: usize = 40;
/// The longest name of a file.
const LONGEST_NAME: usize = 120;

/// What a file is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Pdf,
    Png,
    Odt,
    Docx,
}

impl Format {
    /// What its content says it is; none for anything else, and for documents that hold programs.
    fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"%PDF-") {
            return Some(Format::Pdf);
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Format::Png);
        }
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
        let names: Vec<String> =
            archive.file_names().map(|name| name.map(|name| name.to_lowercase())).collect::<Result<_, _>>().ok()?;
        let runs = |name: &String| {
            name.ends_with("vbaproject.bin") || name.starts_with("basic/") || name.starts_with("scripts/")
        };
        if names.iter().any(runs) {
            return None;
        }
        let has = |wanted: &str| names.iter().any(|name| name == wanted);
        if has("word/document.xml") && has("[content_types].xml") {
            return Some(Format::Docx);
        }
        let mut kind = String::new();
        archive.by_name("mimetype").ok()?.take(100).read_to_string(&mut kind).ok()?;
        (kind.trim() == Format::Odt.media()).then_some(Format::Odt)
    }

    fn media(self) -> &'static str {
        match self {
            Format::Pdf => "application/pdf",
            Format::Png => "image/png",
            Format::Odt => "application/vnd.oasis.opendocument.text",
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Png => "png",
            Format::Odt => "odt",
            Format::Docx => "docx",
        }
    }
}

/// A file that can be kept.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// What it is called, with the ending of what it is.
    pub name: String,
    /// Its type, by its content.
    pub media: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl std::fmt::Debug for File {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "File({}, {} bytes)", self.media, self.content.len())
    }
}

impl File {
    /// A file as it was sent; none when its content is nothing that is kept.
    pub fn recognised(name: &str, content: Vec<u8>) -> Option<Self> {
        let format = Format::of(&content)?;
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let plain = |letter: &char| letter.is_alphanumeric() || " .-_()’'".contains(*letter);
        let stem: String = last.chars().filter(plain).take(LONGEST_NAME).collect();
        let stem = stem.trim().trim_start_matches('.');
        let stem = match stem.rsplit_once('.') {
            Some((stem, ending)) if ending.eq_ignore_ascii_case(format.ending()) => stem,
            _ => stem,
        };
        let stem = if stem.is_empty() { "document" } else { stem };
        let name = format!("{stem}.{}", format.ending());
        Some(File { name, media: format.media().to_owned(), content })
    }

    /// What the trail keeps of its content.
    pub fn digest(&self) -> String {
        Sha256::digest(&self.content).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl IntoResponse for File {
    /// To be saved, never shown or run in the place of a page.
    fn into_response(self) -> Response {
        let plain: String = self.name.chars().map(|letter| if letter.is_ascii() { letter } else { '_' }).collect();
        let exact: String = self
            .name
            .bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect();
        let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}");
        let policy = (HeaderName::from_static("content-security-policy"), "default-src 'none'; sandbox".to_owned());
        ([(header::CONTENT_TYPE, self.media), (header::CONTENT_DISPOSITION, disposition), policy], self.content)
            .into_response()
    }
}

/// A form with a file, as it was sent.
#[derive(Clone, Debug, Default)]
pub struct Received {
    /// The fields.
    pub fields: Vec<(String, String)>,
    /// The name and the bytes of the file, where one was chosen.
    pub file: Option<(String, Vec<u8>)>,
}

impl Received {
    /// The text of a field.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }
}

/// Takes a form with a file in.
///
/// # Errors
/// Says what is too large, or that the request broke off.
pub async fn receive(request: Request) -> Result<Received, Error> {
    let unread = || Error::worded("document-wrong-form", &[]);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| unread())?;
    let cut = |error: axum::extract::multipart::MultipartError| {
        Error::worded("import-file-upload-broke-off", &[("why", &error)])
    };
    let mut received = Received::default();
    while let Some(mut field) = form.next_field().await.map_err(cut)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = (name == "file").then(|| field.file_name().unwrap_or_default().to_owned());
        let most = if file.is_some() { LARGEST } else { LONGEST_FIELD };
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(cut)? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > most {
                return Err(Error::worded("document-wrong-too-large", &[]));
            }
        }
        match file {
            Some(file) if !bytes.is_empty() => received.file = Some((file, bytes)),
            Some(_) => {}
            None if received.fields.len() < MOST_FIELDS => {
                received.fields.push((name, String::from_utf8(bytes).map_err(|_| unread())?));
            }
            None => return Err(unread()),
        }
    }
    Ok(received)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_file_is_what_its_content_says() {
        let odt = Format::Odt.media().as_bytes();
        let word: &[(&str, &[u8])] = &[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")];
        for (sent, content, kept) in [
            ("plan.pdf", b"%PDF-1.7 x".to_vec(), Some("plan.pdf")),
            ("plan.html", b"%PDF-1.7 x".to_vec(), Some("plan.html.pdf")),
            ("..\\..\\a/b\"\r\n.PNG", b"\x89PNG\r\n\x1a\nrest".to_vec(), Some("b.png")),
            ("", b"%PDF-1.4".to_vec(), Some("document.pdf")),
            ("Plan d’égalité.odt", archive(&[("mimetype", odt)]), Some("Plan d’égalité.odt")),
            ("letter.docx", archive(word), Some("letter.docx")),
            ("letter.docm", archive(&[word, &[("word/vbaProject.bin", b"x")]].concat()), None),
            ("macro.odt", archive(&[("mimetype", odt), ("Basic/Standard/Module1.xml", b"x")]), None),
            ("page.pdf", b"<html><script>alert(1)</script>".to_vec(), None),
            ("image.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(), None),
            ("archive.zip", archive(&[("a.exe", b"MZ")]), None),
            ("broken.docx", b"PK\x03\x04 word/document.xml".to_vec(), None),
            ("empty.pdf", Vec::new(), None),
        ] {
            let file = File::recognised(sent, content);
            assert_eq!(file.as_ref().map(|file| file.name.as_str()), kept, "{sent}");
        }
    }

    #[test]
    fn a_file_is_given_back_to_be_saved() {
        let file = File::recognised("Plan d’égalité.pdf", b"%PDF-1.7".to_vec()).unwrap();
        let headers = file.into_response().headers().clone();
        let disposition = headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(
            disposition.starts_with("attachment; filename=\"Plan d__galit_.pdf\"; filename*=UTF-8''Plan%20d%E2%80%99")
        );
        assert_eq!(headers["content-security-policy"], "default-src 'none'; sandbox");
    }
}
