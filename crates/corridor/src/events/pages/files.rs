//! Tables of an event as files.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

use crate::{
    directory::export::Format,
    foundation::{
        cells::{self, Cell},
        errors::Error,
    },
};

/// In which format a file is asked for.
#[derive(serde::Deserialize)]
pub(super) struct ExportAsked {
    pub(super) format: Format,
}

/// A table as a file.
pub(super) fn file(
    name: &str,
    format: Format,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<Cell>>,
    json: impl FnOnce() -> Vec<serde_json::Value>,
) -> Result<Response, Error> {
    let body = match format {
        Format::Csv => cells::csv(columns, rows)?,
        Format::Xlsx => cells::xlsx(columns, rows)?,
        Format::Json => serde_json::to_vec_pretty(&json()).map_err(anyhow::Error::from)?,
    };
    let headers = [
        (header::CONTENT_TYPE, format.content_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{}\"", format.ending())),
    ];
    Ok((headers, body).into_response())
}

/// A cell of words; nothing where there are none.
pub(super) fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

/// A cell of a number.
pub(super) fn number(number: usize) -> Cell {
    Cell::Number(number as f64)
}
