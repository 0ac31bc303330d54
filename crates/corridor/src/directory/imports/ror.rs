//! The Research Organization Registry: all its records for type-ahead fields, and the certain links to organisations.

use std::{collections::HashMap, path::Path};

use super::{
    facts::{self, Change, Fact, OtherName, Writer, position},
    kinds, places,
    reading::{JsonRows, Problem, digest, file_name, must_find},
    run::{Begun, Outcome, ROWS_A_BATCH, Report, Run},
    sources,
};
use crate::{
    directory::{OrganisationId, identifiers::Ror},
    foundation::{
        database::{Batch, Database},
        errors::Error,
        sources::{id_of, put},
        time::Clock,
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
pub async fn import(
    database: &Database,
    clock: Clock,
    path: &Path,
    again: bool,
    report: Report<'_>,
) -> Result<Vec<Outcome>, Error> {
    let path = if path.is_dir() { must_find(path, "ror.jsonl")? } else { path.to_owned() };
    Ok(vec![
        import_entries(database, clock, &path, again, report).await?,
        link(database, clock, &path, again, report).await?,
    ])
}

async fn import_entries(
    database: &Database,
    clock: Clock,
    path: &Path,
    again: bool,
    report: Report<'_>,
) -> Result<Outcome, Error> {
    let mut rows = JsonRows::open(path)?;
    let mut run =
        match Run::begin(database, clock, "ror.entries", &file_name(path), &digest(path)?, None, again).await? {
            Begun::Known(outcome) => return Ok(outcome),
            Begun::Go(run) => run,
        };
    let source = id_of(database, &sources::ROR).await?;
    let stored: Vec<(String, String, String)> = on!(database, pool => sqlx::query_as(
        "SELECT value, name, other_names FROM registry_entries WHERE scheme = 'ror'",
    )
    .fetch_all(pool)
    .await?);
    let mut stored: HashMap<String, (String, String)> =
        stored.into_iter().map(|(value, name, others)| (value, (name, others))).collect();
    let mut batch = Batch::new(
        "INSERT INTO registry_entries (scheme, value, name, other_names, name_key, kind, country, city, lat, lon, website, source_id)",
        "ON CONFLICT (scheme, value) DO UPDATE SET name = excluded.name, other_names = excluded.other_names,
         name_key = excluded.name_key, kind = excluded.kind, country = excluded.country, city = excluded.city,
         lat = excluded.lat, lon = excluded.lon, website = excluded.website",
    );
    loop {
        let mut ended = false;
        let mut count = 0;
        while count < ROWS_A_BATCH {
            let Some(row) = rows.next_row::<Entry>() else {
                ended = true;
                break;
            };
            let done = run.skip > 0;
            if done {
                run.skip -= 1
            } else {
                run.rows_done += 1
            }
            count += 1;
            let (ror, entry) = match row.and_then(|(line, entry)| understand(line, entry)) {
                _ if done => continue,
                Ok(understood) => understood,
                Err(problem) => {
                    run.refuse(problem);
                    continue;
                }
            };
            let name = entry.display_name().unwrap_or("").to_owned();
            let others: Vec<&str> = entry.names.iter().map(|n| n.value.trim()).filter(|other| *other != name).collect();
            let others = others.join("\n");
            let now = (name.clone(), others.clone());
            match stored.get(ror.as_str()) {
                Some(old) if *old == now => {
                    run.counts.unchanged += 1;
                    continue;
                }
                Some(_) => run.counts.changed += 1,
                None => run.counts.created += 1,
            }
            stored.insert(ror.as_str().to_owned(), now);
            let website = entry.website();
            batch.push(vec![
                Ror::SCHEME.into(),
                ror.as_str().into(),
                name.clone().into(),
                others.into(),
                ranking::identity::normalise(&name).into(),
                kinds::of_ror(&entry.types).into(),
                entry.country_code.into(),
                entry.city.into(),
                entry.lat.into(),
                entry.lon.into(),
                website.into(),
                source.into(),
            ]);
        }
        let mut transaction = database.begin().await?;
        batch.write(&mut transaction).await?;
        run.checkpoint(&mut transaction).await?;
        transaction.commit().await?;
        report("ror.entries", rows.meter.done(), rows.size);
        if ended {
            break;
        }
    }
    run.finish(database, clock).await
}

/// A name shorter than this does not tell bodies apart.
const SHORTEST_NAME: usize = 5;

/// Under which (country, name) an organisation of the directory is certain to be meant; several organisations: none is.
struct Names(HashMap<(String, String), Option<OrganisationId>>);

impl Names {
    async fn read(database: &Database) -> Result<Self, Error> {
        let rows: Vec<(OrganisationId, String, Option<String>, String)> = on!(database, pool => sqlx::query_as(
            "SELECT id, country, short_name, name_key FROM organisations
             WHERE country IS NOT NULL AND name IS NOT NULL AND merged_into IS NULL",
        )
        .fetch_all(pool)
        .await?);
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
pub async fn link(
    database: &Database,
    clock: Clock,
    path: &Path,
    again: bool,
    report: Report<'_>,
) -> Result<Outcome, Error> {
    let path = &if path.is_dir() { must_find(path, "ror.jsonl")? } else { path.to_owned() };
    let mark = format!("{}@{}", digest(path)?, linkable(database).await?);
    let mut run = match Run::begin(database, clock, "ror.links", &file_name(path), &mark, None, again).await? {
        Begun::Known(outcome) => return Ok(outcome),
        Begun::Go(mut run) => {
            // The links are written in one transaction: a run that was cut off has written none.
            run.skip = 0;
            run.rows_done = 0;
            run
        }
    };
    report("ror.links", 0, 3);
    let names = Names::read(database).await?;
    let linked = facts::identifiers(database, Ror::SCHEME).await?;
    let mut rows = JsonRows::open(path)?;
    let mut matches: HashMap<OrganisationId, Vec<(Ror, Entry)>> = HashMap::new();
    while let Some(row) = rows.next_row::<Entry>() {
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
    let known = facts::known(database, &ids).await?;
    let mut transaction = database.begin().await?;
    let source = put(&mut transaction, &sources::ROR).await?;
    let mut writer = Writer::new(clock.now());
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
            && base.name.as_deref().is_some_and(|name| name != spelt && name.to_uppercase() == name)
        {
            base.name = Some(spelt.to_owned());
            base.name_key = ranking::identity::normalise(spelt);
            writer.put(base.clone());
        }
        let change = writer.state(base, false, &known, &stated);
        if linked.contains_key(ror.as_str()) {
            match change {
                Change::Unchanged => run.counts.unchanged += 1,
                _ => run.counts.changed += 1,
            }
        } else {
            run.counts.created += 1;
            writer.identify(*id, Ror::SCHEME, ror.as_str(), source, None);
        }
        for name in &entry.names {
            let kind = match name.types.iter().map(String::as_str).find(|kind| *kind != "ror_display") {
                Some("acronym") => "acronym",
                Some("alias") => "alias",
                _ => "label",
            };
            let other = OtherName { name: name.value.trim().to_owned(), kind, language: name.lang.clone() };
            writer.name(*id, &other, source);
        }
    }
    writer.write(&mut transaction).await?;
    run.checkpoint(&mut transaction).await?;
    transaction.commit().await?;
    report("ror.links", 3, 3);
    run.finish(database, clock).await
}

/// How many organisations there are to link: when there are more, linking again may find more.
async fn linkable(database: &Database) -> Result<i64, Error> {
    Ok(on!(database, pool => sqlx::query_scalar("SELECT COUNT(*) FROM organisations WHERE name IS NOT NULL")
        .fetch_one(pool)
        .await?))
}
