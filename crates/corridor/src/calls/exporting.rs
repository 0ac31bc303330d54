//! The list as a file: CSV, XLSX and JSON with the same columns.

use rust_xlsxwriter::{Format, Workbook};

use super::model::Line;
use crate::foundation::{errors::Error, time::Day};

/// The columns, named once for all forms.
const COLUMNS: [&str; 16] = [
    "identifier",
    "title",
    "call_identifier",
    "call_title",
    "programme",
    "theme",
    "type_of_action",
    "instrument",
    "state",
    "opens_on",
    "closes_on",
    "deadline_model",
    "budget_min_eur",
    "budget_max_eur",
    "expected_grants",
    "url",
];

enum Cell {
    Text(String),
    Number(f64),
    Empty,
}

fn cells(line: &Line, today: Day) -> [Cell; COLUMNS.len()] {
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let maybe = |value: &Option<String>| value.as_deref().map_or(Cell::Empty, text);
    let euro = |cents: Option<i64>| cents.map_or(Cell::Empty, |cents| Cell::Number(cents as f64 / 100.0));
    [
        text(&line.identifier),
        text(&line.title),
        text(&line.call_identifier),
        text(&line.call_title),
        text(&line.programme),
        maybe(&line.theme),
        text(&line.type_of_action),
        maybe(&line.instrument),
        text(line.state(&today.to_string()).key()),
        maybe(&line.opens_on),
        maybe(&line.closes_on),
        text(&line.deadline_model),
        euro(line.budget_min_cents),
        euro(line.budget_max_cents),
        line.expected_grants.map_or(Cell::Empty, |count| Cell::Number(count as f64)),
        maybe(&line.url),
    ]
}

/// The list as CSV. What a spreadsheet would take for a formula is marked as text.
pub fn csv<'a>(lines: impl Iterator<Item = &'a Line>, today: Day) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(anyhow::Error::from)?;
    for line in lines {
        let row = cells(line, today).map(|cell| match cell {
            Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
            Cell::Text(text) => text,
            Cell::Number(number) => number.to_string(),
            Cell::Empty => String::new(),
        });
        writer.write_record(row).map_err(anyhow::Error::from)?;
    }
    writer.into_inner().map_err(|error| anyhow::anyhow!("the list cannot be written: {error}").into())
}

/// The list as a workbook.
pub fn xlsx<'a>(lines: impl Iterator<Item = &'a Line>, today: Day) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let bold = Format::new().set_bold();
    let fault = |error: rust_xlsxwriter::XlsxError| Error::Unexpected(error.into());
    for (column, name) in COLUMNS.iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, *name, &bold).map_err(fault)?;
    }
    for (row, line) in lines.enumerate() {
        for (column, cell) in cells(line, today).into_iter().enumerate() {
            let (row, column) = (row as u32 + 1, column as u16);
            match cell {
                Cell::Text(text) => sheet.write_string(row, column, text).map_err(fault)?,
                Cell::Number(number) => sheet.write_number(row, column, number).map_err(fault)?,
                Cell::Empty => continue,
            };
        }
    }
    sheet.set_freeze_panes(1, 1).map_err(fault)?;
    book.save_to_buffer().map_err(fault)
}
