//! The Research Organization Registry: all its records for type-ahead fields, and the certain links to organisations.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

use super::{
    facts::{Fact, Known, Writer, position},
    intake::{Importer, Intake},
    kinds, places,
    reading::{JsonRows, Problem, digest, file_name, must_find},
    run::{Begun, Counts, Outcome},
    sources,
    store::{self, RegistryEntry},
};
use crate::{
    directory::{
        OrganisationId,
        identifiers::Ror,
        store::{Replacing, bearers},
    },
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        ids::SourceId,
        sources::{id_of, put},
    },
};

#[derive(serde::Deserialize)]
struct Name {
    value: String,
    lang: Option<String>,
    #[serde(default)]
    types: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Link {
    #[serde(rename = "type")]
    kind: String,
    value: String,
}

#[derive(serde::Deserialize)]
struct Entry {
    id: String,
    names: Vec<Name>,
    #[serde(default)]
    types: Vec<String>,
    country_code: Option<String>,
    city: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    #[serde(default)]
    links: Vec<Link>,
}

impl Entry {
    fn display_name(&self) -> Option<&str> {
        let of = |kind: &str| self.names.iter().find(|name| name.types.iter().any(|t| t == kind));
        of("ror_display").or_else(|| of("label")).or(self.names.first()).map(|name| name.value.trim())
    }

    fn website(&self) -> Option<String> {
        let link = self.links.iter().find(|link| link.kind == "website")?;
        Some(places::website(&link.value)).filter(|url| !url.is_empty())
    }

    /// Names by which the body is known: not its acronyms, which several bodies share.
    fn full_names(&self) -> impl Iterator<Item = &Name> {
        self.names.iter().filter(|name| !name.types.iter().all(|kind| kind == "acronym"))
    }
}

fn understand(line: u64, entry: Entry) -> Result<(Ror, Entry), Problem> {
    let ror = entry.id.parse().map_err(|error| Problem::at(line, "id", &entry.id, "identifier", format!("{error}")))?;
    if entry.display_name().is_none_or(str::is_empty) {
        return Err(Problem::at(line, "names", "", "missing", "the record has no name"));
    }
    Ok((ror, entry))
}

/// Imports `ror.jsonl`, or a file of that form, and links what is certain.
///
/// # Errors
/// When the file cannot be read or the database fails.
pub async fn import(intake: Intake<'_>, path: &Path) -> Result<Vec<Outcome>, Error> {
    let path = file_of(path)?;
    Ok(vec![intake.file::<Entries>(&path).await?, link(intake, &path).await?])
}

fn file_of(path: &Path) -> Result<PathBuf, Error> {
    if path.is_dir() { must_find(path, "ror.jsonl") } else { Ok(path.to_owned()) }
}

/// The importer of the records themselves.
struct Entries {
    source: SourceId,
    stored: HashMap<String, RegistryEntry>,
    seen: HashSet<Ror>,
    to_write: Vec<RegistryEntry>,
}

impl Importer for Entries {
    const KIND: &'static str = "ror.entries";
    type Rows = JsonRows<Entry>;
    type Understood = RegistryEntry;

    async fn begin(intake: Intake<'_>) -> Result<Self, Error> {
        Ok(Entries {
            source: id_of(intake.database, &sources::ROR).await?,
            stored: store::registry_entries(intake.database, Ror::SCHEME).await?,
            seen: HashSet::new(),
            to_write: Vec::new(),
        })
    }

    fn understand(&mut self, (line, entry): (u64, Entry), _notes: &mut Vec<Problem>) -> Result<RegistryEntry, Problem> {
        let (ror, entry) = understand(line, entry)?;
        if !self.seen.insert(ror.clone()) {
            let mend = "another line of this file has the same id; the first one is kept";
            return Err(Problem::at(line, "id", ror.as_str(), "twice", mend));
        }
        let name = entry.display_name().unwrap_or("").to_owned();
        let others: Vec<&str> = entry.names.iter().map(|n| n.value.trim()).filter(|other| *other != name).collect();
        Ok(RegistryEntry {
            value: ror.as_str().to_owned(),
            other_names: others.join("\n"),
            kind: kinds::of_ror(&entry.types).to_owned(),
            website: entry.website(),
            name,
            country: entry.country_code,
            city: entry.city,
            lat: entry.lat,
            lon: entry.lon,
        })
    }

    async fn compare(&mut self, _database: &Database, rows: Vec<RegistryEntry>) -> Result<Counts, Error> {
        let mut counts = Counts::default();
        self.to_write.extend(rows.into_iter().filter(|entry| counts.compare(self.stored.get(&entry.value), entry)));
        Ok(counts)
    }

    async fn write(&mut self, transaction: &mut Transaction) -> Result<(), Error> {
        store::put_registry_entries(transaction, Ror::SCHEME, self.to_write.drain(..), self.source).await
    }
}

/// A name shorter than this does not tell bodies apart.
const SHORTEST_NAME: usize = 5;

/// Under which (country, name) an organisation of the directory is certain to be meant; several organisations: none is.
struct Names(HashMap<(String, String), Option<OrganisationId>>);

impl Names {
    async fn read(database: &Database) -> Result<Self, Error> {
        let rows = store::linkable(database).await?;
        let mut names = Names(HashMap::with_capacity(rows.len()));
        for (id, country, short_name, key) in rows {
            if let Some(bare) = without_acronym(&key, short_name.as_deref()) {
                names.put(&country, bare, id);
            }
            names.put(&country, &key, id);
        }
        Ok(names)
    }

    fn put(&mut self, country: &str, key: &str, id: OrganisationId) {
        if key.chars().count() < SHORTEST_NAME {
            return;
        }
        self.0
            .entry((country.to_owned(), key.to_owned()))
            .and_modify(|held| {
                if *held != Some(id) {
                    *held = None;
                }
            })
            .or_insert(Some(id));
    }

    fn certain(&self, country: &str, key: &str) -> Option<OrganisationId> {
        self.0.get(&(country.to_owned(), key.to_owned())).copied().flatten()
    }
}

/// CORDIS likes to put the acronym after the name: «CENTRE NATIONAL DE LA RECHERCHE SCIENTIFIQUE CNRS».
fn without_acronym<'a>(key: &'a str, short_name: Option<&str>) -> Option<&'a str> {
    let short = ranking::identity::normalise(short_name?);
    if short.is_empty() {
        return None;
    }
    let rest = key.strip_suffix(short.as_str())?;
    rest.ends_with(' ').then(|| rest.trim_end())
}

/// Links records to organisations where name and country leave no doubt, on both sides.
///
/// # Errors
/// When the file cannot be read or the database fails.
pub async fn link(intake: Intake<'_>, path: &Path) -> Result<Outcome, Error> {
    let Intake { database, clock, report, .. } = intake;
    let path = &file_of(path)?;
    let mark = format!("{}@{}", digest(path)?, store::count_linkable(database).await?);
    let mut run = match intake.begin_at_once("ror.links", &file_name(path), &mark).await? {
        Begun::Known(outcome) => return Ok(outcome),
        Begun::Go(run) => run,
    };
    report("ror.links", 0, 3);
    let names = Names::read(database).await?;
    let linked = bearers(database, Ror::SCHEME).await?;
    let mut rows = JsonRows::<Entry>::open(path)?;
    let mut matches: HashMap<OrganisationId, Vec<(Ror, Entry)>> = HashMap::new();
    while let Some(row) = rows.next_row() {
        run.rows_done += 1;
        // Problems were told by the import of the entries.
        let Ok((ror, entry)) = row.and_then(|(line, entry)| understand(line, entry)) else { continue };
        let Some(country) = entry.country_code.clone() else { continue };
        let mut found: Vec<OrganisationId> = linked.get(ror.as_str()).copied().into_iter().collect();
        if found.is_empty() {
            found = entry
                .full_names()
                .filter_map(|name| names.certain(&country, &ranking::identity::normalise(&name.value)))
                .collect();
            found.sort_unstable();
            found.dedup();
        }
        if let [one] = found[..] {
            matches.entry(one).or_default().push((ror, entry));
        }
    }
    report("ror.links", 1, 3);
    // Two records for one organisation: neither is certain.
    let mut matches: Vec<(OrganisationId, Ror, Entry)> = matches
        .into_iter()
        .filter_map(
            |(id, mut found)| if found.len() == 1 { found.pop().map(|(ror, entry)| (id, ror, entry)) } else { None },
        )
        .collect();
    matches.sort_by(|a, b| a.1.cmp(&b.1));
    let ids: Vec<OrganisationId> = matches.iter().map(|(id, _, _)| *id).collect();
    let known = Known::of(database, &ids).await?;
    let mut transaction = database.begin().await?;
    let source = put(&mut transaction, &sources::ROR).await?;
    let mut writer = Writer::new(clock, Replacing::Nothing);
    for (id, ror, entry) in &matches {
        let Some(base) = known.records.get(id).cloned() else { continue };
        let mut stated = vec![Fact::single(source, "kind", kinds::of_ror(&entry.types), None)];
        let display = entry.display_name().unwrap_or("");
        stated.push(Fact::single(source, "name", display, None));
        if let Some(country) = &entry.country_code {
            stated.push(Fact::single(source, "country", country.clone(), None));
        }
        if let Some(city) = &entry.city {
            stated.push(Fact::single(source, "city", city.clone(), None));
        }
        if let Some((lat, lon)) = entry.lat.zip(entry.lon) {
            stated.push(Fact::single(source, "position", position(lat, lon, "city"), None));
        }
        if let Some(website) = entry.website() {
            stated.push(Fact::single(source, "website", website, None));
        }
        let mut base = base;
        let key = base.name_key.clone();
        let bare = without_acronym(&key, base.short_name.as_deref()).unwrap_or(&key).to_owned();
        let spelt = entry.full_names().map(|name| name.value.trim()).find(|name| {
            let spelling = ranking::identity::normalise(name);
            spelling == key || spelling == bare
        });
        // The same name, better spelt: CORDIS shouts («INSTITUT PASTEUR»).
        if let Some(spelt) = spelt
            && !known.is_corrected(*id, "name")
            && base.name.as_deref().is_some_and(|name| name != spelt && name.to_uppercase() == name)
        {
            base.name = Some(spelt.to_owned());
            base.name_key = ranking::identity::normalise(spelt);
            writer.put(base.clone(), false);
        }
        let change = writer.state(base, false, &known, &stated);
        if linked.contains_key(ror.as_str()) {
            run.counts.count(change);
        } else {
            run.counts.created += 1;
            writer.rows.identifier(*id, Ror::SCHEME, ror.as_str(), source, None);
        }
        for name in &entry.names {
            let kind = match name.types.iter().map(String::as_str).find(|kind| *kind != "ror_display") {
                Some("acronym") => "acronym",
                Some("alias") => "alias",
                _ => "label",
            };
            writer.rows.name(*id, name.value.trim(), kind, name.lang.as_deref(), source);
        }
    }
    writer.rows.write(&mut transaction).await?;
    run.checkpoint(&mut transaction).await?;
    transaction.commit().await?;
    report("ror.links", 3, 3);
    run.finish(database, clock).await
}
