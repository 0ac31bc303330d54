//! A budget from a spreadsheet: the file, its columns, what it would change and what is wrong with it; nothing is kept of the
//! file, and nothing written before somebody has seen that.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{FromRequest, Multipart, Path, Request},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use minijinja::context;

use super::{Fields, names, typed};
use crate::{
    accounts::{Acting, Action},
    consortia::{
        Draft, DraftId,
        budget::{Column, Columns, LARGEST, RowProblem, Table, read_table},
        differences, open, own_cluster,
        pages::{head, words},
        rules_of, store,
    },
    directory::{OrganisationId, imports::members::read_sheet},
    foundation::{errors::Error, languages::Language, pages::Serde},
};

/// Problems and changes that a page shows at most.
const SHOWN: usize = 200;

pub(super) async fn ask(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    own_cluster(&acting.actor, Action::EditDrafts)?;
    let draft = open(&acting.app, &acting.actor, id).await?;
    asking(&acting, &draft, None).await
}

async fn asking(acting: &Acting, draft: &Draft, error: Option<String>) -> Result<Response, Error> {
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let context = context! {
        draft => head(acting, draft),
        packages => draft.content.facts.work_packages.len(),
        error,
    };
    Ok((status, acting.page("consortia/budget/import.html", context).await?).into_response())
}

pub(super) async fn upload(acting: Acting, Path(id): Path<DraftId>, request: Request) -> Result<Response, Error> {
    own_cluster(&acting.actor, Action::EditDrafts)?;
    let draft = open(&acting.app, &acting.actor, id).await?;
    let read = match take(request).await {
        // Unpacking and reading a hostile file may take a while: not on a thread that serves others.
        Ok((name, bytes)) => tokio::task::spawn_blocking(move || table(&name, &bytes))
            .await
            .map_err(|error| Error::Unexpected(error.into()))?,
        Err(error) => Err(error),
    };
    match read {
        Ok((table, problems)) => {
            let say = |language: Language, key: &str| acting.app.texts.text(language, key, None).into_owned();
            let texts = |column: Column| {
                [Language::En, Language::Fr].map(|language| column.heading(&|key| say(language, key))).to_vec()
            };
            let columns = table.guess(&texts);
            dry_run(&acting, &draft, &table, &columns, problems).await
        }
        Err(error) => match error.about_input(&acting.app.texts, acting.language) {
            Some(message) => asking(&acting, &draft, Some(message)).await,
            None => Err(error),
        },
    }
}

fn table(name: &str, bytes: &[u8]) -> Result<(Table, Vec<RowProblem>), Error> {
    let sheet = read_sheet(name, bytes)?;
    Table::of(&sheet, bytes.starts_with(b"PK\x03\x04"))
        .ok_or_else(|| Error::worded("consortia-budget-file-too-many-rows", &[("most", &super::super::MOST_ROWS)]))
}

async fn take(request: Request) -> Result<(String, Vec<u8>), Error> {
    let nothing = || Error::worded("import-file-none", &[]);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| nothing())?;
    let cut = |error: axum::extract::multipart::MultipartError| {
        Error::worded("import-file-upload-broke-off", &[("why", &error)])
    };
    while let Some(mut field) = form.next_field().await.map_err(cut)? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or("").to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(cut)? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > LARGEST {
                return Err(Error::worded("consortia-budget-file-too-large", &[]));
            }
        }
        return if name.is_empty() && bytes.is_empty() { Err(nothing()) } else { Ok((name, bytes)) };
    }
    Err(nothing())
}

/// The same file with other columns: what was read of it comes back with the form.
pub(super) async fn columns(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    own_cluster(&acting.actor, Action::EditDrafts)?;
    let draft = open(&acting.app, &acting.actor, id).await?;
    let text = typed(&fields, "table").unwrap_or_default();
    let unreadable = || Error::worded("import-file-none", &[]);
    let read: Result<(Table, Vec<RowProblem>), _> = serde_json::from_str(text);
    let (table, problems) = match read {
        Ok((table, problems)) if table.rows.len() <= super::super::MOST_ROWS => (table, problems),
        _ => {
            let message = unreadable().about_input(&acting.app.texts, acting.language);
            return asking(&acting, &draft, message).await;
        }
    };
    let chosen: Columns = Column::all()
        .into_iter()
        .filter_map(|column| {
            let header = typed(&fields, &format!("column-{}", column.key()))?;
            table.headers.iter().find(|known| known.as_str() == header).map(|header| (column, header.clone()))
        })
        .collect();
    dry_run(&acting, &draft, &table, &chosen, problems).await
}

#[derive(serde::Serialize)]
struct ProblemLine {
    row: u64,
    column: String,
    value: String,
    said: String,
}

async fn dry_run(
    acting: &Acting,
    draft: &Draft,
    table: &Table,
    columns: &Columns,
    unreadable: Vec<RowProblem>,
) -> Result<Response, Error> {
    let names = names(acting, &draft.content).await?;
    let imported = read_table(&rules_of(&acting.app, draft), table, columns, &draft.content, &names);
    let ids: Vec<OrganisationId> = names.keys().copied().collect();
    let known = store::organisations(&acting.app.database, &ids).await?;
    let changes = words::differences(acting, &differences(&draft.content, &imported.content), &known);
    let problems: Vec<ProblemLine> = unreadable
        .iter()
        .chain(&imported.problems)
        .map(|problem| ProblemLine {
            row: problem.row,
            column: problem.column.clone(),
            value: problem.value.chars().take(80).collect(),
            said: acting.say(&problem.message),
        })
        .collect();
    let options: Vec<BTreeMap<&str, &str>> = table
        .headers
        .iter()
        .map(|header| BTreeMap::from([("value", header.as_str()), ("label", header.as_str())]))
        .collect();
    let mapping: Vec<minijinja::Value> = Column::all()
        .into_iter()
        .map(|column| {
            context! {
                name => format!("column-{}", column.key()),
                label => column.heading(&|key| acting.say(key)),
                chosen => columns.get(&column).cloned().unwrap_or_default(),
            }
        })
        .collect();
    let kept = serde_json::to_string(&(table, &unreadable)).map_err(anyhow::Error::from)?;
    let context = context! {
        draft => head(acting, draft),
        table => kept,
        taken => imported.taken,
        rows => table.rows.len(),
        problems => Serde(&problems.iter().take(SHOWN).collect::<Vec<_>>()),
        problem_count => problems.len(),
        changes => Serde(&changes.iter().take(SHOWN).collect::<Vec<_>>()),
        change_count => changes.len(),
        options => Serde(&options),
        mapping,
        kept => Serde(&imported.fields),
    };
    Ok(acting.page("consortia/budget/checked.html", context).await?.into_response())
}
