//! The list of the directory, and its export.

use axum::{
    http::header,
    response::{Html, IntoResponse, Response},
};

use super::{Asked, Link, RowView, row, selection_view};
use crate::{
    accounts::{Acting, Action, Resource},
    directory::{
        self,
        export::{Format, write},
        search::Catalogue,
        search::{Selection, Sort},
    },
    foundation::{errors::Error, pages::Serde},
};

pub(super) async fn page(acting: Acting, Asked(selection): Asked<Selection>) -> Result<Html<String>, Error> {
    let found = directory::list(&acting.app, &acting.actor, acting.reader().await?, &selection)?;
    let snapshot = acting.app.part::<Catalogue>().snapshot();
    let view = snapshot.view(acting.reader().await?);
    let number = selection.page_number().min(found.pages());
    let rows: Vec<RowView> = found
        .page(number)
        .iter()
        .filter_map(|position| Some(row(&snapshot, &view, snapshot.entries.get(*position as usize)?, &acting)))
        .collect();
    let view = selection_view(&snapshot, &selection, &found, &acting, "/organisations");
    let sorts: Vec<(bool, Link)> = Sort::ALL
        .into_iter()
        .filter(|sort| *sort != Sort::Relevance || !selection.q.trim().is_empty())
        .map(|sort| {
            let sorted = Selection { sort, ..selection.clone() };
            let current = match selection.sort {
                Sort::Relevance if selection.q.trim().is_empty() => sort == Sort::Projects,
                chosen => chosen == sort,
            };
            let link = Link {
                label: acting.say(&format!("directory-sort-{}", sort.key())),
                href: format!("/organisations?{}", sorted.query(None)),
                lang: None,
            };
            (current, link)
        })
        .collect();
    let building =
        snapshot.entries.is_empty() && !acting.app.part::<Catalogue>().is_fresh(&acting.app.database).await?;
    let may_merge = acting.may(Action::MergeOrganisations, Resource::Instance).is_ok();
    let unnamed = Selection { unnamed: "yes".to_owned(), ..selection.clone() };
    acting
        .page(
            "directory/list.html",
            minijinja::context! {
                chosen => Serde(&view),
                rows => Serde(&rows),
                sorts => Serde(&sorts),
                current => number,
                last => found.pages(),
                building,
                may_merge,
                unnamed_href => format!("/organisations?{}", unnamed.query(None)),
            },
        )
        .await
}

#[derive(Debug, serde::Deserialize)]
pub(super) struct ExportAsked {
    format: Format,
}

pub(super) async fn export(
    acting: Acting,
    Asked(asked): Asked<ExportAsked>,
    Asked(selection): Asked<Selection>,
) -> Result<Response, Error> {
    let found = directory::list(&acting.app, &acting.actor, acting.reader().await?, &selection)?;
    let snapshot = acting.app.part::<Catalogue>().snapshot();
    let view = snapshot.view(acting.reader().await?);
    let (texts, language, format) = (acting.app.texts.clone(), acting.language, asked.format);
    // Tens of thousands of rows take a while: other readers are not kept waiting.
    let file = tokio::task::spawn_blocking(move || write(format, &snapshot, &view, &found.positions, &texts, language))
        .await
        .map_err(|fault| anyhow::anyhow!("writing the file broke off: {fault}"))??;
    let name = format!("attachment; filename=\"organisations.{}\"", format.ending());
    Ok(([(header::CONTENT_TYPE, format.content_type().to_owned()), (header::CONTENT_DISPOSITION, name)], file)
        .into_response())
}
