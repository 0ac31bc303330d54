//! Contacts as files: CSV, XLSX and JSON, with what the reader sees and nothing else.

use super::{Contact, api::ContactView};
use crate::{
    directory::export::Format,
    foundation::{cells::inert, errors::Error},
};

/// The columns of a file.
const COLUMNS: [&str; 7] = ["cluster", "organisation", "name", "function", "email", "telephone", "languages"];

fn cells(contact: &Contact) -> [&str; 7] {
    let values = &contact.values;
    [
        &contact.cluster_name,
        contact.organisation_name.as_deref().unwrap_or(""),
        values.name.as_deref().unwrap_or(""),
        values.function.as_deref().unwrap_or(""),
        values.email.as_deref().unwrap_or(""),
        values.telephone.as_deref().unwrap_or(""),
        values.languages.as_deref().unwrap_or(""),
    ]
}

/// Writes contacts as a file.
pub fn write(format: Format, contacts: Vec<Contact>) -> Result<Vec<u8>, Error> {
    match format {
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(COLUMNS).map_err(anyhow::Error::from)?;
            for contact in &contacts {
                writer.write_record(cells(contact).map(inert)).map_err(anyhow::Error::from)?;
            }
            Ok(writer.into_inner().map_err(|error| anyhow::anyhow!("writing the CSV file: {error}"))?)
        }
        Format::Xlsx => {
            let mut workbook = rust_xlsxwriter::Workbook::new();
            let failed = |error: rust_xlsxwriter::XlsxError| Error::Unexpected(anyhow::Error::new(error));
            let sheet = workbook.add_worksheet();
            sheet.set_name("contacts").map_err(failed)?;
            for (place, column) in COLUMNS.iter().enumerate() {
                sheet.write_string(0, place as u16, *column).map_err(failed)?;
            }
            sheet.set_freeze_panes(1, 0).map_err(failed)?;
            for (line, contact) in contacts.iter().enumerate() {
                for (place, text) in cells(contact).into_iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                    // Written as a string, a text is never run, whatever it begins with.
                    sheet.write_string(line as u32 + 1, place as u16, text).map_err(failed)?;
                }
            }
            workbook.save_to_buffer().map_err(failed)
        }
        Format::Json => {
            let views: Vec<ContactView> = contacts.into_iter().map(ContactView::from).collect();
            Ok(serde_json::to_vec(&views).map_err(anyhow::Error::from)?)
        }
    }
}
