//! SQL of the search: reads the whole directory, to be indexed.

use std::collections::HashMap;

use sqlx::FromRow;
use uuid::Uuid;

use super::{
    snapshot::{ClusterEntry, ConceptEntry, Contents, Entry, EntryMembership, Lists, MembershipCircle},
    text::{Indexed, identifier_key},
};
use crate::{
    accounts::{ClusterId, visibility::Audience},
    directory::{
        OrganisationId, countries,
        model::{DERIVED_FROM_REGION, Kind, plain},
        store,
    },
    foundation::{database::Database, errors::Error, languages::Language},
};

#[derive(FromRow)]
struct OrganisationRow {
    id: OrganisationId,
    name: Option<String>,
    short_name: Option<String>,
    kind: String,
    country: Option<String>,
    region: Option<String>,
    city: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    description: Option<String>,
    project_count: i64,
}

#[derive(FromRow)]
struct MembershipRow {
    cluster_id: ClusterId,
    organisation_id: OrganisationId,
    college: Option<String>,
    basis: String,
    #[sqlx(try_from = "String")]
    audience: Audience,
    also_derived: bool,
}

#[derive(FromRow)]
struct ClusterRow {
    id: ClusterId,
    slug: String,
    name: String,
}

/// The directory with the texts to be indexed, one an entry and in the same order.
pub(super) struct Read {
    pub contents: Contents,
    pub indexed: Vec<Indexed>,
}

/// Reads everything, table by table.
pub(super) async fn read(database: &Database) -> Result<Read, Error> {
    let organisations: Vec<OrganisationRow> = rows!(
        database,
        "SELECT id, name, short_name, kind, country, region, city, lat, lon, description, project_count
         FROM organisations WHERE merged_into IS NULL",
    );
    let positions: HashMap<OrganisationId, u32> =
        organisations.iter().enumerate().map(|(position, row)| (row.id, position as u32)).collect();
    let mut indexed: Vec<Indexed> = Vec::with_capacity(organisations.len());
    let mut entries: Vec<Entry> = Vec::with_capacity(organisations.len());
    for row in organisations {
        let name = row.name.filter(|name| !name.trim().is_empty());
        let mut texts = Indexed::default();
        texts.names.extend(name.iter().chain(row.short_name.iter()).cloned());
        texts.places.extend(row.city.iter().chain(row.region.iter()).cloned());
        if let Some(country) = &row.country {
            texts.places.push(country.clone());
            texts.places.extend(Language::ALL.map(|language| countries::country_name(country, language).to_owned()));
        }
        texts.texts.extend(row.description.into_iter().map(|text| (None, text)));
        indexed.push(texts);
        entries.push(Entry {
            id: row.id,
            name,
            short_name: row.short_name.filter(|name| !name.trim().is_empty()),
            other_names: Vec::new(),
            pic: None,
            kind: Kind::stored(&row.kind),
            country: row.country,
            region: row.region,
            city: row.city,
            point: row.lat.zip(row.lon),
            project_count: u32::try_from(row.project_count).unwrap_or(0),
            memberships: Vec::new(),
            concepts: Vec::new(),
            covered: Vec::new(),
            sort_name: String::new(),
            sort_short: String::new(),
        });
    }

    let identifiers = store::all_identifiers(database).await?;
    for (id, scheme, value) in identifiers {
        let Some(position) = positions.get(&id).map(|position| *position as usize) else { continue };
        if scheme == "pic" && entries[position].pic.is_none() {
            entries[position].pic = Some(value.clone());
        }
        indexed[position].identifiers.push(identifier_key(&value));
    }

    let names: Vec<(OrganisationId, String)> = rows!(database, "SELECT organisation_id, name FROM organisation_names");
    for (id, name) in names {
        let Some(position) = positions.get(&id).map(|position| *position as usize) else { continue };
        let known = &mut indexed[position].names;
        if !known.contains(&name) {
            entries[position].other_names.push(plain(&name));
            known.push(name);
        }
    }

    let (clusters, circles) = read_memberships(database, &positions, &mut entries, &mut indexed).await?;
    let concepts = read_competences(database, &positions, &mut entries, &mut indexed).await?;

    let declarations: Vec<(OrganisationId, String)> =
        rows!(database, "SELECT organisation_id, text FROM organisation_declarations");
    for (id, text) in declarations {
        if let Some(position) = positions.get(&id) {
            indexed[*position as usize].texts.push((None, text));
        }
    }

    let members = read_participations(database, &positions).await?;
    Ok(Read { contents: Contents { entries, clusters, circles, concepts, members }, indexed })
}

async fn read_memberships(
    database: &Database,
    positions: &HashMap<OrganisationId, u32>,
    entries: &mut [Entry],
    indexed: &mut [Indexed],
) -> Result<(Vec<ClusterEntry>, Vec<MembershipCircle>), Error> {
    let clusters: Vec<ClusterRow> = rows!(database, "SELECT id, slug, name FROM clusters ORDER BY name");
    let places: HashMap<ClusterId, u16> =
        clusters.iter().enumerate().map(|(position, cluster)| (cluster.id, position as u16)).collect();
    let memberships: Vec<MembershipRow> = rows!(
        database,
        "SELECT cluster_id, organisation_id, college, basis, audience, also_derived FROM memberships ORDER BY cluster_id",
    );
    let mut circles: Vec<MembershipCircle> = Vec::new();
    let mut circle_of = |cluster: ClusterId, audience: &Audience, instead: bool| {
        let circle = MembershipCircle { cluster, audience: audience.clone(), instead };
        let place = circles.iter().position(|known| *known == circle).unwrap_or_else(|| {
            circles.push(circle);
            circles.len() - 1
        });
        u16::try_from(place).unwrap_or(u16::MAX)
    };
    for MembershipRow { cluster_id: cluster, organisation_id: organisation, college, basis, audience, also_derived } in
        memberships
    {
        let (Some(position), Some(place)) = (positions.get(&organisation), places.get(&cluster)) else { continue };
        let derived = basis == DERIVED_FROM_REGION;
        let position = *position as usize;
        let circle = circle_of(cluster, &audience, false);
        entries[position].memberships.push(EntryMembership { cluster: *place, college, derived, circle });
        let shown_to_all = audience == Audience::Public;
        if also_derived && !shown_to_all {
            let circle = circle_of(cluster, &audience, true);
            let beneath = EntryMembership { cluster: *place, college: None, derived: true, circle };
            entries[position].memberships.push(beneath);
        }
        // The words of the index are the same for everybody: only what everybody sees is among them.
        if shown_to_all || also_derived {
            indexed[position].places.push(clusters[usize::from(*place)].name.clone());
        }
    }
    let clusters = clusters.into_iter().map(|row| ClusterEntry { id: row.id, slug: row.slug, name: row.name });
    Ok((clusters.collect(), circles))
}

async fn read_competences(
    database: &Database,
    positions: &HashMap<OrganisationId, u32>,
    entries: &mut [Entry],
    indexed: &mut [Indexed],
) -> Result<Vec<ConceptEntry>, Error> {
    let concepts = read_concepts(database).await?;
    let places: HashMap<&str, u16> =
        concepts.iter().enumerate().map(|(position, concept)| (concept.id.as_str(), position as u16)).collect();
    // Vouched and declared competences stand before derived ones of any weight.
    let competences: Vec<(OrganisationId, String)> = rows!(
        database,
        "SELECT organisation_id, concept_id FROM organisation_competences
         ORDER BY organisation_id, CASE basis WHEN 'vouched' THEN 0 WHEN 'declared' THEN 1 ELSE 2 END,
                  weight DESC, concept_id",
    );
    for (organisation, concept) in competences {
        let (Some(position), Some(place)) = (positions.get(&organisation), places.get(concept.as_str())) else {
            continue;
        };
        let position = *position as usize;
        if entries[position].concepts.contains(place) {
            continue;
        }
        entries[position].concepts.push(*place);
        let concept = &concepts[usize::from(*place)];
        let texts = &mut indexed[position].texts;
        texts.extend(concept.label_en.iter().map(|label| (Some(Language::En), label.clone())));
        texts.extend(concept.label_fr.iter().map(|label| (Some(Language::Fr), label.clone())));
        texts.extend(concept.alternatives.iter().map(|(language, label)| (Some(*language), label.clone())));
    }
    Ok(concepts)
}

async fn read_concepts(database: &Database) -> Result<Vec<ConceptEntry>, Error> {
    let rows: Vec<(String, Option<String>)> = rows!(database, "SELECT id, broader FROM concepts ORDER BY id");
    let places: HashMap<String, u16> =
        rows.iter().enumerate().map(|(position, (id, _))| (id.clone(), position as u16)).collect();
    let mut concepts: Vec<ConceptEntry> = rows
        .into_iter()
        .map(|(id, broader)| ConceptEntry {
            id,
            broader: broader.and_then(|id| places.get(&id).copied()),
            label_en: None,
            label_fr: None,
            alternatives: Vec::new(),
        })
        .collect();
    let labels: Vec<(String, String, String, String)> =
        rows!(database, "SELECT concept_id, language, kind, label FROM concept_labels ORDER BY concept_id, label",);
    for (concept, language, kind, label) in labels {
        let (Some(place), Ok(language)) = (places.get(&concept), language.parse::<Language>()) else { continue };
        let concept = &mut concepts[usize::from(*place)];
        let preferred = match language {
            Language::En => &mut concept.label_en,
            Language::Fr => &mut concept.label_fr,
        };
        if kind.starts_with("pref") {
            *preferred = Some(label);
        } else {
            concept.alternatives.push((language, label));
        }
    }
    Ok(concepts)
}

async fn read_participations(database: &Database, positions: &HashMap<OrganisationId, u32>) -> Result<Lists, Error> {
    let rows: Vec<(Uuid, OrganisationId)> = rows!(database, "SELECT project_id, organisation_id FROM participations");
    let mut projects: HashMap<Uuid, u32> = HashMap::new();
    let mut pairs = Vec::with_capacity(rows.len());
    for (project, organisation) in rows {
        let Some(position) = positions.get(&organisation) else { continue };
        let next = projects.len() as u32;
        pairs.push((*projects.entry(project).or_insert(next), *position));
    }
    Ok(Lists::of_pairs(projects.len(), &pairs))
}
