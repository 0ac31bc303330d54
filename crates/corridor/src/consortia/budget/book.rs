//! A budget as a workbook: all lines on the first sheet, as the import reads them; a sheet of sums; a sheet a partner.

use std::collections::{BTreeMap, BTreeSet};

use eligibility::Percent;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet, XlsxError, utility::row_col_to_cell};

use super::{
    importing::Column,
    model::{Category, Line, personnel},
};
use crate::{
    consortia::{Content, Member},
    directory::OrganisationId,
    foundation::errors::Error,
};

/// What a workbook is made of.
#[derive(Clone, Copy)]
pub struct Book<'a> {
    /// The draft.
    pub content: &'a Content,
    /// The partners' names.
    pub names: &'a BTreeMap<OrganisationId, String>,
    /// The flat rate of indirect costs.
    pub flat: Option<Percent>,
    /// What each can be granted at most, where that is known.
    pub grants: &'a BTreeMap<OrganisationId, i64>,
    /// The text of a key.
    pub say: &'a dyn Fn(&str) -> String,
}

struct Styles {
    bold: Format,
    money: Format,
    sum: Format,
}

/// Where the lines of a partner begin on the first sheet, and how many there are.
struct Place {
    first: u32,
    packages: Vec<u16>,
}

/// Writes the workbook; sums are formulas that carry their result.
///
/// # Errors
/// Only when the library cannot write.
pub fn workbook(book: Book<'_>) -> Result<Vec<u8>, Error> {
    book.write().map_err(|error| Error::Unexpected(anyhow::Error::new(error)))
}

fn euros(cents: i64) -> f64 {
    cents as f64 / 100.0
}

fn formula(text: String, cents: i64) -> Formula {
    Formula::new(text).set_result(format!("{}.{:02}", cents / 100, cents % 100))
}

/// A name that a sheet may have: short, without the marks that spreadsheets refuse, and no other's.
fn sheet_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = name.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).collect();
    for number in 1.. {
        let tail = if number == 1 { String::new() } else { format!(" {number}") };
        let head: String = plain.trim().chars().take(28 - tail.len()).collect();
        let candidate = format!("{}{tail}", if head.trim().is_empty() { "–" } else { head.trim() });
        if taken.insert(candidate.to_lowercase()) {
            return candidate;
        }
    }
    String::new()
}

impl Book<'_> {
    fn categories(&self) -> Vec<Category> {
        Category::used(self.flat).collect()
    }

    fn columns(&self) -> Vec<Column> {
        let mut columns =
            vec![Column::Partner, Column::Id, Column::Package, Column::Title, Column::Rate, Column::Months];
        columns.extend(self.categories().into_iter().map(Column::Amount));
        columns.extend([Column::Direct, Column::Aid, Column::Requested]);
        columns
    }

    fn place(&self, column: Column) -> u16 {
        self.columns().iter().position(|known| *known == column).unwrap_or_default() as u16
    }

    fn name(&self, member: &Member) -> String {
        self.names.get(&member.organisation).cloned().unwrap_or_else(|| member.organisation.to_string())
    }

    fn write(self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let styles = Styles {
            bold: Format::new().set_bold().set_text_wrap(),
            money: Format::new().set_num_format("#,##0.00"),
            sum: Format::new().set_num_format("#,##0.00").set_bold(),
        };
        // Spreadsheets keep this name for themselves.
        let mut taken = BTreeSet::from(["history".to_owned()]);
        let lines_name = sheet_name(&(self.say)("consortia-budget-sheet-lines"), &mut taken);
        let lines = book.add_worksheet().set_name(&lines_name)?;
        let places = self.lines(lines, &styles)?;
        let sums_name = sheet_name(&(self.say)("consortia-budget-sheet-sums"), &mut taken);
        self.sums(book.add_worksheet().set_name(sums_name)?, &styles, &lines_name)?;
        for (member, place) in self.content.members.iter().zip(&places) {
            let name = sheet_name(&self.name(member), &mut taken);
            self.partner(book.add_worksheet().set_name(name)?, &styles, &lines_name, member, place)?;
        }
        book.save_to_buffer()
    }

    /// One row a partner and work package; a partner without lines has one row, for what is said of it as a whole.
    fn lines(&self, sheet: &mut Worksheet, styles: &Styles) -> Result<Vec<Place>, XlsxError> {
        let columns = self.columns();
        for (at, column) in columns.iter().enumerate() {
            sheet.write_string_with_format(0, at as u16, column.heading(self.say), &styles.bold)?;
        }
        let mut row = 1;
        let mut places = Vec::with_capacity(self.content.members.len());
        let none = Line::default();
        for member in &self.content.members {
            let packages: Vec<u16> = member.budget.packages.keys().copied().collect();
            let place = Place { first: row, packages };
            let mut written: Vec<Option<u16>> = place.packages.iter().copied().map(Some).collect();
            if written.is_empty() {
                written.push(None);
            }
            for package in written {
                let line = package.and_then(|number| member.budget.packages.get(&number)).unwrap_or(&none);
                for (at, column) in columns.iter().enumerate() {
                    self.cell(sheet, styles, (row, at as u16), *column, member, package, line)?;
                }
                row += 1;
            }
            places.push(place);
        }
        sheet.set_freeze_panes(1, 1)?;
        sheet.set_column_width(0, 40)?;
        sheet.set_column_width(3, 24)?;
        sheet.set_column_range_width(4, columns.len() as u16, 14)?;
        Ok(places)
    }

    #[expect(clippy::too_many_arguments, reason = "a cell is where, how and of what")]
    fn cell(
        &self,
        sheet: &mut Worksheet,
        styles: &Styles,
        (row, at): (u32, u16),
        column: Column,
        member: &Member,
        package: Option<u16>,
        line: &Line,
    ) -> Result<(), XlsxError> {
        let cents = |cents: Option<i64>, sheet: &mut Worksheet| match cents {
            Some(cents) => sheet.write_number_with_format(row, at, euros(cents), &styles.money).map(|_| ()),
            None => Ok(()),
        };
        let budget = &member.budget;
        match column {
            Column::Partner => sheet.write_string(row, at, self.name(member)).map(|_| ()),
            Column::Id => sheet.write_string(row, at, member.organisation.to_string()).map(|_| ()),
            Column::Package => match package {
                Some(number) => sheet.write_number(row, at, number).map(|_| ()),
                None => Ok(()),
            },
            Column::Title => {
                let package = package.and_then(|number| self.content.facts.work_packages.get(&number));
                sheet.write_string(row, at, package.map_or("", |package| package.name.as_str())).map(|_| ())
            }
            Column::Rate => cents(budget.monthly_rate_cents, sheet),
            Column::Months => match line.months {
                Some(months) => sheet.write_number(row, at, euros(months)).map(|_| ()),
                None => Ok(()),
            },
            Column::Amount(Category::Personnel) => match (budget.monthly_rate_cents, line.months) {
                (Some(rate), Some(months)) => {
                    let of = |column| row_col_to_cell(row, self.place(column));
                    let text = format!("=ROUND({}*{},2)", of(Column::Rate), of(Column::Months));
                    let value = formula(text, personnel(rate, months));
                    sheet.write_formula_with_format(row, at, value, &styles.money).map(|_| ())
                }
                _ => cents(line.amounts.get(&Category::Personnel).copied(), sheet),
            },
            Column::Amount(category) => cents(line.amounts.get(&category).copied(), sheet),
            Column::Direct => {
                let (first, last) = self.amounts_range();
                let text = format!("=SUM({}:{})", row_col_to_cell(row, first), row_col_to_cell(row, last));
                let sum = line.amounts.values().fold(0_i64, |sum, cents| sum.saturating_add(*cents));
                sheet.write_formula_with_format(row, at, formula(text, sum), &styles.sum).map(|_| ())
            }
            Column::Aid => cents(budget.other_aid_cents, sheet),
            Column::Requested => cents(member.requested_cents, sheet),
        }
    }

    fn amounts_range(&self) -> (u16, u16) {
        (self.place(Column::Amount(Category::Personnel)), self.place(Column::Direct) - 1)
    }

    /// One row a partner: what the lines add up to, and what follows.
    fn sums(&self, sheet: &mut Worksheet, styles: &Styles, lines: &str) -> Result<(), XlsxError> {
        let categories = self.categories();
        let say = |key: &str| (self.say)(key);
        let mut headings = vec![Column::Partner.heading(self.say), Column::Id.heading(self.say)];
        headings.extend(categories.iter().map(|category| Column::Amount(*category).heading(self.say)));
        headings.extend(
            ["direct", "indirect", "cost", "most", "asked", "own"].map(|word| say(&format!("consortia-budget-{word}"))),
        );
        for (at, heading) in headings.iter().enumerate() {
            sheet.write_string_with_format(0, at as u16, heading, &styles.bold)?;
        }
        let first = 2_u16;
        let direct = first + categories.len() as u16;
        let last = self.content.members.len() as u32;
        let mut sums = vec![0_i64; 6 + categories.len()];
        for (row, member) in (1_u32..).zip(&self.content.members) {
            let mut totals = member.budget.totals(self.flat);
            if member.budget.is_empty() {
                totals.cost = member.cost_cents.unwrap_or(0);
            }
            sheet.write_string(row, 0, self.name(member))?;
            sheet.write_string(row, 1, member.organisation.to_string())?;
            let cell = |at: u16| row_col_to_cell(row, at);
            let mut carrying = Vec::new();
            let mut values = Vec::new();
            for (at, category) in (first..).zip(&categories) {
                let column = rust_xlsxwriter::utility::column_number_to_name(self.place(Column::Amount(*category)));
                let text = format!("=SUMIFS('{lines}'!{column}:{column},'{lines}'!B:B,B{})", row + 1);
                let cents = totals.by_category.get(category).copied().unwrap_or(0);
                sheet.write_formula_with_format(row, at, formula(text, cents), &styles.money)?;
                values.push(cents);
                if category.carries_indirect() {
                    carrying.push(cell(at));
                }
            }
            let text = format!("=SUM({}:{})", cell(first), cell(direct - 1));
            sheet.write_formula_with_format(row, direct, formula(text, totals.direct), &styles.money)?;
            let indirect = match self.flat {
                Some(flat) => format!("=ROUNDDOWN(ROUND(({})*{flat}/100,6),2)", carrying.join("+")),
                None => "=0".to_owned(),
            };
            sheet.write_formula_with_format(row, direct + 1, formula(indirect, totals.indirect), &styles.money)?;
            if member.budget.is_empty() {
                sheet.write_number_with_format(row, direct + 2, euros(totals.cost), &styles.money)?;
            } else {
                let text = format!("={}+{}", cell(direct), cell(direct + 1));
                sheet.write_formula_with_format(row, direct + 2, formula(text, totals.cost), &styles.money)?;
            }
            values.extend([totals.direct, totals.indirect, totals.cost]);
            if let Some(most) = self.grants.get(&member.organisation) {
                let grant = super::grant(member, *most);
                sheet.write_number_with_format(row, direct + 3, euros(grant.most), &styles.money)?;
                sheet.write_number_with_format(row, direct + 4, euros(grant.asked), &styles.money)?;
                let text = format!("={}-{}", cell(direct + 2), cell(direct + 4));
                sheet.write_formula_with_format(row, direct + 5, formula(text, grant.own), &styles.money)?;
                values.extend([grant.most, grant.asked, grant.own]);
            }
            for (sum, value) in sums.iter_mut().zip(values) {
                *sum = sum.saturating_add(value);
            }
        }
        sheet.write_string_with_format(last + 1, 0, say("consortia-budget-all"), &styles.bold)?;
        for (at, sum) in (first..).zip(&sums) {
            let range = format!("{}:{}", row_col_to_cell(1, at), row_col_to_cell(last.max(1), at));
            sheet.write_formula_with_format(last + 1, at, formula(format!("=SUM({range})"), *sum), &styles.sum)?;
        }
        sheet.set_freeze_panes(1, 1)?;
        sheet.set_column_width(0, 40)?;
        sheet.set_column_range_width(first, direct + 5, 14)?;
        Ok(())
    }

    /// The lines of one partner, each a reference to the first sheet.
    fn partner(
        &self,
        sheet: &mut Worksheet,
        styles: &Styles,
        lines: &str,
        member: &Member,
        place: &Place,
    ) -> Result<(), XlsxError> {
        sheet.write_string_with_format(0, 0, self.name(member), &styles.bold)?;
        let columns: Vec<Column> = self
            .columns()
            .into_iter()
            .filter(|column| {
                !matches!(column, Column::Partner | Column::Id | Column::Rate | Column::Aid | Column::Requested)
            })
            .collect();
        for (at, column) in columns.iter().enumerate() {
            sheet.write_string_with_format(2, at as u16, column.heading(self.say), &styles.bold)?;
        }
        for (offset, package) in (0_u32..).zip(&place.packages) {
            let Some(line) = member.budget.packages.get(package) else { continue };
            for (at, column) in (0_u16..).zip(&columns) {
                let from = row_col_to_cell(place.first + offset, self.place(*column));
                let row = 3 + offset;
                let refer = |cents: i64| formula(format!("='{lines}'!{from}"), cents);
                match column {
                    Column::Package => sheet.write_number(row, at, *package)?,
                    Column::Title => {
                        let title = self.content.facts.work_packages.get(package);
                        sheet.write_string(row, at, title.map_or("", |title| title.name.as_str()))?
                    }
                    Column::Months => sheet.write_formula(row, at, refer(line.months.unwrap_or(0)))?,
                    Column::Direct => {
                        let sum = line.amounts.values().fold(0_i64, |sum, cents| sum.saturating_add(*cents));
                        sheet.write_formula_with_format(row, at, refer(sum), &styles.sum)?
                    }
                    Column::Amount(category) => {
                        let cents = line.amounts.get(category).copied().unwrap_or(0);
                        sheet.write_formula_with_format(row, at, refer(cents), &styles.money)?
                    }
                    Column::Partner | Column::Id | Column::Rate | Column::Aid | Column::Requested => continue,
                };
            }
        }
        let totals = member.budget.totals(None);
        let last = 3 + place.packages.len() as u32;
        sheet.write_string_with_format(last, 1, (self.say)("consortia-budget-all"), &styles.bold)?;
        for (at, column) in (0_u16..).zip(&columns) {
            let sum = match column {
                Column::Months => totals.months,
                Column::Amount(category) => totals.by_category.get(category).copied().unwrap_or(0),
                Column::Direct => totals.direct,
                _ => continue,
            };
            let range = format!("{}:{}", row_col_to_cell(3, at), row_col_to_cell(last.max(4) - 1, at));
            sheet.write_formula_with_format(last, at, formula(format!("=SUM({range})"), sum), &styles.sum)?;
        }
        sheet.set_column_width(1, 28)?;
        sheet.set_column_range_width(2, columns.len() as u16, 14)?;
        Ok(())
    }
}
