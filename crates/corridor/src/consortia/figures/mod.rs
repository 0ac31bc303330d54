//! The figures and owners of an organisation as pages: for the team that keeps them, and for the organisation in its
//! workspace.

pub mod pages;

use eligibility::Percent;

use super::money::parse_money;
use crate::{
    directory::{
        OrganisationId,
        size::{GivenOwners, GivenYear, Owner, investor_of},
    },
    foundation::{errors::FieldProblem, time::Day},
};

/// The most owners that a form takes.
const MOST_OWNERS: usize = 20;

fn typed<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
}

fn problem(field: &str, message: &str, value: &str) -> FieldProblem {
    let value = value.chars().take(200).collect();
    FieldProblem { field: field.to_owned(), message: message.to_owned(), value }
}

fn day(fields: &[(String, String)]) -> Option<Day> {
    typed(fields, "stated_on").parse().ok()
}

/// Reads the form of a year's figures; what cannot be read is told beside.
fn read_year(fields: &[(String, String)]) -> (GivenYear, Vec<FieldProblem>) {
    let mut problems = Vec::new();
    let mut whole = |name: &str| match typed(fields, name) {
        "" => None,
        text => {
            let plain: String =
                text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{202f}').collect();
            plain.parse::<u32>().map_err(|_| problems.push(problem(name, "figures-wrong-number", text))).ok()
        }
    };
    let (year, headcount) = (whole("year"), whole("headcount"));
    let mut money = |name: &str| match parse_money(typed(fields, name)) {
        Ok(cents) => cents,
        Err(wrong) => {
            problems.push(problem(name, wrong.key(), typed(fields, name)));
            None
        }
    };
    let (turnover_cents, balance_cents) = (money("turnover"), money("balance"));
    let given = GivenYear {
        year: year.and_then(|year| u16::try_from(year).ok()),
        headcount,
        turnover_cents,
        balance_cents,
        source: typed(fields, "source").to_owned(),
        stated_on: day(fields),
    };
    (given, problems)
}

/// A share as people write it: `25`, `33,3 %`.
fn read_share(text: &str) -> Option<i64> {
    let plain = text.trim_end_matches('%').trim().replace(',', ".");
    let millionths = Percent::parse(&plain)?.millionths();
    (millionths % 10_000 == 0).then_some(millionths / 10_000)
}

/// A row of the form of owners: who was typed or chosen, how much, what kind of investor.
struct OwnerRow<'a> {
    row: usize,
    owner: &'a str,
    chosen: &'a str,
    share: &'a str,
    investor: &'a str,
}

/// The rows of the form of owners that say something.
fn owner_rows(fields: &[(String, String)]) -> Vec<OwnerRow<'_>> {
    (0..MOST_OWNERS)
        .map(|row| OwnerRow {
            row,
            owner: typed(fields, &format!("owner.{row}")),
            chosen: typed(fields, &format!("owner.{row}_id")),
            share: typed(fields, &format!("percent.{row}")),
            investor: typed(fields, &format!("investor.{row}")),
        })
        .filter(|row| !row.owner.is_empty() || !row.chosen.is_empty() || !row.share.is_empty())
        .collect()
}

/// The owners of the rows that could be looked up; what cannot be read is told beside.
fn read_owners(
    fields: &[(String, String)],
    rows: &[(OwnerRow<'_>, Option<OrganisationId>)],
) -> (GivenOwners, Vec<FieldProblem>) {
    let mut problems = Vec::new();
    let mut given =
        GivenOwners { owners: Vec::new(), source: typed(fields, "source").to_owned(), stated_on: day(fields) };
    for (row, found) in rows {
        if found.is_none() {
            problems.push(problem(&format!("owner.{}", row.row), "figures-wrong-owner", row.owner));
        }
        let hundredths = read_share(row.share);
        if hundredths.is_none() {
            problems.push(problem(&format!("percent.{}", row.row), "figures-wrong-percent", row.share));
        }
        let investor = match row.investor {
            "" => None,
            word => {
                let known = investor_of(word);
                if known.is_none() {
                    problems.push(problem(&format!("investor.{}", row.row), "figures-wrong-investor", word));
                }
                known
            }
        };
        if let (Some(owner), Some(hundredths)) = (found, hundredths) {
            given.owners.push((row.row, Owner { owner: *owner, hundredths, investor }));
        }
    }
    (given, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_year_is_read_as_people_write_it() {
        let (given, problems) = read_year(&fields(&[
            ("year", "2025"),
            ("headcount", "1\u{202f}250"),
            ("turnover", "12,5 M€"),
            ("balance", "many"),
            ("source", " Accounts "),
            ("stated_on", "2026-05-01"),
        ]));
        assert_eq!((given.year, given.headcount, given.turnover_cents), (Some(2025), Some(1250), Some(1_250_000_000)));
        assert_eq!((given.balance_cents, given.source.as_str()), (None, "Accounts"));
        assert_eq!(problems.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["balance"]);
    }

    #[test]
    fn shares_are_exact_to_the_hundredth() {
        for (text, expected) in [
            ("25", Some(2_500)),
            ("33,3 %", Some(3_330)),
            ("0.01", Some(1)),
            ("0.001", None),
            ("half", None),
            ("", None),
        ] {
            assert_eq!(read_share(text), expected, "{text}");
        }
    }

    #[test]
    fn rows_that_say_something_are_read_with_their_place() {
        let sent = fields(&[
            ("owner.0", ""),
            ("owner.3", "Holding"),
            ("percent.3", "60"),
            ("investor.3", "wizard"),
            ("percent.4", "5"),
        ]);
        let rows = owner_rows(&sent).into_iter().map(|row| {
            let found = (row.row == 3).then(OrganisationId::new);
            (row, found)
        });
        let (given, problems) = read_owners(&sent, &rows.collect::<Vec<_>>());
        assert_eq!(given.owners.iter().map(|(row, owner)| (*row, owner.hundredths)).collect::<Vec<_>>(), [(3, 6_000)]);
        assert_eq!(problems.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["investor.3", "owner.4"]);
    }
}
