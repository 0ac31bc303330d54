//! Tables in CSV, plain or compressed, and the corpus that they hold.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use ranking::{Corpus, Declaration, Organisation, Participation, Project};

/// A table with its header, row by row.
pub struct Table {
    path: PathBuf,
    columns: HashMap<String, usize>,
    rows: csv::Reader<Box<dyn Read>>,
}

impl Table {
    /// Opens `folder/name.csv`, or `folder/name.csv.zst`.
    pub fn in_folder(folder: &Path, name: &str) -> Result<Self> {
        for ending in ["csv", "csv.zst"] {
            let path = folder.join(format!("{name}.{ending}"));
            if path.is_file() {
                return Self::open(&path);
            }
        }
        bail!("{} holds neither {name}.csv nor {name}.csv.zst", folder.display())
    }

    /// Opens one file; `.zst` is unpacked on the way.
    pub fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        let bytes: Box<dyn Read> = if path.extension().is_some_and(|e| e == "zst") {
            Box::new(zstd::Decoder::new(file).with_context(|| format!("cannot unpack {}", path.display()))?)
        } else {
            Box::new(file)
        };
        let mut rows = csv::ReaderBuilder::new().flexible(false).from_reader(bytes);
        let header = rows.headers().with_context(|| format!("cannot read the header of {}", path.display()))?;
        let columns = header
            .iter()
            .enumerate()
            .map(|(place, name)| (name.trim_start_matches('\u{feff}').to_owned(), place))
            .collect();
        Ok(Self { path: path.to_owned(), columns, rows })
    }

    /// Calls `each` with every row, as a lookup by column.
    pub fn each(mut self, needed: &[&str], mut each: impl FnMut(&dyn Fn(&str) -> String) -> Result<()>) -> Result<()> {
        for name in needed {
            if !self.columns.contains_key(*name) {
                bail!("{} has no column {name}", self.path.display());
            }
        }
        let mut record = csv::StringRecord::new();
        while self.rows.read_record(&mut record).with_context(|| format!("cannot read {}", self.path.display()))? {
            let line = record.position().map_or(0, csv::Position::line);
            let cell =
                |name: &str| self.columns.get(name).and_then(|place| record.get(*place)).unwrap_or_default().to_owned();
            each(&cell).with_context(|| format!("{} line {line}", self.path.display()))?;
        }
        Ok(())
    }
}

/// A corpus with the names that its keys stand for.
pub struct Named {
    pub corpus: Corpus,
    /// PIC of each organisation; the key is the place.
    pub pics: Vec<String>,
    /// Number of each project; the key is the place.
    pub projects: Vec<String>,
    pub places: HashMap<String, u64>,
}

/// Reads `organisations`, `projects` and `participations` of the folders; of projects only those that start before `before`, when given.
pub fn corpus(folders: &[PathBuf], before: Option<i32>) -> Result<Named> {
    let mut named = Named { corpus: Corpus::default(), pics: Vec::new(), projects: Vec::new(), places: HashMap::new() };
    let mut projects: HashMap<String, u64> = HashMap::new();
    for folder in folders {
        Table::in_folder(folder, "projects")?.each(&["rcn", "start"], |cell| {
            let start = match cell("start").as_str() {
                "" => None,
                date => Some(day(date)?),
            };
            if before.is_some_and(|before| start.is_none_or(|start| start >= before)) {
                return Ok(());
            }
            let next = named.projects.len() as u64;
            let rcn = cell("rcn");
            if projects.insert(rcn.clone(), next).is_some() {
                // A later folder corrects an earlier one only by adding; the first record stands.
                let earlier = named.projects.iter().position(|p| *p == rcn).unwrap_or_default() as u64;
                projects.insert(rcn, earlier);
                return Ok(());
            }
            named.projects.push(rcn);
            named.corpus.projects.push(Project {
                key: next,
                title: cell("title"),
                objective: cell("objective"),
                topic_title: cell("topic_title"),
                topic_code: cell("topic"),
                programme: cell("programme_part"),
                start,
            });
            Ok(())
        })?;
    }
    for folder in folders {
        Table::in_folder(folder, "participations")?.each(&["rcn", "pic"], |cell| {
            let Some(project) = projects.get(&cell("rcn")) else { return Ok(()) };
            let organisation = organisation(&mut named, cell("pic"));
            let coordinator = cell("role") == "coordinator";
            named.corpus.participations.push(Participation { project: *project, organisation, coordinator });
            Ok(())
        })?;
    }
    for folder in folders {
        Table::in_folder(folder, "organisations")?.each(&["pic"], |cell| {
            // Who declares something can be ranked without any past project.
            let declared = cell("declared");
            if !declared.trim().is_empty() {
                organisation(&mut named, cell("pic"));
            }
            if let Some(place) = named.places.get(&cell("pic")) {
                let known = &mut named.corpus.organisations[*place as usize];
                for (field, column) in [
                    (&mut known.name, "name"),
                    (&mut known.short_name, "short_name"),
                    (&mut known.country, "country"),
                    (&mut known.kind, "type"),
                ] {
                    if field.is_empty() {
                        *field = cell(column);
                    }
                }
                // Statements stand in one cell, one a line.
                for text in declared.lines().map(str::trim).filter(|text| !text.is_empty()) {
                    known.declared.push(Declaration { text: text.to_owned(), vouched: false });
                }
            }
            Ok(())
        })?;
    }
    Ok(named)
}

/// The key of a PIC, made when it is new.
pub fn organisation(named: &mut Named, pic: String) -> u64 {
    let next = named.pics.len() as u64;
    *named.places.entry(pic.clone()).or_insert_with(|| {
        named.pics.push(pic);
        named.corpus.organisations.push(Organisation { key: next, ..Organisation::default() });
        next
    })
}

/// Days since 1970-01-01 of a date `YYYY-MM-DD` (Gregorian).
pub fn day(date: &str) -> Result<i32> {
    let wrong = || format!("{date:?} is not a date YYYY-MM-DD");
    let parts: Vec<i32> = date.split('-').map(str::parse).collect::<Result<_, _>>().with_context(wrong)?;
    let [year, month, day] = parts[..] else { bail!(wrong()) };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        2 => 28 + i32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => bail!(wrong()),
    };
    if !(1..=longest).contains(&day) || !(1..=9999).contains(&year) {
        bail!(wrong());
    }
    // Days from the civil calendar, with the year beginning in March.
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Ok(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}
