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
            facts::{Change, Fact, Known, Writer, position},
            intake::{Importer, Intake},
            kinds,
            places::{self, Countries},
            reading::{CsvRows, Problem, Row, must_find},
            run::{Counts, Outcome},
            sources,
        },
        store::{self, Replacing},
    },
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        ids::SourceId,
        sources::id_of,
    },
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
pub async fn import_organisations(intake: Intake<'_>, folder: &Path) -> Result<Outcome, Error> {
    intake.file::<Organisations>(&must_find(folder, "organisations.csv")?).await
}

/// The importer of `organisations.csv`.
struct Organisations {
    countries: Countries,
    cordis: SourceId,
    inference: SourceId,
    by_pic: HashMap<String, OrganisationId>,
    /// Organisations that bear several PICs, since somebody merged them.
    merged: HashSet<OrganisationId>,
    /// SIREN numbers that an organisation bears already.
    sirens: HashMap<String, OrganisationId>,
    seen: HashSet<Pic>,
    writer: Writer,
}

impl Importer for Organisations {
    const KIND: &'static str = "cordis.organisations";
    const COLUMNS: &'static [&'static str] = &COLUMNS;
    type Rows = CsvRows;
    type Understood = Understood;

    async fn begin(intake: Intake<'_>) -> Result<Self, Error> {
        let database = intake.database;
        let by_pic = store::bearers(database, Pic::SCHEME).await?;
        let mut once = HashSet::new();
        let merged = by_pic.values().copied().filter(|id| !once.insert(*id)).collect();
        Ok(Organisations {
            countries: Countries::bundled(),
            cordis: id_of(database, &sources::CORDIS).await?,
            inference: id_of(database, &sources::INFERENCE).await?,
            by_pic,
            merged,
            sirens: store::bearers(database, Siren::SCHEME).await?,
            seen: HashSet::new(),
            writer: Writer::new(intake.clock, Replacing::Nothing),
        })
    }

    fn understand(&mut self, row: Row, notes: &mut Vec<Problem>) -> Result<Understood, Problem> {
        let mut understood = understand(&row, &self.countries)?;
        if !self.seen.insert(understood.pic.clone()) {
            let mend = "another row of this file has the same PIC; the first one is kept: take one of them out";
            return Err(Problem::at(row.position, "pic", row.get("pic"), "twice", mend));
        }
        notes.extend(understood.unusable_vat.take());
        Ok(understood)
    }

    async fn compare(&mut self, database: &Database, rows: Vec<Understood>) -> Result<Counts, Error> {
        let there: Vec<OrganisationId> =
            rows.iter().filter_map(|row| self.by_pic.get(row.pic.as_str()).copied()).collect();
        let known = Known::of(database, &there).await?;
        let mut counts = Counts::default();
        for row in &rows {
            counts.count(self.state(row, &known));
        }
        Ok(counts)
    }

    async fn write(&mut self, transaction: &mut Transaction) -> Result<(), Error> {
        self.writer.rows.write(transaction).await.map(|_| ())
    }
}

impl Organisations {
    fn state(&mut self, row: &Understood, known: &Known) -> Change {
        let there = self.by_pic.get(row.pic.as_str()).and_then(|id| known.records.get(id));
        let (base, is_new) = self.writer.base(there);
        let (id, cordis) = (base.id, self.cordis);
        let day = row.observed_on.as_deref();
        let mut facts = vec![Fact::single(self.cordis, "kind", row.kind, day)];
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
                facts.push(Fact::single(self.cordis, field, value.clone(), day));
            }
        }
        if row.vat.is_none()
            && let Some(number) = &row.tax_number
        {
            facts.push(Fact::single(self.cordis, "tax_number", number.clone(), day));
        }
        if let Some(sme) = row.sme {
            facts.push(Fact::single(self.cordis, "sme", sme.to_string(), day));
        }
        if let Some(region) =
            row.postcode.as_deref().filter(|_| row.country.as_deref() == Some("FR")).and_then(places::french_region)
        {
            facts.push(Fact::single(self.inference, "region", region, day).inferred());
        }
        if let Some(kind) = row.name.as_deref().and_then(|name| kinds::inferred(row.kind, name)) {
            // Stated first, concluded after: the conclusion is what is shown, and both are kept.
            let conclusion = Fact::single(self.inference, "kind", kind, day).inferred();
            facts.push(conclusion);
        }
        if self.merged.contains(&id) {
            // The rows of its PICs would take turns in replacing what the other one states.
            facts.iter_mut().for_each(|fact| fact.single = false);
        }
        let change = self.writer.state(base, is_new, known, &facts);
        if is_new {
            self.by_pic.insert(row.pic.as_str().to_owned(), id);
            self.writer.rows.identifier(id, Pic::SCHEME, row.pic.as_str(), cordis, day);
            if let Some(vat) = &row.vat {
                self.writer.rows.identifier(id, Vat::SCHEME, vat.as_str(), cordis, day);
                if let Some(siren) = vat.siren().filter(|siren| !self.sirens.contains_key(siren.as_str())) {
                    self.sirens.insert(siren.as_str().to_owned(), id);
                    self.writer.rows.identifier(id, Siren::SCHEME, siren.as_str(), cordis, day);
                }
            }
            if let Some(short_name) = row.short_name.as_ref().filter(|short| Some(*short) != row.name.as_ref()) {
                self.writer.rows.name(id, short_name, "acronym", None, cordis);
            }
        }
        change
    }
}
