//! Search across slices: the field of the frame, its suggestions, and the page of results.

use axum::{
    extract::Query,
    response::{Html, Json},
    routing::get,
};
use minijinja::context;

use crate::{
    accounts::{Acting, Action, Resource, Route},
    calls,
    directory::{api::Typed, contacts, search::Catalogue, search::Suggestion},
    foundation::{errors::Error, pages::Serde},
};

/// How many of a kind the list under the field offers.
const OFFERED: usize = 5;
/// How many of a kind the page shows before it leads to the slice's own list.
const SHOWN: usize = 12;

/// The routes of search.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/search", Action::ReadDirectory, get(page)),
        Route::get("/api/suggest", Action::ReadDirectory, get(suggest)),
    ]
}

struct Found {
    organisations: Vec<Suggestion>,
    topics: Vec<Suggestion>,
    competences: Vec<Suggestion>,
    people: Vec<Suggestion>,
}

async fn look(acting: &Acting, typed: &str, limit: usize) -> Result<Found, Error> {
    acting.may(Action::ReadDirectory, Resource::Instance)?;
    let (app, language) = (&acting.app, acting.language);
    let directory = app.part::<Catalogue>().snapshot();
    let topics = calls::suggest(app, &acting.actor, typed, language, limit).await?;
    let people = match acting.may(Action::ReadContacts, Resource::Instance) {
        Ok(()) => contacts::pages::suggest(acting, typed, limit).await?,
        Err(_) => Vec::new(),
    };
    Ok(Found {
        people,
        organisations: directory.suggest(&app.texts, language, typed, limit)?,
        competences: directory.suggest_concepts(&app.texts, language, typed, limit),
        topics,
    })
}

/// Topics, organisations, contacts and competences that fit what was typed.
#[utoipa::path(get, path = "/api/suggest", tag = "search", params(Typed), responses((status = 200, body = [Suggestion])))]
pub async fn suggest(acting: Acting, Query(asked): Query<Typed>) -> Result<Json<Vec<Suggestion>>, Error> {
    let found = look(&acting, &asked.q, OFFERED).await?;
    Ok(Json([found.topics, found.organisations, found.people, found.competences].concat()))
}

async fn page(acting: Acting, Query(asked): Query<Typed>) -> Result<Html<String>, Error> {
    let typed = asked.q.trim();
    let found = look(&acting, typed, SHOWN).await?;
    let encoded = crate::directory::search::encoded(typed);
    let group = |key: &str, rows: Vec<Suggestion>, all: String| {
        context! { title => acting.say(&format!("rail-{key}")), more => rows.len() == SHOWN, all, rows => Serde(&rows) }
    };
    let groups = vec![
        group("calls", found.topics, format!("/calls?q={encoded}")),
        group("directory", found.organisations, format!("/organisations?q={encoded}")),
        group("contacts", found.people, format!("/contacts?q={encoded}")),
        context! { title => acting.say("search-competences"), more => false, rows => Serde(&found.competences) },
    ];
    acting.page("app/search.html", context! { q => typed, groups }).await
}
