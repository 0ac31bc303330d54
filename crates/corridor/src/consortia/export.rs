//! The partner table for spreadsheets and programs.

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use serde_json::{Value, json};

use super::{
    model::Draft,
    view::{MemberView, SheetView},
};
use crate::{
    accounts::Acting,
    foundation::{cells::inert, errors::Error},
};

const AMOUNTS: [&str; 6] = ["cost", "subcontracting", "requested", "ikop", "fc", "ikaa"];

fn headings(acting: &Acting, sheet: &SheetView) -> Vec<String> {
    let mut keys = vec!["consortia-column-organisation", "consortia-field-role"];
    if sheet.two_sided {
        keys.push("consortia-field-side");
    }
    keys.extend(["consortia-column-country", "consortia-column-kind"]);
    let mut headings: Vec<String> = keys.into_iter().map(|key| acting.say(key)).collect();
    headings.extend(amounts(sheet).map(|name| acting.say(&format!("consortia-field-{name}"))));
    headings
}

fn amounts(sheet: &SheetView) -> impl Iterator<Item = &'static str> {
    AMOUNTS[..if sheet.two_sided { 6 } else { 3 }].iter().copied()
}

fn words(member: &MemberView, sheet: &SheetView) -> Vec<String> {
    let mut words = vec![member.name.clone(), member.role_name.clone()];
    if sheet.two_sided {
        words.push(member.side_name.clone());
    }
    words.extend([member.country.clone().unwrap_or_default(), member.kind_name.clone()]);
    words
}

/// The partner table as CSV: UTF-8 with a mark, because spreadsheets guess wrongly without; amounts in euros with a point.
pub(super) fn csv(acting: &Acting, sheet: &SheetView) -> Result<Vec<u8>, Error> {
    let failed = |error: csv::Error| Error::Unexpected(anyhow::Error::new(error));
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(headings(acting, sheet)).map_err(failed)?;
    for member in &sheet.members {
        let mut row: Vec<String> = words(member, sheet).iter().map(|word| inert(word)).collect();
        row.extend(amounts(sheet).map(|name| match member.amounts.get(name).copied().flatten() {
            Some(cents) => format!("{}.{:02}", cents / 100, cents % 100),
            None => String::new(),
        }));
        writer.write_record(row).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Error::Unexpected(anyhow::anyhow!("{error}")))
}

/// The partner table as a workbook.
pub(super) fn xlsx(acting: &Acting, draft: &Draft, sheet: &SheetView) -> Result<Vec<u8>, Error> {
    let written = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        let (bold, money) = (Format::new().set_bold(), Format::new().set_num_format("#,##0.00"));
        page.write_string_with_format(0, 0, &draft.content.name, &bold)?;
        for (column, heading) in headings(acting, sheet).iter().enumerate() {
            page.write_string_with_format(2, column as u16, heading, &bold)?;
        }
        for (row, member) in (3..).zip(&sheet.members) {
            let words = words(member, sheet);
            for (column, word) in words.iter().enumerate() {
                page.write_string(row, column as u16, word)?;
            }
            for (at, name) in amounts(sheet).enumerate() {
                if let Some(cents) = member.amounts.get(name).copied().flatten() {
                    page.write_number_with_format(row, (words.len() + at) as u16, cents as f64 / 100.0, &money)?;
                }
            }
        }
        page.set_column_width(0, 48)?;
        book.save_to_buffer()
    };
    written().map_err(|error| Error::Unexpected(anyhow::Error::new(error)))
}

/// The draft for programs.
pub(super) fn json(draft: &Draft, sheet: &SheetView) -> Value {
    let members: Vec<Value> = sheet
        .members
        .iter()
        .map(|member| {
            let amount = |name: &str| member.amounts.get(name).copied().flatten();
            json!({
                "organisation": member.id, "name": member.name, "country": member.country, "kind": member.kind,
                "sme": member.sme, "role": member.role, "side": member.side, "cost_cents": amount("cost"),
                "subcontracting_cents": amount("subcontracting"), "requested_cents": amount("requested"),
                "ikop_cents": amount("ikop"), "fc_cents": amount("fc"), "ikaa_cents": amount("ikaa"),
                "joint_projects": member.joint_projects, "declared": draft.content.declared_of(member.id),
            })
        })
        .collect();
    let facts = &draft.content.facts;
    json!({
        "id": draft.id, "name": draft.content.name, "topic": draft.content.topic,
        "instrument": draft.content.instrument, "stage": draft.content.stage, "revision": draft.revision,
        "updated_at": draft.updated_at.0, "duration_months": facts.duration_months, "trl_start": facts.trl_start,
        "trl_end": facts.trl_end, "label_issuer": facts.label_issuer, "label_on": facts.label_on, "closes_on": facts.closes_on,
        "earlier": facts.earlier, "pages": facts.pages, "civil_use": facts.civil_use, "members": members,
        "eligible": sheet.eligible, "verdicts": sheet.verdicts, "notes": sheet.notes,
    })
}
