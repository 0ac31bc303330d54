//! The dry run: what each row would do, and which organisations of the directory it may be.

use std::collections::HashMap;

use ranking::identity::{Certainty, Ground, Identifier, Linker, Party};

use super::{
    columns::Columns,
    rows::{Member, Reader},
    sheet::Sheet,
};
use crate::{
    directory::{
        OrganisationId,
        imports::{
            reading::Problem,
            store::{self, There},
        },
        store::all_identifiers,
    },
    foundation::{database::Database, errors::Error},
};

/// An organisation of the directory that a row may be.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Candidate {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its town.
    pub city: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// How many past projects it has.
    pub project_count: i64,
    /// In [0, 1].
    pub score: f32,
    /// Whether an identifier or a distinctive name leaves no doubt.
    pub certain: bool,
    /// The key of the reason in the language files (`import-ground-KEY`).
    pub ground: &'static str,
    /// The identifier that both bear, where one is the reason.
    pub identifier: Option<String>,
}

/// What is to be done with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// It is this organisation.
    Into(OrganisationId),
    /// It is a new one.
    Create,
    /// It is left out.
    Skip,
}

impl std::fmt::Display for Choice {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Choice::Into(organisation) => write!(formatter, "into:{organisation}"),
            Choice::Create => formatter.write_str("create"),
            Choice::Skip => formatter.write_str("skip"),
        }
    }
}

impl std::str::FromStr for Choice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "create" => Ok(Choice::Create),
            "skip" => Ok(Choice::Skip),
            other => other
                .strip_prefix("into:")
                .and_then(|id| id.parse().ok())
                .map(Choice::Into)
                .ok_or_else(|| format!("`{other}` is no choice: write create, skip or into:ID")),
        }
    }
}

/// A row that can be imported.
#[derive(Clone, Debug)]
pub struct Planned {
    /// What it states.
    pub member: Member,
    /// Which organisations it may be, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// What is done unless somebody decides otherwise: below the certain level nothing is merged.
    pub choice: Choice,
}

impl Planned {
    /// How likely it is that the row is an organisation of the directory already.
    pub fn likelihood(&self) -> f32 {
        self.candidates.first().map_or(0.0, |candidate| candidate.score)
    }

    /// Whether a person should look: there are candidates, and none is certain.
    pub fn is_open(&self) -> bool {
        self.candidates.first().is_some_and(|candidate| !candidate.certain)
    }
}

/// What an import would do.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The rows that can be imported, in the order of the file.
    pub rows: Vec<Planned>,
    /// The rows and values that cannot, and notes.
    pub problems: Vec<Problem>,
    /// How many rows are refused.
    pub refused: i64,
    /// The rows as they stand in the file, without the header.
    pub total: i64,
}

/// How many candidates a row is shown with.
const MOST_CANDIDATES: usize = 5;

/// Understands every row and looks for its organisation.
pub(super) async fn plan(database: &Database, sheet: &Sheet, columns: &Columns) -> Result<Plan, Error> {
    let mut reader = Reader::new(columns);
    let mut problems = sheet.problems.clone();
    let mut refused = sheet.problems.iter().filter(|problem| *problem.code != *"broken-off").count() as i64;
    let mut members = Vec::new();
    for row in &sheet.rows {
        match reader.understand(row) {
            Ok((member, notes)) => {
                problems.extend(notes);
                members.push(member);
            }
            Err(found) => {
                refused += 1;
                problems.extend(found);
            }
        }
    }
    let total = members.len() as i64 + refused;
    let there = store::all_there(database).await?;
    let identifiers = all_identifiers(database).await?;
    let mut rows = Vec::with_capacity(members.len());
    let found = tokio::task::spawn_blocking(move || {
        let candidates = candidates(&members, &there, identifiers);
        (members, candidates)
    });
    let (members, candidates) = found.await.map_err(anyhow::Error::from)?;
    for (member, candidates) in members.into_iter().zip(candidates) {
        let by_identifier: Vec<&Candidate> =
            candidates.iter().filter(|candidate| candidate.ground == "identifier").collect();
        if let [one, other, ..] = by_identifier[..] {
            refused += 1;
            problems.push(Problem::at(
                member.position,
                "",
                &member.name,
                "two-organisations",
                format!(
                    "the identifiers belong to two organisations of the directory, {} and {}: merge them, or mend the identifiers",
                    one.name, other.name
                ),
            ));
            continue;
        }
        let choice = match candidates.first() {
            Some(first) if first.certain => Choice::Into(first.organisation),
            _ => Choice::Create,
        };
        rows.push(Planned { member, candidates, choice });
    }
    problems.sort_by(|a, b| (a.position, &a.field, &a.code).cmp(&(b.position, &b.field, &b.code)));
    Ok(Plan { rows, problems, refused, total })
}

fn candidates(
    members: &[Member],
    there: &[There],
    identifiers: Vec<(OrganisationId, String, String)>,
) -> Vec<Vec<Candidate>> {
    let mut of: HashMap<OrganisationId, Vec<Identifier>> = HashMap::new();
    for (organisation, scheme, value) in identifiers {
        of.entry(organisation).or_default().push(Identifier { scheme, value });
    }
    let party = |one: &There| Party {
        name: one.name.clone().unwrap_or_default(),
        country: one.country.clone().unwrap_or_default(),
        city: one.city.clone().unwrap_or_default(),
        identifiers: of.get(&one.id).cloned().unwrap_or_default(),
    };
    let left: Vec<Party> = there.iter().map(party).collect();
    let linker = Linker::new(&left);
    members
        .iter()
        .map(|member| {
            let asked = Party {
                name: member.name.clone(),
                country: member.country.clone().unwrap_or_default(),
                city: member.city.clone().unwrap_or_default(),
                identifiers: member
                    .identifiers
                    .iter()
                    .map(|(scheme, value)| Identifier { scheme: (*scheme).to_owned(), value: value.clone() })
                    .collect(),
            };
            linker
                .candidates(&asked)
                .into_iter()
                .take(MOST_CANDIDATES)
                .map(|link| {
                    let one = &there[link.left];
                    let (ground, identifier) = match link.ground {
                        Ground::Identifier(identifier) => {
                            ("identifier", Some(format!("{} {}", identifier.scheme.to_uppercase(), identifier.value)))
                        }
                        Ground::SameName => ("same-name", None),
                        Ground::SimilarName => ("similar-name", None),
                        Ground::SameNameOtherIdentifier => ("other-identifier", None),
                    };
                    Candidate {
                        organisation: one.id,
                        name: one.name.clone().unwrap_or_else(|| one.id.to_string()),
                        city: one.city.clone(),
                        country: one.country.clone(),
                        project_count: one.project_count,
                        score: link.score,
                        certain: link.certainty == Certainty::Certain,
                        ground,
                        identifier,
                    }
                })
                .collect()
        })
        .collect()
}
