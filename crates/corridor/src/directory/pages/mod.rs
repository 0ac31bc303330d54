//! The pages of the directory.

mod concepts;
mod editing;
mod figures;
mod list;
mod merging;
mod organisation;
mod picture;

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::request::Parts,
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    api::language_code,
    countries::country_name,
    search::{Dimension, Entry, Found, Selection, Snapshot, View, encoded},
};
use crate::{
    accounts::{Acting, Action, Route, Shared},
    foundation::{errors::Error, languages::Language},
};

/// The routes of the pages.
pub fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    let read = Action::ReadDirectory;
    let mut routes = vec![
        Route::get("/organisations", read, get(list::page)),
        Route::get("/organisations/export", read, get(list::export)),
        Route::get("/organisations/{id}", read, get(organisation::page)),
        Route::post("/organisations/{id}/membership", Action::EditNotes, post(organisation::show_membership_to)),
        Route::get("/past-projects/{id}", read, get(organisation::past_project)),
        Route::get("/map", read, get(picture::page)),
        Route::get("/competences", read, get(concepts::tree)),
        Route::get("/concepts/{id}", read, get(concepts::page)),
        Route::get("/facilities", read, get(concepts::facilities)),
        Route::get("/organisations/{id}/edit", Action::EditOrganisation, get(editing::page)),
        Route::post("/organisations/{id}/edit", Action::EditOrganisation, post(editing::save)),
        Route::get("/organisations/duplicates", Action::MergeOrganisations, get(merging::duplicates)),
        Route::get("/organisations/{id}/merge/{other}", Action::MergeOrganisations, get(merging::preview)),
        Route::post("/organisations/{id}/merge/{other}", Action::MergeOrganisations, post(merging::merge)),
        Route::post("/merges/{id}/undo", Action::MergeOrganisations, post(merging::undo)),
    ];
    routes.extend(super::api::routes());
    routes.extend(super::contacts::pages::routes());
    routes.extend(super::notes::pages::routes());
    routes.extend(super::documents::pages::routes());
    routes
}

/// What an address asks for; a value that cannot be used is named.
#[derive(Clone, Copy, Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Shared> for Asked<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Error> {
        match axum_extra::extract::Query::<T>::from_request_parts(parts, app).await {
            Ok(asked) => Ok(Asked(asked.0)),
            Err(error) => Err(Error::input(format!("the address has a value that cannot be used: {error}"))),
        }
    }
}

/// What a form sent; a value that cannot be used is named.
#[derive(Clone, Copy, Debug)]
pub(in crate::directory) struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Shared> for Sent<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &Shared) -> Result<Self, Error> {
        match axum_extra::extract::Form::<T>::from_request(request, app).await {
            Ok(sent) => Ok(Sent(sent.0)),
            Err(error) => Err(Error::input(format!("the form has a value that cannot be used: {error}"))),
        }
    }
}

/// A link with its words.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Link {
    pub label: String,
    pub href: String,
    /// The language of the label where it is not the reader's.
    pub lang: Option<&'static str>,
}

/// A row of a list of organisations.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RowView {
    pub href: String,
    pub name: String,
    pub short_name: Option<String>,
    pub named: bool,
    pub kind: String,
    pub place: String,
    pub projects: u32,
    pub clusters: Vec<ClusterView>,
    pub concepts: Vec<Link>,
}

/// A membership in a row.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ClusterView {
    pub name: String,
    pub derived: bool,
}

/// A row of a list.
pub(super) fn row(snapshot: &Snapshot, view: &View, entry: &Entry, acting: &Acting) -> RowView {
    let name = entry.shown_name();
    RowView {
        href: format!("/organisations/{}", entry.id),
        short_name: entry.short_name.clone().filter(|short| *short != name),
        name,
        named: entry.is_named(),
        kind: acting.say(&entry.kind.label_key()),
        place: super::search::place(entry, acting.language),
        projects: entry.project_count,
        clusters: entry
            .memberships_seen(view)
            .filter_map(|membership| {
                let cluster = snapshot.clusters.get(usize::from(membership.cluster))?;
                Some(ClusterView { name: cluster.name.clone(), derived: membership.derived })
            })
            .collect(),
        concepts: entry
            .concepts
            .iter()
            .take(4)
            .filter_map(|place| Some(concept_link(snapshot, &snapshot.concepts.get(usize::from(*place))?.id, acting)))
            .collect(),
    }
}

/// A link to a concept, with its label.
pub(super) fn concept_link(snapshot: &Snapshot, id: &str, acting: &Acting) -> Link {
    let concept = snapshot.concept(id);
    Link {
        label: concept.map_or_else(|| id.to_owned(), |concept| concept.label(acting.language).to_owned()),
        href: format!("/concepts/{}", encoded(id)),
        lang: language_code(concept.and_then(|concept| concept.fallback(acting.language))),
    }
}

/// A value of a filter.
#[derive(Clone, Debug, Serialize)]
pub(super) struct OptionView {
    pub value: String,
    pub label: String,
    pub count: usize,
    pub selected: bool,
}

/// A filter with its values.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FacetView {
    pub key: &'static str,
    pub label: String,
    pub options: Vec<OptionView>,
}

/// What the filters and the head of a list show.
#[derive(Clone, Debug, Serialize)]
pub(super) struct SelectionView {
    pub q: String,
    pub sort: &'static str,
    pub shows_unnamed: bool,
    pub unnamed: usize,
    pub active: usize,
    pub query: String,
    pub facets: Vec<FacetView>,
    pub chips: Vec<Link>,
    pub total: usize,
    pub approximate: bool,
}

/// More values than this in a filter help nobody.
const MOST_OPTIONS: usize = 60;

pub(super) fn selection_view(
    snapshot: &Snapshot,
    selection: &Selection,
    found: &Found,
    acting: &Acting,
    path: &str,
) -> SelectionView {
    let facets = Dimension::ALL
        .into_iter()
        .filter(|dimension| *dimension != Dimension::City)
        .map(|dimension| FacetView {
            key: dimension.key(),
            label: acting.say(&format!("directory-filter-{}", dimension.key())),
            options: options(snapshot, selection, found, dimension, acting),
        })
        .filter(|facet| !facet.options.is_empty())
        .collect();
    let mut chips: Vec<Link> = Vec::new();
    for dimension in Dimension::ALL {
        for value in selection.values(dimension) {
            chips.push(Link {
                label: value_label(snapshot, dimension, value, acting),
                href: format!("{path}?{}", selection.query(Some((dimension.key(), value)))),
                lang: None,
            });
        }
    }
    SelectionView {
        q: selection.q.clone(),
        sort: selection.sort.key(),
        shows_unnamed: selection.shows_unnamed(),
        unnamed: found.unnamed,
        active: selection.active(),
        query: selection.query(None),
        facets,
        chips,
        total: found.positions.len(),
        approximate: found.approximate,
    }
}

fn value_label(snapshot: &Snapshot, dimension: Dimension, value: &str, acting: &Acting) -> String {
    let language: Language = acting.language;
    match dimension {
        Dimension::Kind => match value.parse::<super::model::Kind>() {
            Ok(kind) => acting.say(&kind.label_key()),
            Err(_) => value.to_owned(),
        },
        Dimension::Country => country_name(value, language).to_owned(),
        Dimension::Cluster => snapshot
            .clusters
            .iter()
            .find(|cluster| cluster.slug == value)
            .map_or_else(|| value.to_owned(), |cluster| cluster.name.clone()),
        Dimension::Concept => {
            snapshot.concept(value).map_or_else(|| value.to_owned(), |concept| concept.label(language).to_owned())
        }
        Dimension::Projects => acting.say("directory-with-projects"),
        Dimension::College => college_label(value, acting),
        Dimension::Region | Dimension::City => value.to_owned(),
    }
}

/// A college in the reader's language where it is one of the usual ones, else as its cluster calls it.
pub(super) fn college_label(college: &str, acting: &Acting) -> String {
    let key = format!("college-{}", college.replace('_', "-"));
    if acting.app.texts.knows(acting.language, &key) { acting.say(&key) } else { college.to_owned() }
}

fn options(
    snapshot: &Snapshot,
    selection: &Selection,
    found: &Found,
    dimension: Dimension,
    acting: &Acting,
) -> Vec<OptionView> {
    let empty = std::collections::HashMap::new();
    let counts = found.counts.get(&dimension).unwrap_or(&empty);
    let chosen = selection.values(dimension);
    let mut values: Vec<(&str, usize)> = counts
        .iter()
        .filter(|(value, count)| **count > 0 && (dimension != Dimension::Concept || offered(snapshot, chosen, value)))
        .map(|(value, count)| (value.as_str(), *count))
        .collect();
    // What is chosen stays in the list, so that it can be taken back.
    values.extend(chosen.iter().filter(|value| !counts.contains_key(*value)).map(|value| (value.as_str(), 0)));
    let mut options: Vec<OptionView> = values
        .into_iter()
        .map(|(value, count)| OptionView {
            value: value.to_owned(),
            label: value_label(snapshot, dimension, value, acting),
            count,
            selected: chosen.iter().any(|chosen| chosen == value),
        })
        .collect();
    options.sort_by(|a, b| {
        (!a.selected, std::cmp::Reverse(a.count), &a.label).cmp(&(!b.selected, std::cmp::Reverse(b.count), &b.label))
    });
    options.truncate(MOST_OPTIONS);
    options
}

/// Of the concepts, a filter offers the broadest, and beneath what is chosen the next narrower.
fn offered(snapshot: &Snapshot, chosen: &[String], id: &str) -> bool {
    let Some(concept) = snapshot.concept(id) else { return false };
    match concept.broader.and_then(|place| snapshot.concepts.get(usize::from(place))) {
        None => true,
        Some(broader) => chosen.iter().any(|chosen| *chosen == broader.id || chosen == id),
    }
}
