//! The directory: who is in the field, what they can do, and where each fact about them comes from.

pub mod api;
pub mod contacts;
pub mod countries;
pub mod documents;
pub mod edit;
pub mod export;
pub mod identifiers;
pub mod imports;
pub mod map;
pub mod memberships;
pub mod merge;
pub mod model;
mod names;
pub mod network;
pub mod notes;
pub mod pages;
mod personal;
pub mod record;
pub mod search;
pub mod size;
mod store;
mod trail;

pub use personal::ImportHolding;

use self::{
    record::{Facility, Participant, PastProject, PastProjectId, ProjectFilter, ProjectRow, Record},
    search::{Found, Selection},
};
use crate::{
    accounts::{
        Action, Actor, ClusterId, Resource, decide,
        visibility::{self, Reader},
    },
    directory::search::Catalogue,
    foundation::{errors::Error, instance::App},
};

id! {
    /// An organisation of the directory.
    OrganisationId
}

/// How many projects a page of an organisation shows.
pub const PROJECTS_PAGE: i64 = 20;

/// What a selection comes to for a reader.
pub fn list(app: &App, actor: &Actor, reader: &Reader, selection: &Selection) -> Result<Found, Error> {
    decide(actor, Action::ReadDirectory, Resource::Instance)?;
    let snapshot = app.part::<Catalogue>().snapshot();
    snapshot.select(&snapshot.view(reader), selection)
}

/// Whether the cluster counts the organisation among its members, as far as the actor sees it.
pub async fn is_member(app: &App, actor: &Actor, id: OrganisationId, cluster: ClusterId) -> Result<bool, Error> {
    decide(actor, Action::ReadDirectory, Resource::Instance)?;
    let reader = visibility::reader(&app.database, actor).await?;
    store::is_member(&app.database, &reader, id, cluster).await
}

/// The record of an organisation.
pub async fn record(app: &App, actor: &Actor, id: OrganisationId) -> Result<Record, Error> {
    decide(actor, Action::ReadDirectory, Resource::Instance)?;
    let database = &app.database;
    let organisation = store::organisations(database, &[id])
        .await?
        .pop()
        .ok_or_else(|| Error::NotFound(format!("the organisation {id}")))?;
    let parent = async {
        match organisation.parent_id {
            Some(parent) => store::relative(database, parent).await,
            None => Ok(None),
        }
    };
    let reader = visibility::reader(database, actor).await?;
    let (identifiers, names, statements, competences, declarations, memberships, facilities, parent, parts, years) = tokio::try_join!(
        store::identifiers(database, id),
        store::names(database, id),
        store::statements(database, id),
        store::competences(database, id),
        store::declarations(database, id),
        store::memberships(database, id),
        store::facilities_of(database, id),
        parent,
        store::parts(database, id),
        store::years(database, id),
    )?;
    let (memberships, hidden) = memberships::seen(&reader, memberships);
    let record = Record {
        organisation,
        identifiers,
        names,
        statements,
        competences,
        declarations,
        memberships,
        facilities,
        parent,
        parts,
        years,
    };
    Ok(memberships::without_sources(record, &hidden))
}

/// Projects of an organisation, a page of them, and how many there are in all.
pub async fn projects(
    app: &App,
    actor: &Actor,
    id: OrganisationId,
    filter: &ProjectFilter,
) -> Result<(Vec<ProjectRow>, i64), Error> {
    decide(actor, Action::ReadDirectory, Resource::Instance)?;
    store::projects(&app.database, id, filter, PROJECTS_PAGE).await
}

/// A past project with its participants and its concepts.
pub async fn past_project(
    app: &App,
    actor: &Actor,
    id: PastProjectId,
) -> Result<(PastProject, Vec<Participant>, Vec<String>), Error> {
    decide(actor, Action::ReadDirectory, Resource::Instance)?;
    let database = &app.database;
    let project =
        store::past_project(database, id).await?.ok_or_else(|| Error::NotFound(format!("the past project {id}")))?;
    let (participants, concepts) =
        tokio::try_join!(store::participants(database, id), store::concepts_of_project(database, id))?;
    Ok((project, participants, concepts))
}

/// A figure that a source states of a facility.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct FacilityFigure {
    /// The field.
    pub field: String,
    /// The value.
    pub value: String,
    /// `about`, `at least` and such.
    pub qualifier: Option<String>,
    /// The day it is true of.
    pub observed_on: Option<String>,
    /// The source.
    pub source: String,
}

/// All facilities, each with the figures that sources state of it.
pub async fn facilities(app: &App, actor: &Actor) -> Result<Vec<(Facility, Vec<FacilityFigure>)>, Error> {
    decide(actor, Action::ReadDirectory, Resource::Instance)?;
    let (facilities, statements) =
        tokio::try_join!(store::facilities(&app.database), store::facility_statements(&app.database))?;
    let mut figures: std::collections::HashMap<OrganisationId, Vec<FacilityFigure>> = std::collections::HashMap::new();
    for (id, field, value, qualifier, observed_on, source) in statements {
        figures.entry(id).or_default().push(FacilityFigure { field, value, qualifier, observed_on, source });
    }
    Ok(facilities
        .into_iter()
        .map(|facility| {
            let own = figures.remove(&facility.id).unwrap_or_default();
            (facility, own)
        })
        .collect())
}
