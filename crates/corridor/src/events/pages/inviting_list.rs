//! Participants from a spreadsheet: the file or what was pasted, its columns, who would be taken and what is wrong. Nothing is
//! kept of the file, and nothing written before somebody has seen that.

use axum::{
    Form,
    extract::{FromRequest, Multipart, Path, Request},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    head,
    inviting::{Pairs, typed},
    participants::{kinds, languages},
};
use crate::{
    accounts::Acting,
    directory::imports::members::read_sheet,
    events::{
        Event, EventId, editable,
        inviting::list::{self, Column, Columns, LARGEST, MOST_ROWS, Table, Taking},
    },
    foundation::{errors::Error, languages::Language},
};

/// Rows and problems that a page shows at most.
const SHOWN: usize = 200;

pub(super) async fn ask(acting: Acting, Path(id): Path<EventId>) -> Result<Response, Error> {
    let event = editable(&acting.app, &acting.actor, id).await?;
    asking(&acting, &event, "", None).await
}

async fn asking(acting: &Acting, event: &Event, pasted: &str, error: Option<String>) -> Result<Response, Error> {
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let columns: Vec<String> = Column::ALL.into_iter().map(|column| heading(acting, acting.language, column)).collect();
    let kinds: Vec<&str> = event.setup.kinds.iter().map(|kind| kind.name.as_str()).collect();
    let context = context! {
        event => head(acting, event),
        tab => "participants",
        columns => columns.join(", "),
        kinds => kinds.join(", "),
        most => MOST_ROWS,
        pasted,
        error,
    };
    Ok((status, acting.page("events/invite_list.html", context).await?).into_response())
}

fn heading(acting: &Acting, language: Language, column: Column) -> String {
    acting.app.texts.text(language, &format!("inviting-column-{}", column.key()), None).into_owned()
}

/// The name and the bytes of the file, or what was pasted.
async fn received(request: Request) -> Result<(String, Vec<u8>, String), Error> {
    let nothing = || Error::worded("import-file-none", &[]);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| nothing())?;
    let cut = |error: axum::extract::multipart::MultipartError| {
        Error::worded("import-file-upload-broke-off", &[("why", &error)])
    };
    let (mut name, mut file, mut pasted) = (String::new(), Vec::new(), Vec::new());
    while let Some(mut field) = form.next_field().await.map_err(cut)? {
        let into = match field.name() {
            Some("file") => {
                name = field.file_name().unwrap_or("").to_owned();
                &mut file
            }
            Some("pasted") => &mut pasted,
            _ => continue,
        };
        while let Some(chunk) = field.chunk().await.map_err(cut)? {
            into.extend_from_slice(&chunk);
            if into.len() > LARGEST {
                return Err(Error::worded("inviting-file-too-large", &[]));
            }
        }
    }
    let pasted = String::from_utf8(pasted).map_err(|_| nothing())?;
    if !file.is_empty() {
        return Ok((name, file, pasted));
    }
    if pasted.trim().is_empty() {
        return Err(nothing());
    }
    // What is pasted from a spreadsheet has tabs between its cells; the reader finds that out by itself.
    Ok(("pasted.csv".to_owned(), pasted.trim_matches(['\n', '\r']).as_bytes().to_vec(), pasted))
}

fn table(name: &str, bytes: &[u8]) -> Result<Table, Error> {
    let sheet = read_sheet(name, bytes)?;
    Table::of(&sheet).ok_or_else(|| Error::worded("inviting-file-too-many-rows", &[("most", &MOST_ROWS)]))
}

pub(super) async fn upload(acting: Acting, Path(id): Path<EventId>, request: Request) -> Result<Response, Error> {
    let event = editable(&acting.app, &acting.actor, id).await?;
    let (read, pasted) = match received(request).await {
        Ok((name, bytes, pasted)) => {
            // Unpacking and reading a hostile file may take a while: not on a thread that serves others.
            let read = tokio::task::spawn_blocking(move || table(&name, &bytes)).await;
            (read.map_err(|error| Error::Unexpected(error.into()))?, pasted)
        }
        Err(error) => (Err(error), String::new()),
    };
    match read {
        Ok(table) => {
            let headings = |column| Language::ALL.map(|language| heading(&acting, language, column)).to_vec();
            let columns = table.guess(&headings);
            let taking = Taking {
                kind: event.setup.kinds.first().map(|kind| kind.key.clone()).unwrap_or_default(),
                language: acting.language,
                confirmed: false,
            };
            dry_run(&acting, id, &table, &columns, &taking).await
        }
        Err(error) => match error.about_input(&acting.app.texts, acting.language) {
            Some(message) => asking(&acting, &event, &pasted, Some(message)).await,
            None => Err(error),
        },
    }
}

/// What came back with the form: the table as it was read, its columns, and how rows are taken that do not say.
fn come_back(pairs: &Pairs) -> Option<(Table, Columns, Taking)> {
    let table: Table = serde_json::from_str(typed(pairs, "table")).ok()?;
    if table.rows.len() > MOST_ROWS {
        return None;
    }
    let columns = Column::ALL
        .into_iter()
        .filter_map(|column| {
            let header = typed(pairs, &format!("column-{}", column.key()));
            table
                .headers
                .iter()
                .find(|known| !header.is_empty() && known.trim() == header)
                .map(|known| (column, known.clone()))
        })
        .collect();
    let taking = Taking {
        kind: typed(pairs, "kind").to_owned(),
        language: typed(pairs, "language").parse().unwrap_or_default(),
        confirmed: typed(pairs, "confirmed") == "yes",
    };
    Some((table, columns, taking))
}

async fn lost(acting: &Acting, id: EventId) -> Result<Response, Error> {
    let event = editable(&acting.app, &acting.actor, id).await?;
    let message = Error::worded("import-file-none", &[]).about_input(&acting.app.texts, acting.language);
    asking(acting, &event, "", message).await
}

/// The same list with other columns, or taken otherwise.
pub(super) async fn check(
    acting: Acting,
    Path(id): Path<EventId>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Error> {
    match come_back(&pairs) {
        Some((table, columns, taking)) => dry_run(&acting, id, &table, &columns, &taking).await,
        None => lost(&acting, id).await,
    }
}

pub(super) async fn take(acting: Acting, Path(id): Path<EventId>, Form(pairs): Form<Pairs>) -> Result<Response, Error> {
    let Some((table, columns, taking)) = come_back(&pairs) else { return lost(&acting, id).await };
    match list::take(&acting.app, &acting.actor, id, &table, &columns, &taking).await {
        Ok(_) => {
            let (standing, done) =
                if taking.confirmed { ("confirmed", "inviting-added") } else { ("invited", "inviting-sent") };
            Ok(Redirect::to(&format!("/events/{id}/participants?standing={standing}&done={done}")).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn dry_run(
    acting: &Acting,
    id: EventId,
    table: &Table,
    columns: &Columns,
    taking: &Taking,
) -> Result<Response, Error> {
    let (event, checked) = list::dry_run(&acting.app, &acting.actor, id, table, columns, taking).await?;
    let lines: Vec<Value> = checked
        .lines
        .iter()
        .take(SHOWN)
        .map(|line| {
            let invitee = &line.invitee;
            let to = invitee.to.as_ref();
            context! {
                row => line.row,
                name => invitee.name.as_str(),
                country => invitee.country.as_str(),
                href => invitee.organisation.map(|id| format!("/organisations/{id}")),
                kind => event.setup.participation(&invitee.kind).map_or("", |kind| kind.name.as_str()),
                delegation => invitee.delegation.as_str(),
                person => to.map_or("", |to| to.name.as_str()),
                email => to.map_or("", |to| to.email.as_str()),
            }
        })
        .collect();
    let problems: Vec<Value> = checked
        .problems
        .iter()
        .take(SHOWN)
        .map(|problem| {
            let column = Column::ALL.into_iter().find(|column| column.key() == problem.column);
            context! {
                row => problem.row,
                column => column.map_or_else(|| problem.column.clone(), |column| heading(acting, acting.language, column)),
                value => problem.value.chars().take(80).collect::<String>(),
                said => acting.say(&problem.message),
            }
        })
        .collect();
    let options: Vec<Value> = table
        .headers
        .iter()
        .filter(|header| !header.trim().is_empty())
        .map(|header| context! { value => header.trim(), label => header.trim() })
        .collect();
    let mapping: Vec<Value> = Column::ALL
        .into_iter()
        .map(|column| {
            context! {
                name => format!("column-{}", column.key()),
                label => heading(acting, acting.language, column),
                chosen => columns.get(&column).map_or("", |header| header.trim()),
            }
        })
        .collect();
    let context = context! {
        event => head(acting, &event),
        tab => "participants",
        table => serde_json::to_string(table).map_err(anyhow::Error::from)?,
        rows => table.rows.len(),
        lines, line_count => checked.lines.len(),
        problems, problem_count => checked.problems.len(),
        there => checked.there.iter().take(SHOWN).map(|(row, name)| context! { row, name => name.as_str() }).collect::<Vec<_>>(),
        there_count => checked.there.len(),
        shown => SHOWN,
        options, mapping,
        kinds => kinds(&event),
        languages => languages(),
        taking => context! {
            kind => taking.kind.as_str(), language => taking.language.code(), confirmed => taking.confirmed,
        },
        demonstration => acting.actor.is_of_the_demonstration(),
    };
    Ok(acting.page("events/invite_checked.html", context).await?.into_response())
}
