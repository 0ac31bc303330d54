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
            facts,
            reading::{CsvRows, Problem, Row, cents, digest, file_name, money_problem, must_find},
            run::{Begun, Outcome, ROWS_A_BATCH, Report, Run},
            sources,
        },
    },
    foundation::{
        database::{Batch, Database, Value},
        errors::Error,
        ids::SourceId,
        sources::id_of,
        time::{Clock, Day},
    },
};

id! {
    /// A past project.
    PastProjectId
}

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

/// A project as the table holds it, without its id.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
struct Project {
    reference: String,
    framework: String,
    grant_number: Option<String>,
    acronym: Option<String>,
    title: Option<String>,
    objective: Option<String>,
    topic: Option<String>,
    topic_title: Option<String>,
    topic_inferred: bool,
    scheme: Option<String>,
    programme_part: Option<String>,
    starts: Option<String>,
    ends: Option<String>,
    total_cost_cents: Option<i64>,
    eu_contribution_cents: Option<i64>,
    partner_count: i64,
}

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

fn understand(row: &Row) -> Result<Project, Problem> {
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
    Ok(Project {
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

fn put_projects() -> Batch {
    Batch::new(
        "INSERT INTO past_projects (id, reference, framework, grant_number, acronym, title, objective, topic, topic_title, topic_inferred, scheme, programme_part, starts, ends, total_cost_cents, eu_contribution_cents, partner_count, source_id)",
        "ON CONFLICT (reference) DO UPDATE SET framework = excluded.framework, grant_number = excluded.grant_number,
         acronym = excluded.acronym, title = excluded.title, objective = excluded.objective, topic = excluded.topic,
         topic_title = excluded.topic_title, topic_inferred = excluded.topic_inferred, scheme = excluded.scheme,
         programme_part = excluded.programme_part, starts = excluded.starts, ends = excluded.ends,
         total_cost_cents = excluded.total_cost_cents, eu_contribution_cents = excluded.eu_contribution_cents,
         partner_count = excluded.partner_count, source_id = excluded.source_id",
    )
}

fn values(project: Project, source: SourceId) -> Vec<Value> {
    vec![
        PastProjectId::new().into(),
        project.reference.into(),
        project.framework.into(),
        project.grant_number.into(),
        project.acronym.into(),
        project.title.into(),
        project.objective.into(),
        project.topic.into(),
        project.topic_title.into(),
        project.topic_inferred.into(),
        project.scheme.into(),
        project.programme_part.into(),
        project.starts.into(),
        project.ends.into(),
        project.total_cost_cents.into(),
        project.eu_contribution_cents.into(),
        project.partner_count.into(),
        source.into(),
    ]
}

async fn stored(database: &Database, references: &[String]) -> Result<HashMap<String, Project>, Error> {
    if references.is_empty() {
        return Ok(HashMap::new());
    }
    let projects: Vec<Project> = on!(database, pool => {
        let mut query = sqlx::QueryBuilder::new(
            "SELECT reference, framework, grant_number, acronym, title, objective, topic, topic_title, topic_inferred,
                    scheme, programme_part, starts, ends, total_cost_cents, eu_contribution_cents, partner_count
             FROM past_projects WHERE reference IN (",
        );
        let mut list = query.separated(", ");
        for reference in references { list.push_bind(reference.clone()); }
        query.push(")");
        query.build_query_as::<Project>().fetch_all(pool).await?
    });
    Ok(projects.into_iter().map(|project| (project.reference.clone(), project)).collect())
}

/// Imports the projects of a folder.
pub async fn import_projects(
    database: &Database,
    clock: Clock,
    folder: &Path,
    again: bool,
    report: Report<'_>,
) -> Result<Outcome, Error> {
    let path = must_find(folder, "projects.csv")?;
    let mut rows = CsvRows::open(&path, &PROJECT_COLUMNS)?;
    let mut run =
        match Run::begin(database, clock, "cordis.projects", &file_name(&path), &digest(&path)?, None, again).await? {
            Begun::Known(outcome) => return Ok(outcome),
            Begun::Go(run) => run,
        };
    let source = id_of(database, &sources::CORDIS).await?;
    let mut seen: HashSet<String> = HashSet::new();
    let mut batch = put_projects();
    loop {
        let mut projects = Vec::new();
        let mut ended = false;
        while projects.len() < ROWS_A_BATCH {
            let Some(row) = rows.next_row() else {
                ended = true;
                break;
            };
            let done = run.skip > 0;
            if done {
                run.skip -= 1
            } else {
                run.rows_done += 1
            }
            let understood = row.and_then(|row| {
                let project = understand(&row)?;
                if !seen.insert(project.reference.clone()) {
                    let mend = "another row of this file has the same record number; the first one is kept";
                    return Err(Problem::at(row.position, "rcn", row.get("rcn"), "twice", mend));
                }
                Ok(project)
            });
            match understood {
                _ if done => {}
                Ok(project) => projects.push(project),
                Err(problem) => run.refuse(problem),
            }
        }
        let references: Vec<String> = projects.iter().map(|project| project.reference.clone()).collect();
        let stored = stored(database, &references).await?;
        for project in projects {
            match stored.get(&project.reference) {
                Some(old) if *old == project => run.counts.unchanged += 1,
                Some(_) => {
                    run.counts.changed += 1;
                    batch.push(values(project, source));
                }
                None => {
                    run.counts.created += 1;
                    batch.push(values(project, source));
                }
            }
        }
        let mut transaction = database.begin().await?;
        batch.write(&mut transaction).await?;
        run.checkpoint(&mut transaction).await?;
        transaction.commit().await?;
        report("cordis.projects", rows.meter.done(), rows.size);
        if ended {
            break;
        }
    }
    run.finish(database, clock).await
}

struct Participation {
    project: PastProjectId,
    organisation: OrganisationId,
    role: String,
    contribution: Option<i64>,
}

/// Imports who took part in which project; projects and organisations come first.
pub async fn import_participations(
    database: &Database,
    clock: Clock,
    folder: &Path,
    again: bool,
    report: Report<'_>,
) -> Result<Outcome, Error> {
    let path = must_find(folder, "participations.csv")?;
    let mut rows = CsvRows::open(&path, &["rcn", "pic", "role", "ec_contribution"])?;
    let mut run =
        match Run::begin(database, clock, "cordis.participations", &file_name(&path), &digest(&path)?, None, again)
            .await?
        {
            Begun::Known(outcome) => return Ok(outcome),
            Begun::Go(run) => run,
        };
    let by_pic = facts::identifiers(database, Pic::SCHEME).await?;
    let projects: Vec<(String, PastProjectId)> =
        on!(database, pool => sqlx::query_as("SELECT reference, id FROM past_projects").fetch_all(pool).await?);
    let projects: HashMap<String, PastProjectId> = projects.into_iter().collect();
    let stored: Vec<(PastProjectId, OrganisationId, String, Option<i64>)> = on!(database, pool => sqlx::query_as(
        "SELECT project_id, organisation_id, role, eu_contribution_cents FROM participations",
    )
    .fetch_all(pool)
    .await?);
    let stored: HashMap<(PastProjectId, OrganisationId), (String, Option<i64>)> = stored
        .into_iter()
        .map(|(project, organisation, role, cents)| ((project, organisation), (role, cents)))
        .collect();
    let mut seen: HashSet<(PastProjectId, OrganisationId)> = HashSet::new();
    let mut batch = Batch::new(
        "INSERT INTO participations (project_id, organisation_id, role, eu_contribution_cents)",
        "ON CONFLICT (project_id, organisation_id) DO UPDATE SET role = excluded.role, eu_contribution_cents = excluded.eu_contribution_cents",
    );
    loop {
        let mut count = 0;
        let mut ended = false;
        while count < 4 * ROWS_A_BATCH {
            let Some(row) = rows.next_row() else {
                ended = true;
                break;
            };
            let done = run.skip > 0;
            if done {
                run.skip -= 1
            } else {
                run.rows_done += 1
            }
            count += 1;
            let understood = row.and_then(|row| understand_participation(&row, &projects, &by_pic, &mut seen));
            match understood {
                _ if done => {}
                Err(problem) => run.refuse(problem),
                Ok(part) => {
                    let now = (part.role.clone(), part.contribution);
                    match stored.get(&(part.project, part.organisation)) {
                        Some(old) if *old == now => {
                            run.counts.unchanged += 1;
                            continue;
                        }
                        Some(_) => run.counts.changed += 1,
                        None => run.counts.created += 1,
                    }
                    batch.push(vec![
                        part.project.into(),
                        part.organisation.into(),
                        part.role.into(),
                        part.contribution.into(),
                    ]);
                }
            }
        }
        let mut transaction = database.begin().await?;
        batch.write(&mut transaction).await?;
        run.checkpoint(&mut transaction).await?;
        if ended {
            count_projects(&mut transaction).await?;
        }
        transaction.commit().await?;
        report("cordis.participations", rows.meter.done(), rows.size);
        if ended {
            break;
        }
    }
    run.finish(database, clock).await
}

fn understand_participation(
    row: &Row,
    projects: &HashMap<String, PastProjectId>,
    by_pic: &HashMap<String, OrganisationId>,
    seen: &mut HashSet<(PastProjectId, OrganisationId)>,
) -> Result<Participation, Problem> {
    let unknown = |field: &str, mend: &str| Problem::at(row.position, field, row.get(field), "unknown-reference", mend);
    let project = *projects.get(row.get("rcn")).ok_or_else(|| {
        unknown("rcn", "no project has this record number: import its projects first, or mend the number")
    })?;
    let organisation = *by_pic.get(row.get("pic")).ok_or_else(|| {
        unknown("pic", "no organisation has this PIC: import the organisations first, or mend the number")
    })?;
    let role = row.get("role");
    if role.is_empty() {
        return Err(Problem::at(
            row.position,
            "role",
            role,
            "missing",
            "every participant has a role (coordinator, participant)",
        ));
    }
    let contribution = money(row, "ec_contribution")?;
    if !seen.insert((project, organisation)) {
        let mend = "this organisation stands twice in this project; the first row is kept";
        return Err(Problem::at(row.position, "pic", row.get("pic"), "twice", mend));
    }
    Ok(Participation { project, organisation, role: role.to_owned(), contribution })
}

/// Brings the count of projects that every record shows up to date.
pub(in crate::directory) async fn count_projects(
    transaction: &mut crate::foundation::database::Transaction,
) -> Result<(), Error> {
    execute!(transaction, sqlx::query(
        "UPDATE organisations SET project_count = (SELECT COUNT(*) FROM participations WHERE participations.organisation_id = organisations.id)
         WHERE project_count <> (SELECT COUNT(*) FROM participations WHERE participations.organisation_id = organisations.id)",
    ));
    Ok(())
}
