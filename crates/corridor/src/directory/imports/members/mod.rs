//! A cluster's own list of members: uploaded, mapped, tried dry, looked through for duplicates, then written as a job.
//!
//! The file is kept until the import is done, so that a job that was cut off goes on where it was.

mod apply;
mod columns;
mod keeping;
pub mod pages;
mod plan;
mod rows;
mod sheet;

use std::{collections::BTreeMap, sync::Arc};

use sha2::{Digest, Sha256};
use sqlx::types::Json;

use keeping::{due, forget, kept};

pub use columns::{Columns, Field};
pub use keeping::ForgetUpload;
pub use plan::{Candidate, Choice, Plan, Planned};
pub use rows::Member;
pub use sheet::{Sheet, read as read_sheet};

use super::{
    reading::{Problem, hex},
    run::{Begun, Counts, ImportId, ImportState, Outcome, Run},
    store::{self, NewRun},
};
use crate::{
    accounts::{self, Action, Actor, ClusterRef, Resource, Shared},
    foundation::{
        audit,
        cells::inert,
        database::Database,
        errors::Error,
        instance::App,
        jobs::{self, Job, JobId, Progress},
    },
};

/// The word for this importer in the table of runs.
const KIND: &str = "members";

/// What is decided about an import before it runs.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Settled {
    columns: Columns,
    /// Rows for which somebody chose otherwise than what the dry run proposes.
    #[serde(default)]
    choices: BTreeMap<i64, String>,
    #[serde(default)]
    job: Option<JobId>,
}

/// An import of members as its pages show it.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The run.
    pub state: ImportState,
    /// The cluster whose members they are.
    pub cluster: ClusterRef,
    settled: Settled,
}

impl Upload {
    /// Which column holds what.
    pub fn columns(&self) -> &Columns {
        &self.settled.columns
    }

    /// The job that writes it, once asked for.
    pub fn job(&self) -> Option<JobId> {
        self.settled.job
    }
}

fn allowed(actor: &Actor, cluster: &ClusterRef) -> Result<(), Error> {
    accounts::decide(actor, Action::ImportMembers, Resource::Cluster(cluster.id))
}

/// The cluster that the actor imports members for; the console names it.
///
/// # Errors
/// When the actor acts for no cluster, or there is none of that name.
pub async fn cluster_of(database: &Database, actor: &Actor, named: Option<&str>) -> Result<ClusterRef, Error> {
    match (named, actor.cluster()) {
        (Some(slug), _) => {
            accounts::clusters(database).await?.into_iter().find(|cluster| cluster.slug == slug).ok_or_else(|| {
                Error::NotFound(format!(
                    "the cluster {slug}: import the world, or write one of `corridor import world`"
                ))
            })
        }
        (None, Some(cluster)) => Ok(cluster.clone()),
        (None, None) => Err(Error::Refused { reason: "refused-no-cluster", sign_in: false }),
    }
}

/// Takes a file in: reads it, guesses its columns, keeps it until it is imported.
///
/// # Errors
/// When the actor may not, or nothing of the file can be read; the message names the place and the mend.
pub async fn upload(
    app: &Shared,
    actor: &Actor,
    cluster: &ClusterRef,
    name: &str,
    bytes: Vec<u8>,
) -> Result<ImportId, Error> {
    allowed(actor, cluster)?;
    if bytes.is_empty() {
        return Err(Error::worded("import-file-none", &[]));
    }
    let name: String =
        name.rsplit(['/', '\\']).next().unwrap_or("list").chars().filter(|c| !c.is_control()).take(120).collect();
    let (shown, bytes) = (name.clone(), Arc::new(bytes));
    let read = bytes.clone();
    let sheet =
        tokio::task::spawn_blocking(move || sheet::read(&shown, &read)).await.map_err(anyhow::Error::from)??;
    let columns = Columns::guess(&sheet.headers);
    let id = ImportId::new();
    let path = kept(app, id);
    let stored = async {
        tokio::fs::create_dir_all(path.parent().unwrap_or(&app.var)).await?;
        tokio::fs::write(&path, &*bytes).await
    };
    stored.await.map_err(|error| Error::Unexpected(anyhow::Error::new(error).context("keeping the uploaded file")))?;
    let digest = hex(&Sha256::digest(&*bytes));
    let settled = serde_json::to_value(Settled { columns, ..Settled::default() }).map_err(anyhow::Error::from)?;
    let now = app.clock.now();
    let run = NewRun {
        id,
        kind: KIND,
        file_name: &name,
        digest: &digest,
        cluster: Some(cluster.id),
        person: actor.person(),
        mapping: &settled,
        state: "uploaded",
        at: now,
    };
    transact!(app.database, transaction => {
        store::create_run(transaction, &run).await?;
        jobs::schedule::<App, _>(transaction, &ForgetUpload { import: id }, due(now)).await?;
        Ok(())
    })?;
    Ok(id)
}

#[derive(sqlx::FromRow)]
pub(super) struct UploadRow {
    #[sqlx(flatten)]
    state: ImportState,
    mapping: Json<Settled>,
    cluster_id: accounts::ClusterId,
}

async fn opened(database: &Database, id: ImportId) -> Result<Option<Upload>, Error> {
    let Some(row) = store::upload(database, id).await? else { return Ok(None) };
    let cluster = accounts::cluster(database, row.cluster_id).await?.into();
    Ok(Some(Upload { state: row.state, cluster, settled: row.mapping.0 }))
}

/// An import of members.
///
/// # Errors
/// When there is none of this id, or it belongs to a cluster that the actor may not import for.
pub async fn open(database: &Database, actor: &Actor, id: ImportId) -> Result<Upload, Error> {
    let upload = opened(database, id).await?.ok_or_else(|| Error::NotFound("this import of members".to_owned()))?;
    allowed(actor, &upload.cluster)?;
    Ok(upload)
}

/// The job that writes an import of members, once asked for.
///
/// # Errors
/// When the database fails.
pub(super) async fn job_of(database: &Database, id: ImportId) -> Result<Option<JobId>, Error> {
    Ok(opened(database, id).await?.and_then(|upload| upload.job()))
}

/// Goes on with an import whose writing failed or was called off, from the last batch that was written.
///
/// # Errors
/// When the actor may not, or it does not stand still.
pub async fn go_on(app: &App, actor: &Actor, upload: &Upload) -> Result<(), Error> {
    allowed(actor, &upload.cluster)?;
    let still = || Error::NotFound("an import that stands still".to_owned());
    let job = upload.job().filter(|_| upload.state.state == "running").ok_or_else(still)?;
    let now = app.clock.now();
    transact!(app.database, transaction => jobs::retry(transaction, job, now).await)?;
    app.jobs.notify_one();
    Ok(())
}

/// The imports of members of a cluster, newest first.
///
/// # Errors
/// When the actor may not see them.
pub async fn list(database: &Database, actor: &Actor, cluster: &ClusterRef) -> Result<Vec<ImportState>, Error> {
    allowed(actor, cluster)?;
    store::uploads(database, cluster.id).await
}

/// The rows of an import that is not yet done.
///
/// # Errors
/// When its file is gone.
pub async fn sheet_of(app: &App, upload: &Upload) -> Result<Sheet, Error> {
    let path = kept(app, upload.state.id);
    let bytes = tokio::fs::read(&path).await.map_err(|_| {
        Error::NotFound(format!("the file of this import ({}): upload it again", upload.state.file_name))
    })?;
    let name = upload.state.file_name.clone();
    tokio::task::spawn_blocking(move || sheet::read(&name, &bytes)).await.map_err(anyhow::Error::from)?
}

/// The dry run: what would be done with every row.
///
/// # Errors
/// When the file is gone, or no column holds the name.
pub async fn dry_run(app: &App, actor: &Actor, upload: &Upload) -> Result<Plan, Error> {
    allowed(actor, &upload.cluster)?;
    let sheet = sheet_of(app, upload).await?;
    check(&upload.settled.columns, &sheet)?;
    plan::plan(&app.database, &sheet, &upload.settled.columns).await
}

fn check(columns: &Columns, sheet: &Sheet) -> Result<(), Error> {
    if columns.of(Field::Name).is_none() {
        return Err(Error::worded("import-file-no-name", &[("columns", &sheet.headers.join(", "))]));
    }
    if let Some((field, column)) = columns.0.iter().find(|(_, column)| !sheet.headers.contains(column)) {
        return Err(Error::worded("import-file-no-column", &[("column", column), ("field", &field.key())]));
    }
    Ok(())
}

/// Keeps which column holds what.
///
/// # Errors
/// When a column is not one of the file's, or the import has begun.
pub async fn map_columns(app: &App, actor: &Actor, upload: &Upload, columns: Columns) -> Result<(), Error> {
    allowed(actor, &upload.cluster)?;
    check(&columns, &sheet_of(app, upload).await?)?;
    settle(app, upload, Settled { columns, choices: BTreeMap::new(), job: None }, "checked").await
}

/// Goes back from the dry run to the columns.
///
/// # Errors
/// When the import has begun.
pub async fn back_to_columns(app: &App, actor: &Actor, upload: &Upload) -> Result<(), Error> {
    allowed(actor, &upload.cluster)?;
    settle(app, upload, upload.settled.clone(), "uploaded").await
}

async fn settle(app: &App, upload: &Upload, settled: Settled, state: &str) -> Result<(), Error> {
    let settled = serde_json::to_value(settled).map_err(anyhow::Error::from)?;
    let id = upload.state.id;
    let found = transact!(app.database, transaction => store::settle_upload(transaction, id, &settled, state).await)?;
    if found { Ok(()) } else { Err(begun_already()) }
}

fn begun_already() -> Error {
    Error::Clash("this import has begun already".to_owned())
}

/// Asks for the import to be written, with what was chosen for single rows.
///
/// # Errors
/// When it has begun already.
pub async fn start(
    app: &Shared,
    actor: &Actor,
    upload: &Upload,
    choices: BTreeMap<i64, Choice>,
) -> Result<JobId, Error> {
    allowed(actor, &upload.cluster)?;
    let id = upload.state.id;
    let choices: BTreeMap<i64, String> = choices.into_iter().map(|(row, choice)| (row, choice.to_string())).collect();
    let columns = upload.settled.columns.clone();
    let now = app.clock.now();
    let job = transact!(app.database, transaction => {
        let job = jobs::schedule::<App, _>(transaction, &ImportMembers { import: id }, now).await?;
        let settled = Settled { columns: columns.clone(), choices: choices.clone(), job: Some(job) };
        let settled = serde_json::to_value(settled).map_err(anyhow::Error::from)?;
        if !store::settle_upload(transaction, id, &settled, "running").await? {
            return Err(begun_already());
        }
        Ok(job)
    })?;
    app.jobs.notify_one();
    Ok(job)
}

/// Takes an upload that was not begun away, with its file.
///
/// # Errors
/// When it has begun.
pub async fn discard(app: &App, actor: &Actor, upload: &Upload) -> Result<(), Error> {
    allowed(actor, &upload.cluster)?;
    if !drop_unbegun(app, upload.state.id).await? {
        return Err(begun_already());
    }
    forget(app, upload.state.id).await
}

/// Removes an import that was not begun; says whether there was one.
async fn drop_unbegun(app: &App, id: ImportId) -> Result<bool, Error> {
    transact!(app.database, transaction => store::discard_upload(transaction, id).await)
}

/// The problems of an import that has run.
///
/// # Errors
/// When the actor may not see them.
pub async fn problems(app: &App, actor: &Actor, upload: &Upload) -> Result<Vec<Problem>, Error> {
    allowed(actor, &upload.cluster)?;
    store::problems(&app.database, upload.state.id, 100_000).await
}

/// The problems as CSV for a spreadsheet; no cell of it can be taken for a formula.
///
/// # Errors
/// When the writer fails.
pub fn problems_as_csv(problems: &[Problem]) -> Result<Vec<u8>, Error> {
    // Spreadsheets take a file for UTF-8 only by this mark.
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(b"\xef\xbb\xbf".to_vec());
    let failed = |error: csv::Error| Error::Unexpected(anyhow::Error::new(error));
    writer.write_record(["row", "column", "value", "code", "problem"]).map_err(failed)?;
    for problem in problems {
        let row = problem.position.to_string();
        writer
            .write_record([
                &row,
                &inert(&problem.field),
                &inert(&problem.value),
                &inert(&problem.code),
                &inert(&problem.detail),
            ])
            .map_err(failed)?;
    }
    writer.into_inner().map_err(|error| Error::Unexpected(anyhow::anyhow!("{error}")))
}

/// The job that writes an import of members.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct ImportMembers {
    /// The import.
    pub import: ImportId,
}

impl Job<App> for ImportMembers {
    const NAME: &'static str = "import members";
    const CANCELLABLE: bool = true;

    fn deduplication_key(&self) -> Option<String> {
        Some(self.import.to_string())
    }

    async fn run(self, app: Arc<App>, progress: Progress) -> Result<(), Error> {
        let upload = open(&app.database, &Actor::Console, self.import).await?;
        if upload.state.state != "running" {
            return Ok(());
        }
        match write(&app, &upload, &progress).await {
            Ok(_) => forget(&app, self.import).await,
            // Called off between two batches: what is written stays, and the next try goes on from there.
            Err(error) if progress.is_called_off() => Err(error),
            Err(error) => {
                if !error.status().is_server_error() {
                    let id = self.import;
                    transact!(app.database, transaction => {
                        store::end_run(transaction, id, "failed", None).await
                    })?;
                    // What was refused once is refused again: the next try is another upload.
                    forget(&app, id).await?;
                }
                Err(error)
            }
        }
    }
}

async fn write(app: &App, upload: &Upload, progress: &Progress) -> Result<Outcome, Error> {
    let plan = dry_run(app, &Actor::Console, upload).await?;
    let mut run = Run::resume(&app.database, &upload.state).await?;
    let mut rows = Vec::with_capacity(plan.rows.len());
    for planned in plan.rows {
        let choice = match upload.settled.choices.get(&(planned.member.position as i64)) {
            Some(chosen) => chosen.parse().map_err(Error::Input)?,
            None => planned.choice,
        };
        rows.push((planned, choice));
    }
    if run.skip == 0 {
        run.counts.refused = plan.refused;
        for problem in plan.problems {
            run.tell(problem);
        }
    }
    apply::apply(&app.database, app.clock, &upload.cluster, &upload.state.file_name, &rows, &mut run, progress).await?;
    let counts = run.counts;
    let mut transaction = app.database.begin().await?;
    let entry = audit::Entry {
        at: app.clock.now(),
        person: None,
        cluster: Some(upload.cluster.id.0),
        action: "import",
        subject_kind: "import",
        subject: upload.state.id.to_string(),
        summary: upload.state.file_name.clone(),
        before: serde_json::Value::Null,
        after: serde_json::to_value(counts).map_err(anyhow::Error::from)?,
    };
    audit::record(&mut transaction, entry).await?;
    transaction.commit().await?;
    run.finish(&app.database, app.clock).await
}

/// Imports a file at once, as the command line does; a dry run writes nothing.
///
/// # Errors
/// As [`upload`] and [`dry_run`].
#[expect(clippy::too_many_arguments, reason = "one argument for each option of the command line")]
pub async fn import(
    app: &Shared,
    actor: &Actor,
    cluster: &ClusterRef,
    name: &str,
    bytes: Vec<u8>,
    mapping: &[String],
    dry: bool,
    again: bool,
) -> Result<(Outcome, Option<Plan>), Error> {
    allowed(actor, cluster)?;
    let sheet = sheet::read(name, &bytes)?;
    let mut columns = Columns::guess(&sheet.headers);
    columns.change(mapping, &sheet.headers).map_err(Error::Input)?;
    check(&columns, &sheet)?;
    if dry {
        let plan = plan::plan(&app.database, &sheet, &columns).await?;
        let into = plan.rows.iter().filter(|row| matches!(row.choice, Choice::Into(_))).count() as i64;
        let counts =
            Counts { created: plan.rows.len() as i64 - into, changed: into, unchanged: 0, refused: plan.refused };
        let outcome = Outcome {
            kind: KIND.to_owned(),
            file: name.to_owned(),
            counts,
            known: false,
            problems: plan.problems.clone(),
        };
        return Ok((outcome, Some(plan)));
    }
    let settled = serde_json::to_value(Settled { columns, ..Settled::default() }).map_err(anyhow::Error::from)?;
    let mark = format!("{}+{}", hex(&Sha256::digest(&bytes)), hex(&Sha256::digest(settled.to_string().as_bytes())));
    let id = match Run::begin(&app.database, app.clock, KIND, name, &mark, Some(cluster.id), again).await? {
        Begun::Known(outcome) => return Ok((outcome, None)),
        Begun::Go(run) => run.id,
    };
    let path = kept(app, id);
    let stored = async {
        tokio::fs::create_dir_all(path.parent().unwrap_or(&app.var)).await?;
        tokio::fs::write(&path, &bytes).await
    };
    stored.await.map_err(|error| Error::Unexpected(anyhow::Error::new(error).context("keeping the file")))?;
    transact!(app.database, transaction => store::put_mapping(transaction, id, &settled).await)?;
    let upload = open(&app.database, actor, id).await?;
    let outcome = write(app, &upload, &Progress::unwatched(&app.database)).await?;
    forget(app, id).await?;
    Ok((outcome, None))
}
