//! The wizard of the project officer: upload, columns, dry run with duplicates, progress, outcome.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{FromRequest, Multipart, Path, Request, rejection::FormRejection},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::context;

use super::{Choice, Columns, Field, Plan, Planned, Upload};
use crate::{
    accounts::{Acting, Action, ClusterRef, Resource, Route},
    directory::imports::{ImportId, ImportState, Problem},
    foundation::{errors::Error, jobs, pages::Serde},
};

/// The largest list: what a cluster's spreadsheet may be, with generous room.
const LARGEST_LIST: usize = 32 * 1024 * 1024;
/// Rows and problems that a page shows at most; the rest is in the download.
const SHOWN: usize = 200;
/// Rows of the file that the page of the columns shows.
const SAMPLE: usize = 5;

/// The routes of the import of members.
pub fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    let import = Action::ImportMembers;
    vec![
        Route::get("/organisations/import", import, get(start_page)),
        Route::post("/organisations/import", import, post(upload)),
        Route::get("/organisations/import/{id}", import, get(import_page)),
        Route::post("/organisations/import/{id}/columns", import, post(columns)),
        Route::post("/organisations/import/{id}/start", import, post(start)),
        Route::post("/organisations/import/{id}/discard", import, post(discard)),
        Route::post("/organisations/import/{id}/go-on", import, post(go_on)),
        Route::get("/organisations/import/{id}/problems.csv", import, get(problems_csv)),
    ]
}

async fn own_cluster(acting: &Acting) -> Result<ClusterRef, Error> {
    acting.may(Action::ImportMembers, Resource::Instance)?;
    super::cluster_of(&acting.app.database, &acting.actor, None).await
}

fn id_of(text: &str) -> Result<ImportId, Error> {
    text.parse().map_err(|_| Error::NotFound("this import of members".to_owned()))
}

async fn opened(acting: &Acting, id: &str) -> Result<Upload, Error> {
    acting.may(Action::ImportMembers, Resource::Instance)?;
    super::open(&acting.app.database, &acting.actor, id_of(id)?).await
}

#[derive(serde::Serialize)]
struct ImportLine {
    href: String,
    file: String,
    state: String,
    at: i64,
    created: i64,
    changed: i64,
    unchanged: i64,
    refused: i64,
}

impl From<ImportState> for ImportLine {
    fn from(state: ImportState) -> Self {
        ImportLine {
            href: format!("/organisations/import/{}", state.id),
            file: state.file_name,
            state: state.state,
            at: state.started_at.0,
            created: state.created,
            changed: state.changed,
            unchanged: state.unchanged,
            refused: state.refused,
        }
    }
}

async fn start_page(acting: Acting) -> Result<Response, Error> {
    let cluster = own_cluster(&acting).await?;
    show_start(&acting, &cluster, None).await
}

async fn show_start(acting: &Acting, cluster: &ClusterRef, error: Option<String>) -> Result<Response, Error> {
    let imports = super::list(&acting.app.database, &acting.actor, cluster).await?;
    let imports: Vec<ImportLine> = imports.into_iter().map(ImportLine::from).collect();
    let context = context! { cluster => Serde(cluster), imports => Serde(&imports), error };
    Ok(acting.page("directory/import.html", context).await?.into_response())
}

async fn upload(acting: Acting, request: Request) -> Result<Response, Error> {
    let cluster = own_cluster(&acting).await?;
    let taken = take_file(request).await;
    let outcome = match taken {
        Ok((name, bytes)) => super::upload(&acting.app, &acting.actor, &cluster, &name, bytes).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(id) => Ok(Redirect::to(&format!("/organisations/import/{id}")).into_response()),
        // What is wrong with the file is told on the page where another one can be chosen.
        Err(error) => match error.about_input(&acting.app.texts, acting.language) {
            Some(message) => {
                let page = show_start(&acting, &cluster, Some(message)).await?;
                Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
            }
            None => Err(error),
        },
    }
}

async fn take_file(request: Request) -> Result<(String, Vec<u8>), Error> {
    let nothing = || Error::worded("import-file-none", &[]);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| nothing())?;
    let cut = |error: axum::extract::multipart::MultipartError| {
        Error::worded("import-file-upload-broke-off", &[("why", &error)])
    };
    while let Some(field) = form.next_field().await.map_err(cut)? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or("").to_owned();
        let bytes = field.bytes().await.map_err(cut)?;
        if name.is_empty() && bytes.is_empty() {
            return Err(nothing());
        }
        if bytes.len() > LARGEST_LIST {
            return Err(Error::worded("import-file-too-long", &[("file", &name)]));
        }
        return Ok((name, bytes.to_vec()));
    }
    Err(nothing())
}

#[derive(serde::Serialize)]
struct ColumnLine {
    key: &'static str,
    label: String,
    column: String,
    required: bool,
}

#[derive(serde::Serialize)]
struct CandidateLine {
    value: String,
    href: String,
    name: String,
    place: String,
    projects: i64,
    score: f32,
    certain: bool,
    ground: String,
    identifier: String,
}

#[derive(serde::Serialize)]
struct RowLine {
    row: u64,
    name: String,
    place: String,
    identifiers: String,
    choice: String,
    open: bool,
    candidates: Vec<CandidateLine>,
}

#[derive(serde::Serialize)]
struct ProblemLine {
    row: i64,
    column: String,
    value: String,
    said: String,
    detail: String,
}

fn problem_lines(acting: &Acting, problems: &[Problem]) -> Vec<ProblemLine> {
    problems
        .iter()
        .take(SHOWN)
        .map(|problem| ProblemLine {
            row: problem.position,
            column: problem.field.clone(),
            value: problem.value.clone(),
            said: acting.say(&format!("import-problem-{}", problem.code)),
            detail: problem.detail.clone(),
        })
        .collect()
}

fn row_line(acting: &Acting, planned: &Planned) -> RowLine {
    let place = |city: Option<&str>, country: Option<&str>| {
        [city, country].into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let candidates = planned.candidates.iter().map(|candidate| CandidateLine {
        value: Choice::Into(candidate.organisation).to_string(),
        href: format!("/organisations/{}", candidate.organisation),
        name: candidate.name.clone(),
        place: place(candidate.city.as_deref(), candidate.country.as_deref()),
        projects: candidate.project_count,
        score: candidate.score,
        certain: candidate.certain,
        ground: acting.say(&format!("import-ground-{}", candidate.ground)),
        identifier: candidate.identifier.clone().unwrap_or_default(),
    });
    let identifiers: Vec<String> =
        planned.member.identifiers.iter().map(|(scheme, value)| format!("{} {value}", scheme.to_uppercase())).collect();
    RowLine {
        row: planned.member.position,
        name: planned.member.name.clone(),
        place: place(planned.member.city.as_deref(), planned.member.country.as_deref()),
        identifiers: identifiers.join(", "),
        choice: planned.choice.to_string(),
        open: planned.is_open(),
        candidates: candidates.collect(),
    }
}

#[derive(serde::Serialize)]
struct StepLine {
    label: String,
    state: &'static str,
}

/// The steps of the wizard, the current one given.
fn steps(acting: &Acting, current: usize) -> Vec<StepLine> {
    ["upload", "columns", "check", "done"]
        .into_iter()
        .enumerate()
        .map(|(place, step)| StepLine {
            label: acting.say(&format!("import-step-{step}")),
            state: match place.cmp(&current) {
                std::cmp::Ordering::Less => "done",
                std::cmp::Ordering::Equal => "current",
                std::cmp::Ordering::Greater => "next",
            },
        })
        .collect()
}

async fn import_page(acting: Acting, Path(id): Path<String>) -> Result<Response, Error> {
    let upload = opened(&acting, &id).await?;
    match upload.state.state.as_str() {
        "uploaded" => columns_page(&acting, &upload, None).await,
        "checked" => check_page(&acting, &upload).await,
        _ => outcome_page(&acting, &upload).await,
    }
}

async fn columns_page(acting: &Acting, upload: &Upload, error: Option<String>) -> Result<Response, Error> {
    let sheet = super::sheet_of(&acting.app, upload).await?;
    let fields: Vec<ColumnLine> = Field::ALL
        .into_iter()
        .map(|field| ColumnLine {
            key: field.key(),
            label: acting.say(&format!("import-field-{}", field.key())),
            column: upload.columns().of(field).unwrap_or("").to_owned(),
            required: field == Field::Name,
        })
        .collect();
    let options: Vec<BTreeMap<&str, &str>> = sheet
        .headers
        .iter()
        .map(|header| BTreeMap::from([("value", header.as_str()), ("label", header.as_str())]))
        .collect();
    let sample: Vec<Vec<&str>> = sheet
        .rows
        .iter()
        .take(SAMPLE)
        .map(|row| sheet.headers.iter().map(|header| row.get(header)).collect())
        .collect();
    let context = context! {
        steps => Serde(&steps(acting, 1)),
        id => upload.state.id.to_string(),
        file => &upload.state.file_name,
        count => sheet.rows.len() + sheet.problems.len(),
        headers => Serde(&sheet.headers),
        sample => Serde(&sample),
        fields => Serde(&fields),
        options => Serde(&options),
        error,
    };
    Ok(acting.page("directory/import_columns.html", context).await?.into_response())
}

async fn check_page(acting: &Acting, upload: &Upload) -> Result<Response, Error> {
    let plan: Plan = super::dry_run(&acting.app, &acting.actor, upload).await?;
    let mut rows: Vec<&Planned> = plan.rows.iter().filter(|row| !row.candidates.is_empty()).collect();
    // What a person has to look at comes first, the likeliest on top.
    rows.sort_by(|a, b| b.is_open().cmp(&a.is_open()).then(b.likelihood().total_cmp(&a.likelihood())));
    let joined = plan.rows.iter().filter(|row| matches!(row.choice, Choice::Into(_))).count();
    let open = rows.iter().filter(|row| row.is_open()).count();
    let shown: Vec<RowLine> = rows.iter().take(SHOWN).map(|row| row_line(acting, row)).collect();
    let context = context! {
        steps => Serde(&steps(acting, 2)),
        id => upload.state.id.to_string(),
        file => &upload.state.file_name,
        cluster => Serde(&upload.cluster),
        total => plan.total,
        refused => plan.refused,
        joined,
        created => plan.rows.len() - joined,
        open,
        candidates => rows.len(),
        rows => Serde(&shown),
        problems => Serde(&problem_lines(acting, &plan.problems)),
        problem_count => plan.problems.len(),
    };
    Ok(acting.page("directory/import_check.html", context).await?.into_response())
}

async fn outcome_page(acting: &Acting, upload: &Upload) -> Result<Response, Error> {
    let job = match upload.job() {
        Some(job) => jobs::state(&acting.app.database, job).await?,
        None => None,
    };
    let stopped = job.as_ref().is_some_and(|job| ["failed", "cancelled"].contains(&job.state.as_str()));
    let running = upload.state.state == "running" && !stopped;
    let problems = super::problems(&acting.app, &acting.actor, upload).await?;
    let context = context! {
        steps => Serde(&steps(acting, if running { 3 } else { 4 })),
        id => upload.state.id.to_string(),
        file => &upload.state.file_name,
        state => &upload.state.state,
        running,
        stands_still => upload.state.state == "running" && stopped,
        done => job.as_ref().map_or(0, |job| job.progress_done),
        total => job.as_ref().map_or(0, |job| job.progress_total),
        failed => job.as_ref().filter(|_| !running && upload.state.state != "done" && upload.state.state != "broken").and_then(|job| job.last_error.clone()),
        counts => Serde(&upload.state.counts()),
        problems => Serde(&problem_lines(acting, &problems)),
        problem_count => problems.len(),
        cluster => Serde(&upload.cluster),
    };
    Ok(acting.page("directory/import_outcome.html", context).await?.into_response())
}

type Pairs = Result<Form<Vec<(String, String)>>, FormRejection>;

fn pairs(form: Pairs) -> Vec<(String, String)> {
    form.map(|Form(pairs)| pairs).unwrap_or_default()
}

async fn columns(acting: Acting, Path(id): Path<String>, form: Pairs) -> Result<Response, Error> {
    let upload = opened(&acting, &id).await?;
    let mut chosen = Columns::default();
    for (key, column) in pairs(form) {
        if let Ok(field) = key.parse::<Field>()
            && !column.is_empty()
        {
            chosen.0.insert(field, column);
        }
    }
    match super::map_columns(&acting.app, &acting.actor, &upload, chosen).await {
        Ok(()) => Ok(Redirect::to(&format!("/organisations/import/{id}")).into_response()),
        Err(error) => match error.about_input(&acting.app.texts, acting.language) {
            Some(message) => {
                let page = columns_page(&acting, &upload, Some(message)).await?;
                Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
            }
            None => Err(error),
        },
    }
}

async fn start(acting: Acting, Path(id): Path<String>, form: Pairs) -> Result<Response, Error> {
    let upload = opened(&acting, &id).await?;
    let pairs = pairs(form);
    if pairs.iter().any(|(key, _)| key == "back") {
        super::back_to_columns(&acting.app, &acting.actor, &upload).await?;
        return Ok(Redirect::to(&format!("/organisations/import/{id}")).into_response());
    }
    let mut choices = BTreeMap::new();
    for (key, value) in pairs {
        let Some(row) = key.strip_prefix("row-").and_then(|row| row.parse::<i64>().ok()) else { continue };
        choices.insert(row, value.parse::<Choice>().map_err(Error::Input)?);
    }
    super::start(&acting.app, &acting.actor, &upload, choices).await?;
    Ok(Redirect::to(&format!("/organisations/import/{id}")).into_response())
}

async fn discard(acting: Acting, Path(id): Path<String>) -> Result<Response, Error> {
    let upload = opened(&acting, &id).await?;
    super::discard(&acting.app, &acting.actor, &upload).await?;
    Ok(Redirect::to("/organisations/import").into_response())
}

async fn go_on(acting: Acting, Path(id): Path<String>) -> Result<Response, Error> {
    let upload = opened(&acting, &id).await?;
    super::go_on(&acting.app, &acting.actor, &upload).await?;
    Ok(Redirect::to(&format!("/organisations/import/{id}")).into_response())
}

async fn problems_csv(acting: Acting, Path(id): Path<String>) -> Result<Response, Error> {
    let upload = opened(&acting, &id).await?;
    let problems = match upload.state.state.as_str() {
        "uploaded" | "checked" => super::dry_run(&acting.app, &acting.actor, &upload).await?.problems,
        _ => super::problems(&acting.app, &acting.actor, &upload).await?,
    };
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"problems.csv\""),
    ];
    Ok((headers, super::problems_as_csv(&problems)?).into_response())
}
