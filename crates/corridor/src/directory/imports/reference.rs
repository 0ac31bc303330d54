//! Code lists: the fields of science as concepts with labels in both languages, and the names of regions.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::Path,
};

use super::{
    reading::{CsvRows, Problem, digest, file_name, must_find},
    run::{Begun, Outcome, Report, Run},
    sources,
};
use crate::foundation::{
    database::{Batch, Database, Value},
    errors::Error,
    sources::put,
    time::Clock,
};

/// French names of the classes that the packaged list names only inside the path of their members.
const FRENCH_OF_ANCESTORS: &[(&str, &str)] = &[
    ("agricultural sciences", "sciences agricoles"),
    ("engineering and technology", "sciences de l'ingénieur et technologie"),
    ("water engineering", "génie de l'eau"),
    (
        "electrical engineering, electronic engineering, information engineering",
        "génie électrique, électronique et de l'information",
    ),
    ("environmental biotechnology", "biotechnologie environnementale"),
    ("astronautical engineering", "génie astronautique"),
    ("medical laboratory technology", "technologie de laboratoire médical"),
    ("other engineering and technologies", "autres sciences de l'ingénieur et technologies"),
    ("philosophy, ethics and religion", "philosophie, éthique et religion"),
    ("history of philosophy", "histoire de la philosophie"),
    ("angiology", "angiologie"),
    ("social biomedical sciences", "sciences biomédicales sociales"),
    ("artificial pancreas", "pancréas artificiel"),
    ("other medical sciences", "autres sciences médicales"),
    ("biological morphology", "morphologie biologique"),
    ("nuclear chemistry", "chimie nucléaire"),
    ("pure mathematics", "mathématiques pures"),
    ("economics and business", "économie et gestion"),
    ("satellite navigation system", "système de navigation par satellite"),
];

struct Concept {
    broader: Option<String>,
    level: i64,
    english: String,
}

fn id_of(code: &str) -> String {
    format!("euroscivoc:{code}")
}

/// Reads `euroscivoc.csv` and `euroscivoc_fr.csv` of a folder.
pub async fn import_concepts(
    database: &Database,
    clock: Clock,
    folder: &Path,
    again: bool,
    report: Report<'_>,
) -> Result<Outcome, Error> {
    let (list, labels) = (must_find(folder, "euroscivoc.csv")?, must_find(folder, "euroscivoc_fr.csv")?);
    let mark = format!("{}+{}", digest(&list)?, digest(&labels)?);
    let mut run = match Run::begin(database, clock, "reference.concepts", &file_name(&list), &mark, None, again).await?
    {
        Begun::Known(outcome) => return Ok(outcome),
        Begun::Go(run) => run,
    };
    report("concepts", 0, 2);
    let mut concepts: BTreeMap<String, Concept> = BTreeMap::new();
    let mut rows = CsvRows::open(&list, &["code", "parent_code", "level", "title", "path", "code_path"])?;
    while let Some(row) = rows.next_row() {
        run.rows_done += 1;
        let row = match row {
            Ok(row) => row,
            Err(problem) => {
                run.refuse(problem);
                continue;
            }
        };
        let codes: Vec<&str> = row.get("code_path").trim_matches('/').split('/').collect();
        let titles: Vec<&str> = row.get("path").trim_matches('/').split('/').collect();
        if codes.len() != titles.len() || codes.last() != Some(&row.get("code")) {
            let mend = "path and code_path must name the same steps and end in the concept itself";
            run.refuse(Problem::at(row.position, "code_path", row.get("code_path"), "path", mend));
            continue;
        }
        for (step, (code, title)) in codes.iter().zip(&titles).enumerate() {
            concepts.entry((*code).to_owned()).or_insert_with(|| Concept {
                broader: step.checked_sub(1).map(|above| id_of(codes[above])),
                level: step as i64 + 1,
                english: title.trim().to_owned(),
            });
        }
    }
    let mut french: Vec<(String, &'static str, &'static str, String)> = Vec::new();
    let mut rows = CsvRows::open(&labels, &["code", "label_fr", "alt_labels_fr", "alt_labels_en"])?;
    let mut named = HashSet::new();
    while let Some(row) = rows.next_row() {
        run.rows_done += 1;
        let row = match row {
            Ok(row) => row,
            Err(problem) => {
                run.refuse(problem);
                continue;
            }
        };
        let code = row.get("code");
        if !concepts.contains_key(code) {
            run.refuse(Problem::at(
                row.position,
                "code",
                code,
                "unknown-concept",
                "no concept of euroscivoc.csv has this code",
            ));
            continue;
        }
        if let Some(label) = row.filled("label_fr") {
            named.insert(code.to_owned());
            french.push((id_of(code), "fr", "preferred", label.to_owned()));
        }
        for (column, language) in [("alt_labels_fr", "fr"), ("alt_labels_en", "en")] {
            for label in row.get(column).split(';').map(str::trim).filter(|label| !label.is_empty()) {
                french.push((id_of(code), language, "alternative", label.to_owned()));
            }
        }
    }
    for (code, concept) in &concepts {
        let known = FRENCH_OF_ANCESTORS.iter().find(|(english, _)| *english == concept.english);
        if let Some((_, label)) = known.filter(|_| !named.contains(code)) {
            french.push((id_of(code), "fr", "preferred", (*label).to_owned()));
        }
    }
    let known: HashSet<String> =
        on!(database, pool => sqlx::query_scalar("SELECT id FROM concepts").fetch_all(pool).await?)
            .into_iter()
            .collect();
    report("concepts", 1, 2);
    let mut transaction = database.begin().await?;
    let english_source = put(&mut transaction, &sources::EUROSCIVOC).await?;
    let french_source = put(&mut transaction, &sources::EUROSCIVOC_LABELS).await?;
    // Broader concepts first: a concept refers to the one above it.
    let mut ordered: Vec<(&String, &Concept)> = concepts.iter().collect();
    ordered.sort_by_key(|(code, concept)| (concept.level, *code));
    let mut put = Batch::new(
        "INSERT INTO concepts (id, scheme, broader, level)",
        "ON CONFLICT (id) DO UPDATE SET broader = excluded.broader, level = excluded.level",
    );
    let mut say = Batch::new(
        "INSERT INTO concept_labels (concept_id, language, kind, label, source_id)",
        "ON CONFLICT DO NOTHING",
    );
    for (code, concept) in ordered {
        let id = id_of(code);
        if known.contains(&id) {
            run.counts.unchanged += 1
        } else {
            run.counts.created += 1
        }
        put.push(vec![id.clone().into(), "euroscivoc".into(), concept.broader.clone().into(), concept.level.into()]);
        say.push(vec![
            id.into(),
            "en".into(),
            "preferred".into(),
            concept.english.clone().into(),
            english_source.into(),
        ]);
    }
    for (id, language, kind, label) in french {
        say.push(vec![id.into(), language.into(), kind.into(), label.into(), french_source.into()]);
    }
    put.write(&mut transaction).await?;
    say.write(&mut transaction).await?;
    transaction.commit().await?;
    report("concepts", 2, 2);
    run.finish(database, clock).await
}

/// Reads `nuts_codes.csv`: code, level, country, name.
pub async fn import_regions(
    database: &Database,
    clock: Clock,
    folder: &Path,
    again: bool,
    report: Report<'_>,
) -> Result<Outcome, Error> {
    let path = must_find(folder, "nuts_codes.csv")?;
    let mut run = match Run::begin(
        database,
        clock,
        "reference.regions",
        &file_name(&path),
        &digest(&path)?,
        None,
        again,
    )
    .await?
    {
        Begun::Known(outcome) => return Ok(outcome),
        Begun::Go(run) => run,
    };
    report("regions", 0, 1);
    let known: HashMap<String, String> =
        on!(database, pool => sqlx::query_as("SELECT code, name FROM regions").fetch_all(pool).await?)
            .into_iter()
            .collect();
    let mut rows = CsvRows::open(&path, &["code", "level", "country", "name"])?;
    let mut batch = Batch::new(
        "INSERT INTO regions (code, country, level, name, source_id)",
        "ON CONFLICT (code) DO UPDATE SET name = excluded.name, level = excluded.level, country = excluded.country",
    );
    let mut transaction = database.begin().await?;
    let source = put(&mut transaction, &sources::NUTS).await?;
    let mut seen = HashSet::new();
    while let Some(row) = rows.next_row() {
        run.rows_done += 1;
        let row = match row {
            Ok(row) => row,
            Err(problem) => {
                run.refuse(problem);
                continue;
            }
        };
        let (code, name) = (row.get("code"), row.get("name"));
        let Ok(level) = row.get("level").parse::<i64>() else {
            run.refuse(Problem::at(
                row.position,
                "level",
                row.get("level"),
                "number",
                "the level of a region is 0, 1, 2 or 3",
            ));
            continue;
        };
        // Regions that were split or merged stand twice; the first one is the one that holds now.
        if code.is_empty() || name.is_empty() || !seen.insert(code.to_owned()) {
            run.counts.unchanged += 1;
            continue;
        }
        match known.get(code) {
            Some(old) if old == name => run.counts.unchanged += 1,
            Some(_) => run.counts.changed += 1,
            None => run.counts.created += 1,
        }
        // NUTS says EL and UK where ISO says GR and GB.
        let country = match row.get("country") {
            "EL" => "GR",
            "UK" => "GB",
            other => other,
        };
        batch.push(vec![code.into(), country.into(), Value::Int(Some(level)), name.into(), source.into()]);
    }
    batch.write(&mut transaction).await?;
    transaction.commit().await?;
    report("regions", 1, 1);
    run.finish(database, clock).await
}
