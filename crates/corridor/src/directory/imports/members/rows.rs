//! What a row of a list of members says, checked value by value.

use std::collections::HashMap;

use super::columns::{Columns, Field, kind_of};
use crate::{
    directory::{
        identifiers::{Pic, Ror, Siren, Siret, Vat},
        imports::{
            places::{self, Countries},
            reading::{Problem, Row, cents, money_problem},
        },
    },
    foundation::time::Day,
};

/// A member as a row states it.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The row, the header being row 1.
    pub position: u64,
    /// The name.
    pub name: String,
    /// The kind, where the row states one.
    pub kind: Option<&'static str>,
    /// Identifiers that passed their checks: scheme and plain spelling.
    pub identifiers: Vec<(&'static str, String)>,
    /// The country.
    pub country: Option<String>,
    /// The town.
    pub city: Option<String>,
    /// The postcode.
    pub postcode: Option<String>,
    /// The college.
    pub college: Option<String>,
    /// Since when it is a member.
    pub since: Option<Day>,
    /// Until when it was a member.
    pub until: Option<Day>,
    /// Its competences, in the list's words.
    pub competences: Vec<String>,
    /// Its website.
    pub website: Option<String>,
    /// A description.
    pub description: Option<String>,
    /// The yearly fee in cents.
    pub fee_cents: Option<i64>,
    /// The turnover in cents.
    pub turnover_cents: Option<i64>,
}

/// Whether a spreadsheet would take the text for a formula rather than for a name.
pub(super) fn is_formula(text: &str) -> bool {
    let mut characters = text.trim_start().chars();
    match characters.next() {
        Some('=') => true,
        // «+ de Santé» and «@home» are names; with a call, a sheet or a pipe they are not.
        Some('+' | '-' | '@') => text.contains(['(', '!', '|']),
        _ => false,
    }
}

/// Marks that turn the direction of writing or are not seen; a name needs none of them.
fn without_marks(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{feff}')
                && !c.is_control()
        })
        .collect()
}

/// Amounts as French and English lists write them: `1 500 €`, `600,50`, `1,200.00`.
fn amount(text: &str) -> Result<i64, &'static str> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{202f}' && *c != '€').collect();
    let bare = match (bare.rfind(','), bare.rfind('.')) {
        (Some(comma), Some(dot)) if comma > dot => bare.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => bare.replace(',', ""),
        (Some(_), None) => bare.replace(',', "."),
        _ => bare,
    };
    cents(&bare)
}

/// Understands rows one after the other; knows which identifiers it has met.
pub(super) struct Reader<'a> {
    columns: &'a Columns,
    countries: Countries,
    met: HashMap<(&'static str, String), u64>,
    names: HashMap<(String, String), u64>,
}

impl<'a> Reader<'a> {
    pub fn new(columns: &'a Columns) -> Self {
        Reader { columns, countries: Countries::bundled(), met: HashMap::new(), names: HashMap::new() }
    }

    /// The member that a row states; notes are about values that were mended or left out.
    pub fn understand(&mut self, row: &Row) -> Result<(Member, Vec<Problem>), Vec<Problem>> {
        let mut problems = Vec::new();
        let mut notes = Vec::new();
        let column = |field: Field| self.columns.of(field).unwrap_or("");
        let cell = |field: Field| self.columns.of(field).map_or("", |column| row.get(column));
        let at = |field: Field, code: &str, detail: String| {
            Problem::at(row.position, column(field), cell(field), code, detail)
        };
        let text = |field: Field| Some(without_marks(cell(field)).trim().to_owned()).filter(|text| !text.is_empty());

        let name = text(Field::Name).unwrap_or_default();
        if name.is_empty() {
            problems.push(at(
                Field::Name,
                "missing",
                "every member has a name: fill the cell or take the row out".to_owned(),
            ));
        } else if is_formula(&name) {
            let detail = "the cell is a formula, not a name, and was not run: write the name as plain text";
            problems.push(at(Field::Name, "formula", detail.to_owned()));
        } else if name.chars().count() > 300 {
            problems.push(at(Field::Name, "too-long", "a name has at most 300 characters".to_owned()));
        } else if name != cell(Field::Name) {
            notes.push(at(Field::Name, "marks", "invisible marks were taken out of the name".to_owned()));
        }
        let kind = text(Field::Kind).and_then(|word| {
            let kind = kind_of(&word);
            if kind.is_none() {
                let detail = format!(
                    "no kind of organisation is called so: write one of {}, or PME, ETI, hôpital ...",
                    super::super::KINDS.join(", ")
                );
                problems.push(at(Field::Kind, "kind", detail));
            }
            kind
        });
        let country = text(Field::Country).and_then(|word| {
            let code = self.countries.code_of(&word);
            if code.is_none() {
                problems.push(at(
                    Field::Country,
                    "country",
                    "not a country: write its two letters of ISO 3166 or its name, for instance FR or France"
                        .to_owned(),
                ));
            }
            code
        });

        let mut identifiers: Vec<(&'static str, String)> = Vec::new();
        let mut siren: Option<Siren> = None;
        macro_rules! identifier {
            ($field:expr, $type:ty, $parsed:ident => $then:expr) => {
                if let Some(word) = text($field) {
                    match word.parse::<$type>() {
                        Ok($parsed) => {
                            identifiers.push((<$type>::SCHEME, $parsed.as_str().to_owned()));
                            $then;
                        }
                        Err(error) => problems.push(at($field, "identifier", error.to_string())),
                    }
                }
            };
        }
        identifier!(Field::Pic, Pic, parsed => {});
        identifier!(Field::Ror, Ror, parsed => {});
        identifier!(Field::Siren, Siren, parsed => siren = Some(parsed.clone()));
        let mut of_siret = None;
        identifier!(Field::Siret, Siret, parsed => of_siret = Some(parsed.siren()));
        let mut of_vat = None;
        identifier!(Field::Vat, Vat, parsed => of_vat = parsed.siren());
        for (field, other) in [(Field::Siret, of_siret), (Field::Vat, of_vat)] {
            let Some(other) = other else { continue };
            match &siren {
                None => {
                    identifiers.push((Siren::SCHEME, other.as_str().to_owned()));
                    siren = Some(other);
                }
                Some(own) if *own != other => {
                    let detail = format!(
                        "the number belongs to the SIREN {other}, the row says {own}: one of the two is of another organisation"
                    );
                    problems.push(at(field, "identifiers-disagree", detail));
                }
                Some(_) => {}
            }
        }
        let since = self.day(row, Field::Since, &mut problems);
        let until = self.day(row, Field::Until, &mut problems);
        if since.zip(until).is_some_and(|(since, until)| until < since) {
            problems.push(at(
                Field::Until,
                "order-of-days",
                "the membership ends before it begins: look which of the two days is right".to_owned(),
            ));
        }
        let money = |field: Field, problems: &mut Vec<Problem>| {
            text(field).and_then(|word| {
                amount(&word)
                    .map_err(|code| problems.push(money_problem(row.position, column(field), &word, code)))
                    .ok()
            })
        };
        let fee_cents = money(Field::Fee, &mut problems);
        let turnover_cents = money(Field::Turnover, &mut problems);
        let website = text(Field::Website).and_then(|word| {
            let address = places::website(&word);
            let usable =
                !address.is_empty() && !word.contains(char::is_whitespace) && word.contains('.') && !is_formula(&word);
            if !usable {
                notes.push(at(
                    Field::Website,
                    "website",
                    "not the address of a website; the member is kept without it".to_owned(),
                ));
            }
            usable.then_some(address)
        });
        let competences: Vec<String> = text(Field::Competences)
            .map(|list| {
                list.split([',', ';', '|', '\n'])
                    .map(str::trim)
                    .filter(|word| !word.is_empty() && !is_formula(word))
                    .map(|word| word.chars().take(200).collect())
                    .collect()
            })
            .unwrap_or_default();

        if problems.is_empty() {
            self.once(row, &identifiers, &name, country.as_deref(), &mut problems);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let member = Member {
            position: row.position,
            name,
            kind,
            identifiers,
            country,
            city: text(Field::City),
            postcode: text(Field::Postcode),
            college: text(Field::College),
            since,
            until,
            competences,
            website,
            description: text(Field::Description),
            fee_cents,
            turnover_cents,
        };
        Ok((member, notes))
    }

    fn day(&self, row: &Row, field: Field, problems: &mut Vec<Problem>) -> Option<Day> {
        let column = self.columns.of(field)?;
        let text = row.filled(column)?;
        match text.parse::<Day>() {
            Ok(day) => Some(day),
            Err(error) => {
                problems.push(Problem::at(row.position, column, text, "day", error.to_string()));
                None
            }
        }
    }

    /// No two rows are about one organisation.
    fn once(
        &mut self,
        row: &Row,
        identifiers: &[(&'static str, String)],
        name: &str,
        country: Option<&str>,
        problems: &mut Vec<Problem>,
    ) {
        for identifier in identifiers {
            if let Some(first) = self.met.get(identifier) {
                let field = match identifier.0 {
                    "pic" => Field::Pic,
                    "ror" => Field::Ror,
                    "siret" => Field::Siret,
                    "vat" => Field::Vat,
                    _ => Field::Siren,
                };
                let detail = format!(
                    "row {first} has the same {}; that one is kept: take one of the two out, or mend the number",
                    identifier.0.to_uppercase()
                );
                problems.push(Problem::at(
                    row.position,
                    self.columns.of(field).unwrap_or(identifier.0),
                    &identifier.1,
                    "twice",
                    detail,
                ));
                return;
            }
        }
        let key = (ranking::identity::normalise(name), country.unwrap_or("").to_owned());
        if identifiers.is_empty()
            && let Some(first) = self.names.get(&key)
        {
            let detail = format!(
                "row {first} has the same name, and neither has an identifier that tells them apart; that one is kept"
            );
            let column = self.columns.of(Field::Name).unwrap_or("name");
            problems.push(Problem::at(row.position, column, name, "twice", detail));
            return;
        }
        self.names.entry(key).or_insert(row.position);
        for identifier in identifiers {
            self.met.insert(identifier.clone(), row.position);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        assert_eq!(amount("1 500 €"), Ok(150_000));
        assert_eq!(amount("600,50"), Ok(60_050));
        assert_eq!(amount("1,200.00"), Ok(120_000));
        assert_eq!(amount("1.200,00"), Ok(120_000));
        assert_eq!(amount("-0,01"), Err("money-negative"));
        assert_eq!(amount("douze"), Err("money"));
    }

    #[test]
    fn formulas_are_told_from_names() {
        for formula in ["=1+1", " =HYPERLINK(\"x\")", "+cmd|' /C calc'!A0", "@SUM(1+1)", "-2+3+cmd|'x'!A0"] {
            assert!(is_formula(formula), "{formula}");
        }
        for name in ["+ de Santé", "@home", "A=B", "-Ose"] {
            assert!(!is_formula(name), "{name}");
        }
    }
}
