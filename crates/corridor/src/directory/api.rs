//! The directory as JSON: for programs, for the pictures of the pages, and for fields that suggest.

use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    OrganisationId, map,
    model::Kind,
    network::{self, NetworkData, Partner},
    pages::Asked,
    record::{Declaration, Facility, Identifier, Membership, Organisation, OtherName, Statement, YearOfProjects},
    search::{Dimension, Entry, Selection, Snapshot, Suggestion, View},
};
use crate::{
    accounts::{Acting, Action, Resource, Route},
    directory::search::Catalogue,
    foundation::{errors::Error, languages::Language},
};

/// How many suggestions are offered.
const SUGGESTIONS: usize = 8;

/// The routes of the API.
pub fn routes() -> Vec<Route> {
    use axum::routing::get;
    vec![
        Route::get("/api/organisations", Action::ReadDirectory, get(list)),
        Route::get("/api/organisations/suggest", Action::ReadDirectory, get(suggest)),
        Route::get("/api/organisations/{id}", Action::ReadDirectory, get(one)),
        Route::get("/api/organisations/{id}/network", Action::ReadDirectory, get(picture_of_network)),
        Route::get("/api/organisations/{id}/timeline", Action::ReadDirectory, get(timeline)),
        Route::get("/api/concepts/suggest", Action::ReadDirectory, get(suggest_concepts)),
        Route::get("/api/map", Action::ReadDirectory, get(picture_of_map)),
    ]
}

/// An organisation in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrganisationSummary {
    /// Its id.
    pub id: OrganisationId,
    /// What it is called; `PIC ...` where the data has no name.
    pub name: String,
    /// Whether the data has a name.
    pub named: bool,
    /// Its short name.
    pub short_name: Option<String>,
    /// Its PIC.
    pub pic: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Its country, two letters.
    pub country: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// Its city.
    pub city: Option<String>,
    /// Latitude.
    pub lat: Option<f64>,
    /// Longitude.
    pub lon: Option<f64>,
    /// In how many known projects it takes part.
    pub projects: u32,
    /// Clusters it is a member of.
    pub clusters: Vec<ClusterOfMember>,
    /// Its competences as concept ids, the strongest first.
    pub concepts: Vec<String>,
}

/// A membership in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClusterOfMember {
    /// The cluster's word in addresses.
    pub slug: String,
    /// The cluster.
    pub name: String,
    /// Whether the membership was derived from the region and is not stated by any source.
    pub derived_from_region: bool,
}

/// An organisation as lists give it.
pub fn summary(snapshot: &Snapshot, view: &View, entry: &Entry) -> OrganisationSummary {
    OrganisationSummary {
        id: entry.id,
        name: entry.shown_name(),
        named: entry.is_named(),
        short_name: entry.short_name.clone(),
        pic: entry.pic.clone(),
        kind: entry.kind,
        country: entry.country.clone(),
        region: entry.region.clone(),
        city: entry.city.clone(),
        lat: entry.point.map(|(lat, _)| lat),
        lon: entry.point.map(|(_, lon)| lon),
        projects: entry.project_count,
        clusters: entry
            .memberships_seen(view)
            .filter_map(|membership| {
                let cluster = snapshot.clusters.get(usize::from(membership.cluster))?;
                Some(ClusterOfMember {
                    slug: cluster.slug.clone(),
                    name: cluster.name.clone(),
                    derived_from_region: membership.derived,
                })
            })
            .collect(),
        concepts: entry
            .concepts
            .iter()
            .filter_map(|place| Some(snapshot.concepts.get(usize::from(*place))?.id.clone()))
            .collect(),
    }
}

/// A page of organisations.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrganisationPage {
    /// How many there are in all.
    pub total: usize,
    /// This page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// Whether close spellings or parts of the search had to be allowed.
    pub approximate: bool,
    /// How many organisations without a name the same selection would add.
    pub unnamed: usize,
    /// The organisations.
    pub organisations: Vec<OrganisationSummary>,
    /// How many organisations each value of each filter would show.
    pub facets: std::collections::BTreeMap<String, std::collections::BTreeMap<String, usize>>,
}

/// Organisations of the directory, selected and sorted.
#[utoipa::path(get, path = "/api/organisations", tag = "directory", params(Selection), responses((status = 200, body = OrganisationPage)))]
pub async fn list(acting: Acting, Asked(selection): Asked<Selection>) -> Result<Json<OrganisationPage>, Error> {
    let found = super::list(&acting.app, &acting.actor, acting.reader().await?, &selection)?;
    let snapshot = acting.app.part::<Catalogue>().snapshot();
    let page = selection.page_number();
    let view = snapshot.view(acting.reader().await?);
    let facets = Dimension::ALL
        .into_iter()
        .filter_map(|dimension| {
            let counts = found.counts.get(&dimension)?;
            Some((dimension.key().to_owned(), counts.iter().map(|(value, count)| (value.clone(), *count)).collect()))
        })
        .collect();
    Ok(Json(OrganisationPage {
        total: found.positions.len(),
        page,
        pages: found.pages(),
        approximate: found.approximate,
        unnamed: found.unnamed,
        organisations: found
            .page(page)
            .iter()
            .filter_map(|position| Some(summary(&snapshot, &view, snapshot.entries.get(*position as usize)?)))
            .collect(),
        facets,
    }))
}

/// Everything known of an organisation.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrganisationDetail {
    /// What it is called.
    pub shown_name: String,
    /// The facts shown first.
    pub organisation: Organisation,
    /// Identifiers.
    pub identifiers: Vec<Identifier>,
    /// Other names.
    pub names: Vec<OtherName>,
    /// Memberships.
    pub memberships: Vec<Membership>,
    /// Competences with their labels.
    pub competences: Vec<CompetenceDetail>,
    /// What it says of itself.
    pub declarations: Vec<Declaration>,
    /// Facilities.
    pub facilities: Vec<Facility>,
    /// Projects by year.
    pub years: Vec<YearOfProjects>,
    /// The closest partners.
    pub partners: Vec<Partner>,
    /// What sources state, field by field.
    pub statements: Vec<Statement>,
}

/// A competence with its labels.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CompetenceDetail {
    /// The concept.
    pub concept: String,
    /// Its English label.
    pub label_en: Option<String>,
    /// Its French label.
    pub label_fr: Option<String>,
    /// `declared`, `vouched` or `derived`.
    pub basis: String,
    /// How strong.
    pub weight: f64,
    /// How many projects show it.
    pub project_count: i64,
    /// The source.
    pub source: String,
}

/// One organisation with everything known of it.
#[utoipa::path(get, path = "/api/organisations/{id}", tag = "directory", params(("id" = OrganisationId, Path, description = "The organisation.")),
    responses((status = 200, body = OrganisationDetail)))]
pub async fn one(acting: Acting, Path(id): Path<OrganisationId>) -> Result<Json<OrganisationDetail>, Error> {
    let record = super::record(&acting.app, &acting.actor, id).await?;
    let snapshot = acting.app.part::<Catalogue>().snapshot();
    let (partners, _) = network::partners(&snapshot, id, 50);
    let shown_name = record.shown_name();
    let competences = record
        .competences
        .into_iter()
        .map(|competence| {
            let concept = snapshot.concept(&competence.concept_id);
            CompetenceDetail {
                label_en: concept.and_then(|concept| concept.label_en.clone()),
                label_fr: concept.and_then(|concept| concept.label_fr.clone()),
                concept: competence.concept_id,
                basis: competence.basis,
                weight: competence.weight,
                project_count: competence.project_count,
                source: competence.source,
            }
        })
        .collect();
    Ok(Json(OrganisationDetail {
        shown_name,
        organisation: record.organisation,
        identifiers: record.identifiers,
        names: record.names,
        memberships: record.memberships,
        competences,
        declarations: record.declarations,
        facilities: record.facilities,
        years: record.years,
        partners,
        statements: record.statements,
    }))
}

/// What was typed.
#[derive(Debug, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Typed {
    /// The text so far.
    #[param(example = "pasteur")]
    pub q: String,
}

/// Organisations that fit what was typed.
#[utoipa::path(get, path = "/api/organisations/suggest", tag = "directory", params(Typed), responses((status = 200, body = [Suggestion])))]
pub async fn suggest(acting: Acting, Asked(typed): Asked<Typed>) -> Result<Json<Vec<Suggestion>>, Error> {
    acting.may(Action::ReadDirectory, Resource::Instance)?;
    let snapshot = acting.app.part::<Catalogue>().snapshot();
    Ok(Json(snapshot.suggest(&acting.app.texts, acting.language, &typed.q, SUGGESTIONS)?))
}

/// Competences that fit what was typed, in either language.
#[utoipa::path(get, path = "/api/concepts/suggest", tag = "directory", params(Typed), responses((status = 200, body = [Suggestion])))]
pub async fn suggest_concepts(acting: Acting, Asked(typed): Asked<Typed>) -> Result<Json<Vec<Suggestion>>, Error> {
    acting.may(Action::ReadDirectory, Resource::Instance)?;
    let snapshot = acting.app.part::<Catalogue>().snapshot();
    Ok(Json(snapshot.suggest_concepts(&acting.app.texts, acting.language, &typed.q, SUGGESTIONS)))
}

/// The closest partners of an organisation, as a picture.
#[utoipa::path(get, path = "/api/organisations/{id}/network", tag = "directory", params(("id" = OrganisationId, Path, description = "The organisation.")),
    responses((status = 200, body = NetworkData)))]
pub async fn picture_of_network(acting: Acting, Path(id): Path<OrganisationId>) -> Result<Json<NetworkData>, Error> {
    acting.may(Action::ReadDirectory, Resource::Instance)?;
    let snapshot = acting.app.part::<Catalogue>().snapshot();
    if snapshot.position(id).is_none() {
        return Err(Error::NotFound(format!("the organisation {id}")));
    }
    Ok(Json(network::draw(&snapshot, id, &acting.app.texts, acting.language)))
}

/// Bars over years.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BarsData {
    /// Years.
    pub categories: Vec<String>,
    /// Coordinated and joined projects.
    pub series: Vec<BarsSeries>,
    /// What is counted.
    pub unit: &'static str,
    /// The list of a year.
    pub hrefs: Vec<String>,
}

/// One row of bars.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BarsSeries {
    /// What it is.
    pub name: String,
    /// One value a year.
    pub values: Vec<i64>,
}

/// The projects of an organisation by the year in which they began.
#[utoipa::path(get, path = "/api/organisations/{id}/timeline", tag = "directory", params(("id" = OrganisationId, Path, description = "The organisation.")),
    responses((status = 200, body = BarsData)))]
pub async fn timeline(acting: Acting, Path(id): Path<OrganisationId>) -> Result<Response, Error> {
    let record = super::record(&acting.app, &acting.actor, id).await?;
    Ok(Json(bars(&record.years, id, &acting)).into_response())
}

fn bars(years: &[YearOfProjects], id: OrganisationId, acting: &Acting) -> BarsData {
    let number = |year: &YearOfProjects| year.year.parse::<i32>().ok();
    let (first, last) = (years.iter().filter_map(number).min(), years.iter().filter_map(number).max());
    let mut categories = Vec::new();
    let (mut coordinated, mut joined, mut hrefs) = (Vec::new(), Vec::new(), Vec::new());
    if let (Some(first), Some(last)) = (first, last) {
        // A year without projects is a bar of no height, not a gap that nobody sees.
        for year in first..=last {
            let found = years.iter().find(|of| number(of) == Some(year));
            coordinated.push(found.map_or(0, |of| of.coordinated));
            joined.push(found.map_or(0, |of| of.joined));
            hrefs.push(format!("/organisations/{id}?year={year}#projects"));
            categories.push(year.to_string());
        }
    }
    BarsData {
        categories,
        series: vec![
            BarsSeries { name: acting.say("directory-as-coordinator"), values: coordinated },
            BarsSeries { name: acting.say("directory-as-partner"), values: joined },
        ],
        unit: "count",
        hrefs,
    }
}

/// The map of a selection.
#[utoipa::path(get, path = "/api/map", tag = "directory", params(Selection), responses((status = 200, body = map::MapData)))]
pub async fn picture_of_map(acting: Acting, Asked(selection): Asked<Selection>) -> Result<Json<map::MapData>, Error> {
    let found = super::list(&acting.app, &acting.actor, acting.reader().await?, &selection)?;
    let snapshot = acting.app.part::<Catalogue>().snapshot();
    Ok(Json(map::draw(&snapshot, &selection, &found, &acting.app.texts, acting.language)))
}

/// The label of a language that a text is in, where it is not the reader's.
pub(super) fn language_code(language: Option<Language>) -> Option<&'static str> {
    language.map(Language::code)
}
