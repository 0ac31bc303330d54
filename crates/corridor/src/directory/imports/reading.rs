//! Files as streams of rows: plain or zstd, with the place of everything that cannot be read.
//!
//! A row that cannot be read is a [`Problem`] and the stream goes on; an archive that breaks off ends the stream with a
//! problem, so that what stood before is kept.

use std::{
    collections::HashMap,
    fs::File,
    io::{BufRead, BufReader, Read},
    marker::PhantomData,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use sha2::{Digest, Sha256};

use crate::foundation::errors::Error;

/// No cell of any list that Corridor imports is near this; a cell beyond it is a broken quote or not data.
pub const LONGEST_CELL: usize = 1_000_000;

/// Why a row or a value was refused, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, sqlx::FromRow, utoipa::ToSchema)]
pub struct Problem {
    /// The row, the header being row 1; 0 for the file as a whole.
    pub position: i64,
    /// The place in words (`row 12`).
    pub place: String,
    /// The column.
    pub field: String,
    /// The value as it was given, cut short.
    pub value: String,
    /// The kind of problem, also the key of its sentence in the language files (`import-problem-CODE`).
    #[schema(value_type = String)]
    pub code: Box<str>,
    /// What is wrong and how to mend it, in English, for the command line and the log.
    pub detail: String,
}

impl Problem {
    /// A problem of one value.
    pub fn at(row: u64, field: &str, value: &str, code: &str, detail: impl Into<String>) -> Self {
        Problem {
            position: i64::try_from(row).unwrap_or(i64::MAX),
            place: if row == 0 { "file".to_owned() } else { format!("row {row}") },
            field: field.to_owned(),
            value: value.chars().filter(|c| *c != '\0').take(120).collect(),
            code: code.into(),
            detail: detail.into().replace('\0', ""),
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.field.is_empty() {
            true => write!(formatter, "{}: {}", self.place, self.detail),
            false => write!(formatter, "{}, column {}: {}", self.place, self.field, self.detail),
        }
    }
}

/// A row: its place and its cells by column.
#[derive(Clone, Debug)]
pub struct Row {
    /// The row, the header being row 1.
    pub position: u64,
    cells: Vec<String>,
    columns: Arc<HashMap<String, usize>>,
}

impl Row {
    /// The cell of a column without spaces around it; empty where the file has no such column.
    pub fn get(&self, column: &str) -> &str {
        self.columns.get(column).and_then(|place| self.cells.get(*place)).map_or("", |cell| cell.trim())
    }

    /// The cell, or nothing where it is empty.
    pub fn filled(&self, column: &str) -> Option<&str> {
        Some(self.get(column)).filter(|cell| !cell.is_empty())
    }

    /// A row made of cells, for sheets that were not read as CSV.
    pub fn new(position: u64, cells: Vec<String>, columns: Arc<HashMap<String, usize>>) -> Self {
        Row { position, cells, columns }
    }
}

/// How far the reading of a file is, in bytes of the file.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<AtomicU64>);

impl Meter {
    /// Bytes read so far.
    pub fn done(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

struct Metered<R> {
    inner: R,
    meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.meter.0.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// The digest by which a file is known again.
pub fn digest(path: &Path) -> Result<String, Error> {
    let mut file = File::open(path).map_err(|error| cannot_open(path, &error))?;
    let mut hasher = Sha256::new();
    std::io::copy(&mut file, &mut hasher).map_err(|error| cannot_open(path, &error))?;
    Ok(hex(&hasher.finalize()))
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What is said where a file cannot be opened.
pub fn cannot_open(path: &Path, error: &std::io::Error) -> Error {
    Error::worded("import-file-unreadable", &[("file", &path.display()), ("why", error)])
}

/// What is said where the first row of a list cannot be read.
pub fn cannot_read_header(file: &dyn std::fmt::Display, why: &dyn std::fmt::Display) -> Error {
    Error::worded("import-file-header", &[("file", file), ("why", why)])
}

/// The file `stem.ENDING` or `stem.ENDING.zst` in the folder.
pub fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    [folder.join(format!("{name}.zst")), folder.join(name)].into_iter().find(|path| path.is_file())
}

/// As [`find`], with an error that says what is missing.
pub fn must_find(folder: &Path, name: &str) -> Result<PathBuf, Error> {
    find(folder, name)
        .ok_or_else(|| Error::worded("import-file-missing", &[("file", &name), ("folder", &folder.display())]))
}

/// The name of a file without its folder.
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Opens a file, unpacking zstd; the meter counts bytes of the file itself.
pub fn open(path: &Path) -> Result<(Box<dyn BufRead + Send>, Meter, u64), Error> {
    let file = File::open(path).map_err(|error| cannot_open(path, &error))?;
    let size = file.metadata().map(|data| data.len()).unwrap_or(0);
    let meter = Meter::default();
    let metered = BufReader::with_capacity(1 << 16, Metered { inner: file, meter: meter.clone() });
    let reader: Box<dyn BufRead + Send> = if path.extension().is_some_and(|ending| ending == "zst") {
        let unpacked = zstd::Decoder::with_buffer(metered).map_err(|error| cannot_open(path, &error))?;
        Box::new(BufReader::with_capacity(1 << 16, unpacked))
    } else {
        Box::new(metered)
    };
    Ok((reader, meter, size))
}

/// The rows of a CSV file.
pub struct CsvRows {
    reader: csv::Reader<Box<dyn BufRead + Send>>,
    columns: Arc<HashMap<String, usize>>,
    names: Vec<String>,
    position: u64,
    broken: bool,
    /// Bytes of the file read so far.
    pub meter: Meter,
    /// Bytes of the file.
    pub size: u64,
}

impl CsvRows {
    /// Opens a comma-separated file in UTF-8 that must have the named columns.
    pub fn open(path: &Path, needed: &[&str]) -> Result<Self, Error> {
        let (reader, meter, size) = open(path)?;
        let mut reader = csv::ReaderBuilder::new().from_reader(reader);
        let header = reader.byte_headers().map_err(|error| cannot_read_header(&path.display(), &error))?;
        let names: Vec<String> = header
            .iter()
            .map(|cell| String::from_utf8_lossy(cell).trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        let columns: HashMap<String, usize> =
            names.iter().enumerate().map(|(place, name)| (name.clone(), place)).collect();
        let missing: Vec<&str> = needed.iter().copied().filter(|name| !columns.contains_key(*name)).collect();
        if !missing.is_empty() {
            return Err(Error::worded(
                "import-file-columns",
                &[("file", &path.display()), ("missing", &missing.join(", ")), ("columns", &names.join(", "))],
            ));
        }
        Ok(CsvRows { reader, columns: Arc::new(columns), names, position: 1, broken: false, meter, size })
    }

    /// The next row, or what is wrong with it; nothing at the end.
    pub fn next_row(&mut self) -> Option<Result<Row, Problem>> {
        if self.broken {
            return None;
        }
        let mut record = csv::ByteRecord::new();
        self.position += 1;
        match self.reader.read_byte_record(&mut record) {
            Ok(false) => None,
            Ok(true) => Some(self.row(&record)),
            Err(error) => Some(Err(self.problem(&error))),
        }
    }

    fn row(&self, record: &csv::ByteRecord) -> Result<Row, Problem> {
        let mut cells = Vec::with_capacity(record.len());
        for (place, cell) in record.iter().enumerate() {
            let name = self.names.get(place).map_or("", String::as_str);
            cells.push(text_of(cell, self.position, name)?);
        }
        Ok(Row { position: self.position, cells, columns: self.columns.clone() })
    }

    fn problem(&mut self, error: &csv::Error) -> Problem {
        match error.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => Problem::at(
                self.position,
                "",
                "",
                "length",
                format!(
                    "the row has {len} cells, the header {expected_len}: a separator or a quote is missing or too much"
                ),
            ),
            other => {
                self.broken = true;
                let why = match other {
                    csv::ErrorKind::Io(error) => error.to_string(),
                    _ => error.to_string(),
                };
                broken_off(self.position, &why)
            }
        }
    }
}

/// What is said where a file or archive ends too early.
pub fn broken_off(row: u64, why: &str) -> Problem {
    Problem::at(
        row,
        "",
        "",
        "broken-off",
        format!(
            "the file breaks off here ({why}): the rows before were read and kept; get the file again and import it again"
        ),
    )
}

/// A cell as text; refuses what is not UTF-8 or beyond all measure.
pub fn text_of(cell: &[u8], row: u64, column: &str) -> Result<String, Problem> {
    if cell.len() > LONGEST_CELL {
        let megabytes = cell.len() as f64 / 1e6;
        return Err(Problem::at(
            row,
            column,
            &String::from_utf8_lossy(&cell[..120]),
            "cell-too-long",
            format!("the cell has {megabytes:.1} MB, at most 1 MB can be data: look for a quote that is never closed"),
        ));
    }
    match std::str::from_utf8(cell) {
        Ok(text) => Ok(text.replace('\0', "")),
        Err(error) => Err(Problem::at(
            row,
            column,
            &String::from_utf8_lossy(cell).replace('\u{fffd}', "?"),
            "encoding",
            format!(
                "byte {} of the cell is not UTF-8: save the file as «CSV UTF-8» and import it again",
                error.valid_up_to() + 1
            ),
        )),
    }
}

/// The lines of a JSON-lines file.
pub struct JsonRows<T> {
    reader: Box<dyn BufRead + Send>,
    object: PhantomData<fn() -> T>,
    position: u64,
    broken: bool,
    /// Bytes of the file read so far.
    pub meter: Meter,
    /// Bytes of the file.
    pub size: u64,
}

impl<T: serde::de::DeserializeOwned> JsonRows<T> {
    /// Opens a file with one JSON object a line.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let (reader, meter, size) = open(path)?;
        Ok(JsonRows { reader, object: PhantomData, position: 0, broken: false, meter, size })
    }

    /// The next object and its line, or what is wrong with it; nothing at the end.
    pub fn next_row(&mut self) -> Option<Result<(u64, T), Problem>> {
        loop {
            if self.broken {
                return None;
            }
            let mut line = Vec::new();
            self.position += 1;
            match self.reader.read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) if line.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(_) => {
                    return Some(serde_json::from_slice(&line).map(|value| (self.position, value)).map_err(|error| {
                        Problem::at(
                            self.position,
                            "",
                            &String::from_utf8_lossy(&line[..line.len().min(120)]),
                            "json",
                            format!("the line is not the JSON that is expected: {error}"),
                        )
                    }));
                }
                Err(error) => {
                    self.broken = true;
                    return Some(Err(broken_off(self.position, &error.to_string())));
                }
            }
        }
    }
}

/// Decimal euros as cents, exactly; more than two decimals are refused rather than rounded.
pub fn cents(text: &str) -> Result<i64, &'static str> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return Err("money");
    }
    if fraction.trim_end_matches('0').len() > 2 {
        return Err("money-precision");
    }
    let hundredths: i64 =
        format!("{:0<2}", fraction.chars().take(2).collect::<String>()).parse().map_err(|_| "money")?;
    let value = whole
        .parse::<i64>()
        .ok()
        .and_then(|euros| euros.checked_mul(100))
        .and_then(|value| value.checked_add(hundredths))
        .ok_or("money")?;
    if negative && value != 0 { Err("money-negative") } else { Ok(value) }
}

/// What to say of money that [`cents`] refuses.
pub fn money_problem(row: u64, column: &str, value: &str, code: &str) -> Problem {
    let mend = match code {
        "money-negative" => {
            "an amount of money cannot be negative here: write the amount without a sign or leave the cell empty"
        }
        "money-precision" => "an amount has at most two decimals: round it to cents",
        _ => "not an amount: write 1500000 or 1500000.50, without a unit",
    };
    Problem::at(row, column, value, code, mend)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn euros_become_cents_without_rounding() {
        assert_eq!(cents("768891.23"), Ok(76_889_123));
        assert_eq!(cents("1500000.5"), Ok(150_000_050));
        assert_eq!(cents("0"), Ok(0));
        assert_eq!(cents("158121.60"), Ok(15_812_160));
        assert_eq!(cents("-3000000"), Err("money-negative"));
        assert_eq!(cents("1.005"), Err("money-precision"));
        for wrong in ["", "a lot", "1e6", "1 000", "9223372036854775807", "1.2.3", "."] {
            assert!(cents(wrong).is_err(), "{wrong}");
        }
    }

    proptest::proptest! {
        #[test]
        fn cents_are_exact(value in 0i64..9_000_000_000_000_000) {
            let text = format!("{}.{:02}", value / 100, value % 100);
            proptest::prop_assert_eq!(cents(&text), Ok(value));
        }
    }
}
