//! What comes of merging two records: a pure function over their rows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::store::{Row, Rows, TABLES, Table};
use crate::{
    directory::{
        OrganisationId,
        model::{DERIVED_FROM_REGION, plain, shown_city},
    },
    foundation::time::Timestamp,
};

/// A field in which the two records disagree; the value of the kept record stays the one shown.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Disagreement {
    /// The field.
    pub field: String,
    /// What the kept record says.
    pub kept: String,
    /// What the other record says.
    pub other: String,
}

/// What happens to the rows of one table.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Tally {
    /// What is counted: `organisation_identifiers`, `memberships`, `participations` and others.
    pub table: String,
    /// Rows of the kept record.
    pub kept: usize,
    /// Rows of the other record.
    pub other: usize,
    /// Rows that both have and that become one.
    pub united: usize,
    /// Rows afterwards.
    pub after: usize,
}

/// What will happen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outcome {
    pub after: Rows,
    pub disagreements: Vec<Disagreement>,
    pub tallies: Vec<Tally>,
}

/// Why two records cannot be merged; a key of the language files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Impossible(pub &'static str);

/// Facts that are compared in the preview and, where the kept record has none, taken over.
const FACTS: [&str; 14] = [
    "name",
    "short_name",
    "sme",
    "country",
    "region",
    "city",
    "postcode",
    "address",
    "lat",
    "lon",
    "place_precision",
    "website",
    "description",
    "parent_id",
];
/// Facts that make sense only together: they are taken over as a whole or not at all.
const PLACE: [&str; 7] = ["region", "city", "postcode", "address", "lat", "lon", "place_precision"];
/// Facts whose disagreement a person should see before merging.
const TELLING: [&str; 6] = ["name", "short_name", "country", "city", "website", "kind"];

/// Merges the other record into the kept one.
pub(super) fn merge(
    before: &Rows,
    kept: OrganisationId,
    merged: OrganisationId,
    now: Timestamp,
) -> Result<Outcome, Impossible> {
    let (kept, merged) = (kept.to_string(), merged.to_string());
    if kept == merged {
        return Err(Impossible("directory-merge-same"));
    }
    let mut after = Rows::new();
    let mut tallies = Vec::new();
    for table in TABLES {
        let rows = before.get(table.name).map_or(&[] as &[Row], Vec::as_slice);
        if table.name == "organisations" {
            continue;
        }
        let own = |row: &Row, id: &str| table.owners.iter().any(|owner| row[table.place(owner)] == id);
        if table.name == "cluster_organisations" && rows.len() > 1 {
            return Err(Impossible("directory-merge-two-clusters"));
        }
        let moved = unite(table, rows, &kept, &merged);
        tallies.push(Tally {
            table: table.name.to_owned(),
            kept: rows.iter().filter(|row| own(row, &kept)).count(),
            other: rows.iter().filter(|row| own(row, &merged)).count(),
            united: rows.len() - moved.len(),
            after: moved.len(),
        });
        after.insert(table.name.to_owned(), moved);
    }
    let (organisations, disagreements) = facts(before, &after, &kept, &merged, now)?;
    keep_name(before, &organisations, &mut after, &kept, &merged);
    after.insert("organisations".to_owned(), organisations);
    tallies.retain(|tally| tally.kept + tally.other > 0);
    Ok(Outcome { after, disagreements, tallies })
}

fn organisations() -> &'static Table {
    &TABLES[0]
}

/// Moves all rows to the kept record; rows that then are one of their kind become one.
fn unite(table: &Table, rows: &[Row], kept: &str, merged: &str) -> Vec<Row> {
    let key: Vec<usize> = table.key.iter().map(|column| table.place(column)).collect();
    let mut united: BTreeMap<Vec<String>, Row> = BTreeMap::new();
    // Rows of the kept record come first, so that its values win where nothing says otherwise.
    let is_merged = |row: &Row| table.owners.iter().any(|owner| row[table.place(owner)] == merged);
    let ordered = rows.iter().filter(|row| !is_merged(row)).chain(rows.iter().filter(|row| is_merged(row)));
    for row in ordered {
        let mut moved = row.clone();
        for owner in table.owners {
            let place = table.place(owner);
            if moved[place] == merged {
                moved[place] = Json::from(kept);
            }
        }
        // A record that operated the other one does not operate itself.
        if table.name == "facilities" && moved[0] == moved[1] {
            moved[1] = Json::Null;
        }
        let name: Vec<String> = key.iter().map(|place| moved[*place].to_string()).collect();
        match united.get_mut(&name) {
            Some(present) => combine(table, present, &moved),
            None => {
                united.insert(name, moved);
            }
        }
    }
    united.into_values().collect()
}

/// Two rows of one kind become one: nothing that either says is lost where both can hold.
fn combine(table: &Table, present: &mut Row, other: &Row) {
    let at = |column: &str| table.place(column);
    match table.name {
        "participations" => {
            // Whoever coordinated under either record coordinated.
            if other[at("role")] == "coordinator" {
                present[at("role")] = other[at("role")].clone();
            }
            let place = at("eu_contribution_cents");
            present[place] = match (present[place].as_i64(), other[place].as_i64()) {
                (None, None) => Json::Null,
                (one, two) => Json::from(one.unwrap_or(0).saturating_add(two.unwrap_or(0))),
            };
        }
        "organisation_competences" => {
            let weight = at("weight");
            let of = |row: &Row| row[weight].as_u64().map(f64::from_bits);
            if of(other) > of(present) {
                present[weight] = other[weight].clone();
            }
            let count = at("project_count");
            let sum = present[count].as_i64().unwrap_or(0).saturating_add(other[count].as_i64().unwrap_or(0));
            present[count] = Json::from(sum);
        }
        "memberships" => {
            // A stated membership stands before a derived one; the college and the earliest day are kept.
            let basis = at("basis");
            if present[basis] == DERIVED_FROM_REGION && other[basis] != DERIVED_FROM_REGION {
                let own = present.clone();
                present.clone_from(other);
                fill(present, &own);
            } else {
                fill(present, other);
            }
            let since = at("since");
            if let (Some(one), Some(two)) = (present[since].as_str(), other[since].as_str())
                && two < one
            {
                present[since] = Json::from(two);
            }
        }
        _ => fill(present, other),
    }
}

/// Takes over what is not known.
fn fill(present: &mut Row, other: &Row) {
    for (own, theirs) in present.iter_mut().zip(other) {
        if own.is_null() {
            *own = theirs.clone();
        }
    }
}

fn facts(
    before: &Rows,
    after: &Rows,
    kept: &str,
    merged: &str,
    now: Timestamp,
) -> Result<(Vec<Row>, Vec<Disagreement>), Impossible> {
    let table = organisations();
    let at = |column: &str| table.place(column);
    let mut rows = before.get(table.name).cloned().unwrap_or_default();
    let find = |id: &str| rows.iter().position(|row| row[0] == id).ok_or(Impossible("directory-merge-missing"));
    let (own, other) = (find(kept)?, find(merged)?);
    let theirs = rows[other].clone();
    if !theirs[at("merged_into")].is_null() || !rows[own][at("merged_into")].is_null() {
        return Err(Impossible("directory-merge-already"));
    }
    let mut disagreements = Vec::new();
    for field in TELLING {
        let (one, two) = (&rows[own][at(field)], &theirs[at(field)]);
        if let (Some(one), Some(two)) = (one.as_str(), two.as_str())
            // Capitals, accents and postal codes are ways of writing, no disagreement.
            && plain(&shown_city(one)) != plain(&shown_city(two))
        {
            disagreements.push(Disagreement { field: field.to_owned(), kept: one.to_owned(), other: two.to_owned() });
        }
    }
    let has_place = PLACE.iter().any(|field| !rows[own][at(field)].is_null());
    for field in FACTS {
        if rows[own][at(field)].is_null() && !(has_place && PLACE.contains(&field)) {
            rows[own][at(field)] = theirs[at(field)].clone();
            if field == "name" {
                rows[own][at("name_key")] = theirs[at("name_key")].clone();
            }
        }
    }
    if rows[own][at("kind")] == "other" {
        rows[own][at("kind")] = theirs[at("kind")].clone();
    }
    let projects = after.get("participations").map_or(0, Vec::len);
    let stated = |row: &Row| row[at("project_count")].as_i64().unwrap_or(0);
    // Sources may count projects whose participations are not here: never fewer than either record had.
    let count = i64::try_from(projects).unwrap_or(i64::MAX).max(stated(&rows[own])).max(stated(&theirs));
    rows[own][at("project_count")] = Json::from(count);
    rows[other][at("merged_into")] = Json::from(kept);
    for row in &mut rows {
        let is_one_of_both = row[0] == kept || row[0] == merged;
        let parent = at("parent_id");
        if row[parent] == merged {
            row[parent] = Json::from(kept);
        }
        // No record is a part of itself.
        if row[parent] == row[0] || (row[0] == merged && row[parent] == kept) {
            row[parent] = Json::Null;
        }
        if is_one_of_both {
            row[at("revision")] = Json::from(row[at("revision")].as_i64().unwrap_or(0) + 1);
            row[at("updated_at")] = Json::from(now.0);
        }
    }
    Ok((rows, disagreements))
}

/// The name of the other record goes on finding the kept one.
fn keep_name(before: &Rows, organisations: &[Row], after: &mut Rows, kept: &str, merged: &str) {
    let place = self::organisations().place("name");
    let name_of = |id: &str| organisations.iter().find(|row| row[0] == id).map(|row| row[place].clone());
    let (Some(name), shown) = (name_of(merged).filter(Json::is_string), name_of(kept)) else { return };
    if shown.as_ref() == Some(&name) {
        return;
    }
    // A name needs a source: that of any fact of the record it comes from.
    let source = ["organisation_statements", "organisation_names", "organisation_identifiers", "memberships"]
        .into_iter()
        .find_map(|wanted| {
            let table = TABLES.iter().find(|table| table.name == wanted)?;
            let owner = table.place(table.owners.first()?);
            let row = before.get(wanted)?.iter().find(|row| row[owner] == merged)?;
            Some(row[table.place("source_id")].clone())
        });
    let Some(source) = source else { return };
    let names = after.entry("organisation_names".to_owned()).or_default();
    if !names.iter().any(|row| row[1] == name) {
        names.push(vec![Json::from(kept), name, Json::from("alias"), Json::Null, source]);
    }
}

/// What an undo has to write: the rows as they were before, and what came to the kept record since.
///
/// # Errors
/// The tables whose rows were changed or taken away since the merge: putting back what was before would lose that.
pub(super) fn undone(before: &Rows, after: &Rows, current: &Rows) -> Result<Rows, Vec<String>> {
    let mut rows = before.clone();
    let mut changed = Vec::new();
    for table in TABLES {
        let set = |rows: &Rows| -> BTreeSet<String> {
            rows.get(table.name).into_iter().flatten().map(|row| Json::from(row.clone()).to_string()).collect()
        };
        let (left, now) = (set(after), set(current));
        if left.difference(&now).next().is_some() {
            changed.push(table.name.to_owned());
            continue;
        }
        let added = current
            .get(table.name)
            .into_iter()
            .flatten()
            .filter(|row| !left.contains(&Json::from((*row).clone()).to_string()));
        rows.entry(table.name.to_owned()).or_default().extend(added.cloned());
    }
    if changed.is_empty() { Ok(rows) } else { Err(changed) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn organisation(id: OrganisationId, name: &str) -> Row {
        let mut row: Row = organisations().columns.iter().map(|_| Json::Null).collect();
        for (column, value) in [
            ("id", Json::from(id.to_string())),
            ("name", Json::from(name)),
            ("name_key", Json::from(name.to_lowercase())),
            ("kind", Json::from("company")),
            ("project_count", Json::from(0)),
            ("revision", Json::from(1)),
        ] {
            row[organisations().place(column)] = value;
        }
        row
    }

    fn rows(entries: &[(&str, Vec<Row>)]) -> Rows {
        entries.iter().map(|(name, rows)| ((*name).to_owned(), rows.clone())).collect()
    }

    proptest! {
        /// Whatever the two records hold: no project and no cluster is lost, money adds up, and undo restores all.
        #[test]
        fn nothing_is_lost_and_undo_restores_everything(
            one in prop::collection::btree_map(0u8..20, (any::<bool>(), prop::option::of(0i64..1_000_000)), 0..12),
            two in prop::collection::btree_map(0u8..20, (any::<bool>(), prop::option::of(0i64..1_000_000)), 0..12),
        ) {
            let (kept, merged) = (OrganisationId::new(), OrganisationId::new());
            let participations = |id: OrganisationId, of: &BTreeMap<u8, (bool, Option<i64>)>| -> Vec<Row> {
                of.iter()
                    .map(|(project, (leads, cents))| vec![
                        Json::from(format!("00000000-0000-7000-8000-0000000000{project:02}")),
                        Json::from(id.to_string()),
                        Json::from(if *leads { "coordinator" } else { "participant" }),
                        cents.map_or(Json::Null, Json::from),
                    ])
                    .collect()
            };
            let mut taken = participations(kept, &one);
            taken.extend(participations(merged, &two));
            let before = rows(&[
                ("organisations", vec![organisation(kept, "One"), organisation(merged, "Two")]),
                ("participations", taken),
            ]);
            let outcome = merge(&before, kept, merged, Timestamp(5)).unwrap();
            let after = &outcome.after["participations"];
            let projects: BTreeSet<u8> = one.keys().chain(two.keys()).copied().collect();
            prop_assert_eq!(after.len(), projects.len());
            let money = |rows: &[Row]| rows.iter().filter_map(|row| row[3].as_i64()).sum::<i64>();
            prop_assert_eq!(money(after), money(&before["participations"]));
            let own = outcome.after["organisations"].iter().find(|row| row[0] == kept.to_string()).unwrap();
            prop_assert_eq!(own[organisations().place("project_count")].as_i64(), Some(projects.len() as i64));
            let back = undone(&before, &outcome.after, &outcome.after).unwrap();
            for (table, rows) in &before {
                prop_assert_eq!(&back[table], rows);
            }
        }
    }

    #[test]
    fn what_came_since_is_kept_and_what_was_changed_since_stops_an_undo() {
        let (kept, merged) = (OrganisationId::new(), OrganisationId::new());
        let before = rows(&[("organisations", vec![organisation(kept, "One"), organisation(merged, "Two")])]);
        let after = merge(&before, kept, merged, Timestamp(5)).unwrap().after;
        let mut current = after.clone();
        let name = vec![Json::from(kept.to_string()), "Uno".into(), "alias".into(), Json::Null, Json::Null];
        current.get_mut("organisation_names").unwrap().push(name.clone());
        assert_eq!(undone(&before, &after, &current).unwrap()["organisation_names"], [name]);
        current.get_mut("organisations").unwrap()[0][1] = Json::from("renamed");
        assert_eq!(undone(&before, &after, &current), Err(vec!["organisations".to_owned()]));
    }

    #[test]
    fn two_clusters_are_not_one() {
        let (kept, merged) = (OrganisationId::new(), OrganisationId::new());
        let before = rows(&[
            ("organisations", vec![organisation(kept, "One"), organisation(merged, "Two")]),
            (
                "cluster_organisations",
                vec![vec!["a".into(), kept.to_string().into()], vec!["b".into(), merged.to_string().into()]],
            ),
        ]);
        assert_eq!(merge(&before, kept, merged, Timestamp(5)), Err(Impossible("directory-merge-two-clusters")));
        assert_eq!(merge(&before, kept, kept, Timestamp(5)), Err(Impossible("directory-merge-same")));
    }
}
