//! A list as it comes from a spreadsheet: CSV in any of its habits, or XLSX.

use std::{
    collections::{BTreeMap, HashMap},
    io::Read,
    sync::Arc,
};

use calamine::Reader as _;

use crate::{
    directory::imports::reading::{Problem, Row, broken_off, cannot_read_header, text_of},
    foundation::errors::Error,
};

/// A list of more rows is no list of members.
const MOST_ROWS: usize = 100_000;
/// A sheet in which more columns are used is no list of members either.
const MOST_COLUMNS: usize = 500;
/// What an archive may unpack to.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// The rows of a list that could be read, and what could not.
#[derive(Debug)]
pub struct Sheet {
    /// The headers, in their order.
    pub headers: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Reads a file by its content; the name only tells CSV from XLSX where the content leaves it open.
///
/// # Errors
/// When nothing can be read: the encoding, an empty file, a password.
pub fn read(name: &str, bytes: &[u8]) -> Result<Sheet, Error> {
    const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
    let mut broken = None;
    let unpacked;
    let bytes = if bytes.starts_with(&ZSTD) {
        (unpacked, broken) = unpack(bytes)?;
        &unpacked
    } else {
        bytes
    };
    if let Some(why) = broken.as_ref().filter(|_| !bytes.contains(&b'\n')) {
        return Err(Error::worded("import-file-breaks-off", &[("file", &name), ("why", why)]));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return workbook(name, bytes);
    }
    let text = decode(name, bytes, broken.is_some())?;
    separated(name, &text, broken)
}

/// Unpacks as far as the archive goes.
fn unpack(bytes: &[u8]) -> Result<(Vec<u8>, Option<String>), Error> {
    let mut unpacked = Vec::new();
    let decoder =
        zstd::Decoder::new(bytes).map_err(|error| Error::worded("import-file-archive", &[("why", &error)]))?;
    let outcome = decoder.take(MOST_BYTES + 1).read_to_end(&mut unpacked);
    if unpacked.len() as u64 > MOST_BYTES {
        return Err(Error::worded("import-file-archive-too-long", &[]));
    }
    Ok((unpacked, outcome.err().map(|error| error.to_string())))
}

fn decode(name: &str, bytes: &[u8], cut: bool) -> Result<String, Error> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map_err(|_| Error::worded("import-file-utf16", &[("file", &name)]))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return wide(rest, u16::from_be_bytes),
        _ => {}
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        // An archive that breaks off may do so inside of a character.
        Err(error) if cut && error.error_len().is_none() => {
            Ok(String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned())
        }
        Err(error) => {
            let at = error.valid_up_to();
            let before = &bytes[..at];
            let row = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            let words: String =
                String::from_utf8_lossy(before).chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
            Err(Error::worded(
                "import-file-encoding",
                &[
                    ("file", &name),
                    ("byte", &(at + 1)),
                    ("row", &row),
                    ("words", &words.lines().last().unwrap_or("").trim()),
                    ("value", &format!("{:#04x}", bytes[at])),
                ],
            ))
        }
    }
}

/// The separator that the header shows most often, outside of quotes.
fn separator(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let mut quoted = false;
    let mut counts = [(b';', 0), (b',', 0), (b'\t', 0), (b'|', 0)];
    for byte in header.bytes() {
        if byte == b'"' {
            quoted = !quoted;
        }
        for (separator, count) in &mut counts {
            if !quoted && byte == *separator {
                *count += 1;
            }
        }
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .filter(|(_, count)| *count > 0)
        .map_or(b',', |(separator, _)| separator)
}

fn separated(name: &str, text: &str, broken: Option<String>) -> Result<Sheet, Error> {
    // A row that was cut in the middle is not a row.
    let text = match (&broken, text.rfind('\n')) {
        (Some(_), Some(end)) => &text[..=end],
        _ => text,
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.byte_records();
    let mut position = 0;
    let mut headers: Vec<String> = Vec::new();
    for record in records.by_ref() {
        position += 1;
        let record = record.map_err(|error| cannot_read_header(&name, &error))?;
        headers = record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
        if headers.iter().any(|header| !header.is_empty()) {
            break;
        }
    }
    let mut sheet = begin(name, headers)?;
    let columns = columns(&sheet.headers);
    let mut position: u64 = position;
    for record in records {
        position += 1;
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                sheet.problems.push(broken_off(position, &error.to_string()));
                break;
            }
        };
        if record.iter().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
            continue;
        }
        if record.len() != sheet.headers.len() {
            sheet.problems.push(Problem::at(
                position,
                "",
                "",
                "length",
                format!(
                    "the row has {} cells, the header {}: a separator or a quote is missing or too much",
                    record.len(),
                    sheet.headers.len()
                ),
            ));
            continue;
        }
        let cells: Result<Vec<String>, Problem> =
            record.iter().zip(&sheet.headers).map(|(cell, header)| text_of(cell, position, header)).collect();
        match cells {
            Ok(cells) => sheet.rows.push(Row::new(position, cells, columns.clone())),
            Err(problem) => sheet.problems.push(problem),
        }
        if sheet.rows.len() > MOST_ROWS {
            return Err(too_many_rows(name));
        }
    }
    if let Some(why) = broken {
        sheet.problems.push(broken_off(position + 1, &why));
    }
    Ok(sheet)
}

fn too_many_rows(name: &str) -> Error {
    Error::worded("import-file-too-many-rows", &[("file", &name), ("most", &MOST_ROWS)])
}

fn columns(headers: &[String]) -> Arc<HashMap<String, usize>> {
    Arc::new(headers.iter().enumerate().map(|(place, header)| (header.clone(), place)).collect())
}

fn begin(name: &str, mut headers: Vec<String>) -> Result<Sheet, Error> {
    if headers.iter().all(String::is_empty) {
        return Err(Error::worded("import-file-empty", &[("file", &name)]));
    }
    for (place, header) in headers.iter_mut().enumerate() {
        if header.is_empty() {
            *header = format!("column {}", place + 1);
        }
        header.truncate(header.char_indices().nth(80).map_or(header.len(), |(end, _)| end));
    }
    let mut seen = std::collections::HashSet::new();
    if let Some(twice) = headers.iter().find(|header| !seen.insert((*header).clone())) {
        return Err(Error::worded("import-file-columns-alike", &[("file", &name), ("column", twice)]));
    }
    Ok(Sheet { headers, rows: Vec::new(), problems: Vec::new() })
}

/// Reads the first sheet cell by cell: what stands at the far end of a sheet must not take the memory of all the empty
/// cells before it, and an archive that unpacks to more than its share is no list.
fn workbook(name: &str, bytes: &[u8]) -> Result<Sheet, Error> {
    let cannot =
        |error: &dyn std::fmt::Display| Error::worded("import-file-workbook", &[("file", &name), ("why", error)]);
    unpacks_to_little(bytes).map_err(|error| cannot(&error))??;
    let mut workbook: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).map_err(|error| cannot(&error))?;
    let first = workbook.sheet_names().into_iter().next();
    let first = first.ok_or_else(|| Error::worded("import-file-no-sheet", &[("file", &name)]))?;
    let mut cells = workbook.worksheet_cells_reader(&first).map_err(|error| cannot(&error))?;
    let (mut lines, mut columns, mut length) = (BTreeMap::<u32, BTreeMap<u32, String>>::new(), Vec::new(), 0);
    while let Some(cell) = cells.next_cell().map_err(|error| cannot(&error))? {
        let (row, column) = cell.get_position();
        let text = written(&cell.get_value().clone().into());
        if text.trim().is_empty() {
            continue;
        }
        length += text.len() as u64;
        if length > MOST_BYTES {
            return Err(Error::worded("import-file-archive-too-long", &[]));
        }
        if let Err(place) = columns.binary_search(&column) {
            columns.insert(place, column);
        }
        if columns.len() > MOST_COLUMNS {
            return Err(Error::worded("import-file-too-many-columns", &[("file", &name), ("most", &MOST_COLUMNS)]));
        }
        lines.entry(row).or_default().insert(column, text);
        if lines.len() > MOST_ROWS + 1 {
            return Err(too_many_rows(name));
        }
    }
    let mut lines = lines.into_iter();
    let (_, header) = lines.next().unwrap_or_default();
    let text = |line: &BTreeMap<u32, String>, column| line.get(column).map_or("", String::as_str).to_owned();
    let headers = columns.iter().map(|column| text(&header, column).trim().to_owned()).collect();
    let mut sheet = begin(name, headers)?;
    let places = self::columns(&sheet.headers);
    for (row, line) in lines {
        let position = u64::from(row) + 1;
        let read: Result<Vec<String>, Problem> = columns
            .iter()
            .zip(&sheet.headers)
            .map(|(column, header)| text_of(text(&line, column).as_bytes(), position, header))
            .collect();
        match read {
            Ok(cells) => sheet.rows.push(Row::new(position, cells, places.clone())),
            Err(problem) => sheet.problems.push(problem),
        }
    }
    Ok(sheet)
}

/// Unpacks the archive into nothing, to see how much it holds: what its directory says of that may be a lie.
fn unpacks_to_little(bytes: &[u8]) -> Result<Result<(), Error>, zip::result::ZipError> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes))?;
    let mut left = MOST_BYTES;
    for place in 0..archive.len() {
        let part = archive.by_index(place)?;
        left -= std::io::copy(&mut part.take(left), &mut std::io::sink())?;
        if left == 0 {
            return Ok(Err(Error::worded("import-file-archive-too-long", &[])));
        }
    }
    Ok(Ok(()))
}

/// A cell as its value is written; a formula counts as the value that the spreadsheet stored for it.
fn written(cell: &calamine::Data) -> String {
    use calamine::Data;
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        // Identifiers typed as numbers: 892000001, not 892000001.0.
        Data::Float(value) if value.fract() == 0.0 && value.abs() < 1e15 => format!("{value:.0}"),
        Data::Float(value) => value.to_string(),
        Data::Int(value) => value.to_string(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(value) => day_of_serial(value.as_f64()),
        Data::Error(error) => format!("{error:?}"),
    }
}

/// Spreadsheets count days from 30 December 1899.
fn day_of_serial(serial: f64) -> String {
    let epoch = jiff::civil::Date::constant(1899, 12, 30);
    let days = jiff::Span::new().try_days(serial.floor() as i64);
    days.and_then(|days| epoch.checked_add(days)).map_or_else(|_| serial.to_string(), |day| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_marks_and_wide_characters_are_understood() {
        let wanted = ["nom", "ville"];
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("nom\tville\nÉtoile\tNîmes\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for bytes in
            ["nom;ville\nÉtoile;Nîmes\n".as_bytes(), b"\xef\xbb\xbfnom,ville\r\n\xc3\x89toile,N\xc3\xaemes\r\n", &utf16]
        {
            let sheet = read("list.csv", bytes).unwrap();
            assert_eq!(sheet.headers, wanted);
            assert_eq!((sheet.rows[0].get("nom"), sheet.rows[0].get("ville")), ("Étoile", "Nîmes"));
            assert_eq!(sheet.rows[0].position, 2);
        }
    }

    #[test]
    fn another_encoding_is_named_with_its_byte() {
        let error = read("list.csv", b"nom;ville\nH\xe9macarte;Nantes\n").unwrap_err().to_string();
        assert!(error.contains("byte 12") && error.contains("row 2") && error.contains("CSV UTF-8"), "{error}");
    }

    #[test]
    fn a_cell_at_the_end_of_the_sheet_costs_no_memory() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, column, text) in [(0, 0, "nom"), (0, 16_383, "ville"), (1, 0, "Étoile"), (1_048_575, 0, "Perdue")] {
            sheet.write(row, column, text).unwrap();
        }
        let sheet = read("list.xlsx", &book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(sheet.headers, ["nom", "ville"]);
        assert_eq!((sheet.rows[0].get("nom"), sheet.rows[0].get("ville"), sheet.rows[0].position), ("Étoile", "", 2));
        assert_eq!((sheet.rows[1].get("nom"), sheet.rows[1].position), ("Perdue", 1_048_576));
    }

    #[test]
    fn a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read() {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        archive.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
        std::io::copy(&mut std::io::repeat(b' ').take(MOST_BYTES + 1), &mut archive).unwrap();
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 2_000_000, "it is small while it is packed: {}", bytes.len());
        let error = read("list.xlsx", &bytes).unwrap_err().to_string();
        assert!(error.contains("256 MB"), "{error}");
    }

    #[test]
    fn days_of_spreadsheets_are_days() {
        assert_eq!(day_of_serial(45_352.0), "2024-03-01");
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_break_the_reader(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
            let _ = read("list", &bytes);
        }
    }
}
