//! Competences as a tree of concepts, the page of a concept, and the list of facilities.

use axum::{extract::Path, response::Html};
use serde::Serialize;

use super::{
    Link, concept_link,
    figures::{field_label, qualifier_label, value_words},
    row,
};
use crate::{
    accounts::Acting,
    directory::{
        self,
        countries::country_name,
        model::{shown_city, shown_name},
        search::Catalogue,
        search::{ConceptEntry, Dimension, Selection, Snapshot, encoded},
    },
    foundation::{errors::Error, languages::Language, pages::Serde},
};

/// How many organisations the page of a concept shows.
const SHOWN: usize = 15;

#[derive(Serialize)]
struct Branch {
    concept: Link,
    count: usize,
    narrower: Vec<Branch>,
}

async fn counts(acting: &Acting) -> Result<std::collections::HashMap<String, usize>, Error> {
    let selection = Selection::default();
    let mut found = directory::list(&acting.app, &acting.actor, acting.reader().await?, &selection)?;
    Ok(found.counts.remove(&Dimension::Concept).unwrap_or_default())
}

fn sorted(mut branches: Vec<Branch>) -> Vec<Branch> {
    branches.sort_by_key(|branch| directory::model::plain(&branch.concept.label));
    branches
}

/// Two levels, the broadest concepts with those just beneath that somebody shows: the whole tree of a thousand concepts
/// would be a page nobody reads.
pub(super) async fn tree(acting: Acting) -> Result<Html<String>, Error> {
    let counts = counts(&acting).await?;
    let snapshot = acting.app.part::<Catalogue>().snapshot();
    let branch = |concept: &ConceptEntry, narrower: Vec<Branch>| Branch {
        concept: concept_link(&snapshot, &concept.id, &acting),
        count: counts.get(&concept.id).copied().unwrap_or(0),
        narrower,
    };
    let beneath = |place: u16| {
        sorted(
            snapshot
                .concepts
                .iter()
                .filter(|concept| concept.broader == Some(place) && counts.contains_key(&concept.id))
                .map(|concept| branch(concept, Vec::new()))
                .collect(),
        )
    };
    let roots = sorted(
        snapshot
            .concepts
            .iter()
            .enumerate()
            .filter(|(_, concept)| concept.broader.is_none())
            .map(|(place, concept)| branch(concept, beneath(place as u16)))
            .collect(),
    );
    acting
        .page(
            "directory/competences.html",
            minijinja::context! { roots => Serde(&roots), concept_total => snapshot.concepts.len() },
        )
        .await
}

/// The concepts above, the broadest first.
fn above(snapshot: &Snapshot, concept: &ConceptEntry) -> Vec<String> {
    let mut ids = Vec::new();
    let mut next = concept.broader;
    while let Some(found) = next.and_then(|place| snapshot.concepts.get(usize::from(place))) {
        ids.push(found.id.clone());
        // The count guards against a circle in the data.
        next = found.broader.filter(|_| ids.len() < 16);
    }
    ids.reverse();
    ids
}

pub(super) async fn page(acting: Acting, Path(id): Path<String>) -> Result<Html<String>, Error> {
    let counts = counts(&acting).await?;
    let snapshot = acting.app.part::<Catalogue>().snapshot();
    let concept = snapshot.concept(&id).ok_or_else(|| Error::NotFound(format!("the competence {id}")))?;
    let place = snapshot.concept_position(&id);
    let broader: Vec<Link> =
        above(&snapshot, concept).iter().map(|above| concept_link(&snapshot, above, &acting)).collect();
    let narrower = sorted(
        snapshot
            .concepts
            .iter()
            .filter(|other| other.broader.is_some() && other.broader == place)
            .map(|other| Branch {
                concept: concept_link(&snapshot, &other.id, &acting),
                count: counts.get(&other.id).copied().unwrap_or(0),
                narrower: Vec::new(),
            })
            .collect(),
    );
    let selection = Selection { concept: vec![id.clone()], ..Selection::default() };
    let found = directory::list(&acting.app, &acting.actor, acting.reader().await?, &selection)?;
    let view = snapshot.view(acting.reader().await?);
    let rows: Vec<_> = found
        .positions
        .iter()
        .take(SHOWN)
        .filter_map(|position| Some(row(&snapshot, &view, snapshot.entries.get(*position as usize)?, &acting)))
        .collect();
    let other_label = match acting.language {
        Language::En => concept.label_fr.clone(),
        Language::Fr => concept.label_en.clone(),
    };
    let alternatives = |language: Language| -> Vec<&str> {
        let of_language = concept.alternatives.iter().filter(|(of, _)| *of == language);
        of_language.map(|(_, label)| label.as_str()).collect()
    };
    acting
        .page(
            "directory/concept.html",
            minijinja::context! {
                id => id.clone(),
                concept => Serde(&concept_link(&snapshot, &id, &acting)),
                other_label,
                other_lang => acting.language.other().code(),
                alternatives => Serde(&alternatives(acting.language)),
                other_alternatives => Serde(&alternatives(acting.language.other())),
                broader => Serde(&broader),
                narrower => Serde(&narrower),
                rows => Serde(&rows),
                total => found.positions.len(),
                list_href => format!("/organisations?concept={}", encoded(&id)),
                map_href => format!("/map?concept={}", encoded(&id)),
            },
        )
        .await
}

#[derive(Serialize)]
struct FacilityRow {
    name: String,
    href: String,
    place: String,
    purpose: Option<String>,
    operator: Option<Link>,
    figures: Vec<FigureView>,
    source: String,
}

#[derive(Serialize)]
struct FigureView {
    label: String,
    value: String,
    qualifier_label: String,
    qualifier: Option<String>,
    observed_on: Option<String>,
    source: String,
}

pub(super) async fn facilities(acting: Acting) -> Result<Html<String>, Error> {
    let facilities = directory::facilities(&acting.app, &acting.actor).await?;
    let rows: Vec<FacilityRow> = facilities
        .into_iter()
        .map(|(facility, figures)| {
            let described = figures.iter().find(|figure| figure.field == "description");
            let description = described.map(|figure| figure.value.clone());
            let country = facility.country.as_deref().map(|code| country_name(code, acting.language));
            FacilityRow {
                name: shown_name(facility.name.as_deref(), None, facility.id),
                href: format!("/organisations/{}", facility.id),
                place: [facility.city.as_deref().map(shown_city).as_deref(), country]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(", "),
                purpose: facility.purpose.or(description),
                operator: facility.operator_id.map(|operator| Link {
                    label: shown_name(facility.operator.as_deref(), None, operator),
                    href: format!("/organisations/{operator}"),
                    lang: None,
                }),
                figures: figures
                    .into_iter()
                    .filter(|figure| !SHOWN_ELSEWHERE.contains(&figure.field.as_str()))
                    .map(|figure| FigureView {
                        label: field_label(&figure.field, &acting),
                        value: value_words(&figure.value, &acting),
                        qualifier_label: qualifier_label(figure.qualifier.as_deref(), &acting),
                        qualifier: figure.qualifier,
                        observed_on: figure.observed_on,
                        source: figure.source,
                    })
                    .collect(),
                source: facility.source,
            }
        })
        .collect();
    acting.page("directory/facilities.html", minijinja::context! { rows => Serde(&rows) }).await
}

/// Fields that a row shows outside its figures.
const SHOWN_ELSEWHERE: [&str; 15] = [
    "name",
    "short_name",
    "kind",
    "nature",
    "country",
    "region",
    "city",
    "postcode",
    "address",
    "position",
    "website",
    "website_2008",
    "role",
    "sme",
    "description",
];
