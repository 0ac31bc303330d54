//! Lists as files: CSV, XLSX and JSON, safe to open in a spreadsheet.

use crate::{
    directory::search::{Entry, Snapshot, View},
    foundation::{
        cells::inert,
        errors::Error,
        languages::{Language, Texts},
    },
};

/// The columns of an exported list.
const COLUMNS: [&str; 14] = [
    "id",
    "name",
    "short_name",
    "pic",
    "kind",
    "country",
    "region",
    "city",
    "latitude",
    "longitude",
    "projects",
    "clusters",
    "clusters_derived_from_region",
    "competences",
];

/// A form of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Comma-separated values, UTF-8.
    Csv,
    /// A workbook.
    Xlsx,
    /// A JSON array of objects.
    Json,
}

impl Format {
    /// The content type of a file.
    pub fn content_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv; charset=utf-8",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Json => "application/json",
        }
    }

    /// The ending of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Json => "json",
        }
    }
}

enum Cell {
    Text(String),
    Number(f64),
    Empty,
}

fn cells(snapshot: &Snapshot, view: &View, entry: &Entry, texts: &Texts, language: Language) -> [Cell; 14] {
    let optional = |text: &Option<String>| text.clone().map_or(Cell::Empty, Cell::Text);
    let clusters = |derived: bool| {
        let names: Vec<&str> = entry
            .memberships_seen(view)
            .filter(|membership| membership.derived == derived)
            .filter_map(|membership| Some(snapshot.clusters.get(usize::from(membership.cluster))?.name.as_str()))
            .collect();
        Cell::Text(names.join("; "))
    };
    let competences: Vec<&str> = entry
        .concepts
        .iter()
        .filter_map(|concept| Some(snapshot.concepts.get(usize::from(*concept))?.label(language)))
        .collect();
    [
        Cell::Text(entry.id.to_string()),
        optional(&entry.name),
        optional(&entry.short_name),
        optional(&entry.pic),
        Cell::Text(texts.text(language, &entry.kind.label_key(), None).into_owned()),
        optional(&entry.country),
        optional(&entry.region),
        optional(&entry.city),
        entry.point.map_or(Cell::Empty, |(lat, _)| Cell::Number(lat)),
        entry.point.map_or(Cell::Empty, |(_, lon)| Cell::Number(lon)),
        Cell::Number(f64::from(entry.project_count)),
        clusters(false),
        clusters(true),
        Cell::Text(competences.join("; ")),
    ]
}

/// Writes the organisations at these positions.
pub fn write(
    format: Format,
    snapshot: &Snapshot,
    view: &View,
    positions: &[u32],
    texts: &Texts,
    language: Language,
) -> Result<Vec<u8>, Error> {
    let rows = positions
        .iter()
        .filter_map(|position| snapshot.entries.get(*position as usize))
        .map(|entry| cells(snapshot, view, entry, texts, language));
    match format {
        Format::Csv => csv_file(rows),
        Format::Xlsx => xlsx_file(rows, &texts.text(language, "frame-footer-sources", None)),
        Format::Json => json_file(rows, &texts.text(language, "frame-footer-sources", None)),
    }
}

fn csv_file(rows: impl Iterator<Item = [Cell; 14]>) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(anyhow::Error::from)?;
    for row in rows {
        let record = row.map(|cell| match cell {
            Cell::Text(text) => inert(&text),
            Cell::Number(number) => number.to_string(),
            Cell::Empty => String::new(),
        });
        writer.write_record(record).map_err(anyhow::Error::from)?;
    }
    Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("writing the CSV file: {error}"))?)
}

fn xlsx_file(rows: impl Iterator<Item = [Cell; 14]>, sources: &str) -> Result<Vec<u8>, Error> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let bold = rust_xlsxwriter::Format::new().set_bold();
    let failed = |error: rust_xlsxwriter::XlsxError| Error::Unexpected(anyhow::Error::new(error));
    let sheet = workbook.add_worksheet();
    sheet.set_name("organisations").map_err(failed)?;
    for (place, column) in COLUMNS.iter().enumerate() {
        sheet.write_string_with_format(0, place as u16, *column, &bold).map_err(failed)?;
    }
    sheet.set_freeze_panes(1, 0).map_err(failed)?;
    for (line, row) in rows.enumerate() {
        for (place, cell) in row.into_iter().enumerate() {
            let (line, place) = (line as u32 + 1, place as u16);
            match cell {
                // Written as a string, a text is never run, whatever it begins with.
                Cell::Text(text) => sheet.write_string(line, place, text).map(|_| ()),
                Cell::Number(number) => sheet.write_number(line, place, number).map(|_| ()),
                Cell::Empty => Ok(()),
            }
            .map_err(failed)?;
        }
    }
    let about = workbook.add_worksheet();
    about.set_name("sources").map_err(failed)?;
    about.write_string(0, 0, sources).map_err(failed)?;
    workbook.save_to_buffer().map_err(failed)
}

fn json_file(rows: impl Iterator<Item = [Cell; 14]>, sources: &str) -> Result<Vec<u8>, Error> {
    let organisations: Vec<serde_json::Value> = rows
        .map(|row| {
            let fields = COLUMNS.iter().zip(row).map(|(column, cell)| {
                let value = match cell {
                    Cell::Text(text) => serde_json::Value::from(text),
                    Cell::Number(number) => serde_json::Value::from(number),
                    Cell::Empty => serde_json::Value::Null,
                };
                ((*column).to_owned(), value)
            });
            serde_json::Value::Object(fields.collect())
        })
        .collect();
    let file = serde_json::json!({ "sources": sources, "organisations": organisations });
    Ok(serde_json::to_vec(&file).map_err(anyhow::Error::from)?)
}
