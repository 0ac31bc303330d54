//! Pairs of records that may be one organisation, the likeliest first. Found when the directory has changed, never while a
//! page is made; a person decides about each.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, RwLock},
    time::{Duration, Instant},
};

use ranking::identity::{Certainty, Ground, Identifier, Link, Party, within};
use serde::{Deserialize, Serialize};

use crate::{
    accounts::{Action, Actor, Resource, decide},
    directory::{
        OrganisationId,
        model::{plain, shown_city},
        search::{Catalogue, Entry, Snapshot},
        store,
    },
    foundation::{
        errors::Error,
        instance::{App, Part},
    },
};

/// The file of the pairs in the folder of the instance; its number is raised whenever their form or the judgement changes.
const FILE: &str = "duplicates-1.json";
/// How often a server looks whether the directory changed.
const LOOK: Duration = Duration::from_secs(2);
/// How long a server rests after looking through the whole directory: pairs are no matter of seconds.
const REST: Duration = Duration::from_secs(30);

/// Two points of one city and what belongs to it are nearer than this.
const NEAR_KM: f64 = 20.0;

/// Two records that may be one organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The record with more projects.
    pub first: OrganisationId,
    /// The other one.
    pub second: OrganisationId,
    /// What orders the list, of one.
    pub score: f32,
    /// How sure the names and identifiers make it.
    pub certainty: Certainty,
    /// Why, as keys of the language files.
    pub reasons: Vec<String>,
}

/// The pairs of one state of the directory.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Pairs {
    /// The change of the directory after which they were found; empty until they were.
    stamp: String,
    candidates: Vec<Candidate>,
}

/// The pairs as they were last found, kept in the folder of the instance.
#[derive(Debug)]
pub struct Duplicates {
    file: PathBuf,
    current: RwLock<Arc<Pairs>>,
    looking: tokio::sync::Mutex<()>,
}

impl Part for Duplicates {
    /// What the last process left; no pairs where there is nothing.
    fn open(app: &App) -> Self {
        let file = app.var.join("directory").join(FILE);
        let pairs = std::fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Duplicates { file, current: RwLock::new(Arc::new(pairs)), looking: tokio::sync::Mutex::new(()) }
    }
}

impl Duplicates {
    fn current(&self) -> Arc<Pairs> {
        self.current.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Looks for pairs where the directory is not the one that was looked through last; says whether it did.
    ///
    /// # Errors
    /// When the database cannot be read or the folder of the instance not written.
    pub async fn refresh(&self, app: &App) -> Result<bool, Error> {
        let _one_at_a_time = self.looking.lock().await;
        let snapshot = app.part::<Catalogue>().snapshot();
        if snapshot.stamp == self.current().stamp {
            return Ok(false);
        }
        let started = Instant::now();
        let identifiers = store::all_identifiers(&app.database).await?;
        let found = snapshot.clone();
        let candidates = tokio::task::spawn_blocking(move || find(&found, identifiers))
            .await
            .map_err(|fault| anyhow::anyhow!("looking for duplicates broke off: {fault}"))?;
        let pairs = Pairs { stamp: snapshot.stamp.clone(), candidates };
        let bytes = serde_json::to_vec(&pairs).map_err(anyhow::Error::from)?;
        let next = self.file.with_extension("next");
        let written = std::fs::write(&next, bytes).and_then(|()| std::fs::rename(&next, &self.file));
        written.map_err(|error| {
            Error::input(format!("cannot write the possible duplicates to {}: {error}", self.file.display()))
        })?;
        tracing::info!(
            pairs = pairs.candidates.len(),
            milliseconds = started.elapsed().as_millis() as u64,
            "the directory was looked through for duplicates"
        );
        *self.current.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(pairs);
        Ok(true)
    }

    /// Keeps the pairs fresh until the process ends.
    pub async fn watch(&self, app: &App) {
        loop {
            let rest = match self.refresh(app).await {
                Ok(true) => REST,
                Ok(false) => LOOK,
                Err(error) => {
                    tracing::error!(%error, "duplicates could not be looked for");
                    REST
                }
            };
            tokio::time::sleep(rest).await;
        }
    }
}

/// The pairs of which both records are still there, the likeliest first; none until the directory was looked through once.
pub fn candidates(app: &App, actor: &Actor) -> Result<Option<Vec<Candidate>>, Error> {
    decide(actor, Action::MergeOrganisations, Resource::Instance)?;
    let snapshot = app.part::<Catalogue>().snapshot();
    let pairs = app.part::<Duplicates>().current();
    let there = |pair: &&Candidate| snapshot.position(pair.first).and(snapshot.position(pair.second)).is_some();
    Ok((!pairs.stamp.is_empty()).then(|| pairs.candidates.iter().filter(there).cloned().collect()))
}

fn find(snapshot: &Snapshot, identifiers: Vec<(OrganisationId, String, String)>) -> Vec<Candidate> {
    let mut of: HashMap<OrganisationId, Vec<Identifier>> = HashMap::new();
    for (id, scheme, value) in identifiers {
        of.entry(id).or_default().push(Identifier { scheme, value });
    }
    let named: Vec<&Entry> = snapshot.entries.iter().filter(|entry| entry.is_named()).collect();
    let parties: Vec<Party> = named
        .iter()
        .map(|entry| Party {
            name: entry.name.clone().unwrap_or_default(),
            country: entry.country.clone().unwrap_or_default(),
            city: entry.city.clone().unwrap_or_default(),
            identifiers: of.remove(&entry.id).unwrap_or_default(),
        })
        .collect();
    let mut found: Vec<Candidate> = within(&parties)
        .into_iter()
        .filter(|(_, link)| link.certainty > Certainty::Possible)
        .map(|(other, link)| {
            let two_numbers = parties[link.left].identifiers.iter().any(|one| {
                parties[other].identifiers.iter().any(|two| one.scheme == two.scheme && one.value != two.value)
            });
            pair(named[link.left], named[other], &link, two_numbers)
        })
        .collect();
    let projects = |id: OrganisationId| snapshot.entry(id).map_or(0, |entry| entry.project_count);
    // Of pairs as likely as each other, the one that more projects depend on is worth looking at first.
    found.sort_by_cached_key(|pair| {
        let score = (pair.score * 1e4) as i32;
        (std::cmp::Reverse((score, projects(pair.second), projects(pair.first))), pair.first)
    });
    found
}

/// Whether two records lie in one place, where both say where they lie: by their points, since `Munich` and `München` are
/// two spellings of one, else by the name of the city.
fn same_place(one: &Entry, other: &Entry) -> Option<bool> {
    let city = |entry: &Entry| entry.city.as_deref().map(|city| plain(&shown_city(city)));
    let named = city(one).zip(city(other)).map(|(one, other)| one == other);
    let near = one.point.zip(other.point).map(|((lat, lon), (other_lat, other_lon))| {
        let east = (lon - other_lon) * lat.to_radians().cos();
        let north = lat - other_lat;
        // A degree of latitude is 111 km everywhere.
        111.0 * (east * east + north * north).sqrt() < NEAR_KM
    });
    match (named, near) {
        (Some(true), _) => Some(true),
        (_, Some(near)) => Some(near),
        (named, None) => named,
    }
}

/// What else the records say beside names and identifiers. A place weighs little: registers give the seat, the campus or
/// the laboratory. Two numbers of one register weigh more on names that only resemble each other: the same name under two
/// numbers is mostly a body that was registered twice, a similar one mostly its neighbour.
fn pair(one: &Entry, other: &Entry, link: &Link, two_numbers: bool) -> Candidate {
    let (reason, mut score) = match link.ground {
        Ground::Identifier(_) => ("directory-duplicate-same-identifier", link.score),
        Ground::SameName => ("directory-duplicate-same-name", link.score.min(0.95)),
        Ground::SameNameOtherIdentifier => ("directory-duplicate-same-name-other-identifier", 0.9),
        Ground::SimilarName => {
            ("directory-duplicate-similar-name", 0.95 * link.score - if two_numbers { 0.15 } else { 0.0 })
        }
    };
    let mut reasons = vec![reason];
    if one.country.is_none() || other.country.is_none() {
        score -= 0.1;
        reasons.push("directory-duplicate-country-unknown");
    }
    match same_place(one, other) {
        Some(true) => {
            score += 0.05;
            reasons.push("directory-duplicate-same-city");
        }
        Some(false) => {
            score -= 0.1;
            reasons.push("directory-duplicate-other-city");
        }
        None => {}
    }
    if !one.sort_short.is_empty() && !other.sort_short.is_empty() {
        if one.sort_short == other.sort_short {
            score += 0.05;
            reasons.push("directory-duplicate-same-short-name");
        } else {
            score -= 0.05;
        }
    }
    let (first, second) = if other.project_count > one.project_count { (other, one) } else { (one, other) };
    Candidate {
        first: first.id,
        second: second.id,
        score: score.clamp(0.0, 1.0),
        certainty: link.certainty,
        reasons: reasons.into_iter().map(str::to_owned).collect(),
    }
}
