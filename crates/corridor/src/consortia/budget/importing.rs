//! A budget from a spreadsheet: which column holds what, and row by row what can be taken and what cannot. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    form::{BudgetForm, amount_field, months_field, partner_field, read_budget, read_months},
    model::{Category, personnel},
};
use crate::{
    consortia::{Content, DayRules, parse_money},
    directory::{OrganisationId, imports::members::Sheet},
    foundation::errors::FieldProblem,
};

/// The largest file: a budget of the largest consortium with generous room.
pub const LARGEST: usize = 4 * 1024 * 1024;

/// The most rows that are taken: more than any draft has partners times work packages.
pub const MOST_ROWS: usize = 5_000;

/// What a column of a budget holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The partner's name.
    Partner,
    /// The partner's id.
    Id,
    /// The number of the work package.
    Package,
    /// Its title, which is not read.
    Title,
    /// What a person-month costs the partner.
    Rate,
    /// Person-months.
    Months,
    /// An amount.
    Amount(Category),
    /// The sum of the amounts, which they must add up to.
    Direct,
    /// Other public aid of the partner.
    Aid,
    /// The grant that the partner asks for.
    Requested,
}

impl Column {
    /// All of them, in the order of the workbook.
    pub fn all() -> Vec<Column> {
        use Column::{Aid, Amount, Direct, Id, Months, Package, Partner, Rate, Requested, Title};
        let mut all = vec![Partner, Id, Package, Title, Rate, Months];
        all.extend(Category::ALL.iter().copied().map(Amount));
        all.extend([Direct, Aid, Requested]);
        all
    }

    /// The word in forms.
    pub fn key(self) -> &'static str {
        match self {
            Column::Partner => "partner",
            Column::Id => "id",
            Column::Package => "package",
            Column::Title => "title",
            Column::Rate => "rate",
            Column::Months => "months",
            Column::Amount(category) => category.key(),
            Column::Direct => "direct",
            Column::Aid => "aid",
            Column::Requested => "requested",
        }
    }

    /// What stands above it in the workbook.
    pub fn heading(self, say: &dyn Fn(&str) -> String) -> String {
        say(&format!("consortia-budget-{}", self.key().replace('_', "-")))
    }
}

/// Which column of a file holds what, by its header.
pub type Columns = BTreeMap<Column, String>;

/// A file as it was read: headers, and rows with their number in the file.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Table {
    /// The headers.
    pub headers: Vec<String>,
    /// The number of each row, the header being row 1, and its cells.
    pub rows: Vec<(u64, Vec<String>)>,
    /// Whether its numbers come from a workbook, where a point is always the decimal mark.
    pub workbook: bool,
}

impl Table {
    /// The cells of a sheet, and what could not be read of it; none where it has too many rows.
    pub fn of(sheet: &Sheet, workbook: bool) -> Option<(Self, Vec<RowProblem>)> {
        if sheet.rows.len() > MOST_ROWS {
            return None;
        }
        let cells = |row: &crate::directory::imports::reading::Row| {
            sheet.headers.iter().map(|header| row.get(header).to_owned()).collect()
        };
        let rows = sheet.rows.iter().map(|row| (row.position, cells(row))).collect();
        let problems = sheet.problems.iter().map(|problem| RowProblem {
            row: u64::try_from(problem.position).unwrap_or(0),
            column: problem.field.clone(),
            value: problem.value.clone(),
            message: "consortia-budget-wrong-row".to_owned(),
        });
        Some((Table { headers: sheet.headers.clone(), rows, workbook }, problems.collect()))
    }

    /// Which column holds what, by headers in either language; `texts` are the headings of a column.
    pub fn guess(&self, texts: &dyn Fn(Column) -> Vec<String>) -> Columns {
        let plain = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let mut columns = Columns::new();
        for column in Column::all() {
            let mut known: Vec<String> = texts(column).iter().map(|text| plain(text)).collect();
            known.push(plain(column.key()));
            let found = self.headers.iter().find(|header| known.contains(&plain(header)));
            columns.extend(found.map(|header| (column, header.clone())));
        }
        columns
    }
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RowProblem {
    /// The row in the file.
    pub row: u64,
    /// The header of the column.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// The key of the sentence that says what is wrong.
    pub message: String,
}

/// What a file would change.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// The draft with what could be taken.
    pub content: Content,
    /// The fields of the form of a budget that say so.
    pub fields: Vec<(String, String)>,
    /// What could not be taken.
    pub problems: Vec<RowProblem>,
    /// How many rows were taken in, in full or in part.
    pub taken: usize,
}

struct Reader<'a> {
    table: &'a Table,
    columns: &'a Columns,
    names: BTreeMap<String, Option<OrganisationId>>,
    imported: Imported,
    seen: BTreeSet<(OrganisationId, u16)>,
    said: BTreeMap<(OrganisationId, Column), String>,
}

/// Reads a table onto a draft. A cell that cannot be taken is a problem and what stands beside it is taken all the same; an
/// empty cell of a column that was chosen takes away what was there.
pub fn read_table(
    rules: &DayRules,
    table: &Table,
    columns: &Columns,
    before: &Content,
    names: &BTreeMap<OrganisationId, String>,
) -> Imported {
    let mut by_name: BTreeMap<String, Option<OrganisationId>> = BTreeMap::new();
    for member in &before.members {
        let name = names.get(&member.organisation).map(|name| name.trim().to_lowercase()).unwrap_or_default();
        // Two partners of one name are told apart by their ids only.
        by_name.entry(name).and_modify(|known| *known = None).or_insert(Some(member.organisation));
    }
    let mut reader = Reader {
        table,
        columns,
        names: by_name,
        imported: Imported { content: before.clone(), ..Imported::default() },
        seen: BTreeSet::new(),
        said: BTreeMap::new(),
    };
    for (row, cells) in &table.rows {
        reader.row(*row, cells);
    }
    reader.forget_what_is_left_empty();
    let mut imported = reader.imported;
    super::settle_by_instrument(rules, &mut imported.content);
    imported
}

impl Reader<'_> {
    fn header(&self, column: Column) -> String {
        self.columns.get(&column).cloned().unwrap_or_default()
    }

    /// The cell of a column; none where the file has no such column.
    fn cell<'c>(&self, cells: &'c [String], column: Column) -> Option<&'c str> {
        let header = self.columns.get(&column)?;
        let at = self.table.headers.iter().position(|known| known == header)?;
        cells.get(at).map(|cell| cell.trim())
    }

    fn wrong(&mut self, row: u64, column: Column, value: &str, message: &str) {
        let column = self.header(column);
        let (value, message) = (value.to_owned(), message.to_owned());
        self.imported.problems.push(RowProblem { row, column, value, message });
    }

    fn partner(&mut self, row: u64, cells: &[String]) -> Option<OrganisationId> {
        let is_member = |id: &OrganisationId| self.imported.content.members.iter().any(|m| m.organisation == *id);
        let id = self.cell(cells, Column::Id).unwrap_or_default().to_owned();
        if !id.is_empty() {
            let found = id.parse::<OrganisationId>().ok().filter(is_member);
            if found.is_none() {
                self.wrong(row, Column::Id, &id, "consortia-budget-wrong-partner");
            }
            return found;
        }
        let name = self.cell(cells, Column::Partner).unwrap_or_default().to_owned();
        match self.names.get(&name.to_lowercase()).copied() {
            Some(Some(found)) => Some(found),
            Some(None) => {
                self.wrong(row, Column::Partner, &name, "consortia-budget-wrong-names-alike");
                None
            }
            None => {
                self.wrong(row, Column::Partner, &name, "consortia-budget-wrong-partner");
                None
            }
        }
    }

    fn row(&mut self, row: u64, cells: &[String]) {
        let Some(partner) = self.partner(row, cells) else { return };
        for (column, word) in [(Column::Rate, "rate"), (Column::Aid, "aid"), (Column::Requested, "requested")] {
            self.of_partner(row, cells, column, word, partner);
        }
        let amounts = || Category::ALL.iter().copied().map(Column::Amount);
        let number = self.cell(cells, Column::Package).unwrap_or_default().to_owned();
        if number.is_empty() {
            let stray = amounts()
                .chain([Column::Months])
                .find(|column| self.cell(cells, *column).is_some_and(|cell| !cell.is_empty()));
            match stray {
                Some(_) => self.wrong(row, Column::Package, "", "consortia-budget-wrong-package"),
                None => self.imported.taken += 1,
            }
            return;
        }
        let plain = number.trim_start_matches(|c: char| c.is_alphabetic() || c.is_whitespace());
        let known = plain.parse::<u16>().ok().filter(|n| self.imported.content.facts.work_packages.contains_key(n));
        let Some(package) = known else {
            return self.wrong(row, Column::Package, &number, "consortia-budget-wrong-package");
        };
        if !self.seen.insert((partner, package)) {
            return self.wrong(row, Column::Partner, &number, "consortia-budget-wrong-twice");
        }
        self.imported.taken += 1;
        self.take(row, cells, Column::Months, months_field(package, partner));
        let rate = self.said.get(&(partner, Column::Rate)).and_then(|text| parse_money(text).ok().flatten());
        let months = self.cell(cells, Column::Months).and_then(|text| read_months(text).ok().flatten());
        let computed = rate.zip(months).map(|(rate, months)| personnel(rate, months));
        for column in amounts() {
            let Column::Amount(category) = column else { continue };
            let field = amount_field(package, category, partner);
            match (category, computed, self.cell(cells, column).map(str::to_owned)) {
                (Category::Personnel, Some(computed), Some(text)) => {
                    // It is computed; a file that says something else is told so.
                    let said = self.money(&text);
                    if !text.is_empty() && said != Ok(Some(computed)) {
                        self.wrong(row, column, &text, said.err().unwrap_or("consortia-budget-wrong-personnel"));
                    }
                }
                _ => self.take(row, cells, column, field),
            }
        }
        self.adds_up(row, cells);
    }

    /// What is said of a partner as a whole may stand on each of its rows, and must be the same.
    fn of_partner(&mut self, row: u64, cells: &[String], column: Column, word: &str, partner: OrganisationId) {
        let Some(text) = self.cell(cells, column).map(str::to_owned) else { return };
        match self.said.get(&(partner, column)).cloned() {
            Some(said) if !said.is_empty() => {
                if !text.is_empty() && self.money(&text) != self.money(&said) {
                    self.wrong(row, column, &text, "consortia-budget-wrong-differs");
                }
            }
            _ => {
                if !text.is_empty() {
                    self.take(row, cells, column, partner_field(word, partner));
                }
                self.said.insert((partner, column), text);
            }
        }
    }

    /// Where no row of a partner says its rate, other aid or grant, there is none.
    fn forget_what_is_left_empty(&mut self) {
        let empty: Vec<(OrganisationId, Column)> =
            self.said.iter().filter(|(_, said)| said.is_empty()).map(|(place, _)| *place).collect();
        for (partner, column) in empty {
            let field = (partner_field(column.key(), partner), String::new());
            let form = read_budget(std::slice::from_ref(&field), &self.imported.content, None);
            self.imported.content = form.content;
            self.imported.fields.push(field);
        }
    }

    /// An amount; in a workbook a number with more decimals than cents would else be read as thousands.
    fn money(&self, text: &str) -> Result<Option<i64>, &'static str> {
        let decimals = text.split_once('.').filter(|(whole, _)| whole.bytes().all(|byte| byte.is_ascii_digit()));
        if self.table.workbook
            && decimals.is_some_and(|(_, part)| part.len() > 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
        {
            return Err("consortia-budget-wrong-decimals");
        }
        parse_money(text).map_err(|wrong| wrong.key())
    }

    fn take(&mut self, row: u64, cells: &[String], column: Column, field: String) {
        let Some(text) = self.cell(cells, column).map(str::to_owned) else { return };
        if column != Column::Months
            && let Err(message) = self.money(&text)
        {
            return self.wrong(row, column, &text, message);
        }
        let field = (field, text);
        let form = read_budget(std::slice::from_ref(&field), &self.imported.content, None);
        match form.problems.first() {
            Some(FieldProblem { message, value, .. }) => {
                let (message, value) = (message.clone(), value.clone());
                self.wrong(row, column, &value, &message);
            }
            None => {
                let BudgetForm { content, .. } = form;
                self.imported.content = content;
                self.imported.fields.push(field);
            }
        }
    }

    /// The amounts of a row against the sum that stands beside them.
    fn adds_up(&mut self, row: u64, cells: &[String]) {
        let Some(text) = self.cell(cells, Column::Direct).map(str::to_owned).filter(|text| !text.is_empty()) else {
            return;
        };
        let mut sum = 0_i64;
        for category in Category::ALL.iter().copied() {
            match self.cell(cells, Column::Amount(category)).map(|cell| self.money(cell)) {
                Some(Ok(cents)) => sum = sum.saturating_add(cents.unwrap_or(0)),
                Some(Err(_)) => return,
                None => {}
            }
        }
        match self.money(&text) {
            Ok(Some(said)) if said == sum => {}
            Ok(_) => self.wrong(row, Column::Direct, &text, "consortia-budget-wrong-sum"),
            Err(message) => self.wrong(row, Column::Direct, &text, message),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        consortia::{
            Member, Rulebook,
            budget::{Book, Research, WorkPackage, flat_rate, settled, workbook},
        },
        directory::imports::members::read_sheet,
    };

    type Cell = (usize, u16, usize, i64);

    fn shipped() -> DayRules {
        Rulebook::shipped().of_day("2026-11-22".parse().unwrap())
    }

    type Whole = (Option<i64>, Option<i64>, Option<i64>);

    /// A budget of four partners, two of one name and one that looks like a formula, in three work packages.
    fn budget(cells: &[Cell], months: &[(usize, u16, i64)], wholes: &[Whole; 4], flat: bool) -> Content {
        let instrument = Some(if flat { "horizon-europe-ria" } else { "eurostars-3" }.to_owned());
        let mut content = Content { instrument, ..Content::default() };
        for number in [1, 2, 7] {
            let package = WorkPackage { name: format!("=Trial '{number}'"), research: Some(Research::Industrial) };
            content.facts.work_packages.insert(number, package);
        }
        content.members = (0..4).map(|_| Member::new(OrganisationId::new())).collect();
        for (member, (rate, aid, requested)) in content.members.iter_mut().zip(wholes) {
            member.budget.monthly_rate_cents = *rate;
            member.budget.other_aid_cents = *aid;
            member.requested_cents = *requested;
        }
        let number = |package: u16| [1, 2, 7][usize::from(package) % 3];
        for (member, package, category, cents) in cells {
            let line = content.members[member % 4].budget.packages.entry(number(*package)).or_default();
            line.amounts.insert(Category::ALL[category % Category::ALL.len()], *cents);
        }
        for (member, package, months) in months {
            content.members[member % 4].budget.packages.entry(number(*package)).or_default().months = Some(*months);
        }
        settled(&shipped(), &content)
    }

    fn names(content: &Content) -> BTreeMap<OrganisationId, String> {
        let names = ["=1+1", "Institut «Étoile»/[x]", "Twice", "Twice"];
        content.members.iter().zip(names).map(|(member, name)| (member.organisation, name.to_owned())).collect()
    }

    fn read_again(bytes: &[u8], onto: &Content) -> Imported {
        let sheet = read_sheet("budget.xlsx", bytes).unwrap();
        let (table, problems) = Table::of(&sheet, true).unwrap();
        assert_eq!(problems, []);
        let columns = table.guess(&|column| vec![column.heading(&str::to_owned)]);
        read_table(&shipped(), &table, &columns, onto, &names(onto))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        /// What is written into a workbook is what is read from it, to the cent, whatever the budget.
        #[test]
        fn a_budget_comes_back_from_its_workbook(
            cells in proptest::collection::vec((0_usize..4, 0_u16..3, 0_usize..8, 0_i64..1_000_000_000_000), 0..30),
            months in proptest::collection::vec((0_usize..4, 0_u16..3, 0_i64..100_000), 0..6),
            wholes in proptest::array::uniform4((
                proptest::option::of(0_i64..2_000_000), proptest::option::of(0_i64..1_000_000_000), proptest::option::of(0_i64..1_000_000_000),
            )),
            flat in any::<bool>(),
        ) {
            let content = budget(&cells, &months, &wholes, flat);
            let names = names(&content);
            let grants = BTreeMap::new();
            let flat = flat_rate(&shipped(), content.instrument.as_deref());
            let book = Book { content: &content, names: &names, flat, grants: &grants, say: &str::to_owned };
            let bytes = workbook(book).unwrap();
            let mut emptied = content.clone();
            for member in &mut emptied.members {
                member.budget = Default::default();
                member.requested_cents = None;
            }
            let imported = read_again(&bytes, &emptied);
            prop_assert_eq!(&imported.problems, &Vec::new());
            prop_assert_eq!(&imported.content, &content);
            // The fields that the dry run hands on say the same.
            let form = read_budget(&imported.fields, &emptied, None);
            prop_assert_eq!(&settled(&shipped(), &form.content), &content);
            let again = read_again(&bytes, &content);
            prop_assert_eq!(&again.content, &content);
        }

        #[test]
        fn no_table_breaks_the_reader(
            headers in proptest::collection::vec("consortia-budget-(id|partner|package|rate|months|travel|direct)|.{0,5}", 1..8),
            rows in proptest::collection::vec(proptest::collection::vec("[0-9.,]{0,20}|WP 1|.{0,8}", 0..9), 0..6),
        ) {
            let content = budget(&[], &[], &[(None, None, None); 4], true);
            let rows = rows.into_iter().zip(2..).map(|(cells, row)| (row, cells)).collect();
            let table = Table { headers, rows, workbook: true };
            let columns = table.guess(&|column| vec![column.heading(&str::to_owned)]);
            let imported = read_table(&shipped(), &table, &columns, &content, &names(&content));
            prop_assert!(imported.taken <= table.rows.len());
        }
    }

    #[test]
    fn finer_than_cents_is_no_thousands() {
        let content = budget(&[], &[], &[(None, None, None); 4], true);
        let id = content.members[0].organisation.to_string();
        let table = |workbook| Table {
            headers: ["id", "package", "travel"].map(str::to_owned).to_vec(),
            rows: vec![(2, vec![id.clone(), "1".to_owned(), "1250.125".to_owned()])],
            workbook,
        };
        let read = |table: Table| {
            let columns = table.guess(&|_| Vec::new());
            read_table(&shipped(), &table, &columns, &content, &names(&content))
        };
        let problems = read(table(true)).problems;
        assert_eq!(problems.len(), 1);
        assert_eq!((problems[0].message.as_str(), problems[0].row), ("consortia-budget-wrong-decimals", 2));
    }
}
