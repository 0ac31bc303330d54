//! `organisations.csv`: who takes part, by PIC.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use crate::{
    directory::{
        OrganisationId,
        identifiers::{IdentifierError, Pic, Siren, Vat},
        imports::{
            facts::{self, Change, Fact, Known, OtherName, Record, Writer, position},
            kinds,
            places::{self, Countries},
            reading::{CsvRows, Problem, Row, digest, file_name, must_find},
            run::{Begun, Outcome, ROWS_A_BATCH, Report, Run},
            sources,
        },
    },
    foundation::{database::Database, errors::Error, ids::SourceId, sources::id_of, time::Clock},
};

const COLUMNS: [&str; 13] =
    ["pic", "name", "short_name", "type", "sme", "country", "city", "postcode", "address", "lat", "lon", "url", "vat"];

/// What a row says, understood and checked.
struct Understood {
    pic: Pic,
    kind: &'static str,
    name: Option<String>,
    short_name: Option<String>,
    sme: Option<bool>,
    country: Option<String>,
    city: Option<String>,
    postcode: Option<String>,
    address: Option<String>,
    position: Option<String>,
    website: Option<String>,
    vat: Option<Vat>,
    tax_number: Option<String>,
    unusable_vat: Option<Problem>,
    observed_on: Option<String>,
}

fn understand(row: &Row, countries: &Countries) -> Result<Understood, Problem> {
    let wrong = |field: &str, code: &str, detail: &str| Problem::at(row.position, field, row.get(field), code, detail);
    let pic: Pic = row
        .get("pic")
        .parse()
        .map_err(|error| Problem::at(row.position, "pic", row.get("pic"), "identifier", format!("{error}")))?;
    let sme = match row.get("sme") {
        "" => None,
        "true" => Some(true),
        "false" => Some(false),
        _ => return Err(wrong("sme", "yes-or-no", "write true, false or nothing")),
    };
    let kind = kinds::of_cordis(row.get("type"), sme)
        .ok_or_else(|| wrong("type", "kind", "the type of a participant is HES, PRC, REC, PUB or OTH"))?;
    let country = row.filled("country").map(str::to_owned);
    if country.as_ref().is_some_and(|code| !countries.knows(code)) {
        return Err(wrong("country", "country", "not a country: write its two letters of ISO 3166, for instance FR"));
    }
    let position = match (row.get("lat"), row.get("lon")) {
        ("", "") => None,
        (lat, lon) => {
            let number = |text: &str, most: f64| text.parse::<f64>().ok().filter(|value| value.abs() <= most);
            let lat =
                number(lat, 90.0).ok_or_else(|| wrong("lat", "position", "a latitude lies between -90 and 90"))?;
            let lon =
                number(lon, 180.0).ok_or_else(|| wrong("lon", "position", "a longitude lies between -180 and 180"))?;
            let precision = if row.get("geo_precision") == "address" { "address" } else { "city" };
            Some(position(lat, lon, precision))
        }
    };
    let (vat, unusable_vat) = match row.filled("vat").map(str::parse::<Vat>) {
        // Tax numbers of countries whose rule is not known stay what the source states, and identify nothing.
        None | Some(Err(IdentifierError::Country(_))) => (None, None),
        Some(Ok(vat)) => (Some(vat), None),
        Some(Err(error)) => {
            let left_out = format!("{error}; the organisation is kept without it");
            (None, Some(Problem::at(row.position, "vat", row.get("vat"), "identifier-left-out", left_out)))
        }
    };
    let text = |column: &str| row.filled(column).map(str::to_owned);
    let (mut city, mut postcode) = (text("city"), text("postcode"));
    // Some rows of the source have the two the wrong way round.
    if city.as_ref().is_some_and(|city| city.bytes().all(|b| b.is_ascii_digit()))
        && postcode.as_ref().is_some_and(|code| code.chars().all(char::is_alphabetic))
    {
        std::mem::swap(&mut city, &mut postcode);
    }
    if country.as_deref() == Some("FR") {
        // Spreadsheets drop the leading zero.
        if let Some(code) = postcode.as_mut().filter(|code| code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()))
        {
            code.insert(0, '0');
        }
    }
    Ok(Understood {
        pic,
        kind,
        name: text("name"),
        short_name: text("short_name"),
        sme,
        country,
        city,
        postcode,
        address: text("address"),
        position,
        website: text("url").map(|url| places::website(&url)).filter(|url| !url.is_empty()),
        vat,
        tax_number: text("vat"),
        unusable_vat,
        observed_on: year_of(row.get("source")),
    })
}

/// The stored copies are called by their year (`h2020_2023`).
fn year_of(copy: &str) -> Option<String> {
    let year = copy.rsplit('_').next()?;
    (year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())).then(|| year.to_owned())
}

/// Imports the organisations of a folder.
pub async fn import_organisations(
    database: &Database,
    clock: Clock,
    folder: &Path,
    again: bool,
    report: Report<'_>,
) -> Result<Outcome, Error> {
    let path = must_find(folder, "organisations.csv")?;
    let mut rows = CsvRows::open(&path, &COLUMNS)?;
    let mut run =
        match Run::begin(database, clock, "cordis.organisations", &file_name(&path), &digest(&path)?, None, again)
            .await?
        {
            Begun::Known(outcome) => return Ok(outcome),
            Begun::Go(run) => run,
        };
    let countries = Countries::bundled();
    let (cordis, inference) = (id_of(database, &sources::CORDIS).await?, id_of(database, &sources::INFERENCE).await?);
    let mut by_pic = facts::identifiers(database, Pic::SCHEME).await?;
    let mut taken = facts::identifiers(database, Siren::SCHEME).await?;
    let mut seen: HashSet<Pic> = HashSet::new();
    let mut writer = Writer::new(clock.now());
    loop {
        let mut batch = Vec::new();
        let mut ended = false;
        while batch.len() < ROWS_A_BATCH {
            let Some(row) = rows.next_row() else {
                ended = true;
                break;
            };
            // Rows that an earlier process committed are read again only to know their PICs.
            let done = run.skip > 0;
            if done {
                run.skip -= 1
            } else {
                run.rows_done += 1
            }
            let understood = row.and_then(|row| {
                let understood = understand(&row, &countries)?;
                if !seen.insert(understood.pic.clone()) {
                    let mend = "another row of this file has the same PIC; the first one is kept: take one of them out";
                    return Err(Problem::at(row.position, "pic", row.get("pic"), "twice", mend));
                }
                Ok(understood)
            });
            match understood {
                _ if done => {}
                Ok(mut understood) => {
                    if let Some(problem) = understood.unusable_vat.take() {
                        run.note(problem);
                    }
                    batch.push(understood);
                }
                Err(problem) => run.refuse(problem),
            }
        }
        let there: Vec<OrganisationId> = batch.iter().filter_map(|row| by_pic.get(row.pic.as_str()).copied()).collect();
        let known = facts::known(database, &there).await?;
        for row in &batch {
            let change = state(row, &mut by_pic, &mut taken, &known, &mut writer, cordis, inference, clock);
            match change {
                Change::Created => run.counts.created += 1,
                Change::Changed => run.counts.changed += 1,
                Change::Unchanged => run.counts.unchanged += 1,
            }
        }
        let mut transaction = database.begin().await?;
        writer.write(&mut transaction).await?;
        run.checkpoint(&mut transaction).await?;
        transaction.commit().await?;
        report("cordis.organisations", rows.meter.done(), rows.size);
        if ended {
            break;
        }
    }
    run.finish(database, clock).await
}

#[expect(clippy::too_many_arguments, reason = "what is known of all organisations travels with the row")]
fn state(
    row: &Understood,
    by_pic: &mut HashMap<String, OrganisationId>,
    taken: &mut HashMap<String, OrganisationId>,
    known: &Known,
    writer: &mut Writer,
    cordis: SourceId,
    inference: SourceId,
    clock: Clock,
) -> Change {
    let there = by_pic.get(row.pic.as_str()).and_then(|id| known.records.get(id)).cloned();
    let is_new = there.is_none();
    let base = there.unwrap_or_else(|| Record::new(clock.now()));
    let id = base.id;
    let day = row.observed_on.as_deref();
    let mut facts = vec![Fact::single(cordis, "kind", row.kind, day)];
    let texts = [
        ("name", &row.name),
        ("short_name", &row.short_name),
        ("country", &row.country),
        ("city", &row.city),
        ("postcode", &row.postcode),
        ("address", &row.address),
        ("position", &row.position),
        ("website", &row.website),
    ];
    for (field, value) in texts {
        if let Some(value) = value {
            facts.push(Fact::single(cordis, field, value.clone(), day));
        }
    }
    if row.vat.is_none()
        && let Some(number) = &row.tax_number
    {
        facts.push(Fact::single(cordis, "tax_number", number.clone(), day));
    }
    if let Some(sme) = row.sme {
        facts.push(Fact::single(cordis, "sme", sme.to_string(), day));
    }
    if let Some(region) =
        row.postcode.as_deref().filter(|_| row.country.as_deref() == Some("FR")).and_then(places::french_region)
    {
        facts.push(Fact::single(inference, "region", region, day).inferred());
    }
    if let Some(kind) = row.name.as_deref().and_then(|name| kinds::inferred(row.kind, name)) {
        // Stated first, concluded after: the conclusion is what is shown, and both are kept.
        let conclusion = Fact::single(inference, "kind", kind, day).inferred();
        facts.push(conclusion);
    }
    let change = writer.state(base, is_new, known, &facts);
    if is_new {
        by_pic.insert(row.pic.as_str().to_owned(), id);
        writer.identify(id, Pic::SCHEME, row.pic.as_str(), cordis, day);
        if let Some(vat) = &row.vat {
            writer.identify(id, Vat::SCHEME, vat.as_str(), cordis, day);
            if let Some(siren) = vat.siren().filter(|siren| !taken.contains_key(siren.as_str())) {
                taken.insert(siren.as_str().to_owned(), id);
                writer.identify(id, Siren::SCHEME, siren.as_str(), cordis, day);
            }
        }
        if let Some(short_name) = row.short_name.as_ref().filter(|short| Some(*short) != row.name.as_ref()) {
            writer.name(id, &OtherName { name: short_name.clone(), kind: "acronym", language: None }, cordis);
        }
    }
    change
}
