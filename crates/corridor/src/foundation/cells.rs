//! Cells of tables that leave the house, and the tables as files.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::errors::Error;

/// A cell that a spreadsheet shows and does not run: a text that begins like a formula gets an apostrophe in front.
pub fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing is known.
    Empty,
}

/// A table as CSV: UTF-8 with a mark, because spreadsheets guess wrongly without; what they would run is marked as text.
///
/// # Errors
/// Only when the library cannot write.
pub fn csv<H: AsRef<str>>(headings: &[H], rows: impl IntoIterator<Item = Vec<Cell>>) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(headings.iter().map(AsRef::as_ref)).map_err(anyhow::Error::from)?;
    for row in rows {
        let row = row.into_iter().map(|cell| match cell {
            Cell::Text(text) => inert(&text),
            Cell::Number(number) => number.to_string(),
            Cell::Empty => String::new(),
        });
        writer.write_record(row).map_err(anyhow::Error::from)?;
    }
    writer.into_inner().map_err(|error| Error::Unexpected(anyhow::anyhow!("{error}")))
}

/// A table as a workbook; its heading stays in sight.
///
/// # Errors
/// Only when the library cannot write.
pub fn xlsx<H: AsRef<str>>(headings: &[H], rows: impl IntoIterator<Item = Vec<Cell>>) -> Result<Vec<u8>, Error> {
    let written = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let bold = Format::new().set_bold();
        for (column, heading) in (0..).zip(headings) {
            sheet.write_string_with_format(0, column, heading.as_ref(), &bold)?;
        }
        for (at, row) in (1..).zip(rows) {
            for (column, cell) in (0..).zip(row) {
                match cell {
                    // Written as a string, a text is never run, whatever it begins with.
                    Cell::Text(text) => sheet.write_string(at, column, text)?,
                    Cell::Number(number) => sheet.write_number(at, column, number)?,
                    Cell::Empty => continue,
                };
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        book.save_to_buffer()
    };
    written().map_err(|error| Error::Unexpected(anyhow::Error::new(error)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_cell_is_a_formula(text in "[=+@\\-\t\r]?.*") {
            let safe = inert(&text);
            prop_assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert!(safe.ends_with(&text));
        }
    }
}
