//! Memberships of the demonstration clusters, derived from the region by a stated rule.
//!
//! Who is a member of which cluster is not public. A French organisation that took part in EU health projects and is
//! located in a cluster's area is taken as a member, marked `derived_from_region`; every page says so.

use std::collections::HashMap;

use crate::{
    directory::{
        OrganisationId,
        imports::{
            places::{department, town_key},
            run::{Counts, Report},
            sources,
            store::{self, French},
        },
        model::DERIVED_FROM_REGION,
        store::{Replacing, Rows, StoredMembership},
    },
    foundation::{database::Database, errors::Error, sources::put},
};

/// The area of a cluster: its departments, and the region as documents name it.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// The cluster's word in addresses.
    pub cluster: &'static str,
    /// The departments.
    pub departments: &'static [&'static str],
    /// Regions named in documents that lie in the area as a whole.
    pub regions: &'static [&'static str],
}

/// The areas of the French health clusters.
pub const AREAS: &[Area] = &[
    Area {
        cluster: "medicen",
        departments: &["75", "77", "78", "91", "92", "93", "94", "95"],
        regions: &["Île-de-France"],
    },
    Area {
        cluster: "lyonbiopole",
        departments: &["01", "03", "07", "15", "26", "38", "42", "43", "63", "69", "73", "74"],
        regions: &["Auvergne-Rhône-Alpes"],
    },
    Area { cluster: "alsace-biovalley", departments: &["67", "68"], regions: &["Alsace"] },
    Area {
        cluster: "eurobiomed",
        departments: &["04", "05", "06", "11", "13", "30", "34", "48", "66", "83", "84"],
        regions: &["Provence-Alpes-Côte d'Azur"],
    },
    Area {
        cluster: "cancer-bio-sante",
        departments: &["09", "12", "19", "23", "31", "32", "46", "65", "81", "82", "87"],
        regions: &["Midi-Pyrénées", "Limousin"],
    },
    Area {
        cluster: "atlantic-biotherapies",
        departments: &["44", "49", "53", "72", "85"],
        regions: &["Pays de la Loire"],
    },
    Area {
        cluster: "nutrition-sante-longevite",
        departments: &["02", "59", "60", "62", "80"],
        regions: &["Hauts-de-France", "Nord-Pas-de-Calais"],
    },
];

/// At most so many members are derived for one cluster, the most active first: about what such a cluster has.
const MOST: usize = 300;

/// Derives and stores, given how many health projects each organisation took part in.
pub(super) async fn derive(
    database: &Database,
    health: &HashMap<OrganisationId, i64>,
    report: Report<'_>,
) -> Result<Counts, Error> {
    report("derived.memberships", 0, 1);
    let clusters = store::clusters(database).await?;
    let french = store::french(database).await?;
    let towns = departments_of_towns(&french);
    let departments: Vec<Option<String>> = french.iter().map(|one| department_of(one, &towns, &french)).collect();
    let mut transaction = database.begin().await?;
    let source = put(&mut transaction, &sources::DERIVED_MEMBERSHIPS).await?;
    store::forget_derived_memberships(&mut transaction).await?;
    // A membership that somebody states stands before a derived one.
    let mut rows = Rows::new(Replacing::Nothing);
    for area in AREAS {
        let Some(cluster) = clusters.get(area.cluster) else { continue };
        let mut members: Vec<(&French, i64)> = french
            .iter()
            .zip(&departments)
            .filter(|(one, _)| !matches!(one.kind.as_str(), "cluster" | "public_authority"))
            .filter(|(one, department)| lies_in(area, one, department.as_deref()))
            .filter_map(|(one, _)| {
                let active = health.get(&one.id).copied().unwrap_or(0);
                // Organisations of the network are of the field by the documents that name them.
                let named = one.slug.is_some() && one.kind != "other" && one.kind != "association";
                (active > 0 || named).then_some((one, active))
            })
            .collect();
        members.sort_by(|a, b| {
            (b.1, b.0.project_count)
                .cmp(&(a.1, a.0.project_count))
                .then_with(|| a.0.name.cmp(&b.0.name))
                .then(a.0.id.cmp(&b.0.id))
        });
        members.truncate(MOST);
        for (member, _) in members {
            rows.membership(*cluster, &StoredMembership::bare(member.id, DERIVED_FROM_REGION), source);
        }
    }
    let written = i64::try_from(rows.write(&mut transaction).await?).unwrap_or(0);
    let created = written - store::also_derived(&mut transaction).await?;
    transaction.commit().await?;
    report("derived.memberships", 1, 1);
    Ok(Counts { created, ..Counts::default() })
}

/// The department that most organisations of a town give in their postcode; towns of one name in two departments
/// are left out unless nine in ten agree.
fn departments_of_towns(french: &[French]) -> HashMap<String, String> {
    let mut counted: HashMap<String, HashMap<&str, usize>> = HashMap::new();
    for one in french {
        let (Some(city), Some(department)) = (&one.city, one.postcode.as_deref().and_then(department)) else {
            continue;
        };
        *counted.entry(town_key(city)).or_default().entry(department).or_insert(0) += 1;
    }
    counted
        .into_iter()
        .filter_map(|(town, counts)| {
            let all: usize = counts.values().sum();
            let (department, most) = counts.into_iter().max_by_key(|(department, count)| (*count, *department))?;
            (most * 10 >= all * 9).then(|| (town, department.to_owned()))
        })
        .collect()
}

/// Within this distance the nearest organisation with a postcode tells the department of one without.
const NEAR_KILOMETRES: f64 = 10.0;

fn department_of(one: &French, towns: &HashMap<String, String>, french: &[French]) -> Option<String> {
    if let Some(own) = one.postcode.as_deref().and_then(department) {
        return Some(own.to_owned());
    }
    if let Some(town) = one.city.as_deref().and_then(|city| towns.get(&town_key(city))) {
        return Some(town.clone());
    }
    let here = one.lat.zip(one.lon)?;
    french
        .iter()
        .filter_map(|other| {
            let department = other.postcode.as_deref().and_then(department)?;
            Some((kilometres(here, other.lat.zip(other.lon)?), department))
        })
        .filter(|(distance, _)| *distance <= NEAR_KILOMETRES)
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)))
        .map(|(_, department)| department.to_owned())
}

/// The distance of two places in France, on a plane: exact enough for ten kilometres.
fn kilometres(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (north, east) = ((one.0 - other.0) * 111.2, (one.1 - other.1) * 111.2 * one.0.to_radians().cos());
    north.hypot(east)
}

fn lies_in(area: &Area, one: &French, department: Option<&str>) -> bool {
    match department {
        Some(department) => area.departments.contains(&department),
        None => one
            .region
            .as_deref()
            .is_some_and(|region| region.split(',').map(str::trim).any(|region| area.regions.contains(&region))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_department_lies_in_two_areas() {
        let mut all: Vec<&str> = AREAS.iter().flat_map(|area| area.departments).copied().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn a_town_tells_its_department_only_where_postcodes_agree() {
        let one = |city: &str, postcode: Option<&str>| French {
            id: OrganisationId::new(),
            kind: "company".to_owned(),
            region: None,
            city: Some(city.to_owned()),
            postcode: postcode.map(str::to_owned),
            lat: None,
            lon: None,
            project_count: 0,
            slug: None,
            name: city.to_owned(),
        };
        let mut all = vec![
            one("LYON", Some("69007")),
            one("Lyon Cedex 03", Some("69003")),
            one("Saint-Denis", Some("93200")),
            one("Saint-Denis", Some("97400")),
        ];
        (all[0].lat, all[0].lon) = (Some(45.74), Some(4.84));
        let towns = departments_of_towns(&all);
        let of = |one: &French| department_of(one, &towns, &all);
        assert_eq!(of(&one("Lyon", None)).as_deref(), Some("69"));
        assert_eq!(of(&one("Saint Denis", None)), None);
        assert_eq!(of(&one("Lyon", Some("75001"))).as_deref(), Some("75"), "the postcode is the surer of the two");
        let near = French { lat: Some(45.76), lon: Some(4.87), ..one("Villeurbanne", None) };
        assert_eq!(of(&near).as_deref(), Some("69"));
        let far = French { lat: Some(48.85), lon: Some(2.35), ..one("Nulle part", None) };
        assert_eq!(of(&far), None);
    }
}
