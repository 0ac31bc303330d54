//! The register of processing (GDPR, article 30), made of what the slices say of themselves.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use minijinja::context;

use super::tabs;
use crate::{
    accounts::Acting,
    foundation::{
        cells::inert,
        errors::Error,
        pages::Serde,
        personal::{Fate, Holdings},
    },
    privacy::{requests, retention},
};

/// A processing activity in words.
#[derive(Debug, serde::Serialize)]
pub(super) struct Row {
    key: &'static str,
    name: String,
    data: String,
    basis: String,
    recipients: String,
    months: Option<u32>,
    fate: String,
    period: String,
}

/// Every purpose of the program.
pub(super) async fn rows(acting: &Acting) -> Result<Serde<Vec<Row>>, Error> {
    let months = retention::months_in_force(&acting.app).await?;
    let holdings = acting.app.part::<Holdings>();
    let rows = holdings.purposes().map(|(_, purpose)| Row {
        key: purpose.key,
        name: acting.say(&purpose.text_key("")),
        data: acting.say(&purpose.text_key("data")),
        basis: acting.say(&purpose.basis.label_key()),
        recipients: acting.say(&purpose.text_key("recipients")),
        months: months.get(purpose.key).copied().flatten(),
        fate: acting.say(match purpose.fate {
            Fate::Deleted => "fate-deleted",
            Fate::Anonymised => "fate-anonymised",
            Fate::Kept | Fate::Corrected => "fate-kept",
        }),
        period: acting.say(&purpose.text_key("period")),
    });
    Ok(Serde(rows.collect()))
}

pub(super) async fn show(acting: Acting) -> Result<Response, Error> {
    requests::desk(&acting.actor)?;
    let context = context! { tabs => tabs(&acting, "processing"), rows => rows(&acting).await? };
    Ok(acting.page("privacy/processing.html", context).await?.into_response())
}

pub(super) async fn file(acting: Acting) -> Result<Response, Error> {
    requests::desk(&acting.actor)?;
    let failed = |error: csv::Error| Error::Unexpected(anyhow::Error::new(error));
    let mut writer = csv::Writer::from_writer(Vec::new());
    let columns = ["purpose", "data", "basis", "recipients", "months", "fate", "period"];
    let heads = columns.map(|column| acting.say(&format!("processing-{column}")));
    writer.write_record(heads).map_err(failed)?;
    for row in rows(&acting).await?.0 {
        let months = row.months.map(|months| months.to_string()).unwrap_or_default();
        let cells = [&row.name, &row.data, &row.basis, &row.recipients, &months, &row.fate, &row.period];
        writer.write_record(cells.map(|cell| inert(cell))).map_err(failed)?;
    }
    let file = writer.into_inner().map_err(|error| anyhow::anyhow!("writing the register: {error}"))?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"register-of-processing.csv\""),
    ];
    Ok((headers, file).into_response())
}
