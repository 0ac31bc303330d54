//! Participants from a spreadsheet: which column holds what, and row by row who can be taken and who cannot.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Addressed, Invitee, Sent, is_there, known, put, still_invites};
use crate::{
    accounts::{Actor, Email},
    directory::{
        OrganisationId,
        imports::{members::Sheet, reading::Row},
        model::plain,
        search::Catalogue,
    },
    events::{
        Event, EventId, Setup, Standing, editable,
        model::address_key,
        participants::{LONGEST_NAME, kept},
        store,
    },
    foundation::{errors::Error, instance::App, languages::Language},
};

/// The largest file.
pub const LARGEST: usize = 4 * 1024 * 1024;
/// The most rows that are taken in one act.
pub const MOST_ROWS: usize = 2_000;
/// The longest name of an organisation.
const LONGEST_ORGANISATION: usize = 200;

/// What a column of a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// What the organisation is called.
    Name,
    /// Its country, two letters.
    Country,
    /// As what it comes.
    Kind,
    /// With which delegation.
    Delegation,
    /// Somebody there.
    Person,
    /// The address of that person.
    Email,
    /// The language of the letter.
    Language,
}

impl Column {
    /// All of them, in the order of a list.
    pub const ALL: [Column; 7] = [
        Column::Name,
        Column::Country,
        Column::Kind,
        Column::Delegation,
        Column::Person,
        Column::Email,
        Column::Language,
    ];

    /// The word in forms and headers.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Column::Name => "name",
            Column::Country => "country",
            Column::Kind => "kind",
            Column::Delegation => "delegation",
            Column::Person => "person",
            Column::Email => "email",
            Column::Language => "language",
        }
    }

    /// The headers by which it is known beside its word and its headings.
    fn others(self) -> &'static [&'static str] {
        match self {
            Column::Name => &["organisation", "organization", "company", "entreprise", "société", "structure", "nom"],
            Column::Country => &["pays"],
            Column::Kind => &["type", "as", "participation", "profil", "à titre de"],
            Column::Delegation => &["délégation", "cluster", "pôle", "network", "réseau"],
            Column::Person => &["contact", "contact name", "personne", "participant", "nom du contact"],
            Column::Email => &["e-mail", "mail", "address", "courriel", "adresse", "adresse électronique"],
            Column::Language => &["langue"],
        }
    }
}

/// Which column of a file holds what, by its header.
pub type Columns = BTreeMap<Column, String>;

/// A list as it was read: headers, and rows with their number in the file. It comes back with the form that takes it in.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Table {
    /// The headers.
    pub headers: Vec<String>,
    /// The number of each row, the header being row 1, and its cells.
    pub rows: Vec<(u64, Vec<String>)>,
    /// Rows that could not be read at all, with what is wrong.
    pub broken: Vec<RowProblem>,
}

impl Table {
    /// The cells of a sheet; none where it has too many rows.
    #[must_use]
    pub fn of(sheet: &Sheet) -> Option<Self> {
        if sheet.rows.len() > MOST_ROWS {
            return None;
        }
        let cells = |row: &Row| sheet.headers.iter().map(|header| row.get(header).to_owned()).collect();
        let broken = sheet.problems.iter().map(|problem| RowProblem {
            row: u64::try_from(problem.position).unwrap_or(0),
            column: problem.field.clone(),
            value: problem.value.clone(),
            message: "inviting-row-unreadable".to_owned(),
        });
        Some(Table {
            headers: sheet.headers.clone(),
            rows: sheet.rows.iter().map(|row| (row.position, cells(row))).collect(),
            broken: broken.collect(),
        })
    }

    /// Which column holds what; `headings` are those of a column in the languages of the program.
    #[must_use]
    pub fn guess(&self, headings: &dyn Fn(Column) -> Vec<String>) -> Columns {
        let squeezed = |text: &str| plain(text).replace(' ', "");
        let mut columns = Columns::new();
        for column in Column::ALL {
            let mut names: Vec<String> = vec![squeezed(column.key())];
            names.extend(headings(column).iter().map(|heading| squeezed(heading)));
            names.extend(column.others().iter().map(|name| squeezed(name)));
            // The word of the column itself goes before what else it may be called.
            let found = names.iter().find_map(|name| {
                let free = |header: &&String| !columns.values().any(|taken| taken == *header);
                self.headers.iter().filter(free).find(|header| squeezed(header) == *name)
            });
            if let Some(header) = found.cloned() {
                columns.insert(column, header);
            }
        }
        columns
    }

    fn cell<'t>(&self, columns: &Columns, cells: &'t [String], column: Column) -> &'t str {
        let at = columns.get(&column).and_then(|header| self.headers.iter().position(|known| known == header));
        at.and_then(|at| cells.get(at)).map_or("", |cell| cell.trim())
    }
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RowProblem {
    /// The row in the file.
    pub row: u64,
    /// The column, by its word or its header.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// The key of the sentence that says what is wrong, and how to mend it.
    pub message: String,
}

/// A row that can be taken.
#[derive(Clone, Debug)]
pub struct Line {
    /// The row in the file.
    pub row: u64,
    /// Who is to be on the list.
    pub invitee: Invitee,
}

/// What a list would do.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The rows that can be taken.
    pub lines: Vec<Line>,
    /// What cannot be, by row.
    pub problems: Vec<RowProblem>,
    /// Organisations that are on the list of the event already, by row and name: nothing is done with them.
    pub there: Vec<(u64, String)>,
}

/// What rows are read against.
#[derive(Debug)]
pub struct Ground<'a> {
    /// The event's kinds of participation.
    pub setup: &'a Setup,
    /// The kind of rows that name none.
    pub kind: &'a str,
    /// The language of rows that name none.
    pub language: Language,
    /// Whether they take part already, so that nobody is asked.
    pub confirmed: bool,
    /// Whether no letter is written, so that nobody needs an address.
    pub quiet: bool,
    /// Who is on the list of the event, by record and by name.
    pub there: &'a (BTreeSet<OrganisationId>, BTreeSet<String>),
    /// The addresses that want no more invitations, as digests.
    pub refused: &'a BTreeSet<String>,
    /// The records whose name, as it is compared, is this, with their countries.
    pub records: &'a HashMap<String, Vec<(OrganisationId, String)>>,
}

impl Ground<'_> {
    /// The one record that a name means; none where there is none or more than one.
    fn record(&self, name: &str, country: &str) -> Option<OrganisationId> {
        let mut of_name = self
            .records
            .get(&plain(name))?
            .iter()
            .filter(|(_, known)| country.is_empty() || known.is_empty() || known.eq_ignore_ascii_case(country));
        match (of_name.next(), of_name.next()) {
            (Some((id, _)), None) => Some(*id),
            _ => None,
        }
    }

    fn kind(&self, text: &str) -> Option<String> {
        if text.is_empty() {
            return self.setup.participation(self.kind).map(|kind| kind.key.clone());
        }
        let wanted = plain(text);
        let means = |name: &str| plain(name) == wanted;
        self.setup.kinds.iter().find(|kind| means(&kind.key) || means(&kind.name)).map(|kind| kind.key.clone())
    }
}

fn language(text: &str) -> Option<Language> {
    match plain(text).as_str() {
        "en" | "english" | "anglais" => Some(Language::En),
        "fr" | "french" | "francais" => Some(Language::Fr),
        _ => None,
    }
}

/// Reads rows: a row of which a cell cannot be taken is left out whole and named with all that is wrong in it.
#[must_use]
pub fn check(table: &Table, columns: &Columns, ground: &Ground<'_>) -> Checked {
    let mut checked = Checked { problems: table.broken.clone(), ..Checked::default() };
    let mut listed: (BTreeSet<OrganisationId>, BTreeSet<String>) = Default::default();
    let mut addresses: BTreeSet<String> = BTreeSet::new();
    for (row, cells) in &table.rows {
        let cell = |column| table.cell(columns, cells, column);
        let mut wrong: Vec<RowProblem> = Vec::new();
        let problem = |column: Column, message: &str| RowProblem {
            row: *row,
            column: column.key().to_owned(),
            value: cell(column).to_owned(),
            message: message.to_owned(),
        };
        let name = kept(cell(Column::Name), LONGEST_ORGANISATION);
        let country = cell(Column::Country).to_uppercase();
        let email = match cell(Column::Email) {
            "" => None,
            text => match text.parse::<Email>() {
                Ok(email) => Some(email.to_string()),
                Err(_) => {
                    wrong.push(problem(Column::Email, "inviting-row-email"));
                    None
                }
            },
        };
        if name.is_empty() {
            wrong.push(problem(Column::Name, "inviting-row-name"));
        }
        let is_country = country.is_empty() || country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
        if !is_country {
            wrong.push(problem(Column::Country, "inviting-row-country"));
        }
        let kind = ground.kind(cell(Column::Kind));
        if kind.is_none() {
            wrong.push(problem(Column::Kind, "inviting-row-kind"));
        }
        let spoken = match cell(Column::Language) {
            "" => Some(ground.language),
            text => language(text),
        };
        if spoken.is_none() {
            wrong.push(problem(Column::Language, "inviting-row-language"));
        }
        let record = ground.record(&name, &country);
        if wrong.is_empty() && is_there(ground.there, record, &name) {
            checked.there.push((*row, name));
            continue;
        }
        if wrong.is_empty() && is_there(&listed, record, &name) {
            wrong.push(problem(Column::Name, "inviting-row-twice"));
        }
        match &email {
            Some(email) if !ground.confirmed && ground.refused.contains(&address_key(email)) => {
                wrong.push(problem(Column::Email, "inviting-row-refused"));
            }
            // One address is one person, who cannot sit for two.
            Some(email) if addresses.contains(&address_key(email)) => {
                wrong.push(problem(Column::Email, "inviting-row-email-twice"))
            }
            None if !ground.confirmed && !ground.quiet && cell(Column::Email).is_empty() => {
                wrong.push(problem(Column::Email, "inviting-row-no-email"));
            }
            _ => {}
        }
        let (Some(kind), Some(spoken), true) = (kind, spoken, wrong.is_empty()) else {
            checked.problems.extend(wrong);
            continue;
        };
        listed.0.extend(record);
        listed.1.insert(plain(&name));
        addresses.extend(email.as_deref().map(address_key));
        let person = kept(cell(Column::Person), LONGEST_NAME);
        let to = (email.is_some() || !person.is_empty()).then(|| Addressed {
            name: person,
            email: email.unwrap_or_default(),
            language: spoken,
            account: false,
        });
        let delegation = kept(cell(Column::Delegation), LONGEST_NAME);
        checked
            .lines
            .push(Line { row: *row, invitee: Invitee { organisation: record, name, country, kind, delegation, to } });
    }
    checked.problems.sort_by_key(|problem| problem.row);
    checked
}

/// How rows that say nothing of it are taken.
#[derive(Clone, Debug, Default)]
pub struct Taking {
    /// The kind of participation of rows that name none.
    pub kind: String,
    /// The language of letters of rows that name none.
    pub language: Language,
    /// Whether they take part already.
    pub confirmed: bool,
}

/// What a list would do at an event of the actor's cluster; nothing is written.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else.
pub async fn dry_run(
    app: &App,
    actor: &Actor,
    id: EventId,
    table: &Table,
    columns: &Columns,
    taking: &Taking,
) -> Result<(Event, Checked), Error> {
    let event = editable(app, actor, id).await?;
    let there = known(&store::participants::of_event(&app.database, id).await?);
    let refused = store::inviting::refused(&app.database, event.cluster).await?;
    let wanted: BTreeSet<String> =
        table.rows.iter().map(|(_, cells)| plain(table.cell(columns, cells, Column::Name))).collect();
    let mut records: HashMap<String, Vec<(OrganisationId, String)>> = HashMap::new();
    let snapshot = app.part::<Catalogue>().snapshot();
    for entry in snapshot.entries.iter().filter(|entry| wanted.contains(&entry.sort_name)) {
        let of_name = records.entry(entry.sort_name.clone()).or_default();
        of_name.push((entry.id, entry.country.clone().unwrap_or_default()));
    }
    let ground = Ground {
        setup: &event.setup,
        kind: &taking.kind,
        language: taking.language,
        confirmed: taking.confirmed,
        quiet: actor.is_of_the_demonstration(),
        there: &there,
        refused: &refused,
        records: &records,
    };
    let checked = check(table, columns, &ground);
    Ok((event, checked))
}

/// Takes the rows of a list that can be taken, all in one transaction.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else; [`Error::Over`] once it is over.
pub async fn take(
    app: &App,
    actor: &Actor,
    id: EventId,
    table: &Table,
    columns: &Columns,
    taking: &Taking,
) -> Result<Sent, Error> {
    let (event, checked) = dry_run(app, actor, id, table, columns, taking).await?;
    still_invites(app, &event)?;
    let invitees: Vec<Invitee> = checked.lines.into_iter().map(|line| line.invitee).collect();
    let standing = if taking.confirmed { Standing::Confirmed } else { Standing::Invited };
    put(app, actor, &event, &invitees, standing).await
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::events::Template;

    fn setup() -> Setup {
        Template::Convention.setup("M", "2027-03-10".parse().unwrap(), "Europe/Paris", &str::to_owned)
    }

    fn table(headers: &[&str], rows: &[&[&str]]) -> Table {
        let cells = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
        Table {
            headers: headers.iter().map(|header| (*header).to_owned()).collect(),
            rows: rows.iter().map(cells).zip(2..).map(|(cells, row)| (row, cells)).collect(),
            broken: Vec::new(),
        }
    }

    fn told(table: &Table, confirmed: bool) -> (Vec<String>, Vec<String>, usize) {
        let setup = setup();
        let there = (BTreeSet::new(), BTreeSet::from(["known lab".to_owned()]));
        let refused = BTreeSet::from([address_key("no@more.example")]);
        let records = HashMap::new();
        let ground = Ground {
            setup: &setup,
            kind: "seller",
            language: Language::Fr,
            confirmed,
            quiet: false,
            there: &there,
            refused: &refused,
            records: &records,
        };
        let checked = check(table, &table.guess(&|_| Vec::new()), &ground);
        let lines = checked.lines.iter().map(|line| {
            let Invitee { name, country, kind, delegation, to, .. } = &line.invitee;
            let to = to.as_ref().map(|to| format!("{} {} {}", to.name, to.email, to.language.code()));
            format!("{} {name}|{country}|{kind}|{delegation}|{}", line.row, to.unwrap_or_default())
        });
        let problems =
            checked.problems.iter().map(|problem| format!("{} {} {}", problem.row, problem.column, problem.message));
        (lines.collect(), problems.collect(), checked.there.len())
    }

    #[test]
    fn good_rows_are_kept_and_bad_ones_named_with_their_cells() {
        let list = table(
            &["Organisation", "Pays", "Type", "Délégation", "Contact", "E-mail", "Langue"],
            &[
                &["Big Buyer", "jp", "events-kind-buyer", "Kansai", "Ada", "ada@buyer.example", "en"],
                &["Small Seller", "", "", "", "", "bob@seller.example", ""],
                &["", "France", "guest", "", "", "nowhere", "xx"],
                &["Known Lab", "FR", "", "", "", "eve@lab.example", ""],
                &["big  buyer", "", "", "", "", "zoe@buyer.example", ""],
                &["Third", "", "", "", "", "ADA@buyer.example", ""],
                &["Fourth", "", "", "", "", "", ""],
                &["Fifth", "", "", "", "", "no@more.example", ""],
            ],
        );
        let (lines, problems, there) = told(&list, false);
        assert_eq!(
            lines,
            ["2 Big Buyer|JP|buyer|Kansai|Ada ada@buyer.example en", "3 Small Seller||seller|| bob@seller.example fr",]
        );
        assert_eq!(
            problems,
            [
                "4 email inviting-row-email",
                "4 name inviting-row-name",
                "4 country inviting-row-country",
                "4 kind inviting-row-kind",
                "4 language inviting-row-language",
                "6 name inviting-row-twice",
                "7 email inviting-row-email-twice",
                "8 email inviting-row-no-email",
                "9 email inviting-row-refused",
            ]
        );
        assert_eq!(there, 1);
        let (lines, problems, _) = told(&list, true);
        assert_eq!(lines.len(), 4, "who takes part already needs no address, and is not invited");
        assert!(!problems.iter().any(|problem| problem.contains("no-email") || problem.contains("refused")));
    }

    #[test]
    fn a_name_means_a_record_where_it_means_one() {
        let (one, other) = (OrganisationId::new(), OrganisationId::new());
        let records = HashMap::from([
            ("institute".to_owned(), vec![(one, "FR".to_owned()), (other, "DE".to_owned())]),
            ("clinic".to_owned(), vec![(one, String::new())]),
        ]);
        let (setup, there, refused) = (setup(), Default::default(), BTreeSet::new());
        let ground = Ground {
            setup: &setup,
            kind: "seller",
            language: Language::En,
            confirmed: true,
            quiet: false,
            there: &there,
            refused: &refused,
            records: &records,
        };
        for (name, country, expected) in [
            ("Institute", "", None),
            ("INSTITUTE", "de", Some(other)),
            ("Institute", "IT", None),
            ("Clinic", "FR", Some(one)),
            ("Nobody", "FR", None),
        ] {
            assert_eq!(ground.record(name, country), expected, "{name} {country}");
        }
    }

    proptest! {
        #[test]
        fn no_list_breaks_the_reader_and_no_row_is_lost(
            headers in proptest::collection::vec("name|email|kind|pays|.{0,6}", 1..8),
            rows in proptest::collection::vec(proptest::collection::vec("[a-c]|seller|[a-c]@b.example|.{0,8}", 0..9), 0..12),
        ) {
            let rows: Vec<(u64, Vec<String>)> = (2..).zip(rows).collect();
            let list = Table { headers, rows, broken: Vec::new() };
            let setup = setup();
            let (there, refused, records) = (Default::default(), BTreeSet::new(), HashMap::new());
            let ground = Ground {
                setup: &setup, kind: "seller", language: Language::En, confirmed: false, quiet: false, there: &there,
                refused: &refused, records: &records,
            };
            let checked = check(&list, &list.guess(&|_| Vec::new()), &ground);
            let bad: BTreeSet<u64> = checked.problems.iter().map(|problem| problem.row).collect();
            let good: BTreeSet<u64> = checked.lines.iter().map(|line| line.row).collect();
            prop_assert!(bad.is_disjoint(&good));
            prop_assert_eq!(bad.len() + good.len(), list.rows.len());
        }
    }
}
