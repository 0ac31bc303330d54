//! `projects.csv` and `participations.csv`: what was done, and by whom together.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use crate::{
    directory::{
        OrganisationId,
        identifiers::Pic,
        imports::{
            intake::{Importer, Intake},
            reading::{CsvRows, Problem, Row, cents, money_problem, must_find},
            run::{Counts, Outcome},
            sources, store,
        },
        record::{PastProjectId, ProjectFacts},
        store::{bearers, count_projects},
    },
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        ids::SourceId,
        sources::id_of,
        time::Day,
    },
};

const PROJECT_COLUMNS: [&str; 16] = [
    "rcn",
    "framework",
    "project_id",
    "acronym",
    "title",
    "objective",
    "topic",
    "topic_title",
    "funding_scheme",
    "programme_part",
    "start",
    "end",
    "total_cost",
    "ec_max_contribution",
    "n_partners",
    "topic_match",
];

fn money(row: &Row, column: &str) -> Result<Option<i64>, Problem> {
    row.filled(column)
        .map(|text| cents(text).map_err(|code| money_problem(row.position, column, text, code)))
        .transpose()
}

fn day(row: &Row, column: &str) -> Result<Option<Day>, Problem> {
    row.filled(column)
        .map(|text| {
            text.parse::<Day>().map_err(|error| Problem::at(row.position, column, text, "day", error.to_string()))
        })
        .transpose()
}

fn understand(row: &Row) -> Result<ProjectFacts, Problem> {
    let text = |column: &str| row.filled(column).map(str::to_owned);
    let reference = row.get("rcn");
    if reference.is_empty() || reference.len() > 20 || !reference.bytes().all(|b| b.is_ascii_alphanumeric()) {
        let mend = "every project has a record number: digits, or P and the grant number";
        return Err(Problem::at(row.position, "rcn", reference, "reference", mend));
    }
    let (starts, ends) = (day(row, "start")?, day(row, "end")?);
    if starts.zip(ends).is_some_and(|(starts, ends)| ends < starts) {
        let mend =
            format!("the project ends before it starts ({}): look which of the two days is right", row.get("start"));
        return Err(Problem::at(row.position, "end", row.get("end"), "order-of-days", mend));
    }
    let partner_count = match row.get("n_partners") {
        "" => 0,
        count => count.parse().ok().filter(|count: &i64| *count >= 0).ok_or_else(|| {
            Problem::at(row.position, "n_partners", count, "number", "the count of partners is a whole number")
        })?,
    };
    Ok(ProjectFacts {
        reference: reference.to_owned(),
        framework: row.get("framework").to_owned(),
        grant_number: text("project_id"),
        acronym: text("acronym"),
        title: text("title"),
        objective: text("objective"),
        topic: text("topic"),
        topic_title: text("topic_title"),
        topic_inferred: row.get("topic_match") == "inferred",
        // Sources spell one scheme in several ways (RIA, H2020-RIA).
        scheme: row.filled("funding_scheme").map(|scheme| scheme.trim_start_matches("H2020-").to_owned()),
        programme_part: text("programme_part"),
        starts: starts.map(|day| day.to_string()),
        ends: ends.map(|day| day.to_string()),
        total_cost_cents: money(row, "total_cost")?,
        eu_contribution_cents: money(row, "ec_max_contribution")?,
        partner_count,
    })
}

/// Imports the projects of a folder.
pub async fn import_projects(intake: Intake<'_>, folder: &Path) -> Result<Outcome, Error> {
    intake.file::<Projects>(&must_find(folder, "projects.csv")?).await
}

/// The importer of `projects.csv`.
struct Projects {
    cordis: SourceId,
    seen: HashSet<String>,
    to_write: Vec<ProjectFacts>,
}

impl Importer for Projects {
    const KIND: &'static str = "cordis.projects";
    const COLUMNS: &'static [&'static str] = &PROJECT_COLUMNS;
    type Rows = CsvRows;
    type Understood = ProjectFacts;

    async fn begin(intake: Intake<'_>) -> Result<Self, Error> {
        let cordis = id_of(intake.database, &sources::CORDIS).await?;
        Ok(Projects { cordis, seen: HashSet::new(), to_write: Vec::new() })
    }

    fn understand(&mut self, row: Row, _notes: &mut Vec<Problem>) -> Result<ProjectFacts, Problem> {
        let project = understand(&row)?;
        if !self.seen.insert(project.reference.clone()) {
            let mend = "another row of this file has the same record number; the first one is kept";
            return Err(Problem::at(row.position, "rcn", row.get("rcn"), "twice", mend));
        }
        Ok(project)
    }

    async fn compare(&mut self, database: &Database, rows: Vec<ProjectFacts>) -> Result<Counts, Error> {
        let stored = store::projects_of(database, rows.iter().map(|project| project.reference.clone())).await?;
        let mut counts = Counts::default();
        self.to_write
            .extend(rows.into_iter().filter(|project| counts.compare(stored.get(&project.reference), project)));
        Ok(counts)
    }

    async fn write(&mut self, transaction: &mut Transaction) -> Result<(), Error> {
        store::put_projects(transaction, self.to_write.drain(..), self.cordis).await
    }
}

/// Who took part in which project.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub(in crate::directory::imports) struct Participation {
    pub project_id: PastProjectId,
    pub organisation_id: OrganisationId,
    pub role: String,
    pub eu_contribution_cents: Option<i64>,
}

/// Imports who took part in which project; projects and organisations come first.
pub async fn import_participations(intake: Intake<'_>, folder: &Path) -> Result<Outcome, Error> {
    intake.file::<Participations>(&must_find(folder, "participations.csv")?).await
}

/// The importer of `participations.csv`.
struct Participations {
    by_pic: HashMap<String, OrganisationId>,
    projects: HashMap<String, PastProjectId>,
    stored: HashMap<(PastProjectId, OrganisationId), Participation>,
    seen: HashSet<(PastProjectId, OrganisationId)>,
    to_write: Vec<Participation>,
}

impl Importer for Participations {
    const KIND: &'static str = "cordis.participations";
    const COLUMNS: &'static [&'static str] = &["rcn", "pic", "role", "ec_contribution"];
    // These rows are short.
    const ROWS_A_BATCH: usize = 20_000;
    type Rows = CsvRows;
    type Understood = Participation;

    async fn begin(intake: Intake<'_>) -> Result<Self, Error> {
        Ok(Participations {
            by_pic: bearers(intake.database, Pic::SCHEME).await?,
            projects: store::project_ids(intake.database).await?,
            stored: store::participations(intake.database).await?,
            seen: HashSet::new(),
            to_write: Vec::new(),
        })
    }

    fn understand(&mut self, row: Row, _notes: &mut Vec<Problem>) -> Result<Participation, Problem> {
        let unknown =
            |field: &str, mend: &str| Problem::at(row.position, field, row.get(field), "unknown-reference", mend);
        let project_id = *self.projects.get(row.get("rcn")).ok_or_else(|| {
            unknown("rcn", "no project has this record number: import its projects first, or mend the number")
        })?;
        let organisation_id = *self.by_pic.get(row.get("pic")).ok_or_else(|| {
            unknown("pic", "no organisation has this PIC: import the organisations first, or mend the number")
        })?;
        let role = row.get("role").to_owned();
        if role.is_empty() {
            let mend = "every participant has a role (coordinator, participant)";
            return Err(Problem::at(row.position, "role", &role, "missing", mend));
        }
        let eu_contribution_cents = money(&row, "ec_contribution")?;
        if !self.seen.insert((project_id, organisation_id)) {
            let mend = "this organisation stands twice in this project; the first row is kept";
            return Err(Problem::at(row.position, "pic", row.get("pic"), "twice", mend));
        }
        Ok(Participation { project_id, organisation_id, role, eu_contribution_cents })
    }

    async fn compare(&mut self, _database: &Database, rows: Vec<Participation>) -> Result<Counts, Error> {
        let mut counts = Counts::default();
        self.to_write.extend(
            rows.into_iter().filter(|one| counts.compare(self.stored.get(&(one.project_id, one.organisation_id)), one)),
        );
        Ok(counts)
    }

    async fn write(&mut self, transaction: &mut Transaction) -> Result<(), Error> {
        store::put_participations(transaction, self.to_write.drain(..)).await
    }

    async fn end(&mut self, transaction: &mut Transaction) -> Result<(), Error> {
        count_projects(transaction).await
    }
}
