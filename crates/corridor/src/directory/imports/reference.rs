//! Code lists: the fields of science as concepts with labels in both languages, and the names of regions.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::Path,
};

use super::{
    intake::{Importer, Intake},
    reading::{CsvRows, Problem, Row, digest, file_name, must_find},
    run::{Begun, Counts, Outcome},
    sources,
    store::{self, Label},
};
use crate::foundation::{
    database::{Database, Transaction},
    errors::Error,
    ids::SourceId,
    sources::id_of,
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

fn id_of_code(code: &str) -> String {
    format!("euroscivoc:{code}")
}

/// Reads `euroscivoc.csv` and `euroscivoc_fr.csv` of a folder.
pub async fn import_concepts(intake: Intake<'_>, folder: &Path) -> Result<Outcome, Error> {
    let Intake { database, clock, report, .. } = intake;
    let (list, labels) = (must_find(folder, "euroscivoc.csv")?, must_find(folder, "euroscivoc_fr.csv")?);
    let mark = format!("{}+{}", digest(&list)?, digest(&labels)?);
    let mut run = match intake.begin_at_once("reference.concepts", &file_name(&list), &mark).await? {
        Begun::Known(outcome) => return Ok(outcome),
        Begun::Go(run) => run,
    };
    report("concepts", 0, 2);
    let mut concepts: BTreeMap<String, Concept> = BTreeMap::new();
    let mut rows = CsvRows::open(&list, &["code", "parent_code", "level", "title", "path", "code_path"])?;
    while let Some(row) = rows.next_row() {
        let Some(row) = run.read(row) else { continue };
        let codes: Vec<&str> = row.get("code_path").trim_matches('/').split('/').collect();
        let titles: Vec<&str> = row.get("path").trim_matches('/').split('/').collect();
        if codes.len() != titles.len() || codes.last() != Some(&row.get("code")) {
            let mend = "path and code_path must name the same steps and end in the concept itself";
            run.refuse(Problem::at(row.position, "code_path", row.get("code_path"), "path", mend));
            continue;
        }
        for (step, (code, title)) in codes.iter().zip(&titles).enumerate() {
            concepts.entry((*code).to_owned()).or_insert_with(|| Concept {
                broader: step.checked_sub(1).map(|above| id_of_code(codes[above])),
                level: step as i64 + 1,
                english: title.trim().to_owned(),
            });
        }
    }
    let (english, french) =
        (id_of(database, &sources::EUROSCIVOC).await?, id_of(database, &sources::EUROSCIVOC_LABELS).await?);
    let mut said: Vec<Label> = Vec::new();
    let mut say = |code: &str, language, kind, label: &str, source| {
        said.push(Label { concept: id_of_code(code), language, kind, label: label.to_owned(), source });
    };
    let mut rows = CsvRows::open(&labels, &["code", "label_fr", "alt_labels_fr", "alt_labels_en"])?;
    let mut named = HashSet::new();
    while let Some(row) = rows.next_row() {
        let Some(row) = run.read(row) else { continue };
        let code = row.get("code");
        if !concepts.contains_key(code) {
            let mend = "no concept of euroscivoc.csv has this code";
            run.refuse(Problem::at(row.position, "code", code, "unknown-concept", mend));
            continue;
        }
        if let Some(label) = row.filled("label_fr") {
            named.insert(code.to_owned());
            say(code, "fr", "preferred", label, french);
        }
        for (column, language) in [("alt_labels_fr", "fr"), ("alt_labels_en", "en")] {
            for label in row.get(column).split(';').map(str::trim).filter(|label| !label.is_empty()) {
                say(code, language, "alternative", label, french);
            }
        }
    }
    // Broader concepts first: a concept refers to the one above it.
    let mut ordered: Vec<(&String, &Concept)> = concepts.iter().collect();
    ordered.sort_by_key(|(code, concept)| (concept.level, *code));
    let known = store::concept_ids(database).await?;
    for (code, concept) in &ordered {
        say(code, "en", "preferred", &concept.english, english);
        let translated = FRENCH_OF_ANCESTORS.iter().find(|(english, _)| *english == concept.english);
        if let Some((_, label)) = translated.filter(|_| !named.contains(*code)) {
            say(code, "fr", "preferred", label, french);
        }
        if known.contains(&id_of_code(code)) { run.counts.unchanged += 1 } else { run.counts.created += 1 }
    }
    report("concepts", 1, 2);
    let mut transaction = database.begin().await?;
    let concepts =
        ordered.into_iter().map(|(code, concept)| (id_of_code(code), concept.broader.clone(), concept.level));
    store::put_concepts(&mut transaction, concepts, said.into_iter()).await?;
    transaction.commit().await?;
    report("concepts", 2, 2);
    run.finish(database, clock).await
}

/// Reads `nuts_codes.csv`: code, level, country, name.
pub async fn import_regions(intake: Intake<'_>, folder: &Path) -> Result<Outcome, Error> {
    intake.file::<Regions>(&must_find(folder, "nuts_codes.csv")?).await
}

/// The importer of `nuts_codes.csv`.
struct Regions {
    source: SourceId,
    known: HashMap<String, String>,
    seen: HashSet<String>,
    to_write: Vec<Region>,
}

/// Code, country, level, name.
type Region = (String, String, i64, String);

impl Importer for Regions {
    const KIND: &'static str = "reference.regions";
    const COLUMNS: &'static [&'static str] = &["code", "level", "country", "name"];
    type Rows = CsvRows;
    type Understood = Option<Region>;

    async fn begin(intake: Intake<'_>) -> Result<Self, Error> {
        Ok(Regions {
            source: id_of(intake.database, &sources::NUTS).await?,
            known: store::region_names(intake.database).await?,
            seen: HashSet::new(),
            to_write: Vec::new(),
        })
    }

    fn understand(&mut self, row: Row, _notes: &mut Vec<Problem>) -> Result<Option<Region>, Problem> {
        let (code, name) = (row.get("code"), row.get("name"));
        let level = row.get("level").parse().map_err(|_| {
            Problem::at(row.position, "level", row.get("level"), "number", "the level of a region is 0, 1, 2 or 3")
        })?;
        // NUTS says EL and UK where ISO says GR and GB.
        let country = match row.get("country") {
            "EL" => "GR",
            "UK" => "GB",
            other => other,
        };
        // Regions that were split or merged stand twice; the first one is the one that holds now.
        let counts = !code.is_empty() && !name.is_empty() && self.seen.insert(code.to_owned());
        Ok(counts.then(|| (code.to_owned(), country.to_owned(), level, name.to_owned())))
    }

    async fn compare(&mut self, _database: &Database, rows: Vec<Option<Region>>) -> Result<Counts, Error> {
        let mut counts = Counts::default();
        for region in rows {
            match region {
                Some(region) if counts.compare(self.known.get(&region.0), &region.3) => self.to_write.push(region),
                Some(_) => {}
                None => counts.unchanged += 1,
            }
        }
        Ok(counts)
    }

    async fn write(&mut self, transaction: &mut Transaction) -> Result<(), Error> {
        store::put_regions(transaction, self.to_write.drain(..), self.source).await
    }
}
