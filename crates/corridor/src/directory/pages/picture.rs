//! The map.

use axum::response::Html;

use super::{Asked, selection_view};
use crate::{
    accounts::Acting,
    directory::{self, map, search::Catalogue, search::Selection},
    foundation::{errors::Error, pages::Serde},
};

/// How many rows the tables beside the map have.
const ROWS: usize = 40;

#[derive(serde::Serialize)]
struct LineRow<'a> {
    one: &'a str,
    other: &'a str,
    weight: usize,
}

pub(super) async fn page(acting: Acting, Asked(selection): Asked<Selection>) -> Result<Html<String>, Error> {
    let found = directory::list(&acting.app, &acting.actor, acting.reader().await?, &selection)?;
    let snapshot = acting.app.part::<Catalogue>().snapshot();
    let drawn = map::draw(&snapshot, &selection, &found, &acting.app.texts, acting.language);
    let view = selection_view(&snapshot, &selection, &found, &acting, "/map");
    let lines: Vec<LineRow<'_>> = drawn
        .lines
        .iter()
        .take(ROWS)
        .map(|line| LineRow { one: &line.one, other: &line.other, weight: line.weight })
        .collect();
    let places = &drawn.points[..drawn.points.len().min(ROWS)];
    acting
        .page(
            "directory/map.html",
            minijinja::context! {
                chosen => Serde(&view),
                places => Serde(&places),
                lines => Serde(&lines),
                countries => Serde(&drawn.regions),
                place_count => drawn.places,
                drawn_count => drawn.points.len(),
                unplaced => drawn.unplaced,
            },
        )
        .await
}
